"""The one kernel that does what two kernels do, one after the other."""

import numpy as np

from helpers import data, reference
from helpers.exercises import common
from helpers.exercises.model import Case, Exercise


def cases(rng):
    """Rows and columns of two or three weights, then small kernels, whole numbers, random ones."""
    yield Case((np.array([[-1.0, 1.0]]), np.array([[-1.0, 1.0]])), "the difference of neighbours, twice")
    yield Case((np.array([[1.0, 2.0, 4.0]]), np.array([[10.0, 1.0]])), "three weights, then two, in one row")
    yield Case((np.array([[1.0], [2.0]]), np.array([[3.0, 5.0, 8.0]])), "a column, then a row")
    yield Case(
        (np.array([[1.0, 2.0], [3.0, 5.0]]), np.array([[2.0], [10.0]])), "2 x 2 weights, then a column of two"
    )
    yield Case((np.array([[1.0, 2.0], [3.0, 5.0]]), np.array([[1.0, 0.5], [0.0, 10.0]])), "two 2 x 2 kernels")
    yield Case((np.array([[2.0, -1.0], [0.5, 3.0]]), np.array([[4.0]])), "a second kernel of one weight")
    yield Case((np.array([[-3.0]]), np.array([[1.0, 2.0], [0.0, -1.0]])), "a first kernel of one weight")
    yield Case((np.array([[2, 3, 1]]), np.array([[0.5, -0.25]])), "whole numbers, then fractions")
    yield Case((data.features["falling"], data.features["rising"]), "the falling, then the rising diagonal")
    yield Case((rng.integers(-3, 4, (2, 3)), rng.integers(-3, 4, (3, 2))), "whole numbers")
    for first, second in [((3, 3), (3, 3)), ((2, 4), (3, 2)), ((1, 3), (4, 2)), ((4, 3), (2, 5))]:
        name = f"random kernels of {first[0]} x {first[1]} and {second[0]} x {second[1]}"
        yield Case((rng.uniform(-1, 1, first), rng.uniform(-1, 1, second)), name)
    pair = rng.uniform(-1, 1, (3, 2)).astype(np.float32), rng.uniform(-1, 1, (2, 3)).astype(np.float32)
    yield Case(pair, "random kernels of type float32")


exercise = Exercise(
    reference.collapse_two_filters,
    cases,
    minutes=8,
    hints=(
        "Each weight of `second` puts one copy of `first` into the result: shifted to where the weight is, and "
        "multiplied by it. Add up all copies.",
        "Begin with zeros of shape (height + second_height - 1, width + second_width - 1). The copy for the weight at "
        "(row, column) goes to the slice `[row : row + height, column : column + width]`.",
        "By hand: first [1, 2, 3], second [10, 1]. 10 * [1, 2, 3, 0] + 1 * [0, 1, 2, 3] = [10, 21, 32, 3].",
    ),
)


@exercise.model
def collapse_two_filters(first, second):
    height, width = first.shape
    rows, columns = second.shape
    kernel = np.zeros((height + rows - 1, width + columns - 1))
    for row in range(rows):
        for column in range(columns):
            kernel[row : row + height, column : column + width] += second[row, column] * first
    return kernel


@exercise.alternative
def copies_of_the_second(first, second):
    """The same with the roles exchanged: shows that the order of the two does not matter."""
    height, width = second.shape
    kernel = np.zeros((height + first.shape[0] - 1, width + first.shape[1] - 1))
    for row in range(first.shape[0]):
        for column in range(first.shape[1]):
            kernel[row : row + height, column : column + width] += first[row, column] * second
    return kernel


@exercise.alternative
def weight_by_weight(first, second):
    """One product at a time: closest to the formula."""
    shape = [sum(sides) - 1 for sides in zip(first.shape, second.shape, strict=True)]
    kernel = np.zeros(shape)
    for (i, j), one in np.ndenumerate(first):
        for (k, m), other in np.ndenumerate(second):
            kernel[i + k, j + m] += one * other
    return kernel


@exercise.alternative
def by_fourier_transform(first, second):
    """Turns sliding into multiplying: fast when both filters are large."""
    shape = [first.shape[axis] + second.shape[axis] - 1 for axis in (0, 1)]
    return np.fft.irfft2(np.fft.rfft2(first, shape) * np.fft.rfft2(second, shape), shape)


@exercise.alternative
def as_a_padded_convolution(first, second):
    height, width = second.shape
    padded = np.pad(first, ((height - 1, height - 1), (width - 1, width - 1)))
    return reference.convolve_image(padded, second[::-1, ::-1])


@exercise.alternative
def by_probing(first, second):
    shape = [first.shape[axis] + second.shape[axis] - 1 for axis in (0, 1)]
    kernel = np.zeros(shape)
    for place in np.ndindex(*shape):
        image = np.zeros(shape)
        image[place] = 1
        kernel[place] = reference.convolve_image(reference.convolve_image(image, first), second)[0, 0]
    return kernel


WEIGHT = "second[row, column]"

# -- how the copies are laid down ----------------------------------------------------------------------------

exercise.slip(" += ", " = ", **common.OVERWRITTEN)
exercise.slip(
    f"{WEIGHT} * first",
    "first",
    name="without_weights",
    when="the copies of the first kernel are not multiplied by the weights of the second",
    hint="The copy that belongs to a weight of `second` counts as much as that weight says: multiply.",
)
exercise.slip(
    f"{WEIGHT} * first",
    f"{WEIGHT} + first",
    name="weights_added",
    when="the weights of the second kernel are added to the copies, not multiplied into them",
    hint="Multiply each copy of `first` by its weight; then add the copies to each other.",
)
exercise.slip(
    " += ",
    " -= ",
    name="subtracted",
    when="the copies are subtracted",
    hint="Add the copies up. A negative weight of `second` brings its own minus sign.",
)
exercise.slip(
    f"{WEIGHT} * first",
    f"{WEIGHT} * first / (first.size * second.size)",
    name="divided",
    when="the sums are divided by the number of weights of both kernels, as for a match",
    hint="The maps are convolutions: sums, not means. Nothing is divided.",
)
exercise.slip(
    "kernel[row : row + height, column : column + width]",
    "kernel[column : column + height, row : row + width]",
    name="shifted_the_other_way",
    when="the copies are moved down by the column and to the right by the row",
    hint="Rows come first: the weight at (row, column) shifts its copy by `row` down and `column` to the right.",
)
exercise.slip(
    "row + height, column : column + width",
    "row + rows, column : column + columns",
    name="size_of_the_second_copied",
    when="the place for a copy is as large as the second kernel, not as the first",
    hint="It is `first` that is laid down, so the place has its height and its width.",
)
exercise.slip(
    ("            kernel[row", "            first *= second[row, column]\n            kernel[row"),
    (f"{WEIGHT} * first", "first"),
    name="first_changed",
    when="`first` itself is multiplied by one weight after the other",
    hint="`*=` changes `first`, so that the next copy is spoilt. Make a new array: `weight * first`.",
)

# -- which way round -----------------------------------------------------------------------------------------

exercise.slip(
    WEIGHT,
    "second[rows - 1 - row, columns - 1 - column]",
    name="second_flipped",
    when="the second kernel is flipped, or slid over the padded first one without being flipped",
    hint="The weight at (row, column) of `second` shifts its copy by `row` down and `column` to the right: nothing is "
    "turned round. (Sliding meets the weights in the opposite order.)",
)
exercise.slip(
    "* first",
    "* first[::-1, ::-1]",
    name="first_flipped",
    when="the first kernel is flipped",
    hint="Lay the copies of `first` down as they are.",
)
exercise.slip(
    (WEIGHT, "second[rows - 1 - row, columns - 1 - column]"),
    ("* first", "* first[::-1, ::-1]"),
    name="both_flipped",
    when="both kernels are flipped",
    hint="In a network nothing is flipped: neither of the two kernels, nor the one that replaces them.",
)

# -- how large the result is ---------------------------------------------------------------------------------

exercise.slip(
    "(height + rows - 1, width + columns - 1)",
    "(height + rows, width + columns)",
    name="one_too_large",
    when="the result has one row and one column too many",
    hint="Two kernels of 2 reach over 2 + 2 - 1 = 3 pixels, because they overlap in one.",
)
exercise.slip(
    "(height + rows - 1, width + columns - 1)",
    "(2 * height - 1, 2 * width - 1)",
    name="size_of_first_twice",
    when="the result gets its size from the first kernel alone, counted twice",
    hint="One side of the result is a side of `first` plus the same side of `second`, minus 1.",
)
exercise.slip(
    ("(height + rows - 1, width + columns - 1)", "(5, 5)"),
    ("range(rows)", "range(3)"),
    ("range(columns)", "range(3)"),
    ("row + height, column : column + width", "row + 3, column : column + 3"),
    name="always_five_by_five",
    when="the result is always made (5, 5)",
    hint="Kernels come in other sizes than 3 x 3. Take height and width from `first.shape` and `second.shape`.",
)
exercise.slip(
    "rows, columns = second.shape",
    "rows = columns = len(second)",
    name="second_taken_as_square",
    when="the second kernel is taken to be square",
    hint="A kernel may be wider than it is high: take rows and columns from `second.shape`, each by itself.",
)
exercise.slip(
    "width + columns - 1))",
    "width + rows - 1))",
    name="size_from_the_height_alone",
    when="the result is made as much wider than the first kernel as it is made higher",
    hint="The width grows by the *width* of the second kernel, less 1: `second.shape[1]`, not `second.shape[0]`.",
)
exercise.slip(
    "rows, columns = second.shape",
    "rows, columns = height, width",
    name="second_as_large_as_the_first",
    when="the second kernel is taken to be as large as the first",
    hint="The two kernels may be of different sizes. Take the loops' ends from `second.shape`.",
)
exercise.slip(
    ("range(rows)", "range(rows - 1)"),
    ("range(columns)", "range(columns - 1)"),
    name="without_the_last_weights",
    when="the last row and the last column of the second kernel are left out",
    hint="`range(n)` ends before n by itself: `range(second.shape[0])` goes through all rows, without a - 1.",
)

# -- loops and types -----------------------------------------------------------------------------------------

exercise.slip("    return kernel", "            return kernel", **common.IN_THE_LOOP)
exercise.slip(
    ("    kernel = np.zeros((height + rows - 1, width + columns - 1))\n", ""),
    (
        "            kernel[",
        "            kernel = np.zeros((height + rows - 1, width + columns - 1))\n            kernel[",
    ),
    **common.STARTED_AGAIN,
)
exercise.slip("width + columns - 1))", "width + columns - 1), dtype=first.dtype)", **common.TYPE_OF_THE_INPUT)


@exercise.form("type_of_the_input")
def cut_off_at_each_copy(first, second):
    height, width = first.shape
    kernel = np.zeros((height + second.shape[0] - 1, width + second.shape[1] - 1), dtype=first.dtype)
    for (row, column), weight in np.ndenumerate(second):
        place = np.s_[row : row + height, column : column + width]
        kernel[place] = kernel[place] + weight * first
    return kernel


# -- another computation altogether --------------------------------------------------------------------------


@exercise.mistake(
    when="the two kernels are added",
    hint="Adding two kernels adds their two maps. Here the second kernel looks at the map of the first one.",
)
def sum_of_kernels(first, second):
    return first + second


@exercise.mistake(
    when="the two kernels are multiplied weight by weight",
    hint="The second kernel sees a wider piece of the image than either kernel alone: the result is larger than both.",
)
def product_of_kernels(first, second):
    return first * second


@exercise.mistake(
    when="the two kernels are multiplied as matrices",
    hint="`@` multiplies rows by columns. Here copies of `first` are shifted, weighted and added up.",
)
def matrix_product(first, second):
    return first @ second


@exercise.mistake(
    when="the second kernel is slid over the first one as if that were an image",
    hint="The result must be larger than both kernels, because together they see a wider piece of the image.",
)
def second_over_first(first, second):
    return reference.convolve_image(first, second)


@exercise.mistake(
    when="whole copies of the first kernel are put side by side, where they should overlap",
    hint="The copy moves on by one pixel for each weight of `second`, not by its own width.",
)
def side_by_side(first, second):
    return np.kron(second, first)
