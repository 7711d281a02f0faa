"""Answers to max_pool_map."""

import numpy as np

from tests.bank import right, wrong


@right
def sorted_windows(feature_map, window, stride):
    height, width = feature_map.shape
    tops, lefts = range(0, height - window + 1, stride), range(0, width - window + 1, stride)
    return np.array(
        [[sorted(feature_map[t : t + window, s : s + window].flatten())[-1] for s in lefts] for t in tops]
    )


@right
def appended_row_by_row(feature_map, window, stride):
    rows = []
    top = 0
    while top + window <= len(feature_map):
        row, left = [], 0
        while left + window <= len(feature_map[0]):
            row.append(max(max(line) for line in feature_map[top : top + window, left : left + window]))
            left += stride
        rows.append(row)
        top += stride
    return np.array(rows)


@right
def shifted_views(feature_map, window, stride):
    height, width = feature_map.shape
    rows, columns = (height - window) // stride + 1, (width - window) // stride + 1
    views = [feature_map[i::stride, j::stride][:rows, :columns] for i in range(window) for j in range(window)]
    return np.max(views, axis=0)


@wrong("means", "stride_from_the_window", says="Two things together")
def means_end_to_end(feature_map, window, stride):
    rows, columns = feature_map.shape[0] // window, feature_map.shape[1] // window
    whole = feature_map[: rows * window, : columns * window]
    return whole.reshape(rows, window, columns, window).mean(axis=(1, 3))


@wrong(says="whole number")
def with_sizes_that_are_floats(feature_map, window, stride):
    rows = (feature_map.shape[0] - window) / stride + 1
    columns = (feature_map.shape[1] - window) / stride + 1
    return np.zeros((rows, columns))
