"""The same images with the channels last."""

import numpy as np

from helpers import reference
from helpers.exercises.model import Case, Exercise
from helpers.exercises.volumes import axes


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
    yield from axes.larger_cases(rng)


exercise = Exercise(
    reference.to_nhwc,
    cases,
    minutes=2,
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
def filled_channel_by_channel(x):
    """Says where each channel goes: good for seeing what a transpose does."""
    images, channels, height, width = x.shape
    moved = np.zeros((images, height, width, channels))
    for channel in range(channels):
        moved[..., channel] = x[:, channel]
    return moved


exercise.puzzle(
    filled_channel_by_channel,
    ("moved[..., channel] =", "moved[channel] ="),
    ("(images, height, width, channels)", "(images, channels, height, width)"),
)


@exercise.alternative
def move_axis_one_to_the_end(x):
    """Moves one axis and leaves the others alone: no order to get wrong."""
    return np.moveaxis(x, 1, -1)


@exercise.alternative
def channels_stacked_last(x):
    """Takes the channels out and stacks them: good for seeing what the axes mean."""
    return np.stack([x[:, channel] for channel in range(x.shape[1])], axis=-1)


@exercise.alternative
def two_swaps_back(x):
    return x.swapaxes(1, 2).swapaxes(2, 3)


ORDER = (0, 2, 3, 1)

axes.add_slips_without_a_move(exercise, ORDER)
axes.add_slips_of_reversing(exercise, ORDER, "[:, ::-1]")
axes.add_slips_of_batches(exercise, ORDER)

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
    when="channels and columns are swapped: (batch, width, height, channels)",
    hint="Swapping two axes is not enough: height must still come before width.",
)
exercise.slip(
    "np.transpose(x, (0, 2, 3, 1))",
    "np.moveaxis(x, 0, -1)",
    name="batch_last",
    when="the batch is put last",
    hint="The batch stays first. It is the channels that go to the end.",
)
exercise.slip(
    "(0, 2, 3, 1)",
    "(0, 1, 3, 2)",
    name="width_and_height_swapped",
    when="only the last two axes are swapped",
    hint="Two axes must move up to make room: height and width.",
)
exercise.slip(
    "(0, 2, 3, 1)",
    "(0, 2, 1, 3)",
    name="channels_after_the_height_only",
    when="only axes 1 and 2 are swapped",
    hint="The channels must come after the width as well as after the height.",
)
