"""A sheet: a blank figure that is measured in inches, to the right and down."""

from matplotlib.figure import Figure


def blank_sheet(width, height):
    """A figure of this size in inches, and the sheet that covers all of it.

    Examples
    --------
    >>> figure, axes = blank_sheet(4, 2)
    >>> axes.get_xlim(), axes.get_ylim()
    ((np.float64(0.0), np.float64(4.0)), (np.float64(2.0), np.float64(0.0)))
    """
    figure = Figure(figsize=(width, height), layout="none")
    return figure, sheet(figure)


def sheet(figure, left=0.0, width=1.0):
    """Axes over a strip of the figure; `left` and `width` are shares of the figure's width."""
    inches = figure.get_size_inches()
    axes = figure.add_axes([left, 0, width, 1])
    axes.set(xlim=(0, width * inches[0]), ylim=(inches[1], 0))
    axes.set_axis_off()
    return axes
