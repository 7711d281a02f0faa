"""Alike answers are read together, whatever is in them."""

import random

import pytest

from helpers.teaching.reading.alike import grouped

CENTRE = "The centre is 1.00 on the X and only 0.56 on the O."


def test_equal_words_are_one_set_and_alike_ones_one_group():
    texts = ["Something else entirely", CENTRE, CENTRE.upper(), f"I think {CENTRE}", f"  {CENTRE[:-1]}!\n"]
    (first, second) = grouped(texts)
    assert first == [[1, 2, 4], [3]]
    assert second == [[0]]


@pytest.mark.parametrize(
    "texts", [[], [""], ["", " ", "?!"], ["a", "b"], ["是", "不是", "是"], ["x" * 20000] * 3]
)
def test_every_text_is_in_one_place(texts):
    positions = [position for group in grouped(texts) for one in group for position in one]
    assert sorted(positions) == list(range(len(texts)))


def test_many_answers_are_all_there():
    words, rng = CENTRE.split(), random.Random(0)
    texts = [" ".join(rng.sample(words, rng.randrange(1, len(words)))) for _ in range(300)]
    positions = [position for group in grouped(texts) for one in group for position in one]
    assert sorted(positions) == list(range(300))
