"""What lesson 03 says in words: the numbers of its prose, measured."""

import numpy as np
import pytest

from helpers import data, reference

FALLING = data.features["falling"]
PIECE = data.photograph()[30:158, 128:288]
ROW = PIECE[20:21, 40:110]
BLUR = np.full((3, 3), 1 / 9)
EDGES = np.array([[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]])
SHARPEN = np.array([[0, -1, 0], [-1, 5, -1], [0, -1, 0]])
SKY, ROOF = (slice(5, 25), slice(5, 45)), (slice(80, 110), slice(40, 120))


def made_with(kernel):
    return reference.convolve_image(PIECE, kernel, padding=1)


def test_only_the_perfect_matches_stay_above_zero():
    sums = reference.convolve_image(data.X, FALLING)
    assert np.argwhere(sums - 8 > 0).tolist() == [[1, 1], [2, 2], [4, 4], [5, 5]]
    assert np.unique(sums)[-2:].tolist() == [7, 9]
    assert sums[0, 0] == 7
    np.testing.assert_allclose(sums, 9 * reference.filter_image(data.X, FALLING))


@pytest.mark.parametrize(("stride", "positions"), [(1, 5), (2, 3), (3, 2)])
def test_positions_of_a_kernel_of_three_on_seven_pixels(stride, positions):
    assert reference.output_size(7, 3, stride) == positions
    assert len(range(0, 7 - 3 + 1, stride)) == positions


def test_a_stride_of_three_leaves_the_last_row_and_column_unseen():
    last_start = 3 * (reference.output_size(7, 3, 3) - 1)
    assert last_start + 3 == 6
    assert round(4 / 3, 2) == 1.33


def test_without_padding_half_of_the_image_is_gone_after_four_layers():
    sizes = [32]
    for _ in range(4):
        sizes.append(reference.output_size(sizes[-1], 5))
    assert sizes == [32, 28, 24, 20, 16]


@pytest.mark.parametrize(("kernel", "padding"), [(5, 2), (3, 1), (1, 0)])
def test_the_usual_settings_keep_the_size(kernel, padding):
    assert padding == (kernel - 1) / 2
    assert reference.output_size(32, kernel, 1, padding) == 32


@pytest.mark.parametrize(("padding", "size", "mode"), [(0, 7, "valid"), (1, 9, "same"), (2, 11, "full")])
def test_three_paddings_have_names(padding, size, mode):
    assert reference.output_size(9, 3, 1, padding) == size
    assert len(np.convolve(np.ones(9), np.ones(3), mode)) == size


def test_what_the_knobs_show():
    assert reference.output_size(9, 5, 1, 2) == 9
    for padding in range(4):
        tiling = [kernel for kernel in range(1, 8) if (9 - kernel + 2 * padding) % 2 == 0]
        assert tiling == [1, 3, 5, 7]


def test_a_row_blurred_and_differenced():
    blurred = reference.convolve_image(ROW, np.full((1, 9), 1 / 9))[0]
    difference = reference.convolve_image(ROW, np.array([[-1, 0, 1]]))[0]
    sky = slice(0, 15)
    assert np.abs(blurred[sky] - ROW[0, 4:-4][sky]).max() < 0.02
    assert np.abs(difference[sky]).max() < 0.03
    falls = np.diff(ROW[0]).argmin()
    assert difference[falls] < -0.5
    assert np.abs(np.diff(blurred)).max() < np.abs(np.diff(ROW)).max() / 5


def test_what_the_weights_add_up_to_is_what_becomes_of_the_sky():
    assert [round(float(kernel.sum()), 9) for kernel in (BLUR, EDGES, SHARPEN)] == [1, 0, 1]
    sky = PIECE[SKY].mean()
    assert PIECE[SKY].std() < 0.02
    for kernel, expected in [(BLUR, sky), (EDGES, 0), (SHARPEN, sky)]:
        assert made_with(kernel)[SKY].mean() == pytest.approx(expected, abs=0.005)


def test_blurring_evens_out_the_roof_and_sharpening_exaggerates_it():
    spreads = [float(image[ROOF].std()) for image in (made_with(BLUR), PIECE, made_with(SHARPEN))]
    assert [round(spread, 2) for spread in spreads] == [0.27, 0.33, 0.96]


def test_the_padding_makes_a_frame():
    made = made_with(EDGES)
    assert round(PIECE[0, 0], 3) == 0.647
    assert round(PIECE[0, 0], 2) == 0.65
    assert made[0, 0] == pytest.approx(5 * 0.65, abs=0.02)
    assert made[0, 3] == pytest.approx(3 * 0.65, abs=0.02)
    assert np.abs(made[1:6, 1:6]).max() < 0.1
    assert made[0].mean() > 0


def test_two_dice():
    ways = np.convolve(np.ones(6), np.ones(6))
    assert len(ways) == 6 + 6 - 1 == 11
    assert ways.sum() == 36
    assert ways[4 - 2] == 3
    assert ways.argmax() + 2 == 7
    assert ways.max() == 6


def test_the_dots_of_a_slice_leave_the_axes_before_alone():
    stack = np.array([[[1, 2], [3, 4]], [[5, 6], [7, 8]]])
    assert stack[..., ::-1].tolist() == [[[2, 1], [4, 3]], [[6, 5], [8, 7]]]


def test_the_true_convolution_shows_the_kernel_as_it_is():
    dot, kernel = np.array([[0, 0, 0, 1, 0, 0, 0]]), np.array([[1, 2, 3]])
    flipped = reference.flip_kernel(kernel)
    assert reference.convolve_image(dot, kernel)[0].tolist() == [0, 3, 2, 1, 0]
    assert reference.convolve_image(dot, flipped)[0].tolist() == [0, 1, 2, 3, 0]
    assert np.convolve(dot[0], kernel[0], mode="valid").tolist() == [0, 1, 2, 3, 0]
