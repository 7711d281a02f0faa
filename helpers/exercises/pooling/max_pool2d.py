"""The largest value in each window of a whole stack of maps; with `partial`, windows may extend over the edge."""

import numpy as np

from helpers import data, reference
from helpers.exercises import common
from helpers.exercises.model import Case, Exercise
from helpers.exercises.pooling.max_pool_map import max_pool_map
from helpers.exercises.pooling.pooled_size import pooled_size


def cases(rng):
    """From two windows to whole stacks: with and without partial windows, and with no stride given."""
    yield Case(
        (np.array([[[[1.0, 5.0, 2.0, 0.0], [3.0, -1.0, 4.5, -2.0]]]]), 2, 2, False), "one map, two windows"
    )
    maps = [[[[2.0, 7.0], [5.5, 1.0]], [[9.0, 3.0], [4.0, 8.0]], [[-6.0, 0.0], [-3.0, -1.5]]]]
    yield Case((np.array(maps), 2, 2, False), "three maps of one image")
    images = [[[[4.0, 1.0, 6.0], [2.0, 3.5, 5.0]]], [[[8.0, 9.0, 7.0], [-2.0, 0.0, -1.0]]]]
    yield Case((np.array(images), 2, 1, False), "two images, windows that overlap")
    yield Case((-np.array([[[[3.0, 1.0, 2.5], [4.0, 6.0, 5.0]]]]), 2, 1, False), "negative values only")
    wide = np.array([[[[1.0, 4.0, 2.0, 8.0, 3.0], [6.0, 0.0, 5.0, 7.0, 9.5]]]])
    yield Case((wide + 1.0, 2, None, False), "no stride given, a column left over")
    left_over = np.array([[[[5.0, 1.0, 0.5], [2.0, 3.0, 7.0], [9.0, 8.0, 6.0]]]])
    yield Case((left_over, 2, 2, False), "a row and a column left over")
    yield Case((left_over + 0.0, 2, 2, True), "a row and a column left over, with partial windows")
    yield Case((-1.5 - left_over, 2, 2, True), "negative values only, with partial windows")
    yield Case((wide, 2, 2, True), "a column left over, with partial windows")
    yield Case((np.swapaxes(wide, 2, 3).copy(), 2, 2, True), "a row left over, with partial windows")
    yield Case(
        (np.array([[[[3.0, 1.0, 6.0], [5.0, 2.0, 4.0]]]]), 2, 1, True),
        "nothing left over, with partial windows",
    )
    tall = np.array([[[[4.0, 2.0, 9.0], [1.0, 7.0, 3.0], [8.0, 5.0, 0.0], [2.5, 6.0, 1.5]]]])
    yield Case((tall, 3, None, True), "no stride given, a row left over, with partial windows")
    yield Case((wide - 7.5, 2, 3, False), "a gap between two windows")
    yield Case(
        (np.array([[[[7.0, 2.0, 9.0, 1.0, 8.0]]]]), 1, 2, False),
        "window 1, stride 2: gaps between the windows",
    )
    gap = np.array([[[[6.0, 2.0, 5.0, 3.0, 1.0, 9.0], [4.0, 8.0, 7.5, 0.0, 2.5, 3.5]]]])
    yield Case((gap, 2, 3, True), "an entry left over in the gap after the last window")
    falling = reference.filter_image(data.X, data.features["falling"])[None, None]
    yield Case((falling, 2, None, True), "the X's map, 7 x 7, with partial windows")
    yield Case((falling.copy(), 3, 2, False), "the X's map, windows that overlap")
    yield Case((rng.uniform(-9, 9, (1, 1, 4, 6)), 2, None, False), "a random map, no stride given")
    for shape, window, stride, partial in [
        ((2, 3, 5, 8), 3, 2, True),
        ((3, 2, 8, 5), 3, 2, False),
        ((2, 1, 7, 4), 3, 1, True),
        ((1, 2, 9, 6), 2, 3, True),
        ((2, 2, 6, 11), 4, 3, True),
        ((3, 4, 8, 5), 3, None, True),
        ((2, 3, 4, 7), 3, None, False),
    ]:
        steps = "no stride given" if stride is None else f"stride {stride}"
        about = f"a random stack of {shape}, window {window}, {steps}" + ", with partial windows" * partial
        yield Case((rng.uniform(-9, 9, shape), window, stride, partial), about)
    yield Case((rng.integers(-9, 9, (2, 2, 5, 7)), 2, None, True), "whole numbers, with partial windows")
    negative = rng.uniform(-9, -1, (2, 3, 5, 4)).astype(np.float32)
    yield Case((negative, 2, 2, True), "negative values of type float32, with partial windows")


exercise = Exercise(
    reference.max_pool2d,
    cases,
    minutes=8,
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
    stride = window if stride is None else stride
    rows, columns = (pooled_size(side, window, stride, partial) for side in x.shape[2:])
    below = max(0, (rows - 1) * stride + window - x.shape[2])
    right = max(0, (columns - 1) * stride + window - x.shape[3])
    padded = np.pad(x.astype(float), ((0, 0), (0, 0), (0, below), (0, right)), constant_values=-np.inf)
    windows = np.lib.stride_tricks.sliding_window_view(padded, (window, window), axis=(2, 3))
    return windows[:, :, ::stride, ::stride].max(axis=(4, 5))


@exercise.alternative
def rows_first_then_columns(x, window=2, stride=None, partial=False):
    stride = window if stride is None else stride
    for axis in (2, 3):
        count = pooled_size(x.shape[axis], window, stride, partial)
        strips = [
            np.take(x, range(stride * i, min(stride * i + window, x.shape[axis])), axis) for i in range(count)
        ]
        x = np.stack([strip.max(axis) for strip in strips], axis)
    return x


STRIDE = "window if stride is None else stride"
ROWS, COLUMNS = (
    "pooled_size(x.shape[2], window, stride, partial)",
    "pooled_size(x.shape[3], window, stride, partial)",
)
SHAPE = "(x.shape[0], x.shape[1], rows, columns)"
PATCH = "x[:, :, top : top + window, left : left + window]"

# -- the stride, where none is given and where one is --------------------------------------------------------

exercise.slip(
    (f"    stride = {STRIDE}\n", ""),
    name="stride_left_none",
    when="the stride is left None where none is given",
    hint="`stride=None` means: as large as the window. Settle that in the first line.",
)


@exercise.form("stride_left_none")
def stride_left_none_in_the_formula(x, window=2, stride=None, partial=False):
    rows = (x.shape[2] - window) // stride + 1
    columns = (x.shape[3] - window) // stride + 1
    return max_pool2d(x, window, stride, partial) if rows and columns else None


exercise.slip(
    STRIDE,
    "1 if stride is None else stride",
    name="stride_one",
    when="the stride is 1 where none is given",
    hint="`stride=None` means: as large as the window.",
)
exercise.slip(
    STRIDE,
    "2 if stride is None else stride",
    name="stride_two",
    when="the stride is 2 where none is given",
    hint="`stride=None` means: as large as the window, which need not be 2.",
)
exercise.slip(
    STRIDE,
    "window",
    name="stride_always_the_window",
    when="the stride is always as large as the window, even if another is given",
    hint="The window decides only where `stride is None`.",
)
exercise.slip(
    (f"    stride = {STRIDE}\n", f"    stride = {STRIDE}\n    window = stride\n"),
    name="window_from_the_stride",
    when="the window is taken to be as large as the stride",
    hint="`stride` decides where a window begins; `window` decides how many entries it holds.",
)
exercise.slip(
    ("+ window", "+ stride", 2),
    name="ending_at_the_next",
    when="each window ends where the next one begins",
    hint="A window is `window` entries wide, however far away the next one begins: it ends at `left + window`.",
)
exercise.slip("row * stride, column * stride", "row, column", **common.STRIDE_IGNORED)
exercise.slip("row * stride, column * stride", "row + stride, column + stride", **common.STRIDE_ADDED)
exercise.slip(
    "stride = " + STRIDE,
    "window = stride = 2",
    name="always_two",
    when="window 2 and stride 2 are used, whatever is asked for",
    hint="Use the arguments `window` and `stride`. Other calls have other values.",
)

# -- axes ----------------------------------------------------------------------------------------------------

exercise.slip(
    ".max(axis=(2, 3))",
    ".max()",
    name="over_everything",
    when="the maximum is taken over all maps of all images at once",
    hint="`patch.max()` without an axis gives one number. You need one for each map of each image.",
)
exercise.slip(
    (".max(axis=(2, 3))", ".max(axis=(1, 2, 3), keepdims=True)[:, :, 0, 0]"),
    name="over_the_channels",
    when="the maximum is taken over the channels as well",
    hint="Each map is pooled by itself: a stack of three maps stays a stack of three. Which axes are height and width?",
)


@exercise.form("over_the_channels")
def axes_one_to_three(x, window=2, stride=None, partial=False):
    stride = window if stride is None else stride
    rows = pooled_size(x.shape[2], window, stride, partial)
    columns = pooled_size(x.shape[3], window, stride, partial)
    output = np.zeros((x.shape[0], x.shape[1], rows, columns))
    for row in range(rows):
        for column in range(columns):
            top, left = row * stride, column * stride
            patch = x[:, :, top : top + window, left : left + window]
            output[:, :, row, column] = patch.max(axis=(1, 2, 3))
    return output


@exercise.form("over_the_channels")
def one_map_for_each_image(x, window=2, stride=None, partial=False):
    return max_pool2d(x, window, stride, partial).max(axis=1, keepdims=True)


exercise.slip(
    ".max(axis=(2, 3))",
    ".max(axis=(0, 2, 3))",
    name="over_the_batch",
    when="the maximum is taken over all images of the batch as well",
    hint="Each image is pooled by itself. Which axes of the patch are height and width?",
)
exercise.slip(
    ".max(axis=(2, 3))",
    ".max(axis=(0, 1))",
    name="over_images_and_channels",
    when="the maximum is taken over the images and the channels, instead of over height and width",
    hint="In `(N, C, H, W)` the axes 0 and 1 are images and channels. Which numbers do height and width have?",
)
exercise.slip(
    ".max(axis=(2, 3))",
    ".max(axis=2)",
    name="over_one_axis",
    when="the maximum is taken over the rows of the window only",
    hint="One axis of the window is left. Give both: height and width.",
)
exercise.slip(
    "x[:, :, top",
    "x[:, :1, top",
    name="only_the_first_channel",
    when="only the first map of each image is used",
    hint="Take all channels with you: `x[:, :, ...]`.",
)
exercise.slip(
    "x[:, :, top",
    "x[:1, :, top",
    name="only_the_first_image",
    when="only the first image of the batch is used",
    hint="Take all images with you: `x[:, :, ...]`.",
)
exercise.slip(
    "return output",
    "return output[0]",
    name="without_the_batch_axis",
    when="the batch axis is gone: only the first image is pooled and returned",
    hint="The result has four axes, as `x` has: (N, C, H_out, W_out).",
)
exercise.slip(
    ("x.shape[3]", "x.shape[2]"),
    (
        "pooled_size(x.shape[2], window, stride, partial)\n    columns",
        "pooled_size(x.shape[1], window, stride, partial)\n    columns",
    ),
    (SHAPE, "(x.shape[0], rows, columns, x.shape[3])"),
    ("x[:, :, top", "x[:, top"),
    ("output[:, :, row, column] = patch.max(axis=(2, 3))", "output[:, row, column] = patch.max(axis=(1, 2))"),
    name="channels_last",
    when="the channels are looked for on the last axis",
    hint="In this course the order is (N, C, H, W): the windows slide over the last two axes.",
)
exercise.slip(COLUMNS, "rows", **common.SQUARE)
exercise.slip("return output", "return np.swapaxes(output, 2, 3)", **common.EXCHANGED)
exercise.slip(
    "output[:, :, row, column]",
    "output[:, :, column, row]",
    name="written_to_column_row",
    when="the values of window (row, column) are written to `[:, :, column, row]`",
    hint="The row comes first, in shapes as in indices.",
)

# -- partial windows -----------------------------------------------------------------------------------------

exercise.slip(
    ("window, stride, partial)", "window, stride)", 2),
    name="drops_partial_windows",
    when="partial windows are dropped although they are asked for",
    hint="Hand `partial` on to `pooled_size`.",
)
exercise.slip(
    ("window, stride, partial)", "window, stride, True)", 2),
    name="keeps_partial_windows",
    when="partial windows are kept although they are not asked for",
    hint="Hand `partial` on to `pooled_size`; it is False in some calls.",
)
exercise.slip(
    COLUMNS,
    "pooled_size(x.shape[3], window, stride)",
    name="partial_rows_only",
    when="partial windows are kept at the bottom only",
    hint="Hand `partial` on for the columns as well as for the rows.",
)
exercise.slip(
    ROWS,
    "pooled_size(x.shape[2], window, stride)",
    name="partial_columns_only",
    when="partial windows are kept at the right only",
    hint="Hand `partial` on for the rows as well as for the columns.",
)
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
exercise.slip(
    "row * stride, column * stride",
    "min(row * stride, x.shape[2] - window), min(column * stride, x.shape[3] - window)",
    name="pushed_back_inside",
    when="a last window that would extend over the edge is pushed back inside",
    hint="A partial window begins where its turn is, and holds fewer entries. It does not take others instead.",
)
exercise.slip(
    (ROWS, f"len(range(0, x.shape[2], stride)) if partial else {ROWS}"),
    (COLUMNS, f"len(range(0, x.shape[3], stride)) if partial else {COLUMNS}"),
    name="window_at_every_start",
    when="with `partial` a window begins at every multiple of the stride, even after one that reaches the edge",
    hint="Let `pooled_size` count. Where windows overlap, fewer begin than there are multiples of the stride.",
)

# -- what is kept of a window --------------------------------------------------------------------------------

exercise.slip(("patch.max(axis=(2, 3))", "np.maximum(patch.max(axis=(2, 3)), 0)"), **common.STARTED_AT_ZERO)
exercise.slip(
    ".max(",
    ".mean(",
    name="means",
    when="the mean of each window is kept instead of its largest value",
    hint="The mean comes in the next exercise. Keep the largest value.",
)
exercise.slip(
    ".max(",
    ".min(",
    name="minima",
    when="the smallest value of each window is kept",
    hint="A good match is a large number. Keep the largest value.",
)
exercise.slip(
    ".max(",
    ".sum(",
    name="sums",
    when="the values of each window are added up",
    hint="Pooling keeps one value of each window, the largest. Nothing is added.",
)
exercise.slip(
    "patch.max(",
    "np.abs(patch).max(",
    name="largest_sizes",
    when="the sizes are compared without their signs, so that -3 beats 1",
    hint="A match of -0.9 is a bad match. Keep the sign when you look for the largest value.",
)
exercise.slip(
    "patch.max(axis=(2, 3))",
    "patch[:, :, 0, 0]",
    name="first_values",
    when="only the first value of each window is kept",
    hint="Look at all entries of the window, not only at its top left one.",
)

# -- what is returned ----------------------------------------------------------------------------------------

exercise.slip("    return output", "            return output", **common.IN_THE_LOOP)
exercise.slip(SHAPE + ")", SHAPE + ", dtype=int)", **common.WHOLE_NUMBERS)
exercise.slip("return output", "return output.tolist()", **common.LIST)

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


exercise.equivalent_mutant(
    "np.maximum(largest, pixels, out=largest) -> np.maximum(pixels, largest, out=largest)",
    because="The larger of two numbers is the same in either order.",
)
