"""Questions about a learner's own function, answered by tracing it: different for everyone.

None is asked where that does not decide: how often a line runs only where a loop runs it, what would come out
of two lines that change places only where that is something else and can be shown.
"""

import ast
import itertools
import types
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

import numpy as np

from helpers.checking.calling.call import Outcome, call
from helpers.exercises.editing import compiled
from helpers.exercises.model import Case, Exercise
from helpers.learning.review import reasons
from helpers.learning.review.card import Card, choices_of, seeded, shown
from helpers.learning.review.lines import ORDINALS, assignments, code_and_input, held, nearby
from helpers.learning.review.running import fits, in_turn, outcome, seen, small_cases
from helpers.learning.review.values import look
from helpers.learning.tracing import Traced, Written, plain_lines, trace, written

KINDS = ("count", "value", "swap", "own")
_CASES = 8
_MOST_PAIRS = 12
_SWAP_SECONDS = 0.2  # for a function two of whose lines have changed places
_FEWEST_TIMES, _MOST_TIMES = 3, 30

Own: TypeAlias = tuple[Callable, Written]
Found: TypeAlias = tuple[str, Any, list, str]  # what is asked, what is right, what else to choose, and why


def about(exercise: Exercise, function: Callable, asked: int = 0) -> Iterator[Card]:
    """The questions that can be asked about a function: of loops and lines first, then of its variables."""
    for kind, name in topics(function):
        if card := question(exercise, function, kind, name, asked):
            yield card


def can_be_asked(exercise: Exercise, function: Callable) -> bool:
    """Whether it is likely that there is a question about a function; looked up without running it."""
    return exercise.breaks is None and bool(topics(function)) and bool(small_cases(exercise))


def topics(function: Callable) -> list[tuple[str, str]]:
    """Kind and name of what may be asked about a function, in an order that its text decides."""
    text = written(function)
    if text is None:
        return []
    rng = seeded(text.text, 0)
    of_loops = ["count", "value"] if any(in_loop for _, in_loop in plain_lines(text.node)) else []
    first = [(kind, "mine") for kind in (*of_loops, *(["swap"] if any(pairs_of_lines(text)) else []))]
    variables = [("own", name) for name in dict.fromkeys(name for _, name in assignments(text))]
    return [some[place] for some in (first, variables) for place in rng.permutation(len(some))]


def question(exercise: Exercise, function: Callable, kind: str, name: str, asked: int) -> Card | None:
    """One question about a function; None where running it does not decide it."""
    label, text = f"{exercise.name}/{kind}/{name}", written(function)
    if kind == "own" or text is None:
        return held(exercise, function, label, name, asked)
    rng = seeded(label + text.text, asked)
    for case in in_turn(small_cases(exercise)[:_CASES], asked):
        traced = trace(function, case.arguments)
        # What the tracer saw must be what happens without it.
        if traced and seen(traced.outcome) == seen(call(function, case.arguments, 1.0)):
            found = _ASK[kind](exercise, case, traced, (function, text), rng)
            if found and (laid_out := choices_of(found[1], found[2], rng)):
                parts = (*code_and_input(exercise, function, case, text), found[0])
                return Card(label, parts, tuple(map(shown, laid_out[0])), laid_out[1], case, found[3])
    return None


def _count(
    exercise: Exercise, case: Case, traced: Traced, own: Own, rng: np.random.Generator
) -> Found | None:
    """How often the innermost line runs."""
    _, text = own
    lines = [statement.lineno for statement, in_loop in plain_lines(text.node) if in_loop]
    times = {line: traced.times(line) for line in lines if line in text.lines}
    if not times or not _FEWEST_TIMES <= max(times.values()) <= _MOST_TIMES:
        return None
    right = max(times.values())
    line = next(line for line in times if times[line] == right)
    every = [traced.times(number) for number in text.lines]
    others = [other for other in dict.fromkeys([*every, right + 1, right - 1, 2 * right]) if other > 0]
    asks = f"How often does the line `{text.line(line)}` run?"
    others = [others[place] for place in rng.permutation(len(others))]
    return asks, right, others, reasons.of_count(text, traced, line)


def _value(
    exercise: Exercise, case: Case, traced: Traced, own: Own, rng: np.random.Generator
) -> Found | None:
    """What a variable is when a line of a loop runs once more."""
    _, text = own
    lines = [statement.lineno for statement, in_loop in plain_lines(text.node) if in_loop]
    for line in (lines[place] for place in rng.permutation(len(lines))):
        held_then = traced.before(line)[: len(ORDINALS)]
        names = [name for name in (held_then[-1] if len(held_then) > 2 else ()) if _varies(name, held_then)]
        if names and line in text.lines:
            name = names[int(rng.integers(len(names)))]
            place = int(rng.integers(2, len(held_then)))
            values = [holds[name] for holds in held_then]
            others = [*values[place + 1 : place + 2], values[place - 1], *nearby(values[place]), *values]
            when = f"just before the line `{text.line(line)}` runs for the {ORDINALS[place]} time"
            why = reasons.of_values(name, values, place, before=True)
            return f"What is `{name}` {when}?", values[place], others, why
    return None


def _varies(name: str, held_then: list[dict[str, Any]]) -> bool:
    """Whether a variable is there each time, and not always the same."""
    if not all(name in holds for holds in held_then):
        return False
    return len({look(holds[name]) for holds in held_then}) > 1


def _swap(exercise: Exercise, case: Case, traced: Traced, own: Own, rng: np.random.Generator) -> Found | None:
    """What would come out if two lines of one block changed places."""
    function, text = own
    usual = traced.outcome.returned
    found = _swaps(function, text, case, usual)
    telling = [pair for pair, returned in found.items() if look(returned) != look(usual)]
    if not telling:
        return None
    one, other = telling[int(rng.integers(len(telling)))]
    asks = f"What would it return if `{text.line(one)}` and `{text.line(other)}` changed places?"
    known = [outcome(mistake.function, case) for mistake in exercise.mistakes]
    likely = [did.returned for did in known if _can_be_shown(did, usual)]
    right, shuffled = found[one, other], [likely[place] for place in rng.permutation(len(likely))]
    changed = swapped(function, text, (one, other))
    why = reasons.of_swap(traced, changed, case) if changed else ""
    return asks, right, [usual, *found.values(), *shuffled, *nearby(right)], why


def _swaps(function: Callable, text: Written, case: Case, usual: Any) -> dict[tuple[int, int], Any]:
    """By the pair of lines that change places: what comes out, where that can be shown."""
    if not isinstance(function, types.FunctionType) or function.__closure__:
        return {}
    found = {}
    for pair in [(0, 0), *pairs_of_lines(text)]:
        if (made := swapped(function, text, pair)) is None:
            continue
        did = call(made, case.arguments, _SWAP_SECONDS)
        if did.stopped_after or (pair == (0, 0) and seen(did) != look(usual)):
            return {}  # loops go on for ever, or what is compiled here is not the same
        if pair != (0, 0) and _can_be_shown(did, usual):
            found[pair] = did.returned
    return found


def _can_be_shown(did: Outcome, usual: Any) -> bool:
    return did.finished and fits(did.returned) and type(did.returned) is type(usual)


def pairs_of_lines(text: Written) -> Iterator[tuple[int, int]]:
    """The pairs of lines in one block, each of which is one whole statement, the nearest first."""
    plain = {id(statement) for statement, _ in plain_lines(text.node) if statement.lineno in text.lines}
    found: list[tuple[int, int]] = []
    for part in ast.walk(text.node):
        for block in ("body", "orelse"):
            statements = getattr(part, block, None)
            statements = statements if isinstance(statements, list) else []
            lines = [statement.lineno for statement in statements if _may_move(statement, plain)]
            found += itertools.combinations(lines, 2)
    yield from sorted(found, key=lambda pair: pair[1] - pair[0])[:_MOST_PAIRS]


def _may_move(statement: ast.AST, plain: set[int]) -> bool:
    return id(statement) in plain and not isinstance(statement, ast.Return)


def swapped(function: Callable, text: Written, pair: tuple[int, int]) -> Callable | None:
    """The function with two of its lines in each other's place."""
    one, other = pair
    places = {one: other, other: one}
    lines = [text.lines[places.get(number, number)] for number in text.lines]
    try:
        return compiled(function, "\n".join(lines) + "\n", f"lines {one} and {other}")
    except SyntaxError:
        return None


_ASK = {"count": _count, "value": _value, "swap": _swap}
