"""Rendering: a finished figure together with the text that says what is in it."""

import base64
import html
import io
import sys
from functools import cached_property
from pathlib import Path

from matplotlib.patches import FancyBboxPatch

from helpers.show.parts.style import PAPER, course_style

DOTS_PER_INCH = 150  # of the file
_CORNER = 0.08  # inches
_CSS_PIXELS_PER_INCH = (
    96  # of the page that shows it: the text of a figure is then as large as the text around it
)


class Picture:
    """A figure with its alternative text; as the last line of a cell it is shown.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
    alt : str
        What the figure shows, for those who cannot see it.

    Raises
    ------
    ValueError
        If there is no alternative text.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> picture = Picture(Figure(figsize=(2, 1)), alt="An empty sheet.")
    >>> picture
    An empty sheet.
    >>> picture.png[1:4]
    b'PNG'
    """

    def __init__(self, figure, alt):
        _require_alt(alt)
        self.figure = figure
        _lay_on_paper(figure)
        self.alt = alt
        _close(figure)

    @cached_property
    def png(self):
        """The PNG file's bytes: the same on every run, because they hold neither date nor version."""
        file = io.BytesIO()
        with course_style():
            self.figure.savefig(
                file, format="png", dpi=DOTS_PER_INCH, facecolor="none", metadata={"Software": None}
            )
        return file.getvalue()

    def save(self, path):
        """Write the PNG file."""
        Path(path).write_bytes(self.png)

    def __repr__(self):
        """The alternative text."""
        return self.alt

    def _repr_mimebundle_(self, include=None, exclude=None):
        """What Jupyter shows: a page's image with its text, the bare image or, failing both, the text alone.

        JupyterLab prefers the first. It would show the second without its alternative text.
        """
        png = base64.b64encode(self.png).decode("ascii")
        width = round(self.figure.get_figwidth() * _CSS_PIXELS_PER_INCH)
        image = (  # which shrinks on a page that is narrower
            f'<img alt="{html.escape(self.alt)}" width="{width}" src="data:image/png;base64,{png}" '
            'style="max-width: 100%">'
        )
        data = {"text/html": image, "image/png": png, "text/plain": self.alt}
        return data, {"image/png": {"alt": self.alt, "width": width}}


def _lay_on_paper(figure):
    """A sheet of paper with round corners behind everything: it suits a white page, and a dark one."""
    width, height = figure.get_size_inches()
    paper = FancyBboxPatch(
        (0, 0),
        width,
        height,
        boxstyle=f"round,pad=0,rounding_size={_CORNER}",
        transform=figure.dpi_scale_trans,
        facecolor=PAPER,
        linewidth=0,
        zorder=-10,
    )
    paper.set_in_layout(False)
    figure.add_artist(paper)


def _close(figure):
    """Take the figure out of pyplot's hands, which would show it a second time."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is not None:
        pyplot.close(figure)


def _require_alt(alt):
    if not isinstance(alt, str) or not alt.strip():
        raise ValueError("a picture needs an alternative text: a sentence that says what it shows")
