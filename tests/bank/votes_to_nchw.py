"""Answers to votes_to_nchw."""

import numpy as np

from tests.bank import right, wrong


@right
def unit_by_unit(weight, map_shape):
    c, h, w = map_shape
    rows = []
    for u in range(weight.shape[1]):
        rows.append(weight[:, u].reshape(h, w, c).transpose(2, 0, 1).flatten())
    return np.array(rows)


@right
def with_moveaxis(weight, map_shape):
    c, h, w = map_shape
    stacks = weight.T.reshape(-1, h, w, c)
    return np.moveaxis(stacks, -1, 1).reshape(len(stacks), c * h * w)


@right
def with_einsum(weight, map_shape):
    c, h, w = map_shape
    return np.einsum("hwcu->uchw", weight.reshape(h, w, c, -1)).reshape(weight.shape[1], -1)


@wrong("only_transposed")
def turned(weight, map_shape):
    return np.transpose(weight)


@wrong("reshaped_only")
def cut(weight, map_shape):
    return weight.reshape(-1, len(weight))


@wrong("pixels_transposed")
def swapped(weight, map_shape):
    c, h, w = map_shape
    return np.array([weight[:, u].reshape(h, w, c).T.ravel() for u in range(weight.shape[1])])


@wrong("taken_apart_wrongly")
def channels_first_already(weight, map_shape):
    c, h, w = map_shape
    return weight.reshape(c, h, w, -1).transpose(3, 2, 0, 1).reshape(weight.shape[1], -1)


@wrong("units_first")
def straight(weight, map_shape):
    c, h, w = map_shape
    return weight.reshape(weight.shape[1], h, w, c).transpose(3, 2, 0, 1).reshape(weight.shape[1], -1)


@wrong(says="values differ|None of|shape")
def units_channels(weight, map_shape):
    c, h, w = map_shape
    return weight.reshape(-1, c, h, w).reshape(weight.shape[1], -1)


@right
def sides(weight, map_shape):
    c, h, w = map_shape
    return weight.reshape(w, h, c, -1).transpose(3, 2, 0, 1).reshape(weight.shape[1], -1)


@wrong("not_flattened")
def four_axes(weight, map_shape):
    c, h, w = map_shape
    return weight.reshape(h, w, c, -1).transpose(3, 2, 0, 1)


@wrong("only_reordered")
def columns(weight, map_shape):
    c, h, w = map_shape
    return weight.reshape(h, w, c, -1).transpose(2, 0, 1, 3).reshape(-1, weight.shape[1])


@wrong(says="left and right are swapped")
def reverse_axes_order(weight, shape):
    c, h, w = shape
    return weight.reshape(h, w, c, -1).transpose(3, 2, 0, 1).reshape(weight.shape[1], -1)[:, ::-1]
