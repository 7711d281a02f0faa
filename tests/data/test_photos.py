"""Tests of the photograph."""

import numpy as np

from helpers import data


def test_the_photograph_is_between_black_and_white():
    for photo, shape in [(data.photograph(), (427, 640)), (data.photograph(colour=True), (427, 640, 3))]:
        assert photo.shape == shape
        assert photo.dtype == np.float64
        assert -1 <= photo.min() < -0.9
        assert 0.9 < photo.max() <= 1


def test_grey_lies_between_the_colours_and_green_counts_most():
    colour, grey = data.photograph(colour=True), data.photograph()
    assert (grey >= colour.min(axis=2) - 1e-9).all()
    assert (grey <= colour.max(axis=2) + 1e-9).all()
    errors = [np.abs(colour[:, :, channel] - grey).mean() for channel in range(3)]
    assert np.argmin(errors) == 1


def test_changing_a_photograph_leaves_the_next_one_alone():
    before = data.photograph(colour=True)
    before[:] = 0
    assert data.photograph(colour=True).min() < -0.9
