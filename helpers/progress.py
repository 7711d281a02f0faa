"""What lessons call `progress`: the table of what has passed, and one's own earlier functions."""

from helpers.learning.progress_file import own, own_functions, show

__all__ = ["own", "own_functions", "show"]
