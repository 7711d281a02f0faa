# %% [markdown] id="title"
# # Set the negative values to zero
#
# After a convolution, a network wipes out part of the map. Which part, and why does nothing work without it?
#
# ![cover]
#
# - **You will build** `relu`, `collapse_two_filters` and `standardise`.
# - **You will learn** why layers without a bend are one layer, how a unit dies, and how numbers stay healthy.
# - **You need** lessons 02 (the X's map) and 03 (convolution, bias).

# %% cover="The feature map of the X under the falling diagonal, 7 x 7, blue and vermillion; and the same map with every vermillion value set to zero: what stays is blue, the diagonal above all."
feature_map = reference.filter_image(data.X, data.features["falling"])
show.pictures([feature_map, reference.relu(feature_map)], ["feature map", "negative to zero"], "signed")

# %%
import numpy as np

from helpers import check, data, hint, reference, show, yours

# %% [markdown]
# ## What is a negative match worth?
#
# Here is once more the X's map under `falling`. A blue value says: *the feature is here*. What does a vermillion one say? And
# of the 49, how many are vermillion? Guess, then run; orange corners mark them.

# %% id="negative-matches"
falling, rising, centre = data.features.values()
feature_map = reference.filter_image(data.X, falling)  # (7, 7)
print("negative:", np.sum(feature_map < 0), "of 49, the lowest:", feature_map.min().round(2))
show.pictures([data.X, feature_map], ["X", "feature map"], ["pixel", "signed"], marks=[None, feature_map < 0])

# %% [markdown]
# 20 of 49. The lowest, −0.33, has three equal pixels and six different ones: $(3 - 6)/9$. It says *not here*; −0.11 says the
# same, less loudly. To look for a stroke you need not know how loudly it is missing. So keep the good news, and turn the
# bad news into 0, "nothing". By hand, for the map's second row:
#
# $$
# [-0.11,\; 1.00,\; -0.11,\; 0.33,\; -0.11,\; 0.11,\; -0.11] \;\to\; [0,\; 1.00,\; 0,\; 0.33,\; 0,\; 0.11,\; 0]
# $$

# %% [markdown]
# Of each value and 0, the larger one stays. This is **ReLU**, the *rectified linear unit*:
#
# $$
# \text{ReLU}(z) = \max(z, 0)
# $$
#
# In words: a negative value becomes zero, any other stays. What goes in, $z$, is the **pre-activation**; what comes out is
# the **activation**. No weights, nothing to learn; each value is treated by itself, in an array of any shape.
#
# ### Your turn: `relu`
#
# And predict: what will a second ReLU do to the result of the first?


# %% exercise="relu"
def relu(x):
    """The values with every negative one replaced by zero.

    Parameters
    ----------
    x : ndarray of any shape

    Returns
    -------
    ndarray of the same shape

    Examples
    --------
    >>> relu(np.array([[1.0, -2.0], [-3.0, 4.0]]))
    array([[1., 0.],
           [0., 4.]])
    """
    ### BEGIN SOLUTION
    return np.maximum(x, 0)
    ### END SOLUTION


# %% test="relu" points=2
check("relu", relu)

# %% [markdown]
# On the X's map, then on its stack of three maps, and on a batch with the X and the O. Pooling made maps smaller; which shapes
# do you expect from ReLU?

# %% id="relu-on-x-map"
my_relu = yours("relu", relu)
filters = np.array([falling, rising, centre])[:, None] / 9  # (3, 1, 3, 3): matches, as a convolution
batch = reference.conv2d(np.array([data.X, data.O])[:, None], filters)  # (2, 3, 7, 7)
for maps in (feature_map, batch[0], batch):
    print(maps.shape, "->", my_relu(maps).shape, "with", np.sum(my_relu(maps) == 0), "zeros of", maps.size)
activations = my_relu(feature_map)
print("changed by a second ReLU:", np.sum(my_relu(activations) != activations), "values")
show.pictures([feature_map, activations], ["pre-activation", "activation"], "signed")

# %% [markdown]
# A stack stays a stack. Positive values are untouched; 64 of the X's 147 have become zero.
#
# Now somebody saves memory and writes the zeros into the map itself. Two pictures follow, the map before and the map after.
# What will you see in the first?


# %% id="in-place-spoils"
def relu_in_place(x):
    x[x < 0] = 0
    return x


before = feature_map.copy()
after = relu_in_place(before)
print("negative values in `before`:", np.sum(before < 0), "- the same array:", before is after)
show.pictures([before, after], ["before", "after"], "signed")

# %% [markdown]
# There is no *before* any more: both names stand for one array. Lesson 12 goes back through ReLU, must know which values were
# negative, and could not ask this map. That is why your check refuses functions that change their argument.
#
# ## Two layers that are one
#
# What if you left ReLU out? Slide the kernel [−1, 1], the difference of neighbours, over the row [3, 5, 4, 8]; then over the
# result. Do it on paper first.

# %% id="twice-by-hand"
row, kernel = np.array([[3, 5, 4, 8]]), np.array([[-1, 1]])
once = reference.convolve_image(row, kernel)
print("once: ", once[0])
print("twice:", reference.convolve_image(once, kernel)[0])
print("with [1, -2, 1]:", reference.convolve_image(row, np.array([[1, -2, 1]]))[0])

# %% [markdown]
# Once gives [2, −1, 4], twice [−3, 5]. But [1, −2, 1] gives [−3, 5] in *one* go: $3 - 10 + 4 = -3$ and $5 - 8 + 8 = 5$. How so? Each
# weight of the second kernel asks for one value of the first map, and so for a **shifted copy** of the first kernel:
#
# $$
# -1 \cdot [-1, 1, 0] \;+\; 1 \cdot [0, -1, 1] \;=\; [1, -2, 1]
# $$

# %% [markdown]
# ### Your turn: `collapse_two_filters`
#
# Build the one kernel that replaces two. Start from zeros; for each weight of `second`, at (row, column), add a copy of
# `first`, times that weight, shifted down by `row` and to the right by `column`. The last copy must still fit: what shape do
# 3 x 3 and 3 x 3 need?


# %% exercise="collapse_two_filters"
def collapse_two_filters(first, second):
    """The one kernel that does what `first` and then `second` do, when nothing happens between them.

    Parameters
    ----------
    first : ndarray of shape (height, width)
    second : ndarray of shape (second_height, second_width)

    Returns
    -------
    ndarray of shape (height + second_height - 1, width + second_width - 1)

    Examples
    --------
    -1 * [-1, 1, 0] + 1 * [0, -1, 1]:

    >>> collapse_two_filters(np.array([[-1, 1]]), np.array([[-1, 1]]))
    array([[ 1., -2.,  1.]])
    """
    ### BEGIN SOLUTION
    height, width = first.shape
    rows, columns = second.shape
    kernel = np.zeros((height + rows - 1, width + columns - 1))
    for row in range(rows):
        for column in range(columns):
            kernel[row : row + height, column : column + width] += second[row, column] * first
    return kernel
    ### END SOLUTION


# %% test="collapse_two_filters" points=4
check("collapse_two_filters", collapse_two_filters)

# %% [markdown]
# `falling`, then `rising`, against your one kernel of 5 x 5. The sizes fit: 9 → 7 → 5 in two steps, $9 - 5 + 1 = 5$ in one. Will
# the maps be alike, or equal? On the X only, or on 100 random images as well?


# %% id="two-are-one"
def two_layers(image, between):
    return reference.convolve_image(between(reference.convolve_image(image, falling)), rising)


one = yours("collapse_two_filters", collapse_two_filters)(falling, rising)  # (5, 5)
steps, at_once = two_layers(data.X, lambda z: z), reference.convolve_image(data.X, one)
print("equal on the X:", np.array_equal(steps, at_once))
images = np.random.default_rng(0).uniform(-1, 1, (100, 9, 9))
pairs = [(two_layers(image, lambda z: z), reference.convolve_image(image, one)) for image in images]
print("equal on random images:", sum(np.allclose(*pair) for pair in pairs), "of", len(pairs))
show.pictures([one, steps, at_once], ["the one kernel", "two steps", "one step"], "signed", limit=[3, 21, 21])

# %% [markdown]
# Equal everywhere. Convolutions with nothing between them are **one convolution**: fold the first two, then the next, and so on;
# the biases fold too. Depth buys nothing.
#
# And with ReLU between? If one kernel could still do the work, then filtering X and O and adding the maps would equal
# filtering their sum, as for every convolution. (By hand: $\text{ReLU}(2) + \text{ReLU}(-2) = 2$, but $\text{ReLU}(2 - 2) = 0$.) How far
# apart will the two be?

# %% id="no-single-kernel"
for name, between in {"nothing": lambda z: z, "ReLU": my_relu}.items():
    apart = two_layers(data.X, between) + two_layers(data.O, between)
    together = two_layers(data.X + data.O, between)
    print(f"{name:7} between: largest difference {np.abs(apart - together).max():.0f}")

# %% [markdown]
# Up to 12: **no single kernel** does what these two layers do with ReLU between.
#
# What can they do that one cannot? A *black X on white paper* turns every sign in every map: 9 becomes −9, so one filter can
# like the one X or the other. Take two filters, `falling` and its negative; ReLU; and add the two maps with a 1x1
# convolution. What will the largest values be, with ReLU and without?

# %% id="both-colours"
pair = np.array([falling, -falling])[:, None]  # (2, 1, 3, 3)
add = np.ones((1, 2, 1, 1))
for name, image in {"white X": data.X, "black X": -data.X}.items():
    sums = reference.conv2d(image[None, None], pair)  # (1, 2, 7, 7)
    bent = reference.conv2d(my_relu(sums), add)  # (1, 1, 7, 7)
    straight = reference.conv2d(sums, add)
    print(f"{name}: falling alone {sums[0, 0].max():.0f}; both added", end=" ")
    print(f"without ReLU {straight.max():.0f}, with ReLU {bent.max():.0f}")

# %% [markdown]
# With the bend, 9 for both; without it, the two maps cancel each other. A function that bends, between two layers, is a
# **non-linearity**, or **activation function**.
#
# ### Reflect
#
# "My network has fifty convolutional layers of 3 x 3 and no activation function, so it is deep." What do you answer, and how
# would you prove it for its first two layers?

# %% [markdown] answer="why_bend" points=2
# It is one layer in disguise: a convolution of a convolution is a convolution. For the first two layers I build the one
# kernel (shifted copies of the first, weighted by the second, added up) and show that it gives the same map on any image. Folding
# on, fifty kernels of 3 x 3 become one of 101 x 101. With ReLU between, the proof fails: filtering two images and adding
# the maps is no longer filtering their sum.

# %% [markdown]
# ## Which bend?
#
# Older networks took smooth ones: the **sigmoid**, which squeezes every number between 0 and 1, and **tanh**, between −1 and 1:
#
# $$
# \sigma(z) = \frac{1}{1 + e^{-z}} \qquad \tanh(z) = \frac{e^{z} - e^{-z}}{e^{z} + e^{-z}}
# $$
#
# A curve's **slope** says how far the output moves, per unit of input, when the input moves a little. Sketch the three curves
# from −8 to 8, and guess their slopes at −6, 0 and 6. In one place a curve has no slope. Which?

# %% id="slopes"
bends = {"ReLU": my_relu, "sigmoid": reference.sigmoid, "tanh": reference.tanh}
at, step = np.array([-6.0, 0.0, 6.0]), 1e-6
print("slopes at                    -6         0         6")
for name, function in bends.items():
    left, right = function(at) - function(at - step), function(at + step) - function(at)
    print(f"{name:8} to the left ", "".join(f"{change / step:10.5f}" for change in left))
    print(f"{name:8} to the right", "".join(f"{change / step:10.5f}" for change in right))
show.slopes(bends, at)

# %% [markdown]
# ReLU's slope is 0 or 1; at the corner, where left and right disagree, we take 0, as PyTorch does. The sigmoid has 0.25 at
# best and 0.00247 at 6; tanh begins with 1, and at 6 has hardly any left. Such flat ends are called **saturated**.
#
# Why care? From lesson 10 on, networks learn by nudging. Ten sigmoids in a row pass on $0.25^{10}$ of a nudge, less than a
# millionth; ten ReLUs pass on all of it.

# %% [markdown]
# Which of the three tells 5 from 1 best?

# %% id="three-activations"
sums = reference.convolve_image(data.X, falling)  # (7, 7), from -3 to 9
maps = [function(sums - 4) for function in bends.values()]
show.pictures([sums - 4, *maps], ["sum - 4", *bends], "signed", limit=[9, 9, 1, 1])

# %% [markdown]
# ReLU keeps the distance: 5 and 1. The sigmoid says 0.99 and 0.73, tanh 1.00 and 0.76.
#
# Now move the point along the curve, and shift the whole map by the bias. Find: the bias at which ReLU leaves only the four
# perfect matches; the bias at which all 49 values are flat; a pre-activation at which all three curves are flat.

# %% id="activation-widget" tags=["nbval-ignore-output"]
show.widgets.ActivationCurve(sums, activation="ReLU", total=1, bias=2)

# %% [markdown]
# <details><summary>What you find</summary>
#
# Bias −8 leaves 9 − 8 = 1 at four positions, as in lesson 03. Bias −9 leaves nothing. At −6 all three are flat; at 6 only ReLU
# is not.
#
# </details>
#
# ## Units that die
#
# With a bias of −9 the X's map was empty. Would another image revive the filter? Take 400 letters, moved, turned, scaled, thin
# and bold. How many of them will show it anything, with each bias?

# %% id="dead-unit"
letters, _ = data.sample_letters(400, np.random.default_rng(5), 9, 2, (0.7, 1.2), 20, (1, 2))
print("bias  positive values on the X  letters with a positive value")
for bias in (0, -4, -8, -9):
    on_x = my_relu(reference.conv2d(data.X[None, None], falling[None, None], np.array([bias])))
    on_letters = my_relu(reference.conv2d(letters, falling[None, None], np.array([bias])))
    print(f"{bias:4} {np.sum(on_x > 0):26} {np.sum(on_letters.max(axis=(1, 2, 3)) > 0):30}")

# %% [markdown]
# None, and none ever: nine pixels between −1 and 1, each times ±1, reach 9 at most, and $9 - 9 = 0$. A filter whose output is
# zero whatever the image is a **dead unit**.
#
# Can learning wake it? Nudge each of its nine weights and its bias by 0.01, up and down: 20 nudges. How many will its outputs,
# added up over all letters, feel with bias −4; and how many with −9.5, out of the nudges' reach?


# %% id="dead-stay-dead"
def total(weights, bias):
    return my_relu(reference.conv2d(letters, weights[:9].reshape(1, 1, 3, 3), bias + weights[9:])).sum()


start, nudges = np.append(falling.ravel(), 0), np.vstack([np.eye(10), -np.eye(10)]) * 0.01  # (10,), (20, 10)
for bias in (-4, -9.5):
    felt = [total(start + nudge, bias) != total(start, bias) for nudge in nudges]
    print(f"bias {bias:4}: {np.sum(felt)} of {len(nudges)} nudges are felt")

# %% [markdown]
# All 20, and 0. Where nothing is felt, nothing tells which way to change. One step that is too large can push a bias that far.
# What helps: small steps, biases that start at 0, or a little slope on the left as well (*leaky ReLU*).
#
# ## Keep the maths from breaking
#
# Stack 20 layers: `falling` with padding 1, then ReLU; once with sums of products, once with means. How large will the values
# be in the end?


# %% id="explode-or-vanish"
def deep(kernel, after, layers=20):
    """The standard deviation of the X at the start, and of the map after each layer."""
    x, sizes = data.X[None, None], [data.X.std()]
    for _ in range(layers):
        x = after(reference.conv2d(x, kernel[None, None], padding=1))
        sizes.append(x.std())
    return np.array(sizes)


sizes = {"sums": deep(falling, my_relu), "means": deep(falling / 9, my_relu)}
print({name: f"{size[-1]:.0e}" for name, size in sizes.items()})
show.curves(np.arange(21), sizes, "deviation of the values", "layer", logarithmic=True)

# %% [markdown]
# Each line up is a factor of 1000. Sums grow by about 3 per layer and **explode**, means **vanish** as fast. Random filters do
# either, by the size of their weights. ReLU prevents neither, though you may read that it does: it cuts off one side.
#
# > **Careful.** Numbers end. In `float32`, the usual type in networks, sums become infinite in layer 83, and all means exactly 0
# > before layer 95. What the X looked like is lost then.

# %% [markdown]
# The remedy: shift and scale the values to mean 0 and standard deviation 1. For [1, 5, 5, 1] the mean is 3, and less the mean,
# [−2, 2, 2, −2]. The mean of the squares is 4, its root 2:
#
# $$
# \hat{x} = \frac{x - \mu}{s}: \qquad [-2, 2, 2, -2] \,/\, 2 = [-1, 1, 1, -1]
# $$
#
# In words: minus the mean $\mu$, divided by the deviation $s$. This is **normalising**; ours is called to **standardise**.

# %% [markdown]
# A filter on an empty page gives a **constant** map. What becomes of one full of 7, and of one full of 0.1?

# %% id="constant-maps"
for value in (7.0, 0.1):
    constant = np.full((2, 3), value)
    with np.errstate(invalid="ignore"):
        result = (constant - constant.mean()) / constant.std()
    print(f"{value}: deviation {constant.std():.0e}, standardised {result[0]}")

# %% [markdown]
# 0 divided by 0 is `nan`, not a number, and spreads through every layer that follows. Worse is 0.1: its mean is rounded, its
# deviation not exactly 0, and a map that says nothing comes out as full ones.
#
# ### Your turn: `standardise`
#
# A constant map should become 0: where the deviation is *tiny*, do not divide by it. `axis` says which axes share one mean and
# one deviation; `keepdims=True` in `np.mean` and `np.std` keeps them lined up with `x`.


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
# Back to the 20 layers: standardise after each ReLU. Where will the lines run, for sums and for means? And does a standardised map
# still know whether it held matches or sums?

# %% id="standardised-layers"
my_standardise = yours("standardise", standardise)
for name, kernel in {"sums": falling, "means": falling / 9}.items():
    kept = deep(kernel, lambda z: my_standardise(my_relu(z), None))
    print(f"{name}: deviation after layers 1, 10 and 20:", kept[[1, 10, 20]].round(2))
same = np.allclose(my_standardise(feature_map, None), my_standardise(sums, None))
print("the X's matches and sums become the same map:", same)
sizes["standardised"] = kept
show.curves(np.arange(21), sizes, "deviation of the values", "layer", logarithmic=True)

# %% [markdown]
# Both stay at 1. And dividing by 9, the last of lesson 02's four steps, no longer matters: the scale is gone.
#
# So is the brightness. Here are the X and a faint X. What will be left of the difference if each image is standardised
# by itself, `axis=(1, 2, 3)`; and if both share one mean and one deviation, `axis=(0, 2, 3)`?

# %% id="faint-x"
pages = np.array([data.X, 0.1 * data.X])[:, None]  # (2, 1, 9, 9)
by_itself, together = my_standardise(pages, (1, 2, 3)), my_standardise(pages, (0, 2, 3))
arrays = [pages[1, 0], by_itself[1, 0], together[1, 0]]
print("from black to white:", [f"{array.max() - array.min():.2f}" for array in arrays])
show.pictures(arrays, ["faint X", "by itself", "with the other"], ["pixel", "signed", "signed"], values=False)

# %% [markdown]
# By itself, the faint X gets as strong as any: 2.72 from black to white. With the bright one it stays faint, 0.33. Networks do
# both: **layer normalisation** for each image, **batch normalisation** for each channel over the whole batch. Both then
# learn a new scale and shift.

# %% [markdown]
# ## In this lesson we
#
# - **set** negative values to zero: $\text{ReLU}(z) = \max(z, 0)$, in any shape, without touching the argument,
# - **proved** that convolutions without a bend are one convolution, of side $F_1 + F_2 - 1$,
# - **compared** slopes: ReLU 0 or 1, sigmoid at most 0.25, tanh at most 1, both flat at the ends,
# - **found** units that never answer and cannot learn,
# - **standardised** values, $(x - \mu)/s$, so that 20 layers neither explode nor vanish.

# %% [markdown]
# | what | shape | here |
# |---|---|---|
# | images | $(N, C, H, W)$ | (1, 1, 9, 9) |
# | $K$ filters | $(K, C, F, F)$ | (3, 1, 3, 3) |
# | pre-activations | $(N, K, H - F + 1, W - F + 1)$ | (1, 3, 7, 7) |
# | activations | the same | (1, 3, 7, 7) |
# | two kernels in one | $(F_1 + F_2 - 1, F_1 + F_2 - 1)$ | (5, 5) |
#
# **Next:** you have the pieces: convolution, ReLU, pooling. In which order do people stack them, and how much of the image does a
# value in the last map see? Lesson 08 builds whole networks from one line of text.
#
# **Sources.** Brandon Rohrer, *How convolutional neural networks work* (negative to zero) · Stanford CS231n, *Neural networks*,
# parts 1 and 2 (activation functions, dead units, normalising) · Ioffe and Szegedy 2015, *Batch normalization*.
