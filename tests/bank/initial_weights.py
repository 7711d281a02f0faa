"""Answers to initial_weights."""

import math

import numpy as np

from tests.bank import right, wrong


@right
def kaiming(shape, rng):
    std = math.sqrt(2.0 / math.prod(shape[1:]))
    return rng.normal(loc=0.0, scale=std, size=shape)


@right
def one_unit_after_another(shape, rng):
    n = np.zeros(shape[1:]).size
    return np.stack([rng.standard_normal(shape[1:]) * (2 / n) ** 0.5 for _ in range(shape[0])])


@right
def by_kind(shape, rng):
    if len(shape) == 4:
        _, channels, height, width = shape
        n = channels * height * width
    else:
        n = shape[1]
    w = rng.normal(0, 1, shape)
    w *= np.sqrt(2 / n)
    return w


@right
def from_a_row(shape, rng):
    total = np.prod(shape)
    return rng.normal(size=total).reshape(shape) * np.sqrt(2 * shape[0] / total)


@wrong("variance_for_deviation")
def no_root(shape, rng):
    n = 1
    for s in shape[1:]:
        n *= s
    return rng.normal(0, 2 / n, shape)


@wrong("one_for_two")
def lecun(shape, rng):
    return rng.standard_normal(shape) / np.sqrt(np.prod(shape[1:]))


@wrong("number_of_filters")
def first_number(shape, rng):
    return rng.normal(0, np.sqrt(2 / shape[0]), size=shape)


@wrong("fan_out")
def pytorchs_fan_out(shape, rng):
    n = shape[0]
    for side in shape[2:]:
        n = n * side
    return np.sqrt(2 / n) * rng.normal(size=shape)


@wrong("all_weights_counted")
def size_of_the_array(shape, rng):
    w = rng.normal(size=shape)
    return w * np.sqrt(2 / w.size)


@wrong("channels_only")
def inputs_are_channels(shape, rng):
    inputs = shape[1]
    return rng.normal(size=shape) * (2 / inputs) ** 0.5


@wrong("added_to_the_draws", says="mean comes first")
def scale_given_as_mean(shape, rng):
    return rng.normal(np.sqrt(2 / np.prod(shape[1:])), size=shape)


@wrong("four_numbers_needed", says="IndexError")
def filters_alone(shape, rng):
    fan = shape[1] * shape[2] * shape[3]
    return rng.normal(size=shape) * np.sqrt(2 / fan)


@wrong(says="not enough values to unpack")
def four_names(shape, rng):
    _k, c, h, w = shape
    return rng.normal(size=shape) * np.sqrt(2 / (c * h * w))


@wrong("own_generator")
def seeded_inside(shape, rng):
    rng = np.random.default_rng(0)
    return rng.normal(size=shape) * np.sqrt(2 / np.prod(shape[1:]))


@wrong(says="values|entries|weights")
def from_the_global_generator(shape, rng):
    return np.random.normal(size=shape) * np.sqrt(2 / np.prod(shape[1:]))


@wrong("even_draws_of_the_same_deviation")
def kaiming_uniform(shape, rng):
    bound = np.sqrt(6 / np.prod(shape[1:]))
    return rng.uniform(-bound, bound, shape)


@wrong("root_of_two_alone")
def root_misplaced(shape, rng):
    return rng.normal(size=shape) * 2**0.5 / np.prod(shape[1:])


@wrong("upside_down")
def divided(shape, rng):
    return rng.normal(size=shape) / np.sqrt(2 / np.prod(shape[1:]))


@wrong("not_scaled")
def draws_alone(shape, rng):
    return rng.standard_normal(shape)


@wrong("mean_of_both_fans", says="Glorot")
def xavier(shape, rng):
    area = np.prod(shape[2:])
    return rng.normal(0, np.sqrt(2 / ((shape[0] + shape[1]) * area / 2)), shape)


@wrong("fixed_factor")
def small(shape, rng):
    return 0.01 * rng.normal(size=shape)


@wrong(says=r"shape \(2,\); it should be")
def shape_as_the_mean(shape, rng):
    return rng.normal(shape) * np.sqrt(2 / np.prod(shape[1:]))


@wrong("cut_off_at_two_deviations")
def truncated(shape, rng):
    deviation = np.sqrt(2 / np.prod(shape[1:]))
    return np.clip(deviation * rng.normal(size=shape), -2 * deviation, 2 * deviation)


@wrong("pytorchs_own_size")
def kaiming_with_root_five(shape, rng):
    slope = 5**0.5
    return rng.normal(size=shape) * np.sqrt(2 / (1 + slope**2) / np.prod(shape[1:]))


@wrong("mean_taken_away")
def centred(shape, rng):
    weights = rng.normal(0, np.sqrt(2 / np.prod(shape[1:])), shape)
    return weights - np.mean(weights)


@wrong("bias_counted")
def one_more_for_the_bias(shape, rng):
    inputs = 1
    for side in shape[1:]:
        inputs *= side
    return rng.normal(size=shape) * (2 / (inputs + 1)) ** 0.5


@wrong("filters_of_one_length")
def each_filter_of_length_root_two(shape, rng):
    weights = rng.normal(size=shape)
    rest = tuple(range(1, len(shape)))
    return weights * np.sqrt(2 / (weights**2).sum(axis=rest, keepdims=True))
