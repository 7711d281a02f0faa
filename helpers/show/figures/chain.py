"""Chains: numbers that go through steps from left to right, and gradients that flow back."""

from matplotlib.patches import FancyArrow, FancyBboxPatch

from helpers.show.parts.labels import number_text
from helpers.show.parts.picture import Picture
from helpers.show.parts.sheet import blank_sheet
from helpers.show.parts.style import BLUE, GREY, INK, VERMILLION, course_style

# All lengths are inches.
_ARROW = 1.0  # from one step to the next
_STEP = 0.95
_HEIGHT = 0.62
_MARGIN = 0.15
_NUDGE = 0.2  # height of the line that says how much a value has changed
_LANE = 0.16  # how far the arrows run above and below the middle
_TEXT = 0.12  # from an arrow to its number


def chain(steps, values, gradients=None, slopes=None, alt=None, nudges=None):
    """Steps in a row, the value above each arrow between them and, if given, the gradient below it.

    Parameters
    ----------
    steps : list of str
        What each step does, such as ``"· x"``.
    values : dict
        Name -> number: what goes into the first step, then what comes out of each.
    gradients : list of float, optional
        For each value how fast the last one changes with it; drawn as arrows that point back.
    slopes : list of float, optional
        The local slope of each step, written under it.
    alt : str, optional
        Alternative text; by default all names and numbers.
    nudges : list of float, optional
        For each value how much it has just changed; written above its arrow, under the value.

    Returns
    -------
    Picture

    Raises
    ------
    ValueError
        If there is not one more value than steps, one gradient and one nudge per value, and one
        slope per step.

    Examples
    --------
    >>> chain(["· 2", "square"], {"w": 3, "a": 6, "e": 36}, gradients=[24, 12, 1])
    A chain of 2 steps. Forward: w 3, then · 2, a 6, then square, e 36. Backward: e 1, a 12, w 24.
    """
    _require_lengths(steps, values, gradients, slopes, nudges)
    width = len(values) * _ARROW + len(steps) * _STEP + 2 * _MARGIN
    height = 1.1 if gradients is None and slopes is None else 1.3
    above = 0 if nudges is None else _NUDGE
    with course_style():
        figure, axes = blank_sheet(width, height + above)
        axes.set_ylim(-height / 2, height / 2 + above)
        for index, (name, value) in enumerate(values.items()):
            left = _MARGIN + index * (_ARROW + _STEP)
            _draw_value(axes, left, f"{name} = {_short(value)}", None if nudges is None else nudges[index])
            if gradients is not None:
                _draw_gradient(axes, left, gradients[index])
        for index, step in enumerate(steps):
            slope = None if slopes is None else slopes[index]
            _draw_step(axes, _MARGIN + _ARROW + index * (_ARROW + _STEP), step, slope)
    return Picture(figure, alt or _describe(steps, values, gradients, nudges))


def _draw_value(axes, left, text, nudge):
    """An arrow to the right with the value above it and, between them, how much it has changed."""
    _arrow(axes, left + 0.06, _LANE, _ARROW - 0.12, INK)
    place, above = left + _ARROW / 2, _LANE + _TEXT
    if nudge is not None:
        axes.text(place, above, _signed(nudge), size=11, weight="bold", ha="center", va="bottom", color=INK)
        above += _NUDGE
    axes.text(place, above, text, size=10, ha="center", va="bottom", color=INK)


def _draw_gradient(axes, left, gradient):
    """An arrow to the left with the gradient below it, in the colour of its sign."""
    colour = GREY if gradient == 0 else BLUE if gradient > 0 else VERMILLION
    _arrow(axes, left + _ARROW - 0.06, -_LANE, 0.12 - _ARROW, colour)
    place = left + _ARROW / 2, -_LANE - _TEXT
    axes.text(*place, _short(gradient), size=11, weight="bold", ha="center", va="top", color=colour)


def _arrow(axes, left, height, length, colour):
    head = {"head_width": 0.11, "head_length": 0.12, "length_includes_head": True}
    axes.add_patch(FancyArrow(left, height, length, 0, width=0.022, color=colour, linewidth=0, **head))


def _draw_step(axes, left, text, slope):
    """A box with the step's name, and its slope under it."""
    style = "round,pad=0,rounding_size=0.08"
    corner = left + 0.03, -_HEIGHT / 2
    axes.add_patch(
        FancyBboxPatch(corner, _STEP - 0.06, _HEIGHT, boxstyle=style, facecolor="white", edgecolor=GREY)
    )
    axes.text(left + _STEP / 2, 0, text, size=11, ha="center", va="center", color=INK)
    if slope is not None:
        below = f"slope {_short(slope)}"
        axes.text(left + _STEP / 2, -_HEIGHT / 2 - 0.08, below, size=9, ha="center", va="top", color=INK)


def _short(number):
    """The number with at most two decimals, as few as it needs."""
    return number_text(number, next((digits for digits in (0, 1) if round(number, digits) == number), 2))


def _signed(number):
    """The number with its sign, to three digits."""
    return f"{number:+.3g}" if number else "0"


def _describe(steps, values, gradients, nudges):
    """The alternative text: all values going forward, all gradients going back."""
    names, numbers = list(values), [_short(value) for value in values.values()]
    forward = f"{names[0]} {numbers[0]}"
    for step, name, number in zip(steps, names[1:], numbers[1:], strict=True):
        forward += f", then {step}, {name} {number}"
    text = f"A chain of {len(steps)} steps. Forward: {forward}."
    if nudges is not None:
        pairs = [f"{name} {_signed(nudge)}" for name, nudge in zip(names, nudges, strict=True)]
        text += f" Nudged: {', '.join(pairs)}."
    if gradients is None:
        return text
    pairs = [f"{name} {_short(gradient)}" for name, gradient in zip(names, gradients, strict=True)]
    return f"{text} Backward: {', '.join(reversed(pairs))}."


def _require_lengths(steps, values, gradients, slopes, nudges):
    if not steps or len(values) != len(steps) + 1:
        raise ValueError(
            f"a chain of {len(steps)} steps has {len(steps) + 1} values, one before each step and one after "
            f"the last, not {len(values)}"
        )
    if gradients is not None and len(gradients) != len(values):
        raise ValueError(f"{len(values)} values need as many gradients, not {len(gradients)}")
    if nudges is not None and len(nudges) != len(values):
        raise ValueError(f"{len(values)} values need as many nudges, not {len(nudges)}")
    if slopes is not None and len(slopes) != len(steps):
        raise ValueError(f"{len(steps)} steps need as many slopes, not {len(slopes)}")
