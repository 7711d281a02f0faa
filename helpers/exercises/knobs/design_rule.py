"""The rule by which designs are judged: it counts, and then it trains.

Designs have no single right answer. Training is the same every time, and its result is remembered for as long
as the process lives.
"""

import math
from functools import cache
from itertools import pairwise

import numpy as np

from helpers import data, reference
from helpers.exercises.model import Case, Refusal
from helpers.reference import conv_layer, fc_layer, pool_layer, relu_layer

SHAPE, CLASSES = (1, 16, 16), 2
BUDGET = 120  # parameters
TARGET = 0.97  # accuracy of the middle one of the trainings
STARTS = (0, 1, 2)  # seeds
LETTERS = {"size": 16, "shift": 3, "scale": (0.5, 0.9), "rotation": 30, "weight": (1, 2), "noise": 0.4}
_TRAINING_LETTERS, _TEST_LETTERS = 1000, 1000

_LAYERS_AT_MOST = 20
_SETTING_AT_MOST = 1000
_WORK_AT_MOST = 150_000  # multiplications or comparisons for one image: then a training takes a second or two
_WORK_FOR_TURNS = 200_000  # for all networks together that are trained to find the knob
_GAIN = 0.03  # from which on a turned knob is said to matter

_MAKERS = {
    "CONV": (conv_layer, ("filters", "kernel", "stride", "padding")),
    "POOL": (pool_layer, ("window", "stride")),
    "RELU": (relu_layer, ()),
    "FC": (fc_layer, ("units",)),
}


class Trained(Case):
    """A case in which the design is trained as well."""


def refuse(case, returned):
    """What is wrong with a design in a case, or None. It is counted first, and trained only if it is small."""
    layers = _read(returned)
    if isinstance(layers, Refusal):
        return layers
    shape, classes = case.arguments
    refusal = _ends_wrong(layers, classes) or _does_not_fit(layers, shape)
    if refusal is None and (shape, classes) == (SHAPE, CLASSES):
        refusal = _costs_too_much(layers)
    if refusal is None and isinstance(case, Trained):
        refusal = _learns_too_little(layers)
    return refusal


def summary(returned):
    """The design in one line, its parameters, and its accuracy if it is within the budget; None if it is no design."""
    layers = _read(returned)
    if isinstance(layers, Refusal) or _ends_wrong(layers, CLASSES) or _does_not_fit(layers, SHAPE):
        return None
    parameters = sum(row[2] for row in reference.parameter_table(layers, SHAPE))
    noted = {"layers": " -> ".join(_named(layer) for layer in layers), "parameters": parameters}
    return noted if _costs_too_much(layers) else noted | {"accuracy": round(middle_accuracy(layers), 4)}


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
            "The last layer is RELU. It turns every vote below 0 into 0, and many trainings learn nothing.",
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


def _does_not_fit(layers, shape):
    """A refusal if a layer does not fit where it is."""
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
    """A layer in a few words, such as "CONV, filters = 8, kernel = 5"."""
    shown = {"CONV": ("filters", "kernel"), "POOL": ("window",), "FC": ("units",)}.get(layer["layer"], ())
    usual = {"stride": layer.get("window", 1), "padding": 0}
    unusual = (setting for setting in usual if layer.get(setting, usual[setting]) != usual[setting])
    return ", ".join([layer["layer"], *(f"{setting} = {layer[setting]}" for setting in (*shown, *unusual))])


def _work(layers):
    """Multiplications and comparisons for one image."""
    shapes = reference.layer_shapes(layers, SHAPE)
    total = 0
    for layer, (before, after) in zip(layers, pairwise(shapes), strict=True):
        looked_at = {"CONV": before[0], "FC": math.prod(before)}.get(layer["layer"], 1)
        total += math.prod(after) * looked_at * _side(layer) ** 2
    return total


def _learns_too_little(layers):
    """A refusal if the accuracy is too low, with the knob that brings it up most."""
    reached = middle_accuracy(layers)
    if reached >= TARGET:
        return None
    text = f"Of three trainings, the middle one gets {reached:.1%} of the test letters right; {TARGET:.0%} are needed."
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
    "too_few_filters": "8 filters in each CONV",
    "filters_too_small": "kernels of 5",
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
    yield "too_few_filters", _changed(layers, "CONV", lambda conv: {"filters": max(8, conv["filters"])})
    yield "filters_too_small", _changed(layers, "CONV", lambda conv: {"kernel": max(5, conv["kernel"])})
    yield "strides_too_long", _changed(layers, ("CONV", "POOL"), _no_gaps)
    yield (
        "windows_too_large",
        _changed(
            layers, "POOL", lambda pool: {"window": min(2, pool["window"]), "stride": min(2, pool["stride"])}
        ),
    )
    hidden = _changed(layers[:-1], "FC", lambda fc: {"units": max(16, fc["units"])})
    yield "too_few_neurons", [*hidden, layers[-1]]


def _no_gaps(layer):
    """A stride no longer than the window, and of a CONV at most 2."""
    return {"stride": min(layer["stride"], _side(layer), 2 if layer["layer"] == "CONV" else layer["stride"])}


def _side(layer):
    """The side of a layer's kernel or pooling window; 1 if it has neither."""
    return layer.get("kernel", layer.get("window", 1))


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
