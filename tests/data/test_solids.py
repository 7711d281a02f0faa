"""Tests of the screws: mirror images of each other, told apart by the order of their slices alone."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from helpers import data


@pytest.mark.parametrize("start", [0, 30, 200])
def test_left_is_the_mirror_image_of_right(start):
    right, left = (data.draw_screw(hand, begin) for hand, begin in (("right", start), ("left", -start)))
    assert_array_equal(right[:, ::-1, :], left)


@pytest.mark.parametrize("start", [0, 77])
def test_a_screw_and_its_mirror_image_have_the_same_slices_in_another_order(start):
    right, left = (data.draw_screw(hand, start) for hand in data.SCREWS)
    assert not np.array_equal(right, left)
    assert_array_equal(np.sort(right, axis=0), np.sort(left, axis=0))
    assert_array_equal(right[::-1], left)


def test_the_spot_of_a_right_handed_screw_goes_round_clockwise():
    rows, columns = np.indices((9, 9)) - 4
    screw = data.draw_screw("right") > 0
    angles = [np.degrees(np.arctan2(rows[part].mean(), columns[part].mean())) for part in screw]
    assert_allclose(np.diff(np.unwrap(angles, period=360)), 45, atol=10)  # rows point down


def test_every_slice_has_one_spot_within_the_block():
    for start in range(0, 360, 15):
        screw = data.draw_screw("left", start, shift=(1, -1))
        counts = (screw > 0).sum(axis=(1, 2))
        assert counts.min() >= 2
        assert counts.max() <= 5


def test_shift_moves_all_slices():
    moved = data.draw_screw("right", shift=(1, -1))
    assert_array_equal(moved, np.roll(data.draw_screw("right"), (1, -1), axis=(1, 2)))


def test_samples_are_half_right_and_half_left_within_their_range():
    solids, labels = data.sample_screws(9, np.random.default_rng(0), shift=1, noise=0.5)
    assert solids.shape == (9, 9, 9, 9)
    assert_array_equal(np.bincount(labels), [5, 4])
    assert np.abs(solids).max() == 1
    assert len(np.unique(solids)) > 100


def test_labels_name_the_hand():
    solids, labels = data.sample_screws(20, np.random.default_rng(1))
    for solid, label in zip(solids, labels, strict=True):
        drawn = [
            any(np.array_equal(solid, data.draw_screw(hand, start)) for start in np.arange(0, 360, 0.5))
            for hand in data.SCREWS
        ]
        assert drawn[label]
        assert not drawn[1 - label]


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: data.draw_screw("up"), 'a screw is "right" or "left", not \'up\''),
        (lambda: data.draw_screw("left", noise=0.1), "randomness needs a generator"),
        (lambda: data.sample_screws(-1, np.random.default_rng(0)), "count must be a whole number"),
        (lambda: data.sample_screws(1, 0), "randomness needs a generator"),
    ],
)
def test_bad_input_gets_one_clear_sentence(call, sentence):
    with pytest.raises(ValueError, match=sentence):
        call()
