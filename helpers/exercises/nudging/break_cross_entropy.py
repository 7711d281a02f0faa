"""An input on which a `cross_entropy` that looks right is wrong."""

import numpy as np

from helpers.exercises.breaking import breaking
from helpers.exercises.nudging import cross_entropy

exercise = breaking(
    cross_entropy.exercise,
    "log_of_zero",
    "As long as the network is not quite sure, both agree. How sure can it be, and how wrong?",
    "By hand: with votes 0 and 5, class 0 has a share of 0.0067, and minus its logarithm is 5.0067. "
    "With votes 0 and 50 its share is 2e-22. When does a computer have nothing left of it?",
    minutes=2,
    forbidden="(np.array([[1.0, 2.0]]), np.array([2]))",
    agreed="(np.array([[1.0, 2.0]]), np.array([0]))",
)


@exercise.model
def break_cross_entropy():
    return np.array([[0.0, 1000.0]]), np.array([0])


@exercise.alternative
def one_image_of_two():
    return np.array([[1.0, 0.0], [2000.0, 0.0]]), np.array([0, 1])


@exercise.alternative
def far_below():
    return np.array([[-900.0, 0.0, 1.0]]), np.array([0])
