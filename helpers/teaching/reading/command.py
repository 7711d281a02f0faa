"""What `course read` does: it serves the page until it is stopped."""

import webbrowser
from collections.abc import Callable

from helpers.teaching.grading.ledger.nbgrader_course import NbgraderCourse
from helpers.teaching.grading.messages import Refused
from helpers.teaching.reading.answers import questions
from helpers.teaching.reading.marks import MarkBook
from helpers.teaching.reading.server import Reading, run_until_stopped, serve


def read(
    course: NbgraderCourse,
    lesson: str,
    say: Callable[[str], None],
    names: bool = True,
    port: int = 0,
    browser: bool = True,
) -> None:
    """Serve the answers to a lesson's questions until somebody presses Ctrl+C.

    Raises
    ------
    Refused
        If there is nothing to read, or the gradebook or the port cannot be used.
    """
    name = course.lesson(lesson)
    with MarkBook(course, say) as book:
        _require_answers(course, name, book)
        reading = Reading(course, name, book, names)

        def start() -> None:
            _, address = serve(reading, port)
            say(f"{name} can be read at {address}")
            say("What you give is in the gradebook at once. Stop with Ctrl+C.")
            if browser:
                webbrowser.open(address)

        run_until_stopped(start)


def _require_answers(course: NbgraderCourse, lesson: str, book: MarkBook) -> None:
    """Refuse where there is nothing to read, and say what to do."""
    found = questions(course, lesson, book)
    if not found:
        raise Refused(f"{lesson} has no question that is answered in words.")
    if not any(question.answers for question in found):
        raise Refused(
            f"There is no answer to read in {lesson}: nothing is graded, or nobody has answered. "
            f"`course grade {lesson}` enters what was handed in."
        )
