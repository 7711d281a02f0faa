"""Firefox and WebKit without a screen, as far as the tests need them: open a page, evaluate JavaScript.

Debian's Firefox speaks WebDriver BiDi by itself; WebKitGTK comes with a driver for classic WebDriver.
"""

import itertools
import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.request
from contextlib import contextmanager, suppress
from pathlib import Path

import websocket

from helpers.teaching.lab.browser import end, free_port
from tests.site.lesson_in_browser import WAIT

# No proxy listens there: whatever is not on this machine fails.
ONLY_THIS_MACHINE = {
    "network.proxy.type": 1,
    **{f"network.proxy.{kind}": "127.0.0.1" for kind in ("http", "ssl")},
    **{f"network.proxy.{kind}_port": 9 for kind in ("http", "ssl")},
    "network.proxy.no_proxies_on": "127.0.0.1,localhost",
    "app.update.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "remote.active-protocols": 1,
}


def firefox():
    """The path of Firefox on this machine."""
    return shutil.which("firefox-esr") or shutil.which("firefox")


def webkit():
    """The paths of WebKit's driver, its small browser and a screen for it; None if one is missing."""
    browsers = sorted(map(str, Path("/usr/lib").glob("*/webkit2gtk-4*/MiniBrowser")))
    found = shutil.which("WebKitWebDriver"), browsers[-1] if browsers else None, shutil.which("Xvfb")
    return found if all(found) else None


def as_json(expression):
    """JavaScript: a promise of the expression's value, as JSON."""
    return f"(async () => JSON.stringify((await ({expression})) ?? null))()"


class Firefox:
    """One page in Firefox, and the addresses that it has asked for."""

    def __init__(self, address):
        self.socket = websocket.create_connection(address, timeout=WAIT, suppress_origin=True)
        self.numbers, self.asked = itertools.count(1), []
        self.send("session.new", capabilities={})
        self.send("session.subscribe", events=["network.beforeRequestSent"])
        self.page = self.send("browsingContext.getTree")["contexts"][0]["context"]

    def send(self, method, **parameters):
        """Send a command; what Firefox answers."""
        number = next(self.numbers)
        self.socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            message = json.loads(self.socket.recv())
            if message.get("method") == "network.beforeRequestSent":
                self.asked.append(message["params"]["request"]["url"])
            elif message.get("id") == number:
                assert message["type"] == "success", message
                return message["result"]

    def open(self, address):
        self.send("browsingContext.navigate", context=self.page, url=address, wait="interactive")

    def evaluate(self, expression):
        """The value of a JavaScript expression, or what the promise that it is becomes."""
        code, target = as_json(expression), {"context": self.page}
        got = self.send("script.evaluate", expression=code, target=target, awaitPromise=True)
        assert got["type"] == "success", got
        return json.loads(got["result"]["value"])


@contextmanager
def running_firefox(preferences=None, profile=None):
    """A page in a new Firefox, which keeps what it keeps in the folder `profile` if there is one."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        profile = profile or scratch
        chosen = {**ONLY_THIS_MACHINE, **(preferences or {})}
        lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in chosen.items()]
        Path(profile, "user.js").write_text("".join(lines), encoding="utf-8")
        port = free_port()
        command = [firefox(), "--headless", "--no-remote", "--profile", profile]
        command += [f"--remote-debugging-port={port}", "about:blank"]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            wait_for_port(port)
            yield Firefox(f"ws://127.0.0.1:{port}/session")
        finally:
            end(process)


class WebKit:
    """One page in WebKitGTK's small browser."""

    asked = ()  # classic WebDriver does not tell

    def __init__(self, driver, browser):
        self.driver = driver
        options = {"binary": browser, "args": ["--automation"]}
        wanted = {"alwaysMatch": {"webkitgtk:browserOptions": options}}
        self.session = self.send("POST", "", capabilities=wanted)["sessionId"]
        self.send("POST", f"/{self.session}/timeouts", script=WAIT * 1000, pageLoad=WAIT * 1000)

    def send(self, verb, path, **body):
        """Send a command; what the driver answers."""
        data = json.dumps(body).encode() if verb == "POST" else None
        request = urllib.request.Request(f"{self.driver}/session{path}", data, method=verb)
        with urllib.request.urlopen(request, timeout=WAIT) as answer:
            return json.load(answer)["value"]

    def open(self, address):
        self.send("POST", f"/{self.session}/url", url=address)

    def evaluate(self, expression):
        """The value of a JavaScript expression, or what the promise that it is becomes."""
        code = f"const done = arguments[0]; {as_json(expression)}.then(done)"
        return json.loads(self.send("POST", f"/{self.session}/execute/async", script=code, args=[]))


@contextmanager
def running_webkit():
    """A page in a new WebKit, on a screen that nobody sees."""
    driver, browser, _ = webkit()
    with unseen_screen() as display:
        port, environment = free_port(), {**os.environ, "DISPLAY": display, "GDK_BACKEND": "x11"}
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        process = subprocess.Popen([driver, f"--port={port}"], env=environment, **quiet)
        try:
            wait_for_port(port)
            page = WebKit(f"http://127.0.0.1:{port}", browser)
            yield page
            with suppress(OSError):
                page.send("DELETE", f"/{page.session}")
        finally:
            end(process)


@contextmanager
def unseen_screen():
    """The name of a display of its own; the server says its number when it is ready."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1200x1000x24", "-nolisten", "tcp"]
    process = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        with open(reading, encoding="ascii") as numbers:
            yield f":{numbers.readline().strip()}"
    finally:
        end(process)


def wait_for_port(port):
    deadline = time.monotonic() + WAIT
    while time.monotonic() < deadline:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.3)
    raise TimeoutError(f"nothing listens at port {port}")
