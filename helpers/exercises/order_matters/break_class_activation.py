"""An input on which a `class_activation` that looks right is wrong."""

import numpy as np

from helpers.exercises.breaking import breaking
from helpers.exercises.order_matters import class_activation

exercise = breaking(
    class_activation.exercise,
    "last_map_at_a_moment",
    "Means are right. With the maximum, the suspect is right wherever each map has its largest value "
    "at a moment of its own.",
    "By hand: one map, (2, 6, 1), with the weight 6 gives 0, 36, 0, and the suspect agrees. Add a "
    "second map. Where may its largest value be?",
    minutes=3,
    forbidden='(np.array([[1.0]]), np.array([[1.0]]), "min")',
    agreed='(np.array([[1.0, 2.0]]), np.array([[3.0]]), "max")',
)


@exercise.model
def break_class_activation():
    return np.array([[1.0], [1.0]]), np.array([[1.0, 1.0]]), "max"


@exercise.alternative
def three_maps():
    return np.array([[1.0, 5.0], [0.0, 2.0], [3.0, 1.0]]), np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), "max"


@exercise.alternative
def equal_maps():
    return np.array([[2, 7, 3], [2, 7, 3]]), np.array([[1, -2]]), "max"
