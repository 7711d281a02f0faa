"""check, hint and yours as a learner sees them."""

import html
import json
import logging
import os
import re
import subprocess
import sys
import warnings

import numpy as np
import pytest

from helpers import check, exercises, hint, progress, reference, yours
from helpers.checking import NotPassed, NotStarted, Unusable
from helpers.checking.panel import Grid, side_by_side
from helpers.checking.words import apart
from helpers.learning import progress_file


def right(patch, feature):
    return np.mean(patch * feature)


def wrong(patch, feature):
    return np.sum(patch * feature) * 3


def test_a_right_answer_passes_and_is_remembered(capsys):
    check("match", right)
    assert "match: passed" in capsys.readouterr().out
    assert yours("match", right) is right
    assert progress_file.state()["match"] == "passed"


def test_what_making_the_cases_prints_warns_or_logs_is_not_shown(monkeypatch, capsys):
    """With nbgrader's own grader, a check that writes to stderr gives no points."""
    exercise = exercises.find("match")
    cases = exercise.cases
    logger = logging.getLogger("a library")
    monkeypatch.setattr(logger, "handlers", [logging.StreamHandler(sys.stderr)])

    def noisy(rng):
        print("PRINTED")
        print("to stderr", file=sys.stderr)
        logger.error("logged")
        warnings.warn("careful", stacklevel=1)
        yield from cases(rng)

    monkeypatch.setattr(exercise, "cases", noisy)
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        check("match", right)
    shown = capsys.readouterr()
    assert shown.err == ""
    assert seen == []
    assert "match: passed" in shown.out
    assert "PRINTED" not in shown.out
    assert logging.root.manager.disable == 0


def test_the_learners_function_is_not_used_until_it_has_passed(capsys):
    assert yours("match", wrong) is reference.match
    assert "has not passed its check yet" in capsys.readouterr().out
    check("match", right)
    capsys.readouterr()
    assert yours("match", lambda patch, feature: 0) is reference.match
    assert "was run again since its check" in capsys.readouterr().out


def test_a_wrong_answer_shows_the_smallest_case_marked(capsys):
    with pytest.raises(NotPassed, match="3 times"):
        check("match", lambda patch, feature: 3 * right(patch, feature))
    shown = capsys.readouterr().out
    assert "Case 1, a feature and itself" in shown
    assert "expected: 1\n" in shown
    assert "yours: 3\n" in shown
    assert progress_file.state()["match"] == "tried"


def test_a_wrong_entry_is_starred(capsys):
    def spoilt(image, feature):
        feature_map = reference.filter_image(image, feature)
        feature_map[-1, -1] += 1
        return feature_map

    with pytest.raises(NotPassed):
        check("filter_image", spoilt)
    shown = capsys.readouterr().out
    assert re.search(r"yours, 2 x 3\n +1 +0 +-1\n +-1 +0 +1\*", shown), shown


def test_a_case_that_leaves_an_argument_to_its_default_is_shown(capsys):
    with pytest.raises(NotPassed):
        check("dropout", lambda x, p, numbers, training=True: x * (numbers >= p) / (1 - p**2))
    shown = capsys.readouterr().out
    assert "Case 1, two values, one of them dropped" in shown
    assert re.search(r"numbers, 2 values\n +0.9 +0.2\n +expected, 2 values\n +4 +0\n", shown), shown


def test_images_in_a_dictionary_are_drawn_one_by_one(capsys):
    with pytest.raises(NotPassed):
        check("nearest_template", lambda image, templates: "rising")
    shown = capsys.readouterr().out
    assert "templates['falling'], 2 x 2\n     1  -1\n    -1   1\n" in shown
    assert "templates['rising'], 2 x 2\n    -1   1\n     1  -1\n" in shown


def test_a_value_is_written_as_python_writes_it():
    assert Grid("shapes", [(1, 2), (10,)]).text() == "shapes: [(1, 2), (10,)]"


def test_a_long_row_has_entries_and_a_large_array_rows_and_columns():
    assert Grid("yours", np.arange(12.0)).text().startswith("yours, 12 values, entries 0 to 8\n")
    assert "rows 0 to 8, columns 0 to 1" in Grid("yours", np.zeros((12, 2))).text()


def test_expected_and_yours_show_the_same_part_where_the_first_wrong_entry_is():
    expected = np.zeros((1, 3, 2, 12))
    got = expected.copy()
    got[0, 2, 1, 11] = 5
    for grid in side_by_side(("expected", expected), ("yours", got), got != expected):
        assert ", 1 x 3 x 2 x 12, of which [0, 2], rows 0 to 1, columns 3 to 11\n" in grid.text()


def test_an_argument_is_shown_at_the_layer_that_is_wrong(capsys):
    def largest_in_size(x, window=2, stride=None, partial=False):
        high = reference.max_pool2d(x, window, stride, partial)
        low = -reference.max_pool2d(-x, window, stride, partial)
        return np.where(abs(low) > high, low, high)

    with pytest.raises(NotPassed):
        check("max_pool2d", largest_in_size)
    shown = capsys.readouterr().out
    assert "  x, 1 x 3 x 2 x 2, of which [0, 2]\n" in shown
    assert "  expected, 1 x 3 x 1 x 1, of which [0, 2]\n" in shown
    assert "  yours, 1 x 3 x 1 x 1, of which [0, 2]\n" in shown


@pytest.mark.parametrize(
    ("wrong", "arguments"),
    [
        ((0, 1), ["x, 1 x 1 x 2 x 3, of which [0, 0]", "weight, 2 x 1 x 2 x 1, of which [1, 0]"]),
        ((1, 0), ["x, 2 x 1 x 1 x 3, of which [1, 0]", "weight, 1 x 1 x 1 x 2, of which [0, 0]"]),
    ],
    ids=["the second filter", "the second image"],
)
def test_the_filter_and_the_image_are_shown_from_which_the_wrong_entry_comes(wrong, arguments, capsys):
    def convolved(x, weight, bias=None, stride=1, padding=0):
        output = reference.conv2d(x, weight, bias, stride, padding)
        output[wrong[0] :, wrong[1] :] *= 2
        return output

    with pytest.raises(NotPassed):
        check("conv2d", convolved)
    shown = capsys.readouterr().out
    for line in arguments:
        assert f"  {line}\n" in shown
    for name in ("expected", "yours"):
        assert re.search(rf"  {name}, .*, of which \[{wrong[0]}, {wrong[1]}\]\n", shown)


def test_failed_checks_spend_no_hint_and_offer_the_next(capsys):
    for _ in range(3):
        with pytest.raises(NotPassed):
            check("match", wrong)
        shown = capsys.readouterr().out
        assert 'Stuck? `hint("match")` shows hint 1 of 3.' in shown
        assert exercises.find("match").hints[0] not in shown
    assert progress_file.events_of_kind("hint") == []


BLANK = "def match(patch, feature):\n    ..."
SUMMED = "def match(patch, feature):\n    return (patch * feature).sum()"
WRONG = "def match(patch, feature):\n    return 17.5 + patch.size"


@pytest.mark.parametrize("source", [BLANK, SUMMED, WRONG], ids=["blank", "known mistake", "wrong"])
def test_the_hints_that_were_seen_stay_below_every_check_that_fails(source, capsys):
    scope = {"np": np}
    exec(source, scope)
    first, second, _ = exercises.find("match").hints
    hint("match")
    capsys.readouterr()
    for _ in range(2):
        with pytest.raises(NotPassed):
            check("match", scope["match"])
        said = capsys.readouterr().out
        assert said.count(f"Hint 1 of 3: {first}") == 1
        assert second not in said
        assert 'run `hint("match")` again' in said
        assert "Stuck?" not in said


def test_the_hint_of_a_known_mistake_stays_as_long_as_it_is_made(capsys):
    def summed(patch, feature):
        return (patch * feature).sum()

    for _ in range(3):
        with pytest.raises(NotPassed, match="not divided by the number of pixels"):
            check("match", summed)
        shown = capsys.readouterr().out
        assert "Hint: " in shown
        assert "Stuck?" not in shown


def test_a_failing_function_of_another_exercise_is_named_as_the_cause(monkeypatch, capsys):
    scope = {"np": np, "match": wrong}
    exec("def filter_image(image, feature):\n    return np.array([[match(image, feature)]])\n", scope)
    with pytest.raises(NotPassed):
        check("filter_image", scope["filter_image"])
    said = capsys.readouterr().out
    assert "It calls your `match`, which has not passed its check. Fix that first." in said
    assert "Or write here what it would compute." in said
    assert "reference.match" not in said  # it is not there during grading
    assert "Hint" not in said  # none is offered for a function that may be right
    assert "Stuck" not in said
    monkeypatch.setitem(scope, "match", right)
    check("match", right)
    with pytest.raises(NotPassed):
        check("filter_image", scope["filter_image"])
    said = capsys.readouterr().out
    assert "It calls your" not in said
    assert "Hint" in said or "Stuck" in said


def test_a_failing_function_of_an_earlier_lesson_may_be_replaced_by_the_course_s(capsys):
    scope = {"max_pool_map": lambda image, window, stride=None: image}
    exec("def conv1d(x, weight, bias, stride=1, padding=0):\n    return max_pool_map(x, 1)\n", scope)
    with pytest.raises(NotPassed):
        check("conv1d", scope["conv1d"])
    assert "Fix that first, or call `reference.max_pool_map` here." in capsys.readouterr().out


def test_the_courses_own_function_is_not_a_cause(capsys):
    def filter_image(image, feature):
        return 0 * reference.match(image, feature)

    with pytest.raises(NotPassed):
        check("filter_image", filter_image)
    assert "It calls your" not in capsys.readouterr().out


def test_a_mistake_that_explains_one_case_only_is_not_named():
    def mostly_wrong(patch, feature):
        return np.sum(patch * feature) if patch.shape == (2, 2) else 17.5 * np.max(patch)

    with pytest.raises(NotPassed) as failure:
        check("match", lambda patch, feature: mostly_wrong(patch, feature))
    assert "comes out when" not in str(failure.value)


@pytest.mark.parametrize(
    ("name", "function", "sentence"),
    [
        ("mach", right, "There is no exercise called 'mach'; did you mean 'match'?"),
        (right, right, "There is no exercise called"),
        ("match", 0.5, 'check takes the function itself: check("match", match), without parentheses'),
        ("match", reference.match, "is the course's own"),
        ("match", lambda patch: 0, "must take 2 arguments: match(patch, feature)"),
    ],
)
def test_a_call_that_cannot_be_understood_gets_one_sentence(name, function, sentence):
    with pytest.raises(NotPassed, match=re.escape(sentence)) as refusal:
        check(name, function)
    assert refusal.value._render_traceback_() == [str(refusal.value)]
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    ("under", "line"),
    [
        ("", r"match: not right yet\."),
        ("autograde", r"match: not right yet\. The .+"),
        ("validate", r"match: not right yet\. The .+"),
    ],
)
def test_the_red_line_says_again_what_the_panel_says_only_where_panels_are_not_shown(
    under, line, monkeypatch
):
    monkeypatch.setenv("NBGRADER_EXECUTION", under)
    with pytest.raises(NotPassed, match=r"match: not right yet\. The .+") as failure:
        check("match", lambda patch, feature: wrong(patch, feature) + 17.5)
    (drawn,) = failure.value._render_traceback_()
    assert re.fullmatch(line, drawn)


def test_unknown_names_are_refused_by_hint_and_yours_and_spend_nothing():
    with pytest.raises(Unusable, match="did you mean"):
        hint("mach")
    with pytest.raises(Unusable, match="did you mean"):
        yours("mach", right)


@pytest.mark.parametrize(
    "body", ["...  # your code here", "pass", "return None", "return ...", '"""Only words."""']
)
def test_a_blank_is_not_started(body, capsys):
    namespace = {}
    exec(f'def match(patch, feature):\n    """Doc."""\n    {body}\n', namespace)
    with pytest.raises(NotStarted):
        check("match", namespace["match"])
    assert "Nothing is wrong" in capsys.readouterr().out
    assert progress_file.state()["match"] == "not started"


def test_a_progress_file_that_cannot_be_written_costs_nothing(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("COURSE_PROGRESS", str(tmp_path / "missing" / "progress.jsonl"))
    check("match", right)
    assert "Progress could not be kept" in capsys.readouterr().out


def test_grading_uses_fresh_inputs_and_writes_no_progress(monkeypatch, scratch_progress):
    seen = []

    def spying(patch, feature):
        seen.append(patch.tobytes())
        return right(patch, feature)

    for _ in range(2):
        check("match", spying)
    half = len(seen) // 2
    assert seen[:half] == seen[half:]
    seen.clear()
    scratch_progress.unlink()
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    for _ in range(2):
        check("match", spying)
    assert seen[:half] != seen[half:]
    assert not scratch_progress.exists()


def test_the_panel_is_html_with_code_and_no_raw_markup(monkeypatch):
    shown = []
    monkeypatch.setattr(sys.modules["helpers.checking.check"], "display", shown.append)
    with pytest.raises(NotPassed):
        check("match", lambda patch, feature: "<b>")
    page = shown[0]._repr_html_()
    assert html.escape("'<b>'", quote=True) in page
    assert "<code>match(patch, feature)</code>" in page
    assert page.count("<div") == page.count("</div>")


SESSION = """
import json, sys, time
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config
shell = InteractiveShell.instance(config=Config({"HistoryManager": {"hist_file": ":memory:"}}))
for cell in json.load(sys.stdin):
    shell.run_cell(cell, store_history=True)
"""


def in_ipython(*cells):
    """What a learner's cells print in a fresh IPython, with the environment of the test."""
    done = subprocess.run(
        [sys.executable, "-c", SESSION],
        input=json.dumps(cells),
        capture_output=True,
        text=True,
        env=os.environ,
    )
    return done.stdout + done.stderr


def test_in_a_session_an_error_is_shown_with_the_learners_line_and_nothing_of_ours():
    shown = in_ipython(
        "from helpers import check",
        "def match(patch, feature):\n    total = patch * feature\n    return total.means()",
        'check("match", match)',
    )
    assert "AttributeError: 'numpy.ndarray' object has no attribute 'means'" in shown
    assert "Line 3 of its cell: `return total.means()`" in shown
    assert "Traceback" not in shown
    assert "helpers/" not in shown


def test_a_passed_function_can_be_had_again_in_another_session():
    in_ipython(
        "import numpy as np\nfrom helpers import check",
        "factor = 1.0\ndef times(a, b):\n    return a * b * factor",
        "def match(patch, feature):\n    return np.mean(times(patch, feature))",
        'check("match", match)',
    )
    assert progress_file.state()["match"] == "passed"
    own = progress.own("match")
    assert own(np.ones((2, 2)), np.ones((2, 2))) == 1
    check("match", own)


def test_what_differs_between_two_long_values_is_in_view():
    right = [float(number) for number in range(300)]
    expected, yours = apart(right, [*right[:200], 7.5, *right[201:]])
    assert len(expected) < 250
    assert "200" in expected
    assert "7.5" in yours


def test_a_float_in_place_of_a_whole_number_is_shown_as_one():
    assert apart(3, 3.0) == ("3", "3.0")
    assert apart([1, 2], [1, 2.0]) == ("[1, 2]", "[1, 2.0]")


def test_one_value_is_counted_as_one(capsys):
    with pytest.raises(NotPassed):
        check("relu", lambda x: np.ones(1))
    assert "1 values" not in capsys.readouterr().out
