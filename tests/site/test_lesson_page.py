"""A lesson's page: code as released, outputs as executed, pictures as files, and no solution anywhere."""

import base64
import json
import re

import pytest

from helpers import exercises
from helpers.teaching.building.release import squeeze
from helpers.teaching.site.documents import glossary_page, section, syllabus_page, with_links
from helpers.teaching.site.lesson_page import lesson_page
from helpers.teaching.site.pages import write_sources
from tests.site.hidden import COURSE, hidden_lines

PNG = base64.b64encode(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x40\0\0\0\x20").decode()  # 64 x 32 pixels


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """All that Sphinx will read, and the folder of the pictures."""
    folder = tmp_path_factory.mktemp("readable")
    write_sources(COURSE, folder / "source", folder / "site")
    return folder


def code(source, **more):
    return {"cell_type": "code", "id": "a", "metadata": {}, "source": source, "outputs": [], **more}


def text(source, **more):
    return {"cell_type": "markdown", "id": "02-0123abcd", "metadata": {}, "source": source, **more}


def page_of(solved, released=None):
    """The cells of the page of a small notebook, and the files that belong to it."""
    files = {}
    solved = [text("# Title\n\nQuestion?"), *solved]
    released = [solved[0], *(released or solved[1:])]
    made = lesson_page(
        "02_filtering", "02 Filtering", {"cells": solved}, {"cells": released}, files.__setitem__
    )
    return made["cells"], files


def shown(html):
    return {
        "output_type": "execute_result",
        "data": {"text/html": [html], "text/plain": ["?"]},
        "metadata": {},
    }


def test_a_line_below_the_title_leads_to_the_notebook_that_runs():
    cells, _ = page_of([])
    assert cells[0]["source"].startswith("# Title\n")
    assert 'href="../run/notebooks/index.html?path=02_filtering/02_filtering.ipynb"' in cells[0]["source"]
    assert cells[0]["source"].endswith("\nQuestion?")


def test_an_exercise_is_shown_as_released_and_without_outputs():
    solved = code("def f(x):\n    return x + 1", outputs=[shown("<b>2</b>")])
    cells, _ = page_of([solved], [code("def f(x):\n    ...")])
    assert cells[1]["source"] == "def f(x):\n    ..."
    assert cells[1]["outputs"] == []
    assert cells[1]["metadata"]["tags"] == ["exercise"]


def test_a_check_is_folded():
    cells, _ = page_of([code('check("f", f)', metadata={"nbgrader": {"grade": True}})])
    assert [cell["source"].partition(">")[0] for cell in cells[1:]] == [
        '<details class="check"',
        'check("f", f)',
        "</details",
    ]


def test_a_picture_is_a_file_with_its_alternative_text_and_its_height():
    image = f'<img alt="An &quot;X&quot;." width="32" src="data:image/png;base64,{PNG}">'
    cells, files = page_of([code("draw()", outputs=[shown(image)])])
    assert list(files) == ["figures/02_filtering/a-1.png"]
    (data,) = (output["data"] for output in cells[1]["outputs"])
    assert data == {
        "text/html": '<img alt="An &quot;X&quot;." width="32" '
        'src="../figures/02_filtering/a-1.png" height="16" loading="lazy">'
    }


def test_a_cover_is_a_file_with_its_alternative_text():
    attached = {"cover.png": {"image/png": PNG}}
    cells, files = page_of([text(r"![An \[X\]](attachment:cover.png)", attachments=attached)])
    assert list(files) == ["figures/02_filtering/cover.png"]
    assert 'alt="An [X]"' in cells[1]["source"]
    assert 'width="64" height="32"' in cells[1]["source"]


def test_a_link_to_a_cell_leads_to_the_page_with_that_cell():
    link = "<a href='../04_volumes/04_volumes.ipynb#cell-id=conv2d'>conv2d</a>"
    cells, _ = page_of([code("table()", outputs=[shown(link)])])
    (output,) = cells[1]["outputs"]
    assert output["data"]["text/html"] == "<a href='04_volumes.html#cell-conv2d'>conv2d</a>"


def test_a_sound_is_a_file():
    sound = f'<audio controls><source src="data:audio/wav;base64,{PNG}" type="audio/wav"></audio>'
    _, files = page_of([code("play()", outputs=[shown(sound)])])
    assert list(files) == ["figures/02_filtering/a-1.wav"]


def test_below_the_picture_of_a_widget_it_says_where_it_moves():
    cells, _ = page_of([code("show.widgets.PoolMap(maps)", outputs=[shown("<img>")])])
    assert "It moves when you" in cells[2]["source"]


def test_a_place_for_an_answer_says_where_it_is():
    cells, _ = page_of([text("*Write your answer here.*", metadata={"nbgrader": {}})])
    assert "in the notebook that runs" in cells[1]["source"]


def test_a_text_with_a_name_can_be_linked_to():
    cells, _ = page_of([text("Then.", id="history")])
    assert cells[1]["source"] == '<div id="cell-history"></div>\n\nThen.'


def test_links_lead_to_pages_and_others_become_words():
    line = "[a](docs/grading.md#one) [b](Makefile) [c](notebooks/01_x/01_x.ipynb) [d](https://x.org) [e](#f)"
    assert with_links(line, "README.md", "teaching/index.md") == (
        "[a](grading.md#one) b [c](../lessons/01_x.ipynb) [d](https://x.org) [e](#f)"
    )


def test_a_section_that_is_gone_is_missed():
    with pytest.raises(ValueError, match="needs the section 'B'"):
        section("# A\n", "B")


def test_the_glossary_is_a_list_of_terms():
    page = glossary_page("# Glossary\n\n| word | what it is |\n|---|---|\n| **a, b** | two |\n")
    assert page == "# Glossary\n\n```{glossary}\na\nb\n  two\n```\n"


def test_the_syllabus_links_to_cells():
    page = syllabus_page("| sliding | 02_filtering | `strip` |\n")
    assert "[02_filtering](../lessons/02_filtering.ipynb)" in page
    assert '<a href="../lessons/02_filtering.html#cell-strip"><code>strip</code></a>' in page


def test_solutions_would_be_found():
    """The next test finds nothing; here it is seen that it could."""
    solved = squeeze("".join(text_of(COURSE.solution(name)) for name in COURSE.lessons()))
    secret = hidden_lines()
    assert len(secret) > 200
    assert len([line for line in secret if line in solved]) > 0.95 * len(secret)


def test_what_sphinx_reads_holds_no_solution(written):
    secret = hidden_lines()
    paths = [path for path in (written / "source").rglob("*.*") if path.suffix in (".md", ".ipynb")]
    assert len(paths) > len(COURSE.lessons())
    for path in paths:
        page = squeeze(text_of(path))
        assert [line for line in secret if line in page] == [], path.name


def text_of(path):
    """What is in a file; of a notebook all its texts, without JSON's escapes."""
    content = path.read_text(encoding="utf-8")
    return "".join(strings(json.loads(content))) if path.suffix == ".ipynb" else content


def strings(value):
    """All strings in a piece of JSON."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from strings(part)


@pytest.mark.parametrize("name", COURSE.lessons())
def test_all_code_is_as_released_and_what_learners_write_has_no_output(written, name):
    page = json.loads((written / "source" / "lessons" / f"{name}.ipynb").read_text(encoding="utf-8"))
    cells = {cell["metadata"]["course_id"]: cell for cell in page["cells"] if cell["cell_type"] == "code"}
    released = json.loads(COURSE.released(name).read_text(encoding="utf-8"))["cells"]
    assert {name: cell["source"] for name, cell in cells.items()} == {
        cell["id"]: cell["source"] for cell in released if cell["cell_type"] == "code"
    }
    assert [cells[exercise.name]["outputs"] for exercise in exercises.of_lesson(name)] == (
        [[]] * len(exercises.of_lesson(name))
    )


@pytest.mark.parametrize("name", COURSE.lessons())
def test_every_picture_of_a_lesson_is_on_its_page_with_its_alternative_text(written, name):
    alt = re.compile(r'<img alt="([^"]+)"')
    solved = json.loads(COURSE.solution(name).read_text(encoding="utf-8"))
    outputs = [output for cell in solved["cells"] for output in cell.get("outputs", [])]
    expected = [
        text
        for output in outputs
        for text in alt.findall("".join(output.get("data", {}).get("text/html", "")))
    ]
    page = json.loads((written / "source" / "lessons" / f"{name}.ipynb").read_text(encoding="utf-8"))
    outputs = [output for cell in page["cells"] for output in cell.get("outputs", [])]
    found = [text for output in outputs for text in alt.findall(output.get("data", {}).get("text/html", ""))]
    assert found == expected
    assert ";base64," not in json.dumps(page)
    pictures = list((written / "site" / "figures" / name).glob("*.png"))
    assert len(pictures) == len(expected) + 1  # and the cover
