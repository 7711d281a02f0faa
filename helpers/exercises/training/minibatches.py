"""Images and labels in small batches."""

import numpy as np

from helpers import reference
from helpers.exercises import common
from helpers.exercises.model import Case, Exercise


def cases(rng):
    """Three rows in every size of batch, four that come out even, types, then random ones."""

    def three():
        return np.array([[5.0], [1.0], [4.0]]), np.array([7, 9, 8])

    yield Case((*three(), np.array([2, 0, 1]), 2), "three images: the last batch is smaller")
    yield Case((*three(), np.array([2, 0, 1]), 1), "one image at a time")
    yield Case((*three(), np.array([1, 2, 0]), 3), "all in one batch, which is full")
    yield Case((*three(), np.array([1, 2, 0]), 5), "batches that are larger than the data")
    four = np.array([[5], [1], [4], [2]]), np.array([1, 0, 0, 1])
    yield Case((four[0][:, 0], four[1], np.array([3, 1, 0, 2]), 2), "four images in two full batches")
    yield Case(
        (four[0][:, 0].copy(), four[1].copy(), np.array([1, 3, 0, 2]), 3), "four images: three and one"
    )
    yield Case((np.array([[3.0, 4.0]]), np.array([7]), np.array([0]), 3), "a single image")
    yield Case((*three(), np.array([0, 1, 2]), 2), "in the order in which they come")
    seven = np.arange(28).reshape(7, 1, 2, 2)
    yield Case(
        (seven, np.arange(7) * 10, np.array([6, 4, 2, 0, 5, 3, 1]), 3), "seven images of whole numbers"
    )
    for count, size in [(10, 4), (9, 3), (11, 6)]:
        images, labels = rng.normal(size=(count, 1, 2, 3)), rng.permutation(count)
        yield Case(
            (images, labels, rng.permutation(count), size), f"{count} random images, batches of {size}"
        )
    images = rng.normal(size=(5, 2, 2, 1)).astype(np.float32)
    yield Case((images, rng.permutation(5), rng.permutation(5), 2), "images of type float32")


exercise = Exercise(
    reference.minibatches,
    cases,
    minutes=5,
    entries="batches",
    hints=(
        "A piece of `order` says which images are in a batch. Which pieces are there, and where does each begin?",
        "`range(0, len(order), size)` gives the beginnings; `order[start : start + size]` is the piece, and Python cuts "
        "the last one off by itself. An array of positions in square brackets picks these images, and these labels.",
        "By hand: order [2, 0, 1], size 2. The first piece is [2, 0]: images 2 and 0 with labels 2 and 0. The second piece "
        "is [1]: image 1 with label 1. Two pairs in a list.",
    ),
)


@exercise.model
def minibatches(images, labels, order, size):
    batches = []
    for start in range(0, len(order), size):
        positions = order[start : start + size]
        batches.append((images[positions], labels[positions]))
    return batches


@exercise.alternative
def row_by_row(images, labels, order, size):
    """Takes one image after another: good when they come from a file."""
    batches = []
    for count, position in enumerate(order):
        if count % size == 0:
            batches.append(([], []))
        batches[-1][0].append(images[position])
        batches[-1][1].append(labels[position])
    return [(np.array(some), np.array(names)) for some, names in batches]


@exercise.alternative
def shuffled_first(images, labels, order, size):
    """Shuffles everything first: then each batch is a plain slice."""
    images, labels = images[order], labels[order]
    batches = []
    while len(images) > 0:
        batches.append((images[:size], labels[:size]))
        images, labels = images[size:], labels[size:]
    return batches


@exercise.alternative
def split_by_numpy(images, labels, order, size):
    """Lets NumPy cut: no loop."""
    cuts = np.arange(size, len(order), size)
    return list(zip(np.split(images[order], cuts), np.split(labels[order], cuts), strict=True))


LOOP = "for start in range(0, len(order), size):"
PIECE, PAIR = "order[start : start + size]", "(images[positions], labels[positions])"

# -- images and labels together ------------------------------------------------------------------------------

exercise.slip(
    "labels[positions]",
    "labels[start : start + size]",
    name="labels_left_behind",
    when="the images are put in the new order, but their labels are not",
    hint="Now most images carry another one's label. Pick the labels with the same piece of `order`.",
)
exercise.slip(
    "images[positions]",
    "images[start : start + size]",
    name="images_left_behind",
    when="the labels are put in the new order, but their images are not",
    hint="Now most images carry another one's label. Pick the images with the same piece of `order`.",
)
exercise.slip(
    ("images[positions]", "images[start : start + size]"),
    ("labels[positions]", "labels[start : start + size]"),
    name="order_ignored",
    when="`order` is not used",
    hint="The batches come in the order of the images as given. Use the positions in `order`.",
)
exercise.slip(
    "    batches = []\n",
    "    batches = []\n    order = np.random.default_rng(0).permutation(len(images))\n",
    name="shuffled_by_itself",
    when="the images are shuffled again instead of being taken in the given order",
    hint="The caller has drawn the order already: it is `order`.",
)
exercise.slip(
    "    batches = []\n",
    "    batches = []\n    order = np.argsort(order)\n",
    name="order_turned_round",
    when="`order` is taken for where each image goes, instead of which image comes",
    hint="The first entry of `order` says which image comes first: `images[order]`.",
)

# -- the last batch ------------------------------------------------------------------------------------------

exercise.slip(
    "range(0, len(order), size)",
    "range(0, len(order) - size + 1, size)",
    name="last_batch_dropped",
    when="the last, smaller batch is dropped",
    hint="The images that are left over are to be learned from, too: they make a smaller batch.",
)
exercise.slip(
    "range(0, len(order), size)",
    "range(0, len(order) - size, size)",
    name="last_batch_always_dropped",
    when="the last batch is always dropped, even if it is full",
    hint="The last batch begins where `size` images are left, or fewer. It counts.",
)


@exercise.form("last_batch_always_dropped")
def all_but_the_last(images, labels, order, size):
    starts = range(0, len(order), size)
    return [(images[order[start : start + size]], labels[order[start : start + size]]) for start in starts][
        :-1
    ]


exercise.slip(
    ("    batches = []\n", "    batches = []\n    order = np.resize(order, -(-len(order) // size) * size)\n"),
    name="filled_up_from_the_front",
    when="the last batch is filled up with the first images again",
    hint="No image comes twice: the last batch may be smaller.",
)
exercise.slip(
    LOOP,
    f"{LOOP}\n        start = min(start, max(len(order) - size, 0))",
    name="reaches_back",
    when="the last batch reaches back, so that it has the full size",
    hint="Then some images come twice. The last batch may be smaller.",
)
exercise.slip(
    "len(order), size",
    "len(order) + 1, size",
    name="empty_batch_at_the_end",
    when="there is an empty batch at the end where the images fill all batches exactly",
    hint="Go from 0 in steps of `size`, and stop before `len(order)`.",
)

# -- the pieces ----------------------------------------------------------------------------------------------

exercise.slip(
    "len(order), size",
    "len(order)",
    name="steps_of_one",
    when="the batches overlap: each begins one image after the other",
    hint="The next batch begins where this one ends: `size` images further on.",
)
exercise.slip(
    "len(order), size",
    "len(order) - 1, size",
    name="last_image_forgotten",
    when="the loop ends one image early, so that a last batch of one image is lost",
    hint="`range` stops before its end already. Go up to `len(order)`.",
)
exercise.slip(
    PIECE,
    "order[start:size]",
    name="ends_at_size",
    when="every piece ends at `size`, wherever it begins",
    hint="A piece of `size` entries that begins at `start` ends at `start + size`.",
)
exercise.slip(
    (LOOP, "for positions in np.array_split(order, size):"),
    (f"        positions = {PIECE}\n", ""),
    name="size_as_a_number_of_batches",
    when="`size` is taken for the number of batches, as `np.array_split(order, size)` does",
    hint="`size` says how many images there are in one batch; `np.array_split` asks how many pieces there should be.",
)
exercise.slip(
    (LOOP, "for positions in np.array_split(order, max(1, len(order) // size)):"),
    (f"        positions = {PIECE}\n", ""),
    name="spread_evenly",
    when="the images are spread evenly over the full batches, so that nothing is left over",
    hint="`np.array_split` makes pieces of nearly equal length. Here every batch has `size` images; what is left over "
    "makes one more, smaller batch.",
)
exercise.slip(
    (LOOP, "for positions in np.array_split(order, -(-len(order) // size)):"),
    (f"        positions = {PIECE}\n", ""),
    name="even_batches",
    when="there are as many batches as there should be, but they are made as even as possible, as `np.array_split` does",
    hint="Every batch but the last has `size` images, and the last has what is left. `np.split` cuts at the places that you "
    "name; simpler is a loop over `range(0, len(order), size)`.",
)
exercise.slip(
    PIECE,
    f"{PIECE}[::-1]",
    name="batches_backwards",
    when="each batch has the right images, but back to front",
    hint="The images of a batch come in the order in which `order` names them.",
)
exercise.slip(
    PIECE,
    f"np.sort({PIECE})",
    name="sorted_batches",
    when="each batch has the right images, but in the order of the data and not of `order`: sorted, or picked by a mask",
    hint="`images[positions]` takes the images in the order of `positions`. Do not sort them, and use no mask of True and False.",
)
exercise.slip(
    (LOOP, "for start in range(-(-len(order) // size)):"),
    (PIECE, "order[start :: -(-len(order) // size)]"),
    name="every_so_many",
    when="each batch takes every n-th image instead of neighbours",
    hint="A batch is a piece of `order`: neighbours in `order` go together.",
)
exercise.slip(
    (LOOP, "for number in range(len(order) // size + 1):\n        start = number * size"),
    name="empty_batch_at_the_end",
    when="there is an empty batch at the end where the images fill all batches exactly",
    hint="Go from 0 in steps of `size`, and stop before `len(order)`.",
)

# -- what is returned ----------------------------------------------------------------------------------------

exercise.slip("    return batches", "        return batches", **common.IN_THE_LOOP)
exercise.slip(
    f"batches.append({PAIR})",
    f"return {PAIR}",
    name="first_batch_alone",
    when="the first batch itself is returned",
    hint="There is a `return` inside the loop. Collect all batches in a list, return it after the loop.",
)
exercise.slip(
    f"batches.append({PAIR})",
    "yield images[positions], labels[positions]",
    name="handed_out_one_by_one",
    when="the batches come one at a time from `yield`, not in a list",
    hint="Collect the pairs in a list, and return the list: `len` and a second loop work with a list only.",
)
exercise.slip(
    PAIR,
    "(positions, labels[positions])",
    name="positions_only",
    when="the batches hold positions instead of images",
    hint="`order` holds positions. `images[positions]` are the images there.",
)
exercise.slip(
    "return batches",
    "return images[order], labels[order]",
    name="one_pair",
    when="one pair is returned: all images, all labels",
    hint="Return a list with a pair for each batch.",
)
exercise.slip(
    "return batches",
    "return [some for some, _ in batches], [names for _, names in batches]",
    name="two_lists",
    when="two lists are returned, one of images and one of labels",
    hint="A list of pairs is wanted: `(images, labels)` for each batch.",
)
exercise.slip(
    PAIR,
    "(labels[positions], images[positions])",
    name="labels_first",
    when="the labels come first in each pair",
    hint="Each pair is `(images, labels)`, in this order.",
)
exercise.slip(
    PAIR,
    "images[positions]",
    name="without_labels",
    when="only the images are returned",
    hint="Nobody can learn from images without their labels: a pair for each batch.",
)
exercise.slip(
    f"batches.append({PAIR})",
    f"batches = [{PAIR}]",
    name="last_batch_alone",
    when="only the last batch is in the list: each turn of the loop replaces what is there",
    hint="Each turn of the loop adds a pair to what is there: `batches.append(...)`.",
)


@exercise.mistake(
    when="what is left over is put into the batch before, which gets too large",
    hint="No batch has more than `size` images. What is left over makes one more, smaller batch.",
)
def rest_in_the_batch_before(images, labels, order, size):
    batches = []
    count = max(len(order) // size, 1)
    for number in range(count):
        end = (number + 1) * size if number + 1 < count else len(order)
        positions = order[number * size : end]
        batches.append((images[positions], labels[positions]))
    return batches
