# %% [markdown] id="title"
# # Set the negative values to zero
#
# After a convolution, a network wipes out part of the map. Which part? And why, without that, would the whole network be
# worth no more than a single layer?
#
# ![cover]
#
# - **You will build** `relu` and `collapse_two_filters`.
# - **You will learn** why two layers with nothing between them are one, and what keeps them two.
# - **You need** lessons 02 (the X's map), 03 (convolution, bias) and 04 (`conv2d`).
# - **It takes** about 40 minutes.

# %% cover="The feature map of the X under the falling diagonal, 7 x 7, blue and vermillion; and the same map with every vermillion value set to zero: what stays is blue, the diagonal above all."
feature_map = reference.filter_image(data.X, data.features["falling"])
show.pictures([feature_map, reference.relu(feature_map)], ["feature map", "negative to zero"], "signed")

# %%
import numpy as np

from helpers import check, data, hint, reference, show, yours

# %% [markdown]
# ## What is a negative match worth?
#
# Here again is the X's map under `falling`. A blue value says: *the feature is here*. What does a vermillion one say? And how
# many of the 49 are vermillion? Guess, then run; orange corners mark them.

# %% id="negative-matches"
falling, rising, centre = data.features.values()
feature_map = reference.filter_image(data.X, falling)  # (7, 7)
print("negative:", np.sum(feature_map < 0), "of 49, the lowest:", feature_map.min().round(2))
show.pictures([data.X, feature_map], ["X", "feature map"], ["pixel", "signed"], marks=[None, feature_map < 0])

# %% [markdown]
# 20 of 49. In the lowest, −0.33, three pixels are equal and six are different: $(3 - 6)/9$. It says *not here*; −0.11 says the
# same, less loudly. But if you are looking for a stroke, you need not know how loudly it is missing. So keep the good news, and
# turn the bad news into 0, "nothing". By hand, for the second row of the map:
#
# $$
# [-0.11,\; 1.00,\; -0.11,\; 0.33,\; -0.11,\; 0.11,\; -0.11] \;\to\; [0,\; 1.00,\; 0,\; 0.33,\; 0,\; 0.11,\; 0]
# $$

# %% [markdown]
# Of each value and 0, the larger one stays. NumPy has a function that picks the larger of two, entry by entry. `max` would
# not do: it looks for one largest value in the whole array. What will these two lines show?

# %% id="larger-of-two"
print(np.max(np.array([3, -2, 5])))
print(np.maximum(np.array([3, -2, 5]), np.array([4, -6, 1])), np.maximum(np.array([3, -2, 5]), 4))

# %% [markdown]
# A single number, such as the 4, is compared with every entry.
#
# Setting negative values to zero is called **ReLU**, for *rectified linear unit*:
#
# $$
# \text{ReLU}(z) = \max(z, 0)
# $$
#
# In words: a negative value becomes zero, any other stays as it is. What goes in, $z$, is the **pre-activation**; what comes out
# is the **activation**. There are no weights, so there is nothing to learn, and each value is treated on its own.
#
# ### Your turn: `relu`
#
# Make it work for an array of any shape.


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
# Now use it on the X's map, on the X's stack of three maps, and on a batch with the X and the O. Pooling made maps smaller.
# Which shapes do you expect from ReLU? And what will a second ReLU do to the result of the first?

# %% id="relu-on-x-map"
my_relu = yours("relu", relu)
filters = np.array([falling, rising, centre])[:, np.newaxis] / 9  # (3, 1, 3, 3), for matches
batch = reference.conv2d(np.array([data.X, data.O])[:, np.newaxis], filters)  # (2, 3, 7, 7)
for maps in (feature_map, batch[0], batch):
    print(maps.shape, "->", my_relu(maps).shape, "with", np.sum(my_relu(maps) == 0), "zeros of", maps.size)
activations = my_relu(feature_map)
print("changed by a second ReLU:", np.sum(my_relu(activations) != activations), "values")
show.pictures([feature_map, activations], ["pre-activation", "activation"], "signed")

# %% [markdown]
# **A stack stays a stack.** Positive values are untouched, 64 of the X's 147 have become zero, and a second ReLU finds nothing
# left to do.
#
# Suppose somebody wants to save memory and writes the zeros into the map itself. The next cell draws the map before and the
# map after. What will you see in the first picture?


# %% id="in-place-spoils"
def relu_in_place(x):
    x[x < 0] = 0
    return x


before = feature_map.copy()
after = relu_in_place(before)
print("negative values in `before`:", np.sum(before < 0), "- the same array:", before is after)
show.pictures([before, after], ["before", "after"], "signed")

# %% [markdown]
# There is no *before* any more: both names belong to one array. In lesson 12 you will go backwards through ReLU, and you will
# need to know which values were negative. This map can no longer tell you. That is why the check refuses a function that
# changes its argument.

# %% [markdown]
# ## The edges of a roof
#
# What does ReLU do to a photograph? The kernel below takes the three pixels under a spot minus the three above it. So it
# is positive where the picture gets brighter downwards, and negative where it gets darker. Which edges of the roof will ReLU
# keep? And how would you get the others?

# %% id="relu-on-photograph"
piece = data.photograph()[30:158, 128:288]  # (128, 160)
brighter_below = np.array([[-1, -1, -1], [0, 0, 0], [1, 1, 1]])
edges = reference.convolve_image(piece, brighter_below)  # (126, 158)
brighter, darker = my_relu(edges), my_relu(-edges)
print(f"zero before ReLU: {np.mean(edges == 0):.0%}, after: {np.mean(brighter == 0):.0%}")
names = ["photograph", "edges", "ReLU", "ReLU(-edges)"]
show.pictures([piece, edges, brighter, darker], names, ["pixel"] + ["signed"] * 3, limit=3)

# %% [markdown]
# The outline of the roof is vermillion: above it is the bright sky, below it the dark roof. ReLU wipes the outline out and keeps
# the blue edges; 52 % of its map is exactly zero. But the outline is not lost to the network. A filter with the opposite
# signs finds it, in the last picture.

# %% [markdown]
# You may read that "images are naturally non-linear", and that ReLU is there because of that. Can you test such a claim?
# For a step to be **linear** means: two pictures through it, then added, give the same as their sum through it. Take the
# roof and its mirror image. Will the convolution pass? Will ReLU?

# %% id="linear-or-not"
mirrored = piece[:, ::-1]
for name, step in {"convolution": lambda z: z, "convolution, ReLU": my_relu}.items():
    apart = sum(step(reference.convolve_image(image, brighter_below)) for image in (piece, mirrored))
    together = step(reference.convolve_image(piece + mirrored, brighter_below))
    print(f"{name:18} largest difference {np.abs(apart - together).max():.2f}")

# %% [markdown]
# The photograph passes through a convolution as linearly as any other array. So the claim puts the word in the wrong place:
# a *step* is linear or not, and a picture is neither. What is true is that ReLU is not linear. Why does a network need one
# step that is not? That is the rest of this lesson.

# %% [markdown] break="15"
# > **A good place to stop.** So far you have written ReLU, seen it on a map, a stack and a photograph, and found that it
# > is not linear. When you come back, choose *Run All Above Selected Cell* here.
#
# ## Two layers that are one
#
# What if you left ReLU out? Slide the kernel [−1, 1], the difference of neighbours, over the row [3, 5, 4, 8]; then slide it over
# the result. Do it on paper first.

# %% id="twice-by-hand"
row, kernel = np.array([[3, 5, 4, 8]]), np.array([[-1, 1]])
once = reference.convolve_image(row, kernel)
print("once: ", once[0])
print("twice:", reference.convolve_image(once, kernel)[0])
print("with [1, -2, 1]:", reference.convolve_image(row, np.array([[1, -2, 1]]))[0])

# %% [markdown]
# Once gives [2, −1, 4], and twice [−3, 5]. But [1, −2, 1] gives [−3, 5] in *one* go: $3 - 10 + 4 = -3$ and $5 - 8 + 8 = 5$. How so? Each
# weight of the second kernel asks for one value of the first map, and so for a **shifted copy** of the first kernel:
#
# $$
# -1 \cdot [-1, 1, 0] \;+\; 1 \cdot [0, -1, 1] \;=\; [1, -2, 1]
# $$

# %% [markdown]
# ### Your turn: `collapse_two_filters`
#
# Build the one kernel that replaces two. Start from zeros. For each weight of `second`, at (row, column), add a copy of
# `first`, times that weight, shifted down by `row` and to the right by `column`. The last copy must still fit: what shape do
# 3 x 3 and 3 x 3 need?
#
# This is how you add to a part of an array. What will the middle entry be?

# %% id="add-to-a-slice"
total = np.zeros((1, 3))
total[0:1, 0:2] += np.array([[-1, 1]])
total[0:1, 1:3] += np.array([[10, 20]])
total


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
# Try `falling`, then `rising`, against your one kernel of 5 x 5. The sizes fit: 9 → 7 → 5 in two steps, and $9 - 5 + 1 = 5$ in
# one. Will the maps be alike, or equal? On the X only, or on 100 random images as well?


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
# Equal everywhere. Convolutions with nothing between them are **one convolution**: fold the first two into one, then fold in the
# next, and so on. Biases fold as well. Depth buys you nothing.

# %% [markdown]
# And with ReLU between? If one kernel could still do the work, the step would be linear: the maps of X and O, added, would equal
# the map of their sum. By hand, $\text{ReLU}(2) + \text{ReLU}(-2) = 2$, but $\text{ReLU}(2 - 2) = 0$. How far apart will the
# two be? And could one kernel *with a bias* do it?

# %% id="no-single-kernel"
for name, between in {"nothing": lambda z: z, "ReLU": my_relu}.items():
    added = two_layers(data.X, between) + two_layers(data.O, between)
    difference = added - two_layers(data.X + data.O, between)  # (5, 5)
    print(f"{name:7} between: differences from {difference.min():.0f} to {difference.max():.0f}")

# %% [markdown]
# With ReLU the two differ by up to 12, so **no single kernel** does what these two layers do.
#
# Nor does a kernel with a bias. X and O apart would bring the bias in twice, and their sum brings it in once, so the
# difference would be the bias, the same in all 25 places. Ours runs from −12 to 4.

# %% [markdown]
# What can two layers with ReLU do that one cannot? Take a *black X on white paper*. Every sign in every map turns, and 9
# becomes −9. So let one filter like the white X and another the black one: `falling`, and its negative. After ReLU, add the
# two maps with a 1x1 convolution. What will the largest values be, with ReLU and without?

# %% id="both-colours"
opposites = np.array([falling, -falling])[:, np.newaxis]  # (2, 1, 3, 3)
add = np.ones((1, 2, 1, 1))
for name, image in {"white X": data.X, "black X": -data.X}.items():
    both = reference.conv2d(image[np.newaxis, np.newaxis], opposites)  # (1, 2, 7, 7)
    bent, straight = reference.conv2d(my_relu(both), add), reference.conv2d(both, add)  # (1, 1, 7, 7)
    print(f"{name}: falling alone from {both[0, 0].min():.0f} to {both[0, 0].max():.0f};", end=" ")
    print(f"both added, without ReLU {straight.max():.0f}, with ReLU {bent.max():.0f}")

# %% [markdown]
# With the bend, both get 9. Without it, the two maps cancel each other. (And the 3 that `falling` alone finds on the black X? It
# is where the white X had its lowest sum, −3, next to its centre.)

# %% [markdown]
# A function that bends, between two layers, is called a **non-linearity**, or an **activation function**.
#
# ### Reflect
#
# "My network has fifty convolutional layers of 3 x 3 and no activation function, so it is deep." What do you answer, and how
# would you prove it for its first two layers?

# %% [markdown] answer="why_bend" points=2
# It is one layer in disguise: a convolution of a convolution is a convolution. For the first two layers I build the one
# kernel (shifted copies of the first, weighted by the second, added up) and show that it gives the same map on any image. Folding
# on, fifty kernels of 3 x 3 become one of 101 x 101. With ReLU between, the proof fails, because ReLU of a sum is not the sum of
# the ReLUs.

# %% [markdown]
# ## Which bend?
#
# Older networks used smooth ones: the **sigmoid**, which squeezes every number between 0 and 1, and **tanh**, between −1 and 1:
#
# $$
# \sigma(z) = \frac{1}{1 + e^{-z}} \qquad \tanh(z) = \frac{e^{z} - e^{-z}}{e^{z} + e^{-z}}
# $$
#
# A curve's **slope** says how far the output moves, per unit of input, when the input moves a little. Sketch the three curves
# from −8 to 8, and guess their slopes at −6, 0 and 6. In one place a curve has no slope. Which?

# %% id="slopes"
bends = {"ReLU": my_relu, "sigmoid": reference.sigmoid, "tanh": reference.tanh}
at, nudge = np.array([-6.0, 0.0, 6.0]), 1e-6
print("slopes at                    -6         0         6")
for name, function in bends.items():
    left, right = function(at) - function(at - nudge), function(at + nudge) - function(at)
    print(f"{name:8} to the left ", "".join(f"{change / nudge:10.5f}" for change in left))
    print(f"{name:8} to the right", "".join(f"{change / nudge:10.5f}" for change in right))
show.slopes(bends, at)

# %% [markdown]
# ReLU's slope is 0 or 1. At its corner, where left and right disagree, we take 0, as PyTorch does. The sigmoid's slope is 0.25 at
# most, and 0.00247 at 6; tanh's is 1 at most, and at 6 hardly anything. Such flat ends are called **saturated**.

# %% [markdown]
# Why care? From lesson 10 on, networks learn by nudging: they change a number a little and see what that does at the end. Send
# a nudge through ten of these in a row. How much of it will arrive?

# %% id="ten-in-a-row"
print("start      " + "".join(f"{name:>12}" for name in bends))
for start in (2.0, 0.1, -2.0):
    ends = {name: np.array([start, start + 1e-4]) for name in bends}
    for _ in range(10):
        ends = {name: bends[name](values) for name, values in ends.items()}
    print(f"{start:9} {''.join(f'{np.diff(values)[0] / 1e-4:12.2g}' for values in ends.values())}")

# %% [markdown]
# Ten *open* ReLUs, all above zero, pass on the whole nudge. Below zero they are closed and pass on nothing. Sigmoids let
# less than a millionth through, wherever you start: $0.25^{10}$ at most. Ten tanhs lose little near 0 and nearly all of it at 2.
#
# And how well does each tell 5 from 1?

# %% id="three-activations"
x_sums = reference.convolve_image(data.X, falling)  # (7, 7), from -3 to 9
shifted = x_sums - 4
print("sum - 4 " + "".join(f"{value:8.0f}" for value in np.unique(shifted)))
for name, function in bends.items():
    print(f"{name:8}" + "".join(f"{value:8.3f}" for value in function(np.unique(shifted))))
drawn = [shifted, *(function(shifted) for function in bends.values())]
show.pictures(drawn, ["sum - 4", *bends], "signed", values=False, limit=[7, 5, 1, 1])

# %% [markdown]
# ReLU keeps the distance: 5 and 1. The sigmoid says 0.993 and 0.731, tanh 1.000 and 0.762: in their pictures a perfect match hardly
# stands out.
#
# Now move the point along the curve, and shift the whole map by the bias. Find the bias at which ReLU leaves only the four
# perfect matches; the bias at which nothing is left; and a pre-activation at which all three curves are flat.

# %% id="activation-widget" tags=["nbval-ignore-output"]
show.widgets.ActivationCurve(x_sums, activation="ReLU", total=1, bias=2)

# %% [markdown]
# <details><summary>What you find</summary>
#
# A bias of −8 leaves $9 - 8 = 1$ in four positions. A bias of −9 leaves nothing. At −6 all three curves are flat; at 6 the sigmoid
# and tanh are flat, and ReLU is not.
#
# </details>

# %% [markdown]
# ## In this lesson we
#
# - **set** negative values to zero: $\text{ReLU}(z) = \max(z, 0)$, in any shape, without touching the argument,
# - **tested** what is linear: a convolution is, ReLU is not, and a photograph is neither,
# - **proved** that convolutions with nothing between them are one convolution, of side $F_1 + F_2 - 1$,
# - **compared** slopes: 0 or 1 for ReLU, at most 0.25 for the sigmoid, at most 1 for tanh, both flat at the ends.

# %% [markdown]
# | what | shape | here |
# |---|---|---|
# | images | $(N, C, H, W)$ | (2, 1, 9, 9) |
# | $K$ filters | $(K, C, F, F)$ | (3, 1, 3, 3) |
# | pre-activations | $(N, K, H - F + 1, W - F + 1)$ | (2, 3, 7, 7) |
# | activations | the same | (2, 3, 7, 7) |
# | two kernels in one | $(F_1 + F_2 - 1, F_1 + F_2 - 1)$ | (5, 5) |
#
# **Next:** in each layer, sums of products grow or shrink. What becomes of them twenty layers on? And what if a filter's output
# is zero for every image? Lesson 07 keeps the numbers in range.
#
# **Sources.** Brandon Rohrer, *How convolutional neural networks work* (negative to zero) · Stanford CS231n, *Neural networks*,
# part 1 (activation functions) · SuperDataScience, *Convolutional neural networks, step 1(b): ReLU layer* (the claim about
# images).
