"""An input on which a `relu` that looks right is wrong."""

import numpy as np

from helpers.exercises.breaking import breaking
from helpers.exercises.relu import relu

exercise = breaking(
    relu.exercise,
    "clipped_at_six",
    "Negative values become 0, and small positive ones stay. Which values have you not tried yet?",
    "Let the computer look: make `x = np.arange(-20.0, 20.0)`, and show the entries of `x` for which "
    "the suspect and your own function differ.",
    minutes=2,
    forbidden='np.array(["a"])',
    agreed="np.array([-2.0, 6.0])",
)


@exercise.model
def break_relu():
    return np.array([7.0])


@exercise.alternative
def one_of_many():
    return np.array([[-1.0, 2.0], [100.0, 3.0]])


@exercise.alternative
def a_whole_number():
    return np.array([9])
