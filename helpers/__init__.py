"""Everything that the lessons use: the checks, the reference mathematics, the pictures to look at.

A lesson starts with ``from helpers import check, data, reference, show, yours``.
"""

import sys
import warnings

from helpers.checking.check import check
from helpers.checking.hinting import hint
from helpers.checking.puzzling import puzzle
from helpers.checking.ways import other_ways
from helpers.learning.own.session import yours
from helpers.learning.predictions import came_out, predict
from helpers.learning.review import questions, review

__all__ = [
    "came_out",
    "check",
    "hint",
    "other_ways",
    "predict",
    "puzzle",
    "questions",
    "review",
    "yours",
]
__version__ = "1.0"

if sys.platform == "emscripten":  # in a browser there is one thread, which is nothing to be warned about
    warnings.filterwarnings("ignore", "tqdm:disabling monitor support|JsProxy.as_object_map", RuntimeWarning)
else:
    from threadpoolctl import threadpool_limits

    threadpool_limits(1, user_api="blas")  # our matrices are small: threads would mostly wait for one another
