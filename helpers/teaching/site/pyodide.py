"""Pyodide with the course's packages in one folder, so that a browser asks no other host for them."""

import json
import shutil
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name

from helpers import __version__
from helpers.teaching.course import PACKAGE
from helpers.teaching.site import fetch
from helpers.teaching.site.versions import (
    BESIDE_THE_LOCK,
    CDN,
    FROM_THE_LOCK,
    LEARNERS_NEED,
    NEVER_USED,
    PYODIDE,
)

RUNTIME = (
    "package.json",
    "pyodide.asm.mjs",
    "pyodide.asm.wasm",
    "pyodide.js",
    "pyodide.mjs",
    "python_stdlib.zip",
)
LOCK = "pyodide-lock.json"
CDN_ADDRESS = CDN.format(version=PYODIDE.version)
NOT_FOR_LEARNERS = ("teaching", "__pycache__")
SAME_DATE = (2020, 1, 1, 0, 0, 0)  # so that the same files give the same wheel


def pyodide_folder(target: Path) -> Path:
    """Fill a folder with Pyodide, the course and what it needs; returns the folder.

    ``import helpers`` then loads all that it needs, and nothing has to be installed.

    Raises
    ------
    fetch.NotAvailable
        If something cannot be downloaded, or is not what it should be.
    """
    source = fetch.npm_package(PYODIDE)
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for name in RUNTIME:
        shutil.copy(source / name, target)
    lock = _lock_for_the_course(source)
    _copy_wheels(lock["packages"], target)
    write_lock(target, lock)
    _add_own_wheels(target)
    return target


def lock_for_cdn(target: Path) -> Path:
    """Fill a folder with what Pyodide's own servers lack, and a lock that leads to them for the rest."""
    target.mkdir(parents=True)
    lock = _lock_for_the_course(fetch.npm_package(PYODIDE))
    for entry in lock["packages"].values():
        entry["file_name"] = CDN_ADDRESS + entry["file_name"]
    write_lock(target, lock)
    _add_own_wheels(target)
    return target


def _add_own_wheels(target: Path) -> None:
    """Enter what is in no lock of Pyodide's: the widgets' packages, and the course."""
    pure = fetch.pure_wheels()
    for wheel in BESIDE_THE_LOCK:
        enter(target, pure[wheel.name], wheel.imports, wheel.depends)
    enter(target, _wheel_of_the_course(target), ("helpers",), LEARNERS_NEED)


def needed(packages: Mapping[str, Any], names: Iterable[str]) -> list[str]:
    """These packages and all that they depend on, as the lock names them."""
    todo, found = list(names), []
    while todo:
        name = canonicalize_name(todo.pop())
        if name not in found and name not in NEVER_USED:
            found.append(name)
            todo += packages[name]["depends"]
    return sorted(found)


def _lock_for_the_course(source: Path) -> dict[str, Any]:
    """The lock in Pyodide's own folder, with only those entries that the course needs."""
    lock = read_lock(source)
    lock["packages"] = {name: lock["packages"][name] for name in needed(lock["packages"], FROM_THE_LOCK)}
    for entry in lock["packages"].values():
        entry["depends"] = [name for name in entry["depends"] if name not in NEVER_USED]
    return lock


def _copy_wheels(entries: dict[str, Any], target: Path) -> None:
    """Copy the wheels of these entries to `target`."""
    pure = fetch.pure_wheels()
    official = {entry["file_name"]: entry["sha256"] for name, entry in entries.items() if name not in pure}
    for path in fetch.carried_wheels(official):
        shutil.copy(path, target)
    for name in entries.keys() & pure.keys():  # the same version, but Pyodide has packed it anew
        shutil.copy(pure[name], target)
        entries[name] |= {"file_name": pure[name].name, "sha256": fetch.sha256(pure[name])}


def read_lock(folder: Path) -> dict[str, Any]:
    """The lock of a folder of Pyodide's."""
    return json.loads((folder / LOCK).read_text(encoding="utf-8"))


def write_lock(folder: Path, lock: Mapping[str, Any]) -> None:
    """Replace the lock of a folder of Pyodide's."""
    (folder / LOCK).write_text(json.dumps(lock, indent=1), encoding="utf-8")


def enter(folder: Path, wheel: Path, imports: Iterable[str], depends: Iterable[str] = ()) -> None:
    """Add a wheel to a folder of Pyodide's, and to its lock."""
    project, version = wheel.name.split("-")[:2]
    name = canonicalize_name(project)
    if wheel.parent != folder:
        shutil.copy(wheel, folder)
    lock = read_lock(folder)
    lock["packages"][name] = {
        "depends": list(depends),
        "file_name": wheel.name,
        "imports": list(imports),
        "install_dir": "site",
        "name": name,
        "package_type": "package",
        "sha256": fetch.sha256(wheel),
        "unvendored_tests": False,
        "version": version,
    }
    write_lock(folder, lock)


def _wheel_of_the_course(folder: Path) -> Path:
    """`helpers` as a wheel, without what only those who teach need."""
    files = [path for path in PACKAGE.rglob("*") if path.is_file()]
    names = {path.relative_to(PACKAGE.parent): path for path in files}
    kept = {name: path for name, path in names.items() if not set(name.parts) & set(NOT_FOR_LEARNERS)}
    return write_wheel(folder, "helpers", __version__, kept)


def write_wheel(folder: Path, name: str, version: str, files: Mapping[Path, Path]) -> Path:
    """A wheel of pure Python with these files, by their names in it."""
    path, info = folder / f"{name}-{version}-py3-none-any.whl", f"{name}-{version}.dist-info"
    contents = {place.as_posix(): file.read_bytes() for place, file in sorted(files.items())}
    contents[f"{info}/METADATA"] = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n".encode()
    contents[f"{info}/WHEEL"] = b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    contents[f"{info}/RECORD"] = b""
    with zipfile.ZipFile(path, "w") as wheel:
        for place, data in contents.items():
            wheel.writestr(zipfile.ZipInfo(place, SAME_DATE), data, zipfile.ZIP_DEFLATED, 9)
    return path
