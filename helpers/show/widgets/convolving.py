"""A convolution's arrays as people pass them: read, checked, and what their own function makes of them."""

from collections.abc import Callable

import numpy as np

from helpers import reference
from helpers.show.widgets.base import as_numbers, kind_of, shortened

LARGEST, MOST_CHANNELS, MOST_FILTERS = 7, 3, 4
LARGEST_NUMBER = 1000
CHOICES = {"stride": (1, 2), "padding": (0, 1, 2), "speed": ("slow", "normal", "fast")}
NAMES = {
    "image": "the image",
    "weight": "the filters",
    "bias": "the bias",
    "grad_output": "the upstream gradient",
}
_LONGEST_SENTENCE = 150


def read_arrays(image, weight, bias) -> dict[str, np.ndarray]:
    """Image, filters and biases with all their axes, if they fit together."""
    image = _with_axes(image, "the image", 3)
    weight = _with_axes(weight, "the filters", 4)
    bias = np.zeros(len(weight)) if bias is None else np.atleast_1d(as_numbers(bias, "the bias"))
    arrays = {"image": image, "weight": weight, "bias": bias}
    _require_sizes(image, weight)
    if bias.shape != (len(weight),):
        raise ValueError(f"the bias needs one number for each of the {len(weight)} filters, not {bias.shape}")
    return {name: moderate(array, name) for name, array in arrays.items()}


def read_upstream(grad_output, positions, largest_positions) -> np.ndarray:
    """The upstream gradient with all its axes, with room for the largest maps; 1 where nothing is given."""
    upstream = np.ones(largest_positions)
    if grad_output is not None:
        given = moderate(_with_axes(grad_output, NAMES["grad_output"], 3), "grad_output")
        if given.shape != positions:
            raise ValueError(f"the upstream gradient needs the shape {positions}, not {given.shape}")
        upstream[:, : positions[1], : positions[2]] = given
    return upstream


def map_shape(image, weight, stride, padding) -> tuple[int, int, int]:
    """Depth, rows and columns of what comes out."""
    sides = zip(image.shape[1:], weight.shape[2:], strict=True)
    return (len(weight), *(reference.output_size(*side, stride, padding) for side in sides))


def moderate(array, name) -> np.ndarray:
    """The array, if there is room to write its numbers."""
    if np.abs(array).max() > LARGEST_NUMBER:
        raise ValueError(f"{NAMES[name]} may hold numbers from {-LARGEST_NUMBER} to {LARGEST_NUMBER}")
    return array


def one_of(value, name):
    """The value, if it is one of the choices."""
    if value not in CHOICES[name]:
        *others, last = map(str, CHOICES[name])
        raise ValueError(f"the {name} is {', '.join(others)} or {last}, not {value!r}")
    return value


def judged(conv2d: Callable, arguments, expected) -> tuple[np.ndarray, str]:
    """What the learner's function returns for one image, nan where that is nothing, and a sentence."""
    name, nothing = getattr(conv2d, "__name__", "conv2d"), np.full(expected.shape, np.nan)
    try:
        answer = conv2d(*arguments)
    except (Exception, KeyboardInterrupt, SystemExit) as error:  # it is the learner's
        sentence = f"{name} stopped with {type(error).__name__}: {error}"
        return nothing, shortened(sentence, _LONGEST_SENTENCE)
    maps = _numbers(answer)
    if maps is None:
        return nothing, f"{name} returned {kind_of(answer)} instead of an array of numbers."
    if maps.shape != (1, *expected.shape):
        return nothing, f"{name} returned the shape {maps.shape} instead of {(1, *expected.shape)}."
    return maps[0].astype(float), _difference(name, maps[0], expected)


def _numbers(answer) -> np.ndarray | None:
    try:
        array = np.asarray(answer)
    except ValueError:  # rows of different lengths
        return None
    return array if array.dtype.kind in "biuf" else None


def _difference(name, output, expected) -> str:
    """Where the first wrong entry is, in a sentence; empty if all are right."""
    wrong = np.argwhere(~np.isclose(output, expected))
    if not len(wrong):
        return ""
    k, row, column = place = tuple(map(int, wrong[0]))
    return (
        f"{name} returned {output[place]:g} at row {row}, column {column} of map {k}, but the products and "
        f"the bias add up to {expected[place]:g}."
    )


def _with_axes(values, what, count) -> np.ndarray:
    """The array with `count` axes; those in front may be left out where they have length 1."""
    array = as_numbers(values, what)
    if not 2 <= array.ndim <= count or 0 in array.shape:
        raise ValueError(f"{what} needs rows and columns, such as (3, 3); this has shape {array.shape}")
    return array[(np.newaxis,) * (count - array.ndim)]


def _require_sizes(image, weight):
    """The filters are as deep as the image and not larger, and there is room to show everything."""
    (channels, *size), (filters, depth, *kernel) = image.shape, weight.shape
    if max(size) > LARGEST or channels > MOST_CHANNELS:
        raise ValueError(
            f"the image has shape {image.shape}; the widget shows at most {MOST_CHANNELS} channels and "
            f"{LARGEST} rows or columns"
        )
    if filters > MOST_FILTERS:
        raise ValueError(f"there are {filters} filters; the widget shows at most {MOST_FILTERS}")
    if depth != channels:
        raise ValueError(f"the filters have {depth} channels, but the image has {channels}")
    if kernel[0] > size[0] or kernel[1] > size[1]:
        raise ValueError(f"the kernel {tuple(kernel)} is larger than the image {tuple(size)}")
