"""What is counted: items, times, misconceptions and what predicted them, students who need a word."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from helpers.teaching.overview.classwork import Helped, Outcome, Tries
from helpers.teaching.overview.items import count_items
from helpers.teaching.overview.misconceptions import find_misconceptions
from helpers.teaching.overview.standing import Standing
from helpers.teaching.overview.stuck import Stuck, find_stuck, help_in
from helpers.teaching.overview.students import concerns
from helpers.teaching.overview.tables import tables
from helpers.teaching.overview.timing import count_lessons
from tests.overview.made_up import BLANK, RIGHT, classwork, named, wrong

CLASS = named(24)
STRONG = dict.fromkeys(CLASS[:12], RIGHT) | dict.fromkeys(CLASS[12:], wrong())
ODD = {student: RIGHT if number % 2 else wrong() for number, student in enumerate(CLASS)}


def test_an_item_that_the_strong_get_right_discriminates_and_one_by_chance_is_to_be_mended():
    work = classwork({"match": STRONG, "filter_image": STRONG, "best_match": STRONG, "output_size": ODD})
    match, *_, output_size = count_items(work)
    assert match.discrimination == pytest.approx(0.8944, abs=1e-4)
    assert output_size.discrimination == pytest.approx(0)
    assert not match.to_mend
    assert output_size.to_mend


def test_the_total_is_that_of_the_other_items_in_what_was_handed_in():
    work = classwork({"match": {"ada": RIGHT, "bob": wrong()}, "output_size": {"ada": wrong()}})
    match, output_size = work.items
    assert work.share_elsewhere("ada", match) == 0
    assert work.share_elsewhere("ada", output_size) == 1
    assert work.share_elsewhere("bob", match) is None


def test_few_students_or_equal_points_say_nothing_about_an_item():
    few = classwork({"match": {s: STRONG[s] for s in CLASS[3:20]}, "output_size": ODD})
    assert count_items(few)[0].discrimination is None
    equal = classwork({"match": dict.fromkeys(CLASS, RIGHT), "output_size": ODD})
    assert count_items(equal)[0].discrimination is None


def test_nearly_all_right_is_not_to_be_mended():
    nearly = {**dict.fromkeys(CLASS, RIGHT), CLASS[0]: wrong()}
    item = count_items(classwork({"match": nearly, "output_size": STRONG}))[0]
    assert item.discrimination < 0.2
    assert not item.to_mend


def test_how_many_begun_how_many_right_and_how_many_checks():
    work = classwork({"match": {"ada": RIGHT, "bob": BLANK, "cem": wrong(), "dee": RIGHT}})
    work.tries = {
        "ada": {"match": Tries(2, True)},
        "cem": {"match": Tries(9)},
        "dee": {"match": Tries(0, True)},
    }
    (match,) = count_items(work)
    assert (match.handed_in, match.begun, match.right) == (4, 3, 0.5)
    assert (match.tries, match.with_tries) == (2, 2)


def test_a_question_is_not_counted_before_all_its_answers_are_read():
    unread = {"ada": Outcome(None), "bob": Outcome(1.0)}
    (item,) = count_items(classwork({"match": unread}))
    assert (item.right, item.mean, item.discrimination, item.to_read) == (None, None, None, 1)


def test_when_it_came_against_the_students_own_due_date():
    work = classwork({"match": {"ada": RIGHT, "bob": RIGHT, "cem": RIGHT}})
    of_lesson = work.hand_ins["02_filtering"]
    bob = of_lesson["bob"]
    of_lesson["bob"] = replace(bob, moment=bob.due + timedelta(hours=2))
    of_lesson["cem"] = replace(bob, moment=bob.due + timedelta(hours=2), due=bob.due + timedelta(days=1))
    lesson = count_lessons(work)[0]
    assert (lesson.handed_in, lesson.late, lesson.hours) == (3, 1, 22)
    assert {span: count for span, count in lesson.spans if count} == {
        "up to a day before": 2,
        "up to a day late": 1,
    }


def test_the_moment_itself_is_in_time():
    work = classwork({"match": {"ada": RIGHT}})
    ada = work.hand_ins["02_filtering"]["ada"]
    work.hand_ins["02_filtering"]["ada"] = replace(ada, moment=ada.due)
    lesson = count_lessons(work)[0]
    assert lesson.late == 0
    assert ("in the last hour", 1) in lesson.spans


def test_this_week_is_the_lesson_with_most_of_the_newest_work():
    work = classwork({"match": dict.fromkeys(CLASS, RIGHT), "output_size": dict.fromkeys(CLASS[:9], RIGHT)})
    assert work.this_week == "03_convolution"
    undated = {
        lesson: {student: replace(one, moment=None) for student, one in own.items()}
        for lesson, own in work.hand_ins.items()
    }
    work.hand_ins = undated
    assert work.this_week == "03_convolution"


def same_in(makers_earlier, makers_later, earlier="not_divided", later="not_divided"):
    """Two exercises in which some of 60 students made a mistake each."""
    class_ = named(60)
    return classwork(
        {
            "match": {s: wrong(earlier) if s in makers_earlier else RIGHT for s in class_},
            "filter_image": {s: wrong(later) if s in makers_later else RIGHT for s in class_},
        }
    )


def test_an_earlier_mistake_of_the_same_students_is_told_with_its_numbers():
    class_ = named(60)
    found = find_misconceptions(same_in(class_[:12], class_[2:14], later="sums"))
    later = found[-1]
    assert (later.item.name, later.mistake.name, len(later.students), later.tried) == (
        "filter_image",
        "sums",
        12,
        60,
    )
    (earlier,) = later.forerunners
    assert (earlier.exercise, earlier.same_name) == ("match", False)
    assert (earlier.both, earlier.makers, earlier.others, earlier.without) == (10, 12, 2, 48)


@pytest.mark.parametrize("shift", [8, 30])
def test_nothing_is_predicted_where_few_made_both_or_as_many_as_by_chance(shift):
    class_ = named(60)
    found = find_misconceptions(same_in(class_[:12], class_[shift : shift + 12], later="sums"))
    assert found[-1].forerunners == ()
    many = find_misconceptions(same_in(class_[:40], class_[:40:2] + class_[40::2], later="sums"))
    assert many[-1].forerunners == ()


def test_mistakes_that_the_course_does_not_know_are_left_out():
    assert find_misconceptions(classwork({"match": {"ada": wrong("no such mistake"), "bob": wrong()}})) == []


def test_mistakes_on_the_way_are_those_of_students_who_have_passed_since():
    work = classwork({"match": {"ada": wrong("not_divided"), "bob": RIGHT, "cem": RIGHT}})
    work.tries = {
        "ada": {"match": Tries(3, False, Counter(not_divided=3))},
        "bob": {"match": Tries(2, True, Counter(not_divided=2))},
        "cem": {"match": Tries(1, True)},
    }
    (found,) = find_misconceptions(work)
    assert (found.students, found.tried, found.on_the_way) == (("ada",), 3, 1)


def reasons(work):
    return {one.student: one.reasons for one in concerns(work, find_misconceptions(work))}


def test_who_handed_in_neither_of_the_last_two_lessons_is_listed():
    work = classwork(
        {"match": dict.fromkeys(CLASS[1:], RIGHT), "output_size": dict.fromkeys(CLASS[1:], RIGHT)}
    )
    work.students[CLASS[0]] = "Ada"
    assert reasons(work) == {CLASS[0]: ("Handed in neither 02_filtering nor 03_convolution.",)}


def test_few_points_a_fall_and_the_same_mistake_are_reasons():
    names = ("count_white", "agreement", "match", "output_size")
    lessons = ("00_start_here", "01_pictures", "02_filtering", "03_convolution")
    answers = {name: {"ada": RIGHT, "bob": wrong(), "cem": RIGHT} for name in names}
    answers["match"]["ada"] = answers["output_size"]["ada"] = wrong()
    found = reasons(classwork(answers, lessons))
    assert found["ada"] == (
        "Has 0% and 0% of the points in the last two lessons handed in.",
        "Had 100% of the points before, and 0% in the last two.",
    )
    assert len(found["bob"]) == 1
    assert "cem" not in found


def test_the_same_mistake_in_three_exercises_is_a_reason_if_one_is_recent():
    answers = {
        name: {"ada": wrong("returned_in_the_loop")} for name in ("match", "filter_image", "convolve_image")
    }
    found = reasons(classwork(answers))["ada"]
    assert any("`match`, `filter_image`, `convolve_image`" in reason for reason in found)


def test_late_three_times_of_four_and_many_checks_are_reasons():
    lessons = ("00_start_here", "01_pictures", "02_filtering", "03_convolution")
    names = ("count_white", "agreement", "match", "output_size")
    work = classwork({name: {"ada": RIGHT, "bob": RIGHT} for name in names}, lessons)
    for lesson in lessons[1:]:
        one = work.hand_ins[lesson]["ada"]
        work.hand_ins[lesson]["ada"] = replace(one, moment=one.due + timedelta(seconds=1))
    work.tries = {"bob": {"match": Tries(8), "count_white": Tries(20), "output_size": Tries(9, True)}}
    assert reasons(work) == {
        "ada": ("Was late with 01_pictures, 02_filtering and 03_convolution.",),
        "bob": ("Checked `match` 8 times, and it has not passed.",),
    }


def test_help_is_counted_by_the_last_hint_and_what_came_of_the_puzzle():
    found = help_in(
        [
            {"kind": "hint", "exercise": "match", "hint": 1},
            {"kind": "hint", "exercise": "match", "hint": 3},
            {"kind": "puzzle", "exercise": "match", "state": "solved"},
            {"kind": "puzzle", "exercise": "match", "state": "opened"},
            {"kind": "tried_words", "exercise": "match", "words": "mine"},
            {"kind": "hint", "exercise": "relu", "hint": "3"},
            {"kind": "hint", "exercise": ["relu"], "hint": 3},
            {"kind": "puzzle", "exercise": "relu", "state": {}},
        ]
    )
    assert found == {"match": Helped(3, "solved"), "relu": Helped()}


def test_where_a_class_got_stuck_is_told_with_most_help_first():
    work = classwork(
        {name: {"ada": RIGHT, "bob": wrong(), "cem": RIGHT} for name in ("match", "filter_image")}
    )
    work.tries = {"cem": {"match": Tries(1, True)}}
    work.helped = {
        "ada": {"match": Helped(1), "filter_image": Helped(3, "opened")},
        "bob": {"match": Helped(3), "filter_image": Helped(3, "solved"), "no such": Helped(2)},
    }
    assert find_stuck(work) == [
        Stuck("02_filtering", "filter_image", worked=2, hints=2, all_hints=2, puzzles=2, solved=1),
        Stuck("02_filtering", "match", worked=3, hints=2, all_hints=1, puzzles=0, solved=0),
    ]
    page = Standing(work)
    assert tables(page)["stuck.csv"].splitlines()[1] == "02_filtering,filter_image,2,2,2,2,1"


def test_nobody_asked_for_help():
    assert find_stuck(classwork({"match": {"ada": RIGHT}})) == []
