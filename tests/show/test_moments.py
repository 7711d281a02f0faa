"""Series with the votes of their moments below them."""

import numpy as np
import pytest
from matplotlib.colors import to_hex

from helpers import show
from helpers.show.parts.style import BLUE, VERMILLION


def drawn():
    series = [np.arange(6.0), np.ones(6)]
    votes = [np.array([1.0, -2.0, 0.5]), np.array([0.0, 3.0, 0.0])]
    return show.moments(series, votes, ["a", "b"], first=2)


def test_bars_stand_at_the_moments_and_are_coloured_by_sign():
    below = drawn().figure.axes[2]
    assert [bar.get_x() + bar.get_width() / 2 for bar in below.patches] == [2, 3, 4]
    assert [to_hex(bar.get_facecolor()).upper() for bar in below.patches] == [BLUE, VERMILLION, BLUE]


def test_the_text_says_where_most_was_voted():
    assert repr(drawn()) == (
        "Votes of the moments: a, -0.5 in all, most at moment 2 (1); b, 3 in all, most at moment 3 (3)."
    )


@pytest.mark.parametrize(("series", "votes"), [(0, 0), (5, 5), (1, 0)])
def test_what_cannot_be_drawn_is_refused(series, votes):
    with pytest.raises(ValueError, match="1 to 4 series"):
        show.moments([np.ones(3)] * series, [np.ones(3)] * votes)
