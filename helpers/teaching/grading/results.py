"""What came out of grading: a table for people, a CSV file for their spreadsheets, JSON for machines."""

import csv
import dataclasses
import io
from collections import Counter
from dataclasses import dataclass

from rich.table import Table

from helpers import exercises
from helpers.teaching.grading.folder import Submission
from helpers.teaching.grading.gradebook import Book, points
from helpers.teaching.grading.model import Plan
from helpers.teaching.grading.records import Record


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
        mistakes = Counter(_when(name, mark.mistake) for mark in marks if mark.mistake)
        share = verdicts["passed"] / len(marks) if marks else 0.0
        return {
            "exercise": name,
            "passed": share,
            "verdicts": dict(verdicts.most_common()),
            "mistakes": dict(mistakes.most_common(3)),
        }


def _when(exercise: str, mistake: str) -> str:
    """What is done wrong when a known mistake is made."""
    return next((known.when for known in exercises.find(exercise).mistakes if known.name == mistake), mistake)


def tables(lessons: list[LessonResults]) -> list[Table]:
    """What an instructor sees at the end."""
    return [_counts_table(lessons), *map(_exercise_table, lessons)]


def complaints(lessons: list[LessonResults]) -> list[str]:
    """A sentence for each submission that could not be graded, and for each lesson without any."""
    failures = [
        f"{result.submission.student}, {lesson.plan.lesson}: {result.record.marks.trouble}"
        for lesson in lessons
        for result in lesson.results
        if result.failed
    ]
    empty = [f"Nothing was handed in of {lesson.plan.lesson}." for lesson in lessons if not lesson.results]
    return failures + empty if lessons else ["Nothing was handed in."]


def _counts_table(lessons: list[LessonResults]) -> Table:
    table = Table(title="Submissions", title_justify="left")
    table.add_column("lesson")
    for name in ("graded", "unchanged", "repaired", "failed"):
        table.add_column(name, justify="right")
    for lesson in lessons:
        counts = lesson.counts()
        numbers = [str(counts[name]) for name in ("graded", "unchanged", "repaired", "failed")]
        table.add_row(lesson.plan.lesson, *numbers)
    return table


def _exercise_table(lesson: LessonResults) -> Table:
    table = Table(title=lesson.plan.lesson, title_justify="left")
    table.add_column("exercise")
    table.add_column("passed", justify="right")
    table.add_column("not started", justify="right")
    table.add_column("most frequent known mistakes")
    for exercise in lesson.exercises():
        mistakes = [f"{count} x {when}" for when, count in exercise["mistakes"].items()]
        blank = exercise["verdicts"].get("not started", 0)
        table.add_row(exercise["exercise"], f"{exercise['passed']:.0%}", str(blank), "\n".join(mistakes))
    return table


def rows(book: Book, lesson: LessonResults) -> list[dict]:
    """For each student of the course: one row with all points, those that people gave included."""
    names, found = book.cell_names(lesson.plan.lesson), book.submissions(lesson.plan.lesson)
    results = {result.submission.student: result for result in lesson.results}
    students = sorted({student.id for student in book.gradebook.students} | set(results))
    return [
        _row(lesson.plan, student, found.get(student), names, results.get(student)) for student in students
    ]


def _row(plan: Plan, student: str, submission, names: dict[str, str], result: Result | None) -> dict:
    """One student's row; blank cells where nothing was handed in."""
    notebooks = submission.notebooks if submission else []
    grades = {names[grade.cell_id]: grade for notebook in notebooks for grade in notebook.grades}
    graded = [cell for cell in plan.cells if cell.role in ("test", "answer")]
    raw = sum(map(points, grades.values()))
    penalty = sum(notebook.late_submission_penalty or 0.0 for notebook in notebooks)
    cells = {cell.exercise or cell.grade_id: grades.get(cell.grade_id) for cell in graded}
    return {
        "lesson": plan.lesson,
        "student": student,
        "timestamp": str(submission.timestamp or "") if submission else "",
        **{name: points(grade) if grade else "" for name, grade in cells.items()},
        "raw_score": raw,
        "late_penalty": penalty,
        "score": max(0.0, raw - penalty),
        "max_score": sum(cell.points for cell in graded),
        "to_read": sum(grade.needs_manual_grade for grade in grades.values()),
        **_said(result, bool(submission)),
    }


def _said(result: Result | None, handed_in: bool) -> dict[str, str]:
    """What there is to say about a submission."""
    if result is None:
        return {"repairs": "", "failure": "" if handed_in else "Nothing was handed in."}
    return {"repairs": " ".join(result.record.marks.repairs), "failure": result.record.marks.trouble}


def as_csv(table: list[dict]) -> str:
    """Rows as CSV; lessons with other columns leave cells blank."""
    first, last = ["lesson", "student", "timestamp"], ["raw_score", "late_penalty", "score", "max_score"]
    last += ["to_read", "repairs", "failure"]
    middle = dict.fromkeys(name for row in table for name in row if name not in (*first, *last))
    file = io.StringIO()
    writer = csv.DictWriter(file, [*first, *middle, *last], restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(table)
    return file.getvalue()


def as_object(lessons: list[LessonResults], table: list[dict]) -> dict:
    """Everything in one object for machines."""
    scores = {(row["lesson"], row["student"]): row for row in table}
    return {lesson.plan.lesson: _lesson_object(lesson, scores) for lesson in lessons}


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
    return {"student": result.submission.student, "fresh": result.fresh, **points, **marks}
