"""What lesson 12 asks."""

EXERCISES = (
    "gradient_check",
    "cross_entropy_backward",
    "linear_backward",
    "relu_backward",
    "max_pool2d_backward",
    "conv2d_backward",
)
