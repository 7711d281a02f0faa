"""Where a class stands as one page of HTML, without scripts: for screens, paper and screen readers."""

import re
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup, escape

from helpers.teaching.overview import examples, items, misconceptions, students, surprises
from helpers.teaching.overview.standing import SHOWN, Standing
from helpers.teaching.overview.timing import IN_TIME, LessonCount

_CODE = re.compile(r"`+([^`]+)`+")
_STRESSED = re.compile(r"(?<![\w*])\*(\w[^*<>`]*)\*(?![\w*])")
_HERE = Path(__file__).parent


def page(standing: Standing, title: str, made: datetime, names: bool = True) -> str:
    """The page; without `names`, the section about single students is left out."""
    return _template().render(
        standing=standing,
        work=standing.work,
        title=title,
        made=f"{made:%d %B %Y, %H:%M}",
        names=names,
        style=Markup((_HERE / "page.css").read_text(encoding="utf-8")),
        rules=students.RULES,
        weak=items.WEAK,
        fewest=items.FEWEST,
        nearly_all=items.NEARLY_ALL,
        fewest_shown=examples.FEWEST,
        fewest_alike=surprises.FEWEST_ALIKE,
        fewest_both=misconceptions.FEWEST_BOTH,
        sure=misconceptions.SURE,
        most_shown=SHOWN,
    )


@cache
def _template() -> Template:
    made = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.filters |= {
        "percent": percent,
        "number": lambda value: "–" if value is None else f"{value:.2f}".replace("-", "−"),
        "early": early,
        "inline": inline,
        "bar": bar,
        "spans": spans,
        "sentence": sentence,
    }
    return made.from_string((_HERE / "page.html").read_text(encoding="utf-8"))


def percent(share: float | None) -> str:
    """A share in percent; a dash if it is not known."""
    return "–" if share is None else f"{100 * share:.0f} %"


def early(hours: float | None) -> str:
    """How long before or after the due date something was.

    >>> early(30.6), early(-2), early(100), early(None)
    ('31 h before', '2 h after', '4 days before', '–')
    """
    if hours is None:
        return "–"
    size, side = abs(hours), "before" if hours >= 0 else "after"
    return f"{size:.0f} h {side}" if size < 72 else f"{size / 24:.0f} days {side}"


def sentence(text: str) -> str:
    """A text as a sentence of its own.

    >>> sentence("the rows are swapped")
    'The rows are swapped.'
    """
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith(('.', '?', '!')) else '.'}"


def inline(text: str) -> Markup:
    """A text with what is in backticks as code, and what is between asterisks stressed.

    >>> inline("use `a * b` in *this* case, <now>")
    Markup('use <code>a * b</code> in <em>this</em> case, &lt;now&gt;')
    """
    parts = _CODE.split(str(escape(text)))  # every other one is code
    parts[::2] = [_STRESSED.sub(r"<em>\1</em>", part) for part in parts[::2]]
    parts[1::2] = [f"<code>{part}</code>" for part in parts[1::2]]
    return Markup("".join(parts))


def bar(share: float | None, kind: str = "right") -> Markup:
    """A bar for a share whose number is written next to it, so that nobody needs to see it."""
    if share is None:
        return Markup("")
    return Markup(
        '<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="track" width="100" height="10"/>'
        '<rect class="{kind}" width="{width:.1f}" height="10"/></svg>'
    ).format(kind=kind, width=100 * min(1.0, max(0.0, share)))


def spans(lesson: LessonCount) -> Markup:
    """A picture of when work came, the earliest on the left; its text says the same in words."""
    most = max((count for _, count in lesson.spans), default=0)
    said = "; ".join(f"{count} {span}" for span, count in lesson.spans if count)
    shapes: list[Any] = []
    for place, (_, count) in enumerate(lesson.spans):
        height = 40 * count / most if most else 0
        kind = "right" if place < IN_TIME else "late"
        shapes.append(
            Markup('<rect class="{}" x="{}" y="{:.1f}" width="16" height="{:.1f}"/>').format(
                kind, 20 * place + 2, 40 - height, height
            )
        )
    due = 20 * IN_TIME
    return Markup(
        '<svg class="spans" viewBox="0 0 220 42" role="img" aria-label="When it came: {said}.">{shapes}'
        '<line class="due" x1="{due}" y1="0" x2="{due}" y2="42"/></svg>'
    ).format(said=said, shapes=Markup("").join(shapes), due=due)
