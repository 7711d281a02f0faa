"""A network: layers, one after another. What comes out of one goes into the next.

Gradients layer by layer, from the last to the first: Stanford CS231n, *Backpropagation*.
"""

import numpy as np

from helpers.reference.functions import REFERENCE_FUNCTIONS


class Network:
    """Layers, one after another: what comes out of one goes into the next.

    Parameters
    ----------
    layers : list
        Each with `forward`, `backward`, `parameters` and `gradients`.
    functions : namespace, optional
        Where `fit` and `accuracy` look up what the network learns with; see `network_functions`.

    Examples
    --------
    One filter of 2 x 2 over one image of 2 x 2, then two classes:

    >>> from helpers.reference import Conv2d, Flatten, Linear, ReLU
    >>> rng = np.random.default_rng(0)
    >>> network = Network([Conv2d(1, 1, 2, rng), ReLU(), Flatten(), Linear(1, 2, rng)])
    >>> network.forward(np.array([[[[1.0, 2.0], [3.0, 4.0]]]])).shape
    (1, 2)
    >>> {name: array.shape for name, array in network.parameters().items()}
    {'0.weight': (1, 1, 2, 2), '0.bias': (1,), '3.weight': (2, 1), '3.bias': (2,)}
    """

    def __init__(self, layers, functions=REFERENCE_FUNCTIONS):
        self.layers = list(layers)
        self.functions = functions

    def forward(self, x, training=False):
        """The votes (N, classes) for images (N, C, H, W): through all layers, from the first to the last.

        With `training`, layers that behave differently in training, as `Dropout` does, are asked to.
        """
        for layer in self.layers:
            step = getattr(layer, "forward_in_training", layer.forward) if training else layer.forward
            x = step(x)
        return x

    def backward(self, grad_output, to_images=False):
        """Through all layers, from the last to the first; each keeps the gradients of its parameters.

        With `to_images` it returns the gradient of the images. Training has no use for it, and to compute it
        is more than half of a first convolutional layer's work.
        """
        first, *others = self.layers
        for layer in reversed(others):
            grad_output = layer.backward(grad_output)
        if to_images:
            return first.backward(grad_output)
        getattr(first, "backward_filters", first.backward)(grad_output)
        return None

    def parameters(self):
        """All weights and biases: a dict of "position.name" -> ndarray, as ``"0.weight"``."""
        return self._collected("parameters")

    def gradients(self):
        """Their gradients from the last backward pass, under the same names."""
        return self._collected("gradients")

    def dtype(self):
        """The dtype in which the network computes: that of its parameters."""
        arrays = list(self.parameters().values())
        return np.result_type(*arrays) if arrays else float

    def set_parameters(self, parameters):
        """Put other weights and biases in place, by the names of `parameters`; the rest stays."""
        current = self.parameters()
        for name, array in parameters.items():
            if name not in current:
                raise ValueError(f"the network has no parameter {name!r}; it has {', '.join(current)}")
            if np.shape(array) != current[name].shape:
                raise ValueError(
                    f"parameter {name!r} has the shape {current[name].shape}, not {np.shape(array)}"
                )
            position, name_in_layer = name.split(".")
            self.layers[int(position)].parameters[name_in_layer] = array

    def loss_and_gradients(self, parameters, images, labels):
        """The loss of a batch with these parameters, and all gradients: once forward, once back.

        `train` and `fit` ask for it. The network keeps the parameters.
        """
        self.set_parameters(parameters)
        logits = self.forward(images.astype(self.dtype(), copy=False), training=True)
        self.backward(self.functions.cross_entropy_backward(1.0, logits, labels))
        return float(self.functions.cross_entropy(logits, labels)), self.gradients()

    def _collected(self, kind):
        return {
            f"{position}.{name}": array
            for position, layer in enumerate(self.layers)
            for name, array in getattr(layer, kind).items()
        }
