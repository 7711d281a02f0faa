"""An input on which a `max_pool2d` that looks right is wrong."""

import numpy as np

from helpers.exercises.breaking import breaking
from helpers.exercises.pooling import max_pool2d

exercise = breaking(
    max_pool2d.exercise,
    "filled_up_with_zeros",
    "As long as every window is whole, the suspect is right. Windows over the edge need `partial=True`.",
    "By hand: a window of 2 hangs over the right edge, and only -1 and -3 are in it. The largest of "
    "them is -1. What would it be if the window were filled up?",
    minutes=3,
    forbidden="(np.array([1.0]), 2)",
    agreed="(np.array([[[[1.0]]]]), 2, None, True)",
)


@exercise.model
def break_max_pool2d():
    return np.array([[[[0.0, 0.0, -1.0], [0.0, 0.0, -1.0]]]]), 2, None, True


@exercise.alternative
def a_row_of_three():
    return np.array([[[[4.0, 5.0, -2.0], [1.0, 0.0, -3.0]]]]), 2, 2, True


@exercise.alternative
def whole_numbers():
    return np.array([[[[-1, -2], [-3, -4], [-5, -6]]]]), 2, 2, True
