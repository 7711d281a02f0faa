"""A lesson as it runs for those who skip exercises: ``python -m tests.lessons.skipping 02_filtering``.

All is solved up to the exercise, so one process runs the lesson once and, at each exercise, leaves the rest
to a copy of itself that skips it, and at the first one to another copy that skips all. Prints, for each
exercise, the ids of the cells that fail without it.
"""

import json
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

import nbformat
from IPython.core.interactiveshell import InteractiveShell

from helpers.show.widgets import live_training
from helpers.teaching.building.notebook import may_fail
from tests.lessons.trainings import do_each_once

ROOT = Path(__file__).parents[2]


def cells_of(lesson):
    """The code cells of the solution, each with what is in its place in the learner's notebook."""
    read = [
        nbformat.read(ROOT / folder / lesson / f"{lesson}.ipynb", as_version=4).cells
        for folder in ("solutions", "notebooks")
    ]
    return [(solved, blank.source) for solved, blank in zip(*read, strict=True) if solved.cell_type == "code"]


def is_exercise(cell):
    """Whether learners write in a cell."""
    return cell.metadata.get("nbgrader", {}).get("solution", False)


class Kernel:
    """Runs cells one after another, quietly; what fails does not stop it."""

    def __init__(self):
        """A shell without history, which draws nothing: what fails while it is drawn fails no cell."""
        self.shell = InteractiveShell.instance(history_length=0)
        self.shell.history_manager.enabled = False
        self.shell.display_formatter.format = lambda *_, **__: ({}, {})
        self.failed = []

    def run(self, cell, source):
        """Run a cell, and remember it if it fails."""
        done = self.shell.run_cell(source, store_history=False)
        if not done.success and not may_fail(cell):
            self.failed.append(cell.id)


def run_without(kernel, skipped, others):
    """The cells that fail, in a copy of this process, when some of the remaining ones are skipped."""
    with tempfile.TemporaryFile("w+") as answer:
        if (child := os.fork()) == 0:
            keep_progress_apart()
            for cell, blank in skipped:
                kernel.run(cell, blank)
            for cell, _ in others:
                kernel.run(cell, cell.source)
            json.dump(kernel.failed, answer)
            answer.flush()
            os._exit(0)
        assert os.waitpid(child, 0)[1] == 0
        answer.seek(0)
        return json.load(answer)


def start_as_a_kernel_does():
    """Hide optional packages, whose threads would not live on in a copy of the process."""
    for script in Path(os.environ["IPYTHONDIR"], "profile_default", "startup").glob("*.py"):
        exec(script.read_text(encoding="utf-8"), {})


def let_time_pass():
    """Nobody watches: a training that is slowed down does not wait, but sees its clock advance."""
    passed = 0.0

    def sleep(seconds):
        nonlocal passed
        passed += seconds

    live_training.clock, live_training.sleep = lambda: time.monotonic() + passed, sleep


def keep_progress_apart():
    """What this process passes from now on is not the other ones' progress."""
    kept = Path(os.environ["COURSE_PROGRESS"])
    os.environ["COURSE_PROGRESS"] = str(kept.with_name(f"{os.getpid()}.jsonl"))
    if kept.is_file():
        shutil.copy(kept, os.environ["COURSE_PROGRESS"])


def main(lesson):
    """Run the lesson; what fails with nothing skipped, or all, is under the names "nothing" and "all"."""
    out, sys.stdout, sys.stderr = sys.stdout, open(os.devnull, "w"), open(os.devnull, "w")  # noqa: SIM115
    start_as_a_kernel_does()
    let_time_pass()
    do_each_once(Path(os.environ["COURSE_PROGRESS"]).with_name("trainings"))
    kernel, cells, failed = Kernel(), cells_of(lesson), {}
    for index, (cell, _) in enumerate(cells):
        if is_exercise(cell):
            if not failed:
                failed["all"] = run_without(kernel, cells[index:], [])
            failed[cell.id] = run_without(kernel, cells[index : index + 1], cells[index + 1 :])
        kernel.run(cell, cell.source)
    json.dump({"nothing": kernel.failed, **failed}, out)


if __name__ == "__main__":
    main(sys.argv[1])
