"""The same images with the channels before rows and columns."""

import numpy as np

from helpers import reference
from helpers.exercises.model import Case, Exercise
from helpers.exercises.volumes import axes


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
    yield from axes.larger_cases(rng)


exercise = Exercise(
    reference.to_nchw,
    cases,
    minutes=3,
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
def filled_channel_by_channel(x):
    """Says where each channel goes: good for seeing what a transpose does."""
    images, height, width, channels = x.shape
    moved = np.zeros((images, channels, height, width))
    for channel in range(channels):
        moved[:, channel] = x[..., channel]
    return moved


exercise.puzzle(
    filled_channel_by_channel,
    ("moved[:, channel] =", "moved[channel] ="),
    ("(images, channels, height, width)", "(images, height, width, channels)"),
)


@exercise.alternative
def move_the_last_axis(x):
    """Moves one axis and leaves the others alone: no order to get wrong."""
    return np.moveaxis(x, -1, 1)


@exercise.alternative
def one_channel_at_a_time(x):
    """Takes the channels out and stacks them: good for seeing what the axes mean."""
    return np.stack([x[:, :, :, channel] for channel in range(x.shape[3])], axis=1)


@exercise.alternative
def two_swaps(x):
    return x.swapaxes(2, 3).swapaxes(1, 2)


ORDER = (0, 3, 1, 2)

axes.add_slips_without_a_move(exercise, ORDER)
axes.add_slips_of_reversing(exercise, ORDER, "[..., ::-1]")
axes.add_slips_of_batches(exercise, ORDER)

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
    when="channels and rows are swapped: (batch, channels, width, height)",
    hint="Swapping two axes is not enough: height must still come before width.",
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
    when="only the last two axes are swapped",
    hint="The channels must come before the height as well as before the width.",
)
exercise.slip(
    "(0, 3, 1, 2)",
    "(0, 2, 1, 3)",
    name="rows_and_columns_swapped",
    when="only axes 1 and 2 are swapped",
    hint="Height and width keep their order. It is the channels, the last axis, that must move.",
)
