"""The other ways to open the lessons: Binder's folder, the workflow that publishes, the cell for Colab."""

import ast
import os
import re
import tomllib
from pathlib import Path

import yaml
from packaging.specifiers import SpecifierSet

from tests.documents.pages import blocks, text_of
from tests.site.hidden import COURSE

ROOT = COURSE.root


def project():
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def asked(text):
    """The extras of the course that a text asks for."""
    return re.findall(r"\[(\w+)\]\"", text)


def test_binder_gets_a_python_that_the_course_accepts():
    environment = yaml.safe_load((ROOT / "binder" / "environment.yml").read_text(encoding="utf-8"))
    (python,) = (str(one) for one in environment["dependencies"] if str(one).startswith("python="))
    assert python.partition("=")[2] in SpecifierSet(project()["requires-python"])


def test_binder_installs_the_course_as_learners_need_it():
    script = ROOT / "binder" / "postBuild"
    assert os.access(script, os.X_OK)
    assert asked(script.read_text(encoding="utf-8")) == ["lessons"]
    assert "lessons" in project()["optional-dependencies"]


def test_colab_s_cell_installs_the_course_and_goes_to_a_lesson():
    fetch, keep = (block.text for block in blocks("docs/doors.md"))
    assert asked(fetch) == ["lessons"]
    (folder,) = re.findall(r"^%cd course/(\S+)$", fetch, re.MULTILINE)
    assert (ROOT / folder).is_dir()
    assert "%env COURSE_PROGRESS=" in keep
    ast.parse(re.sub(r"^[!%].*$", "", fetch + keep, flags=re.MULTILINE))


def test_addresses_lead_to_notebooks():
    paths = re.findall(r"(notebooks/\w+/\w+\.ipynb)$", text_of("docs/doors.md"), re.MULTILINE)
    assert len(paths) == 2
    assert all((ROOT / path).is_file() for path in paths)


def test_the_workflow_publishes_what_make_builds():
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "site.yml").read_text(encoding="utf-8"))
    (job,) = workflow["jobs"].values()
    assert [step["run"] for step in job["steps"] if "run" in step] == ["make site"]
    (upload,) = (step["with"] for step in job["steps"] if "upload-pages-artifact" in step.get("uses", ""))
    assert Path(upload["path"]) == Path("build", "site")
    assert workflow["permissions"] == {"contents": "read", "pages": "write", "id-token": "write"}
