"""Training: from a loss and its gradients to better weights, one small batch of images after the other.

Steps with momentum and Adam follow PyTorch's SGD and Adam.
"""

import numpy as np

from helpers.reference._input import _as_floats, _as_size, _require_same_shape


def minibatches(images, labels, order, size):
    """The images and their labels in small batches, in the given order; the last batch may be smaller.

    Parameters
    ----------
    images : ndarray of shape (N, ...)
    labels : ndarray of shape (N,)
    order : ndarray of int, of shape (N,)
        The positions 0 to N - 1 in the order in which they are wanted, as from ``rng.permutation(N)``.
    size : int
        Images in a batch.

    Returns
    -------
    list of (ndarray, ndarray)
        Pairs of images of shape (size, ...) and labels of shape (size,).

    Raises
    ------
    ValueError
        If there is not one label for each image, or `order` does not name each image once.

    Examples
    --------
    >>> images, labels = np.array([[1, 2], [3, 4], [5, 6]]), np.array([0, 1, 0])
    >>> for batch, its_labels in minibatches(images, labels, np.array([2, 1, 0]), 2):
    ...     print(batch.tolist(), its_labels.tolist())
    [[5, 6], [3, 4]] [0, 1]
    [[1, 2]] [0]
    """
    images, labels, order = np.asarray(images), np.asarray(labels), np.asarray(order)
    _require_pairs(images, labels)
    _require_order(order, len(images))
    size = _as_size(size, "size")
    starts = range(0, len(order), size)
    return [(images[order[start : start + size]], labels[order[start : start + size]]) for start in starts]


def sgd_step(weights, gradient, velocity, learning_rate=0.01, momentum=0.9):
    """The weights after one step downhill that keeps some of its last direction, and the new velocity.

    Parameters
    ----------
    weights, gradient : ndarray of any one shape
    velocity : ndarray of the same shape
        What the last step returned; zeros before the first.
    learning_rate : float, default 0.01
    momentum : float, default 0.9
        The share of the last velocity that is kept. With 0 this is `gradient_step`.

    Returns
    -------
    weights, velocity : ndarray of the same shape
        Velocity: momentum times velocity, plus gradient. Weights: less learning rate times the new velocity.

    Raises
    ------
    ValueError
        If the shapes differ.

    Examples
    --------
    The velocity is 0.5 x 2 + 4 = 5 in the first place; the weight moves by 0.1 x 5:

    >>> weights, gradient = np.array([[1, 2], [3, 4]]), np.array([[4, 0], [0, -4]])
    >>> weights, velocity = sgd_step(weights, gradient, np.array([[2, 2], [0, 0]]), 0.1, 0.5)
    >>> print(weights.tolist(), velocity.tolist())
    [[0.5, 1.9], [3.0, 4.4]] [[5.0, 1.0], [0.0, -4.0]]
    """
    weights, gradient, velocity = _as_floats(weights=weights, gradient=gradient, velocity=velocity)
    _require_same_shape(weights, gradient, "weights", "gradient")
    _require_same_shape(weights, velocity, "weights", "velocity")
    velocity = float(momentum) * velocity + gradient
    return weights - float(learning_rate) * velocity, velocity


def adam_step(
    weights, gradient, mean, square, step, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    """The weights after one step of about the same size for each of them, and the new running averages.

    Parameters
    ----------
    weights, gradient : ndarray of any one shape
    mean, square : ndarray of the same shape
        Running averages of the gradient and of its square, as the last step returned them; zeros before the
        first.
    step : int
        How many steps this one makes; 1 for the first.
    learning_rate : float, default 0.001
    beta1, beta2 : float, default 0.9 and 0.999
        The share of each running average that is kept.
    epsilon : float, default 1e-8
        Keeps the quotient finite where the gradient is 0.

    Returns
    -------
    weights, mean, square : ndarray of the same shape

    Raises
    ------
    ValueError
        If the shapes differ, or `step` is less than 1.

    Notes
    -----
    Both averages begin at 0 and are at first too small by the share 1 - beta ** step, by which they are
    divided. Kingma and Ba 2015, *Adam: a method for stochastic optimization*.

    Examples
    --------
    The first step goes as far as the learning rate, however large the gradient:

    >>> weights, gradient, zeros = np.array([[1, 2], [3, 4]]), np.array([[5, -0.5], [0, 9]]), np.zeros((2, 2))
    >>> weights, mean, square = adam_step(weights, gradient, zeros, zeros, 1, learning_rate=0.1)
    >>> weights.round(6)
    array([[0.9, 2.1],
           [3. , 3.9]])
    """
    weights, gradient, mean, square = _as_floats(weights=weights, gradient=gradient, mean=mean, square=square)
    for array, name in ((gradient, "gradient"), (mean, "mean"), (square, "square")):
        _require_same_shape(weights, array, "weights", name)
    step = _as_size(step, "step")
    learning_rate, beta1, beta2 = float(learning_rate), float(beta1), float(beta2)
    mean = beta1 * mean + (1 - beta1) * gradient
    square = beta2 * square + (1 - beta2) * gradient**2
    size = np.sqrt(square / (1 - beta2**step)) + float(epsilon)
    return weights - learning_rate * (mean / (1 - beta1**step)) / size, mean, square


def train(parameters, loss_and_gradients, batches, learning_rate=0.01, momentum=0.9):
    """The parameters after one step for each batch, and the loss that each batch met.

    Parameters
    ----------
    parameters : dict of str -> ndarray
    loss_and_gradients : callable
        Takes (parameters, images, labels), returns the loss and a dict with the gradient of each parameter.
    batches : list of (ndarray, ndarray)
        Images and labels, as from `minibatches`.
    learning_rate : float, default 0.01
    momentum : float, default 0.9
        Every parameter has its own velocity, which begins at 0; see `sgd_step`.

    Returns
    -------
    parameters : dict of str -> ndarray
        A new dict; the one given is left as it was.
    losses : list of float
        One for each batch, before the step that it led to.

    Examples
    --------
    One weight, and the loss is half its squared distance from the label:

    >>> def half_square(parameters, images, labels):
    ...     distance = parameters["weight"] - labels
    ...     return np.sum(distance**2) / 2, {"weight": distance}
    >>> batches = [(None, np.array([0.0])), (None, np.array([0.0]))]
    >>> parameters, losses = train({"weight": np.array([4.0])}, half_square, batches, 0.5, 0)
    >>> print(parameters["weight"].tolist(), losses)
    [1.0] [8.0, 2.0]
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
):
    """The mean loss of each epoch, while the network learns: its parameters are changed.

    Parameters
    ----------
    network : Network
    images : ndarray of shape (N, C, H, W)
        Computed in the dtype of the network's parameters.
    labels : ndarray of int, of shape (N,)
    rng : numpy.random.Generator
        For the order of the images, drawn anew for each epoch, and for `augment`.
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

    Returns
    -------
    list of float
        Mean over all images, each taken when its batch came by.

    Raises
    ------
    ValueError
        If there is not one label for each image, or no such optimiser.

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
    dtype = _dtype_of(network)
    losses = []
    for epoch in range(1, _as_size(epochs, "epochs", least=0) + 1):
        total = 0.0
        order = rng.permutation(len(images))
        for batch, its_labels in network.functions.minibatches(images, labels, order, batch_size):
            batch = augment(batch, rng) if augment else batch
            total += len(batch) * _learn_batch(
                network, batch.astype(dtype, copy=False), its_labels, take_step
            )
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
    images, labels, dtype = np.asarray(images), np.asarray(labels), _dtype_of(network)
    _require_pairs(images, labels)
    right = 0
    for batch, its_labels in minibatches(images, labels, np.arange(len(images)), batch_size):
        votes = network.forward(batch.astype(dtype, copy=False))
        right += np.count_nonzero(network.functions.predict(votes) == its_labels)
    return float(right / len(images))


def _learn_batch(network, images, labels, take_step):
    """The loss of one batch; every parameter of the network takes one step."""
    functions, logits = network.functions, network.forward(images)
    network.backward(functions.cross_entropy_backward(1.0, logits, labels))
    gradients = network.gradients()
    network.set_parameters(
        {name: take_step(name, weights, gradients[name]) for name, weights in network.parameters().items()}
    )
    return float(functions.cross_entropy(logits, labels))


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


def _dtype_of(network):
    """The dtype in which the network computes: that of its parameters."""
    arrays = list(network.parameters().values())
    return np.result_type(*arrays) if arrays else float


def _require_pairs(images, labels):
    if images.ndim == 0 or labels.shape != images.shape[:1]:
        raise ValueError(
            f"there must be one label for each image: images {images.shape}, labels {labels.shape}"
        )


def _require_order(order, count):
    if order.shape != (count,) or not np.array_equal(np.sort(order), np.arange(count)):
        raise ValueError(f"order must name each of the {count} images once, by the numbers 0 to {count - 1}")
