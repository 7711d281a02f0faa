"""An input on which a `max_pool2d_backward` that looks right is wrong."""

import numpy as np

from helpers.exercises.backpropagation import max_pool2d_backward
from helpers.exercises.breaking import breaking

exercise = breaking(
    max_pool2d_backward.exercise,
    "whole_window_replaced",
    "Windows that do not overlap have nothing to do with each other. Which stride makes them overlap?",
    "By hand: in the row 1, 3, 2 the windows [1, 3] and [3, 2] have the same largest value. It gets "
    "the gradients of both, added up.",
    minutes=2,
    forbidden="(np.array([[[[5.0, 1.0]]]]), np.array([[[[1.0]]]]), 1)",
    agreed="(np.array([[[[5.0]]]]), np.array([[[[1.0, 2.0], [4.0, 3.0]]]]))",
)


@exercise.model
def break_max_pool2d_backward():
    return np.array([[[[1.0, 1.0]]]]), np.array([[[[1.0, 3.0, 2.0]]]]), 2, 1, True


@exercise.alternative
def whole_windows():
    return np.array([[[[1.0, 2.0]]]]), np.array([[[[0.0, 9.0, 1.0], [2.0, 3.0, 4.0]]]]), 2, 1


@exercise.alternative
def two_down():
    return np.array([[[[2.0], [3.0]]]]), np.array([[[[1.0, 0.0], [7.0, 0.0], [2.0, 0.0]]]]), 2, 1, False
