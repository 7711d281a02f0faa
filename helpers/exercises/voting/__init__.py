"""What lesson 09 asks."""

EXERCISES = ("flatten", "linear", "softmax", "predict")
