"""Both widgets as a learner sees them: in JupyterLab, with mouse, finger and keyboard."""

import json
import re

import numpy as np
import pytest
from playwright.sync_api import expect

from helpers import data, reference
from helpers.teaching.lab.browser import open_notebook, python, run_all, save
from tests.browser.pages import (
    SQUEEZED,
    answer,
    at_rest,
    cell_texts,
    centre,
    drag,
    figure,
    places,
    press,
    value_of,
)

pytestmark = pytest.mark.browser

# The places of everything that must not move; numbers and words inside may change.
PLACES = places(
    ".course-widget, .course-figure, .course-button, .course-select, .course-headline, .course-remark, "
    ".course-bar, .course-share, .course-small, .course-sign, .course-label, .course-arithmetic"
)


@pytest.fixture(scope="module")
def pad_page(open_page):
    return open_page("draw_pad")


@pytest.fixture(scope="module")
def slide_page(open_page):
    return open_page("slide_feature")


@pytest.fixture
def pad(pad_page):
    """The page with an empty pad."""
    pad_page.set_viewport_size({"width": 1000, "height": 1000})
    python(pad_page, "trouble, pause = None, 0")
    press(pad_page, "clear the drawing")
    return pad_page


@pytest.fixture
def slide(slide_page):
    """The page with the first feature in the upper left corner and an empty map."""
    slide_page.set_viewport_size({"width": 1000, "height": 1000})
    slide_page.get_by_label("feature", exact=True).select_option("falling")
    slide_page.mouse.move(1, 1)
    press(slide_page, "reset: empty the feature map")
    return slide_page


def white(places):
    """A black drawing with these white pixels."""
    image = np.full((9, 9), -1.0)
    for place in places:
        image[place] = 1
    return image


def assert_drawn(page, expected):
    """The drawing has reached Python."""
    expected = np.asarray(expected, dtype=float).tolist()
    assert answer(page, "pad.image.tolist()", expected) == expected


def test_the_mouse_draws_without_holes_and_the_agreement_follows(pad):
    grid = pad.get_by_role("grid")
    drag(pad, grid, (1, 1), (7, 7))
    drag(pad, grid, (1, 7), (3, 5))
    drag(pad, grid, (5, 3), (7, 1))
    expect(pad.locator(".course-headline")).to_have_text("nearest template: X")
    expect(pad.locator(".course-number").first).to_have_text("1.00")
    expect(pad.locator(".course-number").last).to_have_text(f"{reference.agreement(data.X, data.O):.2f}")
    expect(pad.get_by_text("0 of 81 pixels disagree", exact=True)).to_be_visible()
    assert_drawn(pad, data.X)


def test_a_press_on_a_white_pixel_erases(pad):
    press(pad, "draw the template X")
    drag(pad, pad.get_by_role("grid"), (1, 1), (7, 7))
    expect(pad.locator(".course-share").first).to_contain_text(f"{1 - 7 / 81:.2f}")
    erased = data.X.copy()
    np.fill_diagonal(erased, -1)
    assert_drawn(pad, erased)


def test_a_finger_draws(pad):
    touch = pad.context.new_cdp_session(pad)
    start, end = (centre(pad, pad.get_by_role("grid"), 2, column) for column in (1, 6))
    for kind, points in (("touchStart", [start]), ("touchMove", [end]), ("touchEnd", [])):
        touches = [{"x": x, "y": y} for x, y in points]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})
    expect(pad.get_by_role("gridcell", name="row 2, column 6, white")).to_be_visible()
    assert_drawn(pad, white((2, column) for column in range(1, 7)))


def test_the_keyboard_draws_and_the_notebook_keeps_still(pad):
    grid = pad.get_by_role("grid")
    drag(pad, grid, (4, 4), (4, 4))
    grid.focus()
    for key in ("ArrowUp", "ArrowRight", "Space", "ArrowDown", "Space", "x", "a", "ArrowDown", "Enter"):
        pad.keyboard.press(key)
    expect(pad.get_by_role("gridcell", name="row 5, column 5, white")).to_be_visible()
    assert_drawn(pad, white([(3, 5), (4, 4), (4, 5), (5, 5)]))
    assert pad.locator(".jp-Cell").count() == 2
    expect(grid).to_be_focused()


def test_the_cursor_stops_at_the_edge_and_is_told_to_screen_readers(pad):
    grid = pad.get_by_role("grid")
    grid.focus()
    for _ in range(10):
        pad.keyboard.press("ArrowUp")
        pad.keyboard.press("ArrowLeft")
    cell = pad.locator(f"id={grid.get_attribute('aria-activedescendant')}")
    expect(cell).to_have_attribute("aria-label", "row 0, column 0, black")
    expect(pad.locator(".course-pad .course-window")).to_be_visible()


@pytest.mark.parametrize(
    ("name", "shift", "axis"), [("left", -1, 1), ("right", 1, 1), ("up", -1, 0), ("down", 1, 0)]
)
def test_shift_moves_the_drawing_by_one_pixel(pad, name, shift, axis):
    press(pad, "draw the template X")
    press(pad, f"shift {name}")
    moved = np.roll(data.X, shift, axis)
    expect(pad.locator(".course-number").first).to_have_text(f"{reference.agreement(moved, data.X):.2f}")
    assert_drawn(pad, moved)


def test_a_function_that_fails_is_told_in_one_sentence_and_the_pad_goes_on(pad):
    before = at_rest(pad, PLACES)
    python(pad, "trouble = IndexError('index 9 is out of bounds for axis 0 with size 9 ' * 5)")
    press(pad, "draw the template O")
    remark = pad.locator(".course-remark")
    expect(remark).to_contain_text("agreement stopped with IndexError: index 9 is out of bounds")
    expect(pad.locator(".course-headline")).to_have_text("nearest template: –")
    assert pad.evaluate(SQUEEZED) == []
    assert pad.evaluate(PLACES) == before
    python(pad, "trouble = None")
    press(pad, "shift up")
    expect(remark).to_contain_text("Orange corners mark")
    expect(pad.locator(".course-headline")).to_have_text("nearest template: O")


def test_a_new_image_from_python_shows_on_the_pad(pad):
    python(pad, "pad.image = data.O")
    expect(pad.locator(".course-headline")).to_have_text("nearest template: O")
    expect(pad.get_by_role("gridcell", name="row 1, column 4, white")).to_be_visible()


def test_a_slow_function_is_told_and_drawing_goes_on(pad):
    python(pad, "pause = 4")
    press(pad, "draw the template X")
    expect(pad.get_by_role("gridcell", name="row 1, column 1, white")).to_be_visible()
    expect(pad.locator(".course-remark")).to_contain_text("Python has not answered")
    expect(pad.locator(".course-headline")).to_have_text("nearest template: X")
    expect(pad.locator(".course-remark")).to_contain_text("Orange corners mark")


def test_what_the_function_prints_while_one_draws_does_not_pile_up(pad):
    printed = pad.locator(".jp-OutputArea-output", has_text="what learners print").all_inner_texts()
    for _ in range(4):
        press(pad, "shift left")
        press(pad, "draw the template X")
    assert_drawn(pad, data.X)
    after = pad.locator(".jp-OutputArea-output", has_text="what learners print").all_inner_texts()
    assert after == printed


def test_nothing_moves_while_one_draws(pad):
    before = at_rest(pad, PLACES)
    assert len(before) > 15
    for name in ("draw the template X", "shift left", "draw the template O", "clear the drawing"):
        press(pad, name)
        drag(pad, pad.get_by_role("grid"), (8, 0), (0, 8))
        python(pad, "pass")
        assert pad.evaluate(PLACES) == before


@pytest.mark.parametrize("width", [1000, 900, 700])
def test_the_pad_fits_the_page(pad, width):
    pad.set_viewport_size({"width": width, "height": 1000})
    pad.wait_for_timeout(300)
    assert pad.evaluate(SQUEEZED) == []


def visited_places(page, last):
    """The entries of the feature map that Python has, once the window has arrived at the last place."""
    assert answer(page, "slide.position", list(last)) == list(last)
    visited = value_of(page, "slide.visited")
    return {tuple(place) for place in np.argwhere(visited).tolist()}


def match_text(feature, row, column):
    rows, columns = feature.shape
    patch = data.X[row : row + rows, column : column + columns]
    value = f"{reference.match(patch, feature):.2f}"
    total = f"{(patch * feature).sum():g}"
    return f"sum {total} / {feature.size} = {value}".replace("-", "−")


def test_pointing_at_the_image_moves_the_window_and_fills_the_map(slide):
    image = figure(slide, "image (9 x 9)")
    for (row, column), window in (((4, 4), (3, 3)), ((1, 7), (0, 6)), ((8, 8), (6, 6))):
        slide.mouse.move(*centre(slide, image, row, column))
        expect(slide.locator(".course-place")).to_have_text(f"row {window[0]}, column {window[1]}")
        expect(slide.locator(".course-match")).to_have_text(match_text(data.features["falling"], *window))
    shown = cell_texts(figure(slide, "feature map (7 x 7)"))
    assert shown[3][3] == f"{reference.filter_image(data.X, data.features['falling'])[3, 3]:.2f}"
    assert shown[2][2] == ""
    assert {(0, 0), (3, 3), (0, 6), (6, 6)} <= visited_places(slide, (6, 6))


def test_the_arithmetic_is_written_out(slide):
    expect(slide.locator(".course-sum")).to_have_text("−1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 = 7")
    expect(slide.locator(".course-match")).to_have_text("sum 7 / 9 = 0.78")
    products = cell_texts(figure(slide, "products (3 x 3)"))
    np.testing.assert_array_equal(np.array(products, dtype=float), data.X[:3, :3] * data.features["falling"])


def test_arrow_keys_move_the_window_and_stop_at_the_edge(slide):
    slide.get_by_role("application", name="image: arrow keys move the window").focus()
    for key in ["ArrowLeft", "ArrowDown"] + ["ArrowRight"] * 8:
        slide.keyboard.press(key)
    expect(slide.locator(".course-place")).to_have_text("row 1, column 6")
    assert answer(slide, "slide.position", [1, 6]) == [1, 6]
    assert slide.locator(".jp-Cell").count() == 2


def test_a_click_on_the_map_goes_there(slide):
    slide.mouse.click(*centre(slide, figure(slide, "feature map (7 x 7)"), 5, 2))
    expect(slide.locator(".course-place")).to_have_text("row 5, column 2")


def test_step_reads_line_by_line(slide):
    for _ in range(8):
        press(slide, "step: visit the next position")
    expect(slide.locator(".course-place")).to_have_text("row 1, column 1")
    shown = cell_texts(figure(slide, "feature map (7 x 7)"))
    assert [text != "" for line in shown for text in line] == [True] * 9 + [False] * 40


def test_play_goes_on_until_it_is_paused(slide):
    play = slide.locator(".course-play")
    play.click()
    expect(play).to_have_text("pause")
    expect(slide.locator(".course-place")).to_have_text(re.compile("row [1-6]"))
    play.click()
    expect(play).to_have_text("play")
    press(slide, "step: visit the next position")
    position = slide.locator(".course-place").inner_text()
    slide.wait_for_timeout(600)
    expect(slide.locator(".course-place")).to_have_text(position)


@pytest.mark.parametrize("name", ["falling", "rising", "centre"])
def test_fill_all_shows_the_whole_map_of_each_feature(slide, name):
    slide.get_by_label("feature", exact=True).select_option(name)
    press(slide, "fill all: visit every position")
    expected = reference.filter_image(data.X, data.features[name])
    shown = cell_texts(figure(slide, "feature map (7 x 7)"))
    assert shown == [[f"{value:.2f}" for value in line] for line in expected]
    assert answer(slide, "slide.feature_map.tolist()", expected.tolist()) == expected.tolist()


def test_a_feature_of_another_shape_starts_a_map_of_its_own(slide):
    slide.get_by_label("feature", exact=True).select_option("edge")
    press(slide, "fill all: visit every position")
    expect(figure(slide, "feature map (9 x 7)")).to_be_visible()
    shown = cell_texts(figure(slide, "feature map (9 x 7)"))
    expected = reference.filter_image(data.X, np.array([[-1.5, 0, 1.5]]))
    assert np.array(shown, dtype=float).shape == expected.shape
    np.testing.assert_allclose(np.array(shown, dtype=float), expected, atol=0.005)


def test_python_moves_the_window_too(slide):
    python(slide, "slide.feature_name = 'rising'; slide.position = [2, 3]")
    expect(slide.locator(".course-place")).to_have_text("row 2, column 3")
    expect(slide.get_by_label("feature", exact=True)).to_have_value("rising")


def test_nothing_moves_while_the_window_does(slide):
    before = at_rest(slide, PLACES)
    assert len(before) > 15
    slide.get_by_role("application", name="image").focus()
    for name in ("falling", "rising", "centre"):
        slide.get_by_label("feature", exact=True).select_option(name)
        for key in ("step: visit the next position", "fill all: visit every position", "reset: empty"):
            press(slide, key)
            assert slide.evaluate(PLACES) == before


def test_features_of_other_shapes_leave_the_rest_in_place(slide):
    corners = []
    for name in ("falling", "edge", "large", "falling"):
        slide.get_by_label("feature", exact=True).select_option(name)
        press(slide, "fill all: visit every position")
        assert slide.evaluate(SQUEEZED) == []
        corners.append([place[:3] for place in slide.evaluate(PLACES)])
    assert corners[0] == corners[1] == corners[2] == corners[3]


@pytest.mark.parametrize("width", [1000, 900, 700])
def test_the_slide_fits_the_page(slide, width):
    slide.set_viewport_size({"width": width, "height": 1000})
    slide.wait_for_timeout(300)
    assert slide.evaluate(SQUEEZED) == []


@pytest.mark.parametrize("name", ["draw_pad", "slide_feature"])
def test_a_saved_notebook_shows_a_picture_when_it_is_opened_without_its_kernel(open_page, browser, lab, name):
    page = open_page(name)
    save(page)
    saved = json.loads((lab.folder / f"{name}.ipynb").read_text())
    assert sorted(saved["cells"][1]["outputs"][-1]["data"]) == ["text/html", "text/plain"]
    page.evaluate("() => window.jupyterapp.commands.execute('notebook:shutdown-kernel')")
    again = browser.new_page()
    open_notebook(again, lab, f"{name}.ipynb")
    expect(again.locator(".jp-OutputArea-output img")).to_be_visible()
    assert again.get_by_text("Error displaying widget").count() == 0
    run_all(again)
    expect(again.locator(".course-widget")).to_be_visible()
    again.close()
