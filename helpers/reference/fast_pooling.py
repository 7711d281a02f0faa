"""Fast pooling: all windows of a batch at once, one offset within the windows after another.

The learner walks over the windows. There are many of them, but only a few offsets within one: four in a
window of 2 x 2. The pixels at one offset, of all windows together, are a view of the batch with a step of the
stride. The largest values need fewer offsets: first down, then across; and none where one window holds the
whole map. On the way back, a few large windows are looked into one by one.
"""

from functools import reduce
from itertools import accumulate, product

import numpy as np

_LARGE = 5  # pixels along the side of a window that is worth a look of its own
_NUMBERS_AT_A_TIME = 75_000  # few enough that what is computed from them stays in the processor's cache


def by_offset(x, output, window, stride):
    """For each offset in a window, in reading order: a view of the pixels there, and one of their outputs.

    Parameters
    ----------
    x : ndarray of shape (N, C, H, W)
    output : ndarray of shape (N, C, H_out, W_out)
        One number for each window.
    window, stride : int

    Yields
    ------
    pixels, outputs : ndarray of one shape
        That of `output`, except where partial windows have no pixel at this offset.

    Examples
    --------
    Two windows of 1 x 2 pixels, side by side. The two offsets in the second row are outside the image:

    >>> x, output = np.array([[[[1, 2, 3, 4]]]]), np.zeros((1, 1, 1, 2))
    >>> [pixels.tolist() for pixels, _ in by_offset(x, output, 2, 2)]
    [[[[[1, 3]]]], [[[[2, 4]]]], [[[]]], [[[]]]]
    """
    height, width = output.shape[2:]
    for row, column in product(range(window), repeat=2):
        pixels = x[:, :, row::stride, column::stride][:, :, :height, :width]
        yield pixels, output[:, :, : pixels.shape[2], : pixels.shape[3]]


def largest_in_windows(x, rows, columns, window, stride):
    """The largest pixel of each window: of the pixels below each other, and of these side by side.

    Parameters
    ----------
    x : ndarray of shape (N, C, H, W)
    rows, columns : int
        The windows below each other, H_out, and side by side, W_out; the last ones may be partial.
    window, stride : int

    Returns
    -------
    ndarray of shape (N, C, H_out, W_out)

    Examples
    --------
    >>> largest_in_windows(np.array([[[[1.0, 2.0, 3.0], [6.0, 5.0, 4.0]]]]), 1, 2, 2, 1)
    array([[[[6., 5.]]]])
    """
    if rows == columns == 1 and window >= max(x.shape[2:]):  # the whole map is one window
        return x.max(axis=(2, 3), keepdims=True)
    lines = np.full((*x.shape[:2], rows, x.shape[3]), -np.inf, x.dtype)  # (N, C, H_out, W)
    for offset in range(window):
        pixels = x[:, :, offset::stride][:, :, :rows]
        largest = lines[:, :, : pixels.shape[2]]
        np.maximum(largest, pixels, out=largest)
    output = np.full((*x.shape[:2], rows, columns), -np.inf, x.dtype)
    for offset in range(window):
        pixels = lines[..., offset::stride][..., :columns]
        largest = output[..., : pixels.shape[3]]
        np.maximum(largest, pixels, out=largest)
    return output


def window_sizes(x, output, window, stride):
    """The number of pixels in each window, of shape (H_out, W_out) and of the output's dtype.

    Parameters
    ----------
    x : ndarray of shape (N, C, H, W)
    output : ndarray of shape (N, C, H_out, W_out)
        One number for each window.
    window, stride : int

    Examples
    --------
    Partial windows on an image of 3 x 3 pixels:

    >>> window_sizes(np.zeros((1, 1, 3, 3)), np.zeros((1, 1, 2, 2)), 2, 2)
    array([[4., 2.],
           [2., 1.]])
    """
    heights, widths = (
        np.minimum(window, side - stride * np.arange(positions))
        for side, positions in zip(x.shape[2:], output.shape[2:], strict=True)
    )
    return np.outer(heights, widths).astype(output.dtype)


def give_to_largest(grad_output, x, window, stride):
    """Each window's number given to its largest pixel; zeros everywhere else.

    Parameters
    ----------
    grad_output : ndarray of shape (N, C, H_out, W_out)
    x : ndarray of shape (N, C, H, W)
    window, stride : int

    Returns
    -------
    ndarray of shape (N, C, H, W)
        Of equal pixels, the first in reading order is the largest. A pixel that is the largest of several
        windows gets the sum of their numbers, added in reading order.

    Examples
    --------
    >>> give_to_largest(np.array([[[[5.0]]]]), np.array([[[[1.0, 4.0], [4.0, 3.0]]]]), 2, 2)
    array([[[[0., 5.],
             [0., 0.]]]])
    """
    grad_x, (rows, columns) = np.zeros(x.shape, x.dtype), grad_output.shape[2:]
    few = max(1, _NUMBERS_AT_A_TIME // x[0].size)
    corners = _corners(x[:few], stride, rows, columns)
    places = np.empty_like(corners)
    for start in range(0, len(x), few):
        some = slice(start, start + few)
        steps = _steps_to_largest(x[some], window, stride, rows, columns)
        here = np.add(corners[: len(steps)], steps, out=places[: len(steps)])
        np.add.at(grad_x[some].reshape(-1), here.reshape(-1), grad_output[some].reshape(-1))
    return grad_x


def _corners(x, stride, rows, columns):
    """The index in `x.ravel()` of each window's top left pixel, (N, C, H_out, W_out)."""
    batch, channels, height, width = x.shape
    within = np.add.outer(stride * width * np.arange(rows), stride * np.arange(columns))
    maps = height * width * np.arange(batch * channels)
    return np.add.outer(maps, within.ravel()).reshape(batch, channels, rows, columns)


def _steps_to_largest(x, window, stride, rows, columns):
    """From each window's top left pixel, the steps to its first largest one, (N, C, H_out, W_out).

    The steps are counted in `x.ravel()`, where one row down is as many steps as a row is long.
    """
    pixels, steps_down = _with_room(x, window, stride, rows, columns), x.shape[3]
    if window >= _LARGE and rows * columns * window**2 <= 2 * steps_down * x.shape[2]:
        return _steps_in_each(pixels, window, stride, rows, columns, steps_down)
    return _steps_in_all(pixels, window, stride, rows, columns, steps_down)


def _steps_in_each(pixels, window, stride, rows, columns, steps_down):
    """The steps, found in one window after the other: fast for few and large ones."""
    image, channel, row, pixel = pixels.strides
    windows = np.ndarray(
        (*pixels.shape[:2], rows, columns, window, window),
        pixels.dtype,
        buffer=pixels,
        strides=(image, channel, stride * row, stride * pixel, row, pixel),
    )
    down, across = divmod(windows.reshape(*windows.shape[:4], window**2).argmax(axis=-1), window)
    return down * steps_down + across


def _steps_in_all(pixels, window, stride, rows, columns, steps_down):
    """The steps, found in all windows at once: fast for many and small ones.

    The largest is looked for within each row of a window, then among the rows.
    """
    steps = np.zeros(pixels.shape, np.min_scalar_type((window - 1) * (steps_down + 1)))
    largest, across = _first_largest(_shifted(pixels.reshape(-1), window, 1), steps.dtype)
    below = pixels.shape[3]
    found = _steps_down(_shifted(largest, window, below), _shifted(across, window, below), steps_down)
    steps.reshape(-1)[: len(found)] = found
    return steps[:, :, ::stride, ::stride][:, :, :rows, :columns]


def _first_largest(values, dtype):
    """The largest of several arrays' values, and how many of the arrays come before the first that has it."""
    largest = reduce(np.maximum, values)
    smaller = [(array != largest).view(np.uint8).astype(dtype, copy=False) for array in values[:-1]]
    if not smaller:
        return largest, np.zeros(len(largest), dtype)
    return largest, reduce(lambda before, here: (before + dtype.type(1)) * here, reversed(smaller))


def _steps_down(values, steps, steps_down):
    """The steps to the first of the largest values, each array of which is a row further down."""
    found = steps[0]
    largest_so_far = accumulate(values, np.maximum)
    for row, (later, across, so_far) in enumerate(
        zip(values[1:], steps[1:], largest_so_far, strict=False), start=1
    ):
        larger = (later > so_far).view(np.uint8)
        found = np.maximum(found, larger * (across + found.dtype.type(row * steps_down)))
    return found


def _shifted(numbers, window, length):
    """The numbers at each offset of windows that begin at every number, one slice for each offset.

    One offset is `length` numbers from the next. Numbers side by side are compared many times faster than
    numbers apart, so windows between the strides, or beyond the end of a row, come along, and are left out in
    the end.
    """
    count = len(numbers) - (window - 1) * length
    return [numbers[offset * length :][:count] for offset in range(window)]


def _with_room(x, window, stride, rows, columns):
    """The images themselves if all windows fit, else with -inf below and to the right of them."""
    height, width = (stride * (positions - 1) + window for positions in (rows, columns))
    bottom, right = max(0, height - x.shape[2]), max(0, width - x.shape[3])
    if bottom or right:
        return np.pad(x, ((0, 0), (0, 0), (0, bottom), (0, right)), constant_values=-np.inf)
    return np.ascontiguousarray(x)
