"""A window that walks back over an image and fills the gradients of image and kernel (lesson 12)."""

import numpy as np
import traitlets

from helpers.show.figures.pictures import pictures
from helpers.show.parts.tiles import largest
from helpers.show.widgets.base import Widget, as_array

LARGEST = 6
STILL = 4  # windows in the picture that is shown where no widget can be


class WindowWalk(Widget):
    """How a convolution's window, walking once more, fills the gradients of image and kernel.

    At each position the kernel times the upstream gradient is added to the image's gradient, and the patch
    times the upstream gradient to the kernel's. One channel, one filter, stride 1, no padding.

    Parameters
    ----------
    image : ndarray of shape (height, width)
        At most 6 rows and columns.
    kernel : ndarray of shape (kernel_height, kernel_width)
    grad_output : ndarray of shape (height - kernel_height + 1, width - kernel_width + 1)
        The upstream gradient of each position.

    Attributes
    ----------
    step : int
        How many positions have been visited, in reading order.
    frames : list
        For each number of visited positions "image" and "kernel": the two gradients so far.

    Raises
    ------
    ValueError
        If an argument is not an array of rows and columns, or the upstream gradient does not fit.
    """

    image = traitlets.List(read_only=True).tag(sync=True)
    kernel = traitlets.List(read_only=True).tag(sync=True)
    grad_output = traitlets.List(read_only=True).tag(sync=True)
    frames = traitlets.List(read_only=True).tag(sync=True)
    step = traitlets.Int(0).tag(sync=True)

    def __init__(self, image, kernel, grad_output):
        """Compute the gradients after each position; none has been visited yet."""
        arrays = {"image": image, "kernel": kernel, "grad_output": grad_output}
        self._arrays = {name: as_array(array, f"the {name}", LARGEST) for name, array in arrays.items()}
        _require_fit(*self._arrays.values())
        super().__init__()
        self._gradients = _gradients(*self._arrays.values())
        for name, array in self._arrays.items():
            self.set_trait(name, array.tolist())
        frames = [{"image": first.tolist(), "kernel": second.tolist()} for first, second in self._gradients]
        self.set_trait("frames", frames)

    @traitlets.validate("step")
    def _is_in_range(self, proposal):
        last = self._arrays["grad_output"].size
        if not 0 <= proposal["value"] <= last:
            raise ValueError(f"the window visits 0 to {last} positions, not {proposal['value']}")
        return proposal["value"]

    def _still(self):
        kernel, grad_output = self._arrays["kernel"], self._arrays["grad_output"]
        last = grad_output.size
        steps = [round(last * (number + 1) / min(STILL, last)) for number in range(min(STILL, last))]
        places = [np.unravel_index(step - 1, grad_output.shape) for step in steps]
        both = [[self._gradients[step][part] for step in steps] for part in (0, 1)]
        names = [f"{name}, window {step}" for name in ("image", "kernel") for step in steps]
        return pictures(
            [*both[0], *both[1]],
            names,
            "signed",
            windows=[(*place, *kernel.shape) for place in places] + [None] * len(steps),
            limit=[largest(array) for array in [*both[0], *both[1]]],
            alt=f"Upper row: the image's gradient after {', '.join(map(str, steps))} of {last} windows, the "
            f"last one outlined. Lower row: the kernel's gradient. At the end they are "
            f"{_text(both[0][-1])} and {_text(both[1][-1])}.",
        )


def _gradients(image, kernel, grad_output):
    """(image's, kernel's) gradient after 0, 1, 2, ... positions."""
    grad_image, grad_kernel = np.zeros(image.shape), np.zeros(kernel.shape)
    height, width = kernel.shape
    frames = [(grad_image.copy(), grad_kernel.copy())]
    for (row, column), upstream in np.ndenumerate(grad_output):
        patch = np.s_[row : row + height, column : column + width]
        grad_image[patch] += upstream * kernel
        grad_kernel += upstream * image[patch]
        frames.append((grad_image.copy(), grad_kernel.copy()))
    return frames


def _text(array):
    return str([[round(value, 2) for value in line] for line in array.tolist()])


def _require_fit(image, kernel, grad_output):
    shape = tuple(side - of_kernel + 1 for side, of_kernel in zip(image.shape, kernel.shape, strict=True))
    if min(shape) < 1:
        raise ValueError(f"the kernel {kernel.shape} is larger than the image {image.shape}")
    if grad_output.shape != shape:
        raise ValueError(f"the upstream gradient needs the shape {shape}, not {grad_output.shape}")
