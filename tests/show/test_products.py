"""Tests of the arithmetic behind one output value."""

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from helpers import data, show

PATCHES = np.array([[[1.0, -1.0], [-1.0, 1.0]], [[0.5, 0.0], [1.0, 1.0]]])
KERNELS = np.array([[[1.0, 0.0], [0.0, 2.0]], [[-1.0, 1.0], [0.5, 0.0]]])


def written(picture):
    return [text.get_text() for text in picture.figure.axes[0].texts]


def test_each_channel_has_its_products_and_its_sum():
    picture = show.products(PATCHES, KERNELS, bias=0.5, channels=["red", "blue"], title="row 0, column 1")
    assert picture.alt == (
        "Products of a patch and a kernel (2 x 2): red sum 3, blue sum 0, bias 0.5, total 3.5."
    )
    texts = written(picture)
    assert {"row 0, column 1", "red", "blue", "patch", "kernel", "products", "sum", "bias", "total"} <= set(
        texts
    )
    assert {"3", "3.5", "-0.50"} <= set(texts)


def test_one_channel_without_a_bias_needs_no_total():
    picture = show.products(data.X[1:4, 1:4], data.features["falling"])
    assert picture.alt == "Products of a patch and a kernel (3 x 3): sum 9."
    assert "total" not in written(picture)


@pytest.mark.parametrize("channels", [1, 3])
@pytest.mark.parametrize("side", [2, 3, 5])
def test_nothing_overlaps_or_is_cut_off(channels, side):
    stack = np.full((channels, side, side), -0.33)
    picture = show.products(stack, 30 * stack, bias=-123.45, title="where it is")
    canvas = FigureCanvasAgg(picture.figure)
    canvas.draw()
    boxes = [text.get_window_extent(canvas.get_renderer()) for text in picture.figure.axes[0].texts]
    for index, box in enumerate(boxes):
        assert box.x0 >= 0
        assert box.y0 >= 0
        assert box.x1 <= picture.figure.bbox.width
        assert box.y1 <= picture.figure.bbox.height
        for other in boxes[:index]:
            assert min(box.x1, other.x1) - max(box.x0, other.x0) < 1 or (
                min(box.y1, other.y1) - max(box.y0, other.y0) < 1
            )


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"kernels": KERNELS[0]}, "must have one shape"),
        ({"patches": np.ones(3), "kernels": np.ones(3)}, "must have one shape"),
        ({"channels": ["red"]}, "a name for each of the 2 channels, but has 1"),
    ],
)
def test_what_does_not_fit_is_refused(arguments, sentence):
    with pytest.raises(ValueError, match=sentence):
        show.products(**{"patches": PATCHES, "kernels": KERNELS, **arguments})
