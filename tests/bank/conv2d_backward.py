"""Answers to conv2d_backward."""

import numpy as np

from helpers import reference
from tests.bank import right, wrong


def padded(x, padding):
    return np.pad(x, ((0, 0), (0, 0), (padding,) * 2, (padding,) * 2))


def walk(grad_output, x, weight, stride, padding, sides=None):
    """Both gradients, collected filter by filter, with the padding still on."""
    height, width = sides or weight.shape[2:]
    bordered = padded(x, padding)
    around, slopes = np.zeros(bordered.shape), np.zeros(weight.shape)
    for n, k, i, j in np.ndindex(grad_output.shape):
        place = np.s_[n, :, i * stride : i * stride + height, j * stride : j * stride + width]
        around[place] += weight[k] * grad_output[n, k, i, j]
        slopes[k] += bordered[place] * grad_output[n, k, i, j]
    return around, slopes


def inner(around, x, padding):
    return around[:, :, padding : padding + x.shape[2], padding : padding + x.shape[3]]


@right
def filter_by_filter(grad_output, x, weight, bias=None, stride=1, padding=0):
    around, slopes = walk(grad_output, x, weight, stride, padding)
    return inner(around, x, padding), slopes, None if bias is None else grad_output.sum(axis=(0, 2, 3))


@right
def sums_one_after_another(grad_output, x, weight, bias=None, stride=1, padding=0):
    around, slopes = walk(grad_output, x, weight, stride, padding)
    lift = None
    if bias is not None:
        lift = np.zeros(len(weight))
        for k in range(len(weight)):
            lift[k] = grad_output[:, k].sum()
    if padding:
        around = around[..., padding:-padding, padding:-padding]
    return [around, slopes, lift]


@right
def with_einsum_at_each_position(grad_output, x, weight, bias=None, stride=1, padding=0):
    bordered = padded(x, padding).astype(float)
    around, slopes = np.zeros(bordered.shape), np.zeros(weight.shape)
    for i in range(grad_output.shape[2]):
        for j in range(grad_output.shape[3]):
            rows = slice(i * stride, i * stride + weight.shape[2])
            columns = slice(j * stride, j * stride + weight.shape[3])
            around[:, :, rows, columns] += np.einsum("nk,kcij->ncij", grad_output[:, :, i, j], weight)
            slopes += np.einsum("nk,ncij->kcij", grad_output[:, :, i, j], bordered[:, :, rows, columns])
    return inner(around, x, padding), slopes, grad_output.sum((0, 2, 3)) if bias is not None else None


@wrong("cut_to_nothing", says="padding:-padding|`\\[p:-p\\]`|leaves nothing")
def cut_into_an_array(grad_output, x, weight, bias=None, stride=1, padding=0):
    around, slopes = walk(grad_output, x, weight, stride, padding)
    result = np.zeros(x.shape)
    for n in range(len(x)):
        result[n] = around[n, :, padding:-padding, padding:-padding]
    return result, slopes, None if bias is None else grad_output.sum(axis=(0, 2, 3))


@wrong("square_kernel", says="not be square|kernel's height|Two arrays")
def square_kernels_back(grad_output, x, weight, bias=None, stride=1, padding=0):
    side = weight.shape[2]
    around, slopes = walk(grad_output, x, weight, stride, padding, (side, side))
    return inner(around, x, padding), slopes, None if bias is None else grad_output.sum(axis=(0, 2, 3))


@wrong("all_averaged")
def both_averaged(grad_output, x, weight, bias=None, stride=1, padding=0):
    grad_x, slopes, lift = reference.conv2d_backward(grad_output, x, weight, bias, stride, padding)
    return grad_x, slopes / len(x), None if lift is None else lift / len(x)


@wrong("padding_kept")
def border_still_there(grad_output, x, weight, bias=None, stride=1, padding=0):
    around, slopes = walk(grad_output, x, weight, stride, padding)
    return around, slopes, None if bias is None else grad_output.sum(axis=(0, 2, 3))


@wrong("images_replaced")
def replaces(grad_output, x, weight, bias=None, stride=1, padding=0):
    bordered = padded(x, padding)
    around, slopes = np.zeros(bordered.shape), np.zeros(weight.shape)
    for i, j in np.ndindex(grad_output.shape[2:]):
        place = np.s_[
            :, :, i * stride : i * stride + weight.shape[2], j * stride : j * stride + weight.shape[3]
        ]
        around[place] = np.tensordot(grad_output[:, :, i, j], weight, axes=1)
        slopes += np.tensordot(grad_output[:, :, i, j].T, bordered[place], axes=1)
    return inner(around, x, padding), slopes, None if bias is None else grad_output.sum(axis=(0, 2, 3))


@wrong("bias_of_each_image")
def bias_by_image(grad_output, x, weight, bias=None, stride=1, padding=0):
    around, slopes = walk(grad_output, x, weight, stride, padding)
    return inner(around, x, padding), slopes, None if bias is None else grad_output.sum(axis=(2, 3))


@wrong("gradient_of_no_bias")
def always_a_bias(grad_output, x, weight, bias=None, stride=1, padding=0):
    around, slopes = walk(grad_output, x, weight, stride, padding)
    return inner(around, x, padding), slopes, grad_output.sum(axis=(0, 2, 3))


@wrong("stride_ignored")
def one_by_one(grad_output, x, weight, bias=None, stride=1, padding=0):
    around, slopes = walk(grad_output, x, weight, 1, padding)
    return inner(around, x, padding), slopes, None if bias is None else grad_output.sum(axis=(0, 2, 3))


@wrong("images_replaced", "padding_kept", says="Two things")
def two_at_once(grad_output, x, weight, bias=None, stride=1, padding=0):
    bordered = padded(x, padding)
    around, slopes = np.zeros(bordered.shape), np.zeros(weight.shape)
    for i, j in np.ndindex(grad_output.shape[2:]):
        place = np.s_[
            :, :, i * stride : i * stride + weight.shape[2], j * stride : j * stride + weight.shape[3]
        ]
        around[place] = np.tensordot(grad_output[:, :, i, j], weight, axes=1)
        slopes += np.tensordot(grad_output[:, :, i, j].T, bordered[place], axes=1)
    return around, slopes, None if bias is None else grad_output.sum(axis=(0, 2, 3))


@wrong("flipped")
def full_convolution_with_unflipped_kernels(grad_output, x, weight, bias=None, stride=1, padding=0):
    n, k, _ho, _wo = grad_output.shape
    _, _c, kh, kw = weight.shape
    h, w = x.shape[2] + 2 * padding, x.shape[3] + 2 * padding
    spread = np.zeros((n, k, h - kh + 1, w - kw + 1))
    spread[:, :, ::stride, ::stride] = grad_output
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    view = np.lib.stride_tricks.sliding_window_view(padded, (kh, kw), axis=(2, 3))
    grad_weight = np.einsum("nkhw,nchwij->kcij", spread, view)
    full = np.pad(spread, ((0, 0), (0, 0), (kh - 1, kh - 1), (kw - 1, kw - 1)))
    grad_x = reference.conv2d(full, weight.transpose(1, 0, 2, 3))
    grad_x = grad_x[:, :, padding : h - padding, padding : w - padding]
    return grad_x, grad_weight, None if bias is None else grad_output.sum(axis=(0, 2, 3))


@wrong("parameters_of_the_last_image")
def assigned_image_by_image(grad_output, x, weight, bias=None, stride=1, padding=0):
    gx = np.zeros(x.shape)
    gb = np.zeros(len(weight))
    for n in range(len(x)):
        a, gw, b = reference.conv2d_backward(
            grad_output[n : n + 1], x[n : n + 1], weight, np.zeros(len(weight)), stride, padding
        )
        gx[n] = a[0]
        gb = b
    return gx, gw, None if bias is None else gb


@wrong(says="All of them are 0")
def grad_x_stays_zeros(grad_output, x, weight, bias=None, stride=1, padding=0):
    _, gw, gb = reference.conv2d_backward(grad_output, x, weight, bias, stride, padding)
    return np.zeros(x.shape), gw, gb


@wrong(says="`stride` is 1")
def stride_forgotten_in_rows_of_weights_only(grad_output, x, weight, bias=None, stride=1, padding=0):
    gx, _, gb = reference.conv2d_backward(grad_output, x, weight, bias, stride, padding)
    p = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    gw = np.zeros(weight.shape)
    kh, kw = weight.shape[2:]
    for i, j in np.ndindex(grad_output.shape[2:]):
        gw += np.einsum("nk,ncij->kcij", grad_output[:, :, i, j], p[:, :, i : i + kh, j : j + kw])
    return gx, gw, gb
