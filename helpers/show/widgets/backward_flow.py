"""A small network as a row of stages, values above, gradients below, and a nudge sent through (lesson 12)."""

import numpy as np
import traitlets

from helpers import reference
from helpers.show.figures.pictures import pictures
from helpers.show.parts.tiles import largest
from helpers.show.widgets.base import Widget, as_pixels, by_name, in_range, known

LARGEST = 12
FARTHEST = {"image": 1.0, "filter": 0.2}  # how far an entry can be nudged, either way
STAGES = ("image", "filter", "feature map", "after ReLU", "pooled", "votes")


class BackwardFlow(Widget):
    """What a nudge of one pixel or weight does to the error, next to what its gradient predicts.

    The network: one convolution, ReLU, pooling in partial windows of 2, two votes, cross-entropy.

    Parameters
    ----------
    image : ndarray of shape (height, width)
        Pixels from -1 to 1.
    label : int
        Which of the two votes is right, 0 or 1.
    filters : dict
        Name -> ndarray of shape (kernel_height, kernel_width), all of one shape.
    votes : ndarray of shape (2, features)
        A weight for every pooled value, filter after filter.
    biases : ndarray of shape (filters,), optional
        One for each filter; by default 0. A negative one closes gates. The votes have none.

    Attributes
    ----------
    filter_name : str
        The filter that is shown, with its maps.
    place : list
        "image" or "filter", row and column of the entry that is nudged.
    nudge : float
        How far: from -1 to 1 for a pixel, from -0.2 to 0.2 for a weight; back to 0 when the place changes
        from one array to the other.
    change : dict
        "gradient", "predicted" (gradient times nudge), "true" (of the error), "error" (after the nudge).

    Raises
    ------
    ValueError
        If an argument does not have the shape that the network needs.
    """

    filter_names = traitlets.List(read_only=True).tag(sync=True)
    filter_name = traitlets.Unicode().tag(sync=True)
    place = traitlets.List(["image", 0, 0]).tag(sync=True)
    nudge = traitlets.Float(0.0).tag(sync=True)
    farthest = traitlets.Dict(FARTHEST, read_only=True).tag(sync=True)
    values = traitlets.Dict(read_only=True).tag(sync=True)
    gradients = traitlets.Dict(read_only=True).tag(sync=True)
    change = traitlets.Dict(read_only=True).tag(sync=True)

    def __init__(self, image, label, filters, votes, biases=None):
        """Choose the first filter, and the pixel in the middle; nothing is nudged yet."""
        self._image = as_pixels(image, "the image", LARGEST)
        self._filters = by_name(filters, "filters", _as_kernel)
        self._votes, self._label = np.array(votes, dtype=float), np.array([label])
        self._biases = np.zeros(len(self._filters)) if biases is None else np.array(biases, dtype=float)
        _require_fit(self._image, self._filters, self._votes, self._biases, label)
        super().__init__()
        self._start = self._forward(self._image, np.array(list(self._filters.values())))
        self._back = _backward(self._start, self._votes, self._label)
        self.set_trait("filter_names", list(self._filters))
        self.filter_name = next(iter(self._filters))
        self.place = ["image", *(side // 2 for side in self._image.shape)]

    @traitlets.validate("filter_name")
    def _is_known(self, proposal):
        return known(proposal["value"], "filter", self._filters)

    @traitlets.validate("place")
    def _is_inside(self, proposal):
        name, *place = proposal["value"]
        if name not in FARTHEST:
            raise ValueError(f"entries of the image or of the filter can be nudged, not of {name!r}")
        shape = self._shown(self._start)[name].shape
        if len(place) != 2 or not all(0 <= i < side for i, side in zip(place, shape, strict=True)):
            raise ValueError(f"the place {tuple(place)} lies outside the {name} of shape {shape}")
        return [name, *map(int, place)]

    @traitlets.validate("nudge")
    def _is_in_range(self, proposal):
        farthest = FARTHEST[self.place[0]]
        return in_range(proposal["value"], "here a nudge", -farthest, farthest)

    @traitlets.observe("place")
    def _start_from_zero(self, change):
        if change["old"][0] != change["new"][0]:
            self.nudge = 0.0

    @traitlets.observe("filter_name", "place", "nudge")
    def _send_through(self, change):
        name, row, column = self.place
        image, filters = self._image.copy(), np.array(list(self._filters.values()))
        array = image if name == "image" else filters[self._chosen]
        array[row, column] += self.nudge
        now = self._forward(image, filters)
        gradient = float(self._shown(self._back)[name][row, column])
        self.set_trait("values", _as_lists(self._shown(now)))
        self.set_trait("gradients", _as_lists(self._shown(self._back)))
        true = now["error"] - self._start["error"]
        answer = {
            "gradient": gradient,
            "predicted": gradient * self.nudge,
            "true": true,
            "error": now["error"],
        }
        self.set_trait("change", answer)

    def _forward(self, image, filters):
        return _forward(image, filters, self._biases, self._votes, self._label)

    @property
    def _chosen(self):
        """The number of the filter that is shown."""
        return list(self._filters).index(self.filter_name)

    def _shown(self, stages):
        """The part of each stage that belongs to the chosen filter, each in two dimensions."""
        parts = {name: stages[name][self._chosen] for name in STAGES[1:5]}
        votes, error = np.reshape(stages["votes"], (2, 1)), np.reshape(stages["error"], (1, 1))
        return {"image": stages["image"], **parts, "votes": votes, "error": error}

    def _still(self):
        values, gradients = self._shown(self._start), self._shown(self._back)
        name, row, column = self.place
        windows = [(row, column, 1, 1) if stage == name else None for stage in STAGES[:4]]
        return pictures(
            [values[stage] for stage in STAGES[:4]] + [gradients[stage] for stage in STAGES[:4]],
            ["image", self.filter_name, *STAGES[2:4]] + [f"gradient: {stage}" for stage in STAGES[:4]],
            ["pixel"] + ["signed"] * 7,
            values=False,
            windows=windows * 2,
            limit=[None, *(largest(values[stage]) for stage in STAGES[1:4])]
            + [largest(gradients[stage]) for stage in STAGES[:4]],
            alt=f"Four stages of a network above their gradients. A nudge of {self.nudge:.2f} at row {row}, "
            f"column {column} of the {name} should change the error by {self.change['predicted']:.3f}, "
            f"and changes it by {self.change['true']:.3f}.",
        )


def _forward(image, filters, biases, votes, label):
    """All stages by name, and the error; the filters' stages have one entry for each filter."""
    maps = reference.conv2d(image[None, None], filters[:, None], biases)
    active = reference.relu(maps)
    pooled = reference.max_pool2d(active, 2, 2, True)
    logits = reference.linear(reference.flatten(pooled), votes)
    stages = image, filters, maps[0], active[0], pooled[0], logits
    return dict(zip(STAGES, stages, strict=True)) | {"error": float(reference.cross_entropy(logits, label))}


def _backward(stages, votes, label):
    """The gradient of the error at every stage, by name."""
    image, filters, maps, active, pooled, logits = (stages[name] for name in STAGES)
    grad_logits = reference.cross_entropy_backward(1.0, logits, label)
    grad_rows = reference.linear_backward(grad_logits, pooled.reshape(1, -1), votes)[0]
    grad_pooled = grad_rows.reshape(pooled[None].shape)
    grad_active = reference.max_pool2d_backward(grad_pooled, active[None], 2, 2, True)
    grad_maps = reference.relu_backward(grad_active, maps[None])
    grad_image, grad_filters, _ = reference.conv2d_backward(grad_maps, image[None, None], filters[:, None])
    of_filters = grad_filters[:, 0], grad_maps[0], grad_active[0], grad_pooled[0]
    gradients = grad_image[0, 0], *of_filters, grad_logits
    return dict(zip(STAGES, gradients, strict=True)) | {"error": 1.0}


def _as_lists(stages):
    return {name: array.tolist() for name, array in stages.items()}


def _as_kernel(values, what):
    """`values` as a kernel that the widget has room for."""
    kernel = np.array(values, dtype=float)
    if kernel.ndim != 2 or max(kernel.shape) > LARGEST or 0 in kernel.shape:
        raise ValueError(f"{what} needs up to {LARGEST} rows and columns; this one has shape {kernel.shape}")
    return kernel


def _require_fit(image, filters, votes, biases, label):
    if biases.shape != (len(filters),):
        raise ValueError(f"{len(filters)} filters need as many biases, not an array of shape {biases.shape}")
    shapes = {kernel.shape for kernel in filters.values()}
    if len(shapes) > 1:
        raise ValueError(f"the filters must all have the same shape, not {sorted(shapes)}")
    (height, width), (rows, columns) = image.shape, shapes.pop()
    if rows > height or columns > width:
        raise ValueError(f"the filters {(rows, columns)} are larger than the image {image.shape}")
    features = len(filters) * ((height - rows) // 2 + 1) * ((width - columns) // 2 + 1)
    if votes.shape != (2, features):
        raise ValueError(f"the votes must have the shape {(2, features)}, not {votes.shape}")
    if label not in (0, 1):
        raise ValueError(f"the label is 0 or 1, not {label!r}")
