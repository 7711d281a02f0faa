"""The drawing pad as Python sees it: what it computes, survives, refuses, and shows where nothing moves."""

import base64

import numpy as np
import pytest

from helpers import data, reference
from helpers.show.widgets import DrawPad

TEMPLATES = {"X": data.X, "O": data.O}


def pad_with(agreement, image=None):
    return DrawPad(TEMPLATES, agreement, image)


def test_a_new_pad_is_black_and_compared_at_once():
    pad = pad_with(reference.agreement)
    assert (pad.image == -1).all()
    assert pad.result["shares"] == {"X": 68 / 81, "O": 65 / 81}
    assert pad.result["nearest"] == "X"
    assert pad.result["sentence"] == ""


def test_every_new_image_is_compared():
    pad = pad_with(reference.agreement, data.X)
    assert pad.result["shares"]["X"] == 1
    pad.image = data.O
    assert pad.result["shares"]["O"] == 1
    assert pad.result["nearest"] == "O"


def test_what_the_browser_sends_is_compared():
    pad = pad_with(reference.agreement)
    pad.set_state({"image": data.O.tolist(), "_turn": 5})
    np.testing.assert_array_equal(pad.image, data.O)
    assert pad.result["nearest"] == "O"
    assert pad.result["turn"] == 5


def test_the_first_template_wins_a_tie():
    assert pad_with(lambda image, template: 0.5).result["nearest"] == "X"
    pad = DrawPad({"O": data.O, "X": data.X}, lambda image, template: 0.5)
    assert pad.result["nearest"] == "O"
    assert [label for label, _ in pad.templates] == ["O", "X"]


def test_numbers_of_other_types_are_shares_too():
    for share in (1, True, np.float32(1), np.array(1.0)):
        assert pad_with(lambda image, template, share=share: share).result["shares"] == {"X": 1.0, "O": 1.0}


def raise_value_error(image, template):
    raise ValueError("the shapes\ndiffer")


def stop(image, template):
    raise SystemExit


def interrupt(image, template):
    raise KeyboardInterrupt


@pytest.mark.parametrize(
    ("agreement", "sentence"),
    [
        (raise_value_error, "agreement stopped with ValueError: the shapes differ"),
        (stop, "agreement stopped with SystemExit: "),
        (interrupt, "agreement was interrupted before it had finished."),
        (lambda image, template: None, "agreement returned nothing (None) instead of a number."),
        (lambda image, template: [1, 2], "agreement returned a list instead of a number."),
        (lambda image, template: image == template, "agreement returned a ndarray instead of a number."),
        (lambda image, template: 63, "agreement returned 63; a share lies between 0 and 1."),
        (lambda image, template: float("nan"), "agreement returned nan; a share lies between 0 and 1."),
        (lambda image: 1, "agreement stopped with TypeError: "),
    ],
)
def test_a_function_that_gives_no_share_is_told_in_one_sentence(agreement, sentence):
    pad = pad_with(agreement)
    assert pad.result["sentence"].startswith(sentence.strip())
    assert len(pad.result["sentence"]) <= 110
    assert pad.result["shares"] == {}
    assert pad.result["nearest"] == ""


def test_a_function_that_changes_its_arguments_harms_nothing():
    def spoil(image, template):
        image[:] = 0
        template[:] = 0
        return 0.5

    pad = pad_with(spoil, data.X)
    np.testing.assert_array_equal(pad.image, data.X)
    np.testing.assert_array_equal(dict(pad.templates)["O"], data.O)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (({}, min), "the templates must be a dict of arrays by name, not an empty dict"),
        (([data.X], min), "the templates must be a dict of arrays by name, not a list"),
        (({"X": data.X[0]}, min), "the template 'X' needs rows and columns"),
        (({"X": "X"}, min), "the template 'X' must be an array of numbers, not a str"),
        (({"X": data.X * 2}, min), "must lie between -1 and 1; they go from -2 to 2"),
        (({"X": data.X * np.nan}, min), "not finite numbers"),
        (({"X": np.zeros((20, 20))}, min), "at most 16 rows or columns"),
        (({"X": data.X, "O": data.O[1:]}, min), r"the same shape; they have X \(9, 9\), O \(8, 9\)"),
        ((TEMPLATES, 0.5), "agreement must be a function of two images, not a float"),
        (
            (TEMPLATES, min, data.X[1:]),
            r"the image has shape \(8, 9\), but the templates have shape \(9, 9\)",
        ),
        ((TEMPLATES, min, data.X * 9), "the pixels of the image must lie between -1 and 1"),
    ],
)
def test_bad_input_gets_one_clear_sentence(arguments, sentence):
    with pytest.raises(ValueError, match=sentence):
        DrawPad(*arguments)


def test_a_picture_is_shown_where_no_widget_can_be():
    bundle, metadata = pad_with(reference.agreement, data.X)._repr_mimebundle_()
    assert base64.b64decode(bundle["image/png"])[1:4] == b"PNG"
    assert "X, agreement 1.00; O, agreement 0.74" in bundle["text/plain"]
    assert metadata["image/png"]["alt"] == bundle["text/plain"]
    assert "application/vnd.jupyter.widget-view+json" in bundle


def test_the_picture_is_there_even_if_nothing_could_be_computed():
    bundle, _ = pad_with(lambda image, template: None)._repr_mimebundle_()
    assert "nearest template is unknown" in bundle["text/plain"]
