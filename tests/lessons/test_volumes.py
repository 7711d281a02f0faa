"""What lesson 04 says in words: the numbers of its prose, measured."""

import numpy as np
import pytest

from helpers import data, exercises, reference
from helpers.show.widgets import ConvolutionDemo


def test_the_axes_that_are_named_disappear():
    tables = np.arange(12).reshape(2, 2, 3)
    assert tables.sum(axis=0).tolist() == [[6, 8, 10], [12, 14, 16]]
    assert tables.sum(axis=(1, 2)).tolist() == [15, 51]


def test_two_channels_by_hand():
    patch = np.array([[[1, 2], [3, 4]], [[5, 6], [7, 8]]])
    kernels = np.array([[[1, 0], [0, 1]], [[0, 1], [-1, 0]]])
    assert np.sum(patch * kernels, axis=(1, 2)).tolist() == [1 + 4, 6 - 7]
    assert reference.conv2d(patch[None], kernels[None], np.array([10])).item() == 14


def test_the_output_is_as_deep_as_there_are_filters():
    output = reference.conv2d(np.zeros((1, 3, 32, 32)), np.zeros((10, 3, 5, 5)))
    assert output.shape == (1, 10, 28, 28)
    assert 28 * 28 == 784


def test_a_filter_is_a_neuron_with_75_inputs():
    rng = np.random.default_rng(0)
    region, filters, biases = rng.normal(size=(3, 5, 5)), rng.normal(size=(10, 3, 5, 5)), rng.normal(size=10)
    neurons = filters.reshape(10, 75) @ region.ravel() + biases
    np.testing.assert_allclose(neurons, reference.conv2d(region[None], filters, biases).ravel())


def test_the_small_tools():
    batch, one_filter = np.arange(8).reshape(2, 2, 1, 2), np.array([[[1, 1]], [[0, 10]]])
    assert np.pad(batch, ((0, 0), (0, 0), (1, 1), (1, 1))).shape == (2, 2, 3, 4)
    one_by_one = [np.sum(image * one_filter) for image in batch]
    assert np.sum(batch * one_filter, axis=(1, 2, 3)).tolist() == one_by_one == [31, 79]


def test_the_x_under_its_three_features():
    features = np.array(list(data.features.values()))[:, None]
    maps = reference.conv2d(data.X[None, None], features, np.full(3, -8.0))
    assert maps.shape == (1, 3, 7, 7)
    assert (maps > 0).sum(axis=(0, 2, 3)).tolist() == [4, 4, 1]
    assert reference.conv2d(maps, np.zeros((4, 3, 3, 3))).shape == (1, 4, 5, 5)


@pytest.fixture
def demo():
    dice = np.random.default_rng(3)
    channels, filters = dice.integers(0, 3, (3, 5, 5)), dice.integers(-1, 2, (2, 3, 3, 3))
    return ConvolutionDemo(channels, filters, [1, 0], 2, 1)


def test_the_layers_in_numbers(demo):
    demo.step = 5
    sums = (np.pad(demo.image, ((0, 0), (1, 1), (1, 1)))[:, 2:5, 2:5] * demo.weight[0]).sum(axis=(1, 2))
    assert demo.output.shape == (2, 3, 3)
    assert sums.tolist() == [4, 1, 3]
    assert demo.output[0, 1, 1] == 4 + 1 + 3 + 1
    assert "1 + 3 + 1 = 9." in demo._repr_mimebundle_()[1]["image/png"]["alt"]


@pytest.mark.parametrize(("stride", "middle", "beside"), [(2, 1, 4), (1, 9, 9)])
def test_how_many_windows_hold_a_pixel(demo, stride, middle, beside):
    demo.weight, demo.stride = np.ones((2, 3, 3, 3)), stride
    before = demo.output
    for place, count in (((2, 2), middle), ((1, 1), beside)):
        image = np.array(demo.image)
        image[1][place] += 5
        demo.image = image
        changed = demo.output != before
        assert changed.sum(axis=(1, 2)).tolist() == [count, count]
        before = demo.output


def test_the_two_layouts():
    assert np.transpose(np.zeros((2, 3, 4)), (2, 0, 1)).shape == (4, 2, 3)
    last = np.random.default_rng(1).normal(size=(5, 5, 3, 10))
    first = reference.kernels_to_nchw(last)
    assert first.shape == (10, 3, 5, 5)
    assert first[7, 2, 1, 4] == last[1, 4, 2, 7]


def test_a_convolution_of_one_pixel_makes_a_colour_photograph_grey():
    colour, grey = (data.photograph(colour)[30:158, 128:288] for colour in (True, False))
    weight = np.array([0.299, 0.587, 0.114]).reshape(1, 3, 1, 1)
    transposed = reference.to_nchw(colour[None])
    reshaped = colour.reshape(transposed.shape)
    np.testing.assert_allclose(reference.conv2d(transposed, weight)[0, 0], grey)
    assert np.abs(reference.conv2d(reshaped, weight)[0, 0] - grey).mean() > 0.1


def test_shared_and_separate_weights():
    assert reference.conv_parameters(3, 10, 5) == 10 * (75 + 1) == 760
    for filters in (10, 16, 32, 64, 128):
        shared, full = reference.conv_parameters(3, filters, 5), 28 * 28 * filters * (3072 + 1)
        assert len(str(shared)) in (3, 4)
        assert len(str(full)) in (8, 9)
        assert round(full / shared) == 31_700


@pytest.fixture(scope="module")
def errors():
    rng = np.random.default_rng(0)
    digits, photo = rng.permutation(data.digits()[0][:, 0]), data.photograph()
    corners = zip(rng.integers(0, 420, 1797), rng.integers(0, 633, 1797), strict=True)
    pieces = np.array([photo[top : top + 8, left : left + 8] for top, left in corners])
    return {
        (name, count): tuple(
            round(reference.hidden_pixel_error(images[:count], images[1000:], shared), 2)
            for shared in (True, False)
        )
        for name, images in (("pieces", pieces), ("digits", digits))
        for count in (20, 1000)
    }


class TestSharingHurts:
    """One kernel for all positions against one for each, on two kinds of images."""

    def test_the_numbers_of_the_table(self, errors):
        assert errors["pieces", 20] == (0.15, 0.30)
        assert errors["digits", 1000] == (0.44, 0.38)

    def test_it_never_does_where_anything_can_be_anywhere(self, errors):
        assert all(errors["pieces", count][0] <= errors["pieces", count][1] for count in (20, 1000))

    def test_it_does_not_with_few_examples(self, errors):
        assert errors["digits", 20][0] < errors["digits", 20][1]

    def test_digits_are_black_near_their_sides(self):
        black = (data.digits()[0][:, 0] == -1).mean(axis=(0, 1))  # by column
        assert black[[0, 1, 6, 7]].min() > 0.5
        assert black[[3, 4]].max() < 0.5


def test_loops_and_windows_are_equal():
    x, weight = np.random.default_rng(0).normal(size=(2, 3, 32, 32)), np.ones((8, 3, 5, 5))
    loops, windows = (
        exercises.find(name).solution(x, weight, None, 1, 0) for name in ("conv2d", "conv2d_windows")
    )
    np.testing.assert_allclose(loops, windows)
