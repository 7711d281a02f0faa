"""The convolution with all its numbers as a learner sees it: in JupyterLab, with mouse and keyboard."""

import re

import numpy as np
import pytest
from playwright.sync_api import expect

from helpers import reference
from helpers.teaching.lab.browser import python
from tests.browser.pages import SQUEEZED, answer, at_rest, cell_texts, centre, figure, places, press, value_of

pytestmark = pytest.mark.browser

CODE = """\
import time
import numpy as np
from helpers import reference
from helpers.show import widgets

trouble, pause = None, 0

def my_conv2d(x, weight, bias=None, stride=1, padding=0):
    time.sleep(pause)
    if trouble:
        raise trouble
    return reference.conv2d(x, weight, bias, stride, padding)

dice = np.random.default_rng(3)
image, weight = dice.integers(0, 3, (3, 5, 5)), dice.integers(-1, 2, (2, 3, 3, 3))
demo = widgets.ConvolutionDemo(image, weight, [1, 0], 2, 1, conv2d=my_conv2d)
demo
"""
RESET = """\
trouble, pause = None, 0
demo.image, demo.weight, demo.bias = image, weight, [1, 0]
demo.backward, demo.filter_number, demo.stride, demo.padding, demo.speed = False, 0, 2, 1, "normal"
demo.grad_output = np.ones((2, 3, 3))
demo.step = 0
"""
WALK = """\
import numpy as np
from helpers.show import widgets

image, kernel = np.arange(1.0, 10).reshape(3, 3), np.array([[1.0, 2.0], [3.0, 4.0]])
demo = widgets.ConvolutionDemo(image, kernel, grad_output=np.array([[1.0, 10.0], [100.0, 1000.0]]))
demo
"""
LARGE = """\
import numpy as np
from helpers.show import widgets

rng = np.random.default_rng(0)
image, weight = rng.normal(size=(3, 7, 7)).round(2), rng.normal(size=(4, 3, 5, 4)).round(2)
demo = widgets.ConvolutionDemo(image, weight, [1, 0, -12.5, 0], 1, 2)
demo
"""
PLACES = places(
    ".course-widget, .course-remark, .course-size, .course-widget .course-figure, .course-room, "
    ".course-slider, .course-value, .course-widget .course-button, .course-select, .course-formula, "
    ".course-channel-sum"
)
STEP, BACK = "step: visit the next position", "back: to the position before"
PLAY = "play: visit one position after another"


@pytest.fixture(scope="module")
def page(open_code):
    return open_code("convolution_demo", CODE)


@pytest.fixture
def demo(page):
    """The page as it was at the start, with no position visited."""
    page.set_viewport_size({"width": 1000, "height": 1200})
    python(page, RESET)
    expect(said(page, "window")).to_have_text("no window yet")
    expect(page.locator(".course-remark")).to_contain_text("Double-click a number")
    return page


@pytest.fixture(scope="module")
def walk_page(open_code):
    return open_code("window_walk", WALK)


@pytest.fixture
def walk(walk_page):
    """The page of one channel, backward, with no position visited."""
    walk_page.set_viewport_size({"width": 1000, "height": 1000})
    python(walk_page, "demo.step = 0")
    expect(said(walk_page, "window")).to_have_text("no window yet")
    return walk_page


def said(page, label):
    """What the line with this label says."""
    line = page.locator(".course-formula:visible", has=page.get_by_text(label, exact=True))
    return line.locator(".course-said")


def numbers(page, title):
    texts = cell_texts(figure(page, title))
    return [[float(text) if text else None for text in line] for line in texts]


def sheet(page, name):
    return page.get_by_role("grid", name=re.compile(f"^{name}: arrow keys"))


def kernels(page):
    """For each channel the numbers of its kernel, and of the products or the gradient next to it."""
    return [
        [np.array(cell_texts(grid), dtype=float) for grid in pair.locator(".course-grid").all()]
        for pair in page.locator(".course-kernels").all()
    ]


class TestForward:
    """The products, their sums, the bias, and the value that lands in the map."""

    def test_step_shows_the_arithmetic_of_the_next_position(self, demo):
        for _ in range(5):
            press(demo, STEP)
        expect(said(demo, "window")).to_have_text("row 1, column 1 of map 0")
        expect(said(demo, "value")).to_have_text("4 + 1 + 3 + 1 = 9")
        assert demo.locator(".course-channel-sum").all_inner_texts() == ["sum 4", "sum 1", "sum 3"]
        assert numbers(demo, "map 0 (3 x 3)") == [[5, 10, 5], [5, 9, None], [None, None, None]]
        assert answer(demo, "demo.step", 5) == 5
        press(demo, BACK)
        expect(said(demo, "window")).to_have_text("row 1, column 0 of map 0")
        assert numbers(demo, "map 0 (3 x 3)")[1] == [5, 9, None]

    @pytest.mark.parametrize(("stride", "padding", "number"), [(2, 1, 0), (1, 0, 1), (2, 2, 1)])
    def test_products_and_sums_are_those_of_the_reference(self, demo, stride, padding, number):
        python(demo, f"demo.stride, demo.padding, demo.filter_number = {stride}, {padding}, {number}")
        image, weight = (np.array(value_of(demo, f"demo.{name}.tolist()")) for name in ("image", "weight"))
        padded = np.pad(image, ((0, 0), (padding, padding), (padding, padding)))
        maps = reference.conv2d(image[None], weight, np.array([1, 0]), stride, padding)[0]
        for step, (row, column) in enumerate(np.ndindex(maps.shape[1:]), 1):
            demo.get_by_label("windows", exact=True).fill(str(step))
            expect(said(demo, "window")).to_have_text(f"row {row}, column {column} of map {number}")
            patch = padded[:, stride * row : stride * row + 3, stride * column : stride * column + 3]
            for shown, kernel, part in zip(kernels(demo), weight[number], patch, strict=True):
                np.testing.assert_array_equal(shown[0], kernel)
                np.testing.assert_array_equal(shown[1], kernel * part)
            total = said(demo, "value").inner_text().split(" = ")[1].replace("−", "-")
            assert float(total) == maps[number, row, column]
        for k, expected in enumerate(maps.tolist()):
            assert numbers(demo, f"map {k} ({len(expected)} x {len(expected)})") == expected

    def test_arrow_keys_on_a_map_move_the_window_and_stop_at_the_edge(self, demo):
        sheet(demo, "map 1").focus()
        for key in ("ArrowRight", "ArrowDown", "ArrowRight", "ArrowRight", "ArrowRight", "x"):
            demo.keyboard.press(key)
        expect(said(demo, "window")).to_have_text("row 1, column 2 of map 0")
        assert answer(demo, "demo.step", 6) == 6
        assert demo.locator(".jp-Cell").count() == 2

    def test_a_press_on_a_map_chooses_its_filter_and_goes_there(self, demo):
        demo.mouse.click(*centre(demo, figure(demo, "map 1"), 2, 0))
        expect(said(demo, "window")).to_have_text("row 2, column 0 of map 1")
        expect(demo.get_by_label("filter", exact=True)).to_have_value("1")
        assert answer(demo, "[demo.filter_number, demo.step]", [1, 7]) == [1, 7]

    def test_it_plays_to_the_end_and_begins_again(self, demo):
        demo.get_by_label("speed", exact=True).select_option("fast")
        assert answer(demo, "demo.speed", "fast") == "fast"
        press(demo, PLAY)
        assert answer(demo, "demo.step", 9) == 9
        expect(demo.locator(".course-play")).to_have_text("play")
        expect(demo.locator(".course-value")).to_have_text("9 of 9")
        press(demo, PLAY)
        expect(said(demo, "window")).to_have_text(re.compile("row 0"))
        press(demo, BACK)
        expect(demo.locator(".course-play")).to_have_text("play")

    def test_stride_and_padding_say_how_large_the_maps_are(self, demo):
        size = demo.locator(".course-size")
        expect(size).to_have_text(
            "output size (5 − 3 + 2 · 1) / 2 + 1 = 3; tiles? yes: the last window ends at the edge"
        )
        demo.get_by_label("padding", exact=True).select_option("2")
        expect(figure(demo, "channel 2 (9 x 9)")).to_be_visible()
        expect(figure(demo, "map 1 (4 x 4)")).to_be_visible()
        expect(demo.locator(".course-value")).to_have_text("0 of 16")
        python(demo, "demo.stride, demo.padding = 1, 0")
        expect(size).to_contain_text("(5 − 3 + 2 · 0) / 1 + 1 = 3; tiles? yes")
        expect(demo.get_by_label("padding", exact=True)).to_have_value("0")


class TestEditing:
    """Any number can be changed in place, and everything follows."""

    def test_a_pixel_by_double_click(self, demo):
        python(demo, "demo.step = 9")
        demo.mouse.dblclick(*centre(demo, figure(demo, "channel 0"), 2, 3))
        field = demo.get_by_role("textbox", name="channel 0, row 1, column 2")
        expect(field).to_have_value("1")
        field.fill("−2,5")
        field.press("Enter")
        expect(sheet(demo, "channel 0")).to_be_focused()
        assert answer(demo, "demo.image[0, 1, 2].item()", -2.5) == -2.5
        assert numbers(demo, "channel 0")[2][3] == -2.5
        expected = value_of(demo, "demo.output.tolist()")
        expect(figure(demo, "map 0").locator(".course-cell").nth(4)).to_have_text(f"{expected[0][1][1]:g}")
        assert [numbers(demo, f"map {k}") for k in (0, 1)] == expected
        image, weight = (np.array(value_of(demo, f"demo.{name}.tolist()")) for name in ("image", "weight"))
        assert expected == reference.conv2d(image[None], weight, np.array([1, 0]), 2, 1)[0].tolist()

    def test_a_weight_by_keys_and_escape_leaves_it(self, demo):
        sheet(demo, "kernel 1").focus()
        for key in ("ArrowRight", "ArrowDown", "7", "Escape"):
            demo.keyboard.press(key)
        expect(demo.get_by_role("textbox", name="kernel 1")).to_have_count(0)
        before = value_of(demo, "demo.weight[0, 1, 1, 1].item()")
        for key in ("7", "0", "Backspace", "ArrowLeft", "-", "Enter"):
            demo.keyboard.press(key)
        assert before != -7
        assert answer(demo, "demo.weight[0, 1, 1, 1].item()", -7) == -7
        assert numbers(demo, "kernel 1")[1][1] == -7
        assert demo.locator(".jp-Cell").count() == 2

    def test_the_bias_of_the_chosen_filter(self, demo):
        demo.get_by_label("filter", exact=True).select_option("1")
        press(demo, STEP)
        total = int(said(demo, "value").inner_text().split(" = ")[1].replace("−", "-"))
        sheet(demo, "bias").press("5")
        demo.keyboard.press("Enter")
        expect(said(demo, "value")).to_have_text(re.compile(rf"\+ 5 = {total + 5}".replace("-", "−")))
        assert answer(demo, "demo.bias.tolist()", [1, 5]) == [1, 5]

    @pytest.mark.parametrize("text", ["abc", "", "1001", "1e9"])
    def test_text_is_refused(self, demo, text):
        before = value_of(demo, "demo.image.tolist()")
        sheet(demo, "channel 2").press("Enter")
        field = demo.get_by_role("textbox", name="channel 2, row 0, column 0")
        field.fill(text)
        field.press("Enter")
        expect(field).to_have_attribute("aria-invalid", "true")
        expect(demo.locator(".course-remark")).to_contain_text(f'"{text}" is not a number from −1000 to 1000')
        field.press("Escape")
        expect(demo.locator(".course-remark")).to_contain_text("Double-click a number")
        assert value_of(demo, "demo.image.tolist()") == before

    def test_the_cursor_stays_on_the_pixels_and_is_told_to_screen_readers(self, demo):
        channel = sheet(demo, "channel 0")
        channel.focus()
        for key in ["ArrowUp", "ArrowLeft"] + ["ArrowRight"] * 7:
            demo.keyboard.press(key)
        cell = demo.locator(f"id={channel.get_attribute('aria-activedescendant')}")
        expect(cell).to_have_attribute("aria-label", "row 0, column 4: 0")
        expect(demo.get_by_role("gridcell", name="border").first).to_have_text("0")

    def test_maps_and_products_cannot_be_changed(self, demo):
        for name in ("map 0", "products of channel 1"):
            sheet(demo, name).press("5")
        expect(demo.get_by_role("textbox", name=re.compile("map|products"))).to_have_count(0)


class TestTheLearnersOwnFunction:
    """A sentence, and never a dead widget."""

    def test_one_that_fails_is_told_and_the_widget_goes_on(self, demo):
        before = at_rest(demo, PLACES)
        press(demo, STEP)
        python(demo, "trouble = IndexError('index 9 is out of bounds for axis 0 with size 9 ' * 5)")
        demo.get_by_label("padding", exact=True).select_option("2")
        remark = demo.locator(".course-remark")
        expect(remark).to_contain_text("my_conv2d stopped with IndexError: index 9 is out of bounds")
        assert {text for line in cell_texts(figure(demo, "map 0")) for text in line} == {""}
        assert demo.evaluate(SQUEEZED) == []
        assert demo.evaluate(PLACES) == before
        python(demo, "trouble = None")
        demo.get_by_label("padding", exact=True).select_option("1")
        expect(remark).to_contain_text("Double-click a number")

    def test_one_that_is_slow_is_told_and_the_numbers_go_on(self, demo):
        python(demo, "pause = 6")
        sheet(demo, "channel 0").press("9")
        demo.keyboard.press("Enter")
        expect(demo.locator(".course-remark")).to_contain_text("Python has not answered yet")
        press(demo, STEP)
        assert numbers(demo, "channel 0")[1][1] == 9
        expect(demo.locator(".course-remark")).to_contain_text("Double-click a number")


class TestBackward:
    """Both gradients fill up as the window walks."""

    def test_the_gradients_fill_step_by_step(self, walk):
        press(walk, STEP)
        expect(said(walk, "window")).to_have_text("row 0, column 0: G = 1")
        press(walk, STEP)
        expect(said(walk, "window")).to_have_text("row 0, column 1: G = 10")
        assert numbers(walk, "gradient of the image")[0] == [1, 12, 20]
        assert kernels(walk)[0][1].tolist() == [[21, 32], [54, 65]]
        expect(said(walk, "image +=")).to_have_text("G · filter; at (0, 1): 2 + 10 · 1 = 12")
        expect(said(walk, "filter +=")).to_have_text("G · patch; at (0, 0): 1 + 10 · 2 = 21")
        expect(said(walk, "bias +=")).to_have_text("G; 1 + 10 = 11")
        assert answer(walk, "demo.step", 2) == 2

    def test_the_slider_goes_anywhere_and_nothing_moves(self, walk):
        before = at_rest(walk, PLACES)
        for step in (4, 1, 3, 0):
            walk.get_by_label("windows", exact=True).fill(str(step))
            assert answer(walk, "demo.step", step) == step
            assert walk.evaluate(PLACES) == before
            assert walk.evaluate(SQUEEZED) == []

    def test_it_plays_to_the_end(self, walk):
        press(walk, PLAY)
        assert answer(walk, "demo.step", 4) == 4
        expect(walk.get_by_role("button", name=PLAY)).to_have_text("play")
        assert numbers(walk, "gradient of the image")[1] == [103, 1234, 2040]

    def test_the_upstream_gradient_can_be_changed_where_the_window_is(self, walk):
        sheet(walk, "upstream gradient of map 0").focus()
        for key in ("ArrowRight", "ArrowDown", "2", "Enter"):
            walk.keyboard.press(key)
        expect(said(walk, "window")).to_have_text("row 1, column 0: G = 2")
        assert answer(walk, "demo.grad_output.tolist()", [[[1, 10], [2, 1000]]]) == [[[1, 10], [2, 1000]]]
        expect(said(walk, "filter +=")).to_have_text("G · patch; at (0, 0): 21 + 2 · 4 = 29")
        python(walk, "demo.grad_output = np.array([[[1.0, 10.0], [100.0, 1000.0]]])")

    def test_all_channels_and_filters_under_padding(self, demo):
        press(demo, "backward: the window hands gradients back")
        python(demo, "demo.grad_output = np.arange(18.0).reshape(2, 3, 3) - 7")
        arguments = "demo.grad_output[None], demo.image[None], demo.weight, demo.bias, 2, 1"
        expression = f"[array.tolist() for array in reference.conv2d_backward({arguments})]"
        (grad_image,), grad_weight, grad_bias = value_of(demo, expression)
        demo.get_by_label("windows", exact=True).fill("9")
        expect(said(demo, "window")).to_have_text("row 2, column 2: G = 1, 10")
        for channel in range(3):
            shown = numbers(demo, f"gradient of channel {channel}")
            assert [line[1:6] for line in shown[1:6]] == grad_image[channel]
            assert {value for line in (shown[0], shown[6]) for value in line} == {None}
            assert kernels(demo)[channel][1].tolist() == grad_weight[0][channel]
        demo.get_by_label("filter", exact=True).select_option("1")
        expect(said(demo, "bias +=")).to_have_text(f"G; {grad_bias[1] - 10:g} + 10 = {grad_bias[1]:g}")
        assert [pair[1].tolist() for pair in kernels(demo)] == grad_weight[1]

    def test_each_step_says_what_all_filters_add(self, demo):
        python(demo, "demo.grad_output = np.arange(18.0).reshape(2, 3, 3) - 7; demo.backward = True")
        python(demo, "demo.step = 1")
        first, second = (value_of(demo, f"demo.weight[{k}, 0, 1, 1].item()") for k in (0, 1))
        total = -7 * first + 2 * second
        text = f"G · filter; at (0, 0): 0 - 7 · {first:g} + 2 · {second:g} = {total:g}".replace("-", "−")
        expect(said(demo, "image +=")).to_have_text(text)

    def test_a_window_that_sees_only_padding_says_so(self, open_code):
        code = WALK.replace("kernel, grad_output=", "[[3.0]], padding=2, grad_output=")
        code = re.sub(r"np.array\(\[\[1.0, 10.0.*\)\)", "np.ones((7, 7)))", code)
        page = open_code("padding_only", code)
        press(page, STEP)
        expect(said(page, "image +=")).to_have_text("only padding, whose gradient is cut off")
        page.close()


def test_nothing_moves_while_numbers_knobs_and_window_change(demo):
    before = at_rest(demo, PLACES)
    assert len(before) > 40
    for padding, stride in (("2", "1"), ("0", "1"), ("2", "2"), ("1", "2")):
        demo.get_by_label("padding", exact=True).select_option(padding)
        demo.get_by_label("stride", exact=True).select_option(stride)
        assert answer(demo, "[demo.padding, demo.stride]", [int(padding), int(stride)])
        press(demo, STEP)
        sheet(demo, "kernel 0").press("Enter")
        demo.keyboard.type("-99.25")
        demo.keyboard.press("Enter")
        assert answer(demo, "demo.weight[0, 0, 0, 0].item()", -99.25) == -99.25
        assert demo.evaluate(PLACES) == before


def test_the_numbers_of_the_largest_arrays_are_printed(open_code):
    page = open_code("large_demo", LARGE)
    assert page.locator(".course-silent").count() == 0
    for width in (1100, 800, 480):
        page.set_viewport_size({"width": width, "height": 1200})
        page.wait_for_timeout(300)
        assert page.evaluate(SQUEEZED) == []
    python(page, "demo.backward = True; demo.step = 20")
    expect(said(page, "window")).to_contain_text("G = 1, 1, 1, 1")
    assert page.locator(".course-silent").count() == 0
    assert page.evaluate(SQUEEZED) == []
    page.close()


@pytest.mark.parametrize("width", [1100, 800, 480])
def test_it_fits_the_page(demo, walk_page, width):
    for page in (demo, walk_page):
        page.set_viewport_size({"width": width, "height": 1200})
        for backward in (True, False, True):
            python(page, f"demo.backward = {backward}; demo.step = 1")
            page.wait_for_timeout(300)
            assert page.evaluate(SQUEEZED) == []


def test_everything_has_a_name(demo):
    press(demo, "backward: the window hands gradients back")
    expect(said(demo, "bias +=")).to_be_visible()
    nameless = """() => [...document.querySelectorAll(
            ".course-widget button, .course-widget input, .course-widget select, .course-widget [role]"
        )].filter((node) => !["row", "status"].includes(node.getAttribute("role")) && !node.ariaLabel &&
            node.tagName !== "BUTTON").map((node) => node.outerHTML)"""
    assert demo.evaluate(nameless) == []
    names = demo.get_by_role("grid").evaluate_all("(nodes) => nodes.map((node) => node.ariaLabel)")
    assert len(names) == len(set(names)) == 3 * 4 + 2 + 2
    expect(demo.get_by_role("button", name="backward")).to_have_attribute("aria-pressed", "true")
    assert demo.get_by_role("status").count() >= 2
