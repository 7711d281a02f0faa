"""The judge says the same in the browser's Python as in this one, about right and wrong functions alike."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from helpers import exercises
from helpers.teaching.site import fetch
from helpers.teaching.site.pyodide import pyodide_folder
from tests.conftest import give_up
from tests.site import judged

HERE = Path(__file__).parent
SHARE, SEED = 0.2, 14  # of the known mistakes; all of them take five minutes

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def request_for_verdicts():
    """What is asked of both."""
    return json.dumps({"names": list(exercises.everything()), "share": SHARE, "seed": SEED})


@pytest.fixture(scope="module")
def in_the_browser(request_for_verdicts, tmp_path_factory):
    """The answer of the browser's Python, which Node runs as well."""
    scratch = tmp_path_factory.mktemp("judge")
    try:
        folder = pyodide_folder(scratch / "pyodide")
    except fetch.NotAvailable as missing:
        give_up(str(missing))
    if not shutil.which("node"):
        give_up("Node is not installed")
    (scratch / "request.json").write_text(request_for_verdicts, encoding="utf-8")
    files = folder, HERE / "judged.py", scratch / "request.json", scratch / "answer.json"
    command = ["node", HERE / "judge.mjs", *files]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads((scratch / "answer.json").read_text(encoding="utf-8"))


def test_every_verdict_and_every_sentence_is_the_same(in_the_browser, request_for_verdicts):
    wanted = json.loads(request_for_verdicts)
    here = {(name, label): found for name, label, *found in judged.rows(**wanted)}
    there = {(name, label): found for name, label, *found in in_the_browser["rows"]}
    assert len(here) > 500
    assert here.keys() == there.keys()
    assert [
        (place, found, there[place]) for place, found in here.items() if list(found) != there[place]
    ] == []


def test_loops_that_never_end_are_stopped(in_the_browser):
    assert in_the_browser["stopped"] == [0.5] * len(judged.LOOPS)
