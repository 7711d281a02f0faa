"""The widget of lesson 15 as Python sees it."""

import pytest

from helpers.reference import conv_layer, fc_layer, pool_layer, relu_layer
from helpers.show.widgets import KnobBoard

START = {"filters": 8, "size": 5, "window": 4, "stride": 4, "neurons": 0}


def plan(filters, size, window, stride, neurons):
    hidden = [fc_layer(neurons), relu_layer()] if neurons else []
    conv = conv_layer(filters, kernel=size)
    return [conv, relu_layer(), pool_layer(window, stride=stride), *hidden, fc_layer(2)]


@pytest.fixture
def board():
    return KnobBoard(plan, START, (1, 16, 16), lambda layers, seed: 0.5 + seed / 10)


def test_shapes_and_parameters_follow_the_knobs(board):
    assert board.total == "354 parameters"
    assert board.table[1] == ["CONV", "8 x 12 x 12", 208]
    board.values = START | {"neurons": 8}
    assert [row[0] for row in board.table] == ["INPUT", "CONV", "RELU", "POOL", "FC", "RELU", "FC"]
    assert board.total == "810 parameters"


def test_knobs_that_do_not_fit_get_a_sentence_and_the_table_stays(board):
    before = board.table
    board.values = START | {"size": 11, "window": 12}
    assert board.trouble.startswith("This does not fit: layer 3 (POOL)")
    assert board.table == before
    assert not board.fits
    board.asked += 1
    assert board.runs == ["these knobs do not fit"]
    board.values = START
    assert board.trouble == ""
    assert board.fits


def test_every_training_takes_the_next_seed(board):
    board.asked += 1
    board.asked += 1
    assert [run.split()[0] for run in board.runs] == ["0.600", "0.500"]
    assert "filters 8, size 5" in board.runs[0]
    assert "seed 1" in board.runs[0]


def test_a_training_that_fails_is_told():
    def fails(layers, seed):
        raise RuntimeError("no more")

    board = KnobBoard(plan, START, (1, 16, 16), fails)
    board.asked += 1
    assert board.runs[0].startswith("RuntimeError: no more")


def test_unknown_knobs_and_places_are_refused(board):
    with pytest.raises(ValueError, match="the knobs are filters"):
        board.values = {"filters": 1}
    with pytest.raises(ValueError, match="size goes from 1 to 11, not to 12"):
        board.values = START | {"size": 12}


def test_a_page_on_which_nothing_runs_shows_the_network(board):
    data, _ = board._repr_mimebundle_()
    assert "CONV 8 x 12 x 12" in data["text/plain"]
