"""The builder: what it makes of a lesson, what it leaves alone, and what it says when something is wrong."""

import asyncio
import base64
import io
import json
from functools import partialmethod

import nbformat
import pytest
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError
from PIL import Image

from helpers.teaching.building import build as builder
from helpers.teaching.building import execute, notebook
from helpers.teaching.building.build import build, changed
from helpers.teaching.building.lesson import read
from tests.conftest import slow_but
from tests.teaching.small_course import EXERCISE, LESSON, NAME, PNG, write_course


def cells_of(path):
    """A notebook's cells by id."""
    return {cell.id: cell for cell in nbformat.read(path, as_version=4).cells}


def problems_of(course, name=NAME):
    """What the builder says of one lesson."""
    (outcome,) = build(course, [name])
    return [str(problem) for problem in outcome.problems]


def bytes_of(course):
    """Every product's bytes by path."""
    folders = (course.root / "solutions", course.root / "notebooks")
    return {path: path.read_bytes() for folder in folders for path in folder.rglob("*") if path.is_file()}


TITLE, QUESTION = "# Count the white pixels", "What does a computer see?"

# What is made


def test_notebooks_are_valid_and_hold_the_same_cells(built):
    ids = []
    for path in (built.solution(NAME), built.released(NAME)):
        notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)
        assert notebook.metadata == {
            "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        }
        ids.append([cell.id for cell in notebook.cells])
    assert ids[0] == ids[1]


def test_ids_are_stated_or_grade_ids_or_made_from_the_content(built):
    ids = list(cells_of(built.solution(NAME)))
    assert ids[1] == "setup"
    assert ids[4:6] == ["count_white", "check_count_white"]
    assert ids[-1] == "why_white"
    assert ids[3] == f"{ids[2]}-2"  # the same cell twice
    assert ids[2].startswith("00-")


def test_metadata_is_nbgraders_schema_3_and_no_more(built):
    cells = cells_of(built.solution(NAME))
    exercise = {"grade": False, "grade_id": "count_white", "locked": False, "schema_version": 3}
    assert cells["count_white"].metadata == {"nbgrader": exercise | {"solution": True, "task": False}}
    test = {"grade": True, "grade_id": "check_count_white", "locked": True, "points": 3, "schema_version": 3}
    assert cells["check_count_white"].metadata == {
        "nbgrader": test | {"solution": False, "task": False},
        "tags": ["raises-exception"],
    }
    answer = {"grade": True, "grade_id": "why_white", "locked": False, "points": 1, "schema_version": 3}
    assert cells["why_white"].metadata == {"nbgrader": answer | {"solution": True, "task": False}}
    assert cells["setup"].metadata == {}


def test_solution_notebook_has_outputs_and_no_timings(built):
    cells = list(cells_of(built.solution(NAME)).values())
    assert [cell.execution_count for cell in cells if cell.cell_type == "code"] == list(range(1, 8))
    assert cells[2].outputs[0].data == {"text/plain": "2"}
    assert "passed" in str(cells[5].outputs)
    assert "execution" not in str([cell.metadata for cell in cells])


def test_widgets_leave_their_text_and_allowed_errors_no_paths(built):
    cells = list(cells_of(built.solution(NAME)).values())
    assert cells[6].metadata.tags == ["nbval-ignore-output"]
    assert cells[6].outputs[0].data == {"text/plain": "IntSlider(value=0)"}
    assert cells[7].outputs[0].traceback == [f"{cells[7].outputs[0].ename}: {cells[7].outputs[0].evalue}"]


def test_cover_is_drawn_into_the_title_cell_of_both(built):
    for path in (built.solution(NAME), built.released(NAME)):
        title = nbformat.read(path, as_version=4).cells[0]
        assert title.attachments == {"cover.png": {"image/png": PNG}}
        lines = title.source.splitlines()
        assert lines == [
            TITLE,
            "",
            r"![An X \[drawn\]](attachment:cover.png)",
            "",
            "What does a computer see?",
        ]
        assert "base64" not in path.read_text()


@pytest.mark.parametrize(("width", "expected"), [(1500, (1040, 520)), (1040, (1040, 520)), (300, (300, 150))])
def test_a_cover_is_no_wider_than_the_pages_that_do_not_shrink_it(built, width, expected):
    lesson = read(built.script(NAME))
    made = notebook.assemble(lesson)
    file = io.BytesIO()
    Image.new("RGB", (width, width // 2), "orange").save(file, "PNG")
    notebook.attach_cover(made, lesson.cover, base64.b64encode(file.getvalue()).decode())
    shown = base64.b64decode(made.cells[0].attachments["cover.png"]["image/png"])
    image = Image.open(io.BytesIO(shown)).convert("RGB")
    assert image.size == expected
    assert image.getpixel((5, 5)) == (255, 165, 0)
    assert (shown == file.getvalue()) == (width <= 1040)


def test_release_has_stubs_locked_checks_and_no_outputs(built):
    cells = cells_of(built.released(NAME))
    assert cells["count_white"].source.endswith('"""\n    ...  # your code here')
    assert cells["why_white"].source == "*Write your answer here.*"
    check = cells["check_count_white"]
    assert check.source == 'check("count_white", count_white)'
    assert (check.metadata.deletable, check.metadata.editable) == (False, False)
    assert cells["count_white"].metadata.deletable is False
    assert "editable" not in cells["count_white"].metadata
    assert not any(cell.get("outputs") for cell in cells.values())


def test_release_holds_no_answer(built):
    text = built.released(NAME).read_text()
    for answer in ("image == 1", "white.sum()", "BEGIN SOLUTION", "letter itself"):
        assert answer in built.solution(NAME).read_text()
        assert answer not in text


# What is left alone


def test_unchanged_lesson_is_not_built_again(built):
    assert changed(built, [NAME]) == []


def test_forced_build_is_byte_identical(copied, built):
    before = bytes_of(built)
    (outcome,) = build(copied, [NAME], overwrite=True)
    assert not outcome.problems
    after = bytes_of(copied)
    assert {path.relative_to(copied.root): data for path, data in after.items()} == {
        path.relative_to(built.root): data for path, data in before.items()
    }


@pytest.mark.parametrize("what", ["script", "solution", "released"])
def test_changed_script_or_product_is_built_again(copied, what):
    path = getattr(copied, what)(NAME)
    path.write_text(path.read_text() + "\n")
    assert changed(copied, [NAME]) == [NAME]


def test_missing_product_is_built_again(copied):
    copied.released(NAME).unlink()
    assert changed(copied, [NAME]) == [NAME]


def test_unreadable_record_means_build_everything(copied):
    copied.record.write_text("<<<<<<< ours")
    assert changed(copied, [NAME]) == [NAME]


@pytest.fixture
def package(monkeypatch, tmp_path):
    """A package of two files, one of them the grader's."""
    package = tmp_path / "helpers"
    for name in ("teaching/building/build.py", "teaching/grading/command.py"):
        (package / name).parent.mkdir(parents=True, exist_ok=True)
        (package / name).write_text("old")
    monkeypatch.setattr("helpers.teaching.digests.PACKAGE", package)
    return package


@pytest.mark.parametrize(
    "name",
    [
        "reference/new.py",
        "teaching/building/build.py",
        "teaching/building/saved_outputs.py",
        "data/letters/x.json",
        "exercises/model.py",
        "show/widgets/knob.css",
    ],
)
def test_change_in_the_package_means_build_everything(built, package, name):
    before = builder.shared_digest(built)
    (package / name).parent.mkdir(parents=True, exist_ok=True)
    (package / name).write_text("new")
    assert builder.shared_digest(built) != before


@pytest.mark.parametrize(
    "name",
    [
        "teaching/grading/command.py",
        "teaching/grading/more/new.py",
        "teaching/lab/start.py",
        "__pycache__/a.pyc",
        "data/.a.swp",
        ".git/x",
    ],
)
def test_change_in_what_no_lesson_is_made_from_means_build_nothing(built, package, name):
    before = builder.shared_digest(built)
    (package / name).parent.mkdir(parents=True, exist_ok=True)
    (package / name).write_text("new")
    assert builder.shared_digest(built) == before


def test_a_file_that_moves_changes_the_package(built, package):
    before = builder.shared_digest(built)
    (package / "teaching" / "building" / "build.py").rename(package / "build.py")
    assert builder.shared_digest(built) != before


def test_several_lessons_are_built_and_recorded(tmp_path):
    plain = "# %% [markdown]\n# # Hello\n\n# %%\n1 + 1\n"
    course = write_course(tmp_path / "course", {"00_one": plain, "01_two": plain + "\n# %%\n2 / 0\n"})
    outcomes = {outcome.name: outcome for outcome in build(course, course.select([]))}
    assert not outcomes["00_one"].problems
    assert "ZeroDivisionError" in str(outcomes["01_two"].problems[0])
    assert list(json.loads(course.record.read_text())) == ["00_one"]
    assert changed(course, course.lessons()) == ["01_two"]


def test_learners_work_is_not_overwritten_unless_forced(copied):
    path = copied.released(NAME)
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[4].source = notebook.cells[4].source.replace("...", "return 7")
    nbformat.write(notebook, path)
    (problem,) = problems_of(copied)
    assert problem.startswith("notebooks/00_tiny/00_tiny.ipynb")
    assert 'cell "count_white"' in problem
    assert "return 7" in path.read_text()
    (outcome,) = build(copied, [NAME], overwrite=True)
    assert not outcome.problems
    assert "return 7" not in path.read_text()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<<<<<<< ours\n{", "not a readable notebook"),
        ("{}", "not a readable notebook"),
        (None, "not a notebook of"),
    ],
)
def test_corrupt_or_foreign_notebook_on_the_way_is_named(copied, text, said):
    foreign = nbformat.writes(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1")]))
    copied.released(NAME).write_text(text or foreign)
    (problem,) = problems_of(copied)
    assert problem.startswith("notebooks/00_tiny/00_tiny.ipynb\n    This is")
    assert said in problem
    assert len(problem.splitlines()) == 2


def test_folder_on_the_way_is_named(copied):
    copied.solution(NAME).unlink()
    copied.solution(NAME).mkdir()
    before = copied.released(NAME).read_bytes()
    (problem,) = problems_of(copied)
    assert "solutions/00_tiny" in problem
    assert "directory" in problem
    assert copied.released(NAME).read_bytes() == before
    assert not list(copied.root.rglob("*.new"))


# What is said when a cell goes wrong

FAILURES = {
    "exception": ("x = 1\nx / 0", 3, "ZeroDivisionError: division by zero"),
    "in a function": ("def f():\n    return undefined\n\n\nf()", 6, "NameError: name 'undefined'"),
    "syntax": ("x = 1\nx = (", 3, "SyntaxError"),
    "stderr": ("import warnings\nwarnings.warn('old')", 1, "The cell writes to stderr"),
    "address": ("print(object())", 1, "The output differs from run to run: <object object at 0x"),
    "dead kernel": ("import os\nos._exit(1)", 1, "The kernel died"),
    "too slow": ("import time\ntime.sleep(60)", 1, "The cell ran for longer than 2 seconds."),
}


@pytest.mark.parametrize("failure", slow_but({"exception", "stderr", "address"}, FAILURES))
def test_failing_cell_is_named_and_products_stand(copied, monkeypatch, failure):
    source, line, said = FAILURES[failure]
    monkeypatch.setattr(execute, "CELL_SECONDS", 2)
    script = f'# %% [markdown]\n# # Title\n\n# %% id="bad"\n{source}\n'
    copied.script(NAME).write_text(script)
    before = bytes_of(copied)
    (problem,) = problems_of(copied)
    place = 4 if failure in ("stderr", "address", "dead kernel", "too slow") else 3 + line
    assert problem.startswith(f'lessons/00_tiny.py:{place} (cell 2 "bad")\n    {said}')
    assert len(problem.splitlines()) == 2
    assert bytes_of(copied) == before


SEEN_FIRST = {  # what a run may find when its kernel was taken down because of Control-C
    "no kernel": AssertionError,
    "a wait is over": asyncio.CancelledError,
    "a dead kernel": DeadKernelError("Kernel died"),
    "a stopped cell": CellExecutionError("", "KeyboardInterrupt", ""),
    "nothing": None,
}


@pytest.mark.parametrize("seen", SEEN_FIRST)
def test_an_interrupted_run_is_control_c_whatever_it_sees_first(tmp_path, monkeypatch, seen):
    cell_of_a_run = partialmethod(interrupt_and_see, SEEN_FIRST[seen])
    monkeypatch.setattr(NotebookClient, "async_execute_cell", cell_of_a_run)
    with pytest.raises(KeyboardInterrupt):
        execute.run(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell()]), tmp_path, tmp_path)


async def interrupt_and_see(client, seen, *_, **__):
    """In place of a cell: what nbclient does when it gets Control-C, and what is seen then."""
    client._async_cleanup_kernel_future = asyncio.ensure_future(client._async_cleanup_kernel())
    await client._async_cleanup_kernel_future
    client.km = client.create_kernel_manager()  # nbclient's own last step would fail without one
    if seen:
        raise seen


def test_wrong_solution_fails_its_own_check(copied):
    copied.script(NAME).write_text(LESSON.replace("image == 1", "image == 0"))
    (problem,) = problems_of(copied)
    assert '(cell 7 "check_count_white")' in problem
    assert "count_white" in problem.splitlines()[1]


def test_cover_without_a_picture_is_named(copied):
    copied.script(NAME).write_text('# %% [markdown]\n# # Title\n\n# %% cover="nothing"\n1 + 1\n')
    (problem,) = problems_of(copied)
    assert problem.startswith("lessons/00_tiny.py:4 (cell 2")
    assert "shows no picture" in problem


def test_answer_given_away_elsewhere_is_named(copied):
    setup = "# %% [markdown]\n# # Title\n\n# %%\nfrom helpers import check\n\n"
    telling = "\n# %% [markdown]\n# Now you know: `return int( white.sum() )`.\n"
    copied.script(NAME).write_text(setup + EXERCISE + telling)
    (problem,) = problems_of(copied)
    assert "(cell 5 " in problem
    assert 'gives away a line of the answer to 00_tiny "count_white"' in problem


# What the run is like for a lesson


def test_lesson_runs_as_a_learner_would_run_it(tmp_path, monkeypatch):
    monkeypatch.setenv("MPLBACKEND", "agg")
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    code = (
        "import os\nfrom pathlib import Path\n\n"
        "print(Path.cwd().parts[-2:], os.listdir())\n"
        "scratch = Path.cwd().parents[1]\n"
        "print([Path(os.environ[name]).parent == scratch for name in ('COURSE_PROGRESS', 'IPYTHONDIR')])\n"
        "print('agg' in str(os.environ.get('MPLBACKEND')), os.environ.get('NBGRADER_EXECUTION'))\n"
    )
    course = write_course(tmp_path / "course", {"00_one": f"# %% [markdown]\n# # Title\n\n# %%\n{code}"})
    course.released("00_one").parent.mkdir(parents=True)
    (course.released("00_one").parent / "picture.txt").write_text("next to the notebook")
    (outcome,) = build(course, ["00_one"])
    assert not outcome.problems, outcome.problems
    printed = nbformat.read(course.solution("00_one"), as_version=4).cells[1].outputs[0].text.splitlines()
    assert printed == ["('notebooks', '00_one') ['picture.txt']", "[True, True]", "False None"]
