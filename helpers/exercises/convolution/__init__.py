"""What lesson 03 asks."""

EXERCISES = ("output_size", "convolve_image", "flip_kernel", "break_output_size")
OPTIONAL = ("break_output_size",)
