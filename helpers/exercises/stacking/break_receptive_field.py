"""An input on which a `receptive_field` that looks right is wrong."""

from helpers import reference
from helpers.exercises.breaking import breaking
from helpers.exercises.stacking import receptive_field

exercise = breaking(
    receptive_field.exercise,
    "strides_added",
    "One stride of 2 changes nothing: both agree. Each further stride makes the steps longer still.",
    "By hand: after two layers of stride 2, neighbouring values are 2 * 2 = 4 pixels apart. The "
    "suspect takes them for 3 apart. Which third layer shows it?",
    minutes=3,
    forbidden='[{"layer": "FC", "units": 2}]',
    agreed='[{"layer": "POOL", "window": 2, "stride": 2}]',
)


@exercise.model
def break_receptive_field():
    return [reference.pool_layer(2), reference.pool_layer(2), reference.pool_layer(2)]


@exercise.alternative
def three_convolutions():
    return [reference.conv_layer(1, kernel=3, stride=2)] * 3


@exercise.alternative
def with_relu():
    return [
        reference.conv_layer(4, 5, stride=3),
        reference.relu_layer(),
        reference.pool_layer(2),
        reference.pool_layer(2),
    ]
