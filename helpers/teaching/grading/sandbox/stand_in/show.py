"""No pictures are drawn when marks are given."""


class Nothing:
    """What stands for a picture or a widget."""

    def __init__(self, *_, **__):
        pass

    def __call__(self, *_, **__):
        """Draw nothing."""
        return self

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        return self

    def __repr__(self):
        return "(no picture when marks are given)"


widgets = Nothing()


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return Nothing()
