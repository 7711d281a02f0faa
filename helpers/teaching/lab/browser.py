"""JupyterLab in a headless Chromium: for the browser tests and the screenshots."""

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM_OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WAIT = 120_000  # milliseconds that a page may take on a slow machine


@dataclass(frozen=True)
class Lab:
    """A running JupyterLab: where it is, its token, and the folder that it shows."""

    address: str
    token: str
    folder: Path

    def page_of(self, name: str) -> str:
        """The address of one notebook, alone on its page."""
        return f"{self.address}/doc/tree/{name}?token={self.token}&reset"


def chromium() -> str | None:
    """The path of the Chromium (or Chrome) on this machine."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next(filter(None, map(shutil.which, names)), None)


def chromium_settings() -> dict[str, Any]:
    """What Playwright needs to know to start that Chromium."""
    return {"executable_path": chromium(), "args": list(CHROMIUM_OPTIONS)}


@contextmanager
def running_lab(folder: Path, settings: Mapping[str, dict] | None = None) -> Iterator[Lab]:
    """JupyterLab as ``course lab`` starts it, but on `folder`, without the user's settings and progress.

    Parameters
    ----------
    folder : Path
        What the file browser shows.
    settings : dict
        Name of a JupyterLab plugin, such as "@jupyterlab/apputils-extension:themes" -> its settings.
    """
    with tempfile.TemporaryDirectory() as scratch:
        _write_settings(Path(scratch, "settings"), settings or {})
        course = _make_course(Path(scratch, "course"), Path(folder))
        command = ["helpers.teaching", "lab", "--no-browser", "--expose-app-in-browser"]
        with _running(_new_lab(folder), command, course, scratch) as lab:
            yield lab


@contextmanager
def instructors_lab(folder: Path) -> Iterator[Lab]:
    """JupyterLab as an instructor starts it in the folder of the course, with Formgrader."""
    as_root = ["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    command = ["jupyterlab", "--no-browser", *as_root]
    with (
        tempfile.TemporaryDirectory() as scratch,
        _running(_new_lab(folder), command, folder, scratch) as lab,
    ):
        yield lab


def _new_lab(folder: Path) -> Lab:
    return Lab(f"http://127.0.0.1:{free_port()}", secrets.token_hex(16), Path(folder))


@contextmanager
def _running(lab: Lab, command: list[str], where: Path, scratch: str) -> Iterator[Lab]:
    """A module of Python's that serves a JupyterLab, started in a folder and ready."""
    log = Path(scratch, "lab.log")
    with log.open("w", encoding="utf-8") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", *command, *_place(lab)],
            cwd=where,
            env=_environment(scratch),
            stdout=output,
            stderr=output,
        )
    try:
        _wait_until_ready(lab, process, log)
        yield lab
    finally:
        end(process)


def _place(lab: Lab) -> list[str]:
    port = lab.address.rsplit(":", 1)[1]
    return [
        *("--ServerApp.ip=127.0.0.1", f"--ServerApp.port={port}", "--ServerApp.port_retries=0"),
        f"--IdentityProvider.token={lab.token}",
    ]


def _make_course(course: Path, notebooks: Path) -> Path:
    """A folder that ``course lab`` takes for a course with these notebooks for learners."""
    (course / "lessons").mkdir(parents=True)
    (course / "nbgrader_config.py").touch()
    (course / "notebooks").symlink_to(notebooks.resolve(), target_is_directory=True)
    return course


def _environment(scratch: str) -> dict[str, str]:
    places = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTERLAB_WORKSPACES_DIR", "IPYTHONDIR")
    own = {place: str(Path(scratch, place.lower())) for place in places}
    own["JUPYTERLAB_SETTINGS_DIR"] = str(Path(scratch, "settings"))
    own["COURSE_PROGRESS"] = str(Path(scratch, "progress.jsonl"))  # what runs here is not learners' progress
    return {**os.environ, **own}


def _write_settings(folder: Path, settings: Mapping[str, dict]) -> None:
    for plugin, values in settings.items():
        path = folder / f"{plugin.replace(':', '/')}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(values), encoding="utf-8")


def free_port() -> int:
    """A port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_until_ready(lab: Lab, process: subprocess.Popen, log: Path) -> None:
    deadline = time.monotonic() + WAIT / 1000
    while time.monotonic() < deadline and process.poll() is None:
        with suppress(OSError), urllib.request.urlopen(f"{lab.address}/api", timeout=10):
            return
        time.sleep(0.3)
    raise RuntimeError(
        f"JupyterLab did not start:\n{log.read_text(encoding='utf-8', errors='replace')[-2000:]}"
    )


def end(process: subprocess.Popen) -> None:
    """Ask a process to end, so that it ends those that it has started; insist if it does not."""
    process.terminate()
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextmanager
def running_browser() -> Iterator["Browser"]:
    """A headless Chromium, driven by Playwright (which is imported only here)."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**chromium_settings())
        try:
            yield browser
        finally:
            browser.close()


def open_notebook(page: "Page", lab: Lab, name: str) -> None:
    """Show the notebook `name` on `page`, ready to run."""
    page.set_default_timeout(WAIT)
    page.goto(lab.page_of(name))
    page.wait_for_selector(".jp-Notebook .jp-Cell")
    page.evaluate(
        """async () => {
            await window.jupyterapp.restored;
            const panel = window.jupyterapp.shell.currentWidget;
            await panel.context.ready;
            await panel.sessionContext.ready;
        }"""
    )


def python(page: "Page", code: str, expression: str = "None") -> str:
    """Run `code` in the kernel of the open notebook; the text of `expression` afterwards.

    A first, empty request lets changes arrive that widgets still hold back.
    """
    return page.evaluate(
        """async ([code, expression]) => {
            const kernel = window.jupyterapp.shell.currentWidget.sessionContext.session.kernel;
            await kernel.requestExecute({ code: "" }).done;
            const future = kernel.requestExecute({ code, user_expressions: { answer: expression } });
            const { content } = await future.done;
            return content.user_expressions?.answer?.data?.["text/plain"] ?? JSON.stringify(content);
        }""",
        [code, expression],
    )


def run_all(page: "Page") -> None:
    """Run every cell, and wait until the last one has finished."""
    page.evaluate("() => window.jupyterapp.commands.execute('notebook:run-all-cells')")
    python(page, "")  # the command ends at the first error, but cells may run on: this comes after them


def save(page: "Page") -> None:
    """Save the notebook, and wait until it is written."""
    page.evaluate("() => window.jupyterapp.commands.execute('docmanager:save')")
