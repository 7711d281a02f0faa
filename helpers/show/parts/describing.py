"""Describing: what a row of panels shows, in words, for those who cannot see it."""

import numpy as np

from helpers.show.parts.labels import counted, number_text

_COUNTS = (
    "No",
    "One",
    "Two",
    "Three",
    "Four",
    "Five",
    "Six",
    "Seven",
    "Eight",
    "Nine",
    "Ten",
    "Eleven",
    "Twelve",
)


def describe(panels):
    """The alternative text: names, shapes, what the values are, and what is outlined or marked.

    Parameters
    ----------
    panels : list of Panel

    Returns
    -------
    str
    """
    count = _COUNTS[len(panels)] if len(panels) < len(_COUNTS) else str(len(panels))
    noun = "panel" if len(panels) == 1 else "panels"
    return f"{count} {noun}: {'; '.join(_panel_text(panel) for panel in panels)}."


def _panel_text(panel):
    parts = [panel.title, "in colour" if panel.colour else _values_text(panel)]
    for row, column, height, width in panel.windows:
        parts.append(f"a window of {height} x {width} at row {row}, column {column}")
    if panel.marks is not None:
        parts.append(f"{counted(np.count_nonzero(panel.marks), 'pixel')} marked")
    return ", ".join(parts)


def _values_text(panel):
    """The values in a few words: white and black counted, or the range."""
    array = panel.array
    if panel.kind == "pixel" and np.isin(array, (-1, 1)).all():
        white = np.count_nonzero(array == 1)
        return f"{white} white and {counted(array.size - white, 'black pixel')}"
    finite = array[np.isfinite(array)]
    if not finite.size:
        return "no numbers"
    smallest, largest = number_text(finite.min()), number_text(finite.max())
    text = f"all {smallest}" if smallest == largest else f"from {smallest} to {largest}"
    strange = array.size - finite.size
    return f"{text}, {strange} not finite" if strange else text
