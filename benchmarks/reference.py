"""How fast the reference mathematics is, side by side with PyTorch and SciPy: one run, one thread, float32.

Every row measures all contestants in turn, again and again, and quotes medians: of the milliseconds, and of
the ratios within a turn. What is measured is the processor's time, which other programs change little; with
one thread it is how long one waits on a quiet machine. PyTorch is optional; without it, the program says what
it skips. `make bench` runs this with all thread pools at one thread.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import scipy
from rich.console import Console
from rich.table import Table
from scipy.ndimage import maximum_filter
from scipy.signal import correlate
from threadpoolctl import threadpool_limits

from helpers import reference

try:
    import torch
    from torch.nn import functional
except ImportError:
    torch = None

CONVOLUTIONS = [  # images, filters, side of the kernel, at most this many times PyTorch's time
    ((64, 1, 32, 32), 8, 3, 1.0),
    ((64, 3, 32, 32), 6, 5, 1.0),
    ((64, 6, 14, 14), 16, 5, 2.0),
    ((32, 64, 28, 28), 64, 3, 2.0),
]
POOLINGS = [
    ((64, 6, 28, 28), 2, 2),
    ((64, 6, 28, 28), 3, 2),
    ((32, 64, 28, 28), 2, 2),
    ((32, 64, 28, 28), 3, 2),
]
TURNS, WARM_UPS, SCIPY_TURNS, EPOCHS = 101, 3, 5, 9
IMAGES, BATCHES, LEARNING_RATE = 5000, (64, 4), 0.01  # PyTorch's tutorial trains in batches of 4


@dataclass
class Row:
    """One thing to compute, and who computes it; the target is the largest ratio to PyTorch's time."""

    name: str
    ours: Callable
    torchs: Callable | None = None
    scipys: Callable | None = None
    target: float | None = None
    turns: int = TURNS
    warm_ups: int = WARM_UPS


def seconds(function):
    """How long one call keeps the processor busy."""
    start = time.process_time()
    function()
    return time.process_time() - start


def measured(row):
    """The cells of one line of the table: name, three medians in milliseconds, two ratios, target."""
    contestants = [row.ours, row.torchs] if row.torchs else [row.ours]
    for function in contestants * row.warm_ups:
        function()
    times = np.array([[seconds(function) for function in contestants] for _ in range(row.turns)])
    ours = np.median(times[:, 0])
    cells = [row.name, f"{1000 * ours:.2f}", "-", "-", "-", "-", f"{row.target:.1f}" if row.target else "-"]
    if row.torchs:
        cells[2] = f"{1000 * np.median(times[:, 1]):.2f}"
        cells[4] = f"{np.median(times[:, 0] / times[:, 1]):.2f}"
    if row.scipys:
        first = seconds(row.scipys)
        scipys = first if first > 1 else np.median([seconds(row.scipys) for _ in range(SCIPY_TURNS)])
        cells[3], cells[5] = f"{1000 * scipys:.2f}", f"{ours / scipys:.3f}"
    return cells


def random_arrays(*shapes):
    """Float32 arrays of the given shapes."""
    rng = np.random.default_rng(0)
    return [rng.standard_normal(shape).astype(np.float32) for shape in shapes]


def torch_backward(output, inputs, grad_output):
    """A call of PyTorch's backward pass alone; its forward pass has been made."""
    return lambda: torch.autograd.grad(output, inputs, grad_output, retain_graph=True)


def without_graph(function):
    """A call of PyTorch's forward pass alone, which keeps nothing for a backward pass."""

    def call():
        with torch.no_grad():
            return function()

    return call


def convolution_rows(shape, filters, kernel, target):
    """The forward and the backward pass of one convolution."""
    x, weight, bias = random_arrays(shape, (filters, shape[1], kernel, kernel), (filters,))
    output = reference.conv2d(x, weight, bias)
    (grad_output,) = random_arrays(output.shape)
    name = f"{shape} x {filters} @ {kernel}"
    forward = Row(f"conv2d {name}", lambda: reference.conv2d(x, weight, bias), target=target)
    forward.scipys = lambda: [correlate(x, weight[[index]], mode="valid") for index in range(filters)]
    backward = Row(
        f"conv2d_backward {name}",
        lambda: reference.conv2d_backward(grad_output, x, weight, bias),
        target=target,
    )
    if torch:
        tensors = [torch.from_numpy(array).requires_grad_() for array in (x, weight, bias)]
        theirs = functional.conv2d(*tensors)
        assert np.allclose(output, theirs.detach().numpy(), atol=1e-3)
        forward.torchs = without_graph(lambda: functional.conv2d(*tensors))
        backward.torchs = torch_backward(theirs, tensors, torch.from_numpy(grad_output))
    return [forward, backward]


def pooling_rows(shape, window, stride):
    """The forward and the backward pass of one pooling, each by itself and one after the other.

    PyTorch's forward pass keeps where each maximum was, so its backward pass need not look; ours looks anew.
    Only both together are the same work.
    """
    (x,) = random_arrays(shape)
    output = reference.max_pool2d(x, window, stride)
    (grad_output,) = random_arrays(output.shape)
    name = f"{shape} window {window} stride {stride}"
    forward = Row(f"max_pool2d {name}", lambda: reference.max_pool2d(x, window, stride), target=0.8)
    forward.scipys = lambda: maximum_filter(x, (1, 1, window, window))[:, :, ::stride, ::stride]
    backward = Row(
        f"max_pool2d_backward {name}",
        lambda: reference.max_pool2d_backward(grad_output, x, window, stride),
        target=3.0,
    )
    both = Row(f"the two together, {name}", lambda: [forward.ours(), backward.ours()], target=0.8)
    if torch:
        tensor = torch.from_numpy(x).requires_grad_()
        theirs = functional.max_pool2d(tensor, window, stride)
        assert np.array_equal(output, theirs.detach().numpy())
        forward.torchs = without_graph(lambda: functional.max_pool2d(tensor, window, stride))
        upstream = torch.from_numpy(grad_output)
        backward.torchs = torch_backward(theirs, tensor, upstream)
        both.torchs = lambda: torch.autograd.grad(
            functional.max_pool2d(tensor, window, stride), tensor, upstream
        )
    return [forward, backward, both]


def our_epoch(images, labels, size):
    """One pass over all images with the network of PyTorch's CIFAR-10 tutorial, in NumPy."""
    pattern, settings = "INPUT -> [CONV -> RELU -> POOL]*2 -> [FC -> RELU]*2 -> FC", {"kernel": 5}
    settings |= {"filters": (6, 16), "units": (120, 84, 10)}
    network = reference.build_network(
        pattern, images.shape[1:], np.random.default_rng(0), dtype=np.float32, **settings
    )
    for start in range(0, len(images), size):
        x, right = images[start : start + size], labels[start : start + size]
        logits = network.forward(x)
        network.backward(reference.cross_entropy_backward(1.0, logits, right))
        gradients = network.gradients()
        network.set_parameters(
            {
                name: reference.gradient_step(weights, gradients[name], LEARNING_RATE)
                for name, weights in network.parameters().items()
            }
        )
    return reference.cross_entropy(logits, right)


def torch_epoch(images, labels, size):
    """The same in PyTorch."""
    nn = torch.nn
    network = nn.Sequential(
        *(nn.Conv2d(3, 6, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Flatten(), nn.Linear(400, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU(), nn.Linear(84, 10)),
    )
    optimiser = torch.optim.SGD(network.parameters(), LEARNING_RATE)
    for start in range(0, len(images), size):
        optimiser.zero_grad()
        logits = network(images[start : start + size])
        loss = functional.cross_entropy(logits, labels[start : start + size])
        loss.backward()
        optimiser.step()
    return loss.item()


def epoch_row(size):
    """One epoch of the CIFAR-10 tutorial's network in batches of the given size."""
    (images,) = random_arrays((IMAGES, 3, 32, 32))
    labels = np.random.default_rng(1).integers(0, 10, IMAGES)
    name = f"one epoch, {IMAGES} images, batches of {size}"
    row = Row(name, lambda: our_epoch(images, labels, size), target=1.1)
    row.turns, row.warm_ups = EPOCHS, 1
    if torch:
        their_images, their_labels = torch.from_numpy(images), torch.from_numpy(labels)
        row.torchs = lambda: torch_epoch(their_images, their_labels, size)
    return row


def main():
    """Measure everything and print the table."""
    console = Console(width=132)
    threadpool_limits(1)
    if torch:
        torch.set_num_threads(1)
    else:
        console.print("PyTorch is not installed: every comparison with it is skipped (pip install torch).")
    versions = f"NumPy {np.__version__}, SciPy {scipy.__version__}"
    versions += f", PyTorch {torch.__version__}" if torch else ""
    table = Table(title=f"Medians, one thread, float32 ({versions})")
    table.add_column("what", no_wrap=True)
    for heading in ("ours ms", "torch ms", "scipy ms", "ours/torch", "ours/scipy", "at most"):
        table.add_column(heading, justify="right")
    rows = [row for case in CONVOLUTIONS for row in convolution_rows(*case)]
    rows += [row for case in POOLINGS for row in pooling_rows(*case)]
    rows += [epoch_row(size) for size in BATCHES]
    for row in rows:
        table.add_row(*measured(row))
    console.print(table)


if __name__ == "__main__":
    main()
