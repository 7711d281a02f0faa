"""What lesson 17 asks."""

EXERCISES = ("class_activation", "shuffle_columns", "break_class_activation")
