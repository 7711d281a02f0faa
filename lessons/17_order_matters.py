# %% [markdown] id="title"
# # Shuffle it and see
#
# Shuffle the pixels of a digit, and you can no longer read it. Shuffle the columns of a table of customers, and it says what it
# said before. So where does order matter?
#
# ![cover]
#
# - **You will build** `class_activation`, which shows where a network has looked, and `shuffle_columns`.
# - **You will learn** what filters gain from order in texts, series and solids, and where they gain nothing.
# - **You need** lessons 09, 13 and 16.
# - **It takes** about 45 minutes.

# %% cover="A handwritten 0, 1, 2 and 3, 12 x 12 each, and below them the same four with their pixels shuffled: nothing to recognise."
few = np.pad(data.digits()[0][:4, 0], ((0, 0), (2, 2), (2, 2)), constant_values=-1)
order = rng.permutation(144)
mixed = few.reshape(4, 144)[:, order].reshape(4, 12, 12)
titles = [f"{kind}{number}" for kind in ("", "shuffled ") for number in range(4)]
show.pictures([*few, *mixed], titles, values=False, sizes=False)

# %% tags=["nbval-ignore-output"]
from collections import Counter

import numpy as np
from IPython.display import display
from tqdm.auto import tqdm

from helpers import came_out, check, data, hint, predict, puzzle, reference, review, show, suspects, yours

rng = np.random.default_rng(12)

review(3)

# %% [markdown]
# ## Forwards or backwards?
#
# Python comes with a handbook, here cut into thousands of passages of eight words. Take each one twice, as it is and backwards.
# Both versions have the same words, so only the order can tell them apart. As in lesson 16, words get rows, here the 200 most frequent
# ones. Learn from 3,000 passages, and test on 1,000.

# %% id="passages" tags=["nbval-ignore-output"]
handbook = data.handbook_passages()
passages = [handbook[index] for index in rng.permutation(len(handbook))[:4000]]
counts = Counter(word for passage in passages[:3000] for word in passage)
vocabulary = [word for word, _ in counts.most_common(200)]
texts = np.stack([reference.encode_text(passage, vocabulary) for passage in passages]).astype(np.float32)
texts = np.stack([texts, texts[..., ::-1]], axis=1).reshape(8000, 200, 1, 8)
backwards = np.tile([0, 1], 4000)
print(" ".join(passages[0]), "|", " ".join(passages[0][::-1]))

# %% [markdown]
# Three networks are fully connected. One only counts the words, one sees words by positions, and one has 32 hidden units as well. The
# fourth has 16 filters over three words, then ReLU, global max pooling, and votes. (`reference.Conv2d` with kernels of 1 x 3 is a `conv1d` that
# can learn.) **Predict:** which will be best, and which worst?

# %% id="text-classified" tags=["nbval-ignore-output"]
readers = {
    "words counted": reference.connected_network([200, 2], rng),
    "linear": reference.connected_network([1600, 2], rng),
    "32 between": reference.connected_network([1600, 32, 2], rng),
    "filters": reference.filter_network([reference.Conv2d(200, 16, (1, 3), rng, dtype=np.float32)], 2, rng),
}
for name, network in readers.items():
    x = texts.sum(axis=3) if name == "words counted" else texts
    sets = (x[:6000], backwards[:6000]), (x[6000:], backwards[6000:])
    right = reference.percent_right(network, *sets, rng, epochs=4, learning_rate=0.005)
    print(f"{name:14} {right:3.0f} percent right")

# %% [markdown]
# Counting words is right exactly half the time: both versions have the same counts, so both get the same answer, which is wrong for one of them. Filters that read three
# words, wherever they are, do best: *of the* is forwards, *the of* is backwards.

# %% [markdown]
# ## A series of moments
#
# A heartbeat or a price is like a text with a single row: one number for each moment, a **time series**. A benchmark from 1994 has three
# shapes, 128 moments long. A **cylinder** jumps up and stays, a **bell** climbs and drops, and a **funnel** jumps and sinks. They begin and end
# at random moments, in noise. Where do these three begin and end?

# %% id="cylinder-bell-funnel"
shapes, kinds = data.sample_series(30, np.random.default_rng(0))
drawn = {kind: shapes[kinds == label][1] + 14 * (2 - label) for label, kind in enumerate(data.SERIES)}
show.curves(np.arange(1, 129), drawn, "three series, each 14 above the next", "moment", "value")

# %% [markdown]
# <details><summary>Where they begin and end</summary>
#
# The cylinder lasts from moment 32 to 102, the bell from 22 to 91, and the funnel from 27 to 119. The beginning of the bell and the
# end of the funnel are lost in the noise: you cannot see them.
#
# </details>

# %% [markdown]
# No two of them begin at the same moment. So how far apart are two series? Take a peak and the same peak one moment later, (0, 1, 0, 0) and
# (0, 0, 1, 0). Point by point they differ by 1 in two places: the distance is $\sqrt{1 + 1} \approx 1.41$.

# %% [markdown]
# Now let time stretch. Walk through both series to the end. Each step moves on by one moment in the first, in the second, or in both, and
# you pay the squared difference of every pair you visit. The cheapest walk gives the distance of **dynamic time warping**. Follow the outlined
# pairs in the picture: why does this walk cost nothing?

# %% id="time-warping"
early, late = np.array([[0, 1, 0, 0]]), np.array([[0, 0, 1, 0]])
print(f"point by point: {reference.euclidean_distances(early, late).item():.2f}")
print(f"time stretched: {reference.dtw_distances(early, late).item():.2f}")
walk = [(0, 0), (0, 1), (1, 2), (2, 3), (3, 3)]  # (moment of the early one, moment of the late one)
windows = [None, None, [(*pair, 1, 1) for pair in walk]]
four = range(4)
rows, columns = [f"early {moment}" for moment in four], [f"late {moment}" for moment in four]
axes = {"rows": [None, None, rows], "columns": [four, four, columns]}
shown = {"early": early, "late": late, "squared differences": (early.T - late) ** 2}
show.pictures(list(shown.values()), list(shown), "signed", windows=windows, **axes)

# %% [markdown]
# Because the two values of each pair are equal. Now five methods get 30 series to learn from and 900 to name. Two of them
# answer with the label of the **nearest neighbour** among the 30, point by point or with time stretched. The other three are networks:


# %% id="series-networks"
def learned(network, known, fresh):
    """Percent right of a network that has learned from few series."""
    return reference.percent_right(network, known, fresh, rng, epochs=100, batch_size=10, learning_rate=0.005)


def series_networks():
    """Three networks by name, for series of shape (N, 1, 1, 128)."""
    wide = [reference.Conv2d(1, 16, (1, 31), rng, dtype=np.float32)]
    two = [reference.Conv2d(maps, 16, (1, 15), rng, dtype=np.float32) for maps in (1, 16)]
    return {
        "fully connected": reference.connected_network([128, 32, 3], rng),
        "filters, maximum": reference.filter_network(wide, 3, rng),
        "two layers, mean": reference.filter_network(two, 3, rng, reference.GlobalAvgPool()),
    }


# %% [markdown]
# The second network has 16 filters over 31 moments and ends with global max pooling. The third has two layers of 16 filters over 15 moments,
# and ends with **global average pooling**, the mean of each map. Everything is drawn afresh four times. Which of the five will
# make the fewest errors?

# %% id="series-errors" tags=["nbval-ignore-output"]
by = {"point by point": reference.euclidean_distances, "time stretched": reference.dtw_distances}
wrong = {name: [] for name in [*by, *series_networks()]}
for _ in tqdm(range(4), leave=False):
    (known, answers), (fresh, truth) = data.sample_series(30, rng), data.sample_series(900, rng)
    known, fresh = (reference.standardise(x, axis=1).astype(np.float32) for x in (known, fresh))
    for name, distances in by.items():
        found = reference.nearest_neighbour(distances(fresh, known), answers)
        wrong[name].append(100 * np.mean(found != truth))
    sets, judges = [(known[:, None, None], answers), (fresh[:, None, None], truth)], series_networks()
    for name, network in judges.items():
        wrong[name].append(100 - learned(network, *sets))
show.spread(wrong, "wrong answers", decimals=1, x_label="percent; one dot per draw")

# %% [markdown]
# Stretching time works best, without learning anything. (The idea dates from 1968 and its usual form from 1978.) The two networks with
# filters come next. Far behind are the two methods that tie values to moments.

# %% [markdown]
# A 2019 review compared much larger networks. Here are four of its plans, with their published errors for 30 training and 900 test series from a public archive:
#
# | | layers | then | percent wrong |
# |---|---|---|---|
# | MLP (multilayer perceptron) | fully connected: 500, 500, 500 | votes | 12.8 |
# | Time-CNN | filters over 7 moments: 6, 12; average pooling after each | flatten, votes | 4.3 |
# | FCN (fully convolutional network) | filters over 8, 5, 3 moments: 128, 256, 128; batch normalisation, ReLU | global average, votes | 0.6 |
# | ResNet (residual network) | three blocks of three such layers; each block's input is added to its output | global average, votes | 0.5 |
# | nearest, point by point | | | 14.8 |
# | nearest, time stretched | | | 0.3 |
#
# > **Careful.** Our series have the same definition, but they are not the archive's.

# %% [markdown]
# The FCN is our third network, but larger. How many parameters does it have, leaving out batch normalisation?
# Count its three layers and its votes as in lesson 04:

# %% id="fcn-counted"
layers = {
    "8 moments": (1, 128, 8),
    "5 moments": (128, 256, 5),
    "3 moments": (256, 128, 3),
    "votes": (128, 3, 1),
}
counted = {name: (maps * width + 1) * filters for name, (maps, filters, width) in layers.items()}
print(counted, f"together {sum(counted.values()):,}")
for name, network in judges.items():
    print(f"ours, {name}: {sum(array.size for array in network.parameters().values()):,}")

# %% [markdown]
# ## Which moments voted?
#
# A network says *bell*. Where has it looked? After global pooling, the vote for class $k$ is
#
# $$
# v_k = b_k + \sum_c w_{kc} \, \text{pool}(m_c)
# $$
#
# In words: the bias, plus the pooled value of each map $m_c$ times its weight. Now share each term out among the moments. Each moment contributes
# its value, divided by $L$, to the mean of a map of $L$ values. The maximum comes from one moment alone.

# %% [markdown]
# By hand, take one map, (2, 6, 1), whose weight for the class is 6. Its mean is 3, so it votes 6 · 3 = 18, and the moments give 6 · 2 / 3 = 4,
# then 12, then 2. Its maximum is 6, so it votes 6 · 6 = 36, all of it from moment 1: 0, 36, 0.
#
# What the moments give, added up over all maps, is the **class activation map**.
#
# ### Your turn: `class_activation`


# %% exercise="class_activation"
def class_activation(maps, weights, pooling="mean"):
    """How much each moment votes for each class, after global pooling and a linear layer.

    Parameters
    ----------
    maps : ndarray of shape (C, L)
        What goes into the global pooling: C maps of one series, at L moments.
    weights : ndarray of shape (classes, C)
        A row of the linear layer's weights for each class.
    pooling : {"mean", "max"}
        After the mean every moment votes. After the maximum each map votes only at the moment of its largest
        value; if there are several, at the first of them.

    Returns
    -------
    ndarray of shape (classes, L)
        Summed over the moments, plus the biases, it is what the network votes.

    Examples
    --------
    >>> maps, weights = np.array([[0.0, 2.0], [4.0, 1.0]]), np.array([[3.0, 1.0], [1.0, -1.0]])
    >>> class_activation(maps, weights, "max")
    array([[ 4.,  6.],
           [-4.,  2.]])
    """
    ### BEGIN SOLUTION
    activation = np.zeros((len(weights), maps.shape[1]))
    for label in range(len(weights)):
        for channel in range(len(maps)):
            weighted = weights[label, channel] * maps[channel]
            if pooling == "max":
                moment = np.argmax(maps[channel])
                activation[label, moment] += weighted[moment]
            else:
                activation[label] += weighted / len(weighted)
    return activation
    ### END SOLUTION


# %% test="class_activation" points=3
check("class_activation", class_activation)

# %% [markdown]
# ### Break it
#
# `suspects.class_activation` looks right. Find a small input on which it is wrong.


# %% exercise="break_class_activation"
def break_class_activation():
    """An input on which `suspects.class_activation` is wrong, as small as you can find one.

    Returns
    -------
    tuple of (maps, weights, pooling)
        Arguments that the docstring of `class_activation` allows.
    """
    ### BEGIN SOLUTION
    return np.array([[1.0], [1.0]]), np.array([[1.0, 1.0]]), "max"
    ### END SOLUTION


# %% test="break_class_activation" points=1
check("break_class_activation", break_class_activation)

# %% [markdown]
# Ask the two networks with filters about three fresh series. Each bar is drawn at the middle of the moments that its entry sees; the orange line
# marks the highest. (Only differences count for softmax, so the mean over the classes is subtracted from the weights. A bar above zero speaks
# for its class more than for the others.) **Predict:** which moments will speak most for a cylinder, for a bell, for a funnel?

# %% id="which-moments" tags=["nbval-ignore-output"]
my_class_activation = yours("class_activation", class_activation)
three = np.stack([fresh[truth == label][1] for label in range(3)])
for name, pooling, middle in [("filters, maximum", "max", 15), ("two layers, mean", "mean", 14)]:
    *layers, _, votes = judges[name].layers
    weights = votes.parameters["weight"] - votes.parameters["weight"].mean(axis=0)
    maps = reference.Network(layers).forward(three[:, None, None])[:, :, 0]  # (3, 16, L)
    parts = [my_class_activation(m, weights, pooling) for m in maps]  # each (3, L)
    shares = reference.softmax(judges[name].forward(three[:, None, None]).astype(float))
    print(f"{name}, shares of the right classes: {np.diag(shares).round(2)}")
    bars = [part[label] for label, part in enumerate(parts)]
    display(show.moments(three, bars, list(data.SERIES), middle))

# %% [markdown]
# With the maximum, at most 16 moments vote, one for each map, and most of them are near an edge: where the cylinder jumps or falls, where the bell
# drops, where the funnel jumps. With the mean, all moments vote a little. In our run most of the flat top speaks for the cylinder, the
# drop for the bell, and the long descent for the funnel; the cylinder's fall and the funnel's jump speak against them.

# %% [markdown] break="25"
# > **A good place to stop.** You have seen order in a text, order in time, and where a network has looked. Next come a third direction, and
# > data without neighbours.

# %% [markdown]
# ## Three directions: a solid
#
# A scan of a body is a stack of slices. Its pixels, called **voxels**, have neighbours in three directions. The next picture shows two screws, an
# ordinary right-handed one and its mirror image: four of the nine slices of each, front to back. Follow the white spot.
#
# **Predict:** someone hands you *one* slice. Can you tell whether its screw is right-handed? Could you tell from the mean of all the slices?

# %% id="screws"
slices = [data.draw_screw(hand)[depth] for hand in data.SCREWS for depth in range(4)]  # of (9, 9, 9)
titles = [f"{hand}, slice {depth}" for hand in data.SCREWS for depth in range(4)]
show.pictures(slices, titles, values=False)

# %% [markdown]
# One spot goes round clockwise, the other counterclockwise: only the *order* of the slices differs. With slices as channels, a filter sees
# all nine, but slides only down and across. A **3-D filter** of 3 x 5 x 5 also slides along the depth, to $9 - 3 + 1 = 7$ positions:
#
# $$
# y_{dij} = b + \sum_{a, p, q} w_{a p q} \; x_{d + a, \, i + p, \, j + q}
# $$
#
# In words: the products over a block, added up, plus the bias. There are five networks, one for each view and one that is
# fully connected.

# %% predict="best_screws"
predict(
    "best_screws",
    "Which of them learns best from 50 noisy screws?",
    ["one slice", "mean of the slices", "slices as channels", "3-D filters", "fully connected"],
)

# %% id="screw-networks"
views = {
    "one slice": lambda x: x[:, 4:5],
    "mean of the slices": lambda x: x.mean(axis=1, keepdims=True),
    "slices as channels": lambda x: x,
    "3-D filters": lambda x: x[:, None],
}


def screw_networks():
    """A network with filters for each view."""
    banks = [reference.Conv2d(channels, 16, 5, rng, dtype=np.float32) for channels in (1, 1, 9)]
    banks += [reference.Conv3d(1, 16, (3, 5, 5), rng, dtype=np.float32)]
    return [reference.filter_network([bank], 2, rng) for bank in banks]


# %% id="screws-told-apart" tags=["nbval-ignore-output"]
told = {name: [] for name in [*views, "fully connected"]}
settings = {"epochs": 30, "batch_size": 20, "learning_rate": 0.005}
for _ in tqdm(range(5), leave=False):
    solids = [data.sample_screws(count, rng, shift=1, noise=0.5) for count in (50, 500)]
    networks = [*screw_networks(), reference.connected_network([729, 16, 2], rng)]
    for (name, percents), network in zip(told.items(), networks, strict=True):
        sets = [(views.get(name, np.asarray)(x), hands) for x, hands in solids]
        percents.append(reference.percent_right(network, *sets, rng, **settings))
came_out("best_screws", max(told, key=lambda name: np.mean(told[name])))
show.spread(told, "screws told apart", (40, 102), 0, "percent; one dot per draw", baseline=50)

# %% [markdown]
# <details><summary>What you find</summary>
#
# One slice or the mean does no better than guessing (the dashed line); nor does the fully connected network. Slices as channels help.
# 3-D filters are nearly always right: three slices of thread look the same at every depth, except for a turn, so each screw gives seven
# examples.
#
# </details>

# %% [markdown]
# ## What if nothing has neighbours?
#
# Now take a made-up table of customers, with a row for each customer and a column for each thing known about them. Swap two rows, then two columns.
# Do you lose anything? Then do the same with a digit.


# %% id="swapped"
def told_as_a_table(title, table, names):
    print(f"{title:23}", *[f"{name:>9}" for name in names])
    for row in table:
        print(" " * 23, *[f"{value:9g}" for value in row])


table, again = data.sample_customers(4, np.random.default_rng(28))
few, columns = table[:, 1:6], list(data.CUSTOMER_COLUMNS[1:6])
told_as_a_table("as it is", few, columns)
told_as_a_table("rows 0, 1 swapped", few[[1, 0, 2, 3]], columns)
other = [3, 1, 2, 0, 4]
told_as_a_table("columns 0, 3 swapped", few[:, other], [columns[column] for column in other])

# %% id="digit-swapped"
digits, names = data.digits()
kept_digit = digits[3, 0]
rows_swapped, columns_swapped = kept_digit.copy(), kept_digit.copy()
rows_swapped[[1, 4]] = kept_digit[[4, 1]]
columns_swapped[:, [2, 5]] = kept_digit[:, [5, 2]]
pieces = [kept_digit, rows_swapped, columns_swapped]
show.pictures(pieces, ["a 3", "rows 1 and 4 swapped", "columns 2 and 5 swapped"], values=False)

# %% [markdown]
# Every customer is still there, with the same numbers under the same names. The digit is damaged both times. So you can test any data with a
# **fixed shuffle**: one new order of the columns, the same for all rows.

# %% [markdown]
# ### Your turn: `shuffle_columns`
#
# By hand, (a, b, c) in the order (2, 0, 1) becomes (c, a, b): column $j$ of the result is column `order[j]` of the table. An index may be a list
# or an array: `row[[2, 0, 1]]` takes entries 2, 0 and 1.


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

# %% [markdown]
# Will a customer buy again? Three *pairs* of columns decide. Many purchases are a good sign if the customer came a few days ago, and a bad one
# if the last visit was long ago. In the same way, a long distance goes with buying online, and a small income with discounts.

# %% [markdown]
# One network is fully connected; the other has 32 filters over three neighbouring columns. They get the columns as listed, shuffled, and with
# the pairs side by side. **Predict:** for which of the two does the order matter?

# %% id="three-orders"
my_shuffle_columns = yours("shuffle_columns", shuffle_columns)
pairs = ["purchases", "days", "distance", "online", "income", "discount"]
pairs += [name for name in data.CUSTOMER_COLUMNS if name not in pairs]
orders_tried = ("listed", "shuffled", "paired")
paired = np.array([data.CUSTOMER_COLUMNS.index(name) for name in pairs])


def customer_network(kind):
    """Fully connected, or filters over three of twelve columns and then votes."""
    if kind == "connected":
        return reference.connected_network([12, 32, 2], rng)
    filters, votes = reference.Conv2d(1, 32, (1, 3), rng), reference.connected_network([320, 2], rng)
    return reference.Network([filters, reference.ReLU(), *votes.layers])


# %% id="customers-told-apart" tags=["nbval-ignore-output"]
bought = {f"{kind}, {order}": [] for kind in ("connected", "filters") for order in orders_tried}
settings = {"epochs": 20, "batch_size": 50, "learning_rate": 0.01}
for _ in tqdm(range(4), leave=False):
    customers, again = data.sample_customers(2500, rng)
    orders = {"listed": np.arange(12), "shuffled": rng.permutation(12), "paired": paired}
    for name, results in bought.items():
        kind, order = name.split(", ")
        x = my_shuffle_columns(reference.standardise(customers, axis=0), orders[order])[:, None, None]
        sets = (x[:1000], again[:1000]), (x[1000:], again[1000:])
        results.append(reference.percent_right(customer_network(kind), *sets, rng, **settings))
show.spread(bought, "customers predicted", (40, 102), 0, "percent; one dot per draw", baseline=50)

# %% [markdown]
# Fully connected units see all the columns, so the order makes no difference. The filters **fail** on the columns as listed, where no pair fits
# within three columns. After a shuffle, luck decides how many pairs fit. At best, with pairs side by side, the filters draw level: they gain
# nothing.

# %% [markdown]
# Now take data on which convolution does best: handwritten digits, each placed somewhere on a field of 12 x 12. As in this lesson's first picture,
# their 144 pixels are shuffled in the *same* new order.

# %% predict="shuffled_digits"
predict(
    "shuffled_digits",
    "Which network reads more of the shuffled digits?",
    ["connected", "filters"],
)

# %% id="shuffled-digits"
fields = np.full((len(digits), 1, 12, 12), -1.0, np.float32)
places = rng.integers(0, 5, (len(digits), 2))
for field, digit, (row, column) in zip(fields[:, 0], digits[:, 0], places, strict=True):
    field[row : row + 8, column : column + 8] = digit


def digit_networks():
    """One that is fully connected, and one with filters of 5 x 5."""
    filters = [reference.Conv2d(1, 32, 5, rng, dtype=np.float32)]
    connected = reference.connected_network([144, 64, 10], rng)
    return {"connected": connected, "filters": reference.filter_network(filters, 10, rng)}


# %% id="shuffled-digits-read" tags=["nbval-ignore-output"]
read = {f"{kind}, {order}": [] for kind in digit_networks() for order in ("as they are", "shuffled")}
settings = {"epochs": 20, "batch_size": 20, "learning_rate": 0.005}
for _ in tqdm(range(3), leave=False):
    chosen = rng.permutation(len(fields))
    images, answers = fields[chosen], names[chosen]
    shuffled = my_shuffle_columns(images.reshape(-1, 144), rng.permutation(144)).reshape(images.shape)
    for order, x in {"as they are": images, "shuffled": shuffled}.items():
        for kind, network in digit_networks().items():
            sets = (x[:500], answers[:500]), (x[500:], answers[500:])
            read[f"{kind}, {order}"].append(reference.percent_right(network, *sets, rng, **settings))
came_out("shuffled_digits", max(digit_networks(), key=lambda kind: np.mean(read[f"{kind}, shuffled"])))
show.spread(read, "digits read", (0, 102), 0, "percent; one dot per draw", baseline=10)

# %% [markdown]
# <details><summary>What you find</summary>
#
# The fully connected network stays about where it was: a new order of the pixels only asks for a new order of its weights. The
# filters lose all their lead and more. Neighbours mean nothing now, and the largest value forgets *where* it was, which is all
# that is left to know.
#
# </details>

# %% [markdown]
# So before you slide a filter over your data, ask: **would the columns be just as useful in another order?** If so,
# convolution gains you nothing.

# %% [markdown]
# ### Reflect
#
# Choose some data that you know: recipes, a chessboard, a weather diary. Along which axis does near mean related, and would
# you slide a filter along it? And why does a fixed shuffle make no difference to a fully connected network?

# %% [markdown] answer="where_to_slide" points=2
# In a weather diary, days close together are related, and a cold front looks the same whenever it comes. So slide along the days. Temperature,
# pressure and rain are channels; their order means nothing. A fully connected network has a separate weight for each input and does not know about
# neighbours: if its weights are shuffled along with the inputs, it computes the same sums. Filters cannot do that, because they have the same
# weights at every place.

# %% [markdown]
# ## In this lesson we
#
# - **read** texts forwards and backwards, and slid filters along time and along the depth of a solid,
# - **shared** a vote out among the moments that made it: $v_k = b_k + \sum_c w_{kc} \, \text{pool}(m_c)$,
# - **compared** filters with nearest neighbours, stretched time and fully connected networks,
# - **shuffled** columns and pixels: where that costs nothing, convolution gains nothing.

# %% [markdown]
# | data | shape | the filter slides along |
# |---|---|---|
# | sound | (N, 1, 65, 65) | frequency and time |
# | text | (N, words, positions) | positions; words are channels |
# | time series | (N, 1, 128) | time |
# | solid | (N, 1, D, H, W) | depth, height and width |
# | customers | (N, columns) | nothing |
#
# **Next:** you have built all this yourself, in NumPy. Does the field's own library compute the same? In lesson 18 you ask PyTorch.

# %% [markdown]
# **Sources.** Brandon Rohrer, *How convolutional neural networks work* (when to shuffle) · Hassan Ismail Fawaz and others 2019, *Deep learning for time
# series classification: a review*, doi 10.1007/s10618-019-00619-1 (plans and errors of the networks, means of ten runs; class activation maps); the nearest neighbours' errors are the
# UCR archive's · Naoki Saito 1994, *Local feature extraction and its applications using a library of bases* (cylinder, bell,
# funnel) · T. K. Vintsyuk 1968 and Hiroaki Sakoe and Seibi Chiba 1978 (dynamic time warping).
