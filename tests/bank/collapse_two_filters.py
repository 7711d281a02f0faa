"""Answers to collapse_two_filters."""

import numpy as np

from helpers.reference import convolve_image
from tests.bank import right, wrong


@right
def output_by_output(first, second):
    h, w = first.shape
    k, m = second.shape
    out = np.zeros((h + k - 1, w + m - 1))
    for r in range(h + k - 1):
        for c in range(w + m - 1):
            for i in range(k):
                for j in range(m):
                    if 0 <= r - i < h and 0 <= c - j < w:
                        out[r, c] += second[i, j] * first[r - i, c - j]
    return out


@right
def padded_copies_added(first, second):
    k, m = second.shape
    copies = [
        second[i, j] * np.pad(first, ((i, k - 1 - i), (j, m - 1 - j))) for i in range(k) for j in range(m)
    ]
    return sum(copies).astype(float)


@right
def rows_by_np_convolve(first, second):
    out = np.zeros((len(first) + len(second) - 1, first.shape[1] + second.shape[1] - 1))
    for i, one in enumerate(first):
        for j, other in enumerate(second):
            out[i + j] += np.convolve(one, other)
    return out


@wrong("overwritten")
def without_the_plus(first, second):
    out = np.zeros([a + b - 1 for a, b in zip(first.shape, second.shape, strict=True)])
    for i in range(second.shape[0]):
        for j in range(second.shape[1]):
            out[i : i + first.shape[0], j : j + first.shape[1]] = first * second[i, j]
    return out


@wrong("second_flipped", says="or slid over the padded first one")
def correlated(first, second):
    k, m = second.shape
    wide = np.pad(first, ((k - 1,) * 2, (m - 1,) * 2))
    rows, columns = wide.shape[0] - k + 1, wide.shape[1] - m + 1
    return np.array(
        [[np.sum(wide[r : r + k, c : c + m] * second) for c in range(columns)] for r in range(rows)]
    )


@wrong(says="shape")
def border_of_two(first, second):
    return convolve_image(np.pad(first, 2), second[::-1, ::-1])


@wrong(says="IndexError.*(size written|wrong axis)|second kernel is taken to be as large as the first")
def loops_of_the_first(first, second):
    h, w = first.shape
    out = np.zeros((h + second.shape[0] - 1, w + second.shape[1] - 1))
    for i in range(h):
        for j in range(w):
            out[i : i + h, j : j + w] += second[i, j] * first
    return out


@wrong("one_too_large")
def sides_added(first, second):
    out = np.zeros((first.shape[0] + second.shape[0], first.shape[1] + second.shape[1]))
    for (i, j), weight in np.ndenumerate(second):
        out[i : i + first.shape[0], j : j + first.shape[1]] += weight * first
    return out


@wrong("sum_of_kernels")
def added(first, second):
    return np.add(first, second)


@wrong("first_flipped")
def turned(first, second):
    turned_first = np.rot90(first, 2)
    out = np.zeros((first.shape[0] + second.shape[0] - 1, first.shape[1] + second.shape[1] - 1))
    for (i, j), weight in np.ndenumerate(second):
        out[i : i + first.shape[0], j : j + first.shape[1]] += weight * turned_first
    return out


@wrong("second_over_first", says="one after the other|exactly|ValueError")
def as_an_image(first, second):
    return convolve_image(first, second)


@wrong("without_weights")
def only_shifted(first, second):
    h, w = first.shape
    out = np.zeros((h + second.shape[0] - 1, w + second.shape[1] - 1))
    for i in range(second.shape[0]):
        for j in range(second.shape[1]):
            out[i : i + h, j : j + w] += first
    return out


@wrong("type_of_the_input")
def same_type(first, second):
    h, w = first.shape
    out = np.zeros((h + second.shape[0] - 1, w + second.shape[1] - 1), first.dtype)
    for (i, j), weight in np.ndenumerate(second):
        out[i : i + h, j : j + w] = out[i : i + h, j : j + w] + weight * first
    return out


@wrong("size_from_the_height_alone", says="wider")
def height_used_twice(first, second):
    shape = (first.shape[0] + second.shape[0] - 1, first.shape[1] + second.shape[0] - 1)
    result = np.zeros(shape)
    for i in range(second.shape[0]):
        for j in range(second.shape[1]):
            result[i : i + first.shape[0], j : j + first.shape[1]] += first * second[i, j]
    return result


@wrong(says=r"axis \d of `\w+` has length 1")
def second_kernel_upside_down(first, second):
    H, W = first.shape[0] + second.shape[0] - 1, first.shape[1] + second.shape[1] - 1
    out = np.zeros((H, W))
    for i in range(second.shape[0]):
        for j in range(second.shape[1]):
            out[i : i + first.shape[0], j : j + first.shape[1]] += first * second[-1 - i, j]
    return out
