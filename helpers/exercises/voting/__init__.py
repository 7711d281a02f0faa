"""What lesson 09 asks."""

EXERCISES = ("flatten", "linear", "softmax", "break_softmax", "predict")
