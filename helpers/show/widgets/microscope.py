"""A microscope on a trained network: every value, and where it comes from (lessons 14 and 19)."""

import numpy as np
import traitlets

from helpers.show.figures.responses import responses as draw_responses
from helpers.show.parts.brushes import BRUSHES, brush_for, require_brush
from helpers.show.parts.explaining import channels_alone, explain, onward
from helpers.show.parts.fields import as_maps
from helpers.show.parts.labels import number_text
from helpers.show.parts.maps import layer_names
from helpers.show.parts.passes import copied
from helpers.show.parts.ranking import Ranking
from helpers.show.parts.stages import (
    MOST_MAPS,
    as_json,
    describe_stages,
    fields_in_stages,
    gradients_of,
    packed,
    require_fitting,
    values_of,
)
from helpers.show.widgets.base import Answering, VolumeTrait, as_volume, as_volumes, known, shortened

LARGEST = 32  # rows or columns of the image
THUMBNAILS = 6
LONGEST_SENTENCE = 160
NOT_FINITE = "The network's values are not finite numbers: its weights have grown too large."
SCALES = ("each map", "each layer", "all layers")


class Microscope(Answering):
    """All layers of a network as maps, and for the value in hand where it comes from, number by number.

    Parameters
    ----------
    network : reference.Network
        For images of shape (1, C, height, width); it is used as it is whenever something changes.
    image : ndarray of shape (height, width) or (C, height, width), optional
        Pixels from -1 to 1, at most 32 rows and columns; by default the first of `images`.
    labels : list of str, optional
        One for each vote; by default 0, 1, 2, ...
    images : ndarray of shape (N, height, width) or (N, C, height, width), optional
        Among which it looks for those that a map answers most.
    answers : list of int, optional
        What these images are: positions in `labels`.
    other : ndarray of the shape of `image`, optional
        An image to compare with.
    names : list of str, optional
        The layers' names.
    brush : {"crisp", "soft"}, optional
        The stroke's edge; by default soft if many pixels of the images are grey.

    Attributes
    ----------
    image, other : ndarray of shape (C, height, width)
        `other` is empty if there is nothing to compare with.
    place : list of int
        The value in hand: position in `stages`, map, row, column. A unit of a row is in map 0 and row 0.
    gradient_of : str
        The label whose vote's gradient is drawn; "" draws the values.
    scale : {"each map", "each layer", "all layers"}
        What has the full colour: the largest value of each map, of each layer, or of them all.
    channel : int
        Of a convolution, the channel that is shown in numbers; -1 for the one with the largest sum.
    pinned : bool
        Whether the value in hand stays when the pointer moves.
    ranked : bool
        Whether the images are shown that the map in hand answers most.
    stages : list of dict
        What is drawn: the image, what the layers return, and the shares; with "title" and "shape".
    values, gradients : list of ndarray
        The image, what each layer returned, and the shares of its votes; the gradients of the chosen vote at
        the same places. Empty if the network failed, or no vote is chosen.
    other_values, other_gradients : list of ndarray
        The same for the other image.
    explanation : dict
        As `explain` gives it, for the value in hand.

    Raises
    ------
    ValueError
        If the network does not fit such images or labels, or the images do not fit.
    """

    labels = traitlets.List(read_only=True).tag(sync=True)
    stages = traitlets.List(read_only=True).tag(sync=True)
    brush = traitlets.List(read_only=True).tag(sync=True)
    start = traitlets.List(read_only=True).tag(sync=True)
    searched = traitlets.Int(0, read_only=True).tag(sync=True)
    top = traitlets.List(read_only=True).tag(sync=True)
    explanation = traitlets.Dict(read_only=True).tag(sync=True)
    image, other = VolumeTrait(), VolumeTrait()
    place = traitlets.List([0, 0, 0, 0]).tag(sync=True)
    gradient_of = traitlets.Unicode("").tag(sync=True)
    scale = traitlets.Unicode("each layer").tag(sync=True)
    channel = traitlets.Int(-1).tag(sync=True)
    pinned = traitlets.Bool(False).tag(sync=True)
    ranked = traitlets.Bool(False).tag(sync=True)

    def __init__(
        self,
        network,
        image=None,
        labels=None,
        images=None,
        answers=None,
        other=None,
        names=None,
        brush=None,
    ):
        """Show the image, with the value in the middle of the first layer's first map in hand."""
        self._images = as_volumes(images, "images", LARGEST)
        if image is None and not len(self._images):
            raise ValueError("the microscope needs an image, or images")
        image = as_volume(self._images[0] if image is None else image, "the image", LARGEST)
        self._network, self._layers, self._shape = network, copied(network.layers), image.shape
        values = self._tried(image)
        self._has_votes = len(values) > len(self._layers) + 1
        labels = [str(label) for label in (range(values[-1].size) if labels is None else labels)]
        require_fitting(values, labels if self._has_votes else [], self._images, image, answers, names)
        require_brush(brush := brush or brush_for(self._images if len(self._images) else image))
        self._answers, self._ranking, self.values = answers, None, values
        super().__init__()
        self.set_trait("labels", labels if self._has_votes else [])
        self.set_trait("stages", describe_stages(self._layers, names or layer_names(self._layers), values))
        self.set_trait("brush", list(BRUSHES[brush]))
        self.set_trait("start", image.tolist())
        self.set_trait("searched", len(self._images))
        with self.hold_sync():
            self.image = image
            if other is not None:
                self.other = other
            _, height, width = self.stages[1]["shape"]
            self.place = [1, 0, height // 2, width // 2]

    def _tried(self, image):
        """The image and what comes out; a clear sentence if it does not fit the network."""
        try:
            return values_of(self._layers, image, self._network.dtype())
        except Exception as problem:
            shape = " x ".join(map(str, image.shape))
            raise ValueError(f"the network does not take an image of {shape}: {problem}") from problem

    @traitlets.validate("image", "other")
    def _fits(self, proposal):
        value, name = proposal["value"], proposal["trait"].name
        if value.shape != self._shape and (name == "image" or value.size):
            raise ValueError(f"the {name} has shape {value.shape}, but the network gets {self._shape}")
        return value

    @traitlets.validate("place")
    def _is_in_the_network(self, proposal):
        if len(proposal["value"]) != 4:
            raise ValueError(f"a place is a layer, a map, a row and a column, not {proposal['value']!r}")
        stage, *cell = (int(number) for number in proposal["value"])
        stage = min(max(0, stage), len(self.stages) - 1)
        sides = self.stages[stage]["shape"]
        return [stage, *(min(max(0, at), side - 1) for at, side in zip(cell, sides, strict=True))]

    @traitlets.validate("gradient_of")
    def _is_a_label(self, proposal):
        return proposal["value"] and known(proposal["value"], "vote", self.labels)

    @traitlets.validate("scale")
    def _is_a_scale(self, proposal):
        return known(proposal["value"], "scale", SCALES)

    @traitlets.observe("image", "other", "gradient_of")
    def _respond(self, change):
        """Send both images through all layers, and back; or say in a sentence why that failed."""
        with self.hold_sync():
            self.values, self.gradients, sentence = self._passed(self.image)
            self.other_values, self.other_gradients, _ = self._passed(self.other)
            self._alone = {}
            self.answer(
                values=packed(self.stages, self.values),
                gradients=packed(self.stages, self.gradients),
                other_values=packed(self.stages, self.other_values),
                other_gradients=packed(self.stages, self.other_gradients),
                sentence=shortened(sentence, LONGEST_SENTENCE),
            )
            self._look()

    def _passed(self, image):
        """The values and the gradients for one image, if there is one, and what went wrong."""
        values, gradients = [], []
        if not image.size:
            return [], [], ""
        try:
            values = values_of(self._layers, image, self._network.dtype())
            if not all(np.isfinite(value).all() for value in values):
                return [], [], NOT_FINITE
            if self.gradient_of:
                gradients = gradients_of(self._layers, values, self.labels.index(self.gradient_of))
        except Exception as problem:  # a layer may call the learner's own functions
            return values, [], _stopped(problem, "on the way back " if values else "")
        return values, gradients, ""

    @traitlets.observe("place")
    def _look(self, change=None):
        """Explain the value in hand, and find the images that its map answers most."""
        with self.hold_sync():
            self.set_trait("explanation", self._explained() if self.values else {})
            self._rank()

    def _explained(self):
        """Everything about the value in hand that the browser shows."""
        stage, *cell = self.place
        number = self.stages[stage]["number"]
        place, value = (number, *cell), as_maps(self.values[number])[tuple(cell)]
        found = explain(self._layers, self.values, place)
        gradient = as_maps(self.gradients[number])[tuple(cell)] if self.gradients else None
        return {
            **{name: as_json(part) for name, part in found.items()},
            **self._links(found),
            "at": self.place,
            "value": float(value),
            "agrees": bool(np.isclose(value, found["computed"], rtol=1e-3, atol=1e-4)),
            "gradient": None if gradient is None else float(gradient),
            "onward": onward(self._layers, self.values, place),
            "fields": fields_in_stages(self.stages, self._layers, self.values, place),
        }

    def _links(self, found):
        """Of a convolution, what each channel alone gives; of a vote, which stage its values come from."""
        if found["kind"] == "conv2d":
            key = tuple(self.place[:2])
            if key not in self._alone:
                number = self.stages[key[0]]["number"]
                maps = channels_alone(self._layers[number - 1], self.values[number - 1], key[1])
                self._alone[key] = {"alone": maps.astype("<f4").tobytes(), "alone_shape": list(maps.shape)}
            return self._alone[key]
        if found["kind"] == "linear":
            return {"source": [stage["number"] for stage in self.stages].index(found["source"])}
        return {}

    @traitlets.observe("ranked")
    def _rank(self, change=None):
        """Find the images that the map in hand answers most; nothing is searched before somebody asks."""
        if change:
            self._ranking = None  # since the last time the network may have learned something
        if not self.ranked or not len(self._images) or not self.values:
            return
        try:
            if self._ranking is None:
                self._ranking = Ranking(copied(self._layers), self._images, self._network.dtype())
        except Exception as problem:
            sentence = shortened(_stopped(problem), LONGEST_SENTENCE)
            self.set_trait("result", {**self.result, "sentence": sentence})
        else:
            self.set_trait("searched", self._ranking.count)
            self.set_trait("top", self._best())

    def _best(self):
        """The best images with their values, and where in them the map answers."""
        stage, chosen, _, column = self.place
        number, (_, _, columns) = self.stages[stage]["number"], self.stages[stage]["shape"]
        is_row = self.values[number].ndim == 1
        number = min(number, len(self._layers))  # the larger the share, the larger the vote
        return [
            {
                "image": self._images[image].tolist(),
                "number": image,
                "value": value,
                "label": "" if self._answers is None else self.labels[int(self._answers[image])],
                "place": [stage, 0, 0, column] if is_row else [stage, chosen, *divmod(at, columns)],
            }
            for image, value, at in self._ranking.best(number, column if is_row else chosen, THUMBNAILS)
        ]

    def _still(self):
        if not self.values:
            return draw_responses(
                self.image.mean(axis=0), {}, [], [], "An image, and a network that stopped."
            )
        drawn = [stage for stage in self.stages[1:] if not stage["is_vote"]]
        maps = {stage["title"]: as_maps(self.values[stage["number"]])[:MOST_MAPS] for stage in drawn}
        shares = self.values[-1] if self._has_votes else np.array([])
        layers = f"An image, and all layers of a network as maps: {'; '.join(maps)}."
        best = (
            [f"Most votes for {self.labels[int(shares.argmax())]}, share {shares.max():.2f}."]
            if self._has_votes
            else []
        )
        alt = " ".join([layers, self._told(), *best])
        return draw_responses(self.image.mean(axis=0), maps, self.labels, shares, alt)

    def _told(self):
        """The value in hand and what adds up to it, in a sentence."""
        stage, chosen, row, column = self.place
        found, name = self.explanation, self.stages[stage]["name"]
        parts = number_text(found["value"])
        if "bias" in found:
            products = number_text(found["computed"] - found["bias"])
            parts += f", products {products} plus bias {number_text(found['bias'])}"
        return f"The value of {name}, map {chosen}, row {row}, column {column}: {parts}."


def _stopped(problem, way=""):
    return f"The network stopped {way}with {type(problem).__name__}: {problem}"
