"""What lesson 06 says in words: the numbers of its prose, measured."""

from functools import reduce

import numpy as np
import pytest

from helpers import data, reference

FALLING, RISING, CENTRE = data.features.values()
SUMS = reference.convolve_image(data.X, FALLING)
MATCHES = reference.filter_image(data.X, FALLING)
ROOF = data.photograph()[30:158, 128:288]
BRIGHTER_BELOW = np.array([[-1, -1, -1], [0, 0, 0], [1, 1, 1]])


def stack(image):
    """The image under the three features: matches, as a convolution."""
    return reference.conv2d(image[None, None], np.array([FALLING, RISING, CENTRE])[:, None] / 9)


def two_layers(image, between=lambda z: z):
    return reference.convolve_image(between(reference.convolve_image(image, FALLING)), RISING)


def test_twenty_of_the_matches_are_negative():
    assert (MATCHES < 0).sum() == 20
    assert MATCHES.size == 49
    assert MATCHES.min() == pytest.approx((3 - 6) / 9)


def test_the_second_row_by_hand():
    row = [-0.11, 1.00, -0.11, 0.33, -0.11, 0.11, -0.11]
    assert MATCHES[1].round(2).tolist() == row
    assert reference.relu(MATCHES[1]).round(2).tolist() == [0, 1, 0, 0.33, 0, 0.11, 0]


def test_a_stack_stays_a_stack_and_64_of_147_values_become_zero():
    activations = reference.relu(stack(data.X))
    assert activations.shape == (1, 3, 7, 7)
    assert (activations == 0).sum() == 64
    assert activations.size == 147
    np.testing.assert_array_equal(reference.relu(activations), activations)


def test_the_larger_of_two_entry_by_entry():
    assert np.maximum(np.array([3, -2, 5]), np.array([4, -6, 1])).tolist() == [4, -2, 5]
    assert np.maximum(np.array([3, -2, 5]), 4).tolist() == [4, 4, 5]


def test_the_outline_of_the_roof_is_negative_and_relu_empties_half_of_the_map():
    edges = reference.convolve_image(ROOF, BRIGHTER_BELOW)
    assert f"{np.mean(edges == 0):.0%}" == "2%"
    assert f"{np.mean(reference.relu(edges) == 0):.0%}" == "52%"
    for column in (*range(0, 50, 5), *range(110, 158, 5)):  # below the sky, the outline comes first
        assert edges[np.abs(edges[:, column]) > 0.6, column][0] < 0
    np.testing.assert_allclose(reference.relu(edges) - reference.relu(-edges), edges)


def test_a_photograph_passes_a_convolution_linearly_and_relu_not():
    pictures = ROOF, ROOF[:, ::-1]

    def apart(step):
        maps = [step(reference.convolve_image(image, BRIGHTER_BELOW)) for image in (*pictures, sum(pictures))]
        return np.abs(maps[0] + maps[1] - maps[2]).max()

    assert apart(lambda z: z) < 1e-12
    assert apart(reference.relu) > 1


def test_differences_taken_twice_are_one_kernel():
    row, kernel = np.array([[3, 5, 4, 8]]), np.array([[-1, 1]])
    once = reference.convolve_image(row, kernel)
    assert once.tolist() == [[2, -1, 4]]
    assert reference.convolve_image(once, kernel).tolist() == [[-3, 5]]
    assert [3 - 10 + 4, 5 - 8 + 8] == [-3, 5]
    assert reference.collapse_two_filters(kernel, kernel).tolist() == [[1, -2, 1]]


@pytest.mark.parametrize("image", [data.X, data.O, *np.random.default_rng(0).uniform(-1, 1, (5, 9, 9))])
def test_two_layers_with_nothing_between_are_one(image):
    one = reference.collapse_two_filters(FALLING, RISING)
    assert one.shape == (5, 5)
    np.testing.assert_allclose(two_layers(image), reference.convolve_image(image, one), atol=1e-12)


def test_biases_fold_too():
    x, first_bias, second_bias = data.X[None, None], np.array([2.0]), np.array([-1.0])
    first = reference.conv2d(x, FALLING[None, None], first_bias)
    second = reference.conv2d(first, RISING[None, None], second_bias)
    one = reference.collapse_two_filters(FALLING, RISING)
    bias = first_bias * RISING.sum() + second_bias
    np.testing.assert_allclose(second, reference.conv2d(x, one[None, None], bias))


def test_fifty_kernels_of_three_become_one_of_101():
    assert reduce(reference.collapse_two_filters, [np.ones((3, 3))] * 50).shape == (101, 101)


def test_the_collapse_holds_for_many_layers():
    rng = np.random.default_rng(0)
    kernels, image = rng.uniform(-1, 1, (10, 3, 3)), rng.uniform(-1, 1, (25, 25))
    folded = reduce(reference.collapse_two_filters, kernels)
    expected = reduce(reference.convolve_image, kernels, image)
    np.testing.assert_allclose(reference.convolve_image(image, folded), expected)


def test_with_relu_between_maps_of_a_sum_are_not_sums_of_maps():
    straight = two_layers(data.X) + two_layers(data.O) - two_layers(data.X + data.O)
    relu = reference.relu
    bent = two_layers(data.X, relu) + two_layers(data.O, relu) - two_layers(data.X + data.O, relu)
    assert np.abs(straight).max() == 0
    assert (bent.min(), bent.max(), bent.size) == (-12, 4, 25)  # with a bias, all 25 would be equal
    assert relu(np.array([2.0])) + relu(np.array([-2.0])) == 2


def test_the_best_single_kernel_leaves_a_quarter_unexplained_with_relu_and_nothing_without():
    images = np.random.default_rng(0).uniform(-1, 1, (300, 9, 9))
    patches = np.lib.stride_tricks.sliding_window_view(images, (5, 5), axis=(1, 2)).reshape(-1, 25)
    patches = np.hstack([patches, np.ones((len(patches), 1))])

    def unexplained(between):
        wanted = np.array([two_layers(image, between) for image in images]).ravel()
        best = np.linalg.lstsq(patches, wanted)[0]
        return np.mean((patches @ best - wanted) ** 2) / wanted.var()

    assert unexplained(lambda z: z) < 1e-20
    assert 0.2 < unexplained(reference.relu) < 0.35


@pytest.mark.parametrize("image", [data.X, -data.X], ids=["white", "black"])
def test_two_filters_with_relu_like_both_xs(image):
    maps = reference.conv2d(image[None, None], np.array([FALLING, -FALLING])[:, None])
    assert reference.relu(maps).sum(axis=1).max() == 9
    assert np.abs(maps.sum(axis=1)).max() == 0


def test_the_3_on_the_black_x_is_where_the_white_one_is_lowest():
    assert (SUMS.min(), (-SUMS).max()) == (-3, 3)
    places = np.argwhere(-SUMS == 3)
    assert all(row != column and row + column != 6 for row, column in places)  # on neither diagonal


def test_without_a_bend_a_black_x_turns_every_sign():
    np.testing.assert_array_equal(two_layers(-data.X), -two_layers(data.X))


def test_the_slopes():
    at, step = np.array([-6.0, 0.0, 6.0]), 1e-6
    slope = {
        name: (getattr(reference, name)(at + step) - getattr(reference, name)(at)) / step
        for name in ("sigmoid", "tanh")
    }
    assert slope["sigmoid"].round(5).tolist() == [0.00247, 0.25, 0.00247]
    assert slope["tanh"].round(5).tolist() == [0.00002, 1.0, 0.00002]
    assert 0.25**10 < 1e-6
    assert reference.relu_backward(np.ones(1), np.zeros(1)) == 0


def test_a_nudge_through_ten_in_a_row():
    def passed_on(function, start):
        ends = np.array([start, start + 1e-4])
        for _ in range(10):
            ends = function(ends)
        return np.diff(ends)[0] / 1e-4

    assert [round(passed_on(reference.relu, start), 6) for start in (2.0, 0.1, -2.0)] == [1, 1, 0]
    assert all(passed_on(reference.sigmoid, start) < 0.25**10 for start in np.linspace(-8, 8, 33))
    assert passed_on(reference.tanh, 0.1) > 0.8
    assert passed_on(reference.tanh, 2.0) < 0.01


def test_how_the_three_tell_five_from_one():
    values = np.array([5.0, 1.0])
    assert reference.sigmoid(values).round(3).tolist() == [0.993, 0.731]
    assert reference.tanh(values).round(3).tolist() == [1.0, 0.762]
    assert {5, 1} < set((SUMS - 4).ravel())


def test_the_bias_decides_what_is_left_on_the_x():
    assert np.argwhere(SUMS - 8 > 0).tolist() == [[1, 1], [2, 2], [4, 4], [5, 5]]
    assert (SUMS - 8).max() == 1
    assert (SUMS - 9).max() == 0
    for function in (reference.relu, reference.sigmoid, reference.tanh):
        assert function(np.array([-5.99])) - function(np.array([-6.0])) < 1e-4
