"""A pad to draw a letter on, next to the templates that the drawing is compared with (lesson 01)."""

import numpy as np
import traitlets

from helpers.show.figures.pictures import pictures
from helpers.show.widgets.base import Answering, as_pixels, by_name, kind_of, shortened

LARGEST = 16
LONGEST_SENTENCE = 110


class DrawPad(Answering):
    """A pad to draw on with mouse, finger or keys, and how far each template agrees with the drawing.

    Parameters
    ----------
    templates : dict
        Label -> ndarray of shape (height, width), such as ``{"X": data.X, "O": data.O}``.
    agreement : callable
        Given the drawing and a template, the share of equal pixels from 0 to 1. It is called after every
        change; if it fails, the widget says so and carries on.
    image : ndarray of shape (height, width), optional
        What the pad shows first; all black if it is left out.

    Attributes
    ----------
    image : ndarray of shape (height, width)
        The drawing; a new value shows up on the pad.
    result : dict
        "shares" (label -> share), "nearest" (the label with the largest share, the first on ties; empty if
        nothing could be computed) and "sentence" (what went wrong, or empty).

    Raises
    ------
    ValueError
        If there are no templates, their shapes differ, `image` has another shape, or `agreement` is
        not a function.
    """

    templates = traitlets.List(read_only=True).tag(sync=True)  # pairs, because JSON forgets the order

    def __init__(self, templates, agreement, image=None):
        """Show `templates`, and `image` or a black pad."""
        if not callable(agreement):
            raise ValueError(f"agreement must be a function of two images, not {kind_of(agreement)}")
        self._agreement = agreement
        self._arrays = by_name(templates, "template", _template)
        _require_one_shape(self._arrays)
        if image is None:
            image = np.full(next(iter(self._arrays.values())).shape, -1.0)
        super().__init__()
        self.set_trait("templates", [[label, array.tolist()] for label, array in self._arrays.items()])
        self.image = image

    @traitlets.validate("image")
    def _fits(self, proposal):
        shape = next(iter(self._arrays.values())).shape
        image = as_pixels(proposal["value"], "the image")
        if image.shape != shape:
            raise ValueError(f"the image has shape {image.shape}, but the templates have shape {shape}")
        return proposal["value"]

    @traitlets.observe("image")
    def _compare(self, change):
        shares, sentence = {}, ""
        try:
            for label, template in self._arrays.items():
                shares[label] = _share(self._agreement, self.image.copy(), template.copy())
        except _NoShareError as trouble:
            shares, sentence = {}, str(trouble)
        nearest = max(shares, key=shares.get) if shares else ""
        self.answer(shares=shares, nearest=nearest, sentence=sentence)

    def _still(self):
        shares = self.result["shares"]
        titles = [f"{label}, agreement {shares[label]:.2f}" if shares else label for label in self._arrays]
        return pictures(
            [self.image, *self._arrays.values()],
            titles=["your drawing", *titles],
            values=False,
            marks=[None, *(self.image != template for template in self._arrays.values())],
            alt=f"A drawing next to templates: {'; '.join(titles)}. "
            f"The nearest template is {self.result['nearest'] or 'unknown'}.",
        )


class _NoShareError(Exception):
    """Why the learner's function did not give a share; its text is the sentence that the widget shows."""


def _share(agreement, image, template) -> float:
    """What the learner's function says, if that is a share."""
    try:
        answer = agreement(image, template)
    except KeyboardInterrupt:
        raise _NoShareError("agreement was interrupted before it had finished.") from None
    except (Exception, SystemExit) as error:
        sentence = f"agreement stopped with {type(error).__name__}: {error}"
        raise _NoShareError(shortened(sentence, LONGEST_SENTENCE)) from None
    try:
        share = float(answer)
    except (TypeError, ValueError):
        raise _NoShareError(f"agreement returned {kind_of(answer)} instead of a number.") from None
    if not 0 <= share <= 1:
        raise _NoShareError(f"agreement returned {share:g}; a share lies between 0 and 1.")
    return share


def _template(values, what: str) -> np.ndarray:
    return as_pixels(values, what, LARGEST)


def _require_one_shape(templates: dict[str, np.ndarray]) -> None:
    shapes = {label: array.shape for label, array in templates.items()}
    if len(set(shapes.values())) > 1:
        listed = ", ".join(f"{label} {shape}" for label, shape in shapes.items())
        raise ValueError(f"the templates must all have the same shape; they have {listed}")
