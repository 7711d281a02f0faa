"""Footage: what a network did at each kept moment of its training, played back on a copy."""

import copy
import time

import numpy as np

from helpers import reference
from helpers.reference.functions import REFERENCE_FUNCTIONS
from helpers.show.parts.maps import described, drawn_maps, names_of
from helpers.show.parts.passes import forward_pass
from helpers.show.parts.weights import Moment, first_filters, votes_of

MOST_VALUES = 400_000  # of one image's maps at all moments: with more of them, there are fewer moments
PATIENCE = 10.0  # seconds that all moments may take with functions that are not the course's
FEWEST = 20  # images that are read however slow those functions are
TRIED = 8  # images on which the course's functions have to give the same votes

clock = time.monotonic


class Footage:
    """A network's votes on held-out images, its losses and its maps, at each moment.

    The given network stays as it is: a copy plays back. The copy calls the course's functions, which are
    faster, if these give the same votes.

    Parameters
    ----------
    network : reference.Network
    moments : list of Moment
    images : ndarray of shape (N, C, H, W)
    labels : ndarray of int, of shape (N,)
    training : (ndarray, ndarray), optional
        Images and labels that the network has learned from, for the loss on them.

    Attributes
    ----------
    images, labels : ndarray
        Fewer than were given, if the network's functions are slow.
    moments : list of Moment
        Fewer than were given, if the maps of one image are many.
    layers : list of dict
        Those that are drawn: place in the network, title, and shape of the maps.
    votes : ndarray of shape (moments, N, classes)
    losses : list of (float or None, float)
        For each moment, on the training images and on the others.
    """

    def __init__(self, network, moments, images, labels, training=None):
        self.images, self.labels, self.moments = images, labels, list(moments)
        self._network = playback(network, moments[-1].weights, images[:TRIED])
        self._dtype = network.dtype()
        self.layers = self._described()
        self.moments = self._fitting()
        if self._network.functions is not REFERENCE_FUNCTIONS:
            count = self._affordable()
            self.images, self.labels = images[:count], labels[:count]
        pairs = training and [part[: len(self.images)] for part in training]
        self.votes, self.losses = self._measured(pairs)

    @property
    def said(self):
        """The class with the most votes: (moments, N)."""
        return self.votes.argmax(axis=2)

    @property
    def misread(self):
        """Whether each image is misread at each moment: (moments, N)."""
        return self.said != self.labels

    def hardest(self, count):
        """The images that are misread at the most moments, the hardest first; none that is never misread."""
        often = self.misread.sum(axis=0)
        order = np.argsort(-often, kind="stable")
        return order[: min(count, int((often > 0).sum()))]

    def filters(self):
        """What the first layer looks for at each moment: (moments, count, height, width), or None."""
        found = [first_filters(self._at(moment), self.images.shape[1:]) for moment in self.moments]
        return None if found[0] is None else np.stack(found)

    def _described(self):
        """The layers that are drawn."""
        layers = self._network.layers
        return described(layers, names_of(layers), self._outputs(self.moments[0], 0))

    def maps(self, image):
        """What each layer that is drawn returns for one image: for each (moments, maps, rows, columns)."""
        rows = [self._outputs(moment, image) for moment in self.moments]
        places = [layer["index"] for layer in self.layers]
        return [np.stack([drawn_maps(outputs[place][0]) for outputs in rows]) for place in places]

    def _at(self, moment):
        """The copy with the weights of a moment; read-only arrays do, for nothing here changes them."""
        self._network.set_parameters(moment.weights)
        return self._network

    def _outputs(self, moment, image):
        """What each layer returns for one image."""
        return forward_pass(self._at(moment).layers, self.images[image : image + 1], self._dtype)[1:]

    def _fitting(self):
        """Few enough moments, evenly spread, for the browser to hold one image's maps at all of them."""
        each = sum(np.prod(layer["shape"]) for layer in self.layers)
        most = max(2, MOST_VALUES // max(1, int(each)))
        if len(self.moments) <= most:
            return self.moments
        return [self.moments[round(place)] for place in np.linspace(0, len(self.moments) - 1, most)]

    def _affordable(self):
        """How many images the network reads at all moments before people lose their patience."""
        some = self.images[:FEWEST]
        before = clock()
        votes_of(self._network, some)
        pace = (clock() - before) / len(some) * len(self.moments)
        return max(FEWEST, int(PATIENCE / pace)) if pace else len(self.images)

    def _measured(self, training):
        """Votes, and losses, at each moment."""
        votes, losses = [], []
        with np.errstate(all="ignore"):
            for moment in self.moments:
                network = self._at(moment)
                votes.append(votes_of(network, self.images))
                seen = training and reference.cross_entropy(votes_of(network, training[0]), training[1])
                losses.append((seen, reference.cross_entropy(votes[-1], self.labels)))
        return np.stack(votes), losses


def playback(network, weights, images):
    """A copy of the network: in the course's functions, if these give the same votes on the images.

    Parameters
    ----------
    network : reference.Network
        Stays as it is.
    weights : dict of str -> ndarray
        With which the votes are compared.
    images : ndarray of shape (N, C, H, W)

    Returns
    -------
    reference.Network
        Its `functions` are the course's or the network's own.
    """
    own, quick = copy.deepcopy(network), copy.deepcopy(network)
    quick.functions = REFERENCE_FUNCTIONS
    for layer in quick.layers:
        if hasattr(layer, "functions"):
            layer.functions = REFERENCE_FUNCTIONS
    for candidate in (own, quick):
        candidate.set_parameters(weights)
    with np.errstate(all="ignore"):
        expected = votes_of(own, images)
        try:
            same = np.allclose(votes_of(quick, images), expected, rtol=1e-3, atol=1e-4, equal_nan=True)
        except Exception:  # a network of other functions may not fit the course's at all
            same = False
    return quick if same else own


def as_moments(moments):
    """Moments, from a list of them or of weights by name; those are taken to be one batch apart."""
    return [
        item if isinstance(item, Moment) else Moment(batches, dict(item))
        for batches, item in enumerate(moments)
    ]
