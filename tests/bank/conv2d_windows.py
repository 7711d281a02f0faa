"""Answers to conv2d_windows."""

import numpy as np
from numpy.lib.stride_tricks import as_strided, sliding_window_view

from tests.bank import right, wrong


def bordered(x, padding):
    return np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))


@right
def with_einsum(x, weight, bias, stride, padding):
    windows = sliding_window_view(bordered(x, padding), weight.shape[-2:], axis=(-2, -1))
    maps = np.einsum("ncyxij,kcij->nkyx", windows, weight)[..., ::stride, ::stride]
    if bias is not None:
        maps = maps + np.reshape(bias, (-1, 1, 1))
    return maps


@right
def windows_over_all_four_axes(x, weight, bias, stride, padding):
    x = bordered(x, padding)
    views = sliding_window_view(x, (1, *weight.shape[1:]))[:, 0, ::stride, ::stride, 0]
    n, rows, columns = views.shape[:3]
    flat = views.reshape(n, rows, columns, -1) @ weight.reshape(len(weight), -1).T
    return np.moveaxis(flat if bias is None else flat + bias, 3, 1)


@right
def with_strides(x, weight, bias, stride, padding):
    x = np.ascontiguousarray(bordered(x, padding))
    n, c, h, w = x.shape
    kh, kw = weight.shape[2:]
    rows, columns = (h - kh) // stride + 1, (w - kw) // stride + 1
    a, b, s, t = x.strides
    windows = as_strided(x, (n, c, rows, columns, kh, kw), (a, b, s * stride, t * stride, s, t))
    maps = np.tensordot(weight, windows, ([1, 2, 3], [1, 4, 5])).swapaxes(0, 1)
    return maps + (0 if bias is None else bias[None, :, None, None])


@right
def broadcast_products(x, weight, bias, stride, padding):
    windows = sliding_window_view(bordered(x, padding), weight.shape[2:], axis=(2, 3))[
        :, :, ::stride, ::stride
    ]
    products = windows[:, None] * weight[:, :, None, None]
    maps = products.sum(axis=(2, 5, 6))
    return maps if bias is None else (maps.transpose(0, 2, 3, 1) + bias).transpose(0, 3, 1, 2)


@wrong("windows_of_fixed_size")
def three_by_three(x, weight, bias, stride, padding):
    windows = sliding_window_view(bordered(x, padding), (3, 3), axis=(2, 3))[:, :, ::stride, ::stride]
    maps = np.tensordot(windows, weight, axes=([1, 4, 5], [1, 2, 3])).transpose(0, 3, 1, 2)
    return maps if bias is None else maps + bias[:, None, None]


@wrong("maps_last")
def filters_stay_last(x, weight, bias, stride, padding):
    windows = sliding_window_view(bordered(x, padding), weight.shape[2:], axis=(2, 3))
    maps = np.einsum("ncyxij,kcij->nyxk", windows[:, :, ::stride, ::stride], weight)
    if bias is not None:
        maps += bias
    return maps


@wrong("images_and_channels_strided")
def steps_in_front(x, weight, bias, stride, padding):
    windows = sliding_window_view(bordered(x, padding), weight.shape[2:], axis=(2, 3))
    windows = windows[::stride, ::stride]
    maps = np.moveaxis(np.tensordot(windows, weight, axes=([1, 4, 5], [1, 2, 3])), -1, 1)
    return maps if bias is None else maps + bias.reshape(-1, 1, 1)


@wrong("bias_along_the_columns")
def bias_too_late(x, weight, bias, stride, padding):
    windows = sliding_window_view(bordered(x, padding), weight.shape[2:], axis=(2, 3))[
        :, :, ::stride, ::stride
    ]
    maps = np.moveaxis(np.tensordot(windows, weight, axes=([1, 4, 5], [1, 2, 3])), 3, 1)
    return maps + bias if bias is not None else maps


@wrong("every_window")
def no_stride(x, weight, bias, stride, padding):
    windows = sliding_window_view(bordered(x, padding), weight.shape[2:], axis=(2, 3))
    maps = np.einsum("ncyxij,kcij->nkyx", windows, weight)
    return maps if bias is None else maps + bias[:, None, None]


@wrong("bias_never_none", says="stopped with an error")
def adds_none(x, weight, bias, stride, padding):
    windows = sliding_window_view(bordered(x, padding), weight.shape[2:], axis=(2, 3))[
        :, :, ::stride, ::stride
    ]
    maps = np.tensordot(windows, weight, axes=([1, 4, 5], [1, 2, 3])) + bias
    return np.moveaxis(maps, -1, 1)


@wrong("axes_not_named", says="stopped with an error")
def axis_forgotten(x, weight, bias, stride, padding):
    x = bordered(x, padding)
    views = sliding_window_view(x, (weight.shape[2], weight.shape[3]))
    maps = np.einsum("ncyxij,kcij->nkyx", views[:, :, ::stride, ::stride], weight)
    return maps if bias is None else maps + bias[:, None, None]


@wrong("kernels_flipped")
def mathematicians_convolution(x, weight, bias, stride, padding):
    turned = np.flip(weight, axis=(2, 3))
    windows = sliding_window_view(bordered(x, padding), turned.shape[2:], axis=(2, 3))[
        :, :, ::stride, ::stride
    ]
    maps = (windows[:, None] * turned[:, :, None, None]).sum(axis=(2, 5, 6))
    return maps if bias is None else maps + bias[:, None, None]


@wrong("rows_last")
def swapped_axes(x, weight, bias, stride, padding):
    windows = sliding_window_view(bordered(x, padding), weight.shape[2:], axis=(2, 3))[
        :, :, ::stride, ::stride
    ]
    maps = np.einsum("ncyxij,kcij->nkxy", windows, weight)
    return maps if bias is None else maps + bias[:, None, None]


@wrong("reshaped")
def reshaped_at_the_end(x, weight, bias, stride, padding):
    windows = sliding_window_view(bordered(x, padding), weight.shape[2:], axis=(2, 3))[
        :, :, ::stride, ::stride
    ]
    n, _, rows, columns = windows.shape[:4]
    flat = (
        windows.transpose(0, 2, 3, 1, 4, 5).reshape(n * rows * columns, -1)
        @ weight.reshape(len(weight), -1).T
    )
    maps = flat.reshape(n, len(weight), rows, columns)
    return maps if bias is None else maps + bias[:, None, None]


@wrong("without_padding", "every_window", says="Two things together")
def neither_border_nor_step(x, weight, bias, stride, padding):
    views = sliding_window_view(x, weight.shape[2:], axis=(2, 3))
    maps = np.einsum("ncyxij,kcij->nkyx", views, weight)
    return maps if bias is None else maps + bias[:, None, None]


@wrong("positions_paired", says="stopped with an error")
def wrong_axes(x, weight, bias, stride, padding):
    views = sliding_window_view(bordered(x, padding), weight.shape[2:], axis=(2, 3))[:, :, ::stride, ::stride]
    maps = np.tensordot(views, weight, axes=((1, 2, 3), (1, 2, 3)))
    return np.moveaxis(maps, -1, 1) if bias is None else np.moveaxis(maps + bias, -1, 1)


@wrong("strided_inside_the_windows")
def steps_at_the_end(x, weight, bias, stride, padding):
    views = sliding_window_view(bordered(x, padding), weight.shape[2:], axis=(2, 3))[..., ::stride, ::stride]
    maps = np.moveaxis(np.tensordot(views, weight, axes=([1, 4, 5], [1, 2, 3])), -1, 1)
    return maps if bias is None else maps + bias[:, None, None]


@wrong("square_kernel")
def square_windows(x, weight, bias, stride, padding):
    k = weight.shape[2]
    views = sliding_window_view(bordered(x, padding), (k, k), axis=(2, 3))[:, :, ::stride, ::stride]
    maps = np.moveaxis(np.tensordot(views, weight, axes=([1, 4, 5], [1, 2, 3])), -1, 1)
    return maps if bias is None else maps + bias[:, None, None]


@wrong(says="stopped with an error.*bias")
def if_bias(x, weight, bias, stride, padding):
    maps = with_einsum(x, weight, None, stride, padding)
    if bias:
        maps = maps + bias[:, None, None]
    return maps


@wrong("images_and_channels_strided", says="image and channel", never="left out")
def steps_over_the_first_axes(x, weight, bias=None, stride=1, padding=0):
    x = np.pad(x, [(0, 0), (0, 0), (padding, padding), (padding, padding)])
    windows = np.lib.stride_tricks.sliding_window_view(x, weight.shape[-2:], axis=(-2, -1))
    out = np.einsum("ncijhw,fchw->nfij", windows[::stride, ::stride], weight)
    return out if bias is None else out + bias.reshape(1, -1, 1, 1)


@wrong("windows_torn_apart")
def rows_made_of_windows_too_early(x, weight, bias=None, stride=1, padding=0):
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    view = sliding_window_view(padded, weight.shape[2:], axis=(2, 3))[:, :, ::stride, ::stride]
    n, c, ho, wo, kh, kw = view.shape
    cols = view.reshape(n, ho * wo, c * kh * kw)
    out = cols @ weight.reshape(len(weight), -1).T
    if bias is not None:
        out = out + bias
    return out.transpose(0, 2, 1).reshape(n, -1, ho, wo)


@wrong(says=r"axis \d of `\w+` has length 1")
def channels_paired_with_all_channels(x, weight, bias=None, stride=1, padding=0):
    p = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    view = sliding_window_view(p, weight.shape[2:], axis=(2, 3))[:, :, ::stride, ::stride]
    out = np.einsum("nchwij,kdij->nkhw", view, weight)
    return out if bias is None else out + bias[None, :, None, None]


@wrong("kernels_transposed")
def letters_of_the_kernel_swapped(x, weight, bias=None, stride=1, padding=0):
    padded = np.pad(x, [(0, 0), (0, 0), (padding, padding), (padding, padding)])
    windows = sliding_window_view(padded, weight.shape[2:], axis=(2, 3))[:, :, ::stride, ::stride]
    out = np.einsum("ncrsij,kcji->nkrs", windows, weight)
    if bias is not None:
        out = out + bias[None, :, None, None]
    return out


@wrong("padded_with_the_edge")
def edge(x, weight, bias=None, stride=1, padding=0):
    p = padding
    x = np.pad(x, [(0, 0), (0, 0), (p, p), (p, p)], "edge")
    windows = sliding_window_view(x, weight.shape[2:], (2, 3))[:, :, ::stride, ::stride]
    maps = np.einsum("nchwij,kcij->nkhw", windows, weight)
    return maps if bias is None else maps + bias.reshape(1, -1, 1, 1)
