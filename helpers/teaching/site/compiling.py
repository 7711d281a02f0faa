"""Packages compiled once, when the site is built, where a browser would compile them at each start.

Node runs the same Pyodide that the browser runs; what it does is in `site/pyodide`.
"""

import shutil
import tempfile
from pathlib import Path

from helpers.teaching.digests import digest
from helpers.teaching.site import fetch, pyodide
from helpers.teaching.site.versions import FIRST_IMPORTS, NEXT_IMPORTS, PYODIDE

SCRIPTS = fetch.ROOT / "site" / "pyodide"
STDLIB = "python_stdlib.zip"
IMPORTS = (*FIRST_IMPORTS, *NEXT_IMPORTS, "micropip", "IPython.terminal.embed")


def compile_packages(folder: Path) -> None:
    """Replace all packages in a folder of Pyodide's by compiled ones, and correct its lock."""
    cached = {path: _cached(path) for path in [*folder.glob("*.whl"), folder / STDLIB]}
    missing = [path for path in cached if not cached[path].is_file()]
    if missing:
        with tempfile.TemporaryDirectory(dir=fetch.CACHE) as scratch:
            names = [path.name for path in missing]
            places = [str(SCRIPTS / "compile.mjs"), str(folder.resolve()), scratch]
            command = ["node", *places, ",".join(IMPORTS), *names]
            fetch.run(command, "its packages compiled")
            for path in missing:
                Path(scratch, path.name).rename(cached[path])
    for path, compiled in cached.items():
        shutil.copy(compiled, path)
    _correct(folder)


def _cached(path: Path) -> Path:
    """Where the compiled form of a package is kept: another for each Pyodide, whose Python reads it."""
    scripts = [*(script.read_bytes() for script in sorted(SCRIPTS.iterdir())), repr(IMPORTS).encode()]
    kept = fetch.CACHE / "compiled"
    kept.mkdir(exist_ok=True)
    return kept / f"{digest([path.read_bytes(), PYODIDE.integrity.encode(), *scripts])[:16]}-{path.name}"


def _correct(folder: Path) -> None:
    """Enter the hashes of the packages as they are now."""
    lock = pyodide.read_lock(folder)
    for entry in lock["packages"].values():
        entry["sha256"] = fetch.sha256(folder / entry["file_name"])
    pyodide.write_lock(folder, lock)
