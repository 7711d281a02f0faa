"""What a sandbox sees of the machine: a Python with its libraries, shared libraries and basic commands.

Everything is named here. What is not named is not there: no home, no course folder, no exchange.
"""

import contextlib
import importlib.util
import os
import subprocess
import sys
import sysconfig
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from helpers.teaching.grading.sandbox.visible_package import PACKAGE

_SYSTEM = (
    *("/usr/bin", "/usr/lib", "/usr/lib32", "/usr/lib64", "/usr/local/lib", "/usr/share/zoneinfo"),
    *("/bin", "/lib", "/lib32", "/lib64", "/etc/alternatives", "/etc/ld.so.cache"),
    *("/nix/store", "/gnu/store"),
)
_OF_PYTHON = ("bin", "lib", "lib64", "pyvenv.cfg")
_USED = ("numpy", "IPython", "matplotlib")  # they may be apart from Python, as after `pip install --user`
_TEACHERS = ("nbgrader",)  # no notebook needs it
_MEGABYTE = 2**20


def libraries() -> list[str]:
    """The folders from which Python loads the libraries that notebooks use."""
    paths = [sysconfig.get_paths()["purelib"], sysconfig.get_paths()["platlib"]]
    for name in _USED:
        found = importlib.util.find_spec(name)
        paths += [str(Path(found.origin).parents[1])] if found and found.origin else []
    return list(dict.fromkeys(paths))


def folders(box: Path) -> dict[str, str]:
    """What the sandbox sees of the machine, read-only: place there -> place here."""
    wanted = [
        *_SYSTEM,
        *(os.path.join(prefix, part) for prefix in (sys.base_prefix, sys.prefix) for part in _OF_PYTHON),
        *libraries(),
    ]
    wanted += _links_to_python()
    shown = _outermost(path for path in dict.fromkeys(wanted) if os.path.exists(path))
    return {path: path for path in shown} | {"/box": str(box)}


def hidden(shown: dict[str, str]) -> list[str]:
    """What must not be seen although it is within a folder that is shown."""
    found = filter(None, map(importlib.util.find_spec, _TEACHERS))
    tools = [str(Path(spec.origin).parent) for spec in found if spec.origin]
    private = [str(PACKAGE.resolve()), *tools, *exchanges()]
    return [path for path in private if os.path.isdir(path) and is_below(path, shown.values())]


def is_below(path: str, others: Iterable[str]) -> bool:
    """Whether a path is within one of some folders.

    >>> is_below("/usr/lib/python3", ["/usr/lib"]), is_below("/usr/lib", ["/usr/lib"])
    (True, False)
    """
    return any(path.startswith(f"{other.rstrip('/')}/") for other in others)


@cache
def exchanges() -> list[str]:
    """Where nbgrader is told to keep its exchange, in which the work of all students is."""
    from jupyter_core.paths import jupyter_config_path
    from traitlets.config.loader import JSONFileConfigLoader, PyFileConfigLoader

    found = []
    for place in [os.getcwd(), *jupyter_config_path()]:
        for loader, end in ((PyFileConfigLoader, "py"), (JSONFileConfigLoader, "json")):
            with contextlib.suppress(Exception):  # a file that nbgrader cannot read tells it nothing either
                config = loader(f"nbgrader_config.{end}", place).load_config()
                found.append(os.path.realpath(str(config["Exchange"]["root"])))
    return list(dict.fromkeys(found))


def _links_to_python() -> list[str]:
    """The links that lead from the Python that runs to its file; some of them are apart from both."""
    links: list[str] = []
    path = sys.executable
    while os.path.islink(path) and len(links) < 10:
        links.append(path)
        path = os.path.normpath(os.path.join(os.path.dirname(path), os.readlink(path)))
    return [*links, path]


def _outermost(paths: Iterable[str]) -> list[str]:
    """Paths without those that are within another one."""
    paths = list(paths)
    return [path for path in paths if not is_below(path, paths)]


def bubblewrap(shown: dict[str, str], memory_mb: int) -> list[str]:
    """The command that starts another one that sees some folders only."""
    rights = ["--unshare-user", "--uid", "65534", "--gid", "65534"]
    if os.getuid() == 0:  # real root becomes a real nobody inside, which is more than just the name
        rights = ["--cap-drop", "ALL"]
        rights += [part for right in ("SETUID", "SETGID") for part in ("--cap-add", f"CAP_{right}")]
    own = ("pid", "net", "ipc", "uts", "cgroup-try")
    return [
        "bwrap",
        *(f"--unshare-{what}" for what in own),
        *rights,
        *("--die-with-parent", "--new-session"),
        *_memory("/tmp", memory_mb),  # first: what is shown may be below it
        *_places(shown),
        *(part for place in hidden(shown) for part in ("--tmpfs", place, "--remount-ro", place)),
        *("--proc", "/proc", "--dev", "/dev"),
        *_memory("/dev/shm", memory_mb),
        *("--remount-ro", "/dev", "--remount-ro", "/", "--chdir", "/"),
    ]


def _places(shown: dict[str, str]) -> list[str]:
    """The part of the command that shows folders."""
    parents = {str(parent) for place in shown for parent in Path(place).parents} - {"/", "/tmp"}
    command = []
    for parent in sorted(parents):
        command += ["--perms", "0755", "--dir", parent]
    for place, origin in shown.items():
        target = os.path.realpath(origin)
        same = os.path.islink(origin) and place == origin
        command += ["--symlink", target, place] if same else ["--ro-bind", origin, place]
    return command


def _memory(place: str, megabytes: int) -> list[str]:
    """The part of the command that makes a folder in memory, of limited size where bubblewrap can."""
    size = ["--size", str(megabytes * _MEGABYTE)] if _knows_sizes() else []
    return ["--perms", "1777", *size, "--tmpfs", place]


@cache
def _knows_sizes() -> bool:
    return "--size" in subprocess.run(["bwrap", "--help"], capture_output=True, text=True).stdout
