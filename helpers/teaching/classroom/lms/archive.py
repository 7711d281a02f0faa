"""A zip of a whole class's submissions, read file by file and never further than the limits."""

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from helpers.teaching.grading.handed_in.inbox import hidden
from helpers.teaching.grading.handed_in.packed_files import is_inside, path_of
from helpers.teaching.grading.messages import Refused, shown, told
from helpers.teaching.grading.repair.json_document import LARGEST_FILE

MOST_FILES = 100_000
MOST_BYTES = 20 * 10**9  # of a whole class, unpacked
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)


class Unpackable(Exception):  # noqa: N818 - instructors read it
    """Why one file in a zip is left out."""


class Archive:
    """A zip, open until `close`; `odd` says which of its files are not looked at.

    Raises
    ------
    Refused
        If it cannot be read, or holds more than any class hands in.
    """

    def __init__(self, path: Path):
        self.odd: list[str] = []
        self._left = MOST_BYTES
        try:
            self._zip = zipfile.ZipFile(path)
        except OSError as error:
            raise Refused(f"{shown(path)} cannot be read: {told(error)}.") from error
        except _DAMAGED as error:
            raise Refused(f"{shown(path)} is not a zip file, or it is damaged. Download it again.") from error
        if len(self._zip.infolist()) > MOST_FILES:
            self.close()
            raise Refused(f"{shown(path)} holds more than {MOST_FILES:,} files; no class hands in as many.")
        self.entries = dict(self._plain_files())

    def __enter__(self) -> "Archive":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._zip.close()

    def read(self, path: str) -> bytes:
        """The content of a file, unpacked no further than the limit; `Unpackable` if that is too far."""
        most = min(LARGEST_FILE, self._left)
        try:
            with self._zip.open(self.entries[path]) as file:
                content = file.read(most + 1)
        except _DAMAGED as error:
            raise Unpackable(f"{shown(path)} is damaged, or locked with a password.") from error
        if len(content) > most:
            raise Unpackable(f"{shown(path)} is too large when unpacked (more than {most // 10**6} MB).")
        self._left -= len(content)
        return content

    def _plain_files(self) -> Iterator[tuple[str, zipfile.ZipInfo]]:
        """The files that stay within the folder into which they are unpacked, by path."""
        for entry in self._zip.infolist():
            path = path_of(entry)
            is_file = (entry.external_attr >> 16) & 0o170000 in (0, 0o100000)
            if entry.is_dir():
                continue
            if not is_inside(path) or not is_file:
                self.odd.append(f"{shown(path)} was left out: it leads out of its folder, or is a link.")
            elif not hidden(path):
                yield path, entry
