"""Names, types and layouts for PyTorch: compared with PyTorch itself where it is installed."""

import numpy as np
import pytest

from helpers import reference

LAYERS = [reference.conv_layer(4, kernel=3), reference.pool_layer(2), reference.fc_layer(5)]


def test_conv_out_features_is_what_the_first_linear_layer_takes():
    network = reference.build_network(LAYERS, (2, 9, 12), np.random.default_rng(0))
    assert reference.conv_out_features(LAYERS, (2, 9, 12)) == network.parameters()["3.weight"].shape[1]


def test_conv_out_features_wants_a_linear_layer():
    with pytest.raises(ValueError, match="no fully connected layer"):
        reference.conv_out_features(LAYERS[:2], (2, 9, 12))


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_to_torch_copies_and_converts(dtype):
    network = reference.build_network(LAYERS, (2, 9, 12), np.random.default_rng(0), dtype=dtype)
    parameters = network.parameters()
    state = reference.to_torch(parameters, {"0": "conv", "3": "fc"}, dtype)
    assert list(state) == ["conv.weight", "conv.bias", "fc.weight", "fc.bias"]
    for carried, array in zip(state.values(), parameters.values(), strict=True):
        assert carried.dtype == dtype
        assert carried.flags.c_contiguous
        assert not np.shares_memory(carried, array)
        np.testing.assert_array_equal(carried, array)


def test_to_torch_names_the_position_without_a_name():
    with pytest.raises(ValueError, match="'3' has no name; named are 0"):
        reference.to_torch({"3.weight": np.zeros(2)}, {"0": "conv"})


def test_a_state_is_loaded_and_computes_the_same():
    torch = pytest.importorskip("torch")
    network = reference.build_network(LAYERS, (2, 9, 12), np.random.default_rng(0))
    layers = [
        torch.nn.Conv2d(2, 4, 3),
        torch.nn.MaxPool2d(2),
        torch.nn.Flatten(),
        torch.nn.Linear(4 * 3 * 5, 5),
    ]
    model = torch.nn.Sequential(*layers).double()
    state = reference.to_torch(network.parameters(), {"0": "0", "3": "3"}, "float64")
    model.load_state_dict({key: torch.from_numpy(array) for key, array in state.items()})
    images = np.random.default_rng(1).normal(size=(3, 2, 9, 12))
    np.testing.assert_allclose(
        network.forward(images), model(torch.tensor(images)).detach().numpy(), atol=1e-12
    )


def test_votes_to_nchw_gives_the_same_votes():
    rng = np.random.default_rng(0)
    maps, weight = rng.normal(size=(2, 3, 4, 5)), rng.normal(size=(60, 7))
    channels_last = reference.to_nhwc(maps).reshape(2, 60) @ weight
    ours = reference.linear(reference.flatten(maps), reference.votes_to_nchw(weight, (3, 4, 5)))
    np.testing.assert_allclose(ours, channels_last, atol=1e-12)


@pytest.mark.parametrize(
    ("shape", "map_shape", "words"),
    [
        ((12, 3), (2, 3, 3), "must have 18 rows"),
        ((18,), (2, 3, 3), "a column for each unit"),
        ((18, 1), (2, 9), "must be .channels, height, width."),
        ((18, 1), (2, 3.0, 3), "each length of map_shape must be a whole number"),
    ],
)
def test_votes_to_nchw_refuses_what_does_not_fit(shape, map_shape, words):
    with pytest.raises(ValueError, match=words):
        reference.votes_to_nchw(np.zeros(shape), map_shape)
