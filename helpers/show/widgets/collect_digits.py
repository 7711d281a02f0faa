"""A pad to draw digits on, one after another, each kept with what it is (lesson 19)."""

import numpy as np
import traitlets

from helpers.show.figures.pictures import pictures
from helpers.show.widgets.base import PictureTrait, Widget, as_pixels

MOST = 400  # drawings that are kept
_PAPER = 2  # pixels of paper around a drawing


class CollectDigits(Widget):
    """A pad to draw on with mouse, finger or keys; a button for each label keeps the drawing.

    Parameters
    ----------
    labels : sequence of str, default "0123456789"
        What the drawings may be: one character each, so that its key keeps the drawing as well.
    size : int, default 24
        Rows and columns of the pad.

    Attributes
    ----------
    pieces : list of ndarray of shape (size + 4, size + 4)
        The drawings as scans have them: dark ink on light paper, from -1 to 1.
    answers : ndarray of int, of shape (N,)
        What they are: positions in `labels`.

    Raises
    ------
    ValueError
        If a drawing that is added does not fit.
    """

    labels = traitlets.List(read_only=True).tag(sync=True)
    image = PictureTrait()
    kept = traitlets.List().tag(sync=True)  # pairs of a label and the rows of a drawing

    def __init__(self, labels="0123456789", size=24):
        """Show an empty pad."""
        super().__init__()
        self.set_trait("labels", [str(label) for label in labels])
        self.image = np.full((size, size), -1.0)

    def add(self, drawing, label):
        """Keep a drawing, white on black as on the pad, without anybody drawing it."""
        drawing = as_pixels(drawing, "the drawing")
        self.kept = [*self.kept, [str(label), drawing.tolist()]]

    @traitlets.validate("kept")
    def _fit(self, proposal):
        kept = proposal["value"]
        if len(kept) > MOST:
            raise ValueError(f"at most {MOST} drawings are kept")
        for label, drawing in kept:
            if label not in self.labels:
                raise ValueError(f"a drawing is one of {', '.join(self.labels)}, not {label!r}")
            if as_pixels(drawing, "a drawing").shape != self.image.shape:
                raise ValueError(f"a drawing has the shape {np.shape(drawing)}, the pad {self.image.shape}")
        return kept

    @property
    def pieces(self):
        """The drawings, dark on light, with a little paper around them."""
        return [np.pad(-np.array(drawing), _PAPER, constant_values=1.0) for _, drawing in self.kept]

    @property
    def answers(self):
        """What the drawings are: positions in `labels`."""
        return np.array([self.labels.index(label) for label, _ in self.kept], dtype=int)

    def _still(self):
        if not self.kept:
            return pictures([self.image], ["your drawing"], values=False)
        last = self.kept[-4:]
        return pictures(
            [np.array(drawing) for _, drawing in last], [label for label, _ in last], values=False
        )
