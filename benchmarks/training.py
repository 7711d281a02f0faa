"""How long lesson 13's letters take, with the course's functions and with the answers that lessons expect.

Run ``OMP_NUM_THREADS=1 python benchmarks/training.py``.
"""

from time import perf_counter

import numpy as np

from helpers import reference
from tests.lessons.test_training import answers, build, letters


def measured(functions):
    """(seconds, share of 5,000 fresh letters right) after ten epochs with these functions."""
    network = build(functions)
    start = perf_counter()
    reference.fit(network, *letters(3000, 10), np.random.default_rng(16), 10, learning_rate=0.01)
    return perf_counter() - start, reference.accuracy(network, *letters(5000, 12))


if __name__ == "__main__":
    for name, functions in {
        "the course's functions": reference.network_functions(),
        "the lessons' answers": reference.network_functions(**answers()),
    }.items():
        seconds, share = measured(functions)
        print(f"{name:24} {seconds:6.1f} s  {share:.2%}")
