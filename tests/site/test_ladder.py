"""Puzzles and other ways in the browser's Python, which has one thread and no signals."""

import json

import pytest

from tests.site import ladder

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def in_the_browser(ask_browsers_python):
    """The answer of the browser's Python."""
    return ask_browsers_python(ladder, {})


def test_orders_are_judged_and_ways_are_chosen_as_here(in_the_browser):
    assert in_the_browser["rows"] == json.loads(json.dumps(ladder.found()))


def test_an_order_that_never_ends_is_stopped(in_the_browser):
    assert in_the_browser["never"] == ladder.that_never_ends()
    assert in_the_browser["never"][0] is False


def test_widgets_are_shown_and_times_are_measured(in_the_browser):
    assert in_the_browser["widgets"] is True
    assert in_the_browser["faster"] is True
