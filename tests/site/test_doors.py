"""The other ways to open the lessons: Binder's folder, the workflow that publishes, the cell for Colab."""

import ast
import os
import re
import subprocess
import sys
import tomllib
from importlib import resources
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from tests.documents.pages import blocks, text_of
from tests.site.hidden import COURSE

ROOT = COURSE.root


def project():
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def asked(text):
    """The extras of the course that a text asks for."""
    return re.findall(r"\[(\w+)\]\"", text)


@pytest.fixture(scope="module")
def plan():
    """What Binder's own program would do with the course, as it prints it; nothing is built."""
    command = [sys.executable, "-m", "repo2docker", "--debug", "--no-build", "--no-run", str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


def binders_own(plan):
    """The versions that are in every environment of Binder's with the plan's Python."""
    (escaped,) = set(re.findall(r"environment-2epy-2d\S+?-2dlinux\S*?-2elock", plan))
    name = re.sub(r"-([0-9a-f]{2})", lambda code: chr(int(code[1], 16)), escaped)
    lock = resources.files("repo2docker.buildpacks.conda").joinpath(name).read_text(encoding="utf-8")
    found = re.findall(r"/([^/]+)-([^-/]+)-[^-/]+\.(?:conda|tar\.bz2)", lock)
    return {canonicalize_name(package): version for package, version in found}


def test_binder_finds_its_folder_and_a_python_that_the_course_accepts(plan):
    (python,) = re.findall(r"^Building conda environment for python=(\S+)$", plan, re.MULTILINE)
    assert python in SpecifierSet(project()["requires-python"])
    assert "unspecified" not in plan
    assert 'env update -p ${NB_PYTHON_PREFIX} --file "binder/environment.yml"' in plan
    assert plan.index("COPY --chown=0:0 src/ ${REPO_DIR}/") < plan.index("RUN ./binder/postBuild")


def test_what_binder_brings_need_not_be_replaced(plan):
    own = binders_own(plan)
    asked = [Requirement(one) for one in project()["dependencies"]]
    there = [one for one in asked if canonicalize_name(one.name) in own]
    assert {one.name for one in there} >= {"ipython", "ipywidgets"}
    assert [one for one in there if own[canonicalize_name(one.name)] not in one.specifier] == []
    assert own["jupyterlab"].startswith("4.")


def test_binder_installs_the_course_as_learners_need_it():
    script = ROOT / "binder" / "postBuild"
    assert os.access(script, os.X_OK)
    assert asked(script.read_text(encoding="utf-8")) == ["lessons"]
    assert "lessons" in project()["optional-dependencies"]


def test_the_cells_for_colab_are_python_and_ask_for_what_learners_need():
    fetch, keep = (block.text for block in blocks("docs/doors.md") if block.language == "ipython")
    assert asked(fetch) == []
    assert "convnet-course[lessons] @ https://" in fetch
    assert "%env COURSE_PROGRESS=" in keep
    ast.parse(re.sub(r"^ *[!%].*$", "", fetch + keep, flags=re.MULTILINE))


def test_addresses_lead_to_notebooks():
    paths = re.findall(r"((?:notebooks|colab)/\w+/\w+\.ipynb)$", text_of("docs/doors.md"), re.MULTILINE)
    assert len(paths) == 2
    assert all((ROOT / path.replace("colab/", "notebooks/")).is_file() for path in paths)


def test_the_workflow_publishes_what_make_builds():
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "site.yml").read_text(encoding="utf-8"))
    (job,) = workflow["jobs"].values()
    assert [step["run"] for step in job["steps"] if "run" in step] == ["make site"]
    (upload,) = (step["with"] for step in job["steps"] if "upload-pages-artifact" in step.get("uses", ""))
    assert Path(upload["path"]) == Path("build", "site")
    assert workflow["permissions"] == {"contents": "read", "pages": "write", "id-token": "write"}
