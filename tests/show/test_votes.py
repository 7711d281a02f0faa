"""Tests of the chart of votes."""

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex

from helpers import data, reference, show

VALUES = np.array([[[1.0, 0.5], [0.0, 0.25]], [[1.0, 1.0], [0.5, 0.0]]])  # two channels
WEIGHT = np.array([[1.0, -1.0, 2.0, 0.0, 0.5, -2.0, 1.0, 1.0], [0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0]])
BIAS = np.array([-1.0, 0.5])


def bars(axes):
    """Heights of the votes, heights of the weights, colours of the votes."""
    votes, outlines = axes.containers[:2]
    return (
        [bar.get_height() for bar in votes],
        [bar.get_height() for bar in outlines],
        [to_hex(bar.get_facecolor()) for bar in votes],
    )


def test_each_vote_is_value_times_weight_inside_its_weight():
    figure = show.votes(VALUES, WEIGHT, BIAS).figure
    for axes, weight in zip(figure.axes, WEIGHT, strict=True):
        votes, outlines, colours = bars(axes)
        np.testing.assert_allclose(votes, VALUES.ravel() * weight)
        np.testing.assert_allclose(outlines, weight)
        assert colours == ["#0072b2" if vote >= 0 else "#d55e00" for vote in VALUES.ravel() * weight]


def test_both_classes_have_one_measure():
    first, second = show.votes(VALUES, WEIGHT).figure.axes
    assert first.get_ylim() == second.get_ylim()


def test_channels_stand_apart_and_are_named():
    axes = show.votes(VALUES, WEIGHT, channels=["one", "two"]).figure.axes[-1]
    steps = np.diff([bar.get_x() for bar in axes.containers[0]])
    assert np.argmax(steps) == 3
    assert [label.get_text() for label in axes.get_xticklabels()] == ["one", "two"]


def test_the_text_says_sum_bias_and_share():
    logits = reference.linear(VALUES.reshape(1, -1), WEIGHT, BIAS)
    first, second = reference.softmax(logits)[0]
    assert logits.tolist() == [[-1.5, 2.25]]
    assert show.votes(VALUES, WEIGHT, BIAS).alt == (
        f"Votes of 8 values. X: -0.50 - 1.00 = -1.50, share {first:.3f}. "
        f"O: 1.75 + 0.50 = 2.25, share {second:.3f}."
    )
    assert show.votes(VALUES, WEIGHT, shares=False).alt == "Votes of 8 values. X: -0.50. O: 1.75."


def test_one_row_of_values_and_three_classes():
    picture = show.votes([1.0, 2.0], [[1.0, 0.0], [0.0, 1.0], [0.0, -1.0]], classes="ABC", shares=False)
    assert picture.alt == "Votes of 2 values. A: 1.00. B: 2.00. C: -2.00."


def test_the_selected_value_is_outlined():
    plain, chosen = (show.votes(VALUES, WEIGHT, selected=at).figure.axes[0] for at in (None, 5))
    assert len(chosen.patches) == len(plain.patches) + 2
    bar, window = chosen.containers[0][5], chosen.patches[-1]
    assert window.get_x() <= bar.get_x() <= window.get_x() + window.get_width()
    assert to_hex(window.get_edgecolor()) == "#e69f00"


@pytest.mark.parametrize("selected", [None, 0, 47])
def test_nothing_is_cut_off(selected):
    stack = np.ones((3, 4, 4))
    picture = show.votes(stack, np.ones((2, 48)), BIAS, list(data.features), selected=selected)
    canvas = FigureCanvasAgg(picture.figure)
    canvas.draw()
    texts = [*picture.figure.texts, *picture.figure.axes[-1].get_xticklabels()]
    for text in texts:
        box = text.get_window_extent(canvas.get_renderer())
        assert box.x0 >= 0
        assert box.y0 >= 0
        assert box.x1 <= picture.figure.bbox.width
        assert box.y1 <= picture.figure.bbox.height


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((np.ones((2, 2)), WEIGHT), r"values must be one row, or channels .* not of shape \(2, 2\)"),
        ((VALUES, WEIGHT[:, :5]), r"weight must have a row of 8 for each of 2 classes, not \(2, 5\)"),
        ((VALUES, WEIGHT, [1.0]), r"bias must hold one number for each of 2 classes, not \(1,\)"),
        ((VALUES, WEIGHT, None, ["one"]), r"1 names do not fit the channels"),
    ],
)
def test_what_does_not_fit_is_refused_in_one_sentence(arguments, sentence):
    with pytest.raises(ValueError, match=sentence):
        show.votes(*arguments)
