# %% [markdown] id="title"
# # Keep the best of each window
#
# Lesson 02 turned an X of 81 pixels into three maps of 49 numbers: more to carry, not less. What could you throw away
# without losing the X?
#
# ![cover]
#
# - **You will build** `max_pool_map`, `pooled_size`, `max_pool2d` and `avg_pool2d`.
# - **You will learn** what pooling forgives, what it forgets, and what it saves.
# - **You need** lessons 02 to 04: feature maps, stride, `conv2d`, the shape (N, C, H, W).
# - **It takes** about 45 minutes.

# %% cover="The feature map of the X as coloured squares, and next to it a smaller map with fewer squares; in both a dark blue diagonal runs from the top left to the bottom right."
large = reference.filter_image(data.X, data.features["falling"])
small = reference.max_pool2d(large[np.newaxis, np.newaxis], 2, partial=True)[0, 0]
show.pictures([large, small], ["feature map", "after this lesson"], "signed", values=False, sizes=False)

# %% tags=["nbval-ignore-output"]
import numpy as np

from helpers import came_out, check, data, hint, predict, puzzle, reference, review, show, suspects, yours

review(3)

# %% [markdown]
# ## A little too exact
#
# The X's stack holds 147 numbers. Move the X by one column.

# %% predict="unchanged"
predict("unchanged", "How many of the 147 numbers stay the same, each in its place?", [7, 49, 98, 126])

# %% id="fragile-map"
features = np.array(list(data.features.values()))  # (3, 3, 3)
kernels = features[:, np.newaxis] / 9  # (3, 1, 3, 3): so that a convolution gives matches
stack = reference.filter_bank(data.X, features)  # (3, 7, 7)
nudged = reference.filter_bank(data.draw_letter("X", shift=(0, 1)), features)
print("numbers in the stack:", stack.size)
came_out("unchanged", np.isclose(stack, nudged).sum())
show.pictures([stack[0], nudged[0]], ["falling on the X", "one column to the right"], "signed")

# %% [markdown]
# <details><summary>What you find</summary>
#
# Whatever reads the maps next gets almost entirely different numbers for the same X. Yet what you look for is still
# there: a diagonal of good matches, one column on.
#
# </details>
#
# So keep *how good* and *roughly where*; forget *exactly where*.
#
# Place a window of 2 x 2 on the map, and keep the largest value inside it. Which value does it keep with its top left
# corner at (0, 0), (0, 2) and (2, 0)?

# %% id="pick-window-and-stride"
feature_map = stack[0]
corners = [(0, 0), (0, 2), (2, 0)]
for row, column in corners:
    patch = feature_map[row : row + 2, column : column + 2]
    print(f"rows {row} and {row + 1}, columns {column} and {column + 1}: {patch.max():.2f}")
titles = ["first window", "two columns on", "two rows down"]
show.pictures([feature_map] * 3, titles, "signed", windows=[(*corner, 2, 2) for corner in corners])

# %% [markdown]
# By hand: $\max(0.78,\, -0.11,\, -0.11,\, 1.00) = 1.00$. This is **max pooling**: *pick a window* of side $F$, *pick
# a stride* $S$, *walk*, *take the maximum*. Here $F = S = 2$. It has no weights: there is nothing to learn.
#
# $$
# P_{ij} = \max_{0 \le a,\, b < F} M_{\,iS + a,\; jS + b}
# $$
#
# In words: $P_{ij}$ is the largest value of the map $M$ in the window that begins at row $iS$, column $jS$.
#
# Write it for one map and whole windows.

# %% predict="pool_shape"
predict("pool_shape", "With whole windows of 2 x 2, what shape will 7 x 7 become?", [(4, 4), (3, 3), (6, 6)])


# %% exercise="max_pool_map"
def max_pool_map(feature_map, window, stride):
    """The largest value in each window of one feature map; every window lies wholly inside the map.

    Parameters
    ----------
    feature_map : ndarray of shape (height, width)
    window : int
        Side of the square window, in entries.
    stride : int
        Entries from one window to the next, down and across.

    Returns
    -------
    ndarray of shape (rows, columns)
        rows is floor((height - window) / stride) + 1; columns likewise.

    Examples
    --------
    Two windows side by side, max(1, 5, 3, 4) = 5 and max(2, 0, 8, 6) = 8:

    >>> max_pool_map(np.array([[1.0, 5.0, 2.0, 0.0], [3.0, 4.0, 8.0, 6.0]]), 2, 2)
    array([[5., 8.]])
    """
    ### BEGIN SOLUTION
    rows = (feature_map.shape[0] - window) // stride + 1
    columns = (feature_map.shape[1] - window) // stride + 1
    pooled = np.zeros((rows, columns))
    for row in range(rows):
        for column in range(columns):
            top, left = row * stride, column * stride
            pooled[row, column] = feature_map[top : top + window, left : left + window].max()
    return pooled
    ### END SOLUTION


# %% test="max_pool_map" points=3
check("max_pool_map", max_pool_map)

# %% [markdown]
# Pool the map of `falling`. Which of its entries do the windows not reach?

# %% id="whole-windows"
my_max_pool_map = yours("max_pool_map", max_pool_map)
whole = my_max_pool_map(feature_map, 2, 2)
hanging = [(0, 6, 2, 1), (2, 6, 2, 1), (4, 6, 2, 1), (6, 6, 1, 1)]
print("values that no window has seen:", feature_map.size - feature_map[:6, :6].size)
came_out("pool_shape", whole.shape)
show.pictures([feature_map, whole], ["feature map", "pooled"], "signed", windows=[hanging, None])

# %% [markdown]
# <details><summary>What you find</summary>
#
# The outlined column and the last row: three windows of two cover six rows and columns, and the map has seven. Among the 13
# values left out is the lower end of the stroke.
#
# </details>
#
# ## Over the edge
#
# Let the last windows hang over the edge, and keep the largest value they *do* have. Write down what the four
# outlined windows will keep.

# %% [markdown]
# Such windows are called **partial windows**. How many windows are there along a side of $n$ entries? If all must be
# whole, count as in lesson 03. With partial ones, round up:
#
# $$
# \text{whole: } \left\lfloor \frac{n - F}{S} \right\rfloor + 1
# \qquad
# \text{with partial: } \left\lceil \frac{n - F}{S} \right\rceil + 1
# $$
#
# In words: size minus window, divided by the stride, rounded down or up, plus one. For $n = 7$ and $F = S = 2$ the
# division gives 2.5, so 3 windows or 4.

# %% [markdown]
# > **Careful.** A window must begin inside the map. With $n = 6$, $F = 2$, $S = 3$ rounding up gives three windows,
# > but the third would begin at 6, and the last entry is 5.
#
# Write the rule as `pooled_size`. (`//` divides and rounds down. No need to round up: count the whole windows, then
# ask whether one more is needed.)


# %% exercise="pooled_size"
def pooled_size(size, window, stride, partial=False):
    """The number of windows along one side.

    Parameters
    ----------
    size : int
        Entries along that side, at least as many as the window has.
    window : int
        Side of the window.
    stride : int
        Entries from one window to the next.
    partial : bool, default False
        Whether a last window counts that extends over the edge. It is added only if the windows before it
        leave entries over, and if it begins inside.

    Returns
    -------
    int

    Examples
    --------
    >>> pooled_size(7, 2, 2), pooled_size(7, 2, 2, partial=True)
    (3, 4)
    """
    ### BEGIN SOLUTION
    whole = (size - window) // stride + 1
    end_of_last = (whole - 1) * stride + window
    start_of_next = whole * stride
    if partial and end_of_last < size and start_of_next < size:
        return whole + 1
    return whole
    ### END SOLUTION


# %% test="pooled_size" points=2
check("pooled_size", pooled_size)

# %% [markdown] break="20"
# > **A good place to stop.** You can pool one map and count the windows.

# %% [markdown]
# ### Your turn: `max_pool2d`
#
# A batch has the shape (N, C, H, W) of lesson 04. `x[:, :, 0:2, 0:2]` is the first window in *all* its maps, and
# `.max(axis=(2, 3))` takes the maximum over the last two axes: shape (N, C), one number for each map.
#
# Pool a batch. A slice over the edge is shorter, not an error. (If `pooled_size` has not passed, call
# `reference.pooled_size`.)


# %% exercise="max_pool2d"
def max_pool2d(x, window=2, stride=None, partial=False):
    """The largest value in each window, channel by channel.

    Parameters
    ----------
    x : ndarray of shape (N, C, H, W)
    window : int, default 2
        Side of the square window, in entries.
    stride : int, optional
        Entries from one window to the next; as large as the window if None.
    partial : bool, default False
        Whether windows that extend over the bottom or right edge count, with the entries that they have.

    Returns
    -------
    ndarray of shape (N, C, H_out, W_out)
        H_out is pooled_size(H, window, stride, partial); W_out likewise.

    Examples
    --------
    >>> max_pool2d(np.array([[[[1.0, 2.0], [4.0, 3.0]]]]))
    array([[[[4.]]]])
    """
    ### BEGIN SOLUTION
    stride = window if stride is None else stride
    rows = pooled_size(x.shape[2], window, stride, partial)
    columns = pooled_size(x.shape[3], window, stride, partial)
    output = np.zeros((x.shape[0], x.shape[1], rows, columns))
    for row in range(rows):
        for column in range(columns):
            top, left = row * stride, column * stride
            patch = x[:, :, top : top + window, left : left + window]
            output[:, :, row, column] = patch.max(axis=(2, 3))
    return output
    ### END SOLUTION


# %% test="max_pool2d" points=4
check("max_pool2d", max_pool2d)

# %% [markdown]
# ### Break it
#
# `suspects.max_pool2d` looks right, and is wrong. Call it and your own function on small maps, with whole windows and with
# partial ones, until the two differ. Then return that input, the smaller the better.


# %% exercise="break_max_pool2d"
def break_max_pool2d():
    """An input on which `suspects.max_pool2d` is wrong, as small as you can find one.

    Returns
    -------
    tuple of (x, window, stride, partial)
        Arguments that the docstring of `max_pool2d` allows.
    """
    ### BEGIN SOLUTION
    return np.array([[[[0.0, 0.0, -1.0], [0.0, 0.0, -1.0]]]]), 2, None, True
    ### END SOLUTION


# %% test="break_max_pool2d" points=1
check("break_max_pool2d", break_max_pool2d)

# %% [markdown]
# ### Your turn: `avg_pool2d`
#
# Why the largest value, and not the mean? Our first window would keep $(0.78 - 0.11 - 0.11 + 1.00) / 4 = 0.39$. Write
# **average pooling**, and compare. In a partial window, divide by the number of entries it has. (`.mean` takes the same
# `axis` as `.max`.)


# %% exercise="avg_pool2d"
def avg_pool2d(x, window=2, stride=None, partial=False):
    """The mean of each window, channel by channel.

    Parameters
    ----------
    x : ndarray of shape (N, C, H, W)
    window : int, default 2
        Side of the square window, in entries.
    stride : int, optional
        Entries from one window to the next; as large as the window if None.
    partial : bool, default False
        Whether windows that extend over the bottom or right edge count; their mean is over the entries that
        they have.

    Returns
    -------
    ndarray of shape (N, C, H_out, W_out)
        Sizes as for `max_pool2d`.

    Examples
    --------
    >>> avg_pool2d(np.array([[[[1.0, 2.0], [4.0, 3.0]]]]))
    array([[[[2.5]]]])
    """
    ### BEGIN SOLUTION
    stride = window if stride is None else stride
    rows = pooled_size(x.shape[2], window, stride, partial)
    columns = pooled_size(x.shape[3], window, stride, partial)
    output = np.zeros((x.shape[0], x.shape[1], rows, columns))
    for row in range(rows):
        for column in range(columns):
            top, left = row * stride, column * stride
            patch = x[:, :, top : top + window, left : left + window]
            output[:, :, row, column] = patch.mean(axis=(2, 3))
    return output
    ### END SOLUTION


# %% test="avg_pool2d" points=2
check("avg_pool2d", avg_pool2d)

# %% id="seven-to-four"
my_max_pool2d, my_avg_pool2d = yours("max_pool2d", max_pool2d), yours("avg_pool2d", avg_pool2d)
pooled = my_max_pool2d(stack[np.newaxis], 2, partial=True)[0]  # (3, 4, 4)
means = my_avg_pool2d(stack[np.newaxis], 2, partial=True)[0]  # (3, 4, 4)
print(f"{stack.shape} -> {pooled.shape}, {stack.size} numbers -> {pooled.size}")
titles = ["falling", "largest values", "means", "centre, largest"]
show.pictures([feature_map, pooled[0], means[0], pooled[2]], titles, "signed")

# %% [markdown]
# A third of the numbers are left. `falling` still falls, and its last column holds what your four windows kept; `centre`
# has kept its 1.00. The mean dilutes a perfect match, to 0.44 at best; only the lone value in the corner stays as it was.
#
# The maximum asks *is the piece here?*, the mean *how much of it?*

# %% [markdown]
# ## Why not zeros?
#
# With a row and a column of zeros, as in lesson 03, whole windows would be enough. That works on the X. What goes wrong on
# a **black X on white**?

# %% id="zeros-at-the-edge"
border = ((0, 0), (0, 1), (0, 1))  # before and after: channels, rows, columns
for name, image in {"white X": data.X, "black X": -data.X}.items():
    maps = reference.filter_bank(image, features)
    right = my_max_pool2d(maps[np.newaxis], 2, partial=True)[0]
    with_zeros = my_max_pool2d(np.pad(maps, border)[np.newaxis], 2)[0]  # np.pad fills with zeros
    wrong = ~np.isclose(right, with_zeros)
    print(f"{name}: {wrong.sum()} of {wrong.size} values are wrong")
show.pictures(
    [right[0], with_zeros[0]], ["partial windows", "with zeros"], "signed", marks=[wrong[0], wrong[0]]
)

# %% [markdown]
# Where all matches in a window are negative, a zero from outside the map wins: −0.33 and −0.78 turn into 0.
#
# Turn the knobs. Corners mark what is kept. Find a stride that leaves values unseen; a window that leaves
# a single number; and, with $F = 3$, $S = 2$, a value that several windows keep.

# %% id="knobs" tags=["nbval-ignore-output"]
maps = dict(zip(data.features, stack, strict=True))
show.widgets.PoolMap(maps, window=2, stride=2, partial=True)

# %% [markdown]
# <details><summary>What you find</summary>
#
# Strides longer than the window leave gaps, hatched in the map. $F = 7$ leaves one number. With $F = 3$, $S = 2$ neighbours
# overlap: in the map `falling` three windows keep the 1.00 at (2, 2).
#
# </details>

# %% [markdown]
# ## What it forgives, what it forgets
#
# $F = 2$, $S = 2$ is the most common choice; $F = 3$, $S = 2$ is **overlapping pooling**. With $F = 5$, $S = 1$ a
# large window moves in small steps.

# %% [markdown]
# Change the X: move it by one pixel, in all 8 directions; turn it by 15 degrees; draw it with a bold pen. What share
# of the numbers stays the same? And if the X became an **O**? Decide which columns of the table should be high, and
# which low. (The row $F = 1$ is without pooling.)


# %% id="forgives-and-forgets"
def unchanged(images, window, stride):
    maps = reference.conv2d(np.array([data.X, *images])[:, np.newaxis], kernels)  # (1 + n, 3, 7, 7)
    first, *others = my_max_pool2d(maps, window, stride, partial=True)
    return np.mean(np.isclose(first, others))


by_one = [(-1, -1), (-1, 0), (-1, 1), (0, -1), (0, 1), (1, -1), (1, 0), (1, 1)]
changed = {"moved": [data.draw_letter("X", shift=shift) for shift in by_one], "the O": [data.O]}
changed |= {"turned": [data.draw_letter("X", rotation=15)], "bold": [data.draw_letter("X", weight=3)]}
print(" " * 12 + "".join(f"{name:>8}" for name in changed))
for window, stride in [(1, 1), (2, 2), (3, 2), (5, 1)]:
    shares = [unchanged(images, window, stride) for images in changed.values()]
    print(f"F = {window}, S = {stride}" + "".join(f"{share:8.2f}" for share in shares))

# %% [markdown]
# $F = 2$ forgives less than people say: after one pixel, two numbers in three have changed. Without pooling it is
# four in five. $F = 3$ does much better. $F = 5$ forgives nearly every move, but it also forgives being an O: half of
# the O's numbers are the same as the X's. To forgive is to forget.
#
# No window forgives a turned or a bold X: pooling can only choose among the matches that are there. It has
# **small-shift tolerance**, nothing more.

# %% [markdown]
# So how large may a window be? Take 600 letters, moved at random by up to two pixels. Pool their stacks, and
# call each letter by the name of the nearer pooled template (the one with the smaller mean of squared differences).

# %% predict="best_window"
predict(
    "best_window",
    "With S = F, which window gets the most letters right?",
    {"F = 1": 1, "F = 2": 2, "F = 4": 4, "F = 7": 7},
)

# %% id="window-sizes"
images, labels = data.sample_letters(600, np.random.default_rng(4), shift=2)
letters = np.concatenate([np.array([[data.X], [data.O]]), images])  # (602, 1, 9, 9)
maps = reference.conv2d(letters, kernels)  # (602, 3, 7, 7)


def share_right(pool, window, stride):
    pooled_maps = pool(maps, window, stride, partial=True)
    distances = ((pooled_maps[2:, np.newaxis] - pooled_maps[:2]) ** 2).mean(axis=(2, 3, 4)).round(6)
    return np.mean(distances.argmin(axis=1) == labels)


print("       largest, S = 1  largest, S = F  mean, S = F")
for window in range(1, 8):
    ways = [(my_max_pool2d, window, 1), (my_max_pool2d, window, window), (my_avg_pool2d, window, window)]
    print(f"F = {window}" + "".join(f"{share_right(*way):14.2f}" for way in ways))
came_out("best_window", max(range(1, 8), key=lambda window: share_right(my_max_pool2d, window, window)))

# %% [markdown]
# <details><summary>What you find</summary>
#
# Chance would give 0.50. A little pooling helps; **larger is too destructive**: 0.56 at $F = 7$. The best window is
# 2 with $S = 1$, but 4 with $S = F$: four windows, one for each arm of the X.
#
# </details>
#
# In practice people use 2 or 3, and pool several times. The mean does as well at $S = F = 2$, and worse beyond.

# %% [markdown]
# ### Reflect
#
# "Pooling makes a network indifferent to where things are." What is right about that, and what is wrong? Use numbers from
# the last two tables.

# %% [markdown] answer="indifferent" points=2
# Right: small shifts cost less. After one pixel 0.33 of the numbers stay the same with F = 2, S = 2 instead of 0.19,
# and more of the moved letters are recognised (0.67 instead of 0.58). Wrong: with F = 2 most of the numbers still
# change. Only large windows come close to indifference (0.98 with F = 5, S = 1), and then X and O are no longer told
# apart (0.57). Rotation is hardly forgiven at all (0.06 at 15 degrees).

# %% [markdown]
# ## What it saves
#
# Suppose the next layer has 8 filters of 3 x 3: one multiplication per weight for each value it computes. Or suppose
# the values vote (lesson 09): one weight for each value and letter. How much does pooling save?
#
# A convolution with stride 2 gives 4 x 4 as well, and never computes the values that pooling throws away. What will each
# of them find in the X moved by one column?

# %% id="stride-instead"
both = np.array([[data.X], [data.draw_letter("X", shift=(0, 1))]])  # (2, 1, 9, 9)
matches, strided = reference.conv2d(both, kernels), reference.conv2d(both, kernels, stride=2)
ways = {"not pooled": matches, "pooled": my_max_pool2d(matches, 2, partial=True), "stride 2": strided}
print("            values  multiplications  weights to vote  best matches on the moved X")
for name, (of_x, of_moved) in ways.items():
    work = 8 * reference.output_size(of_x.shape[1], 3) ** 2 * 3 * 3 * 3
    best = of_moved.max(axis=(1, 2)).round(2)
    print(f"{name:12}{of_x.size:6}{work:17,}{2 * of_x.size:17}  {best}")
shown = {"X, pooled": ways["pooled"][0, 0], "X, stride 2": strided[0, 0]}
shown |= {"moved, pooled": ways["pooled"][1, 0], "moved, stride 2": strided[1, 0]}
show.pictures(list(shown.values()), list(shown), "signed")

# %% [markdown]
# On large maps, $F = S = 2$ leaves about a quarter of the positions, and so of the work in the layers that follow.
#
# The stride skips every second row and column, and after one step the X falls through the gaps: 0.33 is what `falling` gets
# on an empty image. Pooling keeps the 1.00.
#
# But these features are *fixed*. Springenberg and others (2014) let networks *learn* filters that suit the stride,
# and lost no accuracy. So pooling is not required.

# %% [markdown]
# ## In this lesson we
#
# - **pooled** maps: $P_{ij} = \max_{a, b} M_{iS + a,\, jS + b}$, or the mean instead,
# - **counted** windows: $\lfloor (n - F)/S \rfloor + 1$ whole ones, $\lceil (n - F)/S \rceil + 1$ with partial ones (7 x 7 → 4 x 4),
# - **measured** that pooling forgives small shifts in part, turning hardly at all, and that large windows forget the
#   letter,
# - **saved** the next layer most of its work, and compared pooling with a longer stride.

# %% [markdown]
# | what | shape | here |
# |---|---|---|
# | image | $(N, 1, H, W)$ | (1, 1, 9, 9) |
# | $K$ filters | $(K, 1, F, F)$ | (3, 1, 3, 3) |
# | stack of maps | $(N, K, H - F + 1, W - F + 1)$ | (1, 3, 7, 7) |
# | pooled stack | $(N, K, H_{\text{out}}, W_{\text{out}})$ | (1, 3, 4, 4) |
#
# **Next:** the maps are full of negative numbers. Is "the opposite of the feature is here" worth keeping? That is
# lesson 06.
#
# **Sources.** Brandon Rohrer, *How convolutional neural networks work* (the four steps, 7 x 7 to 4 x 4) · Stanford CS231n,
# *Convolutional networks* (usual windows and strides) · Springenberg, Dosovitskiy, Brox and Riedmiller 2014, *Striving for
# simplicity: the all convolutional net* (stride instead of pooling).
