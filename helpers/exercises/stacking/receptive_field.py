"""The side of the square of input pixels that one value after some layers looks at."""

import math

from helpers import reference
from helpers.exercises import common
from helpers.exercises.model import Case, Exercise
from helpers.exercises.stacking.networks import cifar_net, random_layers
from helpers.reference import conv_layer, pool_layer, relu_layer


def cases(rng):
    """One layer, two, strides, pooling, padding, then whole networks and random ones."""
    yield Case(([conv_layer(4, kernel=3)],), "one layer with a kernel of 3")
    yield Case(([conv_layer(4, kernel=3), conv_layer(4, kernel=3)],), "two layers with kernels of 3")
    yield Case(([conv_layer(4, kernel=5), conv_layer(4, kernel=2)],), "a kernel of 5, then one of 2")
    yield Case(([conv_layer(4), relu_layer(), conv_layer(4)],), "a ReLU in between")
    yield Case(([pool_layer(2)],), "one pooling layer")
    yield Case(([conv_layer(4, stride=2), conv_layer(4)],), "a stride of 2, then a kernel of 3")
    yield Case(([conv_layer(4), conv_layer(4, stride=3)],), "a stride of 3 in the last layer")
    yield Case(([conv_layer(4), pool_layer(2), conv_layer(4)],), "a pooling layer in between")
    yield Case(([pool_layer(2), pool_layer(2), pool_layer(2)],), "three pooling layers")
    yield Case(([pool_layer(3, stride=2), conv_layer(4, kernel=5)],), "pooling windows that overlap")
    yield Case(([conv_layer(4, padding=1), conv_layer(4, padding=1)],), "padding")
    yield Case(([conv_layer(4, kernel=1), relu_layer()],), "a kernel of 1")
    yield Case(([],), "no layer at all")
    yield Case((cifar_net()[:6],), "the layers before the voting in PyTorch's CIFAR-10 network")
    for count in (3, 5, 8):
        yield Case((random_layers(rng, count),), f"{count} random layers")


exercise = Exercise(
    reference.receptive_field,
    cases,
    minutes=7,
    whole_numbers=True,
    hints=(
        "Go backwards. Start with one value after the last layer, and ask of each layer how many values side by side it "
        "needs to make as many as you have.",
        "`reversed(layers)` goes from the last layer to the first. A RELU needs no more values than it makes; it has no kernel and no window.",
        "By hand: 3 values, made with a kernel of 5 and a stride of 2, need windows that begin at 0, 2 and 4. The last one "
        "covers 4 to 8. So they need 9 values: two steps of 2, and one kernel of 5.",
    ),
    cancelling=(("less_the_padding", "plus_the_padding"),),
)


@exercise.model
def receptive_field(layers):
    size = 1
    for layer in reversed(layers):
        if layer["layer"] != "RELU":
            window = layer["window"] if layer["layer"] == "POOL" else layer["kernel"]
            size = (size - 1) * layer["stride"] + window
    return size


def window_of(layer):
    """The side of a layer's kernel or pooling window; a ReLU looks at one value."""
    return layer.get("kernel", layer.get("window", 1))


@exercise.alternative
def from_the_first_layer_to_the_last(layers):
    """Forwards, with the step between neighbours: good when you also want the field after each layer."""
    size, step = 1, 1
    for layer in layers:
        size += (window_of(layer) - 1) * step
        step *= layer.get("stride", 1)
    return size


@exercise.alternative
def first_and_last_pixel(layers):
    """Follows the two outermost pixels back: it also says where the field lies."""
    first, last = 0, 0
    for layer in layers[::-1]:
        if layer["layer"] in ("CONV", "POOL"):
            first = first * layer["stride"] - layer.get("padding", 0)
            last = last * layer["stride"] - layer.get("padding", 0) + window_of(layer) - 1
    return last - first + 1


@exercise.alternative
def one_layer_and_the_rest(layers):
    """A function that calls itself: as short as the formula."""
    if not layers:
        return 1
    layer, rest = layers[0], layers[1:]
    return (one_layer_and_the_rest(rest) - 1) * layer.get("stride", 1) + window_of(layer)


STEPS, ROW = (
    '(size - 1) * layer["stride"]',
    '            size = (size - 1) * layer["stride"] + window\n',
)
WINDOW = 'layer["window"] if layer["layer"] == "POOL" else layer["kernel"]'
ASKS = 'if layer["layer"] != "RELU":'

# -- the formula ---------------------------------------------------------------------------------------------

exercise.slip(
    (STEPS, "size"),
    name="whole_kernels_added",
    when="each kernel adds its whole side instead of its side less 1, and the strides are left out",
    hint="A kernel of 3 over one value: one of its three values is the one that you have already.",
)
exercise.slip(
    (STEPS, "size - 1"),
    name="without_strides",
    when="the strides are left out",
    hint="After a stride of 2, two values side by side come from windows that begin 2 pixels apart.",
)
exercise.slip(
    (ROW, '            size = size * layer["stride"] + window - 1\n'),
    name="steps_as_many_as_windows",
    when="the number of values is multiplied by the stride, and not the number of steps between them",
    hint="From the first of three windows to the last there are two steps: one step fewer than there are windows.",
)
exercise.slip(
    "(size - 1)",
    "size",
    name="size_times_stride",
    when="the size itself is multiplied by the stride, and the whole kernel is added",
    hint="Three windows are two steps apart from first to last: it is size - 1 steps.",
)
exercise.slip(
    ') * layer["stride"]',
    ') // layer["stride"]',
    name="divided_by_the_stride",
    when="the steps are divided by the stride",
    hint="Going backwards, you need more values than you make: multiply by the stride.",
)
exercise.slip(
    " + window",
    ' + window - 2 * layer.get("padding", 0)',
    name="less_the_padding",
    when="the padding is taken away",
    hint="Padding moves the window over the edge of the image. It makes it neither larger nor smaller.",
)
exercise.slip(
    " + window",
    ' + window + 2 * layer.get("padding", 0)',
    name="plus_the_padding",
    when="the padding is added",
    hint="Padding moves the window over the edge of the image. It makes it neither larger nor smaller.",
)
exercise.slip(
    (STEPS, "size * window"),
    (" + window", ""),
    name="product_of_kernels",
    when="the kernels are multiplied",
    hint="Neighbouring windows overlap. Draw two kernels of 3, one on top of the other: together they see 5 pixels, not 9.",
)
exercise.slip(
    "size = 1",
    "size = 0",
    name="starts_with_nothing",
    when="the count starts with 0 pixels instead of 1",
    hint="Without any layer a value is a pixel, and looks at 1 pixel.",
)

# -- the direction -------------------------------------------------------------------------------------------

exercise.slip(
    "reversed(layers)",
    "layers",
    name="backward_formula_forwards",
    when="the formula for going backwards is used from the first layer to the last",
    hint="You ask what a layer needs to make what comes after it. So begin with the last layer: `reversed(layers)`.",
)
exercise.slip("    return size", "        return size", **common.IN_THE_LOOP)
exercise.slip(
    "reversed(layers)",
    "layers[:1]",
    name="only_the_first_layer",
    when="only the first layer is looked at",
    hint="A `return` inside the loop ends it after one layer. It belongs below the loop.",
)

# -- which layers --------------------------------------------------------------------------------------------

exercise.slip(
    ASKS,
    "if True:",
    name="kernel_of_a_relu",
    when="kernel and stride are read from a RELU, which has neither",
    hint='Ask first: `if layer["layer"] != "RELU"`.',
)
exercise.slip(
    WINDOW,
    'layer["kernel"]',
    name="kernel_of_a_pool",
    when='`layer["kernel"]` is read from a POOL, which has a window instead',
    hint='A POOL has no kernel, for it has no weights. The side of its window is `layer["window"]`.',
)
exercise.slip(
    ASKS,
    'if layer["layer"] == "CONV":',
    name="without_pooling",
    when="pooling layers are left out",
    hint="A pooling layer looks through a window too, and has a stride. Treat it as you treat CONV.",
)
exercise.slip(
    ROW,
    ROW.replace("+ window", '+ (window if layer["layer"] == "CONV" else 1)'),
    name="pooling_only_as_a_stride",
    when="the windows of pooling layers are left out, and only their strides count",
    hint="A pooling window of 2 adds what it sees besides one value: its side less 1, as a kernel does.",
)
exercise.slip(
    ROW,
    ROW.replace('* layer["stride"]', '* (layer["stride"] if layer["layer"] == "CONV" else 1)'),
    name="pooling_without_its_stride",
    when="the strides of pooling layers are left out",
    hint="A pooling layer has a stride as well: `layer['stride']`.",
)
exercise.slip(
    ROW,
    ROW.replace('* layer["stride"]', '* (layer["stride"] if layer["layer"] == "POOL" else 1)'),
    name="convolution_without_its_stride",
    when="the strides of convolutional layers are left out",
    hint="A convolutional layer has a stride too: `layer['stride']`.",
)
exercise.slip(
    ROW,
    ROW.replace("size = ", 'size = size * window if layer["layer"] == "POOL" else '),
    name="pooling_multiplies",
    when="a pooling layer multiplies the size by its window",
    hint="That holds only if the windows are side by side. They may overlap: a POOL has a window and a stride of its own.",
)

# -- what is returned ----------------------------------------------------------------------------------------

exercise.slip(
    "return size",
    "return size**2",
    name="area",
    when="the area is returned instead of the side",
    hint="The question is for the side of the square. Its area is the side times itself.",
)
exercise.slip(
    "return size",
    "return size, size",
    name="height_and_width",
    when="height and width are both returned",
    hint="All kernels here are square, so one number will do: the side.",
)
exercise.slip("return size", "print(size)", **common.PRINTED)

# -- forwards, with a step that grows ------------------------------------------------------------------------


@exercise.mistake(
    when="the kernels are added up",
    hint="The first kernel covers 3 pixels; the next one adds only those that are new. Two kernels of 3 see 5 pixels.",
)
def sum_of_kernels(layers):
    return sum(layer.get("kernel", layer.get("window", 0)) for layer in layers)


@exercise.mistake(
    when="only the largest kernel is looked at",
    hint="What the last layer looks at has been computed from more than it sees itself. Every layer widens the view.",
)
def largest_kernel(layers):
    return max((window_of(layer) for layer in layers), default=1)


@exercise.mistake(
    when="a layer's own stride is counted before its window is",
    hint="A layer's stride spreads what the layers *after* it see, not its own window. One layer of kernel 3 and stride 2 "
    "sees 3 pixels.",
)
def stride_before_the_window(layers):
    size, step = 1, 1
    for layer in layers:
        step *= layer.get("stride", 1)
        size += (window_of(layer) - 1) * step
    return size


@exercise.mistake(
    when="the strides are added up instead of multiplied",
    hint="A stride of 2 after a stride of 2 moves the window by 4 pixels, and another one by 8.",
)
def strides_added(layers):
    size, step = 1, 1
    for layer in layers:
        size += (window_of(layer) - 1) * step
        step += layer.get("stride", 1) - 1
    return size


@exercise.mistake(
    when="only the stride of the layer before is counted",
    hint="All strides before a layer count, one times the other.",
)
def only_the_stride_before(layers):
    size, step = 1, 1
    for layer in layers:
        size += (window_of(layer) - 1) * step
        step = layer.get("stride", 1)
    return size


@exercise.mistake(
    when="the whole kernel is added, times all strides before it, instead of its side less 1",
    hint="A kernel of 3 over one value: one of its three values is the one that you have already.",
)
def whole_kernels_spread(layers):
    size, step = 1, 1
    for layer in layers:
        size += layer.get("kernel", layer.get("window", 0)) * step
        step *= layer.get("stride", 1)
    return size


@exercise.mistake(
    when="the count starts with 0 pixels instead of 1, going forwards",
    hint="Without any layer a value is a pixel, and looks at 1 pixel.",
)
def starts_with_nothing_forwards(layers):
    size, step = 0, 1
    for layer in layers:
        size += (window_of(layer) - 1) * step
        step *= layer.get("stride", 1)
    return size


@exercise.mistake(
    when="only the last layer is looked at",
    hint="Each turn must go on from the size that the turn before has found.",
)
def only_the_last_layer(layers):
    size = 1
    for layer in layers:
        size = window_of(layer)
    return size


@exercise.mistake(
    when="the sizes after all layers are returned in a list",
    hint="One number is asked for: what a value after the last layer looks at.",
)
def all_sizes(layers):
    sizes, size, step = [], 1, 1
    for layer in layers:
        size += (window_of(layer) - 1) * step
        step *= layer.get("stride", 1)
        sizes.append(size)
    return sizes


@exercise.mistake(
    when="a POOL adds its whole window and not one pixel less",
    hint="A window of 2 sees one pixel more than a single value does: POOL adds its window less 1, as CONV does.",
)
def pool_adds_its_whole_window(layers):
    size, step = 1, 1
    for layer in layers:
        size += (window_of(layer) - (layer["layer"] != "POOL")) * step
        step *= layer.get("stride", 1)
    return size


@exercise.form("product_of_kernels")
def product_in_one_line(layers):
    return math.prod(window_of(layer) for layer in layers)
