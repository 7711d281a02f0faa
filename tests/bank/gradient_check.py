"""Answers to gradient_check."""

import numpy as np

from helpers import reference
from tests.bank import right, wrong


@right
def with_sorted(function, gradient, weights, step=1e-5):
    numerical = reference.numerical_gradient(function, weights, step)
    worst = sorted(abs(gradient - numerical).ravel())[-1]
    top = max(sorted(abs(gradient).ravel())[-1], sorted(abs(numerical).ravel())[-1])
    return 0 if top == 0 else worst / top


@right
def in_lists(function, gradient, weights, step=1e-5):
    ours = gradient.ravel().tolist()
    theirs = reference.numerical_gradient(function, weights, step).ravel().tolist()
    top = max(abs(v) for v in ours + theirs)
    return max(abs(a - b) for a, b in zip(ours, theirs, strict=True)) / top if top else 0.0


@right
def guarded_division(function, gradient, weights, step=1e-5):
    numerical = reference.numerical_gradient(function, weights, step)
    top = np.maximum(np.max(np.abs(gradient)), np.max(np.abs(numerical)))
    return float(np.divide(np.max(np.abs(numerical - gradient)), top, out=np.zeros(()), where=top > 0))


@wrong("entry_by_entry_over_the_sum")
def rel_error(function, gradient, weights, step=1e-5):
    slopes = np.zeros(weights.shape)
    for place in np.ndindex(weights.shape):
        up, down = weights.astype(float), weights.astype(float)
        up[place] += step
        down[place] -= step
        slopes[place] = (function(up) - function(down)) / (2 * step)
    return np.max(np.abs(gradient - slopes) / np.maximum(1e-8, np.abs(gradient) + np.abs(slopes)))


@wrong("by_length", says="lengths|nan|divided")
def norms(function, gradient, weights, step=1e-5):
    n = reference.numerical_gradient(function, weights, step)
    total = np.linalg.norm(n) + np.linalg.norm(gradient)
    return np.linalg.norm(gradient - n) / total if total else 0.0


@wrong("without_absolute_differences")
def signed(function, gradient, weights, step=1e-5):
    n = reference.numerical_gradient(function, weights, step)
    top = max(abs(gradient).max(), abs(n).max())
    return max((gradient - n).ravel()) / top if top else 0.0


@wrong("zero_by_zero", says="divided by zero|zero is divided")
def no_guard(function, gradient, weights, step=1e-5):
    n = reference.numerical_gradient(function, weights, step)
    return abs(gradient - n).max() / max(abs(gradient).max(), abs(n).max())


@wrong("not_divided")
def absolute(function, gradient, weights, step=1e-5):
    return np.max(np.abs(reference.numerical_gradient(function, weights, step) - gradient))


@wrong("yes_or_no")
def close_or_not(function, gradient, weights, step=1e-5):
    return np.allclose(reference.numerical_gradient(function, weights, step), gradient)


@wrong("mean_difference")
def average(function, gradient, weights, step=1e-5):
    n = reference.numerical_gradient(function, weights, step)
    top = max(abs(gradient).max(), abs(n).max())
    return abs(gradient - n).sum() / gradient.size / top if top else 0.0


@wrong("nudged_upwards_only")
def forward_only(function, gradient, weights, step=1e-5):
    n = np.zeros(weights.shape)
    for place in np.ndindex(weights.shape):
        up = weights.astype(float)
        up[place] += step
        n[place] = (function(up) - function(weights)) / step
    top = max(abs(gradient).max(), abs(n).max())
    return abs(gradient - n).max() / top if top else 0.0


@wrong("largest_of_the_numerical")
def own_entry_forgotten(function, gradient, weights, step=1e-5):
    numerical = reference.numerical_gradient(function, weights, step)
    largest = np.abs(numerical).max()
    if largest == 0:
        return 0.0
    return np.abs(gradient - numerical).max() / largest


@wrong("entry_by_entry")
def worst_of_the_relative_errors(function, gradient, weights, step=1e-5):
    numeric = reference.numerical_gradient(function, weights, step)
    worst = 0.0
    for a, n in zip(gradient.ravel(), numeric.ravel(), strict=False):
        if max(abs(a), abs(n)) > 0:
            worst = max(worst, abs(a - n) / max(abs(a), abs(n)))
    return float(worst)


@wrong("root_mean_square")
def root_mean_square(function, gradient, weights, step=1e-5):
    num = reference.numerical_gradient(function, weights, step)
    top = max(np.abs(gradient).max(), np.abs(num).max())
    return 0.0 if top == 0 else float(np.sqrt(np.mean((gradient - num) ** 2)) / top)
