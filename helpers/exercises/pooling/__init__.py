"""What lesson 04 asks."""

EXERCISES = ("max_pool_map",)
