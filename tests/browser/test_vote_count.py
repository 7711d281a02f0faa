"""The widget of lesson 09 as a learner sees it: in JupyterLab, with mouse and keyboard."""

import re

import numpy as np
import pytest
from playwright.sync_api import expect

from helpers import data, reference
from helpers.teaching.lab.browser import python
from tests.browser.pages import SQUEEZED, answer, at_rest, cell_texts, centre, figure, places, press, value_of

pytestmark = pytest.mark.browser

CODE = """\
import numpy as np
from helpers import data, reference
from helpers.show import widgets

kernels = np.stack(list(data.features.values())) / 9
letters = np.stack([data.X, data.O])[:, None]
maps = reference.max_pool2d(reference.relu(reference.conv2d(letters, kernels[:, None])), partial=True)
for_x = reference.flatten(maps)[0] - reference.flatten(maps)[1]
weight = np.stack([for_x, -for_x])
votes = widgets.VoteCount({"X": data.X, "O": data.O}, kernels, weight, [-2.25, 2.25], list(data.features))
votes
"""
# The places of everything that must not move, whatever the numbers say.
PLACES = places(
    ".course-widget, .course-figure, .course-button, .course-verdict, .course-tally > *, "
    ".course-ballot, .course-vote, .course-vote-text, .course-knob > *, .course-channel-names > *"
)
KERNELS = np.stack(list(data.features.values()))[:, None] / 9


@pytest.fixture(scope="module")
def page(open_code):
    return open_code("vote_count", CODE)


@pytest.fixture
def votes(page):
    """The page with the X, the weights and the selection as at the start."""
    page.set_viewport_size({"width": 1000, "height": 1100})
    page.get_by_label("image", exact=True).select_option("X")
    press(page, "draw again")
    press(page, "reset weights")
    page.get_by_label("value", exact=True).fill("18")
    page.mouse.move(1, 1)
    return page


def pooled(image):
    return reference.max_pool2d(reference.relu(reference.conv2d(image[None, None], KERNELS)), partial=True)


def moved_right(image):
    return np.pad(image, ((0, 0), (1, 0)), constant_values=-1)[:, :-1]


def sums(page):
    """The logits above the charts."""
    lines = page.locator(".course-tally-sum").all_inner_texts()
    return [float(line.rsplit("=", 1)[1].replace("−", "-")) for line in lines]


def assert_counts(page, image):
    """The browser's maps, sums and shares are those of the reference."""
    maps = pooled(image)[0]
    for name, expected in zip(data.features, maps, strict=True):
        shown = np.array(cell_texts(figure(page, f"{name} (4 x 4)")), dtype=float)
        np.testing.assert_allclose(shown, expected, atol=0.0051)
    logits = np.array(value_of(page, "votes.logits.tolist()"))
    np.testing.assert_allclose(sums(page), logits, atol=0.0051)
    shares = [float(text.split()[1]) for text in page.locator(".course-tally-share").all_inner_texts()]
    np.testing.assert_allclose(shares, reference.softmax(logits[None])[0], atol=0.00051)
    expect(page.locator(".course-verdict")).to_have_text(f"most votes: {'XO'[logits.argmax()]}")


@pytest.mark.parametrize("name", ["X", "O"])
def test_the_browser_counts_as_the_reference_does(votes, name):
    votes.get_by_label("image", exact=True).select_option(name)
    image = getattr(data, name)
    assert answer(votes, "votes.image.tolist()", image.tolist()) == image.tolist()
    assert_counts(votes, image)


def test_a_shifted_x_becomes_an_o_at_the_third_step(votes):
    image = data.X
    for _ in range(3):
        expect(votes.locator(".course-verdict")).to_have_text("most votes: X")
        press(votes, "shift right")
        image = moved_right(image)
    expect(votes.locator(".course-verdict")).to_have_text("most votes: O")
    assert answer(votes, "votes.image.tolist()", image.tolist()) == image.tolist()
    assert_counts(votes, image)


def test_a_pixel_changes_under_the_mouse_and_under_the_space_bar(votes):
    votes.mouse.click(*centre(votes, figure(votes, "image (9 x 9)"), 4, 4))
    for key in ("ArrowUp", "Space", "x"):
        votes.keyboard.press(key)
    image = data.X.copy()
    image[4, 4], image[3, 4] = -1, 1
    assert answer(votes, "votes.image.tolist()", image.tolist()) == image.tolist()
    assert votes.locator(".jp-Cell").count() == 2
    assert_counts(votes, image)


def test_values_are_selected_in_the_maps_in_the_charts_and_by_the_slider(votes):
    votes.mouse.click(*centre(votes, figure(votes, "centre (4 x 4)"), 1, 1))
    text = "Value 37 (centre, row 1, column 1): 1.00 × 0.89 = 0.89 for X, 1.00 × −0.89 = −0.89 for O"
    expect(votes.locator(".course-vote-text")).to_have_text(text)
    assert answer(votes, "votes.selected", 37) == 37
    votes.locator(".course-ballot").last.locator(".course-vote").nth(2).click()
    expect(votes.locator(".course-vote-text")).to_have_text(
        re.compile(r"^Value 2 \(falling, row 0, column 2\)")
    )
    votes.get_by_label("value", exact=True).focus()
    votes.keyboard.press("ArrowRight")
    expect(votes.locator(".course-vote-text")).to_have_text(
        re.compile(r"^Value 3 \(falling, row 0, column 3\)")
    )
    expect(votes.locator(".course-vote-picked")).to_have_count(2)


def test_one_weight_turns_one_vote_and_reset_turns_it_back(votes):
    before = sums(votes)
    votes.get_by_label("weight for X").fill("-1")
    weight = answer(votes, "votes.weight[0, 18].item()", -1)
    assert weight == -1
    value = pooled(data.X).ravel()[18]
    start = value_of(votes, "weight[0, 18].item()")
    assert sums(votes) == pytest.approx([before[0] - value * (start + 1), before[1]], abs=0.011)
    expect(votes.locator(".course-verdict")).to_have_text("most votes: X")
    press(votes, "reset weights")
    assert sums(votes) == before


@pytest.mark.parametrize(("name", "value"), [("bias for X", "-12"), ("bias for O", "12")])
def test_one_bias_flips_the_answer(votes, name, value):
    votes.get_by_label(name).fill(value)
    expect(votes.locator(".course-verdict")).to_have_text("most votes: O")


def test_a_tie_is_told(votes):
    python(votes, "votes.weight = np.zeros((2, 48)); votes.bias = [0.0, 0.0]")
    expect(votes.locator(".course-verdict")).to_have_text("a tie: X and O, so X")
    expect(votes.locator(".course-tally-share").first).to_have_text("share 0.500")


def test_nothing_moves_while_numbers_change(votes):
    before = at_rest(votes, PLACES)
    assert len(before) > 100
    for name, value in {"value": "47", "weight for O": "1", "bias for X": "-12", "bias for O": "12"}.items():
        votes.get_by_label(name, exact=True).fill(value)
        assert votes.evaluate(PLACES) == before
    for name in ("shift right", "shift down", "shift left", "shift up"):
        press(votes, name)
        assert votes.evaluate(PLACES) == before


@pytest.mark.parametrize("width", [1000, 900, 700])
def test_it_fits_the_page(votes, width):
    votes.set_viewport_size({"width": width, "height": 1100})
    votes.wait_for_timeout(300)
    for value in ("0", "47"):
        votes.get_by_label("value", exact=True).fill(value)
        assert votes.evaluate(SQUEEZED) == []
