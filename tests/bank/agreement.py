"""Answers to agreement."""

import numpy as np

from tests.bank import right, wrong


@right
def with_an_average(a, b):
    return np.average(a == b)


@right
def pixel_lists(a, b):
    pairs = list(zip(a.flatten().tolist(), b.flatten().tolist(), strict=True))
    return len([1 for one, other in pairs if one == other]) / len(pairs)


@right
def from_a_mask(a, b):
    return a[a == b].size / (a.shape[0] * a.shape[1])


@wrong("as_many_columns_as_rows")
def square_assumed(a, b):
    n = len(a)
    same = 0
    for i in range(n):
        for j in range(n):
            same += a[i][j] == b[i][j]
    return same / (n * n)


@wrong("divided_by_rows")
def share_of_rows(a, b):
    return (a == b).sum() / a.shape[0]


@wrong("equal_rows")
def whole_rows(a, b):
    same = 0
    for one, other in zip(a, b, strict=True):
        if list(one) == list(other):
            same += 1
    return same / len(a)


@wrong("divided_by_a_fixed_number")
def nine_times_nine(a, b):
    return np.count_nonzero(a == b) / (9 * 9)


@wrong("white_over_white")
def whites(a, b):
    return len(a[a == 1]) / len(b[b == 1])


@wrong("mean_of_products")
def products(a, b):
    return float((a * b).mean())


@wrong("different_pixels")
def errors(a, b):
    return np.abs(np.sign(a - b)).mean()


@wrong("count")
def counted(a, b):
    return sum(sum(a == b))


@wrong("nearly_equal")
def distance(a, b):
    return 1 - np.abs(a - b).sum() / (2 * a.size)


@wrong("all_or_nothing")
def all_equal(a, b):
    return int((a == b).all())


@wrong(says="In every case that is wrong the value is 100 times")
def percent(a, b):
    return 100 * np.mean(a == b)


@wrong(says="rounded to 2 decimals|not the expected")
def two_digits(a, b):
    return round(float(np.mean(a == b)), 2)


@wrong("products_of_one")
def product_is_one(a, b):
    return float(np.mean(a * b == 1))


@wrong("difference_counts_twice")
def one_minus_the_mean_difference(a, b):
    error = np.abs(a - b).mean()
    return 1 - error


@wrong("near_enough_is_equal")
def with_a_tolerance(a, b):
    return np.isclose(a, b, atol=0.6).mean()


@wrong("divided_by_columns")
def divides_by_columns(a, b):
    return (a == b).sum() / a.shape[1]


@wrong("signs_compared")
def sign_comparison(a, b):
    return np.mean(np.sign(a) == np.sign(b))


@wrong("shared_white_of_all_white")
def intersection_over_union(a, b):
    both = np.logical_and(a == 1, b == 1).sum()
    return both / np.logical_or(a == 1, b == 1).sum()
