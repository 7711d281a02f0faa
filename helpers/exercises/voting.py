"""What lesson 07 asks: flatten, linear, softmax, predict."""

import numpy as np

from helpers import data, reference
from helpers.exercises.model import Case, Exercise


def _pooled_letters():
    """What reaches the voting: the pooled feature maps of the X and the O, of shape (2, 3, 4, 4)."""
    images = np.stack([data.X, data.O])[:, None]
    kernels = np.stack(list(data.features.values()))[:, None] / 9
    return reference.max_pool2d(reference.relu(reference.conv2d(images, kernels)), partial=True)


def _flatten_cases(rng):
    yield Case((np.arange(1.0, 9.0).reshape(1, 2, 2, 2),), "one image: two channels of 2 x 2")
    yield Case((np.arange(1.0, 13.0).reshape(2, 1, 2, 3),), "two images of 2 x 3")
    yield Case((np.arange(1.0, 25.0).reshape(2, 3, 2, 2),), "two images with three channels")
    yield Case((rng.uniform(-1, 1, (2, 3, 4)),), "two images without channels, of 3 x 4")
    yield Case((rng.uniform(-1, 1, (3, 5)),), "three images that are flat already")
    yield Case((_pooled_letters(),), "the pooled maps of the X and the O")
    yield Case((rng.integers(-9, 10, (3, 2, 4, 3)),), "whole numbers")
    yield Case((rng.uniform(-1, 1, (1, 1, 3, 5)),), "one image with one channel")
    for shape in [(4, 3, 5, 2), (2, 4, 3, 6), (5, 1, 1, 1)]:
        yield Case((rng.uniform(-1, 1, shape),), f"random values of shape {shape}")
    yield Case((rng.uniform(-1, 1, (3, 2, 2, 5)).astype(np.float32),), "random values of type float32")


flatten = Exercise(
    name="flatten",
    reference=reference.flatten,
    cases=_flatten_cases,
    hints=(
        "The result has as many rows as there are images. How many numbers does one image hold?",
        "`reshape` keeps the numbers and their order and changes the shape. It works out one length by itself if you "
        "write -1 there.",
        "By hand: two images of shape (1, 2, 3) hold 6 numbers each, so the result has the shape (2, 6).",
    ),
)


@flatten.alternative
def one_image_after_the_other(x):
    rows = []
    for image in x:
        rows.append(image.ravel())
    return np.stack(rows)


@flatten.alternative
def with_the_product_of_lengths(x):
    return np.reshape(x, (x.shape[0], int(np.prod(x.shape[1:]))))


@flatten.alternative
def number_by_number(x):
    return np.array([list(image.flat) for image in x])


@flatten.mistake(
    when="the images of the batch are joined to one single row",
    hint="The first axis counts the images. Keep it: the first image is row 0 of the result, the second is row 1.",
)
def batch_joined(x):
    return x.reshape(-1)


@flatten.mistake(
    when="all images are joined in one row of a batch of one",
    hint="The first axis counts the images. Its length is `len(x)`, not always 1.",
)
def batch_of_one(x):
    return x.reshape(1, -1)


@flatten.mistake(
    when="each column of the result is filled like an image: the batch axis stands last",
    hint="Rows first: row n of the result holds image n. The number of images is the first length of the new shape.",
)
def batch_axis_last(x):
    return x.reshape(-1, len(x))


@flatten.mistake(
    when="rows and columns of the result are exchanged",
    hint="Row n of the result holds image n; each column is one place in the image.",
)
def images_in_columns(x):
    return x.reshape(len(x), -1).T


@flatten.mistake(
    when="the numbers are read in the opposite order of axes: the channels change fastest",
    hint="Read as a page is read: channel after channel, in each row after row, in each from left to right.",
)
def fortran_order(x):
    return x.reshape(len(x), -1, order="F")


@flatten.mistake(
    when="each channel is read column by column",
    hint="Row after row: the columns change fastest.",
)
def column_by_column(x):
    turned = np.swapaxes(x, -1, -2) if x.ndim > 2 else x
    return turned.reshape(len(x), -1)


@flatten.mistake(
    when="the channels of a pixel are put side by side, pixel after pixel",
    hint="Channel after channel: all of channel 0 first, then all of channel 1. The axes stand in that order already.",
)
def pixel_by_pixel(x):
    return np.moveaxis(x, 1, -1).reshape(len(x), -1)


@flatten.mistake(
    when="channel 0 of all images comes first, then channel 1 of all images",
    hint="Image after image: all channels of image 0 make row 0. The axes stand in that order already.",
)
def channels_before_images(x):
    return np.moveaxis(x, 1, 0).reshape(len(x), -1)


@flatten.mistake(
    when="only two lengths of the image are multiplied to the length of a row",
    hint="An image of shape (channels, height, width) holds channels times height times width numbers. -1 lets `reshape` "
    "count them.",
)
def two_lengths_only(x):
    return x.reshape(x.shape[0], x.shape[1] * x.shape[2])


@flatten.mistake(
    when="every channel is flattened by itself, and the channels stay apart",
    hint="Voting needs one row for each image, in which all channels stand one after the other.",
)
def channels_apart(x):
    return x.reshape(*x.shape[:2], -1)


@flatten.mistake(
    when="the channels are joined, but the rows keep their columns",
    hint="The result has two axes: images, and numbers of an image.",
)
def columns_apart(x):
    return x.reshape(len(x), -1, x.shape[-1])


@flatten.mistake(
    when="only the first image is flattened",
    hint="`x` holds several images. The result has one row for each of them.",
)
def only_the_first_image(x):
    return x[0].ravel()


@flatten.mistake(
    when="only channel 0 is kept",
    hint="All channels of an image go into its row.",
)
def only_the_first_channel(x):
    return x[:, 0].reshape(len(x), -1)


@flatten.mistake(
    when="the channels are averaged",
    hint="Flattening computes nothing: each number of the image stands in the row, as it was.",
)
def channels_averaged(x):
    return x.mean(axis=1).reshape(len(x), -1)


@flatten.mistake(
    when="the length 48 is written into the function",
    hint="48 is 3 times 4 times 4. Images of other shapes hold other numbers of values.",
)
def always_forty_eight(x):
    return x.reshape(len(x), 48)


@flatten.mistake(
    when="rows of 48 are cut off, whatever the images' shape",
    hint="48 is 3 times 4 times 4. Images of other shapes hold other numbers of values.",
)
def rows_of_forty_eight(x):
    return x.reshape(-1, 48)


@flatten.mistake(
    when="four axes are taken for granted",
    hint="Images may come without channels, or flat already. What is needed is only `len(x)`, and -1 for the rest.",
)
def four_axes(x):
    images, channels, height, width = x.shape
    return x.reshape(images, channels * height * width)


@flatten.mistake(
    when="a batch of one image loses its batch axis",
    hint="One image gives one row, of shape (1, numbers). `squeeze` takes that axis away.",
)
def squeezed(x):
    return x.reshape(len(x), -1).squeeze()


@flatten.mistake(
    when="a list of rows is returned",
    hint="Turn the list into one array with `np.stack`, so that it has a shape.",
)
def list_of_rows(x):
    return [image.ravel() for image in x]


@flatten.mistake(
    when="the shape of the argument itself is changed",
    hint="`x.shape = ...` changes the caller's array. `x.reshape(...)` gives you one with another shape.",
)
def in_place(x):
    x.shape = (len(x), -1)
    return x


@flatten.mistake(
    when="the rows are filled into an array of whole numbers, which cuts off every fraction",
    hint="Make the array with `np.zeros(shape)`; leave `int` out.",
)
def whole_number_rows(x):
    rows = np.zeros((len(x), x[0].size), dtype=int)
    for index, image in enumerate(x):
        rows[index] = image.ravel()
    return rows


flatten.equivalent_mutant(
    "x = np.asarray(x) -> (dropped)",
    because="the course hands arrays to this function, and asarray gives back an array as it is",
)
flatten.equivalent_mutant(
    "np.asarray(x) -> x",
    because="the course hands arrays to this function, and asarray gives back an array as it is",
)
flatten.equivalent_mutant(
    "1 -> 2",
    because="reshape works out the length that is negative, whether it is -1 or -2",
)


def _linear_cases(rng):
    square = np.array([[3.0, 4.0], [5.0, 6.0]])
    yield Case((np.array([[1.0, 2.0]]), square, np.array([10.0, 20.0])), "one image: two values, two units")
    wide = np.array([[1.0, 0.0, 2.0], [0.0, 1.0, -1.0]])
    yield Case((np.array([[1.0, 2.0, 3.0]]), wide, np.array([0.5, -0.5])), "three values, two units")
    yield Case((np.array([[1.0, 2.0, 3.0]]), wide, None), "no bias")
    pair = np.array([[1.0, 0.0, 0.0], [0.5, -1.0, 2.0]])
    yield Case((pair, wide, np.array([1.0, 2.0])), "two images")
    yield Case(
        (np.zeros((2, 3)), wide, np.array([1.0, -2.0])), "images of zeros, so that only the bias votes"
    )
    yield Case((pair, np.array([[1.0, 2.0, 3.0]]), np.array([-1.0])), "one unit")
    rows = reference.flatten(_pooled_letters())
    weight = np.stack([rows[0] - rows[1], rows[1] - rows[0]])
    yield Case((rows, weight, np.array([-3.0, 3.0])), "the X and the O, with the weights of this lesson")
    numbers = rng.integers(-5, 6, (3, 4)), rng.integers(-5, 6, (2, 4))
    yield Case((*numbers, np.array([0.5, -0.25])), "whole numbers, and a bias that is none")
    for images, features, units in [(3, 3, 3), (5, 2, 4), (2, 6, 5)]:
        about = f"random values: {images} images, {features} values, {units} units"
        shapes = (images, features), (units, features), (units,)
        yield Case(tuple(rng.uniform(-1, 1, shape) for shape in shapes), about)
    yield Case((rng.uniform(-1, 1, (4, 3)), rng.uniform(-1, 1, (2, 3)), None), "random values, no bias")
    single = (rng.uniform(-1, 1, shape).astype(np.float32) for shape in ((2, 5), (3, 5), (3,)))
    yield Case(tuple(single), "random values of type float32")


linear = Exercise(
    name="linear",
    reference=reference.linear,
    cases=_linear_cases,
    hints=(
        "One vote first: unit 0 on image 0. Multiply the image's values by the unit's weights, add up, add the unit's bias.",
        "Either two loops, over images and over units; or one matrix product. For the product `A @ B` the columns of A "
        "must be as many as the rows of B: which of the two has to be transposed? And `bias` may be None.",
        "By hand: the values [1, 2] with the weights [3, 4] and the bias 10 give 1 x 3 + 2 x 4 + 10 = 21.",
    ),
)


@linear.alternative
def with_two_loops(x, weight, bias=None):
    votes = np.zeros((len(x), len(weight)))
    for image in range(len(x)):
        for unit in range(len(weight)):
            votes[image, unit] = np.sum(x[image] * weight[unit])
            if bias is not None:
                votes[image, unit] += bias[unit]
    return votes


@linear.alternative
def with_einsum(x, weight, bias=None):
    votes = np.einsum("nf,uf->nu", x, weight)
    return votes + (0 if bias is None else bias)


@linear.alternative
def by_broadcasting(x, weight, bias=None):
    if bias is None:
        bias = np.zeros(len(weight))
    return (x[:, None, :] * weight[None, :, :]).sum(axis=2) + bias


def _with_bias(votes, bias):
    """The votes with the bias, where there is one."""
    return votes if bias is None else votes + bias


@linear.mistake(
    when="the weights are not transposed",
    hint="`weight` has one row for each unit. In a matrix product `x @ B` the units must be the columns of B.",
)
def weight_not_transposed(x, weight, bias=None):
    return _with_bias(x @ weight, bias)


@linear.mistake(
    when="the weights are not transposed before `np.dot`",
    hint="`weight` has one row for each unit. In the product of `x` with B the units must be the columns of B.",
)
def dot_not_transposed(x, weight, bias=None):
    return _with_bias(np.dot(x, weight), bias)


@linear.mistake(
    when="weights and values have changed places in the matrix product",
    hint="The result has a row for each image, so `x`, which has these rows, comes first in the product.",
)
def weight_times_x(x, weight, bias=None):
    return _with_bias(weight @ x, bias)


@linear.mistake(
    when="the weights are brought into the other shape by `reshape` instead of being transposed",
    hint="`reshape` keeps the order of the numbers, so that units get each other's weights. `weight.T` turns rows into "
    "columns.",
)
def weight_reshaped(x, weight, bias=None):
    return _with_bias(x @ weight.reshape(weight.shape[1], weight.shape[0]), bias)


@linear.mistake(
    when="the bias is forgotten",
    hint="Each unit has one more number, its bias. It is added to the unit's votes on every image.",
)
def without_bias(x, weight, bias=None):
    return x @ weight.T


@linear.mistake(
    when="the bias is added without asking whether there is one",
    hint="`bias` may be None, and nothing can be added to None. Ask `if bias is not None`.",
)
def bias_taken_for_granted(x, weight, bias=None):
    return x @ weight.T + bias


@linear.mistake(
    when="`if` asks whether the array `bias` is true",
    hint="An array of several numbers is neither true nor false, and `bias != None` is such an array too. Ask whether there "
    "is one: `bias is not None`.",
)
def truth_of_an_array(x, weight, bias=None):
    votes = x @ weight.T
    if bias:
        votes = votes + bias
    return votes


@linear.mistake(
    when="the batch axis is flattened too",
    hint="`x` has one row for each image, and each row votes by itself. Leave its shape as it is.",
)
def batch_flattened_too(x, weight, bias=None):
    return _with_bias(x.ravel() @ weight.T, bias)


@linear.mistake(
    when="only the first image votes",
    hint="`x` holds several images: the result has one row for each of them.",
)
def only_the_first_image_votes(x, weight, bias=None):
    return _with_bias(weight @ x[0], bias)


@linear.mistake(
    when="values and weights are multiplied with `*`, and not added up",
    hint="A unit's votes are added up to one number. The matrix product `@` multiplies and adds.",
)
def multiplied_only(x, weight, bias=None):
    return _with_bias(x * weight, bias)


@linear.mistake(
    when="the products are added over the units instead of over the values",
    hint="Each unit adds up its own products: along the values.",
)
def added_over_units(x, weight, bias=None):
    return _with_bias(np.stack([(image * weight).sum(axis=0) for image in x]), bias)


@linear.mistake(
    when="the products of each image are added over all units at once",
    hint="Each unit adds up its own products, so give `sum` an axis: the one along the values.",
)
def added_over_everything(x, weight, bias=None):
    return _with_bias(np.stack([np.sum(image * weight) for image in x]), bias)


@linear.mistake(
    when="the bias is added once for every value",
    hint="The bias is added once, after the products have been added up.",
)
def bias_for_every_value(x, weight, bias=None):
    return _with_bias(x @ weight.T, None if bias is None else x.shape[1] * bias)


@linear.mistake(
    when="all units get the bias of unit 0",
    hint="Unit u gets `bias[u]`.",
)
def bias_of_the_first_unit(x, weight, bias=None):
    return _with_bias(x @ weight.T, None if bias is None else bias[0])


@linear.mistake(
    when="all biases are added up and given to every unit",
    hint="Unit u gets `bias[u]`.",
)
def sum_of_the_biases(x, weight, bias=None):
    return _with_bias(x @ weight.T, None if bias is None else bias.sum())


@linear.mistake(
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


@linear.mistake(
    when="the bias is added twice",
    hint="Each unit's bias is one vote. Add it once.",
)
def bias_twice(x, weight, bias=None):
    return _with_bias(_with_bias(x @ weight.T, bias), bias)


@linear.mistake(
    when="the last value of each image has no vote",
    hint="`range(n)` ends at n - 1 by itself, so that all n values have their turn.",
)
def without_the_last_value(x, weight, bias=None):
    return _with_bias(x[:, :-1] @ weight[:, :-1].T, bias)


@linear.mistake(
    when="the bias is subtracted",
    hint="A bias is one more vote: it is added, whatever its sign.",
)
def bias_subtracted(x, weight, bias=None):
    return _with_bias(x @ weight.T, None if bias is None else -bias)


@linear.mistake(
    when="the votes are multiplied by the bias",
    hint="A bias is one more vote: it is added.",
)
def bias_multiplied(x, weight, bias=None):
    return x @ weight.T if bias is None else x @ weight.T * bias


@linear.mistake(
    when="the votes are divided by the number of values",
    hint="This is a sum, as in a convolution, and no mean.",
)
def mean_of_votes(x, weight, bias=None):
    return _with_bias(x @ weight.T / x.shape[1], bias)


@linear.mistake(
    when="units stand in the rows and images in the columns",
    hint="Row n of the result holds the votes on image n, one for each unit.",
)
def units_in_rows(x, weight, bias=None):
    return weight @ x.T if bias is None else weight @ x.T + bias[:, None]


@linear.mistake(
    when="units stand in the rows and images in the columns, and the bias is added along the images",
    hint="Row n of the result holds the votes on image n, one for each unit. Then the bias fits by itself.",
)
def units_in_rows_and_bias_across(x, weight, bias=None):
    return _with_bias(weight @ x.T, bias)


@linear.mistake(
    when="the bias is added along the images instead of along the units",
    hint="Unit u, column u of the result, gets `bias[u]`. NumPy does so without another axis.",
)
def bias_along_the_images(x, weight, bias=None):
    return x @ weight.T if bias is None else x @ weight.T + bias[:, None]


@linear.mistake(
    when="every value above zero votes with its full weight",
    hint="A vote is the value times its weight: half a value has half a vote.",
)
def all_or_nothing(x, weight, bias=None):
    return _with_bias((x > 0) @ weight.T, bias)


@linear.mistake(
    when="only the largest product of each unit counts",
    hint="Every value gets its vote: add up all products.",
)
def loudest_vote(x, weight, bias=None):
    return _with_bias((x[:, None, :] * weight).max(axis=2), bias)


@linear.mistake(
    when="negative results are set to 0",
    hint="A vote against a class is a vote. Leave negative results as they are.",
)
def without_negative_votes(x, weight, bias=None):
    return np.maximum(_with_bias(x @ weight.T, bias), 0)


@linear.mistake(
    when="the result has the type of `x`, which for whole numbers cuts off every fraction",
    hint="Make the result with `np.zeros(shape)`; `dtype=x.dtype` takes over whole numbers.",
)
def votes_of_the_type_of_x(x, weight, bias=None):
    votes = np.zeros((len(x), len(weight)), dtype=x.dtype)
    votes[:] = _with_bias(x @ weight.T, bias)
    return votes


@linear.mistake(
    when="a bias with fractions is added by `+=` to votes of whole numbers",
    hint="`+=` keeps the array's type, and whole numbers have no room for fractions. Make a new array: `votes + bias`.",
)
def bias_added_in_place(x, weight, bias=None):
    votes = x @ weight.T
    if bias is not None:
        votes += bias
    return votes


@linear.mistake(
    when="only the votes on the first image are filled in",
    hint="A `return` inside the loop over images ends it after the first one.",
)
def returned_too_early(x, weight, bias=None):
    votes = np.zeros((len(x), len(weight)))
    votes[0] = _with_bias(weight @ x[0], bias)
    return votes


@linear.mistake(
    when="each product replaces the one before instead of being added to it",
    hint="`vote = ...` forgets what was there. `vote += ...` adds to it.",
)
def only_the_last_product(x, weight, bias=None):
    return _with_bias(x[:, -1:] * weight[:, -1], bias)


@linear.mistake(
    when="a list of rows is returned",
    hint="Turn the list into one array with `np.array`, so that it has a shape.",
)
def list_of_votes(x, weight, bias=None):
    return _with_bias(x @ weight.T, bias).tolist()


@linear.mistake(
    when="the votes are turned into shares at once",
    hint="Return the sums themselves. Shares come in the next exercise.",
)
def shares_at_once(x, weight, bias=None):
    return reference.softmax(_with_bias(x @ weight.T, bias))


def _softmax_cases(rng):
    yield Case((np.array([[2.0, 2.0]]),), "a tie")
    yield Case((np.array([[1.0, 0.0]]),), "one vote more")
    yield Case((np.array([[0.0, np.log(3)]]),), "shares of one to three")
    yield Case((np.array([[0.0, np.log(3)], [np.log(4), 0.0], [1.0, 1.0]]),), "three images, two classes")
    yield Case((np.array([[-1.0, -3.0, -2.0]]),), "three classes, all votes negative")
    yield Case((np.array([[1.0, -1.0]]),), "votes that add up to 0")
    yield Case((np.array([[1000.0, 999.0]]),), "very many votes")
    yield Case((np.array([[-1000.0, -1001.0, -1003.0]]),), "very many votes against everything")
    yield Case((np.array([[1000.0, 999.0], [-1000.0, -999.0]]),), "both in one batch")
    yield Case((np.array([[0.0, -800.0, 1.0]]),), "a share so small that it is 0")
    yield Case((np.array([[3.0]]),), "one class")
    yield Case((rng.integers(-4, 5, (4, 3)),), "whole numbers")
    for shape in [(3, 3), (5, 2), (2, 6), (1, 4)]:
        about = f"random votes: {shape[0]} images, {shape[1]} classes"
        yield Case((rng.uniform(-4, 4, shape),), about)
    yield Case((rng.uniform(90, 110, (3, 4)).astype(np.float32),), "votes around 100, of type float32")


softmax = Exercise(
    name="softmax",
    reference=reference.softmax,
    cases=_softmax_cases,
    hints=(
        "Four steps, row by row: find the largest vote, take it away from all votes, apply `np.exp`, divide by the row's "
        "sum.",
        "Along which axis do the classes of one image lie? `keepdims=True` keeps that axis, so that the row's largest "
        "vote and the row's sum fit under every number of the row.",
        "By hand: [1, 0] becomes [0, -1]; exp gives [1, 0.37]; the sum is 1.37; the shares are [0.73, 0.27].",
    ),
)


@softmax.alternative
def row_by_row(logits):
    shares = np.zeros(logits.shape)
    for index, row in enumerate(logits):
        powers = np.exp(row - max(row))
        shares[index] = powers / powers.sum()
    return shares


@softmax.alternative
def by_the_logarithm_of_the_sum(logits):
    return np.exp(logits - np.logaddexp.reduce(logits, axis=1, keepdims=True))


@softmax.alternative
def one_over_the_sum_of_ratios(logits):
    with np.errstate(over="ignore"):
        return 1 / np.exp(logits[:, None, :] - logits[:, :, None]).sum(axis=2)


@softmax.mistake(
    when="`exp` overflows, because the row's largest vote is not taken away first",
    hint="Take the row's largest vote away from all its votes first. The shares stay the same, and no power exceeds 1.",
)
def overflow(logits):
    powers = np.exp(logits)
    return powers / powers.sum(axis=1, keepdims=True)


@softmax.mistake(
    when="one maximum is taken for the whole batch",
    hint="Each row needs its own largest vote: `max` needs an axis. Else a row far below the largest vote becomes 0 / 0.",
)
def one_maximum_for_the_batch(logits):
    powers = np.exp(logits - logits.max())
    return powers / powers.sum(axis=1, keepdims=True)


@softmax.mistake(
    when="the powers of all images are added up to one sum",
    hint="The shares of each image add up to 1, so each row has its own sum: `sum` needs an axis.",
)
def one_sum_for_the_batch(logits):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return powers / powers.sum()


@softmax.mistake(
    when="maximum and sum are taken over the whole batch",
    hint="Each image has its own shares, which add up to 1. Both `max` and `sum` need an axis.",
)
def whole_batch(logits):
    powers = np.exp(logits - np.max(logits))
    return powers / np.sum(powers)


@softmax.mistake(
    when="the powers of the whole batch are added up, and `exp` overflows besides",
    hint="Each image has its own shares, so `sum` needs an axis. And take each row's largest vote away before `exp`.",
)
def whole_batch_overflow(logits):
    return np.exp(logits) / np.sum(np.exp(logits))


@softmax.mistake(
    when="maximum and sum run down the columns, over the images",
    hint="The classes of one image stand in a row: axis 1, or -1 for the last. Axis 0 counts the images.",
)
def wrong_axis(logits):
    powers = np.exp(logits - logits.max(axis=0))
    return powers / powers.sum(axis=0)


@softmax.mistake(
    when="the sum runs down the columns, over the images",
    hint="The classes of one image stand in a row: axis 1, or -1 for the last. Axis 0 counts the images.",
)
def sum_down_the_columns(logits):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=0)


@softmax.mistake(
    when="the sum runs down the columns, over the images, and `exp` overflows besides",
    hint="The classes of one image stand in a row: axis 1. And take each row's largest vote away before `exp`.",
)
def wrong_axis_overflow(logits):
    return np.exp(logits) / np.exp(logits).sum(axis=0)


@softmax.mistake(
    when="the largest vote is looked for down the columns, over the images",
    hint="Each row, not each column, needs its own largest vote: axis 1.",
)
def maximum_down_the_columns(logits):
    powers = np.exp(logits - logits.max(axis=0))
    return powers / powers.sum(axis=1, keepdims=True)


@softmax.mistake(
    when="the largest votes have lost their axis and lie along the wrong one",
    hint="`logits.max(axis=1)` has one axis only, which NumPy lays along the classes. `keepdims=True` keeps it upright.",
)
def maximum_without_keepdims(logits):
    powers = np.exp(logits - logits.max(axis=1))
    return powers / powers.sum(axis=1, keepdims=True)


@softmax.mistake(
    when="the sums have lost their axis and lie along the wrong one",
    hint="`powers.sum(axis=1)` has one axis only, which NumPy lays along the classes. `keepdims=True` keeps it upright.",
)
def sum_without_keepdims(logits):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1)


@softmax.mistake(
    when="largest votes and sums have lost their axis and lie along the wrong one",
    hint="After `max` or `sum` along axis 1 one axis is left, which NumPy lays along the classes. `keepdims=True` keeps "
    "both upright.",
)
def nothing_kept_upright(logits):
    powers = np.exp(logits - logits.max(axis=1))
    return powers / powers.sum(axis=1)


@softmax.mistake(
    when="the sums have lost their axis and lie along the wrong one, and `exp` overflows besides",
    hint="`keepdims=True` keeps the axis of the sums. And take each row's largest vote away before `exp`.",
)
def overflow_without_keepdims(logits):
    powers = np.exp(logits)
    return powers / powers.sum(axis=1)


@softmax.mistake(
    when="the votes themselves are divided by their sum, without `exp`",
    hint="Votes may be negative, or add up to 0. Apply `exp` first, which makes all of them positive.",
)
def shares_of_votes(logits):
    return logits / logits.sum(axis=1, keepdims=True)


@softmax.mistake(
    when="the sizes of the votes are divided by their sum, whatever their sign",
    hint="A vote against a class must make its share small. Apply `exp`, which keeps the order and makes all positive.",
)
def shares_of_sizes(logits):
    return np.abs(logits) / np.abs(logits).sum(axis=1, keepdims=True)


@softmax.mistake(
    when="negative votes are set to 0 and the rest divided by its sum",
    hint="Apply `exp` to all votes. It makes negative ones small, not 0.",
)
def shares_of_positive_votes(logits):
    positive = np.maximum(logits, 0)
    return positive / positive.sum(axis=1, keepdims=True)


@softmax.mistake(
    when="the powers are not divided by their sum",
    hint="The shares of an image must add up to 1: divide by the row's sum.",
)
def not_divided(logits):
    return np.exp(logits - logits.max(axis=1, keepdims=True))


@softmax.mistake(
    when="`exp` is applied and nothing else",
    hint="The shares of an image must add up to 1: divide by the row's sum. And take the row's largest vote away first.",
)
def powers_only(logits):
    return np.exp(logits)


@softmax.mistake(
    when="the powers are divided by the largest one instead of by their sum",
    hint="Shares add up to 1: divide by the sum of the row.",
)
def divided_by_the_largest(logits):
    powers = np.exp(logits)
    return powers / powers.max(axis=1, keepdims=True)


@softmax.mistake(
    when="the logarithm of the shares is returned",
    hint="The shares themselves lie between 0 and 1. Leave the logarithm out; where a share is 0 it would be minus infinity.",
)
def logarithm_of_shares(logits):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.log(powers / powers.sum(axis=1, keepdims=True))


@softmax.mistake(
    when="the logarithm of the sum is taken away, and is a logarithm of 0 or of infinity",
    hint="Your formula is right on paper. But the sum of the powers overflows, or becomes 0: take the row's largest vote "
    "away first.",
)
def logarithm_of_zero(logits):
    return np.exp(logits - np.log(np.exp(logits).sum(axis=1, keepdims=True)))


@softmax.mistake(
    when="the smallest vote is taken away instead of the largest",
    hint="What is left must not be above 0, or `exp` overflows again: take the largest vote away.",
)
def smallest_taken_away(logits):
    powers = np.exp(logits - logits.min(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


@softmax.mistake(
    when="the votes are divided by the largest one instead of the largest being taken away",
    hint="Subtract the largest vote. A quotient of votes gives other shares, and fails where the largest vote is 0.",
)
def divided_by_the_largest_vote(logits):
    powers = np.exp(logits / logits.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


@softmax.mistake(
    when="powers of 2 are used instead of powers of e",
    hint="`np.exp` takes powers of e = 2.718...",
)
def powers_of_two(logits):
    powers = 2.0 ** (logits - logits.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


@softmax.mistake(
    when="each vote is squashed by itself: a sigmoid",
    hint="The shares of an image depend on each other, for they add up to 1: divide by the row's sum.",
)
def sigmoids(logits):
    return 1 / (1 + np.exp(-logits))


@softmax.mistake(
    when="the class with most votes gets everything",
    hint="Softmax is soft: the others keep a share, the smaller the fewer votes they have.",
)
def winner_takes_all(logits):
    return np.eye(logits.shape[1])[logits.argmax(axis=1)]


@softmax.mistake(
    when="the sign is turned around, so that most votes give the smallest share",
    hint="`exp` of the vote, not of minus the vote.",
)
def upside_down(logits):
    powers = np.exp(logits.min(axis=1, keepdims=True) - logits)
    return powers / powers.sum(axis=1, keepdims=True)


@softmax.mistake(
    when="votes are cut off at 700 so that `exp` does not overflow",
    hint="Cut-off votes are tied, though they were not. Take the row's largest vote away instead.",
)
def cut_off_at_700(logits):
    powers = np.exp(np.clip(logits, -700, 700))
    return powers / powers.sum(axis=1, keepdims=True)


@softmax.mistake(
    when="`nan` is replaced by 0 after `exp` has overflowed",
    hint="That hides the trouble, and the shares no longer add up to 1. Take the row's largest vote away before `exp`.",
)
def nan_replaced(logits):
    powers = np.exp(logits)
    return np.nan_to_num(powers / powers.sum(axis=1, keepdims=True))


@softmax.mistake(
    when="the largest vote is taken away from the votes themselves, in place",
    hint="`-=` changes the caller's votes. Make a new array: `logits - ...`.",
)
def in_place_votes(logits):
    logits -= logits.max(axis=1, keepdims=True)
    powers = np.exp(logits)
    return powers / powers.sum(axis=1, keepdims=True)


@softmax.mistake(
    when="the shares have the votes' type, which for whole numbers cuts off every fraction",
    hint="Make the result with `np.zeros(logits.shape)`; `np.zeros_like` takes over whole numbers.",
)
def shares_of_the_votes_type(logits):
    shares = np.zeros_like(logits)
    for index, row in enumerate(logits):
        powers = np.exp(row - row.max())
        shares[index] = powers / powers.sum()
    return shares


@softmax.mistake(
    when="only the largest share of each image is returned",
    hint="Every class has a share: the result has the shape of the votes.",
)
def largest_share_only(logits):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return (powers / powers.sum(axis=1, keepdims=True)).max(axis=1)


@softmax.mistake(
    when="only the shares of the first image are computed",
    hint="A `return` inside the loop over images ends it after the first one.",
)
def only_the_first_row(logits):
    powers = np.exp(logits[0] - logits[0].max())
    return powers / powers.sum()


@softmax.mistake(
    when="the shares of the first image are returned as the only row",
    hint="A `return` inside the loop over images ends it after the first one. It belongs below the loop.",
)
def returned_after_one_row(logits):
    powers = np.exp(logits[:1] - logits[:1].max())
    return powers / powers.sum()


@softmax.mistake(
    when="the shares are rounded to two decimals",
    hint="Round only for showing. Later steps build on the exact shares.",
)
def rounded(logits):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.round(powers / powers.sum(axis=1, keepdims=True), 2)


@softmax.mistake(
    when="a list of rows is returned",
    hint="Turn the list into one array with `np.array`, so that it has a shape.",
)
def list_of_shares(logits):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return (powers / powers.sum(axis=1, keepdims=True)).tolist()


softmax.equivalent_mutant(
    "-1 -> 1",
    because="votes have two axes, images and classes, so that axis 1 and axis -1 are the same one",
)


def _predict_cases(rng):
    yield Case((np.array([[3.0, -3.0]]),), "more votes for class 0")
    yield Case((np.array([[0.1, 0.9], [3.0, 2.0], [-1.0, 0.5]]),), "three images")
    yield Case((np.array([[2.0, 2.0]]),), "a tie, in which the first class wins")
    yield Case((np.array([[1.0, 5.0, 5.0], [5.0, 1.0, 5.0]]),), "ties among three classes")
    yield Case((np.array([[-3.0, -1.0, -2.0], [-5.0, -6.0, -4.0]]),), "only votes against")
    yield Case((np.array([[-9.0, 1.0, 2.0, 0.5]]),), "four classes, and one that is strongly voted against")
    yield Case((np.array([[1000.0, 2000.0], [-2000.0, -1000.0]]),), "very many votes")
    yield Case((np.array([[0.2, 0.3, 0.4]]),), "no class with more than half of the votes")
    yield Case((np.array([[7, 1, 7], [0, 0, 2]]),), "whole numbers")
    for shape in [(6, 2), (3, 3), (7, 4), (2, 9)]:
        yield Case((rng.uniform(-3, 3, shape),), f"random votes: {shape[0]} images, {shape[1]} classes")
    yield Case((rng.uniform(-3, 3, (5, 3)).astype(np.float32),), "random votes of type float32")


predict = Exercise(
    name="predict",
    reference=reference.predict,
    cases=_predict_cases,
    whole_numbers=True,
    hints=(
        "One whole number for each image: the place, counted from 0, of its largest vote.",
        "One NumPy function tells where the largest value is, and the first one on a tie. Along which axis do the classes "
        "of one image lie?",
        "By hand: of the votes [0.5, 2, 2] the largest stands at the places 1 and 2. The answer is 1.",
    ),
)


@predict.alternative
def first_largest_of_each_row(logits):
    return np.array([list(row).index(max(row)) for row in logits])


@predict.alternative
def keep_the_largest(logits):
    classes = np.zeros(len(logits), dtype=int)
    for index, row in enumerate(logits):
        for place in range(1, len(row)):
            if row[place] > row[classes[index]]:
                classes[index] = place
    return classes


@predict.alternative
def largest_share(logits):
    return reference.softmax(logits).argmax(axis=1)


@predict.mistake(
    when="the class numbers are of a float type",
    hint="A class number is used as an index, and an index must be an int. `np.argmax` gives whole numbers; an array made by "
    "`np.zeros(count)` holds floats unless it is told `dtype=int`.",
)
def class_numbers_as_floats(logits):
    return np.argmax(logits, axis=1).astype(float)


@predict.mistake(
    when="one class is looked for in the whole batch",
    hint="Each image has its own answer: `argmax` needs an axis.",
)
def one_answer_for_the_batch(logits):
    return np.argmax(logits)


@predict.mistake(
    when="for each class the image with most votes is looked for",
    hint="The classes of one image stand in a row: axis 1, or -1 for the last. Axis 0 counts the images.",
)
def images_instead_of_classes(logits):
    return np.argmax(logits, axis=0)


@predict.mistake(
    when="the largest vote is returned instead of the class that has it",
    hint="The question is which class, not how many votes: the place of the largest value.",
)
def largest_vote(logits):
    return np.max(logits, axis=1)


@predict.mistake(
    when="the last of several tied classes wins",
    hint="On a tie the first class wins: replace the best so far only by a larger vote, with `>`.",
)
def last_on_a_tie(logits):
    return logits.shape[1] - 1 - np.argmax(logits[:, ::-1], axis=1)


@predict.mistake(
    when="the class with the fewest votes is chosen",
    hint="The largest vote wins: `argmax`, not `argmin`.",
)
def fewest_votes(logits):
    return np.argmin(logits, axis=1)


@predict.mistake(
    when="the sign of the votes is ignored",
    hint="Votes of -9 speak against a class. Compare the votes themselves, not their sizes.",
)
def largest_without_sign(logits):
    return np.argmax(np.abs(logits), axis=1)


@predict.mistake(
    when="the letters' names are returned",
    hint="Return the place of the class, a whole number. The network knows no names; there may be more than two classes.",
)
def names_of_letters(logits):
    return np.array(["XO"[place % 2] for place in np.argmax(logits, axis=1)])


@predict.mistake(
    when="True and False are returned",
    hint="Return the place of the class, a whole number, and allow for more than two classes.",
)
def truth_values(logits):
    return logits[:, 1] > logits[:, 0]


@predict.mistake(
    when="only the first two classes are compared",
    hint="There may be more than two classes: look for the largest vote in the whole row.",
)
def two_classes_only(logits):
    return (logits[:, 1] > logits[:, 0]).astype(int)


@predict.mistake(
    when="votes above 0 decide for class 1",
    hint="Compare the votes with each other, not with 0.",
)
def above_zero(logits):
    return (logits[:, 1] > 0).astype(int)


@predict.mistake(
    when="a class needs more than half of the share to be chosen, and else class 0 is",
    hint="The largest vote wins, even with less than half of the share.",
)
def absolute_majority(logits):
    return np.argmax(reference.softmax(logits) > 0.5, axis=1)


@predict.mistake(
    when="shares are computed by a softmax that overflows, and `nan` wins",
    hint="The class with the largest vote has the largest share as well. You need no softmax here.",
)
def shares_that_overflow(logits):
    powers = np.exp(logits)
    return np.argmax(powers / powers.sum(axis=1, keepdims=True), axis=1)


@predict.mistake(
    when="a row of zeros with a single 1 is returned for each image",
    hint="Return the place of the 1, one whole number for each image.",
)
def one_hot(logits):
    return np.eye(logits.shape[1], dtype=int)[np.argmax(logits, axis=1)]


@predict.mistake(
    when="the answers keep the axis of the classes",
    hint="The result has the shape (N,), one number for each image. Leave `keepdims` out.",
)
def column_of_answers(logits):
    return np.argmax(logits, axis=1)[:, None]


@predict.mistake(
    when="the classes are counted from 1",
    hint="The first class has the number 0.",
)
def counted_from_one(logits):
    return np.argmax(logits, axis=1) + 1


@predict.mistake(
    when="only the first image is answered",
    hint="`logits` has one row for each image. A `return` inside the loop ends it after the first one.",
)
def first_image_only(logits):
    return int(np.argmax(logits[0]))


@predict.mistake(
    when="the search starts from 0, so that nothing is found among votes against",
    hint="Start from the row's first vote, not from 0: all votes of a row may be negative.",
)
def starts_from_zero(logits):
    return np.where(logits.max(axis=1) > 0, np.argmax(logits, axis=1), 0)


@predict.mistake(
    when="a list is returned",
    hint="Turn the list into an array with `np.array`, so that answers can be compared with labels at once.",
)
def list_of_answers(logits):
    return np.argmax(logits, axis=1).tolist()


@predict.mistake(
    when="each image's classes are returned in the order of their votes",
    hint="`argsort` sorts all classes. Only the one with the largest vote is asked for.",
)
def all_classes_sorted(logits):
    return np.argsort(-logits, axis=1)


@predict.mistake(
    when="the shares are returned instead of the class",
    hint="The answer is one whole number for each image: the place of the largest share, or of the largest vote.",
)
def shares_instead(logits):
    return reference.softmax(logits)


predict.equivalent_mutant(
    "-1 -> 1",
    because="votes have two axes, images and classes, so that axis 1 and axis -1 are the same one",
)
