"""Do the notebooks still say what the lessons say, and nothing that a learner must not see?"""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.teaching.building.lesson import Lesson, LessonError, Problem, read
from helpers.teaching.course import Course

if TYPE_CHECKING:
    from nbformat import NotebookNode


def verify(course: Course, names: list[str]) -> list[Problem]:
    """Every difference between the notebooks and the lessons, outputs aside; nothing is run or written."""
    problems = [*_strays(course), *_glossaries(course)]
    lessons = {}
    for name in course.lessons():
        try:
            lessons[name] = read(course.script(name))
        except LessonError as error:
            problems += error.problems if name in names else []
    for name in names:
        if name in lessons:
            problems += _of_lesson(course, lessons[name], list(lessons.values()))
    return problems


def _strays(course: Course) -> Iterator[Problem]:
    """Notebooks of lessons that are not (or no longer) written."""
    for folder in (course.root / "solutions", course.root / "notebooks"):
        for path in sorted(folder.glob("[0-9]*_*")):
            if path.is_dir() and not course.script(path.name).is_file():
                yield Problem(f"There is no lessons/{path.name}.py; remove this folder.", course.shown(path))


def _glossaries(course: Course) -> Iterator[Problem]:
    """Copies of the glossary that are missing or old."""
    from helpers.teaching.building.build import same_text

    for copy in course.glossary_copies:
        if not same_text(copy, course.glossary.read_text(encoding="utf-8")):
            message = f"It is not the same as {course.glossary.name}; run make build."
            yield Problem(message, course.shown(copy))


def _of_lesson(course: Course, lesson: Lesson, lessons: list[Lesson]) -> list[Problem]:
    """What differs in one lesson: the first thing found."""
    from helpers.teaching.building import build, predicting, rules

    try:
        rules.require_sound(lesson)
        predicting.require_unique(lesson, map(course.script, course.lessons()))
        _same_solution(course, lesson)
        released = _same_release(course, lesson)
        build.require_no_leak(lesson, released, lessons)
    except LessonError as error:
        return error.problems
    return []


def _open(course: Course, path: Path) -> tuple[str, "NotebookNode"]:
    """A notebook's text and the notebook in it.

    Raises
    ------
    LessonError
        If there is none.
    """
    from helpers.teaching.building.notebook import from_text

    try:
        text = path.read_text(encoding="utf-8")
        return text, from_text(text)
    except FileNotFoundError as error:
        raise LessonError([Problem("It is missing; run make build.", course.shown(path))]) from error
    except (OSError, ValueError) as error:
        raise LessonError(
            [Problem(f"This is not a readable notebook ({error}).", course.shown(path))]
        ) from error


def _same_solution(course: Course, lesson: Lesson) -> None:
    """Raise a LessonError if the solution notebook is not the lesson's, outputs aside."""
    from helpers.teaching.building import notebook

    path = course.solution(lesson.name)
    found, wanted = _open(course, path)[1], notebook.assemble(lesson)
    covers = [cell.pop("attachments", {}) for cell in found.cells[:1]]
    for cell in found.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    _require_equal(course, path, found, wanted, lesson)
    if lesson.cover and notebook.COVER not in covers[0]:
        raise LessonError([Problem("The cover is missing; run make build.", course.shown(path))])


def _same_release(course: Course, lesson: Lesson) -> "NotebookNode":
    """The learner's notebook; a LessonError if it is not what nbgrader makes of the solution notebook."""
    from helpers.teaching.building import notebook, release

    path = course.released(lesson.name)
    found, text = _open(course, path)[1], _open(course, course.solution(lesson.name))[0]
    with tempfile.TemporaryDirectory(prefix="course-") as scratch:
        try:
            wanted = release.generate_assignment(text, lesson.name, course.config, Path(scratch))
        except release.ReleaseError as error:
            raise LessonError([Problem(str(error), course.shown(path))]) from error
    _require_equal(course, path, found, notebook.from_text(wanted), lesson)
    if path.read_text(encoding="utf-8") != wanted:
        raise LessonError([Problem("It is not written the way nbgrader writes it.", course.shown(path))])
    return found


def _require_equal(
    course: Course, path: Path, found: "NotebookNode", wanted: "NotebookNode", lesson: Lesson
) -> None:
    """Raise a LessonError that names the first difference between two notebooks."""
    shown = course.shown(path)
    for number, (is_now, should_be) in enumerate(zip(found.cells, wanted.cells, strict=False), 1):
        if is_now != should_be:
            parts = [key for key in should_be if is_now.get(key) != should_be[key]] or ["an extra field"]
            at = f"{lesson.path}:{lesson.shown[number - 1].line}"
            message = f"Its {parts[0].replace('_', ' ')} is not that of {at}; run make build."
            raise LessonError([Problem(message, shown, None, f'cell {number} "{is_now.get("id", "")}"')])
    if len(found.cells) != len(wanted.cells):
        message = (
            f"It has {len(found.cells)} cells, but {lesson.path} makes {len(wanted.cells)}; run make build."
        )
        raise LessonError([Problem(message, shown)])
    if found != wanted:
        raise LessonError([Problem("Its metadata is not the builder's; run make build.", shown)])
