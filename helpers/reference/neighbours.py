"""Neighbours: how far apart series are, point by point or with time stretched, and which is nearest.

The nearest neighbour's label: Cover and Hart 1967, *Nearest neighbor pattern classification*.
"""

import numpy as np

from helpers.reference._input import (
    as_array,
    as_floats,
    as_numbers,
    as_size,
    require_dimensions,
    require_labels,
)


def euclidean_distances(series, others):
    """The distance of each series to each of the others, point by point.

    Parameters
    ----------
    series : ndarray of shape (N, length)
    others : ndarray of shape (M, length)

    Returns
    -------
    ndarray of shape (N, M)
        The root of the sum of the squared differences.

    Raises
    ------
    ValueError
        If the arrays are not two-dimensional, or the lengths differ.

    Examples
    --------
    >>> euclidean_distances(np.array([[0, 0], [3, 0]]), np.array([[0, 4]]))
    array([[4.],
           [5.]])
    """
    series, others = _as_series(series, others)
    if series.shape[1] != others.shape[1]:
        raise ValueError(f"point by point, the lengths must agree: {series.shape} and {others.shape}")
    return np.sqrt([np.sum((others - one) ** 2, axis=1) for one in series])  # (N, M)


def dtw_distances(series, others, window=None):
    """The distance of each series to each of the others by dynamic time warping: time may be stretched.

    Parameters
    ----------
    series : ndarray of shape (N, length)
    others : ndarray of shape (M, other_length)
    window : int, optional
        How many steps a point may be away in time from the point that it is compared with; any number if not
        given, none if 0.

    Returns
    -------
    ndarray of shape (N, M)
        The root of the smallest sum of squared differences over all ways to walk through both series from
        beginning to end, one step in the one, in the other, or in both at a time.

    Raises
    ------
    ValueError
        If the arrays are not two-dimensional, or the lengths differ by more than the window.

    Notes
    -----
    Sakoe and Chiba 1978, *Dynamic programming algorithm optimization for spoken word recognition*; their
    window is the one here. The cost of a pair of points is its squared difference plus the cheapest of the
    three pairs from which one can have come; it is computed for all pairs of series at once.

    Examples
    --------
    The same peak, one step later: far apart point by point, no distance once time may be stretched.

    >>> early, late = np.array([[0, 1, 0, 0]]), np.array([[0, 0, 1, 0]])
    >>> euclidean_distances(early, late).round(2), dtw_distances(early, late)
    (array([[1.41]]), array([[0.]]))
    """
    series, others = _as_series(series, others)
    rows, columns = series.shape[1], others.shape[1]
    window = max(rows, columns) if window is None else as_size(window, "window", least=0)
    if abs(rows - columns) > window:
        raise ValueError(f"a window of {window} is too small for lengths of {rows} and {columns}")
    far = np.full((len(series), len(others)), np.inf, series.dtype)
    above = [np.zeros_like(far), *[far] * columns]  # one array (N, M) for each column, and one before them
    for row in range(rows):
        here = [far] * (columns + 1)
        for column in range(max(0, row - window), min(columns, row + window + 1)):
            cheapest = np.minimum(np.minimum(above[column], above[column + 1]), here[column])
            here[column + 1] = np.subtract.outer(series[:, row], others[:, column]) ** 2 + cheapest
        above = here
    return np.sqrt(above[columns])


def nearest_neighbour(distances, labels):
    """The label of the nearest for each row of distances.

    Parameters
    ----------
    distances : ndarray of shape (N, M)
    labels : ndarray of shape (M,)

    Returns
    -------
    ndarray of shape (N,)
        Of two that are equally near, the first counts.

    Raises
    ------
    ValueError
        If there is not one label for each column.

    Examples
    --------
    >>> nearest_neighbour(np.array([[0.3, 0.1], [0.2, 0.5]]), np.array([7, 8]))
    array([8, 7])
    """
    distances = as_numbers(distances, "distances", "series", "others")
    labels = as_array(labels, "labels")
    require_labels(labels, distances.shape[1], "column", f"distances {distances.shape}")
    return labels[np.argmin(distances, axis=1)]


def _as_series(series, others):
    """Both as arrays of one float type, of two dimensions."""
    series, others = as_floats(series=series, others=others)
    require_dimensions(series, "series", "series", "times")
    require_dimensions(others, "others", "series", "times")
    return series, others
