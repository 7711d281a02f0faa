"""Every sentence and panel of the help around a check: hints, puzzles, other right ways."""

from collections.abc import Sequence

from helpers.checking.panel import Listing, Panel
from helpers.exercises.model import Exercise
from helpers.learning.arrangements import typed
from helpers.learning.other_ways import Way
from helpers.show.widgets.placed_lines import as_given

# -- hints ---------------------------------------------------------------------------------------------------

WHAT_WAS_TRIED = "What have you tried so far? One sentence is enough, and nobody marks it."


def hints_so_far(exercise: Exercise, count: int, below: str, trouble: str = "") -> Panel:
    """The panel of the first `count` hints, and below them what comes next."""
    hints = [
        f"Hint {number} of {len(exercise.hints)}: {text}"
        for number, text in enumerate(exercise.hints[:count], start=1)
    ]
    title = "a hint" if count == 1 else "hints"
    return Panel("calm", f"{exercise.name}: {title}", tuple(filter(None, (*hints, below, trouble))))


def hints_seen(exercise: Exercise, count: int) -> str:
    """The line behind which hints that were seen are folded."""
    return f"Hints that you have seen: {count} of {len(exercise.hints)}"


def folded(line: str, page: str) -> str:
    """HTML that stands behind a line until that is opened."""
    return f"<details><summary>{line}</summary>{page}</details>"


def next_hint(exercise: Exercise) -> str:
    """How to see the next hint, below those seen so far."""
    return f'For the next one, run `hint("{exercise.name}")` again.'


def offered_hint(exercise: Exercise, seen: int) -> str:
    """Where the next hint is after a failed check."""
    count = len(exercise.hints)
    shows = "all hints again" if seen == count else f"hint {seen + 1} of {count}"
    return f'Stuck? `hint("{exercise.name}")` shows {shows}.'


def ask_what_was_tried(exercise: Exercise) -> str:
    """What to ask before the last hint where the answer has to be typed as code."""
    name = exercise.name
    return (
        f"Before the last hint: {WHAT_WAS_TRIED[0].lower()}{WHAT_WAS_TRIED[1:]} "
        f'Run `hint("{name}", "I tried ...")` with your own words, or `hint("{name}")` without any.'
    )


def puzzle_next(exercise: Exercise) -> str:
    """What comes after the last hint."""
    return (
        f'That was the last hint. If you are still stuck, run `puzzle("{exercise.name}")`: '
        "it gives you the lines of a solution, in disorder."
    )


# -- the puzzle ---------------------------------------------------------------------------------------------

PUZZLE = (
    "These are the lines of a correct function, in disorder and without their indentation. At least one of "
    "them does not belong there. More than one order may be right."
)
PUZZLES_ARE_OFF = "Puzzles are not open yet in this class."
ORDER_IS_TEXT = 'The order goes in quotes: puzzle("match", "3 1 >2").'


def no_puzzle(exercise: Exercise) -> str:
    """What to say where there are no lines to put in order."""
    if exercise.breaks is None:
        return (
            f"Your copy of the lesson asks for its own `{exercise.name}`, so there are no lines to order. "
            f'Its hints, `hint("{exercise.name}")`, help you further.'
        )
    return (
        f"`{exercise.name}` asks for an input, so there are no lines to order. "
        f'Its hints, `hint("{exercise.name}")`, say how to search for one.'
    )


def puzzle_lines(
    exercise: Exercise, header: str, lines: Sequence[str], rows: Sequence[Sequence], trouble: str = ""
) -> Panel:
    """The panel of a puzzle whose lines are put in order by their numbers; `rows` says how they were left."""
    used = [_numbered(number, depth, lines) for number, depth, used in rows if used]
    out = [_numbered(number, 0, lines) for number, _, used in rows if not used]
    listing = "\n".join([header, *used, *(["left out:", *out] if out else [])])
    name, order = exercise.name, typed(rows)
    were_moved = order != typed(as_given(len(lines)))
    left = f'This is how you left them: `puzzle("{name}", "{order}")`.' if were_moved else ""
    how = (
        f'Type the numbers from top to bottom, with one > for each level of indentation: `puzzle("{name}", '
        '"2 >1 >>3")` is line 2, below it line 1 one level deeper, and line 3 two levels deeper.'
    )
    paragraphs = (PUZZLE, left, [Listing(listing)], how, trouble)
    return Panel("calm", f"{name}: a puzzle", tuple(filter(None, paragraphs)))


def _numbered(number: int, depth: int, lines: Sequence[str]) -> str:
    """A line of a puzzle behind its number."""
    parts = lines[number - 1].splitlines()
    return "\n".join(
        f"{number if not row else '':>3}  {'    ' * depth}{part}" for row, part in enumerate(parts)
    )


def puzzle_solved(exercise: Exercise, faded: str, trouble: str = "") -> Panel:
    """The panel for a right order: what to do with it, and its lines as comments to complete."""
    name = exercise.name
    on = (
        "This order passes all cases. Now write the function into its cell yourself; or copy these comments "
        f'and complete them. `check("{name}", {name})` stays the check.'
    )
    paragraphs = (on, [Listing(faded)], trouble)
    return Panel("good", f"{name}: puzzle solved", tuple(filter(None, paragraphs)))


def puzzle_not_solved(
    exercise: Exercise, stays: int, line: tuple[int, str] | None, trouble: str = ""
) -> Panel:
    """The panel for another order: how many lines can stay, and the first that cannot, if there is one."""
    can = "Nothing is wrong so far" if line is None else ""
    if line and stays:
        can = "Your first line can stay" if stays == 1 else f"Your first {stays} lines can stay"
    if line is None:
        said = f"{can}: every line can stay where it is. But something is still missing."
    else:
        number, text = line
        first = text.splitlines()[0]
        before = f"{can}. " if can else ""
        said = (
            f"{before}Line {number} cannot stay where it is: `{first}`. Is it in the right place? Is it "
            "indented as it should be? Or is the line itself wrong?"
        )
    return Panel("wrong", f"{exercise.name}: not solved yet", tuple(filter(None, (said, trouble))))


# -- other right ways ---------------------------------------------------------------------------------------

WAYS_ARE_OFF = "Other ways to write it are not open yet in this class."
UNFOLD_WAYS = "Other right ways to write it"


def pass_first(exercise: Exercise) -> str:
    """What to say before the learner's own function has passed."""
    return f"Other ways to write `{exercise.name}` are shown once yours has passed its check."


def no_ways(exercise: Exercise) -> str:
    """What to say where an input is asked for."""
    return f"`{exercise.name}` asks for an input: there are many, and none is shown here."


def ways_offered(exercise: Exercise) -> str:
    """The line that shows other ways."""
    return f'Other right ways to write it: `from helpers import other_ways; other_ways("{exercise.name}")`.'


def other_ways(exercise: Exercise, ways: Sequence[Way], speeds: Sequence[str], measured_on: str) -> Panel:
    """The panel of other right ways: the code of each, what it is good for, and how fast it is."""
    paragraphs: list[str | list[Listing]] = []
    for way, speed in zip(ways, speeds, strict=True):
        fast = f" Here: {speed}." if speed else ""
        paragraphs += [f"{way.name.capitalize()}. {way.good_for}{fast}", [Listing(way.code.rstrip())]]
    if not ways:
        paragraphs = ["There is no other way in our collection that differs much from yours."]
    if measured_on:
        paragraphs.append(f"Times were measured just now, with {measured_on}. They differ from run to run.")
    return Panel("good", f"{exercise.name}: other right ways", tuple(paragraphs))
