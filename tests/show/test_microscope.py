"""The microscope on a network, as Python sees it."""

import base64
import json

import numpy as np
import pytest
import traitlets

from helpers import data, reference
from helpers.show.parts import ranking
from helpers.show.widgets import Microscope

IMAGES, ANSWERS = data.sample_letters(40, np.random.default_rng(3), shift=1)


def new_network(dtype=float, **functions):
    rng, own = np.random.default_rng(0), reference.network_functions(**functions)
    layers = [
        reference.Conv2d(1, 3, 3, rng, functions=own, dtype=dtype),
        reference.ReLU(own),
        reference.MaxPool2d(functions=own),
        reference.Flatten(own),
        reference.Linear(27, 4, rng, functions=own, dtype=dtype),
        reference.ReLU(own),
        reference.Linear(4, 2, rng, functions=own, dtype=dtype),
    ]
    return reference.Network(layers, own)


@pytest.fixture
def scope():
    return Microscope(new_network(), data.X, "XO", IMAGES, ANSWERS)


def floats(sent):
    return [np.frombuffer(part, "<f4") for part in sent]


def assert_sent(scope, network, image):
    """What has been sent to the browser is what the network makes of the image."""
    outputs = [image[None, None]]
    for layer in network.layers:
        outputs.append(layer.forward(outputs[-1]))
    outputs.append(reference.softmax(outputs[-1]))
    drawn = [output for number, output in enumerate(outputs) if number != 4]  # flattened values are not
    for sent, output in zip(floats(scope.result["values"]), drawn, strict=True):
        np.testing.assert_allclose(sent, output.ravel(), rtol=1e-5, atol=1e-6)


def test_all_layers_are_drawn_but_the_flattened_row(scope):
    assert [stage["title"] for stage in scope.stages] == [
        "image (1 x 9 x 9)",
        "convolution (3 x 7 x 7)",
        "ReLU 1 (3 x 7 x 7)",
        "max pooling (3 x 3 x 3)",
        "fully connected 1 (4)",
        "ReLU 2 (4)",
        "fully connected 2 (2)",
        "shares (2)",
    ]
    named = Microscope(new_network(), data.X, names=list("abcdefg"))
    assert [stage["name"] for stage in named.stages[1:-1]] == list("abcefg")
    assert named.labels == ["0", "1"]


def test_every_image_goes_through_the_network(scope):
    assert_sent(scope, new_network(), data.X)
    scope.set_state({"image": [data.O.tolist()], "_turn": 7})
    assert_sent(scope, new_network(), data.O)
    assert scope.result["turn"] == 7


def test_the_first_image_is_used_where_none_is_given():
    np.testing.assert_array_equal(Microscope(new_network(), images=IMAGES).image, IMAGES[0])


def test_every_value_in_every_layer_is_explained(scope):
    json.dumps(scope.stages)
    for stage, described in enumerate(scope.stages):
        for cell in np.ndindex(*described["shape"]):
            scope.place = [stage, *cell]
            found = scope.explanation
            assert found["at"] == [stage, *cell]
            assert found["agrees"]
            assert found["value"] == pytest.approx(found["computed"], abs=1e-9)
            sent = np.frombuffer(scope.result["values"][stage], "<f4").reshape(described["shape"])
            assert found["value"] == pytest.approx(sent[cell], abs=1e-5)
            assert len(found["fields"]) == stage + 1
            json.dumps({name: part for name, part in found.items() if name != "alone"})


def test_a_vote_leads_one_step_back(scope):
    scope.place = [4, 0, 0, 1]
    assert scope.stages[scope.explanation["source"]]["name"] == "max pooling"
    scope.place = [6, 0, 0, 1]
    assert scope.stages[scope.explanation["source"]]["name"] == "ReLU 2"


def test_the_channels_alone_travel_with_a_convolution(scope):
    scope.place = [1, 2, 3, 3]
    alone = np.frombuffer(scope.explanation["alone"], "<f4").reshape(scope.explanation["alone_shape"])
    np.testing.assert_allclose(alone.sum(axis=0), scope.values[1][2], atol=1e-5)
    scope.image = data.O
    again = np.frombuffer(scope.explanation["alone"], "<f4").reshape(scope.explanation["alone_shape"])
    np.testing.assert_allclose(again.sum(axis=0), scope.values[1][2], atol=1e-5)


def test_gradients_are_those_of_the_chosen_vote(scope):
    assert scope.result["gradients"] == []
    assert scope.explanation["gradient"] is None
    scope.gradient_of = "O"
    network = new_network()
    network.forward(data.X[None, None])
    expected = network.backward(np.array([[0.0, 1.0]]), to_images=True)
    np.testing.assert_allclose(floats(scope.result["gradients"])[0], expected.ravel(), atol=1e-6)
    scope.place = [0, 0, 4, 5]
    assert scope.explanation["gradient"] == pytest.approx(expected[0, 0, 4, 5])
    scope.image = data.O
    network.forward(data.O[None, None])
    expected = network.backward(np.array([[0.0, 1.0]]), to_images=True)
    np.testing.assert_allclose(floats(scope.result["gradients"])[0], expected.ravel(), atol=1e-6)
    scope.gradient_of = ""
    assert scope.result["gradients"] == []


def test_two_images_are_compared_and_either_may_change(scope):
    scope.other = data.O
    np.testing.assert_allclose(floats(scope.result["other_values"])[0], data.O.ravel())
    scope.gradient_of = "X"
    assert len(scope.result["other_gradients"]) == len(scope.stages)
    scope.other = []
    assert scope.result["other_values"] == []
    assert Microscope(new_network(), data.X, other=data.O).other.shape == (1, 9, 9)


def test_the_images_that_a_map_answers_most_are_found(scope):
    assert scope.top == []
    scope.place = [1, 2, 0, 0]
    scope.ranked = True
    maps = reference.conv2d(IMAGES, *new_network().layers[0].parameters.values())[:, 2]
    order = np.argsort(-maps.max(axis=(1, 2)), kind="stable")[:6]
    assert [found["number"] for found in scope.top] == order.tolist()
    first = scope.top[0]
    assert first["value"] == pytest.approx(maps[order[0]][tuple(first["place"][2:])])
    assert first["label"] == "XO"[ANSWERS[order[0]]]
    scope.place = [7, 0, 0, 1]
    votes = new_network().forward(IMAGES)[:, 1]
    assert scope.top[0]["value"] == pytest.approx(votes.max())


def test_what_is_searched_again_has_learned_in_between(scope):
    network = new_network()
    scope = Microscope(network, data.X, "XO", IMAGES)
    scope.place = [6, 0, 0, 1]
    scope.ranked = True
    before = scope.top[0]["value"]
    network.set_parameters({"6.bias": np.array([0.0, 100.0])})
    scope.ranked = False
    scope.ranked = True
    assert scope.top[0]["value"] == pytest.approx(before + 100)


def test_places_outside_move_to_the_nearest_value(scope):
    scope.place = [99, 5, -1, 99]
    assert scope.place == [7, 0, 0, 1]
    with pytest.raises((ValueError, traitlets.TraitError), match="a place is a layer, a map, a row"):
        scope.place = [1, 2]


def test_a_network_in_training_is_not_disturbed(scope):
    network = new_network()
    scope = Microscope(network, data.X, "XO")
    votes = network.forward(IMAGES)
    scope.gradient_of = "X"
    network.backward(np.ones_like(votes))
    undisturbed = new_network()
    undisturbed.forward(IMAGES)
    undisturbed.backward(np.ones_like(votes))
    for name, gradient in undisturbed.gradients().items():
        np.testing.assert_array_equal(network.gradients()[name], gradient)
    reference.fit(network, IMAGES, ANSWERS, np.random.default_rng(0), epochs=2)
    scope.image = data.O
    assert_sent(scope, network, data.O)


def test_a_network_of_single_precision_keeps_it():
    scope = Microscope(new_network("float32"), data.X)
    assert {values.dtype for values in scope.values} == {np.dtype("float32")}
    assert scope.explanation["agrees"]


def test_three_channels_and_maps_at_the_end():
    """No votes: neither labels nor shares nor gradients."""
    rng = np.random.default_rng(0)
    network = reference.Network([reference.Conv2d(3, 2, 3, rng), reference.ReLU()])
    scope = Microscope(network, rng.uniform(-1, 1, (3, 5, 6)))
    assert [stage["shape"] for stage in scope.stages] == [[3, 5, 6], [2, 3, 4], [2, 3, 4]]
    assert scope.labels == []
    assert len(scope.explanation["patch"]) == 3
    assert scope._repr_mimebundle_()[0]["image/png"]


def test_a_function_that_computes_something_else_is_told():
    """Half of each sum: what adds up is not what the network has."""

    def conv2d(x, weight, bias, stride, padding):
        return reference.conv2d(x, weight, bias, stride, padding) / 2

    scope = Microscope(new_network(conv2d=conv2d), data.X, "XO")
    assert not scope.explanation["agrees"]
    assert scope.explanation["computed"] == pytest.approx(2 * scope.explanation["value"])


@pytest.mark.parametrize(("name", "way"), [("relu", ""), ("relu_backward", "on the way back ")])
def test_a_function_that_fails_is_told_in_a_sentence(name, way):
    broken = []

    def fails(*inputs):
        if broken:
            raise ValueError("the shapes\ndiffer")
        return getattr(reference, name)(*inputs)

    scope = Microscope(new_network(**{name: fails}), data.X, "XO", IMAGES)
    scope.gradient_of = "X"
    assert scope.result["sentence"] == ""
    broken.append(True)
    scope.image = data.O
    assert scope.result["sentence"] == f"The network stopped {way}with ValueError: the shapes differ"
    scope.ranked = True
    assert scope._repr_mimebundle_()[0]["image/png"]
    broken.clear()
    scope.image = data.X
    assert (scope.result["sentence"], scope.explanation["agrees"]) == ("", True)


def test_a_search_that_fails_is_told_in_a_sentence(scope, monkeypatch):
    monkeypatch.setattr(ranking, "forward_pass", lambda *inputs: 1 / 0)
    scope.ranked = True
    assert scope.result["sentence"] == "The network stopped with ZeroDivisionError: division by zero"
    assert scope.top == []


def test_values_that_are_not_numbers_are_told():
    network = new_network()
    scope = Microscope(network, data.X)
    network.set_parameters({"6.bias": np.array([np.nan, 0])})
    scope.image = data.O
    assert "not finite numbers" in scope.result["sentence"]
    assert (scope.explanation, scope.values) == ({}, [])


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"image": None, "images": None, "answers": None}, "the microscope needs an image, or images"),
        ({"image": data.X[1:, 1:-1]}, r"the network does not take an image of 1 x 8 x 7: "),
        ({"image": np.zeros((40, 40))}, "the image has shape .* at most 32 rows or columns"),
        ({"image": 2 * data.X}, "the pixels of the image must lie between -1 and 1"),
        ({"labels": "ABC"}, "the network gives 2 votes, but there are 3 labels"),
        (
            {"images": IMAGES[:, :, 1:]},
            r"the images have shape \(1, 8, 9\), but the image has shape \(1, 9, 9\)",
        ),
        ({"images": []}, "images must hold at least one image"),
        ({"answers": [0]}, "there are 40 images, but 1 answers"),
        ({"names": ["one"]}, "there are 7 layers, but 1 names"),
        ({"other": data.X[1:]}, r"the other has shape \(1, 8, 9\), but the network gets \(1, 9, 9\)"),
        ({"brush": "thick"}, "a brush is crisp or soft, not 'thick'"),
    ],
)
def test_bad_input_gets_one_clear_sentence(change, sentence):
    given = {"image": data.X, "labels": "XO", "images": IMAGES, "answers": ANSWERS} | change
    with pytest.raises(ValueError, match=sentence):
        Microscope(new_network(), **given)


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("gradient_of", "Q", "there is no vote 'Q'; choose from X, O"),
        ("scale", "none", "there is no scale 'none'; choose from each map, each layer, all layers"),
        ("image", data.X[1:], r"the image has shape \(1, 8, 9\)"),
    ],
)
def test_bad_values_are_refused(scope, name, value, sentence):
    with pytest.raises((ValueError, traitlets.TraitError), match=sentence):
        setattr(scope, name, value)


def test_volumes_cannot_be_drawn():
    layers = [reference.Conv3d(1, 1, (1, 2, 2), np.random.default_rng(0))]
    network = reference.Network(layers)
    with pytest.raises(ValueError, match="the network does not take an image of 1 x 9 x 9"):
        Microscope(network, data.X)


def test_a_picture_is_shown_where_no_widget_can_be(scope):
    scope.place = [6, 0, 0, 1]
    bundle, metadata = scope._repr_mimebundle_()
    assert base64.b64decode(bundle["image/png"])[1:4] == b"PNG"
    text, found = bundle["text/plain"], scope.explanation
    assert text.startswith(
        "An image, and all layers of a network as maps: convolution (3 x 7 x 7); ReLU 1 (3 x"
    )
    products = found["computed"] - found["bias"]
    assert f"column 1: {found['value']:.2f}, products {products:.2f} plus bias" in text
    assert f"share {scope.values[-1].max():.2f}." in text
    assert metadata["image/png"]["alt"] == text
