"""The settings of tools around the course can be read, and name commands and files that exist."""

import json
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.specifiers import SpecifierSet

from helpers import exercises
from tests.documents.clone import ROOT
from tests.documents.test_commands import course_has, make_has

FORMS = sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("[!c]*.yml"))  # all but config.yml
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
QUESTIONS = {"checkboxes", "dropdown", "input", "textarea"}


def settings(path):
    """What a YAML file holds."""
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def project():
    """What pyproject.toml holds."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def hooks():
    """The hooks that run before a commit."""
    return [hook for repo in settings(ROOT / ".pre-commit-config.yaml")["repos"] for hook in repo["hooks"]]


def test_what_the_widgets_need_leaves_jupyterlab_alone():
    """JupyterLab has a script of its own for Node.js, which reads the package.json of the folders above."""
    assert "type" not in json.loads((ROOT / "package.json").read_text(encoding="utf-8"))


def npm_has(script):
    """Look the script up."""
    assert script in json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["scripts"]


class TestBeforeACommit:
    """The hooks of pre-commit."""

    def test_pre_commit_accepts_its_settings(self):
        command = [sys.executable, "-m", "pre_commit", "validate-config", ".pre-commit-config.yaml"]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr

    @pytest.mark.parametrize("hook", hooks(), ids=lambda hook: hook["id"])
    def test_a_hook_names_a_command_that_there_is(self, hook):
        command, *arguments = hook["entry"].split()
        if command.startswith(".venv/bin/"):
            tools = str(Path(sys.executable).parent)
            assert shutil.which(command.removeprefix(".venv/bin/"), path=tools)
        else:
            npm_has(re.search(r"npm run (?:--silent )?(\w+)", hook["entry"])[1])
        if command == ".venv/bin/course":
            course_has(arguments)

    @pytest.mark.parametrize("hook", hooks(), ids=lambda hook: hook["id"])
    def test_each_pattern_of_a_hook_matches_a_file(self, hook):
        places = [ROOT, *(ROOT / name for name in ("helpers", "lessons", "notebooks", "solutions"))]
        files = [path for place in places for path in place.glob("*" if place == ROOT else "**/*")]
        paths = [path.relative_to(ROOT).as_posix() for path in files if path.is_file()]
        for pattern in re.split(r"\|(?=\^)", hook.get("files", "")):
            assert any(re.search(pattern, path) for path in paths), pattern


def test_what_mypy_and_coverage_look_at_is_there():
    tools = project()["tool"]
    wanted = [*tools["mypy"]["files"], *tools["coverage"]["run"]["source"]]
    assert [place for place in wanted if not list(ROOT.glob(place))] == []
    left_out = [place.removeprefix("*/") for place in tools["coverage"]["run"]["omit"]]
    assert [place for place in left_out if not list((ROOT / "helpers").rglob(place))] == []


class TestWorkflow:
    """What runs after a push."""

    @pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
    def test_a_workflow_runs_scripts_that_there_are(self, path):
        jobs = settings(path)["jobs"].values()
        commands = [step["run"].split() for job in jobs for step in job["steps"] if "run" in step]
        assert commands
        for program, *targets in commands:
            assert program in ("bash", "make")
            if program == "bash":
                assert (ROOT / targets.pop(0)).is_file()
            for target in targets:
                make_has([target])

    def test_it_begins_with_the_oldest_python_that_is_allowed(self):
        workflow = settings(ROOT / ".github" / "workflows" / "tests.yml")
        versions = workflow["jobs"]["tests"]["strategy"]["matrix"]["python"]
        allowed = SpecifierSet(project()["project"]["requires-python"])
        assert allowed == SpecifierSet(f">={versions[0]}")
        assert all(version in allowed for version in versions)

    @pytest.mark.parametrize(
        ("file", "command"),
        [
            (".ci/run", r'^make "\$\{1:-([\w-]+)\}"'),
            (".devcontainer/devcontainer.json", r'^ +"postCreateCommand": "make ([\w./-]+)"'),
        ],
    )
    def test_what_make_is_told_to_make_is_a_target(self, file, command):
        (target,) = re.findall(command, (ROOT / file).read_text(encoding="utf-8"), re.MULTILINE)
        make_has([re.escape(target)])

    def test_the_container_is_built_from_a_file_that_there_is(self):
        container = json.loads((ROOT / ".devcontainer" / "devcontainer.json").read_text())
        assert (ROOT / ".devcontainer" / container["build"]["dockerfile"]).is_file()


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
class TestForms:
    """The forms in which people tell us what is wrong."""

    def test_a_form_has_all_that_github_asks_for(self, path):
        form = settings(path)
        assert form["name"]
        assert form["description"]
        asked = [part for part in form["body"] if part["type"] != "markdown"]
        assert {part["type"] for part in asked} <= QUESTIONS
        assert all(part["attributes"]["label"] for part in asked)
        ids = [part["id"] for part in asked]
        assert len(set(ids)) == len(ids) > 0

    def test_its_examples_are_lessons_and_exercises_of_the_course(self, path):
        known = {"lesson": exercises.LESSONS, "exercise": exercises.lessons()}
        shown = [(part["id"], part["attributes"].get("placeholder")) for part in settings(path)["body"]]
        examples = [(kind, example) for kind, example in shown if kind in known]
        assert examples
        assert [example for kind, example in examples if example not in known[kind]] == []

    def test_it_names_commands_that_there_are(self, path):
        for command in re.findall(r"`course ([^`]+)`", path.read_text(encoding="utf-8")):
            course_takes(command.split())


def course_takes(arguments):
    """Run `course` with arguments that only print something."""
    done = subprocess.run(
        [sys.executable, "-m", "helpers.teaching", *arguments], cwd=ROOT, capture_output=True
    )
    assert done.returncode == 0, done.stderr.decode()
