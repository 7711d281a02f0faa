"""Answers to numerical_gradient."""

import copy

import numpy as np

from tests.bank import right, wrong


@right
def with_nditer(function, weights, step=1e-5):
    w = weights.astype(np.float64)
    grad = np.zeros(w.shape)
    it = np.nditer(w, flags=["multi_index"])
    while not it.finished:
        index = it.multi_index
        old = w[index]
        w[index] = old + step
        plus = function(w)
        w[index] = old - step
        minus = function(w)
        w[index] = old
        grad[index] = (plus - minus) / (2 * step)
        it.iternext()
    return grad


@right
def with_deep_copies(function, weights, step=1e-5):
    grad = np.zeros(weights.shape, dtype=float)
    for index in np.ndindex(*weights.shape):
        up = copy.deepcopy(weights).astype(float)
        down = copy.deepcopy(weights).astype(float)
        up[index] += step
        down[index] -= step
        grad[index] = 0.5 * (function(up) - function(down)) / step
    return grad


@right
def as_a_list(function, weights, step=1e-5):
    flat = weights.ravel().tolist()
    slopes = []
    for i in range(len(flat)):
        above, below = list(flat), list(flat)
        above[i] += step
        below[i] -= step
        above, below = np.reshape(above, weights.shape), np.reshape(below, weights.shape)
        slopes.append((function(above) - function(below)) / (2 * step))
    return np.array(slopes).reshape(weights.shape)


@wrong(says="values", never="too small|too large")
def own_step_on_one_axis(function, weights, step=1e-5):
    slopes = np.zeros(weights.shape)
    for place in range(len(weights)):
        up, down = weights.astype(float), weights.astype(float)
        up[place] += 1e-4
        down[place] -= 1e-4
        slopes[place] = (function(up) - function(down)) / 2e-4
    return slopes


@wrong("one_sided")
def forward_difference(function, weights, step=1e-5):
    base = function(weights.astype(float))
    grad = np.zeros(weights.shape)
    for index in np.ndindex(weights.shape):
        w = weights.astype(float)
        w[index] += step
        grad[index] = (function(w) - base) / step
    return grad


@wrong("all_at_once")
def whole_array(function, weights, step=1e-5):
    grad = np.zeros(weights.shape)
    for index in np.ndindex(weights.shape):
        grad[index] = (function(weights + step) - function(weights - step)) / (2 * step)
    return grad


@wrong("one_number")
def derivative(function, weights, step=1e-5):
    return (function(weights + step) - function(weights - step)) / 2 / step


@wrong("not_put_back")
def forgets(function, weights, step=1e-5):
    w, grad = weights.astype(float), np.zeros(weights.shape)
    for index in np.ndindex(weights.shape):
        w[index] += step
        up = function(w)
        w[index] -= 2 * step
        down = function(w)
        grad[index] = (up - down) / (2 * step)
    return grad


@wrong("without_parentheses")
def precedence(function, weights, step=1e-5):
    grad = np.zeros(weights.shape)
    for index in np.ndindex(weights.shape):
        up, down = weights.astype(float), weights.astype(float)
        up[index] = up[index] + step
        down[index] = down[index] - step
        grad[index] = (function(up) - function(down)) / 2 * step
    return grad


@wrong("in_whole_numbers")
def copies(function, weights, step=1e-5):
    grad = np.zeros(weights.shape)
    for index in np.ndindex(weights.shape):
        up, down = weights.copy(), weights.copy()
        up[index] += step
        down[index] -= step
        grad[index] = (function(up) - function(down)) / (2 * step)
    return grad


@wrong("type_of_the_input")
def zeros_like(function, weights, step=1e-5):
    grad = np.zeros_like(weights)
    for index in np.ndindex(weights.shape):
        up, down = weights.astype(float), weights.astype(float)
        up[index] += step
        down[index] -= step
        grad[index] = (function(up) - function(down)) / (2 * step)
    return grad


@wrong("last_slope_only")
def overwrites(function, weights, step=1e-5):
    for index in np.ndindex(weights.shape):
        up, down = weights.astype(float), weights.astype(float)
        up[index] += step
        down[index] -= step
        gradient = (function(up) - function(down)) / (2 * step)
    return gradient


@wrong("divided_by_one_step")
def twice(function, weights, step=1e-5):
    grad = np.zeros(weights.shape)
    for index in np.ndindex(weights.shape):
        nudge = np.zeros(weights.shape)
        nudge[index] = step
        grad[index] = (function(weights + nudge) - function(weights - nudge)) / step
    return grad


@wrong("returned_in_the_loop")
def first_only(function, weights, step=1e-5):
    grad = np.zeros(weights.shape)
    for index in np.ndindex(weights.shape):
        nudge = np.zeros(weights.shape)
        nudge[index] = step
        grad[index] = (function(weights + nudge) - function(weights - nudge)) / (2 * step)
        return grad


@wrong("handed_over_flat", says="in one row")
def nudged_in_one_row(function, weights, step=1e-5):
    flat = weights.ravel().astype(float)
    slopes = np.zeros(flat.size)
    for i in range(flat.size):
        up, down = flat.copy(), flat.copy()
        up[i] += step
        down[i] -= step
        slopes[i] = (function(up) - function(down)) / (2 * step)
    return slopes.reshape(weights.shape)


@wrong("columns_at_once", says="whole columns")
def last_axis_only(function, weights, step=1e-5):
    slopes = np.zeros(weights.shape)
    for j in range(weights.shape[-1]):
        nudge = np.zeros(weights.shape)
        nudge[..., j] = step
        slopes[..., j] = (function(weights + nudge) - function(weights - nudge)) / (2 * step)
    return slopes


@wrong("divided_by_another_step", says="nudged by `step`, but")
def divided_by_its_own_step(function, weights, step=1e-5):
    slopes = np.zeros(weights.shape)
    for index in np.ndindex(*weights.shape):
        nudge = np.zeros(weights.shape)
        nudge[index] = step
        slopes[index] = (function(weights + nudge) - function(weights - nudge)) / 2e-5
    return slopes


@wrong("not_put_back", "rows_at_once", says="Two things together")
def row_by_row_and_left_below(function, weights, step=1e-5):
    g = np.zeros(weights.shape)
    w = weights.astype(float)
    for i in range(w.shape[0]):
        w[i] += step
        up = function(w)
        w[i] -= 2 * step
        down = function(w)
        g[i] = (up - down) / (2 * step)
    return g
