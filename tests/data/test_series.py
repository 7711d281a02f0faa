"""Tests of cylinder, bell and funnel: that the series are what their definition says."""

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from helpers import data


def mean_series(shape, count=3000):
    """The mean of many series of one shape: the noise is gone, the definition is left."""
    series, labels = data.sample_series(count, np.random.default_rng(0))
    return series[labels == data.SERIES.index(shape)].mean(axis=0)


def test_a_third_of_the_series_has_each_shape():
    series, labels = data.sample_series(31, np.random.default_rng(1))
    assert series.shape == (31, 128)
    assert_array_equal(np.bincount(labels), [11, 10, 10])
    assert (np.diff(labels) < 0).any()


def test_before_the_earliest_beginning_there_is_only_noise():
    series, _ = data.sample_series(3000, np.random.default_rng(2))
    assert series[:, :15].mean() == pytest.approx(0, abs=0.02)
    assert series[:, :15].std() == pytest.approx(1, abs=0.02)


def test_a_cylinder_is_at_six_where_every_one_has_begun_and_none_has_ended():
    assert mean_series("cylinder")[31:48].mean() == pytest.approx(6, abs=0.1)


def test_heights_differ_by_one_between_series_and_values_by_one_more_within():
    series, labels = data.sample_series(6000, np.random.default_rng(3))
    plateau = series[labels == 0][:, 31:48]
    heights = plateau.mean(axis=1)
    assert heights.std() == pytest.approx(np.sqrt(1 + 1 / 17), abs=0.05)
    assert (plateau - heights[:, np.newaxis]).std() == pytest.approx(np.sqrt(16 / 17), abs=0.02)


def test_bell_and_funnel_add_up_to_a_cylinder():
    together = mean_series("bell", 9000) + mean_series("funnel", 9000)
    np.testing.assert_allclose(together, mean_series("cylinder", 9000), atol=0.3)


def test_a_bell_begins_low_and_a_funnel_high():
    assert mean_series("bell")[31] < 1.5
    assert mean_series("funnel")[31] > 4.5


def test_beginnings_and_lengths_are_drawn_afresh_for_each_series():
    series, labels = data.sample_series(900, np.random.default_rng(4))
    high = series[labels == 0] > 3
    first = [int(np.argmax(np.convolve(row, np.ones(5), "valid") >= 5)) for row in high]
    last = [127 - int(np.argmax(np.convolve(row[::-1], np.ones(5), "valid") >= 5)) for row in high]
    assert 13 <= np.percentile(first, 2) <= 18
    assert 29 <= np.percentile(first, 98) <= 33
    assert 40 <= np.percentile(last, 1) <= 60
    assert np.percentile(last, 99) >= 115


def test_the_same_generator_gives_the_same_series():
    first, second = (data.sample_series(5, np.random.default_rng(9)) for _ in range(2))
    assert_array_equal(first[0], second[0])
    assert_array_equal(first[1], second[1])


@pytest.mark.parametrize(
    "arguments", [(-1, np.random.default_rng(0)), (2.5, np.random.default_rng(0)), (3, 7)]
)
def test_bad_input_gets_one_clear_sentence(arguments):
    with pytest.raises(ValueError, match=r"whole number|generator"):
        data.sample_series(*arguments)
