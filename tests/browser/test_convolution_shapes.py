"""The widget of lesson 03 as a learner sees it: in JupyterLab, with mouse and keyboard."""

import re

import pytest
from playwright.sync_api import expect

from helpers.teaching.lab.browser import python
from tests.browser.pages import SQUEEZED, answer, at_rest, centre, places

pytestmark = pytest.mark.browser

CODE = """\
from helpers import data
from helpers.show import widgets

shapes = widgets.ConvolutionShapes(data.X)
shapes
"""
# The places of everything that must not move, whatever the knobs say.
PLACES = places(
    ".course-widget, .course-knob, .course-slider, .course-value, .course-title, .course-room, .course-label"
)


@pytest.fixture(scope="module")
def page(open_code):
    return open_code("convolution_shapes", CODE)


@pytest.fixture
def shapes(page):
    """The page with all knobs as at the start."""
    page.set_viewport_size({"width": 1000, "height": 1000})
    for knob, value in {
        "kernel size": 3,
        "stride": 1,
        "padding": 0,
        "depth of the input": 1,
        "number of filters": 1,
    }.items():
        turn(page, knob, value)
    page.mouse.move(1, 1)
    return page


def turn(page, knob, value):
    page.get_by_label(knob, exact=True).fill(str(value))


def volume(page, name):
    return page.locator(".course-figure", has=page.get_by_text(re.compile(rf"^{name} \(")))


def test_knobs_change_shapes_and_parameters(shapes):
    for knob, value in {
        "kernel size": 5,
        "padding": 2,
        "depth of the input": 3,
        "number of filters": 8,
    }.items():
        turn(shapes, knob, value)
    for name, shape in {
        "padded input": "3 x 13 x 13",
        "one filter": "3 x 5 x 5",
        "output": "8 x 9 x 9",
    }.items():
        expect(volume(shapes, name).locator(".course-title")).to_have_text(f"{name} ({shape})")
    expect(shapes.locator(".course-parameters")).to_have_text("8 · (3 · 5 · 5 weights + 1 bias) = 608")
    expect(shapes.locator(".course-numbers")).to_have_text("8 · 9 · 9 = 648 in the output")
    assert answer(shapes, "[shapes.output_shape, shapes.parameters]", [[8, 9, 9], 608]) == [[8, 9, 9], 608]
    expect(volume(shapes, "output").locator(".course-layer")).to_have_count(7)


@pytest.mark.parametrize(
    ("knobs", "rows", "tiles"),
    [
        ((3, 1, 0), "(9 − 3 + 2 · 0) / 1 + 1 = 7", "yes: the last window ends at the edge"),
        ((4, 2, 0), "(9 − 4 + 2 · 0) / 2 + 1 = 3.50 → 3", "no: 1 row and 1 column left over"),
        ((1, 4, 0), "(9 − 1 + 2 · 0) / 4 + 1 = 3", "yes: the last window ends at the edge, gaps of 3"),
        ((3, 4, 2), "(9 − 3 + 2 · 2) / 4 + 1 = 3.50 → 3", "no: 2 rows and 2 columns left over, gaps of 1"),
    ],
)
def test_tiling_is_told_and_unseen_pixels_are_hatched(shapes, knobs, rows, tiles):
    for knob, value in zip(("kernel size", "stride", "padding"), knobs, strict=True):
        turn(shapes, knob, value)
    expect(shapes.locator(".course-rows")).to_have_text(rows)
    expect(shapes.locator(".course-columns")).to_have_text(rows)
    expect(shapes.locator(".course-tiles")).to_have_text(tiles)
    count = int(python(shapes, "", "int(shapes.unseen.sum())"))
    expect(shapes.locator(".course-unseen")).to_have_count(count)
    positions = int(python(shapes, "", "shapes.output_shape[1] * shapes.output_shape[2]"))
    expect(shapes.locator(".course-start")).to_have_count(positions)


def test_pointing_and_arrow_keys_move_the_window(shapes):
    turn(shapes, "stride", 2)
    output = volume(shapes, "output").locator(".course-grid")
    shapes.mouse.move(*centre(shapes, output, 3, 1))
    assert answer(shapes, "shapes.position", [3, 1]) == [3, 1]
    padded = volume(shapes, "padded input").locator(".course-grid")
    shapes.mouse.move(*centre(shapes, padded, 1, 1))
    assert answer(shapes, "shapes.position", [0, 0]) == [0, 0]
    shapes.mouse.move(1, 1)
    shapes.get_by_role("application", name="output: arrow keys move the window").focus()
    for key in ["ArrowUp", "ArrowDown"] + ["ArrowRight"] * 9:
        shapes.keyboard.press(key)
    assert answer(shapes, "shapes.position", [1, 3]) == [1, 3]


def test_a_knob_is_turned_with_the_keyboard(shapes):
    shapes.get_by_label("padding", exact=True).focus()
    shapes.keyboard.press("ArrowRight")
    expect(shapes.locator(".course-rows")).to_have_text("(9 − 3 + 2 · 1) / 1 + 1 = 9")
    expect(shapes.get_by_label("padding", exact=True)).to_be_focused()


def test_nothing_moves_while_the_knobs_are_turned(shapes):
    before = at_rest(shapes, PLACES)
    assert len(before) > 20
    for knob, values in {
        "kernel size": (1, 7),
        "stride": (4, 1),
        "padding": (3, 1),
        "number of filters": (8,),
    }.items():
        for value in values:
            turn(shapes, knob, value)
            assert shapes.evaluate(PLACES) == before
            assert shapes.evaluate(SQUEEZED) == []


@pytest.mark.parametrize("width", [1000, 700, 480])
def test_it_fits_the_page(shapes, width):
    shapes.set_viewport_size({"width": width, "height": 1000})
    shapes.wait_for_timeout(300)
    assert shapes.evaluate(SQUEEZED) == []
