"""The conda environment asks for what pyproject.toml asks for, with the same bounds."""

import tomllib
from pathlib import Path

import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

import helpers

ROOT = Path(__file__).parents[2]
CONDA_NAMES = {"playwright": "playwright-python"}
ONLY_ON_PYPI = {"fsrs"}  # comes with the course itself, which pip installs


def bounds(requirements):
    """The bounds by name, as conda knows the packages."""
    parsed = [Requirement(requirement) for requirement in requirements]
    return {CONDA_NAMES.get(one.name, one.name): one.specifier for one in parsed}


def everything(project):
    """What the course asks for, with the extra `test` and with those that it includes."""
    asked, extras = list(project["dependencies"]), ["test"]
    for extra in extras:
        for requirement in project["optional-dependencies"][extra]:
            included = Requirement(requirement)
            own = included.name == project["name"]
            extras.extend(included.extras if own else [])
            asked.extend([] if own else [requirement])
    return asked


def test_conda_environment_equals_pyproject():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    environment = yaml.safe_load((ROOT / "environment.yml").read_text())
    listed = [entry for entry in environment["dependencies"] if isinstance(entry, str) and entry != "pip"]
    wanted = bounds(everything(project))
    wanted = {name: bound for name, bound in wanted.items() if name not in ONLY_ON_PYPI}
    assert bounds(listed) == wanted | bounds([f"python{project['requires-python']}"])


def test_conda_environment_has_one_channel_and_installs_the_course():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text())
    assert [channel for channel in environment["channels"] if channel != "nodefaults"] == ["conda-forge"]
    assert environment["dependencies"][-1] == {"pip": ["-e ."]}


def test_the_version_is_in_one_place_and_is_cited():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["dynamic"] == ["version"]
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text())["version"]
    assert cited == helpers.__version__
    assert f"## {cited}\n" in (ROOT / "CHANGELOG.md").read_text()


def test_every_listed_version_satisfies_what_is_asked_for():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    pins = dict(line.split("==") for line in (ROOT / "requirements.lock").read_text().split())
    listed = {canonicalize_name(name): Version(version) for name, version in pins.items()}
    for requirement in everything(project):
        wanted = Requirement(requirement)
        assert listed[canonicalize_name(wanted.name)] in wanted.specifier, requirement
