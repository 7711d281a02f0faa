"""What lesson 11 asks: best_setting, design_network.

Designs have no single right answer. A rule decides: it counts, and then it trains. What it trains with is
the same every time, and what came out is remembered for as long as the process lives.
"""

import math
from functools import cache
from itertools import pairwise

import numpy as np

from helpers import data, reference
from helpers.exercises.model import Case, Exercise, Refusal
from helpers.reference import conv_layer, fc_layer, pool_layer, relu_layer

# ---------------------------------------------------------------------------------------------- best_setting


def _best_cases(rng):
    yield Case((np.array([[0.5, 0.5], [0.9, 0.9]]),), "two settings without any spread")
    yield Case((np.array([[0.5, 0.7], [0.8, 0.8], [0.8, 1.0]]),), "a cheaper one, a standard error away")
    yield Case((np.array([[0.6, 0.7, 0.8], [0.6, 0.9, 0.9], [0.7, 0.8, 0.9]]),), "two equal means")
    yield Case((np.array([[0.9, 0.9], [0.8, 0.8], [0.7, 0.7]]),), "the cheapest is the best")
    yield Case((np.array([[0.5, 0.5], [0.6, 0.6], [0.7, 0.7]]),), "the dearest is the best, by far")
    runs = np.array([[0.70, 0.98, 0.72, 0.72], [0.90, 0.88, 0.89, 0.91], [0.86, 0.88, 0.87, 0.85]])
    yield Case((runs,), "one lucky run")
    yield Case((np.array([[0.1, 0.9, 0.5], [0.85, 0.87, 0.89], [0.90, 0.92, 0.91]]),), "a wide cheap one")
    yield Case((np.array([[0.80, 0.82], [0.90, 0.92], [0.915, 0.925]]),), "only the second is near")
    yield Case((np.array([[0.79, 0.81, 0.80], [0.84, 0.86, 0.85], [0.80, 0.90, 0.91]]),), "a wide best one")
    yield Case(
        (np.array([[0.5, 0.5], [0.80, 0.80], [0.75, 0.95], [0.8, 0.8]]),), "two are near, take the first"
    )
    wide = [0.7, 0.9, 0.9, 1.0, 1.0]  # mean 0.9, deviation 0.122, standard error 0.055
    for low, about in (
        (0.06, "a little too far"),
        (0.052, "near enough, but by a little"),
        (0.04, "near enough"),
    ):
        yield Case((np.array([[0.9 - low] * 5, wide]),), about)
    for settings, count in ((3, 4), (6, 5), (12, 3), (12, 8)):
        levels = 0.9 - 0.3 * np.sort(rng.random(settings))[::-1] ** 2
        yield Case(
            (levels[:, None] + rng.normal(0, 0.03, (settings, count)),), f"{settings} x {count} at random"
        )


best_setting = Exercise(
    name="best_setting",
    reference=reference.best_setting,
    cases=_best_cases,
    whole_numbers=True,
    hints=(
        "First a mean for each row. Which row has the largest? How far may another fall below it and still count as equal?",
        "The standard error: `.std(ddof=1)` of the best row's runs, divided by the square root of how many there are. "
        "`np.argmax` of an array of True and False gives the first True.",
        "By hand: rows (0.8, 0.8) and (0.8, 1.0). Means 0.8 and 0.9. The second row's runs lie 0.1 below and above: the "
        "squares add up to 0.02, divided by 2 - 1, the root is 0.141; divided by the root of 2 it is 0.1. So 0.8 is near enough.",
    ),
)
best_setting.equivalent_mutant(
    "int(np.argmax(means >= means[best] - error)) -> np.argmax(means >= means[best] - error)",
    because="a whole number of NumPy's is as good an index as one of Python's",
)


@best_setting.alternative
def best_setting_in_a_loop(accuracies):
    runs = len(accuracies[0])
    means = [sum(row) / runs for row in accuracies]
    best = accuracies[means.index(max(means))]
    squares = sum((value - max(means)) ** 2 for value in best)
    error = (squares / (runs - 1) / runs) ** 0.5
    for index, mean in enumerate(means):
        if mean >= max(means) - error:
            return index


@best_setting.alternative
def best_setting_by_variance(accuracies):
    order = np.argsort(-accuracies.mean(axis=1), kind="stable")
    best = accuracies[order[0]]
    low = best.mean() - np.sqrt(best.var(ddof=1) / best.size)
    return int(np.flatnonzero(accuracies.mean(axis=1) >= low)[0])


@best_setting.mistake(
    when="the largest mean wins, without a look at the spread",
    hint="A mean that is smaller by less than the standard error is as good. Of those, take the first.",
)
def largest_mean(accuracies):
    return int(accuracies.mean(axis=1).argmax())


@best_setting.mistake(
    when="the single best run decides",
    hint="One lucky run says little. Take the mean of each row first.",
)
def largest_single_run(accuracies):
    return int(np.argmax(accuracies) // accuracies.shape[1])


@best_setting.mistake(
    when="the standard deviation is taken for the standard error: it is not divided by the square root of the number of runs",
    hint="A mean of many runs is surer than one run. Divide the standard deviation by the square root of the number of runs.",
)
def deviation_for_error(accuracies):
    means = accuracies.mean(axis=1)
    return int(np.argmax(means >= means.max() - accuracies[means.argmax()].std(ddof=1)))


@best_setting.mistake(
    when="the standard deviation is divided by the number of runs, not by its square root",
    hint="Four times as many runs make the error half as large: that is a square root.",
)
def divided_by_runs(accuracies):
    means = accuracies.mean(axis=1)
    error = accuracies[means.argmax()].std(ddof=1) / accuracies.shape[1]
    return int(np.argmax(means >= means.max() - error))


@best_setting.mistake(
    when="the spread is divided by the number of runs instead of one less (`ddof=1` is missing)",
    hint="`.std()` divides by the number of runs unless you say `ddof=1`; with few runs that makes the spread too small.",
)
def without_ddof(accuracies):
    means = accuracies.mean(axis=1)
    error = accuracies[means.argmax()].std() / np.sqrt(accuracies.shape[1])
    return int(np.argmax(means >= means.max() - error))


@best_setting.mistake(
    when="every row is allowed its own standard error, instead of the best row's",
    hint="A row with a wide spread must not be let in for that. The standard error is the best row's, for all rows.",
)
def own_error(accuracies):
    means = accuracies.mean(axis=1)
    errors = accuracies.std(axis=1, ddof=1) / np.sqrt(accuracies.shape[1])
    return int(np.argmax(means + errors >= means.max()))


@best_setting.mistake(
    when="the last of the settings that are near enough is taken, which is the dearest",
    hint="The rows begin with the cheapest. Of those that are as good as the best, take the first.",
)
def last_near_enough(accuracies):
    means = accuracies.mean(axis=1)
    error = accuracies[means.argmax()].std(ddof=1) / np.sqrt(accuracies.shape[1])
    return int(np.flatnonzero(means >= means.max() - error)[-1])


@best_setting.mistake(
    when="a setting must be better than the best less its standard error, so that without spread not even the best counts",
    hint="Without any spread the standard error is 0, and the best mean is not larger than itself. Compare with `>=`.",
)
def strictly_better(accuracies):
    means = accuracies.mean(axis=1)
    error = accuracies[means.argmax()].std(ddof=1) / np.sqrt(accuracies.shape[1])
    return int(np.argmax(means > means.max() - error))


@best_setting.mistake(
    when="the means are taken over the settings instead of over the runs",
    hint="A row is a setting, a column a run. The mean of each row is `accuracies.mean(axis=1)`.",
)
def means_of_columns(accuracies):
    means = accuracies.mean(axis=0)
    error = accuracies[:, means.argmax()].std(ddof=1) / np.sqrt(accuracies.shape[0])
    return int(np.argmax(means >= means.max() - error))


@best_setting.mistake(
    when="the mean accuracy itself is returned, not which row has it",
    hint="Asked is the row's index, a whole number: 0 for the first setting.",
)
def the_mean_itself(accuracies):
    means = accuracies.mean(axis=1)
    error = accuracies[means.argmax()].std(ddof=1) / np.sqrt(accuracies.shape[1])
    return float(means[np.argmax(means >= means.max() - error)])


# -------------------------------------------------------------------------------------------- design_network

SHAPE, CLASSES = (1, 16, 16), 2
BUDGET = 600  # parameters
TARGET = 0.94  # accuracy of the middle one of the trainings
STARTS = (0, 1, 2)  # seeds
LETTERS = {"size": 16, "shift": 3, "scale": (0.5, 0.9), "rotation": 30, "weight": (1, 2), "noise": 0.4}
_TRAINING_LETTERS, _TEST_LETTERS = 600, 1000

_LAYERS_AT_MOST = 20
_SETTING_AT_MOST = 1000
_WORK_AT_MOST = 150_000  # multiplications or comparisons for one image: then a training takes a second or two
_WORK_FOR_TURNS = 200_000  # for all networks together that are trained to find the knob
_GAIN = 0.03  # from which on a turned knob is said to matter

_MAKERS = {
    "CONV": (conv_layer, ("filters", "kernel", "stride", "padding")),
    "POOL": (pool_layer, ("kernel", "stride")),
    "RELU": (relu_layer, ()),
    "FC": (fc_layer, ("units",)),
}


class Trained(Case):
    """A case in which the design is trained as well."""


def _design_cases(rng):
    yield Case((SHAPE, CLASSES), "counting sizes and parameters")
    depth, height, width, classes = (int(number) for number in rng.integers((1, 17, 17, 3), (4, 25, 25, 8)))
    yield Case(
        ((depth, height, width), classes),
        f"other images: {classes} classes, {height} x {width} pixels, depth {depth}",
    )
    yield Trained((SHAPE, CLASSES), "three trainings with the letters")


def _refuse_design(case, returned):
    """What is wrong with a design in a case, or None. It is counted first, and trained only if it is small."""
    layers = _read(returned)
    if isinstance(layers, Refusal):
        return layers
    shape, classes = case.arguments
    refusal = _ends_wrong(layers, classes) or _is_the_lessons(layers) or _does_not_fit(layers, shape)
    if refusal is None and (shape, classes) == (SHAPE, CLASSES):
        refusal = _costs_too_much(layers)
    if refusal is None and isinstance(case, Trained):
        refusal = _learns_too_little(layers)
    return refusal


def _read(returned):
    """The layers as the course's own functions would have described them, or a refusal."""
    if not isinstance(returned, list | tuple):
        what = "one layer" if isinstance(returned, dict) else f"of type {type(returned).__name__}"
        return Refusal(
            f"The result should be a list of layers, as `reference.conv_layer` makes them; it is {what}."
        )
    if len(returned) > _LAYERS_AT_MOST:
        return Refusal(f"There are {len(returned)} layers; more than {_LAYERS_AT_MOST} are not tried.")
    if not returned:
        return Refusal("The list is empty: there is no layer in it.")
    layers = []
    for number, layer in enumerate(returned, start=1):
        try:
            layers.append(_read_layer(layer))
        except (ValueError, TypeError) as error:
            return Refusal(f"Layer {number} cannot be read: {str(error)[:200]}.")
    return layers


def _read_layer(layer):
    name = layer.get("layer") if isinstance(layer, dict) else None
    if not isinstance(name, str) or name not in _MAKERS:
        kind = f"its name is {name!r}" if isinstance(name, str) else f"it is of type {type(layer).__name__}"
        raise ValueError(
            f"a layer is CONV, RELU, POOL or FC, made by `reference.conv_layer` and so on; {kind}"
        )
    maker, settings = _MAKERS[name]
    missing = [setting for setting in settings if setting not in layer]
    if missing:
        raise ValueError(f"{name} does not say its {' and '.join(missing)}")
    made = maker(**{setting: layer[setting] for setting in settings})
    if max((made[setting] for setting in settings), default=0) > _SETTING_AT_MOST:
        raise ValueError(f"{name} has a setting above {_SETTING_AT_MOST}")
    return made


def _ends_wrong(layers, classes):
    """A refusal unless the last layer gives a vote to each class."""
    last = layers[-1]
    if last["layer"] == "RELU":
        return Refusal(
            "The last layer is RELU. It turns every vote below 0 into 0, and many a training learns nothing.",
            "relu_after_the_votes",
        )
    if last["layer"] != "FC":
        return Refusal(
            f"At the end there should be an FC with a unit for each of the {classes} classes; there is {last['layer']}.",
            "no_votes",
        )
    if last["units"] != classes:
        return Refusal(
            f"The last FC has units = {last['units']}; here there are {classes} classes.", "units_fixed"
        )
    return None


def _is_the_lessons(layers):
    """A refusal of the plan from which the lesson turns its knobs."""
    if layers[:-1] != [conv_layer(8, kernel=5), relu_layer(), pool_layer(4)]:
        return None
    return Refusal(
        "This is the lesson's own plan, with every knob where it was. Turn at least one of them.",
        "every_knob_where_it_was",
    )


def _does_not_fit(layers, shape):
    """A refusal if a layer cannot stand where it does."""
    try:
        reference.layer_shapes(layers, shape)
    except ValueError as error:
        size = f"images of {shape[1]} x {shape[2]} pixels"
        return Refusal(f"These layers cannot be built for {size}: {error}.", "window_does_not_fit")
    return None


def _costs_too_much(layers):
    """A refusal if there are too many parameters, or too much to compute."""
    counts = [row[2] for row in reference.parameter_table(layers, SHAPE)[1:]]
    if sum(counts) > BUDGET:
        number = counts.index(max(counts))
        text = (
            f"{sum(counts):,} parameters; at most {BUDGET} are allowed. "
            f"Layer {number + 1} ({_named(layers[number])}) alone has {counts[number]:,}."
        )
        return Refusal(text, _holder(layers, number))
    work = _work(layers)
    if work > _WORK_AT_MOST:
        return Refusal(
            f"For one image {work:,} multiplications and comparisons; at most {_WORK_AT_MOST:,} are tried.",
            "too_much_work",
        )
    return None


def _holder(layers, number):
    """The mistake that goes with the layer that holds most of the parameters."""
    layer = layers[number]
    if layer["layer"] == "CONV":
        return "filters_too_large" if layer["kernel"] > 5 else "too_many_filters"
    return "too_many_values_vote" if number == len(layers) - 1 else "too_many_neurons"


def _named(layer):
    """A layer in a few words, such as "CONV, 8 filters of 5 x 5"."""
    if layer["layer"] == "CONV":
        return f"CONV, filters = {layer['filters']}, kernel = {layer['kernel']}"
    return f"FC, units = {layer['units']}"


def _work(layers):
    """Multiplications and comparisons for one image."""
    shapes = reference.layer_shapes(layers, SHAPE)
    total = 0
    for layer, (before, after) in zip(layers, pairwise(shapes), strict=True):
        looked_at = {"CONV": before[0], "FC": math.prod(before)}.get(layer["layer"], 1)
        total += math.prod(after) * looked_at * layer.get("kernel", 1) ** 2
    return total


def _learns_too_little(layers):
    """A refusal if the accuracy is too low, with the knob that brings it up most."""
    reached = middle_accuracy(layers)
    if reached >= TARGET:
        return None
    text = f"Of three trainings, the middle one gets {reached:.1%} of the test letters right; {TARGET:.0%} are asked."
    if all(layer["layer"] != "CONV" for layer in layers):
        return Refusal(text, "nothing_slides")
    knob, better = _best_turn(layers, reached)
    if better < reached + _GAIN:
        return Refusal(f"{text} No single knob explains it: turn one at a time, and measure.")
    return Refusal(
        f"{text} With {_TURNED[knob]} instead, and all else as it is, it would be {better:.1%}.", knob
    )


_TURNED = {
    "no_relu": "a RELU after each CONV and each FC but the last",
    "too_few_filters": "7 filters in each CONV",
    "filters_too_small": "kernels of 5",
    "kernels_too_large": "kernels of 5",
    "windows_too_large": "pooling windows of 2",
    "strides_too_long": "strides that leave nothing out",
    "too_few_neurons": "16 units in each FC but the last",
}


def _best_turn(layers, reached):
    """The knob whose turning helps, and the accuracy with it: the first that is enough, or the best."""
    best, left = ("", reached), _WORK_FOR_TURNS
    for knob, turned in _turns(layers):
        if turned == layers or _does_not_fit(turned, SHAPE) or _work(turned) > left:
            continue
        left -= _work(turned)
        best = max(best, (knob, middle_accuracy(turned)), key=lambda pair: pair[1])
        if best[1] >= TARGET:
            break
    return best


def _turns(layers):
    """The knobs that may have been turned too far, each with the layers as they would be without."""
    yield "no_relu", _with_relus(layers)
    yield "too_few_filters", _changed(layers, "CONV", lambda conv: {"filters": max(7, conv["filters"])})
    yield "filters_too_small", _changed(layers, "CONV", lambda conv: {"kernel": max(5, conv["kernel"])})
    yield "strides_too_long", _changed(layers, ("CONV", "POOL"), _no_gaps)
    yield (
        "windows_too_large",
        _changed(
            layers, "POOL", lambda pool: {"kernel": min(2, pool["kernel"]), "stride": min(2, pool["stride"])}
        ),
    )
    yield "kernels_too_large", _changed(layers, "CONV", lambda conv: {"kernel": min(5, conv["kernel"])})
    hidden = _changed(layers[:-1], "FC", lambda fc: {"units": max(16, fc["units"])})
    yield "too_few_neurons", [*hidden, layers[-1]]


def _no_gaps(layer):
    """A stride no longer than the window, and of a CONV at most 2."""
    return {
        "stride": min(layer["stride"], layer["kernel"], 2 if layer["layer"] == "CONV" else layer["stride"])
    }


def _changed(layers, names, change):
    """The layers, with some settings of those of a kind changed."""
    return [layer | change(layer) if layer["layer"] in names else layer for layer in layers]


def _with_relus(layers):
    """The layers, with a RELU after each CONV and each FC but the last that has none."""
    following = [*layers[1:], {"layer": ""}]
    result = []
    for layer, after in zip(layers, following, strict=True):
        result.append(layer)
        if layer["layer"] in ("CONV", "FC") and after["layer"] not in ("RELU", ""):
            result.append(relu_layer())
    return result


def middle_accuracy(layers):
    """The middle one of three networks' accuracies on the test letters: one unlucky start costs nothing."""
    return _middle_accuracy(tuple(tuple(layer.items()) for layer in layers))


@cache
def _middle_accuracy(description):
    layers = [dict(layer) for layer in description]
    return float(np.median([reference.trial(layers, *_letters(), seed) for seed in STARTS]))


@cache
def _letters():
    """Training letters and test letters: always the same."""
    return [sample(count, seed) for count, seed in ((_TRAINING_LETTERS, 11), (_TEST_LETTERS, 1111))]


def sample(count, seed):
    """Letters as in the challenge, in float32, and their labels."""
    images, labels = data.sample_letters(count, np.random.default_rng(seed), **LETTERS)
    return images.astype(np.float32), labels


design_network = Exercise(
    name="design_network",
    reference=reference.design_network,
    cases=_design_cases,
    refuse=_refuse_design,
    rule=(_ends_wrong, _costs_too_much, _holder, _work),
    hints=(
        "Begin with the pattern CONV, RELU, POOL, FC. Count its parameters with `reference.parameter_table`, and try it "
        "with `reference.trial` on the validation letters before you check.",
        "Most parameters sit where numbers meet the votes. Shrink the maps before that: a larger pooling window, or a "
        "stride. Then there is something left for filters.",
        "By hand: 6 filters of 3 x 3 have 6 * (9 + 1) = 60 parameters and make maps of 14 x 14. Two votes on all of that need "
        "2 * (6 * 196 + 1) = 2,354, but after pooling with windows of 7 only 2 * (6 * 4 + 1) = 50.",
    ),
)
design_network.equivalent_mutant(
    "work > _WORK_AT_MOST -> work >= _WORK_AT_MOST",
    because="the limit of work only keeps trainings short; on which side exactly that much falls is of no importance",
)
for _change in (
    "True -> False",
    "zip(layers, pairwise(shapes), strict=True) -> zip(layers, pairwise(shapes))",
):
    design_network.equivalent_mutant(
        _change, because="there is always one layer for each pair of neighbouring shapes, asked for or not"
    )


@design_network.alternative
def one_value_for_each_filter(input_shape, classes):
    whole_map = min(input_shape[1:]) - 4
    return [conv_layer(6, kernel=5), relu_layer(), pool_layer(whole_map), fc_layer(classes)]


@design_network.alternative
def deeper_with_small_filters(input_shape, classes):
    first, second = conv_layer(5, kernel=3), conv_layer(8, kernel=3)
    return [first, relu_layer(), second, relu_layer(), pool_layer(4), fc_layer(classes)]


@design_network.alternative
def strides_without_pooling(input_shape, classes):
    return [conv_layer(6, kernel=5, stride=2), relu_layer(), fc_layer(classes)]


@design_network.alternative
def hidden_neurons_and_exactly_the_budget(input_shape, classes):
    pattern = "INPUT -> CONV -> RELU -> POOL -> FC -> RELU -> FC"
    return reference.describe_layers(pattern, filters=7, units=[8, classes], kernel=3, window=4)


@design_network.alternative
def overlapping_windows_as_plain_dicts(input_shape, classes):
    return (
        {"layer": "CONV", "filters": np.int64(6), "kernel": 5, "stride": 1, "padding": 0},
        {"layer": "RELU"},
        {"layer": "POOL", "kernel": 3, "stride": 2},
        {"layer": "FC", "units": classes},
    )


@design_network.alternative
def bent_by_pooling_alone(input_shape, classes):
    return [conv_layer(8, kernel=5), pool_layer(4), fc_layer(classes)]


@design_network.mistake(
    when="the lesson's own plan is handed in again",
    hint="The plan called `base` is known to do it. Can it be done with fewer parameters, or with other layers?",
)
def every_knob_where_it_was(input_shape, classes):
    pattern = "INPUT -> CONV -> RELU -> POOL -> FC"
    return reference.describe_layers(pattern, filters=8, units=classes, kernel=5, window=4)


@design_network.mistake(
    when="no filter slides over the image: every pixel has its own weights, and what is learned at one place is not known at another",
    hint="Without CONV a letter must be learned anew at every place. Put a CONV first; it has few parameters.",
)
def nothing_slides(input_shape, classes):
    return [fc_layer(classes)]


@design_network.mistake(
    when="nothing bends between the layers: there is neither RELU nor POOL, and two layers are as good as one",
    hint="Lesson 05: without a bend, CONV and FC collapse into one layer. Which layer has no parameters and bends?",
)
def no_relu(input_shape, classes):
    return [conv_layer(6, kernel=5, stride=2), fc_layer(classes)]


@design_network.mistake(
    when="there are too few filters to tell the letters' pieces apart",
    hint="Turn the number of filters up. Each costs only its window's weights and a bias, and its votes.",
)
def too_few_filters(input_shape, classes):
    return [conv_layer(1, kernel=5), relu_layer(), pool_layer(4), fc_layer(classes)]


@design_network.mistake(
    when="the filters are too small to see a stroke",
    hint="A window of 1 x 1 sees one pixel, and its neighbours never come in. Turn the size of the filters up.",
)
def filters_too_small(input_shape, classes):
    return [conv_layer(8, kernel=1), relu_layer(), pool_layer(4), fc_layer(classes)]


@design_network.mistake(
    when="the filters are so large that a few positions and a few filters are all that is left",
    hint="Filters nearly as large as the image hardly slide. Turn their size down, and have more of them.",
)
def kernels_too_large(input_shape, classes):
    return [conv_layer(2, kernel=15), relu_layer(), fc_layer(classes)]


@design_network.mistake(
    when="the pooling window throws away what the next layer would have needed",
    hint="What is the thinnest stroke, and what is left of it when only the largest pixel of such a window is kept?",
)
def windows_too_large(input_shape, classes):
    return [pool_layer(4), conv_layer(8, kernel=3), relu_layer(), fc_layer(classes)]


@design_network.mistake(
    when="the stride is so long that windows leave pixels out, or meet a stroke only by luck",
    hint="With a stride longer than the window some pixels are never looked at. Turn it down.",
)
def strides_too_long(input_shape, classes):
    return [conv_layer(8, kernel=3, stride=6), relu_layer(), fc_layer(classes)]


@design_network.mistake(
    when="a hidden layer has so few neurons that all of them may be dead from the start",
    hint="Everything must pass through the narrowest layer. A RELU that is 0 for every image lets nothing through: have more neurons.",
)
def too_few_neurons(input_shape, classes):
    return [
        conv_layer(8, kernel=5),
        relu_layer(),
        pool_layer(4),
        fc_layer(1),
        relu_layer(),
        fc_layer(classes),
    ]


@design_network.mistake(
    when="there are too many neurons: each has a weight for every number that comes in",
    hint="Neurons times numbers that come in: turn either down, or leave the hidden layer out.",
)
def too_many_neurons(input_shape, classes):
    return [
        conv_layer(8, kernel=5),
        relu_layer(),
        pool_layer(4),
        fc_layer(30),
        relu_layer(),
        fc_layer(classes),
    ]


@design_network.mistake(
    when="too many numbers are left to vote: the maps are not made smaller before the last FC",
    hint="Shrink the maps before the votes: pooling with a larger window or stride has no parameters at all.",
)
def too_many_values_vote(input_shape, classes):
    return [conv_layer(8, kernel=5), relu_layer(), fc_layer(classes)]


@design_network.mistake(
    when="there are too many filters: each of a later CONV has a kernel for every map that comes in",
    hint="Filters times (maps that come in times kernel times kernel, plus 1): turn the number of filters down.",
)
def too_many_filters(input_shape, classes):
    first, second = conv_layer(4, kernel=5), conv_layer(6, kernel=5)
    return [first, relu_layer(), second, relu_layer(), pool_layer(4), fc_layer(classes)]


@design_network.mistake(
    when="the filters are too large: their parameters grow with the square of their side",
    hint="For each map that comes in, a filter of 6 x 6 has 36 weights, one of 5 x 5 has 25. Turn the size down.",
)
def filters_too_large(input_shape, classes):
    return [conv_layer(14, kernel=6), relu_layer(), pool_layer(5), fc_layer(classes)]


@design_network.mistake(
    when="a layer makes far more numbers than it gets, by a large padding for instance",
    hint="Look at the shapes: where do they grow?",
)
def too_much_work(input_shape, classes):
    conv = conv_layer(4, kernel=3, padding=5)
    return [conv, relu_layer(), conv, relu_layer(), pool_layer(32), fc_layer(classes)]


@design_network.mistake(
    when="a kernel or a window is larger than the map that it meets",
    hint="Follow the sizes through the layers, with `reference.layer_shapes`, up to the layer that is named.",
)
def window_does_not_fit(input_shape, classes):
    small = [conv_layer(8, kernel=5), relu_layer(), pool_layer(4)]
    return [*small, conv_layer(8, kernel=5), relu_layer(), fc_layer(classes)]


@design_network.mistake(
    when="the number of units in the last FC is fixed, whatever `classes` is",
    hint="The last layer has a unit for each class: use the argument `classes`.",
)
def units_fixed(input_shape, classes):
    return [conv_layer(6, kernel=5), relu_layer(), pool_layer(4), fc_layer(2)]


@design_network.mistake(
    when="no FC comes last, so that nothing votes",
    hint="After the maps there must be votes: an FC with a unit for each class.",
)
def no_votes(input_shape, classes):
    return [conv_layer(classes, kernel=5), relu_layer(), pool_layer(12)]


@design_network.mistake(
    when="there is a RELU after the votes",
    hint="The votes go into the error as they are, below zero or above. Leave the last RELU out.",
)
def relu_after_the_votes(input_shape, classes):
    return [conv_layer(8, kernel=5), relu_layer(), pool_layer(4), fc_layer(classes), relu_layer()]
