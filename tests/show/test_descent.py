"""Steps down a valley, on contour lines."""

import numpy as np
import pytest

from helpers.show.figures.descent import descent


def bowl(x, y):
    return x**2 + 25 * y**2


def test_each_route_has_a_panel_and_a_sentence():
    picture = descent(bowl, {"one": [[2, 1], [1, 0]], "two": [[2, 1], [0, 0], [0, 0]]})
    assert str(picture) == (
        "Steps on contour lines of an error: one, 1 step, error 29.00 to 1.00; "
        "two, 2 steps, error 29.00 to 0.00."
    )
    assert picture.png


@pytest.mark.parametrize(
    "routes", [{}, {"a": [1, 2]}, {"a": np.zeros((2, 3))}, {name: [[1, 2]] for name in "abc"}]
)
def test_anything_but_routes_gets_a_sentence(routes):
    with pytest.raises(ValueError, match=r"routes|places"):
        descent(bowl, routes)
