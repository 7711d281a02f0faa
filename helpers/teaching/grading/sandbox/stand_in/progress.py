"""No progress is kept when marks are given."""


def own(name):
    """None: what passed before is not there when marks are given."""
    return None


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return lambda *_, **__: None
