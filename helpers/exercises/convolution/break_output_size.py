"""An input on which an `output_size` that looks right is wrong."""

from helpers.exercises.breaking import breaking
from helpers.exercises.convolution import output_size

exercise = breaking(
    output_size.exercise,
    "half_a_kernel_at_each_end",
    "The author of the suspect thought that every kernel has a pixel in the middle.",
    "By hand: a kernel of 3 costs one position at each end, a kernel of 5 costs two. How many does a "
    "kernel of 4 cost?",
    minutes=2,
    forbidden="(2, 3)",
    agreed="(7, 3)",
)


@exercise.model
def break_output_size():
    return (4, 2)


@exercise.alternative
def with_stride_and_padding():
    return (5, 4, 1, 1)


@exercise.alternative
def as_wide_as_the_image():
    return (2, 2)
