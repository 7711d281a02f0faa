"""What is in a zip or tar file that was handed in: looked at in memory, never written to a disk."""

import contextlib
import io
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from functools import partial

from helpers.teaching.grading.handed_in.inbox import DEEPEST, MOST_ENTRIES, MOST_READ
from helpers.teaching.grading.repair.json_document import LARGEST_FILE, MEGABYTE, Unreadable, require_size

LARGEST_PACKED = 50 * MEGABYTE
ZIP, GZIP = b"PK\x03\x04", b"\x1f\x8b"
NAMES = (".zip", ".tar", ".tar.gz", ".tgz", ".gz")
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # Python cannot unpack part of the others
_DAMAGED = (
    *(zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError, OSError, ValueError, OverflowError),
    *(NotImplementedError, RuntimeError, LookupError),
)


class Packed:
    """The files in a packed file, by their paths in it; it is read like an `Inbox`.

    Raises
    ------
    Unreadable
        If it cannot be unpacked.
    """

    def __init__(self, content: bytes):
        require_size(len(content), LARGEST_PACKED)
        self._left = MOST_READ
        try:
            self._readers = _zipped(content) if content.startswith(ZIP) else _tarred(content)
        except _DAMAGED:
            raise Unreadable(
                "A packed file cannot be unpacked: it is damaged or of an unknown kind."
            ) from None
        self.paths = sorted(self._readers, key=lambda path: (path.count("/"), path))

    def read(self, path: str, most: int = LARGEST_FILE) -> bytes:
        """The content of a file, unpacked no further than the limit."""
        most = min(most, self._left)
        try:
            content = self._readers[path](most + 1)
        except _DAMAGED:
            raise Unreadable(
                "A packed file cannot be unpacked: it is damaged, or locked with a password. "
                "Hand in the .ipynb file itself."
            ) from None
        require_size(len(content), most)
        self._left -= len(content)
        return content

    def head(self, path: str, length: int = MEGABYTE) -> bytes:
        """How a file begins; nothing if it cannot be unpacked."""
        try:
            return self._readers[path](length)
        except _DAMAGED:
            return b""


Readers = dict[str, Callable[[int], bytes]]


def _zipped(content: bytes) -> Readers:
    """A way to read each file in a zip file."""
    if content.count(b"PK\x01\x02") > MOST_ENTRIES:
        raise ValueError
    archive = zipfile.ZipFile(io.BytesIO(content))
    plain = [
        entry
        for entry in archive.infolist()
        if not entry.is_dir()
        and not stat.S_ISLNK(entry.external_attr >> 16)
        and entry.compress_type in _METHODS
        and is_inside(path_of(entry))
    ]

    def reader(entry: zipfile.ZipInfo) -> Callable[[int], bytes]:
        def read(most: int) -> bytes:
            with archive.open(entry) as file:
                return file.read(most)

        return read

    return {path_of(entry): reader(entry) for entry in plain}


def path_of(entry: zipfile.ZipInfo) -> str:
    """The path of a file in a zip file; many programs write UTF-8 without saying so, or backslashes."""
    name = entry.filename
    if not entry.flag_bits & 0x800:
        with contextlib.suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    return name.replace("\\", "/")


def _tarred(content: bytes) -> Readers:
    """A way to read each file in a tar file, compressed with gzip or not."""
    if content.startswith(GZIP):
        content = zlib.decompressobj(wbits=31).decompress(content, LARGEST_FILE + 1)
        require_size(len(content), LARGEST_FILE)
    archive = tarfile.TarFile(fileobj=io.BytesIO(content))
    plain: Readers = {}
    for _ in range(MOST_ENTRIES):
        entry = archive.next()
        if entry is None:
            break
        if entry.isreg() and not entry.issparse() and is_inside(entry.name):
            plain[entry.name.removeprefix("./")] = partial(_beginning, archive, entry)
    return plain


def _beginning(archive: tarfile.TarFile, entry: tarfile.TarInfo, most: int) -> bytes:
    """The first bytes of a file in a tar file."""
    file = archive.extractfile(entry)
    return file.read(most) if file else b""


def is_inside(path: str) -> bool:
    """Whether a path stays in the folder into which it is unpacked."""
    parts = path.split("/")
    return ".." not in parts and parts[0] != "" and ":" not in parts[0] and len(parts) <= DEEPEST + 1
