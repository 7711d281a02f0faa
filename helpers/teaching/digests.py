"""Digests: of bytes, and of the package, which show that it has changed."""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from helpers.teaching.course import PACKAGE


def package_digest(left_out: tuple[str, ...]) -> str:
    """A hash of all files of the package, their names and contents, except some of its folders.

    Hashed by folder, so that no file is forgotten. What Python or an editor leaves behind, hidden files
    and ``__pycache__``, does not count.
    """
    files = _files(PACKAGE, {PACKAGE / folder for folder in left_out})
    return digest(
        part for path in files for part in (path.relative_to(PACKAGE).as_posix().encode(), path.read_bytes())
    )


def _files(folder: Path, left_out: set[Path]) -> Iterator[Path]:
    """The files in a folder and below it, in a fixed order."""
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        if path.name.startswith(".") or path.name == "__pycache__" or path in left_out:
            continue
        if path.is_dir():
            yield from _files(path, left_out)
        elif path.is_file():
            yield path


def digest(parts: Iterable[bytes]) -> str:
    """A hash of several byte strings that also tells where one ends and the next begins."""
    whole = hashlib.sha256()
    for part in parts:
        whole.update(hashlib.sha256(part).digest())
    return whole.hexdigest()
