"""What lesson 18 says in words: stored numbers held to their bounds, and measured again where PyTorch is."""

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import numpy as np
import pytest

from helpers import data, reference
from helpers.teaching.building import execute
from helpers.teaching.grading.sandbox import wire

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


def require_small(comparison, single=1e-6, double=1e-12):
    """The lesson's claim on votes and gradients: 1e-6 in float32, 1e-12 in float64."""
    assert len(comparison["float32"]) == len(comparison["float64"]) == 9  # votes, four weights, four biases
    assert 0 < max(comparison["float32"].values()) < single
    assert 0 < max(comparison["float64"].values()) < double
    assert comparison["parameters"] == 62006
    assert comparison["carried back"] < 1e-6
    assert comparison["accuracy, PyTorch"] > 0.97
    np.testing.assert_allclose(comparison["losses, ours"], comparison["losses, PyTorch"], rtol=1e-4)


def test_the_stored_comparison_keeps_what_the_lesson_says():
    require_small(STORED)
    assert STORED["message"].endswith("(1x576 and 144x120)")


def test_the_stored_comparison_is_what_comes_out_here(measured):
    require_small(measured, 1e-5, 1e-11)
    assert measured.keys() == STORED.keys()
    assert measured["float32"].keys() == STORED["float32"].keys()
    np.testing.assert_allclose(measured["losses, PyTorch"], STORED["losses, PyTorch"], rtol=1e-3)
    if measured["torch"] == STORED["torch"]:
        assert measured["message"] == STORED["message"]


def outputs_of(cell):
    return "".join(output.get("text", "") for output in cell.get("outputs", []))


def test_the_built_lesson_says_what_it_skips():
    notebook = nbformat.read(ROOT / "solutions" / "18_pytorch" / "18_pytorch.ipynb", as_version=4)
    shown = {cell.id: outputs_of(cell) for cell in notebook.cells}
    assert "torch is not installed: `if torch:` is skipped" in shown["installed"]
    assert f"stored, torch {STORED['torch']}" in shown["compared"]
    assert shown["carried-back"].startswith("stored ")
    assert "here, torch" not in "".join(shown.values())


def test_all_that_is_measured_here_is_shown():
    """Each value that the lesson keeps in `here` is used again where it is printed."""
    source = (ROOT / "lessons" / "18_pytorch.py").read_text(encoding="utf-8")
    for name in STORED:
        uses = re.findall(rf"(?:here|found)\[[\"']{re.escape(name)}[\"']\]", source)
        assert len(uses) >= 2 or name in ("float32", "float64"), name
    assert 'if "float32" in found' in source  # both columns of the table


LAYERS = [
    ("Conv2d", (3, 6, 5), {}),
    ("Conv2d", (1, 16, 3), {"padding": 1}),
    ("Conv2d", (1, 16, (3, 3)), {"stride": 2, "padding": (1, 1)}),
    ("Conv2d", (4, 8, (3, 5)), {"padding": (0, 2), "dilation": 2, "groups": 2, "bias": False}),
    ("Conv2d", (1, 2, 3), {"padding": "same"}),
    ("ReLU", (), {}),
    ("ReLU", (True,), {}),
    ("MaxPool2d", (2,), {}),
    ("MaxPool2d", (3, 2), {}),
    ("AvgPool2d", (2,), {}),
    ("Flatten", (), {}),
    ("Flatten", (0,), {}),
    ("Linear", (288, 128), {}),
    ("Linear", (4, 2), {"bias": False}),
    ("Softmax", (), {"dim": 1}),
    ("Dropout", (0.2,), {}),
]


@pytest.mark.parametrize(("name", "positional", "named"), LAYERS)
def test_the_notes_say_what_pytorch_prints(name, positional, named):
    torch = pytest.importorskip("torch")
    noted = getattr(reference.LayerNotes(), name)(*positional, **named)
    assert noted == str(getattr(torch.nn, name)(*positional, **named))


def test_the_digits_network_is_the_same_in_pytorch():
    torch = pytest.importorskip("torch")
    for shape in ((1, 8, 8), (3, 9, 13)):
        theirs = reference.torch_network(torch.nn, shape, 10)
        noted = reference.torch_network(reference.LayerNotes(), shape, 10)
        assert repr(noted) == repr(theirs)
        assert dict(noted) == {name: str(layer) for name, layer in theirs.named_children()}
        assert theirs(torch.zeros(2, *shape)).shape == (2, 10)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (lambda nn: nn.Sequential([nn.ReLU()]), "list is not a Module subclass"),
        (lambda nn: nn.Sequential(nn.ReLU), "is not a Module subclass"),
    ],
)
def test_the_notes_refuse_what_pytorch_refuses(wrong, message):
    with pytest.raises(TypeError, match=message):
        wrong(reference.LayerNotes())
    torch = pytest.importorskip("torch")
    with pytest.raises(TypeError, match=message):
        wrong(torch.nn)


def test_the_notes_say_what_they_do_not_know():
    with pytest.raises(AttributeError, match="no 'Module' here; it has AvgPool2d, Conv2d"):
        _ = reference.LayerNotes().Module


def test_the_notes_pass_through_the_wall_and_have_no_state():
    notes = wire.decode(wire.encode((reference.LayerNotes(), (1, 8, 8), 10)))[0]
    assert notes == reference.LayerNotes()
    model = reference.torch_network(notes, (1, 8, 8), 10)
    assert wire.decode(wire.encode(model)) == dict(model)
    with pytest.raises(AttributeError):
        notes.ReLU = None


def test_the_small_network_of_the_text_fits():
    """5 x 5 pixels become 6 x 6, then 2 x 2; PyTorch rounds down."""
    assert reference.output_size(5, 2, 1, 1) == 6
    assert (6 - 3) / 2 + 1 == 2.5
    torch = pytest.importorskip("torch")
    nn = torch.nn
    layers = nn.Conv2d(1, 3, 2, padding=1), nn.ReLU(), nn.MaxPool2d(3, stride=2), nn.Flatten()
    assert nn.Sequential(*layers, nn.Linear(3 * 2 * 2, 5))(torch.zeros(1, 1, 5, 5)).shape == (1, 5)


def built(name):
    """The text of a cell's picture in the built lesson."""
    notebook = nbformat.read(ROOT / "solutions" / "18_pytorch" / "18_pytorch.ipynb", as_version=4)
    (cell,) = [cell for cell in notebook.cells if cell.id == name]
    return "".join(output["data"]["text/plain"] for output in cell.outputs if "data" in output)


def test_what_old_filters_are_worth():
    """For five examples each: the hidden layer is worse than the pixels, the filters do no better."""
    text = built("transfer")
    means = [float(share) for share in re.findall(r" (0\.\d+) \(", text)]
    assert [name in text for name in ("pixels", "random filters", "filters of 0", "hidden layer")] == [
        True
    ] * 4
    pixels, random, filters, hidden = means
    assert hidden < pixels - 0.02
    assert max(pixels, random, filters) - min(pixels, random, filters) < 0.015


def test_backward_adds():
    """The slope of w * w at 3 is 6; twice makes 12."""
    torch = pytest.importorskip("torch")
    weight = torch.tensor(3.0, requires_grad=True)
    for expected in (6, 12):
        (weight**2).backward()
        assert weight.grad == expected


def test_weights_in_another_order_read_nothing():
    """In the built lesson: transposed only, about what guessing gives."""
    notebook = nbformat.read(ROOT / "solutions" / "18_pytorch" / "18_pytorch.ipynb", as_version=4)
    (cell,) = [cell for cell in notebook.cells if cell.id == "channels-last"]
    transposed, ordered = (int(share) for share in re.findall(r"(\d+)% right", outputs_of(cell)))
    assert transposed < 30
    assert ordered >= 97


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
