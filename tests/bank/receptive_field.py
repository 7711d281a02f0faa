"""Answers to receptive_field."""

from tests.bank import right, wrong


@right
def jump_and_field(layers):
    jump, field = 1, 1
    for layer in layers:
        if "stride" in layer:
            side = layer["kernel"] if layer["layer"] == "CONV" else layer["window"]
            field = field + (side - 1) * jump
            jump = jump * layer["stride"]
    return field


@right
def with_an_index(layers):
    n = 1
    i = len(layers) - 1
    while i >= 0:
        if layers[i]["layer"] in ["CONV", "POOL"]:
            key = {"CONV": "kernel", "POOL": "window"}[layers[i]["layer"]]
            n = layers[i][key] + (n - 1) * layers[i]["stride"]
        i -= 1
    return n


@right
def sum_of_products(layers):
    total = 1
    for i, layer in enumerate(layers):
        step = 1
        for before in layers[:i]:
            step *= before.get("stride", 1)
        total += (layer.get("kernel", layer.get("window", 1)) - 1) * step
    return total


@wrong("kernel_of_a_relu", says="KeyError")
def no_question(layers):
    size = 1
    for layer in layers[::-1]:
        size = (size - 1) * layer["stride"] + (layer["window"] if "window" in layer else layer["kernel"])
    return size


@wrong("without_strides")
def stride_forgotten(layers):
    return 1 + sum(layer.get("kernel", layer.get("window", 1)) - 1 for layer in layers)


@wrong("backward_formula_forwards")
def wrong_direction(layers):
    field = 1
    for layer in layers:
        if layer["layer"] == "RELU":
            continue
        field = layer["stride"] * (field - 1) + (layer.get("kernel") or layer.get("window"))
    return field


@wrong("less_the_padding")
def padding_counts(layers):
    field, jump = 1, 1
    for layer in layers:
        if layer["layer"] != "RELU":
            k = layer["window"] if layer["layer"] == "POOL" else layer["kernel"]
            field += (k - 2 * layer.get("padding", 0) - 1) * jump
            jump *= layer["stride"]
    return field


@wrong("sum_of_kernels")
def kernels(layers):
    kernels = [layer["kernel"] for layer in layers if layer["layer"] == "CONV"]
    return sum(kernels) + sum(layer["window"] for layer in layers if layer["layer"] == "POOL")


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
            n = n * layer["window"]
        elif layer["layer"] == "CONV":
            n = (n - 1) * layer["stride"] + layer["kernel"]
    return n


@wrong("returned_in_the_loop", says="first turn|None")
def too_early(layers):
    n = 1
    for layer in reversed(layers):
        if layer["layer"] != "RELU":
            n = (n - 1) * layer["stride"] + layer.get("kernel", layer.get("window"))
        return n


@wrong("area")
def squared(layers):
    n = 1
    for layer in reversed(layers):
        n = (n - 1) * layer.get("stride", 1) + layer.get("kernel", layer.get("window", 1))
    return n * n


@wrong("pool_adds_its_whole_window")
def pool_in_full(layers):
    field, jump = 1, 1
    for layer in layers:
        if layer["layer"] == "CONV":
            field += (layer["kernel"] - 1) * jump
        elif layer["layer"] == "POOL":
            field += layer["window"] * jump
        jump *= layer.get("stride", 1)
    return field


@wrong("stride_before_the_window")
def own_stride_too_early(layers):
    field, jump = 1, 1
    for l in layers:
        if "stride" in l:
            field += (l.get("kernel", l.get("window")) - 1) * l["stride"] * jump
            jump *= l["stride"]
    return field


@wrong("plus_the_padding")
def backwards_with_the_padding(layers):
    field = 1
    for l in reversed(layers):
        if "stride" in l:
            size = l.get("kernel", l.get("window"))
            field = field * l["stride"] + size - l["stride"] + 2 * l.get("padding", 0)
    return field


@wrong("kernel_of_a_pool", says="KeyError")
def kernel_everywhere(layers):
    size = 1
    for layer in reversed(layers):
        if layer["layer"] in ("CONV", "POOL"):
            size = layer["kernel"] + layer["stride"] * (size - 1)
    return size
