# %% [markdown] id="title"
# # Slide, multiply, add: build the convolution
#
# Each of the last three pictures was made from the first with nine numbers. Which nine?
#
# ![cover]
#
# - **You will build** `output_size`, `convolve_image` and `flip_kernel`.
# - **You will learn** what stride and padding do, what a kernel makes of a photograph, and where the word *convolution*
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

# %%
import numpy as np

from helpers import check, data, hint, reference, show, yours

# %% [markdown]
# ## From match to convolution
#
# In lesson 02 you divided each sum of products by nine, so that a perfect match was 1. A network finds its own numbers
# and needs no such scale. So leave the division out. Instead, add one more number to every sum: here it is −8.
#
# **Predict:** in the last of the three pictures below, which entries will be above zero? Decide, then run the cell.

# %% id="match-to-convolution"
kernel, bias = data.features["falling"], -8
matches = reference.filter_image(data.X, kernel)
sums = (9 * matches).round().astype(int) + bias
print("above zero:", np.argwhere(sums > 0).tolist())
print("the two highest values:", np.unique(sums)[-2:])
titles, kinds = ["X", "match", "sum of products - 8"], ["pixel", "signed", "signed"]
windows = [(0, 0, 3, 3), (0, 0, 1, 1), (0, 0, 1, 1)]
show.pictures([data.X, matches, sums], titles, kinds, [False, True, True], windows, limit=[1, 1, 9])

# %% [markdown]
# Only the four perfect matches are left, with 9 − 8 = 1. The next best, among them the orange one, get 7 − 8 = −1. The
# number that you added is the **bias**. It decides how good is good enough.
#
# From now on the small array is called a **kernel**, and its entries are its **weights**. The sum of products plus the
# bias, at every position, is a **convolution**.

# %% [markdown]
# As a formula, with a kernel $K$ of $h$ rows and $w$ columns:
#
# $$
# S_{ij} = \sum_{a=0}^{h-1} \sum_{b=0}^{w-1} I_{i+a,\; j+b} \, K_{ab} + \text{bias}
# $$
#
# In words: lay the kernel's top left weight on row $i$, column $j$ of the image $I$. Multiply each pixel by the weight that
# lies on it, add up the products, and add the bias.

# %% [markdown]
# ## Larger steps
#
# Does the window have to move by one pixel at a time? Take the inner 7 x 7 pixels of the X and a 3 x 3 kernel. How many
# positions does the kernel have across, in steps of one, two and three pixels?
#
# In the pictures, the first window is drawn, a dot marks the middle of every window, and the bars below show the windows
# of one row. Pixels that no window covers are crossed out.

# %% id="strides"
inner = data.X[1:8, 1:8]
for step in (1, 2, 3):
    starts = list(range(0, 7 - 3 + 1, step))
    print(f"stride {step}: starts at {starts}, so {len(starts)} x {len(starts)} positions")
show.strides(inner, 3, [1, 2, 3])

# %% [markdown]
# 5, 3 and 2. The size of the step is the **stride**, $S$. The last possible start is 7 − 3 = 4. In steps of two pixels it is
# 4 / 2 = 2 steps away, and the start itself counts too: 3 positions.
#
# In steps of three it is 4 / 3 = 1.33 steps away. Only one whole step fits, and the last row and the last column are never
# seen: the kernel does not **tile** the image. We round down.

# %% [markdown]
# ## A border of zeros
#
# Every convolution so far has made the image smaller: 9 pixels along a side became 7. If you want to keep the size, put a
# border of zeros around the image first. This is **zero padding**, and $P$ is the number of zeros on each side. NumPy does
# it in one call, `np.pad(image, P)`.

# %% id="padding"
print(np.pad(np.array([[1, 2], [3, 4]]), 1))
show.pictures([data.X, np.pad(data.X, 1)], ["X", "X, P = 1"], values=False, windows=[(0, 0, 3, 3)] * 2)

# %% [markdown]
# > **Careful.** Zero is mid grey, not the black around the X. It adds nothing to a sum, but it is not the background
# > either. Later in this lesson you will see what that can do.
#
# Now count. Along a side of $W$ pixels, a kernel of $F$ pixels has
#
# $$
# W_{\text{out}} = \left\lfloor \frac{W - F + 2P}{S} \right\rfloor + 1
# $$
#
# positions: how far the kernel can travel, divided by the stride, rounded down, plus one for the start.

# %% [markdown]
# ### Your turn: `output_size`
#
# Write the formula in Python; `//` divides and rounds down. Then **predict:** four convolutions with 5 x 5 kernels, one
# after another. How many of 32 pixels are left along a side? And which padding keeps all 32?


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

# %% id="shrinking"
my_output_size = yours("output_size", output_size)
for size, pad in [(5, 0), (5, 2), (3, 1), (1, 0)]:
    sides = [32]
    for _ in range(4):
        sides.append(my_output_size(sides[-1], size, 1, pad))
    print(f"F = {size}, S = 1, P = {pad}:", " -> ".join(map(str, sides)))

# %% [markdown]
# Without padding, 32 pixels become 28, then 24, and after four layers half of them are gone. The other three are the usual
# settings that keep the size: $F = 5$ with $P = 2$, $F = 3$ with $P = 1$, and $F = 1$ with no padding at all. In short,
# $P = (F - 1) / 2$.
#
# Three paddings have names: *valid*, *same* and *full*. Which of them do you think keeps the size of the map?

# %% id="three-paddings"
for name, pad in {"valid": 0, "same": 1, "full": 2}.items():
    print(f"{name:5}  P = {pad}: 9 -> {my_output_size(9, 3, 1, pad)}")
bordered, titles = [np.pad(data.X, pad) for pad in (0, 1, 2)], [f"P = {pad}" for pad in (0, 1, 2)]
show.pictures(bordered, titles, values=False, windows=[(0, 0, 3, 3)] * 3)

# %% [markdown]
# *Valid*: the kernel stays inside, 9 become 7. *Same*: 9 stay 9. *Full*, with $P = F - 1$: the kernel starts with a single
# pixel of the image under it, and 9 become 11.
#
# Now turn the knobs yourself. (Leave the last two at 1; they belong to lesson 04.) Find the padding with which a 5 x 5 kernel
# leaves the X at 9 x 9. Then set the stride to 2: which kernels tile the image, and does padding change that?

# %% id="shapes-widget" tags=["nbval-ignore-output"]
show.widgets.ConvolutionShapes(data.X, kernel_size=4, stride=2, padding=0, channels=1, filters=1)

# %% [markdown]
# <details><summary>What you find</summary>
#
# A 5 x 5 kernel needs a padding of 2. At a stride of 2, the distance 9 − F must be even, so the kernels of 1, 3, 5 and 7
# tile the image, and those of 2, 4 and 6 do not. Padding makes no difference: it adds $2P$, which is even.
#
# </details>

# %% [markdown]
# ## One image, one kernel
#
# ### Your turn: `convolve_image`
#
# Pad the image, make an empty map of the right size with `np.zeros`, and fill it in two loops: entry (row, column) belongs
# to the patch that starts at `row * stride`, `column * stride` of the *padded* image. There is no bias yet. (If your
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
# > **A good place to stop.** You have a convolution that works. Next you try it on a photograph.

# %% [markdown]
# ## An image is a function
#
# Give it a row and a column, and it answers with a brightness. Fix the row, and what is left can be drawn as a curve. Here
# is one row of a photograph: it crosses bright sky, then a dark ornament on the roof with a light side, and sky again.

# %% id="one-row"
piece = data.photograph()[30:158, 128:288]
show.pictures([piece], ["photograph"], values=False, windows=[[(20, 40, 1, 70)]])

# %% [markdown]
# Slide two kernels of one row along it: nine weights of 1/9, and the three weights −1, 0, 1. **Predict:** what does each of
# them make of the flat sky? And of the place where the sky ends and the curve drops?

# %% id="row-as-curve"
my_convolve_image = yours("convolve_image", convolve_image)
line = piece[20:21, 40:110]  # one row of 70 pixels
blurred = my_convolve_image(line, np.full((1, 9), 1 / 9), 1, 0)[0]
difference = my_convolve_image(line[:, 3:-3], np.array([[-1, 0, 1]]), 1, 0)[0]
print(f"steepest step from pixel to pixel: {np.abs(np.diff(line)).max():.2f}", end="")
print(f", after blurring {np.abs(np.diff(blurred)).max():.2f}")
curves = {"row": line[0, 4:-4], "blurred": blurred, "difference": difference}
alt = "A drop and a rise; blurred, both are gentle; the difference is zero except there."
show.curves(np.arange(44, 106), curves, x_label="column", y_label="brightness", alt=alt)

# %% [markdown]
# The first kernel takes the mean of nine neighbours. It leaves the sky alone and wears each step down to a gentle slope:
# it **blurs**. The second subtracts the left neighbour from the right one. It is zero where the curve is flat, below zero
# where it falls, above zero where it rises: it finds **edges**.
#
# A convolution makes a new function out of an old one. That works in two directions as well.

# %% id="kernels"
blur = np.full((3, 3), 1 / 9)
edges = np.array([[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]])
sharpen = np.array([[0, -1, 0], [-1, 5, -1], [0, -1, 0]])
show.pictures([blur, edges, sharpen], ["blur", "edges", "sharpen"], "signed", limit=[1, 8, 8])

# %% [markdown]
# These are the three kernels of the cover. Add up the nine weights of each. **Predict:** what does each of them make of a
# sky in which all pixels are nearly equal?

# %% id="photograph-kernels"
made = [my_convolve_image(piece, nine, 1, 1) for nine in (blur, edges, sharpen)]
names = ["photograph", "blur", "edges", "sharpen"]
for name, image in zip(names, [piece, *made], strict=True):
    sky, roof = image[5:25, 5:45], image[80:110, 40:120]
    print(f"{name:10}  sky {sky.mean():5.2f}   spread of the values on the roof {roof.std():.2f}")
show.pictures([piece, *made], names, ["pixel", "pixel", "signed", "pixel"], limit=3)

# %% [markdown]
# Weights that add up to 1 keep the sky as it is. Weights that add up to 0 wipe it out and keep only what changes. On the
# roof, blurring evens out the tiles, and sharpening exaggerates them.

# %% [markdown]
# Now look closely at the rim of `edges`. There is a frame around it, blue where the sky is, yet the photograph has no edge
# there! In this corner the sky is about 0.65. **Predict:** what will the kernel make of it in the corner, along the rim, and
# inside?

# %% id="frame"
windows = [[(0, 0, 3, 3), (0, 3, 3, 3)], [(0, 0, 1, 1), (0, 3, 1, 1)]]
corner_of_sky, corner_of_edges = np.pad(piece, 1)[:6, :6], made[1][:6, :6]
print(f"sky {piece[0, 0]:.2f}; edges in the corner {made[1][0, 0]:.2f}, along the rim {made[1][0, 3]:.2f}")
show.pictures(
    [corner_of_sky, corner_of_edges], ["sky with P = 1", "edges"], ["pixel", "signed"], True, windows
)

# %% [markdown]
# Inside it makes (8 − 8) · 0.65 = 0. Along the rim, three of the eight neighbours are zeros of the padding, so
# (8 − 5) · 0.65 = 1.95 is left over. In the corner, five are, which leaves (8 − 3) · 0.65 = 3.25. (The sky is not perfectly
# even, so the map is a little off these numbers.)

# %% [markdown]
# The padding is mid grey, the sky is bright, and the kernel has found the edge that *we* put there. Keep that in mind
# when a network seems to see something at the rim.

# %% [markdown]
# ## One word, two meanings
#
# Why is it called *convolution*? Throw two dice. In how many of the 36 throws do they add up to 4? As 1 + 3, 2 + 2 and
# 3 + 1: when one die shows more, the other shows less. With $f(k)$ ways for the first die to show $k$, and $g(k)$ for
# the second:
#
# $$
# (f * g)(n) = \sum_k f(k) \; g(n - k)
# $$
#
# That is what mathematicians call the convolution. **Predict:** which sum is the most frequent, and how many throws give
# it?

# %% id="two-dice"
die = np.ones(6)  # one way for each of 1 to 6
ways = np.convolve(die, die)
for total, count in zip(range(2, 13), ways, strict=True):
    print(f"{total:2} in {count:.0f} of 36 throws", "#" * int(count))

# %% [markdown]
# Seven, in 6 of 36 throws. (NumPy's `np.convolve` is *full* unless you ask for less: 6 + 6 − 1 = 11 sums.)
#
# For images, the same formula has two minus signs:
#
# $$
# (I * K)_{ij} = \sum_a \sum_b I_{i-a,\; j-b} \, K_{ab}
# $$
#
# Compare it with the first formula of this lesson. There the indices of image and kernel rise together; here one rises
# while the other falls. So the kernel lies on the image upside down and left to right: it is **flipped**.

# %% [markdown]
# To flip an array, read it from its end. A slice with a step of −1 does that, and `...` is short for all axes that you do
# not name. In the stack below, which axis will be reversed?

# %% id="backwards"
print(np.array([1, 2, 3])[::-1])
stack = np.array([[[1, 2], [3, 4]], [[5, 6], [7, 8]]])  # (2, 2, 2)
print(stack[..., ::-1].tolist())

# %% [markdown]
# The last one: each row of two is read backwards, and everything else keeps its place.
#
# ### Your turn: `flip_kernel`
#
# Reverse the rows and the columns of a kernel, or of each kernel in a stack. Then **predict:** slide [1, 2, 3] over a
# single 1, once as it is and once flipped. Which of the two draws the kernel as it is?


# %% exercise="flip_kernel"
def flip_kernel(kernel):
    """The kernel turned by half a turn: upside down and left to right.

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

# %% id="flip"
dot, ramp = np.array([[0, 0, 0, 1, 0, 0, 0]]), np.array([[1, 2, 3]])
flipped = yours("flip_kernel", flip_kernel)(ramp)
print("as it is:   ", my_convolve_image(dot, ramp, 1, 0)[0])
print("flipped:    ", my_convolve_image(dot, flipped, 1, 0)[0])
print("np.convolve:", np.convolve(dot[0], ramp[0], mode="valid"))

# %% [markdown]
# The flipped one, as `np.convolve` does. What networks call a convolution does not flip, and is strictly a
# **cross-correlation**. The course keeps the networks' word, and so does PyTorch. The true one is
# `reference.true_convolution`.
#
# ### Reflect
#
# A network that learns its kernels can leave the flip out. Why does nothing get lost? And when do *you* have to think
# of it?

# %% [markdown] answer="why_no_flip" points=1
# A network finds its weights by itself. If its layer flipped the kernel, it would find the same kernel turned by half a
# turn, and every map would be the same. So nothing gets lost. I have to think of it when the weights come from somewhere
# else: a kernel that I write by hand and that is not symmetric, like [1, 2, 3], or weights from a library that flips.

# %% [markdown]
# ## In this lesson we
#
# - **turned** the match into the convolution: the sum of products plus a bias, at every position,
# - **counted** positions: $\lfloor (W - F + 2P) / S \rfloor + 1$ along each side,
# - **kept** the size with zero padding, and saw the frame that it leaves,
# - **filtered** a row and a whole photograph: blur, edges, sharpen,
# - **told apart** the convolution of networks from that of mathematics, which flips the kernel.

# %% [markdown]
# | what | shape | here |
# |---|---|---|
# | image | $(H, W)$ | (9, 9) |
# | padded image | $(H + 2P, W + 2P)$ | (11, 11) |
# | kernel | $(kH, kW)$ | (3, 3) |
# | feature map | $(H_{\text{out}}, W_{\text{out}})$ | (9, 9) |
#
# **Next:** a colour photograph is three images, one behind the other. How does one kernel slide over three layers? Lesson
# 04 goes into depth.

# %% [markdown]
# **Sources.** Stanford CS231n, *Convolutional networks* (stride, padding, the formula) · Stanford CS230, *Convolutional
# networks cheatsheet* (valid, same, full) · Christopher Olah, *Understanding convolutions* (the sums of dice, the flip) ·
# Adit Deshpande, *A beginner's guide to understanding convolutional neural networks* (what a padding of zeros is for).
