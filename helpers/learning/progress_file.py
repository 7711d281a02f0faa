"""Which exercises have passed, in a file next to the notebooks; and the learner's own passed functions.

The file has one line of JSON for each event, and lines are only ever added. A line that a crash has cut in
half is passed over, so that no more than the last event can be lost.
"""

import datetime
import errno
import json
import linecache
import os
import re
from collections.abc import Callable
from pathlib import Path

from helpers import exercises, reference
from helpers.exercises.model import Exercise
from helpers.learning import own as keeping


def path() -> Path:
    """Where progress is kept: beside the lessons' folders, or where the variable COURSE_PROGRESS points."""
    if "COURSE_PROGRESS" in os.environ:
        return Path(os.environ["COURSE_PROGRESS"])
    here = Path.cwd()
    return (here.parent if re.match(r"\d\d_", here.name) else here) / "progress.jsonl"


def events() -> list[dict]:
    """Everything that was noted, oldest first; unreadable lines are passed over."""
    try:
        file = path()
        # Anything but a file, such as a pipe, may have no end.
        lines = file.read_text(encoding="utf-8", errors="replace").splitlines() if file.is_file() else []
    except (OSError, ValueError):  # a path with a zero byte is a ValueError
        return []
    found = []
    for line in lines:
        try:
            event = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(event, dict) and isinstance(event.get("exercise"), str):
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


def note_try(exercise: Exercise) -> None:
    """Note that an exercise was tried, once."""
    if state().get(exercise.name) == "not started":
        _append({"exercise": exercise.name, "state": "tried"})


def note_pass(
    exercise: Exercise, function: Callable, still_right: Callable[[Callable], bool] = lambda _: True
) -> str:
    """Note that an exercise has passed, with a script that makes the function that passed anew.

    Parameters
    ----------
    exercise : Exercise
    function : callable
        The learner's function.
    still_right : callable
        Given the function that the script makes, says whether it does what the learner's does.

    Returns
    -------
    str
        Why later lessons cannot call the function; empty if they can.
    """
    event = {"exercise": exercise.name, "state": "passed", "function": getattr(function, "__name__", None)}
    event["source"], lost = None, ""
    try:
        event["source"], event["function"] = keeping.script_of(function, exercise.name)
        if not still_right(_made_from(event)):
            lost = "made anew from its text, it answers differently"
    except keeping.Unkeepable as trouble:
        lost = f"it is {trouble.what}" if trouble.culprit is function else f"it uses {trouble}"
    except Exception as trouble:  # whatever the text of a learner's function does when it runs alone
        lost = f"made anew from its text, it ends with an error ({type(trouble).__name__}: {trouble})"[:300]
    if lost:
        event |= {"source": None, "lost": lost}
    known = [old for old in events() if old["exercise"] == exercise.name and old.get("state") == "passed"]
    if not known or any(known[-1].get(key) != event.get(key) for key in ("source", "lost")):
        _append(event)
    return _alone(exercise.name, lost) if lost else ""


def try_to(note: Callable, *arguments) -> str:
    """Note something; a sentence where the file cannot be written, or where not all could be kept."""
    try:
        return note(*arguments) or ""
    except (OSError, ValueError) as problem:
        where = f" in {problem.filename}" if getattr(problem, "filename", None) else ""
        reason = getattr(problem, "strerror", None) or problem
        return f"(Progress could not be kept{where}: {reason}. The check itself is not affected.)"


def own(name: str) -> Callable | None:
    """The learner's own function for exercise `name`, as it last passed; None if it has not passed.

    Where it could not be kept, or does not run here, a printed line says so and the course's own is returned.
    """
    passed = [event for event in events() if event["exercise"] == name and event.get("state") == "passed"]
    if not passed:
        return None
    lost = passed[-1].get("lost") or "its text is not in the progress file"
    if isinstance(passed[-1].get("source"), str):
        try:
            return _made_from(passed[-1])
        except Exception as trouble:  # it is text from a file, and may be anything
            lost = f"it does not run here ({type(trouble).__name__}: {trouble})"[:300]
    print(_alone(name, lost))
    return exercises.find(name).reference if name in exercises.everything() else None


def own_functions(**here: Callable) -> "OwnFunctions":
    """All functions that a network calls: the learner's own where they have passed, else the course's.

    Parameters
    ----------
    **here : callable
        Functions of the present lesson, by their names: the learner's own, or the course's.
    """
    wanted = vars(reference.network_functions())
    earlier = {name: own(name) for name in exercises.lessons() if name in wanted and name not in here}
    mine = {name: function for name, function in (earlier | here).items() if function is not None}
    return OwnFunctions({name: function for name, function in mine.items() if function is not wanted[name]})


def source(function: Callable) -> str | None:
    """A script that defines a function, with all that it uses of its notebook; None if there is none."""
    try:
        return keeping.script_of(function, "answer")[0]
    except keeping.Unkeepable:
        return None


def show() -> "Progress":
    """The learner's progress as a bar and a table."""
    return Progress(state())


class Progress:
    """A bar over all exercises and a table by lesson, drawn in HTML or as text."""

    def __init__(self, states: dict[str, str]):
        self.states = states
        self.passed = sum(value == "passed" for value in states.values())

    def __repr__(self) -> str:
        total = len(self.states)
        filled = round(20 * self.passed / max(1, total))
        lines = [f"[{'#' * filled}{'.' * (20 - filled)}] {self.passed} of {total} exercises passed"]
        for lesson, rows in self._by_lesson().items():
            lines.append(f"{lesson}: " + ", ".join(f"{name} ({value})" for name, value in rows))
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        total = max(1, len(self.states))
        percent = 100 * self.passed / total
        bar = (
            "<div role='img' style='width: 24em; border: 1px solid #808080; height: 1em; margin: 4px 0'"
            f" aria-label='{self.passed} of {total} exercises passed'>"
            f"<div style='width: {percent:.0f}%; height: 100%; background: #0072B2'></div></div>"
        )
        rows = "".join(_row(lesson, entries) for lesson, entries in self._by_lesson().items())
        head = _cells("lesson", "", "exercises", tag="th")
        return f"<div>{self.passed} of {total} exercises passed{bar}<table>{head}{rows}</table></div>"

    def _by_lesson(self) -> dict[str, list[tuple[str, str]]]:
        known = exercises.everything()
        table: dict[str, list[tuple[str, str]]] = {}
        for name, value in self.states.items():
            table.setdefault(known[name].lesson, []).append((name, value))
        return table


class OwnFunctions:
    """What a network calls, for `reference.build_network`; shown as a table of whose function each one is.

    Attributes
    ----------
    own : dict of str -> callable
        The learner's own.
    functions : types.SimpleNamespace
        As `reference.network_functions` makes it from them.
    """

    def __init__(self, mine: dict[str, Callable]):
        self.own = mine
        self.functions = reference.network_functions(**mine)

    def __repr__(self) -> str:
        lines = [self._summary()]
        for lesson, names in self._by_lesson().items():
            whose = (f"{name} ({'yours' if name in self.own else 'the course'})" for name in names)
            lines.append(f"{lesson}: {', '.join(whose)}")
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        rows = "".join(
            _cells(lesson, ", ".join(self._whose(lesson, name) for name in names))
            for lesson, names in self._by_lesson().items()
        )
        return f"<div>{self._summary()}<table>{_cells('lesson', 'functions', tag='th')}{rows}</table></div>"

    def _summary(self) -> str:
        total = len(vars(self.functions))
        missing = "" if len(self.own) == total else " For the others, the course's own stand in."
        return f"{len(self.own)} of the network's {total} functions are yours.{missing}"

    def _whose(self, lesson: str, name: str) -> str:
        if name in self.own:
            return f"<code>{name}</code> <b>yours</b>"
        return f"<code>{name}</code> (<a href='../{lesson}/{lesson}.ipynb#cell-id={name}'>write it</a>)"

    def _by_lesson(self) -> dict[str, list[str]]:
        table: dict[str, list[str]] = {}
        for name, exercise in exercises.everything().items():
            if name in vars(self.functions):
                table.setdefault(exercise.lesson, []).append(name)
        return table


def _row(lesson: str, entries: list[tuple[str, str]]) -> str:
    """A lesson's row of the table: how many exercises have passed, and the state of each that was begun."""
    passed = sum(value == "passed" for _, value in entries)
    states = {"passed": " <b>passed</b>", "tried": " tried", "not started": ""}
    names = ", ".join(f"<code>{name}</code>{states[value]}" for name, value in entries)
    return _cells(lesson, f"{passed} of {len(entries)}", names)


def _cells(*cells: str, tag: str = "td") -> str:
    """One row of a table."""
    return "<tr>" + "".join(f"<{tag} style='text-align: left'>{cell}</{tag}>" for cell in cells) + "</tr>"


def _append(event: dict) -> None:
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


def _made_from(event: dict) -> Callable:
    """The function that an event's script makes."""
    script, filename = event["source"], f"<your {event['exercise']}>"
    namespace = {"__name__": "__main__"}
    linecache.cache[filename] = (len(script), None, script.splitlines(keepends=True), filename)
    exec(compile(script, filename, "exec"), namespace)
    return namespace[event["function"]]


def _alone(name: str, lost: str) -> str:
    return (
        f"`{name}` passed, but later lessons cannot call it by itself: {lost}. "
        f"They will use the course's own `{name}`."
    )
