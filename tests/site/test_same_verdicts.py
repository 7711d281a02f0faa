"""The judge says the same in the browser's Python as in this one, about right and wrong functions alike."""

import pytest

from helpers import exercises
from tests.site import judged

SHARE, SEED = 0.2, 14  # of the known mistakes; all of them take five minutes

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def request_for_verdicts():
    """What is asked of both."""
    return {"names": list(exercises.everything()), "share": SHARE, "seed": SEED}


@pytest.fixture(scope="module")
def in_the_browser(request_for_verdicts, ask_browsers_python):
    """The answer of the browser's Python."""
    return ask_browsers_python(judged, request_for_verdicts)


def test_every_verdict_and_every_sentence_is_the_same(in_the_browser, request_for_verdicts):
    here = {(name, label): found for name, label, *found in judged.rows(**request_for_verdicts)}
    there = {(name, label): found for name, label, *found in in_the_browser["rows"]}
    assert len(here) > 500
    assert here.keys() == there.keys()
    assert [
        (place, found, there[place]) for place, found in here.items() if list(found) != there[place]
    ] == []


def test_loops_that_never_end_are_stopped(in_the_browser):
    assert in_the_browser["stopped"] == [0.5] * len(judged.LOOPS)
