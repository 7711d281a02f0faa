"""Answers to convolve_image."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from helpers.reference import output_size
from tests.bank import right, wrong


@right
def one_long_row_at_a_time(image, kernel, stride, padding):
    kh, kw = kernel.shape
    big = np.zeros((image.shape[0] + 2 * padding, image.shape[1] + 2 * padding))
    big[padding : padding + image.shape[0], padding : padding + image.shape[1]] = image
    answer = []
    i = 0
    while i <= big.shape[0] - kh:
        line = []
        j = 0
        while j <= big.shape[1] - kw:
            line.append(big[i : i + kh, j : j + kw].flatten() @ kernel.flatten())
            j += stride
        answer.append(line)
        i += stride
    return np.array(answer)


@right
def einsum_of_windows(image, kernel, stride, padding):
    windows = np.lib.stride_tricks.sliding_window_view(np.pad(image, padding), kernel.shape)
    return np.einsum("ijkl,kl->ij", windows[::stride, ::stride], kernel)


@right
def twice_flipped_is_not_flipped(image, kernel, stride, padding):
    padded = np.pad(image, ((padding,) * 2,) * 2, mode="constant")
    turned = np.flip(kernel)
    h, w = turned.shape
    rows, cols = output_size(padded.shape[0], h, stride), output_size(padded.shape[1], w, stride)
    out = np.empty((rows, cols))
    for r, c in np.ndindex(rows, cols):
        out[r, c] = 0
        for i in range(h):
            for j in range(w):
                out[r, c] += padded[r * stride + i, c * stride + j] * turned[h - 1 - i, w - 1 - j]
    return out


@right
def loops_over_starts_with_a_list(image, kernel, stride, padding):
    image = np.pad(image, padding)
    sums = [
        (image[t : t + len(kernel), s : s + len(kernel[0])] * kernel).sum()
        for t in range(0, len(image) - len(kernel) + 1, stride)
        for s in range(0, len(image[0]) - len(kernel[0]) + 1, stride)
    ]
    rows = (len(image) - len(kernel)) // stride + 1
    return np.array(sums).reshape(rows, -1)


@wrong("flipped", "stride_twice", says="Two things together")
def flipped_and_strided_twice(image, kernel, stride, padding):
    wide = np.pad(image, padding)
    turned = np.rot90(kernel, 2)
    h, w = kernel.shape
    tops = range(0, (len(wide) - h) // stride + 1, stride)
    lefts = range(0, (wide.shape[1] - w) // stride + 1, stride)
    return np.array([[np.sum(wide[t : t + h, s : s + w] * turned) for s in lefts] for t in tops])


@wrong("stride_twice", never="last position count")
def strided_twice(image, kernel, stride, padding):
    wide = np.pad(image, padding)
    h, w = kernel.shape
    result = []
    for top in range(0, (len(wide) - h) // stride + 1, stride):
        row = []
        for left in range(0, (len(wide[0]) - w) // stride + 1, stride):
            row.append((wide[top : top + h, left : left + w] * kernel).sum())
        result.append(row)
    return np.asarray(result)


@wrong("stride_twice")
def zeros_in_between(image, kernel, stride, padding):
    x = np.pad(image, padding)
    k, m = kernel.shape
    out = np.zeros(((x.shape[0] - k) // stride + 1, (x.shape[1] - m) // stride + 1))
    for i in range(0, out.shape[0], stride):
        for j in range(0, out.shape[1], stride):
            out[i, j] = (x[i : i + k, j : j + m] * kernel).sum()
    return out


@wrong("padded_twice", says="stopped with an error")
def border_counted_twice(image, kernel, stride, padding):
    image = np.pad(image, padding)
    rows = output_size(image.shape[0], kernel.shape[0], stride, padding)
    columns = output_size(image.shape[1], kernel.shape[1], stride, padding)
    result = np.zeros((rows, columns))
    for r in range(rows):
        for c in range(columns):
            part = image[r * stride : r * stride + kernel.shape[0], c * stride : c * stride + kernel.shape[1]]
            result[r, c] = (part * kernel).sum()
    return result


@wrong("stride_ignored")
def forgets_to_multiply(image, kernel, stride, padding):
    x = np.pad(image, padding)
    h, w = kernel.shape
    out = np.zeros(((x.shape[0] - h) // stride + 1, (x.shape[1] - w) // stride + 1))
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            out[i][j] = np.sum(x[i : i + h, j : j + w] * kernel)
    return out


@wrong("flipped")
def as_scipy_does(image, kernel, stride, padding):
    x = np.pad(image, padding)
    windows = np.lib.stride_tricks.sliding_window_view(x, kernel.shape)[::stride, ::stride]
    return (windows * np.flipud(np.fliplr(kernel))).sum(axis=(2, 3))


@wrong("square_kernel")
def k_by_k(image, kernel, stride, padding):
    k = len(kernel)
    x = np.pad(image, padding)
    out = np.zeros(((x.shape[0] - k) // stride + 1, (x.shape[1] - k) // stride + 1))
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            si, sj = i * stride, j * stride
            out[i, j] = (x[si : si + k, sj : sj + k] * kernel).sum()
    return out


@wrong("kernel_of_fixed_size")
def always_three(image, kernel, stride, padding):
    x = np.pad(image, padding)
    rows, columns = 1 + (x.shape[0] - 3) // stride, 1 + (x.shape[1] - 3) // stride
    out = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            out[i, j] = (x[i * stride : i * stride + 3, j * stride : j * stride + 3] * kernel).sum()
    return out


@wrong("cut_out_of_the_image", says="stopped with an error")
def pads_and_forgets_it(image, kernel, stride, padding):
    bordered = np.pad(image, padding)
    h, w = kernel.shape
    result = np.zeros(((len(bordered) - h) // stride + 1, (len(bordered[0]) - w) // stride + 1))
    for (i, j), _ in np.ndenumerate(result):
        y, x = i * stride, j * stride
        result[i, j] = np.sum(image[y : y + h, x : x + w] * kernel)
    return result


@wrong("returned_in_the_loop")
def returns_at_once(image, kernel, stride, padding):
    padded = np.pad(image, padding)
    a, b = kernel.shape
    m = np.zeros(((padded.shape[0] - a) // stride + 1, (padded.shape[1] - b) // stride + 1))
    for i in range(m.shape[0]):
        for j in range(m.shape[1]):
            m[i, j] = np.vdot(padded[i * stride : i * stride + a, j * stride : j * stride + b], kernel)
            return m


@wrong("matrix_product")
def dotted(image, kernel, stride, padding):
    padded = np.pad(image, padding)
    a, b = kernel.shape
    m = np.zeros(((padded.shape[0] - a) // stride + 1, (padded.shape[1] - b) // stride + 1))
    for i in range(m.shape[0]):
        for j in range(m.shape[1]):
            window = padded[i * stride : i * stride + a, j * stride : j * stride + b]
            m[i, j] = np.sum(np.dot(window, kernel))
    return m


@wrong("type_of_the_input")
def like_the_image(image, kernel, stride, padding):
    padded = np.pad(image, padding)
    out = np.zeros_like(padded)
    h, w = kernel.shape
    rows, columns = (padded.shape[0] - h) // stride + 1, (padded.shape[1] - w) // stride + 1
    for i in range(rows):
        for j in range(columns):
            out[i, j] = np.sum(padded[i * stride : i * stride + h, j * stride : j * stride + w] * kernel)
    return out[:rows, :columns]


@wrong("padded_at_top_and_left")
def pads_with_concatenate(image, kernel, stride, padding):
    x = np.concatenate([np.zeros((padding, image.shape[1])), image], axis=0)
    x = np.concatenate([np.zeros((x.shape[0], padding)), x], axis=1)
    h, w = kernel.shape
    rows, columns = (x.shape[0] - h) // stride + 1, (x.shape[1] - w) // stride + 1
    out = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            out[i, j] = np.sum(x[i * stride : i * stride + h, j * stride : j * stride + w] * kernel)
    return out


@wrong("float_sizes", says="stopped with an error.*sizes are computed with `/`")
def sizes_are_floats(image, kernel, stride, padding):
    x = np.pad(image, padding)
    rows = (x.shape[0] - kernel.shape[0]) / stride + 1
    columns = (x.shape[1] - kernel.shape[1]) / stride + 1
    out = np.zeros((rows, columns))
    return out


@wrong("starts_cut_short")
def one_start_short(image, kernel, stride, padding):
    x = np.pad(image, padding)
    h, w = kernel.shape
    return np.array(
        [
            [(x[i : i + h, j : j + w] * kernel).sum() for j in range(0, len(x[0]) - w, stride)]
            for i in range(0, len(x) - h, stride)
        ]
    )


@wrong("last_positions_stay_zero")
def strictly_smaller(image, kernel, stride, padding):
    x = np.pad(image, padding)
    h, w = kernel.shape
    rows, columns = (x.shape[0] - h) // stride + 1, (x.shape[1] - w) // stride + 1
    out = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            if i + 1 < rows and j + 1 < columns:
                out[i, j] = np.sum(x[i * stride : i * stride + h, j * stride : j * stride + w] * kernel)
    return out


@wrong("still_a_match", "stride_ignored", says="Two things together")
def lesson_two_again(image, kernel, stride, padding):
    x = np.pad(image, padding)
    h, w = kernel.shape
    rows, columns = (x.shape[0] - h) // stride + 1, (x.shape[1] - w) // stride + 1
    return np.array(
        [[np.mean(x[i : i + h, j : j + w] * kernel) for j in range(columns)] for i in range(rows)]
    )


@wrong("without_padding", "still_a_match")
def only_lesson_two(image, kernel, stride, padding):
    h, w = kernel.shape
    rows, columns = (image.shape[0] - h) // stride + 1, (image.shape[1] - w) // stride + 1
    out = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            out[i, j] = (image[i * stride :, j * stride :][:h, :w] * kernel).mean()
    return out


@wrong("in_one_row")
def one_long_row(image, kernel, stride, padding):
    x = np.pad(image, padding)
    h, w = kernel.shape
    sums = []
    for i in range(0, x.shape[0] - h + 1, stride):
        for j in range(0, x.shape[1] - w + 1, stride):
            sums.append((x[i : i + h, j : j + w] * kernel).sum())
    return np.array(sums)


@wrong(says="name 'kernel_size' is not defined")
def name_of_another_course(image, kernel, stride, padding):
    padded = np.pad(image, padding)
    out = np.zeros((padded.shape[0] - kernel_size + 1, padded.shape[1] - kernel_size + 1))  # noqa: F821
    return out


@wrong("not_summed", says="stopped with an error")
def products_only(image, kernel, stride, padding):
    padded = np.pad(image, padding)
    h, w = kernel.shape
    rows, columns = output_size(padded.shape[0], h, stride), output_size(padded.shape[1], w, stride)
    out = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            out[i, j] = padded[i * stride : i * stride + h, j * stride : j * stride + w] * kernel
    return out


@wrong("stride_added")
def plus_stride(image, kernel, stride, padding):
    x = np.pad(image, padding)
    h, w = kernel.shape
    rows, columns = (x.shape[0] - h) // stride + 1, (x.shape[1] - w) // stride + 1
    out = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            out[i, j] = np.sum(x[i + stride : i + stride + h, j + stride : j + stride + w] * kernel)
    return out


@wrong("padded_by_half_a_kernel")
def keeps_the_size(image, kernel, stride, padding):
    border = len(kernel) // 2
    x = np.pad(image, border)
    windows = np.lib.stride_tricks.sliding_window_view(x, kernel.shape)[::stride, ::stride]
    return np.einsum("abij,ij->ab", windows, kernel)


@wrong("left_to_right")
def kernel_left_to_right(image, kernel, stride=1, padding=0):
    p = np.pad(image, padding)
    view = sliding_window_view(p, kernel.shape)[::stride, ::stride]
    return np.einsum("ijkl,kl->ij", view, kernel[:, ::-1])


@wrong(says="`padding` is 0")
def wrapped_around(image, kernel, stride=1, padding=0):
    p = np.pad(image, padding, mode="wrap") if padding else image
    view = sliding_window_view(p, kernel.shape)[::stride, ::stride]
    return (view * kernel).sum(axis=(2, 3))
