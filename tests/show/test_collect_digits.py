"""The collecting pad as Python sees it: what it keeps, refuses, and shows where nothing moves."""

import numpy as np
import pytest
import traitlets

from helpers import data, reference
from helpers.show.widgets import CollectDigits


def drawing(size=24):
    """A stroke down the middle."""
    image = np.full((size, size), -1.0)
    image[4 : size - 4, size // 2 - 1 : size // 2 + 1] = 1
    return image


def test_a_new_pad_has_kept_nothing():
    pad = CollectDigits()
    assert pad.pieces == []
    assert pad.answers.tolist() == []
    assert pad.answers.dtype.kind == "i"


def test_drawings_come_out_as_scans_have_them():
    pad = CollectDigits()
    pad.add(drawing(), "1")
    pad.add(drawing(), 7)
    assert pad.answers.tolist() == [1, 7]
    piece = pad.pieces[0]
    assert piece.shape == (28, 28)
    assert piece[0, 0] == 1  # paper
    assert piece[14, 14] == -1  # ink
    image = reference.prepare_scan(piece)
    assert image.shape == (8, 8)
    assert image.max() == 0  # half of each block is ink


def test_what_the_browser_sends_is_kept():
    pad = CollectDigits()
    pad.set_state({"kept": [["3", drawing().tolist()]]})
    assert pad.answers.tolist() == [3]
    pad.set_state({"kept": []})
    assert pad.pieces == []


@pytest.mark.parametrize(
    ("image", "label", "message"),
    [
        (drawing(), "X", "not 'X'"),
        (drawing(9), "1", "the pad"),
        (3 * drawing(), "1", "between -1 and 1"),
        (None, "1", "array of numbers"),
    ],
)
def test_what_does_not_fit_is_refused(image, label, message):
    pad = CollectDigits()
    with pytest.raises((ValueError, traitlets.TraitError), match=message):
        pad.add(image, label)
    assert pad.pieces == []


def test_where_nothing_runs_the_last_drawings_are_shown():
    pad = CollectDigits()
    assert "your drawing (24 x 24)" in str(pad._still())
    for label in "0123456":
        pad.add(drawing(), label)
    assert "Four panels: 3 (24 x 24)" in str(pad._still())
    data_of, _ = pad._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in data_of
    assert "text/html" in data_of


def test_other_labels_than_digits():
    pad = CollectDigits(labels="XO", size=9)
    pad.add(data.X, "X")
    pad.add(data.O, "O")
    assert pad.answers.tolist() == [0, 1]
