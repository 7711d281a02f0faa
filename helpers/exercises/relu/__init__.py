"""What lesson 05 asks."""

EXERCISES = ("relu", "collapse_two_filters", "standardise")
