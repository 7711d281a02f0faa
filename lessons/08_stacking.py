# %% [markdown] id="title"
# # Stack layers on layers
#
# A window of 3 by 3 pixels finds a stroke. The whole X is seven pixels wide. How can small windows see large things?
#
# ![cover]
#
# - **You will build** `receptive_field`, `parse_pattern`, `layer_shapes` and `parameter_table`: the plan of a network.
# - **You will learn** why layers are stacked, what comes out of a stack, and where its parameters sit.
# - **You need** lessons 02 to 06.

# %% cover="The X of 9 x 9 pixels and, drawn to the same scale, the boxes of numbers that two layers make of it: 3 x 7 x 7, then 2 x 3 x 3. Orange outlines: one value of the last box, the window of 5 x 5 that it looks at in the box before, and the window of 7 x 7 in the image, which holds the whole X."
two_layers = [reference.conv_layer(3, kernel=3), reference.relu_layer(), reference.conv_layer(2, kernel=5)]
show.network(two_layers, (1, 9, 9), unit=(3, 1, 1), image=data.X)

# %%
import math
import re

import numpy as np

from helpers import check, data, hint, reference, show, yours

# %% [markdown]
# ## Pieces of pieces
#
# The three features of lesson 02, then the ReLU of lesson 06: three maps of strokes. Above are those of the X, below
# those of the O, with a window of 5 x 5 on each. Look at the window's corners: which stroke lies where in the X, and which
# in the O?

# %% id="same-pieces"
letters = np.stack([data.X, data.O])[:, None]  # (2, 1, 9, 9)
first = np.stack(list(data.features.values()))[:, None] / 9  # (3, 1, 3, 3)
strokes = reference.relu(reference.conv2d(letters, first))  # (2, 3, 7, 7)
titles = [f"{name} in the {letter}" for letter in "XO" for name in data.features]
show.pictures(list(strokes.reshape(6, 7, 7)), titles, "signed", windows=[(1, 1, 5, 5)] * 6)

# %% [markdown]
# In the X, `falling` fits perfectly in the upper left and the lower right corner, `rising` in the other two, `centre` in
# the middle. In the O the two strokes have changed places. **The same pieces, put together in another way.**
#
# So let a second layer look at the *maps*. Each of its filters has a kernel of 5 x 5 for each map, with weights where its
# letter has that piece.

# %% [markdown]
# By hand, in the orange windows. The X filter has five weights of 1/5: in the X's maps they find five perfect matches, in
# the O's maps 0.11 in the corners and 0 in the middle.
#
# $$
# \frac{1 + 1 + 1 + 1 + 1}{5} = 1.00 \qquad \frac{0.11 + 0.11 + 0.11 + 0.11 + 0}{5} = 0.09
# $$
#
# The O filter has four weights of 1/4. What does it say to the X, and what to the O? Write down two numbers; then look at
# the weights, and at the two maps on the right.

# %% id="simple-to-complex"
falls, rises = ([0, 4], [0, 4]), ([0, 4], [4, 0])  # rows and columns of two opposite corners
second = np.zeros((2, 3, 5, 5))  # a filter for the X and one for the O
second[0, 0][falls] = second[0, 1][rises] = second[0, 2][2, 2] = 1 / 5
second[1, 0][rises] = second[1, 1][falls] = 1 / 4
answers = reference.conv2d(strokes, second)  # (2, 2, 3, 3): letter, filter, row, column
for letter, (by_x, by_o) in zip("XO", answers[:, :, 1, 1], strict=True):
    print(f"in the middle of the {letter}: X filter {by_x:.2f}, O filter {by_o:.2f}")
panels = [*second[0], answers[0, 0], *second[1], answers[1, 1]]
titles = [f"{letter} filter: {on}" for letter in "XO" for on in [*data.features, f"map of the {letter}"]]
show.pictures(panels, titles, "signed")

# %% [markdown]
# Layer 1 says *here is a stroke*. Layer 2 says *here is an X*: 1.00 in the middle of its own letter, and next to nothing for the other. The
# features of a layer are made of those of the layer before, from simple to complex. (Here they are set by hand; from lesson 13 on they
# are learned.)

# %% [markdown]
# ## How far does one value look?
#
# A value of layer 2 is made of 5 rows of a map, each made of 3 rows of the image. From the first of these windows to the last
# there are four steps, and the last one covers three rows: $(5 - 1) \cdot 1 + 3 = 7$.
#
# Don't believe it. The next cell nudges every pixel of the X, one at a time, and marks those that change that value. **How
# many of the 81?**

# %% id="what-a-unit-looks-at"
rng = np.random.default_rng(6)
kernels = rng.normal(size=(3, 1, 3, 3)), rng.normal(size=(1, 3, 5, 5))  # random, so that no weight is 0


def middle_of_layer_2(images):
    return reference.conv2d(reference.conv2d(images, kernels[0]), kernels[1])[:, 0, 1, 1]


nudged = letters[:1] + np.eye(81).reshape(81, 1, 9, 9)  # 81 images, another pixel nudged in each
changed = ~np.isclose(middle_of_layer_2(nudged), middle_of_layer_2(letters[:1]))
print(changed.sum(), "pixels change the value")
show.pictures([data.X], ["the X"], marks=[changed.reshape(9, 9)], windows=[(1, 1, 7, 7)], values=False)

# %% [markdown]
# 49: all pixels of a square of side 7, and no other. This square is the value's **receptive field**, through both layers.
# For a whole stack, go backwards. To make `size` values side by side, a layer needs
#
# $$
# (\text{size} - 1) \cdot \text{stride} + \text{kernel}
# $$
#
# values. In words: a step from each window to the next, and one whole window. It is lesson 03's output size, read from right
# to left. (Padding moves a window, but makes it no larger.)

# %% [markdown]
# ### Your turn: `receptive_field`
#
# From now on a layer is a dictionary: `reference.conv_layer(8, kernel=5)` makes
# `{"layer": "CONV", "filters": 8, "kernel": 5, "stride": 1, "padding": 0}`. A POOL has a `"window"` instead of a kernel, and a
# `"stride"`; a RELU has none of these, and needs as many values as it makes. Begin with one value after the last layer, and go
# backwards.
#
# And **predict:** how many layers with kernels of 3 look as far as one with a kernel of 7?


# %% exercise="receptive_field"
def receptive_field(layers):
    """The side of the square of input pixels that one value after these layers looks at.

    Parameters
    ----------
    layers : list of dict
        Descriptions of CONV, RELU and POOL layers, from the first to the last.

    Returns
    -------
    int

    Examples
    --------
    A kernel of 3 needs 3 values, and these need (3 - 1) * 1 + 5 = 7 pixels under a kernel of 5:

    >>> receptive_field([reference.conv_layer(3, kernel=5), reference.conv_layer(2, kernel=3)])
    7
    """
    ### BEGIN SOLUTION
    size = 1
    for layer in reversed(layers):
        if layer["layer"] != "RELU":
            window = layer["window"] if layer["layer"] == "POOL" else layer["kernel"]
            size = (size - 1) * layer["stride"] + window
    return size
    ### END SOLUTION


# %% test="receptive_field" points=2
check("receptive_field", receptive_field)

# %% id="deep-stacking"
field = yours("receptive_field", receptive_field)
conv, pool = reference.conv_layer(16, kernel=3), reference.pool_layer(2)
for count in range(1, 6):
    print(f"{count} CONV: {field([conv] * count):2}", end="")
    print(f"    {count} times CONV, POOL: {field([conv, pool] * count):2}")
print("parameters, 16 filters on 16 channels:")
print(f"one layer of 7 x 7: {reference.conv_parameters(16, 16, 7):,}")
print(f"three layers of 3 x 3: {3 * reference.conv_parameters(16, 16, 3):,}")

# %% [markdown]
# Three layers of 3 x 3 look as far as one of 7 x 7, with 6,960 parameters instead of 12,560. With pooling the view more than
# doubles every time. So networks are **deep**: many layers, small windows.

# %% [markdown]
# ## A short way to write a stack
#
# Most stacks follow one pattern:
#
# ```
# INPUT -> [[CONV -> RELU]*N -> POOL?]*M -> [FC -> RELU]*K -> FC
# ```
#
# `*N`: N times what is in the brackets; `?`: may be left out; FC: fully connected, as lesson 03 counted it. Choose N, M and K,
# and you have chosen a network.

# %% [markdown]
# Write out the innermost brackets, and again, until there are none:
#
# ```
# INPUT -> [[CONV -> RELU]*2 -> POOL]*2 -> FC
# INPUT -> [CONV -> RELU -> CONV -> RELU -> POOL]*2 -> FC
# INPUT -> CONV -> RELU -> CONV -> RELU -> POOL -> CONV -> RELU -> CONV -> RELU -> POOL -> FC
# ```
#
# ### Optional: `parse_pattern`
#
# `re.search(GROUP, text)` finds such a group, or None: `found[0]` is all of it, `found[1]` its inside, `found[2]` the number.
# Put copies, joined by arrows, in its place. Then cut at the arrows and clean the names: no spaces, no empty ones (`*0`
# leaves some), no `?`.


# %% exercise="parse_pattern" optional
GROUP = r"\[([^\[\]]*)\]\s*\*\s*(\d+)"  # brackets with no bracket in them, a star, a number


def parse_pattern(text, optional=True):
    """The names of the layers that a pattern stands for, one by one.

    Parameters
    ----------
    text : str
        For instance "INPUT -> [CONV -> RELU -> POOL?]*2 -> FC".
    optional : bool
        Whether layers marked with ? are kept; if not, they are left out.

    Returns
    -------
    list of str
        The first is "INPUT".

    Examples
    --------
    >>> parse_pattern("INPUT -> [CONV -> POOL?]*2 -> FC")
    ['INPUT', 'CONV', 'POOL', 'CONV', 'POOL', 'FC']
    >>> parse_pattern("INPUT -> [CONV -> POOL?]*2 -> FC", optional=False)
    ['INPUT', 'CONV', 'CONV', 'FC']
    """
    ### BEGIN SOLUTION
    while found := re.search(GROUP, text):
        copies = " -> ".join([found[1]] * int(found[2]))
        text = text.replace(found[0], copies, 1)
    names = [name.strip() for name in text.split("->")]
    if not optional:
        names = [name for name in names if not name.endswith("?")]
    return [name.rstrip("?") for name in names if name]
    ### END SOLUTION


# %% test="parse_pattern"
check("parse_pattern", parse_pattern)

# %% id="pattern-written-out"
parse = yours("parse_pattern", parse_pattern)
template = "INPUT -> [[CONV -> RELU]*{n} -> POOL?]*{m} -> [FC -> RELU]*{k} -> FC"
for n, m, k in [(1, 2, 2), (2, 1, 1), (0, 0, 0)]:
    print(f"N={n} M={m} K={k}:", *parse(template.format(n=n, m=m, k=k)))
print("without POOL:", *parse(template.format(n=2, m=1, k=1), optional=False))

# %% [markdown]
# With N = M = K = 0 nothing is left but votes. And what if a pattern is badly written? The course's own `parse_pattern` says
# so in a sentence. Find the mistake in each of these before you run.

# %% id="bad-patterns"
for text in [
    "INPUT -> [CONV -> RELU -> FC",
    "INPUT -> [CONV -> RELU] -> FC",
    "INPUT -> CONV RELU -> FC",
    "INPUT -> FC -> POOL",
]:
    try:
        reference.parse_pattern(text)
    except ValueError as error:
        print(f"{text}\n    {error}")

# %% [markdown]
# ## Which 5?
#
# PyTorch's tutorial has a network for colour photographs of 32 x 32 pixels, N = 1, M = 2, K = 2. Its kernels are 5 x 5; it
# has 6 filters, then 16. Its first fully connected layer is written `nn.Linear(16 * 5 * 5, 120)`. There are fives all over.
# Which one is meant?
#
# Follow one side, by hand:
#
# | INPUT | CONV | POOL | CONV | POOL |
# |---|---|---|---|---|
# | 32 | 32 − 5 + 1 = 28 | 28 / 2 = 14 | 14 − 5 + 1 = 10 | 10 / 2 = 5 |

# %% [markdown]
# ### Your turn: `layer_shapes`
#
# Keep the shape that has come out so far, change it as each layer does, and append it to a list.
# `reference.output_size(side, kernel, stride, padding)` is lesson 03's formula. (`layer.get("padding", 0)` is 0 where a layer
# has no padding.)
#
# The cell after the check draws the whole network to scale. What will happen to the faces of the boxes from left to right, and
# what to their depth?


# %% exercise="layer_shapes"
def layer_shapes(layers, input_shape):
    """The shape of the input and of what comes out of each layer.

    Parameters
    ----------
    layers : list of dict
        Descriptions of layers.
    input_shape : tuple of int
        (depth, height, width).

    Returns
    -------
    list of tuple of int
        First `input_shape`, then one shape for each layer: (depth, height, width), or (units,) after FC.

    Examples
    --------
    >>> layers = [reference.conv_layer(3, kernel=2), reference.pool_layer(2), reference.fc_layer(10)]
    >>> layer_shapes(layers, (1, 5, 5))
    [(1, 5, 5), (3, 4, 4), (3, 2, 2), (10,)]
    """
    ### BEGIN SOLUTION
    shape, shapes = input_shape, [input_shape]
    for layer in layers:
        if layer["layer"] == "FC":
            shape = (layer["units"],)
        elif layer["layer"] != "RELU":
            window = layer["window"] if layer["layer"] == "POOL" else layer["kernel"]
            sliding = window, layer["stride"], layer.get("padding", 0)
            sides = [reference.output_size(side, *sliding) for side in shape[1:]]
            shape = (layer.get("filters", shape[0]), *sides)
        shapes.append(shape)
    return shapes
    ### END SOLUTION


# %% test="layer_shapes" points=3
check("layer_shapes", layer_shapes)

# %% id="network-to-scale"
shapes_of = yours("layer_shapes", layer_shapes)
pattern, piece = template.format(n=1, m=2, k=2), data.photograph(colour=True)[75:107, 130:162]
net = reference.describe_layers(pattern, filters=[6, 16], units=[120, 84, 10], kernel=5)
print(*shapes_of(net, (3, 32, 32)))
show.network(net, (3, 32, 32), unit=(6, 2, 2), image=piece)

# %% [markdown]
# Faces shrink and boxes get deeper, until an FC makes a row of them: 16 · 5 · 5 = 400 numbers go in. (Outlined: one value after
# layer 6, and what it looks at.)
#
# But the kernel's side is 5 as well, and so the picture can't tell which 5 it is. Make them differ: a larger photograph under
# the same kernel, then a smaller kernel. **Predict** what must take the place of `16 * 5 * 5`, both times.

# %% id="which-five"
for side, kernel in [(32, 5), (40, 5), (32, 3)]:
    layers = reference.describe_layers(pattern, filters=[6, 16], units=[120, 84, 10], kernel=kernel)
    shape = shapes_of(layers, (3, side, side))[6]
    print(f"photograph {side} x {side}, kernel {kernel} x {kernel}: {shape}, {math.prod(shape)} numbers")
try:
    votes = np.zeros((120, 16 * 3 * 3))  # weights for the side of the kernel
    reference.linear(reference.flatten(np.zeros((1, *shape))), votes)
except ValueError as error:
    print("With 16 * 3 * 3:", error)

# %% [markdown]
# With a kernel of 5 on the larger photograph the last map is 7 x 7; with a kernel of 3 it is 6 x 6. **The 5 is the side of the
# map.** The kernel plays its part in it, but is not it. If you take the kernel's side, 16 · 3 · 3 = 144, you are told that 576
# numbers come in.

# %% [markdown]
# ## Where the parameters sit
#
# By hand: the first CONV has 6 filters of 5 x 5 on 3 channels, each with a bias. The first FC has 120 units, each with 400
# weights and a bias.
#
# $$
# 6 \cdot (5 \cdot 5 \cdot 3 + 1) = 456 \qquad 120 \cdot (400 + 1) = 48120
# $$
#
# **Predict:** what share of all parameters do the two CONV layers have?
#
# ### Your turn: `parameter_table`
#
# A row for each layer: name, shape, parameters. Get the shapes from your `layer_shapes`.
# (`reference.conv_parameters(depth, filters, kernel)` counts a CONV, `math.prod` multiplies a shape.)


# %% exercise="parameter_table"
def parameter_table(layers, input_shape):
    """For each layer its name, the shape of what comes out of it, and how many parameters it has.

    Parameters
    ----------
    layers : list of dict
        Descriptions of layers.
    input_shape : tuple of int
        (depth, height, width).

    Returns
    -------
    list of (str, tuple of int, int)
        The first row is ("INPUT", input_shape, 0).

    Examples
    --------
    2 * (2 * 2 * 1 + 1) = 10, and 3 * (2 * 4 * 4 + 1) = 99:

    >>> parameter_table([reference.conv_layer(2, kernel=2), reference.fc_layer(3)], (1, 5, 5))
    [('INPUT', (1, 5, 5), 0), ('CONV', (2, 4, 4), 10), ('FC', (3,), 99)]
    """
    ### BEGIN SOLUTION
    shapes = layer_shapes(layers, input_shape)
    rows = [("INPUT", input_shape, 0)]
    for layer, before, after in zip(layers, shapes, shapes[1:], strict=False):
        parameters = 0
        if layer["layer"] == "CONV":
            parameters = reference.conv_parameters(before[0], layer["filters"], layer["kernel"])
        elif layer["layer"] == "FC":
            parameters = layer["units"] * (math.prod(before) + 1)
        rows.append((layer["layer"], after, parameters))
    return rows
    ### END SOLUTION


# %% test="parameter_table" points=3
check("parameter_table", parameter_table)

# %% id="where-parameters-sit"
table_of = yours("parameter_table", parameter_table)
rows = [row for row in table_of(net, (3, 32, 32)) if row[2]]
labels, counts = [f"{name} {shape}" for name, shape, _ in rows], [row[2] for row in rows]
print(f"{sum(counts):,} parameters, of which CONV {sum(counts[:2]) / sum(counts):.0%}")
show.bars(labels, counts, "parameters", decimals=0)

# %% [markdown]
# 62,006 parameters, 95 % of them in the FC layers, and most in the very first. And where is the *work* done? The next chart
# counts how often parameters are used for one photograph. It also compares the first CONV with an FC that makes as many
# numbers of the same photograph. Guess before you run.

# %% id="conv-against-fc"
uses = [count * math.prod(shape[1:]) for _, shape, count in rows]
dense = table_of([reference.fc_layer(6 * 28 * 28)], (3, 32, 32))[1][2]
print(f"CONV does {sum(uses[:2]) / sum(uses):.0%} of the work")
print(f"first layer: {counts[0]} parameters as CONV, {dense:,} as FC")
show.bars(labels, [use / 1000 for use in uses], "uses of a parameter, in thousands", decimals=0)

# %% [markdown]
# ### Reflect
#
# CONV has 5 % of the parameters and does 91 % of the work. As an FC, the first layer alone would have 14,455,392
# parameters instead of 456. What do the two kinds of layers do differently? And which layer would you change first, to make
# this network smaller?

# %% [markdown] answer="shared_weights" points=2
# A CONV uses the same few weights at every position (28 · 28 = 784 times in the first layer), and each value looks only at
# a small window. An FC has a weight for every pair of an input and an output, and uses it once. To save parameters, change
# the first FC: it has 48,120 of the 62,006. Fewer units, or one more POOL before it, so that fewer than 400 numbers go in.

# %% [markdown]
# ## From a pattern to a network
#
# Put everything together: a pattern, a few sizes, and a table of what they make. Then the course builds the network with
# random weights and runs it on the photograph. **Predict:** what shape goes into the first FC? (Padding 1 keeps the size under
# a kernel of 3.)

# %% id="pattern-builds-a-network"
pattern = "INPUT -> [[CONV -> RELU]*2 -> POOL]*3 -> [FC -> RELU]*1 -> FC"
layers = reference.describe_layers(pattern, filters=16, units=[64, 10], kernel=3, padding=1)
rows = table_of(layers, (3, 32, 32))
for name, shape, count in rows:
    print(f"{name:6}{shape!s:14}{count:7,}")
print(f"{sum(row[2] for row in rows):,} parameters")
network = reference.build_network(layers, (3, 32, 32), np.random.default_rng(6))
print("built and run:", network.forward(reference.to_nchw(piece[None])).shape)

# %% [markdown]
# Now play. Point at a value in any box, or use the arrow keys (Page Up and Page Down change the box), and watch its window grow
# on the photograph. Then type your own patterns and press Enter:
#
# - After which layer does one value first look at more than half of the photograph's height?
# - What happens with six POOLs?
# - Leave out a bracket.

# %% [markdown]
# <details><summary>What you find</summary>
#
# The first CONV after the second POOL looks at 24 of the 32 rows. Five POOLs halve 32 down to 1, and the sixth finds no window
# of 2. A missing bracket gets its sentence.
#
# </details>


# %% id="stacked-network" tags=["nbval-ignore-output"]
def describe(pattern):
    units = [64] * (reference.parse_pattern(pattern).count("FC") - 1) + [10]
    return reference.describe_layers(pattern, filters=16, units=units, kernel=3, padding=1)


show.widgets.StackedNetwork(describe, pattern, (3, 32, 32), piece)

# %% [markdown] id="history"
# ## Where it comes from
#
# | year | who | what |
# |---|---|---|
# | 1959, 1962 | Hubel, Wiesel | Cells in a cat's visual cortex answer to bars or edges at one angle, in one small part of the view: its *receptive field*. *Complex* cells answer also if the bar moves a little. |
# | 1980 | Fukushima | The Neocognitron: layers that find features and layers that forgive small shifts, by turns. |
# | 1998 | LeCun, Bottou, Bengio, Haffner | LeNet-5 reads handwritten digits; all weights are learned by backpropagation. |
# | 2012 | Krizhevsky, Sutskever, Hinton | AlexNet wins the ImageNet contest: 15.3 % errors (among five guesses), the next best 26.2 %. |

# %% [markdown]
# ## In this lesson we
#
# - **stacked** two layers by hand: strokes, then whole letters,
# - **looked back** through a stack: $(\text{size} - 1) \cdot \text{stride} + \text{kernel}$, layer by layer,
# - **wrote out** patterns, and **worked out** shapes and parameters before any weight existed,
# - **saw** that CONV shares few weights and does the work, and that FC holds most of the parameters.

# %% [markdown]
# | what | shape | here |
# |---|---|---|
# | input | $(C, H, W)$ | (3, 32, 32) |
# | after CONV | $(K, H', W')$, $H'$ the output size | (6, 28, 28) |
# | after RELU | as before | (6, 28, 28) |
# | after POOL | $(K, H', W')$ | (6, 14, 14) |
# | before the first FC | depth, height, width of the *map* | (16, 5, 5) = 400 |
# | after FC | (units,) | (120,), (84,), (10,) |
#
# **Next:** 400 numbers go in, ten come out. How do numbers vote?
#
# **Sources.** Stanford CS231n, *Convolutional networks* (the layer pattern; three small kernels or a large one) · PyTorch,
# *Training a classifier* (the network for CIFAR-10) · Brandon Rohrer, *How convolutional neural networks work* (deep
# stacking) · Hubel, Wiesel, *J. Physiol.* 148 (1959), 160 (1962); Fukushima, *Biol. Cybernetics* 36 (1980); LeCun et al.,
# *Proc. IEEE* 86 (1998); Krizhevsky et al., *NIPS* 25 (2012).
