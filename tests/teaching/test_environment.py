"""The conda environment asks for what pyproject.toml asks for, with the same bounds."""

import tomllib
from pathlib import Path

import yaml
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
CONDA_NAMES = {"playwright": "playwright-python"}


def bounds(requirements):
    """The bounds by name, as conda knows the packages."""
    parsed = [Requirement(requirement) for requirement in requirements]
    return {CONDA_NAMES.get(one.name, one.name): one.specifier for one in parsed}


def test_conda_environment_equals_pyproject():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    environment = yaml.safe_load((ROOT / "environment.yml").read_text())
    listed = [entry for entry in environment["dependencies"] if isinstance(entry, str) and entry != "pip"]
    wanted = bounds([*project["dependencies"], *project["optional-dependencies"]["test"]])
    assert bounds(listed) == wanted | bounds([f"python{project['requires-python']}"])


def test_conda_environment_has_one_channel_and_installs_the_course():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text())
    assert [channel for channel in environment["channels"] if channel != "nodefaults"] == ["conda-forge"]
    assert environment["dependencies"][-1] == {"pip": ["-e ."]}
