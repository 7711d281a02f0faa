"""The picture of a sound: how strongly each frequency sounds in each piece."""

import numpy as np

from helpers import data, reference
from helpers.exercises import common
from helpers.exercises.model import Case, Exercise


def wave(samples, swings):
    """A wave that swings `swings` times within `samples` samples."""
    return np.sin(2 * np.pi * swings * np.arange(samples) / samples)


def cases(rng):
    """One piece, pieces that overlap, a rest, gaps, constant and whole numbers, whistles, then random signals."""
    yield Case((np.array([1.0, 0.0, -1.0, 0.0]), 4, 1), "four samples, one piece")
    yield Case((np.array([1.0, 0.0, -1.0, 0.5, 4.0, 2.0]), 4, 2), "six samples, two pieces that overlap")
    yield Case((np.array([0.0, 2.0, 1.0, -1.0, 3.0]), 4, 1), "a hop of one sample")
    yield Case((np.array([2.0, 5.0, 1.0, -3.0, 4.0, 6.0, 0.5, 8.0]), 4, 3), "a last piece that is not whole")
    odd = np.array([2.0, 5.0, 1.0, -3.0, 4.0, 6.0, 0.5, 8.0, 3.0, 7.0])
    yield Case((odd, 3, 5), "a hop longer than the window, and a window of 3")
    yield Case((np.array([2, 5, 1, -3, 4, 6, 0]), 5, 2), "whole numbers, and a window of 5")
    yield Case((np.full(12, 2.0), 6, 2), "a constant signal")
    yield Case((np.arange(11.0) ** 2, 4, 3), "eleven samples, and a last piece that is not whole")
    yield Case((np.arange(13.0) - 4, 3, 5), "thirteen samples, window 3, hop 5")
    yield Case((wave(24, 3), 8, 4), "a wave that swings once in each piece")
    yield Case((np.concatenate([wave(20, 2), np.zeros(10)]), 10, 5), "a wave, then silence")
    yield Case((data.whistle((900, 1500, 2100))[1200:2400], 128, 64), "part of a rising whistle")
    yield Case((rng.integers(-9, 10, 17), 6, 3), "random whole numbers")
    for samples, window, hop in [(20, 5, 2), (23, 8, 8), (9, 9, 4), (40, 16, 3)]:
        about = f"random: {samples} samples, window {window}, hop {hop}"
        yield Case((rng.uniform(-1, 1, samples), window, hop), about)
    yield Case((rng.uniform(-1, 1, 21).astype(np.float32), 6, 4), "random samples of type float32")


exercise = Exercise(
    reference.spectrogram,
    cases,
    minutes=10,
    hints=(
        "First one piece: cut `window` samples out of the signal, fade them with `np.hanning(window)`, and ask "
        "`np.fft.rfft` for its waves. `np.abs` of what comes back says how strong each wave is.",
        "Piece t begins at sample `t * hop`. The number of whole pieces is a question of lesson 03: a kernel of "
        "`window` samples that moves by `hop`. `reference.output_size` answers it.",
        "Each piece makes one column. `np.stack(list_of_columns, axis=1)` sets arrays side by side.",
        "By hand: the piece (1, 0, -1, 0) fades to (0, 0, -0.75, 0). Whatever the wave, only one product is left, and "
        "its size is 0.75: the column is (0.75, 0.75, 0.75).",
    ),
)


@exercise.model
def spectrogram(signal, window, hop):
    columns = []
    for start in range(0, len(signal) - window + 1, hop):
        piece = signal[start : start + window] * np.hanning(window)
        columns.append(np.abs(np.fft.rfft(piece)))
    return np.stack(columns, axis=1)


@exercise.alternative
def filled_column_by_column(signal, window, hop):
    """The picture is made first and filled: good when you know its size."""
    frames = (len(signal) - window) // hop + 1
    picture = np.zeros((window // 2 + 1, frames))
    for frame in range(frames):
        picture[:, frame] = abs(np.fft.fft(np.hanning(window) * signal[frame * hop :][:window]))[
            : window // 2 + 1
        ]
    return picture


@exercise.alternative
def matches_with_waves(signal, window, hop):
    """Matches each piece with waves, as filters do: shows what the transform computes."""
    sample = np.arange(window)
    angles = 2 * np.pi * np.outer(np.arange(window // 2 + 1), sample) / window
    starts = np.arange(0, len(signal) - window + 1, hop)
    pieces = signal[starts + sample[:, None]] * np.hanning(window)[:, None]  # (window, frames)
    return np.hypot(np.cos(angles) @ pieces, np.sin(angles) @ pieces)


START, STARTS = "    columns = []", "range(0, len(signal) - window + 1, hop)"
CUT, FADED = "signal[start : start + window]", "signal[start : start + window] * np.hanning(window)"
COLUMN, STACKED = "np.abs(np.fft.rfft(piece))", "np.stack(columns, axis=1)"

# -- fading --------------------------------------------------------------------------------------------------

exercise.slip(
    FADED,
    CUT,
    name="not_faded",
    when="the pieces are not faded in and out",
    hint="Multiply each piece by `np.hanning(window)` before you ask for its waves: otherwise its cut ends sound at all "
    "frequencies.",
)
exercise.slip(
    (START, f"    signal = signal * np.hanning(len(signal))\n{START}"),
    (FADED, CUT),
    name="whole_signal_faded",
    when="the whole signal is faded in and out, and not each piece",
    hint="Every piece is faded by itself: first cut it out, then multiply by `np.hanning(window)`.",
)
exercise.slip(
    "np.hanning",
    "np.hamming",
    name="hamming_window",
    when="the pieces are faded with `np.hamming`",
    hint="The two names look alike. `np.hanning` goes down to 0 at both ends; `np.hamming` stays a little above.",
)
exercise.slip(
    "np.hanning(window)",
    "np.hanning(window + 1)[:-1]",
    name="periodic_window",
    when="the fading begins again one sample after the piece, so that its last sample is not faded to 0",
    hint="Use `np.hanning(window)` as it is: as long as the piece, and 0 at both ends.",
)
exercise.slip(
    "np.hanning(window)",
    "np.hanning(window + 2)[1:-1]",
    name="window_without_zeros",
    when="the zeros at both ends of the fading are left out",
    hint="Use `np.hanning(window)` as it is: as long as the piece, and 0 at both ends.",
)
exercise.slip(
    (FADED, CUT),
    (COLUMN, "np.abs(np.fft.rfft(piece))[: window // 2 + 1] * np.hanning(window // 2 + 1)"),
    name="strengths_faded",
    when="the strengths of the waves are faded, and not the samples of the piece",
    hint="The order matters: first multiply the piece by `np.hanning(window)`, then ask for its waves.",
)
exercise.slip(
    FADED,
    f"{CUT}\n        piece *= np.hanning(window)",
    name="fades_the_signal",
    when="the fading is multiplied into the signal itself",
    hint="`piece *= ...` changes the signal, because a slice is a view of it. Write `piece = piece * ...`.",
)

# -- where the pieces begin ----------------------------------------------------------------------------------

exercise.slip(
    "+ 1, hop)",
    "+ 1, window)",
    name="end_to_end",
    when="the pieces are laid end to end: each begins where the one before ends",
    hint="Pieces begin `hop` samples apart, so that they may overlap: piece t begins at sample `t * hop`.",
)
exercise.slip(
    "+ 1, hop)",
    "+ 1)",
    name="every_sample",
    when="a piece begins at every sample",
    hint="Pieces begin `hop` samples apart: at 0, hop, 2 hop, ...",
)
exercise.slip(
    STARTS,
    "range((len(signal) - window) // hop + 1)",
    name="one_sample_apart",
    when="there are as many columns as there should be, but their pieces begin one sample apart",
    hint="Column t belongs to the piece that begins at sample `t * hop`, not at sample t.",
)
exercise.slip(
    START,
    f"    window, hop = hop, window\n{START}",
    name="window_and_hop_swapped",
    when="window and hop are swapped",
    hint="A piece is `window` samples long; the next one begins `hop` samples later.",
)
exercise.slip(
    STARTS,
    "range(0, (len(signal) - window) // hop + 1, hop)",
    name="hop_twice",
    when="the hop is applied twice: the number of pieces is divided by it, and then every hop-th is taken",
    hint="Once is enough. Either count the pieces with `//` and begin piece t at `t * hop`, or loop over the starts, "
    "which end at `len(signal) - window`.",
)
exercise.slip(
    CUT,
    "signal[:window]",
    name="first_piece_everywhere",
    when="all columns show the first piece",
    hint="Each piece begins at its own sample: the slice has to begin at `start`.",
)

# -- how many pieces there are -------------------------------------------------------------------------------

exercise.slip(
    STACKED,
    f"{STACKED}[:, :-1]",
    name="last_piece_missing",
    when="the last piece is missing",
    hint="The formula of lesson 03 has a + 1 at its end: the piece at the very beginning counts as well.",
)
exercise.slip(
    "window + 1, hop",
    "window, hop",
    name="last_start_forgotten",
    when="a piece that ends exactly with the signal is left out",
    hint="`range` stops one short of its end. The last piece may begin at sample len(signal) - window, so the range "
    "ends one after that.",
)


@exercise.form("last_start_forgotten")
def last_start_forgotten_in_an_array(signal, window, hop):
    columns = []
    for start in range(0, len(signal) - window, hop):
        columns.append(np.abs(np.fft.rfft(signal[start : start + window] * np.hanning(window))))
    return np.array(columns).T


exercise.slip(
    STARTS,
    "range(0, len(signal), hop)",
    name="runs_over_the_end",
    when="a piece begins at every multiple of the hop, whether it fits or not",
    hint="Only whole pieces count: the last one begins at `len(signal) - window` at the latest.",
)
exercise.slip(
    START,
    f"    signal = np.append(signal, np.zeros(window - 1))\n{START}",
    name="filled_up_with_zeros",
    when="a piece that is cut off by the end of the signal is filled up with zeros and counted",
    hint="Only whole pieces count: the last one begins at `len(signal) - window` at the latest.",
)
exercise.slip(
    START,
    f"    signal = np.pad(signal, window // 2)\n{START}",
    name="padded_at_both_ends",
    when="the signal is padded at both ends, so that the first piece has its middle at sample 0",
    hint="No padding here: the first piece begins at sample 0.",
)

# -- the waves -----------------------------------------------------------------------------------------------

exercise.slip(
    STARTS,
    "range(0, len(signal) - window + 1, window - hop)",
    name="hop_as_overlap",
    when="`hop` is taken for the number of samples that two pieces share",
    hint="`hop` is the way from the beginning of one piece to the beginning of the next. Some programs ask for the overlap, "
    "`window - hop`, instead.",
)
exercise.slip(
    COLUMN,
    f"{COLUMN} ** 2",
    name="squared",
    when="the strengths are squared",
    hint="That is the power. Here the value is the size itself: `np.abs`, and nothing more.",
)
exercise.slip(
    COLUMN,
    "np.fft.rfft(piece).real",
    name="real_part",
    when="only the real part is kept",
    hint="A complex number has two parts, for the two kinds of waves that begin high and that begin at zero. Its size, "
    "`np.abs`, needs both.",
)
exercise.slip(
    COLUMN,
    "np.abs(np.fft.rfft(piece).real)",
    name="size_of_the_real_part",
    when="the size of the real part is taken",
    hint="A complex number has two parts. Take its size, `np.abs`, at once, without `.real`.",
)
exercise.slip(
    COLUMN,
    "np.fft.rfft(piece)",
    name="complex_numbers",
    when="complex numbers are returned",
    hint="`np.fft.rfft` gives complex numbers. `np.abs` of them says how strong each wave is.",
)
exercise.slip(
    "np.abs",
    "np.angle",
    name="angles_of_waves",
    when="the angle of the waves is taken instead of their strength",
    hint="`np.angle` says when a wave begins, `np.abs` how strong it is.",
)
exercise.slip(
    "np.fft.rfft",
    "np.fft.fft",
    name="both_halves",
    when="`np.fft.fft` is taken, whose second half repeats the first one backwards",
    hint="For samples that are real numbers `np.fft.rfft` gives each frequency once.",
)
exercise.slip(
    COLUMN,
    f"np.log1p({COLUMN})",
    name="logarithm",
    when="the logarithm is taken",
    hint="Ears and eyes like the logarithm; it comes later. Here return the strengths themselves.",
)
exercise.slip(
    COLUMN,
    f"20 * np.log10({COLUMN} + {{}})",
    values=("1e-10", "1e-12", "1e-6", "1e-8"),
    name="decibels",
    when="the strengths are turned into decibels, after {} was added",
    hint="Decibels are for showing. Here return the strengths themselves.",
)
exercise.slip(
    COLUMN,
    f"{COLUMN} * 2 / np.hanning(window).sum()",
    name="heights_of_waves",
    when="the strengths are turned into heights of waves: times 2, divided by the sum of the fading",
    hint="`np.fft.rfft` adds products and divides by nothing, like a convolution. Leave it at that.",
)
exercise.slip(
    COLUMN,
    f"{COLUMN} / window",
    name="divided_by_window",
    when="the strengths are divided by the number of samples in a piece",
    hint="`np.fft.rfft` adds products and divides by nothing, like a convolution. Leave it at that.",
)
exercise.slip(
    COLUMN,
    f"{COLUMN} / np.hanning(window).sum()",
    name="divided_by_the_fading",
    when="the strengths are divided by the sum of the fading",
    hint="`np.fft.rfft` adds products and divides by nothing, like a convolution. Leave it at that.",
)
exercise.slip(
    CUT,
    "(signal[start : start + window] - signal[start : start + window].mean())",
    name="mean_taken_away",
    when="the mean of each piece is taken away first",
    hint="Leave the samples as they are; row 0 shows their sum.",
)

# -- rows and columns ----------------------------------------------------------------------------------------

exercise.slip(
    "axis=1",
    "axis=0",
    name="frames_as_rows",
    when="frames are rows and frequencies are columns",
    hint="Each piece makes a column: frequencies go down, time goes across. Transpose the result.",
)
exercise.slip(
    STACKED,
    f"{STACKED}[::-1]",
    name="highest_first",
    when="the highest frequency comes first",
    hint="Row 0 is the lowest frequency, as `np.fft.rfft` gives it. Turn the picture only to show it.",
)
exercise.slip(
    STACKED,
    f"{STACKED}[1:]",
    name="without_row_zero",
    when="the lowest row is left out, the one of the wave that does not swing",
    hint="Keep all rows of `np.fft.rfft`: row 0 is the sum of the faded piece.",
)
exercise.slip(
    STACKED,
    f"{STACKED}[: window // 2]",
    name="without_the_last_row",
    when="the highest row is left out: there are window // 2 rows",
    hint="`np.fft.rfft` gives window // 2 + 1 rows, from 0 swings to window // 2. Keep them all.",
)
exercise.slip(
    STACKED,
    "np.concatenate(columns)",
    name="end_to_end_columns",
    when="the columns are joined end to end into one long row",
    hint="`np.concatenate` joins along an axis that is there. `np.stack` with `axis=1` puts columns side by side.",
)


@exercise.mistake(
    when="the waves are asked for along the wrong axis, across the pieces",
    hint="Each piece has its own waves. `np.fft.rfft(pieces)` goes along the last axis: keep one piece in each row, and "
    "transpose at the end.",
)
def across_the_pieces(signal, window, hop):
    starts = range(0, len(signal) - window + 1, hop)
    pieces = np.array([signal[start : start + window] for start in starts]) * np.hanning(window)
    return np.abs(np.fft.rfft(pieces.T))


# -- what is returned ----------------------------------------------------------------------------------------

exercise.slip(f"    return {STACKED}", f"        return {STACKED}", **common.IN_THE_LOOP)
exercise.slip(
    STACKED,
    "columns[0]",
    name="first_piece_only",
    when="only the first piece is looked at",
    hint="A `return` inside the loop ends it after the first piece. Collect the columns, and return after the loop.",
)
exercise.slip(
    STACKED,
    f"{STACKED}.mean(axis=1)",
    name="mean_spectrum",
    when="all pieces together make one spectrum, their mean",
    hint="Each piece keeps its own column; that is what shows when something sounds.",
)
exercise.slip(
    STACKED,
    "columns",
    name="list_of_columns",
    when="a list of columns is returned",
    hint="`np.stack` makes one array of them; `axis=1` puts them side by side.",
)

exercise.slip(
    START,
    f"    hop = max(1, window // 2)\n{START}",
    name="hop_of_half_a_window",
    when="each piece begins half a window after the one before, whatever `hop` says",
    hint="How far apart the pieces begin is the caller's choice: `hop`.",
)

exercise.slip(
    "np.hanning(window)",
    "np.blackman(window)",
    name="blackman_window",
    when="the pieces are faded with `np.blackman`",
    hint="There are several ways to fade. Use `np.hanning`.",
)

# -- variants ------------------------------------------------------------------------------------------------

BY_HAND = (
    "By hand: the piece (1, 0, -1, 0) fades to (0, 0, -0.75, 0). Whatever the wave, only one product is left, and "
    "its size is 0.75: the column is (0.75, 0.75, 0.75)."
)
ZERO_AT_THE_ENDS = ", and 0 at both ends."

exercise.can_be("hanning_window", when="the pieces are faded with `np.hanning`")
for _window, _by_hand in (
    ("bartlett", BY_HAND.replace("0.75", "0.67")),
    ("blackman", BY_HAND.replace("0.75", "0.63")),
    (
        "hamming",
        "By hand: the piece (1, 0, -1, 0) fades to (0.08, 0, -0.77, 0). Its sum has the size 0.69; the wave that swings "
        "once gives 0.85, the one that swings twice 0.69: the column is (0.69, 0.85, 0.69).",
    ),
):
    exercise.can_be(
        f"{_window}_window",
        when=f"the pieces are faded with `np.{_window}`",
        asked=(
            ("it is multiplied by `np.hanning(window)`", f"it is multiplied by `np.{_window}(window)`"),
            ("np.hanning(4)", f"np.{_window}(4)"),
        ),
        edits=(("np.hanning", f"np.{_window}"),),
        said=(
            (BY_HAND, _by_hand),
            *(
                (
                    (
                        "so that its last sample is not faded to 0",
                        "so that its last sample is faded less than its first",
                    ),
                    (ZERO_AT_THE_ENDS, "."),
                )
                if _window == "hamming"
                else ()
            ),
            ("np.hanning", f"np.{_window}"),
        ),
        without=("window_without_zeros",) if _window == "hamming" else (),
        gone=("np.hanning",),
        aside=True,
    )


@exercise.example_from
def example(rng):
    """Six samples, two pieces."""
    return (f"spectrogram(np.array({rng.choice([-2.0, -1.0, 1.0, 2.0, 3.0], 6).tolist()}), 4, 2).round(3)",)
