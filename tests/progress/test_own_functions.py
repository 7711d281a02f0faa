"""A function that passed comes back in a later lesson with all it leans on, or the check says why not."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest


def ways():
    """By kind: why a function of that kind is lost (empty if it is kept), and the cells that define it."""
    text = Path(__file__).with_name("ways_to_write_relu.txt").read_text(encoding="utf-8")
    for part in text.split("\n\n=== ")[1:]:
        kind, _, cells = part.partition("\n")
        lost = cells.partition("\n")[0].removeprefix("--- ") if cells.startswith("--- ") else ""
        yield kind, lost, cells.removeprefix(f"--- {lost}\n").strip("\n").split("\n# %%\n")


ALL = {kind: cells for kind, _, cells in ways()}
KEPT = [kind for kind, lost, _ in ways() if not lost]
LOST = {kind: lost for kind, lost, _ in ways() if lost}

CHECKED = """
import contextlib, io, json, os, sys
from IPython.core.interactiveshell import InteractiveShell
kinds, folder = json.load(sys.stdin)
shell = InteractiveShell.instance()
said = {}
for number, (kind, cells) in enumerate(kinds.items()):
    shell.reset(new_session=False)
    os.environ["COURSE_PROGRESS"] = f"{folder}/{number}.jsonl"
    stream = io.StringIO()
    with contextlib.redirect_stdout(stream):
        for cell in ["import numpy as np\\nfrom helpers import check", *cells, 'check("relu", relu)']:
            shell.run_cell(cell)
    said[kind] = stream.getvalue()
print(json.dumps(said))
"""

CALLED = """
import contextlib, io, json, os, sys
import numpy
from helpers import progress, reference
kinds, folder = json.load(sys.stdin)
answers = {}
for number, kind in enumerate(kinds):
    os.environ["COURSE_PROGRESS"] = f"{folder}/{number}.jsonl"
    stream = io.StringIO()
    try:
        with contextlib.redirect_stdout(stream):
            own = progress.own("relu")
            answer = own(numpy.array([[-1.0, 2.0]])).tolist()
    except Exception as problem:
        own, answer = None, repr(problem)
    answers[kind] = [answer, own is reference.relu, stream.getvalue()]
print(json.dumps(answers))
"""


def in_a_process(program, folder):
    done = subprocess.run(
        [sys.executable, "-c", program],
        input=json.dumps([ALL, str(folder)]),
        capture_output=True,
        text=True,
        env=os.environ,
        cwd=folder,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def sessions(tmp_path_factory):
    """What the check said in one session, and what came of the functions in another, by kind."""
    folder = tmp_path_factory.mktemp("progress")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", os.getcwd())
        patch.delenv("NBGRADER_EXECUTION", raising=False)
        return in_a_process(CHECKED, folder), in_a_process(CALLED, folder), folder


@pytest.mark.parametrize("kind", KEPT)
def test_a_function_is_kept_with_all_that_it_leans_on(sessions, kind):
    said, answers, _ = sessions
    assert "relu: passed" in said[kind], said[kind]
    assert "cannot call it on its own" not in said[kind], said[kind]
    assert answers[kind] == [[[0.0, 2.0]], False, ""]


@pytest.mark.parametrize("kind", LOST)
def test_what_cannot_be_kept_is_said_by_the_check_and_again_when_it_is_called(sessions, kind):
    said, answers, _ = sessions
    sentence = (
        f"`relu` passed, but later lessons cannot call it on its own: {LOST[kind]}. They will use the "
        "course's own `relu`."
    )
    assert "relu: passed" in said[kind]
    assert sentence in said[kind]
    assert answers[kind] == [[[0.0, 2.0]], True, f"{sentence}\n"]


def test_what_is_kept_is_text_that_a_person_can_read(sessions):
    number = list(ALL).index("array")
    (line,) = (sessions[2] / f"{number}.jsonl").read_text().splitlines()
    assert json.loads(line)["source"] == (
        "import numpy as np\n\n"
        "HALF = np.array([0.0], dtype='float64')\n\n"
        "def relu(x):\n    return np.maximum(x, HALF)\n"
    )
