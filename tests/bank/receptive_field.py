"""Answers to receptive_field."""

from tests.bank import right, wrong


@right
def jump_and_field(layers):
    jump, field = 1, 1
    for layer in layers:
        if "kernel" in layer:
            field = field + (layer["kernel"] - 1) * jump
            jump = jump * layer["stride"]
    return field


@right
def with_an_index(layers):
    n = 1
    i = len(layers) - 1
    while i >= 0:
        if layers[i]["layer"] in ["CONV", "POOL"]:
            n = layers[i]["kernel"] + (n - 1) * layers[i]["stride"]
        i -= 1
    return n


@right
def sum_of_products(layers):
    total = 1
    for i, layer in enumerate(layers):
        step = 1
        for before in layers[:i]:
            step *= before.get("stride", 1)
        total += (layer.get("kernel", 1) - 1) * step
    return total


@wrong("kernel_of_a_relu", says="KeyError")
def no_question(layers):
    size = 1
    for layer in layers[::-1]:
        size = (size - 1) * layer["stride"] + layer["kernel"]
    return size


@wrong("without_strides")
def stride_forgotten(layers):
    return 1 + sum(layer["kernel"] - 1 for layer in layers if "kernel" in layer)


@wrong("backward_formula_forwards")
def wrong_direction(layers):
    field = 1
    for layer in layers:
        if layer["layer"] == "RELU":
            continue
        field = layer["stride"] * (field - 1) + layer["kernel"]
    return field


@wrong("less_the_padding")
def padding_counts(layers):
    field, jump = 1, 1
    for layer in layers:
        if "kernel" in layer:
            field += (layer["kernel"] - 2 * layer.get("padding", 0) - 1) * jump
            jump *= layer["stride"]
    return field


@wrong("sum_of_kernels")
def kernels(layers):
    return sum(layer["kernel"] for layer in layers if layer["layer"] != "RELU")


@wrong("without_pooling")
def convolutions_only(layers):
    field, jump = 1, 1
    for layer in layers:
        if layer["layer"] == "CONV":
            field += (layer["kernel"] - 1) * jump
            jump *= layer["stride"]
    return field


@wrong("pooling_multiplies")
def pool_scales(layers):
    n = 1
    for layer in reversed(layers):
        if layer["layer"] == "POOL":
            n = n * layer["kernel"]
        elif layer["layer"] == "CONV":
            n = (n - 1) * layer["stride"] + layer["kernel"]
    return n


@wrong("returned_in_the_loop", says="first turn|None")
def too_early(layers):
    n = 1
    for layer in reversed(layers):
        if layer["layer"] != "RELU":
            n = (n - 1) * layer["stride"] + layer["kernel"]
        return n


@wrong("area")
def squared(layers):
    n = 1
    for layer in reversed(layers):
        n = (n - 1) * layer.get("stride", 1) + layer.get("kernel", 1)
    return n * n


@wrong("pool_adds_its_whole_window")
def pool_in_full(layers):
    field, jump = 1, 1
    for layer in layers:
        if layer["layer"] == "CONV":
            field += (layer["kernel"] - 1) * jump
        elif layer["layer"] == "POOL":
            field += layer["kernel"] * jump
        jump *= layer.get("stride", 1)
    return field


@wrong("stride_before_the_window")
def own_stride_too_early(layers):
    field, jump = 1, 1
    for l in layers:
        if "kernel" in l:
            field += (l["kernel"] - 1) * l["stride"] * jump
            jump *= l["stride"]
    return field


@wrong("plus_the_padding")
def backwards_with_the_padding(layers):
    field = 1
    for l in reversed(layers):
        if "kernel" in l:
            field = field * l["stride"] + l["kernel"] - l["stride"] + 2 * l.get("padding", 0)
    return field
