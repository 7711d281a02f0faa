"""The microscope as a learner sees it: in JupyterLab, with mouse and keyboard."""

import numpy as np
import pytest
from playwright.sync_api import expect

from helpers.teaching.lab.browser import python
from tests.browser.pages import (
    SQUEEZED,
    answer,
    at_rest,
    cell_texts,
    drag,
    figure,
    places,
    press,
    value_of,
)

pytestmark = pytest.mark.browser

CODE = """\
import numpy as np
from helpers import data, reference
from helpers.show import widgets

rng = np.random.default_rng(0)
images, labels = data.sample_letters(40, rng, shift=1)
broken = False

def relu(x):
    if broken:
        raise ValueError("it is broken")
    return reference.relu(x)

own = reference.network_functions(relu=relu)
layers = [reference.Conv2d(1, 4, 3, rng), reference.ReLU(own), reference.Conv2d(4, 6, 3, rng, padding=1)]
layers += [reference.MaxPool2d(), reference.Flatten(), reference.Linear(54, 5, rng), reference.ReLU()]
layers += [reference.Linear(5, 2, rng)]
network = reference.Network(layers)
scope = widgets.Microscope(network, data.X, "XO", images, labels)
scope
"""
DIGITS = """\
import numpy as np
from helpers import data, reference
from helpers.show import widgets

digits, answers = data.digits()
plan = reference.describe_layers("INPUT -> [CONV -> RELU]*2 -> POOL -> FC -> RELU -> FC", [16, 32], [128, 10])
network = reference.build_network(plan, (1, 8, 8), np.random.default_rng(0), dtype=np.float32)
scope = widgets.Microscope(network, digits[0], "0123456789", digits, answers, other=digits[1])
scope.ranked, scope.gradient_of = True, "3"
scope
"""
PLACES = places(
    ".course-widget, .course-scope-layers, .course-scope-top .course-figure, "
    ".course-scope-layers .course-map-sheet, .course-poll, "
    ".course-button:not(.course-thumb), .course-select, .course-scope-head, .course-scope-sum, "
    ".course-scope-onward, .course-scope-gradient, .course-scope-kept, .course-explained-box, .course-remark"
)
# Image, convolution 1, ReLU 1, convolution 2, max pooling, fully connected 1, ReLU 2, votes, shares.
KINDS = [[0, 0, 4, 4], [1, 1, 2, 3], [2, 1, 2, 3], [3, 5, 0, 0], [4, 2, 1, 1], [5, 0, 0, 3], [6, 0, 0, 3]]
KINDS += [[7, 0, 0, 1], [8, 0, 0, 0]]


@pytest.fixture(scope="module")
def page(open_code):
    return open_code("microscope", CODE)


@pytest.fixture
def lens(page):
    """The page as at the beginning, with the X."""
    page.set_viewport_size({"width": 1100, "height": 1200})
    page.mouse.move(1, 1)
    python(
        page, "broken = False; scope.pinned = scope.ranked = False; scope.gradient_of = ''; scope.channel = 0"
    )
    python(
        page, "scope.other = []; scope.scale = 'each layer'; scope.image = data.X; scope.place = [1, 0, 3, 3]"
    )
    expect(page.locator(".course-scope-head")).to_contain_text("convolution 1, map 0, row 3, column 3")
    expect(page.locator(".course-remark")).to_contain_text("Point at any value")
    return page


def head(page):
    return page.locator(".course-scope-head")


def layers(page):
    return page.get_by_role("application", name="layers: arrow keys")


def sheet(page, title):
    return page.locator(".course-scope-row", has_text=title).locator(".course-map-sheet").first


def spot(page, title, shape, cell):
    """The middle of a value on the page, for maps that are all on one line."""
    box = sheet(page, title).bounding_box()
    count, _, columns = shape
    across = (box["width"] - 6 + 2) / count  # an edge of 3, gaps of 2
    dot = (across - 2) / columns
    x = 3 + cell[0] * across + (cell[2] + 0.5) * dot
    return box["x"] + x, box["y"] + 3 + (cell[1] + 0.5) * dot


def text_of(number, decimals=3):
    return f"{number:.{decimals}f}".replace("-", "−")


def test_pointing_at_a_value_explains_it(lens):
    for cell in ((2, 1, 5), (3, 6, 0), (0, 0, 6)):
        lens.mouse.move(*spot(lens, "convolution 1 ", (4, 7, 7), cell))
        expect(head(lens)).to_contain_text(f"convolution 1, map {cell[0]}, row {cell[1]}, column {cell[2]}: ")
        assert answer(lens, "scope.place", [1, *cell]) == [1, *cell]
        value = value_of(lens, "scope.explanation['value']")
        expect(head(lens)).to_contain_text(text_of(value))
        expect(lens.locator(".course-scope-sum")).to_contain_text(f"= {text_of(value)}")
    patch = np.array(cell_texts(figure(lens, "patch")), dtype=float)
    np.testing.assert_array_equal(patch, value_of(lens, "scope.explanation['patch'][0]"))


def test_a_click_holds_and_a_second_one_lets_go(lens):
    lens.mouse.click(*spot(lens, "convolution 1 ", (4, 7, 7), (1, 2, 2)))
    hold = lens.get_by_role("button", name="hold: the value stays in hand")
    expect(hold).to_have_attribute("aria-pressed", "true")
    lens.mouse.move(*spot(lens, "convolution 1 ", (4, 7, 7), (3, 5, 5)))
    python(lens, "pass")
    expect(head(lens)).to_contain_text("map 1, row 2, column 2")
    lens.keyboard.press("ArrowDown")  # the click has put the focus here, and keys go on
    expect(head(lens)).to_contain_text("map 1, row 3, column 2")
    lens.keyboard.press("Escape")
    expect(hold).to_have_attribute("aria-pressed", "false")
    lens.mouse.move(*spot(lens, "convolution 1 ", (4, 7, 7), (3, 5, 4)))
    expect(head(lens)).to_contain_text("map 3, row 5, column 4")


def test_keys_reach_every_layer_and_map_and_the_notebook_keeps_still(lens):
    layers(lens).focus()
    for key, place in (
        ("ArrowRight", [1, 0, 3, 4]),
        ("End", [1, 1, 3, 4]),
        ("ArrowUp", [1, 1, 2, 4]),
        ("Home", [1, 0, 2, 4]),
        ("PageDown", [2, 0, 2, 4]),
        ("PageDown", [3, 0, 2, 4]),
        ("PageDown", [4, 0, 1, 1]),
        ("PageDown", [5, 0, 0, 2]),
        ("ArrowRight", [5, 0, 0, 3]),
        ("PageDown", [6, 0, 0, 3]),
        ("PageDown", [7, 0, 0, 1]),
        ("ArrowUp", [7, 0, 0, 0]),
        ("PageDown", [8, 0, 0, 0]),
        ("x", [8, 0, 0, 0]),
        ("PageUp", [7, 0, 0, 0]),
    ):
        lens.keyboard.press(key)
        assert answer(lens, "scope.place", place) == place
    expect(head(lens)).to_contain_text("fully connected 2, X: ")
    assert lens.locator(".jp-Cell").count() == 2


@pytest.mark.parametrize("place", KINDS)
def test_every_kind_of_value_says_how_it_comes_about(lens, place):
    python(lens, f"scope.place = {place}")
    name, value, computed = value_of(
        lens,
        "[scope.stages[scope.place[0]]['name'], scope.explanation['value'], scope.explanation['computed']]",
    )
    expect(head(lens)).to_contain_text(f"{name}, ")
    expect(head(lens)).to_contain_text(f": {text_of(value)}" if value % 1 else ": ")
    words = {"image": "a pixel", "ReLU 1": "max(0, ", "ReLU 2": "max(0, ", "max pooling": "largest of "}
    said = words.get(name, "e^(" if name == "shares" else "(bias) = ")
    expect(lens.locator(".course-scope-sum")).to_contain_text(said)
    if name not in ("image", "ReLU 1", "ReLU 2"):
        expect(lens.locator(".course-scope-sum")).to_contain_text(f"= {text_of(computed)}")


def test_the_channel_is_chosen_by_click_and_by_keys(lens):
    python(lens, "scope.place = [3, 2, 4, 4]")
    sums = value_of(lens, "scope.explanation['sums']")
    order = sorted(range(4), key=lambda channel: -abs(sums[channel]))
    ranks = lens.get_by_role("listbox", name="sums of the channels")
    expect(ranks.get_by_role("option").first).to_contain_text(f"channel {order[0]}")
    ranks.get_by_role("option", name=f"channel {order[0]}").click()
    assert answer(lens, "scope.channel", order[0]) == order[0]
    ranks.focus()
    lens.keyboard.press("ArrowDown")
    assert answer(lens, "scope.channel", order[1]) == order[1]
    expect(ranks.locator("[aria-selected=true]")).to_contain_text(text_of(sums[order[1]]))
    shown = np.array(cell_texts(figure(lens, "= products")), dtype=float)
    np.testing.assert_allclose(
        shown, value_of(lens, f"scope.explanation['products'][{order[1]}]"), atol=0.0051
    )


def test_padding_is_left_blank(lens):
    python(lens, "scope.place = [3, 0, 0, 0]")
    blank = figure(lens, "patch").locator(".course-blank")
    expect(blank).to_have_count(5)  # a row and a column of nine


def test_a_votes_largest_products_lead_back_to_where_they_come_from(lens):
    python(lens, "scope.place = [5, 0, 0, 2]")
    found = value_of(
        lens,
        "{k: np.array(scope.explanation[k]).tolist() for k in ('order', 'products', 'factors', 'weights')}",
    )
    first = found["order"][0]
    ranks = lens.get_by_role("listbox", name="products, the largest first")
    line = ranks.get_by_role("option").first
    channel, row, column = np.unravel_index(first, (6, 3, 3))
    expect(line).to_contain_text(f"map {channel} ({row}, {column})")
    expect(line).to_contain_text(text_of(found["products"][first]))
    expect(line).to_contain_text(f"= {text_of(found['factors'][first])} × {text_of(found['weights'][first])}")
    expect(ranks.get_by_role("option").last).to_contain_text("14 more")
    expect(lens.locator(".course-explained-box .course-title")).to_have_text(
        "value × weight, on max pooling (6 x 3 x 3)"
    )
    ranks.focus()
    lens.keyboard.press("Enter")
    place = [4, int(channel), int(row), int(column)]
    assert answer(lens, "scope.place", place) == place
    lens.keyboard.press("PageUp")  # the keys go on from there
    assert answer(lens, "scope.place[0]", 3) == 3


def test_the_layer_before_a_maximum_begins_at_the_value_that_it_took(lens):
    python(lens, "scope.place = [4, 2, 1, 1]")
    expect(head(lens)).to_contain_text("max pooling, map 2")
    row, column = value_of(lens, "[int(i) for i in scope.explanation['place']]")
    layers(lens).focus()
    lens.keyboard.press("PageUp")
    place = [3, 2, 2 + row, 2 + column]
    assert answer(lens, "scope.place", place) == place
    assert value_of(lens, "scope.explanation['value'] == scope.values[4][2, 1, 1]")
    expect(lens.locator(".course-scope-onward")).not_to_contain_text("instead")


def test_the_layer_before_a_convolution_begins_in_the_channel_in_hand(lens):
    python(lens, "scope.channel, scope.place = -1, [3, 2, 4, 4]")
    largest = int(np.argmax(np.abs(value_of(lens, "scope.explanation['sums']"))))
    ranks = lens.get_by_role("listbox", name="sums of the channels")
    expect(ranks.locator("[aria-selected=true]")).to_contain_text(f"channel {largest}")
    ranks.focus()
    lens.keyboard.press("Enter")
    assert answer(lens, "scope.place", [2, largest, 4, 4]) == [2, largest, 4, 4]


def test_large_votes_have_room_and_each_images_winner_is_bold(lens):
    python(lens, "network.layers[-1].parameters['weight'] *= 60; scope.other = -data.X; scope.image = data.O")
    bold = lens.locator(".course-poll .course-best")
    expect(bold).to_have_count(5)  # a name, and vote and share of either image
    assert lens.evaluate(SQUEEZED) == []
    python(lens, "network.layers[-1].parameters['weight'] /= 60; scope.image = data.X")


def test_pointing_at_a_vote_and_a_share(lens):
    lens.locator(".course-poll-number").nth(4).hover()  # the second class: votes, kept, shares, kept
    expect(head(lens)).to_contain_text("fully connected 2, O: ")
    lens.locator(".course-poll-number").nth(6).hover()
    expect(head(lens)).to_contain_text("shares, O: ")
    expect(lens.locator(".course-poll-chosen")).to_have_count(1)
    share = value_of(lens, "scope.values[-1][1].item()")
    expect(lens.locator(".course-scope-sum")).to_contain_text(f"= {text_of(share)}")


PICTURE = "(node) => node.querySelector('.course-sheet-picture').toDataURL()"


def test_the_gradient_of_a_vote_is_drawn_everywhere_and_given_as_a_number(lens):
    image = lens.locator(".course-scope-top .course-map-sheet")
    before = image.evaluate(PICTURE)
    lens.get_by_label("show", exact=True).select_option("gradient of the vote for O")
    assert answer(lens, "scope.gradient_of", "O") == "O"
    expect(lens.locator(".course-scope-gradient")).to_contain_text("gradient of the vote for O: ")
    assert image.evaluate(PICTURE) != before
    gradient = value_of(lens, "scope.explanation['gradient']")
    shown = float(lens.locator(".course-scope-gradient").inner_text().split(": ")[1].replace("−", "-"))
    assert shown == pytest.approx(gradient, rel=0.01, abs=1e-5)
    lens.get_by_label("show", exact=True).select_option("values")
    expect(lens.locator(".course-scope-gradient")).to_have_text("")
    assert image.evaluate(PICTURE) == before


def test_drawing_changes_everything(lens):
    votes = lens.locator(".course-poll-number").first
    before = votes.inner_text()
    drag(lens, lens.get_by_role("grid"), (4, 0), (4, 8))
    expect(votes).not_to_have_text(before)
    drawn = np.array(value_of(lens, "scope.image[0].tolist()"))
    assert (drawn[4] == 1).all()
    lens.get_by_role("grid").focus()
    lens.keyboard.press("ArrowUp")
    lens.keyboard.press("Space")
    assert answer(lens, "bool(scope.image[0, 3, 8] > 0.9)", True)
    assert value_of(lens, "scope.place") == [1, 0, 3, 3]  # arrow keys in the drawing move nothing else
    press(lens, "reset: the first image again")
    expect(votes).to_have_text(before)
    press(lens, "clear the drawing")
    assert answer(lens, "scope.image.max().item()", -1.0) == -1


def test_two_images_are_compared(lens):
    expect(lens.locator(".course-scope-kept")).to_have_text("")
    count = lens.locator(".course-scope-layers .course-map-sheet").count()
    press(lens, "keep this image to compare it with another")
    expect(lens.locator(".course-scope-layers .course-map-sheet")).to_have_count(2 * count)
    python(lens, "scope.image = data.O")
    first, second = value_of(lens, "[scope.values[1][0, 3, 3].item(), scope.other_values[1][0, 3, 3].item()]")
    expect(head(lens)).to_contain_text(text_of(first))
    expect(lens.locator(".course-scope-kept")).to_have_text(
        f"the same value for the kept image: {text_of(second)}"
    )
    kept = value_of(lens, "scope.other_values[-2].tolist()")
    expect(lens.locator(".course-poll-number").nth(1)).to_have_text(text_of(kept[0], 2))
    press(lens, "keep this image to compare it with another")
    expect(lens.locator(".course-scope-layers .course-map-sheet")).to_have_count(count)


def test_the_images_that_a_map_answers_most_can_be_loaded(lens):
    press(lens, "find the images that this map answers most")
    thumbs = lens.locator(".course-thumb")
    expect(thumbs).to_have_count(6)
    top = value_of(lens, "[[found['image'], found['place'], found['value']] for found in scope.top]")
    expect(thumbs.nth(1)).to_contain_text(text_of(top[1][2], 2))
    thumbs.nth(1).click()
    assert answer(lens, "scope.image.tolist()", top[1][0]) == top[1][0]
    assert answer(lens, "scope.place", top[1][1]) == top[1][1]
    expect(head(lens)).to_contain_text(text_of(top[1][2]))


def test_the_scale_of_the_colours_can_be_chosen(lens):
    sheets, drawn = lens.locator(".course-scope-rows .course-map-sheet"), {}
    for scale in ("each map", "each layer", "all layers"):
        lens.get_by_label("full colour", exact=True).select_option(scale)
        assert answer(lens, "scope.scale", scale) == scale
        drawn[scale] = [one.evaluate(PICTURE) for one in sheets.all()]
    assert drawn["each map"] != drawn["each layer"] != drawn["all layers"]


def test_a_network_that_fails_is_told_in_a_sentence_and_the_widget_goes_on(lens):
    before = at_rest(lens, PLACES)
    python(lens, "broken = True")
    press(lens, "clear the drawing")
    expect(lens.locator(".course-remark")).to_have_text("The network stopped with ValueError: it is broken")
    assert lens.evaluate(PLACES) == before
    python(lens, "broken = False")
    press(lens, "reset: the first image again")
    expect(lens.locator(".course-remark")).to_contain_text("Point at any value")
    expect(head(lens)).to_contain_text("convolution 1")


def test_nothing_moves_while_the_cursor_does(lens):
    before = at_rest(lens, PLACES)
    assert len(before) > 30
    for place in KINDS:
        python(lens, f"scope.place = {place}; scope.ranked = True; scope.gradient_of = 'X'")
        lens.wait_for_timeout(150)
        assert lens.evaluate(PLACES) == before
        assert lens.evaluate(SQUEEZED) == []


def test_what_changes_is_read_aloud(lens):
    words = lens.locator(".course-scope-words")
    expect(words).to_have_attribute("role", "status")
    expect(words).to_contain_text("convolution 1, map 0, row 3, column 3")
    expect(lens.get_by_role("group", name="microscope on a network")).to_be_visible()
    expect(lens.get_by_role("grid", name="Your drawing, 9 x 9 pixels")).to_be_visible()


@pytest.mark.parametrize("width", [1100, 800, 600])
def test_it_fits_the_page(lens, width):
    lens.set_viewport_size({"width": width, "height": 1200})
    lens.wait_for_timeout(300)
    for place in KINDS:
        python(lens, f"scope.place = {place}")
        assert lens.evaluate(SQUEEZED) == []


@pytest.fixture(scope="module")
def digits(open_code):
    return open_code("microscope_digits", DIGITS)


@pytest.mark.parametrize("width", [1100, 800])
def test_the_digits_network_fits_the_page(digits, width):
    digits.set_viewport_size({"width": width, "height": 1200})
    digits.wait_for_timeout(300)
    for place in (
        [1, 3, 2, 2],
        [3, 5, 2, 2],
        [4, 5, 2, 2],
        [5, 0, 0, 0],
        [6, 0, 0, 9],
        [8, 0, 0, 3],
        [9, 0, 0, 3],
    ):
        python(digits, f"scope.place = {place}")
        digits.wait_for_timeout(100)
        assert digits.evaluate(SQUEEZED) == []
