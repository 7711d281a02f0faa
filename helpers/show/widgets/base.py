"""What all widgets share: where script and style are, arrays that travel to the browser, checked input."""

import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

import anywidget
import numpy as np
import traitlets

from helpers.show.widgets.joining import joined

_ROUNDING = 1e-9


def as_numbers(values, what: str) -> np.ndarray:
    """`values` as an array of finite floats, or one sentence that says why it is not."""
    try:
        array = np.array(values)
    except ValueError:  # rows of different lengths
        array = np.array(None)
    if array.dtype.kind not in "biuf":
        raise ValueError(f"{what} must be an array of numbers, not {kind_of(values)}")
    if not np.isfinite(array).all():
        raise ValueError(f"{what} has entries that are not finite numbers (nan or inf)")
    return array.astype(float)


def as_array(values, what: str, largest: int | None = None) -> np.ndarray:
    """`values` as a two-dimensional float array, or one sentence that says why it is not."""
    array = as_numbers(values, what)
    if array.ndim != 2 or 0 in array.shape:
        raise ValueError(f"{what} needs rows and columns, such as (9, 9); this one has shape {array.shape}")
    if largest and max(array.shape) > largest:
        raise ValueError(
            f"{what} has shape {array.shape}; the widget shows at most {largest} rows or columns"
        )
    return array


def as_pixels(values, what: str, largest: int | None = None) -> np.ndarray:
    """`values` as an image: a two-dimensional array whose pixels lie between -1 and 1."""
    array = as_array(values, what, largest)
    if np.abs(array).max() > 1:
        low, high = array.min(), array.max()
        raise ValueError(f"the pixels of {what} must lie between -1 and 1; they go from {low:g} to {high:g}")
    return array


def as_volume(values, what: str, largest: int | None = None) -> np.ndarray:
    """`values` as an image of channels, rows and columns, whose pixels lie between -1 and 1."""
    channels = values if np.ndim(values) == 3 else [values]
    return np.stack([as_pixels(channel, what, largest) for channel in channels])


def as_volumes(images, what: str, largest: int | None = None) -> np.ndarray:
    """Images as one array (N, C, height, width); an empty one if none are given."""
    if images is None:
        return np.zeros((0, 1, 1, 1))
    if not len(images):
        raise ValueError(f"{what} must hold at least one image; leave them out if there is none")
    return np.stack([as_volume(image, f"one of the {what}", largest) for image in images])


def kind_of(value) -> str:
    """What was passed instead, in words: "a list", "nothing (None)"."""
    return "nothing (None)" if value is None else f"a {type(value).__name__}"


def known(name: str, what: str, names: Iterable[str]) -> str:
    """A name, if it is one of `names`; `what` says what has such a name."""
    if name not in names:
        raise ValueError(f"there is no {what} {name!r}; choose from {', '.join(names)}")
    return name


def in_range(value: float, what: str, low: float, high: float) -> float:
    """A number from `low` to `high`; a slider's last step may miss the end by a rounding error."""
    if not low - _ROUNDING <= value <= high + _ROUNDING:
        raise ValueError(f"{what} goes from {low:g} to {high:g}, not to {value:g}")
    return value


class ArrayTrait(traitlets.TraitType):
    """An array of numbers, read-only here, that travels to the browser as nested lists."""

    info_text = "an array of numbers"
    read = staticmethod(as_numbers)
    start = np.zeros((1, 1))  # until a widget puts its own array in

    def __init__(self):
        """Begin with something that can be shown."""
        super().__init__(self.start)
        self.tag(sync=True, to_json=lambda array, _: array.tolist(), from_json=lambda rows, _: np.array(rows))

    def validate(self, widget, value):
        """The value as an array that nobody can change from outside."""
        array = self.read(value, f"the {self.name}")
        array.setflags(write=False)
        return array


class PictureTrait(ArrayTrait):
    """An array with rows and columns."""

    info_text = "an array with rows and columns"
    read = staticmethod(as_array)


class VolumeTrait(ArrayTrait):
    """An image of one or more channels; rows and columns alone are one. An empty array means no image."""

    info_text = "an image of channels, rows and columns"
    start = np.zeros((0, 0, 0))

    @staticmethod
    def read(value, what: str) -> np.ndarray:
        """The value as an image, if there is one."""
        return as_volume(value, what) if np.size(value) else np.zeros((0, 0, 0))


class Widget(anywidget.AnyWidget):
    """A widget that shows a picture wherever no widget can be shown.

    Its script and its style are the files ``.js`` and ``.css`` next to its module, with the same name.
    """

    _script = None

    def __init_subclass__(cls, **kwargs):
        """Find the script and the style."""
        if cls.__module__ != __name__ and cls._script is None:
            cls._script = Path(sys.modules[cls.__module__].__file__).with_suffix(".js")
            cls._esm, cls._css = joined(cls._script)
        super().__init_subclass__(**kwargs)

    def __init__(self, *args, **kwargs):
        """Follow the files, if an author asks for it."""
        super().__init__(*args, **kwargs)
        if os.environ.get("ANYWIDGET_HMR") == "1":
            from helpers.show.widgets.reloading import follow_files  # which imports all widgets

            follow_files(self)

    def _repr_mimebundle_(self, **kwargs):
        """The widget's view, with a picture and its description for pages on which nothing runs."""
        data, metadata = super()._repr_mimebundle_(**kwargs)
        still, about = self._still()._repr_mimebundle_()
        return {**data, **still}, {**metadata, **about}


class Answering(Widget):
    """A widget whose image comes from the browser with a number; the answer goes back with that number."""

    image = PictureTrait()
    result = traitlets.Dict(read_only=True).tag(sync=True)
    _turn = traitlets.Int(0).tag(sync=True)

    def answer(self, **result):
        """Send what the image leads to."""
        self.set_trait("result", {**result, "turn": self._turn})


def shortened(sentence: str, length: int) -> str:
    """The sentence in one line, cut off where it would be too long."""
    sentence = " ".join(sentence.split())
    return sentence if len(sentence) <= length else sentence[: length - 1] + "…"


def by_name(arrays, what: str, convert) -> dict[str, np.ndarray]:
    """The arrays of a dict, converted one by one; `what` is what one of them is called."""
    if not isinstance(arrays, Mapping) or not arrays:
        kind = "an empty dict" if isinstance(arrays, Mapping) else kind_of(arrays)
        raise ValueError(f"the {what}s must be a dict of arrays by name, not {kind}")
    return {str(name): convert(array, f"the {what} {name!r}") for name, array in arrays.items()}
