"""Whatever editors and learners do to a notebook, every graded cell is in it once, and work is kept."""

import copy
import json
import re

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import exercises
from helpers.teaching.grading.repair.mending import repair
from helpers.teaching.grading.repair.reading import read
from tests.grading.lessons import ROOT, grade_id, notebook, of, plan, released, solutions, solved

LESSON = "02_filtering"
PLAN = plan(LESSON)
MINE = "def match(patch, feature):\n    return (patch * feature).mean()"


def mended(book, once_and_for_all=True):
    """A notebook handed in and repaired, and what was said; it is in order, and needs no second repair."""
    done = repair(read(json.dumps(book).encode()), PLAN)
    require_order(done.notebook)
    if not once_and_for_all:
        return done.notebook, " ".join(done.repairs)
    again = repair(read(nbformat.writes(done.notebook).encode()), PLAN)
    assert again.repairs == ()
    assert again.notebook == done.notebook
    return done.notebook, " ".join(done.repairs)


def require_order(book):
    """Every graded cell is there once, marked as released; a test is below its function."""
    nbformat.validate(book)
    places = {grade_id(cell): index for index, cell in enumerate(book.cells) if "nbgrader" in cell.metadata}
    marked = sorted(grade_id(cell) for cell in book.cells if "nbgrader" in cell.metadata)
    assert marked == sorted(cell.grade_id for cell in PLAN.cells if cell.grade_id)
    for wanted in notebook(LESSON).cells:
        if grade_id(wanted):
            cell = of(book, grade_id(wanted))
            assert cell.metadata.items() >= wanted.metadata.items()
            assert cell.cell_type == wanted.cell_type
    for test in PLAN.tests:
        assert of(book, test.grade_id).source == test.source
        assert places[test.grade_id] > places[test.exercise]


def index(book, name):
    return next(i for i, cell in enumerate(book.cells) if grade_id(cell) == name)


def changed_copy(cell, **changes):
    made = copy.deepcopy(cell)
    made.update(changes)
    return made


def strip(cell):
    """Remove everything by which a cell could be recognised."""
    cell.metadata = nbformat.NotebookNode()
    cell.pop("id", None)


def new_cell(source, kind="code"):
    return nbformat.v4.new_code_cell(source) if kind == "code" else nbformat.v4.new_markdown_cell(source)


class TestNothingIsWrong:
    @pytest.mark.parametrize("lesson", exercises.LESSONS)
    @pytest.mark.parametrize("make", [notebook, solved])
    def test_nothing_is_said_and_nothing_changes(self, lesson, make):
        book = make(lesson)
        done = repair(read(nbformat.writes(book).encode()), plan(lesson))
        assert done.repairs == ()
        assert done.notebook == book

    def test_run_cells_further_cells_and_another_order_are_not_damage(self):
        book = solved(LESSON)
        for number, cell in enumerate(cell for cell in book.cells if cell.cell_type == "code"):
            cell.execution_count = number
            cell.metadata["execution"] = {"iopub.status.busy": "2026-01-01T00:00:00Z"}
        book.cells.insert(5, new_cell("my_notes = 1"))
        book.cells.insert(index(book, "check_match"), new_cell("%%time\nmatch(data.X, data.X)"))
        book.cells.append(book.cells.pop(3))
        book.metadata.language_info.version = "3.12.1"
        got, said = mended(book)
        assert said == ""
        assert [cell.source for cell in got.cells] == [cell.source for cell in book.cells]

    def test_the_notebook_given_is_not_changed(self):
        book = read(json.dumps(solved(LESSON)).encode())
        before = copy.deepcopy(book)
        book.cells.reverse()
        reversed_before = copy.deepcopy(book)
        repair(book, PLAN)
        assert book == reversed_before
        assert book != before


class TestCopies:
    def copied(self, name, first, second):
        book = notebook(LESSON)
        place = index(book, name)
        copied = changed_copy(book.cells[place], id="copy")
        book.cells.insert(place + 1, copied)
        for cell, source in zip(book.cells[place:], (first, second), strict=False):
            cell.source = cell.source if source is None else source
        return mended(book)

    @pytest.mark.parametrize(
        ("first", "second", "counts"),
        [
            (MINE, None, MINE),
            (None, MINE, MINE),
            (MINE, MINE + "  # 2", MINE + "  # 2"),
            (MINE, "match(1, 2)", MINE),
            (MINE, "", MINE),
        ],
    )
    def test_the_written_one_counts_and_of_several_the_last(self, first, second, counts):
        got, said = self.copied("match", first, second)
        assert of(got, "match").source == counts
        assert "The cell match was there 2 times; number" in said

    def test_the_other_stays_as_a_plain_cell(self):
        got, _ = self.copied("match", MINE, MINE + "  # 2")
        assert [cell.source for cell in got.cells if MINE in cell.source] == [MINE, MINE + "  # 2"]

    def test_a_blank_copy_that_would_undo_the_written_one_is_left_out(self):
        got, said = self.copied("match", MINE, None)
        assert [cell.source for cell in got.cells if "def match(" in cell.source] == [MINE]
        assert "A blank copy of the cell match was left out" in said

    def test_a_copied_check(self):
        got, said = self.copied("check_match", None, None)
        assert sum("check_match" in cell.id or cell.id == "copy" for cell in got.cells) == 2
        assert "check_match was there 2 times" in said

    def test_of_a_changed_check_and_a_whole_one_the_whole_one_counts(self):
        got, said = self.copied("check_match", None, "check = print")
        assert "put right" not in said
        assert [cell.source for cell in got.cells].count("check = print") == 1

    def test_a_copied_answer(self):
        got, _ = self.copied("x_or_o", "Mine.", None)
        assert of(got, "x_or_o").source == "Mine."

    def test_a_stale_text_copy_does_not_win(self):
        book = solved(LESSON)
        old = changed_copy(of(book, "match"), id="old", cell_type="markdown", source=MINE)
        old.pop("outputs"), old.pop("execution_count")
        book.cells.append(old)
        got, _ = mended(book)
        assert of(got, "match").source == solutions(LESSON)["match"]
        assert got.cells[-1].cell_type == "markdown"


class TestMissing:
    @pytest.mark.parametrize("name", [cell.grade_id for cell in PLAN.cells if cell.grade_id])
    def test_one_cell(self, name):
        book = solved(LESSON)
        book.cells = [cell for cell in book.cells if grade_id(cell) != name]
        got, said = mended(book)
        assert [grade_id(cell) for cell in got.cells] == [cell.grade_id for cell in PLAN.cells]
        assert f"The cell {name} was missing and was put back" in said

    def test_a_check_is_put_below_its_function(self):
        book = notebook(LESSON)
        del book.cells[index(book, "check_match")]
        assert "The cell check_match was missing and was put back after the cell match." in mended(book)[1]

    def test_all_graded_cells(self):
        book = notebook(LESSON)
        book.cells = [cell for cell in book.cells if not grade_id(cell)]
        got, said = mended(book)
        assert [cell.source for cell in got.cells] == [cell.source for cell in PLAN.cells]
        assert "Is it another lesson's notebook?" in said

    def test_another_lessons_notebook(self):
        got, said = mended(solved("01_pictures"), once_and_for_all=False)
        assert "are not of this lesson: 5" in said
        assert of(got, "match").source == of(notebook(LESSON), "match").source

    def test_imports(self):
        book = solved(LESSON)
        del book.cells[1]
        got, said = mended(book)
        assert got.cells[0].source == PLAN.cells[1].source
        assert "imports was missing and was put back at the top" in said


class TestWrittenElsewhere:
    @pytest.mark.parametrize("place", [2, -1])
    def test_a_function_beside_its_blank(self, place):
        book = notebook(LESSON)
        book.cells.insert(place % len(book.cells), new_cell(MINE))
        got, said = mended(book)
        assert of(got, "match").source == MINE
        assert "The cell match was left blank" in said
        assert sum("def match(" in cell.source for cell in got.cells) == 1

    @pytest.mark.parametrize(
        "source", [MINE, "match = lambda a, b: (a * b).mean()", "import math\n\n" + MINE]
    )
    def test_a_function_instead_of_its_cell(self, source):
        book = notebook(LESSON)
        book.cells[index(book, "match")] = new_cell(source)
        got, said = mended(book)
        assert of(got, "match").source == source
        assert "The cell match had lost its mark; it was known by the function that it defines." in said

    def test_an_assignment_instead_of_its_cell_is_not_overridden_by_a_blank(self):
        book = notebook(LESSON)
        book.cells[index(book, "match")] = new_cell("def mine(a, b):\n    return 1\nmatch = mine")
        assert "match = mine" in of(mended(book)[0], "match").source

    @pytest.mark.parametrize(
        "source", ["match = match(data.X, data.O)", "print('def match(')", "matches = 1", "# def match(a):"]
    )
    def test_what_is_not_a_definition_does_not_count(self, source):
        book = notebook(LESSON)
        book.cells.insert(index(book, "match"), new_cell(source))
        assert mended(book)[1] == ""

    def test_an_answer_below_its_blank(self):
        book = notebook(LESSON)
        book.cells.insert(index(book, "x_or_o") + 1, new_cell("Because.", "markdown"))
        got, said = mended(book)
        assert of(got, "x_or_o").source == "Because."
        assert "left blank" in said

    def test_a_function_in_the_check(self):
        book = notebook(LESSON)
        of(book, "check_match").source = f'{MINE}\n\ncheck("match", match)'
        got, said = mended(book)
        assert of(got, "match").source == MINE
        assert "The test cell check_match had been changed and was put right." in said

    def test_a_function_in_another_exercises_cell(self):
        book = notebook(LESSON)
        of(book, "filter_image").source = MINE
        del book.cells[index(book, "match")]
        got, _ = mended(book)
        assert of(got, "match").source == MINE
        assert "def filter_image(" in of(got, "filter_image").source


class TestCodeUnderAnotherName:
    """The code of `match` in a cell that claims to be another one; its own cell is blank, or gone."""

    @pytest.mark.parametrize("blank", [True, False])
    @pytest.mark.parametrize("marked", [True, False])
    @pytest.mark.parametrize(
        "other", ["filter_image", "filter_bank", "check_match", "check_best_match", "x_or_o"]
    )
    @pytest.mark.parametrize("kind", ["code", "markdown"])
    def test_it_counts(self, other, marked, blank, kind):
        book = notebook(LESSON)
        cell = of(book, other)
        cell.update(cell_type=kind, source=MINE)
        if not marked:
            cell.metadata, cell.id = nbformat.NotebookNode(), other
        if not blank:
            del book.cells[index(book, "match")]
        got, _ = mended(book, once_and_for_all=False)
        assert of(got, "match").source == MINE
        assert sum("def match(" in cell.source for cell in got.cells) == 1

    def test_an_answer_may_quote_code(self):
        book = solved(LESSON)
        of(book, "x_or_o").source = MINE + "\n\nThis is how I did it."
        assert mended(book)[1] == ""

    @pytest.mark.parametrize("first", [MINE, ""])
    def test_it_is_taken_out_of_another_exercises_cell(self, first):
        both = "\n\n".join(filter(None, [first, solutions(LESSON)["filter_image"], "" if first else MINE]))
        book = notebook(LESSON)
        of(book, "filter_image").source = both
        got, said = mended(book)
        assert of(got, "match").source == MINE
        assert of(got, "filter_image").source == solutions(LESSON)["filter_image"]
        assert "The cells filter_image and match had been merged and were split again." in said

    def test_several_are_taken_out_of_the_cell_with_the_imports(self):
        book = notebook(LESSON)
        book.cells[1].source += "\n\n" + "\n\n".join(solutions(LESSON).values())
        got, _ = mended(book)
        assert all(of(got, name).source.endswith(text) for name, text in solutions(LESSON).items())

    @pytest.mark.parametrize(
        "source",
        [
            "def mine(a, b):\n    return 1\nmatch = mine",
            "from functools import partial\nmatch = partial(score, mean=True)",
            "match = np.vectorize(score)  # mine",
            "from my_tools import best, match",
        ],
    )
    @pytest.mark.parametrize("place", [2, -1])
    def test_a_function_that_is_made_of_another_one(self, source, place):
        book = notebook(LESSON)
        book.cells.insert(place % len(book.cells), new_cell(source))
        assert of(mended(book)[0], "match").source == source

    @pytest.mark.parametrize("kind", ["markdown", "raw"])
    def test_a_function_in_a_text_beside_its_blank(self, kind):
        book = notebook(LESSON)
        text = new_cell(MINE, "markdown")
        text.cell_type = kind
        book.cells.insert(2, text)
        assert of(mended(book)[0], "match").source == MINE

    @pytest.mark.parametrize("source", ["match = None", "from helpers.reference import match", "match = 5"])
    def test_a_plain_value_is_not_a_function(self, source):
        book = notebook(LESSON)
        book.cells.insert(2, new_cell(source))
        assert mended(book)[1] == ""


class TestLostMarks:
    def test_metadata_without_ids(self):
        book = solved(LESSON)
        wanted = {
            name: of(book, name).source for name in [cell.grade_id for cell in PLAN.cells if cell.grade_id]
        }
        for cell in book.cells:
            strip(cell)
        got, said = mended(book)
        assert {name: of(got, name).source for name in wanted} == wanted
        assert [cell.source for cell in got.cells] == [cell.source for cell in book.cells]
        assert said.count("had lost its mark") == len(wanted)
        assert "x_or_o had lost its mark; it was known by the cells around it" in said

    def test_metadata_with_ids(self):
        book = solved(LESSON)
        of(book, "match").source = "match = print"
        for cell in book.cells:
            cell.metadata = nbformat.NotebookNode()
        got, said = mended(book)
        assert of(got, "match").source == "match = print"
        assert said.count("it was known by its id") == 11

    def test_doubled_ids(self):
        book = solved(LESSON)
        for cell in book.cells:
            cell.id = "same"
        got, said = mended(book)
        assert len({cell.id for cell in got.cells}) == len(got.cells)
        assert f"that of another cell: {len(got.cells) - 1}." in said

    def test_an_older_format_without_ids(self):
        book = solved(LESSON)
        book.nbformat_minor = 4
        for cell in book.cells:
            del cell["id"]
        got, said = mended(book)
        assert "format 4.4" in said
        assert of(got, "match").id == "match"

    @pytest.mark.parametrize(
        "mark", [{"grade_id": "nobody"}, {"grade_id": 5}, {"grade_id": ["match"]}, {"grade_id": {}}, {}]
    )
    def test_unknown_marks(self, mark):
        book = solved(LESSON)
        book.cells[3].metadata["nbgrader"] = mark | {"grade": True, "points": 1000}
        got, _ = mended(book)
        assert "nbgrader" not in got.cells[3].metadata


class TestChangedCells:
    @pytest.mark.parametrize("kind", ["markdown", "raw"])
    @pytest.mark.parametrize("name", ["match", "check_match"])
    def test_retyped_code(self, name, kind):
        book = solved(LESSON)
        cell = of(book, name)
        cell.cell_type = kind
        del cell["outputs"], cell["execution_count"]
        got, said = mended(book)
        assert got == solved(LESSON)
        assert f"The cell {name} had been turned into a {kind} cell and was turned back." in said

    def test_a_retyped_answer(self):
        book = solved(LESSON)
        of(book, "x_or_o").update(cell_type="code", outputs=[], execution_count=None)
        got, _ = mended(book)
        assert got == solved(LESSON)

    @pytest.mark.parametrize(
        "source", ["pass", "", "check = print\ncheck('match', match)", 'check("match", lambda a, b: 1)']
    )
    def test_an_edited_check_is_put_right(self, source):
        book = solved(LESSON)
        of(book, "check_match").source = source
        assert "The test cell check_match had been changed and was put right." in mended(book)[1]

    def test_what_was_written_into_a_check_is_kept(self):
        book = solved(LESSON)
        of(book, "check_match").source = 'size = 3\ncheck("match", match)'
        got, _ = mended(book)
        assert got.cells[index(got, "check_match") - 1].source == "size = 3"

    @pytest.mark.parametrize(
        ("field", "value"),
        [("points", 100), ("locked", False), ("solution", True), ("grade", False), ("points", "x")],
    )
    def test_edited_marks_are_put_right(self, field, value):
        book = solved(LESSON)
        of(book, "check_match").metadata.nbgrader[field] = value
        got, said = mended(book)
        assert got == solved(LESSON)
        assert f"In the cell check_match the mark's {field} had been changed; it was put right." in said

    def test_a_copy_of_the_lessons_own_solutions_is_called_so_once(self):
        path = ROOT / "solutions" / LESSON / f"{LESSON}.ipynb"
        got, said = mended(nbformat.read(path, as_version=4))
        marked = sum("nbgrader" in cell.metadata for cell in notebook(LESSON).cells)
        assert said.startswith(
            f"This is a copy of the lesson's solutions: {marked} of its cells are labelled"
        )
        assert of(got, "match").metadata == of(notebook(LESSON), "match").metadata

    def test_another_version_of_the_lesson(self):
        book = solved(LESSON)
        of(book, "match").metadata.nbgrader["checksum"] = "0" * 32
        assert "Handed out with another version of the lesson: match." in mended(book)[1]

    def test_metadata_that_breaks_the_format(self):
        book = solved(LESSON)
        book.cells[2].metadata["jupyter"] = {"source_hidden": "perhaps"}
        book.metadata["authors"] = 5
        _, said = mended(book)
        assert "broke the format" in said


class TestMovedSplitMerged:
    def test_a_check_above_its_function(self):
        book = solved(LESSON)
        book.cells.insert(2, book.cells.pop(index(book, "check_match")))
        got, said = mended(book)
        assert index(got, "check_match") == index(got, "match") + 1
        assert "The cell check_match was above the cell match and was moved below it." in said

    @pytest.mark.parametrize("marked", [True, False])
    @pytest.mark.parametrize("line", [2, 5, -2, -1])
    def test_a_function_split_in_two(self, marked, line):
        book = solved(LESSON)
        place, lines = index(book, "match"), solutions(LESSON)["match"].split("\n")
        half = changed_copy(book.cells[place], id="half", source="\n".join(lines[line:]))
        if not marked:
            half.metadata = nbformat.NotebookNode()
        book.cells[place].source = "\n".join(lines[:line])
        book.cells.insert(place + 1, half)
        got, said = mended(book)
        assert of(got, "match").source == solutions(LESSON)["match"] or not (
            marked or "return" in half.source
        )
        assert "The cell match had been split and was joined again." in said or not marked

    def test_helpers_split_from_their_function(self):
        book = solved(LESSON)
        place = index(book, "match")
        book.cells.insert(
            place, changed_copy(book.cells[place], id="half", source="def helper():\n    return 3")
        )
        got, _ = mended(book)
        assert of(got, "match").source == solutions(LESSON)["match"]
        assert got.cells[place].source.startswith("def helper")

    def test_an_answer_split_in_two(self):
        book = solved(LESSON)
        place = index(book, "x_or_o")
        book.cells.insert(place + 1, changed_copy(book.cells[place], id="half", source="Second."))
        assert of(mended(book)[0], "x_or_o").source == "Because of the pixels.\n\nSecond."

    @pytest.mark.parametrize(
        "names",
        [["match", "filter_image"], ["filter_image", "match"], ["best_match", "match", "filter_image"]],
    )
    def test_merged_exercises(self, names):
        book = solved(LESSON)
        merged = "\n\n".join(solutions(LESSON)[name] for name in names)
        of(book, names[0]).source = merged
        book.cells = [cell for cell in book.cells if grade_id(cell) not in names[1:]]
        got, said = mended(book)
        assert {name: of(got, name).source for name in names} == {
            name: solutions(LESSON)[name] for name in names
        }
        assert "had been merged and were split again" in said

    def test_an_exercise_merged_with_its_check(self):
        book = solved(LESSON)
        del book.cells[index(book, "check_match")]
        of(book, "match").source += '\n\ncheck("match", match)'
        got, _ = mended(book)
        assert index(got, "check_match") == index(got, "match") + 1


OPERATIONS = (
    "delete",
    "move",
    "copy",
    "retype",
    "strip",
    "split",
    "merge",
    "write",
    "empty",
    "blank_id",
    "points",
)


def operate(book, operation, place, other):
    """Do to one cell of a notebook what editors and learners do."""
    if not book.cells:
        return
    place, other = place % len(book.cells), other % len(book.cells)
    cell = book.cells[place]
    if operation == "delete" and len(book.cells) > 1:
        del book.cells[place]
    elif operation == "move":
        book.cells.insert(other, book.cells.pop(place))
    elif operation == "copy":
        book.cells.insert(other, copy.deepcopy(cell))
    elif operation == "retype":
        cell.cell_type = ("code", "markdown", "raw")[other % 3]
    elif operation == "strip":
        cell.metadata = nbformat.NotebookNode()
    elif operation == "split":
        lines = cell.source.split("\n")
        cut = other % (len(lines) + 1)
        book.cells.insert(place + 1, changed_copy(cell, source="\n".join(lines[cut:])))
        cell.source = "\n".join(lines[:cut])
    elif operation == "merge" and place + 1 < len(book.cells):
        cell.source += "\n\n" + book.cells.pop(place + 1).source
    elif operation == "write":
        cell.source += f"\n# line {other} of my own"
    elif operation == "empty":
        cell.source = ""
    elif operation == "blank_id":
        cell.pop("id", None)
    elif operation == "points" and "nbgrader" in cell.metadata:
        cell.metadata.nbgrader["points"] = other


def lines_of(book):
    """The lines of a notebook, except calls of check."""
    lines = {line.strip() for cell in book.cells for line in cell.source.split("\n")}
    return {line for line in lines if not line.startswith("check(")}


class TestAnything:
    @settings(max_examples=60)
    @given(
        st.booleans(),
        st.lists(st.tuples(st.sampled_from(OPERATIONS), st.integers(0, 99), st.integers(0, 99)), max_size=12),
    )
    def test_ends_in_order_with_all_that_was_written(self, is_solved, operations):
        book = solved(LESSON) if is_solved else notebook(LESSON)
        for operation in operations:
            operate(book, *operation)
        got, _ = mended(book, once_and_for_all=False)
        released_lines = lines_of(notebook(LESSON))
        of_checks = {
            line for cell in book.cells for line in cell.source.split("\n") if re.match("# line", line)
        }
        assert lines_of(book) - released_lines - of_checks <= lines_of(got)

    @pytest.mark.slow
    def test_thousands_of_copies(self):
        book = notebook(LESSON)
        released_cells = len(book.cells)
        book.cells += [copy.deepcopy(of(book, "match")) for _ in range(1900)]
        got, said = mended(book)
        assert len(got.cells) == released_cells + 1900
        assert "1901 times" in said


def test_a_released_notebook_is_one_of_the_class():
    assert read(released(LESSON).encode()).cells[0].source.startswith("# Slide")
