"""An input on which a `relu_backward` that looks right is wrong."""

import numpy as np

from helpers.exercises.breaking import breaking
from helpers.exercises.chain_rule import relu_backward

exercise = breaking(
    relu_backward.exercise,
    "stopped_twice",
    "The suspect looks at `x` as it should. But does it look at nothing else?",
    "By hand: for x = 2 a gradient of 5 goes through; for x = -2 nothing does. The suspect agrees. "
    "What else can a gradient be?",
    minutes=2,
    forbidden="(np.array([1.0]), np.array([1.0, 2.0]))",
    agreed="(np.array([1.0, 2.0]), np.array([3.0, -3.0]))",
)


@exercise.model
def break_relu_backward():
    return np.array([-1.0]), np.array([2.0])


@exercise.alternative
def among_others():
    return np.array([3.0, -4.0, 5.0]), np.array([1.0, 1.0, -1.0])


@exercise.alternative
def two_rows():
    return np.array([[-1.0], [2.0]]), np.array([[0.5], [7.0]])
