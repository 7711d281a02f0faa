"""The widget of lesson 05 as a learner sees it: in JupyterLab, with mouse and keyboard."""

import numpy as np
import pytest
from playwright.sync_api import expect

from helpers import data, reference
from helpers.teaching.lab.browser import python
from tests.browser.pages import SQUEEZED, answer, at_rest, cell_texts, centre, places

pytestmark = pytest.mark.browser

CODE = """\
from helpers import data, reference
from helpers.show import widgets

maps = {name: reference.filter_image(data.X, feature) for name, feature in data.features.items()}
pool = widgets.PoolMap(maps, partial=True)
pool
"""
# The places of everything that must not move, whatever the knobs say.
PLACES = places(
    ".course-widget, .course-knob, .course-slider, .course-value, .course-title, .course-figure, "
    ".course-label, .course-formula",
    corners=".course-title",
)


@pytest.fixture(scope="module")
def page(open_code):
    return open_code("pool_map", CODE)


@pytest.fixture
def pool(page):
    """The page with all knobs as at the start."""
    page.set_viewport_size({"width": 1000, "height": 1000})
    python(page, "pool.position = [0, 0]")
    page.get_by_label("map", exact=True).select_option("falling")
    turn(page, window=2, stride=2, partial=True)
    page.mouse.move(1, 1)
    return page


def turn(page, window, stride, partial):
    page.get_by_label("window", exact=True).fill(str(window))
    page.get_by_label("stride", exact=True).fill(str(stride))
    page.get_by_label("partial windows count").set_checked(partial)


def grid(page, name):
    return page.locator(".course-figure", has_text=name).locator(".course-grid")


@pytest.mark.parametrize("knobs", [(2, 2, True), (2, 2, False), (3, 2, True), (5, 1, False), (2, 4, True)])
def test_the_knobs_change_the_pooled_map(pool, knobs):
    turn(pool, *knobs)
    stack = reference.filter_image(data.X, data.features["falling"])[np.newaxis, np.newaxis]
    expected = reference.max_pool2d(stack, *knobs)[0, 0]
    rows, columns = expected.shape
    expect(pool.get_by_text(f"pooled map ({rows} x {columns})", exact=True)).to_be_visible()
    assert cell_texts(grid(pool, "pooled map")) == [[f"{value:.2f}" for value in line] for line in expected]
    assert answer(pool, "pool.pooled.tolist()", expected.tolist()) == expected.tolist()
    origins = int(python(pool, "", "int(pool.origins.sum())"))
    expect(pool.locator(".course-kept")).to_have_count(origins)
    expect(pool.locator(".course-numbers")).to_contain_text(
        f"49 in, {expected.size} out, from {origins} place"
    )


@pytest.mark.parametrize(
    ("knobs", "unseen"), [((2, 2, True), 0), ((2, 2, False), 13), ((1, 2, False), 33), ((2, 3, True), 24)]
)
def test_values_that_no_window_reaches_are_hatched(pool, knobs, unseen):
    turn(pool, *knobs)
    expect(pool.locator(".course-unseen")).to_have_count(unseen)


def test_pointing_and_arrow_keys_move_the_window(pool):
    pool.mouse.move(*centre(pool, grid(pool, "pooled map"), 3, 1))
    assert answer(pool, "pool.position", [3, 1]) == [3, 1]
    expect(pool.locator(".course-place")).to_have_text("row 6, column 2: 2 values")
    expect(pool.locator(".course-keeps")).to_have_text("0.56, from row 6, column 2")
    pool.mouse.move(*centre(pool, grid(pool, "feature map"), 2, 3))
    assert answer(pool, "pool.position", [1, 1]) == [1, 1]
    pool.mouse.move(1, 1)
    pool.get_by_role("application", name="pooled map: arrow keys move the window").focus()
    for key in ["ArrowUp"] * 3 + ["ArrowRight"] * 9:
        pool.keyboard.press(key)
    assert answer(pool, "pool.position", [0, 3]) == [0, 3]


def test_a_knob_is_turned_with_the_keyboard(pool):
    knob = pool.get_by_label("window", exact=True)
    knob.focus()
    pool.keyboard.press("ArrowRight")
    expect(pool.get_by_text("F = 3", exact=True)).to_be_visible()
    expect(knob).to_be_focused()


def test_another_map_is_chosen(pool):
    pool.get_by_label("map", exact=True).select_option("centre")
    assert answer(pool, "pool.map_name", "centre") == "centre"
    turn(pool, 7, 1, False)
    expect(pool.locator(".course-keeps")).to_have_text("1.00, from row 3, column 3")


def test_nothing_moves_while_the_knobs_are_turned(pool):
    before = at_rest(pool, PLACES)
    assert len(before) > 15
    for knobs in [(1, 1, False), (7, 7, True), (3, 2, True), (2, 5, False)]:
        turn(pool, *knobs)
        assert pool.evaluate(PLACES) == before
        assert pool.evaluate(SQUEEZED) == []


@pytest.mark.parametrize("width", [1000, 700, 480])
def test_it_fits_the_page(pool, width):
    pool.set_viewport_size({"width": width, "height": 1000})
    pool.wait_for_timeout(300)
    assert pool.evaluate(SQUEEZED) == []
