"""Random first weights of the size that keeps values as large as they are, layer after layer."""

import numpy as np

from helpers import reference
from helpers.exercises import common
from helpers.exercises.model import Case, Exercise


def cases(rng):
    """One unit, one filter, then several of either, and layers of the size that networks have."""

    def drawn(seed=None):
        return np.random.default_rng(int(rng.integers(100, 10**6)) if seed is None else seed)

    yield Case(((1, 8), drawn(7)), "one unit that looks at 8 values: a deviation of 0.5")
    yield Case(((3, 4), drawn(8)), "three units that look at 4 values each")
    yield Case(((1, 2, 2, 2), drawn(9)), "one filter of 2 x 2 over two channels: 8 values again")
    yield Case(((3, 1, 1, 3), drawn(10)), "three filters over one channel, wider than they are high")
    yield Case(((2, 3, 2, 1), drawn(11)), "two filters over three channels, higher than they are wide")
    yield Case(((4, 3, 1, 1), drawn(12)), "four filters of 1 x 1 over three channels")
    yield Case(((1, 1, 3, 3), drawn(13)), "one filter of 3 x 3 over one channel")
    for shape in [(5, 6), (2, 64), (64, 3), (8, 3, 3, 3), (4, 6, 5, 5), (16, 2, 3, 1)]:
        kind = "a linear layer" if len(shape) == 2 else "filters"
        yield Case((shape, drawn()), f"{kind} of shape {shape}, a generator at random")
    yield Case(((40, 200), drawn()), "8,000 weights of a linear layer")


exercise = Exercise(
    reference.initial_weights,
    cases,
    minutes=7,
    hints=(
        "Two numbers make each weight: a normal draw with a deviation of 1, from the `rng` that was handed in, and one "
        "factor for the whole layer. The factor depends on how many values one filter or unit looks at.",
        "`rng.normal(size=shape)` draws the whole array. `shape[1:]` is the shape without its first number, and `np.prod` "
        "multiplies the numbers in a tuple: (3, 2, 5, 5) has 2 * 5 * 5 = 50 values for each filter.",
        "By hand: for the shape (1, 8), one unit looks at 8 values. 2 / 8 = 0.25, and its root is 0.5. So each of the 8 "
        "draws is multiplied by 0.5: a draw of 1.2 becomes the weight 0.6.",
    ),
)


@exercise.model
def initial_weights(shape, rng):
    fan_in = np.prod(shape[1:])
    return rng.normal(size=shape) * np.sqrt(2 / fan_in)


@exercise.alternative
def with_the_deviation_handed_on(shape, rng):
    """Lets the generator scale: no array is multiplied afterwards."""
    inputs = 1
    for side in shape[1:]:
        inputs *= side
    return rng.normal(0, (2 / inputs) ** 0.5, shape)


@exercise.alternative
def divided_by_the_root(shape, rng):
    """Draws first and scales afterwards: easy to change to another rule."""
    weights = rng.standard_normal(shape)
    return weights / np.sqrt(weights[0].size / 2)


@exercise.alternative
def weight_by_weight(shape, rng):
    """One weight at a time, in the same order: good for following it."""
    count, *each = shape
    weights = np.zeros((count, int(np.prod(each))))
    for unit in range(weights.shape[0]):
        for place in range(weights.shape[1]):
            weights[unit, place] = rng.normal() * np.sqrt(2 / weights.shape[1])
    return weights.reshape(shape)


DRAW, FACTOR, FAN_IN = "rng.normal(size=shape)", "np.sqrt(2 / fan_in)", "np.prod(shape[1:])"
ALL = f"{DRAW} * {FACTOR}"

# -- how many values a filter or unit looks at ---------------------------------------------------------------

exercise.slip(
    FAN_IN,
    "shape[0]",
    name="number_of_filters",
    when="the number of filters or units is used as fan_in",
    hint="`shape[0]` says how many filters there are. What one of them looks at is in the rest of the shape.",
)
exercise.slip(
    FAN_IN,
    "np.prod(shape)",
    name="all_weights_counted",
    when="fan_in is the number of all weights of the layer",
    hint="Each filter or unit has its own sum. Count the values in one such sum: leave the first number of `shape` out.",
)
exercise.slip(
    FAN_IN,
    "shape[1]",
    name="channels_only",
    when="only the second number of the shape is used, so that a filter's height and width do not count",
    hint="A filter of 3 x 3 looks at 9 values in each channel: channels times height times width.",
)
exercise.slip(
    FAN_IN,
    "np.prod(shape[2:])",
    name="channels_forgotten",
    when="only a filter's height and width count, and not its channels",
    hint="A filter adds up products over all its channels: channels times height times width. A linear layer has no height and "
    "width; there the inputs alone count.",
)
exercise.slip(
    FAN_IN,
    "shape[0] * np.prod(shape[2:])",
    name="fan_out",
    when="fan_out is used: the filters, times height and width",
    hint="Fan_out counts where a value goes. Here you want fan_in: how many values come in, channels times height times width.",
)
exercise.slip(
    FAN_IN,
    "np.prod(shape[:-1])",
    name="last_number_left_out",
    when="the last number of the shape is left out instead of the first",
    hint="`shape[:-1]` drops the last number. The number of filters or units comes first: `shape[1:]`.",
)
exercise.slip(
    FAN_IN,
    "shape[-1]",
    name="last_number_only",
    when="only the last number of the shape is used",
    hint="That is right for a linear layer. A filter looks at channels times height times width.",
)
exercise.slip(
    FAN_IN,
    "shape[1] * shape[-1] ** 2",
    name="square_filters",
    when="a filter's width is used as its height as well, or a linear layer is treated like filters",
    hint="A filter need not be square, and a linear layer has two numbers only. `np.prod(shape[1:])` multiplies whatever is there.",
)
exercise.slip(
    FAN_IN,
    "shape[1] * shape[2] * shape[3]",
    name="four_numbers_needed",
    when="`shape` is taken to have four numbers",
    hint="A linear layer's shape is (units, inputs). Multiply whatever comes after the first number.",
)
exercise.slip(
    FAN_IN,
    "np.sum(shape[1:])",
    name="added_instead_of_multiplied",
    when="the numbers of the shape are added instead of multiplied",
    hint="A filter of 3 x 3 over 2 channels looks at 2 * 3 * 3 = 18 values, not at 2 + 3 + 3.",
)
exercise.slip(
    "2 / fan_in",
    "4 / (fan_in + shape[0] * np.prod(shape[2:]))",
    name="mean_of_both_fans",
    when="the mean of fan_in and fan_out is used, as Glorot and Bengio proposed for tanh",
    hint="He et al. count what comes in only: fan_in.",
)

# -- the factor ----------------------------------------------------------------------------------------------

exercise.slip(
    f" * {FACTOR}",
    "",
    name="not_scaled",
    when="the draws keep their deviation of 1",
    hint="With a deviation of 1 the values explode. Multiply by the root of 2 / fan_in.",
)
exercise.slip(
    FACTOR,
    "(2 / fan_in)",
    name="variance_for_deviation",
    when="2 / fan_in is used as the deviation, without the root",
    hint="2 / fan_in is the variance, the square of the deviation. Take the root.",
)
exercise.slip(
    "2 / fan_in",
    "1 / fan_in",
    name="one_for_two",
    when="1 / fan_in is under the root, which is right without ReLU",
    hint="ReLU sets half of the values to zero. The 2 makes up for that.",
)
exercise.slip(
    "2 / fan_in",
    "fan_in / 2",
    name="upside_down",
    when="the draws are divided by the root of 2 / fan_in, or the fraction is upside down",
    hint="The more values are added up, the *smaller* each weight has to be: the root of 2 / fan_in, as a factor.",
)
exercise.slip(
    FACTOR,
    "np.sqrt(2) / fan_in",
    name="root_of_two_alone",
    when="the root is taken of the 2 alone",
    hint="The root is over the whole fraction: `np.sqrt(2 / fan_in)`.",
)
exercise.slip(
    FACTOR,
    "2 / np.sqrt(fan_in)",
    name="root_of_fan_in_alone",
    when="the root is taken of fan_in alone",
    hint="The root is over the whole fraction: `np.sqrt(2 / fan_in)`.",
)
exercise.slip(
    "2 / fan_in",
    "2 // fan_in",
    name="whole_division",
    when="`//` cuts 2 / fan_in off to a whole number",
    hint="`2 // 8` is 0. Divide with `/`.",
)
exercise.slip(
    FACTOR,
    "{}",
    values=("0.01", "0.1", "0.05"),
    name="fixed_factor",
    when="every layer gets the same factor, {}",
    hint="A fixed factor is too small for some layers and too large for others. Use the root of 2 / fan_in.",
)
exercise.slip(
    f"{DRAW} *",
    f"{DRAW} +",
    name="added_to_the_draws",
    when="the root is added to the draws: as in `rng.normal(np.sqrt(2 / fan_in), ...)`, where the mean comes first",
    hint="The mean of the weights is 0. Multiply by the root, or hand it on as the *second* argument: `rng.normal(0, ..., shape)`.",
)

# -- the draws -----------------------------------------------------------------------------------------------

exercise.slip(
    "rng.normal",
    "np.random.default_rng(0).normal",
    name="own_generator",
    when="the numbers come from a new generator, `np.random.default_rng(0)`",
    hint="The caller decides where the random numbers come from: draw from `rng`.",
)
exercise.slip(
    DRAW,
    "rng.random(shape)",
    name="from_zero_to_one",
    when="the draws are even ones from 0 to 1, by `rng.random` or `rng.uniform`",
    hint="Such weights are all positive, and the values grow. You want `rng.normal(size=shape)`.",
)
exercise.slip(
    DRAW,
    "rng.uniform(-1, 1, shape)",
    name="from_minus_one_to_one",
    when="the draws are even ones from -1 to 1",
    hint="Draw normal numbers: `rng.normal(size=shape)`.",
)
exercise.slip(
    ALL,
    "rng.uniform(-1, 1, shape) * np.sqrt(6 / fan_in)",
    name="even_draws_of_the_same_deviation",
    when="the draws are even ones between two limits that give the right deviation",
    hint="That works as well in a network, but here the draws are to be normal: `rng.normal(size=shape)`.",
)
exercise.slip(
    DRAW,
    "np.abs(rng.normal(size=shape))",
    name="all_positive",
    when="all weights are made positive",
    hint="Weights need both signs. Leave the draws as they are.",
)
exercise.slip(
    DRAW,
    "rng.normal(size=shape[::-1]).T",
    name="drawn_turned_round",
    when="the array is drawn with its axes turned round and then transposed",
    hint="Draw the array in the shape that is asked for: `rng.normal(size=shape)`.",
)
exercise.slip(
    ALL,
    f"np.stack([rng.normal(size=shape[1:])] * shape[0]) * {FACTOR}",
    name="all_filters_alike",
    when="all filters or units get the same weights",
    hint="Filters that begin alike stay alike. Draw new numbers for each: `rng.normal(size=shape)` draws all of them.",
)
exercise.slip(
    ALL,
    f"rng.normal() * np.ones(shape) * {FACTOR}",
    name="one_draw_for_all",
    when="one number is drawn and used for all weights",
    hint="`rng.normal()` is a single number. With `size=shape` it draws a whole array.",
)
exercise.slip(
    f"return {ALL}",
    f"weights = {DRAW}\n    return weights / weights.std() * {FACTOR}",
    name="exactly_that_deviation",
    when="the draws are first standardised, so that the deviation is exactly the root of 2 / fan_in",
    hint="The draws have a deviation of 1 already, on average. Multiply by the root, and by nothing else.",
)

# -- what is returned ----------------------------------------------------------------------------------------

exercise.slip(
    DRAW,
    "rng.normal(size=fan_in)",
    name="weights_of_one",
    when="only the weights of one filter or unit are drawn, in one row",
    hint="Draw an array of the whole shape: `rng.normal(size=shape)`.",
)
exercise.slip(
    ALL,
    FACTOR,
    name="factor_alone",
    when="the factor is returned, not the weights",
    hint="That is the deviation. Multiply the draws by it: `rng.normal(size=shape)`.",
)
exercise.slip(ALL, f"({ALL}).round(2)", **common.ROUNDED)
exercise.slip(ALL, f"({ALL}).tolist()", **common.LIST)
exercise.slip(f"return {ALL}", f"print({ALL})", **common.PRINTED)

for change in (
    "shape = tuple((as_size(side, 'each number of shape') for side in shape)) -> (dropped)",
    "as_size(side, 'each number of shape') -> side",
):
    exercise.equivalent_mutant(
        change, because="it only turns away shapes that are not whole numbers, and every case has a shape"
    )

exercise.slip(
    "rng.normal(size=shape) * np.sqrt(2 / fan_in)",
    "np.clip(rng.normal(size=shape), -2, 2) * np.sqrt(2 / fan_in)",
    name="cut_off_at_two_deviations",
    when="draws beyond two deviations are cut off",
    hint="Some libraries do that. Here a large draw stays as it is.",
)
exercise.slip(
    "np.sqrt(2 / fan_in)",
    "np.sqrt(1 / (3 * fan_in))",
    name="pytorchs_own_size",
    when="the deviation is that of PyTorch's own first weights, the root of 1 / (3 * fan_in)",
    hint="For ReLU it is larger: under the root is 2 / fan_in.",
)
exercise.slip(
    "return rng.normal(size=shape)",
    "draws = rng.normal(size=shape)\n    return (draws - draws.mean())",
    name="mean_taken_away",
    when="the mean of the draws is taken away",
    hint="The draws have a mean of 0 on average. Leave them as they come.",
)
exercise.slip(
    "np.prod(shape[1:])",
    "np.prod(shape[1:]) + 1",
    name="bias_counted",
    when="the bias is counted as one more value that a unit looks at",
    hint="fan_in counts what the unit looks at: 8 for the shape (1, 8). The bias is not among them.",
)
exercise.slip(
    "return rng.normal(size=shape) * np.sqrt(2 / fan_in)",
    "draws = rng.normal(size=shape).reshape(len(np.zeros(shape)), fan_in)\n"
    "    return (draws / np.linalg.norm(draws, axis=1, keepdims=True) * np.sqrt(2)).reshape(shape)",
    name="filters_of_one_length",
    when="the weights of each filter or unit are scaled to the same length",
    hint="All draws are multiplied by one factor, so that some filters are longer than others by chance.",
)
