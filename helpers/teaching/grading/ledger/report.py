"""What came out of grading: a table for people, a CSV file for their spreadsheets, JSON for machines."""

import dataclasses
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from rich.table import Table
from rich.text import Text

from helpers import exercises
from helpers.exercises.variants import mistakes_of_all
from helpers.teaching.grading.ledger.gradebook import Book, Standing
from helpers.teaching.grading.ledger.nbgrader_course import Submission
from helpers.teaching.grading.ledger.records import Record
from helpers.teaching.grading.ledger.sheet import as_text
from helpers.teaching.grading.marks import Mark
from helpers.teaching.grading.messages import shown
from helpers.teaching.grading.plan import Plan

_NOWHERE = Path()
_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?")
_FORMULA = re.compile(r"(^\s*|;\s*)([=+\-@\uff1d\uff0b\uff0d\uff20])")


@dataclass(frozen=True)
class Result:
    """One submission and how it was graded; `fresh` if that was done just now."""

    submission: Submission
    record: Record
    timestamp: str
    fresh: bool

    @property
    def failed(self) -> bool:
        """Whether it could not be graded."""
        return bool(self.record.marks.trouble)

    def brief(self) -> "Result":
        """What tables and CSV need of it: of 200,000 results, the whole records would fill the memory."""
        told = tuple(
            _shared(replace(mark, sentence="", hint="", case="")) for mark in self.record.marks.marks
        )
        marks = replace(self.record.marks, marks=told, untouched=())
        submission = replace(self.submission, inbox=_NOWHERE, outbox=_NOWHERE)
        return replace(self, submission=submission, record=replace(self.record, marks=marks, answered={}))


@lru_cache(maxsize=10_000)
def _shared(mark: Mark) -> Mark:
    """One mark in the place of all that are equal to it."""
    return mark


@dataclass(frozen=True)
class LessonResults:
    """All results of one lesson, by student."""

    plan: Plan
    results: tuple[Result, ...]

    def counts(self) -> dict[str, int]:
        """How many submissions were graded, unchanged, repaired, failed."""
        fine = [result for result in self.results if not result.failed]
        return {
            "graded": sum(result.fresh for result in fine),
            "unchanged": sum(not result.fresh for result in fine),
            "repaired": sum(bool(result.record.marks.repairs) for result in fine),
            "failed": len(self.results) - len(fine),
        }

    def levels(self) -> list[str]:
        """The sandboxes that were used."""
        return sorted({result.record.marks.level for result in self.results} - {""})

    def exercises(self) -> list[dict]:
        """For each exercise: how many passed, how the others ended, and the most frequent known mistakes."""
        return [self._exercise(cell.grade_id, cell.exercise) for cell in self.plan.tests]

    def _exercise(self, grade_id: str, name: str) -> dict:
        every = (mark for result in self.results for mark in result.record.marks.marks)
        marks = [mark for mark in every if mark.grade_id == grade_id]
        verdicts = Counter(mark.verdict for mark in marks)
        mistakes = Counter(mark.mistake for mark in marks if mark.mistake)
        share = verdicts["passed"] / len(marks) if marks else 0.0
        return {
            "exercise": name,
            "passed": share,
            "verdicts": dict(verdicts.most_common()),
            "mistakes": {_when(name, mistake): count for mistake, count in mistakes.most_common(3)},
        }


def _when(exercise: str, mistake: str) -> str:
    """What people do when they make a known mistake."""
    known = mistakes_of_all(exercises.find(exercise))
    return next((one.when for one in known if one.name == mistake), mistake)


def tables(lessons: list[LessonResults]) -> list[Table]:
    """What an instructor sees at the end."""
    return [_counts_table(lessons), *map(_exercise_table, lessons)]


def complaints(book: Book, lessons: list[LessonResults], absent: Iterable[str] = ()) -> list[str]:
    """A sentence for each submission that could not be graded, and for whatever else went wrong.

    `absent` says which students, of those who were asked for, have handed in nothing.
    """
    failures = [
        f"{shown(result.submission.student)}, {lesson.plan.lesson}: {_lines(result.record.marks.trouble)}"
        for lesson in lessons
        for result in lesson.results
        if result.failed
    ]
    empty = [*absent] or [
        f"Nothing was handed in for {lesson.plan.lesson}." for lesson in lessons if not lesson.results
    ]
    return [*failures, *empty, *book.policy.told()] if lessons else ["Nothing was handed in."]


def _counts_table(lessons: list[LessonResults]) -> Table:
    numbers = ("graded", "unchanged", "repaired", "failed")
    rows = [[lesson.plan.lesson, *(lesson.counts()[name] for name in numbers)] for lesson in lessons]
    return _table("Submissions", ("lesson", *numbers), rows, right=range(1, 5))


def _exercise_table(lesson: LessonResults) -> Table:
    headings = ("exercise", "passed", "not started", "most frequent known mistakes")
    rows = []
    for exercise in lesson.exercises():
        mistakes = [f"{count} x {when}" for when, count in exercise["mistakes"].items()]
        blank = exercise["verdicts"].get("not started", 0)
        rows.append([exercise["exercise"], f"{exercise['passed']:.0%}", blank, "\n".join(mistakes)])
    return _table(lesson.plan.lesson, headings, rows, right=(1, 2))


def _table(title: str, headings: tuple[str, ...], rows: list[list], right: Iterable[int]) -> Table:
    """A table whose cells are shown as they are: nothing in them is markup, or acts on the terminal."""
    table = Table(title=Text(_lines(title)), title_justify="left")
    for index, heading in enumerate(headings):
        table.add_column(Text(heading), justify="right" if index in right else "left")
    for row in rows:
        table.add_row(*(Text(_lines(cell)) for cell in row))
    return table


def rows(book: Book, lesson: LessonResults) -> list[dict]:
    """For each student of the course: one row with all points, including those that people gave."""
    standings, most = book.standings(lesson.plan.lesson), book.max_score(lesson.plan.lesson)
    results = {result.submission.student: result for result in lesson.results}
    students = sorted({*book.students(), *results})
    return [
        _row(lesson.plan, student, standings.get(student), results.get(student)) | {"max_score": most}
        for student in students
    ]


def _row(plan: Plan, student: str, standing: Standing | None, result: Result | None) -> dict:
    """One student's row; blank cells where nothing was handed in."""
    graded = [cell for cell in plan.cells if cell.role in ("test", "answer")]
    standing, is_there = standing or Standing(None), standing is not None
    points = {cell.exercise or cell.grade_id: standing.points.get(cell.grade_id, "") for cell in graded}
    return {
        "lesson": plan.lesson,
        "student": student,
        "timestamp": str(standing.timestamp or ""),
        **points,
        "raw_score": standing.raw_score,
        "late_penalty": standing.penalty,
        "score": max(0.0, standing.raw_score - standing.penalty),
        "to_read": standing.to_read,
        **_said(result, is_there),
    }


def _said(result: Result | None, is_there: bool) -> dict[str, str]:
    """What there is to say about a submission."""
    if result is None:
        return {"repairs": "", "failure": "" if is_there else "Nothing was handed in."}
    failure = result.record.marks.trouble or ("" if is_there else "It is not in the gradebook.")
    return {"repairs": " ".join(result.record.marks.repairs), "failure": failure}


def as_csv(table: list[dict]) -> str:
    """Rows as CSV; lessons with other columns leave cells blank."""
    first, last = ["lesson", "student", "timestamp"], ["raw_score", "late_penalty", "score", "max_score"]
    last += ["to_read", "repairs", "failure"]
    middle = dict.fromkeys(name for row in table for name in row if name not in (*first, *last))
    columns = [*first, *middle, *last]
    return as_text([columns, *([spreadsheet_cell(row.get(name, "")) for name in columns] for row in table)])


def spreadsheet_cell(value: object) -> object:
    """A value that a spreadsheet shows as it is: a text that would be a formula gets an apostrophe.

    A spreadsheet that splits lines at semicolons finds more cells within this one, so they get theirs too.

    >>> [spreadsheet_cell(value) for value in ("=1+1", "-5", -5.0, "see; =A1")]
    ["'=1+1", '-5', -5.0, "see; '=A1"]
    """
    if not isinstance(value, str) or _NUMBER.fullmatch(value):
        return value
    return _FORMULA.sub(r"\1'\2", shown(value))


def as_object(lessons: list[LessonResults], table: list[dict]) -> dict:
    """Everything in one object for machines."""
    scores = {(row["lesson"], row["student"]): row for row in table}
    return _plain({lesson.plan.lesson: _lesson_object(lesson, scores) for lesson in lessons})


def _plain(value: Any) -> Any:
    """A value with all its texts made safe to show; their lines stay."""
    if isinstance(value, dict):
        return {_plain(key): _plain(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(entry) for entry in value]
    return _lines(value) if isinstance(value, str) else value


def _lines(text: object) -> str:
    """A text made safe to show, line by line."""
    return "\n".join(map(shown, str(text).split("\n")))


def _lesson_object(lesson: LessonResults, scores: dict[tuple[str, str], dict]) -> dict:
    return {
        **lesson.counts(),
        "sandbox": lesson.levels(),
        "exercises": lesson.exercises(),
        "submissions": [_result_object(result, scores) for result in lesson.results],
    }


def _result_object(result: Result, scores: dict[tuple[str, str], dict]) -> dict:
    marks = dataclasses.asdict(result.record.marks)
    del marks["notebook"], marks["lesson"]
    row = scores[result.submission.lesson, result.submission.student]
    points = {name: row[name] for name in ("timestamp", "raw_score", "late_penalty", "score", "max_score")}
    return {"student": shown(result.submission.student), "fresh": result.fresh, **points, **marks}
