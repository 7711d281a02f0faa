"""No progress is kept when marks are given."""

from collections.abc import Callable


def own(name: str) -> None:
    """None: what passed before is not there when marks are given."""
    return None


def __getattr__(name: str) -> Callable[..., None]:
    if name.startswith("__"):
        raise AttributeError(name)
    return lambda *_, **__: None
