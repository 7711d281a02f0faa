"""The share of pixels that are equal in two images."""

import numpy as np

from helpers import reference
from helpers.data import O, X
from helpers.exercises import common
from helpers.exercises.model import Case, Exercise


def cases(rng):
    """Images of four to six pixels, then the X and the O, greys, larger ones at random, whole numbers."""
    a = np.array([[1.0, -1.0], [-1.0, 1.0]])
    yield Case(
        (a, np.array([[1.0, -1.0], [-1.0, -1.0]])),
        "two images that differ in one pixel of four",
    )
    yield Case(
        (np.array([[1.0, 1.0, -1.0], [1.0, -1.0, -1.0]]), np.array([[1.0, -1.0, -1.0], [-1.0, -1.0, 1.0]])),
        "two rows and three columns",
    )
    yield Case((a, a.copy()), "an image and its copy")
    yield Case((a, -a), "an image and its negative")
    yield Case(
        (np.array([[0.5, -1.0, 1.0], [0.0, 0.5, -0.5]]), np.array([[0.5, -0.5, 1.0], [-0.5, 0.0, -0.5]])),
        "grey pixels",
    )
    yield Case((X, O), "the X and the O")
    for height, width in [(3, 5), (8, 4)]:
        pair = rng.choice([-1.0, 1.0], size=(2, height, width), p=[0.7, 0.3])
        pair[:, 0, :2] = [[1, -1], [1, 1]]
        yield Case(tuple(pair), f"two random images of {height} x {width} pixels")
    greys = rng.choice([-1.0, -0.5, 0.0, 0.5, 1.0], size=(2, 5, 6))
    greys[1, 0] = greys[0, 0]
    yield Case(tuple(greys), "two images with grey pixels")
    yield Case(
        (rng.choice([-1, 1], size=(4, 3)), rng.choice([-1, 1], size=(4, 3))), "images of whole numbers"
    )


exercise = Exercise(
    reference.agreement,
    cases,
    minutes=4,
    hints=(
        "`a == b` compares pixel by pixel and gives an array of True and False.",
        "A share is a count divided by the number of all pixels. `a.size` is the number of pixels.",
        "By hand: [[1, -1], [-1, 1]] and [[1, -1], [-1, -1]] are equal in three pixels of four, so their agreement "
        "is 3 / 4 = 0.75.",
    ),
)


@exercise.model
def agreement(a, b):
    return np.sum(a == b) / a.size


@exercise.alternative
def count_and_divide(a, b):
    """Every comparison is visible: good for following it by hand."""
    equal = 0
    for row in range(a.shape[0]):
        for column in range(a.shape[1]):
            if a[row, column] == b[row, column]:
                equal += 1
    return equal / a.size


exercise.puzzle(
    count_and_divide,
    ("a[row, column] == b[row, column]", "a[row] == b[row]"),
    ("return equal / a.size", "return equal / len(a)"),
)


@exercise.alternative
def one_minus_the_differences(a, b):
    """Counts what differs instead: good when the differences are what you look at next."""
    return 1 - np.count_nonzero(a - b) / a.size


# -- what is divided by --------------------------------------------------------------------------------------

exercise.slip(
    " / a.size",
    "",
    name="count",
    when="the equal pixels are counted but not divided by the number of pixels",
    hint="A share is between 0 and 1. Divide the count by `a.size`.",
)
exercise.slip(
    "a.size",
    "len(a)",
    name="divided_by_rows",
    when="the count is divided by the number of rows",
    hint="`len(a)` is the number of rows; `a.size` is the number of pixels.",
)
exercise.slip(
    "a.size",
    "a.shape[1]",
    name="divided_by_columns",
    when="the count is divided by the number of columns",
    hint="`a.shape[1]` is the number of columns; `a.size` is the number of pixels.",
)
exercise.slip(
    "a.size",
    "len(a) ** 2",
    name="divided_by_rows_squared",
    when="the count is divided by the number of rows twice",
    hint="That is right for square images only. The pixels are height times width, `a.size`.",
)
exercise.slip(
    "a.size",
    "(a.shape[0] + a.shape[1])",
    name="divided_by_height_plus_width",
    when="the count is divided by height plus width",
    hint="How many pixels are there in 2 rows of 3? Multiply, or use `a.size`.",
)
exercise.slip(
    "a.size",
    "{}",
    values=(81, 9),
    name="divided_by_a_fixed_number",
    when="the count is divided by {}, whatever the size of the images",
    hint="Images of another size have another number of pixels. `a.size` is the number of pixels of any image.",
)
exercise.slip(
    "a.size",
    "np.sum(b == 1)",
    name="divided_by_white",
    when="the count is divided by the number of white pixels",
    hint="All pixels count, black ones too: divide by `a.size`.",
)
exercise.slip(
    "np.sum(a == b) / a.size",
    "np.sum(a == b) // a.size",
    name="all_or_nothing",
    when="the images are compared as wholes",
    hint="The question is not whether all pixels are equal, but what share of them are. (Dividing with `//` gives "
    "the same: it drops everything after the point.)",
)

# -- what is compared ----------------------------------------------------------------------------------------

exercise.slip(
    "a == b",
    "a != b",
    name="different_pixels",
    when="the pixels that differ are counted instead of those that are equal",
    hint="`==` is True where two pixels are equal, `!=` where they differ.",
)
exercise.slip(
    "a == b",
    "a * b",
    name="mean_of_products",
    when="an unequal pixel takes away what an equal one adds, as in a mean of the products",
    hint="The product of two unequal pixels is -1 and takes away what an equal pair adds. Compare with `==` instead. "
    "(Products come in the next lesson.)",
)
exercise.slip(
    "a == b",
    "a * b == 1",
    name="products_of_one",
    when="the pixels whose product is 1 are counted",
    hint="Of two equal greys the product is not 1: 0.5 times 0.5 is 0.25. Compare with `==` instead.",
)
exercise.slip(
    "a == b",
    "np.sign(a) == np.sign(b)",
    name="signs_compared",
    when="only the signs are compared, so that two different greys may count as equal",
    hint="0.5 and 1 have the same sign and are not equal. Compare the pixels themselves.",
)
exercise.slip(
    "a == b",
    "np.abs(a - b) < 0.75",
    name="near_enough_is_equal",
    when="pixels that are near each other count as equal",
    hint="A pixel is equal or it is not; ask with `==`, not with a tolerance.",
)
exercise.slip(
    "np.sum(a == b)",
    "np.sum(a[:-1, :-1] == b[:-1, :-1])",
    name="without_the_last_row_and_column",
    when="the last row and the last column are left out, as by `range(... - 1)`",
    hint="`range(4)` is 0, 1, 2, 3: it stops before its end by itself. Nothing has to be taken away.",
)
exercise.slip(
    "a == b",
    "(a == 1) & (b == 1)",
    name="white_in_both",
    when="only the pixels that are white in both count as equal",
    hint="Two black pixels agree as well as two white ones.",
)
exercise.slip(
    "np.sum(a == b) / a.size",
    "np.sum(a == 1) / np.sum(b == 1)",
    name="white_over_white",
    when="the number of white pixels of one image is divided by that of the other",
    hint="Where the white pixels are counts, not how many there are. Compare pixel by pixel: `a == b`.",
)
exercise.slip(
    "np.sum(a == b) / a.size",
    "1 - np.mean(np.abs(a - b)) / 2",
    name="nearly_equal",
    when="two greys count as partly equal if they are near each other",
    hint="A pixel is equal or it is not, with nothing between; ask with `==`.",
)

exercise.slip(
    "np.sum(a == b) / a.size",
    "1 - np.mean(np.abs(a - b))",
    name="difference_counts_twice",
    when="the mean difference of the pixels is taken away from 1; but black and white differ by 2",
    hint="A pixel is equal or it is not, and counts 1 or 0, however far apart the two are. Ask with `==`.",
)
exercise.slip(
    "np.sum(a == b) / a.size",
    "1 - np.mean((a - b) ** 2)",
    name="squared_differences",
    when="the mean of the squared differences is taken away from 1",
    hint="A pixel is equal or it is not, and counts 1 or 0, however far apart the two are. Ask with `==`.",
)

# -- how it is added up --------------------------------------------------------------------------------------

exercise.slip(
    "np.sum(a == b) / a.size",
    "np.mean(a == b, axis=1)",
    name="for_each_row",
    when="the share of each row is taken by itself",
    hint="With an axis, `np.mean` gives one number for each row. Leave the axis out.",
)
exercise.slip(
    "np.sum(a == b) / a.size",
    "sum(a == b) / len(a)",
    name="share_for_each_column",
    when="the share of each column is taken by itself",
    hint=common.PYTHONS_SUM,
)
exercise.slip(
    "np.sum(a == b)",
    "sum(a == b)",
    name="count_for_each_column",
    when="each column is added up by itself",
    hint=common.PYTHONS_SUM,
)
exercise.slip(
    "np.sum(a == b) / a.size",
    "a == b",
    name="the_comparison",
    when="the comparison itself is returned",
    hint="`a == b` says for each pixel whether it is equal. What share of these answers is True?",
)
exercise.slip("return np.sum(a == b) / a.size", "print(np.sum(a == b) / a.size)", **common.PRINTED)

# -- loops ---------------------------------------------------------------------------------------------------


@exercise.mistake(
    when="whole rows are compared, and those that are equal counted",
    hint="Two rows may agree in most pixels and not be equal. Compare pixel by pixel.",
)
def equal_rows(a, b):
    equal = 0
    for row in range(len(a)):
        if (a[row] == b[row]).all():
            equal += 1
    return equal / len(a)


@exercise.form("equal_rows")
def equal_rows_of_all_pixels(a, b):
    return sum(np.array_equal(one, other) for one, other in zip(a, b, strict=True)) / a.size


@exercise.mistake(
    when="only the first row is compared",
    hint=common.FIRST_ROW_ONLY,
)
def first_row_only(a, b):
    for row_a, row_b in zip(a, b, strict=True):
        return np.mean(row_a == row_b)


@exercise.mistake(
    when="both loops run over the number of rows",
    hint="`len(a)` is the number of rows. The columns are `a.shape[1]`.",
)
def as_many_columns_as_rows(a, b):
    equal = 0
    for row in range(len(a)):
        for column in range(len(a)):
            if a[row, column] == b[row, column]:
                equal += 1
    return equal / a.size


exercise.edited_form("as_many_columns_as_rows", as_many_columns_as_rows, "a.size", "len(a) ** 2")
exercise.edited(
    count_and_divide,
    ("equal += 1\n", "equal += 1\n                return equal / a.size\n"),
    ("\n    return equal / a.size", ""),
    name="at_the_first_equal_pixel",
    when="the function returns at the first equal pixel",
    hint="A `return` ends the function. Let both loops finish first, and return below them, less indented.",
)

exercise.slip(
    "np.sum(a == b) / a.size",
    "np.sum((a == 1) & (b == 1)) / np.sum((a == 1) | (b == 1))",
    name="shared_white_of_all_white",
    when="the pixels that are white in both are divided by those that are white in either",
    hint="Two black pixels agree as well, and every pixel counts below the line, black ones too.",
)

exercise.equivalent_mutant(
    "float(np.mean(a == b)) -> np.mean(a == b)",
    because="a number of NumPy's is as good an answer as one of Python's",
)
