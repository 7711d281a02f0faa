"""Learners' functions as scripts: text that defines one anew, in a later lesson or another kernel."""

from helpers.keeping.literals import Unkeepable
from helpers.keeping.script import LARGEST, script_of
from helpers.keeping.sources import names_in

__all__ = ["LARGEST", "Unkeepable", "names_in", "script_of"]
