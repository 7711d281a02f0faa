# %% [markdown] id="title"
# # Turn the knobs
#
# Training finds the weights. But who says that there are eight filters, and that they are 5 pixels wide?
#
# ![cover]
#
# - **You will build** `best_setting`, which chooses, and `design_network`: a network of your own, on a budget.
# - **You will learn** what each knob does, and how to choose without fooling yourself.
# - **You need** lessons 08 and 13.

# %% cover="Three panels with dots, one for each training of a small network: accuracy over the number of filters, over their size, and over the pooling window. One filter is too few, filters of one pixel see nothing, and a pooling window of 1 is worse than one of 4. An orange ring marks the setting of a knob while others are turned."
show.knobs({name: results[name] for name in ("filters", "size", "window")}, standing=base)

# %%
import numpy as np
from tqdm.auto import tqdm

from helpers import check, data, hint, reference, show, yours

# %% [markdown]
# ## What nobody learns
#
# Here are the letters of this lesson: 16 x 16 pixels, moved by up to 3 pixels, of half to nearly full size, turned by up to 30
# degrees, thin or bold, and noisy. Look for the ones that you would get wrong yourself.

# %% id="letters"
LETTERS = {"size": 16, "shift": 3, "scale": (0.5, 0.9), "rotation": 30, "weight": (1, 2), "noise": 0.4}


def sample(count, seed):
    """Letters of one kind, in float32, and their labels (0 for X, 1 for O)."""
    images, labels = data.sample_letters(count, np.random.default_rng(seed), **LETTERS)
    return images.astype(np.float32), labels


training, validation = sample(400, 1), sample(500, 2)
some = [*np.flatnonzero(training[1] == 0)[:4], *np.flatnonzero(training[1] == 1)[:4]]
show.pictures(list(training[0][some, 0]), [*"XXXXOOOO"], "pixel", values=False)

# %% [markdown]
# The network: CONV, RELU, POOL, and votes. Five numbers are in its plan, and no training changes them. Such a number is a
# **hyperparameter**; think of a knob. How many parameters does the plan below have? One filter has 5 · 5 + 1 = 26.

# %% id="the-five-knobs"
base = {"filters": 8, "size": 5, "window": 4, "stride": 4, "neurons": 0}


def plan(filters, size, window, stride, neurons):
    """The layers with the knobs at these places; no neurons means no hidden layer."""
    layers = [reference.conv_layer(filters, kernel=size), reference.relu_layer()]
    layers += [reference.pool_layer(window, stride=stride)]
    if neurons:
        layers += [reference.fc_layer(neurons), reference.relu_layer()]
    return [*layers, reference.fc_layer(2)]


# %% id="shapes-and-parameters"
for name, shape, count in reference.parameter_table(plan(**base), (1, 16, 16)):
    print(f"{name:6}{shape!s:14}{count:5}")

# %% [markdown]
# 8 · 26 = 208 parameters in the filters, 2 · (72 + 1) = 146 in the votes, 354 in all.

# %% [markdown]
# How good is it? `reference.trial` starts with random weights, trains for ten epochs with Adam, and counts the right answers on
# the *validation* letters, which it has not trained with. We run it four times. Only the seed differs, and with it the first
# weights and the order of the letters. **Predict:** will the four results be the same?

# %% id="one-trial" tags=["nbval-ignore-output"]
for seed in range(4):
    print(f"seed {seed}: {reference.trial(plan(**base), training, validation, seed):.3f}")

# %% [markdown]
# They differ, though no knob was touched. So one run with 4 filters and one with 8 prove nothing: the difference may be luck.
# If you turn a knob, you must know the **spread** over the seeds.
#
# ## One knob at a time
#
# Now every knob is turned, while the other four stay put. Before you run, **predict** for each: is there a setting that spoils
# everything? (About 90 trainings: half a minute.)

# %% id="turn-one-knob"
done = {}


def turn_all(settings, seeds=range(4)):
    """By knob and setting: the validation accuracy of each seed."""
    results, pairs = {name: {} for name in settings}, [(n, s) for n in settings for s in settings[n]]
    for name, setting in tqdm(pairs, leave=False):
        layers = plan(**base | {name: setting})
        if (key := str(layers)) not in done:
            done[key] = [reference.trial(layers, training, validation, seed) for seed in seeds]
        results[name][setting] = done[key]
    return results


# %% id="all-knobs" tags=["nbval-ignore-output"]
settings = {
    "filters": [1, 2, 4, 8, 16],
    "size": [1, 3, 5, 7, 11],
    "window": [1, 2, 4, 8, 12],
    "stride": [1, 2, 4, 8],
    "neurons": [0, 1, 2, 8, 32],
}
results = turn_all(settings)
show.knobs(results, standing=base)

# %% [markdown]
# Look at the dots first, then at the line through their means. The ring marks where a knob stays while others are turned.

# %% [markdown]
# - **filters**: one is too few; from four on, more bring little.
# - **size**: a filter of one pixel sees no stroke at all. From 3 on all do well.
# - **window**: 1 means *no* maximum, only every fourth value. A larger window is better, even 12, the whole map!
# - **stride**: hardly matters here, but for the parameters.
# - **neurons**: none at all will do. With one or two, some runs learn *nothing*: 0.5 is guessing.
#
# What is it with the neurons?

# %% [markdown] id="narrow-door"
# Everything must pass the hidden layer. If its ReLU happens to be 0 for every letter, no gradient comes back, and it stays so:
# lesson 06's dead unit. With 8 or 32 neurons some are always alive. So this is a matter of luck, and one single run could have told
# you either story.

# %% [markdown]
# ## A window that destroys
#
# CS231n warns of large pooling windows: *too destructive*. Ours was as large as the map, and harmless. Because an X has the same
# strokes wherever they are, it is enough to know that they *were* somewhere.
#
# But put the POOL *before* the CONV. **Predict** what windows of 2 and of 4 do then. Think of a thin stroke, and noise.

# %% id="destructive-window" tags=["nbval-ignore-output"]
conv, relu, votes = reference.conv_layer(8, kernel=3), reference.relu_layer(), reference.fc_layer(2)
orders = {
    "CONV, then POOL 4": [conv, relu, reference.pool_layer(4), votes],
    "POOL 2, then CONV": [reference.pool_layer(2), conv, relu, votes],
    "POOL 4, then CONV": [reference.pool_layer(4), conv, relu, votes],
}
runs = {
    name: [reference.trial(layers, training, validation, seed) for seed in range(4)]
    for name, layers in orders.items()
}
show.spread(runs, "accuracy on the validation letters", limits=(0.5, 1))

# %% id="what-is-left"
letter = training[0][:1]
pooled = [letter, reference.max_pool2d(letter, 2), reference.max_pool2d(letter, 4)]
show.pictures([image[0, 0] for image in pooled], ["letter", "window 2", "window 4"], "pixel", values=False)

# %% [markdown]
# After windows of 4 there is nothing to see for anyone: strokes and bright noise are all *some large pixel*. After a CONV the
# same window keeps the best *match*. What a knob does depends on the other settings; so no rule of thumb replaces measuring.

# %% [markdown]
# ## Choose
#
# You turned, say, the filters. Three settings look alike. Which one do you take?
#
# By hand: 8 filters got 0.8 and 1.0, their mean is 0.9; 4 filters got 0.8 and 0.8. How sure is that mean? The deviations are
# 0.1 each; with $n$ runs

# %% [markdown]
# $$
# s = \sqrt{\frac{0.1^2 + 0.1^2}{2 - 1}} = 0.141 \qquad \frac{s}{\sqrt{n}} = \frac{0.141}{\sqrt{2}} = 0.1
# $$
#
# In words: the spread of the runs, divided by the square root of the number of runs (not of settings). This is the **standard error**
# of the mean. With 4 filters the mean is 0.8, and $0.8 \ge 0.9 - 0.1$. That difference is not worth paying for: take 4.

# %% [markdown]
# The rule: *the cheapest setting whose mean is at least the best mean less one standard error of the best.*


# %% exercise="best_setting"
def best_setting(accuracies):
    """The first setting whose mean accuracy is as good as the best, give or take one standard error.

    Parameters
    ----------
    accuracies : ndarray of shape (settings, runs)
        A row for each setting of a knob, the cheapest first; a column for each run, at least two.

    Returns
    -------
    int
        The row's index.

    Examples
    --------
    The last row has the best mean, 0.9. Its two runs have the standard deviation 0.141, divided by the root
    of 2 runs (not of 3 settings) that is 0.1; so 0.8 is as good, and cheaper. `values.std(ddof=1)` divides by
    n - 1; `np.argmax` of True and False is the place of the first True.

    >>> best_setting(np.array([[0.5, 0.7], [0.8, 0.8], [0.8, 1.0]]))
    1
    """
    ### BEGIN SOLUTION
    means = accuracies.mean(axis=1)
    best = means.argmax()
    error = accuracies[best].std(ddof=1) / np.sqrt(accuracies.shape[1])
    return int(np.argmax(means >= means[best] - error))
    ### END SOLUTION


# %% test="best_setting" points=3
check("best_setting", best_setting)

# %% id="choose-each-knob" tags=["nbval-ignore-output"]
my_best_setting = yours("best_setting", best_setting)
for name in ("filters", "stride"):
    cheapest_first = settings[name] if name == "filters" else settings[name][::-1]
    accuracies = np.array([results[name][setting] for setting in cheapest_first])
    shown = [f"{np.mean(row):.3f}" for row in accuracies]
    print(
        f"{name} {cheapest_first}: means {', '.join(shown)}; take {cheapest_first[my_best_setting(accuracies)]}"
    )

# %% [markdown]
# (The longest stride is the cheapest: fewer values are left to vote.) A standard error from four runs is itself a rough number.
# Where much depends on it, run more seeds.

# %% [markdown]
# ## The letters that nobody has seen
#
# We chose by the validation letters. May we now report the accuracy that we saw there?
#
# Try it with a choice that is nothing but luck: one plan, with 2 filters, and 30 seeds. Take the seed that is best on 50 validation
# letters. Then count again on 1,000 **test** letters, which took no part in the choice. **Predict:** higher, lower, the same?

# %% id="winners-curse" tags=["nbval-ignore-output"]
few, test = (validation[0][:50], validation[1][:50]), sample(1000, 3)
small, scores = plan(**base | {"filters": 2}), []
for seed in tqdm(range(30), leave=False):
    rng = np.random.default_rng(seed)
    network = reference.build_network(small, (1, 16, 16), rng, dtype=np.float32)
    reference.fit(network, *training, rng, epochs=4, learning_rate=0.01)
    scores.append([reference.accuracy(network, *few), reference.accuracy(network, *test)])
scores = np.array(scores)
winner = scores[:, 0].argmax()
print(f"all 30: validation {scores[:, 0].mean():.3f}, test {scores[:, 1].mean():.3f}")
print(f"the best by validation: validation {scores[winner, 0]:.3f}, test {scores[winner, 1]:.3f}")

# %% [markdown]
# Over all 30 the two agree. But the *winner* falls back on the test letters: it was chosen for being good on just those 50, and part
# of that was luck. The more you try, the luckier the winner.
#
# So: training letters for the weights, validation letters for the knobs, and test letters **once**, at the very end. If you turn
# a knob because of the test, it becomes one more validation set, and no honest number is left.

# %% [markdown]
# ### Reflect
#
# Somebody tries 200 settings, takes the best by the test letters, and reports its accuracy on them. What is wrong with the number,
# and how would you get a right one?

# %% [markdown] answer="why_test_last" points=1
# Every choice that looks at a set of images fits that set a little, knobs as well as weights. The accuracy of the chosen
# network on the images by which it was chosen is therefore too high, the more so the more settings were tried. Only images that
# took no part in any choice tell what to expect of new ones. So choose by validation images, and count on new test images, once.

# %% [markdown]
# ## On a budget
#
# Your turn, with all knobs. Somebody wants a network for these letters on a small chip: **at most 600 parameters, at least 94 %**
# of new letters right.
#
# What can a network without CONV do with so few? Guess; then count what a hidden layer of 10 neurons on 256 pixels costs.

# %%
more = sample(600, 4)


def try_once(layers, letters=validation, seed=0):
    return reference.trial(layers, more, letters, seed)


# %% id="report"
def report(layers, letters=validation):
    """Parameters, and the mean accuracy of three seeds."""
    count = sum(row[2] for row in reference.parameter_table(layers, (1, 16, 16)))
    mean = np.mean([try_once(layers, letters, seed) for seed in range(3)])
    return f"{count:6,} parameters, {mean:.3f}"


# %% id="dense-on-a-budget" tags=["nbval-ignore-output"]
hidden, halve = reference.fc_layer(8), reference.pool_layer(2)
print("votes on pixels:     ", report([votes]))
print("POOL 2, 8 neurons:   ", report([halve, hidden, relu, votes]))
print("10 neurons on pixels:", report([reference.fc_layer(10), relu, votes]))

# %% [markdown]
# Votes on pixels need 514 parameters and are far off. Shrinking the letters first does well for an FC network, but not well enough.

# %% [markdown]
# Now design. Play with the knobs first: parameters and shapes follow at once, *train* runs one trial. Then write down what you
# want as a list of layers: `reference.conv_layer`, `pool_layer`, `relu_layer`, `fc_layer`. There are many right answers,
# but the plan of this lesson, 8 filters of 5 and windows of 4, is not one: a design of your own is asked for.

# %% id="knob-board" tags=["nbval-ignore-output"]
show.widgets.KnobBoard(plan, base, (1, 16, 16), lambda layers, seed: try_once(layers, seed=seed))


# %% exercise="design_network"
def design_network(input_shape, classes):
    """The layers of a network with at most 600 parameters that gets at least 94 % of the letters right.

    A design of your own is asked for: the lesson's plan (8 filters of 5, window 4) does not count.

    Parameters
    ----------
    input_shape : tuple of int
        (depth, height, width) of one image: (1, 16, 16) for the letters. The layers must fit larger
        images too.
    classes : int
        How many votes there must be at the end: 2 for the letters.

    Returns
    -------
    list of dict
        Descriptions of layers.

    Examples
    --------
    >>> design_network((1, 16, 16), 2)[-1]
    {'layer': 'FC', 'units': 2}
    """
    ### BEGIN SOLUTION
    stack = "INPUT -> CONV -> RELU -> POOL -> FC"
    return reference.describe_layers(stack, filters=6, units=classes, kernel=5, window=6)
    ### END SOLUTION


# %% [markdown]
# The check counts first. Then it trains your network three times, always with the same 600 letters and seeds, and takes the middle
# result on 1,000 letters that you have not seen. If it refuses, it says which knob. Don't turn knobs by the check: `report(design_network((1, 16, 16), 2))`
# has the validation letters for that.

# %% test="design_network" points=5
check("design_network", design_network)

# %% id="designs-compared" tags=["nbval-ignore-output"]
mine = yours("design_network", design_network)((1, 16, 16), 2)
conv5, small3 = reference.conv_layer(6, kernel=5), reference.conv_layer(5, kernel=3)
designs = {
    "yours": mine,
    "one value per filter": [conv5, relu, reference.pool_layer(12), votes],
    "two small layers": [small3, relu, conv, relu, reference.pool_layer(4), votes],
    "stride, no POOL": [reference.conv_layer(6, kernel=5, stride=2), relu, votes],
    "stride, no RELU": [reference.conv_layer(6, kernel=5, stride=2), votes],
    "POOL, no RELU": [conv5, reference.pool_layer(4), votes],
}
for name, layers in designs.items():
    print(f"{name:22}{report(layers, test)}")

# %% [markdown]
# Quite different networks do it, and now the test letters may speak, because we choose no more. Without ReLU the strided one falls to the level of plain votes (lesson 06: two layers
# collapse into one); with POOL it does not, for a maximum bends too.
#
# ### Reflect
#
# One network has 170 parameters, another 564, and both are above 98 %. Which knob would you turn to save even more, and what would you
# measure before you believe the result?

# %% [markdown] answer="save_more" points=1
# The one with 170 has 156 of them in its six filters: fewer filters, or smaller ones (3 x 3 have 10 parameters instead of 26). Then
# several seeds for each setting, on validation letters, all else as it was; take the cheapest whose mean is within a standard
# error of the best; and only then the test letters, once.

# %% [markdown]
# ## In this lesson we
#
# - **turned** five knobs one at a time, and looked at the spread over seeds before we believed a difference,
# - **chose** by one standard error, $s / \sqrt{n}$: the cheapest setting that is as good as the best,
# - **kept** the test letters for the end, because the winner of a choice is also the luckiest,
# - **designed** a network under a budget, and found several that pass.

# %% [markdown]
# | what | here |
# |---|---|
# | images | (N, 1, 16, 16) |
# | after CONV, 8 filters of 5 | (N, 8, 12, 12) |
# | after POOL, window 4 | (N, 8, 3, 3) |
# | votes | (N, 2) |
# | accuracies of a knob | (settings, runs) |
#
# **Next:** everything so far was pictures. What else has neighbours?
#
# **Sources.** Stanford CS231n, *Convolutional networks* (layer sizes; large pooling windows) · Breiman, Friedman, Olshen, Stone
# 1984, *Classification and Regression Trees* (one standard error) · Springenberg et al. 2014 (stride instead of pooling).
