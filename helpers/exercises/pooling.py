"""What lesson 04 asks: max_pool_map, pooled_size, max_pool2d, avg_pool2d."""

import math

import numpy as np

from helpers import data, reference
from helpers.exercises.model import Case, Exercise

_FALLING_MAP = reference.filter_image(data.X, data.features["falling"])


def _map_cases(rng):
    yield Case((np.array([[1.0, 3.0], [2.0, -1.0]]), 2, 2), "one window")
    yield Case((np.array([[1.0, 5.0, 2.0, 0.0], [3.0, -1.0, 4.0, -2.0]]), 2, 2), "two windows side by side")
    yield Case((-np.array([[3.0, 1.0], [2.0, 4.0], [6.0, 8.0], [7.0, 5.0]]), 2, 2), "negative values only")
    yield Case(
        (_FALLING_MAP, 2, 2), "the map of the X, window 2, stride 2: its last row and column are left over"
    )
    yield Case((_FALLING_MAP, 3, 2), "the map of the X, window 3, stride 2: the windows overlap")
    yield Case((_FALLING_MAP, 5, 1), "the map of the X, window 5, stride 1")
    yield Case((rng.uniform(-9, 9, (3, 4)), 1, 2), "window 1, stride 2: gaps between the windows")
    yield Case((rng.integers(-9, 10, (4, 7)), 2, 3), "whole numbers, window 2, stride 3")
    for shape, window, stride in [((5, 8), 3, 3), ((7, 4), 2, 1), ((9, 6), 3, 2), ((4, 9), 4, 2)]:
        about = f"a random {shape[0]} x {shape[1]} map, window {window}, stride {stride}"
        yield Case((rng.uniform(-9, 9, shape), window, stride), about)
    yield Case((rng.choice([-1.0, 1.0], (6, 6)), 3, 2), "a map with many equal values")
    yield Case((rng.uniform(-9, -1, (5, 6)).astype(np.float32), 2, 2), "negative values of type float32")
    yield Case((np.array([[-1000.0, -2000.0], [-4e6, -3e6]]), 1, 1), "values far below zero")


max_pool_map = Exercise(
    "max_pool_map",
    reference=reference.max_pool_map,
    cases=_map_cases,
    hints=(
        "Two loops over the windows, as in `filter_image`. First: how many windows stand below each other? It is "
        "lesson 03's output size without padding.",
        "Window (row, column) begins at entry (row * stride, column * stride) and is `window` entries high and wide.",
        "By hand: in [[1, 5, 2, 0], [3, -1, 4, -2]] with window 2 and stride 2 the second window begins in column "
        "1 * 2 = 2 and holds 2, 0, 4, -2. Its largest value is 4.",
    ),
)


@max_pool_map.alternative
def with_loops_over_starts(feature_map, window, stride):
    height, width = feature_map.shape
    return np.array(
        [
            [feature_map[i : i + window, j : j + window].max() for j in range(0, width - window + 1, stride)]
            for i in range(0, height - window + 1, stride)
        ]
    )


@max_pool_map.alternative
def with_all_windows_as_a_view(feature_map, window, stride):
    windows = np.lib.stride_tricks.sliding_window_view(feature_map, (window, window))
    return windows[::stride, ::stride].max(axis=(2, 3))


@max_pool_map.alternative
def with_a_running_maximum(feature_map, window, stride):
    rows = (feature_map.shape[0] - window) // stride + 1
    columns = (feature_map.shape[1] - window) // stride + 1
    pooled = np.full((rows, columns), -np.inf)
    for row in range(rows):
        for column in range(columns):
            for i in range(window):
                for j in range(window):
                    value = feature_map[row * stride + i, column * stride + j]
                    if value > pooled[row, column]:
                        pooled[row, column] = value
    return pooled


def _walk(feature_map, window, stride, keep=np.max, rows=None, columns=None, step=None):
    """A pooled map filled with `keep(patch)`; the frame that the mistakes below share."""
    rows = (feature_map.shape[0] - window) // stride + 1 if rows is None else rows
    columns = (feature_map.shape[1] - window) // stride + 1 if columns is None else columns
    step = stride if step is None else step
    pooled = np.zeros((rows, columns))
    for row in range(rows):
        for column in range(columns):
            top, left = row * step, column * step
            pooled[row, column] = keep(feature_map[top : top + window, left : left + window])
    return pooled


def _rounded_up(size, window, stride):
    return -(-(size - window) // stride) + 1


@max_pool_map.mistake(
    when="the running maximum starts at -999, and no value can be smaller",
    hint="Some values are smaller than any number you choose. Start with the window's first value, or with -np.inf.",
)
def running_maximum_from_minus_999(feature_map, window, stride):
    return np.maximum(reference.max_pool_map(feature_map, window, stride), -999)


@max_pool_map.mistake(
    when="the stride is taken to be as large as the window",
    hint="Windows may overlap, or leave gaps. Where a window begins hangs on `stride`, how large it is on `window`.",
)
def map_stride_from_the_window(feature_map, window, stride):
    return _walk(feature_map, window, window)


@max_pool_map.mistake(
    when="the window is taken to be as large as the stride",
    hint="Where a window begins hangs on `stride`; how many entries it holds hangs on `window`.",
)
def map_window_from_the_stride(feature_map, window, stride):
    return _walk(feature_map, stride, stride)


@max_pool_map.mistake(
    when="the running maximum starts at 0, so that a window of negative values gives 0",
    hint="The largest of -3, -1, -2 is -1. Start with a value of the window itself, or with `-np.inf`.",
)
def map_started_at_zero(feature_map, window, stride):
    return _walk(feature_map, window, stride, lambda patch: max(0, patch.max()))


@max_pool_map.mistake(
    when="the mean of each window is kept instead of its largest value",
    hint="The mean comes later in this lesson. Keep the largest value.",
)
def map_of_means(feature_map, window, stride):
    return _walk(feature_map, window, stride, np.mean)


@max_pool_map.mistake(
    when="the smallest value of each window is kept",
    hint="A good match is a large number. Keep the largest value.",
)
def map_of_minima(feature_map, window, stride):
    return _walk(feature_map, window, stride, np.min)


@max_pool_map.mistake(
    when="the values of each window are added up",
    hint="Pooling keeps one value of each window, the largest. Nothing is added.",
)
def map_of_sums(feature_map, window, stride):
    return _walk(feature_map, window, stride, np.sum)


@max_pool_map.mistake(
    when="the sizes are compared without their signs, so that -3 beats 1",
    hint="A match of -0.9 is a bad match. Keep the sign when you look for the largest value.",
)
def map_of_largest_sizes(feature_map, window, stride):
    return _walk(feature_map, window, stride, lambda patch: np.abs(patch).max())


@max_pool_map.mistake(
    when="windows that hang over the edge are kept",
    hint="Here a window must fit wholly into the map. Rows and columns that are left over are dropped.",
)
def map_with_partial_windows(feature_map, window, stride):
    height, width = feature_map.shape
    rows, columns = _rounded_up(height, window, stride), _rounded_up(width, window, stride)
    return _walk(
        feature_map, window, stride, lambda patch: patch.max() if patch.size else -np.inf, rows, columns
    )


@max_pool_map.mistake(
    when="a window begins at every multiple of the stride, whether it fits or not",
    hint="The last window must end inside the map: it begins at `height - window` at the latest.",
)
def map_of_every_start(feature_map, window, stride):
    height, width = feature_map.shape
    rows, columns = len(range(0, height, stride)), len(range(0, width, stride))
    return _walk(feature_map, window, stride, np.max, rows, columns)


@max_pool_map.mistake(
    when="the number of windows is taken to be the size divided by the stride",
    hint="This holds only where the window is as large as the stride. Along a side of 5, a window of 3 with stride 1 "
    "has three places, not five.",
)
def map_size_over_stride(feature_map, window, stride):
    height, width = feature_map.shape
    return _walk(feature_map, window, stride, np.max, height // stride, width // stride)


@max_pool_map.mistake(
    when="the number of windows is taken to be the size divided by the window",
    hint="This holds only where the stride is as large as the window. Lesson 03's output size knows both.",
)
def map_size_over_window(feature_map, window, stride):
    height, width = feature_map.shape
    return _walk(feature_map, window, stride, np.max, height // window, width // window)


@max_pool_map.mistake(
    when="the last row and the last column of windows are left out",
    hint="The first window counts as well: (height - window) // stride steps lead to one window more than that.",
)
def map_without_the_last_windows(feature_map, window, stride):
    rows = (feature_map.shape[0] - window) // stride
    columns = (feature_map.shape[1] - window) // stride
    return _walk(feature_map, window, stride, np.max, rows, columns)


@max_pool_map.mistake(
    when="each window begins one entry after the one before, whatever the stride",
    hint="Window number `row` begins at entry `row * stride`, not at entry `row`.",
)
def map_without_stride_in_the_index(feature_map, window, stride):
    return _walk(feature_map, window, stride, step=1)


@max_pool_map.mistake(
    when="the stride is added to the index instead of multiplied by it",
    hint="With stride 2 the windows begin at 0, 2, 4: at `row * stride`, not at `row + stride`.",
)
def map_with_added_stride(feature_map, window, stride):
    rows = (feature_map.shape[0] - window) // stride + 1
    columns = (feature_map.shape[1] - window) // stride + 1
    pooled = np.zeros((rows, columns))
    for row in range(rows):
        for column in range(columns):
            top, left = row + stride, column + stride
            pooled[row, column] = feature_map[top : top + window, left : left + window].max()
    return pooled


@max_pool_map.mistake(
    when="each window ends one entry too early",
    hint="A slice does not hold its end: `[top:top + window]` has `window` entries.",
)
def map_of_windows_too_small(feature_map, window, stride):
    return _walk(feature_map, window, stride, lambda patch: patch[:-1, :-1].max())


@max_pool_map.mistake(
    when="each window ends one entry too late",
    hint="A slice does not hold its end: `[top:top + window]` has `window` entries.",
)
def map_of_windows_too_large(feature_map, window, stride):
    rows = (feature_map.shape[0] - window) // stride + 1
    columns = (feature_map.shape[1] - window) // stride + 1
    return _walk(feature_map, window + 1, stride, np.max, rows, columns)


@max_pool_map.mistake(
    when="each window ends where the next one begins",
    hint="A window is `window` entries wide, however far away the next one begins: it ends at `left + window`.",
)
def map_ending_at_the_next(feature_map, window, stride):
    rows = (feature_map.shape[0] - window) // stride + 1
    columns = (feature_map.shape[1] - window) // stride + 1
    return _walk(feature_map, stride, stride, np.max, rows, columns)


@max_pool_map.mistake(
    when="the starts are counted by `range(0, height - window, stride)`, which leaves out the last place",
    hint="The last window may begin at `height - window` itself, and `range` stops before its end: add 1.",
)
def map_of_starts_cut_short(feature_map, window, stride):
    height, width = feature_map.shape
    return np.array(
        [
            [feature_map[i : i + window, j : j + window].max() for j in range(0, width - window, stride)]
            for i in range(0, height - window, stride)
        ]
    )


@max_pool_map.mistake(
    when="the running maximum is not started anew for each window",
    hint="Each window begins with its own first value (or `-np.inf`), not with the maximum of the window before.",
)
def map_never_started_anew(feature_map, window, stride):
    pooled = _walk(feature_map, window, stride)
    return np.maximum(np.maximum.accumulate(pooled.ravel()), feature_map[0, 0]).reshape(pooled.shape)


@max_pool_map.mistake(
    when="the number of rows is used for the columns as well",
    hint="Maps need not be square. Compute rows from the height and columns from the width.",
)
def map_always_square(feature_map, window, stride):
    rows = (feature_map.shape[0] - window) // stride + 1
    return _walk(feature_map, window, stride, np.max, rows, rows)


@max_pool_map.mistake(
    when="rows and columns of the result are exchanged",
    hint="The largest value of window (row, column) belongs into `pooled[row, column]`.",
)
def exchanged_pooled_map(feature_map, window, stride):
    return _walk(feature_map, window, stride).T


@max_pool_map.mistake(
    when="window and stride are always 2",
    hint="Use the arguments `window` and `stride`. Other calls have other values.",
)
def map_always_two(feature_map, window, stride):
    return _walk(feature_map, 2, 2)


@max_pool_map.mistake(
    when="the largest value of the whole map stands everywhere",
    hint="Cut out the window first. Then take the largest value of what you have cut out.",
)
def map_of_one_maximum(feature_map, window, stride):
    return _walk(feature_map, window, stride, lambda patch: feature_map.max())


@max_pool_map.mistake(
    when="the place of the largest value is kept instead of the value",
    hint="`np.argmax` counts where the largest value is. `np.max` tells what it is.",
)
def map_of_places(feature_map, window, stride):
    return _walk(feature_map, window, stride, np.argmax)


@max_pool_map.mistake(
    when="only the first value of each window is kept",
    hint="Look at all entries of the window, not only at its top left one.",
)
def map_of_first_values(feature_map, window, stride):
    return _walk(feature_map, window, stride, lambda patch: patch[0, 0])


@max_pool_map.mistake(
    when="Python's own `max` compares whole rows",
    hint="`max(patch)` goes through the rows of the patch. `patch.max()` goes through all its values.",
)
def map_by_python_max(feature_map, window, stride):
    return _walk(feature_map, window, stride, lambda patch: max(patch))


@max_pool_map.mistake(
    when="the result is an array of whole numbers",
    hint="An array made with `dtype=int` cuts every value off. Leave the type out.",
)
def map_of_whole_numbers(feature_map, window, stride):
    return _walk(feature_map, window, stride).astype(int)


@max_pool_map.mistake(
    when="a list is returned",
    hint="Make an array of the right shape first, or turn the list into one with `np.array`.",
)
def list_of_maxima(feature_map, window, stride):
    return _walk(feature_map, window, stride).tolist()


@max_pool_map.mistake(
    when="the function returns inside the loop, after the first window",
    hint="Move `return` to the left, so that it stands below both loops.",
)
def only_the_first_window(feature_map, window, stride):
    rows = (feature_map.shape[0] - window) // stride + 1
    columns = (feature_map.shape[1] - window) // stride + 1
    pooled = np.zeros((rows, columns))
    pooled[0, 0] = feature_map[:window, :window].max()
    return pooled


max_pool_map.equivalent_mutant(
    "0 -> -1",
    because="The two axes of which one entry is taken have length 1, so 0 and -1 are the same entry.",
)


def _size_cases(rng):
    yield Case((4, 2, 2, False), "4 entries, window 2, stride 2")
    yield Case((5, 2, 2, False), "one entry left over")
    yield Case((5, 2, 2, True), "one entry left over, with partial windows")
    yield Case((7, 2, 2, True), "a side of the X's map, with partial windows")
    yield Case((6, 2, 2, True), "nothing left over, with partial windows")
    yield Case((7, 3, 2, True), "windows that overlap and reach the edge")
    yield Case((8, 3, 2, True), "windows that overlap and leave one entry over")
    yield Case((7, 5, 1, False), "window 5, stride 1")
    yield Case((3, 3, 2, True), "a window as large as the side")
    yield Case((6, 2, 3, True), "an entry left over in the gap after the last window")
    yield Case((8, 2, 3, True), "a partial window after a gap")
    yield Case((10, 2, 4, False), "gaps between the windows")
    yield Case((8, 4, 3, False), "one entry left over, window 4, stride 3")
    for _ in range(4):
        window, stride = (int(number) for number in rng.integers(1, 6, 2))
        size = window + int(rng.integers(0, 20))
        for partial in (False, True):
            words = f"{size} entries, window {window}, stride {stride}" + ", partial" * partial
            yield Case((size, window, stride, partial), words)


pooled_size = Exercise(
    "pooled_size",
    reference=reference.pooled_size,
    cases=_size_cases,
    whole_numbers=True,
    hints=(
        "Begin with the whole windows: lesson 03's output size without padding. Then ask what `partial` adds, at most "
        "one window.",
        "After `whole` windows, the next one would begin at entry `whole * stride`. Does it begin inside? And is any "
        "entry left over after the last whole window?",
        "By hand: 8 entries, window 3, stride 2. Whole windows begin at 0, 2, 4; the last holds 4, 5, 6. Entry 7 is "
        "left over, and the next window begins at 6, inside. So it is 3 whole windows, and 4 with a partial one.",
    ),
)


@pooled_size.alternative
def size_by_walking(size, window, stride, partial=False):
    count, start = 1, 0
    while start + stride + window <= size:
        start += stride
        count += 1
    if partial and start + window < size and start + stride < size:
        count += 1
    return count


@pooled_size.alternative
def size_by_rounding(size, window, stride, partial=False):
    steps = (size - window) / stride
    if not partial:
        return math.floor(steps) + 1
    count = math.ceil(steps) + 1
    return count - 1 if (count - 1) * stride >= size else count


@pooled_size.alternative
def size_from_whole_windows(size, window, stride, partial=False):
    whole = (size - window) // stride + 1
    end_of_last, start_of_next = (whole - 1) * stride + window, whole * stride
    return whole + int(partial and end_of_last < size and start_of_next < size)


@pooled_size.mistake(
    when="the first window is not counted",
    hint="(size - window) // stride is the number of steps. After no step there is one window already.",
)
def steps_instead_of_windows(size, window, stride, partial=False):
    return reference.pooled_size(size, window, stride, partial) - 1


@pooled_size.mistake(
    when="partial windows are never counted",
    hint="With `partial` a last window counts too that hangs over the edge.",
)
def never_partial(size, window, stride, partial=False):
    return (size - window) // stride + 1


@pooled_size.mistake(
    when="partial windows are counted whether they are asked for or not",
    hint="Look at the argument `partial`: without it only whole windows count.",
)
def always_partial(size, window, stride, partial=False):
    return reference.pooled_size(size, window, stride, True)


@pooled_size.mistake(
    when="`partial` is understood the other way round",
    hint="Whole windows only is what happens when `partial` is False.",
)
def partial_the_other_way_round(size, window, stride, partial=False):
    return reference.pooled_size(size, window, stride, not partial)


@pooled_size.mistake(
    when="`partial` always adds one window, even if no entry is left over",
    hint="6 entries, window 2, stride 2: three whole windows hold all of them. A fourth would hold nothing.",
)
def one_more_in_any_case(size, window, stride, partial=False):
    return (size - window) // stride + 1 + int(partial)


@pooled_size.mistake(
    when="with `partial` a window begins at every multiple of the stride",
    hint="7 entries, window 3, stride 2: the window at 4 reaches the edge. One that begins at 6 would see nothing new.",
)
def a_window_at_every_start(size, window, stride, partial=False):
    return math.ceil(size / stride) if partial else (size - window) // stride + 1


@pooled_size.mistake(
    when="with `partial` a window counts that begins outside",
    hint="6 entries, window 2, stride 3: the windows begin at 0 and 3. The next would begin at 6, and the last entry is 5.",
)
def a_window_that_begins_outside(size, window, stride, partial=False):
    return math.ceil((size - window) / stride) + 1 if partial else (size - window) // stride + 1


@pooled_size.mistake(
    when="the division is rounded to the nearest whole number",
    hint="A window fits or it does not: round down. Only `partial` lets one more in.",
)
def rounded_to_the_nearest(size, window, stride, partial=False):
    whole = round((size - window) / stride) + 1
    return reference.pooled_size(size, window, stride, True) if partial else whole


@pooled_size.mistake(
    when="the number of windows is taken to be the size divided by the stride",
    hint="This leaves out the window: 7 entries, window 5, stride 1 has three places, not seven.",
)
def size_over_stride(size, window, stride, partial=False):
    return math.ceil(size / stride) if partial else size // stride


@pooled_size.mistake(
    when="the number of windows is taken to be the size divided by the window",
    hint="This holds only where the stride is as large as the window.",
)
def size_over_window(size, window, stride, partial=False):
    return math.ceil(size / window) if partial else size // window


@pooled_size.mistake(
    when="window and stride are exchanged",
    hint="Subtract the window, divide by the stride.",
)
def window_and_stride_exchanged(size, window, stride, partial=False):
    if not partial:
        return (size - stride) // window + 1
    return min(math.ceil((size - stride) / window) + 1, math.ceil(size / window))


@pooled_size.mistake(
    when="the division is not rounded at all",
    hint="A number of windows is a whole number. `//` rounds down.",
)
def not_rounded(size, window, stride, partial=False):
    return (size - window) / stride + 1


@pooled_size.mistake(
    when="the right number comes as a float, such as 3.0",
    hint="`np.ceil` and `np.floor` give floats, and a size must be an int. Use `//`, or put `int(...)` around it.",
)
def size_as_a_float(size, window, stride, partial=False):
    return float(reference.pooled_size(size, window, stride, partial))


pooled_size.equivalent_mutant(
    "min(rounded_up, begin_inside) -> min(begin_inside, rounded_up)",
    because="The smaller of two numbers does not hang on their order.",
)


def _stack(rng, *shape):
    return rng.uniform(-9, 9, shape)


def _pool_cases(rng):
    one = np.array([[[[1.0, 5.0, 2.0, 0.0], [3.0, -1.0, 4.0, -2.0]]]])
    yield Case((one, 2, 2, False), "one map, two windows")
    yield Case((-1 - np.arange(12.0).reshape(1, 3, 2, 2), 2, 2, False), "three maps of negative values")
    yield Case((np.arange(9.0).reshape(1, 1, 3, 3), 2, 2, False), "a row and a column left over")
    yield Case((np.arange(9.0).reshape(1, 1, 3, 3), 2, 2, True), "the same with partial windows")
    yield Case((-1 - np.arange(9.0).reshape(1, 1, 3, 3), 2, 2, True), "the same, all values negative")
    yield Case((_stack(rng, 1, 1, 4, 6), 2, None, False), "no stride given")
    yield Case((_FALLING_MAP[None, None], 2, None, True), "the X's map, 7 x 7, with partial windows")
    yield Case((_FALLING_MAP[None, None], 3, 2, False), "windows that overlap")
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
        about = f"a random stack of {shape}, window {window}, {steps}" + ", partial" * partial
        yield Case((_stack(rng, *shape), window, stride, partial), about)
    yield Case((rng.integers(-9, 9, (2, 2, 5, 7)), 2, None, True), "whole numbers, partial")
    yield Case(
        (rng.uniform(-9, -1, (2, 3, 5, 4)).astype(np.float32), 2, 2, True), "negative float32, partial"
    )


max_pool2d = Exercise(
    "max_pool2d",
    reference=reference.max_pool2d,
    cases=_pool_cases,
    hints=(
        "First settle the stride where none is given: it is the window. Then call `pooled_size` twice, once for the "
        "height, once for the width.",
        "A slice `x[:, :, top:top + window, left:left + window]` cuts the window out of all maps of all images at "
        "once, and stops at the edge by itself. Over which of its axes must the maximum go?",
        "By hand: two maps [[1, 2], [4, 3]] and [[5, 8], [7, 6]], shape (1, 2, 2, 2), with window 2 give 4 and 8: "
        "shape (1, 2, 1, 1). `np.max(patch, axis=(2, 3))` of one window has the shape (1, 2).",
    ),
)


@max_pool2d.alternative
def map_by_map(x, window=2, stride=None, partial=False):
    stride = window if stride is None else stride
    images = []
    for image in x:
        maps = []
        for feature_map in image:
            rows = reference.pooled_size(feature_map.shape[0], window, stride, partial)
            columns = reference.pooled_size(feature_map.shape[1], window, stride, partial)
            starts = [(stride * row, stride * column) for row in range(rows) for column in range(columns)]
            values = [feature_map[i : i + window, j : j + window].max() for i, j in starts]
            maps.append(np.reshape(values, (rows, columns)))
        images.append(maps)
    return np.array(images)


@max_pool2d.alternative
def with_a_border_of_minus_infinity(x, window=2, stride=None, partial=False):
    stride = window if stride is None else stride
    rows, columns = (reference.pooled_size(side, window, stride, partial) for side in x.shape[2:])
    below = max(0, (rows - 1) * stride + window - x.shape[2])
    right = max(0, (columns - 1) * stride + window - x.shape[3])
    padded = np.pad(x.astype(float), ((0, 0), (0, 0), (0, below), (0, right)), constant_values=-np.inf)
    windows = np.lib.stride_tricks.sliding_window_view(padded, (window, window), axis=(2, 3))
    return windows[:, :, ::stride, ::stride].max(axis=(4, 5))


@max_pool2d.alternative
def rows_first_then_columns(x, window=2, stride=None, partial=False):
    stride = window if stride is None else stride
    for axis in (2, 3):
        count = reference.pooled_size(x.shape[axis], window, stride, partial)
        strips = [
            np.take(x, range(stride * i, min(stride * i + window, x.shape[axis])), axis) for i in range(count)
        ]
        x = np.stack([strip.max(axis) for strip in strips], axis)
    return x


def _pool(x, window, stride, partial, keep=None, rows=None, columns=None):
    """Pooled stacks filled with `keep(patch)` of shape (N, C); the frame that the mistakes below share."""
    keep = keep or (lambda patch: patch.max(axis=(2, 3)))
    stride = window if stride is None else stride
    rows = reference.pooled_size(x.shape[2], window, stride, partial) if rows is None else rows
    columns = reference.pooled_size(x.shape[3], window, stride, partial) if columns is None else columns
    output = np.zeros((*x.shape[:2], rows, columns))
    for row in range(rows):
        for column in range(columns):
            top, left = row * stride, column * stride
            output[:, :, row, column] = keep(x[:, :, top : top + window, left : left + window])
    return output


def _padded_with_zeros(x, window, stride, partial):
    """The stack with as many rows and columns of zeros as partial windows hang over the edge."""
    if not partial:
        return x
    counts = [reference.pooled_size(side, window, stride, True) for side in x.shape[2:]]
    missing = [
        max(0, (count - 1) * stride + window - side) for count, side in zip(counts, x.shape[2:], strict=True)
    ]
    return np.pad(x, ((0, 0), (0, 0), (0, missing[0]), (0, missing[1])))


@max_pool2d.mistake(
    when="the stride is left None where none is given",
    hint="`stride=None` means: as large as the window. Settle that in the first line.",
)
def stride_left_none(x, window=2, stride=None, partial=False):
    rows = (x.shape[2] - window) // stride + 1
    return _pool(x, window, stride, partial) if rows else None


@max_pool2d.mistake(
    when="the stride is 1 where none is given",
    hint="`stride=None` means: as large as the window.",
)
def stride_one_if_not_given(x, window=2, stride=None, partial=False):
    return _pool(x, window, 1 if stride is None else stride, partial)


@max_pool2d.mistake(
    when="the stride is 2 where none is given",
    hint="`stride=None` means: as large as the window, which need not be 2.",
)
def stride_two_if_not_given(x, window=2, stride=None, partial=False):
    return _pool(x, window, 2 if stride is None else stride, partial)


@max_pool2d.mistake(
    when="the stride is always as large as the window, even if another is given",
    hint="Only where `stride is None` does the window decide.",
)
def stride_always_the_window(x, window=2, stride=None, partial=False):
    return _pool(x, window, None, partial)


@max_pool2d.mistake(
    when="the window is taken to be as large as the stride",
    hint="Where a window begins hangs on `stride`; how many entries it holds hangs on `window`.",
)
def window_from_the_stride(x, window=2, stride=None, partial=False):
    return _pool(x, window if stride is None else stride, stride, partial)


@max_pool2d.mistake(
    when="partial windows are dropped although they are asked for",
    hint="Hand `partial` on to `pooled_size`.",
)
def drops_partial_windows(x, window=2, stride=None, partial=False):
    return _pool(x, window, stride, False)


@max_pool2d.mistake(
    when="each map is pooled by `max_pool_map`, which knows no partial windows",
    hint="`max_pool_map` drops the windows that hang over the edge. Here `partial` may ask for them: cut the windows out of "
    "`x` itself.",
)
def map_by_map_without_partial(x, window=2, stride=None, partial=False):
    stride = window if stride is None else stride
    rows, columns = (reference.pooled_size(side, window, stride, partial) for side in x.shape[2:])
    output = np.zeros((*x.shape[:2], rows, columns))
    for n in range(x.shape[0]):
        for c in range(x.shape[1]):
            output[n, c] = reference.max_pool_map(x[n, c], window, stride)
    return output


@max_pool2d.mistake(
    when="each window ends where the next one begins",
    hint="A window is `window` entries wide, however far away the next one begins: it ends at `left + window`.",
)
def ending_at_the_next(x, window=2, stride=None, partial=False):
    step = window if stride is None else stride
    rows, columns = (reference.pooled_size(side, window, step, partial) for side in x.shape[2:])
    return _pool(x, step, step, partial, rows=rows, columns=columns)


@max_pool2d.mistake(
    when="partial windows are kept although they are not asked for",
    hint="Hand `partial` on to `pooled_size`; it is False in some calls.",
)
def keeps_partial_windows(x, window=2, stride=None, partial=False):
    return _pool(x, window, stride, True)


@max_pool2d.mistake(
    when="partial windows are kept at the bottom only",
    hint="Hand `partial` on for the columns as well as for the rows.",
)
def partial_rows_only(x, window=2, stride=None, partial=False):
    step = window if stride is None else stride
    return _pool(x, window, stride, partial, columns=reference.pooled_size(x.shape[3], window, step))


@max_pool2d.mistake(
    when="partial windows are kept at the right only",
    hint="Hand `partial` on for the rows as well as for the columns.",
)
def partial_columns_only(x, window=2, stride=None, partial=False):
    step = window if stride is None else stride
    return _pool(x, window, stride, partial, rows=reference.pooled_size(x.shape[2], window, step))


@max_pool2d.mistake(
    when="partial windows are filled up with zeros",
    hint="Zeros that are not there beat negative values that are. A slice beyond the edge is shorter, and that is enough.",
)
def filled_up_with_zeros(x, window=2, stride=None, partial=False):
    stride = window if stride is None else stride
    return _pool(_padded_with_zeros(x, window, stride, partial), window, stride, False)


@max_pool2d.mistake(
    when="a last window that would hang over the edge is pushed back inside",
    hint="A partial window begins where its turn is, and holds fewer entries. It does not look at others instead.",
)
def pushed_back_inside(x, window=2, stride=None, partial=False):
    stride = window if stride is None else stride
    rows, columns = (reference.pooled_size(side, window, stride, partial) for side in x.shape[2:])
    output = np.zeros((*x.shape[:2], rows, columns))
    for row in range(rows):
        for column in range(columns):
            top = min(row * stride, x.shape[2] - window)
            left = min(column * stride, x.shape[3] - window)
            output[:, :, row, column] = x[:, :, top : top + window, left : left + window].max(axis=(2, 3))
    return output


@max_pool2d.mistake(
    when="with `partial` a window begins at every multiple of the stride, even after one that reaches the edge",
    hint="Let `pooled_size` count. Where windows overlap, fewer begin than there are multiples of the stride.",
)
def window_at_every_start(x, window=2, stride=None, partial=False):
    step = window if stride is None else stride
    if not partial:
        return _pool(x, window, stride, False)
    rows, columns = len(range(0, x.shape[2], step)), len(range(0, x.shape[3], step))
    return _pool(x, window, stride, partial, rows=rows, columns=columns)


@max_pool2d.mistake(
    when="the running maximum starts at 0, so that a window of negative values gives 0",
    hint="The largest of -3, -1, -2 is -1. Start with a value of the window itself, or with `-np.inf`.",
)
def started_at_zero(x, window=2, stride=None, partial=False):
    return np.maximum(_pool(x, window, stride, partial), 0)


@max_pool2d.mistake(
    when="the maximum is taken over the channels as well",
    hint="Each map is pooled by itself: a stack of three maps stays a stack of three. Which axes are height and width?",
)
def maximum_over_channels(x, window=2, stride=None, partial=False):
    return _pool(x, window, stride, partial, lambda patch: patch.max(axis=(1, 2, 3))[:, None])


@max_pool2d.mistake(
    when="the maximum is taken over all images of the batch as well",
    hint="Each image is pooled by itself. Which axes of the patch are height and width?",
)
def maximum_over_the_batch(x, window=2, stride=None, partial=False):
    return _pool(x, window, stride, partial, lambda patch: patch.max(axis=(0, 2, 3)))


@max_pool2d.mistake(
    when="the maximum is taken over all maps of all images at once",
    hint="`patch.max()` without an axis gives one number. You need one for each map of each image.",
)
def maximum_over_everything(x, window=2, stride=None, partial=False):
    return _pool(x, window, stride, partial, np.max)


@max_pool2d.mistake(
    when="only the first map of the stack is looked at",
    hint="Take all channels with you: `x[:, :, ...]`.",
)
def only_the_first_channel(x, window=2, stride=None, partial=False):
    return _pool(x, window, stride, partial, lambda patch: patch[:, :1].max(axis=(2, 3)))


@max_pool2d.mistake(
    when="only the first image of the batch is looked at",
    hint="Take all images with you: `x[:, :, ...]`.",
)
def only_the_first_image(x, window=2, stride=None, partial=False):
    return _pool(x, window, stride, partial, lambda patch: patch[:1].max(axis=(2, 3)))


@max_pool2d.mistake(
    when="the batch axis is gone: only the first image is pooled and returned",
    hint="The result has four axes, as `x` has: (N, C, H_out, W_out).",
)
def without_the_batch_axis(x, window=2, stride=None, partial=False):
    return _pool(x, window, stride, partial)[0]


@max_pool2d.mistake(
    when="the mean of each window is kept instead of its largest value",
    hint="The mean comes in the next exercise. Keep the largest value.",
)
def means_instead_of_maxima(x, window=2, stride=None, partial=False):
    return _pool(x, window, stride, partial, lambda patch: patch.mean(axis=(2, 3)))


@max_pool2d.mistake(
    when="the smallest value of each window is kept",
    hint="A good match is a large number. Keep the largest value.",
)
def minima_instead_of_maxima(x, window=2, stride=None, partial=False):
    return _pool(x, window, stride, partial, lambda patch: patch.min(axis=(2, 3)))


@max_pool2d.mistake(
    when="the sizes are compared without their signs, so that -3 beats 1",
    hint="A match of -0.9 is a bad match. Keep the sign when you look for the largest value.",
)
def largest_sizes(x, window=2, stride=None, partial=False):
    return _pool(np.abs(x), window, stride, partial)


@max_pool2d.mistake(
    when="the number of rows is used for the columns as well",
    hint="Maps need not be square. `x.shape[2]` is the height, `x.shape[3]` the width.",
)
def always_square(x, window=2, stride=None, partial=False):
    step = window if stride is None else stride
    rows = reference.pooled_size(x.shape[2], window, step, partial)
    output = np.zeros((*x.shape[:2], rows, rows))
    for row in range(rows):
        for column in range(rows):
            patch = x[:, :, row * step : row * step + window, column * step : column * step + window]
            output[:, :, row, column] = patch.max(axis=(2, 3))
    return output


@max_pool2d.mistake(
    when="rows and columns of the result are exchanged",
    hint="The largest values of window (row, column) belong into `output[:, :, row, column]`.",
)
def exchanged_stacks(x, window=2, stride=None, partial=False):
    return np.swapaxes(_pool(x, window, stride, partial), 2, 3)


@max_pool2d.mistake(
    when="each window begins one entry after the one before, whatever the stride",
    hint="Window number `row` begins at entry `row * stride`, not at entry `row`.",
)
def without_stride_in_the_index(x, window=2, stride=None, partial=False):
    stride = window if stride is None else stride
    rows, columns = (reference.pooled_size(side, window, stride, partial) for side in x.shape[2:])
    return _pool(x, window, 1, partial, rows=rows, columns=columns)


@max_pool2d.mistake(
    when="the channels are looked for on the last axis",
    hint="In this course the order is (N, C, H, W): the windows slide over the last two axes.",
)
def channels_last(x, window=2, stride=None, partial=False):
    step = window if stride is None else stride
    rows, columns = (reference.pooled_size(x.shape[axis], window, step, partial) for axis in (1, 2))
    output = np.zeros((x.shape[0], rows, columns, x.shape[3]))
    for row in range(rows):
        for column in range(columns):
            patch = x[:, row * step : row * step + window, column * step : column * step + window]
            output[:, row, column] = patch.max(axis=(1, 2))
    return output


@max_pool2d.mistake(
    when="the result is an array of whole numbers",
    hint="An array made with `dtype=int` cuts every value off. Leave the type out.",
)
def pooled_to_whole_numbers(x, window=2, stride=None, partial=False):
    return _pool(x, window, stride, partial).astype(int)


@max_pool2d.mistake(
    when="window 2 and stride 2 are used, whatever is asked for",
    hint="Use the arguments `window` and `stride`. Other calls have other values.",
)
def always_two_by_two(x, window=2, stride=None, partial=False):
    return _pool(x, 2, 2, partial)


max_pool2d.equivalent_mutant(
    "np.maximum(largest, pixels, out=largest) -> np.maximum(pixels, largest, out=largest)",
    because="The larger of two numbers does not hang on their order.",
)


def _mean_cases(rng):
    one = np.array([[[[1.0, 5.0, 2.0, 0.0], [3.0, -1.0, 4.0, -2.0]]]])
    yield Case((one, 2, 2, False), "one map, two windows")
    yield Case((np.arange(12.0).reshape(1, 3, 2, 2), 2, 2, False), "three maps")
    yield Case((np.arange(9.0).reshape(1, 1, 3, 3), 2, 2, True), "partial windows")
    yield Case((np.arange(9.0).reshape(1, 1, 3, 3), 2, 2, False), "the same without partial windows")
    yield Case((rng.integers(-9, 9, (1, 2, 4, 5)), 2, 2, False), "whole numbers")
    yield Case((_FALLING_MAP[None, None], 2, None, True), "the X's map, 7 x 7, with partial windows")
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
        about = f"a random stack of {shape}, window {window}, {steps}" + ", partial" * partial
        yield Case((_stack(rng, *shape), window, stride, partial), about)
    yield Case((rng.uniform(-9, 9, (2, 3, 5, 4)).astype(np.float32), 2, 2, True), "float32, partial")


avg_pool2d = Exercise(
    "avg_pool2d",
    reference=reference.avg_pool2d,
    cases=_mean_cases,
    hints=(
        "Your `max_pool2d` does nearly everything. Which one word of it must change?",
        "`np.mean` divides by the number of entries that the patch really has, also where the window hangs over the edge.",
        "By hand: in the corner of a 3 x 3 map the partial window of size 2 holds a single entry, say 8. Its mean is "
        "8 / 1 = 8, not 8 / 4.",
    ),
)


@avg_pool2d.alternative
def mean_of_each_map(x, window=2, stride=None, partial=False):
    stride = window if stride is None else stride
    batch, channels, height, width = x.shape
    rows = reference.pooled_size(height, window, stride, partial)
    columns = reference.pooled_size(width, window, stride, partial)
    output = np.zeros((batch, channels, rows, columns))
    for n in range(batch):
        for c in range(channels):
            for row in range(rows):
                for column in range(columns):
                    top, left = row * stride, column * stride
                    patch = x[n, c, top : top + window, left : left + window]
                    output[n, c, row, column] = patch.sum() / patch.size
    return output


@avg_pool2d.alternative
def mean_without_missing_entries(x, window=2, stride=None, partial=False):
    stride = window if stride is None else stride
    rows, columns = (reference.pooled_size(side, window, stride, partial) for side in x.shape[2:])
    below = max(0, (rows - 1) * stride + window - x.shape[2])
    right = max(0, (columns - 1) * stride + window - x.shape[3])
    padded = np.pad(x.astype(float), ((0, 0), (0, 0), (0, below), (0, right)), constant_values=np.nan)
    windows = np.lib.stride_tricks.sliding_window_view(padded, (window, window), axis=(2, 3))
    return np.nanmean(windows[:, :, ::stride, ::stride], axis=(4, 5))


@avg_pool2d.mistake(
    when="the largest value of each window is kept, as in `max_pool2d`",
    hint="Replace the maximum by the mean.",
)
def maxima_instead_of_means(x, window=2, stride=None, partial=False):
    return _pool(x, window, stride, partial)


@avg_pool2d.mistake(
    when="the values of each window are added up but not divided by how many they are",
    hint="A mean is a sum divided by the number of entries.",
)
def sums_instead_of_means(x, window=2, stride=None, partial=False):
    return _pool(x, window, stride, partial, lambda patch: patch.sum(axis=(2, 3)))


@avg_pool2d.mistake(
    when="partial windows are divided by the size of a whole window, or filled up with zeros",
    hint="Divide by the number of entries that the window really holds. `np.mean` of the slice does it.",
)
def divided_by_the_whole_window(x, window=2, stride=None, partial=False):
    return _pool(x, window, stride, partial, lambda patch: patch.sum(axis=(2, 3)) / window**2)


@avg_pool2d.mistake(
    when="the sum is divided by the window's side instead of its number of entries",
    hint="A window of side 3 holds 3 * 3 = 9 entries.",
)
def divided_by_the_side(x, window=2, stride=None, partial=False):
    return _pool(x, window, stride, partial, lambda patch: patch.sum(axis=(2, 3)) / window)


@avg_pool2d.mistake(
    when="the mean is taken over the channels as well",
    hint="Each map is pooled by itself. Which axes of the patch are height and width?",
)
def mean_over_channels(x, window=2, stride=None, partial=False):
    return _pool(x, window, stride, partial, lambda patch: patch.mean(axis=(1, 2, 3))[:, None])


@avg_pool2d.mistake(
    when="the mean is taken over all images of the batch as well",
    hint="Each image is pooled by itself. Which axes of the patch are height and width?",
)
def mean_over_the_batch(x, window=2, stride=None, partial=False):
    return _pool(x, window, stride, partial, lambda patch: patch.mean(axis=(0, 2, 3)))


@avg_pool2d.mistake(
    when="the mean is taken over all maps of all images at once",
    hint="`patch.mean()` without an axis gives one number. You need one for each map of each image.",
)
def mean_over_everything(x, window=2, stride=None, partial=False):
    return _pool(x, window, stride, partial, np.mean)


@avg_pool2d.mistake(
    when="the median is taken instead of the mean",
    hint="`np.median` gives the value in the middle. Here each entry counts: `np.mean`.",
)
def medians(x, window=2, stride=None, partial=False):
    return _pool(x, window, stride, partial, lambda patch: np.median(patch, axis=(2, 3)))


@avg_pool2d.mistake(
    when="the stride is always as large as the window, even if another is given",
    hint="Only where `stride is None` does the window decide.",
)
def means_with_the_windows_stride(x, window=2, stride=None, partial=False):
    return _pool(x, window, None, partial, lambda patch: patch.mean(axis=(2, 3)))


@avg_pool2d.mistake(
    when="the stride is left None where none is given",
    hint="`stride=None` means: as large as the window. Settle that in the first line.",
)
def means_with_stride_none(x, window=2, stride=None, partial=False):
    rows = (x.shape[2] - window) // stride + 1
    return _pool(x, window, stride, partial, lambda patch: patch.mean(axis=(2, 3))) if rows else None


@avg_pool2d.mistake(
    when="the stride is 1 where none is given",
    hint="`stride=None` means: as large as the window.",
)
def means_with_stride_one(x, window=2, stride=None, partial=False):
    step = 1 if stride is None else stride
    return _pool(x, window, step, partial, lambda patch: patch.mean(axis=(2, 3)))


@avg_pool2d.mistake(
    when="partial windows are dropped although they are asked for",
    hint="Hand `partial` on to `pooled_size`.",
)
def means_of_whole_windows_only(x, window=2, stride=None, partial=False):
    return _pool(x, window, stride, False, lambda patch: patch.mean(axis=(2, 3)))


@avg_pool2d.mistake(
    when="partial windows are kept although they are not asked for",
    hint="Hand `partial` on to `pooled_size`; it is False in some calls.",
)
def means_of_partial_windows_always(x, window=2, stride=None, partial=False):
    return _pool(x, window, stride, True, lambda patch: patch.mean(axis=(2, 3)))


@avg_pool2d.mistake(
    when="the result array is of the input's integer type",
    hint="`np.zeros_like(x)` and `dtype=x.dtype` make an array of whole numbers of an integer image, and it cuts every "
    "mean off. Leave the type out.",
)
def means_of_the_inputs_type(x, window=2, stride=None, partial=False):
    return _pool(x, window, stride, partial, lambda patch: patch.mean(axis=(2, 3))).astype(x.dtype)


@avg_pool2d.mistake(
    when="the whole-number division `//` is used",
    hint="`//` drops everything after the point. Use `/`, or `np.mean`.",
)
def means_by_whole_number_division(x, window=2, stride=None, partial=False):
    return _pool(
        x, window, stride, partial, lambda patch: patch.sum(axis=(2, 3)) // (patch.shape[2] * patch.shape[3])
    )


@avg_pool2d.mistake(
    when="the rows' means are taken but one axis is left: only the last column's mean is kept",
    hint="A window has two axes. Take the mean over both: `axis=(2, 3)`.",
)
def means_of_the_last_column(x, window=2, stride=None, partial=False):
    return _pool(x, window, stride, partial, lambda patch: patch.mean(axis=2)[..., -1])


@avg_pool2d.mistake(
    when="rows and columns of the result are exchanged",
    hint="The means of window (row, column) belong into `output[:, :, row, column]`.",
)
def exchanged_means(x, window=2, stride=None, partial=False):
    return np.swapaxes(_pool(x, window, stride, partial, lambda patch: patch.mean(axis=(2, 3))), 2, 3)
