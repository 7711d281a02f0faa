"""Training: from a loss and its gradients to better weights, one small batch of images after another.

Steps with momentum and Adam follow PyTorch's SGD and Adam.
"""

import numpy as np

from helpers.reference._input import (
    as_array,
    as_floats,
    as_size,
    require_labels,
    require_order,
    require_same_shape,
)


def minibatches(images, labels, order, size):
    """The images and their labels in small batches, in the given order; the last batch may be smaller.

    Parameters
    ----------
    images : ndarray of shape (N, ...)
    labels : ndarray of shape (N,)
    order : ndarray of int, of shape (N,)
        Positions: `order[0]` is the image that comes first.
    size : int
        Images in a batch.

    Returns
    -------
    list of (ndarray, ndarray)
        Pairs of images and their labels.

    Raises
    ------
    ValueError
        If there is not one label for each image, or `order` does not name each image once.

    Examples
    --------
    >>> batches = minibatches(np.array([[1], [2], [3]]), np.array([0, 1, 0]), np.array([2, 0, 1]), 2)
    >>> [(some.tolist(), names.tolist()) for some, names in batches]
    [([[3], [1]], [0, 0]), ([[2]], [1])]
    """
    images, labels = _as_pairs(images, labels)
    order, size = as_array(order, "order"), as_size(size, "size")
    require_order(order, len(images), f"each of the {len(images)} images once, by its number from 0 on")
    starts = range(0, len(order), size)
    return [(images[order[start : start + size]], labels[order[start : start + size]]) for start in starts]


def sgd_step(weights, gradient, velocity, learning_rate=0.01, momentum=0.9):
    """The weights after one step that keeps some of its last velocity, and the new velocity.

    Parameters
    ----------
    weights, gradient, velocity : ndarray of any one shape
    learning_rate, momentum : float

    Returns
    -------
    weights, velocity : ndarray of the same shape
        New arrays; the given ones stay as they are.

    Raises
    ------
    ValueError
        If the shapes differ.

    Examples
    --------
    >>> sgd_step(np.array([1.0]), np.array([4.0]), np.array([2.0]), 0.1, 0.5)
    (array([0.5]), array([5.]))
    """
    weights, gradient, velocity = as_floats(weights=weights, gradient=gradient, velocity=velocity)
    require_same_shape(weights, gradient, "weights", "gradient")
    require_same_shape(weights, velocity, "weights", "velocity")
    velocity = float(momentum) * velocity + gradient
    return weights - float(learning_rate) * velocity, velocity


def adam_step(
    weights, gradient, mean, square, step, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    """The weights after one step of Adam, and the new running averages.

    Parameters
    ----------
    weights, gradient, mean, square : ndarray of any one shape
        The running averages of the gradient and of its square begin at 0.
    step : int
        1 for the first step.
    learning_rate, beta1, beta2, epsilon : float

    Returns
    -------
    weights, mean, square : ndarray of the same shape
        The averages as they are kept for the next step, not divided.

    Raises
    ------
    ValueError
        If the shapes differ, or `step` is less than 1.

    Notes
    -----
    Both averages begin at 0, so that the first ones are too small by a factor of 1 - beta ** step; they are
    divided by it. Kingma and Ba 2015, *Adam: a method for stochastic optimization*.

    Examples
    --------
    >>> weight, gradient, zero = np.array([1.0]), np.array([5.0]), np.zeros(1)
    >>> weights, mean, square = adam_step(weight, gradient, zero, zero, 1, 0.1, 0.9, 0.999, 1e-8)
    >>> print(weights.round(6), mean.round(6), square.round(6))
    [0.9] [0.5] [0.025]
    """
    weights, gradient, mean, square = as_floats(weights=weights, gradient=gradient, mean=mean, square=square)
    for array, name in ((gradient, "gradient"), (mean, "mean"), (square, "square")):
        require_same_shape(weights, array, "weights", name)
    step = as_size(step, "step")
    learning_rate, beta1, beta2 = float(learning_rate), float(beta1), float(beta2)
    mean = beta1 * mean + (1 - beta1) * gradient
    square = beta2 * square + (1 - beta2) * gradient**2
    size = np.sqrt(square / (1 - beta2**step)) + float(epsilon)
    return weights - learning_rate * (mean / (1 - beta1**step)) / size, mean, square


def train(parameters, loss_and_gradients, batches, learning_rate=0.01, momentum=0.9):
    """The parameters after one step for each batch, and the loss of each batch before its step.

    Parameters
    ----------
    parameters : dict of str -> ndarray
        Stays as it is.
    loss_and_gradients : callable
        `loss_and_gradients(parameters, images, labels)` returns the loss and a dict of gradients, under the
        names of the parameters.
    batches : list of (ndarray, ndarray)
    learning_rate, momentum : float
        For each step: call your `sgd_step`, or write its two lines out here.

    Returns
    -------
    parameters : dict of str -> ndarray
    losses : list of float
        One for each batch.

    Examples
    --------
    The loss is w² / 2, so the gradient is w: 4 - 0.5 · 4 = 2, then 2 - 0.5 · 2 = 1.

    >>> def half_square(parameters, images, labels):
    ...     return float(parameters["w"] ** 2 / 2), {"w": parameters["w"]}
    >>> after, losses = train({"w": np.array(4.0)}, half_square, [(None, None), (None, None)], 0.5, 0.0)
    >>> print(after["w"], losses)
    1.0 [8.0, 2.0]
    """
    parameters = {name: np.asarray(array) for name, array in parameters.items()}
    velocities = {name: np.zeros_like(array) for name, array in parameters.items()}
    losses = []
    for images, labels in batches:
        loss, gradients = loss_and_gradients(parameters, images, labels)
        losses.append(float(loss))
        for name, weights in parameters.items():
            parameters[name], velocities[name] = sgd_step(
                weights, gradients[name], velocities[name], learning_rate, momentum
            )
    return parameters, losses


def fit(
    network,
    images,
    labels,
    rng,
    epochs=10,
    batch_size=32,
    learning_rate=0.001,
    optimiser="adam",
    momentum=0.9,
    augment=None,
    watch=None,
    weight_decay=0.0,
    watch_batch=None,
):
    """The mean loss of each epoch, while the network learns: its parameters are changed.

    Parameters
    ----------
    network : Network
    images : ndarray of shape (N, C, H, W)
        Computed in the dtype of the network's parameters.
    labels : ndarray of int, of shape (N,)
    rng : numpy.random.Generator
        For the order of the images, drawn again for each epoch, and for `augment`.
    epochs : int, default 10
        How often all images are seen.
    batch_size : int, default 32
    learning_rate : float, default 0.001
    optimiser : {"adam", "sgd"}, default "adam"
    momentum : float, default 0.9
        For "sgd".
    augment : callable, optional
        Takes (images, rng), returns images of the same shape; applied to each batch.
    watch : callable, optional
        Called after each epoch with (epoch, network, loss), epochs counted from 1; training stops when it
        returns something true.
    weight_decay : float, default 0.0
        With each step, every parameter first shrinks by the factor 1 - learning_rate * weight_decay, as with
        PyTorch's AdamW.
    watch_batch : callable, optional
        Called after the step of each batch with (network, loss); training stops there, in the middle of the
        epoch, when it returns something true. The epoch then has no mean.

    Returns
    -------
    list of float
        The mean over all images, each with the parameters at the time of its batch.

    Raises
    ------
    ValueError
        If there is not one label for each image, or there is no such optimiser.

    Examples
    --------
    >>> from helpers.reference import Flatten, Linear, Network
    >>> rng = np.random.default_rng(0)
    >>> network = Network([Flatten(), Linear(4, 2, rng)])
    >>> images = np.array([[[[1.0, -1.0], [-1.0, 1.0]]], [[[-1.0, 1.0], [1.0, -1.0]]]])
    >>> losses = fit(network, images, np.array([0, 1]), rng, epochs=50, learning_rate=0.1)
    >>> len(losses), losses[-1] < 0.01
    (50, True)
    """
    take_step = _optimiser(network.functions, optimiser, learning_rate, momentum)
    kept = 1 - float(learning_rate) * float(weight_decay)
    losses = []
    for epoch in range(1, as_size(epochs, "epochs", least=0) + 1):
        total = 0.0
        order = rng.permutation(len(images))
        for batch, its_labels in network.functions.minibatches(images, labels, order, batch_size):
            batch = augment(batch, rng) if augment else batch
            loss = _learn_batch(network, batch, its_labels, take_step, kept)
            if watch_batch and watch_batch(network, loss):
                return losses
            total += len(batch) * loss
        losses.append(total / len(images))
        if watch and watch(epoch, network, losses[-1]):
            break
    return losses


def accuracy(network, images, labels, batch_size=500):
    """The share of images, from 0 to 1, for which the right class gets the most votes.

    Parameters
    ----------
    network : Network
    images : ndarray of shape (N, C, H, W)
    labels : ndarray of int, of shape (N,)
    batch_size : int, default 500
        How many images go through the network at once; larger takes more memory.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If there is not one label for each image.

    Examples
    --------
    A network that only flattens: the second pixel is larger than the first in one image of two.

    >>> from helpers.reference import Flatten, Network
    >>> accuracy(Network([Flatten()]), np.array([[[[1.0, 2.0]]], [[[4.0, 3.0]]]]), np.array([1, 1]))
    0.5
    """
    images, labels = _as_pairs(images, labels)
    dtype, right = network.dtype(), 0
    for batch, its_labels in minibatches(images, labels, np.arange(len(images)), batch_size):
        votes = network.forward(batch.astype(dtype, copy=False))
        right += np.count_nonzero(network.functions.predict(votes) == its_labels)
    return float(right / len(images))


def _learn_batch(network, images, labels, take_step, kept):
    """The loss of one batch; every parameter shrinks to the share `kept`, and takes one step."""
    parameters = network.parameters()
    loss, gradients = network.loss_and_gradients(parameters, images, labels)
    network.set_parameters(
        {name: take_step(name, kept * weights, gradients[name]) for name, weights in parameters.items()}
    )
    return loss


def _optimiser(functions, name, learning_rate, momentum):
    """A function (name, weights, gradient) -> weights that remembers what each parameter's steps need."""
    memory = {}

    def sgd(parameter, weights, gradient):
        velocity = memory.get(parameter, np.zeros_like(weights))
        weights, memory[parameter] = functions.sgd_step(weights, gradient, velocity, learning_rate, momentum)
        return weights

    def adam(parameter, weights, gradient):
        mean, square, steps = memory.get(parameter, (np.zeros_like(weights), np.zeros_like(weights), 0))
        weights, *averages = functions.adam_step(weights, gradient, mean, square, steps + 1, learning_rate)
        memory[parameter] = *averages, steps + 1
        return weights

    known = {"sgd": sgd, "adam": adam}
    if name not in known:
        raise ValueError(f"there is no optimiser {name!r}; there are {' and '.join(sorted(known))}")
    return known[name]


def _as_pairs(images, labels):
    """Images and labels as arrays; an error unless there is one label for each image."""
    images, labels = as_array(images, "images", "batch", ...), as_array(labels, "labels")
    require_labels(labels, len(images), "image", f"images {images.shape}")
    return images, labels
