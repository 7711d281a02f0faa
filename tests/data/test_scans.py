"""The page of digits, pages of others, and the pieces that are cut out of them."""

import io
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from helpers import data
from helpers.data.scans import PAGE_LINES

ROOT = Path(__file__).parents[2]


def page_with(boxes, shape=(120, 200), paper=0.8, ink=-0.7):
    """A page with filled boxes (row, column, height, width)."""
    page = np.full(shape, paper)
    for row, column, height, width in boxes:
        page[row : row + height, column : column + width] = ink
    return page


def png(page, mode="L", exif=None):
    file = io.BytesIO()
    picture = Image.fromarray(np.round((page + 1) * 127.5).astype(np.uint8)).convert(mode)
    picture.save(file, "PNG", **({"exif": exif} if exif else {}))
    return file.getvalue()


def test_the_page_has_eight_of_each_digit():
    page, labels = data.page_of_digits()
    assert np.bincount(labels).tolist() == [8] * 10
    assert page.min() >= -1
    assert page.max() <= 1
    page[:] = 0
    assert data.page_of_digits()[0].any()  # it was a copy


def test_the_page_can_be_drawn_again():
    sys.path.insert(0, str(ROOT / "benchmarks"))
    try:
        import page_of_digits
    finally:
        sys.path.pop(0)
    drawn = page_of_digits.drawn_page(np.random.default_rng(page_of_digits.SEED))
    stored = (data.page_of_digits()[0] + 1) / 2
    assert np.abs(drawn - stored).max() < 0.045


def test_every_digit_of_the_page_is_found_in_order():
    page, labels = data.page_of_digits()
    pieces, windows = data.cut_out(page)
    assert len(pieces) == len(labels) == 80
    for piece, (row, column, height, width) in zip(pieces, windows, strict=True):
        assert piece.shape == (height, width)
        assert 0 <= row < row + height <= page.shape[0]
        assert 0 <= column < column + width <= page.shape[1]
    lefts = np.array([window[1] for window in windows]).reshape(len(PAGE_LINES), 10)
    assert (np.diff(lefts, axis=1) > 0).all()


@pytest.mark.parametrize("times", [2, 3])
def test_larger_pictures_of_the_page_are_cut_as_well(times):
    page = data.page_of_digits()[0].repeat(times, axis=0).repeat(times, axis=1)
    assert len(data.cut_out(page)[0]) == 80


def test_a_bar_that_does_not_touch_belongs_to_its_digit_and_a_speck_to_none():
    page = page_with([(40, 30, 30, 8), (34, 30, 4, 14), (40, 100, 30, 8), (5, 180, 2, 2), (100, 60, 4, 4)])
    _, windows = data.cut_out(page)
    assert windows == [(28, 24, 48, 26), (35, 95, 40, 18)]


def test_of_other_digits_nothing_is_left_on_a_piece():
    page = page_with([(40, 30, 30, 6), (42, 39, 30, 6)])
    for piece in data.cut_out(page)[0]:
        assert np.flatnonzero((piece < 0).any(axis=0)).size == 6


def test_lines_of_a_turned_page_are_read_along_the_lines():
    boxes = [
        (20 + 3 * number + 45 * line, 10 + 30 * number, 20, 10) for line in range(2) for number in range(6)
    ]
    _, windows = data.cut_out(page_with(boxes))
    assert [(row + 3, column + 3) for row, column, _, _ in windows] == [box[:2] for box in boxes]


@pytest.mark.parametrize(
    ("page", "message"),
    [
        (np.ones((20, 30)), "no ink"),
        (np.ones(20), "rows and columns"),
        (np.zeros((3, 4, 3)), "rows and columns"),
        (page_with([(9 * r, 9 * c, 4, 4) for r in range(25) for c in range(40)], (225, 360)), "may have 400"),
        (page_with([(9 * r, 9 * c, 3, 3) for r in range(60) for c in range(70)], (540, 630)), "dark specks"),
    ],
)
def test_what_is_not_a_page_is_refused(page, message):
    with pytest.raises(ValueError, match=message):
        data.cut_out(page)


def test_pictures_are_read_in_grey_and_made_smaller(tmp_path):
    page = page_with([(40, 30, 30, 8)])
    for mode in ("L", "RGB", "RGBA"):
        np.testing.assert_allclose(data.read_scan(png(page, mode)), page, atol=0.01)
    (tmp_path / "page.png").write_bytes(png(page))
    np.testing.assert_allclose(data.read_scan(tmp_path / "page.png"), page, atol=0.01)
    np.testing.assert_allclose(data.read_scan(memoryview(png(page))), page, atol=0.01)
    assert data.read_scan(png(np.ones((700, 2800)))).shape == (350, 1400)


def test_a_photograph_is_turned_as_the_camera_was_held():
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by a quarter
    assert data.read_scan(png(np.ones((20, 30)), exif=exif)).shape == (30, 20)


def test_what_is_not_a_picture_is_refused(tmp_path):
    with pytest.raises(ValueError, match="not a picture"):
        data.read_scan(b"some text")
    with pytest.raises(ValueError, match="not a picture"):
        data.read_scan(tmp_path / "nothing.png")
