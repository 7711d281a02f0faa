"""What lesson 06 asks."""

EXERCISES = ("relu", "collapse_two_filters", "break_relu")
