"""What all tests share: progress goes to a scratch file, never to a learner's own."""

import pytest


@pytest.fixture(autouse=True)
def scratch_progress(tmp_path, monkeypatch):
    """The file in which the test's progress is kept."""
    file = tmp_path / "progress.jsonl"
    monkeypatch.setenv("COURSE_PROGRESS", str(file))
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    return file
