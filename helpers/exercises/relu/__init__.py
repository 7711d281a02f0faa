"""What lesson 06 asks."""

EXERCISES = ("relu", "break_relu", "collapse_two_filters")
