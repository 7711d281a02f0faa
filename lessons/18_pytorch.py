# %% [markdown] id="title"
# # Carry your network to PyTorch
#
# Few people write networks in NumPy. Most use a library, often PyTorch. Can you read what they write? And does it compute
# what you built?
#
# ![cover]
#
# - **You will build** `conv_out_features`, `to_torch` and `votes_to_nchw`: a bridge between libraries.
# - **You will learn** to read a network of PyTorch's line by line, and four traps on the way across.
# - **You need** lessons 03 to 13.

# %% cover="The network of PyTorch's CIFAR-10 tutorial, drawn to scale: a colour photograph of 32 x 32 pixels, then boxes of 6 x 28 x 28, 6 x 14 x 14, 16 x 10 x 10, 16 x 5 x 5, then rows of 120, 84 and 10 units."
pattern = "INPUT -> [CONV -> RELU -> POOL]*2 -> [FC -> RELU]*2 -> FC"
net = reference.describe_layers(pattern, filters=[6, 16], units=[120, 84, 10], kernel=5)
show.network(net, (3, 32, 32), image=data.photograph(colour=True)[75:107, 130:162])

# %%
import numpy as np

from helpers import check, data, hint, progress, reference, show, yours

try:
    import torch

    nn, F = torch.nn, torch.nn.functional
except ImportError:
    torch = None

# %% [markdown]
# ## With or without
#
# PyTorch is large, and this lesson does not need it. What is under `if torch:` is done only where it is installed. What it
# found on our machine is stored; you always see that, and next to it your own numbers if you have them.
#
# (To install it, in the course's folder: `.venv/bin/pip install -e ".[torch]"`. Then restart the kernel.)

# %% id="installed" tags=["nbval-ignore-output"]
stored, here = data.pytorch_comparison(), {}
if torch:
    here["torch"] = torch.__version__.split("+")[0]
    print(f"torch {here['torch']} is installed: all cells run. Stored next to it:", end=" ")
else:
    print("torch is not installed: what is marked `if torch:` is skipped. Shown instead:", end=" ")
print(f"the stored comparison, made with torch {stored['torch']}.")

# %% [markdown]
# ## Read it
#
# This is the network of PyTorch's tutorial for the CIFAR-10 photographs: ten kinds of things, 32 x 32 pixels each. You know it
# from lesson 08. Read it aloud. Which lines have weights? Where is the batch? Which line will be the first to fail if the
# photographs are larger?

# %% id="net"
if torch:

    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.conv1, self.conv2 = nn.Conv2d(3, 6, 5), nn.Conv2d(6, 16, 5)
            self.fc1, self.fc2, self.fc3 = nn.Linear(16 * 5 * 5, 120), nn.Linear(120, 84), nn.Linear(84, 10)

        def forward(self, x):
            x = F.max_pool2d(F.relu(self.conv1(x)), 2)
            x = F.max_pool2d(F.relu(self.conv2(x)), 2)
            x = torch.flatten(x, 1)
            return self.fc3(F.relu(self.fc2(F.relu(self.fc1(x)))))


# %% [markdown]
# `__init__` makes what has weights: `nn.Conv2d(3, 6, 5)` is *3 channels in, 6 filters, kernels of 5 x 5*; `nn.Linear(400, 120)`
# is *400 numbers in, 120 units*. `forward` is the path through them; what has no weights is a function from `F`. There
# is no `backward`: PyTorch notes each step, and goes back as you did in lesson 12.
#
# The batch is not written anywhere: it is the first axis of `x`, which `flatten(x, 1)` leaves alone.

# %% [markdown]
# Now the sizes, by your `layer_shapes` of lesson 08.

# %% id="line-by-line"
shapes_of = progress.own("layer_shapes") or reference.layer_shapes  # yours, if it has passed
pattern = "INPUT -> [CONV -> RELU -> POOL]*2 -> [FC -> RELU]*2 -> FC"
net = reference.describe_layers(pattern, filters=[6, 16], units=[120, 84, 10], kernel=5)
shapes = shapes_of(net, (3, 32, 32))
counts = [row[2] for row in reference.parameter_table(net, (3, 32, 32))]
lines = "x | self.conv1(x) | F.relu(x) | F.max_pool2d(x, 2) | self.conv2(x) | F.relu(x) | F.max_pool2d(x, 2)"
lines += " | self.fc1(torch.flatten(x, 1)) | F.relu(x) | self.fc2(x) | F.relu(x) | self.fc3(x)"
print(f"{sum(counts):,} parameters")
show.listing(lines.split(" | "), shapes, counts)

# %% [markdown]
# 62,006 parameters, as in lesson 08. And one number is nobody's choice: 16 · 5 · 5 = 400 has to be *worked out*, because
# `Linear` makes its weights before it has seen an image. That line fails when photographs grow. Is the 5 the kernel's, or the
# map's?
#
# ### Your turn: `conv_out_features`
#
# Work it out for any network. **Predict** it for photographs of 40 x 48 pixels, and for 32 x 32 with kernels of 3.


# %% exercise="conv_out_features"
def conv_out_features(layers, input_shape):
    """How many numbers of one image go into the first fully connected layer: its `in_features`.

    Parameters
    ----------
    layers : list of dict
        Descriptions of all layers of a network; those of fully connected ones say "FC".
    input_shape : tuple of int
        (depth, height, width).

    Returns
    -------
    int

    Examples
    --------
    `reference.layer_shapes(layers, input_shape)` gives the input's shape first, then one for each layer.

    >>> conv_out_features([reference.conv_layer(3, kernel=2), reference.fc_layer(10)], (1, 4, 5))
    36
    """
    ### BEGIN SOLUTION
    shapes = reference.layer_shapes(layers, input_shape)
    for layer, shape_before in zip(layers, shapes, strict=False):
        if layer["layer"] == "FC":
            return int(np.prod(shape_before))
    ### END SOLUTION


# %% test="conv_out_features" points=3
check("conv_out_features", conv_out_features)

# %% id="control-cases"
features_of = yours("conv_out_features", conv_out_features)
sizes = [(32, 32), (40, 48), (32, 32), (64, 64), (32, 32)]
for size, change in zip(sizes, [{}, {}, {"kernel": 3}, {"stride": 2}, {"padding": 2}], strict=True):
    settings = {"filters": [6, 16], "units": [120, 84, 10], "kernel": 5} | change
    layers = reference.describe_layers(pattern, **settings)
    shape = shapes_of(layers, (3, *size))[6]
    print(f"{size} {change or ''!s:15} {shape!s:12} {features_of(layers, (3, *size)):5}")

# %% [markdown]
# 40 x 48 pixels give 7 x 9: it is the *map's* side, here as in lesson 08. What does each library say if you take the
# kernel's 3 x 3 in the third network, 144 instead of 576?

# %% id="wrong-size"
try:
    reference.linear(np.zeros((1, 16 * 6 * 6)), np.zeros((120, 16 * 3 * 3)))
except ValueError as error:
    print("ours:   ", error)
print("PyTorch:", stored["message"])
if torch:
    try:
        nn.Linear(16 * 3 * 3, 120)(torch.zeros(1, 16 * 6 * 6))
    except RuntimeError as error:
        here["message"] = str(error)

# %% [markdown]
# Read PyTorch's sentence once with care, for you will see it again. *1x576* is your batch, one image of 576 numbers; *144x120*
# are the weights, transposed. The 576 is what you should have written.

# %% [markdown]
# ## The same words, nearly
#
# | ours | PyTorch's | what differs |
# |---|---|---|
# | `conv2d` | `F.conv2d`, `nn.Conv2d` | nothing: no flip there either |
# | `max_pool2d(..., partial=True)` | `F.max_pool2d(..., ceil_mode=True)` | the name |
# | `linear`, weight (units, features) | `F.linear`, `nn.Linear` | nothing |
# | `softmax(logits)` | `F.softmax(logits, dim=1)` | you name the axis |
# | `cross_entropy` | `F.cross_entropy` | nothing: it takes *logits* |
# | `backward` returns gradients | `loss.backward()` *adds* them to each `.grad` | clear them: `zero_grad()` |
# | `sgd_step`, `adam_step` | `torch.optim.SGD`, `Adam` | changes the weights in place |
# | float64 | float32 | 7 decimal digits instead of 16; a mix of both is refused |

# %% [markdown]
# **First trap.** `cross_entropy` sounds as if it wanted shares, and takes them without complaint. An image's right class leads
# by ten votes: what should the loss be, and what will it be with `softmax` in front?

# %% id="softmax-twice"
logits, right = np.array([[10.0, 0.0, 0.0]]), np.array([0])
print(f"votes go in:  {reference.cross_entropy(logits, right):.4f}")
print(f"shares go in: {reference.cross_entropy(reference.softmax(logits), right):.4f}")
gradient = reference.cross_entropy_backward(1.0, reference.softmax(logits), right)
print("and it still asks for more:", gradient.round(2))

# %% [markdown]
# 0.5515 instead of 0.0001, for an answer as right as can be: shares lead by 1 at most, so the softmax within the loss never
# sees a clear winner. A network for PyTorch ends with votes.
#
# ## Carry the weights
#
# Both networks have ten arrays, of the same shapes. Two things differ. Our `"0.weight"` says *layer 0*, PyTorch's
# `"conv1.weight"` what `__init__` called it. And PyTorch computes in float32: half the memory, 24 binary digits, 0.1 becomes
# 0.10000000149.

# %% [markdown]
# ### Your turn: `to_torch`
#
# Rename and convert. Positions are text, some of two digits: `"11.weight"`.


# %% exercise="to_torch"
def to_torch(parameters, names, dtype="float32"):
    """A network's weights and biases under PyTorch's names: what `load_state_dict` asks for, as arrays.

    Parameters
    ----------
    parameters : dict
        "position.kind" -> ndarray, such as "0.weight" and "0.bias".
    names : dict
        Position -> name of the layer in PyTorch, both text.
    dtype : str
        The type of the new arrays: "float32" or "float64".

    Returns
    -------
    dict
        "name.kind" -> ndarray of that type and of the same shape; copies.

    Examples
    --------
    >>> state = to_torch({"3.bias": np.array([0.5, 0.25])}, {"0": "conv1", "3": "conv2"}, "float32")
    >>> state
    {'conv2.bias': array([0.5 , 0.25], dtype=float32)}
    """
    ### BEGIN SOLUTION
    state = {}
    for key, array in parameters.items():
        position, kind = key.split(".")
        state[names[position] + "." + kind] = array.astype(dtype)
    return state
    ### END SOLUTION


# %% test="to_torch" points=3
check("to_torch", to_torch)

# %% id="under-their-names"
carry = yours("to_torch", to_torch)
names = {"0": "conv1", "3": "conv2", "7": "fc1", "9": "fc2", "11": "fc3"}
ours = reference.build_network(net, (3, 32, 32), np.random.default_rng(13), dtype="float32")
state = carry(ours.parameters(), names, "float32")
for key, array in state.items():
    print(f"{key:13}{array.shape!s:15}{array.size:7,} {array.dtype}")
print(f"{sum(array.size for array in state.values()):,} numbers; 0.1 as float32: {np.float32(0.1):.11f}")
if torch:
    here["parameters"] = sum(tensor.numel() for tensor in Net().state_dict().values())

# %% [markdown]
# ## Equal?
#
# Ten pieces of the photograph are to be ten classes. Two of them go through both networks, forward and back. How far apart are
# outputs and gradients? Measure as in lesson 12:
#
# $$
# \frac{\max \, |\text{ours} - \text{theirs}|}{\max \, |\text{theirs}|}
# $$
#
# In words: the largest difference, as a share of the largest entry. **Predict:** 0? $10^{-7}$? $10^{-3}$?

# %% id="ten-pieces"
rng, photo = np.random.default_rng(6), data.photograph(colour=True)
corners = zip(rng.integers(0, 395, 10), rng.integers(0, 608, 10), strict=True)
pieces = np.stack([photo[row : row + 32, column : column + 32] for row, column in corners])
images, labels = reference.to_nchw(pieces), np.arange(10)  # (10, 3, 32, 32), (10,)
show.pictures(list(pieces[:4]), [f"class {label}" for label in range(4)])


# %% id="our-results"
def our_results(dtype, count):
    """Votes for some images, and the gradients of the images and of all parameters, by our network."""
    network = reference.build_network(net, (3, 32, 32), np.random.default_rng(13), dtype=dtype)
    votes = network.forward(images[:count].astype(dtype))
    grad_votes = reference.cross_entropy_backward(1.0, votes, labels[:count])
    grad_images = network.backward(grad_votes, to_images=True)
    gradients = carry(network.gradients(), names, dtype)
    return {"votes": votes, "images": grad_images} | gradients, carry(network.parameters(), names, dtype)


# %% id="their-results"
if torch:

    def their_results(state, dtype, count):
        """The same by PyTorch, with the weights of `state`."""
        model = Net().to(getattr(torch, dtype))
        model.load_state_dict({key: torch.from_numpy(array) for key, array in state.items()})
        x = torch.tensor(images[:count].astype(dtype), requires_grad=True)
        votes = model(x)
        F.cross_entropy(votes, torch.from_numpy(labels[:count])).backward()
        found = {"votes": votes, "images": x.grad}
        found |= {key: parameter.grad for key, parameter in model.named_parameters()}
        return {key: tensor.detach().numpy() for key, tensor in found.items()}


# %% id="compared"
def apart(ours, theirs):
    """The largest difference, as a share of the largest entry."""
    return float(np.abs(ours - theirs).max() / np.abs(theirs).max())


settings = {"float32, 2 images": ("float32", 2), "float64, 2 images": ("float64", 2)}
settings["float32, 10 images"] = ("float32", 10)
for title, setting in settings.items() if torch else ():
    our, weights = our_results(*setting)
    their = their_results(weights, *setting)
    here[title] = {key: apart(our[key], their[key]) for key in their}


# %% id="compared-side-by-side" tags=["nbval-ignore-output"]
def show_table(origin, numbers):
    print(f"{origin:21}", *[f"{title:>19}" for title in settings])
    for key in stored["float32, 2 images"]:
        print(f"{key:21}", *[f"{numbers[title][key]:19.0e}" for title in settings])


show_table(f"stored, torch {stored['torch']}", stored)
if torch:
    print()
    show_table("on this machine", here)

# %% [markdown]
# With two images, votes and all gradients agree to $10^{-6}$ in float32, and to $10^{-12}$ in float64. They are not *equal*: the
# two add up in different orders, and each sum is rounded. With ten images more is summed and more is rounded. It is your
# network, then: nothing is hidden in theirs.

# %% [markdown]
# ## Copies
#
# **Second trap.** `torch.from_numpy(array)` makes no copy: tensor and array are the same memory. NumPy's `asarray` does
# likewise, if the type is right already. Train one network: what happens to the other?

# %% id="shared-memory"
votes = ours.forward(images[:1].astype("float32"))
for title, make in {"copies": np.array, "asarray": np.asarray}.items():
    there = {key: make(array, dtype="float32") for key, array in ours.parameters().items()}
    before = ours.parameters()["11.bias"].copy()
    there["11.bias"] -= 1  # a step of training over there, in place
    moved = ours.forward(images[:1].astype("float32")) - votes
    print(f"{title:8} our votes moved by {moved[0, 0]:.2f}")
    ours.set_parameters({"11.bias": before})
shared = np.shares_memory(state["fc3.bias"], ours.parameters()["11.bias"])
print("the state that was carried over shares memory with our network:", shared)

# %% [markdown]
# A bridge that shares memory is not a bridge: train on one side, and the other moves along.

# %% [markdown]
# ## Weights from elsewhere
#
# **Third trap.** TensorFlow, for one, keeps images *channels last* (lesson 03). Its first linear layer has learned to read rows
# flattened pixel by pixel, and keeps a *column* for each unit.
#
# By hand: channels $a$ and $b$ of 1 x 2 pixels. Channels last they are $a_0, b_0, a_1, b_1$, channels first as
# $a_0, a_1, b_0, b_1$. So the weights 1, 2, 3, 4 become 1, 3, 2, 4.

# %% [markdown]
# ### Your turn: `votes_to_nchw`


# %% exercise="votes_to_nchw"
def votes_to_nchw(weight, map_shape):
    """A linear layer's weights for channels-first maps, from those for channels-last maps.

    Parameters
    ----------
    weight : ndarray of shape (height * width * channels, units)
        A column for each unit; the rows in the order in which (height, width, channels) is flattened.
    map_shape : tuple of int
        (channels, height, width) of what is flattened.

    Returns
    -------
    ndarray of shape (units, channels * height * width)
        A row for each unit; the columns in the order in which (channels, height, width) is flattened.

    Examples
    --------
    >>> votes_to_nchw(np.array([[1.0], [2.0], [3.0], [4.0]]), (2, 1, 2))
    array([[1., 3., 2., 4.]])
    """
    ### BEGIN SOLUTION
    channels, height, width = map_shape
    block = weight.reshape(height, width, channels, weight.shape[1])
    return block.transpose(3, 2, 0, 1).reshape(weight.shape[1], -1)
    ### END SOLUTION


# %% test="votes_to_nchw" points=3
check("votes_to_nchw", votes_to_nchw)

# %% [markdown]
# Now two ways to read such a layer: transposed only, and by your function. **Predict:** which of them gives an error message?

# %% id="channels-last"
first_votes = ours.parameters()["7.weight"]  # (120, 400)
theirs = first_votes.reshape(120, 16, 5, 5).transpose(2, 3, 1, 0).reshape(400, 120)  # channels last
answers = reference.predict(ours.forward(images.astype("float32")))
for title, weight in {
    "transposed only": theirs.T,
    "in our order": yours("votes_to_nchw", votes_to_nchw)(theirs, (16, 5, 5)),
}.items():
    ours.set_parameters({"7.weight": weight})
    same = reference.predict(ours.forward(images.astype("float32"))) == answers
    print(f"{title:16} the same answer for {same.sum()} of 10 pieces")
ours.set_parameters({"7.weight": first_votes})

# %% [markdown]
# Neither: 400 is 400, in any order. This is lesson 09's nonsense again, and the reason to compare numbers before you trust a
# bridge.
#
# ## And back
#
# Train on the other side and carry home. Each line of PyTorch's loop has its counterpart in lesson 13. Why `zero_grad`?
# **Fourth trap:** `backward` *adds* to the gradients that are there.

# %% id="trained-there"
if torch:
    model, batch, target = Net(), torch.tensor(images.astype("float32")), torch.tensor(labels)
    model.load_state_dict({key: torch.from_numpy(array) for key, array in state.items()})
    optimiser, here["losses, PyTorch"] = torch.optim.SGD(model.parameters(), lr=0.02, momentum=0.9), []
    for _ in range(10):
        loss = F.cross_entropy(model(batch), target)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        here["losses, PyTorch"].append(loss.item())


# %% id="trained-here"
def loss_and_gradients(parameters, images, labels):
    ours.set_parameters(parameters)
    votes = ours.forward(images)
    ours.backward(reference.cross_entropy_backward(1.0, votes, labels))
    return reference.cross_entropy(votes, labels), ours.gradients()


batches = [(images.astype("float32"), labels)] * 10
trained, here["losses, ours"] = reference.train(ours.parameters(), loss_and_gradients, batches, 0.02, 0.9)
print("ours:           ", *[f"{loss:.2f}" for loss in here["losses, ours"]])
print("PyTorch, stored:", *[f"{loss:.2f}" for loss in stored["losses, PyTorch"]])

# %% [markdown]
# Step by step the same loss: two libraries, one mathematics. Now home with the weights that PyTorch has trained. Which function
# turns `"conv1.weight"` into `"0.weight"`? You have it already: `to_torch`, with the names the other way round.

# %% id="carried-back" tags=["nbval-ignore-output"]
positions = {name: position for position, name in names.items()}
home = carry(carry(trained, names, "float32"), positions, "float32")
print("in both directions, nothing lost:", all(np.array_equal(home[key], trained[key]) for key in trained))
if torch:
    trained_there = {key: tensor.numpy() for key, tensor in model.state_dict().items()}
    ours.set_parameters(carry(trained_there, positions, "float32"))
    votes = ours.forward(images.astype("float32"))
    here["carried back"] = apart(votes, model(batch).detach().numpy())
    print(f"votes of PyTorch's weights in our network, on this machine: {here['carried back']:.0e} apart")
print(f"votes of PyTorch's weights in our network, stored: {stored['carried back']:.0e} apart")

# %% [markdown]
# ### Reflect
#
# A friend has carried the weights of a published network into one of NumPy. All shapes fit, nothing complains, and it answers
# like a die. Name three things that you would look at, and one comparison that would have found the mistake at once.

# %% [markdown] answer="silent_mistakes" points=2
# For instance: is the first linear layer's weight in the order in which the maps are flattened? Are square weights transposed?
# Are the images scaled as in training, and their colours in the same order? Does softmax come twice? Is memory shared with
# something that trains on? The comparison: one image through both networks, and all outputs compared, layer by layer; the
# first that differs has the mistake.

# %% [markdown] id="next-steps"
# ## What comes next
#
# Newer networks add four ideas to yours:
#
# | idea | in your words | what for |
# |---|---|---|
# | **batch normalisation** (Ioffe, Szegedy 2015) | lesson 06's `standardise`, for each channel over the batch; then times one learned number, plus another | larger learning rates |
# | **residual connection** (He et al. 2016) | a layer's output is added to its input, $x + f(x)$; the gradient comes back both ways | a hundred layers and more |
# | **global average pooling** (Lin et al. 2014) | lesson 05's average over the *whole* map, in place of `flatten` | images of any size, fewer votes |
# | **attention** (Vaswani et al. 2017; on images, Dosovitskiy et al. 2021) | a mean of all places, weighted by softmax shares computed from the image itself | every place sees every other |
#
# **Predict:** a channel's mean and deviation, normalised with the learned numbers 2 and 3?

# %% id="normalise-and-add"
filters = reference.he_weights((16, 3, 5, 5), np.random.default_rng(0))
maps = reference.conv2d(images, filters)  # (10, 16, 28, 28)
normal = 2 * reference.standardise(maps, axis=(0, 2, 3)) + 3
for title, channel in {"before": maps[:, 0], "normalised": normal[:, 0]}.items():
    print(f"{title:11} mean {channel.mean():.2f}, deviation {channel.std():.2f}")
silent = reference.conv2d(maps, np.zeros((16, 16, 3, 3)), padding=1)  # a layer that has learned nothing yet
for title, passed in {"plain": silent, "residual": maps + silent}.items():
    print(f"{title:11} anything passes an untrained layer: {passed.any()}")

# %% id="average-and-attend"
print(maps.mean(axis=(2, 3)).shape, f"averages; Net with them: {62006 - 120 * (400 - 16):,} parameters")
places = reference.to_nhwc(maps[:1, :, ::4, ::4]).reshape(49, 16)  # 49 places, 16 values each
shares = reference.softmax(places @ places.T / np.sqrt(16))  # how much each place takes from each other one
print(shares.shape, f"shares, {shares[0].sum():.2f} in each row;", (shares @ places).shape, "means")

# %% [markdown]
# ## In this lesson we
#
# - **read** a network of PyTorch's, and **worked out** its 400: depth · height · width of the *map*,
# - **carried** 62,006 weights in both directions: rename, convert, copy, mind the order of flattening,
# - **measured** that it is the same network: $\max|a - b| / \max|b|$ below $10^{-6}$ in float32, $10^{-12}$ in float64,
# - **looked ahead**: newer networks add a `standardise`, a `+`, a mean and a softmax.

# %% [markdown]
# | what | ours | PyTorch's |
# |---|---|---|
# | images | (N, 3, 32, 32) | the same |
# | first kernels | `"0.weight"` (6, 3, 5, 5) | `"conv1.weight"` (6, 3, 5, 5) |
# | first votes | `"7.weight"` (120, 400) | `"fc1.weight"` (120, 400) |
# | logits | (N, 10) | the same |
#
# You began with nine by nine pixels. Now you can say how a network sees, build one, train it, check it, and read those of
# others. **Next** is a question of your own.

# %% [markdown]
# **Sources.** PyTorch, *Training a classifier* (the `Net`) and its documentation of `torch.nn.functional` · Ioffe, Szegedy, *Batch normalization*, ICML 2015 ·
# He et al., *Deep residual learning*, CVPR 2016 · Lin et al., *Network in network*, ICLR 2014 · Vaswani et al., *Attention is all you need*,
# NIPS 2017 · Dosovitskiy et al., *An image is worth 16x16 words*, ICLR 2021.
