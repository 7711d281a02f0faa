"""The widget of lesson 15 as a learner sees it: in JupyterLab, with mouse and keyboard."""

import pytest
from playwright.sync_api import expect

from helpers.teaching.lab.browser import python
from tests.browser.pages import SQUEEZED, at_rest, look, places

pytestmark = pytest.mark.browser

CODE = """\
from helpers import reference
from helpers.show import widgets

start = {"filters": 8, "size": 5, "window": 4, "stride": 4, "neurons": 0}

def plan(filters, size, window, stride, neurons):
    hidden = [reference.fc_layer(neurons), reference.relu_layer()] if neurons else []
    layers = [reference.conv_layer(filters, kernel=size), reference.relu_layer()]
    return [*layers, reference.pool_layer(window, stride=stride), *hidden, reference.fc_layer(2)]

board = widgets.KnobBoard(plan, start, (1, 16, 16), lambda layers, seed: 0.9 + seed / 100)
board
"""
PLACES = places(
    ".course-widget, .course-knob, .course-slider, .course-board-table, .course-board-runs, .course-train"
)


@pytest.fixture(scope="module")
def page(open_code):
    return open_code("knob_board", CODE)


@pytest.fixture
def board(page):
    """The page with all knobs as they were at the start."""
    python(page, "board.values = start")
    expect(page.locator(".course-board-sum")).to_have_text("354 parameters")
    page.mouse.move(1, 1)
    return page


def test_parameters_follow_the_slider_and_the_keys(board):
    board.get_by_label("neurons", exact=True).fill("8")
    expect(board.locator(".course-board-sum")).to_have_text("810 parameters")
    filters = board.get_by_label("filters", exact=True)
    filters.focus()
    filters.press("ArrowRight")
    expect(board.locator(".course-board-row").nth(1)).to_contain_text("9 x 12 x 12")


def test_train_adds_a_result(board):
    board.get_by_label("train once").click()
    expect(board.locator(".course-board-runs")).to_contain_text("0.900   filters 8, size 5")
    expect(board.get_by_label("train once")).to_have_text("train")


def test_knobs_that_do_not_fit_dim_the_table_and_cannot_be_trained(board):
    train, table = board.get_by_label("train once"), board.locator(".course-board-table")
    python(board, "board.values = start | {'size': 11, 'window': 12}")
    expect(board.locator(".course-board-trouble")).to_contain_text("This does not fit")
    expect(train).to_be_disabled()
    expect(table).to_have_css("opacity", "0.35")
    expect(table).to_contain_text("354 parameters")
    look(board, "board_that_does_not_fit")
    python(board, "board.values = start")
    expect(train).to_be_enabled()
    expect(table).to_have_css("opacity", "1")
    train.click()
    expect(board.locator(".course-board-runs")).to_contain_text("0.9")


def test_the_button_comes_back_however_often_nothing_new_is_said(board):
    python(board, "board._layers = None")  # as if a knob were moved while the button is pressed
    for _ in range(8):
        board.get_by_label("train once").click()
        expect(board.get_by_label("train once")).to_have_text("train")


def test_nothing_jumps_and_nothing_is_cut_off(board):
    before = at_rest(board, PLACES)
    for knobs in ({"size": 11, "window": 12}, {"neurons": 32, "stride": 1}, {"filters": 1}):
        python(board, f"board.values = start | {knobs}")
        expect(board.locator(".course-train")).to_be_enabled(enabled="size" not in knobs)
        if "size" not in knobs:  # those do not fit
            board.get_by_label("train once").click()
        expect(board.get_by_label("train once")).to_have_text("train")
        assert board.evaluate(PLACES) == before
        assert board.evaluate(SQUEEZED) == []
    look(board, "board")
