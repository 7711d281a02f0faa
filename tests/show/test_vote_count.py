"""The widget that counts votes, as Python sees it."""

import base64

import numpy as np
import pytest

from helpers import data, reference
from helpers.show.widgets import VoteCount

KERNELS = np.stack(list(data.features.values())) / 9
LETTERS = {"X": data.X, "O": data.O}
ROWS = reference.flatten(
    reference.max_pool2d(
        reference.relu(reference.conv2d(np.stack([data.X, data.O])[:, None], KERNELS[:, None])), partial=True
    )
)
WEIGHT = np.stack([ROWS[0] - ROWS[1], ROWS[1] - ROWS[0]])
BIAS = np.array([-2.25, 2.25])


@pytest.fixture
def count():
    return VoteCount(LETTERS, KERNELS, WEIGHT, BIAS, list(data.features))


def test_it_starts_with_the_first_letter_and_its_longest_bar(count):
    np.testing.assert_array_equal(count.image, data.X)
    assert count.selected == np.abs(WEIGHT[0]).argmax()
    np.testing.assert_allclose(count.stack.ravel(), ROWS[0])
    np.testing.assert_allclose(count.logits, reference.linear(ROWS[:1], WEIGHT, BIAS)[0])


def test_image_weight_and_bias_can_be_set(count):
    count.image = data.O
    count.weight = 2 * WEIGHT
    count.bias = [1.0, -1.0]
    expected = reference.linear(ROWS[1:], 2 * WEIGHT, np.array([1.0, -1.0]))[0]
    np.testing.assert_allclose(count.logits, expected)
    assert count.start == {"weight": WEIGHT.tolist(), "bias": BIAS.tolist()}


def test_other_kernels_and_three_classes():
    rng = np.random.default_rng(7)
    images = {"one": rng.uniform(-1, 1, (5, 6)), "two": rng.uniform(-1, 1, (5, 6))}
    count = VoteCount(images, rng.uniform(-1, 1, (2, 2, 3)), np.ones((3, 8)), [0, 1, 2], classes="ABC")
    assert count.stack.shape == (2, 2, 2)
    assert count.channels == ["channel 0", "channel 1"]
    np.testing.assert_allclose(np.diff(count.logits), 1)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"letters": {}}, "the letters must be a dict of arrays by name, not an empty dict"),
        ({"letters": {"X": data.X, "row": data.X[:4]}}, "the letters must all have the same shape"),
        ({"letters": {"X": 2 * data.X}}, "must lie between -1 and 1"),
        ({"kernels": []}, "the widget needs at least one kernel"),
        ({"kernels": KERNELS[:, 0]}, "a kernel needs rows and columns"),
        ({"weight": WEIGHT[:, :9]}, r"the weight must have the shape \(2, 48\), not \(2, 9\)"),
        ({"bias": [0.0]}, "the bias must hold 2 numbers, one for each class, not 1"),
        ({"channels": ["one"]}, "there are 3 kernels, but 1 names"),
    ],
)
def test_what_does_not_fit_is_refused_in_one_sentence(change, sentence):
    arguments = {"letters": LETTERS, "kernels": KERNELS, "weight": WEIGHT, "bias": BIAS} | change
    with pytest.raises(ValueError, match=sentence):
        VoteCount(**arguments)


def test_too_many_values_are_refused():
    rng = np.random.default_rng(0)
    with pytest.raises(ValueError, match="75 values would vote; the widget shows at most 64"):
        VoteCount(LETTERS, rng.normal(size=(3, 1, 1)), np.ones((2, 75)), BIAS)


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("image", data.X[:5], r"the image must have the shape \(9, 9\), not \(5, 9\)"),
        ("weight", WEIGHT[:1], r"the weight must have the shape \(2, 48\), not \(1, 48\)"),
        ("bias", [0.0], "the bias must hold 2 numbers, not 1"),
        ("selected", 48, "the values are numbered from 0 to 47, not 48"),
    ],
)
def test_what_does_not_fit_later_is_refused_too(count, name, value, sentence):
    with pytest.raises(ValueError, match=sentence):
        setattr(count, name, value)


def test_a_picture_is_shown_where_no_widget_can_be(count):
    bundle, metadata = count._repr_mimebundle_()
    assert base64.b64decode(bundle["image/png"])[1:4] == b"PNG"
    assert bundle["text/plain"].startswith("Votes of 48 values. X: 6.10 - 2.25 = 3.85, share 1.000.")
    assert metadata["image/png"]["alt"] == bundle["text/plain"]
