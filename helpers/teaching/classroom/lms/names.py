"""File names in the zips of submissions that platforms offer for download: they say who handed in what."""

import re
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Named:
    """A file in such a zip.

    `name` and `number` are those of the person, as the platform writes them; `file` is the path of the file
    within what they handed in, and `version` tells a later upload from an earlier one.
    """

    name: str
    number: str
    file: str
    is_late: bool = False
    version: int = 0


# canvas-lms, lib/content_zipper.rb: the sortable name in lower case without spaces or commas, perhaps
# LATE, the number of the person, that of the file, and the file's own name; app/models/assignment.rb reads
# the two numbers back.
_CANVAS = re.compile(
    r"(?P<name>.*?)_(?P<late>late_)?(?P<number>\d+)_(?P<version>\d+)_(?P<file>.+)", re.I | re.S
)
# moodle, mod/assign/classes/downloader.php: a folder for each person (or, before 3.1 and by choice, a
# prefix), with no other underscores than these; the last one only up to version 4.0.
_MOODLE = re.compile(r"(?P<name>[^_]*)_(?P<number>\d+)_assignsubmission_file(?:_(?P<file>.*))?", re.S)


def in_canvas(path: str) -> Named | None:
    """What a path in Canvas's zip says; None if it is not the file of somebody who can be identified.

    >>> in_canvas("lovelaceada_LATE_101_4501_02_filtering-1.ipynb")
    Named(name='lovelaceada', number='101', file='02_filtering-1.ipynb', is_late=True, version=4501)
    """
    found = _CANVAS.fullmatch(path.rpartition("/")[2])
    if not found or found["name"].lower() == "anon":
        return None
    return Named(
        found["name"], found["number"], found["file"], bool(found["late"]), int(found["version"][:18])
    )


def in_moodle(path: str) -> Named | None:
    """What a path in Moodle's zip says; None if it is not the file of somebody who can be identified.

    >>> in_moodle("Ada Lovelace_501_assignsubmission_file/data/x.csv")
    Named(name='Ada Lovelace', number='501', file='data/x.csv', is_late=False, version=0)
    """
    parts = path.split("/")
    for index, part in enumerate(parts):
        if found := _MOODLE.fullmatch(part):
            file = "/".join(filter(None, (found["file"], *parts[index + 1 :])))
            return Named(found["name"], found["number"], file) if file else None
    return None


Reader = Callable[[str], Named | None]
