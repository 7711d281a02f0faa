"""What a learner is told about a wrong answer, in a few sentences."""

from collections.abc import Callable

from helpers.checking.calling.comparing import same
from helpers.checking.diagnosis.error_causes import cause
from helpers.checking.diagnosis.looks import look
from helpers.checking.diagnosis.matching import Finding
from helpers.checking.diagnosis.right_cases import right_where
from helpers.checking.judging import Verdict


def explain(verdict: Verdict, function: Callable | None = None) -> str:
    """What is wrong with an answer: a mistake that explains it, or as much as can be seen for certain.

    An error in the learner's own code always comes first, with its line, and then what explains it.
    """
    if verdict.refusal is not None:
        return _refused(verdict)
    error = verdict.outcome.error
    if error is not None:
        why = _why(verdict.finding) or " ".join(filter(None, [cause(error), right_where(verdict)]))
        return " ".join(filter(None, [look(verdict, function), why]))
    if verdict.finding is None:
        return " ".join(filter(None, [look(verdict, function), right_where(verdict)]))
    return _explained(verdict, verdict.finding, function)


def _refused(verdict: Verdict) -> str:
    """What the exercise's rule has against an answer."""
    sentence = verdict.refusal.sentence if verdict.refusal else ""
    if verdict.mistake is None:
        return sentence
    if verdict.exercise.breaks is not None:
        return f"{sentence} So {verdict.mistake.when}."
    return f"{sentence} That is what comes out when {verdict.mistake.when}."


def _explained(verdict: Verdict, finding: Finding, function: Callable | None) -> str:
    """What explains an answer that was returned."""
    whens = [mistake.when for mistake in finding.mistakes]
    if finding.kind == "pair":
        return f"Two things together give exactly your answer: {_both(finding)}"
    if finding.kind == "part":
        seen = look(verdict, function)
        if verdict.outcome.changed:  # which says it all
            return seen
        count = f"{finding.explained} of the {finding.wrong}"
        return f"{seen} In {count} wrong cases your answer is what comes out when {whens[0]}."
    if verdict.outcome.changed and same(
        verdict.expected, verdict.outcome.returned, verdict.exercise.tolerance
    ):
        name = verdict.exercise.parameters[verdict.outcome.changed[0]]
        return f"The values are right, but the argument `{name}` was changed. That is what happens when {whens[0]}."
    exactly = "exactly " if finding.kind == "same" else ""
    return f"Your answer is {exactly}what comes out when {whens[0]}."


def _why(finding: Finding | None) -> str:
    """What explains an answer that begins with an error."""
    if finding is None:
        return ""
    whens = [mistake.when for mistake in finding.mistakes]
    if finding.kind == "errors":
        return (
            f"It fails in just the cases that fail when {', or when '.join(whens)}. That may be the reason."
        )
    if finding.kind == "pair":
        return f"Two things together do just that: {_both(finding)}"
    return f"That is what happens when {whens[0]}."


def _both(finding: Finding) -> str:
    """Two mistakes, and which of them to begin with."""
    one, other = (mistake.when for mistake in finding.mistakes)
    begin = "This case shows only the first: begin with that." if finding.hides else "Begin with the first."
    return f"{one}; and {other}. {begin}"
