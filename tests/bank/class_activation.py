"""Answers to class_activation."""

import numpy as np

from tests.bank import right, wrong


@right
def with_outer(maps, weights, pooling="mean"):
    out = np.zeros((weights.shape[0], maps.shape[1]))
    for c, m in enumerate(maps):
        if pooling == "mean":
            out += np.outer(weights[:, c], m) / m.size
        else:
            out[:, m.argmax()] += weights[:, c] * m.max()
    return out


@right
def kept_apart_then_summed(maps, weights, pooling="mean"):
    parts = weights[:, :, None] * maps[None]
    if pooling == "max":
        mask = np.zeros(maps.shape)
        mask[range(len(maps)), np.argmax(maps, 1)] = 1
        return (parts * mask).sum(axis=1)
    return parts.sum(axis=1) / maps.shape[-1]


@right
def lists_and_loops(maps, weights, pooling="mean"):
    length = maps.shape[1]
    out = []
    for row in weights:
        line = [0.0] * length
        for w, m in zip(row, maps, strict=True):
            if pooling == "max":
                best = list(m).index(max(m))
                line[best] += w * m[best]
            else:
                for p in range(length):
                    line[p] += w * m[p] / length
        out.append(line)
    return np.array(out)


@wrong("not_divided")
def as_in_the_paper(maps, weights, pooling="mean"):
    if pooling == "mean":
        return np.tensordot(weights, maps, axes=1)
    out = np.zeros((len(weights), maps.shape[1]))
    for c in range(len(maps)):
        p = np.argmax(maps[c])
        out[:, p] += weights[:, c] * maps[c, p]
    return out


@wrong("always_the_mean")
def pooling_not_asked(maps, weights, pooling="mean"):
    return weights.dot(maps) / maps.shape[1]


@wrong("last_map_at_a_moment")
def indexed_at_once(maps, weights, pooling="mean"):
    out = np.zeros((len(weights), maps.shape[1]))
    if pooling == "mean":
        return weights @ maps / maps.shape[1]
    places = maps.argmax(axis=1)
    out[:, places] += weights * maps.max(axis=1)
    return out


@wrong("always_the_maximum")
def only_peaks(maps, weights, pooling="mean"):
    peaks = np.zeros_like(maps)
    for c, p in enumerate(maps.argmax(axis=1)):
        peaks[c, p] = maps[c, p]
    return weights @ peaks


@wrong("swapped")
def moments_first(maps, weights, pooling="mean"):
    return with_outer(maps, weights, pooling).T


@wrong("votes")
def what_the_network_votes(maps, weights, pooling="mean"):
    pooled = maps.mean(axis=1) if pooling == "mean" else maps.max(axis=1)
    return weights @ pooled


@wrong("last_of_ties")
def every_later_one_replaces(maps, weights, pooling="mean"):
    if pooling == "mean":
        return with_outer(maps, weights)
    out = np.zeros((len(weights), maps.shape[1]))
    for c, m in enumerate(maps):
        best = 0
        for p in range(len(m)):
            if m[p] >= m[best]:
                best = p
        out[:, best] += weights[:, c] * m[best]
    return out


@wrong("largest_vote")
def weighted_first(maps, weights, pooling="mean"):
    if pooling == "mean":
        return with_outer(maps, weights)
    out = np.zeros((len(weights), maps.shape[1]))
    for k in range(len(weights)):
        for c in range(len(maps)):
            vote = weights[k, c] * maps[c]
            out[k, vote.argmax()] += vote.max()
    return out


@wrong(says="(?i)none|return")
def forgets_to_return(maps, weights, pooling="mean"):
    with_outer(maps, weights, pooling)


@wrong("maximum_divided_too")
def both_divided(maps, weights, pooling="mean"):
    if pooling == "max":
        peaks = np.zeros(maps.shape)
        for c, p in enumerate(maps.argmax(axis=1)):
            peaks[c, p] = maps[c, p]
        maps = peaks
    return np.dot(weights, maps) / maps.shape[1]


@wrong("shares_at_each_moment")
def softmax_over_the_classes(maps, weights, pooling="mean"):
    e = np.exp(with_outer(maps, weights, pooling))
    return e / e.sum(axis=0, keepdims=True)


@wrong("mean_taken_away")
def maps_centred(maps, weights, pooling="mean"):
    if pooling == "max":
        return with_outer(maps, weights, "max")
    return with_outer(maps - maps.mean(axis=1, keepdims=True), weights)


@wrong("largest_vote_at_the_right_moment")
def largest_product(maps, weights, pooling="mean"):
    if pooling == "mean":
        return with_outer(maps, weights)
    out = np.zeros((len(weights), maps.shape[1]))
    for k, row in enumerate(weights):
        for c, w in enumerate(row):
            out[k, maps[c].argmax()] += max(w * maps[c])
    return out
