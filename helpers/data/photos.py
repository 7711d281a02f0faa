"""Photos: a real photograph, for pictures with more to see than an X."""

from functools import cache
from pathlib import Path

import numpy as np

_CHINA = Path(__file__).with_name("china.png")  # not a JPEG: libraries decode those differently
_LUMINANCE = (0.299, 0.587, 0.114)  # how bright red, green and blue look to the eye (ITU-R BT.601)


def photograph(colour=False):
    """A photograph of a Chinese temple, one of scikit-learn's sample images.

    Parameters
    ----------
    colour : bool
        Whether to keep red, green and blue; otherwise they are mixed to a grey that looks equally bright.

    Returns
    -------
    ndarray of shape (427, 640) or (427, 640, 3)
        Values in [-1, 1]. A fresh copy: change it as you like.

    Notes
    -----
    By danielbuechele, CC BY 2.0. The pixels are those of scikit-learn's ``china.jpg``.

    Examples
    --------
    >>> photograph().shape, photograph(colour=True).shape
    ((427, 640), (427, 640, 3))
    """
    photo = _china() / 127.5 - 1  # (427, 640, 3)
    return photo if colour else photo @ np.array(_LUMINANCE)


@cache
def _china():
    """The file's pixels: (427, 640, 3), whole numbers from 0 to 255."""
    from PIL import Image  # here, because few lessons need it

    with Image.open(_CHINA) as opened:
        return np.asarray(opened)
