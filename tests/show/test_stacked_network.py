"""The widget of lesson 08 as Python sees it."""

import pytest

from helpers import data, reference
from helpers.show.widgets import StackedNetwork


def describe(pattern):
    if pattern == "broken":
        raise KeyError("oh")
    return reference.describe_layers(pattern, filters=4, units=2, kernel=3)


@pytest.fixture
def widget():
    return StackedNetwork(describe, "INPUT -> [CONV -> RELU]*2 -> FC", (1, 9, 9), data.X)


def test_it_begins_in_the_middle_of_the_last_map(widget):
    assert widget.unit == [2, 2, 2]
    assert [box["name"] for box in widget.drawing["boxes"]] == ["INPUT", "CONV", "CONV", "FC"]
    assert widget.picture.startswith("data:image/png;base64,")


def test_a_new_pattern_is_drawn(widget):
    widget.pattern = "INPUT -> CONV -> POOL -> CONV -> FC"
    assert widget.trouble == ""
    shapes = [tuple(box["shape"]) for box in widget.drawing["boxes"]]
    assert shapes == [(1, 9, 9), (4, 7, 7), (4, 3, 3), (4, 1, 1), (2, 1, 1)]
    assert widget.unit == [3, 0, 0]


@pytest.mark.parametrize(
    ("pattern", "sentence"),
    [
        ("INPUT -> [CONV -> FC", "the bracket is never closed"),
        ("INPUT -> [CONV]*5 -> FC", "layer 5 (CONV): "),
        ("INPUT -> [CONV]*99 -> FC", "has 100 layers; the drawing has room for 60"),
        ("broken", "describe stopped with KeyError: 'oh'"),
    ],
)
def test_a_bad_pattern_is_told_and_the_drawing_stays(widget, pattern, sentence):
    before = widget.drawing
    widget.pattern = pattern
    assert sentence in widget.trouble
    assert widget.drawing == before


def test_a_unit_stays_inside(widget):
    widget.unit = [9, 9, 9]
    assert widget.unit == [3, 0, 0]
    widget.unit = [1, 9, -3]
    assert widget.unit == [1, 6, 0]


def test_a_page_on_which_nothing_runs_shows_the_chosen_unit(widget):
    widget.unit = [1, 0, 1]
    data, _ = widget._repr_mimebundle_()
    assert "row 0, column 1 after layer 2, which looks at 3 x 3 pixels" in data["text/plain"]


def test_what_is_not_a_network_is_refused():
    with pytest.raises(ValueError, match="begins with INPUT"):
        StackedNetwork(describe, "CONV", (1, 9, 9))
    with pytest.raises(ValueError, match="describe must be a function"):
        StackedNetwork(None, "INPUT -> FC", (1, 9, 9))
    with pytest.raises(ValueError, match="does not have the input's height and width"):
        StackedNetwork(describe, "INPUT -> FC", (1, 9, 9), data.X[:8])
