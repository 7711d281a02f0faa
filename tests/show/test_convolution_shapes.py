"""The shapes of a convolution as Python sees them."""

import numpy as np
import pytest
import traitlets

from helpers import data, reference
from helpers.show.widgets import ConvolutionShapes


def test_shapes_and_parameters_follow_the_knobs():
    widget = ConvolutionShapes(data.X, kernel_size=5, padding=2, channels=3, filters=8)
    assert widget.output_shape == (8, 9, 9)
    assert widget.parameters == 8 * (3 * 25 + 1)
    widget.stride, widget.padding = 2, 0
    assert widget.output_shape == (8, 3, 3)


@pytest.mark.parametrize("shape", [(9, 9), (5, 8), (16, 7)])
@pytest.mark.parametrize("knobs", [(3, 1, 0), (4, 2, 0), (2, 3, 1), (5, 4, 3)])
def test_unseen_pixels_are_those_that_change_nothing(shape, knobs):
    kernel_size, stride, padding = knobs
    widget = ConvolutionShapes(np.zeros(shape), kernel_size, stride, padding)
    padded = np.zeros(np.array(shape) + 2 * padding)
    kernel = np.ones((kernel_size, kernel_size))
    for row, column in np.ndindex(*padded.shape):
        padded[row, column] = 1
        assert widget.unseen[row, column] == (not reference.convolve_image(padded, kernel, stride).any())
        padded[row, column] = 0


def test_a_small_image_limits_the_kernel():
    widget = ConvolutionShapes(np.zeros((5, 9)))
    widget.kernel_size = 5
    assert widget.output_shape == (1, 1, 5)
    with pytest.raises((ValueError, traitlets.TraitError), match="from 1 to 5"):
        widget.kernel_size = 6


def test_the_still_picture_says_what_is_seen():
    data_, metadata = ConvolutionShapes(data.X, 4, 2, filters=2)._repr_mimebundle_()
    assert data_["text/plain"] == (
        "The image (9, 9) with a border of 0 zeros, under a window of side 4 in steps of 2: 3 x 3 positions, "
        "17 pixels not seen, 34 parameters."
    )
    assert metadata["image/png"]["alt"] == data_["text/plain"]
    outside = ConvolutionShapes(data.X, 5, 2)
    outside.position = [7, 7]
    assert "3 x 3 positions" in outside._repr_mimebundle_()[0]["text/plain"]


@pytest.mark.parametrize(
    ("image", "knobs", "sentence"),
    [
        (np.zeros((4, 9)), {}, r"the image \(4, 9\) needs at least 5 rows and columns"),
        (np.zeros((17, 9)), {}, "at most 16"),
        (2 * data.X, {}, "between -1 and 1"),
        (data.X, {"stride": 0}, "stride goes from 1 to 4, not to 0"),
        (data.X, {"kernel_size": 8}, "kernel_size goes from 1 to 7, not to 8"),
        (data.X, {"padding": -1}, "padding goes from 0 to 3, not to -1"),
    ],
)
def test_what_cannot_be_shown_is_told(image, knobs, sentence):
    with pytest.raises((ValueError, traitlets.TraitError), match=sentence):
        ConvolutionShapes(image, **knobs)
