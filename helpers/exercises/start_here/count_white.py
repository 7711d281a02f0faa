"""The number of white pixels of an image, those that are exactly +1."""

import numpy as np

from helpers import reference
from helpers.exercises import common
from helpers.exercises.model import Case, Exercise


def cases(rng):
    """Images of four to six pixels, then with greys, larger ones at random, and whole numbers."""
    yield Case((np.array([[1.0, -1.0], [-1.0, -1.0]]),), "one white pixel of four")
    yield Case((np.array([[1.0, 1.0], [-1.0, 1.0]]),), "three white pixels of four")
    yield Case((np.array([[-1.0, 1.0, 1.0], [-1.0, -1.0, 1.0]]),), "two rows and three columns")
    yield Case((-np.ones((2, 3)),), "a black image")
    yield Case((np.ones((3, 2)),), "a white image")
    yield Case((np.array([[1.0, 0.0, -1.0], [0.5, 1.0, 0.0]]),), "an image with grey pixels")
    for height, width in [(3, 5), (9, 9), (7, 4)]:
        image = rng.choice([-1.0, 1.0], size=(height, width), p=[0.6, 0.4])
        yield Case((image,), f"a random image of {height} x {width} pixels")
    greys = rng.choice([-1.0, -0.5, 0.0, 0.5, 1.0], size=(6, 5))
    yield Case((greys,), "a random image with grey pixels")
    yield Case((rng.choice([-1, 1], size=(4, 6)),), "an image of whole numbers")


exercise = Exercise(
    reference.count_white,
    cases,
    minutes=4,
    hints=(
        "`image == 1` is an array of the same shape that holds True where a pixel is white. How many are True?",
        "`np.sum` counts True as 1 and False as 0.",
        "By hand: for [[1, -1], [-1, -1]] the comparison gives [[True, False], [False, False]], and the sum of "
        "that is 1 + 0 + 0 + 0 = 1.",
    ),
)


@exercise.model
def count_white(image):
    return int(np.sum(image == 1))


@exercise.alternative
def with_loops(image):
    """Every step is visible: good for following one pixel by hand."""
    count = 0
    for row in image:
        for pixel in row:
            if pixel == 1:
                count += 1
    return count


exercise.puzzle(
    with_loops,
    ("if pixel == 1:", "if pixel > -1:"),
    ("for pixel in row:", "for pixel in image:"),
)


@exercise.alternative
def with_a_mask(image):
    """Picks out the white pixels first: good when you need them again."""
    return image[image == 1].size


# -- what is counted -----------------------------------------------------------------------------------------

exercise.slip(
    "np.sum(image == 1)",
    "np.sum(image)",
    name="sum_of_values",
    when="the pixel values are added up",
    hint="Black pixels are -1, so each of them takes one away. Compare first, then add.",
)
exercise.slip(
    "image == 1",
    "image == -1",
    name="black",
    when="the black pixels are counted",
    hint="White is +1, black is -1.",
)
exercise.slip(
    "image == 1",
    "image > 0",
    name="light_grey",
    when="every pixel above zero is counted, light grey ones too",
    hint="Only a pixel of exactly 1 is white; 0.5 is light grey.",
)
exercise.slip(
    "image == 1",
    "image != -1",
    name="not_black",
    when="all pixels that are not black are counted",
    hint="Grey pixels are between -1 and 1. Only a pixel of exactly 1 is white.",
)
exercise.slip(
    "image == 1",
    "image != 0",
    name="not_zero",
    when="every pixel that is not zero is counted, black ones too",
    hint="-1 is not zero either. Compare with 1 first, then count.",
)
exercise.slip(
    "int(np.sum(image == 1))",
    "np.sum(image[image > 0])",
    name="sum_of_light_values",
    when="the values of the light pixels are added up",
    hint="A light grey of 0.5 adds a half to the sum, but it is not a white pixel. Ask for each pixel whether it is 1.",
)
exercise.slip(
    "int(np.sum(image == 1))",
    "(np.sum(image) + image.size) / 2",
    name="half_of_sum_and_size",
    when="a grey pixel counts in part: the answer is half of the number of pixels and the sum of all values together",
    hint="That is right while every pixel is +1 or -1. Grey pixels upset it; compare each pixel with 1.",
)
exercise.slip(
    "int(np.sum(image == 1))",
    "len(image == 1)",
    name="rows",
    when="the rows are counted",
    hint="`len` of an array is its number of rows, whatever is in them. Add up the answers instead.",
)
exercise.slip(
    "int(np.sum(image == 1))",
    "len(image) - np.sum(image == -1)",
    name="rows_less_black",
    when="the black pixels are taken away from `len(image)`, which is the number of rows",
    hint="`len` of an array is its number of rows; `image.size` is the number of pixels. And what is not black may be grey.",
)
exercise.slip(
    "int(np.sum(image == 1))",
    "(np.sum(image) + len(image)) / 2",
    name="half_of_sum_and_rows",
    when="the sum of all values and the number of rows are added and halved",
    hint="`len` of an array is its number of rows, not of pixels. Simpler, and right with greys too: compare with 1, and count.",
)
exercise.slip(
    "np.sum(image == 1)",
    "np.sum((image == 1).any(axis=1))",
    name="rows_with_white",
    when="the rows that hold a white pixel are counted, and not the white pixels",
    hint="A row may hold several white pixels. A second loop, over the row, reaches every one of them.",
)
exercise.slip(
    "np.sum(image == 1)",
    "np.sum((image == 1).any(axis=0))",
    name="columns_with_white",
    when="the columns that hold a white pixel are counted, and not the white pixels",
    hint="A column may hold several white pixels, and each of them counts.",
)
exercise.slip(
    "np.sum(image == 1)",
    "np.sum((image == 1).all(axis=1))",
    name="white_rows",
    when="the rows that are white from end to end are counted",
    hint="Compare pixel by pixel, not row by row: `image == 1` holds an answer for each pixel.",
)
exercise.slip(
    "int(np.sum(image == 1))",
    "image.size",
    name="all_pixels",
    when="all pixels are counted, whatever their colour",
    hint="`image.size` is the number of all pixels. Count only those that equal 1.",
)
exercise.slip(
    "int(np.sum(image == 1))",
    "len(np.where(image == 1))",
    name="axes",
    when="the axes of the image are counted",
    hint="`np.where` gives two arrays, the rows and the columns of the white pixels. How long is one of them?",
)
exercise.slip(
    "int(np.sum(image == 1))",
    "1",
    name="always_one",
    when="the function always answers 1",
    hint="Does it look at `image`, the argument it is given, or at an image of its own?",
)

# -- how it is added up --------------------------------------------------------------------------------------

exercise.slip(
    "int(np.sum(image == 1))",
    "np.mean(image == 1)",
    name="share",
    when="the share of white pixels is taken instead of their number",
    hint="`np.mean` divides by the number of pixels; a count does not.",
)
exercise.slip(
    "int(np.sum(image == 1))",
    "np.sum(image == 1, axis=1)",
    name="for_each_row",
    when="each row is counted by itself",
    hint="With `axis=1`, `np.sum` gives one number for each row. Leave the axis out to add up everything.",
)
exercise.slip(
    "int(np.sum(image == 1))",
    "sum(image == 1)",
    name="for_each_column",
    when="each column is counted by itself",
    hint=common.PYTHONS_SUM,
)
exercise.slip(
    "int(np.sum(image == 1))",
    "image == 1",
    name="the_comparison",
    when="the comparison itself is returned",
    hint="`image == 1` tells which pixels are white. How many are there?",
)
exercise.slip("return int(np.sum(image == 1))", "print(int(np.sum(image == 1)))", **common.PRINTED)

exercise.slip(
    "np.sum(image == 1)",
    "np.sum(image[:-1] == 1)",
    name="without_the_last_row",
    when="the last row is left out, as by `range(len(image) - 1)`",
    hint="`range(4)` is 0, 1, 2, 3: it stops before its end by itself. Nothing has to be taken away.",
)
exercise.slip(
    "np.sum(image == 1)",
    "np.sum(image[:, :-1] == 1)",
    name="without_the_last_column",
    when="the last column is left out, as by `range(image.shape[1] - 1)`",
    hint="`range(4)` is 0, 1, 2, 3: it stops before its end by itself. Nothing has to be taken away.",
)
exercise.slip(
    "np.sum(image == 1)",
    "np.sum(image[:-1, :-1] == 1)",
    name="without_the_last_row_and_column",
    when="the last row and the last column are left out, as by `range(... - 1)`",
    hint="`range(4)` is 0, 1, 2, 3: it stops before its end by itself. Nothing has to be taken away.",
)
exercise.slip(
    "np.sum(image == 1)",
    "np.sum(image[1:, 1:] == 1)",
    name="without_the_first_row_and_column",
    when="the first row and the first column are left out, as by `range(1, ...)`",
    hint="Rows and columns are counted from 0: `range(4)` is 0, 1, 2, 3.",
)

# -- loops that end too early or go too far ------------------------------------------------------------------


@exercise.mistake(
    when="only the first row is looked at",
    hint=common.FIRST_ROW_ONLY,
)
def first_row_only(image):
    count = 0
    for row in image:
        count += int(np.sum(row == 1))
        return count


exercise.edited(
    with_loops,
    "    return count",
    "            return count",
    name="first_pixel_only",
    when="only the first pixel is looked at",
    hint="A `return` inside the loops ends the function at once. Move it to the left, below both loops.",
)
exercise.edited(
    with_loops,
    "    count = 0\n    for row in image:\n",
    "    for row in image:\n        count = 0\n",
    name="count_begins_again",
    when="the count begins again at 0 in each row, so that only the last row is counted",
    hint="Put `count = 0` above both loops: it must run once.",
)


@exercise.mistake(
    when="whole rows are compared with 1",
    hint="A loop over an image gives its rows, one after the other. A second loop, over the row, gives the pixels.",
)
def compares_rows(image):
    count = 0
    for row in image:
        if row == 1:
            count += 1
    return count


@exercise.mistake(
    when="`if` asks the whole image at once whether it is 1",
    hint="`if` needs one True or False. Compare pixel by pixel in two loops, or count the True in `image == 1`.",
)
def compares_the_image(image):
    if image == 1:
        return int(np.sum(image))


@exercise.mistake(
    when="the loops run over 9 rows and 9 columns, whatever the size of the image",
    hint="`image.shape` is the pair (height, width) of the image at hand; let the loops run over these.",
)
def always_nine_by_nine(image):
    count = 0
    for row in range(9):
        for column in range(9):
            if image[row, column] == 1:
                count += 1
    return count


@exercise.form("always_nine_by_nine")
def nine_rows_of_nine(image):
    return sum(image[row][column] == 1 for row in range(9) for column in range(9))


exercise.edited(
    always_nine_by_nine,
    ("range(9)", "range(len(image))", 2),
    name="as_many_columns_as_rows",
    when="both loops run over the number of rows",
    hint="`len(image)` is the number of rows. The number of columns is `image.shape[1]`.",
)

exercise.equivalent_mutant(
    "int(np.count_nonzero(image == 1)) -> np.count_nonzero(image == 1)",
    because="a number of NumPy's is as good an answer as one of Python's",
)

# -- variants ------------------------------------------------------------------------------------------------

exercise.can_be(
    "exactly_one",
    when="only a pixel of exactly 1 counts as white",
    cases=lambda: [
        Case((np.array([[0.25, 1.0], [-1.0, 0.5]]),), "two greys of different lightness"),
        Case((np.array([[0.75, 0.5, 0.25], [0.2, 0.0, 1.0]]),), "greys of five kinds"),
    ],
)
for _name, _sign, _number, _words in (
    ("light_grey", ">", "0", "above 0"),
    ("from_a_half_on", ">=", "0.5", "0.5 or more"),
    ("above_a_half", ">", "0.5", "above 0.5"),
    ("from_a_quarter_on", ">=", "0.25", "0.25 or more"),
    ("from_zero_on", ">=", "0", "0 or more"),
):
    _asks = f"{_sign} {_number}"
    exercise.can_be(
        _name,
        when=f"every pixel that is {_words} counts as white",
        asked=(
            (
                "The number of white pixels, those that are exactly +1.",
                f"The number of pixels that are {_words}, called white here.",
            ),
            (
                "Count the pixels that are exactly +1, in an image",
                f"Count the pixels that are {_words}, in an image",
            ),
            ("is grey, and does not count.)", f"is grey, and counts only if it is {_words}.)"),
            ("compares every pixel with 1 and adds up", f"compares every pixel with {_number} and adds up"),
        ),
        edits=tuple((f"{one} == 1", f"{one} {_asks}") for one in ("image", "pixel", "row", "column]")),
        said=(
            ("`image == 1`", f"`image {_asks}`"),
            ("White is +1, black is -1.", f"White is {_words}, black is -1."),
            ("Only a pixel of exactly 1 is white.", f"Only a pixel of {_words} counts."),
            ("Compare with 1 first, then count.", f"Compare with {_number} first, then count."),
            (
                "but it is not a white pixel. Ask for each pixel whether it is 1.",
                f"but a pixel counts as one or not at all. Ask for each pixel whether it is {_words}.",
            ),
            ("compare each pixel with 1.", f"compare each pixel with {_number}."),
            ("compare with 1, and count.", f"compare with {_number}, and count."),
            ("Count only those that equal 1.", f"Count only those that are {_words}."),
            ("whole rows are compared with 1", f"whole rows are compared with {_number}"),
            (
                "asks the whole image at once whether it is 1",
                f"asks the whole image at once whether it is {_words}",
            ),
        ),
        gone=("exactly +1", "exactly 1", "`image == 1`"),
    )


@exercise.example_from
def example(rng):
    """Eight pixels with five greys."""
    pixels = [1.0, 0.75, 0.5, 0.25, 0.2, 0.0, *rng.choice([-1.0, 1.0], 2)]
    return (f"count_white(np.array({rng.permutation(pixels).reshape(2, 4).tolist()}))",)
