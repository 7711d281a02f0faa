"""The mean of minus the logarithm of the right classes' shares."""

import numpy as np

from helpers import reference
from helpers.exercises import common
from helpers.exercises.model import Case, Exercise


def cases(rng):
    """Equal votes, then a few that can be worked out, very large ones, random ones."""
    yield Case((np.array([[0.0, 0.0]]), np.array([1])), "equal votes for two classes")
    yield Case((np.array([[np.log(3.0), 0.0]]), np.array([1])), "a wrong vote of three to one")
    yield Case(
        (np.log([[3.0, 1.0], [2.0, 5.0]]), np.array([0, 1])), "two rows: three to one, and five to two"
    )
    yield Case((np.log([[1.0, 2.0, 5.0], [4.0, 2.0, 2.0]]), np.array([2, 1])), "two rows of three classes")
    yield Case(
        (np.log([[1.0, 9.0], [8.0, 2.0], [5.0, 1.0]]), np.array([0, 0, 1])), "three rows of two classes"
    )
    yield Case((np.array([[3, -1], [0, 2], [1, 1]]), np.array([0, 0, 1])), "whole numbers")
    yield Case((np.array([[1000.0, 998.0]]), np.array([1])), "votes of a thousand")
    yield Case((np.array([[-1000.0, -999.0, -1001.5]]), np.array([0])), "votes of minus a thousand")
    yield Case(
        (np.array([[900.0, 899.0], [-900.0, -902.0]]), np.array([1, 0])), "very large votes, for and against"
    )
    yield Case((np.array([[25.0, 0.0]]), np.array([1])), "nearly sure, and wrong")
    yield Case((np.array([[2000.0, 0.0]]), np.array([1])), "sure, and wrong")
    yield Case(
        (np.array([[0.0, 0.0], [0.0, 2000.0]]), np.array([1, 1])), "one row undecided, one sure and right"
    )
    for rows, classes in [(5, 2), (4, 10), (7, 3)]:
        logits, labels = rng.normal(0, 3, (rows, classes)), rng.integers(0, classes, rows)
        yield Case((logits, labels), f"random votes of shape ({rows}, {classes})")
    logits = rng.normal(0, 3, (6, 4)).astype(np.float32)
    yield Case((logits, rng.integers(0, 4, 6)), "random votes of type float32")


exercise = Exercise(
    reference.cross_entropy,
    cases,
    minutes=9,
    hints=(
        "Three steps: subtract each row's largest vote from the row; for each row, the right class's vote less the logarithm of "
        "the sum of `np.exp`; minus the mean over the rows.",
        "With `axis=1` and `keepdims=True`, `max` gives one column with each row's largest vote. "
        "`array[np.arange(len(labels)), labels]` picks one entry from each row: that of its label.",
        "By hand: votes [0, 0], label 1. The sum of the exponentials is 1 + 1 = 2, and log 2 - 0 = 0.693.",
    ),
    cancelling=(("summed", "averaged_twice"),),
)


@exercise.model
def cross_entropy(logits, labels):
    shifted = logits - logits.max(axis=1, keepdims=True)  # (N, classes)
    log_shares = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -np.mean(log_shares[np.arange(len(labels)), labels])


@exercise.alternative
def row_by_row(logits, labels):
    """One image at a time: good for following a single penalty."""
    total = 0.0
    for votes, label in zip(logits, labels, strict=True):
        largest = votes.max()
        total += largest + np.log(np.sum(np.exp(votes - largest))) - votes[label]
    return total / len(labels)


@exercise.alternative
def with_logaddexp(logits, labels):
    """Builds on a function that never overflows: short."""
    sums = np.logaddexp.reduce(logits.astype(float), axis=1)
    return np.mean(sums - logits[np.arange(len(logits)), labels])


@exercise.alternative
def with_one_hot_labels(logits, labels):
    """The formula as books have it, with a 1 for the right class."""
    shifted = logits - logits.max(axis=1)[:, None]
    log_shares = shifted - np.log(np.exp(shifted).sum(axis=1))[:, None]
    return -np.sum(log_shares * np.eye(logits.shape[1])[labels]) / len(logits)


PICK = "log_shares[np.arange(len(labels)), labels]"
LARGEST = "logits.max(axis=1, keepdims=True)"
SUM = "np.exp(shifted).sum(axis=1, keepdims=True)"
LOGS = f"shifted - np.log({SUM})"
SHARES = f"np.exp(shifted) / {SUM}"

# -- the mean ------------------------------------------------------------------------------------------------

exercise.slip(
    "np.mean(",
    "np.sum(",
    name="summed",
    when="the rows are added up instead of averaged",
    hint="A larger batch is not a worse one. Divide by the number of rows.",
)
exercise.slip(
    f"np.mean({PICK})",
    f"np.mean({PICK}) / len(labels)",
    name="averaged_twice",
    when="the mean is divided by the number of rows once more",
    hint="`np.mean` divides by the number of rows already.",
)
exercise.slip(
    f"np.mean({PICK})",
    f"np.sum({PICK}) / logits.size",
    name="divided_by_all_votes",
    when="the sum is divided by the number of all votes, rows times classes",
    hint="Each row has one surprise, that of its right class. Divide by the number of rows.",
)
exercise.slip(
    f"np.mean({PICK})",
    PICK,
    name="one_for_each_row",
    when="the surprises are returned row by row",
    hint="The loss is one number for the whole batch: the mean.",
)
exercise.slip(
    "return -np",
    "return np",
    name="without_the_minus",
    when="the minus is missing",
    hint="The logarithm of a share is negative. The loss is its negative, so that worse is larger.",
)
exercise.slip(
    (LOGS, SHARES),
    (f"-np.mean({PICK})", f"-np.log(np.mean({PICK}))"),
    name="log_of_the_mean",
    when="the mean of the shares is taken first, and then the logarithm",
    hint="Each row has its own surprise. Logarithm first, mean last.",
)
exercise.slip(
    (LOGS, SHARES),
    (f"-np.mean({PICK})", f"-np.log(np.sum({PICK}))"),
    name="log_of_the_sum",
    when="the right shares are added up first, and then the logarithm is taken",
    hint="Each row has its own surprise. Take the logarithm of each share first, the mean last.",
)
exercise.slip(
    (LOGS, SHARES),
    (f"-np.mean({PICK})", f"np.mean(1 - {PICK})"),
    name="missing_share",
    when="the missing share is averaged, without any logarithm",
    hint="That is right answer minus actual answer. Cross-entropy takes minus the logarithm of the share.",
)

# -- which entries -------------------------------------------------------------------------------------------

exercise.slip(
    PICK,
    "log_shares[:, labels]",
    name="every_label_in_every_row",
    when="`[:, labels]` takes, for every row, the votes of all rows' labels",
    hint="`log_shares[:, labels]` has N x N entries. To pick one from each row, give the rows too: a number for each.",
)
exercise.slip(
    PICK,
    "log_shares",
    name="all_classes",
    when="the surprises at all classes are averaged, right and wrong ones",
    hint="Only the right class's share counts. The others count through it: they take their shares away from it.",
)
exercise.slip(
    PICK,
    "log_shares[np.arange(len(labels)), (labels + 1) % logits.shape[1]]",
    name="wrong_class",
    when="the vote of another class than the right one is taken",
    hint="`labels` says for each row which class is right: take that one's vote, not the next class's.",
)
exercise.slip(
    PICK,
    "log_shares[:, 0]",
    name="always_the_first_class",
    when="the first class is taken for the right one in every row",
    hint="`labels` says which class is right, and it may be a different one in each row.",
)
exercise.slip(
    PICK,
    "log_shares.max(axis=1)",
    name="favourite_class",
    when="the class with the most votes is taken for the right one",
    hint="The network's own favourite does not matter here. What share did it give to the class in `labels`?",
)
exercise.slip(
    PICK,
    "log_shares[labels]",
    name="labels_as_rows",
    when="`[labels]` picks rows, not classes",
    hint="The first index chooses the row. To pick one entry from each row, give both: the rows 0, 1, 2, ... and the labels.",
)

# -- the logarithm of what is 0 or too large -----------------------------------------------------------------

exercise.slip(
    (LOGS, SHARES),
    (f"-np.mean({PICK})", f"-np.mean(np.log({PICK}))"),
    name="log_of_zero",
    when="the share itself is turned into a logarithm, and the share is 0 where the network is sure and wrong",
    hint="`exp(-2000)` is 0 for a computer, and the logarithm of 0 is minus infinity. Let the logarithm act before anything "
    "can vanish: right vote - log(sum of exp), with the largest vote taken out.",
)
for lifted in (f"{PICK} + {{}}", f"np.maximum({PICK}, {{}})"):
    exercise.slip(
        (LOGS, SHARES),
        (f"-np.mean({PICK})", f"-np.mean(np.log({lifted}))"),
        values=("1e-9", "1e-7", "1e-12", "1e-8", "1e-10", "1e-6", "1e-5", "1e-15", "1e-16"),
        name="lifted_share",
        when="{} is added to every share, or put under it as a floor, before the logarithm",
        hint="That changes the surprise, or makes all large ones equal. Nothing needs to be added: right vote - log(sum of "
        "exp), with the largest vote taken out first.",
    )
exercise.slip(
    f"logits - {LARGEST}",
    "logits",
    name="overflowing",
    when="the largest vote is not taken out, and `np.exp` of a large vote is infinite",
    hint="`np.exp(1000)` is too large for a float. Take each row's largest vote from the row first; no share changes.",
)
exercise.slip(
    (f"logits - {LARGEST}", "logits"),
    (LOGS, SHARES),
    (f"-np.mean({PICK})", f"-np.mean(np.log({PICK}))"),
    name="overflowing_shares",
    when="the shares are made without taking the largest vote out, and `np.exp` of a large vote is infinite",
    hint="`np.exp(1000)` is too large for a float, and infinity divided by infinity is nan. Take each row's largest vote from "
    "the row first; no share changes.",
)
exercise.slip(
    LARGEST,
    "logits.max()",
    name="one_maximum_for_the_batch",
    when="one maximum is taken for the whole batch",
    hint="A row far below the batch's largest vote has powers of 0, and log 0 is minus infinity. Each row needs its own "
    "largest vote.",
)
exercise.slip(
    "log_shares = shifted",
    "log_shares = logits",
    name="shifted_once",
    when="the largest vote is taken out of the sum, but not out of the right class's vote",
    hint="Take the right class's vote from the same shifted row as the sum.",
)
exercise.slip(
    "    shifted = logits - ",
    "    shifted = logits\n    shifted -= ",
    name="in_place",
    when="the largest votes are taken out of the caller's own array",
    hint="`-=` writes into `logits`. Make a new array: `logits - logits.max(axis=1, keepdims=True)`.",
)


@exercise.mistake(
    when="a row of ones and zeros is multiplied by the logarithms of the shares, and 0 times minus infinity is nan",
    hint="Where a wrong class's share is 0, its logarithm is minus infinity, and 0 times that is nan. Pick the right class's "
    "entry instead of multiplying the others by 0, and let the logarithm act before anything can vanish.",
)
def one_hot_times_logarithm(logits, labels):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    surprise = -np.log(powers / powers.sum(axis=1, keepdims=True))
    return np.sum(np.eye(logits.shape[1])[labels] * surprise) / len(labels)


# -- the logarithm of what -----------------------------------------------------------------------------------

exercise.slip(
    (PICK, f"{PICK} / np.log(2)"),
    name="base_two",
    when="the logarithm is taken to base 2",
    hint="Here the logarithm is the natural one, `np.log`.",
)
exercise.slip(
    (PICK, f"{PICK} / np.log(10)"),
    name="base_ten",
    when="the logarithm is taken to base 10",
    hint="Here the logarithm is the natural one, `np.log`.",
)
exercise.slip(
    (f"logits - {LARGEST}", "logits"),
    (LOGS, "shifted"),
    name="minus_the_right_vote",
    when="the logarithm of the sum is left out",
    hint="The right class's vote alone says little: it counts against the votes of all classes, log(sum of exp).",
)
exercise.slip(
    (LARGEST, "logits.max()"),
    (SUM, "np.exp(shifted).sum()"),
    name="over_the_whole_batch",
    when="the shares are made from the votes of the whole batch, not row by row",
    hint="Each row's shares add up to 1. Give `sum` the `axis=1`.",
)
exercise.slip(
    (LARGEST, "logits.max(axis=0)"),
    (SUM, "np.exp(shifted).sum(axis=0)"),
    name="down_the_columns",
    when="the sums run down the columns, over the images instead of the classes",
    hint="A row holds the votes for one image. `axis=1` goes along the row.",
)


@exercise.mistake(
    when="the wrong classes are priced too, with -log(1 - share)",
    hint="Only the right class's share has a price. The wrong ones pay through it: what they take, it lacks.",
)
def wrong_classes_priced(logits, labels):
    shares, right = reference.softmax(logits), np.eye(logits.shape[1])[labels]
    return -np.mean(right * np.log(shares + 1e-15) + (1 - right) * np.log(1 - shares + 1e-15))


@exercise.mistake(
    when="the squared differences from the right answer are averaged",
    hint="That is another loss. Here: minus the logarithm of the right class's share, averaged over the rows.",
)
def squared_difference(logits, labels):
    return np.mean((np.eye(logits.shape[1])[labels] - reference.softmax(logits)) ** 2)


exercise.slip(f"return -np.mean({PICK})", f"print(-np.mean({PICK}))", **common.PRINTED)


@exercise.mistake(**{key: common.IN_THE_LOOP[key] for key in ("when", "hint")})
def returned_in_the_loop(logits, labels):
    for row, label in zip(logits, labels, strict=True):
        shifted = row - row.max()
        return np.log(np.exp(shifted).sum()) - shifted[label]


# -- another number of all surprises -------------------------------------------------------------------------

exercise.slip(
    f"-np.mean({PICK})",
    f"np.max(-{PICK})",
    name="largest_surprise",
    when="the largest of the rows' surprises is returned instead of their mean",
    hint="Every row counts: add the surprises up and divide by the number of rows.",
)
exercise.slip(
    f"-np.mean({PICK})",
    f"-np.median({PICK})",
    name="median",
    when="the median of the rows' surprises is taken instead of their mean",
    hint="The median forgets how large the large ones are. Take the mean.",
)

exercise.slip(
    "return -np.mean(log_shares[np.arange(len(labels)), labels])",
    "return np.exp(-np.mean(log_shares[np.arange(len(labels)), labels]))",
    name="perplexity",
    when="`np.exp` is taken of the loss, which gives the perplexity",
    hint="A loss of 0 should mean sure and right; `np.exp` makes it 1. Return the mean itself.",
)
