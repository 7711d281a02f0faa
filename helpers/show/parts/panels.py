"""Panels: one array each, with everything that is to be drawn on it."""

from dataclasses import dataclass

import numpy as np

from helpers.show.parts.labels import sized
from helpers.show.parts.style import WRONG

KINDS = ("pixel", "signed")


@dataclass(frozen=True)
class Panel:
    """One array and how to draw it.

    Parameters
    ----------
    array : ndarray of shape (height, width) or (height, width, 3)
    title : str
        Name and shape.
    kind : {"pixel", "signed"}
    values : bool or None
        Whether to print the values; None where there is room.
    windows : list of tuple of int
        Outlines: row, column, height, width.
    marks : ndarray of shape (height, width), or None
        True where a pixel is marked.
    limit : float or None
        The size of a signed value that gets the full colour; None for the largest in the figure.
    wrong : bool
        Whether it is marked as a wrong answer.
    row_names, column_names : list of str
        Written to the left and below; empty for none.
    """

    array: np.ndarray
    title: str
    kind: str
    values: bool | None
    windows: list
    marks: np.ndarray | None
    limit: float | None
    wrong: bool = False
    row_names: tuple = ()
    column_names: tuple = ()

    @property
    def height(self):
        """Number of rows."""
        return self.array.shape[0]

    @property
    def width(self):
        """Number of columns."""
        return self.array.shape[1]

    @property
    def colour(self):
        """Whether the array is a photograph in red, green and blue."""
        return self.array.ndim == 3


def read_panels(
    arrays,
    titles,
    kind="pixel",
    values=None,
    windows=None,
    marks=None,
    limit=None,
    wrong=None,
    rows=None,
    columns=None,
    sizes=True,
):
    """The panels that the arguments of `pictures` ask for.

    Raises
    ------
    ValueError
        If an argument does not fit the pictures.
    """
    arrays = _pictures_of(arrays)
    count = len(arrays)
    arguments = zip(
        arrays,
        _names(titles, count),
        _per_panel(kind, count, "kind", single=str),
        _per_panel(values, count, "values", single=bool),
        _per_panel(windows, count, "windows"),
        _per_panel(marks, count, "marks"),
        _per_panel(limit, count, "limit", single=(int, float)),
        _per_panel(wrong, count, "wrong", single=(bool, np.bool_)),
        _per_panel(rows, count, "rows"),
        _per_panel(columns, count, "columns"),
        strict=True,
    )
    return [_panel(*each, sizes) for each in arguments]


def _pictures_of(arrays):
    """A list of arrays, each one picture: a lone picture becomes a list of one, a stack one of its slices."""
    if isinstance(arrays, np.ndarray):
        stack = arrays.ndim == 3 and not _is_photograph(arrays)
        arrays = list(arrays) if stack else [arrays]
    if not isinstance(arrays, (list, tuple)) or not arrays:
        raise ValueError("pictures needs an array, or a list of arrays")
    arrays = [np.asarray(array) for array in arrays]
    for array in arrays:
        _require_picture(array)
    return arrays


def _is_photograph(array):
    """Whether an array by itself is a colour photograph, and not a stack of features 3 wide."""
    return array.shape[2] == 3 and array.shape[1] > 3


def _per_panel(argument, count, name, single=()):
    """A list with one entry for each panel."""
    if argument is None or isinstance(argument, single):
        return [argument] * count
    if isinstance(argument, np.ndarray) and argument.ndim == 1:
        argument = list(argument)
    if not isinstance(argument, (list, tuple)) or len(argument) != count:
        entries = f"has {len(argument)}" if isinstance(argument, (list, tuple)) else "is not a list"
        raise ValueError(f"{name} needs one entry for each of the {count} pictures, but {entries}")
    return list(argument)


def _names(titles, count):
    """One name for each panel; one name for a stack is counted from 0, as its channels are."""
    if isinstance(titles, str):
        return [titles] if count == 1 else [f"{titles} {index}" for index in range(count)]
    return _per_panel(titles, count, "titles")


def _panel(array, name, kind, values, windows, marks, limit, wrong, rows, columns, with_size):
    """One panel, with its arguments checked."""
    _require_kind(kind)
    _require_limit(limit)
    rows, columns = _names_of(rows, array.shape[0], "rows"), _names_of(columns, array.shape[1], "columns")
    title = sized(name, array.shape) if with_size or not name else name
    if wrong:
        title = f"{title} {WRONG}"
    outlines, marks = _outlines(windows, array), _marked(marks, array)
    return Panel(array, title, kind, values, outlines, marks, limit, bool(wrong), rows, columns)


def _names_of(names, count, what):
    """The names of the rows or columns as texts; none if not given."""
    names = [] if names is None else [str(name) for name in names]
    if names and len(names) != count:
        raise ValueError(f"{what} needs one name for each of the {count} {what}, but has {len(names)}")
    return tuple(names)


def _outlines(windows, array):
    """A list of windows, whether there were none, one or several."""
    if windows is None:
        return []
    windows = [windows] if np.ndim(windows) == 1 else list(windows)
    for window in windows:
        _require_window(window, array)
    return windows


def _marked(marks, array):
    """The marks as an array of True and False."""
    if marks is None:
        return None
    marks = np.asarray(marks)
    if marks.dtype != bool or marks.shape != array.shape[:2]:
        raise ValueError(f"marks must be True or False for each pixel of the picture {array.shape[:2]}")
    return marks


def _require_picture(array):
    if array.dtype.kind not in "biuf":
        raise ValueError(f"a picture is an array of numbers, not of {array.dtype}")
    if array.ndim != 2 and not (array.ndim == 3 and array.shape[2] == 3):
        raise ValueError(f"a picture has the shape (height, width) or (height, width, 3), not {array.shape}")
    if array.size == 0:
        raise ValueError(f"a picture of the shape {array.shape} has no pixels")


def _require_kind(kind):
    if kind not in KINDS:
        raise ValueError(f'kind is "pixel" or "signed", not {kind!r}')


def _require_limit(limit):
    if limit is not None and not limit > 0:
        raise ValueError(f"limit must be larger than 0, not {limit!r}")


def _require_window(window, array):
    if len(window) != 4:
        raise ValueError(f"a window is (row, column, height, width), not {window!r}")
    row, column, height, width = window
    inside = row >= 0 and column >= 0 and row + height <= array.shape[0] and column + width <= array.shape[1]
    if not inside or height < 1 or width < 1:
        raise ValueError(f"window {tuple(window)} does not lie within the picture {array.shape[:2]}")
