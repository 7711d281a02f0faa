"""Lessons solved and run whole in Chromium. Trainings take minutes: benchmarks/lessons.py runs them."""

import pytest

from tests.site.hidden import COURSE
from tests.site.lesson_in_browser import Chromium
from tests.site.whole_lesson import run_whole

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TRAIN = ("10_", "13_", "14_", "15_", "16_", "17_", "18_", "19_")
SHORT = [name for name in COURSE.lessons() if not name.startswith(TRAIN)]


@pytest.fixture(scope="module")
def context(new_chromium):
    """One browser for all lessons."""
    running = new_chromium()
    yield running
    running.close()


@pytest.mark.parametrize("name", SHORT)
def test_a_solved_lesson_gets_through(name, context, site):
    page = context.new_page()
    assert run_whole(Chromium(page), site, name).wrong == []
    page.close()
