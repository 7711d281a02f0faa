"""The mathematics of earlier lessons; what this lesson asks for is not here when marks are given."""


class NotHere(Exception):
    """An answer was asked for."""


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    raise NotHere(
        f"`reference.{name}` is not there when marks are given: it answers an exercise of this lesson or of a "
        "later one, or is built on such an answer. Use your own function. Cells that only show something need it not."
    )


