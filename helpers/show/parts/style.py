"""Style: the colours that mean one thing in the whole course, and the settings that go with them."""

from pathlib import Path

import matplotlib.style
from matplotlib.colors import LinearSegmentedColormap

STYLE = Path(__file__).with_name("course.mplstyle")

BLUE = "#0072B2"  # positive
VERMILLION = "#D55E00"  # negative
ORANGE = "#E69F00"  # where we are looking
GREY = "#8C8C8C"  # grids and frames
INK = "#262626"  # text
DARK, LIGHT = "#404040", "#BFBFBF"  # class X and class O; two things compared
PAPER = "#F2F2F2"  # behind every figure, quiet on a white page and on a dark one
WRONG = "\N{BALLOT X} wrong"  # said of an answer, never shown by colour alone
SIGNED = LinearSegmentedColormap.from_list("signed", [VERMILLION, "white", BLUE])


def course_style():
    """A context in which Matplotlib draws in the course's style."""
    return matplotlib.style.context(STYLE)


def use_style():
    """Matplotlib draws in the course's style from now on, in figures of your own too."""
    matplotlib.style.use(STYLE)
