"""Tests of the convolution in three dimensions and of the pooling of whole maps, with PyTorch and nudging."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from helpers import reference
from tests.reference.upstream import assert_backward, distinct, one_thread_of_pytorch

SHAPES = [
    ((2, 3, 5, 6, 4), (4, 3, 2, 3, 1)),
    ((1, 1, 3, 3, 3), (2, 1, 3, 3, 3)),
    ((3, 2, 4, 2, 5), (1, 2, 1, 2, 4)),
]


def volumes_and_filters(shape, weight_shape, seed=0):
    rng = np.random.default_rng(seed)
    return rng.normal(size=shape), rng.normal(size=weight_shape), rng.normal(size=weight_shape[0])


@pytest.mark.parametrize(("shape", "weight_shape"), SHAPES)
def test_maps_and_gradients_are_those_of_pytorch(shape, weight_shape):
    torch = one_thread_of_pytorch()
    arrays = volumes_and_filters(shape, weight_shape)
    tensors = [torch.tensor(array, requires_grad=True) for array in arrays]
    expected = torch.nn.functional.conv3d(*tensors)
    assert_allclose(reference.conv3d(*arrays), expected.detach().numpy(), atol=1e-12)
    upstream = np.random.default_rng(1).normal(size=tuple(expected.shape))
    expected.backward(torch.tensor(upstream))
    for gradient, tensor in zip(reference.conv3d_backward(upstream, *arrays), tensors, strict=True):
        assert_allclose(gradient, tensor.grad.numpy(), atol=1e-12)


def test_maps_are_sums_of_products_at_every_position():
    x, weight, bias = volumes_and_filters((2, 2, 4, 3, 5), (3, 2, 2, 2, 3))
    maps = reference.conv3d(x, weight, bias)
    assert maps.shape == (2, 3, 3, 2, 3)
    for image, filter_, depth, row, column in np.ndindex(maps.shape):
        patch = x[image, :, depth : depth + 2, row : row + 2, column : column + 3]
        assert maps[image, filter_, depth, row, column] == pytest.approx(
            np.sum(patch * weight[filter_]) + bias[filter_]
        )


def test_every_gradient_equals_nudging():
    assert_backward(
        reference.conv3d, reference.conv3d_backward, *volumes_and_filters((2, 2, 3, 3, 2), (2, 2, 2, 2, 2))
    )


def test_without_a_bias_there_is_no_gradient_of_it():
    x, weight, _ = volumes_and_filters((1, 1, 3, 3, 3), (1, 1, 2, 2, 2))
    assert reference.conv3d_backward(np.ones((1, 1, 2, 2, 2)), x, weight)[2] is None
    assert_allclose(reference.conv3d(x, weight), reference.conv3d(x, weight, np.zeros(1)))


@pytest.mark.parametrize("shape", [(2, 3, 4, 5), (2, 3, 2, 4, 3), (1, 2, 6)])
def test_the_largest_of_each_map_and_where_its_gradient_goes(shape):
    x = distinct(shape)
    assert_array_equal(reference.global_max_pool(x), x.reshape(*shape[:2], -1).max(axis=2))
    assert_backward(reference.global_max_pool, reference.global_max_pool_backward, x)


def test_of_tied_values_the_first_gets_the_gradient():
    gradient = reference.global_max_pool_backward(np.array([[3.0]]), np.array([[[[1, 2], [2, 2]]]]))
    assert_array_equal(gradient, [[[[0, 3], [0, 0]]]])


def test_a_network_of_the_two_layers_learns_by_its_true_gradients():
    rng = np.random.default_rng(0)
    layers = [reference.Conv3d(1, 3, (2, 3, 2), rng), reference.ReLU(), reference.GlobalMaxPool()]
    network = reference.Network([*layers, reference.Linear(3, 2, rng)])
    volumes, labels = rng.normal(size=(4, 1, 4, 4, 4)), np.array([0, 1, 1, 0])
    network.backward(reference.cross_entropy_backward(1.0, network.forward(volumes), labels))
    gradients = network.gradients()
    for name, weights in network.parameters().items():

        def loss(nudged, name=name):
            network.set_parameters({name: nudged})
            return reference.cross_entropy(network.forward(volumes), labels)

        assert reference.gradient_check(loss, gradients[name], weights) < 1e-6
        network.set_parameters({name: weights})


def test_dtype_is_kept():
    x, weight, bias = (
        array.astype(np.float32) for array in volumes_and_filters((1, 1, 3, 3, 3), (2, 1, 2, 2, 2))
    )
    maps = reference.conv3d(x, weight, bias)
    assert maps.dtype == np.float32
    assert {gradient.dtype for gradient in reference.conv3d_backward(maps, x, weight, bias)} == {maps.dtype}
    assert reference.global_max_pool(maps).dtype == np.float32
    layer = reference.Conv3d(1, 2, (2, 2, 2), np.random.default_rng(0), dtype=np.float32)
    assert layer.forward(x).dtype == np.float32


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: reference.conv3d(np.ones((1, 1, 3, 3)), np.ones((1, 1, 1, 1, 1))), "x must have five"),
        (lambda: reference.conv3d(np.ones((1, 1, 3, 3, 3)), np.ones((1, 1, 1, 1))), "weight must have five"),
        (
            lambda: reference.conv3d(np.ones((1, 2, 3, 3, 3)), np.ones((1, 1, 1, 1, 1))),
            r"has 2 channels, but each filter of weight \(1, 1, 1, 1, 1\) has 1",
        ),
        (
            lambda: reference.conv3d(np.ones((1, 1, 3, 3, 3)), np.ones((1, 1, 4, 1, 1))),
            "larger than the volume",
        ),
        (
            lambda: reference.conv3d_backward(
                np.ones((1, 1, 3, 3, 3)), np.ones((1, 1, 3, 3, 3)), np.ones((1, 1, 2, 1, 1))
            ),
            "grad_output",
        ),
        (lambda: reference.global_max_pool(np.ones((2, 3))), "at least three dimensions"),
        (
            lambda: reference.global_max_pool_backward(np.ones((1, 2)), np.ones((1, 1, 4))),
            "grad_output",
        ),
    ],
)
def test_bad_input_gets_one_clear_sentence(call, sentence):
    with pytest.raises(ValueError, match=sentence):
        call()
