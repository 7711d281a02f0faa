"""An input on which a `prepare_scan` that looks right is wrong."""

import numpy as np

from helpers.exercises.breaking import breaking
from helpers.exercises.yours import prepare_scan

exercise = breaking(
    prepare_scan.exercise,
    "square_of_the_height",
    "The suspect is right about almost every digit that people write. In what are a 1, a 4 and an 8 alike?",
    "By hand: ink that is 3 rows high and 2 columns wide fits into a square of 3, and the suspect "
    "agrees. Turn the paper by a quarter.",
    minutes=3,
    forbidden="(np.array([[1.0, 1.0]]), 1)",
    agreed="(np.array([[-1.0], [-1.0], [1.0]]), 1)",
)


@exercise.model
def break_prepare_scan():
    return np.array([[-1.0, -1.0, 1.0]]), 1


@exercise.alternative
def a_dash():
    return np.array([[0.9, 0.9, 0.9], [-0.8, -0.8, -0.8], [0.9, 0.9, 0.9]]), 2


@exercise.alternative
def a_wide_zero():
    return np.array([[-1.0, -1.0, -1.0, -1.0], [-1.0, 1.0, 1.0, -1.0]]), 3
