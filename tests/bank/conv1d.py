"""Answers to conv1d."""

import numpy as np

from helpers import reference
from tests.bank import right, wrong


@right
def every_loop(x, weight, bias=None, stride=1, padding=0):
    n, c, length = x.shape
    filters, _, k = weight.shape
    long = np.zeros((n, c, length + 2 * padding))
    long[:, :, padding : padding + length] = x
    out = np.zeros((n, filters, (length + 2 * padding - k) // stride + 1))
    for i in range(n):
        for f in range(filters):
            for p in range(out.shape[2]):
                total = 0 if bias is None else bias[f]
                for ch in range(c):
                    for q in range(k):
                        total += long[i, ch, p * stride + q] * weight[f, ch, q]
                out[i, f, p] = total
    return out


@right
def numpy_correlate(x, weight, bias=None, stride=1, padding=0):
    long = np.pad(x, [(0, 0), (0, 0), (padding, padding)]).astype(float)
    out = [
        [sum(np.correlate(s, r) for s, r in zip(i, f, strict=True))[::stride] for f in weight] for i in long
    ]
    return np.array(out) if bias is None else np.array(out) + bias.reshape(1, -1, 1)


@right
def as_matrices(x, weight, bias=None, stride=1, padding=0):
    long = np.pad(x, ((0, 0), (0, 0), (padding, padding)))
    k = weight.shape[-1]
    rows = weight.reshape(len(weight), -1)
    starts = range(0, long.shape[-1] - k + 1, stride)
    out = np.stack([long[:, :, s : s + k].reshape(len(x), -1) @ rows.T for s in starts], axis=-1)
    if bias is not None:
        out = out + bias[None, :, None]
    return out


@wrong("stride_twice")
def strided_twice(x, weight, bias=None, stride=1, padding=0):
    long = np.pad(x, ((0, 0), (0, 0), (padding, padding)))
    k = weight.shape[2]
    count = (long.shape[2] - k) // stride + 1
    columns = [np.einsum("nck,fck->nf", long[:, :, s : s + k], weight) for s in range(0, count, stride)]
    out = np.stack(columns, axis=2)
    return out if bias is None else out + bias[:, None]


@wrong("padded_twice")
def counted_with_padding(x, weight, bias=None, stride=1, padding=0):
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding)))
    out = np.zeros((len(x), len(weight), (x.shape[2] + 2 * padding - weight.shape[2]) // stride + 1))
    for p in range(out.shape[2]):
        piece = x[:, :, p * stride : p * stride + weight.shape[2]]
        out[:, :, p] = np.tensordot(piece, weight, axes=([1, 2], [1, 2]))
    return out if bias is None else out + bias[:, None]


@wrong("bias_never_none")
def plus_none(x, weight, bias=None, stride=1, padding=0):
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding)))
    k = weight.shape[2]
    starts = range(0, x.shape[2] - k + 1, stride)
    return np.stack([np.einsum("nck,fck->nf", x[:, :, s : s + k], weight) + bias for s in starts], axis=2)


@wrong("channels_summed_apart")
def sums_times_sums(x, weight, bias=None, stride=1, padding=0):
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding))).sum(axis=1)
    kernels = weight.sum(axis=1)
    k = kernels.shape[1]
    out = np.stack([x[:, s : s + k] @ kernels.T for s in range(0, x.shape[1] - k + 1, stride)], axis=2)
    return out if bias is None else out + bias[:, None]


@wrong("flipped_filters")
def numpy_convolve(x, weight, bias=None, stride=1, padding=0):
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding)))
    out = np.array(
        [
            [sum(np.convolve(a, b, "valid") for a, b in zip(i, f, strict=True))[::stride] for f in weight]
            for i in x
        ]
    )
    return out if bias is None else out + bias[:, None]


@wrong("no_padding")
def never_padded(x, weight, bias=None, stride=1, padding=0):
    k = weight.shape[2]
    starts = range(0, x.shape[2] - k + 1, stride)
    out = np.stack([np.einsum("nck,fck->nf", x[:, :, s : s + k], weight) for s in starts], axis=2)
    return out if bias is None else out + bias[:, None]


@wrong(says="truth value.*(?s:.*)`if bias:`")
def asks_the_bias(x, weight, bias=None, stride=1, padding=0):
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding)))
    k = weight.shape[2]
    starts = range(0, x.shape[2] - k + 1, stride)
    out = np.stack([np.einsum("nck,fck->nf", x[:, :, s : s + k], weight) for s in starts], axis=2)
    if bias:
        out += bias[:, None]
    return out


@wrong("bias_forgotten")
def without_bias(x, weight, bias=None, stride=1, padding=0):
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding)))
    windows = np.lib.stride_tricks.sliding_window_view(x, weight.shape[2], axis=2)[:, :, ::stride]
    return np.einsum("ncpk,fck->nfp", windows, weight)


@wrong("starts_without_stride")
def first_positions_of_stride_one(x, weight, bias=None, stride=1, padding=0):
    out = reference.conv1d(x, weight, bias, 1, padding)
    n = (x.shape[2] + 2 * padding - weight.shape[2]) // stride + 1
    return out[:, :, :n]


@wrong(says=r"axis \d of `\w+` has length 1")
def mean_of_the_biases(x, weight, bias=None, stride=1, padding=0):
    out = reference.conv1d(x, weight, None, stride, padding)
    if bias is not None:
        out = out + bias.mean()
    return out


@wrong("all_zeros_at_the_end")
def like_a_causal_one_turned_round(x, weight, bias=None, stride=1, padding=0):
    padded = np.pad(x, ((0, 0), (0, 0), (0, 2 * padding)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, weight.shape[2], axis=2)[:, :, ::stride]
    out = np.einsum("nclk,fck->nfl", windows, weight)
    if bias is not None:
        out = out + bias[:, None]
    return out
