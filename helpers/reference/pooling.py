"""Pooling: the largest value, or the mean, in each window of each feature map.

Pick a window, pick a stride, walk, keep one number: Brandon Rohrer, *How convolutional neural networks work*.
Usual windows and strides: Stanford CS231n, *Convolutional networks*. How all windows are pooled at once:
`helpers.reference.fast_pooling`.
"""

import numpy as np

from helpers.reference._input import (
    as_floats,
    as_numbers,
    as_size,
    require_dimensions,
    require_images,
    require_output_shape,
    require_room,
)
from helpers.reference.fast_pooling import by_offset, give_to_largest, largest_in_windows, window_sizes


def max_pool_map(feature_map, window, stride):
    """The largest value in each window of one feature map; every window lies wholly inside the map.

    Parameters
    ----------
    feature_map : ndarray of shape (height, width)
    window : int
        Side of the square window, in entries.
    stride : int
        Entries from one window to the next, down and across.

    Returns
    -------
    ndarray of shape (rows, columns)
        rows is floor((height - window) / stride) + 1; columns likewise.

    Raises
    ------
    ValueError
        If `feature_map` does not have two dimensions, or is smaller than the window.

    Examples
    --------
    Two windows side by side, max(1, 5, 3, 4) = 5 and max(2, 0, 8, 6) = 8:

    >>> max_pool_map(np.array([[1.0, 5.0, 2.0, 0.0], [3.0, 4.0, 8.0, 6.0]]), 2, 2)
    array([[5., 8.]])
    """
    feature_map = as_numbers(feature_map, "feature_map", "height", "width")
    return max_pool2d(feature_map[np.newaxis, np.newaxis], window, stride)[0, 0]


def pooled_size(size, window, stride, partial=False):
    """The number of windows along one side.

    Parameters
    ----------
    size : int
        Entries along that side, at least as many as the window has.
    window : int
        Side of the window.
    stride : int
        Entries from one window to the next.
    partial : bool, default False
        Whether a last window counts that extends over the edge. It is added only if the windows before it
        leave entries over, and if it begins inside.

    Returns
    -------
    int

    Raises
    ------
    ValueError
        If an argument is not a whole number of at least 1, or no whole window fits.

    Notes
    -----
    It is floor((size - window) / stride) + 1; with `partial` the division is rounded up, as long as the last
    window begins inside.

    Examples
    --------
    >>> pooled_size(7, 2, 2), pooled_size(7, 2, 2, partial=True)
    (3, 4)
    """
    size, window, stride = as_size(size, "size"), as_size(window, "window"), as_size(stride, "stride")
    if window > size:
        raise ValueError(f"window {window} is larger than the side {size}")
    if not partial:
        return (size - window) // stride + 1
    rounded_up = -(-(size - window) // stride) + 1
    begin_inside = -(-size // stride)
    return min(rounded_up, begin_inside)


def max_pool2d(x, window=2, stride=None, partial=False):
    """The largest value in each window, channel by channel.

    Parameters
    ----------
    x : ndarray of shape (N, C, H, W)
    window : int, default 2
        Side of the square window, in entries.
    stride : int, optional
        Entries from one window to the next; as large as the window if None.
    partial : bool, default False
        Whether windows that extend over the bottom or right edge count, with the entries that they have.

    Returns
    -------
    ndarray of shape (N, C, H_out, W_out)
        H_out is pooled_size(H, window, stride, partial); W_out likewise.

    Raises
    ------
    ValueError
        If `x` does not have four dimensions, or no whole window fits (unless `partial`).

    Notes
    -----
    With partial windows 7 x 7 values become 4 x 4: Rohrer, *How convolutional neural networks work*.
    The result is of the input's dtype; integers are computed as float64.

    Examples
    --------
    >>> max_pool2d(np.array([[[[1.0, 2.0], [4.0, 3.0]]]]))
    array([[[[4.]]]])
    """
    x = as_numbers(x, "x")
    require_images(x)
    window, stride = _as_window(window, stride)
    return largest_in_windows(x, *_output_shape(x, window, stride, partial)[2:], window, stride)


def max_pool2d_backward(grad_output, x, window=2, stride=None, partial=False):
    """The gradient of max pooling with respect to its input: all of it goes to the largest entry.

    Parameters
    ----------
    grad_output : ndarray of shape (N, C, H_out, W_out)
        The upstream gradient: one entry for each window that was pooled, partial ones included.
    x : ndarray of shape (N, C, H, W)
        What went into the pooling.
    window, stride, partial
        As for `max_pool2d`; a stride of None means the window's.

    Returns
    -------
    ndarray of shape (N, C, H, W)

    Raises
    ------
    ValueError
        If `grad_output` does not have the shape of the output.

    Examples
    --------
    `best_match(patch)` is the row and column of the largest entry within a patch, and
    `np.ndindex(shape)` goes through all indices of a shape.

    >>> max_pool2d_backward(np.array([[[[5.0]]]]), np.array([[[[1.0, 2.0], [4.0, 3.0]]]]), 2, 2, False)
    array([[[[0., 0.],
             [5., 0.]]]])
    """
    grad_output, x = as_floats(grad_output=grad_output, x=x)
    require_images(x)
    window, stride = _as_window(window, stride)
    require_output_shape(grad_output, _output_shape(x, window, stride, partial))
    return give_to_largest(grad_output, x, window, stride)


def avg_pool2d(x, window=2, stride=None, partial=False):
    """The mean of each window, channel by channel.

    Parameters
    ----------
    x : ndarray of shape (N, C, H, W)
    window : int, default 2
        Side of the square window, in entries.
    stride : int, optional
        Entries from one window to the next; as large as the window if None.
    partial : bool, default False
        Whether windows that extend over the bottom or right edge count; their mean is over the entries that
        they have.

    Returns
    -------
    ndarray of shape (N, C, H_out, W_out)
        Sizes as for `max_pool2d`.

    Raises
    ------
    ValueError
        If `x` does not have four dimensions, or no whole window fits (unless `partial`).

    Notes
    -----
    The result is of the input's dtype; integers are computed as float64.

    Examples
    --------
    >>> avg_pool2d(np.array([[[[1.0, 2.0], [4.0, 3.0]]]]))
    array([[[[2.5]]]])
    """
    x = as_numbers(x, "x")
    require_images(x)
    window, stride = _as_window(window, stride)
    output = np.zeros(_output_shape(x, window, stride, partial), x.dtype)
    for pixels, total in by_offset(x, output, window, stride):
        total += pixels
    return output / window_sizes(x, output, window, stride)


def avg_pool2d_backward(grad_output, x, window=2, stride=None, partial=False):
    """The gradient of `avg_pool2d` with respect to its input: each pixel of a window gets an equal share.

    Parameters
    ----------
    grad_output : ndarray of shape (N, C, H_out, W_out)
        How the loss changes with each value of the pooled maps.
    x, window, stride, partial
        As they were given to `avg_pool2d`.

    Returns
    -------
    ndarray of shape (N, C, H, W)

    Raises
    ------
    ValueError
        If `grad_output` does not have the shape of the output.

    Examples
    --------
    >>> avg_pool2d_backward(np.array([[[[8]]]]), np.array([[[[1, 2], [4, 3]]]]))
    array([[[[2., 2.],
             [2., 2.]]]])
    """
    grad_output, x = as_floats(grad_output=grad_output, x=x)
    require_images(x)
    window, stride = _as_window(window, stride)
    require_output_shape(grad_output, _output_shape(x, window, stride, partial))
    grad_x, shares = np.zeros_like(x), grad_output / window_sizes(x, grad_output, window, stride)
    for grad_pixels, share in by_offset(grad_x, shares, window, stride):
        grad_pixels += share
    return grad_x


def global_max_pool(x):
    """The largest value of each map, wherever it is.

    Parameters
    ----------
    x : ndarray of shape (N, C, ...)
        Maps of any number of dimensions: (N, C, H, W) for images, (N, C, D, H, W) for volumes.

    Returns
    -------
    ndarray of shape (N, C)

    Raises
    ------
    ValueError
        If `x` has fewer than three dimensions.

    Notes
    -----
    Lin, Chen and Yan 2014, *Network in network*, pool whole maps, by their mean; Kim 2014, *Convolutional
    neural networks for sentence classification*, by their largest value.

    Examples
    --------
    >>> global_max_pool(np.array([[[[1, 2], [4, 3]]]]))
    array([[4.]])
    """
    return _as_rows(as_numbers(x, "x")).max(axis=2)


def global_max_pool_backward(grad_output, x):
    """The gradient of `global_max_pool` with respect to its input: all of it goes to the largest value.

    Parameters
    ----------
    grad_output : ndarray of shape (N, C)
        How the loss changes with the largest value of each map.
    x : ndarray of shape (N, C, ...)

    Returns
    -------
    ndarray of the shape of `x`
        Of tied values, the first in reading order gets it.

    Raises
    ------
    ValueError
        If `grad_output` does not have the shape of the output.

    Examples
    --------
    >>> global_max_pool_backward(np.array([[5]]), np.array([[[[1, 2], [4, 4]]]]))
    array([[[[0., 0.],
             [5., 0.]]]])
    """
    grad_output, x = as_floats(grad_output=grad_output, x=x)
    rows = _as_rows(x)
    require_output_shape(grad_output, rows.shape[:2])
    grad_rows = np.zeros_like(rows)
    largest = np.argmax(rows, axis=2)[:, :, np.newaxis]
    np.put_along_axis(grad_rows, largest, grad_output[:, :, np.newaxis], axis=2)
    return grad_rows.reshape(x.shape)


def global_avg_pool(x):
    """The mean of each whole map.

    Parameters
    ----------
    x : ndarray of shape (N, C, ...)
        Maps of any number of dimensions.

    Returns
    -------
    ndarray of shape (N, C)

    Raises
    ------
    ValueError
        If `x` has fewer than three dimensions.

    Notes
    -----
    Lin, Chen and Yan 2014, *Network in network*.

    Examples
    --------
    >>> global_avg_pool(np.array([[[[1, 2], [4, 3]]]]))
    array([[2.5]])
    """
    return _as_rows(as_numbers(x, "x")).mean(axis=2)


def global_avg_pool_backward(grad_output, x):
    """The gradient of `global_avg_pool` with respect to its input: every value gets the same part.

    Parameters
    ----------
    grad_output : ndarray of shape (N, C)
        How the loss changes with the mean of each map.
    x : ndarray of shape (N, C, ...)

    Returns
    -------
    ndarray of the shape of `x`

    Raises
    ------
    ValueError
        If `grad_output` does not have the shape of the output.

    Examples
    --------
    >>> global_avg_pool_backward(np.array([[8]]), np.array([[[[1, 2], [4, 4]]]]))
    array([[[[2., 2.],
             [2., 2.]]]])
    """
    grad_output, x = as_floats(grad_output=grad_output, x=x)
    rows = _as_rows(x)
    require_output_shape(grad_output, rows.shape[:2])
    parts = grad_output[:, :, np.newaxis] / rows.shape[2]
    return np.broadcast_to(parts, rows.shape).reshape(x.shape).copy()


def _as_rows(x):
    """Each map laid out as one row: (N, C, values)."""
    require_dimensions(x, "x", "batch", "channels", "length", ...)
    return x.reshape(*x.shape[:2], -1)


def _output_shape(x, window, stride, partial):
    """(N, C, H_out, W_out); an error if no whole window fits, unless partial ones count."""
    batch, channels, height, width = x.shape
    if not partial:
        require_room((window, window), (height, width), "window", "image")
    return (
        batch,
        channels,
        *(pooled_size(max(side, window), window, stride, partial) for side in (height, width)),
    )


def _as_window(window, stride):
    """Window and stride as ints; the stride is as large as the window if not given."""
    window = as_size(window, "window")
    return window, window if stride is None else as_size(stride, "stride")
