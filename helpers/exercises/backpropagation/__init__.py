"""What lesson 12 asks."""

EXERCISES = ("max_pool2d_backward", "break_max_pool2d_backward", "conv2d_backward")
