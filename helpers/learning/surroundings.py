"""Where learners' code runs: during grading nothing is kept, and outside notebooks there are no widgets."""

import os
import sys

from IPython import get_ipython


def grading() -> bool:
    """Whether nbgrader is executing the notebook to give marks."""
    return os.environ.get("NBGRADER_EXECUTION") == "autograde"


def by_nbgrader() -> bool:
    """Whether nbgrader is executing the notebook, to give marks or to validate it."""
    return bool(os.environ.get("NBGRADER_EXECUTION"))


def widgets_run() -> bool:
    """Whether a widget can be shown: in a notebook's kernel, and not during grading."""
    if grading():
        return False
    return sys.platform == "emscripten" or hasattr(get_ipython(), "kernel")
