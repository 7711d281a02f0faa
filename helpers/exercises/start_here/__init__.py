"""What lesson 00 asks."""

EXERCISES = ("count_white",)
