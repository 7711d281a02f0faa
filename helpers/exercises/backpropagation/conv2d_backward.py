"""The gradients of the convolution with respect to its images, its weights and its biases."""

import numpy as np

from helpers import reference
from helpers.exercises import common
from helpers.exercises.model import Case, Exercise


def random_case(rng, x_shape, weight_shape, stride, padding, about, bias=True, dtype=float):
    """Random numbers, with the upstream gradient that fits."""
    x, weight = rng.normal(size=x_shape).astype(dtype), rng.normal(size=weight_shape).astype(dtype)
    maps = reference.conv2d(x, weight, None, stride, padding)
    biases = rng.normal(size=len(weight)).astype(dtype) if bias else None
    return Case((rng.normal(size=maps.shape).astype(dtype), x, weight, biases, stride, padding), about)


def cases(rng):
    """One position, two that share a pixel, a stride, padding, images, channels, then random ones."""
    image, kernel = np.array([[[[1.0, 2.0], [4.0, 3.0]]]]), np.array([[[[1.0, 0.5], [3.0, -1.0]]]])
    yield Case((np.array([[[[2.0]]]]), image, kernel, np.array([10.0]), 1, 0), "one position")
    row, pair = np.array([[[[1.0, 2.0, 4.0]]]]), np.array([[[[3.0, 5.0]]]])
    yield Case(
        (np.array([[[[1.0, 10.0]]]]), row, pair, np.array([7.0]), 1, 0),
        "two positions that share a pixel, and a kernel of 1 x 2",
    )
    yield Case((np.array([[[[1.0, 10.0]]]]), row.copy(), pair.copy(), None, 1, 0), "no bias")
    longer = np.array([[[[1.0, 2.0, 4.0, 8.0, 9.0]]]])
    yield Case(
        (np.array([[[[1.0, 10.0]]]]), longer, pair.copy(), np.array([7.0]), 2, 0),
        "a stride of 2 that does not tile",
    )
    column = np.array([[[[3.0], [1.0], [4.0]]]])
    yield Case(
        (np.array([[[[1.0], [10.0]]]]), column, np.array([[[[2.0]]]]), np.array([7.0]), 2, 0),
        "steps of 2 down a column",
    )
    tall = np.array([[[[3.0], [5.0]]]])
    upstream = np.array([[[[1.0, 2.0, 5.0], [7.0, 10.0, 3.0]]]])
    yield Case((upstream, np.array([[[[4.0]]]]), tall, np.array([7.0]), 1, 1), "zeros laid around one pixel")
    both = np.array([[[[1.0, 2.0]]], [[[5.0, 4.0]]]])
    yield Case((np.array([[[[1.0]]], [[[-2.0]]]]), both, pair.copy(), np.array([7.0]), 1, 0), "two images")
    filters = np.array([[[[2.0]], [[3.0]]], [[[5.0]], [[11.0]]]])
    channels = np.array([[[[1.0]], [[4.0]]]])
    yield Case(
        (np.array([[[[1.0]], [[-2.0]]]]), channels, filters, np.array([7.0, 9.0]), 1, 0),
        "two channels, two filters, one pixel",
    )
    yield Case(
        (np.array([[[[0.5]]]]), np.array([[[[2, 1]]]]), np.array([[[[1, 4]]]]), np.array([3]), 1, 0),
        "whole numbers, and a gradient with a fraction",
    )
    three = np.array([2.0, 1.0, 4.0, 3.0, 8.0, 5.0, 0.5, 7.0, 6.0, 9.0, 11.0, 10.0]).reshape(3, 2, 1, 2)
    yield Case(
        (
            np.array([[[[1.0]], [[-1.0]], [[2.0]]]]),
            np.array([[[[1.0, 2.0]], [[3.0, 5.0]]]]),
            three,
            np.ones(3),
            1,
            0,
        ),
        "two channels, three filters",
    )
    whole = rng.integers(-3, 4, (2, 2, 4, 5)), rng.integers(-3, 4, (3, 2, 2, 3))
    yield Case((rng.normal(size=(2, 3, 3, 3)), *whole, np.arange(3), 1, 0), "whole numbers")
    yield random_case(
        rng, (2, 3, 5, 6), (4, 3, 3, 2), 1, 0, "random: two images, three channels, four filters"
    )
    yield random_case(rng, (2, 2, 5, 4), (3, 2, 3, 3), 1, 1, "random: padding 1")
    yield random_case(rng, (1, 2, 6, 7), (2, 2, 3, 2), 2, 2, "random: stride 2, padding 2, does not tile")
    yield random_case(rng, (3, 1, 7, 5), (2, 1, 2, 2), 3, 0, "random: stride 3, larger than the kernel")
    yield random_case(
        rng, (2, 3, 4, 3), (2, 3, 1, 1), 1, 0, "random: kernels of one pixel, no bias", bias=False
    )
    yield random_case(
        rng, (2, 2, 5, 5), (2, 2, 3, 3), 2, 1, "random values of type float32", dtype=np.float32
    )


exercise = Exercise(
    reference.conv2d_backward,
    cases,
    minutes=18,
    returns=("grad_x", "grad_weight", "grad_bias"),
    hints=(
        "Walk over the positions as in the forward pass. At each one the patch and the filters have made a vote, as in a "
        "linear layer: which parts of `grad_x` and of `grad_weight` does the position's upstream gradient reach?",
        "At one position the upstream gradient, `grad_output[:, :, row, column]`, has shape (N, C_out). The patch gets it "
        "times `weight`, summed over the filters; the weights get it times the patch, summed over the images. "
        "`np.tensordot(a, b, axes=1)` sums over the last axis of `a` and the first of `b`. Or stretch patches and weights, "
        "call `reference.linear_backward`, and reshape what it returns.",
        "Positions overlap: add with `+=`. Collect in an array of the padded image's shape, and cut the padding off at "
        "the end, with `[padding : padding + height]`, because `[0:-0]` is empty. By hand: the row [1, 2, 4], the kernel "
        "[3, 5], upstream [1, 10]: grad_x = [3, 5 + 30, 50], grad_weight = [1·1 + 10·2, 1·2 + 10·4] = [21, 42], "
        "grad_bias = [11].",
    ),
)


@exercise.model
def conv2d_backward(grad_output, x, weight, bias=None, stride=1, padding=0):
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


def padded_images(x, padding):
    """The images with zeros around rows and columns."""
    return np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))


def place(weight, row, column, stride):
    """Where the patch of one position is."""
    top, left = row * stride, column * stride
    return np.s_[:, :, top : top + weight.shape[2], left : left + weight.shape[3]]


@exercise.alternative
def a_linear_layer_at_each_position(grad_output, x, weight, bias=None, stride=1, padding=0):
    """Calls the linear layer's backward pass on each stretched patch: nothing new to derive."""
    padded, grad_weight = padded_images(x, padding), np.zeros(weight.shape)
    grad_padded = np.zeros(padded.shape)
    for row, column in np.ndindex(grad_output.shape[2:]):
        here = place(weight, row, column, stride)
        patches = padded[here]
        grad_patches, grad_rows, _ = reference.linear_backward(
            grad_output[:, :, row, column], patches.reshape(len(x), -1), weight.reshape(len(weight), -1)
        )
        grad_padded[here] += grad_patches.reshape(patches.shape)
        grad_weight += grad_rows.reshape(weight.shape)
    grad_x = grad_padded[:, :, padding : padding + x.shape[2], padding : padding + x.shape[3]]
    return grad_x, grad_weight, None if bias is None else np.einsum("nchw->c", grad_output)


@exercise.alternative
def product_by_product(grad_output, x, weight, bias=None, stride=1, padding=0):
    """One product at a time: closest to the rule that gradients add up."""
    padded = padded_images(x, padding)
    grad_padded, grad_weight = np.zeros(padded.shape), np.zeros(weight.shape)
    grad_bias = np.zeros(len(weight))
    for image, unit, row, column in np.ndindex(grad_output.shape):
        _, _, rows, columns = place(weight, row, column, stride)
        upstream = grad_output[image, unit, row, column]
        grad_padded[image, :, rows, columns] += upstream * weight[unit]
        grad_weight[unit] += upstream * padded[image, :, rows, columns]
        grad_bias[unit] += upstream
    if padding > 0:
        grad_padded = grad_padded[:, :, padding:-padding, padding:-padding]
    return grad_padded, grad_weight, None if bias is None else grad_bias


@exercise.alternative
def offset_by_offset(grad_output, x, weight, bias=None, stride=1, padding=0):
    """Loops over the few weights of the kernel: fast on large maps."""
    padded = padded_images(x, padding)
    grad_padded, grad_weight = np.zeros(padded.shape), np.zeros(weight.shape)
    rows, columns = (stride * (side - 1) + 1 for side in grad_output.shape[2:])
    for i, j in np.ndindex(weight.shape[2:]):
        seen = np.s_[:, :, i : i + rows : stride, j : j + columns : stride]
        grad_padded[seen] += np.einsum("nohw,oc->nchw", grad_output, weight[:, :, i, j])
        grad_weight[:, :, i, j] = np.einsum("nohw,nchw->oc", grad_output, padded[seen])
    grad_x = grad_padded[:, :, padding : padding + x.shape[2], padding : padding + x.shape[3]]
    return grad_x, grad_weight, None if bias is None else grad_output.sum((0, 2, 3))


CUT = "grad_padded[:, :, padding : padding + x.shape[2], padding : padding + x.shape[3]]"
SUM = "grad_output.sum(axis=(0, 2, 3))"
IMAGES, WEIGHTS = "np.tensordot(upstream, weight, axes=1)", "np.tensordot(upstream.T, padded[patch], axes=1)"
RETURNED = f"return grad_x, grad_weight, None if bias is None else {SUM}"

# -- collecting ----------------------------------------------------------------------------------------------

exercise.slip(
    "grad_padded[patch] +=",
    "grad_padded[patch] =",
    name="images_replaced",
    when="each position's gradient replaces what is there instead of being added to it",
    hint="Positions overlap, so a pixel collects from several of them: `+=` instead of `=`.",
)
exercise.slip(
    "grad_weight +=",
    "grad_weight =",
    name="weights_of_the_last_position",
    when="only the last position's part of the weights' gradient is kept",
    hint="The same weights serve at every position, and each position has its part in their gradient: `+=`, not `=`.",
)
exercise.slip(
    ("grad_padded[patch] +=", "grad_padded[patch] ="),
    ("grad_weight +=", "grad_weight ="),
    name="both_replaced",
    when="both gradients replace what is there instead of being added to it",
    hint="Positions overlap, and all of them use the same weights: `+=` instead of `=`, both times.",
)
exercise.slip(
    ("np.zeros(padded.shape)", "np.zeros_like(padded)"),
    ("np.zeros(weight.shape)", "np.zeros_like(weight)"),
    **common.TYPE_OF_THE_INPUT,
)
exercise.slip(
    ("    grad_x =", "        grad_x ="),
    ("    return grad_x", "        return grad_x"),
    **common.IN_THE_LOOP,
)

# -- padding -------------------------------------------------------------------------------------------------

exercise.slip(
    CUT,
    "grad_padded",
    name="padding_kept",
    when="the gradient of the padding is kept",
    hint="The zeros around the image were yours, not the caller's. Cut them off: grad_x has the shape of x.",
)
exercise.slip(
    CUT,
    "grad_padded[:, :, padding:-padding, padding:-padding]",
    name="cut_to_nothing",
    when="the padding is cut off with `[padding:-padding]`, which leaves nothing when the padding is 0",
    hint="`[0:-0]` is `[0:0]`, and that is empty. Say where the image ends: `[padding : padding + height]`.",
)


@exercise.form("cut_to_nothing")
def cut_to_nothing_into_an_array(grad_output, x, weight, bias=None, stride=1, padding=0):
    padded = padded_images(x, padding)
    grad_padded, grad_weight, grad_x = np.zeros(padded.shape), np.zeros(weight.shape), np.zeros(x.shape)
    for row, column in np.ndindex(grad_output.shape[2:]):
        here = place(weight, row, column, stride)
        upstream = grad_output[:, :, row, column]
        grad_padded[here] += np.tensordot(upstream, weight, axes=1)
        grad_weight += np.tensordot(upstream.T, padded[here], axes=1)
    grad_x[:] = grad_padded[:, :, padding:-padding, padding:-padding]
    return grad_x, grad_weight, None if bias is None else grad_output.sum(axis=(0, 2, 3))


exercise.slip(
    CUT,
    "grad_padded[:, :, padding:, padding:]",
    name="cut_on_two_sides",
    when="the padding is cut off at the top and on the left only",
    hint="Zeros were laid on all four sides: cut at the bottom and on the right too.",
)
exercise.slip(
    "    height, width",
    "    padding = 0\n    height, width",
    name="padding_ignored",
    when="the padding is ignored in the backward pass",
    hint="The patches were cut out of the padded image. Pad `x` again, and collect in an array as large as that.",
)
exercise.slip(
    "((0, 0), (0, 0), (padding, padding), (padding, padding))", "padding", **common.PADDED_EVERYWHERE
)

# -- positions -----------------------------------------------------------------------------------------------

exercise.slip(
    "row * stride : row * stride + height, column * stride : column * stride + width",
    "row : row + height, column : column + width",
    name="stride_ignored",
    when="the stride is ignored in the backward pass",
    hint="The patch of position (row, column) begins at (row * stride, column * stride), forward and backward.",
)
exercise.slip(
    "row * stride : row * stride + height",
    "row : row + height",
    name="stride_ignored_down",
    when="the stride is used across, but not down",
    hint="The patch of position (row, column) begins at (row * stride, column * stride), forward and backward.",
)
exercise.slip(
    "column * stride : column * stride + width",
    "column : column + width",
    name="stride_ignored_across",
    when="the stride is used down, but not across",
    hint="The patch of position (row, column) begins at (row * stride, column * stride), forward and backward.",
)
exercise.slip("height, width = weight.shape[2:]", "height = width = weight.shape[2]", **common.SQUARE_KERNEL)

# -- the bias ------------------------------------------------------------------------------------------------

exercise.slip(
    SUM,
    "grad_output.mean(axis=(0, 2, 3))",
    name="bias_averaged",
    when="the gradient of the bias is averaged instead of summed",
    hint="The bias is added at every position of every image, and all of them pull at it: use a sum.",
)
exercise.slip(
    SUM,
    "grad_output.sum(axis=(2, 3)).mean(axis=0)",
    name="bias_averaged_over_images",
    when="the gradient of the bias is averaged over the images",
    hint="The loss has taken the mean already. Here the images' parts add up.",
)
exercise.slip(
    SUM,
    "grad_output.sum(axis=(2, 3))",
    name="bias_of_each_image",
    when="the gradient of the bias is summed over the positions but not over the images",
    hint="All images share the bias: sum over axes 0, 2 and 3, so that one number for each filter remains.",
)
exercise.slip(
    SUM,
    "grad_output.sum(axis=0)",
    name="bias_of_each_position",
    when="the gradient of the bias is summed over the images but not over the positions",
    hint="The bias is added at every position: sum over axes 0, 2 and 3, so that one number for each filter remains.",
)
exercise.slip(
    SUM,
    "grad_output.sum(axis=(0, 1, 2))",
    name="bias_over_the_wrong_axes",
    when="the gradient of the bias is summed over the axes 0, 1 and 2",
    hint="One number for each filter must remain. The filters are axis 1: sum over the other three, 0, 2 and 3.",
)
exercise.slip(
    SUM,
    "grad_output.sum(axis=(1, 2, 3))",
    name="bias_over_the_filters",
    when="the gradient of the bias is summed over the filters, with `axis=(1, 2, 3)`",
    hint="One number for each filter must remain. The filters are axis 1: sum over the other three, 0, 2 and 3.",
)
exercise.slip(
    SUM,
    "np.full(len(weight), grad_output.sum())",
    name="bias_over_everything",
    when="all filters get the same gradient of the bias, that of the whole stack",
    hint="Each filter has a bias of its own: sum over axes 0, 2 and 3, and leave the filters apart.",
)
exercise.slip(
    "None if bias is None else ",
    "",
    **common.GRADIENT_OF_NO_BIAS,
)

# -- the weights ---------------------------------------------------------------------------------------------

exercise.slip(
    WEIGHTS,
    f"{WEIGHTS} / len(x)",
    **common.WEIGHTS_AVERAGED,
)
exercise.slip(
    (WEIGHTS, f"{WEIGHTS} / len(x)"),
    (SUM, f"{SUM} / len(x)"),
    name="all_averaged",
    when="the gradients of the weights and of the bias are averaged over the images",
    hint="The loss has taken the mean already. Here the images' parts add up.",
)
exercise.slip(
    WEIGHTS,
    "np.tensordot(upstream[-1:].T, padded[patch][-1:], axes=1)",
    name="weights_of_the_last_image",
    when="only the last image's part of the weights' gradient is kept",
    hint="All images use the same weights, and each image has its part in their gradient: `+=`, not `=`.",
)
exercise.slip(
    SUM,
    "grad_output[-1].sum(axis=(1, 2))",
    name="bias_of_the_last_image",
    when="only the last image's part of the bias's gradient is kept",
    hint="All images share the bias, and their parts add up: `+=`, not `=`.",
)
exercise.slip(
    (WEIGHTS, "np.tensordot(upstream[-1:].T, padded[patch][-1:], axes=1)"),
    (SUM, "grad_output[-1].sum(axis=(1, 2))"),
    name="parameters_of_the_last_image",
    when="only the last image's part of the gradients of weights and bias is kept",
    hint="All images use the same weights and the same bias, and their parts add up: `+=`, not `=`.",
)
exercise.slip(
    WEIGHTS,
    f"{WEIGHTS} / grad_output[0, 0].size",
    name="weights_averaged_over_positions",
    when="the gradient of the weights is averaged over the positions",
    hint="Every position uses the weights, and the positions' parts add up.",
)
exercise.slip(
    "return grad_x, grad_weight,",
    "return grad_x, grad_weight.swapaxes(0, 1),",
    name="filters_and_channels_swapped",
    when="filters and channels are swapped in the gradient of the weights",
    hint="A gradient has the shape of what it belongs to: (C_out, C_in, kH, kW). Turn `upstream`, not the result.",
)
exercise.slip(
    "upstream.T",
    "upstream",
    name="upstream_not_turned",
    when="`upstream` is not turned for the gradient of the weights",
    hint="The weights' gradient adds up over the images: (C_out, N) times (N, C_in, kH, kW). `upstream` is (N, C_out).",
)
exercise.slip(
    "return grad_x, grad_weight,",
    "return grad_x, grad_weight.swapaxes(2, 3),",
    name="kernels_transposed",
    when="rows and columns are swapped in the gradient of the weights",
    hint="The gradient of a weight is where the weight is, at the same row and column of the kernel.",
)

# -- the images ----------------------------------------------------------------------------------------------

exercise.slip(
    IMAGES,
    "np.tensordot(upstream, weight[:, :, ::-1, ::-1], axes=1)",
    name="flipped",
    when="the kernels are the wrong way round: flipped where the gradient is handed out position by position, or not "
    "flipped where it is convolved as a whole",
    hint="When you hand out position by position, the kernel goes onto the patch as in the forward pass: unflipped. The "
    "other way of writing it, one convolution over the whole gradient, flips it.",
)
exercise.slip(
    IMAGES,
    "np.tensordot(upstream[:, :1], weight[:1], axes=1)",
    name="first_filter_only",
    when="only the first filter sends its gradient back to the image",
    hint="Every filter looked at the pixel, and all their gradients add up: sum over the filters.",
)
exercise.slip(
    IMAGES,
    f"{IMAGES}.sum(axis=1, keepdims=True)",
    name="channels_summed",
    when="the gradient of the images is the same for all channels",
    hint="Each channel has kernels of its own. Do not sum over the channels.",
)

# -- the upstream gradient -----------------------------------------------------------------------------------

exercise.slip(
    "    height, width",
    "    grad_output = np.ones(grad_output.shape)\n    height, width",
    name="without_upstream",
    when="the upstream gradient is forgotten",
    hint="Weights and pixels are the local slopes. At each position multiply them by `grad_output[:, :, row, column]`.",
)
exercise.slip(
    "upstream.T",
    "np.ones(upstream.shape).T",
    name="weights_without_upstream",
    when="the upstream gradient is forgotten for the weights",
    hint="At each position the patch counts as much as the upstream gradient says: multiply, then add.",
)
exercise.slip(
    "    height, width",
    "    grad_output = np.broadcast_to(grad_output[:1], grad_output.shape)\n    height, width",
    name="upstream_of_the_first_image",
    when="the upstream gradient of one image is used for all",
    hint="`grad_output[0]` is the first image's. Each image has a gradient of its own: keep the batch axis.",
)

# -- what is returned ----------------------------------------------------------------------------------------

exercise.slip(
    "return grad_x, grad_weight,",
    "return grad_weight, grad_x,",
    name="order_swapped",
    when="the gradients of weights and images are swapped",
    hint="The order is that of the arguments: x, weight, bias.",
)
exercise.slip(
    RETURNED,
    "return grad_x",
    **common.GRADIENT_OF_X_ONLY,
)
