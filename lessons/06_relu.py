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

# %% tags=["nbval-ignore-output"]
import numpy as np

from helpers import came_out, check, data, hint, predict, puzzle, reference, review, show, suspects, yours

review(3)

# %% [markdown]
# ## What is a negative match worth?
#
# Here again is the X's map under `falling`. A blue value says: *the feature is here*. What does a vermillion one say?
# Orange corners mark them.

# %% predict="negatives"
predict("negatives", "How many of the map's 49 values are negative?", [6, 13, 20, 36])

# %% id="negative-matches"
falling, rising, centre = data.features.values()
feature_map = reference.filter_image(data.X, falling)  # (7, 7)
print("the lowest:", feature_map.min().round(2))
came_out("negatives", np.sum(feature_map < 0))
show.pictures([data.X, feature_map], ["X", "feature map"], ["pixel", "signed"], marks=[None, feature_map < 0])

# %% [markdown]
# At the lowest value, −0.33, three pixels agree and six do not: $(3 - 6)/9$. It says *not here*; −0.11 says the
# same, less loudly. But if you are looking for a stroke, how loudly it is missing does not matter. So keep the good news, and
# turn the bad news into 0, which says nothing. By hand, for the second row of the map:
#
# $$
# [-0.11,\; 1.00,\; -0.11,\; 0.33,\; -0.11,\; 0.11,\; -0.11] \;\to\; [0,\; 1.00,\; 0,\; 0.33,\; 0,\; 0.11,\; 0]
# $$

# %% [markdown]
# So compare each value with 0, and keep the larger of the two. NumPy has a function that does this entry by entry:
# `np.maximum`. Its near namesake `np.max` looks for the one largest value in the whole array. What will these two lines show?

# %% id="larger-of-two"
print(np.max(np.array([3, -2, 5])))
print(np.maximum(np.array([3, -2, 5]), np.array([4, -6, 1])), np.maximum(np.array([3, -2, 5]), 4))

# %% [markdown]
# A single number, such as the 4, is compared with every entry.
#
# Setting negative values to zero is called **ReLU**, short for *rectified linear unit*:
#
# $$
# \text{ReLU}(z) = \max(z, 0)
# $$
#
# In words: a negative value becomes zero, and any other stays as it is. What goes in, $z$, is the **pre-activation**; what comes
# out is the **activation**. ReLU has no weights, so it has nothing to learn.
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
# ### Break it
#
# `suspects.relu` looks right too, and is wrong. Call it as you would call yours, until you find an input on which the two
# differ. Then return that input, the smaller the better.


# %% exercise="break_relu"
def break_relu():
    """An input on which `suspects.relu` is wrong, as small as you can find one.

    Returns
    -------
    x
        An argument that the docstring of `relu` allows.
    """
    ### BEGIN SOLUTION
    return np.array([7.0])
    ### END SOLUTION


# %% test="break_relu" points=1
check("break_relu", break_relu)

# %% [markdown]
# Now use it on the X's map, on the X's stack of three maps, and on a batch of two letters, the X and the O. Pooling made maps
# smaller. Which shapes do you expect from ReLU? And what will a second ReLU do to the result of the first?

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
# Suppose you want to save memory, and write the zeros into the map itself. The next cell draws the map before and after.

# %% predict="in_place"
predict("in_place", "Will the picture called before still show its 20 negative values?", {"yes": 20, "no": 0})


# %% id="in-place-spoils"
def relu_in_place(x):
    x[x < 0] = 0
    return x


before = feature_map.copy()
after = relu_in_place(before)
print("`before` and `after` are the same array:", before is after)
came_out("in_place", np.sum(before < 0))
show.pictures([before, after], ["before", "after"], "signed")

# %% [markdown]
# <details><summary>What you find</summary>
#
# There is no *before* any more: both names refer to the same array. In lesson 11 you will go backwards through ReLU, and then
# you will need to know which values were negative. This map can no longer tell you. That is why the check refuses a function that
# changes its argument.
#
# </details>

# %% [markdown]
# ## The edges of a roof
#
# What does ReLU do to a photograph? The kernel below adds the three pixels below a spot and subtracts the three above it. So
# its result is positive where the picture gets brighter as you go down, and negative where it gets darker. Which edges of the
# roof will ReLU keep? And how would you get the others?

# %% id="relu-on-photograph"
piece = data.photograph()[30:158, 128:288]  # (128, 160)
brighter_below = np.array([[-1, -1, -1], [0, 0, 0], [1, 1, 1]])
edges = reference.convolve_image(piece, brighter_below)  # (126, 158)
brighter, darker = my_relu(edges), my_relu(-edges)
print(f"zero before ReLU: {np.mean(np.isclose(edges, 0)):.0%}, after: {np.mean(np.isclose(brighter, 0)):.0%}")
names = ["photograph", "edges", "ReLU", "ReLU(-edges)"]
show.pictures([piece, edges, brighter, darker], names, ["pixel"] + ["signed"] * 3, limit=3)

# %% [markdown]
# The outline of the roof is vermillion: above it is the bright sky, below it the dark roof. ReLU wipes out the outline and keeps
# the blue edges; 54 % of its map is zero. But the outline is not lost to the network. A filter with the opposite
# signs finds it, in the last picture.

# %% [markdown]
# You may read that "images are naturally non-linear", and that this is why networks need ReLU. Can you test that?
# A step is **linear** if it makes no difference whether you add before it or after it: two pictures sent through, then
# added, give the same as their sum sent through. Take the roof and its mirror image. (In the code, `lambda z: z` is a
# function that hands back what it gets.)

# %% predict="linear"
predict(
    "linear",
    "Which pass this test?",
    {
        "the convolution, with ReLU and without": [True, True],
        "only the convolution without ReLU": [True, False],
        "neither": [False, False],
    },
)

# %% id="linear-or-not"
mirrored = piece[:, ::-1]
passed = []
for name, step in {"convolution": lambda z: z, "convolution, ReLU": my_relu}.items():
    apart = sum(step(reference.convolve_image(image, brighter_below)) for image in (piece, mirrored))
    together = step(reference.convolve_image(piece + mirrored, brighter_below))
    print(f"{name:18} largest difference {np.abs(apart - together).max():.2f}")
    passed.append(np.allclose(apart, together))
came_out("linear", passed)

# %% [markdown]
# <details><summary>What you find</summary>
#
# The convolution passes: it is linear for a photograph, as it is for any other array. So the claim uses the word for the wrong
# thing: a *step* is linear or not, and a picture is neither. What is true is that ReLU is not linear.
#
# </details>
#
# Why does a network need a step that is not linear? The rest of this lesson is about that.

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
# Once gives [2, −1, 4], and twice gives [−3, 5]. But [1, −2, 1] gives [−3, 5] in *one* go: $3 - 10 + 4 = -3$ and $5 - 8 + 8 = 5$.
# How can that be? The second kernel adds up neighbouring values of the first map, each times a weight. Those values come from
# the first kernel, one place further along each time. So add up **shifted copies** of the first kernel, each times that weight:
#
# $$
# -1 \cdot [-1, 1, 0] \;+\; 1 \cdot [0, -1, 1] \;=\; [1, -2, 1]
# $$

# %% [markdown]
# ### Your turn: `collapse_two_filters`
#
# Build the one kernel that replaces two. Start from zeros. For each weight of `second`, at (row, column), add a copy of
# `first`, times that weight, shifted down by `row` and to the right by `column`. The last copy must still fit: for two kernels
# of 3 x 3, how large must the one kernel be?
#
# The next cell shows how to add to a part of an array. What will the middle entry be?

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
# Compare `falling`, then `rising`, with your one kernel of 5 x 5. The sizes fit: 9 → 7 → 5 in two steps, and $9 - 5 + 1 = 5$ in
# one.

# %% predict="two_in_one"
predict(
    "two_in_one",
    "On how many of 100 random images will the two maps be equal?",
    {"on none, only similar": 0, "on about half": 50, "on all 100": 100},
)


# %% id="two-are-one"
def two_layers(image, between):
    return reference.convolve_image(between(reference.convolve_image(image, falling)), rising)


one = yours("collapse_two_filters", collapse_two_filters)(falling, rising)  # (5, 5)
steps, at_once = two_layers(data.X, lambda z: z), reference.convolve_image(data.X, one)
print("equal on the X:", np.array_equal(steps, at_once))
images = np.random.default_rng(0).uniform(-1, 1, (100, 9, 9))
pairs = [(two_layers(image, lambda z: z), reference.convolve_image(image, one)) for image in images]
came_out("two_in_one", sum(np.allclose(*pair) for pair in pairs))
show.pictures([one, steps, at_once], ["the one kernel", "two steps", "one step"], "signed", limit=[3, 21, 21])

# %% [markdown]
# <details><summary>What you find</summary>
#
# Equal everywhere. Convolutions with nothing between them are **one convolution**: fold the first two into one, then fold in the
# next, and so on. Biases can be folded in as well. Depth buys you nothing.
#
# </details>

# %% [markdown]
# And with ReLU in between? If one kernel could still do the work, the two layers would be linear: the maps of X and O, added,
# would equal the map of their sum. By hand, $\text{ReLU}(2) + \text{ReLU}(-2) = 2$, but $\text{ReLU}(2 - 2) = 0$. How far apart
# will the two be? And could one kernel *with a bias* do it?

# %% id="no-single-kernel"
for name, between in {"nothing": lambda z: z, "ReLU": my_relu}.items():
    added = two_layers(data.X, between) + two_layers(data.O, between)
    difference = added - two_layers(data.X + data.O, between)  # (5, 5)
    print(f"{name:7} between: differences from {difference.min():.0f} to {difference.max():.0f}")

# %% [markdown]
# With ReLU the two differ by up to 12, so **no single kernel** does what these two layers do.
#
# Nor does a kernel with a bias. Sending X and O through separately would add the bias twice; sending their sum through adds it
# once. So the two would differ by the bias, by the same amount in all 25 places. Ours differ by anything from −12 to 4.

# %% [markdown]
# What can two layers with ReLU do that one cannot? Take a *black X on white paper*. Every sign in every map flips, and 9
# becomes −9. So let one filter look for the white X and another for the black one: `falling`, and its negative. After ReLU, add
# the two maps with a 1x1 convolution. What will the largest values be, with ReLU and without?

# %% id="both-colours"
opposites = np.array([falling, -falling])[:, np.newaxis]  # (2, 1, 3, 3)
add = np.ones((1, 2, 1, 1))
for name, image in {"white X": data.X, "black X": -data.X}.items():
    both = reference.conv2d(image[np.newaxis, np.newaxis], opposites)  # (1, 2, 7, 7)
    bent, straight = reference.conv2d(my_relu(both), add), reference.conv2d(both, add)  # (1, 1, 7, 7)
    print(f"{name}: falling alone from {both[0, 0].min():.0f} to {both[0, 0].max():.0f};", end=" ")
    print(f"both added, without ReLU {straight.max():.0f}, with ReLU {bent.max():.0f}")

# %% [markdown]
# With ReLU, both letters reach 9. Without it, the two maps cancel each other out. (And the 3 that `falling` alone finds on the
# black X? It is where the white X had its lowest sum, −3, next to its centre.)

# %% [markdown]
# ReLU's graph is a line with a bend in it. A function that bends, placed between two layers, is called a **non-linearity**, or
# an **activation function**.
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
# Older networks used smooth bends: the **sigmoid**, which squeezes every number between 0 and 1, and **tanh**, between
# −1 and 1:
#
# $$
# \sigma(z) = \frac{1}{1 + e^{-z}} \qquad \tanh(z) = \frac{e^{z} - e^{-z}}{e^{z} + e^{-z}}
# $$
#
# A curve's **slope** says how far the output moves, per unit of input, when the input moves a little. Sketch the three curves
# from −8 to 8, and guess their slopes at −6, 0 and 6. At one point, one of the curves has two slopes, one on each side. Where?

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
# ReLU's slope is 0 or 1. At its corner, where left and right disagree, we take 0, as PyTorch does. The sigmoid's slope is at most
# 0.25, and 0.00247 at 6; tanh's is at most 1, and almost 0 at 6. Where a curve is as flat as that, it is **saturated**.

# %% [markdown]
# Why care? From lesson 10 on, networks learn by nudging: they change a number a little and see what that does to the result.
# Send a nudge through ten of these functions in a row. How much of it will arrive?

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
# And how well does each tell 5 from 1? Below, the bias is −4: a perfect match of `falling`, 9, becomes 5, and a sum of 5
# becomes 1.

# %% id="three-activations"
x_sums = reference.convolve_image(data.X, falling)  # (7, 7), from -3 to 9
shifted = x_sums - 4
print("sum - 4 " + "".join(f"{value:8.0f}" for value in np.unique(shifted)))
for name, function in bends.items():
    print(f"{name:8}" + "".join(f"{value:8.3f}" for value in function(np.unique(shifted))))
drawn = [shifted, *(function(shifted) for function in bends.values())]
show.pictures(drawn, ["sum - 4", *bends], "signed", values=False, limit=[7, 5, 1, 1])

# %% [markdown]
# ReLU keeps the distance: 5 and 1. The sigmoid says 0.993 and 0.731, tanh says 1.000 and 0.762: in their pictures a perfect
# match hardly stands out.
#
# Now move the point along the curve, and use the bias to shift the whole map. Find the bias at which ReLU leaves only the four
# perfect matches; the bias at which nothing is left; and a pre-activation at which all three curves are flat.

# %% id="activation-widget" tags=["nbval-ignore-output"]
show.widgets.ActivationCurve(x_sums, activation="ReLU", total=1, bias=2)

# %% [markdown]
# <details><summary>What you find</summary>
#
# A bias of −8 leaves $9 - 8 = 1$ in four positions. A bias of −9 leaves nothing. At −6 all three curves are flat; at 6 the
# sigmoid and tanh are flat, and ReLU is not.
#
# </details>

# %% [markdown]
# ## In this lesson we
#
# - **set** negative values to zero: $\text{ReLU}(z) = \max(z, 0)$, for any shape, without changing the argument,
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
# **Next:** in each layer, sums of products grow or shrink. What becomes of them after twenty layers? And what if a filter's
# output is zero for every image? Lesson 07 keeps the numbers in range.
#
# **Sources.** Brandon Rohrer, *How convolutional neural networks work* (negative to zero) · Stanford CS231n, *Neural networks*,
# part 1 (activation functions) · SuperDataScience, *Convolutional neural networks, step 1(b): ReLU layer* (the claim about
# images).
