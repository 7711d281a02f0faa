"""An input on which a `best_match` that looks right is wrong."""

import numpy as np

from helpers.exercises.breaking import breaking
from helpers.exercises.filtering import best_match

exercise = breaking(
    best_match.exercise,
    "nearest_to_one",
    "About matches, which are never above 1, the suspect is always right. But a feature map need not "
    "hold matches.",
    "By hand: in [[0.5, 1]] the largest value is at (0, 1), and the suspect agrees. Now let the values grow.",
    minutes=3,
    forbidden="np.array([1.0])",
    agreed="np.array([[1.0, 2.0, 1.5]]) / 2",
)


@exercise.model
def break_best_match():
    return np.array([[1.0, 2.0]])


@exercise.alternative
def in_three_rows():
    return np.array([[0, 1, 0], [0, 3, 0], [1, 0, 1]])


@exercise.alternative
def all_of_them_large():
    return np.array([[20.0, 30.0], [10.0, 5.0]])
