"""No progress is kept during grading."""


def own(name):
    """None: what passed before is not there during grading."""
    return None


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return lambda *_, **__: None
