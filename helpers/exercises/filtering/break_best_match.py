"""An input on which a `best_match` that looks right is wrong."""

import numpy as np

from helpers.exercises.breaking import breaking
from helpers.exercises.filtering import best_match

exercise = breaking(
    best_match.exercise,
    "row_and_column_apart",
    "The suspect is right about every map that has its largest value only once.",
    "By hand: in [[1, 0], [0, 1]] the first largest value is at (0, 0), and the suspect agrees. In "
    "which rows are the ones, and in which columns? Move one.",
    minutes=3,
    forbidden="np.array([1.0])",
    agreed="np.array([[1.0, 2.0]])",
)


@exercise.model
def break_best_match():
    return np.array([[0.0, 1.0], [1.0, 0.0]])


@exercise.alternative
def in_three_rows():
    return np.array([[0, 0, 5], [0, 5, 0], [1, 1, 1]])


@exercise.alternative
def all_negative():
    return np.array([[-3.0, -1.0], [-1.0, -2.0]])
