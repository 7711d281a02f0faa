"""Which cell of a handed-in notebook is which graded cell of the lesson.

A cell is known by nbgrader's mark, otherwise by its id, by what it contains, or by the cells around it.
"""

import itertools
import re
from functools import partial

from nbformat import NotebookNode

from helpers.teaching.grading.plan import PlanCell
from helpers.teaching.grading.repair.cells import Workbench, among, bare, definition, label, plain


def find(bench: Workbench) -> None:
    """Fill `bench.found` as far as the graded cells are there; join split cells and split merged ones."""
    claim(bench)
    join_split_cells(bench)
    choose(bench)
    restore_tests(bench)
    find_unmarked(bench)
    part_merged_cells(bench)
    prefer_written_cells(bench)
    part_merged_cells(bench, also_blank=True)
    drop_blank_copies(bench)


def claim(bench: Workbench) -> None:
    """Note which cells claim to be a certain graded cell; ids count where there is no mark."""
    marks = [(label(cell).get("grade_id"), cell) for cell in bench.cells]
    strangers = sum(1 for name, _ in marks if name and not _is_graded(bench, name))
    if strangers:
        bench.say(
            f"Cells that are marked as graded but are not of this lesson: {strangers}. They do not count."
        )
    unmarked = [(cell.get("id"), cell) for name, cell in marks if not _is_graded(bench, name)]
    written = {name: _writers(bench, bench.cells, name) for name, _ in bench.of_role("exercise")}
    for names in (marks, unmarked):
        open_ones = {name for name, claimants in bench.claims.items() if not claimants}
        for name, cell in names:
            if _is_graded(bench, name) and name in open_ones and not _is_another(bench, cell, name, written):
                bench.claims[name].append(cell)
    if not any(bench.claims.values()):
        bench.say("No cell is marked as a graded one of this lesson. Is it another lesson's notebook?")


def _is_graded(bench: Workbench, name: object) -> bool:
    return isinstance(name, str) and name in bench.graded


def _writers(bench: Workbench, cells: list[NotebookNode], name: str) -> list[NotebookNode]:
    """The code cells that define an exercise's function in a learner's own way."""
    code = (cell for cell in cells if cell.cell_type == "code")
    return [cell for cell in code if bench.writes(cell, name) and bench.changed(cell, name)]


def _is_another(
    bench: Workbench, cell: NotebookNode, name: str, written: dict[str, list[NotebookNode]]
) -> bool:
    """Whether a cell claims to be one graded cell, but holds the code of another exercise."""
    role = bench.graded[name].role
    if role == "test" or (role == "exercise" and bench.writes(cell, name)):
        return False
    others = [other for other in written if bench.writes(cell, other)]
    if role == "exercise":
        return bool(others)
    only = [other for other in others if all(writer is cell for writer in written[other])]
    return bool(only) and bench.changed(cell, name) and _begins_as_code(cell)


def _begins_as_code(cell: NotebookNode) -> bool:
    """Whether a cell, of whatever type, begins like one with a function."""
    return bool(cell.cell_type == "code" or re.match(r"def |@|#[^#]*\ndef ", cell.source))


def join_split_cells(bench: Workbench) -> None:
    """Join an exercise or an answer with what was split off it."""
    places = {id(cell): index for index, cell in enumerate(bench.cells)}
    claimed = {id(cell): name for name, claimants in bench.claims.items() for cell in claimants}
    joined: dict[int, NotebookNode] = {}
    for name, wanted in bench.of_role("exercise", "answer"):
        for cell in bench.claims[name]:
            below = itertools.islice(bench.cells, places[id(cell)] + 1, None)
            is_half = partial(_is_split_off, bench, cell, wanted, claimed)
            halves = [] if id(cell) in joined else list(itertools.takewhile(is_half, below))
            if halves:
                glue = "\n" if wanted.role == "exercise" else "\n\n"
                cell.source = glue.join(part.source for part in (cell, *halves))
                joined |= {id(half): half for half in halves}
                bench.say(f"The cell {name} had been split and was joined again.")
        bench.claims[name] = [cell for cell in bench.claims[name] if id(cell) not in joined]
    bench.remove(*joined.values())


def _is_split_off(
    bench: Workbench, cell: NotebookNode, wanted: PlanCell, claimed: dict[int, str], half: NotebookNode
) -> bool:
    """Whether a cell below is the rest of an exercise or an answer; an exercise's continues indented."""
    name = wanted.grade_id
    claims = claimed.get(id(half)) == name
    if half.cell_type != cell.cell_type:
        return False
    if wanted.role == "answer":
        written = bench.changed(cell, name) and bench.changed(half, name)
        return claims and written and bare(cell) != bare(half)
    if not bench.writes(cell, name) or not re.match(r"[ \t]", half.source.lstrip("\n")):
        return False
    returns = re.search(r"^[ \t]+return\b", half.source, re.MULTILINE)
    return claims or bool(id(half) not in claimed and returns and not bench.came_with_lesson(half))


def choose(bench: Workbench) -> None:
    """Decide which of several cells counts: a written one rather than a blank, and of those the last."""
    for name, claimants in bench.claims.items():
        if not claimants:
            continue
        worths = [(*_worth(bench, cell, name), index) for index, cell in enumerate(claimants)]
        best = max(worths)[-1]
        bench.found[name] = claimants[best]
        if len(claimants) > 1:
            counts = f"number {best + 1} counts, the others stay as plain cells"
            bench.say(f"The cell {name} was there {len(claimants)} times; {counts}.")
        if label(claimants[best]).get("grade_id") != name:
            bench.say(f"The cell {name} had lost its mark; it was known by its id.")


def _worth(bench: Workbench, cell: NotebookNode, name: str) -> tuple[bool, ...]:
    """How well a cell fits a name: the greater, the better."""
    wanted = bench.graded[name]
    right_type, changed = cell.cell_type == wanted.cell_type, bench.changed(cell, name)
    if wanted.role == "test":
        return not changed, right_type
    return wanted.role == "answer" or bench.writes(cell, name), changed, right_type


def restore_tests(bench: Workbench) -> None:
    """Give test cells their own text again; what a learner wrote in one gets its own cell above it."""
    for name, wanted in bench.of_role("test"):
        cell = bench.found.get(name)
        if cell is None or not bench.changed(cell, name):
            continue
        lines = [line for line in cell.source.split("\n") if not line.startswith("check(")]
        if any(line.strip() and not line.lstrip().startswith("#") for line in lines):
            bench.cells.insert(bench.index(cell), plain("\n".join(lines).strip("\n")))
            bench.say(f"What had been written into the test cell {name} is in its own cell above it.")
        cell.source = wanted.source
        bench.say(f"The test cell {name} had been changed and was put right.")


def find_unmarked(bench: Workbench) -> None:
    """Find graded cells without a mark by what they contain, or by where they are."""
    searches = {
        "exercise": (_writer, "the function that it defines"),
        "test": (_tester, "the check that it calls"),
        "answer": (_neighbour, "the cells around it"),
    }
    for name, wanted in bench.graded.items():
        if name not in bench.found:
            search, known_by = searches[wanted.role]
            cell = search(bench, bench.free(), wanted)
            if cell is not None:
                bench.found[name] = cell
                bench.say(f"The cell {name} had lost its mark; it was known by {known_by}.")


def _writer(bench: Workbench, cells: list[NotebookNode], wanted: PlanCell) -> NotebookNode | None:
    """The last code cell that defines an exercise's function, or a text that does, or an assignment."""
    name, function = wanted.grade_id, re.escape(bench.function(wanted.grade_id))
    code = [cell for cell in cells if cell.cell_type == "code"]
    tiers = (
        _writers(bench, cells, name),
        [cell for cell in code if bench.writes(cell, name)],
        _written_texts(bench, cells, name),
        [cell for cell in code if re.search(rf"^{function}[ \t]*=[^=]", cell.source, re.MULTILINE)],
    )
    return next((tier[-1] for tier in tiers if tier), None)


def _written_texts(bench: Workbench, cells: list[NotebookNode], name: str) -> list[NotebookNode]:
    """The cells of other types that hold the code of an exercise."""
    texts = (cell for cell in cells if cell.cell_type != "code" and _begins_as_code(cell))
    return [cell for cell in texts if bench.writes(cell, name)]


def _tester(_bench: Workbench, cells: list[NotebookNode], wanted: PlanCell) -> NotebookNode | None:
    """The last cell that holds a test's line and nothing else."""
    return next((cell for cell in reversed(cells) if bare(cell) == bare(wanted)), None)


def _neighbour(bench: Workbench, cells: list[NotebookNode], wanted: PlanCell) -> NotebookNode | None:
    """A learner's text where an answer was, below its question or above what followed, or a blank one."""
    place = bench.plan.index(wanted)
    around = [bench.below(bench.twin(cell)) for cell in bench.plan[max(place - 1, 0) : place]]
    around += [bench.below(bench.twin(cell), -1) for cell in bench.plan[place + 1 : place + 2]]
    code = [cell for name, _ in bench.of_role("exercise") for cell in _written_texts(bench, cells, name)]
    texts = [cell for cell in cells if cell.cell_type != "code" and not bench.came_with_lesson(cell)]
    texts = [cell for cell in texts if not among(cell, code)]
    blanks = [cell for cell in texts if bare(cell) == bare(wanted)]
    return next((cell for cell in [*around, *blanks] if cell is not None and among(cell, texts)), None)


def part_merged_cells(bench: Workbench, also_blank: bool = False) -> None:
    """Split cells that hold the functions of two exercises, where one has no cell or a blank one."""
    for name, _ in bench.of_role("exercise"):
        own = bench.found.get(name)
        if own is not None and not (also_blank and not bench.changed(own, name)):
            continue
        owners = [owner for owner, _ in bench.of_role("exercise") if owner in bench.found and owner != name]
        owner = next((owner for owner in owners if bench.writes(bench.found[owner], name)), None)
        if owner is not None:
            _part(bench, owner, name)
            bench.say(f"The cells {owner} and {name} had been merged and were split again.")


def _part(bench: Workbench, owner: str, name: str) -> None:
    """Cut an owner's cell in two, in front of whichever of two functions is defined later."""
    cell = bench.found[owner]
    lower_one = max((owner, name), key=lambda one: _start(bench, cell, one))
    cut = _start(bench, cell, lower_one)
    lower = plain(cell.source[cut:])
    cell.source = cell.source[:cut].rstrip("\n")
    bench.cells.insert(bench.index(cell) + 1, lower)
    bench.found[owner] = bench.found[name] = cell
    bench.found[lower_one] = lower


def _start(bench: Workbench, cell: NotebookNode, exercise: str) -> int:
    """Where the definition of an exercise's function begins; the end of the cell if it is not in it."""
    start = definition(cell.source, bench.function(exercise))
    return len(cell.source) if start is None else start


def prefer_written_cells(bench: Workbench) -> None:
    """Where a cell was left blank and the learner wrote in a new one instead, take the new one."""
    for name, wanted in bench.of_role("exercise", "answer"):
        blank = bench.found.get(name)
        if blank is None or bench.changed(blank, name):
            continue
        written = _written_elsewhere(bench, blank, wanted)
        if written is not None:
            bench.found[name] = written
            if wanted.role == "answer":
                bench.remove(blank)
            bench.say(f"The cell {name} was left blank; the one in which it was written instead counts.")


def _written_elsewhere(bench: Workbench, blank: NotebookNode, wanted: PlanCell) -> NotebookNode | None:
    """The learner's own cell that defines an exercise's function, or the text right below a blank answer."""
    name = wanted.grade_id
    free = [cell for cell in bench.free() if bench.changed(cell, name)]
    if wanted.role == "exercise":
        given = [cell for cell in free if cell.cell_type == "code" and _gives(cell, bench.function(name))]
        found = _writers(bench, free, name) or given or _written_texts(bench, free, name)
        return found[-1] if found else None
    below = bench.below(blank)
    if below is None or not among(below, free) or bench.came_with_lesson(below):
        return None
    return below if below.cell_type == "markdown" and bare(below) else None


def _gives(cell: NotebookNode, function: str) -> bool:
    """Whether a cell makes a function of another one: by its name, as a partial one, or from a module."""
    name = re.escape(function)
    other = r"(?!(?:None|True|False)\b)[^\W\d][\w.]*+[ \t]*+(?:\#.*+)?$"
    made = r"[\w.]*?\b(?:partial|vectorize|n?jit|cache|lru_cache)\("
    module = rf"^from[ \t]++(?!helpers\b)[\w.]++[ \t]++import\b.*\b{name}\b"
    return bool(re.search(rf"^{name}[ \t]*+=[ \t]*+(?:{made}|{other})|{module}", cell.source, re.MULTILINE))


def drop_blank_copies(bench: Workbench) -> None:
    """Leave out blanks of exercises that were written in another cell: run later, they would undo it."""
    for name, wanted in bench.of_role("exercise"):
        counts = bench.found.get(name)
        if counts is None or not bench.changed(counts, name):
            continue
        blank = bare(wanted)
        copies = [cell for cell in bench.cells if cell is not counts and bare(cell) == blank]
        if copies:
            bench.remove(*copies)
            bench.say(f"A blank copy of the cell {name} was left out, because it would undo the written one.")
