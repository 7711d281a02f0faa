# %% [markdown]
# # Send the gradient back
#
# Upper row, forward: an X on its way to an error. Lower row, backward: for every number above, how the error would change
# with it. One run forward and one back, and no nudging. How?
#
# ![cover]
#
# - **You will build** the backward pass of every layer, and a check that finds a wrong one.
# - **You will learn** the chain rule, and why a falling error proves nothing.
# - **You need** lessons 03 to 10.

# %% cover="Upper row, forward: a slightly noisy X; the feature map of its falling diagonal; the same after ReLU, without negative values; the pooled map, 4 x 4. Lower row, backward: for each of the four, an array of the same shape with the gradient of the error, blue where the error rises with the value and vermillion where it falls."
image = data.draw_letter("X", noise=0.2, rng=np.random.default_rng(2))
filters = {name: feature / 9 for name, feature in data.features.items()}
votes = np.random.default_rng(9).normal(0, 0.3, (2, 48))
flow = show.widgets.BackwardFlow(image, 0, filters, votes)
stages = ["image", "feature map", "after ReLU", "pooled"]
show.pictures(
    [np.array(flow.values[stage]) for stage in stages]
    + [np.array(flow.gradients[stage]) for stage in stages],
    ["X", *stages[1:], *["its gradient"] * 4],
    ["pixel"] + ["signed"] * 7,
    values=False,
    limit=[None, 1, 1, 1, 0.15, 0.3, 0.3, 0.3],
)

# %%
from functools import partial
from time import perf_counter

import numpy as np

from helpers import check, data, hint, reference, show, yours

rng = np.random.default_rng(9)

# %% [markdown]
# ## All weights at once?
#
# Lesson 10 needed two runs for every weight, 124,012 for one step of lesson 08's network. Can one run tell as much?
#
# Take a chain so short that you can see all of it. An input $x = 2$ is multiplied by a weight $w$, then comes ReLU, then a vote of
# weight $v = 3$. The vote should have been 1; the error $e$ is the squared distance. If $w$ rises by 0.001, how much does
# $e$ change?

# %% id="chain-forward"
x, w, v = 2.0, 0.5, 3.0
a = w * x
r = max(a, 0.0)
z = v * r
e = (z - 1) ** 2
steps, values = ["· x", "ReLU", "· v", "(z − 1)²"], {"w": w, "a": a, "r": r, "z": z, "e": e}
show.chain(steps, values)

# %% [markdown]
# Ask each step one thing only: when what goes in rises a little, how many times as much does what comes out rise? This is
# its **local slope**. Times $x$: 2. ReLU: 1, because $a$ is positive. Times $v$: 3. And $(z - 1)^2$ has the slope
# $2 (z - 1) = 2 \cdot 2 = 4$.
#
# Multiply, from right to left: 4, then 4 · 3 = 12, then 12 · 1 = 12, then 12 · 2 = 24. This is the **chain rule**:
#
# $$
# \frac{de}{dw} = \frac{de}{dz} \cdot \frac{dz}{dr} \cdot \frac{dr}{da} \cdot \frac{da}{dw} = 4 \cdot 3 \cdot 1 \cdot 2
# $$
#
# Is it true?

# %% id="chain-backward"
grad_z = 2 * (z - 1)
grad_r = grad_z * v
grad_a = grad_r * (a > 0)
grad_w = grad_a * x
nudged = (v * max((w + 0.001) * x, 0.0) - 1) ** 2
print(f"predicted: {grad_w:.0f} * 0.001 = {grad_w * 0.001:.6f}    nudged: {nudged - e:.6f}")
show.chain(steps, values, [grad_w, grad_a, grad_r, grad_z, 1], slopes=[x, 1, v, 2 * (z - 1)])

# %% [markdown]
# Every step takes the **upstream gradient** (`grad_output`) from its right, multiplies by its slope and hands on: this is
# **backpropagation**. The gradient of $v$ is one product away, 4 · $r$ = 4.

# %% [markdown]
# ## Trust, but nudge
#
# A wrong backward pass raises no error message, so compare it with nudging. How far is a gradient $g$ from the numerical
# one, $n$?
#
# $$
# \frac{\max \, |g - n|}{\max(\max |g|, \; \max |n|)}
# $$
#
# In words: the largest difference, as a share of the largest entry of either. By hand, (2, 3) against (2, 4): 1 / 4 = 0.25.


# %% exercise="gradient_check"
def gradient_check(function, gradient, weights, step=1e-5):
    """The largest difference between a gradient and the numerical one, as a share of the largest entry.

    Parameters
    ----------
    function : callable
        Takes an array of the shape of `weights`, returns one number.
    gradient : ndarray of the shape of `weights`
        What is to be checked.
    weights : ndarray of any shape
        Where the gradient was taken.
    step : float
        How far to nudge. `reference.numerical_gradient(function, weights, step)` does the nudging.

    Returns
    -------
    float
        0 if both gradients are zero throughout.

    Examples
    --------
    The gradient of the sum of squares is twice the weights, (2, 4):

    >>> gradient, weights = np.array([2.0, 3.0]), np.array([1.0, 2.0])
    >>> round(gradient_check(lambda weights: np.sum(weights**2), gradient, weights), 4)
    0.25
    """
    ### BEGIN SOLUTION
    numerical = reference.numerical_gradient(function, weights, step)
    largest = max(np.abs(gradient).max(), np.abs(numerical).max())
    if largest == 0:
        return 0.0
    return np.abs(gradient - numerical).max() / largest
    ### END SOLUTION


# %% test="gradient_check" points=2
check("gradient_check", gradient_check)

# %% id="chain-against-nudging"
my_gradient_check = yours("gradient_check", gradient_check)


def chain(weights):
    """The error of the chain with the weights (w, v)."""
    return (weights[1] * weights[0] * x - 1) ** 2


for claimed in ([24.0, 4.0], [12.0, 4.0]):
    difference = my_gradient_check(chain, np.array(claimed), np.array([w, v]))
    print(f"gradient {claimed}: {difference:.3f}")

# %% [markdown]
# The right gradient is the one that nudging finds; with one factor forgotten it is 0.500 off.

# %% [markdown]
# ## First stop: the error
#
# An X got shares of 0.25 for X and 0.75 for O. Which vote should rise, and which more strongly?
#
# Lesson 10's $\log \sum_k e^{z_k} - z_y$ has the slope $p_k$ in its first part, and −1 in its second, for the right class
# only. So: *share minus truth*, (0.25 − 1, 0.75) = (−0.75, 0.75). For $N$ images
#
# $$
# \frac{\partial L}{\partial z_{nk}} = \frac{p_{nk} - y_{nk}}{N}
# $$
#
# In words: the share, less 1 if the class is right, divided by $N$.


# %% exercise="cross_entropy_backward"
def cross_entropy_backward(grad_output, logits, labels):
    """The gradient of the cross-entropy error with respect to the logits.

    Parameters
    ----------
    grad_output : float
        The upstream gradient: 1.0 when the error is the last step.
    logits : ndarray of shape (N, classes)
        Votes; `reference.softmax(logits)` turns each row into shares.
    labels : ndarray of int, of shape (N,)
        The right class of each row.

    Returns
    -------
    ndarray of shape (N, classes)

    Examples
    --------
    Shares of 0.5 and 0.5, the second class is right:

    >>> cross_entropy_backward(1.0, np.array([[0.0, 0.0]]), np.array([1]))
    array([[ 0.5, -0.5]])
    """
    ### BEGIN SOLUTION
    grad_logits = reference.softmax(logits)
    grad_logits[np.arange(len(labels)), labels] -= 1
    return grad_output * grad_logits / len(labels)
    ### END SOLUTION


# %% test="cross_entropy_backward" points=2
check("cross_entropy_backward", cross_entropy_backward)

# %% [markdown]
# ## Second stop: the votes
#
# Values (1, 2) are multiplied by the weights (3, 4) and (5, 6), a row for each vote. From above comes (1, −1). Value 0 went to *both*
# votes, and where paths meet, gradients add: $1 \cdot 3 - 1 \cdot 5 = -2$. The weight 4 links value 1 to vote 0:
# $2 \cdot 1 = 2$. A bias has slope 1.
#
# $$
# G_x = G \, W \qquad G_W = G^{\mathsf{T}} x \qquad G_b = \sum_n G_n
# $$
#
# In words: inputs add over votes; weights and biases, which serve all images, over images. A gradient has the shape of what
# it belongs to.


# %% exercise="linear_backward"
def linear_backward(grad_output, x, weight, bias=None):
    """The gradients of the linear layer with respect to its input, its weights and its biases.

    Parameters
    ----------
    grad_output : ndarray of shape (N, units)
        The upstream gradient: how the error changes with each vote.
    x : ndarray of shape (N, features)
    weight : ndarray of shape (units, features)
    bias : ndarray of shape (units,), or None

    Returns
    -------
    grad_x : ndarray of shape (N, features)
    grad_weight : ndarray of shape (units, features)
    grad_bias : ndarray of shape (units,), or None if there is no bias

    Examples
    --------
    >>> x, weight = np.array([[1.0, 2.0]]), np.array([[3.0, 4.0], [5.0, 6.0]])
    >>> gradients = linear_backward(np.array([[1.0, -1.0]]), x, weight, np.zeros(2))
    >>> [gradient.tolist() for gradient in gradients]
    [[[-2.0, -2.0]], [[1.0, 2.0], [-1.0, -2.0]], [1.0, -1.0]]
    """
    ### BEGIN SOLUTION
    grad_x = grad_output @ weight
    grad_weight = grad_output.T @ x
    grad_bias = None if bias is None else grad_output.sum(axis=0)
    return grad_x, grad_weight, grad_bias
    ### END SOLUTION


# %% test="linear_backward" points=3
check("linear_backward", linear_backward)

# %% [markdown]
# Does nudging agree? It needs *one* number, and a layer returns an array. So `agree` multiplies the array by a random $G$ and
# adds up: then $G$ is the upstream gradient. (With ones for $G$, nobody would see that `grad_output` was forgotten.)


# %% id="votes-against-nudging"
def agree(layer, G, gradient, values):
    return bool(my_gradient_check(lambda values: np.sum(G * layer(values)), gradient, values) < 1e-6)


my_linear_backward = yours("linear_backward", linear_backward)
x, weight, bias, G = (rng.normal(size=shape) for shape in [(3, 4), (2, 4), (2,), (3, 2)])
grad_x, grad_weight, grad_bias = my_linear_backward(G, x, weight, bias)
print("x:", agree(lambda x: reference.linear(x, weight, bias), G, grad_x, x))
print("weight:", agree(lambda weight: reference.linear(x, weight, bias), G, grad_weight, weight))
print("bias:", agree(lambda bias: reference.linear(x, weight, bias), G, grad_bias, bias))
my_cross_entropy_backward = yours("cross_entropy_backward", cross_entropy_backward)
labels = np.array([0, 1, 1])
grad_logits = my_cross_entropy_backward(2.5, G, labels)
print("logits:", agree(lambda logits: reference.cross_entropy(logits, labels), 2.5, grad_logits, G))

# %% [markdown]
# ## Third stop: the gate
#
# On the way forward ReLU got (1, −2, 3). Now (5, 6, 7) comes back. Which of them reach the other side? Nudge each of the
# three values in your head.

# %% [markdown]
# The −2 became 0, and nudged it is still 0: slope 0. The others came through as they were: slope 1. So (5, 0, 7) goes on.
# The *value* that went in decides, not the gradient. At exactly 0 is a kink; like PyTorch, we let nothing through.


# %% exercise="relu_backward"
def relu_backward(grad_output, x):
    """The gradient of ReLU with respect to its input.

    Parameters
    ----------
    grad_output : ndarray of the shape of `x`
        The upstream gradient.
    x : ndarray of any shape
        What went into ReLU.

    Returns
    -------
    ndarray of the same shape

    Examples
    --------
    >>> relu_backward(np.array([5.0, 6.0, 7.0]), np.array([1.0, -2.0, 3.0]))
    array([5., 0., 7.])
    """
    ### BEGIN SOLUTION
    return grad_output * (x > 0)
    ### END SOLUTION


# %% test="relu_backward" points=2
check("relu_backward", relu_backward)

# %% id="relu-against-nudging"
feature_map = reference.filter_image(data.X, data.features["falling"])  # (7, 7)
G = rng.normal(size=feature_map.shape)
my_relu_backward = yours("relu_backward", relu_backward)
gradient = my_relu_backward(G, feature_map)
print("ReLU:", agree(reference.relu, G, gradient, feature_map))
show.pictures([feature_map, G, gradient], ["ReLU's input", "G", "gradient"], "signed", limit=[1, 2, 2])

# %% [markdown]
# The third picture is the second with holes, wherever the first is vermillion: closed gates.

# %% [markdown]
# ## Fourth stop: the winners
#
# Max pooling kept the 4 of [[1, 2], [4, 3]], and 5 comes back. Nudge the 1, 2 or 3: nothing happens. So the largest entry
# gets it all, [[0, 0], [5, 0]]; of equal ones, the first in reading order. In overlapping windows it may win twice: add.
#
# **Predict**, for the picture after the check: four windows send back 1, 2, 3, 4. Where to?


# %% exercise="max_pool2d_backward"
def max_pool2d_backward(grad_output, x, window=2, stride=None, partial=False):
    """The gradient of max pooling with respect to its input: all of it goes to the largest entry.

    Parameters
    ----------
    grad_output : ndarray of shape (N, C, H_out, W_out)
        The upstream gradient: one entry for each window that was pooled, partial ones included.
    x : ndarray of shape (N, C, H, W)
        What went into the pooling.
    window, stride, partial
        As for `max_pool2d`; a stride of None means the window's.

    Returns
    -------
    ndarray of shape (N, C, H, W)

    Examples
    --------
    `reference.best_match(patch)` is the row and column of the largest entry within a patch, and
    `np.ndindex(shape)` goes through all indices of a shape.

    >>> max_pool2d_backward(np.array([[[[5.0]]]]), np.array([[[[1.0, 2.0], [4.0, 3.0]]]]), 2, 2, False)
    array([[[[0., 0.],
             [5., 0.]]]])
    """
    ### BEGIN SOLUTION
    stride = window if stride is None else stride
    grad_x = np.zeros(x.shape)
    for image, channel, row, column in np.ndindex(grad_output.shape):
        top, left = row * stride, column * stride
        patch = x[image, channel, top : top + window, left : left + window]
        i, j = reference.best_match(patch)
        grad_x[image, channel, top + i, left + j] += grad_output[image, channel, row, column]
    return grad_x
    ### END SOLUTION


# %% test="max_pool2d_backward" points=3
check("max_pool2d_backward", max_pool2d_backward)

# %% id="pool-against-nudging"
my_max_pool2d_backward = yours("max_pool2d_backward", max_pool2d_backward)
x, G = rng.normal(size=(2, 3, 7, 7)), rng.normal(size=(2, 3, 4, 4))
gradient = my_max_pool2d_backward(G, x, 2, 2, True)
print("pooling:", agree(lambda x: reference.max_pool2d(x, 2, 2, True), G, gradient, x))
active, upstream = reference.relu(feature_map[None, None, :4, :4]), np.array([[[[1.0, 2.0], [3.0, 4.0]]]])
apart = my_max_pool2d_backward(upstream, active, 2, 2, False)
overlapping = my_max_pool2d_backward(upstream, active, 3, 1, False)
windows = [[(0, 0, 2, 2), (0, 2, 2, 2), (2, 0, 2, 2), (2, 2, 2, 2)], None, None]
titles = ["after ReLU", "windows of 2", "windows of 3, stride 1"]
arrays = [array[0, 0] for array in (active, apart, overlapping)]
show.pictures(arrays, titles, "signed", windows=windows, limit=[1, 10, 10])

# %% [markdown]
# In two windows entries tie, and the first got the gradient. Where the windows overlap, the 1.00 at (1, 1) wins all four:
# 1 + 2 + 3 + 4 = 10.
#
# ## Last stop: the filters
#
# A convolution lays the kernel on a patch, multiplies and adds. So each output entry hands its gradient to the pixels of
# *its* patch, weighted by the kernel's entries that lay on them. Two positions send back 1 and 10. What does the middle
# column get?

# %% id="two-patches"
kernel = np.array([[1.0, 2.0], [3.0, 4.0]])
first, second = np.zeros((2, 3)), np.zeros((2, 3))
first[:, 0:2] = 1 * kernel
second[:, 1:3] = 10 * kernel
windows = [(0, 0, 2, 2), (0, 1, 2, 2), None]
titles = ["1 times the kernel", "10 times the kernel", "gradient of the image"]
show.pictures([first, second, first + second], titles, "signed", windows=windows)

# %% [markdown]
# The middle column lies in both patches: 2 + 10 = 12 and 4 + 30 = 34. So add, with `+=`.
#
# The weights serve at all positions, so there the *patches* add up, each times its $G$. At every position it is your
# linear layer again:
#
# $$
# G_{\text{patch}} \mathrel{+}= G \, W \qquad G_W \mathrel{+}= G^{\mathsf{T}} \, \text{patch}
# $$
#
# In words: the patch gets weights times $G$, the weights get patch times $G$. With padding, cut patches from the padded
# image, and take the border off at the end.


# %% exercise="conv2d_backward"
def conv2d_backward(grad_output, x, weight, bias=None, stride=1, padding=0):
    """The gradients of the convolution with respect to its images, its weights and its biases.

    Parameters
    ----------
    grad_output : ndarray of shape (N, C_out, H_out, W_out)
        The upstream gradient; at one position `grad_output[:, :, row, column]` has shape (N, C_out).
    x : ndarray of shape (N, C_in, H, W)
    weight : ndarray of shape (C_out, C_in, kH, kW)
    bias : ndarray of shape (C_out,), or None
    stride, padding : int

    Returns
    -------
    grad_x, grad_weight, grad_bias : ndarray
        Of the shapes of x, weight and bias; grad_bias is None if there is no bias.

    Examples
    --------
    `np.tensordot(a, b, axes=1)` sums over the last axis of `a` and the first of `b`, as `@` does for matrices.

    >>> image, kernel = np.array([[[[1.0, 2.0, 4.0]]]]), np.array([[[[3.0, 5.0]]]])
    >>> gradients = conv2d_backward(np.array([[[[1.0, 10.0]]]]), image, kernel, np.zeros(1), 1, 0)
    >>> [gradient.ravel().tolist() for gradient in gradients]
    [[3.0, 35.0, 50.0], [21.0, 42.0], [11.0]]
    """
    ### BEGIN SOLUTION
    height, width = weight.shape[2:]
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    grad_padded, grad_weight = np.zeros(padded.shape), np.zeros(weight.shape)
    for row, column in np.ndindex(grad_output.shape[2:]):
        patch = np.s_[:, :, row * stride : row * stride + height, column * stride : column * stride + width]
        upstream = grad_output[:, :, row, column]  # (N, C_out)
        grad_padded[patch] += np.tensordot(upstream, weight, axes=1)  # (N, C_in, kH, kW)
        grad_weight += np.tensordot(upstream.T, padded[patch], axes=1)  # (C_out, C_in, kH, kW)
    grad_x = grad_padded[:, :, padding : padding + x.shape[2], padding : padding + x.shape[3]]
    return grad_x, grad_weight, None if bias is None else grad_output.sum(axis=(0, 2, 3))
    ### END SOLUTION


# %% test="conv2d_backward" points=4
check("conv2d_backward", conv2d_backward)

# %% id="convolution-against-nudging"
my_conv2d_backward = yours("conv2d_backward", conv2d_backward)
x, weight, bias, G = (rng.normal(size=shape) for shape in [(2, 2, 5, 6), (3, 2, 3, 3), (3,), (2, 3, 3, 3)])
grad_x, grad_weight, grad_bias = my_conv2d_backward(G, x, weight, bias, 2, 1)
print("x:", agree(lambda x: reference.conv2d(x, weight, bias, 2, 1), G, grad_x, x))
print("weight:", agree(lambda weight: reference.conv2d(x, weight, bias, 2, 1), G, grad_weight, weight))
print("bias:", agree(lambda bias: reference.conv2d(x, weight, bias, 2, 1), G, grad_bias, bias))

# %% [markdown]
# ## There and back again
#
# Put your passes together: the X's three features as filters, ReLU, pooling with partial windows, 48 values that vote for X
# or O, their weights still random. Read the two cells as a mirror: every line forward has its line backward, in opposite
# order.
#
# > **Careful.** The X is a little noisy, so that no two entries tie. At a tie or a kink the slope has two values, and
# > nudging may rightly find the other.

# %% id="forward"
filters = np.array(list(data.features.values()))[:, None] / 9  # (3, 1, 3, 3)
votes = np.random.default_rng(9).normal(0, 0.3, (2, 48))
filter_bias, vote_bias = np.zeros(3), np.zeros(2)
image = data.draw_letter("X", noise=0.2, rng=np.random.default_rng(2))[None, None]  # (1, 1, 9, 9)

maps = reference.conv2d(image, filters, filter_bias)  # (1, 3, 7, 7)
active = reference.relu(maps)
pooled = reference.max_pool2d(active, 2, 2, True)  # (1, 3, 4, 4)
rows = reference.flatten(pooled)  # (1, 48)
logits = reference.linear(rows, votes, vote_bias)  # (1, 2)
print(f"error: {reference.cross_entropy(logits, np.array([0])):.2f}")

# %% id="backward"
grad_logits = my_cross_entropy_backward(1.0, logits, np.array([0]))  # 0: it is an X
grad_rows, grad_votes, grad_vote_bias = my_linear_backward(grad_logits, rows, votes, vote_bias)
grad_pooled = grad_rows.reshape(pooled.shape)
grad_active = my_max_pool2d_backward(grad_pooled, active, 2, 2, True)
grad_maps = my_relu_backward(grad_active, maps)
grad_image, grad_filters, grad_filter_bias = my_conv2d_backward(grad_maps, image, filters, filter_bias, 1, 0)
show.pictures(grad_filters[:, 0], [f"gradient, {name}" for name in data.features], "signed")

# %% [markdown]
# Blue weights should go down, vermillion ones up: so say your passes. Is it true, and for the other weights too? For nudging,
# write the same network as a row of layers. Each layer has a `forward` and a `backward` that call functions such as yours.


# %% id="layers-in-a-row"
def build(filters, **own):
    """Filters of 3 x 3, ReLU, pooling, two votes; random weights; your own passes replace the course's."""
    rng, functions = np.random.default_rng(0), reference.network_functions(**own)
    first = reference.Conv2d(1, filters, 3, rng, functions=functions)
    last = reference.Linear(16 * filters, 2, rng, functions)
    pooling = reference.MaxPool2d(2, 2, True, functions)
    return reference.Network([first, reference.ReLU(functions), pooling, reference.Flatten(functions), last])


network = build(3)
names = list(network.parameters())  # in the order of the layers, weights before biases
network.set_parameters(dict(zip(names, [filters, filter_bias, votes, vote_bias], strict=True)))
print("the same votes:", np.allclose(network.forward(image), logits))


# %% id="all-weights-against-nudging"
def check_all(network, gradients, images, labels):
    """The gradient check of each array of weights, and the number of runs forward that it took."""
    weights, runs = network.parameters(), []

    def error(name, values):
        runs.append(name)
        network.set_parameters({name: values})
        return reference.cross_entropy(network.forward(images), labels)

    checks = [my_gradient_check(partial(error, name), gradients[name], weights[name]) for name in weights]
    return np.array(checks), len(runs)


gradients = dict(zip(names, [grad_filters, grad_filter_bias, grad_votes, grad_vote_bias], strict=True))
checks, runs = check_all(network, gradients, image, np.array([0]))
print("filters, biases, votes, biases:", checks < 1e-6, " runs:", runs)

# %% [markdown]
# One run forward and one back, and all 128 gradients are those for which nudging needs 256 runs.
#
# Now play. Choose a pixel or a weight and nudge it: the upper row is computed again, and you see what *gradient times
# nudge* predicts next to what the error really does. Pixel (6, 6) is chosen. Then take the weight (0, 0) of `falling`, and
# go from 0.02 to 0.2. When does the prediction fail?

# %% id="backward-flow" tags=["nbval-ignore-output"]
kernels = dict(zip(data.features, filters[:, 0], strict=True))
flow = show.widgets.BackwardFlow(image[0, 0], 0, kernels, votes)
flow.place = ["image", 6, 6]
flow.nudge = 0.5
flow

# %% [markdown]
# For a small nudge it holds: for 0.02 it predicts 0.014, and 0.014 it is. For 0.2 it says 0.137, but the error rises by 0.056 only: on
# the way other entries have won their windows, other gates have closed. A gradient speaks of *small* steps.
#
# ## What it saves
#
# Networks of 1, 3, 10 and 30 filters follow. How many runs will nudging need for each, and how many times as long as one
# run forward and one back?

# %% id="cost" tags=["nbval-ignore-output"]
for count in (1, 3, 10, 30):
    network = build(count)
    start = perf_counter()
    for _ in range(20):
        network.backward(reference.cross_entropy_backward(1.0, network.forward(image), np.array([0])))
    there_and_back = (perf_counter() - start) / 20
    start = perf_counter()
    _, runs = check_all(network, network.gradients(), image, np.array([0]))
    ratio = (perf_counter() - start) / there_and_back
    print(f"{runs // 2:5} weights: {runs:5} runs, {ratio:5.0f} times as long")

# %% [markdown]
# Two runs for every weight: 88, 256, 844, 2524. One run forward and back takes as long as a few runs forward, however many
# weights there are. Lesson 08's network of 62,006 weights would be nudged in 124,012 runs, for one step.
#
# ## The error falls. Is the gradient right?
#
# Five wrong ways back, and the right one. Each trains the same network, from the same weights, on the same 40 letters. In
# which will the error not fall?

# %% id="wrong-passes"
wrong = {
    "all right": {},
    "gate left open": {"relu_backward": lambda G, x: G},
    "to the whole window": {"max_pool2d_backward": reference.avg_pool2d_backward},
    "bias averaged": {"linear_backward": lambda G, x, weight, bias: (G @ weight, G.T @ x, G.mean(axis=0))},
    "G forgotten": {"conv2d_backward": lambda G, *rest: reference.conv2d_backward(np.ones(G.shape), *rest)},
    "filters get nothing": {"conv2d_backward": lambda G, *rest: [0 * array for array in rest[:3]]},
}
rng = np.random.default_rng(9)
images, labels = data.sample_letters(40, rng, shift=1, rotation=10, noise=0.1)
fresh, fresh_labels = data.sample_letters(400, rng, shift=1, rotation=10, noise=0.1)


# %% id="train"
def train(network, steps):
    """The error before each step; the learning rate is 0.1."""
    errors = []
    for _ in range(steps):
        logits = network.forward(images)
        errors.append(reference.cross_entropy(logits, labels))
        network.backward(reference.cross_entropy_backward(1.0, logits, labels))
        weights, gradients = network.parameters(), network.gradients()
        stepped = [reference.gradient_step(weights[name], gradients[name], 0.1) for name in weights]
        network.set_parameters(dict(zip(weights, stepped, strict=True)))
    return errors


# %% id="the-error-falls-anyway"
for title, own in wrong.items():
    network = build(3, **own)
    network.backward(reference.cross_entropy_backward(1.0, network.forward(images), labels))
    checks, _ = check_all(network, network.gradients(), images, labels)
    errors = train(network, 31)
    score = np.sum(reference.predict(network.forward(fresh)) == fresh_labels)
    course = " -> ".join(f"{errors[step]:.2f}" for step in (0, 10, 30))
    print(f"{title:19}  error {course}  right {score} of 400  check {checks.max():.3f}")

# %% [markdown]
# It falls in all of them, and at least 380 of the 400 fresh letters are read. Only the last column tells right from wrong:
# 0.000 against 0.346 and more.
#
# ### Reflect
#
# Even where the filters get no gradient at all, the error falls to 0.03. What in the network learns then? And when you
# write a backward pass of your own, which two checks will you run before you believe it?

# %% [markdown] answer="why_it_falls" points=2
# The votes learn: their gradient is right, and from the maps of filters that never change they can still tell these X's
# from O's. A falling error proves only that *something* goes downhill. Checks: compare the gradient with nudging, for every
# weight, in the whole network; and compare each pass by itself with nudging under a random upstream gradient, so that one
# knows which pass is wrong.

# %% [markdown]
# ## In this lesson we
#
# - **multiplied** local slopes from the end to the beginning, the chain rule, and **added** where paths meet,
# - **wrote** the way back: error $(p - y) / N$; votes $G W$ and $G^{\mathsf{T}} x$; ReLU $G$ where $x > 0$; pooling all to the
#   largest; convolution a linear layer at every position,
# - **checked** all against nudging, and saw that a falling error proves nothing,
# - **replaced** two runs for every weight by one run forward and one back.

# %% [markdown]
# | forward | shape here | backward, of the same shape |
# |---|---|---|
# | images | (1, 1, 9, 9) | `grad_image` |
# | filters | (3, 1, 3, 3) | `grad_filters` |
# | maps | (1, 3, 7, 7) | `grad_maps` |
# | pooled | (1, 3, 4, 4) | `grad_pooled` |
# | votes' weights | (2, 48) | `grad_votes` |
# | logits | (1, 2) | `grad_logits` |
#
# **Next:** every gradient for the price of one run. How do thousands of them become a network that reads handwriting? In
# lesson 13 your own functions learn.
#
# **Sources.** David Rumelhart, Geoffrey Hinton, Ronald Williams 1986, *Learning representations by back-propagating errors* ·
# Stanford CS231n, *Backpropagation, intuitions*, and its notes on gradient checks · Brandon Rohrer, *How convolutional
# neural networks work* (error, nudging, backpropagation).
