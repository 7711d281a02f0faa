"""Linux's own fences around a process: namespaces, mounts, limits and capabilities.

Used inside the sandbox only, before any learner's code runs. It imports nothing but the standard library.
"""

import contextlib
import ctypes
import os
import resource
import signal
from collections.abc import Iterable
from pathlib import Path

_NEW = {
    "mount": 0x20000,
    "uts": 0x4000000,
    "ipc": 0x8000000,
    "user": 0x10000000,
    "pid": 0x20000000,
    "net": 0x40000000,
}
_READ_ONLY, _NO_SUID, _NO_DEVICES, _REMOUNT = 0x1, 0x2, 0x4, 0x20
_BIND, _RECURSIVE, _PRIVATE, _DETACH = 0x1000, 0x4000, 0x40000, 2
_SET_PARENT_DEATH_SIGNAL, _SET_DUMPABLE, _DROP_BOUNDING, _NO_NEW_PRIVILEGES, _SUBREAPER = 1, 4, 24, 38, 36
_CAPABILITY_VERSION = 0x20080522

NOBODY = 65534

_libc = ctypes.CDLL(None, use_errno=True)


def _require(result: int, what: str) -> None:
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")


def unshare(user: bool = True, network: bool = True) -> None:
    """Leave the parent's namespaces for new ones; the next child is the first process in the new ones.

    Inside namespaces without a network, new ones need not be cut off from it again.
    """
    owner, group = os.getuid(), os.getgid()
    kept = {"user": not user, "net": not network}
    _require(_libc.unshare(sum(flag for name, flag in _NEW.items() if not kept.get(name))), "unshare")
    if user:
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"{owner} {owner} 1")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1")


def become_nobody() -> None:
    """Give up root for good, if this is root."""
    if os.getuid() == 0:
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)
        _libc.prctl(_SET_DUMPABLE, 1, 0, 0, 0)  # without it not even the own id may be mapped


def mount(source: str, target: str, kind: str | None = None, flags: int = 0, options: str = "") -> None:
    """Linux's mount."""
    arguments = [None if text is None else os.fsencode(text) for text in (source, target, kind)]
    _require(_libc.mount(*arguments, ctypes.c_ulong(flags), os.fsencode(options) or None), f"mount {target}")


def private_folder(target: str, megabytes: int = 0, kept: Iterable[str] = ()) -> None:
    """An empty folder in memory, seen in these namespaces only; with 0 megabytes nothing can be written.

    Folders below it that are `kept` stay as they are.
    """
    opened = {place: os.open(place, os.O_PATH) for place in kept}
    options = f"size={megabytes}m,mode=1777" if megabytes else "size=4k,nr_inodes=2"
    read_only = 0 if megabytes else _READ_ONLY
    mount("tmpfs", target, "tmpfs", _NO_SUID | _NO_DEVICES | read_only, options)
    for place, descriptor in opened.items():
        _show_read_only(descriptor, place)


def keep_mounts_to_oneself() -> None:
    """No mount made from now on is seen outside."""
    mount("none", "/", None, _RECURSIVE | _PRIVATE)


def change_root(folders: dict[str, str], megabytes: int, root: str = "/tmp") -> None:
    """Make a root of nothing but the given folders, read-only: their place there -> where they come from.

    Its own folders in memory, which can be written to, take some megabytes.
    """
    keep_mounts_to_oneself()
    opened = {place: os.open(origin, os.O_PATH) for place, origin in folders.items()}  # may lie below `root`
    mount("tmpfs", root, "tmpfs", _NO_SUID | _NO_DEVICES, "mode=755")
    for place in ("/tmp", "/dev/shm", "/dev/pts", "/proc", "/old"):
        os.makedirs(root + place, exist_ok=True)
    for place in ("/tmp", "/dev/shm"):
        private_folder(root + place, megabytes)
    for place, descriptor in opened.items():
        _show_read_only(descriptor, root + place)
    _devices(root)
    mount("proc", root + "/proc", "proc", _NO_SUID | _NO_DEVICES)
    _require(_libc.pivot_root(os.fsencode(root), os.fsencode(root + "/old")), "pivot_root")
    os.chdir("/")
    _require(_libc.umount2(b"/old", _DETACH), "umount")
    os.rmdir("/old")
    mount("none", "/", None, _BIND | _REMOUNT | _READ_ONLY | _NO_SUID | _NO_DEVICES)


def _show_read_only(descriptor: int, target: str) -> None:
    """Mount an opened folder or file at another place, read-only, with the locks that it already has."""
    if os.path.isdir(f"/proc/self/fd/{descriptor}"):
        os.makedirs(target, exist_ok=True)
    else:
        os.makedirs(os.path.dirname(target), exist_ok=True)
        Path(target).touch()
    mount(f"/proc/self/fd/{descriptor}", target, None, _BIND | _RECURSIVE)
    os.close(descriptor)
    locked = {0x2: 0x2, 0x4: 0x4, 0x8: 0x8, 0x400: 0x400, 0x800: 0x800, 0x1000: 0x200000}
    seen = os.statvfs(target).f_flag
    flags = sum(flag for bit, flag in locked.items() if seen & bit)
    mount("none", target, None, _BIND | _REMOUNT | _READ_ONLY | flags)


def _devices(root: str) -> None:
    """The harmless devices, and separate terminals where Linux provides them."""
    for name in ("null", "zero", "random", "urandom"):
        Path(f"{root}/dev/{name}").touch()
        mount(f"/dev/{name}", f"{root}/dev/{name}", None, _BIND)
    with contextlib.suppress(OSError):
        options = "newinstance,ptmxmode=0666,mode=0620"
        mount("devpts", f"{root}/dev/pts", "devpts", _NO_SUID, options)
        os.symlink("pts/ptmx", f"{root}/dev/ptmx")


def limit(memory_mb: int, cpu_seconds: int, processes: int, file_mb: int) -> None:
    """Linux's limits for this process and its children."""
    limits = {
        resource.RLIMIT_AS: memory_mb * 2**20,
        resource.RLIMIT_CPU: cpu_seconds,
        resource.RLIMIT_NPROC: processes,
        resource.RLIMIT_FSIZE: file_mb * 2**20,
        resource.RLIMIT_NOFILE: 256,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_MEMLOCK: 0,
        resource.RLIMIT_MSGQUEUE: 0,
    }
    for kind, most in limits.items():
        _, hard = resource.getrlimit(kind)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (most, most))


def drop_capabilities() -> None:
    """Give up every special right, for this process and all that it starts."""
    _libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    for capability in range(64):
        _libc.prctl(_DROP_BOUNDING, capability, 0, 0, 0)
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION, 0)
    nothing = (ctypes.c_uint32 * 6)()
    _require(_libc.capset(header, nothing), "capset")


def die_with_parent() -> None:
    """Be killed when the parent ends, however that happens."""
    _libc.prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)


def adopt_orphans() -> None:
    """Be the parent of grandchildren whose own parent has ended."""
    _libc.prctl(_SUBREAPER, 1, 0, 0, 0)
