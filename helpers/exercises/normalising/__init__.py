"""What lesson 07 asks."""

EXERCISES = ("standardise", "initial_weights", "break_standardise")
