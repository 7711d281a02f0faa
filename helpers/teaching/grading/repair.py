"""A handed-in notebook put back in order: every graded cell of the lesson stands in it exactly once.

A graded cell is known by nbgrader's mark in its metadata, else by its cell id, else by what is in it. Learners'
code is only searched with regular expressions here, never parsed or run: this process holds the answers.
"""

import copy
import json
import re
from dataclasses import dataclass
from functools import lru_cache

from nbformat import NotebookNode, from_dict
from nbformat.validator import isvalid

from helpers.teaching.grading.model import Plan, PlanCell

_OF_MARKS = ("grade_id", "points", "grade", "solution", "locked", "task", "cell_type")


@dataclass(frozen=True)
class Repaired:
    """A notebook in order, and one plain sentence for each thing that was put right."""

    notebook: NotebookNode
    repairs: tuple[str, ...]


def repair(notebook: NotebookNode, plan: Plan) -> Repaired:
    """The notebook with every graded cell of the plan exactly once, and all else as the learner left it.

    Nothing is changed or said where nothing is wrong.

    Parameters
    ----------
    notebook : NotebookNode
        As `submission.read` makes it; it is not changed.
    plan : Plan
        The lesson as it was released.
    """
    work = copy.deepcopy(notebook)
    said = list(work.pop("mended", []))
    bench = _Bench(work.cells, plan, said)
    bench.claim()
    bench.join_split_cells()
    bench.choose()
    bench.restore_tests()
    bench.find_unmarked()
    bench.part_merged_cells()
    bench.prefer_written_cells()
    bench.put_back_missing()
    bench.move_tests()
    bench.mark()
    bench.give_ids()
    work.metadata = {**work.metadata, **_released(plan.notebook).metadata}
    _make_valid(work, plan)
    return Repaired(work, tuple(said))


class _Bench:
    """A notebook being put in order: its cells, which of them was found for which cell of the plan, and what to say.

    The steps are in the order in which `repair` calls them.
    """

    def __init__(self, cells: list[NotebookNode], plan: Plan, said: list[str]):
        self.cells, self.said = cells, said
        self.plan = plan.cells
        self.graded = {cell.grade_id: cell for cell in plan.cells if cell.grade_id}
        self.functions = {test.exercise: test.function for test in plan.tests}
        self.released = _released(plan.notebook).cells
        self.texts = {(cell.cell_type, _bare(cell.source)) for cell in plan.cells if not cell.grade_id}
        self.claims: dict[str, list[NotebookNode]] = {name: [] for name in self.graded}
        self.found: dict[str, NotebookNode] = {}

    # -- who is who ----------------------------------------------------------------------------------------

    def claim(self) -> None:
        """Note which cells say that they are a certain graded cell."""
        strangers = []
        for cell in self.cells:
            marked = _mark(cell).get("grade_id")
            name = marked if self._graded(marked) else cell.get("id")
            if self._graded(name) and not self._belongs_elsewhere(cell, name):
                self.claims[name].append(cell)
            elif marked and not self._graded(marked):
                strangers.append(cell)
        if strangers:
            self.say(f"{_count(strangers)} marked as graded, but not of this lesson; they are plain cells now.")
        if not any(self.claims.values()):
            self.say("No graded cell of this lesson is marked as one: is it the notebook of another lesson?")

    def _graded(self, name) -> bool:
        return isinstance(name, str) and name in self.graded

    def _belongs_elsewhere(self, cell: NotebookNode, name: str) -> bool:
        """Whether a cell says that it is one exercise and defines the function of another instead."""
        if self.graded[name].role != "exercise" or self._writes(cell, name):
            return False
        return any(self._writes(cell, other) for other in self.functions if self._graded(other))

    def _writes(self, cell: NotebookNode, exercise: str) -> bool:
        return _defines(cell.source, self.functions.get(exercise, exercise))

    def _changed(self, cell: NotebookNode, name: str) -> bool:
        return _bare(cell.source) != _bare(self.graded[name].source)

    def join_split_cells(self) -> None:
        """Join an exercise or an answer to the halves that were split off it."""
        for name, claimants in self.claims.items():
            role = self.graded[name].role
            if role == "test":
                continue
            for cell in list(claimants):
                while _has(claimants, cell) and (half := self._split_off(cell, name, role)):
                    cell.source += ("\n" if role == "exercise" else "\n\n") + half.source
                    _remove(claimants, half)
                    _remove(self.cells, half)
                    self.say(f"The cell {name} had been split and was joined again.")

    def _split_off(self, cell: NotebookNode, name: str, role: str) -> NotebookNode | None:
        """The cell below, if it is the other half of this one."""
        half = self._below(cell)
        if half is None or half.cell_type != cell.cell_type:
            return None
        claims = _has(self.claims[name], half)
        if role == "answer":
            both = self._changed(cell, name) and self._changed(half, name)
            return half if claims and both and _bare(cell.source) != _bare(half.source) else None
        if not self._writes(cell, name) or not _is_indented(half.source):
            return None
        returns = re.search(r"^[ \t]+return\b", half.source, re.MULTILINE) is not None
        plain = not any(_has(claimants, half) for claimants in self.claims.values())
        return half if claims or (plain and returns) else None

    def choose(self) -> None:
        """Settle which cell counts: one that was written in rather than a blank, of several the last."""
        for name, claimants in self.claims.items():
            if not claimants:
                continue
            order = range(len(claimants))
            best = max(order, key=lambda index: (*self._worth(claimants[index], name), index))  # noqa: B023
            self.found[name] = claimants[best]
            if len(claimants) > 1:
                self.say(
                    f"The cell {name} was there {len(claimants)} times; {_ORDINAL(best + 1)} counts, the "
                    "others stay as plain cells."
                )

    def _worth(self, cell: NotebookNode, name: str) -> tuple[bool, ...]:
        """How well a cell fits a name: the greater, the better."""
        wanted = self.graded[name]
        right_type = cell.cell_type == wanted.cell_type
        if wanted.role == "test":
            return not self._changed(cell, name), right_type
        written = self._changed(cell, name)
        return wanted.role == "answer" or self._writes(cell, name), written, right_type

    # -- what is in the cells ------------------------------------------------------------------------------

    def restore_tests(self) -> None:
        """Give test cells their own text again; what a learner wrote in one gets a cell of its own."""
        for name, cell in self.found.items():
            wanted = self.graded[name]
            if wanted.role != "test" or not self._changed(cell, name):
                continue
            rest = _without_check(cell.source, wanted)
            cell.source = wanted.source
            self.say(f"The test cell {name} had been changed and was put right.")
            if rest:
                self._insert(_plain(rest), self._index(cell))
                self.say(f"What had been written in {name} stands in a cell of its own above it.")

    def find_unmarked(self) -> None:
        """Find graded cells that no longer say what they are by what is in them, or by where they stand."""
        for name, wanted in self.graded.items():
            if name in self.found:
                continue
            free = self._free()
            if wanted.role == "exercise":
                cell, known_by = self._writer(free, name), "the function that it defines"
            elif wanted.role == "test":
                cell, known_by = self._tester(free, wanted), "the check that it calls"
            else:
                cell, known_by = self._neighbour(free, wanted), "the cells around it"
            if cell is not None:
                self.found[name] = cell
                self.say(f"The cell {name} had lost its mark; it was known by {known_by}.")

    def _free(self) -> list[NotebookNode]:
        """The learner's cells that were not found to be any graded cell."""
        taken = {id(cell) for cell in self.found.values()}
        return [
            cell
            for cell in self.cells
            if id(cell) not in taken and (cell.cell_type, _bare(cell.source)) not in self.texts
        ]

    def _writer(self, cells: list[NotebookNode], exercise: str) -> NotebookNode | None:
        """The last cell that defines an exercise's function, best in a code cell, or at least assigns it."""
        function = self.functions.get(exercise, exercise)
        code = [cell for cell in cells if cell.cell_type == "code"]
        other = [cell for cell in cells if _definition(cell.source.lstrip(), function) == 0]
        assigning = re.compile(rf"^{re.escape(function)}[ \t]*=(?!=)", re.MULTILINE)
        tiers = (
            [cell for cell in code if _defines(cell.source, function)],
            [cell for cell in other if cell.cell_type != "code"],
            [cell for cell in code if assigning.search(cell.source)],
        )
        return next((tier[-1] for tier in tiers if tier), None)

    def _tester(self, cells: list[NotebookNode], wanted: PlanCell) -> NotebookNode | None:
        """The last cell that consists of a test's line."""
        return next((cell for cell in reversed(cells) if _bare(cell.source) == _bare(wanted.source)), None)

    def _neighbour(self, cells: list[NotebookNode], wanted: PlanCell) -> NotebookNode | None:
        """A learner's text that stands where an answer stood: below its question, above what followed it."""
        place = self.plan.index(wanted)
        question, next_cell = self.plan[place - 1] if place else None, self.plan[place + 1 : place + 2]
        candidates = [self._below(self._twin(question))] if question else []
        candidates += [self._below(self._twin(cell), -1) for cell in next_cell]
        texts = [cell for cell in cells if cell.cell_type != "code"]
        return next((cell for cell in candidates if cell is not None and _has(texts, cell)), None)

    def _twin(self, wanted: PlanCell) -> NotebookNode | None:
        """The learner's copy of any cell of the plan."""
        if wanted.grade_id:
            return self.found.get(wanted.grade_id)
        same_text = (wanted.cell_type, _bare(wanted.source))
        by_id = [cell for cell in self.cells if cell.get("id") == wanted.name]
        by_text = [cell for cell in self.cells if (cell.cell_type, _bare(cell.source)) == same_text]
        return next(iter(by_id + by_text), None)

    def part_merged_cells(self) -> None:
        """Part cells that hold the functions of several exercises, where an exercise has no cell of its own."""
        for name, wanted in self.graded.items():
            if wanted.role != "exercise" or name in self.found:
                continue
            for owner, cell in list(self.found.items()):
                start = _definition(cell.source, self.functions.get(name, name))
                if self.graded[owner].role == "exercise" and start is not None:
                    self._part(owner, cell, name, start)
                    break

    def _part(self, owner: str, cell: NotebookNode, name: str, start: int) -> None:
        """Cut a cell in front of a definition; what comes before an owner's own definition stays with it."""
        first, second = cell.source[:start].rstrip("\n"), cell.source[start:]
        other = _plain(second)
        cell.source = first
        self._insert(other, self._index(cell) + 1)
        self.found[name] = other
        if not self._writes(cell, owner) and self._writes(other, owner):
            cell.source, other.source = first, second
            self.found[owner], self.found[name] = other, other
            again = _definition(second, self.functions.get(owner, owner))
            other.source, rest = second[:again].rstrip("\n"), second[again:]
            self.found[owner] = _plain(rest)
            self._insert(self.found[owner], self._index(other) + 1)
        self.say(f"The cells {owner} and {name} had been merged and were parted.")

    def prefer_written_cells(self) -> None:
        """Where an exercise was left blank and its function is defined in another cell, take that one."""
        for name, wanted in self.graded.items():
            blank = self.found.get(name)
            if wanted.role == "test" or blank is None or self._changed(blank, name):
                continue
            written = self._written_elsewhere(name, blank)
            if written is not None:
                self.found[name] = written
                _remove(self.cells, blank)
                self.say(f"The cell {name} was blank; the cell in which it was written instead counts.")

    def _written_elsewhere(self, name: str, blank: NotebookNode) -> NotebookNode | None:
        """A cell of the learner's own in which a blank cell's exercise or answer was written."""
        free = [cell for cell in self._free() if self._changed(cell, name)]
        if self.graded[name].role == "answer":
            below = self._below(blank)
            own = below is not None and below.cell_type == "markdown" and _has(free, below)
            return below if own and below.source.strip() and not self._is_of_plan(below) else None
        function = self.functions.get(name, name)
        writers = [cell for cell in free if cell.cell_type == "code" and _defines(cell.source, function)]
        return writers[-1] if writers else None

    def _is_of_plan(self, cell: NotebookNode) -> bool:
        """Whether a cell came with the lesson, though it may have been edited."""
        return any(cell.get("id") == wanted.name for wanted in self.plan)

    # -- where the cells stand -----------------------------------------------------------------------------

    def put_back_missing(self) -> None:
        """Put back the cells that are not there, and the one that imports what the lesson needs."""
        for name, wanted in self.graded.items():
            if name not in self.found:
                cell = copy.deepcopy(self._released_cell(wanted))
                index, where = self._place(wanted)
                self._insert(cell, index)
                self.found[name] = cell
                self.say(f"The cell {name} was missing and was put back {where}.")
        imports = next((cell for cell in self.plan if cell.role == "code"), None)
        if imports and not any("import" in c.source for c in self.cells if c.cell_type == "code"):
            self._insert(copy.deepcopy(self._released_cell(imports)), 0)
            self.say("The cell with the lesson's imports was missing and was put back at the top.")

    def _released_cell(self, wanted: PlanCell) -> NotebookNode:
        return self.released[self.plan.index(wanted)]

    def _place(self, wanted: PlanCell) -> tuple[int, str]:
        """Where a missing cell belongs, and how to say it."""
        if wanted.role == "exercise":
            for test in (cell for cell in self.plan if cell.role == "test" and cell.exercise == wanted.exercise):
                if test.grade_id in self.found:
                    return self._index(self.found[test.grade_id]), f"above the cell {test.grade_id}"
        if wanted.role == "test" and wanted.exercise in self.found:
            return self._index(self.found[wanted.exercise]) + 1, f"below the cell {wanted.exercise}"
        for before in reversed(self.plan[: self.plan.index(wanted)]):
            twin = self._twin(before)
            if twin is not None:
                return self._index(twin) + 1, f"below the cell {before.grade_id or before.name}"
        return 0, "at the top"

    def move_tests(self) -> None:
        """Move a test that stands above its function to below it."""
        for name, wanted in self.graded.items():
            if wanted.role != "test" or wanted.exercise not in self.found:
                continue
            test, exercise = self.found[name], self.found[wanted.exercise]
            if self._index(test) < self._index(exercise):
                _remove(self.cells, test)
                self._insert(test, self._index(exercise) + 1)
                self.say(f"The cell {name} stood above the cell {wanted.exercise} and was moved below it.")

    # -- what is written on the cells ----------------------------------------------------------------------

    def mark(self) -> None:
        """Give the graded cells the plan's type and metadata, and take nbgrader's mark from all others."""
        taken = {id(cell) for cell in self.found.values()}
        for cell in self.cells:
            if id(cell) not in taken:
                cell.metadata.pop("nbgrader", None)
        others = []
        for name, cell in self.found.items():
            wanted, mark = self._released_cell(self.graded[name]), _mark(cell)
            self._set_type(name, cell, wanted.cell_type)
            if mark.get("checksum", self.graded[name].checksum) != self.graded[name].checksum:
                others.append(name)
            changed = [key for key in _OF_MARKS if key in mark and mark[key] != wanted.metadata.nbgrader.get(key)]
            if changed and mark.get("grade_id") == name:
                self.say(f"The {', '.join(changed)} of the cell {name} had been changed and were put right.")
            cell.metadata = from_dict({**cell.metadata, **wanted.metadata})
        if others:
            self.say(f"Handed out with another version of the lesson: {', '.join(others)}.")

    def _set_type(self, name: str, cell: NotebookNode, wanted: str) -> None:
        """Turn a cell into one of another type."""
        if cell.cell_type != wanted:
            self.say(f"The cell {name} had been turned into a {cell.cell_type} cell and was turned back.")
            _retype(cell, wanted)

    def give_ids(self) -> None:
        """Give an id to cells that have none, or one that another cell has; graded cells have the first choice."""
        order = [*self.found.items(), *(("", cell) for cell in self.cells)]
        seen, done, given = set(), set(), 0
        for name, cell in order:
            if id(cell) in done:
                continue
            done.add(id(cell))
            own = cell.get("id")
            if own is None or own in seen or (own in self.graded and own != name):
                given += 1
                cell["id"] = _new_id(name, seen | set(self.graded))
            seen.add(cell["id"])
        if given:
            self.say(f"{given} cells had no id, or that of another cell; they got new ones.")

    # -- small tools ---------------------------------------------------------------------------------------

    def say(self, sentence: str) -> None:
        """Report a repair, once."""
        if sentence not in self.said:
            self.said.append(sentence)

    def _index(self, cell: NotebookNode) -> int:
        return next(index for index, other in enumerate(self.cells) if other is cell)

    def _insert(self, cell: NotebookNode, index: int) -> None:
        self.cells.insert(index, cell)

    def _below(self, cell: NotebookNode | None, step: int = 1) -> NotebookNode | None:
        """The cell below another one; above it with a `step` of -1."""
        if cell is None:
            return None
        index = self._index(cell) + step
        return self.cells[index] if 0 <= index < len(self.cells) else None
