"""What lesson 06 asks: receptive_field, parse_pattern, layer_shapes, parameter_table."""

import math
import re

from helpers import reference
from helpers.exercises.model import Case, Exercise
from helpers.reference import conv_layer, conv_parameters, fc_layer, output_size, pool_layer, relu_layer

_GROUP = r"\[([^\[\]]*)\]\s*\*\s*(\d+)"


def _cifar_net():
    """The layers of the network in PyTorch's CIFAR-10 tutorial."""
    pattern = "INPUT -> [CONV -> RELU -> POOL]*2 -> [FC -> RELU]*2 -> FC"
    return reference.describe_layers(pattern, filters=[6, 16], units=[120, 84, 10], kernel=5)


def _random_layers(rng, count):
    """Convolutional, pooling and ReLU layers, in any order and with any settings."""
    layers = []
    for kind in rng.choice(["CONV", "CONV", "POOL", "RELU"], count):
        kernel, stride, padding = (int(number) for number in rng.integers((1, 1, 0), (5, 4, 3)))
        if kind == "CONV":
            layers.append(conv_layer(int(rng.integers(1, 9)), kernel, stride, padding))
        else:
            layers.append(pool_layer(kernel, stride) if kind == "POOL" else relu_layer())
    return layers


def _receptive_cases(rng):
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
    yield Case((_cifar_net()[:6],), "the layers before the voting in PyTorch's CIFAR-10 network")
    for count in (3, 5, 8):
        yield Case((_random_layers(rng, count),), f"{count} random layers")


receptive_field = Exercise(
    name="receptive_field",
    reference=reference.receptive_field,
    cases=_receptive_cases,
    whole_numbers=True,
    hints=(
        "Go backwards. Start with one value after the last layer, and ask of each layer how many values side by side it "
        "needs, to make as many as you have.",
        "`reversed(layers)` goes from the last layer to the first. A RELU needs no more than there are; it has no kernel.",
        "By hand: 3 values, made with a kernel of 5 and a stride of 2, need windows that begin at 0, 2 and 4. The last one "
        "covers 4 to 8. So they need 9 values: two steps of 2, and one kernel of 5.",
    ),
)


@receptive_field.alternative
def from_the_last_layer_to_the_first(layers):
    size = 1
    for layer in reversed(layers):
        if "kernel" in layer:
            size = (size - 1) * layer["stride"] + layer["kernel"]
    return size


@receptive_field.alternative
def first_and_last_pixel(layers):
    first, last = 0, 0
    for layer in layers[::-1]:
        if layer["layer"] in ("CONV", "POOL"):
            first = first * layer["stride"] - layer.get("padding", 0)
            last = last * layer["stride"] - layer.get("padding", 0) + layer["kernel"] - 1
    return last - first + 1


@receptive_field.alternative
def one_layer_and_the_rest(layers):
    if not layers:
        return 1
    layer, rest = layers[0], layers[1:]
    return (one_layer_and_the_rest(rest) - 1) * layer.get("stride", 1) + layer.get("kernel", 1)


@receptive_field.mistake(
    when="the kernels are added up",
    hint="The first kernel covers 3 pixels; the next one adds only those that are new. Two kernels of 3 see 5 pixels.",
)
def sum_of_kernels(layers):
    return sum(layer.get("kernel", 0) for layer in layers)


@receptive_field.mistake(
    when="the kernels are multiplied",
    hint="Neighbouring windows overlap. Draw two kernels of 3, one on top of the other: together they see 5 pixels, not 9.",
)
def product_of_kernels(layers):
    return math.prod(layer.get("kernel", 1) for layer in layers)


@receptive_field.mistake(
    when="only the largest kernel is looked at",
    hint="What the last layer looks at has been computed from more than it sees itself. Every layer widens the view.",
)
def largest_kernel(layers):
    return max((layer.get("kernel", 1) for layer in layers), default=1)


@receptive_field.mistake(
    when="the strides are left out",
    hint="After a stride of 2, two values side by side come from windows that stand 2 pixels apart.",
)
def without_strides(layers):
    return 1 + sum(layer.get("kernel", 1) - 1 for layer in layers)


@receptive_field.mistake(
    when="a layer's own stride is counted before its window is",
    hint="A layer's stride spreads what the layers *after* it see, not its own window. One layer of kernel 3 and stride 2 "
    "sees 3 pixels.",
)
def stride_before_the_window(layers):
    size, step = 1, 1
    for layer in layers:
        step *= layer.get("stride", 1)
        size += (layer.get("kernel", 1) - 1) * step
    return size


@receptive_field.mistake(
    when="the strides are added up instead of multiplied",
    hint="A stride of 2 after a stride of 2 moves the window by 4 pixels, and another one by 8.",
)
def strides_added(layers):
    size, step = 1, 1
    for layer in layers:
        size += (layer.get("kernel", 1) - 1) * step
        step += layer.get("stride", 1) - 1
    return size


@receptive_field.mistake(
    when="only the stride of the layer before is counted",
    hint="All strides before a layer count, one times the other.",
)
def only_the_stride_before(layers):
    size, step = 1, 1
    for layer in layers:
        size += (layer.get("kernel", 1) - 1) * step
        step = layer.get("stride", 1)
    return size


@receptive_field.mistake(
    when="the formula for going backwards is used from the first layer to the last",
    hint="You ask what a layer needs, to make what comes after it. So begin with the last layer: `reversed(layers)`.",
)
def backward_formula_forwards(layers):
    size = 1
    for layer in layers:
        size = (size - 1) * layer.get("stride", 1) + layer.get("kernel", 1)
    return size


@receptive_field.mistake(
    when="the number of values is multiplied by the stride, and not the number of steps between them",
    hint="Three windows stand two steps apart from first to last: one step fewer than there are windows.",
)
def steps_as_many_as_windows(layers):
    size = 1
    for layer in reversed(layers):
        size = size * layer.get("stride", 1) + layer.get("kernel", 1) - 1
    return size


@receptive_field.mistake(
    when="pooling layers are left out",
    hint="A pooling layer looks through a window too, and has a stride. Treat it as you treat CONV.",
)
def without_pooling(layers):
    size, step = 1, 1
    for layer in layers:
        if layer["layer"] == "CONV":
            size += (layer["kernel"] - 1) * step
            step *= layer["stride"]
    return size


@receptive_field.mistake(
    when="the windows of pooling layers are left out, and only their strides count",
    hint="A pooling window of 2 adds what it sees besides one value: its kernel less 1, like any other.",
)
def pooling_only_as_a_stride(layers):
    size, step = 1, 1
    for layer in layers:
        if layer["layer"] == "CONV":
            size += (layer["kernel"] - 1) * step
        step *= layer.get("stride", 1)
    return size


@receptive_field.mistake(
    when="the strides of pooling layers are left out",
    hint="A pooling layer has a stride as well: `layer['stride']`.",
)
def pooling_without_its_stride(layers):
    size, step = 1, 1
    for layer in layers:
        size += (layer.get("kernel", 1) - 1) * step
        if layer["layer"] == "CONV":
            step *= layer["stride"]
    return size


@receptive_field.mistake(
    when="the strides of convolutional layers are left out",
    hint="A convolutional layer has a stride too: `layer['stride']`.",
)
def convolution_without_its_stride(layers):
    size, step = 1, 1
    for layer in layers:
        size += (layer.get("kernel", 1) - 1) * step
        if layer["layer"] == "POOL":
            step *= layer["stride"]
    return size


@receptive_field.mistake(
    when="a pooling layer multiplies the size by its window",
    hint="That holds only if the windows lie side by side. They may overlap: a POOL has a kernel and a stride, like a CONV.",
)
def pooling_multiplies(layers):
    size = 1
    for layer in reversed(layers):
        if layer["layer"] == "CONV":
            size = (size - 1) * layer["stride"] + layer["kernel"]
        elif layer["layer"] == "POOL":
            size *= layer["kernel"]
    return size


@receptive_field.mistake(
    when="the steps are divided by the stride",
    hint="Going backwards, you need more values than you make: multiply by the stride.",
)
def divided_by_the_stride(layers):
    size = 1
    for layer in reversed(layers):
        size = (size - 1) // layer.get("stride", 1) + layer.get("kernel", 1)
    return size


@receptive_field.mistake(
    when="the padding is taken away",
    hint="Padding moves the window over the edge of the image. It makes it neither larger nor smaller.",
)
def less_the_padding(layers):
    size, step = 1, 1
    for layer in layers:
        size += (layer.get("kernel", 1) - 1 - 2 * layer.get("padding", 0)) * step
        step *= layer.get("stride", 1)
    return size


@receptive_field.mistake(
    when="the padding is added",
    hint="Padding moves the window over the edge of the image. It makes it neither larger nor smaller.",
)
def plus_the_padding(layers):
    size, step = 1, 1
    for layer in layers:
        size += (layer.get("kernel", 1) - 1 + 2 * layer.get("padding", 0)) * step
        step *= layer.get("stride", 1)
    return size


@receptive_field.mistake(
    when="one starts with 0 pixels instead of 1",
    hint="Without any layer a value is a pixel, and looks at 1 pixel.",
)
def starts_with_nothing(layers):
    size, step = 0, 1
    for layer in layers:
        size += (layer.get("kernel", 1) - 1) * step
        step *= layer.get("stride", 1)
    return size


@receptive_field.mistake(
    when="each kernel adds its whole side instead of its side less 1",
    hint="A kernel of 3 over one value: one of its three values is the one that you have already.",
)
def whole_kernels_added(layers):
    size, step = 1, 1
    for layer in layers:
        size += layer.get("kernel", 0) * step
        step *= layer.get("stride", 1)
    return size


@receptive_field.mistake(
    when="the area is returned instead of the side",
    hint="The question is for the side of the square. Its area is the side times itself.",
)
def area(layers):
    return reference.receptive_field(layers) ** 2


@receptive_field.mistake(
    when="height and width are both returned",
    hint="All kernels here are square, so one number will do: the side.",
)
def height_and_width(layers):
    return reference.receptive_field(layers), reference.receptive_field(layers)


@receptive_field.mistake(
    when="only the first layer is looked at",
    hint="A `return` inside the loop ends it after one layer. It belongs below the loop.",
)
def only_the_first_layer(layers):
    return reference.receptive_field(layers[:1])


@receptive_field.mistake(
    when="only the last layer is looked at",
    hint="Each round must go on from the size that the round before has found.",
)
def only_the_last_layer(layers):
    return reference.receptive_field(layers[-1:])


@receptive_field.mistake(
    when="the sizes after all layers are returned in a list",
    hint="One number is asked for: what a value after the last layer looks at.",
)
def all_sizes(layers):
    return [reference.receptive_field(layers[: index + 1]) for index in range(len(layers))]


@receptive_field.mistake(
    when='`layer["kernel"]` is read of a RELU, which has none',
    hint='Ask first: `if "kernel" in layer`, or `if layer["layer"] != "RELU"`.',
)
def kernel_of_a_relu(layers):
    size = 1
    for layer in reversed(layers):
        size = (size - 1) * layer.get("stride", 1) + layer["kernel"]
    return size


def _random_pattern(rng):
    """A pattern with random numbers, and sometimes an optional pooling layer."""
    n, m, k = (int(number) for number in rng.integers(0, 4, 3))
    pool = rng.choice(["", " -> POOL", " -> POOL?"])
    return f"INPUT -> [[CONV -> RELU]*{n + 1}{pool}]*{m + 1} -> [FC -> RELU]*{k} -> FC"


def _pattern_cases(rng):
    for optional in (True, False):
        yield Case(("INPUT -> FC", optional), "two layers and no brackets")
    yield Case(("INPUT -> CONV -> RELU -> FC", True), "four layers and no brackets")
    yield Case(("INPUT -> [CONV -> RELU]*2 -> FC", True), "a group, twice")
    yield Case(("INPUT -> CONV -> POOL? -> FC", True), "a POOL that may stay")
    yield Case(("INPUT -> CONV -> POOL? -> FC", False), "a POOL that must go")
    yield Case(("INPUT -> CONV -> POOL -> POOL? -> FC", False), "two POOLs, of which one must go")
    yield Case(("INPUT -> [CONV -> RELU]*1 -> [FC -> RELU]*2 -> FC", True), "two groups")
    yield Case(("INPUT -> [[CONV -> RELU]*2 -> POOL]*3 -> FC", True), "a group inside a group")
    yield Case(("INPUT -> CONV -> [FC -> RELU]*0 -> FC", True), "a group that comes no times")
    yield Case(("INPUT->[CONV->RELU]*3->FC", True), "no spaces")
    yield Case(("INPUT  ->  [ CONV -> RELU ] * 2  ->  FC", True), "many spaces")
    yield Case(("INPUT -> [CONV]*1 -> [CONV]*12 -> FC", True), "a number of two digits")
    yield Case(("INPUT -> [[[CONV]*2 -> RELU]*2 -> POOL?]*2 -> FC", True), "three levels of brackets")
    yield Case(("INPUT -> [[CONV]*2 -> [RELU]*1 -> POOL?]*2 -> FC", False), "two groups inside a group")
    yield Case(("INPUT -> [[CONV -> RELU]*0 -> POOL]*2 -> FC", True), "an empty group inside a group")
    for optional in (True, False, True):
        yield Case((_random_pattern(rng), optional), "a pattern with random numbers")


parse_pattern = Exercise(
    name="parse_pattern",
    reference=reference.parse_pattern,
    cases=_pattern_cases,
    time_limit=2.0,
    hints=(
        "Write out one innermost group, and look again; stop when no group is left. A `while` loop does it.",
        "`re.search(GROUP, text)` finds a group: `found[0]` is all of it, `found[1]` what is in the brackets, `found[2]` the "
        "number as a text. `text.replace(old, new, 1)` replaces one occurrence.",
        'By hand: "INPUT -> [CONV -> RELU]*2 -> FC" becomes "INPUT -> CONV -> RELU -> CONV -> RELU -> FC"; '
        '`.split("->")` cuts that into pieces, and `.strip()` takes the spaces off each piece.',
    ),
)


@parse_pattern.alternative
def group_by_group(text, optional=True):
    while found := re.search(_GROUP, text):
        copies = "->".join([found[1]] * int(found[2]))
        text = text.replace(found[0], copies, 1)
    names = [name.strip() for name in text.split("->")]
    if not optional:
        names = [name for name in names if "?" not in name]
    return [name.replace("?", "") for name in names if name]


@parse_pattern.alternative
def with_a_stack(text, optional=True):
    stack = [[]]
    for word in re.findall(r"\w+\??|\[|\]\s*\*\s*\d+", text):
        if word == "[":
            stack.append([])
        elif word.startswith("]"):
            group = stack.pop()
            stack[-1] += group * int(word.split("*")[1])
        elif optional or not word.endswith("?"):
            stack[-1].append(word.rstrip("?"))
    return stack[0]


@parse_pattern.alternative
def cut_at_the_brackets(text, optional=True):
    while "]" in text:
        head, _, tail = text.partition("]")
        head, _, group = head.rpartition("[")
        number = re.match(r"[\s*]*(\d+)", tail)
        text = head + " -> ".join([group] * int(number[1])) + tail[number.end() :]
    names = []
    for name in text.replace(" ", "").split("->"):
        if name and (optional or name[-1] != "?"):
            names.append(name.strip("?"))
    return names


def _written_out(text, join="->".join, count=int):
    """The text with all groups written out; the mistakes below differ in how they join and count."""
    while found := re.search(_GROUP, text):
        text = text[: found.start()] + join([found[1]] * count(found[2])) + text[found.end() :]
    return text


def _names(text, optional=True):
    """The names in a text without brackets."""
    names = [name.strip() for name in text.split("->") if name.strip()]
    return [name.rstrip("?") for name in names if optional or not name.endswith("?")]


@parse_pattern.mistake(
    when="INPUT is left out",
    hint="INPUT is the first name of the list; the layers come after it.",
)
def without_the_input(text, optional=True):
    return _names(_written_out(text), optional)[1:]


@parse_pattern.mistake(
    when="every group is written once, whatever its number",
    hint="`found[2]` says how often what is in the brackets is to be written.",
)
def numbers_ignored(text, optional=True):
    return _names(_written_out(text, count=lambda number: 1), optional)


@parse_pattern.mistake(
    when="every group is written once too often",
    hint="`*2` stands for two copies in all.",
)
def once_too_often(text, optional=True):
    return _names(_written_out(text, count=lambda number: int(number) + 1), optional)


@parse_pattern.mistake(
    when="a group that comes no times is written once",
    hint="`*0` stands for no copies at all.",
)
def zero_as_one(text, optional=True):
    return _names(_written_out(text, count=lambda number: max(1, int(number))), optional)


@parse_pattern.mistake(
    when="only the first digit of a number is read",
    hint="A number may have several digits: `int(found[2])` reads all of them.",
)
def one_digit(text, optional=True):
    while found := re.search(r"\[([^\[\]]*)\]\s*\*\s*(\d)\d*", text):
        text = text[: found.start()] + "->".join([found[1]] * int(found[2])) + text[found.end() :]
    return _names(text, optional)


@parse_pattern.mistake(
    when="only one group is written out",
    hint="After one group there may be more. Look again until there is none: `while` instead of `if`.",
)
def only_one_group(text, optional=True):
    if found := re.search(_GROUP, text):
        text = text[: found.start()] + "->".join([found[1]] * int(found[2])) + text[found.end() :]
    return _names(text, optional)


@parse_pattern.mistake(
    when="all groups are looked for once, before any is written out",
    hint="Writing out an inner group makes the group around it an innermost one. Look again after each: `while`.",
)
def looked_for_once(text, optional=True):
    for found in re.finditer(_GROUP, text):
        text = text.replace(found[0], "->".join([found[1]] * int(found[2])), 1)
    return _names(text, optional)


@parse_pattern.mistake(
    when="a list is multiplied by the number as it stands in the text",
    hint='`found[2]` is a text such as "2". `int(found[2])` is the number.',
)
def number_as_a_text(text, optional=True):
    while found := re.search(_GROUP, text):
        text = text.replace(found[0], "->".join([found[1]] * found[2]), 1)
    return _names(text, optional)


@parse_pattern.mistake(
    when="the copies of a group are put together without an arrow between them",
    hint='"CONV -> RELU" twice is "CONV -> RELUCONV -> RELU" if nothing stands in between. Join the copies with an arrow: '
    '`" -> ".join(...)`.',
)
def copies_without_an_arrow(text, optional=True):
    return _names(_written_out(text, join="".join), optional)


@parse_pattern.mistake(
    when="the spaces around the names stay",
    hint="`name.strip()` is the name without spaces before and after it.",
)
def spaces_stay(text, optional=True):
    names = _written_out(text).split("->")
    if not optional:
        names = [name for name in names if "?" not in name]
    return [name.replace("?", "") for name in names if name.strip()]


@parse_pattern.mistake(
    when='the text is split at " -> ", so that arrows without spaces are not seen',
    hint='Split at "->" alone, and take the spaces off the pieces afterwards.',
)
def split_with_spaces(text, optional=True):
    names = [name.strip() for name in _written_out(text, join=" -> ".join).split(" -> ")]
    return [name.rstrip("?") for name in names if name and (optional or not name.endswith("?"))]


@parse_pattern.mistake(
    when="empty names stay where a group came no times",
    hint="Where a group has vanished, two arrows follow each other, with an empty name between them. Keep the names that "
    "are not empty.",
)
def empty_names_stay(text, optional=True):
    names = [name.strip() for name in _written_out(text).split("->")]
    return [name.rstrip("?") for name in names if optional or not name.endswith("?")]


@parse_pattern.mistake(
    when="the question mark stays in the name",
    hint="The layer is called POOL; the question mark only says that it may be left out. Take it off the name.",
)
def question_mark_stays(text, optional=True):
    names = [name.strip() for name in _written_out(text).split("->") if name.strip()]
    return [name for name in names if optional or not name.endswith("?")]


@parse_pattern.mistake(
    when="layers with a question mark are kept, whatever `optional` says",
    hint="If `optional` is False, a layer marked with `?` is left out of the list.",
)
def optional_ignored(text, optional=True):
    return _names(_written_out(text))


@parse_pattern.mistake(
    when="`optional` is taken the wrong way round",
    hint="`optional=True` keeps the layers marked with `?`; `optional=False` leaves them out.",
)
def optional_reversed(text, optional=True):
    return _names(_written_out(text), not optional)


@parse_pattern.mistake(
    when="every POOL is left out if `optional` is False, marked or not",
    hint="Only layers marked with `?` may go. Look for the mark before you take it off.",
)
def every_pool_goes(text, optional=True):
    return [name for name in _names(_written_out(text)) if optional or name != "POOL"]


@parse_pattern.mistake(
    when="each layer of a group is repeated before the next one comes",
    hint="A group is repeated as a whole: CONV, RELU, CONV, RELU.",
)
def layer_by_layer(text, optional=True):
    while found := re.search(_GROUP, text):
        names = [name for name in found[1].split("->") for _ in range(int(found[2]))]
        text = text[: found.start()] + "->".join(names) + text[found.end() :]
    return _names(text, optional)


@parse_pattern.mistake(
    when="every place that begins like the group is replaced, so that `*1` is found in `*12` as well",
    hint="Replace only the group that was found: `text.replace(old, new, 1)`, or cut the text at `found.start()` and "
    "`found.end()`.",
)
def replaced_everywhere(text, optional=True):
    while found := re.search(_GROUP, text):
        text = text.replace(found[0], "->".join([found[1]] * int(found[2])))
    return _names(text, optional)


@parse_pattern.mistake(
    when="the names are returned in one text",
    hint='`text.split("->")` cuts the text into a list of names.',
)
def one_text(text, optional=True):
    return " -> ".join(_names(_written_out(text), optional))


@parse_pattern.mistake(
    when="every kind of layer is named once only",
    hint="The list has one name for each layer, as often as the layer comes.",
)
def each_name_once(text, optional=True):
    return list(dict.fromkeys(_names(_written_out(text), optional)))


@parse_pattern.mistake(
    when="the names come in the opposite order",
    hint="The list goes from INPUT to the last FC.",
)
def opposite_order(text, optional=True):
    return _names(_written_out(text), optional)[::-1]


def _shape_cases(rng):
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
    yield Case((_cifar_net(), (3, 32, 32)), "PyTorch's CIFAR-10 network")
    for count in (2, 4):
        height, width = (int(number) for number in rng.integers(90, 110, 2))
        yield Case((_random_layers(rng, count), (int(rng.integers(1, 4)), height, width)), "random layers")


layer_shapes = Exercise(
    name="layer_shapes",
    reference=reference.layer_shapes,
    cases=_shape_cases,
    whole_numbers=True,
    hints=(
        "Walk through the layers and keep one shape, that of what has come out so far. Each kind of layer changes it in its "
        "own way; append it to the list after each layer.",
        "CONV and POOL change height and width, both by `output_size`. CONV also has a new depth: its filters. FC turns "
        "everything into `(units,)`. RELU changes nothing.",
        "By hand: (3, 32, 32) under 6 filters of 5 x 5 is (6, 28, 28), for 32 - 5 + 1 = 28. POOL with kernel 2, stride 2: "
        "(6, 14, 14).",
    ),
)


@layer_shapes.alternative
def kind_by_kind(layers, input_shape):
    shapes = [input_shape]
    for layer in layers:
        shape = shapes[-1]
        if layer["layer"] == "CONV":
            sides = [output_size(n, layer["kernel"], layer["stride"], layer["padding"]) for n in shape[1:]]
            shape = (layer["filters"], *sides)
        elif layer["layer"] == "POOL":
            shape = (shape[0], *[output_size(n, layer["kernel"], layer["stride"]) for n in shape[1:]])
        elif layer["layer"] == "FC":
            shape = (layer["units"],)
        shapes.append(shape)
    return shapes


@layer_shapes.alternative
def by_counting_positions(layers, input_shape):
    shapes = [list(input_shape)]
    for layer in layers:
        if "units" in layer:
            shapes.append([layer["units"]])
            continue
        shape = list(shapes[-1])
        shape[0] = layer.get("filters", shape[0])
        for axis in range(1, len(shape)):
            room = shape[axis] + 2 * layer.get("padding", 0) - layer.get("kernel", 1)
            shape[axis] = len(range(0, room + 1, layer.get("stride", 1)))
        shapes.append(shape)
    return shapes


def _slid(layer, side, size=output_size):
    """What becomes of one side under a layer that slides a window; the mistakes below differ in `size`."""
    return size(side, layer["kernel"], layer["stride"], layer.get("padding", 0))


def _walk(layers, input_shape, slide=None, vote=None):
    """The shapes, with other rules than the right ones for CONV and POOL, and for FC."""
    slide = slide or (
        lambda layer, shape: (layer.get("filters", shape[0]), *[_slid(layer, n) for n in shape[1:]])
    )
    vote = vote or (lambda layer, shape: (layer["units"],))
    shapes = [input_shape]
    for layer in layers:
        shape = shapes[-1]
        if layer["layer"] in ("CONV", "POOL"):
            shape = slide(layer, shape)
        elif layer["layer"] == "FC":
            shape = vote(layer, shape)
        shapes.append(shape)
    return shapes


def _with_size(size):
    """A rule for CONV and POOL that gets the sides by another formula."""
    return lambda layer, shape: (layer.get("filters", shape[0]), *[_slid(layer, n, size) for n in shape[1:]])


@layer_shapes.mistake(
    when="the input's shape is left out at the beginning",
    hint="Begin the list with `input_shape`: `shapes = [input_shape]`.",
)
def without_the_input_shape(layers, input_shape):
    return _walk(layers, input_shape)[1:]


@layer_shapes.mistake(
    when="height and width are exchanged",
    hint="A shape says depth, height, width, in this order.",
)
def exchanged_sides(layers, input_shape):
    return _walk(
        layers,
        input_shape,
        lambda layer, s: (layer.get("filters", s[0]), *[_slid(layer, n) for n in s[:0:-1]]),
    )


@layer_shapes.mistake(
    when="the height is used for the width as well",
    hint="Images need not be square: compute both sides.",
)
def only_square_images(layers, input_shape):
    return _walk(
        layers, input_shape, lambda layer, s: (layer.get("filters", s[0]), *[_slid(layer, s[1])] * 2)
    )


@layer_shapes.mistake(
    when="a convolutional layer keeps the depth of its input",
    hint="The depth after CONV is the number of its filters: one feature map for each.",
)
def depth_stays(layers, input_shape):
    return _walk(layers, input_shape, lambda layer, s: (s[0], *[_slid(layer, n) for n in s[1:]]))


@layer_shapes.mistake(
    when="the depth of the input is multiplied by the number of filters",
    hint="A filter covers all channels of its input and makes one map. So the depth after CONV is the number of filters.",
)
def depth_multiplied(layers, input_shape):
    return _walk(
        layers,
        input_shape,
        lambda layer, s: (s[0] * layer.get("filters", 1), *[_slid(layer, n) for n in s[1:]]),
    )


@layer_shapes.mistake(
    when="pooling leaves one channel only",
    hint="Pooling works on each map by itself: the depth stays as it is.",
)
def pooling_over_channels(layers, input_shape):
    return _walk(
        layers, input_shape, lambda layer, s: (layer.get("filters", 1), *[_slid(layer, n) for n in s[1:]])
    )


@layer_shapes.mistake(
    when="pooling makes the depth smaller too",
    hint="Pooling works on each map by itself: the depth stays as it is.",
)
def pooling_shrinks_the_depth(layers, input_shape):
    return _walk(
        layers,
        input_shape,
        lambda layer, s: (layer.get("filters", s[0] // 2), *[_slid(layer, n) for n in s[1:]]),
    )


@layer_shapes.mistake(
    when="pooling layers change nothing",
    hint="POOL slides a window as CONV does: `output_size(side, kernel, stride)` for height and width.",
)
def pooling_left_out(layers, input_shape):
    return _walk(
        layers,
        input_shape,
        lambda layer, s: (layer["filters"], *[_slid(layer, n) for n in s[1:]]) if "filters" in layer else s,
    )


def _divided(layers, input_shape, divisor):
    """The shapes, where pooling divides height and width by some number."""
    return _walk(
        layers,
        input_shape,
        lambda layer, s: (
            (layer["filters"], *[_slid(layer, n) for n in s[1:]])
            if "filters" in layer
            else (s[0], *[n // divisor(layer) for n in s[1:]])
        ),
    )


@layer_shapes.mistake(
    when="pooling always divides height and width by 2",
    hint="A pooling layer has a kernel and a stride of its own. `output_size` takes both.",
)
def pooling_halves(layers, input_shape):
    return _divided(layers, input_shape, lambda layer: 2)


@layer_shapes.mistake(
    when="pooling divides height and width by the stride, however large its windows are",
    hint="Windows that overlap may not fit as often as that: the last one must lie inside. `output_size` takes the kernel too.",
)
def pooling_divides_by_the_stride(layers, input_shape):
    return _divided(layers, input_shape, lambda layer: layer["stride"])


@layer_shapes.mistake(
    when="the stride is taken to be as large as the pooling window",
    hint='Pooling windows may overlap: the stride is `layer["stride"]`.',
)
def pooling_stride_from_the_window(layers, input_shape):
    return _walk(
        layers,
        input_shape,
        lambda layer, s: (
            layer.get("filters", s[0]),
            *[
                output_size(
                    n,
                    layer["kernel"],
                    layer["stride" if "filters" in layer else "kernel"],
                    layer.get("padding", 0),
                )
                for n in s[1:]
            ],
        ),
    )


@layer_shapes.mistake(
    when="the stride is left out",
    hint='`output_size` takes the stride as well: `layer["stride"]`.',
)
def stride_left_out(layers, input_shape):
    return _walk(
        layers, input_shape, _with_size(lambda n, kernel, stride, padding: n + 2 * padding - kernel + 1)
    )


@layer_shapes.mistake(
    when="the stride of convolutional layers is left out",
    hint='A convolutional layer has a stride too: `layer["stride"]`.',
)
def stride_of_conv_left_out(layers, input_shape):
    return _walk(
        layers,
        input_shape,
        lambda layer, s: (
            (layer["filters"], *[output_size(n, layer["kernel"], 1, layer["padding"]) for n in s[1:]])
            if "filters" in layer
            else (s[0], *[_slid(layer, n) for n in s[1:]])
        ),
    )


@layer_shapes.mistake(
    when="the padding is left out",
    hint='A convolutional layer says how much padding it has: `layer["padding"]`.',
)
def padding_left_out(layers, input_shape):
    return _walk(
        layers, input_shape, _with_size(lambda n, kernel, stride, padding: (n - kernel) // stride + 1)
    )


@layer_shapes.mistake(
    when="the padding is counted on one side only",
    hint="Zeros are laid on both sides. `output_size` counts them twice for you.",
)
def padding_counted_once(layers, input_shape):
    return _walk(
        layers,
        input_shape,
        _with_size(lambda n, kernel, stride, padding: (n + padding - kernel) // stride + 1),
    )


@layer_shapes.mistake(
    when="the last + 1 is missing",
    hint="From the first position to the last there are so many steps; positions are one more. Call `output_size`.",
)
def without_plus_one(layers, input_shape):
    return _walk(
        layers,
        input_shape,
        _with_size(lambda n, kernel, stride, padding: (n + 2 * padding - kernel) // stride),
    )


@layer_shapes.mistake(
    when="a window that sticks out at the end counts as a position",
    hint="Only windows that fit count: floor, not ceil. Call `output_size`.",
)
def ceil_instead_of_floor(layers, input_shape):
    return _walk(
        layers,
        input_shape,
        _with_size(lambda n, kernel, stride, padding: math.ceil((n + 2 * padding - kernel) / stride) + 1),
    )


@layer_shapes.mistake(
    when="the sides are computed with `/`, which gives fractions",
    hint="`//` divides and leaves a whole number. `output_size` does all of it.",
)
def fractions(layers, input_shape):
    return _walk(
        layers,
        input_shape,
        _with_size(lambda n, kernel, stride, padding: (n + 2 * padding - kernel) / stride + 1),
    )


@layer_shapes.mistake(
    when="stride and padding of CONV are left out, and POOL divides by 2",
    hint="`output_size` takes kernel, stride and padding, and works for POOL too.",
)
def kernel_only_and_halves(layers, input_shape):
    return _walk(
        layers,
        input_shape,
        lambda layer, s: (
            (layer["filters"], *[n - layer["kernel"] + 1 for n in s[1:]])
            if "filters" in layer
            else (s[0], *[n // 2 for n in s[1:]])
        ),
    )


@layer_shapes.mistake(
    when="one and the same list is changed in every round, so that the shapes in it change afterwards",
    hint="Make a new shape for each layer. A tuple is safe: nobody can change it.",
)
def one_list_for_all(layers, input_shape):
    shape = list(input_shape)
    shapes = [shape]
    for layer in layers:
        if layer["layer"] == "FC":
            shape = [layer["units"]]
        elif layer["layer"] != "RELU":
            shape[1:] = [_slid(layer, side) for side in shape[1:]]
            shape[0] = layer.get("filters", shape[0])
        shapes.append(shape)
    return shapes


@layer_shapes.mistake(
    when='`layer["filters"]` is read of a POOL, which has none',
    hint="A POOL keeps the depth that comes in. Treat it apart from CONV.",
)
def filters_of_a_pool(layers, input_shape):
    return _walk(layers, input_shape, lambda layer, s: (layer["filters"], *[_slid(layer, n) for n in s[1:]]))


@layer_shapes.mistake(
    when='`layer["padding"]` is read of a POOL, which has none',
    hint='A POOL has a kernel and a stride only. `layer.get("padding", 0)` is 0 where there is no padding.',
)
def padding_of_a_pool(layers, input_shape):
    return _walk(
        layers,
        input_shape,
        lambda layer, s: (
            layer.get("filters", s[0]),
            *[output_size(n, layer["kernel"], layer["stride"], layer["padding"]) for n in s[1:]],
        ),
    )


@layer_shapes.mistake(
    when="the depth stands last",
    hint="Channels first: (depth, height, width).",
)
def depth_last(layers, input_shape):
    return [shape[1:] + shape[:1] for shape in reference.layer_shapes(layers, input_shape)]


@layer_shapes.mistake(
    when="a fully connected layer changes nothing",
    hint="FC turns all that comes in into one row of numbers: `(layer['units'],)`.",
)
def votes_left_out(layers, input_shape):
    return _walk(layers, input_shape, vote=lambda layer, shape: shape)


@layer_shapes.mistake(
    when="the shape after FC is a number and not a tuple",
    hint="A shape is a tuple, also with one entry: `(10,)`. The comma makes the tuple; `(10)` is the number 10.",
)
def number_instead_of_a_tuple(layers, input_shape):
    return _walk(layers, input_shape, vote=lambda layer, shape: layer["units"])


@layer_shapes.mistake(
    when="the shape after FC keeps a height and a width of 1",
    hint="After FC there are no rows and columns any more: `(units,)`.",
)
def votes_of_one_pixel(layers, input_shape):
    return _walk(layers, input_shape, vote=lambda layer, shape: (layer["units"], 1, 1))


@layer_shapes.mistake(
    when="a fully connected layer keeps height and width",
    hint="FC turns all that comes in, rows and columns too, into one row of numbers: `(units,)`.",
)
def votes_as_channels(layers, input_shape):
    return _walk(layers, input_shape, vote=lambda layer, shape: (layer["units"], *shape[1:]))


@layer_shapes.mistake(
    when="layers that do not change the shape are left out of the list",
    hint="One shape for every layer, also where it is the same as before. `append` belongs below the `if`s.",
)
def relu_left_out(layers, input_shape):
    shapes = reference.layer_shapes(layers, input_shape)
    return shapes[:1] + [s for layer, s in zip(layers, shapes[1:], strict=True) if layer["layer"] != "RELU"]


@layer_shapes.mistake(
    when="every layer is applied to the input itself",
    hint="What comes out of one layer goes into the next. Keep the shape from round to round.",
)
def all_on_the_input(layers, input_shape):
    return [input_shape] + [_walk([layer], input_shape)[-1] for layer in layers]


@layer_shapes.mistake(
    when="only the last shape is returned",
    hint="The list holds the shape after every layer. Append in each round.",
)
def only_the_last_shape(layers, input_shape):
    return reference.layer_shapes(layers, input_shape)[-1]


@layer_shapes.mistake(
    when="the loop ends after the first layer",
    hint="A `return` inside the loop ends it. It belongs below, as far left as the `for`.",
)
def only_the_first_layer_shape(layers, input_shape):
    return reference.layer_shapes(layers[:1], input_shape)


@layer_shapes.mistake(
    when="the name of the layer is put in with each shape",
    hint="Only the shapes are asked for here; the names come in the next exercise.",
)
def names_and_shapes(layers, input_shape):
    names = ["INPUT", *[layer["layer"] for layer in layers]]
    return list(zip(names, reference.layer_shapes(layers, input_shape), strict=True))


layer_shapes.equivalent_mutant(
    "('CONV', 'POOL') -> ('POOL', 'CONV')",
    because="whether a name is one of two does not depend on the order in which they are listed",
)


def _table_cases(rng):
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
    yield Case((_cifar_net(), (3, 32, 32)), "PyTorch's CIFAR-10 network")
    for count in (2, 3):
        height, width = (int(number) for number in rng.integers(60, 80, 2))
        layers = [*_random_layers(rng, count), fc_layer(int(rng.integers(2, 12)))]
        yield Case((layers, (int(rng.integers(1, 4)), height, width)), "random layers")


parameter_table = Exercise(
    name="parameter_table",
    reference=reference.parameter_table,
    cases=_table_cases,
    whole_numbers=True,
    hints=(
        "Get the shapes first. Each layer stands between two of them, what goes in and what comes out: "
        "`zip(layers, shapes, shapes[1:])` gives you all three at once.",
        "CONV: `conv_parameters` of lesson 03, with the depth of what goes in. FC: each unit has one weight for each number "
        "that goes in, and one bias. How many numbers has the shape (16, 5, 5)? `math.prod` multiplies.",
        "By hand: two filters of 3 x 3 on one channel have 2 * (3 * 3 * 1 + 1) = 20. Four values that vote for two classes: "
        "2 * (4 + 1) = 10.",
    ),
)


@parameter_table.alternative
def along_the_shapes(layers, input_shape):
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


@parameter_table.alternative
def weights_and_biases(layers, input_shape):
    shapes = reference.layer_shapes(layers, input_shape)
    rows = [["INPUT", shapes[0], 0]]
    for index, layer in enumerate(layers):
        into = shapes[index]
        biases = layer.get("filters", 0) or layer.get("units", 0)
        weights_of_one = into[0] * layer.get("kernel", 1) ** 2 if "filters" in layer else math.prod(into)
        rows.append([layer["layer"], shapes[index + 1], biases * weights_of_one + biases])
    return rows


def _table(layers, input_shape, conv=None, fc=None, other=lambda layer: 0):
    """The table, with other rules than the right ones for CONV, for FC, and for the rest."""
    conv = conv or (lambda layer, into: conv_parameters(into[0], layer["filters"], layer["kernel"]))
    fc = fc or (lambda layer, into: layer["units"] * (math.prod(into) + 1))
    shapes = reference.layer_shapes(layers, input_shape)
    rows = [("INPUT", shapes[0], 0)]
    for index, layer in enumerate(layers):
        rules = {"CONV": conv, "FC": fc}
        rule = rules.get(layer["layer"], lambda layer, into: other(layer))
        rows.append((layer["layer"], shapes[index + 1], rule(layer, shapes[index])))
    return rows


@parameter_table.mistake(
    when="the biases are left out",
    hint="Every filter and every unit has one bias besides its weights.",
)
def without_biases(layers, input_shape):
    return _table(
        layers,
        input_shape,
        lambda layer, into: layer["filters"] * layer["kernel"] ** 2 * into[0],
        lambda layer, into: layer["units"] * math.prod(into),
    )


@parameter_table.mistake(
    when="the biases of convolutional layers are left out",
    hint="Every filter has one bias besides its weights.",
)
def conv_without_biases(layers, input_shape):
    return _table(layers, input_shape, lambda layer, into: layer["filters"] * layer["kernel"] ** 2 * into[0])


@parameter_table.mistake(
    when="the biases of fully connected layers are left out",
    hint="Every unit has one bias besides its weights.",
)
def fc_without_biases(layers, input_shape):
    return _table(layers, input_shape, fc=lambda layer, into: layer["units"] * math.prod(into))


@parameter_table.mistake(
    when="a whole convolutional layer has one bias",
    hint="Every filter has a bias of its own.",
)
def one_bias_for_all_filters(layers, input_shape):
    return _table(
        layers, input_shape, lambda layer, into: layer["filters"] * layer["kernel"] ** 2 * into[0] + 1
    )


@parameter_table.mistake(
    when="a whole fully connected layer has one bias",
    hint="Every unit has a bias of its own.",
)
def one_bias_for_all_units(layers, input_shape):
    return _table(layers, input_shape, fc=lambda layer, into: layer["units"] * math.prod(into) + 1)


@parameter_table.mistake(
    when="every input of a fully connected layer has a bias, and not every unit",
    hint="A bias is added to a sum, and there is one sum for each unit.",
)
def biases_for_the_inputs(layers, input_shape):
    return _table(layers, input_shape, fc=lambda layer, into: (layer["units"] + 1) * math.prod(into))


@parameter_table.mistake(
    when="a bias is counted for every input channel of a filter",
    hint="A filter adds up the products of all its channels, then adds one bias.",
)
def bias_for_every_channel(layers, input_shape):
    return _table(
        layers, input_shape, lambda layer, into: layer["filters"] * (layer["kernel"] ** 2 + 1) * into[0]
    )


@parameter_table.mistake(
    when="the depth of what goes into a convolutional layer is left out",
    hint="A filter covers all channels: it has kernel x kernel weights for each of them.",
)
def depth_left_out(layers, input_shape):
    return _table(layers, input_shape, lambda layer, into: layer["filters"] * (layer["kernel"] ** 2 + 1))


@parameter_table.mistake(
    when="the depth is that of the image, whatever came in between",
    hint="What goes into the second layer is what came out of the first, as deep as the first has filters.",
)
def depth_of_the_image(layers, input_shape):
    return _table(
        layers,
        input_shape,
        lambda layer, into: conv_parameters(input_shape[0], layer["filters"], layer["kernel"]),
    )


@parameter_table.mistake(
    when="the depth of what comes out of a convolutional layer is taken for the depth of what goes in",
    hint="A filter is as deep as what it slides over: the shape *before* the layer.",
)
def depth_of_what_comes_out(layers, input_shape):
    return _table(
        layers,
        input_shape,
        lambda layer, into: conv_parameters(layer["filters"], layer["filters"], layer["kernel"]),
    )


@parameter_table.mistake(
    when="a convolutional layer is counted as if it were fully connected",
    hint="A filter looks at a small window, and uses the same weights everywhere: kernel x kernel x depth, and a bias.",
)
def convolution_as_fully_connected(layers, input_shape):
    shapes = reference.layer_shapes(layers, input_shape)
    rows = reference.parameter_table(layers, input_shape)
    return rows[:1] + [
        (name, shape, (math.prod(before) + 1) * math.prod(shape) if name == "CONV" else count)
        for before, (name, shape, count) in zip(shapes, rows[1:], strict=False)
    ]


@parameter_table.mistake(
    when="a layer without parameters gets the number of the layer before it",
    hint="Set the number to 0 at the beginning of each round.",
)
def left_over_from_the_layer_before(layers, input_shape):
    rows, parameters = [], 0
    for name, shape, count in reference.parameter_table(layers, input_shape):
        parameters = count or parameters
        rows.append((name, shape, parameters))
    return rows


@parameter_table.mistake(
    when="the kernel's side is not squared",
    hint="A kernel of side 5 has 5 times 5 weights.",
)
def kernel_not_squared(layers, input_shape):
    return _table(layers, input_shape, lambda layer, into: layer["filters"] * (layer["kernel"] * into[0] + 1))


@parameter_table.mistake(
    when="a filter has its own weights at every position",
    hint="The same filter slides over all positions: its weights count once, however large the map is.",
)
def weights_at_every_position(layers, input_shape):
    rows = reference.parameter_table(layers, input_shape)
    return [
        (name, shape, count * math.prod(shape[1:]) if name == "CONV" else count)
        for name, shape, count in rows
    ]


@parameter_table.mistake(
    when="the kernel's size is taken for the size of the map that goes into FC",
    hint="A fully connected layer reads the whole map. How large the map is, its shape says; the kernel doesn't.",
)
def kernel_for_the_map(layers, input_shape):
    kernels = [layer["kernel"] for layer in layers if layer["layer"] == "CONV"] or [0]
    return _table(
        layers,
        input_shape,
        fc=lambda layer, into: (
            layer["units"]
            * ((into[0] * kernels[-1] ** 2 if len(into) == 3 and kernels[-1] else math.prod(into)) + 1)
        ),
    )


@parameter_table.mistake(
    when="a fully connected layer has one weight for each channel",
    hint="Every number that goes in has a weight: depth times height times width.",
)
def one_weight_for_each_channel(layers, input_shape):
    return _table(layers, input_shape, fc=lambda layer, into: layer["units"] * (into[0] + 1))


@parameter_table.mistake(
    when="the depth is left out of what goes into FC",
    hint="Every number that goes in has a weight: depth times height times width.",
)
def depth_left_out_of_votes(layers, input_shape):
    return _table(
        layers, input_shape, fc=lambda layer, into: layer["units"] * (math.prod(into[1:] or into) + 1)
    )


@parameter_table.mistake(
    when="depth, height and width are added up and not multiplied",
    hint="A block of 2 x 3 x 4 holds 24 numbers: `math.prod`, not `sum`.",
)
def sides_added(layers, input_shape):
    return _table(layers, input_shape, fc=lambda layer, into: layer["units"] * (sum(into) + 1))


@parameter_table.mistake(
    when="a fully connected layer reads the image itself, whatever came in between",
    hint="FC reads what came out of the layer before it: `shapes` holds it.",
)
def votes_from_the_image(layers, input_shape):
    return _table(layers, input_shape, fc=lambda layer, into: layer["units"] * (math.prod(input_shape) + 1))


@parameter_table.mistake(
    when="pooling windows are counted as weights",
    hint="A pooling layer takes the largest value. There is nothing in it to learn.",
)
def weights_of_pooling(layers, input_shape):
    return _table(layers, input_shape, other=lambda layer: layer.get("kernel", 0) ** 2)


@parameter_table.mistake(
    when="the row of INPUT is missing",
    hint='The first row is `("INPUT", input_shape, 0)`.',
)
def without_the_input_row(layers, input_shape):
    return reference.parameter_table(layers, input_shape)[1:]


@parameter_table.mistake(
    when="each row has the shape of what goes in",
    hint="The shape in a row is that of what comes out of its layer.",
)
def shapes_of_what_goes_in(layers, input_shape):
    rows = reference.parameter_table(layers, input_shape)
    shapes = [input_shape, *[shape for _, shape, _ in rows]]
    return [(name, shape, count) for (name, _, count), shape in zip(rows, shapes, strict=False)]


@parameter_table.mistake(
    when="the counts are added up from row to row",
    hint="Each row has the number of its own layer.",
)
def running_total(layers, input_shape):
    total, rows = 0, []
    for name, shape, count in reference.parameter_table(layers, input_shape):
        total += count
        rows.append((name, shape, total))
    return rows


@parameter_table.mistake(
    when="only the total is returned",
    hint="The total comes later. Here every layer has its row: name, shape, number.",
)
def only_the_total(layers, input_shape):
    return sum(count for *_, count in reference.parameter_table(layers, input_shape))


@parameter_table.mistake(
    when="a row holds the number before the shape",
    hint="Name, shape, number: in this order.",
)
def number_before_shape(layers, input_shape):
    return [(name, count, shape) for name, shape, count in reference.parameter_table(layers, input_shape)]


@parameter_table.mistake(
    when="only the numbers are returned",
    hint="Every layer has its row: name, shape, number.",
)
def only_the_numbers(layers, input_shape):
    return [count for *_, count in reference.parameter_table(layers, input_shape)]


@parameter_table.mistake(
    when="layers without parameters are left out",
    hint="Every layer has its row, also with 0 parameters.",
)
def rows_of_zero_left_out(layers, input_shape):
    rows = reference.parameter_table(layers, input_shape)
    return rows[:1] + [row for row in rows[1:] if row[2]]


@parameter_table.mistake(
    when="the whole dictionary of the layer stands in the row, and not its name",
    hint='The name is `layer["layer"]`.',
)
def whole_descriptions(layers, input_shape):
    rows = reference.parameter_table(layers, input_shape)
    return rows[:1] + [(layer, *row[1:]) for layer, row in zip(layers, rows[1:], strict=True)]


for change in (
    "zip(layers, pairwise(shapes), strict=True) -> zip(layers, pairwise(shapes))",
    "True -> False",
):
    parameter_table.equivalent_mutant(
        change,
        because="there are as many pairs of shapes as layers, so that the stricter pairing never finds anything amiss",
    )
