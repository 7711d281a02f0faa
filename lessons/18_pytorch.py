# %% [markdown] id="title"
# # Carry your network to PyTorch
#
# Few people write networks in NumPy. Most use a library, often PyTorch. Can you read and write it? Does it compute the same as yours?
#
# ![cover]
#
# - **You will build** `conv_out_features`, `torch_network` and `to_torch`: a bridge between NumPy and PyTorch.
# - **You will learn** to read and write PyTorch, and four traps on the way across.
# - **You need** lessons 03 to 14.
# - **It takes** about 45 minutes.

# %% cover="The network of PyTorch's CIFAR-10 tutorial, drawn to scale: a colour photograph of 32 x 32 pixels, then boxes of 6 x 28 x 28, 6 x 14 x 14, 16 x 10 x 10, 16 x 5 x 5, then rows of 120, 84 and 10 units."
pattern = "INPUT -> [CONV -> RELU -> POOL]*2 -> [FC -> RELU]*2 -> FC"
net = reference.describe_layers(pattern, filters=[6, 16], units=[120, 84, 10], kernel=5)
show.network(net, (3, 32, 32), image=data.photograph(colour=True)[75:107, 130:162])

# %% [markdown]
# PyTorch is large, so this lesson runs without it too: only the code under `if torch:` needs it. Its results are **stored**; if you have PyTorch, you see your own next to them.
#
# (To install it, run `.venv/bin/pip install -e ".[torch]"` in the course's folder, then restart the kernel.)

# %% id="installed" tags=["nbval-ignore-output"]
import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedShuffleSplit, cross_val_score, train_test_split

from helpers import came_out, check, data, hint, predict, progress, puzzle, reference, show, suspects, yours

try:
    import torch
    from torch import nn
except ImportError:
    torch, nn = None, reference.LayerNotes()  # used instead: it records what it is asked to make
    print("torch is not installed: `if torch:` is skipped")

progress.review(3)

# %% [markdown]
# ## Read it
#
# This is the network from PyTorch's tutorial that you know from lesson 08. Which lines have weights? Where is the batch? Which line fails first if the photographs are larger?

# %% id="net"
if torch:
    F = nn.functional

    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.conv1, self.conv2, self.pool = nn.Conv2d(3, 6, 5), nn.Conv2d(6, 16, 5), nn.MaxPool2d(2, 2)
            self.fc1, self.fc2, self.fc3 = nn.Linear(16 * 5 * 5, 120), nn.Linear(120, 84), nn.Linear(84, 10)

        def forward(self, x):
            x = self.pool(F.relu(self.conv1(x)))
            x = self.pool(F.relu(self.conv2(x)))
            x = torch.flatten(x, 1)
            return self.fc3(F.relu(self.fc2(F.relu(self.fc1(x)))))


# %% [markdown]
# A `class` holds layers and functions; `self` is the network; `super().__init__()` prepares it. `__init__` makes the layers: `nn.Conv2d(3, 6, 5)` is *3 channels in, 6 filters, kernels of 5 x 5*; `nn.MaxPool2d(2, 2)` is *windows of 2, stride 2*; `nn.Linear(400, 120)` is *400 values in, 120 units*. `forward` is the path through them; `F` has functions without weights. There is no `backward`: PyTorch records each step and goes back, as in lesson 12.
#
# The batch is the first axis of `x`, which `flatten(x, 1)` keeps.

# %% id="line-by-line"
stored, here = data.pytorch_comparison(), {}
shapes_of = progress.own("layer_shapes") or reference.layer_shapes  # yours, if it has passed
pattern = "INPUT -> [CONV -> RELU -> POOL]*2 -> [FC -> RELU]*2 -> FC"
net = reference.describe_layers(pattern, filters=[6, 16], units=[120, 84, 10], kernel=5)
counts = [row[2] for row in reference.parameter_table(net, (3, 32, 32))]
lines = "x | self.conv1(x) | F.relu(x) | self.pool(x) | self.conv2(x) | F.relu(x) | self.pool(x)"
lines += " | self.fc1(torch.flatten(x, 1)) | F.relu(x) | self.fc2(x) | F.relu(x) | self.fc3(x)"
print(f"{sum(counts):,} parameters by our count,", f"{stored['parameters']:,} by PyTorch's (stored)")
if torch:
    here["parameters"] = sum(tensor.numel() for tensor in Net().state_dict().values())  # all it learns
    print(f"{here['parameters']:,} by PyTorch's, here")
show.listing(lines.split(" | "), shapes_of(net, (3, 32, 32)), counts)

# %% [markdown]
# One number is not a choice: 16 · 5 · 5 = 400 has to be *worked out*, because `Linear` makes its weights before it sees an image. With larger photographs, `self.fc1(x)` fails. Is the 5 the kernel's, or the map's?
#
# ### Your turn: `conv_out_features`
#
# Work it out for any network. What is it for photographs of 40 x 48 pixels, and for 32 x 32 with kernels of 3 x 3?


# %% exercise="conv_out_features"
def conv_out_features(layers, input_shape):
    """How many numbers of one image go into the first fully connected layer: its `in_features`.

    Parameters
    ----------
    layers : list of dict
        The layers of a network, as in lesson 08; in a fully connected one, `layer["layer"]` is "FC".
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

# %% [markdown]
# ### Break it
#
# `suspects.conv_out_features` looks right. Find a small network and image size for which it is wrong.


# %% exercise="break_conv_out_features"
def break_conv_out_features():
    """An input on which `suspects.conv_out_features` is wrong, as small as you can find one.

    Returns
    -------
    tuple of (layers, input_shape)
        Arguments that the docstring of `conv_out_features` allows.
    """
    ### BEGIN SOLUTION
    return [reference.pool_layer(2), reference.fc_layer(1)], (1, 3, 3)
    ### END SOLUTION


# %% test="break_conv_out_features" points=1
check("break_conv_out_features", break_conv_out_features)

# %% id="control-cases"
features_of = yours("conv_out_features", conv_out_features)
sizes = [(32, 32), (40, 48), (32, 32), (64, 64), (32, 32)]
for size, change in zip(sizes, [{}, {}, {"kernel": 3}, {"stride": 2}, {"padding": 2}], strict=True):
    settings = {"filters": [6, 16], "units": [120, 84, 10], "kernel": 5} | change
    layers = reference.describe_layers(pattern, **settings)
    kernel, sliding = settings["kernel"], {key: change[key] for key in change if key != "kernel"}
    print(f"{size} {shapes_of(layers, (3, *size))[6]!s:12} {features_of(layers, (3, *size)):5}", end="  ")
    print(nn.Conv2d(3, 6, kernel, **sliding))

# %% [markdown]
# <details><summary>What you find</summary>
#
# 40 x 48 pixels give maps of 7 x 9: 16 · 7 · 9 = 1008. Kernels of 3 x 3 give maps of 6 x 6: 576. The 5 was the *map's* side.
#
# </details>
#
# On the right is the first layer as PyTorch prints it: `nn.Conv2d` takes `stride` and `padding`, as your `conv2d` does.
#
# In the third network, say, you take the kernel's 3 x 3: 144 instead of 576. What does each library say?

# %% id="wrong-size"
try:
    reference.linear(np.zeros((1, 16 * 6 * 6)), np.zeros((120, 16 * 3 * 3)))
except ValueError as error:
    print("ours:           ", error)
print("PyTorch, stored:", stored["message"])
if torch:
    try:
        nn.Linear(16 * 3 * 3, 120)(torch.zeros(1, 16 * 6 * 6))
    except RuntimeError as error:
        here["message"] = str(error)
        print("PyTorch, here:  ", here["message"])

# %% [markdown]
# *1x576* is your batch, one image of 576 values; *144x120* are the weights, transposed.

# %% [markdown]
# ## Write it
#
# When each layer feeds the next, you need no class. `nn.Sequential` calls its layers in order. Each is *made* first, hence the parentheses. A small network, for images of 5 x 5:
#
# ```python
# nn.Sequential(
#     nn.Conv2d(1, 3, 2, padding=1),  # 5 x 5 -> 6 x 6, 3 maps
#     nn.ReLU(),
#     nn.MaxPool2d(3, stride=2),      # -> 2 x 2: (6 - 3) / 2 + 1 is 2.5, and PyTorch rounds down;
#                                     #    with no stride given, windows lie side by side
#     nn.Flatten(),                   # -> 3 * 2 * 2 values
#     nn.Linear(3 * 2 * 2, 5),        # -> 5 votes
# )
# ```

# %% [markdown]
# ### Your turn: `torch_network`
#
# Write lesson 14's digits network, nine layers, for images of any size. `nn` is an argument: PyTorch's or, in the check, our `LayerNotes`, which records what you ask for.


# %% exercise="torch_network"
def torch_network(nn, input_shape, classes):
    """The digits network as PyTorch's `nn.Sequential`: nine layers, in lesson 14's order.

    Parameters
    ----------
    nn : module
        PyTorch's `torch.nn`, or the course's `LayerNotes`, which records what it is asked to make.
    input_shape : tuple of int
        (depth, height, width) of an image; height and width may differ.
    classes : int

    Returns
    -------
    nn.Sequential
        A convolution with 16 filters of 3 x 3 and padding 1, ReLU; one with 32 filters of 3 x 3 without
        padding, ReLU; max pooling with windows of 2; flatten; 128 linear units, ReLU; a vote for each class.

    Examples
    --------
    >>> torch_network(reference.LayerNotes(), (1, 8, 8), 10)["0"]
    'Conv2d(1, 16, kernel_size=(3, 3), stride=(1, 1), padding=(1, 1))'
    """
    ### BEGIN SOLUTION
    depth, height, width = input_shape
    values = 32 * ((height - 2) // 2) * ((width - 2) // 2)
    return nn.Sequential(
        nn.Conv2d(depth, 16, 3, padding=1),
        nn.ReLU(),
        nn.Conv2d(16, 32, 3),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(values, 128),
        nn.ReLU(),
        nn.Linear(128, classes),
    )
    ### END SOLUTION


# %% test="torch_network" points=4
check("torch_network", torch_network)

# %% [markdown] break="25"
# > **A good place to stop.** You can read PyTorch and write a network in it. Next, you will carry your weights over and train there.

# %% [markdown]
# ## Nearly the same words
#
# | ours | PyTorch's | what differs |
# |---|---|---|
# | `conv2d(x, weight, bias, stride=2, padding=1)` | `nn.Conv2d(3, 6, 5, stride=2, padding=1)` | the layer keeps its weights; no flip there either |
# | `max_pool2d(x, 3, 2, partial=True)` | `nn.MaxPool2d(3, stride=2, ceil_mode=True)` | the name |
# | `linear`, weight (units, features) | `nn.Linear`, `F.linear` | nothing |
# | `softmax(logits)` | `F.softmax(logits, dim=1)` | you name the axis |
# | `cross_entropy` | `F.cross_entropy` | nothing: it takes *logits* |
# | `network.forward(x)` | `model(x)` | you call the network itself; it calls its `forward` |
# | `parameters()`, `set_parameters(values)` | `state_dict()`, `load_state_dict(values)` | the names |
# | `backward` returns gradients | `loss.backward()` *adds* them to each `.grad` | clear them: `zero_grad()` |
# | `sgd_step`, `adam_step` | `torch.optim.SGD`, `Adam` | each makes an *optimiser*, whose `step()` changes the weights themselves (*in place*); ours return new ones |
# | float64 | float32 | 7 decimal digits instead of 16; a mix is refused |

# %% [markdown]
# **First trap.** `cross_entropy` sounds as if it needs shares, and accepts them without complaint. The right class leads by ten votes. What should the loss be? And with `softmax` in front?

# %% id="softmax-twice"
logits, right = np.array([[10.0, 0.0, 0.0]]), np.array([0])
print(f"votes go in:  {reference.cross_entropy(logits, right):.4f}")
print(f"shares go in: {reference.cross_entropy(reference.softmax(logits), right):.4f}")

# %% [markdown]
# <details><summary>What you find</summary>
#
# 0.5515 instead of 0.0001, for an answer that is right and certain. Shares differ by at most 1, so the softmax inside the loss never sees a clear winner. End your network with votes.
#
# </details>

# %% [markdown]
# ## Carry the weights
#
# Both libraries give weights the same shapes. Two things differ. Our `"0.weight"` says *layer 0*; the tutorial's `"conv1.weight"` says what `__init__` called it. And PyTorch computes in float32, where 0.1 becomes 0.10000000149.
#
# ### Your turn: `to_torch`
#
# Rename, convert and copy. `"11.weight".split(".")` gives `["11", "weight"]`; `array.astype(dtype)` is a converted copy.


# %% exercise="to_torch"
def to_torch(parameters, names, dtype="float32"):
    """A network's weights and biases under PyTorch's names: what its `load_state_dict` reads, as arrays.

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

# %% [markdown]
# ## Equal?
#
# Now train the digits network for two epochs and copy it. `nn.Sequential` numbers layers as we do, so names stay the same. How far apart are the two, forward and backward, as a share of the largest entry? **Predict:** 0? $10^{-7}$? $10^{-3}$?

# %% id="our-digits-network"
digits, answers = data.digits()
digits = digits.astype("float32")
learn, held_out = train_test_split(np.arange(1797), test_size=0.25, stratify=answers, random_state=0)
conv, relu = reference.conv_layer, reference.relu_layer()
plan = [conv(16, padding=1), relu, conv(32), relu, reference.pool_layer(2), reference.fc_layer(128), relu]


def build(classes, seed, dtype="float32"):
    layers, rng = [*plan, reference.fc_layer(classes)], np.random.default_rng(seed)
    return reference.build_network(layers, (1, 8, 8), rng, dtype=dtype)


ours, same_names = build(10, 18), {str(position): str(position) for position in range(9)}
reference.fit(ours, digits[learn], answers[learn], np.random.default_rng(18), epochs=2)
my_network, carry = yours("torch_network", torch_network), yours("to_torch", to_torch)
print(my_network(nn, (1, 8, 8), 10))


# %% id="through-both"
def apart(ours, theirs):
    return float(np.abs(ours - theirs).max() / np.abs(theirs).max())


def compared(dtype):
    x, y, state = digits[:32].astype(dtype), answers[:32], carry(ours.parameters(), same_names, dtype)
    mine, theirs = build(10, 0, dtype), my_network(nn, (1, 8, 8), 10).to(getattr(torch, dtype))
    mine.set_parameters(state)
    theirs.load_state_dict({key: torch.tensor(array) for key, array in state.items()})
    votes, their_votes = mine.forward(x), theirs(torch.tensor(x))
    mine.backward(reference.cross_entropy_backward(1.0, votes, y))
    F.cross_entropy(their_votes, torch.tensor(y)).backward()
    slopes = {key: apart(mine.gradients()[key], p.grad.numpy()) for key, p in theirs.named_parameters()}
    return {"votes": apart(votes, their_votes.detach().numpy())} | slopes  # detach: the values only


# %% id="compared" tags=["nbval-ignore-output"]
if torch:
    here["torch"] = torch.__version__.split("+")[0]
    here |= {dtype: compared(dtype) for dtype in ("float32", "float64")}
for origin, found in {"stored": stored, "here": here}.items():
    if "float32" in found:
        print(f"{origin}, torch {found['torch']}".ljust(21), f"{'float32':>9} {'float64':>9}")
        for key in found["float32"]:
            print(f"{key:21} {found['float32'][key]:9.0e} {found['float64'][key]:9.0e}")

# %% [markdown]
# <details><summary>What you find</summary>
#
# Below $10^{-6}$ in float32, $10^{-12}$ in float64. They are not *equal*, because the libraries add in different orders and round each sum.
#
# </details>
#
# **Second trap.** PyTorch's arrays are **tensors**. `torch.from_numpy(array)` makes no copy: tensor and array share their memory. NumPy's `asarray` does the same if the type is already right. Train one network: what happens to the other?

# %% id="shared-memory"
first = ours.forward(digits[:1])
for title, make in {"copies": np.array, "asarray": np.asarray}.items():
    there = {key: make(array, dtype="float32") for key, array in ours.parameters().items()}
    before = ours.parameters()["8.bias"].copy()
    there["8.bias"] -= 1  # as a training step in PyTorch would, in place
    moved = ours.forward(digits[:1]) - first
    print(f"{title:8} our votes moved by {moved[0, 0]:.2f}")
    ours.set_parameters({"8.bias": before})
shared = np.shares_memory(
    carry(ours.parameters(), same_names, "float32")["8.bias"], ours.parameters()["8.bias"]
)
print("your to_torch shares memory with our network:", shared)

# %% [markdown]
# ## Train over there
#
# Here, shuffled, are PyTorch's five lines for each batch. In which order do they belong? Which could also go elsewhere?
#
# ```
# loss.backward()
# votes = model(x)
# optimiser.step()
# loss = F.cross_entropy(votes, y)
# optimiser.zero_grad()
# ```

# %% [markdown]
# <details><summary>The order</summary>
#
# Votes, loss, `zero_grad`, `backward`, `step`. `zero_grad` may come anywhere before `backward`, but it must come. **Third trap:** `backward` *adds* to the gradients already there. At $w = 3$ the slope of $w^2$ is 6; call `backward` twice, and `.grad` is 12.
#
# </details>
#
# First train ours for ten epochs; then theirs, from the same weights and batches.


# %% id="trained-here"
def loss_and_gradients(parameters, images, labels):
    ours.set_parameters(parameters)
    votes = ours.forward(images)
    ours.backward(reference.cross_entropy_backward(1.0, votes, labels))
    return reference.cross_entropy(votes, labels), ours.gradients()


rng, start, batches = np.random.default_rng(18), ours.parameters(), []
for _ in range(10):
    batches += reference.minibatches(digits[learn], answers[learn], rng.permutation(len(learn)), 32)
trained, here["losses, ours"] = reference.train(start, loss_and_gradients, batches, 0.02, 0.9)
ours.set_parameters(trained)
score = reference.accuracy(ours, digits[held_out], answers[held_out])
print("ours   ", *[f"{loss:.3f}" for loss in here["losses, ours"][:8]], f"... {score:.1%} right")

# %% id="training-loop"
if torch:
    model = my_network(nn, (1, 8, 8), 10)
    state = carry(start, same_names, "float32")
    model.load_state_dict({key: torch.from_numpy(array) for key, array in state.items()})
    optimiser, here["losses, PyTorch"] = torch.optim.SGD(model.parameters(), lr=0.02, momentum=0.9), []
    for x, y in batches:
        loss = F.cross_entropy(model(torch.tensor(x)), torch.tensor(y))
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        here["losses, PyTorch"].append(loss.item())

# %% [markdown]
# Before the network reads, `model.eval()` switches off what is only for training, such as dropout. Inside `torch.no_grad()` no step is recorded, because no backward pass follows. Then `to_torch` brings the weights home.

# %% id="carried-back" tags=["nbval-ignore-output"]
if torch:
    model.eval()
    with torch.no_grad():
        their_votes = model(torch.tensor(digits[held_out])).numpy()
    here["accuracy, PyTorch"] = float(np.mean(their_votes.argmax(axis=1) == answers[held_out]))
    state = carry({key: tensor.numpy() for key, tensor in model.state_dict().items()}, same_names, "float32")
    ours.set_parameters(state)
    here["carried back"] = apart(ours.forward(digits[held_out]), their_votes)
for origin, found in {"stored": stored, "here": here}.items():
    if "carried back" in found:
        print(f"{origin:7}", *[f"{loss:.3f}" for loss in found["losses, PyTorch"][:8]], end=" ... ")
        print(f"{found['accuracy, PyTorch']:.1%} right; carried home, {found['carried back']:.0e} apart")

# %% [markdown]
# The same loss at every step: two libraries, one mathematics.
#
# ## Carry over what it has learned
#
# Can filters trained for one task help with another? Such reuse is **transfer learning**. A network learns the digits 0 to 4. Then its layers stay as they are, and only new votes for 5 to 9 are learned, from *five examples each*, drawn ten times. **Predict:** which layer should the votes read? Do learned filters beat random ones, or the bare pixels?

# %% id="transfer" tags=["nbval-ignore-output"]
low, high = np.flatnonzero(answers < 5), np.flatnonzero(answers >= 5)
old, random, rng = build(5, 0), build(5, 1), np.random.default_rng(0)
reference.fit(old, digits[low], answers[low], rng, 15, learning_rate=0.002, augment=data.shifted)
read_from = {"pixels": old.layers[5:6], "random filters": random.layers[:6]}  # layer 5 flattens
read_from |= {"filters of 0 to 4": old.layers[:6], "hidden layer of 0 to 4": old.layers[:8]}
draws, shares = StratifiedShuffleSplit(10, train_size=25, random_state=0), {}  # five of each digit
for name, layers in read_from.items():
    values = reference.Network(layers).forward(digits[high])
    shares[name] = cross_val_score(LogisticRegression(max_iter=1000), values, answers[high], cv=draws)
show.spread(shares, "digits 5 to 9, five examples each", x_label="share read correctly")

# %% [markdown]
# <details><summary>What we found</summary>
#
# The hidden layer is *worse* than the pixels: it has learned what tells 0 to 4 apart, and thrown the rest away. The filters do better, but no better than pixels or random filters. Early layers are general, late ones specialised; and on 8 x 8 pixels there is little to gain.
#
# </details>
#
# In PyTorch, set `requires_grad = False` for each of `model[:6].parameters()`, and they stay as they are.

# %% [markdown]
# ## Weights from elsewhere
#
# **Fourth trap.** TensorFlow, another library, stores images *channels last* (lesson 04). There, the first linear layer reads rows flattened pixel by pixel, and has a *column* for each unit.
#
# By hand: channels $a$ and $b$ of 1 x 2 pixels flatten to $a_0, b_0, a_1, b_1$ with channels last, but $a_0, a_1, b_0, b_1$ with channels first. So the weights 1, 2, 3, 4 become 1, 3, 2, 4.
#
# ### Optional: `votes_to_nchw`


# %% exercise="votes_to_nchw" optional
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


# %% test="votes_to_nchw"
check("votes_to_nchw", votes_to_nchw)

# %% [markdown]
# You can take over such a layer in two ways: only transpose it, or use your function.

# %% predict="only_transposed"
predict(
    "only_transposed",
    "What happens if you only transpose it?",
    ["an error", "a few digits more wrong", "mere guessing"],
)

# %% id="channels-last"
first_votes = ours.parameters()["6.weight"]  # (128, 288); next, as TensorFlow would store it
channels_last = first_votes.reshape(128, 32, 3, 3).transpose(2, 3, 1, 0).reshape(288, 128)
reordered = yours("votes_to_nchw", votes_to_nchw)(channels_last, (32, 3, 3))
shares = []
for title, weight in {"transposed only": channels_last.T, "in our order": reordered}.items():
    ours.set_parameters({"6.weight": weight})
    shares.append(reference.accuracy(ours, digits[held_out], answers[held_out]))
    print(f"{title:16} {shares[-1]:.0%} right")
ours.set_parameters({"6.weight": first_votes})
came_out("only_transposed", "mere guessing" if shares[0] < 0.2 else "a few digits more wrong")

# %% [markdown]
# <details><summary>What you find</summary>
#
# No error: 288 is 288 in any order. Compare numbers before you trust a bridge.
#
# </details>
#
# ### Reflect
#
# A friend has copied a published network's weights into NumPy. All shapes fit, nothing complains, and yet its answers are wrong. Name three things you would check, and one comparison that would have found the mistake at once.

# %% [markdown] answer="silent_mistakes" points=2
# For instance: are the first linear layer's weights in the order in which the maps are flattened? Are square weights transposed?
# Are the images scaled as in training, and their colours in the same order? Is softmax applied twice? Is memory shared with
# something that is still being trained? The comparison: one image through both networks, and all outputs compared, layer by layer; the
# first layer that differs holds the mistake.

# %% [markdown] id="next-steps"
# ## What comes next
#
# | idea in newer networks | in your words | what for |
# |---|---|---|
# | **batch normalisation** (Ioffe, Szegedy 2015) | lesson 07's `standardise`, for each channel over the batch; then times one learned number, plus another | larger learning rates |
# | **residual connection** (He et al. 2016) | a layer's output is added to its input, $x + f(x)$; the gradient flows back along both paths | a hundred layers and more |
# | **global average pooling** (Lin et al. 2014) | lesson 05's average over the *whole* map, in place of `flatten` | images of any size, fewer weights |
# | **attention** (Vaswani et al. 2017; on images, Dosovitskiy et al. 2021) | a mean of all places, weighted by softmax shares computed from the image itself | every place sees every other |

# %% [markdown]
# ## In this lesson we
#
# - **read** a PyTorch network, **worked out** its 400 (depth · height · width of the *map*), and **wrote** one of our own,
# - **carried** weights in both directions: rename, convert, copy, mind the order of flattening,
# - **measured** that it is the same network: $\max|a - b| / \max|b|$ below $10^{-6}$ in float32, $10^{-12}$ in float64,
# - **trained** it there, and measured what old filters are worth for new digits.

# %% [markdown]
# | what | ours | PyTorch's |
# |---|---|---|
# | images | (N, 1, 8, 8) | the same |
# | first kernels | `"0.weight"` (16, 1, 3, 3) | `"0.weight"` (16, 1, 3, 3) |
# | first votes | `"6.weight"` (128, 288) | `"6.weight"` (128, 288) |
# | logits | (N, 10) | the same |
#
# **Next:** our network reads 98 % of strangers' digits. Will it read *yours*?

# %% [markdown]
# **Sources.** PyTorch, *Training a classifier* (the `Net`) and its documentation of `torch.nn` · Adit Deshpande, *A beginner's guide to understanding convolutional neural networks*, part 2 (transfer learning); the papers named in the table.
