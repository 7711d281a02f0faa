"""How a learner's function is called during grading."""


def keeping(function, kept):
    """The function itself; `kept` becomes the arguments of its last call, as the call has left them."""

    def called(*arguments):
        kept[:] = arguments
        return function(*arguments)

    return called
