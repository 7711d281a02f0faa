"""The gradients of the linear layer with respect to its input, its weights and its biases."""

import numpy as np

from helpers import reference
from helpers.exercises import common
from helpers.exercises.model import Case, Exercise


def cases(rng):
    """One image and one or two votes, two images, whole numbers, no bias, random ones."""
    weight = np.array([[3.0, 4.0], [5.0, 7.0]])
    yield Case((np.array([[1.0, 0.0]]), np.array([[1.0, 2.0]]), weight, np.zeros(2)), "one vote that counts")
    yield Case((np.array([[1.0, -1.0]]), np.array([[1.0, 2.0]]), weight, np.array([3.0, 9.0])), "two votes")
    yield Case(
        (np.array([[2.0]]), np.array([[1.0, -3.0, 0.5]]), np.array([[4.0, 0.0, -2.0]]), np.array([5.0])),
        "three inputs and one vote",
    )
    yield Case(
        (
            np.array([[1.0], [-3.0]]),
            np.array([[1.0, 2.0], [0.5, -1.0]]),
            np.array([[3.0, 4.0]]),
            np.array([5.0]),
        ),
        "two images and one vote",
    )
    yield Case((np.array([[1.0, -1.0]]), np.array([[1.0, 2.0]]), weight.copy(), None), "no bias")
    yield Case(
        (np.array([[0.25, -0.5]]), np.array([[1, 2]]), np.array([[1, 0], [3, 1]]), np.array([1, 2])),
        "an image and weights of whole numbers",
    )
    grad_output = np.array([[1.0, -1.0], [2.0, 0.5]])
    yield Case(
        (grad_output, np.array([[1.0, 2.0], [0.0, -1.0]]), weight, np.array([7.0, 9.0])),
        "two images, two votes",
    )
    whole = rng.integers(-3, 4, (3, 2)), rng.integers(-3, 4, (3, 4)), rng.integers(-3, 4, (2, 4))
    yield Case((*whole, np.arange(2)), "whole numbers")
    for count, features, units in [(3, 4, 2), (2, 3, 5), (1, 6, 3), (4, 1, 2)]:
        shapes = (count, units), (count, features), (units, features), (units,)
        about = f"random: x of shape {(count, features)}, {units} votes"
        yield Case(tuple(rng.normal(size=shape) for shape in shapes), about)
    yield Case(
        (grad_output.copy(), np.array([[1.0, 2.0], [0.0, -1.0]]), weight.copy(), None), "two images, no bias"
    )
    shapes = (3, 2), (3, 5), (2, 5), (2,)
    yield Case(tuple(rng.normal(size=shape).astype(np.float32) for shape in shapes), "random, type float32")


exercise = Exercise(
    reference.linear_backward,
    cases,
    minutes=8,
    returns=("grad_x", "grad_weight", "grad_bias"),
    hints=(
        "Three gradients, each with the shape of what it belongs to. Write the shapes down: `grad_output` (N, units), `x` "
        "(N, features), `weight` (units, features). Which products have the right shape?",
        "An input goes to all votes, so its gradient adds up over the units. A weight and a bias are used for all images, so "
        "their gradients add up over the images. `@` multiplies and adds; `.T` swaps rows and columns.",
        "By hand: `grad_output` [[1, -1]], `x` [[1, 2]], `weight` [[3, 4], [5, 6]]. grad_x = [[1·3 - 1·5, 1·4 - 1·6]] = "
        "[[-2, -2]]; grad_weight = [[1·1, 1·2], [-1·1, -1·2]]; grad_bias = [1, -1].",
    ),
)


@exercise.model
def linear_backward(grad_output, x, weight, bias=None):
    grad_x = grad_output @ weight
    grad_weight = grad_output.T @ x
    grad_bias = None if bias is None else grad_output.sum(axis=0)
    return grad_x, grad_weight, grad_bias


@exercise.alternative
def image_by_image(grad_output, x, weight, bias=None):
    """One product at a time: shows that gradients add up over the images."""
    grad_x = np.zeros(x.shape)
    grad_weight = np.zeros(weight.shape)
    grad_bias = np.zeros(len(weight))
    for image in range(len(x)):
        for unit in range(len(weight)):
            grad_x[image] += grad_output[image, unit] * weight[unit]
            grad_weight[unit] += grad_output[image, unit] * x[image]
            grad_bias[unit] += grad_output[image, unit]
    return grad_x, grad_weight, None if bias is None else grad_bias


@exercise.alternative
def with_einsum(grad_output, x, weight, bias=None):
    """Names the axes: no transpose to get wrong."""
    grad_x = np.einsum("nu,uf->nf", grad_output, weight)
    grad_weight = np.einsum("nu,nf->uf", grad_output, x)
    return grad_x, grad_weight, None if bias is None else np.einsum("nu->u", grad_output)


@exercise.alternative
def bias_as_a_weight_of_one(grad_output, x, weight, bias=None):
    """Shows that a bias is a weight whose input is always 1."""
    with_one = np.column_stack([x, np.ones(len(x))])
    both = np.dot(with_one.T, grad_output).T
    return np.dot(grad_output, weight), both[:, :-1], both[:, -1] if bias is not None else None


SUM = "grad_output.sum(axis=0)"
WEIGHTS = "grad_output.T @ x"

# -- the products --------------------------------------------------------------------------------------------

exercise.slip(
    WEIGHTS,
    "x.T @ grad_output",
    name="weight_gradient_transposed",
    when="the gradient of the weights is transposed",
    hint="A gradient has the shape of what it belongs to: `weight` is (units, features), so `grad_weight` is too.",
)
exercise.slip(
    "grad_output @ weight",
    "grad_output @ weight.T",
    name="weights_transposed",
    when="the weights are transposed in the backward pass",
    hint="Forward it is `x @ weight.T`. Backward, `grad_output` (N, units) meets `weight` (units, features) as it is.",
)
exercise.slip(
    ("grad_output @ weight", "grad_output * weight"),
    (WEIGHTS, "grad_output * x"),
    name="entry_by_entry",
    when="entries are multiplied one by one, with `*`, and nothing is added up",
    hint="Where paths meet, gradients add. `@` multiplies rows by columns and adds; `*` only multiplies.",
)
exercise.slip(
    WEIGHTS,
    "grad_output.T @ x / len(x)",
    **common.WEIGHTS_AVERAGED,
)
exercise.slip(
    (WEIGHTS, "grad_output.T @ x / len(x)"),
    (SUM, "grad_output.mean(axis=0)"),
    name="all_averaged",
    when="the weights' gradient and the bias's are averaged over the images",
    hint="The loss has taken the mean already. Here the images' parts add up.",
)
exercise.slip(
    (WEIGHTS, "np.outer(grad_output[-1], x[-1])"),
    (SUM, "grad_output[-1]"),
    name="last_image_only",
    when="only the last image's part of the gradients of weights and bias is kept",
    hint="`=` forgets the images before. `+=` adds them up.",
)
exercise.slip(
    WEIGHTS,
    "np.outer(grad_output[-1], x[-1])",
    name="weights_of_the_last_image",
    when="only the last image's part of the weights' gradient is kept",
    hint="`=` forgets the images before. `+=` adds them up.",
)
exercise.slip(
    SUM,
    "grad_output[-1]",
    name="bias_of_the_last_image",
    when="only the last image's part of the bias's gradient is kept",
    hint="`=` forgets the images before. `+=` adds them up.",
)

# -- the upstream gradient -----------------------------------------------------------------------------------

exercise.slip(
    "    grad_x =",
    "    grad_output = np.ones(grad_output.shape)\n    grad_x =",
    name="without_upstream",
    when="the upstream gradient is forgotten",
    hint="The weights and inputs are the local slopes. Each must be multiplied by the upstream gradient, `grad_output`.",
)
exercise.slip(
    WEIGHTS,
    "np.ones(grad_output.shape).T @ x",
    name="weights_without_upstream",
    when="the upstream gradient is forgotten for the weights",
    hint="The input is the local slope of a weight. Multiply it by the upstream gradient of the vote.",
)

# -- the bias ------------------------------------------------------------------------------------------------

exercise.slip(
    SUM,
    "grad_output.mean(axis=0)",
    name="bias_averaged",
    when="the gradient of the bias is averaged over the images",
    hint="Each image pulls at the bias, and the pulls add up. The mean is taken care of by the loss: use a sum.",
)
exercise.slip(
    SUM,
    "grad_output.sum(axis=1)",
    name="bias_over_the_wrong_axis",
    when="the gradient of the bias is summed over the votes instead of the images",
    hint="There is one bias for each vote: sum over the images, axis 0.",
)
exercise.slip(
    SUM,
    "grad_output.sum()",
    name="bias_over_everything",
    when="the gradient of the bias is summed over everything",
    hint="There is one bias for each vote, so there is one gradient for each: sum over the images only, axis 0.",
)
exercise.slip(
    SUM,
    "grad_output",
    name="bias_not_summed",
    when="the gradient of the bias is not summed over the images",
    hint="All images share the bias: add their upstream gradients up, so that one number for each vote remains.",
)
exercise.slip(
    SUM,
    "grad_output.sum(axis=0, keepdims=True)",
    name="bias_keeps_an_axis",
    when="the gradient of the bias keeps an axis of length 1",
    hint="`keepdims=True` keeps the axis that was summed. The bias has shape (units,), and so has its gradient.",
)
exercise.slip(
    SUM,
    "grad_output.sum(axis=0) * bias",
    name="bias_times_bias",
    when="the gradient of the bias is multiplied by the bias",
    hint="The vote rises as fast as the bias does: its slope is 1. The bias's own value plays no part.",
)
exercise.slip(
    SUM,
    "np.ones(len(bias))",
    name="ones_for_the_bias",
    when="the gradient of the bias is 1 for every vote",
    hint="1 is the local slope of a bias. Times the upstream gradient, summed over the images, it is `grad_output` added up.",
)
exercise.slip(
    "None if bias is None else ",
    "",
    **common.GRADIENT_OF_NO_BIAS,
)

# -- what is returned ----------------------------------------------------------------------------------------

exercise.slip(
    "return grad_x, grad_weight, grad_bias",
    "return grad_weight, grad_bias, grad_x",
    name="weights_first",
    when="the gradients come in another order: weights first",
    hint="The order is that of the arguments: x, weight, bias.",
)
exercise.slip(
    "return grad_x, grad_weight, grad_bias",
    "return grad_weight, grad_x, grad_bias",
    name="weights_and_inputs_swapped",
    when="the gradients of weights and inputs are swapped",
    hint="The order is that of the arguments: x, weight, bias.",
)
exercise.slip(
    "return grad_x, grad_weight, grad_bias",
    "return grad_x",
    **common.GRADIENT_OF_X_ONLY,
)
exercise.slip(
    ("grad_output @ weight", "(grad_output @ weight).astype(x.dtype)"),
    (WEIGHTS, "(grad_output.T @ x).astype(weight.dtype)"),
    **common.TYPE_OF_THE_INPUT,
)
