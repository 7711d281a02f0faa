"""Fast convolution: the numbers of `plain_convolution`, from matrix products.

There is one product for each row of the output. The patches under the kernel, of a few images, are side by
side as the columns of one matrix, and each filter is one row of the other. Arguments are those of `conv2d`,
already read and checked: arrays of one float type, whose shapes fit together.
"""

import numpy as np

_COLUMNS_AT_A_TIME = 160  # wide enough for a fast matrix product, narrow enough to stay in the cache


def feature_maps(x, weight, bias, stride, padding, positions):
    """Each filter's sum of products plus bias, at every position of every image.

    Parameters
    ----------
    x : ndarray of shape (N, C_in, H, W)
    weight : ndarray of shape (C_out, C_in, kH, kW)
    bias : ndarray of shape (C_out,), or None
    stride, padding : int
    positions : (int, int)
        Rows and columns of the output, (H_out, W_out).

    Returns
    -------
    ndarray of shape (N, C_out, H_out, W_out)

    Examples
    --------
    >>> image, kernel = np.array([[[[1.0, 2.0, 4.0]]]]), np.array([[[[3.0, 5.0]]]])
    >>> feature_maps(image, kernel, None, 1, 0, (1, 2))
    array([[[[13., 26.]]]])
    """
    filters, (rows, columns) = len(weight), positions
    kernels = weight.transpose(0, 2, 1, 3).reshape(filters, weight[0].size)  # (C_out, kH * C_in * kW)
    output = np.empty((len(x), filters, rows, columns), x.dtype)
    for few, patches in _patches_of_images(x, weight.shape[2:], stride, padding):
        maps = (kernels @ patches).reshape(rows, filters, -1, columns)
        output[few] = maps.transpose(2, 1, 0, 3)  # (few, C_out, H_out, W_out)
    if bias is not None:
        output += bias[:, np.newaxis, np.newaxis]
    return output


def grad_filters(grad_output, x, weight, stride, padding):
    """The gradient of the weights.

    Parameters
    ----------
    grad_output : ndarray of shape (N, C_out, H_out, W_out)
    x : ndarray of shape (N, C_in, H, W)
    weight : ndarray of shape (C_out, C_in, kH, kW)
    stride, padding : int

    Returns
    -------
    ndarray of shape (C_out, C_in, kH, kW)

    Examples
    --------
    >>> image, kernel = np.array([[[[1.0, 2.0, 4.0]]]]), np.array([[[[3.0, 5.0]]]])
    >>> grad_filters(np.array([[[[1.0, 10.0]]]]), image, kernel, 1, 0)
    array([[[[21., 42.]]]])
    """
    filters, channels, kernel_height, kernel_width = weight.shape
    grad_kernels = np.zeros((weight[0].size, filters), x.dtype)
    for few, patches in _patches_of_images(x, (kernel_height, kernel_width), stride, padding):
        grad_maps = grad_output[few].transpose(2, 1, 0, 3).reshape(len(patches), filters, -1)
        grad_kernels += (patches @ grad_maps.transpose(0, 2, 1)).sum(axis=0)  # (kH * C_in * kW, C_out)
    grad_weight = grad_kernels.reshape(kernel_height, channels, kernel_width, filters).transpose(3, 1, 0, 2)
    return np.ascontiguousarray(grad_weight)


def grad_images(grad_output, x, weight, stride, padding):
    """The gradient of the images.

    Parameters
    ----------
    grad_output : ndarray of shape (N, C_out, H_out, W_out)
    x : ndarray of shape (N, C_in, H, W)
    weight : ndarray of shape (C_out, C_in, kH, kW)
    stride, padding : int

    Returns
    -------
    ndarray of shape (N, C_in, H, W)

    Notes
    -----
    Every pixel collects from all positions at which the kernel covered it. Across, they are gathered: patches
    of one row are taken from the upstream gradient, spread out by the stride, and multiplied by the kernel
    from right to left. Down, the kernel's rows are scattered: each adds its part to the rows that it covered.

    Examples
    --------
    >>> image, kernel = np.array([[[[1.0, 2.0, 4.0]]]]), np.array([[[[3.0, 5.0]]]])
    >>> grad_images(np.array([[[[1.0, 10.0]]]]), image, kernel, 1, 0)
    array([[[[ 3., 35., 50.]]]])
    """
    _, channels, height, width = x.shape
    filters, _, kernel_height, kernel_width = weight.shape
    rows, columns = grad_output.shape[2:]
    spread_shape = rows, width + 2 * padding + kernel_width - 1
    place = slice(None), slice(kernel_width - 1, kernel_width + stride * (columns - 1), stride)
    positions = slice(None), slice(padding, padding + width)
    kernels = weight[:, :, :, ::-1].transpose(2, 1, 0, 3).reshape(-1, filters * kernel_width)
    grad_x = np.empty(x.shape, x.dtype)
    for few, patches in _patches(grad_output, (1, kernel_width), spread_shape, place, positions):
        parts = (kernels @ patches).reshape(rows, kernel_height, -1)  # (H_out, kH, C_in * few * W)
        padded = np.zeros((height + 2 * padding, parts.shape[2]), x.dtype)
        for row in range(kernel_height):
            padded[row : row + stride * rows : stride] += parts[:, row]
        grad_rows = padded[padding : padding + height].reshape(height, channels, -1, width)
        grad_x[few] = grad_rows.transpose(2, 1, 0, 3)  # (few, C_in, H, W)
    return grad_x


def _patches_of_images(x, kernel_shape, stride, padding):
    """The patches under a kernel that steps over the padded images; see `_patches`."""
    height, width = x.shape[2:]
    canvas_shape = height + 2 * padding, width + 2 * padding
    place = slice(padding, padding + height), slice(padding, padding + width)
    return _patches(x, kernel_shape, canvas_shape, place, (slice(None, None, stride),) * 2)


def _patches(images, kernel_shape, canvas_shape, place, positions):
    """The patches of a few images at a time, as columns, for each row of positions.

    The images are copied into a canvas of zeros at `place`, and the kernel visits its `positions`. Yields
    which images they are, and an array of shape (rows, kH * C * kW, images * columns). Its memory is the same
    every time: it holds a few images' patches, however large the batch. Only windows across are copied, line
    by line; the patches of two rows that overlap are views of the same lines.
    """
    (batch, channels), (kernel_height, kernel_width) = images.shape[:2], kernel_shape
    rows, columns = (
        range(side - size + 1)[visited]
        for side, size, visited in zip(canvas_shape, kernel_shape, positions, strict=True)
    )
    few = min(batch, max(1, _COLUMNS_AT_A_TIME // len(columns)))
    canvas = np.zeros((few, channels, *canvas_shape), images.dtype)
    inside = canvas[:, :, *place]
    # Both views are made by hand: `sliding_window_view` takes longer than the product of small matrices.
    image, channel, row, pixel = canvas.strides
    windows = np.ndarray(
        (canvas_shape[0], channels, kernel_width, few, len(columns)),
        images.dtype,
        buffer=canvas,
        offset=columns.start * pixel,
        strides=(row, channel, pixel, image, columns.step * pixel),
    )
    lines = np.empty(windows.shape, images.dtype)
    line, _, entry, *_ = lines.strides  # a line holds C * kW entries, each of few * columns numbers
    patches = np.ndarray(
        (len(rows), kernel_height * channels * kernel_width, few * len(columns)),
        images.dtype,
        buffer=lines,
        offset=rows.start * line,
        strides=(rows.step * line, entry, lines.itemsize),
    )
    for start in range(0, batch, few):
        some = images[start : start + few]
        inside[: len(some)] = some
        lines[...] = windows
        yield slice(start, start + few), patches[:, :, : len(some) * len(columns)]
