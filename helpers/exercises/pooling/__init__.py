"""What lesson 05 asks."""

EXERCISES = ("max_pool_map", "pooled_size", "max_pool2d", "break_max_pool2d", "avg_pool2d")
