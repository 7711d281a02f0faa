"""The stack of feature maps, one for each feature, in the order of the features."""

import numpy as np

from helpers import data, reference
from helpers.exercises import common
from helpers.exercises.filtering.filter_image import filter_image
from helpers.exercises.model import Case, Exercise


def cases(rng):
    """From two features of one pixel to stacks of other shapes."""
    image = np.array([[1.0, -0.5, 0.3], [-1.0, 0.2, 0.6]])
    yield Case((image, np.array([[[1.0]], [[-1.0]]])), "two features of one pixel")
    row = np.array([[1.0, -1.0, 0.5, 0.8]])
    yield Case((row, np.array([[[1.0, -1.0]], [[-0.5, 1.0]], [[1.0, 1.0]]])), "three features of one row")
    yield Case((np.array([[4, 1, 3], [0, 2, 7]]), np.array([[[2], [1]], [[0], [-3]]])), "whole numbers")
    yield Case((image + 0.1, np.array([[[0.5, -1.0]]])), "a stack of one feature")
    four = np.array([[[1.0]], [[-1.0]], [[0.5]], [[-0.2]]])
    yield Case((np.array([[0.9, -0.4, 0.1]]), four), "four features of one pixel")
    yield Case((data.X, np.array(list(data.features.values()))), "the X under its three features")
    yield Case((data.X.copy(), data.features["rising"][None]), "the X under one feature")
    yield Case((rng.choice([-1, 1], (4, 5)), rng.choice([-1, 1], (2, 3, 2))), "random whole numbers")
    for count, shape, size in [
        (4, (5, 7), (2, 3)),
        (3, (6, 4), (3, 1)),
        (2, (4, 4), (4, 4)),
        (2, (5, 6), (3, 3)),
    ]:
        about = f"{count} random features of {size[0]} x {size[1]} pixels"
        yield Case((rng.uniform(-1, 1, shape), rng.uniform(-1, 1, (count, *size))), about)


exercise = Exercise(
    reference.filter_bank,
    cases,
    minutes=3,
    hints=(
        "You have a function that makes one feature map. Call it once for each feature.",
        "Collect the maps in a list, then turn the list into one array: `np.stack` or `np.array`.",
        "Shapes: a 9 x 9 image and three 3 x 3 features give three maps of 7 x 7, one array of shape (3, 7, 7).",
    ),
)


@exercise.model
def filter_bank(image, features):
    return np.stack([filter_image(image, feature) for feature in features])


@exercise.alternative
def fill_a_stack(image, features):
    """The memory for all maps is taken once: good when there are many."""
    count, height, width = features.shape
    maps = np.zeros((count, image.shape[0] - height + 1, image.shape[1] - width + 1))
    for index in range(count):
        maps[index] = filter_image(image, features[index])
    return maps


@exercise.alternative
def append_to_a_list(image, features):
    """A plain loop with a name for each map: good when you want to look at each of them."""
    maps = []
    for feature in features:
        maps.append(filter_image(image, feature))
    return np.array(maps)


exercise.puzzle(
    append_to_a_list,
    ("maps.append(filter_image(image, feature))", "maps = filter_image(image, feature)"),
    ("return np.array(maps)", "return sum(maps)"),
)


@exercise.alternative
def all_at_once(image, features):
    """No loop in Python at all: fast with many positions or many features."""
    patches = np.lib.stride_tricks.sliding_window_view(image, features.shape[1:])
    return np.einsum("rchw,nhw->nrc", patches, features) / features[0].size


MAPS = "[filter_image(image, feature) for feature in features]"
STACK = f"np.stack({MAPS})"

# -- the maps as one array -----------------------------------------------------------------------------------

exercise.slip(STACK, MAPS, **common.LIST)
exercise.slip(
    "np.stack",
    "sum",
    name="added_up",
    when="the maps are added up",
    hint="Keep the maps apart: one layer of the stack for each feature.",
)
exercise.slip(
    STACK,
    f"np.mean({MAPS}, axis=0)",
    name="averaged",
    when="the maps are averaged",
    hint="Keep the maps apart: one layer of the stack for each feature.",
)
exercise.slip(
    STACK,
    f"np.max({MAPS}, axis=0)",
    name="best_at_each_position",
    when="only the best feature's match is kept at each position",
    hint="Keep all maps: one layer of the stack for each feature.",
)
exercise.slip(
    "in features])",
    "in features], axis=-1)",
    name="stacked_last",
    when="the features are stacked along the last axis",
    hint="The feature is the first axis: shape (number of features, height, width).",
)
exercise.slip(
    "in features])",
    "in features], axis=1)",
    name="stacked_in_the_middle",
    when="the features are stacked along the middle axis",
    hint="The feature is the first axis: shape (number of features, height, width).",
)
exercise.slip(
    "np.stack",
    "np.hstack",
    name="joined_side_by_side",
    when="the maps are joined side by side instead of stacked",
    hint="`np.hstack` widens an axis; `np.stack` makes a new one.",
)
exercise.slip(
    "np.stack",
    "np.concatenate",
    name="joined_below",
    when="the maps are joined one below the other instead of stacked",
    hint="`np.concatenate` and `np.vstack` lengthen an axis; `np.stack` makes a new one.",
)
exercise.slip(
    STACK,
    f"np.array({MAPS}).ravel()",
    name="one_long_row",
    when="all matches of all maps come in one long row",
    hint="`append` and `np.append` of an array to an array lose the shape. Collect the maps in a list, then stack them.",
)
exercise.slip(
    STACK,
    f"dict(enumerate({MAPS}))",
    name="dictionary_of_maps",
    when="a dictionary of maps is returned",
    hint="The result is one array: map 0 is its first layer, map 1 its second.",
)

# -- what `filter_image` is called with ----------------------------------------------------------------------

exercise.slip(
    "filter_image(image, feature)",
    "filter_image(feature, image)",
    name="arguments_swapped",
    when="image and feature are swapped in the call of `filter_image`",
    hint="`filter_image` takes the image first and the feature second.",
)
exercise.slip(
    STACK,
    "filter_image(image, features)",
    name="all_features_at_once",
    when="all features are handed to `filter_image` at once",
    hint="`filter_image` takes one feature, of two dimensions. Call it once for each: `for feature in features`.",
)
exercise.slip(
    "image, feature)",
    "image, features)",
    name="all_features_each_time",
    when="`filter_image` gets all features in every turn of the loop, instead of one",
    hint="Inside the loop, use the loop's own name: `feature`, not `features`.",
)
exercise.slip(
    "image, feature)",
    "image, features[0])",
    name="always_the_first_feature",
    when="the first feature is used in every turn of the loop",
    hint="Each time round the loop, use the next feature.",
)
exercise.slip(
    "for feature in features",
    "for feature in list(data.features.values())",
    name="features_of_the_x",
    when="the three features of the X are used instead of those that are handed in",
    hint="Use the argument `features`. It holds other features in other calls.",
)
exercise.slip(
    "image, feature)",
    "data.X, feature)",
    name="always_the_x",
    when="the X is filtered instead of the image that is handed in",
    hint="Use the argument `image`. It is another picture in other calls.",
)
exercise.slip(
    "in features]",
    "in features[:3]]",
    name="three_features_at_most",
    when="only the first three features are used",
    hint="There may be more than three features, or fewer: go through all of them.",
)
exercise.slip(
    "in features]",
    "in features[::-1]]",
    name="opposite_order",
    when="the maps come in the opposite order",
    hint="Map 0 belongs to feature 0.",
)
exercise.slip(
    "in features]",
    "in features[1:]]",
    name="without_the_first",
    when="the first feature is left out",
    hint="Python counts from 0: the first feature is `features[0]`.",
)
exercise.slip(
    "in features]",
    "in features[:-1]]",
    name="without_the_last",
    when="the last feature is left out",
    hint="`range(n)` stops before n by itself. You need not subtract anything.",
)
exercise.slip(
    "filter_image(image, feature)",
    "filter_image(image, feature) * feature.size",
    name="sums",
    when="the matches are added up but not divided by the number of pixels",
    hint="Every entry is a match: a mean, not a sum. Your `filter_image` does it.",
)
exercise.slip(
    "filter_image(image, feature)",
    "np.mean(image * feature)",
    name="match_of_the_whole_image",
    when="the whole image is multiplied by the feature, without sliding it",
    hint="Call your `filter_image`, which slides the feature over the image.",
)
exercise.slip(
    "filter_image(image, feature)",
    "filter_image(image, feature).max()",
    name="only_the_best_matches",
    when="only the best match of each feature is kept",
    hint="Keep each feature's whole map.",
)
exercise.slip(
    "filter_image(image, feature)",
    "None",
    name="filter_image_not_written",
    when="the `filter_image` that it calls returns nothing",
    hint="Write `filter_image` first and run its cell, or call `reference.filter_image` here.",
)


@exercise.form("filter_image_not_written")
def filled_with_nothing(image, features):
    count, height, width = features.shape
    return np.full((count, image.shape[0] - height + 1, image.shape[1] - width + 1), np.nan)


exercise.slip("return " + STACK, f"print({STACK})", **common.PRINTED)

# -- no edits: loops -----------------------------------------------------------------------------------------


@exercise.mistake(
    when="the function returns inside the loop, after the first feature",
    hint="A `return` inside the loop ends it after the first feature. Move it to the left, below the loop.",
)
def returned_in_the_loop(image, features):
    for feature in features:
        return np.array([filter_image(image, feature)])


@exercise.form("returned_in_the_loop")
def first_map_alone(image, features):
    for feature in features:
        return filter_image(image, feature)


exercise.edited_form("returned_in_the_loop", fill_a_stack, "    return maps", "        return maps")
exercise.edited_form(
    "returned_in_the_loop", append_to_a_list, "    return np.array(maps)", "        return maps"
)


@exercise.mistake(
    when="only the last feature's map is kept",
    hint="Each time round, the map before is overwritten. Append each map to a list.",
)
def only_the_last_feature(image, features):
    for feature in features:
        feature_map = filter_image(image, feature)
    return feature_map


exercise.edited(
    append_to_a_list,
    "    maps = []\n    for feature in features:\n",
    "    for feature in features:\n        maps = []\n",
    **common.STARTED_AGAIN,
)


@exercise.mistake(
    when="the stack is always made (3, 7, 7)",
    hint="There may be other features, and images of other shapes. Collect the maps in a list: it is as long as needed.",
)
def always_three_by_seven(image, features):
    maps = np.zeros((3, 7, 7))
    for index in range(3):
        maps[index] = filter_image(image, features[index])
    return maps


@exercise.form("always_three_by_seven")
def three_by_seven_for_each_feature(image, features):
    maps = np.zeros((3, 7, 7))
    for index, feature in enumerate(features):
        maps[index] = filter_image(image, feature)
    return maps


@exercise.mistake(
    when="each feature is applied to the map of the one before",
    hint="Every feature looks at the image itself: give the map another name than `image`.",
)
def one_after_another(image, features):
    maps = []
    for feature in features:
        image = filter_image(image, feature)
        maps.append(image)
    return np.array(maps)


exercise.edited_form("one_after_another", one_after_another, "np.array(maps)", "np.stack(maps)")


@exercise.form("one_after_another")
def last_of_one_after_another(image, features):
    for feature in features:
        image = filter_image(image, feature)
    return image


@exercise.mistake(
    when="each map is written to the whole stack instead of to one layer of it",
    hint="Layer number `index` is `maps[index]`.",
)
def written_to_all_layers(image, features):
    count, height, width = features.shape
    maps = np.zeros((count, image.shape[0] - height + 1, image.shape[1] - width + 1))
    for feature in features:
        maps[:] = filter_image(image, feature)
    return maps


@exercise.mistake(
    when="the result array takes over the type of the image, which may be whole numbers",
    hint=common.TYPE_OF_THE_INPUT["hint"],
)
def type_of_the_input(image, features):
    count, height, width = features.shape
    maps = np.zeros((count, image.shape[0] - height + 1, image.shape[1] - width + 1), dtype=image.dtype)
    for index in range(count):
        maps[index] = filter_image(image, features[index])
    return maps
