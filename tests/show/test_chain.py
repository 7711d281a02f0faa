"""Chains: what they say, and what they refuse."""

import pytest

from helpers import show

VALUES = {"w": 0.5, "a": 1.0, "e": -3.0}


def test_the_text_tells_all_numbers():
    picture = show.chain(["· 2", "minus 4"], VALUES, gradients=[-0.25, 0, 1])
    assert picture.alt == (
        "A chain of 2 steps. Forward: w 0.5, then · 2, a 1, then minus 4, e -3. Backward: e 1, a 0, w -0.25."
    )
    assert picture.png[1:4] == b"PNG"


def test_values_alone_are_enough():
    assert "Backward" not in show.chain(["· 2", "minus 4"], VALUES).alt


@pytest.mark.parametrize(
    ("steps", "more", "words"),
    [
        (["· 2"], {}, "a chain of 1 steps has 2 values"),
        ([], {}, "a chain of 0 steps"),
        (["· 2", "minus 4"], {"gradients": [1]}, "3 values need as many gradients, not 1"),
        (["· 2", "minus 4"], {"slopes": [1]}, "2 steps need as many slopes, not 1"),
    ],
)
def test_numbers_that_do_not_fit_are_refused(steps, more, words):
    with pytest.raises(ValueError, match=words):
        show.chain(steps, VALUES, **more)


def test_nudges_are_written_on_the_edges():
    picture = show.chain(["· 2", "minus 4"], VALUES, nudges=[0.001, 0.002, -0.002])
    assert {"+0.001", "+0.002", "-0.002"} <= {text.get_text() for text in picture.figure.axes[0].texts}
    assert picture.alt.endswith("e -3. Nudged: w +0.001, a +0.002, e -0.002.")
    with pytest.raises(ValueError, match="3 values need as many nudges, not 1"):
        show.chain(["· 2", "minus 4"], VALUES, nudges=[1])
