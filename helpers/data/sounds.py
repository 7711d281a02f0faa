"""Sounds: whistles as birds might make them, whose pitch rises, falls, or turns in the middle."""

import numpy as np

SAMPLE_RATE = 8000  # samples per second
SAMPLES = 4224  # a little more than half a second: pieces of 128 that begin 64 apart make 65 frames
WHISTLES = {"rising": (-1, 0, 1), "falling": (1, 0, -1), "hill": (-1, 1, -1), "valley": (1, -1, 1)}

_LOWEST, _HIGHEST = 900, 2600  # middle of the pitch, in Hz
_REACH = 250, 500  # how far the pitch goes up and down from its middle
_DURATION = 0.2, 0.35  # seconds


def whistle(pitches, start=0.12, duration=0.28, noise=0.0, rng=None):
    """One whistle in a little more than half a second of sound.

    Parameters
    ----------
    pitches : (float, float, float)
        In hertz (Hz), at the beginning, in the middle and at the end; changing evenly in between.
    start, duration : float
        In seconds; the whistle must end within 0.528 seconds.
    noise : float
        How loud the background noise is; the whistle itself reaches from -1 to 1 at its loudest.
    rng : numpy.random.Generator, optional
        Needed for noise.

    Returns
    -------
    ndarray of shape (4224,)
        8000 samples per second.

    Raises
    ------
    ValueError
        If the whistle does not fit in the time, a pitch is too high for 8000 samples a second, or there is
        noise without a generator.

    Examples
    --------
    >>> signal = whistle((1000, 1500, 2000))
    >>> signal.shape, bool(np.abs(signal).max() <= 1)
    ((4224,), True)
    """
    length, first = round(duration * SAMPLE_RATE), round(start * SAMPLE_RATE)
    _require_room(length, first)
    _require_pitches(pitches)
    share = np.arange(length) / length
    pitch = np.interp(share, [0, 0.5, 1], pitches)
    signal = np.zeros(SAMPLES)
    signal[first : first + length] = np.sin(2 * np.pi * np.cumsum(pitch) / SAMPLE_RATE) * np.hanning(length)
    if noise and rng is None:
        raise ValueError("noise is random: pass a generator, rng=np.random.default_rng(0)")
    return signal + noise * rng.standard_normal(SAMPLES) if noise else signal


def sample_whistles(count, rng, noise=0.3):
    """Whistles of all four kinds, at any time and any pitch.

    Parameters
    ----------
    count : int
    rng : numpy.random.Generator
    noise : float
        As for `whistle`.

    Returns
    -------
    signals : ndarray of shape (count, 4224)
    kinds : ndarray of int, of shape (count,)
        The place of each one's kind in `WHISTLES`: 0 rising, 1 falling, 2 hill, 3 valley.
    pitches : ndarray of shape (count,)
        The middle of each one's pitch, from 900 to 2600.

    Examples
    --------
    >>> signals, kinds, pitches = sample_whistles(2, np.random.default_rng(0))
    >>> signals.shape, kinds.shape, pitches.shape
    ((2, 4224), (2,), (2,))
    """
    kinds, middles = rng.integers(0, len(WHISTLES), count), rng.uniform(_LOWEST, _HIGHEST, count)
    course = np.array(list(WHISTLES.values()))[kinds] * rng.uniform(*_REACH, count)[:, None]
    durations = rng.uniform(*_DURATION, count)
    starts = rng.uniform(0, SAMPLES / SAMPLE_RATE - durations)
    signals = np.zeros((count, SAMPLES))
    for signal, pitches, *times in zip(signals, middles[:, None] + course, starts, durations, strict=True):
        signal[:] = whistle(pitches, *times, noise, rng)
    return signals, kinds, middles


def _require_room(length, first):
    if length < 2 or first < 0 or first + length > SAMPLES:
        raise ValueError(f"the whistle must begin and end within {SAMPLES / SAMPLE_RATE} seconds")


def _require_pitches(pitches):
    if np.shape(pitches) != (3,) or not all(0 < pitch < SAMPLE_RATE / 2 for pitch in pitches):
        raise ValueError(f"a whistle has three pitches between 0 and {SAMPLE_RATE // 2}, not {pitches!r}")
