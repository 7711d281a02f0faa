"""How many windows there are along a side, and the pooling of one map."""

import numpy as np
import pytest

from helpers import reference


@pytest.mark.parametrize("partial", [False, True])
@pytest.mark.parametrize("stride", range(1, 6))
@pytest.mark.parametrize("window", range(1, 6))
def test_as_many_windows_as_one_finds_by_walking(window, stride, partial):
    for size in range(window, 20):
        starts = [start for start in range(0, size, stride) if start + window <= size]
        if partial and starts[-1] + window < size and starts[-1] + stride < size:
            starts.append(starts[-1] + stride)
        assert reference.pooled_size(size, window, stride, partial) == len(starts)


def test_the_size_is_that_of_the_pooled_stack():
    x = np.zeros((2, 3, 8, 11))
    for window, stride, partial in [(2, 2, True), (3, 2, True), (3, 2, False), (2, 3, True)]:
        sizes = [reference.pooled_size(side, window, stride, partial) for side in x.shape[2:]]
        assert reference.max_pool2d(x, window, stride, partial).shape == (2, 3, *sizes)


def test_a_window_larger_than_the_side_is_refused():
    with pytest.raises(ValueError, match="window 5 is larger than the side 3"):
        reference.pooled_size(3, 5, 1)
    with pytest.raises(ValueError, match="stride must be a whole number of at least 1"):
        reference.pooled_size(3, 2, 0)


def test_one_map_is_pooled_as_a_stack_of_one():
    feature_map = np.random.default_rng(0).uniform(-1, 1, (5, 8))
    expected = reference.max_pool2d(feature_map[None, None], 3, 2)[0, 0]
    np.testing.assert_array_equal(reference.max_pool_map(feature_map, 3, 2), expected)


def test_what_is_not_a_map_is_refused():
    with pytest.raises(ValueError, match="feature_map must have two dimensions"):
        reference.max_pool_map(np.zeros((2, 3, 3)), 2, 2)
    with pytest.raises(ValueError, match=r"window \(4, 4\) is larger than the image \(3, 5\)"):
        reference.max_pool_map(np.zeros((3, 5)), 4, 4)
