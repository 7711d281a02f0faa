"""Answers to max_pool2d_backward."""

import numpy as np

from helpers import reference
from tests.bank import right, wrong


@right
def flat_places(grad_output, x, window=2, stride=None, partial=False):
    s = window if stride is None else stride
    dx = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(grad_output.shape):
        w = x[n, c, i * s : i * s + window, j * s : j * s + window]
        k = int(np.argmax(w))
        dx[n, c, i * s + k // w.shape[1], j * s + k % w.shape[1]] += grad_output[n, c, i, j]
    return dx


@right
def first_by_comparison(grad_output, x, window=2, stride=None, partial=False):
    s = stride if stride is not None else window
    dx = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(grad_output.shape):
        best = None
        for r in range(i * s, min(i * s + window, x.shape[2])):
            for k in range(j * s, min(j * s + window, x.shape[3])):
                if best is None or x[n, c, r, k] > x[n, c, best[0], best[1]]:
                    best = r, k
        dx[n, c, best[0], best[1]] += grad_output[n, c, i, j]
    return dx


@right
def first_true_of_the_mask(grad_output, x, window=2, stride=None, partial=False):
    s = stride or window
    dx = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(grad_output.shape):
        w = x[n, c, i * s : i * s + window, j * s : j * s + window]
        rows, columns = np.where(w == np.max(w))
        dx[n, c, i * s + rows[0], j * s + columns[0]] += grad_output[n, c, i, j]
    return dx


@wrong("row_and_column_apart", never="first row is wrong")
def looked_up_apart(grad_output, x, window=2, stride=None, partial=False):
    step, out = stride or window, np.zeros_like(x, dtype=float)
    for n, c, i, j in np.ndindex(grad_output.shape):
        part = x[n, c, i * step : i * step + window, j * step : j * step + window]
        down, across = np.argmax(part.max(axis=1)), np.argmax(part.max(axis=0))
        out[n, c, i * step + down, j * step + across] += grad_output[n, c, i, j]
    return out


@wrong("whole_window_replaced")
def fresh_window(grad_output, x, window=2, stride=None, partial=False):
    step, out = stride or window, np.zeros(x.shape)
    for n, c, i, j in np.ndindex(grad_output.shape):
        rows, columns = slice(i * step, i * step + window), slice(j * step, j * step + window)
        part = x[n, c, rows, columns]
        fresh = np.zeros(part.shape)
        fresh.flat[np.argmax(part)] = grad_output[n, c, i, j]
        out[n, c, rows, columns] = fresh
    return out


@wrong("all_that_tie", "type_of_the_input", says="Two things")
def tied_and_like_x(grad_output, x, window=2, stride=None, partial=False):
    step, out = stride or window, np.zeros_like(x)
    for n, c, i, j in np.ndindex(grad_output.shape):
        rows, columns = slice(i * step, i * step + window), slice(j * step, j * step + window)
        part = x[n, c, rows, columns]
        out[n, c, rows, columns] += (part == part.max()) * grad_output[n, c, i, j]
    return out


@wrong("returned_in_the_loop", says="first turn|values differ")
def after_the_first_window(grad_output, x, window=2, stride=None, partial=False):
    step, out = stride or window, np.zeros(x.shape)
    for n, c, i, j in np.ndindex(grad_output.shape):
        part = x[n, c, i * step : i * step + window, j * step : j * step + window]
        down, across = np.unravel_index(np.argmax(part), part.shape)
        out[n, c, i * step + down, j * step + across] += grad_output[n, c, i, j]
        return out


@wrong(says="values differ|None of the|only the first window|exactly")
def first_position_of_all_images(grad_output, x, window=2, stride=None, partial=False):
    step, out = stride or window, np.zeros(x.shape)
    for i, j in np.ndindex(grad_output.shape[2:]):
        for n, c in np.ndindex(x.shape[:2]):
            part = x[n, c, i * step : i * step + window, j * step : j * step + window]
            down, across = np.unravel_index(np.argmax(part), part.shape)
            out[n, c, i * step + down, j * step + across] += grad_output[n, c, i, j]
        return out


@wrong("window_for_the_patch", says="IndexError|narrower|exactly")
def split_by_the_window(grad_output, x, window=2, stride=None, partial=False):
    step, out = stride or window, np.zeros(x.shape)
    for n, c, i, j in np.ndindex(grad_output.shape):
        k = np.argmax(x[n, c, i * step : i * step + window, j * step : j * step + window])
        out[n, c, i * step + k // window, j * step + k % window] += grad_output[n, c, i, j]
    return out


@wrong("missing_stride", says="TypeError")
def stride_left_none(grad_output, x, window=2, stride=None, partial=False):
    out = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(grad_output.shape):
        part = x[n, c, i * stride : i * stride + window, j * stride : j * stride + window]
        a, b = reference.best_match(part)
        out[n, c, i * stride + a, j * stride + b] += grad_output[n, c, i, j]
    return out


@wrong("replaces")
def without_plus(grad_output, x, window=2, stride=None, partial=False):
    s, out = stride or window, np.zeros(x.shape)
    for n, c, i, j in np.ndindex(grad_output.shape):
        a, b = reference.best_match(x[n, c, i * s : i * s + window, j * s : j * s + window])
        out[n, c, i * s + a, j * s + b] = grad_output[n, c, i, j]
    return out


@wrong("place_within_the_window")
def no_corner(grad_output, x, window=2, stride=None, partial=False):
    s, out = stride or window, np.zeros(x.shape)
    for n, c, i, j in np.ndindex(grad_output.shape):
        a, b = reference.best_match(x[n, c, i * s : i * s + window, j * s : j * s + window])
        out[n, c, a, b] += grad_output[n, c, i, j]
    return out


@wrong("shared_by_the_window")
def like_the_mean(grad_output, x, window=2, stride=None, partial=False):
    s, out = stride or window, np.zeros(x.shape)
    for n, c, i, j in np.ndindex(grad_output.shape):
        place = np.s_[n, c, i * s : i * s + window, j * s : j * s + window]
        out[place] += grad_output[n, c, i, j] / x[place].size
    return out


@wrong("blown_up")
def blown_up_with_kron(grad_output, x, window=2, stride=None, partial=False):
    pooled = reference.max_pool2d(x, window, stride, partial)
    big = np.kron(pooled, np.ones((window, window)))[:, :, : x.shape[2], : x.shape[3]]
    grads = np.kron(grad_output, np.ones((window, window)))[:, :, : x.shape[2], : x.shape[3]]
    return np.where(x == big, grads, 0.0)


@wrong("replaces", "window_for_the_patch", says="Two things together")
def flat_place_by_the_window(grad_output, x, window=2, stride=None, partial=False):
    s = stride or window
    g = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(grad_output.shape):
        patch = x[n, c, i * s : i * s + window, j * s : j * s + window]
        k = patch.argmax()
        g[n, c, i * s + k // window, j * s + k % window] = grad_output[n, c, i, j]
    return g


@wrong(says="`window` and `stride` are equal")
def divides_by_overlaps(grad_output, x, window=2, stride=None, partial=False):
    s = stride or window
    g, cnt = np.zeros(x.shape), np.zeros(x.shape)
    for n, c, i, j in np.ndindex(grad_output.shape):
        patch = x[n, c, i * s : i * s + window, j * s : j * s + window]
        a, b = reference.best_match(patch)
        g[n, c, i * s + a, j * s + b] += grad_output[n, c, i, j]
        cnt[n, c, i * s + a, j * s + b] += 1
    return g / np.maximum(cnt, 1)


@wrong("divided_by_the_window")
def a_share_for_the_largest_only(grad_output, x, window=2, stride=None, partial=False):
    s, out = stride or window, np.zeros(x.shape)
    for n, c, i, j in np.ndindex(grad_output.shape):
        a, b = reference.best_match(x[n, c, i * s : i * s + window, j * s : j * s + window])
        out[n, c, i * s + a, j * s + b] += grad_output[n, c, i, j] / (window * window)
    return out
