"""The commands of docs/jupyterhub.md: those of root, and those that an instructor types in JupyterLab."""

import configparser
import shlex
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

import requests

from tests.documents.pages import blocks, text_of
from tests.hub.machine import ROOT
from tests.hub.people import HUB, WAIT

PAGE = "docs/jupyterhub.md"
SOURCE = Path("/srv/convnet/source")
CLONE = "install -d -m 700 /srv/convnet/source"
NOT_RUN = {
    "apt update": "was done before, by .ci/run",
    "make hub": "was done before, because it needs the network",
    "cp deploy/jupyterhub.service /etc/systemd/system/": "needs systemd",
    "apt install --yes caddy": "needs a name and a certificate",
    "systemctl stop jupyterhub": "needs systemd and the network",
}


def set_up(files):
    """Do what root does on the page; some files are there as soon as there is a folder for them."""
    subprocess.run(["git", "config", "--system", "safe.directory", "*"], check=True)
    for block in blocks(PAGE):
        if block in in_the_lesson() or block.name in NOT_RUN:
            continue
        text = block.text.replace("https://github.com/OWNER/REPOSITORY", str(ROOT))
        subprocess.run(["bash", "-e", "-c", text], cwd=SOURCE if SOURCE.exists() else "/", check=True)
        if block.name == CLONE:
            for name, content in files.items():
                (SOURCE / name).write_text(content, encoding="utf-8")


def in_the_lesson():
    """What an instructor types in JupyterLab."""
    text = text_of(PAGE)
    begin, end = text.index("## One lesson"), text.index("## Keep it")
    return [block for block in blocks(PAGE) if begin < text.index(block.text) < end]


def typed(start):
    """The one of these blocks that begins like this."""
    (found,) = [block.text for block in in_the_lesson() if block.text.startswith(start)]
    return found


@contextmanager
def running_hub(log):
    """The hub as systemd would start it, and start it again if its proxy took more than ten seconds."""
    unit = configparser.ConfigParser(strict=False)
    unit.optionxform = str
    unit.read(SOURCE / "deploy" / "jupyterhub.service")
    assert unit["Service"]["Restart"] == "on-failure"
    with open(log, "w", encoding="utf-8") as output:
        hub = _start(unit["Service"], output)
        ends_at = time.monotonic() + WAIT
        try:
            while not _is_healthy():
                assert time.monotonic() < ends_at, "the hub does not start"
                if hub.poll() is not None:
                    hub = _start(unit["Service"], output)
                time.sleep(0.2)
            yield
        finally:
            hub.terminate()
            hub.wait(WAIT)


def _start(service, output):
    name, value = service["Environment"].split("=", 1)
    return subprocess.Popen(
        shlex.split(service["ExecStart"]),
        cwd=service["WorkingDirectory"],
        env={"LANG": "C.UTF-8", name: value},
        stdout=output,
        stderr=output,
    )


def _is_healthy():
    try:
        return requests.get(f"{HUB}/hub/health", timeout=10).ok
    except requests.RequestException:
        return False
