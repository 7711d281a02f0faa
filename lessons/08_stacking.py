# %% [markdown] id="title"
# # Stack layers on layers
#
# A window of 3 by 3 pixels finds a stroke. The whole X is seven pixels wide. How can small windows see large things?
#
# ![cover]
#
# - **You will build** `receptive_field`, `layer_shapes` and `parameter_table`.
# - **You will learn** why layers are stacked, what comes out of a stack, and where its parameters are.
# - **You need** lessons 02 to 06.
# - **It takes** about 45 minutes.

# %% cover="The X of 9 x 9 pixels and, drawn to the same scale, the boxes of numbers that two layers make of it: 3 x 7 x 7, then 2 x 3 x 3. Orange outlines: one value of the last box, the window of 5 x 5 that it looks at in the box before, and the window of 7 x 7 in the image, which holds the whole X."
two_layers = [reference.conv_layer(3, kernel=3), reference.relu_layer(), reference.conv_layer(2, kernel=5)]
show.network(two_layers, (1, 9, 9), unit=(3, 1, 1), image=data.X)

# %% tags=["nbval-ignore-output"]
import math
import re

import numpy as np

from helpers import came_out, check, data, hint, predict, puzzle, reference, review, show, suspects, yours

review(3)

# %% [markdown]
# ## Pieces of pieces
#
# Slide lesson 02's three features over a letter, then apply lesson 06's ReLU: you get three maps of strokes. Below are the
# middle 5 x 5 values of each. Look at the corners and the middle: which stroke is where?

# %% id="same-pieces"
letters = np.stack([data.X, data.O])[:, None]  # (2, 1, 9, 9); None is short for np.newaxis
first = np.stack(list(data.features.values()))[:, None] / 9  # (3, 1, 3, 3)
strokes = reference.relu(reference.conv2d(letters, first))  # (2, 3, 7, 7)
titles = [f"{name} in the {letter}" for letter in "XO" for name in data.features]
show.pictures(list(strokes[:, :, 1:6, 1:6].reshape(6, 5, 5)), titles, "signed")

# %% [markdown]
# In the X, `falling` fits perfectly in the upper left and lower right, `rising` in the other two corners, `centre` in
# the middle. In the O the two strokes have swapped places. **The same pieces, put together differently.**
#
# So let a second layer look at the *maps*. Each of its filters has a 5 x 5 kernel for every map, with weights where its
# letter has that piece.

# %% [markdown]
# By hand, in the middle of the letter: the X filter has five weights of 1/5. In the X's maps they find five perfect matches;
# in the O's maps, 0.11 in each corner and 0 in the middle.
#
# $$
# \frac{1 + 1 + 1 + 1 + 1}{5} = 1.00 \qquad \frac{0.11 + 0.11 + 0.11 + 0.11 + 0}{5} = 0.09
# $$
#
# The O filter has four weights of 1/4, one in each corner. What does it give for the X, and what for the O? Decide before
# you run the cell.

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
# Layer 1 says *here is a stroke*. Layer 2 says *here is an X*. Each layer builds its features from those of the layer
# before: from simple to complex. (Here they are set by hand; from lesson 10 on they are learned.)

# %% [markdown]
# ## How far does one value look?
#
# A value of layer 2 comes from 5 rows of a map, and each of those from 3 rows of the image. From the first of these windows
# to the last there are four steps, and the last window covers three rows: $(5 - 1) \cdot 1 + 3 = 7$.
#
# Check it: nudge each pixel of the X by itself, and mark those that change the value. **How many of the 81 will there be?**

# %% id="what-a-unit-looks-at"
rng = np.random.default_rng(6)
kernels = rng.normal(size=(3, 1, 3, 3)), rng.normal(size=(1, 3, 5, 5))  # random, so that no weight is 0


def middle_of_layer_2(images):
    return reference.conv2d(reference.conv2d(images, kernels[0]), kernels[1])[:, 0, 1, 1]


nudged = letters[:1] + np.eye(81).reshape(81, 1, 9, 9)  # 81 images, a different pixel nudged in each
changed = ~np.isclose(middle_of_layer_2(nudged), middle_of_layer_2(letters[:1]))
print(changed.sum(), "pixels change the value")
show.pictures([data.X], ["the X"], marks=[changed.reshape(9, 9)], windows=[(1, 1, 7, 7)], values=False)

# %% [markdown]
# 49: a square of 7 x 7 pixels, which is the value's **receptive field** through both layers.
#
# For a whole stack, work backwards. To make `size` values side by side, a layer needs this many:
#
# $$
# (\text{size} - 1) \cdot \text{stride} + \text{kernel}
# $$
#
# In words: one step from each window to the next, and one whole window. (Padding moves a window but does not make it
# larger.)

# %% [markdown]
# An example with a stride: a CONV (a convolution) with a kernel of 5, a POOL with a window and a stride of 2, then a CONV
# with a kernel of 3. One value at the end needs, along each side:
#
# | before the second CONV | before the POOL | before the first CONV |
# |---|---|---|
# | (1 − 1) · 1 + 3 = 3 | (3 − 1) · 2 + 2 = 6 | (6 − 1) · 1 + 5 = 10 |

# %% [markdown]
# ### Your turn: `receptive_field`
#
# From now on a dictionary describes each layer, and `reference` makes it:
#
# | made by | dictionary |
# |---|---|
# | `conv_layer(8, kernel=5)` | `{"layer": "CONV", "filters": 8, "kernel": 5, "stride": 1, "padding": 0}` |
# | `pool_layer(2)` | `{"layer": "POOL", "window": 2, "stride": 2}` |
# | `relu_layer()` | `{"layer": "RELU"}` |
# | `fc_layer(10)` | `{"layer": "FC", "units": 10}` (used later) |
#
# A RELU needs as many values as it makes. Start with one value after the last layer, and go through `reversed(layers)`.


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

# %% [markdown]
# ### Break it
#
# `suspects.receptive_field` looks right too, and is wrong. Find a list of layers on which it differs from yours, the shorter
# the better.


# %% exercise="break_receptive_field"
def break_receptive_field():
    """An input on which `suspects.receptive_field` is wrong, as small as you can find one.

    Returns
    -------
    layers
        An argument that the docstring of `receptive_field` allows.
    """
    ### BEGIN SOLUTION
    return [reference.pool_layer(2), reference.pool_layer(2), reference.pool_layer(2)]
    ### END SOLUTION


# %% test="break_receptive_field" points=1
check("break_receptive_field", break_receptive_field)

# %% [markdown]
# How many layers with a kernel of 3 see as far as one with a kernel of 7?

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
# Three layers of 3 x 3 look as far as one of 7 x 7, with 6,960 parameters instead of 12,560. With a POOL after each CONV, the
# field more than doubles every time. That is why networks are **deep**: many layers with small windows.

# %% [markdown] break="15"
# > **A good place to stop.** You know why layers are stacked, and how far one value looks.

# %% [markdown]
# ## A short way to write a stack
#
# Most stacks follow one pattern:
#
# ```
# INPUT -> [[CONV -> RELU]*N -> POOL?]*M -> [FC -> RELU]*K -> FC
# ```
#
# `*N` means N copies of what is in the brackets; `?` means that a layer may be left out; FC is the fully connected layer of
# lesson 04. Usually N is at most 3, and K less than 3. Here N and M are 2 and K is 0; each line spells the network out
# further:
#
# ```
# INPUT -> [[CONV -> RELU]*2 -> POOL]*2 -> FC
# INPUT -> [CONV -> RELU -> CONV -> RELU -> POOL]*2 -> FC
# INPUT -> CONV -> RELU -> CONV -> RELU -> POOL -> CONV -> RELU -> CONV -> RELU -> POOL -> FC
# ```

# %% [markdown]
# ### Optional: `parse_pattern`
#
# Can a program spell out any pattern? The comments in the cell say what helps.


# %% exercise="parse_pattern" optional
# `found = re.search(GROUP, text)` is an innermost group, or None: `found[0]` is all of it, `found[1]` what is
# inside, `found[2]` the number. `text.replace(found[0], copies, 1)` puts copies in its place, once. Repeat
# until no group is left. Then cut at the arrows and tidy the names: no spaces, no empty ones (`*0` leaves
# some), no `?`.
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

# %% [markdown]
# ## Which 5?
#
# PyTorch's tutorial has a network for colour photographs of 32 x 32 pixels, with N = 1, M = 2, K = 2. Its kernels are
# 5 x 5; it has 6 filters, then 16. Its first fully connected layer is written `nn.Linear(16 * 5 * 5, 120)`. Which 5 is
# this?
#
# Follow one side, by hand:
#
# | INPUT | CONV | POOL | CONV | POOL |
# |---|---|---|---|---|
# | 32 | 32 − 5 + 1 = 28 | 28 / 2 = 14 | 14 − 5 + 1 = 10 | 10 / 2 = 5 |

# %% [markdown]
# ### Your turn: `layer_shapes`
#
# Keep track of the shape: change it as each layer does, and append it to a list. `reference.output_size(side, kernel, stride,
# padding)` is lesson 03's formula. (`layer.get("padding", 0)` is 0 where a layer has no padding.)
#
# The cell after the check draws the network. From left to right, what will happen to the boxes' faces and depth?


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
piece = data.photograph(colour=True)[75:107, 130:162]
pattern = "INPUT -> [[CONV -> RELU]*1 -> POOL]*2 -> [FC -> RELU]*2 -> FC"
net = reference.describe_layers(pattern, filters=[6, 16], units=[120, 84, 10], kernel=5)
print(*shapes_of(net, (3, 32, 32)))
show.network(net, (3, 32, 32), unit=(6, 2, 2), image=piece)

# %% [markdown]
# The faces shrink and the boxes get deeper, until an FC turns everything into one row: 16 · 5 · 5 = 400 numbers go in.
# (Outlined: one value after layer 6, and what it looks at.)
#
# But the kernel's side is 5 as well. Make the two differ: first a photograph of 40 x 40, then a kernel of 3 x 3.

# %% predict="which_five"
predict(
    "which_five",
    "With a kernel of 3 x 3 on the photograph of 32 x 32, what must replace `16 * 5 * 5`?",
    {"16 * 3 * 3": (16, 3, 3), "16 * 5 * 5, as before": (16, 5, 5), "16 * 6 * 6": (16, 6, 6)},
)

# %% id="which-five"
for side, kernel in [(32, 5), (40, 5), (32, 3)]:
    layers = reference.describe_layers(pattern, filters=[6, 16], units=[120, 84, 10], kernel=kernel)
    shape = shapes_of(layers, (3, side, side))[6]
    print(f"photograph {side} x {side}, kernel {kernel} x {kernel}: {shape}, {math.prod(shape)} numbers")
came_out("which_five", shape)
try:
    votes = np.zeros((120, 16 * 3 * 3))  # weights for the side of the kernel
    reference.linear(reference.flatten(np.zeros((1, *shape))), votes)
except ValueError as error:
    print("With 16 * 3 * 3:", error)

# %% [markdown]
# <details><summary>What you find</summary>
#
# **The 5 is the side of the map**: it becomes 7 on the larger photograph, and 6 with the smaller kernel. With
# 16 · 3 · 3 = 144, the error says that 576 come in.
#
# </details>

# %% [markdown]
# ## Where the parameters are
#
# By hand: the first CONV has 6 filters of 5 x 5 on 3 channels, each with a bias. The first FC has 120 units, each with 400
# weights and a bias.
#
# $$
# 6 \cdot (5 \cdot 5 \cdot 3 + 1) = 456 \qquad 120 \cdot (400 + 1) = 48120
# $$

# %% predict="conv_share"
predict(
    "conv_share",
    "What share of all parameters is in the two CONV layers?",
    {"5 %": 0.05, "20 %": 0.2, "50 %": 0.5, "80 %": 0.8},
)

# %% [markdown]
# ### Your turn: `parameter_table`
#
# Make a row for each layer: name, shape, parameters. Get the shapes from your `layer_shapes`. To count, you need the shape
# *before* a layer; `math.prod(shape)` multiplies its sides. (`reference.conv_parameters(depth, filters, kernel)` counts a
# CONV.)


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
rows = table_of(net, (3, 32, 32))
for name, shape, count in rows:
    print(f"{name:6}{shape!s:14}{math.prod(shape):6,} values{count:8,} parameters")
of_conv = sum(row[2] for row in rows if row[0] == "CONV")
total = sum(row[2] for row in rows)
print(f"{total:,} parameters")
came_out("conv_share", round(of_conv / total, 2))

# %% [markdown]
# <details><summary>What you find</summary>
#
# 62,006 parameters: 95 % in the FC layers, and most in the first of these. The *values* are elsewhere: the first CONV makes
# 4,704 of them. So early layers need memory while a network runs, and FC layers when you save it.
#
# </details>
#
# And where is the *work* done? Count how often parameters are used for one photograph, and compare the first CONV with an FC
# that makes as many values.

# %% id="conv-against-fc"
weighted = [row for row in rows if row[2]]
uses = [count * math.prod(shape[1:]) for name, shape, count in weighted]
dense = table_of([reference.fc_layer(6 * 28 * 28)], (3, 32, 32))[1][2]
print(f"CONV does {sum(uses[:2]) / sum(uses):.0%} of the work")
print(f"first layer: {weighted[0][2]} parameters as CONV, {dense:,} as FC")
labels = [f"{name} {shape}" for name, shape, count in weighted]
show.bars(labels, [use / 1000 for use in uses], "uses of parameters, in thousands", decimals=0)

# %% [markdown]
# ### Reflect
#
# CONV has 5 % of the parameters and does 91 % of the work. What do the two kinds of layer do differently? And which layer
# would you change first to make this network smaller?

# %% [markdown] answer="shared_weights" points=2
# A CONV uses the same few weights at every position (28 · 28 = 784 times in the first layer), and each value looks only at a
# small window. An FC has a weight for every pair of an input and an output, and uses it once. To save parameters, change the
# first FC: it has 48,120 of the 62,006. Give it fewer units, or put one more POOL before it, so that fewer than 400 numbers
# go in.

# %% [markdown]
# ## From a pattern to a network
#
# The next cell builds a network from a pattern, with random weights, and runs it on the photograph. What shape will go into
# the first FC? (Each CONV has 16 filters, and padding that keeps the size.)
#
# Then point at a value in any box, or use the arrow keys (Page Up and Page Down change the box), and watch its window grow.

# %% [markdown]
# Type your own patterns, and press Enter:
#
# - After which layer does one value first look at more than half of the photograph's height?
# - What happens with six POOLs? And if you leave out a bracket?


# %% id="stacked-network" tags=["nbval-ignore-output"]
def describe(pattern):
    units = [64] * (reference.parse_pattern(pattern).count("FC") - 1) + [10]
    return reference.describe_layers(pattern, filters=16, units=units, kernel=3, padding=1)


pattern = "INPUT -> [[CONV -> RELU]*2 -> POOL]*3 -> [FC -> RELU]*1 -> FC"
layers = describe(pattern)
before_fc = [layer["layer"] for layer in layers].index("FC")
print("into the first FC:", shapes_of(layers, (3, 32, 32))[before_fc])
network = reference.build_network(layers, (3, 32, 32), np.random.default_rng(6))
print("built and run:", network.forward(reference.to_nchw(piece[None])).shape)
show.widgets.StackedNetwork(describe, pattern, (3, 32, 32), piece)

# %% [markdown]
# <details><summary>What you find</summary>
#
# Three POOLs halve 32 to 4, five halve it to 1, and the sixth finds no window of 2. The first CONV after the second POOL looks
# at 24 of the 32 rows. A missing bracket is named, and so is the place where it belongs.
#
# </details>

# %% [markdown] id="history"
# ## Where it comes from
#
# | year | who, and where | what |
# |---|---|---|
# | 1958 | Rosenblatt, *Psychol. Review* 65 | The Perceptron: one layer of votes whose weights are learned. |
# | 1959, 1962 | Hubel, Wiesel, *J. Physiol.* 148 and 160 | Cells in a cat's visual cortex respond to bars or edges at one angle, in one small part of the view: its *receptive field*. *Complex* cells still respond if the bar moves a little. |
# | 1980 | Fukushima, *Biol. Cybernetics* 36 | The Neocognitron: layers that find features, alternating with layers that forgive small shifts. |
# | 1986 | Rumelhart, Hinton, Williams, *Nature* 323 | Backpropagation trains networks of several layers (lessons 11 and 12). |
# | 1998 | LeCun, Bottou, Bengio, Haffner, *Proc. IEEE* 86 | LeNet-5 reads handwritten digits; its filters are learned. Its 84 units stand for pictures of 7 x 12 pixels, drawn by hand. |
# | 2012 | Krizhevsky, Sutskever, Hinton, *NIPS* 25 | AlexNet wins the ImageNet contest with 15.3 % errors (five guesses per image); the next best has 26.2 %. |
# | 2014 | Simonyan, Zisserman, arXiv 1409.1556 | VGG-16: 16 layers with weights, all its kernels 3 x 3. |

# %% [markdown]
# How large are the famous ones? Let your own table count them, without the RELUs, which have no parameters.

# %% predict="alexnet"
predict(
    "alexnet",
    "LeNet-5 has about 60,000 parameters. How many does AlexNet have?",
    {"as many": 0, "10 times as many": 1, "100 times as many": 2, "1000 times as many": 3},
)

# %% id="famous-networks"
sizes = {}
for name, (plan, shape) in reference.famous_plans().items():
    counted = [(count, kind) for kind, _, count in table_of(plan, shape)]
    total, of_fc = sum(count for count, _ in counted), sum(count for count, kind in counted if kind == "FC")
    print(f"{name}: {len(plan)} layers, {total:,} parameters, {of_fc / total:.0%} of them in FC")
    sizes[name] = total
came_out("alexnet", round(math.log10(sizes["AlexNet"] / sizes["LeNet-5"])))

# %% [markdown]
# In all three, nearly everything is in the FC layers. So later networks replaced them with one average over each map; lesson
# 17 tries it.

# %% [markdown]
# ## In this lesson we
#
# - **stacked** two layers by hand: strokes, then whole letters,
# - **looked back** through a stack: $(\text{size} - 1) \cdot \text{stride} + \text{kernel}$, layer by layer,
# - **worked out** shapes and parameters, even for famous networks,
# - **saw** that CONV shares a few weights and does most of the work, and that FC holds most parameters.

# %% [markdown]
# | what | shape | here |
# |---|---|---|
# | input | $(C, H, W)$ | (3, 32, 32) |
# | after CONV | (filters, $H'$, $W'$), $H'$ the output size | (6, 28, 28) |
# | after RELU | as before | (6, 28, 28) |
# | after POOL | (filters, $H'$, $W'$) | (6, 14, 14) |
# | before the first FC | depth, height, width of the *map* | (16, 5, 5) = 400 |
# | after FC | (units,) | (120,), (84,), (10,) |
#
# **Next:** 400 numbers go in, ten come out. How do numbers vote?

# %% [markdown]
# **Sources.** Stanford CS231n, *Convolutional networks* (the layer pattern) · PyTorch, *Training a classifier* (the
# CIFAR-10 network) · the papers in the table.
