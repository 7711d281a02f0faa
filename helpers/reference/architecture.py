"""Architecture: which layers in which order, what shapes and how many parameters follow from it.

A layer is described by a dict, as `conv_layer` and its neighbours make them:

* ``{"layer": "CONV", "filters": 6, "kernel": 5, "stride": 1, "padding": 0}``
* ``{"layer": "RELU"}``
* ``{"layer": "POOL", "kernel": 2, "stride": 2}``
* ``{"layer": "FC", "units": 10}``

Shapes are those of one image, without the batch: (channels, height, width), or (units,) after a fully
connected layer.

The pattern INPUT -> [[CONV -> RELU]*N -> POOL?]*M -> [FC -> RELU]*K -> FC: Stanford CS231n, *Convolutional
networks*.
"""

import math
import re
from itertools import pairwise

from helpers.reference._input import as_size
from helpers.reference.convolution import conv_parameters, output_size
from helpers.reference.network import (
    REFERENCE_FUNCTIONS,
    Conv2d,
    Flatten,
    Linear,
    MaxPool2d,
    Network,
    ReLU,
)

_NAMES = ("INPUT", "CONV", "RELU", "POOL", "FC")


def parse_pattern(text, optional=True):
    """The names of the layers that a pattern stands for, one by one.

    Parameters
    ----------
    text : str
        For instance "INPUT -> [CONV -> RELU -> POOL?]*2 -> FC".
    optional : bool
        Whether layers marked with ? are kept; if not, they are left out.

    Returns
    -------
    list of str
        The first is "INPUT".

    Raises
    ------
    ValueError
        If the pattern cannot be read, or the layers cannot stand in this order; the sentence says where.

    Notes
    -----
    The innermost brackets are written out first, again and again, until there are none. Patterns like this
    one: Stanford CS231n, *Convolutional networks*.

    Examples
    --------
    >>> parse_pattern("INPUT -> [CONV -> POOL?]*2 -> FC")
    ['INPUT', 'CONV', 'POOL', 'CONV', 'POOL', 'FC']
    >>> parse_pattern("INPUT -> [CONV -> POOL?]*2 -> FC", optional=False)
    ['INPUT', 'CONV', 'CONV', 'FC']
    """
    _require_readable(text)
    innermost = re.compile(r"\[([^][]*)\]\s*\*\s*(\d+)")
    while "[" in text:
        text = innermost.sub(lambda found: "->".join([found[1]] * int(found[2])), text)
    names = [name.strip() for name in text.split("->") if name.strip()]
    if not optional:
        names = [name for name in names if not name.endswith("?")]
    names = [name.rstrip("? ") for name in names]
    _require_order(names)
    return names


def conv_layer(filters, kernel=3, stride=1, padding=0):
    """The description of a convolutional layer: so many filters, each of kernel x kernel pixels.

    Examples
    --------
    >>> conv_layer(6, kernel=5)
    {'layer': 'CONV', 'filters': 6, 'kernel': 5, 'stride': 1, 'padding': 0}
    """
    filters, kernel = as_size(filters, "filters"), as_size(kernel, "kernel")
    stride, padding = as_size(stride, "stride"), as_size(padding, "padding", least=0)
    return {"layer": "CONV", "filters": filters, "kernel": kernel, "stride": stride, "padding": padding}


def pool_layer(kernel=2, stride=None):
    """The description of a pooling layer; its windows do not overlap if no stride is given.

    Examples
    --------
    >>> pool_layer(3, stride=2)
    {'layer': 'POOL', 'kernel': 3, 'stride': 2}
    """
    kernel = as_size(kernel, "kernel")
    return {"layer": "POOL", "kernel": kernel, "stride": as_size(stride, "stride") if stride else kernel}


def relu_layer():
    """The description of a layer that sets negative values to zero.

    Examples
    --------
    >>> relu_layer()
    {'layer': 'RELU'}
    """
    return {"layer": "RELU"}


def fc_layer(units):
    """The description of a fully connected layer.

    Examples
    --------
    >>> fc_layer(10)
    {'layer': 'FC', 'units': 10}
    """
    return {"layer": "FC", "units": as_size(units, "units")}


def describe_layers(
    pattern, filters, units, kernel=3, stride=1, padding=0, window=2, window_stride=None, optional=True
):
    """The descriptions of the layers of a pattern, INPUT left out.

    Parameters
    ----------
    pattern : str
        As for `parse_pattern`.
    filters : int or sequence of int
        Filters of each CONV: one number for all, or one for each.
    units : int or sequence of int
        Units of each FC, the last of which are the classes.
    kernel, stride, padding : int
        Of every CONV.
    window, window_stride : int
        Of every POOL; the stride is as large as the window if not given.
    optional : bool, default True
        Whether layers marked with ``?`` are kept.

    Returns
    -------
    list of dict

    Raises
    ------
    ValueError
        If the pattern cannot be read, or there are not as many numbers as layers.

    Examples
    --------
    >>> for layer in describe_layers("INPUT -> CONV -> POOL -> FC", filters=6, units=10, kernel=5):
    ...     print(layer)
    {'layer': 'CONV', 'filters': 6, 'kernel': 5, 'stride': 1, 'padding': 0}
    {'layer': 'POOL', 'kernel': 2, 'stride': 2}
    {'layer': 'FC', 'units': 10}
    """
    names = parse_pattern(pattern, optional)
    filters_left = iter(_one_for_each(filters, names.count("CONV"), "CONV", "filters"))
    units_left = iter(_one_for_each(units, names.count("FC"), "FC", "units"))
    describe = {
        "CONV": lambda: conv_layer(next(filters_left), kernel, stride, padding),
        "POOL": lambda: pool_layer(window, window_stride),
        "RELU": relu_layer,
        "FC": lambda: fc_layer(next(units_left)),
    }
    return [describe[name]() for name in names[1:]]


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
        If a kernel is larger than what it meets, or a layer cannot stand where it does.

    Examples
    --------
    >>> layers = [conv_layer(3, kernel=2), pool_layer(2), fc_layer(10)]
    >>> layer_shapes(layers, (1, 5, 5))
    [(1, 5, 5), (3, 4, 4), (3, 2, 2), (10,)]
    """
    shape = _as_image_shape(input_shape)
    shapes = [shape]
    for layer in layers:
        _require_layer(layer, len(shapes), shape)
        if layer["layer"] in ("CONV", "POOL"):
            sliding = layer["kernel"], layer["stride"], layer.get("padding", 0)
            sides = [output_size(side, *sliding) for side in shape[1:]]
            shape = (layer.get("filters", shape[0]), *sides)
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
        If there is a fully connected layer, which sees the whole image whatever its size.

    Notes
    -----
    Each kernel adds its side less 1, in steps as far apart as the strides before it have made them.

    Examples
    --------
    A kernel of 3 needs 3 values, and these need (3 - 1) * 1 + 5 = 7 pixels under a kernel of 5:

    >>> receptive_field([conv_layer(3, kernel=5), conv_layer(2, kernel=3)])
    7
    """
    _require_no_full_view(layers)
    size, step = 1, 1
    for layer in layers:
        size += (layer.get("kernel", 1) - 1) * step
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
        return MaxPool2d(layer["kernel"], layer["stride"], functions=functions)
    if name == "FC":
        return Linear(math.prod(shape), layer["units"], rng, functions, dtype)
    return ReLU(functions)


_MUST_FOLLOW = {
    "": "there must be a layer or '['",
    "->": "there must be a layer or '['",
    "[": "there must be a layer or '['",
    "]": "there must be '*' and a number, as in ']*2'",
    "*": "there must be a whole number",
    "layer": "there must be '->'",
    "number": "there must be '->'",
}
_MAY_FOLLOW = {
    "": ("layer", "["),
    "->": ("layer", "["),
    "[": ("layer", "["),
    "]": ("*",),
    "*": ("number",),
    "layer": ("->", "]"),
    "number": ("->", "]"),
}


def _require_readable(text):
    """An error unless names, arrows, brackets and numbers follow each other as they should."""
    if not isinstance(text, str):
        raise ValueError(f"a pattern is a text, not {type(text).__name__}")
    before, opened = "", []
    for found in re.finditer(r"->|[A-Za-z]\w*\s*\??|\d+|\S", text):
        kind, word, so_far = _kind(found[0]), found[0].strip(), text[: found.start()].strip()
        if kind == "]" and not opened:
            raise ValueError(f"{_after(so_far)} there is a ']' without its '['")
        if kind not in _MAY_FOLLOW[before]:
            raise ValueError(f"{_after(so_far)} {_MUST_FOLLOW[before]}, not {word!r}")
        if kind == "layer" and word.rstrip("? ") not in _NAMES:
            raise ValueError(f"{_after(so_far)} there is no layer {word!r}; layers are {', '.join(_NAMES)}")
        if kind == "[":
            opened.append(found.start())
        if kind == "]":
            opened.pop()
        before = kind
    if opened and before in ("layer", "number"):
        raise ValueError(f"{_after(text[opened[-1] :].rstrip())} the bracket is never closed")
    if before not in ("layer", "number"):
        raise ValueError(f"{_after(text.rstrip())} {_MUST_FOLLOW[before]}, but the pattern ends")


def _kind(word):
    """Which kind of word it is: a sign itself, a number or a layer."""
    if word.isdecimal():
        return "number"
    return "layer" if word[0].isalpha() else word


def _after(so_far):
    """Where in the pattern: the last of what stands before."""
    if not so_far:
        return "at the beginning"
    return f"after {so_far!r}" if len(so_far) <= 40 else f"after '... {so_far[-40:].lstrip()}'"


def _require_order(names):
    """An error unless INPUT comes first, and only there, and nothing needs a picture after FC."""
    if not names or names[0] != "INPUT":
        raise ValueError(f"a pattern begins with INPUT, not with {names[0] if names else 'nothing'}")
    for number, name in enumerate(names[1:], start=1):
        if name == "INPUT":
            raise ValueError(f"INPUT stands only at the beginning, but layer {number} is INPUT again")
        if name in ("CONV", "POOL") and "FC" in names[:number]:
            raise ValueError(f"layer {number} is {name}, but after FC there is no picture left to slide over")


def _one_for_each(numbers, count, name, what):
    """One number for each layer of that name: the same for all, or as given."""
    if not isinstance(numbers, (tuple, list)):
        return [numbers] * count
    if len(numbers) != count:
        raise ValueError(f"the pattern has {count} {name}, but there are {len(numbers)} numbers of {what}")
    return numbers


def _as_image_shape(shape):
    """(channels, height, width) as ints."""
    if not isinstance(shape, (tuple, list)) or len(shape) != 3:
        raise ValueError(f"input_shape must be (channels, height, width), not {shape!r}")
    return tuple(as_size(size, "input_shape") for size in shape)


_SETTINGS = {
    "CONV": ("filters", "kernel", "stride", "padding"),
    "POOL": ("kernel", "stride"),
    "RELU": (),
    "FC": ("units",),
}


def _require_layer(layer, number, shape):
    """An error unless the layer is described in full, and can stand after an output of the given shape."""
    name = layer.get("layer") if isinstance(layer, dict) else layer
    if not isinstance(layer, dict) or name not in _SETTINGS:
        raise ValueError(f"layer {number} must be a dict with one of {', '.join(_SETTINGS)}, not {layer!r}")
    missing = [setting for setting in _SETTINGS[name] if setting not in layer]
    if missing:
        raise ValueError(f"layer {number} ({name}) does not say its {' and '.join(missing)}")
    if name in ("CONV", "POOL") and len(shape) != 3:
        raise ValueError(f"layer {number} is {name}, but after FC there is no picture left to slide over")
    if name in ("CONV", "POOL"):
        _require_room(layer, number, shape)


def _require_room(layer, number, shape):
    """An error that names the layer, if its kernel does not fit."""
    for size in shape[1:]:
        try:
            output_size(size, layer["kernel"], layer["stride"], layer.get("padding", 0))
        except ValueError as error:
            raise ValueError(f"layer {number} ({layer['layer']}): {error}") from None


def _require_no_full_view(layers):
    if any(layer.get("layer") == "FC" for layer in layers):
        raise ValueError("a fully connected layer sees the whole image; give the layers before it")
