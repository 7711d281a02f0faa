"""What convolve_image and conv2d have in common: slips in where the patches are cut, and in how many there are.

`height` and `width` are how the model writes the two sides of what it slides over, such as "image.shape[0]".
"""

from helpers.exercises import common
from helpers.exercises.model import Exercise

STARTS = "row * stride, column * stride"
FIRST_LINE = "padding=0):\n"
TOP_LEFT = {
    "name": "padded_at_top_and_left",
    "when": "the border is put on the top and on the left only, or counted only once",
    "hint": "There are zeros on all four sides: a side of 5 pixels with a padding of 1 becomes 7 pixels long.",
}
WINDOWS_TORN_APART = {
    "name": "windows_torn_apart",
    "when": "`reshape` makes one row of each window while the channels are still in front of the positions, so that the "
    "numbers of different windows get mixed",
    "hint": "`reshape` keeps the order of the numbers. Bring the axes of one window together first: (N, rows, columns, C, kH, "
    "kW), by `transpose(0, 2, 3, 1, 4, 5)`.",
}


def sizes(height: str, width: str) -> tuple[str, str]:
    """How the model counts its rows and its columns."""
    return f"output_size({height}, height, stride, padding)", f"output_size({width}, width, stride, padding)"


def counted_once(height: str, width: str) -> tuple[tuple[str, str], ...]:
    """The edits by which the padding is added to each side once."""
    return (
        (f"{height}, height, stride, padding", f"{height} + padding, height, stride"),
        (f"{width}, width, stride, padding", f"{width} + padding, width, stride"),
    )


def add_slips_of_the_stride(exercise: Exercise, height: str, width: str) -> None:
    """Where the patches start, and where they end."""
    rows, columns = sizes(height, width)
    every_stride_th = (
        ("range(rows)", "range(0, rows, stride)"),
        ("range(columns)", "range(0, columns, stride)"),
    )
    exercise.slip(STARTS, "row, column", **common.STRIDE_IGNORED)
    exercise.slip(
        FIRST_LINE,
        f"{FIRST_LINE}    stride = 1\n",
        name="every_position",
        when="the stride is left out and every position is visited",
        hint="With a stride of 2 the patches start at rows 0, 2, 4, ...",
    )
    exercise.slip(
        (rows, f"-(-{rows} // stride)"), (columns, f"-(-{columns} // stride)"), **common.STRIDE_TWICE
    )
    exercise.slip(*every_stride_th, **common.STRIDE_TWICE)
    exercise.slip(*every_stride_th, (STARTS, "row, column"), **common.STRIDE_TWICE)
    exercise.slip(STARTS, "row + stride, column + stride", **common.STRIDE_ADDED)
    exercise.slip(
        ("top + height", "row + height"),
        ("left + width", "column + width"),
        name="ends_without_stride",
        when="the slices start with the stride but end without it",
        hint="A slice ends `height` rows after its start: if it starts at `row * stride`, where does it end?",
    )
    exercise.slip(
        ("width, stride, padding", "width, 1, padding"),
        ("column * stride", "column"),
        name="stride_down_only",
        when="the stride is used for the rows only",
        hint="The window moves by the stride in both directions, down and across.",
    )
    exercise.slip(
        ("height, stride, padding", "height, 1, padding"),
        ("row * stride", "row"),
        name="stride_across_only",
        when="the stride is used for the columns only",
        hint="The window moves by the stride in both directions, down and across.",
    )
    common.add_slips_of_one_direction(exercise, STARTS)


def add_slips_of_the_padding(exercise: Exercise, height: str, width: str) -> None:
    """How wide the border is taken to be."""
    exercise.slip(
        (f"{height}, height", f"{height} + 2 * padding, height"),
        (f"{width}, width", f"{width} + 2 * padding, width"),
        **common.PADDED_TWICE,
    )
    exercise.slip(
        FIRST_LINE,
        f"{FIRST_LINE}    padding = 1\n",
        name="always_padded_by_one",
        when="the border is always one pixel wide",
        hint="`padding` says how wide the border is; it may be 0, or more than 1.",
    )


def add_slips_of_the_sizes(exercise: Exercise, kernel: str, height: str, width: str) -> None:
    """How large the `kernel` and the map are taken to be."""
    rows, columns = sizes(height, width)
    exercise.slip(
        f"height, width = {kernel}",
        "height = width = {}",
        values=(3, 2),
        name="kernel_of_fixed_size",
        when="every kernel is taken to be {} x {}",
        hint=f"Kernels come in other sizes: `{kernel}` says which.",
    )
    exercise.slip(columns, "rows", **common.SQUARE)
    exercise.slip(
        (rows, f"{rows} - 1"),
        (columns, f"{columns} - 1"),
        name="without_the_last_positions",
        when="the last row and the last column of positions are left out",
        hint="The number of positions is the number of steps plus one. Your `output_size` knows.",
    )
    exercise.slip(
        (rows, f"({height} + 2 * padding - height) / stride + 1"),
        (columns, f"({width} + 2 * padding - width) / stride + 1"),
        **common.FLOAT_SIZES,
    )
