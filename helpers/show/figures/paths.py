"""Paths: one value that goes into several steps at once, and what they give that comes together again."""

from matplotlib.lines import Line2D

from helpers.show.parts.labels import short_text
from helpers.show.parts.picture import Picture
from helpers.show.parts.sheet import blank_sheet
from helpers.show.parts.steps import ARROW, HEIGHT, MARGIN, STEP, draw_step, draw_value, flow_text
from helpers.show.parts.style import GREY, course_style

# All lengths are inches.
_FORK = 0.35  # from the first value to the steps
_APART = 1.5  # from one path to the next
_ABOVE, _BELOW = 0.75, 0.68  # room around the outer paths


def paths(start, steps, between, join, end, gradients=None, nudges=None, alt=None):
    """A value that goes several ways: a step on each, then one step in which they come together.

    Parameters
    ----------
    start : dict
        Name -> number of the value that goes into all steps.
    steps : list of str
        What each of them does, from top to bottom.
    between : dict
        Name -> number of what comes out of each.
    join : str
        The step that takes all of these.
    end : dict
        Name -> number of what comes out of it.
    gradients, nudges : dict of str -> float, optional
        By the name of a value; a gradient is drawn as an arrow that points back, a nudge above the value.
    alt : str, optional
        Alternative text; by default all names and numbers.

    Returns
    -------
    Picture

    Raises
    ------
    ValueError
        If there are not as many values between as steps, or no step at all.

    Examples
    --------
    >>> paths({"x": 1}, ["· 3", "· 5"], {"a": 3, "b": 5}, "a + b", {"e": 8}, gradients={"x": 8})
    Two paths. From x 1: · 3 gives a 3, · 5 gives b 5; a + b gives e 8. Backward: x 8.
    """
    _require_steps(steps, between)
    gradients, nudges = gradients or {}, nudges or {}
    width = 3 * ARROW + 2 * STEP + _FORK + 2 * MARGIN
    half = (len(steps) - 1) * _APART / 2
    lefts = MARGIN, MARGIN + ARROW + _FORK + STEP, MARGIN + 2 * ARROW + _FORK + 2 * STEP
    lanes = [half - index * _APART for index in range(len(steps))]
    with course_style():
        figure, axes = blank_sheet(width, 2 * half + _ABOVE + _BELOW)
        axes.set_ylim(-half - _BELOW, half + _ABOVE)
        placed = [(start, lefts[0], [0.0]), (between, lefts[1], lanes), (end, lefts[2], [0.0])]
        for values, left, middles in placed:
            for (name, value), middle in zip(values.items(), middles, strict=True):
                draw_value(axes, left, name, value, nudges.get(name), gradients.get(name), middle)
        for step, middle in zip(steps, lanes, strict=True):
            _draw_fork(axes, lefts[0] + ARROW, lefts[1] - STEP, middle)
            draw_step(axes, lefts[1] - STEP, step, middle=middle)
        draw_step(axes, lefts[2] - STEP, join, height=2 * half + HEIGHT)
    return Picture(figure, alt or _describe(start, steps, between, join, end, gradients, nudges))


def _draw_fork(axes, left, right, middle):
    """A thin line from the first value to the step on one path."""
    turn = (left + right) / 2
    axes.add_line(Line2D([left, turn, turn, right], [0, 0, middle, middle], color=GREY, linewidth=1.2))


def _describe(start, steps, between, join, end, gradients, nudges):
    """The alternative text: all values, all gradients from right to left, all nudges."""
    count = {1: "One path", 2: "Two paths", 3: "Three paths"}.get(len(steps), f"{len(steps)} paths")
    (name, value), (last, result) = *start.items(), *end.items()
    each = ", ".join(
        f"{step} gives {key} {short_text(number)}"
        for step, (key, number) in zip(steps, between.items(), strict=True)
    )
    text = f"{count}. From {name} {short_text(value)}: {each}; {join} gives {last} {short_text(result)}."
    return text + flow_text(list(start | between | end), gradients, nudges)


def _require_steps(steps, between):
    if not steps or len(steps) != len(between):
        raise ValueError(
            f"every path has a step and a value after it: {len(steps)} steps for {len(between)} values"
        )
