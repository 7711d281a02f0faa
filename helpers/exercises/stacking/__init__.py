"""What lesson 08 asks."""

EXERCISES = ("receptive_field", "break_receptive_field", "parse_pattern", "layer_shapes", "parameter_table")
OPTIONAL = ("parse_pattern",)
