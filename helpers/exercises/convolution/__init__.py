"""What lesson 03 asks."""

EXERCISES = ("output_size", "break_output_size", "convolve_image", "flip_kernel")
