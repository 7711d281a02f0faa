"""Answers to minibatches."""

import numpy as np

from tests.bank import right, wrong


@right
def while_loop(images, labels, order, size):
    result, i = [], 0
    while i < len(order):
        idx = [int(k) for k in order[i : i + size]]
        result += [(images[idx], labels[idx])]
        i += size
    return result


@right
def numbered(images, labels, order, size):
    from math import ceil

    return [
        (images[order[k * size : (k + 1) * size]], labels[order[k * size : (k + 1) * size]])
        for k in range(ceil(len(order) / size))
    ]


@right
def with_take(images, labels, order, size):
    x, y = np.take(images, order, axis=0), np.take(labels, order)
    return [(x[s : s + size], y[s : s + size]) for s in range(0, x.shape[0], size)]


@wrong("handed_out_one_by_one")
def generator(images, labels, order, size):
    for s in range(0, len(order), size):
        yield images[order[s : s + size]], labels[order[s : s + size]]


@wrong("size_as_a_number_of_batches")
def array_split(images, labels, order, size):
    return list(zip(np.array_split(images[order], size), np.array_split(labels[order], size), strict=True))


@wrong("last_batch_dropped")
def full_only(images, labels, order, size):
    x, y = images[order], labels[order]
    return [(x[k * size : (k + 1) * size], y[k * size : (k + 1) * size]) for k in range(len(x) // size)]


@wrong("order_turned_round")
def put(images, labels, order, size):
    x, y = np.empty_like(images), np.empty_like(labels)
    x[order], y[order] = images, labels
    return [(x[s : s + size], y[s : s + size]) for s in range(0, len(x), size)]


@wrong("labels_left_behind")
def images_shuffled(images, labels, order, size):
    images = images[order]
    return [(images[s : s + size], labels[s : s + size]) for s in range(0, len(images), size)]


@wrong("order_ignored")
def never_shuffled(images, labels, order, size):
    out = []
    for s in range(0, len(images), size):
        out.append((images[s : s + size], labels[s : s + size]))
    return out


@wrong("two_lists", says="pair|list")
def apart(images, labels, order, size):
    x, y = images[order], labels[order]
    return [x[s : s + size] for s in range(0, len(x), size)], [
        y[s : s + size] for s in range(0, len(y), size)
    ]


@wrong("one_pair", says="pair|list")
def shuffled_only(images, labels, order, size):
    return images[order], labels[order]


@wrong("returned_in_the_loop")
def too_soon(images, labels, order, size):
    batches = []
    for s in range(0, len(order), size):
        batches.append((images[order[s : s + size]], labels[order[s : s + size]]))
        return batches


@wrong(says="ValueError|unpack|iterable|TypeError")
def range_of_float(images, labels, order, size):
    return [(images[order[k : k + size]], labels[order[k : k + size]]) for k in range(len(order) / size)]


@wrong("last_image_forgotten")
def one_short(images, labels, order, size):
    return [
        (images[order[k : k + size]], labels[order[k : k + size]]) for k in range(0, len(order) - 1, size)
    ]


@wrong(says="number of batches should be 2; it is 3")
def an_empty_batch_at_the_end(images, labels, order, size):
    images, labels = images[order], labels[order]
    starts = range(0, len(order) + size, size)
    return [(images[start : start + size], labels[start : start + size]) for start in starts]


@wrong("even_batches")
def split_into_even_arrays(images, labels, order, size):
    count = -(-len(order) // size)
    return [(images[part], labels[part]) for part in np.array_split(order, count)]


@wrong("sorted_batches")
def picked_by_a_mask(images, labels, order, size):
    batches = []
    numbers = np.arange(len(images))
    for start in range(0, len(order), size):
        chosen = np.isin(numbers, order[start : start + size])
        batches.append((images[chosen], labels[chosen]))
    return batches


@wrong("batches_backwards")
def each_batch_reversed(images, labels, order, size):
    out = []
    for s in range(0, len(order), size):
        idx = order[s : s + size][::-1]
        out.append((images[idx], labels[idx]))
    return out


@wrong(says=r"All \d+ entries of the result")
def list_of_lists_same_list_reused(images, labels, order, size):
    out, batch = [], []
    for s in range(0, len(order), size):
        batch[:] = [images[order[s : s + size]], labels[order[s : s + size]]]
        out.append(batch)
    return out


@wrong("rest_in_the_batch_before")
def last_two_joined(images, labels, order, size):
    pieces = [order[s : s + size] for s in range(0, len(order), size)]
    if len(pieces) > 1 and len(pieces[-1]) < size:
        pieces[-2:] = [np.concatenate(pieces[-2:])]
    return [(images[piece], labels[piece]) for piece in pieces]
