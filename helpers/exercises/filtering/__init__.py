"""What lesson 02 asks."""

EXERCISES = ("match", "filter_image", "best_match", "filter_bank", "break_best_match")
OPTIONAL = ("break_best_match",)
