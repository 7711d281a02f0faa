"""The slope of a function's value for each weight, found by nudging it up and down."""

import numpy as np

from helpers import reference
from helpers.exercises import common
from helpers.exercises.model import Case, Exercise


def sum_of_squares(weights):
    """A value in which every weight acts by itself."""
    return np.sum(weights**2)


def sum_of_cubes(weights):
    """A value whose slope seen from one side is off."""
    return np.sum(weights**3)


def product(weights):
    """A value in which every slope depends on the other weights."""
    return np.prod(weights)


def weighted_sum(weights):
    """A value with another slope at every place."""
    return np.sum(weights * np.arange(1.0, 1.0 + weights.size).reshape(weights.shape))


def sum_of_row_products(weights):
    """A value that changes with the shape of the weights."""
    return np.sum(np.prod(weights, axis=-1))


def mixed_squares(weights):
    """A value in which all weights act on each other."""
    return np.sum(weights) * np.sum(weights**2)


def loss_of_a_vote(weights):
    """The loss of one image, by its voting weights."""
    return reference.cross_entropy(np.array([[1.0, -2.0, 0.5]]) @ weights, np.array([1]))


def cases(rng):
    """One weight, then several that act on each other, whole numbers, a real loss, random weights."""
    yield Case((sum_of_squares, np.array([3.0]), 0.5), "one weight, and nudges of 0.5")
    yield Case((sum_of_cubes, np.array([1.0, -2.0]), 0.5), "cubes, and nudges of 0.5")
    yield Case(
        (product, np.array([2.0, 3.0, 5.0]), 0.5), "a product: every weight's slope depends on the others"
    )
    yield Case(
        (weighted_sum, np.array([[1.0, 2.0, 4.0], [3.0, 7.0, 6.0]]), 0.25), "two rows and three columns"
    )
    yield Case(
        (sum_of_row_products, np.array([[2.0, 3.0], [7.0, 5.0]]), 0.5), "rows whose products are added up"
    )
    yield Case((mixed_squares, np.array([[1.0, -0.5], [0.0, 2.0]]), 0.5), "weights that act on each other")
    yield Case((sum_of_squares, np.array([0.0, -1.5]), 0.1), "a weight that is 0")
    yield Case((product, np.array([[1, 2], [4, 3]]), 0.25), "whole numbers")
    yield Case((sum_of_cubes, np.array([1, 3, 2]), 0.25), "whole numbers, and slopes with fractions")
    yield Case(
        (loss_of_a_vote, rng.normal(0, 1, (3, 2)), 1e-3), "the loss of one image, by its voting weights"
    )
    for shape, step in [((4,), 1e-2), ((2, 1, 3, 2), 0.3), ((3, 4), 1e-4)]:
        yield Case((mixed_squares, rng.normal(0, 1, shape), step), f"random weights of shape {shape}")
    yield Case((sum_of_cubes, rng.normal(0, 1, (2, 3)).astype(np.float32), 0.125), "weights of type float32")


exercise = Exercise(
    reference.numerical_gradient,
    cases,
    minutes=8,
    hints=(
        "One weight at a time: nudge it up, call `function`; nudge it down, call `function`; put it back. "
        "The slope is the difference of the two values, divided by the distance between the two places.",
        "`np.ndindex(weights.shape)` gives the position of every weight of an array of any shape. Nudge in a copy of type "
        "float: `weights.astype(float)`.",
        "By hand: sum of squares, weight 3, step 0.5. Up 3.5 * 3.5 = 12.25, down 2.5 * 2.5 = 6.25; "
        "(12.25 - 6.25) / (2 * 0.5) = 6.",
    ),
)


@exercise.model
def numerical_gradient(function, weights, step=1e-5):
    nudged, gradient = weights.astype(float), np.zeros(weights.shape)
    for position in np.ndindex(weights.shape):
        nudged[position] = weights[position] + step
        above = function(nudged)
        nudged[position] = weights[position] - step
        below = function(nudged)
        nudged[position] = weights[position]
        gradient[position] = (above - below) / (2 * step)
    return gradient


@exercise.alternative
def with_an_array_of_nudges(function, weights, step=1e-5):
    """Never changes the weights, so nothing has to be put back."""
    gradient = np.zeros(weights.shape)
    for position in np.ndindex(weights.shape):
        nudge = np.zeros(weights.shape)
        nudge[position] = step
        gradient[position] = (function(weights + nudge) - function(weights - nudge)) / (2 * step)
    return gradient


@exercise.alternative
def with_flat_copies(function, weights, step=1e-5):
    """One index instead of a position: good when the shape does not matter."""
    slopes = []
    for index in range(weights.size):
        up, down = weights.astype(float).ravel(), weights.astype(float).ravel()
        up[index] += step
        down[index] -= step
        slopes.append(function(up.reshape(weights.shape)) - function(down.reshape(weights.shape)))
    return np.array(slopes).reshape(weights.shape) / step / 2


@exercise.alternative
def with_rows_of_an_identity(function, weights, step=1e-5):
    """All nudges at once, one in each row: short, but it takes memory."""
    nudges = step * np.eye(weights.size).reshape(-1, *weights.shape)
    slopes = [(function(weights + nudge) - function(weights - nudge)) / (step + step) for nudge in nudges]
    return np.reshape(slopes, weights.shape)


BACK = "        nudged[position] = weights[position]\n"
BELOW = "        nudged[position] = weights[position] - step\n        below = function(nudged)\n"
SLOPE = "(above - below) / (2 * step)"

# -- one side only -------------------------------------------------------------------------------------------

exercise.slip(
    (BELOW, ""),
    (f"{BACK}", f"{BACK}        below = function(nudged)\n"),
    (SLOPE, "(above - below) / step"),
    name="one_sided",
    when="every weight is nudged up only",
    hint="Nudge down as well, and compare above with below. One side alone is off by an amount that grows with the step.",
)
exercise.slip(
    ("weights[position] + step", "weights[position]"),
    (SLOPE, "(above - below) / step"),
    name="one_sided_below",
    when="every weight is nudged down only",
    hint="Nudge up as well, and compare above with below. One side alone is off by an amount that grows with the step.",
)
exercise.slip(
    (BELOW, ""),
    (f"{BACK}", f"{BACK}        below = function(nudged)\n"),
    name="one_sided_and_halved",
    when="above is compared with the start, but divided by the distance from below to above",
    hint="Up by one step and down by one step is back at the start; from above, two steps lead below. Compare above with "
    "below.",
)

# -- where the nudge goes ------------------------------------------------------------------------------------

exercise.slip(
    BACK,
    "",
    name="not_put_back",
    when="a weight is not put back before the next one is nudged",
    hint="After its two nudges a weight must have its old value again, or the next slope is that of another place.",
)
exercise.slip(
    ("nudged[position] = weights[position] + step", "nudged[position] += step"),
    ("nudged[position] = weights[position] - step", "nudged[position] -= step"),
    ("nudged[position] = weights[position]\n", "nudged[position] -= step\n"),
    name="left_below",
    when="above is compared with the start, and then the weight is left one step too low",
    hint="Compare one step above with one step below, and give the weight its old value before the next one's turn.",
)
exercise.slip(
    "weights.astype(float), np",
    "weights.copy(), np",
    name="in_whole_numbers",
    when="the nudging is done in an array of whole numbers, which cuts every nudge off",
    hint="An integer array keeps whole numbers only, so 3.25 becomes 3. Nudge in `weights.astype(float)`.",
)
exercise.slip("np.zeros(weights.shape)", "np.zeros_like(weights)", **common.TYPE_OF_THE_INPUT)
exercise.slip(
    (
        "nudged, gradient = weights.astype(float), np.zeros(weights.shape)",
        "gradient = np.zeros(weights.shape)",
    ),
    ("nudged[position] = weights[position] + step", "weights[position] += step"),
    ("nudged[position] = weights[position] - step", "weights[position] -= 2 * step"),
    (BACK, ""),
    ("function(nudged)", "function(weights)", 2),
    name="in_the_callers_array",
    when="the caller's own array is nudged",
    hint="Nudge in a copy. Adding a step and taking it off again leaves a trace in the last digit.",
)
exercise.slip(
    "nudged, gradient = weights.astype(float)",
    "nudged, gradient = weights",
    name="same_array",
    when="`nudged` is another name for the caller's own array, so that nudges are added to nudged weights",
    hint="`nudged = weights` makes no copy. Write `weights.astype(float)`, or `weights.copy()` if they are floats.",
)
exercise.slip(
    ("nudged[position] = weights[position] + step", "nudged = weights + step"),
    ("nudged[position] = weights[position] - step", "nudged = weights - step"),
    (BACK, ""),
    name="all_at_once",
    when="all weights are nudged at the same time",
    hint="If all move at once, you cannot tell which one made the change. Nudge one, put it back, go on.",
)
exercise.slip(
    ("function(nudged)", "function(nudged.ravel())", 2),
    name="handed_over_flat",
    when="`function` is called with the weights in one row, whatever their shape",
    hint="`function` expects weights of the shape that they have. Hand it an array of that shape: `.reshape(weights.shape)`.",
)
exercise.slip(
    ("np.ndindex(weights.shape)", "range(weights.shape[-1])"),
    ("[position]", "[..., position]", 7),
    name="columns_at_once",
    when="whole columns are nudged at once",
    hint="A slice such as `[..., column]` nudges every weight of a column. `np.ndindex(weights.shape)` visits every single "
    "weight.",
)
exercise.slip(
    ("np.ndindex(weights.shape)", "range(len(weights))"),
    name="rows_at_once",
    when="whole rows are nudged at once",
    hint="`range(len(weights))` visits rows. `np.ndindex(weights.shape)` visits every single weight.",
)
exercise.slip(
    ("weights[position] + step", "weights[position] * (1 + step)"),
    ("weights[position] - step", "weights[position] * (1 - step)"),
    name="relative_nudge",
    when="the nudge is a share of the weight instead of a step of the same length for all",
    hint="Add and take off `step` itself. A weight of 0 would never move if the step were multiplied by it.",
)
exercise.slip(
    ("function(nudged)", "function(weights)", 2),
    name="never_nudged",
    when="the function is called twice with the same weights: a step of 0",
    hint="Every slope is 0, because nothing was nudged. Change the array that you hand to `function`.",
)
exercise.slip(
    "    nudged, gradient",
    "    step = {}\n    nudged, gradient",
    values=("1e-5", "1e-4", "1e-7"),
    name="fixed_step",
    when="the step is always the same, such as {}, whatever the caller asks for",
    hint="The third argument says how far to nudge. Use `step`.",
)

# -- what is divided by --------------------------------------------------------------------------------------

exercise.slip(
    "(2 * step)",
    "step",
    name="divided_by_one_step",
    when="the difference is divided by one step instead of two",
    hint="From one step below to one step above it is two steps: divide by `2 * step`.",
)
exercise.slip(
    "2 * step)",
    "2 * {})",
    values=("1e-5", "1e-4"),
    name="divided_by_another_step",
    when="the weights are nudged by `step`, but the difference is divided by 2 * {}",
    hint="Divide by the distance that the weight was really moved: `2 * step`.",
)
exercise.slip(
    ("[position] + step", "[position] + {}"),
    ("[position] - step", "[position] - {}"),
    values=("1e-5", "1e-4"),
    name="nudged_by_another_step",
    when="the weights are nudged by {}, but the difference is divided by `2 * step`",
    hint="Nudge by `step`, as the caller asks; it is also what you divide by.",
)
exercise.slip(
    "(2 * step)",
    "2 * step",
    name="without_parentheses",
    when="`/ 2 * step` is written without parentheses, so that the step multiplies",
    hint="Python goes from left to right: `a / 2 * step` is (a / 2) * step. Write `/ (2 * step)`.",
)
exercise.slip(
    "(2 * step)",
    "2",
    name="only_halved",
    when="the difference is halved, but not divided by the step",
    hint="A slope is the change of the value for a change of *1* in the weight. Divide by the whole distance, `2 * step`.",
)
exercise.slip(
    SLOPE,
    "above - below",
    name="not_divided",
    when="the difference is not divided at all",
    hint="A slope is the change of the value for a change of *1* in the weight. Divide by the distance, `2 * step`.",
)
exercise.slip(
    "(above - below)",
    "(below - above)",
    name="below_minus_above",
    when="above is taken from below, so that every sign is wrong",
    hint="If the value rises with the weight, the slope is positive: above minus below.",
)
exercise.slip(
    SLOPE,
    f"abs({SLOPE})",
    name="without_the_sign",
    when="the signs are lost",
    hint="The sign says which way is downhill. Leave `abs` out.",
)
exercise.slip(
    "(above - below)",
    "(above + below)",
    name="added",
    when="the two values are added instead of subtracted",
    hint="The slope comes from the difference: above minus below.",
)

# -- what is returned ----------------------------------------------------------------------------------------

exercise.slip("    return gradient", "        return gradient", **common.IN_THE_LOOP)
exercise.slip(
    "return gradient",
    "return gradient.ravel()",
    name="flattened",
    when="the slopes are returned in one row",
    hint="The gradient has the weights' shape: one slope for each weight, in the same place.",
)
exercise.slip(
    "gradient[position] =",
    "gradient[...] =",
    name="last_slope_everywhere",
    when="the last slope overwrites all entries",
    hint="`gradient[position] = ...` writes one entry. `gradient[...]` or `gradient[:]` writes all.",
)
exercise.slip(
    "gradient[position] =",
    "gradient =",
    name="last_slope_only",
    when="only the last slope is kept: `gradient = ...` replaces the array",
    hint="Write into the array, at the weight's own place: `gradient[position] = ...`.",
)


@exercise.mistake(
    when="all weights are nudged at the same time, and one number is returned",
    hint="Every weight has a slope of its own. Nudge one weight, put it back, go on to the next.",
)
def one_number(function, weights, step=1e-5):
    return (function(weights + step) - function(weights - step)) / (2 * step)


exercise.equivalent_mutant(
    "gradient.astype(weights.dtype, copy=False) -> gradient.astype(weights.dtype)",
    because="a copy holds the same numbers",
)
exercise.equivalent_mutant("False -> True", because="a copy holds the same numbers")
exercise.equivalent_mutant(
    "np.zeros(weights.shape) -> np.ones(weights.shape)", because="every entry is overwritten"
)
