"""Answers to match."""

import numpy as np

from tests.bank import right, wrong


@right
def zipped(patch, feature):
    products = []
    for row, other in zip(patch, feature, strict=True):
        for a, b in zip(row, other, strict=True):
            products.append(a * b)
    return sum(products) / len(products)


@right
def mean_of_row_means(patch, feature):
    return np.average(np.multiply(feature, patch).mean(axis=0))


@right
def flat_with_an_index(patch, feature):
    a, b = list(patch.flatten()), list(feature.flatten())
    s = 0
    i = 0
    while i < len(a):
        s = s + a[i] * b[i]
        i = i + 1
    s /= i
    return s


@wrong("every_pair_of_rows", never="rounded")
def rows_with_rows(patch, feature):
    s = 0
    for r in patch:
        for f in feature:
            s += (r * f).sum()
    return s / patch.size


@wrong("every_pair")
def all_with_all(patch, feature):
    s = 0
    for r in patch.flatten():
        for f in feature.flatten():
            s = s + r * f
    return s / (patch.shape[0] * patch.shape[1])


@wrong("one_for_each_column")
def pythons_sum_and_len(patch, feature):
    products = patch * feature
    return sum(products) / len(products)


@wrong("not_divided")
def added_in_loops(patch, feature):
    answer = 0
    for i, row in enumerate(patch):
        for j, value in enumerate(row):
            answer += value * feature[i][j]
    return answer


@wrong("loops_over_three", says="IndexError")
def nine_pixels(patch, feature):
    s = 0
    for i in range(3):
        for j in range(3):
            s += patch[i][j] * feature[i][j]
    return s / 9


@wrong("divided_by_nine")
def ninth(patch, feature):
    return (patch * feature).sum() / 9.0


@wrong("equal_pixels")
def counted_when_equal(patch, feature):
    count = 0
    for a, b in zip(patch.ravel(), feature.ravel(), strict=True):
        if a == b:
            count += 1
    return count / patch.size


@wrong("twice_the_agreement")
def plus_and_minus(patch, feature):
    points = 0
    for a, b in zip(patch.ravel(), feature.ravel(), strict=True):
        points += 1 if a == b else -1
    return points / feature.size


@wrong("squared_differences")
def mean_squared_error(patch, feature):
    return np.sum(np.square(feature - patch)) / patch.size


@wrong("divided_by_the_lengths")
def correlation(patch, feature):
    a, b = patch.ravel(), feature.ravel()
    return a.dot(b) / (np.linalg.norm(a) * np.linalg.norm(b))


@wrong("returned_in_the_loop")
def after_one_row(patch, feature):
    s = 0.0
    for i in range(len(patch)):
        for j in range(len(patch[i])):
            s += patch[i, j] * feature[i, j]
        return s / patch.size


@wrong("square_loops")
def one_length(patch, feature):
    n, s = patch.shape[0], 0
    for i in range(n):
        for j in range(n):
            s += patch[i, j] * feature[i, j]
    return s / feature.size


@wrong("divided_as_if_square")
def n_squared(patch, feature):
    n = len(feature)
    return np.einsum("ij,ij", patch, feature) / (n * n)


@wrong(says="tuple")
def divided_by_the_shape(patch, feature):
    return float(np.sum(patch * feature)) / patch.shape


@wrong("printed")
def shown(patch, feature):
    total = np.sum(patch * feature) / patch.size
    print(total)


@wrong("rounded")
def two_decimals(patch, feature):
    return round(float((patch * feature).mean()), 2)


@wrong("matrix_product_by_operator")
def matmul(patch, feature):
    return (patch @ feature).sum() / (patch @ feature).size


@wrong("in_place", says="changes its argument|multiplied into the patch")
def product_written_back(patch, feature):
    for i in range(patch.shape[0]):
        for j in range(patch.shape[1]):
            patch[i, j] = patch[i, j] * feature[i, j]
    return patch.mean()


@wrong("equal_pixels", "not_divided", says="Two things together")
def number_of_equal_pixels(patch, feature):
    return sum(1 for a, b in zip(patch.flat, feature.flat, strict=True) if a == b)


@wrong("divided_by_the_columns")
def sums_of_the_rows_means(patch, feature):
    total = 0
    for r in range(patch.shape[0]):
        row = 0
        for c in range(patch.shape[1]):
            row += patch[r, c] * feature[r, c]
        total += row / patch.shape[1]
    return total


@wrong("means_taken_away")
def covariance(patch, feature):
    p, f = patch - patch.mean(), feature - feature.mean()
    return (p * f).mean()


@wrong("divided_by_both_sides_together")
def height_plus_width(patch, feature):
    h, w = patch.shape
    total = 0
    for i in range(h):
        for j in range(w):
            total += patch[i, j] * feature[i, j]
    return total / (h + w)


@wrong("divided_by_nine_at_least")
def nine_or_more(patch, feature):
    return (patch * feature).sum() / max(9, feature.size)


@wrong("divided_by_the_features_squares")
def as_a_share_of_the_perfect_match(patch, feature):
    perfect = (feature * feature).sum()
    return (patch * feature).sum() / perfect
