"""Where a value comes from: the numbers must add up to what the network itself has there."""

from types import SimpleNamespace

import numpy as np
import pytest

from helpers import reference
from helpers.reference.layers import Layer
from helpers.show.parts.explaining import channels_alone, explain, onward
from helpers.show.parts.fields import as_maps, fields
from helpers.show.parts.ranking import Ranking
from helpers.show.parts.stages import (
    MOST_MAPS,
    describe_stages,
    fields_in_stages,
    gradients_of,
    packed,
    values_of,
)

AVERAGE = SimpleNamespace(avg_pool2d=reference.avg_pool2d, avg_pool2d_backward=reference.avg_pool2d_backward)


def digits_network(rng):
    """Two convolutions, one padded and one with a stride; partial windows; dropout; two rows of units."""
    return [
        reference.Conv2d(1, 3, 3, rng, padding=1),
        reference.ReLU(),
        reference.Conv2d(3, 4, (2, 3), rng, stride=2, padding=1),
        reference.ReLU(),
        reference.MaxPool2d(2, None, True),
        reference.Dropout(0.5, rng),
        reference.Flatten(),
        reference.Linear(24, 6, rng),
        reference.ReLU(),
        reference.Linear(6, 5, rng),
    ]


def colour_network(rng):
    """Three channels; overlapping windows of the maximum; the mean of the whole map."""
    return [
        reference.Conv2d(3, 4, 3, rng),
        reference.MaxPool2d(3, 2),
        Layer("avg_pool2d", AVERAGE, settings=(2, 1)),
        reference.GlobalAvgPool(),
        reference.Linear(4, 2, rng),
    ]


def searching_network(rng):
    """Nothing between the convolution and the largest value anywhere."""
    return [reference.Conv2d(1, 5, 4, rng), reference.GlobalMaxPool(), reference.Linear(5, 3, rng)]


NETWORKS = {
    "digits": (digits_network, (1, 8, 7)),
    "colour": (colour_network, (3, 11, 10)),
    "searching": (searching_network, (1, 6, 9)),
}


@pytest.fixture(params=NETWORKS)
def network(request):
    """Layers with biases, an image of random pixels, and all values."""
    make, shape = NETWORKS[request.param]
    rng = np.random.default_rng(1)
    layers = make(rng)
    for layer in layers:
        if "bias" in layer.parameters:
            layer.parameters["bias"] = rng.normal(size=layer.parameters["bias"].shape)
    return layers, values_of(layers, rng.uniform(-1, 1, shape), float)


def places(values):
    """Every place of every layer."""
    for number, array in enumerate(values):
        for cell in np.ndindex(*as_maps(array).shape):
            yield (number, *cell)


def test_the_numbers_add_up_to_the_value_everywhere(network):
    layers, values = network
    for place in places(values):
        found = explain(layers, values, place)
        expected = as_maps(values[place[0]])[place[1:]]
        np.testing.assert_allclose(found["computed"], expected, atol=1e-12)
        if found["kind"] in ("conv2d", "linear"):
            np.testing.assert_allclose(np.sum(found["products"]) + found["bias"], expected, atol=1e-12)


def test_patch_times_kernel_are_the_products_and_what_is_outside_is_zero(network):
    layers, values = network
    for place in places(values):
        found = explain(layers, values, place)
        if found["kind"] == "conv2d":
            np.testing.assert_allclose(found["patch"] * found["kernel"], found["products"])
            assert (found["patch"][:, ~found["inside"]] == 0).all()


def test_the_channels_alone_add_up_to_the_map(network):
    layers, values = network
    for number, layer in enumerate(layers):
        if type(layer).__name__ == "Conv2d":
            for chosen, bias in enumerate(layer.parameters["bias"]):
                alone = channels_alone(layer, values[number], chosen)
                np.testing.assert_allclose(alone.sum(axis=0) + bias, values[number + 1][chosen], atol=1e-12)


def test_only_pixels_of_its_field_change_a_value_and_all_of_a_convolutions_do(network):
    """Each pixel in turn is moved: what changes looks at it; in the first layer all of that changes."""
    layers, values = network
    seen = {place: fields(layers, values, place)[0] for place in places(values[: len(layers) + 1])}
    for channel, row, column in np.ndindex(values[0].shape):
        image = values[0].copy()
        image[channel, row, column] += 0.37
        moved = values_of(layers, image, float)
        for place, field in seen.items():
            looks = (field.maps is None or channel in field.maps) and (
                field.top <= row <= field.bottom and field.left <= column <= field.right
            )
            changed = as_maps(moved[place[0]])[place[1:]] != as_maps(values[place[0]])[place[1:]]
            assert looks or not changed
            if place[0] <= 1:
                assert looks == changed


def test_a_field_in_between_holds_all_that_changes_the_value():
    """One value of the second convolution: in each layer before it only its window counts."""
    layers = digits_network(np.random.default_rng(0))
    values = values_of(layers, np.random.default_rng(2).uniform(-1, 1, (1, 8, 7)), float)
    place = (5, 1, 1, 1)
    for number, field in enumerate(fields(layers, values, place)):
        for cell in np.ndindex(values[number].shape):
            nudged = values[number].copy()
            nudged[cell] += 5
            for layer in layers[number : place[0]]:
                nudged = layer.forward(nudged[None])[0]
            if nudged[place[1:]] != values[place[0]][place[1:]]:
                assert field.maps is None or cell[0] in field.maps
                assert field.top <= cell[1] <= field.bottom
                assert field.left <= cell[2] <= field.right


@pytest.mark.parametrize("vote", [0, 1])
def test_gradients_are_what_nudges_do(network, vote):
    layers, values = network
    found = gradients_of(layers, values, vote)
    for number in range(len(layers) + 1):

        def vote_of(x, number=number):
            for layer in layers[number:]:
                x = layer.forward(x)
            return x[0, vote]

        for cell in np.argwhere(values[number])[::3].tolist():  # at 0 a ReLU has a kink
            cell = tuple(cell)
            nudge = np.zeros_like(values[number])
            nudge[cell] = 1e-6
            up, down = vote_of((values[number] + nudge)[None]), vote_of((values[number] - nudge)[None])
            np.testing.assert_allclose(found[number][cell], (up - down) / 2e-6, atol=1e-5)
    assert (found[-1] == 0).all()


def test_onward_is_what_the_next_layer_has(network):
    layers, values = network
    for number, chosen, row, column in places(values[: len(layers)]):
        said, kind = onward(layers, values, (number, chosen, row, column)), type(layers[number]).__name__
        value = as_maps(values[number])[chosen, row, column]
        if kind == "ReLU":
            passed = as_maps(values[number + 1])[chosen, row, column] == value
            assert said == ("ReLU then lets it pass." if passed else "ReLU then sets it to 0.")
        elif kind == "MaxPool2d":
            taken = value in values[number + 1][chosen]  # random values: no two are equal, but zeros
            assert value == 0 or (said == "The maximum then takes it.") == taken
        else:
            assert said == ""


def test_a_value_that_no_window_covers_is_told():
    layers, maps = [reference.MaxPool2d(2)], np.arange(9.0).reshape(1, 3, 3)
    values = [maps, reference.max_pool2d(maps[None])[0]]
    assert onward(layers, values, (0, 0, 2, 0)) == "No window of the pooling then covers it."
    assert onward(layers, values, (0, 0, 0, 0)) == "The maximum then takes row 1, column 1 instead."


def test_the_largest_products_come_first_with_the_maps_that_they_come_from():
    layers = digits_network(np.random.default_rng(0))
    values = values_of(layers, np.random.default_rng(2).uniform(-1, 1, (1, 8, 7)), float)
    found = explain(layers, values, (8, 0, 0, 2))
    sizes = np.abs(found["products"])[found["order"]]
    assert (np.diff(sizes) <= 0).all()
    assert (found["source"], tuple(found["shape"])) == (5, values[5].shape)
    np.testing.assert_array_equal(found["factors"].reshape(found["shape"]), values[5])
    back = explain(layers, values, (10, 0, 0, 0))  # one step: to the row before it, no further
    assert (back["source"], tuple(back["shape"])) == (9, (1, 1, 6))


@pytest.mark.parametrize("size", [1, 1000])
def test_shares_are_powers_over_their_sum_and_never_too_large(size):
    votes = size * np.array([1.0, -2.0, 0.5])
    values = [votes, reference.softmax(votes[None])[0]]
    found = [explain([], values, (1, 0, 0, unit)) for unit in range(3)]
    np.testing.assert_allclose([one["computed"] for one in found], values[1])
    assert found[0]["shift"] == (0 if size == 1 else 1000)
    assert found[0]["total"] == pytest.approx(sum(found[0]["powers"]))


def test_a_layer_that_is_not_known_is_said_to_be_so():
    """It may look at everything, so its field is everything."""
    sine = Layer("sine", SimpleNamespace(sine=np.sin))
    values = values_of([sine], np.ones((1, 2, 3)), float)
    found = explain([sine], values, (1, 0, 1, 1))
    assert (found["kind"], found["computed"]) == ("unknown", np.sin(1))
    assert fields([sine], values, (1, 0, 1, 1))[0].maps is None


def test_stages_leave_out_what_changes_no_value():
    layers = digits_network(np.random.default_rng(0))
    values = values_of(layers, np.zeros((1, 8, 7)), float)
    stages = describe_stages(layers, [str(place) for place in range(10)], values)
    assert [stage["number"] for stage in stages] == [0, 1, 2, 3, 4, 5, 8, 9, 10, 11]
    assert [stage["is_vote"] for stage in stages] == [False] * 8 + [True] * 2
    assert stages[3]["title"] == "2 (4 x 5 x 4)"
    found = fields_in_stages(stages, layers, values, (11, 0, 0, 1))
    assert found[-2:] == [[None, 0, 0, 0, 4]] * 2
    assert len(fields_in_stages(stages, layers, values, (5, 0, 0, 0))) == 6


def test_no_more_maps_travel_than_are_drawn():
    layers = [reference.Conv2d(1, MOST_MAPS + 6, 1, np.random.default_rng(0))]
    values = values_of(layers, np.zeros((1, 2, 2)), float)
    stages = describe_stages(layers, ["many"], values)
    assert stages[1]["title"] == "many (70 x 2 x 2), the first 64 of them"
    assert len(packed(stages, values)[1]) == 4 * MOST_MAPS * 2 * 2
    assert packed(stages, []) == []


def test_the_best_images_of_every_map_are_found():
    rng = np.random.default_rng(0)
    layers, images = digits_network(rng), rng.uniform(-1, 1, (70, 1, 8, 7))
    ranking = Ranking(layers, images)
    assert ranking.count == 70
    each = [values_of(layers, image, float) for image in images]
    for number, chosen in ((1, 2), (5, 0), (8, 3), (10, 1)):
        answers = [values[number][chosen].max() for values in each]
        best = ranking.best(number, chosen, 3)
        np.testing.assert_allclose([value for _, value, _ in best], np.sort(answers)[::-1][:3])
        image, value, place = best[0]
        np.testing.assert_allclose(np.ravel(each[image][number][chosen])[place], value)


def test_images_for_which_there_is_no_time_are_left_out(monkeypatch):
    monkeypatch.setattr("helpers.show.parts.ranking.SECONDS", -1)
    ranking = Ranking([reference.ReLU()], np.zeros((70, 1, 2, 2)))
    assert ranking.count == 32
