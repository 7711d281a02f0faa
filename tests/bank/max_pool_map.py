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


@wrong(says="IndexError")
def every_start_and_loops_within(feature_map, window, stride):
    pooled = []
    for top in range(0, feature_map.shape[0], stride):
        for left in range(0, feature_map.shape[1], stride):
            largest = feature_map[top, left]
            for i in range(window):
                for j in range(window):
                    largest = max(largest, feature_map[top + i, left + j])
            pooled.append(largest)
    return np.array(pooled).reshape(len(range(0, feature_map.shape[0], stride)), -1)


@wrong("every_start")
def all_starts_reshaped(feature_map, window, stride):
    height, width = feature_map.shape
    values = [
        np.max(feature_map[i : i + window, j : j + window])
        for i in range(0, height, stride)
        for j in range(0, width, stride)
    ]
    return np.array(values).reshape(-(-height // stride), -(-width // stride))


@wrong("stride_ignored")
def steps_of_one(feature_map, window, stride):
    h, w = feature_map.shape
    out = np.empty((1 + (h - window) // stride, 1 + (w - window) // stride))
    for i, j in np.ndindex(*out.shape):
        out[i, j] = np.amax(feature_map[i : i + window, j : j + window])
    return out


@wrong("stride_from_the_window")
def blocks(feature_map, window, stride):
    rows, columns = feature_map.shape[0] // window, feature_map.shape[1] // window
    blocks = feature_map[: rows * window, : columns * window].reshape(rows, window, columns, window)
    return blocks.max(axis=3).max(axis=1)


@wrong("started_at_zero")
def best_begins_with_nothing(feature_map, window, stride):
    height, width = feature_map.shape
    result = []
    for top in range(0, height - window + 1, stride):
        line = []
        for left in range(0, width - window + 1, stride):
            best = 0
            for i in range(top, top + window):
                for j in range(left, left + window):
                    if feature_map[i][j] > best:
                        best = feature_map[i][j]
            line.append(best)
        result.append(line)
    return np.array(result)


@wrong("ending_at_the_next")
def as_wide_as_the_step(feature_map, window, stride):
    rows, columns = ((side - window) // stride + 1 for side in feature_map.shape)
    return np.array(
        [
            [
                feature_map[r * stride : (r + 1) * stride, c * stride : (c + 1) * stride].max()
                for c in range(columns)
            ]
            for r in range(rows)
        ]
    )


@wrong("square")
def as_many_columns_as_rows(feature_map, window, stride):
    n = (len(feature_map) - window) // stride + 1
    out = np.zeros((n, n))
    for i in range(n):
        for j in range(n):
            out[i, j] = np.max(
                feature_map[i * stride : i * stride + window, j * stride : j * stride + window]
            )
    return out


@wrong(says="truth value of an array")
def pythons_max_of_rows(feature_map, window, stride):
    h, w = feature_map.shape
    return np.array(
        [
            [max(feature_map[i : i + window, j : j + window]) for j in range(0, w - window + 1, stride)]
            for i in range(0, h - window + 1, stride)
        ]
    )


@wrong("first_column_of_each_window")
def one_column_of_each_window(feature_map, window, stride):
    H = (feature_map.shape[0] - window) // stride + 1
    W = (feature_map.shape[1] - window) // stride + 1
    out = np.zeros((H, W))
    for i in range(H):
        for j in range(W):
            out[i, j] = feature_map[i * stride : i * stride + window, j * stride].max()
    return out


@wrong("medians")
def middle_values(feature_map, window, stride):
    height, width = feature_map.shape
    return np.array(
        [
            [
                np.median(feature_map[i : i + window, j : j + window])
                for j in range(0, width - window + 1, stride)
            ]
            for i in range(0, height - window + 1, stride)
        ]
    )
