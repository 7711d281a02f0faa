"""The largest value in each window of a whole stack of maps; with `partial`, windows may extend over the edge."""

import numpy as np

from helpers import reference
from helpers.exercises import common
from helpers.exercises.model import Case, Exercise
from helpers.exercises.pooling import stacks
from helpers.exercises.pooling.max_pool_map import max_pool_map
from helpers.exercises.pooling.pooled_size import pooled_size


def cases(rng):
    """From two windows to whole stacks: negative values, partial windows, and no stride given."""
    yield from stacks.small_cases()
    negative = -np.array([[[[3.0, 1.0, 2.5], [4.0, 6.0, 5.0]]]])
    yield Case((negative, 2, 1, False), "negative values only")
    yield Case((negative - 1.5, 2, 2, True), "negative values only, with partial windows")
    yield from stacks.larger_cases(rng)
    yield Case((rng.integers(-9, 9, (2, 2, 5, 7)), 2, None, True), "whole numbers, with partial windows")
    negative = rng.uniform(-9, -1, (2, 3, 5, 4)).astype(np.float32)
    yield Case((negative, 2, 2, True), "negative values of type float32, with partial windows")


exercise = Exercise(
    reference.max_pool2d,
    cases,
    minutes=6,
    hints=(
        "First settle the stride where none is given: it is the window. Then call `pooled_size` twice, once for the "
        "height, once for the width.",
        "A slice `x[:, :, top:top + window, left:left + window]` cuts the window out of all maps of all images at "
        "once, and stops at the edge by itself. Over which of its axes must the maximum go?",
        "By hand: two maps [[1, 2], [4, 3]] and [[5, 8], [7, 6]], shape (1, 2, 2, 2), with window 2 give 4 and 8: "
        "shape (1, 2, 1, 1). `np.max(patch, axis=(2, 3))` of one window has the shape (1, 2).",
    ),
)


@exercise.model
def max_pool2d(x, window=2, stride=None, partial=False):
    stride = window if stride is None else stride
    rows = pooled_size(x.shape[2], window, stride, partial)
    columns = pooled_size(x.shape[3], window, stride, partial)
    output = np.zeros((x.shape[0], x.shape[1], rows, columns))
    for row in range(rows):
        for column in range(columns):
            top, left = row * stride, column * stride
            patch = x[:, :, top : top + window, left : left + window]
            output[:, :, row, column] = patch.max(axis=(2, 3))
    return output


@exercise.alternative
def map_by_map(x, window=2, stride=None, partial=False):
    """One map at a time, as in the exercise before: good for following it."""
    stride = window if stride is None else stride
    images = []
    for image in x:
        maps = []
        for feature_map in image:
            rows = pooled_size(feature_map.shape[0], window, stride, partial)
            columns = pooled_size(feature_map.shape[1], window, stride, partial)
            starts = [(stride * row, stride * column) for row in range(rows) for column in range(columns)]
            values = [feature_map[i : i + window, j : j + window].max() for i, j in starts]
            maps.append(np.reshape(values, (rows, columns)))
        images.append(maps)
    return np.array(images)


@exercise.alternative
def with_a_border_of_minus_infinity(x, window=2, stride=None, partial=False):
    """Partial windows are filled up, so that no loop is needed: fast."""
    stride = window if stride is None else stride
    rows, columns = (pooled_size(side, window, stride, partial) for side in x.shape[2:])
    below = max(0, (rows - 1) * stride + window - x.shape[2])
    right = max(0, (columns - 1) * stride + window - x.shape[3])
    padded = np.pad(x.astype(float), ((0, 0), (0, 0), (0, below), (0, right)), constant_values=-np.inf)
    windows = np.lib.stride_tricks.sliding_window_view(padded, (window, window), axis=(2, 3))
    return windows[:, :, ::stride, ::stride].max(axis=(4, 5))


@exercise.alternative
def rows_first_then_columns(x, window=2, stride=None, partial=False):
    """A maximum of maxima: two short passes, each along one axis."""
    stride = window if stride is None else stride
    for axis in (2, 3):
        count = pooled_size(x.shape[axis], window, stride, partial)
        strips = [
            np.take(x, range(stride * i, min(stride * i + window, x.shape[axis])), axis) for i in range(count)
        ]
        x = np.stack([strip.max(axis) for strip in strips], axis)
    return x


stacks.add_slips_of_the_stride(exercise)
stacks.add_slips_of_axes(exercise, "maximum", "max")
stacks.add_slips_of_partial_windows(exercise)
exercise.slip(
    "    output =",
    "    below = max(0, (rows - 1) * stride + window - x.shape[2])\n"
    "    right = max(0, (columns - 1) * stride + window - x.shape[3])\n"
    "    x = np.pad(x, ((0, 0), (0, 0), (0, below), (0, right)))\n"
    "    output =",
    name="filled_up_with_zeros",
    when="partial windows are filled up with zeros",
    hint="Zeros that are not in the image beat negative values that are. A slice beyond the edge is shorter, and that is "
    "all it needs.",
)

# -- what is kept of a window --------------------------------------------------------------------------------

exercise.slip(("patch.max(axis=(2, 3))", "np.maximum(patch.max(axis=(2, 3)), 0)"), **common.STARTED_AT_ZERO)
stacks.add_slips_of_the_maximum(exercise, "patch", "axis=(2, 3)", "patch[:, :, 0, 0]")
stacks.add_slips_of_the_result(exercise)

# -- no edits ------------------------------------------------------------------------------------------------


@exercise.mistake(
    when="each map is pooled by `max_pool_map`, which knows no partial windows",
    hint="`max_pool_map` drops the windows that extend over the edge. Here `partial` may ask for them: cut the windows "
    "out of `x` itself.",
)
def map_by_map_without_partial(x, window=2, stride=None, partial=False):
    stride = window if stride is None else stride
    rows, columns = (pooled_size(side, window, stride, partial) for side in x.shape[2:])
    output = np.zeros((*x.shape[:2], rows, columns))
    for n in range(x.shape[0]):
        for c in range(x.shape[1]):
            output[n, c] = max_pool_map(x[n, c], window, stride)
    return output


@exercise.mistake(
    when="the windows are collected one after another, and not arranged in rows and columns",
    hint="One window after another gives an array of shape (windows, N, C). Make an array of the right shape first and "
    "fill in one position after another.",
)
def one_after_another(x, window=2, stride=None, partial=False):
    stride = window if stride is None else stride
    rows, columns = (pooled_size(side, window, stride, partial) for side in x.shape[2:])
    values = []
    for row in range(rows):
        for column in range(columns):
            top, left = row * stride, column * stride
            values.append(x[:, :, top : top + window, left : left + window].max(axis=(2, 3)))
    return np.array(values)


@exercise.form("one_after_another")
def list_of_windows(x, window=2, stride=None, partial=False):
    stride = window if stride is None else stride
    rows, columns = (pooled_size(side, window, stride, partial) for side in x.shape[2:])
    starts = [(row * stride, column * stride) for row in range(rows) for column in range(columns)]
    return [x[:, :, i : i + window, j : j + window].max(axis=(2, 3)) for i, j in starts]


@exercise.mistake(
    when="the collected values, of shape (windows, N, C), are forced into the right shape by `reshape`",
    hint="`reshape` keeps the order of the values: the window must become the last axis first, with `np.stack(..., axis=-1)` "
    "or `transpose`.",
)
def reshaped_in_the_wrong_order(x, window=2, stride=None, partial=False):
    stride = window if stride is None else stride
    rows, columns = (pooled_size(side, window, stride, partial) for side in x.shape[2:])
    starts = [(row * stride, column * stride) for row in range(rows) for column in range(columns)]
    values = [x[:, :, i : i + window, j : j + window].max(axis=(2, 3)) for i, j in starts]
    return np.array(values).reshape(x.shape[0], x.shape[1], rows, columns)


exercise.slip(
    (
        "    output = np.zeros(",
        "    x = np.pad(x, ((0, 0), (0, 0), (0, window), (0, window)), constant_values=-1)\n    output = np.zeros(",
    ),
    name="filled_up_with_black",
    when="partial windows are filled up with -1, the value of black",
    hint="A map may hold values below -1, and then the border wins. Let the slice end at the edge.",
)


@exercise.mistake(
    when="each window goes on to where the next one begins, and the last one to the edge, as with `np.maximum.reduceat`",
    hint="`reduceat` knows where pieces begin, but not how long they are. A window holds `window` rows and columns, also "
    "where windows overlap or leave gaps.",
)
def up_to_the_next(x, window=2, stride=None, partial=False):
    stride = window if stride is None else stride
    rows, columns = (np.arange(pooled_size(side, window, stride, partial)) * stride for side in x.shape[2:])
    x = x[:, :, : rows[-1] + window, : columns[-1] + window]
    return np.maximum.reduceat(np.maximum.reduceat(x, rows, axis=2), columns, axis=3)
