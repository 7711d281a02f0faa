"""What all tests share: a scratch file for progress, tools that nbgrader finds, and a browser."""

import itertools
import os
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from helpers.teaching.lab.browser import chromium, chromium_settings

# nbgrader calls alembic by name, as if the environment were active.
os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])

# The tests keep all processors busy; threads of one matrix product would wait for each other.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# An example may take as long as a busy machine needs for it.
settings.register_profile("busy", settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy")


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


def slow_but(quick, values):
    """Values to try a test with, of which all but the quick ones are left to the slow tests."""
    return [pytest.param(value, marks=() if value in quick else pytest.mark.slow) for value in values]


def give_up(reason):
    """Skip what cannot run here, but never on a machine that must have everything."""
    (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)


@pytest.fixture(scope="session")
def playwright():
    """Playwright, which runs only once in a process, if there is a Chromium."""
    if not chromium():
        give_up("there is no Chromium on this machine")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright):
    """A headless Chromium that remembers nothing."""
    running = playwright.chromium.launch(**chromium_settings())
    yield running
    running.close()
