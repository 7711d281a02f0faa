"""Cards and questions as a learner sees them: in JupyterLab, with mouse and keyboard."""

import pytest
from playwright.sync_api import expect

from helpers.teaching.lab.browser import python
from tests.browser.pages import SQUEEZED, answer, look

pytestmark = pytest.mark.browser

CODE = """\
import numpy as np
from helpers import check, exercises, review
from helpers.learning import progress_file
from helpers.learning.own import kept

for name in ("match", "filter_image", "max_pool_map", "softmax", "linear"):
    kept.note_pass(exercises.find(name), exercises.find(name).alternatives[0])
mistake = {"exercise": "max_pool_map", "state": "tried", "mistake": "stride_from_the_window"}
progress_file.note(mistake)
review(3)
"""
CHECK = """\
from pathlib import Path
import numpy as np
from helpers import check

alone = Path("learning.toml")  # without the other widget below a pass
alone.write_text("other_ways = false")

def max_pool_map(feature_map, window, stride):
    rows = (feature_map.shape[0] - window) // stride + 1
    columns = (feature_map.shape[1] - window) // stride + 1
    pooled = np.zeros((rows, columns))
    for row in range(rows):
        for column in range(columns):
            top, left = row * stride, column * stride
            pooled[row, column] = feature_map[top : top + window, left : left + window].max()
    return pooled

check("max_pool_map", max_pool_map)
alone.unlink()
"""
CARDS = "len(progress_file.events_of_kind('card'))"
LAST = "progress_file.all_events()[-1].get('kind')"


def test_three_cards_with_the_keyboard_alone(open_code):
    page = open_code("review", CODE)
    expect(page.get_by_role("heading", name="Card 1 of 3: ")).to_be_visible()
    expect(page.locator(".course-question")).to_contain_text("max_pool_map")
    assert page.evaluate(SQUEEZED) == []
    look(page, "card")
    page.get_by_role("radio").first.focus()
    page.keyboard.press("2")
    expect(page.locator(".course-said-so")).to_contain_text(". ")
    expect(page.locator(".course-right")).to_have_count(1)
    look(page, "answered")
    for number in (2, 3):
        onward = page.get_by_role("button", name="next card")
        onward.focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name=f"Card {number} of 3: ")).to_be_visible()
        expect(page.get_by_role("radio").first).to_be_focused()
        look(page, f"card_{number}")
        page.keyboard.press("1")
        expect(page.locator(".course-right")).to_have_count(1)
    expect(page.locator(".course-said-so")).to_contain_text("of 3 were right.")
    expect(page.get_by_role("button", name="next card")).to_be_hidden()
    assert answer(page, CARDS, 3) == 3


def test_questions_open_below_a_pass(open_code):
    page = open_code("questions", CHECK)
    offer = page.get_by_role("button", name="Two questions about your own code")
    expect(offer).to_be_visible()
    expect(page.get_by_role("radio")).to_have_count(0)
    look(page, "offer")
    offer.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Question 1 of 2: ")).to_be_visible()
    expect(page.locator(".course-question")).to_contain_text("for column in range(columns):")
    assert page.evaluate(SQUEEZED) == []
    look(page, "question")
    expect(page.get_by_role("radio").first).to_be_focused()
    page.keyboard.press("1")
    page.get_by_role("button", name="next card").click()
    expect(page.get_by_role("heading", name="Question 2 of 2: ")).to_be_visible()
    look(page, "question_2")
    python(page, "from helpers.learning import progress_file")
    assert answer(page, LAST, "question") == "question"
