"""What lesson 01 says in words: the numbers of its prose, measured."""

import numpy as np
import pytest

from helpers import data
from helpers.reference import agreement, count_white, nearest_template

TEMPLATES = {"X": data.X, "O": data.O}
CHANGES = {
    "translation": {"shift": (0, 2)},
    "scaling": {"scale": 0.6},
    "rotation": {"rotation": 30},
    "weight": {"weight": 3},
}
LIMITS = {
    "translation": {"shift": 2},
    "scaling": {"scale": (0.6, 1.4)},
    "rotation": {"rotation": 30},
    "weight": {"weight": (0.5, 3)},
}


def crisp(image):
    return np.where(image > 0, 1.0, -1.0)


def letter(label, **change):
    return crisp(data.draw_letter(label, **change))


def agreements(image):
    """The agreement with the X and with the O, as the lesson's bars print them."""
    return round(agreement(image, data.X), 2), round(agreement(image, data.O), 2)


@pytest.fixture(scope="module")
def named_right():
    """For each change, which of the 500 letters are named right, and their labels."""
    results = {}
    for name, limits in LIMITS.items():
        images, labels = data.sample_letters(500, np.random.default_rng(1), **limits)
        answers = np.array([nearest_template(crisp(image[0]), TEMPLATES) for image in images])
        results[name] = answers == np.array(data.LETTERS)[labels], labels
    return results


def test_the_x_hides_a_mix_up_of_rows_and_columns():
    assert data.X[1, 6] == data.X[6, 1] == -1
    assert data.X[1, 7] == 1
    np.testing.assert_array_equal(data.X, data.X.T)


def test_the_agreement_by_hand():
    a, b = np.array([[1, -1], [-1, 1]]), np.array([[1, -1], [-1, -1]])
    assert agreement(a, b) == (1 + 1 + 1 + 0) / 4 == 0.75


def test_the_x_and_the_o_agree_mostly_in_their_background():
    equal = data.X == data.O
    assert agreements(data.O)[0] == 0.74
    assert (equal.sum(), np.sum(equal & (data.X == 1)), np.sum(equal & (data.X == -1))) == (60, 4, 56)


def test_the_changed_x():
    measured = {name: agreements(letter("X", **change)) for name, change in CHANGES.items()}
    assert measured == {
        "translation": (0.75, 0.77),
        "scaling": (0.95, 0.79),
        "rotation": (0.65, 0.69),
        "weight": (0.36, 0.30),
    }


def test_the_moved_x_differs_in_one_pixel_more_from_the_x():
    moved = letter("X", **CHANGES["translation"])
    differs = moved != data.X
    assert (differs.sum(), np.sum(moved != data.O)) == (20, 19)
    assert np.sum(differs & (moved == 1)) + np.sum(differs & (data.X == 1)) == 20  # every stroke counts twice
    assert np.sum((moved == 1) & ~differs) == 2  # ... or nearly
    assert count_white(moved) == 13 - 2  # two ends have left the image


def test_one_step_to_the_right():
    step = letter("X", shift=(0, 1))
    assert count_white(step) == count_white(data.X) == 13
    assert agreements(step)[0] == 0.68 < agreements(data.O)[0]
    assert nearest_template(step, TEMPLATES) == "X"
    for further in (2, 3):
        assert nearest_template(letter("X", shift=(0, further)), TEMPLATES) == "O"


def test_four_of_eight_are_wrong():
    answers = [
        nearest_template(letter(label, **change), TEMPLATES) for label in "XO" for change in CHANGES.values()
    ]
    assert "".join(answers) == "OXOX" + "XXOO"


def test_which_change_hurts_most(named_right):
    rates = {name: np.mean(right) for name, (right, _) in named_right.items()}
    assert 0.5 < rates["translation"] < 0.55  # little more than guessing
    assert 1 - rates["scaling"] > 1 / 4
    assert round(1 / (1 - rates["rotation"])) == 7
    assert rates["weight"] == 1
    assert rates["translation"] < rates["scaling"] < rates["rotation"] < rates["weight"]


def test_half_of_the_random_letters_are_an_x(named_right):
    for _, labels in named_right.values():
        assert np.mean(labels == data.LETTERS.index("X")) == 0.5


def test_most_moved_or_scaled_o_pass_for_an_x(named_right):
    for name, (right, labels) in named_right.items():
        rate = np.mean(right[labels == data.LETTERS.index("O")])
        assert (rate < 0.5) == (name in ("translation", "scaling"))
        assert (rate == 1) == (name in ("rotation", "weight"))


def test_the_x_is_nearer_to_an_empty_page():
    assert (count_white(data.X), count_white(data.O)) == (13, 16)
    empty = -np.ones((9, 9))
    assert nearest_template(empty, TEMPLATES) == "X"
    assert agreements(empty) == (0.84, 0.80)


def test_an_x_that_passes_for_an_o_can_be_drawn_on_the_pad():
    assert nearest_template(letter("X", shift=(0, 2)), TEMPLATES) == "O"


def test_the_piece_of_the_photograph():
    piece = data.photograph(colour=True)[75:107, 130:162]
    assert (piece.shape, piece.size) == ((32, 32, 3), 32 * 32 * 3)
    assert piece.size == 3072
    sky, tiles = piece[:8, :16], piece[28:, 24:]
    assert np.all(np.argmax(sky, axis=2) == 2)
    assert np.all(np.argmax(tiles, axis=2) == 0)
    assert np.all(np.argmin(tiles, axis=2) == 2)


def test_both_x_have_the_crossing_in_common():
    moved = letter("X", shift=(0, 2))
    np.testing.assert_array_equal(data.X[3:6, 3:6], moved[3:6, 5:8])
