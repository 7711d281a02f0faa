"""With COURSE_PYODIDE=cdn: a lesson runs with what Pyodide's own servers would send, at their addresses.

Those servers cannot be reached here, so the browser gets from this machine what it asks them for. The
compiled wheels are the servers' own, and the browser compares their hashes with Pyodide's lock. Wheels of
pure Python are packed anew on the servers; here they are PyPI's, and only their names are compared.
"""

import json
import subprocess

import pytest

from helpers.teaching.site import fetch, pyodide
from helpers.teaching.site.fetch import ROOT
from helpers.teaching.site.pyodide import CDN_ADDRESS, LOCK
from helpers.teaching.site.versions import PYODIDE
from tests.site import lesson_in_browser as lesson
from tests.site.building import BUILD
from tests.site.conftest import serving

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CODE = (
    "import sys; from pathlib import Path; from helpers.teaching.course import find_course;"
    "from helpers.teaching.site import fetch, lite;"
    "lite.build_lite(find_course(fetch.ROOT), Path(sys.argv[1]), from_cdn=True)"
)
NAME = "00_start_here"


@pytest.fixture(scope="module")
def folder(site_folder, tmp_path_factory):
    """The site's root, in which Pyodide is not."""
    root = tmp_path_factory.mktemp("cdn")
    python = BUILD.parent / ".venv-site" / "bin" / "python"
    subprocess.run([python, "-c", CODE, root / "run"], cwd=ROOT, check=True)
    return root


@pytest.fixture(scope="module")
def official():
    """The packages in Pyodide's own lock."""
    return pyodide.read_lock(fetch.npm_package(PYODIDE))["packages"]


@pytest.fixture(scope="module")
def on_the_servers(official):
    """What the servers have, by name: Pyodide, its compiled wheels, and PyPI's instead of its pure ones."""
    source, pure = fetch.npm_package(PYODIDE), fetch.pure_wheels()
    names = pyodide.needed(official, pyodide.FROM_THE_LOCK)
    hashes = {official[name]["file_name"]: official[name]["sha256"] for name in names if name not in pure}
    packed_anew = {official[name]["file_name"]: pure[name] for name in names if name in pure}
    carried = {path.name: path for path in fetch.carried_wheels(hashes)}
    return {name: source / name for name in pyodide.RUNTIME} | carried | packed_anew


def test_the_site_leads_to_pyodides_own_servers(folder, official):
    config = json.loads((folder / "run" / "jupyter-lite.json").read_text())["jupyter-config-data"]
    settings = config["litePluginSettings"]["@jupyterlite/pyodide-kernel-extension:kernel"]
    assert settings["pyodideUrl"] == f"{CDN_ADDRESS}pyodide.mjs"
    beside = folder / "run" / "static" / "pyodide"
    assert not list(beside.glob("*.wasm"))
    lock = pyodide.read_lock(beside)["packages"]
    own = {name for name, entry in lock.items() if not entry["file_name"].startswith("https:")}
    assert {"helpers", "anywidget", "ipywidgets", "pyodide-kernel", "jedi"} <= own
    assert all(fetch.sha256(beside / lock[name]["file_name"]) == lock[name]["sha256"] for name in own)
    for name in lock.keys() - own:
        assert lock[name]["file_name"] == CDN_ADDRESS + official[name]["file_name"]
        assert lock[name]["sha256"] == official[name]["sha256"]


def test_a_lesson_runs_with_what_they_send(folder, on_the_servers, new_chromium):
    asked = []

    def answer(route):
        name = route.request.url.removeprefix(CDN_ADDRESS)
        asked.append(name)
        path = on_the_servers[name]
        kind = {".mjs": "text/javascript", ".wasm": "application/wasm"}.get(path.suffix, "application/zip")
        headers = {"access-control-allow-origin": "*", "content-type": kind}
        route.fulfill(body=path.read_bytes(), headers=headers)

    context = new_chromium()
    context.route(f"{CDN_ADDRESS}**", answer)
    context.route(f"**/{LOCK}", lambda route: route.fulfill(json=without_repacking(folder, on_the_servers)))
    browser = lesson.Chromium(context.new_page())
    with serving(folder) as site:
        lesson.open_lesson(browser, site, NAME)
        lesson.write(browser, "count_white", lesson.SOLUTION)
        lesson.run_all(browser)
        assert "count_white: passed" in lesson.said(browser, 'check("count_white", count_white)')
        elsewhere = {url for url in lesson.outside(browser.asked, site) if not url.startswith(CDN_ADDRESS)}
        assert elsewhere == set()
    assert {"pyodide.mjs", "pyodide.asm.wasm"} < set(asked)
    assert any(name.startswith("numpy-") for name in asked)
    context.close()


def without_repacking(folder, on_the_servers):
    """The site's lock with PyPI's hashes for the wheels that are PyPI's here."""
    lock = pyodide.read_lock(folder / "run" / "static" / "pyodide")
    pure = set(fetch.pure_wheels().values())
    for entry in lock["packages"].values():
        path = on_the_servers.get(entry["file_name"].removeprefix(CDN_ADDRESS))
        if path in pure:
            entry["sha256"] = fetch.sha256(path)
    return lock
