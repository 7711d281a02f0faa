"""Draw the page of digits that lesson 19 reads: ``python benchmarks/page_of_digits.py``.

Nobody wrote it: a program moves a pen along strokes that are a little different each time, on paper that is
unevenly lit and slightly turned. The strokes are one imagined person's: a 7 with a bar, a 1 with a long
upstroke, an open 4.
"""

from itertools import pairwise
from pathlib import Path

import numpy as np
from PIL import Image

from helpers.data.scans import PAGE_LINES

STORED = Path(__file__).resolve().parents[1] / "helpers" / "data" / "page_of_digits.png"
CELL, DIGIT = 48, 29  # pixels from digit to digit, and the usual height of one
PEN = 2.3  # pixels: width of the stroke
TURN = np.deg2rad(1.4)  # of the whole page
SEED = 19

# Points (across, down) along each stroke, in percent of the digit's height.
STROKES = {
    0: ("42,3 12,20 4,60 28,98 58,72 60,28 38,2",),
    1: (
        "2,42 22,20 40,0",
        "40,0 39,50 37,100",
    ),
    2: (
        "8,24 26,2 54,12 50,42 20,76 4,97",
        "4,97 34,92 66,97",
    ),
    3: (
        "8,10 34,0 54,16 46,40 24,47",
        "24,47 54,56 56,82 30,100 4,88",
    ),
    4: (
        "26,0 14,30 4,60",
        "4,60 34,62 70,58",
        "52,26 50,62 46,100",
    ),
    5: (
        "16,3 13,22 10,44",
        "10,44 40,38 56,62 40,94 4,94",
        "16,3 40,4 60,0",
    ),
    6: ("50,0 20,26 6,64 20,96 48,90 54,66 34,52 10,68",),
    7: (
        "2,6 30,4 60,2",
        "60,2 40,46 26,100",
        "14,54 36,50 60,48",
    ),
    8: ("50,12 28,0 10,18 30,44 56,70 36,100 8,84 20,54 46,32 50,10",),
    9: (
        "52,20 30,2 6,20 18,46 44,40 54,16",
        "54,16 50,56 40,100",
    ),
}


def drawn_page(rng):
    """Brightness from 0 to 1 of a whole page."""
    height, width = CELL * (len(PAGE_LINES) + 1), CELL * (len(PAGE_LINES[0]) + 1)
    ink = np.zeros((height, width))
    places = np.stack(np.indices(ink.shape), axis=-1).astype(float)  # (height, width, 2)
    for row, line in enumerate(PAGE_LINES):
        for column, digit in enumerate(line):
            middle = np.array([row + 1, column + 1]) * CELL + rng.normal(0, 2.2, 2)
            for path in written(int(digit), rng):
                draw(ink, places, turned(path + middle, ink.shape), PEN * rng.uniform(0.85, 1.15))
    down, across = np.indices(ink.shape) / np.array(ink.shape)[:, None, None]
    light = 1.0 - 0.68 * (0.55 * down + 0.45 * across) ** 1.5 - 0.05 * np.sin(3 * across + 2 * down)
    paper = 0.95 + 0.01 * rng.standard_normal(ink.shape)
    page = light * (paper - ink * (0.72 + 0.05 * rng.standard_normal(ink.shape)))
    return np.clip(page + 0.01 * rng.standard_normal(ink.shape), 0, 1)


def written(digit, rng):
    """The strokes of one digit as (row, column) around its middle, a little different each time."""
    height, wide = DIGIT * rng.uniform(0.85, 1.12), rng.uniform(0.8, 1.15)
    slant, lean = rng.normal(0.22, 0.1), rotation(rng.normal(0, 0.08))
    for stroke in STROKES[digit]:
        points = np.array([point.split(",") for point in stroke.split()], dtype=float) / 100
        points += rng.normal(0, 0.045, points.shape)
        across = (points[:, 0] - 0.32) * wide + slant * (0.5 - points[:, 1])
        yield smooth(np.column_stack([points[:, 1] - 0.5, across]) @ lean * height)


def smooth(points, steps=12):
    """A curve through the points: a Catmull-Rom spline."""
    padded = np.concatenate([points[:1], points, points[-1:]])
    t = np.linspace(0, 1, steps, endpoint=False)[:, None]
    curves = []
    for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        cubic = (-a + 3 * b - 3 * c + d) * t**3 + (2 * a - 5 * b + 4 * c - d) * t**2 + (c - a) * t + 2 * b
        curves.append(cubic / 2)
    return np.concatenate([*curves, points[-1:]])


def turned(path, shape):
    """The path on a page that is turned about its middle."""
    middle = np.array(shape) / 2
    return (path - middle) @ rotation(TURN) + middle


def rotation(angle):
    """The matrix that turns rows of (row, column) by an angle in radians."""
    cosine, sine = np.cos(angle), np.sin(angle)
    return np.array([[cosine, -sine], [sine, cosine]])


def draw(ink, places, path, width):
    """Ink along the path, with soft edges, added to what is there."""
    low = np.maximum(np.floor(path.min(axis=0) - width - 2).astype(int), 0)
    high = np.ceil(path.max(axis=0) + width + 2).astype(int)
    box = slice(low[0], high[0]), slice(low[1], high[1])
    nearest = np.full(ink[box].shape, np.inf)
    for start, end in pairwise(path):
        way = end - start
        share = np.clip((places[box] - start) @ way / max(way @ way, 1e-9), 0, 1)
        nearest = np.minimum(nearest, np.linalg.norm(places[box] - start - share[..., None] * way, axis=-1))
    ink[box] = np.maximum(ink[box], np.clip(0.5 + (width / 2 - nearest) / 1.2, 0, 1))


if __name__ == "__main__":
    page = drawn_page(np.random.default_rng(SEED))
    levels = np.round(page * 31) * 8  # 32 shades: the noise of all 256 would only make the file larger
    Image.fromarray(levels.astype(np.uint8)).save(STORED, optimize=True)
    print(f"stored {STORED.name}: {page.shape[0]} x {page.shape[1]} pixels, {STORED.stat().st_size:,} bytes")
