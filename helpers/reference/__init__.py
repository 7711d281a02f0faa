"""The mathematics of the course, in NumPy and nothing else; each function is what one exercise asks for."""

from helpers.reference.matching import (
    agreement,
    best_match,
    count_white,
    filter_bank,
    filter_image,
    match,
    nearest_template,
)

__all__ = [
    "agreement",
    "best_match",
    "count_white",
    "filter_bank",
    "filter_image",
    "match",
    "nearest_template",
]
