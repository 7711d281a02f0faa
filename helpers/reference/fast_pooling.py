"""Fast pooling: all windows of a batch at once, one offset within the windows after another.

The learner walks over the windows. There are many of them, but only a few offsets within one: four in a
window of 2 x 2. The pixels at one offset, of all windows together, are a view of the batch with a step of the
stride.
"""

from itertools import product

import numpy as np

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
    grad_x, positions = np.zeros(x.shape, x.dtype), grad_output.shape[2:]
    few = max(1, _NUMBERS_AT_A_TIME // x[0].size)
    indices = np.arange(x[:few].size).reshape(-1, *x.shape[1:])
    corners = _at_corners(indices, stride, stride, positions).copy()
    for start in range(0, len(x), few):
        some = slice(start, start + few)
        steps = _steps_to_largest(x[some], window, stride, positions)  # (few, C, H_out, W_out)
        places = corners[: len(steps)] + steps
        np.add.at(grad_x[some].reshape(-1), places.ravel(), grad_output[some].ravel())
    return grad_x


def _at_corners(x, down, across, positions):
    """The entries in the top left corners of windows that are so far apart, down and across."""
    return x[:, :, ::down, ::across][:, :, : positions[0], : positions[1]]


def _steps_to_largest(x, window, stride, positions):
    """From each window's top left pixel, the steps to its first largest one, (N, C, H_out, W_out).

    The steps are counted in `x.ravel()`, where one row down is as many steps as a row is long.

    Numbers side by side are compared many times faster than numbers apart. So the columns are sorted first,
    by where they are within a step of the stride: then the pixels of all windows at one offset are one slice
    of a long row. Windows that go beyond the end of a row come along, and are left out at the end.
    """
    columns = _sorted_columns(x, window, stride, positions)
    width, count = columns.shape[-1], columns[0].size
    sorted_pixels = columns.reshape(len(columns), count)
    dtype = np.min_scalar_type((window - 1) * (x.shape[3] + 1))
    steps = np.zeros(columns.shape[1:], dtype)
    count -= (window - 1) // stride
    largest, found = _first_largest(  # within each row of a window
        (sorted_pixels[step % stride, step // stride :][:count], np.full(count, step, dtype))
        for step in range(window)
    )
    count -= (window - 1) * width
    _, found = _first_largest(  # of a window's rows
        (largest[row * width :][:count], found[row * width :][:count] + dtype.type(row * x.shape[3]))
        for row in range(window)
    )
    steps.reshape(-1)[:count] = found
    return _at_corners(steps, stride, 1, positions)


def _first_largest(candidates):
    """Of pairs (values, steps) the largest values, and the steps that came with them; the first if equal.

    The steps grow from each pair to the next.
    """
    largest, found = next(candidates)
    for values, steps in candidates:
        larger = (values > largest).view(np.uint8)
        largest = np.maximum(largest, values)
        found = np.maximum(found, larger * steps)
    return largest, found


def _sorted_columns(x, window, stride, positions):
    """The columns at each place within a step of the stride, (stride, N, C, H, columns); -inf outside."""
    height, columns = stride * (positions[0] - 1) + window, positions[1] + (window - 1) // stride
    shape = min(stride, window), *x.shape[:2], max(height, x.shape[2]), columns
    sorted_columns = np.empty(shape, x.dtype)
    for place in range(len(sorted_columns)):
        pixels = x[:, :, :, place::stride][:, :, :, :columns]
        if pixels.shape != shape[1:]:
            sorted_columns[place] = -np.inf
        sorted_columns[place, :, :, : pixels.shape[2], : pixels.shape[3]] = pixels
    return sorted_columns
