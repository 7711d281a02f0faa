"""What lesson 15 asks."""

EXERCISES = ("best_setting", "design_network", "break_best_setting")
OPTIONAL = ("break_best_setting",)
