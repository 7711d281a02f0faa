"""The gate tries one exercise after the other, in cases that are drawn once for each seed."""

import functools
import os
from pathlib import Path

import pytest

from helpers import exercises


def pytest_collection_modifyitems(items):
    """Put the tests of one exercise one after another, whichever module of the gate they are in."""
    places = [place for place, item in enumerate(items) if item.path.parent == Path(__file__).parent]
    together = sorted((items[place] for place in places), key=exercise_of)
    for place, item in zip(places, together, strict=True):
        items[place] = item


def exercise_of(item):
    """The name of the exercise that a test tries; all names of tests begin with it."""
    return item.callspec.id.split("-")[0] if hasattr(item, "callspec") else ""


@pytest.fixture(scope="package", autouse=True)
def cases_drawn_once():
    """From the same seed come the same cases: what the reference and the mistakes do in them is known."""
    name = os.environ.get("EXERCISE")
    with pytest.MonkeyPatch.context() as patch:
        for exercise in [exercises.find(name)] if name else exercises.everything().values():
            patch.setattr(exercise, "cases", drawn_once(exercise.cases))
        yield


def drawn_once(cases):
    """Cases that are kept for each state of the generator; `__wrapped__` is the function that draws them."""
    drawn = {}

    @functools.wraps(cases)
    def again(rng):
        state = str(rng.bit_generator.state)
        if state not in drawn:
            drawn[state] = tuple(cases(rng))
        return drawn[state]

    return again
