"""The gradient of max pooling with respect to its input: all of it goes to the largest entry."""

import numpy as np

from helpers import reference
from helpers.exercises import common
from helpers.exercises.model import Case, Exercise


def random_case(rng, shape, window, stride, partial, about, dtype=float):
    """Random values, positive and negative, with the upstream gradient that fits."""
    x = rng.normal(size=shape).astype(dtype)
    pooled = reference.max_pool2d(x, window, stride, partial)
    return Case((rng.normal(size=pooled.shape).astype(dtype), x, window, stride, partial), about)


def cases(rng):
    """One window, two, ties, overlaps, edges, gaps, channels and images, then random stacks."""
    yield Case((np.array([[[[5.0]]]]), np.array([[[[1.0, 2.0], [4.0, 3.0]]]]), 2, 2, False), "one window")
    row = np.array([[[[1.0, 2.0, -1.0, -4.0], [4.0, 3.0, -3.0, -2.0]]]])
    yield Case((np.array([[[[5.0, -6.0]]]]), row, 2, 2, False), "two windows side by side")
    yield Case((np.array([[[[5.0, -6.0]]]]), row[..., ::-1].copy(), 2, None, False), "no stride given")
    yield Case(
        (np.array([[[[5.0]]]]), np.array([[[[1.0, 4.0], [4.0, 4.0]]]]), 2, 2, False), "three pixels that tie"
    )
    peak = np.array([[[[1.0, 2.0, 0.0], [3.0, 9.0, 4.0]]]])
    yield Case((np.array([[[[1.0, 2.5]]]]), peak, 2, 1, False), "two windows that share their largest")
    yield Case(
        (np.array([[[[1.0, 2.5]]]]), np.array([[[[1.0, 2.0, 3.0], [4.0, 0.0, 5.0]]]]), 2, 2, True),
        "a window over the right edge",
    )
    yield Case(
        (np.array([[[[1.0], [2.5]]]]), np.array([[[[1.0, 7.0], [3.0, 4.0], [-2.0, -1.0]]]]), 2, 2, True),
        "a window over the bottom",
    )
    edge = np.array([[[[1.0, 2.0, 3.0], [4.0, 0.0, 5.0], [-1.0, -2.0, -3.0]]]])
    yield Case((np.array([[[[1.5]]]]), edge, 2, 2, False), "a row and a column that no window reaches")
    apart = np.array([[[[0.5, 1.0, 2.0, 3.0, 7.0], [0.0, -1.0, -2.0, 8.0, -4.0]]]])
    yield Case((np.array([[[[1.0, 2.5]]]]), apart, 2, 3, False), "windows with gaps between them")
    yield Case(
        (np.array([[[[0.5]]]]), np.array([[[[1, 7], [4, 3]]]]), 2, 2, False),
        "whole numbers, and a gradient with a fraction",
    )
    two = np.array([[[[1.0, 2.0], [4.0, 3.0]], [[9.0, 5.0], [6.0, 7.0]]]])
    yield Case((np.array([[[[5.0]], [[-2.0]]]]), two, 2, 2, False), "two channels")
    yield Case((np.array([[[[5.0]]], [[[-2.0]]]]), two.reshape(2, 1, 2, 2), 2, 2, False), "two images")
    four = np.array([[[[1.0, 2.0, 0.0], [3.0, 9.0, 4.0], [5.0, 6.0, 7.0]]]])
    yield Case(
        (np.array([[[[1.0, 2.0], [3.0, 4.0]]]]), four, 2, 1, False), "four windows that share their largest"
    )
    whole = rng.integers(-2, 3, (2, 2, 4, 6))
    yield Case((rng.normal(size=(2, 2, 2, 3)), whole, 2, None, False), "whole numbers, many ties")
    yield random_case(rng, (2, 3, 4, 6), 2, None, False, "random: two images, three channels")
    yield random_case(rng, (1, 2, 7, 5), 3, 2, False, "random: overlapping windows of 3")
    yield random_case(rng, (2, 1, 7, 6), 3, 2, True, "random: overlapping windows, also over the edge")
    yield random_case(rng, (1, 2, 5, 7), 2, 3, True, "random: windows of 2 with a stride of 3, over the edge")
    yield random_case(rng, (2, 2, 3, 3), 1, 1, False, "random: windows of one pixel")
    yield random_case(rng, (1, 2, 4, 5), 2, 1, False, "random values of type float32", np.float32)


exercise = Exercise(
    reference.max_pool2d_backward,
    cases,
    minutes=9,
    hints=(
        "Walk over the entries of `grad_output`, as you walked over the windows when you pooled. Which single pixel of "
        "the window did the entry come from? Give that pixel the entry.",
        "Start from zeros of the shape of `x`. `reference.best_match(patch)` is the row and column of the largest value "
        "*within* the patch; the window's top left pixel has to be added. Windows may overlap, so add: `+=`.",
        "By hand: the window [[1, 2], [4, 3]] and an upstream gradient of 5 give [[0, 0], [5, 0]]. On a tie, [[1, 4], "
        "[4, 4]], the first in reading order gets it: [[0, 5], [0, 0]].",
    ),
)


@exercise.model
def max_pool2d_backward(grad_output, x, window=2, stride=None, partial=False):
    stride = window if stride is None else stride
    grad_x = np.zeros(x.shape)
    for image, channel, row, column in np.ndindex(grad_output.shape):
        top, left = row * stride, column * stride
        patch = x[image, channel, top : top + window, left : left + window]
        i, j = reference.best_match(patch)
        grad_x[image, channel, top + i, left + j] += grad_output[image, channel, row, column]
    return grad_x


@exercise.alternative
def with_argmax(grad_output, x, window=2, stride=None, partial=False):
    """Depends on no other function of the course."""
    step = window if stride is None else stride
    grad_x = np.zeros(x.shape)
    for image in range(grad_output.shape[0]):
        for channel in range(grad_output.shape[1]):
            for row in range(grad_output.shape[2]):
                for column in range(grad_output.shape[3]):
                    top, left = row * step, column * step
                    patch = x[image, channel, top : top + window, left : left + window]
                    down, across = np.unravel_index(np.argmax(patch), patch.shape)
                    upstream = grad_output[image, channel, row, column]
                    grad_x[image, channel, top + down, left + across] += upstream
    return grad_x


@exercise.alternative
def whole_batch_at_each_position(grad_output, x, window=2, stride=None, partial=False):
    """All images and channels at once: fast with large batches."""
    stride = stride or window
    grad_x = np.zeros(x.shape)
    for row, column in np.ndindex(grad_output.shape[2:]):
        place = np.s_[:, :, row * stride : row * stride + window, column * stride : column * stride + window]
        patches = x[place]
        flat = patches.reshape(*patches.shape[:2], -1)
        first = np.zeros(flat.shape)
        np.put_along_axis(first, flat.argmax(axis=2)[:, :, None], 1, axis=2)
        grad_x[place] += first.reshape(patches.shape) * grad_output[:, :, row, column, None, None]
    return grad_x


@exercise.alternative
def index_by_index(grad_output, x, window=2, stride=None, partial=False):
    """No loop in Python at all: fast, but hard to read."""
    stride = window if stride is None else stride
    hanging = np.pad(x.astype(float), ((0, 0), (0, 0), (0, window), (0, window)), constant_values=-np.inf)
    windows = np.lib.stride_tricks.sliding_window_view(hanging, (window, window), axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride][:, :, : grad_output.shape[2], : grad_output.shape[3]]
    places = windows.reshape(*windows.shape[:4], -1).argmax(axis=-1)
    images, channels, rows, columns = np.indices(grad_output.shape)
    grad_x = np.zeros(x.shape)
    place = images, channels, rows * stride + places // window, columns * stride + places % window
    np.add.at(grad_x, place, grad_output)
    return grad_x


PUT = "grad_x[image, channel, top + i, left + j] += grad_output[image, channel, row, column]"
PATCH = "grad_x[image, channel, top : top + window, left : left + window]"
UPSTREAM = "grad_output[image, channel, row, column]"
BEST = "reference.best_match(patch)"

# -- where the windows are -----------------------------------------------------------------------------------

exercise.slip(
    "row * stride, column * stride",
    "row, column",
    name="stride_ignored",
    when="the stride is ignored: each window begins one pixel after the one before",
    hint="The window of entry (row, column) begins at (row * stride, column * stride).",
)
common.add_slips_of_one_direction(exercise, "row * stride, column * stride")
exercise.slip(
    "    stride = window if stride is None else stride\n",
    "",
    name="missing_stride",
    when="a missing stride is not replaced by the window",
    hint="`stride=None` means: as large as the window. Say so in the first line.",
)
exercise.slip(
    "window if stride is None else stride",
    "window",
    name="stride_from_the_window",
    when="the stride is always taken to be as large as the window",
    hint="Only if `stride` is None does the window take its place.",
)
exercise.slip(
    "    grad_x = np",
    "    window = stride\n    grad_x = np",
    name="window_from_the_stride",
    when="the window is taken to be as large as the stride",
    hint="Windows may overlap or leave gaps: cut `window` pixels, move by `stride`.",
)
exercise.slip(
    "        i, j =",
    "        if patch.shape != (window, window):\n            continue\n        i, j =",
    name="windows_over_the_edge_dropped",
    when="windows that extend over the edge are skipped",
    hint="`grad_output` has an entry for each window that counted. Walk over all its entries; a slice at the edge is "
    "shorter by itself.",
)

# -- collecting ----------------------------------------------------------------------------------------------

exercise.slip(
    "left + j] += ",
    "left + j] = ",
    name="replaces",
    when="the gradient replaces what is there instead of being added to it",
    hint="A pixel that is the largest in several windows collects from all of them: `+=` instead of `=`.",
)
exercise.slip(
    PUT,
    f"{PATCH} = 0\n        {PUT}",
    name="whole_window_replaced",
    when="each window wipes out what other windows have left in it",
    hint="Do not assign a freshly made window: other windows may have put something there. Add to it: `+=` instead of `=`.",
)
exercise.slip("np.zeros(x.shape)", "np.zeros_like(x)", **common.TYPE_OF_THE_INPUT)
exercise.slip("    return grad_x", "        return grad_x", **common.IN_THE_LOOP)


@exercise.form("returned_in_the_loop")
def after_the_first_position(grad_output, x, window=2, stride=None, partial=False):
    stride = window if stride is None else stride
    grad_x = np.zeros(x.shape)
    for row, column in np.ndindex(grad_output.shape[2:]):
        top, left = row * stride, column * stride
        for image, channel in np.ndindex(x.shape[:2]):
            patch = x[image, channel, top : top + window, left : left + window]
            i, j = reference.best_match(patch)
            grad_x[image, channel, top + i, left + j] += grad_output[image, channel, row, column]
        return grad_x
    return grad_x


exercise.slip(
    "np.ndindex(grad_output.shape)",
    "np.ndindex(1, 1, *grad_output.shape[2:])",
    name="first_channel_only",
    when="only the first channel of the first image is done",
    hint="Every image and every channel is pooled by itself: walk over all four axes of `grad_output`.",
)

# -- who gets it ---------------------------------------------------------------------------------------------

exercise.slip(
    (f"        i, j = {BEST}\n", ""),
    (PUT, f"{PATCH} += (patch == patch.max()) * {UPSTREAM}"),
    name="all_that_tie",
    when="all pixels that tie for the largest get the whole gradient",
    hint="`patch == patch.max()` is True for each of them. Only the first in reading order gets the gradient.",
)
exercise.slip(
    (f"        i, j = {BEST}\n", "        mask = patch == patch.max()\n"),
    (PUT, f"{PATCH} += mask * {UPSTREAM} / mask.sum()"),
    name="ties_share",
    when="pixels that tie for the largest share the gradient",
    hint="A fair idea, but the course, like PyTorch, gives all of it to the first in reading order.",
)
exercise.slip(
    BEST,
    "[places[-1] for places in np.nonzero(patch == patch.max())]",
    name="to_the_last",
    when="the last of several pixels that tie for the largest gets the gradient",
    hint="The first in reading order gets it. A loop that compares with `>=` ends at the last; `>` stays at the first.",
)
exercise.slip(
    BEST,
    "np.argmax(patch.max(axis=1)), np.argmax(patch.max(axis=0))",
    name="row_and_column_apart",
    when="row and column are looked up apart, so that with ties they need not meet in a largest pixel",
    hint="Find one place: `np.argmax` over the whole window, or `reference.best_match(patch)`.",
)
exercise.slip(
    (f"        i, j = {BEST}\n", ""),
    (PUT, f"{PATCH} += {UPSTREAM}"),
    name="to_every_pixel",
    when="every pixel of the window gets the gradient",
    hint="Only the largest pixel made it into the output. A nudge of the others changes nothing, so they get 0.",
)
exercise.slip(
    (f"        i, j = {BEST}\n", ""),
    (PUT, f"{PATCH} += {UPSTREAM} / patch.size"),
    name="shared_by_the_window",
    when="the pixels of the window share the gradient",
    hint="That is the backward pass of average pooling. Of the maximum, the largest pixel gets all.",
)
exercise.slip(
    BEST,
    "0, 0",
    name="to_the_top_left",
    when="the window's top left pixel gets the gradient",
    hint="The gradient goes to the largest pixel, wherever it is in the window.",
)
exercise.slip(
    BEST,
    "reference.best_match(-patch)",
    name="to_the_smallest",
    when="the gradient goes to the smallest pixel of the window",
    hint="`argmin` finds the smallest; the largest is the one that counts.",
)
exercise.slip(
    BEST,
    "reference.best_match(np.abs(patch))",
    name="largest_without_its_sign",
    when="the gradient goes to the pixel that is largest without its sign",
    hint="The maximum looks at the values with their signs: -4 is smaller than 1.",
)
exercise.slip(
    (f"        i, j = {BEST}\n", ""),
    (PUT, f"grad_x[image, channel][x[image, channel] == patch.max()] += {UPSTREAM}"),
    name="equal_anywhere",
    when="every pixel of the map that equals a window's largest value gets its gradient",
    hint="Compare within the window's own patch, not within the whole map.",
)

# -- the place in the image ----------------------------------------------------------------------------------

exercise.slip(
    "top + i, left + j",
    "i, j",
    name="place_within_the_window",
    when="the pixel's place within the window is taken for its place in the image",
    hint="`best_match(patch)` counts from the window's corner. Add the window's top row and left column.",
)
exercise.slip(
    "top + i, left + j",
    "top + j, left + i",
    name="swapped_within_the_window",
    when="row and column within the window are swapped",
    hint="`best_match` answers (row, column): the row is added to the window's top, the column to its left.",
)
exercise.slip(
    (f"i, j = {BEST}", "place = np.argmax(patch)\n        i, j = place // window, place % window"),
    name="window_for_the_patch",
    when="the flat place is split up by the window's side, also where the patch is narrower",
    hint="At the edge a patch is narrower than `window`. Split by its own width, `patch.shape[1]`, or use "
    "`np.unravel_index(place, patch.shape)`.",
)

# -- how much ------------------------------------------------------------------------------------------------

exercise.slip(
    f"+= {UPSTREAM}",
    "+= 1",
    name="without_upstream",
    when="the upstream gradient is forgotten",
    hint="Give the largest pixel not 1 but the upstream gradient of its window.",
)
exercise.slip(
    f"+= {UPSTREAM}",
    "+= patch.max()",
    name="the_value_itself",
    when="the largest value itself is put back",
    hint="A backward pass carries gradients, not values: put `grad_output`'s entry there.",
)
exercise.slip(
    f"+= {UPSTREAM}",
    f"+= {UPSTREAM} * patch.max()",
    name="times_the_value",
    when="the gradient is multiplied by the largest value",
    hint="The output *is* the largest pixel: when it rises by 0.1, so does the output. The slope is 1.",
)

# -- other computations --------------------------------------------------------------------------------------


@exercise.mistake(
    when="output and gradient are blown up with `np.repeat` and compared with the input",
    hint="That works where windows neither overlap nor extend over the edge nor leave gaps, and where nothing ties. Walk over the "
    "windows instead.",
)
def blown_up(grad_output, x, window=2, stride=None, partial=False):
    def large(maps):
        return maps.repeat(window, axis=2).repeat(window, axis=3)

    return large(grad_output) * (x == large(reference.max_pool2d(x, window, stride, partial)))


@exercise.form("blown_up")
def blown_up_and_cut(grad_output, x, window=2, stride=None, partial=False):
    def large(maps):
        return np.kron(maps, np.ones((window, window)))[:, :, : x.shape[2], : x.shape[3]]

    return np.where(x == large(reference.max_pool2d(x, window, stride, partial)), large(grad_output), 0.0)


@exercise.form("blown_up")
def blown_up_and_filled_up(grad_output, x, window=2, stride=None, partial=False):
    def large(maps):
        maps = maps.repeat(window, axis=2).repeat(window, axis=3)[:, :, : x.shape[2], : x.shape[3]]
        below, right = (side - short for side, short in zip(x.shape[2:], maps.shape[2:], strict=True))
        return np.pad(maps, ((0, 0), (0, 0), (0, below), (0, right)))

    return large(grad_output) * (x == large(reference.max_pool2d(x, window, stride, partial)))


@exercise.mistake(
    when="the gradient goes to the channel that is largest at each position",
    hint="Channels are pooled one by one; they do not compete.",
)
def largest_over_channels(grad_output, x, window=2, stride=None, partial=False):
    step = window if stride is None else stride
    grad_x = np.zeros(x.shape)
    for image, channel, row, column in np.ndindex(grad_output.shape):
        top, left = row * step, column * step
        patch = x[image, :, top : top + window, left : left + window]
        where = np.unravel_index(np.argmax(patch), patch.shape)
        grad_x[image, where[0], top + where[1], left + where[2]] += grad_output[image, channel, row, column]
    return grad_x


exercise.slip(
    "+= grad_output[image, channel, row, column]",
    "+= grad_output[image, channel, row, column] / patch.size",
    name="divided_by_the_window",
    when="the largest pixel gets the gradient divided by the number of pixels in the window",
    hint="Nothing is divided: the whole gradient goes to the largest pixel. Only a mean would share it.",
)
exercise.slip(
    "+= grad_output[image, channel, row, column]",
    "+= grad_output[image, channel, row, column] / window**2",
    name="divided_by_the_window",
    when="the largest pixel gets the gradient divided by the number of pixels in the window",
    hint="Nothing is divided: the whole gradient goes to the largest pixel. Only a mean would share it.",
)
