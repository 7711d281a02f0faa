"""One notebook graded by itself, without a course's folder: for a learner's question, or a quick look."""

import secrets
from pathlib import Path

from rich.text import Text

from helpers.teaching.course import Course
from helpers.teaching.grading.folder import Refused
from helpers.teaching.grading.marking import Settings, close, mark
from helpers.teaching.grading.model import Mark, Marks, Plan
from helpers.teaching.grading.plan import plan_of

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
    plans = [plan_of(path.stem, path.read_text(encoding="utf-8")) for path in released]
    scored = [(_traces(plan, content), plan.lesson in name, plan) for plan in plans]
    best = max(scored, key=lambda entry: entry[:2], default=None)
    if best is None or not any(best[:2]):
        known = ", ".join(plan.lesson for plan in plans) or "none"
        raise Refused(f"In {name} there is no graded cell of a lesson in {course.root} ({known}).")
    return best[2]


def _traces(plan: Plan, content: bytes) -> int:
    """How many traces a lesson's graded cells have left in a file: their ids, and the lines that test."""
    ids = {f'"{cell.grade_id}"' for cell in plan.cells if cell.grade_id}
    tests = {f'check(\\"{cell.exercise}\\"' for cell in plan.tests}
    return sum(trace.encode() in content for trace in ids | tests)


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
