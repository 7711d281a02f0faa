"""Answers to linear."""

import numpy as np

from tests.bank import right, wrong


@right
def unit_by_unit(x, weight, bias=None):
    columns = [x.dot(row) for row in weight]
    votes = np.column_stack(columns)
    if bias is not None:
        votes = votes + np.tile(bias, (len(x), 1))
    return votes


@right
def with_inner(x, weight, bias=None):
    b = 0 if bias is None else bias[np.newaxis, :]
    return np.inner(x, weight) + b


@right
def three_loops(x, weight, bias=None):
    n, f = x.shape
    u = weight.shape[0]
    y = np.empty((n, u), dtype=float)
    for i in range(n):
        for j in range(u):
            total = 0.0 if bias is None else bias[j]
            for k in range(f):
                total += x[i, k] * weight[j, k]
            y[i, j] = total
    return y


@wrong("weight_not_transposed", says="matmul|row for each unit|not transposed")
def plain_product(x, weight, bias=None):
    y = np.matmul(x, weight)
    return y if bias is None else y + bias


@wrong("units_in_rows")
def columns_of_images(x, weight, bias=None):
    y = np.dot(weight, np.transpose(x))
    if bias is None:
        return y
    return y + bias.reshape(-1, 1)


@wrong("truth_of_the_bias", says="truth value")
def asks_if_bias(x, weight, bias=None):
    y = x @ weight.T
    return y + bias if bias else y


@wrong("bias_never_none", says="TypeError")
def always_bias(x, weight, bias=None):
    return np.dot(x, weight.T) + bias


@wrong("without_bias")
def weights_only(x, weight, bias=None):
    return np.einsum("ij,kj->ik", x, weight)


@wrong("ones_for_no_bias")
def ones(x, weight, bias=None):
    bias = np.ones(weight.shape[0]) if bias is None else bias
    return np.dot(x, weight.T) + bias


@wrong("mean")
def averages(x, weight, bias=None):
    y = np.array([[np.mean(row * w) for w in weight] for row in x])
    return y if bias is None else y + bias


@wrong("bias_for_every_value")
def bias_in_the_loop(x, weight, bias=None):
    y = np.zeros((len(x), len(weight)))
    for n in range(len(x)):
        for u in range(len(weight)):
            for f in range(x.shape[1]):
                y[n, u] += x[n, f] * weight[u, f]
                if bias is not None:
                    y[n, u] += bias[u]
    return y


@wrong("only_the_last_product")
def overwrites(x, weight, bias=None):
    y = np.zeros((len(x), len(weight)))
    for n in range(len(x)):
        for u in range(len(weight)):
            for f in range(x.shape[1]):
                y[n, u] = x[n, f] * weight[u, f]
    return y if bias is None else y + bias


@wrong("without_negative_votes")
def with_relu(x, weight, bias=None):
    y = x @ weight.T
    if bias is not None:
        y = y + bias
    y[y < 0] = 0
    return y


@wrong(says="shape|IndexError|axes")
def list_of_lists(x, weight, bias=None):
    return [sum(a * b) for a, b in zip(x, weight, strict=False)]


@wrong("squashed")
def with_tanh(x, weight, bias=None):
    out = x @ weight.T
    if bias is not None:
        out = out + bias
    return np.tanh(out)


@wrong("divided_by_the_root")
def scaled_as_in_attention(x, weight, bias=None):
    scale = weight.shape[1] ** -0.5
    votes = np.dot(x, weight.T) * scale
    return votes if bias is None else votes + bias
