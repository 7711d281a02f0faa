"""The line in a student's copy of a lesson that says which variants it asks for."""

import re
from collections.abc import Iterable, Mapping

_LINE = re.compile(r"^variants\.use\(([\w=\", ]*)\)", re.MULTILINE)
_PAIR = re.compile(r'(\w+)="(\w+)"')


def line_for(variants: Mapping[str, str]) -> str:
    """The lines that tell `check` which variants a copy asks for."""
    said = ", ".join(f'{name}="{variant}"' for name, variant in variants.items())
    return f"from helpers import variants\n\nvariants.use({said})  # your own copy: leave this line as it is"


def said_in(source: str) -> dict[str, str]:
    """The variants that such a line in a cell names; none if there is no such line.

    >>> said_in(line_for({"match": "one", "relu": "other"}))
    {'match': 'one', 'relu': 'other'}
    """
    line = _LINE.search(source)
    return dict(_PAIR.findall(line[1])) if line else {}


def not_ones_own(variants: Mapping[str, str], sources: Iterable[str]) -> tuple[str, ...]:
    """A sentence if a notebook is not its student's own copy of a lesson, given the texts of its cells.

    >>> not_ones_own({"match": "one"}, [line_for({"match": "one"})])
    ()
    """
    found = [said for source in sources if (said := said_in(source))]
    if not variants or dict(variants) in found:
        return ()
    if not found:
        return (
            "This is not the student's own copy of the lesson: it does not say which variants it asks for.",
        )
    return ("This is not the student's own copy of the lesson: it asks for another student's variants.",)
