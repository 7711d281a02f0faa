"""How arguments are read: as numbers in a shape that fits, or one sentence that says what is wrong with them.

The sentence says what was expected and what came. Everything here raises a ValueError.
"""

import operator

import numpy as np

_WORDS = "no dimensions", "one dimension", *(f"{n} dimensions" for n in ("two", "three", "four", "five"))


def as_array(array, name, *dimensions):
    """The argument as an array of whatever it holds; see `require_dimensions` for the dimensions."""
    try:
        array = np.asarray(array)
    except ValueError:
        raise ValueError(f"{name}: the rows have different lengths") from None
    if dimensions:
        require_dimensions(array, name, *dimensions)
    return array


def as_numbers(array, name, *dimensions):
    """The argument as an array of floats: the array itself if it holds floats, else a float64 copy."""
    array = as_array(array, name)
    if array.dtype.kind not in "biuf":
        raise ValueError(f"{name} must be an array of numbers, not {_described(array)}")
    if dimensions:
        require_dimensions(array, name, *dimensions)
    return array if array.dtype.kind == "f" else array.astype(float)


def as_floats(**arrays):
    """The arrays, in order, all of the widest float dtype among them; a bias may be None, and stays None."""
    given = {name: array for name, array in arrays.items() if name != "bias" or array is not None}
    numbers = {name: as_numbers(array, name) for name, array in given.items()}
    dtype = np.result_type(*numbers.values())
    return [numbers[name].astype(dtype, copy=False) if name in numbers else None for name in arrays]


def as_size(number, name, least=1):
    """A whole number of at least `least`, as an int."""
    try:
        size = operator.index(number)
    except TypeError:
        size = None
    if size is None or size < least:
        raise ValueError(f"{name} must be a whole number of at least {least}, not {number!r}")
    return size


def as_pair(size, name):
    """(height, width), both ints; a single whole number means a square."""
    sizes = tuple(size) if isinstance(size, (tuple, list)) else (size, size)
    if len(sizes) != 2:
        raise ValueError(f"{name} must be one number or (height, width), not {size!r}")
    return as_size(sizes[0], name), as_size(sizes[1], name)


def require_dimensions(array, name, *dimensions, empty="holds no numbers", advice=""):
    """An error unless the array has the named dimensions and at least one entry.

    One of the dimensions may be `...`, which means any number of dimensions there.
    """
    named = [dimension for dimension in dimensions if dimension is not ...]
    if array.ndim < len(named) or (array.ndim > len(named) and ... not in dimensions):
        least = "at least " if ... in dimensions else ""
        meaning = ", ".join("..." if dimension is ... else dimension for dimension in dimensions)
        meaning = f"({meaning},)" if len(dimensions) == 1 else f"({meaning})"
        sentence = f"{name} must have {least}{_WORDS[len(named)]}, {meaning}, not the shape {array.shape}"
        raise ValueError(sentence + advice)
    if array.size == 0:
        raise ValueError(f"{name} {array.shape} {empty}")


def require_image(array, name):
    """An error unless the array is one image with at least one pixel."""
    require_dimensions(array, name, "height", "width", empty="has no pixels")


def require_images(x):
    """An error unless `x` is a batch of images."""
    require_dimensions(x, "x", "batch", "channels", "height", "width")


def require_same_shape(first, second, first_name, second_name):
    """An error unless both arrays have the same shape."""
    if first.shape != second.shape:
        raise ValueError(
            f"{first_name} {first.shape} and {second_name} {second.shape} must have the same shape"
        )


def require_output_shape(grad_output, shape):
    """An error unless the upstream gradient has the shape of the output."""
    if grad_output.shape != tuple(shape):
        raise ValueError(f"grad_output {grad_output.shape} must have the shape of the output, {tuple(shape)}")


def require_room(part, whole, part_name, whole_name):
    """An error if the part, given by its sides, is larger than the whole along one of them."""
    if any(side > room for side, room in zip(part, whole, strict=True)):
        raise ValueError(f"{part_name} {tuple(part)} is larger than the {whole_name} {tuple(whole)}")


def require_weights_for(x, weight, bias, inputs, outputs):
    """An error unless each row of weights goes with the second dimension of `x`, and has one bias.

    `inputs` and `outputs` are what the second and the first dimension of the weights are, as in "channels"
    and "filters".
    """
    if x.shape[1] != weight.shape[1]:
        raise ValueError(
            f"x {x.shape} has {x.shape[1]} {inputs}, "
            f"but each {outputs.removesuffix('s')} of weight {weight.shape} has {weight.shape[1]}"
        )
    if bias is not None and bias.shape != weight.shape[:1]:
        raise ValueError(
            f"bias must hold one number for each of the {len(weight)} {outputs}, not {bias.shape}"
        )


def require_labels(labels, count, each, came):
    """An error unless there is one label for each of the things; `came` says what they are."""
    if labels.shape != (count,):
        raise ValueError(f"there must be one label for each {each}: {came}, labels {labels.shape}")


def require_order(order, count, expected):
    """An error unless `order` holds each of the numbers from 0 to `count` - 1 once."""
    if order.shape != (count,) or order.dtype.kind not in "iu":
        raise ValueError(f"order must hold {expected}, not {order.dtype} of the shape {order.shape}")
    missing = set(range(count)).difference(order.tolist())
    if missing:
        raise ValueError(f"order must hold {expected}, but {min(missing)} is missing")


def _described(array):
    """What something that is not an array of numbers is, in a few words."""
    return type(array.item()).__name__ if array.ndim == 0 else f"an array of {array.dtype}"
