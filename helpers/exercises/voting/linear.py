"""Every unit's sum of weighted values, plus its bias, for each row."""

import numpy as np

from helpers import reference
from helpers.exercises import common
from helpers.exercises.model import Case, Exercise
from helpers.exercises.voting.flatten import pooled_letters


def cases(rng):
    """One image and two units, biases and none, two images, then the letters and random values."""
    square = np.array([[3.0, 4.0], [5.0, 7.0]])
    yield Case((np.array([[1.0, 2.0]]), square, np.array([10.0, 25.0])), "one image: two values, two units")
    wide = np.array([[1.0, 0.5, 2.0], [0.25, 1.0, -1.0]])
    yield Case((np.array([[1.0, 2.0, 4.0]]), wide, np.array([0.5, -0.5])), "three values, two units")
    yield Case((np.array([[1.0, 2.0, 4.0]]), wide.copy(), None), "no bias")
    pair = np.array([[1.0, 0.5, 0.25], [0.5, -1.0, 2.0]])
    yield Case((pair, np.array([[1.0, 2.0, 4.0]]), np.array([-1.0])), "two images, one unit")
    yield Case(
        (np.array([[1.0], [-2.0], [5.0]]), np.array([[3.0], [4.0]]), np.array([0.5, 10.0])),
        "three images of one value",
    )
    yield Case(
        (np.array([[1.0, 3.0], [2.0, -1.0]]), square.copy(), np.array([10.0, 25.0])), "two images, two units"
    )
    yield Case(
        (np.array([[2, 3]]), np.array([[4, -1], [1, 5]]), np.array([0.5, -0.25])),
        "whole numbers, and a bias with fractions",
    )
    yield Case((pair.copy(), wide.copy(), np.array([1.0, 2.5])), "two images of three values, two units")
    yield Case(
        (np.zeros((2, 3)), wide.copy(), np.array([1.0, -2.0])), "images of zeros, so that only the bias votes"
    )
    rows = reference.flatten(pooled_letters())
    weight = np.stack([rows[0] - rows[1], rows[1] - rows[0]])
    yield Case((rows, weight, np.array([-3.0, 3.0])), "the X and the O, with the weights of this lesson")
    numbers = rng.integers(-5, 6, (3, 4)), rng.integers(-5, 6, (2, 4))
    yield Case((*numbers, np.array([0.5, -0.25])), "random whole numbers, and a bias with fractions")
    for images, features, units in [(3, 3, 3), (5, 2, 4), (2, 6, 5)]:
        about = f"random values: {images} images, {features} values, {units} units"
        shapes = (images, features), (units, features), (units,)
        yield Case(tuple(rng.uniform(-1, 1, shape) for shape in shapes), about)
    yield Case((rng.uniform(-1, 1, (4, 3)), rng.uniform(-1, 1, (2, 3)), None), "random values, no bias")
    single = (rng.uniform(-1, 1, shape).astype(np.float32) for shape in ((2, 5), (3, 5), (3,)))
    yield Case(tuple(single), "random values of type float32")


exercise = Exercise(
    reference.linear,
    cases,
    minutes=4,
    hints=(
        "One vote first: unit 0 on image 0. Multiply the image's values by the unit's weights, add up, add the unit's bias.",
        "Either two loops, over images and over units; or one matrix product. In the product `A @ B`, A must have "
        "as many columns as B has rows: which of the two has to be transposed? And `bias` may be None.",
        "By hand: the values [1, 2] with the weights [3, 4] and the bias 10 give 1 x 3 + 2 x 4 + 10 = 21.",
    ),
)


@exercise.model
def linear(x, weight, bias=None):
    votes = x @ weight.T  # (N, units)
    if bias is not None:
        votes = votes + bias
    return votes


@exercise.alternative
def with_two_loops(x, weight, bias=None):
    """One vote at a time: good for following a single sum."""
    votes = np.zeros((len(x), len(weight)))
    for image in range(len(x)):
        for unit in range(len(weight)):
            votes[image, unit] = np.sum(x[image] * weight[unit])
            if bias is not None:
                votes[image, unit] += bias[unit]
    return votes


@exercise.alternative
def with_einsum(x, weight, bias=None):
    """Names the axes: no transpose to get wrong."""
    votes = np.einsum("nf,uf->nu", x, weight)
    return votes + (0 if bias is None else bias)


@exercise.alternative
def by_broadcasting(x, weight, bias=None):
    """All products in sight before they are added: clear, but it takes memory."""
    if bias is None:
        bias = np.zeros(len(weight))
    return (x[:, None, :] * weight[None, :, :]).sum(axis=2) + bias


PRODUCT = "x @ weight.T"
ADDED = "votes = votes + bias"

# -- the product ---------------------------------------------------------------------------------------------

exercise.slip(
    "weight.T",
    "weight",
    name="weight_not_transposed",
    when="the weights are not transposed",
    hint="`weight` has one row for each unit. In a matrix product `x @ B` the units must be the columns of B.",
)
exercise.slip(
    PRODUCT,
    "np.dot(x, weight)",
    name="dot_not_transposed",
    when="the weights are not transposed before `np.dot`",
    hint="`weight` has one row for each unit. In the product of `x` with B the units must be the columns of B.",
)
exercise.slip(
    PRODUCT,
    "weight @ x",
    name="weight_times_x",
    when="weights and values have changed places in the matrix product",
    hint="The result has a row for each image, so `x`, which has these rows, comes first in the product.",
)
exercise.slip(
    "weight.T",
    "weight.reshape(weight.shape[1], weight.shape[0])",
    name="weight_reshaped",
    when="the weights are brought into the other shape by `reshape` instead of being transposed",
    hint="`reshape` keeps the order of the numbers, so that units get each other's weights. `weight.T` turns rows into "
    "columns.",
)
exercise.slip(
    PRODUCT,
    "x * weight",
    name="multiplied_only",
    when="values and weights are multiplied with `*`, and not added up",
    hint="A unit's votes are added up to one number. The matrix product `@` multiplies and adds.",
)
exercise.slip(
    PRODUCT,
    "weight @ x.T",
    name="units_in_rows_and_bias_across",
    when="units are in the rows and images in the columns, and the bias is added along the images",
    hint="Row n of the result holds the votes on image n, one for each unit. Then the bias fits by itself.",
)
exercise.slip(
    (PRODUCT, "weight @ x.T"),
    (ADDED, "votes = votes + bias[:, None]"),
    name="units_in_rows",
    when="units are in the rows and images in the columns",
    hint="Row n of the result holds the votes on image n, one for each unit.",
)
exercise.slip(
    PRODUCT,
    "np.stack([(image * weight).sum(axis=0) for image in x])",
    name="added_over_units",
    when="the products are added over the units instead of over the values",
    hint="Each unit adds up its own products: along the values.",
)
exercise.slip(
    PRODUCT,
    "np.stack([np.sum(image * weight) for image in x])",
    name="added_over_everything",
    when="the products of each image are added over all units at once",
    hint="Each unit adds up its own products, so give `sum` an axis: the one along the values.",
)
exercise.slip(
    PRODUCT,
    "x.ravel() @ weight.T",
    name="batch_flattened_too",
    when="the batch axis is flattened too",
    hint="`x` has one row for each image, and each row votes by itself. Leave its shape as it is.",
)
exercise.slip(
    PRODUCT,
    "weight @ x[0]",
    name="only_the_first_image",
    when="only the first image votes",
    hint="`x` holds several images: the result has one row for each of them.",
)
exercise.slip(
    PRODUCT,
    "x[:, :-1] @ weight[:, :-1].T",
    name="without_the_last_value",
    when="the last value of each image has no vote",
    hint="`range(n)` ends at n - 1 by itself, so that all n values have their turn.",
)
exercise.slip(
    PRODUCT,
    "x[:, -1:] * weight[:, -1]",
    name="only_the_last_product",
    when="each product replaces the one before instead of being added to it",
    hint="`vote = ...` forgets what was there. `vote += ...` adds to it.",
)
exercise.slip(
    PRODUCT,
    "x @ weight.T / x.shape[1]",
    name="mean",
    when="the votes are divided by the number of values",
    hint="This is a sum, as in a convolution, not a mean.",
)
exercise.slip(
    PRODUCT,
    "(x > 0) @ weight.T",
    name="all_or_nothing",
    when="every value above zero votes with its full weight",
    hint="A vote is the value times its weight: half a value has half a vote.",
)
exercise.slip(
    PRODUCT,
    "(x[:, None, :] * weight).max(axis=2)",
    name="loudest_vote",
    when="only the largest product of each unit counts",
    hint="Every value gets its vote: add up all products.",
)

# -- the bias ------------------------------------------------------------------------------------------------

exercise.slip(
    "    if bias is not None:\n        votes = votes + bias\n",
    "",
    name="without_bias",
    when="the bias is forgotten",
    hint="Each unit has one more number, its bias. It is added to the unit's votes on every image.",
)
exercise.slip("    if bias is not None:\n    ", "", **common.BIAS_IS_NONE)
exercise.slip("if bias is not None:", "if bias:", **common.TRUTH_OF_THE_BIAS)
exercise.slip(
    "if bias is not None:",
    "if bias != None:",
    name="compared_with_none",
    when="`bias != None` compares every entry of the bias with None",
    hint="On an array, `!=` gives an array. Ask whether there is one at all: `bias is not None`.",
)
exercise.slip(
    ADDED,
    "votes = votes + x.shape[1] * bias",
    name="bias_for_every_value",
    when="the bias is added once for every value",
    hint="The bias is added once, after the products have been added up.",
)
exercise.slip(
    ADDED,
    "votes = votes + bias[0]",
    name="bias_of_the_first_unit",
    when="all units get the bias of unit 0",
    hint="Unit u gets `bias[u]`.",
)
exercise.slip(
    ADDED,
    "votes = votes + bias.sum()",
    name="sum_of_the_biases",
    when="all biases are added up and given to every unit",
    hint="Unit u gets `bias[u]`.",
)
exercise.slip(
    ADDED,
    "votes = votes + bias + bias",
    name="bias_twice",
    when="the bias is added twice",
    hint="Each unit's bias is one vote. Add it once.",
)
exercise.slip(
    ADDED,
    "votes = votes - bias",
    name="bias_subtracted",
    when="the bias is subtracted",
    hint="A bias is one more vote: it is added, whatever its sign.",
)
exercise.slip(
    ADDED,
    "votes = votes * bias",
    name="bias_multiplied",
    when="the votes are multiplied by the bias",
    hint="A bias is one more vote: it is added.",
)
exercise.slip(
    ADDED,
    "votes = votes + bias[:, None]",
    name="bias_along_the_images",
    when="the bias is added along the images instead of along the units",
    hint="Unit u, column u of the result, gets `bias[u]`. NumPy does so without another axis.",
)
exercise.slip(
    ADDED,
    "votes += bias",
    name="bias_added_in_place",
    when="a bias with fractions is added by `+=` to votes of whole numbers",
    hint="`+=` keeps the array's type, and whole numbers have no room for fractions. Make a new array: `votes + bias`.",
)


@exercise.mistake(
    when="each image gets the bias of its own number, not the unit's",
    hint="A bias belongs to a unit: unit u gets `bias[u]` on every image.",
)
def bias_of_the_image(x, weight, bias=None):
    votes = (x @ weight.T).astype(float)
    if bias is not None:
        for image in range(len(x)):
            for unit in range(len(weight)):
                votes[image, unit] = votes[image, unit] + bias[image]
    return votes


@exercise.mistake(
    when="a missing bias is replaced by ones",
    hint="No bias means that nothing is added: take zeros, or leave the addition out.",
)
def ones_for_no_bias(x, weight, bias=None):
    if bias is None:
        bias = np.ones(len(weight))
    return x @ weight.T + bias


exercise.slip(
    "return votes",
    "return np.tanh(votes)",
    name="squashed",
    when="the votes are squashed by `np.tanh`",
    hint="A linear layer hands its votes on as they are. What comes after it is another layer's business.",
)
exercise.slip(
    "return votes",
    "return 1 / (1 + np.exp(-votes))",
    name="squashed_by_a_sigmoid",
    when="the votes are squashed by a sigmoid",
    hint="A linear layer hands its votes on as they are. What comes after it is another layer's business.",
)
# -- what is returned ----------------------------------------------------------------------------------------

exercise.slip(
    "return votes",
    "return np.maximum(votes, 0)",
    name="without_negative_votes",
    when="negative results are set to 0",
    hint="A vote against a class is a vote. Leave negative results as they are.",
)
exercise.slip("return votes", "return votes.astype(x.dtype)", **common.TYPE_OF_THE_INPUT)
exercise.slip("return votes", "return votes.tolist()", **common.LIST)


@exercise.mistake(
    when="the votes are turned into shares at once",
    hint="Return the sums themselves. Shares come in the next exercise.",
)
def shares_at_once(x, weight, bias=None):
    return reference.softmax(x @ weight.T + (0 if bias is None else bias))


@exercise.mistake(
    when="only the votes on the first image are filled in",
    hint="A `return` inside the loop over images ends it after the first one.",
)
def returned_in_the_loop(x, weight, bias=None):
    votes = np.zeros((len(x), len(weight)))
    votes[0] = weight @ x[0] + (0 if bias is None else bias)
    return votes


exercise.slip(
    "x @ weight.T",
    "x @ weight.T / np.sqrt(x.shape[1])",
    name="divided_by_the_root",
    when="the votes are divided by the square root of the number of values",
    hint="A vote is a sum of products plus the bias; nothing is divided.",
)
