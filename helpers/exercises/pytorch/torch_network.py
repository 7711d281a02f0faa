"""The digits network as PyTorch's `nn.Sequential`, judged by the layers that it asks for."""

from helpers import reference
from helpers.exercises.model import Case, Exercise


def cases(rng):
    """The digits of lesson 14, then one thing changed at a time, then random sizes."""
    nn = reference.LayerNotes()
    yield Case((nn, (1, 8, 8), 10), "the digits of lesson 14")
    yield Case((nn, (1, 8, 8), 5), "five classes")
    yield Case((nn, (3, 8, 8), 10), "images in colour: depth 3")
    yield Case((nn, (1, 12, 12), 10), "larger images: 12 x 12")
    yield Case((nn, (1, 8, 14), 10), "images that are wider than high")
    yield Case((nn, (1, 15, 8), 10), "images that are higher than wide, with an odd height")
    yield Case((nn, (1, 9, 11), 2), "odd sizes: the last row and column fit into no window")
    for _ in range(3):
        depth, height, width, classes = (int(size) for size in rng.integers((1, 6, 6, 2), (5, 40, 40, 20)))
        yield Case(
            (nn, (depth, height, width), classes), f"depth {depth}, {height} x {width}, {classes} classes"
        )


exercise = Exercise(
    reference.torch_network,
    cases,
    minutes=8,
    hints=(
        "Write the nine layers into `nn.Sequential(...)`, one a line, with commas. Which of them have "
        "weights, and how many channels does each get?",
        "`nn.Conv2d(in_channels, out_channels, kernel_size, padding=1)`; what goes into a layer is what came out of the one before. "
        "Before `nn.Linear`, work out how many values there are after pooling.",
        "By hand, for 8 x 8: the first convolution keeps 8 x 8 (padding 1), the second makes 6 x 6, pooling 3 x 3. With 32 filters "
        "these are 32 * 3 * 3 = 288 values. For 9 x 11: 7 x 9, then 3 x 4.",
    ),
)


@exercise.model
def torch_network(nn, input_shape, classes):
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


@exercise.alternative
def from_a_list(nn, input_shape, classes):
    """Collects the layers in a list: easy to make longer."""
    layers = [nn.Conv2d(input_shape[0], 16, kernel_size=(3, 3), stride=1, padding=(1, 1)), nn.ReLU()]
    layers += [nn.Conv2d(16, 32, kernel_size=3, bias=True), nn.ReLU(), nn.MaxPool2d(kernel_size=2, stride=2)]
    plan = [reference.conv_layer(16, padding=1), reference.conv_layer(32), reference.pool_layer(2)]
    plan.append(reference.fc_layer(128))
    layers += [nn.Flatten(1), nn.Linear(reference.conv_out_features(plan, input_shape), 128)]
    return nn.Sequential(*layers, nn.ReLU(), nn.Linear(128, classes))


@exercise.alternative
def one_after_another(nn, input_shape, classes):
    """Adds layer after layer, and counts the shape as it goes: no number is worked out by hand."""
    model = nn.Sequential()
    channels, (height, width) = input_shape[0], input_shape[1:]
    for filters, padding in ((16, 1), (32, 0)):
        model.append(nn.Conv2d(channels, filters, 3, padding=padding))
        model.append(nn.ReLU())
        channels = filters
        height, width = height + 2 * padding - 2, width + 2 * padding - 2
    model.append(nn.MaxPool2d(2)).append(nn.Flatten())
    model.extend([nn.Linear(channels * (height // 2) * (width // 2), 128), nn.ReLU()])
    model.add_module("8", nn.Linear(in_features=128, out_features=classes))
    return model


FIRST, SECOND = "nn.Conv2d(depth, 16, 3, padding=1)", "nn.Conv2d(16, 32, 3)"
VALUES = "32 * ((height - 2) // 2) * ((width - 2) // 2)"
RELU = "        nn.ReLU(),\n"

# -- convolutions --------------------------------------------------------------------------------------------

exercise.slip(
    FIRST,
    "nn.Conv2d(depth, 16, 3)",
    name="no_padding",
    when="the first convolution has no padding",
    hint="`padding=1` keeps 8 x 8 pixels at 8 x 8. Write its name: a fourth number without a name is the stride.",
)
exercise.slip(
    SECOND,
    "nn.Conv2d(16, 32, 3, padding=1)",
    name="both_padded",
    when="the second convolution is padded as well",
    hint="Only the first one has padding; the second makes 8 x 8 into 6 x 6.",
)
exercise.slip(
    FIRST,
    "nn.Conv2d(1, 16, 3, padding=1)",
    name="always_one_channel",
    when="the first convolution always expects one channel",
    hint="`input_shape` says how deep the images are.",
)
exercise.slip(
    SECOND,
    "nn.Conv2d(depth, 32, 3)",
    name="second_gets_the_image",
    when="the second convolution expects the channels of the image, not the 16 maps of the first",
    hint="What goes into a layer is what came out of the one before: 16 maps.",
)
exercise.slip(
    (FIRST, "nn.Conv2d(16, depth, 3, padding=1)"),
    (SECOND, "nn.Conv2d(32, 16, 3)"),
    name="channels_swapped",
    when="channels in and channels out are swapped in the convolutions",
    hint="`nn.Conv2d(in_channels, out_channels, kernel_size)`: first what comes in.",
)
exercise.slip(
    (FIRST, "nn.Conv2d(depth, 16, 5, padding=1)"),
    (SECOND, "nn.Conv2d(16, 32, 5)"),
    name="kernels_of_five",
    when="the kernels are 5 x 5, as in the Net of the tutorial",
    hint="This plan has kernels of 3 x 3.",
)

# -- pooling and what comes out of it ------------------------------------------------------------------------

exercise.slip(
    "nn.MaxPool2d(2)",
    "nn.MaxPool2d(2, 1)",
    name="pooling_stride_one",
    when="the pooling windows move by one pixel",
    hint="PyTorch takes the window's size as its stride if you give none: `nn.MaxPool2d(2)`.",
)
exercise.slip(
    "        nn.MaxPool2d(2),\n",
    "",
    name="no_pooling",
    when="the pooling is left out",
    hint="After the second ReLU comes `nn.MaxPool2d(2)`.",
)
exercise.slip(
    VALUES,
    "288",
    name="always_288",
    when="288, which is 32 * 3 * 3, is written into the function",
    hint="The map is 3 x 3 for images of 8 x 8 only, and the kernel's 3 has nothing to do with it. Work it out from height and width.",
)
exercise.slip(
    VALUES,
    "32 * (height - 2) * (width - 2)",
    name="values_before_pooling",
    when="the values before pooling are counted",
    hint="Pooling halves height and width before they are flattened.",
)
exercise.slip(
    VALUES,
    "32 * (height // 2) * (width // 2)",
    name="second_convolution_forgotten",
    when="the second convolution, which takes two rows and two columns, is forgotten in the count",
    hint="A kernel of 3 without padding leaves height - 2 rows. Only then are they halved.",
)
exercise.slip(
    VALUES,
    "32 * ((height - 4) // 2) * ((width - 4) // 2)",
    name="padding_forgotten_in_the_count",
    when="four rows and columns are taken away, as if the first convolution had no padding",
    hint="With padding 1 the first convolution keeps height and width. Only the second takes 2.",
)
exercise.slip(
    VALUES,
    "32 * ((height - 2) // 2) ** 2",
    name="square",
    when="the height is used for the width as well",
    hint="Images need not be square: height and width are followed separately.",
)
exercise.slip(
    VALUES,
    "((height - 2) // 2) * ((width - 2) // 2)",
    name="one_map_counted",
    when="the values of one map are counted, not of all 32",
    hint="All 32 maps are flattened, one after another.",
)
exercise.slip(
    VALUES,
    "int(32 * ((height - 2) / 2) * ((width - 2) / 2))",
    name="halves_kept",
    when="half rows and columns count, where a window does not fit",
    hint="Odd sizes leave a row over that no window takes: `// 2`, for each side, before you multiply.",
)

# -- votes ---------------------------------------------------------------------------------------------------

exercise.slip(
    "        nn.Flatten(),\n",
    "",
    name="not_flattened",
    when="nothing flattens the maps before the linear layers",
    hint="`nn.Linear` takes rows of values. `nn.Flatten()` makes such rows from the maps.",
)
exercise.slip(
    "nn.Flatten()",
    "nn.Flatten(0)",
    name="batch_flattened",
    when="the batch is flattened along with the maps",
    hint="`nn.Flatten()` leaves the first axis, the images, alone.",
)
exercise.slip(
    "nn.Linear(128, classes)",
    "nn.Linear(128, 10)",
    name="always_ten",
    when="there are always ten votes",
    hint="`classes` says how many.",
)
exercise.slip(
    "nn.Linear(values, 128)",
    "nn.Linear(128, values)",
    name="units_swapped",
    when="features and units of the first linear layer are swapped",
    hint="`nn.Linear(in_features, out_features)`: first what comes in. (The weight's *shape* has them in the opposite order.)",
)
exercise.slip(
    "        nn.Linear(128, classes),\n",
    "        nn.Linear(128, classes),\n        nn.ReLU(),\n",
    name="relu_after_the_votes",
    when="there is a ReLU after the votes",
    hint="Votes may be negative. The last layer is `nn.Linear`.",
)
exercise.slip(
    "        nn.Linear(128, classes),\n",
    "        nn.Linear(128, classes),\n        nn.Softmax(dim=1),\n",
    name="softmax_at_the_end",
    when="there is a softmax after the votes",
    hint="`F.cross_entropy` has the softmax in it already. A network for PyTorch ends with votes.",
)
exercise.slip(
    (f"nn.Linear(values, 128),\n{RELU}", "nn.Linear(values, 128),\n"),
    name="no_relu_between_the_votes",
    when="there is no ReLU between the two linear layers",
    hint="Without a ReLU between them two linear layers are one.",
)
exercise.slip(
    (RELU, "", 3),
    name="no_relu",
    when="all ReLUs are left out",
    hint="After each convolution, and after the first linear layer, comes `nn.ReLU()`.",
)
exercise.slip(
    (f"{RELU}        nn.MaxPool2d(2),\n", f"        nn.MaxPool2d(2),\n{RELU}"),
    name="pooled_before_relu",
    when="pooling comes before the second ReLU: the numbers are the same, but the layers change their positions",
    hint="The numbers agree, because ReLU leaves the largest value the largest. But the plan's order gives the weights their names.",
)

# -- what is returned ----------------------------------------------------------------------------------------

exercise.slip(
    ("nn.Sequential(", "["),
    ("nn.Linear(128, classes),\n    )", "nn.Linear(128, classes),\n    ]"),
    name="a_list",
    when="a list of layers is returned, not an `nn.Sequential` of them",
    hint="A list cannot compute anything. `nn.Sequential(...)` calls one layer after another.",
)
exercise.slip(
    ("nn.Sequential(", "nn.Sequential(["),
    ("nn.Linear(128, classes),\n    )", "nn.Linear(128, classes),\n    ])"),
    name="a_list_within",
    when="`nn.Sequential` gets one list instead of the layers",
    hint="Leave the square brackets out, or unpack the list: `nn.Sequential(*layers)`.",
)
exercise.slip(
    ("nn.ReLU(),", "nn.ReLU,", 3),
    name="relu_not_called",
    when="`nn.ReLU` is passed without parentheses",
    hint="`nn.ReLU` is the kind of layer, `nn.ReLU()` makes one.",
)

exercise.slip(
    "        nn.Conv2d(16, 32, 3),\n        nn.ReLU(),\n",
    "        nn.Conv2d(16, 32, 3),\n",
    name="second_relu_forgotten",
    when="there is no ReLU after the second convolution",
    hint="Each of the two convolutions has a ReLU after it. Count the layers: there are nine.",
)
exercise.slip(
    "padding=1),\n        nn.ReLU(),\n",
    "padding=1),\n",
    name="first_relu_forgotten",
    when="there is no ReLU between the two convolutions",
    hint="Each of the two convolutions has a ReLU after it. Count the layers: there are nine.",
)
