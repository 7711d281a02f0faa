"""What the exercises on pooling have in common: cases, and slips in where the windows are and what is kept of them."""

import numpy as np

from helpers import data, reference
from helpers.exercises import common
from helpers.exercises.model import Case, Exercise

STRIDE = "window if stride is None else stride"
SETTLED = f"    stride = {STRIDE}\n"
ROWS = "pooled_size(x.shape[2], window, stride, partial)"
COLUMNS = "pooled_size(x.shape[3], window, stride, partial)"
SHAPE = "(x.shape[0], x.shape[1], rows, columns)"
WINDOW_FROM_THE_STRIDE = {
    "name": "window_from_the_stride",
    "when": "the window is taken to be as large as the stride",
    "hint": "`stride` decides where a window begins; `window` decides how many entries it holds.",
}


def small_cases():
    """From two windows to maps with rows and columns left over, with partial windows and with no stride given."""
    yield Case(
        (np.array([[[[1.0, 5.0, 2.0, 0.0], [3.0, -1.0, 4.5, -2.0]]]]), 2, 2, False), "one map, two windows"
    )
    maps = [[[[2.0, 7.0], [5.5, 1.0]], [[9.0, 3.0], [4.0, 8.0]], [[-6.0, 0.0], [-3.0, -1.5]]]]
    yield Case((np.array(maps), 2, 2, False), "three maps of one image")
    images = [[[[4.0, 1.0, 6.0], [2.0, 3.5, 5.0]]], [[[8.0, 9.0, 7.0], [-2.0, 0.0, -1.0]]]]
    yield Case((np.array(images), 2, 1, False), "two images, windows that overlap")
    wide = np.array([[[[1.0, 4.0, 2.0, 8.0, 3.0], [6.0, 0.0, 5.0, 7.0, 9.5]]]])
    yield Case((wide, 2, None, False), "no stride given, a column left over")
    left_over = np.array([[[[5.0, 1.0, 0.5], [2.0, 3.0, 7.0], [9.0, 8.0, 6.0]]]])
    yield Case((left_over, 2, 2, False), "a row and a column left over")
    yield Case((left_over + 1.0, 2, 2, True), "a row and a column left over, with partial windows")
    yield Case((wide + 1.0, 2, 2, True), "a column left over, with partial windows")
    yield Case((np.swapaxes(wide, 2, 3).copy(), 2, 2, True), "a row left over, with partial windows")
    overlapping = np.array([[[[3.0, 1.0, 6.0], [5.0, 2.0, 4.0]]]])
    yield Case((overlapping, 2, 1, True), "nothing left over, with partial windows")
    tall = np.array([[[[4.0, 2.0, 9.0], [1.0, 7.0, 3.0], [8.0, 5.0, 0.0], [2.5, 6.0, 1.5]]]])
    yield Case((tall, 3, None, True), "no stride given, a row left over, with partial windows")
    yield Case((wide - 7.5, 2, 3, False), "a gap between two windows")
    single = np.array([[[[7.0, 2.0, 9.0, 1.0, 8.0], [3.0, 6.0, 0.0, 4.0, 9.5]]]])
    yield Case((single, 1, 2, False), "window 1, stride 2: gaps between the windows")
    gap = np.array([[[[6.0, 2.0, 5.0, 3.0, 1.0, 9.0], [4.0, 8.0, 7.5, 0.0, 2.5, 3.5]]]])
    yield Case((gap, 2, 3, True), "an entry left over in the gap after the last window")


def larger_cases(rng):
    """The X's map and random stacks, from windows end to end to overlapping ones and gaps."""
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


def add_slips_of_the_stride(exercise: Exercise) -> None:
    """The stride where none is given and where one is, and the window next to it."""
    left_none = {
        "name": "stride_left_none",
        "when": "the stride is left None where none is given",
        "hint": "`stride=None` means: as large as the window. Settle that in the first line.",
    }
    exercise.slip(SETTLED, "", **left_none)
    exercise.slip(
        (SETTLED, ""),
        (ROWS, "(x.shape[2] - window) // stride + 1"),
        (COLUMNS, "(x.shape[3] - window) // stride + 1"),
        **left_none,
    )
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
        SETTLED,
        f"{SETTLED}    window = stride\n",
        **WINDOW_FROM_THE_STRIDE,
    )
    add_slips_of_the_corners(exercise)
    exercise.slip(
        f"stride = {STRIDE}",
        "window = stride = 2",
        name="always_two",
        when="window 2 and stride 2 are used, whatever is asked for",
        hint="Use the arguments `window` and `stride`. Other calls have other values.",
    )


def add_slips_of_the_corners(exercise: Exercise) -> None:
    """The corners of a window: where it begins and where it ends."""
    exercise.slip(
        ("+ window", "+ stride", 2),
        name="ending_at_the_next",
        when="each window ends where the next one begins",
        hint="A window is `window` entries wide, however far away the next one begins: it ends at `left + window`.",
    )
    exercise.slip("row * stride, column * stride", "row, column", **common.STRIDE_IGNORED)
    common.add_slips_of_one_direction(exercise, "row * stride, column * stride")
    exercise.slip("row * stride, column * stride", "row + stride, column + stride", **common.STRIDE_ADDED)


def add_slips_of_the_maximum(exercise: Exercise, patch: str, axes: str, first: str) -> None:
    """Something else than the maximum is kept of a `patch`, whose `first` value is at its top left."""
    exercise.slip(
        f"{patch}.max(",
        f"{patch}.mean(",
        name="means",
        when="the mean of each window is kept instead of its largest value",
        hint="The mean comes later in this lesson. Keep the largest value.",
    )
    exercise.slip(
        f"{patch}.max(",
        f"{patch}.min(",
        name="minima",
        when="the smallest value of each window is kept",
        hint="A good match is a large number. Keep the largest value.",
    )
    exercise.slip(
        f"{patch}.max(",
        f"{patch}.sum(",
        name="sums",
        when="the values of each window are added up",
        hint="Pooling keeps one value of each window, the largest. Nothing is added.",
    )
    exercise.slip(
        f"{patch}.max(",
        f"np.abs({patch}).max(",
        name="largest_sizes",
        when="the sizes are compared without their signs, so that -3 beats 1",
        hint="A match of -0.9 is a bad match. Keep the sign when you look for the largest value.",
    )
    exercise.slip(
        f"{patch}.max({axes})",
        first,
        name="first_values",
        when="only the first value of each window is kept",
        hint="Look at all entries of the window, not only the one at its top left.",
    )


def add_slips_of_partial_windows(exercise: Exercise) -> None:
    """Whether windows over the edge count, and what becomes of them."""
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
        "row * stride, column * stride",
        "min(row * stride, x.shape[2] - window), min(column * stride, x.shape[3] - window)",
        name="pushed_back_inside",
        when="a last window that would extend over the edge is pushed back inside",
        hint="A partial window begins one stride after the window before it and holds fewer entries. It is not moved back.",
    )
    exercise.slip(
        (ROWS, f"len(range(0, x.shape[2], stride)) if partial else {ROWS}"),
        (COLUMNS, f"len(range(0, x.shape[3], stride)) if partial else {COLUMNS}"),
        name="window_at_every_start",
        when="`partial` begins a window at every multiple of the stride, even after one that reaches the edge",
        hint="Let `pooled_size` count. Where windows overlap, fewer begin than there are multiples of the stride.",
    )


def add_slips_of_axes(exercise: Exercise, kept: str, function: str) -> None:
    """Over which axes something is taken: `kept` in words, by NumPy's `function`."""
    taken = f"patch.{function}(axis=(2, 3))"
    exercise.slip(
        taken,
        f"patch.{function}()",
        name="over_everything",
        when=f"the {kept} is taken over all maps of all images at once",
        hint=f"`patch.{function}()` without an axis gives one number. You need one for each map of each image.",
    )
    over_the_channels = {
        "name": "over_the_channels",
        "when": f"the {kept} is taken over the channels as well",
        "hint": "Each map is pooled by itself: three maps stay three maps. Which axes are height and width?",
    }
    exercise.slip(taken, f"patch.{function}(axis=(1, 2, 3))[:, np.newaxis]", **over_the_channels)
    exercise.slip(taken, f"patch.{function}(axis=(1, 2, 3))", **over_the_channels)
    exercise.slip(
        (SHAPE, "(x.shape[0], 1, rows, columns)"),
        (taken, f"patch.{function}(axis=(1, 2, 3))[:, np.newaxis]"),
        **over_the_channels,
    )
    exercise.slip(
        taken,
        f"patch.{function}(axis=(0, 2, 3))",
        name="over_the_batch",
        when=f"the {kept} is taken over all images of the batch as well",
        hint="Each image is pooled by itself. Which axes of the patch are height and width?",
    )
    exercise.slip(
        taken,
        f"patch.{function}(axis=(0, 1))",
        name="over_images_and_channels",
        when=f"the {kept} is taken over the images and the channels, instead of over height and width",
        hint="In `(N, C, H, W)` the axes 0 and 1 are images and channels. Which numbers do height and width have?",
    )
    exercise.slip(
        taken,
        f"patch.{function}(axis=2)",
        name="over_one_axis",
        when=f"the {kept} is taken over the rows of the window only",
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
        ("x.shape[2]", "x.shape[1]"),
        ("x.shape[3]", "x.shape[2]"),
        (SHAPE, "(x.shape[0], rows, columns, x.shape[3])"),
        ("x[:, :, top", "x[:, top"),
        (f"output[:, :, row, column] = {taken}", f"output[:, row, column] = patch.{function}(axis=(1, 2))"),
        name="channels_last",
        when="the channels are looked for on the last axis",
        hint="In this course the order is (N, C, H, W): the windows slide over the last two axes.",
    )


def add_slips_of_the_result(exercise: Exercise) -> None:
    """How the result is made, filled and returned."""
    exercise.slip(COLUMNS, "rows", **common.SQUARE)
    exercise.slip("return output", "return np.swapaxes(output, 2, 3)", **common.SWAPPED)
    exercise.slip(
        "output[:, :, row, column]",
        "output[:, :, column, row]",
        name="written_to_column_row",
        when="the values of window (row, column) are written to `[:, :, column, row]`",
        hint="The row comes first, in shapes as in indices.",
    )
    exercise.slip("    return output", "            return output", **common.IN_THE_LOOP)
    exercise.slip(f"{SHAPE})", f"{SHAPE}, dtype=int)", **common.WHOLE_NUMBERS)
    exercise.slip("return output", "return output.tolist()", **common.LIST)
