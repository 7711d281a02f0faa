"""Tests of the letters: the canonical pair, and what each knob of the generator does."""

from itertools import pairwise

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from helpers import data


def ink_centre(image):
    """The centre of gravity of the white, as (row, column)."""
    ink = (image + 1) / 2
    return [(ink * indices).sum() / ink.sum() for indices in np.indices(image.shape)]


def ink_spread(image):
    """The mean distance of the white from the picture's centre, in pixels."""
    rows, columns = np.indices(image.shape) - (len(image) - 1) / 2
    ink = (image + 1) / 2
    return (ink * np.hypot(rows, columns)).sum() / ink.sum()


def ring_width(image):
    """The width of an O's stroke in pixels: its white area over its circumference."""
    return ((image + 1) / 2).sum() / (2 * np.pi * ink_spread(image))


def test_the_canonical_x_is_two_diagonals_of_seven():
    expected = np.full((9, 9), -1.0)
    for i in range(1, 8):
        expected[i, i] = expected[i, 8 - i] = 1
    assert_array_equal(data.X, expected)


def test_the_canonical_o_is_a_symmetric_ring_with_the_margin_of_the_x():
    for symmetric in (data.O.T, data.O[::-1], data.O[:, ::-1]):
        assert_array_equal(data.O, symmetric)
    for letter in (data.X, data.O):
        rows, columns = np.nonzero(letter == 1)
        assert (rows.min(), rows.max(), columns.min(), columns.max()) == (1, 7, 1, 7)
    assert data.O[4, 4] == -1
    assert set(np.unique(data.O)) == {-1, 1}


def test_the_features_are_pieces_of_the_x():
    assert list(data.features) == ["falling", "rising", "centre"]
    falling = 2 * np.eye(3) - 1
    assert_array_equal(data.features["falling"], falling)
    assert_array_equal(data.features["rising"], falling[:, ::-1])
    assert_array_equal(data.features["centre"], np.maximum(falling, falling[:, ::-1]))


def test_nobody_can_change_the_canonical_pictures():
    for image in (data.X, data.O, *data.features.values()):
        with pytest.raises(ValueError, match="read-only"):
            image[0, 0] = 7


@pytest.mark.parametrize(("label", "canonical"), [("X", data.X), ("O", data.O)])
def test_a_letter_drawn_with_no_changes_is_the_canonical_one(label, canonical):
    assert_allclose(data.draw_letter(label), canonical)


@pytest.mark.parametrize("label", data.LETTERS)
def test_shift_moves_down_and_right(label):
    image = data.draw_letter(label, size=21, shift=(2, -3))
    assert_allclose(image, np.roll(data.draw_letter(label, size=21), (2, -3), axis=(0, 1)))
    assert_allclose(ink_centre(data.draw_letter(label, size=21, shift=(1.5, -0.5))), [11.5, 9.5])


@pytest.mark.parametrize("label", data.LETTERS)
def test_scale_stretches_from_the_centre(label):
    canonical, half = (data.draw_letter(label, size=41, scale=scale) for scale in (1, 0.5))
    assert ink_spread(half) == pytest.approx(ink_spread(canonical) / 2, rel=0.05)
    assert_allclose(ink_centre(half), [20, 20])


@pytest.mark.parametrize("label", data.LETTERS)
def test_a_larger_picture_holds_a_larger_letter(label):
    small, large = data.draw_letter(label, size=21), data.draw_letter(label, size=41)
    assert ink_spread(large) == pytest.approx(2 * ink_spread(small), rel=0.05)


def test_rotation_turns_the_x_anticlockwise_and_leaves_the_o():
    assert_allclose(data.draw_letter("X", rotation=90), data.X, atol=1e-9)
    assert_allclose(data.draw_letter("O", rotation=33), data.O, atol=1e-9)
    corner = data.draw_letter("X", size=41, rotation=15)[:20, 21:]  # the arm to the upper right gets steeper
    row, column = ink_centre(corner)
    from_the_centre = np.array([20 - row, 21 + column - 20])
    assert np.degrees(np.arctan2(*from_the_centre)) == pytest.approx(45 + 15, abs=1)


def test_an_x_turned_by_45_degrees_is_a_plus():
    plus = data.draw_letter("X", size=9, rotation=45)
    assert_array_equal(plus[4, 1:8], np.ones(7))
    assert_array_equal(plus[1:8, 4], np.ones(7))
    assert_array_equal(plus[:4, :4], -np.ones((4, 4)))


def test_weight_is_the_width_of_the_stroke_in_pixels():
    for weight in (1, 2, 3, 4):
        plus = data.draw_letter("X", size=41, rotation=45, weight=weight)
        assert ((plus[:, 13] + 1) / 2).sum() == pytest.approx(weight)
        assert ring_width(data.draw_letter("O", size=41, weight=weight)) == pytest.approx(weight, rel=0.04)


@pytest.mark.parametrize("label", data.LETTERS)
@pytest.mark.parametrize("knob", ["down", "scale", "rotation", "weight"])
def test_letters_change_smoothly(label, knob):
    def letter(step):
        changes = {
            "down": {"shift": (step, 0)},
            "scale": {"scale": 1 + step / 4},
            "rotation": {"rotation": 15 * step},
            "weight": {"weight": 1 + step},
        }
        return data.draw_letter(label, **changes[knob])

    images = [letter(step) for step in np.linspace(0, 1, 101)]
    jumps = [np.abs(after - before).max() for before, after in pairwise(images)]
    assert max(jumps) < 0.1  # over a hundredth of the distance no pixel flips


def test_noise_has_the_given_deviation_and_is_clipped():
    rng = np.random.default_rng(0)
    images = np.stack([data.draw_letter("X", noise=0.1, rng=rng) for _ in range(200)])
    assert np.abs(images).max() <= 1
    inwards = (images - data.X)[images != data.X]  # on a pixel of +-1 half of the noise is clipped away
    assert np.sqrt(np.mean(inwards**2)) == pytest.approx(0.1, rel=0.05)


def test_the_same_seed_gives_the_same_letters():
    knobs = {"size": 12, "shift": 1.5, "scale": (0.8, 1.2), "rotation": 20, "weight": (1, 2), "noise": 0.2}
    first, second, other = (
        data.sample_letters(9, np.random.default_rng(seed), **knobs) for seed in (3, 3, 4)
    )
    assert_array_equal(first[0], second[0])
    assert_array_equal(first[1], second[1])
    assert not np.array_equal(first[0], other[0])
    assert first[0].shape == (9, 1, 12, 12)
    assert np.abs(first[0]).max() <= 1


@pytest.mark.parametrize("noise", [0, 0.2])
def test_many_letters_at_once_are_those_drawn_one_by_one(noise):
    rng, again = np.random.default_rng(3), np.random.default_rng(3)
    images, labels = data.sample_letters(600, rng, 12, 1.5, (0.8, 1.2), 20, (1, 2), noise)
    assert_array_equal(labels, again.permutation(np.arange(600) % 2))
    for image, label in zip(images, labels, strict=True):
        shift, scale, rotation = again.uniform(-1.5, 1.5, 2), again.uniform(0.8, 1.2), again.uniform(-20, 20)
        letter = "XO"[label], 12, shift, scale, rotation, again.uniform(1, 2), noise, again
        assert_array_equal(image[0], data.draw_letter(*letter))
    assert rng.random() == again.random()


def test_unchanged_samples_are_canonical_letters_with_their_labels():
    images, labels = data.sample_letters(11, np.random.default_rng(0))
    assert np.bincount(labels).tolist() == [6, 5]
    for image, label in zip(images, labels, strict=True):
        assert_allclose(image[0], {"X": data.X, "O": data.O}[data.LETTERS[label]])


def test_samples_come_in_random_order():
    _, labels = data.sample_letters(40, np.random.default_rng(0))
    assert 0 < np.count_nonzero(np.diff(labels)) < 39


def test_each_parameter_fills_its_range():
    rng = np.random.default_rng(0)
    images, _ = data.sample_letters(300, rng, size=21, shift=2)
    shifts = np.array([ink_centre(image[0]) for image in images]) - 10
    assert_allclose(shifts.min(axis=0), [-2, -2], atol=0.15)
    assert_allclose(shifts.max(axis=0), [2, 2], atol=0.15)

    images, labels = data.sample_letters(200, rng, size=41, scale=(0.5, 1))
    spreads = np.array([ink_spread(image[0]) for image in images[labels == 1]]) / ink_spread(
        data.draw_letter("O", size=41)
    )
    assert_allclose([spreads.min(), spreads.max()], [0.5, 1], atol=0.05)

    images, labels = data.sample_letters(200, rng, size=41, weight=(1, 3))
    widths = [ring_width(image[0]) for image in images[labels == 1]]
    assert_allclose([min(widths), max(widths)], [1, 3], atol=0.1)

    images, labels = data.sample_letters(100, rng, size=41, rotation=10)
    assert len(np.unique(images[labels == 0], axis=0)) > 40


def test_no_letters_at_all_are_fine():
    images, labels = data.sample_letters(0, np.random.default_rng(0))
    assert images.shape == (0, 1, 9, 9)
    assert labels.shape == (0,)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: data.draw_letter("Y"), 'a letter is "X" or "O", not \'Y\''),
        (lambda: data.draw_letter("x"), 'a letter is "X" or "O", not \'x\''),
        (lambda: data.draw_letter(0), 'a letter is "X" or "O", not 0'),
        (lambda: data.draw_letter("X", size=2), "size must be a whole number of pixels, 3 or more, not 2"),
        (
            lambda: data.draw_letter("X", size=9.5),
            "size must be a whole number of pixels, 3 or more, not 9.5",
        ),
        (lambda: data.draw_letter("X", shift=1), "shift must be two numbers, (down, right), not 1"),
        (lambda: data.draw_letter("X", scale=0), "scale must be larger than 0, not 0"),
        (lambda: data.draw_letter("X", weight=-1), "weight must be larger than 0, not -1"),
        (lambda: data.draw_letter("X", noise=-1), "noise must be 0 or more, not -1"),
        (
            lambda: data.draw_letter("X", noise=0.1),
            "randomness needs a generator: pass rng=np.random.default_rng(0)",
        ),
        (
            lambda: data.sample_letters(3, 0),
            "randomness needs a generator: pass rng=np.random.default_rng(0)",
        ),
        (
            lambda: data.sample_letters(-3, np.random.default_rng(0)),
            "count must be a whole number, 0 or more, not -3",
        ),
        (
            lambda: data.sample_letters(3, np.random.default_rng(0), scale=1.2),
            "scale must be two numbers, (smallest, largest), not 1.2",
        ),
        (
            lambda: data.sample_letters(3, np.random.default_rng(0), weight=(2, 1)),
            "weight must be (smallest, largest), not (2, 1)",
        ),
        (
            lambda: data.sample_letters(3, np.random.default_rng(0), scale=(-1, -1)),
            "scale must be larger than 0, not -1.0",
        ),
        (
            lambda: data.sample_letters(3, np.random.default_rng(0), weight=(0, 0)),
            "weight must be larger than 0, not 0.0",
        ),
        (
            lambda: data.sample_letters(3, np.random.default_rng(0), noise=-1),
            "noise must be 0 or more, not -1",
        ),
    ],
)
def test_bad_input_gets_one_clear_sentence(call, sentence):
    with pytest.raises(ValueError) as error:  # noqa: PT011 - the whole message is compared
        call()
    assert str(error.value) == sentence
