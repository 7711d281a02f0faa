"""The functions that a network calls: the learner's own where they have passed, else the course's."""

from collections.abc import Callable

from helpers import exercises, reference
from helpers.learning.own.kept import own
from helpers.learning.progress_table import table_row


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


class OwnFunctions:
    """What a network calls, for `reference.build_network`; shown as a table that says whose each function is.

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
            table_row(lesson, ", ".join(self._whose(lesson, name) for name in names))
            for lesson, names in self._by_lesson().items()
        )
        return (
            f"<div>{self._summary()}<table>{table_row('lesson', 'functions', tag='th')}{rows}</table></div>"
        )

    def _summary(self) -> str:
        total = len(vars(self.functions))
        missing = "" if len(self.own) == total else " For the others, the course's own are used."
        return f"{len(self.own)} of the network's {total} functions are yours.{missing}"

    def _whose(self, lesson: str, name: str) -> str:
        if name in self.own:
            return f"<code>{name}</code> <b>yours</b>"
        return f"<code>{name}</code> (<a href='../{lesson}/{lesson}.ipynb#cell-id={name}'>write it</a>)"

    def _by_lesson(self) -> dict[str, list[str]]:
        table: dict[str, list[str]] = {}
        for name, lesson in exercises.lessons().items():
            if name in vars(self.functions):
                table.setdefault(lesson, []).append(name)
        return table
