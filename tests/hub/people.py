"""People with browsers: logged in at the hub, and using their own servers by the API that pages use."""

import json
import re
import time

import requests
import websocket

HUB = "http://127.0.0.1:8000"
WAIT = 300  # seconds, on a very busy machine


class Person:
    """Somebody who has an account."""

    def __init__(self, name, password):
        """Log in with the form on the hub's first page, and get a token for the rest of the day."""
        self.name, self.browser = name, requests.Session()
        self.browser.get(f"{HUB}/hub/login")
        form = {"username": name, "password": password, **self._secret()}
        answer = self.browser.post(f"{HUB}/hub/login", data=form, allow_redirects=False)
        self.logged_in = answer.status_code == 302
        if self.logged_in:
            made = self.browser.post(f"{HUB}/hub/api/users/{name}/tokens", params=self._secret(), json={})
            made.raise_for_status()
            self.token = {"Authorization": f"token {made.json()['token']}"}

    def _secret(self):
        """What shows that a form is one of the hub's own."""
        return {"_xsrf": self.browser.cookies.get("_xsrf", path="/hub/")}

    def start_server(self):
        """Start their server, and wait until it is ready."""
        about = f"{HUB}/hub/api/users/{self.name}"
        requests.post(f"{about}/server", headers=self.token).raise_for_status()
        ends_at = time.monotonic() + WAIT
        while not requests.get(about, headers=self.token).json()["servers"].get("", {}).get("ready"):
            assert time.monotonic() < ends_at, f"the server of {self.name} does not start"
            time.sleep(0.3)
        return self

    def ask(self, method, path, whose=None, **options):
        """What a server answers, by default their own."""
        url = f"{HUB}/user/{whose or self.name}/{path}"
        return requests.request(method, url, headers=self.token, timeout=WAIT, **options)

    def get(self, path, **options):
        """What is at a path of their server, as JSON."""
        return _json(self.ask("GET", path, **options))

    def post(self, path, values=None):
        """The reply of their server to some values, as JSON."""
        return _json(self.ask("POST", path, json=values))

    def notebook(self, path):
        """A notebook in the folder of their server."""
        return self.get(f"api/contents/{path}")["content"]

    def save(self, path, content, kind="notebook"):
        """Save a file there."""
        form = "json" if kind == "notebook" else "text"
        model = {"type": kind, "format": form, "content": content}
        self.ask("PUT", f"api/contents/{path}", json=model).raise_for_status()

    def type(self, text):
        """Type lines in a new terminal of their JupyterLab, and return what it shows. Each must succeed."""
        number = self.post("api/terminals")["name"]
        url = f"{HUB.replace('http', 'ws')}/user/{self.name}/terminals/websocket/{number}"
        terminal = websocket.create_connection(url, timeout=WAIT, header=self.token)
        said = "".join(_entered(terminal, line) for line in text.splitlines())
        terminal.close()
        return said


def _json(answer):
    answer.raise_for_status()
    return answer.json()


def _entered(terminal, line):
    """What a terminal shows for a line."""
    terminal.send(json.dumps(["stdin", f"{line}; echo the end: $?.\r"]))
    said = ""
    while not (end := re.search(r"the end: (\d+)\.", said)):
        kind, *rest = json.loads(terminal.recv())
        said += rest[0] if kind == "stdout" else ""
    assert end[1] == "0", said
    return said
