"""However long and odd a cell is, searching it takes time in proportion to its length."""

import contextlib
import json
import os
import resource
import signal
import subprocess
import sys
import traceback
from pathlib import Path

import nbformat
import pytest

from helpers.teaching.grading import needed_cells
from helpers.teaching.grading.repair.cells import definition
from helpers.teaching.grading.repair.mending import repair
from helpers.teaching.grading.repair.reading import Unreadable, read
from tests.grading.lessons import notebook, of, plan

LESSON = "02_filtering"
LONG = 200_000
SECONDS = 60  # of processor time for all functions on one text; quadratic ones need minutes or hours
ROOT = Path(__file__).parents[2]

PIECES = {
    "blanks after for": ("for ", " ", "x"),
    "empty lines": ("x = 1", "\n", "y = 2"),
    "lines of blanks": ("x = 1", " \n", "y = 2"),
    "colons": ("", ":", ""),
    "opening brackets": ("", "(", ""),
    "closing brackets": ("", ")", ""),
    "definitions that are not closed": ("", "def f(", ""),
    "nested definitions": ("", "def f(a=(", ""),
    "pairs of brackets": ("def f(", "()", ""),
    "double quotes": ("", '"', ""),
    "single quotes": ("", "'", ""),
    "escaped quotes": ("", '\\"', ""),
    "alternating quotes": ("", "\"'", ""),
    "backslashes": ("", "\\", ""),
    "backslashes in a text": ('"', "\\", ""),
    "a docstring that is not closed": ('"""', "a\n", ""),
    "docstrings": ("", '"""\n', "a"),
    "docstrings that are not closed": ("", '"""\\\n', ""),
    "lambdas": ("", "lambda ", ""),
    "lambdas on lines": ("", "lambda\n", ""),
    "imports with commas": ("import ", "a,", ""),
    "imports on one line": ("", "import ", ""),
    "imports behind semicolons": ("", ";import ", ""),
    "imports with brackets": ("", "import (\n", ""),
    "from": ("", "from ", ""),
    "equals signs": ("", "=", ""),
    "spaced equals signs": ("x", " =", ""),
    "one long name": ("", "a", ""),
    "one long name that is called": ("", "a", "("),
    "one long name that is an argument": ("f(", "a", " = 1)"),
    "names with dots": ("", "a.", ""),
    "blanks between dots": ("a", " . ", ""),
    "blanks after a name": ("a", " ", ""),
    "underscores": ("", "_", "a"),
    "fors": ("", "for ", ""),
    "for and in": ("", "for x in ", ""),
    "fors without in": ("for ", "(x,", ""),
    "as": ("", "as ", ""),
    "as and blanks": ("as", " ", ""),
    "globals": ("", "global ", ""),
    "walruses": ("", "a :", ""),
    "hashes": ("", "#", ""),
    "comments above a function": ("", "# a\n", "def match(a, b): return 1"),
    "decorators": ("", "@a\n", "def match(a, b): return 1"),
    "functions": ("", "def match(a): return 1\n", ""),
    "annotations": ("", "match: a\n", ""),
    "checks": ("", "check(\n", ""),
    "percent signs": ("", "%", ""),
    "signals": ("import ", "signals ", ""),
    "signals and blanks": ("signal", " ", ""),
    "tabs": ("x", "\t", "=" ),
    "commas": ("", "a, ", ""),
    "pictures": ("", "data:image/png;", ""),
    "fences": ("", "```", ""),
    "odd blanks": ("", "\u00a0", ""),
    "line separators": ("", "\u2028", ""),
}  # fmt: skip

BROKEN_FILES = {
    "beginnings": '{"cells": [',
    "small notebooks": '{"cells": []} ',
    "other dictionaries": '{"name": 1} ',
    "file quotes": '"',
    "file escapes": '"\\',
    "comments": "/*",
    "comments on lines": "//\n",
    "file commas": ", ",
    "closing braces": "} ",
    "outputs": '"outputs": [',
    "empty outputs": '"outputs": [] ',
    "attached pictures": "data:image/png;base64,",
    "file zeros": "\0",
    "merges": "<<<<<<< ",
    "the same line": '   "metadata": {},\n',
}  # each is repeated to six megabytes, and to a few hundred kilobytes


def search(source):
    """Have every function that touches a submission's text search it."""
    needed_cells.names(source)
    needed_cells.binds(source)
    needed_cells.reads(source)
    needed_cells.meddles(source)
    definition(source, "match")
    book = notebook(LESSON)
    book.cells.insert(3, nbformat.v4.new_code_cell(source))
    book.cells.insert(4, nbformat.v4.new_markdown_cell(source))
    of(book, "filter_image").source = source
    of(book, "x_or_o").source = source
    repair(read(json.dumps(book).encode()), plan(LESSON))


def read_broken(piece):
    """Have files read that hold a piece again and again, by itself and within a notebook."""
    for length in (30 * LONG, LONG):
        for text in (piece * (length // len(piece)), '{"cells": [{' + piece * (length // len(piece)) + "}]}"):
            with contextlib.suppress(Unreadable):
                read(text.encode())


@pytest.fixture(scope="module")
def searcher():
    """A process that has imported everything, and has each text searched by a copy of itself."""
    command = [sys.executable, "-m", "tests.grading.test_linear"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True) as process:
        yield process
        process.stdin.close()


@pytest.mark.slow
@pytest.mark.parametrize("kind", [*PIECES, *BROKEN_FILES])
def test_a_long_text_is_searched_in_proportion_to_its_length(kind, searcher):
    print(kind, file=searcher.stdin, flush=True)
    code = int(searcher.stdout.readline())
    assert code == 0, "It ran out of processor time." if code == -signal.SIGXCPU else "It failed."


def search_in_bounds(kind):
    """Search a text, and end this process; at the latest when it has computed for too long."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    try:
        if kind in BROKEN_FILES:
            read_broken(BROKEN_FILES[kind])
        else:
            before, repeated, behind = PIECES[kind]
            search(before + repeated * (LONG // len(repeated)) + behind)
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def test_a_chain_of_cells_is_followed_once():
    cells = {index: ({f"v{index}"}, {f"v{index + 1}"}) for index in range(100_000)}
    assert needed_cells.needed(cells, {"v0"}) == set(cells)


def test_thousands_of_halves_are_joined_at_once():
    book = notebook(LESSON)
    answer = of(book, "x_or_o")
    answer.source = "a" * 5000
    place = book.cells.index(answer)
    halves = [nbformat.from_dict({**answer, "source": f"{n} " + "b" * 5000}) for n in range(1900)]
    book.cells[place + 1 : place + 1] = halves
    got = repair(read(json.dumps(book).encode()), plan(LESSON)).notebook
    assert of(got, "x_or_o").source.count("b" * 5000) == 1900
    assert len(got.cells) == len(notebook(LESSON).cells)


if __name__ == "__main__":
    plan(LESSON)  # kept for all copies
    for line in sys.stdin:
        if (child := os.fork()) == 0:
            search_in_bounds(line.strip("\n"))
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
