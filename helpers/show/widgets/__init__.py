"""The widgets of lessons 01 and 02: a pad to draw a letter on, and a feature that slides over an image."""

from helpers.show.widgets.draw_pad import DrawPad
from helpers.show.widgets.slide_feature import SlideFeature

__all__ = ["DrawPad", "SlideFeature"]
