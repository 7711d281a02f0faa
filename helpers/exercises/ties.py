"""NumPy's `argmax` and `argmin` with the last of several equal values, for variants that ask for it."""

import numpy as np


def argmax(values: np.ndarray, axis: int | None = None) -> np.ndarray:
    """The place of the largest value, the last one on a tie.

    >>> int(argmax(np.array([1, 3, 3, 2])))
    2
    """
    values = np.ravel(values) if axis is None else np.asarray(values)
    axis = 0 if axis is None else axis
    return values.shape[axis] - 1 - np.argmax(np.flip(values, axis), axis=axis)


def argmin(values: np.ndarray, axis: int | None = None) -> np.ndarray:
    """The place of the smallest value, the last one on a tie.

    >>> int(argmin(np.array([1, 3, 1, 2])))
    2
    """
    return argmax(-np.asarray(values), axis)
