"""Answers to standardise."""

import numpy as np

from tests.bank import right, wrong


@right
def with_nan_to_num(x, axis=None):
    z = (x - x.mean(axis=axis, keepdims=True)) / np.maximum(x.std(axis=axis, keepdims=True), 1e-9)
    return np.nan_to_num(z)


@right
def in_float64(x, axis=None):
    x = np.asarray(x, dtype=np.float64)
    mu = np.mean(x, axis, keepdims=True)
    var = np.var(x, axis, keepdims=True)
    sigma = np.sqrt(var)
    sigma[sigma < 1e-9] = 1
    return (x - mu) / sigma


@right
def with_expanded_axes(x, axis=None):
    if axis is None:
        mean, deviation = x.mean(), x.std()
    else:
        mean = np.expand_dims(x.mean(axis), axis)
        deviation = np.expand_dims(x.std(axis), axis)
    return (x - mean) / (deviation + 1e-9)


@wrong("axis_ignored")
def whole(x, axis=None):
    mu, sigma = x.mean(), x.std()
    return (x - mu) / sigma if sigma > 1e-9 else x - mu


@wrong("constant_maps_forgotten")
def z_score(x, axis=None):
    return (x - x.mean(axis, keepdims=True)) / x.std(axis, keepdims=True)


@wrong("exactly_zero")
def asks_for_zero(x, axis=None):
    sigma = x.std(axis=axis, keepdims=True)
    sigma = np.where(sigma == 0, 1, sigma)
    return (x - x.mean(axis=axis, keepdims=True)) / sigma


@wrong(says="if.*asks all deviations|truth value")
def if_zero(x, axis=None):
    sigma = x.std(axis=axis, keepdims=True)
    if sigma == 0:
        sigma = 1
    return (x - x.mean(axis=axis, keepdims=True)) / sigma


@wrong("axes_lost")
def no_keepdims(x, axis=None):
    mu, sigma = x.mean(axis), x.std(axis)
    return (x - mu) / np.where(sigma < 1e-9, 1, sigma)


@wrong("divided_by_the_variance")
def variance(x, axis=None):
    var = np.mean((x - x.mean(axis, keepdims=True)) ** 2, axis, keepdims=True)
    return (x - x.mean(axis, keepdims=True)) / np.where(var < 1e-12, 1, var)


@wrong("too_much_added")
def one_hundredth(x, axis=None):
    return (x - x.mean(axis, keepdims=True)) / (x.std(axis, keepdims=True) + 1e-2)


@wrong("from_zero_to_one")
def min_max(x, axis=None):
    low, high = x.min(axis, keepdims=True), x.max(axis, keepdims=True)
    return (x - low) / np.where(high - low < 1e-9, 1, high - low)


@wrong("one_value_less")
def sample_deviation(x, axis=None):
    sigma = x.std(axis, keepdims=True, ddof=1)
    return (x - x.mean(axis, keepdims=True)) / np.where(sigma < 1e-8, 1, sigma)


@wrong("deviation_forgotten")
def centred_only(x, axis=None):
    return x - np.mean(x, axis, keepdims=True)


@wrong("in_place", says="array that was handed in")
def inside(x, axis=None):
    x -= x.mean(axis, keepdims=True)
    x /= x.std(axis, keepdims=True) + 1e-9
    return x


@wrong("one_constant_clears_all", says="as soon as one part is constant")
def zeros_if_any_is_constant(x, axis=None):
    std = np.std(x, axis=axis, keepdims=True)
    if np.any(std == 0):
        return np.zeros_like(x, dtype=float)
    return (x - np.mean(x, axis=axis, keepdims=True)) / std


@wrong("close_values_taken_as_constant")
def small_spread_is_none(x, axis=None):
    std = x.std(axis=axis, keepdims=True)
    std[std < 0.1] = 1.0
    return (x - x.mean(axis=axis, keepdims=True)) / std


@wrong("too_much_under_the_root")
def epsilon_of_batch_normalisation(x, axis=None):
    mu = x.mean(axis=axis, keepdims=True)
    var = x.var(axis=axis, keepdims=True)
    return (x - mu) / np.sqrt(var + 1e-5)


@wrong("divided_by_the_length")
def length_for_deviation(x, axis=None):
    d = x - x.mean(axis=axis, keepdims=True)
    n = np.sqrt((d**2).sum(axis=axis, keepdims=True))
    return d / np.where(n < 1e-8, 1, n)


@wrong("squares_of_the_values")
def root_mean_square(x, axis=None):
    mean = x.mean(axis=axis, keepdims=True)
    rms = np.mean(np.square(x, dtype=float), axis=axis, keepdims=True) ** 0.5
    return (x - mean) / np.where(rms < 1e-8, 1, rms)
