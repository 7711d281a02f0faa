"""One submission from the bytes that were handed in to its marks."""

import atexit
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from nbformat import NotebookNode, from_dict

from helpers.teaching.building.notebook import to_text
from helpers.teaching.grading import feedback
from helpers.teaching.grading.judge_limits import allow_judging
from helpers.teaching.grading.marks import Marks
from helpers.teaching.grading.notebook_run import NotebookRun, place
from helpers.teaching.grading.plan import Plan
from helpers.teaching.grading.repair.cells import label
from helpers.teaching.grading.repair.mending import repair
from helpers.teaching.grading.repair.reading import Unreadable, read
from helpers.teaching.grading.sandbox.launch import Limits, Sandbox, strongest
from helpers.teaching.grading.variants.line import not_ones_own

_IMPORT = re.compile(r"^(?:import|from)\s+([\w.]+)", re.MULTILINE)
_LATE = ("torch", "tensorflow")  # imported by the cells that need them, because they take seconds


@dataclass(frozen=True)
class Settings:
    """How learners' code is fenced in, and how long it may run.

    `level` is "auto" for the strongest that works here, "bubblewrap", "namespaces" or "unsandboxed".
    `cell_seconds` is what one cell may take, `notebook_seconds` all of a notebook: processor time, and
    time in which it sleeps, but not the time for which a busy machine makes it wait.
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
    """The marks of one submission, with the notebook that holds them.

    Parameters
    ----------
    plan : Plan
        The lesson.
    content : bytes or None
        The notebook that was handed in; None where there is none.
    seed : int
        Where the random inputs come from; different for each run.
    settings : Settings
    files : mapping of str to bytes
        What was handed in along with the notebook: relative path, with slashes -> content.

    Raises
    ------
    NoSandbox
        If this machine cannot fence learners' code in, and `settings` do not allow it to do without.
    """
    start = time.monotonic()
    fenced = _sandbox(plan, settings)
    try:
        repaired = repair(read(content), plan)
        allow_judging(settings)
    except Unreadable as trouble:
        return unread(plan, fenced.level, str(trouble))
    untouched = plan.untouched(_sources(repaired.notebook))
    odd = not_ones_own(plan.variants, (cell.source for cell in repaired.notebook.cells))
    run = NotebookRun(plan, repaired.notebook, fenced, seed, settings, files)
    marks = run.judge_all()
    return Marks(
        lesson=plan.lesson,
        level=fenced.level,
        marks=tuple(marks),
        repairs=(*odd, *repaired.repairs),
        notes=tuple(run.notes),
        notebook=run.written(),
        untouched=untouched,
        starved=run.starved,
        seconds=time.monotonic() - start,
    )


def unread(plan: Plan, level: str, trouble: str) -> Marks:
    """No points, and why: for what cannot be read, or brings down its judge."""
    from helpers.teaching.building.notebook import from_text
    from helpers.teaching.grading.harmless_pages import clean_cells

    notebook = from_text(plan.notebook)
    marks = tuple(feedback.failed(test, "unread", trouble) for test in plan.tests)
    place(notebook, {one.grade_id: feedback.outputs(one) for one in marks})
    said = {
        "cell_type": "markdown",
        "id": "not-graded",
        "metadata": {},
        "source": f"**Not graded.** {trouble}",
    }
    notebook.cells.insert(0, from_dict(said))
    clean_cells(notebook)
    untouched = plan.untouched({})
    return Marks(plan.lesson, level, marks, notebook=to_text(notebook), trouble=trouble, untouched=untouched)


def _sources(notebook: NotebookNode) -> dict[str, str]:
    """By grade id: the texts of a notebook's cells."""
    return {label(cell).get("grade_id", ""): cell.source for cell in notebook.cells}


def close() -> None:
    """End the sandbox that is kept warm."""
    while _warm:
        _warm.popitem()[1].close()


_warm: dict[tuple, Sandbox] = {}
atexit.register(close)


def _sandbox(plan: Plan, settings: Settings) -> Sandbox:
    """The warm sandbox for a lesson; that of another lesson is ended."""
    code = (cell.source for cell in plan.cells if cell.cell_type == "code")
    found = {name for source in code for name in _IMPORT.findall(source) if not name.startswith(_LATE)}
    modules = ("numpy", "helpers", *sorted(found))
    key = plan.lesson, modules, settings.level, settings.limits
    if key not in _warm:
        close()
        _warm[key] = (
            strongest(plan.lesson, settings.limits, modules)
            if settings.level == "auto"
            else Sandbox(plan.lesson, settings.level, settings.limits, modules)
        )
    return _warm[key]
