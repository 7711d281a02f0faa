"""Labels: values and shapes as short texts, for cells, bars and alternative texts; and how wide a text is."""

from functools import lru_cache

import numpy as np
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextToPath

PAGE_WIDTH = 10.0  # inches, as the other lengths
TITLE_SIZE = 10  # points
TITLE_PAD = 0.08  # between a title and its panel
LINE_HEIGHT = 0.19
_BOLDER = 1.16  # how much wider bold text is


@lru_cache(maxsize=4096)
def text_width(text, size, bold=False):
    """Width in inches of a line of text of the given size in points."""
    width, _, _ = TextToPath().get_text_width_height_descent(text, FontProperties(size=size), ismath=False)
    return width / 72 * (_BOLDER if bold else 1)


def shape_text(shape):
    """The shape as people write it.

    Examples
    --------
    >>> shape_text((6, 28, 28))
    '6 x 28 x 28'
    """
    return " x ".join(str(length) for length in shape)


def sized(name, shape):
    """A name with the size in brackets; the size alone where there is no name.

    Examples
    --------
    >>> sized("feature map", (7, 7))
    'feature map (7 x 7)'
    """
    return f"{name} ({shape_text(shape)})" if name else shape_text(shape)


def cell_texts(array, kind, beside=()):
    """The text for each value of an array, all short enough to fit in a cell.

    Whole numbers are written without decimals where all are whole; otherwise signed values have as many
    decimals as their size leaves room for, and pixels are written as 1, -1 or with one decimal.

    Parameters
    ----------
    array : ndarray of shape (height, width)
    kind : {"pixel", "signed"}
    beside : list of ndarray, optional
        Arrays to compare with: if they need decimals, whole numbers get as many.

    Returns
    -------
    ndarray of str of shape (height, width)

    Examples
    --------
    >>> cell_texts(np.array([[1.0, -1 / 9]]), "signed").tolist()
    [['1.00', '-0.11']]
    >>> cell_texts(np.array([[1.0, -0.27]]), "pixel").tolist()
    [['1', '-0.3']]
    """
    array = np.asarray(array)
    decimals = _decimals(array, kind)
    if kind == "signed" and decimals == 0 and array.dtype.kind == "f":
        decimals = max([0, *[_decimals(other, kind) for other in beside]]) if np.abs(array).max() < 10 else 0
    texts = np.empty(array.shape, dtype=object)
    for position, value in np.ndenumerate(array):
        whole = kind == "pixel" and value == np.round(value)
        texts[position] = number_text(value, 0 if whole else decimals)
    return texts


def number_text(value, decimals=2):
    """A number with that many decimals, without a minus before zero.

    Examples
    --------
    >>> number_text(-0.001)
    '0.00'
    """
    if not np.isfinite(value):
        return str(float(value))
    if abs(value) >= 1e5:
        return f"{value:.0e}"
    text = f"{value:.{decimals}f}"
    return text.lstrip("-") if float(text) == 0 else text


def short_text(number):
    """The number with at most two decimals, as few as it needs.

    Examples
    --------
    >>> short_text(0.25), short_text(4.0), short_text(0.1 + 0.2)
    ('0.25', '4', '0.3')
    """
    enough = (digits for digits in (0, 1) if abs(round(number, digits) - number) < 1e-9)
    return number_text(number, next(enough, 2))


def counted(count, noun):
    """So many things, in words that fit one of them, or several.

    Examples
    --------
    >>> counted(1, "map"), counted(2, "map")
    ('1 map', '2 maps')
    """
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _decimals(array, kind):
    """Two for values up to 10, then fewer, so that all take about the same room; none for whole numbers."""
    finite = np.abs(array[np.isfinite(array)])
    if (finite == np.round(finite)).all():
        return 0
    if kind == "pixel":
        return 1
    largest = finite.max() if finite.size else 0
    return 2 if largest < 10 else 1 if largest < 100 else 0
