"""What lesson 10 asks."""

EXERCISES = ("cross_entropy", "break_cross_entropy", "numerical_gradient", "gradient_step")
