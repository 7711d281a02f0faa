"""What the package ships of other people's data is what they made, to the last bit."""

import importlib
import sys
from pathlib import Path

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from helpers import data

ROOT = Path(__file__).parents[2]
FOLDER = Path(data.__file__).parent


def test_the_photograph_is_scikit_learns():
    datasets = pytest.importorskip("sklearn.datasets")
    pixels = datasets.load_sample_image("china.jpg")
    assert_array_equal(data.photograph(colour=True), pixels / 127.5 - 1, strict=True)


def test_the_digits_are_scikit_learns():
    datasets = pytest.importorskip("sklearn.datasets")
    images, labels = data.digits()
    theirs = datasets.load_digits()
    assert_array_equal(images, theirs.images[:, np.newaxis] / 8 - 1, strict=True)
    assert_array_equal(labels, theirs.target, strict=True)


@pytest.mark.skipif(sys.version_info[:3] != (3, 11, 7), reason="each version has a slightly different one")
def test_the_handbook_is_pythons(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    theirs = importlib.import_module("shipped_data").sentences()
    assert (FOLDER / "handbook.txt").read_text(encoding="utf-8").splitlines() == theirs


def test_each_file_has_its_source():
    sources = (FOLDER / "SOURCES.md").read_text(encoding="utf-8")
    files = {path.name for path in FOLDER.iterdir() if path.is_file() and path.suffix not in {".py", ".md"}}
    assert len(files) >= 5
    assert [name for name in files if f"| `{name}` |" not in sources] == []
