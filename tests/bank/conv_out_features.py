"""Answers to conv_out_features."""

import math

import numpy as np

from helpers import reference
from tests.bank import right, wrong


@right
def by_index(layers, input_shape):
    first = [layer["layer"] for layer in layers].index("FC")
    d, h, w = reference.layer_shapes(layers, input_shape)[first]
    return d * h * w


@right
def loop_with_break(layers, input_shape):
    count = 1
    for i in range(len(layers)):
        if layers[i]["layer"] == "FC":
            for side in reference.layer_shapes(layers, input_shape)[i]:
                count = count * side
            break
    return count


@right
def cut_before(layers, input_shape):
    convolutional = [layer for layer in layers if layer["layer"] != "FC"]
    first = next(i for i, layer in enumerate(layers) if layer["layer"] == "FC")
    return int(np.prod(reference.layer_shapes(convolutional[:first], input_shape)[-1]))


@wrong("kernel_of_no_conv", says="kernel's side|side of the map")
def depth_times_kernel(layers, input_shape):
    shapes = reference.layer_shapes(layers, input_shape)
    conv = [layer for layer in layers if layer["layer"] == "CONV"][-1]
    first = [layer["layer"] for layer in layers].index("FC")
    return shapes[first][0] * conv["kernel"] * conv["kernel"]


@wrong("what_comes_out")
def after(layers, input_shape):
    shapes = reference.layer_shapes(layers, input_shape)
    for i, layer in enumerate(layers):
        if layer["layer"] == "FC":
            return math.prod(shapes[i + 1])


@wrong("one_layer_too_early")
def before(layers, input_shape):
    shapes = reference.layer_shapes(layers, input_shape)
    for i, layer in enumerate(layers):
        if layer["layer"] == "FC":
            return math.prod(shapes[max(i - 1, 0)])


@wrong("square_map_by_height")
def square(layers, input_shape):
    shapes = reference.layer_shapes(layers, input_shape)
    d, h, _ = shapes[[layer["layer"] for layer in layers].index("FC")]
    return d * h * h


@wrong("into_the_last_fc")
def last(layers, input_shape):
    for layer, shape in zip(layers, reference.layer_shapes(layers, input_shape), strict=False):
        if layer["layer"] == "FC":
            numbers = math.prod(shape)
    return numbers


@wrong("the_shape_itself")
def shape(layers, input_shape):
    return reference.layer_shapes(layers, input_shape)[[layer["layer"] for layer in layers].index("FC")]


@wrong("always_four_hundred")
def tutorial(layers, input_shape):
    return 16 * 5 * 5


@wrong("out_of_the_network")
def end(layers, input_shape):
    return math.prod(reference.layer_shapes(layers, input_shape)[-1])


@wrong("width_left_out")
def depth_times_height(layers, input_shape):
    shapes = reference.layer_shapes(layers, input_shape)
    for i, layer in enumerate(layers):
        if layer["layer"] == "FC":
            d, h, *_ = (*shapes[i], 1, 1)
            return d * h


@wrong("out_of_the_last_conv")
def before_the_pooling(layers, input_shape):
    shapes = reference.layer_shapes(layers, input_shape)[1:]
    convs = [shape for layer, shape in zip(layers, shapes, strict=False) if layer["layer"] == "CONV"]
    return int(np.prod(convs[-1])) if convs else int(np.prod(input_shape))


@wrong("into_all_fc")
def counts_all_fc(layers, input_shape):
    total = 0
    shapes = reference.layer_shapes(layers, input_shape)
    for l, s in zip(layers, shapes, strict=False):
        if l["layer"] == "FC":
            total += int(np.prod(s))
    return total


@wrong("weights_of_the_first_fc")
def times_the_units(layers, input_shape):
    for shape, layer in zip(reference.layer_shapes(layers, input_shape), layers, strict=False):
        if layer["layer"] == "FC":
            return math.prod(shape) * layer["units"]
