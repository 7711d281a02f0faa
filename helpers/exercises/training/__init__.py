"""What lesson 13 asks."""

EXERCISES = ("minibatches", "sgd_step", "train", "adam_step", "break_minibatches")
OPTIONAL = ("break_minibatches",)
