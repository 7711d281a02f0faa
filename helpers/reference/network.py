"""A network: layers one after the other, each a thin wrapper that remembers what its backward pass needs.

A layer holds numbers and calls functions; it computes nothing itself. The functions can be replaced by your
own, and so can those with which the whole network learns: see `network_functions`.
"""

from types import SimpleNamespace

import numpy as np

from helpers.reference._input import as_pair, as_size
from helpers.reference.activation import relu, relu_backward
from helpers.reference.convolution import conv2d, conv2d_backward, conv2d_filters_backward
from helpers.reference.linear import flatten, linear, linear_backward, predict
from helpers.reference.loss import cross_entropy, cross_entropy_backward
from helpers.reference.pooling import max_pool2d, max_pool2d_backward
from helpers.reference.training import adam_step, minibatches, sgd_step


def network_functions(**own):
    """The functions that a network calls: the reference's, with your own in the place of those that you name.

    Parameters
    ----------
    **own : callable
        For instance ``conv2d=my_conv2d``; the name says which one to replace.

    Returns
    -------
    types.SimpleNamespace
        What layers call: `conv2d`, `max_pool2d`, `relu`, `linear`, the ``_backward`` of each, and `flatten`.
        What `fit` and `accuracy` call: `cross_entropy`, `cross_entropy_backward`, `minibatches`, `sgd_step`,
        `adam_step`, and `predict`.

    Raises
    ------
    ValueError
        If networks call no function of that name.

    Examples
    --------
    >>> functions = network_functions(relu=np.abs)
    >>> ReLU(functions).forward(np.array([[1.0, -2.0], [-3.0, 4.0]]))
    array([[1., 2.],
           [3., 4.]])
    """
    forward = conv2d, max_pool2d, relu, linear, flatten
    backward = conv2d_backward, max_pool2d_backward, relu_backward, linear_backward
    learning = cross_entropy, cross_entropy_backward, minibatches, sgd_step, adam_step, predict
    functions = {function.__name__: function for function in (*forward, *backward, *learning)}
    for name in own.keys() - functions.keys():
        raise ValueError(f"networks call no function {name!r}; they call {', '.join(sorted(functions))}")
    return SimpleNamespace(**functions | own)


REFERENCE_FUNCTIONS = network_functions()


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
    inputs = np.prod(shape[1:])
    return (rng.standard_normal(shape) * np.sqrt(2 / inputs)).astype(dtype)


class Conv2d:
    """A convolutional layer: filters and their biases, slid over the images.

    Parameters
    ----------
    in_channels, out_channels : int
        Depth of the input, and number of filters.
    kernel_size : int or (int, int)
    rng : numpy.random.Generator
        For the initial weights, as `he_weights`; biases begin at 0.
    stride : int, default 1
    padding : int, default 0
    functions : namespace, optional
        Where `conv2d` and `conv2d_backward` are looked up.
    dtype : dtype, default float

    Attributes
    ----------
    parameters, gradients : dict
        "weight" and "bias" -> ndarray; the gradients are those of the last backward pass.
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
        in_channels, out_channels = (
            as_size(in_channels, "in_channels"),
            as_size(out_channels, "out_channels"),
        )
        shape = (out_channels, in_channels, *as_pair(kernel_size, "kernel_size"))
        self.parameters = {"weight": he_weights(shape, rng, dtype), "bias": np.zeros(out_channels, dtype)}
        self.gradients = {}
        self.stride, self.padding = stride, padding
        self.functions = functions

    def forward(self, x):
        """Feature maps (N, C_out, H_out, W_out) of images (N, C_in, H, W)."""
        self.x = x
        return self.functions.conv2d(x, *self.parameters.values(), self.stride, self.padding)

    def backward(self, grad_output):
        """The gradient of the images; those of weight and bias are kept in `gradients`."""
        grad_x, *gradients = self.functions.conv2d_backward(
            grad_output, self.x, *self.parameters.values(), self.stride, self.padding
        )
        self.gradients = dict(zip(self.parameters, gradients, strict=True))
        return grad_x

    def backward_filters(self, grad_output):
        """Keep the gradients of weight and bias only: a first layer need not say how to change the images."""
        if self.functions.conv2d_backward is not conv2d_backward:
            self.backward(grad_output)
        else:
            settings = self.stride, self.padding
            gradients = conv2d_filters_backward(grad_output, self.x, *self.parameters.values(), *settings)
            self.gradients = dict(zip(self.parameters, gradients, strict=True))


class Linear:
    """A fully connected layer: every value votes for every unit.

    Parameters
    ----------
    in_features, units : int
    rng : numpy.random.Generator
        For the initial weights, as `he_weights`; biases begin at 0.
    functions : namespace, optional
        Where `linear` and `linear_backward` are looked up.
    dtype : dtype, default float

    Attributes
    ----------
    parameters, gradients : dict
        "weight" and "bias" -> ndarray; the gradients are those of the last backward pass.
    """

    def __init__(self, in_features, units, rng, functions=REFERENCE_FUNCTIONS, dtype=float):
        shape = as_size(units, "units"), as_size(in_features, "in_features")
        self.parameters = {"weight": he_weights(shape, rng, dtype), "bias": np.zeros(shape[0], dtype)}
        self.gradients = {}
        self.functions = functions

    def forward(self, x):
        """Votes (N, units) of rows (N, features)."""
        self.x = x
        return self.functions.linear(x, *self.parameters.values())

    def backward(self, grad_output):
        """The gradient of the rows; those of weight and bias are kept in `gradients`."""
        grad_x, *gradients = self.functions.linear_backward(grad_output, self.x, *self.parameters.values())
        self.gradients = dict(zip(self.parameters, gradients, strict=True))
        return grad_x


class MaxPool2d:
    """A pooling layer: the largest value in each window. It has no parameters."""

    def __init__(self, window=2, stride=None, partial=False, functions=REFERENCE_FUNCTIONS):
        self.parameters, self.gradients = {}, {}
        self.settings = window, stride, partial
        self.functions = functions

    def forward(self, x):
        """Pooled maps (N, C, H_out, W_out) of feature maps (N, C, H, W)."""
        self.x = x
        return self.functions.max_pool2d(x, *self.settings)

    def backward(self, grad_output):
        """The gradient of the feature maps."""
        return self.functions.max_pool2d_backward(grad_output, self.x, *self.settings)


class ReLU:
    """A layer that sets negative values to zero. It has no parameters."""

    def __init__(self, functions=REFERENCE_FUNCTIONS):
        self.parameters, self.gradients = {}, {}
        self.functions = functions

    def forward(self, x):
        """An array of the shape of `x`."""
        self.x = x
        return self.functions.relu(x)

    def backward(self, grad_output):
        """The gradient of `x`."""
        return self.functions.relu_backward(grad_output, self.x)


class Flatten:
    """A layer that lays each image out as one row. It has no parameters."""

    def __init__(self, functions=REFERENCE_FUNCTIONS):
        self.parameters, self.gradients = {}, {}
        self.functions = functions

    def forward(self, x):
        """Rows (N, features) of images (N, ...)."""
        self.shape = x.shape
        return self.functions.flatten(x)

    def backward(self, grad_output):
        """The gradient of the images: the same numbers, in the images' shape."""
        return grad_output.reshape(self.shape)


class Network:
    """Layers, one after the other: what comes out of one goes into the next.

    Parameters
    ----------
    layers : list
        Each with `forward`, `backward`, `parameters` and `gradients`.
    functions : namespace, optional
        Where `fit` and `accuracy` look up what the network learns with; see `network_functions`.

    Examples
    --------
    One filter of 2 x 2 over one image of 2 x 2, then two classes:

    >>> rng = np.random.default_rng(0)
    >>> network = Network([Conv2d(1, 1, 2, rng), ReLU(), Flatten(), Linear(1, 2, rng)])
    >>> network.forward(np.array([[[[1.0, 2.0], [3.0, 4.0]]]])).shape
    (1, 2)
    >>> {name: array.shape for name, array in network.parameters().items()}
    {'0.weight': (1, 1, 2, 2), '0.bias': (1,), '3.weight': (2, 1), '3.bias': (2,)}
    """

    def __init__(self, layers, functions=REFERENCE_FUNCTIONS):
        self.layers = list(layers)
        self.functions = functions

    def forward(self, x):
        """The votes (N, classes) for images (N, C, H, W): through all layers, from the first to the last."""
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def backward(self, grad_output, to_images=False):
        """Through all layers, from the last to the first; each keeps the gradients of its parameters.

        With `to_images` it returns the gradient of the images. Training has no use for it, and finding it is
        more than half of a first convolutional layer's work.
        """
        first, *others = self.layers
        for layer in reversed(others):
            grad_output = layer.backward(grad_output)
        if to_images:
            return first.backward(grad_output)
        getattr(first, "backward_filters", first.backward)(grad_output)
        return None

    def parameters(self):
        """All weights and biases: a dict of "position.name" -> ndarray, as ``"0.weight"``."""
        return self._collected("parameters")

    def gradients(self):
        """Their gradients from the last backward pass, under the same names."""
        return self._collected("gradients")

    def set_parameters(self, parameters):
        """Put other weights and biases in place, by the names of `parameters`; the rest stays."""
        for name, array in parameters.items():
            current = self.parameters().get(name)
            if current is None:
                raise ValueError(
                    f"the network has no parameter {name!r}; it has {', '.join(self.parameters())}"
                )
            if np.shape(array) != current.shape:
                raise ValueError(f"parameter {name!r} has the shape {current.shape}, not {np.shape(array)}")
            position, name_in_layer = name.split(".")
            self.layers[int(position)].parameters[name_in_layer] = array

    def _collected(self, kind):
        return {
            f"{position}.{name}": array
            for position, layer in enumerate(self.layers)
            for name, array in getattr(layer, kind).items()
        }
