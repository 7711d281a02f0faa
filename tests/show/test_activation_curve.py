"""The activation curve as Python sees it."""

import numpy as np
import pytest

from helpers import data, reference
from helpers.show.widgets import ActivationCurve

SUMS = reference.convolve_image(data.X, data.features["falling"])


def test_the_knobs_make_the_value_the_slope_and_the_map():
    curve = ActivationCurve(SUMS, "tanh", total=3, bias=-2)
    assert curve.pre_activation == 1
    assert curve.value == pytest.approx(np.tanh(1))
    assert curve.slopes == pytest.approx([1 - np.tanh(1) ** 2] * 2, abs=1e-5)
    np.testing.assert_allclose(curve.activated_map, np.tanh(SUMS - 2))


def test_the_corner_has_two_slopes():
    assert ActivationCurve(SUMS, "ReLU", total=2, bias=-2).slopes == pytest.approx([0, 1])


def test_the_knobs_reach_as_far_as_the_map():
    curve = ActivationCurve(SUMS)
    assert (curve.reach, curve.step) == (9, 1)
    curve.bias = -10
    assert not curve.activated_map.any()


def test_maps_of_matches_move_in_tenths():
    curve = ActivationCurve(reference.filter_image(data.X, data.features["falling"]))
    assert (curve.reach, curve.step) == (1, 0.1)
    curve.bias = 1.1


@pytest.mark.parametrize(
    ("knobs", "sentence"),
    [
        ({"activation": "relu"}, "no activation 'relu'; choose from ReLU, sigmoid, tanh"),
        ({"total": 10}, "total goes from -9 to 9, not to 10"),
        ({"bias": -11}, "bias goes from -10 to 10, not to -11"),
        ({"bias": np.nan}, "bias goes from -10 to 10, not to nan"),
    ],
)
def test_a_wrong_knob_gets_one_clear_sentence(knobs, sentence):
    with pytest.raises(ValueError, match=sentence):
        ActivationCurve(SUMS, **knobs)


@pytest.mark.parametrize("feature_map", [None, SUMS[0], np.zeros((13, 2))])
def test_bad_maps_are_refused(feature_map):
    with pytest.raises(ValueError, match="the feature map"):
        ActivationCurve(feature_map)


def test_where_no_widget_can_be_shown_there_is_a_picture():
    bundle, about = ActivationCurve(SUMS, "ReLU", total=1, bias=-8)._repr_mimebundle_()
    assert bundle["text/plain"] == (
        "A feature map (7, 7) with the bias -8, from -11 to 1, and after ReLU, from 0 to 1. "
        "At -7 the curve's value is 0.0000."
    )
    assert about["image/png"]["alt"] == bundle["text/plain"]
