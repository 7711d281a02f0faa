"""Tests of the lines and of the slopes."""

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from helpers import reference, show
from helpers.show.figures.slopes import both_sides


def assert_nothing_is_cut_off(figure):
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    box = figure.get_tightbbox(canvas.get_renderer())
    width, height = figure.get_size_inches()
    assert box.x0 >= 0
    assert box.y0 >= 0
    assert box.x1 <= width
    assert box.y1 <= height


def test_each_line_has_its_name_beside_its_end():
    picture = show.curves([0, 1, 2], {"grows": [1, 10, 100], "fades": [1, 5, 2]}, "size")
    (axes,) = picture.figure.axes
    heights = {text.get_text(): text.get_position()[1] for text in axes.texts}
    assert heights["grows"] > 0.9
    assert heights["fades"] < 0.2
    assert picture.alt == "Lines over 0 to 2, size: grows from 1 to 100; fades from 1 to 2."


def test_names_of_lines_that_end_together_are_moved_apart():
    (axes,) = show.curves([0, 1], {"one": [0, 1], "two": [3, 1], "three": [1, 1]}).figure.axes
    heights = sorted(text.get_position()[1] for text in axes.texts)
    assert np.diff(heights).min() > 0.07


@pytest.mark.parametrize("logarithmic", [False, True])
def test_no_name_is_cut_off(logarithmic):
    lines = {"a rather long name of a line": [1, 1e9], "another": [1, 1e9], "b": [1, 1e-9]}
    assert_nothing_is_cut_off(show.curves([0, 20], lines, "what", "x", "y", logarithmic).figure)


def test_names_stay_clear_of_the_axis():
    (axes,) = show.curves([0, 1], {"training": [1, 0], "validation": [1, 0.001]}, limits=(0, 1)).figure.axes
    heights = [text.get_position()[1] for text in axes.texts]
    assert min(heights) > 0.04
    assert np.diff(sorted(heights)) > 0.07


def test_several_runs_are_thin_and_their_mean_is_named():
    picture = show.curves([1, 2], {"training": [[0.7, 0.4], [0.5, 0.2]], "validation": [1, 1]}, "loss")
    (axes,) = picture.figure.axes
    one, other, mean, validation = axes.lines
    np.testing.assert_allclose(mean.get_ydata(), [0.6, 0.3])
    assert one.get_linewidth() == other.get_linewidth() < mean.get_linewidth()
    assert mean.get_linestyle() == "-"
    assert validation.get_linestyle() == "--"
    assert [text.get_text() for text in axes.texts] == ["training", "validation"]
    assert picture.alt == (
        "Lines over 1 to 2, loss: training from 0.6 to 0.3 (mean of 2 runs); validation from 1 to 1."
    )


def test_a_line_that_ends_early_has_its_name_there():
    lines = {"goes on": np.linspace(1, 0, 11), "ends": [1, 2, 3, *[np.nan] * 8]}
    (axes,) = show.curves(np.arange(11), lines).figure.axes
    places = {text.get_text(): text.get_position()[0] for text in axes.texts}
    assert places["goes on"] == pytest.approx(1.02)
    assert places["ends"] == pytest.approx(0.22)


def test_both_axes_can_multiply():
    (axes,) = show.curves(
        [0.01, 0.1, 1], {"a": [3, 20, 200]}, logarithmic=True, logarithmic_x=True
    ).figure.axes
    FigureCanvasAgg(axes.figure).draw()
    assert axes.get_xscale() == axes.get_yscale() == "log"
    assert {"0.01", "0.1", "1"} <= {label.get_text() for label in axes.get_xticklabels()}


def test_a_line_may_end_before_its_last_value():
    assert "from 1 to 4" in show.curves([0, 1, 2], {"stops": [1, 4, np.inf]}).alt


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ({}, "1 to 4 lines, not 0"),
        ({"a": [1, 2, 3]}, "needs one value for each entry of x"),
        ({"a": [np.nan, np.nan]}, "no finite value"),
    ],
)
def test_bad_lines_get_one_clear_sentence(lines, sentence):
    with pytest.raises(ValueError, match=sentence):
        show.curves([0, 1], lines)


def test_slopes_are_those_of_calculus_on_either_side():
    at = np.array([-6.0, 0.0, 6.0])
    left, right = both_sides(reference.sigmoid, at)
    exact = reference.sigmoid(at) * (1 - reference.sigmoid(at))
    np.testing.assert_allclose(left, exact, atol=1e-6)
    np.testing.assert_allclose(right, exact, atol=1e-6)
    left, right = both_sides(reference.relu, at)
    np.testing.assert_allclose(left, [0, 0, 1], atol=1e-6)
    np.testing.assert_allclose(right, [0, 1, 1], atol=1e-6)


def test_the_slopes_are_told():
    picture = show.slopes({"tanh": reference.tanh, "ReLU": reference.relu}, [0, 6])
    assert picture.alt == (
        "Curve of tanh: slope 1.00 at 0, 0.00 at 6. "
        "Curve of ReLU: slope 0.00 to the left and 1.00 to the right of 0, 1.00 at 6."
    )
    assert_nothing_is_cut_off(picture.figure)


@pytest.mark.parametrize("count", [0, 4])
def test_a_wrong_number_of_functions_gets_one_clear_sentence(count):
    functions = dict.fromkeys("abcd"[:count], reference.relu)
    with pytest.raises(ValueError, match=f"1 to 3 functions, not {count}"):
        show.slopes(functions, [0])
