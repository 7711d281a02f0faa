"""How arguments and answers are written in a line."""

import numpy as np

from helpers.checking.words import in_a_line


def test_a_generator_is_written_as_it_can_be_made_again():
    assert in_a_line(np.random.default_rng(7)) == "np.random.default_rng(7)"
    assert in_a_line(np.random.default_rng([1, 2])) == "a random generator"
