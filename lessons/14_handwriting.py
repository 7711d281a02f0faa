# %% [markdown] id="title"
# # Read real handwriting
#
# Four digits that the network of this lesson misreads. What do *you* read? Below them: what its second layer looks for.
#
# ![cover]
#
# - **You will build** dropout, and a table of what was taken for what.
# - **You will learn** how to see that a network learns by heart, what helps against it, and what a mean hides.
# - **You need** lesson 13: batches, training and validation images, `reference.fit`.
# - **It takes** about 45 minutes.

# %% cover="Upper row: four handwritten digits that the network misread. Lower row: for four maps of the second layer, the nine pieces of digits that excite it most; the pieces of one map resemble each other."
show.pictures([*misread[:4], *sheets[4:]], [*titles[:4], *sheet_titles[4:]], values=False)

# %%
import numpy as np
from sklearn.base import clone
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.neighbors import KNeighborsClassifier
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer
from sklearn.svm import SVC
from tqdm.auto import tqdm

from helpers import check, data, hint, reference, show, yours

# %% [markdown]
# ## Only sixty letters
#
# In lesson 13 a formula drew as many letters as you liked. Handwriting costs more: somebody has to write it, and somebody has to
# say what it is. So suppose that there are only sixty images.
#
# These letters are small, and covered with noise. Can you still tell X from O?

# %% id="sixty-letters"
noisy = {"size": 16, "shift": 3, "scale": (0.5, 0.9), "rotation": 30, "weight": (1, 2), "noise": 0.4}
fresh = data.sample_letters(500, np.random.default_rng(0), **noisy)  # to validate with
show.pictures(fresh[0][:8, 0], [data.LETTERS[label] for label in fresh[1][:8]], values=False)

# %% [markdown]
# The network has eight filters of 5 x 5, ReLU and two votes, and no pooling for now. `learn` draws sixty letters, shows them to the
# network sixty times, and returns it. (`p` is for later.)


# %% id="learn"
def plan(window=0):
    """The layers; there is no POOL if the window is 0."""
    pool = [reference.pool_layer(window)] if window else []
    return [reference.conv_layer(8, kernel=5), reference.relu_layer(), *pool, reference.fc_layer(2)]


def learn(layers, seed, p=0.0, **settings):
    rng = np.random.default_rng(seed)
    letters = data.sample_letters(60, rng, **noisy)
    network = reference.build_network(layers, (1, 16, 16), rng, dtype=np.float32)
    if p:
        network.layers.insert(-1, reference.Dropout(p, rng, yours("dropout", dropout)))
    reference.fit(network, *letters, rng, 60, learning_rate=0.01, **settings)
    return network


# %% [markdown]
# Four networks learn, each from sixty letters of its own. The solid line will be the loss on these, the dashed one the loss on 500
# fresh letters, from which none of them learns.
#
# **Predict:** both fall at the start. How does each of them go on?


# %% id="learned-by-heart" tags=["nbval-ignore-output"]
def history(seed):
    """After each epoch, the loss on the sixty letters and on fresh ones."""
    letters, losses = data.sample_letters(60, np.random.default_rng(seed), **noisy), []

    def watch(epoch, network, loss):
        losses.append([reference.cross_entropy(network.forward(x), y) for x, y in (letters, fresh)])

    learn(plan(), seed, watch=watch)
    return losses


losses = np.array([history(seed) for seed in range(4)])  # (networks, epochs, 2)
print("dashed line lowest after epoch", losses[:, :, 1].argmin(axis=1) + 1)
lines = {"training": losses[..., 0], "validation": losses[..., 1]}
show.curves(np.arange(1, 61), lines, "four networks, sixty letters each", "epoch", "loss")

# %% [markdown]
# <details><summary>What you find</summary>
#
# The solid line goes to zero. The dashed one turns round after a few epochs, and **rises**: the better a network knows its sixty
# letters, the worse it does on others.
#
# </details>
#
# To learn the training images by heart, noise and all, is called **overfitting**. You recognise it by this picture.
#
# The network has 2,514 parameters, for sixty letters. What if it had fewer?

# %% [markdown]
# ## Fewer parameters
#
# Lesson 05 pooled to save work. But with every value that pooling takes away go its votes: windows of 12, the whole map, leave 226
# parameters.
#
# **Predict:** who reads the fresh letters best?


# %% id="fewer-parameters" tags=["nbval-ignore-output"]
def share_right(layers, **settings):
    """For eight networks, the share of the fresh letters that each reads correctly."""
    return [reference.accuracy(learn(layers, seed, **settings), *fresh) for seed in range(8)]


pooled = {}
for window in tqdm((0, 2, 4, 12), leave=False):
    count = sum(row[2] for row in reference.parameter_table(plan(window), (1, 16, 16)))
    name = f"POOL {window}" if window else "no POOL"
    pooled[f"{name}, {count:,} parameters"] = share_right(plan(window))
show.spread(pooled, "fresh letters read correctly", limits=(0.6, 1))

# %% [markdown]
# <details><summary>What you find</summary>
#
# The fewer parameters, the better: from about 80 % correct to about 97 %. Eight values, one for each map, leave little to learn by
# heart.
#
# </details>
#
# You cannot always pool so much. There are three other brakes on overfitting:
#
# - **augmentation**: each batch is changed a little, each time differently. Here it moves by up to two pixels;
# - **weight decay**: weights shrink at each step;
# - **dropout**: values are left out at random.

# %% [markdown]
# ### Weights that shrink
#
# Before each step, every weight loses a small share of itself, so that a weight which no gradient asks for fades away:
#
# $$
# w \leftarrow (1 - \eta \lambda) \, w
# $$
#
# By hand: $\eta = 0.01$ and $\lambda = 3$ leave 0.97 of it at each step. After 100 steps, $0.97^{100} = 0.05$ is left. That is
# `reference.fit(..., weight_decay=3)`.

# %% [markdown]
# ### Values that are left out
#
# If a different half of a team is missing every day, everybody learns to do without the others. So **dropout** sets a random share
# $p$ of the values to 0, others in each batch.
#
# Ten values of 1 add up to 10; with half of them gone, to 5. So each value that stays is divided by $1 - p$: five times 2 is 10
# again. After training, nothing is dropped. And in NumPy?

# %% id="below-p"
drawn = np.array([0.7, 0.1, 0.5, 0.3])  # as rng.random(4) might draw them
print(drawn >= 0.5)
print(np.array([3.0, 5.0, 8.0, 6.0]) * (drawn >= 0.5))

# %% [markdown]
# In a product, True and False count as 1 and 0. A random number is below $p$ with probability $p$: there the value goes.
#
# By hand, with $p = 0.2$: values 2 and 1, numbers 0.3 and 0.1. Since 0.3 is not below 0.2, the 2 stays, and becomes 2 / 0.8 = 2.5.
# The 1 becomes 0.


# %% exercise="dropout"
def dropout(x, p, numbers, training=True):
    """The values with a random share of them set to zero and the others enlarged; in training only.

    Parameters
    ----------
    x : ndarray of any shape
    p : float
        The share that is dropped, on average: from 0 up to, but not including, 1.
    numbers : ndarray of the shape of x
        Random numbers from 0 to 1, as `rng.random(x.shape)` draws them. Where the number is below `p`, the
        value of `x` is dropped.
    training : bool, default True
        If False, nothing is dropped and nothing enlarged.

    Returns
    -------
    ndarray of the shape of x
        What is kept is divided by 1 - p, so that the sum stays the same on average.

    Examples
    --------
    >>> dropout(np.array([1.0, 2.0, 3.0, 4.0]), 0.5, np.array([0.7, 0.1, 0.5, 0.3]))
    array([2., 0., 6., 0.])
    """
    ### BEGIN SOLUTION
    if not training:
        return x
    kept = numbers >= p
    return x * kept / (1 - p)
    ### END SOLUTION


# %% test="dropout" points=3
check("dropout", dropout)

# %% [markdown]
# On the way back, the gradient of a doubled value doubles, and that of a dropped one is 0: *the same function*, with the same
# numbers. `reference.Dropout` calls yours for both.
#
# Now each brake by itself, on the network with windows of 2. **Predict:** which one helps most?


# %% id="three-brakes" tags=["nbval-ignore-output"]
def moved_by_two(images, rng):
    return data.shifted(images, rng, 2)


brakes = {"dropout, p = 0.5": {"p": 0.5}, "weight decay, 3": {"weight_decay": 3}}
brakes["moved by up to 2 pixels"] = {"augment": moved_by_two}
braked = {"POOL 2 as it was": pooled["POOL 2, 786 parameters"]}
for name, settings in tqdm(brakes.items(), leave=False):
    braked[name] = share_right(plan(2), **settings)
show.spread(braked, "fresh letters read correctly", limits=(0.6, 1))

# %% [markdown]
# <details><summary>What you find</summary>
#
# All three help, with the same sixty letters. Moving them helps most: it tells the network something new and true, that a moved X
# is an X.
#
# </details>
#
# So do more brakes help more? The network with windows of 12 was the best already. **Predict:** what do dropout and weight decay do
# for *it*?

# %% id="too-much" tags=["nbval-ignore-output"]
smallest = {"POOL 12 as it was": pooled["POOL 12, 226 parameters"]}
for name in tqdm(list(brakes)[:2], leave=False):
    smallest[f"POOL 12, {name}"] = share_right(plan(12), **brakes[name])
show.spread(smallest, "fresh letters read correctly", limits=(0.6, 1))

# %% [markdown]
# <details><summary>What you find</summary>
#
# They make it **worse**. With eight values to vote on, it cannot learn much by heart, and it needs them all.
#
# </details>
#
# Too little freedom to learn what is there is called **underfitting**.

# %% [markdown]
# ### Reflect
#
# A friend's network has a training loss of 0.001. On validation images the loss is 0.9, and rising. "It needs more filters," says
# the friend, "and another hundred epochs." What do you think, and what would you try?

# %% [markdown] answer="what_would_you_try" points=1
# It overfits: it knows the training images by heart already, so more filters and more epochs would make it worse. I would look for
# more images, or change those that there are (augmentation), and try dropout, weight decay, or fewer parameters by stronger
# pooling; or stop where the validation loss is lowest. Each is judged by the validation images, over several seeds.

# %% [markdown] break="20"
# > **A good place to stop.** You have seen overfitting, and four things that help against it. When you come back, real digits are
# > waiting.

# %% [markdown]
# ## Real handwriting
#
# Here are digits that 13 people wrote by hand, from scikit-learn's collection: 1,797 images of 8 x 8.
#
# A quarter is held out for the test, **stratified**: each digit keeps its share. One digit of 450 is 0.22 %, so a single test is
# partly luck. We draw three quarters, and train for each.

# %% id="digits"
digits, answers = data.digits()
digits = digits.astype(np.float32)


def split(seed):
    """Where the digits to learn from are, and those held out."""
    return train_test_split(np.arange(1797), test_size=0.25, stratify=answers, random_state=seed)


places = split(0)[0][:8]
show.pictures(digits[places, 0], [f"a {answer}" for answer in answers[places]], values=False)

# %% [markdown]
# Ten classes, so ten votes, and a larger plan: two convolutions, POOL, a hidden layer of 128 units. Three networks learn the digits
# as they are, three without POOL, and three learn from **moved copies**: each batch moves by up to one pixel. These need more
# epochs.


# %% id="nine-networks" tags=["nbval-ignore-output"]
def learn_digits(seed, layers, epochs, augment=None):
    rng, places = np.random.default_rng(seed), split(seed)[0]
    network = reference.build_network(layers, (1, 8, 8), rng, dtype=np.float32)
    for count, rate in ((epochs, 0.002), (epochs // 3, 0.0003)):
        reference.fit(network, digits[places], answers[places], rng, count, 32, rate, augment=augment)
    return network


pattern = "INPUT -> [CONV -> RELU]*2 -> POOL -> FC -> RELU -> FC"
full = reference.describe_layers(pattern, filters=[16, 32], units=[128, 10])
full[0]["padding"] = 1
plans = {"your plan": (full, 9), "your plan, no POOL": (full[:4] + full[5:], 9)}
plans["your plan, moved copies"] = (full, 30, data.shifted)
networks = {name: [learn_digits(seed, *plans[name]) for seed in range(3)] for name in tqdm(plans)}

# %% [markdown]
# Who else can read digits? Logistic regression: a weight for each pixel and class. An MLP: linear, ReLU, linear. A support vector
# machine (SVM) and nearest neighbour compare with images that they have seen. None knows which pixels are neighbours.
#
# They learn from the same three quarters; one SVM also from four moved copies of each digit.


# %% id="others"
def learned_by(rival, seed, copies=0):
    """What a rival has learned from three quarters: a function from images to digits."""
    places, rng = split(seed)[0], np.random.default_rng(seed)
    images = [digits[places], *(data.shifted(digits[places], rng) for _ in range(copies))]
    rival = make_pipeline(FunctionTransformer(reference.flatten), clone(rival))
    return rival.fit(np.concatenate(images), np.tile(answers[places], copies + 1)).predict


rivals = {"logistic regression": LogisticRegression(max_iter=2000), "MLP": MLPClassifier(128, random_state=0)}
rivals |= {"nearest neighbour": KNeighborsClassifier(1), "SVM": SVC()}
learned = {name: [learned_by(rival, seed) for seed in range(3)] for name, rival in rivals.items()}
learned["SVM, moved copies"] = [learned_by(SVC(), seed, copies=4) for seed in range(3)]

# %% [markdown]
# Each dot will be one held-out quarter. **Predict:** is your plan better than the SVM? And with moved copies?


# %% id="digits-beside-others" tags=["nbval-ignore-output"]
def answered(readers, pixels=0):
    """The held-out digits of the three splits, moved to the right; what they are, what is read."""
    places = np.array([split(seed)[1] for seed in range(3)])  # (splits, 450)
    moved = np.pad(digits[places], ((0, 0),) * 4 + ((pixels, 0),), constant_values=-1)[..., :8]
    said = [read(images) for read, images in zip(readers, moved, strict=True)]
    return moved, answers[places], np.array(said)


readers = dict(learned)
for name, three in networks.items():
    readers[name] = [lambda x, network=network: reference.predict(network.forward(x)) for network in three]
results = {name: answered(three) for name, three in readers.items()}
scores = {name: (said == truth).mean(axis=1) for name, (_, truth, said) in results.items()}
show.spread(scores, "held-out digits read correctly", decimals=3)

# %% [markdown]
# <details><summary>What you find</summary>
#
# As it is, your plan is as good as the SVM, no better: both misread about six digits of 450. With moved copies your plan misreads
# about two, and the SVM about four. On pictures this small, the lead is a few digits in a thousand.
#
# </details>
#
# These digits were centred before anybody counted their pixels. Now the held-out ones move to the right, by one pixel or two.
# **Predict:** who still reads them?

# %% id="one-pixel-right" tags=["nbval-ignore-output"]
print(f"{'pixels to the right':24}      0      1      2")
for name, three in readers.items():
    row = [np.mean(truth == said) for _, truth, said in (answered(three, pixels) for pixels in range(3))]
    print(f"{name:24}", *(f"{share:6.1%}" for share in row))

# %% [markdown]
# <details><summary>What you find</summary>
#
# The SVM reads half of them, your plan two thirds. Pooling does forgive something: without POOL it is less. But nearest neighbour,
# which pools nothing, forgives as much. What helps is *having seen* moved digits, and that ends where the moves ended.
#
# The fully connected layers are to blame: each of their weights belongs to one place.
#
# </details>

# %% [markdown]
# ## What a mean hides
#
# Your plan reads a share of the moved digits. Is it the same share of each digit? A table can tell: a row for what an image *is*, a
# column for what it was *taken for*. Each image adds 1 to one entry.

# %% id="count-in-a-table"
table = np.zeros((2, 3), dtype=int)
table[1, 2] += 1
table[1, 2] += 1
print(table)

# %% [markdown]
# By hand: labels 1, 0, 1, predictions 0, 0, 0. The first image adds 1 at [1, 0], the second at [0, 0], the third again at [1, 0].
# The rows are [1, 0] and [2, 0].
#
# The field calls this table the **confusion matrix**.


# %% exercise="confusion_matrix"
def confusion_matrix(labels, predictions, classes):
    """How many images of each class were taken for each class: true classes in rows, predicted in columns.

    Parameters
    ----------
    labels, predictions : ndarray of int, of shape (N,)
        Classes from 0 to classes - 1.
    classes : int

    Returns
    -------
    ndarray of int, of shape (classes, classes)
        The entry [i, j] counts the images of class i that were taken for class j.

    Examples
    --------
    Four images: two zeros, one of which was taken for a 1, and two ones, both right.

    >>> confusion_matrix(np.array([0, 1, 0, 1]), np.array([0, 1, 1, 1]), 2)
    array([[1, 1],
           [0, 2]])
    """
    ### BEGIN SOLUTION
    counts = np.zeros((classes, classes), dtype=int)
    for place in range(len(labels)):
        counts[labels[place], predictions[place]] += 1
    return counts
    ### END SOLUTION


# %% test="confusion_matrix" points=3
check("confusion_matrix", confusion_matrix)

# %% [markdown]
# Your plan, without moved copies, and the digits one pixel to the right. The right answers are on the diagonal; each divided by the
# sum of its row is the accuracy for that digit. **Predict:** which digit suffers most?

# %% id="confusion" tags=["nbval-ignore-output"]
_, truth, said = answered(readers["your plan"], pixels=1)
counts = yours("confusion_matrix", confusion_matrix)(truth.ravel(), said.ravel(), 10)
by_digit = np.diagonal(counts) / counts.sum(axis=1)
print(*(f"{digit}: {share:.0%}" for digit, share in enumerate(by_digit)), sep="   ")
show.confusion(counts, title="one pixel to the right")

# %% [markdown]
# <details><summary>What you find</summary>
#
# Two thirds is true of hardly any digit. Nine of ten 7's are read correctly, and only one 0 in four: most of the others are taken
# for a 2 or a 1. A mean can hide that one class is lost.
#
# </details>
#
# Now the best reader, with moved copies, on digits that stay where they are. Here is what it got wrong. Cover the titles, and read
# them yourself.

# %% id="digits-wrong" tags=["nbval-ignore-output"]
images, truth, said = results["your plan, moved copies"]
wrong = said != truth
print(f"{np.count_nonzero(wrong)} of {truth.size:,} wrong")
misread = [*images[wrong][:8, 0], *images[0, :4, 0]][:8]  # if fewer than eight are wrong, some right ones
titles = [f"{one} read as {other}" for one, other in zip(truth[wrong], said[wrong], strict=True)][:8]
titles += [f"{one}, read correctly" for one in truth[0, : 8 - len(titles)]]
show.pictures(misread, titles[: len(misread)], values=False)

# %% [markdown]
# ## What does the second layer look for?
#
# A filter of the first layer is nine weights: a picture. A filter of the second slides over sixteen maps, and is not. So ask the
# other way round: **which pieces of digits excite it most?** Each of its values sees 5 x 5 pixels.
#
# For each map, take the 50 digits that excite it most. How many of them are the same digit?


# %% id="favourite-digits" tags=["nbval-ignore-output"]
first_network, seen = networks["your plan, moved copies"][0], split(0)[0]
maps, padded = [digits[seen]], np.pad(digits[seen, 0], ((0, 0), (1, 1), (1, 1)))
for layer in first_network.layers[:4]:  # CONV, RELU, CONV, RELU
    maps.append(layer.forward(maps[-1]))


def favourites(values):
    """For each map, the share of its favourite digit among the 50 digits that excite it most."""
    best = np.argsort(-values.max(axis=(2, 3)), axis=0)[:50]  # (50, maps)
    return np.array([np.bincount(answers[seen[column]]).max() / 50 for column in best.T])


print(f"first layer {favourites(maps[2]).mean():.0%}, second layer {favourites(maps[4]).mean():.0%}")


# %% id="simple-to-complex" tags=["nbval-ignore-output"]
def best_pieces(values, size):
    """The pieces of nine digits that excite one map most, in three rows."""
    sheet = np.zeros((3, size + 1, 3, size + 1))
    for number, place in enumerate(np.argsort(-values.max(axis=(1, 2)))[:9]):
        row, column = np.unravel_index(values[place].argmax(), values[place].shape)
        piece = padded[place, row : row + size, column : column + size]
        sheet[number // 3, :size, number % 3, :size] = piece
    return sheet.reshape(3 * size + 3, -1)[:-1, :-1]


clearest = [(layer, k) for layer in (1, 2) for k in np.argsort(-favourites(maps[2 * layer]))[:4]]
sheets = [best_pieces(maps[2 * layer][:, k], 1 + 2 * layer) for layer, k in clearest]
sheet_titles = [f"layer {layer}, map {k}" for layer, k in clearest]
show.pictures(sheets, sheet_titles, values=False, sizes=False)

# %% [markdown]
# Each picture holds nine pieces, for the four maps of each layer whose favourite is clearest. Upper row: the first layer likes an
# edge, or a bit of a stroke. Lower row: the second likes bends, corners and crossings, and these belong to fewer digits. From
# simple to complex: in lesson 08 you built that by hand, and here it was learned.

# %% [markdown]
# ## Write your own
#
# Write a digit with the mouse: large, in the middle, in one broad stroke, as these people did. Then small, or in a corner. And
# **predict** before you run: what does the network say to an **empty page**? To one that is all white?

# %% id="draw-digits" tags=["nbval-ignore-output"]
blank, some = np.full((8, 8), -1.0), split(0)[1][:20]
for name, image in (("empty page", blank), ("all white", -blank)):
    shares = reference.softmax(first_network.forward(image[None, None].astype(np.float32)))[0]
    print(f"{name}: a {shares.argmax()}, with a share of {shares.max():.2f}")
show.widgets.DrawAndSee(
    first_network, "0123456789", 8, examples=digits[some], answers=answers[some], image=blank
)

# %% [markdown]
# <details><summary>What you find</summary>
#
# Even the empty page is a digit. Ten classes share 1 among them, and none of them means *none of these*.
#
# Small digits, and digits in a corner, are unlike all that it has seen. And it was tested with digits of the *same* 13 people:
# yours may differ.
#
# </details>

# %% [markdown]
# ## A page of letters
#
# On a page, nobody says where the letters are. Can a network that reads 9 x 9 pixels slide over it? Most windows hold no letter, so
# it gets a third vote, *neither*, and learns that from windows that miss their letter.

# %% [markdown]
# Must it start again for each window? Convolution, ReLU and pooling slide anyway. And a vote is a weighted sum of the 8 x 3 x 3
# pooled values: that is a *filter* of this size. A fully connected layer is a convolution whose kernel is as large as its input.


# %% id="slide-the-votes" tags=["nbval-ignore-output"]
easy, rng = {"scale": (0.7, 1.1), "rotation": 30, "weight": (0.7, 1.8)}, np.random.default_rng(1)
settings = {"filters": 8, "units": 3, "window": 3, "window_stride": 2}
reader = reference.build_network("INPUT -> CONV -> RELU -> POOL -> FC", (1, 9, 9), rng, **settings)
reference.fit(reader, *data.sample_windows(3000, rng, shift=1.5, **easy), rng, 10, learning_rate=0.01)


def votes_everywhere(page):
    """The three votes for each window of 9 x 9; the windows are two pixels apart."""
    pooled_maps = page[None, None]
    for layer in reader.layers[:3]:  # CONV, RELU, POOL
        pooled_maps = layer.forward(pooled_maps)
    weight, bias = reader.layers[4].parameters.values()  # (3, 72) and (3,)
    return reference.conv2d(pooled_maps, weight.reshape(3, 8, 3, 3), bias)[0]


# %% [markdown]
# A letter is found where X or O is ahead of *neither*, by more than in any window around it. The largest value of each window:
# pooling, once more. **Predict:** how many of the nine letters does it find, and how many that are not there?

# %% id="page" tags=["nbval-ignore-output"]
page, _, _ = data.page_of_letters(np.random.default_rng(7), **easy)
votes = votes_everywhere(page)
alone = reader.forward(page[None, None, 20:29, 12:21])[0]
print("the window at row 20, column 12 votes the same by itself:", np.allclose(votes[:, 10, 6], alone))
lead = votes[:2].max(axis=0) - votes[2]
around = reference.max_pool2d(np.pad(lead, 4, constant_values=lead.min())[None, None], 9, 1)[0, 0]
found = np.argwhere((lead == around) & (lead > 0))
print("read:", *(data.LETTERS[votes[:2, row, column].argmax()] for row, column in found))
windows = [(2 * row, 2 * column, 9, 9) for row, column in found]
names = ["page", "lead of X or O"]
show.pictures([page, lead], names, ["pixel", "signed"], values=False, windows=[windows, None])

# %% [markdown]
# <details><summary>What you find</summary>
#
# All nine, and nothing else, by a network that never saw a page.
#
# </details>

# %% [markdown]
# ## In this lesson we
#
# - **saw** a network learn by heart: the training loss falls, the validation loss rises,
# - **held it back**: fewer parameters, moved copies, weight decay $w \leftarrow (1 - \eta \lambda) w$, dropout; sometimes too much,
# - **compared** our network with others, digits that stay and digits that move,
# - **looked** behind the mean, with a confusion matrix, and into the second layer,
# - **slid** a fully connected layer over a page.

# %% [markdown]
# | what | digits | page |
# |---|---|---|
# | images | (32, 1, 8, 8) | (1, 1, 58, 58) |
# | convolved | (32, 16, 8, 8), (32, 32, 6, 6) | (1, 8, 56, 56) |
# | pooled | (32, 32, 3, 3) | (1, 8, 27, 27) |
# | votes | (32, 10) | (1, 3, 25, 25) |
#
# **Next:** eight filters, windows of 2, a rate of 0.01: somebody chose these. What does each of the knobs do? Lesson 15 turns them.
#
# **Sources.** Srivastava et al. 2014, *Dropout: a simple way to prevent neural networks from overfitting* · Loshchilov, Hutter
# 2019, *Decoupled weight decay regularization* · Stanford CS231n, *Convolutional networks* · Alpaydin, Kaynak 1998, *Optical
# recognition of handwritten digits* (UCI).
