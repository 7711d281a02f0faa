"""Functions: what a network calls, each of which can be replaced by your own."""

from types import SimpleNamespace

from helpers.reference.activation import relu, relu_backward
from helpers.reference.convolution import conv2d, conv2d_backward
from helpers.reference.linear import flatten, linear, linear_backward, predict
from helpers.reference.loss import cross_entropy, cross_entropy_backward
from helpers.reference.pooling import max_pool2d, max_pool2d_backward
from helpers.reference.training import adam_step, minibatches, sgd_step


def network_functions(**own):
    """The functions that a network calls: the reference's, or your own where you name one.

    Parameters
    ----------
    **own : callable
        For instance ``conv2d=my_conv2d``; the name says which one to replace.

    Returns
    -------
    types.SimpleNamespace
        What layers call: `conv2d`, `max_pool2d`, `relu`, `linear`, the ``_backward`` of each, and `flatten`.
        What `fit` and `accuracy` call: `cross_entropy`, `cross_entropy_backward`, `minibatches`, `sgd_step`,
        `adam_step`, and `predict`.

    Raises
    ------
    ValueError
        If networks call no function of that name.

    Examples
    --------
    >>> functions = network_functions(relu=abs)
    >>> functions.relu(-2.0)
    2.0
    """
    forward = conv2d, max_pool2d, relu, linear, flatten
    backward = conv2d_backward, max_pool2d_backward, relu_backward, linear_backward
    learning = cross_entropy, cross_entropy_backward, minibatches, sgd_step, adam_step, predict
    functions = {function.__name__: function for function in (*forward, *backward, *learning)}
    for name in own.keys() - functions.keys():
        raise ValueError(f"networks call no function {name!r}; they call {', '.join(sorted(functions))}")
    return SimpleNamespace(**functions | own)


REFERENCE_FUNCTIONS = network_functions()
