# %% [markdown] id="title"
# # Keep the numbers in range
#
# A network is a long chain of sums. What happens to the numbers in it after twenty layers? And what can you do before they
# become infinite, or shrink to nothing?
#
# ![cover]
#
# - **You will build** `standardise` and `initial_weights`.
# - **You will learn** to keep a deep stack alive, by normalising and by the way its first weights are drawn.
# - **You need** lessons 04 (`conv2d`) and 06 (ReLU).
# - **It takes** about 45 minutes.

# %% cover="Three lines over twenty layers. One climbs to a billion, one falls to a ten-billionth, and the third, standardised, runs straight between them at 1."
lines, kernel = {}, data.features["falling"][np.newaxis, np.newaxis]
steps = {"sums": (1, reference.relu), "means": (9, reference.relu)}
steps["standardised"] = (9, lambda z: reference.standardise(reference.relu(z)))
for name, (divisor, after) in steps.items():
    x, lines[name] = data.X[np.newaxis, np.newaxis], [data.X.std()]
    for _ in range(20):
        x = after(reference.conv2d(x, kernel / divisor, padding=1))
        lines[name].append(x.std())
show.curves(np.arange(21), lines, "deviation of the values", "layer", logarithmic=True)

# %% tags=["nbval-ignore-output"]
import numpy as np

from helpers import came_out, check, data, hint, predict, puzzle, reference, review, show, suspects, yours

review(3)

# %% [markdown]
# ## Twenty layers deep
#
# How large are the numbers in a map? One measure is their **standard deviation**, `x.std()`: how far they typically are from
# their mean. We will say *deviation* for short.
#
# Now stack 20 layers. Each slides `falling` over its input, with padding 1, and then applies ReLU. Do it once with sums of
# products and once with means. How large will the values be in the end? And without ReLU?


# %% id="explode-or-vanish"
def deep(kernel, after, layers=20):
    """The standard deviation of the X at the start, and of the map after each layer."""
    x, deviations = data.X[np.newaxis, np.newaxis], [data.X.std()]
    for _ in range(layers):
        x = after(reference.conv2d(x, kernel[np.newaxis, np.newaxis], padding=1))
        deviations.append(x.std())
    return np.array(deviations)


falling = data.features["falling"]
sizes = {"sums": deep(falling, reference.relu), "means": deep(falling / 9, reference.relu)}
without = {f"{name}, no ReLU": deep(falling / n, lambda z: z) for name, n in {"sums": 1, "means": 9}.items()}
print({name: f"{size[-1]:.0e}" for name, size in (sizes | without).items()})
show.curves(np.arange(21), sizes | without, "deviation of the values", "layer", logarithmic=True)

# %% [markdown]
# With ReLU, the sums grow by a factor of about 3 in each layer and **explode**; the means shrink by about as much and
# **vanish**. Without ReLU, the sums explode faster and the means vanish more slowly. ReLU does not keep values in range: it
# cuts off one side only.

# %% [markdown]
# Is a large number so bad? Networks usually compute in `float32`, numbers of 32 bits. In which layer will the sums be too
# large for them, and the means too small?

# %% id="float32-ends"
limits = np.finfo(np.float32)
print(f"float32: from {limits.smallest_subnormal:.0e} to {limits.max:.0e}")
for name, divisor in {"sums": 1, "means": 9}.items():
    x, layer = data.X[np.newaxis, np.newaxis].astype(np.float32), 0
    weight = (falling[np.newaxis, np.newaxis] / divisor).astype(np.float32)
    with np.errstate(over="ignore"):  # no warning about numbers that are too large
        while np.isfinite(x).all() and x.any():
            x, layer = reference.relu(reference.conv2d(x, weight, padding=1)), layer + 1
    print(f"{name}: after layer {layer}, values from {x.min():.0f} to {x.max():.0f}")

# %% [markdown]
# In layer 83 the sums leave the range of `float32` and become infinite. In layer 92 all means have become exactly 0. Either
# way, what the X looked like is lost, and no later layer can bring it back.

# %% [markdown]
# ## Shift and scale
#
# The remedy: shift and scale the values so that their mean is 0 and their deviation is 1. The mean of [1, 5, 5, 1] is 3.
# Subtract it, and you get [−2, 2, 2, −2]. The mean of the squares of these is 4, and its root, the deviation, is 2. Divide by it:
#
# $$
# \hat{x} = \frac{x - \mu}{s}: \qquad [-2, 2, 2, -2] \,/\, 2 = [-1, 1, 1, -1]
# $$

# %% [markdown]
# In words: subtract the mean $\mu$ (say *mu*), then divide by the deviation $s$. This is called **standardising**; the field
# often says **normalising**.
#
# Often each row, or each channel, has a mean of its own. Then `axis` says which axis to average over, and
# `keepdims=True` keeps that axis, with length 1. Below, the row means come in two shapes. Which one can you subtract
# from the table? (The last line is for later.)

# %% id="along-an-axis"
table = np.array([[1.0, 5.0, 3.0], [10.0, 40.0, 10.0]])  # (2, 3)
print("means of the rows:", np.mean(table, axis=1), "of shape", np.mean(table, axis=1).shape)
print("with keepdims, shape", np.mean(table, axis=1, keepdims=True).shape)
print(table - np.mean(table, axis=1, keepdims=True))
print(np.where(np.array([2, 0, 4]) == 0, 1, np.array([2, 0, 4])))

# %% [markdown]
# Shape (2, 1) lines up with (2, 3), one mean for each row; shape (2,) raises an error. You can also name several axes:
# `axis=(1, 2)`. `np.std` takes both arguments too. And `np.where(condition, a, b)` takes `a` where the condition is true, and
# `b` elsewhere: the 0 became 1.
#
# Where is that needed? On an empty page, a filter gives a **constant** map. What will become of a map full of 7, or of 0.1?

# %% id="constant-maps"
for value in (7.0, 0.1):
    constant = np.full((2, 3), value)
    with np.errstate(invalid="ignore"):  # no warning about 0 / 0
        result = (constant - constant.mean()) / constant.std()
    print(f"{value}: deviation {constant.std():.0e}, standardised {result[0]}")

# %% [markdown]
# It fails. 0 divided by 0 is `nan`, "not a number", and it spreads through all later layers. And 0.1 is
# worse: the mean is rounded, so the deviation is not exactly 0, and a map that says nothing becomes a map of ones.
#
# ### Your turn: `standardise`
#
# A constant map should become 0. Where the deviation is *tiny*, below 1e-8, say, divide by 1 instead. Pass `axis` on to
# `np.mean` and `np.std`.


# %% exercise="standardise"
def standardise(x, axis=None):
    """The values shifted and scaled to a mean of 0 and a standard deviation of 1.

    Parameters
    ----------
    x : ndarray of any shape
    axis : int or tuple of int, optional
        The axes that share one mean and one deviation; all of them if not given.

    Returns
    -------
    ndarray of the same shape
        Where all values are equal there is nothing to scale: they become 0.

    Examples
    --------
    Mean 3 and deviation 2:

    >>> standardise(np.array([[1, 5], [5, 1]]))
    array([[-1.,  1.],
           [ 1., -1.]])
    """
    ### BEGIN SOLUTION
    centred = x - np.mean(x, axis=axis, keepdims=True)
    deviation = np.std(x, axis=axis, keepdims=True)
    return centred / np.where(deviation < 1e-8, 1, deviation)
    ### END SOLUTION


# %% test="standardise" points=3
check("standardise", standardise)

# %% [markdown]
# ### Break it
#
# `suspects.standardise` looks right, and is not. Return a small input that shows it: `x, axis`.


# %% exercise="break_standardise"
def break_standardise():
    """An input on which `suspects.standardise` is wrong, as small as you can find one.

    Returns
    -------
    tuple of (x, axis)
        Arguments that the docstring of `standardise` allows.
    """
    ### BEGIN SOLUTION
    return np.array([[5.0, 5.0], [1.0, 3.0]]), 1
    ### END SOLUTION


# %% test="break_standardise" points=1
check("break_standardise", break_standardise)

# %% [markdown]
# Back to the 20 layers: standardise after each ReLU. Where will the lines run, for sums and for means? And can you still tell
# from a standardised map whether it held matches or sums?

# %% id="standardised-layers"
my_standardise = yours("standardise", standardise)
steady = {}
for name, kernel in {"sums": falling, "means": falling / 9}.items():
    steady[name] = deep(kernel, lambda z: my_standardise(reference.relu(z), None))
    print(f"{name}: deviation after layers 1, 10 and 20:", steady[name][[1, 10, 20]].round(2))
matches, sums = reference.filter_image(data.X, falling), reference.convolve_image(data.X, falling)
same = np.allclose(my_standardise(matches, None), my_standardise(sums, None))
print("the X's matches and sums become the same map:", same)
lines = sizes | {"standardised": steady["means"]}
show.curves(np.arange(21), lines, "deviation of the values", "layer", logarithmic=True)

# %% [markdown]
# Both stay at 1, and dividing by 9, the last step of lesson 02, no longer matters.

# %% [markdown] break="20"
# > **A good place to stop.** You have seen values explode and vanish, and built what stops both.
#
# ## Which values share a mean?
#
# Networks put such a step between their layers, in one of two ways. Below are two images of two channels; each channel is a
# row of two numbers. **Layer normalisation** standardises each image by itself. Which channel will have larger numbers then?

# %% id="layer-normalisation"
small = np.array([[[[1.0, 3.0]], [[10.0, 30.0]]], [[[5.0, 7.0]], [[50.0, 70.0]]]])  # (2, 2, 1, 2)
by_image = my_standardise(small, (1, 2, 3))
for image, channel in [(0, 0), (0, 1), (1, 0), (1, 1)]:
    given, result = small[image, channel, 0], by_image[image, channel, 0].round(2)
    print(f"image {image}, channel {channel}: {given} -> {result}")

# %% [markdown]
# Channel 1 still has the larger numbers, because the two channels of an image share one mean and one deviation.
#
# **Batch normalisation** standardises each channel over all images of the batch: `axis=(0, 2, 3)`. What will become of the two
# channels now?

# %% predict="company"
predict(
    "company",
    "Make the second image ten times as bright. Where will the *first* one change?",
    {
        "with layer normalisation": [True, False],
        "with batch normalisation": [False, True],
        "with both": [True, True],
        "with neither": [False, False],
    },
)

# %% id="batch-normalisation"
by_channel = my_standardise(small, (0, 2, 3))
for channel in (0, 1):
    given, result = small[:, channel, 0].ravel(), by_channel[:, channel, 0].ravel().round(2)
    print(f"channel {channel}: {given} -> {result}")
brighter, changed = small * np.array([1, 10]).reshape(2, 1, 1, 1), []
for name, axis in {"layer": (1, 2, 3), "batch": (0, 2, 3)}.items():
    change = my_standardise(brighter, axis)[0] - my_standardise(small, axis)[0]
    print(f"{name} normalisation: the first image changes by up to {np.abs(change).max():.2f}")
    changed.append(not np.allclose(change, 0))
came_out("company", changed)
scaled = 2 * by_channel + 3
print(f"times 2, plus 3: mean {scaled.mean():.1f}, deviation {scaled.std():.1f}")

# %% [markdown]
# <details><summary>What you find</summary>
#
# The two channels become equal: it no longer matters that one was ten times as large. But now an image's numbers depend on
# the company it keeps: the first image changes by up to 0.49. (So once training is over, it uses a
# mean and a deviation that were averaged during training.)
#
# </details>

# %% [markdown]
# Both kinds then multiply each channel by one number and add another. The network learns these two numbers, so it can bring
# back any scale that it needs: in the last line above, a mean of 3 and a deviation of 2.
#
# Now try it on pictures, the X and a faint X. How much of the difference between them is left if each is standardised by itself?
# And if both share one mean and one deviation?

# %% id="faint-x"
pages = np.array([data.X, 0.1 * data.X])[:, np.newaxis]  # (2, 1, 9, 9)
by_itself, together = my_standardise(pages, (1, 2, 3)), my_standardise(pages, (0, 2, 3))
arrays = [pages[1, 0], by_itself[1, 0], together[1, 0]]
print("from black to white:", [f"{array.max() - array.min():.2f}" for array in arrays])
show.pictures(arrays, ["faint X", "by itself", "with the other"], ["pixel", "signed", "signed"], values=False)

# %% [markdown]
# By itself, the faint X becomes as strong as any: 2.72 from black to white. Next to the bright one it stays faint, 0.33.
#
# ## How to draw the first weights
#
# From lesson 10 on, a network learns its weights. It has to start with some, and they are drawn at random: if all
# filters started alike, all maps would be alike. But how large should they be? Too large, and values explode; too
# small, and they vanish.

# %% [markdown]
# `rng.normal` draws numbers with mean 0 and deviation 1: as many negative as positive ones, most of them near 0. Draw $n$ values
# and $n$ weights, and add up their products, 10,000 times over. What share of the mean of their
# *squares* will be left after ReLU?

# %% predict="four_times"
predict(
    "four_times",
    "With four times as many products, how much larger is the deviation of the sums?",
    {"as large as before": 1, "twice as large": 2, "four times": 4, "16 times": 16},
)

# %% id="sums-grow"
rng, deviations = np.random.default_rng(0), []
for n in (1, 4, 16, 64, 256):
    totals = (rng.normal(size=(10_000, n)) * rng.normal(size=(10_000, n))).sum(axis=1)
    left = (reference.relu(totals) ** 2).mean() / (totals**2).mean()
    deviations.append(totals.std())
    print(f"n = {n:3}: deviation of the sums {totals.std():5.2f}, squares left by ReLU {left:.0%}")
came_out("four_times", round(deviations[-1] / deviations[-2]))

# %% [markdown]
# <details><summary>What you find</summary>
#
# The deviation is the root of $n$: 1, 2, 4, 8, 16. So divide each weight by the root of $n$, and the deviation of the sums stays
# at 1. ReLU halves the mean of the squares, because it sets half the values to zero. So make the squares twice as large
# before it.
#
# </details>

# %% [markdown]
# Each weight is:
#
# $$
# \text{weight} = \text{normal draw} \cdot \sqrt{\frac{2}{n}}
# $$
#
# In words: draw with a deviation of 1, then multiply by the root of 2 over $n$. (Kaiming He and others, 2015.)

# %% [markdown]
# What is $n$? It is how many products one filter adds up, its **fan-in**: channels times height times width. For weights of
# shape (K, C, h, w), multiply all but the first number. In a *linear layer* (lesson 09), each output is a
# *unit* that looks at all inputs; its weights have the shape (units, inputs). What is the fan-in for each of the
# two shapes below?

# %% id="fan-in"
for shape in [(16, 3, 5, 5), (10, 400)]:
    print(shape, "without the first:", shape[1:], "multiplied:", np.prod(shape[1:]))
print("the root of 2 / 8:", np.sqrt(2 / 8))
print(np.random.default_rng(1).normal(size=(2, 3)).round(2))

# %% [markdown]
# ### Your turn: `initial_weights`
#
# The last line above made a *generator* of random numbers, and drew an array from it. A generator that starts from the same
# number, here 1, always gives the same values. Draw from the generator `rng` that is handed in, and from no other; then scale
# what you get.


# %% exercise="initial_weights"
def initial_weights(shape, rng):
    """Random first weights, of the size at which values neither grow nor fade from layer to layer.

    Parameters
    ----------
    shape : tuple of int
        (K, C, h, w) for K filters, or (units, inputs) for a linear layer. What comes after the first number
        is what each filter or unit looks at.
    rng : numpy.random.Generator

    Returns
    -------
    ndarray of shape `shape`
        ``rng.normal(size=shape)``, times the square root of 2 / fan_in, where fan_in is the number of values
        that one filter or unit looks at.

    Examples
    --------
    Each unit looks at 8 values, so the deviation is the root of 2 / 8, which is 0.5:

    >>> weights = initial_weights((1000, 8), np.random.default_rng(0))
    >>> print(weights.shape, weights.std().round(2))
    (1000, 8) 0.5
    """
    ### BEGIN SOLUTION
    fan_in = np.prod(shape[1:])
    return rng.normal(size=shape) * np.sqrt(2 / fan_in)
    ### END SOLUTION


# %% test="initial_weights" points=3
check("initial_weights", initial_weights)

# %% [markdown]
# Does it hold over 20 layers? Each of these has 100 filters of 1 x 1 over 100 channels, so the fan-in is 100. (`shrink` is for
# later: dividing your weights by the root of 2 turns the 2 / fan-in into 1 / fan-in.) How large will the deviation be at the end?


# %% id="through-layers"
my_weights = yours("initial_weights", initial_weights)


def through_layers(shrink, after, seed, layers=20):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(50, 100, 1, 1))
    spreads = [x.std()]
    for _ in range(layers):
        x = after(reference.conv2d(x, my_weights((100, 100, 1, 1), rng) / shrink))
        spreads.append(x.std())
    return spreads


print(np.round(through_layers(1, reference.relu, seed=0), 2))

# %% [markdown]
# After 20 layers the deviation is still 0.5. But that was one draw, with 2 / fan-in and with ReLU. Now draw everything
# ten times, with 2 / fan-in and 1 / fan-in, with ReLU and without.

# %% predict="near_one"
predict(
    "near_one",
    "Which two of the four lines will stay near 1?",
    {
        "2 with ReLU, 1 with ReLU": ["2, ReLU", "1, ReLU"],
        "2 with ReLU, 1 without": ["2, ReLU", "1, no ReLU"],
        "1 with ReLU, 2 without": ["1, ReLU", "2, no ReLU"],
        "2 without ReLU, 1 without": ["2, no ReLU", "1, no ReLU"],
    },
)

# %% id="over-depth"
plans = {"2, ReLU": (1, reference.relu), "1, ReLU": (2**0.5, reference.relu)}
plans |= {"2, no ReLU": (1, lambda z: z), "1, no ReLU": (2**0.5, lambda z: z)}
runs = {
    name: np.array([through_layers(*plan, seed) for seed in range(10)])  # (10, 21)
    for name, plan in plans.items()
}
medians = {name: np.median(run, axis=0) for name, run in runs.items()}
came_out("near_one", [name for name, median in medians.items() if 0.1 < median[-1] < 10])
show.curves(np.arange(21), medians, "median of ten draws", "layer", "deviation", logarithmic=True)

# %% [markdown]
# <details><summary>What you find</summary>
#
# With ReLU it is the 2 that keeps values in range; without ReLU it is the 1. Use the wrong one, and each layer is off by a
# factor of $\sqrt{2}$: after 20 layers that makes $2^{10}$, about 1000.
#
# </details>
#
# Those were medians. How much is luck? Below, each dot is one draw after 20 layers, as a power of ten (3 means 1000).

# %% id="over-seeds"
after_twenty = {name: np.log10(run[:, -1]) for name, run in runs.items()}
for name, powers in after_twenty.items():
    print(f"{name:10} deviation from {10 ** powers.min():.2g} to {10 ** powers.max():.2g}")
show.spread(after_twenty, "deviation after 20 layers", x_label="power of ten", baseline=0)

# %% [markdown]
# Ten draws with 2 and ReLU end between 0.43 and 2.1: none explodes and none vanishes. Luck matters, but the factor matters far
# more.

# %% [markdown]
# ### Reflect
#
# A colleague's network has 30 layers with ReLU, and its weights are drawn with 1 / fan-in. It learns nothing. What has become of
# its values, roughly? Name two remedies.

# %% [markdown] answer="thirty_layers" points=2
# ReLU halves the mean of the squares in each layer and the weights do not make up for it. So the deviation shrinks by the
# root of 2 in each layer: after 30 layers it is about $1 / 2^{15}$, or 0.00003. First remedy: draw with a deviation of the
# root of 2 / fan-in. Second: standardise between the layers, by batch or layer normalisation.

# %% [markdown]
# ## Units that die
#
# One danger is left. Suppose `falling` has a bias of −9. Below are 400 letters: moved, turned, scaled, thin and bold.

# %% predict="letters_left"
predict(
    "letters_left",
    "For how many of the 400 letters will the filter's map have anything left after ReLU?",
    [0, 12, 96, 388],
)

# %% id="dead-unit"
letters, _ = data.sample_letters(400, np.random.default_rng(5), 9, 2, (0.7, 1.2), 20, (1, 2))
letter_sums = reference.conv2d(letters, falling[np.newaxis, np.newaxis])  # (400, 1, 7, 7)
for bias in (0, -4, -8, -9):
    alive = np.sum((letter_sums + bias).max(axis=(1, 2, 3)) > 0)
    print(f"bias {bias:2}: {alive:3} of 400 letters give a value above zero")
came_out("letters_left", alive)

# %% [markdown]
# <details><summary>What you find</summary>
#
# For none, nor for any other image: nine pixels between −1 and 1, each times ±1, add up to at most 9.
#
# </details>

# %% [markdown]
# A filter or unit whose output is zero for every image is **dead**.
#
# Can learning wake it? With a bias of −9.5, nudge each weight and the bias by 0.01, up and down. How many of the 20
# nudges will change the sum of all outputs? And with *leaky ReLU*, which keeps a hundredth of what is negative?


# %% id="dead-stay-dead"
def total(numbers, leak):
    kernel, bias = numbers[:9].reshape(1, 1, 3, 3), numbers[9:]
    z = reference.conv2d(letters, kernel, bias)
    return np.where(z > 0, z, leak * z).sum()


nudges = np.vstack([np.eye(10), -np.eye(10)]) * 0.01  # (20, 10)
for bias, leak in [(-4, 0), (-9.5, 0), (-9.5, 0.01)]:
    start = np.append(falling.ravel(), bias)
    felt = sum(total(start + nudge, leak) != total(start, leak) for nudge in nudges)
    print(f"bias {bias:4}, leak {leak:4}: {felt} of {len(nudges)} nudges are felt")

# %% [markdown]
# With ReLU, all 20 nudges are felt at a bias of −4, and none at −9.5. Where no nudge is felt, nothing tells the network which way
# to change. One step that is too large can push a bias that far. What helps: small steps, biases
# that start at 0, or leaky ReLU.

# %% [markdown]
# ## In this lesson we
#
# - **measured** how values explode or vanish in deep stacks, with ReLU and without,
# - **standardised** them, $(x - \mu)/s$, without dividing by zero,
# - **compared** layer normalisation (each image) and batch normalisation (each channel),
# - **drew** first weights with a deviation of $\sqrt{2 / \text{fan-in}}$, and measured them over 20 layers and ten draws,
# - **found** units that are zero for every image, and cannot learn.

# %% [markdown]
# | what | shape | here |
# |---|---|---|
# | a batch of maps | $(N, C, H, W)$ | (2, 2, 1, 2) |
# | means, layer normalisation | $(N, 1, 1, 1)$ | (2, 1, 1, 1) |
# | means, batch normalisation | $(1, C, 1, 1)$ | (1, 2, 1, 1) |
# | first weights of filters, fan-in $C \cdot h \cdot w$ | $(K, C, h, w)$ | (100, 100, 1, 1) |
# | first weights of a linear layer | (units, inputs) | (10, 400) |
#
# **Next:** you have the pieces: convolution, ReLU, pooling. In which order do people stack them, and how much of the image
# does a value in the last map see? Lesson 08 builds whole networks from one line of text.
#
# **Sources.** Brandon Rohrer, *How convolutional neural networks work* (keeping the maths from breaking) · Stanford CS231n,
# *Neural networks*, parts 1 and 2 · He et al. 2015, *Delving deep into rectifiers* · Ioffe and Szegedy 2015, *Batch
# normalization*.
