"""What lesson 08 asks."""

EXERCISES = ("cross_entropy", "numerical_gradient", "gradient_step")
