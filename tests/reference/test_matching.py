"""Tests of the toy's mathematics: against SciPy, against honest loops, and on every kind of bad input."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from numpy.testing import assert_allclose, assert_array_equal
from scipy.signal import correlate2d

from helpers import data, reference

FALLING_MAP_OF_X = np.array(
    [
        [7, -1, 1, 3, 5, -1, 3],
        [-1, 9, -1, 3, -1, 1, -1],
        [1, -1, 9, -3, 1, -1, 5],
        [3, 3, -3, 5, -3, 3, 3],
        [5, -1, 1, -3, 9, -1, 1],
        [-1, 1, -1, 3, -1, 9, -1],
        [3, -1, 5, 3, 1, -1, 7],
    ]
)  # sums of nine products; the matches are these divided by nine

numbers = st.floats(-10, 10, width=32)
pixels = st.sampled_from([-1.0, 1.0])


@st.composite
def image_and_feature(draw):
    """An image and a feature that fits into it, neither of them square as a rule."""
    height, width = draw(st.integers(1, 8)), draw(st.integers(1, 8))
    feature_shape = draw(st.integers(1, height)), draw(st.integers(1, width))
    return draw(arrays(float, (height, width), elements=numbers)), draw(
        arrays(float, feature_shape, elements=numbers)
    )


@st.composite
def two_pictures(draw):
    """Two black-and-white pictures of one shape."""
    shape = draw(array_shapes(min_dims=2, max_dims=2, max_side=8))
    return draw(arrays(float, shape, elements=pixels)), draw(arrays(float, shape, elements=pixels))


def test_the_canonical_map():
    feature_map = reference.filter_image(data.X, data.features["falling"])
    assert_allclose(feature_map, FALLING_MAP_OF_X / 9)
    assert " ".join(f"{value:.2f}" for value in feature_map[0]) == "0.78 -0.11 0.11 0.33 0.56 -0.11 0.33"
    assert " ".join(f"{value:.2f}" for value in np.diag(feature_map)[1:6]) == "1.00 1.00 0.56 1.00 1.00"


def test_each_feature_fits_the_x_perfectly_where_it_was_cut():
    maps = reference.filter_bank(data.X, list(data.features.values()))
    assert maps.shape == (3, 7, 7)
    assert [maps[0, 1, 1], maps[1, 1, 5], maps[2, 3, 3]] == [1, 1, 1]
    assert [reference.best_match(feature_map) for feature_map in maps] == [(1, 1), (1, 5), (3, 3)]


@given(image_and_feature())
def test_filter_image_equals_scipys_correlation(pair):
    image, feature = pair
    expected = correlate2d(image, feature, mode="valid") / feature.size
    assert_allclose(reference.filter_image(image, feature), expected, atol=1e-12)


@given(image_and_feature())
def test_filter_image_equals_honest_loops(pair):
    image, feature = pair
    height, width = feature.shape
    expected = np.empty((image.shape[0] - height + 1, image.shape[1] - width + 1))
    for row in range(expected.shape[0]):
        for column in range(expected.shape[1]):
            expected[row, column] = reference.match(
                image[row : row + height, column : column + width], feature
            )
    assert_allclose(reference.filter_image(image, feature), expected, atol=1e-12)


@given(image_and_feature())
def test_filter_bank_stacks_the_maps_in_order(pair):
    image, feature = pair
    maps = reference.filter_bank(image, np.stack([feature, -feature, 2 * feature]))
    for feature_map, one in zip(maps, [feature, -feature, 2 * feature], strict=True):
        assert_array_equal(feature_map, reference.filter_image(image, one))


@given(two_pictures())
def test_match_and_agreement_of_black_and_white_pictures(pair):
    a, b = pair
    equal = sum(a[position] == b[position] for position in np.ndindex(a.shape))
    assert reference.agreement(a, b) == pytest.approx(equal / a.size)
    assert reference.match(a, b) == pytest.approx((equal - (a.size - equal)) / a.size)


@given(image_and_feature())
def test_match_is_the_sum_of_products_over_their_number(pair):
    _, feature = pair
    patch = feature[::-1] + 1
    products = [patch[position] * feature[position] for position in np.ndindex(feature.shape)]
    assert reference.match(patch, feature) == pytest.approx(sum(products) / len(products), abs=1e-9)


@given(two_pictures())
def test_count_white_counts_the_ones(pair):
    image, _ = pair
    assert reference.count_white(image) == sum(pixel == 1 for pixel in image.ravel())


def test_count_white_of_the_letters_counts_only_exact_ones():
    assert (reference.count_white(data.X), reference.count_white(data.O)) == (13, 16)
    assert reference.count_white(np.array([[0.99, 1.0], [2.0, 0.0]])) == 1
    assert type(reference.count_white(data.X)) is int


@given(arrays(float, array_shapes(min_dims=2, max_dims=2, max_side=6), elements=st.integers(-3, 3)))
def test_best_match_is_the_first_of_the_largest_in_reading_order(feature_map):
    positions = [
        position for position in np.ndindex(feature_map.shape) if feature_map[position] == feature_map.max()
    ]
    assert reference.best_match(feature_map) == positions[0]


def test_best_match_returns_plain_numbers():
    assert [type(number) for number in reference.best_match(data.X)] == [int, int]


def test_nearest_template_takes_the_higher_agreement_and_the_first_on_a_tie():
    templates = {"X": data.X, "O": data.O}
    assert reference.nearest_template(data.X, templates) == "X"
    assert reference.nearest_template(data.O, templates) == "O"
    image = np.array([[1, -1]])
    tie = {"left": np.array([[1, 1]]), "right": np.array([[-1, -1]])}
    assert reference.nearest_template(image, tie) == "left"
    assert reference.nearest_template(image, dict(reversed(tie.items()))) == "right"


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_float_dtypes_are_kept(dtype):
    image, feature = data.X.astype(dtype), data.features["rising"].astype(dtype)
    assert reference.match(image[:3, :3], feature).dtype == dtype
    assert reference.filter_image(image, feature).dtype == dtype
    assert reference.filter_bank(image, [feature]).dtype == dtype


@pytest.mark.parametrize("dtype", [np.int8, np.uint8, np.int64, bool])
def test_whole_numbers_are_computed_in_float(dtype):
    image, feature = np.full((4, 5), 100).astype(dtype), np.full((2, 3), 100).astype(dtype)
    product = float(image[0, 0]) * float(feature[0, 0])  # 100 x 100 would overflow eight bits
    assert_array_equal(reference.filter_image(image, feature), np.full((3, 3), product))
    assert reference.filter_image(image, feature).dtype == np.float64
    assert reference.match(feature, feature) == product


def test_nested_lists_are_pictures_too():
    assert reference.agreement([[1, -1]], [[1, 1]]) == 0.5
    assert_array_equal(reference.filter_image([[1, 2], [3, 4]], [[2]]), [[2, 4], [6, 8]])


@pytest.mark.parametrize(
    "call",
    [
        lambda image, feature: reference.count_white(image),
        lambda image, feature: reference.agreement(image, image.copy()),
        lambda image, feature: reference.nearest_template(image, {"it": image.copy()}),
        lambda image, feature: reference.match(feature, feature.copy()),
        lambda image, feature: reference.filter_image(image, feature),
        lambda image, feature: reference.best_match(image),
        lambda image, feature: reference.filter_bank(image, [feature, feature]),
    ],
)
def test_arguments_are_left_unchanged(call):
    image, feature = np.arange(12.0).reshape(3, 4), np.array([[1.0, -2.0]])
    image.setflags(write=False)
    feature.setflags(write=False)
    before = image.copy(), feature.copy()
    call(image, feature)
    assert_array_equal(image, before[0])
    assert_array_equal(feature, before[1])


def test_maps_do_not_share_memory_with_the_image():
    image = np.ones((2, 2))
    assert not np.shares_memory(reference.filter_image(image, np.ones((1, 1))), image)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (
            lambda: reference.filter_image(np.ones((3, 3)), np.ones((5, 5))),
            "feature (5, 5) is larger than the image (3, 3)",
        ),
        (
            lambda: reference.filter_image(np.ones((3, 9)), np.ones((4, 2))),
            "feature (4, 2) is larger than the image (3, 9)",
        ),
        (
            lambda: reference.filter_image(np.ones((9, 3)), np.ones((2, 4))),
            "feature (2, 4) is larger than the image (9, 3)",
        ),
        (
            lambda: reference.filter_image(np.ones((3, 3, 3)), np.ones((2, 2))),
            "image must have two dimensions, (height, width), not the shape (3, 3, 3)",
        ),
        (
            lambda: reference.filter_image(np.ones((3, 3)), np.ones(3)),
            "feature must have two dimensions, (height, width), not the shape (3,)",
        ),
        (lambda: reference.filter_image(np.ones((3, 3)), np.ones((0, 2))), "feature (0, 2) has no pixels"),
        (
            lambda: reference.match(np.ones((2, 3)), np.ones((3, 2))),
            "patch (2, 3) and feature (3, 2) must have the same shape",
        ),
        (lambda: reference.match(np.ones((0, 3)), np.ones((0, 3))), "feature (0, 3) has no pixels"),
        (lambda: reference.match(None, np.ones((3, 2))), "patch must be an array of numbers, not NoneType"),
        (lambda: reference.match(np.ones((3, 2)), ...), "feature must be an array of numbers, not ellipsis"),
        (lambda: reference.match([[1, 2], [3]], np.ones((2, 2))), "patch: the rows have different lengths"),
        (
            lambda: reference.agreement(np.ones((9, 9)), np.ones((3, 3))),
            "picture (9, 9) and the other picture (3, 3) must have the same shape",
        ),
        (lambda: reference.agreement([], []), "picture (0,) has no pixels"),
        (
            lambda: reference.count_white(np.array([["X"]])),
            "image must be an array of numbers, not an array of <U1",
        ),
        (lambda: reference.count_white(np.ones((0, 9))), "image (0, 9) has no pixels"),
        (
            lambda: reference.best_match(np.ones(4)),
            "feature map must have two dimensions, (height, width), not the shape (4,)",
        ),
        (lambda: reference.best_match(np.ones((0, 4))), "feature map (0, 4) has no pixels"),
        (
            lambda: reference.nearest_template(data.X, [data.X]),
            "templates must be a dict of label -> picture, not list",
        ),
        (lambda: reference.nearest_template(data.X, {}), "there are no templates to compare the image with"),
        (
            lambda: reference.filter_bank(data.X, data.features),
            "features must be a list of arrays; of a dict, take list(features.values())",
        ),
        (lambda: reference.filter_bank(data.X, None), "features must be a list of arrays, not NoneType"),
        (lambda: reference.filter_bank(data.X, []), "there are no features to filter the image with"),
        (
            lambda: reference.filter_bank(data.X, [np.ones((2, 2)), np.ones((2, 3))]),
            "features must all have the same shape, but one is (2, 2) and another (2, 3)",
        ),
        (
            lambda: reference.filter_bank(np.ones((2, 2)), np.ones((4, 3, 3))),
            "feature (3, 3) is larger than the image (2, 2)",
        ),
    ],
)
def test_bad_input_gets_one_clear_sentence(call, sentence):
    with pytest.raises(ValueError) as error:  # noqa: PT011 - the whole message is compared
        call()
    assert str(error.value) == sentence
