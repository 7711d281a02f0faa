"""The responding network of lesson 13 as a learner sees it: drawn with mouse and keys, in JupyterLab."""

import json

import numpy as np
import pytest
from playwright.sync_api import expect

from helpers.teaching.lab.browser import python
from tests.browser.pages import SQUEEZED, answer, at_rest, cell_texts, centre, drag, places, press, value_of

pytestmark = pytest.mark.browser

CODE = """\
import numpy as np
from helpers import data, reference
from helpers.show import widgets

rng = np.random.default_rng(0)
images, labels = data.sample_letters(3, rng, shift=1)
broken = False

def relu(x):
    if broken:
        raise ValueError("it is broken")
    return reference.relu(x)

own = reference.network_functions(relu=relu)
layers = [reference.Conv2d(1, 6, 3, rng), reference.ReLU(own), reference.MaxPool2d(), reference.Flatten()]
layers += [reference.Linear(54, 12, rng), reference.ReLU(), reference.Linear(12, 2, rng)]
network = reference.Network(layers)
see = widgets.DrawAndSee(network, ("X", "O"), 9, examples=images, answers=labels, brush="crisp")
see
"""
# The places of everything that must not move; numbers and words inside may change, and the enlarged map may.
PLACES = places(
    ".course-widget, .course-remark, .course-pad, .course-widget .course-button, "
    ".course-widget .course-small, .course-elect > *, .course-verdict, .course-tile, .course-lens"
)
MANY = """\
rng = np.random.default_rng(0)
layers = [reference.Conv2d(1, 32, 3, rng, padding=1), reference.ReLU(), reference.MaxPool2d(),
          reference.Flatten(), reference.Linear(512, 64, rng), reference.ReLU()]
layers += [reference.Linear(64, 10, rng)]
see = widgets.DrawAndSee(reference.Network(layers), "0123456789", 8)
see
"""


@pytest.fixture(scope="module")
def page(open_code):
    return open_code("draw_and_see", CODE)


@pytest.fixture
def see(page):
    """The page with an empty pad."""
    page.set_viewport_size({"width": 1000, "height": 1200})
    python(page, "broken = False")
    if page.get_by_role("button", name="eraser").get_attribute("aria-pressed") == "true":
        press(page, "eraser")
    press(page, "draw the next example")
    press(page, "clear the drawing")
    page.mouse.move(1, 1)
    assert_drawn(page, np.full((9, 9), -1.0))
    return page


def assert_drawn(page, expected):
    """The drawing has reached Python; what it says is on the page."""
    expected = np.asarray(expected).tolist()
    assert answer(page, "see.image.tolist()", expected) == expected
    votes = value_of(page, "see.result['votes']")
    for line, vote in zip(page.locator(".course-elect-votes").all(), votes, strict=True):
        expect(line).to_have_text(f"{vote:.2f}".replace("-", "−"))


def drawing(page):
    return page.get_by_role("grid")


def test_the_mouse_draws_and_every_layer_responds(see):
    drag(see, drawing(see), (1, 1), (7, 7))
    image = np.full((9, 9), -1.0)
    image[range(1, 8), range(1, 8)] = 1
    drawn = np.array(value_of(see, "see.image.tolist()"))
    np.testing.assert_array_equal(drawn > 0.5, image > 0.5)  # the pixels next to the stroke are grey
    assert_drawn(see, drawn)
    best = value_of(see, "see.best")
    expect(see.locator(".course-verdict")).to_have_text(f"most votes: {best}")
    shares = [float(text) for text in see.locator(".course-elect-share").all_text_contents()]
    np.testing.assert_allclose(shares, value_of(see, "see.shares.tolist()"), atol=0.00051)
    assert see.locator(".course-layer-row").count() == 5
    assert see.locator(".course-tile").count() == 6 + 6 + 6 + 1 + 1


def test_maps_are_painted_in_their_colours(see):
    press(see, "draw the next example")
    python(see, "pass")
    read = "(node) => [...node.getContext('2d').getImageData(0, 0, node.width, node.height).data]"
    values = value_of(see, "see.responses[0][2].ravel().tolist()")
    limit = value_of(see, "see.result['limits'][0]")
    wanted = [
        255 + (channel - 255) * abs(value) / limit
        for value in values
        for channel in ((0, 114, 178) if value > 0 else (213, 94, 0))
    ]
    tile = see.locator(".course-tile").nth(2)
    for _ in range(1000):
        dots = np.array(tile.evaluate(read)).reshape(-1, 4)[:, :3].ravel()
        if np.abs(dots - wanted).max() <= 1:
            break
        see.wait_for_timeout(50)
    np.testing.assert_allclose(dots, wanted, atol=1)


def test_keys_draw_and_the_notebook_keeps_still(see):
    see.mouse.click(*centre(see, drawing(see), 4, 4))
    press(see, "clear the drawing")
    drawing(see).focus()
    for key in ("ArrowUp", "ArrowRight", "Space", "x"):
        see.keyboard.press(key)
    image = np.full((9, 9), -1.0)
    image[3, 5] = 1
    assert_drawn(see, image)
    assert see.locator(".jp-Cell").count() == 2


def test_the_eraser_erases_and_drawing_over_a_stroke_does_not(see):
    drag(see, drawing(see), (4, 1), (4, 7))
    row = "see.image[4].tolist()"
    line = [-1.0, *[1.0] * 7, -1.0]
    assert answer(see, row, line) == line
    drag(see, drawing(see), (4, 1), (4, 7))
    assert answer(see, row, line) == line
    press(see, "eraser")
    expect(see.get_by_role("button", name="eraser")).to_have_attribute("aria-pressed", "true")
    drag(see, drawing(see), (4, 1), (4, 4))
    erased = [*[-1.0] * 5, *[1.0] * 3, -1.0]
    assert answer(see, row, erased) == erased


def test_examples_come_one_after_the_other(see):
    examples = value_of(see, "see.examples")
    button = see.get_by_role("button", name="draw the next example")
    line = see.locator(".course-sheet .course-small")
    start = int(line.text_content().split()[1])
    for step in range(1, 5):
        button.click()
        place = (start + step - 1) % 3
        image, label = examples[place]
        expect(line).to_have_text(f"example {place + 1} of 3: {label}")
        assert_drawn(see, image)


def test_the_chosen_map_is_shown_in_numbers(see):
    press(see, "draw the next example")
    python(see, "pass")
    see.locator(".course-tile").nth(13).hover()
    expect(see.locator(".course-answers > .course-figure > .course-title")).to_have_text("max pooling, map 1")
    expect(see.locator(".course-chosen")).to_have_count(1)
    values = np.array(value_of(see, "see.responses[2][1].tolist()"))
    shown = np.array(cell_texts(see.locator(".course-lens .course-grid")), dtype=float)
    np.testing.assert_allclose(shown, values, atol=0.0051)
    see.locator(".course-layers").focus()
    for key in ("ArrowDown", "ArrowDown"):
        see.keyboard.press(key)
    expect(see.locator(".course-answers > .course-figure > .course-title")).to_have_text("ReLU")
    units = np.array(value_of(see, "see.responses[5].tolist()"))
    shown = [text for line in cell_texts(see.locator(".course-lens .course-grid")) for text in line if text]
    np.testing.assert_allclose(np.array(shown, dtype=float), units, atol=0.0051)


def test_a_network_that_fails_is_told_in_a_sentence(see):
    python(see, "broken = True")
    drag(see, drawing(see), (4, 1), (4, 7))
    expect(see.locator(".course-remark")).to_have_text("The network stopped with ValueError: it is broken")
    expect(see.locator(".course-verdict")).to_have_text("most votes: –")
    python(see, "broken = False")
    press(see, "clear the drawing")
    expect(see.locator(".course-remark")).to_contain_text("Drag to draw")


def test_a_new_image_from_python_shows_up(see):
    python(see, "see.image = data.O")
    white = see.locator(".course-pad .course-cell[aria-label*=white]")
    expect(white).to_have_count(value_of(see, "(data.O > 0).sum().item()"))


def test_nothing_moves_while_one_plays(see):
    before = at_rest(see, PLACES)
    assert len(before) > 30
    for name in ("draw the next example", "draw the next example", "clear the drawing", "eraser"):
        press(see, name)
        for tile in (3, 19):  # a square map, and a long one
            see.locator(".course-tile").nth(tile).hover()
            python(see, "pass")
            assert see.evaluate(PLACES) == before
    python(see, "broken = True")
    press(see, "draw the next example")
    expect(see.locator(".course-remark")).to_contain_text("broken")
    assert see.evaluate(PLACES) == before


@pytest.mark.parametrize("width", [1000, 700, 480])
def test_it_fits_the_page(see, width):
    see.set_viewport_size({"width": width, "height": 1200})
    see.wait_for_timeout(300)
    assert see.evaluate(SQUEEZED) == []


@pytest.fixture(scope="module")
def large(open_code):
    """A page with a network of ten classes."""
    return open_code("large", CODE.removesuffix("see\n") + MANY)


def test_all_shares_are_beside_the_drawing(large):
    """Ten digits and their shares are in sight together with the pad, on a screen of 1280 x 900."""
    large.set_viewport_size({"width": 1280, "height": 900})
    large.wait_for_timeout(300)
    pad, sheet = (large.locator(place).first.bounding_box() for place in (".course-pad", ".course-sheet"))
    shares = large.locator(".course-elected").bounding_box()
    assert large.locator(".course-elect").count() == 11  # with the head
    assert shares["x"] >= pad["x"] + pad["width"]
    assert shares["y"] + shares["height"] <= sheet["y"] + sheet["height"]


@pytest.mark.parametrize("width", [1000, 480])
def test_a_large_network_fits_the_page_too(large, width):
    large.set_viewport_size({"width": width, "height": 1400})
    large.wait_for_timeout(300)
    assert large.evaluate(SQUEEZED) == []
    maps = json.loads(python(large, "", "[len(layer) for layer in see.result['maps']]"))
    assert maps == [32, 32, 32, 1, 1]
