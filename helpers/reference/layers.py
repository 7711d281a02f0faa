"""Layers: thin wrappers around functions, each of which remembers what its backward pass needs.

A layer holds numbers and calls functions; it computes nothing itself. See Joel Grus, *joelnet*.
"""

import numpy as np

from helpers.reference._input import as_pair, as_size
from helpers.reference.convolution import conv2d_backward, conv2d_filters_backward
from helpers.reference.functions import REFERENCE_FUNCTIONS
from helpers.reference.generalising import dropout
from helpers.reference.normalising import initial_weights


def he_weights(shape, rng, dtype=float):
    """Random weights of the size that keeps values neither growing nor fading from layer to layer.

    Parameters
    ----------
    shape : tuple of int
        Filters or units first; the rest is what each of them looks at.
    rng : numpy.random.Generator
    dtype : dtype, default float

    Returns
    -------
    ndarray of shape `shape`
        Normally distributed with a mean of 0 and a variance of 2 / inputs, where inputs is the number of
        values that each filter or unit looks at.

    Notes
    -----
    He et al. 2015, *Delving deep into rectifiers*: the 2 makes up for the half that ReLU sets to zero.

    Examples
    --------
    >>> weights = he_weights((200, 2, 2, 2), np.random.default_rng(0))
    >>> print(round(weights.std(), 1))
    0.5
    """
    return initial_weights(shape, rng).astype(dtype)


class Layer:
    """A layer that calls one function going forward, and the function's ``_backward`` going backward.

    Parameters
    ----------
    name : str
        What the function is called among the functions; that of the other ends in ``_backward``.
    functions : namespace
        Where both are looked up.
    parameters : dict of str -> ndarray, optional
        What the function takes after `x`: nothing, or "weight" and "bias".
    settings : tuple, optional
        What it takes after these.

    Attributes
    ----------
    parameters, gradients : dict of str -> ndarray
        The gradients are those of the last backward pass, under the names of the parameters.
    x : ndarray
        What went in last.
    """

    def __init__(self, name, functions, parameters=None, settings=()):
        self.name, self.functions, self.settings = name, functions, settings
        self.parameters, self.gradients = parameters or {}, {}

    def forward(self, x):
        """What the function makes of `x`."""
        self.x = x
        return getattr(self.functions, self.name)(x, *self.parameters.values(), *self.settings)

    def backward(self, grad_output):
        """The gradient of `x`; those of the parameters are kept in `gradients`."""
        backward = getattr(self.functions, f"{self.name}_backward")
        gradients = backward(grad_output, self.x, *self.parameters.values(), *self.settings)
        if not self.parameters:
            return gradients
        grad_x, *gradients = gradients
        self.keep(gradients)
        return grad_x

    def keep(self, gradients):
        """Remember the gradients of the parameters, given in their order."""
        self.gradients = dict(zip(self.parameters, gradients, strict=True))


def weight_and_bias(shape, rng, dtype):
    """First weights of the given shape, as `he_weights` draws them, and biases of 0."""
    return {"weight": he_weights(shape, rng, dtype), "bias": np.zeros(shape[0], dtype)}


class Conv2d(Layer):
    """A convolutional layer: filters and their biases, slid over the images (N, C_in, H, W).

    Parameters
    ----------
    in_channels, out_channels : int
        Depth of the input, and number of filters.
    kernel_size : int or (int, int)
    rng : numpy.random.Generator
        For the first weights, drawn as by `he_weights`; biases begin at 0.
    stride : int, default 1
    padding : int, default 0
    functions : namespace, optional
        Where `conv2d` and `conv2d_backward` are looked up.
    dtype : dtype, default float

    Examples
    --------
    >>> layer = Conv2d(3, 6, 5, np.random.default_rng(0))
    >>> layer.forward(np.zeros((1, 3, 32, 32))).shape
    (1, 6, 28, 28)
    """

    def __init__(
        self,
        in_channels,
        out_channels,
        kernel_size,
        rng,
        stride=1,
        padding=0,
        functions=REFERENCE_FUNCTIONS,
        dtype=float,
    ):
        channels = as_size(in_channels, "in_channels")
        shape = as_size(out_channels, "out_channels"), channels, *as_pair(kernel_size, "kernel_size")
        super().__init__("conv2d", functions, weight_and_bias(shape, rng, dtype), (stride, padding))

    def backward_filters(self, grad_output):
        """Keep the gradients of weight and bias only; nobody asks a first layer for that of the images."""
        if self.functions.conv2d_backward is not conv2d_backward:
            self.backward(grad_output)
        else:
            inputs = self.x, *self.parameters.values(), *self.settings
            self.keep(conv2d_filters_backward(grad_output, *inputs))


class Linear(Layer):
    """A fully connected layer: every value of a row (N, features) votes for every unit.

    Parameters
    ----------
    in_features, units : int
    rng : numpy.random.Generator
        For the first weights, drawn as by `he_weights`; biases begin at 0.
    functions : namespace, optional
        Where `linear` and `linear_backward` are looked up.
    dtype : dtype, default float

    Examples
    --------
    >>> Linear(400, 10, np.random.default_rng(0)).forward(np.zeros((1, 400))).shape
    (1, 10)
    """

    def __init__(self, in_features, units, rng, functions=REFERENCE_FUNCTIONS, dtype=float):
        shape = as_size(units, "units"), as_size(in_features, "in_features")
        super().__init__("linear", functions, weight_and_bias(shape, rng, dtype))


class MaxPool2d(Layer):
    """A pooling layer: the largest value in each window of each map. It has no parameters.

    Parameters
    ----------
    window : int, default 2
    stride : int, optional
        As large as the window if not given.
    partial : bool, default False
        Whether windows that extend over the edge count.
    functions : namespace, optional
        Where `max_pool2d` and `max_pool2d_backward` are looked up.

    Examples
    --------
    >>> MaxPool2d(2).forward(np.zeros((1, 6, 28, 28))).shape
    (1, 6, 14, 14)
    """

    def __init__(self, window=2, stride=None, partial=False, functions=REFERENCE_FUNCTIONS):
        super().__init__("max_pool2d", functions, settings=(window, stride, partial))


class ReLU(Layer):
    """A layer that sets negative values to zero. It has no parameters.

    Parameters
    ----------
    functions : namespace, optional
        Where `relu` and `relu_backward` are looked up.

    Examples
    --------
    >>> ReLU().forward(np.array([1.0, -2.0]))
    array([1., 0.])
    """

    def __init__(self, functions=REFERENCE_FUNCTIONS):
        super().__init__("relu", functions)


class Flatten(Layer):
    """A layer that lays each image out as one row. It has no parameters.

    Parameters
    ----------
    functions : namespace, optional
        Where `flatten` is looked up. It needs no function to go backward.

    Examples
    --------
    >>> Flatten().forward(np.zeros((2, 16, 5, 5))).shape
    (2, 400)
    """

    def __init__(self, functions=REFERENCE_FUNCTIONS):
        super().__init__("flatten", functions)

    def backward(self, grad_output):
        """The gradient of the images: the same numbers, in the images' shape."""
        return grad_output.reshape(self.x.shape)


class Dropout:
    """A layer that drops a random share of the values in training, and none afterwards. It has no parameters.

    Parameters
    ----------
    p : float
        The share that is dropped, on average.
    rng : numpy.random.Generator
        Draws again, each time, which values are dropped.
    function : callable, default `dropout`
        Called as `function(x, p, numbers)`, with the values and with their gradient.

    Examples
    --------
    >>> layer = Dropout(0.5, np.random.default_rng(0))
    >>> layer.forward_in_training(np.ones(4)), layer.forward(np.ones(4))
    (array([2., 0., 0., 0.]), array([1., 1., 1., 1.]))
    """

    def __init__(self, p, rng, function=dropout):
        self.p, self.rng, self.function = p, rng, function
        self.parameters, self.gradients, self.numbers = {}, {}, None

    def forward(self, x):
        """The values as they are."""
        self.numbers = None
        return x

    def forward_in_training(self, x):
        """What is left of the values, enlarged."""
        self.numbers = self.rng.random(x.shape)
        return self.function(x, self.p, self.numbers)

    def backward(self, grad_output):
        """The gradient of the values: what was dropped gets none."""
        return grad_output if self.numbers is None else self.function(grad_output, self.p, self.numbers)
