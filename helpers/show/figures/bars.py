"""Charts: values compared as bars, one for each label or side by side in two tones."""

import numpy as np
from matplotlib.figure import Figure

from helpers.show.parts.labels import LINE_HEIGHT, TITLE_PAD, TITLE_SIZE, number_text, text_width
from helpers.show.parts.picture import Picture
from helpers.show.parts.style import BLUE, DARK, GREY, INK, LIGHT, VERMILLION, WRONG, course_style

_WIDTH = 6.5  # inches, as the other lengths
_BAR = 0.34  # from one bar to the next
_PAIRED_BAR = 0.26
_BETWEEN_GROUPS = 0.14
_MARGIN = 0.12
_SMALL = 9  # points: the names of paired bars, and what stands at their ends
_TONES = DARK, LIGHT


def bars(labels, values, title=None, limit=None, decimals=2, alt=None, wrong=None):
    """A horizontal bar for each label, with the value at its end.

    One list of values is drawn blue from zero up, vermillion below. Two lists are drawn side by side for each
    label, the first dark and the second light, each with its name.

    Parameters
    ----------
    labels : list of str
    values : list of float, or dict of str to list of float
        A value for each label; or one or two names, each with a value for each label.
    title : str, optional
        What the values are.
    limit : float, optional
        The value at which a bar would fill the width; by default 1, or the largest value if that is larger.
    decimals : int
        How many are printed.
    alt : str, optional
        Alternative text; by default the title, the labels and the values.
    wrong : list of bool, or dict of str to list of bool, optional
        For each label whether its bar is a wrong answer, which the figure then says; with names as
        in `values`, of which some may be left out.

    Returns
    -------
    Picture

    Raises
    ------
    ValueError
        If there are no labels, not as many labels as values, or more than two names.

    Examples
    --------
    >>> bars(["X", "O"], [1.0, 0.74], title="agreement with the X")
    Bar chart, agreement with the X: X 1.00; O 0.74.
    >>> bars(["moved"], {"X": [0.75], "O": [0.77]}, "agreement", wrong={"O": [True]})
    Bar chart, agreement: moved, X 0.75, O 0.77 (wrong).
    """
    labels = [str(label) for label in labels]
    rows = _read(values)
    _require_pairs(labels, rows)
    marks = _marks(wrong, rows)
    paired = len(rows) > 1
    limit = limit or max(1.0, *np.abs([*rows.values()]).ravel())
    with course_style():
        places, height = _places(len(labels), len(rows))
        top = _MARGIN + (LINE_HEIGHT + TITLE_PAD if title else 0)
        figure = Figure(figsize=(_WIDTH, top + height + _MARGIN), layout="none")
        left, names_left = _room(labels, rows)
        axes = _axes(figure, left, top, height)
        ends = _ends(rows, marks, decimals)
        _set_limits(axes, rows, ends, limit)
        for series, (name, row) in enumerate(rows.items()):
            _draw_row(axes, places[series], row, ends[name], _TONES[series] if paired else None)
            if paired:
                _name_bars(axes, places[series], name)
        axes.axvline(0, color=GREY, linewidth=0.8)
        axes.set_yticks(places.mean(axis=0), labels, size=TITLE_SIZE)
        axes.tick_params(left=False, length=0, pad=72 * names_left)
        if title:
            figure.text(
                _MARGIN / _WIDTH, 1 - (top - TITLE_PAD) / figure.get_figheight(), title, size=TITLE_SIZE
            )
    return Picture(figure, alt or _describe(labels, rows, ends, title))


def _read(values):
    """Name -> array; the name of a single list is None."""
    rows = values if isinstance(values, dict) else {None: values}
    return {name: np.array([float(value) for value in row]) for name, row in rows.items()}


def _marks(wrong, rows):
    """Name -> for each label whether it is wrong."""
    wrong = {} if wrong is None else wrong if isinstance(wrong, dict) else {next(iter(rows)): wrong}
    for name, row in wrong.items():
        if name not in rows or len(row) != len(rows[name]):
            raise ValueError(f"wrong needs True or False for each bar of {', '.join(map(str, rows))}")
    return {name: wrong.get(name, np.zeros(len(row), dtype=bool)) for name, row in rows.items()}


def _places(groups, series):
    """The middle of each bar in inches from the top, (series, groups); and the height of all."""
    bar = _BAR if series == 1 else _PAIRED_BAR
    group = series * bar + (_BETWEEN_GROUPS if series > 1 else 0)
    middles = np.arange(groups) * group + (np.arange(series)[:, None] + 0.5) * bar
    return middles, groups * group - (_BETWEEN_GROUPS if series > 1 else 0)


def _room(labels, rows):
    """Inches to the left of the bars, and from the bars to the end of the labels."""
    names = max(text_width(name, _SMALL) for name in rows) + 0.2 if len(rows) > 1 else 0.06
    return _MARGIN + max(text_width(label, TITLE_SIZE) for label in labels) + names, names


def _axes(figure, left, top, height):
    """Axes that are measured in inches from the top."""
    width, total = figure.get_size_inches()
    share = left / width, (total - top - height) / total, (width - left - _MARGIN) / width, height / total
    axes = figure.add_axes(share)
    axes.set(ylim=(height, 0), xticks=[])
    axes.spines[:].set_visible(False)
    return axes


def _ends(rows, marks, decimals):
    """Name -> the text at the end of each bar: the value, and whether it is wrong."""
    return {
        name: [
            number_text(value, decimals) + (f"  {WRONG}" if mark else "")
            for value, mark in zip(row, marks[name], strict=True)
        ]
        for name, row in rows.items()
    }


def _set_limits(axes, rows, ends, limit):
    """From zero, or as far below it as above, with room for the text at the ends."""
    width = axes.get_position().width * _WIDTH
    room = max(text_width(end, TITLE_SIZE) for row in ends.values() for end in row) + 0.12
    if min(row.min() for row in rows.values()) < 0:
        share = limit * width / (width - 2 * room)
        axes.set_xlim(-share, share)
    else:
        axes.set_xlim(0, limit * width / (width - room))


def _draw_row(axes, places, row, ends, tone):
    """One list's bars, in this tone or in the colours of their signs, with what stands at their ends."""
    colours = tone or np.where(row >= 0, BLUE, VERMILLION)
    height, edge = (0.8 * _PAIRED_BAR, 0.6) if tone else (0.62 * _BAR, 0)
    drawn = axes.barh(places, row, color=colours, height=height, edgecolor=GREY, linewidth=edge)
    for text, end in zip(axes.bar_label(drawn, ends, padding=4), ends, strict=True):
        text.set(size=TITLE_SIZE, color=INK, weight="bold" if WRONG in end else "normal")


def _name_bars(axes, places, name):
    """The name to the left of each of its bars."""
    where = {"transform": axes.get_yaxis_transform(), "ha": "right", "va": "center"}
    for place in places:
        axes.text(-0.06 / (axes.get_position().width * _WIDTH), place, name, size=_SMALL, color=INK, **where)


def _describe(labels, rows, ends, title):
    """The alternative text: every label with its values."""
    parts = []
    for index, label in enumerate(labels):
        numbers = [
            (f"{name} " if name is not None else "") + ends[name][index].replace(f"  {WRONG}", " (wrong)")
            for name in rows
        ]
        parts.append(f"{label}{' ' if list(rows) == [None] else ', '}{', '.join(numbers)}")
    return f"Bar chart, {title}: {'; '.join(parts)}." if title else f"Bar chart: {'; '.join(parts)}."


def _require_pairs(labels, rows):
    if not 1 <= len(rows) <= len(_TONES):
        raise ValueError(f"bars draws one list of values or two side by side, not {len(rows)}")
    for row in rows.values():
        if len(labels) != len(row) or not labels:
            raise ValueError(
                f"bars needs a value for each label, but has {len(labels)} labels, {len(row)} values"
            )
