"""Maps: what each layer of a network returns for an image, as stacks of maps with a title."""

from helpers.show.parts.fields import as_maps
from helpers.show.parts.labels import sized

MOST_MAPS = 32  # of a layer
NAMES = {
    "Conv2d": "convolution",
    "ReLU": "ReLU",
    "MaxPool2d": "max pooling",
    "GlobalMaxPool": "global maximum",
    "GlobalAvgPool": "global mean",
    "Dropout": "dropout",
    "Flatten": "flatten",
    "Linear": "fully connected",
}


def names_of(layers):
    """What the layers are called."""
    return [_name_of(layer) for layer in layers]


def _name_of(layer):
    """A kind of layer that has no words keeps its own name."""
    if getattr(layer, "name", None) == "avg_pool2d":
        return "mean pooling"
    return NAMES.get(type(layer).__name__, type(layer).__name__)


def layer_names(layers):
    """What the layers are called; those of one kind are numbered if there are several.

    Examples
    --------
    >>> from helpers.reference import Flatten, ReLU
    >>> layer_names([ReLU(), Flatten(), ReLU()])
    ['ReLU 1', 'flatten', 'ReLU 2']
    """
    names = names_of(layers)
    return [
        f"{name} {names[: place + 1].count(name)}" if names.count(name) > 1 else name
        for place, name in enumerate(names)
    ]


def described(layers, names, outputs):
    """For each layer that is drawn its place in the network, its title, and the shape of its maps.

    Flatten, which changes no value, and the last layer, whose values are the votes, are not drawn.
    """
    found = []
    for index, (layer, name, output) in enumerate(zip(layers, names, outputs, strict=True)):
        if type(layer).__name__ != "Flatten" and index < len(outputs) - 1:
            shape = drawn_maps(output[0]).shape
            found.append({"index": index, "title": sized(name, output.shape[1:]), "shape": shape})
    return found


def drawn_maps(response):
    """A response as (maps, rows, columns), as many maps of it as are drawn."""
    return as_maps(response)[:MOST_MAPS]
