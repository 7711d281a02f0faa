"""What the processes of one notebook use, counted from outside, where nothing can deceive the count."""

import contextlib
import os
import stat
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import psutil

_TICKS, _PAGE = os.sysconf("SC_CLK_TCK"), os.sysconf("SC_PAGE_SIZE")
# Memory that a process need not touch to keep it.
_SHARED = ("/dev/zero", "/memfd:", "/SYSV", "/anon_hugepage")
_SOCKET, _PIPE = 2**19, 2**20  # bytes that one of them can hold
_LOW_PRIORITY = 15  # of all processes but a notebook's first
_GONE = (OSError, ValueError, IndexError)  # a process that ends while it is being looked at


@dataclass(frozen=True)
class Usage:
    """What a notebook's processes use: seconds of processor time, bytes, and how many processes there are.

    `busy` says whether one of them was running, or waiting for a processor or a disk.
    """

    worked: float
    busy: bool
    memory: int
    processes: int


class Tree:
    """All processes below the sandbox's interpreter: those of its one notebook."""

    def __init__(self, interpreter: int, memory: tuple[str, ...]):
        self.interpreter, self.memory = interpreter, memory
        self.first = next(iter(reversed(_children(interpreter))), interpreter)
        self.others = 0.0
        self.looked = time.monotonic()
        self._counted = os.open(f"/proc/{self.first}/stat", os.O_RDONLY | os.O_CLOEXEC)
        self._lowered: set[int] = set()

    def worked(self) -> float:
        """Processor time so far, in seconds; for all but the first process as it was last counted."""
        with contextlib.suppress(*_GONE):
            return _worked(_fields(os.pread(self._counted, 4096, 0).decode(errors="replace"))) + self.others
        return self.others

    def close(self) -> None:
        """Stop counting."""
        os.close(self._counted)

    def usage(self) -> Usage:
        """What they use now."""
        self.looked = time.monotonic()
        numbers = list(_below(self.interpreter))
        states = {}
        for number in numbers:
            with contextlib.suppress(*_GONE):
                states[number] = _state(number)
        times = {number: _worked(state) for number, state in states.items()}
        self.others = sum(times.values()) - times.get(self.first, 0.0)
        self._lower(states)
        busy = any(_is_busy(number, state) for number, state in states.items())
        return Usage(sum(times.values()), busy, self._memory(numbers), len(numbers))

    def _memory(self, numbers: list[int]) -> int:
        """Memory of processes, of files in memory, and of what they hold without it showing."""
        held: dict[tuple, int] = {}
        resident = 0
        for number in numbers:
            with contextlib.suppress(*_GONE):
                resident += int(Path(f"/proc/{number}/statm").read_text().split()[1]) * _PAGE
                held |= _mapped(number)
                held |= _opened(number)
        return (
            resident + sum(held.values()) + sum(_filled(f"/proc/{self.first}/root{p}") for p in self.memory)
        )

    def _lower(self, states: dict[int, list[str]]) -> None:
        """Have all but the first process wait until others have had their turn."""
        session = states.get(self.first, [""] * 4)[3]
        for number in states.keys() - self._lowered - {self.first}:
            self._lowered.add(number)
            with contextlib.suppress(*_GONE):
                for task in os.listdir(f"/proc/{number}/task"):
                    os.setpriority(os.PRIO_PROCESS, int(task), _LOW_PRIORITY)
                if states[number][3] != session:  # Linux weighs sessions, and only then their processes
                    Path(f"/proc/{number}/autogroup").write_text(str(_LOW_PRIORITY))


def _state(number: int) -> list[str]:
    """The fields of a process's state, without its number and name."""
    return _fields(Path(f"/proc/{number}/stat").read_text(errors="replace"))


def _fields(state: str) -> list[str]:
    return state.rpartition(")")[2].split()


def _worked(state: list[str]) -> float:
    """Processor time of a process and of those of its children that have ended."""
    return sum(map(int, state[11:15])) / _TICKS


def _is_busy(number: int, state: list[str]) -> bool:
    """Whether one of a process's threads is running, or waiting for a processor or a disk."""
    if state[0] in "RD" or state[17] == "1":
        return state[0] in "RD"
    for task in _listed(f"/proc/{number}/task"):
        with contextlib.suppress(*_GONE):
            text = Path(f"/proc/{number}/task/{task}/stat").read_text(errors="replace")
            if _fields(text)[0] in "RD":
                return True
    return False


def _below(number: int) -> Iterator[int]:
    """All processes that a process has started, and those that these have started."""
    for child in _children(number):
        yield child
        yield from _below(child)


def _children(number: int) -> list[int]:
    """The processes that a process has started, or must look after, from the oldest to the newest."""
    if not _lists_children():
        with contextlib.suppress(psutil.Error):
            return sorted(child.pid for child in psutil.Process(number).children())
        return []
    found: list[int] = []
    for task in _listed(f"/proc/{number}/task"):
        with contextlib.suppress(*_GONE):
            found += map(int, Path(f"/proc/{number}/task/{task}/children").read_text().split())
    return found


@cache
def _lists_children() -> bool:
    """Whether this Linux says which children a process has, which is faster than looking at all processes."""
    return os.path.exists(f"/proc/self/task/{os.getpid()}/children")


def _listed(folder: str) -> list[str]:
    try:
        return os.listdir(folder)
    except OSError:
        return []


def _mapped(number: int) -> dict[tuple, int]:
    """Shared memory that a process has mapped: what it is -> its bytes, touched or not."""
    held = {}
    for line in Path(f"/proc/{number}/maps").read_text(errors="replace").splitlines():
        place, rights, _, device, node, *path = line.split(maxsplit=5)
        if rights[3] == "s" and path and path[0].startswith(_SHARED):
            start, end = (int(side, 16) for side in place.split("-"))
            held[device, node] = end - start
    return held


def _opened(number: int) -> dict[tuple, int]:
    """What a process holds open: what it is -> the bytes of memory that are in it, or that may be."""
    held = {}
    for name in _listed(f"/proc/{number}/fd"):
        with contextlib.suppress(OSError):
            found = os.stat(f"/proc/{number}/fd/{name}")
            key = found.st_dev, found.st_ino
            if stat.S_ISSOCK(found.st_mode):
                held[key] = _SOCKET
            elif stat.S_ISFIFO(found.st_mode):
                held[key] = _PIPE
            elif stat.S_ISREG(found.st_mode) and found.st_nlink == 0:
                held[key] = found.st_blocks * 512
    return held


def _filled(folder: str) -> int:
    """Bytes in a folder that is in memory."""
    with contextlib.suppress(OSError):
        found = os.statvfs(folder)
        return (found.f_blocks - found.f_bfree) * found.f_frsize
    return 0
