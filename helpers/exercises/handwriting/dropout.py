"""A random share of the values set to zero in training, the others enlarged."""

import numpy as np

from helpers import reference
from helpers.exercises import common
from helpers.exercises.model import Case, Exercise


def cases(rng):
    """Two values, shares other than a half, after training, whole numbers, then random stacks."""
    yield Case((np.array([2.0, 3.0]), 0.5, np.array([0.9, 0.2])), "two values, one of them dropped")
    yield Case(
        (np.array([2.0, 1.0, 4.0, 7.0]), 0.2, np.array([0.3, 0.1, 0.6, 0.15])), "one fifth is to be dropped"
    )
    yield Case(
        (np.array([6.0, 1.0, 3.0, 2.0]), 0.75, np.array([0.8, 0.6, 0.3, 0.7])), "three quarters dropped"
    )
    yield Case((np.array([5.0, 1.0, 8.0]), 0.5, np.array([0.5, 0.4, 0.7])), "a number that is exactly p")
    yield Case((np.array([3.0, 5.0, 4.0]), 0.5, np.array([0.1, 0.9, 0.3]), False), "after training")
    yield Case((np.array([[3.0, -1.0, 2.0]]), 0.4, np.array([[0.1, 0.9, 0.5]]), True), "training is said")
    yield Case((np.array([2.0, 5.0, 1.0]), 0.0, np.array([0.0, 0.6, 0.3])), "p is 0: nothing is dropped")
    yield Case((np.array([2.0, 5.0, 1.0]), 0.5, np.array([0.9, 0.6, 0.8])), "nothing happens to be dropped")
    yield Case(
        (np.array([2.0, 5.0, 1.0]), 0.5, np.array([0.2, 0.1, 0.4])), "everything happens to be dropped"
    )
    whole = np.array([[1, 4], [3, 7]])
    yield Case((whole, 0.6, np.array([[0.7, 0.1], [0.9, 0.65]])), "whole numbers")
    yield Case(
        (whole.copy(), 0.6, np.array([[0.7, 0.1], [0.9, 0.65]]), False), "whole numbers, after training"
    )
    for shape, p in [((3, 5), 0.3), ((2, 3, 4, 2), 0.5), ((40,), 0.9)]:
        yield Case(
            (rng.normal(0, 1, shape), p, rng.random(shape)), f"random values of shape {shape}, p = {p}"
        )
    yield Case((rng.normal(0, 1, (4, 3)), 0.5, rng.random((4, 3)), False), "random values, after training")
    x = rng.normal(0, 1, (3, 4)).astype(np.float32)
    yield Case((x, 0.25, rng.random((3, 4))), "values of type float32")


exercise = Exercise(
    reference.dropout,
    cases,
    minutes=6,
    hints=(
        "Two things happen in training: some values become 0, and those that stay are made larger. After training, "
        "neither of them does.",
        "`numbers >= p` is an array of True and False, and x times True is x, x times False is 0. What stays is divided by "
        "the share that stays on average.",
        "By hand: p = 0.2, values 2 and 1, numbers 0.3 and 0.1. Since 0.3 is not below 0.2, the 2 stays; the 1 is dropped. "
        "0.8 of all values stay on average, so the 2 becomes 2 / 0.8 = 2.5, and the answer is [2.5, 0].",
    ),
)


@exercise.model
def dropout(x, p, numbers, training=True):
    if not training:
        return x
    kept = numbers >= p
    return x * kept / (1 - p)


@exercise.alternative
def with_where(x, p, numbers, training=True):
    """One line that reads like the rule."""
    return np.where(numbers < p, 0, x / (1 - p)) if training else x.copy()


@exercise.alternative
def into_a_copy(x, p, numbers, training=True):
    """Changes a copy in place: this is how libraries save memory."""
    result = np.array(x, dtype=float)
    if training:
        result[numbers < p] = 0.0
        result /= 1 - p
    return result


@exercise.alternative
def value_by_value(x, p, numbers, training=True):
    """Every value by itself: good for following it."""
    result = np.zeros(x.shape)
    for position in np.ndindex(x.shape):
        if not training:
            result[position] = x[position]
        elif numbers[position] >= p:
            result[position] = x[position] / (1 - p)
    return result


END = "    return x * kept / (1 - p)"
TRAINING_ONLY = "    if not training:\n        return x\n"

# -- the size of what stays ----------------------------------------------------------------------------------

exercise.slip(
    " / (1 - p)",
    "",
    name="not_enlarged",
    when="what stays is not enlarged",
    hint="After training all values are there, so the sums would be larger than any that the next layer has seen. Divide what "
    "stays by the share that stays.",
)
exercise.slip(
    "(1 - p)",
    "p",
    name="divided_by_p",
    when="what stays is divided by `p`, the share that is dropped",
    hint="`p` is dropped, `1 - p` stays. Divide by the share that stays.",
)
exercise.slip(
    "/ (1 - p)",
    "* (1 - p)",
    name="made_smaller",
    when="what stays is multiplied by 1 - p, so that it gets smaller",
    hint="Some values are gone, so the others have to make up for them: they become larger. Divide.",
)
exercise.slip(
    "/ (1 - p)",
    "* (1 + p)",
    name="plus_p",
    when="what stays is multiplied by 1 + p",
    hint="If half of the values stay, each must count twice: 1 / (1 - 0.5). Divide by 1 - p.",
)
exercise.slip(
    "/ (1 - p)",
    "/ kept.mean()",
    name="by_what_happened_to_stay",
    when="it is divided by the share that happened to stay this time",
    hint="Divide by the share that stays *on average*, 1 - p. What happens to stay differs from batch to batch, and may be nothing.",
)
exercise.slip(
    "/ (1 - p)",
    "/ 1 - p",
    name="without_parentheses",
    when="`/ 1 - p` is written without parentheses, so that `p` is subtracted from every value",
    hint="Python divides first: `a / 1 - p` is (a / 1) - p. Write `/ (1 - p)`.",
)

# -- which values --------------------------------------------------------------------------------------------

exercise.slip(
    "numbers >= p",
    "numbers < p",
    name="keeps_what_is_to_go",
    when="the values that should be dropped stay, and those that should stay are dropped",
    hint="`p` is the share that is dropped, as in PyTorch: where the number is below `p`, the value goes.",
)
exercise.slip(
    ("numbers >= p", "numbers < p"),
    ("(1 - p)", "p"),
    name="p_as_the_share_that_stays",
    when="`p` is taken for the share that stays",
    hint="Books differ here. Ours follows PyTorch: `p` is the share that is dropped.",
)
exercise.slip(
    "numbers >= p",
    "numbers < 1 - p",
    name="from_the_other_end",
    when="a value is dropped where its number is 1 - p or more",
    hint="The share would be right, but the values are others: drop where the number is below `p`.",
)
exercise.slip(
    "numbers >= p",
    "numbers > p",
    name="exactly_p_dropped",
    when="a value whose number is exactly `p` is dropped as well",
    hint="Dropped is what lies *below* `p`: a number that equals `p` keeps its value.",
)
exercise.slip(
    "numbers >= p",
    "numbers >= {}",
    values=("0.5",),
    name="always_half",
    when="it is always compared with {}, whatever `p` is",
    hint="The caller decides how much is dropped: compare with `p`.",
)
exercise.slip(
    "numbers >= p",
    "np.random.default_rng(0).random(x.shape) >= p",
    name="own_random_numbers",
    when="other random numbers are drawn instead of the given ones",
    hint="The numbers have been drawn already: they are in `numbers`.",
)
exercise.slip(
    "numbers >= p",
    "x >= p",
    name="the_values_decide",
    when="the values themselves are compared with `p`",
    hint="Chance decides, not the values: compare `numbers` with `p`.",
)
exercise.slip(
    END,
    "    return x[kept] / (1 - p)",
    name="taken_out",
    when="dropped values are taken out, so that the answer is shorter",
    hint="The next layer expects as many values as before. A dropped value becomes 0, and its place stays.",
)
exercise.slip(
    END,
    "    return np.where(kept, x / (1 - p), x)",
    name="nothing_dropped",
    when="what stays is enlarged, but nothing is set to zero",
    hint="A dropped value becomes 0.",
)
exercise.slip(
    END,
    "    return np.where(kept, x / (1 - p), np.nan)",
    name="not_a_number",
    when="a dropped value becomes `nan`",
    hint="`nan` would spoil everything that is computed from it. A dropped value becomes 0.",
)
exercise.slip(
    END,
    "    return kept / (1 - p)",
    name="without_the_values",
    when="the factors are returned, not the values multiplied by them",
    hint="Multiply `x` by these factors.",
)
exercise.slip(
    "x * kept",
    "x * numbers * kept",
    name="times_the_numbers",
    when="what stays is also multiplied by its random number",
    hint="The numbers decide only which values stay. They do not change them.",
)
exercise.slip(
    "x * kept",
    "x * numbers",
    name="numbers_as_factors",
    when="every value is multiplied by its random number",
    hint="The numbers decide which values stay: compare them with `p`.",
)

# -- training or not -----------------------------------------------------------------------------------------

exercise.slip(
    TRAINING_ONLY,
    "",
    name="always_drops",
    when="values are dropped after training as well",
    hint="Once the network is used, it needs all its values: with `training=False` nothing is dropped and nothing enlarged.",
)
exercise.slip(
    "if not training:",
    "if training:",
    name="only_after_training",
    when="values are dropped after training, and none in training",
    hint="It is the other way round: `training=True` drops.",
)
exercise.slip(
    "return x\n",
    "return x * (1 - p)\n",
    name="smaller_after_training",
    when="all values are made smaller after training, as in the paper of 2014",
    hint="That is needed only if nothing was enlarged in training. Here it was, so `x` comes back as it is.",
)
exercise.slip(
    "return x\n",
    "return x / (1 - p)\n",
    name="larger_after_training",
    when="all values are enlarged after training",
    hint="After training nothing is missing, so nothing has to make up for it. `x` comes back as it is.",
)
exercise.slip(
    "return x\n",
    "return np.zeros(x.shape)\n",
    name="nothing_after_training",
    when="everything is zero after training",
    hint="After training all values stay: return `x`.",
)
exercise.slip(
    "        return x\n",
    "        return None\n",
    name="none_after_training",
    when="nothing is returned after training",
    hint="With `training=False` the values come back as they are.",
)

# -- what is returned ----------------------------------------------------------------------------------------

exercise.slip(
    (END, "    x[numbers < p] = 0\n    return x / (1 - p)"),
    ("    kept = numbers >= p\n", ""),
    **common.IN_PLACE,
)
exercise.slip(
    (
        END,
        "    kept_values = np.zeros_like(x)\n    kept_values[kept] = x[kept] / (1 - p)\n    return kept_values",
    ),
    **common.TYPE_OF_THE_INPUT,
)
exercise.slip(END, f"    print({END.removeprefix('    return ')})", **common.PRINTED)

exercise.slip(
    "/ (1 - p)",
    "/ np.sqrt(1 - p)",
    name="divided_by_the_root",
    when="what stays is divided by the square root of 1 - p",
    hint="It is the sum that should stay the same on average, not the spread: divide by 1 - p itself.",
)
exercise.slip(
    "return x * kept / (1 - p)",
    "return np.where(kept, x / (1 - p), -1)",
    name="dropped_to_black",
    when="a dropped value becomes -1, as a black pixel",
    hint="-1 is a value that votes. A dropped value is 0, which adds nothing.",
)
exercise.slip(
    "numbers >= p",
    "(numbers[0] if numbers.ndim > 1 else numbers) >= p",
    name="numbers_of_the_first_row",
    when="the numbers of the first row are used for all rows",
    hint="Each value has a random number of its own, at the same place in `numbers`.",
)
exercise.slip(
    "numbers >= p",
    "numbers[0] >= p",
    name="first_number_for_all",
    when="`numbers[0]` decides for all values: one number, or the first row of them",
    hint="Each value has a random number of its own: compare the whole array `numbers` with `p`.",
)
exercise.slip(
    "numbers >= p",
    "numbers > 1 - p",
    name="share_that_stays_from_the_other_end",
    when="a value stays only where its number is above 1 - p, so that the share p stays",
    hint="Where the number is below `p`, the value is dropped; all others stay. Compare with `p` itself.",
)
exercise.slip(
    "    kept = numbers >= p\n",
    "    kept = np.ones(x.size)\n    kept[np.argsort(numbers.ravel())[: int(p * x.size)]] = 0\n"
    "    kept = kept.reshape(x.shape)\n",
    name="exact_share_dropped",
    when="a fixed number of values is dropped, p times all of them: those with the smallest random numbers",
    hint="How many are dropped is left to chance: every number is compared with `p` by itself.",
)

for change in (
    "x, numbers, p = (as_numbers(x, 'x'), as_numbers(numbers, 'numbers'), float(p)) -> (dropped)",
    "as_numbers(x, 'x') -> x",
    "as_numbers(numbers, 'numbers') -> numbers",
    "float(p) -> p",
):
    exercise.equivalent_mutant(
        change, because="the cases hand over arrays of numbers, and float(p) only reads a number"
    )

# -- variants ------------------------------------------------------------------------------------------------

exercise.can_be("exactly_p_kept", when="a number that equals `p` keeps its value")
exercise.can_be(
    "exactly_p_dropped",
    when="a number that equals `p` drops its value",
    asked=(
        (
            "Where the number is below `p`, the value of `x` is dropped.",
            "Where the number is `p` or less, the value of `x` is dropped.",
        ),
        (
            ">>> drawn >= 0.5\narray([ True, False,  True, False])",
            ">>> drawn > 0.5\narray([ True, False, False, False])",
        ),
        (
            "6.0]) * (drawn >= 0.5)\narray([3., 0., 8., 0.])",
            "6.0]) * (drawn > 0.5)\narray([3., 0., 0., 0.])",
        ),
        (
            "A random number between 0 and 1 is below $p$ with probability $p$: there, the value is dropped.",
            "A random number between 0 and 1 is $p$ or less with probability $p$: there, the value is dropped.",
        ),
        (
            "Since 0.3 is not below 0.2, the 2 stays, and becomes",
            "Since 0.3 is more than 0.2, the 2 stays, and becomes",
        ),
    ),
    edits=((">= p", "> p"), ("< p", "<= p"), (">= 0.5", "> 0.5")),
    said=(
        ("a number that is exactly p", "a number that is exactly p is dropped"),
        ("p is 0: nothing is dropped", "p is 0, and so is one of the numbers"),
        ("`numbers >= p`", "`numbers > p`"),
        ("Since 0.3 is not below 0.2", "Since 0.3 is more than 0.2"),
        ("is below `p`", "is `p` or less"),
    ),
    gone=("is below `p`", "drawn >= 0.5", "numbers >= p"),
)


@exercise.example_from
def example(rng):
    """Four values, one of which has a number of exactly p."""
    values = rng.choice(np.arange(1.0, 9.0), 4, replace=False).tolist()
    numbers = rng.permutation([0.5, rng.integers(1, 5) / 10, rng.integers(6, 10) / 10, 0.3]).tolist()
    return (f"dropout(np.array({values}), 0.5, np.array({numbers}))",)
