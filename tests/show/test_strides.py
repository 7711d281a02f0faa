"""Tests of the figure that shows where a window stops."""

import numpy as np
import pytest
from matplotlib.patches import Rectangle

from helpers import data, show


def test_every_window_has_a_dot_and_every_window_of_a_row_a_stair():
    (axes,) = show.strides(data.X[1:8, 1:8], 3, [1]).figure.axes
    dots = [line for line in axes.lines if line.get_marker() == "o"]
    stairs = {tuple(line.get_xdata()) for line in axes.lines if line.get_marker() != "o"}
    assert len(dots) == 25
    assert len(stairs) == 5


def test_pixels_that_no_window_covers_are_crossed_out():
    def crossed(image, window, step):
        (axes,) = show.strides(image, window, [step]).figure.axes
        return sum(isinstance(patch, Rectangle) and bool(patch.get_hatch()) for patch in axes.patches)

    assert crossed(np.ones((7, 7)), 3, 2) == 0
    assert crossed(np.ones((7, 7)), 3, 3) == 49 - 36
    assert crossed(np.ones((4, 5)), 1, 2) == 20 - 6


def test_the_text_tells_where_the_windows_begin():
    assert show.strides(np.ones((7, 9)), 3, [2, 3]).alt == (
        "Windows of 3 x 3 on an image of 7 x 9. Stride 2: 3 x 4 windows, beginning at columns 0, 2, 4, 6. "
        "Stride 3: 2 x 3 windows, beginning at columns 0, 3, 6."
    )


@pytest.mark.parametrize(("window", "steps"), [(8, [1]), (0, [1]), (3, []), (3, [0]), (3, [1, 1, 1, 1, 1])])
def test_what_does_not_fit_is_refused(window, steps):
    with pytest.raises(ValueError, match=r"does not fit an image|1 to 4 strides"):
        show.strides(np.ones((7, 7)), window, steps)
