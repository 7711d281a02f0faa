"""Answers to linear_backward."""

import numpy as np

from tests.bank import right, wrong


@right
def outer_products(grad_output, x, weight, bias=None):
    grad_x = np.array([g @ weight for g in grad_output])
    grad_weight = sum(np.outer(g, row) for g, row in zip(grad_output, x, strict=True))
    if bias is None:
        return grad_x, grad_weight, None
    return grad_x, grad_weight, grad_output.T.sum(1)


@right
def all_loops(grad_output, x, weight, bias=None):
    n, u = grad_output.shape
    f = x.shape[1]
    gx, gw, gb = np.zeros((n, f)), np.zeros((u, f)), np.zeros(u)
    for i in range(n):
        for j in range(u):
            gb[j] += grad_output[i, j]
            for k in range(f):
                gx[i, k] += grad_output[i, j] * weight[j, k]
                gw[j, k] += grad_output[i, j] * x[i, k]
    return [gx, gw, gb if bias is not None else None]


@right
def transposed(grad_output, x, weight, bias=None):
    gb = np.dot(np.ones(len(grad_output)), grad_output) if bias is not None else None
    return weight.T.dot(grad_output.T).T, x.T.dot(grad_output).T, gb


@wrong("weights_transposed", says="matmul|transposed")
def transposed_weights(grad_output, x, weight, bias=None):
    return (
        np.dot(grad_output, weight.T),
        np.dot(grad_output.T, x),
        None if bias is None else grad_output.sum(0),
    )


@wrong("weight_gradient_transposed")
def other_product(grad_output, x, weight, bias=None):
    return (
        grad_output.dot(weight),
        x.T.dot(grad_output),
        None if bias is None else np.sum(grad_output, axis=0),
    )


@wrong("ones_for_the_bias")
def ones(grad_output, x, weight, bias=None):
    return grad_output @ weight, grad_output.T @ x, None if bias is None else np.ones_like(bias, dtype=float)


@wrong("bias_not_summed")
def unsummed(grad_output, x, weight, bias=None):
    return grad_output @ weight, grad_output.T @ x, None if bias is None else grad_output.copy()


@wrong("all_averaged")
def means(grad_output, x, weight, bias=None):
    n = len(x)
    return grad_output @ weight, grad_output.T @ x / n, None if bias is None else grad_output.sum(0) / n


@wrong("gradient_of_no_bias")
def always(grad_output, x, weight, bias=None):
    return grad_output @ weight, grad_output.T @ x, grad_output.sum(axis=0)


@wrong("bias_over_the_wrong_axis")
def other_axis(grad_output, x, weight, bias=None):
    return grad_output @ weight, grad_output.T @ x, None if bias is None else np.sum(grad_output, 1)


@wrong("gradient_of_x_only")
def one_of_three(grad_output, x, weight, bias=None):
    return np.einsum("nu,uf->nf", grad_output, weight)


@wrong("weights_and_inputs_swapped")
def order(grad_output, x, weight, bias=None):
    return grad_output.T @ x, grad_output @ weight, None if bias is None else grad_output.sum(0)


@wrong("last_image_only")
def overwrites(grad_output, x, weight, bias=None):
    gx = np.zeros(x.shape)
    for n in range(len(x)):
        gx[n] = grad_output[n] @ weight
        gw = np.outer(grad_output[n], x[n])
        gb = grad_output[n]
    return gx, gw, None if bias is None else gb


@wrong("weights_of_the_last_image")
def each_image_overwrites_the_weights_gradient(grad_output, x, weight, bias=None):
    grad_x = np.zeros(x.shape)
    grad_weight = np.zeros(weight.shape)
    grad_bias = None if bias is None else np.zeros(bias.shape)
    for n, g in enumerate(grad_output):
        grad_x[n] = g @ weight
        grad_weight = np.outer(g, x[n])
        if bias is not None:
            grad_bias += g
    return grad_x, grad_weight, grad_bias


@wrong(says="All rows of the result are the same")
def grad_x_for_each_image_the_same(grad_output, x, weight, bias=None):
    gx = np.tile(grad_output.sum(axis=0) @ weight, (len(x), 1))
    return gx, grad_output.T @ x, None if bias is None else grad_output.sum(axis=0)


@wrong(says=r"axis \d of `\w+` has length 1")
def outer_of_the_sums(grad_output, x, weight, bias=None):
    gw = grad_output.sum(axis=0)[:, None] * x.sum(axis=0)[None]
    return grad_output @ weight, gw, None if bias is None else grad_output.sum(axis=0)
