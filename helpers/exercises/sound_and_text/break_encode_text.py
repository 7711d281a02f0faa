"""An input on which an `encode_text` that looks right is wrong."""

from helpers.exercises.breaking import breaking
from helpers.exercises.sound_and_text import encode_text

exercise = breaking(
    encode_text.exercise,
    "within_a_longer_word",
    "Both find a word that is in the vocabulary, and both pass over most words that are not. Which "
    "words are almost there?",
    'By hand: `"tar" in ["start"]` is False, since no entry of the list is "tar". What is `"tar" in '
    '"start"`?',
    minutes=2,
    forbidden='(["a"], [])',
    agreed='(["to", "be"], ["be"])',
)


@exercise.model
def break_encode_text():
    return ["a"], ["at"]


@exercise.alternative
def among_others():
    return ["the", "cat", "sat"], ["there", "cat"]


@exercise.alternative
def the_end_of_a_word():
    return ["art"], ["cart", "horse"]
