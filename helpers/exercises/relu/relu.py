"""Negative values to zero, all others as they are."""

import numpy as np

from helpers import data, reference
from helpers.exercises import common
from helpers.exercises.model import Case, Exercise


def cases(rng):
    """A few values, then a map, whole numbers, stacks and batches."""
    yield Case((np.array([[1.5, -2.0], [-3.25, 0.4]]),), "two positive and two negative values")
    yield Case((np.array([[-0.5, 0.0, 2.5], [1.5, -4.0, -0.0]]),), "a zero among two rows of three")
    yield Case((np.array([[-1.0, -0.2], [-3.0, -0.7]]),), "negative values only")
    yield Case((np.array([[3, -1, 7], [-9, 5, 0]]),), "whole numbers")
    yield Case((np.array([0.25, -0.255, 12.0, -12.0]),), "one row of four values")
    yield Case((np.array([255.0, 256.5, -300.0, 1e7]),), "large values")
    yield Case((np.array([[[0.5, -1.0]], [[-2.0, 3.125]]]),), "a stack of two maps")
    yield Case(
        (reference.filter_image(data.X, data.features["falling"]),), "the X's map under the falling diagonal"
    )
    yield Case((rng.uniform(-3, 3, (2, 3, 4)),), "a stack of two random maps, 3 x 4")
    yield Case((rng.uniform(-3, 3, (2, 3, 4, 2)),), "a batch of two images with three channels, 4 x 2")
    yield Case((rng.uniform(-3, 3, (4, 3)).astype(np.float32),), "random values of type float32")


exercise = Exercise(
    reference.relu,
    cases,
    minutes=2,
    hints=(
        "One rule for each value by itself: a negative one becomes 0, any other stays as it is.",
        "`np.maximum(a, b)` compares two arrays entry by entry and takes the larger of each pair; a single number is "
        "compared with every entry. `np.where(condition, a, b)` chooses entry by entry as well.",
        "By hand: of the row [-0.11, 1.00, 0.00, -0.33], the larger of each value and 0 is [0.00, 1.00, 0.00, 0.00].",
    ),
)


@exercise.model
def relu(x):
    return np.maximum(x, 0)


@exercise.alternative
def by_choosing(x):
    """Reads like the definition, and takes any other value instead of 0."""
    return np.where(x > 0, x, 0)


@exercise.alternative
def by_multiplying(x):
    """A gate that is open or shut: this is how the backward pass will look."""
    return x * (x > 0)


@exercise.alternative
def by_clipping(x):
    """Says that values are clipped: easy to extend to an upper limit."""
    return np.clip(x, 0, None)


@exercise.alternative
def on_a_copy(x):
    result = x.copy()
    result[result < 0] = 0
    return result


@exercise.alternative
def value_by_value(x):
    """Every value by itself: good for following it."""
    result = np.zeros(x.shape)
    for place, value in np.ndenumerate(x):
        if value > 0:
            result[place] = value
    return result


exercise.puzzle(
    value_by_value,
    ("if value > 0:", "if value < 0:"),
    ("for place, value in np.ndenumerate(x):", "for place, value in enumerate(x):"),
)


@exercise.alternative
def half_of_value_and_size(x):
    return (x + np.abs(x)) / 2


# -- one comparison for the whole array ----------------------------------------------------------------------

exercise.slip(
    "np.maximum(x, 0)",
    "max(x, 0)",
    name="own_max",
    when="Python's own `max`, or an `if`, compares the whole array with 0",
    hint="Both need one yes or no, but every entry has its own. `np.maximum` and `np.where` decide entry by entry.",
)
exercise.slip(
    "np.maximum",
    "np.max",
    name="along_the_first_axis",
    when="`np.max(x, 0)` is called, where the 0 means the axis",
    hint="`np.max` takes an axis in second place. `np.maximum` takes a second array or number to compare with.",
)
exercise.slip(
    "np.maximum(x, 0)",
    "max(0, np.max(x))",
    name="one_maximum",
    when="one maximum of the whole array is returned",
    hint="`np.max` looks for the largest entry; `np.maximum` compares entry by entry. The map keeps its shape.",
)
exercise.slip(
    "np.maximum(x, 0)",
    "np.zeros_like(x) if np.any(x < 0) else x",
    name="all_or_nothing",
    when="everything becomes zero as soon as one value is negative",
    hint="`np.any` and `np.all` give one answer for the whole array. Choose entry by entry.",
)

# -- what becomes of a value ---------------------------------------------------------------------------------

exercise.slip(
    "np.maximum(x, 0)",
    "np.abs(x)",
    name="absolute_value",
    when="the negative values lose their sign",
    hint="`np.abs` turns -0.33 into 0.33: a bad match would count like a good one. Negative values become 0.",
)
exercise.slip(
    "np.maximum(x, 0)",
    "np.clip(x, 0, 1)",
    name="clipped_at_one",
    when="values above 1 are cut off as well",
    hint="Only the lower end is cut. A sum of products may be as large as it likes.",
)
exercise.slip(
    "np.maximum(x, 0)",
    "np.clip(x, 0, 255)",
    name="clipped_at_255",
    when="values are cut off above 255 as well, as for the pixels of a photograph",
    hint="ReLU has no upper limit: however large a value is, it stays as it is.",
)
exercise.slip(
    "np.maximum",
    "np.minimum",
    name="keeps_the_negative",
    when="the positive values become zero and the negative ones stay",
    hint="The other way round: negative to zero.",
)
exercise.slip(
    "(x, 0)",
    "(-x, 0)",
    name="negated",
    when="the negative values stay, with their sign turned, and the positive ones become zero",
    hint="The sign is turned before the comparison. Compare `x` itself with 0.",
)
exercise.slip(
    "np.maximum(x, 0)",
    "np.where(x > 0, 1.0, 0.0)",
    name="step_function",
    when="positive values all become 1",
    hint="A positive value stays as it is; only the negative ones change.",
)
exercise.slip(
    "np.maximum(x, 0)",
    "x > 0",
    name="whether_positive",
    when="True or False is returned for each value: whether it is positive",
    hint="You have found out which values stay. Now keep them: choose between `x` and 0 by that condition.",
)
exercise.slip(
    "np.maximum(x, 0)",
    "np.where(x >= 1, x, 0)",
    name="limit_of_one",
    when="only values of at least 1 count as positive",
    hint="The limit is 0: a weak match of 0.25 stays.",
)
exercise.slip(
    "(x, 0)",
    "(x, -1)",
    name="cut_at_black",
    when="the values are cut off at -1, the value of black, instead of at 0",
    hint="A match of 0 says nothing, and that is where the cut is: 0, not -1.",
)
exercise.slip(
    "np.maximum(x, 0)",
    "np.where(x < 0, -1, x)",
    name="negative_to_black",
    when="the negative values become -1, the value of black",
    hint="In a feature map 0 means nothing, not -1. Negative to zero.",
)
exercise.slip(
    "np.maximum(x, 0)",
    "np.where(x > 0, x, {} * x)",
    values=("0.01", "0.1", "0.2", "0.3", "0.001"),
    name="leaky",
    when="the negative values are made smaller but not zero, by a factor of {}",
    hint="That is a relative of ReLU, the leaky one. Here negative values become 0 altogether.",
)
exercise.slip(
    "np.maximum(x, 0)",
    "np.where(x > 0, x, np.exp(x) - 1)",
    name="elu",
    when="the negative values follow exp(x) - 1 and so end at -1",
    hint="That is a relative of ReLU, the exponential one. Here negative values become 0 altogether.",
)
exercise.slip(
    "np.maximum(x, 0)",
    "x - x.min()",
    name="moved_up",
    when="the smallest value is subtracted, so that nothing is negative any more",
    hint="That moves all values. Each is looked at by itself, and positive ones stay where they are.",
)
exercise.slip(
    "np.maximum(x, 0)",
    "np.maximum(x, 0) / max(np.max(x), 1e-9)",
    name="scaled_to_one",
    when="the result is divided by its largest value",
    hint="Nothing is scaled here: a positive value stays as it is.",
)
exercise.slip(
    "np.maximum(x, 0)",
    "np.log1p(np.exp(x))",
    name="softplus",
    when="the smooth relative of ReLU is computed, log(1 + exp(x))",
    hint="That curve is called softplus. ReLU has a corner: 0 up to 0, and the value itself from there on.",
)
exercise.slip(
    "np.maximum(x, 0)",
    "1 / (1 + np.exp(-x))",
    name="sigmoid",
    when="values are squeezed between 0 and 1 by the sigmoid",
    hint="That is another activation, which comes later in this lesson. ReLU leaves positive values as they are.",
)

# -- what is returned ----------------------------------------------------------------------------------------

exercise.slip(
    "    return np.maximum(x, 0)",
    "    x[x < 0] = 0\n    return x",
    name="in_place",
    when="the negative values are overwritten in the array that was handed in",
    hint="`x[x < 0] = 0` changes the caller's map. Make a new array, or work on `x.copy()`.",
)
exercise.slip(
    "    return np.maximum(x, 0)",
    "    x[x < 0] = 0",
    name="in_place_and_nothing_returned",
    when="the array that was handed in is changed, and nothing is returned",
    hint="Make a new array with the negative values replaced, and end with `return`.",
)
exercise.slip(
    "np.maximum(x, 0)",
    "x[x > 0]",
    name="picks_the_positive",
    when="the negative values are left out, so that the map loses its shape",
    hint="`x[x > 0]` picks entries and forgets where they were. Every value keeps its place; negative ones turn into 0.",
)
exercise.slip("np.maximum(x, 0)", "np.maximum(x, 0).astype(int)", **common.WHOLE_NUMBERS)
exercise.slip("np.maximum(x, 0)", "np.maximum(x, 0).tolist()", **common.LIST)
exercise.slip("np.maximum(x, 0)", "np.maximum(x, 0).round(2)", **common.ROUNDED)
exercise.slip("return np.maximum(x, 0)", "print(np.maximum(x, 0))", **common.PRINTED)
exercise.slip(
    "np.maximum(x, 0)",
    "np.maximum(x, 0).ravel()",
    name="flattened",
    when="the values are written into one long row",
    hint="The shape of the map is lost. `np.maximum` keeps it.",
)

# -- loops ---------------------------------------------------------------------------------------------------


@exercise.mistake(
    when="the result has rows and columns only, whatever shape comes in",
    hint="Two loops over rows and columns fit one map only. NumPy's functions treat every entry, in any shape.",
)
def rows_and_columns_only(x):
    result = np.zeros(x.shape)
    for row in range(x.shape[0]):
        for column in range(x.shape[1]):
            if x[row, column] > 0:
                result[row, column] = x[row, column]
    return result


@exercise.mistake(
    when="the rows and columns of the array are changed in place, one by one",
    hint="`x[row, column] = 0` changes the caller's map, and two loops fit one map only. Make a new array from all of `x`.",
)
def loops_in_place(x):
    for row in range(x.shape[0]):
        for column in range(x.shape[1]):
            if x[row, column] < 0:
                x[row, column] = 0
    return x


@exercise.mistake(
    when="only the first value is looked at, because `return` is inside the loop",
    hint="A `return` inside a loop ends it in the first turn. It belongs below the loop, not indented.",
)
def returned_in_the_loop(x):
    result = x.copy()
    for place in np.ndindex(x.shape):
        result[place] = max(x[place], 0)
        return result


exercise.slip(
    "np.maximum(x, 0)",
    "np.clip(x, 0, 6)",
    name="clipped_at_six",
    when="values are cut off above 6 as well: ReLU6",
    hint="That is a relative of ReLU for small devices. Here there is no upper limit.",
)

exercise.equivalent_mutant(
    "np.maximum(x, 0) -> np.maximum(0, x)",
    because="the larger of two numbers does not depend on which is named first",
)
