"""`course lab`: JupyterLab starts for a learner, sees the notebooks only, and needs no internet."""

import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request

import pytest

from helpers.teaching import lab
from helpers.teaching.course import Course
from helpers.teaching.lab import arguments, has_browser

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
    for _ in range(240):
        if process.poll() is not None:
            pytest.fail(printed.read_text())
        try:
            return ask(port, "api/status")
        except OSError:
            time.sleep(0.25)
    return pytest.fail("the server did not start within a minute")


@pytest.fixture
def server(built, tmp_path):
    """The port of a running `course lab`, started without a screen in a folder whose name has a space."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        key: value
        for key, value in os.environ.items()
        if key not in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")
    }
    environment |= {
        "JUPYTER_CONFIG_DIR": str(tmp_path / "config"),
        "JUPYTER_DATA_DIR": str(tmp_path / "data"),
    }
    command = [
        sys.executable,
        "-m",
        "helpers.teaching",
        "lab",
        "--",
        "--port",
        str(port),
        "--ServerApp.port_retries=0",
    ]
    process = subprocess.Popen(
        [*command, f"--IdentityProvider.token={TOKEN}"], cwd=built.root, env=environment, text=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    try:
        wait_for(process, port, tmp_path / "printed")
        yield port
    finally:
        process.terminate()
        process.wait(timeout=30)


@pytest.mark.slow
def test_lab_serves_the_notebooks_only_and_without_news(server):
    assert json.loads(ask(server, "api/status"))["kernels"] == 0
    served = json.loads(ask(server, "api/contents"))["content"]
    assert [entry["name"] for entry in served] == ["00_tiny"]
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
    monkeypatch.setattr(lab.sys, "platform", platform)
    assert has_browser() is expected
    assert ("--no-browser" in arguments(built, [])) is not expected
