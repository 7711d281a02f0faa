"""The run of one notebook: its cells run in the sandbox in their order, and its exercises are judged.

A cell or an exercise that ends the process is noted, and the rest continues in a new one without it. What the
exercises do not need gets only part of the time.
"""

import contextlib
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING

from nbformat import NotebookNode

from helpers.checking.calling.time_limit import BACK_STOP
from helpers.checking.words import counted
from helpers.exercises import Exercise
from helpers.teaching.building.notebook import to_text
from helpers.teaching.grading import feedback
from helpers.teaching.grading.cell_outputs import CellOutputs
from helpers.teaching.grading.exercise_trial import Call, asked, error_in, try_function
from helpers.teaching.grading.marks import Mark
from helpers.teaching.grading.needed_cells import meddles
from helpers.teaching.grading.notebook_steps import Step, Steps
from helpers.teaching.grading.plan import Plan, PlanCell
from helpers.teaching.grading.repair.cells import label
from helpers.teaching.grading.sandbox import files_beside, wire
from helpers.teaching.grading.sandbox.launch import Sandbox
from helpers.teaching.grading.sandbox.questions import Lost, Remote

if TYPE_CHECKING:
    from helpers.teaching.grading.marking import Settings

_FIND_SECONDS, _PUT_SECONDS = 5.0, 20.0
_EXPERIMENTS = 1 / 3  # of the time, for what no exercise needs
_RESERVE = 1 / 4  # of the time, for exercises with nothing but what they need
_MOST_LEFT_OUT = 20  # statements of one cell
_LARGEST = 16 * 2**20  # characters of a graded notebook


class NotebookRun:
    """The run of one notebook: marks by grade id, outputs by cell, and what was left out, and why."""

    def __init__(
        self,
        plan: Plan,
        notebook: NotebookNode,
        fenced: Sandbox,
        seed: int,
        settings: "Settings",
        files: Mapping[str, bytes],
    ):
        self.plan, self.notebook, self.sandbox = plan, notebook, fenced
        self.seed, self.settings = seed, settings
        self.marks: dict[str, Mark] = {}
        self.panels: dict[str, list[NotebookNode]] = {}
        self.shown = CellOutputs()
        self.left_out: dict[int, str] = {}
        self.stopped: dict[int, str] = {}
        self.errors: dict[int, str] = {}
        self.parts: dict[int, list[tuple[int, int | None]]] = {}
        self.files, self.notes = files_beside.usable(files)
        self.of_lines: set[str] = set()
        self.starved = False
        self.left = settings.notebook_seconds
        self.for_experiments = settings.notebook_seconds * _EXPERIMENTS
        times, more = BACK_STOP
        self.ends_at = time.monotonic() + times * settings.notebook_seconds + more
        self.steps = Steps(plan, notebook)

    def judge_all(self) -> list[Mark]:
        """The marks of all exercises, in the lesson's order."""
        steps, reserve = self.steps.worth_running(), self.settings.notebook_seconds * _RESERVE
        while self._pending() and self._has_time(reserve):
            self._once(steps, reserve)
        for test in self._pending():
            self._until_marked(test.grade_id, self.steps.alone(test))
        for test in self._pending():
            seconds = self.settings.notebook_seconds
            self._note(feedback.failed(test, "stopped", f"The notebook used up its {seconds:.0f} seconds."))
        for test in self.plan.tests:
            self._try_again(test)
        if out := self.stopped.keys() | self.left_out.keys():
            self._say(f"Cells that were stopped or left out: {len(out)}. The rest was marked without them.")
        return [self.marks[test.grade_id] for test in self.plan.tests]

    def written(self) -> str:
        """The text of the notebook with the outputs of this run, and no others."""
        panels = {mark.grade_id: feedback.outputs(mark) for mark in self.marks.values()}
        everything: dict = {**self.shown.outputs, **self.panels}
        for outputs in (everything, panels, {}):
            with contextlib.suppress(Exception):  # then with less: no output is worth losing a mark
                text = wire.whole(to_text(self._with_outputs(outputs)))
                if len(text) <= _LARGEST:
                    return text
        return self.plan.notebook

    def _with_outputs(self, outputs: dict) -> NotebookNode:
        from helpers.teaching.grading.harmless_pages import (
            clean_cells,  # slow to load, and only judges need it
        )

        for index, cell in enumerate(self.notebook.cells):
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = outputs.get(index, []), None
        place(self.notebook, outputs)
        clean_cells(self.notebook)
        return self.notebook

    def _pending(self) -> list[PlanCell]:
        return [test for test in self.plan.tests if test.grade_id not in self.marks]

    def _has_time(self, reserve: float = 0.0) -> bool:
        """Whether more can be run; a machine that is too busy for it is noted."""
        if time.monotonic() > self.ends_at:
            self.starved = True
            return False
        return self.left > reserve

    def _until_marked(self, grade_id: str, steps: list[Step]) -> None:
        """Run cells in new processes, one after another, each without what ended the one before."""
        while grade_id not in self.marks and self._has_time():
            self._once(steps)

    def _once(self, steps: list[Step], reserve: float = 0.0) -> None:
        """Run cells from first to last in a new process, until everything is known or the process is lost."""
        with self.sandbox.notebook() as remote:
            if not self._put(remote):
                return
            for step in steps:
                if not self._pending() or not self._has_time(reserve):
                    return
                if step.test is not None:
                    alive = step.test.grade_id in self.marks or self._try(remote, step.test)
                else:
                    alive = step.index in self.left_out or self._run(remote, step, self.left - reserve)
                if not alive:
                    return

    def _put(self, remote: Remote) -> bool:
        """Put files next to the notebook; whether the process can be used further."""
        if not self.files:
            return True
        try:
            answer = remote.ask("put", _PUT_SECONDS, files=self.files)
        except Lost:
            self.files, failed = {}, list(self.files)
        else:
            failed = [name for name in self.files if name in (answer.get("failed") or ())]
        self.left -= remote.used
        if failed:
            self._say(f"Files next to the notebook for which there was no room: {', '.join(failed[:5])}.")
        return bool(self.files)

    def _run(self, remote: Remote, step: Step, seconds: float) -> bool:
        """Run a cell; whether the process can be used further."""
        experiment = step.index not in self.steps.needed and not step.exercise
        if experiment:
            seconds = min(seconds, self.for_experiments)
        if seconds <= 0:
            self.stopped[step.index] = "It was not run: other cells had taken too long."
            self.shown.keep(step.index, [], None, self.stopped[step.index])
            return True
        before = self.left
        try:
            self._run_parts(remote, step, max(0.1, min(self.settings.cell_seconds, seconds)))
        except Lost as lost:
            self.starved = self.starved or lost.starved
            self.left_out[step.index] = str(lost)
            self.shown.keep(step.index, [], None, f"This cell was left out. {lost}")
            return False
        finally:
            self.for_experiments -= (before - self.left) if experiment else 0.0
        return True

    def _run_parts(self, remote: Remote, step: Step, seconds: float) -> None:
        """Run a cell's statements, all at once; after one that fails, those below it."""
        pending = list(self.parts.get(step.index, [(0, None)]))
        done: list[tuple[int, int | None]] = []
        outputs: list = []
        notes: list[str] = []
        error = None
        while pending:
            first, last = pending.pop(0)
            answer = self._ask_to_run(remote, step, seconds, first, last)
            outputs += answer["outputs"] if isinstance(answer.get("outputs"), list) else []
            problem, failed = error_in(answer), answer.get("failed")
            error = error or problem
            if answer.get("stopped"):
                self.stopped[step.index] = f"It took longer than {seconds:.0f} seconds."
                notes.append(self.stopped[step.index])
            if type(failed) is not int or failed < first or len(done) > _MOST_LEFT_OUT:
                done.append((first, last))
                continue
            if answer.get("stopped") and step.exercise:  # what is above counts, and nothing below is run
                done.append((first, failed))
                break
            if answer.get("final") and not answer.get("stopped"):
                done.append((first, last))
                break
            done.append((first, failed))
            pending.insert(0, (failed + 1, last))
            notes += self._leave_out(step, answer)
        self.parts[step.index] = done
        if error:
            self.errors.setdefault(step.index, f"{error.kind}: {error.message}")
        said = (error.kind, error.message) if error else None
        self.shown.keep(step.index, outputs, said, "\n".join(notes))

    def _ask_to_run(self, remote: Remote, step: Step, seconds: float, first: int, last: int | None) -> dict:
        try:
            answer = remote.ask("run", seconds, source=step.source, seconds=seconds, first=first, last=last)
        finally:
            self.left -= remote.used
        self.starved = self.starved or (bool(answer.get("stopped")) and remote.used < seconds / 2)
        return answer

    def _leave_out(self, step: Step, answer: dict) -> list[str]:
        """Say that a statement was left out: in the cell, and in the report if an exercise may need it."""
        line = str(answer.get("text") or "").replace("`", "'")[:80].strip()
        if answer.get("stopped") or not line:
            return []
        if step.exercise or step.index in self.steps.needed:
            where = f"the cell of `{step.exercise}`" if step.exercise else f"cell {step.index + 1}"
            note = f"The line `{line}` in {where} fails here and was left out."
            self.of_lines.add(note)
            self._say(note)
        return [f"The line `{line}` fails here and was left out."]

    def _say(self, note: str) -> None:
        if note not in self.notes:
            self.notes.append(note)

    def _try(self, remote: Remote, test: PlanCell) -> bool:
        """Judge an exercise; whether the process can be used further."""
        exercise = asked(test.exercise, self.plan.variants.get(test.exercise, ""), self.seed)
        try:
            found = remote.ask(
                "find", _FIND_SECONDS, function=test.function, parameters=len(exercise.parameters)
            )
        except Lost as lost:
            self.starved = self.starved or lost.starved
            self._note(feedback.failed(test, "stopped", str(lost)))
            return False
        finally:
            self.left -= remote.used
        hindrance = self._hindrance(found, exercise, test)
        if hindrance:
            self._note(feedback.failed(test, *hindrance))
            return True
        call = Call(remote, test.function)
        self._note(*try_function(exercise, call, test, self.seed))
        self.left -= call.used
        self.starved = self.starved or call.starved
        return call.usable

    def _hindrance(self, found: dict, exercise: Exercise, test: PlanCell) -> tuple[str, str] | None:
        """Why a function cannot be tried, if so: the kind of verdict, and a sentence."""
        if not found.get("found"):
            verdict = "stopped" if self._reason(test, self.left_out | self.stopped) else "missing"
            return verdict, f"There is no function `{test.function}`. {self._why_missing(test)}".strip()
        if not found.get("callable"):
            kind = str(found.get("kind"))[:60]
            return "wrong", f"`{test.function}` is not a function but of type {kind}."
        if found.get("blank"):
            return "not started", "The function has not been written."
        if not found.get("takes"):
            arguments = counted(len(exercise.parameters), "argument")
            return "wrong", f"The function must take {arguments}: `{exercise.call}`."
        return None

    def _reason(self, test: PlanCell, reasons: dict[int, str]) -> str:
        """What is known of the cell in which a test's function should be written."""
        own = self.steps.of_exercise(test.exercise)
        return next((reasons[index] for index in own if index in reasons), "")

    def _why_missing(self, test: PlanCell) -> str:
        if left_out := self._reason(test, self.left_out):
            return f"The cell that should define it was left out. {left_out}"
        if stopped := self._reason(test, self.stopped):
            return f"The cell that should define it was stopped. {stopped}"
        if error := self._reason(test, self.errors):
            return f"The cell that should define it ended with an error. {error}"
        return ""

    def _note(self, mark: Mark, came_out: object = None) -> None:
        self.marks[mark.grade_id] = mark
        try:
            self.panels[mark.grade_id] = feedback.outputs(mark, came_out)
        except Exception:  # an answer that cannot be shown is as wrong as before
            self.panels[mark.grade_id] = feedback.outputs(mark)

    def _try_again(self, test: PlanCell) -> None:
        """Judge a failed exercise once more, if one cell too few or too many may be the reason."""
        before = self.marks[test.grade_id]
        if before.verdict in ("passed", "not started"):
            return
        if "NameError" in before.sentence:
            self._once_more(before, self.steps.all, afresh=True)
        alone = self.steps.alone(test)
        others = [step for step in self.steps.all if not (step in alone or step.of_lesson or step.test)]
        if any(meddles(step.source) for step in others) and self._once_more(before, alone):
            self._say(
                f"`{test.exercise}` was tried once more without the cells that it does not need: one "
                "of them interferes with it."
            )

    def _once_more(self, before: Mark, steps: list[Step], afresh: bool = False) -> bool:
        """Judge an exercise in a new process with some of the cells; whether that earned points.

        Afresh, lines that failed before are run again: what they lacked may be there now. Otherwise cells are
        run again that were left out: what ended the process may have been the doing of a cell above them.
        """
        if self.marks[before.grade_id].points or not self._has_time():
            return False
        del self.marks[before.grade_id]
        parts, notes, left_out = self.parts, self.notes, self.left_out
        if afresh:
            self.parts, self.notes = {}, [note for note in notes if note not in self.of_lines]
        else:
            again = {step.index for step in steps}
            self.left_out = {index: why for index, why in left_out.items() if index not in again}
        self._until_marked(before.grade_id, steps)
        if self.marks.get(before.grade_id, before).points > before.points:
            return True
        self.parts, self.notes, self.left_out = parts, notes, left_out
        self._note(before)
        return False


def place(notebook: NotebookNode, outputs: dict) -> None:
    """Put the outputs of tests into their cells."""
    for cell in notebook.cells:
        name = label(cell).get("grade_id")
        if name in outputs and cell.cell_type == "code":
            cell.outputs, cell.execution_count = outputs[name], None
