"""Explaining: the numbers from which one value of a network comes, and that add up to it."""

import math

import numpy as np

from helpers import reference
from helpers.show.parts.fields import as_maps, kind_of_layer, window_and_stride

AROUND = 2  # rows and columns on each side of a value that ReLU changes, shown with it
LARGEST_VOTE = 12  # e to the power of 12 is 162,755


def explain(layers, values, place):
    """Where one value comes from: its patch, its kernel and their products, or whatever its layer did.

    Parameters
    ----------
    layers : list
        Of a `reference.Network`.
    values : list of ndarray
        The image (C, H, W), and what each layer returned, (C, H, W) or (units,).
    place : (int, int, int, int)
        How many layers lead to the value, 0 for a pixel; its map, row and column. A unit of a row is in map 0
        and row 0. One more than there are layers: what softmax makes of the last layer's votes.

    Returns
    -------
    dict
        "kind" and "computed", the value as it comes out here. With the kind

        - "image": nothing else.
        - "conv2d": "patch", "kernel", "products" (C, h, w), "inside" (h, w), False where there is padding,
          "sums" (C,), "bias".
        - "relu": "before"; "around" and "after", what is near it, and "place", its row and column there.
        - "max_pool2d", "avg_pool2d", "global_max_pool", "global_avg_pool": "window", and "place", where the
          first maximum is in it.
        - "linear": "factors" and "weights", "products", "bias"; "order", the products' numbers, the largest
          first; "source" and "shape", how many layers lead to the maps that were flattened, and their shape.
        - "softmax": "votes", "powers", "total", and "shift", what was taken off the votes before.
        - "same": "before", a value that was copied.
        - "unknown": nothing else; "computed" is the value itself.

    Examples
    --------
    >>> from helpers.reference import Linear
    >>> layer = Linear(2, 1, np.random.default_rng(0))
    >>> layer.parameters = {"weight": np.array([[3.0, -1.0]]), "bias": np.array([10.0])}
    >>> found = explain([layer], [np.array([2.0, 5.0]), np.array([11.0])], (1, 0, 0, 0))
    >>> found["products"].tolist(), found["bias"], found["computed"]
    ([6.0, -5.0], 10.0, 11.0)
    """
    number, *cell = place
    if number == 0:
        return {"kind": "image", "computed": float(values[0][tuple(cell)])}
    if number > len(layers):
        return _softmax(values[len(layers)], cell[2])
    layer, x = layers[number - 1], as_maps(values[number - 1])
    explained = _KINDS.get(kind_of_layer(layer))
    if explained is None:
        return {"kind": "unknown", "computed": float(as_maps(values[number])[tuple(cell)])}
    found = {"kind": kind_of_layer(layer), **explained(layer, x, *cell)}
    if found["kind"] == "linear":
        found |= _source(layers, values, number)
    return found


def channels_alone(layer, x, chosen):
    """What one filter makes of each channel by itself, without the bias.

    Parameters
    ----------
    layer : reference.Conv2d
    x : ndarray of shape (C, H, W)
    chosen : int
        The filter.

    Returns
    -------
    ndarray of shape (C, H_out, W_out)
        Their sum, plus the bias, is the filter's map.

    Examples
    --------
    >>> from helpers.reference import Conv2d
    >>> layer = Conv2d(2, 1, 1, np.random.default_rng(0))
    >>> layer.parameters["weight"] = np.array([[[[3.0]], [[-1.0]]]])
    >>> channels_alone(layer, np.array([[[2.0]], [[5.0]]]), 0).ravel().tolist()
    [6.0, -5.0]
    """
    kernels = layer.parameters["weight"][chosen]
    pairs = zip(x, kernels, strict=True)
    maps = [
        reference.conv2d(one[None, None], kernel[None, None], None, *layer.settings) for one, kernel in pairs
    ]
    return np.concatenate(maps)[:, 0]


def onward(layers, values, place):
    """What the next layer, a ReLU or a maximum, does with a value; empty if it is another kind of layer.

    Parameters
    ----------
    layers, values, place
        As for `explain`.

    Returns
    -------
    str

    Examples
    --------
    >>> from helpers.reference import ReLU
    >>> onward([ReLU()], [np.array([-2.0]), np.array([0.0])], (0, 0, 0, 0))
    'ReLU then sets it to 0.'
    """
    number, *cell = place
    if number >= len(layers):
        return ""
    layer, x = layers[number], as_maps(values[number])
    if kind_of_layer(layer) == "relu":
        return "ReLU then lets it pass." if x[tuple(cell)] > 0 else "ReLU then sets it to 0."
    if kind_of_layer(layer) == "max_pool2d":
        return _taken(layer, x[cell[0]], cell[1:], as_maps(values[number + 1]).shape[1:])
    return ""


def _conv2d(layer, x, chosen, row, column):
    weight, bias = layer.parameters["weight"][chosen], float(layer.parameters["bias"][chosen])
    (height, width), (stride, padding) = weight.shape[1:], layer.settings
    edges = ((0, 0), (padding, padding), (padding, padding))
    here = np.s_[:, row * stride : row * stride + height, column * stride : column * stride + width]
    patch, inside = np.pad(x, edges)[here], np.pad(np.ones(x.shape, bool), edges)[here][0]
    products = patch * weight
    sums = products.sum(axis=(1, 2))
    found = {"patch": patch, "kernel": weight, "products": products, "inside": inside, "sums": sums}
    return found | {"bias": bias, "computed": float(sums.sum()) + bias}


def _linear(layer, x, chosen, row, column):
    factors, weights = x.ravel(), layer.parameters["weight"][column]
    products, bias = factors * weights, float(layer.parameters["bias"][column])
    order = np.argsort(-np.abs(products), kind="stable")
    found = {"factors": factors, "weights": weights, "products": products, "order": order, "bias": bias}
    return found | {"computed": float(products.sum()) + bias}


def _source(layers, values, number):
    """Where the values of a fully connected layer come from, through flattening and dropout."""
    source = number - 1
    while source > 0 and kind_of_layer(layers[source - 1]) in ("flatten", "dropout"):
        source -= 1
    return {"source": source, "shape": as_maps(values[source]).shape}


def _relu(layer, x, chosen, row, column):
    top, left = max(0, row - AROUND), max(0, column - AROUND)
    around = x[chosen, top : row + AROUND + 1, left : column + AROUND + 1]
    before = float(x[chosen, row, column])
    found = {"before": before, "around": around, "after": reference.relu(around)}
    return found | {"place": (row - top, column - left), "computed": float(reference.relu(np.array(before)))}


def _max_pool2d(layer, x, chosen, row, column):
    return _largest_of(_window(layer, x[chosen], row, column))


def _avg_pool2d(layer, x, chosen, row, column):
    return _mean_of(_window(layer, x[chosen], row, column))


def _window(layer, channel, row, column):
    """The values in one window of a pooling; it may extend over the edge, and then it holds fewer."""
    window, stride = window_and_stride(layer)
    top, left = row * stride, column * stride
    return channel[top : top + window, left : left + window]


def _largest_of(window):
    place = np.unravel_index(window.argmax(), window.shape)
    return {"window": window, "place": tuple(map(int, place)), "computed": float(window.max())}


def _mean_of(window):
    return _largest_of(window) | {"computed": float(window.mean())}


def _same(layer, x, chosen, row, column):
    before = float(x.ravel()[column] if kind_of_layer(layer) == "flatten" else x[chosen, row, column])
    return {"kind": "same", "before": before, "computed": before}


def _softmax(votes, chosen):
    """Powers of e; where they would get too large to read, the largest vote is taken off all votes first."""
    shift = float(votes.max()) if np.abs(votes).max() > LARGEST_VOTE else 0.0
    powers = [math.exp(float(vote) - shift) for vote in votes]
    total = sum(powers)
    found = {"kind": "softmax", "votes": votes, "powers": powers, "total": total, "shift": shift}
    return found | {"computed": powers[chosen] / total}


def _taken(layer, channel, cell, positions):
    """Whether a window of the pooling takes this value, or which one it takes instead."""
    window, stride = window_and_stride(layer)
    ranges = [
        range(max(0, -(-(place - window + 1) // stride)), min(place // stride, count - 1) + 1)
        for place, count in zip(cell, positions, strict=True)
    ]
    corners = [(row, column) for row in ranges[0] for column in ranges[1]]
    for row, column in corners:
        found = _largest_of(_window(layer, channel, row, column))
        place = (row * stride + found["place"][0], column * stride + found["place"][1])
        if place == tuple(cell):
            return "The maximum then takes it."
    if not corners:
        return "No window of the pooling then covers it."
    return f"The maximum then takes row {place[0]}, column {place[1]} instead."


_KINDS = {
    "conv2d": _conv2d,
    "linear": _linear,
    "relu": _relu,
    "max_pool2d": _max_pool2d,
    "avg_pool2d": _avg_pool2d,
    "global_max_pool": lambda layer, x, chosen, row, column: _largest_of(x[column]),
    "global_avg_pool": lambda layer, x, chosen, row, column: _mean_of(x[column]),
    "flatten": _same,
    "dropout": _same,
}
