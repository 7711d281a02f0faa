"""Hints, the puzzle and other ways as a learner sees them: in JupyterLab, with mouse and keyboard alone."""

import pytest
from playwright.sync_api import expect

from helpers.teaching.lab.browser import python, run_all
from tests.browser.pages import SQUEEZED, as_new, look

pytestmark = pytest.mark.browser

GIVEN = [[number, 0, False] for number in range(1, 8)]
CODE = """\
import numpy as np
from helpers import check, hint, other_ways, puzzle
from helpers.learning import progress_file

def match(patch, feature):
    return np.sum(patch * feature) * 3 + patch.size

try:
    check("match", match)
except Exception as problem:
    print(problem)
"""


@pytest.fixture(scope="module")
def ladder(open_code):
    return open_code("ladder", CODE)


@pytest.fixture(scope="module")
def opened(open_code):
    return open_code("order_lines", 'from helpers import puzzle\npuzzle("match")')


@pytest.fixture
def page(opened):
    """The page with all lines as they are given."""
    opened.set_viewport_size({"width": 1000, "height": 1000})
    as_new(opened, "from helpers.learning import arrangements; arrangements._left.clear()")
    expect(opened.locator(".course-piece")).to_have_count(0)  # those that come are the new ones
    run_all(opened)
    expect(opened.locator(".course-piece")).to_have_count(len(GIVEN))
    assert order(opened) == GIVEN
    return opened


def order(page):
    """Number, depth, and whether it is left out, of each line on the page."""
    return page.evaluate(
        """() => [...document.querySelectorAll(".course-piece")].map((item) => [
            Number(item.dataset.number), Number(item.style.getPropertyValue("--course-depth")),
            item.classList.contains("course-out")])"""
    )


def test_the_button_below_a_failed_check_goes_up_the_ladder(ladder):
    look(ladder, "failed")
    for number in (1, 2):
        ladder.get_by_role("button", name=f"Show hint {number} of 3").press("Enter")
        expect(ladder.locator(".course-page")).to_contain_text(f"Hint {number} of 3")
    field = ladder.get_by_label("What have you tried so far?")
    field.fill("I looked at d, x and 0")
    look(ladder, "asked")
    field.press("Enter")
    expect(ladder.locator(".course-page")).to_contain_text("Hint 3 of 3")
    expect(ladder.locator(".course-page")).to_contain_text('puzzle("match")')
    expect(ladder.locator(".course-asked")).to_be_hidden()
    look(ladder, "last")
    kept = 'progress_file.events_of_kind("tried_words")[-1]["words"]'
    assert "I looked at d, x and 0" in python(ladder, "pass", kept)
    assert ladder.evaluate(SQUEEZED) == []
    assert ladder.locator(".jp-Cell").count() == 2  # no key reached the notebook


def test_lines_are_moved_indented_and_left_out_by_keys_alone(page):
    look(page, "puzzle")
    lines = page.get_by_role("listbox")
    lines.focus()
    lines.press("ArrowDown")
    lines.press("Shift+ArrowUp")
    lines.press("ArrowRight")
    lines.press("ArrowRight")
    lines.press("ArrowLeft")
    assert order(page)[:2] == [[2, 1, False], [1, 0, False]]
    lines.press("Delete")
    assert order(page)[0] == [2, 1, True]
    expect(page.locator(".course-piece[aria-selected=true]")).to_have_attribute(
        "aria-label", "line 2, place 1, left out: total += patch[row, column] * feature[row, column]"
    )
    lines.press("Delete")
    lines.press("ArrowLeft")
    lines.press("Shift+ArrowDown")
    assert order(page) == GIVEN


def test_enter_tries_and_the_first_line_that_cannot_stay_is_marked(page):
    page.get_by_role("listbox").press("Enter")
    expect(page.locator(".course-stuck")).to_have_attribute("data-number", "1")
    expect(page.locator(".course-page")).to_contain_text("Line 1 cannot stay where it is")
    look(page, "stuck")
    page.get_by_role("listbox").press("ArrowRight")
    expect(page.locator(".course-stuck")).to_have_count(0)


def test_a_line_is_dragged_to_its_place_and_depth(page):
    page.get_by_role("listbox").scroll_into_view_if_needed()
    item, top = page.locator(".course-piece[data-number='3']"), page.locator(".course-piece").first
    start, goal = item.bounding_box(), top.bounding_box()
    page.mouse.move(start["x"] + 80, start["y"] + 10)
    page.mouse.down()
    page.mouse.move(start["x"] + 90, start["y"] - 20)
    page.mouse.move(goal["x"] + 80 + 30, goal["y"] + 8)
    assert order(page)[0] == [3, 1, False]
    page.mouse.move(goal["x"] + 80, goal["y"] + 8)
    page.mouse.up()
    page.mouse.move(goal["x"] + 300, goal["y"] + 90)
    assert [row[0] for row in order(page)] == [3, 1, 2, 4, 5, 6, 7]
    assert order(page)[0] == [3, 0, False]


def test_by_the_buttons_it_is_solved_and_the_comments_can_be_copied(page):
    def on(number, *names):
        page.locator(f".course-piece[data-number='{number}']").click()
        for name in names:
            page.get_by_role("button", name=name, exact=True).click()

    up, more = "move the chosen line up", "indent the chosen line more"
    on(3, up, up)
    on(7, up, up, up, up, up)
    on(1, more)
    on(2, more, more)
    on(4, "leave the chosen line out, or take it back")
    on(6, "leave the chosen line out, or take it back")
    look(page, "ordered")
    page.get_by_role("button", name="try the function").click()
    expect(page.locator(".course-page")).to_contain_text("match: puzzle solved")
    copy = page.get_by_role("button", name="copy the comments")
    expect(copy).to_be_visible()
    expect(page.locator(".course-page pre")).to_contain_text("# for row in range(patch.shape[0]):")
    look(page, "solved")
    for width in (1100, 800):
        page.set_viewport_size({"width": width, "height": 1000})
        page.wait_for_timeout(300)
        assert page.evaluate(SQUEEZED) == []
        look(page, f"solved-{width}")
    assert page.locator(".jp-Cell").count() == 2


def test_a_puzzle_that_is_opened_again_stands_as_it_was_left(page):
    page.get_by_role("listbox").press("ArrowRight")
    left = order(page)
    assert left != GIVEN
    run_all(page)
    expect(page.locator(".course-page")).to_be_empty()
    assert order(page) == left


def test_other_ways_are_unfolded_below_a_pass(open_code):
    right = CODE.replace("np.sum(patch * feature) * 3 + patch.size", "np.mean(patch * feature)")
    page = open_code("other_ways", right)
    button = page.get_by_role("button", name="Other right ways to write it")
    look(page, "passed")
    button.press("Enter")
    expect(page.locator(".course-page")).to_contain_text("With two loops.")
    expect(page.locator(".course-page")).to_contain_text("as yours")
    expect(button).to_be_hidden()
    page.locator(".course-page summary").press("Enter")
    expect(page.locator(".course-page pre").first).to_be_hidden()
    page.locator(".course-page summary").press("Enter")
    look(page, "ways")
    assert page.evaluate(SQUEEZED) == []
