"""No progress is kept during grading."""

from collections.abc import Callable


def own(name: str) -> None:
    """None: what passed before is not there during grading."""
    return None


def __getattr__(name: str) -> Callable[..., None]:
    if name.startswith("__"):
        raise AttributeError(name)
    return lambda *_, **__: None
