"""One quiet page on this machine: the answers to a lesson's questions, and keys for points and comments.

What students wrote is sent as data and put on the page as text, never as HTML. Only this machine can reach
the page, and only who has the token, which is in the address that the command prints, can read or write.
"""

import asyncio
import contextlib
import hmac
import json
import math
import re
import secrets
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, HTTPError, RequestHandler

from helpers.teaching.grading.course_run import released_plan
from helpers.teaching.grading.ledger.nbgrader_course import NbgraderCourse
from helpers.teaching.grading.messages import Refused
from helpers.teaching.reading.answers import Question, has_picture, questions
from helpers.teaching.reading.marks import Change, Changed, Given, MarkBook

ADDRESS = "127.0.0.1"
LONGEST_COMMENT = 10_000
_PAGE = Path(__file__).with_name("page")
_FILES = {"/": "read.html", "/read.js": "read.js", "/read.css": "read.css"}
_KINDS = {".html": "text/html", ".js": "text/javascript", ".css": "text/css"}
_CHANGED = "Somebody else has marked this in the meantime. Nothing was written. This is what is there now."
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)


class Reading:
    """What the page shows, and what it may do: one lesson of one course."""

    def __init__(self, course: NbgraderCourse, lesson: str, book: MarkBook, names: bool = True):
        self.course, self.lesson, self.book, self.names = course, lesson, book, names
        self.token = secrets.token_urlsafe(24)

    def everything(self) -> dict[str, Any]:
        """The lesson's questions with their answers, as the page takes them."""
        found = questions(self.course, self.lesson, self.book)
        return {
            "lesson": self.lesson,
            "course": self.course.layout.course_id,
            "names": self.names,
            "questions": [self._question(one) for one in found],
        }

    def give(self, asked: Any) -> list[dict[str, Any]]:
        """Write what the page asks for; what the gradebook has now.

        Raises
        ------
        ValueError
            If it is not what the page would ask for.
        Changed
            If somebody else was faster.
        """
        question, most = self._known(asked)
        changes = [_change(entry, most) for entry in asked["changes"]]
        return [self._given(one) for one in self.book.give(self.lesson, question, changes)]

    def _known(self, asked: Any) -> tuple[str, float]:
        """The question that is meant, and the most points for it."""
        for cell in released_plan(self.course.folder, self.lesson).cells:
            if cell.role == "answer" and cell.grade_id == asked["question"]:
                return cell.grade_id, cell.points
        raise ValueError("there is no such question")

    def _question(self, question: Question) -> dict[str, Any]:
        return {
            "name": question.name,
            "most": question.most,
            "asked": question.asked,
            "model": question.model,
            "rubric": asdict(question.rubric) if question.rubric else None,
            "blank": question.blank,
            "lost": question.lost,
            "cards": [
                {
                    "group": group,
                    "text": answers[0].text,
                    "picture": any(has_picture(answer.text) for answer in answers),
                    "answers": [self._given(answer.given) for answer in answers],
                }
                for group, answers in question.cards()
            ],
        }

    def _given(self, given: Given) -> dict[str, Any]:
        who = {"student": given.student, "name": given.name} if self.names else {}
        about = {"points": given.points, "comment": given.comment, "toRead": given.to_read}
        return {"id": given.number, **about, **who}


def _change(entry: Any, most: float) -> Change:
    """One change that the page asks for, checked."""
    seen = entry["seen"]
    return Change(
        str(entry["id"]),
        _points(entry["points"], most),
        _comment(entry["comment"]),
        (_points(seen["points"], math.inf), _comment(seen["comment"])),
    )


def _points(value: Any, most: float) -> float | None:
    if value is None:
        return None
    points = float(value)
    if not (math.isfinite(points) and (most == math.inf or 0 <= points <= most)):
        raise ValueError(f"{value} points cannot be given")
    return points


def _comment(value: Any) -> str | None:
    text = "" if value is None else str(value)
    if len(text) > LONGEST_COMMENT:
        raise ValueError("the comment is too long")
    text.encode()  # half characters cannot be kept
    return text or None


class _Handler(RequestHandler):
    """What all addresses have in common: who may come in, and what the browser may do with the answer."""

    def initialize(self, reading: Reading) -> None:
        self.reading = reading

    def set_default_headers(self) -> None:
        self.clear_header("Server")
        self.set_header("Content-Security-Policy", _POLICY)
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Referrer-Policy", "no-referrer")
        self.set_header("Cache-Control", "no-store")

    def prepare(self) -> None:
        """Let in who has the token; another site's page, which may guess the address, has not."""
        host = self.request.host.rpartition(":")[0] or self.request.host
        if host not in (ADDRESS, "localhost"):
            raise HTTPError(403)
        given = self.get_query_argument("token", "") or self.get_cookie(self._cookie, "") or ""
        if not hmac.compare_digest(given.encode(), self.reading.token.encode()):
            raise HTTPError(403)

    @property
    def _cookie(self) -> str:
        return f"course-read-{self.request.host.rpartition(':')[2]}"

    def write_error(self, status_code: int, **_: Any) -> None:
        """Say what is wrong in one sentence, and nothing about the program."""
        said = (
            "Open the address that `course read` has printed, with its token." if status_code == 403 else ""
        )
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(said or f"This cannot be done ({status_code}).")

    def answer(self, value: Any, status: int = 200) -> None:
        """Answer with JSON."""
        self.set_status(status)
        self.set_header("Content-Type", "application/json; charset=utf-8")
        self.finish(json.dumps(value))


class _File(_Handler):
    """The page's own three files; the first visit swaps the token in the address for a cookie."""

    def get(self) -> None:
        if self.get_query_argument("token", ""):
            token = self.reading.token
            self.set_cookie(self._cookie, token, httponly=True, samesite="Strict", path="/")
            self.redirect("/")
            return
        path = _PAGE / _FILES[self.request.path]
        self.set_header("Content-Type", f"{_KINDS[path.suffix]}; charset=utf-8")
        self.finish(path.read_bytes())


class _Answers(_Handler):
    """All questions and answers."""

    def get(self) -> None:
        try:
            self.answer(self.reading.everything())
        except Refused as refusal:
            self.answer({"trouble": str(refusal)}, 503)


class _Marks(_Handler):
    """What is given for some answers."""

    def post(self) -> None:
        if self.request.headers.get("Content-Type", "").partition(";")[0] != "application/json":
            raise HTTPError(415)
        try:
            self.answer({"given": self.reading.give(json.loads(self.request.body))})
        except Changed:
            self.answer({"trouble": _CHANGED}, 409)
        except Refused as refusal:
            self.answer({"trouble": str(refusal)}, 503)
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise HTTPError(400) from error


def serve(reading: Reading, port: int = 0) -> tuple[HTTPServer, str]:
    """A server that has begun to listen on this machine, and the address with the token.

    Raises
    ------
    Refused
        If the port is taken.
    """
    about = {"reading": reading}
    routes = [(re.escape(path), _File, about) for path in _FILES]
    application = Application(
        [*routes, (r"/answers", _Answers, about), (r"/marks", _Marks, about)], log_function=_say_nothing
    )
    server = HTTPServer(application, max_body_size=10 * 2**20)
    sockets = _listening(port)
    server.add_sockets(sockets)
    return server, f"http://{ADDRESS}:{sockets[0].getsockname()[1]}/?token={reading.token}"


def _listening(port: int) -> list[Any]:
    try:
        return bind_sockets(port, ADDRESS)
    except OSError as error:
        raise Refused(f"Port {port} cannot be used here: {error.strerror}. Leave out --port.") from error


def _say_nothing(_: RequestHandler) -> None:
    """No line for each request: the terminal stays quiet, and holds no tokens."""


def run_until_stopped(start: Callable[[], None]) -> None:
    """Run `start` within an event loop that goes on until Ctrl+C."""

    async def forever() -> None:
        start()
        await asyncio.Event().wait()

    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(forever())
