"""Which room of the package may import which: always in one direction, and never a teacher's tool."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import helpers

PACKAGE = Path(helpers.__file__).parent
MAY_IMPORT = {
    "checking/calling": {"checking.calling"},
    "checking": {"checking", "learning", "exercises", "show.widgets"},
    "learning": {"learning", "exercises", "reference", "checking.calling", "show.widgets"},
    "exercises": {"exercises", "reference", "data"},
}
LEARNERS = (
    "came_out, check, data, hint, other_ways, predict, progress, puzzle, "
    "questions, reference, review, show, yours"
)
TEACHERS = {"distributed", "jupytext", "nbclient", "nbconvert", "nbgrader", "psutil", "sqlalchemy", "typer"}
LATER = {"scipy", "sklearn", "tqdm"}  # only where a lesson needs them


def imported_by(room):
    """(file, what it imports of the package) for each import in a room, without `helpers.` in front."""
    for file in sorted((PACKAGE / room).rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module == "helpers":
                names = [f"helpers.{alias.name}" for alias in node.names]
            else:
                names = [node.module] if isinstance(node, ast.ImportFrom) else []
            for name in names:
                if name.partition(".")[0] == "helpers":
                    yield file.relative_to(PACKAGE), name.removeprefix("helpers.")


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_a_room_imports_only_what_it_may(room):
    found = list(imported_by(room))
    allowed = MAY_IMPORT[room]
    wrong = [
        f"{file} imports {name}"
        for file, name in found
        if not any(name == place or name.startswith(f"{place}.") for place in allowed)
    ]
    assert found
    assert wrong == []


def test_what_a_learner_imports_needs_no_tool_of_a_teacher():
    code = f"import sys; from helpers import {LEARNERS}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert "helpers" in loaded
    assert not loaded & (TEACHERS | LATER)
    assert "helpers.teaching" not in done.stdout.split()
