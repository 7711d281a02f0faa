"""Solids: screws, right-handed and left-handed, as blocks of voxels (pixels in a volume)."""

import numpy as np

from helpers.data.letters import _require_count, _require_generator, _require_noise

SCREWS = ("right", "left")  # a screw's place in this tuple is its label in sample_screws
_SIZE = 9
_RADIUS = 2.5  # of the screw's path, in voxels
_THICKNESS = 1.1  # of the thread: a voxel nearer to the path than this is white


def draw_screw(hand, start=0.0, turn=45.0, shift=(0.0, 0.0), noise=0.0, rng=None):
    """A screw's thread: in every slice one spot, which goes round as the slices go by.

    Parameters
    ----------
    hand : {"right", "left"}
        Whether the spot goes round clockwise, seen with the first slice in front and the others behind it.
    start : float
        Where it is in the first slice: degrees clockwise from the right.
    turn : float
        Degrees from one slice to the next.
    shift : tuple of float
        Voxels down, voxels to the right; the same in all slices.
    noise : float
        Standard deviation of the normal noise added to each voxel; the result is clipped to [-1, 1].
    rng : numpy.random.Generator, optional
        Where the noise comes from; needed only if there is some.

    Returns
    -------
    ndarray of shape (9, 9, 9)
        Slice, row, column; +1 is white, the thread.

    Raises
    ------
    ValueError
        If the hand is neither "right" nor "left", or a parameter is out of its range.

    Notes
    -----
    A screw whose spot goes round clockwise while it moves away from you is one that you drive in by turning
    it clockwise: a right-handed one.

    Examples
    --------
    The spot is on the right in the first slice; a quarter of a turn later it is below, or above:

    >>> for hand in SCREWS:
    ...     screw = draw_screw(hand, turn=90)
    ...     print([(bool(part[6, 4] > 0), bool(part[2, 4] > 0)) for part in screw[:2]])
    [(False, False), (True, False)]
    [(False, False), (False, True)]
    """
    if hand not in SCREWS:
        raise ValueError(f'a screw is "right" or "left", not {hand!r}')
    _require_noise(noise, rng)
    direction = 1 if hand == "right" else -1
    angle = np.radians(start + direction * turn * np.arange(_SIZE))[:, np.newaxis, np.newaxis]
    rows, columns = np.mgrid[:_SIZE, :_SIZE] - np.reshape(shift, (2, 1, 1)) - (_SIZE - 1) / 2
    distance = np.hypot(rows - _RADIUS * np.sin(angle), columns - _RADIUS * np.cos(angle))
    solid = np.where(distance < _THICKNESS, 1.0, -1.0)  # (slices, rows, columns)
    return np.clip(solid + rng.normal(0, noise, solid.shape), -1, 1) if noise else solid


def sample_screws(count, rng, shift=0.0, noise=0.0):
    """Screws that begin at any angle, half of them right-handed, in random order, and their labels.

    Parameters
    ----------
    count : int
        How many; if it is odd, one more is right-handed.
    rng : numpy.random.Generator
    shift : float
        Largest shift in voxels; down and right are drawn uniformly from [-shift, shift].
    noise : float
        Standard deviation of each voxel's noise.

    Returns
    -------
    solids : ndarray of shape (count, 9, 9, 9)
        Slice, row, column; values in [-1, 1].
    labels : ndarray of shape (count,)
        0 for a right-handed screw, 1 for a left-handed one: the places in `SCREWS`.

    Notes
    -----
    The turn from slice to slice is 45 degrees, so that a screw and its mirror image pass through the same
    places, in another order: no single slice tells them apart, nor does any sum of slices.

    Examples
    --------
    >>> solids, labels = sample_screws(2, np.random.default_rng(0))
    >>> solids.shape, sorted(labels.tolist())
    ((2, 9, 9, 9), [0, 1])
    """
    _require_count(count)
    _require_generator(rng)
    labels = rng.permutation(np.arange(count) % len(SCREWS))
    solids = np.empty((count, _SIZE, _SIZE, _SIZE))
    for solid, label in zip(solids, labels, strict=True):
        start, place = rng.uniform(0, 360), rng.uniform(-shift, shift, 2)
        solid[:] = draw_screw(SCREWS[label], start, shift=place, noise=noise, rng=rng)
    return solids, labels
