"""What lesson 10 asks."""

EXERCISES = ("minibatches", "sgd_step", "train", "adam_step")
