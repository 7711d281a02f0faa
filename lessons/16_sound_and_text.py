# %% [markdown]
# # Go beyond pictures
#
# Four whistles, made visible: time goes to the right, high sounds are above low ones. Which one rises, which one falls?
# You see it at once. So can a network.
#
# ![cover]
#
# - **You will build** the picture of a sound and of a text, and a convolution along one axis.
# - **You will learn** where convolution helps, and where it gains nothing.
# - **You need** lessons 03, 05 and 13.

# %% cover="Four spectrograms of 65 x 65 with a bright stroke on black: it climbs in the one named rising, sinks in falling, climbs and sinks in hill, sinks and climbs in valley."
signals = [
    data.whistle(1700 + 450 * np.array(course), noise=0.3, rng=rng) for course in data.WHISTLES.values()
]
looks = [np.log1p(reference.spectrogram(signal, 128, 64)) / 1.75 - 1 for signal in signals]
show.pictures([look[::-1] for look in looks], list(data.WHISTLES), values=False)

# %%
from collections import Counter
from itertools import pairwise

import numpy as np
from IPython.display import Audio, display
from tqdm.auto import tqdm

from helpers import check, data, hint, reference, show, yours

rng = np.random.default_rng(12)

# %% [markdown]
# ## What do pictures have?
#
# A filter of 3 x 3 looks at nine neighbours, in the same way everywhere. Why does that do? Because in pictures **things
# closer together are more closely related**, and a stroke is a stroke wherever it lies.
#
# So ask of any data: is there an axis along which near means related? A sound has one, time. Listen to four whistles. Then
# look at 20 milliseconds of one of them: does it rise or fall?

# %% id="whistles" tags=["nbval-ignore-output"]
signals = {kind: data.whistle(1700 + 450 * np.array(course)) for kind, course in data.WHISTLES.items()}
display(Audio(np.concatenate(list(signals.values())), rate=data.SAMPLE_RATE))
middle = slice(1700, 1860)
milliseconds = 1000 * np.arange(1700, 1860) / data.SAMPLE_RATE
show.curves(milliseconds, {"whistle": signals["rising"][middle]}, "160 samples", "milliseconds")

# %% [markdown]
# It rises, hardly to be seen. The ear asks: *which waves sound, and when?* "Which wave" is a **match**, with waves for features. The piece
# (1, 0, −1, 0) against the wave that swings once in four samples, (1, 0, −1, 0): 1 + 1 = 2. Against the one that swings
# twice, (1, −1, 1, −1): 1 − 1 = 0.

# %% [markdown]
# `np.fft.rfft(piece)` makes all these sums, for 0, 1, 2, ... swings, against waves that begin high and waves that begin at
# zero; `np.abs` joins the two to one strength.

# %% id="matches-with-waves"
piece = np.array([1.0, 0.0, -1.0, 0.0])
print("by products:", [float(np.sum(piece * wave)) for wave in ([1, 1, 1, 1], [1, 0, -1, 0], [1, -1, 1, -1])])
print("by rfft:    ", np.abs(np.fft.rfft(piece)))

# %% [markdown]
# And *when*? Cut out `window` samples every `hop` samples, and set their strengths side by side as columns. This is the
# **spectrogram**, of shape (window // 2 + 1, frames), with
#
# $$
# \text{frames} = \left\lfloor \frac{\text{samples} - \text{window}}{\text{hop}} \right\rfloor + 1
# $$
#
# In words: the positions of a kernel of `window` with a stride of `hop`, as in lesson 03. Cut ends would sound like clicks, so
# each piece is faded in and out: multiply it by `np.hanning(window)`.


# %% exercise="spectrogram"
def spectrogram(signal, window, hop):
    """How strongly each frequency sounds in each piece of a signal.

    Parameters
    ----------
    signal : ndarray of shape (samples,)
    window : int
        Samples in each piece; it is multiplied by `np.hanning(window)`.
    hop : int
        Samples from the beginning of one piece to that of the next. Only whole pieces count.

    Returns
    -------
    ndarray of shape (window // 2 + 1, frames)
        `np.abs(np.fft.rfft(...))` of each faded piece as a column; row 0 is the lowest frequency.

    Examples
    --------
    The window (0, 0.75, 0.75, 0) leaves 0 and −0.75 of the first piece:

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
# **Predict**: four whistles in your spectrogram, `window` 128 and `hop` 64, turned so that high is up. What will *hill* look
# like? (The logarithm makes faint sounds visible; 1.75 and −1 bring all to black and white.)

# %% id="spectrograms"
my_spectrogram = yours("spectrogram", spectrogram)


def look(signal):
    """The sound as a picture with values of about −1 to 1, the lowest frequency in row 0."""
    return np.log1p(my_spectrogram(signal, 128, 64)) / 1.75 - 1


show.pictures([look(signal)[::-1] for signal in signals.values()], list(signals), values=False)

# %% [markdown]
# ## Can it hear?
#
# 900 whistles, at any time and any pitch, in noise: 400 to learn from, 500 to be tried on. Two questions: which of the four
# *kinds*? And is it *high*, above 1750 Hz?

# %% [markdown]
# Three linear networks get the samples, the mean of each frequency over time, or the whole spectrogram; one has a layer of 32
# between. The convolutional one ends with **global max pooling**: it keeps the largest value of each map, wherever that was.
#
# **Predict**: who wins which question?


# %% id="competitors"
def connected(*sizes):
    """Fully connected layers from size to size, with ReLU between them."""
    pairs = [(reference.Linear(*pair, rng, dtype=np.float32), reference.ReLU()) for pair in pairwise(sizes)]
    return reference.Network([reference.Flatten(), *[layer for pair in pairs for layer in pair][:-1]])


def percent_right(network, known, fresh, **settings):
    """What percentage of the fresh ones the network gets right after learning from the known: (inputs, answers)."""
    reference.fit(network, *known, rng, **settings)
    return 100 * reference.accuracy(network, *fresh)


# %%
def listener(classes):
    """Two convolutions, the largest value of each map, the votes."""
    first = reference.Conv2d(1, 8, 5, rng, stride=2, dtype=np.float32)
    second = reference.Conv2d(8, 16, 5, rng, dtype=np.float32)
    last = [reference.GlobalMaxPool(), reference.Linear(16, classes, rng, dtype=np.float32)]
    return reference.Network(
        [first, reference.ReLU(), reference.MaxPool2d(2), second, reference.ReLU(), *last]
    )


# %%
whistles, kinds, pitches = data.sample_whistles(900, rng)
looks = np.stack([look(signal) for signal in whistles])[:, None]  # (900, 1, 65, 65)
looks, samples = looks - looks.mean(), whistles[:, None, None]
spectra, high = looks.mean(axis=3, keepdims=True), (pitches > 1750).astype(int)


# %%
def listeners(classes):
    """Five networks by name, each with what it hears."""
    return {
        "samples": (samples, connected(4224, classes)),
        "mean spectrum": (spectra, connected(65, classes)),
        "spectrogram": (looks, connected(4225, classes)),
        "32 between": (looks, connected(4225, 32, classes)),
        "convolutional": (looks, listener(classes)),
    }


# %% id="sound-classified" tags=["nbval-ignore-output"]
for question, answers, classes in [("kind", kinds, 4), ("high", high, 2)]:
    for name, (x, network) in listeners(classes).items():
        known, fresh = (x[:400], answers[:400]), (x[400:], answers[400:])
        share = percent_right(network, known, fresh, epochs=15, learning_rate=0.005)
        print(f"{question}: {name:14} {share:3.0f} percent right")
    ear = network if question == "kind" else ear

# %% [markdown]
# Which kind? Convolution hears nearly all. The others are not far from guessing, a quarter: rising and falling have the same
# mean spectrum, and weights tied to places do not know a stroke at a new place.
#
# High or low? The linear network on the mean spectrum wins, with 132 parameters. Who looks for a stroke *wherever it is* forgets
# where it was.
#
# Now bend a whistle, listen, and fool the network. How small a rise does it still hear?

# %% id="whistle-and-see" tags=["nbval-ignore-output"]
centre = np.mean([look(signal) for signal in whistles[:400]])
show.widgets.WhistleAndSee(
    look, lambda picture: reference.softmax(ear.forward((picture - centre)[None, None]))
)

# %% [markdown]
# ## Can it read?
#
# "Now is better than never." Positions have neighbours. Have words? A dictionary puts *never* next to *nevertheless*, which means
# nothing. So give each word of a vocabulary a row, and each position a column, with a 1 where the word is: **one-hot**
# encoding. A word without a row leaves its column empty.
#
# By hand, *to be* with the vocabulary *be*, *to*: column 0 is (0, 1), column 1 is (1, 0).


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
# The *Zen of Python* ships with Python: 19 sayings. Here are two of them, and the first once more with its rows in the order of
# the alphabet. Which two of the three pictures say the same?

# %% id="words-by-positions"
my_encode_text = yours("encode_text", encode_text)
zen = data.zen()
rows = ["now", "is", "better", "than", "never", "although", "often", "right"]
encoded = [
    my_encode_text(zen[14], rows),
    my_encode_text(zen[15], rows),
    my_encode_text(zen[14], sorted(rows)),
]
show.pictures(encoded, [" ".join(zen[14]), " ".join(zen[15]), "rows sorted"], "signed")

# %% [markdown]
# The first and the third: rows may change places, columns may not. So a filter slides along the positions only, and takes *all*
# rows at once: words are its channels. This is **1-D convolution**, with weights ($C_{\text{out}}$, $C_{\text{in}}$, $k$):
#
# $$
# y_{n f p} = b_f + \sum_{c} \sum_{i} w_{f c i} \; x_{n, c, \, p S + i}
# $$
#
# In words: products over channels and width, added, plus bias; $S$ is the stride. By hand, (1, 2, 4) under (1, −1) with a bias
# of 10: 1 − 2 + 10 = 9, then 2 − 4 + 10 = 8.


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
# One filter, set by hand: a 1 for *better* and, one position later, a 1 for *than*. Where will its sum be 2, and in how many of
# the 19 sayings? (The cell asks as well whether `conv2d` says the same of pictures one row high.)

# %% id="better-than"
my_conv1d = yours("conv1d", conv1d)
weight = my_encode_text(["better", "than"], rows)[None]  # (1, 8, 2)
found = []
for saying in zen:
    words_by_positions = my_encode_text(saying, rows)[None]  # (1, 8, positions)
    sums = my_conv1d(words_by_positions, weight, None, 1, 0)[0, 0]
    as_picture = reference.conv2d(words_by_positions[:, :, None], weight[:, :, None])
    assert np.allclose(sums, as_picture[0, 0, 0])
    found += [f"position {int(np.argmax(sums))}: {' '.join(saying)}"] if sums.max() == 2 else []
print(*found, f"{len(found)} of {len(zen)} sayings", sep="\n")

# %% [markdown]
# ### Forwards or backwards?
#
# Python's handbook ships with it too: thousands of passages of eight words. Each comes twice, as written and backwards. The
# words are the same, so counting them is no better than guessing. The 200 most frequent words get rows; 3000 passages are for
# learning, 1000 for trying.
#
# **Predict** the order of the four networks. (`reference.Conv2d` with kernels of 1 x 3 is a `conv1d` that can learn.)

# %% id="passages" tags=["nbval-ignore-output"]
handbook = data.handbook_passages()  # a few passages more or fewer, by Python's version
passages = [handbook[index] for index in rng.permutation(len(handbook))[:4000]]
counts = Counter(word for passage in passages[:3000] for word in passage)
vocabulary = [word for word, _ in counts.most_common(200)]
texts = np.stack([my_encode_text(passage, vocabulary) for passage in passages]).astype(np.float32)[:, :, None]
texts = np.stack([texts, texts[..., ::-1]], axis=1).reshape(8000, 200, 1, 8)
backwards = np.tile([0, 1], 4000)
print(" ".join(passages[0]), "|", " ".join(passages[0][::-1]))
print("most frequent:", *vocabulary[:8])


# %%
def four_layers(filters, classes):
    """Filters, ReLU, the largest value of each map, votes."""
    votes = reference.Linear(len(filters.parameters["bias"]), classes, rng, dtype=np.float32)
    return reference.Network([filters, reference.ReLU(), reference.GlobalMaxPool(), votes])


# %% id="text-classified" tags=["nbval-ignore-output"]
reader = four_layers(reference.Conv2d(200, 16, (1, 3), rng, dtype=np.float32), 2)
rivals = {"words counted": connected(200, 2), "linear": connected(1600, 2)}
rivals |= {"32 between": connected(1600, 32, 2), "convolutional": reader}
for name, network in rivals.items():
    x = texts.sum(axis=3, keepdims=True) if name == "words counted" else texts
    known, fresh = (x[:6000], backwards[:6000]), (x[6000:], backwards[6000:])
    print(
        f"{name:14} {percent_right(network, known, fresh, epochs=4, learning_rate=0.005):3.0f} percent right"
    )

# %% [markdown]
# Counting words gets half. Filters that read three words, wherever they are, get most: *of the* is forwards, *the of* is
# backwards.

# %% [markdown]
# ## One row: a time series
#
# A heartbeat, a price: one number for each moment, a text with a single row. A benchmark since 1994 has three shapes, 128
# moments long. A **cylinder** jumps up and stays, a **bell** climbs and drops, a **funnel** jumps and sinks; each at a
# moment and for a while of its own, under noise. Where does each begin and end?

# %% id="cylinder-bell-funnel"
series, labels = data.sample_series(30, np.random.default_rng(0))
drawn = {kind: series[labels == label][1] + 14 * (2 - label) for label, kind in enumerate(data.SERIES)}
show.curves(np.arange(1, 129), drawn, "three series, each drawn 14 above the next", "moment")

# %% [markdown]
# No two begin together. So which is *near* which? Take a peak and the same peak one moment later, (0, 1, 0, 0) and
# (0, 0, 1, 0). Point by point two pairs differ by 1: distance $\sqrt{1 + 1} \approx 1.41$.
#
# Now let time stretch: walk through both to the end, a step in the first, the second, or both. The cheapest walk is **dynamic
# time warping**. Follow the outlined pairs: what do they cost?

# %% id="time-warping"
early, late = np.array([[0, 1, 0, 0]]), np.array([[0, 0, 1, 0]])
print(f"point by point: {reference.euclidean_distances(early, late).item():.2f}")
print(f"time stretched: {reference.dtw_distances(early, late).item():.2f}")
walk = [(0, 0), (0, 1), (1, 2), (2, 3), (3, 3)]  # (moment of the early one, moment of the late one)
windows = [[(*pair, 1, 1) for pair in walk]]
show.pictures([(early.T - late) ** 2], ["squared differences"], "signed", windows=windows)

# %% [markdown]
# Nothing. Now four readers get 30 series to learn from and 900 to name. Two look for the *nearest neighbour* among the 30,
# point by point or time stretched. One is fully connected, with 32 units. One has four layers:
#
# 16 filters over 31 moments → ReLU → global max pooling → votes
#
# **Predict**: which makes the fewest errors? All is drawn anew five times.


# %%
def errors_of_nearest(distances, known, answers, fresh, truth):
    """Percent wrong if each fresh series is taken for the nearest known one."""
    found = reference.nearest_neighbour(distances(fresh, known), answers)
    return 100 * np.mean(found != truth)


def errors_of_network(network, known, answers, fresh, truth):
    """Percent wrong of a network that has learned from the known series."""
    examples = [(known[:, None, None], answers), (fresh[:, None, None], truth)]
    return 100 - percent_right(network, *examples, epochs=100, batch_size=10, learning_rate=0.005)


# %% id="series-errors" tags=["nbval-ignore-output"]
rivals = ("nearest, point by point", "nearest, time stretched", "four layers", "fully connected")
wrong = {name: [] for name in rivals}
for _ in tqdm(range(5), leave=False):
    (known, answers), (fresh, truth) = data.sample_series(30, rng), data.sample_series(900, rng)
    known, fresh = (reference.standardise(x, axis=1).astype(np.float32) for x in (known, fresh))
    series = known, answers, fresh, truth
    networks = four_layers(reference.Conv2d(1, 16, (1, 31), rng, dtype=np.float32), 3), connected(128, 32, 3)
    wrong[rivals[0]].append(errors_of_nearest(reference.euclidean_distances, *series))
    wrong[rivals[1]].append(errors_of_nearest(reference.dtw_distances, *series))
    for name, network in zip(rivals[2:], networks, strict=True):
        wrong[name].append(errors_of_network(network, *series))
show.spread(wrong, "wrong answers", decimals=1, x_label="percent; one dot per draw")

# %% [markdown]
# Stretching time works best, and dates from 1978. The four layers come next, far before the two that tie values to moments.
# Published for the archive's own 30 and 900 series, percent wrong:
#
# | | published |
# |---|---|
# | nearest, point by point | 14.8 |
# | nearest, time stretched | 0.3 |
# | convolutional: Time-CNN, FCN, ResNet | 4.3, 0.6, 0.5 |
# | fully connected (larger than ours) | 12.8 |
#
# (Nearest: the UCR archive's own table. Networks: Fawaz and others 2019, doi 10.1007/s10618-019-00619-1, means of ten runs.)
#
# > **Careful.** Ours are other series of the same definition, and our networks are small.

# %% [markdown]
# ## Three directions: a solid
#
# A scan of a body is a stack of slices. Its pixels, called **voxels**, have neighbours in three directions. Below, from front
# to back, four of the nine slices of two screws: a right-handed one and its mirror image. Follow the white spot.
#
# **Predict**: someone hands you *one* slice, at any angle. Can you tell whether its screw is right-handed? And from the mean
# of all slices?

# %% id="screws"
slices = [data.draw_screw(hand)[depth] for hand in data.SCREWS for depth in range(4)]  # of (9, 9, 9)
titles = [f"{hand}, slice {depth}" for hand in data.SCREWS for depth in range(4)]
show.pictures(slices, titles, values=False)

# %% [markdown]
# One spot goes round clockwise, one against the clock: only the *order* of slices tells. With slices as channels a filter sees
# all nine, but slides down and across only. A **3-D filter** of 3 x 5 x 5 slides along the depth too, to $9 - 3 + 1 = 7$
# positions:
#
# $$
# y_{dij} = b + \sum_{a, p, q} w_{a p q} \; x_{d + a, \, i + p, \, j + q}
# $$
#
# In words: products over a block, added, plus bias. Which of five networks learns from 50 noisy screws?

# %%
looks = {
    "one slice": lambda x: x[:, 4:5],
    "mean of the slices": lambda x: x.mean(axis=1, keepdims=True),
    "slices as channels": lambda x: x,
    "3-D filters": lambda x: x[:, None],
    "fully connected": lambda x: x,
}


def five_networks():
    """Four with filters, in the order of `looks`, and a fully connected one."""
    filters = [reference.Conv2d(channels, 16, 5, rng, dtype=np.float32) for channels in (1, 1, 9)]
    filters += [reference.Conv3d(1, 16, (3, 5, 5), rng, dtype=np.float32)]
    return [*(four_layers(bank, 2) for bank in filters), connected(729, 16, 2)]


# %% id="screws-told-apart" tags=["nbval-ignore-output"]
right = {name: [] for name in looks}
for _ in tqdm(range(5), leave=False):
    known, fresh = (data.sample_screws(count, rng, shift=1, noise=0.5) for count in (50, 500))
    networks = five_networks()
    for (name, look_at), network in zip(looks.items(), networks, strict=True):
        examples = [(look_at(solids), hands) for solids, hands in (known, fresh)]
        right[name].append(percent_right(network, *examples, epochs=30, batch_size=20, learning_rate=0.005))
show.spread(right, "screws told apart", (40, 102), 0, "percent; one dot per draw", baseline=50)

# %% [markdown]
# One slice or the mean cannot beat guessing, the dashed line. Slices as channels help. 3-D filters are nearly always right: three
# slices of thread look alike at every depth, but for a turn, so each screw gives seven examples.

# %% [markdown]
# ## What if nothing has neighbours?
#
# Exchange two columns of a table of customers, and it says what it said. Exchange the pixels of a picture, and you recognise
# nothing. That is the test: a **fixed shuffle**, one new order of the columns for all rows. By hand, (a, b, c) in the order
# (2, 0, 1) becomes (c, a, b): column $j$ is the table's column `order[j]`.


# %% exercise="shuffle_columns"
def shuffle_columns(table, order):
    """The table with its columns in another order, the same order for all rows.

    Parameters
    ----------
    table : ndarray of shape (rows, columns)
        Left unchanged.
    order : ndarray of int, of shape (columns,)
        Each column's number once: column j of the result is column order[j] of the table.

    Returns
    -------
    ndarray of shape (rows, columns)

    Examples
    --------
    >>> shuffle_columns(np.array([[1, 2, 3], [4, 5, 6]]), np.array([2, 0, 1]))
    array([[3, 1, 2],
           [6, 4, 5]])
    """
    ### BEGIN SOLUTION
    return table[:, order]
    ### END SOLUTION


# %% test="shuffle_columns" points=2
check("shuffle_columns", shuffle_columns)

# %% id="customers"
my_shuffle_columns = yours("shuffle_columns", shuffle_columns)
table, again = data.sample_customers(6, np.random.default_rng(28))
print("customer  ", *[f"{number:7}" for number in range(6)])
for column, name in enumerate(data.CUSTOMER_COLUMNS):
    print(f"{name:10}", *[f"{value:7g}" for value in table[:, column]])
print("again?    ", *[f"{['no', 'yes'][answer]:>7}" for answer in again])

# %% [markdown]
# The table is made up. Three *pairs* of columns decide: many purchases speak for a customer who came a few days ago, against
# one who stayed away; so it is with a long distance and buying online, a small income and discounts.
#
# One network is fully connected; one has 32 filters over three neighbouring columns, then votes. They get the columns as
# listed, shuffled, and with pairs side by side. **Predict**: whom does the order trouble?


# %%
def three_columns():
    """32 filters over three neighbouring columns of twelve, ReLU, votes."""
    filters, votes = reference.Conv2d(1, 32, (1, 3), rng, dtype=np.float32), connected(320, 2)
    return reference.Network([filters, reference.ReLU(), *votes.layers])


arrangements = ("listed", "shuffled", "paired")
paired = ["purchases", "days", "distance", "online", "income", "discount"]
paired += [name for name in data.CUSTOMER_COLUMNS if name not in paired]
side_by_side = np.array([data.CUSTOMER_COLUMNS.index(name) for name in paired])

# %% id="customers-told-apart" tags=["nbval-ignore-output"]
right = {f"{kind}, {order}": [] for kind in ("connected", "filters") for order in arrangements}
settings = {"epochs": 20, "batch_size": 50, "learning_rate": 0.01}
for _ in tqdm(range(5), leave=False):
    table, again = data.sample_customers(2500, rng)
    table = reference.standardise(table, axis=0)
    orders = {"listed": np.arange(12), "shuffled": rng.permutation(12), "paired": side_by_side}
    for name, results in right.items():
        x = my_shuffle_columns(table, orders[name.split(", ")[1]])[:, None, None]  # (2500, 1, 1, 12)
        network = connected(12, 32, 2) if name.startswith("connected") else three_columns()
        results.append(percent_right(network, (x[:1000], again[:1000]), (x[1000:], again[1000:]), **settings))
show.spread(right, "customers predicted", (40, 102), 0, "percent; one dot per draw", baseline=50)

# %% [markdown]
# Fully connected units see all columns: order is nothing to them. Filters guess as listed, for no pair lies within three
# columns. Shuffled, luck decides how many do. At best, with pairs side by side, they draw level: they gain nothing.
#
# Now where convolution leads: handwritten digits, each put somewhere on a field of 12 x 12. Below them, *one* shuffle of the
# 144 pixels, the same for all pictures. **Predict**: who will miss the old order?

# %% id="shuffled-digits"
digits, names = data.digits()
fields = np.full((len(digits), 1, 12, 12), -1.0)
for field, digit, (row, column) in zip(
    fields[:, 0], digits[:, 0], rng.integers(0, 5, (len(digits), 2)), strict=True
):
    field[row : row + 8, column : column + 8] = digit


def shuffle_pixels(images, order):
    return my_shuffle_columns(images.reshape(len(images), -1), order).reshape(images.shape)


four = np.concatenate([fields[:4], shuffle_pixels(fields[:4], rng.permutation(144))])
show.pictures(
    four[:, 0], [f"{kind} {name}" for kind in ("digit", "shuffled") for name in names[:4]], values=False
)

# %% id="shuffled-digits-read" tags=["nbval-ignore-output"]
right = {f"{kind}, {order}": [] for kind in ("connected", "filters") for order in ("as they are", "shuffled")}
settings = {"epochs": 20, "batch_size": 20, "learning_rate": 0.005}
for _ in tqdm(range(5), leave=False):
    mixed = rng.permutation(len(fields))
    images, answers = fields[mixed].astype(np.float32), names[mixed]
    shuffled = shuffle_pixels(images, rng.permutation(144))
    for name, x in zip(right, (images, shuffled) * 2, strict=True):
        network = four_layers(reference.Conv2d(1, 32, 5, rng, dtype=np.float32), 10)
        network = connected(144, 64, 10) if name.startswith("connected") else network
        known, fresh = (x[:500], answers[:500]), (x[500:], answers[500:])
        right[name].append(percent_right(network, known, fresh, **settings))
show.spread(right, "digits read", (0, 102), 0, "percent; one dot per draw", baseline=10)

# %% [markdown]
# The fully connected network stays where it was: to it, a new order of the pixels is only a new order of its weights. The
# filters lose all their lead and more: their neighbours mean nothing now, and the largest value forgets *where*, which is all
# that is left to know.
#
# So before you slide a filter over your data, ask: **would they be as useful with their columns in another order?** If so,
# convolution gains you nothing.

# %% [markdown]
# ### Reflect
#
# Choose data that you know: recipes, a chess board, a diary of the weather. Along which axis does near mean related, and would
# you slide a filter along it? And why does a fixed shuffle not trouble a fully connected network?

# %% [markdown] answer="where_to_slide" points=2
# Weather: near days are related, and a cold front looks the same whichever day it comes, so slide along the days. Temperature,
# pressure and rain are channels; their order means nothing. A fully connected network has a weight of its own for each input and
# does not know about neighbours: shuffled, it can move its weights along and compute the same sums. Filters cannot, for they have the
# same weights at every place.

# %% [markdown]
# ## In this lesson we
#
# - **made** pictures of sounds, frequencies x frames, $\lfloor (\text{samples} - \text{window}) / \text{hop} \rfloor + 1$ of
#   them, and of texts, words x positions,
# - **slid** filters along one axis, $b_f + \sum_{c, i} w_{f c i} \, x_{n, c, p S + i}$, along two and along three,
# - **compared** convolution with rivals: it won, drew and lost,
# - **asked** of data whether a shuffle of the columns costs anything: if not, convolution gains nothing.

# %% [markdown]
# | data | shape | the filter slides along |
# |---|---|---|
# | sound | (N, 1, 65, 65) | frequency and time |
# | text | (N, 200, 8) | positions; words are channels |
# | time series | (N, 1, 128) | time |
# | 3-D | (N, 1, D, H, W) | depth, height and width |
# | customers | (N, columns) | nothing |
#
# **Next:** all this was yours, in NumPy. Is it what the field's own library computes? In lesson 18 PyTorch answers.

# %% [markdown]
# **Sources.** Brandon Rohrer, *How convolutional neural networks work* (things closer together; when to shuffle) · Hassan Ismail
# Fawaz et al. 2019, *Deep learning for time series classification: a review* · Hoang Anh Dau et al. 2018, *The UCR time series
# archive* (errors of the nearest neighbours) · Naoki Saito 1994, *Local feature extraction and
# its applications using a library of bases* (cylinder, bell, funnel) · Hiroaki Sakoe and Seibi Chiba 1978, *Dynamic programming
# algorithm optimization for spoken word recognition*.
