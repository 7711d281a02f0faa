"""Answers to max_pool2d."""

import numpy as np

from helpers import reference
from helpers.reference import pooled_size
from tests.bank import right, wrong


@right
def four_loops(x, window=2, stride=None, partial=False):
    if stride is None:
        stride = window
    N, C, H, W = x.shape
    out = np.zeros((N, C, pooled_size(H, window, stride, partial), pooled_size(W, window, stride, partial)))
    for n in range(N):
        for c in range(C):
            for i in range(out.shape[2]):
                for j in range(out.shape[3]):
                    best = -np.inf
                    for a in range(i * stride, min(i * stride + window, H)):
                        for b in range(j * stride, min(j * stride + window, W)):
                            best = max(best, x[n, c, a, b])
                    out[n, c, i, j] = best
    return out


@right
def stacked_and_reshaped(x, window=2, stride=None, partial=False):
    step = stride or window
    rows, columns = (pooled_size(side, window, step, partial) for side in x.shape[-2:])
    values = [
        x[..., step * i : step * i + window, step * j : step * j + window].max(-1).max(-1)
        for i in range(rows)
        for j in range(columns)
    ]
    return np.stack(values, axis=-1).reshape(*x.shape[:2], rows, columns)


@right
def one_flat_stack_of_maps(x, window=2, stride=None, partial=False):
    stride = window if stride == None else stride  # noqa: E711 - people write it
    maps = x.reshape(-1, *x.shape[2:])
    rows = pooled_size(maps.shape[1], window, stride, partial)
    columns = pooled_size(maps.shape[2], window, stride, partial)
    pooled = np.empty((len(maps), rows, columns))
    for k, one in enumerate(maps):
        for i in range(rows):
            for j in range(columns):
                pooled[k][i][j] = np.max(one[i * stride :, j * stride :][:window, :window])
    return pooled.reshape(x.shape[0], x.shape[1], rows, columns)


@wrong("one_after_another", never="None of the")
def appended(x, window=2, stride=None, partial=False):
    if stride is None:
        stride = window
    out = []
    for i in range(pooled_size(x.shape[2], window, stride, partial)):
        for j in range(pooled_size(x.shape[3], window, stride, partial)):
            out.append(
                np.amax(
                    x[:, :, i * stride : i * stride + window, j * stride : j * stride + window], axis=(2, 3)
                )
            )
    return np.array(out)


@wrong("one_after_another")
def appended_without_an_array(x, window=2, stride=None, partial=False):
    step = window if stride is None else stride
    out = []
    for i in range(pooled_size(x.shape[2], window, step, partial)):
        for j in range(pooled_size(x.shape[3], window, step, partial)):
            out.append(x[:, :, i * step : i * step + window, j * step : j * step + window].max((2, 3)))
    return out


@wrong("reshaped_in_the_wrong_order")
def filled_row_by_row_and_reshaped(x, window=2, stride=None, partial=False):
    stride = stride or window
    rows, columns = (pooled_size(side, window, stride, partial) for side in x.shape[2:])
    flat = np.zeros((rows * columns, x.shape[0], x.shape[1]))
    for k in range(rows * columns):
        i, j = divmod(k, columns)
        flat[k] = x[:, :, i * stride : i * stride + window, j * stride : j * stride + window].max(axis=(2, 3))
    return flat.reshape(x.shape[0], x.shape[1], rows, columns)


@wrong(says=r"NoneType")
def none_in_the_range(x, window=2, stride=None, partial=False):
    N, C, H, W = x.shape
    tops = range(0, H if partial else H - window + 1, stride)
    lefts = range(0, W if partial else W - window + 1, stride)
    return np.array(
        [
            [[[x[n, c, i : i + window, j : j + window].max() for j in lefts] for i in tops] for c in range(C)]
            for n in range(N)
        ]
    )


@wrong("stride_left_none", says="NoneType")
def arithmetic_with_none(x, window=2, stride=None, partial=False):
    rows = 1 + (x.shape[2] - window) // stride
    columns = 1 + (x.shape[3] - window) // stride
    if partial:
        rows, columns = (
            pooled_size(x.shape[2], window, stride, True),
            pooled_size(x.shape[3], window, stride, True),
        )
    out = np.zeros((*x.shape[:2], rows, columns))
    for i, j in np.ndindex(rows, columns):
        out[:, :, i, j] = x[:, :, i * stride : i * stride + window, j * stride : j * stride + window].max(
            (2, 3)
        )
    return out


@wrong("over_everything")
def one_number_for_all(x, window=2, stride=None, partial=False):
    stride = stride if stride else window
    rows, columns = (pooled_size(side, window, stride, partial) for side in x.shape[2:])
    out = np.ones((x.shape[0], x.shape[1], rows, columns))
    for i in range(rows):
        for j in range(columns):
            out[:, :, i, j] = np.max(
                x[:, :, i * stride : i * stride + window, j * stride : j * stride + window]
            )
    return out


@wrong("stride_two")
def two_by_default(x, window=2, stride=None, partial=False):
    if stride is None:
        stride = 2
    views = [
        [
            np.max(x[:, :, i * stride : i * stride + window, j * stride : j * stride + window], axis=(2, 3))
            for j in range(pooled_size(x.shape[3], window, stride, partial))
        ]
        for i in range(pooled_size(x.shape[2], window, stride, partial))
    ]
    return np.array(views).transpose(2, 3, 0, 1)


@wrong("drops_partial_windows")
def whole_windows_only(x, window=2, stride=None, partial=False):
    s = window if stride is None else stride
    view = np.lib.stride_tricks.sliding_window_view(x, (window, window), axis=(2, 3))
    return view[:, :, ::s, ::s].max(axis=-1).max(axis=-1)


@wrong("filled_up_with_zeros")
def bordered_by_zeros(x, window=2, stride=None, partial=False):
    s = window if stride is None else stride
    n, c, h, w = x.shape
    rows, columns = pooled_size(h, window, s, partial), pooled_size(w, window, s, partial)
    larger = np.zeros((n, c, max(h, (rows - 1) * s + window), max(w, (columns - 1) * s + window)))
    larger[:, :, :h, :w] = x
    view = np.lib.stride_tricks.sliding_window_view(larger, (window, window), axis=(2, 3))
    return view[:, :, ::s, ::s].max(axis=(4, 5))[:, :, :rows, :columns]


@wrong("over_the_channels")
def over_all_but_the_images(x, window=2, stride=None, partial=False):
    if stride is None:
        stride = window
    out = np.zeros(x.shape[:2] + tuple(pooled_size(side, window, stride, partial) for side in x.shape[2:]))
    for n in range(len(x)):
        for i, j in np.ndindex(*out.shape[2:]):
            out[n, :, i, j] = np.max(
                x[n, :, i * stride : i * stride + window, j * stride : j * stride + window]
            )
    return out


@wrong("over_images_and_channels", says="ValueError")
def the_first_two_axes(x, window=2, stride=None, partial=False):
    stride = window if stride is None else stride
    rows, columns = (
        pooled_size(x.shape[2], window, stride, partial),
        pooled_size(x.shape[3], window, stride, partial),
    )
    output = np.zeros((x.shape[0], x.shape[1], rows, columns))
    for r in range(rows):
        for c in range(columns):
            output[:, :, r, c] = np.max(
                x[:, :, r * stride : r * stride + window, c * stride : c * stride + window], axis=(0, 1)
            )
    return output


@wrong("written_to_column_row", says="IndexError")
def columns_first(x, window=2, stride=None, partial=False):
    stride = window if stride is None else stride
    rows, columns = (
        pooled_size(x.shape[2], window, stride, partial),
        pooled_size(x.shape[3], window, stride, partial),
    )
    out = np.zeros((*x.shape[:2], rows, columns))
    for i in range(rows):
        for j in range(columns):
            window_of_all = x[:, :, i * stride : i * stride + window, j * stride : j * stride + window]
            out[:, :, j, i] = window_of_all.max(axis=(-2, -1))
    return out


@wrong("started_at_zero")
def zeros_and_maximum(x, window=2, stride=None, partial=False):
    stride = window if stride is None else stride
    rows, columns = (pooled_size(side, window, stride, partial) for side in x.shape[2:])
    out = np.zeros((*x.shape[:2], rows, columns))
    for a in range(window):
        for b in range(window):
            part = x[:, :, a::stride, b::stride][:, :, :rows, :columns]
            place = out[:, :, : part.shape[2], : part.shape[3]]
            np.maximum(place, part, out=place)
    return out


@wrong("means", "drops_partial_windows", says="Two things together")
def means_of_whole_windows(x, window=2, stride=None, partial=False):
    s = window if stride is None else stride
    return np.lib.stride_tricks.sliding_window_view(x, (window, window), axis=(2, 3))[:, :, ::s, ::s].mean(
        (4, 5)
    )


@wrong("stride_always_the_window")
def stride_never_used(x, window=2, stride=None, partial=False):
    h, w = (pooled_size(side, window, window, partial) for side in x.shape[2:])
    out = np.full((len(x), x.shape[1], h, w), -np.inf)
    for i in range(h):
        for j in range(w):
            out[..., i, j] = x[..., i * window : (i + 1) * window, j * window : (j + 1) * window].max(
                axis=(2, 3)
            )
    return out


@wrong(says="whole number")
def float_sizes(x, window=2, stride=None, partial=False):
    stride = stride or window
    out = np.zeros(
        (x.shape[0], x.shape[1], (x.shape[2] - window) / stride + 1, (x.shape[3] - window) / stride + 1)
    )
    return out


@wrong("only_the_first_image")
def reuses_first_image_result(x, window=2, stride=None, partial=False):
    out = reference.max_pool2d(x, window, stride, partial)
    for n in range(len(out)):
        out[n] = out[0]
    return out


@wrong("filled_up_with_black")
def bordered_by_black(x, window=2, stride=None, partial=False):
    s = window if stride is None else stride
    rows, columns = (pooled_size(side, window, s, partial) for side in x.shape[2:])
    larger = np.pad(x, ((0, 0), (0, 0), (0, window), (0, window)), constant_values=-1)
    view = np.lib.stride_tricks.sliding_window_view(larger, (window, window), axis=(2, 3))
    return view[:, :, ::s, ::s].max(axis=(4, 5))[:, :, :rows, :columns]
