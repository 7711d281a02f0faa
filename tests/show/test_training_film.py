"""The training as a film, as Python sees it: kept weights, and what is played back from them."""

import os
import signal

import numpy as np
import pytest
import traitlets

from helpers import data, reference
from helpers.show.parts import footage as playing
from helpers.show.parts import weights as keeping
from helpers.show.widgets import LiveTraining, TrainingFilm
from helpers.show.widgets.training_film import SHADES

LETTERS = data.sample_letters(40, np.random.default_rng(1), shift=1)
OTHERS = data.sample_letters(30, np.random.default_rng(2), shift=1)
NAMES = data.LETTERS


def new_network(functions=None, channels=1):
    rng, functions = np.random.default_rng(0), functions or reference.network_functions()
    layers = [reference.Conv2d(channels, 3, 3, rng, functions=functions), reference.ReLU(functions)]
    layers += [reference.Flatten(functions), reference.Linear(147, 2, rng, functions=functions)]
    return reference.Network(layers, functions)


def trained(network=None, letters=LETTERS, **settings):
    """A training of four epochs of five batches."""
    settings = {"epochs": 4, "batch_size": 8, "validation": OTHERS, **settings}
    live = LiveTraining(network or new_network(), *letters, np.random.default_rng(5), **settings)
    live.run()
    return live


@pytest.fixture(scope="module")
def live():
    return trained()


@pytest.fixture
def film(live):
    return live.film(names=NAMES)


def played(network, moment):
    """Another network with the weights of a moment."""
    network.set_parameters(moment.weights)
    return network


def test_the_weights_are_kept_at_the_start_in_the_first_epoch_and_after_each(live):
    assert [moment.batches for moment in live.moments] == [0, 1, 2, 4, 5, 10, 15, 20]


def test_they_are_those_that_fit_goes_through(live):
    seen, alone = [], new_network()
    first = {name: array.copy() for name, array in alone.parameters().items()}

    def watch(epoch, network, loss):
        seen.append({name: array.copy() for name, array in network.parameters().items()})

    reference.fit(alone, *LETTERS, np.random.default_rng(5), 4, 8, watch=watch)
    for moment, expected in zip([live.moments[0], *live.moments[4:]], [first, *seen], strict=True):
        assert moment.weights.keys() == expected.keys()
        for name, array in expected.items():
            np.testing.assert_array_equal(moment.weights[name], array)


@pytest.mark.parametrize("batch", [2, 7, 10])
def test_a_training_that_is_stopped_ends_with_the_weights_that_the_network_has(batch):
    calls = []

    def interrupt(images, rng):
        calls.append(1)
        if len(calls) == batch:
            os.kill(os.getpid(), signal.SIGINT)
        return images

    live = trained(augment=interrupt)
    assert live.stopped
    assert live.moments[-1].batches == len(live.batch_losses)
    for name, array in live._network.parameters().items():
        np.testing.assert_array_equal(live.moments[-1].weights[name], array)
    assert live.film().frame == 0


def test_a_training_that_fails_keeps_what_it_has():
    def broken(images, rng):
        if len(live.batch_losses) == 7:
            raise ZeroDivisionError("oh")
        return images

    live = LiveTraining(new_network(), *LETTERS, np.random.default_rng(5), batch_size=8, augment=broken)
    with pytest.raises(ZeroDivisionError):
        live.run()
    assert [moment.batches for moment in live.moments] == [0, 1, 2, 4, 5, 7]


def test_a_second_training_begins_a_new_film():
    live = trained()
    last = live.moments[-1]
    live.run()
    assert [moment.batches for moment in live.moments] == [0, 1, 2, 4, 5, 10, 15, 20]
    np.testing.assert_array_equal(live.moments[0].weights["0.weight"], last.weights["0.weight"])


def test_nobody_changes_what_is_kept():
    live = trained()
    before = live.moments[-1].weights["0.weight"].copy()
    live._network.layers[0].parameters["weight"] += 1
    np.testing.assert_array_equal(live.moments[-1].weights["0.weight"], before)
    with pytest.raises(ValueError, match="read-only"):
        live.moments[0].weights["0.weight"][:] = 0


def test_a_long_training_keeps_its_beginning_its_end_and_ever_fewer_between():
    moments = keeping.Moments()
    for batches in range(3000):
        moments.keep(batches, {"weight": np.full(2, batches)})
    kept = np.array([moment.batches for moment in moments])
    assert len(kept) == keeping.MOST_MOMENTS
    assert (kept[0], kept[-1]) == (0, 2999)
    assert set(range(5)) <= set(kept)
    assert (np.diff(kept)[1:] <= 0.2 * kept[2:] + 1).all()
    assert all(moment.weights["weight"][0] == moment.batches for moment in moments)


def test_a_large_network_keeps_few_moments():
    moments, large = keeping.Moments(), {"weight": np.zeros(keeping.MOST_BYTES // 40)}  # 8 bytes each
    for batches in range(20):
        moments.keep(batches, large)
    assert sum(moment.weights["weight"].nbytes for moment in moments) <= keeping.MOST_BYTES
    assert (len(moments), moments[0].batches, moments[-1].batches) == (5, 0, 19)


def test_the_film_says_how_well_the_network_did_at_each_moment(live, film):
    assert [scene["name"] for scene in film.scenes] == [
        *["start", "batch 1", "batch 2", "batch 4"],
        *[f"epoch {number}" for number in range(1, 5)],
    ]
    for scene, moment in zip(film.scenes, live.moments, strict=True):
        network = played(new_network(), moment)
        votes = network.forward(OTHERS[0])
        assert scene["misread"] == (votes.argmax(axis=1) != OTHERS[1]).sum()
        seen = reference.cross_entropy(network.forward(LETTERS[0][:30]), LETTERS[1][:30])
        assert scene["losses"] == pytest.approx([seen, reference.cross_entropy(votes, OTHERS[1])], abs=1e-5)
        assert scene["finite"]
    assert [scene["epoch"] for scene in film.scenes] == [0, None, None, None, 1, 2, 3, 4]
    assert film.scenes[-1]["losses"][1] == pytest.approx(live.validation_losses[-1], abs=1e-5)


def test_the_hardest_images_come_first_and_the_hardest_of_all_is_shown(live, film):
    wrong = np.array(
        [played(new_network(), moment).forward(OTHERS[0]).argmax(1) != OTHERS[1] for moment in live.moments]
    )
    often = wrong.sum(axis=0)
    shown = [mistake["index"] for mistake in film.mistakes]
    assert often[shown].tolist() == sorted(often[often > 0], reverse=True)[:24]
    assert film.image == shown[0]
    for frame, scene in enumerate(film.scenes):
        is_wrong = np.array(scene["said"]) != [mistake["label"] for mistake in film.mistakes]
        np.testing.assert_array_equal(is_wrong, wrong[frame, shown])
    np.testing.assert_allclose(film.mistakes[0]["pixels"], OTHERS[0][shown[0], 0], atol=1e-4)


def test_maps_votes_and_shares_are_those_of_the_moment(live, film):
    film.image = 7
    result = film.result
    assert (result["index"], result["label"]) == (7, OTHERS[1][7])
    layers = [[], []]
    for moment, votes, shares in zip(live.moments, result["votes"], result["shares"], strict=True):
        convolution, relu, _, last = outputs(moment, OTHERS[0][7:8])
        layers[0].append(convolution[0])
        layers[1].append(relu[0])
        np.testing.assert_allclose(votes, last[0])
        np.testing.assert_allclose(shares, reference.softmax(last)[0])
    for place, layer in enumerate(np.array(layers)):
        shown = bytes_of(film, place) / SHADES * np.abs(layer).max()
        np.testing.assert_allclose(shown, layer, atol=0.51 / SHADES * np.abs(layer).max())


def bytes_of(film, place):
    """The maps of a layer at all moments, as the browser gets them."""
    shape = len(film.scenes), *film.layers[place]["shape"]
    return np.frombuffer(film.result["maps"][place], np.int8).reshape(shape)


def outputs(moment, x):
    """What each layer returns."""
    found = []
    for layer in played(new_network(), moment).layers:
        x = layer.forward(x)
        found.append(x)
    return found


def test_one_colour_scale_serves_all_moments(live, film):
    weights = np.array([moment.weights["0.weight"][:, 0] for moment in live.moments])
    assert film.limit == np.abs(weights).max()
    np.testing.assert_allclose([scene["filters"] for scene in film.scenes], weights, atol=1e-4)
    for place in range(2):
        assert np.abs(bytes_of(film, place)).max() == SHADES


def test_the_network_is_left_alone():
    live = trained()
    network, x = live._network, live._network.layers[0].x
    arrays = network.parameters()
    film = live.film()
    film.image, film.frame = 3, 2
    for name, array in network.parameters().items():
        assert array is arrays[name]
    assert network.layers[0].x is x


def test_functions_that_say_the_same_are_played_by_faster_ones():
    calls = []

    def slow(x):
        calls.append(1)
        return np.maximum(x, 0)

    network = new_network(reference.network_functions(relu=slow))
    live = trained(network)
    calls.clear()
    film = live.film()
    assert len(calls) == 1  # to compare
    assert film.scenes == trained().film().scenes


def test_functions_that_say_something_else_play_the_film_themselves():
    own = reference.network_functions(relu=lambda x: np.where(x > 0, x, 0.5 * x))
    live = trained(new_network(own))
    film = live.film()
    votes = played(new_network(own), live.moments[0]).forward(OTHERS[0])
    assert film.scenes[0]["misread"] == (votes.argmax(axis=1) != OTHERS[1]).sum()
    np.testing.assert_allclose(film.result["votes"][0], votes[film.image])


def test_slow_functions_read_fewer_images(monkeypatch):
    passed = iter(range(0, 10**6, 100))
    monkeypatch.setattr(playing, "clock", lambda: next(passed))
    own = reference.network_functions(relu=lambda x: np.where(x > 0, x, 0.5 * x))
    assert trained(new_network(own)).film().count == playing.FEWEST


def test_many_maps_are_played_at_fewer_moments(monkeypatch, live):
    monkeypatch.setattr(playing, "MOST_VALUES", 1200)
    film = live.film()
    assert [scene["name"] for scene in film.scenes][::3] == ["start", "epoch 4"]
    assert len(bytes_of(film, 0)) == len(film.scenes) == 4


def test_a_function_that_fails_is_told_in_a_sentence():
    def relu(x):
        if broken:
            raise ZeroDivisionError("oh")
        return np.abs(x)

    broken = False
    film = trained(new_network(reference.network_functions(relu=relu))).film()
    broken = True
    film.image = 1
    assert film.result["sentence"] == "The network stopped with ZeroDivisionError: oh"
    assert len(film.result["votes"]) == len(film.scenes)
    broken = False
    film.image = 2
    assert film.result["sentence"] == ""


def test_a_diverging_training_is_played_all_the_same():
    with np.errstate(all="ignore"):
        live = trained(optimiser="sgd", learning_rate=1e200)
    film = live.film()
    assert [scene["finite"] for scene in film.scenes][::7] == [True, False]
    assert film.scenes[-1]["losses"] == [None, None]
    assert np.isfinite(film.result["votes"]).all()
    assert np.abs(bytes_of(film, 0)).max() <= SHADES


def test_a_loop_of_ones_own_makes_a_film_too():
    network, kept = new_network(), []
    for _ in range(3):
        kept.append({name: array.copy() for name, array in network.parameters().items()})
        reference.fit(network, *LETTERS, np.random.default_rng(0), 1, 8)
    film = TrainingFilm(network, kept, *OTHERS)
    assert [scene["name"] for scene in film.scenes] == ["start", "epoch 1", "epoch 2"]
    assert film.scenes[0]["losses"][0] is None
    assert film.names == ["0", "1"]


def test_a_network_without_convolution_and_images_of_three_channels():
    rng = np.random.default_rng(0)
    images, labels = rng.uniform(-1, 1, (12, 3, 9, 9)), np.arange(12) % 2
    live = trained(new_network(channels=3), (images, labels), validation=(images, labels))
    assert np.shape(live.film().result["pixels"]) == (9, 9, 3)
    flat = reference.Network([reference.Flatten(), reference.Linear(243, 2, rng)])
    film = trained(flat, (images, labels), validation=(images, labels)).film()
    assert film.layers == film.result["maps"] == []
    assert np.shape(film.scenes[0]["filters"]) == (2, 9, 9)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"moments": []}, "a film needs the weights of at least one moment"),
        ({"images": OTHERS[0][:, 0]}, r"images of shape \(N, C, H, W\), not an array of shape \(30, 9, 9\)"),
        ({"images": None}, r"images of shape \(N, C, H, W\), not nothing \(None\)"),
        ({"labels": OTHERS[1][:4]}, "one label for each image: 30 images, 4 labels"),
        ({"labels": OTHERS[1] + 1}, "this film cannot be played: there is no class 2"),
        ({"names": ["X"]}, "the network gives 2 votes, but there are 1 names"),
        ({"images": OTHERS[0][..., :5]}, "this film cannot be played: "),
        ({"moments": [{"0.weight": np.zeros(3)}]}, "parameter '0.weight' has the shape"),
        ({"moments": [{"7.weight": np.zeros(3)}]}, "the network has no parameter '7.weight'"),
    ],
)
def test_bad_input_gets_one_clear_sentence(live, change, sentence):
    good = {"network": new_network(), "moments": live.moments, "images": OTHERS[0], "labels": OTHERS[1]}
    with pytest.raises(ValueError, match=sentence):
        TrainingFilm(**good | change)


def test_without_held_out_images_there_is_no_film():
    with pytest.raises(ValueError, match=r"has not learned from: film\(images, labels\)"):
        trained(validation=None).film()


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("frame", 8, "the moments are numbered from 0 to 7; there is no 8"),
        ("frame", -1, "there is no -1"),
        ("image", 30, "the images are numbered from 0 to 29; there is no 30"),
    ],
)
def test_there_are_no_other_moments_and_images(film, name, value, sentence):
    with pytest.raises((ValueError, traitlets.TraitError), match=sentence):
        setattr(film, name, value)


def test_where_no_widget_can_be_shown_there_are_six_moments(film):
    _, about = film._repr_mimebundle_()
    shown = [film.scenes[frame] for frame in (0, 1, 3, 4, 6, 7)]
    mistakes = ", ".join(f"{scene['name']} {scene['misread']}" for scene in shown)
    text = f"A training: 3 filters of 3 x 3 at 6 moments. Misread of 30 images: {mistakes}."
    assert about["image/png"]["alt"] == text
