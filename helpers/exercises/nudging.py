"""What lesson 08 asks: cross_entropy, numerical_gradient, gradient_step."""

import numpy as np

from helpers import reference
from helpers.exercises.model import Case, Exercise


def _cross_entropy_cases(rng):
    yield Case((np.array([[0.0, 0.0]]), np.array([1])), "equal votes for two classes")
    yield Case((np.array([[np.log(3.0), 0.0]]), np.array([1])), "a wrong vote of three to one")
    yield Case((np.log([[3.0, 1.0], [1.0, 1.0]]), np.array([0, 1])), "two rows: three to one, and one to one")
    yield Case((np.log([[1.0, 2.0, 5.0], [4.0, 2.0, 2.0]]), np.array([2, 1])), "two rows of three classes")
    yield Case((np.array([[3, -1], [0, 2], [1, 1]]), np.array([0, 0, 1])), "whole numbers")
    yield Case((np.array([[1000.0, 998.0]]), np.array([1])), "votes of a thousand")
    yield Case((np.array([[-1000.0, -999.0, -1001.0]]), np.array([0])), "votes of minus a thousand")
    yield Case((np.array([[2000.0, 0.0]]), np.array([1])), "sure, and wrong")
    yield Case(
        (np.array([[0.0, 0.0], [0.0, 2000.0]]), np.array([1, 1])), "one row undecided, one sure and right"
    )
    for rows, classes in [(5, 2), (4, 10), (7, 3)]:
        logits, labels = rng.normal(0, 3, (rows, classes)), rng.integers(0, classes, rows)
        yield Case((logits, labels), f"random votes of shape ({rows}, {classes})")
    logits = rng.normal(0, 3, (6, 4)).astype(np.float32)
    yield Case((logits, rng.integers(0, 4, 6)), "random votes of type float32")


cross_entropy = Exercise(
    name="cross_entropy",
    reference=reference.cross_entropy,
    cases=_cross_entropy_cases,
    hints=(
        "Three steps: take each row's largest vote from the row; for each row, the logarithm of the sum of `np.exp`, less "
        "the right class's vote; the mean over the rows.",
        "With `axis=1` and `keepdims=True`, `max` gives one column with each row's largest vote. "
        "`array[np.arange(len(labels)), labels]` picks one entry from each row: that of its label.",
        "By hand: votes [0, 0], label 1. The sum of the exponentials is 1 + 1 = 2, and log 2 - 0 = 0.693.",
    ),
)


cross_entropy.equivalent_mutant(
    "logits, labels = (_as_numbers(logits, 'logits'), np.asarray(labels)) -> (dropped)",
    because="it only refuses what is no array of numbers; the lesson hands over arrays",
)
cross_entropy.equivalent_mutant(
    "_as_numbers(logits, 'logits') -> logits",
    because="it only refuses what is no array of numbers; the lesson hands over arrays",
)
cross_entropy.equivalent_mutant(
    "np.asarray(labels) -> labels", because="it turns lists into arrays; the lesson hands over arrays"
)


@cross_entropy.alternative
def row_by_row(logits, labels):
    total = 0.0
    for votes, label in zip(logits, labels, strict=True):
        largest = votes.max()
        total += largest + np.log(np.sum(np.exp(votes - largest))) - votes[label]
    return total / len(labels)


@cross_entropy.alternative
def with_logaddexp(logits, labels):
    sums = np.logaddexp.reduce(logits.astype(float), axis=1)
    return np.mean(sums - logits[np.arange(len(logits)), labels])


@cross_entropy.alternative
def with_one_hot_labels(logits, labels):
    shifted = logits - logits.max(axis=1)[:, None]
    log_shares = shifted - np.log(np.exp(shifted).sum(axis=1))[:, None]
    return -np.sum(log_shares * np.eye(logits.shape[1])[labels]) / len(logits)


def _surprises(logits, labels):
    """The surprise of each row, of shape (N,); the frame that the mistakes below share."""
    shifted = logits - logits.max(axis=1, keepdims=True)
    return np.log(np.exp(shifted).sum(axis=1)) - shifted[np.arange(len(labels)), labels]


def _right_shares(logits, labels):
    """The share of each row's right class, of shape (N,)."""
    return reference.softmax(logits)[np.arange(len(labels)), labels]


@cross_entropy.mistake(
    when="the rows are added up instead of averaged",
    hint="A larger batch is not a worse one. Divide by the number of rows.",
)
def summed(logits, labels):
    return np.sum(_surprises(logits, labels))


@cross_entropy.mistake(
    when="the mean is divided by the number of rows once more",
    hint="`np.mean` divides by the number of rows already.",
)
def averaged_twice(logits, labels):
    return np.mean(_surprises(logits, labels)) / len(labels)


@cross_entropy.mistake(
    when="the sum is divided by the number of all votes, rows times classes",
    hint="Each row has one surprise, that of its right class. Divide by the number of rows.",
)
def divided_by_all_votes(logits, labels):
    return np.sum(_surprises(logits, labels)) / logits.size


@cross_entropy.mistake(
    when="the vote of another class than the right one is taken",
    hint="`labels` says for each row which class is right: take that one's vote, not the next class's.",
)
def wrong_class(logits, labels):
    return np.mean(_surprises(logits, (labels + 1) % logits.shape[1]))


@cross_entropy.mistake(
    when="the first class is taken for the right one in every row",
    hint="`labels` says which class is right, and it may be a different one in each row.",
)
def always_the_first_class(logits, labels):
    return np.mean(_surprises(logits, np.zeros_like(labels)))


@cross_entropy.mistake(
    when="the class with the most votes is taken for the right one",
    hint="The network's own favourite does not matter here. What share did it give to the class in `labels`?",
)
def favourite_class(logits, labels):
    return np.mean(_surprises(logits, np.argmax(logits, axis=1)))


@cross_entropy.mistake(
    when="the logarithm is taken to base 2",
    hint="Here the logarithm is the natural one, `np.log`.",
)
def base_two(logits, labels):
    return np.mean(_surprises(logits, labels)) / np.log(2)


@cross_entropy.mistake(
    when="the logarithm is taken to base 10",
    hint="Here the logarithm is the natural one, `np.log`.",
)
def base_ten(logits, labels):
    return np.mean(_surprises(logits, labels)) / np.log(10)


@cross_entropy.mistake(
    when="the minus is missing",
    hint="The logarithm of a share is negative. The loss is its negative, so that worse is larger.",
)
def without_the_minus(logits, labels):
    return -np.mean(_surprises(logits, labels))


@cross_entropy.mistake(
    when="the share itself is turned into a logarithm, and the share is 0 where the network is sure and wrong",
    hint="`exp(-2000)` is 0 for a computer, and the logarithm of 0 is minus infinity. Let the logarithm act before anything "
    "can vanish: log(sum of exp) - right vote, with the largest vote taken out.",
)
def log_of_zero(logits, labels):
    return -np.mean(np.log(_right_shares(logits, labels)))


@cross_entropy.mistake(
    when="shares of 0 are lifted to a tiny number before the logarithm",
    hint="A floor under the share makes all surprises above it equal. No floor is needed: log(sum of exp) - right vote, "
    "with the largest vote taken out first.",
)
def floor_under_the_share(logits, labels):
    return -np.mean(np.log(np.maximum(_right_shares(logits, labels), 1e-12)))


@cross_entropy.mistake(
    when="a tiny number is added to every share before the logarithm",
    hint="Adding something to the share changes the surprise. Nothing needs to be added: log(sum of exp) - right vote, with "
    "the largest vote taken out first.",
)
def lifted_share(logits, labels):
    return -np.mean(np.log(_right_shares(logits, labels) + 1e-9))


@cross_entropy.mistake(
    when="the largest vote is not taken out, and `np.exp` of a large vote is infinite",
    hint="`np.exp(1000)` is too large for a float. Take each row's largest vote from the row first; no share changes.",
)
def overflowing(logits, labels):
    return np.mean(np.log(np.exp(logits).sum(axis=1)) - logits[np.arange(len(labels)), labels])


@cross_entropy.mistake(
    when="the shares are made without taking the largest vote out, and `np.exp` of a large vote is infinite",
    hint="`np.exp(1000)` is too large for a float, and infinity divided by infinity is nan. Take each row's largest vote from "
    "the row first; no share changes.",
)
def overflowing_shares(logits, labels):
    exponentials = np.exp(logits)
    shares = exponentials / exponentials.sum(axis=1, keepdims=True)
    return -np.mean(np.log(shares[np.arange(len(labels)), labels]))


@cross_entropy.mistake(
    when="the wrong classes are priced too, with -log(1 - share)",
    hint="Only the right class's share has a price. The wrong ones pay through it: what they take, it lacks.",
)
def wrong_classes_priced(logits, labels):
    shares, right = reference.softmax(logits), np.eye(logits.shape[1])[labels]
    return -np.mean(right * np.log(shares + 1e-15) + (1 - right) * np.log(1 - shares + 1e-15))


@cross_entropy.mistake(
    when="the largest vote is taken out of the sum, but not out of the right class's vote",
    hint="Take the right class's vote from the same shifted row as the sum.",
)
def shifted_once(logits, labels):
    shifted = logits - logits.max(axis=1, keepdims=True)
    return np.mean(np.log(np.exp(shifted).sum(axis=1)) - logits[np.arange(len(labels)), labels])


@cross_entropy.mistake(
    when="the logarithm of the sum is left out",
    hint="The right class's vote alone says little: it counts against the votes of all classes, log(sum of exp).",
)
def minus_the_right_vote(logits, labels):
    return -np.mean(logits[np.arange(len(labels)), labels])


@cross_entropy.mistake(
    when="the mean of the shares is taken first, and then the logarithm",
    hint="Each row has its own surprise. Logarithm first, mean last.",
)
def log_of_the_mean(logits, labels):
    return -np.log(np.mean(_right_shares(logits, labels)))


@cross_entropy.mistake(
    when="the missing share is averaged, without any logarithm",
    hint="That is right answer minus actual answer. Cross-entropy takes minus the logarithm of the share.",
)
def missing_share(logits, labels):
    return np.mean(1 - _right_shares(logits, labels))


@cross_entropy.mistake(
    when="the squared differences from the right answer are averaged",
    hint="That is another loss. Here: minus the logarithm of the right class's share, averaged over the rows.",
)
def squared_difference(logits, labels):
    return np.mean((np.eye(logits.shape[1])[labels] - reference.softmax(logits)) ** 2)


@cross_entropy.mistake(
    when="the shares are made from the votes of the whole batch, not row by row",
    hint="Each row's shares add up to 1. Give `sum` the `axis=1`.",
)
def over_the_whole_batch(logits, labels):
    shifted = logits - logits.max()
    return np.mean(np.log(np.exp(shifted).sum()) - shifted[np.arange(len(labels)), labels])


@cross_entropy.mistake(
    when="the sums run down the columns, over the images instead of the classes",
    hint="A row holds the votes for one image. `axis=1` goes along the row.",
)
def down_the_columns(logits, labels):
    shifted = logits - logits.max(axis=0)
    sums = np.log(np.exp(shifted).sum(axis=0))
    return np.mean((sums - shifted)[np.arange(len(labels)), labels])


@cross_entropy.mistake(
    when="`[:, labels]` takes, for every row, the votes of all rows' labels",
    hint="`shifted[:, labels]` has N x N entries. To pick one from each row, give the rows too: "
    "`shifted[np.arange(len(labels)), labels]`.",
)
def every_label_in_every_row(logits, labels):
    shifted = logits - logits.max(axis=1, keepdims=True)
    return np.mean(np.log(np.exp(shifted).sum(axis=1, keepdims=True)) - shifted[:, labels])


@cross_entropy.mistake(
    when="the surprises at all classes are averaged, right and wrong ones",
    hint="Only the right class's share counts. The others count through it: they take their shares away from it.",
)
def all_classes(logits, labels):
    return np.mean([_surprises(logits, np.full_like(labels, k)) for k in range(logits.shape[1])])


@cross_entropy.mistake(
    when="the surprises are returned row by row",
    hint="The loss is one number for the whole batch: the mean.",
)
def one_for_each_row(logits, labels):
    return _surprises(logits, labels)


@cross_entropy.mistake(
    when="the largest votes are taken out of the caller's own array",
    hint="`-=` writes into `logits`. Make a new array: `logits - logits.max(axis=1, keepdims=True)`.",
)
def spoils_the_votes(logits, labels):
    logits -= logits.max(axis=1, keepdims=True)
    return _surprises(logits, labels).mean()


def sum_of_squares(weights):
    return np.sum(weights**2)


def sum_of_cubes(weights):
    return np.sum(weights**3)


def product(weights):
    return np.prod(weights)


def weighted_sum(weights):
    return np.sum(weights * np.arange(1.0, 1.0 + weights.size).reshape(weights.shape))


def mixed_squares(weights):
    return np.sum(weights) * np.sum(weights**2)


def loss_of_a_vote(weights):
    return reference.cross_entropy(np.array([[1.0, -2.0, 0.5]]) @ weights, np.array([1]))


def _numerical_gradient_cases(rng):
    yield Case((sum_of_squares, np.array([3.0]), 0.5), "one weight, and nudges of 0.5")
    yield Case((sum_of_cubes, np.array([1.0, -2.0]), 1.0), "cubes, and nudges of 1")
    yield Case(
        (product, np.array([2.0, 3.0, 5.0]), 0.5), "a product: every weight's slope depends on the others"
    )
    yield Case(
        (weighted_sum, np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), 0.25), "two rows and three columns"
    )
    yield Case((mixed_squares, np.array([[1.0, -0.5], [0.0, 2.0]]), 0.5), "weights that act on each other")
    yield Case((sum_of_squares, np.array([0.0, -1.5]), 0.1), "a weight that is 0")
    yield Case((product, np.array([[1, 2], [3, 4]]), 0.25), "whole numbers")
    yield Case((sum_of_cubes, np.array([1, 3, 2]), 0.25), "whole numbers, with slopes that are none")
    yield Case(
        (loss_of_a_vote, rng.normal(0, 1, (3, 2)), 1e-3), "the loss of one image, by its voting weights"
    )
    for shape, step in [((4,), 1e-2), ((2, 1, 3, 2), 0.3), ((3, 4), 1e-4)]:
        yield Case((mixed_squares, rng.normal(0, 1, shape), step), f"random weights of shape {shape}")
    yield Case((sum_of_cubes, rng.normal(0, 1, (2, 3)).astype(np.float32), 0.125), "weights of type float32")


numerical_gradient = Exercise(
    name="numerical_gradient",
    reference=reference.numerical_gradient,
    cases=_numerical_gradient_cases,
    hints=(
        "One weight at a time: nudge it up, call `function`; nudge it down, call `function`; put it back. "
        "The slope is the difference of the two values, divided by the way between the two places.",
        "`np.ndindex(weights.shape)` gives the position of every weight of an array of any shape. Nudge in a copy of type "
        "float: `weights.astype(float)`.",
        "By hand: sum of squares, weight 3, step 0.5. Up 3.5 * 3.5 = 12.25, down 2.5 * 2.5 = 6.25; "
        "(12.25 - 6.25) / (2 * 0.5) = 6.",
    ),
)


numerical_gradient.equivalent_mutant(
    "gradient.astype(weights.dtype, copy=False) -> gradient.astype(weights.dtype)",
    because="a copy holds the same numbers",
)
numerical_gradient.equivalent_mutant("False -> True", because="a copy holds the same numbers")
numerical_gradient.equivalent_mutant(
    "np.zeros(weights.shape) -> np.ones(weights.shape)", because="every entry is overwritten"
)


@numerical_gradient.alternative
def with_an_array_of_nudges(function, weights, step=1e-5):
    gradient = np.zeros(weights.shape)
    for position in np.ndindex(weights.shape):
        nudge = np.zeros(weights.shape)
        nudge[position] = step
        gradient[position] = (function(weights + nudge) - function(weights - nudge)) / (2 * step)
    return gradient


@numerical_gradient.alternative
def with_flat_copies(function, weights, step=1e-5):
    slopes = []
    for index in range(weights.size):
        up, down = weights.astype(float).ravel(), weights.astype(float).ravel()
        up[index] += step
        down[index] -= step
        slopes.append(function(up.reshape(weights.shape)) - function(down.reshape(weights.shape)))
    return np.array(slopes).reshape(weights.shape) / step / 2


@numerical_gradient.alternative
def with_rows_of_an_identity(function, weights, step=1e-5):
    nudges = step * np.eye(weights.size).reshape(-1, *weights.shape)
    slopes = [(function(weights + nudge) - function(weights - nudge)) / (step + step) for nudge in nudges]
    return np.reshape(slopes, weights.shape)


def _walk(weights, slope):
    """An array of `slope(up, down)` for nudges of 1 in every weight; the frame that the mistakes below share."""
    gradient = np.zeros(weights.shape)
    for position in np.ndindex(weights.shape):
        nudge = np.zeros(weights.shape)
        nudge[position] = 1.0
        gradient[position] = slope(nudge)
    return gradient


def _difference(function, weights, nudge):
    """The function's value above less that below."""
    return function(weights + nudge) - function(weights - nudge)


@numerical_gradient.mistake(
    when="every weight is nudged up only",
    hint="Nudge down as well, and compare above with below. One side alone is off by an amount that grows with the step.",
)
def one_sided(function, weights, step=1e-5):
    start = function(weights.astype(float))
    return _walk(weights, lambda nudge: (function(weights + step * nudge) - start) / step)


@numerical_gradient.mistake(
    when="every weight is nudged down only",
    hint="Nudge up as well, and compare above with below. One side alone is off by an amount that grows with the step.",
)
def one_sided_below(function, weights, step=1e-5):
    start = function(weights.astype(float))
    return _walk(weights, lambda nudge: (start - function(weights - step * nudge)) / step)


@numerical_gradient.mistake(
    when="above is compared with the start, but divided by the way from below to above",
    hint="Up by one step and down by one step is back at the start; from above, two steps lead below. Compare above with "
    "below.",
)
def one_sided_and_halved(function, weights, step=1e-5):
    start = function(weights.astype(float))
    return _walk(weights, lambda nudge: (function(weights + step * nudge) - start) / (2 * step))


@numerical_gradient.mistake(
    when="a weight is not put back before the next one is nudged",
    hint="After its two nudges a weight must have its old value again, or the next slope is that of another place.",
)
def not_put_back(function, weights, step=1e-5):
    nudged, gradient = weights.astype(float), np.zeros(weights.shape)
    for position in np.ndindex(weights.shape):
        nudged[position] = weights[position] + step
        above = function(nudged)
        nudged[position] = weights[position] - step
        gradient[position] = (above - function(nudged)) / (2 * step)
    return gradient


@numerical_gradient.mistake(
    when="above is compared with the start, and then the weight is left one step too low",
    hint="Compare one step above with one step below, and give the weight its old value before the next one's turn.",
)
def left_below(function, weights, step=1e-5):
    nudged, gradient = weights.astype(float), np.zeros(weights.shape)
    for position in np.ndindex(weights.shape):
        nudged[position] += step
        above = function(nudged)
        nudged[position] -= step
        gradient[position] = (above - function(nudged)) / (2 * step)
        nudged[position] -= step
    return gradient


@numerical_gradient.mistake(
    when="the nudging is done in an array of whole numbers, which cuts every nudge off",
    hint="An integer array keeps whole numbers only, so 3.25 becomes 3. Nudge in `weights.astype(float)`.",
)
def in_whole_numbers(function, weights, step=1e-5):
    nudged, gradient = weights.copy(), np.zeros(weights.shape)
    for position in np.ndindex(weights.shape):
        nudged[position] = weights[position] + step
        above = function(nudged)
        nudged[position] = weights[position] - step
        gradient[position] = (above - function(nudged)) / (2 * step)
        nudged[position] = weights[position]
    return gradient


@numerical_gradient.mistake(
    when="the slopes are written into an array of the weights' type, which cuts their fractions off",
    hint="`np.zeros_like(weights)` is an array of whole numbers if `weights` is. Use `np.zeros(weights.shape)`.",
)
def whole_slopes(function, weights, step=1e-5):
    gradient = np.zeros_like(weights)
    gradient[...] = reference.numerical_gradient(function, weights.astype(float), step)
    return gradient


@numerical_gradient.mistake(
    when="the caller's own array is nudged",
    hint="Nudge in a copy. Adding a step and taking it off again leaves a trace in the last digit.",
)
def in_the_callers_array(function, weights, step=1e-5):
    gradient = np.zeros(weights.shape)
    for position in np.ndindex(weights.shape):
        weights[position] += step
        above = function(weights)
        weights[position] -= 2 * step
        gradient[position] = (above - function(weights)) / (2 * step)
    return gradient


@numerical_gradient.mistake(
    when="the difference is divided by one step instead of two",
    hint="From one step below to one step above it is two steps: divide by `2 * step`.",
)
def divided_by_one_step(function, weights, step=1e-5):
    return _walk(weights, lambda nudge: _difference(function, weights, step * nudge) / step)


@numerical_gradient.mistake(
    when="`/ 2 * step` is written without parentheses, so that the step multiplies",
    hint="Python goes from left to right: `a / 2 * step` is (a / 2) * step. Write `/ (2 * step)`.",
)
def without_parentheses(function, weights, step=1e-5):
    return _walk(weights, lambda nudge: _difference(function, weights, step * nudge) / 2 * step)


@numerical_gradient.mistake(
    when="the difference is halved, but not divided by the step",
    hint="A slope is the change of the value for a change of *1* in the weight. Divide by the whole way, `2 * step`.",
)
def only_halved(function, weights, step=1e-5):
    return _walk(weights, lambda nudge: _difference(function, weights, step * nudge) / 2)


@numerical_gradient.mistake(
    when="the difference is not divided at all",
    hint="A slope is the change of the value for a change of *1* in the weight. Divide by the way, `2 * step`.",
)
def not_divided(function, weights, step=1e-5):
    return _walk(weights, lambda nudge: _difference(function, weights, step * nudge))


@numerical_gradient.mistake(
    when="above is taken from below, so that every sign is wrong",
    hint="If the value rises with the weight, the slope is positive: above minus below.",
)
def below_minus_above(function, weights, step=1e-5):
    return _walk(weights, lambda nudge: -_difference(function, weights, step * nudge) / (2 * step))


@numerical_gradient.mistake(
    when="the signs are lost",
    hint="The sign says which way is downhill. Leave `abs` out.",
)
def without_the_sign(function, weights, step=1e-5):
    return np.abs(reference.numerical_gradient(function, weights.astype(float), step))


@numerical_gradient.mistake(
    when="the function is called twice with the same weights: a step of 0",
    hint="Every slope is 0, because nothing was nudged. Change the array that you hand to `function`.",
)
def never_nudged(function, weights, step=1e-5):
    return np.zeros(weights.shape)


@numerical_gradient.mistake(
    when="all weights are nudged at the same time",
    hint="If all move at once, you cannot tell which one made the change. Nudge one, put it back, go on.",
)
def all_at_once(function, weights, step=1e-5):
    ones = np.ones(weights.shape)
    return ones * _difference(function, weights, step * ones) / (2 * step)


@numerical_gradient.mistake(
    when="all weights are nudged at the same time, and one number is returned",
    hint="Every weight has a slope of its own. Nudge one weight, put it back, go on to the next.",
)
def one_number(function, weights, step=1e-5):
    return _difference(function, weights, step * np.ones(weights.shape)) / (2 * step)


@numerical_gradient.mistake(
    when="whole rows are nudged at once",
    hint="`range(len(weights))` visits rows. `np.ndindex(weights.shape)` visits every single weight.",
)
def row_by_row_nudges(function, weights, step=1e-5):
    gradient = np.zeros(weights.shape)
    for row in range(len(weights)):
        nudge = np.zeros(weights.shape)
        nudge[row] = step
        gradient[row] = _difference(function, weights, nudge) / (2 * step)
    return gradient


@numerical_gradient.mistake(
    when="the step is always 1e-5, whatever the caller asks for",
    hint="The third argument says how far to nudge. Use `step`.",
)
def fixed_step(function, weights, step=1e-5):
    return _walk(weights, lambda nudge: _difference(function, weights, 1e-5 * nudge) / 2e-5)


@numerical_gradient.mistake(
    when="the nudge is a share of the weight instead of a step of the same length for all",
    hint="Add and take off `step` itself. A weight of 0 would never move if the step were multiplied by it.",
)
def relative_nudge(function, weights, step=1e-5):
    def slope(nudge):
        return _difference(function, weights, step * nudge * weights) / (2 * step)

    return _walk(weights, slope)


@numerical_gradient.mistake(
    when="the slopes are returned in one row",
    hint="The gradient has the weights' shape: one slope for each weight, in the same place.",
)
def flattened(function, weights, step=1e-5):
    return reference.numerical_gradient(function, weights.astype(float), step).ravel()


@numerical_gradient.mistake(
    when="the last slope overwrites all entries",
    hint="`gradient[position] = ...` writes one entry. `gradient[...]` or `gradient[:]` writes all.",
)
def last_slope_everywhere(function, weights, step=1e-5):
    gradient = reference.numerical_gradient(function, weights.astype(float), step)
    return np.full(weights.shape, gradient.ravel()[-1])


def _gradient_step_cases(rng):
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


gradient_step = Exercise(
    name="gradient_step",
    reference=reference.gradient_step,
    cases=_gradient_step_cases,
    hints=(
        "The gradient says where the error rises. Which sign leads the other way?",
        "New weights are old weights, and a change that is the learning rate times the slope.",
        "By hand: weight 1, slope 2, learning rate 0.5: the step is 0.5 * 2 = 1, and it goes down, to 0.",
    ),
)


gradient_step.equivalent_mutant(
    "float(learning_rate) -> learning_rate",
    because="only a rate of a wider type would change the result's type",
)


@gradient_step.alternative
def weight_by_weight(weights, gradient, learning_rate):
    moved = np.zeros(weights.shape)
    for position in np.ndindex(weights.shape):
        moved[position] = weights[position] - learning_rate * gradient[position]
    return moved


@gradient_step.alternative
def in_a_copy(weights, gradient, learning_rate):
    moved = weights.astype(float)
    moved -= gradient * learning_rate
    return moved


@gradient_step.mistake(
    when="the step goes uphill, with the gradient instead of against it",
    hint="The gradient points to where the error rises. Take it off instead of adding it.",
)
def uphill(weights, gradient, learning_rate):
    return weights + learning_rate * gradient


@gradient_step.mistake(
    when="the learning rate is left out",
    hint="Multiply the gradient by `learning_rate` before you take it off.",
)
def without_the_rate(weights, gradient, learning_rate):
    return weights - gradient * 1.0


@gradient_step.mistake(
    when="the gradient is left out",
    hint="Every weight has its own slope. Multiply the learning rate by the gradient before you take it off.",
)
def without_the_gradient(weights, gradient, learning_rate):
    return weights - learning_rate


@gradient_step.mistake(
    when="the gradient is divided by its number of rows",
    hint="The loss has been averaged already. Nothing is divided here.",
)
def divided_by_rows(weights, gradient, learning_rate):
    return weights - learning_rate * gradient / len(gradient)


@gradient_step.mistake(
    when="the caller's own array is changed",
    hint="`-=` writes into `weights`. Return a new array: `weights - ...`.",
)
def moves_the_callers_weights(weights, gradient, learning_rate):
    np.subtract(weights, learning_rate * gradient, out=weights, casting="unsafe")
    return weights


@gradient_step.mistake(
    when="only the change is returned, without the weights",
    hint="What comes back are the new weights: the old ones and the change.",
)
def only_the_change(weights, gradient, learning_rate):
    return -learning_rate * gradient


@gradient_step.mistake(
    when="the learning rate multiplies the weights too",
    hint="Only the gradient is multiplied: `(weights - gradient) * rate` is not `weights - rate * gradient`.",
)
def rate_times_everything(weights, gradient, learning_rate):
    return (weights - gradient) * learning_rate


@gradient_step.mistake(
    when="the learning rate multiplies the weights instead of the gradient",
    hint="The learning rate says how far to go along the gradient: multiply the gradient by it.",
)
def rate_times_the_weights(weights, gradient, learning_rate):
    return learning_rate * weights - gradient


@gradient_step.mistake(
    when="the gradient is divided by the learning rate",
    hint="A larger learning rate makes a larger step: multiply.",
)
def divided_by_the_rate(weights, gradient, learning_rate):
    return weights - np.divide(gradient, learning_rate)


@gradient_step.mistake(
    when="every weight moves by the same length, only the sign of its slope counts",
    hint="A steep slope makes a long step, a flat one a short step. Use the gradient, not `np.sign` of it.",
)
def only_the_signs(weights, gradient, learning_rate):
    return weights - learning_rate * np.sign(gradient)


@gradient_step.mistake(
    when="the signs of the slopes are lost, and every weight goes down",
    hint="Where the slope is negative, downhill is to the right: that weight must go up. Leave `abs` out.",
)
def all_go_down(weights, gradient, learning_rate):
    return weights - learning_rate * np.abs(gradient)


@gradient_step.mistake(
    when="the gradient is divided by its length first",
    hint="Take the gradient as it is: where it is flat, the step shall be short.",
)
def step_of_fixed_length(weights, gradient, learning_rate):
    return weights - learning_rate * gradient / np.sqrt(np.sum(gradient**2))


@gradient_step.mistake(
    when="all weights move by the mean slope",
    hint="Every weight moves by its own slope. No mean is taken.",
)
def mean_slope(weights, gradient, learning_rate):
    return weights - learning_rate * np.mean(gradient)


@gradient_step.mistake(
    when="weights and gradient are exchanged",
    hint="The weights stay and the gradient is taken off, not the other way round.",
)
def exchanged(weights, gradient, learning_rate):
    return gradient - learning_rate * weights


@gradient_step.mistake(
    when="the sign is wrong for all: gradient times rate minus the weights",
    hint="The weights come first, and the step is taken off: weights minus step.",
)
def step_minus_weights(weights, gradient, learning_rate):
    return learning_rate * gradient - weights


@gradient_step.mistake(
    when="the new weights are written into an array of whole numbers, which cuts their fractions off",
    hint="A copy of whole numbers keeps whole numbers only. `weights - ...` makes an array of floats by itself.",
)
def cut_to_whole_numbers(weights, gradient, learning_rate):
    moved = weights.copy()
    moved[...] = weights - learning_rate * gradient
    return moved
