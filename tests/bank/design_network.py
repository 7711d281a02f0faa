"""Answers to design_network."""

from helpers import reference
from tests.bank import right, wrong


@right
def three_sixes(input_shape, classes):
    layers = []
    layers.append(reference.conv_layer(3, kernel=6))
    layers.append(reference.relu_layer())
    layers.append(reference.pool_layer(11))
    layers.append(reference.fc_layer(classes))
    return layers


@right
def pooled_before_the_bend(input_shape, classes):
    pool, bend = reference.pool_layer(12), {"layer": "RELU"}
    return [reference.conv_layer(4, kernel=5), pool, bend, reference.fc_layer(units=classes)]


@right
def padded(input_shape, classes):
    conv = {"layer": "CONV", "filters": 3, "kernel": 5, "stride": 1, "padding": 2}
    return [
        conv,
        reference.relu_layer(),
        {"layer": "POOL", "window": 16, "stride": 16},
        reference.fc_layer(classes),
    ]


@wrong("too_many_filters", says="354 parameters; at most 120 are allowed. Layer 1 .CONV, filters = 8")
def copied_from_the_lesson(input_shape, classes):
    stack = "INPUT -> CONV -> RELU -> POOL -> FC"
    return reference.describe_layers(stack, filters=8, units=classes, kernel=5, window=4)


@wrong("units_fixed", says="units = 2")
def two_votes_always(input_shape, classes):
    stack = "INPUT -> CONV -> RELU -> POOL -> FC"
    return reference.describe_layers(stack, filters=4, units=2, kernel=5, window=12)


@wrong(says="should be a list of layers")
def a_pattern_only(input_shape, classes):
    return "INPUT -> CONV -> RELU -> POOL -> FC"


@wrong(says="Layer 1 cannot be read")
def built_already(input_shape, classes):
    return [("CONV", 6, 5), ("RELU",), ("POOL", 6), ("FC", classes)]


@wrong("too_many_neurons", says="Layer 1 .* alone has 2,570")
def dense(input_shape, classes):
    return [reference.fc_layer(10), reference.relu_layer(), reference.fc_layer(classes)]


@wrong("nothing_slides", says="no filter slides")
def shrunk_votes(input_shape, classes):
    return [reference.pool_layer(4), reference.fc_layer(classes)]


@wrong("relu_after_the_votes", says="last layer is RELU")
def bent_everywhere(input_shape, classes):
    layers = []
    for layer in (reference.conv_layer(6, kernel=5), reference.pool_layer(6), reference.fc_layer(classes)):
        layers += [layer, reference.relu_layer()]
    return layers


@wrong("window_does_not_fit", says="cannot be built")
def pooled_away(input_shape, classes):
    conv, relu, pool = reference.conv_layer(2, kernel=3), reference.relu_layer(), reference.pool_layer(4)
    return [conv, relu, pool, conv, relu, pool, reference.fc_layer(classes)]


@wrong("too_many_values_vote", says="parameters; at most 120")
def no_shrinking(input_shape, classes):
    conv = reference.conv_layer(4, kernel=3, padding=1)
    return [conv, reference.relu_layer(), reference.fc_layer(classes)]


@wrong("no_votes", says="At the end there should be an FC")
def ends_in_a_pool(input_shape, classes):
    conv = reference.conv_layer(classes, kernel=7)
    return [conv, reference.relu_layer(), reference.pool_layer(10)]


@wrong("too_few_filters", says="8 filters")
def one_filter(input_shape, classes):
    conv = reference.conv_layer(filters=1, kernel=5)
    return [conv, reference.relu_layer(), reference.pool_layer(6), reference.fc_layer(classes)]


@wrong("too_many_filters", says="354 parameters")
def one_more_relu(input_shape, classes):
    conv, relu = reference.conv_layer(8, kernel=5), reference.relu_layer()
    return [conv, relu, relu, reference.pool_layer(4), reference.fc_layer(classes)]


@wrong(says="650 parameters.*a weight for every class", never="not made smaller")
def over_the_budget_in_spite_of_a_pool(input_shape, classes):
    layers = [reference.conv_layer(6, kernel=3), reference.relu_layer(), reference.pool_layer()]
    return [*layers, reference.fc_layer(classes)]
