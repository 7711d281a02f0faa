# %% [markdown] id="title"
# # Slide, multiply, add: build the convolution
#
# Each of the last three pictures was made out of the first, with nine numbers. Which?
#
# ![cover]
#
# - **You will build** `output_size`, `convolve_image`, `conv2d`, the heart of every network in this course, and five small
#   tools.
# - **You will learn** stride, padding, depth, and why filters need so few weights.
# - **You need** lesson 02, and some time: a place for a break is marked.

# %% cover="A grey photograph of a temple roof; the same blurred; its edges alone, in blue and vermillion on white; the same sharpened, with strong contrasts."
piece = data.photograph()[30:158, 128:288]
kernels = [
    np.full((3, 3), 1 / 9),
    np.array([[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]]),
    np.array([[0, -1, 0], [-1, 5, -1], [0, -1, 0]]),
]
made = [reference.convolve_image(piece, kernel, padding=1) for kernel in kernels]
kinds = ["pixel", "pixel", "signed", "pixel"]
show.pictures([piece, *made], ["photograph", "one", "two", "three"], kinds, limit=3)

# %%
from timeit import repeat

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from helpers import check, data, hint, reference, show, yours

# %% [markdown]
# ## From match to convolution
#
# Lesson 02 divided each sum of products by nine, so that a perfect match is 1. A network finds its own numbers and needs
# no such scale. So leave the division out, and add a number instead, here −8.
#
# In which entries of the last map below do you expect a value above zero? And which product of two rows of nine gives the
# sum for the orange patch? Decide, then run.

# %% id="match-to-convolution"
kernel, bias = data.features["falling"], -8
matches = reference.filter_image(data.X, kernel)
sums = (9 * matches).round().astype(int)
print("above zero:", np.argwhere(sums + bias > 0).tolist())
x, w = data.X[0:3, 0:3].ravel().astype(int), kernel.ravel().astype(int)
print(f"x = {x}\nw = {w}\nw @ x + b = {w @ x} - 8 = {w @ x + bias}")
titles, kinds = ["X", "match", "sum of products - 8"], ["pixel", "signed", "signed"]
windows = [(0, 0, 3, 3), (0, 0, 1, 1), (0, 0, 1, 1)]
show.pictures([data.X, matches, sums + bias], titles, kinds, [False, True, True], windows, limit=[1, 1, 9])

# %% [markdown]
# Only the four perfect matches: 9 − 8 = 1. The next best, 7 − 8 = −1, is below zero already. The number that is added is
# the **bias**: it says how good is good enough.
#
# The small array is now called a **kernel**, and its entries **weights**. The sum of products plus the bias, at every
# position, is a **convolution**.

# %% [markdown]
# Stretched into rows, patch and kernel make the dot product $w \cdot x + b$. Books call that a **neuron**. Each of the 49
# entries is one: it sees nine pixels, its **receptive field** (orange), and all 49 share their weights.
#
# ## Larger steps
#
# Must the window move by one pixel? Take the inner 7 x 7 pixels and a 3 x 3 kernel. How many positions are there across
# in steps of 1, 2 and 3?

# %% id="strides"
inner = data.X[1:8, 1:8]
starts = {stride: list(range(0, 7 - 3 + 1, stride)) for stride in (1, 2, 3)}
for stride, places in starts.items():
    print(f"stride {stride}: starts at {places}, so {len(places)} x {len(places)} positions")
windows = [[(place, place, 3, 3) for place in places] for places in starts.values()]
titles = [f"stride {stride}" for stride in starts]
show.pictures([inner] * 3, titles, values=False, windows=windows)

# %% [markdown]
# 5, 3 and 2; the pictures show those on the diagonal. The step is the **stride** $S$. The last possible start is at
# 7 − 3 = 4. In steps of 2 that is 4 / 2 = 2 steps away, and the start itself counts too.
#
# In steps of 3 it is 4 / 3 = 1.33: one step can be taken, the last row and column are never seen. The kernel does not
# **tile** the image. We round down.

# %% [markdown]
# ## A border of zeros
#
# At the edge, **zero padding** helps: $P$ zeros on each side. Along a side of $W$ pixels, a kernel of $F$ has
#
# $$
# W_{\text{out}} = \left\lfloor \frac{W - F + 2P}{S} \right\rfloor + 1
# $$
#
# positions: how far the window can travel, divided by the stride, rounded down, plus the start.
#
# ### Your turn: `output_size`
#
# Write it. Then predict: four convolutions with 5 x 5 kernels, one after another. What do they leave of 32 pixels? Which
# padding keeps all 32?


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
for kernel_size, padding in [(5, 0), (5, 2), (3, 1), (1, 0)]:
    sizes = [32]
    for _ in range(4):
        sizes.append(my_output_size(sizes[-1], kernel_size, 1, padding))
    print(f"F {kernel_size}, S 1, P {padding}:", " -> ".join(map(str, sizes)))
show.pictures([data.X, np.pad(data.X, 1)], ["X", "P = 1"], values=True)

# %% [markdown]
# Without padding 32 → 28 → 24, and soon nothing is left. The other three are the usual settings that keep the size:
# $P = (F - 1) / 2$.
#
# > **Careful.** Zero is mid grey, not the X's black. It adds nothing to any sum.
#
# Now turn the knobs. Find a 5 x 5 kernel that leaves the X 9 x 9; a stride that does not tile; what makes the output
# deeper, and its price.

# %% id="shapes-widget" tags=["nbval-ignore-output"]
show.widgets.ConvolutionShapes(data.X, kernel_size=4, stride=2, padding=0, channels=1, filters=2)

# %% [markdown]
# ## One image, one kernel
#
# ### Your turn: `convolve_image`
#
# Pad the image (`np.pad(image, padding)` does it), make an empty map, and fill it: entry (row, column) belongs to the patch
# that starts at `row * stride`, `column * stride`. The bias comes later. (No `output_size` yet? Call
# `reference.output_size`.)


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

# %% [markdown]
# On to the photograph. Three kernels: `blur` has nine weights of 1/9; `edges` has 8 in the middle and −1 around it;
# `sharpen` has 5 in the middle and four times −1. Add up the weights of each. What does each make of a sky where all
# pixels are nearly the same?

# %% id="photograph-kernels"
my_convolve_image = yours("convolve_image", convolve_image)
piece = data.photograph()[30:158, 128:288]
blur = np.full((3, 3), 1 / 9)
edges = np.array([[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]])
sharpen = np.array([[0, -1, 0], [-1, 5, -1], [0, -1, 0]])
made = [my_convolve_image(piece, kernel, 1, 1) for kernel in (blur, edges, sharpen)]
for name, image in zip(["photograph", "blur", "edges", "sharpen"], [piece, *made], strict=True):
    print(
        f"{name:10} sky {image[5:25, 5:45].mean():5.2f}   spread on the roof {image[80:110, 40:120].std():.2f}"
    )
kinds = ["pixel", "pixel", "signed", "pixel"]
show.pictures([piece, *made], ["photograph", "blur", "edges", "sharpen"], kinds, limit=3)

# %% [markdown]
# Weights that add up to 1 leave the sky as it is; weights that add up to 0 wipe it out and keep what changes. Blurring
# evens out the roof, sharpening exaggerates it.
#
# > **Note.** A good place for a break.
#
# ## Depth
#
# A colour photograph has three channels. How does one kernel slide over three layers? Below, a patch of two channels, two
# kernels and a bias of 10. Which single number would you make of them?

# %% id="two-channels"
patch = np.array([[[1, 2], [3, 4]], [[5, 6], [7, 8]]])  # (2, 2, 2): channel, row, column
weights = np.array([[[1, 0], [0, 1]], [[0, 1], [-1, 0]]])  # (2, 2, 2)
for channel in range(2):
    print(f"channel {channel}: products add up to", np.sum(patch[channel] * weights[channel]))
print("all channels plus bias:", np.sum(patch * weights) + 10)
shapes, names = [(3, 32, 32), (3, 5, 5), (10, 28, 28)], ["input", "one of 10 filters", "output"]
show.volumes(shapes, names, patches=[(4, 6, 5, 5), None, (4, 6, 1, 1)])

# %% [markdown]
# (1 + 4) + (6 − 7) + 10 = 14: a kernel for each channel, one bias. This is a **filter**. It is as deep as its input and
# makes one map. Ten filters make ten maps: **the output is as deep as there are filters**.
#
# ### Your turn: `conv2d`
#
# The two loops stay; inside, do all images and filters at once. Then predict: the X, its three features, biases of −8.
# How many entries of each map are above zero?


# %% exercise="conv2d"
def conv2d(x, weight, bias=None, stride=1, padding=0):
    """Each filter's sum of products plus bias, at every position of every image.

    Parameters
    ----------
    x : ndarray of shape (N, C, H, W)
        N images of C channels.
    weight : ndarray of shape (K, C, kH, kW)
        K filters, each with one kernel for every channel.
    bias : ndarray of shape (K,), optional
        One number for each filter.
    stride : int, default 1
        Pixels from one position to the next, down and across.
    padding : int, default 0
        Zeros added on each of the four sides of every channel.

    Returns
    -------
    ndarray of shape (N, K, H_out, W_out)
        H_out is ``output_size(H, kH, stride, padding)``, W_out likewise.

    Notes
    -----
    Cut the same patch out of all images and channels: `padded[:, :, top:bottom, left:right]`. Then
    `np.tensordot(patches, weight, axes=([1, 2, 3], [1, 2, 3]))` sums the products over channels, rows and columns:
    (N, C, kH, kW) and (K, C, kH, kW) become (N, K).

    Examples
    --------
    One image of two channels of one pixel, one filter: 2x3 + 5x(-1) + 10 = 11.

    >>> conv2d(np.array([[[[2]], [[5]]]]), np.array([[[[3]], [[-1]]]]), np.array([10]), stride=1, padding=0)
    array([[[[11.]]]])
    """
    ### BEGIN SOLUTION
    height, width = weight.shape[2:]
    rows = output_size(x.shape[2], height, stride, padding)
    columns = output_size(x.shape[3], width, stride, padding)
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    maps = np.zeros((len(x), len(weight), rows, columns))
    for row in range(rows):
        for column in range(columns):
            top, left = row * stride, column * stride
            patches = padded[:, :, top : top + height, left : left + width]
            maps[:, :, row, column] = np.tensordot(patches, weight, axes=([1, 2, 3], [1, 2, 3]))
    return maps if bias is None else maps + bias[:, None, None]
    ### END SOLUTION


# %% test="conv2d" points=4
check("conv2d", conv2d)

# %% id="stack"
my_conv2d = yours("conv2d", conv2d)
features = np.array(list(data.features.values()))[:, None]  # (3, 1, 3, 3)
maps = my_conv2d(data.X[None, None], features, np.full(3, -8.0), 1, 0)  # (1, 3, 7, 7)
print("above zero in each map:", (maps > 0).sum(axis=(0, 2, 3)))
next_filters = np.zeros((4, 3, 3, 3))
print(features.shape, "->", maps.shape, "->", my_conv2d(maps, next_filters, None, 1, 0).shape)
show.pictures(maps[0].round().astype(int), list(data.features), "signed", limit=9)

# %% [markdown]
# Four, four, one, as in lesson 02. The next filters must be 3 deep, as there are 3 maps; four of them make 4.
#
# ## Two layouts
#
# Our photograph is (height, width, 3): channels last. Image files and TensorFlow keep batches so, $(N, H, W, C)$ with kernels
# $(kH, kW, C, K)$. PyTorch and this course use $(N, C, H, W)$ with $(K, C, kH, kW)$.
#
# ### Your turn: `to_nchw` and `to_nhwc`
#
# Let the axes change places, in both directions.


# %% exercise="to_nchw"
def to_nchw(x):
    """The same images with the channels before rows and columns.

    Parameters
    ----------
    x : ndarray of shape (N, H, W, C)

    Returns
    -------
    ndarray of shape (N, C, H, W)

    Examples
    --------
    Two pixels side by side, each of two channels:

    >>> to_nchw(np.array([[[[1, 2], [3, 4]]]])).tolist()
    [[[[1, 3]], [[2, 4]]]]
    """
    ### BEGIN SOLUTION
    return np.transpose(x, (0, 3, 1, 2))
    ### END SOLUTION


# %% test="to_nchw" points=2
check("to_nchw", to_nchw)


# %% exercise="to_nhwc"
def to_nhwc(x):
    """The same images with the channels last.

    Parameters
    ----------
    x : ndarray of shape (N, C, H, W)

    Returns
    -------
    ndarray of shape (N, H, W, C)

    Examples
    --------
    Two channels of two pixels become two pixels of two channels:

    >>> to_nhwc(np.array([[[[1, 3]], [[2, 4]]]])).tolist()
    [[[[1, 2], [3, 4]]]]
    """
    ### BEGIN SOLUTION
    return np.transpose(x, (0, 2, 3, 1))
    ### END SOLUTION


# %% test="to_nhwc" points=2
check("to_nhwc", to_nhwc)

# %% [markdown]
# What use is a kernel of one pixel? It mixes the channels: a **1x1 convolution**. Red, green and blue, weighted 0.299,
# 0.587 and 0.114, give the grey that your eye sees. The filter below is written channels last, so it changes its layout, too.
#
# One of the two results uses `reshape` instead of your `to_nchw`. The shape is right. What will you see?

# %% id="one-by-one"
colour = data.photograph(colour=True)[None, 30:158, 128:288]  # (1, 128, 160, 3)
luminance = np.array([0.299, 0.587, 0.114]).reshape(1, 1, 3, 1)  # (kH, kW, C, K)
weight = reference.kernels_to_nchw(luminance)  # (K, C, kH, kW)
right = yours("to_nchw", to_nchw)(colour)
wrong = colour.reshape(right.shape)
print(luminance.shape, "->", weight.shape, "and", colour.shape, "->", right.shape)
greys = [my_conv2d(image, weight, None, 1, 0)[0, 0] for image in (right, wrong)]
print("equal to the grey photograph:", [bool(np.allclose(grey, piece)) for grey in greys])
show.pictures([colour[0], *greys], ["colour", "transposed", "reshaped"])

# %% [markdown]
# `reshape` tears every pixel apart, without an error.
#
# ## How few weights
#
# Ten filters of 5 x 5 over a colour image: 3 · 5 · 5 = 75 weights and a bias each, 760 **parameters** together. All
# positions use the same ones: **parameter sharing**.
#
# ### Your turn: `conv_parameters`
#
# Then guess: if each output number had its own weights for all 3072 input numbers (a **fully connected** layer), how many
# digits would the count have?


# %% exercise="conv_parameters"
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    """The number of weights and biases of a convolutional layer with square kernels.

    Parameters
    ----------
    in_channels : int
        Depth of the input.
    out_channels : int
        Number of filters.
    kernel_size : int
        Side of the kernels.
    bias : bool, default True
        Whether each filter has a bias.

    Returns
    -------
    int

    Examples
    --------
    Two filters, each of 1 x 2 x 2 weights and one bias:

    >>> conv_parameters(1, 2, 2, bias=True)
    10
    """
    ### BEGIN SOLUTION
    return out_channels * (in_channels * kernel_size**2 + bias)
    ### END SOLUTION


# %% test="conv_parameters" points=2
check("conv_parameters", conv_parameters)

# %% id="sharing"
count = yours("conv_parameters", conv_parameters)
inputs = 32 * 32 * 3
print(" K   output numbers   convolution   fully connected")
for filters in (16, 32, 64, 128):
    outputs = 28 * 28 * filters
    shared, full = count(3, filters, 5, True), outputs * (inputs + 1)
    print(f"{filters:3}{outputs:14,}{shared:16,}{full:18,}{full / shared:12,.0f} times")

# %% [markdown]
# Eight or nine digits against four. (Numbers of filters are powers of two by habit.) The price: no position has weights of
# its own.
#
# ## One word, two meanings
#
# Mathematicians turn the kernel by half a turn first. Strictly, ours is a **cross-correlation**. A network learns its
# weights either way; other libraries differ.
#
# ### Your turn: `flip_kernel`
#
# Then slide [1, 2, 3] over a single 1, both ways. Which shows the kernel as it is?


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
dot, kernel = np.array([[0, 0, 0, 1, 0, 0, 0]]), np.array([[1, 2, 3]])
flipped = yours("flip_kernel", flip_kernel)(kernel)
print("cross-correlation:", my_convolve_image(dot, kernel, 1, 0)[0])
print("true convolution: ", my_convolve_image(dot, flipped, 1, 0)[0])
print("np.convolve:      ", np.convolve(dot[0], kernel[0], mode="valid"))

# %% [markdown]
# The true convolution does. (For stacks there is `reference.true_convolution`.)
#
# ## Without loops
#
# `sliding_window_view` shows all patches at once and copies nothing: $(N, C, H, W)$ becomes
# $(N, C, \text{rows}, \text{columns}, kH, kW)$, with every position.
#
# ### Optional: `conv2d_windows`
#
# The same function without loops: border, windows along `axis=(2, 3)`, every `stride`-th of them, one `np.tensordot`, the axes
# in order. Then guess: how much faster is it, for one image, for 32?


# %% exercise="conv2d_windows" optional
def conv2d_windows(x, weight, bias=None, stride=1, padding=0):
    """What `conv2d` returns, by way of `sliding_window_view`.

    Parameters
    ----------
    x : ndarray of shape (N, C, H, W)
        N images of C channels.
    weight : ndarray of shape (K, C, kH, kW)
        K filters, each with one kernel for every channel.
    bias : ndarray of shape (K,), optional
        One number for each filter.
    stride : int, default 1
        Pixels from one position to the next, down and across.
    padding : int, default 0
        Zeros added on each of the four sides of every channel.

    Returns
    -------
    ndarray of shape (N, K, H_out, W_out)
        H_out is ``output_size(H, kH, stride, padding)``, W_out likewise.

    Examples
    --------
    2x3 + 5x(-1) + 10 = 11 again:

    >>> conv2d_windows(np.array([[[[2]], [[5]]]]), np.array([[[[3]], [[-1]]]]), np.array([10]), stride=1, padding=0)
    array([[[[11]]]])
    """
    ### BEGIN SOLUTION
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    windows = sliding_window_view(padded, weight.shape[2:], axis=(2, 3))[:, :, ::stride, ::stride]
    maps = np.tensordot(windows, weight, axes=([1, 4, 5], [1, 2, 3]))  # (N, H_out, W_out, K)
    maps = maps.transpose(0, 3, 1, 2)  # (N, K, H_out, W_out)
    return maps if bias is None else maps + bias[:, None, None]
    ### END SOLUTION


# %% test="conv2d_windows"
check("conv2d_windows", conv2d_windows)


# %% id="loops-and-windows" tags=["nbval-ignore-output"]
def milliseconds(function, x):
    return 1000 * min(repeat(lambda: function(x, weight, None, 1, 0), number=1, repeat=3))


weight, rng = np.random.default_rng(0).normal(size=(8, 3, 5, 5)), np.random.default_rng(1)
my_conv2d_windows = yours("conv2d_windows", conv2d_windows)
for count in (1, 32):
    x = rng.normal(size=(count, 3, 32, 32))
    same = np.allclose(my_conv2d(x, weight, None, 1, 0), my_conv2d_windows(x, weight, None, 1, 0))
    times = [f"{milliseconds(f, x):.1f}" for f in (my_conv2d, my_conv2d_windows, reference.conv2d)]
    print(f"{count:2} images, equal: {same}; milliseconds for loops, windows, reference: {', '.join(times)}")

# %% [markdown]
# Against your own loops the windows win by far for one image: loops take 28 · 28 = 784 turns, however few the images. For
# 32 the lead shrinks: the product first copies all windows, each pixel up to 25 times. The reference copies one image's
# at a time.
#
# ### Reflect
#
# All positions share their weights. Think of the X that moved in lesson 02: what does sharing make possible that a fully
# connected layer must learn anew for each position?

# %% [markdown] answer="why_share" points=1
# Because the weights are the same everywhere, a feature that is found in one place is found in every place: when the X
# moves by two columns, its feature map moves along (translation equivariance). A fully connected layer has weights of
# its own for every position. What it has learned about a stroke in one place says nothing about the same stroke two
# columns further on, so it needs examples, and weights, for each place.

# %% [markdown]
# ## In this lesson we
#
# - **turned** the match into the convolution, $w \cdot x + b$ at every position,
# - **counted** positions, $\lfloor (W - F + 2P) / S \rfloor + 1$ along each side,
# - **filtered** stacks: a filter is as deep as its input, the output as deep as there are filters,
# - **counted** parameters: $K \, (C \cdot F \cdot F + 1)$, whatever the image's size,
# - **told apart** layouts, and convolution from cross-correlation.

# %% [markdown]
# | what | shape | here |
# |---|---|---|
# | images | $(N, C, H, W)$ | (1, 1, 9, 9) |
# | filters | $(K, C, kH, kW)$ | (3, 1, 3, 3) |
# | biases | $(K,)$ | (3,) |
# | feature maps | $(N, K, H_{\text{out}}, W_{\text{out}})$ | (1, 3, 7, 7) |
#
# **Next:** with padding the maps stay as large as the image. Must a network keep all these numbers? Lesson 05 makes maps
# smaller, and finds out what gets lost.
#
# **Sources.** Stanford CS231n, *Convolutional networks* (volumes, the formula, sharing) · Stanford CS230, *Convolutional
# networks cheatsheet* · Christopher Olah, *Understanding convolutions* (the flip) · Adit Deshpande, *A beginner's guide
# to understanding convolutional neural networks* (stride and padding).
