"""Architecture: what shapes and how many parameters follow from the layers, and how far their values see.

Layers are described by dicts; see `helpers.reference.descriptions`. Shapes are those of one image, without
the batch: (channels, height, width), or (units,) after a fully connected layer.

Shapes, parameters and receptive fields: Stanford CS231n, *Convolutional networks*.
"""

import math
from itertools import pairwise

from helpers.reference._input import as_size
from helpers.reference.convolution import conv_parameters, output_size
from helpers.reference.descriptions import describe_layers
from helpers.reference.functions import REFERENCE_FUNCTIONS
from helpers.reference.layers import Conv2d, Flatten, Linear, MaxPool2d, ReLU
from helpers.reference.network import Network
from helpers.reference.pooling import pooled_size


def layer_shapes(layers, input_shape):
    """The shape of the input and of what comes out of each layer.

    Parameters
    ----------
    layers : list of dict
        Descriptions of layers.
    input_shape : tuple of int
        (depth, height, width).

    Returns
    -------
    list of tuple of int
        First `input_shape`, then one shape for each layer: (depth, height, width), or (units,) after FC.

    Raises
    ------
    ValueError
        If a kernel or a window is larger than what it slides over, or a layer cannot come where it does.

    Examples
    --------
    >>> from helpers.reference import conv_layer, fc_layer, pool_layer
    >>> layers = [conv_layer(3, kernel=2), pool_layer(2), fc_layer(10)]
    >>> layer_shapes(layers, (1, 5, 5))
    [(1, 5, 5), (3, 4, 4), (3, 2, 2), (10,)]
    """
    shape = _as_image_shape(input_shape)
    shapes = [shape]
    for layer in layers:
        _require_layer(layer, len(shapes), shape)
        if layer["layer"] in ("CONV", "POOL"):
            shape = (layer.get("filters", shape[0]), *(_positions(layer, side) for side in shape[1:]))
        elif layer["layer"] == "FC":
            shape = (layer["units"],)
        shapes.append(shape)
    return shapes


def parameter_table(layers, input_shape):
    """For each layer its name, the shape of what comes out of it, and how many parameters it has.

    Parameters
    ----------
    layers : list of dict
        Descriptions of layers.
    input_shape : tuple of int
        (depth, height, width).

    Returns
    -------
    list of (str, tuple of int, int)
        The first row is ("INPUT", input_shape, 0).

    Raises
    ------
    ValueError
        As `layer_shapes` does.

    Examples
    --------
    2 * (2 * 2 * 1 + 1) = 10, and 3 * (2 * 4 * 4 + 1) = 99:

    >>> from helpers.reference import conv_layer, fc_layer
    >>> parameter_table([conv_layer(2, kernel=2), fc_layer(3)], (1, 5, 5))
    [('INPUT', (1, 5, 5), 0), ('CONV', (2, 4, 4), 10), ('FC', (3,), 99)]
    """
    shapes = layer_shapes(layers, input_shape)
    rows = [("INPUT", shapes[0], 0)]
    for layer, (before, after) in zip(layers, pairwise(shapes), strict=True):
        parameters = 0
        if layer["layer"] == "CONV":
            parameters = conv_parameters(before[0], layer["filters"], layer["kernel"])
        elif layer["layer"] == "FC":
            parameters = layer["units"] * (math.prod(before) + 1)
        rows.append((layer["layer"], after, parameters))
    return rows


def receptive_field(layers):
    """The side of the square of input pixels that one value after these layers looks at.

    Parameters
    ----------
    layers : list of dict
        Descriptions of CONV, RELU and POOL layers, from the first to the last.

    Returns
    -------
    int

    Raises
    ------
    ValueError
        If a layer is not described in full, or is fully connected and sees the whole image whatever its size.

    Notes
    -----
    Each kernel adds its side less 1, in steps as far apart as the strides before it have made them.

    Examples
    --------
    A kernel of 3 needs 3 values, and these need (3 - 1) * 1 + 5 = 7 pixels under a kernel of 5:

    >>> from helpers.reference import conv_layer
    >>> receptive_field([conv_layer(3, kernel=5), conv_layer(2, kernel=3)])
    7
    """
    _require_no_full_view(layers)
    size, step = 1, 1
    for layer in layers:
        side = layer.get("kernel", layer.get("window", 1))
        size += (side - 1) * step
        step *= layer.get("stride", 1)
    return size


def build_network(pattern, input_shape, rng, functions=REFERENCE_FUNCTIONS, dtype=float, **settings):
    """A network with random weights, from a pattern or from the descriptions of its layers.

    Parameters
    ----------
    pattern : str or list of dict
        As for `parse_pattern`, or as `describe_layers` returns. Flattening is put in before the first FC.
    input_shape : tuple of int
        (channels, height, width) of one image.
    rng : numpy.random.Generator
    functions : namespace, optional
        As `network_functions` makes it with your own functions.
    dtype : dtype, default float
        Of weights and biases.
    **settings
        For a pattern: filters, units, kernel and so on, as for `describe_layers`.

    Returns
    -------
    Network

    Raises
    ------
    ValueError
        As `describe_layers` and `layer_shapes` do.

    Examples
    --------
    >>> import numpy as np
    >>> rng = np.random.default_rng(0)
    >>> network = build_network("INPUT -> CONV -> RELU -> FC", (1, 2, 2), rng, filters=4, units=2, kernel=2)
    >>> [type(layer).__name__ for layer in network.layers]
    ['Conv2d', 'ReLU', 'Flatten', 'Linear']
    """
    layers = describe_layers(pattern, **settings) if isinstance(pattern, str) else pattern
    shapes = layer_shapes(layers, input_shape)
    built = []
    for layer, shape in zip(layers, shapes, strict=False):
        if layer["layer"] == "FC" and len(shape) == 3:
            built.append(Flatten(functions))
        built.append(_built(layer, shape, rng, functions, dtype))
    return Network(built, functions)


def _built(layer, shape, rng, functions, dtype):
    """The one layer, for input of the given shape."""
    name = layer["layer"]
    if name == "CONV":
        settings = layer["kernel"], rng, layer["stride"], layer["padding"]
        return Conv2d(shape[0], layer["filters"], *settings, functions, dtype)
    if name == "POOL":
        return MaxPool2d(layer["window"], layer["stride"], functions=functions)
    if name == "FC":
        return Linear(math.prod(shape), layer["units"], rng, functions, dtype)
    return ReLU(functions)


def _as_image_shape(shape):
    """(channels, height, width) as ints."""
    if not isinstance(shape, (tuple, list)) or len(shape) != 3:
        raise ValueError(f"input_shape must be (channels, height, width), not {shape!r}")
    return tuple(as_size(size, "input_shape") for size in shape)


_SETTINGS = {
    "CONV": ("filters", "kernel", "stride", "padding"),
    "POOL": ("window", "stride"),
    "RELU": (),
    "FC": ("units",),
}


def _require_description(layer, number):
    """An error unless the layer is described in full."""
    name = layer.get("layer") if isinstance(layer, dict) else layer
    if not isinstance(layer, dict) or name not in _SETTINGS:
        raise ValueError(f"layer {number} must be a dict with one of {', '.join(_SETTINGS)}, not {layer!r}")
    missing = [setting for setting in _SETTINGS[name] if setting not in layer]
    if missing:
        raise ValueError(f"layer {number} ({name}) does not say its {' and '.join(missing)}")
    for setting in ("kernel", "window", "stride"):
        if setting in layer:
            as_size(layer[setting], f"the {setting} of layer {number}")


def _require_layer(layer, number, shape):
    """An error unless the layer is described in full, and can follow an output of the given shape."""
    _require_description(layer, number)
    name = layer["layer"]
    if name in ("CONV", "POOL") and len(shape) != 3:
        raise ValueError(f"layer {number} is {name}, but after FC there is no picture left to slide over")
    if name in ("CONV", "POOL"):
        _require_room(layer, number, shape)


def _positions(layer, side):
    """How many positions a kernel or a pooling window has along a side."""
    if layer["layer"] == "POOL":
        return pooled_size(side, layer["window"], layer["stride"])
    return output_size(side, layer["kernel"], layer["stride"], layer["padding"])


def _require_room(layer, number, shape):
    """An error that names the layer, if its kernel or its window does not fit."""
    for size in shape[1:]:
        try:
            _positions(layer, size)
        except ValueError as error:
            raise ValueError(f"layer {number} ({layer['layer']}): {error}") from None


def _require_no_full_view(layers):
    for number, layer in enumerate(layers, 1):
        _require_description(layer, number)
    if any(layer["layer"] == "FC" for layer in layers):
        raise ValueError("a fully connected layer sees the whole image; give the layers before it")
