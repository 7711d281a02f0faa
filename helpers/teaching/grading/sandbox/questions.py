"""One notebook's process, as the judge sees it: questions, authentic answers, and limits to patience.

Nothing that comes back is trusted. Every answer must carry the number of its question, which is drawn at
random, so that anything written beforehand, late or twice is worthless.
"""

import secrets
import select
import socket
import time
from collections.abc import Callable
from typing import Protocol

import numpy as np

from helpers.checking.calling.call import call
from helpers.checking.calling.time_limit import BACK_STOP
from helpers.teaching.grading.sandbox import wire
from helpers.teaching.grading.sandbox.process_tree import Tree

_GRACE = 2.0  # seconds that a stopped call has to report it
_GLANCE = 0.2  # seconds between two looks at what a notebook uses
_MOST_MESSAGES = 50_000  # that are read before one question is answered
_MOST_BYTES = 512 * 2**20  # of all of them
_MOST_ASKED = 2**22  # bytes of the arguments with which it may call a function of the judge's
_SHORT = 0.02  # seconds: an answer as fast as that needs no closer look

_ENDED = "Its process ended (a crash, an exit, or too much memory)."
_TOO_LONG = "It did not finish, and could not be stopped."


class Lost(RuntimeError):  # noqa: N818 - it is not a mistake of ours
    """The sandboxed process gave no authentic answer; the sentence says what is known of the reason.

    With `starved` set, the machine was too busy to let it use up the time that it was given.
    """

    def __init__(self, sentence: str, starved: bool = False):
        super().__init__(sentence)
        self.starved = starved


class Most(Protocol):
    """What one notebook may use."""

    @property
    def memory_mb(self) -> int:
        """Megabytes of memory."""

    @property
    def processes(self) -> int:
        """Processes at the same time."""


class Patience:
    """How much of its time the answer to one question has used.

    What counts is the processor time of the notebook's processes, the time in which they all slept, and
    the processor time that its messages cost the judge. Waiting for a processor is not counted: the wall
    clock is only a back-stop.
    """

    def __init__(self, tree: Tree, within: float, most: Most):
        self.tree, self.within, self.most = tree, within, most
        self.before, self.own = tree.worked(), time.process_time()
        self.began = self.looked = time.monotonic()
        self.worked = self.slept = 0.0
        self.messages = self.bytes = 0

    @property
    def used(self) -> float:
        """Seconds of its time, as far as they were counted."""
        return self.worked + self.slept + time.process_time() - self.own

    @property
    def left(self) -> float:
        """Seconds that are left of it."""
        return self.within - self.used

    def is_due(self) -> bool:
        """Whether it is time to look again; many short questions add up, too."""
        return time.monotonic() - self.tree.looked > _GLANCE

    def look(self, waited: bool) -> None:
        """See what it uses; `waited` says that nothing came from it meanwhile.

        Raises
        ------
        Lost
            If it uses too much of anything.
        """
        usage, now = self.tree.usage(), time.monotonic()
        passed, worked = now - self.looked, max(self.worked, usage.worked - self.before)
        if waited and not usage.busy and worked - self.worked < passed / 10:
            self.slept += min(passed, 2 * _GLANCE)
        self.worked, self.looked = worked, now
        if usage.memory > self.most.memory_mb * 2**20:
            raise Lost(f"It used more than {self.most.memory_mb} MB of memory.")
        if usage.processes > self.most.processes:
            raise Lost(f"It started more than {self.most.processes} processes.")
        if self.left < 0:
            raise Lost(_TOO_LONG)
        times, more = BACK_STOP
        if now - self.began > times * self.within + more:
            raise Lost(_TOO_LONG, starved=True)

    def count(self, size: int) -> None:
        """Count a message."""
        self.messages += 1
        self.bytes += size
        if self.messages > _MOST_MESSAGES or self.bytes > _MOST_BYTES:
            raise Lost("It kept sending messages.")

    def total(self) -> float:
        """Seconds of its time, once the answer has come."""
        passed = time.monotonic() - self.began
        if passed > _SHORT:
            self.worked = max(self.worked, self.tree.worked() - self.before)
            return min(passed, self.used)
        return passed


class Remote:
    """One notebook's process; `used` says what the last question took of its time, in seconds."""

    def __init__(self, channel: socket.socket, tree: Tree, most: Most):
        self.channel, self.tree, self.most = channel, tree, most
        self.asked: set[str] = set()
        self.used = 0.0
        channel.setblocking(False)

    def ask(self, what: str, within: float, **details: object) -> dict:
        """The answer to one question, within its time.

        Parameters
        ----------
        what : str
            "put", "run", "find" or "call".
        within : float
            Seconds that it may take; a little later it is given up.
        **details
            What the question is about. Functions among them stay here: the notebook's process asks for their
            values.

        Raises
        ------
        Lost
            If no authentic answer comes.
        """
        identity = secrets.token_hex(8)
        patience = Patience(self.tree, within + _GRACE, self.most)
        functions: list[Callable] = []
        try:
            self._send({"do": what, "id": identity, **details}, patience, functions)
            while True:
                answer = self._receive(patience)
                if "ask" in answer:
                    self._send(_computed(answer, functions, patience), patience)
                elif answer.get("id") == identity:
                    self.asked.add(identity)
                    return answer
                elif answer.get("id") not in self.asked:  # a second answer to an old question is skipped
                    raise Lost("It sent an answer to a question that was not asked.")
        finally:
            self.used = patience.total()

    def _send(self, value: object, patience: Patience, functions: list[Callable] | None = None) -> None:
        message = memoryview(wire.encode(value, functions))
        while message:
            try:
                message = message[self.channel.send(message) :]
            except BlockingIOError:
                self._wait(patience, writing=True)
            except OSError:
                raise Lost(_ENDED) from None

    def _receive(self, patience: Patience) -> dict:
        try:
            message = wire.receive(_Watched(self, patience))
            patience.count(len(message))
            answer = wire.decode(message, text=wire.printable)
        except EOFError:
            raise Lost(_ENDED) from None
        except wire.Malformed as problem:
            raise Lost(f"What it sent cannot be read: {problem}.") from None
        if not isinstance(answer, dict) or not isinstance(answer.get("id", ""), str):
            raise Lost("What it sent is not an answer.")
        return answer

    def read(self, most: int, patience: Patience) -> bytes:
        """What has come, at most that many bytes; b"" if the other side has hung up."""
        while True:
            if patience.is_due():
                patience.look(waited=False)
            try:
                return self.channel.recv(most)
            except BlockingIOError:
                self._wait(patience)
            except OSError:
                return b""

    def _wait(self, patience: Patience, writing: bool = False) -> None:
        """Until there is something to read, or room to write; meanwhile see what it uses."""
        ready, ours = False, [self.channel]
        while not ready:
            ready = any(select.select([] if writing else ours, ours if writing else [], [], _GLANCE))
            if patience.is_due():
                patience.look(waited=not ready)


class _Watched:
    """A channel that is watched while it is read."""

    def __init__(self, remote: Remote, patience: Patience):
        self.remote, self.patience = remote, patience

    def recv(self, most: int, /) -> bytes:
        """What has come, at most that many bytes."""
        return self.remote.read(most, self.patience)


def _computed(answer: dict, functions: list, patience: Patience) -> dict:
    """What one of the judge's own functions gives for arguments that the notebook sent."""
    index, arguments = answer["ask"], answer.get("arguments")
    if type(index) is not int or not 0 <= index < len(functions) or not isinstance(arguments, tuple):
        raise Lost("It asked for a function that does not exist.")
    if sum(part.nbytes for part in arguments if isinstance(part, np.ndarray)) > _MOST_ASKED:
        return {"error": ["ValueError", "an argument is too large"]}
    outcome = call(functions[index], arguments, max(0.01, patience.left))
    if outcome.error is not None:  # learners see whatever their arguments do to it
        return {"error": [outcome.error.kind, outcome.error.message[:500]]}
    return {"value": outcome.returned}
