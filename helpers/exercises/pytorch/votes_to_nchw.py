"""A linear layer's weights for channels-first maps, from those for channels-last maps."""

import math

import numpy as np

from helpers import reference
from helpers.exercises import common
from helpers.exercises.model import Case, Exercise


def cases(rng):
    """One unit, two units, channels of several rows, shapes in which nothing moves, then random weights."""
    yield Case((np.array([[1.0], [2.0], [4.0], [3.0]]), (2, 1, 2)), "one unit, two channels of 1 x 2")
    yield Case(
        (np.array([[1.0, 2.0], [4.0, 3.0], [8.0, 5.0], [6.0, 7.5]]), (2, 1, 2)),
        "two units, two channels of 1 x 2",
    )
    twelve = np.array([1.0, 2.0, 4.0, 3.0, 8.0, 5.0, 6.0, 7.0, 9.0, 12.0, 10.0, 11.5])
    yield Case((twelve[:, None], (2, 3, 2)), "one unit, two channels of 3 x 2")
    yield Case((twelve.reshape(6, 2), (1, 2, 3)), "one channel: the order is the same")
    yield Case((rng.uniform(-1, 1, (5, 3)), (5, 1, 1)), "maps of one pixel: the order is the same")
    yield Case((rng.uniform(-1, 1, (24, 4)), (2, 3, 4)), "four units, two channels of 3 x 4")
    yield Case((rng.uniform(-1, 1, (27, 27)), (3, 3, 3)), "as many units as values, all lengths equal")
    yield Case((rng.integers(-9, 10, (12, 5)), (3, 2, 2)), "whole numbers")
    for shape, units in [((3, 4, 2), 5), ((4, 2, 5), 3), ((2, 6, 3), 7)]:
        weight = rng.uniform(-1, 1, (math.prod(shape), units))
        yield Case((weight, shape), f"random weights, {shape[0]} channels of {shape[1]} x {shape[2]}")
    yield Case((rng.uniform(-1, 1, (400, 3)).astype(np.float32), (16, 5, 5)), "the map of Net, float32")


exercise = Exercise(
    reference.votes_to_nchw,
    cases,
    minutes=12,
    hints=(
        "Undo the flattening: which shape did one unit's weights have, before they became a column?",
        "`weight.reshape(height, width, channels, units)` has four axes. `transpose` puts them into the order units, "
        "channels, height, width; `reshape` flattens again.",
        "By hand: two channels a and b of 1 x 2 pixels. Channels last they are a0 b0 a1 b1, channels first "
        "a0 a1 b0 b1. So the weights 1, 2, 3, 4 become 1, 3, 2, 4.",
    ),
)


@exercise.model
def votes_to_nchw(weight, map_shape):
    channels, height, width = map_shape
    block = weight.reshape(height, width, channels, weight.shape[1])
    return block.transpose(3, 2, 0, 1).reshape(weight.shape[1], -1)


@exercise.alternative
def weight_by_weight(weight, map_shape):
    """Both positions as formulas: good for seeing what flattening does."""
    channels, height, width = map_shape
    votes = np.zeros((weight.shape[1], len(weight)))
    for channel, row, column in np.ndindex(channels, height, width):
        old = (row * width + column) * channels + channel
        new = (channel * height + row) * width + column
        votes[:, new] = weight[old]
    return votes


@exercise.alternative
def channel_by_channel(weight, map_shape):
    """Every so many rows belong to one channel: short."""
    channels = map_shape[0]
    return np.concatenate([weight[channel::channels] for channel in range(channels)]).T


@exercise.alternative
def with_a_list_of_places(weight, map_shape):
    """Moves the places, not the weights: the same list serves other arrays, too."""
    channels, height, width = map_shape
    places = np.arange(len(weight)).reshape(height, width, channels)
    return weight.T[:, np.moveaxis(places, 2, 0).ravel()]


BLOCK = "weight.reshape(height, width, channels, weight.shape[1])"
RESULT = "block.transpose(3, 2, 0, 1).reshape(weight.shape[1], -1)"

# -- the order -----------------------------------------------------------------------------------------------

exercise.slip(
    RESULT,
    "weight.T.copy()",
    name="only_transposed",
    when="the weights are transposed, but keep the channels-last order",
    hint="Each unit has its row now. But within a row the weights are still pixel by pixel; they should be channel "
    "by channel.",
)
exercise.slip(
    ".reshape(weight.shape[1], -1)",
    ".reshape(weight.shape[1], -1).T",
    name="only_reordered",
    when="the weights are put in order, but a unit still has a column",
    hint="In PyTorch each unit has a *row*: (units, features).",
)
exercise.slip(
    RESULT,
    "weight.reshape(weight.shape[1], weight.shape[0])",
    name="reshaped_only",
    when="`reshape` is used in place of `transpose`",
    hint="`reshape` keeps the order of the numbers, and only cuts them into other rows. `transpose` moves them.",
)
exercise.slip(
    (BLOCK, "weight.reshape(channels, height, width, weight.shape[1])"),
    ("(3, 2, 0, 1)", "(3, 1, 2, 0)"),
    name="the_other_way_round",
    when="the weights are taken for channels first already, and given the other order",
    hint="That is the opposite direction. The rows of `weight` are in the order (height, width, channels): so must be the "
    "first `reshape`.",
)
exercise.slip(
    "(3, 2, 0, 1)",
    "(3, 2, 1, 0)",
    name="pixels_transposed",
    when="the maps are transposed: rows and columns of the pixels are swapped",
    hint="Within a channel the order stays: row after row. After the channels comes the height, then the width.",
)
exercise.slip(
    BLOCK,
    "weight.reshape(*map_shape, weight.shape[1])",
    name="taken_apart_wrongly",
    when="the old weights are taken apart as (channels, height, width)",
    hint="That is the order that you are aiming at. The old order is (height, width, channels).",
)
exercise.slip(
    BLOCK,
    "weight.T.reshape(height, width, channels, weight.shape[1])",
    name="transposed_before_taken_apart",
    when="the units are moved together with the channels",
    hint="The rows of `weight` are the places; its columns are the units. Only the places change their order.",
)
exercise.slip(
    BLOCK,
    "weight.reshape(weight.shape[1], height, width, channels)",
    name="units_first",
    when="the weights are taken apart as if each unit had a row already",
    hint="A unit is a column of `weight`, so it is the last axis of the first `reshape`: (height, width, channels, units).",
)
exercise.slip(
    "block.transpose",
    "block[:, :, ::-1].transpose",
    name="channels_backwards",
    when="the channels come in the opposite order",
    hint="Channel 0 stays first.",
)

# -- the shape -----------------------------------------------------------------------------------------------

exercise.slip(
    ".reshape(weight.shape[1], -1)",
    "",
    name="not_flattened",
    when="the weights are in the right order, but a unit's row keeps three axes",
    hint="Flatten again at the end: `reshape(units, features)`.",
)
exercise.slip(
    ("channels, height, width = map_shape", "channels, height, width = 16, 5, 5"),
    name="always_the_map_of_net",
    when="the map of Net, 16 x 5 x 5, is written into the function",
    hint="`map_shape` says how many channels, rows and columns there are.",
)
exercise.slip(
    ".reshape(weight.shape[1], -1)",
    ".reshape(weight.shape[1], -1)[:1]",
    name="only_the_first_unit",
    when="only the first unit is kept",
    hint="Each column of `weight` is a unit, and each becomes a row.",
)
exercise.slip(".reshape(weight.shape[1], -1)", ".reshape(weight.shape[1], -1).tolist()", **common.LIST)
exercise.slip(
    ".reshape(weight.shape[1], -1)", ".reshape(weight.shape[1], -1).astype(int)", **common.WHOLE_NUMBERS
)
