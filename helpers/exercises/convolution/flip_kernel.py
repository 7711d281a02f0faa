"""The kernel turned by half a turn: flipped upside down and left to right."""

import numpy as np

from helpers import reference
from helpers.exercises import common
from helpers.exercises.model import Case, Exercise


def cases(rng):
    """Single kernels, then stacks of two to four axes."""
    yield Case((np.array([[3.0, 1.0], [0.0, -2.0]]),), "a kernel of 2 x 2")
    yield Case((np.array([[3.0, 1.0, 0.0], [-2.0, 5.0, 4.0]]),), "a kernel of 2 x 3, which is not square")
    yield Case((np.array([[[3, 1, 0], [-2, 5, 4]], [[7, 2, 6], [8, -1, 9]]]),), "two kernels in a stack")
    yield Case(
        (np.array([[[[3.0, 1.0], [0.0, -2.0]], [[5.0, 4.0], [7.0, 2.0]], [[6.0, 8.0], [-1.0, 9.0]]]]),),
        "a filter of three channels",
    )
    yield Case(
        (np.array([[[[3.0, 1.0, 0.0]], [[-2.0, 5.0, 4.0]]], [[[7.0, 2.0, 6.0]], [[8.0, -1.0, 9.0]]]]),),
        "two filters of two channels",
    )
    yield Case((np.arange(24.0).reshape(2, 3, 2, 2),), "two filters of three channels")
    for shape in [(3, 3), (1, 4), (4, 2, 3, 5)]:
        yield Case((rng.uniform(-1, 1, shape),), f"random values of shape {shape}")


exercise = Exercise(
    reference.flip_kernel,
    cases,
    minutes=4,
    hints=(
        "Reverse the rows, then the columns. A slice with a step of -1 goes through an axis from its end.",
        "Rows and columns are the last two axes; what comes before them, filters and channels, stays. `...` in an index "
        "means all axes that are not named.",
        "By hand: [[1, 2, 3], [4, 5, 6]] upside down is [[4, 5, 6], [1, 2, 3]]; then left to right [[6, 5, 4], [3, 2, 1]].",
    ),
)


@exercise.model
def flip_kernel(kernel):
    return kernel[..., ::-1, ::-1]


@exercise.alternative
def entry_by_entry(kernel):
    """Says for each entry where it comes from: good for seeing why there is a - 1."""
    flipped = np.zeros(kernel.shape)
    height, width = kernel.shape[-2:]
    for row in range(height):
        for column in range(width):
            flipped[..., row, column] = kernel[..., height - 1 - row, width - 1 - column]
    return flipped


exercise.puzzle(
    entry_by_entry,
    ("height - 1 - row, width - 1 - column", "height - row, width - column"),
    ("kernel.shape[-2:]", "kernel.shape[:2]"),
)


@exercise.alternative
def flip_two_axes(kernel):
    """Says by name what is done: easy to read a year later."""
    return np.flip(kernel, (-2, -1))


@exercise.alternative
def turn_twice(kernel):
    """Half a turn is the same as two flips: good for picturing it."""
    return np.rot90(kernel, 2, axes=(-2, -1))


@exercise.alternative
def through_one_long_row(kernel):
    """Shows that flipping both axes reverses the reading order."""
    rows = kernel.reshape(*kernel.shape[:-2], -1)
    return rows[..., ::-1].reshape(kernel.shape)


FLIPPED = "kernel[..., ::-1, ::-1]"

# -- which axes ----------------------------------------------------------------------------------------------

exercise.slip(
    "..., ::-1, ::-1",
    "::-1, ::-1",
    name="first_two_axes",
    when="the first two axes are flipped, which in a stack are filters and channels",
    hint="Rows and columns are the last two axes. `...` in an index leaves all axes before them alone.",
)
exercise.slip(
    "..., ::-1, ::-1",
    "::-1",
    name="first_axis_only",
    when="only the first axis is flipped",
    hint="`[::-1]` reverses axis 0, which in a stack are the kernels. Rows and columns are the last two axes.",
)
exercise.slip(
    FLIPPED,
    "np.flip(kernel)",
    name="all_axes",
    when="all axes are flipped, filters and channels too",
    hint="`np.flip` without an axis flips them all. Name the last two: -2 and -1.",
)
exercise.slip(
    "..., ::-1, ::-1",
    ":, :, ::-1, ::-1",
    name="four_axes_taken_for_granted",
    when="the kernel is taken to have four axes",
    hint="A single kernel has two axes, a stack may have three. `...` means all the axes before, however many there are.",
)
exercise.slip(
    "..., ::-1, ::-1",
    "..., ::-1, :",
    name="upside_down_only",
    when="the kernel is flipped upside down, but not left to right",
    hint="Half a turn changes both: rows and columns.",
)
exercise.slip(
    "..., ::-1, ::-1",
    "..., ::-1",
    name="left_to_right_only",
    when="the kernel is flipped left to right, but not upside down",
    hint="Half a turn changes both: rows and columns.",
)

# -- other turns ---------------------------------------------------------------------------------------------

exercise.slip(
    FLIPPED,
    "np.swapaxes(kernel, -1, -2)",
    name="transposed",
    when="rows and columns are swapped",
    hint="That mirrors the kernel on its diagonal. Half a turn leaves the shape as it is.",
)
QUARTER = {
    "name": "quarter_turn",
    "when": "the kernel is turned by a quarter",
    "hint": "`np.rot90` makes a quarter turn. You need two of them.",
}
exercise.slip(FLIPPED, "np.rot90(kernel, axes=(-2, -1))", **QUARTER)
exercise.slip(FLIPPED, "np.rot90(kernel)", **QUARTER)
exercise.slip(
    FLIPPED,
    "kernel.T",
    name="all_axes_reversed",
    when="`kernel.T` puts the axes in reverse order",
    hint="The axes keep their order. It is rows and columns that are read from their ends.",
)
exercise.slip(
    FLIPPED,
    "-kernel",
    name="negated",
    when="the weights change their signs",
    hint="The weights change their places, not their signs.",
)

# -- what is returned ----------------------------------------------------------------------------------------

exercise.slip(
    FLIPPED,
    "kernel",
    name="as_it_is",
    when="the kernel is returned as it is",
    hint="A slice and `np.flip` make a new view and leave the kernel alone: return that view.",
)
exercise.slip(
    f"return {FLIPPED}",
    f"kernel[...] = {FLIPPED}.copy()\n    return kernel",
    **common.IN_PLACE,
)
exercise.slip(FLIPPED, f"{FLIPPED}.tolist()", **common.LIST)

exercise.slip(
    "kernel[..., ::-1, ::-1]",
    "kernel[::-1, ..., ::-1]",
    name="first_and_last_axis",
    when="the first and the last axis are flipped, which in a stack are kernels and columns",
    hint="Count the axes from the end: rows are axis -2, columns axis -1, however many axes come before them.",
)
