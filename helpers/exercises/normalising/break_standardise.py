"""An input on which a `standardise` that looks right is wrong."""

import numpy as np

from helpers.exercises.breaking import breaking
from helpers.exercises.normalising import standardise

exercise = breaking(
    standardise.exercise,
    "one_constant_clears_all",
    "Along an axis there are several parts, and each is standardised by itself. They need not be of "
    "one kind.",
    "By hand: [1, 3] becomes [-1, 1]; equal values, such as [5, 5], become [0, 0]. The suspect is "
    "right about each of the two alone.",
    minutes=3,
    forbidden="(np.zeros((0, 2)), 0)",
    agreed="(np.array([[1.0, 3.0], [5.0, 1.0]]), 1)",
)


@exercise.model
def break_standardise():
    return np.array([[5.0, 5.0], [1.0, 3.0]]), 1


@exercise.alternative
def by_columns():
    return np.array([[2.0, 1.0], [2.0, 3.0], [2.0, 4.0]]), 0


@exercise.alternative
def a_dark_channel():
    return np.array([[[0.0, 0.0]], [[0.5, 1.0]]]), (1, 2)
