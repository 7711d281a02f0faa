"""The mark that says where we are looking: orange with a black casing, so that it shows on any colour."""

from matplotlib.patches import Rectangle

from helpers.show.parts.style import ORANGE


def cased(casing, orange):
    """The two strokes of a mark, the wider one first: colour and width in points of each.

    Examples
    --------
    >>> cased(3.4, 1.9)
    (('black', 3.4), ('#E69F00', 1.9))
    """
    return ("black", casing), (ORANGE, orange)


def outline(axes, corner, width, height, casing=3.4, orange=1.9, **style):
    """Outline a rectangle.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
    corner : (float, float)
        The corner with the smallest coordinates, in data coordinates, as are `width` and `height`.
    width, height : float
    casing, orange : float
        Widths of the two strokes in points.
    **style
        Further properties of the rectangle, such as ``zorder=5``.
    """
    for colour, thickness in cased(casing, orange):
        rectangle = Rectangle(corner, width, height, fill=False, joinstyle="miter", **style)
        rectangle.set(edgecolor=colour, linewidth=thickness)
        axes.add_patch(rectangle)


def cased_line(axes, x, y, casing, orange, **style):
    """Draw a line through these points with both strokes."""
    for colour, thickness in cased(casing, orange):
        axes.plot(x, y, color=colour, linewidth=thickness, **style)


def cased_dot(axes, x, y, size, **style):
    """Draw a dot with a black edge."""
    axes.plot([x], [y], "o", color=ORANGE, markeredgecolor="black", markersize=size, **style)
