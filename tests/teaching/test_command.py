"""The command `course build`: what it prints, and with which code it ends."""

import os
import signal
import subprocess
import sys
import time

import pytest
from typer.testing import CliRunner

from helpers import __version__
from helpers.teaching.building.build import build
from helpers.teaching.cli import app
from tests.teaching.small_course import LESSON, NAME, write_course


@pytest.fixture
def run(copied, monkeypatch):
    """Run the command in a copy of the small course."""
    monkeypatch.chdir(copied.root)

    def run(*arguments):
        return CliRunner().invoke(app, [*arguments])

    run.course = copied
    return run


@pytest.mark.slow
def test_build_builds_what_changed_and_says_so(run):
    assert run("build").exit_code == 0
    assert run("build").output == "1 lesson unchanged\n"
    run.course.script(NAME).write_text(LESSON + "\n# %%\n3\n")
    result = run("build", "00")
    assert result.exit_code == 0
    assert result.output.startswith("built 00_tiny: 10 cells")
    assert run("build", f"lessons/{NAME}.py").output == "1 lesson unchanged\n"
    assert run("build", "--check").output == "The notebooks of 1 lesson match.\n"


@pytest.mark.slow
def test_check_and_failing_build_end_with_1_and_one_place_each(run):
    run.course.script(NAME).write_text(LESSON.replace("points=3", "points=2.5"))
    for arguments in (["build"], ["build", "--check"]):
        result = run(*arguments)
        assert result.exit_code == 1
        assert result.output.startswith(f"lessons/{NAME}.py:")
        assert len(result.output.splitlines()) == 2


def test_unknown_lesson_is_named(run):
    result = run("build", "09_voting")
    assert result.exit_code == 1
    assert result.output == f"There is no lesson '09_voting'; the lessons are {NAME}.\n"


def test_lab_without_notebooks_says_so(tmp_path, monkeypatch):
    (tmp_path / "lessons").mkdir()
    (tmp_path / "nbgrader_config.py").touch()
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(app, ["lab"])
    assert result.exit_code == 1
    assert "no notebooks" in result.output


@pytest.mark.slow
def test_unchanged_lessons_need_no_notebook_libraries(copied):
    list(build(copied, [NAME]))
    code = (
        "import sys\n"
        "from helpers.teaching.cli import app\n"
        "app(['build'], standalone_mode=False)\n"
        "print(sorted({'jupytext', 'nbformat', 'nbclient', 'nbgrader', 'jupyterlab'} & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=copied.root, capture_output=True, text=True, check=True
    )
    assert done.stdout == "1 lesson unchanged\n[]\n"


@pytest.mark.slow
@pytest.mark.parametrize("number", [1, 2])
def test_control_c_ends_the_build_and_leaves_nothing_behind(tmp_path, number):
    endless = "# %%\nimport time\nfrom pathlib import Path\n\nPath({!r}).touch()\ntime.sleep(1000)\n"
    started, scratch = tmp_path / "started", tmp_path / "scratch"
    scratch.mkdir()
    lessons = {f"0{index}_slow": endless.format(str(started)) for index in range(number)}
    course = write_course(tmp_path / "course", lessons)
    command = [sys.executable, "-m", "helpers.teaching", "build"]
    environment = os.environ | {"TMPDIR": str(scratch)}
    process = subprocess.Popen(command, cwd=course.root, env=environment, start_new_session=True)
    while not started.exists():
        assert process.poll() is None
        time.sleep(0.1)
    os.killpg(process.pid, signal.SIGINT)
    assert process.wait(timeout=120) == 130
    assert not list(scratch.glob("course-*"))
    assert not (course.root / "solutions").exists()


def test_the_version_is_printed():
    said = CliRunner().invoke(app, ["--version"])
    assert (said.exit_code, said.output.strip()) == (0, __version__)
