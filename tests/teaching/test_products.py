"""The notebooks in the repository: they match the lessons, and give nothing away."""

import re
from pathlib import Path

import nbformat
import pytest

from helpers.teaching.building.lesson import BEGIN, END, read, solution_region
from helpers.teaching.building.verify import verify
from helpers.teaching.course import Course

COURSE = Course(Path(__file__).parents[2])
LESSONS = COURSE.lessons()


def test_notebooks_match_their_lessons_and_there_are_no_strays():
    assert [str(problem) for problem in verify(COURSE, LESSONS)] == []
    assert sorted(LESSONS) == LESSONS


@pytest.mark.parametrize("name", LESSONS)
def test_notebooks_are_valid(name):
    for path in (COURSE.solution(name), COURSE.released(name)):
        nbformat.validate(nbformat.read(path, as_version=4))


@pytest.mark.parametrize("name", LESSONS)
def test_release_holds_no_line_of_its_answers(name):
    """No line of three words or more of a solution region or a model answer, however it is indented."""
    cells = nbformat.read(COURSE.released(name), as_version=4).cells
    shown = {line.strip() for cell in cells for line in cell.source.splitlines()}
    assert not shown & {BEGIN, END}
    for cell in read(COURSE.script(name)).cells:
        answer = cell.source.splitlines() if cell.role == "answer" else solution_region(cell)
        told = {line.strip() for line in answer if len(line.split()) > 2} & shown
        assert not {line for line in told if not line.startswith("for ")}


LINK = re.compile(r"\]\((?!https?:|attachment:|#)([^)#\s]+)")


@pytest.mark.parametrize("name", LESSONS)
def test_links_lead_to_files_that_a_learner_can_reach(name):
    """JupyterLab shows nothing above notebooks/, so a link that leads out of it leads nowhere."""
    for path in (COURSE.solution(name), COURSE.released(name)):
        cells = nbformat.read(path, as_version=4).cells
        links = [link for cell in cells if cell.cell_type == "markdown" for link in LINK.findall(cell.source)]
        for link in links:
            target = (path.parent / link).resolve()
            assert target.is_file(), link
            assert target.is_relative_to(path.parents[1]), link
        assert ("../GLOSSARY.md" in links) == (name == "00_start_here")


@pytest.mark.parametrize("name", LESSONS)
def test_every_figure_is_kept_once_with_its_alternative_text(name):
    cells = nbformat.read(COURSE.solution(name), as_version=4).cells
    bundles = [output.data for cell in cells for output in cell.get("outputs", []) if "data" in output]
    pages = "".join(bundle.get("text/html", "") for bundle in bundles)
    texts = re.findall(r'<img alt="([^"]*)" width="\d+" src="data:image/png;base64,', pages)
    assert len(texts) == pages.count("<img") >= 2
    assert all(len(text.split()) > 3 for text in texts)
    assert not [bundle for bundle in bundles if "image/png" in bundle]
