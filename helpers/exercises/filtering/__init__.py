"""What lesson 02 asks."""

EXERCISES = ("match", "filter_image", "best_match", "break_best_match", "filter_bank")
