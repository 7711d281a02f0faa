# %% [markdown] id="title"
# # Multiply the slopes
#
# From left to right, numbers turn into an error. One walk back gives the coloured numbers: how fast the error changes with
# each of the black ones. How does it work?
#
# ![cover]
#
# - **You will build** a check for gradients, and the way back through error, ReLU and votes.
# - **You will learn** why slopes multiply along a chain and add where paths meet.
# - **You need** lessons 06, 09 and 10.
# - **It takes** about 45 minutes.

# %% cover="A chain of four steps. Forward: w = 2, times 1.5 gives a = 3, ReLU gives r = 3, times -1 gives z = -3, its square is e = 9. Backward, below the arrows: 1, then -6 in vermillion, then 6, 6 and 9 in blue."
cover_steps = ["· 1.5", "ReLU", "· (−1)", "square"]
cover_values = {"w": 2, "a": 3, "r": 3, "z": -3, "e": 9}
show.chain(cover_steps, cover_values, [9, 6, 6, -6, 1], slopes=[1.5, 1, -1, -6])

# %% tags=["nbval-ignore-output"]
import numpy as np

from helpers import came_out, check, data, hint, predict, puzzle, reference, review, show, suspects, yours

review(3)

# %% [markdown]
# ## All weights at once?
#
# In lesson 10 every weight cost two runs: 124,012 for *one* step of lesson 08's network. Could a single run tell you as much?
#
# Take a short chain. An input $x = 2$ is multiplied by a weight $w$. Then come ReLU and a vote with the weight $v = 3$. The
# vote should have been 1, and the error $e$ is the square of the difference.

# %% id="chain-forward"
x, w, v = 2.0, 0.5, 3.0
a = w * x
r = max(a, 0.0)
z = v * r
e = (z - 1) ** 2
steps, chain_values = ["· x", "ReLU", "· v", "(z − 1)²"], {"w": w, "a": a, "r": r, "z": z, "e": e}
show.chain(steps, chain_values)

# %% predict="error_moves"
predict("error_moves", "Nudge w up by 0.001. How far does the error e move?", [0.004, 0.006, 0.012, 0.024])

# %% id="chain-nudged"
nudged_a = (w + 0.001) * x
nudged_z = v * max(nudged_a, 0.0)
nudged_e = (nudged_z - 1) ** 2
nudges = [0.001, nudged_a - a, max(nudged_a, 0.0) - r, nudged_z - z, nudged_e - e]
came_out("error_moves", round(nudges[-1], 3), "Follow the numbers from left to right.")
show.chain(steps, chain_values, nudges=nudges)

# %% [markdown]
# <details><summary>What you find</summary>
#
# Each step passes the nudge on, times a factor of its own: 2, 1, 3, 4. So $e$ moves $2 \cdot 1 \cdot 3 \cdot 4 = 24$ times as
# far as $w$.
#
# Multiply from the *right*, and every product on the way is a slope too: 4 for $z$; 4 · 3 = 12 for $r$; 12 · 1 = 12 for
# $a$; 12 · 2 = 24 for $w$.
#
# </details>

# %% [markdown]
# A step's factor is called its **local slope**: $x$ for the step "times $x$"; 1 for ReLU, where its input is positive; $v$ for
# "times $v$"; $2 (z - 1)$ for $(z - 1)^2$, as the slope of $w^2$ was $2w$.
#
# Multiplied from the right, nothing is worked out twice. This is the **chain rule** ($de/dw$ is the slope of $e$ with respect to
# $w$):
#
# $$
# \frac{de}{dw} = \frac{de}{dz} \cdot \frac{dz}{dr} \cdot \frac{dr}{da} \cdot \frac{da}{dw}
# $$
#
# In words: the slope of a chain is the product of the slopes of its steps.

# %% id="chain-backward"
grad_z = 2 * (z - 1)
grad_r = grad_z * v
grad_a = grad_r * (a > 0)  # the slope of ReLU: 1 where a is positive, else 0
grad_w = grad_a * x
print(f"predicted: {grad_w:.0f} * 0.001 = {grad_w * 0.001:.6f}    nudged: {nudges[-1]:.6f}")
show.chain(steps, chain_values, [grad_w, grad_a, grad_r, grad_z, 1], slopes=[x, 1, v, 2 * (z - 1)])

# %% [markdown]
# In its *backward pass*, every step takes the **upstream gradient** (`grad_output`) from its right, multiplies it by its own
# slope, and passes the product on. Doing this from the last step to the first is **backpropagation**.

# %% [markdown]
# ## Trust, but nudge
#
# A wrong backward pass raises no error. So compare it with nudging: how far is a gradient $g$ from the numerical gradient $n$?
#
# $$
# \frac{\max \, |g - n|}{\max(\max |g|, \; \max |n|)}
# $$
#
# In words: the largest difference, as a share of the largest entry of either. By hand, (2, 3) against (2, 4): 1 / 4 = 0.25. In
# NumPy, `np.abs(g).max()` is the largest entry, whatever its sign.
#
# ### Your turn: `gradient_check`


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

# %% [markdown]
# ## Where paths meet
#
# In a network a value rarely goes to only one place. Every pooled value votes for X *and* for O. Below, a value takes two paths:
# times 3 and times 5. The error is the first result minus the second.

# %% predict="two_paths"
predict(
    "two_paths",
    "Nudge the value 1 up by 0.001. Which way does e move, and how far?",
    {"up by 0.008": 0.008, "up by 0.003": 0.003, "down by 0.002": -0.002, "down by 0.005": -0.005},
)


# %% id="fan-out"
def fork(value):
    """What becomes of a value that takes two paths."""
    return 3 * value - 5 * value


my_gradient_check = yours("gradient_check", gradient_check)
moves = {"x": 0.001, "z₀": 3 * 0.001, "z₁": 5 * 0.001, "e": fork(1.001) - fork(1)}
paths = [1 * 3, (-1) * 5]
slopes = {"x": sum(paths), "z₀": 1, "z₁": -1, "e": 1}
for claimed in (sum(paths), paths[-1]):  # both paths, and only the last
    difference = my_gradient_check(lambda values: fork(values[0]), np.array([claimed]), np.array([1.0]))
    print(f"gradient {claimed:.1f}: {difference:.3f}")
came_out("two_paths", round(moves["e"], 3))
show.paths({"x": 1}, ["· 3", "· 5"], {"z₀": 3, "z₁": 5}, "z₀ − z₁", {"e": fork(1)}, slopes, moves)

# %% [markdown]
# <details><summary>What you find</summary>
#
# The nudge takes both paths. The upper one moves $e$ up by 0.003, the lower one down by 0.005. Together that is −0.002, so the
# gradient is $1 \cdot 3 + (-1) \cdot 5 = -2$, and your check agrees. The second line claims −5: the last path has overwritten the
# first, and the check says 0.600. In code, that is what `=` in place of `+=` does.
#
# </details>
#
# Where paths meet, **gradients add**.

# %% [markdown]
# ## Three patterns
#
# Nearly all a network does is add, multiply and take the larger of two values.

# %% predict="slope_of_a_product"
predict("slope_of_a_product", "Nudge p. What is the slope of p · q, for p = 3 and q = 4?", float)

# %% id="three-patterns"
p, q, small = 3.0, 4.0, 0.001
for name, step in {"p + q": np.add, "max(p, q)": np.maximum, "p · q": np.multiply}.items():
    slope_p = (step(p + small, q) - step(p, q)) / small
    slope_q = (step(p, q + small) - step(p, q)) / small
    print(f"{name:10} slope for p: {slope_p:.0f}   slope for q: {slope_q:.0f}")
came_out("slope_of_a_product", round(slope_p, 3))

# %% [markdown]
# <details><summary>What you find</summary>
#
# - **Add distributes:** 1 and 1. Both get the upstream gradient as it is.
# - **Max routes:** 0 and 1. The larger value gets all of it.
# - **Multiply swaps:** 4 and 3. Each gets the upstream gradient times the *other* value.
#
# </details>
#
# ReLU is a maximum too, of a value and 0. Forward, it got (1, −2, 3). Now (5, 6, 7) comes back. Which of these get through? Nudge each
# input in your head.

# %% [markdown]
# <details><summary>Think first, then click here.</summary>
#
# Nudged or not, the −2 becomes 0: slope 0. The other two have slope 1. So (5, 0, 7) goes on. The *value that went in* decides,
# not the gradient.
#
# </details>
#
# ReLU is a gate: open for positive values only. (At 0 itself it is closed, as in PyTorch.) `x > 0` is an array of
# True and False, which count as 1 and 0 in a product.
#
# ### Your turn: `relu_backward`


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

# %% [markdown]
# ### Break it
#
# `suspects.relu_backward` looks right too. Find arguments, as small as you can, on which it is wrong.


# %% exercise="break_relu_backward"
def break_relu_backward():
    """An input on which `suspects.relu_backward` is wrong, as small as you can find one.

    Returns
    -------
    tuple of (grad_output, x)
        Arguments that the docstring of `relu_backward` allows.
    """
    ### BEGIN SOLUTION
    return np.array([-1.0]), np.array([2.0])
    ### END SOLUTION


# %% test="break_relu_backward" points=1
check("break_relu_backward", break_relu_backward)

# %% [markdown]
# Does nudging agree? It needs *one* number, but a layer returns an array. So multiply the outputs by random numbers $G$ and add
# the products. Each output then has its own $G$ as its slope, so $G$ is the upstream gradient.

# %% id="relu-against-nudging"
my_relu_backward = yours("relu_backward", relu_backward)
feature_map = reference.filter_image(data.X, data.features["falling"])  # (7, 7)
upstream = np.random.default_rng(9).normal(size=feature_map.shape)
map_gradient = my_relu_backward(upstream, feature_map)
off = my_gradient_check(lambda values: np.sum(upstream * reference.relu(values)), map_gradient, feature_map)
print(f"off by {off:.6f}")
titles = ["ReLU's input", "G", "gradient"]
show.pictures([feature_map, upstream, map_gradient], titles, "signed", limit=[1, 2, 2])

# %% [markdown]
# The third picture is the second one, with holes wherever the first is vermillion: closed gates.

# %% [markdown] break="20"
# > **A good place to stop.** You have the chain rule, and a check for everything that follows.

# %% [markdown]
# ## From the error to the votes
#
# An X got shares of 0.25 for X and 0.75 for O. Which vote should rise, and which should fall?
#
# Lesson 10's error has two parts, $\log \sum_k e^{z_k} - z_y$. The second has slope −1, for the right vote only. The first is a
# chain: $e^{z_k}$ is its own slope, adding has slope 1, and $\log u$ has slope $1 / u$.

# %% [markdown]
# Multiply. ($\partial$ replaces $d$ where a result depends on several numbers.)
#
# $$
# \frac{\partial}{\partial z_k} \log \sum_j e^{z_j} = \frac{1}{\sum_j e^{z_j}} \cdot 1 \cdot e^{z_k} = p_k
# $$
#
# In words: the slope for a vote is its share, from softmax. Do you believe it? Nudge.

# %% id="log-sum-exp"
two_logits = np.log([1.0, 3.0])
slopes_found = reference.numerical_gradient(lambda z: np.log(np.sum(np.exp(z))), two_logits)
print("by nudging:", slopes_found.round(3))
print("shares:    ", reference.softmax(two_logits[np.newaxis])[0].round(3))

# %% [markdown]
# Both parts together: *share minus truth*, (0.25 − 1, 0.75 − 0) = (−0.75, 0.75). The vote for X should rise. The error is a
# mean over $N$ images, so
#
# $$
# \frac{\partial L}{\partial z_{nk}} = \frac{p_{nk} - y_{nk}}{N}
# $$
#
# Here $y_{nk}$ is 1 if $k$ is the right class of image $n$, else 0. In words: the share, less 1 if the class is right, over $N$.

# %% [markdown]
# To reach one entry in each row, give NumPy the rows and columns, as in `cross_entropy`: `table[np.arange(3), [0, 1, 1]] -= 1`
# subtracts 1 at the places (0, 0), (1, 1) and (2, 1).
#
# ### Your turn: `cross_entropy_backward`


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
# ## From the votes to the weights
#
# Now the votes themselves: two values (1, 2), weights (3, 4) for the first vote and (5, 7) for the second, biases 0. As above,
# $e = z_0 - z_1$, so the upstream gradient is (1, −1).
#
# Nudge all eight numbers by 0.001, one at a time. (`w01` is the weight from value 1 to vote 0.) What will the row for `x1` say?

# %% id="every-value-nudged"
numbers = {"x0": 1, "x1": 2, "w00": 3, "w01": 4, "w10": 5, "w11": 7, "b0": 0, "b1": 0}


def two_votes(x0, x1, w00, w01, w10, w11, b0, b1):
    return np.array([w00 * x0 + w01 * x1 + b0, w10 * x0 + w11 * x1 + b1])


print("          z0 moves  z1 moves   e moves  gradient")
for name, number in numbers.items():
    z0, z1 = two_votes(**numbers | {name: number + 0.001}) - two_votes(**numbers)
    print(f"{name:>3} = {number} {z0:+11.3f} {z1:+9.3f} {z0 - z1:+9.3f} {(z0 - z1) / 0.001:+9.0f}")

# %% [markdown]
# <details><summary>What you find</summary>
#
# - **Values** move both votes, so add: $1 \cdot 4 + (-1) \cdot 7 = -3$ for `x1`.
# - **Weights** move one vote, and multiply swaps. `w01` is multiplied by 2, and its vote sends back 1: $1 \cdot 2 = 2$.
# - **Biases** have slope 1: 1 and −1.
#
# </details>
#
# Sort the four weights by vote and value:
#
# | | `x0` = 1 | `x1` = 2 |
# |---|---|---|
# | vote 0 sends back 1 | $1 \cdot 1 = 1$ | $1 \cdot 2 = 2$ |
# | vote 1 sends back −1 | $-1 \cdot 1 = -1$ | $-1 \cdot 2 = -2$ |

# %% [markdown]
# That is one image; `np.outer` makes its table. A second image has a table of its own. The weights are the same for both, so paths
# meet once more, and the tables add. `G.T @ x` does it all.

# %% id="two-tables"
two_upstream, two_x = np.array([[1, -1], [2, 0]]), np.array([[1, 2], [0, 1]])  # a row for each image
print(np.outer(two_upstream[0], two_x[0]) + np.outer(two_upstream[1], two_x[1]))
print(two_upstream.T @ two_x)

# %% [markdown]
# All three gradients, for any number of images, values and votes:
#
# $$
# G_x = G \, W \qquad G_W = G^{\mathsf{T}} x \qquad G_b = \sum_n G_n
# $$
#
# In words: a value's gradient adds up over the votes it went to; a weight's and a bias's, over the images. Each gradient has the
# shape of what it belongs to.
#
# ### Your turn: `linear_backward`


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
# ## Put the passes together
#
# Five rows of four values, three hidden votes, ReLU, two votes, an error. Read the cell as a mirror: each forward line has its
# backward line, in reverse order.

# %% id="there-and-back"
my_cross_entropy_backward = yours("cross_entropy_backward", cross_entropy_backward)
my_linear_backward = yours("linear_backward", linear_backward)
rng, labels = np.random.default_rng(9), np.array([0, 1, 1, 0, 1])
rows, first, second = (rng.normal(size=shape) for shape in [(5, 4), (3, 4), (2, 3)])

hidden = reference.linear(rows, first)  # (5, 3)
active = reference.relu(hidden)
logits = reference.linear(active, second)  # (5, 2)
grad_logits = my_cross_entropy_backward(1.0, logits, labels)
grad_active, grad_second, _ = my_linear_backward(grad_logits, active, second)
grad_hidden = my_relu_backward(grad_active, hidden)
grad_rows, grad_first, _ = my_linear_backward(grad_hidden, rows, first)

# %% [markdown]
# Is it right? And would the check notice if ReLU's pass were left out, or the division by $N$?


# %% id="votes-against-nudging"
def error_of(weights):
    """The error with other weights in the first layer."""
    return reference.cross_entropy(
        reference.linear(reference.relu(reference.linear(rows, weights)), second), labels
    )


without_gate = my_linear_backward(grad_active, rows, first)[1]
claims = {"all passes": grad_first, "gate left open": without_gate, "not divided by N": 5 * grad_first}
for title, claimed in claims.items():
    print(f"{title:17} off by {my_gradient_check(error_of, claimed, first):.6f}")

# %% [markdown]
# Add a mistake of your own to `claims`, and see what the check says.
#
# ### Reflect
#
# A friend has heard that slopes multiply. For a value that goes into two votes, your friend multiplies the gradients of both
# paths. What would a nudge show? And when do slopes multiply, and when do they add?

# %% [markdown] answer="multiply_or_add" points=1
# A nudge of the value moves both votes, and each of them moves the error: the two moves add up; they do not act on one another.
# Slopes multiply along one path, where each step acts on the move that the step before hands on. They add where several paths
# lead from the same value to the error.

# %% [markdown]
# ## In this lesson we
#
# - **multiplied** local slopes from the end to the beginning (the chain rule), and **added** gradients where paths meet,
# - **built** `gradient_check`, which compares a gradient with nudging,
# - **wrote** the way back: error $(p - y) / N$; votes $G W$ and $G^{\mathsf{T}} x$; ReLU $G$ where $x > 0$,
# - **learned** three patterns: add distributes, max routes, multiply swaps.

# %% [markdown]
# | forward | shape here | backward, of the same shape |
# |---|---|---|
# | rows | (5, 4) | `grad_rows` |
# | first weights | (3, 4) | `grad_first` |
# | hidden, active | (5, 3) | `grad_hidden`, `grad_active` |
# | second weights | (2, 3) | `grad_second` |
# | logits | (5, 2) | `grad_logits` |
#
# **Next:** two layers have no backward pass yet, pooling and convolution. In a convolution every weight is used at every position.
# Where do all these paths meet?
#
# **Sources.** Rumelhart, Hinton and Williams 1986, *Learning representations by back-propagating errors* · Stanford
# CS231n, *Backpropagation, intuitions* (the three patterns), and its notes on gradient checks · Brandon Rohrer, *How
# convolutional neural networks work*.
