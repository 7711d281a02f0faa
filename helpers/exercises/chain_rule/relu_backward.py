"""The gradient of ReLU with respect to its input."""

import numpy as np

from helpers import reference
from helpers.exercises import common
from helpers.exercises.model import Case, Exercise


def cases(rng):
    """A few values of either sign, zeros, whole numbers under gradients with fractions, random ones."""
    yield Case((np.array([5.0, 6.0, 7.0]), np.array([1.0, -2.0, 3.0])), "one negative value")
    yield Case((np.array([5.0, 6.0]), np.array([0.0, 4.0])), "a value of exactly zero")
    yield Case((np.array([-5.0, 6.0, -7.0]), np.array([1.5, -2.0, -3.0])), "negative upstream gradients")
    yield Case(
        (np.array([0.5, -1.25, 2.0]), np.array([3, 1, -2])), "whole numbers, and gradients with fractions"
    )
    yield Case(
        (np.array([[0.5, -1.0, 2.0], [3.0, 0.0, -0.5]]), np.array([[2.0, 0.0, -1.0], [0.1, 5.0, 0.3]])),
        "two rows and three columns",
    )
    yield Case((np.array([1.0, 2.0]), np.array([-1.0, -0.5])), "nothing but negative values")
    yield Case((rng.integers(-4, 5, (3, 4)), rng.integers(-2, 3, (3, 4))), "whole numbers")
    for shape in [(2, 5), (2, 3, 4, 3)]:
        yield Case(tuple(rng.normal(size=(2, *shape))), f"random values of shape {shape}")
    yield Case(tuple(rng.normal(size=(2, 3, 4)).astype(np.float32)), "random values of type float32")


exercise = Exercise(
    reference.relu_backward,
    cases,
    minutes=3,
    hints=(
        "Where does a nudge of `x` get through ReLU, and where is it stopped? What does that say about the gradient?",
        "`x > 0` is True where the value went through. In a product True counts as 1 and False as 0.",
        "By hand: x = [1, -2, 3], grad_output = [5, 6, 7]. The middle value was stopped: [5, 0, 7].",
    ),
)


@exercise.model
def relu_backward(grad_output, x):
    return grad_output * (x > 0)


@exercise.alternative
def with_where(grad_output, x):
    """Reads like the rule: where x is positive the gradient goes through."""
    return np.where(x > 0, grad_output, 0)


@exercise.alternative
def copy_and_clear(grad_output, x):
    """Starts from what arrives and shuts the gates: good when most are open."""
    grad_x = grad_output.copy()
    grad_x[x <= 0] = 0
    return grad_x


@exercise.alternative
def value_by_value(grad_output, x):
    """Every value by itself: good for following it."""
    grad_x = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        if x[index] > 0:
            grad_x[index] = grad_output[index]
    return grad_x


exercise.puzzle(
    value_by_value,
    ("if x[index] > 0:", "if x[index] >= 0:"),
    ("= grad_output[index]", "= x[index]"),
)


# -- the gate ------------------------------------------------------------------------------------------------

exercise.slip(
    "grad_output * (x > 0)",
    "np.maximum(grad_output, 0)",
    name="mask_of_the_upstream_gradient",
    when="the sign of the upstream gradient decides what goes through",
    hint="The gate was set in the forward pass, by `x`. A negative gradient goes through where `x` was positive.",
)
exercise.slip(
    "x > 0",
    "x >= 0",
    name="through_at_zero",
    when="the gradient goes through at zero as well, with `>=`",
    hint="At exactly zero the course, like PyTorch, stops the gradient: `>` instead of `>=`.",
)
exercise.slip(
    "grad_output * (x > 0)",
    "1.0 * grad_output",
    name="through_everywhere",
    when="the gradient goes through everywhere",
    hint="Where `x` was negative a nudge changes nothing. A mask such as `relu(x) >= 0` is True everywhere: ask `x > 0`.",
)
exercise.slip(
    "x > 0",
    "x <= 0",
    name="gate_the_wrong_way_round",
    when="the gradient goes through where `x` is negative",
    hint="The gate is the wrong way round: positive values went through.",
)
exercise.slip(
    "x > 0",
    "x > 1",
    name="gate_at_one",
    when="values are let through only above 1",
    hint="The gate opens at 0: every positive value went through, small ones too.",
)
exercise.slip(
    "grad_output * (x > 0)",
    "np.maximum(grad_output, 0) * (x > 0)",
    name="stopped_twice",
    when="the gradient is also stopped where it is negative",
    hint="Only `x` decides. A negative gradient is as good as a positive one.",
)
exercise.slip(
    "(x > 0)",
    "np.sign(x)",
    name="slope_of_the_absolute_value",
    when="the gradient changes its sign where `x` is negative",
    hint="That is the slope of the absolute value. ReLU is flat below zero: slope 0.",
)
exercise.slip(
    "grad_output * (x > 0)",
    "np.maximum(grad_output * np.sign(x), 0)",
    name="product_of_signs",
    when="the gradient is multiplied by the sign of `x`, and what is negative is then set to 0",
    hint="Two negative signs make a positive one, and a negative gradient is lost where `x` is positive. Only `x` decides: "
    "ask `x > 0`.",
)
exercise.slip(
    "(x > 0)",
    "np.where(x > 0, 1, {})",
    values=("0.01", "0.1"),
    name="leaky",
    when="a share of {} of the gradient goes through where `x` is negative",
    hint="That belongs to the leaky relative of ReLU. ReLU itself is flat below zero: nothing goes through.",
)
exercise.slip(
    "    return grad_output * (x > 0)",
    "    if x > 0:\n        return grad_output\n    return np.zeros(x.shape)",
    name="one_gate_for_all",
    when="`if x > 0` is asked of the whole array at once",
    hint="Each value has a gate of its own, and `if` takes a single answer. Multiply by the mask `x > 0` instead.",
)

# -- the upstream gradient -----------------------------------------------------------------------------------

exercise.slip(
    "grad_output * (x > 0)",
    "(x > 0).astype(float)",
    name="mask_only",
    when="the upstream gradient is forgotten",
    hint="The mask is the local slope, 1 or 0. Multiply it by `grad_output`.",
)
exercise.slip(
    "grad_output * (x > 0)",
    "x > 0",
    name="truth_values",
    when="a mask of truth values is returned",
    hint="The mask is the local slope. Multiply it by `grad_output`.",
)
exercise.slip(
    "grad_output * (x > 0)",
    "np.maximum(x, 0)",
    name="relu_again",
    when="ReLU is applied to `x` once more",
    hint="A backward pass carries gradients, not values: start from `grad_output`.",
)
exercise.slip(
    "(x > 0)",
    "np.maximum(x, 0)",
    name="times_the_output",
    when="the upstream gradient is multiplied by the output of ReLU",
    hint="The slope of ReLU is 1 where `x` is positive, however large `x` is.",
)

# -- what is returned ----------------------------------------------------------------------------------------

exercise.slip(
    "    return grad_output * (x > 0)",
    "    grad_output[x <= 0] = 0\n    return grad_output",
    name="changes_the_upstream_gradient",
    when="`grad_output` itself is changed",
    hint="The caller's array is spoilt. Work on a copy, or return a product.",
)
exercise.slip(
    "    return grad_output * (x > 0)",
    "    grad_x = np.zeros_like(x)\n    grad_x[x > 0] = grad_output[x > 0]\n    return grad_x",
    **common.TYPE_OF_THE_INPUT,
)


@exercise.form("type_of_the_input")
def added_to_the_type_of_the_input(grad_output, x):
    grad_x = np.zeros_like(x)
    grad_x += grad_output * (x > 0)
    return grad_x


exercise.slip(
    "grad_output * (x > 0)",
    "grad_output[x > 0]",
    name="picks_the_open_gates",
    when="the gradients behind closed gates are left out, so that the shape is lost",
    hint="Every entry keeps its place: where the gate was closed there is a 0.",
)
exercise.slip("return grad_output * (x > 0)", "print(grad_output * (x > 0))", **common.PRINTED)
