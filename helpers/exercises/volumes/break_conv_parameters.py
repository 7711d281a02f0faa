"""An input on which a `conv_parameters` that looks right is wrong."""

from helpers.exercises.breaking import breaking
from helpers.exercises.volumes import conv_parameters

exercise = breaking(
    conv_parameters.exercise,
    "bias_for_each_kernel",
    "How many kernels does one filter have, and how many biases?",
    "By hand: one filter over one channel, with a kernel of 1 x 1, has 1 weight and 1 bias, 2 "
    "numbers; the suspect agrees. Give it one more channel, and count again.",
    minutes=2,
    forbidden="(0, 1, 1)",
    agreed="(1, 4, 3)",
)


@exercise.model
def break_conv_parameters():
    return (2, 1, 1)


@exercise.alternative
def the_first_layer():
    return (3, 16, 5, True)


@exercise.alternative
def many_filters():
    return (2, 8, 3)
