"""Weights: what the first layer looks for, how well a network does, and how it was while it learned."""

from typing import NamedTuple

import numpy as np

from helpers import reference

MOST_FILTERS = 24
MOST_MOMENTS = 64
MOST_BYTES = 32_000_000


class Moment(NamedTuple):
    """The weights after so many batches, by name; nobody can change them."""

    batches: int
    weights: dict


class Moments(list):
    """The moments of a training that are kept, the oldest first, in a bounded amount of memory.

    There are never more than 64 of them, nor, from the third one on, more than 32 MB. When there is no room,
    the one goes that is closest to its neighbours, measured as a share of all batches so far; the first and
    the last one stay.

    Examples
    --------
    >>> moments = Moments()
    >>> for batches in range(1000):
    ...     moments.keep(batches, {"weight": np.zeros(2)})
    >>> len(moments), moments[0].batches, moments[-1].batches
    (64, 0, 999)
    """

    def keep(self, batches, weights):
        """Copy the weights, unless this moment is kept already."""
        if self and self[-1].batches == batches:
            return
        copies = {name: array.copy() for name, array in weights.items()}
        for array in copies.values():
            array.setflags(write=False)
        self.append(Moment(batches, copies))
        size = sum(array.nbytes for array in copies.values()) or 1
        if len(self) > max(2, min(MOST_MOMENTS, MOST_BYTES // size)):
            del self[self._least_missed()]

    def _least_missed(self):
        counts = np.array([moment.batches for moment in self], dtype=float)
        return 1 + int(np.argmin((counts[2:] - counts[:-2]) / counts[2:]))


def measure(network, images, labels):
    """Loss and accuracy of the network on images that it has not learned from."""
    votes = votes_of(network, images)
    return float(reference.cross_entropy(votes, labels)), float(np.mean(reference.predict(votes) == labels))


def votes_of(network, images):
    """The votes (N, classes), computed for at most 500 images at a time."""
    parts = [images[start : start + 500] for start in range(0, len(images), 500)]
    dtype = network.dtype()
    return np.concatenate([network.forward(part.astype(dtype, copy=False)) for part in parts])


def first_filters(network, shape):
    """What the first layer with weights looks for in the first channel: (count, height, width), or None.

    The units of a fully connected layer that sees the pixels have weights of the images' `shape` (C, H, W).
    """
    weights = [layer.parameters["weight"] for layer in network.layers if "weight" in layer.parameters]
    if not weights:
        return None
    if weights[0].ndim == 2 and weights[0].shape[1] == np.prod(shape):
        weights[0] = weights[0].reshape(-1, *shape)
    return weights[0][:MOST_FILTERS, 0] if weights[0].ndim == 4 else None


def plain(numbers):
    """The numbers for the browser, which has no word for infinity."""
    return [round(float(number), 6) if np.isfinite(number) else None for number in numbers]
