"""What both widgets share: their scripts and style, arrays that travel to the browser, and checked input."""

from collections.abc import Mapping
from pathlib import Path

import anywidget
import numpy as np
import traitlets

FOLDER = Path(__file__).parent


def script(*names: str) -> str:
    """The widget's JavaScript: what all widgets share, the parts that it names, then its own."""
    return "\n".join((FOLDER / part).read_text(encoding="utf-8") for part in ("grid.js", *names))


def as_array(values, what: str, largest: int | None = None) -> np.ndarray:
    """`values` as a two-dimensional float array, or one sentence that says why it is none."""
    try:
        array = np.array(values)
    except ValueError:  # rows of different lengths
        array = np.array(None)
    if array.dtype.kind not in "biuf":
        raise ValueError(f"{what} must be an array of numbers, not {kind_of(values)}")
    array = array.astype(float)
    if array.ndim != 2 or 0 in array.shape:
        raise ValueError(f"{what} needs rows and columns, such as (9, 9); this one has shape {array.shape}")
    if not np.isfinite(array).all():
        raise ValueError(f"{what} has entries that are no finite numbers (nan or inf)")
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


def kind_of(value) -> str:
    """What somebody handed over instead, in words: "a list", "nothing (None)"."""
    return "nothing (None)" if value is None else f"a {type(value).__name__}"


class PictureTrait(traitlets.TraitType):
    """A two-dimensional array, read-only here, that travels to the browser as nested lists."""

    info_text = "an array with rows and columns"

    def __init__(self):
        """Start from one grey pixel; each widget puts its own array in."""
        super().__init__(np.zeros((1, 1)))
        self.tag(sync=True, to_json=lambda array, _: array.tolist(), from_json=lambda rows, _: np.array(rows))

    def validate(self, widget, value):
        """The value as an array that nobody can change from outside."""
        array = as_array(value, f"the {self.name}")
        array.setflags(write=False)
        return array


class Widget(anywidget.AnyWidget):
    """A widget that shows a picture wherever no widget can be shown."""

    _css = (FOLDER / "widgets.css").read_text(encoding="utf-8")

    def _repr_mimebundle_(self, **kwargs):
        """The widget's view; beside it a picture and its description for pages that stand still."""
        data, metadata = super()._repr_mimebundle_(**kwargs)
        still, about = self._still()._repr_mimebundle_()
        return {**data, **still}, {**metadata, **about}


def by_name(arrays, what: str, convert) -> dict[str, np.ndarray]:
    """The arrays of a dict, converted one by one; `what` is what one of them is called."""
    if not isinstance(arrays, Mapping) or not arrays:
        kind = "an empty dict" if isinstance(arrays, Mapping) else kind_of(arrays)
        raise ValueError(f"the {what}s must be a dict of arrays by name, not {kind}")
    return {str(name): convert(array, f"the {what} {name!r}") for name, array in arrays.items()}
