"""The convolution with all its numbers, as Python sees it."""

import numpy as np
import pytest
import traitlets

from helpers import reference
from helpers.show.widgets import ConvolutionDemo
from tests.conftest import slow_but

IMAGE = np.arange(1.0, 10).reshape(3, 3)
KERNEL = np.array([[1.0, 2.0], [3.0, 4.0]])
G = np.array([[1.0, 10.0], [100.0, 1000.0]])
SHAPES = [
    ((1, 3, 3), (1, 1, 2, 2)),
    ((3, 5, 5), (2, 3, 3, 3)),
    ((2, 4, 6), (4, 2, 3, 2)),
    ((3, 2, 7), (2, 3, 1, 5)),
]


def arrays(shape, weights):
    rng = np.random.default_rng(sum(shape))
    return rng.normal(size=shape), rng.normal(size=weights), rng.normal(size=weights[0])


def walk(**change):
    return ConvolutionDemo(**{"image": IMAGE, "weight": KERNEL, "grad_output": G} | change)


@pytest.mark.parametrize("padding", [0, 1, 2])
@pytest.mark.parametrize("stride", [1, 2])
@pytest.mark.parametrize(("shape", "weights"), SHAPES)
class TestAgainstTheReference:
    """Maps, products and gradients, whatever the knobs."""

    def test_the_maps(self, shape, weights, stride, padding):
        image, weight, bias = arrays(shape, weights)
        demo = ConvolutionDemo(image, weight, bias, stride, padding)
        expected = reference.conv2d(image[None], weight, bias, stride, padding)[0]
        np.testing.assert_allclose(demo.output, expected)
        np.testing.assert_allclose(demo.result["output"], expected)
        assert demo.result["knobs"] == [stride, padding]
        assert demo.result["sentence"] == ""

    def test_every_step_of_the_fill(self, shape, weights, stride, padding):
        image, weight, bias = arrays(shape, weights)
        maps = reference.conv2d(image[None], weight, bias, stride, padding)
        upstream = np.random.default_rng(1).normal(size=maps[0].shape)
        demo = ConvolutionDemo(image, weight, bias, stride, padding, upstream)
        assert len(demo.result["frames"]) == upstream[0].size + 1
        height, width = weight.shape[2:]
        padded = np.pad(image, ((0, 0), (padding, padding), (padding, padding)))
        grad_padded, grad_weight, grad_bias = (np.zeros(array.shape) for array in (padded, weight, bias))
        visits = [None, *np.ndindex(upstream.shape[1:])]
        for visit, frame in zip(visits, demo.result["frames"], strict=True):
            if visit:
                row, column = (stride * index for index in visit)
                patch = np.s_[:, row : row + height, column : column + width]
                arriving = upstream[:, *visit]
                grad_padded[patch] += np.tensordot(arriving, weight, axes=1)
                grad_weight += np.multiply.outer(arriving, padded[patch])
                grad_bias += arriving
            inside = np.s_[:, padding : padding + shape[1], padding : padding + shape[2]]
            np.testing.assert_allclose(frame["image"], grad_padded[inside], atol=1e-8)
            np.testing.assert_allclose(frame["weight"], grad_weight, atol=1e-8)
            np.testing.assert_allclose(frame["bias"], grad_bias, atol=1e-8)

    def test_the_last_frame_is_the_backward_pass(self, shape, weights, stride, padding):
        image, weight, bias = arrays(shape, weights)
        demo = ConvolutionDemo(image, weight, bias, stride, padding)
        demo.backward = True
        upstream = np.ones((1, *demo.output.shape))
        expected = reference.conv2d_backward(upstream, image[None], weight, bias, stride, padding)
        for name, gradient in zip(("image", "weight", "bias"), expected, strict=True):
            last = np.array(demo.result["frames"][-1][name])
            np.testing.assert_allclose(last, gradient[0] if name == "image" else gradient, atol=1e-8)


def test_each_window_adds_to_what_is_there():
    frames = walk().result["frames"]
    assert frames[0]["image"] == np.zeros((1, 3, 3)).tolist()
    assert frames[1]["image"] == [[[1, 2, 0], [3, 4, 0], [0, 0, 0]]]
    assert frames[2]["image"] == [[[1, 12, 20], [3, 34, 40], [0, 0, 0]]]
    assert frames[1]["weight"] == [[[[1, 2], [4, 5]]]]
    assert [frame["bias"] for frame in frames] == [[0], [1], [11], [111], [1111]]


class TestWhatChanges:
    """Everything follows, and what does not fit is refused."""

    @pytest.mark.parametrize(
        ("name", "place"), [("image", (0, 1, 1)), ("weight", (0, 0, 0, 1)), ("bias", (0,))]
    )
    def test_one_number(self, name, place):
        demo = walk()
        array = getattr(demo, name).copy()
        array[place] = -3.5
        setattr(demo, name, array)
        given = {"image": demo.image, "weight": demo.weight, "bias": demo.bias} | {name: array}
        expected = reference.conv2d(given["image"][None], given["weight"], given["bias"])[0]
        np.testing.assert_allclose(demo.result["output"], expected)
        np.testing.assert_allclose(demo.result["frames"][-1]["weight"], demo.gradients(4)[1])

    def test_the_upstream_gradient(self):
        demo = walk()
        demo.grad_output = np.array([[[0.0, 0.0], [0.0, 2.0]]])
        assert demo.result["frames"][-1]["image"] == [[[0, 0, 0], [0, 2, 4], [0, 6, 8]]]

    def test_another_stride_begins_anew_and_the_upstream_gradient_is_not_lost(self):
        demo = walk()
        demo.step = 4
        demo.padding = 2
        assert (demo.step, demo.reached) == (1, 1)
        assert demo.grad_output.shape == demo.output.shape == (1, 6, 6)
        assert demo.grad_output[0, :2, :2].tolist() == G.tolist()
        assert demo.grad_output.sum() == G.sum() + 32
        demo.stride = 2
        assert demo.output.shape == (1, 3, 3)
        demo.stride, demo.padding = 1, 0
        assert demo.grad_output.tolist() == [G.tolist()]
        assert len(demo.result["frames"]) == 5

    def test_maps_of_the_same_size(self):
        demo = ConvolutionDemo(np.ones((1, 4)), np.ones((1, 4)))
        demo.stride = 2
        assert demo.result["knobs"] == [2, 0]

    def test_the_farthest_step_is_kept_until_the_window_is_back_before_the_first(self):
        demo = walk()
        reached = []
        for demo.step in (1, 3, 2, 0, 1):
            reached.append(demo.reached)
        assert reached == [1, 3, 3, 0, 1]

    @pytest.mark.parametrize("step", [-1, 5])
    def test_it_visits_no_more_positions_than_there_are(self, step):
        with pytest.raises((ValueError, traitlets.TraitError), match=f"visits 0 to 4 positions, not {step}"):
            walk().step = step

    @pytest.mark.parametrize(
        ("name", "value", "sentence"),
        [
            ("image", IMAGE, r"the image must keep the shape \(1, 3, 3\), not \(3, 3\)"),
            ("weight", [[["a"]]], "the weight must be an array of numbers"),
            ("bias", np.zeros(2), r"the bias must keep the shape \(1,\), not \(2,\)"),
            ("bias", [np.nan], "the bias has entries that are not finite"),
            (
                "grad_output",
                np.zeros((1, 2, 3)),
                r"gradient must keep the shape \(1, 2, 2\), not \(1, 2, 3\)",
            ),
            ("image", np.full((1, 3, 3), 1001.0), "the image may hold numbers from -1000 to 1000"),
            ("stride", 3, "the stride is 1 or 2, not 3"),
            ("padding", 3, "the padding is 0, 1 or 2, not 3"),
            ("speed", "warp", "the speed is slow, normal or fast, not 'warp'"),
            ("filter_number", 1, "the filters are numbered from 0 to 0, not 1"),
        ],
    )
    def test_what_does_not_fit(self, name, value, sentence):
        with pytest.raises((ValueError, traitlets.TraitError), match=sentence):
            setattr(walk(), name, value)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"weight": np.zeros((4, 2))}, r"the kernel \(4, 2\) is larger than the image \(3, 3\)"),
        ({"grad_output": np.zeros((2, 3))}, r"gradient needs the shape \(1, 2, 2\), not \(1, 2, 3\)"),
        ({"image": np.zeros(3)}, "the image needs rows and columns"),
        ({"image": np.zeros((2, 3, 3, 3))}, "the image needs rows and columns"),
        ({"image": None}, r"the image must be an array of numbers, not nothing \(None\)"),
        ({"image": np.zeros((8, 3))}, "the widget shows at most 3 channels and 7 rows or columns"),
        (
            {"image": np.zeros((4, 3, 3)), "weight": np.zeros((4, 2, 2))},
            "the widget shows at most 3 channels",
        ),
        ({"weight": np.zeros((5, 1, 2, 2))}, "there are 5 filters; the widget shows at most 4"),
        ({"weight": np.zeros((2, 2, 2))}, "the filters have 2 channels, but the image has 1"),
        ({"bias": [1, 2]}, r"the bias needs one number for each of the 1 filters, not \(2,\)"),
        ({"stride": 0}, "the stride is 1 or 2, not 0"),
        ({"padding": -1}, "the padding is 0, 1 or 2, not -1"),
        ({"conv2d": 7}, "conv2d must be a function, not a int"),
        ({"image": 2000 * IMAGE}, "the image may hold numbers from -1000 to 1000"),
    ],
)
def test_arrays_that_do_not_fit_are_refused(change, sentence):
    with pytest.raises(ValueError, match=sentence):
        walk(**change)


def stops(*_):
    raise IndexError("index 9 is out of bounds")


def no_array(*_):
    return "7"


def nothing(*_):
    pass


def ragged(*_):
    return [[1, 2], [3]]


def flat(*arguments):
    return reference.conv2d(*arguments)[0]


def without_bias(x, weight, bias, *knobs):
    return reference.conv2d(x, weight, None, *knobs)


def gives_nan(*arguments):
    return reference.conv2d(*arguments) * np.nan


class TestTheLearnersOwnFunction:
    """It computes the maps, and a sentence says what is wrong with it."""

    def test_it_is_called_as_the_lesson_writes_it(self):
        calls = []

        def conv2d(*arguments):
            calls.append([np.shape(argument) for argument in arguments])
            return reference.conv2d(*arguments)

        demo = ConvolutionDemo(np.ones((3, 5, 5)), np.ones((2, 3, 3, 3)), [1, 0], 2, 1, conv2d=conv2d)
        assert calls == [[(1, 3, 5, 5), (2, 3, 3, 3), (2,), (), ()]]
        demo.step, demo.backward = 2, True
        assert len(calls) == 1
        demo.padding = 0
        assert len(calls) == 2

    @pytest.mark.parametrize(
        ("function", "sentence"),
        [
            (stops, "stops stopped with IndexError: index 9 is out of bounds"),
            (no_array, "no_array returned a str instead of an array of numbers."),
            (nothing, "nothing returned nothing (None) instead of an array of numbers."),
            (ragged, "ragged returned a list instead of an array of numbers."),
            (flat, "flat returned the shape (1, 2, 2) instead of (1, 1, 2, 2)."),
        ],
    )
    def test_if_it_fails_the_map_stays_empty(self, function, sentence):
        demo = walk(conv2d=function)
        assert demo.result["sentence"] == sentence
        assert demo.result["output"] == [[[None, None], [None, None]]]
        demo.backward = False
        assert alt_of(demo).endswith(sentence)

    def test_if_it_differs_from_the_products_the_first_place_is_named(self):
        demo = walk(bias=[2], conv2d=without_bias)
        assert demo.result["sentence"] == (
            "without_bias returned 37 at row 0, column 0 of map 0, but the products and the bias add up to "
            "39."
        )
        assert demo.result["output"] == [[[37, 47], [67, 77]]]
        demo.bias = [0.0]
        assert demo.result["sentence"] == ""

    def test_nan_does_not_reach_the_browser(self):
        demo = walk(conv2d=gives_nan)
        assert demo.result["output"] == [[[None, None], [None, None]]]
        assert "gives_nan returned nan at row 0, column 0" in demo.result["sentence"]

    def test_it_cannot_change_the_arrays(self):
        def conv2d(x, weight, bias, stride, padding):
            answer = reference.conv2d(x, weight, bias, stride, padding)
            x *= 0
            weight *= 0
            return answer

        demo = walk(conv2d=conv2d)
        assert demo.image.tolist() == [IMAGE.tolist()]
        assert demo.weight.tolist() == [[KERNEL.tolist()]]


def alt_of(demo):
    return demo._still().alt


class TestWhereNoWidgetCanBeShown:
    """A picture, with its numbers in words."""

    def test_forward_the_padded_channels_the_kernels_and_the_maps(self):
        dice = np.random.default_rng(3)
        image, weight = dice.integers(0, 3, (3, 5, 5)), dice.integers(-1, 2, (2, 3, 3, 3))
        demo = ConvolutionDemo(image, weight, [1, 0], 2, 1)
        demo.step = 5
        assert alt_of(demo) == (
            "3 channels padded by 1, the kernels of filter 0, and 2 maps. At row 1, "
            "column 1 of map 0 the sums of the products and the bias are 4 + 1 + 3 + 1 = 9."
        )

    @pytest.mark.parametrize("channels", slow_but({1, 3}, [1, 2, 3]))
    @pytest.mark.parametrize("filters", slow_but({1, 4}, [1, 2, 3, 4]))
    def test_any_number_of_channels_and_filters(self, channels, filters):
        demo = ConvolutionDemo(np.ones((channels, 7, 7)), np.ones((filters, channels, 2, 3)), padding=2)
        demo.filter_number = filters - 1
        assert f"{channels} channel" in alt_of(demo)
        demo.step, demo.backward = 0, True
        assert "of 90 windows" in alt_of(demo)
        assert demo._repr_mimebundle_()[0]["image/png"]

    @pytest.mark.parametrize(
        ("shape", "steps"), [((3, 3), "1, 2, 3, 4"), ((4, 4), "2, 4, 7, 9"), ((2, 3), "1, 2")]
    )
    def test_backward_some_frames(self, shape, steps):
        out = [side - 1 for side in shape]
        alt = alt_of(ConvolutionDemo(np.ones(shape), KERNEL, grad_output=np.ones(out)))
        assert f"gradient after {steps} of {np.prod(out)} windows" in alt
