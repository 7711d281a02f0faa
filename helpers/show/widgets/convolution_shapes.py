"""A window with knobs for kernel, stride, padding and depths, and the shapes that come out (lesson 03)."""

import numpy as np
import traitlets

from helpers import reference
from helpers.show.figures.pictures import pictures
from helpers.show.widgets.base import PictureTrait, Widget, as_pixels, in_range

SMALLEST, LARGEST = 5, 16
RANGES = {"kernel_size": (1, 7), "stride": (1, 4), "padding": (0, 3), "channels": (1, 4), "filters": (1, 8)}


class ConvolutionShapes(Widget):
    """Where the window is, whether it tiles the image, how large the output is, how many parameters.

    Parameters
    ----------
    image : ndarray of shape (height, width)
        Pixels from -1 to 1; 5 to 16 rows and columns.
    kernel_size, stride, padding, channels, filters : int
        The knobs at the start. All channels are drawn as the one image.

    Attributes
    ----------
    kernel_size, stride, padding, channels, filters : int
        The knobs.
    position : list of int
        Row and column of the output entry whose window is outlined.

    Raises
    ------
    ValueError
        If `image` is not an image of that size, or a knob is outside its range.
    """

    image = PictureTrait()
    ranges = traitlets.Dict(read_only=True).tag(sync=True)
    kernel_size = traitlets.Int(3).tag(sync=True)
    stride = traitlets.Int(1).tag(sync=True)
    padding = traitlets.Int(0).tag(sync=True)
    channels = traitlets.Int(1).tag(sync=True)
    filters = traitlets.Int(1).tag(sync=True)
    position = traitlets.List([0, 0]).tag(sync=True)

    def __init__(self, image, kernel_size=3, stride=1, padding=0, channels=1, filters=1):
        """Set the knobs, and put the window on the upper left corner."""
        image = as_pixels(image, "the image", LARGEST)
        if min(image.shape) < SMALLEST:
            raise ValueError(f"the image {image.shape} needs at least {SMALLEST} rows and columns")
        super().__init__()
        largest = min(RANGES["kernel_size"][1], *image.shape)
        self.set_trait("ranges", {**RANGES, "kernel_size": (1, largest)})
        self.image = image
        knobs = {"kernel_size": kernel_size, "stride": stride, "padding": padding}
        for name, value in {**knobs, "channels": channels, "filters": filters}.items():
            setattr(self, name, value)

    @property
    def output_shape(self) -> tuple[int, int, int]:
        """Depth, height and width of the output."""
        sizes = (
            reference.output_size(side, self.kernel_size, self.stride, self.padding)
            for side in self.image.shape
        )
        return (self.filters, *sizes)

    @property
    def parameters(self) -> int:
        """The number of weights and biases of all filters."""
        return reference.conv_parameters(self.channels, self.filters, self.kernel_size)

    @property
    def unseen(self) -> np.ndarray:
        """True for the pixels of the padded image that no window covers."""
        padded = np.pad(self.image, self.padding)
        seen = np.zeros(padded.shape, dtype=bool)
        for row in range(self.output_shape[1]):
            for column in range(self.output_shape[2]):
                top, left = row * self.stride, column * self.stride
                seen[top : top + self.kernel_size, left : left + self.kernel_size] = True
        return ~seen

    @traitlets.validate(*RANGES)
    def _is_in_range(self, proposal):
        name = proposal["trait"].name
        return in_range(proposal["value"], name, *self.ranges.get(name, RANGES[name]))

    def _still(self):
        depth, rows, columns = self.output_shape
        row, column = (
            min(index, last - 1) for index, last in zip(self.position, (rows, columns), strict=True)
        )
        window = (row * self.stride, column * self.stride, self.kernel_size, self.kernel_size)
        return pictures(
            [np.pad(self.image, self.padding), np.zeros((rows, columns))],
            ["padded image", f"one of {depth} maps" if depth > 1 else "feature map"],
            ["pixel", "signed"],
            values=False,
            windows=[window, (row, column, 1, 1)],
            marks=[self.unseen, None],
            alt=f"The image {self.image.shape} with a border of {self.padding} zeros, under a window of "
            f"side {self.kernel_size} in steps of {self.stride}: {rows} x {columns} positions, "
            f"{self.unseen.sum()} pixels not seen, {self.parameters} parameters.",
        )
