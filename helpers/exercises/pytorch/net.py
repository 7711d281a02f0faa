"""The network of PyTorch's CIFAR-10 tutorial, in sizes of your own."""

from helpers import reference

NAMES = {"0": "conv1", "3": "conv2", "7": "fc1", "9": "fc2", "11": "fc3"}


def net(kernel=5, **settings):
    """Its layers, with kernels of any size."""
    pattern = "INPUT -> [CONV -> RELU -> POOL]*2 -> [FC -> RELU]*2 -> FC"
    return reference.describe_layers(pattern, filters=[6, 16], units=[120, 84, 10], kernel=kernel, **settings)


def network_arrays(rng, layers, input_shape):
    """Weights and biases of a network, none of them zero."""
    network = reference.build_network(layers, input_shape, rng)
    return {key: rng.normal(size=array.shape) for key, array in network.parameters().items()}
