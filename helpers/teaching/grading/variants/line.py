"""The line in a student's copy of a lesson that says which variants it asks for."""

import re
from collections.abc import Mapping

_LINE = re.compile(r"^variants\.use\(([\w=\", ]*)\)", re.MULTILINE)
_PAIR = re.compile(r'(\w+)="(\w+)"')


def line_for(variants: Mapping[str, str]) -> str:
    """The lines that tell `check` which variants a copy asks for."""
    said = ", ".join(f'{name}="{variant}"' for name, variant in variants.items())
    return f"from helpers import variants\n\nvariants.use({said})  # this copy of the lesson is yours"


def said_in(source: str) -> dict[str, str]:
    """The variants that such a line in a cell names; none if there is no such line.

    >>> said_in(line_for({"match": "one", "relu": "other"}))
    {'match': 'one', 'relu': 'other'}
    """
    line = _LINE.search(source)
    return dict(_PAIR.findall(line[1])) if line else {}
