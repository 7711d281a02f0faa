"""The widgets: a pad to draw on, a feature that slides over an image, the shapes of a convolution, a pooling window."""

from helpers.show.widgets.convolution_shapes import ConvolutionShapes
from helpers.show.widgets.draw_pad import DrawPad
from helpers.show.widgets.pool_map import PoolMap
from helpers.show.widgets.slide_feature import SlideFeature

__all__ = ["ConvolutionShapes", "DrawPad", "PoolMap", "SlideFeature"]
