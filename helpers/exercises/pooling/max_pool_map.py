"""The largest value in each window of one feature map; windows lie wholly inside it."""

import numpy as np

from helpers import data, reference
from helpers.exercises import common
from helpers.exercises.model import Case, Exercise
from helpers.exercises.pooling import stacks


def cases(rng):
    """From one window to overlapping ones, gaps, negative values, whole numbers."""
    yield Case((np.array([[1.0, 3.0], [2.0, -1.0]]), 2, 2), "one window")
    yield Case((np.array([[1.0, 5.0, 2.0, 0.0], [3.0, -1.0, 4.5, -2.0]]), 2, 2), "two windows side by side")
    yield Case((-np.array([[3.0, 1.0], [2.0, 4.0], [6.0, 8.0], [7.0, 5.5]]), 2, 2), "negative values only")
    yield Case((np.array([[4.0, -7.0, 2.0], [1.0, 3.0, 6.5]]), 2, 1), "two windows that overlap")
    yield Case((np.array([[2.0, 9.0, 1.0, 8.0, 3.5]]), 1, 2), "window 1, stride 2: gaps between the windows")
    yield Case(
        (np.array([[5.0, 1.0, 0.5], [2.0, 3.0, 7.0], [9.0, 8.0, 6.0]]), 2, 2), "a row and a column left over"
    )
    falling = reference.filter_image(data.X, data.features["falling"])
    yield Case((falling, 2, 2), "the map of the X, window 2, stride 2")
    yield Case((falling, 3, 2), "the map of the X, window 3, stride 2")
    yield Case((falling, 5, 1), "the map of the X, window 5, stride 1")
    yield Case((rng.integers(-9, 10, (4, 7)), 2, 3), "whole numbers, window 2, stride 3")
    for shape, window, stride in [((5, 8), 3, 3), ((7, 4), 2, 1), ((9, 6), 3, 2), ((4, 9), 4, 2)]:
        about = f"a random map of {shape[0]} x {shape[1]}, window {window}, stride {stride}"
        yield Case((rng.uniform(-9, 9, shape), window, stride), about)
    yield Case((rng.choice([-1.0, 1.0], (6, 6)), 3, 2), "a map with many equal values")
    yield Case((rng.uniform(-9, -1, (5, 6)).astype(np.float32), 2, 2), "negative values of type float32")
    yield Case((np.array([[-20000.0, -30000.0], [-4e6, -3e6]]), 1, 1), "values far below zero")


exercise = Exercise(
    reference.max_pool_map,
    cases,
    minutes=7,
    hints=(
        "Two loops over the windows, as in `filter_image`. First: how many windows fit one below the other? It is "
        "lesson 03's output size without padding.",
        "Window (row, column) begins at entry (row * stride, column * stride) and is `window` entries high and wide.",
        "By hand: in [[1, 5, 2, 0], [3, -1, 4, -2]] with window 2 and stride 2 the second window begins in column "
        "1 * 2 = 2 and holds 2, 0, 4, -2. Its largest value is 4.",
    ),
    cancelling=(("windows_too_small", "windows_too_large"),),
)


@exercise.model
def max_pool_map(feature_map, window, stride):
    rows = (feature_map.shape[0] - window) // stride + 1
    columns = (feature_map.shape[1] - window) // stride + 1
    pooled = np.zeros((rows, columns))
    for row in range(rows):
        for column in range(columns):
            top, left = row * stride, column * stride
            pooled[row, column] = feature_map[top : top + window, left : left + window].max()
    return pooled


@exercise.alternative
def with_loops_over_starts(feature_map, window, stride):
    """Walks over the places where windows start: no size has to be computed."""
    height, width = feature_map.shape
    return np.array(
        [
            [feature_map[i : i + window, j : j + window].max() for j in range(0, width - window + 1, stride)]
            for i in range(0, height - window + 1, stride)
        ]
    )


@exercise.alternative
def with_all_windows_as_a_view(feature_map, window, stride):
    """No loop in Python at all: fast on large maps."""
    windows = np.lib.stride_tricks.sliding_window_view(feature_map, (window, window))
    return windows[::stride, ::stride].max(axis=(2, 3))


@exercise.alternative
def with_a_running_maximum(feature_map, window, stride):
    """One comparison at a time: this is what a computer does inside `max`."""
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


WINDOW = "feature_map[top : top + window, left : left + window]"
ROWS, COLUMNS = (
    "(feature_map.shape[0] - window) // stride + 1",
    "(feature_map.shape[1] - window) // stride + 1",
)

# -- where the windows begin, and how large they are ---------------------------------------------------------

exercise.slip(
    ("stride + 1", "window + 1", 2),
    ("* stride", "* window", 2),
    name="stride_from_the_window",
    when="the stride is taken to be as large as the window",
    hint="Windows may overlap, or leave gaps. `stride` decides where a window begins, `window` how large it is.",
)
exercise.slip(
    ("- window", "- stride", 2),
    ("+ window", "+ stride", 2),
    **stacks.WINDOW_FROM_THE_STRIDE,
)
stacks.add_slips_of_the_corners(exercise)
exercise.slip(
    "left : left + window]",
    "left]",
    name="first_column_of_each_window",
    when="only the first column of each window is looked at",
    hint="A window has rows and columns: cut with two slices, `[top : ..., left : ...]`.",
)
exercise.slip(
    "top : top + window, left",
    "top, left",
    name="first_row_of_each_window",
    when="only the first row of each window is looked at",
    hint="A window has rows and columns: cut with two slices, `[top : ..., left : ...]`.",
)
exercise.slip(
    ("+ window", "+ window - 1", 2),
    name="windows_too_small",
    when="each window ends one entry too early",
    hint="A slice does not include its end: `[top:top + window]` has `window` entries.",
)
exercise.slip(
    ("+ window", "+ window + 1", 2),
    name="windows_too_large",
    when="each window ends one entry too late",
    hint="A slice does not include its end: `[top:top + window]` has `window` entries.",
)
exercise.slip(
    "window, stride):\n",
    "window, stride):\n    window = stride = 2\n",
    name="always_two",
    when="window and stride are always 2",
    hint="Use the arguments `window` and `stride`. Other calls have other values.",
)

# -- how many windows there are ------------------------------------------------------------------------------

exercise.slip(
    ("stride + 1", "stride", 2),
    name="without_the_last_windows",
    when="the last row and the last column of windows are left out",
    hint="The first window counts as well: (height - window) // stride steps lead to one window more than that.",
)
exercise.slip(
    (ROWS, "feature_map.shape[0] // stride"),
    (COLUMNS, "feature_map.shape[1] // stride"),
    name="size_over_stride",
    when="the number of windows is taken to be the size divided by the stride",
    hint="That holds only where the window is as large as the stride. Along a side of 5, a window of 3 with stride 1 "
    "has three places, not five.",
)
exercise.slip(
    (ROWS, "feature_map.shape[0] // window"),
    (COLUMNS, "feature_map.shape[1] // window"),
    name="size_over_window",
    when="the number of windows is taken to be the size divided by the window",
    hint="That holds only where the stride is as large as the window. Lesson 03's output size knows both.",
)
exercise.slip(COLUMNS, "rows", **common.SQUARE)
exercise.slip(
    (ROWS, "len(range(0, feature_map.shape[0] - window, stride))"),
    (COLUMNS, "len(range(0, feature_map.shape[1] - window, stride))"),
    name="starts_cut_short",
    when="the starts are counted by `range(0, height - window, stride)`, which leaves out the last place",
    hint="The last window may begin at `height - window` itself, and `range` stops before its end: add 1.",
)


@exercise.form("starts_cut_short")
def list_of_starts_cut_short(feature_map, window, stride):
    height, width = feature_map.shape
    return np.array(
        [
            [feature_map[i : i + window, j : j + window].max() for j in range(0, width - window, stride)]
            for i in range(0, height - window, stride)
        ]
    )


exercise.slip(
    (ROWS, "len(range(0, feature_map.shape[0], stride))"),
    (COLUMNS, "len(range(0, feature_map.shape[1], stride))"),
    name="every_start",
    when="a window begins at every multiple of the stride, whether it fits or not",
    hint="The last window must end inside the map: it begins at `height - window` at the latest.",
)
exercise.slip(
    (ROWS, "-(-(feature_map.shape[0] - window) // stride) + 1"),
    (COLUMNS, "-(-(feature_map.shape[1] - window) // stride) + 1"),
    (f"{WINDOW}.max()", f"{WINDOW}.max(initial=-np.inf if feature_map.dtype.kind == 'f' else -99)"),
    name="partial_windows",
    when="windows that extend over the edge are kept",
    hint="Here a window must fit wholly into the map. Rows and columns that are left over are dropped.",
)

# -- what is kept of a window --------------------------------------------------------------------------------

exercise.slip(f"{WINDOW}.max()", f"max(0, {WINDOW}.max())", **common.STARTED_AT_ZERO)
exercise.slip(
    f"{WINDOW}.max()",
    f"max({{}}, {WINDOW}.max())",
    name="started_at_a_number",
    when="the search for the largest starts at {}, and no result can be smaller",
    hint="Some values are smaller than any number you choose. Start with the window's first value, or with -np.inf.",
    values=("-999", "-9999", "-1000"),
)
stacks.add_slips_of_the_maximum(exercise, WINDOW, "", "feature_map[top, left]")
exercise.slip(
    (f"{WINDOW}.max()", f"max({WINDOW})"),
    name="python_max",
    when="Python's own `max` compares whole rows",
    hint="`max(patch)` goes through the rows of the patch. `patch.max()` goes through all its values.",
)
exercise.slip(
    ".max()",
    ".argmax()",
    name="places",
    when="the place of the largest value is kept instead of the value",
    hint="`np.argmax` tells where the largest value is, `np.max` what it is.",
)
exercise.slip(
    (f"{WINDOW}.max()", "feature_map.max()"),
    name="one_maximum",
    when="every entry is the largest value of the whole map",
    hint="Cut out the window first. Then take the largest value of what you have cut out.",
)
exercise.slip(
    ("    for row", "    largest = -np.inf\n    for row"),
    (f"= {WINDOW}.max()", f"= largest = max(largest, {WINDOW}.max())"),
    name="never_started_again",
    when="the running maximum does not start again for each window",
    hint="Each window begins with its own first value (or `-np.inf`), not with the maximum of the window before.",
)

# -- what is returned ----------------------------------------------------------------------------------------

exercise.slip("    return pooled", "            return pooled", **common.IN_THE_LOOP)
exercise.slip("return pooled", "return pooled.T", **common.SWAPPED)
exercise.slip("(rows, columns))", "(rows, columns), dtype=int)", **common.WHOLE_NUMBERS)
exercise.slip("return pooled", "return pooled.tolist()", **common.LIST)

exercise.slip(
    "feature_map[top : top + window, left : left + window].max()",
    "np.median(feature_map[top : top + window, left : left + window])",
    name="medians",
    when="the median of each window is kept instead of its largest value",
    hint="The median is the value in the middle. Take the largest, with `.max()`.",
)

exercise.equivalent_mutant(
    "0 -> -1",
    because="The two axes of which one entry is taken have length 1, so 0 and -1 are the same entry.",
)
