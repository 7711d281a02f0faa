"""What learners' code finds in place of the course's package during grading."""

from helpers import data, progress, reference, show

__all__ = ["check", "data", "hint", "progress", "reference", "show", "yours"]


def check(name, function=None):
    """Nothing: the check comes from outside during grading."""
    print(f"`{name}` is checked from outside during grading.")


def hint(name):
    """Nothing: hints are for learning."""
    print(f"There are no hints for `{name}` during grading.")


def yours(name, function):
    """The learner's own function: the course's is not there."""
    return function
