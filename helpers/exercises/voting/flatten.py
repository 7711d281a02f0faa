"""Each image as one row of numbers."""

import numpy as np

from helpers import data, reference
from helpers.exercises import common
from helpers.exercises.model import Case, Exercise


def pooled_letters():
    """What reaches the voting: the pooled feature maps of the X and the O, of shape (2, 3, 4, 4)."""
    images = np.stack([data.X, data.O])[:, None]
    kernels = np.stack(list(data.features.values()))[:, None] / 9
    return reference.max_pool2d(reference.relu(reference.conv2d(images, kernels)), partial=True)


def cases(rng):
    """Few numbers in many shapes, then the lesson's maps, whole numbers, random values."""
    yield Case(
        (np.array([[[[1.5, 2.0], [4.0, 3.0]], [[8.0, 5.0], [6.0, 7.0]]]]),),
        "one image: two channels of 2 x 2",
    )
    yield Case((np.array([[[[1.5, 2.0, 6.0]]], [[[3.0, 5.0, 4.0]]]]),), "two images of 1 x 3")
    two = np.array([[[[1.5, 2.0, 4.0]], [[3.0, 9.0, 6.0]]], [[[8.0, 5.0, 7.0]], [[0.5, 12.0, 10.0]]]])
    yield Case((two,), "two images with two channels of 1 x 3")
    tall = np.array(
        [
            [[[1.5, 2.0], [4.0, 3.0]], [[9.0, 6.0], [8.0, 5.0]]],
            [[[7.0, 0.5], [12.0, 10.0]], [[11.0, 13.0], [15.0, 14.0]]],
        ]
    )
    yield Case((tall[:, :1, :, :],), "two images of 2 x 2")
    yield Case(
        (np.array([[[1.5, 2.0, 6.0], [3.0, 5.0, 4.0]], [[9.0, 7.0, 8.0], [0.5, 12.0, 10.0]]]),),
        "no channel axis",
    )
    yield Case((np.array([[1.5, 2.0, 6.0], [3.0, 5.0, 4.0]]),), "images that are flat already")
    yield Case((tall,), "two images with two channels of 2 x 2")
    yield Case((rng.uniform(-1, 1, (2, 3, 4)),), "two images without channels, of 3 x 4")
    yield Case((pooled_letters(),), "the pooled maps of the X and the O")
    yield Case((rng.integers(-9, 10, (3, 2, 4, 3)),), "whole numbers")
    yield Case((rng.uniform(-1, 1, (1, 1, 3, 5)),), "one image with one channel")
    for shape in [(4, 3, 5, 2), (2, 4, 3, 6), (5, 1, 1, 1)]:
        yield Case((rng.uniform(-1, 1, shape),), f"random values of shape {shape}")
    yield Case((rng.uniform(-1, 1, (3, 2, 2, 5)).astype(np.float32),), "random values of type float32")


exercise = Exercise(
    reference.flatten,
    cases,
    minutes=2,
    hints=(
        "The result has as many rows as there are images. How many numbers does one image hold?",
        "`reshape` keeps the numbers and their order and changes the shape. It works out one length by itself if you "
        "write -1 there.",
        "By hand: two images of shape (1, 2, 3) hold 6 numbers each, so the result has the shape (2, 6).",
    ),
)


@exercise.model
def flatten(x):
    return x.reshape(len(x), -1)


@exercise.alternative
def one_image_after_the_other(x):
    """One image at a time: good for seeing that images never mix."""
    rows = []
    for image in x:
        rows.append(image.ravel())
    return np.stack(rows)


exercise.puzzle(
    one_image_after_the_other,
    ("rows.append(image.ravel())", "rows = image.ravel()"),
    ("return np.stack(rows)", "return np.concatenate(rows)"),
)


@exercise.alternative
def with_the_product_of_lengths(x):
    """Says how long a row will be: an error shows at once."""
    return np.reshape(x, (x.shape[0], int(np.prod(x.shape[1:]))))


@exercise.alternative
def number_by_number(x):
    """Plain Python lists: it needs no NumPy to be understood."""
    return np.array([list(image.flat) for image in x])


# -- the shape of the result ---------------------------------------------------------------------------------

exercise.slip(
    "len(x), -1",
    "-1",
    name="batch_joined",
    when="the images of the batch are joined into a single row",
    hint="The first axis counts the images. Keep it: the first image is row 0 of the result, the second is row 1.",
)
exercise.slip(
    "len(x), -1",
    "1, -1",
    name="batch_of_one",
    when="all images are joined in one row of a batch of one",
    hint="The first axis counts the images. Its length is `len(x)`, not always 1.",
)
exercise.slip(
    "len(x), -1",
    "-1, len(x)",
    name="batch_axis_last",
    when="each column of the result is filled like an image: the batch axis comes last",
    hint="Rows first: row n of the result holds image n. The number of images is the first length of the new shape.",
)
exercise.slip(
    "len(x), -1)",
    "len(x), -1).T",
    name="images_in_columns",
    when="rows and columns of the result are swapped",
    hint="Row n of the result holds image n; each column is one place in the image.",
)
exercise.slip(
    "len(x), -1",
    "x.shape[0], x.shape[1] * x.shape[2]",
    name="two_lengths_only",
    when="only two lengths of the image are multiplied for the length of a row",
    hint="An image of shape (channels, height, width) holds channels times height times width numbers. -1 lets `reshape` "
    "count them.",
)
exercise.slip(
    "    return x.reshape(len(x), -1)",
    "    images, channels, height, width = x.shape\n    return x.reshape(images, channels * height * width)",
    name="four_axes",
    when="four axes are taken for granted",
    hint="Images may come without channels, or flat already. What is needed is only `len(x)`, and -1 for the rest.",
)


@exercise.form("four_axes")
def four_lengths(x):
    return x.reshape(x.shape[0], x.shape[1] * x.shape[2] * x.shape[3])


exercise.slip(
    "len(x), -1",
    "*x.shape[:2], -1",
    name="channels_apart",
    when="every channel is flattened by itself, and the channels stay apart",
    hint="Voting needs one row for each image, in which all channels follow one another.",
)
exercise.slip(
    "len(x), -1",
    "len(x), -1, x.shape[-1]",
    name="columns_apart",
    when="the channels are joined, but the rows keep their columns",
    hint="The result has two axes: images, and numbers of an image.",
)
exercise.slip(
    "len(x), -1)",
    "len(x), -1).squeeze()",
    name="squeezed",
    when="a batch of one image loses its batch axis",
    hint="One image gives one row, of shape (1, numbers). `squeeze` takes that axis away.",
)
exercise.slip(
    "len(x), -1",
    "len(x), 48",
    name="always_forty_eight",
    when="the length 48 is written into the function",
    hint="48 is 3 times 4 times 4. Images of other shapes hold other numbers of values.",
)
exercise.slip(
    "len(x), -1",
    "-1, 48",
    name="rows_of_forty_eight",
    when="rows of 48 are cut off, whatever the images' shape",
    hint="48 is 3 times 4 times 4. Images of other shapes hold other numbers of values.",
)

# -- the order of the numbers --------------------------------------------------------------------------------

exercise.slip(
    "-1)",
    '-1, order="F")',
    name="fortran_order",
    when="the numbers are read in the opposite order of axes: the channels change fastest",
    hint="Read as a page is read: channel after channel, in each row after row, in each from left to right.",
)
exercise.slip(
    "    return x.",
    "    x = np.swapaxes(x, -1, -2) if x.ndim > 2 else x\n    return x.",
    name="column_by_column",
    when="each channel is read column by column",
    hint="Row after row: the columns change fastest.",
)
exercise.slip(
    "x.reshape(len",
    "np.moveaxis(x, 1, -1).reshape(len",
    name="pixel_by_pixel",
    when="the channels of a pixel are put side by side, pixel after pixel",
    hint="Channel after channel: all of channel 0 first, then all of channel 1. The axes are in that order already.",
)
exercise.slip(
    "x.reshape(len",
    "np.moveaxis(x, 1, 0).reshape(len",
    name="channels_before_images",
    when="channel 0 of all images comes first, then channel 1 of all images",
    hint="Image after image: all channels of image 0 make row 0. The axes are in that order already.",
)

# -- what gets lost ------------------------------------------------------------------------------------------

exercise.slip(
    "x.reshape(len(x), -1)",
    "x[0].ravel()",
    name="only_the_first_image",
    when="only the first image is flattened",
    hint="`x` holds several images. The result has one row for each of them.",
)
exercise.slip(
    "x.reshape(len",
    "x[:, 0].reshape(len",
    name="only_the_first_channel",
    when="only channel 0 is kept",
    hint="All channels of an image go into its row.",
)
exercise.slip(
    "x.reshape(len",
    "x.mean(axis=1).reshape(len",
    name="channels_averaged",
    when="the channels are averaged",
    hint="Flattening computes nothing: each number of the image is in the row, as it was.",
)
exercise.slip(
    "    return x.reshape(len(x), -1)",
    "    x.shape = (len(x), -1)\n    return x",
    name="in_place",
    when="the shape of the argument itself is changed",
    hint="`x.shape = ...` changes the caller's array. `x.reshape(...)` gives you one with another shape.",
)
exercise.slip("len(x), -1)", "len(x), -1).astype(int)", **common.WHOLE_NUMBERS)
exercise.slip(
    "x.reshape(len(x), -1)",
    "[image.ravel() for image in x]",
    name="list_of_rows",
    when="a list of rows is returned",
    hint="Turn the list into one array with `np.stack`, so that it has a shape.",
)
exercise.slip("x.reshape(len(x), -1)", "x.reshape(len(x), -1).tolist()", **common.LIST)

exercise.equivalent_mutant(
    "1 -> 2",
    because="reshape works out the length that is negative, whether it is -1 or -2",
)
