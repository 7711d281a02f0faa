"""A training as a film: filters, maps, votes and mistakes at each moment that was kept (lesson 13)."""

import numpy as np
import traitlets

from helpers import reference
from helpers.show.figures.film import film
from helpers.show.parts.footage import Footage, as_moments
from helpers.show.parts.weights import plain
from helpers.show.widgets.base import Answering, kind_of, shortened

MOST_MISTAKES = 24
SHADES = 127  # from white to the full colour: finer ones look the same, and take longer to the browser
LONGEST_SENTENCE = 160


class TrainingFilm(Answering):
    """A slider that runs through a training; all that is drawn has the same colours at all moments.

    A `LiveTraining` makes one of itself: ``live.film()``. A training loop of your own keeps the weights, as
    ``weights.append({name: array.copy() for name, array in network.parameters().items()})``.

    Parameters
    ----------
    network : reference.Network
        Stays as it is: a copy of it plays the film.
    moments : list of Moment or of dict of str -> ndarray
        The weights on the way, the oldest first.
    images : ndarray of shape (N, C, H, W)
        Held-out images, which the network did not learn from.
    labels : ndarray of int, of shape (N,)
    names : list of str, optional
        What the classes are called; by default their numbers.
    training : (ndarray, ndarray), optional
        Images and labels that the network learned from, for the loss on as many of them.
    epoch : int, optional
        How many batches make an epoch; by default each moment counts as one.

    Attributes
    ----------
    frame : int
        The moment that is shown, counted from 0.
    image : int
        The held-out image whose maps and votes are shown; at the start the one misread most often.
    scenes : list of dict
        For each moment what does not depend on the image: name, filters, losses, mistakes.
    mistakes : list of dict
        The up to 24 images that are misread at the most moments.

    Raises
    ------
    ValueError
        If there is no moment, or images, labels and names do not fit the network.
    """

    frame = traitlets.Int(0).tag(sync=True)
    image = traitlets.Int(0).tag(sync=True)
    names = traitlets.List(read_only=True).tag(sync=True)
    layers = traitlets.List(read_only=True).tag(sync=True)
    scenes = traitlets.List(read_only=True).tag(sync=True)
    mistakes = traitlets.List(read_only=True).tag(sync=True)
    count = traitlets.Int(read_only=True).tag(sync=True)
    limit = traitlets.Float(1.0, read_only=True).tag(sync=True)

    def __init__(self, network, moments, images, labels, names=None, training=None, epoch=None):
        """Read all images at all moments once; show the first moment."""
        _require_images(images, labels)
        if not len(moments):
            raise ValueError("a film needs the weights of at least one moment")
        self._epoch = epoch or 1
        self._footage = _shot(network, as_moments(moments), np.asarray(images), np.asarray(labels), training)
        names = self._checked(names)
        super().__init__()
        self.set_trait("names", names)
        self.set_trait("layers", self._footage.layers)
        self.set_trait("count", len(self._footage.images))
        self._hardest = self._footage.hardest(MOST_MISTAKES)
        self.set_trait("mistakes", [self._pictured(index) for index in self._hardest])
        self.set_trait("scenes", self._scenes())
        self.image = int(self._hardest[0]) if len(self._hardest) else 0
        self._play()
        self.observe(self._play, "image")

    @traitlets.validate("frame")
    def _is_a_moment(self, proposal):
        return _within(proposal["value"], len(self.scenes), "moments")

    @traitlets.validate("image")
    def _is_an_image(self, proposal):
        return _within(proposal["value"], self.count, "images")

    def _checked(self, names):
        """The classes' names, one for each vote."""
        classes = self._footage.votes.shape[2]
        names = [str(name) for name in (range(classes) if names is None else names)]
        if len(names) != classes:
            raise ValueError(f"the network gives {classes} votes, but there are {len(names)} names")
        return names

    def _scenes(self):
        """What does not depend on the image, moment by moment."""
        footage, filters = self._footage, self._footage.filters()
        if filters is not None:
            self.set_trait("limit", _limit(filters))
        return [
            {
                **self._named(moment.batches),
                "filters": [] if filters is None else _rounded(filters[frame]),
                "losses": [None if loss is None else plain([loss])[0] for loss in footage.losses[frame]],
                "misread": int(footage.misread[frame].sum()),
                "said": footage.said[frame, self._hardest].tolist(),
                "finite": bool(np.isfinite(footage.votes[frame]).all()),
            }
            for frame, moment in enumerate(footage.moments)
        ]

    def _named(self, batches):
        """A moment's name; and its epoch, if it is the end of one."""
        epoch, rest = divmod(batches, self._epoch)
        if batches == 0:
            return {"name": "start", "epoch": 0}
        if rest == 0:
            return {"name": f"epoch {epoch}", "epoch": epoch}
        return {"name": f"batch {batches:,}", "epoch": None}

    def _pictured(self, index):
        """An image for the browser: rows of greys, or of colours if it has three channels."""
        image, label = self._footage.images[index], int(self._footage.labels[index])
        pixels = np.moveaxis(image, 0, 2) if len(image) == 3 else image[0]
        return {"index": int(index), "pixels": _rounded(pixels), "label": label}

    def _play(self, change=None):
        """Send what the network made of the image at all moments, or say why that failed."""
        try:
            with np.errstate(all="ignore"):
                maps, sentence = self._footage.maps(self.image), ""
        except Exception as problem:  # a layer may call the learner's own functions
            maps, sentence = [], f"The network stopped with {type(problem).__name__}: {problem}"
        votes = np.nan_to_num(self._footage.votes[:, self.image].astype(float))
        self.answer(
            **self._pictured(self.image),
            maps=[_shaded(layer) for layer in maps],
            votes=votes.tolist(),
            shares=reference.softmax(votes).tolist(),
            sentence=shortened(sentence, LONGEST_SENTENCE),
        )

    def _still(self):
        misread = [scene["misread"] for scene in self.scenes]
        return film([scene["name"] for scene in self.scenes], self._footage.filters(), misread, self.count)


def _shot(network, moments, images, labels, training):
    """The footage, or one sentence that says why there is none."""
    try:
        return Footage(network, moments, images, labels, training)
    except Exception as problem:
        raise ValueError(f"this film cannot be played: {problem}") from problem


def _require_images(images, labels):
    shape = np.shape(images)
    if len(shape) != 4 or 0 in shape:
        kind = f"an array of shape {shape}" if isinstance(images, np.ndarray) else kind_of(images)
        raise ValueError(f"a film needs images of shape (N, C, H, W), not {kind}")
    if np.shape(labels) != shape[:1]:
        raise ValueError(
            f"there must be one label for each image: {shape[0]} images, {np.size(labels)} labels"
        )


def _within(value, count, what):
    if not 0 <= value < count:
        raise ValueError(f"the {what} are numbered from 0 to {count - 1}; there is no {value}")
    return value


def _rounded(array):
    """Nested lists for the browser, which has no word for infinity."""
    return np.round(np.nan_to_num(array.astype(float), posinf=0, neginf=0), 4).tolist()


def _shaded(layer):
    """A layer's maps at all moments, a byte for each value; 127 is the largest of them all."""
    finite = np.nan_to_num(layer, posinf=0, neginf=0)
    return np.round(SHADES * finite / _limit(layer)).astype(np.int8).tobytes()


def _limit(array):
    """The size of a value that gets the full colour at all moments."""
    finite = np.abs(array[np.isfinite(array)])
    return float(finite.max(initial=0)) or 1.0
