"""A feature that slides over an image and fills its feature map, match by match (lesson 02)."""

from collections.abc import Mapping

import numpy as np
import traitlets

from helpers import reference
from helpers.show.figures.pictures import pictures
from helpers.show.widgets.base import PictureTrait, Widget, as_array, as_pixels, by_name, known

LARGEST = 32


class SlideFeature(Widget):
    """A feature that slides over an image, the arithmetic of one match, and the feature map that grows.

    Parameters
    ----------
    image : ndarray of shape (height, width)
        Pixels from -1 to 1.
    feature : ndarray of shape (rows, columns), or dict
        The feature, or several by name to choose from. Drawn as pixels where its values lie between -1 and 1,
        else as signed weights.

    Attributes
    ----------
    position : list of int
        Row and column of the window's top-left pixel.
    visited : list of list of bool
        Which entries of the feature map are shown.
    feature_name : str
        The chosen feature.

    Raises
    ------
    ValueError
        If `image` or a feature is not a two-dimensional array, or a feature is larger than the image.
    """

    image = PictureTrait()
    features = traitlets.List(read_only=True).tag(sync=True)  # pairs, because JSON forgets the order
    feature_name = traitlets.Unicode().tag(sync=True)
    position = traitlets.List([0, 0]).tag(sync=True)
    visited = traitlets.List([[True]]).tag(sync=True)

    def __init__(self, image, feature):
        """Put the window on the image's top-left corner."""
        image = as_pixels(image, "the image", LARGEST)
        if isinstance(feature, Mapping):
            self._arrays = by_name(feature, "feature", as_array)
        else:
            self._arrays = {"feature": as_array(feature, "the feature")}
        for name, array in self._arrays.items():
            if array.shape[0] > image.shape[0] or array.shape[1] > image.shape[1]:
                raise ValueError(
                    f"the feature {name!r}, {array.shape}, is larger than the image, {image.shape}"
                )
        super().__init__()
        self.image = image
        self.set_trait("features", [[name, array.tolist()] for name, array in self._arrays.items()])
        self.feature_name = next(iter(self._arrays))

    @property
    def feature_map(self) -> np.ndarray:
        """The match at each visited position, nan elsewhere; shape (height_out, width_out)."""
        return np.where(self.visited, self._full_map(), np.nan)

    def _full_map(self):
        return reference.filter_image(self.image, self._arrays[self.feature_name])

    @traitlets.validate("feature_name")
    def _is_known(self, proposal):
        return known(proposal["value"], "feature", self._arrays)

    @traitlets.validate("position")
    def _is_inside(self, proposal):
        place, shape = list(proposal["value"]), self._full_map().shape
        if len(place) != 2 or not all(
            0 <= index < length for index, length in zip(place, shape, strict=True)
        ):
            raise ValueError(f"position {tuple(place)} lies outside the feature map of shape {shape}")
        return [int(index) for index in place]

    @traitlets.observe("feature_name")
    def _keep_shape(self, change):
        shape = self._full_map().shape
        if np.shape(self.visited) != shape:
            self.visited = np.zeros(shape, dtype=bool).tolist()
            self.position = [0, 0]
            self._remember(change)

    @traitlets.observe("position")
    def _remember(self, change):
        visited = np.array(self.visited)
        visited[tuple(self.position)] = True
        self.visited = visited.tolist()

    def _still(self):
        name, (row, column) = self.feature_name, self.position
        feature, full_map = self._arrays[name], self._full_map()
        return pictures(
            [self.image, feature, full_map],
            titles=["image", name, "feature map"],
            windows=[(row, column, *feature.shape), None, (row, column, 1, 1)],
            kind=["pixel", "pixel" if np.abs(feature).max() <= 1 else "signed", "signed"],
            alt=f"The window of the feature {name!r}, {feature.shape}, on the image, {self.image.shape}; "
            f"at row {row}, column {column} the match is {full_map[row, column]:.2f}.",
        )
