"""Maps: what each layer of a network returns for an image, as stacks of maps with a title."""

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


def outputs_of(layers, images):
    """What each layer returns, one after another."""
    outputs = [images]
    for layer in layers:
        outputs.append(layer.forward(outputs[-1]))
    return outputs[1:]


def described(layers, names, outputs):
    """For each layer that is drawn its place in the network, its title, and the shape of its maps.

    Flatten, which changes no value, and the last layer, whose values are the votes, are not drawn.
    """
    found = []
    for index, (layer, name, output) in enumerate(zip(layers, names, outputs, strict=True)):
        if type(layer).__name__ != "Flatten" and index < len(outputs) - 1:
            shape = as_maps(output[0]).shape
            found.append({"index": index, "title": sized(name, output.shape[1:]), "shape": shape})
    return found


def as_maps(response):
    """A response as (maps, rows, columns): units of a fully connected layer are one map of one row."""
    return response[:MOST_MAPS] if response.ndim == 3 else response.reshape(1, 1, -1)
