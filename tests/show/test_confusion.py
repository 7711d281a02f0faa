"""Tests of the table that shows which classes are taken for which."""

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from helpers import show

COUNTS = np.array([[48, 2, 0], [5, 45, 1], [0, 0, 12]])


def test_the_text_says_how_many_are_right_and_names_every_mistake():
    assert show.confusion(COUNTS, ["rise", "fall", "hill"]).alt == (
        "Confusion of 113 answers, 105 of them right. "
        "Mistakes: fall read as rise 5, rise read as fall 2, fall read as hill 1."
    )
    assert show.confusion(np.eye(2, dtype=int)).alt == "Confusion of 2 answers, 2 of them right."


def test_mistakes_are_dark_and_bold_and_right_answers_quiet():
    (axes,) = show.confusion(COUNTS).figure.axes
    cells = np.array([patch.get_facecolor()[0] for patch in axes.patches]).reshape(3, 3)
    assert (np.diag(cells) > 0.95).all()
    assert cells[1, 0] < cells[0, 1] < cells[1, 2] < 0.9
    bold = {text.get_text() for text in axes.texts if text.get_weight() == "bold"}
    assert bold == {"5", "2", "1"}


@pytest.mark.parametrize("names", ["XO", ["a long name", "another long name"]])
@pytest.mark.parametrize("title", [None, "100 letters, of which some were hard to read"])
def test_nothing_is_cut_off(names, title):
    figure = show.confusion([[48, 2], [5, 45]], names, title).figure
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    for text in figure.axes[0].texts:
        box = text.get_window_extent(canvas.get_renderer())
        assert box.x0 >= 0
        assert box.y0 >= 0
        assert box.x1 <= figure.bbox.width
        assert box.y1 <= figure.bbox.height


@pytest.mark.parametrize(
    ("counts", "names", "sentence"),
    [
        ([[1, 2]], None, "a square of whole numbers"),
        ([[0.5]], None, "a square of whole numbers"),
        ([[-1]], None, "a square of whole numbers"),
        ([[1]], ["a", "b"], "1 classes need as many names, not 2"),
    ],
)
def test_what_does_not_fit_is_refused(counts, names, sentence):
    with pytest.raises(ValueError, match=sentence):
        show.confusion(counts, names)
