"""What lesson 10 asks: minibatches, sgd_step, adam_step, train."""

import numpy as np

from helpers import reference
from helpers.exercises.model import Case, Exercise


def _minibatches_cases(rng):
    numbers, names = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0], [7.0, 8.0]]), np.array([0, 1, 2, 3])
    yield Case((numbers, names, np.array([3, 1, 0, 2]), 2), "four rows in two batches")
    yield Case((numbers, names, np.array([0, 1, 2, 3]), 2), "in the order in which they lie")
    yield Case((numbers[:3], names[:3], np.array([2, 0, 1]), 2), "three rows: the last batch is smaller")
    yield Case((numbers, names, np.array([1, 2, 3, 0]), 4), "all in one batch")
    yield Case((numbers[:3], names[:3], np.array([1, 2, 0]), 5), "batches that are larger than the data")
    yield Case((numbers[:3], names[:3], np.array([2, 0, 1]), 1), "one row at a time")
    yield Case((numbers[:1], names[:1] + 7, np.array([0]), 3), "a single row")
    seven = np.arange(28).reshape(7, 1, 2, 2)
    yield Case(
        (seven, np.arange(7) * 10, np.array([6, 4, 2, 0, 5, 3, 1]), 3), "seven images of whole numbers"
    )
    for count, size in [(10, 4), (9, 3), (11, 6)]:
        images, labels = rng.normal(size=(count, 1, 2, 3)), rng.permutation(count)
        yield Case(
            (images, labels, rng.permutation(count), size), f"{count} random images, batches of {size}"
        )
    images = rng.normal(size=(5, 2, 2, 1)).astype(np.float32)
    yield Case((images, rng.permutation(5), rng.permutation(5), 2), "images of type float32")


minibatches = Exercise(
    "minibatches",
    reference=reference.minibatches,
    cases=_minibatches_cases,
    hints=(
        "A piece of `order` says which images belong to a batch. Which pieces are there, and where does each begin?",
        "`range(0, len(order), size)` gives the beginnings; `order[start : start + size]` is the piece, and Python cuts "
        "the last one off by itself. An array of positions in square brackets picks these images, and these labels.",
        "By hand: order [2, 0, 1], size 2. The first piece is [2, 0]: images 2 and 0 with labels 2 and 0. The second piece "
        "is [1]: image 1 with label 1. Two pairs in a list.",
    ),
)


@minibatches.alternative
def row_by_row(images, labels, order, size):
    batches = []
    for count, position in enumerate(order):
        if count % size == 0:
            batches.append(([], []))
        batches[-1][0].append(images[position])
        batches[-1][1].append(labels[position])
    return [(np.array(some), np.array(names)) for some, names in batches]


@minibatches.alternative
def shuffled_first(images, labels, order, size):
    images, labels = images[order], labels[order]
    batches = []
    while len(images) > 0:
        batches.append((images[:size], labels[:size]))
        images, labels = images[size:], labels[size:]
    return batches


@minibatches.alternative
def split_by_numpy(images, labels, order, size):
    cuts = np.arange(size, len(order), size)
    return list(zip(np.split(images[order], cuts), np.split(labels[order], cuts), strict=True))


def _pieces(images, labels, size):
    """Batches of what is in order already."""
    return [
        (images[start : start + size], labels[start : start + size]) for start in range(0, len(images), size)
    ]


@minibatches.mistake(
    when="the batches are handed out one by one with `yield`, and there is no list of them",
    hint="Collect the pairs in a list, and return the list: `len` and a second loop work with a list only.",
)
def handed_out_one_by_one(images, labels, order, size):
    for start in range(0, len(order), size):
        positions = order[start : start + size]
        yield images[positions], labels[positions]


@minibatches.mistake(
    when="the images are put in the new order and their labels are not",
    hint="Now most images carry another one's label. Pick the labels with the same piece of `order`.",
)
def labels_left_behind(images, labels, order, size):
    return _pieces(images[order], labels, size)


@minibatches.mistake(
    when="the labels are put in the new order and their images are not",
    hint="Now most images carry another one's label. Pick the images with the same piece of `order`.",
)
def images_left_behind(images, labels, order, size):
    return _pieces(images, labels[order], size)


@minibatches.mistake(
    when="`order` is not used",
    hint="The batches come in the order in which the images lie. Use the positions that stand in `order`.",
)
def order_ignored(images, labels, order, size):
    return _pieces(images, labels, size)


@minibatches.mistake(
    when="the last, smaller batch is dropped",
    hint="The images that are left over want to be learned from, too: they make a smaller batch.",
)
def last_batch_dropped(images, labels, order, size):
    return _pieces(images[order], labels[order], size)[: len(order) // size]


@minibatches.mistake(
    when="the last batch is always dropped, even if it is full",
    hint="The last batch begins where fewer than `size` images are left, or exactly `size`. It counts.",
)
def last_batch_always_dropped(images, labels, order, size):
    return _pieces(images[order], labels[order], size)[:-1]


@minibatches.mistake(
    when="the last batch is filled up with the first images again",
    hint="No image comes twice: the last batch may be smaller.",
)
def filled_up_from_the_front(images, labels, order, size):
    batches = -(-len(order) // size)
    order = np.resize(order, batches * size)
    return _pieces(images[order], labels[order], size)


@minibatches.mistake(
    when="the last batch reaches back, so that it has the full size",
    hint="Then some images come twice. The last batch may be smaller.",
)
def reaches_back(images, labels, order, size):
    starts = [min(start, max(len(order) - size, 0)) for start in range(0, len(order), size)]
    return [(images[order[start : start + size]], labels[order[start : start + size]]) for start in starts]


@minibatches.mistake(
    when="an empty batch stands at the end where the images come out even",
    hint="Go from 0 in steps of `size`, and stop before `len(order)`.",
)
def empty_batch_at_the_end(images, labels, order, size):
    starts = range(0, len(order) + 1, size)
    return [(images[order[start : start + size]], labels[order[start : start + size]]) for start in starts]


@minibatches.mistake(
    when="the batches overlap: each begins one image after the other",
    hint="The next batch begins where this one ends: `size` images further on.",
)
def steps_of_one(images, labels, order, size):
    starts = range(len(order))
    return [(images[order[start : start + size]], labels[order[start : start + size]]) for start in starts]


@minibatches.mistake(
    when="`size` is taken for the number of batches",
    hint="`size` says how many images there are in one batch.",
)
def size_as_a_number_of_batches(images, labels, order, size):
    pieces = np.array_split(order, size)
    return [(images[piece], labels[piece]) for piece in pieces]


@minibatches.mistake(
    when="the images are spread evenly over the full batches, so that nothing is left over",
    hint="Every batch has `size` images; what is left over makes one more, smaller batch.",
)
def spread_evenly(images, labels, order, size):
    pieces = np.array_split(order, max(1, len(order) // size))
    return [(images[piece], labels[piece]) for piece in pieces]


@minibatches.mistake(
    when="every piece ends at `size`, wherever it begins",
    hint="A piece of `size` entries that begins at `start` ends at `start + size`.",
)
def ends_at_size(images, labels, order, size):
    starts = range(0, len(order), size)
    return [(images[order[start:size]], labels[order[start:size]]) for start in starts]


@minibatches.mistake(
    when="every batch takes every so-many-th image",
    hint="A batch is a piece of `order`: neighbours in `order` go together.",
)
def every_so_many(images, labels, order, size):
    batches = -(-len(order) // size)
    return [(images[order[start::batches]], labels[order[start::batches]]) for start in range(batches)]


@minibatches.mistake(
    when="`order` is taken for where each image goes, instead of which image comes",
    hint="The first entry of `order` says which image comes first: `images[order]`.",
)
def order_turned_round(images, labels, order, size):
    inverse = np.argsort(order)
    return _pieces(images[inverse], labels[inverse], size)


@minibatches.mistake(
    when="the batches hold positions instead of images",
    hint="`order` holds positions. `images[positions]` are the images that stand there.",
)
def positions_only(images, labels, order, size):
    return [(piece, labels[piece]) for piece in np.split(order, np.arange(size, len(order), size))]


@minibatches.mistake(
    when="one pair is returned: all images, all labels",
    hint="Return a list with a pair for each batch.",
)
def one_pair(images, labels, order, size):
    return images[order], labels[order]


@minibatches.mistake(
    when="only the first batch is returned",
    hint="There is a `return` inside the loop, or no loop. Collect all batches in a list, return it after the loop.",
)
def first_batch_only(images, labels, order, size):
    return _pieces(images[order], labels[order], size)[:1]


@minibatches.mistake(
    when="the first batch itself is returned",
    hint="There is a `return` inside the loop. Collect all batches in a list, return it after the loop.",
)
def returned_inside_the_loop(images, labels, order, size):
    return images[order[:size]], labels[order[:size]]


@minibatches.mistake(
    when="two lists are returned, one of images and one of labels",
    hint="A list of pairs is wanted: `(images, labels)` for each batch.",
)
def two_lists(images, labels, order, size):
    batches = _pieces(images[order], labels[order], size)
    return [some for some, _ in batches], [names for _, names in batches]


@minibatches.mistake(
    when="the labels come first in each pair",
    hint="Each pair is `(images, labels)`, in this order.",
)
def labels_first(images, labels, order, size):
    return [(names, some) for some, names in _pieces(images[order], labels[order], size)]


@minibatches.mistake(
    when="only the images are returned",
    hint="Without their labels nobody can learn from them: a pair for each batch.",
)
def without_labels(images, labels, order, size):
    return [some for some, _ in _pieces(images[order], labels[order], size)]


@minibatches.mistake(
    when="the images are shuffled anew instead of taken in the given order",
    hint="Drawing lots is the caller's part; it hands over `order`.",
)
def shuffled_by_itself(images, labels, order, size):
    order = np.random.default_rng(0).permutation(len(images))
    return _pieces(images[order], labels[order], size)


for change in (
    "images, labels, order = (np.asarray(images), np.asarray(labels), np.asarray(order)) -> (dropped)",
    "np.asarray(images) -> images",
    "np.asarray(labels) -> labels",
    "np.asarray(order) -> order",
):
    minibatches.equivalent_mutant(change, because="it turns lists into arrays; the lesson hands over arrays")


def _sgd_cases(rng):
    one, two = np.array([1.0, 2.0]), np.array([2.0, -4.0])
    yield Case((one, two, np.zeros(2), 0.5, 0.9), "the first step: the velocity is still 0")
    yield Case((np.array([1.0]), np.array([4.0]), np.array([2.0]), 0.1, 0.5), "one weight, already moving")
    yield Case((one, np.zeros(2), np.array([10.0, -5.0]), 0.1, 0.9), "no slope: it coasts, and slows down")
    yield Case((one, two, np.array([-2.0, 4.0]), 0.5, 1.0), "slope and velocity that cancel each other")
    yield Case((one, two, np.array([3.0, 1.0]), 0.5, 0.0), "no momentum")
    yield Case((one, two, np.array([3.0, 1.0]), 0.0, 0.5), "a learning rate of 0")
    yield Case((one, two, np.array([3.0, 1.0]), 2.0, 0.5), "a learning rate above 1")
    whole = (
        np.array([[1, 2, 0], [3, 4, -1]]),
        np.array([[2, 4, 1], [6, -8, 3]]),
        np.array([[1, 0, 3], [-2, 4, 5]]),
    )
    yield Case((*whole, 0.25, 0.5), "whole numbers")
    for shape in [(5,), (3, 4), (2, 1, 3, 3), ()]:
        three = (np.array(rng.normal(size=shape)) for _ in range(3))
        rate, momentum = float(rng.uniform(0.05, 0.8)), float(rng.uniform(0.2, 0.95))
        yield Case((*three, rate, momentum), f"random weights of shape {shape}")
    three = rng.normal(size=(3, 4, 2)).astype(np.float32)
    yield Case((*three, 0.05, 0.9), "weights of type float32")


sgd_step = Exercise(
    "sgd_step",
    reference=reference.sgd_step,
    cases=_sgd_cases,
    answers=("weights", "velocity"),
    hints=(
        "Two lines: first the new velocity, then the new weights, which move with the *new* velocity.",
        "The velocity keeps `momentum` of itself and takes the gradient in. The weights go against it, as far as the "
        "learning rate says.",
        "By hand: weight 1, gradient 4, velocity 2, learning rate 0.1, momentum 0.5. Velocity 0.5 · 2 + 4 = 5; weight "
        "1 - 0.1 · 5 = 0.5.",
    ),
)


@sgd_step.alternative
def weight_by_weight(weights, gradient, velocity, learning_rate=0.01, momentum=0.9):
    moved, faster = np.zeros(weights.shape), np.zeros(weights.shape)
    for place in np.ndindex(weights.shape):
        faster[place] = velocity[place] * momentum + gradient[place]
        moved[place] = weights[place] - faster[place] * learning_rate
    return moved, faster


@sgd_step.alternative
def in_copies(weights, gradient, velocity, learning_rate=0.01, momentum=0.9):
    velocity = velocity.astype(float)
    velocity *= momentum
    velocity += gradient
    weights = weights.astype(float)
    weights -= learning_rate * velocity
    return [weights, velocity]


@sgd_step.alternative
def gradient_and_coasting_apart(weights, gradient, velocity, learning_rate=0.01, momentum=0.9):
    coasting = momentum * velocity
    weights = weights - learning_rate * gradient - learning_rate * coasting
    return weights, np.add(gradient, coasting)


@sgd_step.mistake(
    when="the velocity of the step before moves the weights",
    hint="First the new velocity, then the weights: they move with the new one.",
)
def old_velocity(weights, gradient, velocity, learning_rate=0.01, momentum=0.9):
    return weights - learning_rate * velocity, momentum * velocity + gradient


@sgd_step.mistake(
    when="momentum is left out: a plain step against the gradient",
    hint="The weights move with the velocity, which keeps some of the steps before.",
)
def without_momentum(weights, gradient, velocity, learning_rate=0.01, momentum=0.9):
    return weights - learning_rate * gradient, momentum * velocity + gradient


@sgd_step.mistake(
    when="the velocity is the gradient alone: the last velocity is lost",
    hint="The new velocity is `momentum` times the old one, plus the gradient.",
)
def velocity_forgotten(weights, gradient, velocity, learning_rate=0.01, momentum=0.9):
    return weights - learning_rate * gradient, gradient * 1.0


@sgd_step.mistake(
    when="the step goes uphill: the velocity is added",
    hint="The velocity points to where the error rises. Take it off.",
)
def uphill_with_momentum(weights, gradient, velocity, learning_rate=0.01, momentum=0.9):
    velocity = momentum * velocity + gradient
    return weights + learning_rate * velocity, velocity


@sgd_step.mistake(
    when="the gradient is taken off the velocity, and the velocity off the weights",
    hint="Twice minus goes uphill: the gradient is added to the velocity, and the velocity taken off the weights.",
)
def two_minuses(weights, gradient, velocity, learning_rate=0.01, momentum=0.9):
    velocity = momentum * velocity - gradient
    return weights - learning_rate * velocity, velocity


@sgd_step.mistake(
    when="the velocity already holds the minus: gradient taken off, velocity added to the weights",
    hint="That walks downhill as well, but another velocity is asked for: plus the gradient; and the weights less it.",
)
def velocity_downhill(weights, gradient, velocity, learning_rate=0.01, momentum=0.9):
    velocity = momentum * velocity - gradient
    return weights + learning_rate * velocity, velocity


@sgd_step.mistake(
    when="the learning rate is in the velocity instead of the step",
    hint="The velocity takes in the gradient as it is. The learning rate comes in when the weights move.",
)
def rate_in_the_velocity(weights, gradient, velocity, learning_rate=0.01, momentum=0.9):
    velocity = momentum * velocity + learning_rate * gradient
    return weights - velocity, velocity


@sgd_step.mistake(
    when="the learning rate is in the velocity, with the minus: the weights plus the velocity",
    hint="The velocity takes in the gradient as it is. Learning rate and minus come in when the weights move.",
)
def rate_and_minus_in_the_velocity(weights, gradient, velocity, learning_rate=0.01, momentum=0.9):
    velocity = momentum * velocity - learning_rate * gradient
    return weights + velocity, velocity


@sgd_step.mistake(
    when="the learning rate counts twice, in the velocity and in the step",
    hint="It comes in once, when the weights move.",
)
def rate_twice(weights, gradient, velocity, learning_rate=0.01, momentum=0.9):
    velocity = momentum * velocity + learning_rate * gradient
    return weights - learning_rate * velocity, velocity


@sgd_step.mistake(
    when="the learning rate is left out",
    hint="The weights move by the learning rate times the velocity.",
)
def without_rate(weights, gradient, velocity, learning_rate=0.01, momentum=0.9):
    velocity = momentum * velocity + gradient
    return weights - velocity, velocity


@sgd_step.mistake(
    when="the gradient counts for 1 - momentum only",
    hint="That is a running average. Here the gradient goes into the velocity as it is.",
)
def averaged_velocity(weights, gradient, velocity, learning_rate=0.01, momentum=0.9):
    velocity = momentum * velocity + (1 - momentum) * gradient
    return weights - learning_rate * velocity, velocity


@sgd_step.mistake(
    when="momentum multiplies the gradient too",
    hint="Only the old velocity is multiplied by `momentum`: no brackets round the sum.",
)
def momentum_times_everything(weights, gradient, velocity, learning_rate=0.01, momentum=0.9):
    velocity = momentum * (velocity + gradient)
    return weights - learning_rate * velocity, velocity


@sgd_step.mistake(
    when="momentum multiplies the gradient instead of the velocity",
    hint="`momentum` is the share of the *old velocity* that is kept.",
)
def momentum_times_the_gradient(weights, gradient, velocity, learning_rate=0.01, momentum=0.9):
    velocity = velocity + momentum * gradient
    return weights - learning_rate * velocity, velocity


@sgd_step.mistake(
    when="nothing of the velocity is lost: it is not multiplied by momentum",
    hint="Without `momentum` it rolls for ever: keep only that share of the old velocity.",
)
def never_slows_down(weights, gradient, velocity, learning_rate=0.01, momentum=0.9):
    velocity = velocity + gradient
    return weights - learning_rate * velocity, velocity


@sgd_step.mistake(
    when="momentum is always 0.9, whatever the caller asks for",
    hint="The fifth argument says how much of the velocity is kept. Use `momentum`.",
)
def fixed_momentum(weights, gradient, velocity, learning_rate=0.01, momentum=0.9):
    velocity = 0.9 * velocity + gradient
    return weights - learning_rate * velocity, velocity


@sgd_step.mistake(
    when="the step looks ahead: the gradient, plus momentum times the new velocity (Nesterov's way)",
    hint="The gradient is in the new velocity already: the weights move with that velocity alone.",
)
def looks_ahead(weights, gradient, velocity, learning_rate=0.01, momentum=0.9):
    velocity = momentum * velocity + gradient
    return weights - learning_rate * (gradient + momentum * velocity), velocity


@sgd_step.mistake(
    when="momentum is the gradient's share, and the old velocity keeps the rest",
    hint="`momentum` is the share of the *old velocity* that is kept; the gradient comes in as it is.",
)
def shares_swapped(weights, gradient, velocity, learning_rate=0.01, momentum=0.9):
    velocity = (1 - momentum) * velocity + momentum * gradient
    return weights - learning_rate * velocity, velocity


@sgd_step.mistake(
    when="the old velocity is returned",
    hint="The next step needs the *new* velocity: return that one.",
)
def returns_the_old_velocity(weights, gradient, velocity, learning_rate=0.01, momentum=0.9):
    return weights - learning_rate * (momentum * velocity + gradient), velocity


@sgd_step.mistake(
    when="the velocity comes first",
    hint="The order is: weights, velocity.",
)
def velocity_first(weights, gradient, velocity, learning_rate=0.01, momentum=0.9):
    velocity = momentum * velocity + gradient
    return velocity, weights - learning_rate * velocity


@sgd_step.mistake(
    when="only the weights are returned",
    hint="The next step needs the velocity: return both, weights and velocity.",
)
def weights_only(weights, gradient, velocity, learning_rate=0.01, momentum=0.9):
    return weights - learning_rate * (momentum * velocity + gradient)


@sgd_step.mistake(
    when="the caller's own velocity is changed",
    hint="`+=` and `*=` write into the caller's array. Make a new one: `velocity = ... + ...`.",
)
def changes_the_velocity(weights, gradient, velocity, learning_rate=0.01, momentum=0.9):
    np.add(momentum * velocity, gradient, out=velocity, casting="unsafe")
    return weights - learning_rate * velocity, velocity


@sgd_step.mistake(
    when="the caller's own weights are changed",
    hint="`-=` writes into the caller's array. Make a new one: `weights - ...`.",
)
def changes_the_weights(weights, gradient, velocity, learning_rate=0.01, momentum=0.9):
    velocity = momentum * velocity + gradient
    np.subtract(weights, learning_rate * velocity, out=weights, casting="unsafe")
    return weights, velocity


for change in ("float(momentum) -> momentum", "float(learning_rate) -> learning_rate"):
    sgd_step.equivalent_mutant(change, because="only a number of a wider type would change the result's type")


def _adam_cases(rng):
    weights, gradient, zeros = np.array([1.0, 2.0]), np.array([5.0, -0.5]), np.zeros(2)
    yield Case((weights, gradient, zeros, zeros, 1, 0.1, 0.9, 0.999, 1e-8), "the first step")
    yield Case(
        (np.array([1.0]), np.array([3.0]), np.array([1.0]), np.array([4.0]), 2, 0.5, 0.5, 0.5, 0.0),
        "the second step, with shares of 0.5",
    )
    yield Case(
        (weights, zeros, np.array([0.4, -0.2]), np.array([0.09, 0.04]), 5, 0.1, 0.8, 0.9, 1e-8),
        "no slope: the averages fade",
    )
    yield Case((weights, zeros, zeros, zeros, 1, 0.1, 0.9, 0.999, 1e-8), "nothing but zeros: no step")
    yield Case((weights, gradient, zeros, zeros, 1, 0.1, 0.9, 0.999, 2.0), "an epsilon of 2")
    yield Case((weights, gradient, zeros, zeros, 3, 0.1, 0.7, 0.7, 1.0), "late, with equal shares")
    averages = np.array([[0.5, -1.0], [2.0, 0.1]]), np.array([[1.0, 4.0], [9.0, 0.25]])
    whole = np.array([[1, 2], [3, 4]]), np.array([[5, -1], [0, 9]])
    yield Case((*whole, *averages, 4, 0.2, 0.6, 0.8, 0.5), "weights of whole numbers")
    whole_averages = np.array([[1, -1], [2, 0]]), np.array([[1, 4], [9, 2]])
    yield Case((*whole, *whole_averages, 3, 0.2, 0.5, 0.75, 0.25), "whole numbers throughout")
    for shape in [(4,), (2, 3), (2, 1, 3, 2), ()]:
        weights, gradient, mean = (np.array(rng.normal(size=shape)) for _ in range(3))
        square = np.array(rng.uniform(0.1, 2, shape))
        settings = [float(rng.uniform(*ends)) for ends in [(0.05, 0.5), (0.3, 0.9), (0.3, 0.95), (0.05, 0.5)]]
        step = int(rng.integers(2, 9))
        yield Case((weights, gradient, mean, square, step, *settings), f"random weights of shape {shape}")
    three = rng.normal(size=(3, 3, 2)).astype(np.float32)
    square = rng.uniform(0.1, 2, (3, 2)).astype(np.float32)
    yield Case((*three, square, 3, 0.1, 0.8, 0.9, 0.01), "weights of type float32")


adam_step = Exercise(
    "adam_step",
    reference=reference.adam_step,
    cases=_adam_cases,
    answers=("weights", "mean", "square"),
    hints=(
        "Four lines: both running averages, then both of them made up for their beginning at 0, then the step.",
        "A running average keeps a share `beta` of itself and takes `1 - beta` of what is new. To make up for the "
        "beginning, divide it by `1 - beta**step`; what you return are the averages before this division.",
        "By hand: gradient 5, averages 0, step 1, shares 0.9 and 0.999. Mean 0.1 · 5 = 0.5, square 0.001 · 25 = 0.025. "
        "Made up: 0.5 / 0.1 = 5 and 0.025 / 0.001 = 25. The weight goes down by the learning rate times 5 / √25, which is 1.",
    ),
)


def _averages(gradient, mean, square, beta1, beta2):
    return beta1 * mean + (1 - beta1) * gradient, beta2 * square + (1 - beta2) * gradient**2


def _made_up(mean, square, step, beta1, beta2):
    return mean / (1 - beta1**step), square / (1 - beta2**step)


@adam_step.alternative
def adam_weight_by_weight(
    weights, gradient, mean, square, step, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    moved, new_mean, new_square = (np.zeros(weights.shape) for _ in range(3))
    for place in np.ndindex(weights.shape):
        slope = float(gradient[place])
        new_mean[place] = mean[place] + (1 - beta1) * (slope - mean[place])
        new_square[place] = square[place] + (1 - beta2) * (slope * slope - square[place])
        direction = new_mean[place] / (1 - beta1**step)
        size = np.sqrt(new_square[place] / (1 - beta2**step))
        moved[place] = weights[place] - learning_rate * direction / (size + epsilon)
    return moved, new_mean, new_square


@adam_step.alternative
def correction_in_the_rate(
    weights, gradient, mean, square, step, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    mean = mean * beta1 + gradient * (1 - beta1)
    square = square * beta2 + gradient * gradient * (1.0 - beta2)
    root = np.sqrt(1 - beta2**step)
    rate = learning_rate * root / (1 - beta1**step)
    return weights - rate * mean / (np.sqrt(square) + epsilon * root), mean, square


@adam_step.alternative
def with_a_list(
    weights, gradient, mean, square, step, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    new, corrected = [], []
    for average, beta, value in [(mean, beta1, gradient), (square, beta2, np.square(gradient, dtype=float))]:
        new.append(np.add(beta * average, (1 - beta) * value))
        corrected.append(new[-1] / (1 - np.power(beta, step)))
    return [weights - learning_rate * corrected[0] / (corrected[1] ** 0.5 + epsilon), *new]


@adam_step.mistake(
    when="the averages are not made up for their beginning at 0",
    hint="At step 1 the averages hold only a small share of the gradient. Divide each by `1 - beta**step` for the step.",
)
def without_correction(
    weights, gradient, mean, square, step, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    mean, square = _averages(gradient, mean, square, beta1, beta2)
    return weights - learning_rate * mean / (np.sqrt(square) + epsilon), mean, square


@adam_step.mistake(
    when="only the mean is made up for its beginning at 0",
    hint="The average of the squares begins at 0 as well: divide it by `1 - beta2**step`.",
)
def square_not_corrected(
    weights, gradient, mean, square, step, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    mean, square = _averages(gradient, mean, square, beta1, beta2)
    return weights - learning_rate * mean / (1 - beta1**step) / (np.sqrt(square) + epsilon), mean, square


@adam_step.mistake(
    when="only the average of the squares is made up for its beginning at 0",
    hint="The mean begins at 0 as well: divide it by `1 - beta1**step`.",
)
def mean_not_corrected(
    weights, gradient, mean, square, step, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    mean, square = _averages(gradient, mean, square, beta1, beta2)
    return weights - learning_rate * mean / (np.sqrt(square / (1 - beta2**step)) + epsilon), mean, square


@adam_step.mistake(
    when="the averages that were made up are returned",
    hint="The next step goes on from the averages as they are. Give the ones that you divide other names.",
)
def returns_corrected(
    weights, gradient, mean, square, step, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    mean, square = _made_up(*_averages(gradient, mean, square, beta1, beta2), step, beta1, beta2)
    return weights - learning_rate * mean / (np.sqrt(square) + epsilon), mean, square


@adam_step.mistake(
    when="the averages are divided by `1 - beta`, as if every step were the first",
    hint="`beta**step` fades away as the steps go on. The power is missing.",
)
def always_the_first_step(
    weights, gradient, mean, square, step, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    mean, square = _averages(gradient, mean, square, beta1, beta2)
    direction, size = _made_up(mean, square, 1, beta1, beta2)
    return weights - learning_rate * direction / (np.sqrt(size) + epsilon), mean, square


@adam_step.mistake(
    when="the steps are counted from 0 in the correction: `step + 1`",
    hint="`step` is 1 for the first step already.",
)
def counted_once_more(
    weights, gradient, mean, square, step, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    mean, square = _averages(gradient, mean, square, beta1, beta2)
    direction, size = _made_up(mean, square, step + 1, beta1, beta2)
    return weights - learning_rate * direction / (np.sqrt(size) + epsilon), mean, square


@adam_step.mistake(
    when="`beta` is multiplied by `step` instead of raised to its power",
    hint="The share that is left of the zeros is `beta**step`: beta times beta times beta ...",
)
def times_step(
    weights, gradient, mean, square, step, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    mean, square = _averages(gradient, mean, square, beta1, beta2)
    with np.errstate(all="ignore"):
        direction, size = mean / (1 - beta1 * step), square / (1 - beta2 * step)
        return weights - learning_rate * direction / (np.sqrt(size) + epsilon), mean, square


@adam_step.mistake(
    when="the square root is left out",
    hint="The average of the squares has the size of a gradient squared. Its root has the size of a gradient.",
)
def without_root(
    weights, gradient, mean, square, step, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    mean, square = _averages(gradient, mean, square, beta1, beta2)
    direction, size = _made_up(mean, square, step, beta1, beta2)
    return weights - learning_rate * direction / (size + epsilon), mean, square


@adam_step.mistake(
    when="epsilon is under the root",
    hint="First the root, then add epsilon.",
)
def epsilon_under_the_root(
    weights, gradient, mean, square, step, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    mean, square = _averages(gradient, mean, square, beta1, beta2)
    direction, size = _made_up(mean, square, step, beta1, beta2)
    return weights - learning_rate * direction / np.sqrt(size + epsilon), mean, square


@adam_step.mistake(
    when="the root is taken before the average of the squares is made up for its beginning at 0",
    hint="First divide the average of the squares by `1 - beta2**step`, then take the root of that.",
)
def root_too_early(
    weights, gradient, mean, square, step, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    mean, square = _averages(gradient, mean, square, beta1, beta2)
    direction, size = mean / (1 - beta1**step), np.sqrt(square) / (1 - beta2**step)
    return weights - learning_rate * direction / (size + epsilon), mean, square


@adam_step.mistake(
    when="epsilon is added after the division",
    hint="`epsilon` belongs to what one divides *by*: brackets round the root and epsilon.",
)
def epsilon_outside(
    weights, gradient, mean, square, step, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    mean, square = _averages(gradient, mean, square, beta1, beta2)
    direction, size = _made_up(mean, square, step, beta1, beta2)
    return weights - learning_rate * direction / np.sqrt(size) + epsilon, mean, square


@adam_step.mistake(
    when="epsilon is left out, and zero is divided by zero",
    hint="Where a gradient is 0 throughout, the root is 0. `epsilon` keeps the division finite.",
)
def without_epsilon(
    weights, gradient, mean, square, step, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    mean, square = _averages(gradient, mean, square, beta1, beta2)
    direction, size = _made_up(mean, square, step, beta1, beta2)
    return weights - learning_rate * direction / np.sqrt(size), mean, square


@adam_step.mistake(
    when="epsilon is always 1e-8, whatever the caller asks for",
    hint="The last argument says how large it is. Use `epsilon`.",
)
def fixed_epsilon(
    weights, gradient, mean, square, step, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    mean, square = _averages(gradient, mean, square, beta1, beta2)
    direction, size = _made_up(mean, square, step, beta1, beta2)
    return weights - learning_rate * direction / (np.sqrt(size) + 1e-8), mean, square


@adam_step.mistake(
    when="the gradient is not squared in the second average",
    hint="The second average is of the *squares*: `gradient**2`.",
)
def not_squared(
    weights, gradient, mean, square, step, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    mean, square = beta1 * mean + (1 - beta1) * gradient, beta2 * square + (1 - beta2) * gradient
    direction, size = _made_up(mean, square, step, beta1, beta2)
    return weights - learning_rate * direction / (np.sqrt(size) + epsilon), mean, square


@adam_step.mistake(
    when="the second average is of the gradient's size, not of its square",
    hint="The second average is of the *squares*: `gradient**2`. Its root is taken in the step.",
)
def sizes_averaged(
    weights, gradient, mean, square, step, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    mean, square = beta1 * mean + (1 - beta1) * gradient, beta2 * square + (1 - beta2) * np.abs(gradient)
    direction, size = _made_up(mean, square, step, beta1, beta2)
    return weights - learning_rate * direction / (np.sqrt(size) + epsilon), mean, square


@adam_step.mistake(
    when="the new mean is squared instead of the gradient",
    hint="The second average takes in the gradient's own square, not the mean's.",
)
def mean_squared(
    weights, gradient, mean, square, step, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    mean = beta1 * mean + (1 - beta1) * gradient
    square = beta2 * square + (1 - beta2) * mean**2
    direction, size = _made_up(mean, square, step, beta1, beta2)
    return weights - learning_rate * direction / (np.sqrt(size) + epsilon), mean, square


@adam_step.mistake(
    when="beta1 and beta2 are exchanged",
    hint="`beta1` belongs to the mean, `beta2` to the squares.",
)
def betas_exchanged(
    weights, gradient, mean, square, step, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    mean, square = _averages(gradient, mean, square, beta2, beta1)
    direction, size = _made_up(mean, square, step, beta2, beta1)
    return weights - learning_rate * direction / (np.sqrt(size) + epsilon), mean, square


@adam_step.mistake(
    when="the gradient goes into the averages as it is, without `1 - beta`",
    hint="A running average keeps `beta` of itself and takes `1 - beta` of what is new, so that the shares add up to 1.",
)
def sums_instead_of_averages(
    weights, gradient, mean, square, step, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    mean, square = beta1 * mean + gradient, beta2 * square + gradient**2
    direction, size = _made_up(mean, square, step, beta1, beta2)
    return weights - learning_rate * direction / (np.sqrt(size) + epsilon), mean, square


@adam_step.mistake(
    when="`beta` and `1 - beta` are exchanged in the averages",
    hint="The larger share, `beta`, is that of the old average.",
)
def shares_exchanged(
    weights, gradient, mean, square, step, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    mean, square = _averages(gradient, mean, square, 1 - beta1, 1 - beta2)
    direction, size = _made_up(mean, square, step, beta1, beta2)
    return weights - learning_rate * direction / (np.sqrt(size) + epsilon), mean, square


@adam_step.mistake(
    when="the gradient itself is the direction, not the mean",
    hint="The step follows the running mean: that is what smooths the way.",
)
def gradient_as_direction(
    weights, gradient, mean, square, step, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    mean, square = _averages(gradient, mean, square, beta1, beta2)
    size = square / (1 - beta2**step)
    return weights - learning_rate * gradient / (np.sqrt(size) + epsilon), mean, square


@adam_step.mistake(
    when="the averages of the step before make the step",
    hint="First bring both averages up to date, then use the new ones.",
)
def old_averages(
    weights, gradient, mean, square, step, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    direction, size = _made_up(mean, square, step, beta1, beta2)
    moved = weights - learning_rate * direction / (np.sqrt(size) + epsilon)
    return moved, *_averages(gradient, mean, square, beta1, beta2)


@adam_step.mistake(
    when="the step goes uphill",
    hint="The mean of the gradient points to where the error rises. Take the step off.",
)
def adam_uphill(
    weights, gradient, mean, square, step, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    mean, square = _averages(gradient, mean, square, beta1, beta2)
    direction, size = _made_up(mean, square, step, beta1, beta2)
    return weights + learning_rate * direction / (np.sqrt(size) + epsilon), mean, square


@adam_step.mistake(
    when="the learning rate is left out",
    hint="The step is the learning rate times the quotient.",
)
def adam_without_rate(
    weights, gradient, mean, square, step, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    mean, square = _averages(gradient, mean, square, beta1, beta2)
    direction, size = _made_up(mean, square, step, beta1, beta2)
    return weights - direction / (np.sqrt(size) + epsilon), mean, square


@adam_step.mistake(
    when="the step is not divided by the root of the squares",
    hint="Dividing by the root is what makes the steps of all weights about equally long.",
)
def not_divided_by_the_root(
    weights, gradient, mean, square, step, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    mean, square = _averages(gradient, mean, square, beta1, beta2)
    return weights - learning_rate * mean / (1 - beta1**step), mean, square


@adam_step.mistake(
    when="only the weights are returned",
    hint="The next step needs both averages: return weights, mean and square.",
)
def adam_weights_only(
    weights, gradient, mean, square, step, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    mean, square = _averages(gradient, mean, square, beta1, beta2)
    direction, size = _made_up(mean, square, step, beta1, beta2)
    return weights - learning_rate * direction / (np.sqrt(size) + epsilon)


@adam_step.mistake(
    when="the old averages are returned",
    hint="The next step goes on from the *new* averages: return those.",
)
def returns_the_old_averages(
    weights, gradient, mean, square, step, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    direction, size = _made_up(*_averages(gradient, mean, square, beta1, beta2), step, beta1, beta2)
    return weights - learning_rate * direction / (np.sqrt(size) + epsilon), mean, square


@adam_step.mistake(
    when="the caller's own averages are changed",
    hint="`+=` and `*=` write into the caller's arrays. Make new ones: `mean = beta1 * mean + ...`.",
)
def changes_the_averages(
    weights, gradient, mean, square, step, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    new_mean, new_square = _averages(gradient, mean, square, beta1, beta2)
    mean[...], square[...] = new_mean, new_square
    direction, size = _made_up(new_mean, new_square, step, beta1, beta2)
    return weights - learning_rate * direction / (np.sqrt(size) + epsilon), mean, square


adam_step.equivalent_mutant(
    "for array, name in ((gradient, 'gradient'), (mean, 'mean'), (square, 'square')): -> (dropped)",
    because="it only refuses arrays of different shapes; the lesson hands over equal ones",
)
for change in (
    "float(epsilon) -> epsilon",
    "learning_rate, beta1, beta2 = (float(learning_rate), float(beta1), float(beta2)) -> (dropped)",
    "float(learning_rate) -> learning_rate",
    "float(beta1) -> beta1",
    "float(beta2) -> beta2",
):
    adam_step.equivalent_mutant(
        change, because="only a number of a wider type would change the result's type"
    )


def half_square(parameters, images, labels):
    """Half the squared distance of a single weight from the labels' mean."""
    distance = parameters["weight"] - np.mean(labels)
    return float(np.sum(distance**2) / 2), {"weight": distance}


def straight_line(parameters, images, labels):
    """The mean squared error of a weighted sum with a bias; the gradients come in another order."""
    rest = images @ parameters["weight"] + parameters["bias"] - labels
    gradients = {"bias": np.array(2 * rest.mean()), "weight": 2 * images.T @ rest / len(rest)}
    return float(np.mean(rest**2)), gradients


def two_way_vote(parameters, images, labels):
    """The mean squared error of a weighted sum of the values and of their squares; likewise."""
    rest = images @ parameters["values"] + images**2 @ parameters["squares"] - labels
    gradients = {"squares": 2 * (images**2).T @ rest / len(rest), "values": 2 * images.T @ rest / len(rest)}
    return float(np.mean(rest**2)), gradients


def _train_cases(rng):
    four, nothing = {"weight": np.array([4.0])}, np.zeros((1, 1))
    yield Case((four, half_square, [(nothing, np.zeros(1))], 0.5, 0.0), "one weight, one batch, no momentum")
    yield Case((four, half_square, [(nothing, np.zeros(1))] * 2, 0.5, 0.0), "the same batch twice")
    yield Case((four, half_square, [(nothing, np.zeros(1))] * 3, 0.5, 0.5), "three batches with momentum")
    goals = [(nothing, np.array([0.0])), (nothing, np.array([8.0])), (nothing, np.array([-2.0]))]
    yield Case((four, half_square, goals, 0.25, 0.5), "three different batches")
    yield Case((four, half_square, [], 0.25, 0.5), "no batch at all")
    whole = {"weight": np.array([3, -1])}
    yield Case((whole, half_square, goals, 0.3, 0.25), "weights of whole numbers")
    for count, size in [(6, 3), (7, 3), (5, 2)]:
        images, labels = rng.normal(size=(count, 2)), rng.normal(size=count)
        batches = reference.minibatches(images, labels, rng.permutation(count), size)
        parameters = {"weight": rng.normal(size=2), "bias": np.array(rng.normal())}
        rate, momentum = float(rng.uniform(0.02, 0.1)), float(rng.uniform(0.3, 0.9))
        two = {"values": rng.normal(size=2), "squares": rng.normal(size=2)}
        about = f"{count} random rows in batches of {size}"
        yield Case((two, two_way_vote, batches, rate / 2, momentum), f"two parameters, {about}")
        yield Case((parameters, straight_line, batches, rate, momentum), f"a weight and a bias, {about}")


train = Exercise(
    "train",
    reference=reference.train,
    cases=_train_cases,
    answers=("parameters", "losses"),
    hints=(
        "Before the loop: a velocity of zeros for *each* parameter, in a dict under the same names, and an empty list of "
        "losses. In the loop over the batches: the loss and the gradients; keep the loss; then one step for each "
        "parameter.",
        "`for name in parameters:` goes through the names, and `sgd_step` returns new weights and a new velocity, both of "
        "which you need for the next batch. To leave the caller's dict as it is, work in a copy, `dict(parameters)`.",
        "By hand: weight 4, loss w²/2, gradient w, learning rate 0.5, no momentum. First batch: loss 8, weight "
        "4 - 0.5 · 4 = 2. Second: loss 2, weight 1. Returned: weight 1 and the losses [8, 2].",
    ),
)


@train.alternative
def without_a_step_function(parameters, loss_and_gradients, batches, learning_rate=0.01, momentum=0.9):
    parameters = {name: weights.astype(float) for name, weights in parameters.items()}
    velocities, losses = {}, []
    for images, labels in batches:
        loss, gradients = loss_and_gradients(parameters, images, labels)
        losses.append(loss)
        for name, gradient in gradients.items():
            velocities[name] = momentum * velocities.get(name, 0) + gradient
            parameters[name] = parameters[name] - learning_rate * velocities[name]
    return parameters, losses


@train.alternative
def with_new_dicts(parameters, loss_and_gradients, batches, learning_rate=0.01, momentum=0.9):
    velocities = {name: 0.0 * weights for name, weights in parameters.items()}
    losses = np.zeros(len(batches))
    for count, (images, labels) in enumerate(batches):
        losses[count], gradients = loss_and_gradients(parameters, images, labels)
        velocities = {name: momentum * velocities[name] + gradients[name] for name in velocities}
        parameters = {name: parameters[name] - learning_rate * velocities[name] for name in velocities}
    return parameters, losses


@train.alternative
def batch_after_batch(parameters, loss_and_gradients, batches, learning_rate=0.01, momentum=0.9):
    def go_on(parameters, velocities, batches):
        if len(batches) == 0:
            return parameters, []
        loss, gradients = loss_and_gradients(parameters, *batches[0])
        steps = {
            name: reference.sgd_step(weights, gradients[name], velocities[name], learning_rate, momentum)
            for name, weights in parameters.items()
        }
        after, velocities = ({name: step[part] for name, step in steps.items()} for part in (0, 1))
        parameters, losses = go_on(after, velocities, batches[1:])
        return parameters, [loss, *losses]

    return go_on(parameters, {name: np.zeros(np.shape(parameters[name])) for name in parameters}, batches)


def _pass(parameters, loss_and_gradients, batches, step):
    """One pass in which `step(name, weights, gradient)` makes the new weights; the frame of the mistakes below."""
    parameters, losses = dict(parameters), []
    for images, labels in batches:
        loss, gradients = loss_and_gradients(parameters, images, labels)
        losses.append(loss)
        for name in parameters:
            parameters[name] = step(name, parameters[name], gradients[name])
    return parameters, losses


def _momentum_steps(learning_rate, momentum):
    """The right step of every parameter, as a function (name, weights, gradient)."""
    velocities = {}

    def step(name, weights, gradient):
        velocities[name] = momentum * velocities.get(name, 0.0) + gradient
        return weights - learning_rate * velocities[name]

    return step


@train.mistake(
    when="each batch begins with a velocity of zeros",
    hint="The velocity must live on from batch to batch: make the zeros once, before the loop, and keep what each step "
    "returns.",
)
def velocity_lost(parameters, loss_and_gradients, batches, learning_rate=0.01, momentum=0.9):
    return _pass(
        parameters, loss_and_gradients, batches, lambda _, weights, grad: weights - learning_rate * grad
    )


@train.mistake(
    when="all parameters share one velocity",
    hint="Each parameter needs a velocity of its own: a dict of them, under the parameters' names.",
)
def velocity_shared(parameters, loss_and_gradients, batches, learning_rate=0.01, momentum=0.9):
    step = _momentum_steps(learning_rate, momentum)
    return _pass(parameters, loss_and_gradients, batches, lambda _, weights, grad: step("all", weights, grad))


@train.mistake(
    when="the gradients of earlier batches are kept and added to",
    hint="Each batch brings its own gradients. What is kept of earlier ones is in the velocity.",
)
def gradients_not_cleared(parameters, loss_and_gradients, batches, learning_rate=0.01, momentum=0.9):
    step, kept = _momentum_steps(learning_rate, momentum), {}

    def step_with_all(name, weights, gradient):
        kept[name] = kept.get(name, 0.0) + gradient
        return step(name, weights, kept[name])

    return _pass(parameters, loss_and_gradients, batches, step_with_all)


@train.mistake(
    when="every batch's gradients are taken at the weights of the beginning",
    hint="After each step the weights are others. Hand the *new* parameters to `loss_and_gradients`.",
)
def gradients_of_the_beginning(parameters, loss_and_gradients, batches, learning_rate=0.01, momentum=0.9):
    def at_the_beginning(_, images, labels):
        return loss_and_gradients(parameters, images, labels)

    return _pass(parameters, at_the_beginning, batches, _momentum_steps(learning_rate, momentum))


@train.mistake(
    when="every step starts from the weights of the beginning",
    hint="Keep the new weights: the next step starts where this one ended.",
)
def steps_from_the_beginning(parameters, loss_and_gradients, batches, learning_rate=0.01, momentum=0.9):
    step = _momentum_steps(learning_rate, momentum)
    return _pass(
        parameters, loss_and_gradients, batches, lambda name, _, grad: step(name, parameters[name], grad)
    )


@train.mistake(
    when="the parameters are returned as they were given: the new weights are not kept",
    hint="`sgd_step` returns new weights and changes nothing itself. Put them into the dict under their name.",
)
def nothing_kept(parameters, loss_and_gradients, batches, learning_rate=0.01, momentum=0.9):
    return _pass(parameters, loss_and_gradients, batches, lambda _, weights, grad: weights)


@train.mistake(
    when="the loss is taken after the step",
    hint="Keep the loss that comes with the gradients, before the step.",
)
def loss_after_the_step(parameters, loss_and_gradients, batches, learning_rate=0.01, momentum=0.9):
    step, losses = _momentum_steps(learning_rate, momentum), []
    for batch in batches:
        parameters, _ = _pass(parameters, loss_and_gradients, [batch], step)
        losses.append(loss_and_gradients(parameters, *batch)[0])
    return parameters, losses


@train.mistake(
    when="the steps go uphill",
    hint="Against the gradient: the weights *less* learning rate times velocity.",
)
def all_uphill(parameters, loss_and_gradients, batches, learning_rate=0.01, momentum=0.9):
    return _pass(parameters, loss_and_gradients, batches, _momentum_steps(-learning_rate, momentum))


@train.mistake(
    when="`momentum` is not handed on, and 0.9 is used",
    hint="`sgd_step` falls back on its own 0.9 if you do not hand `momentum` on.",
)
def momentum_not_handed_on(parameters, loss_and_gradients, batches, learning_rate=0.01, momentum=0.9):
    return _pass(parameters, loss_and_gradients, batches, _momentum_steps(learning_rate, 0.9))


@train.mistake(
    when="`learning_rate` is not handed on, and 0.01 is used",
    hint="`sgd_step` falls back on its own 0.01 if you do not hand `learning_rate` on.",
)
def rate_not_handed_on(parameters, loss_and_gradients, batches, learning_rate=0.01, momentum=0.9):
    return _pass(parameters, loss_and_gradients, batches, _momentum_steps(0.01, momentum))


@train.mistake(
    when="neither `learning_rate` nor `momentum` is handed on, and 0.01 and 0.9 are used",
    hint="`sgd_step` falls back on its own 0.01 and 0.9 if you do not hand the caller's numbers on.",
)
def settings_not_handed_on(parameters, loss_and_gradients, batches, learning_rate=0.01, momentum=0.9):
    return _pass(parameters, loss_and_gradients, batches, _momentum_steps(0.01, 0.9))


@train.mistake(
    when="only the first parameter learns",
    hint="Go through all names in `parameters`: each of them takes a step.",
)
def first_parameter_only(parameters, loss_and_gradients, batches, learning_rate=0.01, momentum=0.9):
    step, first = _momentum_steps(learning_rate, momentum), next(iter(parameters))

    def step_of_the_first(name, weights, gradient):
        return step(name, weights, gradient) if name == first else weights

    return _pass(parameters, loss_and_gradients, batches, step_of_the_first)


@train.mistake(
    when="gradients are matched to parameters by their place instead of their name",
    hint="The gradients may come in another order. Look each one up: `gradients[name]`.",
)
def matched_by_place(parameters, loss_and_gradients, batches, learning_rate=0.01, momentum=0.9):
    def by_place(parameters, images, labels):
        loss, gradients = loss_and_gradients(parameters, images, labels)
        return loss, dict(zip(parameters, gradients.values(), strict=True))

    return _pass(parameters, by_place, batches, _momentum_steps(learning_rate, momentum))


@train.mistake(
    when="only the first batch is learned from",
    hint="There is a `return` inside the loop. It belongs after the loop.",
)
def first_batch_and_out(parameters, loss_and_gradients, batches, learning_rate=0.01, momentum=0.9):
    return _pass(parameters, loss_and_gradients, batches[:1], _momentum_steps(learning_rate, momentum))


@train.mistake(
    when="the last batch is left out",
    hint="Every batch is learned from, the last and perhaps smaller one too.",
)
def last_batch_left_out(parameters, loss_and_gradients, batches, learning_rate=0.01, momentum=0.9):
    return _pass(parameters, loss_and_gradients, batches[:-1], _momentum_steps(learning_rate, momentum))


@train.mistake(
    when="only the last batch's loss is returned",
    hint="Collect the losses: one for each batch, in a list.",
)
def last_loss_only(parameters, loss_and_gradients, batches, learning_rate=0.01, momentum=0.9):
    parameters, losses = _pass(
        parameters, loss_and_gradients, batches, _momentum_steps(learning_rate, momentum)
    )
    return parameters, losses[-1] if losses else None


@train.mistake(
    when="the mean of the losses is returned",
    hint="Return all of them, one for each batch, in a list.",
)
def mean_loss(parameters, loss_and_gradients, batches, learning_rate=0.01, momentum=0.9):
    parameters, losses = _pass(
        parameters, loss_and_gradients, batches, _momentum_steps(learning_rate, momentum)
    )
    return parameters, sum(losses) / max(len(losses), 1)


@train.mistake(
    when="the losses come first",
    hint="The order is: parameters, losses.",
)
def losses_first(parameters, loss_and_gradients, batches, learning_rate=0.01, momentum=0.9):
    return _pass(parameters, loss_and_gradients, batches, _momentum_steps(learning_rate, momentum))[::-1]


@train.mistake(
    when="only the parameters are returned",
    hint="Return both, parameters and losses: without the losses nobody sees whether it learns.",
)
def parameters_only(parameters, loss_and_gradients, batches, learning_rate=0.01, momentum=0.9):
    return _pass(parameters, loss_and_gradients, batches, _momentum_steps(learning_rate, momentum))[0]


@train.mistake(
    when="only the losses are returned",
    hint="Return both, parameters and losses: what was learned is in the parameters.",
)
def losses_only(parameters, loss_and_gradients, batches, learning_rate=0.01, momentum=0.9):
    return _pass(parameters, loss_and_gradients, batches, _momentum_steps(learning_rate, momentum))[1]


@train.mistake(
    when="the caller's own dict is changed",
    hint="`parameters[name] = ...` writes into the caller's dict. Work in a copy: `dict(parameters)`.",
)
def changes_the_callers_dict(parameters, loss_and_gradients, batches, learning_rate=0.01, momentum=0.9):
    after, losses = _pass(parameters, loss_and_gradients, batches, _momentum_steps(learning_rate, momentum))
    parameters.update(after)
    return parameters, losses


train.equivalent_mutant(
    "np.asarray(array) -> array",
    because="it turns numbers and lists into arrays; the lesson hands over arrays",
)
train.equivalent_mutant(
    "float(loss) -> loss", because="a number of NumPy's is as good an answer as one of Python's"
)
