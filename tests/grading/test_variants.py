"""Exercises that differ by student: who gets what, copies of lessons, and equal marks from both graders."""

import shutil

import nbformat
import pytest

from helpers import exercises
from helpers.exercises.variants import in_variant, mistakes_of_all, varied
from helpers.teaching.building.release import in_use
from helpers.teaching.course import Course
from helpers.teaching.grading import marking
from helpers.teaching.grading.course_run import CourseRun, Todo
from helpers.teaching.grading.ledger.gradebook import Book
from helpers.teaching.grading.ledger.nbgrader_course import NbgraderCourse
from helpers.teaching.grading.marking import Settings
from helpers.teaching.grading.messages import Refused
from helpers.teaching.grading.one_file import grade_file
from helpers.teaching.grading.variants.choice import chosen
from helpers.teaching.grading.variants.copies import copy_for
from helpers.teaching.grading.variants.line import said_in
from helpers.teaching.grading.variants.plans import own_plan
from tests.classroom.conftest import Course as NbgradersCourse
from tests.conftest import slow_but
from tests.grading.classes import make_course
from tests.grading.copies import LESSONS, TERM, handed_in, own_copy, pair, somebody
from tests.grading.lessons import ROOT, plan, released

QUICK = "16_sound_and_text"
every_lesson = pytest.mark.parametrize("lesson", LESSONS)
TRAINING = ("14_handwriting", "19_yours")  # nbgrader runs them whole, for each student: ten minutes


# -- who gets what -------------------------------------------------------------------------------------------


@every_lesson
def test_the_same_student_gets_the_same_in_the_same_term(lesson):
    assert own_copy(lesson, "ada") == own_copy(lesson, "ada")
    assert chosen(TERM, "zoe\u0308", lesson) == chosen(TERM, "zo\u00eb", lesson)
    others = {copy_for(released(lesson), lesson, f"term {number}", "ada") for number in range(9)}
    assert len(others) > 5


@every_lesson
def test_every_variant_is_somebodys_and_about_equally_often(lesson):
    class_ = [chosen(TERM, f"student{number}", lesson) for number in range(400)]
    for name, variants in varied(lesson).items():
        counts = [sum(own[name] == variant for own in class_) for variant in variants]
        assert min(counts) > 0.7 * 400 / len(variants)


@every_lesson
def test_two_students_in_one_class_get_different_numbers(lesson):
    examples = {own_copy(lesson, f"student{number}") for number in range(12)}
    assert len(examples) > 6


def test_without_a_term_every_byte_is_as_released():
    for lesson in exercises.LESSONS:
        assert copy_for(released(lesson), lesson, "", "ada") is released(lesson)
        assert own_plan(plan(lesson), "", "ada") is plan(lesson)


def test_a_lesson_in_which_nothing_varies_is_as_released():
    lesson = next(one for one in exercises.LESSONS if not varied(one))
    assert own_plan(plan(lesson), TERM, "ada") is plan(lesson)


# -- copies --------------------------------------------------------------------------------------------------


@every_lesson
def test_a_copy_differs_only_in_what_it_asks_and_is_seen_as_unused(lesson):
    for student in pair(lesson):
        copy = nbformat.reads(own_copy(lesson, student), as_version=4)
        cells = nbformat.reads(released(lesson), as_version=4).cells
        own = chosen(TERM, student, lesson)
        assert [cell.id for cell in copy.cells] == [cell.id for cell in cells]
        changed = [(a, b) for a, b in zip(cells, copy.cells, strict=True) if a.source != b.source]
        named = {a.metadata.nbgrader.grade_id for a, _ in changed if "nbgrader" in a.metadata}
        assert named == set(own)
        assert not any(a.metadata.get("nbgrader", {}).get("grade") for a, _ in changed)
        assert [said for _, b in changed if (said := said_in(b.source))] == [own]
        assert in_use(own_copy(lesson, student)) is None
        assert len(changed) <= 1 + 6 * len(own)


def test_a_released_notebook_that_does_not_fit_is_refused():
    text = released("02_filtering").replace("the first in reading order", "the first one")
    student = somebody("02_filtering", "best_match", "last_in_reading_order")
    with pytest.raises(
        Refused, match=r"does not fit the variant last_in_reading_order of `best_match`: .* 0 times"
    ):
        copy_for(text, "02_filtering", TERM, student)


# -- marks ---------------------------------------------------------------------------------------------------


def marks_of(lesson, student, **somebody_elses):
    text = handed_in(lesson, student, whole=lesson == "02_filtering", **somebody_elses)
    return marking.mark(own_plan(plan(lesson), TERM, student), text.encode(), 7)


@pytest.mark.parametrize("lesson", slow_but({QUICK}, LESSONS))
def test_ones_own_answers_get_full_marks_and_somebody_elses_are_told_what_they_do(lesson):
    for student, other in (pair(lesson), pair(lesson)[::-1]):
        right = marks_of(lesson, student)
        assert all(mark.points == mark.max_points for mark in right.marks), right.marks
        assert not right.repairs
        copied = marks_of(lesson, student, answers_of=other, copy_of=other)
        assert (
            "This is not the student's own copy of the lesson: it asks for another student's"
            in copied.repairs[0]
        )
        theirs, own = chosen(TERM, other, lesson), chosen(TERM, student, lesson)
        for mark in copied.marks:
            if mark.exercise not in own:
                assert mark.points == mark.max_points
                continue
            assert (mark.points, mark.mistake) == (0, theirs[mark.exercise])
            variants = exercises.find(mark.exercise).variants
            assert mark.sentence.startswith("Your answer is exactly what comes out when ")
            if not variants[own[mark.exercise]].is_plain:
                assert variants[own[mark.exercise]].when in mark.hint


def test_a_blank_copy_is_not_started_and_a_published_one_is_seen():
    student = somebody("02_filtering", "best_match", "last_in_reading_order")
    own = own_plan(plan("02_filtering"), TERM, student)
    blank = marking.mark(own, own_copy("02_filtering", student).encode(), 7)
    assert {mark.verdict for mark in blank.marks} == {"not started"}
    assert "best_match" in blank.untouched
    published = marking.mark(own, released("02_filtering").encode(), 7)
    assert "it does not say which variants it asks for" in published.repairs[0]


def test_one_file_is_graded_as_the_copy_that_it_says_it_is(tmp_path):
    for student in pair("02_filtering"):
        file = tmp_path / f"{student}.ipynb"
        file.write_text(handed_in("02_filtering", student))
        _, marks = grade_file(Course(ROOT), file, Settings())
        assert all(mark.points for mark in marks.marks), marks.marks


def test_reports_know_every_variant_as_a_mistake():
    for name, variants in {
        name: found for lesson in LESSONS for name, found in varied(lesson).items()
    }.items():
        known = {mistake.name: mistake.when for mistake in mistakes_of_all(exercises.find(name))}
        assert set(variants) <= set(known)


# -- a course ------------------------------------------------------------------------------------------------


def with_term(folder, term=TERM):
    config = folder / "nbgrader_config.py"
    lines = [line for line in config.read_text().splitlines() if not line.startswith("c.Variants.term")]
    config.write_text("\n".join([*lines, f'c.Variants.term = "{term}"']) + "\n")


def submit(folder, lesson, student, **somebody_elses):
    inbox = folder / "submitted" / student / lesson
    inbox.mkdir(parents=True)
    (inbox / f"{lesson}.ipynb").write_text(handed_in(lesson, student, whole=False, **somebody_elses))


def graded(folder, lesson):
    """How many were to be graded, and all points by student and exercise."""
    course = NbgraderCourse(folder)
    with Book(course) as book:
        run = CourseRun(course, book, Todo((lesson,), Settings()))
        left = run.begin()
        run.finish(left, here, lambda: None)
        [results] = run.results()
    return len(left), {
        one.submission.student: {mark.exercise: mark.points for mark in one.record.marks.marks}
        for one in results.results
    }


def here(tasks):
    from helpers.teaching.grading.workers.task import attempt

    for task in tasks:
        yield task, attempt(marking.mark, *task.arguments)


@pytest.fixture
def folder(tmp_path):
    folder = make_course(tmp_path / "a course", [QUICK])
    first, second = pair(QUICK)
    submit(folder, QUICK, first)
    submit(folder, QUICK, second)
    submit(folder, QUICK, "copier", copy_of=first, answers_of=first)
    with_term(folder)
    return folder


def test_a_run_asks_each_for_their_own_and_remembers_it(folder):
    first, second = pair(QUICK)
    count, points = graded(folder, QUICK)
    assert count == 3
    assert all(points[first].values())
    assert all(points[second].values())
    right = chosen(TERM, "copier", QUICK).items() & chosen(TERM, first, QUICK).items()
    assert {name for name in varied(QUICK) if points["copier"][name]} == {name for name, _ in right}
    assert graded(folder, QUICK) == (0, points)
    with_term(folder, "")
    count, plain = graded(folder, QUICK)
    assert count == 3
    assert plain[first]["conv1d"]
    assert not all([*plain[first].values(), *plain[second].values()])


def test_a_lesson_that_does_not_fit_stops_the_run_before_it_begins(folder):
    notebook = folder / "notebooks" / QUICK / f"{QUICK}.ipynb"
    notebook.write_text(notebook.read_text().replace("stays zero", "is zero"))
    with pytest.raises(Refused, match="does not fit the variant"):
        graded(folder, QUICK)


def both_graders(tmp_path, lesson):
    """The marks of both graders for a class of three, by student."""
    first, second = pair(lesson)
    folder = make_course(tmp_path / "a course", [lesson])
    with_term(folder)
    shutil.copytree(ROOT / "solutions" / lesson, folder / "solutions" / lesson)
    submit(folder, lesson, first)
    submit(folder, lesson, second, copy_of=first, answers_of=first)
    _, ours = graded(folder, lesson)
    shutil.rmtree(folder / "autograded")
    (folder / "gradebook.db").unlink()
    NbgradersCourse(folder).nbgrader(
        f"generate_assignment {lesson} --force", f"autograde {lesson}", f"generate_feedback {lesson}"
    )
    return folder, ours, theirs(folder, lesson)


def theirs(folder, lesson):
    """nbgrader's points by student and exercise."""
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{folder}/gradebook.db") as book:
        return {
            submission.student.id: {
                grade.name.removeprefix("check_"): grade.auto_score
                for notebook in submission.notebooks
                for grade in notebook.grades
                if grade.cell.cell_type == "code"
            }
            for submission in book.assignment_submissions(lesson)
        }


@pytest.mark.slow
@pytest.mark.parametrize("lesson", [one for one in LESSONS if one not in TRAINING])
def test_both_graders_give_the_same_marks_and_feedback_names_the_variant(tmp_path, lesson):
    folder, ours, theirs = both_graders(tmp_path, lesson)
    assert ours == theirs
    first, second = pair(lesson)
    assert all(ours[first].values())
    assert not any(ours[second][name] for name in varied(lesson))
    page = (folder / "feedback" / second / lesson / f"{lesson}.html").read_text()
    for name, variant in chosen(TERM, first, lesson).items():
        known = {
            mistake.name: mistake for mistake in in_variant(name, chosen(TERM, second, lesson)[name]).mistakes
        }
        said = known[variant].when.replace("`", "")
        assert said in page.replace("<code>", "").replace("</code>", "").replace("`", "").replace("&gt;", ">")
