"""How far a gradient is from the numerical one, as a share of the largest entry."""

import numpy as np

from helpers import reference
from helpers.exercises import common
from helpers.exercises.model import Case, Exercise


def sum_of_squares(weights):
    """A value whose gradient is twice the weights."""
    return np.sum(weights**2)


def faint(weights):
    """A value that hardly changes."""
    return 1e-6 * np.sum(weights**2)


def sum_of_cubes(weights):
    """A value for which large nudges are off."""
    return np.sum(weights**3)


def constant(weights):
    """A value without any slope."""
    return 7.0


def cases(rng):
    """Right and wrong gradients of two weights, zeros, large entries, whole numbers, random weights."""
    weights = np.array([1.0, 2.0])
    yield Case((sum_of_squares, 2 * weights, weights, 1e-5), "a right gradient")
    yield Case((sum_of_squares, np.array([2.0, 3.0]), weights, 1e-5), "a wrong last entry")
    yield Case((sum_of_squares, np.array([4.0, 4.0]), weights, 1e-5), "a first entry that is too large")
    yield Case((sum_of_squares, -2 * weights, weights, 1e-5), "a gradient of the wrong sign")
    yield Case((constant, np.zeros(2), weights, 1e-5), "a function that never changes")
    yield Case((constant, np.array([0.5, 0.0]), weights, 1e-5), "a slope where there is none")
    yield Case((sum_of_squares, np.zeros(2), weights, 1e-5), "no slope where there is one")
    yield Case((sum_of_squares, np.array([0.1, 0.2]), np.array([0.2, 0.1]), 1e-5), "entries below 1")
    yield Case((faint, np.array([2e-6, 3e-6]), weights, 1e-3), "a gradient of a few millionths")
    yield Case((sum_of_squares, np.array([-9.0, 1.0]), np.array([-3.0, 1.0]), 1e-5), "a large negative entry")
    yield Case(
        (sum_of_squares, weights * [-1, 1], weights * [-3, 1], 1e-5), "a negative entry a sixth of its size"
    )
    yield Case((sum_of_cubes, 3 * weights**2, weights, 0.5), "nudges of 0.5, too far for a cube")
    whole = np.array([[2, 4], [0, 2]]), np.array([[1, 2], [3, 1]])
    yield Case((sum_of_squares, *whole, 1e-5), "whole numbers")
    for shape in [(2, 3), (2, 1, 3)]:
        weights = rng.normal(size=shape)
        wrong = 2 * weights + rng.normal(0, 0.3, shape)
        yield Case((sum_of_squares, wrong, weights, 1e-5), f"random weights of shape {shape}")
    weights = rng.normal(size=(3, 2)).astype(np.float32)
    yield Case((sum_of_squares, 1.5 * weights, weights, 1e-5), "random weights of type float32")


exercise = Exercise(
    reference.gradient_check,
    cases,
    minutes=5,
    hints=(
        "Find the gradient a second time, by nudging: `reference.numerical_gradient(function, weights, step)`. Then "
        "compare.",
        "Three steps: the largest absolute difference; the largest absolute entry of either gradient; their quotient. "
        "If everything is zero, there is no quotient, and the answer is 0.",
        "By hand: gradient [2, 3], nudging says [2, 4]. The largest difference is 1, the largest entry 4: 1 / 4 = 0.25.",
    ),
)


@exercise.model
def gradient_check(function, gradient, weights, step=1e-5):
    numerical = reference.numerical_gradient(function, weights, step)
    largest = max(np.abs(gradient).max(), np.abs(numerical).max())
    if largest == 0:
        return 0.0
    return np.abs(gradient - numerical).max() / largest


@exercise.alternative
def nudge_here(function, gradient, weights, step=1e-5):
    """Everything in one place: it depends on no other function."""
    largest_difference, largest_entry = 0.0, 0.0
    for index in np.ndindex(weights.shape):
        nudge = np.zeros(weights.shape)
        nudge[index] = step
        slope = (function(weights + nudge) - function(weights - nudge)) / (2 * step)
        largest_difference = max(largest_difference, abs(gradient[index] - slope))
        largest_entry = max(largest_entry, abs(gradient[index]), abs(slope))
    return largest_difference / largest_entry if largest_entry else 0.0


@exercise.alternative
def stacked(function, gradient, weights, step=1e-5):
    """Treats both gradients alike: nothing to mix up."""
    both = np.stack([gradient, reference.numerical_gradient(function, weights, step)])
    largest = np.abs(both).max()
    return np.abs(both[0] - both[1]).max() / largest if largest > 0 else 0


@exercise.alternative
def with_norms(function, gradient, weights, step=1e-5):
    """Uses the name that mathematics has for the largest absolute value."""
    numerical = reference.numerical_gradient(function, weights, step)
    difference, first, second = (
        np.linalg.norm(np.ravel(array), ord=np.inf) for array in (gradient - numerical, gradient, numerical)
    )
    return 0.0 if difference == 0 else difference / max(first, second)


LARGEST = "max(np.abs(gradient).max(), np.abs(numerical).max())"
DIFFERENCE = "np.abs(gradient - numerical).max()"
ZERO = "    if largest == 0:\n        return 0.0\n"

# -- the difference ------------------------------------------------------------------------------------------

exercise.slip(
    DIFFERENCE,
    "(gradient - numerical).max()",
    name="without_absolute_differences",
    when="the differences are taken without `np.abs`",
    hint="A gradient that is too small is wrong too. Take the absolute value of each difference.",
)
exercise.slip(
    DIFFERENCE,
    "np.abs(gradient - numerical).mean()",
    name="mean_difference",
    when="the differences are averaged",
    hint="One wrong entry among a thousand must not vanish in the mean. Take the largest difference.",
)
exercise.slip(
    DIFFERENCE,
    "np.abs(np.abs(gradient) - np.abs(numerical)).max()",
    name="signs_ignored",
    when="only the sizes of the entries are compared, not their signs",
    hint="Uphill instead of downhill is as wrong as can be. Subtract first, then take the absolute value.",
)
exercise.slip(
    DIFFERENCE,
    "abs(np.abs(gradient).max() - np.abs(numerical).max())",
    name="maxima_compared",
    when="the largest entries are compared instead of the entries one by one",
    hint="Subtract the arrays first, entry from entry. Then look for the largest difference.",
)

# -- what it is divided by -----------------------------------------------------------------------------------

exercise.slip(
    " / largest",
    "",
    name="not_divided",
    when="the largest difference is returned as it is",
    hint="A difference of 0.01 is a lot for a slope of 0.02 and nothing for one of 1000. Divide by the largest entry.",
)
exercise.slip(
    ZERO,
    "",
    name="zero_by_zero",
    when="zero is divided by zero where both gradients are zero throughout",
    hint="Two gradients of nothing but zeros agree: answer 0 before you divide.",
)
exercise.slip(
    (LARGEST, "max(gradient.max(), numerical.max())"),
    ("largest == 0", "largest <= 0"),
    name="largest_without_absolute",
    when="the largest entry is looked for without `np.abs`",
    hint="The steepest slope may be negative. Take absolute values before you look for the largest.",
)
exercise.slip(
    (ZERO, ""),
    (
        f"{DIFFERENCE} / largest",
        "(np.abs(gradient - numerical) / np.maximum(np.abs(gradient), np.abs(numerical))).max()",
    ),
    name="entry_by_entry",
    when="each difference is divided by its own entry",
    hint="The numerical gradient of a small entry is mostly rounding. Divide by the largest entry of all.",
)
exercise.slip(
    f"{DIFFERENCE} / largest",
    "(np.abs(gradient - numerical) / np.maximum({}, np.abs(gradient) + np.abs(numerical))).max()",
    values=("1e-8",),
    name="entry_by_entry_over_the_sum",
    when="each difference is divided by the sum of its own two entries, or by {}",
    hint="A small entry is mostly rounding. Divide the largest difference by the largest entry of all, of one of the two.",
)
exercise.slip(
    LARGEST,
    "np.abs(gradient).max() + np.abs(numerical).max()",
    name="divided_by_the_sum",
    when="the difference is divided by the sum of both gradients' largest entries",
    hint="Divide by the larger of the two, not by their sum.",
)
exercise.slip(
    (ZERO, ""),
    (LARGEST, "min(np.abs(gradient).max(), np.abs(numerical).max())"),
    name="divided_by_the_smaller",
    when="the difference is divided by the smaller of the two largest entries",
    hint="The smaller one may be zero. Take the larger of the two.",
)
exercise.slip(
    LARGEST,
    "np.abs(numerical).max()",
    name="largest_of_the_numerical",
    when="the largest entry is looked for in the numerical gradient only",
    hint="Where nudging finds zero everywhere, a gradient that is not zero is wrong. Take the largest entry of either "
    "gradient.",
)
exercise.slip(
    (ZERO, ""),
    (LARGEST, "np.abs(numerical).max()"),
    name="divided_by_the_numerical",
    when="the difference is divided by the largest entry of the numerical gradient only",
    hint="If nudging finds zero everywhere, that divides by zero. Take the largest entry of either gradient.",
)
exercise.slip(
    (ZERO, ""),
    (LARGEST, "np.abs(gradient).max()"),
    name="divided_by_the_given",
    when="the difference is divided by the largest entry of the given gradient only",
    hint="If the given gradient is zero everywhere, that divides by zero. Take the largest entry of either gradient.",
)
exercise.slip(
    (LARGEST, "np.linalg.norm(gradient) + np.linalg.norm(numerical)"),
    (DIFFERENCE, "np.linalg.norm(gradient - numerical)"),
    name="by_length",
    when="the lengths of the two gradients as arrows are used, with `np.linalg.norm`",
    hint="That averages over all entries. Look for the single worst one: the largest of the absolute differences.",
)

exercise.slip(
    DIFFERENCE,
    "np.sqrt(np.mean((gradient - numerical) ** 2))",
    name="root_mean_square",
    when="the root of the mean square of the differences is taken",
    hint="One wrong entry among a thousand must not vanish in the mean. Take the largest absolute difference.",
)
EACH = "np.abs(gradient - numerical) / np.maximum(np.maximum(np.abs(gradient), np.abs(numerical)), 1e-300)"
exercise.slip(
    f"{DIFFERENCE} / largest",
    f"({EACH}).max()",
    name="entry_by_entry",
    when="each difference is divided by its own entry",
    hint="The numerical gradient of a small entry is mostly rounding. Divide by the largest entry of all.",
)
exercise.slip(
    f"{DIFFERENCE} / largest",
    f"({EACH}).mean()",
    name="mean_of_shares",
    when="each difference is divided by its own entry, and the mean of these shares is taken",
    hint="Look for the single worst entry, and measure it by the largest entry of all: one quotient, not one for each entry.",
)
exercise.slip(
    f"{DIFFERENCE} / largest",
    f"({EACH}).sum()",
    name="sum_of_shares",
    when="each difference is divided by its own entry, and these shares are added up",
    hint="Look for the single worst entry, and measure it by the largest entry of all: one quotient, not one for each entry.",
)
exercise.slip(
    f"{DIFFERENCE} / largest",
    "np.abs(gradient - numerical).sum() / largest",
    name="sum_of_differences",
    when="the differences are added up instead of the largest being looked for",
    hint="A long gradient would look worse than a short one. Take the largest difference.",
)
exercise.slip(
    f"{DIFFERENCE} / largest",
    f"{DIFFERENCE} / (largest + {{}})",
    values=("1e-8", "1e-6", "1e-5"),
    name="number_added",
    when="{} is added to the largest entry before dividing, which shows where all entries are small",
    hint="A share says the same of small gradients as of large ones. Where both gradients are 0, answer 0; elsewhere divide "
    "by the largest entry itself.",
)

# -- the nudging ---------------------------------------------------------------------------------------------

exercise.slip(
    "(function, weights, step)",
    "(function, weights)",
    name="step_ignored",
    when="`step` is not handed on",
    hint="How far to nudge is the caller's choice: hand `step` on to `numerical_gradient`.",
)


@exercise.mistake(
    when="the weights are nudged upwards only",
    hint="Nudge up and down, and divide by twice the step. `reference.numerical_gradient` does it for you.",
)
def nudged_upwards_only(function, gradient, weights, step=1e-5):
    numerical = np.zeros(weights.shape)
    for index in np.ndindex(weights.shape):
        nudged = weights.astype(float)
        nudged[index] += step
        numerical[index] = (function(nudged) - function(weights)) / step
    largest = max(np.abs(gradient).max(), np.abs(numerical).max())
    return np.abs(gradient - numerical).max() / largest if largest > 0 else 0.0


# -- what is returned ----------------------------------------------------------------------------------------

exercise.slip(
    (ZERO, ""),
    (f"{DIFFERENCE} / largest", "bool(np.allclose(gradient, numerical))"),
    name="yes_or_no",
    when="a truth value is returned",
    hint="Return how far the two are apart, a number. The caller decides what is near enough.",
)
exercise.slip(
    f"{DIFFERENCE} / largest",
    "np.abs(gradient - numerical) / largest",
    name="every_difference",
    when="the difference of every entry is returned",
    hint="One number is asked for: the largest of these.",
)
exercise.slip(
    (ZERO, ""),
    (f"{DIFFERENCE} / largest", "numerical"),
    name="the_numerical",
    when="the numerical gradient is returned",
    hint="Nudging is the first step. Now compare its result with `gradient`.",
)
exercise.slip(f"return {DIFFERENCE} / largest", f"print({DIFFERENCE} / largest)", **common.PRINTED)

exercise.equivalent_mutant(
    "max(np.max(np.abs(gradient)), np.max(np.abs(numerical))) -> "
    "max(np.max(np.abs(numerical)), np.max(np.abs(gradient)))",
    because="the larger of two numbers does not depend on their order",
)
exercise.equivalent_mutant(
    "float(np.max(np.abs(gradient - numerical)) / largest) -> np.max(np.abs(gradient - numerical)) / largest",
    because="a number of NumPy's is as good an answer as one of Python's",
)
