"""Answers to pooled_size."""

import math

import numpy as np

from tests.bank import right, wrong


@right
def starts_in_a_list(size, window, stride, partial=False):
    starts = [start for start in range(0, size, stride) if start + window <= size]
    rest = size - (starts[-1] + window)
    if partial and rest > 0 and starts[-1] + stride < size:
        starts.append(starts[-1] + stride)
    return len(starts)


@right
def numpy_ceil_made_whole(size, window, stride, partial=False):
    if partial:
        n = int(np.ceil((size - window) / stride)) + 1
        while (n - 1) * stride >= size:
            n -= 1
        return n
    return int(np.floor((size - window) / stride)) + 1


@right
def with_divmod(size, window, stride, partial=False):
    steps, left = divmod(size - window, stride)
    return steps + 2 if partial and left and (steps + 1) * stride <= size - 1 else steps + 1


@wrong("begins_outside")
def ceil_for_partial(size, window, stride, partial=False):
    if partial:
        return math.ceil((size - window) / stride) + 1
    else:
        return math.floor((size - window) / stride) + 1


@wrong("one_more_in_any_case")
def plus_partial(size, window, stride, partial=False):
    return (size - window) // stride + 1 + partial


@wrong("a_window_at_every_start")
def ceil_of_size_over_stride(size, window, stride, partial=False):
    n = 1 + (size - window) // stride
    if partial:
        n = math.ceil(size / stride)
    return n


@wrong("remainder_of_the_size")
def rest_of_the_size(size, window, stride, partial=False):
    n = (size - window) // stride + 1
    if partial and size % stride != 0:
        n += 1
    return n


@wrong("rounded_up_by_a_half", never="always adds one window")
def rounded_with_a_half(size, window, stride, partial=False):
    if not partial:
        return (size - window) // stride + 1
    return round((size - window) / stride + 0.5) + 1


@wrong("one_before_the_division", never="left out")
def one_before_dividing(size, window, stride, partial=False):
    return (size - window + 1) // stride


@wrong("begins_outside")
def any_remainder(size, window, stride, partial=False):
    quotient, remainder = divmod(size - window, stride)
    extra = 1 if partial and remainder > 0 else 0
    return quotient + 1 + extra


@wrong("never_partial")
def ceil_of_what_is_whole(size, window, stride, partial=False):
    if partial:
        return math.ceil((size - window) // stride) + 1
    return (size - window) // stride + 1


@wrong("not_rounded")
def divided(size, window, stride, partial=False):
    return 1 + (size - window) / stride


@wrong("float_for_a_whole_number")
def floors_of_numpy(size, window, stride, partial=False):
    if partial:
        return min(np.ceil((size - window) / stride) + 1, np.ceil(size / stride))
    return np.floor((size - window) / stride) + 1


@wrong("always_partial")
def ceil_always(size, window, stride, partial=False):
    return min(math.ceil((size - window) / stride) + 1, math.ceil(size / stride))


@wrong("window_and_stride_swapped")
def swapped(size, window, stride, partial=False):
    n = (size - stride) // window + 1
    if partial and (n - 1) * window + stride < size and n * window < size:
        n += 1
    return n


@wrong("begins_just_outside")
def one_too_far(size, window, stride, partial=False):
    count = len(range(0, size - window + 1, stride))
    covered = (count - 1) * stride + window
    if partial and covered < size and not count * stride > size:
        count += 1
    return count


@wrong("always_partial")
def partial_not_looked_at(size, window, stride, partial=False):
    count = 0
    end = 0
    start = 0
    while start < size and end < size:
        end = start + window
        start += stride
        count += 1
    return count


@wrong("printed")
def shown(size, window, stride, partial=False):
    whole = (size - window) // stride + 1
    if partial and (whole - 1) * stride + window < size and whole * stride < size:
        whole = whole + 1
    print(whole)


@wrong("steps_instead_of_windows")
def without_the_one(size, window, stride, partial=False):
    whole = (size - window) // stride
    if partial and whole * stride + window < size and (whole + 1) * stride < size:
        return whole + 1
    return whole


@wrong("rounded_up")
def up_unless_partial(size, window, stride, partial=False):
    whole = 1 + math.ceil((size - window) / stride)
    if partial and (whole - 1) * stride + window < size:
        whole += whole * stride < size
    return whole


@wrong("size_over_stride")
def size_over_stride_up_or_down(size, window, stride, partial=False):
    import math

    return math.ceil(size / stride) if partial else size // stride


@wrong("a_window_at_every_start")
def a_window_at_each_start(size, window, stride, partial=False):
    if partial:
        return (size - 1) // stride + 1
    return (size - window) // stride + 1


@wrong("half_a_window_at_least")
def mostly_inside(size, window, stride, partial=False):
    whole = (size - window) // stride + 1
    inside = size - whole * stride
    if partial and (whole - 1) * stride + window < size and inside / window >= 0.5:
        return whole + 1
    return whole
