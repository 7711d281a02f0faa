"""Tests of the bar charts."""

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex

from helpers import show

PAIRS = {"the X": [0.75, 0.95], "the O": [0.77, 0.79]}


def parts(picture):
    """Lengths, colours and printed numbers of the bars."""
    (axes,) = picture.figure.axes
    return (
        [bar.get_width() for bar in axes.patches],
        [to_hex(bar.get_facecolor()) for bar in axes.patches],
        [text.get_text() for text in axes.texts],
    )


def test_bars_have_their_values_at_the_end():
    picture = show.bars(["X", "O"], [1, 0.7407], title="agreement with the X")
    lengths, colours, numbers = parts(picture)
    assert lengths == [1, 0.7407]
    assert colours == ["#0072b2", "#0072b2"]
    assert numbers == ["1.00", "0.74"]
    assert picture.alt == "Bar chart, agreement with the X: X 1.00; O 0.74."


def test_bars_below_zero_are_vermillion():
    lengths, colours, numbers = parts(show.bars(["a", "b"], [12.25, -30.0], decimals=1))
    assert lengths == [12.25, -30]
    assert colours == ["#0072b2", "#d55e00"]
    assert numbers == ["12.2", "-30.0"]


def test_the_first_label_is_at_the_top():
    (axes,) = show.bars(["first", "second"], [1, 2]).figure.axes
    assert [label.get_text() for label in axes.get_yticklabels()] == ["first", "second"]
    assert axes.yaxis_inverted()


@pytest.mark.parametrize("values", [[0.2, 0.1], [1, 1], [-5, 3], [-1, -2], [1000000, 1], PAIRS])
def test_nothing_is_cut_off(values):
    picture = show.bars(["a long label for a bar", "b"], values, title="what they are")
    canvas = FigureCanvasAgg(picture.figure)
    canvas.draw()
    (axes,) = picture.figure.axes
    renderer = canvas.get_renderer()
    for text in [*axes.texts, *axes.get_yticklabels(), axes.title, axes._left_title]:
        if text.get_text():
            box = text.get_window_extent(renderer)
            assert box.x0 >= 0
            assert box.y0 >= 0
            assert box.x1 <= picture.figure.bbox.width
            assert box.y1 <= picture.figure.bbox.height


def test_limits_give_bars_of_several_charts_one_measure():
    ends = [show.bars(["a"], [value], limit=2).figure.axes[0].get_xlim() for value in (0.5, 1.5)]
    assert ends[0] == ends[1]
    assert ends[0][1] > 2


def test_the_same_chart_has_the_same_bytes():
    assert show.bars(["a"], [1]).png == show.bars(["a"], [1]).png


def test_two_lists_stand_side_by_side_in_two_tones():
    picture = show.bars(["moved", "small"], PAIRS, "agreement", wrong={"the O": [True, False]})
    (axes,) = picture.figure.axes
    middles = [bar.get_y() + bar.get_height() / 2 for bar in axes.patches]
    assert [to_hex(bar.get_facecolor()) for bar in axes.patches] == ["#404040"] * 2 + ["#bfbfbf"] * 2
    assert middles[0] < middles[2] < middles[1] < middles[3]
    texts = [text.get_text() for text in axes.texts]
    assert texts.count("the X") == texts.count("the O") == 2
    assert "0.77  \N{BALLOT X} wrong" in texts
    assert picture.alt == (
        "Bar chart, agreement: moved, the X 0.75, the O 0.77 (wrong); small, the X 0.95, the O 0.79."
    )


def test_wrong_answers_of_one_list_are_named():
    picture = show.bars(["a", "b"], [1, 0.5], wrong=[False, True])
    assert picture.alt == "Bar chart: a 1.00; b 0.50 (wrong)."


@pytest.mark.parametrize(
    ("values", "wrong", "sentence"),
    [
        ({"a": [1], "b": [1], "c": [1]}, None, "one list of values or two side by side, not 3"),
        ({"a": [1], "b": [1, 2]}, None, "has 1 labels, 2 values"),
        ({"a": [1], "b": [1]}, {"c": [True]}, "True or False for each bar of a, b"),
    ],
)
def test_bad_pairs_get_one_clear_sentence(values, wrong, sentence):
    with pytest.raises(ValueError, match=sentence):
        show.bars(["one"], values, wrong=wrong)


@pytest.mark.parametrize(("labels", "values"), [([], []), (["a"], [1, 2])])
def test_bad_input_gets_one_clear_sentence(labels, values):
    sentence = f"bars needs a value for each label, but has {len(labels)} labels, {len(values)} values"
    with pytest.raises(ValueError, match=sentence):
        show.bars(labels, values)
