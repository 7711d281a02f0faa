"""Answers to flatten."""

import numpy as np

from tests.bank import right, wrong


@right
def with_vstack(x):
    return np.vstack([np.ravel(image)[None] for image in x])


@right
def filled_in(x):
    rows = np.zeros((x.shape[0], x[0].size))
    for n in range(x.shape[0]):
        rows[n] = x[n].flatten()
    return rows


@right
def size_divided(x):
    return np.reshape(x, (len(x), x.size // len(x)))


@wrong("batch_joined")
def all_in_one(x):
    return x.flatten()


@wrong("four_axes", says="ValueError|IndexError|tuple index")
def four_names(x):
    n, c, h, w = x.shape
    return np.reshape(x, (n, c * h * w))


@wrong("images_in_columns")
def transposed(x):
    return np.array([image.ravel() for image in x]).T


@wrong("batch_axis_last")
def other_way_round(x):
    return np.reshape(x, (-1, x.shape[0]))


@wrong("pixel_by_pixel", says="side by side|exactly")
def channels_last(x):
    return np.stack([np.moveaxis(image, 0, -1).ravel() for image in x])


@wrong("list_of_rows")
def as_rows(x):
    rows = []
    for image in x:
        rows.append(image.flatten())
    return rows


@wrong("only_the_first_image")
def first(x):
    for image in x:
        return image.flatten()


@wrong(says="unchanged")
def forgets_to_assign(x):
    x.reshape(len(x), -1)
    return x


@wrong(says="TypeError|float")
def float_length(x):
    return x.reshape(len(x), x.size / len(x))


@wrong("squeezed")
def without_ones(x):
    return np.squeeze(np.array([image.ravel() for image in x]))


@wrong("fortran_order")
def each_image_transposed(x):
    return np.array([img.T.ravel() for img in x])


@wrong(says="in other places")
def channels_in_reverse(x):
    return np.hstack([x[:, c].reshape(len(x), -1) for c in range(x.shape[1])][::-1])
