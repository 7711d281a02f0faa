"""The files in one student's folder, read without following a link or waiting for a pipe."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from helpers.teaching.grading.repair.json_document import LARGEST_FILE, MEGABYTE, Unreadable, require_size

MOST_ENTRIES = 5_000
DEEPEST = 8
SECRET, TIMESTAMP = "submission_secret.txt", "timestamp.txt"  # nbgrader's own, in every folder
LET_READ = "Make sure that it is there and that the grader may read it, and grade again."
MOST_READ = 2 * LARGEST_FILE
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC


class Inbox:
    """A folder that was handed in, open until `close`.

    `paths` are those of the regular files in it: relative, with slashes, as the system spells them. `odd` are
    links, pipes and devices, which are never opened; `remarks` say what was skipped.

    Raises
    ------
    Unreadable
        If the folder cannot be opened, or is a link: it might be another student's.
    """

    def __init__(self, folder: Path):
        self._root = _open_folder(folder)
        self._left = MOST_READ
        self.odd: list[str] = []
        self.remarks: list[str] = []
        self.paths = sorted(self._walk(), key=lambda path: (path.count("/"), path))
        self.remarks += [
            f"{shown(path)} is a link, a pipe or a device, and was not read." for path in self.odd[:3]
        ]

    def __enter__(self) -> "Inbox":
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._root)

    def read(self, path: str, most: int = LARGEST_FILE) -> bytes:
        """The content of a file.

        Raises
        ------
        Unreadable
            If it is too large, has become something other than a file, or may not be read.
        """
        return self._read(path, most, whole=True)

    def head(self, path: str, length: int = MEGABYTE) -> bytes:
        """How a file begins; nothing if it cannot be read."""
        try:
            return self._read(path, length, whole=False)
        except Unreadable:
            return b""

    def opened(self, path: str) -> BinaryIO:
        """A file, to be read and closed.

        Raises
        ------
        Unreadable
            If it has become something other than a file, or may not be read.
        """
        try:
            file = os.fdopen(self._open(path), "rb")
        except OSError as error:
            raise Unreadable(f"{shown(path)} cannot be read: {error.strerror}. {LET_READ}") from None
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            file.close()
            raise Unreadable(f"{shown(path)} is not a file.")
        return file

    def _read(self, path: str, most: int, whole: bool) -> bytes:
        with self.opened(path) as file:
            if whole:
                require_size(os.fstat(file.fileno()).st_size, min(most, self._left))
            content = file.read(most)
        self._left -= len(content)
        return content

    def _open(self, path: str) -> int:
        """The handle of a file, reached from folder to folder so that no link is followed on the way."""
        *folders, name = path.split("/")
        folder = self._folder(folders)
        try:
            return os.open(name, _FILE, dir_fd=folder)
        finally:
            os.close(folder)

    def _folder(self, parts: list[str]) -> int:
        """The handle of a folder below this one."""
        folder = os.dup(self._root)
        for part in parts:
            try:
                below = os.open(part, _FOLDER, dir_fd=folder)
            finally:
                os.close(folder)
            folder = below
        return folder

    def _walk(self) -> Iterator[str]:
        """The paths of all files, up to a number and a depth; whatever else there is goes to `odd`."""
        pending: list[tuple[str, ...]] = [()]
        count = 0
        while pending:
            parts = pending.pop(0)
            for entry in self._entries(parts):
                count += 1
                if count > MOST_ENTRIES:
                    self.remarks.append(
                        f"There are more than {MOST_ENTRIES:,} files; the others were not looked at."
                    )
                    return
                path = "/".join((*parts, entry.name))
                if entry.is_dir(follow_symlinks=False):
                    pending += [(*parts, entry.name)] if len(parts) < DEEPEST else []
                elif entry.is_file(follow_symlinks=False):
                    yield path
                else:
                    self.odd.append(path)

    def _entries(self, parts: tuple[str, ...]) -> Iterator[os.DirEntry]:
        """What is in a folder; nothing if it cannot be opened."""
        try:
            folder = self._folder([*parts])
        except OSError as error:
            self.remarks.append(f"The folder {shown('/'.join(parts))} cannot be opened: {error.strerror}.")
            return
        try:
            with os.scandir(folder) as entries:
                yield from entries
        finally:
            os.close(folder)


def _open_folder(folder: Path) -> int:
    """The handle of a student's folder; neither it nor the one above it may be a link."""
    try:
        above = os.open(folder.parent, _FOLDER)
        try:
            return os.open(folder.name, _FOLDER, dir_fd=above)
        finally:
            os.close(above)
    except OSError as error:
        if os.path.islink(folder) or os.path.islink(folder.parent):  # False where that cannot be known
            raise Unreadable(
                "The folder is a link, and links are not followed. Put the files themselves there."
            ) from None
        raise Unreadable(f"The folder cannot be opened: {error.strerror}. {LET_READ}") from None


def shown(path: str, longest: int = 80) -> str:
    """A path for people, and for others' folders: UTF-8 without control characters.

    >>> shown("L\\udcf6sung.ipynb")
    'Lösung.ipynb'
    """
    content = path.encode("utf-8", "surrogateescape" if _from_bytes(path) else "replace")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    plain = "".join(letter if letter.isprintable() else "?" for letter in text)
    return plain if len(plain) <= longest else f"{plain[:longest]}..."


def _from_bytes(path: str) -> bool:
    """Whether a path's odd characters, if any, are bytes that the system could not read."""
    return not any("\ud800" <= letter <= "\udfff" and not "\udc80" <= letter <= "\udcff" for letter in path)


def hidden(path: str) -> bool:
    """Whether a path leads to files that editors and systems keep for themselves."""
    return any(part.startswith(".") or part in ("__MACOSX", "__pycache__") for part in path.split("/"))
