"""Scans: a page of digits, photographs of your own pages, and the single digits cut out of them."""

import io
from functools import cache
from pathlib import Path

import numpy as np

PAGE_LINES = (
    "3071964852",
    "9482605713",
    "5036178294",
    "1749820365",
    "6258491370",
    "8910357426",
    "2563704981",
    "4327985160",
)
_PAGE = Path(__file__).with_name("page_of_digits.png")
_LONGEST_SIDE = 1400  # pixels: larger photographs are shrunk first
_DARKER = 0.72  # of the paper's brightness around it: what is darker still is ink
_WHOLE = 0.6  # of the usual height of a digit: what is smaller may be a part of one
_SMALLEST = 0.35  # what is smaller still is part of one, or a speck
_MOST_PIECES = 400


def page_of_digits():
    """A page with 80 digits, and what they are: a program drew it, as a pen would.

    Returns
    -------
    page : ndarray of shape (height, width)
        Brightness from -1 (black) to 1 (white): dark ink on unevenly lit paper.
    labels : ndarray of int, of shape (80,)
        The digits in the order in which one reads them.

    Notes
    -----
    ``benchmarks/page_of_digits.py`` draws the page again.

    Examples
    --------
    >>> page, labels = page_of_digits()
    >>> page.ndim, labels[:4]
    (2, array([3, 0, 7, 1]))
    """
    return _page().copy(), np.array([int(digit) for line in PAGE_LINES for digit in line])


def read_scan(file):
    """The brightness of a photograph or a scan, from -1 (black) to 1 (white).

    Parameters
    ----------
    file : str, Path, bytes or memoryview
        Where the picture is, or its bytes, as a file upload has them: PNG, JPEG or what else Pillow reads.

    Returns
    -------
    ndarray of shape (height, width)
        At most 1,400 pixels along the longer side.

    Raises
    ------
    ValueError
        If the file is not a picture.
    """
    from PIL import Image, ImageOps  # here, because few lessons need it

    source = io.BytesIO(bytes(file)) if isinstance(file, bytes | bytearray | memoryview) else file
    try:
        with Image.open(source) as opened:
            picture = ImageOps.exif_transpose(opened).convert("L")  # as the camera was held; grey
    except (OSError, ValueError, Image.DecompressionBombError) as problem:
        raise ValueError(f"this file is not a picture that can be read: {problem}") from None
    picture.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    return np.asarray(picture, dtype=float) / 127.5 - 1


def cut_out(page):
    """The single digits of a page, each on a small piece of its paper, in the order in which one reads them.

    Parameters
    ----------
    page : ndarray of shape (height, width)
        Dark ink on lighter paper without lines; no digit touches another.

    Returns
    -------
    pieces : list of ndarray
        Each with some paper around the digit; of the other digits nothing.
    windows : list of tuple of int
        Where they are on the page: (row, column, height, width).

    Raises
    ------
    ValueError
        If `page` is not a two-dimensional array, or there is no ink on it, or there are more than 400 pieces.

    Examples
    --------
    >>> page = np.ones((30, 40))
    >>> page[8:20, 6:9] = page[8:20, 25:28] = -1
    >>> pieces, windows = cut_out(page)
    >>> windows
    [(6, 4, 16, 7), (6, 23, 16, 7)]
    """
    page = np.asarray(page, dtype=float)
    if page.ndim != 2:
        raise ValueError(f"a page has rows and columns; this one has the shape {page.shape}")
    paper = _paper_around(page)
    parts, boxes = _inked_parts((page + 1) / 2 < _DARKER * (paper + 1) / 2)
    groups = _in_reading_order(_joined(boxes), boxes)
    cuts = [_piece(page, paper, parts, group, boxes) for group in groups]
    return [piece for piece, _ in cuts], [window for _, window in cuts]


@cache
def _page():
    return read_scan(_PAGE)


def _paper_around(page):
    """How bright the paper is at each pixel: the brightest nearby, smoothed; found on a coarser page."""
    from scipy import ndimage

    step = max(1, min(page.shape) // 100)
    coarse = page[::step, ::step]
    side = max(3, min(coarse.shape) // 10)
    bright = ndimage.uniform_filter(ndimage.percentile_filter(coarse, 90, size=side), side)
    return bright.repeat(step, axis=0).repeat(step, axis=1)[: page.shape[0], : page.shape[1]]


def _inked_parts(ink):
    """Connected parts, numbered from 1 in an array, and the boxes of those that are no specks."""
    from scipy import ndimage

    parts, count = ndimage.label(ink, np.ones((3, 3)))
    found = ndimage.find_objects(parts)
    boxes = {
        number: (rows.start, columns.start, rows.stop, columns.stop)
        for number, (rows, columns) in enumerate(found, 1)
        if rows.stop - rows.start > 2 or columns.stop - columns.start > 2
    }
    if not boxes:
        raise ValueError("there is no ink on this page: nothing is much darker than the paper around it")
    if len(boxes) > 10 * _MOST_PIECES:
        raise ValueError(f"{count:,} dark specks: is the paper blank, and the light even?")
    return parts, boxes


def _joined(boxes):
    """Groups of parts that make one digit each: small parts go to the nearest large one, if it is near."""
    heights = {number: bottom - top for number, (top, _, bottom, _) in boxes.items()}
    tallest = max(heights.values())
    usual = np.median([height for height in heights.values() if height > 0.3 * tallest])
    groups = {number: [number] for number, height in heights.items() if height >= _WHOLE * usual}
    if len(groups) > _MOST_PIECES:
        raise ValueError(f"{len(groups)} pieces were found; a page may have {_MOST_PIECES}")
    for number in sorted(set(boxes) - set(groups), key=heights.get, reverse=True):
        nearest = min(groups, key=lambda other: _apart(boxes[number], boxes[other]))
        if _apart(boxes[number], boxes[nearest]) < 0.15 * usual:
            groups[nearest].append(number)
        elif heights[number] >= _SMALLEST * usual:
            groups[number] = [number]
    return list(groups.values())


def _apart(one, other):
    """How many pixels lie between two boxes."""
    down = max(one[0], other[0]) - min(one[2], other[2])
    across = max(one[1], other[1]) - min(one[3], other[3])
    return max(down, across, 0)


def _in_reading_order(groups, boxes):
    """Line by line, from left to right; a page that is slightly turned is read along its own lines."""
    around = [_around([boxes[number] for number in group]) for group in groups]
    usual = np.median([bottom - top for top, _, bottom, _ in around])
    lines = []
    for place in sorted(range(len(groups)), key=lambda index: around[index][1]):
        middle = (around[place][0] + around[place][2]) / 2
        near = min(lines, key=lambda line: abs(line["at"] - middle), default=None)
        if near is None or abs(near["at"] - middle) > 0.6 * usual:
            near = {"at": middle, "first": middle, "places": []}
            lines.append(near)
        near["at"] = (near["at"] + middle) / 2
        near["places"].append(place)
    lines.sort(key=lambda line: line["first"])
    return [groups[place] for line in lines for place in line["places"]]


def _around(boxes):
    tops, lefts, bottoms, rights = zip(*boxes, strict=True)
    return min(tops), min(lefts), max(bottoms), max(rights)


def _piece(page, paper, parts, group, boxes):
    """One digit with a margin, all other ink replaced by paper; and its window on the page."""
    top, left, bottom, right = _around([boxes[number] for number in group])
    margin = max(2, (bottom - top) // 6)
    top, left = max(0, top - margin), max(0, left - margin)
    rows, columns = slice(top, bottom + margin), slice(left, right + margin)
    others = (parts[rows, columns] > 0) & ~np.isin(parts[rows, columns], group)
    piece = np.where(_grown(others), paper[rows, columns], page[rows, columns])
    return piece, (int(top), int(left), *map(int, piece.shape))


def _grown(marked):
    """The marked pixels with their neighbours, where the ink's edge is grey."""
    from scipy import ndimage

    return ndimage.binary_dilation(marked, np.ones((3, 3))) if marked.any() else marked
