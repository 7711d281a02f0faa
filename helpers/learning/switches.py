"""Which parts of what comes with the lessons are on: all, unless `learning.toml` says otherwise.

The file lies next to the lessons' folders or in a lesson's own. Each line names a part and says whether it is
on, or from when: ``puzzles = false``, ``other_ways = 2026-12-01T12:00:00+01:00``.
"""

import datetime
import tomllib
from pathlib import Path

from helpers.learning.progress_file import course_folder

PARTS = ("predictions", "puzzles", "other_ways", "review", "questions")
FILE = "learning.toml"


def is_on(part: str) -> bool:
    """Whether a part is switched on; one that is said to begin at a time, whether that time has come."""
    if part not in PARTS:
        raise ValueError(f"there is no part {part!r} to switch; choose from {', '.join(PARTS)}")
    said = _said().get(part, True)
    if isinstance(said, datetime.datetime):
        return datetime.datetime.now(said.tzinfo) >= said
    return said is not False


def _said() -> dict:
    """What the nearest file says; a file that cannot be read says nothing."""
    try:
        folders = dict.fromkeys((Path.cwd(), course_folder()))
    except OSError:  # the folder that one is in has been deleted
        return {}
    for folder in folders:
        try:
            return tomllib.loads((folder / FILE).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            continue
    return {}
