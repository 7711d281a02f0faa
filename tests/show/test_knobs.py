"""Tests of the panels that show what each knob does."""

import numpy as np
import pytest

from helpers import show

RESULTS = {"filters": {1: [0.5, 0.7], 8: [0.9, 1.0]}, "size": {3: [0.8, 0.8]}}


def test_every_training_is_a_dot_and_a_line_joins_the_means():
    first, second = (axes for axes in show.knobs(RESULTS).figure.axes if axes.get_visible())
    line, *dots = first.lines
    np.testing.assert_allclose(line.get_ydata(), [0.6, 0.95])
    assert [list(dot.get_ydata()) for dot in dots] == [[0.5, 0.7], [0.9, 1.0]]
    assert [label.get_text() for label in first.get_xticklabels()] == ["1", "8"]
    assert (first.get_title(loc="left"), second.get_title(loc="left")) == ("filters", "size")


def test_all_panels_have_one_scale():
    panels = [axes for axes in show.knobs(RESULTS).figure.axes if axes.get_visible()]
    assert len({axes.get_ylim() for axes in panels}) == 1


def test_a_ring_marks_the_setting_of_a_knob():
    axes = show.knobs(RESULTS, standing={"filters": 8}).figure.axes[0]
    rings = [line for line in axes.lines if line.get_markersize() == 15]
    assert [tuple(ring.get_xydata()[0]) for ring in rings] == [(1, 0.95)] * 2


def test_five_knobs_leave_the_sixth_place_empty():
    picture = show.knobs({name: {1: [0.5], 2: [0.6]} for name in "abcde"})
    assert [axes.get_visible() for axes in picture.figure.axes] == [True] * 5 + [False]


def test_the_text_tells_the_mean_of_each_setting():
    assert show.knobs(RESULTS).alt == (
        "Dots over the settings of a knob, accuracy: filters 1: 0.60, 8: 0.95; size 3: 0.80."
    )


@pytest.mark.parametrize("results", [{}, {"filters": {1: []}}])
def test_nothing_to_draw_is_refused(results):
    with pytest.raises(ValueError, match="at least one knob"):
        show.knobs(results)
