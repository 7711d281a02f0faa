# %% [markdown] id="title"
# # Keep the best of each window
#
# Lesson 02 turned an X of 81 pixels into three maps of 49 numbers each: more to carry, not less. What could you throw away
# without losing the X?
#
# ![cover]
#
# - **You will build** `max_pool_map`, `pooled_size`, `max_pool2d` and `avg_pool2d`, which shrink maps.
# - **You will learn** what pooling forgives, what it forgets, and what it saves.
# - **You need** lesson 02 (feature maps) and lesson 03 (stride, output size, `conv2d`).

# %% cover="The feature map of the X, 7 x 7, and next to it the pooled map, 4 x 4. Orange corners in the large map mark the sixteen values that were kept; the blue diagonal runs from the top left to the bottom right in both."
widget = show.widgets.PoolMap(reference.filter_image(data.X, data.features["falling"]), partial=True)
show.pictures(
    [widget.feature_map, widget.pooled],
    ["feature map", "pooled"],
    "signed",
    windows=[(0, 0, 2, 2), (0, 0, 1, 1)],
    marks=[widget.origins, None],
)

# %%
import timeit

import numpy as np

from helpers import check, data, hint, reference, show, yours

# %% [markdown]
# ## A little too exact
#
# How many numbers are there in the X's stack? And if you move the X by one column, how many of them still have the same
# value in the same place? Guess both, then run.

# %% id="fragile-map"
features = np.array(list(data.features.values()))  # (3, 3, 3)
stack = reference.filter_bank(data.X, features)  # (3, 7, 7)
nudged = reference.filter_bank(data.draw_letter("X", shift=(0, 1)), features)
print("numbers in the stack:", stack.size)
print("unchanged after one column:", np.isclose(stack, nudged).sum())
show.pictures([stack[0], nudged[0]], ["falling on the X", "one column to the right"], "signed")

# %% [markdown]
# 7 of 147. The next step gets almost entirely different numbers, although the X is the same. Yet what you look for is
# still there: a diagonal of good matches, one column on. So keep *how good* and *roughly where*, and forget *exactly where*.
#
# Lay a window of 2 x 2 on the map, and keep the largest value under it. Below are three places of that window. Which value
# will each keep?

# %% id="pick-window-and-stride"
feature_map = stack[0]
corners = [(0, 0), (0, 2), (2, 0)]
for row, column in corners:
    patch = feature_map[row : row + 2, column : column + 2]
    print(f"rows {row} and {row + 1}, columns {column} and {column + 1}: {patch.max():.2f}")
titles = ["first window", "two columns on", "two rows down"]
show.pictures([feature_map] * 3, titles, "signed", windows=[(*corner, 2, 2) for corner in corners])

# %% [markdown]
# By hand: $\max(0.78,\, -0.11,\, -0.11,\, 1.00) = 1.00$. This is **max pooling**: *pick a window* of side $F$, *pick a
# stride* $S$, *walk*, *take the maximum*. Here $F = S = 2$. There is no weight in it, nothing to learn.
#
# $$
# P_{ij} = \max_{0 \le a,\, b < F} M_{\,iS + a,\; jS + b}
# $$
#
# In words: entry $(i, j)$ is the largest value in the window that begins at row $iS$, column $jS$.
#
# Write it for one map and windows that fit wholly inside. **Predict:** which shape will 7 x 7 become?


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

# %% id="whole-windows"
my_max_pool_map = yours("max_pool_map", max_pool_map)
whole = my_max_pool_map(feature_map, 2, 2)  # (3, 3)
hanging = [(0, 6, 2, 1), (2, 6, 2, 1), (4, 6, 2, 1), (6, 6, 1, 1)]
print("values that no window has seen:", feature_map.size - feature_map[:6, :6].size)
show.pictures([feature_map, whole], ["feature map", "pooled"], "signed", windows=[hanging, None])

# %% [markdown]
# ## Over the edge
#
# Three windows of two make six, and the map has seven rows and columns. 13 values of 49 were never looked at, and the
# stroke's lower end, 0.78, is among them.
#
# So let the last windows hang over the edge, and keep the largest of the values that they *have*. Four of them are outlined
# above. Which values do they keep, from top to bottom?

# %% id="partial-windows"
last_column = feature_map[:, 6]
print([f"{last_column[row : row + 2].max():.2f}" for row in range(0, 7, 2)])

# %% [markdown]
# These are **partial windows**. How many windows are there along a side of $n$ entries? Whole ones as in lesson 03; with
# partial ones you round the other way:
#
# $$
# \text{whole: } \left\lfloor \frac{n - F}{S} \right\rfloor + 1
# \qquad
# \text{with partial: } \left\lceil \frac{n - F}{S} \right\rceil + 1
# $$
#
# In words: size minus window, divided by the stride, rounded down or up, plus one. For 7, 2, 2 that is 2.5, so 3 or 4.
#
# > **Careful.** A window must begin inside. With 6, 2, 3 rounding up gives three, but the third would begin at 6.
#
# Write it as `pooled_size`.


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

# %% [markdown]
# ### Your turn: `max_pool2d`
#
# Now all at once: the maps of a whole batch, in the shape (N, C, H, W) of lesson 03, with partial windows if wanted. Each map is
# pooled by itself, so N and C stay. A slice that reaches beyond the edge is shorter, without an error; you can lean on
# that. (If your `pooled_size` has not passed, call `reference.pooled_size`.)
#
# **Predict:** how many of the 147 numbers will be left?


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

# %% id="seven-to-four"
my_max_pool2d = yours("max_pool2d", max_pool2d)
pooled = my_max_pool2d(stack[np.newaxis], 2, partial=True)[0]  # (3, 4, 4)
print(f"{stack.shape} -> {pooled.shape}, {stack.size} numbers -> {pooled.size}")
show.pictures([feature_map, *pooled], ["falling", *[f"{name}, pooled" for name in data.features]], "signed")

# %% [markdown]
# A third of the numbers is left. Falling still falls, from 1.00 at the top left to 0.78 at the bottom right; rising still
# rises; and the centre has kept its 1.00, at (1, 1).
#
# Is there a shorter way? Lay a row and a column of zeros around the maps, as in lesson 03, and whole windows will do.
# On the X it works. Then try a **black X on white paper**. What goes wrong, and where?

# %% id="zeros-at-the-edge"
border = ((0, 0), (0, 1), (0, 1))
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
# Where all matches under a window are negative, a zero that is not even there wins: −0.33 and −0.78 turn into 0. A running
# maximum that starts at 0 fails in the same way. Start at minus infinity, or with a value of the window.
#
# Now turn the knobs. Corners mark the values that are kept. Find a stride that leaves values unseen; a window that leaves
# one single number; and with $F = 3$, $S = 2$ a value that several windows keep.

# %% id="knobs" tags=["nbval-ignore-output"]
maps = dict(zip(data.features, stack, strict=True))
show.widgets.PoolMap(maps, window=2, stride=2, partial=True)

# %% [markdown]
# <details><summary>What you find</summary>
#
# Strides longer than the window leave gaps, hatched in the map. $F = 7$ leaves one number. With $F = 3$, $S = 2$ each window
# shares a row or a column with its neighbours; in the map `falling` the 1.00 at (2, 2) is kept by three windows.
#
# </details>

# %% [markdown]
# ## The mean instead?
#
# Why the largest value, and not the mean? Our first window would keep $(0.78 - 0.11 - 0.11 + 1.00) / 4 = 0.39$. Write
# **average pooling**, and compare. A partial window divides by the number of entries that it has.


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

# %% id="mean-against-max"
my_avg_pool2d = yours("avg_pool2d", avg_pool2d)
means = my_avg_pool2d(stack[np.newaxis], 2, partial=True)[0]  # (3, 4, 4)
show.pictures([feature_map, pooled[0], means[0]], ["falling", "largest values", "means"], "signed")

# %% [markdown]
# The mean waters a perfect match down, to 0.44 at best; only the lone value in the corner stays as it was. The maximum asks
# *is the piece here?*, the mean asks *how much of it is here?* Which question helps more, you will measure in a minute.
#
# ## What it forgives, what it forgets
#
# Three choices of window and stride all turn 7 x 7 into 3 x 3. In which of them will you still see the stroke?

# %% id="common-windows"
kernels = features[:, np.newaxis] / 9  # so that a convolution gives matches
choices = [(2, 2), (3, 2), (5, 1)]
pools = [my_max_pool2d(stack[np.newaxis], *choice)[0] for choice in choices]
for (window, stride), small in zip(choices, pools, strict=True):
    print(f"F = {window}, S = {stride}: {small.shape}, {np.isclose(small, 1).sum()} of {small.size} are 1.00")
titles = ["feature map", *[f"F = {window}, S = {stride}" for window, stride in choices]]
show.pictures([feature_map, *[small[0] for small in pools]], titles, "signed")

# %% [markdown]
# $F = 2$, $S = 2$ is the most common; $F = 3$, $S = 2$ is **overlapping pooling**. With $F = 5$, $S = 1$ all 27 numbers are
# 1.00: each piece is *somewhere*, and where is gone.
#
# Now measure. Move the X by one pixel in all 8 directions, then by two in all 16; what share of the numbers stays as it
# was? In the same way, compare the X with the **O**. Which column should be high, and which low?


# %% id="forgives-and-forgets"
def unchanged(images, window, stride):
    maps = reference.conv2d(np.array([data.X, *images])[:, np.newaxis], kernels)  # (1 + n, 3, 7, 7)
    first, *others = my_max_pool2d(maps, window, stride, partial=True)
    return np.mean(np.isclose(first, others))


around = [(down, right) for down in range(-2, 3) for right in range(-2, 3)]
moved = {n: [data.draw_letter("X", shift=s) for s in around if max(map(abs, s)) == n] for n in (1, 2)}
print("              one pixel  two pixels  the O")
for window, stride in [(1, 1), *choices]:
    shares = [unchanged(images, window, stride) for images in (moved[1], moved[2], [data.O])]
    print(f"F = {window}, S = {stride}" + "".join(f"{share:11.2f}" for share in shares))

# %% [markdown]
# The first line ($F = 1$) is without pooling. $F = 2$ forgives less than people say: after one pixel, two numbers of three
# have changed. But without pooling it is four of five. $F = 5$ forgives nearly everything, even being an O: half of the
# O's numbers are the X's. Forgiving and forgetting are one act. $F = 3$ does well in both.
#
# And a *turned* X? What will its best matches be, before and after pooling?

# %% id="rotation"
for angle in (15, 30, 45):
    turned = data.draw_letter("X", rotation=angle)
    maps = reference.conv2d(turned[np.newaxis, np.newaxis], kernels)  # (1, 3, 7, 7)
    before, after = (m.max(axis=(2, 3))[0] for m in (maps, my_max_pool2d(maps, 2, partial=True)))
    print(f"{angle} degrees: unchanged {unchanged([turned], 2, 2):.2f}", end="")
    print(f"  best matches {before.round(2)}, pooled {after.round(2)}")

# %% [markdown]
# The best matches are bad before, and the same after. Pooling chooses among matches; it does not make one. Its
# **small-shift tolerance** does not extend to rotation, nor for the same reason to a bolder stroke.

# %% [markdown]
# So how large may a window be? Take 600 letters, moved at random by up to two pixels each way. Pool their stacks, and give
# each letter to the nearer of the two pooled templates. **Predict:** which $F$ is best, and what happens at 7?

# %% id="too-destructive"
images, labels = data.sample_letters(600, np.random.default_rng(4), shift=2)
templates = np.array([data.X, data.O])[:, np.newaxis]  # (2, 1, 9, 9)


def share_right(change):
    letters, known = change(images), change(templates)
    distances = ((letters[:, np.newaxis] - known) ** 2).mean(axis=(2, 3, 4)).round(6)  # (600, 2)
    return np.mean(distances.argmin(axis=1) == labels)


# %% id="window-sizes"
def after(pooling, window, stride):
    return share_right(lambda x: pooling(reference.conv2d(x, kernels), window, stride, partial=True))


print(f"pixels compared as they are: {share_right(lambda x: x):.2f}")
print("       largest, S = 1  largest, S = F  mean, S = F")
for window in range(1, 8):
    ways = [(my_max_pool2d, 1), (my_max_pool2d, window), (my_avg_pool2d, window)]
    print(f"F = {window}" + "".join(f"{after(pooling, window, stride):14.2f}" for pooling, stride in ways))

# %% [markdown]
# Guessing would give 0.50. A little pooling helps; **larger is too destructive**: 0.56 at $F = 7$. The best window is 2 with
# $S = 1$, but 4 with $S = F$: then the map has four windows, one for each arm of the X. In practice people take 2 or 3, and
# pool several times. The mean does as well at $F = 2$, and worse after that.

# %% [markdown]
# ### Reflect
#
# "Pooling makes a network indifferent to where things are." What is right in that, what is wrong? Use numbers from the last
# three outputs.

# %% [markdown] answer="indifferent" points=2
# Right: small shifts cost less. After one pixel 0.33 of the numbers stay the same with F = 2, S = 2 instead of 0.19, and
# more of the moved letters are recognised (0.67 instead of 0.58). Wrong: with F = 2 most of the numbers still change. Only
# large windows come close to indifference (0.98 with F = 5, S = 1), and then X and O are no longer told apart (0.57).
# Rotation is not forgiven at all (0.06 at 15 degrees).

# %% [markdown]
# ## What it saves
#
# A next layer of 8 filters of 3 x 3 reads our stack. Each value that it computes costs one multiplication per weight. How
# many does pooling save it? Then the same by the clock, on larger maps: is the time for pooling itself well spent?

# %% id="fewer-numbers"
for name, maps in {"not pooled": stack, "pooled": pooled}.items():
    channels, height, width = maps.shape
    positions = reference.output_size(height, 3) * reference.output_size(width, 3)
    multiplications = 8 * positions * channels * 3 * 3
    print(f"{name:10} {maps.size:4} values in, {positions:2} positions, {multiplications:5,} multiplications")

# %% id="time-saved" tags=["nbval-ignore-output"]
rng = np.random.default_rng(0)
large, weight = rng.normal(size=(16, 16, 64, 64)), rng.normal(size=(32, 16, 3, 3))
small = reference.max_pool2d(large)
steps = {
    "convolution": lambda: reference.conv2d(large, weight),
    "pooling": lambda: reference.max_pool2d(large),
    "convolution of the pooled": lambda: reference.conv2d(small, weight),
}
for name, step in steps.items():
    print(f"{name:26} {1000 * min(timeit.repeat(step, number=1, repeat=10)):6.1f} ms")

# %% [markdown]
# Here 5,400 multiplications become 864. On large maps, $F = S = 2$ leaves about a quarter of the positions, so a quarter of
# the work in all layers that follow. (The clock differs from run to run; the count does not.)
#
# Could a convolution with stride 2 save the same, without pooling? It would never compute the values that pooling throws
# away. Both give 4 x 4. What will each find in the X that is moved by one column?

# %% id="stride-instead"
shown = {}
for name, shift in {"X": (0, 0), "moved X": (0, 1)}.items():
    x = data.draw_letter("X", shift=shift)[np.newaxis, np.newaxis]  # (1, 1, 9, 9)
    shown[f"{name}, stride 2"] = reference.conv2d(x, kernels, stride=2)[0]  # (3, 4, 4)
    shown[f"{name}, pooled"] = my_max_pool2d(reference.conv2d(x, kernels), 2, partial=True)[0]
for name, maps in shown.items():
    print(f"{name:18} best matches {maps.max(axis=(1, 2)).round(2)}")
show.pictures([maps[0] for maps in shown.values()], list(shown), "signed")

# %% [markdown]
# It skips every second row and column, and after one step the X falls through the gaps: 0.33 is what `falling` gets on an
# empty image. Pooling keeps the 1.00.
#
# That is our result for *fixed* features. Springenberg and others (2014) let networks *learn* filters that fit the stride, and
# lost no accuracy on several sets of photographs. Pooling helps, but is not required.

# %% [markdown]
# ## In this lesson we
#
# - **pooled** maps: $P_{ij} = \max_{a, b} M_{iS + a,\, jS + b}$, or the mean instead,
# - **counted** windows: $\lfloor (n - F)/S \rfloor + 1$ whole ones, $\lceil (n - F)/S \rceil + 1$ with partial ones (7 x 7 → 4 x 4),
# - **measured** that small shifts are forgiven in part, turning is not, and that too large a window forgets the letter,
# - **saved** the next layer most of its multiplications, and compared pooling with a longer stride.

# %% [markdown]
# | what | shape | here |
# |---|---|---|
# | image | $(N, 1, H, W)$ | (1, 1, 9, 9) |
# | $K$ filters | $(K, 1, F, F)$ | (3, 1, 3, 3) |
# | stack of maps | $(N, K, H - F + 1, W - F + 1)$ | (1, 3, 7, 7) |
# | pooled stack | $(N, K, H_{\text{out}}, W_{\text{out}})$ | (1, 3, 4, 4) |
#
# **Next:** the maps are full of negative numbers. Is "the opposite of the feature is here" worth keeping? And why do two
# convolutions in a row gain nothing over one? Lesson 06 puts a bend between them.
#
# **Sources.** Brandon Rohrer, *How convolutional neural networks work* (the four steps, 7 x 7 to 4 x 4) · Stanford CS231n,
# *Convolutional networks* (usual windows and strides) · Springenberg, Dosovitskiy, Brox and Riedmiller 2014, *Striving for
# simplicity: the all convolutional net* (stride instead of pooling).
