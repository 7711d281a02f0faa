"""What each exercise's check is worth in points; ``course table`` writes the file from the lessons."""

import json
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("points.json")


@cache
def points() -> dict[str, int]:
    """By exercise: the points of its check."""
    return json.loads(FILE.read_text(encoding="utf-8"))
