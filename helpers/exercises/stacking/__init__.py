"""What lesson 08 asks."""

EXERCISES = ("receptive_field", "parse_pattern", "layer_shapes", "parameter_table", "break_receptive_field")
OPTIONAL = ("parse_pattern", "break_receptive_field")
