"""An input on which a `minibatches` that looks right is wrong."""

import numpy as np

from helpers.exercises.breaking import breaking
from helpers.exercises.training import minibatches

exercise = breaking(
    minibatches.exercise,
    "empty_batch_at_the_end",
    "Keep the images and change the size. How many batches are there, and what is in the last one?",
    "By hand: three images in batches of two begin at 0 and 2, and the suspect agrees. Where do the "
    "batches of four images begin, and where would one more begin?",
    minutes=2,
    forbidden="(np.array([5.0]), np.array([0]), np.array([1]), 1)",
    agreed="(np.array([5.0]), np.array([0]), np.array([0]), 2)",
)


@exercise.model
def break_minibatches():
    return np.array([5.0]), np.array([0]), np.array([0]), 1


@exercise.alternative
def two_of_two():
    return np.array([5.0, 6.0]), np.array([0, 1]), np.array([1, 0]), 2


@exercise.alternative
def two_full_batches():
    return np.array([[1.0], [2.0], [3.0], [4.0]]), np.array([0, 1, 0, 1]), np.array([3, 1, 0, 2]), 2
