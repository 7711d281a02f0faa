"""How many numbers of one image go into the first fully connected layer."""

import math

import numpy as np

from helpers import reference
from helpers.exercises import common
from helpers.exercises.model import Case, Exercise
from helpers.exercises.pytorch.net import net
from helpers.reference import conv_layer, fc_layer, pool_layer, relu_layer


def cases(rng):
    """One layer of each kind, Net in many sizes, two layers before the first pooling, random sizes."""
    yield Case(([conv_layer(3, kernel=2), fc_layer(10)], (1, 4, 5)), "three filters of 2 x 2 on 4 x 5 pixels")
    yield Case(([fc_layer(10)], (3, 4, 5)), "no convolution before the voting")
    yield Case(([pool_layer(2), fc_layer(10)], (3, 6, 8)), "pooling of an image that is not square")
    yield Case((net(), (3, 32, 32)), "PyTorch's CIFAR-10 network")
    yield Case((net(), (3, 40, 40)), "a larger photograph: the map is 7 x 7, the kernel 5 x 5")
    yield Case((net(kernel=3), (3, 32, 32)), "smaller kernels: the map is 6 x 6, the kernel 3 x 3")
    yield Case((net(), (3, 32, 44)), "a photograph that is not square")
    yield Case((net(padding=2), (3, 32, 32)), "kernels of 5 x 5 with padding 2")
    yield Case((net(stride=2), (3, 61, 75)), "a stride of 2, which does not tile")
    yield Case((net(window=3, window_stride=2), (1, 36, 30)), "pooling windows that overlap")
    deep = [conv_layer(8, padding=1), relu_layer(), conv_layer(4, stride=2), fc_layer(7), fc_layer(3)]
    yield Case((deep, (2, 9, 12)), "two layers before the first pooling")
    for _ in range(4):
        kernel, stride, padding = (int(number) for number in rng.integers((1, 1, 0), (6, 3, 3)))
        height, width = (int(number) for number in rng.integers(60, 80, 2))
        layers = net(kernel=kernel, stride=stride, padding=padding)
        layers[0]["filters"], layers[3]["filters"] = (int(number) for number in rng.integers(2, 20, 2))
        yield Case((layers, (int(rng.integers(1, 5)), height, width)), "random sizes")


exercise = Exercise(
    reference.conv_out_features,
    cases,
    minutes=6,
    whole_numbers=True,
    hints=(
        "First find out which of the layers is the first FC. Then: what shape comes out of the layer before it?",
        "`layer_shapes` puts the input's shape before all others. So `shapes[0]` goes *into* `layers[0]`, and `shapes[i]` "
        "goes into `layers[i]`.",
        "By hand: three filters of 2 x 2 slide over 4 x 5 pixels. Out come 3 maps of 3 x 4: 3 * 3 * 4 = 36 numbers.",
    ),
)


@exercise.model
def conv_out_features(layers, input_shape):
    shapes = reference.layer_shapes(layers, input_shape)
    for layer, shape_before in zip(layers, shapes, strict=False):
        if layer["layer"] == "FC":
            return int(np.prod(shape_before))


@exercise.alternative
def until_the_first_fc(layers, input_shape):
    """Cuts the list at the first FC: good when you want the part before it anyway."""
    before = []
    for layer in layers:
        if layer["layer"] == "FC":
            break
        before.append(layer)
    depth, height, width = reference.layer_shapes(before, input_shape)[-1]
    return depth * height * width


@exercise.alternative
def side_by_side(layers, input_shape):
    """Carries depth, height and width along: it depends on no other function."""
    depth, height, width = input_shape
    for layer in layers:
        if layer["layer"] == "FC":
            return np.int64(depth * height * width)
        if layer["layer"] != "RELU":
            window = layer["window"] if layer["layer"] == "POOL" else layer["kernel"]
            sliding = window, layer["stride"], layer.get("padding", 0)
            height, width = (reference.output_size(side, *sliding) for side in (height, width))
            depth = layer.get("filters", depth)


@exercise.alternative
def from_the_parameters(layers, input_shape):
    """Reads the answer off the number of parameters: good for checking."""
    fc = next(layer for layer in layers if layer["layer"] == "FC")
    count = next(row[2] for row in reference.parameter_table(layers, input_shape) if row[0] == "FC")
    return count // fc["units"] - 1


NUMBERS = "np.prod(shape_before)"
SHAPES = "shapes = reference.layer_shapes(layers, input_shape)"

# -- the size of the map -------------------------------------------------------------------------------------

exercise.slip(
    (SHAPES, f"kernels = [layer['kernel'] for layer in layers if layer['layer'] == 'CONV']\n    {SHAPES}"),
    (NUMBERS, f"shape_before[0] * kernels[-1] ** 2) if kernels else int({NUMBERS}"),
    name="kernel_for_the_map",
    when="the kernel's side is taken for the side of the map",
    hint="A kernel of 5 x 5 does not mean a map of 5 x 5. Its shape says how large the map is.",
)
exercise.slip(
    (SHAPES, f"kernels = [layer['kernel'] for layer in layers if layer['layer'] == 'CONV']\n    {SHAPES}"),
    (NUMBERS, "shape_before[0] * kernels[-1] ** 2"),
    name="kernel_of_no_conv",
    when="the kernel's side is taken for the side of the map, also where there is no CONV",
    hint="A kernel of 5 x 5 does not mean a map of 5 x 5. Its shape says how large the map is.",
)
exercise.slip(
    f"int({NUMBERS})",
    "400",
    name="always_four_hundred",
    when="400 is written into the function",
    hint="400 is 16 * 5 * 5. Other photographs, kernels and strides give other maps.",
)
exercise.slip(
    NUMBERS,
    "sum(shape_before)",
    name="sides_added",
    when="depth, height and width are added up and not multiplied",
    hint="A block of 2 x 3 x 4 holds 24 numbers: multiply.",
)
exercise.slip(
    NUMBERS,
    "np.prod(shape_before[:2])",
    name="width_left_out",
    when="the width is left out",
    hint="A map has rows and columns: depth times height times width.",
)
exercise.slip(
    NUMBERS,
    "np.prod(shape_before[1:])",
    name="depth_left_out",
    when="the depth is left out",
    hint="Each of the maps is flattened, not only one: depth times height times width.",
)
exercise.slip(
    NUMBERS,
    "shape_before[0]",
    name="only_the_depth",
    when="only the depth is counted",
    hint="Every number of every map goes in, not one for each map: depth times height times width.",
)
exercise.slip(
    NUMBERS,
    "shape_before[0] * shape_before[1] ** 2",
    name="square_map_by_height",
    when="the map is taken to be square, as wide as it is high",
    hint="Photographs need not be square: height and width each have a place in the shape.",
)
exercise.slip(
    NUMBERS,
    "shape_before[0] * shape_before[2] ** 2",
    name="square_map_by_width",
    when="the map is taken to be square, as high as it is wide",
    hint="Photographs need not be square: height and width each have a place in the shape.",
)

# -- which layer ---------------------------------------------------------------------------------------------

exercise.slip(
    f"int({NUMBERS})",
    'layer["units"]',
    name="what_comes_out",
    when="what comes out of the first FC is counted, and not what goes in",
    hint="`layer_shapes` puts the input first, so that `shapes[i + 1]` comes out of `layers[i]`. Which one goes in?",
)
exercise.slip(
    "zip(layers, shapes, strict=False)",
    "zip(layers, [input_shape, *shapes], strict=False)",
    name="one_layer_too_early",
    when="what goes into the layer before the first FC is counted",
    hint="You are one layer too early: `shapes[0]` is the input's shape, and goes into `layers[0]`.",
)
exercise.slip(
    (f"            return int({NUMBERS})", f"            numbers = int({NUMBERS})\n    return numbers"),
    name="into_the_last_fc",
    when="what goes into the last FC is counted, and not what goes into the first",
    hint="A network may end with several FC. Stop at the first one.",
)
exercise.slip(
    NUMBERS,
    "np.prod(shapes[-1])",
    name="out_of_the_network",
    when="what comes out of the whole network is counted",
    hint="The last shape is that of the classes. Look for the first layer whose name is FC.",
)
exercise.slip(
    NUMBERS,
    "np.prod(input_shape)",
    name="numbers_of_the_input",
    when="the numbers of the input are counted, whatever comes in between",
    hint="The layers before the first FC change the shape: `layer_shapes` follows them.",
)
exercise.slip(
    ('if layer["layer"] == "FC"', 'if layer["layer"] == "POOL"'),
    (f"            return int({NUMBERS})", f"            numbers = int({NUMBERS})\n    return numbers"),
    name="into_the_last_pool",
    when="what goes into the last POOL is counted, and not what goes into the first FC",
    hint="Pooling only makes the maps smaller. Look for the first layer whose name is FC.",
)

# -- which layers count --------------------------------------------------------------------------------------

exercise.slip(
    SHAPES,
    f"layers = [layer for layer in layers if layer['layer'] != 'POOL']\n    {SHAPES}",
    name="without_pooling",
    when="the pooling layers are passed over",
    hint="Pooling makes the maps smaller as well; `layer_shapes` knows how.",
)
exercise.slip(
    SHAPES,
    f"layers = [layer | {{'padding': 0}} if 'padding' in layer else layer for layer in layers]\n    {SHAPES}",
    name="without_padding",
    when="the paddings are left out",
    hint="A CONV may put zeros around its maps. `layer_shapes` looks at each layer's padding.",
)


@exercise.mistake(
    when="sides are halved with their fractions, and only the result is rounded down",
    hint="A window that does not fit is left out at *each* layer, so each side is a whole number: 13 halves to 6, not 6.5.",
)
def rounded_at_the_end(layers, input_shape):
    depth, height, width = input_shape
    for layer in layers:
        if layer["layer"] == "FC":
            break
        if layer["layer"] != "RELU":
            added = 2 * layer.get("padding", 0) - layer.get("kernel", layer.get("window"))
            height, width = ((side + added) / layer["stride"] + 1 for side in (height, width))
            depth = layer.get("filters", depth)
    return int(depth * height * width)


@exercise.mistake(
    when="what comes out of the last CONV is counted, before it is pooled",
    hint="Pooling then makes the maps smaller. Which shape goes *into* the first FC?",
)
def out_of_the_last_conv(layers, input_shape):
    shapes = reference.layer_shapes(layers, input_shape)
    convolved = [shape for layer, shape in zip(layers, shapes[1:], strict=True) if layer["layer"] == "CONV"]
    return math.prod(convolved[-1] if convolved else input_shape)


@exercise.form("out_of_the_last_conv")
def out_of_the_last_of_some_conv(layers, input_shape):
    shapes = reference.layer_shapes(layers, input_shape)
    convolved = [shape for layer, shape in zip(layers, shapes[1:], strict=True) if layer["layer"] == "CONV"]
    return math.prod(convolved[-1])


# -- what is returned ----------------------------------------------------------------------------------------

exercise.slip(
    f"int({NUMBERS})",
    "shape_before",
    name="the_shape_itself",
    when="the shape itself is returned",
    hint="Multiply its lengths: PyTorch takes one number.",
)
exercise.slip(
    NUMBERS,
    f'({NUMBERS} + 1) * layer["units"]',
    name="parameters_of_the_first_fc",
    when="the weights and biases of the first FC are counted",
    hint="The question is only how many numbers go in: one weight of one unit for each of them.",
)
exercise.slip(
    NUMBERS,
    f"{NUMBERS} + 1",
    name="with_the_bias",
    when="the bias is counted as one more number that goes in",
    hint="A bias belongs to the unit; no number of the image goes into it.",
)
exercise.slip(
    f"int({NUMBERS})",
    f"float({NUMBERS})",
    name="float",
    when="the result is a whole number written as a fraction (float)",
    hint="PyTorch takes a size only as an int. `math.prod` of whole numbers is one.",
)
exercise.slip(f"return int({NUMBERS})", f"print(int({NUMBERS}))", **common.PRINTED)


@exercise.form("into_the_last_fc")
def last_of_a_list(layers, input_shape):
    shapes = reference.layer_shapes(layers, input_shape)
    pairs = zip(layers, shapes, strict=False)
    return math.prod([shape for layer, shape in pairs if layer["layer"] == "FC"][-1])


@exercise.mistake(
    when="what goes into every FC is added up",
    hint="Only the first FC is asked about: return as soon as you reach it.",
)
def into_all_fc(layers, input_shape):
    shapes = reference.layer_shapes(layers, input_shape)
    return sum(
        math.prod(shape) for layer, shape in zip(layers, shapes, strict=False) if layer["layer"] == "FC"
    )


exercise.slip(
    "int(np.prod(shape_before))",
    'int(np.prod(shape_before)) * layer["units"]',
    name="weights_of_the_first_fc",
    when="the weights of the first FC are counted",
    hint="Each unit has that many weights; the numbers that go in are the same for all units.",
)
