"""Trainings that copies of a process would repeat: each is done once, and what came of it kept in a file."""

import functools
import hashlib
import io
import os
import pickle
from types import FunctionType

import numpy as np

from helpers import reference
from helpers.reference import knobs, rivals
from helpers.reference.training import fit

WHERE_FIT_IS = reference, knobs, rivals

_KNOWN = ("helpers", "numpy", "builtins", "types")


class _OfTheCourse(pickle.Pickler):
    """Writes nothing that holds a function of anybody's but the course: two of one name may differ."""

    def reducer_override(self, value):
        """Refuse a function or a class from elsewhere."""
        if isinstance(value, FunctionType | type) and value.__module__.split(".")[0] not in _KNOWN:
            raise pickle.PicklingError(f"{value.__module__}.{value.__qualname__} is not the course's own")
        return NotImplemented


def do_each_once(folder):
    """Have `fit` recall from a new folder what came of the same training, in this process and its copies."""
    folder.mkdir()

    @functools.wraps(fit)  # a widget reads its signature
    def fit_or_recall(network, *arguments, **settings):
        try:
            given = _written((network, arguments, settings))
        except Exception:  # what cannot be written, as a widget that watches, cannot be recalled
            return fit(network, *arguments, **settings)
        file = folder / hashlib.sha256(given).hexdigest()
        if not file.is_file():
            losses = fit(network, *arguments, **settings)
            _keep(file, [losses, [vars(layer) for layer in network.layers], arguments, settings])
            return losses
        losses, layers, *after = pickle.loads(file.read_bytes())
        for layer, its in zip(network.layers, layers, strict=True):
            _put_back(vars(layer), its)
        _put_back(dict(enumerate(arguments)), dict(enumerate(after[0])))
        _put_back(settings, after[1])
        return losses

    for module in WHERE_FIT_IS:
        module.fit = fit_or_recall


def _written(value):
    """A value as bytes."""
    stream = io.BytesIO()
    _OfTheCourse(stream, protocol=pickle.HIGHEST_PROTOCOL).dump(value)
    return stream.getvalue()


def _keep(file, value):
    """Write a file at once, so that it is never read half."""
    unfinished = file.with_suffix(f".{os.getpid()}")
    unfinished.write_bytes(_written(value))
    unfinished.rename(file)


def _put_back(values, after):
    """Make values what they were after a training; a generator stays, and goes on from where it was then."""
    for name, value in after.items():
        if isinstance(value, np.random.Generator):
            values[name].bit_generator.state = value.bit_generator.state
        else:
            values[name] = value
