"""What is changed in JupyterLite and its kernel for the course; each change must fit in one place only."""

import textwrap
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

from helpers.teaching.site.fetch import NotAvailable

T = TypeVar("T")

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
# A kernel that begins before the service worker would see no files, and progress would end with the page.
WAIT_FOR_FILES = {
    "l=!!((null==i?void 0:i.enabled)||crossOriginIsolated)": (
        "l=await Promise.race([Promise.all([i?.ready,navigator.serviceWorker?.ready]).catch(()=>{}),"
        "new Promise(e=>setTimeout(e,1e4))]).then(()=>!!(i?.enabled||crossOriginIsolated))"
    )
}
# Python starts before the notebook is there: in a worker that the page has made.
TAKE_WORKER = {
    'let t=e=>new Worker(e,{type:"module"})': (
        'let t=e=>{let t=self.courseWorker;return self.courseWorker=null,t??new Worker(e,{type:"module"})}'
    )
}
TAKE_PYTHON = {"{loadPyodide:n}=await Vo(t)": "{loadPyodide:n}=self.course??await Vo(t)"}
# The service worker keeps no copies here, so it need not pass on each file, which costs time at every start.
ONLY_FILES_OF_PYTHON = {
    "shouldDrop(t,a)||(n=maybeFromCache(e))": "shouldDrop(t,a)||enableCache&&(n=maybeFromCache(e))"
}
# Completion looks at values, as it does where jedi, which is large, is not installed.
WITHOUT_JEDI = {"self.Completer.use_jedi = True": "self.Completer.use_jedi = False"}
# No first cell needs these, so they are imported when they are used: micropip, and IPython for a terminal.
MICROPIP = """import micropip
from micropip.package_index import CompatibilityLayer, ProjectInfo
from micropip.package_index import query_package as _MP_QUERY_PACKAGE
"""
MICROPIP_IF_ASKED = {
    MICROPIP: "",
    '    """Invoke micropip.install with a patch to get data from local indexes"""\n': (
        "    global micropip, CompatibilityLayer, ProjectInfo, _MP_QUERY_PACKAGE\n"
        + textwrap.indent(MICROPIP, "    ")
    ),
}
TERMINAL_IF_ASKED = {
    "from .terminal.embed import embed\n": (
        "def embed(*arguments, **settings):\n"
        "    from .terminal.embed import embed\n"
        "    embed(*arguments, **settings)\n"
    )
}
# Meant for many threads, of which there is one; it imports much.
ONE_THREAD = {'datetime.strptime("1", "%d")\n': ""}


def mend_scripts(folder: Path, changes: Mapping[str, str]) -> Path:
    """Make the changes in the one script of the folder in which they fit; returns the script.

    Raises
    ------
    NotAvailable
        If there is no such script, or more than one.
    """
    scripts = {path: path.read_bytes() for path in folder.glob("*.js")}
    script, mended = _mended(scripts, changes, "This version of JupyterLite")
    script.write_bytes(mended)
    return script


def mend_wheel(wheel: Path, target: Path, *changes: Mapping[str, str]) -> Path:
    """Write a wheel anew into the folder `target`; each of the changes is made in one of its modules."""
    with zipfile.ZipFile(wheel) as old:
        contents = {info: old.read(info) for info in old.infolist()}
    for change in changes:
        module, mended = _mended(contents, change, wheel.name)
        contents[module] = mended
    with zipfile.ZipFile(target / wheel.name, "w", zipfile.ZIP_DEFLATED) as new:
        for info, data in contents.items():
            new.writestr(info, data)
    return target / wheel.name


def _mended(contents: Mapping[T, bytes], changes: Mapping[str, str], what: str) -> tuple[T, bytes]:
    """The one file in which all changes fit, and what is in it after them."""
    pairs = [(old.encode(), new.encode()) for old, new in changes.items()]
    fits = [file for file, data in contents.items() if all(data.count(old) == 1 for old, _ in pairs)]
    if len(fits) != 1:
        raise NotAvailable(f"{what} cannot be mended: {next(iter(changes))!r} is not there.")
    data = contents[fits[0]]
    for old, new in pairs:
        data = data.replace(old, new)
    return fits[0], data
