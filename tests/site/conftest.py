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
from filelock import FileLock

from helpers.teaching.digests import digest
from helpers.teaching.lab.browser import chromium_settings
from helpers.teaching.site import fetch
from helpers.teaching.site.build import SITE
from helpers.teaching.site.fetch import ROOT
from helpers.teaching.site.pyodide import pyodide_folder
from tests.conftest import give_up

BUILD = SITE.parent
JUDGE = Path(__file__).with_name("judge.mjs")
MADE_FROM = (
    *("helpers", "site", "docs", "solutions", "notebooks", "requirements-site.lock"),
    *("GLOSSARY.md", "README.md", "SYLLABUS.md"),
)


def state_of_sources():
    """A hash of all that the site is made from."""
    paths = [path for name in MADE_FROM for path in sorted((ROOT / name).rglob("*")) or [ROOT / name]]
    files = [path for path in paths if path.is_file() and "__pycache__" not in path.parts]
    return digest(str(path).encode() + path.read_bytes() for path in files)


def build_if_changed():
    """Build the site if there is none, or something has changed; what went wrong, if something did."""
    BUILD.mkdir(exist_ok=True)
    with FileLock(BUILD / "site.lock"):
        stamp, state = BUILD / "site.stamp", state_of_sources()
        if stamp.is_file() and stamp.read_text() == state:
            return ""
        done = subprocess.run(["make", "site"], cwd=ROOT, capture_output=True, text=True)
        assert "Sphinx could not" not in done.stderr, done.stderr
        if done.returncode == 0:
            stamp.write_text(state)
        return done.stderr.strip()[-500:] if done.returncode else ""


def pytest_collection_finish(session):
    """Have one process build the site while all of them run other tests, if any test needs it."""
    is_first = getattr(session.config, "workerinput", {}).get("workerid", "gw0") == "gw0"
    if is_first and any("site_folder" in getattr(item, "fixturenames", ()) for item in session.items):
        threading.Thread(target=build_if_changed, daemon=True).start()


@pytest.fixture(scope="session")
def site_folder():
    """The folder with the site."""
    if trouble := build_if_changed():
        give_up(f"the site cannot be built here: {trouble}")
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
