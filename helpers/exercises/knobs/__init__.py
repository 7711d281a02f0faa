"""What lesson 11 asks."""

EXERCISES = ("best_setting", "design_network")
