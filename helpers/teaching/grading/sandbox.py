"""The judge's side of the sandbox: it starts the fenced interpreter, asks for runs, and ends them.

Nothing that comes back is trusted. Every answer must carry the number of its question, which is drawn at
random, so that what was written beforehand, late or twice is worth nothing.
"""

import contextlib
import json
import os
import secrets
import select
import shutil
import socket
import subprocess
import sys
import sysconfig
import tempfile
import time
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

import psutil

from helpers.checking.running import run
from helpers.teaching.grading import wire
from helpers.teaching.grading.answers import PACKAGE, visible_files

BUBBLEWRAP, NAMESPACES, UNSANDBOXED = "bubblewrap", "namespaces", "unsandboxed"
_GRACE = 2.0  # seconds that a stopped call has to say that it was stopped
_GLANCE = 0.2  # seconds between two looks at the memory of something that runs long
_START = 60.0  # seconds in which a sandbox must be ready
_ENVIRONMENT = {
    "HOME": "/tmp",
    "LANG": "C.UTF-8",
    "MPLBACKEND": "agg",
    "PATH": "/usr/bin:/bin",
    "PYTHONHASHSEED": "0",
    "PYTHONDONTWRITEBYTECODE": "1",
    **dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1"),
}


class NoSandbox(RuntimeError):  # noqa: N818 - it is read aloud by instructors
    """No sandbox can be had on this machine; the sentence says what is missing."""


class Lost(RuntimeError):  # noqa: N818 - nobody lost it by mistake
    """The sandboxed process gave no authentic answer; the sentence says what is known of the reason."""


@dataclass(frozen=True)
class Limits:
    """What one notebook may use: memory and files in megabytes, processes, and processor time in seconds."""

    memory_mb: int = 2048
    processes: int = 64
    cpu_seconds: int = 300
    file_mb: int = 64


def best_level() -> str:
    """The strongest level that works on this machine; raises `NoSandbox` where there is none."""
    for level in (BUBBLEWRAP, NAMESPACES):
        if _works(level):
            return level
    raise NoSandbox(
        "Neither bubblewrap nor user namespaces work on this machine, so learners' code cannot be fenced in. "
        "Install bubblewrap (on Debian: apt install bubblewrap), or accept the risk with --unsandboxed."
    )


@cache
def _works(level: str) -> bool:
    """Whether a Python can be started at a level."""
    if level == BUBBLEWRAP and shutil.which("bwrap") is None:
        return False
    try:
        Sandbox("00_start_here", level, Limits(), ()).close()
    except (NoSandbox, OSError):
        return False
    return True


class Sandbox:
    """A fenced interpreter, warm for one lesson, that starts a process of its own for each notebook.

    Parameters
    ----------
    lesson : str
        Whose answers must not be there.
    level : {"bubblewrap", "namespaces", "unsandboxed"}
    limits : Limits
    modules : tuple of str
        What to import beforehand.
    """

    def __init__(self, lesson: str, level: str, limits: Limits, modules: tuple[str, ...]):
        self.lesson, self.level, self.limits = lesson, level, limits
        self.modules = modules
        self.folder = tempfile.TemporaryDirectory(prefix="course-", ignore_cleanup_errors=True)
        self.box = Path(self.folder.name) / "box"
        self._fill_box()
        self._start()

    def close(self) -> None:
        """End the interpreter and all that it has started."""
        self._stop()
        self.folder.cleanup()

    @contextlib.contextmanager
    def notebook(self):
        """A process for one notebook, which ends with the `with` block whatever it is doing."""
        ours, theirs = socket.socketpair()
        try:
            number = self._order(b"start", theirs)
            theirs.close()
            yield Remote(ours, self)
        finally:
            ours.close()
            theirs.close()
            self._end(number)

    def usage(self) -> tuple[float, int]:
        """Megabytes of memory and number of processes that the sandbox holds at present."""
        try:
            processes = [self.process, *self.process.children(recursive=True)]
        except psutil.Error:
            return 0.0, 0
        sizes = [_resident(process) for process in processes]
        return sum(sizes) / 2**20, len(sizes)

    def _fill_box(self) -> None:
        files = visible_files(self.lesson)
        here = Path(__file__).parent
        files = files | {
            name: (here / name).read_text(encoding="utf-8") for name in ("inside.py", "fence.py", "wire.py")
        }
        for name, text in files.items():
            path = self.box / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        for folder in (
            Path(self.folder.name),
            self.box,
            *(path for path in self.box.rglob("*") if path.is_dir()),
        ):
            folder.chmod(0o755)

    def _start(self) -> None:
        self.control, theirs = socket.socketpair()
        command = self._command(theirs.fileno())
        with theirs:
            started = subprocess.Popen(
                command,
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                env=_ENVIRONMENT | self._home(),
                cwd="/",
            )
        self.process, self.started = psutil.Process(started.pid), started
        self.control.settimeout(_START)
        ready = self._answer(1)
        if ready not in (b"0", b"1"):
            said = (
                started.stderr.read(4000).decode(errors="replace").strip().splitlines() if not ready else []
            )
            self._stop()
            raise NoSandbox(f"The sandbox ({self.level}) did not start: {said[-1] if said else 'no answer'}")
        started.stderr.close()
        self.nested = ready == b"1"

    def _stop(self) -> None:
        self.control.close()
        with contextlib.suppress(psutil.Error):
            for process in [*self.process.children(recursive=True), self.process]:
                with contextlib.suppress(psutil.Error):
                    process.kill()
        self.started.wait()

    def _home(self) -> dict[str, str]:
        if self.level != UNSANDBOXED:
            return {}
        home = Path(self.folder.name) / "home"
        home.mkdir(exist_ok=True)
        return {"HOME": str(home)}

    def _command(self, control: int) -> list[str]:
        fenced = self.level != UNSANDBOXED
        place = "/box" if fenced else str(self.box)
        folders = _folders(self.box)
        settings = {
            "control": control,
            "modules": self.modules,
            "fenced": fenced,
            "folders": folders if self.level == NAMESPACES else {},
            "hidden": _hidden(folders) if self.level == NAMESPACES else [],
            "kept": [place for place in folders if place.startswith("/tmp/")],  # a Python may lie there
            **asdict(self.limits),
        }
        inside = str(self.box) if self.level == NAMESPACES else place  # it is still outside when it begins
        python = [sys.executable, "-s", f"{inside}/inside.py", json.dumps(settings)]
        return [*_bubblewrap(folders), *python] if self.level == BUBBLEWRAP else python

    def _order(self, order: bytes, channel: socket.socket | None = None) -> int:
        """Tell the interpreter something; the number that it answers."""
        for attempt in range(2):
            try:
                socket.send_fds(self.control, [order], [channel.fileno()] if channel else [])
                answer = self._line()
                if order != b"start" or int(answer) > 0:
                    return int(answer or 0) if order == b"start" else 0
            except (OSError, ValueError):
                pass
            if attempt == 0:
                self._stop()
                self._start()
        raise NoSandbox(f"The sandbox ({self.level}) starts no more processes.")

    def _end(self, number: int) -> None:
        """End a notebook's process; the interpreter too, where it shares a world with its notebooks."""
        if self.nested:
            with contextlib.suppress(OSError):
                socket.send_fds(self.control, [b"%d" % number], [])
                self._line()
                return
        elif self.level == UNSANDBOXED:
            self._order(b"%d" % number)
            return
        self._stop()
        self._start()

    def _answer(self, most: int) -> bytes:
        try:
            return self.control.recv(most)
        except OSError:
            return b""

    def _line(self) -> bytes:
        line = b""
        while not line.endswith(b"\n"):
            part = self.control.recv(64)
            if not part:
                raise OSError("the sandbox has ended")
            line += part
        return line.strip()


class Remote:
    """One notebook's process, as the judge sees it."""

    def __init__(self, channel: socket.socket, sandbox: Sandbox):
        self.channel, self.sandbox = channel, sandbox
        self.asked: set[str] = set()

    def ask(self, what: str, within: float, **details) -> dict:
        """The answer to one question, within its time.

        Parameters
        ----------
        what : str
            "run", "find" or "call".
        within : float
            Seconds that it may take; a little later it is lost.
        **details
            What the question is about. Functions among them stay here: the notebook's process asks for their
            values.

        Raises
        ------
        Lost
            If no authentic answer comes.
        """
        identity = secrets.token_hex(8)
        deadline = time.monotonic() + within + _GRACE
        functions = []
        self._send({"do": what, "id": identity, **details}, deadline, functions)
        while True:
            answer = self._receive(deadline)
            if "ask" in answer:
                self._send(_computed(answer, functions, deadline), deadline)
            elif answer.get("id") == identity:
                self.asked.add(identity)
                return answer
            elif answer.get("id") not in self.asked:  # a second answer to an old question is passed over
                raise Lost("It sent an answer to a question that was not asked.")

    def _send(self, value, deadline: float, functions: list | None = None) -> None:
        self.channel.settimeout(max(0.01, deadline - time.monotonic()))
        try:
            wire.send(self.channel, value, functions)
        except OSError:
            raise Lost(_ENDED) from None

    def _receive(self, deadline: float) -> dict:
        self._wait(deadline)
        self.channel.settimeout(max(0.01, deadline - time.monotonic()))
        try:
            answer = wire.decode(wire.receive(self.channel))
        except TimeoutError:
            raise Lost(_TOO_LONG) from None
        except (EOFError, OSError):
            raise Lost(_ENDED) from None
        except wire.Malformed as problem:
            raise Lost(f"What it sent cannot be read: {problem}.") from None
        if not isinstance(answer, dict):
            raise Lost("What it sent is no answer.")
        return answer

    def _wait(self, deadline: float) -> None:
        """Until there is something to read; meanwhile see that it does not eat up the machine."""
        while not select.select([self.channel], [], [], _GLANCE)[0]:
            if time.monotonic() > deadline:
                raise Lost(_TOO_LONG)
            megabytes, processes = self.sandbox.usage()
            if megabytes > self.sandbox.limits.memory_mb:
                raise Lost(f"It used more than {self.sandbox.limits.memory_mb} MB of memory.")
            if processes > self.sandbox.limits.processes:
                raise Lost(f"It started more than {self.sandbox.limits.processes} processes.")


_ENDED = "Its process ended (a crash, an exit, or too much memory)."
_TOO_LONG = "It did not come to an end, nor could it be stopped."


def _computed(answer: dict, functions: list, deadline: float) -> dict:
    """What one of the judge's own functions gives for arguments that the notebook sent."""
    index, arguments = answer["ask"], answer.get("arguments")
    if not (isinstance(index, int) and 0 <= index < len(functions) and isinstance(arguments, tuple)):
        raise Lost("It asked for a function that there is not.")
    outcome = run(functions[index], arguments, max(0.01, deadline - time.monotonic()))
    if outcome.error is not None:  # whatever a learner's arguments do to it is the learner's to see
        return {"error": [outcome.error.kind, outcome.error.message[:500]]}
    return {"value": outcome.returned}


def _resident(process: psutil.Process) -> int:
    try:
        return process.memory_info().rss
    except psutil.Error:
        return 0


def _folders(box: Path) -> dict[str, str]:
    """What the sandbox sees of the machine, read-only: place there -> place here."""
    system = [
        path
        for path in ("/usr", "/lib", "/lib64", "/bin", "/etc/ld.so.cache", "/etc/alternatives")
        if os.path.exists(path)
    ]
    python = {sys.base_prefix, sys.prefix, sysconfig.get_paths()["purelib"], sysconfig.get_paths()["platlib"]}
    outside = sorted(path for path in python if not path.startswith("/usr/"))
    own = [
        path
        for path in outside
        if not any(path != other and path.startswith(other + "/") for other in outside)
    ]
    return {path: path for path in [*system, *own]} | {"/box": str(box)}


def _bubblewrap(folders: dict[str, str]) -> list[str]:
    """The command that starts another one within a world of these folders."""
    root = os.getuid() == 0
    rights = ["--unshare-user", "--uid", "65534", "--gid", "65534"]
    if root:  # real root becomes a real nobody inside, which is more than a nobody in name
        rights = ["--cap-drop", "ALL"]
        rights += [part for right in ("SETUID", "SETGID") for part in ("--cap-add", f"CAP_{right}")]
    parents = {str(parent) for place in folders for parent in Path(place).parents} - {"/", "/tmp"}
    command = [
        "bwrap",
        "--unshare-pid",
        "--unshare-net",
        "--unshare-ipc",
        "--unshare-uts",
        "--unshare-cgroup-try",
    ]
    command += [*rights, "--die-with-parent", "--new-session"]
    command += ["--perms", "1777", "--tmpfs", "/tmp"]  # first: what is shown may lie below it
    for parent in sorted(parents):
        command += ["--perms", "0755", "--dir", parent]
    for place, origin in folders.items():
        target = os.path.realpath(origin)
        same = os.path.islink(origin) and place == origin
        command += ["--symlink", target, place] if same else ["--ro-bind", origin, place]
    for hidden in _hidden(folders):
        command += ["--tmpfs", hidden]
    return [*command, "--proc", "/proc", "--dev", "/dev", "--chdir", "/"]


def _hidden(folders: dict[str, str]) -> list[str]:
    """The course's own package, where it lies within a folder that is shown."""
    package = str(PACKAGE.resolve())
    return [package for place in folders.values() if package.startswith(f"{place}/")][:1]
