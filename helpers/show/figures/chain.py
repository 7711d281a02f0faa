"""Chains: numbers that go through steps from left to right, and gradients that flow back."""

from helpers.show.parts.labels import short_text
from helpers.show.parts.picture import Picture
from helpers.show.parts.sheet import blank_sheet
from helpers.show.parts.steps import ARROW, MARGIN, STEP, draw_step, draw_value, flow_text
from helpers.show.parts.style import course_style


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
        For each value how far it has just moved; written above its arrow, under the value.

    Returns
    -------
    Picture

    Raises
    ------
    ValueError
        If there is not one more value than steps, one gradient and one nudge per value, and one slope
        per step.

    Examples
    --------
    >>> chain(["· 2", "square"], {"w": 3, "a": 6, "e": 36}, gradients=[24, 12, 1])
    A chain of 2 steps. Forward: w 3, then · 2, a 6, then square, e 36. Backward: e 1, a 12, w 24.
    """
    _require_lengths(steps, values, gradients, slopes, nudges)
    width = len(values) * ARROW + len(steps) * STEP + 2 * MARGIN
    above, below = 0.55 if nudges is None else 0.75, 0.65 if gradients or slopes else 0.4
    gradients, nudges = _by_name(values, gradients), _by_name(values, nudges)
    with course_style():
        figure, axes = blank_sheet(width, above + below)
        axes.set_ylim(-below, above)
        for index, (name, value) in enumerate(values.items()):
            left = MARGIN + index * (ARROW + STEP)
            draw_value(axes, left, name, value, nudges.get(name), gradients.get(name))
        for index, step in enumerate(steps):
            slope = None if slopes is None else slopes[index]
            draw_step(axes, MARGIN + ARROW + index * (ARROW + STEP), step, slope)
    return Picture(figure, alt or _describe(steps, values, gradients, nudges))


def _by_name(values, numbers):
    """Name of the value -> number; empty if there are none."""
    return {} if numbers is None else dict(zip(values, numbers, strict=True))


def _describe(steps, values, gradients, nudges):
    """The alternative text: all values going forward, all gradients going back, all nudges."""
    names, numbers = list(values), [short_text(value) for value in values.values()]
    forward = f"{names[0]} {numbers[0]}"
    for step, name, number in zip(steps, names[1:], numbers[1:], strict=True):
        forward += f", then {step}, {name} {number}"
    return f"A chain of {len(steps)} steps. Forward: {forward}.{flow_text(names, gradients, nudges)}"


def _require_lengths(steps, values, gradients, slopes, nudges):
    if not steps or len(values) != len(steps) + 1:
        raise ValueError(
            f"a chain of {len(steps)} steps has {len(steps) + 1} values, one before each step and one after "
            f"the last, not {len(values)}"
        )
    for what, numbers in (("gradients", gradients), ("nudges", nudges)):
        if numbers is not None and len(numbers) != len(values):
            raise ValueError(f"{len(values)} values need as many {what}, not {len(numbers)}")
    if slopes is not None and len(slopes) != len(steps):
        raise ValueError(f"{len(steps)} steps need as many slopes, not {len(slopes)}")
