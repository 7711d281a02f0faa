"""How a learner's function is called during grading."""

from collections.abc import Callable


def keeping(function: Callable, kept: list) -> Callable:
    """The function itself; `kept` becomes the arguments of its last call, as the call has left them."""

    def called(*arguments: object) -> object:
        kept[:] = arguments
        return function(*arguments)

    return called
