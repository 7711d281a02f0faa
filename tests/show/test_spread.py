"""Tests of the dots that show how far repeated measurements lie apart."""

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from helpers import show


def test_every_value_is_a_dot_and_the_mean_a_line():
    (axes,) = show.spread({"a": [0.25, 0.75, 0.5], "b": [1.0]}).figure.axes
    first, its_mean, second, _ = axes.lines
    np.testing.assert_array_equal(first.get_xdata(), [0.25, 0.75, 0.5])
    np.testing.assert_array_equal(its_mean.get_xdata(), [0.5, 0.5])
    np.testing.assert_array_equal(second.get_xdata(), [1.0])
    assert [text.get_text() for text in axes.texts] == ["0.50", "1.00"]


def test_equal_dots_stand_side_by_side():
    (axes,) = show.spread({"a": [5, 5, 5, 9]}).figure.axes
    heights = axes.lines[0].get_ydata()
    assert len(set(heights[:3])) == 3
    assert heights[:3].mean() == pytest.approx(0)
    assert heights[3] == 0
    assert np.abs(show.spread({"a": [5] * 40}).figure.axes[0].lines[0].get_ydata()).max() < 0.5


def test_the_first_group_is_at_the_top():
    (axes,) = show.spread({"first": [1], "second": [2]}).figure.axes
    assert [label.get_text() for label in axes.get_yticklabels()] == ["first", "second"]
    assert axes.yaxis_inverted()


def test_the_text_tells_mean_and_range_of_each_group():
    picture = show.spread({"nearest": [10, 20], "network": [5.04]}, "errors", decimals=1)
    assert (
        picture.alt == "Dots, errors: nearest 15.0 (10.0 to 20.0, 2 runs); network 5.0 (5.0 to 5.0, 1 run)."
    )


def test_limits_hold_all_values_and_the_baseline():
    (axes,) = show.spread({"a": [0.2, 0.3]}, baseline=0.9).figure.axes
    low, high = axes.get_xlim()
    assert low < 0.2
    assert high > 0.9
    (axes,) = show.spread({"a": [0.2, 0.3]}, limits=(0, 1)).figure.axes
    assert axes.get_xlim() == (0, 1)


@pytest.mark.parametrize("title", [None, "what it is"])
@pytest.mark.parametrize("x_label", [None, "share right"])
@pytest.mark.parametrize("values", [[0, 1], [5, 5], [-12345, 30]])
def test_nothing_is_cut_off(title, x_label, values):
    figure = show.spread({"a long name of a group": values, "b": [1]}, title, x_label=x_label).figure
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    box = figure.get_tightbbox(canvas.get_renderer())
    width, height = figure.get_size_inches()
    assert box.x0 >= 0
    assert box.y0 >= 0
    assert box.x1 <= width
    assert box.y1 <= height


def test_the_same_dots_have_the_same_bytes():
    assert show.spread({"a": [1, 2]}).png == show.spread({"a": [1, 2]}).png


@pytest.mark.parametrize(
    ("groups", "sentence"),
    [
        ({}, "at least one group"),
        ({"a": []}, "the group 'a' needs values"),
        ({"a": [np.nan]}, "the group 'a' needs values, all of them finite"),
    ],
)
def test_bad_input_gets_one_clear_sentence(groups, sentence):
    with pytest.raises(ValueError, match=sentence):
        show.spread(groups)
