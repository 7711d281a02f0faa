"""For each layer its name, the shape of what comes out of it, and how many parameters it has."""

import math

from helpers import reference
from helpers.exercises import common
from helpers.exercises.model import Case, Exercise
from helpers.exercises.stacking.networks import cifar_net, random_layers
from helpers.reference import conv_layer, fc_layer, layer_shapes, pool_layer, relu_layer


def cases(rng):
    """One layer of each kind, several, maps that are not square, then whole networks and random ones."""
    yield Case(([conv_layer(3, kernel=1)], (1, 2, 2)), "three filters of one weight and a bias")
    yield Case(([conv_layer(2, kernel=3)], (1, 9, 9)), "two filters of 3 x 3 on the X")
    yield Case(([fc_layer(2)], (1, 2, 2)), "four values that vote for two classes")
    yield Case(([relu_layer(), pool_layer(2)], (2, 4, 4)), "layers without parameters")
    yield Case(([], (1, 9, 9)), "no layer at all")
    yield Case(([conv_layer(4, kernel=2)], (3, 5, 5)), "an image of three channels")
    yield Case(([conv_layer(4), conv_layer(5, kernel=2)], (1, 7, 8)), "two convolutional layers")
    yield Case(([conv_layer(4, kernel=3, stride=2, padding=1)], (2, 7, 9)), "stride and padding")
    yield Case(([fc_layer(4), relu_layer(), fc_layer(3)], (2, 2, 3)), "two fully connected layers")
    yield Case(([conv_layer(4), pool_layer(2), fc_layer(3)], (1, 6, 8)), "a map that is not square")
    yield Case(([conv_layer(3, kernel=3), fc_layer(10)], (1, 8, 8)), "a map of 6 x 6 and a kernel of 3 x 3")
    yield Case((cifar_net(), (3, 32, 32)), "PyTorch's CIFAR-10 network")
    for count in (2, 3):
        height, width = (int(number) for number in rng.integers(60, 80, 2))
        layers = [*random_layers(rng, count), fc_layer(int(rng.integers(2, 12)))]
        yield Case((layers, (int(rng.integers(1, 4)), height, width)), "random layers")


exercise = Exercise(
    reference.parameter_table,
    cases,
    minutes=7,
    entries="rows",
    whole_numbers=True,
    hints=(
        "Get the shapes first. Each layer is between two of them, what goes in and what comes out: "
        "`zip(layers, shapes, shapes[1:])` gives you all three at once.",
        "CONV: `conv_parameters` of lesson 04, with the depth of what goes in. FC: each unit has one weight for each number "
        "that goes in, and one bias. How many numbers are there in the shape (16, 5, 5)? `math.prod` multiplies.",
        "By hand: two filters of 3 x 3 on one channel have 2 * (3 * 3 * 1 + 1) = 20. Four values that vote for two classes: "
        "2 * (4 + 1) = 10.",
    ),
)


@exercise.model
def parameter_table(layers, input_shape):
    shapes = layer_shapes(layers, input_shape)
    rows = [("INPUT", input_shape, 0)]
    for layer, before, after in zip(layers, shapes, shapes[1:], strict=False):
        parameters = 0
        if layer["layer"] == "CONV":
            parameters = reference.conv_parameters(before[0], layer["filters"], layer["kernel"])
        elif layer["layer"] == "FC":
            parameters = layer["units"] * (math.prod(before) + 1)
        rows.append((layer["layer"], after, parameters))
    return rows


@exercise.alternative
def with_formulas_of_its_own(layers, input_shape):
    """Both formulas in sight: good for learning them."""
    shapes = reference.layer_shapes(layers, input_shape)
    table = [("INPUT", input_shape, 0)]
    for layer, before, after in zip(layers, shapes, shapes[1:], strict=False):
        parameters = 0
        if layer["layer"] == "CONV":
            parameters = (layer["kernel"] ** 2 * before[0] + 1) * layer["filters"]
        if layer["layer"] == "FC":
            parameters = (math.prod(before) + 1) * layer["units"]
        table.append((layer["layer"], after, parameters))
    return table


@exercise.alternative
def weights_and_biases(layers, input_shape):
    """Weights of one neuron, times neurons, plus biases: the same sentence for both kinds of layer."""
    shapes = reference.layer_shapes(layers, input_shape)
    rows = [["INPUT", shapes[0], 0]]
    for index, layer in enumerate(layers):
        into = shapes[index]
        biases = layer.get("filters", 0) or layer.get("units", 0)
        weights_of_one = into[0] * layer.get("kernel", 1) ** 2 if "filters" in layer else math.prod(into)
        rows.append([layer["layer"], shapes[index + 1], biases * weights_of_one + biases])
    return rows


CONV = 'reference.conv_parameters(before[0], layer["filters"], layer["kernel"])'
FC = 'layer["units"] * (math.prod(before) + 1)'

# -- biases --------------------------------------------------------------------------------------------------

exercise.slip(
    (CONV, 'layer["filters"] * layer["kernel"] ** 2 * before[0]'),
    (FC, 'layer["units"] * math.prod(before)'),
    name="without_biases",
    when="the biases are left out",
    hint="Every filter and every unit has one bias besides its weights.",
)
exercise.slip(
    CONV,
    'layer["filters"] * layer["kernel"] ** 2 * before[0]',
    name="conv_without_biases",
    when="the biases of convolutional layers are left out",
    hint="Every filter has one bias besides its weights.",
)
exercise.slip(
    FC,
    'layer["units"] * math.prod(before)',
    name="fc_without_biases",
    when="the biases of fully connected layers are left out",
    hint="Every unit has one bias besides its weights.",
)
exercise.slip(
    CONV,
    'layer["filters"] * layer["kernel"] ** 2 * before[0] + 1',
    name="one_bias_for_all_filters",
    when="a whole convolutional layer has one bias",
    hint="Every filter has a bias of its own.",
)
exercise.slip(
    FC,
    'layer["units"] * math.prod(before) + 1',
    name="one_bias_for_all_units",
    when="a whole fully connected layer has one bias",
    hint="Every unit has a bias of its own.",
)
exercise.slip(
    FC,
    '(layer["units"] + 1) * math.prod(before)',
    name="biases_for_the_inputs",
    when="every input of a fully connected layer has a bias, and not every unit",
    hint="A bias is added to a sum, and there is one sum for each unit.",
)
exercise.slip(
    CONV,
    'layer["filters"] * (layer["kernel"] ** 2 + 1) * before[0]',
    name="bias_for_every_channel",
    when="a bias is counted for every input channel of a filter",
    hint="A filter adds up the products of all its channels, then adds one bias.",
)

# -- convolutional layers ------------------------------------------------------------------------------------

exercise.slip(
    CONV,
    'layer["filters"] * (layer["kernel"] ** 2 + 1)',
    name="depth_left_out",
    when="the depth of what goes into a convolutional layer is left out",
    hint="A filter covers all channels: it has kernel x kernel weights for each of them.",
)
exercise.slip(
    "conv_parameters(before[0]",
    "conv_parameters(input_shape[0]",
    name="depth_of_the_image",
    when="the depth is that of the image, whatever came in between",
    hint="What goes into the second layer is what came out of the first, as deep as the first has filters.",
)
exercise.slip(
    "conv_parameters(before[0]",
    "conv_parameters(after[0]",
    name="depth_of_what_comes_out",
    when="the depth of what comes out of a convolutional layer is taken for the depth of what goes in",
    hint="A filter is as deep as what it slides over: the shape *before* the layer.",
)
exercise.slip(
    CONV,
    "math.prod(after) * (math.prod(before) + 1)",
    name="convolution_as_fully_connected",
    when="a convolutional layer is counted as if it were fully connected",
    hint="A filter looks at a small window, and uses the same weights everywhere: kernel x kernel x depth, and a bias.",
)
exercise.slip(
    CONV,
    'layer["filters"] * (layer["kernel"] * before[0] + 1)',
    name="kernel_not_squared",
    when="the kernel's side is not squared",
    hint="A kernel of side 5 has 5 times 5 weights.",
)
exercise.slip(
    CONV,
    f"{CONV} * math.prod(after[1:])",
    name="weights_at_every_position",
    when="a filter has its own weights at every position",
    hint="The same filter slides over all positions: its weights count once, however large the map is.",
)

# -- fully connected layers ----------------------------------------------------------------------------------

exercise.slip(
    "math.prod(before)",
    "before[0]",
    name="one_weight_for_each_channel",
    when="a fully connected layer has one weight for each channel",
    hint="Every number that goes in has a weight: depth times height times width.",
)
exercise.slip(
    "math.prod(before)",
    "math.prod(before[1:] or before)",
    name="depth_left_out_of_votes",
    when="the depth is left out of what goes into FC",
    hint="Every number that goes in has a weight: depth times height times width.",
)
exercise.slip(
    "math.prod(before)",
    "sum(before)",
    name="sides_added",
    when="depth, height and width are added up and not multiplied",
    hint="A block of 2 x 3 x 4 holds 24 numbers: `math.prod`, not `sum`.",
)
exercise.slip(
    "math.prod(before)",
    "math.prod(input_shape)",
    name="votes_from_the_image",
    when="a fully connected layer reads the image itself, whatever came in between",
    hint="FC reads what came out of the layer before it: `shapes` holds it.",
)
exercise.slip(
    "math.prod(before)",
    "math.prod(after)",
    name="votes_from_what_comes_out",
    when="the units are counted twice: what comes out of FC is taken for what goes in",
    hint="Each unit has a weight for every number that goes *in*: the shape before the layer.",
)


@exercise.mistake(
    when="the kernel's size is taken for the size of the map that goes into FC",
    hint="A fully connected layer reads the whole map. Its shape says how large the map is; the kernel doesn't.",
)
def kernel_for_the_map(layers, input_shape):
    shapes = reference.layer_shapes(layers, input_shape)
    rows, kernel = [("INPUT", input_shape, 0)], 0
    for layer, before, after in zip(layers, shapes, shapes[1:], strict=False):
        parameters = 0
        if layer["layer"] == "CONV":
            kernel = layer["kernel"]
            parameters = reference.conv_parameters(before[0], layer["filters"], kernel)
        elif layer["layer"] == "FC":
            values = before[0] * kernel**2 if len(before) == 3 and kernel else math.prod(before)
            parameters = layer["units"] * (values + 1)
        rows.append((layer["layer"], after, parameters))
    return rows


# -- layers without parameters -------------------------------------------------------------------------------

exercise.slip(
    ("        parameters = 0\n", ""),
    ("    rows =", "    parameters = 0\n    rows ="),
    name="left_over_from_the_layer_before",
    when="a layer without parameters gets the number of the layer before it",
    hint="Set the number to 0 at the beginning of each turn.",
)
exercise.slip(
    "        parameters = 0\n",
    "",
    name="never_set_to_zero",
    when="the number is not set where a layer has no parameters",
    hint="Give `parameters` a value in every turn: 0 at its beginning.",
)
exercise.slip(
    "        parameters = 0\n",
    '        parameters = layer.get("window", 0) ** 2\n',
    name="weights_of_pooling",
    when="pooling windows are counted as weights",
    hint="A pooling layer takes the largest value. There is nothing in it to learn.",
)
exercise.slip(
    "        rows.append",
    "        if parameters:\n            rows.append",
    name="rows_of_zero_left_out",
    when="layers without parameters are left out",
    hint="Every layer has its row, also with 0 parameters.",
)

# -- the rows ------------------------------------------------------------------------------------------------

exercise.slip(
    '[("INPUT", input_shape, 0)]',
    "[]",
    name="without_the_input_row",
    when="the row of INPUT is missing",
    hint='The first row is `("INPUT", input_shape, 0)`.',
)
exercise.slip(
    '(layer["layer"], after, parameters)',
    '(layer["layer"], before, parameters)',
    name="shapes_of_what_goes_in",
    when="each row has the shape of what goes in",
    hint="The shape in a row is that of what comes out of its layer.",
)
exercise.slip(
    '(layer["layer"], after, parameters)',
    '(layer["layer"], after, parameters + rows[-1][2])',
    name="running_total",
    when="the counts are added up from row to row",
    hint="Each row has the number of its own layer.",
)
exercise.slip(
    "return rows",
    "return sum(row[2] for row in rows)",
    name="only_the_total",
    when="only the total is returned",
    hint="The total comes later. Here every layer has its row: name, shape, number.",
)
exercise.slip(
    "return rows",
    "return [row[2] for row in rows]",
    name="only_the_numbers",
    when="only the numbers are returned",
    hint="Every layer has its row: name, shape, number.",
)
exercise.slip(
    "return rows",
    "return [(name, count, shape) for name, shape, count in rows]",
    name="number_before_shape",
    when="a row holds the number before the shape",
    hint="Name, shape, number: in this order.",
)
exercise.slip(
    '(layer["layer"], after, parameters)',
    "(layer, after, parameters)",
    name="whole_descriptions",
    when="the whole dictionary of the layer is in the row, and not its name",
    hint='The name is `layer["layer"]`.',
)
exercise.slip("    return rows", "        return rows", **common.IN_THE_LOOP)

for change in (
    "zip(layers, pairwise(shapes), strict=True) -> zip(layers, pairwise(shapes))",
    "True -> False",
):
    exercise.equivalent_mutant(
        change,
        because="there are as many pairs of shapes as layers, so that the stricter pairing never finds anything amiss",
    )

exercise.slip(
    'reference.conv_parameters(before[0], layer["filters"], layer["kernel"])',
    'layer["filters"] * (before[0] + layer["kernel"] ** 2 + 1)',
    name="depth_added",
    when="the depth is added to the weights of a kernel instead of multiplied by them",
    hint="A filter has a kernel for every channel: with 3 channels, 3 times as many weights as one kernel.",
)
