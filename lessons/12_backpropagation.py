# %% [markdown] id="title"
# # Send the gradient back
#
# Upper row: an X on its way to an error. Lower row: how the error changes with each number above. There, the second picture
# has four fewer coloured entries than the third. Why?
#
# ![cover]
#
# - **You will build** the backward passes of pooling and convolution.
# - **You will learn** how a window fills two gradients, and what a falling error proves.
# - **You need** lessons 05, 06 and 11.
# - **It takes** about 45 minutes.

# %% cover="Upper row, forward: a slightly noisy X; the feature map of centre; the same after ReLU, without negative values; the pooled map, 4 x 4. Lower row, backward: for each of the four, an array of the same shape with the gradient of the error, blue where the error rises with the value and vermillion where it falls. Under the pooled map all 16 entries have a gradient, under ReLU 16 of 49, under the feature map only 12 of these: four gates are closed."
image = data.draw_letter("X", noise=0.2, rng=np.random.default_rng(2))
filters = {name: feature / 9 for name, feature in data.features.items()}
votes = np.random.default_rng(9).normal(0, 0.3, (2, 48))
flow = show.widgets.BackwardFlow(image, 0, filters, votes, np.full(3, -0.2))
flow.filter_name = "centre"
stages = ["image", "feature map", "after ReLU", "pooled"]
show.pictures(
    [np.array(flow.values[stage]) for stage in stages]
    + [np.array(flow.gradients[stage]) for stage in stages],
    ["X", "feature map", "after ReLU", "pooled", *["its gradient"] * 4],
    ["pixel"] + ["signed"] * 7,
    values=False,
    limit=[None, 1, 1, 1, 0.1, 0.3, 0.3, 0.3],
)

# %% tags=["nbval-ignore-output"]
from functools import partial
from time import perf_counter

import numpy as np

from helpers import came_out, check, data, hint, predict, progress, puzzle, reference, show, suspects, yours

progress.review(3)

# %% [markdown]
# ## The winner gets it all
#
# Max pooling kept the 4 of [[1, 2], [4, 3]], and now 5 comes back. Max routes, so the 4 gets all of it: [[0, 0], [5, 0]]. Of equal
# entries, the first in reading order wins. Where windows overlap, an entry may win twice: add.
#
# ### Your turn: `max_pool2d_backward`
#
# Two helpers:
#
# ```python
# list(np.ndindex(2, 2))                              # all indices: [(0, 0), (0, 1), (1, 0), (1, 1)]
# reference.best_match(np.array([[1, 2], [4, 3]]))    # the largest entry: (1, 0), within the window
# ```


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

# %% [markdown]
# ### Break it
#
# `suspects.max_pool2d_backward` looks right too. Here it agrees with yours. Change the input until the two differ, but keep it
# small:
#
# ```python
# suspects.max_pool2d_backward(np.array([[[[5.0]]]]), np.array([[[[1.0, 2.0], [4.0, 3.0]]]]), 2, 2, False)
# ```


# %% exercise="break_max_pool2d_backward"
def break_max_pool2d_backward():
    """An input on which `suspects.max_pool2d_backward` is wrong, as small as you can find one.

    Returns
    -------
    tuple of (grad_output, x, window, stride, partial)
        Arguments that the docstring of `max_pool2d_backward` allows.
    """
    ### BEGIN SOLUTION
    return np.array([[[[1.0, 1.0]]]]), np.array([[[[1.0, 3.0, 2.0]]]]), 2, 1, True
    ### END SOLUTION


# %% test="break_max_pool2d_backward" points=1
check("break_max_pool2d_backward", break_max_pool2d_backward)

# %% [markdown]
# Four windows send back 1, 2, 3 and 4: first windows of 2 side by side, then overlapping windows of 3.

# %% predict="largest_share"
predict(
    "largest_share", "What is the largest gradient that one entry gets from the overlapping windows?", int
)

# %% id="pool-against-nudging"
my_max_pool2d_backward = yours("max_pool2d_backward", max_pool2d_backward)
active_map = reference.relu(reference.filter_image(data.X, data.features["falling"]))[None, None, :4, :4]
upstream = np.array([[[[1.0, 2.0], [3.0, 4.0]]]])
apart = my_max_pool2d_backward(upstream, active_map, 2, 2, False)
overlapping = my_max_pool2d_backward(upstream, active_map, 3, 1, False)
noisy = np.random.default_rng(9).normal(size=(1, 1, 4, 4))
claimed = my_max_pool2d_backward(upstream, noisy, 3, 1, False)
off = reference.gradient_check(lambda x: np.sum(upstream * reference.max_pool2d(x, 3, 1)), claimed, noisy)
print(f"overlapping windows on random numbers, against nudging: off by {off:.6f}")
came_out("largest_share", int(overlapping.max()))
arrays, titles = [active_map, apart, overlapping], ["after ReLU", "windows of 2", "windows of 3, stride 1"]
show.pictures([array[0, 0] for array in arrays], titles, "signed", limit=[1, *[upstream.sum()] * 2])

# %% [markdown]
# <details><summary>What you find</summary>
#
# Side by side, 4. Overlapping, the 1.00 at (1, 1) wins all four: $1 + 2 + 3 + 4 = 10$.
#
# </details>

# %% [markdown]
# ## The window walks once more
#
# Forward, each position multiplied its patch by the kernel and summed the products. Multiply swaps: if a position's upstream
# gradient is $G$, each pixel gets $G$ times the weight that was on it, and each weight gets $G$ times the pixel under it. A pixel
# is in several patches, and a weight is used everywhere, so add.

# %% [markdown]
# Below, four positions send back 1, 10, 100 and 1000, so each digit of a sum names its window. The kernel is [[1, 2], [3, 4]].

# %% predict="middle_pixel"
predict("middle_pixel", "What will the middle pixel get?", [1111, 1234, 4321, 5555])

# %% id="window-walks" tags=["nbval-ignore-output"]
small_image = np.arange(1.0, 10).reshape(3, 3)
kernel = np.array([[1.0, 2.0], [3.0, 4.0]])
G = np.array([[1.0, 10.0], [100.0, 1000.0]])
grad_small, grad_kernel = np.zeros((3, 3)), np.zeros((2, 2))
for row, column in np.ndindex(2, 2):
    patch = np.s_[row : row + 2, column : column + 2]  # a place, kept for use as an index
    grad_small[patch] += G[row, column] * kernel
    grad_kernel += G[row, column] * small_image[patch]
came_out("middle_pixel", int(grad_small[1, 1]))
show.widgets.ConvolutionDemo(small_image, kernel, grad_output=G)

# %% [markdown]
# <details><summary>What you find</summary>
#
# The middle pixel is in all four windows, each time under a different weight:
# $4 \cdot 1 + 3 \cdot 10 + 2 \cdot 100 + 1 \cdot 1000 = 1234$. The upper left weight gets
# $1 \cdot 1 + 2 \cdot 10 + 4 \cdot 100 + 5 \cdot 1000 = 5421$.
#
# </details>

# %% [markdown]
# You have written this twice before:
#
# - The image's gradient is a sum of shifted copies of the kernel, each times its $G$: lesson 06's `collapse_two_filters`.
# - Stretch each patch into a row, and the convolution is a linear layer. `linear_backward` gives the weights' gradient in one
#   call, and a gradient for each patch, to add where the patch was.

# %% id="two-bridges"
print("shifted copies:", np.array_equal(reference.collapse_two_filters(kernel, G), grad_small))
places = [np.s_[row : row + 2, column : column + 2] for row, column in np.ndindex(2, 2)]
patches = np.array([small_image[place].ravel() for place in places])  # (4, 4), a row for each position
grad_patches, grad_row, _ = reference.linear_backward(G.reshape(4, 1), patches, kernel.reshape(1, 4))
print("stretched, the kernel:", np.array_equal(grad_row.reshape(2, 2), grad_kernel))
collected = np.zeros((3, 3))
for place, grad_patch in zip(places, grad_patches, strict=True):
    collected[place] += grad_patch.reshape(2, 2)
print("stretched, the image:", np.array_equal(collected, grad_small))

# %% [markdown] break="15"
# > **A good place to stop.** You have seen both gradients fill up.

# %% [markdown]
# ### Your turn: `conv2d_backward`
#
# At each position, give `reference.linear_backward` the patches of all images, stretched to $(N, C \cdot kH \cdot kW)$, and the
# weights, stretched to $(C_{out}, C \cdot kH \cdot kW)$. The bias is added at every position of every image.
#
# With padding, cut the patches from the padded image, collect gradients in an array of that size, and at the end cut off its
# border with `[padding : padding + height]`; for a padding of 0, `[padding:-padding]` is empty.


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

# %% [markdown]
# ## Forward and back
#
# Now the whole network: three filters, ReLU, pooling, and 48 values that vote. Each line of `forward` has its mirror image in
# `backward`, in reverse order. (`passes` holds yours, or the course's.)


# %% id="forward-and-back"
def forward(images, filters, filter_bias, votes, vote_bias):
    maps = reference.conv2d(images, filters, filter_bias)  # (N, 3, 7, 7)
    active = reference.relu(maps)
    pooled = reference.max_pool2d(active, 2, 2, True)  # (N, 3, 4, 4)
    return maps, active, pooled, reference.linear(reference.flatten(pooled), votes, vote_bias)


def backward(passes, images, labels, filters, filter_bias, votes, vote_bias):
    maps, active, pooled, logits = forward(images, filters, filter_bias, votes, vote_bias)
    grad_logits = passes.cross_entropy_backward(1.0, logits, labels)
    grad_rows, *grad_votes = passes.linear_backward(grad_logits, reference.flatten(pooled), votes, vote_bias)
    grad_active = passes.max_pool2d_backward(grad_rows.reshape(pooled.shape), active, 2, 2, True)
    grad_maps = passes.relu_backward(grad_active, maps)
    return *passes.conv2d_backward(grad_maps, images, filters, filter_bias, 1, 0)[1:], *grad_votes


# %% [markdown]
# Send an X through; the filters' bias of −0.2 closes some gates. Then compare *gradient times nudge* with what the error does.
# Pixel (8, 2) is already nudged by 0.5. Next, nudge the weight (0, 0) of `falling` by 0.02, and by −0.2. When does the
# prediction fail?

# %% id="backward-flow" tags=["nbval-ignore-output"]
letter, label = data.draw_letter("X", noise=0.2, rng=np.random.default_rng(2))[None, None], np.array([0])
filters = np.stack(list(data.features.values()))[:, None] / 9  # (3, 1, 3, 3)
votes = np.random.default_rng(9).normal(0, 0.3, (2, 48))
weights = [filters, np.full(3, -0.2), votes, np.zeros(2)]
print("windows of zeros:", np.sum(forward(letter, *weights)[2] == 0), "of 48")
kernels = dict(zip(data.features, filters[:, 0], strict=True))
flow = show.widgets.BackwardFlow(letter[0, 0], 0, kernels, votes, weights[1])
flow.place = ["image", 8, 2]
flow.nudge = 0.5
flow

# %% [markdown]
# <details><summary>What you find</summary>
#
# In 7 windows every gate is closed (four are on the cover). For the pixel, and for the weight by 0.02, the prediction is off by
# 0.001 at most. By −0.2, even its sign is wrong: predicted 0.023, measured −0.201. Two windows have opened, and five have new
# winners. A gradient holds for *small* steps.
#
# </details>
#
# Now check all 128 weights against nudging, with your passes, then with ReLU's left out. Which gradients will show it?


# %% id="all-weights-against-nudging"
def error_of(place, images, labels, weights, values):
    """The error with these values in place of one array of weights."""
    changed = [*weights[:place], values, *weights[place + 1 :]]
    return reference.cross_entropy(forward(images, *changed)[-1], labels)


def check_all(passes, images, labels, weights):
    gradients = backward(passes, images, labels, *weights)
    errors = [partial(error_of, place, images, labels, weights) for place in range(4)]
    return [reference.gradient_check(*each) for each in zip(errors, gradients, weights, strict=True)]


ungated = reference.network_functions(relu_backward=lambda G, x: G)
for title, passes in {"yours": progress.own_functions().functions, "ReLU left out": ungated}.items():
    offs = " ".join(f"{off:.6f}" for off in check_all(passes, letter, label, weights))
    print(f"{title:13}  filters, biases, votes, biases: {offs}")

# %% [markdown]
# <details><summary>What you find</summary>
#
# Those of the filters and their biases; the votes' gradients never pass through ReLU. If no gate were closed, nobody would
# notice.
#
# </details>
#
# ## What it saves
#
# **Predict:** with 1, 3, 10 and 30 filters, how many runs forward and back take as long as nudging?

# %% id="cost" tags=["nbval-ignore-output"]
functions = reference.network_functions()
for count in (1, 3, 10, 30):
    shapes = [(count, 1, 3, 3), (count,), (2, 16 * count), (2,)]
    many = [np.random.default_rng(0).normal(size=shape) for shape in shapes]
    start = perf_counter()
    for _ in range(20):
        backward(functions, letter, label, *many)
    once, start = (perf_counter() - start) / 20, perf_counter()
    check_all(functions, letter, label, many)
    ratio, size = (perf_counter() - start) / once, sum(array.size for array in many)
    print(f"{size:5} weights, {2 * size:5} runs: {ratio:5.0f} times as long")

# %% [markdown]
# <details><summary>What you find</summary>
#
# The ratio grows with the weights: two runs for each, against one in all. For lesson 08's 62,006 weights, that one run replaces
# 124,012.
#
# </details>
#
# ## Is the gradient right?
#
# Five wrong backward passes, and the right one, train the network on the same 40 letters. **Predict:** with which will the
# error not fall?

# %% id="wrong-passes"
# each replaces one of the course's passes with a wrong one; G is the upstream gradient
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

# %% id="the-error-falls-anyway"
for title, own in wrong.items():
    passes, rng, errors = reference.network_functions(**own), np.random.default_rng(0), []
    learned = [rng.normal(0, (2 / 9) ** 0.5, (3, 1, 3, 3)), np.zeros(3)]
    learned += [rng.normal(0, (2 / 48) ** 0.5, (2, 48)), np.zeros(2)]
    off = max(check_all(passes, images, labels, learned))
    for _ in range(31):
        errors.append(reference.cross_entropy(forward(images, *learned)[-1], labels))
        gradients = backward(passes, images, labels, *learned)
        learned = [array - 0.1 * gradient for array, gradient in zip(learned, gradients, strict=True)]
    right = np.sum(reference.predict(forward(fresh, *learned)[-1]) == fresh_labels)
    falls = " -> ".join(f"{errors[step]:.2f}" for step in (0, 10, 30))
    print(f"{title:19}  error {falls}  right {right} of 400  check {off:.3f}")

# %% [markdown]
# <details><summary>What you find</summary>
#
# It falls with all six, and at least 380 of 400 fresh letters are read correctly. After 10 steps, filters that get nothing are
# even ahead of the right gradient: a gradient is best only for small steps. Only the check tells right from wrong.
#
# </details>
#
# ### Reflect
#
# If the filters get no gradient at all, what learns? And which two checks will you run before you believe your own backward pass?

# %% [markdown] answer="why_it_falls" points=2
# The votes learn: their gradient is right, and from the maps of filters that never change they can still tell these X's
# from O's. A falling error proves only that *something* goes downhill. Checks: compare the gradient with nudging, for every
# weight, in the whole network (with some gates closed); and compare each pass by itself with nudging under a random upstream
# gradient, so that you know which pass is wrong.

# %% [markdown]
# ## In this lesson we
#
# - **sent** pooling's gradient to the winners,
# - **let** the window walk once more: the patch gets $G$ times the kernel, the kernel $G$ times the patch, and both add up,
# - **checked** a network whose gates close: a falling error proves nothing.

# %% [markdown]
# | forward | shape here | backward, of the same shape |
# |---|---|---|
# | images | (1, 1, 9, 9) | left out by `[1:]` |
# | filters | (3, 1, 3, 3) | first of those that `backward` returns |
# | maps, active | (1, 3, 7, 7) | `grad_maps`, `grad_active` |
# | pooled | (1, 3, 4, 4) | `grad_rows`, reshaped |
# | votes' weights | (2, 48) | first of `grad_votes` |
# | logits | (1, 2) | `grad_logits` |
#
# **Next:** how do thousands of such gradients become a network that learns? In lesson 13 your own functions do it.
#
# **Sources.** As in lesson 11.
