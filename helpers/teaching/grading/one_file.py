"""One notebook graded on its own, without a course's folder: for a learner's question, or a quick look."""

import contextlib
import re
import secrets
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from rich.text import Text

from helpers.checking.report import the_hint
from helpers.exercises.variants import varied
from helpers.teaching.course import Course
from helpers.teaching.grading.handed_in.student_work import HandedIn
from helpers.teaching.grading.ledger.nbgrader_course import Submission
from helpers.teaching.grading.marking import Settings, mark
from helpers.teaching.grading.marks import Mark, Marks
from helpers.teaching.grading.messages import Refused, shown, told
from helpers.teaching.grading.plan import NoPlan, Plan, plan_of
from helpers.teaching.grading.variants.line import said_in
from helpers.teaching.grading.workers.pool import in_a_copy
from helpers.teaching.grading.workers.task import Task

_GRADE_ID = re.compile(r'"grade_id": "([^"\\]+)"')
_TEST = re.compile(r'"(check\(\\"\w+\\")')
_STYLES = {"passed": "green", "wrong": "red", "stopped": "red", "unread": "red"}


def grade_file(course: Course, path: Path, settings: Settings) -> tuple[Plan, Marks]:
    """The lesson that a notebook belongs to, and its marks; the variants are those that it names itself."""
    content = _content(path)
    plan = lesson_of(course, content, path.stem)
    plan = replace(plan, variants=_named_in(content, plan.lesson))
    work = HandedIn(content, digest="")
    alone = Submission(student="", lesson=plan.lesson, inbox=path.parent, outbox=path.parent)
    task = Task(alone, plan, work, secrets.randbits(63), settings)
    return plan, in_a_copy(task, mark).marks  # not in this process, which must survive to say how it went


def _content(path: Path) -> bytes:
    """What a file holds."""
    try:
        if path.exists() and not path.is_file():
            raise Refused(f"{path} is not a file.")
        with open(path, "rb") as file:
            return file.read()
    except (OSError, ValueError) as error:
        raise Refused(f"{path} cannot be read: {told(error)}.") from error


def _named_in(content: bytes, lesson: str) -> dict[str, str]:
    """The variants that the text of a notebook names, as far as the lesson has them."""
    text = content.decode("utf-8", "replace").replace('\\"', '"')
    said = said_in(text[text.rfind("variants.use(") :]) if "variants.use(" in text else {}
    return {name: said[name] for name, known in varied(lesson).items() if said.get(name) in known}


def lesson_of(course: Course, content: bytes, name: str) -> Plan:
    """The plan of the lesson with the most graded cells in a notebook, or the one its file is named after."""
    released = dict(_released(course))
    scored = {lesson: (_traces(text, content), lesson in name) for lesson, text in released.items()}
    best = max(scored, key=scored.__getitem__, default=None)
    if best is None or not any(scored[best]):
        known = ", ".join(released) or "none"
        raise Refused(f"In {name} there is no graded cell of a lesson in {course.root} ({known}).")
    try:
        return plan_of(best, released[best])
    except NoPlan as error:
        raise Refused(str(error)) from error


def _released(course: Course) -> Iterator[tuple[str, str]]:
    """The lessons that a course has released, each with the text of its notebook."""
    for lesson in course.released_lessons():
        with contextlib.suppress(OSError, UnicodeDecodeError):
            yield lesson, course.released(lesson).read_text(encoding="utf-8")


def _traces(released: str, content: bytes) -> int:
    """How many traces a lesson's graded cells have left in a file: their ids, and the lines that test."""
    ids = {f'"{grade_id}"' for grade_id in _GRADE_ID.findall(released)}
    return sum(trace.encode() in content for trace in ids | set(_TEST.findall(released)))


def lines_of(marks: Marks, plan: Plan) -> list[Text]:
    """The marks of one notebook as lines for people."""
    lines = [line for sentence in (*marks.repairs, *marks.notes) for line in texts(sentence)]
    if marks.trouble:
        lines += texts(f"Not graded. {marks.trouble}", "red")
    for one in marks.marks:
        lines += _lines_of(one)
    total, most = sum(one.points for one in marks.marks), sum(one.max_points for one in marks.marks)
    points = f"{total:g} of {most:g} points{_for_a_person(plan)}"
    lines += texts(f"\n{marks.lesson}: {points}; sandbox: {marks.level}.", "bold")
    return lines


def _for_a_person(plan: Plan) -> str:
    """How many points more a lesson has, for answers that nothing but a person can mark."""
    answers = [cell.points for cell in plan.cells if cell.role == "answer"]
    if not answers:
        return ""
    more = f"{sum(answers):g} more {'is' if sum(answers) == 1 else 'are'}"
    what = "a written answer" if len(answers) == 1 else f"{len(answers)} written answers"
    return f"; {more} for {what} that a person marks"


def _lines_of(mark: Mark) -> list[Text]:
    points = f"{mark.points:g} of {mark.max_points:g}"
    lines = texts(f"\n{mark.exercise}: {mark.verdict}, {points}", _STYLES.get(mark.verdict, ""))
    for part in (mark.case, mark.sentence, mark.hint and the_hint(mark.hint)):
        lines += [Text("  ") + line for line in texts(part)] if part else []
    return lines


def texts(said: object, style: str = "") -> list[Text]:
    """What is said, line by line, safe to print: nothing in it acts on a terminal."""
    return [Text(shown(line), style=style) for line in str(said).split("\n")]
