"""What a lesson says about its time, and what is said to it."""

import pytest

from helpers import exercises
from helpers.teaching.building import pace
from helpers.teaching.building.lesson import LessonError, read
from helpers.teaching.building.rules import require_sound
from helpers.teaching.course import Course
from tests.teaching.small_course import EXERCISE, ROOT, write_course

COURSE = Course(ROOT)
NAME = "02_filtering"
TITLE = "# %% [markdown]\n# # Title\n#\n# - **It takes** about {} minutes.\n\n"
PROSE = "# %% [markdown]\n# " + "one " * 60 + "\n\n"  # a third of a minute
CODE = "# %%\n1\n\n"
BREAK = '# %% [markdown] break="{}"\n# > **A good place to stop.** Go for a walk.\n\n'
ANSWER = '# %% [markdown] answer="{}" points=1\n# ' + "one " * 60 + "\n\n"
OPTIONAL = """# %% [markdown]
# ### Optional: `parse_pattern`

# %% exercise="parse_pattern" optional
def parse_pattern(text):
    '''The names.'''
    ### BEGIN SOLUTION
    return text
    ### END SOLUTION

# %% test="parse_pattern"
check("parse_pattern", parse_pattern)

"""


def lesson_of(tmp_path, script, name=NAME):
    """A lesson read from a script."""
    return read(write_course(tmp_path / "course", {name: script}).script(name))


def said(lesson):
    """What the builder says to a lesson; nothing if it is sound."""
    try:
        require_sound(lesson)
    except LessonError as error:
        return [(problem.cell.split('"')[0].strip(), problem.message) for problem in error.problems]
    return []


def test_the_words_the_cells_and_the_exercises_add_up(tmp_path):
    cover = TITLE.format(10) + '# %% cover="x"\n1\n\n'
    lesson = lesson_of(tmp_path, cover + PROSE * 3 + CODE * 2 + EXERCISE + ANSWER.format("why") + OPTIONAL)
    count_white = exercises.find("count_white").minutes
    words = 180 + 8  # in the title cell "Title", "It takes about 10 minutes"; "Optional", "parse_pattern"
    assert pace.minutes(lesson.cells) == pytest.approx(words / 180 + 2 + count_white + 2)


def test_a_cell_that_only_imports_takes_no_time(tmp_path):
    loading = "# %%\nimport numpy as np\n\nfrom helpers import show\n\n"
    lesson = lesson_of(tmp_path, loading + TITLE.format(5))
    assert pace.minutes(lesson.cells[:1]) == 0


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ("one two", 2),
        ("a `b + c`, and $d + e$.", 4),
        ("see [lesson 02](../02/02.ipynb)", 3),
        ("![cover]\n\n![a long alt text](x.png) one", 1),
        ("| a | b |\n|---|---|\n| c | d |", 0),
        ("$$\na + b\n$$\n\none", 1),
        ("```\nINPUT -> FC\n```\none", 1),
        ("<details><summary>What you find</summary>\n\none two\n\n</details>", 5),
        ("- **one** - two", 2),
    ],
)
def test_what_is_read_is_counted(source, count):
    assert pace.words(source) == count


@pytest.mark.parametrize(("codes", "stated"), [(4, 5), (5, 10), (9, 10), (10, 15)])
def test_the_time_is_rounded_up_to_5_minutes(tmp_path, codes, stated):
    lesson = lesson_of(tmp_path, TITLE.format(stated) + CODE * codes)
    assert pace.stated_minutes(lesson) == stated
    assert said(lesson) == []


def test_another_time_or_none_is_refused_with_the_right_one(tmp_path):
    says = ("cell 1", "The title cell says 10 minutes; the lesson takes 15 (")
    ((cell, message),) = said(lesson_of(tmp_path, TITLE.format(10) + CODE * 12))
    assert (cell, message[: len(says[1])]) == says
    assert "reading 0.0, code 12, exercises 0, answers 0" in message
    ((_, message),) = said(lesson_of(tmp_path / "b", "# %% [markdown]\n# # Title\n\n" + CODE * 12))
    assert 'needs "**It takes** about 15 minutes"' in message


def test_more_than_45_minutes_are_too_many(tmp_path):
    assert said(lesson_of(tmp_path, TITLE.format(45) + CODE * 20 + BREAK.format(20) + CODE * 24)) == []
    script = TITLE.format(50) + CODE * 20 + BREAK.format(20) + CODE * 25
    ((_, message),) = said(lesson_of(tmp_path / "b", script))
    assert message.startswith("The lesson takes 50 minutes (")


def test_a_lesson_has_one_place_to_stop_near_its_middle(tmp_path):
    def script(before, after, minutes=20, title=35):
        return TITLE.format(title) + CODE * before + BREAK.format(minutes) + CODE * after

    tries = iter(range(9))
    told = lambda *numbers: said(lesson_of(tmp_path / str(next(tries)), script(*numbers)))  # noqa: E731
    assert told(18, 14) == told(22, 10) == told(17, 15, 15) == []
    ((cell, message),) = told(22, 10, 25)
    assert (cell, message) == (
        "cell 24",
        'The marker says break="25"; 22.0 minutes come before it: break="20".',
    )
    ((cell, message),) = told(9, 23, 10)
    assert (cell, message) == (
        "cell 11",
        "The break comes after 9 of 32 minutes; it belongs between 10 and 22.",
    )
    ((_, message),) = told(24, 8, 25)
    assert "after 24 of 32 minutes" in message


def test_a_missing_place_to_stop_and_a_second_one_are_named(tmp_path):
    ((cell, message),) = said(lesson_of(tmp_path, TITLE.format(35) + CODE * 32))
    assert cell == "cell 18"
    assert 'marked break="15" that begins' in message
    twice = TITLE.format(35) + CODE * 16 + BREAK.format(15) * 2 + CODE * 16
    assert said(lesson_of(tmp_path / "b", twice)) == [("cell 19", "A lesson has one break only.")]
    assert said(lesson_of(tmp_path / "c", TITLE.format(20) + CODE * 19)) == []  # short enough for one sitting


def test_lessons_of_other_courses_need_not_say_it(tmp_path):
    assert said(lesson_of(tmp_path, "# %% [markdown]\n# # Title\n\n" + CODE, "02_mine")) == []


@pytest.mark.parametrize("name", exercises.lessons())
def test_every_exercise_says_what_it_takes(name):
    stated = exercises.find(name).minutes
    assert type(stated) is int
    assert 2 <= stated <= 25


def test_cards_of_earlier_lessons_take_nothing_of_this_one(tmp_path):
    setup = "# %%\nfrom helpers import check, review\n\nreview(3)\n\n"
    assert pace.minutes(lesson_of(tmp_path, setup).cells) == 0
