"""The file in which progress is kept, next to the notebooks: what was tried, what has passed, and all else.

It has one line of JSON for each event, and lines are only ever added. A line that a crash has cut in half is
skipped, so that no more than the last event can be lost. An event without a kind is a try, a pass, or what is
remembered of an answer; every other, such as a guess, says its kind.
"""

import datetime
import errno
import json
import os
import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path

from helpers import exercises
from helpers.exercises.model import Exercise


def course_folder() -> Path:
    """The folder in which the lessons' folders are, seen from one of them, from itself, or from the course's.

    JupyterLab runs a lesson in its own folder; other editors may run it in the folder that they have opened.
    """
    here = Path.cwd()
    if re.match(r"\d\d_", here.name):
        return here.parent
    notebooks = here / "notebooks"
    return notebooks if any(notebooks.glob("[0-9][0-9]_*")) else here


def path() -> Path:
    """Where progress is kept: next to the lessons' folders, or where the variable COURSE_PROGRESS points."""
    return Path(os.environ.get("COURSE_PROGRESS", course_folder() / "progress.jsonl"))


def events() -> list[dict]:
    """The tries, the passes and what is remembered of answers, oldest first."""
    return tries_and_passes(all_events())


def tries_and_passes(recorded: Iterable[dict]) -> list[dict]:
    """Those events that tell of an answer to an exercise."""
    return [event for event in recorded if "kind" not in event and isinstance(event.get("exercise"), str)]


def events_of_kind(*kinds: str) -> list[dict]:
    """The events that say that they are of one of these kinds, oldest first."""
    return [event for event in all_events() if event.get("kind") in kinds]


def all_events() -> list[dict]:
    """Everything that was recorded, oldest first; unreadable lines are skipped."""
    try:
        file = path().absolute()
        if not file.is_file():  # anything else, such as a pipe, may have no end
            return []
        found = file.stat()
        return list(_read(file, found.st_mtime_ns, found.st_size))
    except (OSError, ValueError):  # a path with a zero byte is a ValueError
        return []


@lru_cache(maxsize=1)
def _read(file: Path, _changed: int, _size: int) -> tuple[dict, ...]:
    """The events in a file, which is read again once it has changed; a check asks for them many times."""
    return tuple(events_in(file.read_text(encoding="utf-8", errors="replace").splitlines()))


def events_in(lines: Iterable[str]) -> list[dict]:
    """The events of all kinds in the lines of a progress file; unreadable lines are skipped."""
    found = []
    for line in lines:
        try:
            event = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(event, dict):
            found.append(event)
    return found


def state() -> dict[str, str]:
    """For each exercise of the course "passed", "tried" or "not started"; what has passed stays passed."""
    result = dict.fromkeys(exercises.lessons(), "not started")
    for event in events():
        name = event["exercise"]
        if name in result and result[name] != "passed" and event.get("state") in ("passed", "tried"):
            result[name] = event["state"]
    return result


def last_pass(name: str) -> dict | None:
    """What was recorded when exercise `name` last passed; None if it has not passed."""
    passed = [event for event in events() if event["exercise"] == name and event.get("state") == "passed"]
    return passed[-1] if passed else None


def note(event: dict) -> None:
    """Add an event, with the time, as the file's last line."""
    event["at"] = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    file = path()
    if file.exists() and not file.is_file():
        raise OSError(errno.EINVAL, "it is not a file", str(file))
    line = json.dumps(event, ensure_ascii=False)
    with open(file, "a+b") as stream:
        if stream.tell() > 0:
            stream.seek(-1, os.SEEK_END)
            if stream.read(1) != b"\n":  # the last line was cut in half
                line = "\n" + line
        stream.write(f"{line}\n".encode())
        stream.flush()
        os.fsync(stream.fileno())


def note_try(exercise: Exercise, mistake: str = "") -> None:
    """Record that an exercise that has not passed yet was tried, and the known mistake that was seen."""
    if state().get(exercise.name) != "passed":
        note({"exercise": exercise.name, "state": "tried"} | ({"mistake": mistake} if mistake else {}))


def note_answer(exercise: Exercise, answer: object) -> None:
    """Record what is to be remembered of an answer that was checked, unless it was the last one already."""
    remembered = exercise.remembered(answer) if exercise.remembered else None
    if remembered and remembered not in answers(exercise.name)[-1:]:
        note({"exercise": exercise.name, "answer": remembered})


def answers(name: str) -> list[dict]:
    """What was recorded of the answers to exercise `name`, oldest first."""
    noted = (event.get("answer") for event in events() if event["exercise"] == name)
    return [answer for answer in noted if isinstance(answer, dict)]


def try_to(note_it: Callable[..., str | None], *arguments: object) -> str:
    """Record something; returns a sentence if the file cannot be written or not everything could be kept."""
    try:
        return note_it(*arguments) or ""
    except (OSError, ValueError) as problem:
        where, reason = "", str(problem)
        if isinstance(problem, OSError):
            where = f" in {problem.filename}" if problem.filename else ""
            reason = problem.strerror or reason
        return f"(Progress could not be kept{where}: {reason}. Nothing else is affected.)"
