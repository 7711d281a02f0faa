"""Functions that have passed, in the progress file, each as a script that recreates it in a later lesson."""

import linecache
import re
from collections.abc import Callable
from typing import Any

from helpers import exercises
from helpers.checking.calling.call import call
from helpers.exercises.model import Exercise
from helpers.learning import progress_file
from helpers.learning.own.literals import Unkeepable
from helpers.learning.own.script import script_of

_SECONDS = 2.0  # for a script that makes a function
_ROOM = re.compile(r"^from helpers\.reference\.\w+ import", re.MULTILINE)  # whose name may have changed


def note_pass(
    exercise: Exercise, function: Callable, still_right: Callable[[Callable], bool] = lambda _: True
) -> str:
    """Record that an exercise has passed, with a script that recreates the function.

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
    if exercise.own_rules:
        return _note(event | {"lost": f"in your copy of its lesson {exercise.own_rules.when}"})
    try:
        event["source"], event["function"] = script_of(function, exercise.name)
        if not still_right(_made_from(event)):
            lost = "rebuilt from its text, it gives different answers"
    except Unkeepable as trouble:
        lost = f"it is {trouble.what}" if trouble.culprit is function else f"it uses {trouble}"
    except Exception as trouble:  # run on its own, the text of a learner's function may do anything
        lost = f"rebuilt from its text, it stops with an error ({type(trouble).__name__}: {trouble})"[:300]
    if lost:
        event |= {"source": None, "lost": lost}
    return _note(event)


def _note(event: dict) -> str:
    """Record a pass, unless it was the last one already; a sentence if later lessons must do without it."""
    name, lost = event["exercise"], event.get("lost", "")
    before = progress_file.last_pass(name)
    if before is None or any(before.get(key) != event.get(key) for key in ("source", "lost")):
        progress_file.note(event)
    return _alone(name, lost) if lost else ""


def own(name: str) -> Callable | None:
    """The learner's own function for exercise `name`, as it last passed; None if it has not passed.

    If it could not be kept, or does not run here, a printed line says so and the course's own is returned.
    """
    passed = progress_file.last_pass(name)
    if passed is None:
        return None
    lost = passed.get("lost") or "its text is not in the progress file"
    if isinstance(passed.get("source"), str):
        try:
            return _made_from(passed)
        except Exception as trouble:  # it is text from a file, and may be anything
            lost = f"it does not run here ({type(trouble).__name__}: {trouble})"[:300]
    print(_alone(name, lost))
    return exercises.find(name).reference if name in exercises.lessons() else None


def own_quietly(name: str) -> Callable | None:
    """The learner's own function for exercise `name`, as it last passed; None wherever it cannot be had."""
    passed = progress_file.last_pass(name)
    if passed is None or not isinstance(passed.get("source"), str):
        return None
    made = call(_made_from, (passed,), _SECONDS).returned
    return made if callable(made) else None


def _made_from(event: dict) -> Callable:
    """The function that an event's script makes."""
    script = _ROOM.sub("from helpers.reference import", event["source"])
    filename = f"<your {event['exercise']}>"
    namespace: dict[str, Any] = {"__name__": "__main__"}
    linecache.cache[filename] = (len(script), None, script.splitlines(keepends=True), filename)
    exec(compile(script, filename, "exec"), namespace)
    return namespace[event["function"]]


def _alone(name: str, lost: str) -> str:
    return (
        f"`{name}` passed, but later lessons cannot call it on its own: {lost}. "
        f"They will use the course's own `{name}`."
    )
