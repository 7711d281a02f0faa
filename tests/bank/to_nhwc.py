"""Answers to to_nhwc."""

import numpy as np

from tests.bank import right, wrong


@right
def filled_pixel_by_pixel(x):
    n, c, h, w = x.shape
    y = np.empty((n, h, w, c), dtype=x.dtype)
    for i, m, j, k in np.ndindex(n, c, h, w):
        y[i, j, k, m] = x[i, m, j, k]
    return y


@right
def depth_stack_of_each_image(x):
    return np.array([np.dstack(list(image)) for image in x])


@right
def with_einsum(x):
    return np.einsum("nchw->nhwc", x)


@right
def rolled(x):
    return np.rollaxis(x, 1, 4)


@wrong("reshaped")
def new_shape(x):
    n, c, h, w = x.shape
    return x.reshape((n, h, w, c))


@wrong("reshaped")
def numbers_in_order(x):
    n, c, h, w = x.shape
    y = np.zeros((n, h, w, c))
    y.flat = x.ravel()
    return y


@wrong("other_direction")
def as_before(x):
    return x.transpose(0, 3, 1, 2)


@wrong("channels_for_columns")
def swapped(x):
    return np.swapaxes(x, 1, 3)


@wrong("all_axes_reversed")
def transposed(x):
    return np.transpose(x)


@wrong("batch_last")
def wrong_axis_moved(x):
    return np.stack(list(x), axis=-1)


@wrong("first_image_only")
def one_image(x):
    return np.dstack(list(x[0]))


@wrong("list_for_an_array")
def list_of_images(x):
    return [np.stack([image[c] for c in range(len(image))], axis=2) for image in x]


@wrong("axes_of_one_image", says="stopped with an error.*without the batch")
def three_axes(x):
    return np.transpose(x, axes=[1, 2, 0])


@wrong("as_they_are")
def thrown_away(x):
    x.transpose(0, 2, 3, 1)
    return x


@wrong("channels_after_the_height_only")
def one_swap(x):
    return x.swapaxes(1, 2)


@wrong("width_and_height_swapped")
def last_two(x):
    return np.array([[channel.T for channel in image] for image in x])


@wrong("channels_reversed")
def blue_first(x):
    return np.moveaxis(np.flip(x, axis=1), 1, 3)


@wrong("not_returned", says="returns nothing|nothing is returned")
def without_return(x):
    images = []
    for image in x:
        images.append(image.transpose(1, 2, 0))
    np.array(images)


@wrong(says="repeated axis")
def axis_named_twice(x):
    return x.transpose(0, 2, 2, 1)


@wrong("as_they_are")
def stacked_where_they_were(images):
    return np.stack([images[:, c] for c in range(images.shape[1])], axis=1)
