"""Fields: which part of each earlier layer one value of a network looks at."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Field:
    """A window in some or all maps of a layer.

    Parameters
    ----------
    maps : list of int or None
        Their numbers; None is all of them.
    top, left, bottom, right : int
        All included; where there is padding a window extends beyond its map.
    """

    maps: list | None
    top: int
    left: int
    bottom: int
    right: int


def as_maps(values):
    """Values as (maps, rows, columns): a row of units is one map of one row.

    Examples
    --------
    >>> as_maps(np.zeros(5)).shape
    (1, 1, 5)
    """
    return values if values.ndim == 3 else values.reshape(1, 1, -1)


def kind_of_layer(layer):
    """The name of the function that a layer calls, such as "conv2d"."""
    return getattr(layer, "name", type(layer).__name__.lower())


def window_and_stride(layer):
    """The side of a pooling's windows, and from one to the next; without a stride they lie side by side."""
    window, stride = layer.settings[:2]
    return window, stride or window


def fields(layers, values, place):
    """What one value looks at, from the image to the layer that it is in.

    Parameters
    ----------
    layers : list
        Of a `reference.Network`.
    values : list of ndarray
        The image (C, H, W), and what each layer returned, (C, H, W) or (units,).
    place : (int, int, int, int)
        How many layers lead to the value; its map, row and column.

    Returns
    -------
    list of Field
        `place[0] + 1` of them; the last one is the value itself.

    Examples
    --------
    A 3 x 3 kernel, ReLU, pooling in windows of 2: the first pooled value looks at 4 x 4 pixels.

    >>> from helpers.reference import Conv2d, MaxPool2d, ReLU
    >>> layers = [Conv2d(1, 2, 3, np.random.default_rng(0)), ReLU(), MaxPool2d(2)]
    >>> shapes = (1, 6, 6), (2, 4, 4), (2, 4, 4), (2, 2, 2)
    >>> fields(layers, [np.zeros(shape) for shape in shapes], (3, 1, 0, 0))[0]
    Field(maps=None, top=0, left=0, bottom=3, right=3)
    """
    number, chosen, row, column = place
    found = [Field([chosen], row, column, row, column)]
    for layer, x in zip(layers[:number][::-1], values[:number][::-1], strict=True):
        before = _BEFORE.get(kind_of_layer(layer), _everything)
        found.append(before(found[-1], layer, x))
    return found[::-1]


def _everything(field, layer, x):
    """All maps, from the first row and column to the last."""
    _, height, width = as_maps(x).shape
    return Field(None, 0, 0, height - 1, width - 1)


def _itself(field, layer, x):
    return field


def _window(field, size, stride, padding=0, maps=None):
    """What a window of this size covers, from the first of the field's positions to the last."""
    top, left, bottom, right = (
        edge * stride - padding for edge in (field.top, field.left, field.bottom, field.right)
    )
    return Field(maps, top, left, bottom + size[0] - 1, right + size[1] - 1)


def _before_convolution(field, layer, x):
    stride, padding = layer.settings
    return _window(field, layer.parameters["weight"].shape[2:], stride, padding)


def _before_pooling(field, layer, x):
    window, stride = window_and_stride(layer)
    found = _window(field, (window, window), stride, maps=field.maps)
    height, width = x.shape[1:]  # windows that extend over the edge hold less
    return Field(
        found.maps, found.top, found.left, min(found.bottom, height - 1), min(found.right, width - 1)
    )


def _before_global_pooling(field, layer, x):
    maps = list(range(field.left, field.right + 1))
    return Field(maps, 0, 0, x.shape[1] - 1, x.shape[2] - 1)


def _before_flattening(field, layer, x):
    """One value is one place; several may be anywhere."""
    if field.left != field.right:
        return _everything(field, layer, x)
    chosen, row, column = (int(number) for number in np.unravel_index(field.left, as_maps(x).shape))
    return Field([chosen], row, column, row, column)


_BEFORE = {
    "conv2d": _before_convolution,
    "relu": _itself,
    "dropout": _itself,
    "max_pool2d": _before_pooling,
    "avg_pool2d": _before_pooling,
    "global_max_pool": _before_global_pooling,
    "global_avg_pool": _before_global_pooling,
    "flatten": _before_flattening,
    "linear": _everything,
}
