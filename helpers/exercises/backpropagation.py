"""What lesson 09 asks: gradient_check and the backward passes of loss, linear layer, ReLU, pooling, convolution."""

import numpy as np

from helpers import reference
from helpers.exercises.model import Case, Exercise


def sum_of_squares(weights):
    return np.sum(weights**2)


def sum_of_cubes(weights):
    return np.sum(weights**3)


def constant(weights):
    return 7.0


def _gradient_check_cases(rng):
    weights = np.array([1.0, 2.0])
    yield Case((sum_of_squares, 2 * weights, weights, 1e-5), "a right gradient")
    yield Case((sum_of_squares, np.array([2.0, 3.0]), weights, 1e-5), "a wrong last entry")
    yield Case((sum_of_squares, np.array([4.0, 4.0]), weights, 1e-5), "a first entry that is too large")
    yield Case((sum_of_squares, -2 * weights, weights, 1e-5), "a gradient of the wrong sign")
    yield Case((constant, np.zeros(2), weights, 1e-5), "a function that never changes")
    yield Case((constant, np.array([0.5, 0.0]), weights, 1e-5), "a slope where there is none")
    yield Case((sum_of_squares, np.zeros(2), weights, 1e-5), "no slope where there is one")
    yield Case((sum_of_squares, np.array([0.1, 0.2]), np.array([0.2, 0.1]), 1e-5), "entries below 1")
    yield Case((sum_of_squares, np.array([-9.0, 1.0]), np.array([-3.0, 1.0]), 1e-5), "a large negative entry")
    yield Case(
        (sum_of_squares, weights * [-1, 1], weights * [-3, 1], 1e-5), "a negative entry a sixth of its size"
    )
    yield Case((sum_of_cubes, 3 * weights**2, weights, 0.5), "nudges of 0.5, too far for a cube")
    yield Case(
        (sum_of_squares, np.array([[2, 4], [0, 2]]), np.array([[1, 2], [3, 1]]), 1e-5), "whole numbers"
    )
    for shape in [(2, 3), (2, 1, 3)]:
        weights = rng.normal(size=shape)
        wrong = 2 * weights + rng.normal(0, 0.3, shape)
        yield Case((sum_of_squares, wrong, weights, 1e-5), f"random weights of shape {shape}")
    weights = rng.normal(size=(3, 2)).astype(np.float32)
    yield Case((sum_of_squares, 1.5 * weights, weights, 1e-5), "random weights of type float32")


gradient_check = Exercise(
    "gradient_check",
    reference=reference.gradient_check,
    cases=_gradient_check_cases,
    hints=(
        "Find the gradient a second time, by nudging: `reference.numerical_gradient(function, weights, step)`. Then "
        "compare.",
        "Three steps: the largest absolute difference; the largest absolute entry of either gradient; their quotient. "
        "If everything is zero, there is no quotient, and the answer is 0.",
        "By hand: gradient [2, 3], nudging says [2, 4]. The largest difference is 1, the largest entry 4: 1 / 4 = 0.25.",
    ),
)


@gradient_check.alternative
def nudge_here(function, gradient, weights, step=1e-5):
    largest_difference, largest_entry = 0.0, 0.0
    for index in np.ndindex(weights.shape):
        nudge = np.zeros(weights.shape)
        nudge[index] = step
        slope = (function(weights + nudge) - function(weights - nudge)) / (2 * step)
        largest_difference = max(largest_difference, abs(gradient[index] - slope))
        largest_entry = max(largest_entry, abs(gradient[index]), abs(slope))
    return largest_difference / largest_entry if largest_entry else 0.0


@gradient_check.alternative
def stacked(function, gradient, weights, step=1e-5):
    both = np.stack([gradient, reference.numerical_gradient(function, weights, step)])
    largest = np.abs(both).max()
    return np.abs(both[0] - both[1]).max() / largest if largest > 0 else 0


@gradient_check.alternative
def with_norms(function, gradient, weights, step=1e-5):
    numerical = reference.numerical_gradient(function, weights, step)
    difference, first, second = (
        np.linalg.norm(np.ravel(array), ord=np.inf) for array in (gradient - numerical, gradient, numerical)
    )
    return 0.0 if difference == 0 else difference / max(first, second)


def _largest(*arrays):
    return max(np.max(np.abs(array)) for array in arrays)


def _quotient(difference, largest):
    return difference / largest if largest > 0 else 0.0


@gradient_check.mistake(
    when="the largest difference is returned as it is",
    hint="A difference of 0.01 is much for a slope of 0.02 and nothing for one of 1000. Divide by the largest entry.",
)
def not_divided(function, gradient, weights, step=1e-5):
    return np.max(np.abs(gradient - reference.numerical_gradient(function, weights, step)))


@gradient_check.mistake(
    when="the differences are taken without `np.abs`",
    hint="A gradient that is too small is wrong too. Take the absolute value of each difference.",
)
def without_absolute_differences(function, gradient, weights, step=1e-5):
    numerical = reference.numerical_gradient(function, weights, step)
    return _quotient(np.max(gradient - numerical), _largest(gradient, numerical))


@gradient_check.mistake(
    when="the largest entry is looked for without `np.abs`",
    hint="The steepest slope may be negative. Take absolute values before you look for the largest.",
)
def largest_without_absolute(function, gradient, weights, step=1e-5):
    numerical = reference.numerical_gradient(function, weights, step)
    largest = max(np.max(gradient), np.max(numerical))
    return _quotient(np.max(np.abs(gradient - numerical)), largest)


@gradient_check.mistake(
    when="the differences are averaged",
    hint="One wrong entry among a thousand must not vanish in the mean. Take the largest difference.",
)
def mean_difference(function, gradient, weights, step=1e-5):
    numerical = reference.numerical_gradient(function, weights, step)
    return _quotient(np.mean(np.abs(gradient - numerical)), _largest(gradient, numerical))


@gradient_check.mistake(
    when="each difference is divided by its own entry",
    hint="The numerical gradient of a small entry is mostly rounding. Divide by the largest entry of all.",
)
def divided_entry_by_entry(function, gradient, weights, step=1e-5):
    numerical = reference.numerical_gradient(function, weights, step)
    return np.max(np.abs(gradient - numerical) / np.maximum(np.abs(gradient), np.abs(numerical)))


@gradient_check.mistake(
    when="the difference is divided by the sum of both gradients' largest entries",
    hint="Divide by the larger of the two, not by their sum.",
)
def divided_by_the_sum(function, gradient, weights, step=1e-5):
    numerical = reference.numerical_gradient(function, weights, step)
    return _quotient(np.max(np.abs(gradient - numerical)), _largest(gradient) + _largest(numerical))


@gradient_check.mistake(
    when="the difference is divided by the smaller of the two largest entries",
    hint="The smaller one may be zero. Take the larger of the two.",
)
def divided_by_the_smaller(function, gradient, weights, step=1e-5):
    numerical = reference.numerical_gradient(function, weights, step)
    return np.max(np.abs(gradient - numerical)) / min(_largest(gradient), _largest(numerical))


@gradient_check.mistake(
    when="the difference is divided by the largest entry of the numerical gradient only",
    hint="If nudging finds zero everywhere, that divides by zero. Take the largest entry of either gradient.",
)
def divided_by_the_numerical(function, gradient, weights, step=1e-5):
    numerical = reference.numerical_gradient(function, weights, step)
    return np.max(np.abs(gradient - numerical)) / _largest(numerical)


@gradient_check.mistake(
    when="the difference is divided by the largest entry of the given gradient only",
    hint="If the given gradient is zero everywhere, that divides by zero. Take the largest entry of either gradient.",
)
def divided_by_the_given(function, gradient, weights, step=1e-5):
    numerical = reference.numerical_gradient(function, weights, step)
    return np.max(np.abs(gradient - numerical)) / _largest(gradient)


@gradient_check.mistake(
    when="zero is divided by zero where both gradients are zero throughout",
    hint="Two gradients of nothing but zeros agree: answer 0 before you divide.",
)
def zero_by_zero(function, gradient, weights, step=1e-5):
    numerical = reference.numerical_gradient(function, weights, step)
    return np.max(np.abs(gradient - numerical)) / _largest(gradient, numerical)


@gradient_check.mistake(
    when="only the sizes of the entries are compared, not their signs",
    hint="Uphill instead of downhill is as wrong as can be. Subtract first, then take the absolute value.",
)
def signs_ignored(function, gradient, weights, step=1e-5):
    numerical = reference.numerical_gradient(function, weights, step)
    return _quotient(np.max(np.abs(np.abs(gradient) - np.abs(numerical))), _largest(gradient, numerical))


@gradient_check.mistake(
    when="the largest entries are compared instead of the entries one by one",
    hint="Subtract the arrays first, entry from entry. Then look for the largest difference.",
)
def compares_the_maxima(function, gradient, weights, step=1e-5):
    numerical = reference.numerical_gradient(function, weights, step)
    return _quotient(abs(_largest(gradient) - _largest(numerical)), _largest(gradient, numerical))


@gradient_check.mistake(
    when="the lengths of the two gradients as arrows are used, with `np.linalg.norm`",
    hint="That averages over all entries. Look for the single worst one: `np.max` of the absolute differences.",
)
def by_length(function, gradient, weights, step=1e-5):
    numerical = reference.numerical_gradient(function, weights, step)
    lengths = np.linalg.norm(gradient) + np.linalg.norm(numerical)
    return _quotient(np.linalg.norm(gradient - numerical), lengths)


@gradient_check.mistake(
    when="the weights are nudged upwards only",
    hint="Nudge up and down, and divide by twice the step. `reference.numerical_gradient` does it for you.",
)
def nudged_upwards_only(function, gradient, weights, step=1e-5):
    numerical = np.zeros(weights.shape)
    for index in np.ndindex(weights.shape):
        nudged = weights.astype(float)
        nudged[index] += step
        numerical[index] = (function(nudged) - function(weights)) / step
    return _quotient(np.max(np.abs(gradient - numerical)), _largest(gradient, numerical))


@gradient_check.mistake(
    when="`step` is not handed on",
    hint="How far to nudge is the caller's choice: hand `step` on to `numerical_gradient`.",
)
def step_ignored(function, gradient, weights, step=1e-5):
    numerical = reference.numerical_gradient(function, weights)
    return _quotient(np.max(np.abs(gradient - numerical)), _largest(gradient, numerical))


@gradient_check.mistake(
    when="a truth value is returned",
    hint="Return how far the two are apart, a number. The caller decides what is near enough.",
)
def says_yes_or_no(function, gradient, weights, step=1e-5):
    return bool(np.allclose(gradient, reference.numerical_gradient(function, weights, step)))


@gradient_check.mistake(
    when="the difference of every entry is returned",
    hint="One number is wanted: the largest of these.",
)
def every_difference(function, gradient, weights, step=1e-5):
    numerical = reference.numerical_gradient(function, weights, step)
    return _quotient(np.abs(gradient - numerical), _largest(gradient, numerical))


@gradient_check.mistake(
    when="the numerical gradient is returned",
    hint="Nudging is the first step. Now compare its result with `gradient`.",
)
def returns_the_numerical(function, gradient, weights, step=1e-5):
    return reference.numerical_gradient(function, weights, step)


gradient_check.equivalent_mutant(
    "max(np.max(np.abs(gradient)), np.max(np.abs(numerical))) -> "
    "max(np.max(np.abs(numerical)), np.max(np.abs(gradient)))",
    because="the larger of two numbers does not depend on their order",
)
gradient_check.equivalent_mutant(
    "float(np.max(np.abs(gradient - numerical)) / largest) -> np.max(np.abs(gradient - numerical)) / largest",
    because="a number of NumPy's is as good an answer as one of Python's",
)


def _cross_entropy_cases(rng):
    yield Case((1.0, np.array([[0.0, 0.0]]), np.array([1])), "two equal votes")
    yield Case(
        (1.0, np.array([[0.0, np.log(3)]]), np.array([0])), "votes of one to three, the first is right"
    )
    yield Case((1.0, np.zeros((2, 2)), np.array([0, 1])), "two images: half a share each")
    yield Case((-4.0, np.array([[0.0, np.log(3)]]), np.array([1])), "an upstream gradient of -4")
    votes = np.log(np.array([[1.0, 2.0, 1.0], [3.0, 1.0, 4.0]]))
    yield Case((1.0, votes, np.array([2, 2])), "three classes, the same one right twice")
    yield Case((1.0, np.array([[1000.0, 0.0], [-1000.0, -1001.0]]), np.array([0, 1])), "very large votes")
    yield Case((2.0, np.array([[1, 0, -1], [2, 2, 0]]), np.array([0, 2])), "whole numbers")
    for count, classes in [(4, 3), (3, 5), (5, 2)]:
        votes = rng.normal(0, 2, (count, classes))
        labels = rng.integers(0, classes, count)
        yield Case((float(rng.normal()), votes, labels), f"random votes of {count} images, {classes} classes")
    votes = rng.normal(size=(3, 4)).astype(np.float32)
    yield Case((0.5, votes, np.array([3, 0, 1])), "random votes of type float32")


cross_entropy_backward = Exercise(
    "cross_entropy_backward",
    reference=reference.cross_entropy_backward,
    cases=_cross_entropy_cases,
    hints=(
        "Begin with the shares that the votes give: `reference.softmax(logits)`, one row for each image.",
        "Take 1 away in each row, in the column of that row's label: `shares[np.arange(len(labels)), labels]` names "
        "these entries. Then the mean and the upstream gradient: divide by the number of images, times `grad_output`.",
        "By hand: shares (0.25, 0.75), the first class is right: (0.25 - 1, 0.75) = (-0.75, 0.75). With one image and an "
        "upstream gradient of 1 that is the answer.",
    ),
)


def _shares_minus_truth(logits, labels):
    return reference.softmax(logits) - np.eye(logits.shape[1])[labels]


@cross_entropy_backward.alternative
def with_one_hot_rows(grad_output, logits, labels):
    truth = np.eye(logits.shape[1])[labels]
    return grad_output / len(logits) * (reference.softmax(logits) - truth)


@cross_entropy_backward.alternative
def row_by_row(grad_output, logits, labels):
    grad_logits = np.zeros(logits.shape)
    for row, label in enumerate(labels):
        powers = np.exp(logits[row] - np.max(logits[row]))
        grad_logits[row] = powers / np.sum(powers)
        grad_logits[row, label] -= 1
    return grad_logits * grad_output / len(labels)


@cross_entropy_backward.alternative
def by_comparing_columns(grad_output, logits, labels):
    columns = np.arange(logits.shape[1])
    return grad_output * np.subtract(reference.softmax(logits), columns == labels[:, None]) / labels.size


@cross_entropy_backward.mistake(
    when="it is not divided by the number of images",
    hint="The loss is a mean over the images, so each image has a share of 1/N in it, and in its gradient.",
)
def not_averaged(grad_output, logits, labels):
    return grad_output * _shares_minus_truth(logits, labels)


@cross_entropy_backward.mistake(
    when="it is divided by the number of classes",
    hint="`len(labels)` is the number of images, `logits.shape[1]` that of classes. The loss is the mean over images.",
)
def divided_by_classes(grad_output, logits, labels):
    return grad_output * _shares_minus_truth(logits, labels) / logits.shape[1]


@cross_entropy_backward.mistake(
    when="it is divided by the number of all votes",
    hint="`logits.size` counts images times classes. The loss is the mean over images only.",
)
def divided_by_all_votes(grad_output, logits, labels):
    return grad_output * _shares_minus_truth(logits, labels) / logits.size


@cross_entropy_backward.mistake(
    when="the upstream gradient is forgotten",
    hint="Every backward pass begins with what comes from above: multiply by `grad_output`.",
)
def loss_without_upstream(grad_output, logits, labels):
    return _shares_minus_truth(logits, labels) / len(labels)


@cross_entropy_backward.mistake(
    when="the shares are taken away from the truth",
    hint="The sign is the wrong way round: raising the right vote makes the loss smaller, so its gradient is negative.",
)
def truth_minus_shares(grad_output, logits, labels):
    return -grad_output * _shares_minus_truth(logits, labels) / len(labels)


@cross_entropy_backward.mistake(
    when="nothing is taken away at the right label",
    hint="For the right class the gradient is its share less 1: take 1 away there.",
)
def shares_only(grad_output, logits, labels):
    return grad_output * reference.softmax(logits) / len(labels)


@cross_entropy_backward.mistake(
    when="1 is taken away from every share",
    hint="Only the right class of each row loses 1. Its column is the row's label.",
)
def one_from_all(grad_output, logits, labels):
    return grad_output * (reference.softmax(logits) - 1) / len(labels)


@cross_entropy_backward.mistake(
    when="1 is taken away in the column of every label, in all rows",
    hint="`shares[:, labels]` means these columns of *all* rows. Give each row its own: "
    "`shares[np.arange(len(labels)), labels]`.",
)
def columns_of_all_labels(grad_output, logits, labels):
    grad_logits = reference.softmax(logits)
    grad_logits[:, labels] -= 1
    return grad_output * grad_logits / len(labels)


@cross_entropy_backward.mistake(
    when="the labels are used as rows",
    hint="`shares[labels]` picks rows. The row is the image's number, the column is its label.",
)
def labels_as_rows(grad_output, logits, labels):
    grad_logits = reference.softmax(logits)
    grad_logits[labels] -= 1
    return grad_output * grad_logits / len(labels)


@cross_entropy_backward.mistake(
    when="1 is taken away from the class with the most votes",
    hint="It is the label that says which class is right, whatever the votes say.",
)
def one_from_the_winner(grad_output, logits, labels):
    return grad_output * _shares_minus_truth(logits, np.argmax(logits, axis=1)) / len(labels)


@cross_entropy_backward.mistake(
    when="all other classes get no gradient",
    hint="Raising a wrong vote makes the loss larger: each wrong class has its share as gradient.",
)
def right_class_only(grad_output, logits, labels):
    grad_logits = np.zeros(logits.shape)
    rows = np.arange(len(labels))
    grad_logits[rows, labels] = reference.softmax(logits)[rows, labels] - 1
    return grad_output * grad_logits / len(labels)


@cross_entropy_backward.mistake(
    when="the way back ends at the shares, with -1 / share at the right label",
    hint="That is the gradient of the logarithm. Softmax comes before it; both together give share minus truth.",
)
def gradient_at_the_shares(grad_output, logits, labels):
    grad_shares = np.zeros(logits.shape)
    rows = np.arange(len(labels))
    grad_shares[rows, labels] = -1 / reference.softmax(logits)[rows, labels]
    return grad_output * grad_shares / len(labels)


@cross_entropy_backward.mistake(
    when="each share is multiplied by 1 minus itself",
    hint="That is how fast a share changes with its own vote. The logarithm and the other shares belong to it as well; all "
    "together, share minus truth remains.",
)
def slope_of_each_share(grad_output, logits, labels):
    shares = reference.softmax(logits)
    return grad_output * shares * (1 - shares) / len(labels)


@cross_entropy_backward.mistake(
    when="the votes are used where the shares belong",
    hint="Turn the votes into shares first, with `softmax`.",
)
def votes_minus_truth(grad_output, logits, labels):
    return grad_output * (logits - np.eye(logits.shape[1])[labels]) / len(labels)


@cross_entropy_backward.mistake(
    when="the shares of each column add up to 1 instead of those of each row",
    hint="A row is one image. Its shares add up to 1: sum along axis 1.",
)
def shares_down_the_columns(grad_output, logits, labels):
    shares = reference.softmax(logits.T).T
    return grad_output * (shares - np.eye(logits.shape[1])[labels]) / len(labels)


@cross_entropy_backward.mistake(
    when="`np.exp` is taken of very large votes, which gives inf / inf",
    hint="Take the row's largest vote away before `np.exp`, or call `reference.softmax`.",
)
def exp_overflows(grad_output, logits, labels):
    powers = np.exp(logits)
    shares = powers / powers.sum(axis=1, keepdims=True)
    return grad_output * (shares - np.eye(logits.shape[1])[labels]) / len(labels)


@cross_entropy_backward.mistake(
    when="1 is taken away in the votes themselves",
    hint="That spoils the caller's array, and softmax sees other votes. Take it away from the shares.",
)
def one_from_the_votes(grad_output, logits, labels):
    logits[np.arange(len(labels)), labels] -= 1
    return grad_output * reference.softmax(logits) / len(labels)


cross_entropy_backward.equivalent_mutant(
    "float(grad_output) -> grad_output",
    because="the upstream gradient is a number already",
)
for change in (
    "logits, labels = (_as_numbers(logits, 'logits'), np.asarray(labels)) -> (dropped)",
    "_as_numbers(logits, 'logits') -> logits",
    "np.asarray(labels) -> labels",
):
    cross_entropy_backward.equivalent_mutant(
        change, because="the cases hand over arrays, and softmax turns whole numbers into floats itself"
    )


def _linear_cases(rng):
    weight = np.array([[3.0, 4.0], [5.0, 6.0]])
    yield Case((np.array([[1.0, 0.0]]), np.array([[1.0, 2.0]]), weight, np.zeros(2)), "one vote that counts")
    yield Case((np.array([[1.0, -1.0]]), np.array([[1.0, 2.0]]), weight, np.zeros(2)), "two votes")
    yield Case(
        (np.array([[2.0]]), np.array([[1.0, -3.0, 0.5]]), np.array([[4.0, 0.0, -2.0]]), np.ones(1)),
        "three inputs and one vote",
    )
    grad_output = np.array([[1.0, -1.0], [2.0, 0.5]])
    yield Case((grad_output, np.array([[1.0, 2.0], [0.0, -1.0]]), weight, np.array([7.0, 9.0])), "two images")
    whole = (
        rng.integers(-3, 4, (3, 2)),
        rng.integers(-3, 4, (3, 4)),
        rng.integers(-3, 4, (2, 4)),
        np.arange(2),
    )
    yield Case(whole, "whole numbers")
    yield Case(
        (grad_output / 4, np.array([[1, 2, 0], [0, -1, 3]]), np.array([[1, 0, 2], [3, 1, 1]]), np.arange(2)),
        "images and weights of whole numbers",
    )
    for count, features, units in [(3, 4, 2), (2, 3, 5), (1, 6, 3), (4, 1, 2)]:
        yield Case(
            (
                rng.normal(size=(count, units)),
                rng.normal(size=(count, features)),
                rng.normal(size=(units, features)),
                rng.normal(size=units),
            ),
            f"random: {count} images, {features} features, {units} votes",
        )
    yield Case((grad_output, np.array([[1.0, 2.0], [0.0, -1.0]]), weight, None), "no bias")
    shapes = (3, 2), (3, 5), (2, 5), (2,)
    yield Case(tuple(rng.normal(size=shape).astype(np.float32) for shape in shapes), "random, type float32")


linear_backward = Exercise(
    "linear_backward",
    reference=reference.linear_backward,
    cases=_linear_cases,
    answers=("grad_x", "grad_weight", "grad_bias"),
    hints=(
        "Three gradients, each of the shape of what it belongs to. Write the shapes down: `grad_output` (N, units), `x` "
        "(N, features), `weight` (units, features). Which products have the right shape?",
        "An input goes to all votes, so its gradient adds up over the units. A weight and a bias serve all images, so "
        "their gradients add up over the images. `@` multiplies and adds; `.T` turns a matrix.",
        "By hand: `grad_output` [[1, -1]], `x` [[1, 2]], `weight` [[3, 4], [5, 6]]. grad_x = [[1·3 - 1·5, 1·4 - 1·6]] = "
        "[[-2, -2]]; grad_weight = [[1·1, 1·2], [-1·1, -1·2]]; grad_bias = [1, -1].",
    ),
)


@linear_backward.alternative
def image_by_image(grad_output, x, weight, bias=None):
    grad_x = np.zeros(x.shape)
    grad_weight = np.zeros(weight.shape)
    grad_bias = np.zeros(len(weight))
    for image in range(len(x)):
        for unit in range(len(weight)):
            grad_x[image] += grad_output[image, unit] * weight[unit]
            grad_weight[unit] += grad_output[image, unit] * x[image]
            grad_bias[unit] += grad_output[image, unit]
    return grad_x, grad_weight, None if bias is None else grad_bias


@linear_backward.alternative
def with_einsum(grad_output, x, weight, bias=None):
    grad_x = np.einsum("nu,uf->nf", grad_output, weight)
    grad_weight = np.einsum("nu,nf->uf", grad_output, x)
    return grad_x, grad_weight, None if bias is None else np.einsum("nu->u", grad_output)


@linear_backward.alternative
def bias_as_a_weight_of_one(grad_output, x, weight, bias=None):
    with_one = np.column_stack([x, np.ones(len(x))])
    both = np.dot(with_one.T, grad_output).T
    return np.dot(grad_output, weight), both[:, :-1], both[:, -1] if bias is not None else None


def _linear_parts(grad_output, x, weight, bias, **parts):
    """The three right gradients, save those that are handed over."""
    grad_bias = None if bias is None else grad_output.sum(axis=0)
    right = {"grad_x": grad_output @ weight, "grad_weight": grad_output.T @ x, "grad_bias": grad_bias}
    return tuple((right | parts).values())


@linear_backward.mistake(
    when="the gradient of the weights is transposed",
    hint="A gradient has the shape of what it belongs to: `weight` is (units, features), so `grad_weight` is too.",
)
def weight_gradient_transposed(grad_output, x, weight, bias=None):
    return _linear_parts(grad_output, x, weight, bias, grad_weight=x.T @ grad_output)


@linear_backward.mistake(
    when="the weights are transposed on the way back",
    hint="Forward it is `x @ weight.T`. Backward, `grad_output` (N, units) meets `weight` (units, features) as it is.",
)
def weights_transposed_on_the_way_back(grad_output, x, weight, bias=None):
    return _linear_parts(grad_output, x, weight, bias, grad_x=grad_output @ weight.T)


@linear_backward.mistake(
    when="the gradient of the bias is averaged over the images",
    hint="Each image pulls at the bias, and the pulls add up. The mean is taken care of by the loss: use a sum.",
)
def bias_gradient_averaged(grad_output, x, weight, bias=None):
    return _linear_parts(
        grad_output, x, weight, bias, grad_bias=None if bias is None else grad_output.mean(axis=0)
    )


@linear_backward.mistake(
    when="the gradient of the bias is summed over the votes instead of the images",
    hint="There is one bias for each vote: sum over the images, axis 0.",
)
def bias_over_the_wrong_axis(grad_output, x, weight, bias=None):
    return _linear_parts(
        grad_output, x, weight, bias, grad_bias=None if bias is None else grad_output.sum(axis=1)
    )


@linear_backward.mistake(
    when="the gradient of the bias is summed over everything",
    hint="There is one bias for each vote, so there is one gradient for each: sum over the images only, axis 0.",
)
def bias_over_everything(grad_output, x, weight, bias=None):
    return _linear_parts(grad_output, x, weight, bias, grad_bias=None if bias is None else grad_output.sum())


@linear_backward.mistake(
    when="the gradient of the bias is not summed over the images",
    hint="All images share the bias: add their upstream gradients up, so that one number for each vote remains.",
)
def bias_not_summed(grad_output, x, weight, bias=None):
    return _linear_parts(grad_output, x, weight, bias, grad_bias=None if bias is None else grad_output)


@linear_backward.mistake(
    when="the gradient of the bias keeps an axis of length 1",
    hint="`keepdims=True` keeps the axis that was summed. The bias has shape (units,), and so has its gradient.",
)
def bias_keeps_an_axis(grad_output, x, weight, bias=None):
    grad_bias = None if bias is None else grad_output.sum(axis=0, keepdims=True)
    return _linear_parts(grad_output, x, weight, bias, grad_bias=grad_bias)


@linear_backward.mistake(
    when="the gradient of the bias is multiplied by the bias",
    hint="The vote rises as fast as the bias does: its slope is 1. The bias's own value plays no part.",
)
def bias_times_bias(grad_output, x, weight, bias=None):
    grad_bias = None if bias is None else grad_output.sum(axis=0) * bias
    return _linear_parts(grad_output, x, weight, bias, grad_bias=grad_bias)


@linear_backward.mistake(
    when="the gradient of the weights is averaged over the images",
    hint="The loss has taken the mean already. Here the images' parts add up.",
)
def weight_gradient_averaged(grad_output, x, weight, bias=None):
    return _linear_parts(grad_output, x, weight, bias, grad_weight=grad_output.T @ x / len(x))


@linear_backward.mistake(
    when="the weights' gradient and the bias's are averaged over the images",
    hint="The loss has taken the mean already. Here the images' parts add up.",
)
def all_averaged(grad_output, x, weight, bias=None):
    grad_bias = None if bias is None else grad_output.mean(axis=0)
    return _linear_parts(
        grad_output, x, weight, bias, grad_weight=grad_output.T @ x / len(x), grad_bias=grad_bias
    )


@linear_backward.mistake(
    when="entries are multiplied one by one, with `*`, and nothing is added up",
    hint="Where ways meet, gradients add. `@` multiplies rows by columns and adds; `*` only multiplies.",
)
def entry_by_entry(grad_output, x, weight, bias=None):
    return grad_output * weight, grad_output * x, None if bias is None else grad_output.sum(axis=0)


@linear_backward.mistake(
    when="the upstream gradient is forgotten",
    hint="The weights and inputs are the local slopes. Each must be multiplied by the upstream gradient, `grad_output`.",
)
def linear_without_upstream(grad_output, x, weight, bias=None):
    return _linear_parts(np.ones(grad_output.shape), x, weight, bias)


@linear_backward.mistake(
    when="the upstream gradient is forgotten for the weights",
    hint="The input is the local slope of a weight. Multiply it by the upstream gradient of the vote.",
)
def weights_without_upstream(grad_output, x, weight, bias=None):
    grad_weight = np.ones(grad_output.shape).T @ x
    return _linear_parts(grad_output, x, weight, bias, grad_weight=grad_weight)


@linear_backward.mistake(
    when="the gradients come in another order: weights first",
    hint="The order is that of the arguments: x, weight, bias.",
)
def weights_first(grad_output, x, weight, bias=None):
    grad_x, grad_weight, grad_bias = _linear_parts(grad_output, x, weight, bias)
    return grad_weight, grad_bias, grad_x


@linear_backward.mistake(
    when="the gradients of weights and inputs are exchanged",
    hint="The order is that of the arguments: x, weight, bias.",
)
def weights_and_inputs_exchanged(grad_output, x, weight, bias=None):
    grad_x, grad_weight, grad_bias = _linear_parts(grad_output, x, weight, bias)
    return grad_weight, grad_x, grad_bias


@linear_backward.mistake(
    when="only the gradient of x is returned",
    hint="Return all three: grad_x, grad_weight, grad_bias.",
)
def gradient_of_x_only(grad_output, x, weight, bias=None):
    return grad_output @ weight


@linear_backward.mistake(
    when="a bias that is not there gets a gradient",
    hint="Without a bias (`bias is None`) the third answer is None.",
)
def gradient_of_no_bias(grad_output, x, weight, bias=None):
    return _linear_parts(grad_output, x, weight, bias, grad_bias=grad_output.sum(axis=0))


@linear_backward.mistake(
    when="the gradients are collected in arrays of whole numbers",
    hint="`np.zeros_like(weight)` takes over an integer type and cuts off fractions. `np.zeros(weight.shape)` does not.",
)
def whole_number_results(grad_output, x, weight, bias=None):
    grad_x, grad_weight = np.zeros_like(x), np.zeros_like(weight)
    grad_x[...], grad_weight[...] = grad_output @ weight, grad_output.T @ x
    return _linear_parts(grad_output, x, weight, bias, grad_x=grad_x, grad_weight=grad_weight)


@linear_backward.mistake(
    when="only the last image's part of the weights' gradient is kept",
    hint="`=` forgets the images before. `+=` adds them up.",
)
def last_image_only(grad_output, x, weight, bias=None):
    grad_bias = None if bias is None else grad_output[-1]
    return _linear_parts(
        grad_output, x, weight, bias, grad_weight=np.outer(grad_output[-1], x[-1]), grad_bias=grad_bias
    )


def _relu_cases(rng):
    yield Case((np.array([5.0, 6.0, 7.0]), np.array([1.0, -2.0, 3.0])), "one negative value")
    yield Case((np.array([5.0, 6.0]), np.array([0.0, 4.0])), "a value of exactly zero")
    yield Case((np.array([-5.0, 6.0, -7.0]), np.array([1.0, -2.0, -3.0])), "negative upstream gradients")
    yield Case(
        (np.array([[0.5, -1.0, 2.0], [3.0, 0.0, -0.5]]), np.array([[2.0, 0.0, -1.0], [0.1, 5.0, 0.3]])),
        "two rows and three columns",
    )
    yield Case((np.array([1.0, 2.0]), np.array([-1.0, -0.5])), "nothing but negative values")
    yield Case((rng.integers(-4, 5, (3, 4)), rng.integers(-2, 3, (3, 4))), "whole numbers")
    yield Case(
        (np.array([0.5, -1.5, 2.5]), np.array([2, -1, 1])), "whole numbers, and a gradient with fractions"
    )
    for shape in [(2, 5), (2, 3, 4, 3)]:
        yield Case(tuple(rng.normal(size=(2, *shape))), f"random values of shape {shape}")
    yield Case(tuple(rng.normal(size=(2, 3, 4)).astype(np.float32)), "random values of type float32")


relu_backward = Exercise(
    "relu_backward",
    reference=reference.relu_backward,
    cases=_relu_cases,
    hints=(
        "Where does a nudge of `x` get through ReLU, and where is it stopped? What does that say about the gradient?",
        "`x > 0` is True where the value went through. In a product True counts as 1 and False as 0.",
        "By hand: x = [1, -2, 3], grad_output = [5, 6, 7]. The middle value was stopped: [5, 0, 7].",
    ),
)


@relu_backward.alternative
def with_where(grad_output, x):
    return np.where(x > 0, grad_output, 0)


@relu_backward.alternative
def copy_and_clear(grad_output, x):
    grad_x = grad_output.copy()
    grad_x[x <= 0] = 0
    return grad_x


@relu_backward.alternative
def value_by_value(grad_output, x):
    grad_x = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        if x[index] > 0:
            grad_x[index] = grad_output[index]
    return grad_x


@relu_backward.mistake(
    when="the sign of the upstream gradient decides what goes through",
    hint="The gate was set on the way forward, by `x`. A negative gradient goes through where `x` was positive.",
)
def mask_of_the_upstream_gradient(grad_output, x):
    return np.maximum(grad_output, 0)


@relu_backward.mistake(
    when="the result has the type of `x`, as in `np.zeros_like(x)`: if that is of whole numbers, the fractions are cut off",
    hint="`np.zeros(x.shape)` has room for fractions, whatever the type of `x`. A product with the mask has, too.",
)
def filled_like_x(grad_output, x):
    grad_x = np.zeros_like(x)
    grad_x[x > 0] = grad_output[x > 0]
    return grad_x


@relu_backward.mistake(
    when="the gradient is added up in `np.zeros_like(x)`, which takes no fractions if `x` is of whole numbers",
    hint="`np.zeros(x.shape)` has room for fractions, whatever the type of `x`. A product with the mask has, too.",
)
def added_up_like_x(grad_output, x):
    grad_x = np.zeros_like(x)
    grad_x += grad_output * (x > 0)
    return grad_x


@relu_backward.mistake(
    when="the gradient goes through at zero as well, with `>=`",
    hint="At exactly zero the course, like PyTorch, stops the gradient: `>` instead of `>=`.",
)
def through_at_zero(grad_output, x):
    return grad_output * (x >= 0)


@relu_backward.mistake(
    when="the gradient goes through everywhere",
    hint="Where `x` was negative a nudge changes nothing. A mask such as `relu(x) >= 0` is True everywhere: ask `x > 0`.",
)
def through_everywhere(grad_output, x):
    return 1.0 * grad_output


@relu_backward.mistake(
    when="the upstream gradient is forgotten",
    hint="The mask is the local slope, 1 or 0. Multiply it by `grad_output`.",
)
def mask_only(grad_output, x):
    return (x > 0).astype(float)


@relu_backward.mistake(
    when="a mask of truth values is returned",
    hint="The mask is the local slope. Multiply it by `grad_output`.",
)
def truth_values(grad_output, x):
    return x > 0


@relu_backward.mistake(
    when="ReLU is applied to `x` once more",
    hint="The way back carries gradients, not values: start from `grad_output`.",
)
def relu_again(grad_output, x):
    return np.maximum(x, 0)


@relu_backward.mistake(
    when="the upstream gradient is multiplied by the output of ReLU",
    hint="The slope of ReLU is 1 where `x` is positive, however large `x` is.",
)
def times_the_output(grad_output, x):
    return grad_output * np.maximum(x, 0)


@relu_backward.mistake(
    when="the gradient goes through where `x` is negative",
    hint="The gate is the wrong way round: positive values went through.",
)
def gate_the_wrong_way_round(grad_output, x):
    return grad_output * (x <= 0)


@relu_backward.mistake(
    when="`grad_output` itself is changed",
    hint="The caller's array is spoilt. Work on a copy, or return a product.",
)
def changes_the_upstream_gradient(grad_output, x):
    grad_output[x <= 0] = 0
    return grad_output


@relu_backward.mistake(
    when="the gradient changes its sign where `x` is negative",
    hint="That is the slope of the absolute value. ReLU is flat below zero: slope 0.",
)
def slope_of_the_absolute_value(grad_output, x):
    return grad_output * np.sign(x)


@relu_backward.mistake(
    when="the gradient is also stopped where it is negative",
    hint="Only `x` decides. A negative gradient is as good as a positive one.",
)
def stopped_twice(grad_output, x):
    return np.maximum(grad_output, 0) * (x > 0)


@relu_backward.mistake(
    when="`if x > 0` is asked of the whole array at once",
    hint="Each value has a gate of its own, and `if` wants a single answer. Multiply by the mask `x > 0` instead.",
)
def one_gate_for_all(grad_output, x):
    if x > 0:
        return grad_output
    return np.zeros(x.shape)


@relu_backward.mistake(
    when="values are let through only above 1",
    hint="The gate opens at 0: every positive value went through, small ones too.",
)
def gate_at_one(grad_output, x):
    return grad_output * (x > 1)


def _pool_case(rng, shape, window, stride, partial, about, dtype=float):
    """Random values, positive and negative, with the upstream gradient that fits."""
    x = rng.normal(size=shape).astype(dtype)
    pooled = reference.max_pool2d(x, window, stride, partial)
    return Case((rng.normal(size=pooled.shape).astype(dtype), x, window, stride, partial), about)


def _max_pool_cases(rng):
    image = np.array([[[[1.0, 2.0], [4.0, 3.0]]]])
    yield Case((np.array([[[[5.0]]]]), image, 2, None, False), "one window")
    row = np.array([[[[1.0, 2.0, -1.0, -4.0], [4.0, 3.0, -3.0, -2.0]]]])
    yield Case((np.array([[[[5.0, -6.0]]]]), row, 2, None, False), "two windows side by side")
    yield Case(
        (np.array([[[[5.0]]]]), np.array([[[[1.0, 4.0], [4.0, 4.0]]]]), 2, 2, False), "three pixels that tie"
    )
    peak = np.array([[[[1.0, 2.0, 0.0], [3.0, 9.0, 4.0], [5.0, 6.0, 7.0]]]])
    yield Case(
        (np.array([[[[1.0, 2.0], [3.0, 4.0]]]]), peak, 2, 1, False), "four windows that share their largest"
    )
    edge = np.array([[[[1.0, 2.0, 3.0], [4.0, 0.0, 5.0], [-1.0, -2.0, -3.0]]]])
    yield Case((np.array([[[[1.0, 2.0], [3.0, 4.0]]]]), edge, 2, 2, True), "windows over the edge")
    yield Case((np.array([[[[1.0]]]]), edge, 2, 2, False), "a row and a column that no window reaches")
    apart = np.arange(5.0) * [[[[1.0], [-1.0]]]]
    yield Case((np.array([[[[1.0, 2.0]]]]), apart, 2, 3, False), "windows with gaps between them")
    whole = rng.integers(-2, 3, (2, 2, 4, 6))
    yield Case((rng.normal(size=(2, 2, 2, 3)), whole, 2, None, False), "whole numbers, many ties")
    yield _pool_case(rng, (2, 3, 4, 6), 2, None, False, "random: two images, three channels")
    yield _pool_case(rng, (1, 2, 7, 5), 3, 2, False, "random: overlapping windows of 3")
    yield _pool_case(rng, (2, 1, 7, 6), 3, 2, True, "random: overlapping windows, also over the edge")
    yield _pool_case(rng, (1, 2, 5, 7), 2, 3, True, "random: windows of 2 with a stride of 3, over the edge")
    yield _pool_case(rng, (2, 2, 3, 3), 1, 1, False, "random: windows of one pixel")
    yield _pool_case(rng, (1, 2, 4, 5), 2, 1, False, "random values of type float32", np.float32)


max_pool2d_backward = Exercise(
    "max_pool2d_backward",
    reference=reference.max_pool2d_backward,
    cases=_max_pool_cases,
    hints=(
        "Walk over the entries of `grad_output`, as you walked over the windows when you pooled. Which single pixel of "
        "the window did the entry come from? Give that pixel the entry.",
        "Start from zeros of the shape of `x`. `reference.best_match(patch)` is the row and column of the largest value "
        "*within* the patch; the window's top left pixel has to be added. Windows may overlap, so add: `+=`.",
        "By hand: the window [[1, 2], [4, 3]] and an upstream gradient of 5 give [[0, 0], [5, 0]]. On a tie, [[1, 4], "
        "[4, 4]], the first in reading order gets it: [[0, 5], [0, 0]].",
    ),
)


@max_pool2d_backward.alternative
def with_argmax(grad_output, x, window=2, stride=None, partial=False):
    step = window if stride is None else stride
    grad_x = np.zeros(x.shape)
    for image in range(grad_output.shape[0]):
        for channel in range(grad_output.shape[1]):
            for row in range(grad_output.shape[2]):
                for column in range(grad_output.shape[3]):
                    top, left = row * step, column * step
                    patch = x[image, channel, top : top + window, left : left + window]
                    down, across = np.unravel_index(np.argmax(patch), patch.shape)
                    grad_x[image, channel, top + down, left + across] += grad_output[
                        image, channel, row, column
                    ]
    return grad_x


@max_pool2d_backward.alternative
def whole_batch_at_each_position(grad_output, x, window=2, stride=None, partial=False):
    stride = stride or window
    grad_x = np.zeros(x.shape)
    for row, column in np.ndindex(grad_output.shape[2:]):
        place = np.s_[:, :, row * stride : row * stride + window, column * stride : column * stride + window]
        patches = x[place]
        flat = patches.reshape(*patches.shape[:2], -1)
        first = np.zeros(flat.shape)
        np.put_along_axis(first, flat.argmax(axis=2)[:, :, None], 1, axis=2)
        grad_x[place] += first.reshape(patches.shape) * grad_output[:, :, row, column, None, None]
    return grad_x


@max_pool2d_backward.alternative
def index_by_index(grad_output, x, window=2, stride=None, partial=False):
    stride = window if stride is None else stride
    hanging = np.pad(x.astype(float), ((0, 0), (0, 0), (0, window), (0, window)), constant_values=-np.inf)
    windows = np.lib.stride_tricks.sliding_window_view(hanging, (window, window), axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride][:, :, : grad_output.shape[2], : grad_output.shape[3]]
    places = windows.reshape(*windows.shape[:4], -1).argmax(axis=-1)
    images, channels, rows, columns = np.indices(grad_output.shape)
    grad_x = np.zeros(x.shape)
    place = images, channels, rows * stride + places // window, columns * stride + places % window
    np.add.at(grad_x, place, grad_output)
    return grad_x


def _walk_pool(grad_output, x, window, stride, give, start=None):
    """The way back through pooling: `give(grad_patch, patch, upstream)` for the window of each entry."""
    stride = window if stride is None else stride
    start = stride if start is None else start
    grad_x = np.zeros(x.shape)
    for image, channel, row, column in np.ndindex(grad_output.shape):
        top, left = row * start, column * start
        place = np.s_[image, channel, top : top + window, left : left + window]
        if x[place].size:
            give(grad_x[place], x[place], grad_output[image, channel, row, column])
    return grad_x


def _to_the_first(grad_patch, patch, upstream):
    grad_patch[reference.best_match(patch)] += upstream


@max_pool2d_backward.mistake(
    when="the gradient replaces what is there instead of being added to it",
    hint="A pixel that is the largest in several windows collects from all of them: `+=` instead of `=`.",
)
def pool_replaces(grad_output, x, window=2, stride=None, partial=False):
    def give(grad_patch, patch, upstream):
        grad_patch[reference.best_match(patch)] = upstream

    return _walk_pool(grad_output, x, window, stride, give)


@max_pool2d_backward.mistake(
    when="all pixels that tie for the largest get the whole gradient",
    hint="`patch == patch.max()` is True for each of them. Only the first in reading order gets the gradient.",
)
def all_that_tie(grad_output, x, window=2, stride=None, partial=False):
    def give(grad_patch, patch, upstream):
        grad_patch += (patch == patch.max()) * upstream

    return _walk_pool(grad_output, x, window, stride, give)


@max_pool2d_backward.mistake(
    when="pixels that tie for the largest share the gradient",
    hint="A fair idea, but the course, like PyTorch, gives all of it to the first in reading order.",
)
def ties_share(grad_output, x, window=2, stride=None, partial=False):
    def give(grad_patch, patch, upstream):
        grad_patch += (patch == patch.max()) * upstream / (patch == patch.max()).sum()

    return _walk_pool(grad_output, x, window, stride, give)


@max_pool2d_backward.mistake(
    when="of pixels that tie for the largest the last one gets the gradient",
    hint="The first in reading order gets it. A loop that compares with `>=` ends at the last; `>` stays at the first.",
)
def to_the_last(grad_output, x, window=2, stride=None, partial=False):
    def give(grad_patch, patch, upstream):
        rows, columns = np.nonzero(patch == patch.max())
        grad_patch[rows[-1], columns[-1]] += upstream

    return _walk_pool(grad_output, x, window, stride, give)


@max_pool2d_backward.mistake(
    when="the stride is ignored: each window begins one pixel after the one before",
    hint="The window of entry (row, column) begins at (row * stride, column * stride).",
)
def pool_without_stride(grad_output, x, window=2, stride=None, partial=False):
    return _walk_pool(grad_output, x, window, stride, _to_the_first, start=1)


@max_pool2d_backward.mistake(
    when="the stride is always taken to be as large as the window",
    hint="Only if `stride` is None does the window stand in for it.",
)
def stride_from_the_window(grad_output, x, window=2, stride=None, partial=False):
    return _walk_pool(grad_output, x, window, stride, _to_the_first, start=window)


@max_pool2d_backward.mistake(
    when="the window is taken to be as large as the stride",
    hint="Windows may overlap or leave gaps: cut `window` pixels, move by `stride`.",
)
def window_from_the_stride(grad_output, x, window=2, stride=None, partial=False):
    return _walk_pool(grad_output, x, window if stride is None else stride, stride, _to_the_first)


@max_pool2d_backward.mistake(
    when="every pixel of the window gets the gradient",
    hint="Only the largest pixel made it into the output. A nudge of the others changes nothing, so they get 0.",
)
def to_every_pixel(grad_output, x, window=2, stride=None, partial=False):
    def give(grad_patch, patch, upstream):
        grad_patch += upstream

    return _walk_pool(grad_output, x, window, stride, give)


@max_pool2d_backward.mistake(
    when="the pixels of the window share the gradient",
    hint="That is the way back through average pooling. Of the maximum, the largest pixel gets all.",
)
def shared_by_the_window(grad_output, x, window=2, stride=None, partial=False):
    def give(grad_patch, patch, upstream):
        grad_patch += upstream / patch.size

    return _walk_pool(grad_output, x, window, stride, give)


@max_pool2d_backward.mistake(
    when="the window's top left pixel gets the gradient",
    hint="The gradient goes to the largest pixel, wherever in the window it stands.",
)
def to_the_top_left(grad_output, x, window=2, stride=None, partial=False):
    def give(grad_patch, patch, upstream):
        grad_patch[0, 0] += upstream

    return _walk_pool(grad_output, x, window, stride, give)


@max_pool2d_backward.mistake(
    when="the pixel's place within the window is taken for its place in the image",
    hint="`best_match(patch)` counts from the window's corner. Add the window's top row and left column.",
)
def place_within_the_window(grad_output, x, window=2, stride=None, partial=False):
    stride = window if stride is None else stride
    grad_x = np.zeros(x.shape)
    for image, channel, row, column in np.ndindex(grad_output.shape):
        top, left = row * stride, column * stride
        patch = x[image, channel, top : top + window, left : left + window]
        grad_x[(image, channel, *reference.best_match(patch))] += grad_output[image, channel, row, column]
    return grad_x


@max_pool2d_backward.mistake(
    when="output and gradient are blown up with `np.repeat` and compared with the input",
    hint="That works where windows neither overlap nor hang over nor leave gaps, and where nothing ties. Walk over the "
    "windows instead.",
)
def blown_up(grad_output, x, window=2, stride=None, partial=False):
    def large(maps):
        return maps.repeat(window, axis=2).repeat(window, axis=3)

    return large(grad_output) * (x == large(reference.max_pool2d(x, window, stride, partial)))


@max_pool2d_backward.mistake(
    when="row and column within the window are exchanged",
    hint="`best_match` answers (row, column): the row is added to the window's top, the column to its left.",
)
def exchanged_within_the_window(grad_output, x, window=2, stride=None, partial=False):
    stride = window if stride is None else stride
    grad_x = np.zeros(x.shape)
    for image, channel, row, column in np.ndindex(grad_output.shape):
        top, left = row * stride, column * stride
        i, j = reference.best_match(x[image, channel, top : top + window, left : left + window])
        grad_x[image, channel, top + j, left + i] += grad_output[image, channel, row, column]
    return grad_x


@max_pool2d_backward.mistake(
    when="the upstream gradient is forgotten",
    hint="Give the largest pixel not 1 but the upstream gradient of its window.",
)
def pool_without_upstream(grad_output, x, window=2, stride=None, partial=False):
    return _walk_pool(np.ones(grad_output.shape), x, window, stride, _to_the_first)


@max_pool2d_backward.mistake(
    when="the largest value itself is put back",
    hint="The way back carries gradients, not values: put `grad_output`'s entry there.",
)
def the_value_itself(grad_output, x, window=2, stride=None, partial=False):
    def give(grad_patch, patch, upstream):
        grad_patch[reference.best_match(patch)] += patch.max()

    return _walk_pool(grad_output, x, window, stride, give)


@max_pool2d_backward.mistake(
    when="the gradient is multiplied by the largest value",
    hint="The output *is* the largest pixel: when it rises by 0.1, so does the output. The slope is 1.",
)
def times_the_value(grad_output, x, window=2, stride=None, partial=False):
    def give(grad_patch, patch, upstream):
        grad_patch[reference.best_match(patch)] += upstream * patch.max()

    return _walk_pool(grad_output, x, window, stride, give)


@max_pool2d_backward.mistake(
    when="the gradient goes to the smallest pixel of the window",
    hint="`argmin` finds the smallest; the largest is wanted.",
)
def to_the_smallest(grad_output, x, window=2, stride=None, partial=False):
    def give(grad_patch, patch, upstream):
        grad_patch[reference.best_match(-patch)] += upstream

    return _walk_pool(grad_output, x, window, stride, give)


@max_pool2d_backward.mistake(
    when="the gradient goes to the pixel that is largest without its sign",
    hint="The maximum looks at the values with their signs: -4 is smaller than 1.",
)
def largest_without_its_sign(grad_output, x, window=2, stride=None, partial=False):
    def give(grad_patch, patch, upstream):
        grad_patch[reference.best_match(np.abs(patch))] += upstream

    return _walk_pool(grad_output, x, window, stride, give)


@max_pool2d_backward.mistake(
    when="windows that hang over the edge are passed over",
    hint="`grad_output` has an entry for each window that counted. Walk over all its entries; a slice at the edge is "
    "shorter by itself.",
)
def windows_over_the_edge_dropped(grad_output, x, window=2, stride=None, partial=False):
    def give(grad_patch, patch, upstream):
        if patch.shape == (window, window):
            grad_patch[reference.best_match(patch)] += upstream

    return _walk_pool(grad_output, x, window, stride, give)


@max_pool2d_backward.mistake(
    when="every pixel of the map that equals a window's largest value gets its gradient",
    hint="Compare within the window's own patch, not within the whole map.",
)
def equal_anywhere(grad_output, x, window=2, stride=None, partial=False):
    stride = window if stride is None else stride
    grad_x = np.zeros(x.shape)
    for image, channel, row, column in np.ndindex(grad_output.shape):
        top, left = row * stride, column * stride
        patch = x[image, channel, top : top + window, left : left + window]
        grad_x[image, channel][x[image, channel] == patch.max()] += grad_output[image, channel, row, column]
    return grad_x


@max_pool2d_backward.mistake(
    when="a missing stride is not replaced by the window",
    hint="`stride=None` means: as large as the window. Say so in the first line.",
)
def missing_stride(grad_output, x, window=2, stride=None, partial=False):
    grad_x = np.zeros(x.shape)
    for image, channel, row, column in np.ndindex(grad_output.shape):
        top, left = row * stride, column * stride
        patch = x[image, channel, top : top + window, left : left + window]
        i, j = reference.best_match(patch)
        grad_x[image, channel, top + i, left + j] += grad_output[image, channel, row, column]
    return grad_x


@max_pool2d_backward.mistake(
    when="the gradient is collected in an array of whole numbers",
    hint="`np.zeros_like(x)` takes over an integer type and cuts off fractions. `np.zeros(x.shape)` does not.",
)
def pool_in_whole_numbers(grad_output, x, window=2, stride=None, partial=False):
    stride = window if stride is None else stride
    grad_x = np.zeros_like(x)
    for image, channel, row, column in np.ndindex(grad_output.shape):
        top, left = row * stride, column * stride
        i, j = reference.best_match(x[image, channel, top : top + window, left : left + window])
        grad_x[image, channel, top + i, left + j] += grad_output[image, channel, row, column]
    return grad_x


@max_pool2d_backward.mistake(
    when="only the first channel of the first image is done",
    hint="Every image and every channel is pooled by itself: walk over all four axes of `grad_output`.",
)
def first_channel_only(grad_output, x, window=2, stride=None, partial=False):
    grad_x = np.zeros(x.shape)
    grad_x[:1, :1] = _walk_pool(grad_output[:1, :1], x[:1, :1], window, stride, _to_the_first)
    return grad_x


@max_pool2d_backward.mistake(
    when="the gradient goes to the channel that is largest at each position",
    hint="Channels are pooled one by one; they do not compete.",
)
def largest_over_channels(grad_output, x, window=2, stride=None, partial=False):
    step = window if stride is None else stride
    grad_x = np.zeros(x.shape)
    for image, channel, row, column in np.ndindex(grad_output.shape):
        top, left = row * step, column * step
        patch = x[image, :, top : top + window, left : left + window]
        where = np.unravel_index(np.argmax(patch), patch.shape)
        grad_x[image, where[0], top + where[1], left + where[2]] += grad_output[image, channel, row, column]
    return grad_x


for change in ("zip(*pairs, strict=True) -> zip(*pairs)", "True -> False"):
    max_pool2d_backward.equivalent_mutant(
        change, because="both walk over the same offsets, so neither ends before the other"
    )


def _conv_case(rng, x_shape, weight_shape, stride, padding, about, bias=True, dtype=float):
    """Random numbers, with the upstream gradient that fits."""
    x, weight = rng.normal(size=x_shape).astype(dtype), rng.normal(size=weight_shape).astype(dtype)
    maps = reference.conv2d(x, weight, None, stride, padding)
    biases = rng.normal(size=len(weight)).astype(dtype) if bias else None
    return Case((rng.normal(size=maps.shape).astype(dtype), x, weight, biases, stride, padding), about)


def _conv_cases(rng):
    image, kernel = np.array([[[[1.0, 2.0], [3.0, 4.0]]]]), np.array([[[[1.0, 0.0], [0.0, -1.0]]]])
    yield Case((np.array([[[[2.0]]]]), image, kernel, np.array([10.0]), 1, 0), "one position")
    row, pair = np.array([[[[1.0, 2.0, 4.0]]]]), np.array([[[[3.0, 5.0]]]])
    yield Case(
        (np.array([[[[1.0, 10.0]]]]), row, pair, np.zeros(1), 1, 0), "two positions that share a pixel"
    )
    longer = np.array([[[[1.0, 2.0, 4.0, 8.0, 9.0]]]])
    yield Case(
        (np.array([[[[1.0, 10.0]]]]), longer, pair, np.zeros(1), 2, 0), "a stride of 2 that does not tile"
    )
    upstream = np.arange(1.0, 13.0).reshape(1, 1, 3, 4)
    yield Case(
        (upstream, np.array([[[[1.0, 2.0, 4.0]]]]), pair, np.zeros(1), 1, 1), "zeros laid around the image"
    )
    both = np.array([[[[1.0, 2.0]]], [[[3.0, 4.0]]]])
    yield Case((np.array([[[[1.0]]], [[[-2.0]]]]), both, pair, np.zeros(1), 1, 0), "two images")
    channels, filters = np.array([[[[1.0, 2.0]], [[3.0, 5.0]]]]), np.arange(12.0).reshape(3, 2, 1, 2)
    yield Case(
        (np.array([[[[1.0]], [[-1.0]], [[2.0]]]]), channels, filters, np.ones(3), 1, 0),
        "two channels, three filters",
    )
    yield Case((np.array([[[[1.0, 10.0]]]]), row, pair, None, 1, 0), "no bias")
    whole = rng.integers(-3, 4, (2, 2, 4, 5)), rng.integers(-3, 4, (3, 2, 2, 3))
    yield Case((rng.normal(size=(2, 3, 3, 3)), *whole, np.arange(3), 1, 0), "whole numbers")
    yield _conv_case(
        rng, (2, 3, 5, 6), (4, 3, 3, 2), 1, 0, "random: two images, three channels, four filters"
    )
    yield _conv_case(rng, (2, 2, 5, 4), (3, 2, 3, 3), 1, 1, "random: padding 1")
    yield _conv_case(rng, (1, 2, 6, 7), (2, 2, 3, 2), 2, 2, "random: stride 2, padding 2, does not tile")
    yield _conv_case(rng, (3, 1, 7, 5), (2, 1, 2, 2), 3, 0, "random: stride 3, larger than the kernel")
    yield _conv_case(
        rng, (2, 3, 4, 3), (2, 3, 1, 1), 1, 0, "random: kernels of one pixel, no bias", bias=False
    )
    yield _conv_case(rng, (2, 2, 5, 5), (2, 2, 3, 3), 2, 1, "random values of type float32", dtype=np.float32)


conv2d_backward = Exercise(
    "conv2d_backward",
    reference=reference.conv2d_backward,
    cases=_conv_cases,
    answers=("grad_x", "grad_weight", "grad_bias"),
    hints=(
        "Walk over the positions as on the way forward. At each one the patch and the filters have made a vote, as in a "
        "linear layer: which parts of `grad_x` and of `grad_weight` does the position's upstream gradient reach?",
        "At one position `upstream = grad_output[:, :, row, column]` has shape (N, C_out). The patch gets `upstream` "
        "times `weight`, summed over the filters; the weights get `upstream` times the patch, summed over the images. "
        "`np.tensordot(a, b, axes=1)` sums over the last axis of `a` and the first of `b`.",
        "Positions overlap: add with `+=`. Collect in an array of the padded image's shape, and cut the padding off at "
        "the end, with `[padding : padding + height]`, because `[0:-0]` is empty. By hand: the row [1, 2, 4], the kernel "
        "[3, 5], upstream [1, 10]: grad_x = [3, 5 + 30, 50], grad_weight = [1·1 + 10·2, 1·2 + 10·4] = [21, 42], "
        "grad_bias = [11].",
    ),
)


def _padded(x, padding):
    return np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))


def _place(weight, row, column, stride):
    top, left = row * stride, column * stride
    return np.s_[:, :, top : top + weight.shape[2], left : left + weight.shape[3]]


@conv2d_backward.alternative
def a_linear_layer_at_each_position(grad_output, x, weight, bias=None, stride=1, padding=0):
    padded, grad_weight = _padded(x, padding), np.zeros(weight.shape)
    grad_padded = np.zeros(padded.shape)
    for row, column in np.ndindex(grad_output.shape[2:]):
        place = _place(weight, row, column, stride)
        patches = padded[place]
        grad_patches, grad_rows, _ = reference.linear_backward(
            grad_output[:, :, row, column], patches.reshape(len(x), -1), weight.reshape(len(weight), -1)
        )
        grad_padded[place] += grad_patches.reshape(patches.shape)
        grad_weight += grad_rows.reshape(weight.shape)
    grad_x = grad_padded[:, :, padding : padding + x.shape[2], padding : padding + x.shape[3]]
    return grad_x, grad_weight, None if bias is None else np.einsum("nchw->c", grad_output)


@conv2d_backward.alternative
def product_by_product(grad_output, x, weight, bias=None, stride=1, padding=0):
    padded = _padded(x, padding)
    grad_padded, grad_weight = np.zeros(padded.shape), np.zeros(weight.shape)
    grad_bias = np.zeros(len(weight))
    for image, unit, row, column in np.ndindex(grad_output.shape):
        _, _, rows, columns = _place(weight, row, column, stride)
        upstream = grad_output[image, unit, row, column]
        grad_padded[image, :, rows, columns] += upstream * weight[unit]
        grad_weight[unit] += upstream * padded[image, :, rows, columns]
        grad_bias[unit] += upstream
    if padding > 0:
        grad_padded = grad_padded[:, :, padding:-padding, padding:-padding]
    return grad_padded, grad_weight, None if bias is None else grad_bias


@conv2d_backward.alternative
def offset_by_offset(grad_output, x, weight, bias=None, stride=1, padding=0):
    padded = _padded(x, padding)
    grad_padded, grad_weight = np.zeros(padded.shape), np.zeros(weight.shape)
    rows, columns = (stride * (side - 1) + 1 for side in grad_output.shape[2:])
    for i, j in np.ndindex(weight.shape[2:]):
        seen = np.s_[:, :, i : i + rows : stride, j : j + columns : stride]
        grad_padded[seen] += np.einsum("nohw,oc->nchw", grad_output, weight[:, :, i, j])
        grad_weight[:, :, i, j] = np.einsum("nohw,nchw->oc", grad_output, padded[seen])
    grad_x = grad_padded[:, :, padding : padding + x.shape[2], padding : padding + x.shape[3]]
    return grad_x, grad_weight, None if bias is None else grad_output.sum((0, 2, 3))


def _conv_back(grad_output, x, weight, bias, stride, padding, start=None, **parts):
    """The three right gradients, save those that are handed over; windows begin at multiples of `start`."""
    padded = _padded(x, padding)
    grad_padded, grad_weight = np.zeros(padded.shape), np.zeros(weight.shape)
    for row, column in np.ndindex(grad_output.shape[2:]):
        place = _place(weight, row, column, stride if start is None else start)
        upstream = grad_output[:, :, row, column]  # (N, C_out)
        grad_padded[place] += np.tensordot(upstream, weight, axes=1)
        grad_weight += np.tensordot(upstream.T, padded[place], axes=1)
    grad_x = grad_padded[:, :, padding : padding + x.shape[2], padding : padding + x.shape[3]]
    grad_bias = None if bias is None else grad_output.sum(axis=(0, 2, 3))
    return tuple(({"grad_x": grad_x, "grad_weight": grad_weight, "grad_bias": grad_bias} | parts).values())


def _scattered(grad_output, x, weight, stride, padding):
    """The gradient of the padded images, from all positions: (N, C_in, H + 2 padding, W + 2 padding)."""
    grad_padded = np.zeros(_padded(x, padding).shape)
    for row, column in np.ndindex(grad_output.shape[2:]):
        place = _place(weight, row, column, stride)
        grad_padded[place] += np.tensordot(grad_output[:, :, row, column], weight, axes=1)
    return grad_padded


@conv2d_backward.mistake(
    when="each position's gradient replaces what is there instead of being added to it",
    hint="Positions overlap, so a pixel collects from several of them: `+=` instead of `=`.",
)
def conv_replaces(grad_output, x, weight, bias=None, stride=1, padding=0):
    grad_padded = np.zeros(_padded(x, padding).shape)
    for row, column in np.ndindex(grad_output.shape[2:]):
        place = _place(weight, row, column, stride)
        grad_padded[place] = np.tensordot(grad_output[:, :, row, column], weight, axes=1)
    grad_x = grad_padded[:, :, padding : padding + x.shape[2], padding : padding + x.shape[3]]
    return _conv_back(grad_output, x, weight, bias, stride, padding, grad_x=grad_x)


@conv2d_backward.mistake(
    when="only the last position's part of the weights' gradient is kept",
    hint="The same weights serve at every position, and each position has its part in their gradient: `+=`, not `=`.",
)
def weights_of_the_last_position(grad_output, x, weight, bias=None, stride=1, padding=0):
    rows, columns = grad_output.shape[2:]
    patches = _padded(x, padding)[_place(weight, rows - 1, columns - 1, stride)]
    grad_weight = np.tensordot(grad_output[:, :, -1, -1].T, patches, axes=1)
    return _conv_back(grad_output, x, weight, bias, stride, padding, grad_weight=grad_weight)


@conv2d_backward.mistake(
    when="both gradients replace what is there instead of being added to it",
    hint="Positions overlap, and all of them use the same weights: `+=` instead of `=`, both times.",
)
def both_replace(grad_output, x, weight, bias=None, stride=1, padding=0):
    grad_x = conv_replaces(grad_output, x, weight, bias, stride, padding)[0]
    grad_weight = weights_of_the_last_position(grad_output, x, weight, bias, stride, padding)[1]
    return _conv_back(grad_output, x, weight, bias, stride, padding, grad_x=grad_x, grad_weight=grad_weight)


@conv2d_backward.mistake(
    when="the gradient of the padding is kept",
    hint="The zeros around the image were yours, not the caller's. Cut them off: grad_x has the shape of x.",
)
def padding_kept(grad_output, x, weight, bias=None, stride=1, padding=0):
    grad_x = _scattered(grad_output, x, weight, stride, padding)
    return _conv_back(grad_output, x, weight, bias, stride, padding, grad_x=grad_x)


@conv2d_backward.mistake(
    when="the padding is cut off with `[padding:-padding]`, which leaves nothing when the padding is 0",
    hint="`[0:-0]` is `[0:0]`, and that is empty. Say where the image ends: `[padding : padding + height]`.",
)
def cut_to_nothing(grad_output, x, weight, bias=None, stride=1, padding=0):
    grad_padded = _scattered(grad_output, x, weight, stride, padding)
    grad_x = grad_padded[:, :, padding:-padding, padding:-padding]
    return _conv_back(grad_output, x, weight, bias, stride, padding, grad_x=grad_x)


@conv2d_backward.mistake(
    when="the padding is cut off at the top and on the left only",
    hint="Zeros were laid on all four sides: cut at the bottom and on the right too.",
)
def cut_on_two_sides(grad_output, x, weight, bias=None, stride=1, padding=0):
    grad_x = _scattered(grad_output, x, weight, stride, padding)[:, :, padding:, padding:]
    return _conv_back(grad_output, x, weight, bias, stride, padding, grad_x=grad_x)


@conv2d_backward.mistake(
    when="the stride is ignored on the way back",
    hint="The patch of position (row, column) begins at (row * stride, column * stride), forward and backward.",
)
def conv_without_stride(grad_output, x, weight, bias=None, stride=1, padding=0):
    return _conv_back(grad_output, x, weight, bias, stride, padding, start=1)


@conv2d_backward.mistake(
    when="the padding is ignored on the way back",
    hint="The patches were cut out of the padded image. Pad `x` again, and collect in an array as large as that.",
)
def conv_without_padding(grad_output, x, weight, bias=None, stride=1, padding=0):
    return _conv_back(grad_output, x, weight, bias, stride, 0)


@conv2d_backward.mistake(
    when="the gradient of the bias is averaged instead of summed",
    hint="The bias is added at every position of every image, and all of them pull at it: use a sum.",
)
def conv_bias_averaged(grad_output, x, weight, bias=None, stride=1, padding=0):
    grad_bias = None if bias is None else grad_output.mean(axis=(0, 2, 3))
    return _conv_back(grad_output, x, weight, bias, stride, padding, grad_bias=grad_bias)


@conv2d_backward.mistake(
    when="the gradient of the bias is averaged over the images",
    hint="The loss has taken the mean already. Here the images' parts add up.",
)
def conv_bias_averaged_over_images(grad_output, x, weight, bias=None, stride=1, padding=0):
    grad_bias = None if bias is None else grad_output.sum(axis=(2, 3)).mean(axis=0)
    return _conv_back(grad_output, x, weight, bias, stride, padding, grad_bias=grad_bias)


@conv2d_backward.mistake(
    when="the gradient of the bias is summed over the positions but not over the images",
    hint="All images share the bias: sum over axes 0, 2 and 3, so that one number for each filter remains.",
)
def bias_of_each_image(grad_output, x, weight, bias=None, stride=1, padding=0):
    grad_bias = None if bias is None else grad_output.sum(axis=(2, 3))
    return _conv_back(grad_output, x, weight, bias, stride, padding, grad_bias=grad_bias)


@conv2d_backward.mistake(
    when="the gradient of the bias is summed over the images but not over the positions",
    hint="The bias is added at every position: sum over axes 0, 2 and 3, so that one number for each filter remains.",
)
def bias_of_each_position(grad_output, x, weight, bias=None, stride=1, padding=0):
    grad_bias = None if bias is None else grad_output.sum(axis=0)
    return _conv_back(grad_output, x, weight, bias, stride, padding, grad_bias=grad_bias)


@conv2d_backward.mistake(
    when="the gradient of the bias is summed over the axes 0, 1 and 2",
    hint="One number for each filter must remain. The filters are axis 1: sum over the other three, 0, 2 and 3.",
)
def conv_bias_over_the_wrong_axes(grad_output, x, weight, bias=None, stride=1, padding=0):
    grad_bias = None if bias is None else grad_output.sum(axis=(0, 1, 2))
    return _conv_back(grad_output, x, weight, bias, stride, padding, grad_bias=grad_bias)


@conv2d_backward.mistake(
    when="the gradient of the bias is summed over the filters, with `axis=(1, 2, 3)`",
    hint="One number for each filter must remain. The filters are axis 1: sum over the other three, 0, 2 and 3.",
)
def conv_bias_of_each_image(grad_output, x, weight, bias=None, stride=1, padding=0):
    grad_bias = None if bias is None else grad_output.sum(axis=(1, 2, 3))
    return _conv_back(grad_output, x, weight, bias, stride, padding, grad_bias=grad_bias)


@conv2d_backward.mistake(
    when="all filters get the same gradient of the bias, that of the whole stack",
    hint="Each filter has a bias of its own: sum over axes 0, 2 and 3, and leave the filters apart.",
)
def conv_bias_over_everything(grad_output, x, weight, bias=None, stride=1, padding=0):
    grad_bias = None if bias is None else np.full(len(weight), grad_output.sum())
    return _conv_back(grad_output, x, weight, bias, stride, padding, grad_bias=grad_bias)


@conv2d_backward.mistake(
    when="the gradient of the weights is averaged over the images",
    hint="The loss has taken the mean already. Here the images' parts add up.",
)
def conv_weights_averaged(grad_output, x, weight, bias=None, stride=1, padding=0):
    grad_weight = _conv_back(grad_output, x, weight, bias, stride, padding)[1] / len(x)
    return _conv_back(grad_output, x, weight, bias, stride, padding, grad_weight=grad_weight)


@conv2d_backward.mistake(
    when="the gradient of the weights is averaged over the positions",
    hint="Every position uses the weights, and the positions' parts add up.",
)
def weights_averaged_over_positions(grad_output, x, weight, bias=None, stride=1, padding=0):
    grad_weight = _conv_back(grad_output, x, weight, bias, stride, padding)[1] / grad_output[0, 0].size
    return _conv_back(grad_output, x, weight, bias, stride, padding, grad_weight=grad_weight)


@conv2d_backward.mistake(
    when="the kernels are flipped on the way back",
    hint="When you hand out position by position, the kernel lies on the patch as on the way forward: unflipped. (Only "
    "the other way of writing it, one convolution over the whole gradient, flips it.)",
)
def conv_flipped(grad_output, x, weight, bias=None, stride=1, padding=0):
    grad_x = _conv_back(grad_output, x, weight[:, :, ::-1, ::-1], bias, stride, padding)[0]
    return _conv_back(grad_output, x, weight, bias, stride, padding, grad_x=grad_x)


@conv2d_backward.mistake(
    when="filters and channels are exchanged in the gradient of the weights",
    hint="A gradient has the shape of what it belongs to: (C_out, C_in, kH, kW). Turn `upstream`, not the result.",
)
def filters_and_channels_exchanged(grad_output, x, weight, bias=None, stride=1, padding=0):
    grad_weight = _conv_back(grad_output, x, weight, bias, stride, padding)[1].swapaxes(0, 1)
    return _conv_back(grad_output, x, weight, bias, stride, padding, grad_weight=grad_weight)


@conv2d_backward.mistake(
    when="`upstream` is not turned for the gradient of the weights",
    hint="The weights' gradient adds up over the images: (C_out, N) times (N, C_in, kH, kW). `upstream` is (N, C_out).",
)
def upstream_not_turned(grad_output, x, weight, bias=None, stride=1, padding=0):
    padded, grad_weight = _padded(x, padding), np.zeros(weight.shape)
    for row, column in np.ndindex(grad_output.shape[2:]):
        patches = padded[_place(weight, row, column, stride)]
        grad_weight += np.tensordot(grad_output[:, :, row, column], patches, axes=1)
    return _conv_back(grad_output, x, weight, bias, stride, padding, grad_weight=grad_weight)


@conv2d_backward.mistake(
    when="rows and columns are exchanged in the gradient of the weights",
    hint="The gradient of a weight stands where the weight stands, at the same row and column of the kernel.",
)
def kernels_transposed(grad_output, x, weight, bias=None, stride=1, padding=0):
    grad_weight = _conv_back(grad_output, x, weight, bias, stride, padding)[1].swapaxes(2, 3)
    return _conv_back(grad_output, x, weight, bias, stride, padding, grad_weight=grad_weight)


@conv2d_backward.mistake(
    when="the upstream gradient is forgotten",
    hint="Weights and pixels are the local slopes. At each position multiply them by `grad_output[:, :, row, column]`.",
)
def conv_without_upstream(grad_output, x, weight, bias=None, stride=1, padding=0):
    return _conv_back(np.ones(grad_output.shape), x, weight, bias, stride, padding)


@conv2d_backward.mistake(
    when="the upstream gradient is forgotten for the weights",
    hint="At each position the patch counts as much as the upstream gradient says: multiply, then add.",
)
def conv_weights_without_upstream(grad_output, x, weight, bias=None, stride=1, padding=0):
    grad_weight = _conv_back(np.ones(grad_output.shape), x, weight, bias, stride, padding)[1]
    return _conv_back(grad_output, x, weight, bias, stride, padding, grad_weight=grad_weight)


@conv2d_backward.mistake(
    when="the upstream gradient of one image is used for all",
    hint="`grad_output[0]` is the first image's. Each image has a gradient of its own: keep the batch axis.",
)
def upstream_of_the_first_image(grad_output, x, weight, bias=None, stride=1, padding=0):
    first = np.broadcast_to(grad_output[:1], grad_output.shape)
    return _conv_back(first, x, weight, bias, stride, padding)


@conv2d_backward.mistake(
    when="only the first filter sends its gradient back to the image",
    hint="Every filter looked at the pixel, and all their gradients add up: sum over the filters.",
)
def first_filter_only(grad_output, x, weight, bias=None, stride=1, padding=0):
    grad_x = _conv_back(grad_output[:, :1], x, weight[:1], None, stride, padding)[0]
    return _conv_back(grad_output, x, weight, bias, stride, padding, grad_x=grad_x)


@conv2d_backward.mistake(
    when="the gradient of the images is the same for all channels",
    hint="Each channel has kernels of its own. Do not sum over the channels.",
)
def channels_summed(grad_output, x, weight, bias=None, stride=1, padding=0):
    grad_x = _conv_back(grad_output, x, weight, bias, stride, padding)[0]
    grad_x = np.broadcast_to(grad_x.sum(axis=1, keepdims=True), x.shape).copy()
    return _conv_back(grad_output, x, weight, bias, stride, padding, grad_x=grad_x)


@conv2d_backward.mistake(
    when="the gradients of weights and images are exchanged",
    hint="The order is that of the arguments: x, weight, bias.",
)
def conv_order_exchanged(grad_output, x, weight, bias=None, stride=1, padding=0):
    grad_x, grad_weight, grad_bias = _conv_back(grad_output, x, weight, bias, stride, padding)
    return grad_weight, grad_x, grad_bias


@conv2d_backward.mistake(
    when="only the gradient of x is returned",
    hint="Return all three: grad_x, grad_weight, grad_bias.",
)
def conv_gradient_of_x_only(grad_output, x, weight, bias=None, stride=1, padding=0):
    return _conv_back(grad_output, x, weight, bias, stride, padding)[0]


@conv2d_backward.mistake(
    when="a bias that is not there gets a gradient",
    hint="Without a bias (`bias is None`) the third answer is None.",
)
def conv_gradient_of_no_bias(grad_output, x, weight, bias=None, stride=1, padding=0):
    return _conv_back(grad_output, x, weight, np.zeros(len(weight)), stride, padding)


@conv2d_backward.mistake(
    when="the gradients are collected in arrays of whole numbers",
    hint="`np.zeros_like` takes over an integer type, and a fraction cannot be added to it. `np.zeros(x.shape)` holds "
    "fractions.",
)
def conv_in_whole_numbers(grad_output, x, weight, bias=None, stride=1, padding=0):
    padded = _padded(x, padding)
    grad_padded, grad_weight = np.zeros_like(padded), np.zeros_like(weight)
    for row, column in np.ndindex(grad_output.shape[2:]):
        place = _place(weight, row, column, stride)
        grad_padded[place] += np.tensordot(grad_output[:, :, row, column], weight, axes=1)
        grad_weight += np.tensordot(grad_output[:, :, row, column].T, padded[place], axes=1)
    grad_x = grad_padded[:, :, padding : padding + x.shape[2], padding : padding + x.shape[3]]
    return grad_x, grad_weight, None if bias is None else grad_output.sum(axis=(0, 2, 3))
