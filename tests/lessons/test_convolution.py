"""What lesson 03 says in words: the numbers of its prose, measured."""

import numpy as np
import pytest

from helpers import data, exercises, reference

FALLING = data.features["falling"]
PIECE = data.photograph()[30:158, 128:288]
BLUR = np.full((3, 3), 1 / 9)
EDGES = np.array([[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]])
SHARPEN = np.array([[0, -1, 0], [-1, 5, -1], [0, -1, 0]])
SKY, ROOF = (slice(5, 25), slice(5, 45)), (slice(80, 110), slice(40, 120))


def made_with(kernel):
    return reference.convolve_image(PIECE, kernel, padding=1)


def test_only_the_perfect_matches_stay_above_zero():
    sums = reference.convolve_image(data.X, FALLING)
    assert sums.size == 49
    assert np.argwhere(sums - 8 > 0).tolist() == [[1, 1], [2, 2], [4, 4], [5, 5]]
    assert np.unique(sums)[-2:].tolist() == [7, 9]
    np.testing.assert_allclose(sums, 9 * reference.filter_image(data.X, FALLING))


def test_the_dot_product_of_two_rows_gives_the_sum():
    assert data.X[0:3, 0:3].ravel() @ FALLING.ravel() - 8 == 7 - 8 == -1


@pytest.mark.parametrize(("stride", "positions"), [(1, 5), (2, 3), (3, 2)])
def test_positions_of_a_kernel_of_three_on_seven_pixels(stride, positions):
    assert reference.output_size(7, 3, stride) == positions
    assert len(range(0, 7 - 3 + 1, stride)) == positions


def test_a_stride_of_three_leaves_the_last_row_and_column_unseen():
    last_start = 3 * (reference.output_size(7, 3, 3) - 1)
    assert last_start + 3 == 6
    assert round(4 / 3, 2) == 1.33


def test_without_padding_the_image_shrinks():
    sizes = [32]
    while sizes[-1] >= 5:
        sizes.append(reference.output_size(sizes[-1], 5))
    assert sizes == [32, 28, 24, 20, 16, 12, 8, 4]


@pytest.mark.parametrize(("kernel", "padding"), [(5, 2), (3, 1), (1, 0)])
def test_the_usual_settings_keep_the_size(kernel, padding):
    assert padding == (kernel - 1) / 2
    assert reference.output_size(32, kernel, 1, padding) == 32


def test_the_knobs_have_an_answer():
    assert reference.output_size(9, 5, 1, 2) == 9
    assert (9 - 4) % 2 == 1  # as the widget is at the start


def test_what_the_weights_add_up_to_is_what_becomes_of_the_sky():
    assert [round(float(kernel.sum()), 9) for kernel in (BLUR, EDGES, SHARPEN)] == [1, 0, 1]
    sky = PIECE[SKY].mean()
    assert PIECE[SKY].std() < 0.02
    for kernel, expected in [(BLUR, sky), (EDGES, 0), (SHARPEN, sky)]:
        assert made_with(kernel)[SKY].mean() == pytest.approx(expected, abs=0.005)


def test_blurring_evens_out_the_roof_and_sharpening_exaggerates_it():
    assert made_with(BLUR)[ROOF].std() < PIECE[ROOF].std() < made_with(SHARPEN)[ROOF].std()


def test_two_channels_by_hand():
    patch = np.array([[[1, 2], [3, 4]], [[5, 6], [7, 8]]])
    weights = np.array([[[1, 0], [0, 1]], [[0, 1], [-1, 0]]])
    assert np.sum(patch * weights, axis=(1, 2)).tolist() == [1 + 4, 6 - 7]
    assert reference.conv2d(patch[None], weights[None], np.array([10])).item() == 14


def test_the_output_is_as_deep_as_there_are_filters():
    output = reference.conv2d(np.zeros((1, 3, 32, 32)), np.zeros((10, 3, 5, 5)))
    assert output.shape == (1, 10, 28, 28)


def test_the_x_under_its_three_features():
    features = np.array(list(data.features.values()))[:, None]
    maps = reference.conv2d(data.X[None, None], features, np.full(3, -8.0))
    assert maps.shape == (1, 3, 7, 7)
    assert (maps > 0).sum(axis=(0, 2, 3)).tolist() == [4, 4, 1]
    assert reference.conv2d(maps, np.zeros((4, 3, 3, 3))).shape == (1, 4, 5, 5)


def test_a_convolution_of_one_pixel_makes_a_colour_photograph_grey():
    colour = data.photograph(colour=True)[None, 30:158, 128:288]
    weight = np.array([0.299, 0.587, 0.114]).reshape(1, 3, 1, 1)
    transposed = reference.to_nchw(colour)
    reshaped = colour.reshape(transposed.shape)
    np.testing.assert_allclose(reference.conv2d(transposed, weight)[0, 0], PIECE)
    assert np.abs(reference.conv2d(reshaped, weight)[0, 0] - PIECE).mean() > 0.1


def test_shared_and_separate_weights():
    assert reference.conv_parameters(3, 10, 5) == 10 * (75 + 1) == 760
    for filters in (16, 32, 64, 128):
        shared, full = reference.conv_parameters(3, filters, 5), 28 * 28 * filters * (3072 + 1)
        assert len(str(shared)) == 4
        assert len(str(full)) in (8, 9)
        assert round(full / shared) == 31_700


def test_the_true_convolution_shows_the_kernel_as_it_is():
    dot, kernel = np.array([[0, 0, 0, 1, 0, 0, 0]]), np.array([[1, 2, 3]])
    flipped = reference.flip_kernel(kernel)
    assert reference.convolve_image(dot, kernel)[0].tolist() == [0, 3, 2, 1, 0]
    assert reference.convolve_image(dot, flipped)[0].tolist() == [0, 1, 2, 3, 0]
    assert np.convolve(dot[0], kernel[0], mode="valid").tolist() == [0, 1, 2, 3, 0]


def test_loops_and_windows_are_equal():
    x, weight = np.random.default_rng(0).normal(size=(2, 3, 32, 32)), np.ones((8, 3, 5, 5))
    loops, windows = (
        exercises.find(name).solution(x, weight, None, 1, 0) for name in ("conv2d", "conv2d_windows")
    )
    np.testing.assert_allclose(loops, windows)
    assert loops.shape[2:] == (28, 28)
    assert 28 * 28 == 784


def test_inner_pixels_are_under_twenty_five_windows():
    seen = np.zeros((32, 32))
    for row in range(28):
        for column in range(28):
            seen[row : row + 5, column : column + 5] += 1
    assert seen.max() == 25
