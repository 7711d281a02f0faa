"""What lesson 03 asks."""

EXERCISES = (
    "output_size",
    "convolve_image",
    "conv2d",
    "to_nchw",
    "to_nhwc",
    "conv_parameters",
    "flip_kernel",
    "conv2d_windows",
)
OPTIONAL = ("conv2d_windows",)
