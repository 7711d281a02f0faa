"""The gradient of the cross-entropy error with respect to the votes."""

import numpy as np

from helpers import reference
from helpers.exercises import common
from helpers.exercises.model import Case, Exercise


def cases(rng):
    """Two votes, several images, an upstream gradient, very large votes, whole numbers, random votes."""
    yield Case((1.0, np.array([[0.0, 0.0]]), np.array([1])), "two equal votes")
    yield Case(
        (1.0, np.array([[0.0, np.log(3)]]), np.array([0])), "votes of one to three, the first is right"
    )
    yield Case((1.0, np.log([[1.0, 3.0], [4.0, 1.0]]), np.array([0, 1])), "two images")
    yield Case((-4.0, np.array([[0.0, np.log(3)]]), np.array([1])), "an upstream gradient of -4")
    votes = np.log(np.array([[1.0, 2.0, 1.0], [3.0, 1.0, 4.0]]))
    yield Case((1.0, votes, np.array([2, 2])), "three classes, the same one right twice")
    yield Case(
        (1.0, np.log([[1.0, 3.0], [4.0, 1.0], [1.0, 9.0]]), np.array([1, 0, 0])), "three images, two classes"
    )
    yield Case((1.0, np.array([[1000.0, 0.0], [-1000.0, -1001.0]]), np.array([0, 1])), "very large votes")
    yield Case((2.0, np.array([[1, 0, -1], [2, 2, 0]]), np.array([0, 2])), "whole numbers")
    for count, classes in [(4, 3), (3, 5), (5, 2)]:
        votes = rng.normal(0, 2, (count, classes))
        labels = rng.integers(0, classes, count)
        yield Case((float(rng.normal()), votes, labels), f"random votes of {count} images, {classes} classes")
    votes = rng.normal(size=(3, 4)).astype(np.float32)
    yield Case((0.5, votes, np.array([3, 0, 1])), "random votes of type float32")


exercise = Exercise(
    reference.cross_entropy_backward,
    cases,
    minutes=6,
    hints=(
        "Begin with the shares that the votes give: `reference.softmax(logits)`, one row for each image.",
        "Take 1 away in each row, in the column of that row's label: `shares[np.arange(len(labels)), labels]` names "
        "these entries. Then the mean and the upstream gradient: divide by the number of images, times `grad_output`.",
        "By hand: shares (0.25, 0.75), the first class is right: (0.25 - 1, 0.75) = (-0.75, 0.75). With one image and an "
        "upstream gradient of 1 that is the answer.",
    ),
)


@exercise.model
def cross_entropy_backward(grad_output, logits, labels):
    grad_logits = reference.softmax(logits)
    grad_logits[np.arange(len(labels)), labels] -= 1
    return grad_output * grad_logits / len(labels)


@exercise.alternative
def with_one_hot_rows(grad_output, logits, labels):
    """Shares minus truth, as in the formula."""
    truth = np.eye(logits.shape[1])[labels]
    return grad_output / len(logits) * (reference.softmax(logits) - truth)


@exercise.alternative
def row_by_row(grad_output, logits, labels):
    """One image at a time: good for following it."""
    grad_logits = np.zeros(logits.shape)
    for row, label in enumerate(labels):
        powers = np.exp(logits[row] - np.max(logits[row]))
        grad_logits[row] = powers / np.sum(powers)
        grad_logits[row, label] -= 1
    return grad_logits * grad_output / len(labels)


@exercise.alternative
def by_comparing_columns(grad_output, logits, labels):
    """Needs no array of truths: the comparison makes it."""
    columns = np.arange(logits.shape[1])
    return grad_output * np.subtract(reference.softmax(logits), columns == labels[:, None]) / labels.size


ONE_LESS = "    grad_logits[np.arange(len(labels)), labels] -= 1\n"
RIGHT = "[np.arange(len(labels)), labels]"

# -- the mean and the upstream gradient ----------------------------------------------------------------------

exercise.slip(
    " / len(labels)",
    "",
    name="not_averaged",
    when="the gradient is not divided by the number of images",
    hint="The loss is a mean over the images, so each image has a share of 1/N in it, and in its gradient.",
)
exercise.slip(
    "/ len(labels)",
    "/ logits.shape[1]",
    name="divided_by_classes",
    when="the gradient is divided by the number of classes",
    hint="`len(labels)` is the number of images, `logits.shape[1]` that of classes. The loss is the mean over images.",
)
exercise.slip(
    "/ len(labels)",
    "/ logits.size",
    name="divided_by_all_votes",
    when="the gradient is divided by the number of all votes",
    hint="`logits.size` counts images times classes. The loss is the mean over images only.",
)
exercise.slip(
    "grad_output * ",
    "",
    name="without_upstream",
    when="the upstream gradient is forgotten",
    hint="Every backward pass begins with what comes from above: multiply by `grad_output`.",
)

# -- shares less the truth -----------------------------------------------------------------------------------

exercise.slip(
    "return grad_output",
    "return -grad_output",
    name="truth_minus_shares",
    when="the shares are taken away from the truth",
    hint="The sign is the wrong way round: raising the right vote makes the loss smaller, so its gradient is negative.",
)
exercise.slip(
    ONE_LESS,
    "",
    name="shares_only",
    when="nothing is taken away at the right label",
    hint="For the right class the gradient is its share less 1: take 1 away there.",
)
exercise.slip(
    RIGHT,
    "",
    name="one_from_all",
    when="1 is taken away from every share",
    hint="Only the right class of each row loses 1. Its column is the row's label.",
)
exercise.slip(
    RIGHT,
    "[:, labels]",
    name="columns_of_all_labels",
    when="1 is taken away in the column of every label, in all rows",
    hint="`shares[:, labels]` means these columns of *all* rows. Give each row its own: a row number and a label.",
)
exercise.slip(
    RIGHT,
    "[labels]",
    name="labels_as_rows",
    when="the labels are used as rows",
    hint="`shares[labels]` picks rows. The row is the image's number, the column is its label.",
)
exercise.slip(
    RIGHT,
    "[np.arange(len(labels)), np.argmax(logits, axis=1)]",
    name="one_from_the_winner",
    when="1 is taken away from the class with the most votes",
    hint="It is the label that says which class is right, whatever the votes say.",
)
exercise.slip(
    ONE_LESS,
    "    grad_logits = grad_logits - labels[:, None]\n",
    name="labels_taken_away",
    when="the number of the right class is taken away from all shares of its row",
    hint="A label says *where* to take away 1: in the column of that number. It is not what is taken away.",
)
exercise.slip(
    (
        ONE_LESS,
        "    right = grad_logits[np.arange(len(labels)), labels] - 1\n    grad_logits[:] = 0\n    grad_logits[np.arange(len(labels)), labels] = right\n",
    ),
    name="right_class_only",
    when="all other classes get no gradient",
    hint="Raising a wrong vote makes the loss larger: each wrong class has its share as gradient.",
)


@exercise.form("labels_taken_away")
def shares_minus_labels(grad_output, logits, labels):
    return grad_output * (reference.softmax(logits) - labels) / len(labels)


# -- the shares ----------------------------------------------------------------------------------------------

exercise.slip(
    "reference.softmax(logits)",
    "logits.astype(float)",
    name="votes_for_shares",
    when="the votes are used where the shares belong",
    hint="Turn the votes into shares first, with `softmax`.",
)
exercise.slip(
    "reference.softmax(logits)",
    "reference.softmax(logits.T).T",
    name="shares_down_the_columns",
    when="the shares of each column add up to 1 instead of those of each row",
    hint="A row is one image. Its shares add up to 1: sum along axis 1.",
)
exercise.slip(
    "reference.softmax(logits)",
    "np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)",
    name="exp_overflows",
    when="`np.exp` is taken of very large votes, which gives inf / inf",
    hint="Take the row's largest vote away before `np.exp`, or call `reference.softmax`.",
)
exercise.slip(
    ("    grad_logits = reference.softmax(logits)\n", ""),
    ("grad_logits[np", "logits[np"),
    ("* grad_logits", "* reference.softmax(logits)"),
    name="one_from_the_votes",
    when="1 is taken away in the votes themselves",
    hint="That spoils the caller's array, and softmax sees other votes. Take it away from the shares.",
)
exercise.slip(
    "grad_logits = reference.softmax(logits)",
    "grad_logits = logits",
    name="votes_changed",
    when="the votes themselves are used and changed where the shares belong",
    hint="`grad_logits = logits` is another name for the caller's array. Begin with the shares: `reference.softmax(logits)`.",
)

# -- a chain that ends too early -----------------------------------------------------------------------------


@exercise.mistake(
    when="the backward pass ends at the shares, with -1 / share at the right label",
    hint="That is the gradient of the logarithm. Softmax comes before it; both together give share minus truth.",
)
def gradient_at_the_shares(grad_output, logits, labels):
    grad_shares = np.zeros(logits.shape)
    rows = np.arange(len(labels))
    grad_shares[rows, labels] = -1 / reference.softmax(logits)[rows, labels]
    return grad_output * grad_shares / len(labels)


@exercise.mistake(
    when="each share is multiplied by 1 minus itself",
    hint="That is how fast a share changes with its own vote. The logarithm and the other shares belong to it as well; all "
    "together, share minus truth remains.",
)
def slope_of_each_share(grad_output, logits, labels):
    shares = reference.softmax(logits)
    return grad_output * shares * (1 - shares) / len(labels)


exercise.slip(
    "return grad_output * grad_logits / len(labels)",
    "print(grad_output * grad_logits / len(labels))",
    **common.PRINTED,
)


@exercise.mistake(
    when="the number of classes is taken from the largest label",
    hint="The last class may be right in none of the images. The votes say how many classes there are: `logits.shape[1]`.",
)
def classes_from_the_labels(grad_output, logits, labels):
    one_hot = np.eye(labels.max() + 1)[labels]
    return grad_output * (reference.softmax(logits) - one_hot) / len(labels)


@exercise.mistake(
    when="only the last image's row is filled in, because a new array is made in every turn of the loop",
    hint="Make the array of zeros once, above the loop; inside, fill in one row in each turn.",
)
def new_in_every_turn(grad_output, logits, labels):
    for row, label in enumerate(labels):
        grad_logits = np.zeros(logits.shape)
        grad_logits[row] = reference.softmax(logits[row : row + 1])[0]
        grad_logits[row, label] -= 1
    return grad_output * grad_logits / len(labels)


exercise.slip(
    "return grad_output * grad_logits",
    "return grad_output * reference.softmax(logits) * grad_logits",
    name="times_the_share",
    when="the difference from the truth is multiplied by the share once more",
    hint="The slopes of softmax and logarithm cancel: what is left is the share, less 1 at the right label.",
)

exercise.equivalent_mutant(
    "float(grad_output) -> grad_output",
    because="the upstream gradient is a number already",
)
