"""Trying a learner's function: calls, the verdict, the diagnosis, and what is said of it."""

from helpers.checking.check import NotPassed, NotStarted, Unusable, check, hint, yours
from helpers.checking.diagnosis.telling import explain

__all__ = ["NotPassed", "NotStarted", "Unusable", "check", "explain", "hint", "yours"]
