# %% [markdown] id="title"
# # Slide a feature over the image
#
# Move this X two columns to the right, and the program of lesson 01 takes it for an O. What do *you* compare?
#
# ![cover]
#
# - **You will build** `match`, `filter_image`, `best_match` and `filter_bank`, which find small pieces.
# - **You will learn** what a feature is, and how one image becomes a stack of feature maps.
# - **You need** lesson 01, and slices: `image[0:3, 2:5]` is rows 0 to 2, columns 2 to 4.
# - **It takes** about 45 minutes.

# %% cover="An X, and the same X two columns further to the right, its right ends cut off. In both an orange window of 3 x 3 pixels lies on the top left end of the falling stroke; the nine pixels inside it are the same."
show.pictures(
    [data.X, data.draw_letter("X", shift=(0, 2))],
    ["X", "two columns to the right"],
    values=False,
    windows=[(1, 1, 3, 3), (1, 3, 3, 3)],
)

# %%
import numpy as np

from helpers import came_out, check, data, hint, predict, puzzle, reference, show, suspects, yours

# %% [markdown]
# ## Pieces, not wholes
#
# As a whole, the X on the right agrees a little more with the O of lesson 01 (0.77) than with the X (0.75). But look
# inside the orange windows: all nine pixels are the same. The *pieces* have only moved.
#
# So which pieces make an X? For each of the three small arrays below, find the window from which it was cut.

# %% id="three-features"
falling, rising, centre = data.features.values()
show.pictures(
    [data.X, falling, rising, centre],
    ["X", *data.features],
    values=False,
    windows=[[(1, 1, 3, 3), (1, 5, 3, 3), (3, 3, 3, 3)], None, None, None],
)

# %% [markdown]
# `falling` comes from the top left, `rising` from the top right, `centre` from the middle, where the two diagonals cross.
# Such a small array, here of shape (3, 3), is called a **feature**.
#
# ## Four steps to one number
#
# How well does a feature fit somewhere else? Place `falling` on the top left corner of the X. In how many of the nine
# pixels do the two agree? Count before you run.

# %% id="line-up-and-multiply"
patch = data.X[0:3, 0:3]
products = patch * falling
show.pictures([patch, falling, products], ["patch", "falling", "products"], ["pixel", "pixel", "signed"])

# %% [markdown]
# The part of the image under the feature is the **patch**. NumPy's `*` multiplies two arrays of the same shape pixel
# by pixel. Two equal pixels give +1 (blue), whether both are white ($1 \cdot 1$) or black ($-1 \cdot -1$). Two
# different ones give −1 (red). So multiplying *is* comparing: eight pixels agree, one does not.
#
# Add the products row by row, and divide by how many there are:
#
# $$
# \frac{(-1 + 1 + 1) + (1 + 1 + 1) + (1 + 1 + 1)}{9} = \frac{1 + 3 + 3}{9} = \frac{7}{9} = 0.78
# $$

# %% [markdown]
# This number is the **match**. It takes four steps: *line up*, *multiply*, *add*, *divide by the number of pixels*.
#
# $$
# \text{match} = \frac{1}{h \, w} \sum_{i=0}^{h-1} \sum_{j=0}^{w-1} P_{ij} \, F_{ij}
# $$
#
# In words: for each row $i$ and column $j$, multiply the patch's pixel by the feature's; add up; divide by height times
# width.
#
# ### Your turn: `match`
#
# Write steps two to four. The two arrays are already lined up.


# %% exercise="match"
def match(patch, feature):
    """The mean of the products of patch and feature: 1 for a perfect match, -1 for the exact negative.

    Parameters
    ----------
    patch, feature : ndarray of shape (height, width)

    Returns
    -------
    float

    Examples
    --------
    (1 + 1 + 1 - 1) / 4 = 0.5:

    >>> print(match(np.array([[1, -1], [-1, 1]]), np.array([[1, -1], [-1, -1]])))
    0.5
    """
    ### BEGIN SOLUTION
    return np.mean(patch * feature)
    ### END SOLUTION


# %% test="match" points=2
check("match", match)

# %% [markdown]
# For pixels of +1 and −1 the match is lesson 01's agreement on another scale. If $k$ of $n$ pixels agree, $k$ products
# are +1 and the other $n - k$ are −1:
#
# $$
# \text{match} = \frac{k - (n - k)}{n} = 2 \cdot \frac{k}{n} - 1
# $$
#
# In words: twice the agreement, minus one. So half and half is 0.

# %% [markdown]
# ## Everywhere
#
# > **Careful.** `data.X * falling` is an error: most of the X's 81 pixels have no partner in the feature. First cut out
# > a patch of the feature's shape.
#
# Cut it out where? You don't know, so try every position. Here are three. In each, how many pixels agree with `falling`,
# and what is the match? And how many positions are there across?

# %% id="window-strip"
my_match = yours("match", match)
positions = [(0, 0), (0, 1), (1, 1)]
patches = [data.X[row : row + 3, column : column + 3] for row, column in positions]
for position, patch in zip(positions, patches, strict=True):
    print(f"{position}: {np.sum(patch == falling)} of 9 pixels agree, match {my_match(patch, falling):.2f}")
titles = [f"window at {position}" for position in positions] + ["products"] * 3
kinds, values = ["pixel"] * 3 + ["signed"] * 3, [False] * 3 + [True] * 3
windows = [(*position, 3, 3) for position in positions] + [None] * 3
show.pictures([data.X] * 3 + [patch * falling for patch in patches], titles, kinds, values, windows)

# %% [markdown]
# One step to the right, and 0.78 drops to $2 \cdot 4/9 - 1 = -0.11$.
#
# The window can begin in columns 0 to 6. So there are 9 − 3 + 1 = 7 positions across, and 7 down. One match for each
# position makes a new array, the **feature map**, with
#
# $$
# H_{\text{out}} = H - h + 1 \qquad W_{\text{out}} = W - w + 1
# $$
#
# In words: the image's rows, minus the feature's, plus one; columns likewise.

# %% [markdown]
# ### Your turn: `filter_image`
#
# Where do the 49 matches go? Into an array of zeros, which you then fill entry by entry. `np.zeros` takes the shape, rows
# first. What will the second line change?

# %% id="zeros"
grid = np.zeros((2, 3))  # 2 rows, 3 columns
grid[0, 2] = 0.5
grid

# %% [markdown]
# Go through all positions, row by row. At each one, cut out the patch and write its match into the map. (If your
# `match` has not passed, call `reference.match`: `reference` holds the course's own functions.)


# %% exercise="filter_image"
def filter_image(image, feature):
    """The match of the feature with the image at every position where it fits.

    Parameters
    ----------
    image : ndarray of shape (height, width)
    feature : ndarray of shape (feature_height, feature_width)

    Returns
    -------
    ndarray of shape (height - feature_height + 1, width - feature_width + 1)
        Entry (row, column) is the match of the patch whose top left pixel is (row, column).

    Examples
    --------
    Two positions, one below the other: (1 - 1) / 2 = 0 and (3 - 2) / 2 = 0.5.

    >>> filter_image(np.array([[1, 1], [3, 2]]), np.array([[1, -1]]))
    array([[0. ],
           [0.5]])
    """
    ### BEGIN SOLUTION
    height, width = feature.shape
    rows, columns = image.shape[0] - height + 1, image.shape[1] - width + 1
    feature_map = np.zeros((rows, columns))
    for row in range(rows):
        for column in range(columns):
            patch = image[row : row + height, column : column + width]
            feature_map[row, column] = match(patch, feature)
    return feature_map
    ### END SOLUTION


# %% test="filter_image" points=3
check("filter_image", filter_image)

# %% [markdown] break="20"
# > **A good place to stop.** You can slide a feature over any image.

# %% predict="map_shape"
predict("map_shape", "What shape is the map of an image of shape (5, 9)?", [(5, 9), (4, 8), (3, 7), (2, 6)])

# %% predict="middle_match"
predict(
    "middle_match",
    "In the map of the whole X, the match at (1, 1) is 1.00. And further along the stroke, at (3, 3)?",
    {"1.00 as well": 1, "0.78": 0.78, "0.56": 0.56, "0.11": 0.11},
)

# %% id="exact-map"
my_filter_image = yours("filter_image", filter_image)
came_out("map_shape", my_filter_image(data.X[:5], falling).shape)  # the X's upper five rows
feature_map = my_filter_image(data.X, falling)  # (7, 7)
came_out("middle_match", round(feature_map[3, 3], 2))
print("first row of the X's map:", feature_map[0].round(2))
show.pictures(
    [data.X, falling, feature_map],
    ["X", "falling", "feature map"],
    ["pixel", "pixel", "signed"],
    values=[False, False, True],
    windows=[(3, 3, 3, 3), None, (3, 3, 1, 1)],
)

# %% [markdown]
# <details><summary>What you find</summary>
#
# The blue diagonal is the falling stroke. But in the very middle, where the stroke runs on without a gap, the match is
# only 0.56.
#
# </details>
#
# Why? Which pixels in the left window agree with `falling`?

# %% id="slide-feature" tags=["nbval-ignore-output"]
slide = show.widgets.SlideFeature(data.X, data.features)
slide.position = [3, 3]
slide

# %% [markdown]
# In the middle the *other* stroke crosses. Two of its pixels are white where `falling` is black, so seven agree and
# two do not: $(7 - 2) / 9 = 5/9 = 0.56$.
#
# Choose `centre`, press *fill all*, and look for the smallest match. What is in the window there?
#
# <details><summary>What you find</summary>
#
# (1 − 8) / 9 = −0.78, at four positions, such as (2, 3): one pixel agrees and eight do not. The patch is nearly the
# feature's *negative*.
#
# </details>

# %% [markdown]
# ## How good, and where?
#
# A map of 49 numbers is a long answer. Often two short ones will do: how good is the best match, and where? The first is
# `feature_map.max()`. The second you find with a function of your own.


# %% exercise="best_match"
def best_match(feature_map):
    """The position of the largest value; if several are equal, the first in reading order.

    Parameters
    ----------
    feature_map : ndarray of shape (height, width)

    Returns
    -------
    tuple of int
        Row, column.

    Examples
    --------
    >>> best_match(np.array([[0.1, 0.2, 0.3], [0.2, 0.9, 0.9]]))
    (1, 1)
    """
    ### BEGIN SOLUTION
    place = int(np.argmax(feature_map))  # counted through the rows; on a tie the first
    width = feature_map.shape[1]
    return place // width, place % width
    ### END SOLUTION


# %% test="best_match" points=2
check("best_match", best_match)

# %% [markdown]
# ### Break it
#
# A *suspect* is a function of ours that looks right, and is wrong. Find an input on which `suspects.best_match` is
# wrong, and return it, the smaller the better.
#
# How do you look for one? List what an input can be: one entry, equal entries, negative or large ones, more rows than
# columns. Call the suspect and your own function on each. Or let the computer look: draw a hundred small inputs, and
# stop at the first difference.


# %% exercise="break_best_match"
def break_best_match():
    """An input on which `suspects.best_match` is wrong, as small as you can find one.

    Returns
    -------
    feature_map
        An argument that the docstring of `best_match` allows.
    """
    ### BEGIN SOLUTION
    return np.array([[1.0, 2.0]])
    ### END SOLUTION


# %% test="break_best_match" points=1
check("break_best_match", break_best_match)

# %% [markdown]
# ## One image becomes a stack
#
# One feature finds one kind of piece. Use all three, and keep their maps, one behind the other, in a single array:
# `np.stack` makes one from a list of arrays of the same shape. What shape will this one be?

# %% id="stack-two"
np.stack([np.zeros((2, 3)), np.ones((2, 3))])

# %% [markdown]
# (2, 2, 3): which array, then row, then column.
#
# ### Your turn: `filter_bank`
#
# Filter the image with each feature, and return the maps as one array.
#
# Where in the X will each feature fit best, and how many perfect matches will its map hold? (`np.isclose` asks which
# values are equal, up to rounding.)


# %% exercise="filter_bank"
def filter_bank(image, features):
    """The stack of feature maps, one for each feature, in the order of the features.

    Parameters
    ----------
    image : ndarray of shape (height, width)
    features : ndarray of shape (n_features, feature_height, feature_width)

    Returns
    -------
    ndarray of shape (n_features, height - feature_height + 1, width - feature_width + 1)

    Examples
    --------
    The features 1 and -1, of one pixel each, give the image and its negative:

    >>> filter_bank(np.array([[1, -1]]), np.array([[[1]], [[-1]]])).tolist()
    [[[1.0, -1.0]], [[-1.0, 1.0]]]
    """
    ### BEGIN SOLUTION
    return np.stack([filter_image(image, feature) for feature in features])
    ### END SOLUTION


# %% test="filter_bank" points=2
check("filter_bank", filter_bank)

# %% id="stack"
my_best_match, my_filter_bank = yours("best_match", best_match), yours("filter_bank", filter_bank)
features = np.array([falling, rising, centre])  # (3, 3, 3)
stack = my_filter_bank(data.X, features)  # (3, 7, 7)
print("shape of the stack:", stack.shape)
for name, layer in zip(data.features, stack, strict=True):
    count = np.isclose(layer, 1).sum()
    print(f"{name:8} best match {layer.max():.2f} at {my_best_match(layer)}, perfect matches: {count}")
show.pictures(stack, list(data.features), "signed")

# %% [markdown]
# The first map shows the falling stroke, the second the rising one, the third the one position where they cross: an X,
# taken apart into *what* and *where*. The image of shape (9, 9) has become a **stack** of shape (3, 7, 7).
#
# Now take the O. (`axis=(1, 2)` asks for the maximum over rows and columns, one for each map.)

# %% predict="fits_the_o"
predict(
    "fits_the_o",
    "How many of the three features fit perfectly somewhere on the O?",
    {"none": 0, "one": 1, "two": 2, "all three": 3},
)

# %% id="x-against-o"
stack_o = my_filter_bank(data.O, features)
print("best matches on the X:", stack.max(axis=(1, 2)).round(2))
print("best matches on the O:", stack_o.max(axis=(1, 2)).round(2))
came_out("fits_the_o", np.isclose(stack_o.max(axis=(1, 2)), 1).sum())
for name, layer in zip(data.features, stack_o, strict=True):  # np.argwhere: the positions that are True
    print(f"{name:8} perfect on the O at", np.argwhere(np.isclose(layer, 1)).tolist())
show.pictures([data.O, *stack_o], ["O", *data.features], ["pixel", *["signed"] * 3], [False, *[True] * 3])

# %% [markdown]
# <details><summary>What you find</summary>
#
# A ring has slanted pieces too, and `falling` and `rising` fit them perfectly. No single good match
# makes an X.
#
# </details>
#
# ### Reflect
#
# What in the three maps still tells the two letters apart? Name two differences, with numbers from the last two
# cells.

# %% [markdown] answer="x_or_o" points=1
# First the centre: its best match is 1.00 on the X and only 0.56 on the O. Second the positions: on the X `falling` is
# perfect four times, along one diagonal from (1, 1) to (5, 5); on the O only twice, at (1, 5) and (5, 1), which do not
# lie on that diagonal. (The same holds for `rising`.)

# %% [markdown]
# ## What moves along, and what breaks
#
# Back to the X moved by two columns. What will its map look like next to that of the X? Compare the numbers inside
# the two windows. (In a slice, `2:` leaves out the first two, `:-2` the last two.)

# %% id="equivariance"
moved = data.draw_letter("X", shift=(0, 2))
moved_stack = my_filter_bank(moved, features)
print("best matches on the moved X:", moved_stack.max(axis=(1, 2)).round(2))
print("the same numbers, two columns on:", np.allclose(moved_stack[:, :, 2:], stack[:, :, :-2]))
show.pictures(
    [stack[0], moved_stack[0]],
    ["falling on the X", "falling on the moved X"],
    "signed",
    windows=[(0, 0, 7, 5), (0, 2, 7, 5)],
)

# %% [markdown]
# The windows hold the same 35 numbers, and the best matches are still 1.00. When the image moves, its map moves
# along: this is **translation equivariance**.
#
# And the other changes of lesson 01: small letters, a turned X, a bold X? In which of them will the features still
# find their pieces?

# %% id="tricky-cases"
changes = {
    "small X": ("X", {"scale": 0.6}),
    "small O": ("O", {"scale": 0.6}),
    "turned X": ("X", {"rotation": 45}),
    "bold X": ("X", {"weight": 3}),
}
tricky = [np.where(data.draw_letter(letter, **change) > 0, 1.0, -1.0) for letter, change in changes.values()]
for name, image in zip(changes, tricky, strict=True):
    print(f"{name:9} best matches {my_filter_bank(image, features).max(axis=(1, 2)).round(2)}")
show.pictures(tricky, list(changes), values=False)

# %% [markdown]
# Only the small X still fits: its strokes are shorter but as thick as before, so it is made of the same pieces. The
# small O has lost its slanted pieces (0.56), and `centre` now fits it better (0.78). All three fit the turned X worse
# than they fit the O. And the bold X, which never fooled lesson 01's program, gets only 0.33.

# %% [markdown]
# Features forgive a different *place*, but not a different *direction* or *thickness*. That takes other features, and
# from lesson 13 on the computer finds them itself.

# %% [markdown]
# ## In this lesson we
#
# - **compared** pieces instead of wholes: features, cut out of the X,
# - **measured** a match: line up, multiply, add, divide: $\frac{1}{h w} \sum_{ij} P_{ij} F_{ij}$, which for pixels
#   of ±1 is $2 \cdot \text{agreement} - 1$,
# - **slid** a feature over an image, which gives a feature map of shape $(H - h + 1, W - w + 1)$,
# - **stacked** the maps of several features, and saw them move along with the image.

# %% [markdown]
# | what | shape | here |
# |---|---|---|
# | image | $(H, W)$ | (9, 9) |
# | feature, patch | $(h, w)$ | (3, 3) |
# | match | one number | |
# | feature map | $(H - h + 1, W - w + 1)$ | (7, 7) |
# | $n$ features | $(n, h, w)$ | (3, 3, 3) |
# | stack | $(n, H - h + 1, W - w + 1)$ | (3, 7, 7) |
#
# **Next:** why divide at all? Must the feature move one pixel at a time, and stop at the edge? Lesson 03 turns the match
# into the operation that gave these networks their name: the convolution.

# %% [markdown]
# **Sources.** Brandon Rohrer, *How convolutional neural networks work* (the three features, the four steps, the
# stack) · Christopher Olah, *Understanding convolutions* (the same sliding sum, by way of probability) · Goodfellow,
# Bengio and Courville, *Deep learning*, chapter 9 (equivariance to translation, and none to scaling or rotation).
