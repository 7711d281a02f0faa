# %% [markdown] id="title"
# # Slide, multiply, add: build the convolution
#
# Each of the last three pictures was made from the first with only nine numbers. Which nine?
#
# ![cover]
#
# - **You will build** `output_size`, `convolve_image` and `flip_kernel`.
# - **You will learn** what stride and padding do, what a kernel does to a photograph, and where the word *convolution*
#   comes from.
# - **You need** lesson 02, where you slid a feature over an image.
# - **It takes** about 45 minutes.

# %% cover="A grey photograph of a temple roof; the same blurred; its edges alone, in blue and vermillion on white; the same sharpened, with strong contrasts."
piece = data.photograph()[30:158, 128:288]
three = [
    np.full((3, 3), 1 / 9),
    np.array([[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]]),
    np.array([[0, -1, 0], [-1, 5, -1], [0, -1, 0]]),
]
covers = [reference.convolve_image(piece, nine, padding=1) for nine in three]
kinds = ["pixel", "pixel", "signed", "pixel"]
show.pictures([piece, *covers], ["photograph", "one", "two", "three"], kinds, limit=3)

# %% tags=["nbval-ignore-output"]
import numpy as np

from helpers import came_out, check, data, hint, predict, puzzle, reference, review, show, suspects, yours

review(3)

# %% [markdown]
# ## From match to convolution
#
# In lesson 02 you divided each sum of products by nine, so that a perfect match was 1. A neural network finds its own
# numbers and needs no fixed scale. So leave out the division. Instead, add one more number to every sum: here it is −8.
#
# In the last of the three pictures below, which entries will be above zero?

# %% id="match-to-convolution"
kernel, bias = data.features["falling"], -8
matches = reference.filter_image(data.X, kernel)
sums = (9 * matches).round().astype(int) + bias
print("above zero:", np.argwhere(sums > 0).tolist())
print("the two highest values:", np.unique(sums)[-2:])
titles, kinds = ["X", "match", "sum of products, minus 8"], ["pixel", "signed", "signed"]
windows = [(0, 0, 3, 3), (0, 0, 1, 1), (0, 0, 1, 1)]
show.pictures([data.X, matches, sums], titles, kinds, [False, True, True], windows, limit=[1, 1, 9])

# %% [markdown]
# Only the four perfect matches stay above zero, at 9 − 8 = 1. The next best, such as the one outlined in orange, reach
# only 7 − 8 = −1. The number you added is the **bias**. It decides how good is good enough.
#
# From now on, the small array is called a **kernel**, and its entries are its **weights**. Taking the sum of products plus
# the bias at every position is called a **convolution**.

# %% [markdown]
# As a formula, with an image $I$, a kernel $K$ of $h$ rows and $w$ columns, and a feature map $M$:
#
# $$
# M_{ij} = \sum_{a=0}^{h-1} \sum_{b=0}^{w-1} I_{i+a,\; j+b} \, K_{ab} + \text{bias}
# $$
#
# In words: place the kernel's top left weight on row $i$, column $j$ of the image. Multiply each pixel by the weight on top
# of it, add up the products, and add the bias.

# %% [markdown]
# ## Larger steps
#
# Does the window have to move one pixel at a time? Take the inner 7 x 7 pixels of the X and a 3 x 3 kernel, and steps of
# one, two and three pixels.

# %% predict="steps_of_three"
predict(
    "steps_of_three",
    "In steps of three, how many positions are there across?",
    {"one": 1, "two": 2, "three": 3},
)

# %% [markdown]
# In the pictures, the first window is outlined, and a dot marks the middle of each. The bars underneath are the windows of
# one row. Pixels under no window are crossed out.

# %% id="strides"
inner = data.X[1:8, 1:8]
for step in (1, 2, 3):
    starts = list(range(0, 7 - 3 + 1, step))
    print(f"stride {step}: starts at {starts}, so {len(starts)} x {len(starts)} positions")
came_out("steps_of_three", len(starts))
show.strides(inner, 3, [1, 2, 3])

# %% [markdown]
# The size of the step is the **stride**, $S$. The last column in which a window can start is 7 − 3 = 4. In steps
# of two pixels it is 4 / 2 = 2 steps away, and the first position counts too: 3.
#
# <details><summary>What you find</summary>
#
# In steps of three it is 4 / 3 = 1.33 steps away. Only one whole step fits, so we round down: 2. The last row and column are
# never seen: the kernel does not **tile** the image.
#
# </details>

# %% [markdown]
# ## A border of zeros
#
# So far every convolution has shrunk the image: 9 pixels along a side became 7. To keep the size, put a border of zeros
# around the image first. This is **zero padding**, and $P$ is the width of the border, in pixels. NumPy does it in one
# call, `np.pad(image, P)`.

# %% id="padding"
print(np.pad(np.array([[1, 2], [3, 4]]), 1))
show.pictures([data.X, np.pad(data.X, 1)], ["X", "X, P = 1"], values=False, windows=[(0, 0, 3, 3)] * 2)

# %% [markdown]
# > **Careful.** Zero is mid grey, not the black around the X. It adds nothing to a sum, but it is not the background
# > either.
#
# Now count. Along a side of $W$ pixels, a kernel of $F$ pixels has
#
# $$
# W_{\text{out}} = \left\lfloor \frac{W - F + 2P}{S} \right\rfloor + 1
# $$
#
# positions. In words: divide the distance that the kernel can travel by the stride, round down (that is what the brackets
# $\lfloor\;\rfloor$ mean), and add one for the first position.

# %% [markdown]
# ### Your turn: `output_size`
#
# Write the formula in Python; `//` divides and rounds down.


# %% exercise="output_size"
def output_size(size, kernel, stride=1, padding=0):
    """The number of positions at which a kernel fits along one side of the image.

    Parameters
    ----------
    size : int
        Height or width of the image.
    kernel : int
        Height or width of the kernel.
    stride : int, default 1
        Pixels from one position to the next.
    padding : int, default 0
        Zeros added at each of the two ends.

    Returns
    -------
    int
        When the kernel does not tile the image, the pixels that are left over at the end are not seen.

    Examples
    --------
    (7 - 3 + 0) / 3 = 1.33, rounded down 1, plus 1:

    >>> output_size(7, 3, stride=3, padding=0)
    2
    """
    ### BEGIN SOLUTION
    return (size - kernel + 2 * padding) // stride + 1
    ### END SOLUTION


# %% test="output_size" points=2
check("output_size", output_size)

# %% [markdown]
# ### Break it
#
# `suspects.output_size` looks right, and is wrong. Call it and your own function with small numbers, a new kernel each
# time, until the two differ. Then return that input, the smaller the better.


# %% exercise="break_output_size"
def break_output_size():
    """An input on which `suspects.output_size` is wrong, as small as you can find one.

    Returns
    -------
    tuple of (size, kernel, stride, padding)
        Arguments that the docstring of `output_size` allows.
    """
    ### BEGIN SOLUTION
    return (4, 2)
    ### END SOLUTION


# %% test="break_output_size" points=1
check("break_output_size", break_output_size)

# %% predict="four_in_a_row"
predict(
    "four_in_a_row",
    "After four convolutions with 5 x 5 kernels (S = 1, P = 0), how many of 32 pixels are left along a side?",
    [28, 24, 16, 12],
)

# %% id="shrinking"
my_output_size, left = yours("output_size", output_size), {}
for size, pad in [(5, 0), (5, 1), (5, 2), (5, 3), (3, 1), (1, 0)]:
    sides = [32]
    for _ in range(4):
        sides.append(my_output_size(sides[-1], size, 1, pad))
    left[size, pad] = sides[-1]
    print(f"F = {size}, S = 1, P = {pad}:", " -> ".join(map(str, sides)))
came_out("four_in_a_row", left[5, 0])

# %% [markdown]
# <details><summary>What you find</summary>
#
# Each convolution costs four pixels; after four, half of the 32 are gone.
#
# </details>

# %% [markdown]
# The usual settings keep the size: $F = 5$ with $P = 2$, $F = 3$ with $P = 1$, and $F = 1$ with no padding at all. In
# short, at a stride of 1, $P = (F - 1) / 2$.
#
# Three paddings have names: *valid*, *same* and *full*. With each of them, how many positions does
# a 3 x 3 kernel have along a side of the 9 x 9 image? Guess from the names.

# %% id="three-paddings"
for name, pad in {"valid": 0, "same": 1, "full": 2}.items():
    print(f"{name:5}  P = {pad}: 9 -> {my_output_size(9, 3, 1, pad)}")
bordered, titles = [np.pad(data.X, pad) for pad in (0, 1, 2)], [f"P = {pad}" for pad in (0, 1, 2)]
show.pictures(bordered, titles, values=False, windows=[(0, 0, 3, 3)] * 3)

# %% [markdown]
# *Valid*: the kernel stays inside the image. *Same*: 9 stay 9. *Full*, with $P = F - 1$: the kernel starts with a single
# pixel of the image under it.
#
# Now move the first three sliders. At a stride of 2, which kernels tile the image, and does padding change that?

# %% id="shapes-widget" tags=["nbval-ignore-output"]
show.widgets.ConvolutionShapes(data.X, kernel_size=4, stride=2, padding=0, channels=1, filters=1)

# %% [markdown]
# <details><summary>What you find</summary>
#
# The distance $9 - F$ must be even, so kernels of side 1, 3, 5 and 7 tile the image, and those of side 2, 4 and 6 do not.
# (A kernel of side 1 ends at the edge too, but leaves gaps.) Padding makes no difference: it adds $2P$, which is even.
#
# </details>

# %% [markdown]
# ## One image, one kernel
#
# ### Your turn: `convolve_image`
#
# Pad the image, make a map of the right size with `np.zeros`, and fill it in two loops. Entry (row, column) belongs to the
# patch that starts at `row * stride`, `column * stride` in the *padded* image. Leave the bias out for now. (If your
# `output_size` has not passed, call `reference.output_size`.)


# %% exercise="convolve_image"
def convolve_image(image, kernel, stride=1, padding=0):
    """The sum of products of patch and kernel at every position of an image.

    Parameters
    ----------
    image : ndarray of shape (H, W)
    kernel : ndarray of shape (kH, kW)
    stride : int, default 1
        Pixels from one position to the next, down and across.
    padding : int, default 0
        Zeros added on each of the four sides.

    Returns
    -------
    ndarray of shape (H_out, W_out)
        H_out is ``output_size(H, kH, stride, padding)``, W_out likewise.

    Examples
    --------
    Two positions, 1 - 2 and 4 - 5:

    >>> convolve_image(np.array([[1, 2, 3, 4, 5]]), np.array([[1, -1]]), stride=3, padding=0)
    array([[-1., -1.]])
    """
    ### BEGIN SOLUTION
    height, width = kernel.shape
    rows = output_size(image.shape[0], height, stride, padding)
    columns = output_size(image.shape[1], width, stride, padding)
    padded, feature_map = np.pad(image, padding), np.zeros((rows, columns))
    for row in range(rows):
        for column in range(columns):
            top, left = row * stride, column * stride
            patch = padded[top : top + height, left : left + width]
            feature_map[row, column] = np.sum(patch * kernel)
    return feature_map
    ### END SOLUTION


# %% test="convolve_image" points=3
check("convolve_image", convolve_image)

# %% [markdown] break="25"
# > **A good place to stop.** You have a convolution that works.

# %% [markdown]
# ## An image is a function
#
# Give it a row and a column, and it answers with a brightness. Fix the row, and what is left can be drawn as a curve. Here
# is a photograph with part of one row outlined: sky, an ornament, and sky again.

# %% id="one-row"
piece = data.photograph()[30:158, 128:288]
show.pictures([piece], ["photograph"], values=False, windows=[[(20, 40, 1, 70)]])

# %% [markdown]
# Slide two kernels, each a single row, along it: one of nine weights of 1/9, and one of the weights −1, 0, 1. What will
# each give in the even sky? And where the sky ends and the curve drops?
#
# The row will be drawn as a solid line, the first result (*blurred*) dashed, and the second (*difference*) dotted.

# %% id="row-as-curve"
my_convolve_image = yours("convolve_image", convolve_image)
line = piece[20:21, 40:110]  # one row of 70 pixels
blurred = my_convolve_image(line, np.full((1, 9), 1 / 9), 1, 0)[0]
difference = my_convolve_image(line[:, 3:-3], np.array([[-1, 0, 1]]), 1, 0)[0]
print(f"steepest step from pixel to pixel: {np.abs(np.diff(line)).max():.2f}", end="")
print(f", after blurring {np.abs(np.diff(blurred)).max():.2f}")
curves = {"row": line[0, 4:-4], "blurred": blurred, "difference": difference}
alt = "Solid: a steep drop, then a steep rise. Dashed: both are gentle. Dotted: near zero except there."
show.curves(np.arange(44, 106), curves, x_label="column", y_label="brightness", alt=alt)

# %% [markdown]
# The first kernel takes the mean of nine neighbouring pixels. It leaves the sky alone and turns each step into a gentle slope:
# it **blurs**. The second subtracts the left neighbour from the right one. Its result is zero where the curve is flat,
# below zero where it falls, and above zero where it rises: it finds **edges**.
#
# A convolution turns one function into another, in two dimensions as well:

# %% id="kernels"
blur = np.full((3, 3), 1 / 9)
edges = np.array([[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]])
sharpen = np.array([[0, -1, 0], [-1, 5, -1], [0, -1, 0]])
show.pictures([blur, edges, sharpen], ["blur", "edges", "sharpen"], "signed", limit=[1, 8, 8])

# %% [markdown]
# They made the pictures at the top of the lesson. Add up the nine weights of each: what will it turn the sky into, where
# all pixels are nearly equal?

# %% id="photograph-kernels"
made = [my_convolve_image(piece, nine, 1, 1) for nine in (blur, edges, sharpen)]
names = ["photograph", "blur", "edges", "sharpen"]
for name, image in zip(names, [piece, *made], strict=True):
    sky, roof = image[5:25, 5:45], image[80:110, 40:120]
    print(f"{name:10}  sky {sky.mean():5.2f}   spread of the values on the roof {roof.std():.2f}")
show.pictures([piece, *made], names, ["pixel", "pixel", "signed", "pixel"], limit=3)

# %% [markdown]
# Weights that add up to 1 keep the sky as it is. Weights that add up to 0 wipe it out and keep only what changes. The *spread*
# says how far apart the values on the roof are. Blurring evens out the tiles, from 0.33 to 0.27, and sharpening exaggerates
# them, up to 0.96.

# %% [markdown]
# Look closely at the rim of `edges`. There is a frame, blue along the sky, yet the photograph has no edge there! In the
# top left corner the sky is about 0.65.

# %% predict="along_the_rim"
predict("along_the_rim", "Which value is nearest to those along the rim?", [0.65, 1.95, 3.25, 5.2])

# %% id="frame"
windows = [[(0, 0, 3, 3), (0, 3, 3, 3)], [(0, 0, 1, 1), (0, 3, 1, 1)]]
corner_of_sky, corner_of_edges = np.pad(piece, 1)[:6, :6], made[1][:6, :6]
print(f"sky {piece[0, 0]:.2f}; edges in the corner {made[1][0, 0]:.2f}, along the rim {made[1][0, 3]:.2f}")
came_out("along_the_rim", min([0.65, 1.95, 3.25, 5.2], key=lambda value: abs(value - made[1][0, 3])))
show.pictures(
    [corner_of_sky, corner_of_edges], ["sky with P = 1", "edges"], ["pixel", "signed"], True, windows
)

# %% [markdown]
# <details><summary>What you find</summary>
#
# Inside, the kernel gives (8 − 8) · 0.65 = 0. Along the rim, three of the eight neighbours are zeros of the padding, so
# (8 − 5) · 0.65 = 1.95 is left over. In the corner five are, which leaves (8 − 3) · 0.65 = 3.25. (The sky is not perfectly
# even, so the map differs a little.)
#
# </details>

# %% [markdown]
# The padding is mid grey, the sky is bright, and the kernel has found the edge that *we* put between them. Keep that in mind
# when a network seems to see something at the rim.

# %% [markdown]
# ## One word, two meanings
#
# Why is it called *convolution*? Roll two dice. How many of the 36 possible rolls add up to 4? Three: 1 + 3, 2 + 2 and
# 3 + 1. Let $f(k)$ be the number of ways in which the first die can show $k$, and $g(k)$ the same for the second.

# %% [markdown]
# If the first die shows $k$, the other must show $n - k$. Multiply the ways, and add up over all $k$:
#
# $$
# (f * g)(n) = \sum_k f(k) \; g(n - k)
# $$
#
# This is what mathematicians call a convolution, and `np.convolve` computes it. Which sum comes up in the
# most rolls, and in how many?

# %% id="two-dice"
die = np.ones(6)  # one way for each of 1 to 6
ways = np.convolve(die, die)
for total, count in zip(range(2, 13), ways, strict=True):
    print(f"{total:2} in {count:.0f} of 36 rolls", "#" * int(count))

# %% [markdown]
# Seven, in 6 of 36 rolls. (`np.convolve` is *full* unless you ask for less: 6 + 6 − 1 = 11 sums.)
#
# For images, the formula has two minus signs, one for rows and one for columns:
#
# $$
# (I * K)_{ij} = \sum_a \sum_b I_{i-a,\; j-b} \, K_{ab}
# $$
#
# Compare it with the first formula of this lesson. There the indices of image and kernel rise together; here one rises
# while the other falls. So the kernel is placed on the image upside down and with left and right swapped: it is
# **flipped**.

# %% [markdown]
# To flip an array, read it from its end: a slice with a step of −1 does that. An array has one **axis** for each number in
# its shape; the stack below has three, for kernels, rows and columns. In an index, `...` is short for all axes that you do
# not name. Which axis will `[..., ::-1]` reverse?

# %% id="backwards"
print(np.array([1, 2, 3])[::-1])
stack = np.array([[[1, 2], [3, 4]], [[5, 6], [7, 8]]])  # (2, 2, 2)
print(stack[..., ::-1].tolist())

# %% [markdown]
# The last one: each row is read backwards.
#
# ### Your turn: `flip_kernel`
#
# Reverse both the rows and the columns of a kernel, or of each kernel in a stack.


# %% exercise="flip_kernel"
def flip_kernel(kernel):
    """The kernel turned by half a turn: flipped upside down and left to right.

    Parameters
    ----------
    kernel : ndarray of shape (..., kH, kW)
        One kernel, or a stack of kernels; each is flipped, the stack keeps its order.

    Returns
    -------
    ndarray of shape (..., kH, kW)

    Examples
    --------
    Rows and columns are read from their ends:

    >>> flip_kernel(np.array([[1, 2], [3, 4]]))
    array([[4, 3],
           [2, 1]])
    """
    ### BEGIN SOLUTION
    return kernel[..., ::-1, ::-1]
    ### END SOLUTION


# %% test="flip_kernel" points=2
check("flip_kernel", flip_kernel)

# %% predict="in_order"
predict(
    "in_order",
    "Slide [1, 2, 3] over a row of zeros with a single 1. Which kernel leaves 1, 2, 3 in this order?",
    ["as it is", "flipped", "both", "neither"],
)

# %% id="flip"
dot, ramp = np.array([[0, 0, 0, 1, 0, 0, 0]]), np.array([[1, 2, 3]])
kernels = {"as it is": ramp, "flipped": yours("flip_kernel", flip_kernel)(ramp)}
rows = {name: my_convolve_image(dot, one, 1, 0)[0] for name, one in kernels.items()}
for name, row in rows.items():
    print(f"{name + ':':12}", row)
print("np.convolve:", np.convolve(dot[0], ramp[0], mode="valid"))
right = [name for name, row in rows.items() if np.array_equal(np.trim_zeros(row), [1, 2, 3])]
came_out("in_order", right[0] if len(right) == 1 else "both" if right else "neither")

# %% [markdown]
# <details><summary>What you find</summary>
#
# The flipped one gives what `np.convolve` gives too.
#
# </details>
#
# The convolution of neural networks does not flip the kernel; strictly speaking, it is a **cross-correlation**. This
# course says *convolution* all the same, as people who build networks do. The one that flips is `reference.true_convolution`.
#
# ### Reflect
#
# A network that learns its kernels can leave out the flip. Why is nothing lost? And when do *you* have to remember it?

# %% [markdown] answer="why_no_flip" points=1
# A network finds its weights by itself. If its convolution flipped the kernel, it would find the same kernel turned by half
# a turn, and every map would be the same. So nothing is lost. I have to remember the flip when the weights come from
# somewhere else: when I write a kernel by hand that is not symmetric, like [1, 2, 3], or take weights from a library that
# flips.

# %% [markdown]
# ## In this lesson we
#
# - **turned** the match into a convolution: the sum of products plus a bias, at every position,
# - **counted** positions: $\lfloor (W - F + 2P) / S \rfloor + 1$ along each side,
# - **kept** the size with zero padding, and saw the frame that it leaves,
# - **filtered** a row and a whole photograph: blur, edges, sharpen,
# - **distinguished** the convolution of networks from that of mathematics, which flips the kernel.

# %% [markdown]
# | what | shape | here |
# |---|---|---|
# | image | $(H, W)$ | (9, 9) |
# | padded image | $(H + 2P, W + 2P)$ | (11, 11) |
# | kernel, $kH$ high and $kW$ wide | $(kH, kW)$ | (3, 3) |
# | feature map | $(H_{\text{out}}, W_{\text{out}})$ | (9, 9) |
#
# **Next:** a colour photograph is three images, one behind the other. How does one kernel slide over three channels? Lesson
# 04 goes into depth.

# %% [markdown]
# **Sources.** Stanford CS231n, *Convolutional networks* (stride, padding, the formula) · Stanford CS230, *Convolutional
# networks cheatsheet* (valid, same, full) · Christopher Olah, *Understanding convolutions* (the sums of dice, the flip) ·
# Adit Deshpande, *A beginner's guide to understanding convolutional neural networks* (what zero padding is for).
