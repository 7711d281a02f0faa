"""Votes as shares: positive, and each row adding up to 1."""

import numpy as np

from helpers import reference
from helpers.exercises import common
from helpers.exercises.model import Case, Exercise


def cases(rng):
    """Ties and small differences, several images, votes of thousands, random ones."""
    yield Case((np.array([[2.0, 2.0]]),), "a tie")
    yield Case((np.array([[1.0, 0.0]]),), "one vote more")
    yield Case((np.array([[0.0, np.log(3)]]),), "shares of one to three")
    yield Case((np.array([[0.0, np.log(3)], [np.log(4), 0.0], [1.0, 1.0]]),), "three images, two classes")
    yield Case((np.array([[1.0, 0.0], [5.0, 7.0]]),), "two images, two classes")
    yield Case((np.array([[-1.0, -3.0, -2.5]]),), "three classes, all votes negative")
    yield Case((np.array([[1.0, -1.0]]),), "votes that add up to 0")
    yield Case((np.array([[1000.0, 999.0]]),), "very many votes")
    yield Case((np.array([[-1000.0, -1001.0, -1003.0]]),), "very many votes against everything")
    yield Case(
        (np.array([[1000.0, 999.0], [-1000.0, -999.0]]),), "very many votes for, and against, in one batch"
    )
    yield Case((np.array([[0.0, -800.0, 1.0]]),), "a share so small that it is 0")
    yield Case((np.array([[2000.0, 0.0]]),), "one vote far above the other")
    yield Case((np.array([[3.0]]),), "one class")
    yield Case((np.array([[2, 0, -1]]),), "three whole numbers")
    yield Case((rng.integers(-4, 5, (4, 3)),), "whole numbers")
    for shape in [(3, 3), (5, 2), (2, 6), (1, 4)]:
        about = f"random votes of shape {shape}"
        yield Case((rng.uniform(-4, 4, shape),), about)
    yield Case((rng.uniform(90, 110, (3, 4)).astype(np.float32),), "votes around 100, of type float32")


exercise = Exercise(
    reference.softmax,
    cases,
    minutes=5,
    hints=(
        "Four steps, row by row: find the largest vote, take it away from all votes, apply `np.exp`, divide by the row's "
        "sum.",
        "Along which axis are the classes of one image? `keepdims=True` keeps that axis, so that the row's largest "
        "vote and the row's sum fit under every number of the row.",
        "By hand: [1, 0] becomes [0, -1]; exp gives [1, 0.37]; the sum is 1.37; the shares are [0.73, 0.27].",
    ),
)


@exercise.model
def softmax(logits):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


@exercise.alternative
def row_by_row(logits):
    """One image at a time: good for following it, and no axis to get wrong."""
    shares = np.zeros(logits.shape)
    for index, row in enumerate(logits):
        powers = np.exp(row - max(row))
        shares[index] = powers / powers.sum()
    return shares


@exercise.alternative
def by_the_logarithm_of_the_sum(logits):
    """Builds on a function that never overflows."""
    return np.exp(logits - np.logaddexp.reduce(logits, axis=1, keepdims=True))


@exercise.alternative
def one_over_the_sum_of_ratios(logits):
    """Shows that only differences of votes count."""
    with np.errstate(over="ignore"):
        return 1 / np.exp(logits[:, None, :] - logits[:, :, None]).sum(axis=2)


LARGEST, SUM = "logits.max(axis=1, keepdims=True)", "powers.sum(axis=1, keepdims=True)"

# -- the largest vote ----------------------------------------------------------------------------------------

exercise.slip(
    f" - {LARGEST}",
    "",
    name="overflow",
    when="`exp` overflows, because the row's largest vote is not taken away first",
    hint="Take the row's largest vote away from all its votes first. The shares stay the same, and no power exceeds 1.",
)
exercise.slip(
    LARGEST,
    "logits.mean(axis=1, keepdims=True)",
    name="mean_taken_away",
    when="the row's mean is taken away and not its largest vote, so that `exp` still overflows",
    hint="Only after the *largest* vote is taken away is no power above 1.",
)
exercise.slip(
    LARGEST,
    "logits.max()",
    name="one_maximum_for_the_batch",
    when="one maximum is taken for the whole batch",
    hint="Each row needs its own largest vote: `max` needs an axis. Otherwise a row far below the largest vote becomes 0 / 0.",
)
exercise.slip(
    LARGEST,
    "logits.max(axis=0)",
    name="maximum_down_the_columns",
    when="the largest vote is looked for down the columns, over the images",
    hint="Each row, not each column, needs its own largest vote: axis 1.",
)
exercise.slip(
    LARGEST,
    "logits.max(axis=1)",
    name="maximum_without_keepdims",
    when="the largest votes have lost their axis and are laid along the wrong one",
    hint="`logits.max(axis=1)` has one axis only, which NumPy lays along the classes. `keepdims=True` keeps it upright.",
)
exercise.slip(
    "logits.max(",
    "logits.min(",
    name="smallest_taken_away",
    when="the smallest vote is taken away instead of the largest",
    hint="What is left must not be above 0, or `exp` overflows again: take the largest vote away.",
)
exercise.slip(
    f"logits - {LARGEST}",
    f"logits / {LARGEST}",
    name="divided_by_the_largest_vote",
    when="the votes are divided by the largest one instead of the largest being taken away",
    hint="Subtract the largest vote. A quotient of votes gives other shares, and fails where the largest vote is 0.",
)
exercise.slip(
    f"logits - {LARGEST}",
    "np.clip(logits, -{}, {})",
    values=(700, 500, 100, 50),
    name="cut_off",
    when="large votes are cut off so that `exp` does not overflow, as by `np.clip`",
    hint="Cut-off votes are tied, though they were not. Take the row's largest vote away instead.",
)
exercise.slip(
    f"logits - {LARGEST}",
    "np.minimum(logits, {})",
    values=(700, 500, 100, 50),
    name="cut_off",
    when="large votes are cut off so that `exp` does not overflow, as by `np.clip`",
    hint="Cut-off votes are tied, though they were not. Take the row's largest vote away instead.",
)
exercise.slip(
    ("    powers", f"    logits -= {LARGEST}\n    powers"),
    (f"logits - {LARGEST})", "logits)"),
    name="in_place",
    when="the largest vote is taken away from the votes themselves, in place",
    hint="`-=` changes the caller's votes. Make a new array: `logits - ...`.",
)

# -- the sum -------------------------------------------------------------------------------------------------

exercise.slip(
    SUM,
    "powers.sum()",
    name="one_sum_for_the_batch",
    when="the powers of all images are added up into one sum",
    hint="The shares of each image add up to 1, so each row has its own sum: `sum` needs an axis.",
)
exercise.slip(
    SUM,
    "powers.sum(axis=0)",
    name="sum_down_the_columns",
    when="the sum runs down the columns, over the images",
    hint="The classes of one image are in a row: axis 1, or -1 for the last. Axis 0 counts the images.",
)
exercise.slip(
    SUM,
    "powers.sum(axis=1)",
    name="sum_without_keepdims",
    when="the sums have lost their axis and are laid along the wrong one",
    hint="`powers.sum(axis=1)` has one axis only, which NumPy lays along the classes. `keepdims=True` keeps it upright.",
)
exercise.slip(
    f" / {SUM}",
    "",
    name="not_divided",
    when="the powers are not divided by their sum",
    hint="The shares of an image must add up to 1: divide by the row's sum.",
)
exercise.slip(
    (LARGEST, "logits.max()"),
    (SUM, "powers.sum()"),
    name="whole_batch",
    when="maximum and sum are taken over the whole batch",
    hint="Each image has its own shares, which add up to 1. Both `max` and `sum` need an axis.",
)
exercise.slip(
    (f" - {LARGEST}", ""),
    (SUM, "powers.sum()"),
    name="whole_batch_overflow",
    when="the powers of the whole batch are added up, and `exp` overflows besides",
    hint="Each image has its own shares, so `sum` needs an axis. And take each row's largest vote away before `exp`.",
)
exercise.slip(
    (LARGEST, "logits.max(axis=0)"),
    (SUM, "powers.sum(axis=0)"),
    name="wrong_axis",
    when="maximum and sum run down the columns, over the images",
    hint="The classes of one image are in a row: axis 1, or -1 for the last. Axis 0 counts the images.",
)
exercise.slip(
    (f" - {LARGEST}", ""),
    (SUM, "powers.sum(axis=0)"),
    name="wrong_axis_overflow",
    when="the sum runs down the columns, over the images, and `exp` overflows besides",
    hint="The classes of one image are in a row: axis 1. And take each row's largest vote away before `exp`.",
)
exercise.slip(
    (LARGEST, "logits.max(axis=1)"),
    (SUM, "powers.sum(axis=1)"),
    name="nothing_kept_upright",
    when="largest votes and sums have lost their axis and are laid along the wrong one",
    hint="After `max` or `sum` along axis 1 one axis is left, which NumPy lays along the classes. `keepdims=True` keeps "
    "both upright.",
)
exercise.slip(
    (f" - {LARGEST}", ""),
    (SUM, "powers.sum(axis=1)"),
    name="overflow_without_keepdims",
    when="the sums have lost their axis and are laid along the wrong one, and `exp` overflows besides",
    hint="`keepdims=True` keeps the axis of the sums. And take each row's largest vote away before `exp`.",
)
exercise.slip(
    (f" - {LARGEST}", ""),
    (f" / {SUM}", ""),
    name="powers_only",
    when="`exp` is applied and nothing else",
    hint="The shares of an image must add up to 1: divide by the row's sum. And take the row's largest vote away first.",
)
exercise.slip(
    (f" - {LARGEST}", ""),
    ("powers.sum(", "powers.max("),
    name="divided_by_the_largest",
    when="the powers are divided by the largest one instead of by their sum",
    hint="Shares add up to 1: divide by the sum of the row.",
)
exercise.slip(
    (f" - {LARGEST}", ""),
    (f"return powers / {SUM}", f"return np.nan_to_num(powers / {SUM})"),
    name="nan_replaced",
    when="`nan` is replaced by 0 after `exp` has overflowed",
    hint="That hides the trouble, and the shares no longer add up to 1. Take the row's largest vote away before `exp`.",
)
exercise.slip(
    SUM,
    "({sum} + {})".replace("{sum}", SUM),
    values=("1e-3", "1e-2", "1"),
    name="too_much_added",
    when="{} is added to the sum",
    hint="The row's largest power is 1, so its sum is never 0: nothing needs to be added.",
)

# -- the powers ----------------------------------------------------------------------------------------------

exercise.slip(
    f"np.exp(logits - {LARGEST})",
    "logits",
    name="shares_of_votes",
    when="the votes themselves are divided by their sum, without `exp`",
    hint="Votes may be negative, or add up to 0. Apply `exp` first, which makes all of them positive.",
)
exercise.slip(
    SUM,
    "np.sqrt((powers**2).sum(axis=1, keepdims=True))",
    name="divided_by_the_length",
    when="the powers are divided by the root of the sum of their squares, as an arrow by its length",
    hint="Then the squares of the shares add up to 1, not the shares. Divide by the sum of the powers.",
)
exercise.slip(
    f"np.exp(logits - {LARGEST})",
    "logits - logits.min(axis=1, keepdims=True)",
    name="shares_above_the_smallest",
    when="the smallest vote of the row is taken away and the rest divided by its sum, without `exp`",
    hint="That makes all shares positive or 0, but it is not softmax: the class with the fewest votes gets nothing at all. "
    "Apply `exp`.",
)
exercise.slip(
    f"np.exp(logits - {LARGEST})",
    "np.abs(logits)",
    name="shares_of_sizes",
    when="the sizes of the votes are divided by their sum, whatever their sign",
    hint="A vote against a class must make its share small. Apply `exp`, which keeps the order and makes all positive.",
)
exercise.slip(
    f"np.exp(logits - {LARGEST})",
    "np.maximum(logits, 0)",
    name="shares_of_positive_votes",
    when="negative votes are set to 0 and the rest divided by its sum",
    hint="Apply `exp` to all votes. It makes negative ones small, not 0.",
)
exercise.slip(
    f"np.exp(logits - {LARGEST})",
    f"2.0 ** (logits - {LARGEST})",
    name="powers_of_two",
    when="powers of 2 are used instead of powers of e",
    hint="`np.exp` takes powers of e = 2.718...",
)
exercise.slip(
    f"logits - {LARGEST}",
    "logits.min(axis=1, keepdims=True) - logits",
    name="upside_down",
    when="the sign is turned around, so that the most votes give the smallest share",
    hint="`exp` of the vote, not of minus the vote.",
)

# -- what is returned ----------------------------------------------------------------------------------------

exercise.slip(
    f"return powers / {SUM}",
    f"return np.log(powers / {SUM})",
    name="logarithm_of_shares",
    when="the logarithm of the shares is returned",
    hint="The shares themselves are between 0 and 1. Leave the logarithm out; where a share is 0 it would be minus infinity.",
)
exercise.slip(f"return powers / {SUM}", f"return np.round(powers / {SUM}, 2)", **common.ROUNDED)
exercise.slip(
    f"return powers / {SUM}", f"return (powers / {SUM}).astype(logits.dtype)", **common.TYPE_OF_THE_INPUT
)
exercise.slip(f"return powers / {SUM}", f"return (powers / {SUM}).tolist()", **common.LIST)
exercise.slip(
    f"return powers / {SUM}",
    f"return (powers / {SUM}).max(axis=1)",
    name="largest_share_only",
    when="only the largest share of each image is returned",
    hint="Every class has a share: the result has the shape of the votes.",
)
exercise.slip(
    f"return powers / {SUM}",
    "return powers[0] / powers[0].sum()",
    name="only_the_first_row",
    when="only the shares of the first image are computed",
    hint="A `return` inside the loop over images ends it after the first one.",
)
exercise.slip(
    f"return powers / {SUM}",
    "return powers[:1] / powers[:1].sum()",
    name="returned_after_one_row",
    when="the shares of the first image are returned as the only row",
    hint="A `return` inside the loop over images ends it after the first one. It belongs below the loop.",
)

# -- other computations --------------------------------------------------------------------------------------


@exercise.mistake(
    when="the logarithm of the sum is taken away, and is a logarithm of 0 or of infinity",
    hint="Your formula is right on paper. But the sum of the powers overflows, or becomes 0: take the row's largest vote "
    "away first.",
)
def logarithm_of_zero(logits):
    return np.exp(logits - np.log(np.exp(logits).sum(axis=1, keepdims=True)))


@exercise.mistake(
    when="each vote is squashed by itself: a sigmoid",
    hint="The shares of an image depend on each other, for they add up to 1: divide by the row's sum.",
)
def sigmoids(logits):
    return 1 / (1 + np.exp(-logits))


@exercise.mistake(
    when="the class with the most votes gets everything",
    hint="Softmax is soft: the others keep a share, the smaller the fewer votes they have.",
)
def winner_takes_all(logits):
    return np.eye(logits.shape[1])[logits.argmax(axis=1)]


exercise.slip(
    "powers / powers.sum(axis=1, keepdims=True)",
    "powers / np.exp(logits).sum(axis=1, keepdims=True)",
    name="largest_taken_away_above_only",
    when="the largest vote is subtracted before the division, but not in the sum below the line",
    hint="The sum below the line is that of the same powers as above it. Compute them once.",
)

exercise.slip(
    "np.exp(logits - logits.max(axis=1, keepdims=True))",
    "np.exp((logits - logits.mean(axis=1, keepdims=True)) / np.maximum(logits.std(axis=1, keepdims=True), 1e-8))",
    name="standardised_first",
    when="the votes of each row are standardised first",
    hint="Dividing blurs a clear vote. Subtract the largest vote, which changes no share, and divide nothing before `exp`.",
)

exercise.equivalent_mutant(
    "-1 -> 1",
    because="votes have two axes, images and classes, so that axis 1 and axis -1 are the same one",
)
