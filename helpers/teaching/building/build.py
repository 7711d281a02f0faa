"""Building the notebooks: lessons/ -> solutions/ -> notebooks/."""

import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import active_children, get_context
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.teaching.building.lesson import Lesson, LessonError, Problem, read
from helpers.teaching.building.record import (
    entry,
    is_unchanged,
    made_from,
    read_record,
    shared_digest,
    write_record,
)
from helpers.teaching.course import Course, replace_files
from helpers.teaching.digests import digest

if TYPE_CHECKING:
    from nbformat import NotebookNode

AT_A_TIME = 2


@dataclass(frozen=True)
class Outcome:
    """What became of one lesson; without problems, both its notebooks are in place."""

    name: str
    seconds: float = 0.0
    cells: int = 0
    entry: dict | None = None
    problems: tuple[Problem, ...] = ()


def changed(course: Course, names: list[str]) -> list[str]:
    """The lessons whose script or products, or what all lessons share, changed since they were built."""
    record, shared = read_record(course), shared_digest(course)
    return [name for name in names if not is_unchanged(course, name, record, shared)]


def build(course: Course, names: list[str], overwrite: bool = False) -> Iterator[Outcome]:
    """Build the lessons, two at a time, and yield what became of each as soon as it is known.

    Unless told to `overwrite`, it leaves a notebook alone in which a learner has written.
    """
    record = read_record(course)
    with tempfile.TemporaryDirectory(prefix="course-", ignore_cleanup_errors=True) as scratch:
        for outcome in _outcomes(course, names, overwrite, Path(scratch)):
            if outcome.entry:
                record[outcome.name] = outcome.entry
                write_record(course, record)
            yield outcome


def copy_glossary(course: Course) -> None:
    """Put the glossary next to the notebooks that link to it, where it is not there already."""
    text = course.glossary.read_text(encoding="utf-8") if course.glossary_copies else ""
    old = [copy for copy in course.glossary_copies if not same_text(copy, text)]
    replace_files(dict.fromkeys(old, text))


def same_text(path: Path, text: str) -> bool:
    """Whether a file is there and holds this text."""
    return path.is_file() and path.read_text(encoding="utf-8", errors="replace") == text


def _outcomes(course: Course, names: list[str], overwrite: bool, scratch: Path) -> Iterator[Outcome]:
    """The outcomes: one lesson is built in this process, several in two further processes."""
    if len(names) < 2:
        yield from (build_one(course, name, overwrite, scratch / name) for name in names)
        return
    with ProcessPoolExecutor(AT_A_TIME, mp_context=get_context("spawn")) as pool:
        jobs = [pool.submit(build_one, course, name, overwrite, scratch / name) for name in names]
        try:
            yield from (job.result() for job in as_completed(jobs))
        except BaseException:  # Control-C, say: do not wait for lessons that are still being built
            for process in active_children():
                process.kill()
            raise


def build_one(course: Course, name: str, overwrite: bool, scratch: Path) -> Outcome:
    """Build one lesson in a new folder; both notebooks are replaced or, if anything is wrong, neither is."""
    began = time.monotonic()
    try:
        source = made_from(course, name, shared_digest(course))
        lesson = read(course.script(name))
        if not overwrite:
            require_no_answers(course, name)
        scratch.mkdir()
        solution, released = products(course, lesson, scratch)
        replace_files({course.solution(name): solution, course.released(name): released})
        made = entry(course, name, source)
    except LessonError as error:
        return Outcome(name, problems=tuple(error.problems))
    except OSError as error:
        place = course.shown(Path(error.filename or course.script(name)))
        return Outcome(name, problems=(Problem(error.strerror or str(error), place),))
    return Outcome(name, time.monotonic() - began, len(lesson.shown), made)


def products(course: Course, lesson: Lesson, scratch: Path) -> tuple[str, str]:
    """The texts of the solution notebook, run, and of the learner's notebook.

    Raises
    ------
    LessonError
        If the script breaks a rule, a cell fails, or a learner's cell would give an answer away.
    """
    from helpers.teaching.building import notebook, predicting, release, rules

    rules.require_sound(lesson)
    predicting.require_unique(lesson, map(course.script, course.lessons()))
    made = notebook.assemble(lesson)
    run_lesson(course, lesson, made, scratch)
    predicting.require_foreseen(lesson, made.cells)
    solution = notebook.to_text(made)
    try:
        released = release.generate_assignment(solution, lesson.name, course.config, scratch / "release")
    except release.ReleaseError as error:
        raise LessonError([lesson.problem(str(error))]) from error
    require_no_leak(lesson, notebook.from_text(released), [lesson])
    return solution, released


def run_lesson(course: Course, lesson: Lesson, made: "NotebookNode", scratch: Path) -> None:
    """Run the solution notebook in place; what its cover cell draws becomes the title cell's picture."""
    from helpers.teaching.building import execute, notebook

    cells, folder = list(lesson.shown), course.released(lesson.name).parent
    if lesson.cover:  # it runs last, so that no lesson relies on something that only its cover imports
        cells.append(lesson.cover)
        made.cells.append(notebook.cover_cell(lesson.cover))
    try:
        execute.run(made, execute.learner_folder(scratch, lesson.name, folder), scratch)
        execute.require_clean(made)
        if lesson.cover:
            notebook.attach_cover(made, lesson.cover, execute.picture(made, len(made.cells) - 1))
            made.cells.pop()
    except execute.RunError as error:
        raise LessonError([lesson.problem(error.message, cells[error.index], error.line)]) from error
    execute.tidy(made, notebook.METADATA)


def require_no_leak(lesson: Lesson, released: "NotebookNode", lessons: list[Lesson]) -> None:
    """Raise a LessonError if a learner's cell holds a line of any lesson's answers."""
    from helpers.teaching.building import release

    if found := release.leak(released, release.secrets(lessons)):
        index, owner = found
        raise LessonError(
            [lesson.problem(f"The cell gives away a line of the answer to {owner}.", lesson.shown[index])]
        )


def require_no_answers(course: Course, name: str) -> None:
    """Raise a LessonError if the learner's notebook is in use: a build would overwrite what was written.

    A notebook that is as it was built is never in use.
    """
    from helpers.teaching.building import release

    path, record = course.released(name), read_record(course).get(name, {})
    if not path.is_file() or digest([path.read_bytes()]) == record.get("notebook"):
        return
    if reason := release.in_use(path.read_text(encoding="utf-8", errors="replace")):
        raise LessonError([Problem(f"{reason} Move it away, or build with --force.", course.shown(path))])
