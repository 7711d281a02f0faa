"""The site, built once from what it is made of, and served; and a Chromium that keeps what it is told to."""

import functools
import http.server
import json
import shutil
import subprocess
import threading
from contextlib import contextmanager
from pathlib import Path

import pytest

from helpers.teaching.lab.browser import chromium_settings
from helpers.teaching.site import fetch
from helpers.teaching.site.build import SITE
from helpers.teaching.site.pyodide import pyodide_folder
from tests.conftest import give_up
from tests.site.building import build_if_changed

JUDGE = Path(__file__).with_name("judge.mjs")


@pytest.fixture(scope="session")
def site_folder():
    """The folder with the site."""
    try:
        build_if_changed()
    except fetch.NotAvailable as missing:
        give_up(str(missing))
    return SITE


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files, and says nothing."""

    def log_message(self, *_):
        pass


@contextmanager
def serving(folder):
    """The address at which the files of a folder are served."""
    handler = functools.partial(Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="session")
def site(site_folder, tmp_path_factory):
    """The address of the site, below a path as on GitHub Pages."""
    root = tmp_path_factory.mktemp("served")
    (root / "some" / "course").parent.mkdir()
    (root / "some" / "course").symlink_to(site_folder, target_is_directory=True)
    with serving(root) as address:
        yield f"{address}some/course/"


@pytest.fixture(scope="session")
def new_chromium(playwright, tmp_path_factory):
    """Starts a Chromium that keeps what it keeps in a folder, as a person's does."""

    def start(profile: Path | None = None):
        folder = profile or tmp_path_factory.mktemp("profile")
        return playwright.chromium.launch_persistent_context(str(folder), **chromium_settings())

    return start


@pytest.fixture(scope="session")
def ask_browsers_python(tmp_path_factory):
    """Runs a module's `answered` in the browser's Python, which Node runs as well; returns the answer."""
    scratch = tmp_path_factory.mktemp("node")
    try:
        folder = pyodide_folder(scratch / "pyodide")
    except fetch.NotAvailable as missing:
        give_up(str(missing))
    if not shutil.which("node"):
        give_up("Node is not installed")

    def ask(module, request):
        (scratch / "request.json").write_text(json.dumps(request), encoding="utf-8")
        files = folder, module.__file__, scratch / "request.json", scratch / "answer.json"
        done = subprocess.run(["node", JUDGE, *files], capture_output=True, text=True)
        assert done.returncode == 0, done.stderr[-3000:]
        return json.loads((scratch / "answer.json").read_text(encoding="utf-8"))

    return ask
