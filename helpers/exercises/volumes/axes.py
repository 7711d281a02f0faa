"""What to_nchw and to_nhwc have in common: cases, and the slips that do not depend on where the channels go."""

import numpy as np

from helpers.exercises import common
from helpers.exercises.model import Case, Exercise


def larger_cases(rng):
    """Two images that are numbered, and random ones."""
    yield Case((np.arange(24).reshape(2, 3, 1, 4),), "two images, numbered")
    for shape in [(2, 3, 4, 5), (3, 5, 2, 1), (4, 2, 2, 2)]:
        yield Case((rng.uniform(-1, 1, shape),), f"random values of shape {shape}")
    yield Case((rng.uniform(-1, 1, (2, 4, 3, 3)).astype(np.float32),), "random values of type float32")


def add_slips_without_a_move(exercise: Exercise, order: tuple[int, ...]) -> None:
    """No axis moves, where the model takes the axes in `order`."""
    moved = f"np.transpose(x, {order})"
    lengths = ", ".join(f"x.shape[{axis}]" for axis in order)
    exercise.slip(
        moved,
        f"x.reshape({lengths})",
        name="reshaped",
        when="`reshape` is used: it deals the same numbers out again and tears the pixels apart",
        hint="`reshape` keeps the order of the numbers and changes where rows end. Here the axes must change places.",
    )
    exercise.slip(
        moved,
        "x",
        name="as_they_are",
        when="the images are returned as they are",
        hint="`np.transpose` returns a new view and leaves `x` alone: return what it gives you.",
    )
    exercise.slip(
        f"return {moved}",
        moved,
        name="not_returned",
        when="nothing is returned",
        hint="The last line needs a `return`.",
    )


def add_slips_of_reversing(exercise: Exercise, order: tuple[int, ...], backwards: str) -> None:
    """All axes in reverse order; or the channels, which the slice `backwards` takes last one first."""
    exercise.slip(
        f"np.transpose(x, {order})",
        "x.T",
        name="all_axes_reversed",
        when="all four axes are reversed, so that the batch comes last",
        hint="`x.T` reverses all axes. The batch stays first.",
    )
    exercise.slip(
        "transpose(x",
        f"transpose(x{backwards}",
        name="channels_reversed",
        when="the channels are also put in reverse order, last one first",
        hint="Channel 0 stays channel 0. Only the place of the axis changes.",
    )


def add_slips_of_batches(exercise: Exercise, order: tuple[int, ...]) -> None:
    """One image for the batch, or no axis for it."""
    moved = f"np.transpose(x, {order})"
    of_one_image = tuple(axis - 1 for axis in order[1:])
    exercise.slip(
        moved,
        f"np.transpose(x, {of_one_image})",
        name="axes_of_one_image",
        when="the axes of a single image are counted, without the batch",
        hint="`x` has four axes; the batch is axis 0. Name all four.",
    )
    exercise.slip(
        moved,
        f"np.transpose(x[0], {of_one_image})",
        name="first_image_only",
        when="only the first image is returned",
        hint="The result holds all images of the batch: four axes, the batch first.",
    )
    exercise.slip(
        moved,
        f"np.concatenate([np.transpose(image, {of_one_image}) for image in x])",
        name="images_joined",
        when="the images are joined into a single one, without an axis for the batch",
        hint="`np.concatenate` lengthens an axis; `np.stack` and `np.array` make a new one, the batch.",
    )
    exercise.slip(moved, f"[np.transpose(image, {of_one_image}) for image in x]", **common.LIST)
