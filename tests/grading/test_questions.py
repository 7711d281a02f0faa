"""However the other side behaves, the judge stops listening in time, and nothing gets out but a sentence."""

import contextlib
import json
import socket
import struct
import threading
import time

import numpy as np
import pytest

from helpers.teaching.grading.sandbox import questions, wire
from helpers.teaching.grading.sandbox.launch import Limits
from helpers.teaching.grading.sandbox.process_tree import Usage
from helpers.teaching.grading.sandbox.questions import Lost, Remote


class Claims:
    """A tree of processes that uses what a test says."""

    def __init__(self, rate=0.0, busy=True, memory=0, processes=1):
        self.rate, self.busy, self.memory, self.processes = rate, busy, memory, processes
        self.began = self.looked = time.monotonic()

    def worked(self):
        return (time.monotonic() - self.began) * self.rate

    def usage(self):
        self.looked = time.monotonic()
        return Usage(self.worked(), self.busy, self.memory, self.processes)


SLEEPS, WORKS = {"busy": False}, {"rate": 1.0}


@pytest.fixture(autouse=True)
def _quickly(monkeypatch):
    monkeypatch.setattr(questions, "_GRACE", 0.0)
    monkeypatch.setattr(questions, "_GLANCE", 0.02)


def ask(behaviour, tree, within=0.3, **details):
    """What comes of a question to a process that behaves like that, in a separate thread."""
    ours, theirs = socket.socketpair()
    over = threading.Event()

    def act():
        with contextlib.suppress(OSError):
            behaviour(theirs, over)

    thread = threading.Thread(target=act, daemon=True)
    thread.start()
    try:
        return Remote(ours, tree, Limits()).ask("call", within, **details)
    finally:
        over.set()
        ours.close()
        theirs.close()
        thread.join(20)


def framed(head, size=0):
    """A message with any JSON."""
    return struct.pack(">II", len(head), size) + head


def replays(channel, over):
    channel.recv(10_000)
    wire.send(channel, {"id": "old"})
    while not over.is_set():
        wire.send(channel, {"id": "old"})


def asks_for_ever(channel, over):
    while not over.is_set():
        wire.send(channel, {"ask": 0, "arguments": (np.zeros(3),)})
        wire.receive(channel)


def one_byte_after_the_other(channel, over):
    channel.sendall(struct.pack(">II", 1000, 1000))
    while not over.wait(0.03):
        channel.sendall(b"x")


def a_header_and_silence(channel, over):
    channel.sendall(struct.pack(">II", wire.LARGEST_TEXT, wire.LARGEST))
    over.wait()


def megabytes_for_ever(channel, over):
    channel.sendall(struct.pack(">II", 10, wire.LARGEST))
    while not over.wait(0.001):
        channel.sendall(bytes(1000))


def never_reads(channel, over):
    over.wait()


@pytest.mark.parametrize("tree", [SLEEPS, WORKS], ids=["asleep", "at work"])
@pytest.mark.parametrize(
    "behaviour", [one_byte_after_the_other, a_header_and_silence, megabytes_for_ever, never_reads]
)
def test_a_message_without_end_ends_the_conversation(behaviour, tree):
    with pytest.raises(Lost, match="did not finish"):
        ask(behaviour, Claims(**tree), data=np.zeros(2**20) if behaviour is never_reads else None)


def test_answers_sent_again_and_again_end_the_conversation(monkeypatch):
    monkeypatch.setattr(questions.secrets, "token_hex", lambda size: "new")
    known = Remote.__init__

    def knows_an_old_question(self, *arguments):
        known(self, *arguments)
        self.asked.add("old")

    monkeypatch.setattr(Remote, "__init__", knows_an_old_question)
    with pytest.raises(Lost, match="did not finish"):
        ask(replays, Claims(**WORKS))
    monkeypatch.setattr(questions, "_MOST_MESSAGES", 50)
    with pytest.raises(Lost, match="kept sending messages"):
        ask(replays, Claims(), within=60)
    monkeypatch.setattr(questions, "_MOST_MESSAGES", 10**9)
    monkeypatch.setattr(questions, "_MOST_BYTES", 5000)
    with pytest.raises(Lost, match="kept sending messages"):
        ask(replays, Claims(), within=60)


def test_questions_without_end_cost_the_one_who_asks(monkeypatch):
    with pytest.raises(Lost, match="did not finish"):
        ask(asks_for_ever, Claims(), function=lambda x: np.sort(np.zeros(100_000)).sum())
    monkeypatch.setattr(questions, "_MOST_MESSAGES", 50)
    with pytest.raises(Lost, match="kept sending messages"):
        ask(asks_for_ever, Claims(), within=60, function=lambda x: 1)


def test_a_function_of_the_judges_that_does_not_end_is_stopped():
    def never_ends(x):
        while True:
            pass

    with pytest.raises(Lost, match="did not finish"):
        ask(asks_for_ever, Claims(**WORKS), function=never_ends)


def test_large_arguments_are_not_worked_on():
    asked = []

    def asks_once(channel, over):
        question = wire.decode(wire.receive(channel), lambda index: index)
        wire.send(channel, {"ask": 0, "arguments": (np.zeros(2**20),)})
        wire.send(channel, {"id": question["id"], "said": wire.decode(wire.receive(channel))})

    answer = ask(asks_once, Claims(), within=20, function=asked.append)
    assert answer["said"] == {"error": ["ValueError", "an argument is too large"]}
    assert asked == []


def test_waiting_for_a_processor_is_not_counted_until_the_back_stop(monkeypatch):
    """The processes would run if they could: nothing is used, nothing is said, and nobody is to blame."""
    monkeypatch.setattr(questions, "BACK_STOP", (2, 0.5))
    with pytest.raises(Lost) as lost:
        ask(a_header_and_silence, Claims(rate=0.01), within=0.1)
    assert lost.value.starved
    with pytest.raises(Lost) as lost:
        ask(a_header_and_silence, Claims(rate=2.0), within=0.1)
    assert not lost.value.starved


@pytest.mark.parametrize(
    ("tree", "reason"), [({"memory": 2**40}, "MB of memory"), ({"processes": 1000}, "processes")]
)
@pytest.mark.parametrize("behaviour", [replays, a_header_and_silence])
def test_what_it_uses_is_seen_whether_or_not_bytes_keep_coming(behaviour, tree, reason, monkeypatch):
    known = Remote.__init__
    monkeypatch.setattr(
        Remote, "__init__", lambda self, *those: (known(self, *those), self.asked.add("old"))[0]
    )
    with pytest.raises(Lost, match=reason):
        ask(behaviour, Claims(**tree), within=60)


def test_what_it_uses_is_seen_between_many_short_questions():
    ours, theirs = socket.socketpair()
    many = Remote(ours, Claims(memory=2**40), Limits())

    def answers(channel):
        with contextlib.suppress(OSError, EOFError):
            while True:
                wire.send(channel, {"id": wire.decode(wire.receive(channel))["id"]})

    threading.Thread(target=answers, args=(theirs,), daemon=True).start()

    def ask_often():
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline:
            many.ask("call", 20)

    with ours, theirs, pytest.raises(Lost, match="MB of memory"):
        ask_often()


@pytest.mark.parametrize(
    "head",
    [
        b"9" * 5000,
        b'{"dict": [["id", ' + b"9" * 5000 + b"]]}",
        b'{"dict": [["id", NaN]]}',
        b'{"dict": [["id", 1]]}',
        b'{"list": [1]}',
        b'{"dict": [["id", {"list": []}]]}',
        b'{"dict": [["ask", 7]]}',
        b'{"dict": [["ask", true]]}',
        b'{"dict": [["ask", 0], ["arguments", 3]]}',
        b"[" * 200_000,
        b'{"dict": [["id", {"tuple": [' + b",".join([b'{"objects": [8388608]}'] * 20) + b"]}]]}",
        b"\xff\xfe",
        b"",
    ],
)
def test_what_is_malformed_costs_a_sentence(head):
    def says(channel, over):
        channel.sendall(framed(head))
        over.wait()

    with pytest.raises(Lost) as lost:
        ask(says, Claims(), within=20, function=len)
    assert str(lost.value).endswith(".")
    json.dumps(str(lost.value), ensure_ascii=False).encode()


def test_texts_arrive_as_they_can_be_written_and_shown():
    def says(channel, over):
        question = wire.decode(wire.receive(channel))
        text = r'"half \ud800, bell \u0007, \u001b[31mred\u001b[0m, turned \u202e"'
        head = f'{{"dict": [["id", "{question["id"]}"], ["text", {text}], ["half", "\\udfff"]]}}'
        channel.sendall(framed(head.encode()))

    answer = ask(says, Claims(), within=20)
    assert answer["text"] == "half \ufffd, bell \ufffd, red, turned \ufffd"
    assert answer["half"] == "\ufffd"
