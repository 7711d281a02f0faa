"""What all tests share: a scratch file for progress, never a learner's own; tools that nbgrader finds."""

import itertools
import os
import sys
from pathlib import Path

import pytest

# nbgrader calls alembic by name, as if the environment were active.
os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])


@pytest.fixture(scope="session")
def progress_files(tmp_path_factory):
    """Paths for files that are not there yet; a folder for each of thousands of tests takes long to make."""
    folder = tmp_path_factory.mktemp("progress")
    return (folder / f"{number}.jsonl" for number in itertools.count())


@pytest.fixture(autouse=True)
def scratch_progress(progress_files, monkeypatch):
    """The file in which the test's progress is kept."""
    file = next(progress_files)
    monkeypatch.setenv("COURSE_PROGRESS", str(file))
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    return file
