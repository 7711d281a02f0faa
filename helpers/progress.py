"""What lessons call `progress`: the page of progress, the same as CSV, and one's own earlier functions."""

from helpers.learning.export import export
from helpers.learning.own.kept import own
from helpers.learning.own.network import own_functions
from helpers.learning.progress_table import show
from helpers.learning.review import review
from helpers.learning.tries import tries

__all__ = ["export", "own", "own_functions", "review", "show", "tries"]
