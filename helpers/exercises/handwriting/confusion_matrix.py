"""How many images of each class were taken for each class."""

import numpy as np

from helpers import reference
from helpers.exercises import common
from helpers.exercises.model import Case, Exercise


def cases(rng):
    """Two classes, one mistake several times, classes that do not occur, then random ones."""

    def case(labels, predictions, classes, about):
        return Case((np.array(labels, dtype=int), np.array(predictions, dtype=int), classes), about)

    yield case([0, 1, 1], [0, 1, 0], 2, "three images, one of them wrong")
    yield case([1, 0, 1], [0, 0, 0], 2, "the same mistake twice")
    yield case([2, 0, 2, 1], [2, 2, 2, 1], 3, "three classes; one image of class 0 is taken for 2")
    yield case([1, 0, 1, 1, 0], [1, 0, 1, 0, 0], 3, "the last class does not occur")
    yield case([0, 3, 0, 0], [1, 3, 1, 0], 4, "classes 1 and 2 do not occur among the labels")
    yield case([1, 2], [2, 1], 3, "two classes swapped, and class 0 does not occur")
    yield case([1], [1], 2, "a single image")
    yield case([], [], 2, "no images at all: a table of zeros")
    yield case([0, 0], [0, 0], 1, "a single class")
    for count, classes in [(30, 4), (200, 10), (12, 7)]:
        labels, predictions = rng.integers(classes, size=(2, count))
        yield Case((labels, predictions, classes), f"{count} random images of {classes} classes")
    yield case([1] * 300, [0] * 300, 2, "300 images of one class, all taken for the other")
    labels = rng.integers(5, size=40)
    yield Case((labels, labels.copy(), 5), "everything right")


exercise = Exercise(
    reference.confusion_matrix,
    cases,
    minutes=6,
    hints=(
        "Begin with a table of zeros, one row and one column for each class. Each image adds 1 somewhere. Where?",
        "`counts[i, j] += 1` adds 1 in row i and column j. The row is the image's label, the column is its prediction.",
        "By hand: labels 1, 0, 1, predictions 0, 0, 0. The first image adds 1 at [1, 0], the second at [0, 0], the third at "
        "[1, 0] again: the rows are [1, 0] and [2, 0].",
    ),
    larger={"eight_bits": "only more than 255 images in one entry are too many for 8 bits"},
)


@exercise.model
def confusion_matrix(labels, predictions, classes):
    counts = np.zeros((classes, classes), dtype=int)
    for place in range(len(labels)):
        counts[labels[place], predictions[place]] += 1
    return counts


@exercise.alternative
def entry_by_entry(labels, predictions, classes):
    """Asks for each pair how often it occurs: close to the definition."""
    counts = np.zeros((classes, classes))
    for label in range(classes):
        for prediction in range(classes):
            counts[label, prediction] = np.sum((labels == label) & (predictions == prediction))
    return counts


@exercise.alternative
def row_by_row(labels, predictions, classes):
    rows = [np.bincount(predictions[labels == label], minlength=classes) for label in range(classes)]
    return np.array(rows)


@exercise.alternative
def numbered(labels, predictions, classes):
    """Gives each pair a number and counts them: no loop, fast."""
    cells = classes * labels + predictions
    return np.bincount(cells, minlength=classes**2).reshape(classes, classes)


@exercise.alternative
def as_a_product(labels, predictions, classes):
    """Two tables of ones and a product: shows that counting is a matrix product."""
    each = np.eye(classes, dtype=int)
    return each[labels].T @ each[predictions]


ADD = "counts[labels[place], predictions[place]] += 1"
LOOP = f"    for place in range(len(labels)):\n        {ADD}\n"
ZEROS = "np.zeros((classes, classes), dtype=int)"

# -- where an image counts -----------------------------------------------------------------------------------

exercise.slip(
    "counts[labels[place], predictions[place]]",
    "counts[predictions[place], labels[place]]",
    name="swapped",
    when="predictions are in rows and true classes in columns",
    hint="The row is what the image *is*, the column is what it was taken for. Some books do it the other way round.",
)
ONE_AT_MOST = {
    "name": "one_at_most",
    "when": "an entry is 1 at most, however many images belong there",
    "hint": "`= 1` forgets the images before; and `+= 1` for all images at once adds only 1 to an entry that is named several "
    "times. Add 1 for one image after another, in a loop.",
}
exercise.slip("+= 1", "= 1", **ONE_AT_MOST)
exercise.slip(LOOP, "    counts[labels, predictions] += 1\n", **ONE_AT_MOST)


@exercise.mistake(
    when="all images of a class are counted in one place: the right ones on the diagonal, whatever the wrong ones were taken for",
    hint="An image that is wrong belongs in the column of what it was taken for.",
)
def all_on_the_diagonal(labels, predictions, classes):
    counts = np.zeros((classes, classes), dtype=int)
    for label in labels:
        counts[label, label] += 1
    return counts


exercise.slip(
    f"        {ADD}",
    f"        if labels[place] == predictions[place]:\n            {ADD}",
    name="right_ones_only",
    when="only the images that are right are counted",
    hint="The mistakes are what one looks for in this table. Count every image.",
)
exercise.slip(
    f"        {ADD}",
    f"        if labels[place] != predictions[place]:\n            {ADD}",
    name="wrong_ones_only",
    when="only the images that are wrong are counted",
    hint="The right ones belong in the table, too: they make up its diagonal.",
)
exercise.slip(
    f"        {ADD}",
    f"        {ADD}\n        counts[predictions[place], labels[place]] += 1",
    name="both_ways",
    when="every image is counted twice, in both directions",
    hint="A 3 taken for a 9 is not a 9 taken for a 3. Count each image once.",
)
exercise.slip(
    f"        {ADD}",
    f"        {ADD}\n        if labels[place] != predictions[place]:\n            counts[predictions[place], labels[place]] += 1",
    name="mistakes_both_ways",
    when="every wrong image is counted in both directions",
    hint="A 3 taken for a 9 is not a 9 taken for a 3. Count each image once.",
)
exercise.slip(
    "counts[labels[place], predictions[place]]",
    "counts[labels[place] - 1, predictions[place] - 1]",
    name="from_one",
    when="classes are counted from 1, so that class 0 ends up in the last row and column",
    hint="Class 0 has row 0: no 1 is subtracted.",
)
exercise.slip(
    f"        {ADD}",
    "        counts[labels[place]] += 1",
    name="whole_rows",
    when="1 is added to a whole row",
    hint="`counts[i]` is a whole row. `counts[i, j]` is one entry.",
)
exercise.slip(
    f"        {ADD}",
    "        counts[labels[place]:, predictions[place]] += 1",
    name="down_the_column",
    when="1 is added to the rows below as well",
    hint="`counts[i, j]`, without a colon, is one entry.",
)
exercise.slip(
    "range(len(labels))",
    "range(classes)",
    name="as_many_images_as_classes",
    when="the loop takes as many images as there are classes",
    hint="Go through all images: `range(len(labels))`.",
)
exercise.slip(
    "range(len(labels))",
    "range(1, len(labels))",
    name="first_image_forgotten",
    when="the first image is not counted",
    hint="The images are numbered from 0: `range(len(labels))`.",
)
exercise.slip(
    "range(len(labels))",
    "range(len(labels) - 1)",
    name="last_image_forgotten",
    when="the last image is not counted",
    hint="`range` stops before its end already. Go up to `len(labels)`.",
)
exercise.slip(
    "    counts = ",
    "    predictions = np.argmax(predictions)\n    counts = ",
    name="argmax_again",
    when="`np.argmax` is taken of the predictions",
    hint="The predictions are classes already; nothing has to be chosen any more.",
)

# -- the table -----------------------------------------------------------------------------------------------

exercise.slip(
    "    counts = ",
    "    classes = len(set(labels.tolist()))\n    counts = ",
    name="as_many_as_occur",
    when="there are as many rows and columns as classes that occur",
    hint="A class of which there is no image still has its row and its column: their number is `classes`.",
)
exercise.slip(
    "    counts = ",
    "    classes = max(labels.max(), predictions.max()) + 1 if labels.size else 0\n    counts = ",
    name="up_to_the_largest",
    when="rows and columns end at the largest class that occurs",
    hint="The last class may have no image. Their number is `classes`.",
)
exercise.slip(
    ZEROS,
    "np.zeros((classes + 1, classes + 1), dtype=int)",
    name="one_too_many",
    when="there is one row and one column too many",
    hint="Classes 0 to classes - 1 are `classes` rows.",
)
exercise.slip(
    ZEROS,
    "np.ones((classes, classes), dtype=int)",
    name="begins_with_ones",
    when="the table begins with ones instead of zeros",
    hint="Before the first image everything is 0: `np.zeros`.",
)
exercise.slip(
    "return counts",
    "return counts / counts.sum(axis=1, keepdims=True).clip(1)",
    name="shares_of_each_row",
    when="the counts are divided by the images of their row",
    hint="Return the counts; shares can be made of them afterwards.",
)
exercise.slip(
    "return counts",
    "return counts / max(len(labels), 1)",
    name="shares_of_all",
    when="the counts are divided by the number of images",
    hint="Return the counts; shares can be made of them afterwards.",
)
exercise.slip(
    "return counts",
    "return counts.diagonal()",
    name="diagonal",
    when="only the diagonal is returned",
    hint="The whole table is asked for, the mistakes included.",
)
exercise.slip("    return counts", "        return counts", **common.IN_THE_LOOP)
exercise.slip("return counts", "return counts.tolist()", **common.LIST)
exercise.slip("return counts", "print(counts)", **common.PRINTED)

exercise.slip(
    "dtype=int",
    "dtype=np.uint8",
    name="eight_bits",
    when="the counts are of 8 bits, and begin again at 0 after 255",
    hint="`np.uint8` is for pixels: it has no 256. Count with `dtype=int`.",
)


@exercise.mistake(
    when="`np.bincount` stops at the last place that occurs, so that the table cannot be laid out",
    hint="`minlength=` tells `np.bincount` how many numbers it must give: one for each entry of the table.",
)
def without_minlength(labels, predictions, classes):
    return np.bincount(classes * labels + predictions).reshape(classes, classes)


@exercise.mistake(
    when="a histogram spreads its bins from the smallest class that occurs to the largest",
    hint="The bins must be the classes: every class has its row and its column, whether it occurs or not.",
)
def bins_of_what_occurs(labels, predictions, classes):
    if len(labels) == 0:
        return np.zeros((classes, classes))
    return np.histogram2d(labels, predictions, bins=classes)[0]


@exercise.mistake(
    when="the counts are turned into percentages of their row",
    hint="Nothing is divided here: the entry is the number of images.",
)
def percentages_of_each_row(labels, predictions, classes):
    counts = np.zeros((classes, classes))
    for label, prediction in zip(labels, predictions, strict=True):
        counts[label, prediction] += 1
    return np.round(100 * counts / np.maximum(counts.sum(axis=1, keepdims=True), 1))


exercise.equivalent_mutant(
    "np.zeros((classes, classes), dtype=int) -> np.zeros((classes, classes))",
    because="counts may be floats: nobody is asked for a type",
)
