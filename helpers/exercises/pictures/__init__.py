"""What lesson 01 asks."""

EXERCISES = ("agreement", "nearest_template")
