"""What lesson 02 says in words: the numbers of its prose, measured."""

import numpy as np
import pytest

from helpers import data, reference

FEATURES = list(data.features.values())
FALLING, RISING, CENTRE = FEATURES
MOVED = data.draw_letter("X", shift=(0, 2))


def best(image):
    """The best match of each of the three features."""
    return reference.filter_bank(image, FEATURES).max(axis=(1, 2))


def crisp(image):
    return np.where(image > 0, 1.0, -1.0)


def changed(label, **change):
    return crisp(data.draw_letter(label, **change))


def perfect(image, feature):
    """The positions at which a feature fits perfectly."""
    return np.argwhere(np.isclose(reference.filter_image(image, feature), 1)).tolist()


def test_the_moved_x_is_taken_for_an_o():
    templates = {"X": data.X, "O": data.O}
    assert round(reference.agreement(MOVED, data.X), 2) == 0.75
    assert round(reference.agreement(MOVED, data.O), 2) == 0.77
    assert reference.nearest_template(MOVED, templates) == "O"


def test_the_windows_of_the_cover_hold_the_same_pixels():
    np.testing.assert_array_equal(data.X[1:4, 1:4], MOVED[1:4, 3:6])


def test_the_features_are_cut_out_of_the_windows():
    np.testing.assert_array_equal(FALLING, data.X[1:4, 1:4])
    np.testing.assert_array_equal(RISING, data.X[1:4, 5:8])
    np.testing.assert_array_equal(CENTRE, data.X[3:6, 3:6])


def test_the_match_by_hand():
    products = data.X[0:3, 0:3] * FALLING
    assert products.tolist() == [[-1, 1, 1], [1, 1, 1], [1, 1, 1]]
    assert reference.match(data.X[0:3, 0:3], FALLING) == 7 / 9
    assert round(7 / 9, 2) == 0.78


@pytest.mark.parametrize("image", [data.X, data.O, MOVED], ids=["X", "O", "moved"])
@pytest.mark.parametrize("feature", FEATURES, ids=list(data.features))
def test_the_match_is_the_agreement_on_another_scale(image, feature):
    for row in range(7):
        for column in range(7):
            patch = image[row : row + 3, column : column + 3]
            share = reference.agreement(patch, feature)
            assert reference.match(patch, feature) == pytest.approx(2 * share - 1)


def test_an_image_and_a_feature_do_not_multiply():
    with pytest.raises(ValueError, match="broadcast"):
        data.X * FALLING
    assert data.X.size == 81


def test_three_positions_of_the_window():
    feature_map = reference.filter_image(data.X, FALLING)
    assert [round(float(feature_map[at]), 2) for at in [(0, 0), (0, 1), (1, 1)]] == [0.78, -0.11, 1.0]


def test_the_map_of_the_x_under_the_falling_diagonal():
    expected = [
        [0.78, -0.11, 0.11, 0.33, 0.56, -0.11, 0.33],
        [-0.11, 1.00, -0.11, 0.33, -0.11, 0.11, -0.11],
        [0.11, -0.11, 1.00, -0.33, 0.11, -0.11, 0.56],
        [0.33, 0.33, -0.33, 0.56, -0.33, 0.33, 0.33],
        [0.56, -0.11, 0.11, -0.33, 1.00, -0.11, 0.11],
        [-0.11, 0.11, -0.11, 0.33, -0.11, 1.00, -0.11],
        [0.33, -0.11, 0.56, 0.33, 0.11, -0.11, 0.78],
    ]
    np.testing.assert_array_equal(reference.filter_image(data.X, FALLING).round(2), expected)


def test_the_map_has_as_many_rows_and_columns_as_there_are_positions():
    assert reference.filter_image(data.X, FALLING).shape == (9 - 3 + 1, 9 - 3 + 1)
    assert reference.filter_image(data.X[:5], FALLING).shape == (3, 7)


def test_in_the_middle_seven_pixels_agree_and_two_do_not():
    equal = data.X[3:6, 3:6] == FALLING
    assert equal.sum() == 7
    assert np.argwhere(~equal).tolist() == [[0, 2], [2, 0]]  # the ends of the rising stroke
    assert round(5 / 9, 2) == 0.56


def test_the_smallest_match_of_the_centre():
    centre_map = reference.filter_image(data.X, CENTRE)
    lowest = np.argwhere(np.isclose(centre_map, centre_map.min()))
    assert centre_map.min() == pytest.approx(-7 / 9)
    assert round(-7 / 9, 2) == -0.78
    assert lowest.tolist() == [[2, 3], [3, 2], [3, 4], [4, 3]]
    assert (data.X[2:5, 3:6] == CENTRE).sum() == 1


def test_what_the_three_maps_say_about_the_x():
    assert [len(perfect(data.X, feature)) for feature in FEATURES] == [4, 4, 1]
    assert perfect(data.X, FALLING) == [[1, 1], [2, 2], [4, 4], [5, 5]]
    assert perfect(data.X, CENTRE) == [[3, 3]]


def test_what_the_three_maps_say_about_the_o():
    assert perfect(data.O, FALLING) == [[1, 5], [5, 1]]
    assert perfect(data.O, RISING) == [[1, 1], [5, 5]]
    np.testing.assert_allclose(best(data.O), [1, 1, 5 / 9])


def test_the_maps_move_with_the_image():
    stack = reference.filter_bank(data.X, FEATURES)
    moved_stack = reference.filter_bank(MOVED, FEATURES)
    np.testing.assert_array_equal(moved_stack[:, :, 2:], stack[:, :, :-2])
    assert moved_stack[0, :, 2:].size == 35
    np.testing.assert_allclose(best(MOVED), 1)


def test_what_the_features_forgive_and_what_they_do_not():
    np.testing.assert_allclose(best(changed("X", scale=0.6)), 1)
    np.testing.assert_allclose(best(changed("O", scale=0.6)), [5 / 9, 5 / 9, 7 / 9])
    assert (best(changed("X", rotation=45)) < best(data.O)).all()
    np.testing.assert_allclose(best(changed("X", weight=3)), 1 / 3)


@pytest.mark.parametrize("label", data.LETTERS)
def test_weight_never_fooled_the_comparison_of_wholes(label):
    for weight in np.arange(0.5, 3.01, 0.1):
        image = changed(label, weight=weight)
        assert reference.nearest_template(image, {"X": data.X, "O": data.O}) == label
