"""Swarms: dots that would cover each other step aside, always in the same way."""

import numpy as np


def steps_aside(values, near, width, furthest):
    """For each value how far its dot steps aside, so that none covers another.

    Parameters
    ----------
    values : ndarray of shape (count,)
    near : float
        Dots whose values differ by less than this would overlap.
    width, furthest : float
        How far from one dot to the next, and from the middle to the last. Where there is not enough room
        for all, they move closer together.

    Returns
    -------
    ndarray of shape (count,)
        Equal dots stand around 0.

    Examples
    --------
    >>> values = np.array([0.5, 0.9, 0.5, 0.5])
    >>> steps_aside(values, 0.1, width=2, furthest=5).tolist()
    [-2.0, 0.0, 0.0, 2.0]
    >>> steps_aside(values, 0.1, width=2, furthest=1).tolist()
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
    steps *= width
    return steps * (furthest / max(np.abs(steps).max(), furthest))
