"""An input on which a `best_setting` that looks right is wrong."""

import numpy as np

from helpers.exercises.breaking import breaking
from helpers.exercises.knobs import best_setting

exercise = breaking(
    best_setting.exercise,
    "medians",
    "With two runs nothing happens: the middle of two values is their mean. So how many runs does it take?",
    "By hand: the runs 0.1, 0.1 and 0.7 have the mean 0.3; the one in the middle is 0.1. Against "
    "which other setting does that make a difference?",
    minutes=3,
    forbidden="np.array([[0.5]])",
    agreed="np.array([[0.5, 0.7], [0.8, 0.8]])",
)


@exercise.model
def break_best_setting():
    return np.array([[0.1, 0.1, 0.7], [0.2, 0.2, 0.2]])


@exercise.alternative
def three_settings():
    return np.array([[0.0, 0.0, 0.9], [0.2, 0.2, 0.2], [0.1, 0.1, 0.1]])


@exercise.alternative
def the_other_way():
    return np.array([[0.9, 0.9, 0.0], [0.7, 0.7, 0.7]])
