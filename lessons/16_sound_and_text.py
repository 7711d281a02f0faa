# %% [markdown] id="title"
# # Hear and read
#
# Here are four whistles, made visible: time runs to the right, and higher sounds are higher up. You see at once which one
# rises. A network can see it too, once the sound is a picture.
#
# ![cover]
#
# - **You will build** `spectrogram`, `encode_text` and `conv1d`.
# - **You will learn** how sound and text become pictures, and along which axis a filter should slide.
# - **You need** lessons 04, 05 and 13.
# - **It takes** about 45 minutes.

# %% cover="Four spectrograms of 65 x 65 with a bright stroke on black: it climbs in the one named rising, sinks in falling, climbs and sinks in hill, sinks and climbs in valley."
noisy = [data.whistle(1700 + 450 * np.array(course), noise=0.3, rng=rng) for course in data.WHISTLES.values()]
faint = [np.log1p(reference.spectrogram(signal, 128, 64)) / 1.75 - 1 for signal in noisy]
show.pictures([picture[::-1] for picture in faint], list(data.WHISTLES), values=False)

# %% tags=["nbval-ignore-output"]
import numpy as np
from IPython.display import Audio, display

from helpers import came_out, check, data, hint, predict, puzzle, reference, review, show, suspects, yours

review(3)

# %% [markdown]
# ## Which waves, and when?
#
# A microphone measures the air pressure, here in 8000 *samples* per second. Listen to four whistles, then look at 20 milliseconds of the first. Can you see that its pitch rises?

# %% id="whistles" tags=["nbval-ignore-output"]
rng = np.random.default_rng(12)
signals = {kind: data.whistle(1700 + 450 * np.array(course)) for kind, course in data.WHISTLES.items()}
display(Audio(np.concatenate(list(signals.values())), rate=data.SAMPLE_RATE))
milliseconds = 1000 * np.arange(1700, 1860) / data.SAMPLE_RATE
piece = signals["rising"][1700:1860]
show.curves(milliseconds, {"rising": piece}, "a whistle (160 samples)", "milliseconds", "pressure")

# %% [markdown]
# Hardly. Your ear asks a better question: *which waves are there, and when?*
#
# To find *which*, match the samples with waves, as you matched patches with features. Take four samples, (1, 0, −1, 0). The wave that
# swings once in four samples is (1, 0, −1, 0) as well: the sum of the products is 1 + 1 = 2. The wave that swings twice is (1, −1, 1, −1): the sum
# is 1 − 1 = 0.

# %% [markdown]
# At 8000 samples per second, one swing in four samples is a **frequency** of 2000 swings per second: 2000 hertz, or **Hz**. Four
# samples can hold 0, 1 or 2 swings: 4 // 2 + 1 = 3 frequencies. `np.fft.rfft` tries them all at once, each with a wave that begins high
# and one that begins at zero. `np.abs` combines the two sums into one strength.

# %% id="matches-with-waves"
four = np.array([1.0, 0.0, -1.0, 0.0])
waves = {0: [1, 1, 1, 1], 2000: [1, 0, -1, 0], 4000: [1, -1, 1, -1]}
for (frequency, wave), strength in zip(waves.items(), np.abs(np.fft.rfft(four)), strict=True):
    print(f"{frequency:4} Hz: by products {np.sum(four * wave):.0f}, by rfft {strength:.0f}")

# %% [markdown]
# And *when*? Cut the sound into short pieces, and set them side by side with `np.stack(..., axis=1)`. Here six samples are cut into
# pieces of four, each starting two samples later. What will the second column be? (A sound that is cut off clicks, so each piece is
# multiplied by factors like those printed first, which fade it in and out.)

# %% id="pieces"
print("factors:", np.hanning(4))
six = np.array([5, 6, 7, 8, 9, 10])
np.stack([six[start : start + 4] for start in range(0, 6 - 4 + 1, 2)], axis=1)

# %% [markdown]
# ### Your turn: `spectrogram`
#
# The strengths from all the pieces, side by side, are the **spectrogram**. The column of a piece is a **frame**. The shape is
# (window // 2 + 1, frames):
#
# $$
# \text{frames} = \left\lfloor \frac{\text{samples} - \text{window}}{\text{hop}} \right\rfloor + 1
# $$
#
# In words: there are as many frames as a kernel of `window` samples has positions when its stride is `hop`, as in lesson 03.


# %% exercise="spectrogram"
def spectrogram(signal, window, hop):
    """How strongly each frequency sounds in each piece of a signal.

    Parameters
    ----------
    signal : ndarray of shape (samples,)
    window : int
        Samples in each piece; it is multiplied by `np.hanning(window)`.
    hop : int
        Samples from the start of one piece to the start of the next. Only whole pieces count.

    Returns
    -------
    ndarray of shape (window // 2 + 1, frames)
        `np.abs(np.fft.rfft(...))` of each faded piece as a column; row 0 is the lowest frequency.

    Examples
    --------
    The factors (0, 0.75, 0.75, 0) turn the first piece into (0, 0, −0.75, 0):

    >>> spectrogram(np.array([1.0, 0.0, -1.0, 0.0, 1.0, 0.0]), 4, 2)
    array([[0.75, 0.75],
           [0.75, 0.75],
           [0.75, 0.75]])
    """
    ### BEGIN SOLUTION
    columns = []
    for start in range(0, len(signal) - window + 1, hop):
        piece = signal[start : start + window] * np.hanning(window)
        columns.append(np.abs(np.fft.rfft(piece)))
    return np.stack(columns, axis=1)
    ### END SOLUTION


# %% test="spectrogram" points=3
check("spectrogram", spectrogram)

# %% [markdown]
# With a window of 128 samples there are 65 rows, 8000 / 128 = 62.5 Hz apart. Here are the four whistles, flipped so that high is up.
# (`np.log1p(x)`, the logarithm of 1 + x, makes faint sounds visible.)

# %% predict="hill_row"
predict("hill_row", "The hill climbs to 2150 Hz. Which row is that, before the flip?", int, within=1)

# %% id="spectrograms"
my_spectrogram = yours("spectrogram", spectrogram)


def look(signal):
    """The sound as a picture with values of about -1 to 1, the lowest frequency in row 0."""
    return np.log1p(my_spectrogram(signal, 128, 64)) / 1.75 - 1


pitches = [f"{(64 - row) * 62.5:g} Hz" if row % 16 == 0 else "" for row in range(65)]
pictures = [look(signal)[::-1] for signal in signals.values()]
seconds = [f"{frame * 64 / 8000:g} s" if frame in (0, 25, 50) else "" for frame in range(65)]
came_out("hill_row", int(look(signals["hill"]).max(axis=1).argmax()))
show.pictures(pictures, list(signals), values=False, rows=[pitches] + [None] * 3, columns=[seconds] * 4)

# %% [markdown]
# <details><summary>What you find</summary>
#
# The stroke turns in row 34, because 2150 / 62.5 = 34.4.
#
# </details>

# %% [markdown]
# ## Things closer together are more closely related
#
# Why do filters of 3 x 3 work at all? They combine neighbours, and in pictures neighbours belong together. You can measure that. Take
# pairs of values that are some distance apart in the same row, and compute their **correlation**: 1 if one value tells you the other, 0 if
# it tells you nothing.

# %% [markdown]
# Try it on a photograph, with its columns in order and shuffled, on the spectrograms, and on a table of customers: age, income and
# ten more numbers in each row.

# %% predict="shuffled_neighbours"
predict(
    "shuffled_neighbours",
    "Correlation is 1 at most. What is it for neighbours in the photograph with shuffled columns?",
    float,
    within=0.15,
)


# %% id="closer-together"
def related(x, distance):
    """How much two values at this distance in a row have in common: their correlation."""
    return np.corrcoef(x[..., :-distance].ravel(), x[..., distance:].ravel())[0, 1]


photo, (table, _) = data.photograph(), data.sample_customers(1000, rng)
rows = {"photograph": photo, "its columns shuffled": photo[:, rng.permutation(640)]}
rows |= {"spectrograms": np.stack(pictures), "customers": reference.standardise(table, axis=0)}
far = 2 ** np.arange(8)  # 1, 2, 4, ..., 128
lines = {name: [related(x, d) if 2 * d < x.shape[-1] else np.nan for d in far] for name, x in rows.items()}
print(*[f"{name}: {np.round(line, 2)}" for name, line in lines.items()], sep="\n")
came_out("shuffled_neighbours", round(lines["its columns shuffled"][0], 2))
show.curves(far, lines, "how closely related", "distance", "correlation", logarithmic_x=True)

# %% [markdown]
# <details><summary>What you find</summary>
#
# The photograph and the spectrograms start at 0.94 for neighbours, and fall. The customers stay near 0: an age says nothing about the number
# next to it. The shuffled photograph stays at about one half, because the sky is bright all along its rows; but *near* no longer means
# anything. (`nan`: the rows are too short.)
#
# </details>
#
# So ask of any data: is there an axis along which near means related?

# %% [markdown]
# ## Can it hear?
#
# Here are 900 whistles in noise: 400 to learn from, and 500 to test on. Which of the four *kinds* is each? And is it *high*, with the middle of its
# pitch above 1750 Hz?

# %% [markdown]
# Three networks are a single linear layer: one gets the samples, one the mean of each frequency over time, one the spectrogram. The fourth
# has 32 hidden units in between. The fifth is convolutional, with **global max pooling** before its votes: the largest value of each map,
# wherever it is.


# %% id="competitors"
def listeners(classes):
    """Five networks by name, each with what it hears."""
    filters = [reference.Conv2d(*maps, 5, rng, stride=2, dtype=np.float32) for maps in [(1, 8), (8, 16)]]
    return {
        "samples": (whistles[:, None, None], reference.connected_network([4224, classes], rng)),
        "mean spectrum": (looks.mean(axis=3), reference.connected_network([65, classes], rng)),
        "spectrogram": (looks, reference.connected_network([4225, classes], rng)),
        "32 between": (looks, reference.connected_network([4225, 32, classes], rng)),
        "convolutional": (looks, reference.filter_network(filters, classes, rng)),
    }


# %% [markdown]
# **Predict:** which network will do best on each question? (Guessing gets 25 and 50 percent.)

# %% id="sound-classified" tags=["nbval-ignore-output"]
whistles, kinds, middles = data.sample_whistles(900, rng)
looks = np.stack([look(signal) for signal in whistles])[:, None]  # (900, 1, 65, 65)
centre = looks.mean()
looks = looks - centre
layer = reference.Conv2d(1, 8, 5, np.random.default_rng(0), stride=2)
epochs = len(reference.as_many_as_fit(range(15), 60, lambda: layer.forward(looks[:400]), trials=30))
for question, answers in {"kind": kinds, "high": (middles > 1750).astype(int)}.items():
    for name, (x, network) in listeners(answers.max() + 1).items():
        known, fresh = (x[:400], answers[:400]), (x[400:], answers[400:])
        right = reference.percent_right(network, known, fresh, rng, epochs=epochs, learning_rate=0.005)
        print(f"{question}: {name:14} {right:3.0f} percent right")
    ear = network if question == "kind" else ear

# %% [markdown]
# <details><summary>What you find</summary>
#
# Which kind? The convolutional network gets nearly all right. The others are not far from guessing: rising and falling whistles
# have the same mean spectrum, and weights tied to places do not recognise a stroke in a new place.
#
# High or low? Here it **fails**: it looks for a stroke anywhere, and forgets where. The other three that see frequencies
# come within two points of 94 %, even the linear layer on the mean spectrum, with 132 parameters.
#
# </details>

# %% [markdown]
# Now bend a whistle, and see what the convolutional network hears. How small a rise does it still call *rising*? And what does it call a whistle
# without any?

# %% id="whistle-and-see" tags=["nbval-ignore-output"]
show.widgets.WhistleAndSee(
    look, lambda picture: reference.softmax(ear.forward((picture - centre)[None, None]))
)

# %% [markdown]
# <details><summary>What you find</summary>
#
# With the noise at 0.3, our network still calls a rise of 200 Hz *rising*, though it learned from rises of 500 Hz and more. It calls a whistle
# without any rise a *hill*. None of its four answers fits, but it has to give one.
#
# </details>

# %% [markdown] break="25"
# > **A good place to stop.** A sound has become a picture, and you know why filters work on it. Next come words.

# %% [markdown]
# ## Can it read?
#
# "Now is better than never." Positions in a sentence have neighbours. Do the words in a dictionary? It puts *never* next to
# *nevertheless*, but that is only spelling. So give each word of a list, the **vocabulary**, a row, and each position a column. Put a 1
# where that word is in that position: this is **one-hot encoding**.

# %% [markdown]
# ### Your turn: `encode_text`
#
# `"to" in vocabulary` tells you whether the list contains the word, and `vocabulary.index("to")` tells you where.


# %% exercise="encode_text"
def encode_text(words, vocabulary):
    """A text as a picture: a row for each word of the vocabulary, a column for each position.

    Parameters
    ----------
    words : list of str
        The text, word after word.
    vocabulary : list of str
        The words that have a row, each once.

    Returns
    -------
    ndarray of shape (len(vocabulary), len(words))
        1 where the position holds that very word, else 0; the column of a word without a row stays zero.

    Examples
    --------
    >>> encode_text(["to", "be", "or", "not", "to", "be"], ["be", "to"])
    array([[0., 1., 0., 0., 0., 1.],
           [1., 0., 0., 0., 1., 0.]])
    """
    ### BEGIN SOLUTION
    encoded = np.zeros((len(vocabulary), len(words)))
    for position, word in enumerate(words):
        if word in vocabulary:
            encoded[vocabulary.index(word), position] = 1
    return encoded
    ### END SOLUTION


# %% test="encode_text" points=2
check("encode_text", encode_text)

# %% [markdown]
# ### Break it
#
# `suspects.encode_text` looks right. Find a small text and vocabulary on which it is wrong.


# %% exercise="break_encode_text"
def break_encode_text():
    """An input on which `suspects.encode_text` is wrong, as small as you can find one.

    Returns
    -------
    tuple of (words, vocabulary)
        Arguments that the docstring of `encode_text` allows.
    """
    ### BEGIN SOLUTION
    return ["a"], ["at"]
    ### END SOLUTION


# %% test="break_encode_text" points=1
check("break_encode_text", break_encode_text)

# %% [markdown]
# Python comes with 19 sayings, the *Zen of Python*. Here are two of them, then the first again with its rows in
# alphabetical order. Which two of the three pictures say the same thing?

# %% id="words-by-positions"
my_encode_text = yours("encode_text", encode_text)
zen = data.zen()
words = ["now", "is", "better", "than", "never", "although", "often", "right"]
shown = [(zen[14], words), (zen[15], words), (zen[14], sorted(words))]
encoded = [my_encode_text(*pair) for pair in shown]
titles = ["saying 14", "saying 15", "saying 14, rows sorted"]
names, positions = [list(vocabulary) for _, vocabulary in shown], [range(len(saying)) for saying, _ in shown]
print(" ".join(zen[14]), "|", " ".join(zen[15]))
show.pictures(encoded, titles, "signed", values=False, rows=names, columns=positions)

# %% [markdown]
# The first and the third do: rows may change places, columns may not. So a filter slides along the positions only, and takes *all*
# the rows at once. The words are its channels. This is **1-D convolution**, with weights of shape ($C_{\text{out}}$, $C_{\text{in}}$, $k$):
#
# $$
# y_{n f p} = b_f + \sum_{c} \sum_{i} w_{f c i} \; x_{n, c, \, p S + i}
# $$
#
# In words: for text $n$, filter $f$ and position $p$, add up the products over channels and width, and add the bias. $S$ is the stride.

# %% [markdown]
# ### Your turn: `conv1d`
#
# It is lesson 04's `conv2d` with one axis fewer: loop over the filters and the positions. (Or let the docstring's `np.tensordot` take
# all filters at once; what it returns for one position has the shape $(N, C_{\text{out}})$.)
#
# By hand, (1, 2, 4) under (1, −1) with a bias of 10: 1 − 2 + 10 = 9, then 2 − 4 + 10 = 8.


# %% exercise="conv1d"
def conv1d(x, weight, bias=None, stride=1, padding=0):
    """The feature maps of sequences: each filter's sum of products plus bias, at every position.

    Parameters
    ----------
    x : ndarray of shape (N, C_in, L)
    weight : ndarray of shape (C_out, C_in, k)
    bias : ndarray of shape (C_out,), or None
    stride, padding : int
        `padding` zeros are added at each of the two ends.

    Returns
    -------
    ndarray of shape (N, C_out, L_out)
        `reference.output_size(L, k, stride, padding)` positions.

    Examples
    --------
    `np.tensordot(a, b, axes=([1, 2], [1, 2]))` multiplies and adds over axes 1 and 2 of both.

    >>> conv1d(np.array([[[1.0, 2.0, 4.0]]]), np.array([[[1.0, -1.0]]]), np.array([10.0]), 1, 0)
    array([[[9., 8.]]])
    """
    ### BEGIN SOLUTION
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding)))
    width = weight.shape[2]
    positions = (padded.shape[2] - width) // stride + 1
    maps = np.zeros((len(x), len(weight), positions))
    for position in range(positions):
        start = position * stride
        pieces = padded[:, :, start : start + width]  # (N, C_in, k)
        maps[:, :, position] = np.tensordot(pieces, weight, axes=([1, 2], [1, 2]))  # (N, C_out)
    return maps if bias is None else maps + bias[:, None]
    ### END SOLUTION


# %% test="conv1d" points=3
check("conv1d", conv1d)

# %% [markdown]
# Here is a filter, set by hand: a 1 for *better* and, one position later, a 1 for *than*. Where in "now is better than never" will its
# sum be 2? (The cell checks that `conv2d` agrees.)

# %% predict="better_than"
predict("better_than", "In how many of the 19 sayings will the sum be 2 somewhere?", int, within=1)

# %% id="better-than"
my_conv1d = yours("conv1d", conv1d)
weight = my_encode_text(["better", "than"], words)[None]  # (1, 8, 2)
found = []
for saying in zen:
    x = my_encode_text(saying, words)[None]  # (1, 8, positions)
    sums = my_conv1d(x, weight, None, 1, 0)[0, 0]
    assert np.allclose(sums, reference.conv2d(x[:, :, None], weight[:, :, None])[0, 0, 0])
    if sums.max() == 2:
        found.append(f"position {int(np.argmax(sums))}: {' '.join(saying)}")
print(*found, sep="\n")
came_out("better_than", len(found))

# %% [markdown]
# One filter finds the two words wherever they are.
#
# ### Reflect
#
# A friend lists 200 words in alphabetical order, makes pictures of texts, and slides filters of 3 x 3 over them, as over a
# spectrogram. What is right about that for the spectrogram, and wrong for the text?

# %% [markdown] answer="rows_of_words" points=1
# In a spectrogram both axes, time and frequency, have neighbours, and a stroke is the same stroke a bit later or a bit
# higher. In the text only positions have neighbours. Rows next to each other are words with similar spelling. A 3 x 3 filter would
# combine three of them and never see "of" and "the" together. So take all the rows at once, as channels, and slide along the
# positions.

# %% [markdown]
# ## In this lesson we
#
# - **made** pictures of sounds, frequencies x frames, with $\lfloor (\text{samples} - \text{window}) / \text{hop} \rfloor + 1$ frames,
# - **measured** that things closer together are more closely related, in a photograph and in a sound, but not in a table,
# - **compared** a convolutional network with others: it did best on one question and failed on the other,
# - **made** pictures of texts, words x positions, and slid a filter along the positions only.

# %% [markdown]
# | data | shape | the filter slides along |
# |---|---|---|
# | sound | (N, 1, 65, 65) | frequency and time |
# | text | (N, words, positions) | positions; words are channels |
#
# **Next:** along an axis with neighbours, order means something. How much? Lesson 17 reads texts backwards and shuffles pixels.
#
# **Sources.** Brandon Rohrer, *How convolutional neural networks work* (things closer together; sound and text as pictures) ·
# Yoon Kim 2014, *Convolutional neural networks for sentence classification* (words as channels) · Tim Peters, *The Zen of Python*.
