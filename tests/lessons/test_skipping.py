"""Nothing depends on a skipped exercise but its own check, and exercises that were written to call it."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import nbformat
import numpy as np
import pytest

from helpers import reference
from helpers.teaching.building.execute import learner_environment, learner_folder
from helpers.teaching.building.lesson import read
from helpers.teaching.course import Course
from tests.lessons import trainings

COURSE = Course(Path(__file__).parents[2])

pytestmark = pytest.mark.slow


def callers(lesson):
    """By exercise: those whose solution calls it, and those whose solution calls one of these."""
    cells = [cell for cell in read(COURSE.script(lesson)).cells if cell.role == "exercise"]
    words = {
        cell.name: {node.id for node in ast.walk(ast.parse(cell.source)) if isinstance(node, ast.Name)}
        for cell in cells
    }
    found = {name: {name} for name in words}
    for name in reversed(words):  # later exercises call earlier ones
        for other in words:
            if other != name and name in words[other]:
                found[name] |= found[other]
    return found


@pytest.mark.parametrize("lesson", COURSE.lessons())
def test_only_checks_fail_where_one_exercise_is_skipped_or_all(lesson, tmp_path):
    failed = failed_in(lesson, tmp_path)
    assert failed.pop("nothing") == set()
    cells = nbformat.read(COURSE.released(lesson), as_version=4).cells
    checks = {cell.id for cell in cells if cell.metadata.get("nbgrader", {}).get("locked")}
    meant = {cell.id for cell in cells if "raises-exception" in cell.metadata.get("tags", [])}
    assert checks <= failed.pop("all") <= meant
    assert failed == {
        name: {f"check_{caller}" for caller in found} for name, found in callers(lesson).items()
    }


def failed_in(lesson, scratch):
    """The cells that fail, by what is skipped."""
    command = [sys.executable, "-m", "tests.lessons.skipping", lesson]
    environment = {**learner_environment(scratch), "MPLBACKEND": "agg"}
    folder = learner_folder(scratch, lesson, COURSE.released(lesson).parent)
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return {name: set(cells) for name, cells in json.loads(done.stdout).items()}


def trained():
    """What came of a small training in which the network's dropout draws from the training's generator."""
    rng = np.random.default_rng(1)
    layers = [reference.Flatten(), reference.Linear(4, 3, rng), reference.Dropout(0.5, rng)]
    network, images = reference.Network(layers), rng.normal(size=(9, 1, 2, 2))
    losses = reference.fit(network, images, np.arange(9) % 3, rng, epochs=2)
    gradients = {name: array.tolist() for name, array in network.gradients().items()}
    return losses, network.forward(images).tolist(), gradients, layers[2].rng is rng, rng.random()


def test_a_training_that_is_recalled_leaves_all_as_the_training_does(tmp_path, monkeypatch):
    for module in trainings.WHERE_FIT_IS:
        monkeypatch.setattr(module, "fit", module.fit)
    expected = trained()
    trainings.do_each_once(tmp_path / "kept")
    assert trained() == trained() == expected
    assert len(list((tmp_path / "kept").iterdir())) == 1
