"""A graded course with answers in words, its gradebook, and the page on which they are read."""

import asyncio
import shutil
import threading

import pytest
from nbgrader.api import Gradebook

from helpers.teaching.grading.ledger.nbgrader_course import NbgraderCourse
from helpers.teaching.reading.marks import MarkBook
from helpers.teaching.reading.server import Reading, serve
from tests.grading.classes import LESSON, ROOT, submit
from tests.grading.conftest import empty_gradebook, folder, grade  # noqa: F401

QUESTION = "x_or_o"
ANSWERS = {
    "ada": "The centre: 1.00 on the X, 0.56 on the O.",
    "bob": "the centre:  1.00 on the X, 0.56 on the O",
    "cem": "The centre is 1.00 on the X and only 0.56 on the O.",
    "dee": "Because it is round.",
    "eve": "",
}


@pytest.fixture
def course(folder, grade):  # noqa: F811
    """The course, graded."""
    for place in ("lessons/rubrics", f"solutions/{LESSON}"):
        shutil.copytree(ROOT / place, folder / place)
    for student, text in ANSWERS.items():
        submit(folder, student, answer=text, timestamp="2026-03-01 12:00:00 UTC")
    grade()
    return NbgraderCourse(folder)


@pytest.fixture
def markbook(course):
    """The gradebook, open for points and comments."""
    book = MarkBook(course)
    yield book
    book.close()


@pytest.fixture
def formgrader(folder):  # noqa: F811
    """What Formgrader does with a student's row: change it, or show it."""

    def formgrader(student, **values):
        with Gradebook(f"sqlite:///{folder}/gradebook.db", "convnet-course") as book:
            row = book.find_grade(QUESTION, LESSON, LESSON, student)
            comment = book.find_comment(QUESTION, LESSON, LESSON, student)
            for name, value in values.items():
                setattr(comment if name == "manual_comment" else row, name, value)
            book.db.commit()
            return row.score, row.manual_score, row.needs_manual_grade, comment.comment

    return formgrader


@pytest.fixture
def served(course, markbook):
    """Serve the page; call it to get the address with the token, and what it shows."""
    loop, stops = asyncio.new_event_loop(), []
    thread = threading.Thread(target=loop.run_forever)
    thread.start()

    def served(names=True):
        async def begin():
            server, address = serve(reading)
            stops.append(server.stop)
            return address

        reading = Reading(course, LESSON, markbook, names)
        return asyncio.run_coroutine_threadsafe(begin(), loop).result(60), reading

    yield served
    for stop in stops:
        loop.call_soon_threadsafe(stop)
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()
