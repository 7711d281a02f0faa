"""Answers to spectrogram."""

import numpy as np

from tests.bank import right, wrong


@right
def counted(signal, window, hop):
    out = []
    t = 0
    while t * hop + window <= len(signal):
        z = np.fft.rfft(np.hanning(window) * signal[t * hop : t * hop + window])
        out.append(np.sqrt(z.real**2 + z.imag**2))
        t += 1
    return np.array(out).T


@right
def all_at_once(signal, window, hop):
    pieces = np.lib.stride_tricks.sliding_window_view(signal, window)[::hop]
    return np.abs(np.fft.rfft(pieces * np.hanning(window), axis=1)).transpose()


@right
def half_of_the_fft(signal, window, hop):
    rows = []
    for i in range((len(signal) - window) // hop + 1):
        rows.append(np.abs(np.fft.fft(signal[i * hop : i * hop + window] * np.hanning(window))))
    return np.transpose(rows)[: window // 2 + 1]


@wrong("not_faded")
def sharp_ends(signal, window, hop):
    pieces = [signal[s : s + window] for s in range(0, len(signal) - window + 1, hop)]
    return np.abs(np.fft.rfft(pieces)).T


@wrong("frames_as_rows")
def rows(signal, window, hop):
    pieces = np.array([signal[s : s + window] for s in range(0, len(signal) - window + 1, hop)])
    return np.abs(np.fft.rfft(pieces * np.hanning(window)))


@wrong("last_start_forgotten")
def one_short(signal, window, hop):
    out = []
    for s in range(0, len(signal) - window, hop):
        out.append(np.abs(np.fft.rfft(np.hanning(window) * signal[s : s + window])))
    return np.array(out).T


@wrong("one_sample_apart")
def hop_in_the_count_only(signal, window, hop):
    frames = (len(signal) - window) // hop + 1
    out = np.zeros((window // 2 + 1, frames))
    for t in range(frames):
        out[:, t] = np.abs(np.fft.rfft(signal[t : t + window] * np.hanning(window)))
    return out


@wrong("squared")
def power(signal, window, hop):
    pieces = np.lib.stride_tricks.sliding_window_view(signal, window)[::hop]
    z = np.fft.rfft(pieces * np.hanning(window)).T
    return z.real**2 + z.imag**2


@wrong("both_halves")
def whole_fft(signal, window, hop):
    pieces = np.lib.stride_tricks.sliding_window_view(signal, window)[::hop]
    return np.abs(np.fft.fft(pieces * np.hanning(window))).T


@wrong("complex_numbers")
def no_size(signal, window, hop):
    pieces = np.lib.stride_tricks.sliding_window_view(signal, window)[::hop]
    return np.fft.rfft(pieces * np.hanning(window)).T


@wrong("runs_over_the_end")
def over_the_end(signal, window, hop):
    out = []
    for s in range(0, len(signal), hop):
        out.append(np.abs(np.fft.rfft(signal[s : s + window] * np.hanning(window))))
    return np.array(out).T


@wrong("end_to_end")
def by_windows(signal, window, hop):
    count = len(signal) // window
    pieces = signal[: count * window].reshape(count, window) * np.hanning(window)
    return np.abs(np.fft.rfft(pieces)).T


@wrong("hamming_window")
def the_other_name(signal, window, hop):
    pieces = np.lib.stride_tricks.sliding_window_view(signal, window)[::hop]
    return np.abs(np.fft.rfft(pieces * np.hamming(window))).T


@wrong("decibels", says="decibels")
def in_decibels(signal, window, hop):
    starts = range(0, len(signal) - window + 1, hop)
    frames = np.array([signal[s : s + window] * np.hanning(window) for s in starts])
    return 20 * np.log10(np.abs(np.fft.rfft(frames, axis=1)).T + 1e-10)


@wrong("hop_as_overlap", says="two pieces share")
def overlap_for_hop(signal, window, hop):
    starts = np.arange(0, len(signal) - window + 1, window - hop)
    return np.array([abs(np.fft.rfft(signal[s : s + window] * np.hanning(window))) for s in starts]).T


@wrong("logarithm")
def log1p(signal, window, hop):
    out = [
        np.abs(np.fft.rfft(signal[s : s + window] * np.hanning(window)))
        for s in range(0, len(signal) - window + 1, hop)
    ]
    return np.log1p(np.array(out).T)


@wrong("hop_of_half_a_window")
def always_half_a_window(signal, window, hop):
    hop = window // 2
    return np.array(
        [
            np.abs(np.fft.rfft(signal[s : s + window] * np.hanning(window)))
            for s in range(0, len(signal) - window + 1, hop)
        ]
    ).T


@wrong("blackman_window")
def faded_faster(signal, window, hop):
    pieces = np.lib.stride_tricks.sliding_window_view(signal, window)[::hop]
    return np.abs(np.fft.rfft(pieces * np.blackman(window))).T
