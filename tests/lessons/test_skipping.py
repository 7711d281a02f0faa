"""Nothing depends on a skipped exercise but its own check, and exercises that were written to call it."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

from helpers.teaching.building.execute import learner_environment
from helpers.teaching.building.lesson import read
from helpers.teaching.course import Course

COURSE = Course(Path(__file__).parents[2])

pytestmark = pytest.mark.slow


def callers(lesson):
    """By exercise: those whose solution calls it, and those whose solution calls one of these."""
    cells = [cell for cell in read(COURSE.script(lesson)).cells if cell.role == "exercise"]
    words = {
        cell.name: {node.id for node in ast.walk(ast.parse(cell.source)) if isinstance(node, ast.Name)}
        for cell in cells
    }
    found = {name: {name} for name in words}
    for name in reversed(words):  # later exercises call earlier ones
        for other in words:
            if other != name and name in words[other]:
                found[name] |= found[other]
    return found


@pytest.mark.parametrize("lesson", COURSE.lessons())
def test_only_checks_fail_where_one_exercise_is_skipped(lesson, tmp_path):
    command = [sys.executable, "-m", "tests.lessons.skipping", lesson]
    environment = {**learner_environment(tmp_path), "MPLBACKEND": "agg"}
    done = subprocess.run(command, cwd=COURSE.root, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    failed = {name: set(cells) for name, cells in json.loads(done.stdout).items()}
    assert failed.pop("nothing") == set()
    assert failed == {
        name: {f"check_{caller}" for caller in found} for name, found in callers(lesson).items()
    }
