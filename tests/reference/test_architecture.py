"""Patterns, shapes, parameters and receptive fields: against networks that are built and run."""

import math
import re

import numpy as np
import pytest

from helpers import reference
from helpers.reference import conv_layer, fc_layer, pool_layer, relu_layer

CIFAR = "INPUT -> [CONV -> RELU -> POOL]*2 -> [FC -> RELU]*2 -> FC"
NET = reference.describe_layers(CIFAR, filters=[6, 16], units=[120, 84, 10], kernel=5)
ODD = [
    conv_layer(3, 4, stride=2, padding=1),
    relu_layer(),
    pool_layer(3, stride=2),
    conv_layer(2, 2),
    fc_layer(5),
]
NETWORKS = pytest.mark.parametrize(("layers", "shape"), [(NET, (3, 32, 32)), (ODD, (2, 15, 19))])


@NETWORKS
def test_shapes_are_those_of_a_network_that_runs(layers, shape):
    rng = np.random.default_rng(0)
    network = reference.build_network(layers, shape, rng)
    x, shapes = rng.normal(size=(2, *shape)), [shape]
    for layer in network.layers:
        x = layer.forward(x)
        if not isinstance(layer, reference.Flatten):
            shapes.append(x.shape[1:])
    assert reference.layer_shapes(layers, shape) == shapes


@NETWORKS
def test_parameters_are_as_many_as_a_network_holds(layers, shape):
    network = reference.build_network(layers, shape, np.random.default_rng(0))
    held = [sum(array.size for array in layer.parameters.values()) for layer in network.layers]
    counted = [count for name, _, count in reference.parameter_table(layers, shape) if count]
    assert counted == [count for count in held if count]


def test_the_cifar_10_net():
    rows = reference.parameter_table(NET, (3, 32, 32))
    assert [row for row in rows if row[0] != "RELU"] == [
        ("INPUT", (3, 32, 32), 0),
        ("CONV", (6, 28, 28), 456),
        ("POOL", (6, 14, 14), 0),
        ("CONV", (16, 10, 10), 2416),
        ("POOL", (16, 5, 5), 0),
        ("FC", (120,), 48120),
        ("FC", (84,), 10164),
        ("FC", (10,), 850),
    ]
    assert sum(count for *_, count in rows) == 62006
    assert math.prod(rows[6][1]) == 16 * 5 * 5 == 400


@pytest.mark.parametrize("layers", [NET[:3], NET[:6], ODD[:3], ODD[:4], []])
def test_the_receptive_field_is_what_changes_a_value(layers):
    """Nudging one pixel changes a value in the middle if, and only if, the pixel is in its field."""
    rng = np.random.default_rng(0)
    network = reference.Network([_average(layer) for layer in layers if layer["layer"] != "RELU"])
    image = rng.normal(size=(1, 1, 40, 1))
    nudged = image + np.eye(40)[:, None, :, None]  # (40, 1, 40, 1): each image has another pixel nudged
    wide = np.repeat(nudged, 40, axis=3)
    before, after = network.forward(np.repeat(image, 40, axis=3)), network.forward(wide)
    middle = before.shape[2] // 2
    changed = np.abs(after[:, 0, middle, middle] - before[0, 0, middle, middle]) > 1e-9
    assert changed.sum() == reference.receptive_field(layers)


@pytest.mark.parametrize(
    ("layer", "sentence"),
    [
        (2, "layer 1 must be a dict with one of"),
        ({"layer": "CONV"}, "does not say its filters and kernel and stride and padding"),
        ({"layer": "POOL", "window": 2, "stride": -1}, "the stride of layer 1 must be a whole number"),
        (reference.fc_layer(2), "a fully connected layer sees the whole image"),
    ],
)
def test_layers_without_a_receptive_field_are_refused(layer, sentence):
    with pytest.raises(ValueError, match=sentence):
        reference.receptive_field([layer])


def _average(layer):
    """A layer with the same window that depends on every value that it sees."""
    side = layer["window"] if layer["layer"] == "POOL" else layer["kernel"]
    convolution = reference.Conv2d(
        1, 1, side, np.random.default_rng(0), layer["stride"], layer.get("padding", 0)
    )
    convolution.parameters["weight"] = np.ones((1, 1, side, side))
    return convolution


@pytest.mark.parametrize(
    ("pattern", "sentence"),
    [
        ("CONV -> FC", "begins with INPUT"),
        ("INPUT -> CNV -> FC", "no layer 'CNV'"),
        ("INPUT -> [CONV -> RELU*2 -> FC", "there must be '->'"),
        ("INPUT -> [CONV -> RELU -> FC", "the bracket is never closed"),
        ("INPUT -> CONV -> RELU]*2 -> FC", "a ']' without its '['"),
        ("INPUT -> [CONV -> RELU] -> FC", "there must be '*' and a number"),
        ("INPUT -> [CONV -> RELU]*N -> FC", "there must be a whole number, not 'N'"),
        ("INPUT -> CONV RELU -> FC", "there must be '->', not 'RELU'"),
        ("INPUT -> FC -> CONV", "no picture left to slide over"),
        ("INPUT -> CONV ->", "but the pattern ends"),
        ("", "at the beginning"),
    ],
)
def test_a_bad_pattern_gets_a_sentence(pattern, sentence):
    with pytest.raises(ValueError, match=re.escape(sentence)):
        reference.parse_pattern(pattern)


@pytest.mark.parametrize(
    ("layers", "sentence"),
    [
        ([pool_layer(2), conv_layer(4, kernel=5)], "layer 2 (CONV): "),
        ([pool_layer(2), pool_layer(5)], "layer 2 (POOL): window 5 is larger than the side 4"),
        ([{"layer": "POOL", "kernel": 2, "stride": 2}], "layer 1 (POOL) does not say its window"),
        ([fc_layer(4), pool_layer(2)], "layer 2 is POOL, but after FC there is no picture left"),
        ([{"layer": "CONV", "filters": 4}], "layer 1 (CONV) does not say its kernel and stride and padding"),
    ],
)
def test_layers_that_do_not_fit_are_named_by_their_number(layers, sentence):
    with pytest.raises(ValueError, match=re.escape(sentence)):
        reference.layer_shapes(layers, (1, 8, 8))
