"""`course build --check`: it names what differs between lessons and notebooks, and changes nothing."""

import nbformat
import pytest

from helpers.teaching.building.build import build, copy_glossary
from helpers.teaching.building.verify import verify
from tests.teaching.small_course import LESSON, NAME


def said(course):
    """What is found to differ, as shown to people."""
    return [str(problem) for problem in verify(course, course.lessons())]


def edit(path, change):
    """Change a notebook's cells in place."""
    notebook = nbformat.read(path, as_version=4)
    change(notebook)
    path.write_text(nbformat.writes(notebook) + "\n")


def test_built_course_matches(built):
    assert said(built) == []


def test_outputs_do_not_matter(copied):
    def clear(notebook):
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = [], None

    edit(copied.solution(NAME), clear)
    assert said(copied) == []


def test_edited_lesson_is_named(copied):
    copied.script(NAME).write_text(LESSON.replace("letter itself", "letter X"))
    (problem,) = said(copied)
    assert problem.startswith('solutions/00_tiny/00_tiny.ipynb (cell 9 "why_white")')
    line = LESSON.splitlines().index('# %% [markdown] answer="why_white" points=1') + 1
    assert f"Its source is not that of lessons/00_tiny.py:{line}" in problem


def test_added_cell_is_named(copied):
    copied.script(NAME).write_text(LESSON + "\n# %%\n2\n")
    (problem,) = said(copied)
    assert "It has 9 cells, but lessons/00_tiny.py makes 10" in problem


def test_edited_release_is_named(copied):
    edit(
        copied.released(NAME), lambda notebook: notebook.cells[4].update(source="def count_white(image): ...")
    )
    (problem,) = said(copied)
    assert problem.startswith('notebooks/00_tiny/00_tiny.ipynb (cell 5 "count_white")')


def test_lost_metadata_is_named(copied):
    edit(copied.released(NAME), lambda notebook: notebook.cells[5].metadata.pop("editable"))
    (problem,) = said(copied)
    assert '(cell 6 "check_count_white")\n    Its metadata' in problem


def test_other_notebook_metadata_is_named(copied):
    edit(copied.solution(NAME), lambda notebook: notebook.metadata.update(author="me"))
    (problem,) = said(copied)
    assert "metadata is not the builder's" in problem


def test_lost_cover_is_named(copied):
    edit(copied.solution(NAME), lambda notebook: notebook.cells[0].pop("attachments"))
    (problem,) = said(copied)
    assert "The cover is missing" in problem


@pytest.mark.parametrize("which", ["solution", "released"])
def test_missing_and_corrupt_notebooks_are_named(copied, which):
    path = getattr(copied, which)(NAME)
    path.write_text(path.read_text()[:-20])
    (problem,) = said(copied)
    assert problem.startswith(f"{path.relative_to(copied.root)}\n    This is not a readable notebook")
    assert len(problem.splitlines()) == 2
    path.unlink()
    (problem,) = said(copied)
    assert "It is missing" in problem


def test_notebook_without_a_lesson_is_named(copied):
    copied.script(NAME).rename(copied.script("01_moved"))
    problems = said(copied)
    assert problems[0].startswith("solutions/00_tiny\n    There is no lessons/00_tiny.py")
    assert problems[1].startswith("notebooks/00_tiny\n")
    assert "01_moved" in problems[2]


@pytest.mark.slow
def test_answer_of_another_lesson_is_found(copied):
    telling = "# %% [markdown]\n# # Title\n#\n# In lesson 00 you wrote `white = image == 1`.\n"
    copied.script("01_later").write_text(telling)
    (outcome,) = build(copied, ["01_later"])
    assert not outcome.problems
    (problem,) = said(copied)
    assert problem.startswith("lessons/01_later.py:1")
    assert '00_tiny "count_white"' in problem


def test_nothing_is_written(copied):
    copied.script(NAME).write_text(LESSON.replace("letter itself", "letter X"))
    before = {path: path.read_bytes() for path in copied.root.rglob("*") if path.is_file()}
    verify(copied, [NAME])
    assert before == {path: path.read_bytes() for path in copied.root.rglob("*") if path.is_file()}


def test_glossary_beside_the_notebooks_is_kept_the_same(copied):
    glossary = copied.root / "GLOSSARY.md"
    glossary.write_text("**Bild**: größer als null\n", encoding="utf-8")
    missing = said(copied)
    assert [problem.splitlines()[0] for problem in missing] == [
        "solutions/GLOSSARY.md", "notebooks/GLOSSARY.md"
    ]  # fmt: skip
    copy_glossary(copied)
    assert said(copied) == []
    assert (copied.root / "notebooks" / "GLOSSARY.md").read_bytes() == glossary.read_bytes()
    glossary.write_text("another word\n", encoding="utf-8")
    assert len(said(copied)) == 2
