"""What lesson 17 says about texts, series, solids, customers and shuffled pixels, measured."""

from collections import Counter
from itertools import pairwise

import numpy as np
import pytest

from helpers import data, reference


def filters(rng, *arguments):
    return reference.Conv2d(*arguments, rng, dtype=np.float32)


def three_columns(rng):
    votes = reference.connected_network([320, 2], rng)
    return reference.Network([reference.Conv2d(1, 32, (1, 3), rng), reference.ReLU(), *votes.layers])


@pytest.mark.slow
def test_filters_read_the_direction_of_a_passage_best():
    rng = np.random.default_rng(3)
    handbook = data.handbook_passages()
    passages = [handbook[index] for index in rng.permutation(len(handbook))[:4000]]
    counts = Counter(word for passage in passages[:3000] for word in passage)
    vocabulary = [word for word, _ in counts.most_common(200)]
    texts = np.stack([reference.encode_text(passage, vocabulary) for passage in passages]).astype(np.float32)
    texts = np.stack([texts, texts[..., ::-1]], axis=1).reshape(8000, 200, 1, 8)
    backwards = np.tile([0, 1], 4000)

    def right(x, network):
        sets = (x[:6000], backwards[:6000]), (x[6000:], backwards[6000:])
        return reference.percent_right(network, *sets, rng, epochs=4, learning_rate=0.005)

    assert right(texts.sum(axis=3), reference.connected_network([200, 2], rng)) == 50
    linear = right(texts, reference.connected_network([1600, 2], rng))
    between = right(texts, reference.connected_network([1600, 32, 2], rng))
    read = right(texts, reference.filter_network([filters(rng, 200, 16, (1, 3))], 2, rng))
    assert 58 < linear < 75
    assert linear < between < 83
    assert read > 84


@pytest.fixture(scope="module")
def series_errors():
    """Percent of wrong answers, for three draws of 30 and 900 series."""
    rng, wrong, judges = np.random.default_rng(1994), {"euclid": [], "dtw": []}, {}
    wrong |= {"maximum": [], "mean": [], "connected": []}
    for _ in range(3):
        (known, answers), (fresh, truth) = data.sample_series(30, rng), data.sample_series(900, rng)
        known, fresh = (reference.standardise(x, axis=1).astype(np.float32) for x in (known, fresh))
        for name, find in (("euclid", reference.euclidean_distances), ("dtw", reference.dtw_distances)):
            found = reference.nearest_neighbour(find(fresh, known), answers)
            wrong[name].append(100 * np.mean(found != truth))
        sets = (known[:, None, None], answers), (fresh[:, None, None], truth)
        two = [filters(rng, 1, 16, (1, 15)), filters(rng, 16, 16, (1, 15))]
        judges = {
            "maximum": reference.filter_network([filters(rng, 1, 16, (1, 31))], 3, rng),
            "mean": reference.filter_network(two, 3, rng, reference.GlobalAvgPool()),
            "connected": reference.connected_network([128, 32, 3], rng),
        }
        for name, network in judges.items():
            settings = {"epochs": 100, "batch_size": 10, "learning_rate": 0.005}
            wrong[name].append(100 - reference.percent_right(network, *sets, rng, **settings))
    return {name: np.array(values) for name, values in wrong.items()}, judges, fresh


def test_the_outlined_walk_costs_nothing():
    early, late = np.array([[0, 1, 0, 0]]), np.array([[0, 0, 1, 0]])
    walk = [(0, 0), (0, 1), (1, 2), (2, 3), (3, 3)]
    assert sum(((early.T - late) ** 2)[pair] for pair in walk) == 0
    assert all(
        max(np.subtract(there, here)) == 1 and min(np.subtract(there, here)) >= 0
        for here, there in pairwise(walk)
    )
    assert f"{reference.euclidean_distances(early, late).item():.2f}" == "1.41"
    assert reference.dtw_distances(early, late) == 0


def test_no_two_of_the_three_drawn_series_begin_or_end_together():
    rng = np.random.default_rng(0)  # the draws of sample_series, by its definition
    labels = rng.permutation(np.arange(30) % 3)
    begin, length = rng.integers(16, 32, 30, endpoint=True), rng.integers(32, 96, 30, endpoint=True)
    three = [np.flatnonzero(labels == label)[1] for label in range(3)]
    assert begin[three].tolist() == [32, 22, 27]
    assert (begin + length)[three].tolist() == [102, 91, 119]
    series, same_labels = data.sample_series(30, np.random.default_rng(0))
    np.testing.assert_array_equal(labels, same_labels)
    assert series[three[0], 30] < 3 < series[three[0], 31]  # the cylinder jumps at moment 32


@pytest.mark.slow
def test_stretching_time_is_best_then_filters_then_what_ties_values_to_moments(series_errors):
    means = {name: values.mean() for name, values in series_errors[0].items()}
    networks = means["maximum"], means["mean"]
    assert means["dtw"] < 2
    assert means["dtw"] < min(networks) <= max(networks) < 10 < means["euclid"]
    assert means["connected"] > 14


@pytest.mark.slow
def test_nearest_neighbours_are_wrong_about_as_often_as_on_the_archives_series(series_errors):
    assert abs(series_errors[0]["euclid"].mean() - 14.8) < 6
    assert abs(series_errors[0]["dtw"].mean() - 0.3) < 1.5


@pytest.mark.slow
def test_after_the_maximum_at_most_16_moments_vote_and_after_the_mean_all_do(series_errors):
    _, judges, fresh = series_errors
    counted = {}
    for name, pooling in (("maximum", "max"), ("mean", "mean")):
        *layers, _, votes = judges[name].layers
        maps = reference.Network(layers).forward(fresh[:20, None, None])[:, :, 0]
        parts = [reference.class_activation(m, votes.parameters["weight"], pooling) for m in maps]
        counted[name] = [int(np.any(part != 0, axis=0).sum()) for part in parts]
        assert parts[0].shape == (3, {"maximum": 98, "mean": 100}[name])
    assert max(counted["maximum"]) <= 16
    assert min(counted["mean"]) > 90


@pytest.mark.slow
def test_parameters_of_the_networks_and_of_the_reviews_fcn(series_errors):
    counts = {
        name: sum(array.size for array in network.parameters().values())
        for name, network in series_errors[1].items()
    }
    assert counts == {"maximum": 563, "mean": 4163, "connected": 4227}
    plan = [(1, 128, 8), (128, 256, 5), (256, 128, 3)]
    convolutions = [
        reference.Conv2d(maps, count, (1, width), np.random.default_rng(0)) for maps, count, width in plan
    ]
    sizes = [sum(array.size for array in layer.parameters.values()) for layer in convolutions]
    assert sizes == [1152, 164096, 98432]
    assert sum(sizes) + 128 * 3 + 3 == 264067


def test_moments_by_hand():
    one, weight = np.array([[2.0, 6.0, 1.0]]), np.array([[6.0]])
    assert reference.class_activation(one, weight, "mean").tolist() == [[4, 12, 2]]
    assert reference.class_activation(one, weight, "max").tolist() == [[0, 36, 0]]


@pytest.fixture(scope="module")
def screws_right():
    """Percent of right answers, for two draws of 50 and 500 screws."""
    rng = np.random.default_rng(12)
    looks = {"slice": lambda x: x[:, 4:5], "mean": lambda x: x.mean(axis=1, keepdims=True)}
    looks |= {"channels": lambda x: x, "3-D": lambda x: x[:, None], "connected": lambda x: x}
    right = {name: [] for name in looks}
    for _ in range(2):
        known, fresh = (data.sample_screws(count, rng, shift=1, noise=0.5) for count in (50, 500))
        banks = [filters(rng, channels, 16, 5) for channels in (1, 1, 9)]
        banks += [reference.Conv3d(1, 16, (3, 5, 5), rng, dtype=np.float32)]
        networks = [reference.filter_network([bank], 2, rng) for bank in banks]
        networks += [reference.connected_network([729, 16, 2], rng)]
        for (name, look_at), network in zip(looks.items(), networks, strict=True):
            sets = [(look_at(solids), hands) for solids, hands in (known, fresh)]
            settings = {"epochs": 30, "batch_size": 20, "learning_rate": 0.005}
            right[name].append(reference.percent_right(network, *sets, rng, **settings))
    return {name: np.mean(values) for name, values in right.items()}


def test_without_the_order_of_the_slices_networks_guess(screws_right):
    assert abs(screws_right["slice"] - 50) < 6
    assert abs(screws_right["mean"] - 50) < 6
    assert abs(screws_right["connected"] - 50) < 8


def test_slices_as_channels_help_and_filters_with_depth_are_nearly_always_right(screws_right):
    assert 57 < screws_right["channels"] < 85
    assert screws_right["3-D"] > 96


def test_a_3d_filter_has_seven_positions_in_depth():
    weight = np.ones((16, 1, 3, 5, 5))
    assert reference.conv3d(np.ones((1, 1, 9, 9, 9)), weight).shape == (1, 16, 7, 5, 5)


PAIRED = ["purchases", "days", "distance", "online", "income", "discount"]


@pytest.fixture(scope="module")
def customers_right():
    """Percent of right answers, for two draws of 2500 customers and three orders of their columns."""
    rng, names = np.random.default_rng(12), list(data.CUSTOMER_COLUMNS)
    paired = [names.index(name) for name in [*PAIRED, *(name for name in names if name not in PAIRED)]]
    right = {
        (kind, order): [] for kind in ("connected", "filters") for order in ("listed", "shuffled", "paired")
    }
    for _ in range(2):
        table, again = data.sample_customers(2500, rng)
        orders = {"listed": np.arange(12), "shuffled": rng.permutation(12), "paired": np.array(paired)}
        table = reference.standardise(table, axis=0)
        for (kind, order), values in right.items():
            x = reference.shuffle_columns(table, orders[order])[:, None, None]
            network = (
                reference.connected_network([12, 32, 2], rng) if kind == "connected" else three_columns(rng)
            )
            sets = (x[:1000], again[:1000]), (x[1000:], again[1000:])
            settings = {"epochs": 20, "batch_size": 50, "learning_rate": 0.01}
            values.append(reference.percent_right(network, *sets, rng, **settings))
    return {name: np.mean(values) for name, values in right.items()}


@pytest.mark.slow
def test_the_order_of_the_columns_does_not_matter_to_a_fully_connected_network(customers_right):
    shares = [customers_right["connected", order] for order in ("listed", "shuffled", "paired")]
    assert min(shares) > 84
    assert np.ptp(shares) < 3


@pytest.mark.slow
def test_filters_guess_as_listed_and_draw_level_with_pairs_side_by_side(customers_right):
    assert abs(customers_right["filters", "listed"] - 50) < 5
    assert abs(customers_right["filters", "paired"] - customers_right["connected", "paired"]) < 3


def test_no_pair_of_the_rule_is_within_three_columns():
    places = [data.CUSTOMER_COLUMNS.index(name) for name in PAIRED]
    assert all(abs(first - second) > 2 for first, second in zip(places[::2], places[1::2], strict=True))


@pytest.fixture(scope="module")
def digits_right():
    """Percent of right answers, for two draws of digits anywhere on a field, its pixels kept and shuffled."""
    rng = np.random.default_rng(12)
    digits, names = data.digits()
    right = {(kind, order): [] for kind in ("connected", "filters") for order in ("kept", "shuffled")}
    for _ in range(2):
        fields = np.full((len(digits), 1, 12, 12), -1, np.float32)
        for field, digit, (row, column) in zip(
            fields, digits, rng.integers(0, 5, (len(digits), 2)), strict=True
        ):
            field[:, row : row + 8, column : column + 8] = digit
        mixed, order = rng.permutation(len(fields)), rng.permutation(144)
        fields, answers = fields[mixed], names[mixed]
        shuffled = reference.shuffle_columns(fields.reshape(-1, 144), order).reshape(fields.shape)
        for (kind, pixels), values in right.items():
            x = fields if pixels == "kept" else shuffled
            network = reference.filter_network([filters(rng, 1, 32, 5)], 10, rng)
            if kind == "connected":
                network = reference.connected_network([144, 64, 10], rng)
            sets = (x[:500], answers[:500]), (x[500:], answers[500:])
            settings = {"epochs": 20, "batch_size": 20, "learning_rate": 0.005}
            values.append(reference.percent_right(network, *sets, rng, **settings))
    return {name: np.mean(values) for name, values in right.items()}


@pytest.mark.slow
def test_a_fixed_shuffle_of_the_pixels_does_not_matter_to_a_fully_connected_network(digits_right):
    assert abs(digits_right["connected", "kept"] - digits_right["connected", "shuffled"]) < 8
    assert 38 < digits_right["connected", "kept"] < 60


@pytest.mark.slow
def test_filters_lead_by_far_and_fall_behind_when_pixels_are_shuffled(digits_right):
    assert digits_right["filters", "kept"] > digits_right["connected", "kept"] + 30
    assert digits_right["filters", "shuffled"] < digits_right["connected", "shuffled"] - 5


def test_a_shuffle_by_hand():
    assert reference.shuffle_columns(np.array([["a", "b", "c"]]), np.array([2, 0, 1])).tolist() == [
        ["c", "a", "b"]
    ]
