"""Answers to layer_shapes."""

from helpers import reference
from tests.bank import right, wrong


@right
def unpacked(layers, input_shape):
    shapes = [tuple(input_shape)]
    for layer in layers:
        kind = layer["layer"]
        if kind == "FC":
            shapes.append((layer["units"],))
        elif kind == "RELU":
            shapes.append(shapes[-1])
        else:
            depth, height, width = shapes[-1]
            k, p = (layer["kernel"], layer["padding"]) if kind == "CONV" else (layer["window"], 0)
            h = (height + 2 * p - k) // layer["stride"] + 1
            w = (width + 2 * p - k) // layer["stride"] + 1
            shapes.append((layer["filters"] if kind == "CONV" else depth, h, w))
    return shapes


@right
def recursive(layers, input_shape):
    if not layers:
        return [input_shape]
    first, *rest = layers
    after = input_shape
    if first["layer"] == "FC":
        after = (first["units"],)
    elif first["layer"] != "RELU":
        side = first.get("kernel") or first["window"]
        sides = [
            reference.output_size(n, side, first["stride"], first.get("padding", 0)) for n in input_shape[1:]
        ]
        after = (first.get("filters", input_shape[0]), *sides)
    return [input_shape, *recursive(rest, after)]


@right
def floats_cut(layers, input_shape):
    out = [input_shape]
    for layer in layers:
        shape = list(out[-1])
        if layer["layer"] == "FC":
            shape = [layer["units"]]
        if "stride" in layer:
            k = layer["window" if "window" in layer else "kernel"]
            for i in (1, 2):
                shape[i] = int((shape[i] + 2 * layer.get("padding", 0) - k) / layer["stride"]) + 1
            shape[0] = layer.get("filters", shape[0])
        out.append(tuple(shape))
    return out


@wrong("number_instead_of_a_tuple", never="Value 2 of 2")
def no_comma(layers, input_shape):
    shapes = [input_shape]
    for layer in layers:
        shape = shapes[-1]
        if layer["layer"] == "FC":
            shape = layer["units"]
        elif layer["layer"] != "RELU":
            side = layer["window"] if layer["layer"] == "POOL" else layer["kernel"]
            sides = (
                reference.output_size(n, side, layer["stride"], layer.get("padding", 0)) for n in shape[1:]
            )
            shape = (layer.get("filters", shape[0]), *sides)
        shapes.append(shape)
    return shapes


@wrong("depth_stays")
def same_depth(layers, input_shape):
    shapes = [input_shape]
    for layer in layers:
        if layer["layer"] == "FC":
            shapes.append((layer["units"],))
        elif layer["layer"] == "RELU":
            shapes.append(shapes[-1])
        else:
            d, h, w = shapes[-1]
            k, s, p = (
                layer.get("kernel", layer.get("window")),
                layer["stride"],
                layer.get("padding", 0),
            )
            shapes.append((d, (h + 2 * p - k) // s + 1, (w + 2 * p - k) // s + 1))
    return shapes


@wrong("only_square_images")
def square(layers, input_shape):
    shapes = [input_shape]
    for layer in layers:
        if layer["layer"] == "FC":
            shapes.append((layer["units"],))
        elif layer["layer"] == "RELU":
            shapes.append(shapes[-1])
        else:
            k = layer["kernel"] if layer["layer"] == "CONV" else layer["window"]
            side = reference.output_size(shapes[-1][1], k, layer["stride"], layer.get("padding", 0))
            shapes.append((layer.get("filters", shapes[-1][0]), side, side))
    return shapes


@wrong("pooling_halves")
def halves(layers, input_shape):
    shapes = [input_shape]
    for layer in layers:
        d = shapes[-1][0]
        if layer["layer"] == "FC":
            shapes.append((layer["units"],))
        elif layer["layer"] == "POOL":
            shapes.append((d, shapes[-1][1] // 2, shapes[-1][2] // 2))
        elif layer["layer"] == "CONV":
            sides = [
                reference.output_size(n, layer["kernel"], layer["stride"], layer["padding"])
                for n in shapes[-1][1:]
            ]
            shapes.append((layer["filters"], *sides))
        else:
            shapes.append(shapes[-1])
    return shapes


@wrong("without_the_input_shape")
def layers_only(layers, input_shape):
    shapes = []
    shape = input_shape
    for layer in layers:
        if layer["layer"] == "FC":
            shape = (layer["units"],)
        elif "stride" in layer:
            k = layer["kernel"] if layer["layer"] == "CONV" else layer["window"]
            shape = (
                layer.get("filters", shape[0]),
                *[reference.output_size(n, k, layer["stride"], layer.get("padding", 0)) for n in shape[1:]],
            )
        shapes.append(shape)
    return shapes


@wrong("relu_left_out")
def skips_relu(layers, input_shape):
    shapes = [input_shape]
    for layer in layers:
        if layer["layer"] == "FC":
            shapes.append((layer["units"],))
        elif "stride" in layer:
            before, k = shapes[-1], layer.get("kernel", layer.get("window"))
            shapes.append(
                (
                    layer.get("filters", before[0]),
                    *[
                        reference.output_size(n, k, layer["stride"], layer.get("padding", 0))
                        for n in before[1:]
                    ],
                )
            )
    return shapes


@wrong("padding_of_a_pool", says="KeyError")
def reads_padding(layers, input_shape):
    shapes = [input_shape]
    for layer in layers:
        shape = shapes[-1]
        if layer["layer"] == "FC":
            shape = (layer["units"],)
        elif layer["layer"] != "RELU":
            k = layer["window"] if layer["layer"] == "POOL" else layer["kernel"]
            shape = (
                layer.get("filters", shape[0]),
                *[reference.output_size(n, k, layer["stride"], layer["padding"]) for n in shape[1:]],
            )
        shapes.append(shape)
    return shapes


@wrong("fractions", says="with `/`|int")
def true_division(layers, input_shape):
    shapes = [input_shape]
    for layer in layers:
        shape = shapes[-1]
        if layer["layer"] == "FC":
            shape = (layer["units"],)
        elif layer["layer"] != "RELU":
            k, s, p = (
                layer.get("kernel", layer.get("window")),
                layer["stride"],
                layer.get("padding", 0),
            )
            shape = (layer.get("filters", shape[0]), *[(n + 2 * p - k) / s + 1 for n in shape[1:]])
        shapes.append(shape)
    return shapes


@wrong("one_list_for_all")
def one_list_appended_again_and_again(layers, input_shape):
    shape = list(input_shape)
    shapes = [shape]
    for layer in layers:
        if layer["layer"] == "FC":
            shape[:] = [layer["units"]]
        elif layer["layer"] != "RELU":
            if layer["layer"] == "CONV":
                shape[0] = layer["filters"]
            for axis in (1, 2):
                shape[axis] = reference.output_size(
                    shape[axis],
                    layer.get("kernel", layer.get("window")),
                    layer["stride"],
                    layer.get("padding", 0),
                )
        shapes.append(shape)
    return [tuple(s) for s in shapes]


@wrong(says="`layers` has no POOL")
def pool_without_depth(layers, input_shape):
    out = [input_shape]
    for l in layers:
        s = out[-1]
        if l["layer"] == "CONV":
            out.append(
                (l["filters"], *tuple((n - l["kernel"] + 2 * l["padding"]) // l["stride"] + 1 for n in s[1:]))
            )
        elif l["layer"] == "POOL":
            out.append(tuple(reference.output_size(n, l["window"], l["stride"]) for n in s[1:]))
        elif l["layer"] == "FC":
            out.append((l["units"],))
        else:
            out.append(s)
    return out


@wrong("kernel_of_a_pool", says="KeyError")
def kernel_everywhere(layers, input_shape):
    shapes = [input_shape]
    for layer in layers:
        before = shapes[-1]
        if layer["layer"] == "FC":
            shapes.append((layer["units"],))
        elif layer["layer"] == "RELU":
            shapes.append(before)
        else:
            k, s, p = layer["kernel"], layer["stride"], layer.get("padding", 0)
            sides = (reference.output_size(n, k, s, p) for n in before[1:])
            shapes.append((layer.get("filters", before[0]), *sides))
    return shapes


@wrong("width_from_the_new_height")
def height_overwritten_too_early(layers, input_shape):
    depth, h, w = input_shape
    shapes = [input_shape]
    for layer in layers:
        kind = layer["layer"]
        if kind == "FC":
            shapes.append((layer["units"],))
            continue
        if kind in ("CONV", "POOL"):
            k = layer["kernel"] if kind == "CONV" else layer["window"]
            h = (h - k + 2 * layer.get("padding", 0)) // layer["stride"] + 1
            w = (h - k + 2 * layer.get("padding", 0)) // layer["stride"] + 1
        if kind == "CONV":
            depth = layer["filters"]
        shapes.append((depth, h, w))
    return shapes


@wrong("rounded_instead_of_floor")
def with_round(layers, input_shape):
    shapes = [input_shape]
    for layer in layers:
        shape = shapes[-1]
        if layer["layer"] == "FC":
            shape = (layer["units"],)
        elif layer["layer"] != "RELU":
            side = layer.get("kernel") or layer["window"]
            padding = layer.get("padding", 0)
            height, width = (round((n + 2 * padding - side) / layer["stride"]) + 1 for n in shape[1:])
            shape = (layer.get("filters") or shape[0], height, width)
        shapes.append(shape)
    return shapes


@wrong("votes_of_a_batch_of_one")
def one_row_of_votes(layers, input_shape):
    shapes = [input_shape]
    for layer in layers:
        shape = shapes[-1]
        if layer["layer"] == "FC":
            shape = 1, layer["units"]
        elif "stride" in layer:
            side = layer.get("kernel", layer.get("window"))
            sides = (
                reference.output_size(n, side, layer["stride"], layer.get("padding", 0)) for n in shape[1:]
            )
            shape = (layer.get("filters", shape[0]), *sides)
        shapes.append(shape)
    return shapes
