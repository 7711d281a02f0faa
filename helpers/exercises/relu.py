"""What lesson 05 asks: relu, collapse_two_filters, standardise."""

import numpy as np

from helpers import data, reference
from helpers.data import X
from helpers.exercises.model import Case, Exercise


def _relu_cases(rng):
    yield Case((np.array([[1.0, -2.0], [-3.0, 4.0]]),), "two positive and two negative values")
    yield Case((np.array([[-0.5, 0.0, 2.5], [1.5, -4.0, -0.0]]),), "a zero among two rows of three")
    yield Case(
        (reference.filter_image(X, data.features["falling"]),), "the X's map under the falling diagonal"
    )
    yield Case((np.array([[-1.0, -0.2], [-3.0, -0.7]]),), "negative values only")
    yield Case((np.array([[3, -1, 7], [-9, 5, 0]]),), "whole numbers")
    yield Case((np.array([0.25, -0.25, 12.0, -12.0]),), "one row of four values")
    yield Case((np.array([255.0, 256.5, -300.0, 1e7]),), "large values")
    yield Case((rng.uniform(-3, 3, (2, 3, 4)),), "a stack of two random maps, 3 x 4")
    yield Case((rng.uniform(-3, 3, (2, 3, 4, 2)),), "a batch of two images with three channels, 4 x 2")
    yield Case((rng.uniform(-3, 3, (4, 3)).astype(np.float32),), "random values of type float32")


relu = Exercise(
    "relu",
    reference=reference.relu,
    cases=_relu_cases,
    hints=(
        "One rule for each value by itself: a negative one becomes 0, any other stays as it is.",
        "`np.maximum(a, b)` compares two arrays entry by entry and takes the larger of each pair; a single number is "
        "compared with every entry. `np.where(condition, a, b)` chooses entry by entry as well.",
        "By hand: of the row [-0.11, 1.00, 0.00, -0.33], the larger of each value and 0 is [0.00, 1.00, 0.00, 0.00].",
    ),
)


@relu.alternative
def by_choosing(x):
    return np.where(x > 0, x, 0)


@relu.alternative
def by_multiplying(x):
    return x * (x > 0)


@relu.alternative
def by_clipping(x):
    return np.clip(x, 0, None)


@relu.alternative
def on_a_copy(x):
    result = x.copy()
    result[result < 0] = 0
    return result


@relu.alternative
def value_by_value(x):
    result = np.zeros(x.shape)
    for place, value in np.ndenumerate(x):
        if value > 0:
            result[place] = value
    return result


@relu.alternative
def half_of_value_and_size(x):
    return (x + np.abs(x)) / 2


@relu.mistake(
    when="values are cut off above 255 as well, as for the pixels of a photograph",
    hint="ReLU has no upper limit: however large a value is, it stays as it is.",
)
def cut_off_above_255(x):
    return np.clip(x, 0, 255)


@relu.mistake(
    when="the negative values are overwritten in the array that was handed in",
    hint="`x[x < 0] = 0` changes the caller's map. Make a new array, or work on `x.copy()`.",
)
def in_place(x):
    x[x < 0] = 0
    return x


@relu.mistake(
    when="the negative values lose their sign",
    hint="`np.abs` turns -0.33 into 0.33: a bad match would count like a good one. Negative values become 0.",
)
def absolute_value(x):
    return np.abs(x)


@relu.mistake(
    when="values above 1 are cut off as well",
    hint="Only the lower end is cut. A sum of products may be as large as it likes.",
)
def clipped_at_one(x):
    return np.clip(x, 0, 1)


@relu.mistake(
    when="one maximum of the whole array is returned",
    hint="`np.max` looks for the largest entry; `np.maximum` compares entry by entry. The map keeps its shape.",
)
def maximum_of_everything(x):
    return max(0, np.max(x))


@relu.mistake(
    when="`np.max(x, 0)` is called, where the 0 means the axis",
    hint="`np.max` takes an axis in second place. `np.maximum` takes a second array or number to compare with.",
)
def maximum_along_the_first_axis(x):
    return np.max(x, 0)


@relu.mistake(
    when="Python's own `max`, or an `if`, compares the whole array with 0",
    hint="Both need one yes or no, but every entry has its own. `np.maximum` and `np.where` decide entry by entry.",
)
def own_max(x):
    return max(x, 0)


@relu.mistake(
    when="the positive values become zero and the negative ones stay",
    hint="The other way round: negative to zero.",
)
def keeps_the_negative(x):
    return np.minimum(x, 0)


@relu.mistake(
    when="the negative values stay, with their sign turned, and the positive ones become zero",
    hint="The sign is turned before the comparison. Compare `x` itself with 0.",
)
def negated(x):
    return np.maximum(-x, 0)


@relu.mistake(
    when="the negative values are left out, so that the map loses its shape",
    hint="`x[x > 0]` picks entries and forgets where they stood. Every value keeps its place; negative ones turn into 0.",
)
def picks_the_positive(x):
    return x[x > 0]


@relu.mistake(
    when="it is returned whether each value is positive: True or False",
    hint="You have found out which values stay. Now keep them: choose between `x` and 0 by that condition.",
)
def whether_positive(x):
    return x > 0


@relu.mistake(
    when="positive values all become 1",
    hint="A positive value stays as it is; only the negative ones change.",
)
def step_function(x):
    return np.where(x > 0, 1.0, 0.0)


@relu.mistake(
    when="only values of at least 1 count as positive",
    hint="The limit is 0: a weak match of 0.25 stays.",
)
def limit_of_one(x):
    return np.where(x >= 1, x, 0)


@relu.mistake(
    when="the values are cut off at -1, the value of black, instead of at 0",
    hint="A match of 0 says nothing, and that is where the cut is: 0, not -1.",
)
def cut_at_black(x):
    return np.maximum(x, -1)


@relu.mistake(
    when="the negative values become -1, the value of black",
    hint="In a feature map 0 means nothing, not -1. Negative to zero.",
)
def negative_to_black(x):
    return np.where(x < 0, -1, x)


@relu.mistake(
    when="the negative values are made smaller but not zero, by a factor of 0.01",
    hint="That is a relative of ReLU, the leaky one. Here negative values become 0 altogether.",
)
def leaky(x):
    return np.where(x > 0, x, 0.01 * x)


@relu.mistake(
    when="the smallest value is subtracted, so that nothing is negative any more",
    hint="That moves all values. Each is looked at by itself, and positive ones stay where they are.",
)
def moved_up(x):
    return x - x.min()


@relu.mistake(
    when="everything becomes zero as soon as one value is negative",
    hint="`np.any` and `np.all` give one answer for the whole array. Choose entry by entry.",
)
def all_or_nothing(x):
    return np.zeros_like(x) if np.any(x < 0) else x


@relu.mistake(
    when="the result is divided by its largest value",
    hint="Nothing is scaled here: a positive value stays as it is.",
)
def scaled_to_one(x):
    return np.maximum(x, 0) / max(np.max(x), 1e-9)


@relu.mistake(
    when="the result is written into an array of whole numbers, so that fractions are lost",
    hint="An array made with `dtype=int` cuts off what stands behind the point. Leave the `dtype` out.",
)
def whole_numbers_only(x):
    result = np.zeros(x.shape, dtype=int)
    result[x > 0] = x[x > 0]
    return result


@relu.mistake(
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


@relu.mistake(
    when="the rows and columns of the array are changed in place, one by one",
    hint="`x[row, column] = 0` changes the caller's map, and two loops fit one map only. Make a new array from all of `x`.",
)
def loops_in_place(x):
    for row in range(x.shape[0]):
        for column in range(x.shape[1]):
            if x[row, column] < 0:
                x[row, column] = 0
    return x


@relu.mistake(
    when="only the first value is looked at, because `return` stands inside the loop",
    hint="A `return` inside a loop ends it in the first round. It belongs below the loop, not indented.",
)
def returns_in_the_loop(x):
    result = x.copy()
    for place in np.ndindex(x.shape):
        result[place] = max(x[place], 0)
        return result


@relu.mistake(
    when="the values are written into one long row",
    hint="The shape of the map is lost. `np.maximum` keeps it.",
)
def flattened(x):
    return np.array([max(value, 0) for value in x.ravel()])


@relu.mistake(
    when="a list is returned, not an array",
    hint="A list has no shape. NumPy's `np.maximum` gives an array.",
)
def as_a_list(x):
    return np.maximum(x, 0).tolist()


@relu.mistake(
    when="the values are rounded to two decimals",
    hint="Round only for showing. Later steps build on the exact value.",
)
def rounded(x):
    return np.maximum(x, 0).round(2)


@relu.mistake(
    when="the smooth relative of ReLU is computed, log(1 + exp(x))",
    hint="That curve is called softplus. ReLU has a corner: 0 up to 0, and the value itself from there on.",
)
def softplus(x):
    return np.log1p(np.exp(x))


@relu.mistake(
    when="values are squeezed between 0 and 1 by the sigmoid",
    hint="That is another activation, which comes later in this lesson. ReLU leaves positive values as they are.",
)
def squeezed(x):
    return (1 + np.tanh(x / 2)) / 2


relu.equivalent_mutant(
    "np.maximum(x, 0) -> np.maximum(0, x)",
    because="the larger of two numbers does not hang on which is named first",
)


def _collapse_cases(rng):
    yield Case((np.array([[-1.0, 1.0]]), np.array([[-1.0, 1.0]])), "the difference of neighbours, twice")
    yield Case((np.array([[1.0, 2.0, 3.0]]), np.array([[10.0, 1.0]])), "three weights, then two, in one row")
    yield Case((np.array([[1.0], [2.0]]), np.array([[3.0, 5.0, 7.0]])), "a column, then a row")
    yield Case((np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[1.0, 0.0], [0.0, 10.0]])), "two 2 x 2 kernels")
    yield Case((np.array([[2.0, -1.0], [0.5, 3.0]]), np.array([[4.0]])), "a second kernel of one weight")
    yield Case((np.array([[-3.0]]), np.array([[1.0, 2.0], [0.0, -1.0]])), "a first kernel of one weight")
    yield Case((data.features["falling"], data.features["rising"]), "the falling, then the rising diagonal")
    yield Case((rng.integers(-3, 4, (2, 3)), rng.integers(-3, 4, (3, 2))), "whole numbers")
    yield Case((rng.integers(1, 4, (2, 3)), rng.uniform(-1, 1, (3, 2))), "whole numbers, then fractions")
    for first, second in [((3, 3), (3, 3)), ((2, 4), (3, 2)), ((1, 3), (4, 2)), ((4, 3), (2, 5))]:
        name = f"random kernels of {first[0]} x {first[1]} and {second[0]} x {second[1]}"
        yield Case((rng.uniform(-1, 1, first), rng.uniform(-1, 1, second)), name)
    pair = rng.uniform(-1, 1, (3, 2)).astype(np.float32), rng.uniform(-1, 1, (2, 3)).astype(np.float32)
    yield Case(pair, "random kernels of type float32")


collapse_two_filters = Exercise(
    "collapse_two_filters",
    reference=reference.collapse_two_filters,
    cases=_collapse_cases,
    hints=(
        "Each weight of `second` puts one copy of `first` into the result: shifted to where the weight stands, and "
        "multiplied by it. Add up all copies.",
        "Begin with zeros of shape (height + second_height - 1, width + second_width - 1). The copy for the weight at "
        "(row, column) lies on the slice `[row : row + height, column : column + width]`.",
        "By hand: first [1, 2, 3], second [10, 1]. 10 * [1, 2, 3, 0] + 1 * [0, 1, 2, 3] = [10, 21, 32, 3].",
    ),
)


@collapse_two_filters.alternative
def copies_of_the_second(first, second):
    height, width = second.shape
    kernel = np.zeros((height + first.shape[0] - 1, width + first.shape[1] - 1))
    for row in range(first.shape[0]):
        for column in range(first.shape[1]):
            kernel[row : row + height, column : column + width] += first[row, column] * second
    return kernel


@collapse_two_filters.alternative
def weight_by_weight(first, second):
    shape = [sum(sides) - 1 for sides in zip(first.shape, second.shape, strict=True)]
    kernel = np.zeros(shape)
    for (i, j), one in np.ndenumerate(first):
        for (k, m), other in np.ndenumerate(second):
            kernel[i + k, j + m] += one * other
    return kernel


@collapse_two_filters.alternative
def by_fourier_transform(first, second):
    shape = [first.shape[axis] + second.shape[axis] - 1 for axis in (0, 1)]
    return np.fft.irfft2(np.fft.rfft2(first, shape) * np.fft.rfft2(second, shape), shape)


@collapse_two_filters.alternative
def as_a_padded_convolution(first, second):
    height, width = second.shape
    padded = np.pad(first, ((height - 1, height - 1), (width - 1, width - 1)))
    return reference.convolve_image(padded, second[::-1, ::-1])


@collapse_two_filters.alternative
def by_probing(first, second):
    shape = [first.shape[axis] + second.shape[axis] - 1 for axis in (0, 1)]
    kernel = np.zeros(shape)
    for place in np.ndindex(*shape):
        image = np.zeros(shape)
        image[place] = 1
        kernel[place] = reference.convolve_image(reference.convolve_image(image, first), second)[0, 0]
    return kernel


def _copies(first, second, put):
    """The frame of the mistakes below: zeros of the right shape, into which `put` lays each copy."""
    height, width = first.shape
    kernel = np.zeros((height + second.shape[0] - 1, width + second.shape[1] - 1))
    for (row, column), weight in np.ndenumerate(second):
        put(kernel[row : row + height, column : column + width], weight)
    return kernel


@collapse_two_filters.mistake(
    when="the second kernel is flipped",
    hint="The weight at (row, column) of `second` shifts its copy by `row` down and `column` to the right: nothing is "
    "turned round.",
)
def second_flipped(first, second):
    def put(place, weight):
        place += weight * first

    return _copies(first, second[::-1, ::-1], put)


@collapse_two_filters.mistake(
    when="the first kernel is flipped",
    hint="Lay the copies of `first` down as they are.",
)
def first_flipped(first, second):
    def put(place, weight):
        place += weight * first[::-1, ::-1]

    return _copies(first, second, put)


@collapse_two_filters.mistake(
    when="both kernels are flipped",
    hint="In a network nothing is flipped: neither of the two kernels, nor the one that replaces them.",
)
def both_flipped(first, second):
    def put(place, weight):
        place += weight * first[::-1, ::-1]

    return _copies(first, second[::-1, ::-1], put)


@collapse_two_filters.mistake(
    when="a copy replaces what lies there instead of being added to it",
    hint="The copies overlap. `=` forgets what was there; `+=` adds to it.",
)
def copies_replace(first, second):
    def put(place, weight):
        place[:] = weight * first

    return _copies(first, second, put)


@collapse_two_filters.mistake(
    when="the copies of the first kernel are not multiplied by the weights of the second",
    hint="The copy that belongs to a weight of `second` counts as much as that weight says: multiply.",
)
def copies_without_weights(first, second):
    def put(place, weight):
        place += first

    return _copies(first, second, put)


@collapse_two_filters.mistake(
    when="the weights of the second kernel are added to the copies, not multiplied into them",
    hint="Multiply each copy of `first` by its weight; then add the copies to each other.",
)
def weights_added(first, second):
    def put(place, weight):
        place += first + weight

    return _copies(first, second, put)


@collapse_two_filters.mistake(
    when="the copies are subtracted",
    hint="Add the copies up. A negative weight of `second` brings its own minus sign.",
)
def copies_subtracted(first, second):
    def put(place, weight):
        place -= weight * first

    return _copies(first, second, put)


@collapse_two_filters.mistake(
    when="the sums are divided by the number of weights of both kernels, as for a match",
    hint="The maps are convolutions: sums, not means. Nothing is divided.",
)
def divided_by_the_weights(first, second):
    def put(place, weight):
        place += weight * first / (first.size * second.size)

    return _copies(first, second, put)


@collapse_two_filters.mistake(
    when="the two kernels are added",
    hint="Adding two kernels adds their two maps. Here the second kernel looks at the map of the first one.",
)
def sum_of_kernels(first, second):
    return first + second


@collapse_two_filters.mistake(
    when="the two kernels are multiplied weight by weight",
    hint="The second kernel sees a wider piece of the image than either kernel alone: the result is larger than both.",
)
def product_of_kernels(first, second):
    return first * second


@collapse_two_filters.mistake(
    when="the two kernels are multiplied as matrices",
    hint="`@` multiplies rows by columns. Here copies of `first` are shifted, weighted and added up.",
)
def matrix_product(first, second):
    return first @ second


@collapse_two_filters.mistake(
    when="the second kernel is slid over the first one as if that were an image",
    hint="The result must be larger than both kernels, because together they see a wider piece of the image.",
)
def second_over_first(first, second):
    return reference.convolve_image(first, second)


@collapse_two_filters.mistake(
    when="whole copies of the first kernel stand side by side, where they should overlap",
    hint="The copy moves on by one pixel for each weight of `second`, not by its own width.",
)
def side_by_side(first, second):
    return np.kron(second, first)


@collapse_two_filters.mistake(
    when="the result has one row and one column too many",
    hint="Two kernels of 2 reach over 2 + 2 - 1 = 3 pixels, because they overlap in one.",
)
def one_too_large(first, second):
    height, width = first.shape
    kernel = np.zeros((height + second.shape[0], width + second.shape[1]))
    for (row, column), weight in np.ndenumerate(second):
        kernel[row : row + height, column : column + width] += weight * first
    return kernel


@collapse_two_filters.mistake(
    when="the result is always made (5, 5)",
    hint="Kernels come in other sizes than 3 x 3. Take height and width from `first.shape` and `second.shape`.",
)
def always_five_by_five(first, second):
    kernel = np.zeros((5, 5))
    for row in range(3):
        for column in range(3):
            kernel[row : row + 3, column : column + 3] += second[row, column] * first
    return kernel


@collapse_two_filters.mistake(
    when="the result gets its size from the first kernel alone, counted twice",
    hint="One side of the result is a side of `first` plus the same side of `second`, minus 1.",
)
def size_of_first_twice(first, second):
    height, width = first.shape
    kernel = np.zeros((2 * height - 1, 2 * width - 1))
    for (row, column), weight in np.ndenumerate(second):
        kernel[row : row + height, column : column + width] += weight * first
    return kernel


@collapse_two_filters.mistake(
    when="the second kernel is taken to be square",
    hint="A kernel may be wider than it is high: take rows and columns from `second.shape`, each by itself.",
)
def second_taken_as_square(first, second):
    height, width = first.shape
    side = len(second)
    kernel = np.zeros((height + side - 1, width + side - 1))
    for row in range(side):
        for column in range(side):
            kernel[row : row + height, column : column + width] += second[row, column] * first
    return kernel


@collapse_two_filters.mistake(
    when="the last row and the last column of the second kernel are left out",
    hint="`range(n)` ends before n by itself: `range(second.shape[0])` goes through all rows, without a - 1.",
)
def without_the_last_weights(first, second):
    height, width = first.shape
    kernel = np.zeros((height + second.shape[0] - 1, width + second.shape[1] - 1))
    for row in range(second.shape[0] - 1):
        for column in range(second.shape[1] - 1):
            kernel[row : row + height, column : column + width] += second[row, column] * first
    return kernel


@collapse_two_filters.mistake(
    when="the copies are moved down by the column and to the right by the row",
    hint="Rows come first: the weight at (row, column) shifts its copy by `row` down and `column` to the right.",
)
def shifted_the_other_way(first, second):
    height, width = first.shape
    kernel = np.zeros((height + second.shape[0] - 1, width + second.shape[1] - 1))
    for (row, column), weight in np.ndenumerate(second):
        kernel[column : column + height, row : row + width] += weight * first
    return kernel


@collapse_two_filters.mistake(
    when="only the first weight of the second kernel is used, because `return` stands inside the loop",
    hint="A `return` inside a loop ends it in the first round. It belongs below the loops, not indented.",
)
def only_the_first_weight(first, second):
    height, width = first.shape
    kernel = np.zeros((height + second.shape[0] - 1, width + second.shape[1] - 1))
    for (row, column), weight in np.ndenumerate(second):
        kernel[row : row + height, column : column + width] += weight * first
        return kernel


@collapse_two_filters.mistake(
    when="each copy begins from zeros again",
    hint="`np.zeros` belongs above the loops; inside, it throws away the copies laid down so far.",
)
def zeros_in_each_round(first, second):
    height, width = first.shape
    for (row, column), weight in np.ndenumerate(second):
        kernel = np.zeros((height + second.shape[0] - 1, width + second.shape[1] - 1))
        kernel[row : row + height, column : column + width] += weight * first
    return kernel


@collapse_two_filters.mistake(
    when="`first` itself is multiplied by one weight after the other",
    hint="`*=` changes `first`, so that the next copy is spoilt. Make a new array: `weight * first`.",
)
def first_changed(first, second):
    height, width = first.shape
    kernel = np.zeros((height + second.shape[0] - 1, width + second.shape[1] - 1))
    for (row, column), weight in np.ndenumerate(second):
        first *= weight
        kernel[row : row + height, column : column + width] += first
    return kernel


@collapse_two_filters.mistake(
    when="the result has the type of the first kernel, which may be whole numbers",
    hint="Zeros made with `first.dtype`, or with `np.zeros_like`, cannot hold fractions where `first` has none. "
    "Leave the `dtype` out.",
)
def type_of_the_first(first, second):
    height, width = first.shape
    kernel = np.zeros((height + second.shape[0] - 1, width + second.shape[1] - 1), dtype=first.dtype)
    for (row, column), weight in np.ndenumerate(second):
        kernel[row : row + height, column : column + width] += weight * first
    return kernel


def _standardise_cases(rng):
    yield Case((np.array([[1.0, 5.0], [5.0, 1.0]]), None), "two values, each twice")
    yield Case(
        (np.array([[2.0, 4.0, 4.0, 4.0], [5.0, 5.0, 7.0, 9.0]]), None), "a mean of 5 and a deviation of 2"
    )
    yield Case((np.full((2, 3), 7.0), None), "a constant map")
    yield Case((np.full((2, 3), 0.1), None), "a constant map of 0.1, whose mean is rounded")
    yield Case((np.array([[1.0, 5.0, 3.0], [10.0, 40.0, 10.0]]), 1), "each of two rows by itself")
    yield Case((np.array([[1, 20, 7], [5, 20, 1]]), 0), "each of three columns by itself, whole numbers")
    stack = np.array([[[1.0, 5.0, 5.0], [5.0, 1.0, 1.0]], [[10.0, 30.0, 10.0], [30.0, 10.0, 30.0]]])
    yield Case((stack, (1, 2)), "each of two maps of a stack by itself")
    yield Case(
        (reference.filter_image(X, data.features["falling"]), None), "the X's map under the falling diagonal"
    )
    batch = rng.uniform(-1, 1, (2, 3, 4, 5)) * np.array([1, 10, 0])[:, None, None] + 4
    yield Case((batch, (0, 2, 3)), "each of three channels by itself, the last one constant")
    yield Case((rng.uniform(-1, 1, (3, 2, 2, 4)), (1, 2, 3)), "each of three images by itself")
    yield Case((rng.normal(100, 5, (4, 6)), None), "random values around 100")
    yield Case((rng.normal(-3, 20, (3, 4)), -1), "random values, along the last axis")
    yield Case((rng.integers(-9, 10, (4, 5)), None), "random whole numbers")
    yield Case((rng.uniform(-2, 2, (2, 3, 3)).astype(np.float32), (1, 2)), "random values of type float32")


standardise = Exercise(
    "standardise",
    reference=reference.standardise,
    cases=_standardise_cases,
    tolerance=1e-3,  # a small number added to the deviation, or to its square, is as good as a distinction
    hints=(
        "Two steps: subtract the mean; divide by the standard deviation. Hand `axis` on to `np.mean` and to `np.std`.",
        "With `keepdims=True`, means and deviations keep an axis of length 1 where values were put together, so that "
        "they line up with `x`. Then mind constant maps: where the deviation is tiny, divide by 1 instead.",
        "By hand: [1, 5, 5, 1] has the mean 3. Less the mean: [-2, 2, 2, -2]. The mean of the squares is 4, so the "
        "deviation is 2, and the result [-1, 1, 1, -1]. [7, 7] has the mean 7: [0, 0], and that is the result.",
    ),
)


@standardise.alternative
def with_a_small_number(x, axis):
    centred = x - np.mean(x, axis=axis, keepdims=True)
    return centred / (np.std(x, axis=axis, keepdims=True) + 1e-8)


@standardise.alternative
def with_a_small_number_under_the_root(x, axis):
    centred = x - x.mean(axis=axis, keepdims=True)
    variance = np.mean(centred**2, axis=axis, keepdims=True)
    return centred / np.sqrt(variance + 1e-5)


@standardise.alternative
def with_a_distinction(x, axis):
    deviation = x.std(axis=axis, keepdims=True)
    return (x - x.mean(axis=axis, keepdims=True)) / np.where(deviation < 1e-6, 1, deviation)


@standardise.alternative
def from_sums_of_squares(x, axis):
    x = x - np.float64(x.flat[0])  # near 0, so that the difference of two squares loses no digits
    mean = np.mean(x, axis=axis, keepdims=True)
    variance = np.mean(x * x, axis=axis, keepdims=True) - mean**2
    return (x - mean) / np.sqrt(np.maximum(variance, 1e-9))


def _over(x, axis, centre, scale):
    """The frame of the mistakes below: less the centre, over the scale, 0 where a map is constant."""
    constant = np.max(x, axis=axis, keepdims=True) == np.min(x, axis=axis, keepdims=True)
    return np.where(constant, 0, x - centre) / np.where(constant, 1, scale)


@standardise.mistake(
    when="the mean is not subtracted",
    hint="First shift, then scale: subtract the mean before you divide.",
)
def mean_forgotten(x, axis):
    deviation = np.std(x, axis=axis, keepdims=True)
    return x / np.where(deviation < 1e-6, 1, deviation)


@standardise.mistake(
    when="the mean is subtracted but nothing is divided",
    hint="The second step is missing: divide by the standard deviation.",
)
def deviation_forgotten(x, axis):
    return x - np.mean(x, axis=axis, keepdims=True)


@standardise.mistake(
    when="it is divided by the variance",
    hint="`np.var` is the square of the deviation. Divide by `np.std`.",
)
def divided_by_the_variance(x, axis):
    return _over(x, axis, np.mean(x, axis=axis, keepdims=True), np.var(x, axis=axis, keepdims=True))


@standardise.mistake(
    when="it is multiplied by the standard deviation",
    hint="A map that varies much must be made smaller: divide.",
)
def multiplied_by_the_deviation(x, axis):
    return (x - np.mean(x, axis=axis, keepdims=True)) * np.std(x, axis=axis, keepdims=True)


@standardise.mistake(
    when="the squares are averaged over one value less, `ddof=1`",
    hint="Here the deviation is the root of the mean of the squares, over all values: `np.std` without `ddof`.",
)
def one_value_less(x, axis):
    mean, deviation = np.mean(x, axis=axis, keepdims=True), np.std(x, axis=axis, keepdims=True, ddof=1)
    return _over(x, axis, mean, deviation)


@standardise.mistake(
    when="a constant map is divided by its deviation of 0",
    hint="Where all values are equal there is nothing to scale, and 0 / 0 is no number. Divide by 1 there, or add a "
    "small number such as 1e-8 to the deviation.",
)
def constant_maps_forgotten(x, axis):
    return (x - np.mean(x, axis=axis, keepdims=True)) / np.std(x, axis=axis, keepdims=True)


@standardise.mistake(
    when="a deviation counts as 0 only if it is exactly 0",
    hint="Rounding makes the deviation of six times 0.1 about 1e-17 instead of 0. Ask whether it is tiny, for instance "
    "below 1e-8, or add 1e-8 to it.",
)
def exactly_zero(x, axis):
    deviation = np.std(x, axis=axis, keepdims=True)
    return (x - np.mean(x, axis=axis, keepdims=True)) / np.where(deviation == 0, 1, deviation)


@standardise.mistake(
    when="a constant map is returned as it is",
    hint="A constant map has a mean too. Subtract it: what is left is 0 everywhere.",
)
def constant_maps_left_alone(x, axis):
    deviation = np.std(x, axis=axis, keepdims=True)
    centred = x - np.mean(x, axis=axis, keepdims=True)
    return np.where(deviation < 1e-6, x, centred / np.where(deviation < 1e-6, 1, deviation))


@standardise.mistake(
    when="it is asked only whether the whole array is constant, not each part along the axis",
    hint="With an axis there are many deviations, and one of them may be tiny. An `if` asks once; `np.where` asks each.",
)
def constant_as_a_whole(x, axis):
    if np.std(x) < 1e-6:
        return np.zeros_like(x)
    return (x - np.mean(x, axis=axis, keepdims=True)) / np.std(x, axis=axis, keepdims=True)


@standardise.mistake(
    when="a constant map becomes all ones",
    hint="A constant map has a mean of 0 after the first step, and stays at 0.",
)
def constant_maps_become_one(x, axis):
    deviation = np.std(x, axis=axis, keepdims=True)
    centred = x - np.mean(x, axis=axis, keepdims=True)
    return np.where(deviation < 1e-6, 1, centred / np.where(deviation < 1e-6, 1, deviation))


@standardise.mistake(
    when="1 is added to every deviation",
    hint="The number that keeps you from dividing by 0 must be tiny, such as 1e-8. Adding 1 changes every map.",
)
def one_added(x, axis):
    return (x - np.mean(x, axis=axis, keepdims=True)) / (np.std(x, axis=axis, keepdims=True) + 1)


@standardise.mistake(
    when="the axis is ignored",
    hint="Hand `axis` on to both: `np.mean(x, axis=axis, ...)` and `np.std(x, axis=axis, ...)`.",
)
def axis_ignored(x, axis):
    return _over(x, None, np.mean(x), np.std(x))


@standardise.mistake(
    when="the deviation is that of the whole array, whatever the axis",
    hint="`np.std` needs the axis as well as `np.mean`.",
)
def deviation_of_everything(x, axis):
    mean, deviation = np.mean(x, axis=axis, keepdims=True), np.std(x)
    return (x - mean) / (deviation + 1e-8)


@standardise.mistake(
    when="the mean is that of the whole array, whatever the axis",
    hint="`np.mean` needs the axis as well as `np.std`.",
)
def mean_of_everything(x, axis):
    deviation = np.std(x, axis=axis, keepdims=True)
    return (x - np.mean(x)) / np.where(deviation < 1e-6, 1, deviation)


@standardise.mistake(
    when="`keepdims=True` is left out, at the mean or at the deviation",
    hint="Without `keepdims=True` the axes that were averaged are gone, and NumPy lines up what is left with the last "
    "axes of `x`. Keep them, in both calls.",
)
def axes_lost(x, axis):
    deviation = np.std(x, axis=axis)
    return (x - np.mean(x, axis=axis)) / np.where(deviation < 1e-6, 1, deviation)


@standardise.mistake(
    when="the mean is subtracted after dividing",
    hint="The order matters: subtract the mean from `x` first, then divide the difference.",
)
def mean_after_dividing(x, axis):
    deviation = np.std(x, axis=axis, keepdims=True)
    return x / np.where(deviation < 1e-6, 1, deviation) - np.mean(x, axis=axis, keepdims=True)


@standardise.mistake(
    when="only the mean is divided by the deviation, for want of parentheses",
    hint="`x - mean / deviation` divides the mean only. Put the difference in parentheses.",
)
def parentheses_forgotten(x, axis):
    deviation = np.std(x, axis=axis, keepdims=True)
    return x - np.mean(x, axis=axis, keepdims=True) / np.where(deviation < 1e-6, 1, deviation)


@standardise.mistake(
    when="the values are stretched to reach from 0 to 1",
    hint="That is another way of scaling, by the smallest and the largest value. Here it is the mean and the deviation.",
)
def from_zero_to_one(x, axis):
    low, high = np.min(x, axis=axis, keepdims=True), np.max(x, axis=axis, keepdims=True)
    return _over(x, axis, low, high - low)


@standardise.mistake(
    when="the values less their mean are divided by their range",
    hint="Largest minus smallest hangs on two values only. Divide by `np.std`, which all values have a part in.",
)
def divided_by_the_range(x, axis):
    low, high = np.min(x, axis=axis, keepdims=True), np.max(x, axis=axis, keepdims=True)
    return _over(x, axis, np.mean(x, axis=axis, keepdims=True), high - low)


@standardise.mistake(
    when="the values are divided by the largest",
    hint="Subtract the mean and divide by the standard deviation; the largest value plays no part.",
)
def divided_by_the_largest(x, axis):
    return x / np.max(np.abs(x), axis=axis, keepdims=True)


@standardise.mistake(
    when="the sum of the values is subtracted instead of their mean",
    hint="`np.sum` adds up; `np.mean` also divides by how many there are.",
)
def sum_subtracted(x, axis):
    deviation = np.std(x, axis=axis, keepdims=True)
    return (x - np.sum(x, axis=axis, keepdims=True)) / np.where(deviation < 1e-6, 1, deviation)


@standardise.mistake(
    when="it is divided by the mean distance from the mean",
    hint="The standard deviation is the root of the mean of the squared distances: `np.std`.",
)
def mean_distance(x, axis):
    mean = np.mean(x, axis=axis, keepdims=True)
    return _over(x, axis, mean, np.mean(np.abs(x - mean), axis=axis, keepdims=True))


@standardise.mistake(
    when="the median is subtracted instead of the mean",
    hint="`np.median` is the value in the middle. You want `np.mean`.",
)
def median_subtracted(x, axis):
    return _over(x, axis, np.median(x, axis=axis, keepdims=True), np.std(x, axis=axis, keepdims=True))


@standardise.mistake(
    when="the mean is subtracted from the array that was handed in",
    hint="`x -= ...` changes the caller's array, and fails for whole numbers. Make a new one: `x - ...`.",
)
def in_place_standardised(x, axis):
    x -= np.mean(x, axis=axis, keepdims=True)
    deviation = np.std(x, axis=axis, keepdims=True)
    x /= np.where(deviation < 1e-6, 1, deviation)
    return x


@standardise.mistake(
    when="the values are rounded to two decimals",
    hint="Round only for showing. Later steps build on the exact value.",
)
def rounded_standardised(x, axis):
    return _over(x, axis, np.mean(x, axis=axis, keepdims=True), np.std(x, axis=axis, keepdims=True)).round(2)


standardise.equivalent_mutant(
    "1 -> 2",
    because="a constant map has been set to 0 before, and 0 divided by 1 or by 2 is 0",
)
