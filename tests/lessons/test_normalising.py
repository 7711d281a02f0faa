"""What lesson 07 says in words: the numbers of its prose, measured."""

import numpy as np
import pytest

from helpers import data, reference

FALLING = data.features["falling"]
SUMS = reference.convolve_image(data.X, FALLING)
MATCHES = reference.filter_image(data.X, FALLING)
LETTERS, _ = data.sample_letters(400, np.random.default_rng(5), 9, 2, (0.7, 1.2), 20, (1, 2))
SMALL = np.array([[[[1.0, 3.0]], [[10.0, 30.0]]], [[[5.0, 7.0]], [[50.0, 70.0]]]])


def layers(kernel, count, dtype=float, after=reference.relu):
    """The maps after each of that many layers of one kernel, padding 1."""
    x = data.X[None, None].astype(dtype)
    for _ in range(count):
        x = after(reference.conv2d(x, kernel[None, None].astype(dtype), padding=1))
        yield x


def after_twenty(top, after, seed):
    """The deviation of random values after 20 layers of 100 filters of 1 x 1."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(50, 100, 1, 1))
    for _ in range(20):
        weights = reference.initial_weights((100, 100, 1, 1), rng) * np.sqrt(top / 2)
        x = after(reference.conv2d(x, weights))
    return x.std()


def test_no_image_gets_more_than_nine():
    assert np.abs(FALLING).sum() == 9
    maps = reference.conv2d(LETTERS, FALLING[None, None])
    assert [int((maps + bias > 0).any(axis=(1, 2, 3)).sum()) for bias in (0, -4, -8, -9)] == [400, 392, 4, 0]


@pytest.mark.parametrize(("bias", "leak", "felt"), [(-4, 0, 20), (-9.5, 0, 0), (-9.5, 0.01, 20)])
def test_a_dead_unit_feels_no_nudge_unless_its_relu_leaks(bias, leak, felt):
    def total(weights, bias):
        z = reference.conv2d(LETTERS, weights.reshape(1, 1, 3, 3), np.array([bias]))
        return np.where(z > 0, z, leak * z).sum()

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
    assert [f"{end:.0e}" for end in without] == ["3e+14", "2e-05"]


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
    empty = [not x.any() for x in layers(FALLING / 9, 94, np.float32)]
    assert empty.index(True) + 1 == 92


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


def test_which_values_share_a_mean_decides_what_stays_of_the_difference():
    by_image, by_channel = reference.standardise(SMALL, (1, 2, 3)), reference.standardise(SMALL, (0, 2, 3))
    assert (by_image[:, 1] > by_image[:, 0].max()).all()  # channel 1 is still the louder one
    np.testing.assert_allclose(by_channel[:, 0], by_channel[:, 1])
    scaled = 2 * by_channel + 3
    np.testing.assert_allclose(scaled.mean(axis=(0, 2, 3)), 3)
    np.testing.assert_allclose(scaled.std(axis=(0, 2, 3)), 2)


def test_with_batch_normalisation_an_image_depends_on_the_others():
    brighter = SMALL * np.array([1, 10]).reshape(2, 1, 1, 1)
    layer, batch = (
        np.abs(reference.standardise(brighter, axis)[0] - reference.standardise(SMALL, axis)[0]).max()
        for axis in ((1, 2, 3), (0, 2, 3))
    )
    assert layer < 1e-12
    assert batch > 0.4


def test_sums_grow_by_the_root_and_relu_halves_the_squares():
    rng = np.random.default_rng(0)
    for n, root in [(1, 1), (4, 2), (16, 4), (64, 8), (256, 16)]:
        totals = (rng.normal(size=(10_000, n)) * rng.normal(size=(10_000, n))).sum(axis=1)
        assert totals.std() == pytest.approx(root, rel=0.05)
        assert (reference.relu(totals) ** 2).sum() / (totals**2).sum() == pytest.approx(0.5, abs=0.05)


@pytest.mark.parametrize(
    ("top", "after", "low", "high"),
    [
        (2, reference.relu, 0.43, 2.2),
        (1, reference.relu, 0.0004, 0.0022),
        (2, lambda z: z, 885, 1150),
        (1, lambda z: z, 0.86, 1.12),
    ],
    ids=["2 and ReLU", "1 and ReLU", "2 alone", "1 alone"],
)
def test_twenty_layers_of_random_weights(top, after, low, high):
    ends = [after_twenty(top, after, seed) for seed in range(10)]
    assert low < min(ends) < max(ends) < high


def test_zero_padding_lets_values_fade_a_little():
    ends = []
    for seed in range(10):
        rng, x = np.random.default_rng(seed), LETTERS[:40]
        for _ in range(20):
            weights = reference.initial_weights((16, x.shape[1], 3, 3), rng)
            x = reference.relu(reference.conv2d(x, weights, padding=1))
        ends.append(x.std())
    assert 0.03 < min(ends) < 0.05
    assert 0.8 < max(ends) < 1


def test_the_wrong_factor_is_off_by_a_thousand_and_by_0_00003_after_thirty_layers():
    assert np.sqrt(2) ** 20 == pytest.approx(1024)
    assert f"{np.sqrt(2) ** -30:.0e}" == "3e-05"
