"""The puzzles of all exercises, and what is said about an order of their lines."""

import json

import pytest

from helpers import exercises, hint, other_ways, puzzle
from helpers.checking import Unusable, puzzling
from helpers.checking.puzzling import Judged, judged
from helpers.learning import arrangements, progress_file
from helpers.learning.puzzles import puzzle_of, read_arrangement
from helpers.show.widgets.order_lines import OrderLines

ALL = [name for name, exercise in exercises.everything().items() if exercise.breaks is None]


def with_wrong(made, number):
    """The solution with a wrong line in place of the right one, and the place."""
    place = made.pieces[number - 1].instead_of
    order = list(made.solution)
    order[place] = number, order[place][1]
    return order, place


@pytest.mark.parametrize("name", ALL)
def test_the_solution_is_right_and_each_wrong_line_is_refused(name):
    made = puzzle_of(exercises.find(name))
    assert judged(made, made.solution) == Judged(True, len(made.solution))
    assert 1 <= len(made.wrong) <= 2
    for number in made.wrong:
        order, place = with_wrong(made, number)
        found = judged(made, order)
        assert not found.solved, made.pieces[number - 1].text
        assert place <= found.stays <= len(order)


@pytest.mark.parametrize("name", ALL)
def test_no_puzzle_is_trivial(name):
    made = puzzle_of(exercises.find(name))
    assert len(made.solution) >= 2
    assert len(made.pieces) >= 4
    as_shown = [(number, 0) for number in range(1, len(made.pieces) + 1)]
    right_ones = [number for number, _ in sorted(made.solution)]
    in_order = [number for number, _ in made.solution]
    assert right_ones != in_order
    assert not judged(made, as_shown).solved


@pytest.mark.parametrize("name", ALL)
def test_what_is_inserted_as_comments_has_all_lines_and_computes_nothing(name):
    made = puzzle_of(exercises.find(name))
    lines = made.faded(made.solution).splitlines()
    assert all(line.lstrip().startswith("# ") for line in lines)
    shown = {line.lstrip()[2:].strip() for line in lines}
    computed = [
        piece.text for piece in made.pieces if piece.text.startswith("return ") or " = " in piece.text
    ]
    assert not shown & {text for text in computed if not text.endswith("(")}


def test_where_an_input_is_asked_for_there_is_no_puzzle_and_it_says_so(capsys):
    for _ in range(3):
        hint("break_relu")
    assert "puzzle" not in capsys.readouterr().out
    puzzle("break_relu")
    assert "no lines to order" in capsys.readouterr().out
    other_ways("break_relu")
    assert "asks for an input" in capsys.readouterr().out


def test_every_right_order_is_accepted_not_only_the_models(capsys):
    puzzle("match", "3 1 >7 >>2 5")  # columns outside, rows inside
    puzzle("match", "7 >3 5")
    said = capsys.readouterr().out
    assert said.count("puzzle solved") == 1
    made = puzzle_of(exercises.find("linear_backward"))
    (one, two, *rest) = made.solution
    assert judged(made, [two, one, *rest]).solved


@pytest.mark.parametrize(
    ("order", "said"),
    [
        ("3 7 >1 >>4 5", "Your first 3 lines can stay. Line 4 cannot stay where it is"),
        ("3 7 >1 >>2 >5", "Your first 4 lines can stay. Line 5 cannot stay where it is"),
        ("2 3 7 >1 5", "Line 2 cannot stay where it is"),
        ("3 7 1 2 5", "Your first 2 lines can stay. Line 1 cannot stay where it is"),
        ("3 7 >1 >>2", "But something is still missing"),
        ("3 6", "Your first line can stay. Line 6 cannot stay where it is: `return total / patch.shape[0]`"),
    ],
)
def test_the_first_line_that_cannot_stay_is_named(order, said, capsys):
    puzzle("match", order)
    shown = capsys.readouterr().out
    assert said in shown
    assert "return total / patch.size" not in shown or "Line 5" in shown


@pytest.mark.parametrize(
    ("order", "said"),
    [
        ("3 x 1", "`x` is not the number of a line"),
        ("3 9", "There is no line 9"),
        ("3 3", "Line 3 is in your list twice"),
        ("", "is empty"),
        ([3, 1], "The order goes in quotes"),
        (31, "The order goes in quotes"),
    ],
)
def test_an_order_that_cannot_be_read_gets_one_sentence_and_is_not_a_try(order, said):
    with pytest.raises(Unusable, match=said):
        puzzle("match", order)
    assert progress_file.events_of_kind("puzzle") == []


def test_what_was_typed_may_have_commas_and_spaces():
    assert read_arrangement("3, > 1 >>2", 4) == [(3, 0), (1, 1), (2, 2)]


def test_the_lines_are_numbered_and_the_indentation_is_not_shown(capsys):
    puzzle("match")
    shown = capsys.readouterr().out
    assert "  def match(patch, feature):\n    1  for column" in shown
    assert '`puzzle("match", "2 >1 >>3")`' in shown


def test_what_happened_is_noted_and_is_not_a_try_of_the_exercise():
    for order in (None, "3", "3 7 >1 >>2 5"):
        puzzle("match", order)
    events = progress_file.events_of_kind("puzzle")
    assert [(event["exercise"], event["state"]) for event in events] == [
        ("match", "opened"),
        ("match", "tried"),
        ("match", "solved"),
    ]
    assert progress_file.state()["match"] == "not started"


def test_nothing_happens_during_grading_or_where_it_is_switched_off(monkeypatch, tmp_path, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "learning.toml").write_text("puzzles = 2099-01-01T00:00:00Z\n", encoding="utf-8")
    puzzle("match")
    assert capsys.readouterr().out == "Puzzles are not open yet in this class.\n"
    (tmp_path / "learning.toml").unlink()
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    puzzle("match", "3 7 >1 >>2 5")
    assert capsys.readouterr().out == ""
    assert progress_file.events_of_kind("puzzle") == []


def test_a_file_that_cannot_be_written_costs_one_sentence(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("COURSE_PROGRESS", str(tmp_path / "nowhere" / "progress.jsonl"))
    puzzle("match", "3 7 >1 >>2 5")
    shown = capsys.readouterr().out
    assert "puzzle solved" in shown
    assert "Progress could not be kept" in shown


@pytest.fixture
def displayed(monkeypatch):
    """Widgets run; what is displayed is kept."""
    found = []
    monkeypatch.setattr(puzzling, "widgets_run", lambda: True)
    monkeypatch.setattr(puzzling, "display", found.append)
    return found


@pytest.fixture
def widget(displayed):
    """The puzzle of `match` as a widget."""
    puzzle("match")
    return displayed[0]


def test_the_widget_tries_the_lines_that_are_not_left_out(widget):
    assert isinstance(widget, OrderLines)
    widget.tried = 1
    assert widget.result["stuck"] == 1
    order = [
        (3, 0, True),
        (7, 0, True),
        (1, 1, True),
        (2, 2, True),
        (4, 0, False),
        (5, 0, True),
        (6, 0, False),
    ]
    widget.rows = [list(row) for row in order]
    widget.tried = 2
    assert (widget.result["turn"], widget.result["stuck"]) == (2, 0)
    assert "puzzle solved" in widget.result["page"]
    assert widget.result["faded"].splitlines()[-1] == "    # return ..."


@pytest.mark.parametrize(
    "rows", [[], [[1, 0, True]], [[n, 9, True] for n in range(1, 8)], [[n, 0.5, True] for n in range(1, 8)]]
)
def test_the_widget_refuses_rows_that_are_not_its_lines(widget, rows):
    with pytest.raises(ValueError, match=r"lines 1 to 7|goes from 0"):
        widget.rows = rows


MOVED = [[7, 0, True], [4, 2, False], *([number, 1, True] for number in (6, 5, 3, 2, 1))]


def opened_again(displayed):
    puzzle("match")
    return displayed[-1].rows


def test_in_the_same_kernel_the_lines_stand_as_they_were_left(widget, displayed):
    widget.rows = MOVED
    assert opened_again(displayed) == MOVED
    displayed[-1].rows = MOVED[::-1]
    assert opened_again(displayed) == MOVED[::-1]


def test_in_a_new_kernel_they_stand_as_they_were_tried(widget, displayed, monkeypatch):
    widget.rows = MOVED
    widget.tried = 1
    widget.rows = MOVED[::-1]
    monkeypatch.setattr(arrangements, "_left", {})
    assert opened_again(displayed) == MOVED


@pytest.mark.parametrize(
    "rows", [None, 3, [3], [[1, 0, True]], [[[], 0, True]] * 7, [[n, 9, True] for n in range(1, 8)]]
)
def test_what_others_wrote_into_the_file_does_no_harm(rows, displayed, scratch_progress):
    event = {"kind": "puzzle", "exercise": "match", "state": "tried", "rows": rows}
    scratch_progress.write_text(json.dumps(event) + "\n", encoding="utf-8")
    assert opened_again(displayed) == [[number, 0, True] for number in range(1, 8)]


def test_what_was_typed_stands_as_it_was_typed_with_and_without_widgets(capsys, request):
    puzzle("match", "3 7 >1")
    capsys.readouterr()
    puzzle("match")
    shown = capsys.readouterr().out
    assert 'This is how you left them: `puzzle("match", "3 7 >1")`.' in shown
    lines = shown.split("def match(patch, feature):")[1].splitlines()
    assert [line.split()[0] for line in lines[1:9]] == ["3", "7", "1", "left", "2", "4", "5", "6"]
    assert lines[3].startswith("    1      for column")
    left = opened_again(request.getfixturevalue("displayed"))
    assert left[:4] == [[3, 0, True], [7, 0, True], [1, 1, True], [2, 0, False]]


def test_where_no_widget_runs_the_lines_are_numbered(widget):
    bundle, _ = widget._still()._repr_mimebundle_()
    assert "1  for column" in bundle["text/plain"]
    assert json.dumps(widget.result) == "{}"
