# %% [markdown] id="title"
# # Look through all channels at once
#
# A colour photograph is three images, one behind the other. How does one kernel slide over three channels, and how many
# maps come out?
#
# ![cover]
#
# - **You will build** `conv2d`, the heart of every network in this course, and three small tools.
# - **You will learn** what a filter is, how arrays with four axes are arranged, and why filters need so few weights.
# - **You need** lesson 03: stride, padding and `convolve_image`.
# - **It takes** about 45 minutes.

# %% cover="Three boxes, drawn to scale: an image of depth 3 with 32 rows and columns, one of ten filters of depth 3 with 5 rows and columns, and the feature maps, of depth 10 with 28 rows and columns. An orange patch runs through all channels of the image; an orange column runs through all ten maps."
shapes, names = [(3, 32, 32), (3, 5, 5), (10, 28, 28)], ["image", "one of 10 filters", "feature maps"]
show.volumes(shapes, names, patches=[(4, 6, 5, 5), None, (4, 6, 1, 1)])

# %% tags=["nbval-ignore-output"]
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from helpers import came_out, check, data, hint, predict, puzzle, reference, review, show, suspects, yours
from helpers.reference import convolve_image, output_size  # what you wrote in lesson 03

review(3)

# %% [markdown]
# ## Tables behind tables
#
# An array with three axes is a pile of tables: axis 0 counts the tables, axis 1 the rows, axis 2 the columns. Below, the
# numbers 0 to 11 fill two tables of two rows and three columns. Add up along axis 0, then along axes 1 and 2 together.

# %% predict="along_axis_0"
predict("along_axis_0", "What shape is left when you add up along axis 0?", [(2, 2), (2, 3), (3,), (2,)])

# %% id="axes"
tables = np.arange(12).reshape(2, 2, 3)  # 0 to 11, in 2 tables of 2 rows, 3 columns
print(tables)
print("added up along axis 0:", tables.sum(axis=0).tolist())
print("added up along axes 1 and 2:", tables.sum(axis=(1, 2)).tolist())
came_out("along_axis_0", tables.sum(axis=0).shape)

# %% [markdown]
# <details><summary>What you find</summary>
#
# The axes that you name disappear. Along axis 0 the two tables are added to each other, entry by entry, and one table is
# left. Along axes 1 and 2 each table is added up, and one number is left for each.
#
# </details>
#
# From now on, axis 0 of a colour image counts its channels: red, green and blue. The number of channels is the depth.

# %% [markdown]
# ## One filter
#
# The next cell holds a patch of two channels and a kernel for each. The bias is 10. How would *you* turn all this into a
# single number?

# %% id="two-channels"
patch = np.array([[[1, 2], [3, 4]], [[5, 6], [7, 8]]])  # (2, 2, 2): channel, row, column
kernels = np.array([[[1, 0], [0, 1]], [[0, 1], [-1, 0]]])  # (2, 2, 2)
show.products(patch, kernels, bias=10, channels=["channel 0", "channel 1"], kind="signed")

# %% [markdown]
# (1 + 4) + (6 − 7) + 10 = 14. Each channel is multiplied by a kernel of its own. The products of all channels are added
# up, and the bias is added once.
#
# Together, these kernels and their one bias are a **filter**. A filter is as deep as its input, and it gives one number at
# each position: one feature map.

# %% [markdown]
# In the picture at the top, each of the ten filters is three kernels deep, like the image. All of them look at the orange
# patch, and each writes one number into its own map: together these make the orange column.
#
# **The number of filters is the depth of the output**, however deep the input is.

# %% [markdown]
# ## Neurons that share
#
# Stretch a patch into one long row, and a filter of random weights too. `ravel` does that, and `w @ x` multiplies two rows
# entry by entry and adds up the products. How long are the rows for a 5 x 5 patch of a colour photograph? And will
# `w @ x + b` equal the sum of products plus the bias?

# %% id="stretched"
colours = data.photograph(colour=True)[30:158, 128:288]  # (128, 160, 3)
layers = np.stack([colours[:, :, channel] for channel in range(3)])  # (3, 128, 160)
region = layers[:, 60:65, 80:85]  # (3, 5, 5)
generator = np.random.default_rng(0)
ten_filters, ten_biases = generator.normal(size=(10, 3, 5, 5)), generator.normal(size=10)
x, w, b = region.ravel(), ten_filters[0].ravel(), ten_biases[0]
print("lengths:", x.size, w.size)
print(f"sum of products + bias: {np.sum(region * ten_filters[0]) + b:.4f}")
print(f"w @ x + b:              {w @ x + b:.4f}")
print("all ten filters:", (ten_filters.reshape(10, x.size) @ x + ten_biases).round(1))  # ten rows

# %% [markdown]
# 75 numbers, 75 weights, and the same result. A sum of inputs, each times its weight, plus a bias, in short
# $w \cdot x + b$, is what books call a **neuron**. The part of the image that it sees is its **receptive field**.
#
# So a feature map of 28 x 28 numbers is a sheet of 784 neurons, which share their weights and look at different regions.
# With ten filters, ten neurons look at the same region, each for something different.

# %% [markdown]
# ## Many images
#
# A network takes a whole **batch** of images at once. Their array has four axes, $(N, C, H, W)$: image, channel, row, column.
# Three small tools for it:
#
# - `np.pad` takes a pair (before, after) for each axis.
# - Multiplying a batch by one filter multiplies every image by it: NumPy lines up shapes from their last axes.
# - `np.newaxis` adds an axis of length 1, so that each bias lines up with its own map.

# %% id="before-you-write"
batch = np.arange(8).reshape(2, 2, 1, 2)  # two images of two channels, one row, two columns
print("padded:", np.pad(batch, ((0, 0), (0, 0), (1, 1), (1, 1))).shape)
one_filter = np.array([[[1, 1]], [[0, 10]]])  # (2, 1, 2)
print("image by image:", [np.sum(image * one_filter).item() for image in batch])
print("all at once:   ", np.sum(batch * one_filter, axis=(1, 2, 3)).tolist())
column = np.array([10, 20])[:, np.newaxis, np.newaxis]  # (2, 1, 1)
print("two maps of 1 x 3, each plus its bias:", (np.zeros((2, 1, 3)) + column).tolist())

# %% [markdown]
# ### Your turn: `conv2d`
#
# Pad the images, and make maps of zeros for $K$ filters, of shape (N, K, H_out, W_out). Then write three loops: rows,
# columns, filters. At each position, `padded[:, :, top:bottom, left:right]` cuts the same patch out of every image and
# channel. Multiply by `weight[k]` and sum over axes 1, 2 and 3: one number per image, for `maps[:, k, row, column]`. Add the
# biases last, unless `bias is None`.
#
# (Or loop over images, filters and channels, and call `convolve_image`.)


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
            patches = padded[:, :, top : top + height, left : left + width]  # (N, C, kH, kW)
            for k in range(len(weight)):
                maps[:, k, row, column] = np.sum(patches * weight[k], axis=(1, 2, 3))
    return maps if bias is None else maps + bias[:, np.newaxis, np.newaxis]
    ### END SOLUTION


# %% test="conv2d" points=4
check("conv2d", conv2d)

# %% [markdown] break="20"
# > **A good place to stop.** The steps of a network are called **layers**, and you have built the one that gives
# > convolutional networks their name.

# %% [markdown]
# ## What comes out
#
# Give your `conv2d` the X, the three features as filters, and a bias of −8 for each. How many entries of each map are
# above zero? And how deep must the filters of a second layer be if they are to look at these maps?

# %% id="stack"
my_conv2d = yours("conv2d", conv2d)
features = np.array(list(data.features.values()))[:, np.newaxis]  # (3, 1, 3, 3)
maps = my_conv2d(data.X[np.newaxis, np.newaxis], features, np.full(3, -8.0), 1, 0)  # (1, K, 7, 7)
print("above zero in each map:", (maps > 0).sum(axis=(0, 2, 3)))
second = np.zeros((4, maps.shape[1], 3, 3))
print("filters of the second layer:", second.shape)
print(data.X.shape, "->", maps.shape, "->", my_conv2d(maps, second, None, 1, 0).shape)
show.pictures(maps[0].round().astype(int), list(data.features), "signed", limit=9)

# %% [markdown]
# Four, four and one, as in lesson 02. The filters of a second layer are three deep, because there are three maps.

# %% [markdown]
# Now everything together: three channels, two filters, a stride of 2, a padding of 1. Press *step*
# until the window is in the middle, and check the arithmetic.
#
# When you change the middle pixel of a channel, how many entries of each map can change? And the pixel above it
# on the left? Visit all positions, then try.

# %% id="demo" tags=["nbval-ignore-output"]
dice = np.random.default_rng(3)
three_channels, two_filters = dice.integers(0, 3, (3, 5, 5)), dice.integers(-1, 2, (2, 3, 3, 3))
show.widgets.ConvolutionDemo(three_channels, two_filters, [1, 0], 2, 1, conv2d=my_conv2d)

# %% [markdown]
# <details><summary>What you find</summary>
#
# One: only one window holds the middle pixel. The other pixel is in four. With a stride of 1, both are in nine.
#
# </details>

# %% [markdown]
# ## Two layouts
#
# The photograph came as (height, width, 3): channels last. TensorFlow keeps whole batches that way,
# $(N, H, W, C)$, and its filters as $(kH, kW, C, K)$: height, width, in, out. PyTorch and this course use
# $(N, C, H, W)$ and $(K, C, kH, kW)$.
#
# `np.transpose(a, order)` puts the axes in a new order: new axis `i` is old axis `order[i]`. Which two shapes come out?

# %% id="transposing"
print(np.transpose(np.zeros((2, 3, 4)), (2, 0, 1)).shape)
filters_last = np.random.default_rng(1).normal(size=(5, 5, 3, 10))  # height, width, in, out
filters_first = np.transpose(filters_last, (3, 2, 0, 1))
print(filters_first.shape)
print("filter 7, channel 2, row 1, column 4:", filters_last[1, 4, 2, 7] == filters_first[7, 2, 1, 4])

# %% [markdown]
# (4, 2, 3) and (10, 3, 5, 5). No number has changed, only the order of the indices with which you ask for it.
#
# ### Your turn: `to_nchw` and `to_nhwc`
#
# The letters name the axes in order. For batches of images, one moves the channels in front of the rows and columns, the
# other moves them back.


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
# ## A kernel of one pixel
#
# A 1 x 1 kernel sees no neighbours, but it can mix the channels: red, green and blue, weighted by 0.299,
# 0.587 and 0.114, give the brightness that your eye sees. This is a **1x1 convolution**.
#
# In the cell below, one of the two results uses `reshape` instead of your `to_nchw`. The shape is right. What will you see?

# %% id="one-by-one"
photos = data.photograph(colour=True)[np.newaxis, 30:158, 128:288]  # (1, 128, 160, 3)
luminance = np.array([0.299, 0.587, 0.114]).reshape(1, 1, 3, 1)  # height, width, in, out
mixing = np.transpose(luminance, (3, 2, 0, 1))  # (1, 3, 1, 1)
right = yours("to_nchw", to_nchw)(photos)  # (1, 3, 128, 160)
wrong = photos.reshape(right.shape)
greys = [my_conv2d(image, mixing, None, 1, 0)[0, 0] for image in (right, wrong)]
grey = data.photograph()[30:158, 128:288]
print("equal to the grey photograph:", [bool(np.allclose(made, grey)) for made in greys])
show.pictures([photos[0], *greys], ["colour", "transposed", "reshaped"])

# %% [markdown]
# `reshape` keeps all numbers in their order and only cuts the rows in different places. So it tears the pixels apart, and no
# error warns you.
#
# ## How few weights
#
# Take ten 5 x 5 filters over a colour image. Each has 3 · 5 · 5 = 75 weights and one bias: 10 · 76 = 760 **parameters** in
# all. Every position uses the same ones: this is **parameter sharing**.

# %% [markdown]
# ### Your turn: `conv_parameters`
#
# Count them for any such layer.


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

# %% [markdown]
# ### Break it
#
# `suspects.conv_parameters` looks right, and is wrong. Call it and your own function on small layers until the two differ.
# Then return that input, the smaller the better.


# %% exercise="break_conv_parameters"
def break_conv_parameters():
    """An input on which `suspects.conv_parameters` is wrong, as small as you can find one.

    Returns
    -------
    tuple of (in_channels, out_channels, kernel_size, bias)
        Arguments that the docstring of `conv_parameters` allows.
    """
    ### BEGIN SOLUTION
    return (2, 1, 1)
    ### END SOLUTION


# %% test="break_conv_parameters" points=1
check("break_conv_parameters", break_conv_parameters)

# %% [markdown]
# A 32 x 32 colour image has 3072 numbers, and ten 5 x 5 filters turn them into 7,840. In a **fully connected** layer, each of
# those would have weights of its own for all 3072.

# %% predict="fully_connected"
predict(
    "fully_connected",
    "Instead of 760 parameters, how many would it have?",
    {"about 7,600": 4, "about 76,000": 5, "about 760,000": 6, "more than 10 million": 8},
)

# %% id="sharing"
count = yours("conv_parameters", conv_parameters)
inputs = 32 * 32 * 3
print("  K   output numbers   convolution   fully connected")
for k in (10, 16, 32, 64, 128):
    outputs = 28 * 28 * k
    shared, full = count(3, k, 5, True), outputs * (inputs + 1)
    print(f"{k:3}{outputs:14,}{shared:16,}{full:18,}{full / shared:12,.0f} times")
came_out("fully_connected", len(str(28 * 28 * 10 * (inputs + 1))))  # its digits

# %% [markdown]
# <details><summary>What you find</summary>
#
# Eight or nine digits, against three or four. (By habit, the number of filters is often a power of two.)
#
# </details>
#
# Sharing has a price: no position has weights of its own. When does that hurt? Hide one pixel of an 8 x 8 image, and guess
# it from its eight neighbours, with weights fitted to examples: either one kernel for all 36 inner positions, or 36 kernels.

# %% predict="sharing_wins"
predict(
    "sharing_wins",
    "With 1,000 handwritten digits, whose error is smaller?",
    ["one kernel's", "36 kernels'"],
)

# %% id="sharing-hurts"
rng = np.random.default_rng(0)
digits, photo = rng.permutation(data.digits()[0][:, 0]), data.photograph()
corners = zip(rng.integers(0, 420, 1797), rng.integers(0, 633, 1797), strict=True)
pieces = np.array([photo[top : top + 8, left : left + 8] for top, left in corners])
print("average error of the guess               one kernel  36 kernels")
for name, images in {"pieces of a photograph": pieces, "digits": digits}.items():
    for n in (20, 1000):
        one, own = (reference.hidden_pixel_error(images[:n], images[1000:], same) for same in (True, False))
        print(f"{name + ',':23} from {n:4} examples{one:11.2f}{own:12.2f}")
came_out("sharing_wins", "36 kernels'" if own < one else "one kernel's")
show.pictures([*pieces[:2], *digits[:2]], ["piece", "piece", "digit", "digit"], values=False)

# %% [markdown]
# In a photograph, anything can be anywhere. One kernel is never worse there, and with 20 examples its error is half as
# large (0.15 against 0.30): it learns from all positions at once.

# %% [markdown]
# Digits are centred: near the left and right sides most pixels are black, and in the middle most are not. So the position
# tells you something, and with 1,000 examples the 36 kernels win, 0.38 against 0.44. Sharing hurts when the
# position matters and you have enough examples to learn each one by itself.

# %% [markdown]
# ### Reflect
#
# Think of the X that moved in lesson 02. What do shared weights give you at once that a fully connected layer must learn
# again for each position?

# %% [markdown] answer="why_share" points=1
# Because the weights are the same everywhere, a feature that is found in one place is found in every place: when the X
# moves by two columns, its feature map moves along (translation equivariance). A fully connected layer has weights of
# its own for every position. What it has learned about a stroke in one place says nothing about the same stroke two
# columns further on, so it needs examples, and weights, for each place.

# %% [markdown]
# ## Optional: `conv2d_windows`
#
# If you have another 20 minutes, write `conv2d` without loops. `sliding_window_view` shows all patches at once without
# copying them, and `np.tensordot` multiplies and adds up along any axes that you name. Nothing later builds on this.
#
# How many times faster than loops will it be? After a pass, the other ways are timed next to yours.


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

    Notes
    -----
    1. Put the border on, as before.
    2. `sliding_window_view(padded, (kH, kW), axis=(2, 3))` holds the window at every position, in the
       shape (N, C, rows, columns, kH, kW). Keep every `stride`-th, down and across.
    3. `np.tensordot(windows, weight, axes=([1, 4, 5], [1, 2, 3]))` sums over the channels and over the
       rows and columns of the windows. What is left is (N, rows, columns, K).
    4. Put K second.

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
    return maps if bias is None else maps + bias[:, np.newaxis, np.newaxis]
    ### END SOLUTION


# %% test="conv2d_windows"
check("conv2d_windows", conv2d_windows)

# %% [markdown]
# ## In this lesson we
#
# - **added up** the channels: a filter has one kernel for each channel and one bias,
# - **stacked** maps: the number of filters is the depth of the output,
# - **stretched** a patch: each entry of a map is a neuron, $w \cdot x + b$, and all neurons of a map share their weights,
# - **moved** axes: channels first, channels last,
# - **counted** parameters: $K \, (C \cdot F \cdot F + 1)$, whatever the size of the image, and saw when sharing them hurts.

# %% [markdown]
# | what | shape | here |
# |---|---|---|
# | images | $(N, C, H, W)$ | (1, 1, 9, 9) |
# | filters | $(K, C, kH, kW)$ | (3, 1, 3, 3) |
# | biases | $(K,)$ | (3,) |
# | feature maps | $(N, K, H_{\text{out}}, W_{\text{out}})$ | (1, 3, 7, 7) |
#
# **Next:** with padding, the maps stay as large as the image, and there are more and more of them. Must a network keep all
# these numbers? Lesson 05 makes maps smaller, and finds out what is lost.

# %% [markdown]
# **Sources.** Stanford CS231n, *Convolutional networks* (volumes, the numbers for three channels and two filters,
# parameter sharing) · Stanford CS230, *Convolutional networks cheatsheet* (counting parameters) · Lin, Chen and Yan 2013,
# *Network in network* (1x1 convolutions) · the documentation of TensorFlow and of PyTorch, *conv2d* (layouts).
