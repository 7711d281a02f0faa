"""The runnable part of the site: JupyterLite, with the learners' notebooks and all that they need."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from helpers.teaching.course import Course
from helpers.teaching.site import fetch, mends, pyodide
from helpers.teaching.site.bundle import write_bundle
from helpers.teaching.site.compiling import compile_packages
from helpers.teaching.site.versions import FFLATE, FIRST_IMPORTS, LOCALFORAGE, NEXT_IMPORTS

KERNEL = "@jupyterlite/pyodide-kernel-extension"
# The kernel's own packages: the start of a wheel's name, and what it depends on.
KERNEL_WHEELS = {
    "ipykernel": (),
    "piplite": ("micropip",),
    "pyodide_kernel": ("comm", "ipykernel", "ipython"),
}
KERNEL_MENDS = {
    "piplite": (mends.MICROPIP_IF_ASKED,),
    "pyodide_kernel": (mends.WITHOUT_JEDI, mends.ONE_THREAD),
}
BEFORE = '<meta charset="utf-8">'
HEAD = f"""{BEFORE}
    <script src="../course/can_run.js" data-worker="{{worker}}"></script>
    <script src="../course/bar.js" type="module"></script>
    <link rel="stylesheet" href="../course/bar.css">"""


def build_lite(course: Course, output: Path, from_cdn: bool = False) -> None:
    """Fill the folder `output` with JupyterLite, ready to be served.

    Parameters
    ----------
    course : Course
        Its notebooks must be built.
    output : Path
        What is in it is replaced.
    from_cdn : bool
        Whether browsers get Pyodide, and the packages that belong to it, from Pyodide's own servers.
    """
    work = fetch.ROOT / "build" / "lite"
    shutil.rmtree(work, ignore_errors=True)  # with what remains in it JupyterLite would skip steps
    shutil.rmtree(output, ignore_errors=True)
    shutil.copytree(fetch.ROOT / "site" / "lite", work)
    versions = copy_notebooks(course, work / "contents")
    if not from_cdn:
        complete_folder(work / "static" / "pyodide")
    command = [sys.executable, "-m", "jupyterlite_core", "build", "--output-dir", str(output.resolve())]
    done = subprocess.run(command, cwd=work, capture_output=True, text=True)
    if done.returncode:
        raise fetch.NotAvailable(f"JupyterLite could not be built:\n{(done.stdout + done.stderr)[-2000:]}")
    if from_cdn:
        enter_kernel(pyodide.lock_for_cdn(output / "static" / "pyodide"))
        point_to_cdn(output)
    (output / "versions.json").write_text(json.dumps(versions, indent=1), encoding="utf-8")
    check_pyodide(output, pyodide.CDN_ADDRESS if from_cdn else "./static/pyodide/")
    mends.mend_scripts(output / "build", mends.GO_ON)
    mends.mend_scripts(output, mends.ONLY_FILES_OF_PYTHON)
    mends.mend_scripts(output / "extensions" / KERNEL / "static", mends.NAME)
    mends.mend_scripts(output / "extensions" / KERNEL / "static", mends.WAIT_FOR_FILES)
    imports = {"imports": ["pyodide_kernel", *FIRST_IMPORTS], "nextImports": NEXT_IMPORTS}
    settings = {**kernel_settings(output), **imports}
    if not from_cdn:
        names = settings["loadPyodideOptions"]["packages"]
        settings["bundle"] = f"static/pyodide/{write_bundle(output / 'static' / 'pyodide', names).name}"
    add_our_scripts(output, start_python_early(output), settings)


def complete_folder(folder: Path) -> None:
    """Pyodide with the course's packages and the kernel's, compiled."""
    enter_kernel(pyodide.pyodide_folder(folder))
    (ipython,) = folder.glob("ipython-*.whl")
    mends.mend_wheel(ipython, folder, mends.TERMINAL_IF_ASKED)
    compile_packages(folder)


def point_to_cdn(output: Path) -> None:
    """Let JupyterLite load Pyodide from its CDN, and the list of packages from the site."""
    file = output / "jupyter-lite.json"
    config = json.loads(file.read_text(encoding="utf-8"))
    settings = config["jupyter-config-data"]["litePluginSettings"][f"{KERNEL}:kernel"]
    settings["pyodideUrl"] = f"{pyodide.CDN_ADDRESS}pyodide.mjs"
    settings["loadPyodideOptions"]["lockFileURL"] = f"static/pyodide/{pyodide.LOCK}"
    file.write_text(json.dumps(config, indent=1), encoding="utf-8")


def copy_notebooks(course: Course, contents: Path) -> dict[str, str]:
    """Copy learners' notebooks; each says which version of its lesson it is. Returns the versions."""
    versions = {}
    for name in course.released_lessons():
        notebook = json.loads(course.released(name).read_text(encoding="utf-8"))
        versions[name] = fetch.sha256(course.released(name))[:12]
        notebook["metadata"]["course"] = {"version": versions[name]}
        place = contents / name / f"{name}.ipynb"
        place.parent.mkdir(parents=True)
        place.write_text(json.dumps(notebook, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    shutil.copy(course.glossary, contents)
    return versions


def build_work_page(output: Path) -> None:
    """Add the page "Your work" to the site whose root is `output`."""
    source, target = fetch.ROOT / "site" / "work", output / "work"
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target)
    (target / "work.html").rename(output / "work.html")
    shutil.copy(fetch.npm_package(LOCALFORAGE) / "dist" / "localforage.min.js", target / "localforage.js")
    shutil.copy(fetch.npm_package(FFLATE) / "esm" / "browser.js", target / "fflate.js")


def enter_kernel(folder: Path) -> None:
    """Add the kernel's own wheels to a folder of Pyodide's: then all packages are loaded at once."""
    (wheels,) = Path(sys.prefix, "share/jupyter/labextensions", KERNEL).rglob("pypi")
    for name, depends in KERNEL_WHEELS.items():
        (wheel,) = wheels.glob(f"{name}-*.whl")
        wheel = mends.mend_wheel(wheel, folder, *KERNEL_MENDS.get(name, ()))
        pyodide.enter(folder, wheel, (name,), depends)
    # The kernel asks for jedi by its name, so there is an empty package of that name.
    pyodide.enter(folder, pyodide.write_wheel(folder, "jedi", "0", {}), ())


def check_pyodide(output: Path, place: str) -> None:
    """Make sure that JupyterLite has found its Pyodide; otherwise it would ask another host."""
    if not kernel_settings(output).get("pyodideUrl", "").startswith(place):
        raise fetch.NotAvailable("JupyterLite was built without the Pyodide that belongs to it.")


def kernel_settings(output: Path) -> dict[str, Any]:
    """What JupyterLite's settings say to the kernel."""
    config = json.loads((output / "jupyter-lite.json").read_text(encoding="utf-8"))["jupyter-config-data"]
    return config["litePluginSettings"][f"{KERNEL}:kernel"]


def start_python_early(output: Path) -> Path:
    """Let Python start in a worker of the course's, and the kernel take that; returns the worker's script."""
    scripts = output / "extensions" / KERNEL / "static"
    mends.mend_scripts(scripts, mends.TAKE_WORKER)
    worker = mends.mend_scripts(scripts, mends.TAKE_PYTHON)
    ours = os.path.relpath(output / "course" / "python.js", scripts)
    worker.write_text(f'import "{ours}";\n{worker.read_text(encoding="utf-8")}', encoding="utf-8")
    return worker


def add_our_scripts(output: Path, worker: Path, settings: Mapping[str, Any]) -> None:
    """Put what tests the browser before JupyterLite's own scripts, and the line with the links above it."""
    shutil.copytree(fetch.ROOT / "site" / "run", output / "course")
    text = f"export const settings = {json.dumps(settings, indent=2)};\n"
    (output / "course" / "settings.js").write_text(text, encoding="utf-8")
    head = HEAD.format(worker=f"../{worker.relative_to(output).as_posix()}")
    for page in (output / "lab" / "index.html", output / "notebooks" / "index.html"):
        text = page.read_text(encoding="utf-8")
        if text.count(BEFORE) != 1:
            raise fetch.NotAvailable(
                f"There is no place for the course's scripts in JupyterLite's {page.name}."
            )
        page.write_text(text.replace(BEFORE, head).replace("<html>", '<html lang="en">'), encoding="utf-8")
