"""What lesson 14 asks."""

EXERCISES = ("dropout", "confusion_matrix", "break_confusion_matrix")
