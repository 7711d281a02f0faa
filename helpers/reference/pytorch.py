"""PyTorch: our numbers under its names, in its layout and its type, without PyTorch itself.

Names, layouts and types: PyTorch's documentation, `torch.nn.Module.load_state_dict` and `torch.nn.Linear`.
"""

import math

import numpy as np

from helpers.reference._input import as_numbers, as_size
from helpers.reference.architecture import layer_shapes


def conv_out_features(layers, input_shape):
    """How many numbers of one image go into the first fully connected layer: its `in_features`.

    Parameters
    ----------
    layers : list of dict
        Descriptions of all layers of a network; those of fully connected ones say "FC".
    input_shape : tuple of int
        (depth, height, width).

    Returns
    -------
    int

    Raises
    ------
    ValueError
        As `layer_shapes` does; and if there is no fully connected layer.

    Examples
    --------
    `layer_shapes(layers, input_shape)` gives the input's shape first, then one for each layer.

    >>> from helpers.reference import conv_layer, fc_layer
    >>> conv_out_features([conv_layer(3, kernel=2), fc_layer(10)], (1, 4, 5))
    36
    """
    names = [layer["layer"] for layer in layers]
    if "FC" not in names:
        raise ValueError("there is no fully connected layer (FC) among the layers")
    shapes = layer_shapes(layers, input_shape)
    return math.prod(shapes[names.index("FC")])


def to_torch(parameters, names, dtype="float32"):
    """A network's weights and biases under PyTorch's names: what `load_state_dict` asks for, as arrays.

    Parameters
    ----------
    parameters : dict
        "position.kind" -> ndarray, such as "0.weight" and "0.bias".
    names : dict
        Position -> name of the layer in PyTorch, both text.
    dtype : str
        The type of the new arrays: "float32" or "float64".

    Returns
    -------
    dict
        "name.kind" -> ndarray of that type and of the same shape; copies.

    Raises
    ------
    ValueError
        If a position has no name.

    Notes
    -----
    PyTorch lays weights out as we do: (C_out, C_in, kH, kW) and (units, features).

    Examples
    --------
    >>> state = to_torch({"3.bias": np.array([0.5, 0.25])}, {"0": "conv1", "3": "conv2"}, "float32")
    >>> state
    {'conv2.bias': array([0.5 , 0.25], dtype=float32)}
    """
    state = {}
    for key, array in parameters.items():
        position, kind = key.split(".")
        if position not in names:
            raise ValueError(f"the layer at position {position!r} has no name; named are {', '.join(names)}")
        state[f"{names[position]}.{kind}"] = np.array(array, dtype=dtype)
    return state


def torch_network(nn, input_shape, classes):
    """The digits network as PyTorch's `nn.Sequential`: nine layers, in lesson 14's order.

    Parameters
    ----------
    nn : module
        PyTorch's `torch.nn`, or the course's `LayerNotes`, which writes down what is asked of it.
    input_shape : tuple of int
        (depth, height, width) of an image; height and width may differ.
    classes : int

    Returns
    -------
    nn.Sequential
        A convolution with 16 filters of 3 x 3 and padding 1, ReLU; one with 32 filters of 3 x 3 without
        padding, ReLU; max pooling with windows of 2; flatten; 128 linear units, ReLU; a vote for each class.

    Examples
    --------
    >>> from helpers.reference import LayerNotes
    >>> torch_network(LayerNotes(), (1, 8, 8), 10)["0"]
    'Conv2d(1, 16, kernel_size=(3, 3), stride=(1, 1), padding=(1, 1))'
    """
    depth, height, width = input_shape
    values = 32 * ((height - 2) // 2) * ((width - 2) // 2)
    return nn.Sequential(
        nn.Conv2d(depth, 16, 3, padding=1),
        nn.ReLU(),
        nn.Conv2d(16, 32, 3),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(values, 128),
        nn.ReLU(),
        nn.Linear(128, classes),
    )


def votes_to_nchw(weight, map_shape):
    """A linear layer's weights for channels-first maps, from those for channels-last maps.

    Parameters
    ----------
    weight : ndarray of shape (height * width * channels, units)
        A column for each unit; the rows in the order in which (height, width, channels) is flattened.
    map_shape : tuple of int
        (channels, height, width) of what is flattened.

    Returns
    -------
    ndarray of shape (units, channels * height * width)
        A row for each unit; the columns in the order in which (channels, height, width) is flattened.

    Raises
    ------
    ValueError
        If there is not one row for each value of the maps.

    Examples
    --------
    >>> votes_to_nchw(np.array([[1.0], [2.0], [3.0], [4.0]]), (2, 1, 2))
    array([[1., 3., 2., 4.]])
    """
    weight = as_numbers(weight, "weight")
    _require_rows_for(weight, map_shape)
    channels, height, width = map_shape
    units = weight.shape[1]
    stacks = weight.reshape(height, width, channels, units)
    return stacks.transpose(3, 2, 0, 1).reshape(units, len(weight))  # (units, C * H * W)


def _require_rows_for(weight, map_shape):
    if len(map_shape) != 3:
        raise ValueError(f"map_shape must be (channels, height, width), not {map_shape!r}")
    values = math.prod(as_size(length, "each length of map_shape") for length in map_shape)
    if weight.ndim != 2 or len(weight) != values:
        raise ValueError(
            f"weight must have {values} rows, one for each value of maps {tuple(map_shape)}, and a column "
            f"for each unit, not the shape {weight.shape}"
        )
