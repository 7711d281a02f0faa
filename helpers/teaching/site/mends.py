"""What is changed in JupyterLite and its kernel for the course; each change must fit in one place only."""

import zipfile
from collections.abc import Mapping
from pathlib import Path

from helpers.teaching.site.fetch import NotAvailable

# JupyterLite stops at the first error although a cell may fail on purpose. The notebook says so with each
# request, `stop_on_error: false`, as it does to any kernel; here JupyterLite learns to listen.
GO_ON = {
    "await r.handleMessage(s)": "this._goOn=!1===(s.content||{}).stop_on_error,await r.handleMessage(s)",
    '"error"===e.content.status&&"interrupt"!==e.metadata.cause&&': (
        '"error"===e.content.status&&"interrupt"!==e.metadata.cause&&!this._goOn&&'
    ),
}
# A saved notebook names its kernel, and graders and JupyterLab know it by this name.
NAME = {'name:"python",display_name:"Python (Pyodide)"': 'name:"python3",display_name:"Python 3"'}
# Completion looks at values, as it does where jedi, which is large, is not installed.
WITHOUT_JEDI = {"self.Completer.use_jedi = True": "self.Completer.use_jedi = False"}


def mend_scripts(folder: Path, changes: Mapping[str, str]) -> None:
    """Make the changes in the one script of the folder in which they fit.

    Raises
    ------
    NotAvailable
        If there is no such script, or more than one.
    """
    scripts = {path: path.read_text(encoding="utf-8") for path in folder.glob("*.js")}
    found = [path for path, text in scripts.items() if all(text.count(old) == 1 for old in changes)]
    if len(found) != 1:
        raise NotAvailable(
            f"This version of JupyterLite cannot be mended: {next(iter(changes))!r} is not there."
        )
    found[0].write_text(changed(scripts[found[0]], changes), encoding="utf-8")


def mend_kernel(wheel: Path, changes: Mapping[str, str], target: Path) -> Path:
    """Write a wheel anew into the folder `target`, with the changes in one of its modules."""
    made = target / wheel.name
    with zipfile.ZipFile(wheel) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        contents = {info: old.read(info) for info in old.infolist()}
        fits = [
            info for info, data in contents.items() if all(data.count(part.encode()) == 1 for part in changes)
        ]
        if len(fits) != 1:
            raise NotAvailable(f"{wheel.name} cannot be mended: {next(iter(changes))!r} is not there.")
        contents[fits[0]] = changed(contents[fits[0]].decode(), changes).encode()
        for info, data in contents.items():
            new.writestr(info, data)
    return made


def changed(text: str, changes: Mapping[str, str]) -> str:
    """A text with its changes."""
    for old, new in changes.items():
        text = text.replace(old, new)
    return text
