"""The widgets: what a lesson gives to play with, each in its own module."""

from helpers.show.widgets.activation_curve import ActivationCurve
from helpers.show.widgets.backward_flow import BackwardFlow
from helpers.show.widgets.choice_card import ChoiceCard
from helpers.show.widgets.collect_digits import CollectDigits
from helpers.show.widgets.convolution_demo import ConvolutionDemo
from helpers.show.widgets.convolution_shapes import ConvolutionShapes
from helpers.show.widgets.draw_and_see import DrawAndSee
from helpers.show.widgets.draw_pad import DrawPad
from helpers.show.widgets.knob_board import KnobBoard
from helpers.show.widgets.live_training import LiveTraining
from helpers.show.widgets.microscope import Microscope
from helpers.show.widgets.nudge_weight import NudgeWeight
from helpers.show.widgets.order_lines import OrderLines
from helpers.show.widgets.pool_map import PoolMap
from helpers.show.widgets.slide_feature import SlideFeature
from helpers.show.widgets.stacked_network import StackedNetwork
from helpers.show.widgets.training_film import TrainingFilm
from helpers.show.widgets.unfold import Unfold
from helpers.show.widgets.vote_count import VoteCount
from helpers.show.widgets.whistle_and_see import WhistleAndSee

__all__ = [
    "ActivationCurve",
    "BackwardFlow",
    "ChoiceCard",
    "CollectDigits",
    "ConvolutionDemo",
    "ConvolutionShapes",
    "DrawAndSee",
    "DrawPad",
    "KnobBoard",
    "LiveTraining",
    "Microscope",
    "NudgeWeight",
    "OrderLines",
    "PoolMap",
    "SlideFeature",
    "StackedNetwork",
    "TrainingFilm",
    "Unfold",
    "VoteCount",
    "WhistleAndSee",
]
