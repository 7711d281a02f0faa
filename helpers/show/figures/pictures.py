"""Pictures: arrays drawn as grids of cells, side by side, with their values, windows and marks."""

import numpy as np
from matplotlib.collections import PolyCollection
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from helpers.show.parts.describing import describe
from helpers.show.parts.labels import LINE_HEIGHT, TITLE_PAD, TITLE_SIZE, cell_texts, text_width
from helpers.show.parts.layout import NAME_SIZE, arrange, foot
from helpers.show.parts.outline import outline
from helpers.show.parts.panels import read_panels
from helpers.show.parts.picture import DOTS_PER_INCH, Picture
from helpers.show.parts.style import INK, ORANGE, WRONG, course_style
from helpers.show.parts.tables import write_values
from helpers.show.parts.tiles import grid_lines, tile_colours

_NOT_A_NUMBER = to_rgb("#E8D9A8")  # sand: nothing else in the course has this colour
_LARGEST_PRINTED = 9  # rows and columns
_SMALLEST_CELL_WITH_GRID = 0.05  # inches
_USUAL_TEXT = {"pixel": "-1", "signed": "-0.00"}  # panels with these are printed in one size
_TEXT_SIZES = (5.0, 10.0)  # points: smallest that can be read, largest that looks well


def pictures(
    arrays,
    titles=None,
    kind="pixel",
    values=None,
    windows=None,
    marks=None,
    alt=None,
    limit=None,
    wrong=None,
    rows=None,
    columns=None,
    sizes=True,
):
    """Arrays drawn side by side, at most four in a row.

    Parameters
    ----------
    arrays : list of ndarray of shape (height, width) or (height, width, 3)
        What to draw. One array, or a stack of shape (count, height, width), may be given without a list.
    titles : list of str, or str, optional
        Names; the shapes are added to them. One name for several pictures is numbered from 0.
    kind : {"pixel", "signed"} or list of them
        Grey from -1 to 1, or blue for positive and vermillion for negative, stronger for larger values.
        Pictures in colour are shown as they are.
    values : bool, optional, or list of them
        Whether to print the values; by default, up to 9 x 9.
    windows : list, optional
        For each picture None, an outline (row, column, height, width), or a list of outlines.
    marks : list, optional
        For each picture None, or an array of bool of its shape: True pixels get an orange corner.
    alt : str, optional
        Alternative text; by default, names, shapes and ranges.
    limit : float or list of float, optional
        The size of the signed values that get the full colour; by default the largest in the figure, so that
        pictures side by side can be compared.
    wrong : list of bool, optional
        For each picture whether it is a wrong answer: its title says so, and it gets a strong frame.
    rows, columns : list, optional
        For each picture None, or a name for each of its rows or columns.
    sizes : bool
        Whether the shapes are added to the names.

    Returns
    -------
    Picture

    Raises
    ------
    ValueError
        If an argument does not fit the pictures.

    Examples
    --------
    >>> pictures([np.array([[1, -1], [-1, 1]])], titles=["falling"])
    One panel: falling (2 x 2), 2 white and 2 black pixels.
    """
    panels = read_panels(arrays, titles, kind, values, windows, marks, limit, wrong, rows, columns, sizes)
    size, places = arrange(panels)
    largest = _largest_signed(panels)
    with course_style():
        figure = Figure(figsize=size, layout="none")
        for panel, place in zip(panels, places, strict=True):
            _draw(figure, panel, place, _colours(panel, largest), _texts(panel, panels))
    return Picture(figure, alt or describe(panels))


def _largest_signed(panels):
    """The largest size of a finite value in the signed panels; 1 if there is none."""
    sizes = [np.abs(panel.array[np.isfinite(panel.array)]) for panel in panels if panel.kind == "signed"]
    largest = max((size.max() for size in sizes if size.size), default=0)
    return float(largest) if largest > 1e-12 else 1.0


def _colours(panel, largest):
    """Red, green and blue of each pixel, from 0 to 1: (height, width, 3)."""
    array = panel.array
    if panel.colour:
        return array / 255 if array.dtype == np.uint8 else np.clip((array + 1) / 2, 0, 1)
    limit = "pixel" if panel.kind == "pixel" else panel.limit or largest
    colours = tile_colours(array, limit)[:, :, :3]
    colours[np.isnan(array)] = _NOT_A_NUMBER
    return colours


def _texts(panel, panels):
    """The texts of the values; signed panels on one scale get the same decimals."""
    too_large = panel.values is not True and max(panel.height, panel.width) > _LARGEST_PRINTED
    if panel.colour or panel.values is False or too_large:
        return np.empty((0, 0), dtype=object)
    beside = [other.array for other in panels if (other.kind, other.limit) == (panel.kind, panel.limit)]
    return cell_texts(panel.array, panel.kind, [array for array in beside if array.ndim == 2])


def _draw(figure, panel, place, colours, texts):
    """One panel with its title, grid, values, marks and windows."""
    axes = _axes(figure, place)
    smooth = place.cell < 1 / DOTS_PER_INCH
    axes.imshow(colours, interpolation="antialiased" if smooth else "nearest", aspect="auto")
    axes.set(xlim=(-0.5, panel.width - 0.5), ylim=(panel.height - 0.5, -0.5))
    _draw_grid(axes, panel, place.cell)
    printed = _are_values_printed(panel, place.cell, texts)
    if panel.marks is not None:
        _draw_marks(axes, panel.marks, place.cell, side=0.4 if printed else 0.65)
    if printed:
        size = _text_size(texts, panel.kind, place.cell)
        write_values(axes, texts, colours, -0.5, -0.5, 1, size)
    for window in panel.windows:
        _draw_window(axes, window, place.cell)
    if panel.wrong:
        frame = Rectangle((-0.5, -0.5), panel.width, panel.height, fill=False, edgecolor=INK, linewidth=3)
        axes.add_patch(frame).set_clip_on(False)
    _name_lines(axes, panel, place.cell)


def _axes(figure, place):
    """Empty axes at this place, under the title."""
    width, height = figure.get_size_inches()
    bottom = height - place.top - place.height
    axes = figure.add_axes([place.left / width, bottom / height, place.width / width, place.height / height])
    axes.set_axis_off()
    for line, text in enumerate(reversed(place.title)):
        baseline = bottom + place.height + TITLE_PAD + line * LINE_HEIGHT
        weight = "bold" if WRONG in text else "normal"
        figure.text(place.left / width, baseline / height, text, size=TITLE_SIZE, color=INK, weight=weight)
    return axes


def _draw_grid(axes, panel, cell):
    """Thin grey lines between the cells, where they are large enough, and around the picture."""
    fine, style = cell >= _SMALLEST_CELL_WITH_GRID, {"linewidths": min(0.8, 3 * cell), "clip_on": False}
    grid_lines(axes, (panel.height, panel.width), -0.5, -0.5, 1, fine, **style)


def _name_lines(axes, panel, cell):
    """The names of the rows to the left, those of the columns below; upright where they are too wide."""
    gap, style = 0.06 / cell, {"size": NAME_SIZE, "color": INK}
    for row, name in enumerate(panel.row_names):
        axes.text(-0.5 - gap, row, name, ha="right", va="center", **style)
    angle = 90 if foot(panel.column_names, cell)[1] else 0
    for column, name in enumerate(panel.column_names):
        axes.text(column, panel.height - 0.5 + gap, name, ha="center", va="top", rotation=angle, **style)


def _are_values_printed(panel, cell, texts):
    """Whether the values are asked for, or are few enough and their cells large enough."""
    if panel.colour or panel.values is not None:
        return bool(panel.values) and not panel.colour
    few = max(panel.height, panel.width) <= _LARGEST_PRINTED
    return few and _text_size(texts, panel.kind, cell) >= _TEXT_SIZES[0]


def _text_size(texts, kind, cell):
    """The size in points at which the longest text fits into a cell; always with room for the usual ones."""
    widest = max(text_width(text, 1) for text in [_USUAL_TEXT[kind], *texts.ravel()])
    return min(_TEXT_SIZES[1], 0.8 * cell / widest, 0.4 * cell * 72)


def _draw_marks(axes, marks, cell, side):
    """An orange corner with a black casing in each marked cell: it shows on white, black and grey."""
    corners = []
    for row, column in np.argwhere(marks):
        top, right = row - 0.5, column + 0.5
        corners.append([(right - side, top), (right, top), (right, top + side)])
    width = min(1.2, 4 * cell)
    axes.add_collection(PolyCollection(corners, facecolors=ORANGE, edgecolors="black", linewidths=width))


def _draw_window(axes, window, cell):
    """An orange outline with a black casing, thinner around a small window."""
    row, column, height, width = window
    orange = min(2.4, 1.2 + 3 * cell * min(height, width))
    corner = column - 0.5, row - 0.5
    outline(axes, corner, width, height, 1.75 * orange, orange, zorder=5, clip_on=False)
