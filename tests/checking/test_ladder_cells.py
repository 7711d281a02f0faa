"""The ladder in a notebook that nobody looks at: each run saves the same, and it costs no marks."""

import nbformat
import pytest

from helpers.teaching.building.execute import run, tidy

CELLS = (
    "import numpy as np\nfrom helpers import check, hint, other_ways, puzzle",
    "def match(patch, feature):\n    return np.mean(patch * feature)",
    'check("match", match)',
    "def match(patch, feature):\n    return np.sum(patch * feature) * 3 + patch.size",
    'check("match", match)',
    'hint("match", "words")',
    'puzzle("match")',
    'puzzle("match", "3 7 >1 >>2 5")',
)

pytestmark = pytest.mark.slow


def outputs(folder, *before):
    """The outputs of all cells, as they are saved, and the progress file."""
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    cells = [nbformat.v4.new_code_cell(source) for source in ("\n".join([*before, CELLS[0]]), *CELLS[1:])]
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
    lesson = folder / "notebooks" / "02_filtering"
    lesson.mkdir(parents=True)
    run(notebook, lesson, folder, allow_errors=True)
    tidy(notebook, {"kernelspec": kernel})
    return [cell.outputs for cell in cells], folder / "progress.jsonl"


def test_what_is_saved_is_the_same_in_each_run_and_shows_no_other_way(tmp_path):
    first, kept = outputs(tmp_path / "one")
    again, _ = outputs(tmp_path / "two")
    assert first == again
    passed = first[2]
    assert [sorted(output.data) for output in passed] == [["text/html", "text/plain"]] * 2
    assert not any("def match" in str(output.data) for output in passed)
    assert '"kind": "puzzle", "exercise": "match", "state": "solved"' in kept.read_text()


def test_during_grading_only_the_checks_say_anything_and_nothing_is_written(tmp_path):
    found, kept = outputs(tmp_path, "import os", 'os.environ["NBGRADER_EXECUTION"] = "autograde"')
    assert not kept.exists()
    assert [len(cell) for cell in found] == [0, 0, 1, 0, 2, 1, 0, 0]
    streams = [output for cell in found for output in cell if output.output_type == "stream"]
    assert streams == []
    errors = [cell for cell, done in enumerate(found) for output in done if output.output_type == "error"]
    assert errors == [4]  # the check that has not passed
