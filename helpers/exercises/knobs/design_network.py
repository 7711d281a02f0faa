"""The layers of a network that tells letters apart, on a budget; any design that the rule accepts is right."""

import numpy as np

from helpers import reference
from helpers.exercises.knobs import design_rule
from helpers.exercises.model import Case, Exercise
from helpers.reference import conv_layer, fc_layer, pool_layer, relu_layer


def cases(rng):
    """The letters are counted, then images of other sizes are tried, and at last the design is trained."""
    yield Case((design_rule.SHAPE, design_rule.CLASSES), "counting sizes and parameters")
    yield Case(((1, 17, 20), 3), "other images: 3 classes, 17 x 20 pixels")
    depth, height, width, classes = (int(number) for number in rng.integers((1, 17, 17, 3), (4, 25, 25, 8)))
    yield Case(
        ((depth, height, width), classes),
        f"other images: {classes} classes, {height} x {width} pixels, depth {depth}",
    )
    yield design_rule.Trained((design_rule.SHAPE, design_rule.CLASSES), "three trainings with the letters")


exercise = Exercise(
    reference.design_network,
    cases,
    minutes=15,
    refuse=design_rule.refuse,
    remembered=design_rule.summary,
    rule=(
        design_rule._ends_wrong,
        design_rule._costs_too_much,
        design_rule._holder,
        design_rule._work,
    ),
    hints=(
        "Begin with the lesson's plan and count where its 354 parameters are: `reference.parameter_table` says so for each "
        "layer. Turn one knob, count again, and try it with `report` before you check.",
        "A maximum has no parameters. If a POOL leaves one value of each map, two votes on 4 filters need only "
        "2 * (4 + 1) = 10, and the rest of the budget is left for the filters.",
        "By hand: 6 filters of 3 x 3 have 6 * (9 + 1) = 60 parameters and make maps of 14 x 14. Two votes on all of that "
        "need 2 * (6 * 196 + 1) = 2,354; after pooling with windows of 7, 2 * (6 * 4 + 1) = 50; after one window of 14, "
        "2 * (6 + 1) = 14.",
    ),
)
exercise.equivalent_mutant(
    "work > _WORK_AT_MOST -> work >= _WORK_AT_MOST",
    because="the limit of work only keeps trainings short; whether exactly that much is allowed makes no difference",
)
for _change in (
    "True -> False",
    "zip(layers, pairwise(shapes), strict=True) -> zip(layers, pairwise(shapes))",
):
    exercise.equivalent_mutant(
        _change,
        because="there is always one layer for each pair of neighbouring shapes, whether `strict` is asked for or not",
    )


@exercise.model
def design_network(input_shape, classes):
    stack = "INPUT -> CONV -> RELU -> POOL -> FC"
    return reference.describe_layers(stack, filters=4, units=classes, kernel=5, window=12)


@exercise.alternative
def layer_by_layer(input_shape, classes):
    """One line for each layer: good for turning one knob at a time."""
    layers = [reference.conv_layer(4, kernel=5)]
    layers.append(reference.relu_layer())
    layers.append(reference.pool_layer(12))
    layers.append(reference.fc_layer(classes))
    return layers


exercise.puzzle(
    layer_by_layer,
    ("pool_layer(12)", "pool_layer(2)"),
    ("fc_layer(classes)", "fc_layer(1)"),
)


@exercise.alternative
def three_larger_filters(input_shape, classes):
    """Fewer but larger filters: about the same budget, another balance."""
    whole_map = min(input_shape[1:]) - 5
    return [conv_layer(3, kernel=6), relu_layer(), pool_layer(whole_map), fc_layer(classes)]


@exercise.alternative
def shrunk_first(input_shape, classes):
    return [pool_layer(2), conv_layer(4, kernel=5), relu_layer(), pool_layer(4), fc_layer(classes)]


@exercise.alternative
def pieces_of_pieces_and_exactly_the_budget(input_shape, classes):
    """Two layers of small filters: the second sees pieces of pieces."""
    first, second = conv_layer(2, kernel=4), conv_layer(4, kernel=3)
    return [first, relu_layer(), pool_layer(2), second, relu_layer(), pool_layer(4), fc_layer(classes)]


@exercise.alternative
def hidden_neurons(input_shape, classes):
    """Hidden neurons between the filters and the votes."""
    pattern = "INPUT -> CONV -> RELU -> POOL -> FC -> RELU -> FC"
    return reference.describe_layers(pattern, filters=3, units=[6, classes], kernel=5, window=12)


@exercise.alternative
def overlapping_windows_as_plain_dicts(input_shape, classes):
    return (
        {"layer": "CONV", "filters": np.int64(3), "kernel": 5, "stride": 1, "padding": 0},
        {"layer": "RELU"},
        {"layer": "POOL", "window": 8, "stride": 4},
        {"layer": "FC", "units": classes},
    )


@exercise.alternative
def bent_by_pooling_alone(input_shape, classes):
    return [conv_layer(4, kernel=5), pool_layer(12), fc_layer(classes)]


@exercise.mistake(
    when="no filter slides over the image: every pixel has its own weights, and what is learned at one place is not known at another",
    hint="Without CONV a letter must be learned again at every place. Put a CONV first; it has few parameters.",
)
def nothing_slides(input_shape, classes):
    return [pool_layer(4), fc_layer(classes)]


@exercise.mistake(
    when="nothing bends between the layers: there is neither RELU nor POOL, and two layers are as good as one",
    hint="Lesson 06: without a bend, CONV and FC collapse into one layer. Which layer has no parameters and bends?",
)
def no_relu(input_shape, classes):
    return [conv_layer(2, kernel=5, stride=3), fc_layer(classes)]


@exercise.mistake(
    when="there are too few filters to tell the letters' pieces apart",
    hint="Turn the number of filters up. Each costs only its window's weights and a bias, and its votes.",
)
def too_few_filters(input_shape, classes):
    return [conv_layer(1, kernel=5), relu_layer(), pool_layer(4), fc_layer(classes)]


@exercise.mistake(
    when="the filters are too small to see a stroke",
    hint="A window of 1 x 1 sees one pixel, and its neighbours never come in. Turn the size of the filters up.",
)
def filters_too_small(input_shape, classes):
    return [conv_layer(8, kernel=1), relu_layer(), pool_layer(8), fc_layer(classes)]


@exercise.mistake(
    when="the pooling window throws away what the next layer would have needed",
    hint="What is the thinnest stroke, and what is left of it when only the largest pixel of such a window is kept?",
)
def windows_too_large(input_shape, classes):
    return [pool_layer(4), conv_layer(5, kernel=3), relu_layer(), fc_layer(classes)]


@exercise.mistake(
    when="the stride is so long that windows leave pixels out, or meet a stroke only by luck",
    hint="With a stride longer than the window some pixels are never looked at. Turn it down.",
)
def strides_too_long(input_shape, classes):
    return [conv_layer(4, kernel=3, stride=6), relu_layer(), fc_layer(classes)]


@exercise.mistake(
    when="a hidden layer has so few neurons that all of them may be dead from the start",
    hint="Everything must pass through the narrowest layer. A RELU that is 0 for every image lets nothing through: have more neurons.",
)
def too_few_neurons(input_shape, classes):
    conv, pool = conv_layer(8, kernel=3), pool_layer(14)
    return [conv, relu_layer(), pool, fc_layer(1), relu_layer(), fc_layer(classes)]


@exercise.mistake(
    when="there are too many neurons: each has a weight for every number that comes in",
    hint="Neurons times numbers that come in: turn either down, or leave the hidden layer out.",
)
def too_many_neurons(input_shape, classes):
    return [
        conv_layer(8, kernel=5),
        relu_layer(),
        pool_layer(4),
        fc_layer(30),
        relu_layer(),
        fc_layer(classes),
    ]


@exercise.mistake(
    when="too many numbers are left to vote: each has a weight for every class",
    hint="Shrink the maps before the votes: pooling with a larger window or stride has no parameters at all.",
)
def too_many_values_vote(input_shape, classes):
    return [conv_layer(8, kernel=5), relu_layer(), fc_layer(classes)]


@exercise.mistake(
    when="there are too many filters: each of a later CONV has a kernel for every map that comes in",
    hint="Filters times (maps that come in times kernel times kernel, plus 1): turn the number of filters down.",
)
def too_many_filters(input_shape, classes):
    first, second = conv_layer(4, kernel=5), conv_layer(6, kernel=5)
    return [first, relu_layer(), second, relu_layer(), pool_layer(4), fc_layer(classes)]


@exercise.mistake(
    when="the filters are too large: their parameters grow with the square of their side",
    hint="For each map that comes in, a filter of 6 x 6 has 36 weights, one of 5 x 5 has 25. Turn the size down.",
)
def filters_too_large(input_shape, classes):
    return [conv_layer(14, kernel=6), relu_layer(), pool_layer(5), fc_layer(classes)]


@exercise.mistake(
    when="a layer makes far more numbers than it gets, by a large padding for instance",
    hint="Look at the shapes: where do they grow?",
)
def too_much_work(input_shape, classes):
    return [conv_layer(2, kernel=3, padding=40), relu_layer(), pool_layer(94), fc_layer(classes)]


@exercise.mistake(
    when="a kernel or a window is larger than the map that it meets",
    hint="Follow the sizes through the layers, with `reference.layer_shapes`, up to the layer that is named.",
)
def window_does_not_fit(input_shape, classes):
    small = [conv_layer(8, kernel=5), relu_layer(), pool_layer(4)]
    return [*small, conv_layer(8, kernel=5), relu_layer(), fc_layer(classes)]


@exercise.mistake(
    when="the number of units in the last FC is fixed, whatever `classes` is",
    hint="The last layer has a unit for each class: use the argument `classes`.",
)
def units_fixed(input_shape, classes):
    return [conv_layer(4, kernel=5), relu_layer(), pool_layer(12), fc_layer(2)]


@exercise.mistake(
    when="no FC comes last, so that nothing votes",
    hint="After the maps there must be votes: an FC with a unit for each class.",
)
def no_votes(input_shape, classes):
    return [conv_layer(classes, kernel=5), relu_layer(), pool_layer(12)]


@exercise.mistake(
    when="there is a RELU after the votes",
    hint="The votes go into the error as they are, below zero or above. Leave the last RELU out.",
)
def relu_after_the_votes(input_shape, classes):
    return [conv_layer(8, kernel=5), relu_layer(), pool_layer(4), fc_layer(classes), relu_layer()]
