"""`result.json` as Classroom 50 asks for it."""

import json
from datetime import datetime

import pytest
from typer.testing import CliRunner

from helpers.teaching.classroom.classroom50 import result
from helpers.teaching.cli import app
from helpers.teaching.grading.marks import Mark, Marks
from helpers.teaching.grading.messages import Refused
from tests.grading.bank import handed_in
from tests.grading.classes import LESSON

RUNNER = {
    "CLASSROOM": "networks",
    "ASSIGNMENT": "filtering",
    "SUBMISSION_TAG": "submit/2026-06-01T14-32-05Z-a1b2c3d",
    "COMMIT_URL": "https://example.org/commit/1",
    "RELEASE_URL": "https://example.org/release/1",
}
MOMENT = datetime.fromisoformat("2026-06-01T16:32:01+02:00")


def marks(*points, trouble=""):
    """The marks of some exercises of 2 points each."""
    verdicts = ("passed" if one else "wrong" for one in points)
    made = (
        Mark(f"check_{number}", f"exercise_{number}", one, 2.0, verdict, "Said.")
        for number, (one, verdict) in enumerate(zip(points, verdicts, strict=True))
    )
    return Marks(LESSON, "fake", tuple(made), trouble=trouble)


def test_the_fields_are_those_of_the_contract():
    made = json.loads(json.dumps(result(marks(2.0, 0.0), RUNNER, MOMENT)))
    tests = made.pop("tests")
    assert made == {
        "schema": "classroom50/result/v1",
        "classroom": "networks",
        "assignment": "filtering",
        "submission": RUNNER["SUBMISSION_TAG"],
        "commit": "https://example.org/commit/1",
        "release": "https://example.org/release/1",
        "review": "https://example.org/commit/1",
        "datetime": "2026-06-01T14:32:01Z",
        "score": 2,
        "max-score": 4,
    }
    assert [(one["test-name"], one["passed"], one["score"], one["max-score"]) for one in tests] == [
        ("exercise_0", True, 2, 2),
        ("exercise_1", False, 0, 2),
    ]
    assert all(type(one[name]) is int for one in tests for name in ("score", "max-score"))


@pytest.mark.parametrize(
    ("graded", "environment", "sentence"),
    [
        (marks(0.5), RUNNER, "takes whole points"),
        (marks(trouble="No notebook."), RUNNER, "could not be graded. No notebook."),
        (marks(2.0), {**RUNNER, "COMMIT_URL": ""}, "Classroom 50 sets COMMIT_URL"),
    ],
)
def test_what_cannot_be_a_result_is_refused(graded, environment, sentence):
    with pytest.raises(Refused, match=sentence):
        result(graded, environment, MOMENT)


def test_a_student_cannot_bring_a_course_along(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name, value in RUNNER.items():
        monkeypatch.setenv(name, value)
    (tmp_path / "lessons").mkdir()
    (tmp_path / "nbgrader_config.py").write_text("raise RuntimeError('run')")
    (tmp_path / "my.ipynb").write_bytes(handed_in(LESSON, {}))
    done = CliRunner().invoke(app, ["classroom50", "my.ipynb"])
    assert done.exit_code == 0, done.output
    made = json.loads((tmp_path / "result.json").read_text())
    assert (made["score"], made["max-score"], len(made["tests"])) == (0, 10, 5)
