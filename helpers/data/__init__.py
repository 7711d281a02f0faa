"""What the lessons look at: letters (X and O) and a photograph, from -1 (black) to +1 (white)."""

from helpers.data.letters import LETTERS, O, X, draw_letter, features, sample_letters
from helpers.data.photos import photograph

__all__ = ["LETTERS", "O", "X", "draw_letter", "features", "photograph", "sample_letters"]
