"""What lesson 00 asks: count_white."""

import numpy as np

from helpers import reference
from helpers.exercises.model import Case, Exercise


def _cases(rng):
    yield Case((np.array([[1.0, -1.0], [-1.0, -1.0]]),), "one white pixel of four")
    yield Case((np.array([[1.0, 1.0], [-1.0, 1.0]]),), "three white pixels of four")
    yield Case((-np.ones((2, 3)),), "a black image")
    yield Case((np.ones((3, 2)),), "a white image")
    yield Case((np.array([[1.0, 0.0, -1.0], [0.5, 1.0, 0.0]]),), "an image with grey pixels")
    for height, width in [(3, 5), (9, 9), (7, 4)]:
        image = rng.choice([-1.0, 1.0], size=(height, width), p=[0.6, 0.4])
        yield Case((image,), f"a random image of {height} x {width} pixels")
    greys = rng.choice([-1.0, -0.5, 0.0, 0.5, 1.0], size=(6, 5))
    yield Case((greys,), "a random image with grey pixels")
    yield Case((rng.choice([-1, 1], size=(4, 6)),), "an image of whole numbers")


count_white = Exercise(
    name="count_white",
    reference=reference.count_white,
    cases=_cases,
    hints=(
        "`image == 1` is an array of the same shape that holds True where a pixel is white. How many are True?",
        "`np.sum` counts True as 1 and False as 0.",
        "By hand: for [[1, -1], [-1, -1]] the comparison gives [[True, False], [False, False]], and the sum of "
        "that is 1 + 0 + 0 + 0 = 1.",
    ),
)


@count_white.alternative
def with_loops(image):
    count = 0
    for row in image:
        for pixel in row:
            if pixel == 1:
                count += 1
    return count


@count_white.alternative
def with_a_mask(image):
    return image[image == 1].size


@count_white.mistake(
    when="the pixel values are added up",
    hint="Black pixels are -1, so each of them takes one away. Compare first, then add.",
)
def sum_of_values(image):
    return np.sum(image)


@count_white.mistake(
    when="the black pixels are counted",
    hint="White is +1, black is -1.",
)
def counts_black(image):
    return int(np.sum(image == -1))


@count_white.mistake(
    when="every pixel above zero is counted, light grey ones too",
    hint="Only a pixel of exactly 1 is white; 0.5 is light grey.",
)
def counts_light_grey(image):
    return int(np.sum(image > 0))


@count_white.mistake(
    when="all pixels that are not black are counted",
    hint="Grey pixels lie between -1 and 1. Only a pixel of exactly 1 is white.",
)
def counts_not_black(image):
    return int(np.sum(image != -1))


@count_white.mistake(
    when="the share of white pixels is taken instead of their number",
    hint="`np.mean` divides by the number of pixels; a count does not.",
)
def share_of_white(image):
    return np.mean(image == 1)


@count_white.mistake(
    when="each row is counted by itself",
    hint="With an axis, `np.sum` gives one number for each row. Leave the axis out to add up everything.",
)
def one_count_for_each_row(image):
    return np.sum(image == 1, axis=1)


@count_white.mistake(
    when="only the first row is looked at",
    hint="A `return` inside the loop ends the function in the first round. Move it out of the loop.",
)
def returns_inside_the_loop(image):
    count = 0
    for row in image:
        count += int(np.sum(row == 1))
        return count


@count_white.mistake(
    when="the comparison itself is returned",
    hint="`image == 1` tells which pixels are white. How many are they?",
)
def returns_the_comparison(image):
    return image == 1


@count_white.mistake(
    when="each column is counted by itself",
    hint="Python's own `sum` adds up the rows of an array and leaves one number for each column. `np.sum` adds up everything.",
)
def one_count_for_each_column(image):
    return sum(image == 1)


@count_white.mistake(
    when="every pixel that is not zero is counted, black ones too",
    hint="-1 is not zero either. Compare with 1 first, then count.",
)
def counts_not_zero(image):
    return np.count_nonzero(image)


@count_white.mistake(
    when="the values of the light pixels are added up",
    hint="A light grey of 0.5 adds a half to the sum, but it is no white pixel. Ask of each pixel whether it is 1.",
)
def sum_of_light_values(image):
    return np.sum(image[image > 0])


@count_white.mistake(
    when="half of the sum of all values and the number of pixels is taken",
    hint="This is right while every pixel is +1 or -1. Grey pixels upset it; compare each pixel with 1.",
)
def half_of_sum_and_size(image):
    return (np.sum(image) + image.size) / 2


@count_white.mistake(
    when="the rows are counted",
    hint="`len` of an array is its number of rows, whatever is in them. Add up the answers instead.",
)
def counts_rows(image):
    return len(image == 1)


@count_white.mistake(
    when="the axes of the image are counted",
    hint="`np.where` gives two arrays, the rows and the columns of the white pixels. How long is one of them?",
)
def counts_axes(image):
    return len(np.where(image == 1))


@count_white.mistake(
    when="the function always answers 1",
    hint="Does it look at `image`, the argument it is given, or at an image of its own?",
)
def always_one(image):
    return 1


@count_white.mistake(
    when="whole rows are compared with 1",
    hint="A loop over an image gives its rows, one after the other. A second loop, over the row, gives the pixels.",
)
def compares_rows(image):
    count = 0
    for row in image:
        if row == 1:
            count += 1
    return count


@count_white.mistake(
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


count_white.equivalent_mutant(
    "int(np.count_nonzero(image == 1)) -> np.count_nonzero(image == 1)",
    because="a number of NumPy's is as good an answer as one of Python's",
)
