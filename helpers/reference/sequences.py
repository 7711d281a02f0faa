"""Sequences: sounds and texts laid out as pictures, and the convolution that slides along one axis.

A sound becomes frequencies x frames, a text words x positions. Convolution may slide along an axis where
neighbours belong together; along the others it takes all rows at once: Kim 2014, *Convolutional neural
networks for sentence classification*.
"""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from helpers.reference._input import (
    as_array,
    as_floats,
    as_numbers,
    as_size,
    require_dimensions,
    require_order,
    require_room,
    require_weights_for,
)
from helpers.reference.convolution import conv2d


def spectrogram(signal, window, hop):
    """How strongly each frequency sounds in each piece of a signal.

    Parameters
    ----------
    signal : ndarray of shape (samples,)
    window : int
        Samples in each piece; it is multiplied by `np.hanning(window)`.
    hop : int
        Samples from the start of one piece to the start of the next. Only whole pieces count.

    Returns
    -------
    ndarray of shape (window // 2 + 1, frames)
        `np.abs(np.fft.rfft(...))` of each faded piece as a column; row 0 is the lowest frequency.

    Raises
    ------
    ValueError
        If the signal is shorter than one piece, or an argument is not a whole number.

    Notes
    -----
    Each piece is multiplied by ``np.hanning(window)``, which fades it in and out: otherwise its cut ends
    would sound at all frequencies. The value is the magnitude of the discrete Fourier transform, not its
    square. Oppenheim and Schafer, *Discrete-time signal processing*, the short-time Fourier transform.

    Examples
    --------
    The factors (0, 0.75, 0.75, 0) turn the first piece into (0, 0, −0.75, 0):

    >>> spectrogram(np.array([1.0, 0.0, -1.0, 0.0, 1.0, 0.0]), 4, 2)
    array([[0.75, 0.75],
           [0.75, 0.75],
           [0.75, 0.75]])
    """
    signal = as_numbers(signal, "signal", "samples")
    window, hop = as_size(window, "window"), as_size(hop, "hop")
    if window > len(signal):
        raise ValueError(f"window of {window} samples is longer than the signal of {len(signal)}")
    pieces = sliding_window_view(signal, window)[::hop]  # (frames, window)
    waves = np.fft.rfft(pieces * np.hanning(window))  # (frames, frequencies)
    return np.abs(waves).T.astype(signal.dtype)


def encode_text(words, vocabulary):
    """A text as a picture: a row for each word of the vocabulary, a column for each position.

    Parameters
    ----------
    words : list of str
        The text, word after word.
    vocabulary : list of str
        The words that have a row, each once.

    Returns
    -------
    ndarray of shape (len(vocabulary), len(words))
        1 where the position holds that very word, else 0; the column of a word without a row stays zero.

    Raises
    ------
    ValueError
        If either is not a list of words, or the vocabulary is empty or holds a word twice.

    Examples
    --------
    >>> encode_text(["to", "be", "or", "not", "to", "be"], ["be", "to"])
    array([[0., 1., 0., 0., 0., 1.],
           [1., 0., 0., 0., 1., 0.]])
    """
    _require_words(words, "words")
    _require_words(vocabulary, "vocabulary")
    _require_each_once(vocabulary)
    return np.array([[float(word == known) for word in words] for known in vocabulary])


def conv1d(x, weight, bias=None, stride=1, padding=0):
    """The feature maps of sequences: each filter's sum of products plus bias, at every position.

    Parameters
    ----------
    x : ndarray of shape (N, C_in, L)
    weight : ndarray of shape (C_out, C_in, k)
    bias : ndarray of shape (C_out,), or None
    stride, padding : int
        `padding` zeros are added at each of the two ends.

    Returns
    -------
    ndarray of shape (N, C_out, L_out)
        `output_size(L, k, stride, padding)` positions.

    Raises
    ------
    ValueError
        If shapes do not fit together, or the filter is longer than the padded sequence.

    Notes
    -----
    The filter is not flipped. It is `conv2d` on images of one row; argument order as in PyTorch.
    The result is of the inputs' dtype; integers are computed as float64.

    Examples
    --------
    `np.tensordot(a, b, axes=([1, 2], [1, 2]))` multiplies and adds over axes 1 and 2 of both.

    >>> conv1d(np.array([[[1.0, 2.0, 4.0]]]), np.array([[[1.0, -1.0]]]), np.array([10.0]), 1, 0)
    array([[[9., 8.]]])
    """
    x, weight, bias = as_floats(x=x, weight=weight, bias=bias)
    require_dimensions(x, "x", "batch", "channels", "length")
    require_dimensions(weight, "weight", "filters", "channels", "width")
    require_weights_for(x, weight, bias, "channels", "filters")
    padding = as_size(padding, "padding", least=0)
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding)))
    require_room(weight.shape[2:], padded.shape[2:], "kernel", "padded sequence")
    rows, filters = padded[:, :, np.newaxis], weight[:, :, np.newaxis]  # (N, C_in, 1, L), (C_out, C_in, 1, k)
    return conv2d(rows, filters, bias, stride).squeeze(axis=2)


def shuffle_columns(table, order):
    """The table with its columns in another order, the same order for all rows.

    Parameters
    ----------
    table : ndarray of shape (rows, columns)
        Left unchanged.
    order : ndarray of int, of shape (columns,)
        Each column's number once: column j of the result is column order[j] of the table.

    Returns
    -------
    ndarray of shape (rows, columns)

    Raises
    ------
    ValueError
        If the table is not two-dimensional, or `order` does not hold each column's number once.

    Examples
    --------
    >>> shuffle_columns(np.array([[1, 2, 3], [4, 5, 6]]), np.array([2, 0, 1]))
    array([[3, 1, 2],
           [6, 4, 5]])
    """
    table, order = as_array(table, "table", "rows", "columns"), as_array(order, "order")
    require_order(order, table.shape[1], f"each of the column numbers 0 to {table.shape[1] - 1} once")
    return table[:, order]


def _require_words(words, name):
    if isinstance(words, str) or not all(isinstance(word, str) for word in words):
        raise ValueError(f"{name} must be a list of words; split a text first")


def _require_each_once(vocabulary):
    if not vocabulary:
        raise ValueError("the vocabulary holds no words")
    if len(set(vocabulary)) < len(vocabulary):
        twice = next(word for word in vocabulary if vocabulary.count(word) > 1)
        raise ValueError(f"the vocabulary holds {twice!r} twice")
