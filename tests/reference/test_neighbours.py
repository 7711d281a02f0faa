"""Tests of distances between series: against SciPy, and against every way of walking through two series."""

from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy.spatial.distance import cdist

from helpers import reference


def all_walks(rows, columns):
    """Every way from (0, 0) to the last pair of points, as a list of pairs."""
    if rows == columns == 1:
        return [[(0, 0)]]
    before = [(rows - 1, columns), (rows, columns - 1), (rows - 1, columns - 1)]
    return [
        [*walk, (rows - 1, columns - 1)]
        for rows_before, columns_before in before
        if min(rows_before, columns_before) >= 1
        for walk in all_walks(rows_before, columns_before)
    ]


walks = cache(all_walks)


def brute_force(one, other, window):
    """The distance by trying every walk that stays within the window."""
    costs = [
        sum((one[i] - other[j]) ** 2 for i, j in walk)
        for walk in walks(len(one), len(other))
        if all(abs(i - j) <= window for i, j in walk)
    ]
    return np.sqrt(min(costs))


@settings(max_examples=40)
@given(st.integers(1, 5), st.integers(1, 5), st.integers(0, 5), st.integers(0, 2**32))
def test_time_warping_finds_the_best_of_all_walks(rows, columns, window, seed):
    window = max(window, abs(rows - columns))
    rng = np.random.default_rng(seed)
    series, others = rng.normal(size=(2, rows)), rng.normal(size=(3, columns))
    expected = [[brute_force(one, other, window) for other in others] for one in series]
    assert_allclose(reference.dtw_distances(series, others, window), expected, atol=1e-12)


def test_no_window_is_the_widest_one():
    rng = np.random.default_rng(0)
    series, others = rng.normal(size=(2, 5)), rng.normal(size=(2, 4))
    expected = [[brute_force(one, other, 9) for other in others] for one in series]
    assert_allclose(reference.dtw_distances(series, others), expected)


def test_point_by_point_agrees_with_scipy_and_with_a_window_of_zero():
    rng = np.random.default_rng(1)
    series, others = rng.normal(size=(4, 9)), rng.normal(size=(3, 9))
    expected = cdist(series, others)
    assert_allclose(reference.euclidean_distances(series, others), expected)
    assert_allclose(reference.dtw_distances(series, others, 0), expected)


def test_a_wider_window_is_never_further():
    rng = np.random.default_rng(2)
    series, others = rng.normal(size=(3, 12)), rng.normal(size=(4, 12))
    distances = [reference.dtw_distances(series, others, window) for window in range(12)]
    assert (np.diff(distances, axis=0) <= 1e-12).all()


def test_a_series_is_at_no_distance_from_itself_and_distances_work_both_ways():
    rng = np.random.default_rng(3)
    series, others = rng.normal(size=(3, 7)), rng.normal(size=(2, 6))
    assert_array_equal(np.diag(reference.dtw_distances(series, series)), 0)
    assert_allclose(reference.dtw_distances(series, others), reference.dtw_distances(others, series).T)


@pytest.mark.parametrize("distances", [reference.euclidean_distances, reference.dtw_distances])
def test_dtype_is_kept_and_arguments_are_left_alone(distances):
    series = np.arange(6, dtype=np.float32).reshape(2, 3)
    assert distances(series, series).dtype == np.float32
    assert_array_equal(series.ravel(), np.arange(6))
    assert distances(np.array([[1, 2]]), np.array([[1, 4]])) == 2


def test_the_first_of_two_equally_near_counts():
    assert_array_equal(
        reference.nearest_neighbour(np.array([[1, 1, 2], [3, 2, 2]]), np.array([5, 6, 7])), [5, 6]
    )


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: reference.euclidean_distances(np.ones((1, 3)), np.ones((1, 2))), "the lengths must agree"),
        (lambda: reference.euclidean_distances(np.ones(3), np.ones((1, 3))), "two dimensions"),
        (lambda: reference.dtw_distances(np.ones((1, 5)), np.ones((1, 2)), 2), "a window of 2 is too small"),
        (lambda: reference.dtw_distances(np.ones((1, 2)), np.ones((1, 2)), -1), "window must be a whole"),
        (lambda: reference.nearest_neighbour(np.ones((1, 2)), np.ones(3)), "one label for each column"),
    ],
)
def test_bad_input_gets_one_clear_sentence(call, sentence):
    with pytest.raises(ValueError, match=sentence):
        call()
