"""The feature maps of sequences: the convolution that slides along one axis."""

import numpy as np

from helpers import reference
from helpers.exercises import common
from helpers.exercises.model import Case, Exercise
from helpers.exercises.sound_and_text.encode_text import SAYING


def cases(rng):
    """One filter, a bias, filters, channels, sequences, zeros, strides, whole numbers, a saying, then random ones."""

    def row():
        return np.array([[[1.0, 2.0, 4.0, 7.0]]])

    def pair():
        return np.array([[[1.0, -1.0]]])

    yield Case((row(), pair(), None, 1, 0), "one sequence, one channel, one filter without a bias")
    yield Case((row(), pair(), np.array([10.0]), 1, 0), "a filter with a bias")
    two = np.array([[[1.0, -1.0]], [[0.0, 3.0]]])
    yield Case((row()[:, :, 1:], two, np.array([10.0, 20.0]), 1, 0), "two filters, each with its bias")
    channels = np.array([[[1.0, 2.0, 4.0], [0.0, 5.0, 3.0]]])
    yield Case((channels, np.array([[[1.0, -1.0], [10.0, 100.0]]]), None, 1, 0), "two channels")
    sequences = np.array([[[1.0, 2.0, 4.0, 7.0]], [[9.0, 8.0, 6.0, 3.0]]])
    yield Case((sequences, pair(), np.array([1.0]), 1, 0), "two sequences")
    yield Case((row(), pair(), None, 1, 1), "a zero at each end")
    long = np.array([[[0.0, 1.0, 4.0, 9.0, 16.0, 25.0, 36.0, 49.0]]])
    yield Case((long, pair(), np.array([1.0]), 3, 0), "steps of three")
    yield Case(
        (np.array([[[3, 1, 4]]]), np.array([[[0.5, 0.25]]]), None, 1, 0), "whole numbers under fractions"
    )
    yield Case(
        (np.array([[[3, 1, 4]]]), np.array([[[2, 1]]]), np.array([0.5]), 1, 0), "whole numbers, a bias of 0.5"
    )
    saying = reference.encode_text(list(SAYING), ["better", "than", "is"])[None]
    better_than = np.array([[[1.0, 0.0], [0.0, 1.0], [0.0, 0.0]]])
    yield Case(
        (saying, better_than, np.array([-1.0]), 1, 0),
        '"now is better than never", and a filter for "better than"',
    )
    numbers = rng.integers(-9, 10, (2, 2, 6)), rng.uniform(-1, 1, (3, 2, 3)), rng.uniform(-1, 1, 3)
    yield Case((*numbers, 1, 1), "sequences of whole numbers")
    sizes = [
        ((2, 3, 7), (4, 3, 2), 2, 1),
        ((1, 2, 9), (3, 2, 4), 3, 2),
        ((3, 1, 4), (2, 1, 1), 1, 0),
        ((2, 4, 3), (2, 4, 5), 1, 2),
        ((1, 3, 8), (1, 3, 2), 2, 0),
    ]
    for shape, filters, stride, padding in sizes:
        arrays = [rng.uniform(-1, 1, size) for size in (shape, filters, filters[:1])]
        about = f"random, {shape} under {filters}, stride {stride}, padding {padding}"
        yield Case((*arrays, stride, padding), about)
    arrays = [rng.uniform(-1, 1, size) for size in ((2, 3, 6), (2, 3, 3))]
    yield Case((*arrays, None, 2, 1), "random, without a bias")
    arrays = [rng.uniform(-1, 1, size).astype(np.float32) for size in ((2, 2, 6), (3, 2, 3), 3)]
    yield Case((*arrays, 1, 1), "random values of type float32")


exercise = Exercise(
    reference.conv1d,
    cases,
    minutes=8,
    hints=(
        "It is your `conv2d` of lesson 04 with one axis less: one loop, over the positions.",
        "`padded[:, :, start:end]` cuts the same piece out of every sequence and every channel. `np.pad` takes a pair "
        "for each axis: (0, 0) for sequences and channels.",
        "`np.tensordot(pieces, weight, axes=([1, 2], [1, 2]))` multiplies and adds over channels and width; (N, C, k) "
        "and (K, C, k) become (N, K).",
        "By hand: the sequence (1, 2, 4) under the filter (1, -1) with the bias 10: 1 - 2 + 10 = 9, then 2 - 4 + 10 = 8.",
    ),
)


@exercise.model
def conv1d(x, weight, bias=None, stride=1, padding=0):
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding)))
    width = weight.shape[2]
    positions = (padded.shape[2] - width) // stride + 1
    maps = np.zeros((len(x), len(weight), positions))
    for position in range(positions):
        start = position * stride
        pieces = padded[:, :, start : start + width]  # (N, C_in, k)
        maps[:, :, position] = np.tensordot(pieces, weight, axes=([1, 2], [1, 2]))  # (N, C_out)
    return maps if bias is None else maps + bias[:, None]


@exercise.alternative
def an_image_of_one_row(x, weight, bias=None, stride=1, padding=0):
    """Calls the convolution that you have on an image of one row: nothing new to write."""
    around = np.pad(x, ((0, 0), (0, 0), (padding, padding)))
    return reference.conv2d(around[:, :, None, :], weight[:, :, None, :], bias, stride, 0).squeeze(axis=2)


@exercise.alternative
def sums_with_einsum(x, weight, bias=None, stride=1, padding=0):
    """No loop in Python at all: fast, once you can read the letters."""
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, weight.shape[2], axis=2)[:, :, ::stride]
    maps = np.einsum("nclk,fck->nfl", windows, weight)
    return maps if bias is None else maps + np.reshape(bias, (1, -1, 1))


START = "    padded = np.pad"
SUMS = "np.tensordot(pieces, weight, axes=([1, 2], [1, 2]))"
RESULT = "maps if bias is None else maps + bias[:, None]"
ENDS = "(padding, padding)"
POSITIONS = "(padded.shape[2] - width) // stride + 1"


def instead_of_the_maps(text):
    """The edit by which `text` is returned, made of the finished maps."""
    return f"return {RESULT}", f"maps = {RESULT}\n    return {text}"


# -- the bias ------------------------------------------------------------------------------------------------

exercise.slip(
    RESULT,
    "maps",
    name="bias_forgotten",
    when="the bias is forgotten",
    hint="Each filter has one more number, its bias. Add it to that filter's map if there is one.",
)
exercise.slip("maps if bias is None else ", "", **common.BIAS_IS_NONE)
exercise.slip((RESULT, "maps"), (SUMS, f"{SUMS} + bias"), **common.BIAS_IS_NONE)
exercise.slip("if bias is None else maps +", "if not bias else maps +", **common.TRUTH_OF_THE_BIAS)
exercise.slip(
    "bias[:, None]",
    "bias",
    name="bias_along_the_positions",
    when="the biases are added along the positions instead of along the filters",
    hint="`maps + bias` pairs the biases with the last axis. Filters are axis 1: give the bias the shape (K, 1) first.",
)
exercise.slip(
    "bias[:, None]",
    "bias[0]",
    **common.FIRST_BIAS_FOR_ALL,
)
exercise.slip(
    "bias[:, None]",
    "bias[:, None] * weight[0].size",
    **common.BIAS_IN_EVERY_PRODUCT,
)

# -- the stride ----------------------------------------------------------------------------------------------

exercise.slip(
    START,
    f"    stride = 1\n{START}",
    name="every_position",
    when="the stride is left out and every position is visited",
    hint="With a stride of 2 the pieces begin at 0, 2, 4, ...",
)
exercise.slip(
    "position * stride",
    "position",
    name="starts_without_stride",
    when="the maps have the right length, but their pieces begin one position apart",
    hint="Entry p of a map belongs to the piece that begins at `p * stride`.",
)
exercise.slip("range(positions)", "range(0, positions, stride)", **common.STRIDE_TWICE)
exercise.slip(POSITIONS, f"-(-({POSITIONS}) // stride)", **common.STRIDE_TWICE)
exercise.slip(
    ("range(positions)", "range(0, positions, stride)"),
    ("position * stride", "position"),
    **common.STRIDE_TWICE,
)
exercise.slip(
    "position * stride",
    "position + stride",
    name="stride_added",
    when="the stride is added to the position instead of multiplied",
    hint="The third piece begins two steps from the first: 2 * stride, not 2 + stride.",
)
exercise.slip(
    START,
    f"    stride = weight.shape[2]\n{START}",
    name="steps_of_the_width",
    when="the filters are laid end to end: the step is their width",
    hint="The filter moves by `stride`, whatever its width.",
)
exercise.slip(
    *instead_of_the_maps("maps[:, :, :-1]"),
    name="last_position_missing",
    when="the last position is missing",
    hint="The formula of lesson 03 has a + 1 at its end: the position at the very beginning counts as well.",
)

# -- the zeros at the ends -----------------------------------------------------------------------------------

exercise.slip(
    START,
    f"    padding = 0\n{START}",
    name="no_padding",
    when="the padding is left out",
    hint="Slide over the padded sequences: `np.pad` takes a pair for each of the three axes.",
)
exercise.slip(
    "(padded.shape[2] - width)",
    "(padded.shape[2] + 2 * padding - width)",
    name="padded_twice",
    when="the padding counts twice: it is added to a length that holds it already",
    hint="The padded sequence is longer by its zeros already. Count positions on it with padding 0.",
)
exercise.slip(
    ENDS,
    "(2 * padding, 2 * padding)",
    name="twice_the_zeros",
    when="twice as many zeros are added at each end",
    hint="`padding` says how many zeros each end gets, not both together: (padding, padding).",
)
exercise.slip(
    ("np.pad(x, ((0, 0), (0, 0), (padding, padding)))", "np.pad(x, padding)"),
    ("len(x), len(weight)", "len(padded), len(weight)"),
    **common.PADDED_EVERYWHERE,
)
exercise.slip(
    "np.pad(x, ((0, 0), (0, 0), (padding, padding)))", "np.pad(x, padding)", **common.PADDED_EVERYWHERE
)
exercise.slip(
    ENDS,
    "(padding, 0)",
    name="padding_at_the_beginning",
    when="zeros are added at the beginning only",
    hint="Zeros go to both ends: a sequence of 5 with a padding of 1 becomes 7 long.",
)
exercise.slip(
    ENDS,
    "(0, padding)",
    name="padding_at_the_end",
    when="zeros are added at the end only",
    hint="Zeros go to both ends: a sequence of 5 with a padding of 1 becomes 7 long.",
)
exercise.slip(
    ENDS,
    "((weight.shape[2] - 1) // 2, weight.shape[2] // 2)",
    name="as_long_as_the_sequence",
    when="just enough zeros are added to make the maps as long as the sequences",
    hint="The number of zeros at each end is what `padding` says, even where it is 0.",
)


@exercise.mistake(
    when="`conv2d` pads the image of one row above and below as well, and its first row is taken",
    hint="As an image the sequence has one row, and zeros may be left and right of it only. Pad it yourself, then "
    "convolve without padding.",
)
def padded_above_and_below(x, weight, bias=None, stride=1, padding=0):
    return reference.conv2d(x[:, :, None], weight[:, :, None], bias, stride, padding)[:, :, 0]


# -- channels ------------------------------------------------------------------------------------------------

exercise.slip(
    SUMS,
    "np.tensordot(pieces.sum(axis=1), weight.sum(axis=1), axes=(1, 1))",
    name="channels_summed_apart",
    when="sequences and filters are summed over their channels before they are multiplied",
    hint="Each channel is multiplied by its own row of the filter. Multiply first; the sum over channels comes after it.",
)
exercise.slip(
    SUMS,
    "np.tensordot(pieces, weight, axes=([2], [2]))",
    name="channels_not_summed",
    when="sums run over the filter's width only, and the channels are left apart",
    hint="Sum over channels and over the filter's width: axes 1 and 2 of both.",
)
exercise.slip(
    SUMS,
    f"{SUMS} / weight[0].size",
    **common.SUMS_DIVIDED,
)
exercise.slip(
    SUMS,
    f"{SUMS} / weight.shape[1]",
    **common.CHANNELS_AVERAGED,
)
exercise.slip(
    SUMS,
    "np.tensordot(pieces[:, 0], weight[:, 0], axes=(1, 1))",
    name="first_channel_only",
    when="only channel 0 is used",
    hint="A filter reaches through all channels. Sum over them, too.",
)
exercise.slip(
    SUMS,
    "np.tensordot(pieces[:, -1], weight[:, -1], axes=(1, 1))",
    **common.LAST_CHANNEL_ONLY,
)
exercise.slip(
    SUMS,
    "np.tensordot(pieces.sum(axis=1), weight[:, 0], axes=(1, 1))",
    name="one_row_for_all_channels",
    when="a filter's first row is used for all channels",
    hint="A filter has a row of weights for each channel: `weight[k, c]` belongs to channel c.",
)
exercise.slip(
    SUMS,
    "np.tensordot(pieces[:, :, 0], weight[:, :, 0], axes=(1, 1))",
    name="first_weight_only",
    when="sums run over the channels only, position by position",
    hint="Sum over channels and over the filter's width: two axes.",
)
exercise.slip(
    "pieces, weight,",
    "pieces, weight[:, :, ::-1],",
    name="flipped_filters",
    when="the filters are turned left to right, as `np.convolve` does",
    hint="Lay the filter on the piece as it is: networks do not flip.",
)

# -- filters and sequences -----------------------------------------------------------------------------------

exercise.slip(
    START,
    f"    weight = np.repeat(weight[:1], len(weight), axis=0)\n{START}",
    **common.ONE_FILTER_FOR_ALL_MAPS,
)
exercise.slip(
    *instead_of_the_maps("maps[:, :1]"),
    **common.FIRST_FILTER_ONLY,
)
exercise.slip(
    *instead_of_the_maps("maps[:1]"),
    name="first_sequence_only",
    when="only the first sequence is used",
    hint="`x` is a batch: do the same for every sequence. A slice `[:, :, ...]` takes them all.",
)
exercise.slip(
    *instead_of_the_maps("maps.sum(axis=1, keepdims=True)"),
    name="filters_added_up",
    when="the maps of all filters are added up",
    hint="Each filter makes a map of its own. Sum over channels and width, not over filters.",
)
exercise.slip(
    *instead_of_the_maps("maps.swapaxes(0, 1)"),
    name="filters_before_sequences",
    when="sequences and filters change places in the result",
    hint="The sequence comes first: shape (N, K, positions).",
)
exercise.slip(
    *instead_of_the_maps("maps.swapaxes(1, 2)"),
    name="filters_last",
    when="the filters are on the last axis of the result",
    hint="In this course channels come before positions: shape (N, K, positions).",
)

# -- what is returned ----------------------------------------------------------------------------------------

exercise.slip(
    "len(weight), positions))", "len(weight), positions), dtype=x.dtype)", **common.TYPE_OF_THE_INPUT
)
exercise.slip(*instead_of_the_maps("maps.astype(x.dtype)"), **common.TYPE_OF_THE_INPUT)
exercise.slip(
    "maps[:, :, position] = np.tensordot(pieces, weight, axes=([1, 2], [1, 2]))",
    "maps[:] = np.tensordot(pieces, weight, axes=([1, 2], [1, 2]))[:, :, None]",
    name="last_position_everywhere",
    when="the products of the last position only are kept, in all positions",
    hint="Write each position's sums into its own place: `maps[:, :, position] = ...`.",
)
exercise.slip("    return maps", "        return maps", **common.IN_THE_LOOP)
exercise.slip(*instead_of_the_maps("maps.tolist()"), **common.LIST)
exercise.slip(
    "(padding, padding)",
    "(0, 2 * padding)",
    name="all_zeros_at_the_end",
    when="all the zeros are added at the end",
    hint="`padding` zeros come before the sequence and as many after it: `(padding, padding)`.",
)
