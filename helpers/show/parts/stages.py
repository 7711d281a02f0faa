"""Stages: what is drawn of a network: the image, what its layers return, and the shares of the votes."""

import numpy as np

from helpers import reference
from helpers.show.parts.fields import as_maps, fields, kind_of_layer
from helpers.show.parts.labels import sized
from helpers.show.parts.passes import forward_pass, vote_gradients

MOST_MAPS = 64  # of a layer that are drawn
_NOT_DRAWN = ("flatten", "dropout")  # which change no value


def values_of(layers, image, dtype):
    """The image, what each layer returns, and the shares of the votes if there are any.

    Parameters
    ----------
    layers : list
        Of a `reference.Network`.
    image : ndarray of shape (C, H, W)
    dtype : dtype
        That of the network's parameters.

    Returns
    -------
    list of ndarray
        Of shape (C, H, W) or, for a row of units, (units,).
    """
    outputs = forward_pass(layers, image[None], dtype)
    if outputs[-1].ndim == 2:
        outputs.append(reference.softmax(outputs[-1]))
    return [output[0] for output in outputs]


def gradients_of(layers, values, vote):
    """The gradient of one vote at every value; the shares come after the votes, and have none.

    Parameters
    ----------
    layers : list
        Whose last forward pass gave these values.
    values : list of ndarray
        As `values_of` returns them.
    vote : int

    Returns
    -------
    list of ndarray
        In the shapes of `values`.
    """
    gradients = [gradient[0] for gradient in vote_gradients(layers, values[-2][None], vote)]
    return [*gradients, np.zeros_like(values[-1])]


def describe_stages(layers, names, values):
    """What is drawn, from the image to the shares.

    Parameters
    ----------
    layers : list
    names : list of str
        One for each layer.
    values : list of ndarray
        As `values_of` returns them.

    Returns
    -------
    list of dict
        "number", how many layers lead to it; "name", "title" and "kind"; the "shape" of what is drawn;
        "is_vote", whether it is the votes or their shares.
    """
    kinds = ["image", *map(kind_of_layer, layers), "softmax"]
    rows = zip(kinds, ["image", *names, "shares"], values, strict=False)
    votes = len(layers) if len(values) > len(layers) + 1 else len(values)
    return [
        {"number": number, "name": name, "kind": kind, "is_vote": number >= votes} | _drawn(name, array)
        for number, (kind, name, array) in enumerate(rows)
        if kind not in _NOT_DRAWN
    ]


def _drawn(name, array):
    """The title, and the shape of the maps that there is room for."""
    count, *sides = as_maps(array).shape
    left_out = f", the first {MOST_MAPS} of them" if count > MOST_MAPS else ""
    return {"title": sized(name, array.shape) + left_out, "shape": [min(count, MOST_MAPS), *sides]}


def packed(stages, arrays):
    """What is drawn of the arrays, each as bytes of single precision; nothing if there are none."""
    if not arrays:
        return []
    shown = ((as_maps(arrays[stage["number"]]), stage["shape"][0]) for stage in stages)
    return [maps[:count].astype("<f4").tobytes() for maps, count in shown]


def fields_in_stages(stages, layers, values, place):
    """What a value looks at in each stage up to its own.

    Parameters
    ----------
    stages : list of dict
        As `describe_stages` returns them.
    layers, values
        As for `fields`.
    place : (int, int, int, int)
        How many layers lead to the value; its map, row and column.

    Returns
    -------
    list of list
        For each stage [maps, top, left, bottom, right]; maps is None where it is all of them.
    """
    number = place[0]
    is_share = number > len(layers)  # a share looks at all votes
    found = fields(layers, values, (len(layers), 0, 0, 0) if is_share else place)
    if is_share:
        found = [*found[:-1], None, None]
    shown = [found[stage["number"]] for stage in stages if stage["number"] <= number]
    return [list(vars(field).values()) if field else [None, 0, 0, 0, values[-1].size - 1] for field in shown]


def require_fitting(values, labels, images, image, answers, names):
    """Maps or rows everywhere, one label for each vote, one name for each layer, images of one shape."""
    for number, value in enumerate(values):
        if value.ndim not in (1, 3):
            raise ValueError(f"layer {number} returns the shape {value.shape}, which has no maps to draw")
    if labels and values[-1].shape != (len(labels),):
        raise ValueError(f"the network gives {values[-1].size} votes, but there are {len(labels)} labels")
    if len(images) and images.shape[1:] != image.shape:
        raise ValueError(f"the images have shape {images.shape[1:]}, but the image has shape {image.shape}")
    if answers is not None and len(answers) != len(images):
        raise ValueError(f"there are {len(images)} images, but {len(answers)} answers")
    layers = len(values) - 1 - bool(labels)
    if names is not None and len(names) != layers:
        raise ValueError(f"there are {layers} layers, but {len(names)} names")


def as_json(part):
    """An array as lists of numbers with six decimals; anything else as it is."""
    if not isinstance(part, np.ndarray):
        return part
    return np.round(part.astype(float), 6).tolist() if part.dtype.kind == "f" else part.tolist()
