"""Answers to relu_backward."""

import numpy as np

from tests.bank import right, wrong


@right
def multiplied_by_floats(grad_output, x):
    return np.multiply(grad_output, np.where(x > 0, 1.0, 0.0))


@right
def from_a_list(grad_output, x):
    flat = [g if v > 0 else 0 for g, v in zip(grad_output.ravel(), x.ravel(), strict=True)]
    return np.array(flat).reshape(x.shape)


@right
def heaviside(grad_output, x):
    return np.heaviside(x.astype(float), 0.0) * grad_output


@wrong("type_of_the_input", says="type|UFunc")
def collected_like_x(grad_output, x):
    gathered = np.zeros_like(x)
    gathered += grad_output * (x > 0)
    return gathered


@wrong("type_of_the_input")
def filled_like_x(grad_output, x):
    gathered = np.zeros_like(x)
    gathered[x > 0] = grad_output[x > 0]
    return gathered


@wrong("through_at_zero")
def greater_equal(grad_output, x):
    return np.where(x >= 0, grad_output, 0)


@wrong("through_at_zero")
def less_than(grad_output, x):
    out = np.array(grad_output, dtype=float)
    out[x < 0] = 0
    return out


@wrong("mask_of_the_upstream_gradient")
def own_sign(grad_output, x):
    return grad_output * (grad_output > 0)


@wrong("changes_the_upstream_gradient")
def in_place(grad_output, x):
    grad_output[x <= 0] = 0.0
    return grad_output


@wrong("one_gate_for_all", says="ValueError")
def with_an_if(grad_output, x):
    if x <= 0:
        return 0 * grad_output
    return grad_output


@wrong("mask_only")
def local_slope(grad_output, x):
    return np.where(x > 0, 1.0, 0.0)


@wrong("times_the_output")
def times_relu(grad_output, x):
    return grad_output * np.where(x > 0, x, 0)


@wrong("relu_again")
def forward(grad_output, x):
    return np.where(x > 0, x, 0)


@wrong("picks_the_open_gates")
def picks(grad_output, x):
    return np.array([g for g, v in zip(grad_output.ravel(), x.ravel(), strict=True) if v > 0])


@wrong("product_of_signs", says="sign of `x`")
def sign_and_maximum(grad_output, x):
    return np.maximum(np.sign(x) * grad_output, 0)


@wrong("leaky")
def leaky(grad_output, x):
    return np.where(x > 0, grad_output, 0.01 * grad_output)
