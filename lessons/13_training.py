# %% [markdown] id="title"
# # Let it learn
#
# Nobody drew the filters in the lower row. They began as noise, and 3,000 X's and O's shaped them. How?
#
# ![cover]
#
# - **You will build** batches, two kinds of steps, the training itself, and a network made of everything you wrote.
# - **You will learn** how to train, and how to notice early that something is wrong.
# - **You need** lessons 03 to 12.
# - **It takes** about 45 minutes.

# %% cover="Upper row: four letters of the lesson, X's and O's, shifted, scaled, turned, thin and bold. Lower row: four of the eight learned filters, 3 x 3 weights each, blue positive and vermillion negative."
show.pictures(
    [*images[:4, 0], *trained[:4]],
    [data.LETTERS[label] for label in labels[:4]] + [f"filter {number}" for number in range(4)],
    ["pixel"] * 4 + ["signed"] * 4,
    values=False,
)

# %% [markdown]
# ## Lay out all your parts
#
# Filters, pooling, ReLU, votes, a loss, and a way back through each of them: do they add up to a network? The course has
# kept all that passed:

# %% id="own-functions" tags=["nbval-ignore-output"]
import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier
from sklearn.svm import SVC

from helpers import came_out, check, data, hint, predict, progress, puzzle, reference, show, suspects, yours

mine = progress.own_functions()
mine

progress.review(3)

# %% [markdown]
# You write the last three here. The plan: eight filters of 3 x 3, ReLU, overlapping pooling windows (3, stride 2), two
# votes.
#
# The letters are no longer tidy. All the tricky cases of lesson 01 come at once: **translation** (`shift`, in pixels),
# **scaling**, **rotation** and **weight**.

# %% id="letters-and-plan"
tricky = {"shift": 1.5, "scale": (0.7, 1.1), "rotation": 30, "weight": (0.7, 1.8)}
plan = "INPUT -> CONV -> RELU -> POOL -> FC"
still = tricky | {"shift": 0}  # the other three alone
sizes = {"filters": 8, "units": 2, "window": 3, "window_stride": 2, "dtype": np.float32}
fast = reference.network_functions()  # the course's fast versions


def build(functions=fast, seed=1):
    """The network with random weights: the same ones for the same seed."""
    return reference.build_network(plan, (1, 9, 9), np.random.default_rng(seed), functions, **sizes)


images, labels = data.sample_letters(3000, np.random.default_rng(10), **tricky)
show.pictures(images[:8, 0], [data.LETTERS[label] for label in labels[:8]], values=False)

# %% [markdown]
# ## Three sets of images
#
# Would you set an exam that the class knows by heart? So there are three sets. The network learns from the
# **training** images. We use the **validation** images to choose, say, a learning rate. We look at the **test**
# images once, at the end.

# %% [markdown]
# One check costs nothing. A network that knows nothing should give each of two classes the share 1/2. Its loss is then
# $-\log \frac{1}{2} = \log 2 = 0.69$; with ten classes, $\log 10 = 2.30$.

# %% predict="first_loss"
predict(
    "first_loss",
    "What is the loss of the untrained network?",
    ["lower than 0.69", "0.69", "higher than 0.69"],
)

# %% id="error-at-the-start"
validation = data.sample_letters(500, np.random.default_rng(11), **tricky)
fresh = build()
votes = fresh.forward(validation[0].astype(np.float32))
first_loss = reference.cross_entropy(votes, validation[1])
print("weights:", sum(array.size for array in fresh.parameters().values()))
print(f"right before training: {reference.accuracy(fresh, *validation):.0%}")
print(f"loss: {first_loss:.2f}; log 2 = {np.log(2):.2f}")
where = int(np.digitize(first_loss, [0.64, 0.74]))
came_out("first_loss", ["lower than 0.69", "0.69", "higher than 0.69"][where])
print(f"votes a hundredth as large: {reference.cross_entropy(votes / 100, validation[1]):.2f}")

# %% [markdown]
# <details><summary>What it shows</summary>
#
# Higher: the random votes lie far apart, so the network is often sure, and wrong half the time. With tiny
# votes it is log 2. If yours starts at 20, make the first weights smaller.
#
# </details>

# %% [markdown]
# ## A few images point the way
#
# The gradient of all 3,000 images is a lot of work for *one* step. Do a few images point the same way? The **cosine** of two
# directions is 1 if they are the same, 0 if they have nothing in common, negative if they disagree. **Predict** it
# for 1 to 128 images against all, before training and after ten **epochs** (passes through all images).


# %% id="few-point-the-same-way" tags=["nbval-ignore-output"]
def direction(network, images, labels):  # all gradients in one row of length 1, so that @ is the cosine
    votes = network.forward(images.astype(np.float32))
    network.backward(reference.cross_entropy_backward(1.0, votes, labels))
    row = np.concatenate([gradient.ravel() for gradient in network.gradients().values()])
    return row / np.linalg.norm(row)


for epochs in (0, 10):
    learner, pieces = build(), [slice(start, start + 128) for start in range(0, 2560, 128)]
    reference.fit(learner, images, labels, np.random.default_rng(16), epochs, 32, 0.01)
    everything = direction(learner, images, labels)
    for size in (1, 8, 32, 128):
        some = [direction(learner, images[p][:size], labels[p][:size]) @ everything for p in pieces]
        print(f"after {epochs:2} epochs, {size:3} images: cosine {np.mean(some):4.1f}")

# %% [markdown]
# <details><summary>What it shows</summary>
#
# At the start, 32 images point almost exactly where all 3,000 do, for a hundredth of the work. After ten epochs, 32
# agree roughly; 8 no longer do.
#
# </details>
#
# So step after each small **batch**, and shuffle the images before each epoch: **stochastic gradient descent**, or SGD.

# %% [markdown]
# An array of positions picks entries in that order, and a slice may reach past the end:
#
# ```python
# >>> letters, order = np.array(["a", "b", "c"]), np.array([2, 0, 1])
# >>> letters[order[0:2]], letters[order[2:4]]
# (array(['c', 'a'], dtype='<U1'), array(['b'], dtype='<U1'))
# >>> list(range(0, 3, 2))
# [0, 2]
# ```
#
# The last batch may be smaller; keep it. Pick images and labels by the same positions.


# %% exercise="minibatches"
def minibatches(images, labels, order, size):
    """The images and their labels in small batches, in the given order; the last batch may be smaller.

    Parameters
    ----------
    images : ndarray of shape (N, ...)
    labels : ndarray of shape (N,)
    order : ndarray of int, of shape (N,)
        Positions: `order[0]` is the image that comes first.
    size : int
        Images in a batch.

    Returns
    -------
    list of (ndarray, ndarray)
        Pairs of images and their labels.

    Examples
    --------
    >>> batches = minibatches(np.array([[1], [2], [3]]), np.array([0, 1, 0]), np.array([2, 0, 1]), 2)
    >>> [(some.tolist(), names.tolist()) for some, names in batches]
    [([[3], [1]], [0, 0]), ([[2]], [1])]
    """
    ### BEGIN SOLUTION
    batches = []
    for start in range(0, len(order), size):
        positions = order[start : start + size]
        batches.append((images[positions], labels[positions]))
    return batches
    ### END SOLUTION


# %% test="minibatches" points=3
check("minibatches", minibatches)

# %% [markdown]
# ### Break it
#
# `suspects.minibatches` looks right. Find a small input on which it is wrong.


# %% exercise="break_minibatches"
def break_minibatches():
    """An input on which `suspects.minibatches` is wrong, as small as you can find one.

    Returns
    -------
    tuple of (images, labels, order, size)
        Arguments that the docstring of `minibatches` allows.
    """
    ### BEGIN SOLUTION
    return np.array([5.0]), np.array([0]), np.array([0]), 1
    ### END SOLUTION


# %% test="break_minibatches" points=1
check("break_minibatches", break_minibatches)

# %% [markdown]
# ## Keep rolling
#
# Picture a narrow valley, with the error $(x^2 + 25 y^2) / 2$: steep walls, and a floor that falls gently. Lesson 10's step
# jumps from wall to wall, and creeps along the floor. A ball rolls on. What must a step remember?
#
# Its **velocity** $v$. Keep a share $m$ of it, the **momentum**, and add the new gradient:
#
# $$
# v \leftarrow m \, v + g \qquad w \leftarrow w - \eta \, v
# $$

# %% [markdown]
# By hand: $w = 1$, $g = 4$, $v = 2$, $m = 0.5$, $\eta = 0.1$. Then $v = 0.5 \cdot 2 + 4 = 5$ and $w = 1 - 0.1 \cdot 5 = 0.5$.


# %% exercise="sgd_step"
def sgd_step(weights, gradient, velocity, learning_rate=0.01, momentum=0.9):
    """The weights after one step that keeps some of its last velocity, and the new velocity.

    Parameters
    ----------
    weights, gradient, velocity : ndarray of any one shape
    learning_rate, momentum : float

    Returns
    -------
    weights, velocity : ndarray of the same shape
        New arrays; the given ones stay as they are.

    Examples
    --------
    >>> sgd_step(np.array([1.0]), np.array([4.0]), np.array([2.0]), 0.1, 0.5)
    (array([0.5]), array([5.]))
    """
    ### BEGIN SOLUTION
    velocity = momentum * velocity + gradient
    return weights - learning_rate * velocity, velocity
    ### END SOLUTION


# %% test="sgd_step" points=2
check("sgd_step", sgd_step)

# %% id="narrow-valley"
my_sgd_step, steepness, routes = yours("sgd_step", sgd_step), np.array([1.0, 25.0]), {}
for momentum in (0.0, 0.5, 0.9):
    route, velocity = [np.array([10.0, 1.0])], np.zeros(2)
    for _ in range(30):
        place, velocity = my_sgd_step(route[-1], steepness * route[-1], velocity, 0.07, momentum)
        route.append(place)
    heights = ", ".join(f"{y:.2f}" for _, y in route[:4])
    print(f"momentum {momentum}: y {heights} ...; error {np.sum(steepness * place**2) / 2:.4f}")
    routes[f"momentum {momentum}"] = route
two = {name: routes[name] for name in ("momentum 0.0", "momentum 0.5")}
show.descent(lambda x, y: (x**2 + 25 * y**2) / 2, two, "x, along the floor", "y, up the walls")

# %% [markdown]
# Follow the dots from the ring. With a momentum of 0.5, the jumps cancel, and the steps along the floor add up. More is not
# always better: with 0.9, the ball swings past the bottom.

# %% [markdown] break="20"
# > **A good place to stop.** Next, batches and steps become a training loop.

# %% [markdown]
# ## One pass
#
# The parameters are a dict of named arrays; so are the gradients. The tools:
#
# ```python
# >>> parameters = {"weight": np.ones(2), "bias": np.ones(1)}
# >>> zeros = {name: np.zeros(array.shape) for name, array in parameters.items()}
# >>> copy = dict(parameters)
# >>> copy["bias"] = copy["bias"] - 0.5
# >>> parameters["bias"], copy["bias"]
# (array([1.]), array([0.5]))
# ```
#
# In words: copy the parameters, and make the velocities once. Then, for each batch, ask for the loss and gradients, keep the
# loss, and let *every* parameter take its step with its own gradient and velocity.


# %% exercise="train"
def train(parameters, loss_and_gradients, batches, learning_rate=0.01, momentum=0.9):
    """The parameters after one step for each batch, and the loss of each batch before its step.

    Parameters
    ----------
    parameters : dict of str -> ndarray
        Stays as it is.
    loss_and_gradients : callable
        `loss_and_gradients(parameters, images, labels)` returns the loss and a dict of gradients, under the
        names of the parameters.
    batches : list of (ndarray, ndarray)
    learning_rate, momentum : float
        For each step: call your `sgd_step`, or write its two lines out here.

    Returns
    -------
    parameters : dict of str -> ndarray
    losses : list of float
        One for each batch.

    Examples
    --------
    The loss is w² / 2, so the gradient is w: 4 - 0.5 · 4 = 2, then 2 - 0.5 · 2 = 1.

    >>> def half_square(parameters, images, labels):
    ...     return float(parameters["w"] ** 2 / 2), {"w": parameters["w"]}
    >>> after, losses = train({"w": np.array(4.0)}, half_square, [(None, None), (None, None)], 0.5, 0.0)
    >>> print(after["w"], losses)
    1.0 [8.0, 2.0]
    """
    ### BEGIN SOLUTION
    parameters, losses = dict(parameters), []
    velocities = {name: np.zeros(parameters[name].shape) for name in parameters}
    for images, labels in batches:
        loss, gradients = loss_and_gradients(parameters, images, labels)
        losses.append(loss)
        for name in parameters:
            parameters[name], velocities[name] = sgd_step(
                parameters[name], gradients[name], velocities[name], learning_rate, momentum
            )
    return parameters, losses
    ### END SOLUTION


# %% test="train" points=4
check("train", train)

# %% [markdown]
# ### Is it broken?
#
# Can it learn 16 images by heart? If not, there is a mistake somewhere.

# %% predict="labels_left_behind"
predict(
    "labels_left_behind",
    "Then shuffle the images, but not their labels. What is the loss after three epochs?",
    float,
    within=0.1,
)

# %% id="two-checks"
my_minibatches, my_train = yours("minibatches", minibatches), yours("train", train)
sixteen = my_minibatches(images[:16], labels[:16], np.arange(16), 16)
_, losses = my_train(build().parameters(), build().loss_and_gradients, sixteen * 50, 0.03, 0.9)
print(f"one batch, 50 times: loss {losses[0]:.2f} -> {losses[-1]:.3f}")
order = np.random.default_rng(13).permutation(600)
batches = my_minibatches(images[:600], labels[:600], order, 32)
muddled = my_minibatches(images[:600][order], labels[:600], np.arange(600), 32)
for name, some in {"shuffled together": batches, "labels left behind": muddled}.items():
    _, losses = my_train(build().parameters(), build().loss_and_gradients, some * 3, 0.03, 0.9)
    print(f"{name}: loss of the last ten batches {np.mean(losses[-10:]):.2f}")
came_out("labels_left_behind", round(float(np.mean(losses[-10:])), 2))

# %% [markdown]
# <details><summary>What it shows</summary>
#
# Without its labels, it does no better than guess. There is no error message: **it fails quietly.**
#
# </details>
#
# ### Too small, right, too large
#
# Which learning rate: 0.0001, 0.03, 1 or 3?

# %% id="learning-rates" tags=["nbval-ignore-output"]
curves = {}
for name, rate in {"too small": 0.0001, "right": 0.03, "too large": 1, "it blows up": 3}.items():
    learners = [build(seed=seed) for seed in range(3)]
    runs = [my_train(net.parameters(), net.loss_and_gradients, batches, rate, 0.9)[1] for net in learners]
    curves[f"{name}: {rate}"] = np.where(np.array(runs) < 1e6, runs, np.nan)
x, title = np.arange(1, len(batches) + 1), "one epoch, three starts for each rate (thick: mean)"
show.curves(x, curves, title, "batch", "loss", logarithmic=True, limits=(1e-2, 1e6))

# %% [markdown]
# <details><summary>What it shows</summary>
#
# With 0.0001 hardly anything happens; 0.03 takes the loss to about 0.1. With 1 it leaps above 30, and ends about where a coin
# would. With 3 it passes a million.
#
# </details>

# %% [markdown]
# ## A step for every weight
#
# Some weights have steep slopes, others flat ones; no single rate suits both. **Adam** keeps two running averages for each
# weight, of its gradient and of the gradient's square. A share $\beta$ (*beta*) of the old value stays:
#
# $$
# a \leftarrow \beta_1 a + (1 - \beta_1) \, g \qquad s \leftarrow \beta_2 s + (1 - \beta_2) \, g^2
# $$
#
# Both begin at 0, so at step $t$ they have only a share $1 - \beta^t$ of their full size. Divide by it (shown by
# a hat), then step:
#
# $$
# \hat a = \frac{a}{1 - \beta_1^t} \qquad \hat s = \frac{s}{1 - \beta_2^t} \qquad w \leftarrow w - \eta \, \frac{\hat a}{\sqrt{\hat s} + \epsilon}
# $$

# %% [markdown]
# By hand, the first step, $g = 5$, $\beta_1 = 0.9$, $\beta_2 = 0.999$: $a = 0.1 \cdot 5 = 0.5$ and $s = 0.001 \cdot 25 = 0.025$. Corrected:
# $\hat a = 0.5 / 0.1 = 5$ and $\hat s = 0.025 / 0.001 = 25$. The quotient is $5 / \sqrt{25} = 1$, so the weight moves by $\eta$,
# however steep its slope. ($\epsilon$ prevents a division by 0.) In code: update both averages, correct both *under new names*,
# step.


# %% exercise="adam_step"
def adam_step(
    weights, gradient, mean, square, step, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    """The weights after one step of Adam, and the new running averages.

    Parameters
    ----------
    weights, gradient, mean, square : ndarray of any one shape
        The running averages of the gradient and of its square begin at 0.
    step : int
        1 for the first step.
    learning_rate, beta1, beta2, epsilon : float

    Returns
    -------
    weights, mean, square : ndarray of the same shape
        The averages as they are kept for the next step, not divided.

    Examples
    --------
    >>> weight, gradient, zero = np.array([1.0]), np.array([5.0]), np.zeros(1)
    >>> weights, mean, square = adam_step(weight, gradient, zero, zero, 1, 0.1, 0.9, 0.999, 1e-8)
    >>> print(weights.round(6), mean.round(6), square.round(6))
    [0.9] [0.5] [0.025]
    """
    ### BEGIN SOLUTION
    mean = beta1 * mean + (1 - beta1) * gradient
    square = beta2 * square + (1 - beta2) * gradient**2
    direction = mean / (1 - beta1**step)
    size = np.sqrt(square / (1 - beta2**step))
    return weights - learning_rate * direction / (size + epsilon), mean, square
    ### END SOLUTION


# %% test="adam_step" points=3
check("adam_step", adam_step)

# %% [markdown]
# ## Train your network
#
# Watch Adam train: the thin line is each batch's loss, the thick one its mean over an epoch. **Stop**, if there is one, ends
# training and loses nothing.

# %% id="live-training" tags=["nbval-ignore-output"]
my_adam_step = yours("adam_step", adam_step)
mine = progress.own_functions(minibatches=my_minibatches, sgd_step=my_sgd_step, adam_step=my_adam_step)
network = build(mine.functions)
rng, settings = np.random.default_rng(16), {"epochs": 10, "learning_rate": 0.01, "seconds": (15, 60)}
live = show.widgets.LiveTraining(network, images, labels, rng, validation=validation, **settings)
losses = live.run()
trained = network.parameters()["0.weight"][:, 0]
print(len(mine.own), "functions of yours at work")

# %% [markdown]
# Play it back, on 2,000 unseen letters. How many batches before nine in ten are right, and what
# does it say until then? Why did the dashed line begin *below* the solid one?

# %% id="training-film" tags=["nbval-ignore-output"]
held_out = data.sample_letters(2000, np.random.default_rng(15), **tricky)
live.film(*held_out, names=data.LETTERS)

# %% [markdown]
# <details><summary>What you find</summary>
#
# With all 3,000 letters: at first nearly everything is an O, after batch 2 an X, after batch 8 an O again. After batch 16 nine
# in ten are right. At any one moment the two losses are nearly equal; the solid line was a mean over the epoch.
#
# </details>

# %% [markdown]
# Now the test, once: 5,000 fresh letters.

# %% predict="hardest_case"
predict(
    "hardest_case",
    "Which case causes the most mistakes?",
    ["shift", "scale", "rotation", "weight", "all four"],
)

# %% id="the-test" tags=["nbval-ignore-output"]
quick, mistakes = build(), {}  # your weights in the course's fast functions: the same votes, sooner
quick.set_parameters(network.parameters())
for name, case in {**{name: {name: setting} for name, setting in tricky.items()}, "all four": tricky}.items():
    test_images, test_labels = data.sample_letters(5000, np.random.default_rng(12), **case)
    said = reference.predict(quick.forward(test_images.astype(np.float32)))
    wrong = np.flatnonzero(said != test_labels)
    mistakes[name] = len(wrong)
    print(f"{name:9} {len(wrong):4} of 5,000 wrong, {1 - len(wrong) / 5000:.2%} right")
came_out("hardest_case", max(mistakes, key=mistakes.get))
shown = wrong[:6] if len(wrong) else [0]
titles = [f"{data.LETTERS[test_labels[i]]} read as {data.LETTERS[said[i]]}" for i in shown]
show.pictures(test_images[shown, 0], titles, values=False)

# %% [markdown]
# <details><summary>What it shows</summary>
#
# Alone, hardly any case does harm; together they do a little. (With only 600 letters to learn from, about 99 % are right.)
#
# </details>

# %% [markdown]
# ## What is it worth?
#
# Did it need a *convolutional* network? Three rivals get the 81 pixels as one row: logistic regression is one linear layer; an
# MLP is two, with ReLU between; an SVC compares with training letters. All learn from **centred** letters. Then the test
# letters move right. Feature maps move with them. Is your plan safe?

# %% id="centred-and-shifted" tags=["nbval-ignore-output"]
centred, unseen = (data.sample_letters(n, np.random.default_rng(n), **still) for n in (3000, 1000))
moved = [np.pad(unseen[0], ((0, 0), (0, 0), (0, 0), (n, 0)), constant_values=-1)[..., :9] for n in range(4)]
mlp, flat = MLPClassifier((64,), max_iter=300, tol=1e-3, random_state=0), reference.flatten
print("moved by               0 px   1 px   2 px   3 px")
for rival in (LogisticRegression(max_iter=2000), mlp, SVC()):
    rival.fit(flat(centred[0]), centred[1])
    print(f"{type(rival).__name__:20}", *(f"{rival.score(flat(some), unseen[1]):6.0%}" for some in moved))
for name, layers in {"your plan": plan, "without POOL": plan.replace("POOL -> ", "")}.items():
    learner = reference.build_network(layers, (1, 9, 9), np.random.default_rng(1), **sizes)
    reference.fit(learner, *centred, np.random.default_rng(1), learning_rate=0.01)
    print(f"{name:20}", *(f"{reference.accuracy(learner, some, unseen[1]):6.0%}" for some in moved))

# %% [markdown]
# <details><summary>What it shows</summary>
#
# At 1 pixel, pooling helps (over five starts 97 % with it, 93 % without), but logistic regression is as good. At 2 **all of
# them fail**. Where training showed no stroke, the linear layer's weights have learned nothing.
#
# </details>

# %% [markdown]
# ## Draw your own
#
# Draw an X, then an O, as untidily as you like. *Your* network answers.

# %% id="draw-your-own" tags=["nbval-ignore-output"]
show.widgets.DrawAndSee(
    network, labels=("X", "O"), size=9, examples=test_images[:20], answers=test_labels[:20], image=data.X
)

# %% [markdown]
# ### Reflect
#
# Ten times you train, look at the test, and change the learning rate; you report the best. What is wrong with that number?
# What would you do instead?

# %% [markdown] answer="why_three_sets" points=2
# The test images have helped to choose, so they are no longer unseen: the best of ten is partly luck with these very images, and
# it will do less well on new ones. Choose by the validation images, and look at the test images once, after the last choice.

# %% [markdown]
# ## In this lesson we
#
# - **fed** shuffled batches to a network of our own functions,
# - **stepped** with momentum, $v \leftarrow m v + g$, $w \leftarrow w - \eta v$, and with Adam,
#   $w \leftarrow w - \eta \, \hat a / (\sqrt{\hat s} + \epsilon)$,
# - **checked** it early: the loss at the start, one batch by heart, four learning rates,
# - **tested** it once, beside other methods.

# %% [markdown]
# | what | shape |
# |---|---|
# | a batch of images | (32, 1, 9, 9) |
# | convolved, ReLU | (32, 8, 7, 7) |
# | pooled | (32, 8, 3, 3) |
# | flattened | (32, 72) |
# | votes | (32, 2) |
#
# **Next:** letters that a formula draws are one thing. Will it read what people wrote by hand?
#
# **Sources.** Brandon Rohrer, *How convolutional neural networks work* · Stanford CS231n, *Learning and
# evaluation* (first checks, learning rates, momentum) · Diederik Kingma, Jimmy Ba 2015, *Adam: a method for stochastic optimization*.
