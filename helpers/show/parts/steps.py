"""Steps: a box for each, arrows between them with a value above and, going back, a gradient below."""

from matplotlib.patches import FancyArrow, FancyBboxPatch

from helpers.show.parts.labels import short_text
from helpers.show.parts.style import BLUE, GREY, INK, VERMILLION

# All lengths are inches.
ARROW = 1.0  # from one step to the next
STEP = 0.95
HEIGHT = 0.62
MARGIN = 0.15
_LANE = 0.16  # how far the arrows run above and below the middle
_TEXT = 0.12  # from an arrow to its number
_NUDGE = 0.2  # height of the line that says how far a value has moved


def draw_value(axes, left, name, value, nudge=None, gradient=None, middle=0.0):
    """An arrow to the right, above it the value and how far it has moved; the gradient below, if given."""
    _arrow(axes, left + 0.06, middle + _LANE, ARROW - 0.12, INK)
    place, above = left + ARROW / 2, middle + _LANE + _TEXT
    if nudge is not None:
        text_of = nudge_text(nudge)
        axes.text(place, above, text_of, size=11, weight="bold", ha="center", va="bottom", color=INK)
        above += _NUDGE
    axes.text(place, above, f"{name} = {short_text(value)}", size=10, ha="center", va="bottom", color=INK)
    if gradient is not None:
        _draw_gradient(axes, left, gradient, middle)


def _draw_gradient(axes, left, gradient, middle):
    """An arrow to the left with the gradient below it, in the colour of its sign."""
    colour = GREY if gradient == 0 else BLUE if gradient > 0 else VERMILLION
    _arrow(axes, left + ARROW - 0.06, middle - _LANE, 0.12 - ARROW, colour)
    place = left + ARROW / 2, middle - _LANE - _TEXT
    axes.text(*place, short_text(gradient), size=11, weight="bold", ha="center", va="top", color=colour)


def draw_step(axes, left, text, slope=None, middle=0.0, height=HEIGHT):
    """A box with the step's name, and its slope under it."""
    style = "round,pad=0,rounding_size=0.08"
    corner = left + 0.03, middle - height / 2
    axes.add_patch(
        FancyBboxPatch(corner, STEP - 0.06, height, boxstyle=style, facecolor="white", edgecolor=GREY)
    )
    axes.text(left + STEP / 2, middle, text, size=11, ha="center", va="center", color=INK)
    if slope is not None:
        place = left + STEP / 2, middle - height / 2 - 0.08
        axes.text(*place, f"slope {short_text(slope)}", size=9, ha="center", va="top", color=INK)


def nudge_text(nudge):
    """The nudge with its sign, to three digits.

    Examples
    --------
    >>> nudge_text(0.0240), nudge_text(-0.002)
    ('+0.024', '-0.002')
    """
    return f"{nudge:+.3g}" if nudge else "0"


def flow_text(names, gradients, nudges):
    """The gradients from right to left, and how far the values have moved, as sentences after others.

    Parameters
    ----------
    names : sequence of str
        The values from left to right.
    gradients, nudges : dict of str -> float
        Of some values, or none.

    Examples
    --------
    >>> flow_text(["x", "e"], {"x": 6, "e": 1}, {"x": 0.001})
    ' Backward: e 1, x 6. Nudged: x +0.001.'
    """
    back = [f"{name} {short_text(gradients[name])}" for name in reversed(names) if name in gradients]
    moved = [f"{name} {nudge_text(nudges[name])}" for name in names if name in nudges]
    return "".join(
        f" {what}: {', '.join(parts)}." for what, parts in (("Backward", back), ("Nudged", moved)) if parts
    )


def _arrow(axes, left, height, length, colour):
    head = {"head_width": 0.11, "head_length": 0.12, "length_includes_head": True}
    axes.add_patch(FancyArrow(left, height, length, 0, width=0.022, color=colour, linewidth=0, **head))
