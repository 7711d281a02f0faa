"""Answers to cross_entropy_backward."""

import numpy as np

from helpers import reference
from tests.bank import right, wrong


@right
def by_loops(grad_output, logits, labels):
    n, classes = logits.shape
    shares = reference.softmax(logits)
    out = np.zeros((n, classes))
    for i in range(n):
        for k in range(classes):
            out[i, k] = grad_output * (shares[i, k] - (1 if labels[i] == k else 0)) / n
    return out


@right
def truth_array(grad_output, logits, labels):
    truth = np.zeros(logits.shape)
    truth[range(len(labels)), labels] = 1.0
    z = np.exp(logits - logits.max(1, keepdims=True))
    return (z / z.sum(1, keepdims=True) - truth) * (grad_output / logits.shape[0])


@right
def zipped(grad_output, logits, labels):
    rows = []
    for row, label in zip(reference.softmax(logits), labels, strict=True):
        row = row.copy()
        row[label] = row[label] - 1
        rows.append(row * grad_output)
    return np.array(rows) / len(rows)


@wrong(says="Nothing but zeros", never="rounded")
def zeros_of_the_skeleton(grad_output, logits, labels):
    slopes = np.zeros(logits.shape)
    return slopes


@wrong("labels_taken_away", says="number of the right class|could not be broadcast|Two arrays")
def p_minus_labels(grad_output, logits, labels):
    p = reference.softmax(logits)
    return grad_output * (p - labels[:, None]) / len(labels)


@wrong("not_averaged")
def no_mean(grad_output, logits, labels):
    p = reference.softmax(logits)
    p[np.arange(len(p)), labels] -= 1
    return grad_output * p


@wrong("without_upstream")
def no_upstream(grad_output, logits, labels):
    p = reference.softmax(logits)
    p[np.arange(len(p)), labels] -= 1
    return p / len(p)


@wrong("truth_minus_shares")
def sign(grad_output, logits, labels):
    return grad_output * (np.eye(logits.shape[1])[labels] - reference.softmax(logits)) / len(labels)


@wrong("labels_as_rows", says="rows|IndexError")
def rows(grad_output, logits, labels):
    p = reference.softmax(logits)
    p[labels] -= 1
    return grad_output * p / len(p)


@wrong("exp_overflows")
def unshifted(grad_output, logits, labels):
    e = np.exp(logits)
    p = e / np.sum(e, axis=1)[:, None]
    return grad_output * (p - np.eye(p.shape[1])[labels]) / len(p)


@wrong("divided_by_classes", "truth_minus_shares", says="Two things")
def two(grad_output, logits, labels):
    return grad_output * (np.eye(logits.shape[1])[labels] - reference.softmax(logits)) / logits.shape[1]


@wrong("votes_for_shares")
def votes(grad_output, logits, labels):
    return grad_output * (logits - np.eye(logits.shape[1])[labels]) / len(labels)


@wrong("gradient_at_the_shares")
def half_way(grad_output, logits, labels):
    p = reference.softmax(logits)
    out = np.zeros(p.shape)
    for n, label in enumerate(labels):
        out[n, label] = -1 / p[n, label]
    return grad_output * out / len(labels)


@wrong("classes_from_the_labels")
def eye_of_the_labels(grad_output, logits, labels):
    truth = np.eye(max(labels) + 1)[labels]
    shares = reference.softmax(logits)
    return (shares - truth) * grad_output / labels.size


@wrong("times_the_share")
def share_times_the_difference(grad_output, logits, labels):
    shares = reference.softmax(logits)
    truth = np.eye(logits.shape[1])[labels]
    return grad_output * shares * (shares - truth) / len(labels)
