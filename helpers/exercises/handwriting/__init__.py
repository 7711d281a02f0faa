"""What lesson 14 asks."""

EXERCISES = ("dropout", "confusion_matrix")
