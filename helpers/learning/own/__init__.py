"""Learners' functions as scripts: text that defines one anew, in a later lesson or another kernel."""

from helpers.learning.own.literals import Unkeepable
from helpers.learning.own.script import LARGEST, script_of
from helpers.learning.own.sources import names_in

__all__ = ["LARGEST", "Unkeepable", "names_in", "script_of"]
