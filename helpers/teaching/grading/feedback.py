"""What a submission is told about each exercise: what was tested, what came out, the diagnosis and a hint.

Inputs are described by their shapes, and no expected value is shown: the same questions serve the next class.
"""

from collections.abc import Mapping

import numpy as np
from nbformat import NotebookNode, from_dict

from helpers.checking import explain
from helpers.checking.judging import Verdict
from helpers.checking.panel import Grid, Panel
from helpers.teaching.grading.model import Mark, PlanCell

_TONES = {"passed": "good", "not started": "calm", "missing": "calm"}
_HEADLINES = {
    "passed": "passed",
    "wrong": "not right",
    "not started": "not started",
    "missing": "not found",
    "stopped": "no answer",
    "unread": "not graded",
}


def mark_of(verdict: Verdict, test: PlanCell) -> Mark:
    """The mark for a verdict of the judge."""
    exercise, count = verdict.exercise, len(verdict.cases)
    if verdict.passed:
        said = f"{count} calls, from {verdict.cases[0].about} to {verdict.cases[-1].about}: all right."
        return _mark(test, "passed", said)
    mistake = verdict.mistake
    return _mark(
        test,
        "wrong",
        explain(verdict),
        mistake=mistake.name if mistake else "",
        hint=mistake.hint if mistake else exercise.hints[0],
        case=_case(verdict),
    )


def failed(test: PlanCell, verdict: str, sentence: str) -> Mark:
    """The mark of an exercise that could not be tried to the end."""
    return _mark(test, verdict, sentence)


def outputs(mark: Mark, came_out=None) -> list[NotebookNode]:
    """The outputs of a test cell: a panel, and an error where no points were earned, as nbgrader expects."""
    paragraphs = [mark.case] if mark.case else []
    if came_out is not None:
        paragraphs.append([Grid("yours", came_out)])
    paragraphs += [mark.sentence] if mark.sentence else []
    paragraphs += [f"Hint: {mark.hint}"] if mark.hint else []
    headline = f"{mark.exercise}: {_HEADLINES[mark.verdict]}"
    panel = Panel(_TONES.get(mark.verdict, "wrong"), headline, tuple(paragraphs))
    shown = {"text/plain": repr(panel), "text/html": panel._repr_html_()}
    made = [{"output_type": "display_data", "data": shown, "metadata": {}}]
    if mark.verdict != "passed":
        made.append(
            {"output_type": "error", "ename": "NotPassed", "evalue": headline, "traceback": [headline]}
        )
    return [from_dict(output) for output in made]


def plain(entries: list, error, note: str = "") -> list[NotebookNode]:
    """The outputs of a learner's cell: plain text, whatever it tried to show."""
    made = []
    for entry in entries if isinstance(entries, list) else []:
        text = str(entry.get("text", ""))[:10_000] if isinstance(entry, dict) else ""
        name = "stderr" if isinstance(entry, dict) and entry.get("stream") == "stderr" else "stdout"
        made.append(
            {"output_type": "stream", "name": name, "text": text if text.endswith("\n") else f"{text}\n"}
        )
    if note:
        made.append({"output_type": "stream", "name": "stderr", "text": f"{note}\n"})
    if error:
        said = f"{error[0]}: {error[1]}"[:2000]
        made.append(
            {"output_type": "error", "ename": str(error[0])[:60], "evalue": said, "traceback": [said]}
        )
    return [from_dict(output) for output in made]


def _mark(test: PlanCell, verdict: str, sentence: str, **more) -> Mark:
    points = test.points if verdict == "passed" else 0.0
    return Mark(test.grade_id, test.exercise, points, test.points, verdict, sentence, **more)


def _case(verdict: Verdict) -> str:
    """Which case was wrong, and what went in, without its values."""
    exercise, case = verdict.exercise, verdict.case
    given = zip(exercise.parameters, case.arguments, strict=True)
    described = ", ".join(f"{name} {_described(value)}" for name, value in given)
    return f"Case {verdict.wrong + 1}, {case.about}: `{exercise.call}` with {described}."


def _described(value) -> str:
    """A value by its kind and shape."""
    if isinstance(value, np.ndarray):
        return f"of shape {value.shape}"
    if isinstance(value, bool | int | float | str | None):
        return f"= {value!r}"
    if isinstance(value, Mapping | list | tuple):
        return f"with {len(value)} entries"
    return "a function" if callable(value) else "given"
