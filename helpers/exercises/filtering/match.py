"""How well a patch matches a feature: the mean of the products of their pixels."""

import numpy as np

from helpers import data, reference
from helpers.exercises import common
from helpers.exercises.model import Case, Exercise


def cases(rng):
    """From four pixels, black and white, to grey ones and other shapes."""
    corner = np.array([[1.0, -1.0], [-1.0, -1.0]])
    yield Case((corner, corner.copy()), "a feature and itself")
    yield Case((np.array([[1.0, 1.0], [-1.0, -1.0]]), corner.copy()), "one pixel of four that differs")
    yield Case((-corner, corner.copy()), "a feature and its negative")
    lying = np.array([[1.0, -1.0, 1.0], [1.0, 1.0, -1.0]]), np.array([[1.0, 1.0, -1.0], [1.0, -1.0, 1.0]])
    yield Case(lying, "two rows and three columns")
    yield Case((np.array([[0.5, -1.0], [0.0, 1.0]]), np.array([[1.0, -1.0], [1.0, -0.5]])), "grey pixels")
    yield Case((np.array([[0.5, 1.0, -0.2]]), np.array([[0.5, -1.0, 1.0]])), "grey pixels, one row of three")
    yield Case((np.array([[0.3], [-1.0]]), np.array([[1.0], [1.0]])), "grey pixels, two rows of one")
    yield Case((np.array([[3, 1], [0, 2]]), np.array([[2, -1], [1, 0]])), "whole numbers")
    yield Case((data.X[:3, :3], data.features["falling"]), "the corner of the X under the falling diagonal")
    yield Case((rng.choice([-1, 1], (3, 2)), rng.choice([-1, 1], (3, 2))), "random whole numbers")
    for shape in [(3, 3), (2, 5), (4, 3)]:
        yield Case(tuple(rng.uniform(-1, 1, (2, *shape))), f"random values, {shape[0]} x {shape[1]}")
    yield Case(tuple(rng.uniform(-1, 1, (2, 3, 4)).astype(np.float32)), "random values of type float32")


exercise = Exercise(
    reference.match,
    cases,
    minutes=4,
    hints=(
        "Three of the four steps happen here: multiply, add, divide by the number of pixels. (Lining up has been done.)",
        "`patch * feature` multiplies pixel by pixel. Which one NumPy function adds everything up and divides by the "
        "number of entries?",
        "By hand: [[1, -1], [-1, -1]] times [[1, -1], [-1, 1]] is [[1, 1], [1, -1]]; that adds up to 2, and 2 / 4 = 0.5.",
    ),
    cancelling=(("not_divided", "divided_twice"),),
)


@exercise.model
def match(patch, feature):
    return np.mean(patch * feature)


@exercise.alternative
def with_two_loops(patch, feature):
    """The four steps one by one: good for following a single product."""
    total = 0.0
    for row in range(patch.shape[0]):
        for column in range(patch.shape[1]):
            total += patch[row, column] * feature[row, column]
    return total / patch.size


exercise.puzzle(
    with_two_loops,
    ("* feature[row, column]", "== feature[row, column]"),
    ("return total / patch.size", "return total / patch.shape[0]"),
)


@exercise.alternative
def as_a_dot_product(patch, feature):
    """Two long rows and one product of them: this is how a fully connected layer counts."""
    return np.dot(patch.ravel(), feature.ravel()) / feature.size


MEAN = "np.mean(patch * feature)"

# -- adding up and dividing ----------------------------------------------------------------------------------

exercise.slip(
    "np.mean",
    "np.sum",
    name="not_divided",
    when="the products are added up but not divided by the number of pixels",
    hint="The last of the four steps is missing: divide by the number of pixels.",
)
exercise.slip(
    MEAN,
    "np.sum(patch * feature) / len(patch)",
    name="divided_by_the_rows",
    when="the sum is divided by the number of rows",
    hint="`len(patch)` is the number of rows. `patch.size` is the number of pixels.",
)
exercise.slip(
    MEAN,
    "np.sum(patch * feature) / patch.shape[1]",
    name="divided_by_the_columns",
    when="the sum is divided by the number of columns",
    hint="`patch.shape[1]` is the number of columns. `patch.size` is the number of pixels.",
)
exercise.slip(
    MEAN,
    "np.sum(patch * feature) / len(patch) ** 2",
    name="divided_as_if_square",
    when="the sum is divided by the square of the number of rows",
    hint="Patches need not be square. `patch.size` is the number of pixels.",
)
exercise.slip(
    MEAN,
    "np.sum(patch * feature) / 9",
    name="divided_by_nine",
    when="the sum is always divided by 9",
    hint="Features come in other sizes than 3 x 3. `patch.size` is the number of pixels.",
)
exercise.slip(
    MEAN,
    "np.sum(patch * feature) / max(patch.size, 9)",
    name="divided_by_nine_at_least",
    when="the sum is divided by 9 if the patch has fewer pixels than that",
    hint="Features may be smaller than 3 x 3. `patch.size` is the number of pixels.",
)
exercise.slip(
    MEAN,
    "np.sum(patch * feature) / (patch.size + feature.size)",
    name="divided_by_both",
    when="the sum is divided by the pixels of the patch and those of the feature together",
    hint="Each pair of pixels gives one product, so there are as many products as pixels in the patch alone.",
)
exercise.slip(
    MEAN,
    "np.mean(patch * feature) / patch.size",
    name="divided_twice",
    when="the mean is divided by the number of pixels once more",
    hint="`np.mean` has divided already.",
)
exercise.slip(
    MEAN,
    "np.sum(patch * feature) / np.sum(feature)",
    name="divided_by_the_sum",
    when="the sum is divided by the sum of the feature's pixels",
    hint="Divide by the number of pixels, `feature.size`, whatever their values are.",
)
exercise.slip(
    MEAN,
    "np.sum(patch * feature) / np.sum(np.abs(patch * feature))",
    name="divided_by_the_sizes",
    when="the sum is divided by the sum of the products without their signs",
    hint="Grey pixels count less: divide by the number of pixels, not by what could have come out.",
)
exercise.slip(
    MEAN,
    "np.sum(patch * feature) / np.sqrt(np.sum(patch**2) * np.sum(feature**2))",
    name="divided_by_the_lengths",
    when="the sum is divided by the lengths of both, as for the cosine of an angle",
    hint="This match is a plain mean: divide by the number of pixels.",
)
exercise.slip(
    MEAN,
    "np.sum(patch * feature) // patch.size",
    name="whole_number_division",
    when="the whole-number division `//` is used",
    hint="`//` drops everything after the point. Use `/`.",
)
exercise.slip(
    MEAN,
    "sum(patch * feature) / patch.size",
    name="sum_of_rows",
    when="the products are added with Python's own `sum`, which adds up each column by itself",
    hint="`sum` goes through an array row by row and adds the rows. `np.sum` adds all entries.",
)
exercise.slip(
    MEAN,
    "np.mean(patch * feature, axis=1)",
    name="one_for_each_row",
    when="each row is averaged by itself",
    hint="With an axis, `np.mean` gives one number for each row. Leave the axis out.",
)
exercise.slip(
    MEAN,
    "np.mean(patch * feature, axis=0)",
    name="one_for_each_column",
    when="each column is averaged by itself, with `axis=0` or with Python's own `sum` and `len`",
    hint="With an axis, or with Python's `sum` and `len`, there is one number for each column. `np.mean` without an axis "
    "takes all entries together.",
)
exercise.slip(
    MEAN,
    "patch * feature",
    name="not_added_up",
    when="the products are returned, before they are added up",
    hint="Multiplying is the second step. Add the products up, then divide by the number of pixels.",
)

# -- multiplying ---------------------------------------------------------------------------------------------

exercise.slip(
    "patch * feature",
    "patch == feature",
    name="equal_pixels",
    when="equal pixels are counted instead of products averaged",
    hint="Multiply instead of comparing: a pair that differs must take something away, and grey pixels must count in part.",
)
exercise.slip(
    MEAN,
    "2 * np.mean(patch == feature) - 1",
    name="twice_the_agreement",
    when="the match is computed from the share of equal pixels",
    hint="Twice the agreement minus one is the match for pixels of +1 and -1 only. For grey pixels you need the products.",
)
exercise.slip(
    "patch * feature",
    "np.dot(patch, feature)",
    name="matrix_product",
    when="the two arrays are multiplied as matrices, with `np.dot`",
    hint="`np.dot` multiplies rows by columns. `*` multiplies each pixel by the pixel in the same place.",
)
exercise.slip(
    "patch * feature",
    "patch @ feature",
    name="matrix_product_by_operator",
    when="the two arrays are multiplied as matrices, with `@`",
    hint="`@` multiplies rows by columns. `*` multiplies each pixel by the pixel in the same place.",
)
exercise.slip(
    "patch * feature",
    "patch + feature",
    name="added_pixels",
    when="the pixels are added to each other instead of multiplied",
    hint="Step two multiplies each pixel of the patch by the pixel of the feature in the same place.",
)
exercise.slip(
    MEAN,
    "1 - np.mean(np.abs(patch - feature))",
    name="differences",
    when="1 minus the mean difference of the pixels is taken",
    hint="Multiply the pixels instead of subtracting them: for grey pixels the two are not the same.",
)
exercise.slip(
    MEAN,
    "np.mean((patch - feature) ** 2)",
    name="squared_differences",
    when="the squared differences are averaged",
    hint="That measures how much the two differ. The match multiplies pixel by pixel.",
)
exercise.slip(
    MEAN,
    "np.mean(patch) * np.mean(feature)",
    name="product_of_means",
    when="the mean of the patch is multiplied by the mean of the feature",
    hint="The order matters: multiply pixel by pixel first, then take the mean.",
)
exercise.slip(
    "patch * feature",
    "patch * feature[::-1, ::-1]",
    name="flipped",
    when="the feature is turned upside down and left to right first",
    hint="Put the feature on the patch as it is: top left on top left.",
)
exercise.slip(
    "patch * feature",
    "patch * feature.T",
    name="transposed",
    when="rows and columns of the feature are swapped first",
    hint="Put the feature on the patch as it is: `patch * feature` needs no `.T`.",
)
exercise.slip(
    "patch * feature",
    "patch * patch",
    name="patch_with_itself",
    when="the patch is multiplied by itself",
    hint="The second factor is the pixel of the feature.",
)

# -- what is returned ----------------------------------------------------------------------------------------

exercise.slip(
    MEAN,
    "abs(np.mean(patch * feature))",
    name="without_the_sign",
    when="the sign of the result is lost",
    hint="A negative match says something: the patch looks like the feature's negative. Keep the sign.",
)
exercise.slip(
    MEAN,
    "max(0, np.mean(patch * feature))",
    name="never_negative",
    when="a negative match is set to 0",
    hint="A negative match says something: the patch looks like the feature's negative. Keep it.",
)
exercise.slip(
    MEAN,
    "np.round(np.mean(patch * feature), {})",
    name="rounded",
    when="the match is rounded, as by `np.round(..., {})`",
    hint="Round only for showing. Later steps build on the exact value.",
    values=(2, 1, 3),
)
exercise.slip(
    MEAN,
    "int(np.mean(patch * feature))",
    name="cut_off",
    when="`int` cuts the match off to a whole number",
    hint="A match is between -1 and 1: return it as it is.",
)
exercise.slip("return " + MEAN, "print(np.mean(patch * feature))", **common.PRINTED)

# -- no edits ------------------------------------------------------------------------------------------------


@exercise.mistake(
    when="the feature is multiplied into the patch itself",
    hint="`*=` writes the products into `patch`, and the caller's array is spoilt. Make a new array: `patch * feature`.",
)
def in_place(patch, feature):
    patch *= feature
    return np.mean(patch)


@exercise.mistake(
    when="the size 3 x 3 is written into the loops",
    hint="Patches come in other sizes than 3 x 3. `patch.shape` tells how many rows and columns there are.",
)
def loops_over_three(patch, feature):
    total = 0
    for row in range(3):
        for column in range(3):
            total += patch[row, column] * feature[row, column]
    return total / 9


@exercise.mistake(
    when="each product replaces the one before instead of being added to it",
    hint="`total = ...` forgets what was there. `total += ...` adds to it.",
)
def only_the_last_product(patch, feature):
    total = 0
    for row in range(patch.shape[0]):
        for column in range(patch.shape[1]):
            total = patch[row, column] * feature[row, column]
    return total / patch.size


@exercise.form("only_the_last_product")
def last_product_alone(patch, feature):
    for row in range(patch.shape[0]):
        for column in range(patch.shape[1]):
            total = patch[row, column] * feature[row, column]
    return total


@exercise.mistake(
    when="the loops go over as many columns as there are rows",
    hint="Patches need not be square: rows are `patch.shape[0]`, columns `patch.shape[1]`.",
)
def square_loops(patch, feature):
    total = 0
    for row in range(len(patch)):
        for column in range(len(patch)):
            total += patch[row, column] * feature[row, column]
    return total / patch.size


@exercise.mistake(
    when="every pixel of the patch is multiplied by every pixel of the feature",
    hint="Only pixels in the same place belong together: one loop over the positions, with the same index for both.",
)
def every_pair(patch, feature):
    total = 0
    for one in patch.ravel():
        for other in feature.ravel():
            total += one * other
    return total / patch.size


@exercise.mistake(
    when="every row of the patch is multiplied by every row of the feature",
    hint="Only pixels in the same place belong together: row 0 with row 0, row 1 with row 1.",
)
def every_pair_of_rows(patch, feature):
    total = 0
    for row in patch:
        for other in feature:
            total += np.sum(row * other)
    return total / patch.size


@exercise.mistake(
    when="the function returns inside the loop, after its first turn",
    hint="Move `return` to the left, so that it is below the loops and runs once, at the end.",
)
def returned_in_the_loop(patch, feature):
    total = 0
    for row in range(patch.shape[0]):
        for column in range(patch.shape[1]):
            total += patch[row, column] * feature[row, column]
        return total / patch.size


@exercise.form("returned_in_the_loop")
def returned_in_the_inner_loop(patch, feature):
    total = 0
    for row in range(patch.shape[0]):
        for column in range(patch.shape[1]):
            total += patch[row, column] * feature[row, column]
            return total / patch.size


# -- statistics in place of the match ------------------------------------------------------------------------

exercise.slip(
    MEAN,
    "np.mean((patch - patch.mean()) * (feature - feature.mean()))",
    name="means_taken_away",
    when="the mean of each is taken away before the pixels are multiplied",
    hint="That is the covariance. Multiply the pixels as they are.",
)
exercise.slip(
    MEAN,
    "np.corrcoef(patch.ravel(), feature.ravel())[0, 1]",
    name="correlation",
    when="the correlation coefficient is taken",
    hint="It takes the means away and divides by the deviations, and fails for a plain patch. Here it is the mean of the products.",
)
exercise.slip(
    MEAN,
    "np.sum(patch * feature) / sum(patch.shape)",
    name="divided_by_both_sides_together",
    when="the sum is divided by the number of rows plus the number of columns",
    hint="Rows times columns is the number of pixels: `patch.size`.",
)

exercise.slip(
    "np.mean(patch * feature)",
    "np.sum(patch * feature) / np.sum(feature**2)",
    name="divided_by_the_features_squares",
    when="the sum is divided by what the feature gives with itself",
    hint="That is the number of pixels only while every pixel is +1 or -1. Divide by the number of pixels itself.",
)
