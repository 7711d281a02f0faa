"""Tests of dropout, of its layer, and of the confusion matrix."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from sklearn.metrics import confusion_matrix

from helpers import reference
from helpers.reference import Dropout, Flatten, Linear, Network, ReLU


@given(st.integers(0, 2**32), st.floats(0, 0.95))
def test_what_stays_is_divided_and_the_rest_is_zero(seed, p):
    rng = np.random.default_rng(seed)
    x, numbers = rng.normal(size=(3, 4)), rng.random((3, 4))
    dropped = reference.dropout(x, p, numbers)
    assert_allclose(dropped[numbers >= p], x[numbers >= p] / (1 - p))
    assert not dropped[numbers < p].any()
    assert_array_equal(reference.dropout(x, p, numbers, training=False), x)


def test_the_sum_stays_on_average():
    numbers = np.random.default_rng(0).random(100_000)
    assert reference.dropout(np.ones(100_000), 0.3, numbers).mean() == pytest.approx(1, abs=0.01)


def test_dropout_keeps_the_type():
    x = np.ones(4, np.float32)
    assert reference.dropout(x, 0.5, np.random.default_rng(0).random(4)).dtype == np.float32


def test_dropout_says_what_does_not_fit():
    with pytest.raises(ValueError, match="same shape"):
        reference.dropout(np.ones(3), 0.5, np.ones(2))
    with pytest.raises(ValueError, match="p must be a share"):
        reference.dropout(np.ones(3), 1.0, np.ones(3))


def network_with_dropout(function=reference.dropout):
    rng = np.random.default_rng(0)
    return Network([Flatten(), Linear(4, 5, rng), ReLU(), Dropout(0.5, rng, function), Linear(5, 2, rng)])


def test_nothing_is_dropped_unless_it_is_training():
    network, x = network_with_dropout(), np.random.default_rng(1).normal(size=(3, 1, 2, 2))
    assert_array_equal(network.forward(x), network.forward(x))
    assert not np.array_equal(network.forward(x, training=True), network.forward(x, training=True))


def test_the_gradient_goes_through_what_was_kept():
    network, x = network_with_dropout(), np.random.default_rng(1).normal(size=(3, 1, 2, 2))
    grad_output = np.random.default_rng(2).normal(size=(3, 2))
    network.forward(x, training=True)
    gradient, numbers = network.backward(grad_output, to_images=True), network.layers[3].numbers

    def weighted(images):
        rows = images.reshape(3, -1)
        for layer in network.layers[1:3]:
            rows = layer.forward(rows)
        dropped = reference.dropout(rows, 0.5, numbers)
        return np.sum(grad_output * network.layers[4].forward(dropped))

    assert_allclose(gradient, reference.numerical_gradient(weighted, x), atol=1e-6)


def test_fit_trains_with_dropout_and_a_function_of_ones_own():
    calls = []

    def own(x, p, numbers, training=True):
        calls.append(x.shape)
        return reference.dropout(x, p, numbers, training)

    images = np.random.default_rng(3).normal(size=(8, 1, 2, 2))
    reference.fit(network_with_dropout(own), images, np.arange(8) % 2, np.random.default_rng(4), 2, 4)
    assert calls == [(4, 5)] * 8  # forward and backward, two batches, two epochs


@given(st.integers(0, 2**32), st.integers(2, 6), st.integers(1, 40))
def test_confusion_matrix_agrees_with_scikit_learn(seed, classes, count):
    labels, predictions = np.random.default_rng(seed).integers(classes, size=(2, count))
    expected = confusion_matrix(labels, predictions, labels=range(classes))
    assert_array_equal(reference.confusion_matrix(labels, predictions, classes), expected)


def test_confusion_matrix_says_what_does_not_fit():
    for labels, predictions, sentence in [
        ([0, 1], [0], "one label for each prediction"),
        ([0, 2], [0, 1], "labels must hold whole numbers from 0 to 1"),
        ([0, 1], [0, -1], "predictions must hold whole numbers"),
        ([0, 1], [0.0, 1.0], "predictions must hold whole numbers"),
    ]:
        with pytest.raises(ValueError, match=sentence):
            reference.confusion_matrix(np.array(labels), np.array(predictions), 2)
