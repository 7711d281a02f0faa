"""Matching: comparing pictures pixel by pixel, then piece by piece with small features.

The X-and-O toy and its four steps (line up, multiply, add, divide by the number of pixels) are Brandon
Rohrer's, *How convolutional neural networks work*. Pixels are +1 (white) and -1 (black), so two equal pixels
multiply to +1 and two different ones to -1.
"""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from helpers.reference._input import (
    _as_numbers,
    _require_pixels,
    _require_same_shape,
    _require_two_dimensions,
)


def count_white(image):
    """The number of white pixels, those that are exactly +1.

    Parameters
    ----------
    image : ndarray of shape (height, width)

    Returns
    -------
    int

    Raises
    ------
    ValueError
        If `image` is not an array of numbers, or has no pixels.

    Examples
    --------
    >>> count_white(np.array([[1, -1], [-1, -1]]))
    1
    """
    image = _as_numbers(image, "image")
    _require_pixels(image, "image")
    return int(np.count_nonzero(image == 1))


def agreement(a, b):
    """The share of pixels that are equal in both images, from 0 (none) to 1 (all).

    Parameters
    ----------
    a, b : ndarray of shape (height, width)
        Two images of the same shape.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If the shapes differ, or there are no pixels to compare.

    Examples
    --------
    Three pixels of four are equal:

    >>> agreement(np.array([[1, -1], [-1, 1]]), np.array([[1, -1], [-1, -1]]))
    0.75
    """
    a, b = _as_numbers(a, "picture"), _as_numbers(b, "picture")
    _require_pixels(a, "picture")
    _require_same_shape(a, b, "picture", "the other picture")
    return float(np.mean(a == b))


def nearest_template(image, templates):
    """The label of the template that agrees with the image in most pixels; the first of them on a tie.

    Parameters
    ----------
    image : ndarray of shape (height, width)
    templates : dict
        Label -> ndarray of shape (height, width).

    Returns
    -------
    str
        One of the keys of `templates`.

    Raises
    ------
    ValueError
        If there are no templates, or one of them has another shape than the image.

    Examples
    --------
    >>> templates = {"falling": np.array([[1, -1], [-1, 1]]), "rising": np.array([[-1, 1], [1, -1]])}
    >>> nearest_template(np.array([[1, -1], [-1, -1]]), templates)
    'falling'
    """
    _require_templates(templates)
    return max(templates, key=lambda label: agreement(image, templates[label]))


def match(patch, feature):
    """The mean of the products of patch and feature: 1 for a perfect match, -1 for the exact negative.

    Parameters
    ----------
    patch, feature : ndarray of shape (height, width)

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If the shapes differ, or there are no pixels to compare.

    Notes
    -----
    Multiply, add, divide by the number of pixels: Rohrer, *How convolutional neural networks work*.
    The result is of the inputs' dtype; integers are computed as float64.

    Examples
    --------
    (1 + 1 + 1 - 1) / 4 = 0.5:

    >>> print(match(np.array([[1, -1], [-1, 1]]), np.array([[1, -1], [-1, -1]])))
    0.5
    """
    patch, feature = _as_numbers(patch, "patch"), _as_numbers(feature, "feature")
    _require_pixels(feature, "feature")
    _require_same_shape(patch, feature, "patch", "feature")
    return np.mean(patch * feature)


def filter_image(image, feature):
    """The match of the feature with the image at every position where it fits.

    Parameters
    ----------
    image : ndarray of shape (height, width)
    feature : ndarray of shape (feature_height, feature_width)

    Returns
    -------
    ndarray of shape (height - feature_height + 1, width - feature_width + 1)
        Entry (row, column) is the match of the patch whose top left pixel is (row, column).

    Raises
    ------
    ValueError
        If either is not two-dimensional, or the feature is larger than the image.

    Notes
    -----
    Line up, multiply, add, divide by the number of pixels: Rohrer, *How convolutional neural networks work*.
    The result is of the inputs' dtype; integers are computed as float64.

    Examples
    --------
    Two positions, one below the other: (1 - 1) / 2 = 0 and (3 - 2) / 2 = 0.5.

    >>> filter_image(np.array([[1, 1], [3, 2]]), np.array([[1, -1]]))
    array([[0. ],
           [0.5]])
    """
    image, feature = _as_numbers(image, "image"), _as_numbers(feature, "feature")
    _require_two_dimensions(image, "image")
    _require_two_dimensions(feature, "feature")
    _require_fits(feature, image)
    patches = sliding_window_view(image, feature.shape)  # (H_out, W_out, feature_height, feature_width)
    return np.mean(patches * feature, axis=(2, 3))  # (H_out, W_out)


def best_match(feature_map):
    """The position of the largest value; if several are equal, the first in reading order.

    Parameters
    ----------
    feature_map : ndarray of shape (height, width)

    Returns
    -------
    tuple of int
        Row, column.

    Raises
    ------
    ValueError
        If the feature map is not two-dimensional, or is empty.

    Examples
    --------
    >>> best_match(np.array([[0.1, 0.2, 0.3], [0.2, 0.9, 0.9]]))
    (1, 1)
    """
    feature_map = _as_numbers(feature_map, "feature map")
    _require_two_dimensions(feature_map, "feature map")
    row, column = np.unravel_index(np.argmax(feature_map), feature_map.shape)
    return int(row), int(column)


def filter_bank(image, features):
    """The stack of feature maps, one for each feature, in the order of the features.

    Parameters
    ----------
    image : ndarray of shape (height, width)
    features : ndarray of shape (n_features, feature_height, feature_width)

    Returns
    -------
    ndarray of shape (n_features, height - feature_height + 1, width - feature_width + 1)

    Raises
    ------
    ValueError
        If there are no features, their shapes differ, or they are larger than the image.

    Notes
    -----
    One picture becomes a stack of filtered pictures: Rohrer, *How convolutional neural networks work*.
    A list of features will do as well as an array.

    Examples
    --------
    The features 1 and -1, of one pixel each, give the image and its negative:

    >>> filter_bank(np.array([[1, -1]]), np.array([[[1]], [[-1]]])).tolist()
    [[[1.0, -1.0]], [[-1.0, 1.0]]]
    """
    _require_features(features)
    return np.stack([filter_image(image, feature) for feature in features])  # (n_features, H_out, W_out)


def _require_fits(feature, image):
    if feature.shape[0] > image.shape[0] or feature.shape[1] > image.shape[1]:
        raise ValueError(f"feature {feature.shape} is larger than the image {image.shape}")


def _require_templates(templates):
    if not isinstance(templates, dict):
        raise ValueError(f"templates must be a dict of label -> picture, not {type(templates).__name__}")
    if not templates:
        raise ValueError("there are no templates to compare the image with")


def _require_features(features):
    if isinstance(features, dict):
        raise ValueError("features must be a list of arrays; of a dict, take list(features.values())")
    if not isinstance(features, (list, tuple, np.ndarray)):
        raise ValueError(f"features must be a list of arrays, not {type(features).__name__}")
    if len(features) == 0:
        raise ValueError("there are no features to filter the image with")
    shapes = [_as_numbers(feature, "feature").shape for feature in features]
    for shape in shapes:
        if shape != shapes[0]:
            raise ValueError(
                f"features must all have the same shape, but one is {shapes[0]} and another {shape}"
            )
