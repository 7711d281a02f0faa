"""A question with choices, or with a number to type, and how sure one is: a guess, a card to review."""

import html
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import traitlets

from helpers.show.widgets.base import Widget

SURE = ("a guess", "fairly sure", "sure")  # what 1, 2 and 3 mean
MOST_CHOICES = 5
_MOST_CELLS = 12  # rows or columns of an array that is drawn
_TABLE = "border-collapse: collapse; display: inline-table; margin: 2px 12px 2px 0"
_LINES = " style='white-space: pre-wrap'"
_CELL = "border: 1px solid #8c8c8c; padding: 0 6px; text-align: right; font-family: monospace"


class ChoiceCard(Widget):
    """A question, and up to five choices or a field for a number; answered once, by mouse or by keys.

    Parameters
    ----------
    question : str, ndarray, or a list of these
        `Backticks` enclose code; an array of at most two dimensions is drawn as a grid.
    choices : sequence of str or ndarray
        From two to five; if there are none, a number is asked for.
    on_answer : callable, optional
        Called once, with the answer: the index of a choice or a number, and how sure one is from 1 to 3, or 0
        where that is not asked. What it returns, if anything, is the sentence that is shown from then on.
    sure : bool
        Whether to ask how sure one is.
    said : str
        What is below the question at the start.
    typed : str
        How to answer where widgets do not run, as a sentence.
    onward : tuple of (str, callable), optional
        A button that appears once the question has been answered, and what it does.
    folded : tuple of (str, callable), optional
        A button that stands alone at first, and what it does, which is to ask, or to say why not.
    heading : str
        What the question is about, in a few words above it.

    Attributes
    ----------
    answer : dict
        Empty, or ``{"choice": 2, "sure": 3}``, or ``{"number": 7.0, "sure": 0}``.
    said : str
        The sentence below the choices; `backticks` enclose code.
    right : int
        The choice that is marked as the right one; -1 if none is, as long as nothing has come out.
    """

    heading = traitlets.Unicode("").tag(sync=True)
    question = traitlets.List(read_only=True).tag(sync=True)
    choices = traitlets.List(read_only=True).tag(sync=True)
    sure = traitlets.List(read_only=True).tag(sync=True)  # the words for it, if it is asked
    answer = traitlets.Dict({}).tag(sync=True)
    said = traitlets.Unicode("").tag(sync=True)
    right = traitlets.Int(-1).tag(sync=True)
    onward = traitlets.Unicode("").tag(sync=True)
    folded = traitlets.Unicode("").tag(sync=True)  # the button that stands alone, as long as nothing is asked
    unfolded = traitlets.Int(0).tag(sync=True)  # how often it was pressed
    turn = traitlets.Int(0, read_only=True).tag(sync=True)  # how many questions were asked before
    pressed = traitlets.Int(0).tag(sync=True)  # how often the button that leads onward was

    def __init__(self, *asked: Any, folded: tuple[str, Callable[[], None]] | None = None, **more: Any):
        """Ask the question, with all parameters of `ask`."""
        super().__init__()
        self.ask(*asked, **more)
        self._on_unfold = folded and folded[1]
        self.folded = folded[0] if folded else ""

    def ask(
        self,
        question: Any,
        choices: Sequence = (),
        on_answer: Callable[[float, int], str | None] | None = None,
        *,
        sure: bool = False,
        said: str = "",
        typed: str = "",
        onward: tuple[str, Callable[[], None]] | None = None,
        heading: str = "",
    ) -> None:
        """Ask another question in the same place; the parameters are those of the class."""
        if choices and not 2 <= len(choices) <= MOST_CHOICES:
            raise ValueError(f"a card has from 2 to {MOST_CHOICES} choices, not {len(choices)}")
        self._on_answer, self._on_press, self._typed = on_answer, onward and onward[1], typed
        parts = question if isinstance(question, list) else [question]
        with self.hold_sync():
            self.answer, self.said, self.right, self.heading = {}, said, -1, heading
            self.set_trait("question", [_shown(part) for part in parts])
            self.set_trait("choices", [_shown(choice) for choice in choices])
            self.set_trait("sure", list(SURE) if sure else [])
            self.onward = onward[0] if onward else ""
            self.folded = ""
            self.set_trait("turn", self.turn + 1)

    @traitlets.validate("answer")
    def _is_an_answer(self, proposal):
        answer = proposal["value"]
        if answer:
            sure = answer.get("sure", 0)
            if sure not in (range(1, len(SURE) + 1) if self.sure else (0,)):
                raise ValueError(f"how sure one is goes from 1 to {len(SURE)}, not to {sure!r}")
            value = answer.get("choice" if self.choices else "number")
            if self.choices and value not in range(len(self.choices)):
                raise ValueError(f"the choices are numbered from 0 to {len(self.choices) - 1}, not {value!r}")
            if not isinstance(value, int | float) or not np.isfinite(value):
                raise ValueError(f"the answer must be a number, not {value!r}")
        return answer

    @traitlets.observe("answer")
    def _tell(self, change):
        """Hand the answer over, the first time that there is one."""
        answer, tell = change["new"], self._on_answer
        if answer and tell is not None:
            self._on_answer = None
            said = tell(answer["choice"] if self.choices else answer["number"], answer.get("sure", 0))
            if isinstance(said, str):
                self.said = said

    @traitlets.observe("unfolded")
    def _unfold(self, _):
        if self.unfolded and self._on_unfold is not None:
            unfold, self._on_unfold = self._on_unfold, None
            unfold()

    @traitlets.observe("pressed")
    def _go_on(self, _):
        if self.pressed and self._on_press is not None:
            self._on_press()

    def __repr__(self):
        """The question as text, and how to answer it by typing."""
        lines = [self.heading, *(_text(part) for part in self.question)]
        lines += [f"  {number}  {_text(choice)}" for number, choice in enumerate(self.choices, 1)]
        return "\n".join(filter(None, [*lines, self.said, self._typed]))

    def _repr_mimebundle_(self, **kwargs):
        """The widget's view, and the question for pages on which nothing runs."""
        data, metadata = super(Widget, self)._repr_mimebundle_(**kwargs)
        return {**data, "text/html": self._html(), "text/plain": repr(self)}, metadata

    def _html(self) -> str:
        lines = [f"<h4>{_code(self.heading)}</h4>"] if self.heading else []
        lines += [f"<div>{_html(part)}</div>" for part in self.question]
        if self.choices:
            lines.append("<ol>" + "".join(f"<li>{_html(choice)}</li>" for choice in self.choices) + "</ol>")
        lines += [f"<div>{_code(self.said)}</div>"] if self.said else []
        lines += [f"<div class='course-typed'>{_code(self._typed)}</div>"] if self._typed else []
        return f"<div class='course-choices'>{''.join(lines)}</div>"


def _shown(part: Any) -> str | list[list[str]]:
    """A part of a question as it travels: a text as it is, an array as rows of written numbers."""
    if not isinstance(part, np.ndarray):
        return str(part)
    rows = np.atleast_2d(part)
    if rows.ndim != 2 or max(rows.shape) > _MOST_CELLS:
        raise ValueError(f"a card draws at most {_MOST_CELLS} rows and columns, not {part.shape}")
    return [[_short(number) for number in row] for row in rows]


def _short(number: Any) -> str:
    text = str(number) if isinstance(number, bool | np.bool_ | str) else f"{number:.4g}"
    return "0" if text == "-0" else text


def _text(part: str | list[list[str]]) -> str:
    """A part as text: an array in a line, as a list is written."""
    if isinstance(part, str):
        return part
    rows = [f"[{', '.join(row)}]" for row in part]
    return rows[0] if len(rows) == 1 else f"[{', '.join(rows)}]"


def _html(part: str | list[list[str]]) -> str:
    if isinstance(part, str):
        return _code(part)
    rows = ("".join(f"<td style='{_CELL}'>{html.escape(number)}</td>" for number in row) for row in part)
    return f"<table style='{_TABLE}'>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


def _code(text: str) -> str:
    """HTML of a sentence in which `backticks` enclose code."""
    pieces = html.escape(text, quote=False).split("`")
    if len(pieces) % 2 == 0:
        return "`".join(pieces)
    styles = [_LINES if "\n" in piece else "" for piece in pieces]
    coded = [f"<code{style}>{piece}</code>" for style, piece in zip(styles, pieces, strict=True)]
    return "".join(coded[i] if i % 2 else piece for i, piece in enumerate(pieces))
