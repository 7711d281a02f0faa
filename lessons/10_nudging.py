# %% [markdown] id="title"
# # Nudge every weight
#
# In lesson 09 the weights were set by hand. Who sets them when nobody knows which ones are good?
#
# ![cover]
#
# - **You will build** `cross_entropy`, `numerical_gradient` and `gradient_step`, with which a network learns.
# - **You will learn** what a wrong vote costs, how a nudge shows the way down, and how far to go.
# - **You need** lessons 02 to 06 and 09.
# - **It takes** about 45 minutes.

# %% cover="Three valleys: the error over the middle pixel of a feature, over a voting weight, and over a bias. On each curve an orange point marks the weight's present value, and a short orange line its slope: upwards for the pixel, downwards for the other two."
show.valleys(error, weights, [4, 19, 22], ["a feature pixel", "a voting weight", "a bias"])

# %% tags=["nbval-ignore-output"]
import numpy as np

from helpers import came_out, check, data, hint, predict, puzzle, reference, review, show, suspects, yours

review(3)

# %% [markdown]
# ## What a wrong vote costs
#
# A network looks at an X. Softmax turns its votes into shares: 0.2 for X and 0.8 for O. How wrong is that, as one number?

# %% [markdown]
# A first idea is *right answer minus actual answer*. The right answer is 1 for X and 0 for O, so
# $|1 - 0.2| + |0 - 0.8| = 1.6$. Such a number is called the **error**. With two classes it is twice the right class's
# shortfall, so look only at that: $1 - p$, where $p$ is the share of the right class.

# %% [markdown]
# Is that a fair price? Compare the rows of a thousandth and a millionth: two networks gave the right answer such a
# share. (The last row is for later.) Which column tells them apart, $1 - p$ or minus the natural logarithm, $-\log p$?

# %% id="two-prices"
print("   share p     1 - p    -log p")
none_left = reference.softmax(np.array([[2000.0, 0.0]]))[0, 1]
for share in [0.9, 0.5, 0.1, 0.001, 0.000001, none_left]:
    with np.errstate(divide="ignore"):
        print(f"{share:10g} {1 - share:9.3f} {-np.log(share):9.3f}")

# %% [markdown]
# In the column $1 - p$ both are about 1: being even surer of what is wrong costs almost nothing more. Minus
# the logarithm keeps growing, to 6.908 and 13.816. It is 0 for a share of 1, and has no limit as $p$ approaches 0. And
# the shares of two unrelated images multiply, whereas their logarithms add up, as prices should.

# %% [markdown]
# By hand, for two images: the first gives its right class 3/4, the second 1/2.
#
# $$
# \frac{-\log \tfrac{3}{4} - \log \tfrac{1}{2}}{2} = \frac{0.288 + 0.693}{2} = 0.490
# $$

# %% [markdown]
# This mean over a batch of $N$ images is the **cross-entropy loss**, our *error* from now on:
#
# $$
# L = \frac{1}{N} \sum_{n} -\log p_{n,\, y_n}
# $$
#
# In words: for each image $n$ take the share $p$ of its right class $y_n$; minus its logarithm; average.

# %% [markdown]
# There is a trap: the last row of the table. Votes of 2000 and 0 say "surely X", but the image is an O.
#
# The share is too small for the computer, which makes it 0, and the error is infinite. So take the logarithm before anything
# is rounded away. With the votes $z$ and the largest vote $m$ of the row:
#
# $$
# -\log \frac{e^{z_y - m}}{\sum_k e^{z_k - m}} = \log \sum_k e^{z_k - m} - (z_y - m)
# $$

# %% [markdown]
# In words: lower all votes by $m$; take the logarithm of the sum of the powers over all classes $k$; subtract the right
# class's lowered vote. By hand, with $m = 2000$: $\log(1 + 0) - (0 - 2000) = 2000$.

# %% [markdown]
# ### Your turn: `cross_entropy`
#
# From each row you must pick the entry of its right class. NumPy pairs up two lists, of rows and of columns.
# Which three numbers will this pick?

# %% id="picking"
grid = np.array([[10, 11], [20, 21], [30, 31]])
grid[[0, 1, 2], [1, 0, 1]]  # entries (0, 1), (1, 0), (2, 1)

# %% [markdown]
# Write the formula for each row; then take the mean. (`np.arange(3)` is 0, 1, 2. Lesson 09 used `keepdims=True`.)


# %% exercise="cross_entropy"
def cross_entropy(logits, labels):
    """The mean of minus the logarithm of the right classes' shares.

    Parameters
    ----------
    logits : ndarray of shape (N, classes)
        Votes, before softmax; they may be as large as 2000.
    labels : ndarray of int, of shape (N,)
        The right class of each row, from 0 to classes - 1.

    Returns
    -------
    float

    Examples
    --------
    Equal votes, then votes that are sure and right: (log 2 + 0) / 2.

    >>> print(round(cross_entropy(np.array([[0, 0], [1000, 0]]), np.array([1, 0])), 4))
    0.3466
    """
    ### BEGIN SOLUTION
    shifted = logits - logits.max(axis=1, keepdims=True)  # (N, classes)
    log_shares = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -np.mean(log_shares[np.arange(len(labels)), labels])
    ### END SOLUTION


# %% test="cross_entropy" points=3
check("cross_entropy", cross_entropy)

# %% [markdown]
# ### Break it
#
# `suspects.cross_entropy` looks right. On which votes is it wrong?


# %% exercise="break_cross_entropy"
def break_cross_entropy():
    """An input on which `suspects.cross_entropy` is wrong, as small as you can find one.

    Returns
    -------
    tuple of (logits, labels)
        Arguments that the docstring of `cross_entropy` allows.
    """
    ### BEGIN SOLUTION
    return np.array([[0.0, 1000.0]]), np.array([0])
    ### END SOLUTION


# %% test="break_cross_entropy" points=1
check("break_cross_entropy", break_cross_entropy)

# %% [markdown]
# ## A network that knows nothing
#
# This is about the smallest network that can tell X from O: two features, ReLU, the best match of each anywhere in the image,
# and from each a vote for X and for O. All its weights are in one row: 2 · 9 pixels, 2 · 2 votes, 2 biases: 24 in all. (You
# wrote these functions in lessons 04 to 09; here are the course's fast versions.)


# %% id="small-network"
def forward(weights, images):
    """The votes (N, 2) of a network with 24 weights."""
    features = weights[:18].reshape(2, 1, 3, 3)
    maps = reference.relu(reference.conv2d(images, features))  # (N, 2, 7, 7)
    best = reference.flatten(reference.max_pool2d(maps, 7))  # (N, 2)
    return reference.linear(best, weights[18:22].reshape(2, 2), weights[22:])


# %% [markdown]
# The letters are our X and O, moved by up to two pixels: 40 to learn from, and 400 fresh ones for the test. The weights are
# random.

# %% id="random-start"
my_cross_entropy = yours("cross_entropy", cross_entropy)
rng = np.random.default_rng(7)
images, labels = data.sample_letters(40, rng, shift=2)  # (40, 1, 9, 9)
fresh, fresh_labels = data.sample_letters(400, rng, shift=2)
weights = rng.normal(0, 0.3, 24)


def error(weights):
    return my_cross_entropy(forward(weights, images), labels)


# %% predict="untrained"
predict(
    "untrained",
    "With random weights, how many percent of the fresh letters will be read correctly?",
    float,
    within=10,
)


# %% id="before-training"
def accuracy(weights):
    return np.mean(reference.predict(forward(weights, fresh)) == fresh_labels)


print(f"error {error(weights):.3f}, log 2 = {np.log(2):.3f}")
came_out("untrained", round(100 * accuracy(weights)))
print("called an O:", f"{np.mean(reference.predict(forward(weights, fresh))):.0%}")
letters = [images[labels == label][0, 0] for label in (0, 1)]
features = weights[:18].reshape(2, 3, 3)
titles = ["one X", "one O", "feature 0", "feature 1"]
show.pictures([*letters, *features], titles, ["pixel"] * 2 + ["signed"] * 2, [False] * 2 + [True] * 2)

# %% [markdown]
# <details><summary>What you find</summary>
#
# Half are right: it calls every letter an O. The error, 0.692, is nearly log 2: that of a tossed coin.
#
# </details>
#
# ## Up a bit, down a bit
#
# Which weight should change, and which way? Try one voting weight, number 19: the vote of feature 1 for X.
# Make it 0.1 larger, then 0.1 smaller. Everything else stays the same.

# %% id="one-nudge"
up, down = weights.copy(), weights.copy()
up[19] += 0.1
down[19] -= 0.1
above, below = error(up), error(down)
print(f"down {below:.3f}   here {error(weights):.3f}   up {above:.3f}")
print(f"({above:.3f} - {below:.3f}) / 0.2 = {(above - below) / 0.2:.3f}")

# %% [markdown]
# Up is better. From below to above, over a distance of 0.2, the error changes by $0.682 - 0.703 = -0.021$. Divided by the
# distance (before rounding), that is −0.104: the **slope**. In the picture at the top, the middle curve's orange line has this
# slope.
#
# Now ask all weights the same question. The slopes of all weights, each in its weight's place, are the **gradient**; found by
# nudging, it is the **numerical gradient**:

# %% [markdown]
# $$
# g_i = \frac{L(w_i + h) - L(w_i - h)}{2h}
# $$
#
# In words: the error with weight $i$ nudged up by $h$, minus the error with it nudged down by $h$, divided by the
# distance between them.

# %% [markdown] break="20"
# > **A good place to stop.** You can price a mistake, and you have nudged one weight. Next you nudge them all.

# %% [markdown]
# ### Your turn: `numerical_gradient`
#
# It should work for any function and for weights of any shape. `np.ndindex` goes through all positions in
# a shape. What will the next cell print?

# %% id="all-places"
for position in np.ndindex(2, 2):
    print(position, np.array([[5, 6], [7, 8]])[position])

# %% [markdown]
# Nudge one weight at a time, in a copy, and put it back afterwards. (`weights.astype(float)` is a copy that can hold
# fractions, even if the weights are whole numbers.)


# %% exercise="numerical_gradient"
def numerical_gradient(function, weights, step=1e-5):
    """The slope of the function's value for each weight, found by nudging it up and down.

    Parameters
    ----------
    function : callable
        Takes an array of the shape of `weights`, returns one number.
    weights : ndarray of any shape
    step : float, default 1e-5
        How far each weight is nudged, in both directions.

    Returns
    -------
    ndarray of the shape of `weights`

    Examples
    --------
    The slope of the sum of squares is twice each weight:

    >>> numerical_gradient(lambda weights: np.sum(weights**2), np.array([[1, 2], [3, 4]])).round(6)
    array([[2., 4.],
           [6., 8.]])
    """
    ### BEGIN SOLUTION
    nudged, gradient = weights.astype(float), np.zeros(weights.shape)
    for position in np.ndindex(weights.shape):
        nudged[position] = weights[position] + step
        above = function(nudged)
        nudged[position] = weights[position] - step
        below = function(nudged)
        nudged[position] = weights[position]
        gradient[position] = (above - below) / (2 * step)
    return gradient
    ### END SOLUTION


# %% test="numerical_gradient" points=4
check("numerical_gradient", numerical_gradient)

# %% [markdown]
# Now all 24 slopes. Blue means that a larger weight makes a larger error.

# %% predict="steepest"
predict("steepest", "Which weight has the steepest slope?", ["a feature pixel", "a vote", "a bias"])

# %% id="whole-gradient"
my_gradient = yours("numerical_gradient", numerical_gradient)
gradient = my_gradient(error, weights)
parts = [*gradient[:18].reshape(2, 3, 3), gradient[18:22].reshape(2, 2), gradient[22:].reshape(2, 1)]
kinds = ["a feature pixel"] * 18 + ["a vote"] * 4 + ["a bias"] * 2
came_out("steepest", kinds[np.abs(gradient).argmax()])
names = [None, None, ["for X", "for O"], ["for X", "for O"]]
columns = [None, None, ["feature 0", "feature 1"], None]
show.pictures(parts, ["feature 0", "feature 1", "votes", "biases"], "signed", rows=names, columns=columns)

# %% [markdown]
# <details><summary>What you find</summary>
#
# The steepest are the two votes of feature 1, −0.10 for X and 0.10 for O.
#
# </details>
#
# Choose a weight with a click or the arrow keys, then move the slider. Find a weight whose valley has
# a kink, and the lowest error that *one* weight can reach.

# %% id="nudge-weight" tags=["nbval-ignore-output"]
groups = {"feature 0": (3, 3), "feature 1": (3, 3), "votes": (2, 2), "biases": (2, 1)}
nudge = show.widgets.NudgeWeight(error, weights, groups)
nudge.chosen = 19
nudge

# %% [markdown]
# <details><summary>What you find</summary>
#
# The valleys of feature pixels have kinks. The middle of feature 0 has one just left of its value: there another place in
# the image becomes the best match, or ReLU lets a match through. The lowest error is 0.636, with the vote of feature 1 for X about 1
# higher, or its vote for O about 1 lower. No single weight can bring the error near 0.
#
# </details>

# %% [markdown]
# ## One step downhill
#
# Now let every weight move against its slope: $w$ becomes $w - \eta \, g$, written $w \leftarrow w - \eta \, g$. The number
# $\eta$ (say *eta*) is the **learning rate**. By hand, for the error $w^2$ with the slope $2w$, starting at $w = 1$:
#
# | rate | first step | lands at |
# |---|---|---|
# | 0.1 | $1 - 0.1 \cdot 2$ | 0.8 |
# | 0.5 | $1 - 0.5 \cdot 2$ | 0 |
# | 1.5 | $1 - 1.5 \cdot 2$ | −2 |
#
# ### Your turn: `gradient_step`
#
# Write this step. With the rate 1.5, where will the second step land?


# %% exercise="gradient_step"
def gradient_step(weights, gradient, learning_rate):
    """The weights after one step against the gradient.

    Parameters
    ----------
    weights, gradient : ndarray of any one shape
    learning_rate : float

    Returns
    -------
    ndarray of the shape of `weights`

    Examples
    --------
    >>> gradient_step(np.array([[1, 2], [3, 4]]), np.array([[2, 4], [6, -8]]), 0.5)
    array([[0., 0.],
           [0., 8.]])
    """
    ### BEGIN SOLUTION
    return weights - learning_rate * gradient
    ### END SOLUTION


# %% test="gradient_step" points=2
check("gradient_step", gradient_step)

# %% [markdown]
# <details><summary>Where the second step lands</summary>
#
# At $-2 - 1.5 \cdot 2 \cdot (-2) = 4$, then −8 and 16: twice as far from the bottom every time.
#
# </details>

# %% [markdown]
# ## Too small, right, too large
#
# Does the same happen with 24 weights and 40 letters? The next cell trains three times from the same start, with rates 0.01,
# 0.3 and 3. Before you run it, say what each line will do. (Each gridline up means ten times the error.)


# %% id="three-rates"
my_step = yours("gradient_step", gradient_step)


def train(weights, learning_rate, steps):
    losses = [error(weights)]
    for _ in range(steps):
        weights = my_step(weights, my_gradient(error, weights), learning_rate)
        losses.append(error(weights))
    return weights, np.array(losses)


runs = [train(weights, rate, steps) for rate, steps in [(0.3, 60), (0.01, 60), (3, 5)]]
trained, (right, small, large) = runs[0][0], [losses for _, losses in runs]
print(f"right: {right[-1]:.3f}; too small: {small[-1]:.3f}; too large: {large.round(1).tolist()}")
lines = {"0.3": right, "0.01": small, "3": np.append(large, np.full(55, np.nan))}
show.curves(np.arange(61), lines, "error while learning", "step", "error", logarithmic=True)

# %% [markdown]
# Too small: after 60 steps the error has gone from 0.692 to 0.675. Right: 0.027. Too large: 736.0 after five steps. The
# gradient was correct each time, yet the last run **failed**: a slope describes the place where you are, not the far side of the
# valley. The rate is not learned. You choose it.

# %% [markdown]
# ## Did it learn 40 letters, or X and O?
#
# A small error on 40 letters could mean that the network knows them by heart. What share of the 400 fresh ones does it read
# correctly now? And which features did it find?

# %% id="after-training"
print(f"right before: {accuracy(weights):.0%}, after: {accuracy(trained):.0%}")
print("votes for X:", trained[18:20].round(1), " votes for O:", trained[20:22].round(1))
pieces = [*trained[:18].reshape(2, 3, 3), data.features["centre"]]
show.pictures(pieces, ["feature 0, learned", "feature 1, learned", "centre"], ["signed", "signed", "pixel"])

# %% [markdown]
# From half to 99 %. Look at feature 1, which votes 1.7 for X and −1.1 for O. Its five largest weights are in the four
# corners and the middle, just where `centre` of lesson 02 is white.

# %% [markdown]
# One success proves little. Take the same letters and ten other random starts, and follow the worst for 300 steps.

# %% predict="ten_starts"
predict("ten_starts", "How many of the ten will read at least 95 % of the fresh letters?", int, within=1)

# %% id="ten-starts"
starts = [np.random.default_rng(seed).normal(0, 0.3, 24) for seed in range(10)]
ends = [train(start, 0.3, 60)[0] for start in starts]
scores = [accuracy(end) for end in ends]
print("right:", *[f"{score:.0%}" for score in scores])
came_out("ten_starts", sum(score >= 0.95 for score in scores))
worst = int(np.argmin(scores))
print(f"start {worst}: error {error(ends[worst]):.3f} after 60 steps")
longer, _ = train(ends[worst], 0.3, 240)
own = np.mean(reference.predict(forward(longer, images)) == labels)
print(f"after 300: error {error(longer):.3f}, own letters {own:.0%}, fresh ones {accuracy(longer):.0%}")

# %% [markdown]
# <details><summary>What you find</summary>
#
# Nine of ten. The other needs more steps, and then its error is even smaller than in our good run (0.018 against 0.027).
# But it reads only 88 % of the fresh letters: it has learned its 40 **by heart**. So a small error is no proof. Only letters
# it has not learned from can tell, and one start is not enough.
#
# </details>

# %% [markdown]
# ## What it costs
#
# One step nudges 24 weights, up and down. How often did the whole network run in 60 steps, not counting the errors for the
# chart? Work it out on paper; then let a counter count.

# %% id="count-passes"
runs = []


def counted_error(weights):
    runs.append(1)
    return error(weights)


my_gradient(counted_error, weights)
count = len(runs)
print(f"one step: {count} runs; 60 steps: {60 * count:,}; one step with 62,006 weights: {2 * 62006:,}")

# %% [markdown]
# 2 · 24 = 48 runs for one step, 2,880 for all 60. The number of runs grows with the weights: the 62,006 weights of lesson 08's
# network take 124,012 runs for *one* step. Many networks train for thousands of steps.

# %% [markdown]
# ### Reflect
#
# A friend says: "Nudge up only, and compare with the error before the nudge. That saves nearly half the runs." How many
# runs does one step with 24 weights take then? Take $w^3$ at $w = 1$, whose slope is 3, with a nudge of 0.1: what do
# one-sided and two-sided nudging give? And does the idea save lesson 08's network?

# %% [markdown] answer="one_sided" points=2
# 24 nudges and one run without a nudge: 25 instead of 48. But the slopes are less exact: one-sided (1.331 − 1) / 0.1 = 3.31,
# two-sided (1.331 − 0.729) / 0.2 = 3.01. And it does not save the large network: 62,007 runs for one step instead of 124,012
# are still far too many. The trouble is not the factor 2, but that the number of runs grows with the number of weights.

# %% [markdown]
# ## In this lesson we
#
# - **priced** a wrong vote: $L = \frac{1}{N} \sum_n -\log p_{n,\, y_n}$,
# - **nudged** each feature pixel and voting weight up and down: $g_i = \frac{L(w_i + h) - L(w_i - h)}{2h}$,
# - **stepped** downhill, $w \leftarrow w - \eta \, g$, with rates too small, right, and too large,
# - **trained** a network from 50 % to 99 %, and saw one start in ten learn its letters by heart,
# - **counted** what it costs: two runs for each weight and step.

# %% [markdown]
# | what | shape | here |
# |---|---|---|
# | images | $(N, C, H, W)$ | (40, 1, 9, 9) |
# | votes (logits) | $(N, \text{classes})$ | (40, 2) |
# | labels | $(N,)$ | (40,) |
# | error | one number | |
# | weights, gradient | any, both the same | (24,) |
#
# **Next:** 124,012 runs for one step. Could *one* run, followed backwards, give the slopes of all weights? Lesson 11 begins
# with a single chain.
#
# **Sources.** Brandon Rohrer, *How convolutional neural networks work* (right answer minus actual answer; adjusting each
# feature pixel and voting weight up and down) · Stanford CS231n, *Linear classification* (cross-entropy, the largest vote
# taken out) and *Optimization* (numerical gradient, learning rate).
