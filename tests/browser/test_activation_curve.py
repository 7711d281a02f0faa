"""The widget of lesson 06 as a learner sees it: in JupyterLab, with mouse and keyboard."""

import numpy as np
import pytest
from playwright.sync_api import expect

from helpers import data, reference
from helpers.teaching.lab.browser import python
from tests.browser.pages import SQUEEZED, answer, at_rest, cell_texts, centre, figure, places

pytestmark = pytest.mark.browser

CODE = """\
from helpers import data, reference
from helpers.show import widgets

curve = widgets.ActivationCurve(reference.convolve_image(data.X, data.features["falling"]))
curve
"""
SUMS = reference.convolve_image(data.X, data.features["falling"])
# The places of everything that must not move, whatever the numbers say.
PLACES = places(
    ".course-widget, .course-figure, .course-plot, .course-grid, .course-knob > *, "
    ".course-label, .course-small"
)


@pytest.fixture(scope="module")
def page(open_code):
    return open_code("activation_curve", CODE)


@pytest.fixture
def curve(page):
    """The page with ReLU, both knobs at 0."""
    page.set_viewport_size({"width": 1000, "height": 1000})
    choose(page, "ReLU")
    turn(page, "sum of products", 0)
    turn(page, "bias", 0)
    return page


def choose(page, name):
    page.get_by_role("radio", name=name).check()


def turn(page, name, value):
    page.get_by_label(name, exact=True).fill(str(value))


def said(page):
    """The four lines next to the curve."""
    return [text.replace("−", "-") for text in page.locator(".course-said").all_inner_texts()]


@pytest.mark.parametrize("name", ["ReLU", "sigmoid", "tanh"])
def test_the_maps_are_those_of_the_course(curve, name):
    choose(curve, name)
    turn(curve, "bias", -4)
    function = {"ReLU": reference.relu, "sigmoid": reference.sigmoid, "tanh": reference.tanh}[name]
    before = np.array(cell_texts(figure(curve, "pre-activation (7 x 7)")), dtype=float)
    after = np.array(cell_texts(curve.locator(".course-grid").last), dtype=float)
    np.testing.assert_array_equal(before, SUMS - 4)
    np.testing.assert_allclose(after, function(SUMS - 4), atol=0.005)
    expected = function(SUMS - 4).tolist()
    np.testing.assert_allclose(answer(curve, "curve.activated_map.tolist()", expected), expected)


def test_the_point_is_told_in_numbers(curve):
    choose(curve, "sigmoid")
    turn(curve, "sum of products", 7)
    turn(curve, "bias", -1)
    assert said(curve)[:3] == ["7 - 1 = 6", "sigmoid(6) = 0.9975", "0.0025"]
    choose(curve, "tanh")
    assert said(curve)[2] == "less than 0.0001"
    choose(curve, "ReLU")
    assert said(curve)[1:3] == ["ReLU(6) = 6", "1"]


def test_the_corner_has_two_slopes(curve):
    assert said(curve)[2] == "0 to the left, 1 to the right"


def test_a_bias_of_minus_nine_kills_the_unit(curve):
    turn(curve, "bias", -8)
    assert said(curve)[3].startswith("45 of the map's 49 values")
    turn(curve, "bias", -9)
    assert said(curve)[3].startswith("49 of the map's 49 values")


def test_pressing_a_value_of_the_map_goes_there(curve):
    curve.mouse.click(*centre(curve, figure(curve, "pre-activation (7 x 7)"), 1, 1))
    expect(curve.locator(".course-said").first).to_have_text("9 + 0 = 9")
    marked = curve.locator(".course-grid").first.locator(".course-differs")
    assert marked.count() == (SUMS == 9).sum()
    assert answer(curve, "curve.total", 9) == 9


def test_keys_move_the_knobs_and_the_notebook_keeps_still(curve):
    curve.get_by_label("bias", exact=True).focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowLeft", "x", "a"):
        curve.keyboard.press(key)
    expect(curve.locator(".course-said").first).to_have_text("0 + 1 = 1")
    assert curve.locator(".jp-Cell").count() == 2


def test_python_moves_the_knobs_too(curve):
    python(curve, "curve.activation, curve.total, curve.bias = 'tanh', -3, 2")
    expect(curve.get_by_role("radio", name="tanh")).to_be_checked()
    expect(curve.locator(".course-said").first).to_have_text("−3 + 2 = −1")


@pytest.mark.parametrize(("total", "bias"), [(9, 10), (-9, -10)])
def test_the_point_stays_in_the_picture(curve, total, bias):
    turn(curve, "sum of products", total)
    turn(curve, "bias", bias)
    plot, point = (curve.locator(name).bounding_box() for name in (".course-plot", ".course-point"))
    assert plot["x"] <= point["x"]
    assert point["x"] + point["width"] <= plot["x"] + plot["width"]
    assert plot["y"] <= point["y"]
    assert point["y"] + point["height"] <= plot["y"] + plot["height"]


def test_nothing_moves_while_the_knobs_do(curve):
    before = at_rest(curve, PLACES)
    assert len(before) > 12
    for name in ("sigmoid", "tanh", "ReLU"):
        choose(curve, name)
        for total, bias in ((9, 10), (-9, -10), (3, -4)):
            turn(curve, "sum of products", total)
            turn(curve, "bias", bias)
            assert curve.evaluate(PLACES) == before
            assert curve.evaluate(SQUEEZED) == []


@pytest.mark.parametrize("width", [1000, 900, 700])
def test_the_widget_fits_the_page(curve, width):
    curve.set_viewport_size({"width": width, "height": 1000})
    curve.wait_for_timeout(300)
    assert curve.evaluate(SQUEEZED) == []
