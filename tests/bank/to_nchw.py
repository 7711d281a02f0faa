"""Answers to to_nchw."""

import numpy as np

from tests.bank import right, wrong


@right
def filled_pixel_by_pixel(x):
    n, h, w, c = x.shape
    y = np.empty((n, c, h, w), dtype=x.dtype)
    for i, j, k, m in np.ndindex(n, h, w, c):
        y[i, m, j, k] = x[i, j, k, m]
    return y


@right
def with_einsum(x):
    return np.einsum("nhwc->nchw", x)


@right
def image_by_image(x):
    return np.array([np.array([image[..., c] for c in range(image.shape[-1])]) for image in x])


@wrong("reshaped")
def new_shape(x):
    n, h, w, c = x.shape
    return np.reshape(x, (n, c, h, w))


@wrong("reshaped")
def through_a_flat_row(x):
    flat = x.flatten()
    return np.array(flat).reshape(len(x), x.shape[-1], x.shape[1], x.shape[2])


@wrong("other_direction")
def moved_the_wrong_way(x):
    return np.moveaxis(x, 1, -1)


@wrong("all_axes_reversed")
def transposed(x):
    return x.transpose()


@wrong("channels_for_rows")
def swapped(x):
    return np.swapaxes(x, 1, -1)


@wrong("channels_first_of_all")
def stacked_on_the_first_axis(x):
    return np.array([x[..., c] for c in range(x.shape[3])])


@wrong("first_image_only")
def one_image(x):
    h, w, c = x[0].shape
    y = np.zeros((c, h, w))
    for k in range(c):
        y[k] = x[0, :, :, k]
    return y


@wrong("axes_of_one_image", says="stopped with an error.*without the batch")
def three_axes(x):
    return x.transpose((2, 0, 1))


@wrong("list_for_an_array")
def list_of_images(x):
    images = []
    for image in x:
        images.append(np.moveaxis(image, 2, 0))
    return images


@wrong("as_they_are")
def result_thrown_away(x):
    np.transpose(x, (0, 3, 1, 2))
    return x


@wrong("not_returned", says="returns nothing|nothing is returned")
def without_return(x):
    y = np.moveaxis(x, 3, 1)
    y = np.ascontiguousarray(y)


@wrong(says="Nothing but zeros")
def empty_skeleton(x):
    n, h, w, c = x.shape
    return np.zeros((n, c, h, w))


@wrong("images_joined", never="axis of length 1")
def the_batch_is_flattened(x):
    return np.concatenate([np.moveaxis(image, -1, 0) for image in x])


@wrong("rows_and_columns_swapped")
def mirrored(x):
    return np.array([image.swapaxes(0, 1) for image in x])


@wrong("channels_reversed")
def blue_first(x):
    return np.stack([x[..., c] for c in reversed(range(x.shape[-1]))], axis=1)


@wrong("channels_before_the_width_only")
def stacked_on_axis_two(images):
    return np.stack([images[..., c] for c in range(images.shape[-1])], axis=2)
