"""The training as a film as a learner sees it: played, stepped and asked about, in JupyterLab."""

import re

import numpy as np
import pytest
from playwright.sync_api import expect

from helpers.teaching.lab.browser import python
from tests.browser.pages import SQUEEZED, answer, at_rest, places, press, value_of

pytestmark = pytest.mark.browser

CODE = """\
import numpy as np
from helpers import data, reference
from helpers.show import widgets

rng = np.random.default_rng(0)
broken = False

def relu(x):
    if broken:
        raise ValueError("it is broken")
    return np.abs(x)  # not the course's, so that the film calls this one

own = reference.network_functions(relu=relu)
layers = [reference.Conv2d(1, 8, 3, rng), reference.ReLU(own), reference.MaxPool2d(3, 2)]
layers += [reference.Flatten(), reference.Linear(72, 2, rng)]
network, kept = reference.Network(layers, own), []

def keep(network, loss=None):
    kept.append({name: array.copy() for name, array in network.parameters().items()})

keep(network)
images, labels = data.sample_letters(200, rng, shift=1.5)
reference.fit(network, images, labels, rng, 1, 32, 0.01, watch_batch=keep)
film = widgets.TrainingFilm(network, kept, *data.sample_letters(200, rng, shift=1.5), data.LETTERS,
                            (images, labels), epoch=7)
film
"""
LAST = 7
# The places of everything that must not move; numbers and words inside may change.
PLACES = places(
    ".course-widget, .course-remark, .course-widget .course-button, .course-slider, .course-value, "
    ".course-tile, .course-elect > *, .course-verdict, .course-chart, .course-title"
)
DOTS = "(node) => [...node.getContext('2d').getImageData(0, 0, node.width, node.height).data]"


@pytest.fixture(scope="module")
def page(open_code):
    return open_code("training_film", CODE)


@pytest.fixture
def film(page):
    """The page at the start of the film, with the hardest image."""
    page.set_viewport_size({"width": 1100, "height": 1100})
    python(page, "broken = False; film.frame = 0; film.image = film.mistakes[0]['index']")
    expect(page.locator(".course-value")).to_have_text("start")
    page.mouse.move(1, 1)
    return page


def slider(page):
    return page.get_by_label("moment", exact=True)


def assert_shows(page, frame):
    """All that follows the slider shows this moment."""
    assert answer(page, "film.frame", frame) == frame
    scene = value_of(page, "{key: film.scenes[film.frame][key] for key in ('name', 'misread', 'said')}")
    votes = value_of(page, "film.result['votes'][film.frame]")
    expect(page.locator(".course-value")).to_have_text(scene["name"])
    expect(page.locator(".course-remark")).to_contain_text(
        f"{scene['name']}: {scene['misread']} of 200 held-out images misread"
    )
    for line, vote in zip(page.locator(".course-elect-votes").all(), votes, strict=True):
        expect(line).to_have_text(f"{vote:.2f}".replace("-", "−"))
    labels = value_of(page, "[mistake['label'] for mistake in film.mistakes]")
    wrong = [said != label for said, label in zip(scene["said"], labels, strict=True)]
    expect(page.locator(".course-thumb:not(.course-learned)")).to_have_count(sum(wrong))
    texts = page.locator(".course-said").all_text_contents()
    assert ["✗" in text for text in texts] == wrong


def test_the_slider_runs_through_the_training_and_everything_follows(film):
    for frame in (3, LAST, 1, 0):
        slider(film).fill(str(frame))
        assert_shows(film, frame)


def test_the_mark_moves_along_both_curves(film):
    marks = film.locator(".course-chart .course-mark")
    places_at = []
    for frame in (0, LAST):
        slider(film).fill(str(frame))
        assert_shows(film, frame)
        places_at.append([float(mark.get_attribute("x1")) for mark in marks.all()])
    ends = [
        max(float(point.split(",")[0]) for point in line.get_attribute("points").split())
        for line in film.locator(".course-chart polyline.course-validation").all()
    ]
    assert len(ends) == 2
    assert places_at[1] == pytest.approx(ends)
    assert places_at[0][0] < places_at[1][0]


def test_keys_step_through_moments_and_images_and_the_notebook_keeps_still(film):
    python(film, "film.image = 5")
    film.locator(".course-stage").focus()
    for key in (
        "ArrowRight",
        "ArrowRight",
        "ArrowRight",
        "ArrowLeft",
        "x",
        "ArrowDown",
        "ArrowDown",
        "ArrowUp",
    ):
        film.keyboard.press(key)
    assert answer(film, "film.image", 6) == 6
    assert_shows(film, 2)
    expect(film.locator(".course-pictures > .course-figure > .course-title")).to_contain_text("image 6: ")
    assert film.locator(".jp-Cell").count() == 2
    expect(film.locator(".course-stage")).to_be_focused()


def test_the_keys_stop_at_both_ends(film):
    python(film, "film.image = 0")
    film.locator(".course-stage").focus()
    for key in ("ArrowLeft", "ArrowUp"):
        film.keyboard.press(key)
    assert value_of(film, "[film.frame, film.image]") == [0, 0]
    for _ in range(LAST + 2):
        film.keyboard.press("ArrowRight")
    assert_shows(film, LAST)


def test_the_sliders_own_keys_work_too(film):
    slider(film).focus()
    for key in ("ArrowRight", "ArrowRight", "End"):
        film.keyboard.press(key)
    assert_shows(film, LAST)
    expect(slider(film)).to_have_attribute("aria-valuetext", "epoch 1")


def test_it_steps_and_plays_to_the_end(film):
    press(film, "step: the next moment")
    press(film, "step: the next moment")
    press(film, "step back: the moment before")
    assert_shows(film, 1)
    press(film, "play: visit one moment after another")
    assert_shows(film, LAST)
    button = film.get_by_role("button", name="play: visit one moment after another")
    expect(button).to_have_text("play")


def test_a_step_by_hand_stops_the_playing(film):
    button = film.get_by_role("button", name="play: visit one moment after another")
    button.click()
    expect(button).to_have_text("pause")
    press(film, "step: the next moment")
    expect(button).to_have_text("play")


def test_a_mistake_is_chosen_and_its_maps_are_painted_in_the_colours_of_all_moments(film):
    slider(film).fill("4")
    thumb = film.locator(".course-thumb").nth(3)
    index, label = value_of(film, "[film.mistakes[3]['index'], film.mistakes[3]['label']]")
    thumb.click()
    assert answer(film, "film.image", index) == index
    expect(thumb).to_have_attribute("aria-pressed", "true")
    expect(film.locator(".course-thumb[aria-pressed=true]")).to_have_count(1)
    assert_shows(film, 4)
    said = value_of(film, "film.scenes[4]['said'][3]")
    expect(thumb).to_have_accessible_name(f"image {index}: {'XO'[label]} read as {'XO'[said]}")
    python(film, "network.set_parameters(kept[4])")
    values = np.array(value_of(film, f"network.forward(film._footage.images[{index}:{index + 1}]).tolist()"))
    assert value_of(film, "film.result['votes'][4]") == pytest.approx(values[0].tolist())
    maps = value_of(film, "film._footage.maps(film.image)[0].tolist()")
    wanted = painted(np.array(maps)[4, 2], np.abs(maps).max())
    tile = film.locator(".course-layer-row .course-tile").nth(2)
    np.testing.assert_allclose(dots(tile), wanted, atol=2)


def test_the_filters_are_painted_in_the_colours_of_all_moments(film):
    for frame in (0, LAST):
        slider(film).fill(str(frame))
        assert_shows(film, frame)
        weights = np.array(value_of(film, f"kept[{frame}]['0.weight'][3, 0].tolist()"))
        wanted = painted(weights, value_of(film, "film.limit"))
        tile = film.locator(".course-filters .course-tile").nth(3)
        np.testing.assert_allclose(dots(tile), wanted, atol=2)


def dots(tile):
    return np.array(tile.evaluate(DOTS)).reshape(-1, 4)[:, :3]


def painted(values, limit):
    """Red, green and blue for each value."""
    full = np.where(values.reshape(-1, 1) > 0, (0, 114, 178), (213, 94, 0))
    return 255 + (full - 255) * np.abs(values.reshape(-1, 1)) / limit


def test_buttons_choose_the_image_before_and_the_next_one(film):
    python(film, "film.image = 5")
    press(film, "next image")
    assert answer(film, "film.image", 6) == 6
    press(film, "next image")
    press(film, "image before")
    press(film, "image before")
    assert answer(film, "film.image", 5) == 5


def test_a_network_that_fails_is_told_in_a_sentence_and_the_film_goes_on(film):
    before = at_rest(film, PLACES)
    python(film, "broken = True")
    press(film, "next image")
    remark = film.locator(".course-remark")
    expect(remark).to_have_text("The network stopped with ValueError: it is broken")
    assert film.evaluate(PLACES) == before
    slider(film).fill("2")
    expect(film.locator(".course-value")).to_have_text("batch 2")
    python(film, "broken = False")
    press(film, "next image")
    expect(remark).to_contain_text("held-out images misread")
    assert_shows(film, 2)


def test_nothing_moves_while_it_plays(film):
    before = at_rest(film, PLACES)
    assert len(before) > 60
    for frame in range(LAST + 1):
        slider(film).fill(str(frame))
        expect(film.locator(".course-value")).not_to_have_text("")
        assert film.evaluate(PLACES) == before
    film.locator(".course-thumb").nth(1).evaluate("(node) => node.click()")  # without scrolling to it
    assert_shows(film, LAST)
    assert film.evaluate(PLACES) == before


@pytest.mark.parametrize("width", [1100, 800, 480])
def test_it_fits_the_page(film, width):
    film.set_viewport_size({"width": width, "height": 1100})
    film.wait_for_timeout(300)
    assert film.evaluate(SQUEEZED) == []


def test_what_can_be_pressed_has_a_name(film):
    for control in film.locator(".course-widget button, .course-widget input, .course-stage").all():
        expect(control).to_have_accessible_name(re.compile(r"\S"))
