"""An optional exercise, from its lesson to the grader: its check tries it, and it gives no points."""

import nbformat
import pytest
from typer.testing import CliRunner

from helpers.teaching.building.build import build
from helpers.teaching.cli import app
from helpers.teaching.grading.plan import plan_of
from tests.conftest import slow_but
from tests.teaching.small_course import write_course

NAME = "08_stacking"
UNWRITTEN = "    ...  # your code here"
WRITTEN = (UNWRITTEN, "    return 1 / 0", "    while True: pass", "    return (", None)
LESSON = '''# %% [markdown]
# # Stack
#
# - **It takes** about 10 minutes.

# %% id="setup"
from helpers import check, reference, yours

# %% exercise="receptive_field"
def receptive_field(layers):
    """How far one value looks."""
    ### BEGIN SOLUTION
    size = 1
    for layer in reversed(layers):
        if layer["layer"] != "RELU":
            size = (size - 1) * layer["stride"] + layer.get("kernel", layer.get("window"))
    return size
    ### END SOLUTION

# %% test="receptive_field" points=3
check("receptive_field", receptive_field)

# %% [markdown]
# ### Optional: `parse_pattern`

# %% exercise="parse_pattern" optional
import re

def parse_pattern(text, optional=True):
    """The names of the layers."""
    ### BEGIN SOLUTION
    while found := re.search(r"\\[([^\\[\\]]*)\\]\\s*\\*\\s*(\\d+)", text):
        text = text.replace(found[0], " -> ".join([found[1]] * int(found[2])), 1)
    names = [name.strip() for name in text.split("->")]
    return [name.rstrip("?") for name in names if name and (optional or not name.endswith("?"))]
    ### END SOLUTION

# %% test="parse_pattern"
check("parse_pattern", parse_pattern)
'''


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A course with such an exercise, built."""
    course = write_course(tmp_path_factory.mktemp("optional") / "course", {NAME: LESSON})
    (outcome,) = build(course, [NAME])
    assert not outcome.problems, outcome.problems
    return course


def cells_of(path):
    """A notebook's cells by id."""
    return {cell.id: cell for cell in nbformat.read(path, as_version=4).cells}


def test_nbgrader_clears_its_solution_and_gives_no_points(course):
    solved, released = cells_of(course.solution(NAME)), cells_of(course.released(NAME))
    assert "All" in str(solved["check_parse_pattern"].outputs)
    for cells in (solved, released):
        exercise, check = cells["parse_pattern"], cells["check_parse_pattern"]
        assert (exercise.metadata.nbgrader.grade, exercise.metadata.nbgrader.solution) == (False, True)
        assert exercise.metadata.tags == ["optional"]
        assert check.metadata == {"tags": ["raises-exception", "optional"]}
        assert check.source == 'check("parse_pattern", parse_pattern)'
    assert released["parse_pattern"].source.endswith('"""\n    ...  # your code here')
    points = [cell.metadata.get("nbgrader", {}).get("points", 0) for cell in released.values()]
    assert sum(points) == 3


def test_a_wrong_model_solution_is_found_although_the_check_is_not_graded(course):
    broken = LESSON.replace("found[1]] * int", "found[1]] * 2 * int")
    copy = write_course(course.root / "broken", {NAME: broken})
    (outcome,) = build(copy, [NAME])
    assert '"check_parse_pattern"' in outcome.problems[0].cell


def test_the_graders_plan_has_no_test_of_it(course):
    plan = plan_of(NAME, course.released(NAME).read_text())
    assert [test.exercise for test in plan.tests] == ["receptive_field"]
    assert [cell.exercise for cell in plan.cells if cell.role == "exercise"] == [
        "receptive_field",
        "parse_pattern",
    ]


@pytest.mark.parametrize("written", slow_but({UNWRITTEN}, WRITTEN))
def test_whatever_is_written_in_it_the_mark_is_that_of_the_others(course, written, tmp_path, monkeypatch):
    notebook = nbformat.read(course.released(NAME), as_version=4)
    cells, solved = {cell.id: cell for cell in notebook.cells}, cells_of(course.solution(NAME))
    cells["receptive_field"].source = solved["receptive_field"].source
    if written is None:
        notebook.cells = [cell for cell in notebook.cells if "parse_pattern" not in cell.id]
    else:
        cells["parse_pattern"].source = f"def parse_pattern(text, optional=True):\n{written}"
    nbformat.write(notebook, tmp_path / "mine.ipynb")
    monkeypatch.chdir(course.root)
    result = CliRunner().invoke(app, ["grade", str(tmp_path / "mine.ipynb")])
    assert result.exit_code == 0, result.output
    assert f"{NAME}: 3 of 3 points" in result.output
    assert "parse_pattern: " not in result.output
