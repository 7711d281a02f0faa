"""The same images with the channels last."""

import numpy as np

from helpers import reference
from helpers.exercises import common
from helpers.exercises.model import Case, Exercise


def cases(rng):
    """A few pixels with several channels, whole numbers, random images."""
    channels = [[[[3.0, -1.0, 0.0]], [[5.0, 2.0, 7.0]]]]
    yield Case((np.array(channels),), "one image of two channels, one row, three columns")
    tall = [[[[3.0], [-1.0], [0.0]], [[5.0], [2.0], [7.0]]]]
    yield Case((np.array(tall),), "one image of two channels, three rows, one column")
    yield Case(
        (np.array([[[[4, 1], [3, 0]], [[5, 2], [7, 9]], [[6, 8], [-1, 11]]]]),),
        "one image of whole numbers, three channels, two rows, two columns",
    )
    yield Case(
        (np.array([[[[3.0, -1.0, 0.0]], [[5.0, 2.0, 7.0]]], [[[4.0, 1.0, 9.0]], [[6.0, 8.0, -2.0]]]]),),
        "two images of two channels",
    )
    yield Case((np.arange(24).reshape(2, 3, 1, 4),), "two images, numbered")
    for shape in [(2, 3, 4, 5), (3, 5, 2, 1), (4, 2, 2, 2)]:
        yield Case((rng.uniform(-1, 1, shape),), f"random values of shape {shape}")
    yield Case((rng.uniform(-1, 1, (2, 4, 3, 3)).astype(np.float32),), "random values of type float32")


exercise = Exercise(
    reference.to_nhwc,
    cases,
    minutes=3,
    hints=(
        "What `to_nchw` did must be undone.",
        "`np.transpose(x, order)`: the new axis i is the old axis order[i]. What is the old place of the rows now?",
        "By hand: from (batch, channels, height, width), the new axis 3, channels, is the old axis 1.",
    ),
)


@exercise.model
def to_nhwc(x):
    return np.transpose(x, (0, 2, 3, 1))


@exercise.alternative
def move_axis_one_to_the_end(x):
    return np.moveaxis(x, 1, -1)


@exercise.alternative
def channels_stacked_last(x):
    return np.stack([x[:, channel] for channel in range(x.shape[1])], axis=-1)


@exercise.alternative
def two_swaps_back(x):
    return x.swapaxes(1, 2).swapaxes(2, 3)


MOVED = "np.transpose(x, (0, 2, 3, 1))"

# -- no axis moves -------------------------------------------------------------------------------------------

exercise.slip(
    MOVED,
    "x.reshape(x.shape[0], x.shape[2], x.shape[3], x.shape[1])",
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
    "(0, 2, 3, 1)",
    "(0, 3, 1, 2)",
    name="other_direction",
    when="the axes are moved in the other direction: the last one becomes the second",
    hint="The channels come second and must come last: the new axis 3 is the old axis 1.",
)
exercise.slip(
    "(0, 2, 3, 1)",
    "(0, 3, 2, 1)",
    name="channels_for_columns",
    when="channels and columns are exchanged: (batch, width, height, channels)",
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
    MOVED,
    "np.moveaxis(x, 0, -1)",
    name="batch_last",
    when="the batch is put last",
    hint="The batch stays first. It is the channels that go to the end.",
)
exercise.slip(
    "(0, 2, 3, 1)",
    "(0, 1, 3, 2)",
    name="width_and_height_exchanged",
    when="only the last two axes are exchanged",
    hint="Two axes must move up to make room: height and width.",
)
exercise.slip(
    "(0, 2, 3, 1)",
    "(0, 2, 1, 3)",
    name="channels_after_the_height_only",
    when="only axes 1 and 2 are exchanged",
    hint="The channels must come after the width as well as after the height.",
)
exercise.slip(
    "transpose(x",
    "transpose(x[:, ::-1]",
    name="channels_reversed",
    when="the channels are also put in reverse order, last one first",
    hint="Channel 0 stays channel 0. Only the place of the axis changes.",
)

# -- batches -------------------------------------------------------------------------------------------------

exercise.slip(
    MOVED,
    "np.transpose(x, (1, 2, 0))",
    name="axes_of_one_image",
    when="the axes of a single image are counted, without the batch",
    hint="`x` has four axes; the batch is axis 0. Name all four.",
)
exercise.slip(
    MOVED,
    "np.transpose(x[0], (1, 2, 0))",
    name="first_image_only",
    when="only the first image is returned",
    hint="The result holds all images of the batch: four axes, the batch first.",
)
exercise.slip(
    MOVED,
    "np.concatenate([np.moveaxis(image, 0, -1) for image in x])",
    name="images_joined",
    when="the images are joined to a single one, without an axis for the batch",
    hint="`np.concatenate` lengthens an axis; `np.stack` and `np.array` make a new one, the batch.",
)
exercise.slip(MOVED, "[np.transpose(image, (1, 2, 0)) for image in x]", **common.LIST)

for change in ("x = np.asarray(x) -> (dropped)", "np.asarray(x) -> x"):
    exercise.equivalent_mutant(
        change, because="what comes in is an array already; only a list would be turned into one"
    )
