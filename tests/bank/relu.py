"""Answers to relu."""

import numpy as np

from tests.bank import right, wrong


@right
def in_a_loop_over_flat(x):
    out = np.array(x, dtype=float)
    for i in range(out.size):
        if out.flat[i] < 0:
            out.flat[i] = 0.0
    return out


@right
def masked(x):
    keep = x > 0
    out = np.zeros(x.shape)
    out[keep] = x[keep]
    return out


@right
def vectorised(x):
    return np.vectorize(lambda value: value if value > 0 else 0, otypes=[float])(x)


@wrong("own_max", says="ValueError")
def with_an_if(x):
    if x > 0:
        return x
    return 0


@wrong("picks_the_positive")
def positives(x):
    return np.array([value for value in x.ravel() if value > 0])


@wrong("in_place")
def negatives_to_zero(x):
    x[np.where(x < 0)] = 0
    return x


@wrong("in_place_and_nothing_returned")
def multiplies_in_place(x):
    x *= x > 0


@wrong("absolute_value")
def square_root_of_square(x):
    return np.sqrt(x**2)


@wrong("leaky")
def leaky_relu(x, slope=0.01):
    return np.maximum(x, slope * x)


@wrong("keeps_the_negative")
def wrong_side(x):
    out = x.copy()
    out[out > 0] = 0
    return out


@wrong(says="not enough values to unpack.*fits two axes only")
def two_loops(x):
    out = np.zeros_like(x)
    h, w = x.shape
    for i in range(h):
        for j in range(w):
            out[i, j] = max(0, x[i, j])
    return out


@wrong("step_function")
def ones(x):
    return (x > 0).astype(float)


@wrong(says="list")
def list_comprehension(x):
    return [max(value, 0) for value in x.ravel()]


@wrong("sigmoid")
def logistic(x):
    return np.exp(x) / (1 + np.exp(x))


@wrong(says="What comes out is the argument `x`, unchanged|Is the function finished")
def forgets_the_copy(x):
    out = x.copy()
    np.maximum(out, 0)
    return out


@wrong(says="All the values that are wrong are 0")
def a_limit_of_a_tenth(x):
    return np.where(x > 1e-1, x, 0)


@wrong("elu")
def elu(x):
    return np.where(x > 0, x, np.exp(x) - 1)


@wrong("in_place", says="^The values are right, but the argument `x` was changed", never="exactly")
def set_to_zero(x):
    x[x < 0] = 0
    return x


@wrong("clipped_at_six")
def relu6(x):
    return np.minimum(np.where(x > 0, x, 0), 6)
