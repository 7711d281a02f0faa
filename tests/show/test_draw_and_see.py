"""The pad that shows how a network responds, as Python sees it."""

import base64

import numpy as np
import pytest

from helpers import data, reference
from helpers.show.figures.responses import responses
from helpers.show.widgets import DrawAndSee

IMAGES, ANSWERS = data.sample_letters(6, np.random.default_rng(3), shift=1)


def new_network(dtype=float, **functions):
    rng, own = np.random.default_rng(0), reference.network_functions(**functions)
    layers = [
        reference.Conv2d(1, 3, 3, rng, functions=own, dtype=dtype),
        reference.ReLU(own),
        reference.MaxPool2d(functions=own),
        reference.Flatten(own),
        reference.Linear(27, 2, rng, functions=own, dtype=dtype),
    ]
    return reference.Network(layers)


@pytest.fixture
def see():
    return DrawAndSee(new_network(), examples=IMAGES, answers=ANSWERS)


def assert_responds(see, network, image):
    """Responses, votes, shares and the answer are those of the network."""
    votes = network.forward(image[None, None])
    np.testing.assert_allclose(see.responses[-1], votes[0])
    np.testing.assert_allclose(see.shares, reference.softmax(votes)[0])
    assert see.best == "XO"[votes[0].argmax()]
    np.testing.assert_allclose(see.result["votes"], votes[0])
    maps = reference.conv2d(image[None, None], *network.layers[0].parameters.values())[0]
    np.testing.assert_allclose(see.result["maps"][0], maps, atol=0.00051)
    np.testing.assert_allclose(see.result["maps"][1], reference.relu(maps), atol=0.00051)


def test_it_begins_with_the_first_example(see):
    np.testing.assert_array_equal(see.image, IMAGES[0, 0])
    assert_responds(see, new_network(), IMAGES[0, 0])
    assert [response.shape for response in see.responses] == [(3, 7, 7), (3, 7, 7), (3, 3, 3), (27,), (2,)]
    assert [answer for _, answer in see.examples] == ["XO"[answer] for answer in ANSWERS]


def test_without_examples_it_begins_black_or_with_an_image():
    assert (DrawAndSee(new_network()).image == -1).all()
    np.testing.assert_array_equal(DrawAndSee(new_network(), image=data.O).image, data.O)


def test_every_new_drawing_goes_through_the_network(see):
    see.image = data.O
    assert_responds(see, new_network(), data.O)
    see.set_state({"image": data.X.tolist(), "_turn": 7})
    assert_responds(see, new_network(), data.X)
    assert see.result["turn"] == 7


def test_layers_are_named_and_flattening_and_votes_are_not_drawn(see):
    assert [layer["title"] for layer in see.layers] == [
        "convolution (3 x 7 x 7)",
        "ReLU (3 x 7 x 7)",
        "max pooling (3 x 3 x 3)",
    ]
    named = DrawAndSee(new_network(), names=["look", "cut", "shrink", "row", "vote"])
    assert [layer["title"].split(" (")[0] for layer in named.layers] == ["look", "cut", "shrink"]


def test_the_network_is_used_as_it_is_when_one_draws(see):
    network = new_network()
    see = DrawAndSee(network)
    reference.fit(network, IMAGES, ANSWERS, np.random.default_rng(0), epochs=2)
    see.image = data.X
    assert_responds(see, network, data.X)


def test_a_drawing_does_not_disturb_a_training_of_the_same_network():
    network = new_network()
    see = DrawAndSee(network)
    votes = network.forward(IMAGES)
    see.image = data.O
    network.backward(np.ones_like(votes))
    undisturbed = new_network()
    undisturbed.forward(IMAGES)
    undisturbed.backward(np.ones_like(votes))
    for name, gradient in undisturbed.gradients().items():
        np.testing.assert_array_equal(network.gradients()[name], gradient)


def test_full_colours_never_get_stronger_by_drawing_less(see):
    limits = see.result["limits"]
    see.image = np.full((9, 9), 0.0)
    assert all(now >= before for now, before in zip(see.result["limits"], limits, strict=True))


def test_a_row_of_units_is_one_map_and_ten_classes_fit():
    rng = np.random.default_rng(0)
    layers = [
        reference.Flatten(),
        reference.Linear(48, 20, rng),
        reference.ReLU(),
        reference.Linear(20, 10, rng),
    ]
    see = DrawAndSee(reference.Network(layers), range(10), (6, 8))
    assert [layer["shape"] for layer in see.layers] == [(1, 1, 20), (1, 1, 20)]
    assert see.labels == list("0123456789")
    assert len(see.shares) == 10


def test_no_more_maps_travel_than_are_drawn():
    rng = np.random.default_rng(0)
    network = reference.Network(
        [reference.Conv2d(1, 40, 9, rng), reference.Flatten(), reference.Linear(40, 2, rng)]
    )
    see = DrawAndSee(network)
    assert len(see.result["maps"][0]) == 32
    assert see.layers[0]["title"] == "convolution (40 x 1 x 1)"


def test_a_network_of_single_precision_gets_such_images():
    see = DrawAndSee(new_network("float32"), image=data.X)
    assert {response.dtype for response in see.responses} == {np.dtype("float32")}


@pytest.mark.parametrize(("greys", "brush"), [(0, [1.2, 1 / 3]), (1, [1.7, 1.0])])
def test_the_brush_is_chosen_by_the_examples(greys, brush):
    examples = np.where(data.X > 0, 0.2, -1.0) if greys else data.X
    assert DrawAndSee(new_network(), examples=[examples]).brush == pytest.approx(brush)
    assert DrawAndSee(new_network(), brush="soft").brush == [1.7, 1.0]


def test_a_failing_layer_is_told_in_a_sentence():
    broken = []

    def relu(x):
        if broken:
            raise ValueError("the shapes\ndiffer")
        return reference.relu(x)

    see = DrawAndSee(new_network(relu=relu), image=data.X)
    broken.append(True)
    see.image = data.O
    assert see.result["sentence"] == "The network stopped with ValueError: the shapes differ"
    assert (see.result["votes"], see.best, len(see.shares)) == ([], "", 0)
    assert see._repr_mimebundle_()[0]["image/png"]


def test_votes_that_are_not_numbers_are_told():
    network = new_network()
    see = DrawAndSee(network, image=data.X)
    network.set_parameters({"4.bias": np.array([np.nan, 0])})
    see.image = data.O
    assert "not finite numbers" in see.result["sentence"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"size": 4}, r"the network does not take images of shape \(4, 4\): "),
        ({"labels": "ABC"}, r"the network gives votes of shape \(2,\), but there are 3 labels"),
        ({"examples": IMAGES[:, :, 1:]}, r"an example has shape \(8, 9\), but the pad has shape \(9, 9\)"),
        ({"examples": []}, "examples must hold at least one image"),
        ({"examples": 2 * IMAGES}, "the pixels of an example must lie between -1 and 1"),
        ({"examples": IMAGES, "answers": [0]}, "there are 6 examples, but 1 answers"),
        ({"names": ["one"]}, "there are 5 layers, but 1 names"),
        ({"image": data.X[1:]}, r"the image has shape \(8, 9\), but the pad has shape \(9, 9\)"),
        ({"size": 20}, "at most 16 rows or columns"),
        ({"brush": "thick"}, "a brush is crisp or soft, not 'thick'"),
    ],
)
def test_bad_input_gets_one_clear_sentence(change, sentence):
    with pytest.raises(ValueError, match=sentence):
        DrawAndSee(new_network(), **change)


def test_a_picture_is_shown_where_no_widget_can_be(see):
    bundle, metadata = see._repr_mimebundle_()
    assert base64.b64decode(bundle["image/png"])[1:4] == b"PNG"
    assert bundle["text/plain"].startswith(
        "An image, and how a network responds to it: convolution (3 x 7 x 7);"
    )
    assert f"most votes for {see.best}, share {see.shares.max():.2f}." in bundle["text/plain"]
    assert metadata["image/png"]["alt"] == bundle["text/plain"]


def test_the_picture_holds_whatever_is_given():
    maps = {"many, 40 x 3 x 3": np.zeros((40, 3, 3)), "units, 200": np.ones((1, 1, 200))}
    picture = responses(data.X, maps, ["X"], np.array([]))
    assert picture.figure.get_figwidth() == 10
    assert picture.alt == "An image, and how a network responds to it: many, 40 x 3 x 3; units, 200."
