"""Answers to dropout."""

import numpy as np

from tests.bank import right, wrong


@right
def mask_and_scale(x, p, numbers, training=True):
    if training:
        mask = (numbers >= p).astype(x.dtype)
        return x * mask * (1.0 / (1.0 - p))
    return x


@right
def negated(x, p, numbers, training=True):
    if training == False:  # noqa: E712
        return np.copy(x)
    return np.where(~(numbers < p), x, 0) / (1 - p)


@right
def in_a_copy(x, p, numbers, training=True):
    y = x.astype(float).copy()
    if training:
        y[numbers < p] = 0
        y = y / (1 - p)
    return y


@right
def factors(x, p, numbers, training=True):
    factor = np.ones_like(x, dtype=float)
    if training:
        factor = (numbers >= p) / (1 - p)
    return factor * x


@wrong("p_as_the_share_that_stays")
def as_keep_probability(x, p, numbers, training=True):
    if not training:
        return x
    mask = numbers < p
    return x * mask / p


@wrong("not_enlarged", "smaller_after_training")
def as_in_2014(x, p, numbers, training=True):
    if training:
        return x * (numbers >= p)
    return x * (1 - p)


@wrong("not_enlarged")
def mask_only(x, p, numbers, training=True):
    if not training:
        return x
    y = x.copy()
    y[numbers < p] = 0
    return y


@wrong("exactly_p_dropped")
def strictly_above(x, p, numbers, training=True):
    return np.where(numbers > p, x / (1 - p), 0) if training else x


@wrong("keeps_what_is_to_go")
def wrong_side(x, p, numbers, training=True):
    if not training:
        return x
    y = np.array(x, dtype=float)
    y[numbers >= p] = 0
    return y / (1 - p)


@wrong("always_drops")
def no_test(x, p, numbers, training=True):
    return x * (numbers >= p) / (1 - p)


@wrong("taken_out", says="taken out|shape|shorter")
def selected(x, p, numbers, training=True):
    if training:
        return x[numbers >= p] / (1 - p)
    return x


@wrong("in_place", says="argument|changes")
def changes_x(x, p, numbers, training=True):
    if training:
        x[numbers < p] = 0
        return x / (1 - p)
    return x


@wrong(says="UFuncTypeError|output|cast|argument|changes")
def divides_in_place(x, p, numbers, training=True):
    if training:
        x *= numbers >= p
        x /= 1 - p
    return x


@wrong(says="differ|is right")
def draws_itself(x, p, numbers, training=True):
    if not training:
        return x
    return x * (np.random.default_rng(8).random(x.shape) >= p) / (1 - p)


@wrong("by_what_happened_to_stay")
def by_the_mean(x, p, numbers, training=True):
    if not training:
        return x
    kept = numbers >= p
    with np.errstate(all="ignore"):
        return x * kept * kept.size / kept.sum()


@wrong("divided_by_p")
def by_p(x, p, numbers, training=True):
    if training:
        with np.errstate(all="ignore"):
            return np.where(numbers < p, 0.0, x / np.float64(p))
    return x


@wrong("nothing_dropped")
def where_the_other_way(x, p, numbers, training=True):
    if training:
        return np.where(numbers < p, x, x / (1 - p))
    return x


@wrong(says="ValueError|truth value")
def compares_with_if(x, p, numbers, training=True):
    if training and numbers < p:
        return 0
    return x / (1 - p)


@wrong("divided_by_the_root")
def spread_kept(x, p, numbers, training=True):
    return np.where(numbers < p, 0, x * (1 - p) ** -0.5) if training else x


@wrong("dropped_to_black")
def set_to_black(x, p, numbers, training=True):
    if not training:
        return x
    y = x / (1 - p)
    y[numbers < p] = -1
    return y


@wrong("first_number_for_all")
def one_row_of_numbers(x, p, numbers, training=True):
    if not training:
        return x
    stays = numbers[0] >= p
    return stays * x / (1 - p)


@wrong("share_that_stays_from_the_other_end")
def above_the_rest(x, p, numbers, training=True):
    if training:
        return np.where(numbers > 1 - p, x / (1 - p), 0)
    return x


@wrong("exact_share_dropped")
def the_smallest_numbers(x, p, numbers, training=True):
    if not training:
        return x
    flat = np.array(x, dtype=float).ravel()
    for place in np.argsort(numbers, axis=None)[: int(x.size * p)]:
        flat[place] = 0
    return flat.reshape(x.shape) / (1 - p)
