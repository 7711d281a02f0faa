"""`course lab`: JupyterLab starts for a learner, sees the notebooks only, and needs no internet."""

import json
import os
import re
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager

import pytest

from helpers.teaching.course import Course
from helpers.teaching.lab.browser import free_port
from helpers.teaching.lab.start import arguments, has_browser

TOKEN = "a-token-for-the-test"
SCREENS = ("BROWSER", "DISPLAY", "WAYLAND_DISPLAY")
OFF = ("@jupyter/nbgrader", "jupyterlab-jupytext", "@jupyterlab/apputils-extension:announcements")


def ask(port, path):
    """What the server answers."""
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/{path}", headers={"Authorization": f"token {TOKEN}"}
    )
    with urllib.request.urlopen(request, timeout=10) as reply:
        return reply.read().decode()


def wait_for(process, port, printed):
    """Wait until the server answers, or fail with what it printed."""
    for _ in range(1200):
        if process.poll() is not None:
            pytest.fail(printed.read_text())
        try:
            return ask(port, "api/status")
        except OSError:
            time.sleep(0.25)
    return pytest.fail("the server did not start within five minutes")


@contextmanager
def serving(course, scratch, *extra, **settings):
    """The port of a running `course lab`, started without a screen in a folder whose name has a space."""
    port = free_port()
    kept = {key: value for key, value in os.environ.items() if key not in SCREENS}
    places = {name: str(scratch / name) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "TMPDIR")}
    (scratch / "TMPDIR").mkdir()
    command = [sys.executable, "-m", "helpers.teaching", "lab", "--", "--port", str(port)]
    printed = scratch / "printed"
    with printed.open("w") as output:
        process = subprocess.Popen(
            [*command, "--ServerApp.port_retries=0", f"--IdentityProvider.token={TOKEN}", *extra],
            cwd=course.root, env=kept | places | settings,
            stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
        )  # fmt: skip
    try:
        wait_for(process, port, printed)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=120)


@pytest.fixture
def server(built, tmp_path):
    """The port of `course lab` for somebody without settings."""
    with serving(built, tmp_path) as port:
        yield port


def names_served(port):
    """What the file browser shows."""
    return [entry["name"] for entry in json.loads(ask(port, "api/contents"))["content"]]


@pytest.mark.slow
def test_lab_serves_the_notebooks_only_and_without_news(server):
    assert json.loads(ask(server, "api/status"))["kernels"] == 0
    assert names_served(server) == ["00_tiny"]
    page = re.search(r'id="jupyter-config-data"[^>]*>(.*?)</script>', ask(server, "lab"), re.S)
    config = json.loads(page.group(1))
    disabled = config["disabledExtensions"]
    for plugin in (
        "@jupyter/nbgrader",
        "jupyterlab-jupytext",
        "@jupyterlab/apputils-extension:announcements",
    ):
        assert plugin in disabled
    assert config["news"]["disabled"]
    assert json.loads(ask(server, "lab/api/news"))["news"] == []
    assert json.loads(ask(server, "lab/api/update"))["notification"] is None
    assert config["extensionManager"]["can_install"] is False


UNFIT = """
c.ServerApp.preferred_dir = "/"
c.FileContentsManager.preferred_dir = "/nowhere"
c.FileContentsManager.root_dir = "/"
c.ServerApp.root_dir = "/"
c.ServerApp.ip = "203.0.113.9"
c.ServerApp.sock = "/nowhere/socket"
c.ServerApp.certfile = "/nowhere.pem"
c.ServerApp.contents_manager_class = "nowhere.Manager"
c.ServerApp.base_url = "/elsewhere/"
c.PasswordIdentityProvider.hashed_password = "argon2:forgotten"
c.MultiKernelManager.default_kernel_name = "nothing"
"""
PLACES = """
c.ServerApp.preferred_dir = "/"
c.ServerApp.root_dir = "/"
c.FileContentsManager.root_dir = "/"
"""


@pytest.mark.slow
@pytest.mark.parametrize("name", ["jupyter_server_config.py", "jupyter_lab_config.py"])
def test_lab_does_not_depend_on_a_users_own_settings(name, built, tmp_path):
    (tmp_path / "JUPYTER_CONFIG_DIR").mkdir()
    (tmp_path / "JUPYTER_CONFIG_DIR" / name).write_text(UNFIT)
    with serving(built, tmp_path, JUPYTER_NO_CONFIG="1") as port:
        assert names_served(port) == ["00_tiny"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "text", [PLACES, 'c.FileContentsManager.preferred_dir = "/nowhere"', "c.ServerApp = ("]
)
def test_lab_shows_the_notebooks_whatever_the_machines_settings_say(text, built, tmp_path):
    (tmp_path / "machine").mkdir()
    (tmp_path / "machine" / "jupyter_server_config.py").write_text(text)
    with serving(built, tmp_path, JUPYTER_CONFIG_PATH=str(tmp_path / "machine")) as port:
        assert names_served(port) == ["00_tiny"]
    assert not list((tmp_path / "TMPDIR").iterdir())


@pytest.mark.slow
def test_lab_keeps_how_the_users_lab_looks_and_uses_the_courses_python(built, tmp_path):
    theme = tmp_path / "JUPYTER_CONFIG_DIR/lab/user-settings/@jupyterlab/apputils-extension"
    theme.mkdir(parents=True)
    (theme / "themes.jupyterlab-settings").write_text('{"theme": "JupyterLab Dark"}')
    kernel = tmp_path / "JUPYTER_DATA_DIR/kernels/python3/kernel.json"
    kernel.parent.mkdir(parents=True)
    kernel.write_text('{"argv": ["/another/python"], "display_name": "Another", "language": "python"}')
    with serving(built, tmp_path, JUPYTER_PREFER_ENV_PATH="0") as port:
        chosen = json.loads(ask(port, "lab/api/settings/@jupyterlab/apputils-extension:themes"))["settings"]
        assert chosen["theme"] == "JupyterLab Dark"
        known = json.loads(ask(port, "api/kernelspecs"))["kernelspecs"]["python3"]
        assert known["spec"]["display_name"] != "Another"


def test_lab_opens_the_first_lesson_and_takes_further_arguments(tmp_path, built):
    notebook = tmp_path / "notebooks" / "00_start_here" / "00_start_here.ipynb"
    notebook.parent.mkdir(parents=True)
    notebook.write_text("{}")
    given = arguments(Course(tmp_path), ["--no-browser", "--port=9999"])
    assert f"--ServerApp.root_dir={tmp_path / 'notebooks'}" in given
    assert "--LabApp.default_url=/lab/tree/00_start_here/00_start_here.ipynb" in given
    assert given[-2:] == ["--no-browser", "--port=9999"]
    assert not any("default_url" in argument for argument in arguments(built, []))


@pytest.mark.parametrize(("user", "allowed"), [(0, True), (1000, False)])
def test_root_is_allowed_only_where_it_is_root(monkeypatch, built, user, allowed):
    monkeypatch.setattr(os, "geteuid", lambda: user)
    assert ("--allow-root" in arguments(built, [])) is allowed


@pytest.mark.parametrize(
    ("platform", "screen", "expected"),
    [("linux", None, False), ("linux", "DISPLAY", True), ("linux", "BROWSER", True), ("darwin", None, True)],
)
def test_browser_is_opened_where_there_is_a_screen(monkeypatch, built, platform, screen, expected):
    for name in SCREENS:
        monkeypatch.delenv(name, raising=False)
    if screen:
        monkeypatch.setenv(screen, "something")
    monkeypatch.setattr(sys, "platform", platform)
    assert has_browser() is expected
    assert ("--no-browser" in arguments(built, [])) is not expected
