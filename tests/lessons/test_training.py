"""What lesson 13 says in words, measured; and a network of the lessons' own answers."""

from functools import cache
from pathlib import Path

import numpy as np
import pytest
from numpy.testing import assert_allclose
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier
from sklearn.svm import SVC

from helpers import data, exercises, reference
from helpers.show.widgets import LiveTraining
from helpers.teaching.building.lesson import read

LESSONS = Path(__file__).parents[2] / "lessons"
TRICKY = {"shift": 1.5, "scale": (0.7, 1.1), "rotation": 30, "weight": (0.7, 1.8)}


PLAN = "INPUT -> CONV -> RELU -> POOL -> FC"


def build(functions=None, seed=1, plan=PLAN):
    return reference.build_network(
        plan,
        (1, 9, 9),
        np.random.default_rng(seed),
        functions or reference.network_functions(),
        filters=8,
        units=2,
        window=3,
        window_stride=2,
        dtype=np.float32,
    )


@cache
def letters(count, seed, **changes):
    return data.sample_letters(count, np.random.default_rng(seed), **TRICKY | changes)


def learned(images, labels, seed=16):
    network = build()
    reference.fit(network, images, labels, np.random.default_rng(seed), 10, learning_rate=0.01)
    return network


@cache
def trained():
    return learned(*letters(3000, 10))


def flat(images):
    return images.reshape(len(images), -1)


def mlp():
    return MLPClassifier((64,), max_iter=300, tol=1e-3, random_state=0)


def answers():
    """What a learner is expected to write, for all functions that a network calls."""
    wanted = set(vars(reference.network_functions()))
    scope = {"np": np, "reference": reference, "data": data}
    for lesson in exercises.LESSONS[3 : 1 + exercises.LESSONS.index("13_training")]:
        for cell in read(LESSONS / f"{lesson}.py").cells:
            if cell.role == "exercise":
                exec(cell.source, scope)
    return {name: scope[name] for name in wanted}


def test_the_network_has_226_weights():
    assert sum(array.size for array in build().parameters().values()) == 226


def test_before_training_it_guesses():
    assert 0.4 < reference.accuracy(build(), *letters(500, 11)) < 0.6


def test_an_untrained_network_is_worse_than_one_that_knows_nothing():
    images, labels = letters(500, 11)
    votes = build().forward(images.astype(np.float32))
    assert round(reference.cross_entropy(votes, labels), 2) == 1.12
    assert round(reference.cross_entropy(votes / 100, labels), 2) == 0.69 == round(np.log(2), 2)
    assert round(np.log(10), 2) == 2.30


def test_a_few_images_point_the_same_way_at_first_and_only_roughly_later():
    images, labels = letters(3000, 10)

    def direction(network, images, labels):
        votes = network.forward(images.astype(np.float32))
        network.backward(reference.cross_entropy_backward(1.0, votes, labels))
        row = np.concatenate([gradient.ravel() for gradient in network.gradients().values()])
        return row / np.linalg.norm(row)

    cosines = {}
    for epochs in (0, 10):
        network = build()
        reference.fit(network, images, labels, np.random.default_rng(16), epochs, 32, 0.01)
        everything = direction(network, images, labels)
        for size in (1, 8, 32):
            some = [slice(start, start + size) for start in range(0, 2560, 128)]
            found = [direction(network, images[part], labels[part]) @ everything for part in some]
            cosines[epochs, size] = np.mean(found)
    assert cosines[0, 1] < 0.3
    assert cosines[0, 32] > 0.95
    assert 0.2 < cosines[10, 32] < 0.6
    assert abs(cosines[10, 8]) < 0.2


def test_picking_with_an_array_and_past_the_end():
    names, order = np.array(["a", "b", "c"]), np.array([2, 0, 1])
    assert [names[order[start : start + 2]].tolist() for start in range(0, 3, 2)] == [["c", "a"], ["b"]]
    assert list(range(0, 3, 2)) == [0, 2]


def test_the_ball_rolls_on_and_too_much_momentum_swings():
    steepness, errors, heights = np.array([1.0, 25.0]), {}, {}
    for momentum in (0.0, 0.5, 0.9):
        place, velocity, heights[momentum] = np.array([10.0, 1.0]), np.zeros(2), [1.0]
        for _ in range(30):
            place, velocity = reference.sgd_step(place, steepness * place, velocity, 0.07, momentum)
            heights[momentum].append(place[1])
        errors[momentum] = np.sum(steepness * place**2) / 2
    assert np.round(heights[0.0][:4], 2).tolist() == [1, -0.75, 0.56, -0.42]
    assert [round(errors[0.0], 2), round(errors[0.5], 4), round(errors[0.9], 2)] == [0.64, 0.0008, 0.03]


def losses_of(network, images, labels, rate, batches):
    parameters, losses = reference.train(network.parameters(), network.loss_and_gradients, batches, rate)
    network.set_parameters(parameters)
    return np.array(losses)


def first_batches(images, labels):
    return reference.minibatches(images[:600], labels[:600], np.random.default_rng(13).permutation(600), 32)


def test_16_images_are_learned_by_heart_and_with_another_images_label_nothing_is():
    images, labels = letters(3000, 10)
    losses = losses_of(build(), images, labels, 0.03, [(images[:16], labels[:16])] * 50)
    assert losses[-1] < 0.002
    together = first_batches(images, labels)
    shuffled = images[:600][np.random.default_rng(13).permutation(600)]
    left_behind = reference.minibatches(shuffled, labels[:600], np.arange(600), 32)
    last = [losses_of(build(), images, labels, 0.03, some * 3)[-10:] for some in (together, left_behind)]
    assert last[0].mean() < 0.1
    assert last[1].mean() == pytest.approx(np.log(2), abs=0.02)


def test_learning_rates_too_small_right_too_large_and_one_that_blows_up():
    images, labels = letters(3000, 10)
    batches, runs = first_batches(images, labels), {}
    for rate in (0.0001, 0.03, 1, 3):
        runs[rate] = np.array([losses_of(build(seed=n), images, labels, rate, batches) for n in range(3)])
    assert (runs[0.0001][:, -3:].mean(axis=1) > 0.6 * runs[0.0001][:, :3].mean(axis=1)).all()
    assert runs[0.03][:, -3:].mean() < 0.1 * runs[0.03][:, :3].mean()
    assert round(runs[0.03][:, -3:].mean(), 1) == 0.1
    assert (runs[1][:, 1] > 30).all()
    assert runs[1][:, -5:].mean() > np.log(2) - 0.15
    assert (runs[3][:, 6] > 1e6).all()


def test_the_dashed_line_begins_lower_because_it_is_measured_later():
    network, (images, labels) = build(), letters(3000, 10)
    (mean,) = reference.fit(network, images, labels, np.random.default_rng(16), 1, 32, 0.01)
    seen, unseen = (
        reference.cross_entropy(network.forward(some.astype(np.float32)), names)
        for some, names in ((images, labels), letters(500, 11))
    )
    assert max(seen, unseen) < mean / 3
    assert abs(seen - unseen) < 0.02


@pytest.mark.slow
def test_all_cases_at_once_are_the_hardest_and_995_in_1000_are_right():
    together, alone = reference.accuracy(trained(), *letters(5000, 12)), []
    for name, setting in TRICKY.items():
        case = data.sample_letters(5000, np.random.default_rng(12), **{name: setting})
        alone.append(reference.accuracy(trained(), *case))
    assert min(alone) >= 0.999
    assert 0.995 <= together < np.mean(alone)


def test_filter_0_finds_the_falling_stroke_by_itself():
    def likeness(weights):
        falling = 2 * np.eye(3) - 1
        return np.sum(weights * falling) / np.linalg.norm(weights) / np.linalg.norm(falling)

    before, after = (network.parameters()["0.weight"][0, 0] for network in (build(), trained()))
    assert likeness(before) < 0.5 < likeness(after)


@cache
def film():
    """The film that the lesson plays: of a training on all letters, on 2,000 others."""
    live = LiveTraining(build(), *letters(3000, 10), np.random.default_rng(16), epochs=10, learning_rate=0.01)
    live.run()
    return live.film(*letters(2000, 15), names=data.LETTERS)


def share_of_o(frame):
    """The share of the film's letters, half of which are an O, that the network calls an O."""
    return film()._footage.said[frame].mean()


def test_the_film_has_a_moment_for_each_doubling_in_the_first_epoch_and_for_each_epoch():
    names = [f"batch {number}" for number in (1, 2, 4, 8, 16, 32, 64)]
    names += [f"epoch {number}" for number in range(1, 11)]
    assert [scene["name"] for scene in film().scenes] == ["start", *names]
    weights = film()._footage.moments[0].weights.values()
    assert sum(array.nbytes for array in weights) == 226 * 4
    assert round(18 * 226 * 4 / 1000) == 16  # kB, as LiveTraining says


def test_at_first_everything_is_an_o_then_an_x_then_an_o_again():
    frames = {scene["name"]: frame for frame, scene in enumerate(film().scenes)}
    assert share_of_o(frames["start"]) > 0.9
    assert share_of_o(frames["batch 2"]) < 0.15
    assert share_of_o(frames["batch 8"]) > 0.8


def test_nine_in_ten_are_right_after_16_batches():
    misread = {scene["name"]: scene["misread"] for scene in film().scenes}
    assert misread["batch 8"] > 500
    assert misread["batch 16"] <= 200


def test_at_one_moment_both_losses_are_almost_equal():
    for scene in film().scenes:
        seen, held_out = scene["losses"]
        assert abs(seen - held_out) < 0.05 if scene["epoch"] is None else abs(seen - held_out) < 0.02


def test_from_600_letters_about_99_in_100_are_right():
    images, labels = letters(3000, 10)
    assert 0.985 < reference.accuracy(learned(images[:600], labels[:600]), *letters(5000, 12)) < 0.997


def moved(images, pixels):
    return np.pad(images, ((0, 0), (0, 0), (0, 0), (pixels, 0)), constant_values=-1)[..., :9]


@pytest.mark.slow
def test_one_pixel_is_forgiven_by_pooling_and_by_logistic_regression_and_two_by_nobody():
    centred, unseen = letters(3000, 3000, shift=0), letters(1000, 1000, shift=0)
    shares = {}
    for name, plan in {"plan": PLAN, "no POOL": PLAN.replace("POOL -> ", "")}.items():
        runs = []
        for seed in range(5):
            network = build(plan=plan, seed=seed)
            reference.fit(network, *centred, np.random.default_rng(seed), learning_rate=0.01)
            runs.append([reference.accuracy(network, moved(unseen[0], n), unseen[1]) for n in range(4)])
        shares[name] = np.mean(runs, axis=0)
    for model in (LogisticRegression(max_iter=2000), mlp(), SVC()):
        model.fit(flat(centred[0]), centred[1])
        shares[type(model).__name__] = [model.score(flat(moved(unseen[0], n)), unseen[1]) for n in range(4)]
    assert min(row[0] for row in shares.values()) > 0.99
    assert [round(100 * shares[name][1]) for name in ("plan", "no POOL")] == [97, 93]
    assert shares["LogisticRegression"][1] > 0.97
    assert max(row[2] for row in shares.values()) < 0.7
    assert max(row[3] for row in shares.values()) < 0.5


def test_the_expected_answers_learn_what_the_course_learns():
    """A network of the released lessons' own answers goes, step by step, where the reference goes."""
    images, labels = letters(3000, 10)
    own, course = build(reference.network_functions(**answers())), build()
    for network in (own, course):
        reference.fit(network, images[:150], labels[:150], np.random.default_rng(0), 2, learning_rate=0.01)
    for array, other in zip(own.parameters().values(), course.parameters().values(), strict=True):
        assert_allclose(array, other, atol=1e-4)
    assert reference.accuracy(own, images, labels) == pytest.approx(
        reference.accuracy(course, images, labels), abs=0.002
    )
