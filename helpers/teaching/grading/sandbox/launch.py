"""The launching of the sandbox: its files are laid out, and its interpreter is started and kept warm."""

import contextlib
import errno
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil

from helpers.teaching.grading.sandbox import visible_machine
from helpers.teaching.grading.sandbox.process_tree import Tree
from helpers.teaching.grading.sandbox.questions import Remote
from helpers.teaching.grading.sandbox.visible_package import visible_data, visible_files

BUBBLEWRAP, NAMESPACES, UNSANDBOXED = "bubblewrap", "namespaces", "unsandboxed"
_START, _ORDER = 600.0, 60.0  # seconds within which a sandbox must be ready, and do what it is told
_SHARED_MEMORY_MB = 16  # what fits in a notebook's /dev/shm
_HERE = Path(__file__).parent
_PROGRAM = (*(_HERE / "inside").glob("[!_]*.py"), _HERE / "wire.py")
_ENVIRONMENT = {
    "HOME": "/tmp",
    "LANG": "C.UTF-8",
    "MPLBACKEND": "agg",
    "PATH": f"{os.path.dirname(sys.executable)}:/usr/bin:/bin",
    "PIP_NO_INDEX": "1",  # there is no network to wait for, or to try again
    "PIP_RETRIES": "0",
    "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    "PYTHONHASHSEED": "0",
    "PYTHONDONTWRITEBYTECODE": "1",
    **dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1"),
}


class NoSandbox(RuntimeError):  # noqa: N818 - instructors read it
    """This machine cannot run a sandbox; the sentence says what is missing."""


@dataclass(frozen=True)
class Limits:
    """What one notebook may use: memory and files in megabytes, processes, and processor time in seconds."""

    memory_mb: int = 2048
    processes: int = 24
    cpu_seconds: int = 300
    file_mb: int = 64


_works: dict[str, bool] = {}  # by level, whether it has been seen to work on this machine


def strongest(lesson: str, limits: Limits, modules: tuple[str, ...]) -> "Sandbox":
    """A sandbox at the strongest level that works on this machine.

    Raises
    ------
    NoSandbox
        If none does, or if it cannot be started just now.
    """
    for level in (BUBBLEWRAP, NAMESPACES):
        if not _works.get(level, level == NAMESPACES or shutil.which("bwrap") is not None):
            continue
        try:
            sandbox = Sandbox(lesson, level, limits, modules)
        except (NoSandbox, OSError) as error:
            refused = os.strerror(errno.EAGAIN)
            if refused in str(error):
                raise NoSandbox(
                    f"No more processes may be started here ({refused}), so learners' code cannot be fenced "
                    "in. Allow more of them (`ulimit -u`; `pids.max` of a container), or "
                    "give `course grade` fewer --workers."
                ) from error
            if _works.get(level):
                raise
            _works[level] = False
        else:
            _works[level] = True
            return sandbox
    raise NoSandbox(
        "Neither bubblewrap nor user namespaces work on this machine, so learners' code cannot be fenced in. "
        "Install bubblewrap (on Debian: apt install bubblewrap), or accept the risk with --unsandboxed."
    )


class Sandbox:
    """A fenced interpreter, warm for one lesson, that starts a separate process for each notebook.

    Parameters
    ----------
    lesson : str
        The lesson whose answers must not be there.
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
    def notebook(self) -> Iterator[Remote]:
        """A process for one notebook, which ends with the `with` block whatever it is doing."""
        ours, theirs = socket.socketpair()
        number = 0
        try:
            number = self._order(b"start", theirs)
            theirs.close()
            with contextlib.closing(self._tree()) as tree:
                yield Remote(ours, tree, self.limits)
        finally:
            ours.close()
            theirs.close()
            if number:
                self._end(number)

    def _tree(self) -> Tree:
        """The processes of the notebook that has just been started."""
        return Tree(self.interpreter, () if self.level == UNSANDBOXED else ("/tmp", "/dev/shm"))

    def _fill_box(self) -> None:
        files = visible_files(self.lesson)
        files = files | {path.name: path.read_text(encoding="utf-8") for path in _PROGRAM}
        for name, text in files.items():
            path = self.box / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        for name, file in visible_data().items():
            shutil.copyfile(file, self.box / name)
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
            said = _last_words(started) if not ready else ""
            self._stop()
            raise NoSandbox(f"The sandbox ({self.level}) did not start: {said or 'no answer'}")
        if started.stderr:
            started.stderr.close()
        self.control.settimeout(_ORDER)
        self.nested = ready == b"1"
        self.interpreter = [self.process, *self.process.children(recursive=True)][-1].pid

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
        shown = visible_machine.folders(self.box)
        settings = {
            "control": control,
            "modules": self.modules,
            "fenced": fenced,
            "folders": shown if self.level == NAMESPACES else {},
            "hidden": visible_machine.hidden(shown) if self.level == NAMESPACES else [],
            "kept": [place for place in shown if place.startswith("/tmp/")],  # a Python may be there
            "libraries": visible_machine.libraries(),
            "shared_memory_mb": _SHARED_MEMORY_MB,
            **asdict(self.limits),
        }
        inside = str(self.box) if self.level == NAMESPACES else place  # it is still outside when it begins
        python = [sys.executable, "-s", f"{inside}/interpreter.py", json.dumps(settings)]
        fence = visible_machine.bubblewrap(shown, self.limits.file_mb) if self.level == BUBBLEWRAP else []
        return [*fence, *python]

    def _order(self, order: bytes, channel: socket.socket | None = None) -> int:
        """Tell the interpreter something; returns the number that it replies."""
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
        """End a notebook's process; the interpreter too, where it shares namespaces with its notebooks."""
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


def _last_words(started: subprocess.Popen) -> str:
    """The last line that a process has written about its end."""
    lines = started.stderr.read(4000).decode(errors="replace").strip().splitlines() if started.stderr else []
    return lines[-1] if lines else ""
