"""Swarms: dots that would cover each other step aside, always in the same way."""

import numpy as np


def steps_aside(values, near):
    """For each value how many dots' widths its dot steps aside, so that none covers another.

    Parameters
    ----------
    values : ndarray of shape (count,)
    near : float
        Dots whose values differ by less than this would overlap.

    Returns
    -------
    ndarray of shape (count,)
        Equal dots stand around 0.

    Examples
    --------
    >>> steps_aside(np.array([0.5, 0.9, 0.5, 0.5]), 0.1).tolist()
    [-1.0, 0.0, 0.0, 1.0]
    """
    steps = np.zeros(len(values))
    order = np.argsort(values, kind="stable")
    groups = np.split(order, np.flatnonzero(np.diff(np.asarray(values)[order]) >= near) + 1)
    for group in groups:
        lanes = []  # the last value of each lane
        taken = []
        for place in group:
            free = [lane for lane, last in enumerate(lanes) if values[place] - last >= near]
            lane = free[0] if free else len(lanes)
            lanes[lane : lane + 1] = [values[place]]
            taken.append(lane)
        steps[group] = np.array(taken) - (len(lanes) - 1) / 2
    return steps
