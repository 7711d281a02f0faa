"""`course grade` as it is typed, with the real marker."""

import json
import shutil

import pytest
from typer.testing import CliRunner

from helpers.teaching.cli import app
from tests.grading.bank import handed_in
from tests.grading.classes import LESSON, ROOT, submit

WRONG = {"match": "def match(patch, feature):\n    return (patch * feature).sum()\n"}


@pytest.fixture
def run(monkeypatch):
    """Run the command in a folder."""

    def run(folder, *arguments):
        monkeypatch.chdir(folder)
        return CliRunner().invoke(app, ["grade", *map(str, arguments)])

    return run


@pytest.mark.slow
def test_one_notebook_needs_no_course_folder(run, tmp_path):
    path = tmp_path / "my homework.ipynb"
    path.write_bytes(handed_in(LESSON, WRONG))
    result = run(tmp_path, path.name, "--output", "graded.ipynb")
    assert result.exit_code == 0, result.output
    assert "match: wrong, 0 of 2" in result.output
    assert "filter_image: not started, 0 of 3" in result.output
    assert f"{LESSON}: 0 of 10 points" in result.output
    assert len(json.loads((tmp_path / "graded.ipynb").read_text())["cells"]) > 20
    assert sorted(path.name for path in tmp_path.iterdir()) == ["graded.ipynb", "my homework.ipynb"]


@pytest.mark.slow
def test_one_notebook_for_machines(run, tmp_path):
    path = tmp_path / "a.ipynb"
    path.write_bytes(handed_in(LESSON, WRONG))
    result = run(tmp_path, path, "--json")
    marks = json.loads(result.stdout)
    assert [mark["verdict"] for mark in marks["marks"]] == ["wrong", *["not started"] * 4]
    assert marks["marks"][0]["mistake"]


def test_a_course_from_submissions_to_points(run, folder):
    inbox = submit(folder, "ada")
    shutil.copy(ROOT / "solutions" / LESSON / f"{LESSON}.ipynb", inbox)
    submit(folder, "bob").joinpath(f"{LESSON}.ipynb").write_bytes(handed_in(LESSON, WRONG))
    result = run(folder, "--all", "--csv", "points.csv")
    assert result.exit_code == 0, result.output
    assert "1 x the products are added up" in result.output
    rows = (folder / "points.csv").read_text().splitlines()
    assert [row.split(",")[1] for row in rows] == ["student", "ada", "bob"]
    assert rows[1].split(",")[3:8] == ["2.0", "3.0", "2.0", "1.0", "2.0"]
    assert rows[2].split(",")[3:8] == ["0.0"] * 5
    assert run(folder, LESSON).exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["77"], "is not a course's folder"),
        (["nowhere.ipynb"], "nowhere.ipynb cannot be read"),
        (["strange.ipynb"], "there is no graded cell of a lesson"),
        (["strange.ipynb", "02"], "not both"),
        ([], "Name lessons or one notebook"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(run, tmp_path, arguments, said):
    (tmp_path / "strange.ipynb").write_text("{}")
    result = run(tmp_path, *arguments)
    assert result.exit_code != 0
    assert said in result.output
    assert "Traceback" not in result.output
