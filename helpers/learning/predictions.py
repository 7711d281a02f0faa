"""predict and came_out: a guess is kept before a cell runs, and is shown next to what came out.

What a lesson asks and what it finds out are two calls. The first keeps a guess, and says nothing about it.
The second gets the value that the lesson's own code has computed: no key is typed in, and none is in sight.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from IPython.display import display

from helpers.learning import progress_file
from helpers.learning.errors import Unusable
from helpers.learning.foreseen import Question, is_number, written
from helpers.learning.foreseen import question as question_of
from helpers.learning.quiet import Line
from helpers.learning.surroundings import grading
from helpers.learning.switches import is_on

if TYPE_CHECKING:
    from helpers.show.widgets import ChoiceCard

KIND = "guess"
NOT_FORESEEN = "which is none of the choices"  # what the builder looks for in a lesson's outputs
SURE = {1: "a guess", 2: "fairly sure", 3: "sure"}
_TOO_LATE = "What came out has been shown already, so this guess is not kept."

_asked: dict[str, Question] = {}  # in this kernel
_shown: set[str] = set()  # whose outcome was shown in this kernel
_unwritten: list[dict] = []  # events that no file could take


def predict(
    name: str, question: Any = None, choices: Any = None, *, within: float = 0, sure: int = 1
) -> None:
    """Ask for a guess; or take one that is typed: ``predict("pool_shape", (4, 4), sure=2)``.

    Nothing waits for an answer, and nothing says whether it is right: the cell that finds out does.

    Parameters
    ----------
    name : str
        What the prediction is called.
    question : str
        The question; in a call without choices, the guess.
    choices : list, dict, int or float, optional
        From two to five values; or words with the values that they mean; or `int` or `float` for a number.
    within : float
        How far from what comes out a number may be to count as right.
    sure : int
        Of a guess that is typed: 1 is a guess, 2 fairly sure, 3 sure.
    """
    if not isinstance(name, str):
        raise Unusable(
            'predict asks for a guess and begins with its name: predict("pool_shape", ...). '
            "If you mean a function of your own, run the cell that defines it."
        )
    if choices is None:
        _take_typed(name, question, sure)
        return
    asked = _asked[name] = question_of(name, question, choices, within)
    if _is_off():
        print(asked.words)
    else:
        display(_card(asked))


def came_out(name: str, value: Any, surprise: str = "") -> None:
    """Show what came out, next to what was guessed.

    Parameters
    ----------
    name : str
        The prediction, as in `predict`.
    value
        What came out, as it was computed: a number, a shape, a word.
    surprise : str
        Where to look if it is a surprise. One can read it before the cell has run, so it must not give the
        value away.
    """
    asked = _asked.get(name)
    said = f"What came out: {asked.written(value) if asked else written(value)}"
    if asked and not asked.allows(value):
        line = f"{said}, {NOT_FORESEEN}."
    else:
        line = (not _is_off() and asked and _beside(asked, value, surprise)) or f"{said}."
    _shown.add(name)
    display(Line(line))


# -- the guess ----------------------------------------------------------------------------------------------


def _card(asked: Question) -> "ChoiceCard":
    """The question as a card; one that was settled before shows the guess, and cannot be answered again."""
    from helpers.show.widgets import ChoiceCard  # which takes long to import

    if settled := _settled(asked):
        card = ChoiceCard(asked.words, asked.labels, said=_settled_words(settled), sure=True)
        guess = settled["guess"]
        answer = {"number": guess} if asked.is_of_number else {"choice": asked.labels.index(guess)}
        card.answer = {**answer, "sure": settled["sure"]}
        return card
    guessed = _guessed(asked)

    def keep(value: float, sure: int) -> str:
        return _keep(asked, value if asked.is_of_number else asked.labels[int(value)], sure)

    said = f"So far: {_kept_words(guessed)}." if guessed else ""
    return ChoiceCard(asked.words, asked.labels, keep, sure=True, said=said, typed=_how_to_type(asked))


def _how_to_type(asked: Question) -> str:
    line = f'predict("{asked.name}", {asked.example}, sure=2)'
    return (
        f"To type a guess, run a line such as `{line}`; `sure` is 1 (a guess), 2 (fairly sure) or 3 (sure)."
    )


def _take_typed(name: str, guess: Any, sure: int) -> None:
    """Keep a guess that was typed; what cannot be one is told so."""
    asked = _asked.get(name)
    if asked is None:
        said = f'Run the cell first that asks: it begins with `predict("{name}", ...`.'
    elif _is_off():
        return
    elif settled := _settled(asked):
        said = _settled_words(settled)
    else:
        fitting = guess if asked.is_of_number else asked.label(guess) or str(guess)
        said = _keep(asked, fitting, sure) if asked.is_guess(fitting) else _no_guess(asked, guess)
    display(Line(said))


def _no_guess(asked: Question, guess: Any) -> str:
    if asked.is_of_number:
        return f"A guess is a number here, not {written(guess)}."
    return f"Choose one of these: {'; '.join(asked.labels)}."


def _keep(asked: Question, guess: str | float, sure: int) -> str:
    """Note a guess, and say so."""
    if asked.name in _shown:
        return _TOO_LATE
    noted = guess if isinstance(guess, str) else _whole(float(guess))
    event = {"kind": KIND, "name": asked.name, "guess": noted, "sure": sure if sure in SURE else 1}
    trouble = _note(event)
    return f"Kept: {_kept_words(event)}. To change it, run this cell again. {trouble}".rstrip()


def _whole(number: float) -> float:
    return int(number) if number.is_integer() else number


def _kept_words(event: Mapping) -> str:
    return f"{written(event['guess'])}, {SURE[event['sure']]}"


def _settled_words(event: Mapping) -> str:
    return f"You said {_kept_words(event)}; what came out was {event['came_out']}."


# -- what came out, next to the guess -----------------------------------------------------------------------


def _beside(asked: Question, value: Any, surprise: str) -> str:
    """The sentence on a guess and what came out; empty if nothing was guessed. What came first is kept."""
    settled = _settled(asked)
    guessed = settled or _guessed(asked)
    if not guessed:
        return ""
    guess, sure, out = guessed["guess"], guessed["sure"], asked.written(value)
    right, trouble = asked.is_right(guess, value), ""
    if not settled:
        choices = {"choices": list(asked.labels)} if asked.labels else {}
        found = {"question": asked.words, **choices, "came_out": out, "right": right}
        trouble = _note({"kind": KIND, "name": asked.name, "guess": guess, "sure": sure, **found})
    said = sentence(written(guess), sure, out, right)
    return " ".join(filter(None, (said, "" if right else surprise, trouble)))


def sentence(guess: str, sure: int, out: str, right: bool) -> str:
    """What a guess and what came out have to say to each other.

    >>> sentence("(4, 4)", 3, "(3, 3)", False)
    'You were sure of (4, 4), but what came out is (3, 3): a surprise worth a second look.'
    >>> sentence("22", 2, "20", True)
    'You said 22, fairly sure; what came out is 20, which is close enough.'
    >>> sentence("it rises", 3, "it rises", True)
    'You were sure of "it rises", and that is what came out.'
    """
    guess, out = _in_quotes(guess), _in_quotes(out)
    begin = {1: f"You guessed {guess}", 2: f"You said {guess}, fairly sure", 3: f"You were sure of {guess}"}[
        sure
    ]
    if right and guess != out:
        return f"{begin}; what came out is {out}, which is close enough."
    if right:
        return f"{begin}, and that is what came out." + " Can you say why?" * (sure == 1)
    if sure == 3:
        return f"{begin}, but what came out is {out}: a surprise worth a second look."
    return f"{begin}; what came out is {out}."


def _in_quotes(said: str) -> str:
    """A guess in words as a quotation; numbers and shapes as they are."""
    return f'"{said}"' if any(letter.isalpha() for letter in said) else said


# -- what is kept -------------------------------------------------------------------------------------------


def _is_off() -> bool:
    return grading() or not is_on("predictions")


def _note(event: dict) -> str:
    """Keep an event; where no file takes it, in this kernel, with a sentence that says so."""
    trouble = progress_file.try_to(progress_file.note, event)
    if trouble:
        _unwritten.append(event)
    return trouble


def _settled(asked: Question) -> dict | None:
    """The guess that was first set next to what came out; None if none was."""
    return next((event for event in _events_of(asked) if "came_out" in event), None)


def _guessed(asked: Question) -> dict | None:
    """The last guess; None if there is none."""
    return next((event for event in reversed(_events_of(asked)) if "came_out" not in event), None)


def _events_of(asked: Question) -> list[dict]:
    """What was kept of this question as it is asked now, oldest first."""
    events = [*progress_file.events_of_kind(KIND), *_unwritten]
    return [event for event in events if event.get("name") == asked.name and is_event(event, asked)]


def is_event(event: Mapping, asked: Question | None = None) -> bool:
    """Whether an event is sound, as lines of a file that anybody can edit need not be."""
    guess, sure = event.get("guess"), event.get("sure")
    if not (isinstance(sure, int) and sure in SURE and (isinstance(guess, str) or is_number(guess))):
        return False
    return asked is None or asked.is_guess(guess)
