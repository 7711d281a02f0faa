"""A digit on a piece of paper as an image of the format that a network has learned from."""

import numpy as np

from helpers import data, reference
from helpers.exercises import common
from helpers.exercises.model import Case, Exercise


def cases(rng):
    """Pieces of at most twelve pixels, one special thing at a time; pieces of the page; random paper."""
    small = np.array([[0.9, 0.8, 0.9, 0.7], [0.9, -0.7, -0.6, 0.9], [0.8, 0.9, -0.5, 0.9]])
    yield Case((small, 2), "three pixels of ink, in a corner of the paper")
    tall = np.array([[0.9, -0.8, 0.7], [0.8, -0.7, 0.9], [0.9, 0.6, 0.8], [0.7, -0.9, 0.9]])
    yield Case((tall, 2), "a narrow stroke with a gap: four rows of ink, one column")
    wide = np.array([[0.9, 0.8, 0.9, 0.7, 0.9], [-0.6, -0.7, -0.8, 0.6, -0.9]])
    yield Case((wide, 2), "a wide stroke with a gap: one row, five columns, which blocks of 2 do not fill")
    three = np.array([[0.8, -0.7, -0.9], [0.9, -0.6, 0.7], [0.8, -0.8, 0.9], [0.7, 0.9, 0.9]])
    yield Case((three, 2), "three rows of ink, two columns: a row and two columns of the square stay empty")
    shadow = np.array([[-0.3, -0.2, -0.9], [-0.1, -0.8, -0.3], [-0.9, -0.2, -0.3], [-0.2, -0.1, -0.3]])
    yield Case((shadow, 3), "paper in the shadow: all of it is darker than mid grey")
    bright = np.array([[0.9, 0.3, 0.8], [0.2, 0.9, 0.7], [0.3, 0.8, 1.0], [0.2, 0.3, 0.25]])
    yield Case((bright, 2), "faint ink: all of it is brighter than mid grey")
    halfway = np.array([[1.0, -1.0, 0.0], [0.5, -0.5, 1.0], [-1.0, 0.5, 0.25]])
    yield Case((halfway, 3), "a pixel exactly halfway between the darkest and the brightest is paper")
    yield Case((np.array([[-0.9, 0.8, -0.7], [-0.8, -0.9, -0.8]]), 1), "an image of a single pixel")
    blots = np.array([[-0.9, 0.9, 0.8, 0.8], [0.8, 0.7, 0.9, 0.6], [0.9, 0.8, 0.6, -0.9]])
    yield Case((blots, 4), "two pixels of ink in opposite corners")
    yield Case((np.array([[0.8, -0.9, 0.9], [0.7, -0.8, 0.8]]), 8), "a small stroke in an image of 8 x 8")
    pieces, _ = data.cut_out(data.page_of_digits()[0])
    for number in (0, 41, 79):
        yield Case((pieces[number], 8), f"piece {number} of the page")
    yield Case((pieces[7].T[:, ::-1], 5), "a digit that lies on its side, in an image of 5 x 5")
    for shape, size in [((21, 14), 8), ((13, 30), 4), ((9, 9), 3)]:
        paper = rng.uniform(0.4, 1, shape)
        paper[2:-3, 1:-4] -= 1.2 * (rng.random((shape[0] - 5, shape[1] - 5)) < 0.5)
        yield Case((paper, size), f"random ink on {shape[0]} x {shape[1]} pixels, size {size}")


exercise = Exercise(
    reference.prepare_scan,
    cases,
    minutes=12,
    hints=(
        "Five steps, one after another: ink or paper; the rows and columns with ink; the square; the digit in its middle; "
        "the blocks. Print the shape after each.",
        "`np.flatnonzero(ink.any(axis=1))` are the rows with ink; cut from the first to the last, including both. A block has "
        "`int(np.ceil(max(height, width) / size))` pixels along a side, the square `size` times as many.",
        "By hand, with size 2: ink of 3 rows and 1 column. A block is 2 pixels wide, the square 4. Above it "
        "(4 - 3) // 2 = 0 rows stay empty, to its left (4 - 1) // 2 = 1 column. The upper left block then has 2 of 4 pixels: "
        "a share of 0.5, and 2 * 0.5 - 1 = 0.",
    ),
)
for _change in ("(1, 3) -> (3, 1)", "max(height, width) -> max(width, height)"):
    exercise.equivalent_mutant(
        _change, because="the order does not matter, neither of two axes nor of two numbers"
    )


@exercise.model
def prepare_scan(piece, size=8):
    ink = piece < (piece.min() + piece.max()) / 2
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    cut = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    height, width = cut.shape
    block = int(np.ceil(max(height, width) / size))
    side = block * size
    square = np.zeros((side, side))
    top, left = (side - height) // 2, (side - width) // 2
    square[top : top + height, left : left + width] = cut
    shares = square.reshape(size, block, size, block).mean(axis=(1, 3))
    return 2 * shares - 1


@exercise.alternative
def pixel_by_pixel(piece, size=8):
    """Every ink pixel by itself: good for following it."""
    middle = (np.min(piece) + np.max(piece)) / 2
    places = [(r, c) for r in range(piece.shape[0]) for c in range(piece.shape[1]) if piece[r, c] < middle]
    top, left = min(r for r, c in places), min(c for r, c in places)
    height, width = max(r for r, c in places) - top + 1, max(c for r, c in places) - left + 1
    block = -(-max(height, width) // size)
    image = np.zeros((size, size))
    for r, c in places:
        row, column = r - top + (size * block - height) // 2, c - left + (size * block - width) // 2
        image[row // block, column // block] += 1
    return image / block**2 * 2 - 1


@exercise.alternative
def with_pad_and_pooling(piece, size=8):
    """Builds on average pooling: shrinking is pooling."""
    ink = np.where(piece < piece.min() + np.ptp(piece) / 2, 1.0, -1.0)
    if (piece == (piece.min() + piece.max()) / 2).any():
        ink[piece == (piece.min() + piece.max()) / 2] = -1
    rows, columns = np.nonzero(ink > 0)
    ink = ink[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
    block = (max(ink.shape) + size - 1) // size
    spare = [block * size - length for length in ink.shape]
    square = np.pad(ink, [(space // 2, space - space // 2) for space in spare], constant_values=-1)
    return reference.avg_pool2d(square[None, None], block)[0, 0]


@exercise.alternative
def with_loops_over_blocks(piece, size=8):
    """Cuts white rows and columns off one by one: easy to follow, slow."""
    ink = piece < (piece.min() + piece.max()) / 2
    while not ink[0].any():
        ink = ink[1:]
    while not ink[-1].any():
        ink = ink[:-1]
    while not ink[:, 0].any():
        ink = ink[:, 1:]
    while not ink[:, -1].any():
        ink = ink[:, :-1]
    block = 1
    while block * size < max(ink.shape):
        block += 1
    square = np.full((block * size, block * size), -1.0)
    r, c = (block * size - ink.shape[0]) // 2, (block * size - ink.shape[1]) // 2
    square[r : r + ink.shape[0], c : c + ink.shape[1]][ink] = 1
    result = np.empty((size, size))
    for row in range(size):
        for column in range(size):
            result[row, column] = square[row * block :, column * block :][:block, :block].mean()
    return result


# -- ink or paper --------------------------------------------------------------------------------------------

HALFWAY = "(piece.min() + piece.max()) / 2"

exercise.slip(
    HALFWAY,
    "0",
    name="threshold_at_zero",
    when="ink is what is darker than 0, wherever the paper is in the shadow or the ink faint",
    hint="Look for the middle between the darkest and the brightest pixel of *this* piece.",
)
exercise.slip(
    HALFWAY,
    "piece.mean()",
    name="threshold_at_the_mean",
    when="ink is what is darker than the mean of all pixels",
    hint="The mean moves with the amount of ink. Take the middle between the darkest and the brightest pixel.",
)
exercise.slip(
    "piece <",
    "piece >",
    name="paper_for_ink",
    when="the paper is taken for the ink",
    hint="Ink is the darker of the two, and dark is small: -1 is black.",
)
exercise.slip(
    "piece < (",
    "piece <= (",
    name="halfway_is_ink",
    when="a pixel exactly halfway counts as ink",
    hint="Ink is *darker* than halfway: `<`, not `<=`.",
)
exercise.slip(
    "(piece.min() + piece.max()) / 2",
    "(piece.max() - piece.min()) / 2",
    name="half_the_range",
    when="half the difference between the brightest and the darkest pixel is taken for the middle between them",
    hint="The middle between a and b is (a + b) / 2.",
)

# -- cutting out ---------------------------------------------------------------------------------------------

exercise.slip(
    "cut = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]",
    "cut = ink",
    name="not_cut_out",
    when="the paper around the digit is kept",
    hint="Only the rows and columns from the first to the last with ink go into the square.",
)
exercise.slip(
    (" + 1, columns", ", columns"),
    ("columns[-1] + 1]", "columns[-1]]"),
    name="last_lines_lost",
    when="the last row and the last column with ink are left out",
    hint="A slice ends before its second number. To include the last row, add 1.",
)
exercise.slip(
    "ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]",
    "ink[rows][:, columns]",
    name="gaps_closed",
    when="rows and columns without ink between the strokes are taken out as well",
    hint="A gap within a digit belongs to it. Cut one piece, from the first to the last row with ink.",
)
exercise.slip(
    "cut = ink[",
    "cut = piece[",
    name="brightness_kept",
    when="the brightness of the paper is shrunk, not ink or no ink",
    hint="Cut out of `ink`, which is True or False, so that shadows and shades of the pen do not matter any more.",
)

# -- the square ----------------------------------------------------------------------------------------------

exercise.slip(
    "np.ceil(max(height, width) / size)",
    "max(height, width) // size + 1",
    name="a_block_too_large",
    when="blocks are one pixel larger than they need to be if the ink fills them exactly",
    hint="4 pixels make 2 blocks of 2 exactly. Round up with `np.ceil`, which leaves 2.0 alone.",
)
exercise.slip(
    "np.ceil(max(height, width) / size)",
    "max(1, max(height, width) // size)",
    name="rounded_down",
    when="the size of a block is rounded down, so that the ink does not fit into the square",
    hint="5 pixels need blocks of 3 to fit into 2 of them: round up.",
)
exercise.slip(
    "max(height, width)",
    "height",
    name="square_of_the_height",
    when="the square is as large as the digit is high, however wide it is",
    hint="A digit may be wider than high. The larger of the two decides.",
)
exercise.slip(
    "max(height, width)",
    "min(height, width)",
    name="square_of_the_smaller",
    when="the smaller of height and width decides how large the square is",
    hint="The whole digit must fit into the square: take the larger of the two.",
)
exercise.slip(
    "np.zeros((side, side))",
    "np.ones((side, side))",
    name="ink_around",
    when="the square is full of ink around the digit",
    hint="Around the digit there is paper, and its share of ink is 0.",
)
exercise.slip(
    "top, left = (side - height) // 2, (side - width) // 2",
    "top, left = 0, 0",
    name="in_the_corner",
    when="the digit is put in the upper left corner of the square",
    hint="Half of the rows that are left over come above it, half of the columns to its left.",
)
exercise.slip(
    "top, left = (side - height) // 2, (side - width) // 2",
    "top, left = side - height, side - width",
    name="in_the_lower_corner",
    when="the digit is put in the lower right corner of the square",
    hint="Only half of what is left over comes above it and to its left: `// 2`.",
)
exercise.slip(
    "(side - height) // 2, (side - width) // 2",
    "(side - height + 1) // 2, (side - width + 1) // 2",
    name="spare_lines_first",
    when="a spare row or column comes before the digit instead of after it",
    hint="`(side - height) // 2` rounds down: the spare row is below the digit.",
)

# -- the blocks ----------------------------------------------------------------------------------------------

SHARES = "square.reshape(size, block, size, block).mean(axis=(1, 3))"

exercise.slip(
    SHARES,
    "square[::block, ::block]",
    name="one_pixel_of_each_block",
    when="one pixel of each block is kept instead of their mean",
    hint="All pixels of a block count: their mean is the share of ink.",
)
exercise.slip(
    ".mean(axis=(1, 3))",
    ".max(axis=(1, 3))",
    name="any_ink",
    when="a block with any ink counts as full",
    hint="That is max pooling. Here the *share* of ink counts: the mean.",
)
exercise.slip(
    ".mean(axis=(1, 3))",
    ".sum(axis=(1, 3))",
    name="ink_counted",
    when="the pixels of ink are counted and not divided by the size of the block",
    hint="A share lies between 0 and 1: take the mean of the block.",
)
exercise.slip(
    SHARES,
    "square.reshape(block, size, block, size).mean(axis=(0, 2))",
    name="pixels_far_apart",
    when="pixels that are `size` apart are put together, not those of a block",
    hint="Rows 0 to block - 1 make the first block. So the first axis counts the blocks: (size, block, size, block).",
)
exercise.slip(
    SHARES,
    f"{SHARES}.T",
    name="transposed",
    when="rows and columns of the image are swapped",
    hint="The rows of the piece stay rows.",
)
exercise.slip(
    "return 2 * shares - 1",
    "return shares",
    name="shares_returned",
    when="the shares are returned as they are, from 0 to 1",
    hint="The network has learned from values between -1 and 1: 2 * share - 1.",
)
exercise.slip(
    "return 2 * shares - 1",
    "return 1 - 2 * shares",
    name="black_on_white",
    when="the image is black on white",
    hint="The digits that the network knows are white on black: ink becomes 1.",
)
exercise.slip(
    "    ink = piece",
    "    size = 8\n    ink = piece",
    name="always_eight",
    when="the image always has 8 x 8 pixels",
    hint="`size` says how many rows and columns the image has.",
)
exercise.slip("return 2 * shares - 1", "return (2 * shares - 1).tolist()", **common.LIST)


@exercise.mistake(
    when="height and width are shrunk separately, so that a narrow digit becomes as wide as it is high",
    hint="A 1 is narrow, and should stay so. One square holds both height and width, and its blocks are square.",
)
def stretched(piece, size=8):
    ink = piece < (piece.min() + piece.max()) / 2
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    cut = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    height, width = cut.shape
    down, across = -(-height // size), -(-width // size)
    block = np.zeros((down * size, across * size))
    top, left = (down * size - height) // 2, (across * size - width) // 2
    block[top : top + height, left : left + width] = cut
    return 2 * block.reshape(size, down, size, across).mean(axis=(1, 3)) - 1


exercise.slip(
    "piece < (piece.min() + piece.max()) / 2",
    "piece < np.median(piece)",
    name="threshold_at_the_median",
    when="ink is what is darker than the median of all pixels, which calls half of the paper ink",
    hint="The median asks how many pixels are dark, not how dark they are. Take the value halfway between the darkest and the brightest pixel.",
)
exercise.slip(
    "piece < (piece.min() + piece.max()) / 2",
    "piece < piece.max()",
    name="darker_than_the_brightest",
    when="everything darker than the brightest pixel is ink, grey paper too",
    hint="Paper is never evenly bright. The threshold is halfway between the darkest and the brightest pixel.",
)
exercise.slip(
    "max(height, width) / size",
    "(max(height, width) + 2) / size",
    name="margin_around_the_ink",
    when="the square has room for a margin of one pixel around the digit",
    hint="The square is the smallest that holds the digit, with no margin.",
)
exercise.slip(
    "    return 2 * shares - 1",
    "    return np.where(shares > 0.5, 1.0, -1.0)",
    name="black_or_white_only",
    when="each block becomes -1 or 1, whichever is nearer",
    hint="A block that is half ink is 0, grey: keep its share, and stretch it from -1 to 1.",
)
exercise.slip(
    "top, left = (side - height) // 2, (side - width) // 2",
    "middle = (side - 1) / 2 - np.argwhere(cut).mean(axis=0)\n"
    "    top, left = np.clip(np.round(middle).astype(int), 0, [side - height, side - width])",
    name="centre_of_mass",
    when="the ink's centre of mass is put in the middle, as in MNIST, and not the middle of what was cut out",
    hint="Only height and width decide here, not where most of the ink is.",
)

# -- variants ------------------------------------------------------------------------------------------------

INK_HALFWAY = {
    "asked": (
        (
            "Ink is darker than halfway between the darkest and the brightest pixel.",
            "Ink is halfway between the darkest and the brightest pixel, or darker.",
        ),
    ),
    "edits": (
        ("piece < (", "piece <= ("),
        ("piece[r, c] < middle", "piece[r, c] <= middle"),
        (
            "ink[piece == (piece.min() + piece.max()) / 2] = -1",
            "ink[piece == (piece.min() + piece.max()) / 2] = 1",
        ),
    ),
    "said": (
        (
            "a pixel exactly halfway between the darkest and the brightest is paper",
            "a pixel exactly halfway between the darkest and the brightest is ink",
        ),
    ),
    "gone": ("Ink is darker than halfway",),
}
SPARE_FIRST = {
    "asked": (
        ("row or column goes below it or to its right.", "row or column goes above it or to its left."),
        (
            "Above the ink, (4 - 3) // 2 = 0 rows stay empty; to its left, (4 - 1) // 2 = 1 column does. In the upper left "
            "block, 2 pixels of 4 are ink: 2 · 0.5 - 1 = 0.",
            "Above the ink, (4 - 3 + 1) // 2 = 1 row stays empty; to its left, (4 - 1 + 1) // 2 = 2 columns do. In the upper "
            "right block, 1 pixel of 4 is ink: 2 · 0.25 - 1 = -0.5.",
        ),
    ),
    "edits": (
        ("(side - height) // 2, (side - width) // 2", "(side - height + 1) // 2, (side - width + 1) // 2"),
        ("(size * block - height) // 2", "(size * block - height + 1) // 2"),
        ("(size * block - width) // 2", "(size * block - width + 1) // 2"),
        ("(space // 2, space - space // 2)", "(space - space // 2, space // 2)"),
        ("(block * size - ink.shape[0]) // 2", "(block * size - ink.shape[0] + 1) // 2"),
        ("(block * size - ink.shape[1]) // 2", "(block * size - ink.shape[1] + 1) // 2"),
        ("(down * size - height) // 2", "(down * size - height + 1) // 2"),
        ("(across * size - width) // 2", "(across * size - width + 1) // 2"),
    ),
    "said": (
        (
            "(4 - 3) // 2 = 0 rows stay empty, to its left (4 - 1) // 2 = 1 column. The upper left block then has 2 of 4 pixels: "
            "a share of 0.5, and 2 * 0.5 - 1 = 0.",
            "(4 - 3 + 1) // 2 = 1 row stays empty, to its left (4 - 1 + 1) // 2 = 2 columns. The upper right block then has 1 of 4 "
            "pixels: a share of 0.25, and 2 * 0.25 - 1 = -0.5.",
        ),
    ),
    "gone": ("goes below it", "(4 - 3) // 2"),
}

for _name, _ink, _where, _pieces in (
    ("halfway_is_paper", "paper", "below or to the right", ()),
    ("halfway_is_ink", "ink", "below or to the right", (INK_HALFWAY,)),
    ("spare_lines_first", "paper", "above or to the left", (SPARE_FIRST,)),
    ("halfway_is_ink_spare_lines_first", "ink", "above or to the left", (INK_HALFWAY, SPARE_FIRST)),
):
    exercise.can_be(
        _name,
        when=f"a pixel exactly halfway counts as {_ink}, and a spare row or column goes {_where}",
        aside=bool(_pieces),  # photographs have such pixels, and the text quotes what becomes of them
        **{key: tuple(edit for piece in _pieces for edit in piece[key]) for key in INK_HALFWAY},
    )


@exercise.example_from
def example(rng):
    """A row of ink, and below it a pixel exactly halfway."""
    dark, light = rng.integers(-9, -3, 2) / 10, rng.integers(3, 10) / 10
    rows = [rng.permutation([-1.0, *dark]).tolist(), rng.permutation([0.0, light, 1.0]).tolist()]
    return (f"prepare_scan(np.array({rows}), 2)",)
