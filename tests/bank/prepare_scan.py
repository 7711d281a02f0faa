"""Answers to prepare_scan."""

import numpy as np

from tests.bank import right, wrong


@right
def step_by_step(piece, size=8):
    threshold = 0.5 * (piece.max() + piece.min())
    mask = (piece < threshold).astype(float)
    ys, xs = np.where(mask == 1)
    digit = mask[ys.min() : ys.max() + 1, xs.min() : xs.max() + 1]
    h, w = digit.shape
    b = int(np.ceil(max(h, w) / size))
    canvas = np.zeros((b * size, b * size))
    y0 = (b * size - h) // 2
    x0 = (b * size - w) // 2
    canvas[y0 : y0 + h, x0 : x0 + w] = digit
    out = np.zeros((size, size))
    for i in range(size):
        for j in range(size):
            out[i, j] = canvas[i * b : (i + 1) * b, j * b : (j + 1) * b].mean()
    return out * 2 - 1


@right
def from_minus_one(piece, size=8):
    ink = piece < np.mean([piece.min(), piece.max()])
    r = np.argwhere(ink)
    (a, b), (c, d) = r.min(axis=0), r.max(axis=0) + 1
    n = max(c - a, d - b)
    while n % size:
        n += 1
    square = -np.ones((n, n))
    y, x = (n - (c - a)) // 2, (n - (d - b)) // 2
    square[y : y + c - a, x : x + d - b] = np.where(ink[a:c, b:d], 1, -1)
    k = n // size
    return square.reshape(size, k, size, k).mean(axis=3).mean(axis=1)


@right
def split_into_blocks(piece, size=8):
    ink = piece < (piece.min() + piece.max()) / 2
    ink = ink[np.flatnonzero(ink.any(1))[0] : np.flatnonzero(ink.any(1))[-1] + 1]
    ink = ink[:, np.flatnonzero(ink.any(0))[0] : np.flatnonzero(ink.any(0))[-1] + 1]
    side = -(-max(ink.shape) // size) * size
    empty = side - np.array(ink.shape)
    before = empty // 2
    square = np.pad(ink, list(zip(before, empty - before, strict=True)))
    rows = np.split(square, size, axis=0)
    return np.array([[2 * block.mean() - 1 for block in np.split(row, size, axis=1)] for row in rows])


@wrong("threshold_at_zero")
def fixed(piece, size=8):
    mask = piece < 0
    ys, xs = np.where(mask)
    digit = mask[ys.min() : ys.max() + 1, xs.min() : xs.max() + 1]
    b = int(np.ceil(max(digit.shape) / size))
    n = b * size
    canvas = np.zeros((n, n))
    y, x = (n - digit.shape[0]) // 2, (n - digit.shape[1]) // 2
    canvas[y : y + digit.shape[0], x : x + digit.shape[1]] = digit
    return 2 * canvas.reshape(size, b, size, b).mean(axis=(1, 3)) - 1


@wrong("black_on_white")
def dark_on_light(piece, size=8):
    return -step_by_step(piece, size)


@wrong("in_the_corner")
def corner(piece, size=8):
    mask = piece < (piece.max() + piece.min()) / 2
    ys, xs = np.where(mask)
    digit = mask[ys.min() : ys.max() + 1, xs.min() : xs.max() + 1]
    b = int(np.ceil(max(digit.shape) / size))
    canvas = np.zeros((b * size, b * size))
    canvas[: digit.shape[0], : digit.shape[1]] = digit
    return 2 * canvas.reshape(size, b, size, b).mean(axis=(1, 3)) - 1


@wrong("last_lines_lost")
def without_the_last(piece, size=8):
    mask = piece < (piece.max() + piece.min()) / 2
    ys, xs = np.where(mask)
    digit = mask[ys.min() : ys.max(), xs.min() : xs.max()]
    b = int(np.ceil(max(digit.shape) / size))
    n = b * size
    canvas = np.zeros((n, n))
    y, x = (n - digit.shape[0]) // 2, (n - digit.shape[1]) // 2
    canvas[y : y + digit.shape[0], x : x + digit.shape[1]] = digit
    return 2 * canvas.reshape(size, b, size, b).mean(axis=(1, 3)) - 1


@wrong("shares_returned")
def zero_to_one(piece, size=8):
    return (step_by_step(piece, size) + 1) / 2


@wrong("not_cut_out")
def whole_piece(piece, size=8):
    mask = piece < (piece.max() + piece.min()) / 2
    b = int(np.ceil(max(mask.shape) / size))
    n = b * size
    canvas = np.zeros((n, n))
    y, x = (n - mask.shape[0]) // 2, (n - mask.shape[1]) // 2
    canvas[y : y + mask.shape[0], x : x + mask.shape[1]] = mask
    return 2 * canvas.reshape(size, b, size, b).mean(axis=(1, 3)) - 1


@wrong(says="right|differ|values")
def blocks_of_the_paper(piece, size=8):
    mask = piece < (piece.max() + piece.min()) / 2
    return (
        2 * mask[: size * (len(mask) // size)].reshape(size, len(mask) // size, size, -1).mean(axis=(1, 3))
        - 1
    )


@wrong("threshold_at_the_median")
def median(piece, size=8):
    return put_in_the_middle(piece < np.median(piece), size)


@wrong("darker_than_the_brightest")
def below_the_brightest(piece, size=8):
    return put_in_the_middle(piece != piece.max(), size)


@wrong("margin_around_the_ink")
def with_a_margin(piece, size=8):
    return put_in_the_middle(piece < (piece.max() + piece.min()) / 2, size, margin=1)


@wrong("black_or_white_only")
def majority(piece, size=8):
    return np.where(step_by_step(piece, size) > 0, 1, -1)


@wrong("centre_of_mass")
def as_in_mnist(piece, size=8):
    mask = piece < (piece.max() + piece.min()) / 2
    ys, xs = np.where(mask)
    digit = mask[ys.min() : ys.max() + 1, xs.min() : xs.max() + 1]
    b = int(np.ceil(max(digit.shape) / size))
    n = b * size
    y = min(max(round((n - 1) / 2 - (ys - ys.min()).mean()), 0), n - digit.shape[0])
    x = min(max(round((n - 1) / 2 - (xs - xs.min()).mean()), 0), n - digit.shape[1])
    canvas = np.zeros((n, n))
    canvas[y : y + digit.shape[0], x : x + digit.shape[1]] = digit
    return 2 * canvas.reshape(size, b, size, b).mean(axis=(1, 3)) - 1


def put_in_the_middle(mask, size, margin=0):
    ys, xs = np.where(mask)
    digit = mask[ys.min() : ys.max() + 1, xs.min() : xs.max() + 1]
    b = int(np.ceil((max(digit.shape) + 2 * margin) / size))
    n = b * size
    canvas = np.zeros((n, n))
    y, x = (n - digit.shape[0]) // 2, (n - digit.shape[1]) // 2
    canvas[y : y + digit.shape[0], x : x + digit.shape[1]] = digit
    return 2 * canvas.reshape(size, b, size, b).mean(axis=(1, 3)) - 1
