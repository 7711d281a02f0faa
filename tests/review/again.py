"""Keys worked out once more, in another way: by functions that count and note for themselves."""

import ast
import copy
import inspect
import re
import textwrap
from functools import lru_cache

import numpy as np

from helpers.checking.calling.call import call
from helpers.learning.review.values import written
from helpers.show.widgets.choice_card import _shown as drawn

ASKED = re.compile(
    r"What is `(?P<name>\w+)` (?P<place>when|just before) the line `(?P<line>.*)` "
    r"(?:has run|runs)(?: for the (?P<time>\w+) time)?\?"
)
LISTED = re.compile(
    r"(?P<when>It ran when|Just before|After)(?: each run of that line,)? "
    r"`(?P<name>.*?)` was in turn `(?P<values>.*)`"
)
TIMES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def as_drawn(part):
    """What the widget draws of a part of a card; numbers are texts of four digits."""
    return drawn(part)


def as_choice(value):
    """How a value is drawn as a choice, whatever it is."""
    from helpers.learning.review.card import shown

    return drawn(shown(value))


def tree_of(function):
    """The statements of a function, as Python reads them, without decorators."""
    tree = ast.parse(text_of(function))
    node = tree.body[0]
    node.decorator_list = []
    return tree, node


@lru_cache(maxsize=8)
def text_of(function):
    """The text of a function, which takes long to cut out of its file."""
    return textwrap.dedent(inspect.getsource(function))


def statement_like(node, text):
    """The only statement of a function that says the same as a text."""
    (wanted,) = ast.parse(text).body
    alike = [part for part in ast.walk(node) if type(part) is type(wanted)]
    found = [part for part in alike if ast.unparse(part) == ast.unparse(wanted)]
    assert len(found) == 1, f"{len(found)} lines say {text!r}"
    return found[0]


def made(function, tree, **names):
    """The function that a changed tree defines."""
    ast.fix_missing_locations(tree)
    scope = {**function.__globals__, **names}
    exec(compile(tree, "<again>", "exec"), scope)
    return scope[tree.body[0].name]


class Inserting(ast.NodeTransformer):
    """Puts a call before or after one statement."""

    def __init__(self, statement, before=None, after=None):
        self.statement, self.before, self.after = statement, before, after

    def visit(self, node):
        """The statement with what is put around it."""
        node = super().visit(node)
        if node is not self.statement:
            return node
        around = [text and ast.parse(text).body[0] for text in (self.before, self.after)]
        return [part for part in (around[0], node, around[1]) if part]


def times_run(function, text, arguments):
    """How often a line runs, as counted by a line in front of it."""
    tree, node = tree_of(function)
    ticks = []
    tree = Inserting(statement_like(node, text), before="_tick_(1)").visit(tree)
    done = call(made(function, tree, _tick_=ticks.append), arguments, 5)
    assert done.finished, done.error
    return len(ticks)


def values_held(function, text, name, before, arguments):
    """What a variable holds each time before or after a line runs, as noted by a line next to it."""
    tree, node = tree_of(function)
    notes = []
    note = f"_note_({name})"
    place = {"before": note} if before else {"after": note}
    tree = Inserting(statement_like(node, text), **place).visit(tree)
    done = call(made(function, tree, _note_=lambda value: notes.append(copy.deepcopy(value))), arguments, 5)
    assert done.finished, done.error
    return notes


def with_lines_swapped(function, one, other, arguments):
    """What comes out when two statements change places."""
    tree, node = tree_of(function)
    first, second = statement_like(node, one), statement_like(node, other)
    for part in ast.walk(node):
        for block in ("body", "orelse"):
            statements = getattr(part, block, None)
            if isinstance(statements, list) and first in statements:
                i, j = statements.index(first), statements.index(second)
                statements[i], statements[j] = second, first
                return call(made(function, tree), arguments, 5)
    raise AssertionError("the lines are in no block")


def answer_again(function, card):
    """The answer to a card about a function's lines; as it is drawn."""
    asks = card.question[-1]
    arguments = card.case.arguments
    if found := ASKED.fullmatch(asks):
        before = found["place"] == "just before"
        values = values_held(function, found["line"], found["name"], before, arguments)
        assert found["time"] or len(values) == 1
        return as_choice(values[TIMES.index(found["time"]) if found["time"] else 0])
    if found := re.fullmatch(r"How often does the line `(.*)` run\?", asks):
        return as_choice(times_run(function, found[1], arguments))
    found = re.fullmatch(r"What would it return if `(.*)` and `(.*)` changed places\?", asks)
    done = with_lines_swapped(function, found[1], found[2], arguments)
    assert done.finished
    return as_choice(done.returned)


def reason_holds(function, card):
    """Whether a card's reason is what a note next to the line says; None if nothing is."""
    if not card.because:
        return None
    arguments, asks = card.case.arguments, card.question[-1]
    if found := LISTED.search(card.because):
        line = re.search(r"the line `(.*?)` (?:run\?|runs|has run)", asks)[1]
        notes = values_held(function, line, found["name"], found["when"] != "After", arguments)
        return is_list_of(found["values"], notes)
    if found := re.fullmatch(r"Just before that line ran, `(.*)`\.", card.because):
        line = re.search(r"the line `(.*?)` has run", asks)[1]
        pairs = re.findall(r"([\w.]+) = (.*?)(?=, [\w.]+ = |$)", found[1])
        names = ", ".join(name for name, _ in pairs)
        (noted,) = values_held(function, line, f"[{names}]", True, arguments)
        return [value for _, value in pairs] == list(map(written, noted))
    found = re.fullmatch(r"At the end `(\w+)` would be `(.*)`; as you wrote it, it is `(.*)`\.", card.because)
    _, node = tree_of(function)
    if sum(isinstance(part, ast.Return) for part in ast.walk(node)) > 1:
        return found[2] != found[3]
    last = ast.unparse(node.body[-1])
    return found[2] != found[3] == written(values_held(function, last, found[1], True, arguments)[-1])


def is_list_of(text, notes):
    """Whether a text lists these values in this order; where it has dots, the first and perhaps the last."""
    whole = ", ".join(map(written, notes))
    first, dots, last = text.partition(", ...")
    return text == whole if not dots else whole.startswith(first) and whole.endswith(last.removeprefix(", "))


def flat(value):
    """All that is drawn of a value, in one text."""
    if isinstance(value, np.ndarray):
        return f"{value.shape} {[drawn(number) for number in value.ravel()]}"
    if isinstance(value, tuple | list):
        return f"({', '.join(map(flat, value))})"
    return as_choice(value)
