"""The number of windows along one side; with `partial` a last one may extend over the edge."""

import math

from helpers import reference
from helpers.exercises import common
from helpers.exercises.model import Case, Exercise


def cases(rng):
    """From windows side by side to overlapping ones and gaps, each with and without partial windows."""
    yield Case((4, 2, 2, False), "4 entries, window 2, stride 2")
    yield Case((5, 2, 2, False), "one entry left over")
    yield Case((5, 2, 2, True), "one entry left over, with partial windows")
    yield Case((6, 2, 2, True), "nothing left over, with partial windows")
    yield Case((7, 5, 1, False), "window 5, stride 1")
    yield Case((7, 3, 2, True), "windows that overlap and reach the edge exactly, with partial windows")
    yield Case((7, 5, 1, True), "window 5, stride 1, nothing left over, with partial windows")
    yield Case((7, 3, 3, True), "one entry left over after two windows of 3, with partial windows")
    yield Case((8, 3, 2, True), "windows that overlap and leave one entry over, with partial windows")
    yield Case((3, 3, 2, True), "a window as large as the side, with partial windows")
    yield Case((6, 2, 3, True), "the next window would begin just outside, with partial windows")
    yield Case((7, 2, 4, True), "the next window would begin well outside, with partial windows")
    yield Case((8, 2, 3, True), "a partial window after a gap")
    yield Case((10, 2, 4, False), "gaps between the windows")
    yield Case((8, 4, 3, False), "one entry left over, window 4, stride 3")
    yield Case((9, 4, 3, True), "two entries left over, window 4, stride 3, with partial windows")
    yield Case((7, 2, 2, True), "a side of the X's map, with partial windows")
    for _ in range(4):
        window, stride = (int(number) for number in rng.integers(1, 6, 2))
        size = window + int(rng.integers(0, 20))
        for partial in (False, True):
            words = f"{size} entries, window {window}, stride {stride}" + ", with partial windows" * partial
            yield Case((size, window, stride, partial), words)


exercise = Exercise(
    reference.pooled_size,
    cases,
    minutes=7,
    whole_numbers=True,
    hints=(
        "Begin with the whole windows: lesson 03's output size without padding. Then ask what `partial` adds: at most "
        "one window.",
        "After `whole` windows, the next one would begin at entry `whole * stride`. Is that inside? And is any entry "
        "left over after the last whole window?",
        "By hand: 8 entries, window 3, stride 2. Whole windows begin at 0, 2, 4; the last one holds 4, 5, 6. Entry 7 is "
        "left over, and the next window begins at 6, which is inside. So there are 3 whole windows, and 4 with a "
        "partial one.",
    ),
)


@exercise.model
def pooled_size(size, window, stride, partial=False):
    whole = (size - window) // stride + 1
    end_of_last = (whole - 1) * stride + window
    start_of_next = whole * stride
    if partial and end_of_last < size and start_of_next < size:
        return whole + 1
    return whole


@exercise.alternative
def by_walking(size, window, stride, partial=False):
    """Takes the steps that the window takes: good for checking the formula."""
    count, start = 1, 0
    while start + stride + window <= size:
        start += stride
        count += 1
    if partial and start + window < size and start + stride < size:
        count += 1
    return count


@exercise.alternative
def by_rounding(size, window, stride, partial=False):
    """Rounds down or up: close to how PyTorch's documentation says it."""
    steps = (size - window) / stride
    if not partial:
        return math.floor(steps) + 1
    count = math.ceil(steps) + 1
    return count - 1 if (count - 1) * stride >= size else count


@exercise.alternative
def adding_a_truth_value(size, window, stride, partial=False):
    """True counts as 1: short, once you know it."""
    whole = (size - window) // stride + 1
    end_of_last, start_of_next = (whole - 1) * stride + window, whole * stride
    return whole + int(partial and end_of_last < size and start_of_next < size)


WHOLE = "(size - window) // stride + 1"
CONDITION = "partial and end_of_last < size and start_of_next < size"
PARTIAL = f"if {CONDITION}:\n        return whole + 1"

# -- what `partial` adds -------------------------------------------------------------------------------------

exercise.slip(
    (CONDITION, "partial"),
    name="one_more_in_any_case",
    when="`partial` always adds one window, even if no entry is left over",
    hint="6 entries, window 2, stride 2: three whole windows hold all of them. A fourth would hold nothing.",
)
exercise.slip(
    (f"    {PARTIAL}\n", ""),
    name="never_partial",
    when="partial windows are never counted",
    hint="With `partial`, a last window that extends over the edge counts too.",
)
exercise.slip(
    (PARTIAL, "if partial:\n        return -(-size // stride)"),
    name="a_window_at_every_start",
    when="`partial` begins a window at every multiple of the stride",
    hint="7 entries, window 3, stride 2: the window at 4 reaches the edge. One that begins at 6 would see nothing new.",
)
exercise.slip(
    " and start_of_next < size",
    "",
    name="begins_outside",
    when="`partial` counts a window even if it begins outside",
    hint="6 entries, window 2, stride 3: the windows begin at 0 and 3. The next would begin at 6, and the last entry is 5.",
)
exercise.slip(
    "start_of_next < size",
    "start_of_next <= size",
    name="begins_just_outside",
    when="`partial` counts a window that begins just behind the last entry",
    hint="The last entry has the number size - 1, so a window that begins at `size` holds nothing.",
)
exercise.slip(
    " and end_of_last < size",
    "",
    name="nothing_left_over",
    when="`partial` counts one more window wherever it begins inside, even if no entry is left over",
    hint="7 entries, window 3, stride 2: the third window ends at the edge. The next would begin at 6, inside, but it "
    "would hold nothing that the third does not hold.",
)
exercise.slip(
    ("end_of_last < size and start_of_next < size", "(end_of_last < size or start_of_next < size)"),
    name="either_is_enough",
    when="one of the two conditions is taken to be enough: that an entry is left over, or that the next window begins inside",
    hint="Both must hold, so they are joined by `and`.",
)
exercise.slip(
    ("end_of_last < size and start_of_next < size", "size % stride"),
    name="remainder_of_the_size",
    when="`partial` adds a window wherever `size % stride` is not 0",
    hint="The whole windows cover (whole - 1) * stride + window entries, and that need not be a multiple of the stride. "
    "Compare that number with `size`.",
)
exercise.slip(
    ("end_of_last < size and start_of_next < size", "size % window"),
    name="remainder_of_the_window",
    when="`partial` adds a window wherever `size % window` is not 0",
    hint="That is right only if each window begins where the one before ends. Ask where the last whole window ends.",
)
exercise.slip(
    (PARTIAL, f"if partial:\n        return round({WHOLE.replace('//', '/')[:-4]} + 0.5) + 1"),
    name="rounded_up_by_a_half",
    when="rounding up is written as `round(... + 0.5)`, and a window counts even if it begins outside",
    hint="`round` rounds a half to the even neighbour: `round(2.5)` is 2, and so is `round(1.5)`. `math.ceil` rounds "
    "up. And ask whether the last window begins inside.",
)
exercise.slip(
    "if partial and",
    "if",
    name="always_partial",
    when="partial windows are counted whether they are asked for or not",
    hint="Look at the argument `partial`: without it only whole windows count.",
)
exercise.slip(
    "if partial",
    "if not partial",
    name="the_other_way_round",
    when="`partial` is understood the other way round",
    hint="If `partial` is False, only whole windows count.",
)
exercise.slip(
    "(whole - 1) * stride + window",
    "whole * window",
    name="end_without_gaps",
    when="the last window is taken to end at `whole * window`, as if the windows were laid end to end",
    hint="The last whole window begins at `(whole - 1) * stride` and is `window` entries long.",
)
exercise.slip(
    "start_of_next = whole * stride",
    "start_of_next = whole * window",
    name="next_after_windows",
    when="the next window is taken to begin at `whole * window`",
    hint="A window begins at a multiple of the stride, however large the windows are.",
)

# -- how many whole windows ----------------------------------------------------------------------------------

exercise.slip(
    "stride + 1",
    "stride",
    name="steps_instead_of_windows",
    when="the first window is not counted",
    hint="(size - window) // stride is the number of steps. Even before the first step there is one window.",
)


@exercise.form("steps_instead_of_windows")
def steps_with_partial(size, window, stride, partial=False):
    steps = (size - window) // stride
    if partial and steps * stride + window < size and (steps + 1) * stride < size:
        steps += 1
    return steps


exercise.slip(
    WHOLE,
    "(size - window + 1) // stride",
    name="one_before_the_division",
    when="the 1 is added before the division instead of after it",
    hint="Divide first: (size - window) // stride steps, and then one window more than steps.",
)
exercise.slip(
    WHOLE,
    "round((size - window) / stride) + 1",
    name="rounded_to_the_nearest",
    when="the division is rounded to the nearest whole number",
    hint="A window fits or it does not: round down. Only `partial` lets one more in.",
)


@exercise.form("rounded_to_the_nearest")
def whole_windows_rounded(size, window, stride, partial=False):
    count = math.ceil((size - window) / stride) + 1
    if partial:
        return min(count, math.ceil(size / stride))
    return round((size - window) / stride) + 1


exercise.slip(
    WHOLE,
    "-(-(size - window) // stride) + 1",
    name="rounded_up",
    when="the division is rounded up even for whole windows",
    hint="A window that does not fit does not count, unless `partial` is True: round down.",
)
exercise.slip(
    WHOLE,
    "size // stride",
    name="size_over_stride",
    when="the number of windows is taken to be the size divided by the stride",
    hint="This leaves out the window: 7 entries, window 5, stride 1 has three places, not seven.",
)


@exercise.form("size_over_stride")
def size_over_stride_rounded_up(size, window, stride, partial=False):
    return math.ceil(size / stride) if partial else size // stride


exercise.slip(
    WHOLE,
    "size // window",
    name="size_over_window",
    when="the number of windows is taken to be the size divided by the window",
    hint="This is right only where the stride is as large as the window.",
)


@exercise.form("size_over_window")
def size_over_window_rounded_up(size, window, stride, partial=False):
    return math.ceil(size / window) if partial else size // window


exercise.slip(
    "partial=False):\n",
    "partial=False):\n    window, stride = stride, window\n",
    name="window_and_stride_swapped",
    when="window and stride are swapped",
    hint="Subtract the window, divide by the stride.",
)
exercise.slip(
    "size - window",
    "size",
    name="window_not_subtracted",
    when="the window is not subtracted before the division",
    hint="The last window must end inside, so it begins at `size - window` at the latest.",
)

# -- what is returned ----------------------------------------------------------------------------------------

exercise.slip(
    WHOLE,
    "(size - window) / stride + 1",
    name="not_rounded",
    when="the division is not rounded at all",
    hint="A number of windows is a whole number. `//` rounds down.",
)
exercise.slip(
    ("return whole + 1", "return float(whole + 1)"),
    ("    return whole\n", "    return float(whole)\n"),
    name="float_for_a_whole_number",
    when="the right number comes as a float, such as 3.0",
    hint="`np.ceil` and `np.floor` give floats, and a size must be an int. Use `//`, or put `int(...)` around it.",
)
exercise.slip(
    ("return whole + 1", "print(whole + 1)"), ("    return whole\n", "    print(whole)\n"), **common.PRINTED
)

exercise.slip(
    "start_of_next < size:",
    "2 * (size - start_of_next) >= window:",
    name="half_a_window_at_least",
    when="`partial` counts a window only if at least half of it is inside",
    hint="One entry is enough: the window counts if it begins inside.",
)

exercise.equivalent_mutant(
    "min(rounded_up, begin_inside) -> min(begin_inside, rounded_up)",
    because="The smaller of two numbers is the same in either order.",
)
