"""Answers to conv2d."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from helpers import reference
from helpers.reference import convolve_image, output_size
from tests.bank import right, wrong


def bordered(x, padding):
    around = (padding, padding)
    return np.pad(x, [(0, 0), (0, 0), around, around])


@right
def matrix_of_columns(x, weight, bias, stride, padding):
    x = bordered(x, padding)
    n, c, h, w = x.shape
    k, _, kh, kw = weight.shape
    oh, ow = (h - kh) // stride + 1, (w - kw) // stride + 1
    columns = []
    for i in range(oh):
        for j in range(ow):
            columns.append(x[:, :, i * stride : i * stride + kh, j * stride : j * stride + kw].reshape(n, -1))
    columns = np.stack(columns, axis=-1)
    out = weight.reshape(k, c * kh * kw) @ columns
    if bias is not None:
        out += bias[None, :, None]
    return out.reshape(n, k, oh, ow)


@right
def seven_loops(x, weight, bias, stride, padding):
    n_images, n_channels, height, width = x.shape
    n_filters, _, kh, kw = weight.shape
    out = np.zeros(
        (
            n_images,
            n_filters,
            (height + 2 * padding - kh) // stride + 1,
            (width + 2 * padding - kw) // stride + 1,
        )
    )
    for n, k, r, s in np.ndindex(*out.shape):
        total = 0.0 if bias is None else bias[k]
        for c in range(n_channels):
            for i in range(kh):
                for j in range(kw):
                    y, z = r * stride + i - padding, s * stride + j - padding
                    if 0 <= y < height and 0 <= z < width:
                        total += x[n, c, y, z] * weight[k, c, i, j]
        out[n, k, r, s] = total
    return out


@right
def broadcast_and_sum(x, weight, bias, stride, padding):
    x = bordered(x, padding)
    kh, kw = weight.shape[-2:]
    out = []
    for i in range(0, x.shape[-2] - kh + 1, stride):
        line = []
        for j in range(0, x.shape[-1] - kw + 1, stride):
            part = x[:, None, :, i : i + kh, j : j + kw] * weight
            line.append(part.sum(axis=(2, 3, 4)))
        out.append(line)
    maps = np.moveaxis(np.array(out), (0, 1), (2, 3))
    return maps + (0 if bias is None else bias.reshape(1, -1, 1, 1))


@right
def shifted_images(x, weight, bias, stride, padding):
    x = bordered(x, padding)
    kh, kw = weight.shape[2:]
    oh, ow = (x.shape[2] - kh) // stride + 1, (x.shape[3] - kw) // stride + 1
    maps = 0
    for i in range(kh):
        for j in range(kw):
            pixels = x[:, :, i::stride, j::stride][:, :, :oh, :ow]
            maps = maps + np.einsum("nchw,kc->nkhw", pixels, weight[:, :, i, j])
    return maps if bias is None else maps + np.expand_dims(bias, (1, 2))


@wrong("square_kernel")
def one_side_for_the_kernel(x, weight, bias, stride, padding):
    filters, _, side, _ = weight.shape
    x = bordered(x, padding)
    rows, columns = ((length - side) // stride + 1 for length in x.shape[2:])
    maps = np.zeros((len(x), filters, rows, columns))
    for n, k, i, j in np.ndindex(maps.shape):
        part = x[n, :, i * stride : i * stride + side, j * stride : j * stride + side]
        maps[n, k, i, j] = np.sum(part * weight[k])
    return maps if bias is None else maps + bias[:, None, None]


@wrong("float_sizes", says="stopped with an error.*sizes are computed with `/`")
def sizes_are_floats(x, weight, bias, stride, padding):
    x = bordered(x, padding)
    rows = 1 + (x.shape[2] - weight.shape[2]) / stride
    columns = 1 + (x.shape[3] - weight.shape[3]) / stride
    return np.zeros((len(x), len(weight), rows, columns)) + x.sum()


@wrong("last_channel_only")
def channel_overwrites_channel(x, weight, bias, stride, padding):
    maps = []
    for image in x:
        for k, kernels in enumerate(weight):
            for c in range(len(image)):
                total = convolve_image(image[c], kernels[c], stride, padding)
            if bias is not None:
                total = total + bias[k]
            maps.append(total)
    return np.array(maps).reshape(len(x), len(weight), *total.shape)


@wrong("bias_in_every_channel")
def bias_with_each_channel(x, weight, bias, stride, padding):
    rows = output_size(x.shape[2], weight.shape[2], stride, padding)
    columns = output_size(x.shape[3], weight.shape[3], stride, padding)
    out = np.zeros((len(x), len(weight), rows, columns))
    for n in range(len(x)):
        for k in range(len(weight)):
            for c in range(x.shape[1]):
                out[n, k] += convolve_image(x[n, c], weight[k, c], stride, padding)
                out[n, k] += 0 if bias is None else bias[k]
    return out


@wrong("truth_of_the_bias", says="stopped with an error.*truth value")
def if_bias(x, weight, bias, stride, padding):
    maps = broadcast_and_sum(x, weight, None, stride, padding)
    if bias:
        maps += bias[:, None, None]
    return maps


@wrong("bias_never_none", says="stopped with an error.*bias is added even where there is none")
def plus_none(x, weight, bias, stride, padding):
    x = bordered(x, padding)
    kh, kw = weight.shape[2:]
    rows, columns = (x.shape[2] - kh) // stride + 1, (x.shape[3] - kw) // stride + 1
    out = np.zeros((x.shape[0], weight.shape[0], rows, columns))
    for i in range(rows):
        for j in range(columns):
            patches = x[:, :, i * stride : i * stride + kh, j * stride : j * stride + kw]
            out[:, :, i, j] = np.tensordot(patches, weight, axes=([1, 2, 3], [1, 2, 3])) + bias
    return out


@wrong("bias_never_none", says="stopped with an error.*bias is added even where there is none")
def none_has_no_first(x, weight, bias, stride, padding):
    x = bordered(x, padding)
    kh, kw = weight.shape[2:]
    rows, columns = (x.shape[2] - kh) // stride + 1, (x.shape[3] - kw) // stride + 1
    out = np.zeros((x.shape[0], weight.shape[0], rows, columns))
    for n, k, i, j in np.ndindex(out.shape):
        part = x[n, :, i * stride : i * stride + kh, j * stride : j * stride + kw]
        out[n, k, i, j] = np.sum(part * weight[k]) + bias[k]
    return out


@wrong("everything_summed")
def sums_everything(x, weight, bias, stride, padding):
    x = bordered(x, padding)
    kh, kw = weight.shape[2:]
    rows, columns = (x.shape[2] - kh) // stride + 1, (x.shape[3] - kw) // stride + 1
    out = np.zeros((len(x), len(weight), rows, columns))
    for i in range(rows):
        for j in range(columns):
            patches = x[:, :, i * stride : i * stride + kh, j * stride : j * stride + kw]
            out[:, :, i, j] = np.sum(patches * weight)
    return out if bias is None else out + bias.reshape(len(weight), 1, 1)


@wrong("images_summed")
def mixes_the_images(x, weight, bias, stride, padding):
    x = bordered(x, padding)
    kh, kw = weight.shape[2:]
    rows, columns = (x.shape[2] - kh) // stride + 1, (x.shape[3] - kw) // stride + 1
    out = np.zeros((len(x), len(weight), rows, columns))
    for k in range(len(weight)):
        for i in range(rows):
            for j in range(columns):
                patches = x[:, :, i * stride : i * stride + kh, j * stride : j * stride + kw]
                out[:, k, i, j] = np.sum(patches * weight[k])
        if bias is not None:
            out[:, k] += bias[k]
    return out


@wrong("all_maps_in_one_row")
def no_reshape(x, weight, bias, stride, padding):
    maps = []
    for image in x:
        for k in range(len(weight)):
            total = sum(convolve_image(a, b, stride, padding) for a, b in zip(image, weight[k], strict=True))
            maps.append(total if bias is None else total + bias[k])
    return np.array(maps)


@wrong(says="it is a list")
def bare_list(x, weight, bias, stride, padding):
    maps = []
    for image in x:
        for k in range(len(weight)):
            total = sum(convolve_image(a, b, stride, padding) for a, b in zip(image, weight[k], strict=True))
            maps.append(total if bias is None else total + bias[k])
    return maps


@wrong("stride_ignored")
def stride_in_the_size_only(x, weight, bias, stride, padding):
    x = bordered(x, padding)
    (kh, kw), (h, w) = weight.shape[2:], x.shape[2:]
    out = np.zeros((len(x), len(weight), 1 + (h - kh) // stride, 1 + (w - kw) // stride))
    for i in range(out.shape[2]):
        for j in range(out.shape[3]):
            out[:, :, i, j] = np.einsum("nchw,kchw->nk", x[:, :, i : i + kh, j : j + kw], weight)
    return out if bias is None else out + bias[:, np.newaxis, np.newaxis]


@wrong("padded_twice", says="stopped with an error")
def border_counted_twice(x, weight, bias, stride, padding):
    x = bordered(x, padding)
    kh, kw = weight.shape[2:]
    rows, columns = output_size(x.shape[2], kh, stride, padding), output_size(x.shape[3], kw, stride, padding)
    out = np.zeros((len(x), len(weight), rows, columns))
    for i in range(rows):
        for j in range(columns):
            patches = x[:, :, i * stride : i * stride + kh, j * stride : j * stride + kw]
            out[:, :, i, j] = np.tensordot(patches, weight, axes=([1, 2, 3], [1, 2, 3]))
    return out if bias is None else out + bias[:, None, None]


@wrong("padded_on_every_axis", never="Nothing but zeros")
def pads_it_all(x, weight, bias, stride, padding):
    images, filters = len(x), len(weight)
    x = np.pad(x, padding)
    kh, kw = weight.shape[2:]
    rows, columns = (x.shape[2] - kh) // stride + 1, (x.shape[3] - kw) // stride + 1
    out = np.zeros((images, filters, rows, columns))
    for n, k, i, j in np.ndindex(out.shape):
        out[n, k, i, j] = np.sum(
            x[n, :, i * stride : i * stride + kh, j * stride : j * stride + kw] * weight[k]
        )
        out[n, k, i, j] += bias[k] if bias is not None else 0
    return out


@wrong("kernels_flipped")
def true_convolution(x, weight, bias, stride, padding):
    turned = np.rot90(weight, 2, axes=(2, 3))
    return broadcast_and_sum(x, turned, bias, stride, padding)


@wrong("filters_torn_apart")
def columns_of_torn_filters(x, weight, bias, stride, padding):
    x = bordered(x, padding)
    kh, kw = weight.shape[2:]
    rows, columns = (x.shape[2] - kh) // stride + 1, (x.shape[3] - kw) // stride + 1
    matrix = weight.reshape(-1, len(weight))
    out = np.zeros((len(x), len(weight), rows, columns))
    for i in range(rows):
        for j in range(columns):
            flat = x[:, :, i * stride : i * stride + kh, j * stride : j * stride + kw].reshape(len(x), -1)
            out[:, :, i, j] = flat.dot(matrix)
    return out if bias is None else out + bias[:, None, None]


@wrong("bias_along_the_columns")
def bias_to_the_last_axis(x, weight, bias, stride, padding):
    maps = broadcast_and_sum(x, weight, None, stride, padding)
    return maps + bias if bias is not None else maps


@wrong("filters_before_images")
def filters_first(x, weight, bias, stride, padding):
    maps = [
        [
            sum(convolve_image(a, b, stride, padding) for a, b in zip(image, kernels, strict=True))
            + (0 if bias is None else bias[k])
            for image in x
        ]
        for k, kernels in enumerate(weight)
    ]
    return np.array(maps)


@wrong("without_the_batch")
def forgets_the_batch(x, weight, bias, stride, padding):
    image = x[0]
    maps = []
    for k in range(len(weight)):
        one = np.sum(
            [convolve_image(a, b, stride, padding) for a, b in zip(image, weight[k], strict=True)], axis=0
        )
        maps.append(one + bias[k] if bias is not None else one)
    return np.array(maps)


@wrong("first_channel_only", "without_bias", says="Two things together")
def grey_images_only(x, weight, bias, stride, padding):
    return np.array([[convolve_image(image[0], w[0], stride, padding) for w in weight] for image in x])


@wrong("type_of_the_input")
def maps_like_x(x, weight, bias, stride, padding):
    x = bordered(x, padding)
    kh, kw = weight.shape[2:]
    rows, columns = (x.shape[2] - kh) // stride + 1, (x.shape[3] - kw) // stride + 1
    maps = np.zeros((len(x), len(weight), rows, columns), x.dtype)
    for n, k, i, j in np.ndindex(maps.shape):
        total = np.sum(x[n, :, i * stride : i * stride + kh, j * stride : j * stride + kw] * weight[k])
        maps[n, k, i, j] = total if bias is None else total + bias[k]
    return maps


@wrong("kernel_of_fixed_size", says="stopped with an error|exactly")
def three_by_three(x, weight, bias, stride, padding):
    x = bordered(x, padding)
    rows, columns = (x.shape[2] - 3) // stride + 1, (x.shape[3] - 3) // stride + 1
    maps = np.zeros((len(x), len(weight), rows, columns))
    for i in range(rows):
        for j in range(columns):
            patches = x[:, :, i * stride : i * stride + 3, j * stride : j * stride + 3]
            maps[:, :, i, j] = np.tensordot(patches, weight, axes=([1, 2, 3], [1, 2, 3]))
    return maps if bias is None else maps + bias[:, None, None]


@wrong("returned_in_the_loop")
def leaves_early(x, weight, bias, stride, padding):
    x = bordered(x, padding)
    kh, kw = weight.shape[2:]
    maps = np.zeros((len(x), len(weight), (x.shape[2] - kh) // stride + 1, (x.shape[3] - kw) // stride + 1))
    for i in range(maps.shape[2]):
        for j in range(maps.shape[3]):
            patches = x[:, :, i * stride : i * stride + kh, j * stride : j * stride + kw]
            maps[:, :, i, j] = np.tensordot(patches, weight, axes=([1, 2, 3], [1, 2, 3]))
            if bias is not None:
                maps = maps + bias[:, None, None]
            return maps


@wrong("square")
def square_maps(x, weight, bias, stride, padding):
    x = bordered(x, padding)
    kh, kw = weight.shape[2:]
    size = output_size(x.shape[2], kh, stride)
    maps = np.zeros((len(x), len(weight), size, size))
    for i in range(size):
        for j in range(size):
            patches = x[:, :, i * stride : i * stride + kh, j * stride : j * stride + kw]
            maps[:, :, i, j] = np.tensordot(patches, weight, axes=([1, 2, 3], [1, 2, 3]))
    return maps if bias is None else maps + bias[:, None, None]


@wrong("stride_ignored_down")
def without_the_stride_down(x, weight, bias=None, stride=1, padding=0):
    N, _C, H, W = x.shape
    K, _, kh, kw = weight.shape
    p = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    h_out = reference.output_size(H, kh, stride, padding)
    w_out = reference.output_size(W, kw, stride, padding)
    out = np.zeros((N, K, h_out, w_out))
    for n in range(N):
        for k in range(K):
            for i in range(h_out):
                for j in range(w_out):
                    patch = p[n, :, i : i + kh, j * stride : j * stride + kw]
                    out[n, k, i, j] = (patch * weight[k]).sum()
                    if bias is not None:
                        out[n, k, i, j] += bias[k]
    return out


@wrong(says=r"axis \d of `\w+` has length 1")
def sum_of_the_biases_for_all(x, weight, bias=None, stride=1, padding=0):
    p = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    view = sliding_window_view(p, weight.shape[2:], axis=(2, 3))[:, :, ::stride, ::stride]
    out = np.einsum("nchwij,kcij->nkhw", view, weight)
    if bias is not None:
        out += bias.sum()
    return out


@wrong(says="One column too few")
def lists_without_the_last_column(x, weight, bias=None, stride=1, padding=0):
    p = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    N, K = len(x), len(weight)
    kh, kw = weight.shape[2:]
    out = []
    for n in range(N):
        for k in range(K):
            fmap = [
                [
                    (p[n, :, i : i + kh, j : j + kw] * weight[k]).sum() + (0 if bias is None else bias[k])
                    for j in range(0, p.shape[3] - kw, stride)
                ]
                for i in range(0, p.shape[2] - kh + 1, stride)
            ]
            out.append(fmap)
    return np.array(out).reshape(N, K, len(out[0]), -1)


@wrong(says=r"axis \d of `\w+` has length 1")
def filters_first_and_reshaped(x, weight, bias=None, stride=1, padding=0):
    out = [[reference.conv2d(img[None], w[None], None, stride, padding)[0, 0] for img in x] for w in weight]
    out = np.array(out).reshape(len(x), len(weight), *out[0][0].shape)
    return out if bias is None else out + bias[:, None, None]


@wrong("every_channel_with_every_kernel")
def letters_that_differ(x, weight, bias=None, stride=1, padding=0):
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    kh, kw = weight.shape[2:]
    h = (x.shape[2] - kh) // stride + 1
    w = (x.shape[3] - kw) // stride + 1
    out = np.zeros((len(x), len(weight), h, w))
    for i in range(h):
        for j in range(w):
            patch = x[:, :, i * stride : i * stride + kh, j * stride : j * stride + kw]
            out[:, :, i, j] = np.einsum("ncij,kdij->nk", patch, weight)
    if bias is not None:
        out += bias.reshape(1, -1, 1, 1)
    return out
