"""Each filter's sum of products plus bias, at every position of every image."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from helpers import data, reference
from helpers.data import X
from helpers.exercises import common
from helpers.exercises.convolution import sliding
from helpers.exercises.convolution.output_size import output_size
from helpers.exercises.model import Case, Exercise


def cases(rng):
    """Channels, filters, images, bias, stride and border one at a time; then all of them at once."""
    image = np.array([[[[2.0, -1.0, 3.0], [5.0, 4.0, 0.0]]]])
    kernel = np.array([[[[1.0, 0.0], [2.0, -3.0]]]])
    row = np.array([[[[3.0, 1.0, -2.0]]]])
    yield Case((image, kernel, None, 1, 0), "one image, one channel, one filter without a bias")
    wide = np.array([[[[3.0, -1.0, 2.0], [1.0, 5.0, -4.0]]]])
    yield Case((wide, np.array([[[[1.0, 4.0, 0.0], [-2.0, 1.0, 3.0]]]]), None, 1, 0), "a kernel of 2 x 3")
    yield Case((image.copy(), kernel.copy(), np.array([10.0]), 1, 0), "a filter with a bias")
    filters = np.array([[[[1.0], [-2.0]]], [[[4.0], [1.0]]]])
    yield Case((image.copy(), filters, np.array([10.0, 30.0]), 1, 0), "two filters, each with its bias")
    mixed = np.array([[[[1.0]], [[2.0]]], [[[3.0]], [[-1.0]]]])
    yield Case(
        (np.array([[[[3.0]], [[4.0]]]]), mixed, np.array([10.0, 30.0]), 1, 0),
        "two channels under two filters, each with its bias",
    )
    channels = np.array([[[[3.0, 1.0, -2.0]], [[4.0, 7.0, 5.0]]]])
    yield Case(
        (channels, np.array([[[[1.0, 2.0]], [[3.0, -1.0]]]]), np.array([10.0]), 1, 0),
        "two channels and a bias",
    )
    images = np.array([[[[3.0, 1.0, -2.0]]], [[[4.0, 7.0, 5.0]]]])
    yield Case((images, np.array([[[[1.0, -2.0]]]]), np.array([10.0]), 1, 0), "two images")
    pairs = np.array([[[[3.0]], [[1.0]]], [[[4.0]], [[7.0]]], [[[5.0]], [[-2.0]]]])
    yield Case(
        (pairs, mixed.copy(), np.array([10.0, 30.0]), 1, 0),
        "three images of two channels under two filters",
    )
    across = np.array([[[[3.0, 1.0, -2.0, 5.0, 4.0], [0.0, 4.0, 6.0, 1.0, 2.0]]]])
    yield Case(
        (across, np.array([[[[1.0, -2.0]]]]), None, 2, 0),
        "steps of two: one column and one row are left over",
    )
    down = np.array([[[[3.0, 1.0], [-2.0, 5.0], [0.0, 4.0], [6.0, 2.0], [1.0, 7.0]]]])
    yield Case((down, np.array([[[[1.0], [-2.0]]]]), None, 2, 0), "steps of two down a tall image")
    yield Case((image.copy(), np.array([[[[3.0, 1.0], [-1.0, 2.0]]]]), None, 1, 1), "a border of one zero")
    yield Case(
        (row, np.array([[[[1.0, 4.0], [-3.0, 2.0]]]]), None, 1, 2),
        "a border of two zeros, and a kernel higher than the image",
    )
    yield Case(
        (
            np.array([[[[2, -1, 3], [5, 4, 0]]]]),
            np.array([[[[0.5, -0.25], [1.5, 2.0]]]]),
            np.array([0.5]),
            1,
            0,
        ),
        "an image of whole numbers, weights and a bias with fractions",
    )
    far = np.array([[[[3.0, -1.0, 2.0, 4.0, 0.0, 7.0, 1.0], [1.0, 5.0, -4.0, 2.0, 6.0, -3.0, 8.0]]]])
    yield Case((far, kernel.copy(), None, 5, 1), "steps of five over a padded image")
    squares = np.arange(20.0).reshape(1, 1, 4, 5) ** 2
    yield Case((squares, kernel.copy(), np.array([1.0]), 2, 0), "steps of two that leave one column over")
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
        about = f"random, {shape} under {filters}, stride {stride}, padding {padding}"
        yield Case((*arrays, stride, padding), about)
    arrays = [rng.uniform(-1, 1, size).astype(np.float32) for size in ((2, 2, 5, 6), (3, 2, 3, 3), 3)]
    yield Case((*arrays, 1, 1), "random values of type float32")


def _whole_numbers(rng):
    return (rng.integers(-9, 9, (2, 2, 4, 5)), rng.uniform(-1, 1, (3, 2, 2, 3)), rng.uniform(-1, 1, 3), 1, 1)


exercise = Exercise(
    reference.conv2d,
    cases,
    minutes=13,
    hints=(
        "It is `convolve_image` with two more axes. What changes is the border, the slice, and one more loop, over the filters.",
        "The border goes around the last two axes only: `np.pad` takes a pair for each axis, and (0, 0) means none. Then "
        "`padded[:, :, top:bottom, left:right]` cuts the same patch out of every image and every channel.",
        "`patches * weight[k]` multiplies every image's patch, (N, C, kH, kW), by filter k, (C, kH, kW). Summed over axes 1, 2 "
        "and 3, one number is left for each image: it goes to `maps[:, k, row, column]`.",
        "By hand: two channels of one pixel, 2 and 5, under a filter with the weights 3 and -1 and the bias 10: "
        "2x3 + 5x(-1) + 10 = 11.",
    ),
    cancelling=(("padded_twice", "size_without_padding"),),
)


@exercise.model
def conv2d(x, weight, bias=None, stride=1, padding=0):
    height, width = weight.shape[2:]
    rows = output_size(x.shape[2], height, stride, padding)
    columns = output_size(x.shape[3], width, stride, padding)
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    maps = np.zeros((len(x), len(weight), rows, columns))
    for row in range(rows):
        for column in range(columns):
            top, left = row * stride, column * stride
            patches = padded[:, :, top : top + height, left : left + width]  # (N, C, kH, kW)
            for k in range(len(weight)):
                maps[:, k, row, column] = np.sum(patches * weight[k], axis=(1, 2, 3))
    return maps if bias is None else maps + bias[:, np.newaxis, np.newaxis]


@exercise.alternative
def all_filters_at_once(x, weight, bias, stride, padding):
    """All filters in one product at each position: faster, and close to how libraries do it."""
    height, width = weight.shape[2:]
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    rows, columns = (padded.shape[2] - height) // stride + 1, (padded.shape[3] - width) // stride + 1
    maps = np.zeros((len(x), len(weight), rows, columns))
    for row in range(rows):
        for column in range(columns):
            top, left = row * stride, column * stride
            patches = padded[:, :, top : top + height, left : left + width]
            maps[:, :, row, column] = np.tensordot(patches, weight, axes=([1, 2, 3], [1, 2, 3]))
    return maps if bias is None else maps + bias[:, None, None]


@exercise.alternative
def four_loops(x, weight, bias, stride, padding):
    """One number of the result at a time: closest to the formula."""
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


@exercise.alternative
def one_channel_after_the_other(x, weight, bias, stride, padding):
    """Adds up the one-channel convolution that you know: good for seeing that channels are summed."""
    maps = []
    for image in x:
        for index, kernels in enumerate(weight):
            channels = [
                reference.convolve_image(a, b, stride, padding) for a, b in zip(image, kernels, strict=True)
            ]
            maps.append(sum(channels) + (bias[index] if bias is not None else 0))
    return np.reshape(maps, (len(x), len(weight), *maps[0].shape))


@exercise.alternative
def window_view(x, weight, bias, stride, padding):
    """No loop in Python at all: fast, once you can read the letters."""
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    windows = sliding_window_view(padded, weight.shape[2:], axis=(2, 3))
    maps = np.einsum("nchwij,kcij->nkhw", windows[:, :, ::stride, ::stride], weight)
    return maps if bias is None else maps + bias[:, None, None]


SIDES = "x.shape[2]", "x.shape[3]"
BORDER = "((0, 0), (0, 0), (padding, padding), (padding, padding))"
PADDED = f"np.pad(x, {BORDER})"
SUMS = "np.sum(patches * weight[k], axis=(1, 2, 3))"
STORED = f"            for k in range(len(weight)):\n                maps[:, k, row, column] = {SUMS}\n"
AT_ONCE = "            maps[:, :, row, column] = {}\n"  # all filters at this position
BIAS = "bias[:, np.newaxis, np.newaxis]"
RETURNED = f"maps if bias is None else maps + {BIAS}"
MULTIPLIED_IN = """            for n in range(len(x)):
                for k in range(len(weight)):
                    patch = patches[n]
                    patch *= weight[k]
                    maps[n, k, row, column] = np.sum(patch)
"""
SUM_LATER = f"    if bias is not None:\n        maps = maps + {BIAS}\n    return maps"

# -- bias ----------------------------------------------------------------------------------------------------

exercise.slip(RETURNED, f"maps + {BIAS}", **common.BIAS_IS_NONE)
exercise.slip(RETURNED, "maps + bias.reshape(-1, 1, 1)", **common.BIAS_IS_NONE)
exercise.slip(
    (RETURNED, "maps"),
    (STORED, AT_ONCE.format("np.tensordot(patches, weight, axes=([1, 2, 3], [1, 2, 3])) + bias")),
    **common.BIAS_IS_NONE,
)


@exercise.form("bias_never_none")
def bias_of_each_filter(x, weight, bias, stride, padding):
    maps = window_view(x, weight, None, stride, padding)
    for k in range(len(weight)):
        maps[:, k] += bias[k]
    return maps


exercise.slip(RETURNED, f"maps + {BIAS} if bias else maps", **common.TRUTH_OF_THE_BIAS)
exercise.slip(
    BIAS,
    "bias",
    name="bias_along_the_columns",
    when="the biases are added along the columns of the maps instead of along the filters",
    hint="`maps + bias` pairs the biases with the last axis. Filters are axis 1: give the bias the shape (K, 1, 1) first.",
)
exercise.slip(
    RETURNED,
    "maps + bias",
    name="bias_along_the_columns_even_if_none",
    when="the biases are added along the columns of the maps, and even where `bias` is None",
    hint="Where `bias` is None there is nothing to add. Where it is not, filters are axis 1: give it the shape (K, 1, 1).",
)
exercise.slip(
    BIAS,
    "bias[:, np.newaxis]",
    **common.BIAS_ALONG_THE_ROWS,
)
exercise.slip(
    BIAS,
    "bias[:, np.newaxis, np.newaxis, np.newaxis]",
    name="bias_along_the_images",
    when="the biases are added along the images instead of along the filters",
    hint="Filters are axis 1 of the maps, and two axes come after it: the bias needs the shape (K, 1, 1).",
)
exercise.slip(
    RETURNED,
    "maps",
    name="without_bias",
    when="the bias is left out",
    hint="After the products are summed, each filter adds its own bias, where there is one.",
)
exercise.slip(
    BIAS,
    "bias[0]",
    **common.FIRST_BIAS_FOR_ALL,
)
exercise.slip(
    BIAS,
    f"{BIAS} * weight.shape[1]",
    name="bias_in_every_channel",
    when="the bias is added once for each channel",
    hint="First sum over all channels, then add the bias, once.",
)
exercise.slip(
    BIAS,
    f"{BIAS} * weight[0].size",
    **common.BIAS_IN_EVERY_PRODUCT,
)
exercise.slip(
    f"maps + {BIAS}",
    f"maps - {BIAS}",
    name="bias_subtracted",
    when="the bias is subtracted instead of added",
    hint="A convolution is the sum of products plus the bias.",
)
exercise.slip(
    f"maps + {BIAS}",
    f"maps * {BIAS}",
    name="multiplied_by_the_bias",
    when="the sums are multiplied by the bias",
    hint="The bias is added to the sum of products.",
)

# -- channels, filters, images -------------------------------------------------------------------------------

exercise.slip(
    "patches * weight[k]",
    "patches[:, -1:] * weight[k, -1:]",
    **common.LAST_CHANNEL_ONLY,
)
exercise.slip(
    "patches * weight[k]",
    "patches[:, :1] * weight[k, :1]",
    name="first_channel_only",
    when="only channel 0 is used",
    hint="A filter reaches through the whole depth. Sum over all channels.",
)
exercise.slip(
    STORED,
    AT_ONCE.format("np.sum(patches * weight)"),
    name="everything_summed",
    when="the products of all images and all filters are added up to a single number",
    hint="There is one sum for each image and each filter: (N, K) of them. Loop over both, or name the axes to sum over.",
)
exercise.slip(
    SUMS,
    "np.sum(patches * weight[k])",
    name="images_summed",
    when="the products of all images are added up",
    hint="`patches` holds the patch of every image. Each image has its own sum: take `patches[n]`, or sum over axes 1, 2, 3.",
)
exercise.slip(
    "axis=(1, 2, 3)",
    "axis=(2, 3)",
    name="channels_not_summed",
    when="the products are added up in each channel, and the channels are not added up",
    hint="Axes 2 and 3 are rows and columns. The channels are axis 1: sum over them as well.",
)
exercise.slip(
    "patches * weight[k]",
    "patches * weight[k, :1]",
    name="one_kernel_for_all_channels",
    when="a filter's first kernel is used for all channels",
    hint="A filter has one kernel for each channel: `weight[k, c]` belongs to channel c.",
)
exercise.slip(
    "patches * weight[k]",
    "patches * weight[0]",
    **common.ONE_FILTER_FOR_ALL_MAPS,
)
exercise.slip(
    f"return {RETURNED}",
    f"maps = {RETURNED}\n    return np.sum(maps, axis=1, keepdims=True)",
    name="filters_added_up",
    when="the maps of all filters are added up",
    hint="Each filter makes a map of its own. Sum over channels, rows and columns, not over filters.",
)
exercise.slip(
    f"return {RETURNED}",
    f"maps = {RETURNED}\n    return maps[:, :1]",
    **common.FIRST_FILTER_ONLY,
)
exercise.slip(
    f"return {RETURNED}",
    f"maps = {RETURNED}\n    return maps[:1]",
    name="first_image_only",
    when="only the first image is used",
    hint="`x` is a batch: do the same for every image. A slice `[:, :, ...]` takes them all.",
)
exercise.slip(
    SUMS,
    f"{SUMS} / weight.shape[1]",
    **common.CHANNELS_AVERAGED,
)

# -- stride --------------------------------------------------------------------------------------------------

sliding.add_slips_of_the_stride(exercise, *SIDES)
exercise.slip(
    ("range(rows)", "range(0, padded.shape[2] - height + 1, stride)"),
    ("range(columns)", "range(0, padded.shape[3] - width + 1, stride)"),
    (sliding.STARTS, "row, column"),
    name="loops_over_the_images",
    when="the loops run over the pixels of the images, and their counters are used for the maps as well",
    hint="Loop over the rows and columns of the maps. The patch for row 2 starts at pixel `2 * stride`.",
)

# -- padding -------------------------------------------------------------------------------------------------

sliding.add_slips_of_the_padding(exercise, *SIDES)
exercise.slip(BORDER, "padding", **common.PADDED_EVERYWHERE)
exercise.slip(
    sliding.FIRST_LINE,
    f"{sliding.FIRST_LINE}    padding = 0\n",
    name="without_padding",
    when="the padding is left out",
    hint="Slide over the padded images. `np.pad` takes a pair for each axis: four pairs for `x`.",
)
exercise.slip(
    "padded[:, :, top",
    "x[:, :, top",
    name="cut_out_of_the_images",
    when="the patches are cut out of the images themselves, not out of the padded ones",
    hint="Make the padded images once, and slice those in the loops.",
)
exercise.slip(
    ("height, stride, padding", "height, stride"),
    ("width, stride, padding", "width, stride"),
    name="size_without_padding",
    when="the size of the maps is computed from the images without their border",
    hint="The window slides over the padded images, so the padding counts for the size of the maps.",
)
HALF = ("(padding, padding), (padding, padding)", "(padding, 0), (padding, 0)")
exercise.slip(*sliding.counted_once(*SIDES), HALF, **sliding.TOP_LEFT)
exercise.slip(HALF, **sliding.TOP_LEFT)
exercise.slip(
    PADDED,
    f"np.pad(x, {BORDER}, constant_values=-1)",
    name="padded_with_black",
    when="the border is filled with -1, the black of the background",
    hint="Padding is always zero, whatever the images hold: a zero adds nothing to the sum.",
)

# -- the sum of products -------------------------------------------------------------------------------------

exercise.slip(
    SUMS,
    f"{SUMS} / weight[0].size",
    **common.SUMS_DIVIDED,
)
exercise.slip(
    "patches * weight[k]",
    "patches * weight[k, :, ::-1, ::-1]",
    name="kernels_flipped",
    when="the kernels are flipped upside down and left to right",
    hint="Put the kernels on the patch as they are: networks do not flip them.",
)
exercise.slip(
    "patches * weight[k]",
    "patches * weight[k].swapaxes(1, 2)",
    name="kernels_transposed",
    when="rows and columns of the kernels are swapped",
    hint="Row i, column j of a patch is multiplied by row i, column j of the kernel.",
)
exercise.slip(
    STORED,
    AT_ONCE.format("patches.reshape(len(x), -1) @ weight.reshape(-1, len(weight))"),
    name="filters_torn_apart",
    when="`weight.reshape(-1, K)` mixes the weights of different filters",
    hint="`reshape` keeps the order of the numbers. Make each filter one row, (K, -1), and then transpose.",
)
exercise.slip(
    STORED,
    AT_ONCE.format("np.tensordot(patches, weight, axes=3)"),
    name="first_axes_of_the_weights",
    when="`np.tensordot` pairs the last three axes of the patches with the first three of the weights",
    hint="`axes=3` does that. Name the axes: channels, rows and columns are axes 1, 2, 3 of both.",
)
exercise.slip(
    "patches * weight[k]",
    "patches @ weight[k]",
    name="matrix_product",
    when="patches and kernels are multiplied as matrices, with `@`, before they are added up",
    hint="`*` multiplies each pixel by the weight that belongs to it.",
)
exercise.slip(
    STORED,
    MULTIPLIED_IN,
    name="multiplied_into_the_padded_images",
    when="the kernels are multiplied into the padded images themselves, so that what follows finds products there",
    hint="`patch *= weight[k]` writes into the padded images, because a slice is not a copy. Make a new array: "
    "`patch * weight[k]`.",
)
exercise.slip(
    (PADDED, f"{PADDED} if padding else x"),
    (STORED, MULTIPLIED_IN),
    name="multiplied_into_the_images",
    when="the kernels are multiplied into the images themselves",
    hint="`patch *= weight[k]` writes into `x`, because a slice is not a copy. Make a new array: `patch * weight[k]`.",
)

# -- sizes ---------------------------------------------------------------------------------------------------

sliding.add_slips_of_the_sizes(exercise, "weight.shape[2:]", *SIDES)
exercise.slip("height, width = weight.shape[2:]", "height = width = weight.shape[2]", **common.SQUARE_KERNEL)
exercise.slip(
    "x.shape[3], width",
    "x.shape[2], width",
    name="square_images",
    when="the images' height is used for their width as well",
    hint="Images need not be square: rows come from `x.shape[2]`, columns from `x.shape[3]`.",
)

# -- what is returned ----------------------------------------------------------------------------------------

exercise.slip(f"    return {RETURNED}", f"            return {RETURNED}", **common.IN_THE_LOOP)
exercise.slip(
    f"return {RETURNED}",
    f"maps = {RETURNED}\n    return maps.swapaxes(0, 1)",
    name="filters_before_images",
    when="images and filters are swapped in the result",
    hint="The image comes first: shape (N, K, H_out, W_out).",
)
exercise.slip(
    f"return {RETURNED}",
    f"maps = {RETURNED}\n    return maps.transpose(0, 2, 3, 1)",
    name="maps_last",
    when="the filters are the last axis of the result",
    hint="In this course the channels come before rows and columns: shape (N, K, H_out, W_out).",
)
exercise.slip(f"return {RETURNED}", f"maps = {RETURNED}\n    return maps.swapaxes(2, 3)", **common.SWAPPED)
exercise.slip("maps[:, k, row, column]", "maps[:, k, column, row]", **common.SWAPPED)
exercise.slip(
    f"return {RETURNED}",
    f"maps = {RETURNED}\n    return maps.reshape(-1, rows, columns)",
    name="all_maps_in_one_row",
    when="the maps of all images and filters follow one another on a single axis",
    hint="The result has four axes, (N, K, H_out, W_out). If you collected a list of maps, `reshape` it.",
)
exercise.slip(
    f"return {RETURNED}",
    f"maps = {RETURNED}\n    return maps[0]",
    name="without_the_batch",
    when="only the maps of the first image are returned, without the axis of the images",
    hint="The result has four axes, (N, K, H_out, W_out), even for a single image.",
)
exercise.slip("rows, columns))", "rows, columns), dtype=x.dtype)", **common.TYPE_OF_THE_INPUT)
exercise.slip(
    ("rows, columns))", "rows, columns), dtype=x.dtype)"),
    (f"    return {RETURNED}", SUM_LATER.replace("maps = maps", "maps[...] = maps")),
    **common.TYPE_OF_THE_INPUT,
)
exercise.slip(
    f"return {RETURNED}",
    f"maps = {RETURNED}\n    return maps.astype(x.dtype)",
    **common.TYPE_OF_THE_INPUT,
)
exercise.slip(f"return {RETURNED}", f"maps = {RETURNED}\n    return maps.tolist()", **common.LIST)


@exercise.mistake(
    when="the sums of all positions, of shape (positions, N, K), are forced into the right shape by `reshape`",
    hint="`reshape` keeps the order of the numbers, and here the positions come first. Put them last, by `transpose`, before "
    "you make rows and columns of them.",
)
def reshaped_in_the_wrong_order(x, weight, bias=None, stride=1, padding=0):
    maps = conv2d(x, weight, bias, stride, padding)
    return maps.transpose(2, 3, 0, 1).reshape(maps.shape)


@exercise.mistake(when=sliding.WINDOWS_TORN_APART["when"], hint=sliding.WINDOWS_TORN_APART["hint"])
def windows_torn_apart(x, weight, bias=None, stride=1, padding=0):
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    windows = sliding_window_view(padded, weight.shape[2:], axis=(2, 3))[:, :, ::stride, ::stride]
    rows = windows.reshape(len(x), *windows.shape[2:4], weight[0].size)
    maps = (rows @ weight.reshape(len(weight), -1).T).transpose(0, 3, 1, 2)
    return maps if bias is None else maps + bias[:, None, None]


# -- the same with all filters at once, and with one loop more: other errors come up ------------------------

SIDES_OF_THE_KERNEL = "height, width = weight.shape[2:]"
TWICE = ("[2] -", "[2] + 2 * padding -"), ("[3] -", "[3] + 2 * padding -")
WITHOUT_STRIDE = ("top + height", "row + height"), ("left + width", "column + width")
exercise.edited_form(
    "square_kernel", all_filters_at_once, SIDES_OF_THE_KERNEL, "height = width = weight.shape[2]"
)
exercise.edited_form("kernel_of_fixed_size", all_filters_at_once, SIDES_OF_THE_KERNEL, "height, width = 3, 3")
exercise.edited_form("padded_on_every_axis", all_filters_at_once, BORDER, "padding")
exercise.edited_form("padded_twice", all_filters_at_once, *TWICE)
exercise.edited_form("cut_out_of_the_images", all_filters_at_once, "padded[:, :, top", "x[:, :, top")
exercise.edited_form("ends_without_stride", all_filters_at_once, *WITHOUT_STRIDE)
UNPACKED = "filters, _, height, width = weight.shape"
exercise.edited_form(
    "square_kernel", four_loops, UNPACKED, "filters, _, height, _ = weight.shape\n    width = height"
)
exercise.edited_form(
    "kernel_of_fixed_size", four_loops, UNPACKED, "filters, height, width = len(weight), 3, 3"
)
exercise.edited_form("padded_on_every_axis", four_loops, BORDER, "padding")
exercise.edited_form("padded_twice", four_loops, *TWICE)
exercise.edited_form("cut_out_of_the_images", four_loops, "padded[n", "x[n")
exercise.edited_form("ends_without_stride", four_loops, *WITHOUT_STRIDE)
exercise.slip(
    STORED,
    AT_ONCE.format('np.einsum("ncij,kdij->nk", patches, weight)'),
    name="every_channel_with_every_kernel",
    when="every channel of the image is multiplied by the kernels of all channels",
    hint="Channel c of the image belongs to kernel c of the filter: use the same letter for both.",
)
