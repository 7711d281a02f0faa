"""What lesson 18 says in words: stored numbers held to their bounds, and measured again where PyTorch is."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import nbformat
import numpy as np
import pytest

from helpers import data, reference
from helpers.teaching.building import execute

ROOT = Path(__file__).parents[2]
PATTERN = "INPUT -> [CONV -> RELU -> POOL]*2 -> [FC -> RELU]*2 -> FC"
STORED = data.pytorch_comparison()
needs_torch = pytest.mark.skipif(importlib.util.find_spec("torch") is None, reason="PyTorch is not installed")


def net(kernel=5, **settings):
    return reference.describe_layers(PATTERN, filters=[6, 16], units=[120, 84, 10], kernel=kernel, **settings)


@pytest.fixture
def measured():
    """What the lesson's own cells find here."""
    pytest.importorskip("torch")
    sys.path.insert(0, str(ROOT / "benchmarks"))
    try:
        from pytorch_comparison import measured
    finally:
        sys.path.pop(0)
    return measured()


def require_small(comparison):
    """The lesson's claim on outputs and gradients: 1e-6 in float32, 1e-12 in float64."""
    single, double = comparison["float32, 2 images"], comparison["float64, 2 images"]
    assert len(single) == len(double) == 12  # votes, images, five weights, five biases
    assert 0 < max(single.values()) < 1e-6
    assert 0 < max(double.values()) < 1e-12
    assert max(comparison["float32, 10 images"].values()) < 1e-5
    assert comparison["parameters"] == 62006
    assert comparison["carried back"] < 1e-6
    np.testing.assert_allclose(comparison["losses, ours"], comparison["losses, PyTorch"], rtol=1e-5)


def test_the_stored_comparison_keeps_what_the_lesson_says():
    require_small(STORED)
    assert STORED["message"].endswith("(1x576 and 144x120)")
    assert max(STORED["float32, 10 images"].values()) > max(STORED["float32, 2 images"].values())


def test_the_stored_comparison_is_what_comes_out_here(measured):
    require_small(measured)
    assert measured.keys() == STORED.keys()
    assert measured["float32, 2 images"].keys() == STORED["float32, 2 images"].keys()
    np.testing.assert_allclose(measured["losses, PyTorch"], STORED["losses, PyTorch"], rtol=1e-4)
    if measured["torch"] == STORED["torch"]:
        assert measured["message"] == STORED["message"]


def outputs_of(cell):
    return "".join(output.get("text", "") for output in cell.get("outputs", []))


def test_the_built_lesson_says_what_it_skips():
    notebook = nbformat.read(ROOT / "solutions" / "18_pytorch" / "18_pytorch.ipynb", as_version=4)
    shown = {cell.id: outputs_of(cell) for cell in notebook.cells}
    assert "torch is not installed: what is marked `if torch:` is skipped" in shown["installed"]
    assert f"stored, torch {STORED['torch']}" in shown["compared-side-by-side"]
    assert "on this machine" not in "".join(shown.values())


@needs_torch
def test_the_kernel_that_builds_lessons_finds_no_torch(tmp_path):
    cell = nbformat.v4.new_code_cell("import torch")
    with pytest.raises(execute.RunError, match="No module named 'torch'"):
        execute.run(nbformat.v4.new_notebook(cells=[cell]), tmp_path, tmp_path)


@pytest.mark.parametrize(
    ("size", "settings", "expected"),
    [
        ((32, 32), {}, 400),
        ((40, 48), {}, 7 * 9 * 16),
        ((32, 32), {"kernel": 3}, 576),
        ((64, 64), {"stride": 2}, 144),
        ((32, 32), {"padding": 2}, 1024),
    ],
)
def test_the_first_linear_layer_by_torch_and_by_us(size, settings, expected):
    assert reference.conv_out_features(net(**settings), (3, *size)) == expected
    torch = pytest.importorskip("torch")
    sliding = {"kernel_size": settings.get("kernel", 5)}
    sliding |= {key: value for key, value in settings.items() if key != "kernel"}
    front = torch.nn.Sequential(
        torch.nn.Conv2d(3, 6, **sliding),
        torch.nn.MaxPool2d(2),
        torch.nn.Conv2d(6, 16, **sliding),
        torch.nn.MaxPool2d(2),
    )
    assert torch.flatten(front(torch.zeros(1, 3, *size)), 1).shape[1] == expected


def test_softmax_twice():
    logits, right = np.array([[10.0, 0.0, 0.0]]), np.array([0])
    assert round(reference.cross_entropy(logits, right), 4) == 0.0001
    assert round(reference.cross_entropy(reference.softmax(logits), right), 4) == 0.5515


def test_a_float32_of_a_tenth():
    assert f"{np.float32(0.1):.11f}" == "0.10000000149"
    assert np.finfo(np.float32).nmant + 1 == 24


def test_transposed_votes_answer_differently_and_not_by_a_hair():
    rng, photo = np.random.default_rng(6), data.photograph(colour=True)
    corners = zip(rng.integers(0, 395, 10), rng.integers(0, 608, 10), strict=True)
    images = np.stack([photo[row : row + 32, column : column + 32] for row, column in corners])
    network = reference.build_network(net(), (3, 32, 32), np.random.default_rng(13), dtype="float32")
    right = network.forward(reference.to_nchw(images).astype("float32"))
    votes = network.parameters()["7.weight"]
    block = votes.reshape(120, 16, 5, 5).transpose(2, 3, 1, 0).reshape(400, 120)
    np.testing.assert_array_equal(reference.votes_to_nchw(block, (16, 5, 5)), votes)
    network.set_parameters({"7.weight": block.T})
    wrong = network.forward(reference.to_nchw(images).astype("float32"))
    assert np.sum(reference.predict(right) == reference.predict(wrong)) == 5
    for logits in (right, wrong):
        first, second = np.sort(logits, axis=1)[:, :-3:-1].T
        assert np.min(first - second) > 1e-3


def test_same_words_in_both_libraries():
    torch = pytest.importorskip("torch")
    functional, rng = torch.nn.functional, np.random.default_rng(0)
    for side, window, stride in [(7, 2, 2), (8, 3, 2), (9, 2, 3), (10, 3, 4), (11, 4, 5)]:
        x = rng.normal(size=(2, 3, side, side + 1))
        theirs = functional.max_pool2d(torch.tensor(x), window, stride, ceil_mode=True).numpy()
        np.testing.assert_array_equal(reference.max_pool2d(x, window, stride, partial=True), theirs)
    logits, labels = rng.normal(size=(4, 3)), np.array([0, 2, 1, 1])
    loss = functional.cross_entropy(torch.tensor(logits), torch.tensor(labels))
    np.testing.assert_allclose(reference.cross_entropy(logits, labels), loss.item())
    with pytest.raises(RuntimeError, match="expected"):  # no mix of float64 and float32
        functional.conv2d(torch.zeros(1, 1, 4, 4, dtype=torch.float64), torch.zeros(1, 1, 2, 2))
    weight = torch.tensor([1.0, 2.0], requires_grad=True)
    for expected in ([2.0, 4.0], [4.0, 8.0]):  # gradients are added to those that are there
        (weight**2).sum().backward()
        assert weight.grad.tolist() == expected


def test_tensors_made_of_arrays_share_their_memory():
    torch = pytest.importorskip("torch")
    array = np.zeros(2, "float32")
    torch.from_numpy(array).sub_(1)
    assert array.tolist() == [-1, -1]
    layer = torch.nn.Linear(2, 1)
    weights = {"weight": np.ones((1, 2), "float32"), "bias": np.ones(1, "float32")}
    layer.load_state_dict({key: torch.from_numpy(value) for key, value in weights.items()})
    with torch.no_grad():
        layer.weight.sub_(1)
    assert weights["weight"].tolist() == [[1, 1]]


def test_batch_normalisation_is_standardise_with_two_numbers():
    torch = pytest.importorskip("torch")
    maps = np.random.default_rng(0).normal(3, 2, (10, 4, 6, 5))
    scale, shift = torch.full((4,), 2.0, dtype=torch.float64), torch.full((4,), 3.0, dtype=torch.float64)
    theirs = torch.nn.functional.batch_norm(torch.tensor(maps), None, None, scale, shift, training=True)
    ours = 2 * reference.standardise(maps, axis=(0, 2, 3)) + 3
    np.testing.assert_allclose(ours, theirs.numpy(), atol=1e-4)  # they add 1e-5 to the variance


def test_global_average_pooling_leaves_16_numbers():
    smaller = sum(row[2] for row in reference.parameter_table(net(), (3, 32, 32))) - 120 * (400 - 16)
    assert smaller == 15926
    assert reference.avg_pool2d(np.ones((1, 16, 5, 5)), 5).shape == (1, 16, 1, 1)


@pytest.mark.slow
def test_the_lesson_runs_without_torch_as_it_was_built(tmp_path):
    """The same cells in a kernel that finds no PyTorch, compared by nbval with what is stored."""
    environment = execute.learner_environment(tmp_path) | {"PYTHONPATH": str(ROOT)}
    options = ["-q", "-p", "no:cacheprovider", "--nbval", "--nbval-current-env"]
    options += ["--nbval-sanitize-with", str(ROOT / "tests" / "nbval.cfg")]
    notebook = str(ROOT / "solutions" / "18_pytorch" / "18_pytorch.ipynb")
    command = [sys.executable, "-m", "pytest", *options, notebook]
    run = subprocess.run(command, env=os.environ | environment, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout[-3000:]
