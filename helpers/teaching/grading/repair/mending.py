"""A handed-in notebook put back in order: every graded cell of the lesson is in it exactly once."""

import copy
import itertools
import re
from dataclasses import dataclass, replace
from functools import partial

from nbformat import NotebookNode, from_dict
from nbformat.validator import isvalid

from helpers.teaching.grading.plan import Plan, PlanCell
from helpers.teaching.grading.repair.cells import Workbench, label, retype
from helpers.teaching.grading.repair.finding import find

_IMPORTS = re.compile(r"^[ \t]*(?:from|import)[ \t]+helpers\b", re.MULTILINE)


@dataclass(frozen=True)
class Repaired:
    """A notebook in order, and one plain sentence for each thing that was put right."""

    notebook: NotebookNode
    repairs: tuple[str, ...]


def repair(notebook: NotebookNode, plan: Plan) -> Repaired:
    """The notebook with every graded cell of the plan exactly once, and the rest as the learner left it.

    Where nothing is wrong, nothing is changed or said.

    Parameters
    ----------
    notebook : NotebookNode
        As `reading.read` makes it; it is not changed.
    plan : Plan
        The lesson as it was released.
    """
    repaired = [_repair(one, plan) for one in (notebook, *notebook.get("others", ()))]
    best = max(repaired, key=partial(own_work, plan=plan))
    if len(repaired) == 1:
        return best
    which = f"number {repaired.index(best) + 1}, in which most was written, counts"
    said = f"The file holds {len(repaired)} notebooks, one after another; {which}."
    return replace(best, repairs=(said, *best.repairs))


def own_work(repaired: Repaired, plan: Plan) -> int:
    """How many exercises and questions are not as they were released."""
    asked = {cell.grade_id: cell.source for cell in plan.cells if cell.role in ("exercise", "answer")}
    sources = ((label(cell).get("grade_id"), cell.source) for cell in repaired.notebook.cells)
    return sum(name in asked and source.strip() != asked[name].strip() for name, source in sources)


def _repair(notebook: NotebookNode, plan: Plan) -> Repaired:
    """The notebook in order, by itself."""
    work = copy.deepcopy(notebook)
    work.pop("others", None)
    bench = Workbench(work.cells, plan, list(work.pop("mended", [])))
    note_ids(bench)
    find(bench)
    put_back_missing(bench)
    put_back_imports(bench)
    move_tests(bench)
    write_marks(bench)
    give_ids(bench)
    work.metadata = from_dict({**work.metadata, **bench.released.metadata})
    if not isvalid(work):
        _drop_odd_metadata(work, bench)
    return Repaired(work, tuple(bench.said))


def put_back_missing(bench: Workbench) -> None:
    """Put a fresh copy in the place of each graded cell that is not there."""
    for name, wanted in bench.graded.items():
        if name not in bench.found:
            index, where = _place(bench, wanted)
            cell = bench.new(wanted)
            bench.cells.insert(index, cell)
            bench.found[name] = cell
            bench.say(f"The cell {name} was missing and was put back {where}.")


def _place(bench: Workbench, wanted: PlanCell) -> tuple[int, str]:
    """Where a missing cell belongs, and how to say it."""
    if wanted.role == "exercise":
        for name, test in bench.of_role("test"):
            if test.exercise == wanted.exercise and name in bench.found:
                return bench.index(bench.found[name]), f"above the cell {name}"
    if wanted.role == "test" and wanted.exercise in bench.found:
        return bench.index(bench.found[wanted.exercise]) + 1, f"after the cell {wanted.exercise}"
    for before in reversed(bench.plan[: bench.plan.index(wanted)]):
        twin = bench.twin(before)
        if twin is not None:
            return bench.index(twin) + 1, f"after the cell {before.name}"
    return 0, "at the top"


def put_back_imports(bench: Workbench) -> None:
    """Put the cell with the lesson's imports back, without which no cell runs."""
    if any(_IMPORTS.search(cell.source) for cell in bench.cells if cell.cell_type == "code"):
        return
    wanted = next((cell for cell in bench.plan if cell.role == "code" and _IMPORTS.search(cell.source)), None)
    if wanted is not None:
        bench.cells.insert(0, bench.new(wanted))
        bench.say("The cell with the lesson's imports was missing and was put back at the top.")


def move_tests(bench: Workbench) -> None:
    """Move a test that is above its function below it."""
    for name, wanted in bench.of_role("test"):
        exercise = bench.found.get(wanted.exercise)
        test = bench.found[name]
        if exercise is not None and bench.index(test) < bench.index(exercise):
            bench.remove(test)
            bench.cells.insert(bench.index(exercise) + 1, test)
            bench.say(f"The cell {name} was above the cell {wanted.exercise} and was moved below it.")


def write_marks(bench: Workbench) -> None:
    """Give graded cells the plan's type and metadata, and take nbgrader's mark from all other cells."""
    taken = {id(cell) for cell in bench.found.values()}
    for cell in bench.cells:
        if id(cell) not in taken:
            cell.metadata.pop("nbgrader", None)
    _note_unreleased(bench)
    older = [name for name in bench.graded if _is_of_another_version(bench, name)]
    if older:
        bench.say(f"Handed out with another version of the lesson: {', '.join(older)}.")
    for name, cell in bench.found.items():
        wanted = bench.new(bench.graded[name])
        if cell.cell_type != wanted.cell_type:
            bench.say(f"The cell {name} had been turned into a {cell.cell_type} cell and was turned back.")
            retype(cell, wanted.cell_type)
        changed = _changed_marks(label(cell), wanted.metadata.nbgrader)
        if changed:
            bench.say(
                f"In the cell {name} the mark's {', '.join(changed)} had been changed; it was put right."
            )
        cell.metadata = from_dict({**cell.metadata, **wanted.metadata})


def _note_unreleased(bench: Workbench) -> None:
    """Say, just once, that the marks are those from which `course build` makes the released ones."""
    own = [label(cell) for name, cell in bench.found.items() if label(cell).get("grade_id") == name]
    bare_ones = sum("checksum" not in one and "cell_type" not in one for one in own)
    if bare_ones:
        bench.say(
            f"This is a copy of the lesson's solutions: {bare_ones} of its cells are labelled as they are "
            "there, not as in the notebook that was released. They were graded all the same."
        )


def _is_of_another_version(bench: Workbench, name: str) -> bool:
    """Whether a cell carries the checksum of another version of itself."""
    own = label(bench.found[name])
    checksum = bench.graded[name].checksum
    return own.get("grade_id") == name and own.get("checksum", checksum) != checksum


def _changed_marks(own: dict, wanted: dict) -> list[str]:
    """The fields of nbgrader's mark that somebody changed; none if the mark belongs to another cell."""
    if own.get("grade_id") != wanted["grade_id"]:
        return []
    added = {"checksum", "schema_version"} | ({"cell_type"} - own.keys())  # when a notebook is released
    return [key for key in wanted if key not in added and own.get(key) != wanted[key]]


def note_ids(bench: Workbench) -> None:
    """Say how many cells came without their own id."""
    ids = [cell.get("id") for cell in bench.cells]
    lost = len(ids) - len(set(ids) - {None})
    if lost:
        bench.say(f"Cells without an id, or with that of another cell: {lost}. They got new ones.")


def give_ids(bench: Workbench) -> None:
    """Give a new id to cells that have none, or another cell's; graded cells come first."""
    graded = {id(cell): name for name, cell in bench.found.items()}
    used, seen, numbers = {cell.get("id") for cell in bench.cells}, set(), itertools.count(1)
    for cell in sorted(bench.cells, key=lambda cell: id(cell) not in graded):
        if cell.get("id") is None or cell["id"] in seen:
            names = itertools.chain(filter(None, [graded.get(id(cell))]), (f"cell-{n}" for n in numbers))
            cell["id"] = next(name for name in names if name not in used)
        used.add(cell["id"])
        seen.add(cell["id"])


def _drop_odd_metadata(work: NotebookNode, bench: Workbench) -> None:
    """Drop all metadata and attachments that came with the notebook: some of it breaks the format."""
    graded = {id(cell): bench.new(bench.graded[name]).metadata for name, cell in bench.found.items()}
    for cell in work.cells:
        cell.metadata = graded.get(id(cell), NotebookNode())
        cell.pop("attachments", None)
    work.metadata = copy.deepcopy(bench.released.metadata)
    bench.say("Some of the notebook's metadata broke the format of notebooks and was dropped.")
