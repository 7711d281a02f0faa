"""Style: the colours that mean one thing in the whole course, and the settings that go with them."""

from pathlib import Path

import matplotlib.style
import numpy as np
from matplotlib.colors import LinearSegmentedColormap

STYLE = Path(__file__).with_name("course.mplstyle")

BLUE = "#0072B2"  # positive
VERMILLION = "#D55E00"  # negative
ORANGE = "#E69F00"  # where we are looking
GREY = "#8C8C8C"  # grids and frames
DIM = "#6E6E6E"  # dashed lines, and what matters less than the rest
INK = "#262626"  # text
DARK, LIGHT = "#404040", "#BFBFBF"  # class X and class O; two things compared
PAPER = "#EDEDED"  # behind every figure, quiet on a white page and on a dark one
WRONG = "\N{BALLOT X} wrong"  # in words: colour alone must not carry it
SIGNED = LinearSegmentedColormap.from_list("signed", [VERMILLION, "white", BLUE])
_DEEP = 0.3  # the luminance below which black on vermillion is hard to read


def course_style():
    """A context in which Matplotlib draws in the course's style."""
    return matplotlib.style.context(STYLE)


def use_style():
    """Matplotlib draws in the course's style from now on, in figures of your own too."""
    matplotlib.style.use(STYLE)


def readable_on(colour):
    """Black or white, whichever has the higher contrast with this colour (relative luminance, WCAG 2).

    Parameters
    ----------
    colour : ndarray of shape (3,)
        Red, green and blue from 0 to 1.

    Examples
    --------
    >>> readable_on(np.array([1.0, 1.0, 1.0]))
    'black'
    """
    return "black" if _luminance(colour) > 0.179 else "white"


def text_on(colour):
    """How a value is written on this colour: black or white, and bold on deep vermillion.

    Examples
    --------
    >>> text_on(np.array([213, 94, 0]) / 255)
    {'color': 'black', 'weight': 'bold'}
    """
    on_vermillion = colour[0] > colour[2] and _luminance(colour) < _DEEP
    return {"color": readable_on(colour), "weight": "bold" if on_vermillion else "normal"}


def _luminance(colour):
    linear = np.where(colour <= 0.04045, colour / 12.92, ((colour + 0.055) / 1.055) ** 2.4)
    return linear @ np.array([0.2126, 0.7152, 0.0722])
