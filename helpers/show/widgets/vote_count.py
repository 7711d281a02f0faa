"""A letter to change and weights to turn, and the votes that the pooled values cast (lesson 09)."""

import numpy as np
import traitlets

from helpers import reference
from helpers.show.figures.votes import votes
from helpers.show.widgets.base import PictureTrait, Widget, as_array, as_pixels, by_name

LARGEST = 16
_WINDOW = 2  # of the pooling
_MOST_VALUES = 64


class VoteCount(Widget):
    """An image that becomes votes: feature maps, pooled; every value's vote as a bar; sums and shares.

    The image can be chosen, shifted, and drawn on; each weight and each bias can be turned.

    Parameters
    ----------
    letters : dict
        Name -> ndarray of shape (height, width), pixels from -1 to 1, the images to choose from.
    kernels : ndarray of shape (n_kernels, rows, columns)
        Convolved with the image; ReLU and max pooling, 2 x 2 with partial windows, follow.
    weight : ndarray of shape (n_classes, n_values)
        For the pooled values in the order of `reference.flatten`.
    bias : ndarray of shape (n_classes,)
    channels : list of str, optional
        The kernels' names.
    classes : list of str

    Attributes
    ----------
    image, weight : ndarray
    bias : list of float
    selected : int
        The value whose weights can be turned.

    Raises
    ------
    ValueError
        If the shapes do not fit together.
    """

    letters = traitlets.List(read_only=True).tag(sync=True)  # pairs, because JSON forgets the order
    kernels = traitlets.List(read_only=True).tag(sync=True)
    channels = traitlets.List(read_only=True).tag(sync=True)
    classes = traitlets.List(read_only=True).tag(sync=True)
    start = traitlets.Dict(read_only=True).tag(sync=True)
    image = PictureTrait()
    weight = PictureTrait()
    bias = traitlets.List([0.0]).tag(sync=True)
    selected = traitlets.Int(0).tag(sync=True)

    def __init__(self, letters, kernels, weight, bias, channels=None, classes=("X", "O")):
        """Show the first letter, and select the value with the largest weight."""
        letters = by_name(letters, "letter", _letter)
        kernels, weight = _kernels(kernels), as_array(weight, "the weight")
        bias = [float(number) for number in bias]
        channels = channels or [f"channel {index}" for index in range(len(kernels))]
        self._filters = kernels[:, None]  # (n_kernels, 1, rows, columns)
        self._require_fitting(letters, weight, bias, channels, classes)
        super().__init__()
        self.set_trait("letters", [[name, array.tolist()] for name, array in letters.items()])
        self.set_trait("kernels", kernels.tolist())
        self.set_trait("channels", list(channels))
        self.set_trait("classes", list(classes))
        self.set_trait("start", {"weight": weight.tolist(), "bias": bias})
        self.image, self.weight, self.bias = next(iter(letters.values())), weight, bias
        self.selected = int(np.abs(weight).max(axis=0).argmax())

    @property
    def stack(self):
        """The values that vote, of shape (n_kernels, height, width)."""
        return self._pooled(self.image)

    @property
    def logits(self):
        """The sums of the votes, one for each class."""
        return reference.linear(self.stack.reshape(1, -1), self.weight, np.array(self.bias))[0]

    def _pooled(self, image):
        maps = reference.relu(reference.conv2d(image[None, None], self._filters))
        return reference.max_pool2d(maps, _WINDOW, partial=True)[0]

    def _require_fitting(self, letters, weight, bias, channels, classes):
        shapes = {array.shape for array in letters.values()}
        if len(shapes) > 1:
            raise ValueError(f"the letters must all have the same shape; they have {sorted(shapes)}")
        size = self._pooled(next(iter(letters.values()))).size
        if size > _MOST_VALUES:
            raise ValueError(f"{size} values would vote; the widget shows at most {_MOST_VALUES}")
        if weight.shape != (len(classes), size):
            raise ValueError(f"the weight must have the shape ({len(classes)}, {size}), not {weight.shape}")
        if len(bias) != len(classes):
            raise ValueError(
                f"the bias must hold {len(classes)} numbers, one for each class, not {len(bias)}"
            )
        if len(channels) != len(self._filters):
            raise ValueError(f"there are {len(self._filters)} kernels, but {len(channels)} names")

    @traitlets.validate("image")
    def _image_fits(self, proposal):
        image = as_pixels(proposal["value"], "the image")
        return self._same_shape(image, np.array(self.letters[0][1]), "image", proposal)

    @traitlets.validate("weight")
    def _weight_fits(self, proposal):
        return self._same_shape(proposal["value"], np.array(self.start["weight"]), "weight", proposal)

    @traitlets.validate("bias")
    def _bias_fits(self, proposal):
        if self.start and len(proposal["value"]) != len(self.classes):
            raise ValueError(f"the bias must hold {len(self.classes)} numbers, not {len(proposal['value'])}")
        return proposal["value"]

    @traitlets.validate("selected")
    def _selected_fits(self, proposal):
        count = self.weight.shape[1]
        if not 0 <= proposal["value"] < count:
            raise ValueError(f"the values are numbered from 0 to {count - 1}, not {proposal['value']}")
        return proposal["value"]

    def _same_shape(self, array, wanted, name, proposal):
        if array.shape != wanted.shape:
            raise ValueError(f"the {name} must have the shape {wanted.shape}, not {array.shape}")
        return proposal["value"]

    def _still(self):
        return votes(self.stack, self.weight, np.array(self.bias), self.channels, self.classes, self.selected)


def _letter(values, what: str) -> np.ndarray:
    return as_pixels(values, what, LARGEST)


def _kernels(kernels) -> np.ndarray:
    """The kernels as an array of three dimensions, or one sentence that says why they are not."""
    kernels = np.array([as_array(kernel, "a kernel") for kernel in kernels])
    if kernels.ndim != 3:
        raise ValueError("the widget needs at least one kernel")
    return kernels
