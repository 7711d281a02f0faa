"""The pooling window as Python sees it."""

import numpy as np
import pytest
import traitlets

from helpers import data, reference
from helpers.show.widgets import PoolMap

MAPS = {name: reference.filter_image(data.X, feature) for name, feature in data.features.items()}


@pytest.mark.parametrize("shape", [(7, 7), (5, 8)])
@pytest.mark.parametrize("knobs", [(2, 2, True), (3, 2, False), (2, 3, True), (1, 1, False)])
def test_the_pooled_map_follows_the_knobs(shape, knobs):
    feature_map = np.random.default_rng(0).uniform(-1, 1, shape)
    widget = PoolMap(feature_map, *knobs)
    window, stride, partial = knobs
    for row in range(widget.pooled.shape[0]):
        for column in range(widget.pooled.shape[1]):
            top, left = row * stride, column * stride
            patch = feature_map[top : top + window, left : left + window]
            assert widget.pooled[row, column] == patch.max()
    sizes = tuple(reference.pooled_size(side, window, stride, partial) for side in shape)
    assert widget.pooled.shape == sizes
    assert set(feature_map[widget.origins]) == set(widget.pooled.ravel())


def test_another_map_is_chosen_by_its_name():
    widget = PoolMap(MAPS)
    assert widget.map_name == "falling"
    widget.map_name = "centre"
    np.testing.assert_array_equal(widget.pooled, reference.max_pool_map(MAPS["centre"], 2, 2))
    with pytest.raises((ValueError, traitlets.TraitError), match="no map 'X'; choose from falling, rising"):
        widget.map_name = "X"


@pytest.mark.parametrize("knob", ["window", "stride"])
@pytest.mark.parametrize("value", [0, 6])
def test_a_knob_stays_in_its_range(knob, value):
    widget = PoolMap(np.zeros((5, 8)))
    with pytest.raises((ValueError, traitlets.TraitError), match=f"{knob} goes from 1 to 5, not to {value}"):
        setattr(widget, knob, value)


@pytest.mark.parametrize(
    ("feature_map", "sentence"),
    [
        (np.zeros(7), r"the feature map needs rows and columns"),
        (np.zeros((13, 7)), r"the feature map has shape \(13, 7\); the widget shows at most 12"),
        (
            {"one": np.zeros((3, 3)), "other": np.zeros((3, 4))},
            "the feature maps must all have the same shape",
        ),
        ({}, "the feature maps must be a dict of arrays by name, not an empty dict"),
    ],
)
def test_what_cannot_be_shown_is_refused_in_one_sentence(feature_map, sentence):
    with pytest.raises(ValueError, match=sentence):
        PoolMap(feature_map)


def test_the_still_picture_says_what_is_kept():
    widget = PoolMap(MAPS, window=3, stride=2)
    widget.position = [9, 9]  # the last window is used for those beyond
    bundle, metadata = widget._repr_mimebundle_()
    assert bundle["text/plain"] == (
        "The map 'falling', (7, 7), with window 3 and stride 2, is pooled to (3, 3); 5 entries are kept."
    )
    assert metadata["image/png"]["alt"] == bundle["text/plain"]
