"""An input on which a `conv_out_features` that looks right is wrong."""

from helpers import reference
from helpers.exercises.breaking import breaking
from helpers.exercises.pytorch import conv_out_features

exercise = breaking(
    conv_out_features.exercise,
    "rounded_at_the_end",
    "Where every window fits, both agree. Which sides cannot be divided by the stride?",
    "By hand: 13 pixels, pooled by 2, leave 6. The suspect goes on with 6.5, and rounds only at the "
    "end. Is 6.5 x 6.5 more than 6 x 6?",
    minutes=3,
    forbidden="([], (1, 3, 3))",
    agreed='([{"layer": "FC", "units": 1}], (1, 3, 3))',
)


@exercise.model
def break_conv_out_features():
    return [reference.pool_layer(2), reference.fc_layer(1)], (1, 3, 3)


@exercise.alternative
def after_a_convolution():
    return [reference.conv_layer(2, kernel=2), reference.pool_layer(2), reference.fc_layer(1)], (1, 6, 6)


@exercise.alternative
def pooled_twice():
    return [reference.pool_layer(2), reference.pool_layer(2), reference.fc_layer(1)], (1, 14, 14)
