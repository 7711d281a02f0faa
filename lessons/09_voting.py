# %% [markdown] id="title"
# # Let every value vote
#
# Three features have turned a letter into 48 numbers. You want one word: X or O. Who decides?
#
# ![cover]
#
# - **You will build** `flatten`, `linear`, `softmax` and `predict`, the end of every network.
# - **You will learn** how values vote, how votes become shares, and how far weights set by hand take you.
# - **You need** lessons 02 to 06 and 08.
# - **It takes** about 45 minutes.

# %% cover="Votes of 48 values of an X, in three groups, falling, rising and centre: most bars of the upper chart, the votes for X, rise above zero; those of the lower chart, the votes for O, are the same upside down. X: 6.10 - 3.01 = 3.09. O: -6.10 + 3.01 = -3.09."
show.votes(maps[0], weight, bias, list(data.features), shares=False)

# %% tags=["nbval-ignore-output"]
import numpy as np

from helpers import came_out, check, data, hint, puzzle, reference, review, show, suspects, yours
from helpers import predict as guess  # you will write a `predict` of your own

review(3)

# %% [markdown]
# ## From a stack to a row
#
# After convolution with the three features, ReLU and pooling, the X has become three maps of 4 x 4, and so has the O. Each
# value says how well one feature fits in one place. Look for a value that is high for the X and low for the O, and
# for one that is the other way round.

# %% id="pooled-maps"
letters = np.stack([data.X, data.O])[:, None]  # (2, 1, 9, 9)
kernels = np.stack(list(data.features.values()))[:, None] / 9  # (3, 1, 3, 3), sums become means


def pooled_maps(images):
    feature_maps = reference.relu(reference.conv2d(images, kernels))  # (N, 3, 7, 7)
    return reference.max_pool2d(feature_maps, partial=True)  # (N, 3, 4, 4)


maps = pooled_maps(letters)
titles = [f"{name} in the {letter}" for letter in data.LETTERS for name in data.features]
show.pictures(list(maps.reshape(6, 4, 4)), titles, "signed")

# %% [markdown]
# In `centre`, row 1, column 1: 1.00 for the X, 0.11 for the O. In `falling`, row 0, column 2, it is the other way round:
# 0.56 and 1.00. No value knows the letter, but many know *something*.
#
# So let them vote. A vote needs no rows and columns, only a list. Here are two maps of 2 x 2, read like two pages of a book.
# In what order will the eight numbers come out?

# %% id="row-by-hand"
tiny = np.array([[[[1, 2], [3, 4]], [[5, 6], [7, 8]]]])
print(tiny.shape, "->", tiny.reshape(1, 8).shape, tiny.reshape(1, 8))

# %% [markdown]
# This is **flattening**: channel after channel, row after row. Only the axis that counts the images stays. In a stack of
# shape $(N, C, H, W)$ the value at channel $c$, row $i$, column $j$ moves to place
#
# $$
# c \cdot H \cdot W + i \cdot W + j
# $$
#
# In words: skip $c$ maps, then $i$ rows, then $j$ values.
#
# ### Your turn: `flatten`
#
# Whatever the shape of the images, each becomes one row. (In `x.reshape(2, -1)`, the −1 stands for "as many as it takes".)


# %% exercise="flatten"
def flatten(x):
    """Each image as one row of numbers: channel after channel, row after row.

    Parameters
    ----------
    x : ndarray of shape (N, ...)
        N images, as a rule (N, C, H, W); each may have any number of axes.

    Returns
    -------
    ndarray of shape (N, features)

    Examples
    --------
    >>> flatten(np.array([[[1, 2], [3, 4]], [[5, 6], [7, 8]]]))
    array([[1, 2, 3, 4],
           [5, 6, 7, 8]])
    """
    ### BEGIN SOLUTION
    return x.reshape(len(x), -1)
    ### END SOLUTION


# %% test="flatten" points=2
check("flatten", flatten)

# %% [markdown]
# Now flatten the two letters, and the piece of photograph from lesson 01, 32 by 32 pixels in three colours. How
# long is a letter's row, and the photograph's? At what place in the row does the value at row 1, column 1 of
# `centre` (channel 2) end up?

# %% id="photograph-to-row"
my_flatten = yours("flatten", flatten)
rows = my_flatten(maps)
place = 2 * 4 * 4 + 1 * 4 + 1
print(f"letters {maps.shape} -> {rows.shape}, at place {place}: {rows[:, place].round(2)}")
piece = data.photograph(colour=True)[75:107, 130:162]  # (32, 32, 3)
row = my_flatten(reference.to_nchw(piece[None]))  # (1, 3072)
print(f"photograph {piece.shape} -> {row.shape}")
print("weights and biases to vote on 10 classes:", 10 * row.size + 10)
print("10 filters of 3 x 3 x 3 instead:", reference.conv_parameters(3, 10, 3))
show.pictures([piece, row.reshape(48, 64)], ["the piece", "its row, 64 to a line"])

# %% [markdown]
# A letter has 3 · 4 · 4 = 48 numbers, the photograph 32 · 32 · 3 = 3072. (On the right: first red, then green, then
# blue.) If each of these votes on ten **classes** (possible answers), that takes 30,730 parameters; ten filters take 280. So
# networks let convolution and pooling work first, and vote at the end, on a few values.

# %% [markdown]
# ## Every value gets a vote
#
# How strongly should a value speak for the X? Take what it is on the X, minus what it is on the O. **Which feature tells the
# letters apart best?**

# %% id="hand-set-weights"
weight_for_x = rows[0] - rows[1]
weight = np.stack([weight_for_x, -weight_for_x])  # (2, 48), one row for the X, one for the O
side = np.sign(weight_for_x.round(9))
print(f"{np.sum(side > 0)} speak for the X, {np.sum(side < 0)} for the O, {np.sum(side == 0)} for neither")
show.pictures(weight_for_x.reshape(3, 4, 4), list(data.features), "signed")

# %% [markdown]
# Blue speaks for the X, vermillion for the O, white has no say. `rising` tells the letters apart best: it has the most
# colour. These are **weights**, set by hand.

# %% [markdown]
# A feature that fits only half should count only half, so multiply each value by its weight. By hand, for row 1 of `centre`
# on the X:
#
# $$
# 0.33 \cdot 0.22 + 1.00 \cdot 0.89 + 0.56 \cdot 0.44 + 0.11 \cdot 0 = 0.07 + 0.89 + 0.25 + 0 = 1.21
# $$
#
# What do the same four places give on the O, where all four values are 0.11? (`@` multiplies two rows pair by pair, and adds
# up the products.)

# %% id="votes-by-hand"
for letter, values in zip(data.LETTERS, rows[:, 36:40], strict=True):
    votes = values * weight_for_x[36:40]
    print(letter, "votes for the X:", votes.round(2), "sum:", votes.sum().round(2))
print("multiplied and added in one step:", (rows[0, 36:40] @ weight_for_x[36:40]).round(2))

# %% [markdown]
# Value times weight is one **vote**; the sum of a class's votes, plus a number of its own, its **bias**, is its **logit**.
# The layer is called **linear** (or *fully connected*, as each value is joined to each class).
#
# $$
# z_{nu} = \sum_{f} x_{nf} \, W_{uf} + b_u
# $$
#
# In words: for image $n$ and class $u$, add up value times weight over all places $f$; add the bias.

# %% [markdown]
# ### Your turn: `linear`
#
# Write two loops, or one line. In `x @ weight.T`, `.T` turns the rows of `weight` into columns, and `@` takes every row on
# its left with every column on its right:
#
# $$
# \begin{pmatrix} 1 & 2 \end{pmatrix} \begin{pmatrix} 3 & 5 \\ 4 & 6 \end{pmatrix}
# = \begin{pmatrix} 1 \cdot 3 + 2 \cdot 4 & \; 1 \cdot 5 + 2 \cdot 6 \end{pmatrix} = \begin{pmatrix} 11 & 17 \end{pmatrix}
# $$


# %% exercise="linear"
def linear(x, weight, bias=None):
    """The votes: for each row of x, every unit's sum of weighted values, plus its bias.

    Parameters
    ----------
    x : ndarray of shape (N, features)
    weight : ndarray of shape (units, features)
        One row for each unit; here, for each class.
    bias : ndarray of shape (units,), or None
        None means no bias at all.

    Returns
    -------
    ndarray of shape (N, units)

    Examples
    --------
    1 x 3 + 2 x 4 + 10 = 21 and 1 x 5 + 2 x 6 + 20 = 37:

    >>> linear(np.array([[1.0, 2.0]]), np.array([[3.0, 4.0], [5.0, 6.0]]), np.array([10.0, 20.0]))
    array([[21., 37.]])
    """
    ### BEGIN SOLUTION
    votes = x @ weight.T  # (N, units)
    if bias is not None:
        votes = votes + bias
    return votes
    ### END SOLUTION


# %% test="linear" points=3
check("linear", linear)

# %% [markdown]
# Let all 48 vote, without a bias at first.

# %% predict="clearer_win"
guess(
    "clearer_win",
    "Which win is clearer?",
    {"that of the X, on the X": 1, "that of the O, on the O": -1, "both are as clear": 0},
)

# %% [markdown]
# The chart shows the O. Each outline is as tall as its weight, and the value says how far it is filled: the filled part is
# the vote.

# %% id="votes-without-bias"
my_linear = yours("linear", linear)
images = {"the X": letters[:1], "the O": letters[1:], "an empty image": np.full((1, 1, 9, 9), -1.0)}
leads = []
for name, image in images.items():
    for_x, for_o = my_linear(my_flatten(pooled_maps(image)), weight)[0]
    print(f"{name:15} {for_x:5.2f} for X, {for_o:5.2f} for O")
    leads.append(abs(for_x - for_o))
came_out("clearer_win", np.sign(round(leads[0] - leads[1], 6)))
show.votes(maps[1], weight, channels=list(data.features), shares=False)

# %% [markdown]
# <details><summary>What you find</summary>
#
# On the O it is nearly a tie, 0.07 against −0.07: its blue and vermillion votes cancel. 26 values speak for the X and only 4
# for the O. So even an empty image, which `falling` and `rising` fit a little, gets 1.33 votes for the X. The X starts with a
# lead.
#
# </details>

# %% [markdown]
# Here the bias helps: a vote that needs no value. Halfway between 6.10 and −0.07, before rounding, is 3.01. Take that away
# from the X and give it to the O. What will the logits be?

# %% id="votes-with-bias"
bias = -my_linear(rows, weight).mean(axis=0)
logits = my_linear(rows, weight, bias)
print("bias:", bias.round(2))
print("on the X:", logits[0].round(2), " on the O:", logits[1].round(2))

# %% [markdown]
# ## A convolution is a vote, too
#
# Each value of a feature map is also a sum of values times weights. So a convolution must be a linear layer, with a weight
# for each pixel at each position. With `falling`, that is 49 rows of 81. How many different values do these 3,969 weights
# have? (The cell convolves 81 images with a single pixel each; their maps are the columns.)

# %% predict="not_zero"
guess("not_zero", "How many of the 3,969 weights are not zero?", [9, 81, 441, 3969])

# %% id="convolution-as-votes"
single = np.eye(81).reshape(81, 1, 9, 9)  # 81 images, a different pixel in each
matrix = my_flatten(reference.conv2d(single, kernels[:1])).T  # (49, 81)
came_out("not_zero", np.count_nonzero(matrix))
print("values:", np.unique(matrix.round(2)))
as_votes = my_linear(my_flatten(letters), matrix)  # (2, 49)
print("the same as conv2d:", np.allclose(as_votes, my_flatten(reference.conv2d(letters, kernels[:1]))))
show.pictures([matrix], ["the convolution as weights"], "signed", values=False)

# %% [markdown]
# <details><summary>What you find</summary>
#
# Nine for each position, with two values, 0.11 and −0.11. Each row holds the same nine weights, one step further along.
#
# </details>
#
# A convolution is a fully connected layer in which most weights are zero and the others are shared.

# %% [markdown] break="20"
# > **A good place to stop.** You can let values vote.

# %% [markdown]
# ## From votes to shares
#
# The right letter has 3.09 votes, and the other −3.09. How sure is that? You would like shares that add up to 1. But you cannot
# divide by the sum: 3.09 − 3.09 = 0. And a share must not be negative.
#
# A function that makes every number positive and keeps their order is `exp`, $e^z$. By hand, for the votes 1 and 0:
# $e^1 = 2.72$ and $e^0 = 1$, together 3.72; the shares are $2.72 / 3.72 = 0.73$ and $1 / 3.72 = 0.27$.

# %% [markdown]
# This is the **softmax**:
#
# $$
# p_{nu} = \frac{e^{z_{nu}}}{\sum_{v} e^{z_{nv}}}
# $$
#
# In words: $e$ to the power of the class's logit, divided by the sum of these powers over all classes $v$.
#
# A lead of one vote makes a share 2.72 times as large as the other, however large the votes are. So try large ones. Without
# the division by 9 in our kernels, values and weights are 9 times as large, and votes 81 times.

# %% predict="large_votes"
guess(
    "large_votes",
    "By votes of 250 and −250, what is the X's share?",
    ["0.73", "0.99", "1.00", "not a number"],
)

# %% id="overflow"
small = np.array([1, 0])
large = (81 * logits[0]).astype(np.float32)  # the type in which networks usually compute
for votes in (small, large):
    with np.errstate(all="ignore"):
        powers = np.exp(votes)
        share = (powers / powers.sum())[0]
        print("votes:", votes, "powers:", powers.round(2), "share of the first:", share.round(2))
came_out("large_votes", "not a number" if np.isnan(share) else f"{share:.2f}")

# %% [markdown]
# <details><summary>What you find</summary>
#
# The X has won by 500 votes, and its share is *not a number*: $e^{250}$ is too large for float32 and becomes infinite, and
# infinity divided by infinity is `nan`. (float64 gives up after 709.)
#
# </details>
#
# You may subtract the same number $m$ from all votes. Since $e^{z - m} = e^z / e^m$, the factor $e^m$ cancels:
#
# $$
# \frac{e^{z_{nu} - m}}{\sum_{v} e^{z_{nv} - m}} = p_{nu}
# $$
#
# If $m$ is the largest vote of the row, no power exceeds $e^0 = 1$.

# %% [markdown]
# ### Your turn: `softmax`
#
# `logits.max(axis=1, keepdims=True)` is the largest vote of each row, as a column of shape (N, 1). Subtract it, and NumPy
# takes each from its own row.


# %% exercise="softmax"
def softmax(logits):
    """The votes as shares: positive, each row adding up to 1, in the order of the votes.

    Parameters
    ----------
    logits : ndarray of shape (N, classes)
        Votes of any size and sign.

    Returns
    -------
    ndarray of shape (N, classes)

    Examples
    --------
    Two ties, one of them very large; and log 3, which stands for three to one:

    >>> softmax(np.array([[0, 0], [1000, 1000], [np.log(3), 0]]))
    array([[0.5 , 0.5 ],
           [0.5 , 0.5 ],
           [0.75, 0.25]])
    """
    ### BEGIN SOLUTION
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)
    ### END SOLUTION


# %% test="softmax" points=3
check("softmax", softmax)

# %% [markdown]
# ### Break it
#
# `suspects.softmax` looks right too. Find votes, as few as you can, on which it is wrong.


# %% exercise="break_softmax"
def break_softmax():
    """An input on which `suspects.softmax` is wrong, as small as you can find one.

    Returns
    -------
    logits
        An argument that the docstring of `softmax` allows.
    """
    ### BEGIN SOLUTION
    return np.array([[2000.0, 0.0]])
    ### END SOLUTION


# %% test="break_softmax" points=1
check("break_softmax", break_softmax)

# %% [markdown]
# ### Your turn: `predict`
#
# If you only want the answer, you need no shares: the class with the most votes also has the largest share. Give its number,
# 0 for the X, 1 for the O. In a tie, the first one wins. (`np.argmax` gives the place of the largest value; it takes
# `axis=1`, too.)


# %% exercise="predict"
def predict(logits):
    """The number of the class with the most votes in each row; the first of them on a tie.

    Parameters
    ----------
    logits : ndarray of shape (N, classes)

    Returns
    -------
    ndarray of int, of shape (N,)

    Examples
    --------
    >>> predict(np.array([[0.1, 0.9], [3, 2], [5, 5]]))
    array([1, 0, 0])
    """
    ### BEGIN SOLUTION
    return np.argmax(logits, axis=1)
    ### END SOLUTION


# %% test="predict" points=2
check("predict", predict)

# %% [markdown]
# ## All the way
#
# From pixels to an answer it takes seven steps: the five in this cell, then softmax and `predict`. Which shape will
# come after each of the five? And what will the shares be: closer to 1 and 0, or to 0.7 and 0.3?

# %% id="forward-pass"
my_softmax, my_predict = yours("softmax", softmax), yours("predict", predict)
steps = {
    "convolution": lambda x: reference.conv2d(x, kernels),
    "ReLU": reference.relu,
    "pooling": lambda x: reference.max_pool2d(x, partial=True),
    "flatten": my_flatten,
    "linear": lambda x: my_linear(x, weight, bias),
}
values = letters
for name, step in steps.items():
    print(f"{name:12}{values.shape} -> {(values := step(values)).shape}")
print("shares:", my_softmax(values).round(3).tolist(), "answers:", my_predict(values))

# %% [markdown]
# A set of pixels has become a set of votes. But these are the images from which the weights were made. Repeat lesson 01's
# test, with 500 random letters for each change, and compare with the nearest template.
#
# That rule is a vote as well: the 81 pixels vote, and the templates are their weights. For which changes will pieces do
# better than pixels?


# %%
def voted(images, bias):
    return my_predict(my_linear(my_flatten(pooled_maps(images)), weight, bias))


def random_letters(change, seed):
    images, labels = data.sample_letters(500, np.random.default_rng(seed), **change)
    return np.where(images > 0, 1.0, -1.0), labels


limits = {"translation": {"shift": 2}, "scaling": {"scale": (0.6, 1.4)}}
limits |= {"rotation": {"rotation": 30}, "stroke": {"weight": (0.5, 3)}}
drawn, fresh = ({name: random_letters(limits[name], seed) for name in limits} for seed in (1, 2))

# %% id="measured"
rates, same = {"pieces vote": [], "pixels vote": []}, 0
for images, labels in drawn.values():
    pixel_answers = my_predict(my_linear(my_flatten(images), my_flatten(letters)))
    nearest = [reference.nearest_template(image[0], {0: data.X, 1: data.O}) for image in images]
    same += np.sum(pixel_answers == nearest)
    for voters, answers in {"pieces": voted(images, bias), "pixels": pixel_answers}.items():
        rates[f"{voters} vote"].append(np.mean(answers == labels))
print(f"pixels and nearest template: the same answer for {same} of 2000 letters")
show.bars(drawn, rates, "share of 500 random letters named correctly")

# %% [markdown]
# A vote of pixels *is* the nearest template; what is new is who votes. Pieces do better on the first two changes, and worse
# on the other two.
#
# Is 3.01 a good bias? Try four values, also on another 500 letters for each change. What does a smaller bias do to the X's,
# and what to the O's?

# %% id="turn-the-bias"
for lead in (0.75, 1.5, 2.25, 3.01):
    turned = np.array([-lead, lead])
    for name, (images, labels) in drawn.items():
        right = voted(images, turned) == labels
        fresh_right = voted(fresh[name][0], turned) == fresh[name][1]
        print(f"bias {lead:4.2f}  {name:11}  X's {right[labels == 0].mean():.2f}", end="  ")
        print(f"O's {right[labels == 1].mean():.2f}  all {right.mean():.2f}", end="  ")
        print(f"other letters {fresh_right.mean():.2f}")

# %% [markdown]
# With 3.01 *all* mistakes are X's, with 0.75 all are O's. In between, 2.25 is clearly better than pixels on three changes,
# and almost as good on strokes. Only one number has changed, and none of the 96 weights.
#
# > **Careful.** We chose 2.25 by looking at these letters, so it might suit them by accident. Hence the last column: it
# > works equally well on letters that we did not look at.

# %% [markdown]
# Now change the numbers yourself:
#
# - Shift the X to the right, step by step. At which step does the answer become O?
# - Press *draw again*, and turn the longest bar's weight for X all the way down. Does that change the answer? Which
#   single slider does?

# %% id="vote-count" tags=["nbval-ignore-output"]
better = np.array([-2.25, 2.25])
show.widgets.VoteCount({"X": data.X, "O": data.O}, kernels[:, 0], weight, better, list(data.features))

# %% [markdown]
# <details><summary>What you find</summary>
#
# At the third step: the X's share goes from 0.97 to 0.71 to 0.15. One weight is not enough: the share stays at 0.997, because
# 47 other values vote too. A bias is: turned down far enough, it outvotes them all.
#
# </details>

# %% [markdown]
# ## Votes on votes
#
# Read white letters *and* black ones, straight from the pixels. Let four units vote first, one for each
# image: each multiplies the pixels by its own image, which gives 81 if they agree, and its bias takes away 60. Then let
# these four vote: the two X's for X, the two O's for O. (Units between input and answer are called **hidden**.) Does it
# work without a ReLU in between? And with one?

# %% id="hidden-votes"
four = my_flatten(np.concatenate([letters, -letters]))  # (4, 81): white X, white O, black X, black O
second = np.array([[1, 0, 1, 0], [0, 1, 0, 1]])  # (2, 4)
hidden = my_linear(four, four, np.full(4, -60.0))  # (4, 4), one row for each image
print("hidden votes:", *hidden.round().tolist(), sep="\n  ")
print("without ReLU:", my_linear(hidden, second).tolist())
print("with ReLU:   ", my_linear(reference.relu(hidden), second).tolist())
print("both layers in one, largest weight:", np.abs(second @ four).max())

# %% [markdown]
# Without ReLU it is a tie every time. Two linear layers are one (lesson 06), with the weights `second @ four`, and here
# these are all zero: what the white X adds, the black X takes away. With ReLU each unit speaks only for its own image,
# and all four are read correctly. Hence `[FC -> RELU]` in lesson 08's pattern.

# %% [markdown]
# ## One order for all
#
# A weight belongs to a place in the row. Lesson 04 showed a second layout, channels last. Suppose a stack arrives that way,
# as (N, 4, 4, 3), and is flattened: the same 48 values. Will the layer complain? What will it answer?

# %% id="other-order"
for layout, stack in {"channels first": maps, "channels last": reference.to_nhwc(maps)}.items():
    logits = my_linear(my_flatten(stack), weight, better)
    print(f"{layout:14}: shares of the X {my_softmax(logits)[:, 0].round(2)} answers {my_predict(logits)}")
images, labels = drawn["rotation"]
answers = my_predict(my_linear(my_flatten(reference.to_nhwc(pooled_maps(images))), weight, better))
print(f"turned letters, channels last: {np.mean(answers == labels):.2f} right")

# %% [markdown]
# No error, and nonsense: the perfect O is called an X, and only a fifth (0.20) of the turned letters are right, far fewer
# than by guessing. Weights work only with the order of values they were set for.

# %% [markdown]
# ### Reflect
#
# Take the X of lesson 01 with strokes three pixels wide. With the bias of 2.25, its shares are 0.18 for the X and 0.82 for
# the O. Is it an O with a probability of 82 %? Which step went wrong: features, votes or softmax?

# %% id="bold-x"
bold = np.where(data.draw_letter("X", weight=3) > 0, 1.0, -1.0)[None, None]
stack = pooled_maps(bold)
print("votes without bias:", my_linear(my_flatten(stack), weight).round(2))
print("shares:", my_softmax(my_linear(my_flatten(stack), weight, better)).round(2))
titles, kinds = ["bold X", *data.features], ["pixel", *["signed"] * 3]
show.pictures([bold[0, 0], *stack[0]], titles, kinds, values=[False, *[True] * 3], limit=1)

# %% [markdown] answer="how_sure" points=1
# No: it is an X. A share only says how far apart the logits are. Whether such an answer is right 82 times in 100 would have
# to be measured. Votes and softmax did what they should. The features failed: they are pieces of thin strokes, and none fits
# the bold X better than 0.33. So the X gets 1.51 votes instead of 6.10, and the bias of the O decides.

# %% [markdown]
# ## In this lesson we
#
# - **flattened** a stack: channel $c$, row $i$, column $j$ goes to place $c H W + i W + j$,
# - **let values vote**: $z_{nu} = \sum_f x_{nf} W_{uf} + b_u$, with weights set by hand,
# - **turned** votes into shares: $e^{z_u - m} / \sum_v e^{z_v - m}$ with the largest vote as $m$, so that nothing overflows,
# - **measured** that pieces forgive shifts better than pixels do, once the bias is right,
# - **saw** that a convolution is a linear layer, and that a ReLU makes two layers of votes more than one.

# %% [markdown]
# | what | shape | here |
# |---|---|---|
# | pooled stack | $(N, C, H, W)$ | (2, 3, 4, 4) |
# | flattened | $(N, C \cdot H \cdot W)$ | (2, 48) |
# | weight, bias | (units, features), (units,) | (2, 48), (2,) |
# | logits, shares | (N, classes) | (2, 2) |
# | answers | (N,) | (2,) |
#
# **Next:** you turned one number by hand and got better results. There are 98 in this layer. Who sets them all? Lesson 10
# nudges each a bit up and a bit down, to see what happens to the error.
#
# **Sources.** Brandon Rohrer, *How convolutional neural networks work* (every value gets a vote) · Stanford CS231n, *Linear
# classification* (softmax; 32 x 32 x 3 stretched to 3072) · PyTorch, `torch.nn.Linear` and `torch.nn.functional.softmax`.
