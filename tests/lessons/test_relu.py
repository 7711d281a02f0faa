"""What lesson 06 says in words: the numbers of its prose, measured."""

from functools import reduce

import numpy as np
import pytest

from helpers import data, reference

FALLING, RISING, CENTRE = data.features.values()
SUMS = reference.convolve_image(data.X, FALLING)
MATCHES = reference.filter_image(data.X, FALLING)
LETTERS, _ = data.sample_letters(400, np.random.default_rng(5), 9, 2, (0.7, 1.2), 20, (1, 2))


def stack(image):
    """The image under the three features: matches, as a convolution."""
    return reference.conv2d(image[None, None], np.array([FALLING, RISING, CENTRE])[:, None] / 9)


def two_layers(image, between=lambda z: z):
    return reference.convolve_image(between(reference.convolve_image(image, FALLING)), RISING)


def layers(kernel, count, dtype=float, after=reference.relu):
    """The maps after each of that many layers of one kernel, padding 1."""
    x = data.X[None, None].astype(dtype)
    for _ in range(count):
        x = after(reference.conv2d(x, kernel[None, None].astype(dtype), padding=1))
        yield x


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
    assert np.abs(bent).max() == 12
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


def test_how_the_three_tell_five_from_one():
    values = np.array([5.0, 1.0])
    assert reference.sigmoid(values).round(2).tolist() == [0.99, 0.73]
    assert reference.tanh(values).round(2).tolist() == [1.0, 0.76]
    assert {5, 1} < set((SUMS - 4).ravel())


def test_the_bias_decides_what_is_left_on_the_x():
    assert np.argwhere(SUMS - 8 > 0).tolist() == [[1, 1], [2, 2], [4, 4], [5, 5]]
    assert (SUMS - 8).max() == 1
    assert (SUMS - 9).max() == 0
    for function in (reference.relu, reference.sigmoid, reference.tanh):
        assert function(np.array([-5.99])) - function(np.array([-6.0])) < 1e-4


def test_no_image_gets_more_than_nine():
    assert np.abs(FALLING).sum() == 9
    maps = reference.conv2d(LETTERS, FALLING[None, None])
    assert [int((maps + bias > 0).any(axis=(1, 2, 3)).sum()) for bias in (0, -4, -8, -9)] == [400, 392, 4, 0]


@pytest.mark.parametrize(("bias", "felt"), [(-4, 20), (-9.5, 0)])
def test_a_dead_unit_feels_no_nudge(bias, felt):
    def total(weights, bias):
        return reference.relu(reference.conv2d(LETTERS, weights.reshape(1, 1, 3, 3), np.array([bias]))).sum()

    start, nudges = FALLING.ravel(), np.vstack([np.eye(9), -np.eye(9)]) * 0.01
    sums = [total(start + nudge, bias) for nudge in nudges]
    sums += [total(start, bias + nudge) for nudge in (0.01, -0.01)]
    assert np.sum(sums != total(start, bias)) == felt


@pytest.mark.parametrize(("kernel", "end"), [(FALLING, 1e9), (FALLING / 9, 1e-10)])
def test_twenty_layers_explode_or_vanish(kernel, end):
    sizes = np.array([x.std() for x in layers(kernel, 20)])
    factor = sizes[1:] / sizes[:-1]
    assert f"{sizes[-1]:.0e}" == f"{end:.0e}"
    assert (
        ((factor > 2.3) & (factor < 3.3)).all() if end > 1 else ((factor < 1 / 2.3) & (factor > 1 / 4)).all()
    )


def test_relu_is_not_to_blame_and_not_the_remedy():
    without = [
        [x.std() for x in layers(kernel, 20, after=lambda z: z)][-1] for kernel in (FALLING, FALLING / 9)
    ]
    assert without[0] > 1e9
    assert without[1] < 1e-4


def test_random_filters_explode_and_vanish_too():
    rng = np.random.default_rng(0)
    for size, low, high in [(0.05, 0, 1e-8), (1.0, 1e8, np.inf)]:
        x = data.X[None, None]
        for _ in range(20):
            x = reference.relu(reference.conv2d(x, rng.normal(0, size, (8, x.shape[1], 3, 3)), padding=1))
        assert low < x.std() < high


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_float32_ends():
    infinite = [np.isinf(x).any() for x in layers(FALLING, 84, np.float32)]
    assert infinite.index(True) + 1 == 83
    assert not list(layers(FALLING / 9, 94, np.float32))[-1].any()


def test_standardised_layers_keep_their_size():
    for kernel in (FALLING, FALLING / 9):
        for x in layers(kernel, 20, after=lambda z: reference.standardise(reference.relu(z))):
            assert x.std() == pytest.approx(1)
    np.testing.assert_allclose(reference.standardise(MATCHES), reference.standardise(SUMS))


def test_standardising_by_hand():
    assert np.mean([1, 5, 5, 1]) == 3
    assert np.std([1, 5, 5, 1]) == 2
    assert reference.standardise(np.array([1, 5, 5, 1])).tolist() == [-1, 1, 1, -1]


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_constant_maps_break_the_bare_formula():
    seven, tenth = np.full((2, 3), 7.0), np.full((2, 3), 0.1)
    assert np.isnan((seven - seven.mean()) / seven.std()).all()
    assert 0 < tenth.std() < 1e-16
    assert (np.abs((tenth - tenth.mean()) / tenth.std()) > 0.9).all()
    assert not reference.standardise(tenth).any()


def test_the_faint_x():
    pages = np.array([data.X, 0.1 * data.X])[:, None]
    assert np.ptp(reference.standardise(pages, (1, 2, 3)), axis=(1, 2, 3)).round(2).tolist() == [2.72, 2.72]
    assert np.ptp(reference.standardise(pages, (0, 2, 3)), axis=(1, 2, 3)).round(2)[1] == 0.33
