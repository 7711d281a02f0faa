"""The page is for this machine and for who has the token; what it is sent is checked."""

import asyncio
import http.client
import json
import socket
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest
from typer.testing import CliRunner

from helpers.teaching.cli import app
from helpers.teaching.grading.messages import Refused
from helpers.teaching.reading.server import serve
from tests.grading.classes import LESSON
from tests.reading.conftest import QUESTION


class Client:
    """A browser's requests, one by one."""

    def __init__(self, address):
        self.place, self.token = urlsplit(address).netloc, urlsplit(address).query.removeprefix("token=")

    def ask(self, path, method="GET", body=None, token=None, host="", kind="application/json"):
        """Status, headers and body of an answer; with the token as a cookie unless another is given."""
        connection = http.client.HTTPConnection(self.place, timeout=60)
        port = self.place.rpartition(":")[2]
        cookie = f"course-read-{port}={self.token if token is None else token}"
        headers = {"Cookie": cookie, "Host": host or self.place, "Content-Type": kind}
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        found = answer.status, dict(answer.getheaders()), answer.read().decode()
        connection.close()
        return found

    def mark(self, changes, question=QUESTION, **more):
        body = json.dumps({"question": question, "changes": changes})
        return self.ask("/marks", "POST", body, **more)


@pytest.fixture
def client(served):
    address, _ = served()
    return Client(address)


def change(number, points=1.0, comment=None, seen=(None, None)):
    return {
        "id": number,
        "points": points,
        "comment": comment,
        "seen": dict(zip(("points", "comment"), seen, strict=True)),
    }


def number_of(client, student):
    answers = json.loads(client.ask("/answers")[2])["questions"][0]["cards"]
    return next(one["id"] for card in answers for one in card["answers"] if one["student"] == student)


def test_nobody_reads_or_writes_without_the_token(client, formgrader):
    number = number_of(client, "ada")
    for token in ("", "wrong"):
        for path in ("/", "/read.js", "/answers"):
            status, _, said = client.ask(path, token=token)
            assert (status, "token" in said) == (403, True)
        assert client.mark([change(number)], token=token)[0] == 403
    assert formgrader("ada")[1] is None


def test_the_token_becomes_a_cookie_and_leaves_the_address(client):
    status, headers, _ = client.ask(f"/?token={client.token}", token="")
    assert (status, headers["Location"]) == (302, "/")
    assert {"HttpOnly", "SameSite=Strict"} <= {part.strip() for part in headers["Set-Cookie"].split(";")}
    assert client.ask("/")[0] == 200


def test_another_name_for_this_machine_is_not_enough(client):
    assert client.ask("/answers", host="evil.example:80")[0] == 403
    assert client.ask("/answers")[0] == 200


def test_it_listens_on_this_machine_only(served):
    async def begin():
        server, _ = serve(served()[1])
        addresses = {one.getsockname()[0] for one in server._sockets.values()}
        server.stop()
        return addresses

    with ThreadPoolExecutor() as pool:  # on this thread, a browser's events may be waited for
        assert pool.submit(asyncio.run, begin()).result() == {"127.0.0.1"}


def test_nothing_from_elsewhere_may_run_on_the_page(client):
    status, headers, page = client.ask("/")
    assert status == 200
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert "http" not in page.replace("http-equiv", "")


def test_points_and_comments_arrive(client, formgrader):
    numbers = [number_of(client, student) for student in ("ada", "bob")]
    status, _, said = client.mark([change(number, comment="<b>Good") for number in numbers])
    assert status == 200
    assert [one["points"] for one in json.loads(said)["given"]] == [1.0, 1.0]
    assert formgrader("bob") == (1.0, 1.0, False, "<b>Good")


def test_who_is_later_is_told(client, formgrader):
    number = number_of(client, "ada")
    formgrader("ada", manual_score=0.0)
    status, _, said = client.mark([change(number)])
    assert status == 409
    assert "Somebody else" in json.loads(said)["trouble"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"points": -1},
        {"points": 2},
        {"points": "many"},
        {"points": [1]},
        {"points": float("nan")},
        {"points": float("inf")},
        {"comment": "x" * 10_001},
        {"comment": "\ud800"},
        {"seen": None},
        {"seen": {}},
    ],
)
def test_what_the_page_would_not_send_is_refused(client, formgrader, wrong):
    number = number_of(client, "ada")
    assert client.mark([change(number) | wrong])[0] == 400
    assert formgrader("ada")[1] is None


def test_other_requests_are_refused(client, formgrader):
    number = number_of(client, "ada")
    assert client.ask("/marks", "POST", "{")[0] == 400
    assert client.ask("/marks", "POST", "[" * 100_000)[0] == 400
    assert client.ask("/marks", "POST", "[]")[0] == 400
    assert client.mark([change(number)], question="check_match")[0] == 400
    assert client.mark([change(number)], kind="text/plain")[0] == 415
    assert client.ask("/marks")[0] == 405
    assert client.ask("/../nbgrader_config.py")[0] in (403, 404)
    assert formgrader("ada")[1] is None


def test_without_names_none_is_sent(served):
    client = Client(served(names=False)[0])
    said = client.ask("/answers")[2]
    assert "student" not in json.loads(said)["questions"][0]["cards"][0]["answers"][0]
    assert '"ada"' not in said


def test_a_port_that_is_taken_is_one_sentence(served):
    reading = served()[1]
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(Refused, match=r"Port \d+ cannot be used here"):
            serve(reading, taken.getsockname()[1])


@pytest.mark.parametrize(
    ("lesson", "said"),
    [
        ("77", "There is no lesson '77'"),
        (LESSON, "There is no answer to read in 02_filtering"),
    ],
)
def test_nothing_to_read_is_one_sentence(folder, monkeypatch, lesson, said):
    monkeypatch.chdir(folder)
    done = CliRunner().invoke(app, ["read", lesson, "--no-browser"])
    assert done.exit_code == 1
    assert said in done.output
