"""The number of positions at which a kernel fits along one side of the image."""

import math

import numpy as np

from helpers import reference
from helpers.exercises import common
from helpers.exercises.model import Case, Exercise


def cases(rng):
    """From a kernel that moves by one pixel to strides that leave pixels over, and random numbers."""
    yield Case((5, 3, 1, 0), "five pixels and a kernel of three")
    yield Case((7, 3, 2, 0), "seven pixels in steps of two")
    yield Case((5, 3, 1, 1), "a zero at each end")
    yield Case((7, 3, 3, 0), "steps of three that leave one pixel over")
    yield Case((5, 3, 3, 1), "steps of three over a padded side")
    yield Case((6, 3, 2, 1), "steps of two over a padded side")
    yield Case((6, 3, 2, 0), "steps of two that leave one pixel over")
    yield Case((9, 4, 3, 0), "a kernel of four in steps of three that leave two pixels over")
    yield Case((4, 4, 2, 0), "a kernel as large as the image")
    yield Case((2, 4, 1, 1), "a kernel that fits only thanks to the padding")
    yield Case((1, 1, 1, 0), "one pixel")
    yield Case((32, 5, 1, 2), "a kernel of five that keeps the size")
    yield Case((227, 11, 4, 0), "the first layer of AlexNet")
    for _ in range(6):
        kernel, stride, padding = (int(number) for number in rng.integers([1, 1, 0], [8, 5, 4]))
        yield Case((int(rng.integers(8, 60)), kernel, stride, padding), "random numbers")


exercise = Exercise(
    reference.output_size,
    cases,
    minutes=4,
    whole_numbers=True,
    hints=(
        "How many pixels long is the padded side? How far is it from its start to the last place where the kernel can start?",
        "If that distance is d pixels, the kernel can take d // stride whole steps. The place where it starts is a position "
        "too.",
        "By hand: 6 pixels and a zero at each end make 8. A kernel of 3 can start at 0 to 5. In steps of 2 it starts at 0, "
        "2, 4: 5 // 2 = 2 steps, 3 positions.",
    ),
)


@exercise.model
def output_size(size, kernel, stride=1, padding=0):
    return (size - kernel + 2 * padding) // stride + 1


@exercise.alternative
def in_three_steps(size, kernel, stride=1, padding=0):
    """A name for each step: good for finding out which of them went wrong."""
    padded = size + 2 * padding
    last = padded - kernel
    return last // stride + 1


exercise.puzzle(
    in_three_steps,
    ("size + 2 * padding", "size + padding"),
    ("last // stride + 1", "last // stride"),
)


@exercise.alternative
def count_the_starts(size, kernel, stride, padding):
    """Counts the starts instead of using a formula: good for checking the formula."""
    return len(range(0, size + 2 * padding - kernel + 1, stride))


@exercise.alternative
def walk_along(size, kernel, stride, padding):
    """Takes the steps that the window takes: good for seeing why the last one may not fit."""
    count, start = 0, -padding
    while start + kernel <= size + padding:
        count, start = count + 1, start + stride
    return count


@exercise.alternative
def with_floor(size, kernel, stride, padding):
    """Says in words that it rounds down: close to the formula in books."""
    return math.floor((size - kernel + 2 * padding) / stride) + 1


DISTANCE = "(size - kernel + 2 * padding)"

# -- the + 1, and how one rounds -----------------------------------------------------------------------------

exercise.slip(
    " + 1",
    "",
    name="without_plus_one",
    when="the steps are counted, not the positions: the + 1 is missing",
    hint="The position from which the first step is taken counts as well.",
)
exercise.slip(
    "//",
    "/",
    name="true_division",
    when="the division `/` is used, which gives a fraction or a float",
    hint="A size is a whole number. `//` divides and rounds down.",
)
exercise.slip(
    f"{DISTANCE} // stride",
    f"-(-{DISTANCE} // stride)",
    name="rounded_up",
    when="a last step is taken that does not fit any more: the division is rounded up",
    hint="If a whole step is no longer possible, the window stops. `//` rounds down.",
)
exercise.slip(
    f"{DISTANCE} // stride",
    f"round({DISTANCE} / stride)",
    name="rounded_to_nearest",
    when="the division is rounded to the nearest whole number",
    hint="Two thirds of a step do not count. `//` rounds down.",
)
exercise.slip(
    f"{DISTANCE} // stride",
    f"np.floor({DISTANCE} / stride)",
    name="floor_is_a_float",
    when="the division is rounded down by `np.floor`, which returns a float",
    hint="`np.floor` gives 3.0, and a size must be 3. `//` rounds down and gives a whole number.",
)


@exercise.form("floor_is_a_float")
def floor_around_everything(size, kernel, stride, padding):
    return np.floor(1 + (size + 2 * padding - kernel) / stride)


exercise.slip(
    f"{DISTANCE} // stride + 1",
    "(size - kernel + 2 * padding + 1) // stride",
    name="one_before_the_division",
    when="the 1 is added before the division",
    hint="First find the number of steps, rounded down; then add 1 for the place where they start.",
)
exercise.slip(
    f"{DISTANCE} // stride + 1",
    "len(range(0, size - kernel + 2 * padding, stride))",
    name="starts_cut_short",
    when="the last possible start is left out, as by `range(0, size - kernel, stride)`",
    hint="The kernel may start at `size - kernel` itself, and `range` stops before its end: add 1 to the end.",
)
exercise.slip(
    f"{DISTANCE} // stride + 1",
    "len(range(0, size + 2 * padding, stride))",
    name="every_start",
    when="a position is counted at every multiple of the stride, whether the kernel fits there or not",
    hint="All of the kernel must fit: where can it start at the latest?",
)
exercise.slip(
    f"{DISTANCE} // stride + 1",
    "-(-size // stride)",
    name="size_over_stride",
    when="the side is divided by the stride and rounded up: the rule for a padding that keeps the size",
    hint="Here the padding is whatever the caller says, and the kernel takes up room. Both are in the formula.",
)

exercise.slip(
    f"{DISTANCE} // stride + 1",
    "-(-size // stride) if padding else -(-(size - kernel + 1) // stride)",
    name="same_or_valid",
    when='any padding is taken to keep the size, as "same" of TensorFlow does: side over stride, rounded up',
    hint="`padding` is the number of zeros at each end, whatever comes out: the padded side is `size + 2 * padding` long.",
)

# -- the padding ---------------------------------------------------------------------------------------------

exercise.slip(
    "2 * padding",
    "padding",
    name="padding_once",
    when="the padding is counted at one end only",
    hint="There are zeros at both ends.",
)
exercise.slip(
    " + 2 * padding",
    "",
    name="padding_left_out",
    when="the padding is left out",
    hint="The window slides over the padded side: how long is it?",
)
exercise.slip(
    "+ 2 * padding",
    "- 2 * padding",
    name="padding_taken_away",
    when="the padding is subtracted instead of added",
    hint="Padding makes the side longer.",
)
exercise.slip(
    f"{DISTANCE} // stride",
    "(size - kernel) // stride + 2 * padding",
    name="padding_after_the_division",
    when="the padding is added after the division",
    hint="The steps go over the zeros, too: add the padding before you divide.",
)
exercise.slip(
    f"{DISTANCE} // stride",
    "(size - kernel) // stride + 2 * padding // stride",
    name="rounded_apart",
    when="the side and the padding are each divided by the stride, and rounded down, before they are added",
    hint="Two halves that are rounded away may be a whole step together. Add first, then divide once.",
)
exercise.slip(
    f"{DISTANCE} // stride",
    "size - kernel + 2 * padding // stride",
    name="without_parentheses",
    when="the parentheses are missing, so that only the padding is divided by the stride",
    hint="`//` binds more strongly than `+` and `-`. Put the whole distance in parentheses.",
)
exercise.slip(
    f"{DISTANCE} // stride",
    "size - kernel + 2 * padding / stride",
    name="without_parentheses_by_true_division",
    when="the parentheses are missing and `/` is used",
    hint="`/` binds more strongly than `+` and `-`, and gives a float. Put the whole distance in parentheses, and use `//`.",
)

# -- the stride ----------------------------------------------------------------------------------------------

exercise.slip(
    " // stride",
    "",
    name="stride_left_out",
    when="the stride is left out",
    hint="With a stride of 2 only every second position is visited.",
)
exercise.slip(
    f"{DISTANCE} // stride",
    "size - kernel",
    name="formula_of_lesson_two",
    when="stride and padding are left out: the formula of lesson 02",
    hint="Lesson 02 moved by one pixel and stayed inside. Which two numbers come in now, and where?",
)
exercise.slip(
    "// stride",
    "// {}",
    values=(2, 3),
    name="fixed_stride",
    when="the stride is always {}",
    hint="Divide by the argument `stride`. Other calls have other values.",
)
exercise.slip(
    "//",
    "*",
    name="stride_multiplied",
    when="the distance is multiplied by the stride instead of divided",
    hint="Larger steps make fewer positions.",
)

# -- the kernel ----------------------------------------------------------------------------------------------

exercise.slip(
    "size - kernel",
    "size",
    name="kernel_left_out",
    when="the kernel's size is not subtracted",
    hint="The window cannot start at the last pixel: all of it must fit.",
)
exercise.slip(
    "- kernel",
    "- 2 * (kernel // 2) - 1",
    name="half_a_kernel_at_each_end",
    when="the kernel is taken to have a middle pixel and `kernel // 2` pixels on each side: right for odd kernels only",
    hint="A kernel of 4 pixels takes up 4, not 2 + 1 + 2. Subtract the kernel's own size.",
)
exercise.slip(
    "- kernel",
    "- 3",
    name="kernel_of_three",
    when="every kernel is taken to be 3 pixels wide",
    hint="Use the argument `kernel`. Other calls have other values.",
)
exercise.slip(
    "size - kernel",
    "kernel - size",
    name="kernel_minus_size",
    when="the size is subtracted from the kernel, not the kernel from the size",
    hint="The kernel moves inside the image: what is left of the side when the kernel has taken its place?",
)

# -- what is returned ----------------------------------------------------------------------------------------

exercise.slip(
    f"return {DISTANCE} // stride + 1",
    f"distance = {DISTANCE}\n    return distance // stride + 1 if distance % stride == 0 else None",
    name="nothing_where_pixels_are_left_over",
    when="nothing is returned where a pixel is left over",
    hint="The steps need not fill the side. The pixels that are left over are not seen, and that is all.",
)
exercise.slip(f"return {DISTANCE} // stride + 1", f"print({DISTANCE} // stride + 1)", **common.PRINTED)

exercise.slip(
    "(size - kernel + 2 * padding) // stride + 1",
    "(size + 2 * padding) // kernel",
    name="kernels_end_to_end",
    when="the kernels are laid end to end: the padded side is divided by the kernel's size",
    hint="Two positions of a kernel may overlap. `stride`, not the kernel, says how far apart they begin.",
)
