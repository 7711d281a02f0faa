"""What lesson 04 asks."""

EXERCISES = ("conv2d", "to_nchw", "to_nhwc", "conv_parameters", "break_conv_parameters", "conv2d_windows")
OPTIONAL = ("conv2d_windows",)
