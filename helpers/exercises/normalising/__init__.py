"""What lesson 07 asks."""

EXERCISES = ("standardise", "break_standardise", "initial_weights")
