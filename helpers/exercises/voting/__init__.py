"""What lesson 09 asks."""

EXERCISES = ("flatten", "linear", "softmax", "predict", "break_softmax")
OPTIONAL = ("break_softmax",)
