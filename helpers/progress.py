"""What lessons call `progress`: the table of what has passed, and one's own earlier functions."""

from helpers.learning.own.kept import own
from helpers.learning.own.network import own_functions
from helpers.learning.progress_table import show

__all__ = ["own", "own_functions", "show"]
