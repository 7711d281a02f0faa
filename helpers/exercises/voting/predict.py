"""The number of the class with the most votes in each row."""

import numpy as np

from helpers import reference
from helpers.exercises import common
from helpers.exercises.model import Case, Exercise


def cases(rng):
    """Two classes and three, ties, votes against, many votes, whole numbers, random ones."""
    yield Case((np.array([[3.0, -3.0]]),), "more votes for class 0")
    yield Case((np.array([[0.1, 0.9], [3.0, 2.0], [-1.0, 0.5]]),), "three images")
    yield Case((np.array([[2.0, 2.0]]),), "a tie, in which the first class wins")
    yield Case((np.array([[1.0, 5.0, 5.0], [5.0, 1.0, 5.0]]),), "ties among three classes")
    yield Case((np.array([[-3.0, -1.0, -2.0], [-5.0, -6.0, -4.0]]),), "only votes against")
    yield Case((np.array([[-9.0, 1.0, 2.0, 0.5]]),), "four classes, and one that is strongly voted against")
    yield Case((np.array([[1000.0, 2000.0], [-2000.0, -1000.5]]),), "very many votes")
    yield Case((np.array([[0.2, 0.3, 0.4]]),), "no class with more than half of the votes")
    yield Case((np.array([[7, 1, 7], [0, 0, 2]]),), "whole numbers")
    for shape in [(6, 2), (3, 3), (7, 4), (2, 9)]:
        yield Case((rng.uniform(-3, 3, shape),), f"random votes: {shape[0]} images, {shape[1]} classes")
    yield Case((rng.uniform(-3, 3, (5, 3)).astype(np.float32),), "random votes of type float32")


exercise = Exercise(
    reference.predict,
    cases,
    minutes=2,
    whole_numbers=True,
    hints=(
        "One whole number for each image: the place, counted from 0, of its largest vote.",
        "One NumPy function tells where the largest value is, and the first one in a tie. Along which axis are the classes "
        "of one image?",
        "By hand: of the votes [0.5, 2, 2] the largest is at places 1 and 2. The answer is 1.",
    ),
)


@exercise.model
def predict(logits):
    return np.argmax(logits, axis=1)


@exercise.alternative
def first_largest_of_each_row(logits):
    """Plain Python: it needs no NumPy to be understood."""
    return np.array([list(row).index(max(row)) for row in logits])


@exercise.alternative
def keep_the_largest(logits):
    """Every comparison is visible, ties included."""
    classes = np.zeros(len(logits), dtype=int)
    for index, row in enumerate(logits):
        for place in range(1, len(row)):
            if row[place] > row[classes[index]]:
                classes[index] = place
    return classes


exercise.puzzle(
    keep_the_largest,
    ("row[place] > row[classes[index]]", "row[place] >= row[classes[index]]"),
    ("classes[index] = place", "classes[place] = index"),
)


@exercise.alternative
def largest_share(logits):
    """Goes through the shares: good when you want to report them as well."""
    return reference.softmax(logits).argmax(axis=1)


# -- along which axis ----------------------------------------------------------------------------------------

exercise.slip(
    ", axis=1",
    "",
    name="one_answer_for_the_batch",
    when="one class is looked for in the whole batch",
    hint="Each image has its own answer: `argmax` needs an axis.",
)
exercise.slip(
    "axis=1",
    "axis=0",
    name="images_instead_of_classes",
    when="the image with the most votes for each class is looked for",
    hint="The classes of one image are in a row: axis 1, or -1 for the last. Axis 0 counts the images.",
)
exercise.slip(
    "axis=1)",
    "axis=1)[:, None]",
    name="column_of_answers",
    when="the answers keep the axis of the classes",
    hint="The result has the shape (N,), one number for each image. Leave `keepdims` out.",
)
exercise.slip(
    "np.argmax(logits, axis=1)",
    "int(np.argmax(logits[0]))",
    name="first_image_only",
    when="only the first image is answered",
    hint="`logits` has one row for each image. A `return` inside the loop ends it after the first one.",
)

# -- what is looked for --------------------------------------------------------------------------------------

exercise.slip(
    "np.argmax",
    "np.max",
    name="largest_vote",
    when="the largest vote is returned instead of the class that has it",
    hint="The question is which class, not how many votes: the place of the largest value.",
)
exercise.slip(
    "np.argmax(logits, axis=1)",
    "logits.shape[1] - 1 - np.argmax(logits[:, ::-1], axis=1)",
    name="last_on_a_tie",
    when="the last of several tied classes wins",
    hint="On a tie the first class wins: replace the best so far only by a larger vote, with `>`.",
)
exercise.slip(
    "np.argmax(logits, axis=1)",
    "np.where(logits == logits.max(axis=1, keepdims=True))[1]",
    name="all_that_tie",
    when="all classes that tie for the most votes are named, so that there may be more answers than images",
    hint="`np.where` finds every place of the largest vote. On a tie only the first class wins, as `np.argmax` has it.",
)
exercise.slip(
    "np.argmax(logits, axis=1)",
    "np.argwhere(logits == logits.max(axis=1, keepdims=True))",
    name="rows_and_classes",
    when="row and class are both returned, as `np.argwhere` does",
    hint="The class alone is asked for, one whole number for each image.",
)
exercise.slip(
    "np.argmax",
    "np.argmin",
    name="fewest_votes",
    when="the class with the fewest votes is chosen",
    hint="The largest vote wins: `argmax`, not `argmin`.",
)
exercise.slip(
    "np.argmax(logits",
    "np.argmax(np.abs(logits)",
    name="sign_ignored",
    when="the sign of the votes is ignored",
    hint="Votes of -9 speak against a class. Compare the votes themselves, not their sizes.",
)
exercise.slip(
    "np.argmax(logits, axis=1)",
    "np.where(logits.max(axis=1) > 0, np.argmax(logits, axis=1), 0)",
    name="starts_from_zero",
    when="the search starts from 0, so that nothing is found among votes against",
    hint="Start from the row's first vote, not from 0: all votes of a row may be negative.",
)
exercise.slip(
    "np.argmax(logits, axis=1)",
    "np.argsort(-logits, axis=1)",
    name="all_classes_sorted",
    when="each image's classes are returned in the order of their votes",
    hint="`argsort` sorts all classes. Only the one with the largest vote is asked for.",
)

# -- two classes taken for granted ---------------------------------------------------------------------------

exercise.slip(
    "np.argmax(logits, axis=1)",
    "logits[:, 1] > logits[:, 0]",
    name="truth_values",
    when="True and False are returned",
    hint="Return the place of the class, a whole number, and allow for more than two classes.",
)
exercise.slip(
    "np.argmax(logits, axis=1)",
    "(logits[:, 1] > logits[:, 0]).astype(int)",
    name="two_classes_only",
    when="only the first two classes are compared",
    hint="There may be more than two classes: look for the largest vote in the whole row.",
)
exercise.slip(
    "np.argmax(logits, axis=1)",
    "(logits[:, 1] > 0).astype(int)",
    name="above_zero",
    when="votes above 0 decide for class 1",
    hint="Compare the votes with each other, not with 0.",
)
exercise.slip(
    "np.argmax(logits, axis=1)",
    'np.array(["XO"[place % 2] for place in np.argmax(logits, axis=1)])',
    name="names_of_letters",
    when="the letters' names are returned",
    hint="Return the place of the class, a whole number. The network knows no names; there may be more than two classes.",
)

# -- what is returned ----------------------------------------------------------------------------------------

exercise.slip(
    "np.argmax(logits, axis=1)",
    "np.argmax(logits, axis=1).astype(float)",
    name="floats",
    when="the class numbers are of a float type",
    hint="A class number is used as an index, and an index must be an int. `np.argmax` gives whole numbers; an array made by "
    "`np.zeros(count)` holds floats unless it is told `dtype=int`.",
)
exercise.slip(
    "np.argmax(logits, axis=1)",
    "np.argmax(logits, axis=1) + 1",
    name="counted_from_one",
    when="the classes are counted from 1",
    hint="The first class has the number 0.",
)
exercise.slip(
    "np.argmax(logits, axis=1)",
    "np.eye(logits.shape[1], dtype=int)[np.argmax(logits, axis=1)]",
    name="one_hot",
    when="a row of zeros with a single 1 is returned for each image",
    hint="Return the place of the 1, one whole number for each image.",
)
exercise.slip("np.argmax(logits, axis=1)", "np.argmax(logits, axis=1).tolist()", **common.LIST)
exercise.slip("return np.argmax(logits, axis=1)", "print(np.argmax(logits, axis=1))", **common.PRINTED)

# -- by way of shares ----------------------------------------------------------------------------------------


@exercise.mistake(
    when="a class is chosen only with a large share, such as more than half, and class 0 otherwise",
    hint="The largest vote wins, even with less than half of the share.",
)
def absolute_majority(logits):
    return np.argmax(reference.softmax(logits) > 0.5, axis=1)


@exercise.mistake(
    when="shares are computed by a softmax that overflows, and `nan` wins",
    hint="The class with the largest vote has the largest share as well. You need no softmax here.",
)
def shares_that_overflow(logits):
    powers = np.exp(logits)
    return np.argmax(powers / powers.sum(axis=1, keepdims=True), axis=1)


@exercise.mistake(
    when="the shares are returned instead of the class",
    hint="The answer is one whole number for each image: the place of the largest share, or of the largest vote.",
)
def shares_instead(logits):
    return reference.softmax(logits)


exercise.slip(
    "np.argmax(logits, axis=1)",
    "np.argmax(logits.astype(int), axis=1)",
    name="cut_to_whole_votes",
    when="the votes are cut off to whole numbers before they are compared",
    hint="0.1 and 0.9 would both be 0. Compare the votes as they are; `np.argmax` gives whole numbers anyway.",
)

exercise.equivalent_mutant(
    "-1 -> 1",
    because="votes have two axes, images and classes, so that axis 1 and axis -1 are the same one",
)

# -- variants ------------------------------------------------------------------------------------------------

exercise.can_be("first_on_a_tie", when="the first of several tied classes wins")
exercise.can_be(
    "last_on_a_tie",
    when="the last of several tied classes wins",
    asked=(
        (
            "with the most votes in each row; the first of them on a tie",
            "with the most votes in each row; the last of them on a tie",
        ),
        (
            "In a tie, the first one wins. (`np.argmax` gives the place of the largest value; it takes `axis=1`, too.)",
            "In a tie, the last one wins. (`np.argmax` gives the place of the largest value, the first one in a tie; it "
            "takes `axis=1`, too. `logits[:, ::-1]` turns the rows round.)",
        ),
    ),
    edits=(
        ("np.argmax", "ties.argmax"),
        ("np.argmin", "ties.argmin"),
        ("ties.argmax(reference.softmax(logits) > 0.5", "np.argmax(reference.softmax(logits) > 0.5"),
        ("list(row).index(max(row))", "len(row) - 1 - list(row)[::-1].index(max(row))"),
        ("row[place] > row[classes[index]]", "row[place] >= row[classes[index]]"),
        ("reference.softmax(logits).argmax(axis=1)", "ties.argmax(reference.softmax(logits), axis=1)"),
        ("logits[:, 1] > logits[:, 0]", "logits[:, 1] >= logits[:, 0]"),
    ),
    said=(
        ("a tie, in which the first class wins", "a tie, in which the last class wins"),
        (
            "where the largest value is, and the first one in a tie. Along which axis are the classes of one image?",
            "where the largest value is, and the first one in a tie: what if the rows are turned round? Along which axis "
            "are the classes of one image?",
        ),
        (
            "the largest is at places 1 and 2. The answer is 1.",
            "the largest is at places 1 and 2. The answer is 2.",
        ),
        ("On a tie only the first class wins, as `np.argmax` has it.", "On a tie only the last class wins."),
    ),
    cases=lambda: [
        Case((np.array([[2000.0, 1000.0, 0.0]]),), "very many votes, for the first class most of all")
    ],
    gone=("the first of them", "the first one wins", "the first class wins"),
)


@exercise.example_from
def example(rng):
    """Votes for two classes, a tie among them."""
    low, high = sorted(rng.choice(np.arange(1, 9), 2, replace=False).tolist())
    rows = [[low, high], [high, low], [high, high]]
    return (f"predict(np.array({[rows[row] for row in rng.permutation(3)]}))",)
