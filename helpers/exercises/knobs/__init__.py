"""What lesson 15 asks."""

EXERCISES = ("best_setting", "design_network")
