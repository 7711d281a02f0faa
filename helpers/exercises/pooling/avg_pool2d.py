"""The mean of each window of a whole stack of maps; a partial window's mean is over the entries that it has."""

import numpy as np

from helpers import data, reference
from helpers.exercises import common
from helpers.exercises.model import Case, Exercise
from helpers.exercises.pooling.pooled_size import pooled_size


def cases(rng):
    """From two windows to whole stacks: whole numbers, partial windows, and no stride given."""
    yield Case(
        (np.array([[[[1.0, 5.0, 2.0, 0.0], [3.0, -1.0, 4.5, -2.0]]]]), 2, 2, False), "one map, two windows"
    )
    maps = [[[[2.0, 7.0], [5.5, 1.0]], [[9.0, 3.0], [4.0, 8.0]], [[-6.0, 0.0], [-3.0, -1.5]]]]
    yield Case((np.array(maps), 2, 2, False), "three maps of one image")
    images = [[[[4.0, 1.0, 6.0], [2.0, 3.5, 5.0]]], [[[8.0, 9.0, 7.0], [-2.0, 0.0, -1.0]]]]
    yield Case((np.array(images), 2, 1, False), "two images, windows that overlap")
    yield Case((np.array([[[[3, 1, 6], [5, 2, 4]]]]), 2, 1, False), "whole numbers")
    wide = np.array([[[[1.0, 4.0, 2.0, 8.0, 3.0], [6.0, 0.0, 5.0, 7.0, 9.5]]]])
    yield Case((wide + 1.0, 2, None, False), "no stride given, a column left over")
    left_over = np.array([[[[5.0, 1.0, 0.5], [2.0, 3.0, 7.0], [9.0, 8.0, 6.0]]]])
    yield Case((left_over, 2, 2, False), "a row and a column left over")
    yield Case((left_over + 1.0, 2, 2, True), "a row and a column left over, with partial windows")
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
    yield Case((rng.integers(-9, 9, (1, 2, 4, 5)), 2, 2, False), "random whole numbers")
    for shape, window, stride, partial in [
        ((2, 3, 5, 8), 3, 2, True),
        ((3, 2, 8, 5), 3, 2, False),
        ((1, 2, 9, 6), 2, 3, True),
        ((2, 2, 6, 11), 4, 3, True),
        ((2, 1, 7, 4), 3, 1, True),
        ((3, 4, 8, 5), 3, None, True),
        ((2, 3, 4, 7), 3, None, False),
    ]:
        steps = "no stride given" if stride is None else f"stride {stride}"
        about = f"a random stack of {shape}, window {window}, {steps}" + ", with partial windows" * partial
        yield Case((rng.uniform(-9, 9, shape), window, stride, partial), about)
    yield Case(
        (rng.uniform(-9, 9, (2, 3, 5, 4)).astype(np.float32), 2, 2, True), "float32, with partial windows"
    )


exercise = Exercise(
    reference.avg_pool2d,
    cases,
    minutes=4,
    hints=(
        "Your `max_pool2d` does nearly everything. Which one word of it must change?",
        "`np.mean` divides by the number of entries that the patch really has, also where the window extends over the "
        "edge.",
        "By hand: in the corner of a 3 x 3 map the partial window of size 2 holds a single entry, say 8. Its mean is "
        "8 / 1 = 8, not 8 / 4.",
    ),
)


@exercise.model
def avg_pool2d(x, window=2, stride=None, partial=False):
    stride = window if stride is None else stride
    rows = pooled_size(x.shape[2], window, stride, partial)
    columns = pooled_size(x.shape[3], window, stride, partial)
    output = np.zeros((x.shape[0], x.shape[1], rows, columns))
    for row in range(rows):
        for column in range(columns):
            top, left = row * stride, column * stride
            patch = x[:, :, top : top + window, left : left + window]
            output[:, :, row, column] = patch.mean(axis=(2, 3))
    return output


@exercise.alternative
def mean_of_each_map(x, window=2, stride=None, partial=False):
    stride = window if stride is None else stride
    batch, channels, height, width = x.shape
    rows = pooled_size(height, window, stride, partial)
    columns = pooled_size(width, window, stride, partial)
    output = np.zeros((batch, channels, rows, columns))
    for n in range(batch):
        for c in range(channels):
            for row in range(rows):
                for column in range(columns):
                    top, left = row * stride, column * stride
                    patch = x[n, c, top : top + window, left : left + window]
                    output[n, c, row, column] = patch.sum() / patch.size
    return output


@exercise.alternative
def mean_without_missing_entries(x, window=2, stride=None, partial=False):
    stride = window if stride is None else stride
    rows, columns = (pooled_size(side, window, stride, partial) for side in x.shape[2:])
    below = max(0, (rows - 1) * stride + window - x.shape[2])
    right = max(0, (columns - 1) * stride + window - x.shape[3])
    padded = np.pad(x.astype(float), ((0, 0), (0, 0), (0, below), (0, right)), constant_values=np.nan)
    windows = np.lib.stride_tricks.sliding_window_view(padded, (window, window), axis=(2, 3))
    return np.nanmean(windows[:, :, ::stride, ::stride], axis=(4, 5))


STRIDE = "window if stride is None else stride"
ROWS, COLUMNS = (
    "pooled_size(x.shape[2], window, stride, partial)",
    "pooled_size(x.shape[3], window, stride, partial)",
)
SHAPE = "(x.shape[0], x.shape[1], rows, columns)"
MEAN = "patch.mean(axis=(2, 3))"

# -- what is kept of a window --------------------------------------------------------------------------------

exercise.slip(
    ".mean(",
    ".max(",
    name="maxima",
    when="the largest value of each window is kept, as in `max_pool2d`",
    hint="Replace the maximum by the mean.",
)
exercise.slip(
    MEAN,
    "patch.sum(axis=(2, 3)) / window**2",
    name="divided_by_the_whole_window",
    when="partial windows are divided by the size of a whole window, or filled up with zeros",
    hint="Divide by the number of entries that the window really holds. `np.mean` of the slice does it.",
)
exercise.slip(
    MEAN,
    "patch.sum(axis=(2, 3))",
    name="sums",
    when="the values of each window are added up but not divided by how many there are",
    hint="A mean is a sum divided by the number of entries.",
)
exercise.slip(
    MEAN,
    "patch.sum(axis=(2, 3)) / window",
    name="divided_by_the_side",
    when="the sum is divided by the window's side instead of its number of entries",
    hint="A window of side 3 holds 3 * 3 = 9 entries.",
)
exercise.slip(
    MEAN,
    "patch.sum(axis=(2, 3)) / patch.size",
    name="divided_by_all_entries",
    when="the sum is divided by `patch.size`, which counts the entries of all images and channels",
    hint="The patch holds one window of each map. Divide by its height times its width, or use `np.mean` with the right axes.",
)
exercise.slip(
    MEAN,
    "patch.sum(axis=(2, 3)) / len(patch)",
    name="divided_by_the_batch",
    when="the sum is divided by `len(patch)`, which is the number of images",
    hint="A window's height is `patch.shape[2]`, its width `patch.shape[3]`.",
)
exercise.slip(
    MEAN,
    "patch.max(axis=(2, 3)) / window**2",
    name="maxima_divided",
    when="the largest value is divided by the number of entries",
    hint="A mean adds up all the values of the window before it divides.",
)
exercise.slip(
    MEAN,
    "np.median(patch, axis=(2, 3))",
    name="medians",
    when="the median is taken instead of the mean",
    hint="`np.median` gives the value in the middle. Here each entry counts: `np.mean`.",
)
exercise.slip(
    MEAN,
    "(patch.max(axis=(2, 3)) + patch.min(axis=(2, 3))) / 2",
    name="middles",
    when="the middle between the largest and the smallest value is taken",
    hint="Every entry counts, not just the two at the ends: `np.mean`.",
)
exercise.slip(
    MEAN,
    "patch.sum(axis=(2, 3)) // (patch.shape[2] * patch.shape[3])",
    name="whole_number_division",
    when="the whole-number division `//` is used",
    hint="`//` drops everything after the point. Use `/`, or `np.mean`.",
)

# -- axes ----------------------------------------------------------------------------------------------------

exercise.slip(
    MEAN,
    "patch.mean()",
    name="over_everything",
    when="the mean is taken over all maps of all images at once",
    hint="`patch.mean()` without an axis gives one number. You need one for each map of each image.",
)
exercise.slip(
    MEAN,
    "patch.mean(axis=(1, 2, 3), keepdims=True)[:, :, 0, 0]",
    name="over_the_channels",
    when="the mean is taken over the channels as well",
    hint="Each map is pooled by itself. Which axes of the patch are height and width?",
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
            output[:, :, row, column] = patch.mean(axis=(1, 2, 3))
    return output


exercise.slip(
    MEAN,
    "patch.mean(axis=(0, 2, 3))",
    name="over_the_batch",
    when="the mean is taken over all images of the batch as well",
    hint="Each image is pooled by itself. Which axes of the patch are height and width?",
)
exercise.slip(
    MEAN,
    "patch.mean(axis=(0, 1))",
    name="over_images_and_channels",
    when="the mean is taken over the images and the channels, instead of over height and width",
    hint="In `(N, C, H, W)` the axes 0 and 1 are images and channels. Which numbers do height and width have?",
)
exercise.slip(
    MEAN,
    "patch.mean(axis=2)",
    name="over_one_axis",
    when="the mean is taken over the rows of the window only",
    hint="One axis of the window is left. Give both: height and width.",
)
exercise.slip(
    MEAN,
    "patch.mean(axis=2)[..., -1]",
    name="last_column",
    when="the mean is taken over the rows, and only the last column's mean is kept",
    hint="A window has two axes. Take the mean over both: `axis=(2, 3)`.",
)
exercise.slip(COLUMNS, "rows", **common.SQUARE)
exercise.slip("return output", "return np.swapaxes(output, 2, 3)", **common.EXCHANGED)

# -- the stride, and partial windows -------------------------------------------------------------------------

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
    return avg_pool2d(x, window, stride, partial) if rows and columns else None


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
    ("+ window", "+ stride", 2),
    name="ending_at_the_next",
    when="each window ends where the next one begins",
    hint="A window is `window` entries wide, however far away the next one begins: it ends at `left + window`.",
)
exercise.slip("row * stride, column * stride", "row, column", **common.STRIDE_IGNORED)
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
    "row * stride, column * stride",
    "min(row * stride, x.shape[2] - window), min(column * stride, x.shape[3] - window)",
    name="pushed_back_inside",
    when="a last window that would extend over the edge is pushed back inside",
    hint="A partial window begins where its turn is, and holds fewer entries. It does not take others instead.",
)

# -- what is returned ----------------------------------------------------------------------------------------

exercise.slip(SHAPE + ")", SHAPE + ", dtype=x.dtype)", **common.TYPE_OF_THE_INPUT)
exercise.slip(SHAPE + ")", SHAPE + ", dtype=int)", **common.WHOLE_NUMBERS)
exercise.slip("    return output", "            return output", **common.IN_THE_LOOP)
exercise.slip("return output", "return output.tolist()", **common.LIST)
