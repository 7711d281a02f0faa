"""Tests of pages of letters, and of windows on them."""

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from helpers import data


def test_windows_are_letters_or_neither():
    images, labels = data.sample_windows(90, np.random.default_rng(1), shift=1)
    assert images.shape == (90, 1, 9, 9)
    assert_array_equal(np.bincount(labels), [30, 30, 30])


def test_a_window_that_is_neither_misses_its_letter():
    images, labels = data.sample_windows(300, np.random.default_rng(2))
    for image in images[labels == 2, 0]:
        assert (image == -1).sum() > 81 - np.sum(data.X == 1)
        assert not any(np.array_equal(image, letter) for letter in (data.X, data.O))
    whole = images[labels == 0, 0]
    assert_array_equal(whole, np.broadcast_to(data.X, whole.shape))


def test_the_same_seed_gives_the_same_windows_and_the_same_page():
    for sample in (lambda rng: data.sample_windows(9, rng)[0], lambda rng: data.page_of_letters(rng)[0]):
        one, same, other = (sample(np.random.default_rng(seed)) for seed in (3, 3, 4))
        assert_array_equal(one, same)
        assert not np.array_equal(one, other)


def test_letters_are_on_the_page_where_it_says():
    page, corners, labels = data.page_of_letters(np.random.default_rng(5))
    assert page.shape == (58, 58)
    for (top, left), label in zip(corners, labels, strict=True):
        assert_array_equal(page[top : top + 9, left : left + 9], (data.X, data.O)[label])
    ink = sum(np.sum((data.X, data.O)[label] == 1) for label in labels)
    assert np.sum(page == 1) == ink


def test_letters_that_could_overlap_are_refused():
    with pytest.raises(ValueError, match="gap must be at least"):
        data.page_of_letters(np.random.default_rng(0), gap=8)
