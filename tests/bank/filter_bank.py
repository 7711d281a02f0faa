"""Answers to filter_bank."""

import numpy as np

from helpers import data, reference
from helpers.exercises.filtering.filter_image import filter_image
from tests.bank import right, wrong


@right
def mapped(image, features):
    return np.array(list(map(filter_image, [image] * len(features), features)))


@right
def grown_by_concatenation(image, features):
    maps = filter_image(image, features[0])[np.newaxis]
    for k in range(1, len(features)):
        maps = np.concatenate([maps, filter_image(image, features[k])[np.newaxis]], axis=0)
    return maps


@right
def last_axis_moved_to_the_front(image, features):
    maps = np.dstack([filter_image(image, f) for f in features])
    return maps.transpose(2, 0, 1)


@right
def six_loops(image, features):
    n, h, w = features.shape
    out = np.zeros((n, image.shape[0] - h + 1, image.shape[1] - w + 1))
    for k, r, c in np.ndindex(out.shape):
        for i in range(h):
            for j in range(w):
                out[k, r, c] += image[r + i, c + j] * features[k, i, j] / (h * w)
    return out


@wrong("list_for_an_array")
def appended(image, features):
    maps = []
    for feature in features:
        maps.append(filter_image(image, feature))
    return maps


@wrong("added_up")
def collected_by_adding(image, features):
    total = 0
    for feature in features:
        total = total + filter_image(image, feature)
    return total


@wrong("features_of_the_x")
def features_of_the_lesson(image, features):
    return np.array([filter_image(image, data.features[name]) for name in data.features])


@wrong("always_three_by_seven", says="error")
def three_of_seven(image, features):
    out = np.zeros((3, 7, 7))
    for k in range(3):
        out[k] = filter_image(image, features[k])
    return out


@wrong("arguments_swapped", says="negative dimensions")
def feature_before_image(image, features):
    out = []
    for f in features:
        out.append(filter_image(f, image))
    return np.array(out)


@wrong("one_after_another", never="reshape")
def fed_into_the_next(image, features):
    maps = []
    feature_map = image
    for feature in features:
        feature_map = filter_image(feature_map, feature)
        maps += [feature_map]
    return np.array(maps)


@wrong("all_features_at_once", says="unpack")
def all_together(image, features):
    maps = filter_image(image, features)
    return np.stack(maps)


@wrong("returned_in_the_loop")
def only_one(image, features):
    maps = []
    for feature in features:
        maps.append(filter_image(image, feature))
        return np.array(maps)


@wrong("only_the_last_feature")
def overwritten(image, features):
    for k in range(features.shape[0]):
        maps = filter_image(image, features[k])
    return np.array(maps)


@wrong("joined_below")
def vertical(image, features):
    maps = filter_image(image, features[0])
    for feature in features[1:]:
        maps = np.vstack((maps, filter_image(image, feature)))
    return maps


@wrong("one_long_row")
def appended_to_an_array(image, features):
    maps = np.array([])
    for feature in features:
        maps = np.append(maps, filter_image(image, feature))
    return maps


@wrong("stacked_last")
def depth_stack(image, features):
    return np.dstack([filter_image(image, feature) for feature in features])


@wrong("always_the_first_feature")
def index_not_used(image, features):
    n, h, w = features.shape
    out = np.zeros((n, image.shape[0] - h + 1, image.shape[1] - w + 1))
    for k in range(n):
        out[k] = filter_image(image, features[0])
    return out


@wrong("written_to_all_layers")
def every_layer(image, features):
    n, h, w = features.shape
    out = np.zeros((n, image.shape[0] - h + 1, image.shape[1] - w + 1))
    for k in range(n):
        out[:, :, :] = filter_image(image, features[k])
    return out


@wrong("without_the_last")
def one_too_few(image, features):
    return np.stack([filter_image(image, features[k]) for k in range(len(features) - 1)])


@wrong("dictionary_of_maps")
def dictionary(image, features):
    maps = {}
    for k, feature in enumerate(features):
        maps[k] = filter_image(image, feature)
    return maps


@wrong("opposite_order")
def inserted_in_front(image, features):
    maps = []
    for feature in features:
        maps.insert(0, filter_image(image, feature))
    return np.array(maps)


@wrong("filter_image_not_written")
def nothing_comes_back(image, features):
    def not_written(image, feature):
        """Return the map."""

    return np.stack([not_written(image, feature) for feature in features])


@wrong("stacked_last", "opposite_order", says="Two things together")
def depth_stack_backwards(image, features):
    return np.dstack([filter_image(image, feature) for feature in reversed(features)])


@wrong("always_the_first_feature")
def first_map_repeated(image, features):
    return np.concatenate([reference.filter_image(image, f)[None] for f in features[:1]] * len(features))


@wrong("opposite_order")
def features_reversed(image, features):
    return np.stack([reference.filter_image(image, f) for f in reversed(list(features))])
