"""The weights after one step against the gradient."""

import numpy as np

from helpers import reference
from helpers.exercises import common
from helpers.exercises.model import Case, Exercise


def cases(rng):
    """Two weights, slopes of 0, whole numbers, large and small rates, random ones."""
    yield Case((np.array([1.0, 2.0]), np.array([2.0, -4.0]), 0.5), "two weights: one goes down, one goes up")
    yield Case((np.array([1.0, -3.0]), np.array([0.0, 10.0]), 0.1), "a slope of 0")
    yield Case((np.array([[1, 2, 0], [3, 4, -1]]), np.array([[2, 4, 1], [6, -8, 3]]), 0.25), "whole numbers")
    yield Case((np.array([[0.5, 1.0]]), np.array([[30.0, -20.0]]), 0.01), "steep slopes and a small rate")
    yield Case((np.array([2.0, 1.0]), np.array([1.0, -1.0]), 3.0), "a learning rate above 1")
    yield Case((np.array([1.5, -2.0]), np.array([2.0, 3.0]), 0.0), "a learning rate of 0")
    for shape in [(5,), (3, 4), (2, 1, 3, 3)]:
        pair = rng.normal(0, 1, (2, *shape))
        yield Case((*pair, float(rng.uniform(0.05, 2))), f"random weights of shape {shape}")
    pair = rng.normal(0, 1, (2, 4, 2)).astype(np.float32)
    yield Case((*pair, 0.5), "weights of type float32")


exercise = Exercise(
    reference.gradient_step,
    cases,
    minutes=2,
    hints=(
        "The gradient says where the error rises. Which sign leads the other way?",
        "New weights are old weights, and a change that is the learning rate times the slope.",
        "By hand: weight 1, slope 2, learning rate 0.5: the step is 0.5 * 2 = 1, and it goes down, to 0.",
    ),
)


@exercise.model
def gradient_step(weights, gradient, learning_rate):
    return weights - learning_rate * gradient


@exercise.alternative
def weight_by_weight(weights, gradient, learning_rate):
    """One weight at a time: good for following it."""
    moved = np.zeros(weights.shape)
    for position in np.ndindex(weights.shape):
        moved[position] = weights[position] - learning_rate * gradient[position]
    return moved


exercise.puzzle(
    weight_by_weight,
    ("weights[position] - learning_rate", "weights[position] + learning_rate"),
    ("moved = np.zeros(weights.shape)", "moved = weights"),
)


@exercise.alternative
def in_a_copy(weights, gradient, learning_rate):
    """Changes a copy in place: this is how libraries save memory."""
    moved = weights.astype(float)
    moved -= gradient * learning_rate
    return moved


# -- the sign ------------------------------------------------------------------------------------------------

exercise.slip(
    "weights - ",
    "weights + ",
    name="uphill",
    when="the step goes uphill, with the gradient instead of against it",
    hint="The gradient points to where the error rises. Take it off instead of adding it.",
)
exercise.slip(
    "weights - learning_rate * gradient",
    "learning_rate * gradient - weights",
    name="step_minus_weights",
    when="the sign is wrong for all: gradient times rate minus the weights",
    hint="The weights come first, and the step is taken off: weights minus step.",
)
exercise.slip(
    "* gradient",
    "* np.abs(gradient)",
    name="all_go_down",
    when="the signs of the slopes are lost, and every weight goes down",
    hint="Where the slope is negative, downhill is to the right: that weight must go up. Leave `abs` out.",
)
exercise.slip(
    "* gradient",
    "* np.sign(gradient)",
    name="only_the_signs",
    when="every weight moves by the same length, only the sign of its slope counts",
    hint="A steep slope makes a long step, a flat one a short step. Use the gradient, not `np.sign` of it.",
)

# -- the rate ------------------------------------------------------------------------------------------------

exercise.slip(
    "learning_rate * gradient",
    "gradient * 1.0",
    name="without_the_rate",
    when="the learning rate is left out",
    hint="Multiply the gradient by `learning_rate` before you take it off.",
)
exercise.slip(
    "learning_rate * gradient",
    "learning_rate",
    name="without_the_gradient",
    when="the gradient is left out",
    hint="Every weight has its own slope. Multiply the learning rate by the gradient before you take it off.",
)
exercise.slip(
    "weights - learning_rate * gradient",
    "(weights - gradient) * learning_rate",
    name="rate_times_everything",
    when="the learning rate multiplies the weights too",
    hint="Only the gradient is multiplied: `(weights - gradient) * rate` is not `weights - rate * gradient`.",
)
exercise.slip(
    "weights - learning_rate * gradient",
    "learning_rate * weights - gradient",
    name="rate_times_the_weights",
    when="the learning rate multiplies the weights instead of the gradient",
    hint="The learning rate says how far to go along the gradient: multiply the gradient by it.",
)
exercise.slip(
    "learning_rate * gradient",
    "np.divide(gradient, learning_rate)",
    name="divided_by_the_rate",
    when="the gradient is divided by the learning rate",
    hint="A larger learning rate makes a larger step: multiply.",
)
exercise.slip(
    "    return",
    "    learning_rate = {}\n    return",
    values=("0.1", "0.01", "0.5"),
    name="fixed_rate",
    when="the learning rate is always {}",
    hint="The third argument says how far to step. Use `learning_rate`.",
)

# -- the gradient --------------------------------------------------------------------------------------------

exercise.slip(
    "* gradient",
    "* gradient / len(gradient)",
    name="divided_by_rows",
    when="the gradient is divided by its number of rows",
    hint="The loss has been averaged already. Nothing is divided here.",
)
exercise.slip(
    "* gradient",
    "* gradient / np.sqrt(np.sum(gradient**2))",
    name="step_of_fixed_length",
    when="the gradient is divided by its length first",
    hint="Take the gradient as it is: where it is flat, the step should be short.",
)
exercise.slip(
    "* gradient",
    "* np.mean(gradient)",
    name="mean_slope",
    when="all weights move by the mean slope",
    hint="Every weight moves by its own slope. No mean is taken.",
)
exercise.slip(
    "weights - learning_rate * gradient",
    "gradient - learning_rate * weights",
    name="swapped",
    when="weights and gradient are swapped",
    hint="The weights stay and the gradient is taken off, not the other way round.",
)
exercise.slip(
    "* gradient",
    "* gradient * weights",
    name="gradient_times_weights",
    when="the step is multiplied by the weights: `weights * (1 - rate * gradient)`",
    hint="The step is the learning rate times the slope, whatever the weight: weights minus step.",
)

# -- what is returned ----------------------------------------------------------------------------------------

exercise.slip(
    "weights - learning_rate * gradient",
    "-learning_rate * gradient",
    name="only_the_change",
    when="only the change is returned, without the weights",
    hint="What comes back are the new weights: the old ones and the change.",
)
exercise.slip(
    "    return weights - learning_rate * gradient",
    '    np.subtract(weights, learning_rate * gradient, out=weights, casting="unsafe")\n    return weights',
    name="in_place",
    when="the caller's own array is changed",
    hint="`-=` writes into `weights`. Return a new array: `weights - ...`.",
)


@exercise.form("in_place")
def minus_equals(weights, gradient, learning_rate):
    weights -= learning_rate * gradient
    return weights


exercise.slip(
    "    return weights - learning_rate * gradient",
    "    moved = weights.copy()\n    moved[...] = weights - learning_rate * gradient\n    return moved",
    **common.TYPE_OF_THE_INPUT,
)

exercise.slip(
    "weights - learning_rate * gradient",
    "np.clip(weights - learning_rate * gradient, -1, 1)",
    name="weights_cut_off",
    when="weights beyond -1 and 1 are cut off, as if they were pixels",
    hint="A weight may be of any size. Return what the step gives.",
)

exercise.equivalent_mutant(
    "float(learning_rate) -> learning_rate",
    because="only a rate of a wider type would change the result's type",
)

exercise.slip(
    "rate * gradient",
    "rate * np.clip(gradient, -{}, {})",
    values=("1", "5"),
    name="gradient_cut_off",
    when="slopes steeper than {} are cut off, as by `np.clip`",
    hint="Where it is steep the step is long, and that is meant: multiply by the slope itself.",
)
