"""What lesson 17 asks."""

EXERCISES = ("class_activation", "break_class_activation", "shuffle_columns")
