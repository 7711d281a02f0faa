"""Networks that the exercises of this lesson are tried on."""

from helpers import reference
from helpers.reference import conv_layer, pool_layer, relu_layer


def cifar_net():
    """The layers of the network in PyTorch's CIFAR-10 tutorial."""
    pattern = "INPUT -> [CONV -> RELU -> POOL]*2 -> [FC -> RELU]*2 -> FC"
    return reference.describe_layers(pattern, filters=[6, 16], units=[120, 84, 10], kernel=5)


def random_layers(rng, count):
    """Convolutional, pooling and ReLU layers, in any order and with any settings."""
    layers = []
    for kind in rng.choice(["CONV", "CONV", "POOL", "RELU"], count):
        kernel, stride, padding = (int(number) for number in rng.integers((1, 1, 0), (5, 4, 3)))
        if kind == "CONV":
            layers.append(conv_layer(int(rng.integers(1, 9)), kernel, stride, padding))
        else:
            layers.append(pool_layer(kernel, stride) if kind == "POOL" else relu_layer())
    return layers
