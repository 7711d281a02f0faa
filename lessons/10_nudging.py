# %% [markdown] id="title"
# # Nudge every weight
#
# In lesson 09 somebody had set the weights by hand. Who sets them when you have no idea which ones are good?
#
# ![cover]
#
# - **You will build** `cross_entropy`, `numerical_gradient` and `gradient_step`, with which a network learns.
# - **You will learn** what a wrong vote costs, how a nudge tells the way down, and how far to go.
# - **You need** lessons 03 to 06 and 09.

# %% cover="Three valleys: the error over the middle pixel of a feature, over a voting weight, and over a bias. On each curve an orange point marks the weight's present value, and a short orange line its slope: upwards for the pixel, downwards for the other two."
show.valleys(error, weights, [4, 19, 22], ["a feature pixel", "a voting weight", "a bias"])

# %%
import timeit

import numpy as np

from helpers import check, data, hint, reference, show, yours

# %% [markdown]
# ## What a wrong vote costs
#
# A network looks at an X. Softmax makes shares of its votes: 0.2 for X and 0.8 for O. How wrong is that, as one number?
#
# The nearest idea: *right answer minus actual answer*. The right answer is 1 for X and 0 for O. Work it out, then run.

# %% id="right-minus-actual"
right, actual = np.array([1.0, 0.0]), np.array([0.2, 0.8])
print("right minus actual:", right - actual)
print(f"error: {np.abs(right - actual).sum():.1f}")

# %% [markdown]
# $|1 - 0.2| + |0 - 0.8| = 1.6$. This number is the **error**. With two classes it is twice what the right class lacks, so
# look at that only: $1 - p$, where $p$ is the right class's share.
#
# Is it a fair price? Below, compare the last two rows. One network gave the right answer a share of one in a thousand,
# the other one in a million. Which column tells them apart?

# %% id="two-prices"
print("   share p     1 - p    -log p")
for share in [0.9, 0.5, 0.1, 0.001, 0.000001]:
    print(f"{share:10g} {1 - share:9.3f} {-np.log(share):9.3f}")

# %% [markdown]
# To $1 - p$ both are about 1: once it is sure and wrong, a network pays hardly more for being surer. Minus the logarithm
# goes on, 6.908 and 13.816. It is 0 for a share of 1, and grows without end as $p$ goes to 0.
#
# By hand, for two images: the first gives its right class 3/4, the second 1/2.
#
# $$
# \frac{-\log \tfrac{3}{4} - \log \tfrac{1}{2}}{2} = \frac{0.288 + 0.693}{2} = 0.490
# $$

# %% id="loss-by-hand"
print(f"{np.mean(-np.log([3 / 4, 1 / 2])):.3f}")

# %% [markdown]
# This mean over a batch of $N$ images is the **cross-entropy loss**, our *error* from now on:
#
# $$
# L = \frac{1}{N} \sum_{n} -\log p_{n,\, y_n}
# $$
#
# In words: for each image $n$ take the share $p$ of its right class $y_n$; minus its logarithm; average.
#
# There is a trap. Votes of 2000 and 0 say "surely X"; the image is an O. What is the O's share, and its logarithm?

# %% id="log-of-zero"
share = reference.softmax(np.array([[2000.0, 0.0]]))[0, 1]
with np.errstate(divide="ignore"):
    print("share:", share, " error:", -np.log(share))

# %% [markdown]
# The share is too small for the computer: 0, and the error is infinite. So let the logarithm act first. With the votes $z$
# and the row's largest vote $m$:
#
# $$
# -\log \frac{e^{z_y - m}}{\sum_k e^{z_k - m}} = \log \sum_k e^{z_k - m} - (z_y - m)
# $$
#
# In words: the logarithm of the sum over all classes $k$, less the right vote. By hand, $m = 2000$:
# $\log(1 + 0) - (0 - 2000) = 2000$.
#
# ### Your turn: `cross_entropy`


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
# ## A network that knows nothing
#
# Here is the smallest network that we can teach: two features, ReLU, the best match of each anywhere in the image, and two
# votes for each of these. All its 24 weights are in one row, $2 \cdot 9 + 2 \cdot 2 + 2$. (The functions are those that you
# wrote in lessons 03 to 09, in the course's fast form.)


# %% id="small-network"
def forward(weights, images):
    """The votes (N, 2) of a network with 24 weights."""
    features = weights[:18].reshape(2, 1, 3, 3)
    maps = reference.relu(reference.conv2d(images, features))  # (N, 2, 7, 7)
    best = reference.flatten(reference.max_pool2d(maps, 7))  # (N, 2)
    return reference.linear(best, weights[18:22].reshape(2, 2), weights[22:])


# %% [markdown]
# The lesson's letters are our X and O, moved by up to two pixels: 40 to learn from, and 400 fresh ones for the test. The
# weights are random.
#
# **Predict:** what share of the fresh letters will be right? And what will the error be, if the votes for X and O are about
# equal?

# %% id="random-start"
my_cross_entropy = yours("cross_entropy", cross_entropy)
rng = np.random.default_rng(7)
images, labels = data.sample_letters(40, rng, shift=2)  # (40, 1, 9, 9)
fresh, fresh_labels = data.sample_letters(400, rng, shift=2)
weights = rng.normal(0, 0.3, 24)


def error(weights):
    return my_cross_entropy(forward(weights, images), labels)


# %% id="before-training"
def accuracy(weights):
    return np.mean(reference.predict(forward(weights, fresh)) == fresh_labels)


print(f"error {error(weights):.3f}, log 2 = {np.log(2):.3f}; right: {accuracy(weights):.0%}")
letters = [images[labels == label][0, 0] for label in (0, 1)]
features = weights[:18].reshape(2, 3, 3)
titles = ["one X", "one O", "feature 0", "feature 1"]
show.pictures([*letters, *features], titles, ["pixel"] * 2 + ["signed"] * 2, [False] * 2 + [True] * 2)

# %% [markdown]
# Half of them are right: it calls every letter an O. The error 0.692 is nearly log 2, that of a coin.
#
# ## Up a bit, down a bit
#
# Which weight should change, and which way? Try it. Take one voting weight, number 19: the vote of feature 1 for X. Make it
# 0.1 larger, then 0.1 smaller. Everything else stays.

# %% id="one-nudge"
up, down = weights.copy(), weights.copy()
up[19] += 0.1
down[19] -= 0.1
above, below = error(up), error(down)
print(f"down {below:.3f}   here {error(weights):.3f}   up {above:.3f}")
print(f"({above:.3f} - {below:.3f}) / 0.2 = {(above - below) / 0.2:.3f}")

# %% [markdown]
# Up is better. From below to above, over a way of 0.2, the error changes by $0.682 - 0.703 = -0.021$. For a way of 1 that
# would be five times as much, −0.104: this is the **slope**.
#
# Every weight has its valley. Look first at the orange lines, then at the scales: which of the two weights matters more?

# %% id="two-valleys"
show.valleys(error, weights, [4, 19], ["feature 0, middle pixel", "vote of feature 1 for X"])

# %% [markdown]
# The pixel's slope is 0.04: it should go down. The vote's is −0.10: it should go up. The same question to all of them.
#
# The slopes of all weights, each in its weight's place, are the **gradient**; found by nudging, the **numerical gradient**:
#
# $$
# g_i = \frac{L(w_i + h) - L(w_i - h)}{2h}
# $$
#
# In words: error with weight $i$ one step $h$ up, less error one step down, divided by the way between.

# %% [markdown]
# ### Your turn: `numerical_gradient`
#
# The function may be any function, not only `error`; the weights may have any shape and may be whole numbers. Nudge in a
# copy, one weight at a time.


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
# Now all 24 at once. **Predict:** do the pixels or the votes have the steeper slopes? Blue means: more of this weight, more
# error.

# %% id="whole-gradient"
my_gradient = yours("numerical_gradient", numerical_gradient)
gradient = my_gradient(error, weights)
parts = [*gradient[:18].reshape(2, 3, 3), gradient[18:22].reshape(2, 2), gradient[22:].reshape(2, 1)]
show.pictures(parts, ["feature 0", "feature 1", "votes", "biases"], "signed")

# %% [markdown]
# The steepest are the two votes of feature 1, −0.10 for X and 0.10 for O. Now ask each weight yourself. Choose one by a
# click (or with the arrow keys), then move the slider. Find a weight whose valley has a bend, and the lowest error that
# *one* weight can reach.

# %% id="nudge-weight" tags=["nbval-ignore-output"]
groups = {"feature 0": (3, 3), "feature 1": (3, 3), "votes": (2, 2), "biases": (2, 1)}
nudge = show.widgets.NudgeWeight(error, weights, groups)
nudge.chosen = 19
nudge

# %% [markdown]
# <details><summary>What you find</summary>
#
# Feature pixels have bends, as the middle of feature 0 has on its right: there another place in the image becomes the best
# match, or ReLU lets a match through. The lowest error on the sliders is 0.636, with the vote of feature 1 for X about 1
# higher, or its vote for O as much lower. No weight can do it alone.
#
# </details>

# %% [markdown]
# > **Careful.** Why nudge both ways? Up alone would need only half as many runs. Take $w^3$ at $w = 1$, whose slope is 3,
# > and see how far off both ways of nudging are, from a large step to a tiny one.

# %% id="one-sided-fails"
print("    step    one side  both sides")
for step in [1e-1, 1e-3, 1e-5, 1e-13]:
    up, down = (1 + step) ** 3, (1 - step) ** 3
    print(f"{step:8.0e} {abs((up - 1) / step - 3):11.0e} {abs((up - down) / (2 * step) - 3):11.0e}")

# %% [markdown]
# One side is off by 3 steps; both sides by the *square* of the step. With 0.1 that is 0.3 against 0.01. But smaller is not
# always better: at 1e-13 both are wrong in the third decimal, because a computer keeps 16 digits only, and the difference
# of two nearly equal numbers has few left. A step of 1e-5 is a good middle.

# %% [markdown]
# ## One step downhill
#
# Now let every weight move against its slope: $w \leftarrow w - \eta \, g$. The number $\eta$ (say *eta*) is the **learning
# rate**. By hand: the error is $w^2$, so the slope is $2w$; start at $w = 1$.
#
# | rate | first step | lands at |
# |---|---|---|
# | 0.1 | $1 - 0.1 \cdot 2$ | 0.8 |
# | 0.5 | $1 - 0.5 \cdot 2$ | 0 |
# | 1.5 | $1 - 1.5 \cdot 2$ | −2 |
#
# ### Your turn: `gradient_step`
#
# **Predict** as well: with the rate 1.5, where will the second step land?


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

# %% id="three-rates-by-hand"
my_step = yours("gradient_step", gradient_step)
for rate in [0.1, 0.5, 1.5]:
    places = [np.array([1.0])]
    for _ in range(4):
        places.append(my_step(places[-1], 2 * places[-1], rate))
    print(f"rate {rate}:", np.concatenate(places).round(2))

# %% [markdown]
# 0.1 creeps towards the bottom at 0. With 0.5 it is there in one step. With 1.5 it jumps over the bottom, and lands on the
# other side, twice as high up: −2, then 4, −8, 16.
#
# ## Too small, right, too large
#
# Does the same happen with 24 weights and 40 letters? The next cell trains three times from the same start, with rates
# 0.01, 0.3 and 3. Say before you run how each line will go.


# %% id="train"
def train(weights, learning_rate, steps):
    """The weights after that many steps, and the error before each step and at the end."""
    losses = [error(weights)]
    for _ in range(steps):
        weights = my_step(weights, my_gradient(error, weights), learning_rate)
        losses.append(error(weights))
    return weights, np.array(losses)


# %% id="three-rates"
trained, right = train(weights, 0.3, 60)
small, large = train(weights, 0.01, 60)[1], train(weights, 3, 5)[1]
print(f"too small: {small[0]:.3f} -> {small[-1]:.3f}; right: {right[0]:.3f} -> {right[-1]:.3f}")
print("too large:", ", ".join(f"{loss:.1f}" for loss in large))
leaves = np.full(61, np.nan)
leaves[:4] = np.minimum(large[:4], 1)  # what is above 1 leaves the picture
lines = {"right, 0.3": right, "too small, 0.01": small, "too large, 3": leaves}
show.curves(np.arange(61), lines, "error while learning", "step", "error")

# %% [markdown]
# Too small: 60 steps, and the error has gone from 0.692 to 0.675. Right: 0.027. Too large: 16.9 after four steps, 736.0 after
# five. The gradient was right each time, and **still it failed**: a slope speaks for the place where you stand, not for the
# far side of the valley.
#
# The rate is not learned. You choose it, and 0.3 is right for *this* network only.

# %% [markdown]
# ## Did it learn the letters, or the X and the O?
#
# A small error on 40 letters could mean that it knows these 40 by heart. The 400 fresh ones played no part. What share of
# them is right now? And which features did it find?

# %% id="after-training"
print(f"right before: {accuracy(weights):.0%}, after: {accuracy(trained):.0%}")
print("votes for X:", trained[18:20].round(1), " votes for O:", trained[20:22].round(1))
pieces = [*trained[:18].reshape(2, 3, 3), data.features["centre"]]
show.pictures(pieces, ["feature 0, learned", "feature 1, learned", "centre"], ["signed", "signed", "pixel"])

# %% [markdown]
# From 50 % to 99 %. Now look at feature 1, which votes 1.7 for X and −1.1 for O. Its five largest weights are in the four
# corners and the middle: where `centre` of lesson 02 is white. Nobody told it. A person cut that feature out of an X; this
# one came from random numbers, by nudging.
#
# But be careful with one success. The same letters, another random start:

# %% id="another-start"
other, losses = train(np.random.default_rng(7).normal(0, 0.3, 24), 0.3, 60)
print(f"error {losses[0]:.2f} -> {losses[-1]:.2f}; right: {accuracy(other):.0%}")

# %% [markdown]
# 65 %. Where it begins matters, and 60 steps were not enough here.
#
# ## What it costs
#
# One step asks 24 weights, up and down. How often did the whole network run in the 60 steps, not counting the errors that
# we wrote down? Count on paper; then let a counter count.

# %% id="count-passes"
runs = []


def counted_error(weights):
    runs.append(1)
    return error(weights)


my_gradient(counted_error, weights)
count = len(runs)
print(f"one step: {count} runs; 60 steps: {60 * count:,}; one step with 62,006 weights: {2 * 62006:,}")

# %% [markdown]
# 2 · 24 = 48 runs for one step, 2,880 for all. The runs grow with the weights: the 62,006 weights of lesson 08's network
# take 124,012 runs for *one* step. And a larger network is slower in each of them. How long would that be? Measure one run
# of each.

# %% id="cost-in-time" tags=["nbval-ignore-output"]
pattern = "INPUT -> [[CONV -> RELU]*1 -> POOL]*2 -> [FC -> RELU]*2 -> FC"
layers = reference.describe_layers(pattern, filters=[6, 16], units=[120, 84, 10], kernel=5)
network = reference.build_network(layers, (3, 32, 32), rng)
count = sum(array.size for array in network.parameters().values())
pictures = rng.uniform(-1, 1, (40, 3, 32, 32))
for number, run in [(24, lambda: error(weights)), (count, lambda: network.forward(pictures))]:
    seconds = min(timeit.repeat(run, number=1, repeat=20))  # the least disturbed of 20 runs
    print(f"{number:6,} weights: {1000 * seconds:5.2f} ms a run, {2 * number * seconds:7.2f} s a step")

# %% [markdown]
# With 24 weights a step takes a fraction of a second; with 62,006 it takes minutes on the computer that wrote this, and the
# same 60 steps would take hours. Many networks train for thousands of steps.

# %% [markdown]
# ### Reflect
#
# A friend says: "Nudge up only, and compare with the error that has not been nudged. That is nearly half the runs." How many
# runs does one step with 24 weights need then? What is lost? And does it save lesson 08's network?

# %% [markdown] answer="one_sided" points=2
# 24 nudges and one run without a nudge: 25 instead of 48. The slopes become less exact: the deviation grows with the step
# instead of its square. It does not save the large network: 62,007 runs for one step instead of 124,012 are still far too
# many. The trouble is that the runs grow with the number of weights, not the factor 2.

# %% [markdown]
# ## In this lesson we
#
# - **priced** a wrong vote: $L = \frac{1}{N} \sum_n -\log p_{n,\, y_n}$,
# - **nudged** each feature pixel and voting weight up and down: $g_i = \frac{L(w_i + h) - L(w_i - h)}{2h}$,
# - **stepped** downhill, $w \leftarrow w - \eta \, g$, with rates too small, right, and too large,
# - **trained** a network from 50 % to 99 %, and saw another start stop at 65 %,
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
# **Next:** 124,012 runs for one step. Can *one* run, walked backwards, tell the slopes of all weights? Lesson 12 sends the
# gradient back.
#
# **Sources.** Brandon Rohrer, *How convolutional neural networks work* (right answer minus actual answer; adjusting each
# feature pixel and voting weight up and down) · Stanford CS231n, *Linear classification* (cross-entropy, the largest vote
# taken out) and *Optimization* (numerical gradient, learning rate).
