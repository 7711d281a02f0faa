"""Answers to avg_pool2d."""

import numpy as np

from helpers import reference
from helpers.reference import pooled_size
from tests.bank import right, wrong


@right
def sums_of_shifted_views(x, window=2, stride=None, partial=False):
    s = window if stride is None else stride
    rows, columns = (pooled_size(side, window, s, partial) for side in x.shape[2:])
    total, count = np.zeros((*x.shape[:2], rows, columns)), np.zeros((rows, columns))
    for i in range(window):
        for j in range(window):
            part = x[:, :, i::s, j::s][:, :, :rows, :columns]
            total[:, :, : part.shape[2], : part.shape[3]] += part
            count[: part.shape[2], : part.shape[3]] += 1
    return total / count


@right
def means_of_means(x, window=2, stride=None, partial=False):
    stride = stride or window
    out = []
    for i in range(pooled_size(x.shape[2], window, stride, partial)):
        row = []
        for j in range(pooled_size(x.shape[3], window, stride, partial)):
            row.append(
                x[:, :, i * stride : i * stride + window, j * stride : j * stride + window].mean(2).mean(2)
            )
        out.append(row)
    return np.moveaxis(np.array(out), (0, 1), (2, 3))


@right
def counted_by_hand(x, window=2, stride=None, partial=False):
    if stride is None:
        stride = window
    out = np.zeros((*x.shape[:2], *[pooled_size(side, window, stride, partial) for side in x.shape[2:]]))
    for n, c, i, j in np.ndindex(*out.shape):
        total, entries = 0.0, 0
        for a in range(i * stride, i * stride + window):
            for b in range(j * stride, j * stride + window):
                if a < x.shape[2] and b < x.shape[3]:
                    total += x[n, c, a, b]
                    entries += 1
        out[n, c, i, j] = total / entries
    return out


def patches(x, window, stride, partial):
    rows, columns = (pooled_size(side, window, stride, partial) for side in x.shape[2:])
    for i, j in np.ndindex(rows, columns):
        yield i, j, x[:, :, i * stride : i * stride + window, j * stride : j * stride + window]


def empty(x, window, stride, partial):
    return np.zeros((*x.shape[:2], *[pooled_size(side, window, stride, partial) for side in x.shape[2:]]))


@wrong("divided_by_the_whole_window")
def by_window_squared(x, window=2, stride=None, partial=False):
    stride = window if stride is None else stride
    out = empty(x, window, stride, partial)
    for i, j, patch in patches(x, window, stride, partial):
        out[:, :, i, j] = np.sum(patch, axis=(2, 3)) / (window * window)
    return out


@wrong("over_everything")
def mean_without_an_axis(x, window=2, stride=None, partial=False):
    stride = window if stride is None else stride
    out = empty(x, window, stride, partial)
    for i, j, patch in patches(x, window, stride, partial):
        out[:, :, i, j] = np.mean(patch)
    return out


@wrong("maxima_divided")
def largest_over_the_number(x, window=2, stride=None, partial=False):
    stride = window if stride is None else stride
    out = empty(x, window, stride, partial)
    for i, j, patch in patches(x, window, stride, partial):
        out[:, :, i, j] = patch.max((2, 3)) / window**2
    return out


@wrong("divided_by_all_entries")
def over_the_size(x, window=2, stride=None, partial=False):
    stride = window if stride is None else stride
    out = empty(x, window, stride, partial)
    for i, j, patch in patches(x, window, stride, partial):
        out[:, :, i, j] = patch.sum(2).sum(2) / patch.size
    return out


@wrong("type_of_the_input")
def like_the_input(x, window=2, stride=None, partial=False):
    stride = window if stride is None else stride
    out = empty(x, window, stride, partial).astype(x.dtype)
    for i, j, patch in patches(x, window, stride, partial):
        for n, c in np.ndindex(*x.shape[:2]):
            out[n, c, i, j] = patch[n, c].mean()
    return out


@wrong("drops_partial_windows")
def whole_windows_only(x, window=2, stride=None, partial=False):
    s = stride or window
    return np.lib.stride_tricks.sliding_window_view(x, (window, window), axis=(-2, -1))[:, :, ::s, ::s].mean(
        (-1, -2)
    )


@wrong("maxima")
def still_the_maximum(x, window=2, stride=None, partial=False):
    s = stride or window
    out = empty(x, window, s, partial)
    for i, j, patch in patches(x, window, s, partial):
        out[..., i, j] = patch.max(-1).max(-1)
    return out


@wrong("divided_by_the_side")
def over_the_width(x, window=2, stride=None, partial=False):
    s = stride or window
    out = empty(x, window, s, partial)
    for i, j, patch in patches(x, window, s, partial):
        out[..., i, j] = np.einsum("nchw->nc", patch) / window
    return out


@wrong("divided_by_the_side", says="")
def mean_of_one_axis_sum_of_the_other(x, window=2, stride=None, partial=False):
    s = stride or window
    out = empty(x, window, s, partial)
    for i, j, patch in patches(x, window, s, partial):
        out[..., i, j] = patch.mean(axis=2).sum(axis=2)
    return out


@wrong("stride_left_none", says="NoneType")
def none_multiplied(x, window=2, stride=None, partial=False):
    out = np.zeros((*x.shape[:2], (x.shape[2] - window) // stride + 1, (x.shape[3] - window) // stride + 1))
    if partial:
        out = empty(x, window, stride, partial)
    for i, j, patch in patches(x, window, stride, partial):
        out[..., i, j] = patch.mean((2, 3))
    return out


@wrong("over_the_batch")
def averaged_over_the_batch(x, window=2, stride=None, partial=False):
    s = stride or window
    out = empty(x, window, s, partial)
    for i, j, patch in patches(x, window, s, partial):
        for c in range(x.shape[1]):
            out[:, c, i, j] = np.average(patch[:, c])
    return out


@wrong("divided_by_the_whole_window", "stride_always_the_window", says="Two things together")
def end_to_end_by_four(x, window=2, stride=None, partial=False):
    out = empty(x, window, window, partial)
    for i, j, patch in patches(x, window, window, partial):
        out[..., i, j] = patch.sum((2, 3)) / window**2
    return out


@wrong("over_one_axis", says="ValueError")
def last_axis_only(x, window=2, stride=None, partial=False):
    s = stride or window
    out = empty(x, window, s, partial)
    for i, j, patch in patches(x, window, s, partial):
        out[:, :, i, j] = patch.mean(axis=-1)
    return out


@wrong("whole_number_division")
def floored(x, window=2, stride=None, partial=False):
    s = stride or window
    out = empty(x, window, s, partial)
    for i, j, patch in patches(x, window, s, partial):
        out[:, :, i, j] = patch.sum((2, 3)) // np.prod(patch.shape[2:])
    return out


@wrong("returned_in_the_loop")
def back_at_once(x, window=2, stride=None, partial=False):
    s = stride or window
    out = empty(x, window, s, partial)
    for i, j, patch in patches(x, window, s, partial):
        out[:, :, i, j] = patch.mean((2, 3))
        return out


@wrong("up_to_the_next")
def added_with_reduceat(x, window=2, stride=None, partial=False):
    s = stride or window
    h = reference.pooled_size(x.shape[2], window, s, partial)
    w = reference.pooled_size(x.shape[3], window, s, partial)
    x = x[:, :, : (h - 1) * s + window, : (w - 1) * s + window]
    rows, cols = np.arange(h) * s, np.arange(w) * s
    sums = np.add.reduceat(np.add.reduceat(x, rows, axis=2), cols, axis=3)
    counts = np.outer(np.diff([*rows, x.shape[2]]), np.diff([*cols, x.shape[3]]))
    return sums / counts


@wrong("divided_by_those_not_zero")
def over_the_entries_that_are_not_zero(x, window=2, stride=None, partial=False):
    if stride is None:
        stride = window
    h = reference.pooled_size(x.shape[2], window, stride, partial)
    w = reference.pooled_size(x.shape[3], window, stride, partial)
    padded = np.pad(x, ((0, 0), (0, 0), (0, window), (0, window)))
    out = np.zeros((*x.shape[:2], h, w))
    for i in range(h):
        for j in range(w):
            patch = padded[:, :, i * stride : i * stride + window, j * stride : j * stride + window]
            out[:, :, i, j] = patch.sum(axis=(2, 3)) / np.maximum(np.count_nonzero(patch, axis=(2, 3)), 1)
    return out


@wrong("largest_of_the_column_means")
def mean_then_largest(x, window=2, stride=None, partial=False):
    s = window if stride is None else stride
    h, w = (reference.pooled_size(n, window, s, partial) for n in x.shape[2:])
    out = np.zeros((*x.shape[:2], h, w))
    for i, j in np.ndindex(h, w):
        out[:, :, i, j] = x[:, :, i * s : i * s + window, j * s : j * s + window].mean(axis=2).max(axis=2)
    return out


@wrong("divided_by_rows_plus_columns")
def rows_and_columns(x, window=2, stride=None, partial=False):
    step = stride or window
    rows, columns = (pooled_size(side, window, step, partial) for side in x.shape[2:])
    out = np.zeros((*x.shape[:2], rows, columns))
    for i in range(rows):
        for j in range(columns):
            piece = x[:, :, i * step : i * step + window, j * step : j * step + window]
            out[:, :, i, j] = piece.sum((2, 3)) / (piece.shape[2] + piece.shape[3])
    return out


@wrong("filled_up_with_the_edge")
def edge_repeated(x, window=2, stride=None, partial=False):
    s = stride or window
    rows, columns = (pooled_size(side, window, s, partial) for side in x.shape[2:])
    larger = np.pad(x, ((0, 0), (0, 0), (0, window), (0, window)), mode="edge")
    view = np.lib.stride_tricks.sliding_window_view(larger, (window, window), axis=(2, 3))
    return view[:, :, ::s, ::s].mean(axis=(4, 5))[:, :, :rows, :columns]
