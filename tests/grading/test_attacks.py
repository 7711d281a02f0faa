"""No notebook breaks the grader, steals a point or costs anybody else one; honest ones keep their points."""

import nbformat
import pytest

from helpers.teaching.grading.marking import Settings, close, mark
from helpers.teaching.grading.sandbox.launch import Limits
from tests.grading.attacks import ATTACKS, SECRET
from tests.grading.lessons import plan, solved

LIMITS = Limits(memory_mb=1024)
SETTINGS = Settings(cell_seconds=3, limits=LIMITS)
PATIENT = Settings(cell_seconds=20, limits=LIMITS)  # a busy machine takes its time to fill the memory
ENDLESS = ("loop", "output")  # these kinds go on until their time is over
FIRST = {attack.kind: attack for attack in reversed(ATTACKS) if attack.kind not in ENDLESS}  # others are slow
LEAKS = (SECRET, "found /", "wrote /", "reached (", "<script>")


@pytest.fixture(scope="module", autouse=True)
def _sandboxes():
    yield
    close()


@pytest.fixture(autouse=True)
def _secret(monkeypatch):
    monkeypatch.setenv("GRADERS_SECRET", SECRET)


def graded(lesson, book, settings=SETTINGS):
    """The marks of a notebook, by exercise, and all that was said."""
    done = mark(plan(lesson), nbformat.writes(book).encode(), 7, settings)
    return {one.exercise: one for one in done.marks}, done


def outputs(notebook):
    """All outputs in the text of a notebook."""
    cells = nbformat.reads(notebook, as_version=4).cells
    return [output for cell in cells for output in cell.get("outputs", [])]


@pytest.mark.parametrize(
    "attack",
    [
        pytest.param(
            attack,
            id=f"{attack.kind}: {attack.name}",
            marks=() if attack is FIRST.get(attack.kind) else pytest.mark.slow,
        )
        for attack in ATTACKS
    ],
)
def test_costs_at_most_its_own_exercise(attack):
    marks, done = graded(attack.lesson, attack.notebook(), PATIENT if attack.kind == "memory" else SETTINGS)
    own = marks.pop(attack.exercise)
    assert own.verdict in attack.verdicts, own
    assert own.points == (own.max_points if own.verdict == "passed" else 0)
    assert attack.reason.lower() in own.sentence.lower()
    assert own.sentence
    for other in marks.values():
        assert (other.verdict, other.points) == ("passed", other.max_points)
    assert [one.max_points for one in done.marks] == [test.points for test in plan(attack.lesson).tests]
    shown = outputs(done.notebook)
    assert not any(leak in str(output.get("text", "")) for leak in LEAKS[:-1] for output in shown)
    assert not any(LEAKS[-1] in str(output.get("data", {}).get("text/html", "")) for output in shown)
    assert len(done.notebook) < 2_000_000
    after, _ = graded(attack.lesson, solved(attack.lesson))
    assert all(one.verdict == "passed" for one in after.values())


def test_there_are_enough_of_them():
    assert len(ATTACKS) >= 60
    assert len({attack.name for attack in ATTACKS}) == len(ATTACKS)
