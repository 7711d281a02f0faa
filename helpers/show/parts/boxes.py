"""Boxes: volumes drawn as three faces, the first channel in front."""

SLANT = 0.35  # one channel behind the next is drawn this far right and up, in pixels
FACES = {"front": "#FAFAFA", "top": "#E6E6E6", "side": "#D2D2D2"}


def extent(shape):
    """Width and height of the drawing of a volume, in pixels.

    Parameters
    ----------
    shape : (int, int, int)
        Depth, height and width.

    Examples
    --------
    >>> extent((0, 2, 3))
    (3.0, 2.0)
    """
    depth, height, width = shape
    return width + depth * SLANT, height + depth * SLANT
