"""What the lessons show: pictures of arrays, bars, widgets, and figures of your own with their text."""

from helpers.show import widgets
from helpers.show.chains import chain
from helpers.show.charts import bars
from helpers.show.curves import curves
from helpers.show.knobs import knobs
from helpers.show.listing import listing
from helpers.show.network import network
from helpers.show.pictures import pictures
from helpers.show.rendering import Picture
from helpers.show.slopes import slopes
from helpers.show.spread import spread
from helpers.show.style import use_style
from helpers.show.valleys import valleys
from helpers.show.volumes import volumes
from helpers.show.votes import votes

__all__ = [
    "Picture",
    "bars",
    "chain",
    "curves",
    "knobs",
    "listing",
    "network",
    "pictures",
    "slopes",
    "spread",
    "use_style",
    "valleys",
    "volumes",
    "votes",
    "widgets",
]
