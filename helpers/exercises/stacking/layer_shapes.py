"""The shape of the input and of what comes out of each layer."""

from helpers import reference
from helpers.exercises import common
from helpers.exercises.model import Case, Exercise
from helpers.exercises.stacking.networks import cifar_net, random_layers
from helpers.reference import conv_layer, fc_layer, output_size, pool_layer, relu_layer


def cases(rng):
    """One layer of each kind, sides that differ, strides, padding, then whole networks and random ones."""
    yield Case(([conv_layer(3, kernel=1)], (1, 2, 2)), "three filters of 1 x 1")
    yield Case(([conv_layer(4, kernel=3)], (1, 9, 9)), "four filters of 3 x 3 over the X")
    yield Case(([relu_layer()], (3, 7, 7)), "a ReLU")
    yield Case(([pool_layer(2)], (3, 6, 6)), "pooling")
    yield Case(([], (1, 9, 9)), "no layer at all")
    yield Case(([conv_layer(2, kernel=3)], (1, 6, 9)), "an image of 6 rows and 9 columns")
    yield Case(([conv_layer(2), conv_layer(5)], (3, 8, 9)), "two convolutional layers")
    yield Case(([conv_layer(4, stride=2)], (1, 7, 9)), "a stride of 2")
    yield Case(([conv_layer(4, stride=3)], (1, 7, 8)), "a stride that does not tile")
    yield Case(([conv_layer(4, kernel=5, padding=2)], (3, 8, 6)), "padding that keeps the size")
    yield Case(([conv_layer(2, kernel=3, stride=2, padding=2)], (2, 6, 9)), "stride and padding")
    yield Case(([pool_layer(2)], (4, 7, 5)), "a pooling layer that does not tile")
    yield Case(([pool_layer(3, stride=2)], (4, 9, 7)), "pooling windows that overlap")
    yield Case(([pool_layer(3, stride=2)], (4, 8, 6)), "pooling windows that overlap, and leave a row over")
    yield Case(([pool_layer(3)], (2, 9, 7)), "pooling windows of 3 x 3, side by side")
    yield Case(([fc_layer(10)], (3, 4, 5)), "a fully connected layer on an image")
    yield Case(([fc_layer(8), relu_layer(), fc_layer(2)], (1, 3, 3)), "two fully connected layers")
    small = [conv_layer(4), relu_layer(), pool_layer(2), fc_layer(2)]
    yield Case((small, (1, 9, 9)), "one layer of each kind on the X")
    yield Case((cifar_net(), (3, 32, 32)), "PyTorch's CIFAR-10 network")
    for count in (2, 4):
        height, width = (int(number) for number in rng.integers(90, 110, 2))
        yield Case((random_layers(rng, count), (int(rng.integers(1, 4)), height, width)), "random layers")


exercise = Exercise(
    reference.layer_shapes,
    cases,
    minutes=8,
    entries="shapes",
    whole_numbers=True,
    hints=(
        "Walk through the layers and keep one shape, that of what has come out so far. Each kind of layer changes it in its "
        "own way; append it to the list after each layer.",
        "CONV and POOL change height and width, both by `output_size`. CONV also has a new depth: its filters. FC turns "
        "everything into `(units,)`. RELU changes nothing.",
        "By hand: (3, 32, 32) under 6 filters of 5 x 5 is (6, 28, 28), for 32 - 5 + 1 = 28. POOL with window 2, stride 2: "
        "(6, 14, 14).",
    ),
)


@exercise.model
def layer_shapes(layers, input_shape):
    shape, shapes = input_shape, [input_shape]
    for layer in layers:
        if layer["layer"] == "FC":
            shape = (layer["units"],)
        elif layer["layer"] != "RELU":
            window = layer["window"] if layer["layer"] == "POOL" else layer["kernel"]
            sliding = window, layer["stride"], layer.get("padding", 0)
            sides = [reference.output_size(side, *sliding) for side in shape[1:]]
            shape = (layer.get("filters", shape[0]), *sides)
        shapes.append(shape)
    return shapes


@exercise.alternative
def kind_by_kind(layers, input_shape):
    """One branch for each kind of layer: good when more kinds are to come."""
    shapes = [input_shape]
    for layer in layers:
        shape = shapes[-1]
        if layer["layer"] == "CONV":
            sides = [output_size(n, layer["kernel"], layer["stride"], layer["padding"]) for n in shape[1:]]
            shape = (layer["filters"], *sides)
        elif layer["layer"] == "POOL":
            shape = (shape[0], *[output_size(n, layer["window"], layer["stride"]) for n in shape[1:]])
        elif layer["layer"] == "FC":
            shape = (layer["units"],)
        shapes.append(shape)
    return shapes


@exercise.alternative
def by_counting_positions(layers, input_shape):
    """Counts the positions instead of using a formula: good for checking it."""
    shapes = [list(input_shape)]
    for layer in layers:
        if "units" in layer:
            shapes.append([layer["units"]])
            continue
        shape = list(shapes[-1])
        shape[0] = layer.get("filters", shape[0])
        for axis in range(1, len(shape)):
            window = layer.get("kernel", layer.get("window", 1))
            room = shape[axis] + 2 * layer.get("padding", 0) - window
            shape[axis] = len(range(0, room + 1, layer.get("stride", 1)))
        shapes.append(shape)
    return shapes


SIZE = "reference.output_size(side, *sliding)"
SIDES = f"[{SIZE} for side in shape[1:]]"
DEPTH = 'layer.get("filters", shape[0])'
WINDOW = 'layer["window"] if layer["layer"] == "POOL" else layer["kernel"]'
SLIDING = 'window, layer["stride"], layer.get("padding", 0)'
KERNEL, STRIDE, PADDING = "sliding[0]", "sliding[1]", "sliding[2]"

# -- the depth -----------------------------------------------------------------------------------------------

exercise.slip(
    DEPTH,
    "shape[0]",
    name="depth_stays",
    when="a convolutional layer keeps the depth of its input",
    hint="The depth after CONV is the number of its filters: one feature map for each.",
)
exercise.slip(
    DEPTH,
    'layer["filters"]',
    name="filters_of_a_pool",
    when='`layer["filters"]` is read from a POOL, which has none',
    hint="A POOL keeps the depth that comes in. Treat it apart from CONV.",
)
exercise.slip(
    DEPTH,
    'shape[0] * layer.get("filters", 1)',
    name="depth_multiplied",
    when="the depth of the input is multiplied by the number of filters",
    hint="A filter covers all channels of its input and makes one map. So the depth after CONV is the number of filters.",
)
exercise.slip(
    DEPTH,
    'layer.get("filters", 1)',
    name="pooling_over_channels",
    when="pooling leaves one channel only",
    hint="Pooling works on each map by itself: the depth stays as it is.",
)
exercise.slip(
    DEPTH,
    'layer.get("filters", shape[0] // 2)',
    name="pooling_shrinks_the_depth",
    when="pooling makes the depth smaller too",
    hint="Pooling works on each map by itself: the depth stays as it is.",
)
exercise.slip(
    f"({DEPTH}, *sides)",
    f"(*sides, {DEPTH})",
    name="depth_last_and_wrong_sides",
    when="the depth is put last, so that the next layer takes it for a side",
    hint="Channels first: (depth, height, width).",
)

# -- the sides -----------------------------------------------------------------------------------------------

exercise.slip(
    "for side in shape[1:]]",
    "for side in shape[:0:-1]]",
    name="swapped_sides",
    when="height and width are swapped",
    hint="A shape says depth, height, width, in this order.",
)
exercise.slip(
    SIDES,
    "[reference.output_size(shape[1], *sliding)] * 2",
    name="only_square_images",
    when="the height is used for the width as well",
    hint="Images need not be square: compute both sides.",
)
exercise.slip(
    SIZE,
    f"(side + 2 * {PADDING} - {KERNEL} + 1)",
    name="stride_left_out",
    when="the stride is left out",
    hint='`output_size` takes the stride as well: `layer["stride"]`.',
)
exercise.slip(
    SLIDING,
    'window, 1 if "filters" in layer else layer["stride"], layer.get("padding", 0)',
    name="stride_of_conv_left_out",
    when="the stride of convolutional layers is left out",
    hint='A convolutional layer has a stride too: `layer["stride"]`.',
)
exercise.slip(
    'layer.get("padding", 0)',
    "0",
    name="padding_left_out",
    when="the padding is left out",
    hint='A convolutional layer says how much padding it has: `layer["padding"]`.',
)
exercise.slip(
    'layer.get("padding", 0)',
    'layer["padding"]',
    name="padding_of_a_pool",
    when='`layer["padding"]` is read from a POOL, which has none',
    hint='A POOL has a window and a stride only. `layer.get("padding", 0)` is 0 where there is no padding.',
)
exercise.slip(
    SIZE,
    f"(side + {PADDING} - {KERNEL}) // {STRIDE} + 1",
    name="padding_counted_once",
    when="the padding is counted on one side only",
    hint="Zeros are laid on both sides. `output_size` counts them twice for you.",
)
exercise.slip(
    SIZE,
    f"(side + 2 * {PADDING} - {KERNEL}) // {STRIDE}",
    name="without_plus_one",
    when="the last + 1 is missing",
    hint="That is the number of steps from the first position to the last; there is one position more. Call `output_size`.",
)
exercise.slip(
    SIZE,
    f"-(-(side + 2 * {PADDING} - {KERNEL}) // {STRIDE}) + 1",
    name="ceil_instead_of_floor",
    when="a window that sticks out at the end counts as a position",
    hint="Only windows that fit count: floor, not ceil. Call `output_size`.",
)
exercise.slip(
    SIZE,
    f"(side + 2 * {PADDING} - {KERNEL}) / {STRIDE} + 1",
    name="fractions",
    when="the sides are computed with `/`, which gives fractions",
    hint="`//` divides and leaves a whole number. `output_size` does all of it.",
)
exercise.slip(
    SIZE,
    f"round((side + 2 * {PADDING} - {KERNEL}) / {STRIDE}) + 1",
    name="rounded_instead_of_floor",
    when="the number of steps is rounded to the nearest whole number",
    hint="Only windows that fit count: round down, as `//` does. Call `output_size`.",
)

# -- pooling -------------------------------------------------------------------------------------------------

exercise.slip(
    WINDOW,
    'layer["kernel"]',
    name="kernel_of_a_pool",
    when='`layer["kernel"]` is read from a POOL, which has a window instead',
    hint='A POOL has no kernel, for it has no weights. The side of its window is `layer["window"]`.',
)
exercise.slip(
    'elif layer["layer"] != "RELU":',
    'elif layer["layer"] == "CONV":',
    name="pooling_left_out",
    when="pooling layers change nothing",
    hint="POOL slides a window as CONV slides a kernel: `output_size(side, window, stride)` for height and width.",
)
exercise.slip(
    SIDES,
    f'[{SIZE} if "filters" in layer else side // 2 for side in shape[1:]]',
    name="pooling_halves",
    when="pooling always divides height and width by 2",
    hint="A pooling layer has a window and a stride of its own. `output_size` takes both.",
)
exercise.slip(
    SIDES,
    f'[{SIZE} if "filters" in layer else side // layer["stride"] for side in shape[1:]]',
    name="pooling_divides_by_the_stride",
    when="pooling divides height and width by the stride, however large its windows are",
    hint="Windows that overlap may not fit as often as that: the last one must be inside. `output_size` takes the window too.",
)
exercise.slip(
    SLIDING,
    'window, layer["stride"] if "filters" in layer else window, layer.get("padding", 0)',
    name="pooling_stride_from_the_window",
    when="the stride is taken to be as large as the pooling window",
    hint='Pooling windows may overlap: the stride is `layer["stride"]`.',
)
exercise.slip(
    SIDES,
    '[side - window + 1 if "filters" in layer else side // 2 for side in shape[1:]]',
    name="kernel_only_and_halves",
    when="stride and padding of CONV are left out, and POOL divides by 2",
    hint="`output_size` takes kernel, stride and padding, and works for the window of a POOL too.",
)

# -- fully connected layers ----------------------------------------------------------------------------------

exercise.slip(
    'shape = (layer["units"],)',
    'shape = (layer["units"])',
    name="number_instead_of_a_tuple",
    when="the shape after FC is a number and not a tuple",
    hint="A shape is a tuple, also with one entry: `(10,)`. The comma makes the tuple; `(10)` is the number 10.",
)
exercise.slip(
    'shape = (layer["units"],)',
    'shape = (layer["units"], 1, 1)',
    name="votes_of_one_pixel",
    when="the shape after FC keeps a height and a width of 1",
    hint="After FC there are no rows and columns any more: `(units,)`.",
)
exercise.slip(
    'shape = (layer["units"],)',
    'shape = (layer["units"], *shape[1:])',
    name="votes_as_channels",
    when="a fully connected layer keeps height and width",
    hint="FC turns all that comes in, rows and columns too, into one row of numbers: `(units,)`.",
)
exercise.slip(
    'shape = (layer["units"],)',
    "pass",
    name="votes_left_out",
    when="a fully connected layer changes nothing",
    hint="FC turns all that comes in into one row of numbers: `(layer['units'],)`.",
)

# -- the list ------------------------------------------------------------------------------------------------

exercise.slip(
    "[input_shape]\n",
    "[]\n",
    name="without_the_input_shape",
    when="the input's shape is left out at the beginning",
    hint="Begin the list with `input_shape`: `shapes = [input_shape]`.",
)
exercise.slip(
    "        shapes.append(shape)",
    '        if layer["layer"] != "RELU":\n            shapes.append(shape)',
    name="relu_left_out",
    when="layers that do not change the shape are left out of the list",
    hint="One shape for every layer, also where it is the same as before. `append` belongs below the `if`s.",
)
exercise.slip(
    "    for layer in layers:",
    "    for layer in layers:\n        shape = input_shape",
    name="all_on_the_input",
    when="every layer is applied to the input itself",
    hint="What comes out of one layer goes into the next. Keep the shape from turn to turn.",
)
exercise.slip(
    "return shapes",
    "return shape",
    name="only_the_last_shape",
    when="only the last shape is returned",
    hint="The list holds the shape after every layer. Append in each turn.",
)
exercise.slip("    return shapes", "        return shapes", **common.IN_THE_LOOP)
exercise.slip(
    "return shapes",
    "return [shape[1:] + shape[:1] for shape in shapes]",
    name="depth_last",
    when="the depth comes last",
    hint="Channels first: (depth, height, width).",
)
exercise.slip(
    "return shapes",
    'return list(zip(["INPUT", *[layer["layer"] for layer in layers]], shapes, strict=True))',
    name="names_and_shapes",
    when="the name of the layer is put in with each shape",
    hint="Only the shapes are asked for here; the names come in the next exercise.",
)


@exercise.mistake(
    when="one and the same list is changed in every turn, so that the shapes in it change afterwards",
    hint="Make a new shape for each layer. A tuple is safe: nobody can change it.",
)
def one_list_for_all(layers, input_shape):
    shape = list(input_shape)
    shapes = [shape]
    for layer in layers:
        if layer["layer"] == "FC":
            shape = [layer["units"]]
        elif layer["layer"] != "RELU":
            window = layer["window"] if layer["layer"] == "POOL" else layer["kernel"]
            sliding = window, layer["stride"], layer.get("padding", 0)
            shape[1:] = [output_size(side, *sliding) for side in shape[1:]]
            shape[0] = layer.get("filters", shape[0])
        shapes.append(shape)
    return shapes


@exercise.form("one_list_for_all")
def one_list_until_the_end(layers, input_shape):
    shape = list(input_shape)
    shapes = [shape]
    for layer in layers:
        if layer["layer"] == "FC":
            shape[:] = [layer["units"]]
        elif layer["layer"] != "RELU":
            sliding = layer["kernel"], layer["stride"], layer.get("padding", 0)
            shape[1:] = [output_size(side, *sliding) for side in shape[1:]]
            shape[0] = layer.get("filters", shape[0])
        shapes.append(shape)
    return shapes


@exercise.form("one_list_for_all")
def one_list_turned_into_tuples(layers, input_shape):
    return [tuple(shape) for shape in one_list_until_the_end(layers, input_shape)]


exercise.slip(
    "            sides = [reference.output_size(side, *sliding) for side in shape[1:]]\n",
    "            height = reference.output_size(shape[1], *sliding)\n"
    "            sides = [height, reference.output_size(height, *sliding)]\n",
    name="width_from_the_new_height",
    when="the width is computed from the new height instead of from the old width",
    hint="Height and width each have their own size: compute the width from the width before this layer.",
)

exercise.slip(
    '(layer["units"],)',
    '(1, layer["units"])',
    name="votes_of_a_batch_of_one",
    when="the shape after FC begins with 1, as for a batch of one image",
    hint="The shapes are those of one image, without the batch: `(10,)` after ten units.",
)

exercise.equivalent_mutant(
    "('CONV', 'POOL') -> ('POOL', 'CONV')",
    because="whether a name is one of two does not depend on the order in which they are listed",
)
