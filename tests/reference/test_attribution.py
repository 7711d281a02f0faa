"""Which moments voted, and the small networks that lessons compare."""

import numpy as np
import pytest

from helpers import reference


@pytest.mark.parametrize(
    ("pooling", "layer"), [("mean", reference.GlobalAvgPool()), ("max", reference.GlobalMaxPool())]
)
def test_the_moments_and_the_biases_add_up_to_the_votes(pooling, layer):
    rng = np.random.default_rng(0)
    network = reference.filter_network([reference.Conv2d(1, 5, (1, 4), rng)], 3, rng, layer)
    votes = network.layers[-1]
    votes.parameters["bias"] = rng.normal(size=3)
    series = rng.normal(size=(1, 1, 1, 20))
    maps = network.layers[1].forward(network.layers[0].forward(series))[0, :, 0]
    activation = reference.class_activation(maps, votes.parameters["weight"], pooling)
    assert activation.shape == (3, 17)
    np.testing.assert_allclose(
        activation.sum(axis=1) + votes.parameters["bias"], network.forward(series)[0], rtol=1e-5, atol=1e-5
    )


@pytest.mark.parametrize(
    ("weights", "pooling", "sentence"),
    [
        (np.ones((2, 4)), "mean", "there are 3 maps, but each class has 4 weights"),
        (np.ones((2, 3)), "sum", 'must be "mean" or "max"'),
        (np.ones(3), "max", "two dimensions"),
    ],
)
def test_what_does_not_fit_is_refused(weights, pooling, sentence):
    with pytest.raises(ValueError, match=sentence):
        reference.class_activation(np.ones((3, 5)), weights, pooling)


def test_the_gradient_of_the_mean_is_the_true_one():
    rng = np.random.default_rng(0)
    x, upstream = rng.normal(size=(2, 3, 4, 5)), rng.normal(size=(2, 3))

    def loss(nudged):
        return np.sum(upstream * reference.global_avg_pool(nudged))

    gradient = reference.global_avg_pool_backward(upstream, x)
    assert reference.gradient_check(loss, gradient, x) < 1e-6
