"""Descriptions: layers as dicts, one by one or for a whole pattern.

* ``{"layer": "CONV", "filters": 6, "kernel": 5, "stride": 1, "padding": 0}``
* ``{"layer": "RELU"}``
* ``{"layer": "POOL", "window": 2, "stride": 2}``
* ``{"layer": "FC", "units": 10}``

Their names, and patterns of them: Stanford CS231n, *Convolutional networks*.
"""

from helpers.reference._input import as_size
from helpers.reference.patterns import parse_pattern


def conv_layer(filters, kernel=3, stride=1, padding=0):
    """The description of a convolutional layer.

    Parameters
    ----------
    filters : int
        How many; as many feature maps come out.
    kernel : int, default 3
        Side of the square kernels, in pixels.
    stride : int, default 1
        Pixels from one position to the next.
    padding : int, default 0
        Zeros added on each of the four sides.

    Returns
    -------
    dict

    Raises
    ------
    ValueError
        If an argument is not a whole number, or too small.

    Examples
    --------
    >>> conv_layer(6, kernel=5)
    {'layer': 'CONV', 'filters': 6, 'kernel': 5, 'stride': 1, 'padding': 0}
    """
    filters, kernel = as_size(filters, "filters"), as_size(kernel, "kernel")
    stride, padding = as_size(stride, "stride"), as_size(padding, "padding", least=0)
    return {"layer": "CONV", "filters": filters, "kernel": kernel, "stride": stride, "padding": padding}


def pool_layer(window=2, stride=None):
    """The description of a pooling layer; its windows do not overlap if no stride is given.

    Parameters
    ----------
    window : int, default 2
        Side of the square window, in entries.
    stride : int, optional
        Entries from one window to the next; as large as the window if not given.

    Returns
    -------
    dict

    Raises
    ------
    ValueError
        If an argument is not a whole number of at least 1.

    Examples
    --------
    >>> pool_layer(3, stride=2)
    {'layer': 'POOL', 'window': 3, 'stride': 2}
    """
    window = as_size(window, "window")
    return {"layer": "POOL", "window": window, "stride": as_size(stride, "stride") if stride else window}


def relu_layer():
    """The description of a layer that sets negative values to zero.

    Returns
    -------
    dict

    Examples
    --------
    >>> relu_layer()
    {'layer': 'RELU'}
    """
    return {"layer": "RELU"}


def fc_layer(units):
    """The description of a fully connected layer.

    Parameters
    ----------
    units : int
        How many numbers come out.

    Returns
    -------
    dict

    Raises
    ------
    ValueError
        If `units` is not a whole number of at least 1.

    Examples
    --------
    >>> fc_layer(10)
    {'layer': 'FC', 'units': 10}
    """
    return {"layer": "FC", "units": as_size(units, "units")}


def describe_layers(
    pattern, filters, units, kernel=3, stride=1, padding=0, window=2, window_stride=None, optional=True
):
    """The descriptions of the layers of a pattern, INPUT left out.

    Parameters
    ----------
    pattern : str
        As for `parse_pattern`.
    filters : int or sequence of int
        Filters of each CONV: one number for all, or one for each.
    units : int or sequence of int
        Units of each FC, the last of which are the classes.
    kernel, stride, padding : int
        Of every CONV.
    window, window_stride : int
        Of every POOL; the stride is as large as the window if not given.
    optional : bool, default True
        Whether layers marked with ``?`` are kept.

    Returns
    -------
    list of dict

    Raises
    ------
    ValueError
        If the pattern cannot be read, or there are not as many numbers as layers.

    Examples
    --------
    >>> for layer in describe_layers("INPUT -> CONV -> POOL -> FC", filters=6, units=10, kernel=5):
    ...     print(layer)
    {'layer': 'CONV', 'filters': 6, 'kernel': 5, 'stride': 1, 'padding': 0}
    {'layer': 'POOL', 'window': 2, 'stride': 2}
    {'layer': 'FC', 'units': 10}
    """
    names = parse_pattern(pattern, optional)
    filters_left = iter(_one_for_each(filters, names.count("CONV"), "CONV", "filters"))
    units_left = iter(_one_for_each(units, names.count("FC"), "FC", "units"))
    describe = {
        "CONV": lambda: conv_layer(next(filters_left), kernel, stride, padding),
        "POOL": lambda: pool_layer(window, window_stride),
        "RELU": relu_layer,
        "FC": lambda: fc_layer(next(units_left)),
    }
    return [describe[name]() for name in names[1:]]


def _one_for_each(numbers, count, name, what):
    """One number for each layer of that name: the same for all, or as given."""
    if not isinstance(numbers, (tuple, list)):
        return [numbers] * count
    if len(numbers) != count:
        raise ValueError(f"the pattern has {count} {name}, but there are {len(numbers)} numbers of {what}")
    return numbers
