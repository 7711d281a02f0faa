"""The number of weights and biases of a convolutional layer with square kernels."""

import math

import numpy as np

from helpers import reference
from helpers.exercises import common
from helpers.exercises.model import Case, Exercise


def cases(rng):
    """From a single kernel to the first layer of AlexNet, with and without biases."""
    yield Case((1, 1, 3, True), "one kernel of 3 x 3 and a bias")
    yield Case((1, 1, 3, False), "one kernel of 3 x 3 without a bias")
    yield Case((1, 4, 3, True), "four filters, each with a bias")
    yield Case((3, 2, 2, True), "two filters through three channels")
    yield Case((2, 3, 1, False), "kernels of one pixel, without a bias")
    yield Case((3, 10, 5, True), "ten filters of 5 x 5 for a colour image")
    yield Case((3, 96, 11, True), "the first layer of AlexNet")
    for bias in (True, False, True):
        numbers = (int(number) for number in rng.integers([2, 2, 2], [9, 40, 8]))
        yield Case((*numbers, bias), f"random numbers, {'with' if bias else 'without'} a bias")


exercise = Exercise(
    reference.conv_parameters,
    cases,
    minutes=4,
    whole_numbers=True,
    hints=(
        "Count one filter first: how many weights does it have in one channel, in all channels? Does it have a bias?",
        "All filters are equally large. `bias` is True or False, and Python counts True as 1.",
        "By hand: 2 filters of 3 x 3 through 4 channels have 2 x (4 x 9 + 1) = 74 parameters.",
    ),
)


@exercise.model
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    return out_channels * (in_channels * kernel_size**2 + bias)


@exercise.alternative
def one_filter_first(in_channels, out_channels, kernel_size, bias=True):
    """Counts one filter and multiplies: good for explaining the number."""
    weights = in_channels * kernel_size * kernel_size
    biases = 1 if bias else 0
    each = weights + biases
    return out_channels * each


exercise.puzzle(
    one_filter_first,
    ("1 if bias else 0", "out_channels if bias else 0"),
    ("in_channels * kernel_size * kernel_size", "in_channels * kernel_size"),
)


@exercise.alternative
def weights_then_biases(in_channels, out_channels, kernel_size, bias):
    """Weights and biases apart: good when you want to report both."""
    weights = out_channels * in_channels * kernel_size * kernel_size
    return weights + out_channels if bias else weights


@exercise.alternative
def size_of_the_arrays(in_channels, out_channels, kernel_size, bias):
    """Lets NumPy count: good for checking a formula."""
    weight = np.zeros((out_channels, in_channels, kernel_size, kernel_size))
    return weight.size + (out_channels if bias else 0)


COUNT = "out_channels * (in_channels * kernel_size**2 + bias)"

# -- biases --------------------------------------------------------------------------------------------------

exercise.slip(
    " + bias",
    "",
    name="biases_left_out",
    when="the biases are left out",
    hint="Each filter has one bias besides its weights, if `bias` is True.",
)
exercise.slip(
    "+ bias",
    "+ 1",
    name="biases_always_counted",
    when="the biases are always counted",
    hint="`bias` may be False. Then there are only weights.",
)
exercise.slip(
    "(in_channels * kernel_size**2 + bias)",
    "in_channels * kernel_size**2 + bias",
    name="one_bias_in_all",
    when="one bias is counted for the whole layer",
    hint="Each filter has its own bias.",
)
exercise.slip(
    "(in_channels * kernel_size**2 + bias)",
    "in_channels * (kernel_size**2 + bias)",
    name="bias_for_each_kernel",
    when="one bias is counted for each kernel, that is for each channel of each filter",
    hint="The bias is added once, after the sum over all channels: one for each filter.",
)
exercise.slip(
    COUNT,
    "in_channels * (out_channels * kernel_size**2 + bias)",
    name="bias_for_each_input_channel",
    when="one bias is counted for each input channel",
    hint="Biases belong to filters, not to input channels.",
)
exercise.slip(
    f"return {COUNT}",
    "return out_channels * in_channels * kernel_size**2, out_channels * bias",
    name="two_numbers",
    when="weights and biases are returned as two numbers",
    hint="Add the two: all of them are parameters.",
)

# -- weights -------------------------------------------------------------------------------------------------

exercise.slip(
    "in_channels * kernel_size**2",
    "kernel_size**2",
    name="depth_left_out",
    when="the depth of the input is left out",
    hint="A filter reaches through all channels: it has one kernel for each of them.",
)
exercise.slip(
    "out_channels * (in_channels * kernel_size**2 + bias)",
    "in_channels * kernel_size**2 + bias",
    name="one_filter_only",
    when="only one filter is counted",
    hint="There are `out_channels` filters, all of the same size.",
)
exercise.slip(
    "kernel_size**2",
    "kernel_size",
    name="side_not_squared",
    when="the kernel's side is not squared",
    hint="A kernel of side 3 has 3 x 3 weights.",
)
exercise.slip(
    "kernel_size**2",
    "kernel_size * 2",
    name="side_doubled",
    when="the kernel's side is doubled instead of squared",
    hint="A kernel of side 3 has 3 x 3 weights, not 3 x 2.",
)
exercise.slip(
    "kernel_size**2",
    "(kernel_size ^ 2)",
    name="hat_for_a_power",
    when="`^` is used for a power",
    hint="In Python a power is written `**`; `^` compares bits.",
)
exercise.slip(
    "in_channels * kernel_size**2",
    "kernel_size**3",
    name="side_cubed",
    when="the kernel's side is cubed, as if the filter were as deep as it is wide",
    hint="The depth of a filter is `in_channels`, whatever its side.",
)
exercise.slip(
    COUNT,
    "(in_channels + out_channels) * kernel_size**2 + bias * out_channels",
    name="channels_added",
    when="the numbers of channels are added instead of multiplied",
    hint="Every filter has a kernel for every input channel: multiply.",
)
exercise.slip(
    "kernel_size**2",
    "{}",
    values=(9, 25),
    name="fixed_kernel",
    when="every kernel is taken to have {} weights",
    hint="Kernels come in other sizes: use `kernel_size`.",
)
exercise.slip(
    "kernel_size**2",
    "math.pow(kernel_size, 2)",
    name="count_is_a_float",
    when="the count is a float, as `math.pow` and `** 2.0` make it",
    hint="A count is a whole number. `**` and `*` of whole numbers are whole.",
)


@exercise.form("count_is_a_float")
def product_of_an_array(in_channels, out_channels, kernel_size, bias):
    return math.prod([float(out_channels), in_channels, kernel_size, kernel_size]) + bias * out_channels


exercise.slip(f"return {COUNT}", f"print({COUNT})", **common.PRINTED)

exercise.slip(
    "kernel_size**2",
    "(2 * kernel_size + 1) ** 2",
    name="side_as_a_radius",
    when="`kernel_size` is taken for the pixels on each side of the middle one",
    hint="`kernel_size` is the whole side: a kernel of 3 has 3 * 3 weights.",
)

exercise.equivalent_mutant(
    "bool(bias) -> bias", because="True and False count as 1 and 0 in a sum, with or without `bool`"
)
