"""What lesson 03 asks: output sizes, convolution of one image and of volumes, layouts, parameters, the flip."""

import math

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from helpers import data, reference
from helpers.data import X
from helpers.exercises.model import Case, Exercise


def _size_cases(rng):
    yield Case((5, 3, 1, 0), "five pixels and a kernel of three")
    yield Case((7, 3, 2, 0), "seven pixels in steps of two")
    yield Case((5, 3, 1, 1), "a zero at each end")
    yield Case((7, 3, 3, 0), "steps of three that leave one pixel over")
    yield Case((6, 3, 2, 0), "steps of two that leave one pixel over")
    yield Case((9, 4, 3, 0), "steps of three that leave two pixels over")
    yield Case((4, 4, 2, 0), "a kernel as large as the image")
    yield Case((2, 4, 1, 1), "a kernel that fits only thanks to the padding")
    yield Case((1, 1, 1, 0), "one pixel")
    yield Case((32, 5, 1, 2), "a kernel of five that keeps the size")
    yield Case((227, 11, 4, 0), "the first layer of AlexNet")
    for _ in range(6):
        kernel, stride, padding = (int(number) for number in rng.integers([1, 1, 0], [8, 5, 4]))
        yield Case((int(rng.integers(8, 60)), kernel, stride, padding), "random numbers")


output_size = Exercise(
    name="output_size",
    reference=reference.output_size,
    cases=_size_cases,
    whole_numbers=True,
    hints=(
        "How many pixels long is the padded side? From its start to the last start that is possible, how far is that?",
        "If that way is d pixels long, the window can take d // stride whole steps. The start itself is a position too.",
        "By hand: 6 pixels, a zero at each end: 8. A kernel of 3 can start at 0 to 5. In steps of 2 it starts at 0, 2, 4: "
        "5 // 2 = 2 steps, 3 positions.",
    ),
)


@output_size.alternative
def count_the_starts(size, kernel, stride, padding):
    return len(range(0, size + 2 * padding - kernel + 1, stride))


@output_size.alternative
def walk_along(size, kernel, stride, padding):
    count, start = 0, -padding
    while start + kernel <= size + padding:
        count, start = count + 1, start + stride
    return count


@output_size.alternative
def with_floor(size, kernel, stride, padding):
    return math.floor((size - kernel + 2 * padding) / stride) + 1


@output_size.mistake(
    when="the steps are counted, not the positions: the + 1 is missing",
    hint="The position from which the first step is taken counts as well.",
)
def without_plus_one(size, kernel, stride, padding):
    return (size - kernel + 2 * padding) // stride


@output_size.mistake(
    when="a last step is taken that does not fit any more: the division is rounded up",
    hint="If a whole step is no longer possible, the window stops. `//` rounds down.",
)
def rounded_up(size, kernel, stride, padding):
    return -(-(size - kernel + 2 * padding) // stride) + 1


@output_size.mistake(
    when="the division is rounded to the nearest whole number",
    hint="Two thirds of a step are no step. `//` rounds down.",
)
def rounded_to_nearest(size, kernel, stride, padding):
    return round((size - kernel + 2 * padding) / stride) + 1


@output_size.mistake(
    when="the padding is counted at one end only",
    hint="There are zeros at both ends.",
)
def padding_once(size, kernel, stride, padding):
    return (size - kernel + padding) // stride + 1


@output_size.mistake(
    when="the padding is left out",
    hint="The window slides over the padded side: how long is it?",
)
def padding_left_out(size, kernel, stride, padding):
    return (size - kernel) // stride + 1


@output_size.mistake(
    when="the padding is taken away instead of added",
    hint="Padding makes the side longer.",
)
def padding_taken_away(size, kernel, stride, padding):
    return (size - kernel - 2 * padding) // stride + 1


@output_size.mistake(
    when="the padding is added after the division",
    hint="The steps go over the zeros, too: add the padding before you divide.",
)
def padding_after_the_division(size, kernel, stride, padding):
    return (size - kernel) // stride + 2 * padding + 1


@output_size.mistake(
    when="the stride is left out",
    hint="With a stride of 2 only every second position is visited.",
)
def stride_left_out(size, kernel, stride, padding):
    return size - kernel + 2 * padding + 1


@output_size.mistake(
    when="stride and padding are left out: the formula of lesson 02",
    hint="Lesson 02 moved by one pixel and stayed inside. Which two numbers come in now, and where?",
)
def formula_of_lesson_two(size, kernel, stride, padding):
    return size - kernel + 1


@output_size.mistake(
    when="the stride is multiplied instead of divided by",
    hint="Larger steps make fewer positions.",
)
def stride_multiplied(size, kernel, stride, padding):
    return (size - kernel + 2 * padding) * stride + 1


@output_size.mistake(
    when="the division `/` is used, which gives a fraction or a float",
    hint="A size is a whole number. `//` divides and rounds down.",
)
def true_division(size, kernel, stride, padding):
    return (size - kernel + 2 * padding) / stride + 1


@output_size.mistake(
    when="the 1 is added before the division",
    hint="First the number of steps, rounded down; then add 1 for the place where they begin.",
)
def one_before_the_division(size, kernel, stride, padding):
    return (size - kernel + 2 * padding + 1) // stride


@output_size.mistake(
    when="the parentheses are missing, so that only the padding is divided by the stride",
    hint="`//` binds more strongly than `+` and `-`. Put the whole way in parentheses.",
)
def without_parentheses(size, kernel, stride, padding):
    return size - kernel + 2 * padding // stride + 1


@output_size.mistake(
    when="the parentheses are missing and `/` is used",
    hint="`/` binds more strongly than `+` and `-`, and gives a float. Put the whole way in parentheses, and use `//`.",
)
def without_parentheses_by_true_division(size, kernel, stride, padding):
    return size - kernel + 2 * padding / stride + 1


@output_size.mistake(
    when="the kernel's size is not taken away",
    hint="The window cannot start at the last pixel: all of it must fit.",
)
def kernel_left_out(size, kernel, stride, padding):
    return (size + 2 * padding) // stride + 1


@output_size.mistake(
    when="nothing is returned where a pixel is left over",
    hint="The steps need not fill the side. The pixels that are left over are not seen, and that is all.",
)
def nothing_where_pixels_are_left_over(size, kernel, stride, padding):
    way = size - kernel + 2 * padding
    return way // stride + 1 if way % stride == 0 else None


def _image_cases(rng):
    image = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    kernel = np.array([[1.0, 0.0], [0.0, -2.0]])
    yield Case((image, kernel, 1, 0), "a 2 x 3 image and a 2 x 2 kernel")
    yield Case((image, np.array([[1.0, -1.0]]), 2, 0), "a kernel of one row in steps of two")
    yield Case((image, kernel, 1, 1), "a border of one zero")
    steps = np.arange(20.0).reshape(4, 5) ** 2
    yield Case((steps, kernel, 2, 0), "steps of two that leave one column over")
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


convolve_image = Exercise(
    name="convolve_image",
    reference=reference.convolve_image,
    cases=_image_cases,
    hints=(
        "Three steps: lay the border of zeros around the image, make an empty map of the right size, fill it in two loops.",
        "`np.pad(image, padding)` lays the border. The patch for entry (row, column) of the map starts at row `row * stride` "
        "of the padded image, and is as high as the kernel.",
        "By hand: [1, 2, 3, 4, 5] under [1, -1] with a stride of 3: entry 0 starts at pixel 0, 1 - 2 = -1; entry 1 starts at "
        "pixel 3, 4 - 5 = -1.",
    ),
)


@convolve_image.alternative
def two_honest_loops(image, kernel, stride, padding):
    padded = np.pad(image, padding)
    height, width = kernel.shape
    rows, columns = (padded.shape[0] - height) // stride + 1, (padded.shape[1] - width) // stride + 1
    feature_map = np.zeros((rows, columns))
    for row in range(rows):
        for column in range(columns):
            top, left = row * stride, column * stride
            feature_map[row, column] = np.sum(padded[top : top + height, left : left + width] * kernel)
    return feature_map


@convolve_image.alternative
def every_second_of_all_positions(image, kernel, stride, padding):
    padded = np.pad(image, padding)
    all_positions = reference.filter_image(padded, kernel) * kernel.size
    return all_positions[::stride, ::stride]


@convolve_image.alternative
def shifted_images_added_up(image, kernel, stride, padding):
    padded = np.pad(np.asarray(image, dtype=float), padding)
    rows, columns = padded.shape[0] - kernel.shape[0] + 1, padded.shape[1] - kernel.shape[1] + 1
    total = np.zeros((rows, columns))
    for i in range(kernel.shape[0]):
        for j in range(kernel.shape[1]):
            total += kernel[i, j] * padded[i : i + rows, j : j + columns]
    return total[::stride, ::stride]


@convolve_image.alternative
def pixel_by_pixel(image, kernel, stride, padding):
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


def _sum_of_products(patch, kernel):
    return np.sum(patch * kernel)


def _slide(padded, kernel, stride, value=_sum_of_products):
    """A map filled with `value(patch, kernel)`; the frame that the mistakes below share."""
    height, width = kernel.shape
    rows, columns = (padded.shape[0] - height) // stride + 1, (padded.shape[1] - width) // stride + 1
    feature_map = np.zeros((rows, columns))
    for row in range(rows):
        for column in range(columns):
            top, left = row * stride, column * stride
            feature_map[row, column] = value(padded[top : top + height, left : left + width], kernel)
    return feature_map


@convolve_image.mistake(
    when="the sum is still divided by the number of pixels",
    hint="That was the match. A convolution adds the products and leaves it at that.",
)
def still_a_match(image, kernel, stride, padding):
    return _slide(np.pad(image, padding), kernel, stride, lambda patch, kernel: np.mean(patch * kernel))


@convolve_image.mistake(
    when="the kernel is turned upside down and left to right",
    hint="Lay the kernel on the patch as it is. Who flips it, and why, comes later in this lesson.",
)
def flipped(image, kernel, stride, padding):
    return _slide(np.pad(image, padding), kernel[::-1, ::-1], stride)


@convolve_image.mistake(
    when="the stride is left out and every position is visited",
    hint="With a stride of 2 the patches start at rows 0, 2, 4, ...",
)
def every_position(image, kernel, stride, padding):
    return _slide(np.pad(image, padding), kernel, 1)


@convolve_image.mistake(
    when="the map has the right size, but its patches start one pixel apart",
    hint="Entry (row, column) of the map belongs to the patch that starts at `row * stride`, `column * stride`.",
)
def starts_without_stride(image, kernel, stride, padding):
    padded = np.pad(image, padding)
    every = _slide(padded, kernel, 1)
    rows, columns = _slide(padded, kernel, stride).shape
    return every[:rows, :columns]


@convolve_image.mistake(
    when="the stride is added to the row and the column instead of multiplied",
    hint="The third patch starts two steps from the first: 2 * stride, not 2 + stride.",
)
def stride_added(image, kernel, stride, padding):
    padded = np.pad(image, padding)
    height, width = kernel.shape
    rows, columns = (padded.shape[0] - height) // stride + 1, (padded.shape[1] - width) // stride + 1
    feature_map = np.zeros((rows, columns))
    for row in range(rows):
        for column in range(columns):
            top, left = row + stride, column + stride
            feature_map[row, column] = np.sum(padded[top : top + height, left : left + width] * kernel)
    return feature_map


@convolve_image.mistake(
    when="the stride is used for the rows only",
    hint="The window moves by the stride in both directions, down and across.",
)
def stride_down_only(image, kernel, stride, padding):
    return _slide(np.pad(image, padding), kernel, 1)[::stride]


@convolve_image.mistake(
    when="the stride is used for the columns only",
    hint="The window moves by the stride in both directions, down and across.",
)
def stride_across_only(image, kernel, stride, padding):
    return _slide(np.pad(image, padding), kernel, 1)[:, ::stride]


@convolve_image.mistake(
    when="the loops run over the pixels of the image, and their counters are used for the map as well",
    hint="Loop over the map's rows and columns: 0, 1, 2, ... The patch for row 2 starts at pixel `2 * stride`.",
)
def loops_over_the_image(image, kernel, stride, padding):
    padded = np.pad(image, padding)
    height, width = kernel.shape
    rows, columns = (padded.shape[0] - height) // stride + 1, (padded.shape[1] - width) // stride + 1
    feature_map = np.zeros((rows, columns))
    for row in range(0, padded.shape[0] - height + 1, stride):
        for column in range(0, padded.shape[1] - width + 1, stride):
            feature_map[row, column] = np.sum(padded[row : row + height, column : column + width] * kernel)
    return feature_map


@convolve_image.mistake(
    when="the slices start with the stride but end without it",
    hint="A slice ends `height` rows after its start: if it starts at `row * stride`, where does it end?",
)
def ends_without_stride(image, kernel, stride, padding):
    padded = np.pad(image, padding)
    height, width = kernel.shape
    rows, columns = (padded.shape[0] - height) // stride + 1, (padded.shape[1] - width) // stride + 1
    feature_map = np.zeros((rows, columns))
    for row in range(rows):
        for column in range(columns):
            patch = padded[row * stride : row + height, column * stride : column + width]
            feature_map[row, column] = np.sum(patch * kernel)
    return feature_map


@convolve_image.mistake(
    when="a last window is wanted that does not fit any more: the size is rounded up",
    hint="If a whole step is no longer possible, the window stops. `//` rounds down.",
)
def size_rounded_up(image, kernel, stride, padding):
    padded = np.pad(image, padding)
    height, width = kernel.shape
    rows, columns = -((height - padded.shape[0]) // stride) + 1, -((width - padded.shape[1]) // stride) + 1
    feature_map = np.zeros((rows, columns))
    for row in range(rows):
        for column in range(columns):
            top, left = row * stride, column * stride
            feature_map[row, column] = np.sum(padded[top : top + height, left : left + width] * kernel)
    return feature_map


@convolve_image.mistake(
    when="the last row and the last column of positions are left out",
    hint="The number of positions is the number of steps plus one. Your `output_size` knows.",
)
def without_the_last_positions(image, kernel, stride, padding):
    return _slide(np.pad(image, padding), kernel, stride)[:-1, :-1]


@convolve_image.mistake(
    when="the padding is left out",
    hint="`np.pad(image, padding)` lays zeros around the image. Slide over the padded image.",
)
def without_padding(image, kernel, stride, padding):
    return (
        _slide(image, kernel, stride)
        if np.all(np.less_equal(kernel.shape, image.shape))
        else np.zeros((0, 0))
    )


@convolve_image.mistake(
    when="the border is laid on the top and on the left only, or counted only once",
    hint="Zeros lie on all four sides: a side of 5 pixels with a padding of 1 becomes 7 pixels long.",
)
def padding_at_top_and_left(image, kernel, stride, padding):
    return _slide(np.pad(image, ((padding, 0), (padding, 0))), kernel, stride)


@convolve_image.mistake(
    when="the border is laid at the bottom and on the right only",
    hint="Zeros lie on all four sides: a side of 5 pixels with a padding of 1 becomes 7 pixels long.",
)
def padding_at_bottom_and_right(image, kernel, stride, padding):
    return _slide(np.pad(image, ((0, padding), (0, padding))), kernel, stride)


@convolve_image.mistake(
    when="the border is laid above and below only",
    hint="Zeros lie on all four sides.",
)
def padding_above_and_below(image, kernel, stride, padding):
    padded = np.pad(image, ((padding, padding), (0, 0)))
    return _slide(padded, kernel, stride) if kernel.shape[1] <= padded.shape[1] else np.zeros((0, 0))


@convolve_image.mistake(
    when="the size of the map is computed from the image without its border",
    hint="The window slides over the padded image, so the padding counts for the size of the map.",
)
def size_without_padding(image, kernel, stride, padding):
    feature_map = _slide(np.pad(image, padding), kernel, stride)
    rows, columns = ((image.shape[axis] - kernel.shape[axis]) // stride + 1 for axis in (0, 1))
    return feature_map[: max(rows, 0), : max(columns, 0)]


@convolve_image.mistake(
    when="the border is filled with -1, the black of the background",
    hint="Padding is always zero, whatever the image holds: a zero adds nothing to the sum.",
)
def padded_with_black(image, kernel, stride, padding):
    return _slide(np.pad(image, padding, constant_values=-1), kernel, stride)


@convolve_image.mistake(
    when="the border repeats the pixels of the edge",
    hint="`np.pad` fills with zeros when it is told nothing else.",
)
def padded_with_the_edge(image, kernel, stride, padding):
    return _slide(np.pad(image, padding, mode="edge"), kernel, stride)


@convolve_image.mistake(
    when="the border is always one pixel wide",
    hint="`padding` says how wide the border is; it may be 0, or more than 1.",
)
def always_padded_by_one(image, kernel, stride, padding):
    return _slide(np.pad(image, 1), kernel, stride)


@convolve_image.mistake(
    when="the products are multiplied out as matrices, with `@` or `np.dot`, before they are added up",
    hint="`*` multiplies each pixel by the weight that lies on it.",
)
def matrix_products(image, kernel, stride, padding):
    return _slide(np.pad(image, padding), kernel, stride, lambda patch, kernel: np.sum(patch @ kernel))


@convolve_image.mistake(
    when="the map is made with the image's type, which for whole numbers cuts off every fraction",
    hint="Make the map with `np.zeros((rows, columns))`. `np.zeros_like` or `dtype=image.dtype` takes over whole numbers.",
)
def map_of_the_type_of_the_image(image, kernel, stride, padding):
    return _slide(np.pad(image, padding), kernel, stride).astype(image.dtype)


@convolve_image.mistake(
    when="the kernel's height is used for its width as well",
    hint="Kernels need not be square: `height, width = kernel.shape`.",
)
def square_kernels_only(image, kernel, stride, padding):
    padded, size = np.pad(image, padding), kernel.shape[0]
    rows, columns = (padded.shape[0] - size) // stride + 1, (padded.shape[1] - size) // stride + 1
    feature_map = np.zeros((rows, columns))
    for row in range(rows):
        for column in range(columns):
            top, left = row * stride, column * stride
            feature_map[row, column] = np.sum(padded[top : top + size, left : left + size] * kernel)
    return feature_map


@convolve_image.mistake(
    when="the image's height is used for its width as well",
    hint="Images need not be square: rows come from `image.shape[0]`, columns from `image.shape[1]`.",
)
def square_images_only(image, kernel, stride, padding):
    padded = np.pad(image, padding)
    height, width = kernel.shape
    rows, columns = (padded.shape[0] - height) // stride + 1, (padded.shape[0] - width) // stride + 1
    feature_map = np.zeros((rows, columns))
    for row in range(rows):
        for column in range(columns):
            top, left = row * stride, column * stride
            feature_map[row, column] = np.sum(padded[top : top + height, left : left + width] * kernel)
    return feature_map


@convolve_image.mistake(
    when="every kernel is taken to be 3 x 3",
    hint="Kernels come in other sizes: `height, width = kernel.shape`.",
)
def kernels_of_three(image, kernel, stride, padding):
    padded = np.pad(image, padding)
    rows, columns = (padded.shape[0] - 3) // stride + 1, (padded.shape[1] - 3) // stride + 1
    feature_map = np.zeros((max(rows, 0), max(columns, 0)))
    for row in range(rows):
        for column in range(columns):
            top, left = row * stride, column * stride
            feature_map[row, column] = np.sum(padded[top : top + 3, left : left + 3] * kernel)
    return feature_map


@convolve_image.mistake(
    when="the kernel is multiplied into the padded image itself, so that the next patches find products there",
    hint="`patch *= kernel` writes into the padded image, for a slice is no copy. Make a new array: `patch * kernel`.",
)
def multiplied_into_the_padded_image(image, kernel, stride, padding):
    def value(patch, kernel):
        patch *= kernel
        return np.sum(patch)

    return _slide(np.pad(image, padding), kernel, stride, value)


@convolve_image.mistake(
    when="the kernel is multiplied into the image itself",
    hint="`patch *= kernel` writes into the image, for a slice is no copy. Make a new array: `patch * kernel`.",
)
def multiplied_into_the_image(image, kernel, stride, padding):
    def value(patch, kernel):
        patch *= kernel
        return np.sum(patch)

    return _slide(np.pad(image, padding) if padding else image, kernel, stride, value)


@convolve_image.mistake(
    when="the map is filled in column by column, so that rows and columns are exchanged",
    hint="The sum for position (row, column) belongs into `feature_map[row, column]`.",
)
def rows_for_columns(image, kernel, stride, padding):
    return _slide(np.pad(image, padding), kernel, stride).T


@convolve_image.mistake(
    when="only the first position is filled in",
    hint="A `return` inside the inner loop ends it at the first position. It belongs below both loops.",
)
def first_position_only(image, kernel, stride, padding):
    feature_map = np.zeros(_slide(np.pad(image, padding), kernel, stride).shape)
    feature_map[0, 0] = _slide(np.pad(image, padding), kernel, stride)[0, 0]
    return feature_map


@convolve_image.mistake(
    when="only the first row of positions is filled in",
    hint="A `return` inside the outer loop ends it after the first row. It belongs below both loops.",
)
def first_row_only(image, kernel, stride, padding):
    feature_map = _slide(np.pad(image, padding), kernel, stride)
    feature_map[1:] = 0
    return feature_map


@convolve_image.mistake(
    when="the border is chosen so that the map is as large as the image, whatever `padding` says",
    hint="The caller says how wide the border is; it may be 0.",
)
def always_as_large_as_the_image(image, kernel, stride, padding):
    height, width = kernel.shape
    border = ((height // 2, (height - 1) // 2), (width // 2, (width - 1) // 2))
    return _slide(np.pad(image, border), kernel, stride)


@convolve_image.mistake(
    when="the border is laid around the finished map instead of around the image",
    hint="Lay the zeros first, then slide: the window must be able to reach over the edge of the image.",
)
def map_padded_afterwards(image, kernel, stride, padding):
    fits = np.all(np.less_equal(kernel.shape, image.shape))
    return np.pad(_slide(image, kernel, stride), padding) if fits else np.zeros((0, 0))


@convolve_image.mistake(
    when="the map has the right size, but its patches start one pixel apart across",
    hint="The stride counts across as well as down: entry (row, column) starts at `row * stride`, `column * stride`.",
)
def starts_without_stride_across(image, kernel, stride, padding):
    padded = np.pad(image, padding)
    columns = _slide(padded, kernel, stride).shape[1]
    return _slide(padded, kernel, 1)[::stride, :columns]


@convolve_image.mistake(
    when="a list of rows is returned",
    hint="Turn the list into an array with `np.array`, so that it has a shape.",
)
def rows_in_a_list(image, kernel, stride, padding):
    return _slide(np.pad(image, padding), kernel, stride).tolist()


convolve_image.equivalent_mutant(
    "0 -> -1",
    because="the batch and the stack of maps hold one entry each, so that the first is also the last",
)


def _volume_cases(rng):
    """Cases of conv2d, from one image, one channel, one filter to everything at once."""
    image = np.array([[[[1.0, 2.0, 3.0], [4.0, 5.0, 7.0]]]])
    kernel = np.array([[[[1.0, 0.0], [2.0, -1.0]]]])
    yield Case((image, kernel, None, 1, 0), "one image, one channel, one filter without a bias")
    yield Case((image, kernel, np.array([10.0]), 1, 0), "a filter with a bias")
    two_filters = np.concatenate([kernel, -2 * kernel])
    yield Case((image, two_filters, np.array([10.0, 20.0]), 1, 0), "two filters, each with its bias")
    two_channels = np.concatenate([image, image[:, :, ::-1] ** 2], axis=1)
    deep = np.array([[[[1.0, 0.0], [0.0, 0.0]], [[0.0, 0.0], [3.0, 1.0]]]])
    yield Case((two_channels, deep, None, 1, 0), "two channels")
    yield Case((np.concatenate([image, 10 - image]), kernel, np.array([1.0]), 1, 0), "two images")
    yield Case((image, kernel, None, 1, 1), "a border of one zero")
    steps = np.arange(20.0).reshape(1, 1, 4, 5) ** 2
    yield Case((steps, kernel, np.array([1.0]), 2, 0), "steps of two that leave one column over")
    stack = np.array(list(data.features.values()))[:, None]
    yield Case((X[None, None], stack, np.full(3, -8.0), 1, 0), "the X under its three features")
    yield Case(_whole_numbers(rng), "images of whole numbers")
    sizes = [
        ((2, 3, 5, 7), (4, 3, 3, 2), 2, 1),
        ((1, 2, 6, 4), (3, 2, 2, 4), 3, 2),
        ((3, 1, 4, 4), (2, 1, 1, 1), 1, 0),
        ((2, 4, 3, 2), (2, 4, 4, 5), 1, 2),
        ((1, 3, 8, 6), (1, 3, 2, 2), 2, 0),
    ]
    for shape, filters, stride, padding in sizes:
        arrays = [rng.uniform(-1, 1, size) for size in (shape, filters, filters[:1])]
        yield Case(
            (*arrays, stride, padding), f"random, {shape} under {filters}, stride {stride}, padding {padding}"
        )
    arrays = [rng.uniform(-1, 1, size).astype(np.float32) for size in ((2, 2, 5, 6), (3, 2, 3, 3), 3)]
    yield Case((*arrays, 1, 1), "random values of type float32")


def _whole_numbers(rng):
    return (rng.integers(-9, 9, (2, 2, 4, 5)), rng.uniform(-1, 1, (3, 2, 2, 3)), rng.uniform(-1, 1, 3), 1, 1)


conv2d = Exercise(
    name="conv2d",
    reference=reference.conv2d,
    cases=_volume_cases,
    hints=(
        "It is `convolve_image` with two axes more. What changes is the border, the slice, and what is summed over.",
        "`padded[:, :, top:bottom, left:right]` cuts the same patch out of every image and every channel. The border lies "
        "on the last two axes only: `np.pad` takes a pair for each axis, and (0, 0) stands for none.",
        "`np.tensordot(patches, weight, axes=([1, 2, 3], [1, 2, 3]))` multiplies and adds over channels, rows and columns; "
        "(N, C, kH, kW) and (K, C, kH, kW) become (N, K): one number for each image and filter.",
        "By hand: two channels of one pixel, 2 and 5, under a filter with the weights 3 and -1 and the bias 10: "
        "2x3 + 5x(-1) + 10 = 11.",
    ),
)


def _lay_border(x, padding):
    """Zeros around the last two axes."""
    return np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))


def _all_products(patches, weight):
    """Sums over channels, rows and columns: (N, K)."""
    return np.tensordot(patches, weight, axes=([1, 2, 3], [1, 2, 3]))


def _with_bias(maps, bias):
    return maps if bias is None else maps + bias[:, None, None]


def _walk(padded, weight, stride, value=_all_products):
    """Maps filled with `value(patches, weight)`, one number for each image and filter, at every position."""
    height, width = weight.shape[2:]
    rows, columns = (padded.shape[2] - height) // stride + 1, (padded.shape[3] - width) // stride + 1
    maps = np.zeros((len(padded), len(weight), rows, columns))
    for row in range(rows):
        for column in range(columns):
            top, left = row * stride, column * stride
            maps[:, :, row, column] = value(padded[:, :, top : top + height, left : left + width], weight)
    return maps


def _multiply_in_place(patches, weight):
    sums = np.zeros((len(patches), len(weight)))
    for n, patch in enumerate(patches):
        for k, kernels in enumerate(weight):
            patch *= kernels
            sums[n, k] = np.sum(patch)
    return sums


@conv2d.alternative
def two_loops_and_tensordot(x, weight, bias, stride, padding):
    return _with_bias(_walk(_lay_border(x, padding), weight, stride), bias)


@conv2d.alternative
def four_loops(x, weight, bias, stride, padding):
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    filters, _, height, width = weight.shape
    rows, columns = (padded.shape[2] - height) // stride + 1, (padded.shape[3] - width) // stride + 1
    maps = np.zeros((len(x), filters, rows, columns))
    for n in range(len(x)):
        for k in range(filters):
            for row in range(rows):
                for column in range(columns):
                    top, left = row * stride, column * stride
                    patch = padded[n, :, top : top + height, left : left + width]
                    maps[n, k, row, column] = np.sum(patch * weight[k]) + (0 if bias is None else bias[k])
    return maps


@conv2d.alternative
def one_channel_after_the_other(x, weight, bias, stride, padding):
    maps = []
    for image in x:
        for index, kernels in enumerate(weight):
            channels = [
                reference.convolve_image(a, b, stride, padding) for a, b in zip(image, kernels, strict=True)
            ]
            maps.append(sum(channels) + (bias[index] if bias is not None else 0))
    return np.reshape(maps, (len(x), len(weight), *maps[0].shape))


@conv2d.alternative
def window_view(x, weight, bias, stride, padding):
    windows = sliding_window_view(_lay_border(x, padding), weight.shape[2:], axis=(2, 3))
    maps = np.einsum("nchwij,kcij->nkhw", windows[:, :, ::stride, ::stride], weight)
    return _with_bias(maps, bias)


@conv2d.mistake(
    when="the bias is left out",
    hint="After the products are summed, each filter adds its own bias, where there is one.",
)
def without_bias(x, weight, bias, stride, padding):
    return _walk(_lay_border(x, padding), weight, stride)


@conv2d.mistake(
    when="the first filter's bias is added to the maps of all filters",
    hint="Filter k has its own bias, `bias[k]`.",
)
def first_bias_for_all(x, weight, bias, stride, padding):
    return _walk(_lay_border(x, padding), weight, stride) + (0 if bias is None else bias[0])


@conv2d.mistake(
    when="the bias is added once for each product",
    hint="First sum all the products, then add the bias, once.",
)
def bias_in_every_product(x, weight, bias, stride, padding):
    maps = _walk(_lay_border(x, padding), weight, stride)
    return _with_bias(maps, None if bias is None else bias * weight[0].size)


@conv2d.mistake(
    when="the bias is added once for each channel",
    hint="First sum over all channels, then add the bias, once.",
)
def bias_in_every_channel(x, weight, bias, stride, padding):
    maps = _walk(_lay_border(x, padding), weight, stride)
    return _with_bias(maps, None if bias is None else bias * weight.shape[1])


@conv2d.mistake(
    when="the bias is taken away instead of added",
    hint="A convolution is the sum of products plus the bias.",
)
def bias_taken_away(x, weight, bias, stride, padding):
    maps = _walk(_lay_border(x, padding), weight, stride)
    return _with_bias(maps, None if bias is None else -bias)


@conv2d.mistake(
    when="the sums are multiplied by the bias",
    hint="The bias is added to the sum of products.",
)
def multiplied_by_the_bias(x, weight, bias, stride, padding):
    maps = _walk(_lay_border(x, padding), weight, stride)
    return maps if bias is None else maps * bias[:, None, None]


@conv2d.mistake(
    when="the biases are laid along the columns of the maps instead of along the filters",
    hint="`maps + bias` pairs the biases with the last axis. Filters are axis 1: give the bias the shape (K, 1, 1) first.",
)
def bias_along_the_columns(x, weight, bias, stride, padding):
    maps = _walk(_lay_border(x, padding), weight, stride)
    return maps if bias is None else maps + bias


@conv2d.mistake(
    when="`bias` is indexed although it may be None",
    hint="Without a bias nothing is added: `if bias is not None`.",
)
def bias_is_never_none(x, weight, bias, stride, padding):
    return _walk(_lay_border(x, padding), weight, stride) + bias[:, None, None]


@conv2d.mistake(
    when="the truth of the whole array is asked for with `if bias`",
    hint="An array of several numbers is neither true nor false. Ask `if bias is not None`.",
)
def truth_of_the_bias(x, weight, bias, stride, padding):
    maps = _walk(_lay_border(x, padding), weight, stride)
    if bias:
        maps = maps + bias[:, None, None]
    return maps


@conv2d.mistake(
    when="the sums are divided by the number of products",
    hint="That was the match. A convolution adds the products, plus the bias, and leaves it at that.",
)
def sums_divided(x, weight, bias, stride, padding):
    return _with_bias(_walk(_lay_border(x, padding), weight, stride) / weight[0].size, bias)


@conv2d.mistake(
    when="the channels are averaged instead of summed",
    hint="The sum of products runs over all channels; nothing is divided.",
)
def channels_averaged(x, weight, bias, stride, padding):
    return _with_bias(_walk(_lay_border(x, padding), weight, stride) / weight.shape[1], bias)


@conv2d.mistake(
    when="only channel 0 is used",
    hint="A filter reaches through the whole depth. Sum over all channels.",
)
def first_channel_only(x, weight, bias, stride, padding):
    return _with_bias(_walk(_lay_border(x[:, :1], padding), weight[:, :1], stride), bias)


@conv2d.mistake(
    when="only the last channel is kept, because each one replaces the one before",
    hint="`total = ...` forgets what was there. `total += ...` adds to it.",
)
def last_channel_only(x, weight, bias, stride, padding):
    return _with_bias(_walk(_lay_border(x[:, -1:], padding), weight[:, -1:], stride), bias)


@conv2d.mistake(
    when="a filter's first kernel is used for all channels",
    hint="A filter has one kernel for each channel: `weight[k, c]` belongs to channel c.",
)
def one_kernel_for_all_channels(x, weight, bias, stride, padding):
    return _with_bias(
        _walk(_lay_border(x, padding), np.repeat(weight[:, :1], x.shape[1], axis=1), stride), bias
    )


@conv2d.mistake(
    when="the first filter is used for all maps",
    hint="Map k comes from filter k, `weight[k]`.",
)
def one_filter_for_all_maps(x, weight, bias, stride, padding):
    return _with_bias(
        _walk(_lay_border(x, padding), np.repeat(weight[:1], len(weight), axis=0), stride), bias
    )


@conv2d.mistake(
    when="the maps of all filters are added up",
    hint="Each filter makes a map of its own. Sum over channels, rows and columns, not over filters.",
)
def filters_added_up(x, weight, bias, stride, padding):
    maps = _with_bias(_walk(_lay_border(x, padding), weight, stride), bias)
    return np.sum(maps, axis=1, keepdims=True)


@conv2d.mistake(
    when="only the first filter is used",
    hint="There are as many maps as filters: `len(weight)`.",
)
def first_filter_only(x, weight, bias, stride, padding):
    return _with_bias(_walk(_lay_border(x, padding), weight, stride), bias)[:, :1]


@conv2d.mistake(
    when="only the first image is used",
    hint="`x` is a batch: do the same for every image. A slice `[:, :, ...]` takes them all.",
)
def first_image_only(x, weight, bias, stride, padding):
    return _with_bias(_walk(_lay_border(x, padding), weight, stride), bias)[:1]


@conv2d.mistake(
    when="images and filters change places in the result",
    hint="The image comes first: shape (N, K, H_out, W_out).",
)
def filters_before_images(x, weight, bias, stride, padding):
    return _with_bias(_walk(_lay_border(x, padding), weight, stride), bias).swapaxes(0, 1)


@conv2d.mistake(
    when="the maps stand on the last axis",
    hint="In this course the channels come before rows and columns: shape (N, K, H_out, W_out).",
)
def maps_last(x, weight, bias, stride, padding):
    return _with_bias(_walk(_lay_border(x, padding), weight, stride), bias).transpose(0, 2, 3, 1)


@conv2d.mistake(
    when="rows and columns of the maps are exchanged",
    hint="The sums for position (row, column) belong into `maps[:, :, row, column]`.",
)
def maps_transposed(x, weight, bias, stride, padding):
    return _with_bias(_walk(_lay_border(x, padding), weight, stride), bias).swapaxes(2, 3)


@conv2d.mistake(
    when="the kernels are turned upside down and left to right",
    hint="Lay the kernels on the patch as they are. Who flips them, and why, comes later in this lesson.",
)
def kernels_flipped(x, weight, bias, stride, padding):
    return _with_bias(_walk(_lay_border(x, padding), weight[:, :, ::-1, ::-1], stride), bias)


@conv2d.mistake(
    when="the stride is left out and every position is visited",
    hint="With a stride of 2 the patches start at rows 0, 2, 4, ...",
)
def all_positions(x, weight, bias, stride, padding):
    return _with_bias(_walk(_lay_border(x, padding), weight, 1), bias)


@conv2d.mistake(
    when="the maps have the right size, but their patches start one pixel apart",
    hint="Entry (row, column) of a map belongs to the patch that starts at `row * stride`, `column * stride`.",
)
def patches_one_pixel_apart(x, weight, bias, stride, padding):
    rows, columns = _walk(_lay_border(x, padding), weight, stride).shape[2:]
    return _with_bias(_walk(_lay_border(x, padding), weight, 1)[:, :, :rows, :columns], bias)


@conv2d.mistake(
    when="the stride is added to row and column instead of multiplied",
    hint="The third patch starts two steps from the first: 2 * stride, not 2 + stride.",
)
def stride_added_to_the_start(x, weight, bias, stride, padding):
    padded = _lay_border(x, padding)
    height, width = weight.shape[2:]
    rows, columns = (padded.shape[2] - height) // stride + 1, (padded.shape[3] - width) // stride + 1
    maps = np.zeros((len(x), len(weight), rows, columns))
    for row in range(rows):
        for column in range(columns):
            top, left = row + stride, column + stride
            patches = padded[:, :, top : top + height, left : left + width]
            maps[:, :, row, column] = np.tensordot(patches, weight, axes=([1, 2, 3], [1, 2, 3]))
    return maps if bias is None else maps + bias[:, None, None]


@conv2d.mistake(
    when="the stride is used for the rows only",
    hint="The window moves by the stride in both directions, down and across.",
)
def strides_down_only(x, weight, bias, stride, padding):
    return _with_bias(_walk(_lay_border(x, padding), weight, 1)[:, :, ::stride], bias)


@conv2d.mistake(
    when="the loops run over the pixels of the images, and their counters are used for the maps as well",
    hint="Loop over the rows and columns of the maps. The patch for row 2 starts at pixel `2 * stride`.",
)
def loops_over_the_images(x, weight, bias, stride, padding):
    padded = _lay_border(x, padding)
    height, width = weight.shape[2:]
    maps = np.zeros_like(_walk(padded, weight, stride))
    for row in range(0, padded.shape[2] - height + 1, stride):
        for column in range(0, padded.shape[3] - width + 1, stride):
            patches = padded[:, :, row : row + height, column : column + width]
            maps[:, :, row, column] = np.tensordot(patches, weight, axes=([1, 2, 3], [1, 2, 3]))
    return maps if bias is None else maps + bias[:, None, None]


@conv2d.mistake(
    when="the padding is left out",
    hint="Slide over the padded images. `np.pad` takes a pair for each axis: four pairs for `x`.",
)
def no_border(x, weight, bias, stride, padding):
    fits = np.all(np.less_equal(weight.shape[2:], x.shape[2:]))
    return _with_bias(_walk(x, weight, stride), bias) if fits else np.zeros((len(x), len(weight), 0, 0))


@conv2d.mistake(
    when="the border is laid on the top and on the left only, or counted only once",
    hint="Zeros lie on all four sides: a side of 5 pixels with a padding of 1 becomes 7 pixels long.",
)
def border_at_top_and_left(x, weight, bias, stride, padding):
    padded = np.pad(x, ((0, 0), (0, 0), (padding, 0), (padding, 0)))
    return _with_bias(_walk(padded, weight, stride), bias)


@conv2d.mistake(
    when="the border is laid around images and channels, too: `np.pad(x, padding)` pads all four axes",
    hint="`np.pad` takes a pair for each axis; (0, 0) for images and channels.",
)
def border_on_all_axes(x, weight, bias, stride, padding):
    padded = np.pad(x, padding)
    height, width = weight.shape[2:]
    rows, columns = (padded.shape[2] - height) // stride + 1, (padded.shape[3] - width) // stride + 1
    maps = np.zeros((len(x), len(weight), rows, columns))
    for row in range(rows):
        for column in range(columns):
            top, left = row * stride, column * stride
            patches = padded[:, :, top : top + height, left : left + width]
            maps[:, :, row, column] = np.tensordot(patches, weight, axes=([1, 2, 3], [1, 2, 3]))
    return maps if bias is None else maps + bias[:, None, None]


@conv2d.mistake(
    when="the border is always one pixel wide",
    hint="`padding` says how wide the border is; it may be 0, or more than 1.",
)
def always_a_border_of_one(x, weight, bias, stride, padding):
    return _with_bias(_walk(_lay_border(x, 1), weight, stride), bias)


@conv2d.mistake(
    when="the kernels are multiplied into the padded images themselves, so that what follows finds products there",
    hint="`patch *= weight[k]` writes into the padded images, for a slice is no copy. Make a new array: `patch * weight[k]`.",
)
def multiplied_into_the_padded_images(x, weight, bias, stride, padding):
    return _with_bias(_walk(_lay_border(x, padding), weight, stride, _multiply_in_place), bias)


@conv2d.mistake(
    when="the kernels are multiplied into the images themselves",
    hint="`patch *= weight[k]` writes into `x`, for a slice is no copy. Make a new array: `patch * weight[k]`.",
)
def multiplied_into_the_images(x, weight, bias, stride, padding):
    padded = _lay_border(x, padding) if padding else x
    return _with_bias(_walk(padded, weight, stride, _multiply_in_place), bias)


@conv2d.mistake(
    when="the maps are made with the images' type, which for whole numbers cuts off every fraction",
    hint="Make the maps with `np.zeros(shape)`. `np.zeros_like` or `dtype=x.dtype` takes over whole numbers.",
)
def maps_of_the_type_of_the_images(x, weight, bias, stride, padding):
    maps = _walk(_lay_border(x, padding), weight, stride).astype(x.dtype)
    if bias is not None:
        maps = (maps + bias[:, None, None]).astype(x.dtype)
    return maps


@conv2d.mistake(
    when="the sums and the biases are put together in maps of the images' type, which cuts off every fraction",
    hint="Make the maps with `np.zeros(shape)`. `np.zeros_like` or `dtype=x.dtype` takes over whole numbers.",
)
def finished_maps_of_the_type_of_the_images(x, weight, bias, stride, padding):
    return _with_bias(_walk(_lay_border(x, padding), weight, stride), bias).astype(x.dtype)


@conv2d.mistake(
    when="the kernels' height is used for their width as well",
    hint="Kernels need not be square: `height, width = weight.shape[2:]`.",
)
def square_filters_only(x, weight, bias, stride, padding):
    padded, size = _lay_border(x, padding), weight.shape[2]
    rows, columns = (padded.shape[2] - size) // stride + 1, (padded.shape[3] - size) // stride + 1
    maps = np.zeros((len(x), len(weight), rows, columns))
    for row in range(rows):
        for column in range(columns):
            top, left = row * stride, column * stride
            patches = padded[:, :, top : top + size, left : left + size]
            maps[:, :, row, column] = np.tensordot(patches, weight, axes=([1, 2, 3], [1, 2, 3]))
    return maps if bias is None else maps + bias[:, None, None]


@conv2d.mistake(
    when="the images' height is used for their width as well",
    hint="Images need not be square: rows come from `x.shape[2]`, columns from `x.shape[3]`.",
)
def square_inputs_only(x, weight, bias, stride, padding):
    padded = _lay_border(x, padding)
    height, width = weight.shape[2:]
    rows, columns = (padded.shape[2] - height) // stride + 1, (padded.shape[2] - width) // stride + 1
    maps = np.zeros((len(x), len(weight), rows, columns))
    for row in range(rows):
        for column in range(columns):
            top, left = row * stride, column * stride
            patches = padded[:, :, top : top + height, left : left + width]
            maps[:, :, row, column] = np.tensordot(patches, weight, axes=([1, 2, 3], [1, 2, 3]))
    return maps if bias is None else maps + bias[:, None, None]


@conv2d.mistake(
    when="`np.tensordot` pairs the last three axes of the patches with the first three of the weights",
    hint="`axes=3` does that. Name the axes: channels, rows and columns are axes 1, 2, 3 of both.",
)
def first_axes_of_the_weights(x, weight, bias, stride, padding):
    return _with_bias(
        _walk(_lay_border(x, padding), weight, stride, lambda p, w: np.tensordot(p, w, axes=3)), bias
    )


@conv2d.mistake(
    when="the products are multiplied out as matrices, with `@`, before they are added up",
    hint="`*` multiplies each pixel by the weight that lies on it.",
)
def products_of_matrices(x, weight, bias, stride, padding):
    def value(patches, weight):
        return np.array([[np.sum(patch @ kernels) for kernels in weight] for patch in patches])

    return _with_bias(_walk(_lay_border(x, padding), weight, stride, value), bias)


@conv2d.mistake(
    when="only the first position is filled in",
    hint="A `return` inside the inner loop ends it at the first position. It belongs below both loops.",
)
def one_position_only(x, weight, bias, stride, padding):
    maps = np.zeros_like(_walk(_lay_border(x, padding), weight, stride))
    maps[:, :, 0, 0] = _walk(_lay_border(x, padding), weight, stride)[:, :, 0, 0]
    return _with_bias(maps, bias)


def _layout_cases(rng):
    yield Case(
        (np.array([[[[1, 2], [3, 4], [5, 6]]]]),), "one image of one row and three columns, two channels"
    )
    yield Case((np.arange(12.0).reshape(1, 2, 3, 2),), "one image, numbered")
    yield Case((np.arange(24).reshape(2, 3, 1, 4),), "two images, numbered")
    for shape in [(2, 3, 4, 5), (3, 5, 2, 1), (4, 2, 2, 2)]:
        yield Case((rng.uniform(-1, 1, shape),), f"random values of shape {shape}")
    yield Case((rng.uniform(-1, 1, (2, 4, 3, 3)).astype(np.float32),), "random values of type float32")


to_nchw = Exercise(
    name="to_nchw",
    reference=reference.to_nchw,
    cases=_layout_cases,
    hints=(
        "No number changes; the axes change places. Which place has each axis now, and which will it have?",
        "`np.transpose(x, order)`: the new axis i is the old axis order[i]. What is the old place of the channels?",
        "By hand: from (batch, height, width, channels), the new axis 1, channels, is the old axis 3.",
    ),
)

for change in ("x = np.asarray(x) -> (dropped)", "np.asarray(x) -> x"):
    to_nchw.equivalent_mutant(
        change, because="what comes in is an array already; only a list would be turned into one"
    )


@to_nchw.alternative
def move_the_last_axis(x):
    return np.moveaxis(x, -1, 1)


@to_nchw.alternative
def one_channel_at_a_time(x):
    return np.stack([x[:, :, :, channel] for channel in range(x.shape[3])], axis=1)


@to_nchw.alternative
def two_swaps(x):
    return x.swapaxes(2, 3).swapaxes(1, 2)


to_nhwc = Exercise(
    name="to_nhwc",
    reference=reference.to_nhwc,
    cases=_layout_cases,
    hints=(
        "This is the way back: what `to_nchw` did must be undone.",
        "`np.transpose(x, order)`: the new axis i is the old axis order[i]. What is the old place of the rows now?",
        "By hand: from (batch, channels, height, width), the new axis 3, channels, is the old axis 1.",
    ),
)

for change in ("x = np.asarray(x) -> (dropped)", "np.asarray(x) -> x"):
    to_nhwc.equivalent_mutant(
        change, because="what comes in is an array already; only a list would be turned into one"
    )


@to_nhwc.alternative
def move_axis_one_to_the_end(x):
    return np.moveaxis(x, 1, -1)


@to_nhwc.alternative
def channels_stacked_last(x):
    return np.stack([x[:, channel] for channel in range(x.shape[1])], axis=-1)


@to_nhwc.alternative
def two_swaps_back(x):
    return x.swapaxes(1, 2).swapaxes(2, 3)


@to_nchw.mistake(
    when="`reshape` is used: it deals the same numbers out anew and tears the pixels apart",
    hint="`reshape` keeps the order of the numbers and changes where rows end. You want the axes to change places.",
)
def reshaped_to_nchw(x):
    batch, height, width, channels = x.shape
    return x.reshape(batch, channels, height, width)


@to_nhwc.mistake(
    when="`reshape` is used: it deals the same numbers out anew and tears the pixels apart",
    hint="`reshape` keeps the order of the numbers and changes where rows end. You want the axes to change places.",
)
def reshaped_to_nhwc(x):
    batch, channels, height, width = x.shape
    return x.reshape(batch, height, width, channels)


@to_nchw.mistake(
    when="the channels change places with the rows: (batch, channels, width, height)",
    hint="A swap of two axes is not enough: height must still come before width.",
)
def channels_for_rows(x):
    return x.swapaxes(1, 3)


@to_nhwc.mistake(
    when="the channels change places with the columns: (batch, width, height, channels)",
    hint="A swap of two axes is not enough: height must still come before width.",
)
def channels_for_columns(x):
    return x.swapaxes(1, 3)


@to_nchw.mistake(
    when="the way is gone in the other direction: axis 1 is put last",
    hint="The channels stand last and shall stand second: the new axis 1 is the old axis 3.",
)
def other_direction(x):
    return np.transpose(x, (0, 2, 3, 1))


@to_nhwc.mistake(
    when="the way is gone in the other direction: the last axis is put second",
    hint="The channels stand second and shall stand last: the new axis 3 is the old axis 1.",
)
def other_direction_again(x):
    return np.transpose(x, (0, 3, 1, 2))


@to_nchw.mistake(
    when="all four axes are turned round, the batch goes last",
    hint="`x.T` turns all axes round. The batch stays first.",
)
def all_axes_turned_round(x):
    return x.T


@to_nhwc.mistake(
    when="all four axes are turned round, the batch goes last",
    hint="`x.T` turns all axes round. The batch stays first.",
)
def every_axis_turned_round(x):
    return x.T


@to_nchw.mistake(
    when="the channels are put before the batch",
    hint="The batch stays first; the channels come second.",
)
def channels_first_of_all(x):
    return np.transpose(x, (3, 0, 1, 2))


@to_nhwc.mistake(
    when="the batch is put last",
    hint="The batch stays first. It is the channels that go to the end.",
)
def batch_last(x):
    return np.moveaxis(x, 0, -1)


@to_nhwc.mistake(
    when="only the last two axes change places",
    hint="Two axes must move up to make room: height and width.",
)
def width_and_height_exchanged(x):
    return np.transpose(x, (0, 1, 3, 2))


@to_nchw.mistake(
    when="only the last two axes change places",
    hint="The channels must come before the height as well as before the width.",
)
def channels_before_the_width_only(x):
    return np.transpose(x, (0, 1, 3, 2))


@to_nhwc.mistake(
    when="only axes 1 and 2 change places",
    hint="The channels must come after the width as well as after the height.",
)
def channels_after_the_height_only(x):
    return np.transpose(x, (0, 2, 1, 3))


@to_nchw.mistake(
    when="only axes 1 and 2 change places",
    hint="Height and width keep their order. It is the channels, the last axis, that must move.",
)
def rows_and_columns_exchanged(x):
    return np.transpose(x, (0, 2, 1, 3))


@to_nchw.mistake(
    when="only the first image is returned",
    hint="All images of the batch are wanted: four axes, the batch first.",
)
def first_image_without_batch(x):
    return np.transpose(x[0], (2, 0, 1))


@to_nhwc.mistake(
    when="only the first image is returned",
    hint="All images of the batch are wanted: four axes, the batch first.",
)
def first_of_the_batch(x):
    return np.transpose(x[0], (1, 2, 0))


@to_nchw.mistake(
    when="the images are returned as they are",
    hint="`np.transpose` returns a new view and leaves `x` alone: return what it gives you.",
)
def as_they_are(x):
    return x


@to_nhwc.mistake(
    when="the images are returned as they are",
    hint="`np.transpose` returns a new view and leaves `x` alone: return what it gives you.",
)
def as_they_were(x):
    return x


def _parameter_cases(rng):
    yield Case((1, 1, 2, True), "one kernel of 2 x 2 and a bias")
    yield Case((1, 1, 2, False), "one kernel of 2 x 2 without a bias")
    yield Case((3, 2, 2, True), "two filters through three channels")
    yield Case((2, 3, 1, False), "kernels of one pixel")
    yield Case((3, 10, 5, True), "ten filters of 5 x 5 for a colour image")
    yield Case((3, 96, 11, True), "the first layer of AlexNet")
    for bias in (True, False, True):
        numbers = (int(number) for number in rng.integers([2, 2, 2], [9, 40, 8]))
        yield Case((*numbers, bias), f"random numbers, {'with' if bias else 'without'} a bias")


conv_parameters = Exercise(
    name="conv_parameters",
    reference=reference.conv_parameters,
    cases=_parameter_cases,
    whole_numbers=True,
    hints=(
        "Count one filter first: how many weights has it in one channel, in all channels? Has it a bias?",
        "All filters are equally large. `bias` is True or False, and Python counts True as 1.",
        "By hand: 2 filters of 3 x 3 through 4 channels have 2 x (4 x 9 + 1) = 74 parameters.",
    ),
)

conv_parameters.equivalent_mutant(
    "bool(bias) -> bias", because="True and False count as 1 and 0 in a sum, with or without `bool`"
)


@conv_parameters.alternative
def weights_then_biases(in_channels, out_channels, kernel_size, bias):
    weights = out_channels * in_channels * kernel_size * kernel_size
    return weights + out_channels if bias else weights


@conv_parameters.alternative
def size_of_the_arrays(in_channels, out_channels, kernel_size, bias):
    weight = np.zeros((out_channels, in_channels, kernel_size, kernel_size))
    return weight.size + (out_channels if bias else 0)


@conv_parameters.mistake(
    when="the biases are left out",
    hint="Each filter has one bias besides its weights, if `bias` is True.",
)
def biases_left_out(in_channels, out_channels, kernel_size, bias):
    return out_channels * in_channels * kernel_size**2


@conv_parameters.mistake(
    when="the biases are always counted",
    hint="`bias` may be False. Then there are only weights.",
)
def biases_always_counted(in_channels, out_channels, kernel_size, bias):
    return out_channels * (in_channels * kernel_size**2 + 1)


@conv_parameters.mistake(
    when="one bias is counted for the whole layer",
    hint="Each filter has its own bias.",
)
def one_bias_in_all(in_channels, out_channels, kernel_size, bias):
    return out_channels * in_channels * kernel_size**2 + bias


@conv_parameters.mistake(
    when="one bias is counted for each kernel, that is for each channel of each filter",
    hint="The bias is added once, after the sum over all channels: one for each filter.",
)
def bias_for_each_kernel(in_channels, out_channels, kernel_size, bias):
    return out_channels * in_channels * (kernel_size**2 + bias)


@conv_parameters.mistake(
    when="one bias is counted for each input channel",
    hint="Biases belong to filters, not to input channels.",
)
def bias_for_each_input_channel(in_channels, out_channels, kernel_size, bias):
    return out_channels * in_channels * kernel_size**2 + bias * in_channels


@conv_parameters.mistake(
    when="the depth of the input is left out",
    hint="A filter reaches through all channels: it has one kernel for each of them.",
)
def depth_left_out(in_channels, out_channels, kernel_size, bias):
    return out_channels * (kernel_size**2 + bias)


@conv_parameters.mistake(
    when="only one filter is counted",
    hint="There are `out_channels` filters, all of the same size.",
)
def one_filter_only(in_channels, out_channels, kernel_size, bias):
    return in_channels * kernel_size**2 + bias


@conv_parameters.mistake(
    when="the kernel's side is not squared",
    hint="A kernel of side 3 has 3 x 3 weights.",
)
def side_not_squared(in_channels, out_channels, kernel_size, bias):
    return out_channels * (in_channels * kernel_size + bias)


@conv_parameters.mistake(
    when="the kernel's side is cubed, as if the filter were as deep as it is wide",
    hint="The depth of a filter is `in_channels`, whatever its side.",
)
def side_cubed(in_channels, out_channels, kernel_size, bias):
    return out_channels * (kernel_size**3 + bias)


@conv_parameters.mistake(
    when="the numbers of channels are added instead of multiplied",
    hint="Every filter has a kernel for every input channel: multiply.",
)
def channels_added(in_channels, out_channels, kernel_size, bias):
    return (in_channels + out_channels) * kernel_size**2 + bias * out_channels


def _flip_cases(rng):
    yield Case((np.array([[1.0, 2.0], [3.0, 4.0]]),), "a kernel of 2 x 2")
    yield Case((np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]),), "a kernel of 2 x 3")
    yield Case((np.arange(12).reshape(2, 2, 3),), "two kernels in a stack")
    yield Case((np.arange(24.0).reshape(2, 3, 2, 2),), "two filters of three channels")
    for shape in [(3, 3), (1, 4), (4, 2, 3, 5)]:
        yield Case((rng.uniform(-1, 1, shape),), f"random values of shape {shape}")


flip_kernel = Exercise(
    name="flip_kernel",
    reference=reference.flip_kernel,
    cases=_flip_cases,
    hints=(
        "Turn the rows round, then the columns. A slice with a step of -1 goes through an axis from its end.",
        "Rows and columns are the last two axes; what stands before them, filters and channels, stays. `...` in an index "
        "stands for all axes that are not named.",
        "By hand: [[1, 2, 3], [4, 5, 6]] upside down is [[4, 5, 6], [1, 2, 3]]; then left to right [[6, 5, 4], [3, 2, 1]].",
    ),
)

for change in ("kernel = np.asarray(kernel) -> (dropped)", "np.asarray(kernel) -> kernel"):
    flip_kernel.equivalent_mutant(
        change, because="what comes in is an array already; only a list would be turned into one"
    )


@flip_kernel.alternative
def flip_two_axes(kernel):
    return np.flip(kernel, (-2, -1))


@flip_kernel.alternative
def turn_twice(kernel):
    return np.rot90(kernel, 2, axes=(-2, -1))


@flip_kernel.alternative
def through_one_long_row(kernel):
    rows = kernel.reshape(*kernel.shape[:-2], -1)
    return rows[..., ::-1].reshape(kernel.shape)


@flip_kernel.mistake(
    when="the first two axes are flipped, which in a stack are filters and channels",
    hint="Rows and columns are the last two axes. `...` in an index leaves all axes before them alone.",
)
def first_two_axes(kernel):
    return kernel[::-1, ::-1]


@flip_kernel.mistake(
    when="all axes are flipped, filters and channels too",
    hint="`np.flip` without an axis flips them all. Name the last two: -2 and -1.",
)
def all_axes(kernel):
    return np.flip(kernel)


@flip_kernel.mistake(
    when="the kernel is turned upside down, but not left to right",
    hint="Half a turn changes both: rows and columns.",
)
def upside_down_only(kernel):
    return np.flip(kernel, -2)


@flip_kernel.mistake(
    when="the kernel is turned left to right, but not upside down",
    hint="Half a turn changes both: rows and columns.",
)
def left_to_right_only(kernel):
    return np.flip(kernel, -1)


@flip_kernel.mistake(
    when="rows and columns are exchanged",
    hint="That mirrors the kernel on its diagonal. Half a turn leaves the shape as it is.",
)
def transposed_kernel(kernel):
    return np.swapaxes(kernel, -1, -2)


@flip_kernel.mistake(
    when="the kernel is turned by a quarter",
    hint="`np.rot90` makes a quarter turn. You need two of them.",
)
def quarter_turn(kernel):
    return np.rot90(kernel, axes=(-2, -1))


@flip_kernel.mistake(
    when="the weights change their signs",
    hint="The weights change their places, not their signs.",
)
def negated(kernel):
    return -kernel


@flip_kernel.mistake(
    when="the kernel is returned as it is",
    hint="`np.flip` returns a new view and leaves the kernel alone: return what it gives you.",
)
def kernel_as_it_is(kernel):
    return kernel


@flip_kernel.mistake(
    when="the kernel that was handed in is flipped itself",
    hint="`kernel[...] = ...` writes into the caller's array. Return a new one.",
)
def flipped_in_place(kernel):
    kernel[...] = kernel[..., ::-1, ::-1].copy()
    return kernel


conv2d_windows = Exercise(
    name="conv2d_windows",
    reference=reference.conv2d,
    cases=_volume_cases,
    hints=(
        "Lay the border as before. Then one call of `sliding_window_view` replaces both loops and the slice.",
        "The windows slide over axes 2 and 3: `axis=(2, 3)`. They come as (N, C, rows, columns, kH, kW), at every position; "
        "a step in the slice of axes 2 and 3 keeps every stride-th.",
        "Sum over channels, kernel rows and kernel columns: axes 1, 4, 5 of the windows against 1, 2, 3 of the weights. "
        "What is left is (N, H_out, W_out, K); put K second.",
        "By hand: for x of (2, 3, 8, 8) and kernels of 3 x 3 the windows have the shape (2, 3, 6, 6, 3, 3); with a stride of "
        "2, (2, 3, 3, 3, 3, 3).",
    ),
)
for _alternative in conv2d.alternatives:
    conv2d_windows.alternative(_alternative)


def _windows(padded, weight):
    """A view of all patches: (N, C, rows, columns, kH, kW)."""
    return sliding_window_view(padded, weight.shape[2:], axis=(2, 3))


def _sum_windows(windows, weight, bias):
    maps = np.tensordot(windows, weight, axes=([1, 4, 5], [1, 2, 3]))  # (N, H_out, W_out, K)
    return _with_bias(maps.transpose(0, 3, 1, 2), bias)


@conv2d_windows.alternative
def windows_and_tensordot(x, weight, bias, stride, padding):
    return _sum_windows(_windows(_lay_border(x, padding), weight)[:, :, ::stride, ::stride], weight, bias)


@conv2d_windows.mistake(
    when="the windows of every position are kept: the stride is left out",
    hint="`sliding_window_view` moves by one pixel. Keep every stride-th window, down and across.",
)
def windows_everywhere(x, weight, bias, stride, padding):
    return _sum_windows(_windows(_lay_border(x, padding), weight), weight, bias)


@conv2d_windows.mistake(
    when="the stride is used for one axis of the windows only",
    hint="Keep every stride-th window down and across: a step in two slices.",
)
def windows_strided_down_only(x, weight, bias, stride, padding):
    return _sum_windows(_windows(_lay_border(x, padding), weight)[:, :, ::stride], weight, bias)


@conv2d_windows.mistake(
    when="every stride-th image and channel is taken, instead of every stride-th window",
    hint="`windows[::stride, ::stride]` steps over the first two axes. Rows and columns of windows are axes 2 and 3.",
)
def images_and_channels_strided(x, weight, bias, stride, padding):
    windows = _windows(_lay_border(x, padding), weight)[::stride, ::stride]
    return _sum_windows(windows, weight, bias)


@conv2d_windows.mistake(
    when="the stride is taken inside the windows, which leaves pixels out of each patch",
    hint="The last two axes are rows and columns within a patch. The positions are axes 2 and 3.",
)
def strided_inside_the_windows(x, weight, bias, stride, padding):
    windows = _windows(_lay_border(x, padding), weight)[..., ::stride, ::stride]
    return _sum_windows(windows, weight, bias)


@conv2d_windows.mistake(
    when="the padding is left out",
    hint="Lay the border first: the windows slide over the padded images.",
)
def windows_without_padding(x, weight, bias, stride, padding):
    return _sum_windows(_windows(x, weight)[:, :, ::stride, ::stride], weight, bias)


@conv2d_windows.mistake(
    when="the border is laid around images and channels, too: `np.pad(x, padding)` pads all four axes",
    hint="`np.pad` takes a pair for each axis; (0, 0) for images and channels.",
)
def windows_padded_on_all_axes(x, weight, bias, stride, padding):
    return _sum_windows(_windows(np.pad(x, padding), weight)[:, :, ::stride, ::stride], weight, bias)


@conv2d_windows.mistake(
    when="the maps stand on the last axis",
    hint="`np.tensordot` leaves (N, H_out, W_out, K). Put the filters second.",
)
def windows_with_maps_last(x, weight, bias, stride, padding):
    maps = _sum_windows(_windows(_lay_border(x, padding), weight)[:, :, ::stride, ::stride], weight, bias)
    return maps.transpose(0, 2, 3, 1)


@conv2d_windows.mistake(
    when="the axes of the maps are in the order (N, K, W_out, H_out)",
    hint="Swapping axis 1 and axis 3 exchanges rows and columns as well. Put K second and keep H_out before W_out.",
)
def windows_with_rows_last(x, weight, bias, stride, padding):
    maps = _sum_windows(_windows(_lay_border(x, padding), weight)[:, :, ::stride, ::stride], weight, bias)
    return maps.swapaxes(2, 3)


@conv2d_windows.mistake(
    when="rows and columns of the weights are paired the wrong way round",
    hint="Rows with rows: axis 4 of the windows against axis 2 of the weights; columns with columns, 5 against 3.",
)
def rows_paired_with_columns(x, weight, bias, stride, padding):
    windows = _windows(_lay_border(x, padding), weight)[:, :, ::stride, ::stride]
    maps = np.tensordot(windows, weight, axes=([1, 4, 5], [1, 3, 2]))
    return _with_bias(maps.transpose(0, 3, 1, 2), bias)


@conv2d_windows.mistake(
    when="the bias is left out",
    hint="The bias comes last: one number for each filter, on axis 1.",
)
def windows_without_bias(x, weight, bias, stride, padding):
    return _sum_windows(_windows(_lay_border(x, padding), weight)[:, :, ::stride, ::stride], weight, None)


@conv2d_windows.mistake(
    when="the biases are laid along the columns of the maps instead of along the filters",
    hint="`maps + bias` pairs the biases with the last axis. Add them before K is put second, or shape them (K, 1, 1).",
)
def windows_with_bias_along_the_columns(x, weight, bias, stride, padding):
    maps = _sum_windows(_windows(_lay_border(x, padding), weight)[:, :, ::stride, ::stride], weight, None)
    return maps if bias is None else maps + bias


@conv2d_windows.mistake(
    when="`bias` is indexed although it may be None",
    hint="Without a bias nothing is added: `if bias is not None`.",
)
def windows_with_bias_never_none(x, weight, bias, stride, padding):
    maps = _sum_windows(_windows(_lay_border(x, padding), weight)[:, :, ::stride, ::stride], weight, None)
    return maps + bias[:, None, None]


@conv2d_windows.mistake(
    when="`bias` is added although it may be None",
    hint="Without a bias nothing is added: `if bias is not None`.",
)
def windows_plus_none(x, weight, bias, stride, padding):
    windows = _windows(_lay_border(x, padding), weight)[:, :, ::stride, ::stride]
    maps = np.tensordot(windows, weight, axes=([1, 4, 5], [1, 2, 3])) + bias
    return maps.transpose(0, 3, 1, 2)


@conv2d_windows.mistake(
    when="the mean of the products is taken",
    hint="A convolution adds the products and leaves it at that.",
)
def mean_of_the_windows(x, weight, bias, stride, padding):
    windows = _windows(_lay_border(x, padding), weight)[:, :, ::stride, ::stride]
    return _sum_windows(windows, weight / weight[0].size, bias)


@conv2d_windows.mistake(
    when="the kernels are turned upside down and left to right",
    hint="`sliding_window_view` flips nothing, and neither should you: networks cross-correlate.",
)
def windows_under_flipped_kernels(x, weight, bias, stride, padding):
    windows = _windows(_lay_border(x, padding), weight)[:, :, ::stride, ::stride]
    return _sum_windows(windows, weight[:, :, ::-1, ::-1], bias)


@conv2d_windows.mistake(
    when="the kernels' height is used for their width as well",
    hint="Kernels need not be square: `weight.shape[2:]` is (kH, kW).",
)
def square_windows_only(x, weight, bias, stride, padding):
    size = weight.shape[2]
    windows = sliding_window_view(_lay_border(x, padding), (size, size), axis=(2, 3))[
        :, :, ::stride, ::stride
    ]
    return _sum_windows(windows, weight, bias)
