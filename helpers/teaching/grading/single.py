"""One notebook graded by itself, without a course's folder: for a learner's question, or a quick look."""

import re
import secrets
from pathlib import Path

from rich.text import Text

from helpers.teaching.course import Course
from helpers.teaching.grading.folder import Refused
from helpers.teaching.grading.marking import Settings, close, mark
from helpers.teaching.grading.model import Mark, Marks, Plan
from helpers.teaching.grading.plan import plan_of

_GRADE_ID = re.compile(r'"grade_id": "([^"\\]+)"')
_TEST = re.compile(r'"(check\(\\"\w+\\")')
_STYLES = {"passed": "green", "wrong": "red", "stopped": "red", "unread": "red"}


def grade_file(course: Course, path: Path, settings: Settings) -> tuple[Plan, Marks]:
    """The lesson that a notebook belongs to, and its marks."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Refused(f"{path} cannot be read: {error.strerror}.") from error
    plan = lesson_of(course, content, path.stem)
    try:
        return plan, mark(plan, content, secrets.randbits(63), settings)
    finally:
        close()


def lesson_of(course: Course, content: bytes, name: str) -> Plan:
    """The plan of the lesson that a notebook has most graded cells of, or that its file is named after."""
    released = sorted((course.root / "notebooks").glob("*/*.ipynb"))
    texts = {path.stem: path.read_text(encoding="utf-8") for path in released}
    scored = {lesson: (_traces(text, content), lesson in name) for lesson, text in texts.items()}
    best = max(scored, key=scored.get, default=None)
    if best is None or not any(scored[best]):
        known = ", ".join(texts) or "none"
        raise Refused(f"In {name} there is no graded cell of a lesson in {course.root} ({known}).")
    return plan_of(best, texts[best])


def _traces(released: str, content: bytes) -> int:
    """How many traces a lesson's graded cells have left in a file: their ids, and the lines that test."""
    ids = {f'"{grade_id}"' for grade_id in _GRADE_ID.findall(released)}
    return sum(trace.encode() in content for trace in ids | set(_TEST.findall(released)))


def told(marks: Marks) -> list[Text]:
    """The marks of one notebook as lines for people."""
    lines = [Text(sentence) for sentence in (*marks.repairs, *marks.notes)]
    if marks.trouble:
        lines.append(Text(f"Not graded. {marks.trouble}", style="red"))
    for one in marks.marks:
        lines += _told(one)
    total, most = sum(one.points for one in marks.marks), sum(one.max_points for one in marks.marks)
    lines.append(
        Text(f"\n{marks.lesson}: {total:g} of {most:g} points; sandbox: {marks.level}.", style="bold")
    )
    return lines


def _told(mark: Mark) -> list[Text]:
    points = f"{mark.points:g} of {mark.max_points:g}"
    head = Text(f"\n{mark.exercise}: {mark.verdict}, {points}", style=_STYLES.get(mark.verdict, ""))
    hint = mark.hint and f"Hint: {mark.hint}"
    return [head, *(Text(f"  {line}") for line in (mark.case, mark.sentence, hint) if line)]
