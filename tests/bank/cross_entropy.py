"""Answers to cross_entropy."""

import numpy as np

from helpers import reference
from tests.bank import right, wrong


@right
def loop_with_shifts(logits, labels):
    losses = []
    for n in range(len(labels)):
        z = logits[n] - np.max(logits[n])
        losses.append(-(z[labels[n]] - np.log(np.exp(z).sum())))
    return sum(losses) / len(losses)


@right
def picked_by_take_along_axis(logits, labels):
    z = logits - np.amax(logits, axis=1, keepdims=True)
    right_votes = np.take_along_axis(z, labels[:, None], axis=1)[:, 0]
    return (np.log(np.sum(np.exp(z), axis=1)) - right_votes).mean()


@right
def differences_to_the_right_vote(logits, labels):
    votes = logits[np.arange(len(labels)), labels][:, None]
    return float(np.mean(np.logaddexp.reduce((logits - votes).astype(float), axis=1)))


@wrong("one_hot_times_logarithm", never="not taken out")
def one_hot_sum(logits, labels):
    shares = reference.softmax(logits)
    return -np.sum(np.eye(shares.shape[1])[labels] * np.log(shares)) / len(logits)


@wrong("lifted_share", says="1e-10")
def other_floor(logits, labels):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares = np.maximum(powers / powers.sum(axis=1, keepdims=True), 1e-10)
    return -np.mean(np.log(shares[np.arange(len(labels)), labels]))


@wrong("lifted_share", says="1e-7")
def keras_like(logits, labels):
    p = reference.softmax(logits)[np.arange(len(labels)), labels]
    return -np.sum(np.log(p + 1e-7)) / len(labels)


@wrong("log_of_the_sum")
def logarithm_of_the_sum(logits, labels):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares = powers / powers.sum(axis=1, keepdims=True)
    return -np.log(np.sum(shares[np.arange(len(labels)), labels]))


@wrong("every_label_in_every_row", "overflowing_shares", says="Two things|exactly")
def every_class_and_overflow(logits, labels):
    e = np.exp(logits)
    return -np.mean(np.log((e / e.sum(axis=1, keepdims=True))[:, labels]))


@wrong("one_maximum_for_the_batch", never="divided by zero")
def batch_maximum(logits, labels):
    z = logits - logits.max()
    return np.mean(np.log(np.exp(z).sum(1)) - z[np.arange(len(labels)), labels])


@wrong("summed")
def total(logits, labels):
    z = logits - logits.max(1, keepdims=True)
    return sum(np.log(np.exp(z[n]).sum()) - z[n, labels[n]] for n in range(len(labels)))


@wrong("log_of_zero")
def with_softmax(logits, labels):
    return -np.mean(
        [np.log(row[label]) for row, label in zip(reference.softmax(logits), labels, strict=True)]
    )


@wrong("overflowing")
def unshifted(logits, labels):
    return np.mean(
        [np.log(np.sum(np.exp(row))) - row[label] for row, label in zip(logits, labels, strict=True)]
    )


@wrong("missing_share")
def one_minus(logits, labels):
    return 1 - reference.softmax(logits)[np.arange(len(labels)), labels].mean()


@wrong("without_the_minus")
def sign(logits, labels):
    z = logits - logits.max(axis=1)[:, None]
    return np.mean(z[np.arange(len(labels)), labels] - np.log(np.exp(z).sum(axis=1)))


@wrong("one_for_each_row")
def no_mean(logits, labels):
    z = logits - logits.max(axis=1)[:, None]
    return np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(labels)), labels]


@wrong("labels_as_rows", says="IndexError|picks rows")
def rows_picked(logits, labels):
    z = logits - logits.max(axis=1)[:, None]
    return -np.mean((z - np.log(np.exp(z).sum(axis=1))[:, None])[labels])


@wrong("returned_in_the_loop", says="first turn|exactly")
def first_row(logits, labels):
    for row, label in zip(logits, labels, strict=True):
        z = row - row.max()
        return np.log(np.exp(z).sum()) - z[label]


@wrong("divided_by_all_votes")
def mean_over_the_one_hot_table(logits, labels):
    z = logits - logits.max(axis=1, keepdims=True)
    logp = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    return float(-(np.eye(logits.shape[1])[labels] * logp).mean())


@wrong("largest_surprise")
def worst_row(logits, labels):
    z = logits - logits.max(axis=1, keepdims=True)
    logp = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    return float(np.max(-logp[np.arange(len(labels)), labels]))


@wrong("minus_the_right_vote")
def nll_loss_without_log_softmax(logits, labels):
    return float(-np.mean(logits[np.arange(len(labels)), labels]))


@wrong("perplexity")
def perplexity(logits, labels):
    z = logits - logits.max(axis=1, keepdims=True)
    surprises = np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(labels)), labels]
    with np.errstate(over="ignore"):
        return float(np.exp(surprises.mean()))
