"""Answers to predict."""

import numpy as np

from tests.bank import right, wrong


@right
def as_a_method(logits):
    return logits.argmax(1)


@right
def with_where(logits):
    return np.array([np.where(row == row.max())[0][0] for row in logits])


@right
def stable_sort(logits):
    return np.argsort(-logits, axis=1, kind="stable")[:, 0]


@wrong("one_answer_for_the_batch")
def flat(logits):
    return int(logits.argmax())


@wrong("images_instead_of_classes")
def down(logits):
    return np.array([np.argmax(column) for column in logits.T])


@wrong("largest_vote")
def votes(logits):
    return np.array([max(row) for row in logits])


@wrong("two_classes_only")
def first_or_second(logits):
    return np.array([0 if row[0] >= row[1] else 1 for row in logits])


@wrong("last_on_a_tie")
def later_wins(logits):
    best = []
    for row in logits:
        place = 0
        for k, vote in enumerate(row):
            if vote >= row[place]:
                place = k
        best.append(place)
    return np.array(best)


@wrong("floats")
def zeros_filled(logits):
    out = np.zeros(len(logits))
    for n, row in enumerate(logits):
        out[n] = np.argmax(row)
    return out


@wrong("list_for_an_array")
def list_of_places(logits):
    return [int(np.argmax(row)) for row in logits]


@wrong("starts_from_zero")
def best_is_zero(logits):
    out = np.zeros(len(logits), dtype=int)
    for n, row in enumerate(logits):
        best = 0
        for k, vote in enumerate(row):
            if vote > best:
                best = vote
                out[n] = k
    return out


@wrong("one_hot")
def ones_and_zeros(logits):
    out = np.zeros(logits.shape, dtype=int)
    out[range(len(logits)), logits.argmax(1)] = 1
    return out


@wrong("counted_from_one")
def from_one(logits):
    return 1 + logits.argmax(axis=-1)


@wrong(says="np.argmax")
def no_prefix(logits):
    return argmax(logits, axis=1)  # noqa: F821


@wrong("all_that_tie")
def where_it_is_the_largest(logits):
    best = logits.max(axis=1, keepdims=True)
    return np.where(logits == best)[1]


@wrong("last_on_a_tie")
def last_of_the_sorted(logits):
    return np.argsort(logits, axis=1)[:, -1]


@wrong(says="All the values that are wrong are 0")
def largest_of_the_whole_batch(logits):
    return np.array([np.where(row == logits.max())[0][0] if logits.max() in row else 0 for row in logits])


@wrong("cut_to_whole_votes")
def whole_numbers_first(logits):
    votes = np.array(logits, dtype=int)
    return votes.argmax(axis=1)
