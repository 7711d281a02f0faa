"""Instructors' stock nbgrader commands work in the course's folder and agree with the builder."""

import subprocess
import sys

import pytest

from helpers.teaching.digests import digest
from tests.teaching.small_course import NAME


def nbgrader(course, *arguments):
    """Run nbgrader in the course's folder, as in an activated environment."""
    command = [sys.executable, "-m", "nbgrader", *arguments]
    return subprocess.run(command, cwd=course.root, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_generate_assignment_gives_the_same_bytes(copied):
    before = digest([copied.released(NAME).read_bytes()])
    copied.released(NAME).unlink()
    done = nbgrader(copied, "generate_assignment", "--force", NAME)
    assert done.returncode == 0, done.stderr
    assert digest([copied.released(NAME).read_bytes()]) == before


def test_builder_leaves_the_gradebook_alone(built):
    assert not list(built.root.glob("gradebook.db*"))
    assert not list(built.root.glob(".nbgrader*"))
