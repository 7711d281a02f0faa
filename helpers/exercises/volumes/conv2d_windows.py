"""What `conv2d` returns, by way of `sliding_window_view`."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from helpers import reference
from helpers.exercises import common
from helpers.exercises.convolution import sliding
from helpers.exercises.model import Exercise
from helpers.exercises.volumes.conv2d import BORDER, cases
from helpers.exercises.volumes.conv2d import exercise as with_loops

exercise = Exercise(
    reference.conv2d,
    cases,
    name="conv2d_windows",
    minutes=20,
    hints=(
        "Put the border on as before. Then one call of `sliding_window_view` replaces both loops and the slice.",
        "The windows slide over axes 2 and 3: `axis=(2, 3)`. They come as (N, C, rows, columns, kH, kW), at every position; "
        "a step in the slice of axes 2 and 3 keeps every stride-th.",
        "Sum over channels, kernel rows and kernel columns: axes 1, 4, 5 of the windows against 1, 2, 3 of the weights. "
        "What is left is (N, H_out, W_out, K); put K second.",
        "By hand: for x of (2, 3, 8, 8) and kernels of 3 x 3 the windows have the shape (2, 3, 6, 6, 3, 3); with a stride of "
        "2, (2, 3, 3, 3, 3, 3).",
    ),
)


@exercise.model
def conv2d_windows(x, weight, bias=None, stride=1, padding=0):
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    windows = sliding_window_view(padded, weight.shape[2:], axis=(2, 3))[:, :, ::stride, ::stride]
    maps = np.tensordot(windows, weight, axes=([1, 4, 5], [1, 2, 3]))  # (N, H_out, W_out, K)
    maps = maps.transpose(0, 3, 1, 2)  # (N, K, H_out, W_out)
    return maps if bias is None else maps + bias[:, np.newaxis, np.newaxis]


for _alternative in with_loops.alternatives:
    exercise.alternative(_alternative)

STEPS = "[:, :, ::stride, ::stride]"
SECOND = "    maps = maps.transpose(0, 3, 1, 2)  # (N, K, H_out, W_out)\n"
SUMS = "np.tensordot(windows, weight, axes=([1, 4, 5], [1, 2, 3]))"
BIAS = "bias[:, np.newaxis, np.newaxis]"
RETURNED = f"maps if bias is None else maps + {BIAS}"

# -- the windows ---------------------------------------------------------------------------------------------

exercise.slip(
    "(padding, padding)))",
    '(padding, padding)), mode="edge")',
    name="padded_with_the_edge",
    when="the border is filled with copies of the pixels at the edge",
    hint="Without a `mode`, `np.pad` fills the border with zeros, and zeros are what is asked for.",
)
exercise.slip(
    STEPS,
    "",
    name="every_window",
    when="the windows of every position are kept: the stride is left out",
    hint="`sliding_window_view` moves by one pixel. Keep every stride-th window, down and across.",
)
exercise.slip(
    STEPS,
    "[:, :, ::stride]",
    name="stride_down_only",
    when="the stride is used for one axis of the windows only",
    hint="Keep every stride-th window down and across: a step in two slices.",
)
exercise.slip(
    STEPS,
    "[:, :, :, ::stride]",
    name="stride_down_only",
    when="the stride is used for one axis of the windows only",
    hint="Keep every stride-th window down and across: a step in two slices.",
)
exercise.slip(
    STEPS,
    "[::stride, ::stride]",
    name="images_and_channels_strided",
    when="every stride-th image and channel is taken, instead of every stride-th window",
    hint="`windows[::stride, ::stride]` steps over the first two axes. Rows and columns of windows are axes 2 and 3.",
)
exercise.slip(
    (STEPS, "[::stride, ::stride]"),
    (SUMS, 'np.einsum("ncxyij,kcij->nxyk", windows, weight)'),
    name="images_and_channels_strided",
    when="every stride-th image and channel is taken, instead of every stride-th window",
    hint="`windows[::stride, ::stride]` steps over the first two axes. Rows and columns of windows are axes 2 and 3.",
)
exercise.slip(
    STEPS,
    "[..., ::stride, ::stride]",
    name="strided_inside_the_windows",
    when="the stride is taken inside the windows, which leaves pixels out of each patch",
    hint="The last two axes are rows and columns within a patch. The positions are axes 2 and 3.",
)
exercise.slip(
    STEPS,
    "[:, :, :stride, :stride]",
    name="first_windows_only",
    when="the first windows are taken, as many as the stride, instead of every stride-th",
    hint="`:stride` ends there; `::stride` steps. Two colons make a step.",
)
exercise.slip(
    "weight.shape[2:], axis",
    "({}, {}), axis",
    values=(3, 2),
    name="windows_of_fixed_size",
    when="every window is taken to be {} x {}",
    hint="Kernels come in other sizes: `weight.shape[2:]` is (kH, kW).",
)
exercise.slip("weight.shape[2:], axis", "(weight.shape[2], weight.shape[2]), axis", **common.SQUARE_KERNEL)
exercise.slip(
    ", axis=(2, 3)",
    "",
    name="axes_not_named",
    when="`sliding_window_view` is not told along which axes the windows slide",
    hint="`x` has four axes and a window two sides: rows and columns of `x` are axes 2 and 3.",
)
exercise.slip(
    "axis=(2, 3)",
    "axis=(0, 1)",
    name="slid_over_images_and_channels",
    when="the windows slide over images and channels",
    hint="Rows and columns of `x` are axes 2 and 3.",
)
exercise.slip(
    "axis=(2, 3)",
    "axis=(3, 2)",
    name="window_sides_swapped",
    when="the window's height slides along the columns and its width along the rows",
    hint="`weight.shape[2:]` is (height, width): the first slides along axis 2, the second along axis 3.",
)

# -- padding -------------------------------------------------------------------------------------------------

exercise.slip(
    sliding.FIRST_LINE,
    f"{sliding.FIRST_LINE}    padding = 0\n",
    name="without_padding",
    when="the padding is left out",
    hint="Put the border on first: the windows slide over the padded images.",
)
exercise.slip(BORDER, "padding", **common.PADDED_EVERYWHERE)
exercise.slip(
    "(padding, padding), (padding, padding)",
    "(padding, 0), (padding, 0)",
    name="padded_at_top_and_left",
    when="the border is put on the top and on the left only",
    hint="There are zeros on all four sides.",
)

# -- the sum of products -------------------------------------------------------------------------------------

exercise.slip(
    "[1, 2, 3])",
    "[1, 3, 2])",
    name="rows_paired_with_columns",
    when="rows and columns of the weights are paired the wrong way round",
    hint="Rows with rows: axis 4 of the windows against axis 2 of the weights; columns with columns, 5 against 3.",
)
exercise.slip(
    "[1, 4, 5]",
    "[1, 2, 3]",
    name="positions_paired",
    when="the positions of the windows are summed over, instead of the pixels within each window",
    hint="Axes 2 and 3 of the windows are positions, and they stay. Axes 4 and 5 are rows and columns within a window.",
)
exercise.slip(
    ", weight, axes=([1",
    ", weight[:, :, ::-1, ::-1], axes=([1",
    name="kernels_flipped",
    when="the kernels are flipped upside down and left to right",
    hint="`sliding_window_view` flips nothing, and neither should you: networks cross-correlate.",
)
exercise.slip(
    SUMS,
    "windows.reshape(len(x), *windows.shape[2:4], weight[0].size) @ weight.reshape(len(weight), -1).T",
    **sliding.WINDOWS_TORN_APART,
)
exercise.slip(
    SUMS,
    f"{SUMS} / weight[0].size",
    name="mean_of_the_products",
    when="the mean of the products is taken",
    hint="A convolution adds the products and leaves it at that.",
)
exercise.slip(
    SUMS,
    "np.tensordot(windows[:, 0], weight[:, 0], axes=([3, 4], [1, 2]))",
    name="first_channel_only",
    when="only channel 0 is used",
    hint="A filter reaches through the whole depth: sum over the channels, too.",
)

# -- the order of the axes -----------------------------------------------------------------------------------

exercise.slip(
    f"{SECOND}    return {RETURNED}",
    "    maps = maps if bias is None else maps + bias  # (N, H_out, W_out, K)\n    return maps",
    name="maps_last",
    when="the filters are the last axis of the result",
    hint="`np.tensordot` leaves (N, H_out, W_out, K). Put the filters second.",
)
exercise.slip(
    SECOND,
    "",
    name="not_put_second",
    when="the filters are left on the last axis, and the biases are added along the rows",
    hint="`np.tensordot` leaves (N, H_out, W_out, K). Put the filters second.",
)
exercise.slip(
    "maps.transpose(0, 3, 1, 2)",
    "maps.swapaxes(1, 3)",
    name="rows_last",
    when="the axes of the maps are in the order (N, K, W_out, H_out)",
    hint="Swapping axis 1 and axis 3 swaps rows and columns as well. Put K second and keep H_out before W_out.",
)
exercise.slip(
    "maps.transpose(0, 3, 1, 2)",
    "maps.reshape(len(x), len(weight), *maps.shape[1:3])",
    name="reshaped",
    when="`reshape` is used to put the filters second, which mixes up positions and filters",
    hint="`reshape` keeps the order of the numbers. `transpose` lets axes change places.",
)
exercise.slip(f"return {RETURNED}", f"maps = {RETURNED}\n    return maps.tolist()", **common.LIST)

# -- bias ----------------------------------------------------------------------------------------------------

exercise.slip(RETURNED, f"maps + {BIAS}", **common.BIAS_IS_NONE)
exercise.slip((RETURNED, "maps"), (SUMS, f"{SUMS} + bias"), **common.BIAS_IS_NONE)
exercise.slip(RETURNED, f"maps + {BIAS} if bias else maps", **common.TRUTH_OF_THE_BIAS)
exercise.slip(
    BIAS,
    "bias",
    name="bias_along_the_columns",
    when="the biases are added along the columns of the maps instead of along the filters",
    hint="`maps + bias` pairs the biases with the last axis. Add them before K is put second, or shape them (K, 1, 1).",
)
exercise.slip(
    BIAS,
    "bias[:, np.newaxis]",
    **common.BIAS_ALONG_THE_ROWS,
)
exercise.slip(
    RETURNED,
    "maps",
    name="without_bias",
    when="the bias is left out",
    hint="The bias comes last: one number for each filter, on axis 1.",
)
exercise.slip(
    SUMS,
    'np.einsum("ncrsij,kcji->nrsk", windows, weight)',
    name="kernels_transposed",
    when="rows and columns of the kernels are swapped",
    hint="Row i of a window belongs to row i of the kernel: the letters for rows and columns come in the same order in both.",
)
