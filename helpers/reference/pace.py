"""Pace: how much of a long piece of work fits the time, on the machine that one has."""

import time


def as_many_as_fit(values, seconds, trial, trials=1):
    """The first values, as many as fit the time, and at least one.

    Parameters
    ----------
    values : iterable
        For each of them there is a piece of work to do, such as a training for each seed.
    seconds : float
        About how long all of it may take.
    trial : callable
        Part of the work for one value; it is done once, and timed.
    trials : float, default 1
        How many times as long the work for one value takes.

    Returns
    -------
    list

    Notes
    -----
    What counts is the processor's time: other programs make nothing smaller.

    Examples
    --------
    >>> as_many_as_fit(range(3), 60, lambda: sum(range(1000)))
    [0, 1, 2]
    >>> as_many_as_fit(range(3), 0, lambda: sum(range(1000)))
    [0]
    """
    values, started = list(values), time.process_time()
    trial()
    each = trials * (time.process_time() - started)
    fitting = int(seconds / each) if each else len(values)
    return values[: max(1, fitting)]
