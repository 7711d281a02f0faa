"""The sliding feature as Python sees it, and both widgets' files in the package."""

import base64

import numpy as np
import pytest

from helpers import data, reference
from helpers.show.widgets import SlideFeature


def test_the_window_starts_in_the_corner_and_remembers_where_it_was():
    slide = SlideFeature(data.X, data.features)
    assert slide.feature_name == "falling"
    assert slide.position == [0, 0]
    slide.position = [2, 5]
    expected = np.full((7, 7), np.nan)
    whole = reference.filter_image(data.X, data.features["falling"])
    expected[[0, 2], [0, 5]] = whole[[0, 2], [0, 5]]
    np.testing.assert_array_equal(slide.feature_map, expected)


def test_features_of_one_shape_share_the_visited_places():
    slide = SlideFeature(data.X, data.features)
    slide.position = [6, 6]
    slide.feature_name = "rising"
    assert slide.position == [6, 6]
    assert np.sum(slide.visited) == 2


def test_a_feature_of_another_shape_starts_again():
    slide = SlideFeature(data.X, {"small": np.ones((2, 3)), "large": np.ones((9, 8))})
    slide.position = [7, 6]
    slide.feature_name = "large"
    assert slide.position == [0, 0]
    assert slide.visited == [[True, False]]
    assert slide.feature_map.shape == (1, 2)


def test_a_lone_feature_needs_no_name():
    slide = SlideFeature(data.X, data.features["centre"])
    assert slide.feature_name == "feature"


@pytest.mark.parametrize(
    ("image", "feature", "sentence"),
    [
        (
            np.zeros((3, 3)),
            np.zeros((5, 5)),
            r"the feature 'feature', \(5, 5\), is larger than the image, \(3, 3\)",
        ),
        (
            np.zeros((3, 3)),
            {"wide": np.zeros((1, 4))},
            r"the feature 'wide', \(1, 4\), is larger than the image",
        ),
        (data.X[0], data.X, r"the image needs rows and columns, such as \(9, 9\); this one has shape \(9,\)"),
        (data.X, [1, 2, 3], "the feature needs rows and columns"),
        (data.X, {}, "the features must be a dict of arrays by name, not an empty dict"),
        (data.X, None, r"the feature must be an array of numbers, not nothing \(None\)"),
        (data.X * 255, data.X, "the pixels of the image must lie between -1 and 1; they go from -255 to 255"),
        (np.zeros((99, 9)), data.X, "at most 32 rows or columns"),
        (data.X, np.full((2, 2), np.inf), "not finite numbers"),
    ],
)
def test_bad_input_gets_one_clear_sentence(image, feature, sentence):
    with pytest.raises(ValueError, match=sentence):
        SlideFeature(image, feature)


def test_a_wrong_place_or_name_gets_one_clear_sentence():
    slide = SlideFeature(data.X, data.features)
    with pytest.raises(ValueError, match=r"position \(7, 0\) lies outside the feature map of shape \(7, 7\)"):
        slide.position = [7, 0]
    with pytest.raises(ValueError, match="no feature 'flat'; choose from falling, rising, centre"):
        slide.feature_name = "flat"


def test_a_picture_is_shown_where_no_widget_can_be():
    bundle, metadata = SlideFeature(data.X, data.features)._repr_mimebundle_()
    assert base64.b64decode(bundle["image/png"])[1:4] == b"PNG"
    assert bundle["text/plain"].endswith("at row 0, column 0 the match is 0.78.")
    assert metadata["image/png"]["alt"] == bundle["text/plain"]
