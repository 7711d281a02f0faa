"""The collecting pad of lesson 19 as a learner sees it: drawn with mouse and keys, kept by button and key."""

import numpy as np
import pytest
from playwright.sync_api import expect

from helpers.teaching.lab.browser import python
from tests.browser.pages import SQUEEZED, answer, drag, press, value_of

pytestmark = pytest.mark.browser

CODE = """\
from helpers.show import widgets

pad = widgets.CollectDigits()
pad
"""


@pytest.fixture(scope="module")
def page(open_code):
    return open_code("collect_digits", CODE)


@pytest.fixture
def pad(page):
    """The page with an empty pad, and nothing kept."""
    python(page, "pad.kept = []")
    press(page, "clear the drawing")
    expect(page.locator(".course-headline")).to_have_text("0 kept")
    return page


def test_a_drawing_is_kept_by_its_button_and_the_pad_is_empty_again(pad):
    grid = pad.get_by_role("grid")
    drag(pad, grid, (4, 12), (19, 12))
    press(pad, "keep it as 1")
    expect(pad.locator(".course-headline")).to_have_text("1 kept")
    assert answer(pad, "pad.answers.tolist()", [1]) == [1]
    drawn = np.array(value_of(pad, "pad.kept[0][1]"))
    assert (drawn[5:19, 12] == 1).all()
    assert drawn[:, :9].max() == -1
    expect(pad.get_by_role("gridcell", name="row 10, column 12, black")).to_be_visible()
    assert pad.locator(".course-kept").count() == 1


def test_keys_draw_and_keep(pad):
    grid = pad.get_by_role("grid")
    grid.focus()
    for key in ("Space", "ArrowDown", "Space", "7", "Space", "3"):
        pad.keyboard.press(key)
    expect(pad.locator(".course-headline")).to_have_text("2 kept")
    assert answer(pad, "pad.answers.tolist()", [7, 3]) == [7, 3]
    assert pad.locator(".jp-Cell").count() == 2


def test_an_empty_pad_is_not_kept_and_the_last_one_can_be_taken_back(pad):
    press(pad, "keep it as 5")
    expect(pad.get_by_text("There is nothing on the pad yet.")).to_be_visible()
    drag(pad, pad.get_by_role("grid"), (4, 4), (19, 19))
    press(pad, "keep it as 5")
    expect(pad.locator(".course-headline")).to_have_text("1 kept")
    press(pad, "take the last one back")
    expect(pad.locator(".course-headline")).to_have_text("0 kept")
    assert answer(pad, "len(pad.pieces)", 0) == 0


def test_nothing_is_squeezed(pad):
    for column in range(4, 20, 4):
        drag(pad, pad.get_by_role("grid"), (4, column), (19, column))
        press(pad, "keep it as 1")
    expect(pad.locator(".course-headline")).to_have_text("4 kept")
    for width in (1000, 700):
        pad.set_viewport_size({"width": width, "height": 1000})
        assert pad.evaluate(SQUEEZED) == []
    pad.set_viewport_size({"width": 1000, "height": 1000})
