"""What lessons call `progress`: the table of what has passed, and one's own earlier functions."""

from helpers.learning.own.kept import own
from helpers.learning.own.network import own_functions
from helpers.learning.progress_table import show
from helpers.learning.tries import tries

__all__ = ["own", "own_functions", "show", "tries"]
