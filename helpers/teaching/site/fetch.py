"""Downloads by name and version, checked against their hashes and kept in a cache that git ignores."""

import base64
import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

from packaging.utils import canonicalize_name

from helpers.teaching.course import PACKAGE
from helpers.teaching.site.versions import CARRIER, PYTHON, NpmPackage

ROOT = PACKAGE.parent
CACHE = ROOT / "build" / "cache"
WHEELS = ROOT / "site" / "wheels.txt"  # pure wheels, as pip reads them: name, version, hash
PURE = ("--python-version", PYTHON, "--implementation", "py", "--abi", "none", "--platform", "any")


class NotAvailable(Exception):  # noqa: N818 - people who build the site read it
    """What the site needs and cannot get, in a sentence that names it."""


def npm_package(package: NpmPackage) -> Path:
    """The folder with a package of npm, unpacked."""
    name = f"{package.name.replace('/', '-').lstrip('@')}-{package.version}"
    folder = CACHE / name
    if folder.is_dir():
        return folder
    CACHE.mkdir(parents=True, exist_ok=True)
    what = f"{package.name} {package.version} from npm"
    with tempfile.TemporaryDirectory(dir=CACHE) as scratch:
        run(["npm", "pack", "--silent", f"{package.name}@{package.version}"], what, Path(scratch))
        archive = Path(scratch, f"{name}.tgz")
        _compare(what, "sha512-" + _base64(archive), package.integrity)
        with tarfile.open(archive) as content:
            content.extractall(scratch, filter="data")
        _keep(Path(scratch, "package"), folder)
    return folder


def _keep(fetched: Path, folder: Path) -> None:
    """Move what was fetched to its place in the cache, unless another process has put it there meanwhile."""
    try:
        fetched.rename(folder)
    except OSError:
        if not folder.is_dir():
            raise


def carried_wheels(hashes: Mapping[str, str]) -> list[Path]:
    """Wheels as Pyodide has built them, by file name, each with the SHA-256 that Pyodide's lock states."""
    folder = CACHE / "wheels"
    folder.mkdir(parents=True, exist_ok=True)
    if any(not (folder / name).is_file() for name in hashes):
        with tempfile.TemporaryDirectory(dir=CACHE) as scratch:
            _pip_download([CARRIER], Path(scratch))
            _unpack(next(Path(scratch).glob("*.whl")), hashes, folder)
    for name, expected in hashes.items():
        _compare(f"{name} in {CARRIER}", sha256(folder / name), expected)
    return [folder / name for name in hashes]


def _unpack(carrier: Path, names: Mapping[str, str], folder: Path) -> None:
    """Copy those files out of the carrier, wherever in it they are."""
    with zipfile.ZipFile(carrier) as content:
        places = {Path(place).name: place for place in content.namelist()}
        for name in names:
            if name not in places:
                raise NotAvailable(f"{CARRIER} does not contain {name}, which the site needs.")
            whole = carrier.with_name(f"{name}.part")
            with content.open(places[name]) as source, open(whole, "wb") as copy:
                shutil.copyfileobj(source, copy)
            whole.replace(folder / name)  # at once, since another process may be about to read it


def pure_wheels() -> dict[str, Path]:
    """The wheels of `site/wheels.txt`, by the name of their package; pip compares their hashes."""
    folder = CACHE / f"pure-{sha256(WHEELS)[:12]}"
    if not folder.is_dir():
        CACHE.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=CACHE) as scratch:
            _pip_download([*PURE, "--require-hashes", "-r", str(WHEELS)], Path(scratch, "wheels"))
            _keep(Path(scratch, "wheels"), folder)
    return {canonicalize_name(path.name.split("-")[0]): path for path in folder.glob("*.whl")}


def _pip_download(what: list[str], folder: Path) -> None:
    """Let pip download wheels, without what they depend on."""
    options = ["--quiet", "--disable-pip-version-check", "--no-deps", "--only-binary=:all:"]
    command = [sys.executable, "-m", "pip", "download", *options, "-d", str(folder), *what]
    run(command, f"{Path(what[-1]).name} from PyPI")


def run(command: list[str], what: str, folder: Path | None = None) -> None:
    """Run a command, or say in a sentence what the site therefore lacks."""
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    except OSError as error:
        raise NotAvailable(f"The site needs {what}, but there is no {command[0]} on this machine.") from error
    if done.returncode:
        said = [line.strip() for line in done.stderr.splitlines() if line.strip()]
        reason = next(
            (line for line in said if "No matching" in line), said[-1] if said else "no reason given"
        )
        raise NotAvailable(f"The site needs {what}, and {command[0]} could not do it: {reason}")


def _compare(what: str, got: str, expected: str) -> None:
    if got != expected:
        raise NotAvailable(f"The hash of {what} is {got}, but {expected} is expected.")


def sha256(path: Path) -> str:
    """The SHA-256 of a file, as hexadecimal digits."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _base64(path: Path) -> str:
    return base64.b64encode(hashlib.sha512(path.read_bytes()).digest()).decode()
