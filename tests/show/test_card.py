"""The card: what is on it, what it says, and what it refuses."""

import io

import numpy as np
import pytest
from PIL import Image

from helpers import data, show


def card(filters=8, digits=12, wrong=(), facts=("97 % of mine",), title="Mine"):
    images, meant = data.digits()
    images, meant = images[:digits, 0], meant[:digits]
    read = meant.copy()
    read[list(wrong)] = (read[list(wrong)] + 1) % 10
    weights = np.random.default_rng(0).normal(size=(filters, 3, 3))
    return show.card(title, list(facts), weights, images, read, meant)


def test_it_says_what_is_on_it():
    drawn = card(wrong=[2, 5], facts=["97 % of mine", "99 % of theirs"])
    assert drawn.alt == (
        "A card, Mine: 97 % of mine; 99 % of theirs. 8 filters, and 12 digits, of which 2 are read wrongly."
    )
    texts = [text.get_text() for axes in drawn.figure.axes for text in axes.texts]
    assert "3, not 2" in texts
    assert "digits, and what it read; framed: wrong" in texts


@pytest.mark.parametrize(("filters", "digits"), [(1, 1), (8, 10), (16, 20), (9, 11), (40, 200)])
def test_nothing_lies_outside_and_no_pictures_overlap(filters, digits):
    drawn = card(filters, digits)
    boxes = [axes.get_position() for axes in drawn.figure.axes[1:]]
    assert len(boxes) == min(filters, 16) + min(digits, 20)
    for number, box in enumerate(boxes):
        assert min(box.x0, box.y0) > 0
        assert max(box.x1, box.y1) < 1
        for other in boxes[:number]:
            assert box.x1 < other.x0 or other.x1 < box.x0 or box.y1 < other.y0 or other.y1 < box.y0


def test_it_can_be_saved(tmp_path):
    drawn = card()
    drawn.save(tmp_path / "card.png")
    with Image.open(io.BytesIO((tmp_path / "card.png").read_bytes())) as picture:
        assert picture.width > 1000


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"filters": np.ones((3, 3))}, "filters must have the shape"),
        ({"digits": np.ones((0, 8, 8))}, "digits must have the shape"),
        ({"read": [1, 2]}, "there are 1 digits, but 2 read and 1 meant"),
    ],
)
def test_what_does_not_fit_is_refused(change, message):
    given = {"filters": np.ones((1, 3, 3)), "digits": np.ones((1, 8, 8)), "read": [1], "meant": [1]} | change
    with pytest.raises(ValueError, match=message):
        show.card("Mine", [], **given)
