"""What lesson 02 asks."""

EXERCISES = ("match", "filter_image")
