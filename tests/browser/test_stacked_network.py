"""The network of lesson 08 as a learner sees it: patterns typed, units pointed at, keys pressed."""

import json

import pytest
from playwright.sync_api import expect

from helpers.teaching.lab.browser import python
from tests.browser.pages import at_rest, places

pytestmark = pytest.mark.browser

CODE = """\
import numpy as np
from helpers import reference
from helpers.show import widgets

def describe(pattern):
    return reference.describe_layers(pattern, filters=8, units=4, kernel=3, padding=1)

image = np.random.default_rng(0).uniform(-1, 1, (32, 32, 3))
network = widgets.StackedNetwork(describe, "INPUT -> [CONV -> RELU -> POOL]*2 -> FC", (3, 32, 32), image)
network
"""
# The places of everything that must not move; the boxes of the network may.
PLACES = places(".course-stacked-network, .course-stacked-network > *, .course-words, .course-button")
OUTSIDE = """() => {
    const root = document.querySelector(".course-stacked-network");
    const edge = root.closest(".jp-OutputArea-output").getBoundingClientRect();
    return [...root.querySelectorAll("*")]
        .filter((node) => node.getBoundingClientRect().right > edge.right + 1).map((node) => node.className);
}"""


@pytest.fixture(scope="module")
def page(open_code):
    return open_code("stacked_network", CODE)


@pytest.fixture
def fresh(page):
    """The page with a unit of the last pooling layer chosen, whatever the test before is still sending."""
    page.set_viewport_size({"width": 1000, "height": 1000})
    page.mouse.move(1, 1)
    for _ in range(100):
        python(page, "network.pattern = 'INPUT -> [CONV -> RELU -> POOL]*2 -> FC'; network.unit = [4, 4, 4]")
        page.wait_for_timeout(200)
        if page.locator(".course-unit").text_content().startswith("POOL 8 x 8 x 8, row 4, column 4"):
            break
    said(page, "POOL 8 x 8 x 8, row 4, column 4", "10 x 10 pixels: rows 13 to 22, columns 13 to 22")
    return page


def said(page, unit, view):
    expect(page.locator(".course-unit")).to_have_text(unit)
    expect(page.locator(".course-view")).to_have_text(view)


def draw(page, pattern):
    page.get_by_label("pattern; press Enter to draw it").fill(pattern)
    page.keyboard.press("Enter")


def labels(page):
    return [text for text in page.locator(".course-network text").all_text_contents() if text]


def test_the_window_is_outlined_in_every_box_before(fresh):
    widths = [float(frame.get_attribute("width")) for frame in fresh.locator(".course-frame").all()]
    pixel = float(fresh.locator(".course-front").first.get_attribute("width")) / 32
    assert [round(width / pixel, 6) for width in widths] == [10, 8, 4, 2, 1]


def test_pointing_at_a_value_chooses_it(fresh):
    box = fresh.locator(".course-front").nth(3).bounding_box()
    fresh.mouse.move(box["x"] + 0.5, box["y"] + box["height"] / 2 + 0.5)
    said(
        fresh,
        "CONV + RELU 8 x 16 x 16, row 8, column 0",
        "8 x 8 pixels: rows 13 to 20, columns −3 to 4 (outside: padding)",
    )
    assert json.loads(python(fresh, "", "network.unit")) == [3, 8, 0]


def test_keys_move_the_unit_and_change_the_layer(fresh):
    fresh.locator(".course-network").focus()
    for key in ("ArrowUp", "ArrowRight", "PageUp", "PageUp"):
        fresh.keyboard.press(key)
    said(fresh, "POOL 8 x 16 x 16, row 7, column 11", "4 x 4 pixels: rows 13 to 16, columns 21 to 24")
    for _ in range(4):
        fresh.keyboard.press("PageDown")
    said(fresh, "FC 4, any unit", "all 32 x 32 pixels")
    assert fresh.locator(".jp-Cell").count() == 2


def test_buttons_change_the_layer(fresh):
    fresh.get_by_role("button", name="layer before").click()
    expect(fresh.locator(".course-unit")).to_have_text("CONV + RELU 8 x 16 x 16, row 9, column 9")
    fresh.get_by_role("button", name="layer after").click()
    expect(fresh.locator(".course-unit")).to_have_text("POOL 8 x 8 x 8, row 4, column 4")


def test_a_typed_pattern_is_drawn(fresh):
    draw(fresh, "INPUT -> CONV -> FC -> RELU -> FC")
    said(fresh, "CONV 8 x 32 x 32, row 16, column 16", "3 x 3 pixels: rows 15 to 17, columns 15 to 17")
    assert labels(fresh) == [
        "INPUT",
        "3 of",
        "32 x 32",
        "CONV",
        "8 of",
        "32 x 32",
        *["FC", "+ RELU", "4"],
        *["FC", "4"],
    ]
    assert fresh.locator(".jp-Cell").count() == 2


def test_capitals_reach_the_field_and_not_the_notebook(fresh):
    field = fresh.get_by_label("pattern; press Enter to draw it")
    field.fill("")
    field.focus()
    fresh.keyboard.type("INPUT -> [CONV]*2 -> FC MLx")
    expect(field).to_have_value("INPUT -> [CONV]*2 -> FC MLx")
    assert fresh.locator(".jp-Cell").count() == 2
    assert fresh.locator(".jp-mod-lineNumbers, .cm-lineNumbers").count() == 0


def test_a_bad_pattern_gets_its_sentence_and_the_drawing_stays(fresh):
    before = labels(fresh)
    draw(fresh, "INPUT -> [CONV -> RELU -> FC")
    expect(fresh.locator(".course-sentence")).to_have_text(
        "after '[CONV -> RELU -> FC' the bracket is never closed"
    )
    assert labels(fresh) == before
    draw(fresh, "INPUT -> FC")
    expect(fresh.locator(".course-sentence")).to_contain_text("Type a pattern")


def test_nothing_moves_while_one_plays(fresh):
    before = at_rest(fresh, PLACES)
    assert len(before) > 6
    for pattern in (
        "INPUT -> FC",
        "INPUT -> [CONV -> RELU]*9 -> FC",
        "INPUT -> [CONV",
        "INPUT -> [CONV -> POOL]*5 -> [FC]*9",
    ):
        draw(fresh, pattern)
        python(fresh, "pass")
        fresh.wait_for_timeout(200)
        assert fresh.evaluate(PLACES) == before


@pytest.mark.parametrize("width", [1000, 700, 480])
def test_it_fits_the_page(fresh, width):
    fresh.set_viewport_size({"width": width, "height": 1000})
    fresh.wait_for_timeout(300)
    assert fresh.evaluate(OUTSIDE) == []
