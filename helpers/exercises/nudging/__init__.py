"""What lesson 10 asks."""

EXERCISES = ("cross_entropy", "numerical_gradient", "gradient_step", "break_cross_entropy")
