"""Answers to conv_parameters."""

import numpy as np

from tests.bank import right, wrong


@right
def counted_filter_by_filter(in_channels, out_channels, kernel_size, bias):
    total = 0
    for _ in range(out_channels):
        for _ in range(in_channels):
            total = total + kernel_size * kernel_size
        if bias:
            total = total + 1
    return total


@right
def by_product(in_channels, out_channels, kernel_size, bias):
    shape = (out_channels, in_channels, kernel_size, kernel_size)
    return int(np.prod(shape)) + int(bias) * out_channels


@right
def two_branches(in_channels, out_channels, kernel_size, bias):
    per_filter = in_channels * pow(kernel_size, 2)
    if bias is True:
        per_filter += 1
    return per_filter * out_channels


@wrong("biases_left_out")
def only_weights(in_channels, out_channels, kernel_size, bias):
    return kernel_size * kernel_size * in_channels * out_channels


@wrong("biases_always_counted")
def is_it_none(in_channels, out_channels, kernel_size, bias):
    count = in_channels * out_channels * kernel_size**2
    if bias is not None:
        count += out_channels
    return count


@wrong("one_bias_in_all")
def one_more(in_channels, out_channels, kernel_size, bias):
    count = out_channels * in_channels * kernel_size * kernel_size
    if bias:
        count += 1
    return count


@wrong("bias_for_each_kernel")
def per_kernel(in_channels, out_channels, kernel_size, bias):
    kernel = kernel_size**2 + (1 if bias else 0)
    return kernel * in_channels * out_channels


@wrong("bias_for_each_input_channel")
def per_input(in_channels, out_channels, kernel_size, bias):
    weights = np.zeros((in_channels, out_channels, kernel_size, kernel_size)).size
    return weights + in_channels * bool(bias)


@wrong("side_not_squared")
def one_side(in_channels, out_channels, kernel_size, bias):
    one_filter = in_channels * kernel_size
    return (one_filter + int(bias)) * out_channels


@wrong("side_doubled")
def two_sides(in_channels, out_channels, kernel_size, bias):
    return out_channels * (in_channels * (kernel_size + kernel_size) + bias)


@wrong("hat_for_a_power")
def hat(in_channels, out_channels, kernel_size, bias):
    square = kernel_size ^ 2
    return square * in_channels * out_channels + (out_channels if bias else 0)


@wrong("depth_left_out")
def flat_filters(in_channels, out_channels, kernel_size, bias):
    total = 0
    for _ in range(out_channels):
        total += kernel_size**2 + bias
    return total


@wrong("one_filter_only")
def single(in_channels, out_channels, kernel_size, bias):
    return np.zeros((in_channels, kernel_size, kernel_size)).size + int(bias)


@wrong("channels_added")
def both_depths(in_channels, out_channels, kernel_size, bias):
    weights = in_channels * kernel_size**2 + out_channels * kernel_size**2
    return weights + out_channels if bias else weights


@wrong("depth_left_out", "biases_left_out", says="Two things together")
def kernels_of_the_filters(in_channels, out_channels, kernel_size, bias):
    return out_channels * kernel_size**2


@wrong("two_numbers")
def apart(in_channels, out_channels, kernel_size, bias):
    weights = out_channels * in_channels * kernel_size**2
    return (weights, out_channels if bias else 0)


@wrong("count_is_a_float")
def with_a_float(in_channels, out_channels, kernel_size, bias):
    return out_channels * (in_channels * kernel_size**2.0 + bias)


@wrong("fixed_kernel")
def three_by_three(in_channels, out_channels, kernel_size, bias):
    return (in_channels * 3 * 3 + bias) * out_channels


@wrong(says="In every case that is wrong|not the expected one|differ")
def size_of_an_image_of_28(in_channels, out_channels, kernel_size, bias):
    return out_channels * 28 * 28 * (in_channels * kernel_size**2 + bias)


@wrong(says="not subscriptable|TypeError")
def kernel_of_two_sides(in_channels, out_channels, kernel_size, bias):
    return out_channels * (in_channels * kernel_size[0] * kernel_size[1] + bias)


@wrong("side_not_squared")
def kernel_counted_along_one_side(in_channels, filters, kernel, bias=True):
    return filters * in_channels * kernel + filters * bias


@wrong("bias_for_each_kernel")
def a_bias_with_every_kernel(in_channels, filters, kernel, bias=True):
    return filters * in_channels * (kernel**2 + bias)


@wrong("side_as_a_radius")
def pixels_around_the_middle(in_channels, out_channels, kernel_size, bias=True):
    side = kernel_size + 1 + kernel_size
    return (in_channels * side * side + int(bias)) * out_channels
