"""An input on which a `softmax` that looks right is wrong."""

import numpy as np

from helpers.exercises.breaking import breaking
from helpers.exercises.voting import softmax

exercise = breaking(
    softmax.exercise,
    "mean_taken_away",
    "Large votes alone do not break it: the suspect, too, takes something away from them before it "
    "calls `np.exp`.",
    "By hand: in a computer `np.exp(710)` is infinite. The votes 1000 and 1000 have the mean 1000; "
    "without it 0 and 0 are left, and the suspect is right. What is left of 1000 and 0?",
    minutes=2,
    forbidden="np.zeros((0, 2))",
    agreed="np.array([[1.0, 2.0], [3.0, 4.0]])",
)


@exercise.model
def break_softmax():
    return np.array([[2000.0, 0.0]])


@exercise.alternative
def three_classes():
    return np.array([[0.0, 0.0, 1200.0]])


@exercise.alternative
def one_of_two_images():
    return np.array([[5.0, 1.0], [-2000.0, 0.0]])
