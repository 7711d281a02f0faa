"""Answers to parameter_table."""

import math

import numpy as np

from helpers import reference
from tests.bank import right, wrong


@right
def by_kind(layers, input_shape):
    shapes = reference.layer_shapes(layers, input_shape)
    table = [("INPUT", shapes[0], 0)]
    for i in range(len(layers)):
        layer, into, out = layers[i], shapes[i], shapes[i + 1]
        if layer["layer"] == "CONV":
            n = layer["filters"] * (layer["kernel"] * layer["kernel"] * into[0] + 1)
        elif layer["layer"] == "FC":
            count = 1
            for side in into:
                count *= side
            n = layer["units"] * count + layer["units"]
        else:
            n = 0
        table.append((layer["layer"], out, n))
    return table


@right
def from_arrays(layers, input_shape):
    shapes = reference.layer_shapes(layers, input_shape)
    weights = {
        "CONV": lambda la, s: (la["filters"], s[0], la["kernel"], la["kernel"]),
        "FC": lambda la, s: (la["units"], math.prod(s)),
    }
    rows = [("INPUT", input_shape, 0)]
    for layer, into, out in zip(layers, shapes[:-1], shapes[1:], strict=True):
        shape = weights[layer["layer"]](layer, into) if layer["layer"] in weights else None
        rows.append((layer["layer"], out, 0 if shape is None else math.prod(shape) + shape[0]))
    return rows


@right
def names_first(layers, input_shape):
    shapes = reference.layer_shapes(layers, input_shape)
    names, counts = ["INPUT"], [0]
    for layer, into in zip(layers, shapes, strict=False):
        names.append(layer["layer"])
        filters, units = layer.get("filters", 0), layer.get("units", 0)
        weights = filters * layer.get("kernel", 0) ** 2 * into[0] + units * math.prod(into)
        counts.append(weights + filters + units)
    return list(zip(names, shapes, counts, strict=True))


@wrong("depth_of_what_comes_out")
def output_depth(layers, input_shape):
    shapes = reference.layer_shapes(layers, input_shape)
    rows = [("INPUT", input_shape, 0)]
    for i, layer in enumerate(layers):
        n = 0
        if layer["layer"] == "CONV":
            n = layer["filters"] * (layer["kernel"] ** 2 * shapes[i + 1][0] + 1)
        if layer["layer"] == "FC":
            n = layer["units"] * (math.prod(shapes[i]) + 1)
        rows.append((layer["layer"], shapes[i + 1], n))
    return rows


@wrong("fc_without_biases")
def no_bias_in_fc(layers, input_shape):
    shapes = reference.layer_shapes(layers, input_shape)
    rows = [("INPUT", input_shape, 0)]
    for layer, into, out in zip(layers, shapes, shapes[1:], strict=False):
        n = 0
        if "filters" in layer:
            n = reference.conv_parameters(into[0], layer["filters"], layer["kernel"])
        if "units" in layer:
            n = layer["units"] * math.prod(into)
        rows.append((layer["layer"], out, n))
    return rows


@wrong("without_the_input_row")
def no_input(layers, input_shape):
    shapes = reference.layer_shapes(layers, input_shape)
    return [
        (
            layer["layer"],
            out,
            reference.conv_parameters(into[0], layer["filters"], layer["kernel"])
            if "filters" in layer
            else layer.get("units", 0) * (math.prod(into) + 1),
        )
        for layer, into, out in zip(layers, shapes, shapes[1:], strict=False)
    ]


@wrong("one_weight_for_each_channel")
def channels_only(layers, input_shape):
    shapes = reference.layer_shapes(layers, input_shape)
    rows = [("INPUT", input_shape, 0)]
    for layer, into, out in zip(layers, shapes, shapes[1:], strict=False):
        n = 0
        if "filters" in layer:
            n = (layer["kernel"] ** 2 * into[0] + 1) * layer["filters"]
        elif "units" in layer:
            n = (into[0] + 1) * layer["units"]
        rows.append((layer["layer"], out, n))
    return rows


@wrong("left_over_from_the_layer_before", says="UnboundLocalError|layer before")
def stale(layers, input_shape):
    shapes = reference.layer_shapes(layers, input_shape)
    rows, n = [("INPUT", input_shape, 0)], 0
    for layer, into, out in zip(layers, shapes, shapes[1:], strict=False):
        if "filters" in layer:
            n = (layer["kernel"] ** 2 * into[0] + 1) * layer["filters"]
        elif "units" in layer:
            n = (math.prod(into) + 1) * layer["units"]
        rows.append((layer["layer"], out, n))
    return rows


@wrong("kernel_not_squared")
def side_once(layers, input_shape):
    shapes = reference.layer_shapes(layers, input_shape)
    rows = [("INPUT", input_shape, 0)]
    for layer, into, out in zip(layers, shapes, shapes[1:], strict=False):
        n = layer["filters"] * (1 + layer["kernel"] * into[0]) if "filters" in layer else 0
        n += layer.get("units", 0) * (1 + math.prod(into))
        rows.append((layer["layer"], out, n))
    return rows


@wrong("depth_of_the_image")
def image_depth(layers, input_shape):
    shapes = reference.layer_shapes(layers, input_shape)
    rows = [("INPUT", input_shape, 0)]
    for layer, into, out in zip(layers, shapes, shapes[1:], strict=False):
        n = layer["filters"] * (1 + layer["kernel"] ** 2 * input_shape[0]) if "filters" in layer else 0
        n += layer.get("units", 0) * (1 + math.prod(into))
        rows.append((layer["layer"], out, n))
    return rows


@wrong(says="In every entry that is wrong it is number 3")
def four_bytes_for_each(layers, input_shape):
    rows = reference.parameter_table(layers, input_shape)
    return [(n, s, p * 4) for n, s, p in rows]


@wrong("one_bias_for_all_filters", "one_bias_for_all_units", says="Two things together")
def one_bias_for_each_layer(layers, input_shape):
    shapes = reference.layer_shapes(layers, input_shape)
    rows = [("INPUT", tuple(input_shape), 0)]
    for l, before, after in zip(layers, shapes, shapes[1:], strict=False):
        n = 0
        if l["layer"] == "CONV":
            n = l["filters"] * before[0] * l["kernel"] ** 2 + 1
        if l["layer"] == "FC":
            n = int(np.prod(before)) * l["units"] + 1
        rows.append((l["layer"], after, n))
    return rows


@wrong("depth_added")
def depth_plus_square(layers, input_shape):
    shapes = reference.layer_shapes(layers, input_shape)
    rows = [("INPUT", input_shape, 0)]
    for layer, before, after in zip(layers, shapes, shapes[1:], strict=False):
        n = layer["filters"] * (1 + layer["kernel"] ** 2 + before[0]) if "filters" in layer else 0
        n += layer.get("units", 0) * (1 + math.prod(before))
        rows.append((layer["layer"], after, n))
    return rows
