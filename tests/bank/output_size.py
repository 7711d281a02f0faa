"""Answers to output_size."""

import math

import numpy as np

from tests.bank import right, wrong


@right
def in_small_steps(size, kernel, stride, padding):
    padded_size = padding + size + padding
    last_start = padded_size - kernel
    steps = int(last_start / stride)
    return steps + 1


@right
def recursive(size, kernel, stride, padding):
    if padding > 0:
        return recursive(size + 2, kernel, stride, padding - 1)
    if size < kernel:
        return 0
    return 1 + recursive(size - stride, kernel, stride, 0)


@right
def by_ceiling(size, kernel, stride, padding):
    return math.ceil((size + 2 * padding - kernel + 1) / stride)


@right
def count_list(size, kernel, stride, padding):
    line = np.pad(np.zeros(size), padding)
    pieces = [line[i : i + kernel] for i in range(0, len(line), stride)]
    return len([piece for piece in pieces if len(piece) == kernel])


@wrong("fixed_stride")
def stride_of_two(size, kernel, stride, padding):
    way = size + padding + padding - kernel
    return way // 2 + 1


@wrong("starts_cut_short", "padding_left_out")
def counts_with_range(size, kernel, stride, padding):
    count = 0
    for _ in range(0, size - kernel, stride):
        count += 1
    return count


@wrong("starts_cut_short")
def counts_with_while(size, kernel, stride, padding):
    count, start = 0, 0
    while start + kernel < size + 2 * padding:
        start += stride
        count += 1
    return count


@wrong("true_division")
def slash(size, kernel, stride, padding):
    free = size - kernel + padding * 2
    return 1 + free / stride


@wrong("floor_is_a_float")
def numpy_floor(size, kernel, stride, padding):
    return np.floor((size + 2 * padding - kernel) / stride) + 1.0


@wrong("rounded_up")
def ceiling(size, kernel, stride, padding):
    return int(np.ceil((size - kernel + 2 * padding) / stride)) + 1


@wrong("rounded_to_nearest")
def nearest(size, kernel, stride, padding):
    steps = (size - kernel + 2 * padding) / stride
    return int(round(steps, 0)) + 1


@wrong("padding_once")
def one_end(size, kernel, stride, padding):
    size = size + padding
    return (size - kernel) // stride + 1


@wrong("one_before_the_division")
def one_inside(size, kernel, stride, padding):
    starts = size + 2 * padding - kernel + 1
    return starts // stride


@wrong("size_over_stride")
def as_in_tensorflow(size, kernel, stride, padding):
    return math.ceil(size / stride)


@wrong("half_a_kernel_at_each_end")
def radius(size, kernel, stride, padding):
    half = kernel // 2
    first, last = half - padding, size - 1 - half + padding
    return len(range(first, last + 1, stride))


@wrong("without_plus_one", "padding_left_out", says="Two things together")
def steps_inside(size, kernel, stride, padding):
    return int((size - kernel) / stride)


@wrong("rounded_up", "padding_once", says="Two things together")
def ceiling_of_one_end(size, kernel, stride, padding):
    return math.ceil((size + padding - kernel) / stride) + 1


@wrong("kernel_left_out")
def all_starts(size, kernel, stride, padding):
    total = size + 2 * padding
    return total // stride + 1


@wrong("every_start")
def every_start_counts(size, kernel, stride, padding):
    return len(list(range(-padding, size + padding, stride)))


@wrong("printed")
def shown(size, kernel, stride, padding):
    print("size:", (size - kernel + 2 * padding) // stride + 1)


@wrong(says="NameError")
def with_the_letters_of_the_formula(size, kernel, stride, padding):
    return (W - F + 2 * P) // S + 1  # noqa: F821


@wrong("without_parentheses")
def flat(size, kernel, stride, padding):
    return 1 + size - kernel + padding * 2 // stride


@wrong(says="one number, but it is an array")
def a_list_of_starts(size, kernel, stride, padding):
    return np.arange(0, size + 2 * padding - kernel + 1, stride)


@wrong("same_or_valid")
def same_and_valid(size, kernel, stride=1, padding=0):
    import math

    if padding > 0:  # same
        return math.ceil(size / stride)
    return math.ceil((size - kernel + 1) / stride)  # valid


@wrong("rounded_apart")
def two_floors(size, kernel, stride=1, padding=0):
    return (size - kernel) // stride + 2 * padding // stride + 1


@wrong(says="one too large")
def kernel_less_one_twice(size, kernel, stride=1, padding=0):
    return (size + 2 * padding - (kernel - 1)) // stride + 1


@wrong("starts_cut_short")
def while_it_is_less(size, kernel, stride=1, padding=0):
    n, pos = 0, -padding
    while pos + kernel < size + padding:
        n += 1
        pos += stride
    return n


@wrong("kernels_end_to_end")
def how_often_the_kernel_goes_into_it(size, kernel, stride=1, padding=0):
    side = size + padding + padding
    return int(side / kernel)
