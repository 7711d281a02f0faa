"""Notebooks as other editors save them, with the cell that fetches the course, get the same marks."""

import json

import nbformat
import pytest

from helpers.teaching.classroom.fetching import fetching_cell
from helpers.teaching.grading.marking import close, mark
from tests.grading.lessons import grade_id, of, plan, solved

LESSON = "02_filtering"
ADDRESS = "https://example.org/archive/HEAD.zip"
ERROR = {
    "output_type": "error",
    "ename": "NameError",
    "evalue": "name 'rows' is not defined",
    "traceback": ["\x1b[31m---\x1b[39m", "\x1b]8;;command:jupyter.view?Cell\x07Cell In[4]\x1b]8;;\x07"],
}
WIDGET = {
    "output_type": "display_data",
    "data": {"application/vnd.jupyter.widget-view+json": {"model_id": "a1", "version_major": 2}},
    "metadata": {"application/vnd.jupyter.widget-view+json": {"colab": {"custom_widget_manager": {}}}},
}
STREAM = {"output_type": "stream", "name": "stdout", "text": ["one\n", "two"]}


@pytest.fixture(scope="module", autouse=True)
def _sandboxes():
    yield
    close()


def run_notebook():
    """A copy that fetches the course, with outputs; all is solved, but `filter_bank` is wrong."""
    made = solved(LESSON)
    of(made, "filter_bank").source = "def filter_bank(image, features):\n    return image"
    document = json.loads(nbformat.writes(made))
    document["cells"].insert(0, fetching_cell(ADDRESS))
    code = [cell for cell in document["cells"] if cell["cell_type"] == "code"]
    for number, cell in enumerate(code, 1):
        cell |= {"execution_count": number, "outputs": [STREAM, ERROR, WIDGET]}
    return document


def saved_by_colab(document):
    """Format 4.0, the ids in the cells' metadata, widgets without the layer `state`."""
    for cell in document["cells"]:
        cell["metadata"] |= {
            "id": cell.pop("id"),
            "outputId": "0f",
            "colab": {"base_uri": "https://localhost/"},
        }
    state = {"application/vnd.jupyter.widget-state+json": {"a1": {"model_name": "AnyModel"}}}
    own = {"colab": {"provenance": [], "toc_visible": True}, "accelerator": "GPU", "widgets": state}
    kernel = {
        "kernelspec": {"name": "python3", "display_name": "Python 3"},
        "language_info": {"name": "python"},
    }
    return document | {"metadata": own | kernel, "nbformat_minor": 0}


def saved_by_vs_code(document):
    """Format 4.2, no ids, a language for each cell, and an empty cell at the end that has one of its own."""
    for cell in document["cells"]:
        cell.pop("id")
        cell["metadata"]["vscode"] = {"languageId": "python"}
    added = {
        "cell_type": "code",
        "execution_count": None,
        "id": "#VSC-1f",
        "metadata": {},
        "outputs": [],
        "source": [],
    }
    kernel = {"kernelspec": {"name": "python3", "display_name": ".venv (3.12)", "language": "python"}}
    own = {
        "orig_nbformat": 4,
        "vscode": {"interpreter": {"hash": "31f2"}},
        "polyglot_notebook": {"kernelInfo": {}},
    }
    return document | {"cells": [*document["cells"], added], "metadata": kernel | own, "nbformat_minor": 2}


@pytest.mark.parametrize(
    ("save", "said"), [(saved_by_colab, "by Google Colab in format 4.0"), (saved_by_vs_code, "in format 4.2")]
)
def test_marks_are_those_of_jupyterlabs_notebook(save, said):
    marks = [
        mark(plan(LESSON), json.dumps(document).encode(), 7)
        for document in (run_notebook(), save(run_notebook()))
    ]
    before, after = ([(one.exercise, one.verdict, one.sentence) for one in found.marks] for found in marks)
    assert before == after
    assert [verdict for _, verdict, _ in after] == ["passed"] * 4 + ["wrong"]
    assert said in marks[1].repairs[0]
    assert marks[1].notes == ()
    graded = nbformat.reads(marks[1].notebook, as_version=4)
    nbformat.validate(graded)
    answers = [cell for cell in graded.cells if grade_id(cell) == "x_or_o"]
    assert [cell.source for cell in answers] == ["Because of the pixels."]
