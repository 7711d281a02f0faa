"""One step of Adam."""

import numpy as np

from helpers import reference
from helpers.exercises import common
from helpers.exercises.model import Case, Exercise


def cases(rng):
    """One weight in every special setting, two weights, whole numbers, then random shapes."""

    def one(weight, gradient, mean, square):
        return tuple(np.array([value]) for value in (weight, gradient, mean, square))

    yield Case((*one(1.0, 5.0, 0.0, 0.0), 1, 0.1, 0.9, 0.999, 1e-8), "the first step")
    yield Case(
        (*one(1.0, 3.0, 1.0, 4.0), 2, 0.5, 0.5, 0.75, 0.0), "the second step, with shares of 0.5 and 0.75"
    )
    yield Case((*one(1.0, 3.0, 1.0, 4.0), 2, 0.5, 0.5, 0.75, 0.5), "an epsilon of 0.5")
    yield Case((*one(1.0, 0.0, 0.0, 0.0), 1, 0.1, 0.9, 0.999, 1e-8), "nothing but zeros: no step")
    yield Case((*one(2.0, -3.0, 0.5, 4.0), 3, 0.5, 0.25, 0.5, 1.0), "a negative gradient, late")
    yield Case((*one(3, 5, 2, 7), 3, 0.5, 0.5, 0.75, 0.25), "whole numbers")
    yield Case(
        (
            np.array([1.0, 2.0]),
            np.zeros(2),
            np.array([0.4, -0.2]),
            np.array([0.09, 0.04]),
            5,
            0.1,
            0.8,
            0.9,
            1e-8,
        ),
        "no slope: the averages fade",
    )
    both = np.array([1.0, 2.0]), np.array([5.0, -0.5])
    yield Case(
        (both[0], both[1], np.zeros(2), np.zeros(2), 1, 0.1, 0.9, 0.999, 2.0),
        "the first step, an epsilon of 2",
    )
    yield Case(
        (both[0].copy(), both[1].copy(), np.zeros(2), np.zeros(2), 3, 0.1, 0.7, 0.7, 1.0),
        "late, with equal shares",
    )
    averages = np.array([[0.5, -1.0], [2.0, 0.1]]), np.array([[1.0, 4.0], [9.0, 0.25]])
    whole = np.array([[1, 2], [3, 4]]), np.array([[5, -1], [0, 9]])
    yield Case((*whole, *averages, 4, 0.2, 0.6, 0.8, 0.5), "weights of whole numbers")
    whole_averages = np.array([[1, -1], [2, 0]]), np.array([[1, 4], [9, 2]])
    copies = (array.copy() for array in whole)
    yield Case((*copies, *whole_averages, 3, 0.2, 0.5, 0.75, 0.25), "whole numbers throughout")
    for shape in [(4,), (2, 3), (2, 1, 3, 2), ()]:
        weights, gradient, mean = (np.array(rng.normal(size=shape)) for _ in range(3))
        square = np.array(rng.uniform(0.1, 2, shape))
        settings = [float(rng.uniform(*ends)) for ends in [(0.05, 0.5), (0.3, 0.9), (0.3, 0.95), (0.05, 0.5)]]
        step = int(rng.integers(2, 9))
        yield Case((weights, gradient, mean, square, step, *settings), f"random weights of shape {shape}")
    three = rng.normal(size=(3, 3, 2)).astype(np.float32)
    square = rng.uniform(0.1, 2, (3, 2)).astype(np.float32)
    yield Case(
        (*(array.copy() for array in three), square, 3, 0.1, 0.8, 0.9, 0.01), "weights of type float32"
    )


exercise = Exercise(
    reference.adam_step,
    cases,
    minutes=6,
    returns=("weights", "mean", "square"),
    hints=(
        "Four lines: both running averages, then both of them corrected for their start at 0, then the step.",
        "A running average keeps a share `beta` of itself and takes `1 - beta` of what is new. To correct it for its "
        "start at 0, divide it by `1 - beta**step`; what you return are the averages before this division.",
        "By hand: gradient 5, averages 0, step 1, shares 0.9 and 0.999. Mean 0.1 · 5 = 0.5, square 0.001 · 25 = 0.025. "
        "Corrected: 0.5 / 0.1 = 5 and 0.025 / 0.001 = 25. The weight goes down by the learning rate times 5 / √25, which "
        "is 1.",
    ),
)


@exercise.model
def adam_step(
    weights, gradient, mean, square, step, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    mean = beta1 * mean + (1 - beta1) * gradient
    square = beta2 * square + (1 - beta2) * gradient**2
    direction = mean / (1 - beta1**step)
    size = np.sqrt(square / (1 - beta2**step))
    return weights - learning_rate * direction / (size + epsilon), mean, square


@exercise.alternative
def adam_weight_by_weight(
    weights, gradient, mean, square, step, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    """One weight at a time: good for following it."""
    moved, new_mean, new_square = (np.zeros(weights.shape) for _ in range(3))
    for place in np.ndindex(weights.shape):
        slope = float(gradient[place])
        new_mean[place] = mean[place] + (1 - beta1) * (slope - mean[place])
        new_square[place] = square[place] + (1 - beta2) * (slope * slope - square[place])
        direction = new_mean[place] / (1 - beta1**step)
        size = np.sqrt(new_square[place] / (1 - beta2**step))
        moved[place] = weights[place] - learning_rate * direction / (size + epsilon)
    return moved, new_mean, new_square


@exercise.alternative
def correction_in_the_rate(
    weights, gradient, mean, square, step, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    """Puts both corrections into the rate: this is how the paper makes it faster."""
    mean = mean * beta1 + gradient * (1 - beta1)
    square = square * beta2 + gradient * gradient * (1.0 - beta2)
    root = np.sqrt(1 - beta2**step)
    rate = learning_rate * root / (1 - beta1**step)
    return weights - rate * mean / (np.sqrt(square) + epsilon * root), mean, square


@exercise.alternative
def with_a_list(
    weights, gradient, mean, square, step, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    """Treats both averages alike: no line is written twice."""
    new, corrected = [], []
    for average, beta, value in [(mean, beta1, gradient), (square, beta2, np.square(gradient, dtype=float))]:
        new.append(np.add(beta * average, (1 - beta) * value))
        corrected.append(new[-1] / (1 - np.power(beta, step)))
    return [weights - learning_rate * corrected[0] / (corrected[1] ** 0.5 + epsilon), *new]


AVERAGES = """    mean = beta1 * mean + (1 - beta1) * gradient
    square = beta2 * square + (1 - beta2) * gradient**2
"""
CORRECTED = """    direction = mean / (1 - beta1**step)
    size = np.sqrt(square / (1 - beta2**step))
"""
MEAN, SQUARE = "mean / (1 - beta1**step)", "square / (1 - beta2**step)"
MOVED = "weights - learning_rate * direction / (size + epsilon)"

# -- the correction ------------------------------------------------------------------------------------------

exercise.slip(
    (MEAN, "mean"),
    (SQUARE, "square"),
    name="without_correction",
    when="the averages are not corrected for their start at 0",
    hint="At step 1 the averages hold only a small share of the gradient. Divide each by `1 - beta**step` for the step.",
)
exercise.slip(
    SQUARE,
    "square",
    name="square_not_corrected",
    when="only the mean is corrected for its start at 0",
    hint="The average of the squares begins at 0 as well: divide it by `1 - beta2**step`.",
)
exercise.slip(
    MEAN,
    "mean",
    name="mean_not_corrected",
    when="only the average of the squares is corrected for its start at 0",
    hint="The mean begins at 0 as well: divide it by `1 - beta1**step`.",
)
exercise.slip(
    ", mean, square\n",
    ", direction, size**2\n",
    name="returns_corrected",
    when="the corrected averages are returned",
    hint="The next step goes on from the averages as they are. Give the ones that you divide other names.",
)
exercise.slip(
    ", mean, square\n",
    ", direction, square\n",
    name="returns_the_corrected_mean",
    when="the corrected mean is returned together with the average of the squares as it is",
    hint="The next step goes on from the averages as they are. Give the one that you divide another name.",
)
exercise.slip(
    ("(1 - beta1**step)", "(1 - beta1)"),
    ("(1 - beta2**step)", "(1 - beta2)"),
    name="always_the_first_step",
    when="the averages are divided by `1 - beta`, as if every step were the first",
    hint="`beta**step` fades away as the steps go on. The power is missing.",
)
exercise.slip(
    ("beta1**step", "beta1 ** (step + 1)"),
    ("beta2**step", "beta2 ** (step + 1)"),
    name="counted_once_more",
    when="the steps are counted from 0 in the correction: `step + 1`",
    hint="`step` is 1 for the first step already.",
)
exercise.slip(
    ("beta1**step", "beta1 * step"),
    ("beta2**step", "beta2 * step"),
    name="times_step",
    when="`beta` is multiplied by `step` instead of raised to its power",
    hint="The share of the zeros that is left is `beta**step`: beta times beta times beta ...",
)
exercise.slip(
    ("(1 - beta1**step)", "(1 - beta1) ** step"),
    ("(1 - beta2**step)", "(1 - beta2) ** step"),
    name="power_of_the_rest",
    when="`1 - beta` is raised to the power of `step`",
    hint="The power comes first: the share of the zeros that is left is `beta**step`, and the rest is 1 less that.",
)
exercise.slip(
    (MEAN, "mean * (1 - beta1**step)"),
    (SQUARE, "(square * (1 - beta2**step))"),
    name="correction_multiplied",
    when="the averages are multiplied by `1 - beta**step` instead of divided",
    hint="The averages are too small at first. Dividing by a number below 1 makes them larger.",
)
exercise.slip(
    ("(1 - beta1**step)", "beta1**step"),
    ("(1 - beta2**step)", "beta2**step"),
    name="divided_by_the_power",
    when="the averages are divided by `beta**step`",
    hint="`beta**step` is the share of the zeros that is left. Divide by the rest, `1 - beta**step`.",
)

# -- the root and epsilon ------------------------------------------------------------------------------------

exercise.slip(
    f"np.sqrt({SQUARE})",
    SQUARE,
    name="without_root",
    when="the square root is left out",
    hint="The average of the squares is of the size of a gradient squared. Its root is of the size of a gradient.",
)
exercise.slip(
    (f"np.sqrt({SQUARE})", f"np.sqrt({SQUARE} + epsilon)"),
    ("(size + epsilon)", "size"),
    name="epsilon_under_the_root",
    when="epsilon is under the root",
    hint="First the root, then add epsilon.",
)
exercise.slip(
    f"np.sqrt({SQUARE})",
    "np.sqrt(square) / (1 - beta2**step)",
    name="root_too_early",
    when="the root is taken before the average of the squares is corrected for its start at 0",
    hint="First divide the average of the squares by `1 - beta2**step`, then take the root of that.",
)
exercise.slip(
    "(size + epsilon)",
    "size + epsilon",
    name="epsilon_outside",
    when="epsilon is added after the division",
    hint="`epsilon` is part of what one divides *by*: brackets round the root and epsilon.",
)
exercise.slip(
    "(size + epsilon)",
    "size",
    name="without_epsilon",
    when="epsilon is left out, and zero is divided by zero",
    hint="Where a gradient is 0 throughout, the root is 0. `epsilon` keeps the division finite.",
)
exercise.slip(
    (f"np.sqrt({SQUARE})", "(np.sqrt(square) + epsilon) / np.sqrt(1 - beta2**step)"),
    ("(size + epsilon)", "size"),
    name="epsilon_before_the_correction",
    when="epsilon is added to the root before it is corrected for its start at 0",
    hint="First correct and take the root, then add `epsilon`; otherwise epsilon is corrected with it.",
)
exercise.slip(
    (MEAN, "mean * (1 - beta2**step) / (1 - beta1**step)"),
    ("np.sqrt(square / (1 - beta2**step))", "np.sqrt(square)"),
    name="correction_without_its_root",
    when="both corrections are drawn together into one factor, but the second one has lost its square root",
    hint="The square is corrected under the root: as a factor in front, that is `np.sqrt(1 - beta2**step)`.",
)
exercise.slip(
    "size + epsilon",
    "size + 1e-8",
    name="fixed_epsilon",
    when="epsilon is always the same tiny number, such as 1e-8, whatever the caller asks for",
    hint="The last argument says how large it is. Use `epsilon`.",
)
exercise.slip(
    " / (size + epsilon)",
    "",
    name="not_divided_by_the_root",
    when="the step is not divided by the root of the squares",
    hint="Dividing by the root is what makes the steps of all weights about equally long.",
)

# -- the averages --------------------------------------------------------------------------------------------

exercise.slip(
    "gradient**2",
    "gradient",
    name="not_squared",
    when="the gradient is not squared in the second average",
    hint="The second average is of the *squares*: `gradient**2`.",
)
exercise.slip(
    "gradient**2",
    "np.abs(gradient)",
    name="sizes_averaged",
    when="the second average is of the gradient's size, not of its square",
    hint="The second average is of the *squares*: `gradient**2`. Its root is taken in the step.",
)
exercise.slip(
    "gradient**2",
    "mean**2",
    name="mean_squared",
    when="the new mean is squared instead of the gradient",
    hint="The second average takes in the gradient's own square, not the mean's.",
)
exercise.slip(
    "gradient**2",
    "(gradient - mean)**2",
    name="variance",
    when="the second average is of the distance from the mean, squared, as in a variance",
    hint="Nothing is taken off first: the second average is of `gradient**2`.",
)
exercise.slip(
    "    mean = ",
    "    beta1, beta2 = beta2, beta1\n    mean = ",
    name="betas_swapped",
    when="beta1 and beta2 are swapped",
    hint="`beta1` is for the mean, `beta2` for the squares.",
)
exercise.slip(
    ("(1 - beta1) * gradient", "gradient"),
    ("(1 - beta2) * gradient", "gradient"),
    name="sums_instead_of_averages",
    when="the gradient goes into the averages as it is, without `1 - beta`",
    hint="A running average keeps `beta` of itself and takes `1 - beta` of what is new, so that the shares add up to 1.",
)
exercise.slip(
    ("beta1 * mean + (1 - beta1)", "(1 - beta1) * mean + beta1"),
    ("beta2 * square + (1 - beta2)", "(1 - beta2) * square + beta2"),
    name="shares_swapped",
    when="`beta` and `1 - beta` are swapped in the averages",
    hint="The larger share, `beta`, is that of the old average.",
)
exercise.slip(
    "    mean = ",
    "    beta1, beta2 = 1 - beta1, 1 - beta2\n    mean = ",
    name="shares_swapped_throughout",
    when="`beta` and `1 - beta` are swapped, in the averages and in the correction",
    hint="The larger share, `beta`, is that of the old average, and the correction is `1 - beta**step`.",
)
exercise.slip(
    MEAN,
    "gradient",
    name="gradient_as_direction",
    when="the gradient itself is the direction, not the mean",
    hint="The step follows the running mean: that is what smooths the way.",
)
exercise.slip(
    (AVERAGES + CORRECTED, CORRECTED + f"    moved = {MOVED}\n" + AVERAGES),
    (f"return {MOVED}", "return moved"),
    name="old_averages",
    when="the averages of the step before make the step",
    hint="First bring both averages up to date, then use the new ones.",
)

# -- the step, and what is returned --------------------------------------------------------------------------

exercise.slip(
    "weights -",
    "weights +",
    name="uphill",
    when="the step goes uphill",
    hint="The mean of the gradient points to where the error rises. Take the step off.",
)
exercise.slip(
    "learning_rate * direction",
    "learning_rate * (1 - beta1) * direction",
    name="rate_times_the_share",
    when="the learning rate is multiplied by `1 - beta1`",
    hint="`1 - beta1` is the gradient's share in the mean, where it has been counted already.",
)
exercise.slip(
    "learning_rate * direction",
    "direction",
    name="without_rate",
    when="the learning rate is left out",
    hint="The step is the learning rate times the quotient.",
)
exercise.slip(
    ", mean, square\n",
    "\n",
    name="weights_only",
    when="only the weights are returned",
    hint="The next step needs both averages: return weights, mean and square.",
)
exercise.slip(
    ("    mean = ", "    before = mean, square\n    mean = "),
    (", mean, square\n", ", *before\n"),
    name="returns_the_old_averages",
    when="the old averages are returned",
    hint="The next step goes on from the *new* averages: return those.",
)
exercise.slip(
    (f"return {MOVED}, mean, square", f"return {MOVED}, square, mean"),
    name="averages_swapped",
    when="the averages are returned in another order: square before mean",
    hint="The order is: weights, mean, square.",
)
exercise.slip(
    ("    mean = ", "    mean[...] = "),
    ("    square = ", "    square[...] = "),
    name="changes_the_averages",
    when="the caller's own averages are changed",
    hint="`+=` and `*=` write into the caller's arrays. Make new ones: `mean = beta1 * mean + ...`.",
)
exercise.slip(
    f"    return {MOVED}",
    f"    weights[...] = {MOVED}\n    return weights",
    **common.CHANGES_THE_WEIGHTS,
)

exercise.slip(
    "(size + epsilon)",
    "np.maximum(size, epsilon)",
    name="epsilon_as_a_floor",
    when="epsilon is a floor for the root of the squares instead of being added to it",
    hint="Add epsilon to the root, also where the root is large enough without it.",
)

exercise.equivalent_mutant(
    "for array, name in ((gradient, 'gradient'), (mean, 'mean'), (square, 'square')): -> (dropped)",
    because="it only refuses arrays of different shapes; the lesson hands over equal ones",
)
exercise.slip(
    ("mean / (1 - beta1**step)", "mean / (1 - beta2**step)"),
    ("square / (1 - beta2**step)", "square / (1 - beta1**step)"),
    name="corrections_with_swapped_betas",
    when="`beta1` and `beta2` are swapped in the corrections",
    hint="Each average is corrected by its own share: the mean by `beta1`, the mean square by `beta2`.",
)

for change in (
    "float(epsilon) -> epsilon",
    "learning_rate, beta1, beta2 = (float(learning_rate), float(beta1), float(beta2)) -> (dropped)",
    "float(learning_rate) -> learning_rate",
    "float(beta1) -> beta1",
    "float(beta2) -> beta2",
):
    exercise.equivalent_mutant(change, because="only a number of a wider type would change the result's type")
