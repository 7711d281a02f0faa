"""A check after a cell that Python could not read: the notebook still holds what was there before."""

import pytest

from tests.checking.test_check import in_ipython

IMPORTS = "import numpy as np\nfrom helpers import check"
STUB = "def match(patch, feature):\n    ..."
RIGHT = "def match(patch, feature):\n    return np.mean(patch * feature)"


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("def match(patch, feature):\nreturn 1", "IndentationError: expected an indented block"),
        ("def match(patch, feature):\n    return (1", "SyntaxError: '(' was never closed"),
        ("def match(patch, feature)\n    return 1", "SyntaxError: expected ':'"),
    ],
)
def test_the_error_is_said_again(cell, said):
    shown = in_ipython(IMPORTS, STUB, cell, 'check("match", match)')
    assert "match: its cell could not be read" in shown
    assert said in shown.split("its cell could not be read")[1]
    assert "Nothing is wrong" not in shown


def test_an_older_right_answer_does_not_pass_for_it():
    shown = in_ipython(IMPORTS, RIGHT, "def match(patch, feature):\n    return (1", 'check("match", match)')
    assert "match: passed" not in shown
    assert "is still what it was before" in shown


def test_it_is_forgotten_when_the_cell_was_mended_or_is_of_another_function():
    broken = "def match(patch, feature):\nreturn 1"
    assert "match: passed" in in_ipython(IMPORTS, broken, RIGHT, 'check("match", match)')
    other = "def matches(patch, feature):\nreturn 1"
    assert "match: passed" in in_ipython(IMPORTS, RIGHT, other, 'check("match", match)')


def test_magic_and_waiting_are_not_errors():
    shown = in_ipython(
        IMPORTS, f"%precision 4\n{RIGHT}\nawait __import__('asyncio').sleep(0)", 'check("match", match)'
    )
    assert "match: passed" in shown


@pytest.mark.parametrize(
    "later",
    [
        f"%%capture\n{RIGHT}",
        "match = lambda patch, feature: np.mean(patch * feature)",
        f"exec({RIGHT!r})",
        "def other(patch, feature):\n    return np.mean(patch * feature)\nmatch = other",
    ],
    ids=["magic", "lambda", "exec", "another name"],
)
def test_a_right_function_that_was_made_after_the_broken_cell_passes(later):
    broken = "def match(patch, feature):\n    return (1"
    assert "match: passed" in in_ipython(IMPORTS, STUB, broken, later, 'check("match", match)')


def test_the_error_is_said_again_when_the_broken_cell_begins_with_the_stub():
    shown = in_ipython(IMPORTS, STUB, f"{STUB}\n    return (1", 'check("match", match)')
    assert "match: its cell could not be read" in shown
