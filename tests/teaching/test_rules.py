"""What is said about a lesson script that breaks a rule; nothing is run."""

import pytest

from helpers.teaching.building.lesson import LessonError, read
from helpers.teaching.building.rules import require_sound
from tests.teaching.small_course import EXERCISE, LESSON, NAME, write_course

TITLE = "# %% [markdown]\n# # Title\n\n"
PLAIN = TITLE + "# %%\nfrom helpers import check\n\n" + EXERCISE
SIGNATURE = '# %% exercise="match"\ndef match(patch, feature):\n'
BLANK = SIGNATURE + '    """The match."""\n'
REGION = "    ### BEGIN SOLUTION\n    return 1\n    ### END SOLUTION\n"
AT_EXERCISE, AT_REGION, AT_TEST = "# %% exercise", "    ### BEGIN", "# %% test"
OPTIONAL = f"""# %% [markdown]
# # Title

# %% [markdown]
# ### Optional: it

# %% exercise="parse_pattern" optional
def parse_pattern(text):
    \'\'\'The names.\'\'\'
{REGION}

# %% test="parse_pattern"
check("parse_pattern", parse_pattern)
"""
CHECK = '\n\n# %% test="match" points=1\ncheck("match", match)\n'


def plain(old, new):
    """The sound script with one thing changed."""
    assert old in PLAIN
    return PLAIN.replace(old, new)


BROKEN = {
    # what is wrong: the script, how its faulty line begins, the cell, a part of the sentence
    "misspelt key": (plain("exercise=", "exercize="), "# %% exerc", 'cell 3 "00-', "'exercize'"),
    "stray word": (TITLE + "# %% wigdet\n1\n", "# %% wigdet", "cell 2", "'wigdet'; it may say exercise"),
    "unreadable marker": (plain("=3", "=three"), AT_TEST, "cell 4", "cannot be read"),
    "two roles": (
        plain("exercise=", 'cover="x" exercise='),
        "# %% cover",
        "cell 3",
        "exercise and cover",
    ),
    "wrong kind": (TITLE + '# %% answer="why" points=1\n1\n', "# %% answer", "cell 2", "a markdown cell"),
    "no name": (plain('"count_white"\ndef', '""\ndef'), AT_EXERCISE, "cell 3", 'a name like "match"'),
    "bad id": (TITLE + '# %% id="a b"\n1\n', "# %% id", "cell 2", "letters, digits"),
    "id twice": (plain("# %%\n", '# %% id="count_white"\n'), AT_EXERCISE, "cell 3", "belongs to cell 2"),
    "no points": (plain(" points=3", ""), AT_TEST, 'cell 4 "check_count_white"', "has no points"),
    "half points": (plain("=3", "=2.5"), AT_TEST, "cell 4", "says points=2.5; state a whole"),
    "points in quotes": (plain("=3", '="3"'), AT_TEST, "cell 4", "says points='3'"),
    "not one point": (plain("=3", "=0"), AT_TEST, "cell 4", "says points=0"),
    "truth for points": (plain("=3", "=true"), AT_TEST, "cell 4", "says points=True"),
    "points too many": (plain('"\ndef', '" points=1\ndef'), AT_EXERCISE, "cell 3", "belong to test and"),
    "unknown exercise": (plain("count_white", "count_whites"), AT_EXERCISE, "cell 3", "'count_white'?"),
    "no test": (TITLE + BLANK + REGION, AT_EXERCISE, "cell 2", 'a cell marked test="match"'),
    "no exercise": (TITLE + CHECK, AT_TEST, "cell 2", 'No exercise="match" comes before'),
    "test not exact": (
        plain("count_white)", "count_white,)"),
        "check(",
        "cell 4",
        'line check("count',
    ),
    "no region": (TITLE + BLANK + "    return 1\n" + CHECK, AT_EXERCISE, "cell 2", "one solution"),
    "region not ended": (
        plain("    ### END SOLUTION\n", ""),
        AT_EXERCISE,
        "cell 3",
        "one solution",
    ),
    "region misspelt": (plain("### BEGIN", "# BEGIN"), "    # BEGIN", "cell 3", "delimiters are exactly"),
    "region elsewhere": (
        TITLE + "# %%\n1\n### BEGIN SOLUTION\n",
        "### BEGIN",
        "cell 2",
        "outside an",
    ),
    "code above region": (
        plain("    ### B", "    a = 1\n    ### B"),
        "    ### BEGIN",
        "cell 3",
        "whole body",
    ),
    "code below region": (
        plain("SOLUTION\n\n", "SOLUTION\n    a = 1\n\n"),
        "    ### B",
        "cell 3",
        "whole body",
    ),
    "no docstring": (TITLE + SIGNATURE + REGION + CHECK, AT_REGION, "cell 2", "its docstring"),
    "another function": (
        plain("def count_white", "def count"),
        "    ### BEGIN",
        "cell 3",
        "def count_white(",
    ),
    "syntax error": (plain("== 1", "== = 1"), "    white", "cell 3", "SyntaxError: invalid syntax"),
    "long prose": (
        PLAIN + '\n# %% [markdown] id="wordy"\n# ' + "one " * 81 + "\n",
        '# %% [markdown] id="wordy"',
        "cell 5",
        "81 words",
    ),
    "long code": (
        PLAIN + '\n# %% id="long"\n' + "1\n\n" * 13,
        '# %% id="long"',
        "cell 5",
        "13 lines of code",
    ),
    "optional text": (TITLE + '# %% id="a" optional\n1\n', '# %% id="a"', "cell 2", "Only an exercise can"),
    "points for optional": (
        OPTIONAL.replace('test="parse_pattern"', 'test="parse_pattern" points=2'),
        AT_TEST,
        "cell 4",
        "leave points=... out",
    ),
    "optional unsaid": (OPTIONAL.replace("Optional", "Now"), AT_EXERCISE, "cell 3", "must say that this"),
    "optional unlisted": (
        OPTIONAL.replace("parse_pattern", "match"),
        AT_EXERCISE,
        "cell 3",
        "OPTIONAL in helpers/exercises/tiny/__init__.py do not agree",
    ),
    "optional unmarked": (
        OPTIONAL.replace(" optional\n", "\n").replace(
            'test="parse_pattern"', 'test="parse_pattern" points=1'
        ),
        AT_EXERCISE,
        "cell 3",
        "do not agree",
    ),
    "built on what is optional": (
        OPTIONAL
        + "\n"
        + plain(TITLE, "")[len("# %%\nfrom helpers import check\n\n") :].replace(
            "image == 1", "parse_pattern(image)"
        ),
        '# %% exercise="count_white"',
        "cell 5",
        "optional parse_pattern may be missing",
    ),
    "break in code": (TITLE + '# %% break="20"\n1\n', "# %% break", "cell 2", "plain markdown cell"),
    "break unsaid": (
        TITLE + '# %% [markdown] break="20"\n# Rest.\n',
        "# Rest",
        "cell 2",
        "break begins with > **A",
    ),
    "cover far below": (PLAIN + '\n# %% cover="x"\n1\n', "# %% cover", "cell 5", "right below the title"),
    "cover without alt": (TITLE + '# %% cover=""\n1\n', "# %% cover", "cell 2", 'cover="alt text"'),
    "cover missing": (TITLE + "# ![cover]\n", "# %% [markdown]", "cell 1", "![cover] needs a cell"),
}


def problems_of(tmp_path, script):
    """What is said about a script."""
    course = write_course(tmp_path, {NAME: script})
    with pytest.raises(LessonError) as caught:
        require_sound(read(course.script(NAME)))
    return caught.value.problems


@pytest.mark.parametrize("rule", BROKEN)
def test_broken_rule_is_named_with_its_place(tmp_path, rule):
    script, begins, cell, said = BROKEN[rule]
    line = next(number for number, line in enumerate(script.splitlines(), 1) if line.startswith(begins))
    first = str(problems_of(tmp_path / "course", script)[0])
    place, message = first.split("\n")
    assert place.startswith(f"lessons/{NAME}.py:{line} ({cell}")
    assert said in message


@pytest.mark.parametrize("script", [LESSON, PLAIN, TITLE + BLANK + REGION + CHECK, TITLE, OPTIONAL])
def test_sound_script_passes(tmp_path, script):
    course = write_course(tmp_path / "course", {NAME: script})
    require_sound(read(course.script(NAME)))


def test_all_problems_are_listed_in_order(tmp_path):
    script = TITLE + "# %% one\n1\n\n# %% two\n2\n\n# %% points=3\n3\n"
    assert [problem.line for problem in problems_of(tmp_path / "course", script)] == [4, 7, 10]


@pytest.mark.parametrize(
    "script",
    ["", "1 + 1\n\n# %%\n2\n", "import numpy\n", '# %%\ntext = """\n# %% not a cell\n"""\n'],
    ids=["empty", "text before the first marker", "no marker", "marker in a string"],
)
def test_script_whose_markers_are_not_its_cells_is_refused(tmp_path, script):
    (problem,) = problems_of(tmp_path / "course", script)
    assert str(problem).startswith(f"lessons/{NAME}.py\n")
    assert "cell markers" in problem.message


def test_file_that_is_not_text_is_refused(tmp_path):
    course = write_course(tmp_path / "course", {NAME: ""})
    course.script(NAME).write_bytes(b"\xff\xfe\x00")
    with pytest.raises(LessonError, match="cannot be read"):
        read(course.script(NAME))


def test_lines_count_from_the_file_with_a_header(tmp_path):
    header = "# ---\n# jupyter:\n#   jupytext:\n#     main_language: python\n# ---\n\n"
    (problem,) = problems_of(tmp_path / "course", header + TITLE + "# %% nonsense\n1\n")
    assert problem.line == 10


def test_second_exercise_of_a_name_and_second_cover_are_named(tmp_path):
    twice = problems_of(tmp_path / "exercise", PLAIN + EXERCISE)
    assert [problem.cell for problem in twice] == ['cell 5 "count_white"', 'cell 6 "check_count_white"']
    covers = '# %% cover="x"\n1\n\n# %% cover="y"\n2\n'
    (problem,) = problems_of(tmp_path / "cover", TITLE + covers)
    assert (problem.line, problem.message) == (7, "A lesson has one cover only.")
