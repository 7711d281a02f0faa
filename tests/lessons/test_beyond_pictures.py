"""What lesson 16 says in words about sound, text and shuffles: the numbers of its prose, measured."""

from collections import Counter
from itertools import pairwise

import numpy as np
import pytest

from helpers import data, reference


def connected(rng, *sizes):
    pairs = [(reference.Linear(*pair, rng, dtype=np.float32), reference.ReLU()) for pair in pairwise(sizes)]
    return reference.Network([reference.Flatten(), *[layer for pair in pairs for layer in pair][:-1]])


def listener(rng, classes):
    first = reference.Conv2d(1, 8, 5, rng, stride=2, dtype=np.float32)
    second = reference.Conv2d(8, 16, 5, rng, dtype=np.float32)
    last = [reference.GlobalMaxPool(), reference.Linear(16, classes, rng, dtype=np.float32)]
    pooling = reference.MaxPool2d(2)
    return reference.Network([first, reference.ReLU(), pooling, second, reference.ReLU(), *last])


def share_right(network, x, answers, known, rng, **settings):
    reference.fit(network, x[:known], answers[:known], rng, learning_rate=0.005, **settings)
    return reference.accuracy(network, x[known:], answers[known:])


def look(signal):
    return np.log1p(reference.spectrogram(signal, 128, 64)) / 1.75 - 1


@pytest.fixture(scope="module")
def whistles():
    """Samples, spectrograms and mean spectra of 900 whistles, their kinds, and whether they are high."""
    signals, kinds, pitches = data.sample_whistles(900, np.random.default_rng(1))
    looks = np.stack([look(signal) for signal in signals])[:, None]
    looks = (looks - looks.mean()).astype(np.float32)
    views = {"samples": signals[:, None, None], "looks": looks, "spectra": looks.mean(axis=3, keepdims=True)}
    return views, kinds, (pitches > 1750).astype(int)


def test_matches_with_waves_by_hand():
    piece = np.array([1.0, 0.0, -1.0, 0.0])
    sums = [np.sum(piece * wave) for wave in ([1, 1, 1, 1], [1, 0, -1, 0], [1, -1, 1, -1])]
    assert sums == [0, 2, 0]
    np.testing.assert_allclose(np.abs(np.fft.rfft(piece)), sums, atol=1e-12)


def test_a_whistle_becomes_a_square_of_black_to_white():
    picture = look(data.whistle((1250, 1700, 2150)))
    assert picture.shape == (65, 65)
    assert reference.output_size(4224, 128, 64) == 65
    assert picture.min() >= -1
    assert 0.9 < picture.max() < 1.1
    assert 160 / data.SAMPLE_RATE == 0.02


def test_rising_and_falling_have_the_same_mean_spectrum():
    rising, falling = (look(data.whistle(pitches)) for pitches in [(1250, 1700, 2150), (2150, 1700, 1250)])
    assert np.abs(rising.mean(axis=1) - falling.mean(axis=1)).max() < 0.02
    assert np.abs(rising - falling).max() > 1.5


@pytest.mark.slow
def test_convolution_hears_the_kind(whistles):
    views, kinds, _ = whistles
    rng = np.random.default_rng(2)
    assert share_right(listener(rng, 4), views["looks"], kinds, 400, rng, epochs=12) > 0.9


@pytest.mark.parametrize(
    ("view", "sizes"),
    [("samples", [4224, 4]), ("spectra", [65, 4]), ("looks", [4225, 4]), ("looks", [4225, 32, 4])],
)
def test_the_others_are_not_far_from_guessing_the_kind(whistles, view, sizes):
    views, kinds, _ = whistles
    rng = np.random.default_rng(2)
    share = share_right(connected(rng, *sizes), views[view], kinds, 400, rng, epochs=15)
    assert 0.15 < share < 0.5


@pytest.mark.slow
def test_the_mean_spectrum_tells_high_from_low_and_convolution_does_not(whistles):
    views, _, high = whistles
    rng = np.random.default_rng(2)
    linear = connected(rng, 65, 2)
    assert sum(array.size for array in linear.parameters().values()) == 132
    assert share_right(linear, views["spectra"], high, 400, rng, epochs=15) > 0.88
    assert share_right(listener(rng, 2), views["looks"], high, 400, rng, epochs=15) < 0.8


def test_rows_of_words_may_change_places():
    zen = data.zen()
    rows = ["now", "is", "better", "than", "never", "although", "often", "right"]
    first, second, third = (
        reference.encode_text(saying, order)
        for saying, order in [(zen[14], rows), (zen[15], rows), (zen[14], sorted(rows))]
    )
    assert (first.shape, second.shape, third.shape) == ((8, 5), (8, 8), (8, 5))
    np.testing.assert_array_equal(third, first[[rows.index(word) for word in sorted(rows)]])


def test_eight_of_nineteen_sayings_hold_better_than():
    rows = ["now", "is", "better", "than", "never", "although", "often", "right"]
    weight = reference.encode_text(["better", "than"], rows)[None]
    found = []
    for saying in data.zen():
        sums = reference.conv1d(reference.encode_text(saying, rows)[None], weight)[0, 0]
        assert (sums.max() == 2) == ("better than" in " ".join(saying))
        found += [saying] if sums.max() == 2 else []
    assert (len(found), len(data.zen())) == (8, 19)


def test_the_filter_by_hand():
    assert reference.conv1d(np.array([[[1, 2, 4]]]), np.array([[[1, -1]]]), np.array([10])).tolist() == [
        [[9, 8]]
    ]


@pytest.mark.slow
def test_filters_read_the_direction_of_a_passage_best():
    rng = np.random.default_rng(3)
    handbook = data.handbook_passages()
    passages = [handbook[index] for index in rng.permutation(len(handbook))[:4000]]
    counts = Counter(word for passage in passages[:3000] for word in passage)
    vocabulary = [word for word, _ in counts.most_common(200)]
    texts = np.stack([reference.encode_text(passage, vocabulary) for passage in passages])[:, :, None]
    texts = texts.astype(np.float32)
    texts = np.stack([texts, texts[..., ::-1]], axis=1).reshape(8000, 200, 1, 8)
    backwards = np.tile([0, 1], 4000)
    filters, votes = reference.Conv2d(200, 16, (1, 3), rng, dtype=np.float32), connected(rng, 16, 2).layers[1]
    reader = reference.Network([filters, reference.ReLU(), reference.GlobalMaxPool(), votes])
    counted = texts.sum(axis=3, keepdims=True)
    words = share_right(connected(rng, 200, 2), counted, backwards, 6000, rng, epochs=2)
    linear = share_right(connected(rng, 1600, 2), texts, backwards, 6000, rng, epochs=4)
    between = share_right(connected(rng, 1600, 32, 2), texts, backwards, 6000, rng, epochs=4)
    read = share_right(reader, texts, backwards, 6000, rng, epochs=4)
    assert words == 0.5
    assert 0.58 < linear < 0.75
    assert linear < between < 0.83
    assert read > 0.84


def test_a_shuffle_by_hand():
    assert reference.shuffle_columns(np.array([["a", "b", "c"]]), np.array([2, 0, 1])).tolist() == [
        ["c", "a", "b"]
    ]
