"""The whistle to bend as Python sees it."""

import numpy as np
import pytest

from helpers import data, reference
from helpers.show.widgets import WhistleAndSee


def look(signal):
    return np.log1p(reference.spectrogram(signal, 128, 64)) / 1.75 - 1


def hear(picture):
    return np.array([[0.1, 0.2, 0.3, 0.4]]) if picture.max() > 0 else np.array([1.0, 0, 0, 0])


def test_a_bent_whistle_is_seen_and_heard():
    whistle = WhistleAndSee(look, hear)
    before = whistle.picture
    whistle.pitches = [2500, 1500, 500]
    assert whistle.shares == [0.1, 0.2, 0.3, 0.4]
    assert not np.array_equal(whistle.picture, before)
    sound = np.frombuffer(whistle.sound, "<f4")
    expected = data.whistle([2500, 1500, 500], 0.12, noise=0.3, rng=np.random.default_rng(0))
    np.testing.assert_allclose(sound, expected, atol=1e-6)
    bright = np.frombuffer(whistle.pixels, np.uint8).reshape(whistle.shape)
    np.testing.assert_allclose(bright / 127.5 - 1, whistle.picture, atol=0.01)


def test_a_later_start_moves_the_picture_to_the_right():
    whistle = WhistleAndSee(look, noise=0.0)
    early = whistle.picture
    whistle.start = 0.2
    shift = round(0.08 * data.SAMPLE_RATE / 64)
    np.testing.assert_allclose(whistle.picture[:, shift:], early[:, :-shift], atol=1e-9)
    assert whistle.shares == []


def test_trouble_is_said_and_the_widget_goes_on():
    def stumble(picture):
        if whistle_pitch[0] > 2000:
            raise RuntimeError("too high")
        return [1, 0, 0, 0]

    whistle_pitch = [1000]
    whistle = WhistleAndSee(look, stumble)
    whistle_pitch[0] = 2500
    whistle.start = 0.05
    assert whistle.trouble == "RuntimeError: too high"
    assert whistle.shares == []
    whistle_pitch[0] = 1000
    whistle.start = 0.06
    assert whistle.trouble == ""
    assert (
        WhistleAndSee(look, lambda picture: [1.0]).trouble
        == "ValueError: hear returned 1 shares for 4 labels"
    )


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("pitches", [100, 1000, 1000], "pitches must be three numbers from 500 to 3000"),
        ("pitches", [1000, 1000], "pitches must be three numbers"),
        ("start", 0.5, "start must be a number from 0 to 0.24"),
        ("noise", 2.0, "noise must be a number from 0 to 1"),
    ],
)
def test_a_slider_out_of_range_gets_one_clear_sentence(name, value, sentence):
    with pytest.raises(ValueError, match=sentence):
        setattr(WhistleAndSee(look), name, value)


def test_only_functions_look_and_hear():
    with pytest.raises(ValueError, match="look must be a function, not a str"):
        WhistleAndSee("look")
    with pytest.raises(ValueError, match="hear must be a function, not a list"):
        WhistleAndSee(look, [])


def test_where_no_widget_can_be_shown_there_is_a_picture():
    bundle, about = WhistleAndSee(look, hear)._repr_mimebundle_()
    assert bundle["text/plain"].startswith("The spectrogram of a whistle of 1200, 1600, 2000 Hz")
    assert bundle["text/plain"].endswith("heard as rising 0.10, falling 0.20, hill 0.30, valley 0.40.")
    assert about["image/png"]["alt"] == bundle["text/plain"]
