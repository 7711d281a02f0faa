"""The same images with the channels before rows and columns."""

import numpy as np

from helpers import reference
from helpers.exercises import common
from helpers.exercises.model import Case, Exercise


def cases(rng):
    """A few pixels with several channels, whole numbers, random images."""
    pixels = [[[[3.0, -1.0], [0.0, 5.0], [2.0, 7.0]]]]
    yield Case((np.array(pixels),), "one image of one row and three columns, two channels")
    tall = [[[[3.0, -1.0]], [[0.0, 5.0]], [[2.0, 7.0]]]]
    yield Case((np.array(tall),), "one image of three rows and one column, two channels")
    yield Case(
        (np.array([[[[4, 1, 3], [0, 5, 2]], [[7, 9, 6], [8, -1, 11]]]]),),
        "one image of whole numbers, two rows, two columns, three channels",
    )
    yield Case(
        (np.array([[[[3.0, -1.0], [0.0, 5.0], [2.0, 7.0]]], [[[4.0, 1.0], [9.0, 6.0], [8.0, -2.0]]]]),),
        "two images of two channels",
    )
    yield Case((np.arange(24).reshape(2, 3, 1, 4),), "two images, numbered")
    for shape in [(2, 3, 4, 5), (3, 5, 2, 1), (4, 2, 2, 2)]:
        yield Case((rng.uniform(-1, 1, shape),), f"random values of shape {shape}")
    yield Case((rng.uniform(-1, 1, (2, 4, 3, 3)).astype(np.float32),), "random values of type float32")


exercise = Exercise(
    reference.to_nchw,
    cases,
    minutes=4,
    hints=(
        "The numbers stay the same; the axes change places. Where is each axis now, and where will it be?",
        "`np.transpose(x, order)`: the new axis i is the old axis order[i]. What is the old place of the channels?",
        "By hand: from (batch, height, width, channels), the new axis 1, channels, is the old axis 3.",
    ),
)


@exercise.model
def to_nchw(x):
    return np.transpose(x, (0, 3, 1, 2))


@exercise.alternative
def move_the_last_axis(x):
    return np.moveaxis(x, -1, 1)


@exercise.alternative
def one_channel_at_a_time(x):
    return np.stack([x[:, :, :, channel] for channel in range(x.shape[3])], axis=1)


@exercise.alternative
def two_swaps(x):
    return x.swapaxes(2, 3).swapaxes(1, 2)


MOVED = "np.transpose(x, (0, 3, 1, 2))"

# -- no axis moves -------------------------------------------------------------------------------------------

exercise.slip(
    MOVED,
    "x.reshape(x.shape[0], x.shape[3], x.shape[1], x.shape[2])",
    name="reshaped",
    when="`reshape` is used: it deals out the same numbers anew and tears the pixels apart",
    hint="`reshape` keeps the order of the numbers and changes where rows end. Here the axes must change places.",
)
exercise.slip(
    MOVED,
    "x",
    name="as_they_are",
    when="the images are returned as they are",
    hint="`np.transpose` returns a new view and leaves `x` alone: return what it gives you.",
)
exercise.slip(
    f"return {MOVED}",
    MOVED,
    name="not_returned",
    when="nothing is returned",
    hint="The last line needs a `return`.",
)

# -- the wrong axis moves ------------------------------------------------------------------------------------

exercise.slip(
    "(0, 3, 1, 2)",
    "(0, 2, 3, 1)",
    name="other_direction",
    when="the axes are moved in the other direction: axis 1 becomes the last one",
    hint="The channels come last and must come second: the new axis 1 is the old axis 3.",
)
exercise.slip(
    "(0, 3, 1, 2)",
    "(0, 3, 2, 1)",
    name="channels_for_rows",
    when="channels and rows are exchanged: (batch, channels, width, height)",
    hint="Exchanging two axes is not enough: height must still come before width.",
)
exercise.slip(
    MOVED,
    "x.T",
    name="all_axes_reversed",
    when="all four axes are reversed, so that the batch comes last",
    hint="`x.T` reverses all axes. The batch stays first.",
)
exercise.slip(
    "(0, 3, 1, 2)",
    "(3, 0, 1, 2)",
    name="channels_first_of_all",
    when="the channels are put before the batch",
    hint="The batch stays first; the channels come second.",
)
exercise.slip(
    "(0, 3, 1, 2)",
    "(0, 1, 3, 2)",
    name="channels_before_the_width_only",
    when="only the last two axes are exchanged",
    hint="The channels must come before the height as well as before the width.",
)
exercise.slip(
    "(0, 3, 1, 2)",
    "(0, 2, 1, 3)",
    name="rows_and_columns_exchanged",
    when="only axes 1 and 2 are exchanged",
    hint="Height and width keep their order. It is the channels, the last axis, that must move.",
)
exercise.slip(
    "transpose(x",
    "transpose(x[..., ::-1]",
    name="channels_reversed",
    when="the channels are also put in reverse order, last one first",
    hint="Channel 0 stays channel 0. Only the place of the axis changes.",
)

# -- batches -------------------------------------------------------------------------------------------------

exercise.slip(
    MOVED,
    "np.transpose(x, (2, 0, 1))",
    name="axes_of_one_image",
    when="the axes of a single image are counted, without the batch",
    hint="`x` has four axes; the batch is axis 0. Name all four.",
)
exercise.slip(
    MOVED,
    "np.transpose(x[0], (2, 0, 1))",
    name="first_image_only",
    when="only the first image is returned",
    hint="The result holds all images of the batch: four axes, the batch first.",
)
exercise.slip(
    MOVED,
    "np.concatenate([np.moveaxis(image, -1, 0) for image in x])",
    name="images_joined",
    when="the images are joined to a single one, without an axis for the batch",
    hint="`np.concatenate` lengthens an axis; `np.stack` and `np.array` make a new one, the batch.",
)
exercise.slip(MOVED, "[np.transpose(image, (2, 0, 1)) for image in x]", **common.LIST)

for change in ("x = np.asarray(x) -> (dropped)", "np.asarray(x) -> x"):
    exercise.equivalent_mutant(
        change, because="what comes in is an array already; only a list would be turned into one"
    )
