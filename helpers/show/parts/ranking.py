"""Ranking: on which images each map of a network has its largest value."""

from time import perf_counter

import numpy as np

from helpers.show.parts.passes import forward_pass

BATCH = 32
SECONDS = 4.0  # after which the rest of the images is left out


class Ranking:
    """The largest value of every map on each of many images, and where it is.

    Parameters
    ----------
    layers : list
        Of a `reference.Network`; at least the first batch of images goes through all of them, and the others
        as long as there is time.
    images : ndarray of shape (N, C, H, W)
    dtype : dtype
        That of the network's parameters.

    Attributes
    ----------
    count : int
        How many of the images there was time for.
    """

    def __init__(self, layers, images, dtype=float):
        begun, found = perf_counter(), []
        for start in range(0, len(images), BATCH):
            if found and perf_counter() - begun > SECONDS:
                break
            outputs = forward_pass(layers, images[start : start + BATCH], dtype)
            found.append([_largest(output) for output in outputs])
        self._stages = [
            tuple(np.concatenate(part) for part in zip(*stage, strict=True))
            for stage in zip(*found, strict=True)
        ]
        self.count = len(self._stages[0][0])

    def best(self, number, chosen, count):
        """The images on which one map, or one unit of a row, has its largest values.

        Parameters
        ----------
        number : int
            How many layers lead to it.
        chosen : int
            The map, or the unit.
        count : int
            How many images at most.

        Returns
        -------
        list of (int, float, int)
            Number of the image, value, and the value's place in the flattened map; the largest first.
        """
        values, places = self._stages[number]
        order = np.argsort(-values[:, chosen], kind="stable")[:count]
        return [(int(i), float(values[i, chosen]), int(places[i, chosen])) for i in order]


def _largest(output):
    """For each image and map the largest value, and its place in the flattened map."""
    maps = output.reshape(*output.shape[:2], -1)
    return maps.max(axis=2), maps.argmax(axis=2)
