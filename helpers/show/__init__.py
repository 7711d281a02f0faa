"""What the lessons show: pictures of arrays, bars, widgets, and figures of your own with their text."""

from helpers.show import widgets
from helpers.show.figures.bars import bars
from helpers.show.figures.card import card
from helpers.show.figures.chain import chain
from helpers.show.figures.confusion import confusion
from helpers.show.figures.curves import curves
from helpers.show.figures.descent import descent
from helpers.show.figures.knobs import knobs
from helpers.show.figures.listing import listing
from helpers.show.figures.moments import moments
from helpers.show.figures.network import network
from helpers.show.figures.paths import paths
from helpers.show.figures.pictures import pictures
from helpers.show.figures.products import products
from helpers.show.figures.slopes import slopes
from helpers.show.figures.spread import spread
from helpers.show.figures.strides import strides
from helpers.show.figures.valleys import valleys
from helpers.show.figures.volumes import volumes
from helpers.show.figures.votes import votes
from helpers.show.parts.picture import Picture
from helpers.show.parts.style import use_style

__all__ = [
    "Picture",
    "bars",
    "card",
    "chain",
    "confusion",
    "curves",
    "descent",
    "knobs",
    "listing",
    "moments",
    "network",
    "paths",
    "pictures",
    "products",
    "slopes",
    "spread",
    "strides",
    "use_style",
    "valleys",
    "volumes",
    "votes",
    "widgets",
]
