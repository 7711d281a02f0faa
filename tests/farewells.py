"""What kernels say while they end, which is nobody's mistake.

A kernel that is told to end may write to a socket that another of its threads has just closed. It ends all
the same, and its traceback appears in the terminal in which it was started.
"""

import re

_FAREWELL = re.compile(
    r"^ERROR:tornado\.general:.*\nTraceback .*\n(?: .*\n)+zmq\.error\.ZMQError: Socket operation on .*\n",
    re.MULTILINE,
)


def without_farewells(said):
    """What was said, without such tracebacks."""
    return _FAREWELL.sub("", said)
