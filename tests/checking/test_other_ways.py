"""Other right ways to write a function that has passed: which are shown, when, and how fast they are."""

import re

import numpy as np
import pytest

from helpers import check, exercises, other_ways
from helpers.checking import Unusable, timing, ways
from helpers.checking.judging import in_this_process, judge
from helpers.exercises.editing import compiled
from helpers.learning import progress_file
from helpers.learning.other_ways import other_ways_than
from helpers.show.widgets.unfold import Unfold

ALL = [name for name, exercise in exercises.everything().items() if exercise.breaks is None]

OFFER = 'Other right ways to write it: `from helpers import other_ways; other_ways("match")`.'


def right(patch, feature):
    return (patch * feature).mean()


def slow(patch, feature):
    total = 0.0
    for index in np.ndindex(patch.shape):
        total += patch[index] * feature[index]
    return total / patch.size


@pytest.mark.parametrize("name", ALL)
def test_what_is_shown_is_right_says_what_it_is_good_for_and_differs(name):
    exercise = exercises.find(name)
    shown = other_ways_than(exercise, exercise.alternatives[0])
    assert 2 <= len(shown) <= 3
    assert len({way.code for way in shown}) == len(shown)
    for way in shown:
        assert re.fullmatch(r"[^\n]{20,110}\.", way.good_for), way.good_for
        assert way.code.startswith(f"def {name}(")
        assert '"""' not in way.code
        function = compiled(
            way.function, way.code.replace(f"def {name}(", f"def {way.function.__name__}("), "way"
        )
        rng = np.random.default_rng(list(name.encode()))
        assert judge(exercise, in_this_process(function), rng, find_mistake=False).passed


@pytest.mark.parametrize("name", ALL)
def test_ones_own_way_is_not_shown(name):
    exercise = exercises.find(name)
    for own in (exercise.solution, *exercise.alternatives):
        assert own not in [way.function for way in other_ways_than(exercise, own)]


def test_the_same_with_other_names_is_ones_own_way():
    scope = {"np": np}
    text = "def match(a, b):\n    # my own\n    return np.mean(a * b)\n"
    own = compiled(exercises.find("match").solution, text, "own")
    assert "as in this course" not in [way.name for way in other_ways_than(exercises.find("match"), own)]
    exec(text, scope)  # its text is not known
    assert len(other_ways_than(exercises.find("match"), scope["match"])) == 3


def test_after_a_pass_the_line_to_run_is_offered_and_shows_the_ways(capsys):
    check("match", slow)
    assert OFFER + "\n" in capsys.readouterr().out
    other_ways("match")
    shown = capsys.readouterr().out
    assert shown.startswith("match: other right ways\nAs in this course. The course's own")
    assert "  def match(patch, feature):\n" in shown
    assert re.search(r"Here: .*as yours", shown)
    assert re.search(r"Times were measured just now, with `patch` of shape \(\d+, \d+\)", shown)


def test_before_a_pass_nothing_is_shown(capsys):
    other_ways("match")
    assert capsys.readouterr().out == (
        "Other ways to write `match` are shown once yours has passed its check.\n"
    )
    with pytest.raises(Unusable, match="did you mean"):
        other_ways("mach")


def test_a_pass_in_an_earlier_kernel_is_enough(scratch_progress, capsys):
    source = "import numpy as np\n\ndef match(patch, feature):\n    return np.mean(patch * feature)\n"
    progress_file.note({"exercise": "match", "state": "passed", "source": source, "function": "match"})
    other_ways("match")
    assert "match: other right ways" in capsys.readouterr().out


def test_the_courses_function_is_not_taken_for_ones_own(scratch_progress, capsys):
    progress_file.note({"exercise": "match", "state": "passed", "source": None, "lost": "it is too long"})
    other_ways("match")
    assert (
        capsys.readouterr().out == "Other ways to write `match` are shown once yours has passed its check.\n"
    )


@pytest.mark.parametrize("setting", ["false", "2099-01-01T00:00:00+01:00"])
def test_in_a_class_they_are_shown_from_the_due_date_on(setting, monkeypatch, tmp_path, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "learning.toml").write_text(f"other_ways = {setting}\n", encoding="utf-8")
    check("match", right)
    assert "other" not in capsys.readouterr().out
    other_ways("match")
    assert capsys.readouterr().out == "Other ways to write it are not open yet in this class.\n"


def test_nothing_is_offered_during_grading(monkeypatch, capsys):
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    check("match", right)
    other_ways("match")
    assert "other" not in capsys.readouterr().out


def test_in_a_notebook_they_are_looked_for_when_somebody_unfolds_them(monkeypatch):
    displayed = []
    monkeypatch.setattr(ways, "widgets_run", lambda: True)
    monkeypatch.setattr(ways, "display", displayed.append)
    monkeypatch.setattr(timing, "compared", lambda *_: pytest.fail("measured too early"))
    ways.show_fold(exercises.find("match"), right)
    (widget,) = displayed
    assert isinstance(widget, Unfold)
    assert (widget.page, widget.label) == ("", "Other right ways to write it")
    bundle, _ = widget._still()._repr_mimebundle_()
    assert bundle["text/plain"] == OFFER
    assert "def " not in bundle["text/html"]
    monkeypatch.setattr(timing, "compared", lambda *_: None)
    widget.pressed = [1, ""]
    assert "def match(patch, feature)" in widget.page
    assert widget.label == ""


def test_a_slow_way_is_measured_as_slow():
    exercise = exercises.find("match")
    found = timing.compared(exercise, slow, [exercise.solution, slow])
    assert found.ratios[0] > 2
    assert found.ratios[1] < found.ratios[0]


@pytest.mark.parametrize("name", ["output_size", "design_network", "train"])
def test_nothing_is_said_where_no_larger_case_can_be_made(name):
    exercise = exercises.find(name)
    assert timing.compared(exercise, exercise.solution, exercise.alternatives[:2]) is None


def test_a_way_that_fails_on_the_larger_case_is_not_measured():
    exercise = exercises.find("match")
    assert timing.compared(exercise, right, [lambda *_: 1 / 0]) is None
