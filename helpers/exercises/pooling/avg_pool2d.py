"""The mean of each window of a whole stack of maps; a partial window's mean is over the entries that it has."""

import numpy as np

from helpers import reference
from helpers.exercises import common
from helpers.exercises.model import Case, Exercise
from helpers.exercises.pooling import stacks
from helpers.exercises.pooling.pooled_size import pooled_size


def cases(rng):
    """From two windows to whole stacks: whole numbers, partial windows, and no stride given."""
    yield from stacks.small_cases()
    yield Case((np.array([[[[3, 1, 6], [5, 2, 4]]]]), 2, 1, False), "whole numbers")
    two_of_three = np.array([[[[1.0, 0.0, 2.0, 6.0], [3.0, 5.0, 1.0, 2.0], [0.0, 4.0, 2.0, 3.0]]]])
    yield Case((two_of_three, 3, 2, True), "a partial window with two of its three columns")
    yield from stacks.larger_cases(rng)
    yield Case((rng.integers(-9, 9, (1, 2, 4, 5)), 2, 2, False), "random whole numbers")
    yield Case(
        (rng.uniform(-9, 9, (2, 3, 5, 4)).astype(np.float32), 2, 2, True), "float32, with partial windows"
    )


exercise = Exercise(
    reference.avg_pool2d,
    cases,
    minutes=3,
    hints=(
        "Your `max_pool2d` does nearly everything. Which one word of it must change?",
        "`np.mean` divides by the number of entries that the patch really has, even where the window extends over the "
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
    """One window at a time, sum and size in sight: good for following it."""
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
    """Partial windows are filled up with `nan`, which the mean leaves out: no loop is needed."""
    stride = window if stride is None else stride
    rows, columns = (pooled_size(side, window, stride, partial) for side in x.shape[2:])
    below = max(0, (rows - 1) * stride + window - x.shape[2])
    right = max(0, (columns - 1) * stride + window - x.shape[3])
    padded = np.pad(x.astype(float), ((0, 0), (0, 0), (0, below), (0, right)), constant_values=np.nan)
    windows = np.lib.stride_tricks.sliding_window_view(padded, (window, window), axis=(2, 3))
    return np.nanmean(windows[:, :, ::stride, ::stride], axis=(4, 5))


MEAN = "patch.mean(axis=(2, 3))"

# -- what is kept of a window --------------------------------------------------------------------------------

exercise.slip(
    MEAN,
    "patch.max(axis=(2, 3))",
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
    "patch.sum(axis=(2, 3)) / np.maximum(np.count_nonzero(patch, axis=(2, 3)), 1)",
    name="divided_by_those_not_zero",
    when="the sum is divided by the number of entries that are not zero",
    hint="A zero is an entry like any other: divide by how many entries the window holds.",
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

exercise.slip(
    MEAN,
    "patch.mean(axis=2)[..., -1]",
    name="last_column",
    when="the mean is taken over the rows, and only the last column's mean is kept",
    hint="A window has two axes. Take the mean over both: `axis=(2, 3)`.",
)

# -- where the windows are, over which axes, and what is returned --------------------------------------------

stacks.add_slips_of_axes(exercise, "mean", "mean")
stacks.add_slips_of_the_stride(exercise)
stacks.add_slips_of_partial_windows(exercise)
exercise.slip(f"{stacks.SHAPE})", f"{stacks.SHAPE}, dtype=x.dtype)", **common.TYPE_OF_THE_INPUT)
stacks.add_slips_of_the_result(exercise)


@exercise.mistake(
    when="each window goes on to where the next one begins, and the last one to the edge, as with `np.add.reduceat`",
    hint="`reduceat` knows where pieces begin, but not how long they are. A window holds `window` rows and columns, also "
    "where windows overlap or leave gaps.",
)
def up_to_the_next(x, window=2, stride=None, partial=False):
    stride = window if stride is None else stride
    rows, columns = (np.arange(pooled_size(side, window, stride, partial)) * stride for side in x.shape[2:])
    x = x[:, :, : rows[-1] + window, : columns[-1] + window]
    counts = np.outer(np.diff([*rows, x.shape[2]]), np.diff([*columns, x.shape[3]]))
    return np.add.reduceat(np.add.reduceat(x, rows, axis=2), columns, axis=3) / counts


exercise.slip(
    "patch.mean(axis=(2, 3))",
    "patch.mean(axis=2).max(axis=2)",
    name="largest_of_the_column_means",
    when="the largest of the means of a window's columns is kept",
    hint="One mean over rows and columns together: `axis=(2, 3)`.",
)
exercise.slip(
    "patch.mean(axis=(2, 3))",
    "patch.max(axis=2).mean(axis=2)",
    name="mean_of_the_column_maxima",
    when="the mean of the largest values of a window's columns is kept",
    hint="An average has no maximum in it: `patch.mean(axis=(2, 3))`.",
)
exercise.slip(
    MEAN,
    "patch.sum(axis=(2, 3)) / (patch.shape[2] + patch.shape[3])",
    name="divided_by_rows_plus_columns",
    when="the sum of a window is divided by the number of its rows plus the number of its columns",
    hint="A window of 3 x 3 holds 3 times 3 numbers, not 3 plus 3.",
)

exercise.slip(
    (
        "    output = np.zeros(",
        '    x = np.pad(x, ((0, 0), (0, 0), (0, window), (0, window)), mode="edge")\n    output = np.zeros(',
    ),
    name="filled_up_with_the_edge",
    when="partial windows are filled up with copies of the values at the edge",
    hint="Copies count again in the mean. A partial window has only the entries that are there: let the slice end at the edge.",
)

# -- variants ------------------------------------------------------------------------------------------------

exercise.can_be(
    "divided_by_its_entries", when="a partial window is divided by the number of entries that it has"
)
exercise.can_be(
    "divided_by_the_whole_window",
    when="a partial window is divided by the number of entries of a whole one",
    asked=(
        (
            "their mean is over the entries that they have.",
            "what they lack counts as 0: their sum is divided by the number of entries of a whole window.",
        ),
        (
            "In a partial window, divide by the number of entries it has.",
            "In a partial window, divide by the number of entries of a whole one. (The course's own, which draws the "
            "pictures here, divides by the number it has.)",
        ),
    ),
    edits=(
        ("patch.mean(axis=(2, 3))", "patch.sum(axis=(2, 3)) / window**2"),
        ("patch.sum() / patch.size", "patch.sum() / window**2"),
        ("constant_values=np.nan", "constant_values=0.0"),
    ),
    said=(
        (
            "`np.mean` divides by the number of entries that the patch really has, even where the window extends over the "
            "edge.",
            "`np.mean` divides by the number of entries that the patch really has. Divide its sum by that of a whole window.",
        ),
        ("Its mean is 8 / 1 = 8, not 8 / 4.", "A whole window has 4, so the answer is 8 / 4 = 2."),
        ("Which one word of it must change?", "Which one line of it must change?"),
    ),
    gone=("8 / 1", "over the entries that they have"),
    aside=True,
)


@exercise.example_from
def example(rng):
    """Two windows, the second of which is partial."""
    return (
        f"avg_pool2d(np.array([[{rng.integers(1, 9, (2, 3)).astype(float).tolist()}]]), 2, partial=True)",
    )
