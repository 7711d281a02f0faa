"""What the lessons show: pictures of arrays, bars, widgets, and figures of your own with their text."""

from helpers.show.parts.first_use import on_first_use

FIGURES = (
    *("bars", "card", "chain", "confusion", "curves", "descent", "knobs", "listing", "moments", "network"),
    *("paths", "pictures", "products", "slopes", "spread", "strides", "valleys", "volumes", "votes"),
)
PLACES = {
    **{name: f"figures.{name}" for name in FIGURES},
    "Picture": "parts.picture",
    "use_style": "parts.style",
    "widgets": "widgets",
}
__all__ = sorted(PLACES)
__getattr__, __dir__ = on_first_use(__name__, PLACES)
