"""No suspects are there during grading: what is asked for is an input, not the search for one."""

from collections.abc import Callable


def __getattr__(name: str) -> Callable:
    if name.startswith("__"):
        raise AttributeError(name)

    def missing(*_: object, **__: object) -> None:
        raise RuntimeError(
            f"suspects.{name} is not there during grading: return the input that you found, written out"
        )

    return missing
