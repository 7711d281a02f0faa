"""A convolution with all its numbers, whose window walks forward and backward (lessons 04 and 12)."""

import numpy as np
import traitlets

from helpers import reference
from helpers.show.figures.pictures import pictures
from helpers.show.parts.labels import counted, short_text
from helpers.show.parts.tiles import largest
from helpers.show.widgets.base import Answering, ArrayTrait, kind_of
from helpers.show.widgets.convolving import (
    CHOICES,
    NAMES,
    judged,
    map_shape,
    moderate,
    one_of,
    read_arrays,
    read_upstream,
)

STILL = 4  # windows in the picture of a walk backward that is shown where no widget can be


class ConvolutionDemo(Answering):
    """A convolution of a few channels and filters in which every number can be seen and changed.

    Forward, the window shows each channel's products, their sums, the bias, and the value that lands in the
    map. Backward, each position adds its upstream gradient times the filters to the image's gradient, and
    its upstream gradient times the patch to the filters'.

    Parameters
    ----------
    image : ndarray of shape (C, H, W) or (H, W)
        Up to 3 channels of up to 7 rows and columns.
    weight : ndarray of shape (K, C, kH, kW), (C, kH, kW) or (kH, kW)
        Up to 4 filters.
    bias : ndarray of shape (K,), optional
        One number for each filter; by default 0.
    stride : {1, 2}
    padding : {0, 1, 2}
    grad_output : ndarray of shape (K, H_out, W_out) or (H_out, W_out), optional
        The upstream gradient of each position; by default 1. If it is given, the window walks backward.
    conv2d : callable
        What computes the maps; it is called as ``conv2d(x, weight, bias, stride, padding)``.

    Attributes
    ----------
    image, weight, bias, grad_output : ndarray
        With all axes; each may be replaced by another one of its shape, of numbers from -1000 to 1000.
    stride, padding : int
        When one of them changes, the walk begins anew.
    filter_number : int
        The filter that is shown.
    step : int
        How many positions have been visited, in reading order.
    backward : bool
        Which way the window walks.
    speed : {"slow", "normal", "fast"}
    output : ndarray of shape (K, H_out, W_out)
        What `conv2d` returned; nan where it failed.

    Raises
    ------
    ValueError
        If the arrays do not fit together or are too large, or there is no such choice.
    """

    image = ArrayTrait()
    weight = ArrayTrait()
    bias = ArrayTrait()
    grad_output = ArrayTrait()
    stride = traitlets.Int(1).tag(sync=True)
    padding = traitlets.Int(0).tag(sync=True)
    filter_number = traitlets.Int(0).tag(sync=True)
    step = traitlets.Int(0).tag(sync=True)
    reached = traitlets.Int(0, read_only=True).tag(sync=True)  # the last step that has been visited so far
    backward = traitlets.Bool(False).tag(sync=True)
    speed = traitlets.Unicode("normal").tag(sync=True)

    def __init__(
        self, image, weight, bias=None, stride=1, padding=0, grad_output=None, conv2d=reference.conv2d
    ):
        """Compute the maps, and put the window on the first position, or before it if it walks backward."""
        if not callable(conv2d):
            raise ValueError(f"conv2d must be a function, not {kind_of(conv2d)}")
        arrays = read_arrays(image, weight, bias)
        pair = arrays["image"], arrays["weight"]
        shape = map_shape(*pair, one_of(stride, "stride"), one_of(padding, "padding"))
        self._upstream = read_upstream(grad_output, shape, map_shape(*pair, 1, CHOICES["padding"][-1]))
        arrays["grad_output"] = self._upstream[:, : shape[1], : shape[2]].copy()
        self._conv2d, self._shapes = conv2d, {name: array.shape for name, array in arrays.items()}
        super().__init__(**arrays, stride=stride, padding=padding, backward=grad_output is not None)
        self.step = 0 if self.backward else 1
        self._convolve()
        self.observe(self._convolve, ["image", "weight", "bias"])
        self.observe(self._hand_on, ["grad_output", "backward"])
        self.observe(self._walk_anew, ["stride", "padding"])

    def gradients(self, step: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """The gradients of image, weight and bias once `step` positions have been visited."""
        order = np.arange(self.grad_output[0].size).reshape(self.grad_output[0].shape)
        visited = np.where(order < step, self.grad_output, 0.0)  # as if the others sent nothing back
        rest = self.image[np.newaxis], self.weight, self.bias, self.stride, self.padding
        grad_x, grad_weight, grad_bias = reference.conv2d_backward(visited[np.newaxis], *rest)
        return grad_x[0], grad_weight, grad_bias

    @traitlets.validate(*NAMES)
    def _fits(self, proposal):
        name, array = proposal["trait"].name, proposal["value"]
        if array.shape != self._shapes[name]:
            raise ValueError(f"{NAMES[name]} must keep the shape {self._shapes[name]}, not {array.shape}")
        return moderate(array, name)

    @traitlets.validate(*CHOICES)
    def _is_a_choice(self, proposal):
        return one_of(proposal["value"], proposal["trait"].name)

    @traitlets.validate("filter_number")
    def _is_a_filter(self, proposal):
        last = len(self.weight) - 1
        if not 0 <= proposal["value"] <= last:
            raise ValueError(f"the filters are numbered from 0 to {last}, not {proposal['value']}")
        return proposal["value"]

    @traitlets.validate("step")
    def _is_in_range(self, proposal):
        last = self.grad_output[0].size
        if not 0 <= proposal["value"] <= last:
            raise ValueError(f"the window visits 0 to {last} positions, not {proposal['value']}")
        return proposal["value"]

    @traitlets.observe("step")
    def _reach(self, change):
        self.set_trait("reached", max(self.reached, change["new"]) if change["new"] else 0)

    def _walk_anew(self, _):
        """Begin again on maps of another size; the upstream gradients in them stay as they are."""
        self.step = min(1, self.step)
        self.set_trait("reached", self.step)
        shape = map_shape(self.image, self.weight, self.stride, self.padding)
        if shape == self.grad_output.shape:
            self._convolve()
            return
        self._shapes["grad_output"] = shape
        self._compute_output()
        self.grad_output = self._upstream[:, : shape[1], : shape[2]].copy()  # and all is handed on

    def _convolve(self, _=None):
        self._compute_output()
        self._hand_on()

    def _compute_output(self):
        """Ask the function for the maps, and keep what there is to say about them."""
        x, knobs = self.image[np.newaxis], (self.stride, self.padding)
        expected = reference.conv2d(x, self.weight, self.bias, *knobs)[0]
        copies = [array.copy() for array in (x, self.weight, self.bias)]
        self.output, self._sentence = judged(self._conv2d, (*copies, *knobs), expected)

    def _hand_on(self, _=None):
        """Send the browser everything that follows from the numbers."""
        _, rows, columns = self.grad_output.shape
        self._upstream[:, :rows, :columns] = self.grad_output
        steps = range(rows * columns + 1) if self.backward else []
        self.answer(
            output=np.where(np.isfinite(self.output), self.output, None).tolist(),
            frames=[_frame(*self.gradients(step)) for step in steps],
            knobs=[self.stride, self.padding],
            sentence=self._sentence,
        )

    def _still(self):
        return _still_backward(self) if self.backward else _still_forward(self)

    @property
    def _place(self):
        """Row and column of the position in hand."""
        return tuple(map(int, np.unravel_index(max(0, self.step - 1), self.grad_output[0].shape)))


def _frame(grad_image, grad_weight, grad_bias):
    arrays = {"image": grad_image, "weight": grad_weight, "bias": grad_bias}
    return {name: array.round(9).tolist() for name, array in arrays.items()}


def _still_forward(demo):
    """The padded channels with the window and the kernels of one filter, and the maps next to them."""
    (row, column), chosen, kernels = demo._place, demo.filter_number, demo.weight[demo.filter_number]
    top, left = row * demo.stride, column * demo.stride
    patch = np.pad(demo.image, ((0, 0), *[(demo.padding,) * 2] * 2))
    window = (top, left, *kernels.shape[1:])
    channels = [(channel, f"channel {index}", window) for index, channel in enumerate(patch)]
    inputs = [(kernel, f"kernel {index}", None) for index, kernel in enumerate(kernels)]
    maps = [(each, f"map {index}", (row, column, 1, 1)) for index, each in enumerate(demo.output)]
    half = (len(maps) + 1) // 2
    arrays, titles, windows = zip(*channels, *maps[:half], *inputs, *maps[half:], strict=True)
    sums = np.sum(patch[:, top : top + window[2], left : left + window[3]] * kernels, axis=(1, 2))
    terms = [*sums, demo.bias[chosen]]
    return pictures(
        arrays,
        titles,
        "signed",
        True,
        windows,
        alt=f"{counted(len(channels), 'channel')} padded by {demo.padding}, the kernels of filter {chosen}, "
        f"and {counted(len(maps), 'map')}. At row {row}, column {column} of map {chosen} the sums of the "
        f"products and the bias are {' + '.join(map(short_text, terms))} = {short_text(sum(terms))}."
        + (f" {demo.result['sentence']}" if demo.result["sentence"] else ""),
    )


def _still_backward(demo):
    """The gradients of the first channel and of its kernel, after a few windows."""
    kernel, (rows, columns) = demo.weight.shape[2:], demo.grad_output.shape[1:]
    last = rows * columns
    steps = [round(last * (number + 1) / min(STILL, last)) for number in range(min(STILL, last))]
    gradients = [demo.gradients(step) for step in steps]
    image = [np.pad(grad_image[0], demo.padding) for grad_image, _, _ in gradients]
    of_kernel = [grad_weight[demo.filter_number, 0] for _, grad_weight, _ in gradients]
    corners = [np.multiply(np.unravel_index(step - 1, (rows, columns)), demo.stride) for step in steps]
    return pictures(
        [*image, *of_kernel],
        [f"{name}, window {step}" for name in ("image", "kernel") for step in steps],
        "signed",
        windows=[(*map(int, corner), *kernel) for corner in corners] + [None] * len(steps),
        limit=[largest(array) for array in [*image, *of_kernel]],
        alt=f"Upper row: the image's gradient after {', '.join(map(str, steps))} of {last} windows, the last "
        f"one outlined. Lower row: the kernel's gradient. At the end they are {_text(image[-1])} and "
        f"{_text(of_kernel[-1])}.",
    )


def _text(array):
    return str(array.round(2).tolist())
