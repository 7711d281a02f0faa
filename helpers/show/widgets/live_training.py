"""A network to watch while it learns, and to stop (lesson 13)."""

import inspect
import signal
import sys
import threading
import time
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import traitlets
from IPython.core.interactiveshell import InteractiveShell
from IPython.display import display

from helpers import reference
from helpers.show.figures.training import training
from helpers.show.widgets.base import Widget

MOST_FILTERS = 24
MOST_POINTS = 240  # of the line that shows the batches: with more of them, neighbours are averaged
PAUSE = 0.1  # seconds between two messages to the browser: more would only keep it busy
BREATH = 0.05  # seconds after which a wait looks whether Stop was pressed
MEASURED = 3  # batches, of which the fastest counts: the others had to wait for something else
FEWEST = 320  # images that are used however slow the functions are; then there are fewer epochs
CAN_STOP = sys.platform != "emscripten"  # in a browser's Python, nothing interrupts a cell
MARGIN = 0.7  # the share of the longest time that is planned with: machines are slower at times

clock = time.monotonic
sleep = time.sleep


@dataclass(frozen=True)
class Plan:
    """How much is trained, how long it should take at least, and this in words."""

    images: int
    epochs: int
    validation: int = 0
    least: float = 0.0
    said: str = ""


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
    seconds : (float, float), optional
        About how long the training takes at least, and how long at most. Before it begins, a few batches
        are measured. If all would take too long, it takes fewer images, and then fewer epochs; if they would
        be over before anyone could watch, it waits a little after each batch.
    **settings
        The other arguments of `reference.fit`, such as ``epochs=20`` or ``augment=turn``.

    Attributes
    ----------
    losses, validation_losses, accuracies : list of float
        One for each finished epoch.
    batch_losses : list of float
        One for each batch.
    stopped : bool
        Whether the training ended before its last epoch.

    Notes
    -----
    While a cell runs, Python does not read what a widget sends. Stop therefore interrupts the kernel, as the
    button in JupyterLab's toolbar does; the interrupt ends the training, not the cell. The network keeps the
    weights of the last finished batch. Where Python itself runs in the browser, nothing can interrupt it, and
    there is no button.
    """

    can_stop = traitlets.Bool(read_only=True).tag(sync=True)
    state = traitlets.Dict(read_only=True).tag(sync=True)

    def __init__(self, network, images, labels, rng, validation=None, seconds=None, **settings):
        """Wait for `run`."""
        self._network, self._data, self._rng = network, (images, labels), rng
        self._validation, self._seconds = validation, seconds
        self._settings = {"epochs": 10, "batch_size": 32, **settings}
        self._require_fitting()
        self._plan = Plan(len(images), self._settings["epochs"], len(validation[0]) if validation else 0)
        self._begin()
        super().__init__()
        self.set_trait("can_stop", CAN_STOP)
        self._tell("ready")

    def run(self):
        """Show the widget, train, and return the mean loss of each finished epoch."""
        self._begin()
        self._tell("measuring" if self._seconds else "training")
        shown = display(self, display_id=True) if InteractiveShell.initialized() else None
        phase = "failed"
        try:
            with interrupts_call(self._ask_to_stop):
                self._fit()
            phase = "done" if not self.stopped else "late" if self._is_late and not self._asked else "stopped"
        finally:
            self._tell(phase)
            if shown:
                shown.update(self)  # on a page where nothing runs, the picture now has the curves in it
        return list(self.losses)

    @property
    def stopped(self):
        """Whether the training ended before its last epoch."""
        return len(self.losses) < self._plan.epochs

    def _begin(self):
        self.losses, self.validation_losses, self.accuracies, self.batch_losses = [], [], [], []
        self._asked, self._is_late, self._limit = False, False, 0.0
        self._opened = self._began = self._told = clock()
        self._keep()

    def _keep(self):
        """Remember the weights of a finished batch."""
        self._kept = {name: array.copy() for name, array in self._network.parameters().items()}

    def _ask_to_stop(self):
        self._asked = True

    def _fit(self):
        """Train; whatever ends it early, the network has the weights of the last finished batch."""
        settings = {**self._settings, "watch": self._end_epoch, "watch_batch": self._end_batch}
        try:
            if self._seconds:
                self._plan = self._measured_plan()
                self._began = clock()
            self._tell("training")
            some = (part[: self._plan.images] for part in self._data)
            reference.fit(self._network, *some, self._rng, **settings | {"epochs": self._plan.epochs})
        except KeyboardInterrupt:
            self._network.set_parameters(self._kept)

    def _measured_plan(self):
        """As much training as fits the time, from the pace of a few batches; the weights stay."""
        try:
            step, look = self._pace()
        finally:
            self._network.set_parameters(self._kept)
        size, count = self._settings["batch_size"], len(self._data[0])
        held_out = len(self._validation[0]) if self._validation else 0
        return plan(self._seconds, step, look, size, self._settings["epochs"], count, held_out)

    def _pace(self):
        """Seconds for the step of one batch, and for the votes on one validation image."""
        size, seconds = self._settings["batch_size"], np.inf
        some = [part[:size] for part in self._data]
        settings = {**self._settings, "epochs": 1, "watch": None, "watch_batch": None}
        for _ in range(MEASURED):
            before = clock()
            reference.fit(self._network, *some, np.random.default_rng(0), **settings)
            seconds = min(seconds, clock() - before)
        if not self._validation:
            return seconds, 0.0
        some = [part[:size] for part in self._validation]
        before = clock()
        measure(self._network, *some)
        return seconds, (clock() - before) / len(some[0])

    def _end_batch(self, network, loss):
        """Remember, tell, wait; true if the training should end."""
        self.batch_losses.append(loss)
        self._keep()
        self._tell_now_and_then()
        self._wait()
        self._is_late = bool(self._seconds) and clock() - self._opened > self._seconds[1]
        watch = self._settings.get("watch_batch")
        ends_its_epoch = len(self.batch_losses) % self._in_an_epoch() == 0  # then there is a mean to keep
        return bool(watch and watch(network, loss)) or (self._should_end() and not ends_its_epoch)

    def _wait(self):
        """Until this share of the time is over that the training should take at least, or until Stop."""
        until = self._began + self._plan.least * self._share()
        if until - clock() > PAUSE:
            self._tell("training")
        while not self._asked and (left := until - clock()) > 0:
            sleep(min(left, BREATH))

    def _should_end(self):
        return self._asked or self._is_late

    def _end_epoch(self, epoch, network, loss):
        """Measure, remember, tell; true if the training should end."""
        self.losses.append(loss)
        if self._validation:
            seen = (part[: self._plan.validation] for part in self._validation)
            for measured, value in zip(
                (self.validation_losses, self.accuracies), measure(network, *seen), strict=True
            ):
                measured.append(value)
        self._tell_now_and_then()
        watch = self._settings.get("watch")
        return bool(watch and watch(epoch, network, loss)) or self._should_end()

    def _tell_now_and_then(self):
        if clock() - self._told > PAUSE:
            self._tell("training")

    def _tell(self, phase):
        """Send to the browser how things stand."""
        self._told = clock()
        filters = first_filters(self._network, self._data[0].shape[1:])
        if filters is not None:
            self._limit = max(self._limit, float(np.abs(filters).max()))
        state = {
            "phase": phase,
            "plan": self._plan.said,
            "epochs": self._plan.epochs,
            "seconds": [self._told - self._began, self._seconds_left()],
            "batches": [len(self.batch_losses), self._all_batches()],
            "share": self._share(),
            "batch_losses": plain(self._thinned()),
            "batches_in_a_point": self._in_a_point(),
            "losses": plain(self.losses),
            "validation_losses": plain(self.validation_losses),
            "accuracies": self.accuracies[-1:],
            "filters": [] if filters is None else np.round(filters.astype(float), 4).tolist(),
            "limit": self._limit,
        }
        self.set_trait("state", state)

    def _in_an_epoch(self):
        return -(-self._plan.images // self._settings["batch_size"])

    def _all_batches(self):
        return self._plan.epochs * self._in_an_epoch()

    def _in_a_point(self):
        """How many batches make one point of their line."""
        return max(1, -(-self._all_batches() // MOST_POINTS))

    def _thinned(self):
        """The means of so many batches each; a last group that is not complete is left out."""
        size = self._in_a_point()
        whole = len(self.batch_losses) // size * size
        with np.errstate(all="ignore"):
            return np.reshape(self.batch_losses[:whole], (-1, size)).mean(axis=1).tolist() if whole else []

    def _share(self):
        """How much of the training is done, from 0 to 1."""
        return len(self.batch_losses) / max(1, self._all_batches())

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
        step = self._in_a_point() / self._in_an_epoch()
        return training(self._plan.epochs, *measured, filters, batches=self._thinned(), batch_step=step)


def plan(seconds, step, look, size, epochs, count, validation):
    """How many images, epochs and validation images fit the time.

    Parameters
    ----------
    seconds : (float, float)
        About how long the training takes at least and at most.
    step, look : float
        Seconds for one batch, and for the votes on one validation image.
    size, epochs, count, validation : int
        Images in a batch; what is asked for.

    Returns
    -------
    Plan

    Examples
    --------
    A batch takes 0.2 s. So 10 epochs of all 3,000 images would take 188 s, and those of 672 images take 42 s:

    >>> plan((15, 60), 0.2, 0.0, 32, 10, 3000, 0).images
    672
    """
    least, most = seconds
    room = MARGIN * most
    looking = min(validation, max(100, int(0.2 * room / (epochs * look)))) if look else validation
    in_an_epoch = int((room / epochs - looking * look) / step) if step else count
    images = min(count, max(FEWEST, in_an_epoch * size))
    one_epoch = -(-images // size) * step + looking * look
    fitting = max(1, min(epochs, int(room / one_epoch))) if one_epoch else epochs
    total = fitting * one_epoch
    return Plan(images, fitting, looking, least, _said(step, size, images, count, fitting, total, least))


def _said(step, size, images, count, epochs, total, least):
    """The plan in words."""
    pace = f"{step:.1f} s" if step >= 0.1 else f"{1000 * step:.0f} ms" if step >= 0.001 else "less than 1 ms"
    some = f"all {count:,}" if images == count else f"{images:,} of the {count:,}"
    time = (
        f"about {max(1, round(total))} s" if total >= least else f"slowed down to {least:g} s, to be watched"
    )
    return (
        f"Measured first: a batch of {size} takes {pace} with these functions. So {some} images, "
        f"{epochs} epoch{'s' * (epochs != 1)}: {time}."
    )


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
    dtype = network.dtype()
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
