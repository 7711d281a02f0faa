"""What lesson 15 asks."""

EXERCISES = ("best_setting", "break_best_setting", "design_network")
