"""The widgets: what a lesson gives to play with, each in its own module."""

from helpers.show.parts.first_use import on_first_use

PLACES = {
    "ActivationCurve": "activation_curve",
    "BackwardFlow": "backward_flow",
    "ChoiceCard": "choice_card",
    "CollectDigits": "collect_digits",
    "ConvolutionDemo": "convolution_demo",
    "ConvolutionShapes": "convolution_shapes",
    "DrawAndSee": "draw_and_see",
    "DrawPad": "draw_pad",
    "KnobBoard": "knob_board",
    "LiveTraining": "live_training",
    "Microscope": "microscope",
    "NudgeWeight": "nudge_weight",
    "OrderLines": "order_lines",
    "PoolMap": "pool_map",
    "SlideFeature": "slide_feature",
    "StackedNetwork": "stacked_network",
    "TrainingFilm": "training_film",
    "Unfold": "unfold",
    "VoteCount": "vote_count",
    "WhistleAndSee": "whistle_and_see",
}
__all__ = list(PLACES)
__getattr__, __dir__ = on_first_use(__name__, PLACES)
