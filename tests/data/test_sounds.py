"""The whistles: what they sound like, and how they are drawn."""

import numpy as np
import pytest

from helpers import data, reference


@pytest.mark.parametrize("kind", data.WHISTLES)
def test_the_loudest_frequency_goes_as_the_kind_says(kind):
    pitches = 1700 + 400 * np.array(data.WHISTLES[kind])
    strengths = reference.spectrogram(data.whistle(pitches, start=0.1, duration=0.3), 128, 64)
    sounding = strengths[:, 16:46]  # the whistle, without its faint ends
    heard = sounding.argmax(axis=0) * data.SAMPLE_RATE / 128
    times = (np.arange(16, 46) * 64 + 64) / data.SAMPLE_RATE
    expected = np.interp(times, [0.1, 0.25, 0.4], pitches)
    assert np.abs(heard - expected).max() < 100


def test_the_spectrogram_of_the_lesson_is_a_square():
    assert reference.spectrogram(data.whistle((1000, 1000, 1000)), 128, 64).shape == (65, 65)


def test_samples_are_of_all_kinds_anywhere_and_repeat_with_their_seed():
    signals, kinds, pitches = data.sample_whistles(200, np.random.default_rng(0))
    again = data.sample_whistles(200, np.random.default_rng(0))
    assert all(np.array_equal(*pair) for pair in zip((signals, kinds, pitches), again, strict=True))
    assert set(kinds.tolist()) == {0, 1, 2, 3}
    assert pitches.min() >= 900
    assert pitches.max() <= 2600
    assert np.isfinite(signals).all()


def test_noise_is_as_loud_as_asked_for():
    quiet = data.whistle((1000, 1000, 1000), start=0.0, duration=0.1)
    noisy = data.whistle((1000, 1000, 1000), start=0.0, duration=0.1, noise=0.3, rng=np.random.default_rng(0))
    assert (noisy - quiet).std() == pytest.approx(0.3, rel=0.05)
    assert not quiet[800:].any()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (((1000, 1000, 1000), 0.4, 0.2), "begin and end within 0.528 seconds"),
        (((1000, 1000, 1000), -0.1, 0.2), "begin and end within 0.528 seconds"),
        (((1000, 5000, 1000),), "three pitches between 0 and 4000"),
        (((1000, 1000),), "three pitches between 0 and 4000"),
        (((1000, 1000, 1000), 0.1, 0.2, 0.3), "noise is random"),
    ],
)
def test_what_cannot_be_whistled_gets_one_clear_sentence(arguments, sentence):
    with pytest.raises(ValueError, match=sentence):
        data.whistle(*arguments)
