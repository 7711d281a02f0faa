"""Answers to softmax."""

import numpy as np

from tests.bank import right, wrong


@right
def transposed_twice(logits):
    z = (logits.T - logits.max(axis=1)).T
    e = np.exp(z).T
    return (e / e.sum(axis=0)).T


@right
def in_python(logits):
    rows = []
    for row in logits.tolist():
        top = max(row)
        exps = [float(np.exp(v - top)) for v in row]
        rows.append([e / sum(exps) for e in exps])
    return np.array(rows)


@right
def with_apply_along_axis(logits):
    def one(row):
        e = np.exp(row - np.max(row))
        return e / np.sum(e)

    return np.apply_along_axis(one, 1, logits.astype(float))


@wrong("overflow")
def textbook(logits):
    e = np.exp(logits)
    return e / np.sum(e, axis=1, keepdims=True)


@wrong("whole_batch")
def single_maximum_and_sum(logits):
    e = np.exp(logits - np.amax(logits))
    return e / e.sum()


@wrong("one_maximum_for_the_batch")
def single_maximum(logits):
    z = logits - np.max(logits)
    return np.exp(z) / np.sum(np.exp(z), axis=1, keepdims=True)


@wrong("wrong_axis")
def axis_zero(logits):
    e = np.exp(logits - np.max(logits, axis=0, keepdims=True))
    return e / np.sum(e, axis=0, keepdims=True)


@wrong("sum_without_keepdims")
def flat_sums(logits):
    e = np.exp(logits - np.max(logits, axis=1)[:, None])
    return e / np.sum(e, axis=1)


@wrong("shares_of_votes")
def proportions(logits):
    return logits / np.sum(logits, axis=1)[:, None]


@wrong("winner_takes_all")
def hard(logits):
    out = np.zeros(logits.shape)
    out[np.arange(len(logits)), np.argmax(logits, axis=1)] = 1
    return out


@wrong("sigmoids")
def logistic(logits):
    return np.exp(logits) / (np.exp(logits) + 1)


@wrong("not_divided")
def no_division(logits):
    return np.exp(logits - np.max(logits, axis=-1, keepdims=True))


@wrong("only_the_first_row")
def returns_at_once(logits):
    for row in logits:
        e = np.exp(row - row.max())
        return e / e.sum()


@wrong(says="1e-2|2 is added|exactly|times what it should be")
def half_shares(logits):
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    return e / (2 * e.sum(axis=1, keepdims=True))


@wrong("type_of_the_input")
def like_the_votes(logits):
    out = np.zeros_like(logits)
    for n in range(len(logits)):
        e = np.exp(logits[n] - max(logits[n]))
        out[n] = e / e.sum()
    return out


@wrong("mean_taken_away")
def less_the_mean(logits):
    e = np.exp(logits - logits.mean(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


@wrong("shares_above_the_smallest", says="without `exp`")
def shifted_to_zero(logits):
    positive = logits - np.min(logits, axis=1)[:, None]
    return positive / np.sum(positive, axis=1)[:, None]


@wrong("cut_off")
def clipped_at_500(logits):
    safe = np.clip(logits, -500, 500)
    powers = np.exp(safe)
    return powers / powers.sum(axis=1, keepdims=True)


@wrong("divided_by_the_length")
def length_of_one(logits):
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    return e / np.linalg.norm(e, axis=1, keepdims=True)


@wrong("largest_taken_away_above_only")
def stable_above_only(logits):
    m = logits.max(axis=1, keepdims=True)
    return np.exp(logits - m) / np.exp(logits).sum(axis=1, keepdims=True)


@wrong("standardised_first")
def as_in_lesson_seven(logits):
    centred = logits - np.mean(logits, axis=1)[:, None]
    spread = np.std(logits, axis=1)[:, None]
    e = np.exp(centred / np.where(spread < 1e-8, 1, spread))
    return e / np.sum(e, axis=1)[:, None]
