"""What lesson 12 asks."""

EXERCISES = ("max_pool2d_backward", "conv2d_backward")
