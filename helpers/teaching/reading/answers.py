"""The answers in words that a class gave to a lesson's questions, each with what the gradebook has for it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from helpers.teaching.course import Course
from helpers.teaching.grading.course_run import released_plan
from helpers.teaching.grading.ledger.graded_notebook import written_in
from helpers.teaching.grading.ledger.nbgrader_course import NbgraderCourse
from helpers.teaching.grading.plan import Plan, PlanCell
from helpers.teaching.reading.alike import grouped
from helpers.teaching.reading.marks import Given, MarkBook
from helpers.teaching.reading.rubrics import Rubric, rubrics_of

LONGEST = 20_000  # characters of an answer that are shown
CUT = "\n\n[This is only the beginning. The rest is in Formgrader.]"
_HEADING = re.compile(r"^#+ .*$\n*", re.MULTILINE)
_PICTURE = re.compile(r"!\[|<img|attachment:", re.IGNORECASE)


@dataclass(frozen=True)
class Answer:
    """One student's answer: its text, and what the gradebook has for it."""

    text: str
    given: Given


@dataclass(frozen=True)
class Question:
    """One question: what was asked, the model answer, the rubric, and all answers that somebody must read.

    `blank` is how many handed in without an answer; they have 0 already. `lost` is how many answers are to be
    read but are not in any graded notebook.
    """

    name: str
    most: float
    asked: str
    model: str
    rubric: Rubric | None
    answers: tuple[Answer, ...]
    blank: int
    lost: int

    def cards(self) -> Iterator[tuple[int, list[Answer]]]:
        """Answers with equal words, in the order in which to read them, each set with its group's number."""
        for number, group in enumerate(grouped([answer.text for answer in self.answers])):
            for positions in group:
                yield number, [self.answers[position] for position in positions]


def questions(course: NbgraderCourse, lesson: str, book: MarkBook) -> list[Question]:
    """The questions of a lesson with their answers.

    Raises
    ------
    Refused
        If the lesson, its rubrics or the gradebook cannot be read.
    """
    plan, rubrics = released_plan(course.folder, lesson), rubrics_of(course.folder, lesson)
    models = _models(course.folder, lesson)
    texts = {one.student: written_in(one.notebook) for one in course.submissions(lesson)}
    return [
        _question(plan, cell, rubrics.get(cell.grade_id), models, texts, book.given(lesson, cell.grade_id))
        for cell in plan.cells
        if cell.role == "answer"
    ]


def _question(
    plan: Plan,
    cell: PlanCell,
    rubric: Rubric | None,
    models: dict[str, str],
    texts: dict[str, dict[str, str]],
    given: list[Given],
) -> Question:
    to_read = [one for one in given if one.read_by_people]
    answers = [
        Answer(_shortened(texts[one.student][cell.grade_id]), one)
        for one in to_read
        if cell.grade_id in texts.get(one.student, {})
    ]
    return Question(
        cell.grade_id,
        cell.points,
        _asked(plan, cell),
        models.get(cell.grade_id, ""),
        rubric,
        tuple(answers),
        blank=len(given) - len(to_read),
        lost=len(to_read) - len(answers),
    )


def _shortened(text: str) -> str:
    """A text that a person may want to read."""
    return text if len(text) <= LONGEST else text[:LONGEST] + CUT


def _asked(plan: Plan, cell: PlanCell) -> str:
    """The text above the cell for an answer, without headings."""
    place = plan.cells.index(cell)
    above = next((one.source for one in reversed(plan.cells[:place]) if one.cell_type == "markdown"), "")
    return _HEADING.sub("", above).strip()


def _models(course: Course, lesson: str) -> dict[str, str]:
    """By question: the model answers; none where the instructor's notebooks are not here."""
    return written_in(course.solution(lesson))


def has_picture(text: str) -> bool:
    """Whether an answer shows a picture, which is not drawn on the page."""
    return _PICTURE.search(text) is not None
