"""The widget for questions as a learner sees it: in JupyterLab, with mouse and keyboard."""

import pytest
from playwright.sync_api import expect

from helpers.teaching.lab.browser import python
from tests.browser.pages import SQUEEZED, answer, at_rest, look, places

pytestmark = pytest.mark.browser

CODE = """\
import numpy as np
from helpers.show import widgets

told = []

def tell(value, sure):
    told.append([value, sure])
    return "Kept: `told`."

CHOICES = ["(4, 4)", "(3, 3)", np.array([[1.0, -0.5], [0.25, 3.0]])]
card = widgets.ChoiceCard("What will `x` be?", CHOICES, tell, sure=True)
card
"""
PLACES = places(".course-widget, .course-question, .course-choice, .course-said-so")


@pytest.fixture(scope="module")
def page(open_code):
    return open_code("choice_card", CODE)


@pytest.fixture
def card(page):
    """The page with a question that nobody has answered."""
    python(page, "told.clear(), card.ask('What will `x` be?', CHOICES, tell, sure=True)")
    expect(page.locator(".course-said-so")).to_have_text("")
    expect(page.get_by_role("radio").first).to_have_attribute("aria-disabled", "false")
    return page


def choice(page, number):
    return page.get_by_role("radiogroup", name="What will x be?").get_by_role("radio").nth(number - 1)


def doubt(page, word):
    return page.get_by_role("radiogroup", name="how sure are you?").get_by_role(
        "radio", name=word, exact=True
    )


def test_two_presses_answer(card):
    expect(card.get_by_text("How sure are you?")).to_be_hidden()
    choice(card, 1).click()
    choice(card, 2).click()  # one may think again
    doubt(card, "sure").click()
    expect(card.locator(".course-said-so")).to_have_text("Kept: told.")
    assert answer(card, "told", [[1, 3]]) == [[1, 3]]
    choice(card, 1).click(force=True)  # too late
    expect(choice(card, 2)).to_be_checked()
    expect(choice(card, 1)).to_have_attribute("aria-disabled", "true")


def test_keys_alone_answer(card):
    choice(card, 1).focus()
    card.keyboard.press("ArrowDown")
    expect(choice(card, 2)).to_be_focused()
    card.keyboard.press("3")
    expect(choice(card, 3)).to_be_checked()
    expect(doubt(card, "fairly sure")).to_be_focused()
    card.keyboard.press("Escape")
    expect(choice(card, 3)).to_be_focused()
    card.keyboard.press("1")
    card.keyboard.press("Enter")
    assert answer(card, "told", [[0, 2]]) == [[0, 2]]
    expect(choice(card, 1)).to_be_checked()


def test_without_how_sure_one_press_is_enough(card):
    python(card, "card.ask('What will `x` be?', CHOICES, tell)")
    expect(card.get_by_text("How sure are you?")).to_have_count(0)
    choice(card, 3).click()
    assert answer(card, "told", [[2, 0]]) == [[2, 0]]


def test_a_number_is_typed(card):
    python(card, "card.ask('How many?', on_answer=tell)")
    field = card.get_by_label("your number")
    field.fill("many")
    field.press("Enter")
    expect(card.get_by_text("Type a number")).to_be_visible()
    field.fill("−3,5")
    field.press("Enter")
    assert answer(card, "told", [[-3.5, 0]]) == [[-3.5, 0]]
    expect(field).not_to_be_editable()


def test_the_right_choice_can_be_marked_and_a_button_leads_onward(card):
    onward = "('next', lambda: card.ask('Which?', ['a', 'b']))"
    python(card, f"card.ask('What will `x` be?', CHOICES, tell, onward={onward})")
    expect(card.get_by_role("button", name="next")).to_be_hidden()
    choice(card, 1).click()
    python(card, "card.right = 2")
    expect(choice(card, 3)).to_have_class("course-button course-choice course-right")
    card.get_by_role("button", name="next").click()
    expect(card.locator(".course-question")).to_have_text("Which?")


def test_nothing_jumps_and_nothing_is_cut_off(card):
    card.mouse.move(1, 1)
    before = at_rest(card, PLACES)
    choice(card, 1).click()
    assert card.evaluate(PLACES) == before
    look(card, "choice_card")
    doubt(card, "a guess").click()
    expect(card.locator(".course-said-so")).to_have_text("Kept: told.")
    assert card.evaluate(PLACES) == before
    assert card.evaluate(SQUEEZED) == []
    look(card, "choice_card_answered")
