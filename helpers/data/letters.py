"""Letters: the X and the O of the whole course, and a generator of moved, scaled, turned, bolder, noisy ones.

The toy and its tricky cases (translation, scaling, rotation, weight) are Brandon Rohrer's, *How convolutional
neural networks work*. A pixel is +1 (white, the stroke), -1 (black), or between them on a stroke's edge.
"""

import numpy as np

LETTERS = ("X", "O")  # a letter's place in this tuple is its label in sample_letters

# Sizes in pixels of the 9x9 picture. The edge is crisp, so that most pixels are exactly +1 or -1 and can be
# compared; the ring is a little smaller than the X, so that at weight 1 no pixel lies on its edge. Letters
# drawn with no changes are thus exactly the canonical ones.
_X_ARM = 3.0
_O_RADIUS = 2.92
_EDGE = 1 / 3  # a stroke's edge fades from white to black over this many pixels, in pictures of any size
_AT_A_TIME = 256  # letters: enough that one costs little, few enough that many do not need much memory


def draw_letter(label, size=9, shift=(0.0, 0.0), scale=1.0, rotation=0.0, weight=1.0, noise=0.0, rng=None):
    """One letter, smoothly drawn.

    Parameters
    ----------
    label : {"X", "O"}
    size : int
        Height and width in pixels, at least 3.
    shift : tuple of float
        Pixels down, pixels to the right.
    scale : float
        Size of the letter, relative to the canonical one in a picture of this size.
    rotation : float
        Degrees, anticlockwise.
    weight : float
        Width of the stroke in pixels.
    noise : float
        Standard deviation of the normal noise added to each pixel; the result is clipped to [-1, 1].
    rng : numpy.random.Generator, optional
        Where the noise comes from; needed only if there is some.

    Returns
    -------
    ndarray of shape (size, size)
        Values in [-1, 1].

    Raises
    ------
    ValueError
        If the label is neither "X" nor "O", or a parameter is out of its range.

    Examples
    --------
    The margin is black, and the X begins in row 1, column 1:

    >>> draw_letter("X")[:2, :2]
    array([[-1., -1.],
           [-1.,  1.]])
    """
    _require_label(label)
    _require_size(size)
    _require_pair(shift, "shift", "(down, right)")
    _require_positive(scale, "scale")
    _require_positive(weight, "weight")
    _require_noise(noise, rng)
    (image,) = _drawn(label, size, *(np.array([setting]) for setting in (shift, scale, rotation, weight)))
    return np.clip(image + rng.normal(0, noise, image.shape), -1, 1) if noise else image


def sample_letters(
    count, rng, size=9, shift=0.0, scale=(1.0, 1.0), rotation=0.0, weight=(1.0, 1.0), noise=0.0
):
    """Letters with random parameters, half of them X's, in random order, and their labels.

    Parameters
    ----------
    count : int
        How many; if it is odd, there is one more X.
    rng : numpy.random.Generator
    size : int
        Height and width in pixels.
    shift : float
        Largest shift in pixels; down and right are drawn uniformly from [-shift, shift].
    scale : tuple of float
        Smallest and largest scale.
    rotation : float
        Largest rotation in degrees, either way.
    weight : tuple of float
        Smallest and largest width of the stroke in pixels.
    noise : float
        Standard deviation of each pixel's noise.

    Returns
    -------
    images : ndarray of shape (count, 1, size, size)
        Values in [-1, 1].
    labels : ndarray of shape (count,)
        0 for an X, 1 for an O: the places in `LETTERS`.

    Raises
    ------
    ValueError
        If a parameter is out of its range.

    Examples
    --------
    >>> images, labels = sample_letters(2, np.random.default_rng(0), shift=1)
    >>> images.shape, sorted(labels.tolist())
    ((2, 1, 9, 9), [0, 1])
    """
    _require_count(count)
    _require_generator(rng)
    _require_size(size)
    _require_range(scale, "scale")
    _require_range(weight, "weight")
    _require_noise(noise, rng)
    labels = rng.permutation(np.arange(count) % len(LETTERS))
    images, settings = np.zeros((count, 1, size, size)), np.empty((count, 5))
    for setting, image in zip(settings, images, strict=True):
        setting[:2] = rng.uniform(-shift, shift, 2)
        setting[2:] = rng.uniform(*scale), rng.uniform(-rotation, rotation), rng.uniform(*weight)
        if noise:
            image[0] = rng.normal(0, noise, (size, size))
    _require_positive(float(settings[:, 2].min(initial=1)), "scale")
    _require_positive(float(settings[:, 4].min(initial=1)), "weight")
    for label, letter in enumerate(LETTERS):
        (places,) = np.nonzero(labels == label)
        for start in range(0, len(places), _AT_A_TIME):
            some = places[start : start + _AT_A_TIME]
            images[some, 0] += _drawn(letter, size, settings[some, :2], *settings[some, 2:].T)
    return np.clip(images, -1, 1, out=images), labels


def _drawn(label, size, shift, scale, rotation, weight):
    """Some X's, or some O's, without noise, (N, size, size): N shifts down and right, and N of all others."""
    rows, columns = _letter_coordinates(size, shift, rotation)
    scale, weight = scale[:, np.newaxis, np.newaxis], weight[:, np.newaxis, np.newaxis]
    unit = scale * (size - 1) / 8  # how many pixels one pixel of the 9x9 picture has become
    distance = {"X": _distance_to_x, "O": _distance_to_o}[label](rows, columns, unit)
    ink = np.clip(0.5 + (weight / 2 - distance) / _EDGE, 0, 1)  # from 0, outside the stroke, to 1, inside it
    return 2 * ink - 1


def _letter_coordinates(size, shift, rotation):
    """Each pixel's row and column, from each letter's own centre and along its axes: two (N, size, size)."""
    pixels, shifts = np.mgrid[:size, :size][:, np.newaxis], shift.T[:, :, np.newaxis, np.newaxis]
    rows, columns = pixels - shifts - (size - 1) / 2
    angle = np.radians(rotation)[:, np.newaxis, np.newaxis]
    cosine, sine = np.cos(angle), np.sin(angle)
    return cosine * rows + sine * columns, cosine * columns - sine * rows


def _distance_to_x(rows, columns, unit):
    """How far each pixel is from the nearer of the X's two diagonals."""
    falling, rising = (rows + columns) / np.sqrt(2), (rows - columns) / np.sqrt(2)
    reach = _X_ARM * np.sqrt(2) * unit
    return np.minimum(
        _distance_to_stroke(falling, rising, reach), _distance_to_stroke(rising, falling, reach)
    )


def _distance_to_stroke(along, across, reach):
    """How far a point is from the stroke that runs from -reach to +reach."""
    beyond = np.maximum(np.abs(along) - reach, 0)
    return np.hypot(beyond, across)


def _distance_to_o(rows, columns, unit):
    """How far each pixel is from the ring."""
    return np.abs(np.hypot(rows, columns) - _O_RADIUS * unit)


def _require_label(label):
    if not isinstance(label, str) or label not in LETTERS:
        raise ValueError(f'a letter is "X" or "O", not {label!r}')


def _require_count(count):
    if not isinstance(count, (int, np.integer)) or count < 0:
        raise ValueError(f"count must be a whole number, 0 or more, not {count!r}")


def _require_size(size):
    if not isinstance(size, (int, np.integer)) or size < 3:
        raise ValueError(f"size must be a whole number of pixels, 3 or more, not {size!r}")


def _require_pair(pair, name, meaning):
    if np.shape(pair) != (2,):
        raise ValueError(f"{name} must be two numbers, {meaning}, not {pair!r}")


def _require_positive(number, name):
    if not number > 0:
        raise ValueError(f"{name} must be larger than 0, not {number!r}")


def _require_range(limits, name):
    _require_pair(limits, name, "(smallest, largest)")
    if limits[0] > limits[1]:
        raise ValueError(f"{name} must be (smallest, largest), not {limits!r}")


def _require_noise(noise, rng):
    if not noise >= 0:
        raise ValueError(f"noise must be 0 or more, not {noise!r}")
    if noise:
        _require_generator(rng)


def _require_generator(rng):
    if not isinstance(rng, np.random.Generator):
        raise ValueError("randomness needs a generator: pass rng=np.random.default_rng(0)")


def _canonical(drawing):
    """The picture of a drawing in which # is white and . is black."""
    return _read_only([[1.0 if pixel == "#" else -1.0 for pixel in row] for row in drawing.split()])


def _read_only(image):
    """A copy that nobody can change by accident."""
    image = np.array(image)
    image.setflags(write=False)
    return image


X = _canonical(
    """
    .........
    .#.....#.
    ..#...#..
    ...#.#...
    ....#....
    ...#.#...
    ..#...#..
    .#.....#.
    .........
    """
)

O = _canonical(
    """
    .........
    ...###...
    ..#...#..
    .#.....#.
    .#.....#.
    .#.....#.
    ..#...#..
    ...###...
    .........
    """
)

# The three 3x3 pieces that the X is made of.
features = {
    "falling": _read_only(X[1:4, 1:4]),
    "rising": _read_only(X[1:4, 5:8]),
    "centre": _read_only(X[3:6, 3:6]),
}
