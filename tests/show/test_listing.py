"""Listings: what they say, and what they refuse."""

import pytest

from helpers import show

LINES, SHAPES, COUNTS = ["x", "self.conv1(x)", "F.relu(x)"], [(3, 8, 8), (6, 4, 4), (6, 4, 4)], [0, 456, 0]


def test_the_text_tells_every_line():
    picture = show.listing(LINES, SHAPES, COUNTS)
    assert picture.alt == (
        "A listing of 3 lines. x: 3 x 8 x 8; self.conv1(x): 6 x 4 x 4, with 456 parameters; "
        "F.relu(x): 6 x 4 x 4."
    )
    assert picture.png[1:4] == b"PNG"


def test_it_is_the_same_picture_every_time():
    assert show.listing(LINES, SHAPES, COUNTS).png == show.listing(LINES, SHAPES, COUNTS).png


def test_an_outline_marks_the_current_line():
    assert show.listing(LINES, SHAPES, COUNTS, current=1).png != show.listing(LINES, SHAPES, COUNTS).png


def test_a_network_without_parameters():
    assert show.listing(["x"], [(10,)], [0]).alt == "A listing of 1 line. x: 10."


@pytest.mark.parametrize(("lines", "shapes", "counts"), [([], [], []), (["x"], [], [0]), (["x"], [(1,)], [])])
def test_refuses_lines_without_shape_or_number(lines, shapes, counts):
    with pytest.raises(ValueError, match="needs a shape and a number"):
        show.listing(lines, shapes, counts)
