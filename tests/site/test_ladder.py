"""Puzzles and other ways in the browser's Python, which has one thread and no signals."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from helpers.teaching.site import fetch
from helpers.teaching.site.pyodide import pyodide_folder
from tests.conftest import give_up
from tests.site import ladder

HERE = Path(__file__).parent

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def in_the_browser(tmp_path_factory):
    """The answer of the browser's Python, which Node runs as well."""
    scratch = tmp_path_factory.mktemp("ladder")
    try:
        folder = pyodide_folder(scratch / "pyodide")
    except fetch.NotAvailable as missing:
        give_up(str(missing))
    if not shutil.which("node"):
        give_up("Node is not installed")
    (scratch / "request.json").write_text("{}", encoding="utf-8")
    files = folder, HERE / "ladder.py", scratch / "request.json", scratch / "answer.json"
    done = subprocess.run(["node", HERE / "judge.mjs", *files], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads((scratch / "answer.json").read_text(encoding="utf-8"))


def test_orders_are_judged_and_ways_are_chosen_as_here(in_the_browser):
    assert in_the_browser["rows"] == json.loads(json.dumps(ladder.found()))


def test_an_order_that_never_ends_is_stopped(in_the_browser):
    assert in_the_browser["never"] == ladder.that_never_ends()
    assert in_the_browser["never"][0] is False


def test_widgets_are_shown_and_times_are_measured(in_the_browser):
    assert in_the_browser["widgets"] is True
    assert in_the_browser["faster"] is True
