"""Spectrograms, encoded texts, convolution along one axis and shuffled columns: by libraries and by laws."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from scipy.linalg import dft

from helpers import reference


@pytest.mark.parametrize(("samples", "window", "hop"), [(40, 8, 4), (41, 9, 5), (30, 16, 3)])
def test_the_spectrogram_equals_scipys_matrix_of_waves(samples, window, hop):
    signal = np.random.default_rng(0).normal(size=samples)
    found = reference.spectrogram(signal, window, hop)
    starts = range(0, samples - window + 1, hop)
    pieces = np.stack([signal[start : start + window] for start in starts], axis=1)  # (window, frames)
    expected = np.abs(dft(window)[: window // 2 + 1] @ (pieces * np.hanning(window)[:, None]))
    assert_allclose(found, expected, atol=1e-12)
    assert found.shape[1] == reference.output_size(samples, window, hop)


def test_a_wave_sounds_in_its_own_row():
    signal = np.sin(2 * np.pi * 1000 * np.arange(800) / 8000)
    strengths = reference.spectrogram(signal, 80, 40)
    assert (strengths.argmax(axis=0) == 10).all()  # 10 swings in 80 samples
    assert_allclose(strengths[10], np.hanning(80).sum() / 2, rtol=0.02)


def test_a_later_sound_moves_to_the_right():
    signal = np.random.default_rng(0).normal(size=60)
    earlier = reference.spectrogram(signal, 8, 4)
    later = reference.spectrogram(np.concatenate([np.zeros(12), signal]), 8, 4)
    assert_allclose(later[:, 3:], earlier, atol=1e-12)


def test_each_known_word_is_one_and_rows_may_change_places():
    words, vocabulary = ["to", "be", "or", "not", "to", "be"], ["not", "be", "to"]
    encoded = reference.encode_text(words, vocabulary)
    assert encoded.sum(axis=0).tolist() == [1, 1, 0, 1, 1, 1]
    assert [vocabulary[row] for row in encoded[:, [0, 1, 3]].argmax(axis=0)] == ["to", "be", "not"]
    assert_array_equal(reference.encode_text(words, vocabulary[::-1]), encoded[::-1])
    assert reference.encode_text([], vocabulary).shape == (3, 0)


@pytest.mark.parametrize(("stride", "padding"), [(1, 0), (2, 1), (3, 2)])
@pytest.mark.parametrize("has_bias", [True, False])
def test_conv1d_equals_pytorchs(stride, padding, has_bias):
    functional = pytest.importorskip("torch.nn.functional")
    from torch import from_numpy

    rng = np.random.default_rng(1)
    x, weight, bias = rng.normal(size=(2, 3, 9)), rng.normal(size=(4, 3, 2)), rng.normal(size=4)
    bias = bias if has_bias else None
    found = reference.conv1d(x, weight, bias, stride, padding)
    theirs = from_numpy(bias) if has_bias else None
    expected = functional.conv1d(from_numpy(x), from_numpy(weight), theirs, stride, padding)
    assert_allclose(found, expected.numpy(), atol=1e-12)


def test_conv1d_is_a_convolution_layer_on_images_of_one_row():
    rng = np.random.default_rng(2)
    layer = reference.Conv2d(3, 4, (1, 2), rng)
    x = rng.normal(size=(2, 3, 9))
    found = reference.conv1d(x, layer.parameters["weight"][:, :, 0], layer.parameters["bias"])
    assert_allclose(found, layer.forward(x[:, :, None])[:, :, 0], atol=1e-12)


def test_conv1d_over_words_does_not_care_for_their_rows():
    rng = np.random.default_rng(3)
    x, weight, order = rng.normal(size=(2, 6, 9)), rng.normal(size=(4, 6, 3)), rng.permutation(6)
    assert_allclose(reference.conv1d(x[:, order], weight[:, order]), reference.conv1d(x, weight), atol=1e-12)


def test_a_shuffle_and_the_way_back():
    rng = np.random.default_rng(4)
    table, order = rng.normal(size=(5, 7)), rng.permutation(7)
    shuffled = reference.shuffle_columns(table, order)
    assert_array_equal(shuffled[:, 2], table[:, order[2]])
    assert_array_equal(reference.shuffle_columns(shuffled, np.argsort(order)), table)
    assert not np.shares_memory(shuffled, table)


def test_a_shuffle_leaves_a_linear_layer_where_it_was():
    rng = np.random.default_rng(5)
    table, weight, order = rng.normal(size=(5, 7)), rng.normal(size=(3, 7)), rng.permutation(7)
    shuffled = reference.shuffle_columns(table, order), reference.shuffle_columns(weight, order)
    assert_allclose(reference.linear(*shuffled), reference.linear(table, weight), atol=1e-12)


@pytest.mark.parametrize("dtype", [np.float32, np.float64, np.int8])
def test_dtypes_and_arguments_are_kept(dtype):
    rng = np.random.default_rng(0)
    signal, x, weight, table = (
        rng.integers(-5, 6, shape).astype(dtype) for shape in [(20,), (2, 3, 6), (2, 3, 2), (3, 4)]
    )
    for array in (signal, x, weight, table):
        array.setflags(write=False)
    kept = dtype if np.dtype(dtype).kind == "f" else np.float64
    assert reference.spectrogram(signal, 6, 2).dtype == kept
    assert reference.conv1d(x, weight).dtype == kept
    assert reference.shuffle_columns(table, np.arange(4)).dtype == dtype


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (
            lambda: reference.spectrogram(np.ones(5), 6, 2),
            "window of 6 samples is longer than the signal of 5",
        ),
        (
            lambda: reference.spectrogram(np.ones((2, 5)), 4, 2),
            r"signal must have one dimension, \(samples,\)",
        ),
        (lambda: reference.spectrogram(np.ones(5), 4, 0), "hop must be a whole number of at least 1, not 0"),
        (lambda: reference.encode_text("to be", ["be"]), "words must be a list of words; split a text first"),
        (lambda: reference.encode_text(["be"], ["be", "to", "be"]), "the vocabulary holds 'be' twice"),
        (lambda: reference.encode_text(["be"], []), "the vocabulary holds no words"),
        (
            lambda: reference.conv1d(np.ones((1, 3, 5)), np.ones((2, 4, 2))),
            r"x \(1, 3, 5\) has 3 channels, but each filter of weight \(2, 4, 2\) has 4",
        ),
        (
            lambda: reference.conv1d(np.ones((1, 3, 5)), np.ones((2, 3, 6))),
            r"kernel \(6,\) is larger than the padded sequence \(5,\)",
        ),
        (
            lambda: reference.conv1d(np.ones((1, 3, 5)), np.ones((2, 3, 2)), np.ones(3)),
            r"bias must hold one number for each of the 2 filters, not \(3,\)",
        ),
        (
            lambda: reference.shuffle_columns(np.ones((2, 3)), np.array([0, 1, 1])),
            "order must hold each of the column numbers 0 to 2 once, but 2 is missing",
        ),
        (lambda: reference.shuffle_columns(np.ones(3), np.arange(3)), "table must have two dimensions"),
    ],
)
def test_bad_input_gets_one_clear_sentence(call, sentence):
    with pytest.raises(ValueError, match=sentence):
        call()
