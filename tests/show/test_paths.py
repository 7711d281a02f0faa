"""A value that goes several ways: what the picture says, and what it refuses."""

import pytest

from helpers import show

FORK = {"x": 1}, ["· 3", "· 5"], {"a": 3, "b": 5}, "a − b", {"e": -2}


def test_the_text_tells_all_numbers():
    gradients, nudges = {"x": -2, "a": 1, "b": -1, "e": 1}, {"x": 0.001, "e": -0.002}
    picture = show.paths(*FORK, gradients, nudges)
    assert picture.alt == (
        "Two paths. From x 1: · 3 gives a 3, · 5 gives b 5; a − b gives e -2. "
        "Backward: e 1, b -1, a 1, x -2. Nudged: x +0.001, e -0.002."
    )
    assert picture.png[1:4] == b"PNG"


def test_values_alone_are_enough():
    assert "Backward" not in show.paths(*FORK).alt
    assert "Nudged" not in show.paths(*FORK).alt


@pytest.mark.parametrize("steps", [[], ["· 3"]])
def test_every_path_has_a_value(steps):
    with pytest.raises(ValueError, match="every path has a step and a value after it"):
        show.paths(FORK[0], steps, *FORK[2:])
