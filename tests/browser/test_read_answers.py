"""Answers in words are read in a browser: with keys, with nothing of a student's running, for everybody."""

import pytest
from playwright.sync_api import expect

from helpers.teaching.reading.answers import LONGEST
from tests.grading.classes import LESSON, submit
from tests.grading.conftest import empty_gradebook, folder, grade  # noqa: F401
from tests.grading.harmful_texts import HARMFUL
from tests.reading.conftest import course, formgrader, markbook, served  # noqa: F401

pytestmark = pytest.mark.browser

SPY = "() => { window.happened = []; window.ran = window.alert = (what) => { window.happened.push(what); }; }"
READY = "Good. A second difference is missing: look at where the perfect matches are."


@pytest.fixture
def open_page(browser, served):  # noqa: F811
    """Opens the page; nothing may go wrong on it."""
    complaints, pages = [], []

    def open_page(names=True, **options):
        page = browser.new_page(**{"viewport": {"width": 1100, "height": 800}, **options})
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.goto(served(names)[0])
        page.locator("article").first.wait_for()
        pages.append(page)
        return page

    yield open_page
    for page in pages:
        page.close()
    assert [text for text in complaints if "409" not in text] == []


def test_keys_give_points_to_equal_answers_and_lead_to_the_next(open_page, formgrader):  # noqa: F811
    page = open_page()
    assert "token" not in page.url
    expect(page.get_by_role("status")).to_have_text("4 of 4 still to be read, 1 blank (0 points already).")
    expect(page.locator("article").first).to_contain_text("2 with these words: ada, bob")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("1")
    expect(page.get_by_role("status")).to_contain_text("Saved. 2 of 4 still to be read")
    expect(page.locator("article").nth(1)).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("0")
    expect(page.get_by_role("status")).to_contain_text("1 of 4")
    assert formgrader("ada") == formgrader("bob") == (1.0, 1.0, False, None)
    assert formgrader("dee")[:3] == (0.0, 0.0, False)
    assert formgrader("cem")[2] is True
    page.locator("article").first.focus()
    page.keyboard.press("Backspace")
    expect(page.get_by_role("status")).to_contain_text("3 of 4")
    assert formgrader("ada")[1:3] == (None, True)


def test_alike_answers_get_the_same_points_with_shift(open_page, formgrader):  # noqa: F811
    page = open_page()
    expect(page.locator(".group").first.get_by_role("heading")).to_have_text("3 answers that are alike")
    page.locator("article").first.focus()
    page.keyboard.press("Shift+Digit1")
    expect(page.get_by_role("status")).to_contain_text("1 of 4")
    assert [formgrader(student)[1] for student in ("ada", "bob", "cem", "dee")] == [1.0, 1.0, 1.0, None]


def test_comments_are_ready_made_or_written(open_page, formgrader):  # noqa: F811
    page = open_page()
    card = page.locator("article").last
    card.focus()
    page.keyboard.press("a")
    expect(card.get_by_role("textbox")).to_have_value(READY)
    expect(card).to_be_focused()
    page.keyboard.press("e")
    page.keyboard.press("End")
    page.keyboard.type(" 1 more?")
    page.keyboard.press("Escape")
    expect(page.get_by_role("status")).to_contain_text("Saved.")
    expect(card).to_be_focused()
    page.keyboard.press("0")
    expect(page.get_by_role("status")).to_contain_text("3 of 4")
    assert formgrader("dee") == (0.0, 0.0, False, f"{READY} 1 more?")


def test_what_formgrader_wrote_meanwhile_stays_and_is_shown(open_page, formgrader):  # noqa: F811
    page = open_page()
    formgrader("dee", manual_score=0.5, needs_manual_grade=False, manual_comment="Mine")
    page.locator("article").last.focus()
    page.keyboard.press("1")
    expect(page.get_by_role("status")).to_contain_text("Somebody else has marked this")
    expect(page.locator("article").last.get_by_role("textbox")).to_have_value("Mine")
    assert formgrader("dee") == (0.5, 0.5, False, "Mine")


def test_the_rubric_is_next_to_the_answers(open_page):
    about = open_page().get_by_role("complementary")
    for text in (
        "The question",
        "A model answer",
        "One point for each (1)",
        "it names two of these differences",
    ):
        expect(about).to_contain_text(text)


def test_names_can_be_hidden_on_the_page_and_by_the_command(open_page):
    page = open_page()
    page.get_by_label("names", exact=True).uncheck()
    expect(page.locator("article").first).not_to_contain_text("ada")
    hidden = open_page(names=False)
    expect(hidden.locator("article").first).not_to_contain_text("ada")
    expect(hidden.get_by_label("names", exact=True)).to_be_hidden()


def test_only_what_is_unread_can_be_shown(open_page):
    page = open_page()
    page.get_by_role("button", name="1", exact=True).first.click()
    expect(page.get_by_role("status")).to_contain_text("2 of 4")
    page.get_by_label("only what is still to be read").check()
    expect(page.locator("article")).to_have_count(2)


def test_nothing_of_a_students_runs(folder, grade, open_page, markbook):  # noqa: F811
    texts = [text.replace("\x00", "") for text in HARMFUL]
    for number, text in enumerate(texts):
        submit(folder, f"x{number:03}", answer=f"{text}\n\nword{number}")
    assert grade()[0]
    page = open_page()
    page.evaluate(SPY)
    page.wait_for_timeout(300)
    assert page.evaluate("window.happened") == []
    assert page.locator("article :is(script, img, iframe, svg, a, style, form, object)").count() == 0
    shown = page.locator("main").inner_text()
    short = [number for number, text in enumerate(texts) if len(text) < LONGEST]
    assert [number for number in short if f"word{number}" not in shown] == []
    assert shown.count("This is only the beginning.") == len(texts) - len(short)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_a_narrow_screen_and_is_readable_in_light_and_dark(open_page, scheme):
    page = open_page(viewport={"width": 390, "height": 800}, color_scheme=scheme)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    ink, paper = page.evaluate(
        "(({ color, backgroundColor }) => [color, backgroundColor])(getComputedStyle(document.body))"
    )
    assert ink != paper


def test_a_lesson_without_answers_left_says_so(open_page, markbook):  # noqa: F811
    page = open_page()
    page.get_by_label("only what is still to be read").check()
    for _ in range(3):
        page.get_by_role("button", name="1", exact=True).first.click()
        page.wait_for_timeout(200)
        page.get_by_label("only what is still to be read").uncheck()
        page.get_by_label("only what is still to be read").check()
    expect(page.locator("main")).to_contain_text("There is nothing to read here.")
    assert all(not one.to_read for one in markbook.given(LESSON, "x_or_o"))
