"""What lesson 12 asks: spectrogram, encode_text, conv1d, shuffle_columns."""

import numpy as np

from helpers import data, reference
from helpers.exercises.model import Case, Exercise


def _wave(samples, swings):
    """A wave that swings so many times in so many samples, and not again after them."""
    return np.sin(2 * np.pi * swings * np.arange(samples) / samples)


def _sound_cases(rng):
    yield Case((np.array([1.0, 0.0, -1.0, 0.0]), 4, 1), "four samples, one piece")
    yield Case((np.array([1.0, 0.0, -1.0, 0.0, 1.0, 0.0]), 4, 2), "six samples, two pieces that overlap")
    yield Case((np.array([0.0, 2.0, 1.0, -1.0, 3.0]), 4, 1), "a hop of one sample")
    yield Case((np.arange(11.0) ** 2, 4, 3), "a last piece that is not whole")
    yield Case((np.arange(13.0) - 4, 3, 5), "a hop longer than the window, and a window of 3")
    yield Case((np.full(12, 2.0), 6, 2), "a signal that stands still")
    yield Case((_wave(24, 3), 8, 4), "a wave that swings once in each piece")
    yield Case((np.concatenate([_wave(20, 2), np.zeros(10)]), 10, 5), "a wave, then silence")
    yield Case((data.whistle((900, 1500, 2100))[1200:2400], 128, 64), "part of a rising whistle")
    yield Case((rng.integers(-9, 10, 17), 6, 3), "whole numbers")
    for samples, window, hop in [(20, 5, 2), (23, 8, 8), (9, 9, 4), (40, 16, 3)]:
        about = f"random: {samples} samples, window {window}, hop {hop}"
        yield Case((rng.uniform(-1, 1, samples), window, hop), about)
    yield Case((rng.uniform(-1, 1, 21).astype(np.float32), 6, 4), "random samples of type float32")


spectrogram = Exercise(
    "spectrogram",
    reference=reference.spectrogram,
    cases=_sound_cases,
    hints=(
        "First one piece: cut `window` samples out of the signal, fade them with `np.hanning(window)`, and ask "
        "`np.fft.rfft` for its waves. `np.abs` of what comes back says how strong each wave is.",
        "Piece t begins at sample `t * hop`. How many whole pieces there are is a question of lesson 03: a kernel of "
        "`window` samples that moves by `hop`. `reference.output_size` answers it.",
        "Each piece makes one column. `np.stack(list_of_columns, axis=1)` sets arrays side by side.",
        "By hand: the piece (1, 0, -1, 0) fades to (0, 0, -0.75, 0). Whatever the wave, only one product is left, and its "
        "size is 0.75: the column is (0.75, 0.75, 0.75).",
    ),
)


@spectrogram.alternative
def piece_after_piece(signal, window, hop):
    columns = []
    for start in range(0, len(signal) - window + 1, hop):
        piece = signal[start : start + window] * np.hanning(window)
        columns.append(np.abs(np.fft.rfft(piece)))
    return np.stack(columns, axis=1)


@spectrogram.alternative
def filled_column_by_column(signal, window, hop):
    frames = (len(signal) - window) // hop + 1
    picture = np.zeros((window // 2 + 1, frames))
    for frame in range(frames):
        picture[:, frame] = abs(np.fft.fft(np.hanning(window) * signal[frame * hop :][:window]))[
            : window // 2 + 1
        ]
    return picture


@spectrogram.alternative
def matches_with_waves(signal, window, hop):
    sample = np.arange(window)
    angles = 2 * np.pi * np.outer(np.arange(window // 2 + 1), sample) / window
    starts = np.arange(0, len(signal) - window + 1, hop)
    pieces = signal[starts + sample[:, None]] * np.hanning(window)[:, None]  # (window, frames)
    return np.hypot(np.cos(angles) @ pieces, np.sin(angles) @ pieces)


def _faded(window):
    return np.hanning(window)


def _pieces(signal, window, hop):
    """The whole pieces, faded: (frames, window)."""
    starts = range(0, len(signal) - window + 1, hop)
    return np.array([signal[start : start + window] for start in starts]) * np.hanning(window)


def _columns(pieces):
    """The strength of the waves in each piece, as columns."""
    return np.abs(np.fft.rfft(pieces)).T


@spectrogram.mistake(
    when="the pieces are not faded in and out",
    hint="Multiply each piece by `np.hanning(window)` before you ask for its waves: else its cut ends sound at all "
    "frequencies.",
)
def not_faded(signal, window, hop):
    starts = range(0, len(signal) - window + 1, hop)
    return _columns(np.array([signal[start : start + window] for start in starts]))


@spectrogram.mistake(
    when="the whole signal is faded in and out, and not each piece",
    hint="Every piece is faded by itself: first cut it out, then multiply by `np.hanning(window)`.",
)
def whole_signal_faded(signal, window, hop):
    signal = signal * np.hanning(len(signal))
    starts = range(0, len(signal) - window + 1, hop)
    return _columns(np.array([signal[start : start + window] for start in starts]))


@spectrogram.mistake(
    when="the pieces are faded with `np.hamming`",
    hint="The two names look alike. `np.hanning` goes down to 0 at both ends; `np.hamming` stays a little above.",
)
def hamming_window(signal, window, hop):
    starts = range(0, len(signal) - window + 1, hop)
    return _columns(np.array([signal[start : start + window] for start in starts]) * np.hamming(window))


@spectrogram.mistake(
    when="the fading begins again one sample after the piece, so that its last sample is not faded to 0",
    hint="Use `np.hanning(window)` as it is: as long as the piece, and 0 at both ends.",
)
def periodic_window(signal, window, hop):
    starts = range(0, len(signal) - window + 1, hop)
    fading = np.hanning(window + 1)[:-1]
    return _columns(np.array([signal[start : start + window] for start in starts]) * fading)


@spectrogram.mistake(
    when="the pieces lie end to end: the next one begins where the last one ends",
    hint="Pieces begin `hop` samples apart, so that they may overlap: piece t begins at sample `t * hop`.",
)
def end_to_end(signal, window, hop):
    return _columns(_pieces(signal, window, window))


@spectrogram.mistake(
    when="a piece begins at every sample",
    hint="Pieces begin `hop` samples apart: at 0, hop, 2 hop, ...",
)
def every_sample(signal, window, hop):
    return _columns(_pieces(signal, window, 1))


@spectrogram.mistake(
    when="there are as many columns as there should be, but their pieces begin one sample apart",
    hint="Column t belongs to the piece that begins at sample `t * hop`, not at sample t.",
)
def one_sample_apart(signal, window, hop):
    frames = (len(signal) - window) // hop + 1
    return _columns(_pieces(signal, window, 1)[:frames])


@spectrogram.mistake(
    when="window and hop are exchanged",
    hint="A piece is `window` samples long; the next one begins `hop` samples later.",
)
def window_and_hop_exchanged(signal, window, hop):
    return _columns(_pieces(signal, hop, window))


@spectrogram.mistake(
    when="the last piece is missing",
    hint="The formula of lesson 03 has a + 1 at its end: the piece at the very beginning counts as well.",
)
def last_piece_missing(signal, window, hop):
    return _columns(_pieces(signal, window, hop))[:, :-1]


@spectrogram.mistake(
    when="a piece that ends exactly with the signal is left out",
    hint="`range` stops one short of its end. The last piece may begin at sample len(signal) - window, so the range ends one "
    "after that.",
)
def last_start_forgotten(signal, window, hop):
    columns = []
    for start in range(0, len(signal) - window, hop):
        columns.append(np.abs(np.fft.rfft(signal[start : start + window] * np.hanning(window))))
    return np.array(columns).T


@spectrogram.mistake(
    when="a piece that is cut off by the end of the signal is filled up with zeros and counted",
    hint="Only whole pieces count. `range(0, len(signal) - window + 1, hop)` ends with the last of them.",
)
def filled_up_with_zeros(signal, window, hop):
    pieces = [np.resize(0.0, window) for _ in range(0, len(signal), hop)]
    for piece, start in zip(pieces, range(0, len(signal), hop), strict=True):
        rest = signal[start : start + window]
        piece[: len(rest)] = rest
    return _columns(np.array(pieces) * _faded(window))


@spectrogram.mistake(
    when="the signal is padded at both ends, so that the first piece has its middle at sample 0",
    hint="No padding here: the first piece begins at sample 0.",
)
def padded_at_both_ends(signal, window, hop):
    return _columns(_pieces(np.pad(signal, window // 2), window, hop))


@spectrogram.mistake(
    when="frames are rows and frequencies are columns",
    hint="Each piece makes a column: frequencies go down, time goes across. Transpose the result.",
)
def frames_as_rows(signal, window, hop):
    return _columns(_pieces(signal, window, hop)).T


@spectrogram.mistake(
    when="the strengths are squared",
    hint="That is the power. Here the value is the size itself: `np.abs`, and nothing more.",
)
def squared(signal, window, hop):
    return _columns(_pieces(signal, window, hop)) ** 2


@spectrogram.mistake(
    when="only the real part is kept",
    hint="A complex number has two parts, for the two kinds of waves that begin high and that begin at zero. Its size, "
    "`np.abs`, needs both.",
)
def real_part(signal, window, hop):
    return np.fft.rfft(_pieces(signal, window, hop)).real.T


@spectrogram.mistake(
    when="the size of the real part is taken",
    hint="A complex number has two parts. Take its size, `np.abs`, at once, without `.real`.",
)
def size_of_the_real_part(signal, window, hop):
    return np.abs(np.fft.rfft(_pieces(signal, window, hop)).real).T


@spectrogram.mistake(
    when="complex numbers are returned",
    hint="`np.fft.rfft` gives complex numbers. `np.abs` of them says how strong each wave is.",
)
def complex_numbers(signal, window, hop):
    return np.fft.rfft(_pieces(signal, window, hop)).T


@spectrogram.mistake(
    when="the angle of the waves is taken instead of their strength",
    hint="`np.angle` says when a wave begins, `np.abs` how strong it is.",
)
def angles_of_waves(signal, window, hop):
    return np.angle(np.fft.rfft(_pieces(signal, window, hop))).T


@spectrogram.mistake(
    when="`np.fft.fft` is taken, whose second half repeats the first one backwards",
    hint="For samples that are real numbers `np.fft.rfft` gives each frequency once.",
)
def both_halves(signal, window, hop):
    return np.abs(np.fft.fft(_pieces(signal, window, hop))).T


@spectrogram.mistake(
    when="the waves are asked for along the wrong axis, across the pieces",
    hint="Each piece has its own waves. `np.fft.rfft(pieces)` goes along the last axis: keep one piece in each row, and "
    "transpose at the end.",
)
def across_the_pieces(signal, window, hop):
    return np.abs(np.fft.rfft(_pieces(signal, window, hop).T))


@spectrogram.mistake(
    when="the highest frequency comes first",
    hint="Row 0 is the lowest frequency, as `np.fft.rfft` gives it. Turn the picture only to show it.",
)
def highest_first(signal, window, hop):
    return _columns(_pieces(signal, window, hop))[::-1]


@spectrogram.mistake(
    when="the lowest row is left out, the one of the wave that does not swing",
    hint="Keep all rows of `np.fft.rfft`: row 0 is the sum of the faded piece.",
)
def without_row_zero(signal, window, hop):
    return _columns(_pieces(signal, window, hop))[1:]


@spectrogram.mistake(
    when="the highest row is left out: there are window // 2 rows",
    hint="`np.fft.rfft` gives window // 2 + 1 rows, from 0 swings to window // 2. Keep them all.",
)
def without_the_last_row(signal, window, hop):
    return _columns(_pieces(signal, window, hop))[: window // 2]


@spectrogram.mistake(
    when="the logarithm is taken",
    hint="Ears and eyes like the logarithm; it comes later. Here return the strengths themselves.",
)
def logarithm(signal, window, hop):
    return np.log1p(_columns(_pieces(signal, window, hop)))


@spectrogram.mistake(
    when="the strengths are divided by the number of samples in a piece",
    hint="`np.fft.rfft` adds products and divides by nothing, like a convolution. Leave it at that.",
)
def divided_by_window(signal, window, hop):
    return _columns(_pieces(signal, window, hop)) / window


@spectrogram.mistake(
    when="the mean of each piece is taken away first",
    hint="Leave the samples as they are; row 0 shows their sum.",
)
def mean_taken_away(signal, window, hop):
    starts = range(0, len(signal) - window + 1, hop)
    pieces = np.array([signal[start : start + window] for start in starts])
    return _columns((pieces - pieces.mean(axis=1, keepdims=True)) * _faded(window))


@spectrogram.mistake(
    when="only the first piece is looked at",
    hint="A `return` inside the loop ends it after the first piece. Collect the columns, and return after the loop.",
)
def first_piece_only(signal, window, hop):
    return _columns(_pieces(signal, window, hop))[:, 0]


@spectrogram.mistake(
    when="all pieces together make one spectrum, their mean",
    hint="Each piece keeps its own column; that is what shows when something sounds.",
)
def mean_spectrum(signal, window, hop):
    return _columns(_pieces(signal, window, hop)).mean(axis=1)


@spectrogram.mistake(
    when="a list of columns is returned",
    hint="`np.stack(columns, axis=1)` makes one array of them.",
)
def list_of_columns(signal, window, hop):
    return list(np.abs(np.fft.rfft(_pieces(signal, window, hop))))


@spectrogram.mistake(
    when="the fading is multiplied into the signal itself",
    hint="`piece *= ...` changes the signal, because a slice is a view of it. Write `piece = piece * ...`.",
)
def fades_the_signal(signal, window, hop):
    columns = []
    for start in range(0, len(signal) - window + 1, hop):
        piece = signal[start : start + window]
        piece *= np.hanning(window)
        columns.append(np.abs(np.fft.rfft(piece)))
    return np.stack(columns, axis=1)


_SAYING = ("now", "is", "better", "than", "never")


def _text_cases(rng):
    yield Case((["to", "be"], ["be", "to"]), "two words, two positions")
    yield Case(
        (["to", "be", "or", "not", "to", "be"], ["be", "to"]),
        "words that come twice, and words without a row",
    )
    yield Case((["to", "be"], ["not", "or", "to"]), "more rows than positions")
    yield Case((["flat", "is", "better", "than", "nested"], list(_SAYING)), "a saying of the Zen")
    yield Case((["never"], ["is", "now"]), "a word that has no row")
    yield Case((["so"], ["so"]), "one word, one row")
    yield Case((["now", "know", "no"], ["no", "now", "snow", "know"]), "words that lie within others")
    yield Case((["To", "be", "BE"], ["be", "to"]), "capital letters: To is not to")
    yield Case(
        (["now,", "is", "now", "(now)"], ["is", "now", "now,"]),
        "words with a comma or brackets are other words",
    )
    yield Case((["a", "a", "a", "b"], ["c", "b", "a"]), "one word again and again")
    sayings = data.zen()
    yield Case((sayings[12], sorted(set(sayings[12]) - {"one"})), "a long saying")
    words = ["the", "class", "of", "an", "object", "is", "its", "type", "x", "value"]
    for positions, rows in [(7, 5), (3, 8), (12, 4)]:
        vocabulary = [words[index] for index in rng.permutation(len(words))[:rows]]
        text = [words[index] for index in rng.integers(0, len(words), positions)]
        yield Case((text, vocabulary), f"random: {positions} positions, {rows} words in the vocabulary")


encode_text = Exercise(
    "encode_text",
    reference=reference.encode_text,
    cases=_text_cases,
    hints=(
        "Begin with zeros, `np.zeros((rows, columns))`. How many rows, how many columns?",
        "Go through the positions with `for position, word in enumerate(words)`. Has the word a row, `word in "
        "vocabulary`? Then which one? `vocabulary.index(word)` says it.",
        'By hand: the words ["to", "be"] with the vocabulary ["be", "to"]: position 0 holds "to", which is row 1; position 1 '
        'holds "be", row 0. So [[0, 1], [1, 0]].',
    ),
)


@encode_text.alternative
def ones_into_zeros(words, vocabulary):
    encoded = np.zeros((len(vocabulary), len(words)))
    for position, word in enumerate(words):
        if word in vocabulary:
            encoded[vocabulary.index(word), position] = 1
    return encoded


@encode_text.alternative
def compared_at_once(words, vocabulary):
    return (np.array(vocabulary)[:, None] == np.array(words)[None, :]).astype(int)


@encode_text.alternative
def with_a_dictionary(words, vocabulary):
    rows = {word: row for row, word in enumerate(vocabulary)}
    unit = np.vstack([np.eye(len(vocabulary)), np.zeros(len(vocabulary))])
    return np.stack([unit[rows.get(word, -1)] for word in words], axis=1)


@encode_text.mistake(
    when="commas, points and brackets are taken off the words",
    hint='A position counts only if it holds that very word: "now," with its comma is not "now".',
)
def punctuation_taken_off(words, vocabulary):
    return reference.encode_text([word.strip(".,;:!?()'\"") for word in words], vocabulary)


@encode_text.mistake(
    when="positions are rows and words are columns",
    hint="A row for each word of the vocabulary, a column for each position: `encoded[row, position]`.",
)
def positions_as_rows(words, vocabulary):
    return reference.encode_text(words, vocabulary).T


@encode_text.mistake(
    when="a word that is not in the vocabulary is looked for all the same, and `index` finds none",
    hint="Ask `word in vocabulary` before you ask for its index. A word without a row leaves its column zero.",
)
def unknown_words_looked_for(words, vocabulary):
    encoded = np.zeros((len(vocabulary), len(words)))
    for position, word in enumerate(words):
        encoded[vocabulary.index(word), position] = 1
    return encoded


@encode_text.mistake(
    when="words that are not in the vocabulary are marked in the last row",
    hint="-1 as an index means the last row. A word without a row leaves its column zero.",
)
def unknown_words_in_the_last_row(words, vocabulary):
    encoded = np.zeros((len(vocabulary), len(words)))
    rows = {word: row for row, word in enumerate(vocabulary)}
    for position, word in enumerate(words):
        encoded[rows.get(word, -1), position] = 1
    return encoded


@encode_text.mistake(
    when="words that are not in the vocabulary are marked in row 0",
    hint="Row 0 belongs to the first word of the vocabulary. A word without a row leaves its column zero.",
)
def unknown_words_in_row_zero(words, vocabulary):
    encoded = np.zeros((len(vocabulary), len(words)))
    rows = {word: row for row, word in enumerate(vocabulary)}
    for position, word in enumerate(words):
        encoded[rows.get(word, 0), position] = 1
    return encoded


@encode_text.mistake(
    when="there is one more row, for words that are not in the vocabulary",
    hint="Only the vocabulary's words have rows: len(vocabulary) of them.",
)
def a_row_for_unknown_words(words, vocabulary):
    encoded = reference.encode_text(words, vocabulary)
    return np.vstack([encoded, 1 - encoded.sum(axis=0)])


@encode_text.mistake(
    when="positions whose word is not in the vocabulary are left out",
    hint="Each position keeps its column, also if it stays zero: else words that stood apart become neighbours.",
)
def unknown_positions_left_out(words, vocabulary):
    return reference.encode_text([word for word in words if word in vocabulary], vocabulary)


@encode_text.mistake(
    when="words are counted, and their positions are forgotten",
    hint="The result has a column for each position, `(len(vocabulary), len(words))`.",
)
def counted(words, vocabulary):
    return np.array([float(words.count(word)) for word in vocabulary])


@encode_text.mistake(
    when="the row numbers are returned, one for each position",
    hint="A number would make neighbours of words whose rows are close. Put a 1 into the row of each position's word.",
)
def row_numbers(words, vocabulary):
    return np.array([vocabulary.index(word) if word in vocabulary else -1 for word in words])


@encode_text.mistake(
    when="the row's number is put there instead of a 1",
    hint="Every word counts the same: put a 1, whichever row it is.",
)
def row_numbers_in_rows(words, vocabulary):
    return reference.encode_text(words, vocabulary) * np.arange(len(vocabulary))[:, None]


@encode_text.mistake(
    when="only the first time that a word comes is marked",
    hint="A word may come several times. Go through the positions, `for position, word in enumerate(words)`.",
)
def first_time_only(words, vocabulary):
    encoded = np.zeros((len(vocabulary), len(words)))
    for row, word in enumerate(vocabulary):
        if word in words:
            encoded[row, words.index(word)] = 1
    return encoded


@encode_text.mistake(
    when="each word of the vocabulary is looked for in the text, where `index` finds its first place only",
    hint="A word may come several times, or not at all. Go through the positions of the text, and ask for each which row it has.",
)
def looked_for_in_the_text(words, vocabulary):
    encoded = np.zeros((len(vocabulary), len(words)))
    for row, word in enumerate(vocabulary):
        encoded[row, words.index(word)] = 1
    return encoded


@encode_text.mistake(
    when="a word's later places are marked at its first one, because `words.index` asks where it comes first",
    hint="Take the position from `enumerate(words)`; `words.index(word)` is always the first place of the word.",
)
def counted_at_the_first_place(words, vocabulary):
    encoded = np.zeros((len(vocabulary), len(words)))
    for word in words:
        if word in vocabulary:
            encoded[vocabulary.index(word), words.index(word)] += 1
    return encoded


@encode_text.mistake(
    when="a word is also marked where it is only a part of another word",
    hint="Compare whole words with `==`. Between two texts `in` asks whether one lies within the other.",
)
def part_of_another_word(words, vocabulary):
    return np.array([[float(known in word) for word in words] for known in vocabulary])


@encode_text.mistake(
    when="a word is also marked in the rows of longer words that hold it",
    hint="Compare whole words with `==`. Between two texts `in` asks whether one lies within the other.",
)
def within_a_longer_word(words, vocabulary):
    return np.array([[float(word in known) for word in words] for known in vocabulary])


@encode_text.mistake(
    when="capital letters are made small",
    hint="Take the words as they come; whoever wants small letters makes them before.",
)
def small_letters(words, vocabulary):
    return reference.encode_text([word.lower() for word in words], vocabulary)


@encode_text.mistake(
    when="the vocabulary is sorted first",
    hint="Row r belongs to `vocabulary[r]`: keep the order in which the words are given.",
)
def vocabulary_sorted(words, vocabulary):
    return reference.encode_text(words, sorted(vocabulary))


@encode_text.mistake(
    when="the vocabulary is made anew from the text's own words",
    hint="The rows are those of `vocabulary`, the same for every text.",
)
def vocabulary_of_its_own(words, vocabulary):
    return reference.encode_text(words, list(dict.fromkeys(words)))


@encode_text.mistake(
    when="the text is read backwards",
    hint="Position 0 is the first word.",
)
def read_backwards(words, vocabulary):
    return reference.encode_text(words, vocabulary)[:, ::-1]


@encode_text.mistake(
    when="known words are marked with 0 and all others with 1",
    hint="Exactly one entry of a known word's column is 1.",
)
def ones_and_zeros_exchanged(words, vocabulary):
    return 1 - reference.encode_text(words, vocabulary)


@encode_text.mistake(
    when="black is -1, as in a picture",
    hint="Here nothing is 0: then a filter's sum counts only the words that are there.",
)
def black_and_white(words, vocabulary):
    return 2 * reference.encode_text(words, vocabulary) - 1


@encode_text.mistake(
    when="True and False are returned",
    hint="Numbers can be weighted and added: `.astype(float)` turns True to 1 and False to 0.",
)
def true_and_false(words, vocabulary):
    return reference.encode_text(words, vocabulary) == 1


@encode_text.mistake(
    when="a list of rows is returned",
    hint="Turn the list into an array with `np.array`, so that it has a shape.",
)
def list_of_rows(words, vocabulary):
    return reference.encode_text(words, vocabulary).tolist()


@encode_text.mistake(
    when="only the first word is marked",
    hint="A `return` inside the loop ends it after the first word.",
)
def first_word_only(words, vocabulary):
    encoded = np.zeros((len(vocabulary), len(words)))
    for position, word in enumerate(words):
        if word in vocabulary:
            encoded[vocabulary.index(word), position] = 1
        return encoded


def _sequence_cases(rng):
    row, pair = np.array([[[1.0, 2.0, 4.0, 7.0]]]), np.array([[[1.0, -1.0]]])
    yield Case((row, pair, None, 1, 0), "one sequence, one channel, one filter without a bias")
    yield Case((row, pair, np.array([10.0]), 1, 0), "a filter with a bias")
    two = np.array([[[1.0, -1.0]], [[0.0, 3.0]]])
    yield Case((row, two, np.array([10.0, 20.0]), 1, 0), "two filters, each with its bias")
    channels = np.array([[[1.0, 2.0, 4.0, 7.0], [0.0, 1.0, 0.0, 5.0]]])
    deep = np.array([[[1.0, -1.0], [10.0, 100.0]]])
    yield Case((channels, deep, None, 1, 0), "two channels")
    yield Case((np.concatenate([row, 10 - row]), pair, np.array([1.0]), 1, 0), "two sequences")
    yield Case((row, pair, None, 1, 1), "a zero at each end")
    yield Case((np.arange(8.0).reshape(1, 1, 8) ** 2, pair, np.array([1.0]), 3, 0), "steps of three")
    saying = reference.encode_text(list(_SAYING), ["better", "than", "is"])[None]
    better_than = np.array([[[1.0, 0.0], [0.0, 1.0], [0.0, 0.0]]])
    yield Case(
        (saying, better_than, np.array([-1.0]), 1, 0),
        '"now is better than never", and a filter for "better than"',
    )
    numbers = rng.integers(-9, 10, (2, 2, 6)), rng.uniform(-1, 1, (3, 2, 3)), rng.uniform(-1, 1, 3)
    yield Case((*numbers, 1, 1), "sequences of whole numbers")
    sizes = [
        ((2, 3, 7), (4, 3, 2), 2, 1),
        ((1, 2, 9), (3, 2, 4), 3, 2),
        ((3, 1, 4), (2, 1, 1), 1, 0),
        ((2, 4, 3), (2, 4, 5), 1, 2),
        ((1, 3, 8), (1, 3, 2), 2, 0),
    ]
    for shape, filters, stride, padding in sizes:
        arrays = [rng.uniform(-1, 1, size) for size in (shape, filters, filters[:1])]
        about = f"random, {shape} under {filters}, stride {stride}, padding {padding}"
        yield Case((*arrays, stride, padding), about)
    arrays = [rng.uniform(-1, 1, size) for size in ((2, 3, 6), (2, 3, 3))]
    yield Case((*arrays, None, 2, 1), "random, without a bias")
    arrays = [rng.uniform(-1, 1, size).astype(np.float32) for size in ((2, 2, 6), (3, 2, 3), 3)]
    yield Case((*arrays, 1, 1), "random values of type float32")


conv1d = Exercise(
    "conv1d",
    reference=reference.conv1d,
    cases=_sequence_cases,
    hints=(
        "It is your `conv2d` of lesson 03 with one axis less: one loop, over the positions.",
        "`padded[:, :, start:end]` cuts the same piece out of every sequence and every channel. `np.pad` takes a pair for "
        "each axis: (0, 0) for sequences and channels.",
        "`np.tensordot(pieces, weight, axes=([1, 2], [1, 2]))` multiplies and adds over channels and width; (N, C, k) and "
        "(K, C, k) become (N, K).",
        "By hand: the sequence (1, 2, 4) under the filter (1, -1) with the bias 10: 1 - 2 + 10 = 9, then 2 - 4 + 10 = 8.",
    ),
)


def _ends(x, padding):
    """Zeros at both ends."""
    return np.pad(x, ((0, 0), (0, 0), (padding, padding)))


def _along(padded, weight, stride=1):
    """The sums of products without a bias: (N, K, positions)."""
    width = weight.shape[2]
    starts = range(0, padded.shape[2] - width + 1, stride)
    sums = [
        np.tensordot(padded[:, :, start : start + width], weight, axes=([1, 2], [1, 2])) for start in starts
    ]
    return np.stack(sums, axis=2) if sums else np.zeros((len(padded), len(weight), 0))


def _plus(maps, bias):
    """The maps with each filter's bias, where there is one."""
    return maps if bias is None else maps + bias[:, None]


@conv1d.alternative
def one_honest_loop(x, weight, bias=None, stride=1, padding=0):
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding)))
    width = weight.shape[2]
    positions = (padded.shape[2] - width) // stride + 1
    maps = np.zeros((len(x), len(weight), positions))
    for position in range(positions):
        start = position * stride
        pieces = padded[:, :, start : start + width]
        maps[:, :, position] = np.tensordot(pieces, weight, axes=([1, 2], [1, 2]))
    return maps if bias is None else maps + bias[:, None]


@conv1d.alternative
def an_image_of_one_row(x, weight, bias=None, stride=1, padding=0):
    around = np.pad(x, ((0, 0), (0, 0), (padding, padding)))
    return reference.conv2d(around[:, :, None, :], weight[:, :, None, :], bias, stride, 0).squeeze(axis=2)


@conv1d.alternative
def sums_with_einsum(x, weight, bias=None, stride=1, padding=0):
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, weight.shape[2], axis=2)[:, :, ::stride]
    maps = np.einsum("nclk,fck->nfl", windows, weight)
    return maps if bias is None else maps + np.reshape(bias, (1, -1, 1))


@conv1d.mistake(
    when="the bias is forgotten",
    hint="Each filter has one more number, its bias. Add it to that filter's map if there is one.",
)
def bias_forgotten(x, weight, bias=None, stride=1, padding=0):
    return _along(_ends(x, padding), weight, stride)


@conv1d.mistake(
    when="`bias` is indexed although it may be None",
    hint="Without a bias nothing is added: `if bias is not None`.",
)
def bias_taken_for_granted(x, weight, bias=None, stride=1, padding=0):
    return _along(_ends(x, padding), weight, stride) + bias[:, None]


@conv1d.mistake(
    when="the truth of the whole array is asked for with `if bias`",
    hint="An array of several numbers is neither true nor false. Ask `if bias is not None`.",
)
def truth_of_the_bias(x, weight, bias=None, stride=1, padding=0):
    maps = _along(_ends(x, padding), weight, stride)
    if bias:
        maps = maps + bias[:, None]
    return maps


@conv1d.mistake(
    when="the biases are laid along the positions instead of along the filters",
    hint="`maps + bias` pairs the biases with the last axis. Filters are axis 1: give the bias the shape (K, 1) first.",
)
def bias_along_the_positions(x, weight, bias=None, stride=1, padding=0):
    maps = _along(_ends(x, padding), weight, stride)
    return maps if bias is None else maps + bias


@conv1d.mistake(
    when="the first filter's bias is added to the maps of all filters",
    hint="Filter k has its own bias, `bias[k]`.",
)
def first_bias_for_all(x, weight, bias=None, stride=1, padding=0):
    return _along(_ends(x, padding), weight, stride) + (0 if bias is None else bias[0])


@conv1d.mistake(
    when="the bias is added once for each product",
    hint="First sum all the products, then add the bias, once.",
)
def bias_in_every_product(x, weight, bias=None, stride=1, padding=0):
    return _plus(_along(_ends(x, padding), weight, stride), None if bias is None else bias * weight[0].size)


@conv1d.mistake(
    when="the sums are divided by the number of products",
    hint="That was the match. A convolution adds the products, plus the bias, and leaves it at that.",
)
def sums_divided(x, weight, bias=None, stride=1, padding=0):
    return _plus(_along(_ends(x, padding), weight, stride) / weight[0].size, bias)


@conv1d.mistake(
    when="the channels are averaged instead of summed",
    hint="The sum of products runs over all channels; nothing is divided.",
)
def channels_averaged(x, weight, bias=None, stride=1, padding=0):
    return _plus(_along(_ends(x, padding), weight, stride) / weight.shape[1], bias)


@conv1d.mistake(
    when="only channel 0 is used",
    hint="A filter reaches through all channels. Sum over them, too.",
)
def first_channel_only(x, weight, bias=None, stride=1, padding=0):
    return _plus(_along(_ends(x[:, :1], padding), weight[:, :1], stride), bias)


@conv1d.mistake(
    when="only the last channel is kept, because each one replaces the one before",
    hint="`total = ...` forgets what was there. `total += ...` adds to it.",
)
def last_channel_only(x, weight, bias=None, stride=1, padding=0):
    return _plus(_along(_ends(x[:, -1:], padding), weight[:, -1:], stride), bias)


@conv1d.mistake(
    when="a filter's first row is used for all channels",
    hint="A filter has a row of weights for each channel: `weight[k, c]` belongs to channel c.",
)
def one_row_for_all_channels(x, weight, bias=None, stride=1, padding=0):
    same = np.repeat(weight[:, :1], x.shape[1], axis=1)
    return _plus(_along(_ends(x, padding), same, stride), bias)


@conv1d.mistake(
    when="the first filter is used for all maps",
    hint="Map k comes from filter k, `weight[k]`.",
)
def first_filter_for_all_maps(x, weight, bias=None, stride=1, padding=0):
    same = np.repeat(weight[:1], len(weight), axis=0)
    return _plus(_along(_ends(x, padding), same, stride), bias)


@conv1d.mistake(
    when="only the first filter is used",
    hint="There are as many maps as filters: `len(weight)`.",
)
def first_filter_only(x, weight, bias=None, stride=1, padding=0):
    return _plus(_along(_ends(x, padding), weight, stride), bias)[:, :1]


@conv1d.mistake(
    when="only the first sequence is used",
    hint="`x` is a batch: do the same for every sequence. A slice `[:, :, ...]` takes them all.",
)
def first_sequence_only(x, weight, bias=None, stride=1, padding=0):
    return _plus(_along(_ends(x, padding), weight, stride), bias)[:1]


@conv1d.mistake(
    when="the maps of all filters are added up",
    hint="Each filter makes a map of its own. Sum over channels and width, not over filters.",
)
def filters_added_up(x, weight, bias=None, stride=1, padding=0):
    return _plus(_along(_ends(x, padding), weight, stride), bias).sum(axis=1, keepdims=True)


@conv1d.mistake(
    when="sequences and filters change places in the result",
    hint="The sequence comes first: shape (N, K, positions).",
)
def filters_before_sequences(x, weight, bias=None, stride=1, padding=0):
    return _plus(_along(_ends(x, padding), weight, stride), bias).swapaxes(0, 1)


@conv1d.mistake(
    when="the filters stand on the last axis",
    hint="In this course channels come before positions: shape (N, K, positions).",
)
def filters_last(x, weight, bias=None, stride=1, padding=0):
    return _plus(_along(_ends(x, padding), weight, stride), bias).swapaxes(1, 2)


@conv1d.mistake(
    when="the filters are turned left to right, as `np.convolve` does",
    hint="Lay the filter on the piece as it is: networks do not flip.",
)
def flipped_filters(x, weight, bias=None, stride=1, padding=0):
    return _plus(_along(_ends(x, padding), weight[:, :, ::-1], stride), bias)


@conv1d.mistake(
    when="the stride is left out and every position is visited",
    hint="With a stride of 2 the pieces begin at 0, 2, 4, ...",
)
def every_position(x, weight, bias=None, stride=1, padding=0):
    return _plus(_along(_ends(x, padding), weight, 1), bias)


@conv1d.mistake(
    when="the maps have the right length, but their pieces begin one position apart",
    hint="Entry p of a map belongs to the piece that begins at `p * stride`.",
)
def starts_without_stride(x, weight, bias=None, stride=1, padding=0):
    padded = _ends(x, padding)
    positions = (padded.shape[2] - weight.shape[2]) // stride + 1
    return _plus(_along(padded, weight, 1)[:, :, :positions], bias)


@conv1d.mistake(
    when="the stride is added to the position instead of multiplied",
    hint="The third piece begins two steps from the first: 2 * stride, not 2 + stride.",
)
def stride_added(x, weight, bias=None, stride=1, padding=0):
    padded, width = _ends(x, padding), weight.shape[2]
    positions = (padded.shape[2] - width) // stride + 1
    maps = np.zeros((len(x), len(weight), positions))
    for position in range(positions):
        pieces = padded[:, :, position + stride : position + stride + width]
        maps[:, :, position] = np.tensordot(pieces, weight, axes=([1, 2], [1, 2]))
    return _plus(maps, bias)


@conv1d.mistake(
    when="the filters lie end to end: the step is their width",
    hint="The filter moves by `stride`, whatever its width.",
)
def steps_of_the_width(x, weight, bias=None, stride=1, padding=0):
    return _plus(_along(_ends(x, padding), weight, weight.shape[2]), bias)


@conv1d.mistake(
    when="the last position is missing",
    hint="The formula of lesson 03 has a + 1 at its end: the position at the very beginning counts as well.",
)
def last_position_missing(x, weight, bias=None, stride=1, padding=0):
    return _plus(_along(_ends(x, padding), weight, stride), bias)[:, :, :-1]


@conv1d.mistake(
    when="the padding is left out",
    hint="Slide over the padded sequences: `np.pad` takes a pair for each of the three axes.",
)
def no_padding(x, weight, bias=None, stride=1, padding=0):
    return _plus(_along(x, weight, stride), bias)


@conv1d.mistake(
    when="zeros are laid around sequences and channels, too: `np.pad(x, padding)` pads all three axes",
    hint="`np.pad` takes a pair for each axis; (0, 0) for sequences and channels.",
)
def padding_on_all_axes(x, weight, bias=None, stride=1, padding=0):
    padded, width = np.pad(x, padding), weight.shape[2]
    positions = (padded.shape[2] - width) // stride + 1
    maps = np.zeros((len(x), len(weight), positions))
    for position in range(positions):
        pieces = padded[:, :, position * stride : position * stride + width]
        maps[:, :, position] = np.tensordot(pieces, weight, axes=([1, 2], [1, 2]))
    return _plus(maps, bias)


@conv1d.mistake(
    when="`conv2d` pads the image of one row above and below as well, and its first row is taken",
    hint="As an image the sequence has one row, and zeros may lie left and right only. Pad it yourself, then convolve without "
    "padding.",
)
def padded_above_and_below(x, weight, bias=None, stride=1, padding=0):
    return reference.conv2d(x[:, :, None], weight[:, :, None], bias, stride, padding)[:, :, 0]


@conv1d.mistake(
    when="zeros are laid at the beginning only",
    hint="Zeros lie at both ends: a sequence of 5 with a padding of 1 becomes 7 long.",
)
def padding_at_the_beginning(x, weight, bias=None, stride=1, padding=0):
    return _plus(_along(np.pad(x, ((0, 0), (0, 0), (padding, 0))), weight, stride), bias)


@conv1d.mistake(
    when="zeros are laid at the end only",
    hint="Zeros lie at both ends: a sequence of 5 with a padding of 1 becomes 7 long.",
)
def padding_at_the_end(x, weight, bias=None, stride=1, padding=0):
    return _plus(_along(np.pad(x, ((0, 0), (0, 0), (0, padding))), weight, stride), bias)


@conv1d.mistake(
    when="the maps are as long as the sequences, because zeros are laid so",
    hint="How many zeros there are at each end is what `padding` says, be it 0.",
)
def as_long_as_the_sequence(x, weight, bias=None, stride=1, padding=0):
    width = weight.shape[2]
    padded = np.pad(x, ((0, 0), (0, 0), ((width - 1) // 2, width // 2)))
    return _plus(_along(padded, weight, stride), bias)


@conv1d.mistake(
    when="the result is an array of the sequences' whole numbers, which cuts off every fraction",
    hint="Make the array with `np.zeros(shape)`; `np.zeros_like` and `dtype=x.dtype` take over whole numbers.",
)
def type_of_the_sequence(x, weight, bias=None, stride=1, padding=0):
    return _plus(_along(_ends(x, padding), weight, stride), bias).astype(x.dtype)


@conv1d.mistake(
    when="the products of the last position only are kept, in all positions",
    hint="Write each position's sums into its own place: `maps[:, :, position] = ...`.",
)
def last_position_everywhere(x, weight, bias=None, stride=1, padding=0):
    maps = _along(_ends(x, padding), weight, stride)
    return _plus(np.repeat(maps[:, :, -1:], maps.shape[2], axis=2), bias)


@conv1d.mistake(
    when="sums run over the channels only, position by position",
    hint="Sum over channels and over the filter's width: two axes.",
)
def first_weight_only(x, weight, bias=None, stride=1, padding=0):
    padded, width = _ends(x, padding), weight.shape[2]
    positions = (padded.shape[2] - width) // stride + 1
    maps = _along(padded, weight[:, :, :1], stride)[:, :, :positions]
    return _plus(maps, bias)


def _table_cases(rng):
    yield Case((np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), np.array([2, 0, 1])), "two rows, three columns")
    yield Case(
        (np.array([[1.0, 2.0, 3.0, 4.0]]), np.array([1, 2, 3, 0])), "one row; every column moves by one"
    )
    square = np.arange(16.0).reshape(4, 4) ** 2
    yield Case((square, np.array([3, 0, 2, 1])), "as many rows as columns")
    yield Case(
        (np.array([[5.0, 7.0], [6.0, 8.0], [9.0, 3.0]]), np.array([0, 1])), "an order that changes nothing"
    )
    yield Case((np.arange(12.0).reshape(3, 4), np.array([1, 0, 3, 2])), "neighbours change places")
    yield Case((np.array([[1.0], [2.0], [4.0]]), np.array([0])), "one column")
    pictures = np.stack([data.X, data.O]).reshape(2, -1)
    yield Case((pictures, rng.permutation(81)), "the X and the O, a row each, their 81 pixels shuffled")
    yield Case((rng.integers(0, 9, (3, 5)), np.array([4, 2, 0, 3, 1])), "whole numbers")
    for rows, columns in [(5, 3), (2, 7), (6, 6), (4, 9)]:
        about = f"random: {rows} rows, {columns} columns"
        yield Case((rng.uniform(-1, 1, (rows, columns)), rng.permutation(columns)), about)
    yield Case(
        (rng.uniform(-1, 1, (3, 6)).astype(np.float32), rng.permutation(6)), "random values of type float32"
    )


shuffle_columns = Exercise(
    "shuffle_columns",
    reference=reference.shuffle_columns,
    cases=_table_cases,
    hints=(
        "Column 0 of the result is which column of the table? `order[0]` says it.",
        "A list of numbers can stand where an index stands: `array[[2, 0, 1]]` takes entries 2, 0 and 1 in this order. "
        "Which of the two axes is to be shuffled?",
        "By hand: the table [[1, 2, 3], [4, 5, 6]] with the order (2, 0, 1): first column 2, (3, 6), then column 0, (1, 4), "
        "then column 1, (2, 5). So [[3, 1, 2], [6, 4, 5]].",
    ),
)


@shuffle_columns.alternative
def column_by_column(table, order):
    shuffled = np.zeros_like(table)
    for place, column in enumerate(order):
        shuffled[:, place] = table[:, column]
    return shuffled


@shuffle_columns.alternative
def row_by_row(table, order):
    return np.array([[row[column] for column in order] for row in table])


@shuffle_columns.alternative
def taken_along_the_columns(table, order):
    return np.take(table, order, axis=1)


@shuffle_columns.mistake(
    when="the order is turned round: column j of the table goes to place order[j]",
    hint="Column j of the *result* is column `order[j]` of the table: read from `order[j]`, write to j.",
)
def the_other_way_round(table, order):
    shuffled = np.zeros_like(table)
    shuffled[:, order] = table
    return shuffled


def _fits(table, order):
    """Whether the order could be taken for one of the rows."""
    return max(order) < len(table)


@shuffle_columns.mistake(
    when="the rows are shuffled",
    hint="`table[order]` takes rows. The columns are the second axis: `table[:, ...]`.",
)
def rows_shuffled(table, order):
    return table[order]


@shuffle_columns.mistake(
    when="rows are shuffled instead of columns, as far as the order has numbers for them",
    hint="The rows keep their places. The columns are the second axis: `table[:, ...]`.",
)
def rows_in_a_loop(table, order):
    shuffled = table.copy()
    for place, row in enumerate(order):
        if place < len(table) and row < len(table):
            shuffled[place] = table[row]
    return shuffled


@shuffle_columns.mistake(
    when="rows and columns are both taken from the order",
    hint="Rows keep their places: only the second axis is shuffled. A lone `:` takes all rows.",
)
def rows_and_columns(table, order):
    return table[np.ix_([row for row in order if row < len(table)], order)]


@shuffle_columns.mistake(
    when="the order stands on both axes: `table[order, order]` walks along a diagonal",
    hint="A lone `:` takes all rows: `table[:, ...]`.",
)
def along_a_diagonal(table, order):
    return table[order, order]


@shuffle_columns.mistake(
    when="the shuffled columns are written into the table itself",
    hint="The caller still needs the table as it was. Return a new array.",
)
def in_place(table, order):
    table[:] = table[:, order]
    return table


@shuffle_columns.mistake(
    when="columns are read from an array in which some have been replaced already",
    hint="Read from `table`, write into another array. Who writes into what is still to be read loses columns.",
)
def reads_what_it_wrote(table, order):
    shuffled = table.copy()
    for place, column in enumerate(order):
        shuffled[:, place] = shuffled[:, column]
    return shuffled


@shuffle_columns.mistake(
    when="the table's own columns are overwritten one after the other, while they are still to be read",
    hint="`shuffled = table` is no copy, but a second name for the same array. Make a new one: `np.zeros_like(table)`.",
)
def overwrites_the_table(table, order):
    shuffled = table
    for place, column in enumerate(order):
        shuffled[:, place] = table[:, column]
    return shuffled


@shuffle_columns.mistake(
    when="columns change places pair by pair, one pair after the other",
    hint="After the first exchange the columns no longer stand where `order` supposes them. Take each from the table as it was.",
)
def pair_by_pair(table, order):
    shuffled = table.copy()
    for place, column in enumerate(order):
        shuffled[:, [place, column]] = shuffled[:, [column, place]]
    return shuffled


@shuffle_columns.mistake(
    when="every row is shuffled a little further than the row above",
    hint="The same order for all rows: else a column would no longer hold the same thing in all of them.",
)
def every_row_in_its_own_order(table, order):
    return np.stack([row[np.roll(order, number)] for number, row in enumerate(table)])


@shuffle_columns.mistake(
    when="only the first row is shuffled",
    hint="The same order for all rows. A lone `:` takes them all.",
)
def first_row_only(table, order):
    shuffled = table.copy()
    shuffled[0] = table[0, order]
    return shuffled


@shuffle_columns.mistake(
    when="the order is applied twice",
    hint="Once is enough: column j of the result is column `order[j]` of the table.",
)
def twice(table, order):
    return table[:, order][:, order]


@shuffle_columns.mistake(
    when="the table is returned as it is",
    hint="`np.take` and indexing make a new array and leave the old one. Return what they make.",
)
def nothing_done(table, order):
    return table.copy()


@shuffle_columns.mistake(
    when="the columns are turned round, whatever the order says",
    hint="Column j of the result is column `order[j]` of the table.",
)
def turned_round(table, order):
    return table[:, ::-1]


@shuffle_columns.mistake(
    when="the columns are counted from 1",
    hint="`order` counts from 0, as Python does: take its numbers as they are.",
)
def counted_from_one(table, order):
    return table[:, order - 1]


@shuffle_columns.mistake(
    when="the values of each row are sorted",
    hint="`order` says which column goes where; the values do not matter.",
)
def values_sorted(table, order):
    return np.sort(table, axis=1)


@shuffle_columns.mistake(
    when="`np.take` is used without an axis, so that it counts through the whole table",
    hint="`np.take(table, order, axis=...)`: without an axis it looks at the table as one long row.",
)
def taken_without_an_axis(table, order):
    return np.take(table, order)


@shuffle_columns.mistake(
    when="rows and columns of the result are exchanged",
    hint="A list of columns becomes an array whose *rows* they are. Set them side by side, with `axis=1`, or transpose.",
)
def columns_as_rows(table, order):
    return np.array([table[:, column] for column in order])


@shuffle_columns.mistake(
    when="only the first column is returned",
    hint="A `return` inside the loop ends it after the first column.",
)
def first_column_only(table, order):
    for column in order:
        return table[:, column]


@shuffle_columns.mistake(
    when="a list of rows is returned",
    hint="Turn the list into an array with `np.array`, so that it has a shape.",
)
def rows_in_a_list(table, order):
    return table[:, order].tolist()


@shuffle_columns.mistake(
    when="the result is an array of whole numbers, which cuts off every fraction",
    hint="Make the array with `np.zeros(table.shape)`; leave `int` out.",
)
def whole_numbers(table, order):
    shuffled = np.zeros(table.shape, dtype=int)
    shuffled[:] = table[:, order]
    return shuffled


shuffle_columns.equivalent_mutant(
    "table, order = (np.asarray(table), np.asarray(order)) -> (dropped)",
    because="the course hands arrays to this function, and asarray gives back an array as it is",
)
for _change in ("np.asarray(table) -> table", "np.asarray(order) -> order"):
    shuffle_columns.equivalent_mutant(
        _change, because="the course hands arrays to this function, and asarray gives back an array as it is"
    )
