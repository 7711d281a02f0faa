"""One submission from the bytes that were handed in to its marks.

The notebook's cells run in the sandbox in their order. Where a test cell stands, the judge, in this process,
sends the exercise's cases to the learner's function and compares what comes back. A cell or an exercise that
ends the process is noted, and the rest goes on in a new one without it.
"""

import atexit
import dataclasses
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType

import numpy as np
from nbformat import NotebookNode, from_dict

from helpers import exercises
from helpers.checking.judging import judge
from helpers.checking.running import LearnerError, Outcome
from helpers.exercises.model import Case, Exercise
from helpers.teaching.grading import feedback, needing, sandbox
from helpers.teaching.grading.bounds import allow_judging
from helpers.teaching.grading.model import Mark, Marks, Plan, PlanCell
from helpers.teaching.grading.repair import repair
from helpers.teaching.grading.sandbox import Limits, Lost, Remote, Sandbox
from helpers.teaching.grading.submission import Unreadable, read
from helpers.teaching.notebook import to_text

_FIND_SECONDS = 5.0
_IMPORT = re.compile(r"^(?:import|from)\s+([\w.]+)", re.MULTILINE)
_LATE = ("torch", "tensorflow")  # imported by the cells that want them, for they take seconds


@dataclass(frozen=True)
class Settings:
    """How learners' code is fenced in, and how long it may run.

    `level` is "auto" for the strongest that works here, "bubblewrap", "namespaces" or "unsandboxed".
    `cell_seconds` is what one cell may take, `notebook_seconds` all of a notebook.
    """

    level: str = "auto"
    cell_seconds: float = 20.0
    notebook_seconds: float = 180.0
    limits: Limits = field(default_factory=Limits)


def mark(
    plan: Plan,
    content: bytes | None,
    seed: int,
    settings: Settings = Settings(),
    files: Mapping[str, bytes] = MappingProxyType({}),
) -> Marks:
    """The marks of one submission, with the notebook in which they stand.

    Parameters
    ----------
    plan : Plan
        The lesson.
    content : bytes or None
        The notebook that was handed in; None where there is none.
    seed : int
        Where the random inputs come from; another one for each run.
    settings : Settings
    files : mapping of str to bytes
        What was handed in beside the notebook: relative path, with slashes -> content.

    Raises
    ------
    NoSandbox
        If this machine cannot fence learners' code in, and `settings` do not say that it may go without.
    """
    start = time.monotonic()
    fenced = _sandbox(plan, settings)
    try:
        repaired = repair(read(content), plan)
        allow_judging(settings)
    except Unreadable as trouble:
        return unread(plan, fenced.level, str(trouble))
    run = Run(plan, repaired.notebook, fenced, seed, settings)
    marks = run.judge_all()
    return Marks(
        lesson=plan.lesson,
        level=fenced.level,
        marks=tuple(marks),
        repairs=repaired.repairs,
        notes=tuple(run.notes),
        notebook=to_text(run.written()),
        untouched=plan.untouched(_sources(repaired.notebook)),
        seconds=time.monotonic() - start,
    )


def unread(plan: Plan, level: str, trouble: str) -> Marks:
    """No points, and why: for what cannot be read, or takes its judge down."""
    from helpers.teaching.notebook import from_text

    notebook = from_text(plan.notebook)
    marks = tuple(feedback.failed(test, "unread", trouble) for test in plan.tests)
    _place(notebook, {one.grade_id: feedback.outputs(one) for one in marks})
    said = {
        "cell_type": "markdown",
        "id": "not-graded",
        "metadata": {},
        "source": f"**Not graded.** {trouble}",
    }
    notebook.cells.insert(0, from_dict(said))
    untouched = plan.untouched({})
    return Marks(plan.lesson, level, marks, notebook=to_text(notebook), trouble=trouble, untouched=untouched)


def _sources(notebook: NotebookNode) -> dict[str, str]:
    """By grade id: the texts of a notebook's cells."""
    return {cell.metadata.get("nbgrader", {}).get("grade_id"): cell.source for cell in notebook.cells}


def close() -> None:
    """End the sandbox that is kept warm."""
    while _warm:
        _warm.popitem()[1].close()


_warm: dict[tuple, Sandbox] = {}
atexit.register(close)


def _sandbox(plan: Plan, settings: Settings) -> Sandbox:
    """The warm sandbox for a lesson; that of another lesson is ended."""
    level = sandbox.best_level() if settings.level == "auto" else settings.level
    key = plan.lesson, plan.digest, level, settings.limits
    if key not in _warm:
        close()
        found = {
            name for cell in plan.cells if cell.cell_type == "code" for name in _IMPORT.findall(cell.source)
        }
        modules = sorted(name for name in found if not name.startswith(_LATE))
        _warm[key] = Sandbox(plan.lesson, level, settings.limits, ("numpy", "helpers", *modules))
    return _warm[key]


@lru_cache(maxsize=256)
def _asked(name: str, seed: int) -> Exercise:
    """An exercise whose cases are drawn once for all submissions of a run."""
    exercise = exercises.find(name)
    cases = tuple(exercise.cases(np.random.default_rng([seed, *name.encode()])))
    return dataclasses.replace(exercise, cases=lambda _rng: cases)


@dataclass(frozen=True)
class Step:
    """A code cell of the notebook, in its order: to be run, or the place of a test."""

    index: int
    source: str
    test: PlanCell | None = None
    exercise: str = ""
    of_lesson: bool = False


class Run:
    """The run of one notebook: marks by grade id, outputs by cell, and what was left out for what reason."""

    def __init__(self, plan: Plan, notebook: NotebookNode, fenced: Sandbox, seed: int, settings: Settings):
        self.plan, self.notebook, self.sandbox = plan, notebook, fenced
        self.seed, self.settings = seed, settings
        self.marks: dict[str, Mark] = {}
        self.outputs: dict[int | str, list[NotebookNode]] = {}
        self.left_out: dict[int, str] = {}
        self.errors: dict[int, str] = {}
        self.notes: list[str] = []
        self.ends_at = time.monotonic() + settings.notebook_seconds
        self.steps = self._steps()

    def judge_all(self) -> list[Mark]:
        """The marks of all exercises, in the lesson's order."""
        steps = self._worth_running()
        while self._pending() and time.monotonic() < self.ends_at:
            with self.sandbox.notebook() as remote:
                self._through(remote, steps)
        for test in self._pending():
            seconds = self.settings.notebook_seconds
            self._note(feedback.failed(test, "stopped", f"The notebook used up its {seconds:.0f} seconds."))
        for test in self.plan.tests:
            self._try_again(test)
        return [self.marks[test.grade_id] for test in self.plan.tests]

    def written(self) -> NotebookNode:
        """The notebook with the outputs of this run, and no others."""
        for index, cell in enumerate(self.notebook.cells):
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = self.outputs.get(index, []), None
        _place(self.notebook, self.outputs)
        return self.notebook

    def _steps(self) -> list[Step]:
        tests = {test.grade_id: test for test in self.plan.tests}
        written = {cell.grade_id: cell.exercise for cell in self.plan.cells if cell.role == "exercise"}
        own = {cell.source for cell in self.plan.cells if cell.role in ("code", "exercise")}
        steps = []
        for index, cell in enumerate(self.notebook.cells):
            name = cell.metadata.get("nbgrader", {}).get("grade_id", "")
            if cell.cell_type == "code":
                steps.append(
                    Step(index, cell.source, tests.get(name), written.get(name, ""), cell.source in own)
                )
        return steps

    def _pending(self) -> list[PlanCell]:
        return [test for test in self.plan.tests if test.grade_id not in self.marks]

    def _worth_running(self) -> list[Step]:
        """All but those cells of the lesson itself that only show things."""
        others = [step.source for step in self.steps if not step.of_lesson and step.test is None]
        kept = needing.needed(self._relations(), set().union(*map(needing.reads, others), ()))
        return [
            step
            for step in self.steps
            if step.test or step.exercise or not step.of_lesson or step.index in kept
        ]

    def _relations(self) -> dict[int, tuple[set[str], set[str]]]:
        """For each cell that can be run: what it binds and what it reads."""
        return {
            step.index: needing.of_lesson(step.source)
            if step.of_lesson
            else (needing.binds(step.source), needing.reads(step.source))
            for step in self.steps
            if step.test is None
        }

    def _through(self, remote: Remote, steps: list[Step]) -> None:
        """Run the cells from first to last, until all is known or the process is lost."""
        for step in steps:
            if not self._pending() or time.monotonic() > self.ends_at:
                return
            if step.test is None:
                alive = step.index in self.left_out or self._run(remote, step)
            else:
                alive = step.test.grade_id in self.marks or self._try(remote, step.test)
            if not alive:
                return

    def _run(self, remote: Remote, step: Step) -> bool:
        """Run a cell; whether the process can be used further."""
        seconds = max(0.1, min(self.settings.cell_seconds, self.ends_at - time.monotonic()))
        try:
            answer = remote.ask("run", seconds, source=step.source, seconds=seconds)
        except Lost as lost:
            self.left_out[step.index] = str(lost)
            self.outputs[step.index] = feedback.plain([], None, f"This cell was left out. {lost}")
            return False
        error = _error(answer)
        if answer.get("stopped"):
            self.left_out[step.index] = f"It took longer than {seconds:.0f} seconds."
        elif error:
            self.errors[step.index] = f"{error.kind}: {error.message}"
        self.outputs[step.index] = feedback.plain(
            answer.get("outputs"), error and (error.kind, error.message), self.left_out.get(step.index, "")
        )
        return not answer.get("stopped")

    def _try(self, remote: Remote, test: PlanCell) -> bool:
        """Judge an exercise; whether the process can be used further."""
        exercise = _asked(test.exercise, self.seed)
        try:
            found = remote.ask(
                "find", _FIND_SECONDS, function=test.function, parameters=len(exercise.parameters)
            )
        except Lost as lost:
            self._note(feedback.failed(test, "stopped", str(lost)))
            return False
        hindrance = self._hindrance(found, exercise, test)
        if hindrance:
            self._note(feedback.failed(test, *hindrance))
            return True
        call = Call(remote, test.function)
        verdict = judge(exercise, call, np.random.default_rng(self.seed))
        if call.lost:
            self._note(feedback.failed(test, "stopped", call.lost))
        else:
            came_out = None if verdict.passed or not verdict.outcome.finished else verdict.outcome.returned
            self._note(feedback.mark_of(verdict, test), came_out)
        return call.usable

    def _hindrance(self, found: dict, exercise: Exercise, test: PlanCell) -> tuple[str, str] | None:
        """Why a function cannot be tried, if so: the kind of verdict, and a sentence."""
        if not found.get("found"):
            verdict = "stopped" if self._reason(test, self.left_out) else "missing"
            return verdict, f"There is no function `{test.function}`. {self._why_missing(test)}".strip()
        if not found.get("callable"):
            return "wrong", f"`{test.function}` is no function; it is of type {str(found.get('kind'))[:60]}."
        if found.get("blank"):
            return "not started", "The function has not been written."
        if not found.get("takes"):
            count = len(exercise.parameters)
            arguments = f"{count} argument{'s' if count != 1 else ''}"
            return "wrong", f"The function must take {arguments}: `{exercise.call}`."
        return None

    def _reason(self, test: PlanCell, reasons: dict[int, str]) -> str:
        """What is known of the cell in which a test's function should be written."""
        own = [step.index for step in self.steps if step.exercise == test.exercise]
        return next((reasons[index] for index in own if index in reasons), "")

    def _why_missing(self, test: PlanCell) -> str:
        if left_out := self._reason(test, self.left_out):
            return f"The cell that should define it was left out. {left_out}"
        if error := self._reason(test, self.errors):
            return f"The cell that should define it ended with an error. {error}"
        return ""

    def _note(self, mark: Mark, came_out=None) -> None:
        self.marks[mark.grade_id] = mark
        self.outputs[mark.grade_id] = feedback.outputs(mark, came_out)

    def _try_again(self, test: PlanCell) -> None:
        """Judge a failed exercise once more, if the reason may be a cell too few or one too many."""
        before = self.marks[test.grade_id]
        if before.verdict in ("passed", "not started"):
            return
        if "NameError" in before.sentence:
            self._once_more(before, self.steps)
        own = {step.index for step in self.steps if step.of_lesson or step.exercise == test.exercise}
        kept = needing.needed(self._relations(), {test.function}, own)
        others = [
            step for step in self.steps if step.index not in kept and not step.of_lesson and not step.test
        ]
        if any(needing.meddles(step.source) for step in others):
            alone = [step for step in self.steps if step.index in kept or step.test is test]
            if self._once_more(before, alone):
                self.notes.append(
                    f"`{test.exercise}` was tried once more without the cells that it does not need: one of "
                    "them gets in its way."
                )

    def _once_more(self, before: Mark, steps: list[Step]) -> bool:
        """Judge an exercise in a new process with some of the cells; whether that earned points."""
        if self.marks[before.grade_id].points or time.monotonic() > self.ends_at:
            return False
        del self.marks[before.grade_id]
        with self.sandbox.notebook() as remote:
            self._through(remote, steps)
        if self.marks.get(before.grade_id, before).points > before.points:
            return True
        self._note(before)
        return False


class Call:
    """The judge's way to a function in the sandbox; `lost` says why there is none any more."""

    def __init__(self, remote: Remote, function: str):
        self.remote, self.function = remote, function
        self.lost, self.usable = "", True

    def __call__(self, case: Case, seconds: float) -> Outcome:
        """The outcome of one call, which takes its time on this side's clock."""
        start = time.perf_counter()
        if self.lost:
            return Outcome(error=LearnerError("Lost", self.lost))
        seconds = max(0.05, seconds)
        try:
            answer = self.remote.ask(
                "call", seconds, function=self.function, arguments=case.arguments, seconds=seconds
            )
            return self._outcome(answer, case, seconds, time.perf_counter() - start)
        except Lost as lost:
            self.lost, self.usable = str(lost), False
            return Outcome(error=LearnerError("Lost", self.lost), seconds=time.perf_counter() - start)

    def _outcome(self, answer: dict, case: Case, allowed: float, seconds: float) -> Outcome:
        stopped = bool(answer.get("stopped")) or seconds > allowed + 1
        self.usable = not stopped and not answer.get("left_running")
        changed = answer.get("changed")
        indices = range(len(case.arguments))
        return Outcome(
            returned=answer.get("returned"),
            error=_error(answer),
            stopped_after=allowed if stopped else None,
            changed=tuple(i for i in indices if i in changed) if isinstance(changed, list) else (),
            printed=str(answer.get("printed") or "")[:2000],
            seconds=seconds,
        )


def _error(answer: dict) -> LearnerError | None:
    """The learner's error in an answer, its parts cut to what is fit to be shown."""
    error = answer.get("error")
    if error is None:
        return None
    if not isinstance(error, list) or len(error) != 4:
        raise Lost("It reported an error in no form that can be read.")
    kind, message, number, line = error
    number = number if isinstance(number, int) else None
    return LearnerError(str(kind)[:60], str(message)[:1000], number, str(line)[:200])


def _place(notebook: NotebookNode, outputs: dict) -> None:
    """Put the outputs of tests into their cells."""
    for cell in notebook.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        if name in outputs and cell.cell_type == "code":
            cell.outputs, cell.execution_count = outputs[name], None
