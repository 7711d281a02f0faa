"""Points and comments that are given on the page are in the gradebook as Formgrader would have put them."""

import pytest

from helpers.teaching.reading.answers import questions
from helpers.teaching.reading.marks import Change, Changed
from tests.grading.classes import LESSON, submit
from tests.reading.conftest import ANSWERS, QUESTION

NOTHING = (None, None)


def numbers(markbook):
    return {one.student: one.number for one in markbook.given(LESSON, QUESTION)}


def test_answers_are_there_and_blank_ones_are_counted(course, markbook):
    (question,) = questions(course, LESSON, markbook)
    assert {one.given.student: one.text for one in question.answers} == {
        student: text for student, text in ANSWERS.items() if text
    }
    assert (question.blank, question.lost, question.most) == (1, 0, 1)
    assert question.asked.rstrip().endswith("cells.")
    assert question.model.startswith("First the centre")
    cards = [(group, [one.given.student for one in answers]) for group, answers in question.cards()]
    assert cards == [(0, ["ada", "bob"]), (0, ["cem"]), (1, ["dee"])]


def test_points_and_comments_are_what_formgrader_shows(course, markbook, formgrader):
    number = numbers(markbook)["ada"]
    (now,) = markbook.give(LESSON, QUESTION, [Change(number, 1.0, "Good.", NOTHING)])
    assert (now.points, now.comment, now.to_read) == (1.0, "Good.", False)
    assert formgrader("ada") == (1.0, 1.0, False, "Good.")
    markbook.give(LESSON, QUESTION, [Change(number, 0.0, None, (1.0, "Good."))])
    assert formgrader("ada") == (0.0, 0.0, False, None)
    markbook.give(LESSON, QUESTION, [Change(number, None, None, (0.0, None))])
    assert formgrader("ada") == (0.0, None, True, None)


def test_extra_credit_and_other_answers_stay(course, markbook, formgrader):
    formgrader("ada", extra_credit=0.5)
    markbook.give(LESSON, QUESTION, [Change(numbers(markbook)["ada"], 1.0, None, NOTHING)])
    assert formgrader("ada")[0] == 1.5
    assert formgrader("dee") == (0.0, None, True, None)


def test_what_somebody_else_marked_is_never_overwritten_and_all_or_nothing_is_written(
    course, markbook, formgrader
):
    number = numbers(markbook)
    formgrader("cem", manual_score=0.0, needs_manual_grade=False)
    changes = [Change(number[student], 1.0, "Yes.", NOTHING) for student in ("ada", "bob", "cem")]
    with pytest.raises(Changed):
        markbook.give(LESSON, QUESTION, changes)
    assert formgrader("ada") == (0.0, None, True, None)
    formgrader("bob", manual_comment="Hello")
    with pytest.raises(Changed):
        markbook.give(LESSON, QUESTION, changes[:2])
    assert formgrader("ada") == (0.0, None, True, None)
    assert formgrader("bob")[3] == "Hello"


@pytest.mark.parametrize("number", ["", "x", "' OR 1=1 --"])
def test_an_unknown_row_changes_nothing(course, markbook, formgrader, number):
    with pytest.raises(Changed):
        markbook.give(LESSON, QUESTION, [Change(number, 1.0, None, NOTHING)])
    assert formgrader("ada")[1] is None


def test_a_row_of_another_question_is_refused(course, markbook, formgrader):
    other = markbook.given(LESSON, "check_match")
    assert other == []  # it has no cell for comments
    with pytest.raises(Changed):
        markbook.give(LESSON, "no_such_question", [Change(numbers(markbook)["ada"], 1.0, None, NOTHING)])
    assert formgrader("ada")[1] is None


def test_points_stay_when_the_class_is_graded_again_and_new_work_is_to_be_looked_at(
    folder, course, markbook, grade, formgrader
):
    markbook.give(LESSON, QUESTION, [Change(numbers(markbook)["ada"], 1.0, "Good.", NOTHING)])
    grade(force=True)
    assert formgrader("ada")[:2] == (1.0, 1.0)
    submit(folder, "ada", answer="Something new.")
    grade()
    (question,) = questions(course, LESSON, markbook)
    (ada,) = [one for one in question.answers if one.given.student == "ada"]
    assert (ada.text, ada.given.points, ada.given.to_read) == ("Something new.", 1.0, True)


def test_the_penalty_for_late_work_follows_the_points(folder, course, markbook, formgrader):
    from datetime import datetime

    from nbgrader.api import Gradebook

    from helpers.teaching.grading.ledger.late_penalties import LatePolicy

    markbook.gradebook.update_or_create_assignment(LESSON, duedate=datetime(2026, 2, 1))
    markbook.policy.penalty = lambda student, score, late: score
    assert isinstance(markbook.policy, LatePolicy)
    markbook.give(LESSON, QUESTION, [Change(numbers(markbook)["ada"], 1.0, None, NOTHING)])
    with Gradebook(f"sqlite:///{folder}/gradebook.db", "convnet-course") as book:
        assert book.find_submission(LESSON, "ada").late_submission_penalty == 1.0


def test_an_answer_that_is_in_no_graded_notebook_is_counted(folder, course, markbook):
    (folder / "autograded" / "ada" / LESSON / f"{LESSON}.ipynb").unlink()
    (question,) = questions(course, LESSON, markbook)
    assert question.lost == 1
