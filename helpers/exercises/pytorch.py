"""What lesson 13 asks: conv_out_features, to_torch, votes_to_nchw."""

import math

import numpy as np

from helpers import reference
from helpers.exercises.model import Case, Exercise
from helpers.reference import conv_layer, fc_layer, pool_layer, relu_layer

_NET_NAMES = {"0": "conv1", "3": "conv2", "7": "fc1", "9": "fc2", "11": "fc3"}


def _net(kernel=5, **settings):
    """The layers of the network in PyTorch's CIFAR-10 tutorial, with kernels of any size."""
    pattern = "INPUT -> [CONV -> RELU -> POOL]*2 -> [FC -> RELU]*2 -> FC"
    return reference.describe_layers(pattern, filters=[6, 16], units=[120, 84, 10], kernel=kernel, **settings)


def _out_features_cases(rng):
    yield Case(([conv_layer(2, kernel=2), fc_layer(10)], (1, 3, 3)), "two filters of 2 x 2 on 3 x 3 pixels")
    yield Case(([fc_layer(10)], (3, 4, 5)), "no convolution before the voting")
    yield Case(([pool_layer(2), fc_layer(10)], (3, 6, 8)), "pooling of an image that is not square")
    yield Case((_net(), (3, 32, 32)), "PyTorch's CIFAR-10 network")
    yield Case((_net(), (3, 40, 40)), "a larger photograph: the map is 7 x 7, the kernel 5 x 5")
    yield Case((_net(kernel=3), (3, 32, 32)), "smaller kernels: the map is 6 x 6, the kernel 3 x 3")
    yield Case((_net(), (3, 32, 44)), "a photograph that is not square")
    yield Case((_net(padding=2), (3, 32, 32)), "kernels of 5 x 5 with padding 2")
    yield Case((_net(stride=2), (3, 61, 75)), "a stride of 2, which does not tile")
    yield Case((_net(window=3, window_stride=2), (1, 36, 30)), "pooling windows that overlap")
    deep = [conv_layer(8, padding=1), relu_layer(), conv_layer(4, stride=2), fc_layer(7), fc_layer(3)]
    yield Case((deep, (2, 9, 12)), "two layers before the first pooling")
    for _ in range(4):
        kernel, stride, padding = (int(number) for number in rng.integers((1, 1, 0), (6, 3, 3)))
        height, width = (int(number) for number in rng.integers(60, 80, 2))
        layers = _net(kernel=kernel, stride=stride, padding=padding)
        layers[0]["filters"], layers[3]["filters"] = (int(number) for number in rng.integers(2, 20, 2))
        yield Case((layers, (int(rng.integers(1, 5)), height, width)), "random sizes")


conv_out_features = Exercise(
    "conv_out_features",
    reference=reference.conv_out_features,
    cases=_out_features_cases,
    whole_numbers=True,
    hints=(
        "First find out which of the layers is the first FC. Then: what shape comes out of the layer before it?",
        "`layer_shapes` puts the input's shape before all others. So `shapes[0]` goes *into* `layers[0]`, and `shapes[i]` "
        "goes into `layers[i]`.",
        "By hand: two filters of 2 x 2 slide over 3 x 3 pixels. Out come 2 maps of 2 x 2: 2 * 2 * 2 = 8 numbers.",
    ),
)


def _shapes_into(layers, input_shape):
    """What goes into each layer, beside the layer."""
    return list(zip(layers, reference.layer_shapes(layers, input_shape), strict=False))


def _into_first_fc(layers, input_shape):
    """The shape of what goes into the first FC."""
    return next(shape for layer, shape in _shapes_into(layers, input_shape) if layer["layer"] == "FC")


@conv_out_features.alternative
def until_the_first_fc(layers, input_shape):
    before = []
    for layer in layers:
        if layer["layer"] == "FC":
            break
        before.append(layer)
    depth, height, width = reference.layer_shapes(before, input_shape)[-1]
    return depth * height * width


@conv_out_features.alternative
def side_by_side(layers, input_shape):
    depth, height, width = input_shape
    for layer in layers:
        if layer["layer"] == "FC":
            return np.int64(depth * height * width)
        if "kernel" in layer:
            sliding = layer["kernel"], layer["stride"], layer.get("padding", 0)
            height, width = (reference.output_size(side, *sliding) for side in (height, width))
            depth = layer.get("filters", depth)


@conv_out_features.alternative
def from_the_parameters(layers, input_shape):
    fc = next(layer for layer in layers if layer["layer"] == "FC")
    count = next(row[2] for row in reference.parameter_table(layers, input_shape) if row[0] == "FC")
    return count // fc["units"] - 1


@conv_out_features.mistake(
    when="the kernel's side is taken for the side of the map",
    hint="A kernel of 5 x 5 does not mean a map of 5 x 5. How large the map is, its shape says.",
)
def kernel_for_the_map(layers, input_shape):
    depth, _, _ = _into_first_fc(layers, input_shape)
    kernels = [layer["kernel"] for layer in layers if layer["layer"] == "CONV"]
    return depth * kernels[-1] ** 2 if kernels else math.prod(input_shape)


@conv_out_features.mistake(
    when="400 is written into the function",
    hint="400 is 16 * 5 * 5. Other photographs, kernels and strides give other maps.",
)
def always_four_hundred(layers, input_shape):
    return 400


@conv_out_features.mistake(
    when="depth, height and width are added up and not multiplied",
    hint="A block of 2 x 3 x 4 holds 24 numbers: multiply.",
)
def sides_added(layers, input_shape):
    return sum(_into_first_fc(layers, input_shape))


@conv_out_features.mistake(
    when="the depth is left out",
    hint="Each of the maps is flattened, not only one: depth times height times width.",
)
def depth_left_out(layers, input_shape):
    return math.prod(_into_first_fc(layers, input_shape)[1:])


@conv_out_features.mistake(
    when="only the depth is counted",
    hint="Every number of every map goes in, not one for each map: depth times height times width.",
)
def only_the_depth(layers, input_shape):
    return _into_first_fc(layers, input_shape)[0]


@conv_out_features.mistake(
    when="the map is taken to be square, as high as it is wide",
    hint="Photographs need not be square: height and width each have a place in the shape.",
)
def square_map_by_height(layers, input_shape):
    depth, height, _ = _into_first_fc(layers, input_shape)
    return depth * height * height


@conv_out_features.mistake(
    when="the map is taken to be square, as wide as it is high",
    hint="Photographs need not be square: height and width each have a place in the shape.",
)
def square_map_by_width(layers, input_shape):
    depth, _, width = _into_first_fc(layers, input_shape)
    return depth * width * width


@conv_out_features.mistake(
    when="what comes out of the first FC is counted, and not what goes in",
    hint="`layer_shapes` puts the input first, so that `shapes[i + 1]` comes out of `layers[i]`. Which one goes in?",
)
def what_comes_out(layers, input_shape):
    return next(layer["units"] for layer in layers if layer["layer"] == "FC")


@conv_out_features.mistake(
    when="what goes into the layer before the first FC is counted",
    hint="You are one layer too early: `shapes[0]` is the input's shape, and goes into `layers[0]`.",
)
def one_layer_too_early(layers, input_shape):
    shapes = [input_shape, *[shape for _, shape in _shapes_into(layers, input_shape)]]
    return math.prod(shapes[[layer["layer"] for layer in layers].index("FC")])


@conv_out_features.mistake(
    when="what goes into the last FC is counted, and not what goes into the first",
    hint="A network may end with several FC. Stop at the first one.",
)
def into_the_last_fc(layers, input_shape):
    return math.prod(
        [shape for layer, shape in _shapes_into(layers, input_shape) if layer["layer"] == "FC"][-1]
    )


@conv_out_features.mistake(
    when="what comes out of the whole network is counted",
    hint="The last shape is that of the classes. Look for the first layer whose name is FC.",
)
def out_of_the_network(layers, input_shape):
    return math.prod(reference.layer_shapes(layers, input_shape)[-1])


@conv_out_features.mistake(
    when="the numbers of the input are counted, whatever comes in between",
    hint="The layers before the first FC change the shape: `layer_shapes` follows them.",
)
def numbers_of_the_input(layers, input_shape):
    return math.prod(input_shape)


@conv_out_features.mistake(
    when="the shape itself is returned",
    hint="Multiply its lengths: PyTorch wants one number.",
)
def the_shape_itself(layers, input_shape):
    return _into_first_fc(layers, input_shape)


@conv_out_features.mistake(
    when="the weights and biases of the first FC are counted",
    hint="Asked for is only how many numbers go in: one weight of one unit for each of them.",
)
def parameters_of_the_first_fc(layers, input_shape):
    return next(row[2] for row in reference.parameter_table(layers, input_shape) if row[0] == "FC")


@conv_out_features.mistake(
    when="the bias is counted as one more number that goes in",
    hint="A bias belongs to the unit; no number of the image goes into it.",
)
def with_the_bias(layers, input_shape):
    return math.prod(_into_first_fc(layers, input_shape)) + 1


@conv_out_features.mistake(
    when="the pooling layers are passed over",
    hint="Pooling makes the maps smaller as well; `layer_shapes` knows how.",
)
def without_pooling(layers, input_shape):
    rest = [layer for layer in layers if layer["layer"] != "POOL"]
    return math.prod(_into_first_fc(rest, input_shape))


@conv_out_features.mistake(
    when="the paddings are left out",
    hint="A CONV may lay zeros around its maps. `layer_shapes` looks at each layer's padding.",
)
def without_padding(layers, input_shape):
    bare = [layer | {"padding": 0} if "padding" in layer else layer for layer in layers]
    return math.prod(_into_first_fc(bare, input_shape))


@conv_out_features.mistake(
    when="sides are halved with their fractions, and only the result is rounded down",
    hint="A window that does not fit is left out at *each* layer, so each side is a whole number: 13 halves to 6, not 6.5.",
)
def rounded_at_the_end(layers, input_shape):
    depth, height, width = input_shape
    for layer in layers:
        if layer["layer"] == "FC":
            break
        if "kernel" in layer:
            added = 2 * layer.get("padding", 0) - layer["kernel"]
            height, width = ((side + added) / layer["stride"] + 1 for side in (height, width))
            depth = layer.get("filters", depth)
    return int(depth * height * width)


@conv_out_features.mistake(
    when="the result is a whole number written as a fraction (float)",
    hint="PyTorch takes a size only as an int. `math.prod` of whole numbers is one.",
)
def as_a_float(layers, input_shape):
    return float(math.prod(_into_first_fc(layers, input_shape)))


def _network_arrays(rng, layers, input_shape):
    """Weights and biases of a network, none of them zero."""
    network = reference.build_network(layers, input_shape, rng)
    return {key: rng.normal(size=array.shape) for key, array in network.parameters().items()}


def _to_torch_cases(rng):
    one = {"0.weight": np.array([[0.1, -0.2], [0.3, 0.4]])}
    yield Case((one, {"0": "fc"}, "float32"), "one weight of 2 x 2")
    yield Case((one | {"0.bias": np.array([0.7, -0.9])}, {"0": "fc"}, "float32"), "a weight and a bias")
    small = [conv_layer(2, kernel=2), relu_layer(), fc_layer(3)]
    arrays = _network_arrays(rng, small, (1, 3, 3))
    yield Case((arrays, {"0": "conv", "3": "fc"}, "float32"), "a convolutional and a linear layer")
    yield Case((arrays, {"3": "last", "0": "first"}, "float32"), "the names in another order")
    deep = {f"{position}.weight": rng.normal(size=(2, 3)) for position in (1, 2, 11, 12, 21)}
    titles = {"1": "conv1", "2": "conv2", "11": "fc1", "12": "fc2", "21": "fc12"}
    yield Case((deep, titles, "float32"), "positions of one and of two digits")
    yield Case((arrays, {"0": "conv", "3": "fc"}, "float64"), "of type float64")
    single = {key: array.astype(np.float32) for key, array in arrays.items()}
    yield Case((single, {"0": "conv", "3": "fc"}, "float64"), "from float32 to float64")
    whole = {"0.weight": rng.integers(-9, 10, (3, 2)), "0.bias": rng.integers(-9, 10, 3)}
    yield Case((whole, {"0": "fc"}, "float32"), "whole numbers")
    nested = {"0": "features.0", "3": "classifier.1"}
    yield Case((arrays, nested, "float32"), "names with a dot")
    tiny = _net()
    tiny[0]["filters"], tiny[3]["filters"] = 2, 3
    for place, units in ((7, 5), (9, 4)):
        tiny[place - 1]["units"] = units
    cut = _network_arrays(rng, tiny, (3, 20, 24))
    yield Case((cut, _NET_NAMES, "float32"), "a smaller Net, random weights")
    yield Case((cut, _NET_NAMES, "float64"), "a smaller Net, random weights of type float64")


to_torch = Exercise(
    "to_torch",
    reference=reference.to_torch,
    cases=_to_torch_cases,
    tolerance=1e-12,
    copies=True,
    hints=(
        'Go through `parameters.items()` and fill a new dictionary. A key such as "0.weight" has two parts.',
        '`position, kind = key.split(".")` takes the key apart. `names[position]` is the layer\'s name in PyTorch; an '
        "f-string puts the new key together. `array.astype(dtype)` is a copy of the wanted type.",
        'By hand: with the names {"3": "conv2"}, the array under "3.bias" comes under "conv2.bias", as '
        "float32, where 0.1 is 0.100000001490116.",
    ),
)


def _carried(parameters, names, dtype, change=lambda array: array, key="{name}.{kind}"):
    """The state with arrays changed, or other keys."""
    state = {}
    for place, array in parameters.items():
        position, kind = place.split(".")
        changed = np.ascontiguousarray(change(np.array(array))).astype(dtype)
        state[key.format(name=names[position], kind=kind, position=position)] = changed
    return state


@to_torch.alternative
def in_one_expression(parameters, names, dtype="float32"):
    keys = (key.partition(".") for key in parameters)
    return {
        f"{names[position]}.{kind}": parameters[f"{position}.{kind}"].astype(dtype)
        for position, _, kind in keys
    }


@to_torch.alternative
def layer_by_layer(parameters, names, dtype="float32"):
    state = {}
    for position, name in names.items():
        for kind in ("weight", "bias"):
            if f"{position}.{kind}" in parameters:
                state[name + "." + kind] = np.array(parameters[position + "." + kind], dtype)
    return state


@to_torch.alternative
def filled_number_by_number(parameters, names, dtype="float32"):
    state = {}
    for key, array in parameters.items():
        dot = key.index(".")
        state[names[key[:dot]] + key[dot:]] = np.empty(array.shape, dtype)
        state[names[key[:dot]] + key[dot:]][...] = array
    return state


@to_torch.mistake(
    when="the numbers are not rounded to the type that `dtype` names",
    hint="PyTorch computes in float32: `array.astype(dtype)`.",
)
def type_kept(parameters, names, dtype="float32"):
    return {f"{names[key.split('.')[0]]}.{key.split('.')[1]}": parameters[key].copy() for key in parameters}


@to_torch.mistake(
    when="an array that has the type already is handed on, not copied",
    hint="`np.asarray` and `copy=False` make a copy only if they must. `array.astype(dtype)` always makes one.",
)
def not_copied(parameters, names, dtype="float32"):
    state = {}
    for key, array in parameters.items():
        position, kind = key.split(".")
        state[f"{names[position]}.{kind}"] = np.asarray(array, dtype=dtype)
    return state


@to_torch.mistake(
    when="the type is always float32, whatever `dtype` says",
    hint="`dtype` says which type is wanted: `array.astype(dtype)`.",
)
def always_float32(parameters, names, dtype="float32"):
    return _carried(parameters, names, "float32")


@to_torch.mistake(
    when="the numbers are cut to whole numbers",
    hint="`astype(int)` cuts off every fraction. The type that is wanted stands in `dtype`.",
)
def cut_to_whole_numbers(parameters, names, dtype="float32"):
    return _carried(parameters, names, int)


@to_torch.mistake(
    when="the type is float16, which keeps three decimal places or so",
    hint="The type that is wanted stands in `dtype`.",
)
def half_precision(parameters, names, dtype="float32"):
    return _carried(parameters, names, "float16")


@to_torch.mistake(
    when="the keys keep their positions",
    hint='PyTorch does not know positions here: in place of "0" goes `names["0"]`.',
)
def positions_kept(parameters, names, dtype="float32"):
    return _carried(parameters, names, dtype, key="{position}.{kind}")


@to_torch.mistake(
    when="the keys are the layers' names alone, so that the bias takes the place of the weight",
    hint="Each layer has two arrays, and so each needs two keys: name, dot, kind.",
)
def kind_lost(parameters, names, dtype="float32"):
    return _carried(parameters, names, dtype, key="{name}")


@to_torch.mistake(
    when="name and kind are joined by _ and not by a dot",
    hint='PyTorch joins them by a dot: "conv1.weight".',
)
def joined_by_a_line(parameters, names, dtype="float32"):
    return _carried(parameters, names, dtype, key="{name}_{kind}")


@to_torch.mistake(
    when="name and kind are joined without a dot",
    hint='`split(".")` takes the dot away. PyTorch wants it back: "conv1.weight".',
)
def joined_without_a_dot(parameters, names, dtype="float32"):
    return _carried(parameters, names, dtype, key="{name}{kind}")


@to_torch.mistake(
    when="the name is put before the whole old key",
    hint="The new name takes the *place* of the position; only the kind stays.",
)
def name_before_the_old_key(parameters, names, dtype="float32"):
    return _carried(parameters, names, dtype, key="{name}.{position}.{kind}")


@to_torch.mistake(
    when="kind and name have changed places in the keys",
    hint='First the layer\'s name, then the kind: "conv1.weight".',
)
def kind_first(parameters, names, dtype="float32"):
    return _carried(parameters, names, dtype, key="{kind}.{name}")


@to_torch.mistake(
    when="a dictionary in a dictionary is made, one for each layer",
    hint='PyTorch\'s state is flat: each array has one key, "conv1.weight".',
)
def nested_by_layer(parameters, names, dtype="float32"):
    state = {}
    for key, array in parameters.items():
        position, kind = key.split(".")
        state.setdefault(names[position], {})[kind] = array.astype(dtype)
    return state


@to_torch.mistake(
    when="the names are given out in their own order, not by position",
    hint="Which name belongs to a position, `names[position]` says. The order of a dictionary is an accident.",
)
def names_in_their_own_order(parameters, names, dtype="float32"):
    positions = list(dict.fromkeys(key.split(".")[0] for key in parameters))
    return _carried(parameters, dict(zip(positions, names.values(), strict=True)), dtype)


@to_torch.mistake(
    when="positions are replaced wherever their digits stand, also within other numbers",
    hint='"11" contains "1". Take the key apart with `split(".")` first, and look up the whole position.',
)
def digits_replaced(parameters, names, dtype="float32"):
    state = {}
    for key, array in parameters.items():
        for position, name in names.items():
            key = key.replace(position, name)
        state[key] = array.astype(dtype)
    return state


@to_torch.mistake(
    when="only the first digit of a position is looked at",
    hint='A position may have two digits, as in "11.weight". `key.split(".")` finds the whole of it.',
)
def first_digit_only(parameters, names, dtype="float32"):
    return {names[key[0]] + key[key.index(".") :]: array.astype(dtype) for key, array in parameters.items()}


@to_torch.mistake(
    when="linear layers' weights are transposed",
    hint="PyTorch keeps a row for each unit, (units, features), as we do. Nothing is to be transposed.",
)
def linear_weights_transposed(parameters, names, dtype="float32"):
    return _carried(parameters, names, dtype, lambda array: array.T if array.ndim == 2 else array)


@to_torch.mistake(
    when="all arrays are transposed",
    hint="PyTorch lays weights out as we do. Shapes stay as they are.",
)
def everything_transposed(parameters, names, dtype="float32"):
    return _carried(parameters, names, dtype, np.transpose)


@to_torch.mistake(
    when="the kernels are flipped",
    hint="PyTorch's conv2d does not flip its kernel either: it is a cross-correlation, as ours is.",
)
def kernels_flipped(parameters, names, dtype="float32"):
    return _carried(
        parameters, names, dtype, lambda array: array[..., ::-1, ::-1] if array.ndim == 4 else array
    )


@to_torch.mistake(
    when="the kernels are laid out channels last",
    hint="PyTorch's kernels have the shape (C_out, C_in, kH, kW), as ours have.",
)
def kernels_channels_last(parameters, names, dtype="float32"):
    return _carried(
        parameters, names, dtype, lambda array: array.transpose(2, 3, 1, 0) if array.ndim == 4 else array
    )


@to_torch.mistake(
    when="the arrays are flattened",
    hint="Shapes stay as they are; only names and types change.",
)
def arrays_flattened(parameters, names, dtype="float32"):
    return _carried(parameters, names, dtype, np.ravel)


@to_torch.mistake(
    when="only the weights are carried over",
    hint="A layer's bias moves with it: every key of `parameters` has one in the result.",
)
def weights_only(parameters, names, dtype="float32"):
    state = _carried(parameters, names, dtype)
    return {key: array for key, array in state.items() if key.endswith("weight")}


@to_torch.mistake(
    when="the function returns after the first array",
    hint="A `return` inside the loop ends it. It belongs below, as far left as the `for`.",
)
def only_the_first_array(parameters, names, dtype="float32"):
    state = _carried(parameters, names, dtype)
    return dict(list(state.items())[:1])


@to_torch.mistake(
    when="a list of names and arrays is returned",
    hint="`load_state_dict` asks for a dictionary: name to array.",
)
def list_of_pairs(parameters, names, dtype="float32"):
    return list(_carried(parameters, names, dtype).items())


@to_torch.mistake(
    when="only the arrays are returned, without their names",
    hint="`load_state_dict` asks for a dictionary: name to array.",
)
def list_of_arrays(parameters, names, dtype="float32"):
    return list(_carried(parameters, names, dtype).values())


@to_torch.mistake(
    when="lists of numbers take the place of the arrays",
    hint="`array.astype(dtype)` is an array; leave `tolist` out.",
)
def lists_for_arrays(parameters, names, dtype="float32"):
    return {key: array.tolist() for key, array in _carried(parameters, names, dtype).items()}


@to_torch.mistake(
    when="the network's own dictionary is emptied into the new one",
    hint="`pop` takes an array away from `parameters`. Read it with `parameters[key]`, and leave it there.",
)
def taken_away(parameters, names, dtype="float32"):
    state = {}
    for key in list(parameters):
        position, kind = key.split(".")
        state[f"{names[position]}.{kind}"] = parameters.pop(key).astype(dtype)
    return state


@to_torch.mistake(
    when="the new keys are put into `parameters` itself, beside the old ones",
    hint="Fill a new dictionary: `state = {}`.",
)
def beside_the_old(parameters, names, dtype="float32"):
    for key in list(parameters):
        position, kind = key.split(".")
        parameters[f"{names[position]}.{kind}"] = parameters[key].astype(dtype)
    return parameters


def _votes_cases(rng):
    yield Case((np.array([[1.0], [2.0], [3.0], [4.0]]), (2, 1, 2)), "one unit, two channels of 1 x 2")
    yield Case((np.arange(1.0, 9.0).reshape(4, 2), (2, 1, 2)), "two units, two channels of 1 x 2")
    yield Case((np.arange(1.0, 13.0).reshape(12, 1), (2, 3, 2)), "one unit, two channels of 3 x 2")
    yield Case((np.arange(1.0, 13.0).reshape(6, 2), (1, 2, 3)), "one channel: the order is the same")
    yield Case((rng.uniform(-1, 1, (5, 3)), (5, 1, 1)), "maps of one pixel: the order is the same")
    yield Case((rng.uniform(-1, 1, (24, 4)), (2, 3, 4)), "four units, two channels of 3 x 4")
    yield Case((rng.uniform(-1, 1, (27, 27)), (3, 3, 3)), "as many units as values, all lengths equal")
    yield Case((rng.integers(-9, 10, (12, 5)), (3, 2, 2)), "whole numbers")
    for shape, units in [((3, 4, 2), 5), ((4, 2, 5), 3), ((2, 6, 3), 7)]:
        weight = rng.uniform(-1, 1, (math.prod(shape), units))
        yield Case((weight, shape), f"random weights, {shape[0]} channels of {shape[1]} x {shape[2]}")
    yield Case((rng.uniform(-1, 1, (400, 3)).astype(np.float32), (16, 5, 5)), "the map of Net, float32")


votes_to_nchw = Exercise(
    "votes_to_nchw",
    reference=reference.votes_to_nchw,
    cases=_votes_cases,
    hints=(
        "Undo the flattening: which shape did one unit's weights have, before they became a column?",
        "`weight.reshape(height, width, channels, units)` has four axes. `transpose` puts them into the order units, "
        "channels, height, width; `reshape` flattens again.",
        "By hand: two channels a and b of 1 x 2 pixels. Channels last they stand as a0 b0 a1 b1, channels first as "
        "a0 a1 b0 b1. So the weights 1, 2, 3, 4 become 1, 3, 2, 4.",
    ),
)


@votes_to_nchw.alternative
def weight_by_weight(weight, map_shape):
    channels, height, width = map_shape
    votes = np.zeros((weight.shape[1], len(weight)))
    for channel, row, column in np.ndindex(channels, height, width):
        old = (row * width + column) * channels + channel
        new = (channel * height + row) * width + column
        votes[:, new] = weight[old]
    return votes


@votes_to_nchw.alternative
def channel_by_channel(weight, map_shape):
    channels = map_shape[0]
    return np.concatenate([weight[channel::channels] for channel in range(channels)]).T


@votes_to_nchw.alternative
def with_a_list_of_places(weight, map_shape):
    channels, height, width = map_shape
    places = np.arange(len(weight)).reshape(height, width, channels)
    return weight.T[:, np.moveaxis(places, 2, 0).ravel()]


@votes_to_nchw.mistake(
    when="the weights are transposed, but keep the channels-last order",
    hint="Each unit has its row now. But within a row the weights still stand pixel by pixel; they should stand channel "
    "by channel.",
)
def only_transposed(weight, map_shape):
    return weight.T.copy()


@votes_to_nchw.mistake(
    when="the weights are put in order, but a unit still has a column",
    hint="In PyTorch each unit has a *row*: (units, features).",
)
def only_reordered(weight, map_shape):
    return reference.votes_to_nchw(weight, map_shape).T


@votes_to_nchw.mistake(
    when="the weights are taken for channels first already, and given the other order",
    hint="That is the way back. The rows of `weight` stand in the order (height, width, channels): so must the first "
    "`reshape`.",
)
def the_other_way_round(weight, map_shape):
    channels, height, width = map_shape
    return weight.reshape(channels, height, width, -1).transpose(3, 1, 2, 0).reshape(-1, len(weight))


@votes_to_nchw.mistake(
    when="`reshape` is used in place of `transpose`",
    hint="`reshape` keeps the order of the numbers, and only cuts them into other rows. `transpose` moves them.",
)
def reshaped_only(weight, map_shape):
    return weight.reshape(weight.shape[1], weight.shape[0])


@votes_to_nchw.mistake(
    when="the maps are transposed: rows and columns of the pixels are exchanged",
    hint="Within a channel the order stays: row after row. After the channels comes the height, then the width.",
)
def pixels_transposed(weight, map_shape):
    channels, height, width = map_shape
    return weight.reshape(height, width, channels, -1).transpose(3, 2, 1, 0).reshape(-1, len(weight))


@votes_to_nchw.mistake(
    when="the old weights are taken apart as (channels, height, width)",
    hint="That is the order that you want to get. The old order is (height, width, channels).",
)
def taken_apart_wrongly(weight, map_shape):
    return weight.reshape(*map_shape, -1).transpose(3, 2, 0, 1).reshape(-1, len(weight))


@votes_to_nchw.mistake(
    when="the weights are flattened in order, but a unit's row keeps four axes",
    hint="Flatten again at the end: `reshape(units, features)`.",
)
def not_flattened(weight, map_shape):
    channels, height, width = map_shape
    return weight.reshape(height, width, channels, -1).transpose(3, 2, 0, 1)


@votes_to_nchw.mistake(
    when="the units are moved together with the channels",
    hint="The rows of `weight` are the places; its columns are the units. Only the places change their order.",
)
def transposed_before_taken_apart(weight, map_shape):
    channels, height, width = map_shape
    return weight.T.reshape(height, width, channels, -1).transpose(3, 2, 0, 1).reshape(-1, len(weight))


@votes_to_nchw.mistake(
    when="the channels come in the opposite order",
    hint="Channel 0 stays first.",
)
def channels_backwards(weight, map_shape):
    channels, height, width = map_shape
    stacks = weight.reshape(height, width, channels, -1)[:, :, ::-1]
    return stacks.transpose(3, 2, 0, 1).reshape(-1, len(weight))


@votes_to_nchw.mistake(
    when="the map of Net, 16 x 5 x 5, is written into the function",
    hint="`map_shape` says how many channels, rows and columns there are.",
)
def always_the_map_of_net(weight, map_shape):
    return weight.reshape(5, 5, 16, -1).transpose(3, 2, 0, 1).reshape(-1, 400)


@votes_to_nchw.mistake(
    when="only the first unit is kept",
    hint="Each column of `weight` is a unit, and each becomes a row.",
)
def only_the_first_unit(weight, map_shape):
    return reference.votes_to_nchw(weight, map_shape)[:1]


@votes_to_nchw.mistake(
    when="a list of rows is returned",
    hint="Turn it into one array: `np.array(rows)`.",
)
def list_of_rows(weight, map_shape):
    return reference.votes_to_nchw(weight, map_shape).tolist()


@votes_to_nchw.mistake(
    when="the weights are cut to whole numbers",
    hint="An array made with `dtype=int` cuts off every fraction.",
)
def whole_number_votes(weight, map_shape):
    return reference.votes_to_nchw(weight, map_shape).astype(int)
