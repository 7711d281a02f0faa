"""Networks drawn to scale: boxes, windows, pictures, and what is refused."""

import numpy as np
import pytest

from helpers import data, reference
from helpers.reference import conv_layer, fc_layer, pool_layer, relu_layer
from helpers.show.figures.network import arrange, network
from helpers.show.parts.layers import boxes, view_text, windows

LAYERS = [conv_layer(4, kernel=3), relu_layer(), pool_layer(2), fc_layer(5)]


def test_every_layer_but_relu_has_a_box():
    found = boxes(LAYERS, (1, 9, 9))
    assert [box.lines for box in found] == [
        ["INPUT", "", "1 of", "9 x 9"],
        ["CONV", "+ RELU", "4 of", "7 x 7"],
        ["POOL", "", "4 of", "3 x 3"],
        ["FC", "", "5", ""],
    ]
    assert [box.number for box in found] == [0, 2, 3, 4]


@pytest.mark.parametrize("padding", [0, 1])
@pytest.mark.parametrize("stride", [1, 2])
def test_windows_are_as_large_as_the_receptive_field(padding, stride):
    layers = [conv_layer(2, 3, stride, padding), pool_layer(3, stride=2), conv_layer(2, 2, 1, padding)]
    for number in range(4):
        top, left, bottom, right = windows(boxes(layers, (1, 30, 30)), number, 1, 2)[0]
        assert bottom - top + 1 == right - left + 1 == reference.receptive_field(layers[:number])


def test_a_window_is_where_a_nudge_changes_the_value():
    layers = [conv_layer(2, 3, stride=2, padding=1), conv_layer(1, 2)]
    network_run = reference.build_network(layers, (1, 9, 8), np.random.default_rng(0))
    images = np.eye(72).reshape(72, 1, 9, 8)
    changed = ~np.isclose(network_run.forward(images)[:, 0, 0, 1], 0)
    rows, columns = np.nonzero(changed.reshape(9, 8))
    top, left, bottom, right = windows(boxes(layers, (1, 9, 8)), 2, 0, 1)[0]
    assert (max(0, top), left, bottom, right) == (rows.min(), columns.min(), rows.max(), columns.max())


def test_a_fully_connected_unit_looks_at_everything():
    found = boxes(LAYERS, (1, 9, 9))
    seen = windows(found, 3, 0, 0)
    assert seen[2] == (0, 0, 2, 2)
    assert view_text(boxes([fc_layer(2)], (1, 9, 9)), windows(boxes([fc_layer(2)], (1, 9, 9)), 1, 0, 0)) == (
        "all 9 x 9 pixels of the input"
    )


def test_boxes_share_a_scale_and_do_not_overlap():
    found = boxes(
        reference.describe_layers("INPUT -> [CONV -> POOL]*3 -> FC", 16, 10, padding=1), (3, 32, 32)
    )
    (width, height), pixel, corners = arrange(found)
    assert width <= 900
    for box, (left, top), (next_left, _) in zip(found, corners, corners[1:], strict=False):
        assert left + (box.shape[2] + 0.35 * box.shape[0]) * pixel < next_left
        assert 0 < top < top + box.shape[1] * pixel < height


def test_the_text_says_shapes_and_windows():
    text = network(LAYERS, (1, 9, 9), unit=(3, 0, 1), image=data.X).alt
    assert "CONV 4 x 7 x 7; POOL 4 x 3 x 3; FC 5" in text
    assert "row 0, column 1 after layer 3, which looks at 4 x 4 pixels of the input, rows 0 to 3" in text
    padded = network([conv_layer(1, 3, padding=1)], (1, 4, 4), unit=(1, 0, 0)).alt
    assert padded.endswith("rows -1 to 1, columns -1 to 1; those outside are padding.")


def test_the_same_network_is_the_same_file():
    assert network(LAYERS, (1, 9, 9), (2, 1, 1)).png == network(LAYERS, (1, 9, 9), (2, 1, 1)).png


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"unit": (5, 0, 0)}, "there is no layer 5"),
        ({"unit": (3, 3, 0)}, "row 3, column 0 lies outside the 3 x 3 values of layer 3"),
        ({"image": np.zeros((8, 9))}, "does not have the input's height and width"),
    ],
)
def test_what_does_not_fit_is_refused(arguments, sentence):
    with pytest.raises(ValueError, match=sentence):
        network(LAYERS, (1, 9, 9), **arguments)
