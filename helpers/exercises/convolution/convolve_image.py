"""One image under one kernel, with stride and padding: the sum of products at every position."""

import numpy as np

from helpers import data, reference
from helpers.data import X
from helpers.exercises import common
from helpers.exercises.convolution import sliding
from helpers.exercises.convolution.output_size import output_size
from helpers.exercises.model import Case, Exercise


def cases(rng):
    """One thing at a time on a few pixels; then the X, whole numbers, random images of many shapes."""
    image = np.array([[2.0, -1.0, 3.0], [5.0, 4.0, 0.0]])
    yield Case((image, np.array([[1.0, 0.0], [2.0, -3.0]]), 1, 0), "a 2 x 3 image and a 2 x 2 kernel")
    yield Case(
        (np.array([[3.0, 1.0, -2.0, 5.0], [0.0, 4.0, 6.0, 1.0]]), np.array([[1.0, -2.0, 4.0]]), 1, 0),
        "a kernel of 1 x 3, which is not square",
    )
    yield Case(
        (np.array([[3.0, 1.0, -2.0, 5.0, 4.0], [0.0, 4.0, 6.0, 1.0, 2.0]]), np.array([[1.0, -2.0]]), 2, 0),
        "steps of two: one column and one row are left over",
    )
    tall = np.array([[3.0, 1.0], [-2.0, 5.0], [0.0, 4.0], [6.0, 2.0], [1.0, 7.0]])
    yield Case((tall, np.array([[1.0], [-2.0]]), 2, 0), "steps of two down a tall image")
    yield Case((image.copy(), np.array([[3.0, 1.0], [-1.0, 2.0]]), 1, 1), "a border of one zero")
    yield Case(
        (np.array([[2.0, -1.0, 3.0]]), np.array([[1.0, 4.0], [-3.0, 2.0]]), 1, 2),
        "a border of two zeros, and a kernel higher than the image",
    )
    yield Case(
        (np.array([[2.0, -1.0, 3.0, 4.0], [5.0, 1.0, 0.0, -2.0]]), np.array([[1.0, 3.0], [-2.0, 4.0]]), 2, 1),
        "steps of two over a padded image",
    )
    yield Case(
        (np.array([[2, -1, 3], [5, 4, 0]]), np.array([[0.5, -0.25], [1.5, 2.0]]), 1, 0),
        "an image of whole numbers under a kernel with fractions",
    )
    squares = np.arange(20.0).reshape(4, 5) ** 2
    yield Case(
        (squares, np.array([[1.0, 0.0], [0.0, -2.0]]), 2, 0), "steps of two that leave one column over"
    )
    yield Case((X, data.features["falling"], 1, 0), "the X under the falling diagonal")
    yield Case((X, data.features["rising"], 2, 1), "the X, padded, in steps of two")
    yield Case((rng.integers(-9, 9, (5, 4)), rng.uniform(-1, 1, (2, 3)), 1, 1), "an image of whole numbers")
    yield Case((rng.integers(-9, 9, (4, 6)), rng.integers(-9, 9, (3, 2)), 2, 2), "whole numbers everywhere")
    yield Case(
        (rng.uniform(-1, 1, (2, 3)), rng.uniform(-1, 1, (4, 5)), 1, 2), "a kernel larger than the image"
    )
    shapes = [((7, 5), (3, 2), 3, 0), ((6, 9), (2, 4), 3, 2), ((5, 8), (1, 1), 2, 0), ((5, 7), (4, 3), 2, 1)]
    for shape, size, stride, padding in shapes:
        about = (
            f"random, {shape[0]} x {shape[1]} under {size[0]} x {size[1]}, stride {stride}, padding {padding}"
        )
        yield Case((rng.uniform(-1, 1, shape), rng.uniform(-1, 1, size), stride, padding), about)
    pair = rng.uniform(-1, 1, (6, 5)).astype(np.float32), rng.uniform(-1, 1, (3, 3)).astype(np.float32)
    yield Case((*pair, 1, 1), "random values of type float32")


exercise = Exercise(
    reference.convolve_image,
    cases,
    minutes=9,
    hints=(
        "Three steps: put the border of zeros around the image, make an empty map of the right size, fill it in two loops.",
        "`np.pad(image, padding)` adds the border. The patch for entry (row, column) of the map starts at row `row * stride` "
        "of the padded image, and is as high as the kernel.",
        "By hand: [1, 2, 3, 4, 5] under [1, -1] with a stride of 3: entry 0 starts at pixel 0, 1 - 2 = -1; entry 1 starts at "
        "pixel 3, 4 - 5 = -1.",
    ),
    cancelling=(("padded_twice", "size_without_padding"),),
)


@exercise.model
def convolve_image(image, kernel, stride=1, padding=0):
    height, width = kernel.shape
    rows = output_size(image.shape[0], height, stride, padding)
    columns = output_size(image.shape[1], width, stride, padding)
    padded, feature_map = np.pad(image, padding), np.zeros((rows, columns))
    for row in range(rows):
        for column in range(columns):
            top, left = row * stride, column * stride
            patch = padded[top : top + height, left : left + width]
            feature_map[row, column] = np.sum(patch * kernel)
    return feature_map


@exercise.alternative
def sizes_of_the_padded_image(image, kernel, stride, padding):
    """Pads first, so that the sizes need no padding in their formula."""
    padded = np.pad(image, padding)
    height, width = kernel.shape
    rows, columns = (padded.shape[0] - height) // stride + 1, (padded.shape[1] - width) // stride + 1
    feature_map = np.zeros((rows, columns))
    for row in range(rows):
        for column in range(columns):
            top, left = row * stride, column * stride
            feature_map[row, column] = np.sum(padded[top : top + height, left : left + width] * kernel)
    return feature_map


@exercise.alternative
def every_second_of_all_positions(image, kernel, stride, padding):
    """Builds on a function that you have: short, but it computes positions only to drop them."""
    padded = np.pad(image, padding)
    all_positions = reference.filter_image(padded, kernel) * kernel.size
    return all_positions[::stride, ::stride]


@exercise.alternative
def shifted_images_added_up(image, kernel, stride, padding):
    """Loops over the few weights of the kernel and not over all positions: fast on large images."""
    padded = np.pad(np.asarray(image, dtype=float), padding)
    rows, columns = padded.shape[0] - kernel.shape[0] + 1, padded.shape[1] - kernel.shape[1] + 1
    total = np.zeros((rows, columns))
    for i in range(kernel.shape[0]):
        for j in range(kernel.shape[1]):
            total += kernel[i, j] * padded[i : i + rows, j : j + columns]
    return total[::stride, ::stride]


@exercise.alternative
def pixel_by_pixel(image, kernel, stride, padding):
    """Needs no padded copy: zeros that add nothing are skipped."""
    height, width = image.shape
    feature_map = []
    for top in range(-padding, height + padding - kernel.shape[0] + 1, stride):
        feature_map.append([])
        for left in range(-padding, width + padding - kernel.shape[1] + 1, stride):
            total = 0.0
            for i in range(kernel.shape[0]):
                for j in range(kernel.shape[1]):
                    if 0 <= top + i < height and 0 <= left + j < width:
                        total += image[top + i, left + j] * kernel[i, j]
            feature_map[-1].append(total)
    return np.array(feature_map)


SIDES = "image.shape[0]", "image.shape[1]"
ROWS, COLUMNS = sliding.sizes(*SIDES)
PATCH = "padded[top : top + height, left : left + width]"
BORDER = "np.pad(image, padding)"

# -- stride: where the patches start -------------------------------------------------------------------------

sliding.add_slips_of_the_stride(exercise, *SIDES)
exercise.slip(
    ("range(rows)", "range(0, padded.shape[0] - height + 1, stride)"),
    ("range(columns)", "range(0, padded.shape[1] - width + 1, stride)"),
    (sliding.STARTS, "row, column"),
    name="loops_over_the_image",
    when="the loops run over the pixels of the image, and their counters are used for the map as well",
    hint="Loop over the map's rows and columns: 0, 1, 2, ... The patch for row 2 starts at pixel `2 * stride`.",
)

# -- padding -------------------------------------------------------------------------------------------------

sliding.add_slips_of_the_padding(exercise, *SIDES)
exercise.slip(
    sliding.FIRST_LINE,
    f"{sliding.FIRST_LINE}    padding = 0\n",
    name="without_padding",
    when="the padding is left out",
    hint="`np.pad(image, padding)` puts zeros around the image. Slide over the padded image.",
)
exercise.slip(
    PATCH,
    PATCH.replace("padded", "image"),
    name="cut_out_of_the_image",
    when="the patches are cut out of the image itself, not out of the padded one",
    hint="Make the padded image once, and slice that one in the loops.",
)
exercise.slip(
    ("height, stride, padding", "height, stride"),
    ("width, stride, padding", "width, stride"),
    name="size_without_padding",
    when="the size of the map is computed from the image without its border",
    hint="The window slides over the padded image, so the padding counts for the size of the map.",
)
exercise.slip(
    *sliding.counted_once(*SIDES), (BORDER, "np.pad(image, ((padding, 0), (padding, 0)))"), **sliding.TOP_LEFT
)
exercise.slip((BORDER, "np.pad(image, ((padding, 0), (padding, 0)))"), **sliding.TOP_LEFT)
exercise.slip(
    *sliding.counted_once(*SIDES),
    (BORDER, "np.pad(image, ((0, padding), (0, padding)))"),
    name="padded_at_bottom_and_right",
    when="the border is put at the bottom and on the right only",
    hint="There are zeros on all four sides: a side of 5 pixels with a padding of 1 becomes 7 pixels long.",
)
exercise.slip(
    ("width, stride, padding", "width, stride"),
    (BORDER, "np.pad(image, ((padding, padding), (0, 0)))"),
    name="padded_above_and_below",
    when="the border is put above and below only",
    hint="There are zeros on all four sides.",
)
exercise.slip(
    sliding.FIRST_LINE,
    f"{sliding.FIRST_LINE}    padding = kernel.shape[0] // 2\n",
    name="padded_by_half_a_kernel",
    when="the border is always half as wide as the kernel, whatever `padding` says",
    hint="The caller says how wide the border is; it may be 0.",
)
exercise.slip(
    (ROWS, "output_size(image.shape[0], 1, stride)"),
    (COLUMNS, "output_size(image.shape[1], 1, stride)"),
    (
        BORDER,
        "np.pad(image, ((height // 2, (height - 1) // 2), (width // 2, (width - 1) // 2)))",
    ),
    name="always_as_large_as_the_image",
    when="the border is chosen so that the map is as large as the image, whatever `padding` says",
    hint="The caller says how wide the border is; it may be 0.",
)
exercise.slip(
    BORDER,
    "np.pad(image, padding, constant_values=-1)",
    name="padded_with_black",
    when="the border is filled with -1, the black of the background",
    hint="Padding is always zero, whatever the image holds: a zero adds nothing to the sum.",
)
exercise.slip(
    BORDER,
    'np.pad(image, padding, mode="edge")',
    name="padded_with_the_edge",
    when="the border repeats the pixels of the edge",
    hint="`np.pad` fills with zeros when it is told nothing else.",
)
exercise.slip(
    ("height, stride, padding", "height, stride"),
    ("width, stride, padding", "width, stride"),
    (BORDER, "image"),
    ("return feature_map", "return np.pad(feature_map, padding)"),
    name="map_padded_afterwards",
    when="the border is put around the finished map instead of around the image",
    hint="Put the zeros around the image first, then slide: the window must be able to reach over the edge of the image.",
)

# -- the sum of products -------------------------------------------------------------------------------------

exercise.slip(
    "np.sum",
    "np.mean",
    name="still_a_match",
    when="the sum is still divided by the number of pixels",
    hint="That was the match. A convolution adds the products and leaves it at that.",
)
exercise.slip(
    "patch * kernel",
    "patch * kernel[::-1, ::-1]",
    name="flipped",
    when="the kernel is flipped upside down and left to right",
    hint="Put the kernel on the patch as it is. Who flips it, and why, comes later in this lesson.",
)
exercise.slip(
    "patch * kernel",
    "patch * kernel[::-1]",
    name="upside_down",
    when="the kernel is turned upside down",
    hint="Put the kernel on the patch as it is.",
)
exercise.slip(
    "patch * kernel",
    "patch * kernel[:, ::-1]",
    name="left_to_right",
    when="the kernel is flipped left to right",
    hint="Put the kernel on the patch as it is.",
)
TRANSPOSED = {
    "name": "transposed",
    "when": "rows and columns of the kernel (or of the patch) are swapped",
    "hint": "Row i, column j of the patch is multiplied by row i, column j of the kernel: leave out the `.T`.",
}
exercise.slip("patch * kernel", "patch * kernel.T", **TRANSPOSED)
exercise.slip("patch * kernel", "patch.T * kernel", **TRANSPOSED)
exercise.slip(
    "patch * kernel",
    "patch @ kernel",
    name="matrix_product",
    when="patch and kernel are multiplied as matrices, with `@` or `np.dot`",
    hint="`*` multiplies each pixel by the weight that belongs to it.",
)
exercise.slip(
    "np.sum(patch * kernel)",
    "patch * kernel",
    name="not_summed",
    when="the products are not added up",
    hint="One entry of the map is one number: the sum of all the products.",
)
exercise.slip(
    "np.sum",
    "sum",
    name="python_sum",
    when="Python's own `sum` adds up the rows, which leaves one number for each column",
    hint="`np.sum` adds up all the products.",
)
exercise.slip(
    "feature_map[row, column] = np.sum(patch * kernel)",
    "patch *= kernel\n            feature_map[row, column] = np.sum(patch)",
    name="multiplied_into_the_padded_image",
    when="the kernel is multiplied into the padded image itself, so that the next patches find products there",
    hint="`patch *= kernel` writes into the padded image, because a slice is not a copy. Make a new array: `patch * kernel`.",
)
exercise.slip(
    (BORDER, f"{BORDER} if padding else image"),
    (
        "feature_map[row, column] = np.sum(patch * kernel)",
        "patch *= kernel\n            feature_map[row, column] = np.sum(patch)",
    ),
    name="multiplied_into_the_image",
    when="the kernel is multiplied into the image itself",
    hint="`patch *= kernel` writes into the image, because a slice is not a copy. Make a new array: `patch * kernel`.",
)

# -- sizes ---------------------------------------------------------------------------------------------------

sliding.add_slips_of_the_sizes(exercise, "kernel.shape", *SIDES)
exercise.slip("height, width = kernel.shape", "height = width = kernel.shape[0]", **common.SQUARE_KERNEL)
exercise.slip(
    "image.shape[1], width",
    "image.shape[0], width",
    name="square_image",
    when="the image's height is used for its width as well",
    hint="Images need not be square: rows come from `image.shape[0]`, columns from `image.shape[1]`.",
)
exercise.slip(
    (ROWS, "len(range(0, image.shape[0] + 2 * padding - height, stride))"),
    (COLUMNS, "len(range(0, image.shape[1] + 2 * padding - width, stride))"),
    name="starts_cut_short",
    when="the last possible start is left out, as by `range(0, padded.shape[0] - height, stride)`",
    hint="A patch may start at `padded.shape[0] - height` itself, and `range` stops before its end: add 1 to the end.",
)


@exercise.form("starts_cut_short")
def list_of_starts_cut_short(image, kernel, stride, padding):
    padded = np.pad(image, padding)
    height, width = kernel.shape
    return np.array(
        [
            [
                np.sum(padded[top : top + height, left : left + width] * kernel)
                for left in range(0, padded.shape[1] - width, stride)
            ]
            for top in range(0, padded.shape[0] - height, stride)
        ]
    )


exercise.slip(
    ("range(rows)", "range(rows - 1)"),
    ("range(columns)", "range(columns - 1)"),
    name="last_positions_stay_zero",
    when="the loops end one position too early, so that the last row and the last column of the map stay 0",
    hint="`range(rows)` goes to the last row, number `rows - 1`, by itself.",
)
exercise.slip(
    (ROWS, "-(-(image.shape[0] + 2 * padding - height) // stride) + 1"),
    (COLUMNS, "-(-(image.shape[1] + 2 * padding - width) // stride) + 1"),
    name="size_rounded_up",
    when="there is one window too many, which does not fit any more: the size is rounded up",
    hint="If a whole step is no longer possible, the window stops. `//` rounds down.",
)
exercise.slip(
    ("top + height", "top + height - 1"),
    ("left + width", "left + width - 1"),
    name="patches_too_small",
    when="each patch ends one pixel too early",
    hint="A slice does not include its end: `[top:top + height]` has `height` rows.",
)
exercise.slip(
    "top, left = row",
    "left, top = row",
    name="starts_swapped",
    when="the patches are cut at (column, row) instead of (row, column)",
    hint="The row says how far down a patch starts, the column how far to the right.",
)

# -- what is returned ----------------------------------------------------------------------------------------

exercise.slip("    return feature_map", "            return feature_map", **common.IN_THE_LOOP)
exercise.slip(
    "    return feature_map",
    "        return feature_map",
    name="first_row_only",
    when="the function returns inside the outer loop, after the first row",
    hint="Move `return` to the left, so that it is below both loops.",
)
exercise.slip("return feature_map", "return feature_map.T", **common.SWAPPED)
exercise.slip("feature_map[row, column]", "feature_map[column, row]", **common.SWAPPED)
exercise.slip("(rows, columns))", "(rows, columns), dtype=image.dtype)", **common.TYPE_OF_THE_INPUT)
exercise.slip("(rows, columns))", "(rows, columns), dtype=int)", **common.WHOLE_NUMBERS)
exercise.slip("return feature_map", "return feature_map.tolist()", **common.LIST)
exercise.slip(
    "return feature_map",
    "return feature_map.ravel()",
    name="in_one_row",
    when="the sums of all positions are returned in one long row",
    hint="A map has rows and columns: use `reshape(rows, columns)`, or fill an array of that shape.",
)
