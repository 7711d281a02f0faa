"""Tests of the digits, and of the shifts that make more of them."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from helpers import data


def test_there_are_ten_digits_in_the_courses_range():
    images, labels = data.digits()
    assert images.shape == (1797, 1, 8, 8)
    assert (images.min(), images.max()) == (-1, 1)
    assert labels.shape == (1797,)
    assert np.bincount(labels).min() > 170
    assert len(np.bincount(labels)) == 10


def test_the_copy_is_your_own():
    images, labels = data.digits()
    images[:], labels[:] = 7, 7
    assert data.digits()[0].max() == 1
    assert data.digits()[1].max() == 9


class Chosen:
    """A generator that draws what it is told."""

    def __init__(self, *drawn):
        self.drawn = drawn

    def uniform(self, low, high, shape):
        return np.broadcast_to(np.reshape(self.drawn, (2, 1, 1, 1, 1)), shape)


@pytest.mark.parametrize("shift", [(0, 0), (1, 0), (0, -1), (-1, 1), (2, 0)])
def test_whole_shifts_move_down_and_right_over_black(shift):
    images = np.random.default_rng(0).uniform(-1, 1, (3, 2, 5, 4))
    padded = np.pad(images, ((0, 0), (0, 0), (2, 2), (2, 2)), constant_values=-1)
    down, right = shift
    expected = padded[:, :, 2 - down : 7 - down, 2 - right : 6 - right]
    assert_allclose(data.shifted(images, Chosen(*shift)), expected, atol=1e-12)


def test_half_a_pixel_mixes_neighbours():
    image = np.array([[[[-1.0, 1.0, -1.0]]]])
    assert_allclose(data.shifted(image, Chosen(0, 0.5)), [[[[-1, 0, 0]]]])
    assert_allclose(data.shifted(image, Chosen(0, -0.25)), [[[[-0.5, 0.5, -1]]]])


def test_each_image_moves_by_itself_and_no_further_than_asked():
    image = np.full((200, 1, 9, 9), -1.0)
    image[:, :, 4, 4] = 1
    moved = (data.shifted(image, np.random.default_rng(0), most=2)[:, 0] + 1) / 2
    centres = np.array([[(moved[i] * places).sum() for places in np.indices((9, 9))] for i in range(200)]) - 4
    assert_allclose(centres.min(axis=0), [-2, -2], atol=0.1)
    assert_allclose(centres.max(axis=0), [2, 2], atol=0.1)
    assert_allclose(moved.sum(axis=(1, 2)), 1)


def test_the_images_stay_and_so_does_their_dtype():
    images = np.ones((2, 1, 3, 3), np.float32)
    images.setflags(write=False)
    moved = data.shifted(images, np.random.default_rng(0))
    assert moved.dtype == np.float32
    assert not np.array_equal(moved[0], moved[1])
    assert_array_equal(data.shifted(images, np.random.default_rng(0)), moved)


def test_bad_input_gets_one_clear_sentence():
    with pytest.raises(ValueError, match=r"batch, channels, height, width.*\(8, 8\)"):
        data.shifted(np.ones((8, 8)), np.random.default_rng(0))
    with pytest.raises(ValueError, match="most must be 0 or more pixels, not -1"):
        data.shifted(np.ones((1, 1, 8, 8)), np.random.default_rng(0), most=-1)
