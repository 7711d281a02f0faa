"""What all tests share: a scratch file for progress, never a learner's own; tools that nbgrader finds."""

import os
import sys
from pathlib import Path

import pytest

# nbgrader calls alembic by name, as if the environment were active.
os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])


@pytest.fixture(autouse=True)
def scratch_progress(tmp_path, monkeypatch):
    """The file in which the test's progress is kept."""
    file = tmp_path / "progress.jsonl"
    monkeypatch.setenv("COURSE_PROGRESS", str(file))
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    return file
