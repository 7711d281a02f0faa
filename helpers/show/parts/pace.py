"""Pace: how much training fits the time that people have."""

from dataclasses import dataclass

FEWEST = 320  # images that are used however slow the functions are; then there are fewer epochs
MARGIN = 0.7  # the share of the longest time that is planned with: machines are slower at times


@dataclass(frozen=True)
class Plan:
    """How much is trained, how long it should take at least, and this in words."""

    images: int
    epochs: int
    validation: int = 0
    least: float = 0.0
    said: str = ""


def plan(seconds, step, look, size, epochs, count, validation):
    """How many images, epochs and validation images fit the time.

    Parameters
    ----------
    seconds : (float, float)
        About how long the training takes at least and at most.
    step, look : float
        Seconds for one batch, and for the votes on one validation image.
    size, epochs, count, validation : int
        Images in a batch; what is asked for.

    Returns
    -------
    Plan

    Examples
    --------
    A batch takes 0.2 s. So 10 epochs of all 3,000 images would take 188 s, and those of 672 images take 42 s:

    >>> plan((15, 60), 0.2, 0.0, 32, 10, 3000, 0).images
    672
    """
    least, most = seconds
    room = MARGIN * most
    looking = min(validation, max(100, int(0.2 * room / (epochs * look)))) if look else validation
    in_an_epoch = int((room / epochs - looking * look) / step) if step else count
    images = min(count, max(FEWEST, in_an_epoch * size))
    one_epoch = -(-images // size) * step + looking * look
    fitting = max(1, min(epochs, int(room / one_epoch))) if one_epoch else epochs
    total = fitting * one_epoch
    return Plan(images, fitting, looking, least, _said(step, size, images, count, fitting, total, least))


def _said(step, size, images, count, epochs, total, least):
    """The plan in words."""
    pace = f"{step:.1f} s" if step >= 0.1 else f"{1000 * step:.0f} ms" if step >= 0.001 else "less than 1 ms"
    some = f"all {count:,}" if images == count else f"{images:,} of the {count:,}"
    time = (
        f"about {max(1, round(total))} s" if total >= least else f"slowed down to {least:g} s, to be watched"
    )
    return (
        f"Measured first: a batch of {size} takes {pace} with these functions. So {some} images, "
        f"{epochs} epoch{'s' * (epochs != 1)}: {time}."
    )
