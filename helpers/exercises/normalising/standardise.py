"""Values shifted and scaled to a mean of 0 and a standard deviation of 1."""

import numpy as np

from helpers import data, reference
from helpers.exercises import common
from helpers.exercises.model import Case, Exercise


def cases(rng):
    """Few values, constant maps, parts along an axis, then stacks and batches at random."""
    yield Case((np.array([[1.0, 5.0], [5.0, 1.0]]), None), "two values, each twice")
    yield Case(
        (np.array([[2.0, 4.0, 4.0, 4.0], [5.0, 5.0, 7.0, 9.0]]), None), "a mean of 5 and a deviation of 2"
    )
    yield Case((np.full((1, 3), 7.0), None), "a constant map")
    yield Case((np.full(6, 0.1), None), "a constant map of 0.1, whose mean is rounded")
    yield Case((np.array([[1.0, 5.0, 3.0], [10.0, 40.0, 10.0]]), 1), "each of two rows by itself")
    yield Case((np.array([[1.0, 5.0, 3.0], [7.0, 7.0, 7.0]]), 1), "two rows, of which the second is constant")
    yield Case((np.array([[0.3, 0.1, 0.25, 0.2]]), None), "values that are close together")
    yield Case((np.array([[1, 20, 7], [5, 20, 1]]), 0), "each of three columns by itself, whole numbers")
    stack = np.array([[[1.0, 5.0, 5.0], [5.0, 1.0, 1.0]], [[10.0, 30.0, 10.0], [30.0, 10.0, 30.0]]])
    yield Case((stack, (1, 2)), "each of two maps of a stack by itself")
    yield Case((np.array([[3, 8, 4]]), None), "three whole numbers")
    yield Case((np.array([[0.002, -0.001, 0.005, 0.0]]), None), "values of a few thousandths")
    falling = reference.filter_image(data.X, data.features["falling"])
    yield Case((falling, None), "the X's map under the falling diagonal")
    batch = rng.uniform(-1, 1, (2, 3, 4, 5)) * np.array([1, 10, 0])[:, None, None] + 4
    yield Case((batch, (0, 2, 3)), "each of three channels by itself, the last one constant")
    yield Case((rng.uniform(-1, 1, (3, 2, 2, 4)), (1, 2, 3)), "each of three images by itself")
    yield Case((rng.normal(100, 5, (4, 6)), None), "random values around 100")
    yield Case((rng.normal(-3, 20, (3, 4)), -1), "random values, along the last axis")
    yield Case((rng.integers(-9, 10, (4, 5)), None), "random whole numbers")
    yield Case((rng.uniform(-2, 2, (2, 3, 3)).astype(np.float32), (1, 2)), "random values of type float32")


exercise = Exercise(
    reference.standardise,
    cases,
    minutes=8,
    # A tiny number added to the deviation, or to its square, does as well as asking whether there is any.
    tolerance=1e-3,
    hints=(
        "Two steps: subtract the mean; divide by the standard deviation. Pass `axis` on to `np.mean` and to `np.std`.",
        "With `keepdims=True`, means and deviations keep an axis of length 1 where values were averaged, so that "
        "they line up with `x`. Then think of constant maps: where the deviation is tiny, divide by 1 instead.",
        "By hand: [1, 5, 5, 1] has the mean 3. Subtract it: [-2, 2, 2, -2]. The mean of the squares is 4, so the "
        "deviation is 2, and the result [-1, 1, 1, -1]. [7, 7] has the mean 7: [0, 0], and that is the result.",
    ),
)


@exercise.model
def standardise(x, axis=None):
    centred = x - np.mean(x, axis=axis, keepdims=True)
    deviation = np.std(x, axis=axis, keepdims=True)
    return centred / np.where(deviation < 1e-8, 1, deviation)


@exercise.alternative
def with_a_small_number(x, axis=None):
    """A tiny number instead of a special case: short, and nearly the same."""
    centred = x - np.mean(x, axis=axis, keepdims=True)
    return centred / (np.std(x, axis=axis, keepdims=True) + 1e-8)


@exercise.alternative
def with_a_small_number_under_the_root(x, axis=None):
    """This is how batch normalisation is written in libraries."""
    centred = x - x.mean(axis=axis, keepdims=True)
    variance = np.mean(centred**2, axis=axis, keepdims=True)
    return centred / np.sqrt(variance + 1e-12)


@exercise.alternative
def with_a_distinction(x, axis=None):
    """The same in fewer lines, with the mean inside the fraction."""
    deviation = x.std(axis=axis, keepdims=True)
    return (x - x.mean(axis=axis, keepdims=True)) / np.where(deviation < 1e-6, 1, deviation)


@exercise.alternative
def from_sums_of_squares(x, axis=None):
    x = x - np.float64(x.flat[0])  # near 0, so that the difference of two squares loses no digits
    mean = np.mean(x, axis=axis, keepdims=True)
    variance = np.mean(x * x, axis=axis, keepdims=True) - mean**2
    return (x - mean) / np.sqrt(np.maximum(variance, 1e-9))


MEAN, DEVIATION = "np.mean(x, axis=axis, keepdims=True)", "np.std(x, axis=axis, keepdims=True)"
SAFE = "np.where(deviation < 1e-8, 1, deviation)"

# -- constant maps -------------------------------------------------------------------------------------------

exercise.slip(
    SAFE,
    "deviation",
    name="constant_maps_forgotten",
    when="a constant map is divided by its deviation of 0",
    hint="Where all values are equal there is nothing to scale, and 0 / 0 is not a number. Divide by 1 there, or add a "
    "small number such as 1e-8 to the deviation.",
)
exercise.slip(
    "deviation < 1e-8",
    "deviation == 0",
    name="exactly_zero",
    when="a deviation counts as 0 only if it is exactly 0",
    hint="Rounding makes the deviation of six times 0.1 about 1e-17 instead of 0. Ask whether it is tiny, for instance "
    "below 1e-8, or add 1e-8 to it.",
)
exercise.slip(
    ("    return", "    if np.std(x) < 1e-6:\n        return np.zeros_like(x)\n    return"),
    (SAFE, "deviation"),
    name="constant_as_a_whole",
    when="only the whole array is tested for being constant, not each part along the axis",
    hint="With an axis there are many deviations, and one of them may be tiny. An `if` asks once; `np.where` asks each.",
)
exercise.slip(
    ("    return", "    if np.any(deviation {}):\n        return np.zeros(x.shape)\n    return"),
    (SAFE, "deviation"),
    values=("== 0", "< 1e-8"),
    name="one_constant_clears_all",
    when="everything becomes 0 as soon as one part is constant",
    hint="`np.any` is True if a single deviation is 0, and then the other parts are lost, too. `np.where` asks each of them.",
)
exercise.slip(
    "deviation < 1e-8",
    "deviation < 0.1",
    name="close_values_taken_as_constant",
    when="a deviation that is small but not zero, such as 0.1, counts as none",
    hint="Values that are close together are not constant. Only a deviation that is next to nothing, such as 1e-8, may "
    "count as 0.",
)
exercise.slip(
    ("    return", "    if deviation < 1e-8:\n        return centred\n    return"),
    (SAFE, "deviation"),
    name="if_asks_all_deviations",
    when="`if` asks all deviations at once whether they are small",
    hint="With an axis there are many deviations, and `if` takes one answer. `np.where` asks each of them.",
)
exercise.slip(
    f"return centred / {SAFE}",
    f"return np.where(deviation < 1e-8, x, centred / {SAFE})",
    name="constant_maps_left_alone",
    when="a constant map is returned as it is",
    hint="A constant map has a mean too. Subtract it: what is left is 0 everywhere.",
)
exercise.slip(
    f"return centred / {SAFE}",
    f"return np.where(deviation < 1e-8, 1, centred / {SAFE})",
    name="constant_maps_become_one",
    when="a constant map becomes all ones",
    hint="A constant map has a mean of 0 after the first step, and stays at 0.",
)
exercise.slip(
    SAFE,
    "(deviation + {})",
    values=("1", "0.1", "0.01"),
    name="too_much_added",
    when="{} is added to every deviation",
    hint="The number that keeps you from dividing by 0 must be tiny, such as 1e-8. Adding {} changes every map.",
)
exercise.slip(
    SAFE,
    "np.sqrt(deviation**2 + {})",
    values=("1e-5", "1e-3", "1e-6"),
    name="too_much_under_the_root",
    when="{} is added to the variance, under the root, which is too much for a map of small values",
    hint="Values of a few thousandths have a variance of a few millionths. PyTorch adds 1e-5, and leaves such maps flat; here "
    "they are to have a deviation of 1. Add to the deviation, after the root, something tiny such as 1e-8.",
)

# -- the axis ------------------------------------------------------------------------------------------------

exercise.slip(
    ("np.mean(x, axis=axis, keepdims=True)", "np.mean(x)"),
    ("np.std(x, axis=axis, keepdims=True)", "np.std(x)"),
    name="axis_ignored",
    when="the axis is ignored",
    hint="Hand `axis` on to both: `np.mean(x, axis=axis, ...)` and `np.std(x, axis=axis, ...)`.",
)
exercise.slip(
    DEVIATION,
    "np.std(x)",
    name="deviation_of_everything",
    when="the deviation is that of the whole array, whatever the axis",
    hint="`np.std` needs the axis as well as `np.mean`.",
)
exercise.slip(
    MEAN,
    "np.mean(x)",
    name="mean_of_everything",
    when="the mean is that of the whole array, whatever the axis",
    hint="`np.mean` needs the axis as well as `np.std`.",
)
exercise.slip(
    ("axis=axis, keepdims=True", "axis=axis", 2),
    name="axes_lost",
    when="`keepdims=True` is left out, at the mean or at the deviation",
    hint="Without `keepdims=True` the axes that were averaged are gone, and NumPy lines up what is left with the last "
    "axes of `x`. Keep them, in both calls.",
)

# -- what is subtracted --------------------------------------------------------------------------------------

exercise.slip(
    f"x - {MEAN}",
    "x",
    name="mean_forgotten",
    when="the mean is not subtracted",
    hint="First shift, then scale: subtract the mean before you divide.",
)
exercise.slip(
    MEAN,
    "np.sum(x, axis=axis, keepdims=True)",
    name="sum_subtracted",
    when="the sum of the values is subtracted instead of their mean",
    hint="`np.sum` adds up; `np.mean` also divides by how many there are.",
)
exercise.slip(
    MEAN,
    "np.median(x, axis=axis, keepdims=True)",
    name="median_subtracted",
    when="the median is subtracted instead of the mean",
    hint="`np.median` is the value in the middle. You want `np.mean`.",
)
exercise.slip(
    (f"centred = x - {MEAN}", f"mean = {MEAN}"),
    (f"centred / {SAFE}", f"x / {SAFE} - mean"),
    name="mean_after_dividing",
    when="the mean is subtracted after dividing",
    hint="The order matters: subtract the mean from `x` first, then divide the difference.",
)
exercise.slip(
    (f"centred = x - {MEAN}", f"mean = {MEAN}"),
    (f"centred / {SAFE}", f"x - mean / {SAFE}"),
    name="parentheses_forgotten",
    when="only the mean is divided by the deviation, for want of parentheses",
    hint="`x - mean / deviation` divides the mean only. Put the difference in parentheses.",
)

# -- what is divided by --------------------------------------------------------------------------------------

exercise.slip(
    f"centred / {SAFE}",
    "centred",
    name="deviation_forgotten",
    when="the mean is subtracted but nothing is divided",
    hint="The second step is missing: divide by the standard deviation.",
)
exercise.slip(
    "np.std",
    "np.var",
    name="divided_by_the_variance",
    when="the difference is divided by the variance",
    hint="`np.var` is the square of the deviation. Divide by `np.std`.",
)
exercise.slip(
    f"centred / {SAFE}",
    "centred * deviation",
    name="multiplied_by_the_deviation",
    when="the difference is multiplied by the standard deviation",
    hint="A map that varies much must be made smaller: divide.",
)
exercise.slip(
    DEVIATION,
    "np.std(x, axis=axis, keepdims=True, ddof=1)",
    name="one_value_less",
    when="the squares are averaged over one value less, `ddof=1`",
    hint="Here the deviation is the root of the mean of the squares, over all values: `np.std` without `ddof`.",
)
exercise.slip(
    DEVIATION,
    "np.mean(np.abs(centred), axis=axis, keepdims=True)",
    name="mean_distance",
    when="the difference is divided by the mean distance from the mean",
    hint="The standard deviation is the root of the mean of the squared distances: `np.std`.",
)
exercise.slip(
    DEVIATION,
    "np.sqrt(np.sum(centred**2, axis=axis, keepdims=True))",
    name="divided_by_the_length",
    when="the difference is divided by its length, the root of the *sum* of the squares",
    hint="The deviation is the root of the *mean* of the squares: `np.std`.",
)
exercise.slip(
    DEVIATION,
    "np.ptp(x, axis=axis, keepdims=True)",
    name="divided_by_the_range",
    when="the values less their mean are divided by their range",
    hint="Largest minus smallest depends on two values only. Divide by `np.std`, in which all values have a part.",
)
exercise.slip(
    (MEAN, "np.min(x, axis=axis, keepdims=True)"),
    (DEVIATION, "np.ptp(x, axis=axis, keepdims=True)"),
    name="from_zero_to_one",
    when="the values are stretched to reach from 0 to 1",
    hint="That is another way of scaling, by the smallest and the largest value. Here it is the mean and the deviation.",
)
exercise.slip(
    (f"x - {MEAN}", "x"),
    (DEVIATION, "np.max(np.abs(x), axis=axis, keepdims=True)"),
    name="divided_by_the_largest",
    when="the values are divided by the largest",
    hint="Subtract the mean and divide by the standard deviation; the largest value plays no part.",
)

# -- what is returned ----------------------------------------------------------------------------------------

exercise.slip(f"centred / {SAFE}", f"(centred / {SAFE}).round(2)", **common.ROUNDED)
exercise.slip(f"return centred / {SAFE}", f"print(centred / {SAFE})", **common.PRINTED)
exercise.slip(
    (f"centred = x - {MEAN}", f"x -= {MEAN}"),
    ("return centred /", "x /="),
    (SAFE, f"{SAFE}\n    return x"),
    name="in_place",
    when="the mean is subtracted from the array that was handed in",
    hint="`x -= ...` changes the caller's array, and fails for whole numbers. Make a new one: `x - ...`.",
)

exercise.slip(
    "np.std(x, axis=axis, keepdims=True)",
    "np.sqrt(np.mean(x**2, axis=axis, keepdims=True))",
    name="squares_of_the_values",
    when="the root of the mean square of the values themselves is taken for their deviation",
    hint="The deviation is about the distances from the mean: subtract the mean first, or use `np.std`.",
)

exercise.equivalent_mutant(
    "1 -> 2",
    because="a constant map has been set to 0 before, and 0 divided by 1 or by 2 is 0",
)
