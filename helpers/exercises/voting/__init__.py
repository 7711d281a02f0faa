"""What lesson 07 asks."""

EXERCISES = ("flatten", "linear", "softmax", "predict")
