"""Passes: what every layer of a network returns, and how a vote changes with each of these values."""

import copy

import numpy as np


def copied(layers):
    """Copies of the layers: each remembers its last input, which a training of the same network relies on."""
    return [copy.copy(layer) for layer in layers]


def forward_pass(layers, images, dtype=float):
    """The images and what each layer returns, one after another.

    Parameters
    ----------
    layers : list
        Of a `reference.Network`.
    images : ndarray of shape (N, C, H, W)
    dtype : dtype, default float
        That of the network's parameters.

    Returns
    -------
    list of ndarray
        One more than there are layers.

    Examples
    --------
    >>> from helpers.reference import ReLU
    >>> [values.tolist() for values in forward_pass([ReLU()], np.array([[[[-1.0, 2.0]]]]))]
    [[[[[-1.0, 2.0]]]], [[[[0.0, 2.0]]]]]
    """
    outputs = [images.astype(np.result_type(dtype, np.float32))]
    for layer in layers:
        outputs.append(layer.forward(outputs[-1]))
    return outputs


def vote_gradients(layers, votes, vote):
    """How much one vote changes with each value that led to it.

    Parameters
    ----------
    layers : list
        Whose last forward pass, of one image, gave the votes.
    votes : ndarray of shape (1, classes)
    vote : int
        The class whose vote it is.

    Returns
    -------
    list of ndarray
        In the shapes of `forward_pass`; among the votes it is 1 for this one and 0 for the others.

    Examples
    --------
    >>> from helpers.reference import ReLU
    >>> layers = [ReLU()]
    >>> votes = forward_pass(layers, np.array([[-1.0, 2.0]]))[-1]
    >>> [gradient.tolist() for gradient in vote_gradients(layers, votes, 1)]
    [[[0.0, 1.0]], [[0.0, 1.0]]]
    """
    gradients = [np.zeros_like(votes)]
    gradients[0][0, vote] = 1
    for layer in reversed(layers):
        gradients.append(layer.backward(gradients[-1]))
    return gradients[::-1]
