"""A network's weights and biases under PyTorch's names."""

import numpy as np

from helpers import reference
from helpers.exercises import common
from helpers.exercises.model import Case, Exercise
from helpers.exercises.pytorch.net import NAMES, net, network_arrays
from helpers.reference import conv_layer, fc_layer, relu_layer


def cases(rng):
    """One array, a weight and a bias, kernels, odd positions, types, whole numbers, then networks at random."""
    yield Case(
        ({"0.weight": np.array([[0.1, -0.2], [0.3, 0.7]])}, {"0": "fc"}, "float32"), "one weight of 2 x 2"
    )
    pair = {"0.weight": np.array([[0.1, -0.2], [0.3, 0.7]]), "0.bias": np.array([0.7, -0.9])}
    yield Case((pair, {"0": "fc"}, "float32"), "a weight and a bias")
    yield Case(({"0.weight": np.array([[0.1, 0.7, -0.2]])}, {"0": "fc"}, "float64"), "of type float64")
    kernels = np.array([[[[0.1, 0.7]], [[-0.2, 0.4]]], [[[0.9, 0.3]], [[0.6, 0.5]]]])
    yield Case(({"0.weight": kernels}, {"0": "conv"}, "float32"), "two filters of two channels")
    swapped = {"0.bias": np.array([0.5, 0.25]), "3.bias": np.array([0.1, 0.9])}
    yield Case((swapped, {"3": "last", "0": "first"}, "float32"), "the names in another order")
    few = {f"{position}.bias": np.array([position + 0.5]) for position in (1, 2, 11, 12, 21)}
    titles = {"1": "conv1", "2": "conv2", "11": "fc1", "12": "fc2", "21": "fc12"}
    yield Case((few, titles, "float32"), "positions of one and of two digits")
    yield Case(({"0.bias": np.array([3, -1])}, {"0": "fc"}, "float32"), "whole numbers")
    yield Case(({"0.bias": np.array([0.123456, -1.654321])}, {"0": "fc"}, "float32"), "numbers of six digits")
    yield Case(({"0.bias": np.array([0.1, 0.7])}, {"0": "features.0"}, "float32"), "a name with a dot")
    small = [conv_layer(2, kernel=2), relu_layer(), fc_layer(3)]
    arrays = network_arrays(rng, small, (1, 3, 3))
    yield Case((arrays, {"0": "conv", "3": "fc"}, "float32"), "a convolutional and a linear layer")
    single = {key: array.astype(np.float32) for key, array in arrays.items()}
    yield Case((single, {"0": "conv", "3": "fc"}, "float64"), "from float32 to float64")
    tiny = net()
    tiny[0]["filters"], tiny[3]["filters"] = 2, 3
    for position, units in ((7, 5), (9, 4)):
        tiny[position - 1]["units"] = units
    cut = network_arrays(rng, tiny, (3, 20, 24))
    yield Case((cut, NAMES, "float32"), "a smaller Net, random weights")
    yield Case((cut, NAMES, "float64"), "a smaller Net, random weights of type float64")


exercise = Exercise(
    reference.to_torch,
    cases,
    minutes=5,
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


@exercise.model
def to_torch(parameters, names, dtype="float32"):
    state = {}
    for key, array in parameters.items():
        position, kind = key.split(".")
        state[names[position] + "." + kind] = array.astype(dtype)
    return state


@exercise.alternative
def in_one_expression(parameters, names, dtype="float32"):
    """One expression, with the rule for a name in one place."""
    keys = (key.partition(".") for key in parameters)
    return {
        f"{names[position]}.{kind}": parameters[f"{position}.{kind}"].astype(dtype)
        for position, _, kind in keys
    }


@exercise.alternative
def layer_by_layer(parameters, names, dtype="float32"):
    """Goes through PyTorch's names: good for seeing which layer is missing."""
    state = {}
    for position, name in names.items():
        for kind in ("weight", "bias"):
            if f"{position}.{kind}" in parameters:
                state[name + "." + kind] = np.array(parameters[position + "." + kind], dtype)
    return state


@exercise.alternative
def filled_number_by_number(parameters, names, dtype="float32"):
    """Makes PyTorch's arrays first and copies the numbers in."""
    state = {}
    for key, array in parameters.items():
        dot = key.index(".")
        state[names[key[:dot]] + key[dot:]] = np.empty(array.shape, dtype)
        state[names[key[:dot]] + key[dot:]][...] = array
    return state


KEY, ARRAY = 'names[position] + "." + kind', "array.astype(dtype)"

# -- the type ------------------------------------------------------------------------------------------------

exercise.slip(
    ARRAY,
    "array.copy()",
    name="type_kept",
    when="the numbers are not rounded to the type that `dtype` names",
    hint="PyTorch computes in float32: `array.astype(dtype)`.",
)
exercise.slip(
    "astype(dtype)",
    'astype("float32")',
    name="always_float32",
    when="the type is always float32, whatever `dtype` says",
    hint="`dtype` says which type is asked for: `array.astype(dtype)`.",
)
exercise.slip(
    "astype(dtype)",
    "astype(int)",
    name="cut_to_whole_numbers",
    when="the numbers are cut to whole numbers",
    hint="`astype(int)` cuts off every fraction. `dtype` says which type is asked for.",
)
exercise.slip(
    "astype(dtype)",
    'astype("float16")',
    name="half_precision",
    when="the type is float16, which keeps about three digits",
    hint="`dtype` says which type is asked for.",
)

exercise.slip(
    ARRAY,
    "np.asarray(array, dtype=dtype)",
    name="not_copied",
    when="an array that has the type already is handed on, not copied",
    hint="`np.asarray` and `copy=False` make a copy only if they must. `array.astype(dtype)` always makes one.",
)

# -- the keys ------------------------------------------------------------------------------------------------

exercise.slip(
    "names[position] +",
    "position +",
    name="positions_kept",
    when="the keys keep their positions",
    hint='PyTorch does not know these positions: replace "0" by `names["0"]`.',
)
exercise.slip(
    KEY,
    "names[position]",
    name="kind_lost",
    when="the keys are the layers' names alone, so that the bias takes the place of the weight",
    hint="Each layer has two arrays, and so each needs two keys: name, dot, kind.",
)
exercise.slip(
    '+ "." +',
    '+ "_" +',
    name="joined_by_a_line",
    when="name and kind are joined by _ and not by a dot",
    hint='PyTorch joins them by a dot: "conv1.weight".',
)
exercise.slip(
    '+ "." +',
    "+",
    name="joined_without_a_dot",
    when="name and kind are joined without a dot",
    hint='`split(".")` takes the dot away. PyTorch expects it: "conv1.weight".',
)
exercise.slip(
    KEY,
    'names[position] + "." + key',
    name="name_before_the_old_key",
    when="the name is put before the whole old key",
    hint="The new name takes the *place* of the position; only the kind stays.",
)
exercise.slip(
    KEY,
    'kind + "." + names[position]',
    name="kind_first",
    when="kind and name have changed places in the keys",
    hint='First the layer\'s name, then the kind: "conv1.weight".',
)
exercise.slip(
    f"state[{KEY}] = {ARRAY}",
    f"state.setdefault(names[position], {{}})[kind] = {ARRAY}",
    name="nested_by_layer",
    when="a dictionary of dictionaries is made, one for each layer",
    hint='PyTorch\'s state is flat: each array has one key, "conv1.weight".',
)
exercise.slip(
    "    state = {}\n",
    '    state = {}\n    positions = dict.fromkeys(key.split(".")[0] for key in parameters)\n'
    "    names = dict(zip(positions, names.values(), strict=True))\n",
    name="names_in_their_own_order",
    when="the names are given out in their own order, not by position",
    hint="`names[position]` says which name belongs to a position. Do not rely on the order of a dictionary.",
)
exercise.slip(
    "names[position] +",
    "list(names.values())[int(position)] +",
    name="position_as_a_place",
    when="the position is taken as the place of the name among all names",
    hint='The names are not a list: position "3" is a key of `names`, not the name in fourth place. `names[position]`.',
)
exercise.slip(
    (
        '        position, kind = key.split(".")\n',
        "        for position in names:\n            key = key.replace(position, names[position])\n",
    ),
    (KEY, "key"),
    name="digits_replaced",
    when="positions are replaced wherever their digits are, also within other numbers",
    hint='"11" contains "1". Take the key apart with `split(".")` first, and look up the whole position.',
)
exercise.slip(
    'position, kind = key.split(".")',
    'position, kind = key[0], key.split(".")[1]',
    name="first_digit_only",
    when="only the first digit of a position is looked at",
    hint='A position may have two digits, as in "11.weight". `key.split(".")` finds the whole of it.',
)
exercise.slip(
    "names[position] +",
    "names[int(position)] +",
    name="positions_as_numbers",
    when="the position is turned into a number, and `names` has it as text",
    hint='The keys of `names` are text, such as "3". Leave `int` out.',
)

# -- the layout ----------------------------------------------------------------------------------------------

exercise.slip(
    ARRAY,
    "(array.T if array.ndim == 2 else array).astype(dtype)",
    name="linear_weights_transposed",
    when="linear layers' weights are transposed",
    hint="PyTorch keeps a row for each unit, (units, features), as we do. Transpose nothing.",
)
exercise.slip(
    ARRAY,
    f"{ARRAY}.T",
    name="everything_transposed",
    when="all arrays are transposed",
    hint="PyTorch's weights have the same shapes as ours. Leave them as they are.",
)
exercise.slip(
    ARRAY,
    "(array[..., ::-1, ::-1] if array.ndim == 4 else array).astype(dtype)",
    name="kernels_flipped",
    when="the kernels are flipped",
    hint="PyTorch's conv2d does not flip its kernel either: it is a cross-correlation, as ours is.",
)
exercise.slip(
    ARRAY,
    "(array.transpose(2, 3, 1, 0) if array.ndim == 4 else array).astype(dtype)",
    name="kernels_channels_last",
    when="the kernels are laid out channels last",
    hint="PyTorch's kernels have the shape (C_out, C_in, kH, kW), as ours have.",
)
exercise.slip(
    ARRAY,
    f"{ARRAY}.ravel()",
    name="arrays_flattened",
    when="the arrays are flattened",
    hint="Shapes stay as they are; only names and types change.",
)

# -- what is returned ----------------------------------------------------------------------------------------

exercise.slip(
    f"        state[{KEY}]",
    f'        if kind == "weight":\n            state[{KEY}]',
    name="weights_only",
    when="only the weights are carried over",
    hint="A layer's bias moves with it: every key of `parameters` has one in the result.",
)
exercise.slip("    return state", "        return state", **common.IN_THE_LOOP)
exercise.slip(
    "return state",
    "return list(state.items())",
    name="list_of_pairs",
    when="a list of names and arrays is returned",
    hint="`load_state_dict` asks for a dictionary: name to array.",
)
exercise.slip(
    "return state",
    "return list(state.values())",
    name="list_of_arrays",
    when="only the arrays are returned, without their names",
    hint="`load_state_dict` asks for a dictionary: name to array.",
)
exercise.slip(
    ARRAY,
    f"{ARRAY}.tolist()",
    name="lists_for_arrays",
    when="lists of numbers take the place of the arrays",
    hint="`array.astype(dtype)` is an array; leave `tolist` out.",
)
exercise.slip(
    ("for key, array in parameters.items():", "for key in list(parameters):"),
    (ARRAY, "parameters.pop(key).astype(dtype)"),
    name="taken_away",
    when="the network's own dictionary is emptied into the new one",
    hint="`pop` takes an array away from `parameters`. Read it with `parameters[key]`, and leave it there.",
)
exercise.slip(
    ("state = {}", "state = parameters"),
    ("in parameters.items()", "in list(parameters.items())"),
    name="beside_the_old",
    when="the new keys are put into `parameters` itself, next to the old ones",
    hint="Fill a new dictionary: `state = {}`.",
)
exercise.slip(
    "    for key, array in parameters.items():\n"
    '        position, kind = key.split(".")\n'
    '        state[names[position] + "." + kind] = array.astype(dtype)\n',
    "    for position, name in names.items():\n"
    "        for key, array in parameters.items():\n"
    "            if key.startswith(position):\n"
    '                state[name + "." + key.split(".")[1]] = array.astype(dtype)\n',
    name="positions_that_begin_alike",
    when="all keys that begin with the position are taken, so that position 1 takes those of 11 as well",
    hint='`"11.weight".startswith("1")` is True. Compare what comes before the dot.',
)

exercise.slip(
    "array.astype(dtype)",
    "np.round(array, {}).astype(dtype)",
    values=(4, 2, 3),
    name="rounded",
    when="the numbers are rounded to {} digits after the point",
    hint="Hand the numbers over as they are. `astype` rounds them as far as the type needs it.",
)
