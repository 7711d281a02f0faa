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
    minutes=20,
    refuse=design_rule.refuse,
    rule=(
        design_rule._ends_wrong,
        design_rule._is_the_lessons,
        design_rule._in_effect,
        design_rule._as_one_pool,
        design_rule._costs_too_much,
        design_rule._holder,
        design_rule._work,
    ),
    hints=(
        "Begin with the lesson's plan and turn its knobs, or try another pattern. Count its parameters with `reference.parameter_table`, and try it "
        "with `reference.trial` on the validation letters before you check.",
        "Most parameters are where numbers meet the votes. Shrink the maps before that: a larger pooling window, or a "
        "stride. Then there is something left for filters.",
        "By hand: 6 filters of 3 x 3 have 6 * (9 + 1) = 60 parameters and make maps of 14 x 14. Two votes on all of that need "
        "2 * (6 * 196 + 1) = 2,354, but after pooling with windows of 7 only 2 * (6 * 4 + 1) = 50.",
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
    return reference.describe_layers(stack, filters=6, units=classes, kernel=5, window=6)


@exercise.alternative
def one_value_for_each_filter(input_shape, classes):
    whole_map = min(input_shape[1:]) - 4
    return [conv_layer(6, kernel=5), relu_layer(), pool_layer(whole_map), fc_layer(classes)]


@exercise.alternative
def deeper_with_small_filters(input_shape, classes):
    first, second = conv_layer(5, kernel=3), conv_layer(8, kernel=3)
    return [first, relu_layer(), second, relu_layer(), pool_layer(4), fc_layer(classes)]


@exercise.alternative
def strides_without_pooling(input_shape, classes):
    return [conv_layer(6, kernel=5, stride=2), relu_layer(), fc_layer(classes)]


@exercise.alternative
def hidden_neurons_and_exactly_the_budget(input_shape, classes):
    pattern = "INPUT -> CONV -> RELU -> POOL -> FC -> RELU -> FC"
    return reference.describe_layers(pattern, filters=7, units=[8, classes], kernel=3, window=4)


@exercise.alternative
def overlapping_windows_as_plain_dicts(input_shape, classes):
    return (
        {"layer": "CONV", "filters": np.int64(6), "kernel": 5, "stride": 1, "padding": 0},
        {"layer": "RELU"},
        {"layer": "POOL", "window": 3, "stride": 2},
        {"layer": "FC", "units": classes},
    )


@exercise.alternative
def the_lessons_plan_with_overlapping_windows(input_shape, classes):
    return [conv_layer(8, kernel=5), relu_layer(), pool_layer(4, stride=3), fc_layer(classes)]


@exercise.alternative
def bent_by_pooling_alone(input_shape, classes):
    return [conv_layer(8, kernel=5), pool_layer(4), fc_layer(classes)]


@exercise.mistake(
    when="the plan is the one that the lesson shows",
    hint="Turn at least one of its knobs, or try layers in another order, and measure what you get.",
)
def the_lessons_plan(input_shape, classes):
    return [conv_layer(8, kernel=5), relu_layer(), pool_layer(4), fc_layer(classes)]


@exercise.form("the_lessons_plan")
def the_lessons_plan_with_idle_layers(input_shape, classes):
    plan = the_lessons_plan(input_shape, classes)
    return [pool_layer(1), *plan[:2], relu_layer(), plan[2], relu_layer(), plan[3]]


@exercise.form("the_lessons_plan")
def the_lessons_plan_in_another_order(input_shape, classes):
    return [conv_layer(8, kernel=5), pool_layer(4), relu_layer(), fc_layer(classes)]


@exercise.form("the_lessons_plan")
def the_lessons_plan_pooled_twice(input_shape, classes):
    return [conv_layer(8, kernel=5), pool_layer(2), relu_layer(), pool_layer(2), fc_layer(classes)]


@exercise.form("the_lessons_plan")
def the_lessons_plan_pooled_in_small_steps(input_shape, classes):
    pools = [pool_layer(2, stride=1), pool_layer(2, stride=1), pool_layer(2, stride=4)]
    return [conv_layer(8, kernel=5), relu_layer(), *pools, fc_layer(classes)]


@exercise.mistake(
    when="no filter slides over the image: every pixel has its own weights, and what is learned at one place is not known at another",
    hint="Without CONV a letter must be learned again at every place. Put a CONV first; it has few parameters.",
)
def nothing_slides(input_shape, classes):
    return [fc_layer(classes)]


@exercise.mistake(
    when="nothing bends between the layers: there is neither RELU nor POOL, and two layers are as good as one",
    hint="Lesson 06: without a bend, CONV and FC collapse into one layer. Which layer has no parameters and bends?",
)
def no_relu(input_shape, classes):
    return [conv_layer(6, kernel=5, stride=2), fc_layer(classes)]


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
    return [conv_layer(8, kernel=1), relu_layer(), pool_layer(4), fc_layer(classes)]


@exercise.mistake(
    when="the filters are so large that only a few positions and a few filters are left",
    hint="Filters nearly as large as the image hardly slide. Turn their size down, and have more of them.",
)
def kernels_too_large(input_shape, classes):
    return [conv_layer(2, kernel=15), relu_layer(), fc_layer(classes)]


@exercise.mistake(
    when="the pooling window throws away what the next layer would have needed",
    hint="What is the thinnest stroke, and what is left of it when only the largest pixel of such a window is kept?",
)
def windows_too_large(input_shape, classes):
    return [pool_layer(4), conv_layer(8, kernel=3), relu_layer(), fc_layer(classes)]


@exercise.mistake(
    when="the stride is so long that windows leave pixels out, or meet a stroke only by luck",
    hint="With a stride longer than the window some pixels are never looked at. Turn it down.",
)
def strides_too_long(input_shape, classes):
    return [conv_layer(8, kernel=3, stride=6), relu_layer(), fc_layer(classes)]


@exercise.mistake(
    when="a hidden layer has so few neurons that all of them may be dead from the start",
    hint="Everything must pass through the narrowest layer. A RELU that is 0 for every image lets nothing through: have more neurons.",
)
def too_few_neurons(input_shape, classes):
    return [
        conv_layer(8, kernel=5),
        relu_layer(),
        pool_layer(4),
        fc_layer(1),
        relu_layer(),
        fc_layer(classes),
    ]


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
    conv = conv_layer(4, kernel=3, padding=5)
    return [conv, relu_layer(), conv, relu_layer(), pool_layer(32), fc_layer(classes)]


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
    return [conv_layer(6, kernel=5), relu_layer(), pool_layer(6), fc_layer(2)]


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
