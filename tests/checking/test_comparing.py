"""Answers of other kinds, and infinite ones, are told apart."""

import numpy as np
import pytest

from helpers.checking.calling.comparing import close, same


@pytest.mark.parametrize("infinite", [np.inf, -np.inf])
def test_infinity_is_near_nothing_but_itself(infinite):
    assert close(infinite, [infinite, 0.0, -infinite, np.nan], 1e-5).tolist() == [True, False, False, False]
    assert not same(np.array([infinite, 1.0]), np.array([5.0, 1.0]), 1e-5)
    assert same(np.array([infinite, 1.0]), np.array([infinite, 1.0]), 1e-5)


def test_texts_and_numbers_in_arrays_are_not_the_same_answer():
    texts, numbers = np.array(["X", "O"]), np.array([0, 1])
    assert not same(texts, numbers, 1e-5)
    assert not same(numbers, texts, 1e-5)
    assert same(texts, texts.copy(), 1e-5)
