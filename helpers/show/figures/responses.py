"""Responses: an image, the maps that each layer of a network makes of it, and the shares of the votes."""

import numpy as np

from helpers.show.parts.labels import PAGE_WIDTH, TITLE_SIZE, number_text, sized
from helpers.show.parts.picture import Picture
from helpers.show.parts.sheet import blank_sheet
from helpers.show.parts.style import GREY, INK, course_style
from helpers.show.parts.tiles import draw_tile, draw_tiles, largest

_SIDE = 2.1  # inches of the image
_LEFT = 2.6  # where the maps begin
_IN_A_ROW = 16
_GAP = 0.05
_TITLE, _BAR = 0.26, 0.22  # heights of a title with its margin, and of a bar
_MARGIN = 0.12
_LARGEST_PIXEL = 0.07


def responses(image, maps, labels, shares, alt=None):
    """The image and the bars of the shares on the left, the maps layer by layer on the right.

    Parameters
    ----------
    image : ndarray of shape (height, width)
        Pixels from -1 to 1.
    maps : dict of str to ndarray of shape (count, height, width)
        For each layer its title and its maps; each layer's largest value has the full colour.
    labels : list of str
    shares : ndarray of shape (classes,)
        One for each label; none if they are unknown.
    alt : str, optional
        Alternative text; by default the layers' titles and the largest share.

    Returns
    -------
    Picture

    Examples
    --------
    >>> picture = {"convolution, 1 x 2 x 2": np.ones((1, 2, 2))}
    >>> responses(np.ones((3, 3)), picture, ["X", "O"], np.array([0.9, 0.1]))
    An image, and how a network responds to it: convolution, 1 x 2 x 2; most votes for X, share 0.90.
    """
    rows = [_row(stack) for stack in maps.values()]
    left = _MARGIN + _TITLE + _SIDE + _TITLE + _BAR * len(labels)
    height = max(left, sum(_TITLE + row[2] for row in rows)) + _MARGIN
    with course_style():
        figure, axes = blank_sheet(PAGE_WIDTH, height)
        _draw_image(axes, image)
        _draw_shares(axes, labels, shares)
        top = _MARGIN
        for (title, stack), (in_a_row, pixel, tall) in zip(maps.items(), rows, strict=True):
            _write(axes, _LEFT, top + 0.13, title)
            draw_tiles(axes, stack, (_LEFT, top + _TITLE - 0.06), pixel, _GAP, in_a_row, largest(stack))
            top += _TITLE + tall
    return Picture(figure, alt or _describe(maps, labels, shares))


def _row(stack):
    """How many maps there are in a row, the inches of a pixel, and the height of all rows."""
    count, height, width = stack.shape
    rows = -(-count // _IN_A_ROW)
    in_a_row = -(-count // rows)
    pixel = min(_LARGEST_PIXEL, ((PAGE_WIDTH - _LEFT - _MARGIN) / in_a_row - _GAP) / width)
    pixel = max(pixel, 0.12 if height == 1 and width * 0.12 < PAGE_WIDTH - _LEFT - _MARGIN else 0)
    return in_a_row, pixel, rows * (height * pixel + _GAP)


def _write(axes, left, middle, text, **how):
    axes.text(left, middle, text, size=TITLE_SIZE, color=INK, va="center", **how)


def _draw_image(axes, image):
    """The image under its name and shape."""
    _write(axes, _MARGIN, _MARGIN + 0.13, sized("image", image.shape))
    draw_tile(axes, image, _MARGIN, _MARGIN + _TITLE - 0.06, _SIDE / max(image.shape), "pixel")


def _draw_shares(axes, labels, shares):
    """A bar for each label, as long as its share."""
    top = _MARGIN + _TITLE + _SIDE + 0.13
    _write(axes, _MARGIN, top, "shares of the votes")
    for index, (label, share) in enumerate(zip(labels, shares, strict=False)):
        middle = top + (index + 1) * _BAR
        _write(axes, _MARGIN, middle, label)
        axes.barh(middle, 1.2 * share, height=0.13, left=0.45, color=GREY)
        _write(axes, _MARGIN + _SIDE, middle, number_text(share), ha="right")


def _describe(maps, labels, shares):
    """The alternative text: the layers, and who wins."""
    parts = list(maps)
    if len(shares):
        parts.append(f"most votes for {labels[int(np.argmax(shares))]}, share {max(shares):.2f}")
    return f"An image, and how a network responds to it: {'; '.join(parts)}."
