"""What the lessons look at: letters (X and O) and a photograph, from -1 (black) to +1 (white)."""

from helpers.data.comparison import pytorch_comparison
from helpers.data.letters import LETTERS, O, X, draw_letter, features, sample_letters
from helpers.data.photos import photograph
from helpers.data.sounds import SAMPLE_RATE, WHISTLES, sample_whistles, whistle
from helpers.data.texts import handbook_passages, zen

__all__ = [
    "LETTERS",
    "SAMPLE_RATE",
    "WHISTLES",
    "O",
    "X",
    "draw_letter",
    "features",
    "handbook_passages",
    "photograph",
    "pytorch_comparison",
    "sample_letters",
    "sample_whistles",
    "whistle",
    "zen",
]
