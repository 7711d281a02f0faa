"""The widget of lesson 16 as a learner sees it: in JupyterLab, with mouse and keyboard."""

import pytest
from playwright.sync_api import expect

from helpers.teaching.lab.browser import python
from tests.browser.pages import SQUEEZED, answer, at_rest, look, places

pytestmark = pytest.mark.browser

CODE = """\
import numpy as np
from helpers import reference
from helpers.show import widgets

def look(signal):
    return np.log1p(reference.spectrogram(signal, 128, 64)) / 1.75 - 1

def hear(picture):
    rows = picture.argmax(axis=0)
    if rows.max() > 45:
        raise RuntimeError("too high for me")
    rise = np.clip((rows[40] - rows[22]) / 20 + 0.5, 0, 1)
    return [rise, 1 - rise, 0, 0]

whistle = widgets.WhistleAndSee(look, hear, noise=0.0)
whistle
"""
# The places of everything that must not move, whatever is whistled.
PLACES = places(".course-widget, .course-sound, .course-knob, .course-button, .course-heard, .course-remark")
# The brightest row of a column of the picture, counted from the lowest.
BRIGHTEST = """(column) => {
    const canvas = document.querySelector(".course-sound");
    const pixels = canvas.getContext("2d").getImageData(column, 0, 1, canvas.height).data;
    const greys = Array.from({ length: canvas.height }, (_, row) => pixels[4 * row]);
    return canvas.height - 1 - greys.indexOf(Math.max(...greys));
}"""


@pytest.fixture(scope="module")
def page(open_code):
    return open_code("whistle_and_see", CODE)


@pytest.fixture
def whistle(page):
    """The page with a rising whistle."""
    python(page, "whistle.pitches, whistle.start, whistle.noise = [1200, 1600, 2000], 0.12, 0.0")
    expect(heard(page, "rising")).to_have_text("0.85")
    page.mouse.move(1, 1)
    return page


def heard(page, label):
    return page.locator(".course-heard", has_text=label).locator(".course-value")


def test_the_sliders_bend_the_whistle_and_its_picture(whistle):
    assert whistle.evaluate(BRIGHTEST, 22) < whistle.evaluate(BRIGHTEST, 40)
    whistle.get_by_label("pitch, beginning").fill("2600")
    whistle.get_by_label("pitch, end").fill("600")
    expect(heard(whistle, "falling")).to_have_text("1.00")
    assert whistle.evaluate(BRIGHTEST, 22) > whistle.evaluate(BRIGHTEST, 40)
    assert answer(whistle, "whistle.pitches", [2600, 1600, 600]) == [2600, 1600, 600]
    expect(whistle.locator(".course-heard-best")).to_contain_text("falling")


def test_a_kind_is_chosen_and_the_keys_move_a_slider(whistle):
    whistle.get_by_role("button", name="whistle: valley").click()
    assert answer(whistle, "whistle.pitches", [2000, 1200, 2000]) == [2000, 1200, 2000]
    slider = whistle.get_by_label("begins at")
    slider.focus()
    slider.press("ArrowRight")
    expect(slider).to_have_attribute("aria-valuetext", "0.13 s")
    assert answer(whistle, "whistle.start", 0.13) == 0.13


def test_listening_plays_the_samples(whistle):
    played = """() => {
        window.played = [];
        const start = AudioBufferSourceNode.prototype.start;
        AudioBufferSourceNode.prototype.start = function () {
            const samples = this.buffer.getChannelData(0);
            window.played.push([this.buffer.sampleRate, samples.length, Math.max(...samples)]);
            return start.call(this);
        };
    }"""
    whistle.evaluate(played)
    whistle.get_by_role("button", name="listen to the whistle").click()
    ((rate, length, loudest),) = whistle.evaluate("() => window.played")
    assert (rate, length) == (8000, 4224)
    assert 0.4 < loudest <= 0.5


def test_trouble_is_said(whistle):
    whistle.get_by_label("pitch, end").fill("3000")
    expect(whistle.locator(".course-remark")).to_have_text("RuntimeError: too high for me")
    expect(heard(whistle, "rising")).to_have_text("–")
    whistle.get_by_label("pitch, end").fill("2000")
    expect(whistle.locator(".course-remark")).to_have_text("")


def test_nothing_jumps_and_nothing_is_cut_off(whistle):
    before = at_rest(whistle, PLACES)
    for pitch in ("500", "1200", "3000"):
        whistle.get_by_label("pitch, end").fill(pitch)
        answer(whistle, "whistle.pitches[2]", float(pitch))
        assert whistle.evaluate(PLACES) == before
        assert whistle.evaluate(SQUEEZED) == []
    look(whistle, "whistle")
