"""What lesson 16 says in words about sound and text: the numbers of its prose, measured."""

import numpy as np
import pytest

from helpers import data, reference

WORDS = ["now", "is", "better", "than", "never", "although", "often", "right"]


def look(signal):
    return np.log1p(reference.spectrogram(signal, 128, 64)) / 1.75 - 1


def related(x, distance):
    return np.corrcoef(x[..., :-distance].ravel(), x[..., distance:].ravel())[0, 1]


@pytest.fixture(scope="module")
def whistles():
    """Samples, spectrograms and mean spectra of 900 whistles, their kinds, and whether they are high."""
    signals, kinds, middles = data.sample_whistles(900, np.random.default_rng(1))
    looks = np.stack([look(signal) for signal in signals])[:, None]
    views = {"samples": signals[:, None, None], "looks": looks - looks.mean(), "centre": looks.mean()}
    return views | {"spectra": views["looks"].mean(axis=3)}, kinds, (middles > 1750).astype(int)


def percent_right(whistles, view, answers, network, rng):
    x = whistles[0][view]
    sets = (x[:400], answers[:400]), (x[400:], answers[400:])
    return reference.percent_right(network, *sets, rng, epochs=15, learning_rate=0.005)


def listener(rng, classes):
    filters = [reference.Conv2d(*maps, 5, rng, stride=2, dtype=np.float32) for maps in [(1, 8), (8, 16)]]
    return reference.filter_network(filters, classes, rng)


def test_matches_with_waves_by_hand():
    piece = np.array([1.0, 0.0, -1.0, 0.0])
    sums = [np.sum(piece * wave) for wave in ([1, 1, 1, 1], [1, 0, -1, 0], [1, -1, 1, -1])]
    assert sums == [0, 2, 0]
    np.testing.assert_allclose(np.abs(np.fft.rfft(piece)), sums, atol=1e-12)
    assert np.fft.rfftfreq(4, 1 / data.SAMPLE_RATE).tolist() == [0, 2000, 4000]


def test_a_whistle_becomes_a_square_of_black_to_white():
    picture = look(data.whistle((1250, 1700, 2150)))
    assert picture.shape == (65, 65)
    assert reference.output_size(4224, 128, 64) == 65
    assert picture.min() >= -1
    assert 0.9 < picture.max() < 1.1
    assert 160 / data.SAMPLE_RATE == 0.02
    assert data.SAMPLE_RATE / 128 == 62.5
    assert 64 * 62.5 == 4000
    hill = look(data.whistle(1700 + 450 * np.array(data.WHISTLES["hill"])))
    assert hill.max(axis=1).argmax() == 34
    assert 1700 + 450 == 2150 == 34.4 * 62.5


def test_the_20_milliseconds_belong_to_a_whistle_that_rises():
    first, last = (np.abs(np.fft.rfft(data.whistle((1250, 1700, 2150))[i : i + 80])) for i in (1700, 1780))
    assert np.argmax(first) <= np.argmax(last)
    assert 960 < 1700 < 1860 < 960 + 0.28 * data.SAMPLE_RATE


def test_things_closer_together_are_more_closely_related():
    photo, rng = data.photograph(), np.random.default_rng(0)
    whistles = [data.whistle(1700 + 450 * np.array(course)) for course in data.WHISTLES.values()]
    pictures = np.stack([look(signal) for signal in whistles])
    assert [round(related(x, 1), 2) for x in (photo, pictures)] == [0.94, 0.94]
    distances = 2 ** np.arange(8)
    falling = [related(photo, distance) for distance in distances]
    assert max(np.diff(falling)) < 0.005
    assert falling[-1] < 0.5
    assert related(pictures, 16) < 0.05
    shuffled = photo[:, rng.permutation(640)]
    assert all(0.42 < related(shuffled, distance) < 0.55 for distance in distances)
    table = reference.standardise(data.sample_customers(1000, rng)[0], axis=0)
    assert all(abs(related(table, distance)) < 0.05 for distance in (1, 2, 4))


def test_rising_and_falling_have_the_same_mean_spectrum():
    rising, falling = (look(data.whistle(pitches)) for pitches in [(1250, 1700, 2150), (2150, 1700, 1250)])
    assert np.abs(rising.mean(axis=1) - falling.mean(axis=1)).max() < 0.02
    assert np.abs(rising - falling).max() > 1.5


@pytest.mark.slow
def test_convolution_hears_the_kind_and_small_rises(whistles):
    rng = np.random.default_rng(2)
    ear = listener(rng, 4)
    assert percent_right(whistles, "looks", whistles[1], ear, rng) > 95

    def heard(rise):
        pitches = 1600 - rise / 2, 1600, 1600 + rise / 2
        picture = look(data.whistle(pitches, noise=0.3, rng=np.random.default_rng(0)))
        return list(data.WHISTLES)[np.argmax(ear.forward((picture - whistles[0]["centre"])[None, None]))]

    assert heard(500) == heard(200) == "rising"
    assert heard(0) != "falling"


@pytest.mark.parametrize(
    ("view", "sizes"),
    [("samples", [4224, 4]), ("spectra", [65, 4]), ("looks", [4225, 4]), ("looks", [4225, 32, 4])],
)
def test_the_others_are_not_far_from_guessing_the_kind(whistles, view, sizes):
    rng = np.random.default_rng(2)
    network = reference.connected_network(sizes, rng)
    assert 15 < percent_right(whistles, view, whistles[1], network, rng) < 50


@pytest.mark.slow
def test_all_that_see_frequencies_tell_high_from_low_and_convolution_does_not(whistles):
    rng, high = np.random.default_rng(2), whistles[2]
    linear = reference.connected_network([65, 2], rng)
    assert sum(array.size for array in linear.parameters().values()) == 132
    rights = [percent_right(whistles, "spectra", high, linear, rng)]
    for sizes in ([4225, 2], [4225, 32, 2]):
        rights.append(percent_right(whistles, "looks", high, reference.connected_network(sizes, rng), rng))
    assert all(87 < right < 98 for right in rights)
    assert percent_right(whistles, "looks", high, listener(rng, 2), rng) < 65


def test_rows_of_words_may_change_places():
    zen = data.zen()
    first, second, third = (
        reference.encode_text(saying, order)
        for saying, order in [(zen[14], WORDS), (zen[15], WORDS), (zen[14], sorted(WORDS))]
    )
    assert (first.shape, second.shape, third.shape) == ((8, 5), (8, 8), (8, 5))
    np.testing.assert_array_equal(third, first[[WORDS.index(word) for word in sorted(WORDS)]])


def test_eight_of_nineteen_sayings_hold_better_than():
    weight = reference.encode_text(["better", "than"], WORDS)[None]
    found = []
    for saying in data.zen():
        sums = reference.conv1d(reference.encode_text(saying, WORDS)[None], weight)[0, 0]
        assert (sums.max() == 2) == ("better than" in " ".join(saying))
        found += [saying] if sums.max() == 2 else []
    assert (len(found), len(data.zen())) == (8, 19)


def test_the_filter_by_hand():
    assert reference.conv1d(np.array([[[1, 2, 4]]]), np.array([[[1, -1]]]), np.array([10])).tolist() == [
        [[9, 8]]
    ]
