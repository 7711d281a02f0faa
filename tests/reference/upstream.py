"""What the tests of backward passes share: nudging under a random upstream gradient, and PyTorch."""

import numpy as np
import pytest
from numpy.testing import assert_allclose


def assert_backward(forward, backward, *inputs, seed=0, step=1e-5, tolerance=1e-7):
    """An error unless ``backward(grad_output, *inputs)`` gives what nudging ``forward(*inputs)`` gives."""
    grad_output = np.random.default_rng(seed).standard_normal(np.shape(forward(*inputs)))
    gradients = backward(grad_output, *inputs)
    gradients = gradients if isinstance(gradients, tuple) else (gradients,)
    assert len(gradients) == len(inputs)
    for position, (gradient, given) in enumerate(zip(gradients, inputs, strict=True)):
        expected = np.zeros(given.shape)
        for entry in np.ndindex(given.shape):
            nudged = [array.copy() for array in inputs]
            nudged[position][entry] += step
            above = forward(*nudged)
            nudged[position][entry] -= 2 * step
            expected[entry] = np.sum(grad_output * (above - forward(*nudged))) / (2 * step)
        assert gradient.shape == given.shape
        assert_allclose(gradient, expected, atol=tolerance * max(1, np.abs(expected).max()), rtol=0)


def distinct(shape, seed=0):
    """Numbers in random order, no two of them closer than 0.1: no nudge changes which is the largest."""
    rng = np.random.default_rng(seed)
    return (rng.permutation(np.prod(shape)).reshape(shape) - np.prod(shape) / 2 + 0.25) / 10


def one_thread_of_pytorch():
    """The torch module, on one thread because the cases are tiny; without it the test is skipped."""
    torch = pytest.importorskip("torch")
    torch.set_num_threads(1)
    return torch
