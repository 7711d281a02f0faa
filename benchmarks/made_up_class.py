"""A made-up class of 120 over twenty lessons, graded: for the pictures in docs/report.md.

    python benchmarks/made_up_class.py FOLDER [STUDENTS]

What students write is taken from the exercises' known mistakes and from `tests/bank`. Each answer is judged
once, in this process, and everybody who gives it gets that verdict; records, graded notebooks and gradebook
are written as `course grade` writes them. It takes about three minutes. Nobody in it exists.
"""

import datetime
import json
import math
import re
import shutil
import sys
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import nbformat
import numpy as np
from rich.progress import track

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from helpers import exercises  # noqa: E402
from helpers.checking.judging import in_this_process, judge  # noqa: E402
from helpers.exercises.editing import Program  # noqa: E402
from helpers.learning.own.script import script_of  # noqa: E402
from helpers.teaching.course import Course  # noqa: E402
from helpers.teaching.grading import feedback  # noqa: E402
from helpers.teaching.grading.course_run import released_plan  # noqa: E402
from helpers.teaching.grading.handed_in.student_work import handed_in  # noqa: E402
from helpers.teaching.grading.ledger.gradebook import Book, Entry  # noqa: E402
from helpers.teaching.grading.ledger.nbgrader_course import NbgraderCourse  # noqa: E402
from helpers.teaching.grading.ledger.records import remember  # noqa: E402
from helpers.teaching.grading.marks import Mark, Marks  # noqa: E402
from helpers.teaching.grading.plan import Plan, PlanCell  # noqa: E402
from helpers.teaching.reading.answers import questions  # noqa: E402
from helpers.teaching.reading.marks import Change, MarkBook  # noqa: E402
from helpers.teaching.reading.rubrics import rubrics_of  # noqa: E402
from tests.bank import answers as bank  # noqa: E402

FIRST_DUE = datetime.datetime(2026, 2, 2, 18, 0)
HABITS = (
    "swapped",
    "square",
    "returned_in_the_loop",
    "in_place",
    "whole_numbers",
    "stride_ignored",
    "not_divided",
    "sums",
    "first_channel_only",
    "without_upstream",
    "transposed",
)  # mistakes that the same people make again and again
UNCLEAR = "flip_kernel"  # an item whose outcome has nothing to do with what its author can do
SYNONYMS = [
    ("because", "since"),
    ("same", "identical"),
    (". ", ".\n"),
    (", so", " and so"),
    ("the ", ""),
    (".", ""),
]
NAMES = """
Ada Ben Chloe Dario Emre Fatou Grace Hana Ivo Jun Kofi Lena Mina Noor Oscar Priya Quinn Rosa Sam Tara
Abara Berg Costa Dietz Eklund Fonseca
"""
FIRST, LAST = (line.split() for line in NAMES.strip().splitlines())


@dataclass
class Person:
    """Somebody made up: what they can do, how early they begin, and which mistakes they are prone to."""

    student: str
    first: str
    last: str
    ability: float
    diligence: float
    leaves_after: int
    shares_progress: bool
    habits: frozenset[str]
    events: list[dict] = field(default_factory=list)


@dataclass(frozen=True)
class Candidate:
    """An answer to an exercise: its text, and the mark that it gets."""

    text: str
    mark: Mark


def people(rng: np.random.Generator, count: int) -> list[Person]:
    """The class."""
    found = []
    for number in range(count):
        first, last = FIRST[number % len(FIRST)], LAST[number // len(FIRST) % len(LAST)]
        habits = frozenset(habit for habit in HABITS if rng.random() < 0.16)
        leaves = int(rng.integers(5, 18)) if rng.random() < 0.07 else 99
        found.append(
            Person(
                f"{first[0]}{last}{number:03}".lower(),
                first,
                last,
                rng.normal(),
                rng.normal(),
                leaves,
                rng.random() < 0.7,
                habits,
            )
        )
    return found


@cache
def candidates(test: PlanCell) -> tuple[list[Candidate], list[Candidate]]:
    """Right and wrong answers to an exercise, each judged once."""
    exercise = exercises.find(test.exercise)
    right, wrong = [exercise.solution], {}
    for answer in bank(test.exercise):
        (right.append if answer.right else lambda f: wrong.setdefault(f.__name__, f))(answer.function)
    wrong = dict(list(wrong.items())[:4])
    of_habit = [mistake for mistake in exercise.mistakes if mistake.name in HABITS]
    for mistake in (*of_habit, *exercise.mistakes[:4]):
        wrong.setdefault(mistake.name, mistake)
    judged = [judged_answer(exercise, answer, test) for answer in (*right[:3], *wrong.values())]
    return [one for one in judged if one.mark.points], [one for one in judged if not one.mark.points]


def judged_answer(exercise: exercises.Exercise, answer: object, test: PlanCell) -> Candidate:
    """An answer with its mark."""
    function = getattr(answer, "function", answer)
    program = getattr(answer, "program", None)
    text = program.text if isinstance(program, Program) else script_of(function, exercise.name)[0]
    verdict = judge(exercise, in_this_process(function), np.random.default_rng(1))
    renamed = re.sub(rf"\b{function.__name__}\b", exercise.name, text)
    return Candidate(renamed, feedback.mark_of(verdict, test))


def answered(rng: np.random.Generator, person: Person, test: PlanCell, hardness: float) -> Candidate | None:
    """What somebody hands in for an exercise; None for nothing."""
    right, wrong = candidates(test)
    prone = [one for one in wrong if one.mark.mistake in person.habits]
    able = 0.0 if test.exercise == UNCLEAR else 1.3 * person.ability
    chance = 1 / (1 + math.exp(-(2.3 + able - hardness - 1.2 * bool(prone))))
    goes_on = rng.random() < 1 / (1 + math.exp(-(3.5 + person.diligence)))
    if rng.random() < chance or not wrong:
        return right[rng.integers(len(right))]
    if not goes_on:
        return None
    if prone and rng.random() < 0.75:
        return prone[rng.integers(len(prone))]
    weights = 1 / np.arange(1, len(wrong) + 1)
    return wrong[rng.choice(len(wrong), p=weights / weights.sum())]


def note(
    rng: np.random.Generator, person: Person, test: PlanCell, given: Candidate, moment: datetime.datetime
) -> None:
    """Write down in somebody's progress file what checks they made on the way."""
    _, wrong = candidates(test)
    passed = given.mark.points > 0
    prone = [one for one in wrong if one.mark.mistake in person.habits] or wrong
    for number in range(rng.geometric(0.55 if passed else 0.4) - passed):
        mistake = (prone[rng.integers(len(prone))] if passed and prone else given).mark.mistake
        at = (moment - datetime.timedelta(minutes=60 - number)).isoformat()
        seen = {"mistake": mistake} if mistake else {}
        person.events.append({"exercise": test.exercise, "state": "tried", **seen, "at": at})
    if passed:
        person.events.append({"exercise": test.exercise, "state": "passed", "at": moment.isoformat()})


def written(plan: Plan, texts: dict[str, str]) -> str:
    """The graded cells of a lesson's notebook, filled in."""
    notebook = nbformat.reads(plan.notebook, as_version=4)
    notebook.cells = [cell for cell in notebook.cells if "nbgrader" in cell.metadata]
    for cell in notebook.cells:
        cell.source = texts.get(cell.metadata.nbgrader.grade_id, cell.source)
    return nbformat.writes(notebook)


def hand_in(
    course: NbgraderCourse, plan: Plan, person: Person, texts: dict[str, str], moment: datetime.datetime
) -> None:
    """Put somebody's work where it belongs."""
    inbox = course.folder.root / "submitted" / person.student / plan.lesson
    inbox.mkdir(parents=True)
    (inbox / f"{plan.lesson}.ipynb").write_text(written(plan, texts), encoding="utf-8")
    (inbox / "timestamp.txt").write_text(f"{moment:%Y-%m-%d %H:%M:%S} UTC\n")
    if person.shares_progress:
        lines = "".join(f"{json.dumps(event)}\n" for event in person.events)
        (inbox / "progress.jsonl").write_text(lines, encoding="utf-8")


def moment_of(rng: np.random.Generator, person: Person, due: datetime.datetime) -> datetime.datetime:
    """When somebody hands in."""
    hours = rng.lognormal(2.4 + 0.6 * person.diligence, 1.0) - 3.5
    return due - datetime.timedelta(hours=float(np.clip(hours, -60, 220)))


def lesson_of_class(
    rng: np.random.Generator,
    course: NbgraderCourse,
    book: Book,
    plan: Plan,
    class_: list[Person],
    number: int,
) -> None:
    """One lesson: handed in, judged, recorded, entered."""
    due = FIRST_DUE + datetime.timedelta(days=7 * number)
    hardness = {test.exercise: rng.normal(0.1, 0.8) for test in plan.tests}
    outcomes: dict[str, dict[str, Mark]] = {}
    for person in class_:
        if number > person.leaves_after or rng.random() > 1 / (1 + math.exp(-(3.2 + person.diligence))):
            continue
        moment, texts, marks = moment_of(rng, person, due), {}, {}
        for test in plan.tests:
            given = answered(rng, person, test, hardness[test.exercise])
            marks[test.grade_id] = (
                given.mark if given else feedback.failed(test, "not started", "Not started.")
            )
            if given:
                texts[test.exercise] = given.text
                note(rng, person, test, given, moment)
        texts |= said_in_words(rng, person, plan)
        hand_in(course, plan, person, texts, moment)
        outcomes[person.student] = marks
    record(course, book, plan, outcomes)
    book.gradebook.update_or_create_assignment(plan.lesson, duedate=due)


def said_in_words(rng: np.random.Generator, person: Person, plan: Plan) -> dict[str, str]:
    """What somebody writes in answer to a lesson's questions."""
    rubrics, said = rubrics_of(Course(ROOT), plan.lesson), {}
    for cell in plan.cells:
        if cell.role == "answer" and rng.random() < 0.93:
            examples = rubrics[cell.grade_id].examples
            level = np.clip(rng.normal(0.6 + 0.25 * person.ability, 0.25), 0, 0.999) * len(examples)
            said[cell.grade_id] = reworded(rng, examples[int(level)].text)
    return said


def reworded(rng: np.random.Generator, text: str) -> str:
    """An answer in somebody's own words, more or less."""
    for before, after in SYNONYMS:
        if rng.random() < 0.25:
            text = text.replace(before, after)
    return rng.choice(["", "", "", "I think: ", "In my opinion, "]) + text


def record(course: NbgraderCourse, book: Book, plan: Plan, outcomes: dict[str, dict[str, Mark]]) -> None:
    """Write records and graded notebooks, and enter all marks, as a run of the grader does."""
    book.know(plan)
    entries = []
    for submission in course.submissions(plan.lesson):
        work = handed_in(submission, plan)
        notebook = nbformat.reads(work.content.decode(), as_version=4)
        sources = {cell.metadata.nbgrader.grade_id: cell.source for cell in notebook.cells}
        marks = Marks(
            plan.lesson,
            "made up",
            tuple(outcomes[submission.student][test.grade_id] for test in plan.tests),
            notebook=work.content.decode(),
            untouched=plan.untouched(sources),
        )
        entries.append(Entry(submission.student, work.timestamp, remember(submission, plan, work, marks)))
    book.apply(plan, entries)


def read_answers(course: NbgraderCourse, lesson: str) -> None:
    """Give points for a lesson's answers in words: those of the example that an answer is most like."""
    with MarkBook(course) as book:
        for question in questions(course, lesson, book):
            examples = question.rubric.examples if question.rubric else ()
            changes = []
            for answer in question.answers:
                words = set(answer.text.split())
                like = max(examples, key=lambda one: len(words & set(one.text.split())))
                changes.append(Change(answer.given.number, float(like.points), None, (None, None)))
            book.give(lesson, question.name, changes)


def main(folder: str, count: str = "120") -> None:
    """Make the class."""
    root, rng = Path(folder), np.random.default_rng(7)
    root.mkdir(parents=True)
    shutil.copy(ROOT / "nbgrader_config.py", root)
    shutil.copytree(ROOT / "notebooks", root / "notebooks", ignore=lambda *_: ["progress.jsonl"])
    (root / "lessons").symlink_to(ROOT / "lessons", target_is_directory=True)
    course = NbgraderCourse(root)
    book, class_ = Book(course), people(rng, int(count))
    for person in class_:
        book.gradebook.add_student(person.student, first_name=person.first, last_name=person.last)
    for number, lesson in enumerate(track(course.folder.released_lessons())):
        lesson_of_class(rng, course, book, released_plan(course.folder, lesson), class_, number)
    book.close()
    for lesson in course.folder.released_lessons()[:-1]:  # the last one's are still to be read
        read_answers(course, lesson)


if __name__ == "__main__":
    main(*sys.argv[1:])
