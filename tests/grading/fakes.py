"""A marker that needs no sandbox: it believes what notebooks say about themselves.

Each process that grades imports this module, so it stands apart from what tests need besides.
"""

import json
import os
import re
import signal
import time
from dataclasses import replace
from pathlib import Path

from helpers.checking.calling.time_limit import Stopped
from helpers.teaching.grading.marking import unread
from helpers.teaching.grading.marks import Mark, Marks
from helpers.teaching.grading.sandbox.launch import NoSandbox

POINTS = {"passed": 1.0, "wrong": 0.0}


def mark(plan, content, seed, settings, files=None):
    """Marks of a notebook; its orders may be to write its name down, to wait for a file, or to die."""
    try:
        notebook = json.loads(content or b"")
    except ValueError:
        return unread(plan, "fake", "It is not a notebook.")
    for order in notebook["metadata"].get("orders", ()):
        obey(order)
    text = "\n".join("".join(cell["source"]) for cell in notebook["cells"])
    sources = {
        cell["metadata"].get("nbgrader", {}).get("grade_id"): "".join(cell["source"])
        for cell in notebook["cells"]
    }
    marks = [_mark(test, f"# passed {test.exercise}" in text) for test in plan.tests]
    text = json.dumps(notebook, ensure_ascii=False)
    starved = starves(notebook["metadata"].get("orders", ()))
    return Marks(
        plan.lesson,
        "fake",
        tuple(marks),
        notebook=text,
        untouched=plan.untouched(sources),
        starved=starved,
    )


def mark_and_name(plan, content, seed, settings, files=None):
    """The same marks; a wrong `match` is one that was not divided."""
    marks = mark(plan, content, seed, settings, files)
    named = [
        replace(one, mistake="not_divided", sentence="Your answer is not divided.")
        if one.exercise == "match" and not one.points
        else one
        for one in marks.marks
    ]
    return replace(marks, marks=tuple(named))


def starves(orders):
    """Whether a notebook runs into the wall clock: always, or only once."""
    for kind, value in (order.split(" ", 1) for order in orders):
        if kind == "starve" or (kind == "starve-once" and not Path(value).exists()):
            Path(value).touch()
            return True
    return False


def obey(order):
    """Do as a notebook says."""
    kind, value = order.split(" ", 1)
    if kind == "sleep":
        time.sleep(float(value))
    while kind == "wait" and not Path(value).exists():
        time.sleep(0.01)
    if kind == "log":
        with open(value, "a") as file:
            file.write("graded\n")
    if kind == "die" or (kind == "die-once" and not Path(value).exists()):
        Path(value).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    if kind == "raise":
        raise RuntimeError(value)
    if kind == "stop":
        raise Stopped
    if kind == "swell":
        bytearray(int(value))
    if kind == "spin":  # without end, and Python's own threads do not get a turn
        re.match(r"(a+)+$", "a" * int(value) + "b")
    if kind == "unsandboxable" and not Path(value).exists():
        Path(value).touch()
        raise NoSandbox("It starts no more processes.")


def _mark(test, passed):
    verdict = "passed" if passed else "wrong"
    return Mark(test.grade_id, test.exercise, test.points * POINTS[verdict], test.points, verdict)
