"""What lesson 05 says in words: the numbers of its prose, measured."""

import numpy as np
import pytest

from helpers import data, reference
from helpers.show.widgets import PoolMap

FEATURES = np.array(list(data.features.values()))
KERNELS = FEATURES[:, np.newaxis] / 9
STACK = reference.filter_bank(data.X, FEATURES)
FALLING_MAP = STACK[0]
AROUND = [(down, right) for down in range(-2, 3) for right in range(-2, 3)]


def stack_of(image):
    return reference.filter_bank(image, FEATURES)


def pool(image, window, stride):
    return reference.max_pool2d(stack_of(image)[np.newaxis], window, stride, partial=True)[0]


def moved(pixels):
    shifts = [shift for shift in AROUND if max(map(abs, shift)) == pixels]
    return [data.draw_letter("X", shift=shift) for shift in shifts]


def unchanged(images, window, stride):
    before = pool(data.X, window, stride)
    return np.mean([np.isclose(before, pool(image, window, stride)) for image in images])


def test_one_column_leaves_7_of_147_numbers():
    assert data.X.size == 81
    assert STACK.shape == (3, 7, 7)
    nudged = stack_of(data.draw_letter("X", shift=(0, 1)))
    assert STACK.size == 147
    assert np.isclose(STACK, nudged).sum() == 7


def test_three_windows_by_hand():
    assert FALLING_MAP[:2, :2].round(2).tolist() == [[0.78, -0.11], [-0.11, 1.0]]
    patches = FALLING_MAP[:2, :2], FALLING_MAP[:2, 2:4], FALLING_MAP[2:4, :2]
    maxima = [patch.max() for patch in patches]
    assert np.round(maxima, 2).tolist() == [1.0, 0.33, 0.33]


def test_whole_windows_leave_a_row_and_a_column_over():
    expected = [[1.0, 0.33, 0.56], [0.33, 1.0, 0.33], [0.56, 0.33, 1.0]]
    assert reference.max_pool_map(FALLING_MAP, 2, 2).round(2).tolist() == expected
    assert FALLING_MAP.size - FALLING_MAP[:6, :6].size == 13
    assert FALLING_MAP[6, 6].round(2) == 0.78
    assert [FALLING_MAP[row : row + 2, 6].max().round(2) for row in (0, 2, 4, 6)] == [0.33, 0.56, 0.11, 0.78]


def test_how_many_windows():
    assert (7 - 2) / 2 == 2.5
    assert (reference.pooled_size(7, 2, 2), reference.pooled_size(7, 2, 2, True)) == (3, 4)
    assert np.ceil((6 - 2) / 3) + 1 == 3
    assert reference.pooled_size(6, 2, 3, True) == 2


def test_seven_by_seven_becomes_four_by_four():
    pooled = pool(data.X, 2, 2)
    expected = [
        [1.0, 0.33, 0.56, 0.33],
        [0.33, 1.0, 0.33, 0.56],
        [0.56, 0.33, 1.0, 0.11],
        [0.33, 0.56, 0.11, 0.78],
    ]
    assert pooled[0].round(2).tolist() == expected
    assert pooled.size == 48
    assert np.argwhere(np.isclose(pooled[2], 1)).tolist() == [[1, 1]]
    assert 0.3 < pooled.size / STACK.size < 0.35  # "a third of the numbers"


def test_zeros_at_the_edge_win_over_negative_matches():
    for image, count in [(data.X, 0), (-data.X, 7)]:
        right, padded = pool(image, 2, 2), np.pad(stack_of(image), ((0, 0), (0, 1), (0, 1)))
        wrong = ~np.isclose(right, reference.max_pool2d(padded[np.newaxis], 2)[0])
        assert (wrong.sum(), wrong.size) == (count, 48)
    assert sorted(right[0][wrong[0]].round(2)) == [-0.78, -0.33, -0.33]
    assert (right[wrong] < 0).all()


def test_what_the_knobs_show():
    widget = PoolMap(dict(zip(data.features, STACK, strict=True)), window=3, stride=2)
    assert widget.pooled.size == 9
    x = FALLING_MAP[np.newaxis, np.newaxis]
    windows = np.eye(9).reshape(9, 1, 1, 3, 3)
    keepers = [reference.max_pool2d_backward(window, x, 3, 2)[0, 0, 2, 2] for window in windows]
    assert sum(keepers) == 3
    widget.window, widget.stride = 7, 1
    assert widget.pooled.size == 1


def test_the_mean_waters_a_perfect_match_down():
    means = reference.avg_pool2d(STACK[np.newaxis], 2, partial=True)[0, 0]
    assert FALLING_MAP[:2, :2].mean().round(2) == 0.39
    best = np.isclose(pool(data.X, 2, 2)[0], 1)
    assert means[best].round(2).tolist() == [0.39, 0.22, 0.44]
    assert means[3, 3] == pytest.approx(7 / 9)


def test_what_pooling_forgives_and_what_it_forgets():
    assert len(moved(1)) == 8
    turned, bold = data.draw_letter("X", rotation=15), data.draw_letter("X", weight=3)
    changes = (moved(1), [turned], [bold], [data.O])
    measured = {
        choice: [round(float(unchanged(images, *choice)), 2) for images in changes]
        for choice in [(1, 1), (2, 2), (3, 2), (5, 1)]
    }
    assert measured == {
        (1, 1): [0.19, 0.00, 0.00, 0.38],
        (2, 2): [0.33, 0.06, 0.00, 0.38],
        (3, 2): [0.74, 0.15, 0.00, 0.15],
        (5, 1): [0.98, 0.00, 0.00, 0.52],
    }


def test_larger_windows_are_too_destructive():
    images, labels = data.sample_letters(600, np.random.default_rng(4), shift=2)
    templates = np.array([data.X, data.O])[:, np.newaxis]

    def share_right(change):
        letters, known = change(images), change(templates)
        distances = ((letters[:, np.newaxis] - known) ** 2).mean(axis=(2, 3, 4)).round(6)
        return round(float(np.mean(distances.argmin(axis=1) == labels)), 2)

    def after(pooling, window, stride):
        return share_right(lambda x: pooling(reference.conv2d(x, KERNELS), window, stride, partial=True))

    step_one = [after(reference.max_pool2d, window, 1) for window in range(1, 8)]
    step_window = [after(reference.max_pool2d, window, window) for window in range(1, 8)]
    means = [after(reference.avg_pool2d, window, window) for window in range(1, 8)]
    assert step_one == [0.58, 0.73, 0.65, 0.56, 0.57, 0.56, 0.56]
    assert step_window == [0.58, 0.67, 0.72, 0.82, 0.69, 0.55, 0.56]
    assert means[1] == step_window[1] == 0.67
    assert all(mean < largest for mean, largest in zip(means[2:], step_window[2:], strict=True))


def test_pooling_saves_multiplications():
    counts = {side: 8 * reference.output_size(side, 3) ** 2 * 3 * 3 * 3 for side in (7, 4)}
    assert counts == {7: 5400, 4: 864}
    assert (2 * 3 * 7 * 7, 2 * 3 * 4 * 4) == (294, 96)
    before, after = reference.output_size(64, 3) ** 2, reference.output_size(32, 3) ** 2
    assert 0.22 < after / before < 0.25


def test_a_longer_stride_misses_the_moved_x():
    def strided(image):
        return reference.conv2d(image[np.newaxis, np.newaxis], KERNELS, stride=2)[0]

    moved_x = data.draw_letter("X", shift=(0, 1))
    assert strided(data.X).shape == pool(data.X, 2, 2).shape == (3, 4, 4)
    np.testing.assert_allclose(strided(data.X).max(axis=(1, 2)), [1, 1, 5 / 9])
    np.testing.assert_allclose(strided(moved_x).max(axis=(1, 2)), [1 / 3, 1 / 3, -1 / 9])
    np.testing.assert_allclose(pool(moved_x, 2, 2).max(axis=(1, 2)), 1)
    np.testing.assert_allclose(reference.filter_image(-np.ones((9, 9)), FEATURES[0]), 1 / 3)
