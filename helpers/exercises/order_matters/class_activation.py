"""How much each moment votes for each class, after global pooling and a linear layer."""

import numpy as np

from helpers import reference
from helpers.exercises import common
from helpers.exercises.model import Case, Exercise


def cases(rng):
    """One map, two maps, peaks together and apart, ties, negative values, whole numbers, then random ones."""
    one, against = np.array([[2.0, 6.0, 1.0]]), np.array([[3.0], [-1.0]])
    yield Case((one, against, "mean"), "one map, two classes, the mean")
    yield Case((one, against, "max"), "one map, two classes, the maximum")
    two, single = np.array([[0.0, 2.0, 1.0], [4.0, 1.0, 3.0]]), np.array([[3.0, 5.0]])
    yield Case((two, single, "mean"), "two maps, one class, the mean")
    yield Case((two, single, "max"), "two maps that are largest at different moments")
    together = np.array([[1.0, 5.0, 0.0], [2.0, 7.0, 3.0]])
    yield Case((together, single, "max"), "two maps that are largest at the same moment")
    yield Case((np.array([[1.0, 4.0, 4.0, 2.0]]), against, "max"), "the largest value comes twice")
    square = np.array([[2.0, -3.0], [5.0, 7.0]])
    yield Case((two, square, "mean"), "as many classes as maps, the mean")
    yield Case((two, square, "max"), "as many classes as maps, the maximum")
    yield Case((np.array([[-3.0, -1.0, -2.0]]), against, "max"), "a map without a positive value")
    yield Case((np.array([[1, 2]]), np.array([[3], [-1]]), "mean"), "whole numbers, a mean with a fraction")
    whole = np.array([[3, 0, 1, 5], [1, 2, 0, 0], [0, 4, 9, 1]]), np.array([[1, -2, 0], [3, 1, 4]])
    yield Case((*whole, "mean"), "whole numbers, the mean")
    yield Case((*whole, "max"), "whole numbers, the maximum")
    for classes, maps, moments in [(3, 5, 7), (2, 4, 9), (4, 3, 6)]:
        for pooling in ("mean", "max"):
            arrays = rng.uniform(-1, 1, (maps, moments)), rng.uniform(-1, 1, (classes, maps))
            about = f"random: {classes} classes, {maps} maps, {moments} moments, the {pooling}"
            yield Case((*arrays, pooling), about.replace("the max", "the maximum"))
    yield Case((rng.uniform(-1, 1, (4, 6)), rng.uniform(-1, 1, (3, 4))), "random, pooling not given")
    arrays = [rng.uniform(-1, 1, size).astype(np.float32) for size in ((3, 8), (2, 3))]
    yield Case((*arrays, "max"), "random values of type float32")


exercise = Exercise(
    reference.class_activation,
    cases,
    minutes=8,
    hints=(
        "Begin with an array of zeros, a row for each class and a column for each moment. Each class and each map adds "
        "something to it, so you need two loops.",
        'What does map c give to class k? Its weight, `weights[k, c]`, times its values. For "mean" that is spread over '
        'all moments, for "max" it is one number at one moment; `np.argmax` finds the moment.',
        "A vote contains the *mean* of a map, so a moment's part is its value divided by the number of moments.",
        "By hand: the map (2, 6, 1) with a weight of 6. The mean is 3, the vote 18; the moments give 4, 12 and 2. With the "
        "maximum the vote is 36, and all of it comes from moment 1: (0, 36, 0).",
    ),
)


@exercise.model
def class_activation(maps, weights, pooling="mean"):
    activation = np.zeros((len(weights), maps.shape[1]))
    for label in range(len(weights)):
        for channel in range(len(maps)):
            weighted = weights[label, channel] * maps[channel]
            if pooling == "max":
                moment = np.argmax(maps[channel])
                activation[label, moment] += weighted[moment]
            else:
                activation[label] += weighted / len(weighted)
    return activation


@exercise.alternative
def as_matrices(maps, weights, pooling="mean"):
    """The weighted sum is a matrix product: short and fast."""
    if pooling == "mean":
        return weights @ maps / maps.shape[1]
    first = np.arange(maps.shape[1]) == maps.argmax(axis=1)[:, np.newaxis]
    return weights @ (first * maps)


@exercise.alternative
def moment_by_moment(maps, weights, pooling="mean"):
    """One moment at a time: good for following it."""
    columns = []
    for moment in range(maps.shape[1]):
        largest = maps.argmax(axis=1) == moment
        counts = largest if pooling == "max" else 1 / maps.shape[1]
        columns.append((weights * maps[:, moment] * counts).sum(axis=1))
    return np.stack(columns, axis=1)


@exercise.alternative
def added_at_the_moments(maps, weights, pooling="mean"):
    """Adds only where a maximum was: good when there are few channels and long series."""
    activation = np.zeros((weights.shape[0], maps.shape[1]))
    if pooling != "max":
        return np.einsum("kc,cl->kl", weights, maps) / maps.shape[1]
    for row, weight in zip(activation, weights, strict=True):
        np.add.at(row, maps.argmax(axis=1), weight * maps.max(axis=1))
    return activation


ZEROS = "np.zeros((len(weights), maps.shape[1]))"
WEIGHT = "weights[label, channel]"
WEIGHTED = "weights[label, channel] * maps[channel]"
PEAK = "activation[label, moment] += weighted[moment]"
SPREAD = "activation[label] += weighted / len(weighted)"
FOUND = "np.argmax(maps[channel])"
RESULT = "    return activation"

# -- which pooling -------------------------------------------------------------------------------------------

exercise.slip(
    'pooling == "max"',
    "False",
    name="always_the_mean",
    when="every moment votes, also after the maximum",
    hint='For "max" only one moment of each map votes: that of its largest value.',
)
exercise.slip(
    'pooling == "max"',
    "True",
    name="always_the_maximum",
    when="only the moment of the largest value votes, also after the mean",
    hint='For "mean" every moment votes, each with its own value divided by the number of moments.',
)
exercise.slip(
    'pooling == "max"',
    'pooling == "mean"',
    name="poolings_swapped",
    when="mean and maximum are swapped",
    hint='"max" is the one in which a single moment of each map votes.',
)

# -- the mean ------------------------------------------------------------------------------------------------

exercise.slip(
    " / len(weighted)",
    "",
    name="not_divided",
    when="nothing is divided: the moments add up to the vote times their number",
    hint="The vote contains the mean of each map. For the moments to add up to it, divide each by their number.",
)
exercise.slip(
    " / len(weighted)",
    " / len(maps)",
    name="divided_by_the_maps",
    when="the values are divided by the number of maps",
    hint="The mean of a map is taken over its moments: divide by their number.",
)
exercise.slip(
    "weighted / len(weighted)",
    "weighted.mean()",
    name="mean_at_every_moment",
    when="every moment gets the whole mean, so that all look alike",
    hint="Which moment is the vote from? Each gets its own value, divided by their number.",
)
exercise.slip(SPREAD, SPREAD.replace("+=", "="), **common.OVERWRITTEN)
exercise.slip((PEAK, PEAK.replace("+=", "=")), (SPREAD, SPREAD.replace("+=", "=")), **common.OVERWRITTEN)

# -- the maximum ---------------------------------------------------------------------------------------------

exercise.slip(
    PEAK,
    PEAK.replace("+=", "="),
    name="last_map_at_a_moment",
    when="only the last of several maps that are largest at the same moment counts",
    hint="Two maps may have their largest value at the same moment. Add their votes with `+=`.",
)
exercise.slip(
    FOUND,
    "np.argmax(weighted)",
    name="largest_vote",
    when="the moment is that of the largest vote instead of the largest value",
    hint="The pooling comes before the weights: it looks for the largest value of the map. With a negative weight that is "
    "another moment.",
)
exercise.slip(
    FOUND,
    "np.argmax(np.abs(maps[channel]))",
    name="largest_size",
    when="the moment is that of the largest value without its sign",
    hint="The maximum of -3 and 1 is 1. Leave the signs on.",
)
exercise.slip(
    FOUND,
    "np.argmin(maps[channel])",
    name="smallest_value",
    when="the moment is that of the smallest value",
    hint="`np.argmax` finds the largest.",
)
exercise.slip(
    FOUND,
    "len(weighted) - 1 - np.argmax(maps[channel][::-1])",
    name="last_of_ties",
    when="the last one votes where the largest value comes several times",
    hint="`np.argmax` finds the first of them, if the map is not turned round.",
)
exercise.slip(
    PEAK,
    "activation[label, maps[channel] == maps[channel].max()] += weighted[moment]",
    name="all_of_ties",
    when="ties are not broken: every moment that has a map's largest value votes",
    hint="Each map votes at one moment only: the first of them, which `np.argmax` finds.",
)
exercise.slip(
    PEAK,
    "activation[label] += weighted",
    name="every_moment_after_the_maximum",
    when="every moment of a map votes with its own value, also after the maximum",
    hint='For "max" only one moment of each map votes: that of its largest value.',
)
exercise.slip(
    FOUND,
    "np.argmax(maps.max(axis=0))",
    name="one_moment_for_all_maps",
    when="all maps vote at one moment, that of the largest value of all",
    hint="Each map has a largest value of its own, at a moment of its own.",
)
exercise.slip(
    FOUND,
    "np.argmax(maps.sum(axis=0))",
    name="moment_of_the_sum",
    when="all maps vote at one moment, the one at which their sum is largest",
    hint="Each map has a largest value of its own, at a moment of its own.",
)
exercise.slip(
    PEAK,
    "activation[label, moment] += weights[label, channel]",
    name="weights_only",
    when="the weights are added after the maximum, without the values",
    hint="A vote is a weight times a value: `weights[k, c]` times the largest value of map c.",
)
exercise.slip(
    PEAK,
    "activation[label, moment] += 1",
    name="counted",
    when="the maps that vote at each moment are only counted",
    hint="A vote is a weight times a value: `weights[k, c]` times the largest value of map c.",
)
exercise.slip(
    PEAK,
    "activation[label, channel % len(weighted)] += weighted[moment]",
    name="at_the_maps_place",
    when="each vote is put at the number of its map instead of at its moment",
    hint="The second index of the result is a moment, the one that `np.argmax` found.",
)
exercise.slip(
    PEAK,
    "activation[label] += weighted[moment]",
    name="maximum_at_every_moment",
    when="every moment gets the whole vote after the maximum",
    hint="Only one moment of each map votes: `activation[label, moment]`.",
)

# -- the weights ---------------------------------------------------------------------------------------------

exercise.slip(
    WEIGHTED,
    "maps[channel]",
    name="without_weights",
    when="the weights are left out",
    hint="How much a map says for a class is decided by its weight: `weights[k, c]`.",
)
exercise.slip(
    WEIGHT,
    "weights[channel, label]",
    name="weights_swapped",
    when="rows and columns of the weights are swapped",
    hint="`weights` has a row for each class and a column for each map: `weights[class, map]`.",
)
exercise.slip(
    WEIGHT,
    "weights[0, channel]",
    name="first_class_for_all",
    when="the weights of the first class are used for all classes",
    hint="Each class has its own row of weights.",
)
exercise.slip(
    "range(len(maps))",
    "range(1)",
    name="first_map_only",
    when="only the first map votes",
    hint="All maps vote; their votes add up.",
)
exercise.slip(
    WEIGHT,
    "abs(weights[label, channel])",
    name="signs_of_weights_lost",
    when="the signs of the weights are lost",
    hint="A negative weight speaks against the class. Keep its sign.",
)

# -- what is returned ----------------------------------------------------------------------------------------

exercise.slip(
    RESULT,
    "    return activation.sum(axis=1)",
    name="votes",
    when="the moments are added up",
    hint="The sum over the moments is the vote. Here keep the moments apart: shape (classes, L).",
)
exercise.slip(
    RESULT,
    "    return np.maximum(activation, 0)",
    name="votes_against_cut_off",
    when="negative values are set to zero",
    hint="A moment may speak against a class. Keep what is negative.",
)
exercise.slip(
    RESULT,
    "    return activation / np.abs(activation).max()",
    name="scaled_to_one",
    when="everything is divided by the largest value",
    hint="That is for showing. The moments must add up to the vote.",
)
exercise.slip(RESULT, "    return activation.T", **common.SWAPPED)
exercise.slip(RESULT, "        return activation", **common.IN_THE_LOOP)
exercise.slip(RESULT, "    return activation.tolist()", **common.LIST)
exercise.slip(ZEROS, ZEROS.replace("))", "), dtype=maps.dtype)"), **common.TYPE_OF_THE_INPUT)
exercise.slip(RESULT, "    return activation.astype(maps.dtype)", **common.TYPE_OF_THE_INPUT)

exercise.slip(
    "+= weighted[moment]",
    "+= weighted[moment] / len(weighted)",
    name="maximum_divided_too",
    when="the values are divided by the number of moments after the maximum as well",
    hint="Only a mean is spread over all moments. The maximum is one value, and all of it counts.",
)
exercise.slip(
    "return activation",
    "powers = np.exp(activation - activation.max(axis=0))\n    return powers / powers.sum(axis=0)",
    name="shares_at_each_moment",
    when="the votes at each moment are turned into shares by a softmax",
    hint="Shares no longer add up to the vote. Return the parts of the votes themselves.",
)
exercise.slip(
    "+= weighted / len(weighted)",
    "+= (weighted - weighted.mean()) / len(weighted)",
    name="mean_taken_away",
    when="the mean of each map is taken away first, so that the moments add up to 0",
    hint="The moments add up to the vote: leave the maps as they are.",
)
exercise.slip(
    "+= weighted[moment]",
    "+= weighted.max()",
    name="largest_vote_at_the_right_moment",
    when="the moment is that of the map's largest value, but the largest vote is put there",
    hint="With a negative weight the largest value gives the smallest vote. Take the vote at that moment.",
)

# -- variants ------------------------------------------------------------------------------------------------

exercise.can_be("first_of_ties", when="the first one votes where the largest value comes several times")
exercise.can_be(
    "last_of_ties",
    when="the last one votes where the largest value comes several times",
    asked=(
        (
            "value; if there are several, at the first of them.",
            "value; if there are several, at the last of them. (`maps[channel][::-1]` is a map turned round.)",
        ),
    ),
    edits=(("np.argmax", "ties.argmax"), ("maps.argmax(axis=1)", "ties.argmax(maps, axis=1)")),
    said=(
        (
            "`np.argmax` finds the moment.",
            "`np.argmax` finds the first such moment of a map, turned round or not.",
        ),
        ("the first of them, which `np.argmax` finds.", "the last of them."),
    ),
    gone=("the first of them",),
)


@exercise.example_from
def example(rng):
    """Two maps, the first of which is largest at two moments."""
    low, high, other = rng.choice(np.arange(1.0, 8.0), 3, replace=False).tolist()
    low, high = sorted((low, high))
    maps, weights = [[high, low, high], [0.0, other, 0.0]], rng.choice(np.arange(1.0, 5.0), (2, 2)).tolist()
    return (f'class_activation(np.array({maps}), np.array({weights}), "max")',)
