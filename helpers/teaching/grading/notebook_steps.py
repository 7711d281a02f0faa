"""The code cells of a notebook as the steps of its run, and which of them an exercise needs."""

from dataclasses import dataclass

from nbformat import NotebookNode

from helpers.teaching.grading.needed_cells import binds, needed, of_lesson, reads
from helpers.teaching.grading.plan import Plan, PlanCell
from helpers.teaching.grading.repair.cells import label


@dataclass(frozen=True)
class Step:
    """A code cell of the notebook, in its order: to be run, or the place of a test."""

    index: int
    source: str
    test: PlanCell | None = None
    exercise: str = ""
    of_lesson: bool = False


class Steps:
    """The steps of one notebook's run, in their order.

    `relations` tells for each cell that can be run what it binds and what it reads; `needed` are the cells
    that the exercises need.
    """

    def __init__(self, plan: Plan, notebook: NotebookNode):
        self.all = _steps(plan, notebook)
        self.relations = {step.index: _relation(step) for step in self.all if step.test is None}
        self.needed = needed(self.relations, {test.function for test in plan.tests})

    def worth_running(self) -> list[Step]:
        """All but those cells of the lesson itself that only show things."""
        others = [step.index for step in self.all if not step.of_lesson and step.test is None]
        kept = needed(self.relations, set().union(*(self.relations[index][1] for index in others)))
        return [
            step
            for step in self.all
            if step.test or step.exercise or not step.of_lesson or step.index in kept
        ]

    def alone(self, test: PlanCell) -> list[Step]:
        """A test, and the cells that its function needs; those of the lesson, and its own, before others."""
        own = {step.index for step in self.all if step.of_lesson or step.exercise == test.exercise}
        kept = needed(self.relations, {test.function}, own)
        return [step for step in self.all if step.index in kept or step.test is test]

    def of_exercise(self, exercise: str) -> list[int]:
        """The cells in which an exercise's function should be written."""
        return [step.index for step in self.all if step.exercise == exercise]


def _steps(plan: Plan, notebook: NotebookNode) -> list[Step]:
    tests = {test.grade_id: test for test in plan.tests}
    written = {cell.grade_id: cell.exercise for cell in plan.cells if cell.role == "exercise"}
    own = {cell.source for cell in plan.cells if cell.role in ("code", "exercise")}
    steps = []
    for index, cell in enumerate(notebook.cells):
        name = label(cell).get("grade_id", "")
        if cell.cell_type == "code":
            steps.append(Step(index, cell.source, tests.get(name), written.get(name, ""), cell.source in own))
    return steps


def _relation(step: Step) -> tuple[set[str], set[str]]:
    """What a cell binds and what it reads."""
    return of_lesson(step.source) if step.of_lesson else (binds(step.source), reads(step.source))
