"""Answers to confusion_matrix."""

import numpy as np

from tests.bank import right, wrong


@right
def with_zip(labels, predictions, classes):
    m = np.zeros((classes, classes))
    for t, p in zip(labels, predictions, strict=True):
        m[t][p] += 1
    return m


@right
def with_add_at(labels, predictions, classes):
    m = np.zeros((classes, classes), dtype=np.int64)
    np.add.at(m, (labels, predictions), 1)
    return m


@right
def comprehension(labels, predictions, classes):
    return np.array(
        [
            [
                sum(1 for t, p in zip(labels, predictions, strict=True) if t == i and p == j)
                for j in range(classes)
            ]
            for i in range(classes)
        ]
    )


@right
def histogram(labels, predictions, classes):
    edges = np.arange(classes + 1) - 0.5
    return np.histogram2d(labels, predictions, bins=[edges, edges])[0]


@wrong("swapped")
def columns_first(labels, predictions, classes):
    m = np.zeros((classes, classes), dtype=int)
    for t, p in zip(labels, predictions, strict=True):
        m[p, t] += 1
    return m


@wrong("one_at_most")
def fancy(labels, predictions, classes):
    m = np.zeros((classes, classes), dtype=int)
    m[labels, predictions] += 1
    return m


@wrong("up_to_the_largest")
def sized_by_data(labels, predictions, classes):
    n = int(max([*labels, *predictions], default=-1)) + 1
    m = np.zeros((n, n), dtype=int)
    for t, p in zip(labels, predictions, strict=True):
        m[t, p] += 1
    return m


@wrong("shares_of_each_row")
def normalised(labels, predictions, classes):
    m = np.zeros((classes, classes))
    for t, p in zip(labels, predictions, strict=True):
        m[t, p] += 1
    totals = m.sum(axis=1, keepdims=True)
    return m / np.where(totals == 0, 1, totals)


@wrong("wrong_ones_only")
def errors(labels, predictions, classes):
    m = np.zeros((classes, classes), dtype=int)
    for t, p in zip(labels, predictions, strict=True):
        if t != p:
            m[t, p] += 1
    return m


@wrong("returned_in_the_loop", says="loop|None")
def too_soon(labels, predictions, classes):
    m = np.zeros((classes, classes), dtype=int)
    for t, p in zip(labels, predictions, strict=True):
        m[t, p] += 1
        return m


@wrong("list_for_an_array")
def rows(labels, predictions, classes):
    m = [[0] * classes for _ in range(classes)]
    for t, p in zip(labels, predictions, strict=True):
        m[t][p] += 1
    return m


@wrong(says="All rows of the result are the same|entries|values differ")
def one_row_many_times(labels, predictions, classes):
    m = [[0] * classes] * classes
    for t, p in zip(labels, predictions, strict=True):
        m[t][p] += 1
    return np.array(m)


@wrong(says="IndexError|list index")
def only_classes(labels, predictions, classes):
    m = np.zeros(classes, dtype=int)
    for t, p in zip(labels, predictions, strict=True):
        m[t, p] += 1
    return m


@wrong("from_one")
def counted_from_one(labels, predictions, classes):
    m = np.zeros((classes, classes), dtype=int)
    for t, p in zip(labels, predictions, strict=True):
        m[t - 1, p - 1] += 1
    return m


@wrong("diagonal", says="diagonal|shape")
def right_per_class(labels, predictions, classes):
    return np.array([np.sum((labels == c) & (predictions == c)) for c in range(classes)])


@wrong("eight_bits")
def in_bytes(labels, predictions, classes):
    m = np.zeros((classes, classes), dtype="uint8")
    np.add.at(m, (labels, predictions), 1)
    return m


@wrong("without_minlength", says="ValueError")
def bins_not_counted(labels, predictions, classes):
    places = labels * classes + predictions
    return np.bincount(places).reshape((classes, classes))


@wrong("bins_of_what_occurs")
def histogram_of_two(labels, predictions, classes):
    table, _, _ = np.histogram2d(labels, predictions, bins=(classes, classes))
    return table.astype(int)


@wrong("percentages_of_each_row")
def hundreds(labels, predictions, classes):
    m = np.zeros((classes, classes), dtype=int)
    np.add.at(m, (labels, predictions), 1)
    sums = m.sum(axis=1)[:, None]
    return np.rint(100 * m / np.where(sums == 0, 1, sums)).astype(int)
