"""Valleys: the error as one weight is nudged."""

import numpy as np
import pytest

from helpers.show import valleys


def sum_of_squares(weights):
    return np.sum(weights**2)


def test_says_error_and_slope_at_the_nudged_point():
    picture = valleys(sum_of_squares, np.array([1.0, -0.5]), [1], ["w"], nudge=1.0)
    assert picture.alt == "The error over one weight: w, 1.25 with slope 1.00 at 0.50."
    assert picture.png == valleys(sum_of_squares, np.array([1.0, -0.5]), [1], ["w"], nudge=1.0).png


def test_leaves_the_weights_alone():
    weights = np.array([[1, 2], [3, 4]])
    valleys(sum_of_squares, weights, [(0, 1), (1, 0)])
    assert weights.tolist() == [[1, 2], [3, 4]]


def test_draws_a_flat_valley():
    assert "0.00 with slope 0.00" in valleys(lambda weights: 0.0, np.zeros(2), [0]).alt


@pytest.mark.parametrize(("positions", "titles"), [([], None), ([0, 1, 0, 1], None), ([0], ["a", "b"])])
def test_refuses_too_many_panels(positions, titles):
    with pytest.raises(ValueError, match="1 to 3 weights"):
        valleys(sum_of_squares, np.zeros(2), positions, titles)
