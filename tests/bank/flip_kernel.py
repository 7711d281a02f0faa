"""Answers to flip_kernel."""

import numpy as np

from tests.bank import right, wrong


@right
def weight_by_weight(kernel):
    h, w = kernel.shape[-2:]
    turned = np.empty_like(kernel)
    for i in range(h):
        for j in range(w):
            turned[..., i, j] = kernel[..., h - 1 - i, w - 1 - j]
    return turned


@right
def recursive(kernel):
    if kernel.ndim == 2:
        return np.array([row[::-1] for row in kernel[::-1]])
    return np.array([recursive(one) for one in kernel])


@right
def mirrored_twice(kernel):
    once = np.flip(kernel, axis=-1)
    return np.flip(once, axis=kernel.ndim - 2)


@right
def through_transposed_views(kernel):
    return kernel.swapaxes(-1, -2)[..., ::-1, :].swapaxes(-1, -2)[..., ::-1, :]


@wrong("first_two_axes")
def up_down_left_right(kernel):
    return np.fliplr(np.flipud(kernel))


@wrong("first_two_axes")
def rotated(kernel):
    return np.rot90(np.rot90(kernel))


@wrong("first_axis_only")
def only_rows(kernel):
    return np.array(list(reversed(kernel)))


@wrong("all_axes")
def backwards(kernel):
    return kernel.ravel()[::-1].reshape(kernel.shape)


@wrong("upside_down_only")
def rows_of_each(kernel):
    return np.flip(kernel, axis=kernel.ndim - 2)


@wrong("left_to_right_only")
def mirror(kernel):
    w = kernel.shape[-1]
    return np.stack([kernel[..., w - 1 - j] for j in range(w)], axis=-1)


@wrong("transposed")
def diagonal(kernel):
    order = list(range(kernel.ndim))
    order[-2], order[-1] = order[-1], order[-2]
    return kernel.transpose(order)


@wrong("all_axes_reversed")
def plain_transpose(kernel):
    return np.transpose(kernel)


@wrong("four_axes_taken_for_granted", says="stopped with an error.*too many indices")
def like_conv2d(kernel):
    return np.flip(kernel[:, :, :, :], axis=(2, 3))


@wrong("in_place")
def writes_into_it(kernel):
    kernel[:] = np.flip(kernel, axis=(-2, -1)).copy()
    return kernel


@wrong("as_it_is")
def forgets_the_result(kernel):
    np.flip(kernel, (-1, -2))
    return kernel


@wrong("as_it_is")
def reversed_twice(kernel):
    return kernel[::-1][::-1]


@wrong("quarter_turn")
def a_quarter(kernel):
    return np.flip(kernel.swapaxes(-1, -2), axis=-2)


@wrong("negated")
def minus(kernel):
    return 0 - kernel


@wrong("list_for_an_array")
def list_of_rows(kernel):
    return np.flip(kernel, axis=(-2, -1)).tolist()


@wrong(says="returns nothing")
def sorted_and_lost(kernel):
    kernel = kernel[..., ::-1, ::-1]


@wrong(says="stopped with an error|list")
def rows_of_a_single_kernel(kernel):
    return [list(row)[::-1] for row in kernel][::-1]


@wrong("all_axes")
def reversed_whole_flatten(kernel):
    return kernel.ravel()[::-1].reshape(kernel.shape)


@wrong("first_and_last_axis")
def flipped_along_zero_and_minus_one(kernel):
    return np.flip(np.flip(kernel, axis=0), axis=-1)
