"""What the reference functions ask of their arguments: numbers, of one float type, in a shape that fits."""

import operator

import numpy as np


def _as_numbers(array, name):
    """The array itself if it is of floats, else a float64 copy; an error if it holds no numbers."""
    try:
        array = np.asarray(array)
    except ValueError:
        raise ValueError(f"{name}: the rows have different lengths") from None
    if array.dtype.kind not in "biuf":
        raise ValueError(f"{name} must be an array of numbers, not {_described(array)}")
    return array if array.dtype.kind == "f" else array.astype(float)


def _described(array):
    """What something that is not an array of numbers is, in a few words."""
    return type(array.item()).__name__ if array.ndim == 0 else f"an array of {array.dtype}"


def _as_floats(**arrays):
    """The arrays, in order, all of the widest float dtype among them; a bias may be None, and stays it."""
    given = {name: array for name, array in arrays.items() if name != "bias" or array is not None}
    numbers = {name: _as_numbers(array, name) for name, array in given.items()}
    dtype = np.result_type(*numbers.values())
    return [numbers[name].astype(dtype, copy=False) if name in numbers else None for name in arrays]


def _as_size(number, name, least=1):
    """The number as an int; an error if it is not a whole number or less than `least`."""
    try:
        size = operator.index(number)
    except TypeError:
        size = None
    if size is None or size < least:
        raise ValueError(f"{name} must be a whole number of at least {least}, not {number!r}")
    return size


def _as_pair(size, name):
    """(height, width), both ints; one whole number stands for a square."""
    sizes = tuple(size) if isinstance(size, (tuple, list)) else (size, size)
    if len(sizes) != 2:
        raise ValueError(f"{name} must be one number or (height, width), not {size!r}")
    return _as_size(sizes[0], name), _as_size(sizes[1], name)


def _require_pixels(array, name):
    if array.size == 0:
        raise ValueError(f"{name} {array.shape} has no pixels")


def _require_two_dimensions(array, name):
    if array.ndim != 2:
        raise ValueError(f"{name} must have two dimensions, (height, width), not the shape {array.shape}")
    _require_pixels(array, name)


def _require_dimensions(array, name, *dimensions):
    """An error unless the array has the named dimensions and holds at least one number."""
    if array.ndim != len(dimensions):
        words = {1: "one dimension", 2: "two dimensions", 3: "three dimensions", 4: "four dimensions"}
        meaning = f"({dimensions[0]},)" if len(dimensions) == 1 else f"({', '.join(dimensions)})"
        raise ValueError(f"{name} must have {words[len(dimensions)]}, {meaning}, not the shape {array.shape}")
    _require_some(array, name)


def _require_some(array, name):
    if array.size == 0:
        raise ValueError(f"{name} {array.shape} holds no numbers")


def _require_images(x):
    _require_dimensions(x, "x", "batch", "channels", "height", "width")


def _require_same_shape(first, second, first_name, second_name):
    if first.shape != second.shape:
        raise ValueError(
            f"{first_name} {first.shape} and {second_name} {second.shape} must have the same shape"
        )


def _require_output_shape(grad_output, shape):
    if grad_output.shape != tuple(shape):
        raise ValueError(f"grad_output {grad_output.shape} must have the shape of the output, {tuple(shape)}")
