"""Brushes: strokes that look like those of the images a network knows."""

import numpy as np

BRUSHES = {"crisp": (1.2, 1 / 3), "soft": (1.7, 1.0)}  # pixels: width of the stroke, width of its grey edge
_MANY_GREYS = 0.65  # share of grey among the pixels that are not black: digits have 0.8, letters 0.4


def brush_for(examples):
    """The name of the brush whose strokes look like those of the examples.

    Examples
    --------
    >>> brush_for(np.array([-1.0, 0.2, 0.5])), brush_for(np.array([-1.0, 1.0, 1.0]))
    ('soft', 'crisp')
    """
    inked = examples[examples > -0.9]
    return "soft" if inked.size and np.mean(inked < 0.9) > _MANY_GREYS else "crisp"


def require_brush(brush):
    """An error unless there is a brush of this name."""
    if brush not in BRUSHES:
        raise ValueError(f"a brush is {' or '.join(BRUSHES)}, not {brush!r}")
