"""Trying a learner's function: calls, the verdict, the diagnosis, and what is said about it."""

from helpers.checking.check import check
from helpers.checking.diagnosis.explaining import explain
from helpers.checking.hinting import hint
from helpers.learning.errors import NotPassed, NotStarted, Unusable
from helpers.learning.own.session import yours  # scripts in progress files import it from here

__all__ = ["NotPassed", "NotStarted", "Unusable", "check", "explain", "hint", "yours"]
