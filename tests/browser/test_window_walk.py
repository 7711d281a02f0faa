"""The window that walks back as a learner sees it: in JupyterLab, with mouse and keyboard."""

import pytest
from playwright.sync_api import expect

from helpers.teaching.lab.browser import python
from tests.browser.pages import SQUEEZED, answer, at_rest, cell_texts, figure, places, press

pytestmark = pytest.mark.browser

CODE = """\
import numpy as np
from helpers.show import widgets

image, kernel = np.arange(1.0, 10).reshape(3, 3), np.array([[1.0, 2.0], [3.0, 4.0]])
walk = widgets.WindowWalk(image, kernel, np.array([[1.0, 10.0], [100.0, 1000.0]]))
walk
"""
PLACES = places(
    ".course-widget, .course-figure, .course-grid, .course-slider, .course-value, .course-button, "
    ".course-formula"
)


@pytest.fixture(scope="module")
def page(open_code):
    return open_code("window_walk", CODE)


@pytest.fixture
def walk(page):
    """The page with no position visited."""
    page.set_viewport_size({"width": 1000, "height": 1000})
    python(page, "walk.step = 0")
    expect(page.locator(".course-place")).to_have_text("no window yet")
    return page


def test_the_gradients_fill_step_by_step(walk):
    press(walk, "step: visit the next position")
    expect(walk.locator(".course-place")).to_have_text("row 0, column 0: G = 1")
    press(walk, "step: visit the next position")
    expect(walk.locator(".course-place")).to_have_text("row 0, column 1: G = 10")
    assert cell_texts(figure(walk, "gradient of the image"))[0] == ["1", "12", "20"]
    assert cell_texts(figure(walk, "gradient of the kernel")) == [["21", "32"], ["54", "65"]]
    expect(walk.get_by_text("its corner: 2 + 10 · 1 = 12")).to_be_visible()
    assert answer(walk, "walk.step", 2) == 2


def test_the_slider_goes_anywhere_and_nothing_moves(walk):
    before = at_rest(walk, PLACES)
    for step in (4, 1, 3, 0):
        walk.get_by_label("windows", exact=True).fill(str(step))
        assert answer(walk, "walk.step", step) == step
        assert walk.evaluate(PLACES) == before
        assert walk.evaluate(SQUEEZED) == []


def test_it_plays_to_the_end(walk):
    press(walk, "play: visit one position after another")
    assert answer(walk, "walk.step", 4) == 4
    expect(walk.get_by_role("button", name="play: visit one position after another")).to_have_text("play")
    assert cell_texts(figure(walk, "gradient of the image"))[1] == ["103", "1234", "2040"]


@pytest.mark.parametrize("width", [1000, 700, 480])
def test_it_fits_the_page(walk, width):
    walk.set_viewport_size({"width": width, "height": 1000})
    walk.wait_for_timeout(300)
    assert walk.evaluate(SQUEEZED) == []
