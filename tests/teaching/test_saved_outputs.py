"""The hook before a notebook is saved: a widget with a picture becomes the picture, all else stays."""

import copy

import pytest

from helpers.teaching.building.saved_outputs import WIDGET_VIEW, keep_pictures


def notebook(*bundles):
    outputs = [{"output_type": "display_data", "data": bundle, "metadata": {}} for bundle in bundles]
    stream = {"output_type": "stream", "name": "stdout", "text": "hello"}
    cells = [{"cell_type": "markdown", "source": ""}, {"cell_type": "code", "outputs": [stream, *outputs]}]
    return {"type": "notebook", "content": {"cells": cells}}


def test_a_widget_with_a_picture_becomes_the_picture():
    model = notebook({WIDGET_VIEW: {}, "image/png": "...", "text/plain": "a pad"})
    keep_pictures(model=model, path="a.ipynb", contents_manager=None)
    assert model == notebook({"image/png": "...", "text/plain": "a pad"})


@pytest.mark.parametrize("kind", [str, list])
def test_a_picture_is_kept_once_with_its_text(kind):
    image = kind('<img alt="an X" src="data:image/png;base64,iVBO">')
    model = notebook({WIDGET_VIEW: {}, "text/html": image, "image/png": "iVBO", "text/plain": "an X"})
    model["content"]["cells"][1]["outputs"][1]["metadata"] = {"image/png": {"alt": "an X", "width": 9}}
    keep_pictures(model=model)
    assert model == notebook({"text/html": image, "text/plain": "an X"})


@pytest.mark.parametrize("text", ["  0%|          | 0/5 [00:00<?, ?it/s]", ["splits: 100%|", "####| 3/3"]])
def test_a_progress_bar_goes(text):
    model = notebook({WIDGET_VIEW: {}, "text/plain": text}, {"text/plain": "50% of them"})
    keep_pictures(model=model)
    assert model == notebook({"text/plain": "50% of them"})


def test_all_else_stays():
    for model in (
        notebook({WIDGET_VIEW: {}, "text/plain": "a slider"}, {"text/html": "<p>"}),
        notebook({"text/html": "<p>", "image/png": "iVBO"}, {"image/png": "iVBO", "text/plain": "a plot"}),
        {"type": "notebook", "content": None},
        {"type": "file", "content": "text"},
        {"type": "directory"},
    ):
        before = copy.deepcopy(model)
        keep_pictures(model=model)
        assert model == before
