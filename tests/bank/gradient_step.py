"""Answers to gradient_step."""

import numpy as np

from tests.bank import right, wrong


@right
def with_subtract(weights, gradient, learning_rate):
    return np.subtract(weights, np.multiply(learning_rate, gradient))


@right
def step_first(weights, gradient, learning_rate):
    step = -gradient * learning_rate
    return weights + step


@right
def list_comprehension(weights, gradient, learning_rate):
    flat = [w - learning_rate * g for w, g in zip(weights.flat, gradient.flat, strict=True)]
    return np.array(flat).reshape(weights.shape)


@wrong("gradient_times_weights", never="times what it should be|sign")
def shrinks(weights, gradient, learning_rate):
    return weights * (1 - learning_rate * gradient)


@wrong("uphill")
def plus(weights, gradient, learning_rate):
    return weights + gradient * learning_rate


@wrong("in_place", says="UFunc|changes|own array")
def in_the_argument(weights, gradient, learning_rate):
    weights -= gradient * learning_rate
    return weights


@wrong("without_the_rate")
def whole_gradient(weights, gradient, learning_rate):
    return weights - gradient


@wrong("only_the_change")
def change(weights, gradient, learning_rate):
    return -(learning_rate * gradient)


@wrong("rate_times_everything")
def scaled(weights, gradient, learning_rate):
    return learning_rate * (weights - gradient)


@wrong("fixed_rate", says="0.01")
def hundredth(weights, gradient, learning_rate):
    return weights - 0.01 * gradient


@wrong("mean_slope")
def averaged(weights, gradient, learning_rate):
    return weights - learning_rate * gradient.sum() / gradient.size


@wrong(says="returns nothing|changes its argument|own array|UFunc")
def nothing_back(weights, gradient, learning_rate):
    weights -= learning_rate * gradient


@wrong("uphill", "without_the_rate", says="Two things")
def two_at_once(weights, gradient, learning_rate):
    return weights + gradient


@wrong("gradient_cut_off")
def clips_gradient(weights, gradient, learning_rate):
    return weights - learning_rate * np.clip(gradient, -1, 1)


@wrong("weights_cut_off")
def kept_like_pixels(weights, gradient, learning_rate):
    moved = weights - gradient * learning_rate
    return np.minimum(1, np.maximum(-1, moved))
