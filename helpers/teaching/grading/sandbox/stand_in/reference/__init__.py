"""The mathematics of earlier lessons; what this lesson asks for is not here during grading."""


class NotHere(Exception):  # noqa: N818 - read by learners
    """An answer was asked for."""


def __getattr__(name: str) -> object:
    if name.startswith("__"):
        raise AttributeError(name)
    raise NotHere(
        f"`reference.{name}` is not there during grading: it answers an exercise of this lesson "
        "or of a later one. Call your own function instead. Cells that only show something do not need it."
    )
