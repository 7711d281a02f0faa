"""The widget of lesson 12 as a learner sees it: in JupyterLab, with mouse and keyboard."""

import numpy as np
import pytest
from playwright.sync_api import expect

from helpers.teaching.lab.browser import python
from tests.browser.pages import SQUEEZED, answer, at_rest, centre, places, value_of

pytestmark = pytest.mark.browser

CODE = """\
import numpy as np
from helpers import data
from helpers.show import widgets

kernels = {name: feature / 9 for name, feature in data.features.items()}
image = data.draw_letter("X", noise=0.2, rng=np.random.default_rng(2))
flow = widgets.BackwardFlow(image, 0, kernels, np.random.default_rng(9).normal(0, 0.3, (2, 48)))
flow
"""
# The places of everything that must not move, whatever is nudged.
PLACES = places(
    ".course-widget, .course-stage, .course-grid, .course-slider, .course-value, .course-beam, "
    ".course-select, .course-button"
)


@pytest.fixture(scope="module")
def page(open_code):
    return open_code("backward_flow", CODE)


@pytest.fixture
def flow(page):
    """The page with the middle pixel chosen and nothing nudged."""
    page.set_viewport_size({"width": 1000, "height": 1000})
    python(page, "flow.filter_name = 'falling'; flow.place = ['image', 4, 4]; flow.nudge = 0.0")
    page.mouse.move(1, 1)
    return page


def stage(page, name):
    return page.locator(".course-stage", has=page.get_by_text(name)).locator(".course-grid").first


def line(page, label):
    return page.locator(".course-nudge", has_text=label)


def nudge(page, value):
    page.get_by_label("nudge", exact=True).fill(str(value))
    assert answer(page, "round(flow.nudge, 9)", value) == value


def test_a_nudge_shows_what_was_predicted_and_what_comes(flow):
    python(flow, "flow.place = ['image', 6, 6]")
    nudge(flow, 0.5)
    expect(line(flow, "predicted change").locator(".course-value")).to_have_text("+0.073")
    expect(line(flow, "true change").locator(".course-value")).to_have_text("+0.074")
    expect(line(flow, "true change")).to_contain_text("error 0.959 → 1.034")
    flow.get_by_role("button", name="take the nudge back").click()
    expect(line(flow, "predicted change").locator(".course-value")).to_have_text("0.000")
    assert answer(flow, "flow.nudge", 0) == 0


def test_a_click_chooses_a_weight_and_the_slider_gets_its_range(flow):
    nudge(flow, 0.5)
    flow.mouse.click(*centre(flow, stage(flow, "falling"), 0, 0))
    assert answer(flow, "flow.place", ["filter", 0, 0]) == ["filter", 0, 0]
    slider = flow.get_by_label("nudge", exact=True)
    expect(slider).to_have_attribute("max", "0.2")
    expect(slider).to_have_value("0")
    nudge(flow, 0.2)
    expect(line(flow, "predicted change").locator(".course-value")).to_have_text("+0.137")
    expect(line(flow, "true change").locator(".course-value")).to_have_text("+0.056")


def test_arrow_keys_choose(flow):
    flow.get_by_role("application", name="image: arrow keys choose what is nudged").focus()
    for key in ["ArrowUp", "ArrowLeft", "ArrowLeft"]:
        flow.keyboard.press(key)
    assert answer(flow, "flow.place", ["image", 3, 2]) == ["image", 3, 2]
    for _ in range(9):
        flow.keyboard.press("ArrowUp")
    assert answer(flow, "flow.place", ["image", 0, 2]) == ["image", 0, 2]


def test_the_slider_is_moved_with_the_keyboard(flow):
    flow.get_by_label("nudge", exact=True).focus()
    flow.keyboard.press("ArrowRight")
    assert answer(flow, "round(flow.nudge, 9)", 0.01) == 0.01
    expect(flow.get_by_label("nudge", exact=True)).to_be_focused()


def test_another_filter_brings_its_own_stages(flow):
    flow.get_by_label("filter", exact=True).select_option("centre")
    assert answer(flow, "flow.filter_name", "centre") == "centre"
    expect(flow.get_by_text("centre\n3 x 3")).to_be_visible()
    gradient = np.array(value_of(flow, "flow.gradients['filter']"))
    largest = flow.locator(".course-up-to").nth(2)
    expect(largest).to_have_text(f"up to {np.abs(gradient).max():.2f}")


def test_nothing_moves_while_one_plays(flow):
    before = at_rest(flow, PLACES)
    assert len(before) > 25
    for value in (1, -1, 0.37):
        nudge(flow, value)
        assert flow.evaluate(PLACES) == before
        assert flow.evaluate(SQUEEZED) == []
    flow.mouse.click(*centre(flow, stage(flow, "falling"), 2, 2))
    nudge(flow, -0.2)
    flow.get_by_label("filter", exact=True).select_option("rising")
    assert flow.evaluate(PLACES) == before


@pytest.mark.parametrize("width", [1000, 700, 480])
def test_it_fits_the_page(flow, width):
    flow.set_viewport_size({"width": width, "height": 1000})
    flow.wait_for_timeout(300)
    assert flow.evaluate(SQUEEZED) == []
