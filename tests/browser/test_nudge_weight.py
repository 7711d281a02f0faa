"""The widget of lesson 10 as a learner sees it: in JupyterLab, with mouse and keyboard."""

import pytest
from playwright.sync_api import expect

from helpers.teaching.lab.browser import python
from tests.browser.pages import SQUEEZED, answer, at_rest, look, places

pytestmark = pytest.mark.browser

CODE = """\
import numpy as np
from helpers.show import widgets

weights = np.array([1.0, -0.5, 0.2, -1.5, 2.0, 0.0])
nudge = widgets.NudgeWeight(lambda weights: np.sum(weights**2), weights, {"pixels": (2, 2), "votes": (1, 2)})
nudge
"""
# The places of everything that must not move, whatever is chosen.
PLACES = places(
    ".course-widget, .course-figure, .course-valley, .course-nudge, .course-label, .course-button"
)


@pytest.fixture(scope="module")
def page(open_code):
    return open_code("nudge_weight", CODE)


@pytest.fixture
def nudge(page):
    """The page with the first weight chosen, at its own value."""
    python(page, "nudge.chosen, nudge.steps = 0, 0")
    expect(said(page, 0)).to_have_text("1.00 + 0.00 = 1.00")
    page.mouse.move(1, 1)
    return page


def said(page, line):
    return page.locator(".course-said").nth(line)


def test_the_slider_nudges_the_chosen_weight(nudge):
    nudge.get_by_label("nudge", exact=True).fill("-10")
    for line, text in enumerate(["1.00 − 0.50 = 0.50", "6.790", "1.000", "down is to the left"]):
        expect(said(nudge, line)).to_have_text(text)
    assert answer(nudge, "[nudge.chosen, nudge.steps]", [0, -10]) == [0, -10]
    nudge.get_by_role("button", name="back to the start").click()
    expect(said(nudge, 0)).to_have_text("1.00 + 0.00 = 1.00")


def test_a_weight_is_chosen_by_click_and_by_arrow_keys(nudge):
    nudge.locator(".course-grid").nth(0).locator(".course-cell").nth(3).click()
    expect(said(nudge, 0)).to_have_text("−1.50 + 0.00 = −1.50")
    expect(said(nudge, 3)).to_have_text("down is to the right")
    votes = nudge.get_by_label("votes: arrow keys choose a weight")
    votes.focus()
    votes.press("ArrowRight")
    expect(said(nudge, 0)).to_have_text("2.00 + 0.00 = 2.00")
    votes.press("ArrowRight")
    for line, text in enumerate(["0.00 + 0.00 = 0.00", "7.540", "0.000", "neither way is down"]):
        expect(said(nudge, line)).to_have_text(text)


def test_nothing_jumps_and_nothing_is_cut_off(nudge):
    before = at_rest(nudge, PLACES)
    for chosen in range(6):
        python(nudge, f"nudge.chosen = {chosen}")
        for steps in (-40, 13, 40):
            nudge.get_by_label("nudge", exact=True).fill(str(steps))
            assert nudge.evaluate(PLACES) == before
            assert nudge.evaluate(SQUEEZED) == []
    look(nudge, "nudge")
