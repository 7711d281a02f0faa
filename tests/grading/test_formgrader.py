"""Somebody marks in nbgrader's Formgrader, in a browser, while `course grade` writes to the same server."""

from contextlib import ExitStack

import pytest
from nbgrader import api
from sqlalchemy import func, select

from helpers.teaching.grading import plan
from helpers.teaching.lab.browser import WAIT, instructors_lab
from tests.grading import drive
from tests.grading.classes import LESSON, submit
from tests.grading.two_lessons import (
    EXERCISES_OF,
    OTHER,
    QUESTIONS,
    address,
    course_on,
    due,
    scores,
    start,
    wait_until,
)

READERS = [f"student{number}" for number in range(3)]
GRADED = [f"student{number}" for number in range(8)]
GIVEN = ((0.5, "Which one?"), (1.0, "Good."), (0.0, "Nichts – 0 Punkte."))
FIRST = 3  # submissions in the grader's first transaction

pytestmark = [pytest.mark.browser, pytest.mark.slow]


class Formgrader:
    """Formgrader in a browser, in which somebody marks one student's work after the other."""

    def __init__(self, page, lab):
        self.page = page
        page.route("https://**", lambda route: route.abort())  # what draws formulas, from elsewhere
        page.goto(f"{lab.address}/formgrader?token={lab.token}")
        page.get_by_role("link", name="Manual Grading").first.click()

    def average(self, lesson):
        """The points that the list of lessons shows."""
        return float(self.page.locator("tr", has_text=lesson).locator(".score").inner_text().split(" / ")[0])

    def open(self, lesson):
        """Open the first submission of a lesson."""
        self.page.get_by_role("link", name=lesson).click()
        self.page.locator("td").get_by_role("link", name=lesson).click()
        self.page.get_by_role("link", name="Submission #1").click()
        self.page.wait_for_url("**/formgrader/submissions/**")
        self._wait_until_loaded()

    def give(self, question, points, comment):
        """Give points and a comment to the work that is shown: whose it is, once both are saved."""
        said = [self._type(f"#{question}", "grade", str(points))]
        said.append(self._type(f"#{question}-comment", "comment", comment))
        assert [one.status for one in said] == [200, 200]
        (student,) = {one.json()["student"] for one in said}
        return student

    def fail_to_give(self, question, points):
        """Try to give points; what the server answers, and whether the page shows that they are saved."""
        status = self._type(f"#{question}", "grade", str(points)).status
        return status, self.page.locator(".score-saved.glyphicon-ok:visible").count() > 0

    def go_on(self):
        """Go to the next student's work."""
        before = self.page.url
        self.page.locator(".next a").click()
        self.page.wait_for_url(lambda url: url != before and not url.endswith("/next"))
        self._wait_until_loaded()

    def _wait_until_loaded(self):
        self.page.wait_for_function("() => formgrader.grades?.loaded && formgrader.comments?.loaded")

    def _type(self, place, kind, text):
        def is_saving(answer):
            return answer.request.method == "PUT" and f"/formgrader/api/{kind}/" in answer.url

        with self.page.expect_response(is_saving) as saving:
            self.page.locator(place).fill(text)
            self.page.locator(place).press("Tab")
        return saving.value


@pytest.fixture
def folder(tmp_path, server):
    """A course of two lessons whose gradebook is an empty database of the server."""
    return course_on(server, tmp_path / "a course")


@pytest.fixture
def open_formgrader(browser, folder):
    """Opens Formgrader as an instructor does in the course's folder."""
    for lesson in EXERCISES_OF:
        (folder / "solutions" / lesson).mkdir(parents=True)  # it shows those lessons only
    with ExitStack() as stack:

        def open_formgrader():
            lab = stack.enter_context(instructors_lab(folder))
            page = browser.new_page()
            stack.callback(page.close)
            page.set_default_timeout(WAIT)
            return Formgrader(page, lab)

        yield open_formgrader


@pytest.fixture
def gate(tmp_path):
    """The file for which the grader waits in the middle."""
    yield tmp_path / "gate"
    (tmp_path / "gate").touch()


def test_nothing_is_lost_and_nothing_is_there_twice(
    folder, grade, open_formgrader, server, gate, tmp_path, monkeypatch
):
    logs = {student: tmp_path / student for student in GRADED}
    for student in READERS:
        submit(folder, student, ["match"], answer="Because.")
    for number, student in enumerate(GRADED):
        orders = [f"log {logs[student]}", *([f"wait {gate}"] if number >= FIRST else [])]
        submit(folder, student, EXERCISES_OF[OTHER][: number % 4], OTHER, answer="Because.", orders=orders)
    assert grade()[0]
    grader = start(folder, OTHER)
    wait_until_entered(folder, FIRST, grader)
    formgrader = open_formgrader()
    assert formgrader.average(OTHER) == pytest.approx(
        sum(map(due, [OTHER] * FIRST, range(FIRST))) / FIRST, abs=0.01
    )
    formgrader.open(LESSON)
    given = {}
    for points, comment in GIVEN:
        if given:
            formgrader.go_on()
        given[formgrader.give(QUESTIONS[LESSON], points, comment)] = points, comment
        assert gate.exists() or grader.poll() is None
        gate.touch()  # from now on it writes at any moment
    assert grader.wait() == 0
    assert sorted(given) == READERS
    assert_all_there(folder, given)
    monkeypatch.setattr(plan, "_version", drive.version)
    assert grade(OTHER)[0]
    assert {log.read_text() for log in logs.values()} == {"graded\n"}
    server.stop()
    server.start()
    assert formgrader.fail_to_give(QUESTIONS[LESSON], 0.75) == (500, False)
    assert_all_there(folder, given)


def wait_until_entered(folder, number, grader):
    """Wait until some submissions of the other lesson are in the gradebook."""
    submitted = (
        select(func.count(api.SubmittedAssignment.id))
        .join(api.Assignment)
        .where(api.Assignment.name == OTHER)
    )
    with api.Gradebook(address(folder), "convnet-course") as gradebook:
        wait_until(lambda: gradebook.db.scalar(submitted) >= number, [grader])


def assert_all_there(folder, given):
    """The gradebook has what was graded and what was given, once."""
    assert scores(folder) == {student: 2.0 + points for student, (points, _) in given.items()}
    assert scores(folder, OTHER) == {student: due(OTHER, number) for number, student in enumerate(GRADED)}
    with api.Gradebook(address(folder), "convnet-course") as gradebook:
        for student, (points, comment) in given.items():
            place = QUESTIONS[LESSON], LESSON, LESSON, student
            mark = gradebook.find_grade(*place)
            assert (mark.manual_score, mark.needs_manual_grade) == (points, False)
            assert gradebook.find_comment(*place).comment == comment
        assert len(gradebook.db.scalars(select(api.SubmittedNotebook.id)).all()) == len(READERS) + len(GRADED)
        for kind in (api.Grade, api.Comment):
            twice = select(kind.notebook_id).group_by(kind.notebook_id, kind.cell_id).having(func.count() > 1)
            assert gradebook.db.scalars(twice).all() == []
