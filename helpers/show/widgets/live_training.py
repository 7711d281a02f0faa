"""A network to watch while it learns, and to stop (lesson 13)."""

import inspect
import signal
import threading
import time
from collections.abc import Callable
from contextlib import contextmanager

import numpy as np
import traitlets
from IPython.core.interactiveshell import InteractiveShell
from IPython.display import display

from helpers import reference
from helpers.show.figures.training import training
from helpers.show.widgets.base import Widget

MOST_FILTERS = 24
PAUSE = 0.1  # seconds between two messages to the browser: more would only keep it busy


class LiveTraining(Widget):
    """Trains a network and shows meanwhile: progress, losses, accuracy, the first layer's filters, Stop.

    Parameters
    ----------
    network : reference.Network
    images : ndarray of shape (N, C, H, W)
    labels : ndarray of int, of shape (N,)
    rng : numpy.random.Generator
    validation : (ndarray, ndarray), optional
        Images and labels that the network does not learn from, to measure loss and accuracy after each epoch.
    **settings
        The other arguments of `reference.fit`, such as ``epochs=20`` or ``augment=turn``.

    Attributes
    ----------
    losses, validation_losses, accuracies : list of float
        One for each finished epoch.
    stopped : bool
        Whether the training ended before its last epoch.

    Notes
    -----
    While a cell runs, Python does not read what a widget sends. Stop therefore interrupts the kernel, as the
    button in JupyterLab's toolbar does; the interrupt ends the training, not the cell.
    """

    state = traitlets.Dict(read_only=True).tag(sync=True)

    def __init__(self, network, images, labels, rng, validation=None, **settings):
        """Wait for `run`."""
        self._network, self._data, self._rng = network, (images, labels), rng
        self._validation, self._settings = validation, {"epochs": 10, "batch_size": 32, **settings}
        self._require_fitting()
        self._begin()
        super().__init__()
        self._tell("ready")

    def run(self):
        """Show the widget, train, and return the mean loss of each finished epoch."""
        self._begin()
        self._tell("training")
        shown = display(self, display_id=True) if InteractiveShell.initialized() else None
        phase = "failed"
        try:
            with interrupts_call(self._ask_to_stop):
                self._fit()
            phase = "stopped" if self.stopped else "done"
        finally:
            self._tell(phase)
            if shown:
                shown.update(self)  # on a page where nothing runs, the picture now has the curves in it
        return list(self.losses)

    @property
    def stopped(self):
        """Whether the training ended before its last epoch."""
        return len(self.losses) < self._settings["epochs"]

    def _begin(self):
        self.losses, self.validation_losses, self.accuracies = [], [], []
        self._asked, self._batches, self._limit = False, 0, 0.0
        self._began = self._told = time.monotonic()
        self._keep()

    def _keep(self):
        """Remember the weights of a finished epoch."""
        self._kept = {name: array.copy() for name, array in self._network.parameters().items()}

    def _ask_to_stop(self):
        self._asked = True

    def _fit(self):
        """Train; whatever ends it early, the network has the weights of the last finished epoch."""
        settings = {**self._settings, "augment": self._next_batch, "watch": self._end_epoch}
        try:
            reference.fit(self._network, *self._data, self._rng, **settings)
        except (_Stopped, KeyboardInterrupt):
            self._network.set_parameters(self._kept)

    def _next_batch(self, images, rng):
        """The batch as the lesson wants it; here a training can be stopped, and tells how far it has got."""
        if self._asked:
            raise _Stopped
        self._tell_now_and_then()
        self._batches += 1
        augment = self._settings.get("augment")
        return augment(images, rng) if augment else images

    def _end_epoch(self, epoch, network, loss):
        """Measure, remember, tell; true if the training should end."""
        measured = measure(network, *self._validation) if self._validation else None
        self._keep()
        self.losses.append(loss)
        if measured:
            self.validation_losses.append(measured[0])
            self.accuracies.append(measured[1])
        self._tell_now_and_then()
        watch = self._settings.get("watch")
        return bool(watch and watch(epoch, network, loss)) or self._asked

    def _tell_now_and_then(self):
        if time.monotonic() - self._told > PAUSE:
            self._tell("training")

    def _tell(self, phase):
        """Send to the browser how things stand."""
        self._told = time.monotonic()
        filters = first_filters(self._network, self._data[0].shape[1:])
        if filters is not None:
            self._limit = max(self._limit, float(np.abs(filters).max()))
        state = {
            "phase": phase,
            "epochs": self._settings["epochs"],
            "seconds": [self._told - self._began, self._seconds_left()],
            "share": self._share(),
            "losses": plain(self.losses),
            "validation_losses": plain(self.validation_losses),
            "accuracies": self.accuracies[-1:],
            "filters": [] if filters is None else np.round(filters.astype(float), 4).tolist(),
            "limit": self._limit,
        }
        self.set_trait("state", state)

    def _share(self):
        """How much of the training is done, from 0 to 1."""
        in_an_epoch = -(-len(self._data[0]) // self._settings["batch_size"])
        return self._batches / max(1, self._settings["epochs"] * in_an_epoch)

    def _seconds_left(self):
        """How long the rest will take at this pace, or None as long as nobody can tell."""
        passed, share = self._told - self._began, self._share()
        return passed / share * (1 - share) if share and passed > 1 else None

    def _require_fitting(self):
        """Say now, in one sentence, what would otherwise fail in the middle of the training."""
        unknown = self._settings.keys() - inspect.signature(reference.fit).parameters.keys()
        if unknown:
            raise ValueError(f"reference.fit has no setting {sorted(unknown)[0]!r}")
        for images, labels in filter(None, (self._data, self._validation)):
            if len(images) != len(labels) or not len(images):
                raise ValueError(
                    f"there must be one label for each image: {len(images)} images, {len(labels)} labels"
                )

    def _still(self):
        filters = first_filters(self._network, self._data[0].shape[1:])
        measured = self.losses, self.validation_losses, self.accuracies
        return training(self._settings["epochs"], *measured, filters)


class _Stopped(Exception):  # noqa: N818 - nothing went wrong
    """Ends a training between two batches."""


@contextmanager
def interrupts_call(action: Callable):
    """The kernel's interrupt calls `action` and lets the code go on; a second one interrupts as usual."""
    if threading.current_thread() is not threading.main_thread():
        yield  # interrupts go to the main thread only
        return

    def on_interrupt(number, frame):
        signal.signal(signal.SIGINT, usual)
        action()

    usual = signal.signal(signal.SIGINT, on_interrupt) or signal.default_int_handler
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, usual)


def measure(network, images, labels):
    """Loss and accuracy of the network on images that it has not learned from."""
    batches = reference.minibatches(images, labels, np.arange(len(images)), 500)
    dtype = np.result_type(*network.parameters().values())
    votes = np.concatenate([network.forward(batch.astype(dtype, copy=False)) for batch, _ in batches])
    return float(reference.cross_entropy(votes, labels)), float(np.mean(reference.predict(votes) == labels))


def first_filters(network, shape):
    """What the first layer with weights looks for in the first channel: (count, height, width), or None.

    The units of a fully connected layer that sees the pixels have weights of the images' `shape` (C, H, W).
    """
    weights = [layer.parameters["weight"] for layer in network.layers if "weight" in layer.parameters]
    if not weights:
        return None
    if weights[0].ndim == 2 and weights[0].shape[1] == np.prod(shape):
        weights[0] = weights[0].reshape(-1, *shape)
    return weights[0][:MOST_FILTERS, 0] if weights[0].ndim == 4 else None


def plain(numbers):
    """The numbers for the browser, which has no word for infinity."""
    return [round(number, 6) if np.isfinite(number) else None for number in numbers]
