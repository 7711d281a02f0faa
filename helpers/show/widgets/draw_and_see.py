"""A pad to draw on, and how every layer of a trained network responds to the drawing (lessons 13 and 14)."""

import numpy as np
import traitlets

from helpers import reference
from helpers.show.figures.responses import responses as draw_responses
from helpers.show.parts.brushes import BRUSHES, brush_for, require_brush
from helpers.show.parts.maps import described, drawn_maps, names_of
from helpers.show.parts.passes import copied, forward_pass
from helpers.show.widgets.base import Answering, as_pixels, shortened

LARGEST = 16  # rows or columns of the drawing
LONGEST_SENTENCE = 160


class DrawAndSee(Answering):
    """A drawing, the maps that each layer makes of it, the votes, and the shares that softmax makes of them.

    Parameters
    ----------
    network : reference.Network
        For images of shape (1, 1, height, width); it is used as it is whenever the drawing changes.
    labels : list of str
        One for each vote.
    size : int or (int, int)
        Rows and columns of the drawing, at most 16.
    examples : ndarray of shape (N, 1, height, width) or (N, height, width), optional
        Images that a button puts on the pad, one after another.
    answers : list of int, optional
        What the examples are: positions in `labels`.
    names : list of str, optional
        The layers' names.
    image : ndarray of shape (height, width), optional
        What the pad shows first; by default the first example, or all black.
    brush : {"crisp", "soft"}, optional
        The stroke's edge; by default soft if many pixels of the examples are grey.

    Attributes
    ----------
    image : ndarray of shape (height, width)
        The drawing; a new value shows up on the pad.
    responses : list of ndarray
        What each layer returned, without the batch's axis; empty if the network failed.
    shares : ndarray of shape (classes,)
    best : str
        The label with the most votes, the first on ties.

    Raises
    ------
    ValueError
        If the network does not fit such images or labels, or the examples do not fit.
    """

    labels = traitlets.List(read_only=True).tag(sync=True)
    layers = traitlets.List(read_only=True).tag(sync=True)
    examples = traitlets.List(read_only=True).tag(sync=True)
    brush = traitlets.List(read_only=True).tag(sync=True)

    def __init__(
        self,
        network,
        labels=("X", "O"),
        size=9,
        examples=None,
        answers=None,
        names=None,
        image=None,
        brush=None,
    ):
        """Show `image`, the first example, or a black pad."""
        self._size = (size, size) if np.ndim(size) == 0 else tuple(size)
        self._network = network
        self._layers = copied(network.layers)
        examples, labels = _examples(examples, self._size), [str(label) for label in labels]
        brush = brush or brush_for(examples)
        outputs = self._tried(examples)
        _require_fitting(outputs, labels, examples, answers, names)
        require_brush(brush)
        self._limits = [float(np.abs(output).max()) for output in outputs]
        super().__init__()
        names = names or names_of(self._layers)
        self.set_trait("labels", labels)
        self.set_trait("layers", described(self._layers, names, outputs))
        self.set_trait("examples", _with_answers(examples, answers, labels))
        self.set_trait("brush", list(BRUSHES[brush]))
        self.image = examples[0] if image is None else image

    @property
    def shares(self):
        """What softmax makes of the votes; nothing if the network failed."""
        return reference.softmax(self.responses[-1][None])[0] if self.responses else np.array([])

    @property
    def best(self):
        """The label with the most votes; empty if the network failed."""
        return self.labels[int(self.responses[-1].argmax())] if self.responses else ""

    @traitlets.validate("image")
    def _fits(self, proposal):
        image = as_pixels(proposal["value"], "the image")
        if image.shape != self._size:
            raise ValueError(f"the image has shape {image.shape}, but the pad has shape {self._size}")
        return proposal["value"]

    @traitlets.observe("image")
    def _respond(self, change):
        """Send the drawing through all layers, or say in a sentence why that failed."""
        self.responses, sentence = [], ""
        try:
            outputs = self._forward(self.image[None, None])
            if all(np.isfinite(output).all() for output in outputs):
                self.responses = [output[0] for output in outputs]
            else:
                sentence = "The network's answers are not finite numbers: its weights have grown too large."
        except Exception as problem:  # a layer may call the learner's own functions
            sentence = f"The network stopped with {type(problem).__name__}: {problem}"
        sizes = [float(np.abs(response).max()) for response in self.responses]
        self._limits = [max(pair) for pair in zip(self._limits, sizes or self._limits, strict=True)]
        self._hand_on(shortened(sentence, LONGEST_SENTENCE))

    def _hand_on(self, sentence):
        """Hand the responses on to the browser."""
        shown = [drawn_maps(self.responses[layer["index"]]) for layer in self.layers if self.responses]
        self.answer(
            maps=[np.round(maps.astype(float), 4).tolist() for maps in shown],
            limits=[self._limits[layer["index"]] or 1.0 for layer in self.layers],
            votes=self.responses[-1].tolist() if self.responses else [],
            shares=self.shares.tolist(),
            best=self.best,
            sentence=sentence,
        )

    def _forward(self, images):
        """What each layer returns, one after another."""
        return forward_pass(self._layers, images, self._network.dtype())[1:]

    def _tried(self, examples):
        """What each layer returns for the examples; a clear sentence if they do not fit the network."""
        try:
            return self._forward(examples[:, None])
        except Exception as problem:
            raise ValueError(
                f"the network does not take images of shape {self._size}: {problem}"
            ) from problem

    def _still(self):
        shown = [layer for layer in self.layers if self.responses]
        maps = {layer["title"]: drawn_maps(self.responses[layer["index"]]) for layer in shown}
        return draw_responses(self.image, maps, self.labels, self.shares)


def _examples(examples, size):
    """The examples as an array (N, height, width); one black image if there are none."""
    examples = np.full((1, *size), -1.0) if examples is None else examples
    images = [image[0] if np.ndim(image) == 3 else image for image in examples]
    images = [as_pixels(image, "an example", LARGEST) for image in images]
    for image in images:
        if image.shape != size:
            raise ValueError(f"an example has shape {image.shape}, but the pad has shape {size}")
    if not images:
        raise ValueError("examples must hold at least one image; leave them out if there is none")
    return np.stack(images)


def _with_answers(examples, answers, labels):
    """Pairs for the browser: an image, and what it is, which may be unknown."""
    answers = [""] * len(examples) if answers is None else [labels[int(answer)] for answer in answers]
    return [[image.tolist(), answer] for image, answer in zip(examples, answers, strict=True)]


def _require_fitting(outputs, labels, examples, answers, names):
    """One vote for each label, one answer for each example, one name for each layer."""
    votes = outputs[-1].shape[1:]
    if votes != (len(labels),):
        raise ValueError(f"the network gives votes of shape {votes}, but there are {len(labels)} labels")
    if answers is not None and len(answers) != len(examples):
        raise ValueError(f"there are {len(examples)} examples, but {len(answers)} answers")
    if names is not None and len(names) != len(outputs):
        raise ValueError(f"there are {len(outputs)} layers, but {len(names)} names")
