"""The widget that trains, as Python sees it."""

import base64
import signal

import nbformat
import numpy as np
import pytest
from nbclient import NotebookClient

from helpers import data, reference
from helpers.show.figures.training import training
from helpers.show.widgets import LiveTraining
from helpers.show.widgets import live_training as module

RNG = np.random.default_rng(0)
LETTERS = data.sample_letters(40, np.random.default_rng(1), shift=1)
OTHERS = data.sample_letters(30, np.random.default_rng(2), shift=1)


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    """Every change is told, however fast the training is."""
    monkeypatch.setattr(module, "PAUSE", 0)


def new_network(dtype=float):
    rng = np.random.default_rng(0)
    layers = [reference.Conv2d(1, 3, 3, rng, dtype=dtype), reference.ReLU(), reference.Flatten()]
    return reference.Network([*layers, reference.Linear(147, 2, rng, dtype=dtype)])


def new_training(network=None, letters=LETTERS, **settings):
    settings = {"epochs": 4, "batch_size": 16, **settings}
    return LiveTraining(network or new_network(), *letters, np.random.default_rng(5), **settings)


def weights_after(batches):
    """What `fit` alone makes of the same network in that many batches, three of which are an epoch."""
    network, seen = new_network(), []

    def enough(network, loss):
        seen.append(loss)
        return len(seen) == batches

    reference.fit(network, *LETTERS, np.random.default_rng(5), 4, 16, watch_batch=enough)
    return network.parameters()


def assert_same(parameters, others):
    for name, array in others.items():
        np.testing.assert_array_equal(parameters[name], array)


def interrupt():
    signal.raise_signal(signal.SIGINT)  # to this thread, so none is lost


def test_it_trains_exactly_as_fit_does():
    network, alone = new_network(), new_network()
    losses = new_training(network).run()
    assert losses == reference.fit(alone, *LETTERS, np.random.default_rng(5), epochs=4, batch_size=16)
    assert_same(network.parameters(), alone.parameters())


@pytest.mark.parametrize("can_stop", [True, False])
def test_the_page_is_told_whether_a_training_can_be_stopped(can_stop, monkeypatch):
    monkeypatch.setattr(module, "CAN_STOP", can_stop)
    assert new_training().can_stop is can_stop


def test_it_measures_on_the_validation_data_after_each_epoch():
    network = new_network()
    live = new_training(network, validation=OTHERS)
    live.run()
    assert len(live.losses) == len(live.validation_losses) == len(live.accuracies) == 4
    assert live.accuracies[-1] == reference.accuracy(network, *OTHERS)
    loss = reference.cross_entropy(network.forward(OTHERS[0]), OTHERS[1])
    assert live.validation_losses[-1] == pytest.approx(loss)
    assert not live.stopped


def test_a_network_of_single_precision_stays_one():
    network = new_network("float32")
    live = new_training(network, validation=OTHERS)
    live.run()
    assert {array.dtype for array in network.parameters().values()} == {np.dtype("float32")}
    assert live.accuracies[-1] == reference.accuracy(network, *OTHERS)


def test_augment_and_watch_are_called_as_fit_calls_them():
    seen = []

    def mirror(images, rng):
        return images[..., ::-1] if rng.random() < 0.5 else images

    def watch(epoch, network, loss):
        seen.append((epoch, loss))
        return epoch == 2

    live = new_training(augment=mirror, watch=watch)
    alone = np.random.default_rng(5)
    expected = reference.fit(new_network(), *LETTERS, alone, epochs=2, batch_size=16, augment=mirror)
    assert live.run() == expected
    assert seen == [(1, expected[0]), (2, expected[1])]
    assert live.stopped
    assert live.state["phase"] == "stopped"


def interrupt_in(call):
    """An `augment` that interrupts when it is called for the so-many-th time."""
    calls = []

    def augment(images, rng):
        calls.append(len(images))
        if len(calls) == call:
            interrupt()
        return images

    return augment


def test_an_interrupt_in_the_middle_of_an_epoch_keeps_the_last_batch():
    network, before = new_network(), signal.getsignal(signal.SIGINT)
    live = new_training(network, augment=interrupt_in(8))  # the third epoch's second batch
    assert len(live.run()) == 2
    assert len(live.batch_losses) == 8
    assert live.stopped
    assert_same(network.parameters(), weights_after(8))
    assert signal.getsignal(signal.SIGINT) is before


def test_an_interrupt_in_the_last_batch_of_an_epoch_keeps_its_mean_as_well():
    live = new_training(augment=interrupt_in(6))
    assert len(live.run()) == 2
    assert len(live.batch_losses) == 6


def test_an_interrupt_at_the_end_of_an_epoch_keeps_this_epoch():
    network = new_network()
    live = new_training(network, watch=lambda epoch, network, loss: interrupt() if epoch == 3 else None)
    assert len(live.run()) == 3
    assert_same(network.parameters(), weights_after(9))


def test_an_interrupt_in_the_first_batch_keeps_that_batch():
    network = new_network()
    live = new_training(network, augment=interrupt_in(1))
    assert live.run() == []
    assert live.state["phase"] == "stopped"
    assert_same(network.parameters(), weights_after(1))


def test_a_second_interrupt_does_not_wait_for_the_batch():
    def hang(images, rng):
        interrupt()
        interrupt()
        raise AssertionError("the batch went on")

    network = new_network()
    live = new_training(network, augment=hang)
    assert live.run() == []
    assert live.state["phase"] == "stopped"


def test_an_error_is_told_and_not_swallowed():
    def fail(images, rng):
        raise RuntimeError("no such thing")

    live = new_training(augment=fail)
    with pytest.raises(RuntimeError, match="no such thing"):
        live.run()
    assert live.state["phase"] == "failed"


def test_the_browser_is_told_how_far_it_is():
    live, told = new_training(validation=OTHERS), []
    live.observe(lambda change: told.append(change["new"]), "state")
    live.run()
    assert [state["phase"] for state in (told[0], told[-1])] == ["training", "done"]
    shares = [state["share"] for state in told]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0, 1)
    assert len({str(state["filters"]) for state in told}) > 4
    assert told[-1]["accuracies"] == live.accuracies[-1:]


def test_the_time_left_follows_from_the_time_passed(monkeypatch):
    live = new_training()
    live.run()
    live.batch_losses, live._began, live._told = [0.7] * 3, 100.0, 110.0  # of twelve
    assert live._seconds_left() == pytest.approx(30)


# ------------------------------------------------------------------------------------- fitted to the machine


class Watch:
    """A clock that goes on only when something takes time."""

    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now

    def pass_by(self, seconds):
        self.now += seconds


@pytest.fixture
def watch(monkeypatch):
    watch = Watch()
    monkeypatch.setattr(module, "clock", watch)
    monkeypatch.setattr(module, "sleep", watch.pass_by)
    return watch


def slow_network(watch, seconds):
    """Its forward pass takes so long for each image, by that clock."""
    network = new_network()
    flatten = network.layers[2]
    forward = flatten.forward

    def take_time(x):
        watch.pass_by(seconds * len(x))
        return forward(x)

    flatten.forward = take_time
    return network


MANY = data.sample_letters(2000, np.random.default_rng(1))


@pytest.mark.parametrize("seconds", [1e-6, 1e-4, 1e-3, 0.01, 0.03])
def test_a_training_takes_the_time_that_it_is_given(watch, seconds):
    live = new_training(slow_network(watch, seconds), MANY, validation=MANY, seconds=(15, 60))
    live.run()
    assert live.state["phase"] == "done"
    assert 14 < watch.now < 60


def test_slow_functions_get_fewer_images_and_then_fewer_epochs():
    few = module.plan((15, 60), 0.2, 0.0, 32, 10, 3000, 0)
    assert (few.images, few.epochs) == (672, 10)
    assert "a batch of 32 takes 0.2 s" in few.said
    assert "672 of the 3,000 images, 10 epochs: about 42 s" in few.said
    fewer = module.plan((15, 60), 1.0, 0.0, 32, 10, 3000, 0)
    assert (fewer.images, fewer.epochs) == (module.FEWEST, 4)
    assert module.plan((15, 60), 100.0, 0.0, 32, 10, 3000, 0).epochs == 1


def test_slow_votes_are_measured_on_fewer_validation_images():
    assert module.plan((15, 60), 0.2, 0.01, 32, 10, 3000, 500).validation == 100
    assert module.plan((15, 60), 0.01, 0.0001, 32, 10, 3000, 500).validation == 500


def test_fast_functions_are_slowed_down():
    fast = module.plan((15, 60), 0.001, 0.0, 32, 10, 3000, 0)
    assert (fast.images, fast.epochs) == (3000, 10)
    assert fast.least == 15
    assert "all 3,000 images, 10 epochs: slowed down to 15 s" in fast.said


def test_measuring_does_not_change_the_training(watch):
    network, alone = new_network(), new_network()
    losses = new_training(network, seconds=(15, 60)).run()
    assert losses == reference.fit(alone, *LETTERS, np.random.default_rng(5), epochs=4, batch_size=16)
    assert_same(network.parameters(), alone.parameters())


def test_the_time_is_over_even_if_the_machine_becomes_slow(watch):
    calls = []

    def slower(images, rng):
        calls.append(1)
        watch.pass_by(0.001 if len(calls) < 10 else 30)
        return images

    live = new_training(augment=slower, seconds=(1, 60))
    live.run()
    assert live.state["phase"] == "late"
    assert live.stopped
    assert watch.now < 60 + 31


def test_stop_does_not_wait(watch):
    live = new_training(augment=interrupt_in(5), seconds=(15, 60))  # three calls are the measuring
    live.run()
    assert live.state["phase"] == "stopped"
    assert watch.now < 15


def test_many_batches_are_drawn_as_means():
    live = new_training(epochs=200)
    live.run()
    assert live.state["batches"] == [600, 600]
    assert live.state["batches_in_a_point"] == 3
    assert len(live.state["batch_losses"]) == 200
    assert live.state["batch_losses"][0] == pytest.approx(np.mean(live.batch_losses[:3]), abs=1e-6)


def test_a_training_can_be_run_again():
    network = new_network()
    live = new_training(network)
    live.run()
    assert len(live.run()) == 4
    assert len(live.losses) == 4


def test_a_diverging_training_is_drawn_all_the_same():
    with np.errstate(all="ignore"):
        live = new_training(optimiser="sgd", learning_rate=1e200, validation=OTHERS)
        live.run()
    assert None in live.state["losses"]
    assert live._repr_mimebundle_()[0]["image/png"]


@pytest.mark.parametrize(
    ("layers", "shape"),
    [
        ([reference.Conv2d(1, 30, (1, 5), RNG)], (24, 1, 5)),
        ([reference.Flatten(), reference.Linear(81, 5, RNG)], (5, 9, 9)),
        (
            [reference.MaxPool2d(), reference.Flatten(), reference.Linear(16, 5, RNG)],
            None,
        ),
        ([reference.Flatten()], None),
    ],
)
def test_the_filters_are_those_of_the_first_layer_that_sees_pixels(layers, shape):
    filters = module.first_filters(reference.Network(layers), (1, 9, 9))
    assert (None if filters is None else filters.shape) == shape


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"epoch": 3}, "reference.fit has no setting 'epoch'"),
        ({"letters": (LETTERS[0], LETTERS[1][:5])}, "one label for each image: 40 images, 5 labels"),
        ({"validation": (LETTERS[0][:0], LETTERS[1][:0])}, "one label for each image: 0 images, 0 labels"),
    ],
)
def test_bad_input_gets_one_clear_sentence(change, sentence):
    with pytest.raises(ValueError, match=sentence):
        new_training(**change)


def test_a_picture_is_shown_where_no_widget_can_be():
    live = new_training(validation=OTHERS)
    live.run()
    bundle, metadata = live._repr_mimebundle_()
    assert base64.b64decode(bundle["image/png"])[1:4] == b"PNG"
    assert bundle["text/plain"].startswith("Training, 4 of 4 epochs: loss 0.")
    assert bundle["text/plain"].endswith("Next to it, the first layer's 3 filters of 3 x 3.")
    assert metadata["image/png"]["alt"] == bundle["text/plain"]
    assert live._still().png == new_and_run(validation=OTHERS)._still().png


def new_and_run(**settings):
    live = new_training(**settings)
    live.run()
    return live


def test_the_picture_of_a_training_that_has_not_begun():
    assert str(training(5, [])) == "Training, 0 of 5 epochs."
    assert training(5, []).png


CELLS = """\
import numpy as np
from helpers import data, reference
from helpers.show import widgets

rng = np.random.default_rng(0)
network = reference.Network([reference.Flatten(), reference.Linear(81, 2, rng)])
live = widgets.LiveTraining(network, *data.sample_letters(40, rng), rng, epochs=3)
losses = live.run()
"""


@pytest.mark.slow
def test_without_a_browser_the_cell_ends_with_one_picture():
    cells = [nbformat.v4.new_code_cell(CELLS), nbformat.v4.new_code_cell("len(losses)")]
    notebook = nbformat.v4.new_notebook(cells=cells)
    NotebookClient(notebook, timeout=120, store_widget_state=False).execute()
    (output,), (count,) = (cell.outputs for cell in notebook.cells)
    assert "3 of 3 epochs" in output.data["text/plain"]
    assert output.data["image/png"]
    assert count.data["text/plain"] == "3"
