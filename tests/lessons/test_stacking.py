"""What lesson 08 says in words: the numbers of its prose, measured."""

import math
from itertools import pairwise

import numpy as np
import pytest

from helpers import data, reference

FEATURES = np.stack(list(data.features.values()))[:, None] / 9
LETTERS = np.stack([data.X, data.O])[:, None]
STROKES = reference.relu(reference.conv2d(LETTERS, FEATURES))
FALLS, RISES = [(0, 0), (4, 4)], [(0, 4), (4, 0)]
PATTERN = "INPUT -> [[CONV -> RELU]*1 -> POOL?]*2 -> [FC -> RELU]*2 -> FC"
CIFAR = (3, 32, 32)


def net(kernel=5):
    return reference.describe_layers(PATTERN, filters=[6, 16], units=[120, 84, 10], kernel=kernel)


def letter_filters():
    """The second layer: a filter for the X, one for the O."""
    filters = np.zeros((2, 3, 5, 5))
    for letter, (falling, rising) in enumerate([(FALLS, RISES), (RISES, FALLS)]):
        for row, column in falling:
            filters[letter, 0, row, column] = 1
        for row, column in rising:
            filters[letter, 1, row, column] = 1
    filters[0, 2, 2, 2] = 1
    return filters / np.array([5, 4]).reshape(2, 1, 1, 1)


def test_the_x_is_seven_pixels_wide():
    rows, columns = np.nonzero(data.X == 1)
    assert (np.ptp(rows) + 1, np.ptp(columns) + 1) == (7, 7)


def test_which_stroke_lies_in_which_corner():
    corners = STROKES[:, :, 1:6, 1:6][:, :, [0, 4, 0, 4], [0, 4, 4, 0]]  # upper left, lower right, the others
    np.testing.assert_allclose(corners[0, :2], [[1, 1, 1 / 9, 1 / 9], [1 / 9, 1 / 9, 1, 1]])
    np.testing.assert_allclose(corners[1, :2], [[1 / 9, 1 / 9, 1, 1], [1, 1, 1 / 9, 1 / 9]])
    np.testing.assert_allclose(STROKES[:, 2, 3, 3], [1, 0])


def test_the_second_layer_finds_whole_letters():
    answers = reference.conv2d(STROKES, letter_filters())
    np.testing.assert_allclose(answers[:, :, 1, 1].round(2), [[1, 0.11], [0.09, 1]])
    for letter in (0, 1):
        assert np.sum(np.isclose(answers[letter, letter], 1)) == 1


def test_a_value_of_layer_two_looks_at_49_of_81_pixels():
    layers = [reference.conv_layer(3, kernel=3), reference.conv_layer(2, kernel=5)]
    assert reference.receptive_field(layers) ** 2 == 49
    assert data.X.size == 81


def test_deep_stacks_look_far():
    conv, pool = reference.conv_layer(16, kernel=3), reference.pool_layer(2)
    assert (
        reference.receptive_field([conv] * 3) == reference.receptive_field([reference.conv_layer(1, 7)]) == 7
    )
    views = [reference.receptive_field([conv, pool] * count) for count in range(1, 6)]
    assert views == [4, 10, 22, 46, 94]
    assert all(after > 2 * before for before, after in pairwise(views))
    assert 3 * reference.conv_parameters(16, 16, 3) == 6960
    assert reference.conv_parameters(16, 16, 7) == 12560


@pytest.mark.parametrize(
    ("side", "kernel", "expected"), [(32, 5, (16, 5, 5)), (40, 5, (16, 7, 7)), (32, 3, (16, 6, 6))]
)
def test_the_five_is_the_side_of_the_map(side, kernel, expected):
    assert reference.layer_shapes(net(kernel), (3, side, side))[6] == expected


def test_the_side_of_the_kernel_is_refused():
    maps = np.zeros((1, 16, 6, 6))
    with pytest.raises(ValueError, match=r"576 .*144"):
        reference.linear(reference.flatten(maps), np.zeros((120, 16 * 3 * 3)))


def test_where_the_parameters_sit():
    rows = [row for row in reference.parameter_table(net(), CIFAR) if row[2]]
    counts = [count for *_, count in rows]
    assert (sum(counts), counts[0], counts[2], max(counts)) == (62006, 456, 48120, 48120)
    assert round(sum(counts[:2]) / sum(counts), 2) == 0.05
    uses = [count * math.prod(shape[1:]) for _, shape, count in rows]
    assert round(sum(uses[:2]) / sum(uses), 2) == 0.91
    assert 28 * 28 == 784
    assert reference.parameter_table([reference.fc_layer(6 * 28 * 28)], CIFAR)[1][2] == 14455392


def test_the_famous_networks():
    counts = {
        name: sum(count for *_, count in reference.parameter_table(*plan))
        for name, plan in reference.famous_plans().items()
    }
    assert counts == {"LeNet-5": 61_706, "AlexNet": 62_378_344, "VGG-16": 138_357_544}
    assert 950 < counts["AlexNet"] / counts["LeNet-5"] < 1050
    layers, _ = reference.famous_plans()["VGG-16"]
    assert sum(layer["layer"] != "POOL" for layer in layers) == 16


def test_where_the_values_are():
    shapes = reference.layer_shapes(net(), CIFAR)
    assert math.prod(shapes[1]) == max(map(math.prod, shapes)) == 4704


def test_the_example_with_a_stride():
    layers = [reference.conv_layer(1, 5), reference.pool_layer(2), reference.conv_layer(1, 3)]
    assert [reference.receptive_field(layers[first:]) for first in (2, 1, 0)] == [3, 6, 10]


def test_what_there_is_to_find_in_the_widget():
    pattern = "INPUT -> [[CONV -> RELU]*2 -> POOL]*{} -> [FC -> RELU]*1 -> FC"
    layers = reference.describe_layers(pattern.format(3), filters=16, units=[64, 10], kernel=3, padding=1)
    assert reference.layer_shapes(layers, CIFAR)[-4] == (16, 4, 4)
    views = [reference.receptive_field(layers[: number + 1]) for number in range(len(layers) - 3)]
    first = next(number for number, view in enumerate(views) if view > 16)
    assert [layer["layer"] for layer in layers[: first + 1]].count("POOL") == 2
    assert (layers[first]["layer"], views[first]) == ("CONV", 24)
    deep = reference.describe_layers(pattern.format(6), filters=16, units=[64, 10], kernel=3, padding=1)
    assert reference.layer_shapes(deep[:25], CIFAR)[-1] == (16, 1, 1)
    assert [layer["layer"] for layer in deep[:25]].count("POOL") == 5
    with pytest.raises(ValueError, match=r"\(POOL\): window 2 is larger"):
        reference.layer_shapes(deep, CIFAR)
