"""The widget that trains, as Python sees it."""

import base64
import os
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


def weights_after(epochs):
    """What `fit` alone makes of the same network in that many epochs."""
    network = new_network()
    reference.fit(network, *LETTERS, np.random.default_rng(5), epochs=epochs, batch_size=16)
    return network.parameters()


def assert_same(parameters, others):
    for name, array in others.items():
        np.testing.assert_array_equal(parameters[name], array)


def interrupt():
    os.kill(os.getpid(), signal.SIGINT)


def test_it_trains_exactly_as_fit_does():
    network, alone = new_network(), new_network()
    losses = new_training(network).run()
    assert losses == reference.fit(alone, *LETTERS, np.random.default_rng(5), epochs=4, batch_size=16)
    assert_same(network.parameters(), alone.parameters())


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


def test_an_interrupt_in_the_middle_of_an_epoch_keeps_the_last_finished_one():
    calls = []

    def interrupt_once(images, rng):
        calls.append(len(images))
        if len(calls) == 8:  # the third epoch's second batch: 16, 16 and 8 images make an epoch
            interrupt()
        return images

    network, before = new_network(), signal.getsignal(signal.SIGINT)
    live = new_training(network, augment=interrupt_once)
    assert len(live.run()) == 2
    assert len(calls) == 8
    assert live.stopped
    assert_same(network.parameters(), weights_after(2))
    assert signal.getsignal(signal.SIGINT) is before


def test_an_interrupt_at_the_end_of_an_epoch_keeps_this_epoch():
    network = new_network()
    live = new_training(network, watch=lambda epoch, network, loss: interrupt() if epoch == 3 else None)
    assert len(live.run()) == 3
    assert_same(network.parameters(), weights_after(3))


def test_an_interrupt_before_the_first_epoch_is_done_keeps_the_network_as_it_was():
    network = new_network()
    live = new_training(network, augment=lambda images, rng: interrupt() or images)
    assert live.run() == []
    assert_same(network.parameters(), new_network().parameters())


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
    live._batches, live._began, live._told = 3, 100.0, 110.0
    assert live._seconds_left() == pytest.approx(30)


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
