"""An input on which a `confusion_matrix` that looks right is wrong."""

import numpy as np

from helpers.exercises.breaking import breaking
from helpers.exercises.handwriting import confusion_matrix

exercise = breaking(
    confusion_matrix.exercise,
    "up_to_the_largest",
    "The suspect never looks at `classes`. When does nobody notice?",
    "By hand: labels [0, 2] and predictions [0, 2] make a table of 3 x 3 for three classes, and the "
    "suspect agrees. What if no image is a 2, and none is taken for one?",
    minutes=2,
    forbidden="(np.array([2]), np.array([0]), 2)",
    agreed="(np.array([1]), np.array([0]), 2)",
)


@exercise.model
def break_confusion_matrix():
    return np.array([0]), np.array([0]), 2


@exercise.alternative
def ten_classes():
    return np.array([3, 4]), np.array([4, 4]), 10


@exercise.alternative
def the_last_class_missing():
    return np.array([0, 1, 1]), np.array([1, 0, 1]), 3
