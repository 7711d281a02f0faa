"""A whistle to bend, to hear and to see, and what a network hears in it (lesson 16)."""

import numpy as np
import traitlets

from helpers import data
from helpers.show.figures.pictures import pictures
from helpers.show.widgets.base import Widget, as_pixels, kind_of

LOWEST, HIGHEST, STEP = 500, 3000, 50  # Hz
LOUDEST_NOISE = 1.0
LATEST = 0.24  # seconds: a whistle of 0.28 seconds then still has room
LARGEST = 130  # rows and columns of the picture


class WhistleAndSee(Widget):
    """Sliders that bend a whistle, a button that plays it, its picture, and a bar for each label.

    Parameters
    ----------
    look : callable
        Given the sound, an array of 4224 samples, returns its picture of shape (rows, columns): values from
        -1 to 1, the lowest frequency in row 0, at most 130 rows and columns.
    hear : callable, optional
        Given the picture, returns the share of each label, from 0 to 1.
    labels : list of str, optional
        One for each share; by default the four kinds of whistles.
    noise : float
        At the start.

    Attributes
    ----------
    pitches : list of float
        In hertz (Hz), at the beginning, in the middle and at the end, from 500 to 3000.
    start : float
        When the whistle begins, from 0 to 0.24 seconds.
    noise : float
        How loud the noise is, from 0 to 1; the same noise every time.
    picture : ndarray of shape (rows, columns)
    shares : list of float
        Empty if `hear` was not given.
    trouble : str
        What went wrong in `look` or `hear`; empty if nothing did.

    Raises
    ------
    ValueError
        If `look` or `hear` is not a function, or a slider is out of its range.
    """

    pitches = traitlets.List([1200.0, 1600.0, 2000.0]).tag(sync=True)
    start = traitlets.Float(0.12).tag(sync=True)
    noise = traitlets.Float(0.3).tag(sync=True)
    labels = traitlets.List(read_only=True).tag(sync=True)
    ranges = traitlets.Dict(read_only=True).tag(sync=True)
    rate = traitlets.Int(data.SAMPLE_RATE, read_only=True).tag(sync=True)
    sound = traitlets.Bytes(read_only=True).tag(sync=True)  # samples of float32
    shape = traitlets.List([65, 65], read_only=True).tag(sync=True)
    pixels = traitlets.Bytes(read_only=True).tag(sync=True)  # 0 black to 255 white, row after row
    shares = traitlets.List(read_only=True).tag(sync=True)
    trouble = traitlets.Unicode(read_only=True).tag(sync=True)

    def __init__(self, look, hear=None, labels=tuple(data.WHISTLES), noise=0.3):
        """Begin with a rising whistle."""
        for name, function in {"look": look, "hear": hear}.items():
            if not callable(function) and not (name == "hear" and hear is None):
                raise ValueError(f"{name} must be a function, not {kind_of(function)}")
        self._look, self._hear = look, hear
        self.picture = np.full((65, 65), -1.0)
        super().__init__()
        self.set_trait("labels", [str(label) for label in labels] if hear else [])
        pitch, loudness = [LOWEST, HIGHEST, STEP], [0, LOUDEST_NOISE, 0.1]
        self.set_trait("ranges", {"pitches": pitch, "start": [0, LATEST, 0.01], "noise": loudness})
        self.noise = noise
        self._whistle()
        self.observe(self._whistle, ["pitches", "start", "noise"])

    @traitlets.validate("pitches", "start", "noise")
    def _is_in_range(self, proposal):
        name, value = proposal["trait"].name, proposal["value"]
        low, high, _ = self.ranges[name]
        values = value if name == "pitches" else [value]
        if len(values) != (3 if name == "pitches" else 1) or not all(
            low <= entry <= high for entry in values
        ):
            count = "three numbers" if name == "pitches" else "a number"
            raise ValueError(f"{name} must be {count} from {low:g} to {high:g}, not {value!r}")
        return value

    def _whistle(self, _=None):
        """Make the sound, look at it, and hear it."""
        rng = np.random.default_rng(0)
        sound = data.whistle(self.pitches, self.start, noise=self.noise, rng=rng)
        shares, trouble = [], ""
        try:
            self.picture = as_pixels(np.clip(self._look(sound), -1, 1), "the picture", LARGEST)
            shares = self._shares()
        except Exception as problem:  # the learner's own functions may fail in any way
            trouble = f"{type(problem).__name__}: {problem}"
        bright = np.round((self.picture + 1) * 127.5).astype(np.uint8)
        with self.hold_sync():
            self.set_trait("sound", sound.astype("<f4").tobytes())
            self.set_trait("shape", list(bright.shape))
            self.set_trait("pixels", bright.tobytes())
            self.set_trait("shares", shares)
            self.set_trait("trouble", trouble)

    def _shares(self):
        """What is heard in the picture, one share for each label."""
        if self._hear is None:
            return []
        shares = [float(share) for share in np.ravel(self._hear(self.picture))]
        if len(shares) != len(self.labels):
            raise ValueError(f"hear returned {len(shares)} shares for {len(self.labels)} labels")
        return shares

    def _still(self):
        heard = ", ".join(
            f"{label} {share:.2f}" for label, share in zip(self.labels, self.shares, strict=False)
        )
        pitches = ", ".join(f"{pitch:g}" for pitch in self.pitches)
        return pictures(
            [self.picture[::-1]],
            ["spectrogram"],
            values=False,
            alt=f"The spectrogram of a whistle of {pitches} Hz at its beginning, "
            f"middle and end, as a picture of shape {self.picture.shape}, high above low"
            + (f"; heard as {heard}." if heard else "."),
        )
