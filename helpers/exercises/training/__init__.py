"""What lesson 13 asks."""

EXERCISES = ("minibatches", "break_minibatches", "sgd_step", "train", "adam_step")
